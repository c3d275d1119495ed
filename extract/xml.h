/* XML piece by piece (libxml2 SAX): what parts of office documents and lists are read with.
 *
 *     sk_xml x;
 *     if (!sk_xml_begin(&x, &cx->arena, &events, arg, false)) ...     no parser: out of luck
 *     while (... && sk_xml_feed(&x, piece)) { }
 *     if (!sk_xml_end(&x)) ... x.has_doctype, x.is_stopped, sk_xml_why(&x, &line)
 *     sk_xml_done(&x);
 *
 * Safe by refusal: a document type declaration ends the reading, so that no entity is ever
 * expanded; nothing is fetched; XML deeper or names longer than libxml2 allows end it.
 * Threads: a parser belongs to one thread. */
#ifndef SK_EXTRACT_XML_H
#define SK_EXTRACT_XML_H

#include "base/str.h"

/* An element's attributes during one call; sk_xml_get gives the value by local name, or empty. */
typedef struct sk_xml_attributes {
    sk_arena *arena; /* for values with an ampersand, which libxml2 leaves as "&#38;" */
    const unsigned char **items;
    int n;
} sk_xml_attributes;

sk_str sk_xml_get(const sk_xml_attributes *attributes, const char *name);

/* Attribute i of n: its value; ret_name is its local name. */
sk_str sk_xml_attribute(const sk_xml_attributes *attributes, int i, sk_str *ret_name);

/* Events; names are local names, uri is the namespace. Members may be NULL. */
typedef struct sk_xml_events {
    void (*start)(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *attributes);
    void (*end)(void *arg, sk_str name, sk_str uri);
    void (*text)(void *arg, sk_str text);
} sk_xml_events;

typedef struct sk_xml {
    sk_arena *arena;
    const sk_xml_events *events;
    void *arg;
    bool (*is_full)(void *); /* asked at every element: true stops; may be NULL */
    void *is_full_arg;
    void *parser;
    bool is_stopped; /* by is_full, sk_xml_stop or a document type */
    bool has_doctype;
    bool has_failed;
} sk_xml;

/* is_decoded: the bytes are UTF-8 whatever the XML declaration says. */
bool sk_xml_begin(sk_xml *x, sk_arena *a, const sk_xml_events *events, void *arg, bool is_decoded);

/* The next bytes; false when more are of no use. */
bool sk_xml_feed(sk_xml *x, sk_str bytes);

/* No more bytes: true when this was a whole, sound document, or it was stopped on purpose. */
bool sk_xml_end(sk_xml *x);
void sk_xml_done(sk_xml *x);

/* From within an event: no more events. */
void sk_xml_stop(sk_xml *x);

/* Within start and end of a document in UTF-8: how many bytes have been read. */
uint64_t sk_xml_at(const sk_xml *x);

/* Within start, as above: where its tag begins, UINT64_MAX when not known. */
uint64_t sk_xml_tag_at(const sk_xml *x);

/* Why it is not sound, as libxml2 says, on one line; ret_line from 1, 0 when not known. */
sk_str sk_xml_why(const sk_xml *x, int *ret_line);

#endif
