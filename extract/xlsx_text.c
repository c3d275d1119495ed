/* A workbook as a document: every sheet's rows, each a block with its cells' range as place.
 *
 * Cells of a row are parted by tabs, so that the k-th cell of a block is k-1 columns right of its
 * first; where more than GAP columns are empty, a new block begins. */
#include "xlsx.h"

#include "zip.h"

enum { GAP = 16 };

typedef struct pages {
    sk_build *b;
    sk_str sheet;
    uint64_t row, first, last; /* row, and columns, of the open block */
} pages;

static sk_str place_of(const pages *p)
{
    char from[4], to[4];
    sk_arena *a = &p->b->cx->arena;
    sk_str cell = sk_fmt(a, "%.*s!%s%llu", SK_P(sk_xlsx_quoted(a, p->sheet)),
                         sk_xlsx_column(p->first, from), (unsigned long long)p->row);
    if (p->first == p->last)
        return cell;
    return sk_fmt(a, "%.*s:%s%llu", SK_P(cell), sk_xlsx_column(p->last, to),
                  (unsigned long long)p->row);
}

static void end_block(pages *p)
{
    if (p->first) {
        p->b->kind = SK_BLOCK_ROW;
        p->b->place = place_of(p);
        sk_build_end(p->b);
    }
    p->first = p->last = 0;
}

static void on_row_end(void *arg, uint64_t row)
{
    end_block(arg);
}

static void on_cell(void *arg, const sk_xlsx_cell *cell)
{
    pages *p = arg;
    sk_build *b = p->b;
    sk_str v = sk_str_trim(cell->text);
    if (!v.n)
        return;
    if (p->first && (cell->column <= p->last || cell->column - p->last > GAP))
        end_block(p);
    if (!p->first)
        p->first = p->last = cell->column;
    p->row = cell->row;
    for (; p->last < cell->column; p->last++)
        sk_build_tab(b);
    for (size_t at = 0; at < v.n;) { /* line ends and tabs inside become blanks */
        size_t n = at;
        while (n < v.n && v.p[n] != '\n' && v.p[n] != '\t' && v.p[n] != '\r')
            n++;
        sk_build_add(b, sk_str_sub(v, at, n - at), SK_NO_ORIG, SK_NO_ORIG);
        if (n < v.n)
            sk_build_blank(b);
        at = n + 1;
    }
}

static void on_link(void *arg, sk_str target)
{
    pages *p = arg;
    sk_build_link(p->b, target);
}

void sk_read_xlsx(sk_build *b, const sk_source *src)
{
    static const sk_xlsx_sink sink = {on_cell, on_row_end, on_link};
    sk_xlsx x;
    pages p = {.b = b};
    b->doc.reader = SK_S("xlsx/1");
    b->doc.media = SK_S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    sk_zip_properties(b, src, "docProps/core.xml");
    sk_xlsx_open(&x, b, src);
    for (size_t i = 0; i < x.n_sheets && !sk_build_is_full(b); i++) {
        p.sheet = x.sheets[i].name;
        b->page = (uint32_t)i + 1;
        sk_xlsx_walk(&x, src, i, &sink, &p);
    }
    sk_xlsx_done(&x);
}
