#include "exchange/mapping/mapping_put.h"

#include "exchange/mapping/mapping_headings.h"
#include "exchange/mapping/mapping_priv.h"

sk_str sk_put_key_in(sk_arena *a, sk_str head, sk_str id)
{
    sk_str part = sk_mapping__key_part(a, id);
    return part.n ? sk_mapping__key_fit(a, sk_fmt(a, "%.*s%.*s", SK_P(head), SK_P(part))) : SK_NONE;
}

sk_str sk_put_key(sk_import *im, sk_str head, sk_str id)
{
    return sk_put_key_in(&sk_import_scratch(im)->arena, head, id);
}

sk_str sk_put_head(sk_arena *a, const sk_import_options *o, const char *other)
{
    if (o->prefix.n)
        return sk_mapping__key_part(a, o->prefix);
    return o->list.n ? sk_fmt(a, "%.*s-", SK_P(o->list)) : sk_fmt(a, "%s-", other);
}

sk_rc sk_put_check_claimant(sk_ctx *cx, const sk_import_options *o)
{
    return o->n_claimant ? SK_OK
                         : sk_fail(cx, SK_E_FORMAT,
                                   "name who says what the file says, for it does not: --claimant "
                                   "NAME");
}

static sk_claim draft_of(const sk_put *p, sk_str prop, sk_value_type kind)
{
    bool is_text = kind == SK_VALUE_NAME || kind == SK_VALUE_TEXT;
    return (sk_claim){.entity = p->key,
                      .type = p->type->name,
                      .prop = prop,
                      .kind = kind,
                      .words = p->words,
                      .lang = is_text ? p->lang : SK_NONE,
                      .restrict_labels = p->labels,
                      .n_restrict = p->n_labels};
}

sk_rc sk_put_note(const sk_put *p, sk_str label, sk_str value)
{
    value = sk_str_trim(value);
    if (!value.n)
        return SK_OK;
    const sk_prop *notes = sk_type_find_prop(p->type, SK_S("notes"));
    if (!notes) {
        sk_import_left(p->im, p->column, value, "%.*s has no notes to keep it in",
                       SK_P(p->type->name));
        return SK_OK;
    }
    sk_arena *a = &sk_import_scratch(p->im)->arena;
    sk_claim d = draft_of(p, notes->name, notes->type);
    d.value = label.n ? sk_fmt(a, "%.*s: %.*s", SK_P(label), SK_P(value)) : value;
    d.words = SK_NONE;
    return sk_import_claim(p->im, p->column, &d);
}

/* A value in the form of its property. False: it is not one; that is reported. */
static bool take_form(const sk_put *p, const sk_prop *prop, sk_claim *d, sk_str value)
{
    sk_ctx *rcx = sk_import_scratch(p->im);
    sk_decimal number;
    sk_str target;
    d->value = value;
    if (prop->type == SK_VALUE_DATE) {
        if (sk_mapping_date(rcx, value, SK_DATES_UNSAID, &d->value)) {
            sk_import_left(p->im, p->column, value,
                           "%s; else import it as a table: --draft-mapping", rcx->message);
            sk_forgive(rcx);
            return false;
        }
    } else if (prop->type == SK_VALUE_QUANTITY && sk_decimal_parse(value, &number)) {
        d->quantity.has_low = d->quantity.has_high = true;
        d->quantity.low = d->quantity.high = number;
        d->value = sk_decimal_text(&rcx->arena, number, false);
    } else if (prop->type == SK_VALUE_TERM && sk_str_is(prop->name, "gender") &&
               sk_heading_value(&rcx->arena, "gender", value, &target)) {
        d->value = target;
    }
    if (!sk_str_eq(d->value, value) && !d->words.n)
        d->words = value;
    return true;
}

sk_rc sk_put_value(const sk_put *p, const char *name, sk_str value)
{
    const sk_prop *prop = sk_type_find_prop(p->type, sk_str_of(name));
    sk_absent absent;
    value = sk_str_trim(value);
    if (!value.n)
        return SK_OK;
    if (!prop)
        return sk_put_note(p, p->column, value);
    sk_claim d = draft_of(p, prop->name, prop->type);
    sk_mapping_value bracketed;
    sk_mapping__target(value, &bracketed);
    bool is_text = prop->type == SK_VALUE_NAME || prop->type == SK_VALUE_TEXT;
    if (bracketed.absent) {
        d.absent = bracketed.absent;
    } else if (!is_text && sk_heading_absent(&sk_import_scratch(p->im)->arena, value, &absent)) {
        d.absent = absent;
        d.words = value;
    } else if (!take_form(p, prop, &d, value)) {
        return SK_OK;
    }
    if (sk_str_eq(d.words, d.value) && !d.absent)
        d.words = SK_NONE;
    return sk_import_claim(p->im, p->column, &d);
}
