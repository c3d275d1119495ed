/* The UN Security Council's consolidated list, XML: persons and bodies under sanctions.
 *
 *   <CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">
 *     <INDIVIDUALS> <INDIVIDUAL> FIRST_NAME .. FOURTH_NAME, REFERENCE_NUMBER, blocks </INDIVIDUAL> ..
 *     <ENTITIES>    <ENTITY> .. </ENTITY> ..
 *
 * A record's key is its reference number ("un-KPe.068"), never the list's inner DATAID, which changes.
 * What is done with each element stands in the table below; layout, pits and what is not taken in
 * docs/formats/import-lists.md. The XML is parsed by the confined program (exchange/cells.h).
 *
 * Memory: one record. Threads: as its context.
 * Tested in tests/unit/exchange/t_read_un.c and by tests/fuzz/f_read_un.c. */
#include "exchange/lists/read_un.h"

#include "exchange/lists/mine_text.h"
#include "exchange/readers.h"

static const char authority[] = "United Nations Security Council";

/* ---- cells and blocks ---- */

/* "INDIVIDUAL_ALIAS[2]/QUALITY" into its parts; a part without a number is the first. */
static sk_un_cell cell_of(sk_str column, sk_str text)
{
    sk_un_cell c = {.column = column, .index = 1, .text = sk_str_trim(text)};
    size_t slash = sk_str_find(column, SK_S("/"));
    c.block = sk_str_sub(column, 0, slash == SIZE_MAX ? column.n : slash);
    if (slash != SIZE_MAX)
        c.field = sk_str_sub(column, slash + 1, column.n);
    size_t open = sk_str_find(c.block, SK_S("["));
    uint64_t index;
    if (open != SIZE_MAX) {
        if (sk_str_to_u64(sk_str_sub(c.block, open + 1, c.block.n - open - 2), &index))
            c.index = (size_t)index;
        c.block = sk_str_sub(c.block, 0, open);
    }
    return c;
}

/* "VALUE[2]" is a VALUE as well. */
static bool is_field(sk_str field, const char *name)
{
    size_t open = sk_str_find(field, SK_S("["));
    return sk_str_is(open == SIZE_MAX ? field : sk_str_sub(field, 0, open), name);
}

sk_str sk_un_get(const sk_un_block *b, const char *field)
{
    for (size_t i = 0; i < b->n; i++)
        if (sk_str_is(b->cells[i].field, field)) {
            b->cells[i].is_used = true;
            return b->cells[i].text;
        }
    return SK_NONE;
}

sk_str sk_un_column(const sk_un_record *r, const sk_un_block *b)
{
    sk_un_cell *first = b->cells;
    return first->index == 1
               ? first->block
               : sk_fmt(&r->e.rcx->arena, "%.*s[%zu]", SK_P(first->block), first->index);
}

/* The text of an element without children. */
static sk_str text_of(const sk_cells_row *row, const char *name)
{
    for (size_t i = 0; i < row->n; i++)
        if (sk_str_is(row->names[i], name))
            return sk_str_trim(row->cells[i]);
    return SK_NONE;
}

/* ---- elements without children, and lists of VALUE ---- */

/* Every VALUE of the block through one function. */
static sk_rc each_value(const sk_un_block *b, sk_un_record *r, const char *prop,
                        sk_rc (*say)(sk_un_record *r, sk_str column, const char *prop, sk_str text))
{
    for (size_t i = 0; i < b->n; i++) {
        sk_un_cell *c = &b->cells[i];
        if (c->field.n && !is_field(c->field, "VALUE"))
            continue;
        c->is_used = true;
        SK_TRY(say(r, c->column, prop, c->text));
    }
    return SK_OK;
}

static sk_rc say_text(sk_un_record *r, sk_str column, const char *prop, sk_str text)
{
    return sk_list_text(&r->e, column, prop, text);
}

static sk_rc say_sanction(sk_un_record *r, sk_str column, const char *prop, sk_str text)
{
    return sk_list_sanction(&r->e, column, prop, text);
}

static sk_rc say_country(sk_un_record *r, sk_str column, const char *prop, sk_str text)
{
    return sk_list_country(&r->e, column, prop, &(sk_list_value){.value = text});
}

/* The day alone, for the list writes "2009-07-17" and sometimes "2009-07-17-04:00". */
static sk_rc say_sanction_day(sk_un_record *r, sk_str column, const char *prop, sk_str text)
{
    sk_list_value v = {.value = sk_str_sub(text, 0, 10), .words = text};
    return sk_list_say_of(&r->e, column, r->e.sanction, "Sanction", prop, &v);
}

static sk_rc say_gender(sk_un_record *r, sk_str column, const char *prop, sk_str text)
{
    static const struct {
        const char *word, *term;
    } terms[] = {{"male", "male"}, {"female", "female"}};
    sk_list_value v = {.value = text};
    for (size_t i = 0; i < SK_COUNT(terms); i++)
        if (sk_str_eq_nocase(text, sk_str_of(terms[i].word)))
            v = (sk_list_value){.value = sk_str_of(terms[i].term), .words = text};
    v.is_unknown = sk_str_eq_nocase(text, SK_S("unknown"));
    return sk_list_say(&r->e, column, prop, &v);
}

static sk_rc say_submitter(sk_un_record *r, sk_str column, const char *prop, sk_str text)
{
    sk_str said = text.n ? sk_fmt(&r->e.rcx->arena, "submitted by %.*s", SK_P(text)) : text;
    return sk_list_sanction(&r->e, column, prop, said);
}

/* FIRST_NAME to FOURTH_NAME are one name in the list's order. They are no given and family names:
 * in "RI / WON HO" the family name comes first. */
static sk_rc say_name(const sk_un_record *r, const sk_cells_row *row)
{
    static const char *const names[] = {"FIRST_NAME",  "SECOND_NAME", "THIRD_NAME",
                                        "FOURTH_NAME", "FIFTH_NAME",  "SIXTH_NAME"};
    sk_str parts[SK_COUNT(names)];
    for (size_t i = 0; i < SK_COUNT(names); i++)
        parts[i] = text_of(row, names[i]);
    sk_str name = sk_list_join(&r->e.rcx->arena, parts, SK_COUNT(names), " ");
    if (!name.n)
        sk_import_remark(r->e.im, SK_S("FIRST_NAME"), SK_NONE, "the record has no name");
    return sk_list_text(&r->e, SK_S("FIRST_NAME"), "name", name);
}

/* ---- the table of elements ---- */

typedef sk_rc say_fn(sk_un_record *r, sk_str column, const char *prop, sk_str text);

static const struct element {
    const char *name, *prop;
    say_fn *say;      /* one value, or several VALUE */
    sk_un_take *take; /* a block with fields         */
} elements[] = {
    {"NAME_ORIGINAL_SCRIPT", "alias", say_text, NULL},
    {"TITLE", "title", say_text, NULL},
    {"DESIGNATION", "position", say_text, NULL},
    {"NATIONALITY", "nationality", say_country, NULL},
    {"NATIONALITY2", "nationality", say_country, NULL},
    {"GENDER", "gender", say_gender, NULL},
    {"UN_LIST_TYPE", "program", say_sanction, NULL},
    {"REFERENCE_NUMBER", "unscId", say_sanction, NULL},
    {"DATAID", "recordId", say_sanction, NULL},
    {"LISTED_ON", "listingDate", say_sanction_day, NULL},
    {"LAST_DAY_UPDATED", "modifiedAt", say_sanction_day, NULL},
    {"DELISTED_ON", "endDate", say_sanction_day, NULL},
    {"SUBMITTED_BY", "notes", say_submitter, NULL},
    {"SUBMITTED_ON", "date", say_sanction_day, NULL},
    {"INDIVIDUAL_ALIAS", NULL, NULL, sk_un_alias},
    {"ENTITY_ALIAS", NULL, NULL, sk_un_alias},
    {"INDIVIDUAL_DATE_OF_BIRTH", NULL, NULL, sk_un_birth},
    {"INDIVIDUAL_PLACE_OF_BIRTH", NULL, NULL, sk_un_birth_place},
    {"INDIVIDUAL_DOCUMENT", NULL, NULL, sk_un_document},
    {"INDIVIDUAL_ADDRESS", NULL, NULL, sk_un_address},
    {"ENTITY_ADDRESS", NULL, NULL, sk_un_address},
    {"COMMENTS1", NULL, NULL, sk_un_comments},
};

/* Taken elsewhere, or of no meaning outside the list's own making. */
static const char *const passed_over[] = {
    "FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME",       "FIFTH_NAME",
    "SIXTH_NAME", "VERSIONNUM",  "SORT_KEY",   "SORT_KEY_LAST_MOD", "LIST_TYPE",
};

static const struct element *element_of(sk_str block)
{
    for (size_t i = 0; i < SK_COUNT(elements); i++)
        if (sk_str_is(block, elements[i].name))
            return &elements[i];
    return NULL;
}

static bool is_passed_over(sk_str block)
{
    for (size_t i = 0; i < SK_COUNT(passed_over); i++)
        if (sk_str_is(block, passed_over[i]))
            return true;
    return false;
}

static sk_rc take_block(sk_un_record *r, const sk_un_block *b)
{
    sk_str name = b->cells[0].block;
    const struct element *el = element_of(name);
    if (is_passed_over(name))
        return SK_OK;
    if (el && el->take)
        SK_TRY(el->take(r, b));
    else if (el)
        SK_TRY(each_value(b, r, el->prop, el->say));
    for (size_t i = 0; i < b->n; i++)
        if (!b->cells[i].is_used && b->cells[i].text.n)
            sk_import_left(
                r->e.im, b->cells[i].column, b->cells[i].text,
                "this element is not known to the reader; enter it by hand if it matters");
    return SK_OK;
}

/* ---- records ---- */

static sk_rc take_record(sk_un_record *r, const sk_cells_row *row)
{
    SK_TRY(say_name(r, row));
    SK_TRY(sk_list_sanction(&r->e, SK_S("REFERENCE_NUMBER"), "entity", r->e.key));
    SK_TRY(sk_list_sanction(&r->e, SK_S("LIST_TYPE"), "authority", sk_str_of(authority)));
    for (size_t i = 0, j; i < r->n; i = j) {
        for (j = i + 1; j < r->n && sk_str_eq(r->cells[j].block, r->cells[i].block) &&
                        r->cells[j].index == r->cells[i].index;
             j++)
            continue;
        SK_TRY(take_block(r, &(sk_un_block){r->cells + i, j - i}));
    }
    return SK_OK;
}

/* The reference number, trimmed; DATAID where there is none. Empty: neither that a key can hold. */
static sk_str key_of(sk_ctx *rcx, const sk_cells_row *row, sk_str prefix)
{
    sk_str ref = text_of(row, "REFERENCE_NUMBER"), id = text_of(row, "DATAID");
    sk_str key = sk_list_key(rcx, prefix, ref.n ? "un-" : "un-dataid-", ref.n ? ref : id);
    bool fits = (ref.n || id.n) && key.n <= SK_LIM_KEY_BYTES - strlen("-sanction");
    return fits ? key : SK_NONE;
}

static sk_rc read_record(const sk_source *src, sk_import *im, const sk_cells_row *row,
                         const sk_import_place *at)
{
    sk_ctx *rcx = sk_import_scratch(im);
    bool is_person = sk_str_starts(row->place, SK_S("INDIVIDUAL "));
    sk_import_row(im, at, key_of(rcx, row, src->options.prefix));
    sk_un_record r = {.e = {.im = im, .rcx = rcx}, .is_person = is_person, .n = row->n};
    r.e.type = is_person ? "Person" : "Organization";
    r.e.key = key_of(rcx, row, src->options.prefix); /* the row took the first one's memory */
    if (!r.e.key.n) {
        sk_import_skip(im,
                       "the record has no REFERENCE_NUMBER and no DATAID that can be a key of "
                       "at most %d bytes",
                       SK_LIM_KEY_BYTES);
        return SK_OK;
    }
    r.e.sanction = sk_fmt(&rcx->arena, "%.*s-sanction", SK_P(r.e.key));
    r.cells = sk_new_array(&rcx->arena, sk_un_cell, row->n);
    for (size_t i = 0; i < row->n; i++)
        r.cells[i] = cell_of(row->names[i], row->cells[i]);
    return take_record(&r, row);
}

/* The day in which the list was made, out of "2018-10-29T19:09:49.856-04:00". */
static void say_day(sk_ctx *cx, sk_import *im, sk_str column, sk_str text)
{
    sk_edtf date;
    if (sk_edtf_parse(cx, sk_str_sub(text, 0, 10), &date)) {
        sk_forgive(cx);
        sk_import_left(im, column, text,
                       "not a date; give the date of the list yourself with --asof");
        return;
    }
    sk_import_says(im, SK_NONE, date.text);
}

/* The root's row: its date, and whatever stands in it outside the records. */
static sk_rc read_head(sk_ctx *cx, sk_import *im, const sk_cells_row *row,
                       const sk_import_place *at)
{
    sk_import_row(im, at, SK_NONE);
    for (size_t i = 0; i < row->n; i++) {
        sk_str name = row->names[i], text = sk_str_trim(row->cells[i]);
        if (sk_str_is(name, "@dateGenerated"))
            say_day(cx, im, name, text);
        else if (text.n && !sk_str_starts(name, SK_S("@")))
            sk_import_left(im, name, text,
                           "neither INDIVIDUAL nor ENTITY: no record that the reader knows");
    }
    sk_import_skip(im, "the head of the list");
    return SK_OK;
}

sk_rc sk_un_row(sk_ctx *cx, const sk_source *src, sk_import *im, const sk_cells_row *row,
                bool *ret_is_record)
{
    sk_import_place at = {.row = row->row,
                          .from = row->from,
                          .to = row->to,
                          .place = row->place,
                          .cells = row->cells,
                          .n_cells = row->n};
    *ret_is_record = sk_str_starts(row->place, SK_S("INDIVIDUAL ")) ||
                     sk_str_starts(row->place, SK_S("ENTITY "));
    return *ret_is_record ? read_record(src, im, row, &at) : read_head(cx, im, row, &at);
}

static sk_rc read_rows(sk_ctx *cx, const sk_source *src, sk_cells *cells, sk_import *im)
{
    uint64_t records = 0;
    for (;;) {
        sk_cells_row row;
        bool is_record;
        SK_TRY(sk_cells_next(cx, cells, &row));
        if (!row.n)
            break;
        SK_TRY(sk_un_row(cx, src, im, &row, &is_record));
        records += is_record;
    }
    if (!records)
        return sk_fail(
            cx, SK_E_FORMAT,
            "no INDIVIDUAL and no ENTITY in it: this is not the consolidated list in XML");
    return SK_OK;
}

static sk_rc read_un(sk_ctx *cx, const sk_source *src, sk_import *im)
{
    sk_cells *cells;
    sk_cells_opts opts = {.records = SK_S("INDIVIDUAL ENTITY"), .extractor = src->extractor};
    sk_import_says_claimant(im, sk_str_of(authority));
    sk_import_says(im, SK_S("un-sc"), SK_NONE);
    SK_TRY(sk_cells_open(cx, &src->files[0], &opts, &cells));
    sk_rc rc = read_rows(cx, src, cells, im);
    sk_cells_close(cells);
    return rc;
}

static int sniff_un(sk_str name, sk_str head)
{
    (void)name;
    return sk_str_find(head, SK_S("<CONSOLIDATED_LIST")) != SIZE_MAX ? 100 : 0;
}

const sk_reader sk_reader_un_consolidated = {
    .name = "un-consolidated",
    .version = 1,
    .title = "UN Security Council consolidated list, XML",
    .files = "consolidated.xml",
    .sniff = sniff_un,
    .read = read_un,
};
