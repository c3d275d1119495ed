/* Documents that are zips of XML: walking their parts (libarchive) and reading XML (libxml2 SAX).
 *
 * Safe by refusal: parts have a ceiling when unpacked, a zip has a ceiling of parts, a document type
 * declaration ends the reading (no entity is ever expanded), XML deeper than libxml2 allows ends it.
 * Whatever stops the reading becomes a note on the document. */
#ifndef SK_EXTRACT_ZIP_H
#define SK_EXTRACT_ZIP_H

#include "source.h"

/* Called for each file of the zip; return false to stop. head: its first bytes, unpacked. */
typedef bool sk_zip_fn(void *arg, sk_str name, sk_str head);

/* Walk all files. want_head: how many first bytes to unpack, at most 256.
 * Returns false when it is no zip that can be read; the note says so. */
bool sk_zip_walk(sk_build *b, const sk_source *src, size_t want_head, sk_zip_fn *fn, void *arg);

/* An element's attributes during one call; sk_xml_get gives the value by local name, or empty. */
typedef struct sk_xml_attributes {
    sk_arena *arena; /* for values with an ampersand, which libxml2 leaves as "&#38;" */
    const unsigned char **items;
    int n;
} sk_xml_attributes;

sk_str sk_xml_get(const sk_xml_attributes *attributes, const char *name);

/* Events of one XML part; names are local names, uri is the namespace. */
typedef struct sk_xml_events {
    void (*start)(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *attributes);
    void (*end)(void *arg, sk_str name, sk_str uri);
    void (*text)(void *arg, sk_str text);
} sk_xml_events;

/* Read the part of that name. Returns false when there is none. */
bool sk_zip_xml(sk_build *b, const sk_source *src, const char *part, const sk_xml_events *events,
                void *arg);

/* docProps/core.xml or meta.xml: title, language, created and modified dates. */
void sk_zip_properties(sk_build *b, const sk_source *src, const char *part);

/* The formats, once sk_read_zip knows which it is. */
void sk_read_docx(sk_build *b, const sk_source *src);
void sk_read_odf(sk_build *b, const sk_source *src, sk_str media);
void sk_read_xlsx(sk_build *b, const sk_source *src);

#endif
