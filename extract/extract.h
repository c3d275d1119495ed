/* One exhibit in, one document out: finds out the format by content and calls its reader.
 *
 * This is what runs inside the sandbox, and what unit tests and fuzz targets call directly.
 * A PDF is not read here: sk_extract_is_pdf tells, and the program runs pdftotext (pdf.h). */
#ifndef SK_EXTRACT_EXTRACT_H
#define SK_EXTRACT_EXTRACT_H

#include "source.h"

/* The format by content; the name only where content cannot tell. */
typedef enum sk_format {
    SK_FORMAT_TEXT,
    SK_FORMAT_TABLE,
    SK_FORMAT_HTML,
    SK_FORMAT_MAIL,
    SK_FORMAT_ZIP,
    SK_FORMAT_PDF,
    SK_FORMAT_OTHER, /* known, and not read: pictures, sound, old Office files */
    SK_FORMAT_EMPTY,
} sk_format;

/* ret_media and ret_what (for the note; "a JPEG picture") are set for SK_FORMAT_OTHER only. */
sk_format sk_extract_format(sk_str head, sk_str name, const char **ret_media,
                            const char **ret_what);

bool sk_extract_is_pdf(sk_str head);

/* Read all tables and set up libxml2, so that forked children find them ready. */
void sk_extract_warm_up(void);

/* Read it. Never fails: see the document's outcome. The document lives in cx's arena. */
void sk_extract_document(sk_ctx *cx, const sk_source *src, int64_t deadline_ms,
                         sk_document *ret_doc);

/* The same for the output of pdftotext; see sk_read_pdf_text. */
void sk_extract_pdf_document(sk_ctx *cx, const sk_source *src, int64_t deadline_ms, sk_str said,
                             bool is_clean, sk_document *ret_doc);

#endif
