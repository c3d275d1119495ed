/* The form in which a suggestion is changed before it is confirmed, and what was changed in it.
 *
 * A field for each proposal holds its value as one types it in a claim file. An emptied field is not
 * claimed; a field left as it was is no edit.
 *
 * Threads: as the request. Tested by tests/web/review.py and browser.mjs. */
#ifndef SK_WEB_REVIEW_EDIT_H
#define SK_WEB_REVIEW_EDIT_H

#include "web/suggestion_parts.h"

/* For whoever came to edit: the fields, and a way back to the buttons. Nothing for who may not
 * judge. */
void sk_put_edit_form(sk_request *rq, const sk_suggestion *s, const sk_review_place *place);

/* What the request's form changed of s; none when it has no fields.
 * Errors: SK_E_FORMAT every proposal was emptied, or a property without a value. */
SK_MUST_USE sk_rc sk_rq_review_edits(sk_request *rq, const sk_suggestion *s,
                                     const sk_edit **ret_edits, size_t *ret_n);

/* "<datalist>" of the act terms, and of the properties of a type: what fields offer. */
void sk_put_act_terms(sk_request *rq);
void sk_put_type_props(sk_request *rq, sk_str type);

/* A choice among the positions. may_assert: false leaves those that the text of something that did not
 * happen allows. */
void sk_put_position_field(sk_request *rq, sk_position chosen, bool may_assert);

#endif
