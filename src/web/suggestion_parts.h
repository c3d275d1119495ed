/* A suggestion in words, and the forms by which a person decides of it: what the Review page and the
 * margin of an exhibit share.
 *
 *     act, sure       forced return (reported)
 *                     by China · to North Korean escapees · on 9 October 2023
 *                     says: two girls, as told by Human Rights Watch
 *     [c confirm] [r reject] [e edit]
 *
 * Values are shown as those of claims are (tell/), and typed as people type them in claim files.
 * Forms post, carry the session's token, and work without scripts; `data-does` names the key that
 * ui/review.js presses them by.
 *
 * Threads: as the request. Tested by tests/web/review.py and browser.mjs. */
#ifndef SK_WEB_SUGGESTION_PARTS_H
#define SK_WEB_SUGGESTION_PARTS_H

#include "record/review.h"
#include "web/request.h"

/* Where a decision was made, and so where to go on: what its form carries beside the token. */
typedef struct sk_review_place {
    bool is_exhibit;            /* made in the margin of the exhibit's page */
    sk_str exhibit, kind, rule; /* the filter, as in the address; may be empty */
    sk_str tier;
} sk_review_place;

/* The filter that the request's parameters name.
 * ret_exhibit   filled when one is named; ret_filter->exhibit points into it
 * Errors: SK_E_NOTFOUND no such exhibit; SK_E_FORMAT a kind or tier that is none. */
SK_MUST_USE sk_rc sk_rq_review_filter(sk_request *rq, sk_exhibit *ret_exhibit,
                                      sk_review_filter *ret_filter, sk_review_place *ret_place);

/* "/review?exhibit=...&at=...", "/exhibit/...?s=...#s-...": `at` and `done` are suggestions or NULL. */
sk_str sk_href_review(sk_request *rq, const sk_review_place *place, const sk_hash *at,
                      const sk_hash *done);
sk_str sk_href_review_exhibit(sk_request *rq, const sk_hash *exhibit, const sk_hash *at,
                              const sk_hash *done);

/* The form by which one enters a claim that rests on these bytes. */
sk_str sk_href_add_claim(sk_request *rq, const sk_hash *exhibit, size_t start, size_t end);

/* Words of the catalogue. */
sk_str sk_suggest_kind_text(const sk_request *rq, sk_suggest_kind kind);
sk_str sk_suggest_state_text(const sk_request *rq, sk_suggest_state state);
sk_str sk_suggest_tier_text(const sk_request *rq, unsigned tier);
sk_str sk_suggest_modality_text(const sk_request *rq, sk_str modality);

/* A proposal's property and value for people, and its value as one types it. */
sk_str sk_proposal_property(const sk_request *rq, const sk_suggestion *s, const sk_proposal *p);
sk_str sk_proposal_text(sk_request *rq, const sk_suggestion *s, const sk_proposal *p);
sk_str sk_proposal_typed(sk_request *rq, const sk_proposal *p);

/* What is claimed of, as people read it: "a new act", a name. */
sk_str sk_suggest_subject_text(sk_request *rq, const sk_suggestion *s);
/* Who says it: "two girls, as told by Human Rights Watch"; and as one types it in a field. */
sk_str sk_suggest_says(sk_request *rq, const sk_suggestion *s);
sk_str sk_suggest_chain_typed(sk_request *rq, const sk_suggestion *s);

/* In one line: what, of whom, who says it. Links to entities that exist already. */
void sk_put_suggestion_line(sk_request *rq, const sk_suggestion *s);

/* Confirm and reject as buttons, edit as a link; nothing for who may not judge. */
void sk_put_suggestion_forms(sk_request *rq, const sk_suggestion *s, const sk_review_place *place);

/* "Confirmed: ... [undo]" of the suggestion that parameter `done` names; nothing when there is none. */
SK_MUST_USE sk_rc sk_put_decided(sk_request *rq, sk_review *rv, const sk_review_place *place);

/* "Entered: ... [undo]" of the claims that parameter `added` names: what was just entered from the
 * exhibit's text (page_add_claim.c). */
void sk_put_added(sk_request *rq, const sk_exhibit *x);

/* The hidden fields that carry the place. */
void sk_put_review_place(sk_request *rq, const sk_review_place *place);

/* For programs: every field of it. */
void sk_suggestion_json(sk_request *rq, sk_json *j, const sk_suggestion *s);

#endif
