/* How the read functions of record/ apply a view: VISIBLE(alias) in every WHERE, ?1 bound to the
 * view's number. A row with rset 0 is open; others need their set among the view's. */
#ifndef SK_RECORD_VIEW_PRIVATE_H
#define SK_RECORD_VIEW_PRIVATE_H

#include "record/index_private.h"
#include "record/view.h"

struct sk_view {
    bool sees_all;
    sk_index *ix;
    int64_t number;
};

#define VISIBLE(alias)                                                                       \
    " (" alias ".rset = 0 OR EXISTS (SELECT 1 FROM temp.seen AS seen_ WHERE seen_.view = ?1" \
    " AND seen_.rset = " alias ".rset)) "

/* An entity shows when it is not restricted itself and a visible claim speaks of it: whoever sees no
 * claim about it must not learn from a judgement, a count or a log that it is there. */
#define ENTITY_VISIBLE(alias)                                                                 \
    VISIBLE(alias)                                                                            \
    "AND (EXISTS (SELECT 1 FROM claim of_ WHERE of_.entity = " alias                          \
    ".id AND" VISIBLE("of_") ") OR EXISTS (SELECT 1 FROM claim to_ WHERE to_.target = " alias \
                             ".id AND" VISIBLE("to_") ")) "

/* A judgement, joined with its entities a and b, shows when both of them do. */
#define JUDGEMENT_VISIBLE "(" ENTITY_VISIBLE("a") "AND" ENTITY_VISIBLE("b") ")"

/* Read a claim's entry and the claim in it. Errors: SK_E_NOTFOUND erased, SK_E_INTEGRITY. */
struct sk_claim_row;
SK_MUST_USE sk_rc sk_view__load_claim(sk_ctx *cx, sk_view *v, int64_t row,
                                      struct sk_claim_row *ret_row);

/* Bounds of a hash prefix as blobs: every hash h with lo <= h <= hi begins with it.
 * Errors: SK_E_FORMAT when prefix is not 6 to 64 hex digits. */
SK_MUST_USE sk_rc sk_hash_range(sk_ctx *cx, sk_str prefix, sk_hash *ret_lo, sk_hash *ret_hi);
bool sk_is_hash_prefix(sk_str s);

/* Words as one phrase of the full-text index; empty when there is nothing in them to look for. */
SK_MUST_USE sk_rc sk_view__phrase(sk_ctx *cx, sk_str words, sk_str *ret_expression);

/* A prepared statement with ?1 bound to the view. */
SK_MUST_USE sk_rc sk_view_sql(sk_ctx *cx, sk_view *v, const char *literal, sk_stmt **ret_stmt);

#endif
