/* Between the files that speak yente. */
#ifndef SK_SCREEN_YENTE_PRIVATE_H
#define SK_SCREEN_YENTE_PRIVATE_H

#include "screen/yente.h"

/* ---- yente_schema.c ---- */

typedef enum prop_kind {
    PROP_NAME,
    PROP_WEAK_NAME,
    PROP_PART, /* of a name: put together when no whole name is given */
    PROP_BIRTH,
    PROP_DEATH,
    PROP_NATIONALITY,
    PROP_COUNTRY,
    PROP_FLAG,
    PROP_BIRTHPLACE,
    PROP_PLACE,
    PROP_ID,
    PROP_GENDER,
    PROP_PASSED_OVER /* known, and nothing to compare */
} prop_kind;

typedef struct yente_prop {
    const char *name;
    prop_kind kind;
    const char *scheme; /* of PROP_ID */
} yente_prop;

/* NULL: it is not known. */
const yente_prop *yente_find_prop(sk_str name);

/* How names of a schema are prepared. Errors: SK_E_FORMAT it is none that can be matched. */
sk_rc yente_find_kind(sk_ctx *cx, sk_str schema, sk_name_kind *ret_kind);

/* ---- yente_entity.c ---- */

/* Things worth telling about a request, gathered in an arena. */
typedef struct yente_warnings {
    sk_str *list;
    size_t n, cap;
} yente_warnings;

void yente_warn(sk_ctx *cx, yente_warnings *w, const char *fmt, ...) SK_PRINTF(3, 4);

/* A text of JSON, borrowed from it. */
sk_str yente_text(const json_t *string);

/* ---- yente_json.c ---- */

/* A text of ours as JSON; what is not UTF-8 would be refused, and is empty then. */
json_t *yente_text_json(sk_str s);
json_t *yente_texts_json(const sk_str *list, size_t n);
void yente_put_given(json_t *object, const char *key, sk_str value); /* unless it is empty */

/* The members that every answer has of an entity; takes_properties: they are not copied. */
json_t *yente_entity_json(const sk_yente_candidate *c, bool takes_properties);

/* Write root to out and let go of it. Errors: SK_E_LIMIT. */
sk_rc yente_give(sk_ctx *cx, json_t *root, sk_buf *out);

#endif
