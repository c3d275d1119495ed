/* What is said of an entity, as tables: claims by property, where accounts differ, what points here.
 *
 * Copies of one list repeat each other: the same claimants say the same. People get one line, with the
 * number of times; programs get each. Threads: as the request. Tested by tests/web/walk.py. */
#ifndef SK_WEB_ENTITY_CLAIMS_H
#define SK_WEB_ENTITY_CLAIMS_H

#include "web/grid.h"

typedef struct sk_said {
    const sk_claim_row *row;
    size_t n; /* how often it is said in the same words */
} sk_said;

/* For people the lines of equal claims, by property and then value; for programs one a claim. */
sk_said *sk_said_find(sk_request *rq, const sk_claim_row *rows, size_t n, size_t *ret_n);

/* Lines from..; so many at most. */
sk_grid *sk_claims_grid(sk_request *rq, const sk_said *lines, size_t n, size_t from, size_t most);

/* Properties of which accounts cannot all be right: a value that some assert and others deny or doubt;
 * different dates, numbers or terms where one thing has one. Side by side, with who says each; nothing
 * when accounts agree. Of one property the first 200 lines are held against each other. */
void sk_put_rivals(sk_request *rq, const sk_said *lines, size_t n);

/* Claims whose value is this entity. */
sk_grid *sk_links_grid(sk_request *rq, const sk_claim_row *rows, size_t n, size_t most);

#endif
