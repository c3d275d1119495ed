/* Checking a draft claim and making it canonical: the one door through which claims enter. */
#include "record/claim.h"

#include "base/utf8.h"
#include "record/country.h"
#include "record/identifier.h"

static const char label_form[] = "1 to 64 of a-z, 0-9 and \"-\"";

sk_rc sk_key_check(sk_ctx *cx, sk_str key, const char *what)
{
    if (key.n == 0 || key.n > SK_LIM_KEY_BYTES)
        return sk_fail(cx, key.n ? SK_E_LIMIT : SK_E_FORMAT,
                       "%s: a key has 1 to %d bytes, this %zu", what, SK_LIM_KEY_BYTES, key.n);
    if (key.p[0] == '@')
        return sk_fail(cx, SK_E_FORMAT, "%s: key \"%.*s\" may not begin with @", what, SK_P(key));
    for (size_t i = 0; i < key.n; i++)
        if ((unsigned char)key.p[i] <= ' ')
            return sk_fail(cx, SK_E_FORMAT, "%s: key \"%.*s\" has a blank; write a hyphen instead",
                           what, SK_P(key));
    return SK_OK;
}

sk_rc sk_label_check(sk_ctx *cx, sk_str label)
{
    bool good = label.n >= 1 && label.n <= 64;
    for (size_t i = 0; good && i < label.n; i++) {
        char c = label.p[i];
        good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }
    return good ? SK_OK
                : sk_fail(cx, SK_E_FORMAT, "restriction label \"%.*s\" must be %s", SK_P(label),
                          label_form);
}

static void warn_of(sk_ctx *cx, sk_warn_fn *warn, void *arg, sk_str message)
{
    if (warn && message.n)
        warn(cx, message, arg);
}

/* Text fields: valid, composed, and not too long. */
static sk_rc enter(sk_ctx *cx, sk_str *text, const char *what)
{
    if (!text->n)
        return SK_OK;
    if (text->n > SK_LIM_VALUE_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "%s: %zu bytes, the most is %zu", what, text->n,
                       SK_LIM_VALUE_BYTES);
    return sk_utf8_enter(cx, *text, what, text);
}

/* A date as people write it: EDTF stays, words become EDTF and are kept; a weekday is checked. */
static sk_rc check_date(sk_ctx *cx, sk_str *value, sk_str *words, const char *what,
                        sk_warn_fn *warn, void *arg)
{
    sk_edtf date;
    sk_str written = *value;
    if (sk_edtf_is_plain(written) && !(words && words->n))
        return SK_OK; /* canonical, and no words that could name a weekday */
    if (sk_edtf_parse(cx, written, &date)) {
        sk_forgive(cx);
        if (sk_edtf_from_words(cx, written, &date))
            return sk_while(cx, "%s", what);
    }
    *value = date.text;
    if (words && !words->n && !sk_str_eq(written, date.text))
        *words = written;
    sk_str warning = SK_NONE;
    sk_str said = words && words->n ? *words : written;
    if (sk_weekday_check(&cx->arena, said, &date, &warning) == SK_WEEKDAY_WRONG)
        warn_of(cx, warn, arg, warning);
    return SK_OK;
}

/* Bounds given are kept; where none are, the words must state one quantity. */
static sk_rc check_quantity(sk_ctx *cx, sk_claim *c)
{
    sk_quantity *q = &c->quantity;
    sk_str said = c->words.n ? c->words : c->value;
    if (!q->has_low && !q->has_high) {
        sk_str unit = q->unit;
        if (!said.n)
            return sk_fail(cx, SK_E_FORMAT,
                           "a figure needs low, high or words such as \"at least 17\"");
        SK_TRY(sk_quantity_from_words(cx, said, q));
        if (unit.n)
            q->unit = unit;
        if (!c->words.n)
            c->words = said;
    } else if (q->qualifier == SK_Q_EXACT &&
               !(q->has_low && q->has_high && sk_decimal_cmp(q->low, q->high) == 0)) {
        /* bounds without a qualifier say which one they mean */
        q->qualifier = q->has_low && q->has_high ? SK_Q_BETWEEN
                       : q->has_low              ? SK_Q_AT_LEAST
                                                 : SK_Q_UP_TO;
    }
    c->value = SK_NONE;
    return sk_quantity_check(cx, q);
}

/* The closest act by letters, for the message: the first term that contains or begins alike. */
static sk_rc unknown_act(sk_ctx *cx, sk_str value)
{
    const sk_model *m = sk_model_get();
    for (size_t i = 0; i < m->n_acts; i++)
        if (sk_str_find(m->acts[i].id, value) != SIZE_MAX ||
            sk_str_eq_nocase(m->acts[i].label, value))
            return sk_fail(cx, SK_E_FORMAT, "act \"%.*s\" is not a term; do you mean \"%.*s\"?",
                           SK_P(value), SK_P(m->acts[i].id));
    return sk_fail(cx, SK_E_FORMAT, "act \"%.*s\" is not a term; see: sillok help acts",
                   SK_P(value));
}

static sk_rc check_value(sk_ctx *cx, sk_claim *c, const sk_prop *prop, sk_warn_fn *warn, void *arg)
{
    if (c->absent != SK_PRESENT) {
        if (c->value.n)
            return sk_fail(cx, SK_E_FORMAT, "value \"%.*s\" and absent \"%.*s\" exclude each other",
                           SK_P(c->value), SK_P(sk_absent_name(c->absent)));
        return SK_OK;
    }
    if (c->kind == SK_VALUE_QUANTITY || c->kind == SK_VALUE_MONEY)
        return check_quantity(cx, c);
    if (!c->value.n)
        return sk_fail(cx, SK_E_FORMAT,
                       "no value; write one, or absent unknown, not-asked, withheld or "
                       "not-applicable");
    switch (c->kind) {
    case SK_VALUE_DATE:
        return check_date(cx, &c->value, &c->words, "date", warn, arg);
    case SK_VALUE_ENTITY:
        if (sk_str_starts(c->value, SK_S("@")))
            c->value = sk_str_sub(c->value, 1, c->value.n);
        return sk_key_check(cx, c->value, "value");
    case SK_VALUE_TERM:
        if (prop && sk_str_is(prop->name, "act") && !sk_model_find_act(sk_model_get(), c->value))
            return unknown_act(cx, c->value);
        return SK_OK;
    case SK_VALUE_IDENTIFIER:
        warn_of(cx, warn, arg, sk_identifier_enter(&cx->arena, c->prop, &c->value, &c->words));
        return SK_OK;
    case SK_VALUE_COUNTRY:
        warn_of(cx, warn, arg, sk_country_enter(&cx->arena, &c->value, &c->words));
        return SK_OK;
    default:
        return SK_OK;
    }
}

static sk_rc check_property(sk_ctx *cx, sk_claim *c, const sk_prop **ret_prop)
{
    const sk_type *type = sk_model_find_type(sk_model_get(), c->type);
    if (!type)
        return sk_fail(cx, SK_E_FORMAT, "type \"%.*s\" is not in the model; see: sillok help model",
                       SK_P(c->type));
    const sk_prop *prop = sk_type_find_prop(type, c->prop);
    if (!prop)
        return sk_fail(cx, SK_E_FORMAT, "%.*s has no property \"%.*s\"; see: sillok help model",
                       SK_P(c->type), SK_P(c->prop));
    c->kind = prop->type;
    *ret_prop = prop;
    return SK_OK;
}

static sk_rc check_chain(sk_ctx *cx, sk_claim *c)
{
    if (c->n_chain == 0)
        return sk_fail(cx, SK_E_FORMAT, "no claimant; write who says it, or \"unnamed: analysts\"");
    if (c->n_chain > SK_LIM_CHAIN)
        return sk_fail(cx, SK_E_LIMIT, "%zu claimants in one chain, the most is %d", c->n_chain,
                       SK_LIM_CHAIN);
    sk_str *chain = sk_new_array(&cx->arena, sk_str, c->n_chain);
    for (size_t i = 0; i < c->n_chain; i++) {
        chain[i] = sk_str_trim(c->chain[i]);
        SK_TRY(enter(cx, &chain[i], "claimant"));
        if (!chain[i].n)
            return sk_fail(cx, SK_E_FORMAT, "claimant %zu of the chain is empty", i + 1);
        if (sk_str_starts(chain[i], SK_S("@")))
            SK_TRY(sk_key_check(cx, sk_str_sub(chain[i], 1, chain[i].n), "claimant"));
    }
    c->chain = chain;
    return SK_OK;
}

static sk_rc check_passages(sk_ctx *cx, sk_claim *c)
{
    if (c->n_passages > 99)
        return sk_fail(cx, SK_E_LIMIT, "%zu passages, the most is 99", c->n_passages);
    sk_passage *copy = sk_new_array(&cx->arena, sk_passage, c->n_passages);
    for (size_t i = 0; i < c->n_passages; i++) {
        copy[i] = c->passages[i];
        SK_TRY(enter(cx, &copy[i].quote, "quote"));
        SK_TRY(enter(cx, &copy[i].place, "place"));
        if (copy[i].has_span && copy[i].end < copy[i].start)
            return sk_fail(cx, SK_E_FORMAT, "passage ends at %zu before it starts at %zu",
                           copy[i].end, copy[i].start);
    }
    c->passages = copy;
    return SK_OK;
}

sk_rc sk_claim_check(sk_ctx *cx, sk_claim *c, sk_warn_fn *warn, void *arg)
{
    sk_str *const texts[] = {&c->value, &c->words,     &c->carrier, &c->lang,
                             &c->note,  &c->reference, &c->measure, &c->quantity.unit,
                             &c->rule,  &c->lexicon,   &c->reviewer};
    static const char *const names[] = {"value", "words",     "carrier", "lang",
                                        "note",  "reference", "measure", "unit",
                                        "rule",  "lexicon",   "reviewer"};
    for (size_t i = 0; i < SK_COUNT(texts); i++)
        SK_TRY(enter(cx, texts[i], names[i]));
    SK_TRY(sk_utf8_enter(cx, c->entity, "entity", &c->entity));
    SK_TRY(sk_key_check(cx, c->entity, "entity"));
    const sk_prop *prop = NULL;
    SK_TRY(check_property(cx, c, &prop));
    SK_TRY(check_chain(cx, c));
    if (sk_str_starts(c->carrier, SK_S("@")))
        SK_TRY(sk_key_check(cx, sk_str_sub(c->carrier, 1, c->carrier.n), "carrier"));
    SK_TRY(check_value(cx, c, prop, warn, arg));
    sk_str *const dates[] = {&c->said, &c->asof, &c->valid};
    static const char *const date_names[] = {"said", "asof", "valid"};
    for (size_t i = 0; i < SK_COUNT(dates); i++)
        if (dates[i]->n)
            SK_TRY(check_date(cx, dates[i], NULL, date_names[i], warn, arg));
    SK_TRY(check_passages(cx, c));
    for (size_t i = 0; i < c->n_restrict; i++)
        SK_TRY(sk_label_check(cx, c->restrict_labels[i]));
    return SK_OK;
}
