/* Claims of an entity of the row: one for each value of each property. */
#include "exchange/mapping/mapping_run.h"

/* ---- one value ---- */

typedef struct value_at {
    sk_mapping_run *run;
    const sk_mapping_prop *p;
    const sk_prop *prop; /* of the model */
    sk_str key;
    const sk_type *type;
    size_t column;
} value_at;

static sk_claim draft_of(const value_at *v)
{
    sk_mapping_run *run = v->run;
    const sk_mapping_prop *p = v->p;
    sk_claim d = run->common;
    d.entity = v->key;
    d.type = v->type->name;
    d.prop = p->prop;
    d.kind = v->prop->type; /* so that the language of the whole import goes to texts alone */
    d.position = p->position;
    d.used_falsely = p->used_falsely;
    d.measure = p->measure;
    d.quantity.unit = p->unit;
    if (p->n_chain) {
        d.chain = p->chain;
        d.n_chain = p->n_chain;
    }
    d.lang = p->lang.n ? p->lang : d.lang;
    if (v->prop->type != SK_VALUE_NAME && v->prop->type != SK_VALUE_TEXT && !p->lang.n)
        d.lang = SK_NONE;
    if (p->asof != SK_MAPPING_NONE)
        d.asof = sk_mapping__date_in(run, p->asof, sk_mapping__cell(run, p->asof), p->dates);
    if (p->valid != SK_MAPPING_NONE)
        d.valid = sk_mapping__date_in(run, p->valid, sk_mapping__cell(run, p->valid), p->dates);
    if (p->n_labels) {
        sk_arena *a = &sk_import_scratch(run->im)->arena;
        sk_str *labels = sk_new_array(a, sk_str, d.n_restrict + p->n_labels);
        for (size_t i = 0; i < d.n_restrict + p->n_labels; i++)
            labels[i] = i < d.n_restrict ? d.restrict_labels[i] : p->labels[i - d.n_restrict];
        d.restrict_labels = labels;
        d.n_restrict += p->n_labels;
    }
    return d;
}

static sk_rc hand_over(const value_at *v, sk_claim *d, sk_str written)
{
    if (written.n && !sk_str_eq(written, d->value) && !d->words.n)
        d->words = written;
    sk_str column = sk_mapping__column_name(v->run, v->column);
    if (!column.n) /* it stands in the mapping itself */
        column = sk_fmt(&sk_import_scratch(v->run->im)->arena, "mapping line %zu", v->p->line);
    return sk_import_claim(v->run->im, column, d);
}

static sk_rc absent_value(const value_at *v, sk_absent absent, sk_str written)
{
    sk_claim d = draft_of(v);
    sk_mapping_value bracketed;
    sk_mapping__target(written, &bracketed);
    d.absent = absent;
    d.measure = d.quantity.unit = SK_NONE;
    return hand_over(v, &d, bracketed.absent ? SK_NONE : written);
}

/* A plain number is exact; "at least 17" is understood where the claim is checked. */
static void take_number(sk_arena *a, sk_claim *d, sk_str text)
{
    sk_decimal number;
    if (sk_decimal_parse(text, &number)) {
        d->quantity.has_low = d->quantity.has_high = true;
        d->quantity.low = d->quantity.high = number;
        d->value = sk_decimal_text(a, number, false);
    }
}

/* The value in its property's own form. False when it is not one; that is reported. */
static bool take_value(const value_at *v, sk_claim *d, sk_str text)
{
    sk_ctx *rcx = sk_import_scratch(v->run->im);
    sk_arena *a = &rcx->arena;
    const sk_mapping_prop *p = v->p;
    size_t missing;
    d->value = text;
    switch (v->prop->type) {
    case SK_VALUE_DATE:
        if (!sk_mapping_date(rcx, text, p->dates ? p->dates : v->run->m->dates, &d->value))
            return true;
        sk_mapping__leave(v->run, v->column, text);
        return false;
    case SK_VALUE_QUANTITY:
    case SK_VALUE_MONEY:
        take_number(a, d, text);
        return true;
    case SK_VALUE_IDENTIFIER:
        if (p->scheme.n)
            d->value = sk_fmt(a, "%.*s:%.*s", SK_P(p->scheme), SK_P(text));
        return true;
    case SK_VALUE_ENTITY:
        if (p->has_key &&
            !sk_mapping__fill(v->run, a, &p->join, v->column, text, true, &d->value, &missing)) {
            sk_import_left(v->run->im, sk_mapping__column_name(v->run, v->column), text,
                           "its key needs column \"%.*s\", which is empty",
                           SK_P(sk_mapping__column_name(v->run, missing)));
            return false;
        }
        d->value = sk_mapping__key_fit(a, sk_mapping__key_part(a, d->value));
        return true;
    default:
        return true;
    }
}

/* One value of a cell, after it was split.
 * written  what stands in the cell: more than text where only a part of it is taken */
static sk_rc one_value(const value_at *v, sk_str text, sk_str written)
{
    sk_arena *a = &sk_import_scratch(v->run->im)->arena;
    const sk_mapping *m = v->run->m;
    sk_absent absent;
    const sk_mapping_value *to = NULL;
    if (v->p->values != SK_MAPPING_NONE) {
        const sk_mapping_values *list = &m->values[v->p->values];
        to = sk_mapping__find_value(a, list, text);
        if (!to && list->others == SK_OTHERS_TARGET)
            to = &list->other;
        if (!to && list->others == SK_OTHERS_LEFT && !sk_mapping__absent(a, m, text, &absent)) {
            sk_import_left(v->run->im, sk_mapping__column_name(v->run, v->column), text,
                           "not among the values \"%.*s\" of the mapping; add it there",
                           SK_P(list->name));
            return SK_OK;
        }
    }
    if (to && to->absent)
        return absent_value(v, to->absent, written);
    if (!to && sk_mapping__absent(a, m, text, &absent))
        return absent_value(v, absent, written);
    if (to)
        text = to->target;
    if (!text.n)
        return SK_OK;
    sk_claim d = draft_of(v);
    return take_value(v, &d, text) ? hand_over(v, &d, written) : SK_OK;
}

/* ---- sources ---- */

static sk_str part_of(sk_str cell, size_t part, sk_str sep)
{
    for (size_t i = 1;; i++) {
        size_t at = sk_str_find(cell, sep);
        if (i == part)
            return sk_str_trim(sk_str_sub(cell, 0, at));
        if (at == SIZE_MAX)
            return SK_NONE;
        cell = sk_str_sub(cell, at + sep.n, cell.n);
    }
}

static sk_rc from_cell(const value_at *v, sk_str cell)
{
    const sk_mapping_prop *p = v->p;
    sk_str written = cell;
    if (p->part)
        cell = part_of(cell, p->part, p->part_sep);
    if (!cell.n && p->has_default)
        cell = written = p->deflt;
    if (!p->split.n)
        return cell.n ? one_value(v, cell, written) : SK_OK;
    while (cell.n) {
        size_t at = sk_str_find(cell, p->split);
        sk_str piece = sk_str_trim(sk_str_sub(cell, 0, at));
        cell = at == SIZE_MAX ? SK_NONE : sk_str_sub(cell, at + p->split.n, cell.n);
        if (piece.n)
            SK_TRY(one_value(v, piece, piece));
    }
    return SK_OK;
}

/* One bound; false when the cell is no number, which is reported. */
static bool take_bound(const value_at *v, size_t column, bool *ret_has, sk_decimal *ret_number)
{
    sk_str cell = sk_mapping__cell(v->run, column);
    if (!cell.n || sk_decimal_parse(cell, ret_number)) {
        *ret_has = cell.n > 0;
        return true;
    }
    sk_import_left(v->run->im, sk_mapping__column_name(v->run, column), cell,
                   "no number; the quantity was not taken");
    return false;
}

static sk_rc from_bounds(const value_at *v)
{
    const size_t *b = v->p->bounds;
    sk_claim d = draft_of(v);
    sk_quantity *q = &d.quantity;
    sk_absent absent;
    sk_str words = sk_mapping__cell(v->run, b[SK_BOUND_WORDS]);
    sk_str qualifier = sk_mapping__cell(v->run, b[SK_BOUND_QUALIFIER]);
    sk_str unit = sk_mapping__cell(v->run, b[SK_BOUND_UNIT]);
    sk_str low = sk_mapping__cell(v->run, b[SK_BOUND_LOW]);
    sk_str first = low.n ? low : words;
    if (first.n &&
        sk_mapping__absent(&sk_import_scratch(v->run->im)->arena, v->run->m, first, &absent))
        return absent_value(v, absent, first);
    if (!take_bound(v, b[SK_BOUND_LOW], &q->has_low, &q->low) ||
        !take_bound(v, b[SK_BOUND_HIGH], &q->has_high, &q->high))
        return SK_OK;
    if (qualifier.n && !sk_qualifier_parse(qualifier, &q->qualifier)) {
        sk_import_left(v->run->im, sk_mapping__column_name(v->run, b[SK_BOUND_QUALIFIER]),
                       qualifier,
                       "no qualifier such as exact, at-least, up-to; the quantity was not taken");
        return SK_OK;
    }
    q->unit = unit.n ? unit : q->unit;
    d.words = words;
    return q->has_low || q->has_high || words.n ? hand_over(v, &d, SK_NONE) : SK_OK;
}

/* The text of a template; a missing cell leaves a gap, and nothing is said when all are empty. */
static sk_rc from_join(const value_at *v)
{
    sk_arena *a = &sk_import_scratch(v->run->im)->arena;
    sk_buf b;
    sk_buf_init(&b, SK_LIM_CSV_ROW_BYTES);
    bool has_any = false;
    for (size_t i = 0; i < v->p->join.n; i++) {
        const sk_mapping_piece *piece = &v->p->join.pieces[i];
        sk_str cell = sk_mapping__cell(v->run, piece->column);
        sk_buf_add(&b, piece->column == SK_MAPPING_NONE ? piece->literal : cell);
        has_any |= piece->column != SK_MAPPING_NONE && cell.n;
    }
    sk_str text = sk_str_copy(a, sk_str_trim(sk_buf_str(&b)));
    sk_buf_done(&b);
    return has_any && text.n ? one_value(v, text, text) : SK_OK;
}

static sk_rc from_source(const value_at *v)
{
    const mapping_here *to;
    sk_claim d;
    sk_mapping_value constant;
    switch (v->p->source) {
    case SK_FROM_CONSTANT:
        sk_mapping__target(v->p->constant, &constant);
        if (constant.absent)
            return absent_value(v, constant.absent, v->p->constant);
        d = draft_of(v);
        return take_value(v, &d, v->p->constant) ? hand_over(v, &d, v->p->constant) : SK_OK;
    case SK_FROM_ENTITY:
        to = &v->run->here[v->p->entity];
        if (!to->is_made)
            return SK_OK;
        d = draft_of(v);
        d.value = to->key;
        return hand_over(v, &d, SK_NONE);
    case SK_FROM_BOUNDS:
        return from_bounds(v);
    case SK_FROM_JOIN:
        return from_join(v);
    default:
        return from_cell(v, sk_mapping__cell(v->run, v->p->column));
    }
}

static size_t first_column(const sk_mapping_prop *p)
{
    for (size_t i = 0; p->source == SK_FROM_BOUNDS && i < SK_BOUNDS; i++)
        if (p->bounds[i] != SK_MAPPING_NONE)
            return p->bounds[i];
    for (size_t i = 0; p->source == SK_FROM_JOIN && i < p->join.n; i++)
        if (p->join.pieces[i].column != SK_MAPPING_NONE)
            return p->join.pieces[i].column;
    return p->column;
}

sk_rc sk_mapping__claims(sk_mapping_run *run, size_t entity)
{
    const sk_mapping_entity *e = &run->m->entities[entity];
    const mapping_here *h = &run->here[entity];
    for (size_t i = 0; i < e->n_props; i++) {
        const sk_mapping_prop *p = &e->props[i];
        value_at v = {run, p, NULL, h->key, h->type, first_column(p)};
        if (!p->type.n || sk_type_is_a(h->type, p->type))
            v.prop = sk_type_find_prop(h->type, p->prop);
        sk_str cell = sk_mapping__cell(run, v.column);
        if (v.prop)
            SK_TRY(from_source(&v));
        else if (cell.n)
            sk_import_left(run->im, sk_mapping__column_name(run, v.column), cell,
                           "%.*s has no property \"%.*s\"", SK_P(h->type->name), SK_P(p->prop));
    }
    return SK_OK;
}
