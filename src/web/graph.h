/* A network as a picture: boxes with names, lines with what ties them, and the same as a table.
 *
 *     sk_put_graph(rq, &net, title);        SVG of up to SK_GRAPH_DRAWN boxes; nothing for fewer than two
 *     sk_grid *g = sk_graph_table(rq, &net, most);
 *
 * Under each name stands what ties it to the box that it hangs on, a link to the claim; the name leads
 * to the entity. Lines that only deny are broken. The picture is for eyes: it is hidden from screen
 * readers and from the tab key, for the table has its ties, and more words.
 *
 * Larger networks are drawn by a script where one is built in (ui/network.js), from places that are
 * computed here too. Threads: as the request. Tested by tests/unit/web/t_graph.c (places) and
 * tests/web/browser.mjs. */
#ifndef SK_WEB_GRAPH_H
#define SK_WEB_GRAPH_H

#include "count/network.h"
#include "web/grid.h"

enum { SK_GRAPH_DRAWN = 300 };

void sk_put_graph(sk_request *rq, const sk_network *net, sk_str title);

/* Ties in order, `most` at most: from, what, to, position, who says it, claim. */
sk_grid *sk_graph_table(sk_request *rq, const sk_network *net, size_t most);

/* Nodes with places and ties, for programs and for the script that draws large ones. */
void sk_graph_json(sk_request *rq, const sk_network *net, sk_json *j);

#endif
