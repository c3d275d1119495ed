/* What is said to have happened with somebody or something, in order of time.
 *
 *   1955-04-05            born                                  a family register
 *   1978-06~              abduction, as victim (@abduction-06)  Japan
 *   2002-09-17            statement ...                         North Korea
 *   2004/..               nationality: Japan                    holds from then on
 *
 * An item is one dated claim: a date of the entity itself; a claim that holds for a time; a date of
 * an act, event or interest that the entity has a part in. Rival dates of one thing are items of
 * their own, each with who says it; none is chosen. Dates of the record itself (when a list was
 * retrieved or a page published) are no part of a life and are left out.
 *
 * For ships see count/timeline.h, which follows hulls through stolen numbers.
 * Tested by tests/unit/count/t_chronology.c. */
#ifndef SK_COUNT_CHRONOLOGY_H
#define SK_COUNT_CHRONOLOGY_H

#include "base/edtf.h"
#include "record/read.h"

typedef struct sk_moment {
    sk_edtf date;
    sk_claim_row row; /* the claim that has the date, or that holds then             */
    bool is_span;     /* the date is when the claim holds; else it is the value      */
    bool has_via;
    sk_entity via; /* the act, event or interest; when has_via                    */
    sk_str role;   /* property by which the entity has a part in it: "victim"     */
    sk_str term;   /* what kind of act it is said to be; may be empty             */
} sk_moment;

typedef struct sk_chronology {
    const sk_moment *moments; /* by sk_edtf_cmp, then claim */
    size_t n;
    size_t n_undated; /* parts in acts and events of which no date is said */
    bool is_cut;      /* more than SK_LIM_CHRONOLOGY                        */
} sk_chronology;

/* Cost: one read of claims for the entity and each act, event or interest it has a part in. */
SK_MUST_USE sk_rc sk_chronology_build(sk_ctx *cx, sk_view *v, const sk_entity *e,
                                      sk_chronology *ret_chronology);

#endif
