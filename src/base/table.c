#include "base/table_private.h"

#include "base/csv.h"

#include <stdarg.h>
#include <stdio.h>

sk_table *sk_table_new(sk_arena *a, const sk_column *columns, size_t n_columns)
{
    sk_assert(n_columns >= 1 && n_columns <= SK_LIM_TABLE_COLUMNS);
    sk_table *t = sk_new(a, sk_table);
    *t = (sk_table){.a = a, .columns = columns, .n_columns = n_columns};
    return t;
}

static sk_table_slot *add_cell(sk_table *t, sk_cell_type type, sk_str text)
{
    if (t->n_filled == 0) {
        SK_GROW(t->a, t->rows, t->n_rows, t->cap_rows);
        t->rows[t->n_rows++] =
            (sk_table_row){.slots = sk_new_array(t->a, sk_table_slot, t->n_columns)};
    }
    sk_table_slot *s = &t->rows[t->n_rows - 1].slots[t->n_filled++];
    *s = (sk_table_slot){.cell = {.type = type, .text = text}};
    if (t->n_filled == t->n_columns)
        t->n_filled = 0;
    return s;
}

void sk_table_cell(sk_table *t, sk_str text)
{
    add_cell(t, SK_CELL_IS_TEXT, text);
}

void sk_table_cell_int(sk_table *t, int64_t value)
{
    add_cell(t, SK_CELL_IS_INT, sk_fmt(t->a, "%lld", (long long)value))->cell.value.i = value;
}

void sk_table_cell_real(sk_table *t, double value)
{
    add_cell(t, SK_CELL_IS_REAL, sk_fmt(t->a, "%.15g", value))->cell.value.d = value;
}

void sk_table_cell_bool(sk_table *t, bool value)
{
    add_cell(t, SK_CELL_IS_BOOL, value ? SK_S("yes") : SK_S("no"))->cell.value.b = value;
}

void sk_table_cell_none(sk_table *t)
{
    add_cell(t, SK_CELL_IS_NONE, SK_S(""));
}

void sk_table_cellf(sk_table *t, const char *fmt, ...)
{
    va_list ap, again;
    sk_assert(fmt);
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    sk_assert(n >= 0);
    char *p = sk_alloc(t->a, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    add_cell(t, SK_CELL_IS_TEXT, (sk_str){p, (size_t)n});
}

static sk_table_slot *last_cell(sk_table *t)
{
    sk_assert(t->n_rows && t->rows[t->n_rows - 1].slots);
    return &t->rows[t->n_rows - 1].slots[(t->n_filled ? t->n_filled : t->n_columns) - 1];
}

void sk_table_style(sk_table *t, sk_style style)
{
    last_cell(t)->style = style;
}

void sk_table_shown(sk_table *t, sk_str text)
{
    last_cell(t)->shown = text.p ? text : SK_S("");
}

void sk_table_group(sk_table *t, sk_str heading)
{
    sk_assert(t->n_filled == 0);
    SK_GROW(t->a, t->rows, t->n_rows, t->cap_rows);
    t->rows[t->n_rows++] = (sk_table_row){.heading = heading};
    t->n_headings++;
}

size_t sk_table_rows(const sk_table *t)
{
    return t->n_rows - t->n_headings;
}

/* --- for programs ------------------------------------------------------------------------------ */

size_t sk_table_width(const sk_table *t)
{
    return t->n_columns + (t->n_headings > 0);
}

sk_str sk_table_key(const sk_table *t, size_t column)
{
    sk_assert(column < sk_table_width(t));
    if (t->n_headings && column == 0)
        return SK_S("group");
    return sk_str_of(t->columns[column - (t->n_headings > 0)].key);
}

sk_table_walk sk_table_begin(const sk_table *t)
{
    sk_assert(t->n_filled == 0);
    return (sk_table_walk){.t = t, .group = SK_S("")};
}

bool sk_table_next(sk_table_walk *w)
{
    for (; w->next < w->t->n_rows; w->next++) {
        const sk_table_row *row = &w->t->rows[w->next];
        if (row->slots) {
            w->next++;
            w->row++;
            return true;
        }
        w->group = row->heading;
    }
    return false;
}

sk_cell sk_table_get(const sk_table_walk *w, size_t column)
{
    sk_assert(w->row && column < sk_table_width(w->t));
    if (w->t->n_headings && column == 0)
        return (sk_cell){.type = SK_CELL_IS_TEXT, .text = w->group};
    return w->t->rows[w->next - 1].slots[column - (w->t->n_headings > 0)].cell;
}

void sk_table_csv(const sk_table *t, bool spreadsheet, sk_buf *out)
{
    sk_csv_writer csv;
    sk_csv_writer_init(&csv, out, ',', spreadsheet);
    for (size_t i = 0; i < sk_table_width(t); i++)
        sk_csv_cell(&csv, sk_table_key(t, i));
    sk_csv_end_row(&csv);
    for (sk_table_walk w = sk_table_begin(t); sk_table_next(&w);) {
        for (size_t i = 0; i < sk_table_width(t); i++)
            sk_csv_cell(&csv, sk_table_get(&w, i).text);
        sk_csv_end_row(&csv);
    }
}

static void json_cell(sk_json *j, const sk_cell *c)
{
    switch (c->type) {
    case SK_CELL_IS_TEXT:
        sk_json_str(j, c->text);
        break;
    case SK_CELL_IS_INT:
        sk_json_int(j, c->value.i);
        break;
    case SK_CELL_IS_REAL:
        sk_json_real(j, c->value.d);
        break;
    case SK_CELL_IS_BOOL:
        sk_json_bool(j, c->value.b);
        break;
    case SK_CELL_IS_NONE:
        sk_json_null(j);
        break;
    }
}

void sk_table_json_into(const sk_table *t, sk_json *j)
{
    sk_json_array(j);
    for (sk_table_walk w = sk_table_begin(t); sk_table_next(&w);) {
        sk_json_object(j);
        for (size_t i = 0; i < sk_table_width(t); i++) {
            sk_cell c = sk_table_get(&w, i);
            sk_json_key(j, sk_table_key(t, i));
            json_cell(j, &c);
        }
        sk_json_end(j);
    }
    sk_json_end(j);
}

void sk_table_json(const sk_table *t, sk_json_style style, sk_buf *out)
{
    sk_json j;
    sk_json_init(&j, out, style);
    sk_table_json_into(t, &j);
    sk_json_done(&j);
}
