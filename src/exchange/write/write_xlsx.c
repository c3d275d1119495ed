#include "exchange/write/write_xlsx.h"

#include "base/utf8.h"
#include "exchange/write/write_hxl.h"
#include "exchange/write/write_xlsx_private.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <xlsxwriter.h>

enum { LEAST_WIDTH = 8, MOST_WIDTH = 60, SHEET_NAME_CHARS = 31 };

/* 1980-01-01, as in the zip: the file must not say when it was made, or the same question would give
 * other bytes. */
enum { FIXED_TIME = 315532800 };

struct sk_workbook {
    sk_arena a; /* for the workbook's life */
    char *path, *folder;
    lxw_workbook *book;
    lxw_format *heading;
    sk_workbook_count *sheets;
    size_t n_sheets, cap_sheets;
    uint64_t n_rows; /* of the tables */
};

/* One sheet being written. */
typedef struct sheet {
    sk_ctx *cx;
    sk_workbook *x;
    const sk_table *t;
    lxw_worksheet *ws;
    sk_workbook_count *count;
    uint32_t row; /* from 0 */
    bool row_has_cells;
    size_t width[SK_LIM_TABLE_COLUMNS + 1];
    sk_arena scratch; /* of one row */
} sheet;

sk_rc sk_workbook_open(sk_ctx *cx, sk_str path, sk_str folder, sk_workbook **ret_xlsx)
{
    sk_workbook *x = sk_xmalloc(sizeof *x);
    *x = (sk_workbook){.a = SK_ARENA_INIT};
    x->path = sk_str_c(&x->a, path);
    x->folder = sk_str_c(&x->a, folder.n ? folder : SK_S("."));
    lxw_workbook_options options = {
        .constant_memory = 1,
        .tmpdir = x->folder,
    };
    lxw_doc_properties properties = {.created = FIXED_TIME};
    x->book = workbook_new_opt(x->path, &options);
    if (!x->book || workbook_set_properties(x->book, &properties) != LXW_NO_ERROR)
        sk_out_of_memory(0);
    x->heading = workbook_add_format(x->book);
    if (!x->heading)
        sk_out_of_memory(0);
    format_set_bold(x->heading);
    *ret_xlsx = x;
    return SK_OK;
}

static void free_all(sk_workbook *x)
{
    sk_arena_done(&x->a);
    free(x);
}

void sk_workbook_discard(sk_workbook *x)
{
    if (!x)
        return;
    lxw_workbook_free(x->book);
    free_all(x);
}

/* ---- text ---- */

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* "_x0041_" at s[at]: Excel would read it as the character of that number. */
static bool is_escape(sk_str s, size_t at)
{
    return s.n - at >= 7 && s.p[at + 1] == 'x' && is_hex(s.p[at + 2]) && is_hex(s.p[at + 3]) &&
           is_hex(s.p[at + 4]) && is_hex(s.p[at + 5]) && s.p[at + 6] == '_';
}

/* Characters that XML 1.0 has no form for; tab and line feed it has, a carriage return it changes. */
static bool is_not_xml(uint32_t c)
{
    return (c < 0x20 && c != '\t' && c != '\n') || c == 0xFFFE || c == 0xFFFF;
}

/* The text in the form that Excel gives it in a file (ECMA-376, ST_Xstring): what XML cannot say
 * as _xHHHH_, and what looks like that with its underscore so written. Malformed bytes are U+FFFD.
 * ret_units  UTF-16 units that Excel will count */
static const char *xstring(sk_arena *a, sk_str s, size_t *ret_units)
{
    char *out = sk_alloc(a, s.n * 7 + 1), *to = out;
    *ret_units = 0;
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        uint32_t c = sk_utf8_next(s, &at);
        *ret_units += c > 0xFFFF ? 2 : 1;
        if (is_not_xml(c) || (c == '_' && is_escape(s, from)))
            to += snprintf(to, 8, "_x%04X_", (unsigned)c);
        else
            to += sk_utf8_put(c, to);
    }
    *to = '\0';
    return out;
}

/* ---- cells and rows ---- */

static sk_rc failed(sheet *sh, size_t column, lxw_error error)
{
    sk_rc rc = error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED ? SK_E_LIMIT : SK_E_IO;
    return sk_fail(sh->cx, rc, "row %u, column %.*s: %s", sh->row + 1,
                   SK_P(sk_table_key(sh->t, column)), lxw_strerror(error));
}

static sk_rc write_text(sheet *sh, size_t column, sk_str s, lxw_format *format)
{
    size_t units, width = sk_utf8_width(s);
    if (s.n == 0)
        return SK_OK;
    if (width > sh->width[column])
        sh->width[column] = width;
    const char *text = xstring(&sh->scratch, s, &units);
    if (units > SK_LIM_SHEET_CELL)
        return sk_fail(sh->cx, SK_E_LIMIT,
                       "row %u, column %.*s: the text has %zu characters and a cell of a workbook "
                       "holds %d; write it with --csv",
                       sh->row + 1, SK_P(sk_table_key(sh->t, column)), units, SK_LIM_SHEET_CELL);
    lxw_error error = worksheet_write_string(sh->ws, sh->row, (lxw_col_t)column, text, format);
    if (error)
        return failed(sh, column, error);
    sh->count->cells++;
    sh->row_has_cells = true;
    return SK_OK;
}

static sk_rc write_number(sheet *sh, size_t column, double d)
{
    lxw_error error = worksheet_write_number(sh->ws, sh->row, (lxw_col_t)column, d, NULL);
    if (error)
        return failed(sh, column, error);
    sh->count->cells++;
    sh->row_has_cells = true;
    return SK_OK;
}

/* Numbers only where a double holds them to the last digit. */
static sk_rc write_cell(sheet *sh, size_t column, const sk_cell *c)
{
    static const int64_t most = (int64_t)1 << 53;
    if (c->type == SK_CELL_IS_INT && c->value.i >= -most && c->value.i <= most)
        return write_number(sh, column, (double)c->value.i);
    if (c->type == SK_CELL_IS_REAL && isfinite(c->value.d))
        return write_number(sh, column, c->value.d);
    return write_text(sh, column, c->text, NULL);
}

static void end_row(sheet *sh)
{
    sh->count->rows += sh->row_has_cells;
    sh->row_has_cells = false;
    sh->row++;
}

static sk_rc write_heading(sheet *sh, sk_str (*of)(sk_str key))
{
    for (size_t i = 0; i < sk_table_width(sh->t); i++) {
        sk_str key = sk_table_key(sh->t, i);
        SK_TRY(write_text(sh, i, of ? of(key) : key, sh->x->heading));
    }
    end_row(sh);
    return SK_OK;
}

static sk_rc write_rows(sheet *sh)
{
    sk_arena_mark start = sk_arena_here(&sh->scratch);
    for (sk_table_walk w = sk_table_begin(sh->t); sk_table_next(&w);) {
        for (size_t i = 0; i < sk_table_width(sh->t); i++) {
            sk_cell c = sk_table_get(&w, i);
            SK_TRY(write_cell(sh, i, &c));
        }
        end_row(sh);
        sk_arena_back_to(&sh->scratch, start);
    }
    return SK_OK;
}

/* The library sees no error of the scratch file that rows go to; stdio does. */
static sk_rc check_scratch(sheet *sh)
{
    FILE *f = sh->ws->optimize_tmpfile;
    if (f && (fflush(f) || ferror(f)))
        return sk_fail_errno(sh->cx, "scratch in \"%s\"", sh->x->folder);
    return SK_OK;
}

/* Headings stay in sight, columns are as wide as their text, and can be filtered. */
static void arrange(sheet *sh, uint32_t n_heads)
{
    size_t n = sk_table_width(sh->t);
    for (size_t i = 0; i < n; i++) {
        size_t w = sh->width[i] + 2;
        w = w < LEAST_WIDTH ? LEAST_WIDTH : w > MOST_WIDTH ? MOST_WIDTH : w;
        worksheet_set_column(sh->ws, (lxw_col_t)i, (lxw_col_t)i, (double)w, NULL);
    }
    worksheet_freeze_panes(sh->ws, n_heads, 0);
    if (sh->row > n_heads)
        worksheet_autofilter(sh->ws, n_heads - 1, 0, sh->row - 1, (lxw_col_t)(n - 1));
}

/* ---- sheets ---- */

/* "claims", or "claims 2" when there is one already; what Excel forbids in names becomes "-". */
static const char *sheet_name(sk_workbook *x, sk_str wanted)
{
    char *name = sk_str_c(&x->a, sk_utf8_fit(wanted, SHEET_NAME_CHARS - 4));
    for (char *p = name; *p; p++)
        if (strchr("[]:*?/\\'", *p) || (unsigned char)*p < 0x20)
            *p = '-';
    const char *free_name = *name ? name : "table";
    for (unsigned i = 2; workbook_get_worksheet_by_name(x->book, free_name); i++)
        free_name = sk_fmt(&x->a, "%s %u", *name ? name : "table", i).p;
    return free_name;
}

static sk_rc check_size(sk_ctx *cx, const sk_workbook *x, const sk_table *t)
{
    if (x->n_sheets == SK_LIM_SHEETS)
        return sk_fail(cx, SK_E_LIMIT, "the workbook would have more than %d sheets",
                       SK_LIM_SHEETS);
    if (sk_table_rows(t) > SK_LIM_SHEET_ROWS - 2)
        return sk_fail(cx, SK_E_LIMIT,
                       "the table has %zu rows and a sheet of a workbook holds %d; narrow the "
                       "question, or write it with --csv",
                       sk_table_rows(t), SK_LIM_SHEET_ROWS);
    return SK_OK;
}

sk_rc sk_workbook_table(sk_ctx *cx, sk_workbook *x, const sk_table *t, sk_str name, bool has_tags)
{
    SK_TRY(check_size(cx, x, t));
    SK_GROW(&x->a, x->sheets, x->n_sheets, x->cap_sheets);
    sheet sh = {.cx = cx, .x = x, .t = t, .scratch = SK_ARENA_INIT};
    errno = 0;
    sh.ws = workbook_add_worksheet(x->book, sheet_name(x, name));
    if (!sh.ws)
        return sk_fail_errno(cx, "scratch in \"%s\"", x->folder);
    sh.count = &x->sheets[x->n_sheets++];
    *sh.count = (sk_workbook_count){0};
    sk_rc rc = write_heading(&sh, NULL);
    if (!rc && has_tags)
        rc = write_heading(&sh, sk_hxl_tag);
    uint32_t n_heads = sh.row;
    if (!rc)
        rc = write_rows(&sh);
    if (!rc)
        rc = check_scratch(&sh);
    if (!rc)
        arrange(&sh, n_heads);
    x->n_rows += sh.row - n_heads;
    sk_arena_done(&sh.scratch);
    return rc;
}

sk_rc sk_workbook_close(sk_ctx *cx, sk_workbook *x, sk_workbook_summary *ret_summary)
{
    errno = 0;
    lxw_error error = workbook_close(x->book);
    sk_rc rc = SK_OK;
    if (error && errno)
        rc = sk_fail_errno(cx, "\"%s\": %s", x->path, lxw_strerror(error));
    else if (error)
        rc = sk_fail(cx, SK_E_IO, "\"%s\": %s", x->path, lxw_strerror(error));
    if (!rc)
        rc = sk_workbook__check(cx, x->path, x->sheets, x->n_sheets);
    sk_workbook_summary sum = {.sheets = x->n_sheets, .rows = x->n_rows};
    for (size_t i = 0; i < x->n_sheets; i++)
        sum.cells += x->sheets[i].cells;
    free_all(x);
    if (!rc && ret_summary)
        *ret_summary = sum;
    return rc;
}
