/* One exhibit as the readers of formats see it, and the readers.
 *
 * A reader looks at the bytes (or the open file, for containers) and writes into a builder. None
 * fails: what goes wrong is told with sk_build_note. Each is run by the sandboxed child, by the
 * unit tests and by a fuzz target of its own. */
#ifndef SK_EXTRACT_SOURCE_H
#define SK_EXTRACT_SOURCE_H

#include "build.h"
#include "charset.h"

typedef struct sk_source {
    sk_str bytes;      /* the exhibit, or its first SK_LIM_EXTRACT_BYTES              */
    bool is_cut;       /* there is more of it than bytes                              */
    int fd;            /* the whole of it, for containers; -1: bytes are all there is */
    sk_str name;       /* file name or ending, a hint                                 */
    sk_str charset;    /* named by the caller; empty: find out                        */
    sk_str declared;   /* said by what it stands in (a mail part's header), or empty  */
    size_t part_bytes; /* ceiling of one unpacked part of a zip; 0: SK_LIM_EXTRACT_PART */
} sk_source;

/* text.c: lines as they stand, paragraphs as blocks. */
void sk_read_text(sk_build *b, const sk_source *src);

/* table.c: CSV and TSV; each row a block, place "row 12". */
void sk_read_table(sk_build *b, const sk_source *src);

/* html.c: HTML by libxml2; ranges of blocks are those of their text in the exhibit. */
void sk_read_html(sk_build *b, const sk_source *src);

/* mail.c: RFC 5322 with MIME. */
void sk_read_mail(sk_build *b, const sk_source *src);

/* docx.c, odf.c, xlsx.c: office documents, which are zips of XML; sk_read_zip finds out which. */
void sk_read_zip(sk_build *b, const sk_source *src);

/* pdf.c: what pdftotext -htmlmeta wrote (bytes), never a PDF itself.
 * said       its messages, or in words how it ended when it did not end well (is_clean false) */
void sk_read_pdf_text(sk_build *b, const sk_source *src, sk_str said, bool is_clean);

/* Decode text of the exhibit, setting the document's charset and notes on it.
 * declared   what the document says its charset is; may be empty
 * ceiling    of the decoded bytes
 * Returns false when it is not text; the note then says so. */
bool sk_source_decode(sk_build *b, const sk_source *src, sk_str declared, size_t ceiling,
                      sk_decoded *ret_decoded);

#endif
