/* Entities: the list, and one with all that is said of it, contradictions together. */
#include "tell/tell.h"
#include "web/entity_claims.h"
#include "web/entity_parts.h"
#include "web/page.h"

enum { LIST = 200 };

/* ---- the list ---- */

static void put_list_form(sk_request *rq, sk_str words, sk_str type)
{
    sk_html *h = &rq->html;
    const sk_model *m = sk_model_get();
    SK_PUT(
        h,
        "<form class=\"fields\" action=\"/entities\"><label>{entities.words}<input type=\"search\" "
        "name=\"q\" value=\"$\" dir=\"auto\"></label><label>{entities.type}<select "
        "name=\"type\"><option value=\"\">{entities.any}</option>",
        words);
    for (size_t i = 0; i < m->n_types; i++) {
        sk_str name = m->types[i].name;
        sk_put_option(rq, name, sk_type_text(rq, name), sk_str_eq(type, name));
    }
    SK_PUT(h, "</select></label><button class=\"main\">{entities.find}</button></form>");
}

/* ROUTE: GET /entities
 * Entities by type and by words of their names.
 *
 * ROLE: read
 * FORMATS: html json csv
 * PARAMETERS
 *   q      words of a name
 *   type   type of the model, narrower ones included
 */
sk_rc sk_page_entities(sk_request *rq)
{
    static const sk_grid_column columns[] = {
        {"caption", "col.name", false}, {"type", "col.type", false}, {"key", "col.key", false}};
    sk_str words = sk_str_trim(sk_rq_get(rq, "q")), type = sk_rq_get(rq, "type");
    uint64_t most = rq->format == SK_FORMAT_HTML ? LIST : 100000;
    sk_entity *list;
    size_t n;
    SK_TRY(sk_entities_list(&rq->cx, rq->view, type, words, most + 1, &list, &n));
    bool is_cut = n > most;
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    for (size_t i = 0; i < n && i < most; i++) {
        sk_grid_cell(g, list[i].caption);
        sk_grid_link(g, sk_href_entity(rq, list[i].key));
        sk_grid_cell(g, list[i].type);
        sk_grid_shown(g, sk_type_text(rq, list[i].type));
        sk_grid_cell(g, list[i].key);
    }
    if (rq->format != SK_FORMAT_HTML)
        return sk_grid_answer(rq, g);
    sk_page_begin(rq, sk_say(rq, "entities.title"));
    SK_PUT(&rq->html, "<h1>{entities.title}</h1>");
    put_list_form(rq, words, type);
    if (n)
        sk_grid_put(rq, g, sk_say(rq, "entities.caption"));
    else
        SK_PUT(&rq->html, "<p>{entities.none}</p>");
    sk_str cap = is_cut ? sk_say1(rq, "cap.entities", sk_number_text(rq, most)) : SK_NONE;
    return sk_page_end(rq,
                       &(sk_made){.command = sk_fmt(&rq->cx.arena, "sillok search kind:claim %.*s",
                                                    SK_P(sk_shell_word(rq, words))),
                                  .cap = cap});
}

/* ---- the page ---- */

typedef struct showing {
    sk_entity e;
    sk_claim_row *rows, *links;
    size_t n, n_links;
    uint64_t offset;
} showing;

static sk_rc entity_json(sk_request *rq, const showing *s)
{
    sk_json *j = sk_rq_json(rq);
    sk_json_object(j);
    sk_json_put_str(j, "key", s->e.key);
    sk_json_put_str(j, "type", s->e.type);
    sk_json_put_str(j, "caption", s->e.caption);
    sk_json_key(j, SK_S("claims"));
    sk_json_array(j);
    for (size_t i = 0; i < s->n; i++)
        sk_tell_claim_json(&rq->cx, j, &s->rows[i]);
    sk_json_end(j);
    sk_json_key(j, SK_S("links"));
    sk_json_array(j);
    for (size_t i = 0; i < s->n_links; i++)
        sk_tell_claim_json(&rq->cx, j, &s->links[i]);
    sk_json_end(j);
    sk_json_end(j);
    return sk_rq_json_end(rq);
}

static void put_links(sk_request *rq, const showing *s)
{
    sk_html *h = &rq->html;
    if (!s->n_links)
        return;
    SK_PUT(h, "<section aria-labelledby=\"links\"><h2 id=\"links\">{entity.links}</h2>");
    sk_grid_put(rq, sk_links_grid(rq, s->links, s->n_links, SK_LIM_PAGE_ROWS),
                sk_say(rq, "entity.links"));
    if (s->n_links > SK_LIM_PAGE_ROWS)
        SK_PUT(h, "<p class=\"cap\">$</p>",
               sk_say1(rq, "cap.links", sk_number_text(rq, SK_LIM_PAGE_ROWS)));
    SK_PUT(h, "</section>");
}

static sk_rc entity_page(sk_request *rq, const showing *s)
{
    sk_html *h = &rq->html;
    size_t n_lines;
    sk_said *lines = sk_said_find(rq, s->rows, s->n, &n_lines);
    sk_page_begin(rq, s->e.caption);
    SK_PUT(h, "<h1 dir=\"auto\">$</h1><p class=\"meta\">$ · <code>@$</code></p>", s->e.caption,
           sk_type_text(rq, s->e.type), s->e.key);
    sk_put_names(rq, s->rows, s->n);
    SK_PUT(h, "<p class=\"actions\"><a href=\"/search?entity=$\">{entity.search}</a> ",
           sk_percent_encode(&rq->cx.arena, s->e.key));
    if (sk_rq_may(rq, SK_ROLE_JUDGE))
        SK_PUT(h, "<a href=\"/judge?a=$\">{entity.judge}</a> ",
               sk_percent_encode(&rq->cx.arena, s->e.key));
    bool history = sk_rq_get(rq, "history").n > 0;
    SK_PUT(h, "<a href=\"$\">$</a></p>", sk_href_with(rq, "history", history ? SK_NONE : SK_S("1")),
           sk_say(rq, history ? "entity.current" : "entity.history"));
    sk_put_rivals(rq, lines, n_lines);
    SK_TRY(sk_put_timeline(rq, &s->e));
    SK_TRY(sk_put_small_network(rq, &s->e));
    SK_PUT(h, "<section aria-labelledby=\"claims\"><h2 id=\"claims\">{entity.claims}</h2>");
    size_t from = s->offset < n_lines ? (size_t)s->offset : n_lines;
    sk_grid *g = sk_claims_grid(rq, lines, n_lines, from, SK_LIM_PAGE_ROWS);
    sk_grid_put(rq, g, sk_say(rq, "entity.claims"));
    sk_put_pager(rq, from, SK_LIM_PAGE_ROWS, sk_grid_rows(g), from + SK_LIM_PAGE_ROWS < n_lines);
    SK_PUT(h, "</section>");
    put_links(rq, s);
    SK_TRY(sk_put_cluster(rq, &s->e));
    return sk_page_end(rq, &(sk_made){.command = sk_fmt(&rq->cx.arena, "sillok ask about %.*s%s",
                                                        SK_P(sk_shell_word(rq, s->e.key)),
                                                        history ? " --history" : "")});
}

/* ROUTE: GET /entity/{key}
 * All that is said of one entity, by property, each claim with who says it and where it stands.
 *
 * ROLE: read
 * FORMATS: html json csv
 * PARAMETERS
 *   key       of the entity, or exactly its name
 *   history   1: retracted and superseded claims too
 *   offset    pass over so many claims
 */
sk_rc sk_page_entity(sk_request *rq)
{
    showing s = {.n = 0};
    size_t n_lines;
    sk_claim_flags flags = sk_rq_get(rq, "history").n ? SK_CLAIMS_HISTORY : SK_CLAIMS_CURRENT;
    SK_TRY(sk_rq_number(rq, "offset", 0, INT32_MAX, &s.offset));
    SK_TRY(sk_entity_find(&rq->cx, rq->view, sk_rq_get(rq, "key"), &s.e));
    SK_TRY(sk_claims_about(&rq->cx, rq->view, &s.e, flags, &s.rows, &s.n));
    if (rq->format == SK_FORMAT_CSV) {
        sk_said *lines = sk_said_find(rq, s.rows, s.n, &n_lines);
        return sk_grid_answer(rq, sk_claims_grid(rq, lines, n_lines, 0, SIZE_MAX));
    }
    SK_TRY(sk_claims_linking(&rq->cx, rq->view, &s.e, SK_NONE, &s.links, &s.n_links));
    return rq->format == SK_FORMAT_JSON ? entity_json(rq, &s) : entity_page(rq, &s);
}
