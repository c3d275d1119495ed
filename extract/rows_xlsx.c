#include "rows_sheet.h"
#include "xlsx.h"

#include "base/utf8.h"

static int hex_at(sk_str s, size_t at)
{
    char c = at < s.n ? s.p[at] : 'x';
    return c >= '0' && c <= '9'                 ? c - '0'
           : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                : -1;
}

/* "_x000D_" at that place: the character that XML could not hold; 0 when there is none. */
static uint32_t escaped_at(sk_str s, size_t at)
{
    uint32_t c = 0;
    if (s.n - at < 7 || s.p[at] != '_' || s.p[at + 1] != 'x' || s.p[at + 6] != '_')
        return 0;
    for (size_t i = 2; i < 6; i++) {
        int digit = hex_at(s, at + i);
        if (digit < 0)
            return 0;
        c = c * 16 + (uint32_t)digit;
    }
    return c >= 0xD800 && c <= 0xDFFF ? 0 : c;
}

/* The text of a cell with its escapes (ECMA-376 part 1, 22.9.2.19) resolved. */
static sk_str resolve(sk_arena *a, sk_str s)
{
    if (!s.n || !memchr(s.p, '_', s.n))
        return s;
    char *out = sk_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = escaped_at(s, at);
        if (c)
            n += sk_utf8_put(c, out + n);
        else
            out[n++] = s.p[at];
        at += c ? 7 : 1;
    }
    return (sk_str){out, n};
}

static void on_cell(void *arg, const sk_xlsx_cell *cell)
{
    sk_sheet_rows *s = arg;
    if (cell->has_formula)
        sk_sheet_saw(s, cell->text.n ? &s->formulas : &s->unfilled, cell->row, cell->column);
    if (cell->is_error)
        sk_sheet_saw(s, &s->errors, cell->row, cell->column);
    if (cell->is_lost)
        sk_sheet_fail(s, SK_E_FORMAT,
                      "row %llu, column %llu: the cell names a shared text that is not in the file",
                      (unsigned long long)cell->row, (unsigned long long)cell->column);
    sk_str text = cell->is_text ? resolve(&s->out->cx->arena, cell->text) : cell->text;
    sk_sheet_cell(s, cell->row, cell->column, text);
}

static void on_row_end(void *arg, uint64_t row)
{
    sk_sheet_row_end(arg, row, 1);
}

static sk_rc read_sheets(sk_sheet_rows *s, sk_xlsx *x, const sk_source *src)
{
    static const sk_xlsx_sink sink = {on_cell, on_row_end, NULL};
    sk_str *names = sk_new_array(&s->out->cx->arena, sk_str, x->n_sheets);
    size_t wanted;
    for (size_t i = 0; i < x->n_sheets; i++)
        names[i] = x->sheets[i].name;
    SK_TRY(sk_sheet_check(s));
    SK_TRY(sk_sheet_find(s, names, x->n_sheets, &wanted));
    SK_TRY(sk_row_out_start(s->out, SK_NONE, SK_NONE));
    for (size_t i = 0; i < x->n_sheets; i++) {
        if (wanted != SIZE_MAX && wanted != i)
            continue;
        sk_sheet_begin(s, names[i]);
        s->n_hidden += x->sheets[i].is_hidden;
        sk_xlsx_walk(x, src, i, &sink, s);
        s->n_merged = x->n_merged;
        SK_TRY(sk_sheet_check(s));
    }
    return SK_OK;
}

/* Only sheets may be as large as src says: the rest of a workbook is held in memory. */
sk_rc sk_rows_read_xlsx(sk_sheet_rows *s, const sk_source *src)
{
    sk_xlsx x;
    sk_source narrow = *src;
    if (narrow.part_bytes > SK_LIM_EXTRACT_PART)
        narrow.part_bytes = SK_LIM_EXTRACT_PART;
    sk_xlsx_open(&x, s->b, &narrow);
    sk_rc rc = read_sheets(s, &x, src);
    sk_xlsx_done(&x);
    return rc;
}
