#include "count/chronology.h"

#include "count/count_private.h"

#include <stdlib.h>

typedef struct telling {
    sk_ctx *cx;
    sk_view *v;
    sk_moment *moments;
    size_t n, cap, n_undated;
    sk_strmap seen; /* "17 victim": act and role that were told */
    bool is_cut;
} telling;

/* Dates of lists and pages, not of what they tell. */
static bool is_of_the_record(const sk_claim *c)
{
    static const char *const props[] = {"createdAt",   "modifiedAt", "retrievedAt",
                                        "publishedAt", "authoredAt", "declarationDate"};
    for (size_t i = 0; i < SK_COUNT(props); i++)
        if (sk_str_is(c->prop, props[i]))
            return true;
    return false;
}

static bool is_date(const sk_claim *c)
{
    return c->kind == SK_VALUE_DATE && c->absent == SK_PRESENT && !is_of_the_record(c);
}

/* False when it is no date that can be ordered. */
static bool read_date(telling *t, sk_str text, sk_edtf *ret_date)
{
    sk_rc before = t->cx->rc;
    bool good = text.n && sk_edtf_parse(t->cx, text, ret_date) == SK_OK;
    if (!good && !before)
        sk_forgive(t->cx);
    return good;
}

static void put(telling *t, sk_moment m)
{
    if (t->n == SK_LIM_CHRONOLOGY) {
        t->is_cut = true;
        return;
    }
    SK_GROW(&t->cx->arena, t->moments, t->n, t->cap);
    t->moments[t->n++] = m;
}

/* What is said of the entity itself: dates, and what holds for a time. */
static void tell_own(telling *t, const sk_claim_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const sk_claim *c = &rows[i].claim;
        sk_moment m = {.row = rows[i], .is_span = !is_date(c)};
        if (is_of_the_record(c))
            continue;
        if (read_date(t, is_date(c) ? c->value : c->valid, &m.date))
            put(t, m);
    }
}

/* The dates of something that the entity has a part in. An involvement has the dates of its act. */
static sk_rc tell_via(telling *t, const sk_entity *via, sk_str role)
{
    sk_claim_row *rows;
    size_t n, before = t->n;
    sk_str term = SK_NONE;
    sk_str key = sk_fmt(&t->cx->arena, "%lld %.*s", (long long)via->cluster, SK_P(role));
    if (t->is_cut || !sk_strmap_put(&t->seen, &t->cx->arena, key, t))
        return SK_OK;
    SK_TRY(sk_claims_about(t->cx, t->v, via, SK_CLAIMS_CURRENT, &rows, &n));
    for (size_t i = 0; i < n && !term.n; i++)
        if (sk_str_is(rows[i].claim.prop, "act") && rows[i].claim.kind == SK_VALUE_TERM)
            term = rows[i].claim.value;
    for (size_t i = 0; i < n; i++) {
        sk_moment m = {.row = rows[i], .has_via = true, .via = *via, .role = role, .term = term};
        if (is_date(&rows[i].claim) && read_date(t, rows[i].claim.value, &m.date))
            put(t, m);
    }
    t->n_undated += t->n == before && sk_count__is_a(via, "Event");
    return SK_OK;
}

/* The acts that an involvement names, in the role it gives. */
static sk_rc tell_involvement(telling *t, const sk_entity *inv)
{
    sk_claim_row *rows;
    size_t n;
    sk_str role = SK_S("party");
    SK_TRY(sk_claims_about(t->cx, t->v, inv, SK_CLAIMS_CURRENT, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (sk_str_is(rows[i].claim.prop, "role") && rows[i].claim.value.n)
            role = rows[i].claim.value;
    for (size_t i = 0; i < n; i++) {
        sk_entity act;
        bool found = false;
        const sk_claim *c = &rows[i].claim;
        if (sk_str_is(c->prop, "act") && c->kind == SK_VALUE_ENTITY && c->absent == SK_PRESENT)
            SK_TRY(sk_count__find(t->cx, t->v, c->value, &act, &found));
        if (found)
            SK_TRY(tell_via(t, &act, role));
    }
    return SK_OK;
}

static sk_rc tell_links(telling *t, const sk_claim_row *links, size_t n)
{
    for (size_t i = 0; i < n && !t->is_cut; i++) {
        sk_entity via;
        bool found;
        const sk_claim *c = &links[i].claim;
        if (sk_str_is(c->prop, "proof"))
            continue;
        SK_TRY(sk_count__find(t->cx, t->v, c->entity, &via, &found));
        if (!found)
            continue;
        if (sk_count__is_a(&via, "Involvement"))
            SK_TRY(tell_involvement(t, &via));
        if (sk_count__is_a(&via, "Interval"))
            SK_TRY(tell_via(t, &via, c->prop));
    }
    return SK_OK;
}

static int by_date(const void *p, const void *q)
{
    const sk_moment *a = p, *b = q;
    int d = sk_edtf_cmp(&a->date, &b->date);
    return d ? d : memcmp(a->row.claim.id.b, b->row.claim.id.b, sizeof a->row.claim.id.b);
}

sk_rc sk_chronology_build(sk_ctx *cx, sk_view *v, const sk_entity *e, sk_chronology *ret_chronology)
{
    telling t = {.cx = cx, .v = v};
    sk_claim_row *rows;
    size_t n;
    SK_TRY(sk_claims_about(cx, v, e, SK_CLAIMS_CURRENT, &rows, &n));
    tell_own(&t, rows, n);
    SK_TRY(sk_claims_linking(cx, v, e, SK_NONE, &rows, &n));
    SK_TRY(tell_links(&t, rows, n));
    if (t.n)
        qsort(t.moments, t.n, sizeof *t.moments, by_date);
    if (cx->rc)
        return cx->rc; /* of a caption */
    *ret_chronology = (sk_chronology){t.moments, t.n, t.n_undated, t.is_cut};
    return SK_OK;
}
