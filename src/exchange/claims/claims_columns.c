/* What the name of a column, or the key of a JSON object, means. */
#include "exchange/claims/claims_priv.h"
#include "exchange/claims/claims_text.h"

static const char *const fixed_names[COL_FIXED] = {
    [COL_ENTITY] = "entity",
    [COL_TYPE] = "type",
    [COL_CLAIMANT] = "claimant",
    [COL_CARRIER] = "carrier",
    [COL_POSITION] = "position",
    [COL_SAID] = "said",
    [COL_ASOF] = "asof",
    [COL_VALID] = "valid",
    [COL_REFERENCE] = "reference",
    [COL_LANG] = "lang",
    [COL_RESTRICT] = "restrict",
    [COL_FALSELY] = "used-falsely",
    [COL_SUPERSEDES] = "supersedes",
    [COL_NOTE] = "note",
    [COL_PROPERTY] = "property",
    [COL_VALUE] = "value",
    [COL_WORDS] = "words",
    [COL_ABSENT] = "absent",
    [COL_LOW] = "low",
    [COL_HIGH] = "high",
    [COL_QUALIFIER] = "qualifier",
    [COL_BOUNDS] = "bounds",
    [COL_UNIT] = "unit",
    [COL_MEASURE] = "measure",
    [COL_EXHIBIT] = "exhibit",
    [COL_QUOTE] = "quote",
    [COL_PLACE] = "place",
    [COL_SPAN] = "span",
};

const char *sk_claims__col_name(claims_col col)
{
    sk_assert(col < COL_FIXED);
    return fixed_names[col];
}

/* "quote-2" is the quote of the second passage; the first has no number. */
static bool find_fixed(sk_str name, claims_column *column)
{
    for (int i = 0; i < COL_FIXED; i++) {
        sk_str fixed = sk_str_of(fixed_names[i]);
        if (sk_str_eq(name, fixed)) {
            column->col = (claims_col)i;
            return true;
        }
        uint64_t number;
        if (i >= COL_EXHIBIT && sk_str_starts(name, fixed) && name.n > fixed.n + 1 &&
            name.p[fixed.n] == '-' && sk_str_to_u64(sk_str_sub(name, fixed.n + 1, 9), &number) &&
            number >= 2 && number <= SK_LIM_CLAIM_PASSAGES) {
            column->col = (claims_col)i;
            column->passage = number - 1;
            return true;
        }
    }
    return false;
}

static bool any_type_has(sk_str prop)
{
    const sk_model *m = sk_model_get();
    for (size_t i = 0; i < m->n_types; i++)
        for (size_t k = 0; k < m->types[i].n_props; k++)
            if (sk_str_eq(m->types[i].props[k].name, prop))
                return true;
    return false;
}

static bool find_property(sk_str name, claims_column *column)
{
    sk_str rest = name, type;
    if (sk_str_find(name, SK_S(":")) == SIZE_MAX) {
        column->prop = name;
        return any_type_has(name);
    }
    sk_str_cut(&rest, ':', &type);
    column->type = type;
    column->prop = rest;
    const sk_type *t = sk_model_find_type(sk_model_get(), type);
    return t && sk_type_find_prop(t, rest);
}

static void offer_properties(sk_near *near, const sk_type *t)
{
    for (size_t i = 0; i < t->n_props; i++)
        sk_near_offer(near, t->props[i].name);
    for (size_t i = 0; i < t->n_parents; i++)
        offer_properties(near, t->parents[i]);
}

sk_str sk_claims__near_property(claims_reader *rd, sk_str wanted, const sk_type *t, bool fixed)
{
    const sk_model *m = sk_model_get();
    sk_near near;
    if (rd->report.n_faults >= SK_LIM_CLAIM_FAULTS)
        return SK_NONE; /* nobody will read it, and looking takes longer than all the rest */
    sk_near_init(&near, wanted);
    for (int i = 0; fixed && i < COL_FIXED; i++)
        sk_near_offer(&near, sk_str_of(fixed_names[i]));
    for (size_t i = 0; !t && i < m->n_types; i++)
        for (size_t k = 0; k < m->types[i].n_props; k++)
            sk_near_offer(&near, m->types[i].props[k].name);
    if (t)
        offer_properties(&near, t);
    return sk_near_text(&rd->rcx.arena, &near,
                        fixed ? "begin its name with x- if it is a remark"
                              : "see: sillok help model");
}

claims_column sk_claims__column_of(claims_reader *rd, sk_str name)
{
    claims_column c = {.name = sk_str_copy(&rd->keep, name), .col = COL_UNKNOWN};
    if (name.n == 0) {
        c.col = COL_UNNAMED;
    } else if (sk_str_starts(name, SK_S("x-"))) {
        c.col = COL_REMARK;
    } else if (find_fixed(name, &c)) {
        return c;
    } else if (find_property(c.name, &c)) {
        c.col = COL_PROP;
    } else {
        sk_str near = sk_claims__near_property(rd, name, NULL, true);
        sk_claims__fault(rd, c.name.p, SK_NONE,
                         "neither a column of claim files nor a property%.*s", SK_P(near));
    }
    return c;
}
