#include "web/grid.h"

#include "web/page.h"

typedef struct slot {
    sk_str shown, href;
    sk_style style;
    bool is_heading; /* over the whole width */
} slot;

struct sk_grid {
    sk_arena *a;
    const sk_grid_column *columns;
    size_t n_columns;
    sk_table *t;
    slot *slots;
    size_t n, cap;
};

sk_grid *sk_grid_new(sk_request *rq, const sk_grid_column *columns, size_t n_columns)
{
    sk_arena *a = &rq->cx.arena;
    sk_column *plain = sk_new_array(a, sk_column, n_columns);
    for (size_t i = 0; i < n_columns; i++)
        plain[i] = (sk_column){.key = columns[i].key, .title = columns[i].title};
    sk_grid *g = sk_new(a, sk_grid);
    *g = (sk_grid){.a = a, .columns = columns, .n_columns = n_columns};
    g->t = sk_table_new(a, plain, n_columns);
    return g;
}

static slot *add(sk_grid *g, sk_str shown)
{
    SK_GROW(g->a, g->slots, g->n, g->cap);
    g->slots[g->n] = (slot){.shown = shown};
    return &g->slots[g->n++];
}

void sk_grid_cell(sk_grid *g, sk_str text)
{
    sk_table_cell(g->t, text);
    add(g, text);
}

void sk_grid_int(sk_grid *g, int64_t value)
{
    sk_table_cell_int(g->t, value);
    add(g, sk_decimal_text(g->a, sk_decimal_of(value), true));
}

void sk_grid_shown(sk_grid *g, sk_str text)
{
    g->slots[g->n - 1].shown = text;
}

void sk_grid_link(sk_grid *g, sk_str href)
{
    g->slots[g->n - 1].href = href;
}

void sk_grid_style(sk_grid *g, sk_style style)
{
    g->slots[g->n - 1].style = style;
}

void sk_grid_group(sk_grid *g, sk_str heading, sk_str href)
{
    sk_table_group(g->t, heading);
    slot *s = add(g, heading);
    s->href = href;
    s->is_heading = true;
}

size_t sk_grid_rows(const sk_grid *g)
{
    return sk_table_rows(g->t);
}

/* ---- HTML ---- */

static const char *const class_of[SK_STYLES] = {
    [SK_STYLE_PLAIN] = "", [SK_STYLE_BOLD] = "strong",  [SK_STYLE_DIM] = "dim",
    [SK_STYLE_RED] = "no", [SK_STYLE_YELLOW] = "doubt", [SK_STYLE_GREEN] = "yes",
};

static void put_content(sk_html *h, const slot *s)
{
    if (s->href.n)
        SK_PUT(h, "<a href=\"$\">$</a>", s->href, s->shown.n ? s->shown : SK_S("→"));
    else
        sk_html_text(h, s->shown);
}

static void put_cell(sk_request *rq, const sk_grid *g, const slot *s, size_t column)
{
    sk_html *h = &rq->html;
    const sk_grid_column *c = &g->columns[column];
    sk_str title = sk_say(rq, c->title);
    const char *style = c->is_number ? "number" : class_of[s->style];
    if (c->is_hidden)
        return;
    if (!s->shown.n && !s->href.n) {
        SK_PUT(h, "<td class=\"empty\"></td>");
        return;
    }
    SK_PUT(h, "<td data-title=\"$\" class=\"$\" dir=\"auto\">", title, sk_str_of(style));
    put_content(h, s);
    SK_PUT(h, "</td>");
}

static void put_titles(sk_request *rq, const sk_grid *g)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<thead><tr>");
    for (size_t i = 0; i < g->n_columns; i++)
        if (!g->columns[i].is_hidden)
            SK_PUT(h, "<th scope=\"col\" class=\"$\">$</th>",
                   g->columns[i].is_number ? SK_S("number") : SK_S(""),
                   sk_say(rq, g->columns[i].title));
    SK_PUT(h, "</tr></thead>");
}

static size_t n_shown(const sk_grid *g)
{
    size_t n = 0;
    for (size_t i = 0; i < g->n_columns; i++)
        n += !g->columns[i].is_hidden;
    return n;
}

static void put_heading(sk_request *rq, const sk_grid *g, const slot *s)
{
    SK_PUT(&rq->html,
           "</tbody><tbody><tr class=\"group\"><th scope=\"rowgroup\" colspan=\"$\" "
           "dir=\"auto\">",
           sk_fmt(&rq->cx.arena, "%zu", n_shown(g)));
    put_content(&rq->html, s);
    SK_PUT(&rq->html, "</th></tr>");
}

void sk_grid_put(sk_request *rq, const sk_grid *g, sk_str caption)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<div class=\"scroll\"><table><caption>$</caption>", caption);
    put_titles(rq, g);
    SK_PUT(h, "<tbody>");
    for (size_t i = 0; i < g->n;) {
        if (g->slots[i].is_heading) {
            put_heading(rq, g, &g->slots[i++]);
            continue;
        }
        SK_PUT(h, "<tr>");
        for (size_t c = 0; c < g->n_columns; c++)
            put_cell(rq, g, &g->slots[i++], c);
        SK_PUT(h, "</tr>");
    }
    SK_PUT(h, "</tbody></table></div>");
}

/* ---- for programs ---- */

void sk_grid_json_into(const sk_grid *g, sk_json *j)
{
    sk_table_json_into(g->t, j);
}

sk_rc sk_grid_answer(sk_request *rq, const sk_grid *g)
{
    if (rq->format == SK_FORMAT_JSON) {
        sk_grid_json_into(g, sk_rq_json(rq));
        return sk_rq_json_end(rq);
    }
    sk_buf_reset(&rq->body);
    sk_table_csv(g->t, true, &rq->body);
    if (rq->body.overflow)
        return sk_fail(&rq->cx, SK_E_LIMIT, "the table is too large; ask for less at a time");
    return sk_rq_text(rq, "text/csv; charset=utf-8", sk_buf_str(&rq->body));
}
