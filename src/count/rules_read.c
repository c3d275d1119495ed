/* What is claimed of one rule. Only what is asserted decides; the rest becomes remarks. */
#include "base/edtf.h"
#include "count/count_private.h"
#include "count/rules_private.h"
#include "record/country.h"

void sk_rules__add_remark(sk_rule_finding *f, sk_work_rule *r, sk_str remark)
{
    SK_GROW(&f->cx->arena, r->remarks, r->out.n_remarks, r->cap_remarks);
    r->remarks[r->out.n_remarks++] = remark;
}

/* Add an item to a list of texts, unless it stands there. */
static void join(sk_arena *a, sk_str *list, const char *between, sk_str item)
{
    sk_str padded = sk_fmt(a, "%s%.*s%s", between, SK_P(*list), between);
    if (list->n &&
        sk_str_find(padded, sk_fmt(a, "%s%.*s%s", between, SK_P(item), between)) != SIZE_MAX)
        return;
    *list = list->n ? sk_fmt(a, "%.*s%s%.*s", SK_P(*list), between, SK_P(item)) : item;
}

/* Open and unknown ends reach for ever, approximate dates as far as in searching. */
static void widen(sk_rule_finding *f, sk_rule_span *s, sk_str edtf)
{
    sk_edtf date;
    if (sk_edtf_parse(f->cx, edtf, &date) || date.kind == SK_EDTF_UNKNOWN) {
        sk_forgive(f->cx);
        return;
    }
    sk_days days = sk_edtf_loose_days(&date);
    if (!s->is_known) {
        *s = (sk_rule_span){true, days, edtf};
        return;
    }
    join(&f->cx->arena, &s->text, " or ", edtf);
    if (days.earliest < s->days.earliest)
        s->days.earliest = days.earliest;
    if (days.latest > s->days.latest)
        s->days.latest = days.latest;
}

static void add_goods(sk_rule_finding *f, sk_work_rule *r, sk_str *list, size_t *n, sk_str value)
{
    if (*n < SK_LIM_RULES_GOODS)
        list[(*n)++] = value;
    else
        sk_rules__add_remark(f, r,
                             sk_fmt(&f->cx->arena,
                                    "%.*s is not compared: the rule names more than %d",
                                    SK_P(value), SK_LIM_RULES_GOODS));
}

static sk_rc take_replaced(sk_rule_finding *f, sk_work_rule *r, const sk_claim *c)
{
    sk_entity e;
    bool found;
    SK_TRY(sk_count__find(f->cx, f->v, c->value, &e, &found));
    if (!found)
        return SK_OK;
    SK_GROW(&f->cx->arena, r->replaces, r->n_replaces, r->cap_replaces);
    r->replaces[r->n_replaces++] =
        (sk_rule_replaced){e.cluster, sk_claimant_text(f->cx, f->v, c->chain[0])};
    return SK_OK;
}

/* Texts and codes that several claims may give: each once. */
static void take_text(sk_rule_finding *f, sk_work_rule *r, const sk_claim *c)
{
    const struct {
        const char *prop, *between;
        sk_str *to;
    } texts[] = {
        {"instrument", ", ", &r->out.instrument},
        {"paragraph", ", ", &r->out.paragraph},
        {"effect", ", ", &r->out.effect},
        {"goods", ", ", &r->out.goods},
        {"hsCode", ", ", &r->out.hs},
        {"fromCountry", " ", &r->out.from},
        {"toCountry", " ", &r->out.to},
    };
    for (size_t i = 0; i < SK_COUNT(texts); i++)
        if (sk_str_is(c->prop, texts[i].prop))
            join(&f->cx->arena, texts[i].to, texts[i].between, c->value);
    if (sk_str_is(c->prop, "goods"))
        add_goods(f, r, r->goods.words, &r->goods.n_words, c->value);
    else if (sk_str_is(c->prop, "hsCode"))
        add_goods(f, r, r->goods.hs, &r->goods.n_hs, c->value);
}

static sk_rc take_claim(sk_rule_finding *f, sk_work_rule *r, const sk_claim *c)
{
    sk_arena *a = &f->cx->arena;
    const struct {
        const char *prop;
        sk_rule_span *to;
    } dates[] = {{"startDate", &r->start},
                 {"date", &r->adopted},
                 {"endDate", &r->end},
                 {"transition", &r->transition}};
    if (c->absent != SK_PRESENT)
        return SK_OK;
    if (c->position != SK_CLAIM_ASSERTS) {
        sk_rules__add_remark(f, r,
                             sk_fmt(a, "%.*s %s that its %.*s is \"%.*s\"",
                                    SK_P(sk_claimant_text(f->cx, f->v, c->chain[0])),
                                    sk_position_name(c->position), SK_P(c->prop),
                                    SK_P(sk_claim_value_text(a, c))));
        return SK_OK;
    }
    for (size_t i = 0; i < SK_COUNT(dates); i++)
        if (sk_str_is(c->prop, dates[i].prop))
            widen(f, dates[i].to, c->value);
    take_text(f, r, c);
    if (sk_str_is(c->prop, "limit") || sk_str_is(c->prop, "exception"))
        sk_rules__add_remark(
            f, r, sk_fmt(a, "%.*s: %.*s", SK_P(c->prop), SK_P(sk_claim_value_text(a, c))));
    if (sk_str_is(c->prop, "country"))
        sk_rules__add_remark(
            f, r, sk_fmt(a, "a rule of %.*s", SK_P(sk_country_name(c->value, SK_LANG_EN))));
    if (sk_str_is(c->prop, "carriesOut"))
        sk_rules__add_remark(
            f, r, sk_fmt(a, "carries out %.*s", SK_P(sk_entity_caption(f->cx, f->v, c->value))));
    if (sk_str_is(c->prop, "replaces"))
        return take_replaced(f, r, c);
    return SK_OK;
}

sk_rc sk_rules__read(sk_rule_finding *f, const sk_entity *e, sk_work_rule *r)
{
    sk_claim_row *rows;
    size_t n;
    SK_TRY(sk_claims_about(f->cx, f->v, e, SK_CLAIMS_CURRENT, &rows, &n));
    *r = (sk_work_rule){.out = {.entity = *e, .claims = rows, .n_claims = n}};
    for (size_t i = 0; i < n; i++)
        SK_TRY(take_claim(f, r, &rows[i].claim));
    if (!r->start.is_known && r->adopted.is_known) {
        r->start = r->adopted;
        sk_rules__add_remark(f, r, SK_S("since the day of adoption, for no other is stated"));
    }
    r->out.start = r->start.text;
    r->out.end = r->end.text;
    r->out.first_day = r->start.is_known ? r->start.days.earliest : INT64_MAX;
    return SK_OK;
}
