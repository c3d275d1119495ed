#include "source.h"

#include "base/csv.h"

/* A cell's text; line breaks and tabs inside it become blanks. */
static void put_cell(sk_build *b, sk_str cell, uint64_t from, uint64_t to)
{
    cell = sk_str_trim(cell);
    for (size_t at = 0; at < cell.n;) {
        size_t n = at;
        while (n < cell.n && cell.p[n] != '\n' && cell.p[n] != '\r' && cell.p[n] != '\t')
            n++;
        sk_build_add(b, sk_str_sub(cell, at, n - at), from, to);
        if (n < cell.n)
            sk_build_blank(b);
        at = n + 1;
    }
}

/* One row is one block: cells with tabs between. */
static void put_row(sk_build *b, sk_decoded *d, const sk_csv_row *row)
{
    uint64_t from = sk_decoded_orig(d, row->from), to = sk_decoded_orig(d, row->to);
    b->kind = SK_BLOCK_ROW;
    b->place = sk_fmt(&b->cx->arena, "row %llu", (unsigned long long)row->row);
    for (size_t i = 0; i < row->n; i++) {
        if (i)
            sk_build_tab(b);
        put_cell(b, row->cells[i], from, to);
    }
    sk_build_end(b);
}

/* What stands behind a fault in the table: lines of text, so that nothing is lost to search. */
static void put_rest(sk_build *b, sk_decoded *d, size_t at)
{
    sk_str rest = sk_str_sub(d->text, at, d->text.n), line;
    while (!sk_build_is_full(b) && sk_str_cut(&rest, '\n', &line)) {
        sk_str core = sk_str_trim(line);
        if (!core.n)
            continue;
        size_t from = (size_t)(core.p - d->text.p);
        sk_build_add(b, core, sk_decoded_orig(d, from), sk_decoded_orig(d, from + core.n));
        sk_build_end(b);
    }
}

void sk_read_table(sk_build *b, const sk_source *src)
{
    sk_decoded d;
    sk_csv *csv;
    sk_csv_row row;
    size_t done = 0;
    b->doc.reader = SK_S("table/1");
    b->doc.media = SK_S("text/csv");
    if (!sk_source_decode(b, src, SK_NONE, SK_LIM_EXTRACT_BYTES, &d))
        return;
    if (sk_csv_open_mem(b->cx, d.text, "table", 0, &csv)) {
        sk_build_note(b, SK_OUTCOME_PARTIAL, "%s", b->cx->message);
        sk_forgive(b->cx);
        put_rest(b, &d, 0);
        return;
    }
    if (sk_csv_separator(csv) == '\t')
        b->doc.media = SK_S("text/tab-separated-values");
    while (!sk_build_is_full(b)) {
        if (sk_csv_next(b->cx, csv, &row)) {
            sk_build_note(b, SK_OUTCOME_PARTIAL, "rows up to a fault, then lines: %s",
                          b->cx->message);
            sk_forgive(b->cx);
            put_rest(b, &d, done);
            break;
        }
        if (!row.n)
            break;
        if (!row.is_blank)
            put_row(b, &d, &row);
        done = (size_t)row.to;
    }
    sk_csv_close(csv);
}
