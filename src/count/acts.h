/* Who did what to whom, says whom: acts as they were claimed.
 *
 * One row for each act (or cluster of acts judged to be one), claimant and position: what that
 * claimant said of it. A slot that the claimant left open is empty; it is never filled from another
 * claimant's words. When one account of an act fits the filter, those who deny or doubt the act are
 * listed with it, though they name no perpetrator. Involvements (a party and its role in an act) count like the act's own
 * perpetrator and victim claims. */
#ifndef SK_COUNT_ACTS_H
#define SK_COUNT_ACTS_H

#include "record/read.h"

/* What to look for; empty fields ask for anything. */
typedef struct sk_act_filter {
    sk_str act;         /* term; narrower terms are included: "liberty" finds "liberty.abduction" */
    sk_str perpetrator; /* entity: key or name                                                  */
    sk_str victim;
    sk_str place; /* words in the location, or an entity                                  */
    sk_str when;  /* EDTF, matched loosely around approximate dates                       */
} sk_act_filter;

typedef struct sk_act_row {
    sk_entity act;
    sk_str term;        /* id of the act as claimed by this claimant; may be empty */
    sk_str term_words;  /* the claimant's own words for it, where they differ  */
    sk_str who, whom;   /* captions, several joined by ", "                    */
    sk_str where, when; /* as written; when_edtf for programs                  */
    sk_str when_edtf;
    int64_t first_day; /* for sorting; INT64_MAX when no date                 */
    sk_position position;
    const sk_str *chain; /* who says it                                         */
    size_t n_chain;
    sk_str carrier, said;
    const sk_claim_row *claims; /* the claims behind the row                    */
    size_t n_claims;
    const sk_passage *passage; /* the first one they rest on; NULL if none     */
} sk_act_row;

/* Rows by date, then key.
 * Errors: SK_E_NOTFOUND, SK_E_AMBIGUOUS for entities of the filter; SK_E_FORMAT term or date. */
SK_MUST_USE sk_rc sk_acts_find(sk_ctx *cx, sk_view *v, const sk_act_filter *filter,
                               sk_act_row **ret_rows, size_t *ret_n);

#endif
