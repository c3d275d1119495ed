/* Parts of the page of an entity: its names, a ship's timeline, and what was judged to be one with it. */
#ifndef SK_WEB_ENTITY_PARTS_H
#define SK_WEB_ENTITY_PARTS_H

#include "web/request.h"

/* Every different name as its claim writes it, in its script and order, with how often it is said and
 * whether it is said to be borne falsely. Nothing for fewer than two. */
void sk_put_names(sk_request *rq, const sk_claim_row *rows, size_t n);

/* Of a ship: hulls, names, numbers, flags over time. Nothing for others. */
SK_MUST_USE sk_rc sk_put_timeline(sk_request *rq, const sk_entity *e);

/* Members of the cluster, and the judgements that joined or parted them, with a way to undo each. */
SK_MUST_USE sk_rc sk_put_cluster(sk_request *rq, const sk_entity *e);

#endif
