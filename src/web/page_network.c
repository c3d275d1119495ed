/* The network around one entity: a picture, and every tie as a row. */
#include "web/assets.h"
#include "web/graph.h"
#include "web/page.h"

/* A network too large for a picture is drawn by a script, where one is built in. */
static void put_large(sk_request *rq, const sk_network *net)
{
    sk_html *h = &rq->html;
    if (!sk_asset_is_there("sigma.min.js")) {
        SK_PUT(h, "<p class=\"cap\">$</p>",
               sk_say1(rq, "network.too_large", sk_number_text(rq, SK_GRAPH_DRAWN)));
        return;
    }
    SK_PUT(h,
           "<div class=\"canvas\" data-network=\"$\" role=\"img\" aria-label=\"{network.title}\">"
           "<noscript><p class=\"cap\">{network.needs_script}</p></noscript></div>",
           sk_href_form(rq, ".json"));
    sk_page_script(rq, "graphology.umd.min.js", false);
    sk_page_script(rq, "sigma.min.js", false);
    sk_page_script(rq, "network.js", true);
}

static void put_counts(sk_request *rq, const sk_network *net, uint64_t hops)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<p class=\"status\">");
    SK_SAY(h, "network.counts", sk_number_text(rq, net->n_nodes - 1),
           sk_number_text(rq, net->n_ties));
    SK_PUT(h, "</p><p class=\"actions\"><a href=\"$\">$</a></p>",
           sk_href_with(rq, "hops", hops == 1 ? SK_S("2") : SK_NONE),
           sk_say(rq, hops == 1 ? "network.further" : "network.nearer"));
}

static sk_rc network_page(sk_request *rq, const sk_entity *e, const sk_network *net, uint64_t hops)
{
    sk_html *h = &rq->html;
    sk_str title = sk_say1(rq, "network.of", e->caption);
    sk_page_begin(rq, title);
    SK_PUT(h, "<h1 dir=\"auto\">$</h1><p class=\"meta\"><a href=\"$\">$</a> · <code>@$</code></p>",
           title, sk_href_entity(rq, e->key), e->caption, e->key);
    put_counts(rq, net, hops);
    if (net->n_nodes > SK_GRAPH_DRAWN)
        put_large(rq, net);
    else
        sk_put_graph(rq, net, title);
    SK_PUT(h, "<section aria-labelledby=\"ties\"><h2 id=\"ties\">{network.ties}</h2>");
    if (net->n_ties)
        sk_grid_put(rq, sk_graph_table(rq, net, SK_LIM_PAGE_ROWS), sk_say(rq, "network.ties"));
    else
        SK_PUT(h, "<p>{network.none}</p>");
    if (net->n_ties > SK_LIM_PAGE_ROWS)
        SK_PUT(h, "<p class=\"cap\">$</p>",
               sk_say1(rq, "cap.links", sk_number_text(rq, SK_LIM_PAGE_ROWS)));
    SK_PUT(h, "</section>");
    sk_str cap = net->is_cut ? sk_say1(rq, "cap.network", sk_number_text(rq, SK_LIM_NETWORK_NODES))
                             : SK_NONE;
    return sk_page_end(rq, &(sk_made){.method = "counting", .cap = cap});
}

/* ROUTE: GET /entity/{key}/network
 * Who and what an entity is tied to, by which claims: a picture with a table of the same.
 *
 * ROLE: read
 * FORMATS: html json csv
 * PARAMETERS
 *   key    of the entity, or exactly its name
 *   hops   1: its own ties; 2: those of its neighbours too
 */
sk_rc sk_page_network(sk_request *rq)
{
    sk_entity e;
    sk_network net;
    uint64_t hops;
    SK_TRY(sk_rq_number(rq, "hops", 1, 2, &hops));
    SK_TRY(sk_entity_find(&rq->cx, rq->view, sk_rq_get(rq, "key"), &e));
    SK_TRY(sk_network_build(&rq->cx, rq->view, &e,
                            &(sk_network_opts){.hops = hops ? (unsigned)hops : 1}, &net));
    if (rq->format == SK_FORMAT_CSV)
        return sk_grid_answer(rq, sk_graph_table(rq, &net, SIZE_MAX));
    if (rq->format == SK_FORMAT_JSON) {
        sk_graph_json(rq, &net, sk_rq_json(rq));
        return sk_rq_json_end(rq);
    }
    return network_page(rq, &e, &net, hops ? hops : 1);
}
