/* From an event, or a ship with its events, to what is to be asked about the cargoes. */
#include "base/clock.h"
#include "base/edtf.h"
#include "count/rules.h"
#include "record/country.h"

#include <stdlib.h>

typedef struct cases {
    sk_ctx *cx;
    sk_view *v;
    sk_rule_case *list;
    size_t n, cap;
} cases;

/* All asserted dates of an event as one: rival dates make a set, of which one is true. */
static sk_str date_of(sk_arena *a, const sk_claim_row *rows, size_t n, sk_str *ret_words)
{
    sk_str dates = SK_NONE;
    size_t n_dates = 0;
    for (size_t i = 0; i < n; i++) {
        const sk_claim *c = &rows[i].claim;
        if (!sk_str_is(c->prop, "date") || c->position != SK_CLAIM_ASSERTS ||
            c->absent != SK_PRESENT)
            continue;
        sk_str words = c->words.n ? c->words : c->value;
        if (n_dates && sk_str_find(dates, c->value) != SIZE_MAX)
            continue;
        dates = n_dates ? sk_fmt(a, "%.*s,%.*s", SK_P(dates), SK_P(c->value)) : c->value;
        *ret_words = n_dates ? sk_fmt(a, "%.*s or %.*s", SK_P(*ret_words), SK_P(words)) : words;
        n_dates++;
    }
    return n_dates > 1 ? sk_fmt(a, "[%.*s]", SK_P(dates)) : dates;
}

/* Rival dates that are no single dates cannot stand in a set: then no day is known. */
static int64_t check_day(sk_ctx *cx, sk_str *edtf)
{
    sk_edtf date;
    if (edtf->n && sk_edtf_parse(cx, *edtf, &date) == SK_OK && date.kind != SK_EDTF_UNKNOWN)
        return date.earliest;
    sk_forgive(cx);
    *edtf = SK_NONE;
    return INT64_MAX;
}

static sk_rc take_event(cases *cs, const sk_entity *event)
{
    sk_claim_row *rows;
    size_t n;
    sk_str words = SK_NONE;
    SK_TRY(sk_claims_about(cs->cx, cs->v, event, SK_CLAIMS_CURRENT, &rows, &n));
    sk_str on = date_of(&cs->cx->arena, rows, n, &words);
    int64_t first_day = check_day(cs->cx, &on);
    for (size_t i = 0; i < n; i++) {
        const sk_claim *c = &rows[i].claim;
        if (!sk_str_is(c->prop, "cargo") || c->position != SK_CLAIM_ASSERTS ||
            c->absent != SK_PRESENT)
            continue;
        SK_GROW(&cs->cx->arena, cs->list, cs->n, cs->cap);
        cs->list[cs->n++] = (sk_rule_case){.event = *event,
                                           .question = {.goods = c->value, .on = on},
                                           .day_words = words,
                                           .first_day = first_day,
                                           .cargo = &rows[i]};
    }
    return SK_OK;
}

static int by_day(const void *p, const void *q)
{
    const sk_rule_case *a = p, *b = q;
    if (a->first_day != b->first_day)
        return a->first_day < b->first_day ? -1 : 1;
    return sk_str_cmp(a->event.key, b->event.key);
}

sk_rc sk_rule_cases(sk_ctx *cx, sk_view *v, const sk_entity *e, sk_rule_case **ret_cases,
                    size_t *ret_n)
{
    cases cs = {.cx = cx, .v = v};
    sk_claim_row *links;
    size_t n;
    SK_TRY(take_event(&cs, e));
    SK_TRY(sk_claims_linking(cx, v, e, SK_S("vessel"), &links, &n));
    for (size_t i = 0; i < n; i++) {
        sk_entity event;
        if (links[i].claim.position != SK_CLAIM_ASSERTS)
            continue;
        bool seen = false;
        for (size_t k = 0; k < i && !seen; k++)
            seen = sk_str_eq(links[k].claim.entity, links[i].claim.entity);
        if (seen)
            continue;
        sk_str key = sk_fmt(&cx->arena, "@%.*s", SK_P(links[i].claim.entity));
        SK_TRY(sk_entity_find(cx, v, key, &event));
        SK_TRY(take_event(&cs, &event));
    }
    if (cs.n)
        qsort(cs.list, cs.n, sizeof *cs.list, by_day);
    *ret_cases = cs.list;
    *ret_n = cs.n;
    return SK_OK;
}

/* ---- a question in words ---- */

static sk_rc find_country(sk_ctx *cx, const char *end, sk_str said, sk_str *ret_code)
{
    const sk_country *c = said.n ? sk_country_find(said) : NULL;
    if (said.n && !c)
        return sk_fail(cx, SK_E_FORMAT,
                       "%s \"%.*s\" is no country that is known by this name alone; write its "
                       "code, such as kp",
                       end, SK_P(said));
    *ret_code = c ? c->code : SK_NONE;
    return SK_OK;
}

static sk_rc find_day(sk_ctx *cx, sk_str on, sk_str *ret_edtf)
{
    sk_edtf date;
    char now[SK_TIME_BYTES];
    if (!on.n) {
        sk_clock_now(now);
        *ret_edtf = sk_str_copy(&cx->arena, (sk_str){now, 10});
        return SK_OK;
    }
    if (sk_edtf_from_words(cx, on, &date))
        return sk_while(cx, "on");
    *ret_edtf = date.text;
    return SK_OK;
}

/* The cargoes of the event or ship named, each with what else was asked. */
static sk_rc ask_of(sk_ctx *cx, sk_view *v, sk_str of, const sk_rule_question *q,
                    sk_rule_case **ret_cases, size_t *ret_n)
{
    sk_entity e;
    sk_rule_case *list;
    size_t n;
    SK_TRY(sk_entity_find(cx, v, of, &e));
    SK_TRY(sk_rule_cases(cx, v, &e, &list, &n));
    if (n == 0)
        return sk_fail(cx, SK_E_NOTFOUND,
                       "nothing is said of a cargo of @%.*s; ask with --goods and --on",
                       SK_P(e.key));
    for (size_t i = 0; i < n; i++) {
        sk_rule_question *own = &list[i].question;
        if (q->goods.n)
            own->goods = q->goods;
        own->from = q->from;
        own->to = q->to;
    }
    *ret_cases = list;
    *ret_n = n;
    return SK_OK;
}

sk_rc sk_rule_ask(sk_ctx *cx, sk_view *v, const sk_rule_asked *asked, sk_rule_case **ret_cases,
                  size_t *ret_n)
{
    sk_rule_question q = {.goods = asked->goods};
    SK_TRY(find_country(cx, "from", asked->from, &q.from));
    SK_TRY(find_country(cx, "to", asked->to, &q.to));
    if (asked->of.n && asked->on.n)
        return sk_fail(cx, SK_E_FORMAT,
                       "the events of \"%.*s\" have dates of their own; leave --on out",
                       SK_P(asked->of));
    if (asked->of.n)
        return ask_of(cx, v, asked->of, &q, ret_cases, ret_n);
    if (!q.goods.n)
        return sk_fail(cx, SK_E_FORMAT,
                       "which goods? write: sillok ask rules --goods coal --on 2017-08-27, or "
                       "name an event or a ship");
    SK_TRY(find_day(cx, asked->on, &q.on));
    sk_rule_case *one = sk_new(&cx->arena, sk_rule_case);
    one->question = q;
    *ret_cases = one;
    *ret_n = 1;
    return SK_OK;
}
