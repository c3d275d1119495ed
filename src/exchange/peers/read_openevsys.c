/* The reader of OpenEvSys search results with headings: the "spreadsheet" (text with tabs) and the
 * CSV of the advanced search. A row may hold one record of several kinds: an event, an act in it, a
 * person. The plain CSV has no headings and needs a mapping.
 *
 * Columns stand in groups, each behind the record number of its kind; keys are those numbers. Terms
 * are words in the interface's language: English headings are known, a table in another language
 * needs a mapping. Which role a person has in the act is not exported, so the link is "involved".
 * Normative: docs/formats/import-tables.md. Memory: one row.
 * Tested in tests/unit/exchange/t_read_openevsys.c. */
#include "exchange/peers/read_openevsys.h"

#include "exchange/mapping/mapping_priv.h"
#include "exchange/mapping/mapping_put.h"
#include "exchange/mapping/mapping_sheet.h"
#include "exchange/readers.h"

static const sk_str confidential[] = {{"confidential", 12}};

typedef struct column {
    sk_str name;
    sk_oes_kind kind; /* of the record that the column belongs to */
    const sk_oes_column *as;
    bool is_number, is_confidential, is_unit;
} column;

typedef struct openevsys {
    sk_ctx *cx;
    const sk_source *src;
    sk_import *im;
    sk_sheet *sheet;
    column *columns;
    size_t n_columns;
    sk_str head;
    sk_arena scratch;            /* for keys: the sink may keep things in cx's arena */
    sk_put records[OES_RECORDS]; /* of the row in hand; no key: not in it */
} openevsys;

/* ---- columns ---- */

static sk_oes_kind kind_of_number(sk_str folded)
{
    sk_oes_kind k = OES_EVENT;
    while (k < OES_RECORDS && !sk_str_is(folded, sk_oes_records[k].number))
        k++;
    return k;
}

static sk_rc take_heading(openevsys *o)
{
    size_t n;
    const sk_sheet_column *columns = sk_sheet_columns(o->sheet, &n);
    sk_oes_kind group = OES_RECORDS;
    o->columns = sk_new_array(&o->cx->arena, column, n);
    o->n_columns = n;
    for (size_t i = 0; i < n; i++) {
        column *c = &o->columns[i];
        sk_oes_kind number = kind_of_number(columns[i].folded);
        c->name =
            sk_str_copy(&o->cx->arena, columns[i].name.n ? columns[i].name : columns[i].letter);
        c->as = sk_oes__find(columns[i].folded);
        c->is_number = number < OES_RECORDS;
        group = c->is_number ? number : c->as && c->as->kind < OES_RECORDS ? c->as->kind : group;
        c->kind = group;
        c->is_confidential = sk_str_is(columns[i].folded, "confidentiality");
        c->is_unit = sk_str_is(columns[i].folded, "counting unit");
    }
    for (size_t i = 0; i < n; i++)
        if (o->columns[i].is_number)
            return SK_OK;
    return sk_fail(o->cx, SK_E_FORMAT,
                   "no column is a record number (\"Event Record Number\" ...): no table of "
                   "OpenEvSys with English headings; import it by a mapping");
}

/* ---- rows ---- */

static sk_str cell_at(const sk_sheet_row *row, size_t i)
{
    return i < row->n ? sk_str_trim(row->cells[i]) : SK_NONE;
}

static bool is_yes(sk_str cell)
{
    static const char *const words[] = {"y", "yes", "true", "1", "oui", "sí", "si"};
    for (size_t i = 0; i < SK_COUNT(words); i++)
        if (sk_str_eq_nocase(cell, sk_str_of(words[i])))
            return true;
    return false;
}

/* A person may be a group: the counting unit says so. */
static const sk_type *type_of_person(sk_str unit)
{
    bool is_one = !unit.n || sk_str_eq_nocase(unit, SK_S("individual")) ||
                  sk_str_eq_nocase(unit, SK_S("person"));
    bool is_body = sk_str_find(unit, SK_S("rganisation")) != SIZE_MAX ||
                   sk_str_find(unit, SK_S("rganization")) != SIZE_MAX ||
                   sk_str_find(unit, SK_S("nstitution")) != SIZE_MAX;
    return sk_model_find_type(sk_model_get(), is_one    ? SK_S("Person")
                                              : is_body ? SK_S("Organization")
                                                        : SK_S("Population"));
}

/* Which records the row holds; a yes under Confidentiality restricts the whole row, for its parts
 * tell of each other. */
static void find_records(openevsys *o, const sk_sheet_row *row)
{
    bool is_restricted = false;
    sk_str unit = SK_NONE;
    for (size_t i = 0; i < o->n_columns; i++) {
        is_restricted |= o->columns[i].is_confidential && is_yes(cell_at(row, i));
        unit = o->columns[i].is_unit ? cell_at(row, i) : unit;
    }
    sk_arena *a = &sk_import_scratch(o->im)->arena;
    for (size_t k = 0; k < OES_RECORDS; k++)
        o->records[k] = (sk_put){
            .im = o->im,
            .type = k == OES_PERSON
                        ? type_of_person(unit)
                        : sk_model_find_type(sk_model_get(), sk_str_of(sk_oes_records[k].type)),
            .labels = confidential,
            .n_labels = is_restricted ? SK_COUNT(confidential) : 0,
        };
    for (size_t i = 0; i < o->n_columns; i++)
        if (o->columns[i].is_number && cell_at(row, i).n && !o->records[o->columns[i].kind].key.n)
            o->records[o->columns[i].kind].key = sk_put_key(
                o->im, sk_fmt(a, "%.*s%s-", SK_P(o->head), sk_oes_records[o->columns[i].kind].head),
                cell_at(row, i));
}

/* The records of one row belong together; how exactly, the table does not say. */
static sk_rc put_links(openevsys *o)
{
    static const struct {
        sk_oes_kind from;
        const char *prop;
        sk_oes_kind to;
    } links[] = {
        {OES_ACT, "event", OES_EVENT},
        {OES_ACT, "involved", OES_PERSON},
        {OES_EVENT, "involved", OES_PERSON},
        {OES_INVOLVEMENT, "act", OES_ACT},
        {OES_EVENT, "proof", OES_INFORMATION},
        {OES_INVOLVEMENT, "party", OES_PERSON},
        {OES_INTERVENTION, "involved", OES_PERSON},
    };
    for (size_t i = 0; i < SK_COUNT(links); i++) {
        sk_put p = o->records[links[i].from];
        p.column = sk_str_of(sk_oes_records[links[i].to].number);
        p.words = SK_NONE;
        if (p.key.n && o->records[links[i].to].key.n)
            SK_TRY(sk_put_value(&p, links[i].prop, o->records[links[i].to].key));
    }
    return SK_OK;
}

/* A term of theirs that is one of ours by its label; else its words are the summary. */
static sk_rc put_act(sk_put *p, sk_str cell)
{
    const sk_model *m = sk_model_get();
    sk_arena *a = &sk_import_scratch(p->im)->arena;
    sk_str folded = sk_mapping__fold(a, cell);
    for (size_t i = 0; i < m->n_acts; i++)
        if (sk_str_eq(sk_mapping__fold(a, m->acts[i].label), folded)) {
            p->words = cell;
            return sk_put_value(p, "act", m->acts[i].id);
        }
    return sk_put_value(p, "summary", cell);
}

static sk_rc put_one(sk_put *p, const sk_oes_column *as, sk_str value)
{
    p->words = SK_NONE;
    if (!as || as->deed == OES_NOTE)
        return sk_put_note(p, p->column, value);
    if (as->deed == OES_ACT_TERM)
        return put_act(p, value);
    return as->deed == OES_VALUE ? sk_put_value(p, as->prop, value) : SK_OK;
}

/* Several values stand in a list of a web page, where they were not made plain. */
static sk_rc put_cell(sk_put *p, const sk_oes_column *as, sk_str cell)
{
    static const sk_str open = {"<li>", 4}, close = {"</li>", 5};
    if (!sk_str_starts(cell, SK_S("<ul><li>")))
        return put_one(p, as, cell);
    for (;;) {
        size_t at = sk_str_find(cell, open);
        if (at == SIZE_MAX)
            return SK_OK;
        cell = sk_str_sub(cell, at + open.n, cell.n);
        size_t end = sk_str_find(cell, close);
        SK_TRY(put_one(p, as, sk_str_trim(sk_str_sub(cell, 0, end))));
    }
}

static sk_str row_key(openevsys *o, const sk_sheet_row *row, sk_arena *a)
{
    for (size_t i = 0; i < o->n_columns; i++)
        if (o->columns[i].is_number && cell_at(row, i).n)
            return sk_put_key_in(
                a, sk_fmt(a, "%.*s%s-", SK_P(o->head), sk_oes_records[o->columns[i].kind].head),
                cell_at(row, i));
    return SK_NONE;
}

static sk_rc take_row(openevsys *o, const sk_sheet_row *row)
{
    sk_import_place at = sk_sheet_place(row, 0);
    sk_str key = row_key(o, row, &o->scratch);
    sk_import_row(o->im, &at, key);
    bool has_key = key.n > 0;
    sk_arena_done(&o->scratch);
    if (!has_key) {
        sk_import_skip(o->im, "no record number");
        return SK_OK;
    }
    find_records(o, row);
    for (size_t i = 0; i < row->n; i++) {
        sk_str cell = cell_at(row, i);
        const column *c = i < o->n_columns ? &o->columns[i] : NULL;
        if (!cell.n || (c && c->is_number))
            continue;
        if (!c || c->kind == OES_RECORDS || !o->records[c->kind].key.n) {
            sk_import_left(o->im, c ? c->name : SK_NONE, cell,
                           "it belongs to no record of this row that has a number");
            continue;
        }
        o->records[c->kind].column = c->name;
        SK_TRY(put_cell(&o->records[c->kind], c->as, cell));
    }
    return put_links(o);
}

static sk_rc read_rows(openevsys *o)
{
    for (;;) {
        sk_sheet_row row;
        SK_TRY(sk_sheet_next(o->cx, o->sheet, &row));
        if (row.kind == SK_SHEET_END)
            return o->columns ? SK_OK : sk_fail(o->cx, SK_E_FORMAT, "there is no heading");
        if (row.kind == SK_SHEET_ROW) {
            SK_TRY(take_row(o, &row));
            continue;
        }
        sk_import_place at = sk_sheet_place(&row, 0);
        sk_import_row(o->im, &at, SK_NONE);
        sk_import_skip(o->im, row.kind == SK_SHEET_HEADING ? "the heading" : "above the heading");
        if (row.kind == SK_SHEET_HEADING)
            SK_TRY(take_heading(o));
    }
}

static sk_rc read_openevsys(sk_ctx *cx, const sk_source *src, sk_import *im)
{
    openevsys o = {.cx = cx, .src = src, .im = im};
    sk_sheet_opts opts = sk_sheet_opts_of(src);
    SK_TRY(sk_put_check_claimant(cx, &src->options));
    o.head = sk_put_head(&cx->arena, &src->options, "openevsys");
    SK_TRY(sk_sheet_open(cx, &src->files[0], &opts, &o.sheet));
    sk_rc rc = read_rows(&o);
    sk_sheet_close(o.sheet);
    sk_arena_done(&o.scratch);
    return rc;
}

static int sniff(sk_str name, sk_str head)
{
    sk_str line = sk_str_sub(head, 0, sk_str_find(head, SK_S("\n")));
    (void)name;
    return sk_str_find(line, SK_S(" Record Number")) != SIZE_MAX ? 85 : 0;
}

const sk_reader sk_reader_openevsys = {
    .name = "openevsys",
    .version = 1,
    .title = "OpenEvSys search results, spreadsheet or advanced CSV",
    .files = "openevsys_results.xls",
    .sniff = sniff,
    .read = read_openevsys,
};
