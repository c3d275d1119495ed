/* Asking: the forms of the questions, and who did what to whom. */
#include "tell/tell.h"
#include "web/ask_form.h"
#include "web/grid.h"
#include "web/page.h"

static void put_who_form(sk_request *rq)
{
    SK_PUT(&rq->html, "<form class=\"fields\" action=\"/ask/who\">");
    sk_put_ask_filters(rq);
    SK_PUT(&rq->html, "<button class=\"main\">{ask.go}</button></form>");
}

static void put_table_links(sk_request *rq)
{
    static const struct {
        const char *href, *key;
    } links[] = {{"/ask/table?per=year", "table.year"},
                 {"/ask/table?per=kind", "table.kind"},
                 {"/ask/table?per=place", "table.place"},
                 {"/ask/table?per=perpetrator", "table.perpetrator"}};
    for (size_t i = 0; i < SK_COUNT(links); i++)
        SK_PUT(&rq->html, "<li><a class=\"button\" href=\"$\">$</a></li>", sk_str_of(links[i].href),
               sk_say(rq, links[i].key));
}

/* ROUTE: GET /ask
 * The questions that can be asked, each as a form.
 *
 * ROLE: read
 */
sk_rc sk_page_ask(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_page_begin(rq, sk_say(rq, "ask.title"));
    SK_PUT(h, "<h1>{ask.title}</h1><p class=\"lead\">{ask.lead}</p>"
              "<section class=\"card\"><h2>{ask.how_many}</h2>"
              "<form class=\"fields\" action=\"/ask/how-many\">");
    sk_put_field(rq, "of", "ask.of", true);
    sk_put_field(rq, "when", "ask.when", false);
    sk_put_field(rq, "measure", "ask.measure", false);
    SK_PUT(h, "<button class=\"main\">{ask.go}</button></form></section>"
              "<section class=\"card\"><h2>{ask.who}</h2>");
    put_who_form(rq);
    SK_PUT(h, "</section><section class=\"card\"><h2>{table.title}</h2><p>{table.lead}</p><ul "
              "class=\"actions plain\">");
    put_table_links(rq);
    SK_PUT(h, "</ul></section><section class=\"card\"><h2>{ask.about}</h2>"
              "<form class=\"fields\" action=\"/ask/about\">");
    sk_put_field(rq, "of", "ask.entity", true);
    SK_PUT(h, "<button class=\"main\">{ask.go}</button></form></section>"
              "<section class=\"card\"><h2>{ask.rules}</h2>"
              "<form class=\"fields\" action=\"/ask/rules\">");
    sk_put_field(rq, "goods", "ask.goods", false);
    sk_put_field(rq, "on", "ask.on", false);
    sk_put_field(rq, "from", "ask.from", false);
    sk_put_field(rq, "to", "ask.dest", false);
    sk_put_field(rq, "of", "ask.ship", false);
    SK_PUT(h, "<button class=\"main\">{ask.go}</button></form></section>"
              "<section class=\"card\"><h2>{ask.number}</h2>"
              "<form class=\"fields\" action=\"/ask/number\">");
    sk_put_field(rq, "number", "ask.number_field", true);
    SK_PUT(h, "<button class=\"main\">{ask.go}</button></form></section>");
    return sk_page_end(rq, &(sk_made){.command = SK_S("sillok ask")});
}

/* ROUTE: GET /ask/about
 * Leads to the page of the entity named.
 *
 * ROLE: read
 * PARAMETERS
 *   of   key or name
 */
sk_rc sk_page_ask_about(sk_request *rq)
{
    sk_entity e;
    SK_TRY(sk_entity_find(&rq->cx, rq->view, sk_str_trim(sk_rq_get(rq, "of")), &e));
    return sk_rq_redirect(rq, sk_href_entity(rq, e.key));
}

/* ---- who did what to whom ---- */

static const sk_grid_column act_columns[] = {
    {"when", "col.when", false},   {"who", "ask.by", false},
    {"did", "ask.did", false},     {"whom", "ask.to", false},
    {"where", "col.where", false}, {"position", "col.position", false},
    {"says", "col.says", false},   {"passage", "col.passage", false},
    {"act", "ask.act_key", false}};

/* A slot that nobody filled says so to people, and is empty for programs. */
static void add_slot(sk_request *rq, sk_grid *g, sk_str text)
{
    sk_grid_cell(g, text);
    if (text.n)
        return;
    sk_grid_shown(g, sk_say(rq, "ask.not_stated"));
    sk_grid_style(g, SK_STYLE_DIM);
}

static sk_str act_words(sk_request *rq, const sk_act_row *r)
{
    sk_str label = sk_act_text(rq, r->term);
    if (!r->term_words.n)
        return label;
    return sk_fmt(&rq->cx.arena, "%.*s: “%.*s”", SK_P(label), SK_P(r->term_words));
}

static void add_act(sk_request *rq, sk_grid *g, const sk_act_row *r)
{
    sk_claim voice = r->claims[0].claim;
    voice.passages = r->passage;
    voice.n_passages = r->passage != NULL;
    add_slot(rq, g, r->when);
    add_slot(rq, g, r->who);
    add_slot(rq, g, r->term);
    if (r->term.n)
        sk_grid_shown(g, act_words(rq, r));
    add_slot(rq, g, r->whom);
    add_slot(rq, g, r->where);
    sk_grid_cell(g, sk_str_of(sk_position_name(r->position)));
    sk_grid_shown(g, sk_position_text(rq, r->position));
    sk_grid_style(g, r->position == SK_CLAIM_DENIES ? SK_STYLE_RED : SK_STYLE_YELLOW);
    sk_grid_cell(g, sk_tell_says(&rq->cx, rq->view, &voice, rq->lang));
    sk_grid_cell(g, sk_tell_passage(&rq->cx, rq->view, &voice));
    sk_grid_link(g, sk_href_passage(rq, &voice));
    sk_grid_cell(g, r->act.key);
    sk_grid_link(g, sk_href_entity(rq, r->act.key));
}

/* ROUTE: GET /ask/who
 * Who did what to whom: acts as they were claimed, one row for each claimant's account.
 *
 * ROLE: read
 * FORMATS: html json csv
 * PARAMETERS
 *   act      term of the model, narrower ones included
 *   by       perpetrator: key or name
 *   to       victim: key or name
 *   place    words of the place
 *   when     date or period, EDTF or words
 *   offset   pass over so many rows
 */
sk_rc sk_page_ask_who(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_act_filter filter;
    sk_act_row *rows;
    size_t n;
    uint64_t offset, limit = rq->format == SK_FORMAT_HTML ? SK_LIM_PAGE_ROWS : UINT32_MAX;
    SK_TRY(sk_ask_filter(rq, &filter));
    SK_TRY(sk_rq_number(rq, "offset", 0, INT32_MAX, &offset));
    SK_TRY(sk_acts_find(&rq->cx, rq->view, &filter, &rows, &n));
    sk_grid *g = sk_grid_new(rq, act_columns, SK_COUNT(act_columns));
    for (size_t i = (size_t)offset; i < n && i - offset < limit; i++)
        add_act(rq, g, &rows[i]);
    if (rq->format != SK_FORMAT_HTML)
        return sk_grid_answer(rq, g);
    sk_page_begin(rq, sk_say(rq, "ask.who"));
    SK_PUT(h, "<h1>{ask.who}</h1>");
    put_who_form(rq);
    SK_PUT(h, "<p class=\"status\" role=\"status\">");
    SK_SAY_N(h, n, "ask.accounts", sk_number_text(rq, n));
    SK_PUT(h, "</p>");
    if (n)
        sk_grid_put(rq, g, sk_say(rq, "ask.who"));
    sk_put_pager(rq, offset, limit, sk_grid_rows(g), offset + limit < n);
    return sk_page_end(rq, &(sk_made){.command = sk_ask_command(rq, SK_S("sillok ask who"))});
}
