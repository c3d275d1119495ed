/* Exhibits: the list of them. */
#include "tell/tell.h"
#include "web/custody.h"
#include "web/grid.h"
#include "web/page.h"

static void add_exhibit(sk_request *rq, sk_grid *g, const sk_exhibit *x)
{
    sk_arena *a = &rq->cx.arena;
    sk_grid_cell(g, x->name);
    sk_grid_link(g, sk_href_exhibit(rq, &x->hash));
    sk_grid_cell(g, x->title);
    sk_grid_cell(g, x->media);
    sk_grid_cell(g, x->is_read ? sk_str_of(sk_outcome_name(x->outcome)) : SK_S("no"));
    sk_grid_shown(g, sk_outcome_text(rq, x));
    sk_grid_int(g, (int64_t)x->size_bytes);
    sk_grid_shown(g, sk_bytes_text(rq, x->size_bytes));
    sk_grid_cell(g, x->n_captures ? x->captures[0].at : SK_S(""));
    sk_grid_shown(g, x->n_captures ? sk_time_text(rq, x->captures[0].at) : SK_S(""));
    sk_grid_cell(g, sk_hash_hex(a, &x->hash));
    sk_grid_shown(g, sk_tell_short(&rq->cx, &x->hash));
}

/* ROUTE: GET /exhibits
 * The exhibits that the user may see.
 *
 * ROLE: read
 * FORMATS: html json csv
 * PARAMETERS
 *   offset   pass over so many
 */
sk_rc sk_page_exhibits(sk_request *rq)
{
    static const sk_grid_column columns[] = {
        {"name", "col.file", false},   {"title", "col.title", false},
        {"media", "col.media", false}, {"read", "col.read", false},
        {"bytes", "col.bytes", true},  {"logged", "col.logged", false},
        {"exhibit", "col.hash", false}};
    sk_exhibit *list;
    size_t n;
    uint64_t offset, limit = rq->format == SK_FORMAT_HTML ? SK_LIM_PAGE_ROWS : UINT64_MAX;
    SK_TRY(sk_rq_number(rq, "offset", 0, INT32_MAX, &offset));
    SK_TRY(sk_exhibits_list(&rq->cx, rq->view, &list, &n));
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    size_t i = (size_t)offset;
    for (; i < n && i - offset < limit; i++)
        add_exhibit(rq, g, &list[i]);
    if (rq->format != SK_FORMAT_HTML)
        return sk_grid_answer(rq, g);
    sk_page_begin(rq, sk_say(rq, "exhibits.title"));
    SK_PUT(&rq->html, "<h1>{exhibits.title}</h1>");
    if (n)
        sk_grid_put(rq, g, sk_say(rq, "exhibits.caption"));
    else
        SK_PUT(&rq->html, "<p>{exhibits.none}</p>");
    sk_put_pager(rq, offset, limit, i - (i < offset ? i : (size_t)offset), i < n);
    return sk_page_end(rq, &(sk_made){.command = SK_S("sillok search kind:exhibit")});
}
