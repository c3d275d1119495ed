/* Reads one JSON text into a flat list of its values, in place: no copies, no tree of allocations.
 *
 *     sk_json_doc doc;
 *     sk_json_doc_init(&doc);
 *     for (each line of a file of JSON lines) {
 *         SK_TRY(sk_json_read(cx, line, n, &doc));            (done on the way out)
 *         const sk_json_value *id = sk_json_find(doc.values, SK_S("id"));
 *         ...
 *     }
 *     sk_json_doc_done(&doc);
 *
 * The values stand in the order of the text, each with the number of places that it and all that is
 * in it take:
 *
 *     {"id": "a", "names": ["x", "y"]}
 *      0 object 7   1 "id" 1   2 "a" 1   3 "names" 1   4 array 3   5 "x" 1   6 "y" 1
 *
 * so that the value behind v is v + v->span, and members of an object are pairs of key and value:
 *
 *     SK_JSON_EACH_MEMBER (key, object)
 *         use(key->text, key + 1);
 *     SK_JSON_EACH (item, array)
 *         use(item);
 *
 * Strict: RFC 8259, nothing more (no comments, no trailing commas, no NaN). Text is checked to be
 * UTF-8. A key may stand twice: who reads the members decides. Numbers stay the digits they are.
 * Writing JSON is base/json.h's task. Why not a library: docs/decisions/0300-json-reader.md.
 *
 * Invariants: span >= 1; spans nest; text of strings is valid UTF-8 (it may hold NUL, from \u0000).
 * Threads: a list belongs to one thread.
 * Source: RFC 8259; tested in tests/unit/base/t_json_read.c against jansson, by tests/fuzz/f_json_read.c. */
#ifndef SK_BASE_JSON_READ_H
#define SK_BASE_JSON_READ_H

#include "base/ctx.h"

typedef enum sk_json_kind {
    SK_JSON_IS_NULL,
    SK_JSON_IS_FALSE,
    SK_JSON_IS_TRUE,
    SK_JSON_IS_NUMBER,
    SK_JSON_IS_STRING,
    SK_JSON_IS_ARRAY,
    SK_JSON_IS_OBJECT
} sk_json_kind;

typedef struct sk_json_value {
    sk_json_kind kind;
    uint32_t span; /* places in the list: 1 and those of all that is in it */
    sk_str text;   /* of a string; the digits of a number; empty otherwise */
} sk_json_value;

typedef struct sk_json_doc {
    sk_json_value *values; /* the first is the whole text */
    size_t n, cap;
} sk_json_doc;

void sk_json_doc_init(sk_json_doc *doc);
void sk_json_doc_done(sk_json_doc *doc);

/* Read the n bytes at text, which holds one value and blanks around it.
 * text   is changed: escapes are resolved where they stand. Values point into it; it must live as
 *        long as they are used
 * doc    its values of before are gone; the memory is used again
 * Cost: linear; about 1 ns a byte.
 * Errors: SK_E_FORMAT with the byte where it goes wrong; SK_E_LIMIT (SK_LIM_JSON_VALUES,
 * SK_LIM_JSON_DEPTH). */
SK_MUST_USE sk_rc sk_json_read(sk_ctx *cx, char *text, size_t n, sk_json_doc *doc);

/* The first member of that name; NULL when v is NULL, is no object or has none. */
const sk_json_value *sk_json_find(const sk_json_value *v, sk_str name);

/* Text of the first member of that name when it is a string; else empty. */
sk_str sk_json_find_str(const sk_json_value *v, const char *name);

#define SK_JSON_EACH(item, array)                                                        \
    for (const sk_json_value *item = (array) + 1, *item##_end = (array) + (array)->span; \
         item < item##_end; item += item->span)

/* key is the key's value; key + 1 is what stands under it. */
#define SK_JSON_EACH_MEMBER(key, object)                                                  \
    for (const sk_json_value *key = (object) + 1, *key##_end = (object) + (object)->span; \
         key < key##_end; key += 1 + key[1].span)

#endif
