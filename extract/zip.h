/* Documents that are zips of XML: walking their parts (libarchive) and reading XML (libxml2 SAX).
 *
 * Safe by refusal: parts have a ceiling when unpacked, a zip has a ceiling of parts, a document type
 * declaration ends the reading (no entity is ever expanded), XML deeper than libxml2 allows ends it.
 * Whatever stops the reading becomes a note on the document. */
#ifndef SK_EXTRACT_ZIP_H
#define SK_EXTRACT_ZIP_H

#include "source.h"
#include "xml.h"

/* Called for each file of the zip; return false to stop. head: its first bytes, unpacked. */
typedef bool sk_zip_fn(void *arg, sk_str name, sk_str head);

/* Walk all files. want_head: how many first bytes to unpack, at most 256.
 * Returns false when it is no zip that can be read; the note says so. */
bool sk_zip_walk(sk_build *b, const sk_source *src, size_t want_head, sk_zip_fn *fn, void *arg);

/* Read the part of that name. Returns false when there is none. */
bool sk_zip_xml(sk_build *b, const sk_source *src, const char *part, const sk_xml_events *events,
                void *arg);

/* docProps/core.xml or meta.xml: title, language, created and modified dates. */
void sk_zip_properties(sk_build *b, const sk_source *src, const char *part);

/* What a zip holds. */
typedef enum sk_zip_kind {
    SK_ZIP_UNREADABLE, /* nothing that can be read; the note may say why */
    SK_ZIP_DOCX,
    SK_ZIP_XLSX,
    SK_ZIP_PPTX,
    SK_ZIP_ODF,   /* of the media type that it says */
    SK_ZIP_OTHER, /* files                          */
} sk_zip_kind;

/* Look at the names of its parts and, for ODF and EPUB, at the part "mimetype".
 * ret_media  of ODF, else empty; ret_files  how many parts were seen */
sk_zip_kind sk_zip_which(sk_build *b, const sk_source *src, sk_str *ret_media, size_t *ret_files);

/* The formats, once sk_read_zip knows which it is. */
void sk_read_docx(sk_build *b, const sk_source *src);
void sk_read_odf(sk_build *b, const sk_source *src, sk_str media);
void sk_read_xlsx(sk_build *b, const sk_source *src);

#endif
