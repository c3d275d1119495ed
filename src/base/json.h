/* A streaming JSON writer into a sk_buf.
 *
 *     sk_json j;
 *     sk_json_init(&j, &buf, SK_JSON_PRETTY);
 *     sk_json_object(&j);
 *       sk_json_key(&j, SK_S("rows"));
 *       sk_json_array(&j);
 *         sk_json_int(&j, 17);
 *       sk_json_end(&j);
 *       sk_json_put_str(&j, "name", SK_S("..."));
 *     sk_json_end(&j);
 *     sk_json_done(&j);
 *
 * Misuse (a key outside an object, two keys in a row, a value where a key belongs, an end too many,
 * a document left open) is a programming error and asserts. Reading JSON is jansson's task.
 *
 * Strings keep UTF-8 as it is; escaped are " \ and control characters, DEL, U+2028 and U+2029 (they
 * end lines in JavaScript). Bytes that are not UTF-8 become U+FFFD, so that output is always JSON.
 * Reals have 15 significant digits and always show as reals (1.0); not-a-number and infinities,
 * which JSON cannot say, become null.
 * Threads: a writer belongs to one thread. Overflow is the buffer's flag.
 * Source: RFC 8259; tested in tests/unit/base/t_json.c against jansson. */
#ifndef SK_BASE_JSON_H
#define SK_BASE_JSON_H

#include "base/buf.h"

typedef enum sk_json_style {
    SK_JSON_COMPACT, /* one line, no blanks                     */
    SK_JSON_PRETTY   /* two blanks a level, a line for each item */
} sk_json_style;

enum { SK_JSON_DEPTH = 64 };

typedef struct sk_json {
    sk_buf *out;
    sk_json_style style;
    unsigned depth;
    bool after_key, is_complete;
    struct {
        bool is_object, has_items;
    } level[SK_JSON_DEPTH];
} sk_json;

void sk_json_init(sk_json *j, sk_buf *out, sk_json_style style);

/* Assert that the document is whole. Pretty documents end in a line feed. Several documents may be
 * written one after another with the same buffer (JSON lines: compact, then '\n' by the caller). */
void sk_json_done(sk_json *j);

void sk_json_object(sk_json *j);
void sk_json_array(sk_json *j);
void sk_json_end(sk_json *j); /* of the innermost object or array */

void sk_json_key(sk_json *j, sk_str key);
void sk_json_str(sk_json *j, sk_str value);
void sk_json_int(sk_json *j, int64_t value);
void sk_json_uint(sk_json *j, uint64_t value);
void sk_json_real(sk_json *j, double value);
void sk_json_bool(sk_json *j, bool value);
void sk_json_null(sk_json *j);

/* A number already in decimal digits ("30023.5"), as it is; asserts that it is JSON's form. */
void sk_json_number(sk_json *j, sk_str digits);

/* Key and value in one call. sk_json_put_given leaves the member out when the value is empty. */
void sk_json_put_str(sk_json *j, const char *key, sk_str value);
void sk_json_put_given(sk_json *j, const char *key, sk_str value);
void sk_json_put_int(sk_json *j, const char *key, int64_t value);
void sk_json_put_uint(sk_json *j, const char *key, uint64_t value);
void sk_json_put_bool(sk_json *j, const char *key, bool value);
void sk_json_put_null(sk_json *j, const char *key);

#endif
