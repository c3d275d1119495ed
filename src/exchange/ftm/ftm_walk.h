/* What both FollowTheMoney exports walk: every entity that the view shows, cluster by cluster, with
 * its claims as values. Inside exchange/. */
#ifndef SK_EXCHANGE_FTM_WALK_H
#define SK_EXCHANGE_FTM_WALK_H

#include "exchange/ftm/export_ftm.h"
#include "exchange/ftm/ftm_value.h"
#include "record/read.h"

typedef struct ftm_member {
    sk_entity entity;
    const sk_type *type;         /* NULL when the model does not have it */
    const sk_ftm_schema *schema; /* Note where the type has none         */
    sk_str canonical;            /* least key of its cluster, or its own */
    const sk_str *others;        /* keys of its cluster without its own  */
    size_t n_others;
} ftm_member;

typedef struct ftm_item {
    const sk_claim *claim;
    sk_ftm_value value;
} ftm_item;

typedef struct ftm_walk {
    sk_ctx *cx;
    sk_view *view;
    const sk_ftm_map *map;
    sk_str dataset;
    bool theirs_alone;
    ftm_member *members; /* cluster by cluster, by least key, then key */
    ftm_member **by_key;
    size_t n;
    sk_ftm_summary sum;
} ftm_walk;

/* Gather the entities; check the dataset's name. In cx's arena. */
SK_MUST_USE sk_rc sk_ftm__gather(sk_ctx *cx, sk_view *v, const sk_ftm_options *options,
                                 ftm_walk *ret_walk);

/* Called for each entity of which the view shows claims; items are in the order of claims about it.
 * Everything is gone after the call. */
typedef sk_rc ftm_entity_fn(ftm_walk *w, const ftm_member *member, const ftm_item *items, size_t n,
                            void *arg);
SK_MUST_USE sk_rc sk_ftm__each(ftm_walk *w, ftm_entity_fn *fn, void *arg);

/* True when somebody asserts something of it: it may stand as what its schema says. */
bool sk_ftm__is_asserted(const ftm_item *items, size_t n);

/* "2023-10-12T08:00:00" from a claim's time. */
sk_str sk_ftm__seen(const sk_claim *c);
void sk_ftm__seen_range(const ftm_item *items, size_t n, sk_str *ret_first, sk_str *ret_last);

#endif
