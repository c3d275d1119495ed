/* One row of a claim file: what holds for all its claims. */
#include "base/utf8.h"
#include "exchange/claims/claims_priv.h"
#include "exchange/claims/claims_text.h"

/* ---- cells ---- */

/* Text of a cell at the door: valid, composed, not too long. False when it is not; noted. */
static bool enter(claims_reader *rd, const char *column, sk_str text, sk_str *ret_text)
{
    if (text.n > SK_LIM_VALUE_BYTES) {
        sk_claims__fault(rd, column, SK_NONE, "the cell has %zu bytes, the most is %zu", text.n,
                         SK_LIM_VALUE_BYTES);
        return false;
    }
    if (sk_utf8_enter(&rd->rcx, text, "text", ret_text)) {
        sk_claims__fault_of(rd, column, SK_NONE);
        return false;
    }
    return true;
}

static bool may_be_list(const claims_column *c)
{
    return c->col == COL_PROP || c->col == COL_CLAIMANT || c->col == COL_RESTRICT;
}

static bool enter_cell(claims_reader *rd, const claims_cell *in, claims_cell *out)
{
    const char *name = in->column->name.p;
    *out = *in;
    if (!in->items)
        return enter(rd, name, in->text, &out->text);
    if (!may_be_list(in->column)) {
        sk_claims__fault(rd, name, SK_NONE, "a list cannot stand here; write one value");
        return false;
    }
    sk_str *items = sk_new_array(&rd->rcx.arena, sk_str, in->n_items);
    for (size_t i = 0; i < in->n_items; i++)
        if (!enter(rd, name, in->items[i], &items[i]))
            return false;
    out->items = items;
    return true;
}

static void put_passage(claims_row *row, const claims_cell *cell)
{
    sk_arena *a = &row->rd->rcx.arena;
    size_t i = cell->column->passage;
    if (i >= row->n_passages) {
        const claims_cell *(*grown)[4] = sk_alloc_array(a, i + 1, sizeof *grown);
        if (row->n_passages)
            memcpy(grown, row->passages, row->n_passages * sizeof *grown);
        row->passages = grown;
        row->n_passages = i + 1;
    }
    row->passages[i][cell->column->col - COL_EXHIBIT] = cell;
}

static void sort_cells(claims_row *row, const claims_cell *cells, size_t n)
{
    sk_arena *a = &row->rd->rcx.arena;
    claims_cell *clean = sk_new_array(a, claims_cell, n);
    row->props = sk_new_array(a, const claims_cell *, n);
    for (size_t i = 0; i < n; i++) {
        claims_col col = cells[i].column->col;
        row->has_unknown |= col >= COL_UNNAMED;
        if (col >= COL_REMARK || !enter_cell(row->rd, &cells[i], &clean[i]))
            continue;
        if (col == COL_PROP)
            row->props[row->n_props++] = &clean[i];
        else if (col >= COL_EXHIBIT)
            put_passage(row, &clean[i]);
        else
            row->fixed[col] = &clean[i];
    }
}

sk_str sk_claims__text_exact(const claims_row *row, claims_col col)
{
    return row->fixed[col] ? row->fixed[col]->text : SK_NONE;
}

sk_str sk_claims__text(const claims_row *row, claims_col col)
{
    return sk_str_trim(sk_claims__text_exact(row, col));
}

/* ---- what the row is about, and who says it ---- */

static void take_type(claims_row *row)
{
    claims_reader *rd = row->rd;
    const sk_model *m = sk_model_get();
    sk_str name = sk_claims__text(row, COL_TYPE);
    row->type = sk_model_find_type(m, name);
    row->common.type = name;
    if (row->type || rd->is_missing[COL_TYPE])
        return;
    if (!name.n) {
        sk_claims__fault(rd, "type", name,
                         "no type; write one of the model, such as Event or Person");
        return;
    }
    sk_near near;
    sk_near_init(&near, name);
    for (size_t i = 0; i < m->n_types; i++)
        sk_near_offer(&near, m->types[i].name);
    sk_str hint = sk_near_text(&rd->rcx.arena, &near, "see: sillok help model");
    sk_claims__fault(rd, "type", name, "no type of the model%.*s", SK_P(hint));
}

static void take_entity(claims_row *row)
{
    claims_reader *rd = row->rd;
    sk_str key = sk_claims__text(row, COL_ENTITY);
    if (sk_str_starts(key, SK_S("@")))
        key = sk_str_sub(key, 1, key.n);
    row->common.entity = key;
    if (!rd->is_missing[COL_ENTITY] && !key.n)
        sk_claims__fault(rd, "entity", key, "no key; every row says which entity it is about");
    else if (key.n && sk_key_check(&rd->rcx, key, "entity"))
        sk_claims__fault_of(rd, "entity", key);
    if (!sk_claims__row_is_good(rd) || !key.n)
        row->common.entity = SK_S("unknown"); /* so that its values can be checked */
}

/* A name, or "@key" where the key must be one. */
static bool check_who(claims_reader *rd, const char *column, sk_str who)
{
    if (!sk_str_starts(who, SK_S("@")) ||
        sk_key_check(&rd->rcx, sk_str_sub(who, 1, who.n), column) == SK_OK)
        return true;
    sk_claims__fault_of(rd, column, who);
    return false;
}

static const sk_str nobody[] = {
    {"unnamed", 7}}; /* stands in for a chain that is missing or wrong */

static bool take_chain(claims_row *row)
{
    claims_reader *rd = row->rd;
    const claims_cell *cell = row->fixed[COL_CLAIMANT];
    if (!cell) {
        if (!rd->is_missing[COL_CLAIMANT])
            sk_claims__fault(rd, "claimant", SK_NONE,
                             "no claimant; write who says it, or \"unnamed: analysts\"");
        return false;
    }
    const sk_str *items = cell->items;
    size_t n = cell->n_items;
    if (!items)
        sk_list_split(&rd->rcx.arena, cell->text, '>', &items, &n);
    if (n > SK_LIM_CHAIN) {
        sk_claims__fault(rd, "claimant", cell->text, "%zu claimants in one chain, the most is %d",
                         n, SK_LIM_CHAIN);
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (!sk_str_trim(items[i]).n) {
            sk_claims__fault(rd, "claimant", cell->text, "claimant %zu of the chain is empty",
                             i + 1);
            return false;
        }
        if (!check_who(rd, "claimant", sk_str_trim(items[i])))
            return false;
    }
    row->common.chain = items;
    row->common.n_chain = n;
    return true;
}

static void take_position(claims_row *row)
{
    sk_str name = sk_claims__text(row, COL_POSITION);
    row->common.position = SK_CLAIM_ASSERTS;
    if (name.n && !sk_position_find(name, &row->common.position))
        sk_claims__fault(row->rd, "position", name,
                         "a position is asserts, denies, predicts, doubts or retracts");
}

/* EDTF, or words, which become EDTF here so that a wrong weekday is reported once a row. */
static sk_str take_date(claims_row *row, claims_col col)
{
    claims_reader *rd = row->rd;
    sk_ctx *rcx = &rd->rcx;
    sk_str written = sk_claims__text(row, col), warning = SK_NONE;
    const char *name = sk_claims__col_name(col);
    sk_edtf date;
    if (!written.n)
        return written;
    if (sk_edtf_parse(rcx, written, &date)) {
        sk_forgive(rcx);
        if (sk_edtf_from_words(rcx, written, &date)) {
            sk_claims__fault_of(rd, name, written);
            return SK_NONE;
        }
    }
    if (sk_weekday_check(&rcx->arena, written, &date, &warning) == SK_WEEKDAY_WRONG)
        sk_claims__warning(rd, name, written, "%.*s", SK_P(warning));
    return date.text;
}

static void take_labels(claims_row *row)
{
    claims_reader *rd = row->rd;
    const claims_cell *cell = row->fixed[COL_RESTRICT];
    if (!cell)
        return;
    sk_str *labels = NULL, rest = cell->text, piece;
    size_t n = 0, cap = 0;
    if (cell->items)
        labels = memcpy(sk_new_array(&rd->rcx.arena, sk_str, cell->n_items), cell->items,
                        cell->n_items * sizeof(sk_str));
    n = cell->n_items;
    while (!cell->items && sk_str_cut(&rest, ' ', &piece))
        if (sk_str_trim(piece).n) {
            SK_GROW(&rd->rcx.arena, labels, n, cap);
            labels[n++] = sk_str_trim(piece);
        }
    for (size_t i = 0; i < n; i++)
        if (sk_label_check(&rd->rcx, labels[i])) {
            sk_claims__fault_of(rd, "restrict", labels[i]);
            return;
        }
    row->common.restrict_labels = labels;
    row->common.n_restrict = n;
}

static void take_falsely(claims_row *row)
{
    sk_str s = sk_claims__text(row, COL_FALSELY);
    row->common.used_falsely = sk_str_is(s, "yes");
    if (s.n && !sk_str_is(s, "yes") && !sk_str_is(s, "no"))
        sk_claims__fault(row->rd, "used-falsely", s, "write yes, no or nothing");
}

static void take_superseded(claims_row *row)
{
    claims_reader *rd = row->rd;
    const sk_claims_resolver *by = &rd->source->resolver;
    sk_str id = sk_claims__text(row, COL_SUPERSEDES);
    if (!id.n)
        return;
    row->common.has_supersedes = true;
    if (by->claim) {
        if (by->claim(&rd->rcx, id, &row->common.supersedes, by->arg))
            sk_claims__fault_of(rd, "supersedes", id);
    } else if (!sk_hash_parse(id, &row->common.supersedes)) {
        sk_claims__fault(rd, "supersedes", id, "an id has 64 digits of 0-9 and a-f");
    }
}

/* ---- what it rests on ---- */

static sk_str part(const claims_row *row, size_t i, claims_col col)
{
    const claims_cell *cell = i < row->n_passages ? row->passages[i][col - COL_EXHIBIT] : NULL;
    return cell ? cell->text : SK_NONE;
}

/* The column's name with the passage's number: "quote-2". */
static const char *part_name(const claims_row *row, size_t i, const char *column)
{
    return i == 0 ? column : sk_fmt(&row->rd->rcx.arena, "%s-%zu", column, i + 1).p;
}

static bool take_span(claims_row *row, size_t i, sk_passage *p)
{
    sk_str span = sk_str_trim(part(row, i, COL_SPAN)), rest = span, first;
    uint64_t start, end;
    if (!span.n)
        return true;
    if (!sk_str_cut(&rest, '-', &first) || !sk_str_to_u64(first, &start) ||
        !sk_str_to_u64(rest, &end) || end < start) {
        sk_claims__fault(row->rd, part_name(row, i, "span"), span,
                         "a span is written as two bytes of the text: 120-164");
        return false;
    }
    p->has_span = true;
    p->start = start;
    p->end = end;
    return true;
}

/* Ask the resolver; without one only a full hash will do. */
static bool resolve(claims_row *row, size_t i, const sk_claims_rest *rest, sk_passage *p)
{
    claims_reader *rd = row->rd;
    const sk_claims_resolver *by = &rd->source->resolver;
    const char *column = "exhibit";
    if (by->passage) {
        if (by->passage(&rd->rcx, rest, p, &column, by->arg) == SK_OK)
            return true;
        bool is_quote = strcmp(column, "quote") == 0;
        sk_claims__fault_of(rd, part_name(row, i, column), is_quote ? rest->quote : rest->exhibit);
        return false;
    }
    if (sk_hash_parse(rest->exhibit, &p->exhibit) && (!rest->quote.n || rest->has_span))
        return true;
    sk_claims__fault(rd, part_name(row, i, column), rest->exhibit,
                     "without an archive an exhibit is given by its 64 digits, without a quote");
    return false;
}

static bool take_passage(claims_row *row, size_t i, sk_passage *p)
{
    sk_claims_rest rest = {.exhibit = sk_str_trim(part(row, i, COL_EXHIBIT)),
                           .quote = part(row, i, COL_QUOTE)};
    *p = (sk_passage){.quote = rest.quote, .place = sk_str_trim(part(row, i, COL_PLACE))};
    if (!take_span(row, i, p))
        return false;
    if (rest.exhibit.n) {
        rest.has_span = p->has_span;
        return resolve(row, i, &rest, p);
    }
    if (i > 0 || p->place.n || p->has_span) {
        sk_claims__fault(row->rd, part_name(row, i, "exhibit"), SK_NONE,
                         "a further passage, a place or a span needs the exhibit that it is in");
        return false;
    }
    p->exhibit = row->rd->source->exhibit;
    p->place = sk_fmt(&row->rd->rcx.arena, "row %llu", (unsigned long long)row->rd->place.row);
    return true;
}

static void take_passages(claims_row *row)
{
    size_t n = row->n_passages ? row->n_passages : 1;
    sk_passage *list = sk_new_array(&row->rd->rcx.arena, sk_passage, n);
    row->common.passages = list;
    if (sk_str_is(sk_str_trim(part(row, 0, COL_EXHIBIT)), "(none)")) {
        bool alone = n == 1 && !part(row, 0, COL_QUOTE).n && !part(row, 0, COL_PLACE).n &&
                     !part(row, 0, COL_SPAN).n;
        if (!alone)
            sk_claims__fault(row->rd, "exhibit", SK_S("(none)"),
                             "a claim that rests on no exhibit has no quote, place or span");
        return;
    }
    for (size_t i = 0; i < n; i++) {
        bool is_gap = i > 0 && !row->passages[i][0] && !row->passages[i][1] &&
                      !row->passages[i][2] && !row->passages[i][3];
        if (!is_gap && take_passage(row, i, &list[row->common.n_passages]))
            row->common.n_passages++;
    }
}

/* ---- the row ---- */

static void take_common(claims_row *row)
{
    sk_claim *c = &row->common;
    take_entity(row);
    take_type(row);
    if (!take_chain(row)) {
        c->chain = nobody;
        c->n_chain = 1;
    }
    c->carrier = sk_claims__text(row, COL_CARRIER);
    if (!check_who(row->rd, "carrier", c->carrier))
        c->carrier = SK_NONE;
    take_position(row);
    c->said = take_date(row, COL_SAID);
    c->asof = take_date(row, COL_ASOF);
    c->valid = take_date(row, COL_VALID);
    c->reference = sk_claims__text_exact(row, COL_REFERENCE);
    c->lang = sk_claims__text(row, COL_LANG);
    c->note = sk_claims__text_exact(row, COL_NOTE);
    take_falsely(row);
    take_superseded(row);
    take_labels(row);
    take_passages(row);
}

/* When drafts are handed out, the file was found good before: the first fault ends it. */
static sk_rc stop_at_fault(claims_reader *rd)
{
    if (!rd->fn || rd->report.n_faults == 0)
        return SK_OK;
    return sk_fail(&rd->rcx, SK_E_FORMAT, "%.*s: %s", SK_P(rd->source->name),
                   sk_claims_fault_text(&rd->rcx.arena, &rd->faults[0]).p);
}

sk_rc sk_claims__take_row(claims_reader *rd, const claims_cell *cells, size_t n)
{
    claims_row row = {.rd = rd};
    SK_TRY(stop_at_fault(rd));
    rd->report.rows++;
    sort_cells(&row, cells, n);
    take_common(&row);
    sk_rc rc = sk_claims__take_values(&row);
    return rc ? rc : stop_at_fault(rd);
}
