#include "confine/row_cutter.h"

#include "confine/reply.h"
#include "confine/wire.h"

#include <stdlib.h>

uint64_t sk_row_number(const char *p, size_t bytes)
{
    uint64_t v = 0;
    while (bytes--)
        v = v << 8 | (unsigned char)p[bytes];
    return v;
}

/* Column i as spreadsheets name it: A to Z, AA to ZZ, AAA ... */
static void make_columns(sk_row_cutter *r, size_t n)
{
    while (r->n_columns < n) {
        char text[8], *p = text + sizeof text;
        for (size_t k = r->n_columns + 1; k; k = (k - 1) / 26)
            *--p = (char)('A' + (k - 1) % 26);
        SK_GROW(&r->memory, r->columns, r->n_columns, r->cap_columns);
        r->columns[r->n_columns++] = sk_str_copy(&r->memory, sk_str_range(p, text + sizeof text));
    }
}

/* Take n bytes and the NUL behind them off the front of *s; false when there are not so many. */
static bool cut(sk_str *s, size_t n, sk_str *ret_piece)
{
    if (s->n < n + 1 || s->p[n] != '\0')
        return false;
    *ret_piece = sk_str_sub(*s, 0, n);
    *s = sk_str_sub(*s, n + 1, s->n);
    return true;
}

static bool cut_number(sk_str *s, size_t bytes, uint64_t *ret_value)
{
    if (s->n < bytes)
        return false;
    *ret_value = sk_row_number(s->p, bytes);
    *s = sk_str_sub(*s, bytes, s->n);
    return true;
}

static bool cut_name(sk_row_cutter *r, sk_str *s, bool by_name, uint64_t *next_column,
                     sk_str *ret_name)
{
    uint64_t v;
    if (!cut_number(s, by_name ? 2 : 4, &v))
        return false;
    if (by_name)
        return v && v <= SK_LIM_CELL_NAME_BYTES && cut(s, (size_t)v, ret_name) &&
               sk_reply_is_clean(*ret_name, false);
    if (v < *next_column || v >= SK_LIM_SHEET_COLUMNS)
        return false;
    *next_column = v + 1;
    make_columns(r, (size_t)v + 1);
    *ret_name = r->columns[v];
    return true;
}

static bool cut_cells(sk_row_cutter *r, sk_str *s, bool by_name, size_t n)
{
    uint64_t next_column = 0, bytes;
    if (n > r->cap_cells) {
        r->cap_cells = n * 2;
        r->names = sk_xrealloc(r->names, r->cap_cells * sizeof *r->names);
        r->cells = sk_xrealloc(r->cells, r->cap_cells * sizeof *r->cells);
    }
    for (size_t i = 0; i < n; i++)
        if (!cut_name(r, s, by_name, &next_column, &r->names[i]) || !cut_number(s, 4, &bytes) ||
            bytes > SK_LIM_CELL_BYTES || !cut(s, (size_t)bytes, &r->cells[i]) ||
            !sk_reply_is_clean(r->cells[i], true))
            return false;
    return true;
}

const char *sk_row_cut(sk_row_cutter *r, sk_str s, uint64_t file_bytes, sk_row *ret_row)
{
    uint64_t row, from, to, by, place_bytes, n;
    sk_str place;
    if (!cut_number(&s, 8, &row) || !cut_number(&s, 8, &from) || !cut_number(&s, 8, &to) ||
        !cut_number(&s, 1, &by) || by > SK_WIRE_BY_NAME || !cut_number(&s, 2, &place_bytes) ||
        place_bytes > SK_LIM_EXTRACT_PLACE_BYTES || !cut(&s, (size_t)place_bytes, &place) ||
        !sk_reply_is_clean(place, false) || !cut_number(&s, 4, &n))
        return "the head of a row";
    if (from > to || to > file_bytes)
        return "a row that lies outside of the file";
    if (row && row <= r->last_row)
        return "rows are out of order";
    if (!n || n > SK_LIM_ROW_CELLS || !cut_cells(r, &s, by == SK_WIRE_BY_NAME, (size_t)n) || s.n)
        return "the cells of a row";
    if (row)
        r->last_row = row;
    *ret_row = (sk_row){
        .names = r->names,
        .cells = r->cells,
        .n = (size_t)n,
        .row = row,
        .place = place,
        .from = from,
        .to = to,
    };
    return NULL;
}

void sk_row_cutter_done(sk_row_cutter *r)
{
    sk_arena_done(&r->memory);
    free(r->names);
    free(r->cells);
    *r = (sk_row_cutter){0};
}
