/* Searching: names under any spelling, words of names, numbers and ids. */
#include "screen/engine_private.h"

#include <math.h>
#include <stdlib.h>

#define OF_WORDS 0.5 /* what a name that holds all words asked for scores at least */

typedef struct found {
    sk_screen_ref ref;
    double score;
} found;

typedef struct searching {
    sk_engine *e;
    const sk_engine_search_query *query;
    found *v;
    size_t n, cap;
} searching;

static int by_score(const void *a, const void *b)
{
    const found *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    uint64_t i = engine_tag(x->ref), k = engine_tag(y->ref);
    return (i > k) - (i < k);
}

static bool has_country(const sk_match_entity *entity, const sk_str *codes, size_t n)
{
    for (size_t i = 0; i < entity->n_countries; i++)
        for (size_t k = 0; k < n; k++)
            if (sk_str_eq_nocase(sk_str_of(entity->countries[i].code), codes[k]))
                return true;
    return n == 0;
}

static bool is_wanted(sk_ctx *cx, const searching *s, sk_screen_ref ref)
{
    const sk_engine_search_query *q = s->query;
    sk_match_entity entity;
    const sk_type *t = sk_model_find_type(sk_model_get(), sk_sight_type(s->e->sight, ref));
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    bool wanted = (!q->schema.n || (t && sk_type_is_a(t, q->schema))) &&
                  sk_sight_entity(cx, s->e->sight, ref, &entity) &&
                  has_country(&entity, q->countries, q->n_countries);
    sk_arena_back_to(&cx->arena, mark);
    return wanted;
}

static void take(sk_ctx *cx, searching *s, sk_screen_ref ref, double score)
{
    for (size_t i = 0; i < s->n; i++)
        if (engine_tag(s->v[i].ref) == engine_tag(ref)) {
            s->v[i].score = score > s->v[i].score ? score : s->v[i].score;
            return;
        }
    if (!is_wanted(cx, s, ref))
        return;
    SK_GROW(&cx->arena, s->v, s->n, s->cap);
    s->v[s->n++] = (found){ref, score};
}

static bool has_number(sk_str q)
{
    size_t digits = 0;
    for (size_t i = 0; i < q.n; i++)
        digits += q.p[i] >= '0' && q.p[i] <= '9';
    return digits >= SK_SCREEN_ID_LEAST;
}

/* ---- names that hold all words asked for ---- */

static bool has_word(const uint64_t *words, unsigned n, uint64_t word)
{
    for (unsigned i = 0; i < n; i++)
        if (words[i] == word)
            return true;
    return false;
}

static bool holds_words(const sk_match_entity *entity, const uint64_t *asked, unsigned n_asked)
{
    uint64_t keys[SCREEN_KEYS], words[SK_FORM_TOKENS];
    for (size_t i = 0; i < entity->n_names; i++) {
        unsigned n, met = 0;
        sk_screen__keys(entity->names[i].name, keys, words, &n);
        while (met < n_asked && has_word(words, n, asked[met]))
            met++;
        if (met == n_asked)
            return true;
    }
    return false;
}

/* "Inventedzai" is in "Karim Inventedzai", though as names they are not near. */
static void gather_words(sk_ctx *cx, searching *s, const sk_screen_query *q)
{
    uint64_t keys[SCREEN_KEYS], words[SK_FORM_TOKENS];
    const sk_candidate *list;
    unsigned n_words = 0;
    if (!q->n_names)
        return;
    sk_screen__keys(q->names[0], keys, words, &n_words);
    size_t n = n_words ? sk_searcher_find(engine_searcher(s->e), q->names, 1, NULL, 0, &list) : 0;
    for (size_t i = 0; i < n; i++) {
        sk_match_entity entity;
        sk_arena_mark mark = sk_arena_here(&cx->arena);
        bool holds = list[i].keys > 0 && sk_sight_entity(cx, s->e->sight, list[i].ref, &entity) &&
                     holds_words(&entity, words, n_words);
        sk_arena_back_to(&cx->arena, mark);
        if (holds)
            take(cx, s, list[i].ref, OF_WORDS);
    }
}

/* Names and numbers that look like the words, names that hold them, and whose key they are. */
static sk_rc gather(sk_ctx *cx, searching *s)
{
    sk_screen_options options = SK_SCREEN_OPTIONS;
    sk_str q = sk_str_trim(s->query->q);
    sk_asked words = {.names = &q, .n_names = 1, .ids = &q, .n_ids = has_number(q)};
    const sk_screen_hit *hits;
    sk_screen_query ready;
    sk_screen_ref ref;
    size_t n;
    options.cutoff = 0.1;
    SK_TRY(sk_screen_query_read(cx, &words, true, &ready));
    if (sk_screen_index_find(s->e->ix, q, &ref))
        take(cx, s, ref, 1);
    sk_screener *sc = sk_screener_new(s->e->sight, &options);
    sk_rc rc = sk_screener_run_all(cx, sc, &ready, &hits, &n);
    sk_screener_free(sc);
    for (size_t i = 0; !rc && i < n; i++)
        take(cx, s, hits[i].ref, hits[i].score);
    if (!rc)
        gather_words(cx, s, &ready);
    if (s->n)
        qsort(s->v, s->n, sizeof *s->v, by_score);
    return rc;
}

static json_t *page(sk_ctx *cx, const searching *s)
{
    json_t *results = json_array();
    for (size_t i = s->query->offset; i < s->n && i - s->query->offset < s->query->limit; i++) {
        sk_yente_candidate c = {.tag = engine_tag(s->v[i].ref)};
        engine_complete(cx, s->e, &c);
        json_t *one = yente_entity_json(&c, true);
        json_object_set_new(one, "score", json_real(round(s->v[i].score * 10000) / 10000));
        json_array_append_new(results, one);
    }
    return results;
}

sk_rc sk_engine_search(sk_ctx *cx, sk_engine *e, const sk_engine_search_query *query, sk_buf *out)
{
    searching s = {.e = e, .query = query};
    if (!sk_str_trim(query->q).n)
        return sk_fail(cx, SK_E_FORMAT, "q is empty; write a name, a number or an id");
    if (query->limit > SK_LIM_YENTE_RESULTS || query->offset > SK_LIM_YENTE_OFFSET)
        return sk_fail(cx, SK_E_FORMAT, "limit is at most %d and offset at most %d",
                       SK_LIM_YENTE_RESULTS, SK_LIM_YENTE_OFFSET);
    if (query->schema.n && !sk_model_find_type(sk_model_get(), query->schema))
        return sk_fail(cx, SK_E_FORMAT, "schema \"%.*s\" is not known", SK_P(query->schema));
    SK_TRY(gather(cx, &s));
    json_t *root = json_object(), *total = json_object();
    json_object_set_new(total, "value", json_integer((json_int_t)s.n));
    json_object_set_new(total, "relation", json_string("eq"));
    json_object_set_new(root, "limit", json_integer((json_int_t)query->limit));
    json_object_set_new(root, "offset", json_integer((json_int_t)query->offset));
    json_object_set_new(root, "total", total);
    json_object_set_new(root, "results", page(cx, &s));
    json_object_set_new(root, "facets", json_object());
    return yente_give(cx, root, out);
}
