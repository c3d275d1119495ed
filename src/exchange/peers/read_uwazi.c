/* The reader of Uwazi's tables: what its export button writes, and what people write to import.
 *
 * A row is an entity. Its type is what its template's name means (model/headings.txt), its properties
 * are what their labels mean; a label that no property is known by becomes a note, "Label: value".
 * Keys are Uwazi's ids where the table has them (exports do not), else a hash of title, template and
 * date added; rows that would share one are told apart by all their cells.
 *
 * Memory: one row, and 16 bytes a row for keys. Normative: docs/formats/import-tables.md.
 * Tested in tests/unit/exchange/t_read_uwazi.c. */
#include "exchange/peers/read_uwazi.h"

#include "exchange/mapping/mapping_keys.h"
#include "exchange/mapping/mapping_plan.h"
#include "exchange/mapping/mapping_priv.h"
#include "exchange/readers.h"

#include <sys/stat.h>
#include <unistd.h>

enum { KEY_DIGITS = 20, TAIL_BYTES = 64 };

typedef struct uwazi {
    sk_ctx *cx;
    const sk_source *src;
    sk_import *im; /* NULL while rows are only counted */
    uwazi_column *columns;
    size_t n_columns, title, id, added, template;
    bool is_export;           /* written by Uwazi: every row is complete */
    const sk_type *type;      /* of rows without a template              */
    sk_keyset seen, repeated; /* keys; those of more than one row        */
    sk_str head;
    sk_arena scratch; /* for keys: the sink may keep things in cx's arena */
} uwazi;

/* ---- columns ---- */

static size_t find_role(const uwazi *u, uwazi_role role)
{
    for (size_t i = 0; i < u->n_columns; i++)
        if (u->columns[i].role == role)
            return i;
    return SIZE_MAX;
}

static sk_rc take_heading(uwazi *u, const sk_sheet *sheet)
{
    size_t n;
    const sk_sheet_column *columns = sk_sheet_columns(sheet, &n);
    while (n && !columns[n - 1].name.n)
        n--;
    u->columns = sk_new_array(&u->cx->arena, uwazi_column, n);
    u->n_columns = n;
    for (size_t i = 0; i < n; i++)
        sk_uwazi__column(
            &u->cx->arena,
            sk_str_copy(&u->cx->arena, columns[i].name.n ? columns[i].name : columns[i].letter),
            &u->columns[i]);
    u->title = find_role(u, UWAZI_TITLE);
    u->id = find_role(u, UWAZI_ID);
    u->added = find_role(u, UWAZI_ADDED);
    u->template = find_role(u, UWAZI_TEMPLATE);
    u->is_export = u->title == 0 && u->added == 1 && u->template == 2 && n > 3 &&
                   u->columns[n - 1].role == UWAZI_NOT_TAKEN;
    if (u->title == SIZE_MAX)
        return sk_fail(u->cx, SK_E_FORMAT,
                       "there is no column \"Title\": no table of Uwazi; import it by a mapping");
    return SK_OK;
}

static sk_str cell_at(const sk_sheet_row *row, size_t i)
{
    return i < row->n ? sk_str_trim(row->cells[i]) : SK_NONE;
}

/* The title in whichever language has one. */
static sk_str title_of(const uwazi *u, const sk_sheet_row *row)
{
    for (size_t i = 0; i < u->n_columns; i++)
        if (u->columns[i].role == UWAZI_TITLE && cell_at(row, i).n)
            return cell_at(row, i);
    return SK_NONE;
}

/* ---- keys ---- */

static sk_str hash_key(const uwazi *u, sk_arena *a, const sk_str *cells, size_t n)
{
    sk_sha256_state *st = sk_sha256_new();
    for (size_t i = 0; i < n; i++) {
        sk_sha256_add(st, sk_mapping__fold(a, cells[i]));
        sk_sha256_add(st, SK_S("\x1f"));
    }
    sk_hash h = sk_sha256_end(st);
    return sk_fmt(a, "%.*s%.*s", SK_P(u->head), KEY_DIGITS, sk_hash_hex(a, &h).p);
}

static sk_str short_key(const uwazi *u, sk_arena *a, const sk_sheet_row *row)
{
    sk_str cells[] = {title_of(u, row), cell_at(row, u->template), cell_at(row, u->added)};
    return hash_key(u, a, cells, SK_COUNT(cells));
}

/* Titles are not unique: rows that share title, template and date are told apart by all they say. */
static sk_str key_of(const uwazi *u, sk_arena *a, const sk_sheet_row *row, bool *ret_is_repeated)
{
    sk_str id = cell_at(row, u->id);
    *ret_is_repeated = false;
    if (id.n)
        return sk_mapping__key_fit(
            a, sk_fmt(a, "%.*s%.*s", SK_P(u->head), SK_P(sk_mapping__key_part(a, id))));
    sk_str key = short_key(u, a, row);
    *ret_is_repeated = sk_keyset_has(&u->repeated, key);
    return *ret_is_repeated ? hash_key(u, a, row->cells, row->n) : key;
}

/* ---- rows ---- */

/* Exports have all their cells in every row, so that a row cut short shows. */
static sk_rc check_whole(const uwazi *u, const sk_sheet_row *row)
{
    sk_str last = cell_at(row, u->n_columns - 1);
    if (!u->is_export || sk_str_is(last, "Published") || sk_str_is(last, "Unpublished"))
        return SK_OK;
    return sk_fail(
        u->cx, SK_E_FORMAT,
        "row %llu: the last column says \"%.*s\" and not whether it is published: the file "
        "was cut short, or changed after Uwazi wrote it; import it by a mapping",
        (unsigned long long)row->row, SK_P(last));
}

static bool is_blank(const sk_sheet_row *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (cell_at(row, i).n)
            return false;
    return true;
}

/* The first time through: which keys come more than once. */
static sk_rc count_row(uwazi *u, const sk_sheet_row *row)
{
    SK_TRY(check_whole(u, row));
    sk_arena *a = &u->scratch;
    if (!cell_at(row, u->id).n) {
        sk_str key = short_key(u, a, row);
        if (sk_keyset_add(&u->seen, key))
            sk_keyset_add(&u->repeated, key);
    }
    sk_arena_done(a);
    return SK_OK;
}

static sk_rc take_row(uwazi *u, const sk_sheet_row *row)
{
    sk_import_place at = sk_sheet_place(row, 0);
    sk_arena *a = &u->scratch;
    bool is_repeated;
    sk_str key = key_of(u, a, row, &is_repeated);
    sk_import_row(u->im, &at, key);
    sk_put p = {.im = u->im, .type = u->type};
    p.key = sk_str_copy(&sk_import_scratch(u->im)->arena, key);
    sk_arena_done(a);
    sk_str template = cell_at(row, u->template);
    const sk_type *by_template =
        template.n ? sk_heading_type(&sk_import_scratch(u->im)->arena, template) : NULL;
    if (template.n) {
        p.type = by_template ? by_template : sk_model_find_type(sk_model_get(), SK_S("Thing"));
        p.column = u->columns[u->template].name;
    }
    if (is_repeated)
        sk_import_remark(u->im, u->columns[u->title].name, title_of(u, row),
                         "other rows have the same title: they are taken for different ones, told "
                         "apart by all their cells; a later copy can only be followed by ids");
    if (template.n && !by_template)
        SK_TRY(sk_put_note(&p, p.column, template));
    for (size_t i = 0; i < row->n; i++) {
        sk_str cell = cell_at(row, i);
        if (!cell.n)
            continue;
        if (i >= u->n_columns)
            sk_import_left(u->im, SK_NONE, cell, "the row has more cells than the heading");
        else
            SK_TRY(sk_uwazi__cell(&p, &u->columns[i], cell, u->is_export));
    }
    return SK_OK;
}

static sk_rc take_other(uwazi *u, const sk_sheet *sheet, const sk_sheet_row *row)
{
    if (u->im) {
        sk_import_place at = sk_sheet_place(row, 0);
        sk_import_row(u->im, &at, SK_NONE);
        sk_import_skip(u->im, row->kind == SK_SHEET_HEADING ? "the heading"
                              : row->kind == SK_SHEET_ROW   ? "blank"
                                                            : "above the heading");
    }
    return row->kind == SK_SHEET_HEADING && !u->columns ? take_heading(u, sheet) : SK_OK;
}

/* Does the file end in the last cell that an export writes? Uwazi ends its last row without a line
 * end, so that byte cannot tell whether the file is whole. */
static bool ends_as_export(const sk_source_file *file)
{
    static const char *const ends[] = {",Published", ",Unpublished", ",\"Published\"",
                                       ",\"Unpublished\""};
    char tail[TAIL_BYTES];
    struct stat st;
    if (fstat(file->fd, &st) || st.st_size < (off_t)sizeof tail)
        return false;
    if (pread(file->fd, tail, sizeof tail, st.st_size - (off_t)sizeof tail) != (ssize_t)sizeof tail)
        return false;
    for (size_t i = 0; i < SK_COUNT(ends); i++)
        if (sk_str_ends((sk_str){tail, sizeof tail}, sk_str_of(ends[i])))
            return true;
    return false;
}

static sk_rc walk(uwazi *u)
{
    sk_sheet_opts opts = sk_sheet_opts_of(u->src);
    sk_sheet *sheet;
    opts.last_row_whole = ends_as_export(&u->src->files[0]);
    SK_TRY(sk_sheet_open(u->cx, &u->src->files[0], &opts, &sheet));
    sk_rc rc = SK_OK;
    bool must_be_export = !sk_sheet_has_end(sheet);
    while (!rc) {
        sk_sheet_row row;
        if ((rc = sk_sheet_next(u->cx, sheet, &row)) || row.kind == SK_SHEET_END)
            break;
        if (row.kind != SK_SHEET_ROW || is_blank(&row))
            rc = take_other(u, sheet, &row);
        else
            rc = u->im ? take_row(u, &row) : count_row(u, &row);
    }
    sk_sheet_close(sheet);
    if (!rc && !u->columns)
        rc = sk_fail(u->cx, SK_E_FORMAT, "there is no heading");
    if (!rc && must_be_export && !u->is_export)
        rc = sk_fail(
            u->cx, SK_E_FORMAT,
            "\"%.*s\": the last line has no end, so the file may have been cut short; if it "
            "is whole, add a line end to it",
            SK_P(u->src->files[0].name));
    return rc;
}

/* What rows without a template are: by their headings, as when a mapping is drafted. */
static sk_rc choose_type(uwazi *u)
{
    sk_survey look;
    sk_plan plan;
    SK_TRY(sk_mapping__look(u->cx, u->src, &look));
    sk_mapping__plan(u->cx, u->src, &look, &plan);
    u->type = plan.main;
    sk_survey_done(&look);
    return SK_OK;
}

static sk_rc read_uwazi(sk_ctx *cx, const sk_source *src, sk_import *im)
{
    uwazi u = {.cx = cx, .src = src};
    SK_TRY(sk_put_check_claimant(cx, &src->options));
    u.head = sk_put_head(&cx->arena, &src->options, "uwazi");
    sk_rc rc = walk(&u); /* nothing is said before the whole file was seen */
    if (!rc)
        rc = choose_type(&u);
    u.im = im;
    if (!rc)
        rc = walk(&u);
    sk_keyset_done(&u.seen);
    sk_keyset_done(&u.repeated);
    sk_arena_done(&u.scratch);
    return rc;
}

static bool has_cell(sk_str line, const char *word)
{
    sk_str cell;
    char sep = sk_str_find(line, SK_S(";")) != SIZE_MAX && sk_str_find(line, SK_S(",")) == SIZE_MAX
                   ? ';'
                   : ',';
    while (line.n && sk_str_cut(&line, sep, &cell)) {
        cell = sk_str_trim(cell);
        if (cell.n > 1 && cell.p[0] == '"' && cell.p[cell.n - 1] == '"')
            cell = sk_str_sub(cell, 1, cell.n - 2);
        if (sk_str_eq_nocase(cell, sk_str_of(word)))
            return true;
    }
    return false;
}

/* "Title", with "Template" and "Published", or with columns for languages. */
static int sniff(sk_str name, sk_str head)
{
    if (sk_str_starts(head, SK_S("\xEF\xBB\xBF")))
        head = sk_str_sub(head, 3, head.n);
    sk_str line = sk_str_sub(head, 0, sk_str_find(head, SK_S("\n")));
    (void)name;
    if (memchr(head.p ? head.p : "", '\0', head.n))
        return 0;
    if (has_cell(line, "Title") && has_cell(line, "Template") && has_cell(line, "Published"))
        return 95;
    if (has_cell(line, "제목") && has_cell(line, "템플릿") && has_cell(line, "공개 게시물"))
        return 95;
    bool has_title = has_cell(line, "Title__en") || has_cell(line, "Title__ko") ||
                     (has_cell(line, "Title") && sk_str_find(line, SK_S("__")) != SIZE_MAX);
    return has_title ? 70 : 0;
}

const sk_reader sk_reader_uwazi = {
    .name = "uwazi",
    .version = 1,
    .title = "Uwazi, CSV as exported or for import",
    .files = "export.csv",
    .sniff = sniff,
    .read = read_uwazi,
};
