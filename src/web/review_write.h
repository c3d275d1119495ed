/* Deciding for a request: archive and view are opened so that nobody decides between looking and
 * writing.
 *
 *     sk_review_write w;
 *     SK_TRY(sk_review_write_begin(rq, &w));
 *     sk_rc rc = sk_review_reject(&rq->cx, w.review, ...);
 *     SK_TRY(sk_review_write_end(rq, &w, rc));     committed; rq->view shows it
 *
 * Between the two rq->view is one of the index being written. Threads: as the request.
 * Tested by tests/web/review.py. */
#ifndef SK_WEB_REVIEW_WRITE_H
#define SK_WEB_REVIEW_WRITE_H

#include "record/review.h"
#include "web/request.h"

typedef struct sk_review_write {
    sk_write write;
    sk_review *review;
} sk_review_write;

/* Errors: SK_E_CONFLICT somebody else is writing. */
SK_MUST_USE sk_rc sk_review_write_begin(sk_request *rq, sk_review_write *ret_write);
SK_MUST_USE sk_rc sk_review_write_end(sk_request *rq, sk_review_write *w, sk_rc rc);

#endif
