/* The text of an exhibit on its page: words searched for, words that a link points to, words that
 * claims rest on; and each claim beside the block that it rests on.
 *
 *     guards beat the workers¹ at camp 15        1  act 7: act = beating, says Witness A
 *            ----- hit
 *            ================= claim 1
 *
 * Spans overlap as they like: a block's text is cut at every edge, and each piece says what it is of.
 * The first piece of the words linked to has the id "at", so that a plain link lands on it.
 *
 * Invariants: text stands once and in order. Cost: blocks of the page times claims of the exhibit.
 * Threads: as the request. */
#ifndef SK_WEB_EXHIBIT_TEXT_H
#define SK_WEB_EXHIBIT_TEXT_H

#include "record/query.h"
#include "web/request.h"

typedef struct sk_text_view {
    const sk_exhibit *exhibit;
    const sk_text_block *blocks;
    size_t n_blocks;
    const sk_claim_row *claims;
    size_t n_claims;
    const sk_query *query;   /* words to mark; NULL: none         */
    bool has_at;             /* a link points into the text       */
    size_t at_start, at_end; /* bytes                             */
    size_t first, n;         /* blocks of this page               */
} sk_text_view;

void sk_put_text(sk_request *rq, const sk_text_view *t);

#endif
