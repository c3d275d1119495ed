/* The reader "table": CSV, TSV, XLSX, ODS by a mapping. Normative: docs/formats/mapping.md.
 *
 * Memory beside one row: 16 to 32 bytes for each key of the first entity, to see two rows with the
 * same. Tested in tests/unit/exchange/t_mapping.c. */
#include "exchange/mapping/mapping_priv.h"
#include "exchange/mapping/mapping_read.h"
#include "exchange/readers.h"

/* One import by a mapping. */
typedef struct table {
    sk_ctx *cx;
    sk_import *im;
    const sk_mapping *m;
    sk_sheet *sheet;
    sk_mapping_run *run;
    size_t *where;        /* of each column of the mapping: its cell       */
    bool *is_told;        /* of each column of the sheet: no heading, told */
    const bool *is_taken; /* of each column of the sheet                 */
    size_t n_columns;     /* of the sheet                                  */
    sk_arena memory;      /* of the sheet                                  */
    bool is_bound;        /* the sheet in hand has the mapping's columns   */
    bool has_any;         /* some sheet had                                */
    sk_str why_not;       /* of the sheet in hand; in memory               */
    sk_str first_why;     /* of the first such sheet; in cx's arena        */
} table;

/* ---- columns ---- */

/* Where each column of the mapping stands in this sheet. */
static sk_rc find_columns(table *t)
{
    for (size_t i = 0; i < t->m->n_columns; i++) {
        const sk_mapping_column *c = &t->m->columns[i];
        t->where[i] = SK_MAPPING_NONE;
        sk_rc rc = sk_sheet_find(t->cx, t->sheet, c->name, &t->where[i]);
        if (rc == SK_E_NOTFOUND && c->is_ignored) {
            sk_forgive(t->cx); /* what is not there need not be ignored */
            continue;
        }
        if (rc)
            return sk_while(t->cx, "mapping line %zu", c->line);
    }
    return SK_OK;
}

/* A sheet that does not have the columns is passed over, row by row with the reason, when another
 * one may have them; a table without sheets is an error at once. */
static sk_rc bind(table *t, const sk_sheet_row *row)
{
    sk_arena_done(&t->memory);
    sk_sheet_columns(t->sheet, &t->n_columns);
    t->is_told = sk_new_array(&t->memory, bool, t->n_columns);
    sk_rc rc = find_columns(t);
    t->is_bound = rc == SK_OK;
    if (rc == SK_E_NOTFOUND && row->sheet.n) {
        t->why_not = sk_str_copy(&t->memory, sk_str_of(t->cx->message));
        if (!t->first_why.n)
            t->first_why = sk_str_copy(&t->cx->arena, t->why_not);
        sk_forgive(t->cx);
        return SK_OK;
    }
    if (rc)
        return rc;
    bool *taken = sk_new_array(&t->memory, bool, t->n_columns);
    for (size_t i = 0; i < t->m->n_columns; i++)
        if (t->where[i] < t->n_columns)
            taken[t->where[i]] = !t->m->columns[i].is_told;
    t->is_taken = taken;
    t->has_any = true;
    sk_mapping_run_bind(t->run, t->where);
    return SK_OK;
}

/* Every column is accounted for: those that the mapping does not name are told once. */
static void tell_columns(table *t)
{
    size_t n;
    const sk_sheet_column *columns = sk_sheet_columns(t->sheet, &n);
    for (size_t i = 0; t->is_bound && i < n; i++)
        if (!t->is_taken[i] && columns[i].name.n)
            sk_import_left(
                t->im, columns[i].name, SK_NONE,
                "the mapping does not name this column; map it, or add: ignore %.*s",
                SK_P(sk_mapping_quoted(&sk_import_scratch(t->im)->arena, columns[i].name)));
}

/* Cells under no heading: of a column once, beyond the last column each time. */
static void tell_unheaded(table *t, const sk_sheet_row *row)
{
    size_t n;
    const sk_sheet_column *columns = sk_sheet_columns(t->sheet, &n);
    for (size_t i = 0; i < row->n; i++) {
        if (i < n && (t->is_taken[i] || t->is_told[i] || columns[i].name.n))
            continue;
        if (!sk_str_trim(row->cells[i]).n)
            continue;
        if (i < n)
            t->is_told[i] = true;
        sk_import_left(t->im, i < n ? columns[i].letter : SK_NONE, row->cells[i],
                       i < n ? "this column has no heading; the mapping can name it by its letter, "
                               "as in [B]"
                             : "the row has more cells than the heading; look whether its cells "
                               "stand in the right columns");
    }
}

/* ---- rows ---- */

static sk_rc read_row(table *t, const sk_sheet_row *row)
{
    sk_import_place at = sk_sheet_place(row, 0);
    if (row->kind == SK_SHEET_HEADING)
        SK_TRY(bind(t, row));
    if (row->kind == SK_SHEET_ROW && t->is_bound) {
        SK_TRY(sk_mapping_run_row(t->run, &at));
        tell_unheaded(t, row);
        return SK_OK;
    }
    if (!row->row) /* a heading that is not written */
        return SK_OK;
    sk_import_row(t->im, &at, SK_NONE);
    if (row->kind == SK_SHEET_HEADING) {
        tell_columns(t);
        sk_import_skip(t->im, "the heading");
    } else if (row->kind == SK_SHEET_ABOVE) {
        sk_import_skip(t->im, "above the heading");
    } else if (row->kind == SK_SHEET_TAGS) {
        sk_import_skip(t->im, "HXL tags");
    } else {
        sk_import_skip(t->im, "the sheet \"%.*s\" is not of this mapping: %.*s", SK_P(row->sheet),
                       SK_P(t->why_not));
    }
    return SK_OK;
}

static sk_rc read_rows(table *t)
{
    bool has_heading = false;
    for (;;) {
        sk_sheet_row row;
        SK_TRY(sk_sheet_next(t->cx, t->sheet, &row));
        if (row.kind == SK_SHEET_END)
            break;
        has_heading |= row.kind == SK_SHEET_HEADING;
        SK_TRY(read_row(t, &row));
    }
    if (!has_heading && t->m->heading)
        return sk_fail(t->cx, SK_E_FORMAT, "there is no row %zu, where the mapping has the heading",
                       t->m->heading);
    if (!has_heading)
        return sk_fail(t->cx, SK_E_FORMAT, "every row is blank");
    if (!t->has_any)
        return sk_fail(t->cx, SK_E_FORMAT, "no sheet has the mapping's columns: %.*s",
                       SK_P(t->first_why));
    sk_str note = sk_sheet_note(t->sheet);
    if (note.n)
        sk_import_remark(t->im, SK_NONE, SK_NONE, "%.*s", SK_P(note));
    return SK_OK;
}

static sk_rc open_sheet(table *t, const sk_source *src)
{
    sk_sheet_opts opts = sk_sheet_opts_of(src);
    const sk_mapping *m = t->m;
    opts.heading = m->heading;
    opts.no_heading = m->no_heading;
    opts.last_row_whole = m->last_row_whole;
    opts.advice = "write \"last-row whole\" in the mapping";
    if (!opts.cells.sheet.n)
        opts.cells.sheet = m->sheet;
    if (!opts.cells.charset.n)
        opts.cells.charset = m->charset;
    if (!opts.cells.sep)
        opts.cells.sep = m->sep;
    return sk_sheet_open(t->cx, &src->files[0], &opts, &t->sheet);
}

sk_rc sk_mapping_read(sk_ctx *cx, const sk_source *src, const sk_mapping *m, sk_import *im)
{
    table t = {.cx = cx, .im = im, .m = m};
    t.where = sk_new_array(&cx->arena, size_t, m->n_columns + 1);
    sk_rc rc = src->n_files == 1 ? SK_OK
                                 : sk_fail(cx, SK_E_UNSUPPORTED,
                                           "a mapping is for one table, and there are %zu files; "
                                           "import them one by one",
                                           src->n_files);
    if (!rc)
        rc = sk_mapping_run_open(cx, m, src, im, &t.run);
    if (!rc)
        rc = open_sheet(&t, src);
    if (!rc)
        rc = read_rows(&t);
    sk_sheet_close(t.sheet);
    sk_mapping_run_close(t.run);
    sk_arena_done(&t.memory);
    return rc;
}

static sk_rc read_table(sk_ctx *cx, const sk_source *src, sk_import *im)
{
    sk_mapping *m;
    if (!src->mapping.n)
        return sk_fail(cx, SK_E_FORMAT,
                       "a table needs a mapping; draft one: sillok import --draft-mapping FILE");
    SK_TRY(sk_mapping_parse(cx, src->mapping, &m));
    return sk_mapping_read(cx, src, m, im);
}

static bool has_ending(sk_str name, const char *ending)
{
    sk_str e = sk_str_of(ending);
    return name.n > e.n && sk_str_eq_nocase(sk_str_sub(name, name.n - e.n, e.n), e);
}

/* The last resort: any table can be read, by whoever says what it means. */
static int sniff(sk_str name, sk_str head)
{
    static const char *const endings[] = {".csv", ".tsv", ".tab", ".xlsx", ".ods", ".xlsm"};
    (void)head;
    for (size_t i = 0; i < SK_COUNT(endings); i++)
        if (has_ending(name, endings[i]))
            return 5;
    return 0;
}

const sk_reader sk_reader_table = {
    .name = "table",
    .version = 1,
    .title = "CSV, TSV, XLSX or ODS, by a mapping",
    .files = "list.csv, list.xlsx, with --mapping FILE",
    .needs_mapping = true,
    .sniff = sniff,
    .read = read_table,
};
