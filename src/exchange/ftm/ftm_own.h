/* What FollowTheMoney has no column for, both ways: a claim as cells beside a statement, and back.
 *
 *   prop    sillok:denied:used-falsely:imoNumber     how the claim stands to the property
 *   value   imo:8126082                              what we hold
 *   cells   property, position, claimant, exhibit ...
 *
 * Statements carry the cells as columns behind theirs, entities as members of the objects in
 * "sillok". What sk_ftm_own_write makes, sk_ftm_own_read takes back to the same claim; what the
 * claim was coded from, what it supersedes and its restrictions are not written.
 * Normative: docs/formats/ftm.md. Tested in tests/unit/exchange/t_ftm_own.c. */
#ifndef SK_EXCHANGE_FTM_OWN_H
#define SK_EXCHANGE_FTM_OWN_H

#include "record/claim.h"

typedef enum sk_ftm_own {
    SK_FTM_OWN_PROPERTY, /* "Act:victim" */
    SK_FTM_OWN_EDTF,     /* the value of a date */
    SK_FTM_OWN_POSITION,
    SK_FTM_OWN_CLAIMANT, /* the chain, " > " between */
    SK_FTM_OWN_CARRIER,
    SK_FTM_OWN_SAID,
    SK_FTM_OWN_ASOF,
    SK_FTM_OWN_VALID,
    SK_FTM_OWN_EXHIBIT, /* of each passage, " | " between, as in the next two */
    SK_FTM_OWN_PASSAGE,
    SK_FTM_OWN_QUOTE,
    SK_FTM_OWN_WORDS,
    SK_FTM_OWN_LOW, /* of a quantity, up to measure */
    SK_FTM_OWN_HIGH,
    SK_FTM_OWN_QUALIFIER,
    SK_FTM_OWN_BOUNDS,
    SK_FTM_OWN_UNIT,
    SK_FTM_OWN_MEASURE,
    SK_FTM_OWN_LANGUAGE, /* as we have it: "ko" */
    SK_FTM_OWN_REFERENCE,
    SK_FTM_OWN_NOTE,
    SK_FTM_OWN_CLAIM, /* the id, for readers; not taken back */
    SK_FTM_OWNS
} sk_ftm_own;

/* The column's name: "property". */
sk_str sk_ftm_own_name(sk_ftm_own own);

/* Which column has that name; SK_FTM_OWNS when none. */
sk_ftm_own sk_ftm_own_find(sk_str name);

/* How the claim stands to its property, and what we hold of it: "sillok:denied:count" and "more than
 * 500 people", "sillok:absent:date" and "unknown". In the arena. */
sk_str sk_ftm_own_prop(sk_arena *a, const sk_claim *claim);
sk_str sk_ftm_own_value(sk_arena *a, const sk_claim *claim);

/* The claim's cells; empty where it says nothing. In the arena, or borrowed from the claim. */
void sk_ftm_own_write(sk_arena *a, const sk_claim *claim, sk_str ret_cells[SK_FTM_OWNS]);

/* True when prop is one of ours ("sillok:..."); then what it says of the claim: position, whether
 * used falsely or absent, and the property's bare name. */
bool sk_ftm_own_marks(sk_str prop, sk_claim *claim, bool *ret_is_absent, sk_str *ret_name);

/* The claim that the cells tell of; its entity is the caller's, and its check (sk_claim_check).
 * prop    "sillok:..." , or theirs; then value is what stands in original_value, else theirs
 * Errors: SK_E_FORMAT with the column's name. */
SK_MUST_USE sk_rc sk_ftm_own_read(sk_ctx *cx, sk_str prop, sk_str value,
                                  const sk_str cells[SK_FTM_OWNS], sk_claim *ret_claim);

#endif
