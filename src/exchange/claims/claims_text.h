/* Small rules of the claim file's text, both ways: lists in one cell, the apostrophe that keeps a
 * spreadsheet from running a cell, and names that are near a mistyped one.
 *
 * A list is written with " | " between values, or " > " between claimants. Where a value itself has
 * that sign between blanks (or at an end), a backslash stands in front of it: "a \| b" is one value,
 * "a | b"; each further backslash is one more in the value.
 *
 * Pure functions. Tested by tests/unit/exchange/t_claims_text.c. */
#ifndef SK_EXCHANGE_CLAIMS_TEXT_H
#define SK_EXCHANGE_CLAIMS_TEXT_H

#include "base/ctx.h"

/* Split a cell at sep; pieces are trimmed and free of their backslashes. A cell without sep is one
 * piece. Empty pieces are kept: the caller says what is wrong with them. */
void sk_list_split(sk_arena *a, sk_str cell, char sep, const sk_str **ret_items, size_t *ret_n);

/* The same, but pieces keep the blanks at their ends: what sk_list_escape wrote comes back exactly. */
void sk_list_split_exact(sk_arena *a, sk_str cell, char sep, const sk_str **ret_items,
                         size_t *ret_n);

/* The value so written that sk_list_split gives it back as one piece (blanks at the ends aside). */
sk_str sk_list_escape(sk_arena *a, sk_str value, char sep);

/* A claimant chain as one cell, its members escaped: `a former guard > Kim \\> Co`. */
sk_str sk_chain_format(sk_arena *a, const sk_str *members, size_t n);

/* A cell as sk_csv_writer with spreadsheet writes it, less its guarding apostrophe. */
sk_str sk_guard_off(sk_str cell);

/* A cell that sk_guard_off would shorten although nothing guards it gets one more apostrophe, so
 * that writer and reader undo each other for every cell. */
sk_str sk_guard_more(sk_arena *a, sk_str cell);

/* Gathers the names that are nearest to one that was not found. */
typedef struct sk_near {
    sk_str wanted;
    sk_str names[3];
    size_t distance[3], n;
} sk_near;

void sk_near_init(sk_near *near, sk_str wanted);
void sk_near_offer(sk_near *near, sk_str name);

/* `; do you mean "victim" or "village"?`, or `; ` and otherwise when nothing was near. */
sk_str sk_near_text(sk_arena *a, const sk_near *near, const char *otherwise);

#endif
