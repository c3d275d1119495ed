/* Parts of the page of an entity: its names, its timeline, what it is tied to, and what was judged to be
 * one with it. Threads: as the request. Tested by tests/web/walk.py and browser.mjs. */
#ifndef SK_WEB_ENTITY_PARTS_H
#define SK_WEB_ENTITY_PARTS_H

#include "web/request.h"

/* Every different name as its claim writes it, in its script and order, with how often it is said and
 * whether it is said to be borne falsely; the family name set off where a claim says which part it is.
 * Nothing for fewer than two. */
void sk_put_names(sk_request *rq, const sk_claim_row *rows, size_t n);

/* Of a ship: hulls, names, numbers, flags over time. Of others: their dates and those of the acts and
 * events they have a part in; nothing for fewer than two. In entity_time.c. */
SK_MUST_USE sk_rc sk_put_timeline(sk_request *rq, const sk_entity *e);

/* Members of the cluster, and the judgements that joined or parted them, with a way to undo each. */
SK_MUST_USE sk_rc sk_put_cluster(sk_request *rq, const sk_entity *e);

/* The network as a picture where it is small, and the way to its own page. */
SK_MUST_USE sk_rc sk_put_small_network(sk_request *rq, const sk_entity *e);

#endif
