/* The claims of one row: the one of `property`, and one for each value of each property column. */
#include "exchange/claims/claims_priv.h"
#include "exchange/claims/claims_text.h"

/* A drafted claim and the column that people must look at when it is wrong. */
typedef struct draft {
    sk_claim claim;
    const char *column;
    sk_str cell;
    bool is_faulty; /* reported already */
} draft;

typedef struct drafts {
    claims_row *row;
    draft *v;
    size_t n, cap;
} drafts;

static draft *new_draft(drafts *ds, const char *column, sk_str prop, const sk_prop *p)
{
    SK_GROW(&ds->row->rd->rcx.arena, ds->v, ds->n, ds->cap);
    draft *d = &ds->v[ds->n++];
    *d = (draft){.claim = ds->row->common, .column = column};
    d->claim.prop = prop;
    d->claim.kind = p->type;
    return d;
}

static bool is_figure(const sk_prop *p)
{
    return p->type == SK_VALUE_QUANTITY || p->type == SK_VALUE_MONEY;
}

/* "(unknown)" and its like; false when the text is something else. */
static bool is_absent_mark(sk_str text, sk_absent *ret_absent)
{
    if (text.n < 3 || text.p[0] != '(' || text.p[text.n - 1] != ')')
        return false;
    return sk_absent_parse(sk_str_sub(text, 1, text.n - 2), ret_absent);
}

static void set_value(draft *d, sk_str value)
{
    d->cell = value;
    if (!is_absent_mark(value, &d->claim.absent))
        d->claim.value = value;
}

/* ---- one claim a row ---- */

/* The columns of a figure, and those of a claim in one row; in the order of messages. */
static const claims_col figure_cols[] = {COL_LOW,    COL_HIGH, COL_QUALIFIER,
                                         COL_BOUNDS, COL_UNIT, COL_MEASURE};

/* Columns that say something where nothing can take it up. */
static void refuse(claims_row *row, const claims_col *cols, size_t n, const char *why)
{
    for (size_t i = 0; i < n; i++)
        if (row->fixed[cols[i]])
            sk_claims__fault(row->rd, sk_claims__col_name(cols[i]), row->fixed[cols[i]]->text, "%s",
                             why);
}

static void take_decimal(claims_row *row, claims_col col, bool *ret_has, sk_decimal *ret_value)
{
    sk_str text = sk_claims__text(row, col);
    *ret_has = text.n && sk_decimal_parse(text, ret_value);
    if (text.n && !*ret_has)
        sk_claims__fault(row->rd, sk_claims__col_name(col), text,
                         "a bound is a plain number: 500, 30023.5; wording belongs into words");
}

static void take_bounds(claims_row *row, sk_quantity *q)
{
    sk_str rest = sk_claims__text(row, COL_BOUNDS), word;
    while (rest.n && sk_str_cut(&rest, ' ', &word)) {
        if (sk_str_is(word, "approximate"))
            q->is_approximate = true;
        else if (sk_str_is(word, "open-above"))
            q->is_open_above = true;
        else if (sk_str_is(word, "strict"))
            q->is_strict = true;
        else if (word.n)
            sk_claims__fault(row->rd, "bounds", word, "write approximate, open-above or strict");
    }
}

static void take_qualifier(claims_row *row, sk_quantity *q)
{
    sk_str name = sk_claims__text(row, COL_QUALIFIER);
    if (!name.n || sk_qualifier_parse(name, &q->qualifier))
        return;
    sk_near near;
    sk_near_init(&near, name);
    for (int i = 0; i < SK_QUALIFIERS; i++)
        sk_near_offer(&near, sk_qualifier_name((sk_qualifier)i));
    sk_str hint =
        sk_near_text(&row->rd->rcx.arena, &near,
                     "write exact, at-least, more-than, at-most, up-to, fewer-than, about, "
                     "could-exceed, between, either, order, change or fraction");
    sk_claims__fault(row->rd, "qualifier", name, "no qualifier%.*s", SK_P(hint));
}

/* The number of a figure stands in low and high or in its wording, not in two places. */
static void take_figure(claims_row *row, draft *d)
{
    sk_claim *c = &d->claim;
    sk_quantity *q = &c->quantity;
    bool has_bounds = row->fixed[COL_LOW] || row->fixed[COL_HIGH];
    d->column = row->fixed[COL_LOW]    ? "low"
                : row->fixed[COL_HIGH] ? "high"
                : c->value.n           ? "value"
                                       : "words";
    d->cell = sk_claims__text(row, row->fixed[COL_LOW] ? COL_LOW : COL_HIGH);
    if (!d->cell.n)
        d->cell = c->value.n ? c->value : c->words;
    take_decimal(row, COL_LOW, &q->has_low, &q->low);
    take_decimal(row, COL_HIGH, &q->has_high, &q->high);
    take_bounds(row, q);
    take_qualifier(row, q);
    q->unit = sk_claims__text(row, COL_UNIT);
    c->measure = sk_claims__text(row, COL_MEASURE);
    if (c->value.n && (has_bounds || c->words.n))
        sk_claims__fault(
            row->rd, "value", c->value,
            "a figure has its number in low and high and its wording in words; empty value");
    if (!has_bounds && !c->absent && (row->fixed[COL_QUALIFIER] || row->fixed[COL_BOUNDS]))
        sk_claims__fault(row->rd, "low", SK_NONE,
                         "a qualifier or bounds need low or high; without them words says it all");
    static const claims_col numbers[] = {COL_LOW, COL_HIGH, COL_QUALIFIER, COL_BOUNDS, COL_UNIT};
    if (c->absent)
        refuse(row, numbers, SK_COUNT(numbers), "a figure that is absent has no number");
}

static void take_absent(claims_row *row, draft *d)
{
    sk_claim *c = &d->claim;
    sk_str value = sk_claims__text_exact(row, COL_VALUE), absent = sk_claims__text(row, COL_ABSENT);
    c->words = sk_claims__text_exact(row, COL_WORDS);
    d->cell = value;
    if (sk_str_is(absent, "present"))
        c->value = value; /* as it stands, even if it reads "(unknown)" */
    else if (absent.n && !sk_absent_parse(absent, &c->absent))
        sk_claims__fault(row->rd, "absent", absent,
                         "write unknown, not-asked, withheld or not-applicable");
    else if (absent.n && value.n)
        sk_claims__fault(row->rd, "absent", absent,
                         "value and absent exclude each other; empty one");
    else if (!absent.n)
        set_value(d, value);
}

/* Text and names are kept to the blank; what is parsed loses blanks at its ends. A date may stand
 * in words alone. */
static void settle_value(draft *d, sk_value_type kind)
{
    sk_claim *c = &d->claim;
    if (kind != SK_VALUE_TEXT && kind != SK_VALUE_NAME)
        c->value = sk_str_trim(c->value);
    if (kind == SK_VALUE_DATE && !c->value.n && !c->absent) {
        c->value = c->words;
        d->column = "words";
        d->cell = c->words;
    }
}

static void draft_of_property(drafts *ds, sk_str name)
{
    claims_row *row = ds->row;
    const sk_prop *p = sk_type_find_prop(row->type, name);
    if (!p) {
        sk_str near = sk_claims__near_property(row->rd, name, row->type, false);
        claims_col at = row->fixed[COL_PROPERTY] ? COL_PROPERTY
                        : row->fixed[COL_LOW]    ? COL_LOW
                        : row->fixed[COL_HIGH]   ? COL_HIGH
                                                 : COL_WORDS;
        sk_claims__fault(row->rd, sk_claims__col_name(at), name,
                         "%.*s has no property \"%.*s\"%.*s", SK_P(row->type->name), SK_P(name),
                         SK_P(near));
        return;
    }
    draft *d = new_draft(ds, "value", p->name, p);
    uint64_t faults = row->rd->report.n_faults;
    take_absent(row, d);
    settle_value(d, p->type);
    if (is_figure(p))
        take_figure(row, d);
    else
        refuse(row, figure_cols, SK_COUNT(figure_cols),
               sk_fmt(&row->rd->rcx.arena, "only a figure has this, and %.*s is a %s",
                      SK_P(p->name), sk_value_type_name(p->type))
                   .p);
    d->is_faulty = row->rd->report.n_faults > faults;
}

static void take_long(drafts *ds)
{
    claims_row *row = ds->row;
    sk_str name = sk_claims__text(row, COL_PROPERTY);
    bool is_count = row->fixed[COL_LOW] || row->fixed[COL_HIGH] || row->fixed[COL_WORDS];
    if (name.n || (is_count && !row->fixed[COL_VALUE])) {
        draft_of_property(ds, name.n ? name : SK_S("count"));
        return;
    }
    static const claims_col needing[] = {COL_VALUE, COL_ABSENT, COL_WORDS, COL_LOW, COL_HIGH};
    refuse(row, needing, SK_COUNT(needing), "this needs property, which is empty");
    static const claims_col of_figure[] = {COL_QUALIFIER, COL_BOUNDS, COL_UNIT, COL_MEASURE};
    if (!row->fixed[COL_VALUE])
        refuse(row, of_figure, SK_COUNT(of_figure),
               "only a figure has this, and the row has none; fill low, high or words");
}

/* ---- several claims a row ---- */

static const sk_prop *prop_of_column(claims_row *row, const claims_column *c)
{
    const sk_type *t = row->type;
    if (c->type.n)
        t = sk_type_is_a(row->type, c->type) ? sk_model_find_type(sk_model_get(), c->type) : NULL;
    const sk_prop *p = t ? sk_type_find_prop(t, c->prop) : NULL;
    if (p)
        return p;
    sk_str near = sk_claims__near_property(row->rd, c->prop, row->type, false);
    sk_claims__fault(row->rd, c->name.p, SK_NONE,
                     "%.*s has no such property%.*s; empty the cell if the row has none",
                     SK_P(row->type->name), SK_P(near));
    return NULL;
}

static void take_wide(drafts *ds, const claims_cell *cell)
{
    claims_row *row = ds->row;
    const char *column = cell->column->name.p;
    const sk_prop *p = prop_of_column(row, cell->column);
    if (!p)
        return;
    bool twice = ds->n && ds->v[0].column != column && sk_str_is(p->name, "count") &&
                 sk_str_is(ds->v[0].claim.prop, "count") && !row->fixed[COL_PROPERTY];
    if (twice) {
        sk_claims__fault(row->rd, column, cell->text,
                         "low, high or words give this row's count already; keep one of them");
        return;
    }
    const sk_str *items = cell->items;
    size_t n = cell->n_items;
    if (!items)
        sk_list_split(&row->rd->rcx.arena, cell->text, '|', &items, &n);
    for (size_t i = 0; i < n; i++) {
        sk_str value = sk_str_trim(items[i]);
        if (!value.n) {
            sk_claims__fault(row->rd, column, cell->text, "value %zu of %zu is empty", i + 1, n);
            continue;
        }
        set_value(new_draft(ds, column, p->name, p), value);
    }
}

/* ---- checking and handing out ---- */

typedef struct warning_place {
    claims_reader *rd;
    const draft *d;
} warning_place;

static void warn_of_draft(sk_ctx *cx SK_UNUSED, sk_str message, void *arg)
{
    const warning_place *at = arg;
    sk_claims__warning(at->rd, at->d->column, at->d->cell, "%.*s", SK_P(message));
}

/* Check a copy: the draft itself goes out as the file has it. */
static void check_draft(claims_reader *rd, const draft *d)
{
    sk_claim copy = d->claim;
    warning_place at = {rd, d};
    if (sk_claim_check(&rd->rcx, &copy, warn_of_draft, &at))
        sk_claims__fault_of(rd, d->column, d->cell);
}

static sk_rc hand_out(claims_reader *rd, draft *d)
{
    sk_claims_place place = rd->place;
    place.column = sk_str_of(d->column);
    return rd->fn(rd->cx, &d->claim, &place, rd->fn_arg);
}

sk_rc sk_claims__take_values(claims_row *row)
{
    claims_reader *rd = row->rd;
    drafts ds = {.row = row};
    if (!row->type)
        return SK_OK; /* reported; without a type no property means anything */
    take_long(&ds);
    for (size_t i = 0; i < row->n_props; i++)
        take_wide(&ds, row->props[i]);
    for (size_t i = 0; i < ds.n; i++)
        if (!ds.v[i].is_faulty)
            check_draft(rd, &ds.v[i]);
    if (ds.n == 0 && sk_claims__row_is_good(rd) && !row->has_unknown)
        sk_claims__fault(rd, NULL, SK_NONE,
                         "the row makes no claim; fill property and value, or a property's column");
    if (ds.n > 1 && row->fixed[COL_SUPERSEDES])
        sk_claims__fault(rd, "supersedes", sk_claims__text(row, COL_SUPERSEDES),
                         "the row makes %zu claims, and one replaces one; write a row for each",
                         ds.n);
    rd->report.claims += ds.n;
    for (size_t i = 0; rd->fn && sk_claims__row_is_good(rd) && i < ds.n; i++)
        SK_TRY(hand_out(rd, &ds.v[i]));
    return SK_OK;
}
