/* Building a segment of a screening index out of entities.
 *
 *     sk_screen_builder *b;
 *     SK_TRY(sk_screen_builder_new(cx, fd, at, &b));                 fd: the file, at: where
 *     uint32_t copy = sk_screen_builder_copy(b, &list);
 *     uint32_t open = sk_screen_builder_scope(b, SK_S(""), &copy, 1);
 *     for each entity, in the order of their keys:
 *         SK_TRY(sk_screen_builder_add(cx, b, &entity));
 *     SK_TRY(sk_screen_builder_end(cx, b, &bytes));
 *     sk_screen_builder_free(b);
 *
 * What an entity's values say depends on who asks and of which copy of a list: each has a scope, one
 * combination of restriction labels and of list copies. Values outside what a query may see are
 * passed over before anything is compared.
 *
 * Invariants: the same entities in the same order give the same bytes.
 * Memory: all but the prepared names. Threads: one builder, one thread.
 * Tested in tests/unit/screen/t_index.c. */
#ifndef SK_SCREEN_BUILDER_H
#define SK_SCREEN_BUILDER_H

#include "base/ctx.h"
#include "name/name.h"
#include "record/model.h"

/* What a value is to the comparer. */
typedef enum sk_screen_kind {
    SK_SCREEN_NAME,
    SK_SCREEN_WEAK_NAME, /* "low quality a.k.a."            */
    SK_SCREEN_BIRTH,
    SK_SCREEN_DEATH,
    SK_SCREEN_NATIONALITY,
    SK_SCREEN_COUNTRY,
    SK_SCREEN_FLAG,
    SK_SCREEN_GENDER,
    SK_SCREEN_ID,
    SK_SCREEN_KINDS
} sk_screen_kind;

/* What the model's property is to the comparer; false: nothing. */
bool sk_screen_kind_of(sk_str prop, sk_value_type type, sk_screen_kind *ret_kind);

/* How a name of an entity of that type is prepared. */
sk_name_kind sk_screen_name_kind(const sk_model *m, sk_str type);

/* An identifier however written: letters and digits in capitals, without a scheme in front. One with
 * fewer than SK_SCREEN_ID_LEAST bytes says too little to be compared. */
#define SK_SCREEN_ID_LEAST 3
sk_str sk_screen_compact_id(sk_arena *a, sk_str id);

typedef struct sk_screen_value {
    sk_screen_kind kind;
    sk_str prop, type; /* of the claim: "alias", "Person"            */
    sk_str text;       /* canonical: EDTF, a country's code          */
    sk_str place;      /* where the source says it: "row 12"         */
    bool used_falsely;
    uint32_t scope;
    const sk_name *prepared; /* of a name, when it is at hand; else NULL   */
} sk_screen_value;

typedef struct sk_screen_entity {
    sk_str key;
    const sk_screen_value *values;
    size_t n_values;
} sk_screen_entity;

typedef struct sk_screen_builder sk_screen_builder;

/* fd   written from byte at on, which is a multiple of 4096; borrowed until the end */
SK_MUST_USE sk_rc sk_screen_builder_new(sk_ctx *cx, int fd, uint64_t at,
                                        sk_screen_builder **ret_builder);
void sk_screen_builder_free(sk_screen_builder *b); /* NULL is fine */

/* A copy of a list. All may be empty: what is said in the archive itself. */
typedef struct sk_screen_copy {
    sk_str list, asof; /* "un-sc", EDTF                                    */
    sk_str id, at;     /* of its import: the entry in hex, when it was logged */
} sk_screen_copy;

/* The number of a copy of a list; the same for equal ones. */
uint32_t sk_screen_builder_copy(sk_screen_builder *b, const sk_screen_copy *copy);

/* The number of a combination of labels (joined by LF, sorted) and copies (rising); the same for
 * equal arguments. Errors: SK_E_LIMIT above SK_LIM_SCREEN_SCOPES. */
SK_MUST_USE sk_rc sk_screen_builder_scope(sk_ctx *cx, sk_screen_builder *b, sk_str labels,
                                          const uint32_t *copies, size_t n, uint32_t *ret_scope);

/* Add one entity. Keys must rise. Equal values are taken once.
 * digest   of what it was made from, 16 bytes, to know later whether it changed
 * Cost: names not prepared yet are (tens of microseconds each); else a few microseconds.
 * Errors: SK_E_LIMIT, SK_E_IO. */
SK_MUST_USE sk_rc sk_screen_builder_add(sk_ctx *cx, sk_screen_builder *b, const sk_screen_entity *e,
                                        const uint8_t digest[16]);

/* An entity of an earlier segment no longer counts. */
void sk_screen_builder_gone(sk_screen_builder *b, sk_str key);

/* Sort, write, and say how many bytes the segment has. Errors: SK_E_IO, SK_E_LIMIT. */
SK_MUST_USE sk_rc sk_screen_builder_end(sk_ctx *cx, sk_screen_builder *b, uint64_t *ret_bytes);

#endif
