#include "count/tabulate.h"

#include "base/edtf.h"
#include "count/count_private.h"
#include "record/country.h"

#include <stdlib.h>

enum { MOST_UP = 6 }; /* from a place to what it is part of, until a country is named */

static const char *const per_names[SK_PERS] = {
    [SK_PER_ACT] = "act",       [SK_PER_KIND] = "kind", [SK_PER_PLACE] = "place",
    [SK_PER_SPOT] = "spot",     [SK_PER_YEAR] = "year", [SK_PER_PERPETRATOR] = "perpetrator",
    [SK_PER_VICTIM] = "victim",
};

const char *sk_per_name(sk_per per)
{
    sk_assert((unsigned)per < SK_PERS);
    return per_names[per];
}

bool sk_per_find(sk_str name, sk_per *ret_per)
{
    for (int i = 0; i < SK_PERS; i++)
        if (sk_str_is(name, per_names[i])) {
            *ret_per = (sk_per)i;
            return true;
        }
    return false;
}

typedef struct act_seen {
    bool is_asserted, is_disputed;
    bool is_without; /* nobody states a value          */
    size_t n_rows;   /* of the table that it stands in */
} act_seen;

typedef struct counting {
    sk_ctx *cx;
    sk_view *v;
    sk_per per;
    sk_tab_row *rows;
    size_t n, cap;
    sk_strmap row_of;    /* key to its index              */
    sk_strmap acts;      /* cluster to its index          */
    sk_strmap in_row;    /* "row cluster": counted there  */
    sk_strmap heard;     /* "row claimant": an origin     */
    sk_strmap one_of;    /* cluster of a party to the key that stands for it */
    act_seen **all_acts; /* in the order of their accounts */
    size_t n_acts, cap_acts;
} counting;

/* ---- values ---- */

/* Different ones, as many as an account's claims state. */
typedef struct values {
    sk_arena *arena;
    sk_str *v;
    size_t n, cap;
} values;

static void add_value(values *vs, sk_str key)
{
    for (size_t i = 0; i < vs->n; i++)
        if (sk_str_eq(vs->v[i], key))
            return;
    SK_GROW(vs->arena, vs->v, vs->n, vs->cap);
    vs->v[vs->n++] = key;
}

static bool is_prop(const sk_claim *c, const char *name)
{
    return sk_str_is(c->prop, name);
}

/* The key that stands for a party and all that it was judged to be one with. */
static sk_rc add_party(counting *t, const sk_claim *c, values *vs)
{
    sk_entity e;
    bool found = false;
    if (c->kind == SK_VALUE_ENTITY)
        SK_TRY(sk_count__find(t->cx, t->v, c->value, &e, &found));
    if (!found) {
        add_value(vs, c->value);
        return SK_OK;
    }
    sk_str cluster = sk_fmt(&t->cx->arena, "%lld", (long long)e.cluster);
    sk_str *first = sk_new(&t->cx->arena, sk_str);
    *first = e.key;
    sk_strmap_put(&t->one_of, &t->cx->arena, cluster, first); /* what stands there stays */
    const sk_str *known = sk_strmap_get(&t->one_of, cluster);
    add_value(vs, *known);
    return SK_OK;
}

/* "Nampo, North Korea": the country that the last part names, else one before it. */
static sk_str country_in(sk_str text)
{
    const sk_country *c = sk_country_find(text);
    while (!c && text.n) {
        size_t comma = text.n;
        while (comma && text.p[comma - 1] != ',')
            comma--;
        c = sk_country_find(sk_str_trim(sk_str_sub(text, comma, text.n)));
        text = sk_str_sub(text, 0, comma ? comma - 1 : 0);
    }
    return c ? c->code : SK_NONE;
}

/* The country a place lies in, by its own claims or by those of what it is part of. */
static sk_rc country_of(counting *t, sk_str key, sk_str *ret_code)
{
    *ret_code = SK_NONE;
    for (int up = 0; up < MOST_UP && key.n; up++) {
        sk_entity e;
        sk_claim_row *rows;
        size_t n;
        bool found;
        SK_TRY(sk_count__find(t->cx, t->v, key, &e, &found));
        if (!found)
            return SK_OK;
        SK_TRY(sk_claims_about(t->cx, t->v, &e, SK_CLAIMS_CURRENT, &rows, &n));
        key = SK_NONE;
        for (size_t i = 0; i < n; i++) {
            const sk_claim *c = &rows[i].claim;
            if (c->absent != SK_PRESENT || c->position != SK_CLAIM_ASSERTS)
                continue;
            if (is_prop(c, "country") || is_prop(c, "name"))
                *ret_code = country_in(c->value);
            if (ret_code->n)
                return SK_OK;
            if (is_prop(c, "partOf") && !key.n)
                key = c->value;
        }
    }
    return SK_OK;
}

static sk_rc add_place(counting *t, const sk_claim *c, values *vs)
{
    sk_str code = SK_NONE;
    if (t->per == SK_PER_SPOT) {
        add_value(vs,
                  c->kind == SK_VALUE_ENTITY ? sk_entity_caption(t->cx, t->v, c->value) : c->value);
        return SK_OK;
    }
    if (c->kind == SK_VALUE_ENTITY)
        SK_TRY(country_of(t, c->value, &code));
    else
        code = country_in(c->value);
    add_value(vs, code.n ? code : SK_S("?"));
    return SK_OK;
}

/* "1978", or "1977/1979" when the date may fall in several; nothing when an end is open. */
static void add_years(counting *t, const sk_claim *c, values *vs)
{
    sk_edtf d;
    sk_rc before = t->cx->rc;
    if (sk_edtf_parse(t->cx, c->value, &d)) {
        if (!before)
            sk_forgive(t->cx);
        return;
    }
    if (d.kind == SK_EDTF_UNKNOWN || d.earliest == INT64_MIN || d.latest == INT64_MAX)
        return;
    int64_t from, to;
    unsigned month, day;
    sk_day_to_date(d.earliest, &from, &month, &day);
    sk_day_to_date(d.latest, &to, &month, &day);
    add_value(vs, from == to
                      ? sk_fmt(&t->cx->arena, "%04lld", (long long)from)
                      : sk_fmt(&t->cx->arena, "%04lld/%04lld", (long long)from, (long long)to));
}

static sk_rc add_of_claim(counting *t, const sk_claim *c, values *vs)
{
    bool is_place = is_prop(c, "location") || is_prop(c, "place") || is_prop(c, "facility") ||
                    (is_prop(c, "country") && t->per == SK_PER_PLACE);
    if (c->absent != SK_PRESENT || !c->value.n)
        return SK_OK;
    switch (t->per) {
    case SK_PER_ACT:
    case SK_PER_KIND:
        if (is_prop(c, "act"))
            add_value(vs, t->per == SK_PER_ACT
                              ? c->value
                              : sk_str_sub(c->value, 0, sk_str_find(c->value, SK_S("."))));
        return SK_OK;
    case SK_PER_YEAR:
        if (is_prop(c, "date") || is_prop(c, "startDate"))
            add_years(t, c, vs);
        return SK_OK;
    case SK_PER_PERPETRATOR:
    case SK_PER_VICTIM:
        return is_prop(c, per_names[t->per]) ? add_party(t, c, vs) : SK_OK;
    default:
        return is_place ? add_place(t, c, vs) : SK_OK;
    }
}

/* ---- rows ---- */

static act_seen *act_of(counting *t, const sk_act_row *r)
{
    sk_str key = sk_fmt(&t->cx->arena, "%lld", (long long)r->act.cluster);
    const size_t *known = sk_strmap_get(&t->acts, key);
    if (known)
        return t->all_acts[*known];
    size_t *place = sk_new(&t->cx->arena, size_t);
    *place = t->n_acts;
    sk_strmap_put(&t->acts, &t->cx->arena, key, place);
    SK_GROW(&t->cx->arena, t->all_acts, t->n_acts, t->cap_acts);
    return t->all_acts[t->n_acts++] = sk_new(&t->cx->arena, act_seen);
}

static size_t row_at(counting *t, sk_str key)
{
    const size_t *known = sk_strmap_get(&t->row_of, key);
    if (known)
        return *known;
    size_t *place = sk_new(&t->cx->arena, size_t);
    *place = t->n;
    sk_strmap_put(&t->row_of, &t->cx->arena, key, place);
    SK_GROW(&t->cx->arena, t->rows, t->n, t->cap);
    t->rows[t->n] = (sk_tab_row){.key = key};
    return t->n++;
}

static void count_in(counting *t, sk_str key, const sk_act_row *r, act_seen *act)
{
    sk_arena *a = &t->cx->arena;
    size_t row = row_at(t, key);
    sk_str here = sk_fmt(a, "%zu %lld", row, (long long)r->act.cluster);
    sk_str origin = sk_fmt(a, "%zu %.*s", row, SK_P(r->n_chain ? r->chain[0] : SK_NONE));
    t->rows[row].n_accounts++;
    t->rows[row].n_origins += sk_strmap_put(&t->heard, a, origin, t);
    if (!sk_strmap_put(&t->in_row, a, here, t))
        return;
    t->rows[row].n_acts++;
    t->rows[row].n_disputed += act->is_disputed;
    act->n_rows++;
}

static sk_rc count_account(counting *t, const sk_act_row *r)
{
    values vs = {.arena = &t->cx->arena};
    act_seen *act = act_of(t, r);
    for (size_t i = 0; i < r->n_claims; i++)
        SK_TRY(add_of_claim(t, &r->claims[i].claim, &vs));
    for (size_t i = 0; i < vs.n; i++)
        count_in(t, vs.v[i], r, act);
    return SK_OK;
}

static bool is_against(const sk_act_row *r)
{
    return r->position == SK_CLAIM_DENIES || r->position == SK_CLAIM_DOUBTS;
}

/* Rows of those who assert; first it must be known which acts somebody disputes. Acts of which nobody
 * states a value stand in a row of their own. */
static sk_rc count_all(counting *t, const sk_act_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        act_seen *act = act_of(t, &rows[i]);
        act->is_asserted |= rows[i].position == SK_CLAIM_ASSERTS;
        act->is_disputed |= is_against(&rows[i]);
    }
    for (size_t i = 0; i < n; i++)
        if (rows[i].position == SK_CLAIM_ASSERTS)
            SK_TRY(count_account(t, &rows[i]));
    for (size_t i = 0; i < t->n_acts; i++)
        t->all_acts[i]->is_without = t->all_acts[i]->is_asserted && !t->all_acts[i]->n_rows;
    for (size_t i = 0; i < n; i++) {
        act_seen *act = act_of(t, &rows[i]);
        if (rows[i].position == SK_CLAIM_ASSERTS && act->is_without)
            count_in(t, SK_NONE, &rows[i], act);
    }
    return SK_OK;
}

static int by_key(const sk_tab_row *a, const sk_tab_row *b)
{
    if (!a->key.n || !b->key.n)
        return (a->key.n == 0) - (b->key.n == 0);
    return sk_str_cmp(a->key, b->key);
}

static int in_order(const void *p, const void *q)
{
    return by_key(p, q);
}

static int by_number(const void *p, const void *q)
{
    const sk_tab_row *a = p, *b = q;
    if (!a->key.n != !b->key.n || a->n_acts == b->n_acts)
        return by_key(a, b);
    return a->n_acts > b->n_acts ? -1 : 1;
}

static void fill(counting *t, sk_tab *tab)
{
    if (t->n)
        qsort(t->rows, t->n, sizeof *t->rows, t->per == SK_PER_YEAR ? in_order : by_number);
    for (size_t i = 0; i < t->n_acts; i++) {
        tab->n_acts += t->all_acts[i]->is_asserted;
        tab->n_several += t->all_acts[i]->n_rows > 1;
        tab->n_only_against += !t->all_acts[i]->is_asserted;
    }
    tab->rows = t->rows;
    tab->n_rows = t->n;
}

sk_rc sk_tabulate(sk_ctx *cx, sk_view *v, const sk_act_filter *filter, sk_per per, sk_tab *ret_tab)
{
    counting t = {.cx = cx, .v = v, .per = per};
    sk_act_row *rows;
    size_t n;
    if (per == SK_PER_SPOT && !sk_view_sees_all(v))
        return sk_fail(cx, SK_E_DENIED,
                       "places are counted by country; the places themselves are "
                       "counted only where nothing is hidden");
    SK_TRY(sk_acts_find(cx, v, filter, &rows, &n));
    if (n > SK_LIM_TABLE_ACTS)
        return sk_fail(cx, SK_E_LIMIT,
                       "%zu accounts are more than the %d that one table counts; "
                       "ask for a kind of act, a place or a time",
                       n, SK_LIM_TABLE_ACTS);
    SK_TRY(count_all(&t, rows, n));
    if (cx->rc)
        return cx->rc; /* of a caption */
    sk_tab tab = {.per = per, .n_accounts = n};
    fill(&t, &tab);
    *ret_tab = tab;
    return SK_OK;
}
