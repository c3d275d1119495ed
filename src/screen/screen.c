/* Candidates compared and put in order. */
#include "screen/screen.h"

#include <math.h>
#include <stdlib.h>

struct sk_screener {
    const sk_sight *sight;
    sk_screen_options options;
    sk_searcher *searcher;
    sk_rarity rarity;
    size_t count;
    double log_prior; /* of one entry */
};

sk_screener *sk_screener_new(const sk_sight *sight, const sk_screen_options *options)
{
    sk_screener *sc = sk_xmalloc(sizeof *sc);
    *sc = (sk_screener){
        .sight = sight,
        .options = *options,
        .searcher = sk_searcher_new(sight),
        .rarity = sk_sight_rarity(sight),
        .count = sk_sight_count(sight),
    };
    sk_assert(options->prior > 0 && options->prior < 1);
    sc->log_prior = log(options->prior / (double)(sc->count ? sc->count : 1));
    return sc;
}

void sk_screener_free(sk_screener *sc)
{
    if (!sc)
        return;
    sk_searcher_free(sc->searcher);
    free(sc);
}

size_t sk_screener_count(const sk_screener *sc)
{
    return sc->count;
}

static int by_rank(const void *a, const void *b)
{
    const sk_screen_hit *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->result.evidence != y->result.evidence)
        return x->result.evidence > y->result.evidence ? -1 : 1;
    int c = sk_str_cmp(x->list->copy.list, y->list->copy.list);
    return c ? c : sk_str_cmp(x->key, y->key);
}

/* The value whose list a hit is shown under: its best name, else whatever met the query. */
static size_t best_value(const sk_match_result *r, const sk_match_entity *e)
{
    for (unsigned i = 0; i < r->n_parts; i++)
        if (r->part[i].row_b)
            return (size_t)r->part[i].row_b - 1;
    return (size_t)e->names[0].row - 1;
}

static bool has_type(const sk_screener *sc, sk_screen_ref ref)
{
    if (!sc->options.type.n)
        return true;
    const sk_type *t = sk_model_find_type(sk_model_get(), sk_sight_type(sc->sight, ref));
    return t && sk_type_is_a(t, sc->options.type);
}

/* Who asks by number alone asks for its bearer: that the number is borne answers the question. */
static double score_of(const sk_screen_query *q, const sk_match_result *r)
{
    for (unsigned i = 0; !q->n_names && i < r->n_parts; i++)
        if (r->part[i].feature == SK_FEATURE_IDENTIFIER &&
            r->part[i].finding == SK_FINDING_AGREES && r->part[i].nats > 0)
            return r->score > SK_SCREEN_BY_NUMBER ? r->score : SK_SCREEN_BY_NUMBER;
    return r->score;
}

/* A person is no body, ship or place; what is not said may be either. */
static bool may_be(sk_name_kind query, sk_name_kind entry)
{
    if (query == SK_NAME_ANY || entry == SK_NAME_ANY)
        return true;
    return (query == SK_NAME_PERSON) == (entry == SK_NAME_PERSON);
}

/* Compare one candidate; false: below the cutoff, or not of the type asked for. */
static bool compare(sk_ctx *cx, const sk_screener *sc, const sk_screen_query *q, sk_screen_ref ref,
                    sk_screen_hit *h)
{
    sk_match_options options = SK_MATCH_OPTIONS;
    options.rarity = &sc->rarity;
    options.floor = sc->options.cutoff;
    *h = (sk_screen_hit){.ref = ref};
    if (!has_type(sc, ref) || !sk_sight_entity(cx, sc->sight, ref, &h->entity))
        return false;
    if (!may_be(q->entity.kind, h->entity.kind))
        return false;
    sk_match_entity_compare(&q->entity, &h->entity, &options, &h->result);
    h->score = score_of(q, &h->result);
    return h->score >= sc->options.cutoff && h->result.n_parts;
}

/* Evidence for the odds: however rare a name, it may have more bearers than are written down. */
static double held_evidence(const sk_match_result *r)
{
    double evidence = r->evidence;
    for (unsigned i = 0; i < r->n_parts; i++)
        if (r->part[i].feature == SK_FEATURE_NAME && r->part[i].nats > SK_SCREEN_NAME_NATS)
            evidence -= (double)r->part[i].nats - SK_SCREEN_NAME_NATS;
    return evidence;
}

/* What is told of a hit that stays; the rest would be wasted on those that do not. */
static void complete(const sk_screener *sc, const sk_screen_index *ix, sk_screen_hit *h)
{
    size_t value = best_value(&h->result, &h->entity);
    h->list = sk_sight_copy_of(sc->sight, h->ref, value);
    h->key = sk_screen_index_key(ix, h->ref);
    h->type = sk_sight_type(sc->sight, h->ref);
    h->caption = sk_sight_caption(sc->sight, h->ref);
    h->name = h->caption;
    h->is_cut = h->result.is_cut;
    for (unsigned i = 0; i < h->result.n_parts; i++) {
        if (h->result.part[i].feature != SK_FEATURE_NAME)
            continue;
        const sk_name *name = h->entity.names[h->result.part[i].b].name;
        h->name = sk_name_raw(name);
        h->is_cut = h->is_cut || sk_name_is_cut(name);
    }
    h->odds = exp(held_evidence(&h->result) + sc->log_prior);
    h->alert = h->score >= sc->options.threshold;
}

sk_rc sk_screener_run_all(sk_ctx *cx, sk_screener *sc, const sk_screen_query *query,
                          const sk_screen_hit **ret_hits, size_t *ret_n)
{
    const sk_candidate *candidates;
    size_t n = sk_searcher_find(sc->searcher, query->names, query->n_names, query->ids,
                                query->n_ids, &candidates);
    sk_screen_hit *hits = NULL, hit;
    size_t kept = 0, cap = 0;
    for (size_t i = 0; i < n; i++) {
        sk_arena_mark mark = sk_arena_here(&cx->arena);
        if (!compare(cx, sc, query, candidates[i].ref, &hit)) {
            sk_arena_back_to(&cx->arena, mark);
            continue;
        }
        complete(sc, sk_sight_index(sc->sight), &hit);
        if (!hit.list)
            continue;
        SK_GROW(&cx->arena, hits, kept, cap);
        hits[kept++] = hit;
    }
    if (kept)
        qsort(hits, kept, sizeof *hits, by_rank);
    *ret_hits = hits;
    *ret_n = kept;
    return cx->rc;
}

sk_rc sk_screener_run(sk_ctx *cx, sk_screener *sc, const sk_screen_query *query,
                      const sk_screen_hit **ret_hits, size_t *ret_n)
{
    size_t n;
    SK_TRY(sk_screener_run_all(cx, sc, query, ret_hits, &n));
    *ret_n = n < sc->options.limit ? n : sc->options.limit;
    return SK_OK;
}

/* ---- the reason ---- */

static const char *finding_name(unsigned finding)
{
    static const char *const NAME[] = {"none", "agrees", "compatible", "contradicts"};
    return finding < SK_COUNT(NAME) ? NAME[finding] : "none";
}

size_t sk_screen_reasons(sk_ctx *cx, const sk_screener *sc, const sk_screen_query *query,
                         const sk_screen_hit *hit, const sk_screen_reason_part **ret_parts)
{
    sk_screen_reason_part *v = sk_new_array(&cx->arena, sk_screen_reason_part, hit->result.n_parts);
    for (unsigned i = 0; i < hit->result.n_parts; i++) {
        const sk_match_evidence *e = &hit->result.part[i];
        v[i] = (sk_screen_reason_part){
            .feature = sk_match_feature_name((sk_match_feature)e->feature),
            .finding = finding_name(e->finding),
            .nats = (double)e->nats,
        };
        v[i].detail = sk_match_detail(&cx->arena, &query->entity, &hit->entity, &hit->result, e,
                                      &v[i].query, &v[i].entry);
        if (e->row_b)
            v[i].source =
                sk_screen_value_at(sk_sight_index(sc->sight), hit->ref, (size_t)e->row_b - 1).place;
    }
    *ret_parts = v;
    return hit->result.n_parts;
}

sk_str sk_screen_reason(sk_ctx *cx, const sk_screener *sc, const sk_screen_query *query,
                        const sk_screen_hit *hit)
{
    const sk_screen_reason_part *v;
    size_t n = sk_screen_reasons(cx, sc, query, hit, &v);
    sk_str line = SK_S("");
    for (size_t i = 0; i < n; i++)
        line = sk_fmt(&cx->arena, "%.*s%s%.*s", SK_P(line), line.n ? "; " : "", SK_P(v[i].detail));
    if (hit->is_cut)
        line = sk_fmt(&cx->arena, "%.*s; there is more on one side than was compared", SK_P(line));
    return line;
}

/* Two digits that count, no more precision than there is. */
static sk_str rounded(sk_arena *a, double x)
{
    if (x < 9.95)
        return x < 1.05 ? SK_S("1") : sk_fmt(a, "%.1f", x);
    double unit = pow(10, floor(log10(x)) - 1);
    double value = floor(x / unit + 0.5) * unit;
    return value < 1e15 ? sk_fmt(a, "%.0f", value) : SK_S("more than 1,000,000,000,000,000");
}

sk_str sk_screen_odds_text(sk_arena *a, double odds)
{
    if (!(odds > 0))
        return SK_S("0");
    if (odds < 1)
        return sk_fmt(a, "1 : %.*s", SK_P(rounded(a, 1 / odds)));
    return sk_fmt(a, "%.*s : 1", SK_P(rounded(a, odds)));
}
