#include "exchange/mapping/mapping_plan.h"

#include "exchange/mapping/mapping_priv.h"

/* ---- what the table is about ---- */

static bool is_a(const sk_survey_column *c, const char *type)
{
    return c->is_known && c->heading.type && sk_type_is_a(c->heading.type, sk_str_of(type));
}

static size_t count_of(const sk_survey *look, const char *type)
{
    size_t n = 0;
    for (size_t i = 0; i < look->n_columns; i++)
        n += is_a(&look->columns[i], type);
    return n;
}

/* A property of the type itself, not of what it descends from. */
static bool has_prop_of(const sk_survey *look, const char *type, const char *prop)
{
    for (size_t i = 0; i < look->n_columns; i++)
        if (is_a(&look->columns[i], type) &&
            (!prop || sk_str_is(look->columns[i].heading.prop->name, prop)))
            return true;
    return false;
}

static bool has_name(const sk_survey *look)
{
    for (size_t i = 0; i < look->n_columns; i++)
        if (look->columns[i].is_known && look->columns[i].heading.prop &&
            sk_str_is(look->columns[i].heading.prop->name, "name"))
            return true;
    return false;
}

/* The most special type of the columns that are of this type. */
static const sk_type *deepest(const sk_survey *look, const char *type)
{
    const sk_type *best = NULL;
    for (size_t i = 0; i < look->n_columns; i++)
        if (is_a(&look->columns[i], type) &&
            (!best || look->columns[i].heading.type->depth > best->depth))
            best = look->columns[i].heading.type;
    return best;
}

/* What the sheet or the file is called may name the type. */
static const sk_type *type_by_name(const sk_plan *p)
{
    sk_arena *a = &p->cx->arena;
    const sk_type *type = sk_heading_type(a, p->look->sheet);
    sk_str name = p->src->files[0].name;
    size_t dot = sk_str_find(name, SK_S("."));
    return type ? type : sk_heading_type(a, sk_str_sub(name, 0, dot));
}

static void choose_types(sk_plan *p)
{
    const sk_survey *look = p->look;
    const sk_model *m = sk_model_get();
    const sk_type *by_name = type_by_name(p), *event = deepest(look, "Event");
    bool has_point = has_prop_of(look, "Place", "latitude");
    bool is_act_of = event && sk_type_is_a(event, SK_S("Act")) && has_name(look);
    if (count_of(look, "Person") || (is_act_of && !count_of(look, "Vehicle")))
        p->main = sk_model_find_type(m, SK_S("Person"));
    else if (count_of(look, "Vehicle"))
        p->main = deepest(look, "Vehicle");
    else if (event && !(by_name && sk_type_is_a(by_name, SK_S("LegalEntity"))))
        p->main = event;
    else if (has_point || count_of(look, "Place"))
        p->main = deepest(look, "Place");
    else if (count_of(look, "Document"))
        p->main = deepest(look, "Document");
    else if (by_name)
        p->main = by_name;
    else if (count_of(look, "LegalEntity"))
        p->main = deepest(look, "LegalEntity");
    else
        p->main = sk_model_find_type(m, SK_S("Thing"));
    if (event && !sk_type_is_a(p->main, SK_S("Event")))
        p->second = event;
}

/* ---- what becomes of each column ---- */

const char *sk_plan_kind_of(const sk_survey_column *c)
{
    if (!c->filled)
        return "is empty in the rows looked at";
    if (c->links * 2 > c->filled)
        return "holds links; no property is known by this heading";
    if (c->dates * 2 > c->filled)
        return "holds dates; no property is known by this heading";
    if (c->numbers * 2 > c->filled)
        return "holds numbers; no property is known by this heading";
    return "no property is known by this heading; notes would take its text";
}

static const char *const role_words[SK_HEADING_ROLES] = {
    [SK_HEADING_ID] = "another number of the row",
    [SK_HEADING_SERIAL] = "a running number: in a later copy it may be another row's",
    [SK_HEADING_CLAIMANT] = "a second column of who says it",
    [SK_HEADING_ASOF] = "a second date of the row's state",
    [SK_HEADING_REFERENCE] = "a second reference",
    [SK_HEADING_RESTRICT] = "a second restriction; join both in one column before importing",
    [SK_HEADING_KEEPING] = "of the table's keeping, not of its matter",
};

/* The first column of a role serves it; others are ignored with the reason. */
size_t sk_plan_find_role(const sk_survey *look, sk_heading_role role)
{
    for (size_t i = 0; i < look->n_columns; i++) {
        const sk_survey_column *c = &look->columns[i];
        bool can_serve = role != SK_HEADING_ID || (c->is_unique && c->filled == look->rows);
        if (c->is_known && c->heading.role == role && can_serve && c->filled)
            return i;
    }
    return SK_MAPPING_NONE;
}

static void place_column(sk_plan *p, size_t i)
{
    const sk_survey_column *c = &p->look->columns[i];
    sk_plan_column *to = &p->columns[i];
    if (!c->is_known) {
        to->why_not = sk_plan_kind_of(c);
    } else if (c->heading.role) {
        bool serves = c->heading.role != SK_HEADING_KEEPING &&
                      c->heading.role != SK_HEADING_SERIAL &&
                      sk_plan_find_role(p->look, c->heading.role) == i;
        to->why_not = serves ? NULL : role_words[c->heading.role];
    } else if (sk_str_is(c->heading.prop->name, "act") && !c->n_words) {
        to->why_not = "none of its words is an act of the model; see: sillok help acts";
    } else if (sk_type_is_a(p->main, c->heading.type->name)) {
        to->in_main = true;
    } else if (p->second && sk_type_is_a(p->second, c->heading.type->name)) {
        to->in_second = true;
    } else {
        const sk_prop *prop = sk_type_find_prop(p->main, c->heading.prop->name);
        to->in_main = prop && prop->type == c->heading.prop->type;
        to->why_not = to->in_main ? NULL : "what this table is about has no such property";
    }
}

static void place_columns(sk_plan *p)
{
    size_t n_main = 0;
    p->columns = sk_new_array(&p->cx->arena, sk_plan_column, p->look->n_columns);
    for (size_t i = 0; i < p->look->n_columns; i++) {
        place_column(p, i);
        n_main += p->columns[i].in_main;
    }
    p->id = sk_plan_find_role(p->look, SK_HEADING_ID);
    /* an entity needs something to be said of it: then the texts that nobody knows are its notes */
    for (size_t i = 0; !n_main && i < p->look->n_columns; i++)
        if (p->columns[i].why_not && !p->look->columns[i].heading.role) {
            p->columns[i].in_main = true;
            p->columns[i].why_not = NULL;
            n_main++;
        }
    if (!n_main) {
        p->columns[0].in_main = true;
        p->columns[0].why_not = NULL;
    }
}

/* Rows are told apart by what they say; a column that is filled in all of them makes sure that each
 * says something. Where none is mapped yet, one that nobody knows becomes notes. */
static void want_full_column(sk_plan *p)
{
    const sk_survey *look = p->look;
    size_t full = SK_MAPPING_NONE;
    for (size_t i = 0; i < look->n_columns; i++) {
        const sk_survey_column *c = &look->columns[i];
        if (c->filled != look->rows)
            continue;
        if (p->columns[i].in_main)
            return;
        if (full == SK_MAPPING_NONE && p->columns[i].why_not && !c->is_known)
            full = i;
    }
    if (full != SK_MAPPING_NONE) {
        p->columns[full].in_main = true;
        p->columns[full].why_not = NULL;
    }
}

/* ---- the list's name ---- */

/* "Missing people (June 2024).xlsx" is the list "missing-people": digits of a date would change. */
static sk_str list_name(sk_plan *p)
{
    if (p->src->options.list.n)
        return p->src->options.list;
    sk_str name = p->src->files[0].name;
    char *out = sk_alloc(&p->cx->arena, name.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < name.n && name.p[i] != '.' && n < 40; i++) {
        char c = name.p[i];
        c = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        if (c >= 'a' && c <= 'z')
            out[n++] = c;
        else if (n && out[n - 1] != '-')
            out[n++] = '-';
    }
    while (n && out[n - 1] == '-')
        n--;
    return n ? (sk_str){out, n} : SK_S("list");
}

void sk_mapping__plan(sk_ctx *cx, const sk_source *src, const sk_survey *look, sk_plan *ret_plan)
{
    sk_plan p = {.cx = cx, .src = src, .look = look, .id = SK_MAPPING_NONE};
    choose_types(&p);
    place_columns(&p);
    if (p.id == SK_MAPPING_NONE)
        want_full_column(&p);
    p.list = list_name(&p);
    *ret_plan = p;
}
