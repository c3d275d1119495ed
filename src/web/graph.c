#include "web/graph.h"

#include "base/utf8.h"
#include "tell/tell.h"
#include "web/chart.h"
#include "web/graph_layout.h"
#include "web/page.h"

#include <math.h>

enum { NAME_COLUMNS = 24, TIE_COLUMNS = 28, BOX_HEIGHT = 38, SMALL_BOX = 8 };

static const double column_px = 6.9, small_px = 5.9, padding_px = 18;

/* ---- words ---- */

/* What a tie is: the kind of interest; the act, or the role of an involvement as its claim says it;
 * the property. */
static sk_str tie_text(sk_request *rq, const sk_tie *t)
{
    if (t->kind == SK_TIE_INTEREST)
        return sk_type_text(rq, t->term);
    if (t->kind == SK_TIE_ACT && t->term.n)
        return sk_act_text(rq, t->term);
    return sk_tell_property(&t->row.claim, rq->lang);
}

static bool is_only_against(const sk_tie *t)
{
    return !t->n_for && t->n_against;
}

/* ---- which box hangs on which ---- */

typedef struct hung {
    size_t parent;     /* box nearer to the middle      */
    const sk_tie *tie; /* the first between the two     */
    size_t n_more;     /* further ties between the same */
} hung;

static hung *find_parents(sk_request *rq, const sk_network *net)
{
    hung *list = sk_new_array(&rq->cx.arena, hung, net->n_nodes);
    for (size_t i = 0; i < net->n_ties; i++) {
        const sk_tie *t = &net->ties[i];
        bool is_out = net->nodes[t->from].hops < net->nodes[t->to].hops ||
                      (net->nodes[t->from].hops == net->nodes[t->to].hops && t->from < t->to);
        size_t near = is_out ? t->from : t->to, far = is_out ? t->to : t->from;
        if (!list[far].tie && net->nodes[near].hops < net->nodes[far].hops)
            list[far] = (hung){near, t, 0};
        else if (list[far].tie && list[far].parent == near)
            list[far].n_more++;
    }
    return list;
}

static sk_str tie_label(sk_request *rq, const hung *h)
{
    if (!h->tie)
        return SK_NONE;
    sk_str text = sk_fitting(rq, tie_text(rq, h->tie), TIE_COLUMNS);
    return h->n_more ? sk_fmt(&rq->cx.arena, "%.*s +%zu", SK_P(text), h->n_more) : text;
}

static sk_box *place_boxes(sk_request *rq, const sk_network *net, const hung *hangs, bool is_small,
                           double *ret_width, double *ret_height)
{
    sk_box *boxes = sk_new_array(&rq->cx.arena, sk_box, net->n_nodes);
    for (size_t i = 0; i < net->n_nodes; i++) {
        sk_str name = sk_fitting(rq, net->nodes[i].entity.caption, NAME_COLUMNS);
        sk_str tie = tie_label(rq, &hangs[i]);
        double wide =
            fmax((double)sk_utf8_width(name) * column_px, (double)sk_utf8_width(tie) * small_px);
        boxes[i] = (sk_box){.width = is_small ? SMALL_BOX : wide + padding_px,
                            .height = is_small ? SMALL_BOX : BOX_HEIGHT,
                            .hops = net->nodes[i].hops,
                            .parent = hangs[i].parent};
    }
    sk_graph_place(&rq->cx.arena, boxes, net->n_nodes, ret_width, ret_height);
    return boxes;
}

/* ---- lines ---- */

/* Where the line from a to b meets the border of b. */
static void border_of(const sk_box *a, const sk_box *b, double *ret_x, double *ret_y)
{
    double dx = a->x - b->x, dy = a->y - b->y;
    double part = fmin(dx != 0 ? (b->width / 2 + 2) / fabs(dx) : 1,
                       dy != 0 ? (b->height / 2 + 2) / fabs(dy) : 1);
    *ret_x = b->x + dx * fmin(part, 1);
    *ret_y = b->y + dy * fmin(part, 1);
}

static void put_line(sk_request *rq, const sk_box *boxes, const sk_tie *t)
{
    const sk_box *a = &boxes[t->from], *b = &boxes[t->to];
    double x, y, x0, y0;
    border_of(a, b, &x, &y);
    border_of(b, a, &x0, &y0);
    double length = fmax(1, hypot(x - x0, y - y0)), ux = (x - x0) / length, uy = (y - y0) / length;
    SK_PUT(&rq->html, "<path class=\"$\" d=\"M$ $L$ $M$ $L$ $L$ $\"/>",
           is_only_against(t) ? SK_S("tie no")
           : t->n_against     ? SK_S("tie doubt")
                              : SK_S("tie"),
           sk_px(rq, x0), sk_px(rq, y0), sk_px(rq, x), sk_px(rq, y),
           sk_px(rq, x - 7 * ux - 3.5 * uy), sk_px(rq, y - 7 * uy + 3.5 * ux), sk_px(rq, x),
           sk_px(rq, y), sk_px(rq, x - 7 * ux + 3.5 * uy), sk_px(rq, y - 7 * uy - 3.5 * ux));
}

/* One line for all ties of the same two in the same direction that look alike. */
static void put_lines(sk_request *rq, const sk_network *net, const sk_box *boxes)
{
    sk_strmap drawn = {0};
    for (size_t i = 0; i < net->n_ties; i++) {
        const sk_tie *t = &net->ties[i];
        sk_str key = sk_fmt(&rq->cx.arena, "%zu %zu %d %d", t->from, t->to, is_only_against(t),
                            t->n_against > 0);
        if (sk_strmap_put(&drawn, &rq->cx.arena, key, t))
            put_line(rq, boxes, t);
    }
}

/* ---- boxes ---- */

static void put_box(sk_request *rq, const sk_network *net, size_t i, const sk_box *b, const hung *h)
{
    sk_html *html = &rq->html;
    const sk_net_node *n = &net->nodes[i];
    sk_str name = sk_fitting(rq, n->entity.caption, NAME_COLUMNS), tie = tie_label(rq, h);
    SK_PUT(html, "<rect class=\"$\" x=\"$\" y=\"$\" width=\"$\" height=\"$\" rx=\"6\"/>",
           i ? SK_S("box") : SK_S("box ego"), sk_px(rq, b->x - b->width / 2),
           sk_px(rq, b->y - b->height / 2), sk_px(rq, b->width), sk_px(rq, b->height));
    SK_PUT(html,
           "<a href=\"$\" tabindex=\"-1\"><title>$</title><text x=\"$\" y=\"$\" "
           "text-anchor=\"middle\">$</text></a>",
           sk_href_entity(rq, n->entity.key), n->entity.caption, sk_px(rq, b->x),
           sk_px(rq, tie.n ? b->y - 3 : b->y + 4), name);
    if (!tie.n)
        return;
    SK_PUT(
        html,
        "<a href=\"$\" tabindex=\"-1\"><title>$ — $</title><text class=\"what$\" x=\"$\" y=\"$\" "
        "text-anchor=\"middle\">$</text></a>",
        sk_href_claim(rq, &h->tie->row.claim.id), tie_text(rq, h->tie),
        sk_tell_says(&rq->cx, rq->view, &h->tie->row.claim, rq->lang),
        is_only_against(h->tie) ? SK_S(" no") : SK_NONE, sk_px(rq, b->x), sk_px(rq, b->y + 12),
        tie);
}

void sk_put_graph(sk_request *rq, const sk_network *net, sk_str title)
{
    sk_html *h = &rq->html;
    double width, height;
    if (net->n_nodes < 2 || net->n_nodes > SK_GRAPH_DRAWN)
        return;
    hung *hangs = find_parents(rq, net);
    sk_box *boxes = place_boxes(rq, net, hangs, false, &width, &height);
    SK_PUT(h,
           "<figure class=\"graph\" tabindex=\"0\" aria-label=\"$\"><svg viewBox=\"0 0 $ $\" "
           "width=\"$\" height=\"$\" aria-hidden=\"true\">",
           title, sk_px(rq, width), sk_px(rq, height), sk_px(rq, width), sk_px(rq, height));
    put_lines(rq, net, boxes);
    for (size_t i = 0; i < net->n_nodes; i++)
        put_box(rq, net, i, &boxes[i], &hangs[i]);
    SK_PUT(h, "</svg><figcaption class=\"quiet\">{network.caption}</figcaption></figure>");
}

/* ---- the same as a table, and for programs ---- */

static sk_str standing(sk_request *rq, const sk_tie *t)
{
    if (is_only_against(t))
        return sk_position_text(rq, t->row.claim.position);
    if (t->n_against)
        return sk_say_n(rq, "network.disputed", t->n_against);
    return sk_position_text(rq, t->row.claim.position);
}

static void add_tie(sk_request *rq, sk_grid *g, const sk_network *net, const sk_tie *t)
{
    const sk_entity *from = &net->nodes[t->from].entity, *to = &net->nodes[t->to].entity;
    const sk_claim *c = &t->row.claim;
    sk_grid_cell(g, from->key);
    sk_grid_shown(g, from->caption);
    sk_grid_link(g, sk_href_entity(rq, from->key));
    sk_grid_cell(g, t->kind == SK_TIE_CLAIM ? c->prop : t->term);
    sk_grid_shown(g, tie_text(rq, t));
    sk_grid_link(g, t->via.n ? sk_href_entity(rq, t->via) : SK_NONE);
    sk_grid_cell(g, to->key);
    sk_grid_shown(g, to->caption);
    sk_grid_link(g, sk_href_entity(rq, to->key));
    sk_grid_cell(g, is_only_against(t) ? SK_S("denied")
                    : t->n_against     ? SK_S("disputed")
                                       : SK_NONE);
    sk_grid_shown(g, standing(rq, t));
    sk_grid_style(g, is_only_against(t) ? SK_STYLE_RED : SK_STYLE_YELLOW);
    sk_grid_cell(g, sk_tell_says(&rq->cx, rq->view, c, rq->lang));
    sk_grid_cell(g, sk_hash_hex(&rq->cx.arena, &c->id));
    sk_grid_shown(g, sk_tell_short(&rq->cx, &c->id));
    sk_grid_link(g, sk_href_claim(rq, &c->id));
}

sk_grid *sk_graph_table(sk_request *rq, const sk_network *net, size_t most)
{
    static const sk_grid_column columns[] = {
        {"from", "network.from", false}, {"what", "col.what", false},
        {"to", "network.to", false},     {"position", "col.position", false},
        {"says", "col.says", false},     {"claim", "col.claim", false}};
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    for (size_t i = 0; i < net->n_ties && i < most; i++)
        add_tie(rq, g, net, &net->ties[i]);
    return g;
}

static void node_json(sk_json *j, const sk_net_node *n, const sk_box *b, sk_request *rq)
{
    sk_json_object(j);
    sk_json_put_str(j, "key", n->entity.key);
    sk_json_put_str(j, "caption", n->entity.caption);
    sk_json_put_str(j, "type", n->entity.type);
    sk_json_put_uint(j, "hops", n->hops);
    sk_json_put_uint(j, "ties", n->n_ties);
    sk_json_key(j, SK_S("x"));
    sk_json_number(j, sk_px(rq, b->x));
    sk_json_key(j, SK_S("y"));
    sk_json_number(j, sk_px(rq, b->y));
    sk_json_end(j);
}

static void tie_json(sk_request *rq, sk_json *j, const sk_network *net, const sk_tie *t)
{
    sk_json_object(j);
    sk_json_put_str(j, "from", net->nodes[t->from].entity.key);
    sk_json_put_str(j, "to", net->nodes[t->to].entity.key);
    sk_json_put_str(j, "kind", sk_str_of(sk_tie_kind_name(t->kind)));
    sk_json_put_str(j, "what", t->kind == SK_TIE_CLAIM ? t->row.claim.prop : t->term);
    sk_json_put_str(j, "label", tie_text(rq, t));
    sk_json_put_given(j, "via", t->via);
    sk_json_put_str(j, "claim", sk_hash_hex(&rq->cx.arena, &t->row.claim.id));
    sk_json_put_uint(j, "for", t->n_for);
    sk_json_put_uint(j, "against", t->n_against);
    sk_json_end(j);
}

void sk_graph_json(sk_request *rq, const sk_network *net, sk_json *j)
{
    double width, height;
    hung *hangs = find_parents(rq, net);
    sk_box *boxes = place_boxes(rq, net, hangs, net->n_nodes > SK_GRAPH_DRAWN, &width, &height);
    sk_json_object(j);
    sk_json_key(j, SK_S("nodes"));
    sk_json_array(j);
    for (size_t i = 0; i < net->n_nodes; i++)
        node_json(j, &net->nodes[i], &boxes[i], rq);
    sk_json_end(j);
    sk_json_key(j, SK_S("ties"));
    sk_json_array(j);
    for (size_t i = 0; i < net->n_ties; i++)
        tie_json(rq, j, net, &net->ties[i]);
    sk_json_end(j);
    sk_json_put_bool(j, "is_cut", net->is_cut);
    sk_json_end(j);
}
