#include "tell/tell.h"

#include "record/country.h"

sk_str sk_tell_short(sk_ctx *cx, const sk_hash *hash)
{
    return sk_str_sub(sk_hash_hex(&cx->arena, hash), 0, 12);
}

sk_str sk_tell_chain(sk_ctx *cx, sk_view *v, const sk_str *chain, size_t n, sk_lang lang)
{
    sk_arena *a = &cx->arena;
    sk_str s = SK_NONE;
    for (size_t i = 0; i < n; i++) {
        sk_str who = sk_claimant_text(cx, v, chain[i]);
        if (i == 0)
            s = who;
        else if (lang == SK_LANG_KO)
            s = sk_fmt(a, "%.*s (%.*s 전언)", SK_P(s), SK_P(who));
        else
            s = sk_fmt(a, "%.*s, as told by %.*s", SK_P(s), SK_P(who));
    }
    return s;
}

sk_str sk_tell_says(sk_ctx *cx, sk_view *v, const sk_claim *c, sk_lang lang)
{
    sk_str who = sk_tell_chain(cx, v, c->chain, c->n_chain, lang);
    if (!c->carrier.n)
        return who;
    sk_str carrier = sk_claimant_text(cx, v, c->carrier);
    if (lang == SK_LANG_KO)
        return sk_fmt(&cx->arena, "%.*s (%.*s 경유)", SK_P(who), SK_P(carrier));
    return sk_fmt(&cx->arena, "%.*s (via %.*s)", SK_P(who), SK_P(carrier));
}

sk_str sk_tell_exhibit(sk_ctx *cx, sk_view *v, const sk_hash *hash)
{
    sk_exhibit x;
    if (sk_exhibit_get(cx, v, hash, &x)) {
        sk_forgive(cx); /* named by a claim, not captured here */
        return sk_tell_short(cx, hash);
    }
    return x.name.n ? x.name : sk_tell_short(cx, hash);
}

sk_str sk_tell_passage(sk_ctx *cx, sk_view *v, const sk_claim *c)
{
    if (c->n_passages == 0)
        return c->reference;
    const sk_passage *p = &c->passages[0];
    sk_str name = sk_tell_exhibit(cx, v, &p->exhibit);
    if (p->has_span)
        return sk_fmt(&cx->arena, "%.*s %zu-%zu", SK_P(name), p->start, p->end);
    if (p->place.n)
        return sk_fmt(&cx->arena, "%.*s %.*s", SK_P(name), SK_P(p->place));
    return name;
}

/* ---- values ---- */

/* The words of the source, and the date they stand for in brackets. */
static sk_str date_text(sk_ctx *cx, const sk_claim *c, sk_lang lang)
{
    sk_edtf date;
    if (c->words.n)
        return sk_fmt(&cx->arena, "%.*s [%.*s]", SK_P(c->words), SK_P(c->value));
    if (lang == SK_LANG_EN || sk_edtf_parse(cx, c->value, &date)) {
        sk_forgive(cx);
        return c->value;
    }
    return sk_edtf_format(&cx->arena, &date, lang);
}

static sk_str link_text(sk_ctx *cx, sk_view *v, const sk_claim *c)
{
    sk_str caption = sk_entity_caption(cx, v, c->value);
    return sk_str_eq(caption, c->value)
               ? caption
               : sk_fmt(&cx->arena, "%.*s (@%.*s)", SK_P(caption), SK_P(c->value));
}

static sk_str term_text(const sk_claim *c, sk_lang lang)
{
    const sk_act_term *t = sk_model_find_act(sk_model_get(), c->value);
    if (!t)
        return c->words.n ? c->words : c->value;
    return lang == SK_LANG_KO && t->label_ko.n ? t->label_ko : t->label;
}

sk_str sk_tell_value(sk_ctx *cx, sk_view *v, const sk_claim *c, sk_lang lang)
{
    if (c->absent != SK_PRESENT)
        return sk_absent_words(c->absent, lang);
    switch (c->kind) {
    case SK_VALUE_ENTITY:
        return link_text(cx, v, c);
    case SK_VALUE_DATE:
        return date_text(cx, c, lang);
    case SK_VALUE_TERM:
        return term_text(c, lang);
    case SK_VALUE_QUANTITY:
    case SK_VALUE_MONEY:
        return sk_quantity_format(&cx->arena, &c->quantity, lang);
    case SK_VALUE_COUNTRY:
        if (lang != SK_LANG_EN && !c->words.n)
            return sk_country_name(c->value, lang);
        break;
    default:
        break;
    }
    return sk_claim_value_text(&cx->arena, c);
}

sk_str sk_tell_property(const sk_claim *c, sk_lang lang)
{
    const sk_type *t = sk_model_find_type(sk_model_get(), c->type);
    const sk_prop *p = t ? sk_type_find_prop(t, c->prop) : NULL;
    if (!p)
        return c->prop;
    return lang == SK_LANG_KO && p->label_ko.n ? p->label_ko : p->label;
}

/* ---- JSON ---- */

static void quantity_json(sk_ctx *cx, sk_json *j, const sk_claim *c)
{
    const sk_quantity *q = &c->quantity;
    sk_json_put_str(j, "qualifier", sk_qualifier_name(q->qualifier));
    if (q->has_low) {
        sk_json_key(j, SK_S("low"));
        sk_json_number(j, sk_decimal_text(&cx->arena, q->low, false));
    }
    if (q->has_high) {
        sk_json_key(j, SK_S("high"));
        sk_json_number(j, sk_decimal_text(&cx->arena, q->high, false));
    }
    sk_json_put_given(j, "unit", q->unit);
    sk_json_put_given(j, "measure", c->measure);
}

static void passages_json(sk_ctx *cx, sk_json *j, const sk_claim *c)
{
    sk_json_key(j, SK_S("passages"));
    sk_json_array(j);
    for (size_t i = 0; i < c->n_passages; i++) {
        const sk_passage *p = &c->passages[i];
        sk_json_object(j);
        sk_json_put_str(j, "exhibit", sk_hash_hex(&cx->arena, &p->exhibit));
        if (p->has_span) {
            sk_json_put_uint(j, "start", p->start);
            sk_json_put_uint(j, "end", p->end);
        }
        sk_json_put_given(j, "place", p->place);
        sk_json_put_given(j, "quote", p->quote);
        sk_json_end(j);
    }
    sk_json_end(j);
}

/* Of a claim that a person confirmed: what proposed it, and whether it was changed before. */
static void proposed_json(sk_ctx *cx, sk_json *j, const sk_claim *c)
{
    if (!c->has_suggestion)
        return;
    sk_json_put_str(j, "suggestion", sk_hash_hex(&cx->arena, &c->suggestion));
    sk_json_put_given(j, "rule", c->rule);
    sk_json_put_given(j, "lexicon", c->lexicon);
    sk_json_put_bool(j, "edited", c->is_edited);
}

void sk_tell_claim_json(sk_ctx *cx, sk_json *j, const sk_claim_row *row)
{
    const sk_claim *c = &row->claim;
    sk_json_object(j);
    sk_json_put_str(j, "id", sk_hash_hex(&cx->arena, &c->id));
    sk_json_put_str(j, "entity", c->entity);
    sk_json_put_str(j, "type", c->type);
    sk_json_put_str(j, "property", c->prop);
    if (c->absent != SK_PRESENT)
        sk_json_put_str(j, "absent", sk_absent_name(c->absent));
    else if (c->kind == SK_VALUE_QUANTITY || c->kind == SK_VALUE_MONEY)
        quantity_json(cx, j, c);
    else
        sk_json_put_str(j, "value", c->value);
    sk_json_put_given(j, "words", c->words);
    sk_json_put_str(j, "position", sk_str_of(sk_position_name(c->position)));
    sk_json_key(j, SK_S("claimants"));
    sk_json_array(j);
    for (size_t i = 0; i < c->n_chain; i++)
        sk_json_str(j, c->chain[i]);
    sk_json_end(j);
    const struct {
        const char *key;
        sk_str value;
    } given[] = {{"carrier", c->carrier},
                 {"said", c->said},
                 {"asof", c->asof},
                 {"valid", c->valid},
                 {"reference", c->reference},
                 {"lang", c->lang},
                 {"note", c->note},
                 {"at", c->at},
                 {"by", c->by}};
    for (size_t i = 0; i < SK_COUNT(given); i++)
        sk_json_put_given(j, given[i].key, given[i].value);
    if (c->used_falsely)
        sk_json_put_bool(j, "used_falsely", true);
    proposed_json(cx, j, c);
    if (row->retracted)
        sk_json_put_bool(j, "retracted", true);
    if (row->superseded)
        sk_json_put_bool(j, "superseded", true);
    passages_json(cx, j, c);
    sk_json_end(j);
}
