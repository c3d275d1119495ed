/* A mapping held against itself and the model: what it names exists, and options fit the value. */
#include "exchange/mapping/mapping_priv.h"

static sk_rc check_values(sk_ctx *cx, const sk_mapping *m, size_t line, size_t i)
{
    if (i == SK_MAPPING_NONE || m->values[i].line)
        return SK_OK;
    return odd_at(cx, line, "there is no list of values \"%.*s\"; write: values %.*s",
                  SK_P(m->values[i].name), SK_P(m->values[i].name));
}

static const sk_type *find_type(sk_str name)
{
    return sk_model_find_type(sk_model_get(), name);
}

/* ---- types ---- */

static sk_rc check_type_values(sk_ctx *cx, const sk_mapping *m, const sk_mapping_entity *e)
{
    const sk_mapping_values *v = &m->values[e->type_values];
    for (size_t i = 0; i < v->n; i++)
        if (!find_type(v->items[i].target))
            return odd_at(cx, v->line, "\"%.*s\" is no type of the model; see: sillok help model",
                          SK_P(v->items[i].target));
    if (v->others == SK_OTHERS_TARGET && !find_type(v->other.target))
        return odd_at(cx, v->line, "others \"%.*s\" is no type of the model",
                      SK_P(v->other.target));
    return SK_OK;
}

static sk_rc check_type(sk_ctx *cx, const sk_mapping *m, const sk_mapping_entity *e)
{
    bool is_fixed = e->type.column == SK_MAPPING_NONE;
    sk_str fixed = is_fixed ? e->type.text : e->type.deflt;
    if (is_fixed && !fixed.n)
        return odd_at(cx, e->line, "entity \"%.*s\" has no type; write: entity %.*s Person",
                      SK_P(e->name), SK_P(e->name));
    if (fixed.n && !find_type(fixed))
        return odd_at(cx, e->line, "type \"%.*s\" is not in the model; see: sillok help model",
                      SK_P(fixed));
    if (is_fixed && e->type_values != SK_MAPPING_NONE)
        return odd_at(cx, e->line, "entity \"%.*s\": values belong to a type from a column",
                      SK_P(e->name));
    SK_TRY(check_values(cx, m, e->line, e->type_values));
    return e->type_values == SK_MAPPING_NONE ? SK_OK : check_type_values(cx, m, e);
}

/* The property as some type that the entity can be of has it; NULL when none has. */
static const sk_prop *find_prop(const sk_mapping *m, const sk_mapping_entity *e,
                                const sk_mapping_prop *p)
{
    const sk_model *model = sk_model_get();
    if (e->type.column == SK_MAPPING_NONE) {
        const sk_type *type = find_type(e->type.text);
        return p->type.n && !sk_type_is_a(type, p->type) ? NULL : sk_type_find_prop(type, p->prop);
    }
    for (size_t i = 0; i < model->n_types; i++) {
        const sk_type *type = &model->types[i];
        bool can_be = e->type_values == SK_MAPPING_NONE || sk_str_eq(type->name, e->type.deflt);
        for (size_t k = 0; !can_be && k < m->values[e->type_values].n; k++)
            can_be = sk_str_eq(m->values[e->type_values].items[k].target, type->name);
        if (!can_be && e->type_values != SK_MAPPING_NONE)
            can_be = m->values[e->type_values].others != SK_OTHERS_LEFT;
        const sk_prop *prop = can_be && (!p->type.n || sk_type_is_a(type, p->type))
                                  ? sk_type_find_prop(type, p->prop)
                                  : NULL;
        if (prop)
            return prop;
    }
    return NULL;
}

/* ---- properties ---- */

static sk_rc check_link(sk_ctx *cx, const sk_mapping *m, const sk_prop *prop, sk_mapping_prop *p)
{
    if (prop->type != SK_VALUE_ENTITY)
        return odd_at(cx, p->line, "%.*s holds no link; @%.*s cannot be its value", SK_P(p->prop),
                      SK_P(p->constant));
    for (p->entity = 0; p->entity < m->n_entities; p->entity++)
        if (sk_str_eq(m->entities[p->entity].name, p->constant))
            break;
    if (p->entity == m->n_entities)
        return odd_at(cx, p->line, "there is no entity \"%.*s\" in the mapping", SK_P(p->constant));
    const sk_mapping_entity *to = &m->entities[p->entity];
    if (to->type.column == SK_MAPPING_NONE && !sk_type_is_a(find_type(to->type.text), prop->target))
        return odd_at(cx, p->line, "%.*s links to %.*s, and entity \"%.*s\" is %.*s", SK_P(p->prop),
                      SK_P(prop->target), SK_P(to->name), SK_P(to->type.text));
    return SK_OK;
}

static sk_rc check_constant(sk_ctx *cx, const sk_prop *prop, const sk_mapping_prop *p)
{
    sk_str date;
    sk_mapping_value v;
    sk_mapping__target(p->constant, &v);
    if (v.absent == SK_PRESENT && prop->type == SK_VALUE_DATE &&
        sk_mapping_date(cx, p->constant, p->dates, &date))
        return sk_while(cx, "mapping line %zu", p->line);
    if (v.absent == SK_PRESENT && sk_str_is(prop->name, "act") && prop->type == SK_VALUE_TERM &&
        !sk_model_find_act(sk_model_get(), p->constant))
        return odd_at(cx, p->line, "act \"%.*s\" is not a term; see: sillok help acts",
                      SK_P(p->constant));
    return SK_OK;
}

/* Options that mean nothing for this kind of value are errors: their writer expects an effect. */
static sk_rc check_options(sk_ctx *cx, const sk_prop *prop, const sk_mapping_prop *p)
{
    bool is_quantity = prop->type == SK_VALUE_QUANTITY || prop->type == SK_VALUE_MONEY;
    const struct {
        bool is_given, fits;
        const char *option, *belongs;
    } rules[] = {
        {p->source == SK_FROM_BOUNDS, is_quantity, "low, high and words", "quantities"},
        {p->measure.n > 0, is_quantity, "measure", "quantities"},
        {p->unit.n > 0, is_quantity, "unit", "quantities"},
        {p->scheme.n > 0, prop->type == SK_VALUE_IDENTIFIER, "scheme", "identifiers"},
        {p->has_key, prop->type == SK_VALUE_ENTITY && p->source == SK_FROM_COLUMN, "key",
         "links that stand in a column"},
        {p->dates != SK_DATES_UNSAID,
         prop->type == SK_VALUE_DATE || p->valid != SK_MAPPING_NONE || p->asof != SK_MAPPING_NONE,
         "dates", "dates"},
        {p->split.n > 0 || p->part > 0, p->source == SK_FROM_COLUMN, "split and part",
         "values of one column"},
        {p->values != SK_MAPPING_NONE, p->source == SK_FROM_COLUMN || p->source == SK_FROM_JOIN,
         "values", "values of columns"},
        {p->has_default, p->source == SK_FROM_COLUMN, "default", "values of one column"},
    };
    for (size_t i = 0; i < SK_COUNT(rules); i++)
        if (rules[i].is_given && !rules[i].fits)
            return odd_at(cx, p->line, "%s: %s belongs to %s; this is %.*s, of the kind %s",
                          rules[i].option, rules[i].option, rules[i].belongs, SK_P(p->prop),
                          sk_value_type_name(prop->type));
    return SK_OK;
}

static sk_rc check_prop(sk_ctx *cx, const sk_mapping *m, const sk_mapping_entity *e,
                        sk_mapping_prop *p)
{
    const sk_prop *prop = find_prop(m, e, p);
    if (!prop)
        return odd_at(
            cx, p->line, "%.*s has no property \"%.*s\"; see: sillok help model",
            SK_P(e->type.column == SK_MAPPING_NONE ? e->type.text : SK_S("none of these types")),
            SK_P(p->prop));
    SK_TRY(check_values(cx, m, p->line, p->values));
    SK_TRY(check_options(cx, prop, p));
    if (p->source == SK_FROM_ENTITY)
        SK_TRY(check_link(cx, m, prop, p));
    if (p->source == SK_FROM_CONSTANT)
        SK_TRY(check_constant(cx, prop, p));
    return SK_OK;
}

/* ---- the whole ---- */

static sk_rc check_entity(sk_ctx *cx, const sk_mapping *m, sk_mapping_entity *e)
{
    SK_TRY(check_type(cx, m, e));
    if (!e->key_kind)
        return odd_at(cx, e->line,
                      "entity \"%.*s\" has no key; write: key \"%.*s-{ID}\" with the column of its "
                      "number, or: key hash and columns that tell one from another",
                      SK_P(e->name), SK_P(e->name));
    if (!e->n_props)
        return odd_at(cx, e->line, "entity \"%.*s\" has no properties", SK_P(e->name));
    for (size_t i = 0; i < e->n_props; i++)
        SK_TRY(check_prop(cx, m, e, &e->props[i]));
    return SK_OK;
}

sk_rc sk_mapping__check(sk_ctx *cx, sk_mapping *m)
{
    if (!m->n_entities)
        return sk_fail(cx, SK_E_FORMAT,
                       "the mapping has no entity; write sillok-mapping 1 and then: entity person "
                       "Person");
    for (size_t i = 0; i < m->n_entities; i++)
        SK_TRY(check_entity(cx, m, &m->entities[i]));
    for (size_t i = 0; i < m->n_values; i++) {
        if (!m->values[i].line)
            return sk_fail(cx, SK_E_FORMAT, "the mapping has no list of values \"%.*s\"",
                           SK_P(m->values[i].name));
        if (!m->values[i].n && m->values[i].others == SK_OTHERS_LEFT)
            return odd_at(cx, m->values[i].line, "values \"%.*s\" has no lines",
                          SK_P(m->values[i].name));
    }
    for (size_t i = 0; i < m->n_columns; i++)
        if (m->columns[i].is_ignored && m->columns[i].is_used)
            return odd_at(cx, m->columns[i].line, "column \"%.*s\" is both mapped and ignored",
                          SK_P(m->columns[i].name));
    return SK_OK;
}
