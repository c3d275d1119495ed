#include "count/network.h"

#include "count/count_private.h"

typedef struct party {
    sk_str key, role;
    const sk_claim_row *row;
} party;

typedef struct weaving {
    sk_ctx *cx;
    sk_view *v;
    size_t most_nodes, most_reads, n_reads;
    int64_t centre; /* whose ties are being gathered: its cluster */
    sk_net_node *nodes;
    size_t n_nodes, cap_nodes;
    sk_strmap by_cluster; /* "17": its index in nodes */
    sk_tie *ties;
    size_t n_ties, cap_ties;
    sk_strmap seen_ties, seen_via;
    bool is_cut;
} weaving;

const char *sk_tie_kind_name(sk_tie_kind k)
{
    static const char *const names[] = {"claim", "act", "interest"};
    sk_assert((unsigned)k < SK_COUNT(names));
    return names[k];
}

/* ---- points ---- */

static sk_str number_key(weaving *w, int64_t n)
{
    return sk_fmt(&w->cx->arena, "%lld", (long long)n);
}

static void put_node(weaving *w, const sk_entity *e, unsigned hops, size_t *ret_index)
{
    sk_str key = number_key(w, e->cluster);
    const size_t *known = sk_strmap_get(&w->by_cluster, key);
    *ret_index = SIZE_MAX;
    if (known) {
        *ret_index = *known;
        return;
    }
    if (w->n_nodes == w->most_nodes) {
        w->is_cut = true;
        return;
    }
    SK_GROW(&w->cx->arena, w->nodes, w->n_nodes, w->cap_nodes);
    size_t *place = sk_new(&w->cx->arena, size_t);
    *place = w->n_nodes;
    sk_strmap_put(&w->by_cluster, &w->cx->arena, key, place);
    w->nodes[w->n_nodes] = (sk_net_node){.entity = *e, .hops = hops};
    *ret_index = w->n_nodes++;
}

/* ---- ties ---- */

static void count_position(sk_tie *t, sk_position p)
{
    if (p == SK_CLAIM_ASSERTS)
        t->n_for++;
    else if (p == SK_CLAIM_DENIES || p == SK_CLAIM_DOUBTS)
        t->n_against++;
    else
        t->n_other++;
}

/* A tie, or one more claim for a tie that stands already. */
static void put_tie(weaving *w, const sk_tie *tie)
{
    sk_arena *a = &w->cx->arena;
    sk_str key =
        sk_fmt(a, "%zu %zu %d %.*s %.*s %.*s", tie->from, tie->to, (int)tie->kind, SK_P(tie->via),
               SK_P(tie->term), SK_P(tie->kind == SK_TIE_CLAIM ? tie->row.claim.prop : SK_NONE));
    const size_t *known = sk_strmap_get(&w->seen_ties, key);
    if (tie->from == tie->to)
        return;
    if (known) {
        count_position(&w->ties[*known], tie->row.claim.position);
        return;
    }
    size_t *place = sk_new(a, size_t);
    *place = w->n_ties;
    sk_strmap_put(&w->seen_ties, a, key, place);
    SK_GROW(a, w->ties, w->n_ties, w->cap_ties);
    w->ties[w->n_ties] = *tie;
    count_position(&w->ties[w->n_ties++], tie->row.claim.position);
    w->nodes[tie->from].n_ties++;
    w->nodes[tie->to].n_ties++;
}

/* A tie between two keys, when the one whose ties are gathered is an end of it. */
static sk_rc tie_keys(weaving *w, sk_str from, sk_str to, unsigned hops, sk_tie tie)
{
    sk_entity a, b;
    bool has_a, has_b;
    SK_TRY(sk_count__find(w->cx, w->v, from, &a, &has_a));
    SK_TRY(sk_count__find(w->cx, w->v, to, &b, &has_b));
    if (!has_a || !has_b || (a.cluster != w->centre && b.cluster != w->centre))
        return SK_OK;
    put_node(w, &a, hops, &tie.from);
    put_node(w, &b, hops, &tie.to);
    if (tie.from != SIZE_MAX && tie.to != SIZE_MAX)
        put_tie(w, &tie);
    return SK_OK;
}

/* ---- what stands between ---- */

static bool is_link(const sk_claim *c)
{
    return c->kind == SK_VALUE_ENTITY && c->absent == SK_PRESENT && c->value.n;
}

/* A document that shows something is where a claim rests, not a tie. */
static bool is_paper(const sk_claim *c)
{
    return sk_str_is(c->prop, "proof");
}

static bool is_side(const sk_claim *c)
{
    return sk_str_is(c->prop, "perpetrator") || sk_str_is(c->prop, "victim");
}

static bool may_read(weaving *w)
{
    if (w->n_reads < w->most_reads) {
        w->n_reads++;
        return true;
    }
    w->is_cut = true;
    return false;
}

typedef struct parties {
    party *v;
    size_t n, cap;
    sk_str term;
} parties;

static void add_party(weaving *w, parties *ps, sk_str role, const sk_claim_row *row)
{
    SK_GROW(&w->cx->arena, ps->v, ps->n, ps->cap);
    ps->v[ps->n++] = (party){row->claim.value, role, row};
}

/* Parties of an act that involvements name, under the role that the involvement gives them. */
static sk_rc add_involved(weaving *w, const sk_entity *act, parties *ps)
{
    sk_claim_row *links, *own;
    size_t n, n_own;
    SK_TRY(sk_claims_linking(w->cx, w->v, act, SK_S("act"), &links, &n));
    for (size_t i = 0; i < n && may_read(w); i++) {
        sk_entity inv;
        bool found;
        sk_str role = SK_S("party");
        SK_TRY(sk_count__find(w->cx, w->v, links[i].claim.entity, &inv, &found));
        if (!found)
            continue;
        SK_TRY(sk_claims_about(w->cx, w->v, &inv, SK_CLAIMS_CURRENT, &own, &n_own));
        for (size_t k = 0; k < n_own; k++)
            if (sk_str_is(own[k].claim.prop, "role") && own[k].claim.value.n)
                role = own[k].claim.value;
        for (size_t k = 0; k < n_own; k++)
            if (sk_str_is(own[k].claim.prop, "party") && is_link(&own[k].claim))
                add_party(w, ps, role, &own[k]);
    }
    return SK_OK;
}

static sk_rc parties_of(weaving *w, const sk_entity *via, bool is_act, parties *ps)
{
    sk_claim_row *rows;
    size_t n;
    SK_TRY(sk_claims_about(w->cx, w->v, via, SK_CLAIMS_CURRENT, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const sk_claim *c = &rows[i].claim;
        if (is_act && sk_str_is(c->prop, "act") && !ps->term.n && c->absent == SK_PRESENT)
            ps->term = c->value;
        if (is_link(c) && (!is_act || is_side(c)) && !is_paper(c))
            add_party(w, ps, c->prop, &rows[i]);
    }
    return is_act ? add_involved(w, via, ps) : SK_OK;
}

/* From each who did it to each to whom it was done; where one side is not named, the act is a point. */
static sk_rc tie_act(weaving *w, const sk_entity *act, const parties *ps, unsigned hops)
{
    size_t n_from = 0, n_to = 0;
    for (size_t i = 0; i < ps->n && act->cluster != w->centre; i++) {
        n_from += sk_str_is(ps->v[i].role, "perpetrator");
        n_to += sk_str_is(ps->v[i].role, "victim");
    }
    for (size_t i = 0; i < ps->n; i++) {
        const party *p = &ps->v[i];
        bool is_from = sk_str_is(p->role, "perpetrator"), is_to = sk_str_is(p->role, "victim");
        sk_tie tie = {.kind = SK_TIE_ACT, .row = *p->row, .term = ps->term, .via = act->key};
        if (!is_from && !is_to)
            tie.term = p->role;
        if (is_to && n_from)
            continue; /* told from the other side */
        if (!is_from || !n_to) {
            SK_TRY(is_to ? tie_keys(w, act->key, p->key, hops, tie)
                         : tie_keys(w, p->key, act->key, hops, tie));
            continue;
        }
        for (size_t k = 0; k < ps->n; k++)
            if (sk_str_is(ps->v[k].role, "victim")) {
                tie.row = *ps->v[k].row;
                SK_TRY(tie_keys(w, p->key, ps->v[k].key, hops, tie));
            }
    }
    return SK_OK;
}

/* Between the first property's parties and those of the others: owner to asset, member to body. */
static sk_rc tie_interest(weaving *w, const sk_entity *via, const parties *ps, unsigned hops)
{
    const sk_type *t = sk_model_find_type(sk_model_get(), via->type);
    sk_str first = SK_NONE;
    for (size_t i = 0; t && !first.n && i < t->n_props; i++)
        for (size_t k = 0; k < ps->n && !first.n; k++)
            if (sk_str_eq(ps->v[k].role, t->props[i].name))
                first = ps->v[k].role;
    for (size_t i = 0; i < ps->n; i++)
        for (size_t k = 0; k < ps->n; k++)
            if (sk_str_eq(ps->v[i].role, first) && !sk_str_eq(ps->v[k].role, first)) {
                sk_tie tie = {.kind = SK_TIE_INTEREST,
                              .row = *ps->v[k].row,
                              .term = via->type,
                              .via = via->key};
                SK_TRY(tie_keys(w, ps->v[i].key, ps->v[k].key, hops, tie));
            }
    return SK_OK;
}

/* An act or interest, once for each whose ties are gathered. */
static sk_rc tie_through(weaving *w, const sk_entity *via, unsigned hops)
{
    sk_str key = sk_fmt(&w->cx->arena, "%lld %lld", (long long)w->centre, (long long)via->cluster);
    bool is_act = sk_count__is_a(via, "Act");
    parties ps = {0};
    if (!sk_strmap_put(&w->seen_via, &w->cx->arena, key, w) || !may_read(w))
        return SK_OK;
    SK_TRY(parties_of(w, via, is_act, &ps));
    return is_act ? tie_act(w, via, &ps, hops) : tie_interest(w, via, &ps, hops);
}

/* The acts that an involvement of the entity names. */
static sk_rc tie_involvement(weaving *w, const sk_entity *inv, unsigned hops)
{
    sk_claim_row *own;
    size_t n;
    if (!may_read(w))
        return SK_OK;
    SK_TRY(sk_claims_about(w->cx, w->v, inv, SK_CLAIMS_CURRENT, &own, &n));
    for (size_t i = 0; i < n; i++) {
        sk_entity act;
        bool found;
        if (!sk_str_is(own[i].claim.prop, "act") || !is_link(&own[i].claim))
            continue;
        SK_TRY(sk_count__find(w->cx, w->v, own[i].claim.value, &act, &found));
        if (found)
            SK_TRY(tie_through(w, &act, hops));
    }
    return SK_OK;
}

/* ---- one entity's ties ---- */

static sk_rc tie_link(weaving *w, const sk_claim_row *row, unsigned hops)
{
    sk_entity from;
    bool found;
    SK_TRY(sk_count__find(w->cx, w->v, row->claim.entity, &from, &found));
    if (!found)
        return SK_OK;
    if (sk_count__is_a(&from, "Involvement"))
        return tie_involvement(w, &from, hops);
    if (sk_count__is_a(&from, "Interest") || (sk_count__is_a(&from, "Act") && is_side(&row->claim)))
        return tie_through(w, &from, hops);
    return tie_keys(w, row->claim.entity, row->claim.value, hops,
                    (sk_tie){.kind = SK_TIE_CLAIM, .row = *row});
}

static sk_rc tie_entity(weaving *w, const sk_entity *e, unsigned hops)
{
    sk_claim_row *rows;
    size_t n;
    bool is_act = sk_count__is_a(e, "Act");
    w->centre = e->cluster;
    if (is_act)
        SK_TRY(tie_through(w, e, hops));
    SK_TRY(sk_claims_about(w->cx, w->v, e, SK_CLAIMS_CURRENT, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (is_link(&rows[i].claim) && !is_paper(&rows[i].claim) &&
            !(is_act && is_side(&rows[i].claim)))
            SK_TRY(tie_keys(w, rows[i].claim.entity, rows[i].claim.value, hops,
                            (sk_tie){.kind = SK_TIE_CLAIM, .row = rows[i]}));
    SK_TRY(sk_claims_linking(w->cx, w->v, e, SK_NONE, &rows, &n));
    for (size_t i = 0; i < n && !(w->is_cut && w->n_nodes >= w->most_nodes); i++)
        if (!is_paper(&rows[i].claim))
            SK_TRY(tie_link(w, &rows[i], hops));
    return SK_OK;
}

sk_rc sk_network_build(sk_ctx *cx, sk_view *v, const sk_entity *e, const sk_network_opts *opts,
                       sk_network *ret_network)
{
    weaving w = {.cx = cx,
                 .v = v,
                 .most_nodes = opts->most_nodes ? opts->most_nodes : SK_LIM_NETWORK_NODES,
                 .most_reads = opts->most_reads ? opts->most_reads : SK_LIM_NETWORK_READS};
    size_t self;
    if (opts->hops < 1 || opts->hops > 2)
        return sk_fail(cx, SK_E_LIMIT, "a network reaches 1 or 2 hops, not %u", opts->hops);
    if (w.most_nodes > SK_LIM_NETWORK_NODES || w.most_reads > SK_LIM_NETWORK_READS)
        return sk_fail(cx, SK_E_LIMIT, "a network has at most %d entities", SK_LIM_NETWORK_NODES);
    put_node(&w, e, 0, &self);
    SK_TRY(tie_entity(&w, e, 1));
    size_t n_near = w.n_nodes;
    for (size_t i = 1; opts->hops == 2 && i < n_near && may_read(&w); i++) {
        sk_entity near = w.nodes[i].entity;
        SK_TRY(tie_entity(&w, &near, 2));
    }
    if (cx->rc)
        return cx->rc; /* of a caption */
    *ret_network = (sk_network){.nodes = w.nodes,
                                .n_nodes = w.n_nodes,
                                .ties = w.ties,
                                .n_ties = w.n_ties,
                                .is_cut = w.is_cut};
    return SK_OK;
}
