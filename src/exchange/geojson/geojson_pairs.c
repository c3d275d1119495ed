#include "exchange/geojson/geojson_pairs.h"

#include <stdlib.h>

enum { MOST_DIGITS = 20 };

/* ---- numbers ---- */

static size_t count_digits(sk_str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9')
        n++;
    return n;
}

bool sk_geo__degrees(sk_arena *a, sk_str text, int most, sk_str *ret_degrees)
{
    sk_str s = sk_str_trim(text);
    bool negative = s.n && s.p[0] == '-';
    size_t at = s.n && (s.p[0] == '-' || s.p[0] == '+');
    size_t whole = count_digits(s, at), part = 0;
    sk_str before = sk_str_sub(s, at, whole), after = SK_NONE;
    at += whole;
    if (at < s.n && s.p[at] == '.') {
        part = count_digits(s, at + 1);
        after = sk_str_sub(s, at + 1, part);
        at += 1 + part;
        whole = part ? whole : 0; /* "37." is no number */
    }
    if (!whole || at != s.n || whole + part > MOST_DIGITS)
        return false;
    while (before.n > 1 && before.p[0] == '0')
        before = sk_str_sub(before, 1, before.n);
    *ret_degrees =
        sk_fmt(a, "%s%.*s%s%.*s", negative ? "-" : "", SK_P(before), part ? "." : "", SK_P(after));
    double d = strtod(ret_degrees->p, NULL);
    return d >= -most && d <= most;
}

bool sk_geo__round(sk_arena *a, sk_str degrees, int decimals, sk_str *ret_degrees)
{
    size_t point = sk_str_find(degrees, SK_S("."));
    *ret_degrees = degrees;
    if (point == SIZE_MAX || degrees.n - point - 1 <= (size_t)decimals)
        return false;
    sk_str s = sk_fmt(a, "%.*f", decimals, strtod(sk_str_c(a, degrees), NULL));
    while (s.n && s.p[s.n - 1] == '0')
        s.n--;
    if (s.n && s.p[s.n - 1] == '.')
        s.n--;
    *ret_degrees = sk_str_is(s, "-0") ? SK_S("0") : s;
    return true;
}

/* ---- claims ---- */

static sk_str says(sk_ctx *cx, sk_view *view, const sk_claim *c)
{
    sk_arena *a = &cx->arena;
    sk_str s = SK_S("");
    for (size_t i = 0; i < c->n_chain; i++)
        s = sk_fmt(a, "%.*s%s%.*s", SK_P(s), i ? ", as told by " : "",
                   SK_P(sk_claimant_text(cx, view, c->chain[i])));
    if (c->carrier.n)
        s = sk_fmt(a, "%.*s (via %.*s)", SK_P(s), SK_P(sk_claimant_text(cx, view, c->carrier)));
    return s;
}

sk_geo_claim sk_geo__claim(sk_ctx *cx, sk_view *view, sk_arena *a, const sk_claim *c)
{
    return (sk_geo_claim){
        .id = sk_hash_hex(a, &c->id),
        .entity = sk_str_copy(a, c->entity),
        .property = sk_fmt(a, "%.*s:%.*s", SK_P(c->type), SK_P(c->prop)),
        .value = sk_str_copy(a, c->absent == SK_PRESENT ? c->value : sk_absent_name(c->absent)),
        .words = sk_str_copy(a, c->words),
        .says = sk_str_copy(a, says(cx, view, c)),
        .position = c->position,
    };
}

/* ---- pairs ---- */

static bool same_origin(const sk_claim *p, const sk_claim *q)
{
    bool same = p->n_chain == q->n_chain && sk_str_eq(p->carrier, q->carrier) &&
                sk_str_eq(p->asof, q->asof) && sk_str_eq(p->valid, q->valid) &&
                (p->n_passages == 0) == (q->n_passages == 0);
    for (size_t i = 0; same && i < p->n_chain; i++)
        same = sk_str_eq(p->chain[i], q->chain[i]);
    if (!same || p->n_passages == 0)
        return same;
    return sk_hash_eq(&p->passages[0].exhibit, &q->passages[0].exhibit) &&
           sk_str_eq(p->passages[0].place, q->passages[0].place);
}

static bool is_used(const sk_claim *c, sk_str key, const char *prop)
{
    return sk_str_is(c->prop, prop) && sk_str_eq(c->entity, key) && c->absent == SK_PRESENT &&
           c->position == SK_CLAIM_ASSERTS && !c->used_falsely;
}

static int by_ids(const void *p, const void *q)
{
    const sk_geo_pair *a = p, *b = q;
    int order = sk_str_cmp(a->of_latitude.id, b->of_latitude.id);
    return order ? order : sk_str_cmp(a->of_longitude.id, b->of_longitude.id);
}

/* The first longitude of the same origin as latitude i that no other latitude took. */
static const sk_claim *partner(sk_arena *a, sk_str key, const sk_claim_row *rows, size_t n,
                               size_t i, bool *taken, sk_str *ret_degrees)
{
    for (size_t k = 0; k < n; k++) {
        const sk_claim *c = &rows[k].claim;
        if (taken[k] || !is_used(c, key, "longitude") || !same_origin(&rows[i].claim, c) ||
            !sk_geo__degrees(a, c->value, 180, ret_degrees))
            continue;
        taken[k] = true;
        return c;
    }
    return NULL;
}

sk_geo_pairs sk_geo__pairs(sk_ctx *cx, sk_view *view, sk_arena *a, sk_str key,
                           const sk_claim_row *rows, size_t n)
{
    bool *taken = sk_new_array(&cx->arena, bool, n);
    sk_geo_pair *pairs = NULL;
    size_t n_pairs = 0, cap = 0, n_claims = 0;
    for (size_t i = 0; i < n; i++) {
        const sk_claim *lat = &rows[i].claim, *lon;
        sk_geo_pair pair;
        if (!sk_str_eq(lat->entity, key))
            continue;
        n_claims += sk_str_is(lat->prop, "latitude") || sk_str_is(lat->prop, "longitude");
        if (!is_used(lat, key, "latitude") || !sk_geo__degrees(a, lat->value, 90, &pair.latitude) ||
            !(lon = partner(a, key, rows, n, i, taken, &pair.longitude)))
            continue;
        pair.of_latitude = sk_geo__claim(cx, view, a, lat);
        pair.of_longitude = sk_geo__claim(cx, view, a, lon);
        SK_GROW(a, pairs, n_pairs, cap);
        pairs[n_pairs++] = pair;
    }
    if (n_pairs)
        qsort(pairs, n_pairs, sizeof *pairs, by_ids);
    return (sk_geo_pairs){.v = pairs, .n = n_pairs, .n_unused = n_claims - 2 * n_pairs};
}
