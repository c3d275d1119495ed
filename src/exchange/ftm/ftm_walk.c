#include "exchange/ftm/ftm_walk.h"

#include <stdlib.h>

/* ---- gathering ---- */

static sk_rc check_dataset(sk_ctx *cx, sk_str name)
{
    bool good = name.n >= 1 && name.n <= 64;
    for (size_t i = 0; good && i < name.n; i++)
        good = (name.p[i] >= 'a' && name.p[i] <= 'z') || (name.p[i] >= '0' && name.p[i] <= '9') ||
               name.p[i] == '_';
    return good ? SK_OK
                : sk_fail(cx, SK_E_FORMAT, "dataset \"%.*s\" must be 1 to 64 of a-z, 0-9 and \"_\"",
                          SK_P(name));
}

static int by_cluster(const void *p, const void *q)
{
    const ftm_member *a = p, *b = q;
    if (a->entity.cluster != b->entity.cluster)
        return a->entity.cluster < b->entity.cluster ? -1 : 1;
    return sk_str_cmp(a->entity.key, b->entity.key);
}

/* While sorting, canonical is the least key of the cluster, also where it will be cut apart. */
static int by_canonical(const void *p, const void *q)
{
    const ftm_member *a = p, *b = q;
    int order = sk_str_cmp(a->canonical, b->canonical);
    return order ? order : sk_str_cmp(a->entity.key, b->entity.key);
}

static int by_key(const void *p, const void *q)
{
    const ftm_member *const *a = p, *const *b = q;
    return sk_str_cmp((*a)->entity.key, (*b)->entity.key);
}

static void set_schema(ftm_walk *w, ftm_member *m)
{
    m->type = sk_model_find_type(sk_model_get(), m->entity.type);
    const sk_ftm_type *t = sk_ftm_find_type(w->map, m->type ? m->type->name : SK_S("Thing"));
    m->schema = t ? t->schema : sk_ftm_find_type(w->map, SK_S("Thing"))->schema;
}

/* Their reader merges two entities when one schema is of or below the other's. */
static bool can_merge(const ftm_member *members, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++)
            if (!sk_ftm_is_a(members[i].schema, members[k].schema) &&
                !sk_ftm_is_a(members[k].schema, members[i].schema))
                return false;
    return true;
}

static void set_others(ftm_walk *w, ftm_member *members, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        sk_str *others = sk_new_array(&w->cx->arena, sk_str, n);
        for (size_t k = 0; k < n; k++)
            if (k != i)
                others[members[i].n_others++] = members[k].entity.key;
        members[i].others = others;
    }
}

/* The members of the cluster that begins at i. */
static size_t cluster_at(const ftm_walk *w, size_t i)
{
    size_t n = 1;
    while (i + n < w->n && w->members[i + n].entity.cluster == w->members[i].entity.cluster)
        n++;
    return n;
}

static void join_clusters(ftm_walk *w)
{
    qsort(w->members, w->n, sizeof *w->members, by_cluster);
    for (size_t i = 0, n; i < w->n; i += n) {
        n = cluster_at(w, i);
        for (size_t k = 0; k < n; k++)
            w->members[i + k].canonical = w->members[i].entity.key;
        if (n > 1)
            set_others(w, &w->members[i], n);
    }
    qsort(w->members, w->n, sizeof *w->members, by_canonical);
    for (size_t i = 0, n; i < w->n; i += n) {
        n = cluster_at(w, i);
        bool apart = !can_merge(&w->members[i], n);
        w->sum.clusters_apart += apart;
        for (size_t k = 0; apart && k < n; k++)
            w->members[i + k].canonical = w->members[i + k].entity.key;
    }
}

sk_rc sk_ftm__gather(sk_ctx *cx, sk_view *v, const sk_ftm_options *options, ftm_walk *ret_walk)
{
    ftm_walk w = {.cx = cx, .view = v, .map = sk_ftm_map_get()};
    w.dataset = options ? options->dataset : SK_NONE;
    w.theirs_alone = options && options->theirs_alone;
    if (!w.dataset.n)
        w.dataset = sk_fmt(&cx->arena, "sillok_%.8s", sk_archive_get_id(cx->archive).p);
    SK_TRY(check_dataset(cx, w.dataset));
    sk_entity *entities;
    SK_TRY(sk_entities_list(cx, v, SK_NONE, SK_NONE, 0, &entities, &w.n));
    w.members = sk_new_array(&cx->arena, ftm_member, w.n);
    w.by_key = sk_new_array(&cx->arena, ftm_member *, w.n);
    for (size_t i = 0; i < w.n; i++) {
        w.members[i].entity = entities[i];
        set_schema(&w, &w.members[i]);
    }
    join_clusters(&w);
    for (size_t i = 0; i < w.n; i++)
        w.by_key[i] = &w.members[i];
    qsort(w.by_key, w.n, sizeof *w.by_key, by_key);
    *ret_walk = w;
    return SK_OK;
}

/* ---- walking ---- */

static const sk_ftm_schema *schema_of(sk_str key, void *arg)
{
    const ftm_walk *w = arg;
    ftm_member wanted = {.entity = {.key = key}}, *p = &wanted;
    ftm_member *const *found = bsearch(&p, w->by_key, w->n, sizeof *w->by_key, by_key);
    return found && (*found)->entity.type.n ? (*found)->schema : NULL;
}

static sk_rc one_entity(ftm_walk *w, const ftm_member *member, const sk_claim_row *rows, size_t n,
                        ftm_entity_fn *fn, void *arg)
{
    ftm_item *items = sk_new_array(&w->cx->arena, ftm_item, n);
    size_t n_items = 0;
    for (size_t i = 0; i < n; i++) {
        const sk_claim *c = &rows[i].claim;
        if (!sk_str_eq(c->entity, member->entity.key))
            continue;
        ftm_item *item = &items[n_items++];
        item->claim = c;
        item->value = sk_ftm_value_of(w->cx, w->map, member->type, c, schema_of, w);
        w->sum.claims++;
        w->sum.plain += item->value.is_plain;
        w->sum.rest += !item->value.is_plain;
    }
    if (n_items == 0)
        return SK_OK; /* others point to it; nobody says anything of it */
    w->sum.entities++;
    return fn(w, member, items, n_items, arg);
}

sk_rc sk_ftm__each(ftm_walk *w, ftm_entity_fn *fn, void *arg)
{
    sk_ctx *cx = w->cx;
    for (size_t i = 0, n; i < w->n; i += n) {
        sk_arena_mark mark = sk_arena_here(&cx->arena);
        sk_claim_row *rows;
        size_t n_rows;
        n = cluster_at(w, i);
        SK_TRY(
            sk_claims_about(cx, w->view, &w->members[i].entity, SK_CLAIMS_CURRENT, &rows, &n_rows));
        for (size_t k = 0; k < n; k++)
            SK_TRY(one_entity(w, &w->members[i + k], rows, n_rows, fn, arg));
        sk_arena_back_to(&cx->arena, mark);
        if (cx->cancelled && cx->cancelled(cx->cancelled_arg))
            return sk_fail(cx, SK_E_CANCELLED, "the export was stopped");
    }
    return SK_OK;
}

bool sk_ftm__is_asserted(const ftm_item *items, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (items[i].claim->position == SK_CLAIM_ASSERTS)
            return true;
    return false;
}

sk_str sk_ftm__seen(const sk_claim *c)
{
    return sk_str_sub(c->at, 0, 19);
}

void sk_ftm__seen_range(const ftm_item *items, size_t n, sk_str *ret_first, sk_str *ret_last)
{
    *ret_first = *ret_last = sk_ftm__seen(items[0].claim);
    for (size_t i = 1; i < n; i++) {
        sk_str at = sk_ftm__seen(items[i].claim);
        if (sk_str_cmp(at, *ret_first) < 0)
            *ret_first = at;
        if (sk_str_cmp(at, *ret_last) > 0)
            *ret_last = at;
    }
}
