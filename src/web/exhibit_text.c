#include "web/exhibit_text.h"

#include "record/search.h"
#include "tell/tell.h"
#include "web/page.h"

enum { EDGES = 512, NOTES = 12 };

/* A claim's span in the text, after it was looked for again. */
typedef struct claim_span {
    const sk_claim_row *row;
    size_t start, end;
} claim_span;

typedef struct writing {
    sk_request *rq;
    const sk_text_view *t;
    claim_span *spans; /* in order of their start */
    size_t n_spans;
    bool has_anchor; /* the id "at" was given out */
    sk_ranges hits;  /* of the block in hand      */
} writing;

/* Texts may shift when the extractor learns; the quoted words find their place again. */
static bool find_span(const writing *w, const sk_passage *p, claim_span *span)
{
    sk_ctx *cx = &w->rq->cx;
    if (!p->has_span || !sk_hash_eq(&p->exhibit, &w->t->exhibit->hash))
        return false;
    span->start = p->start;
    span->end = p->end;
    for (size_t i = 0; p->quote.n && i < w->t->n_blocks; i++) {
        const sk_text_block *b = &w->t->blocks[i];
        if (b->start <= p->start && p->end <= b->end &&
            sk_str_eq(sk_str_sub(b->text, p->start - b->start, p->end - p->start), p->quote))
            return true;
    }
    if (p->quote.n &&
        sk_quote_find(cx, w->rq->view, w->t->exhibit, p->quote, &span->start, &span->end))
        sk_forgive(cx);
    return true;
}

static int by_start(const void *a, const void *b)
{
    const claim_span *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    int order = sk_str_cmp(x->row->claim.entity, y->row->claim.entity);
    return order ? order : x->row < y->row ? -1 : x->row > y->row;
}

static void find_spans(writing *w)
{
    size_t cap = 0;
    for (size_t i = 0; i < w->t->n_claims; i++) {
        const sk_claim *c = &w->t->claims[i].claim;
        for (size_t k = 0; k < c->n_passages; k++) {
            claim_span span = {.row = &w->t->claims[i]};
            if (!find_span(w, &c->passages[k], &span))
                continue;
            SK_GROW(&w->rq->cx.arena, w->spans, w->n_spans, cap);
            w->spans[w->n_spans++] = span;
        }
    }
    if (w->n_spans)
        qsort(w->spans, w->n_spans, sizeof *w->spans, by_start);
}

/* ---- one block ---- */

static void add_edge(const sk_text_block *b, size_t at, size_t *edges, size_t *n)
{
    if (at > b->start && at < b->end && *n < EDGES)
        edges[(*n)++] = at - b->start;
}

static int by_size(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return x < y ? -1 : x > y;
}

/* Every place of the block where something begins or ends, in order, both ends included. */
static size_t find_edges(const writing *w, const sk_text_block *b, size_t *edges)
{
    size_t n = 0;
    edges[n++] = 0;
    if (w->t->has_at) {
        add_edge(b, w->t->at_start, edges, &n);
        add_edge(b, w->t->at_end, edges, &n);
    }
    for (size_t i = 0; i < w->hits.n; i++) {
        add_edge(b, b->start + w->hits.v[i].start, edges, &n);
        add_edge(b, b->start + w->hits.v[i].end, edges, &n);
    }
    for (size_t i = 0; i < w->n_spans && w->spans[i].start < b->end; i++) {
        add_edge(b, w->spans[i].start, edges, &n);
        add_edge(b, w->spans[i].end, edges, &n);
    }
    qsort(edges, n, sizeof *edges, by_size);
    edges[n] = b->text.n;
    return n;
}

static bool is_hit(const writing *w, size_t start, size_t end)
{
    for (size_t i = 0; i < w->hits.n; i++)
        if (w->hits.v[i].start < end && w->hits.v[i].end > start)
            return true;
    return false;
}

static bool is_claimed(const writing *w, size_t start, size_t end)
{
    for (size_t i = 0; i < w->n_spans && w->spans[i].start < end; i++)
        if (w->spans[i].end > start)
            return true;
    return false;
}

static void put_piece(writing *w, const sk_text_block *b, size_t from, size_t to)
{
    sk_html *h = &w->rq->html;
    sk_str text = sk_str_sub(b->text, from, to - from);
    size_t start = b->start + from, end = b->start + to;
    bool at = w->t->has_at && w->t->at_start < end && w->t->at_end > start;
    bool hit = is_hit(w, from, to), claimed = is_claimed(w, start, end);
    sk_str class = claimed ? SK_S("claimed") : SK_S("");
    if (at && !w->has_anchor) {
        SK_PUT(h, "<mark id=\"at\" class=\"at $\">$</mark>", class, text);
        w->has_anchor = true;
    } else if (at) {
        SK_PUT(h, "<mark class=\"at $\">$</mark>", class, text);
    } else if (hit) {
        SK_PUT(h, "<mark class=\"$\">$</mark>", class, text);
    } else if (claimed) {
        SK_PUT(h, "<span class=\"claimed\">$</span>", text);
    } else {
        sk_html_text(h, text);
    }
}

static void put_block_text(writing *w, const sk_text_block *b)
{
    size_t edges[EDGES + 1];
    w->hits = (sk_ranges){0};
    if (w->t->query)
        w->hits = sk_highlight(&w->rq->cx, w->t->query, b->text);
    size_t n = find_edges(w, b, edges);
    for (size_t i = 0; i < n; i++)
        if (edges[i + 1] > edges[i])
            put_piece(w, b, edges[i], edges[i + 1]);
}

/* ---- the margin ---- */

static bool same_voice(const claim_span *a, const claim_span *b)
{
    const sk_claim *x = &a->row->claim, *y = &b->row->claim;
    if (!sk_str_eq(x->entity, y->entity) || x->n_chain != y->n_chain ||
        !sk_str_eq(x->carrier, y->carrier))
        return false;
    for (size_t i = 0; i < x->n_chain; i++)
        if (!sk_str_eq(x->chain[i], y->chain[i]))
            return false;
    return true;
}

static void put_said(writing *w, const claim_span *s)
{
    sk_request *rq = w->rq;
    sk_html *h = &rq->html;
    const sk_claim *c = &s->row->claim;
    sk_str position = sk_position_text(rq, c->position);
    SK_PUT(h, "$ <a href=\"$\"><b>$</b></a>", sk_tell_property(c, rq->lang),
           sk_href_claim(rq, &c->id),
           c->kind == SK_VALUE_ENTITY && c->absent == SK_PRESENT
               ? sk_entity_caption(&rq->cx, rq->view, c->value)
               : sk_tell_value(&rq->cx, rq->view, c, rq->lang));
    if (position.n)
        SK_PUT(h, " <strong class=\"$\">$</strong>",
               c->position == SK_CLAIM_DENIES ? SK_S("no") : SK_S("doubt"), position);
}

/* What one claimant says of one entity is one note: spans[0..n). */
static void put_note(writing *w, const claim_span *spans, size_t n)
{
    sk_request *rq = w->rq;
    sk_html *h = &rq->html;
    const sk_claim *c = &spans[0].row->claim;
    SK_PUT(h, "<li dir=\"auto\"><a href=\"$\">$</a>: ", sk_href_entity(rq, c->entity),
           sk_entity_caption(&rq->cx, rq->view, c->entity));
    for (size_t i = 0; i < n; i++) {
        if (i)
            SK_PUT(h, " · ");
        put_said(w, &spans[i]);
    }
    SK_PUT(h, " <span class=\"quiet\">— ");
    sk_put_says(rq, c);
    SK_PUT(h, "</span></li>");
}

/* Claims whose span begins in this block, as notes in its margin. */
static void put_notes(writing *w, const sk_text_block *b)
{
    sk_html *h = &w->rq->html;
    size_t first = 0, end, n_notes = 0;
    while (first < w->n_spans && w->spans[first].start < b->start)
        first++;
    end = first;
    while (end < w->n_spans && w->spans[end].start < b->end)
        end++;
    if (first == end)
        return;
    SK_PUT(h, "<ul class=\"notes\" aria-label=\"{exhibit.notes}\">");
    while (first < end && n_notes < NOTES) {
        size_t n = 1;
        while (first + n < end && same_voice(&w->spans[first], &w->spans[first + n]))
            n++;
        put_note(w, &w->spans[first], n);
        first += n;
        n_notes++;
    }
    if (first < end) {
        SK_PUT(h, "<li class=\"quiet\">");
        SK_SAY(h, "exhibit.more_notes", sk_number_text(w->rq, end - first));
        SK_PUT(h, "</li>");
    }
    SK_PUT(h, "</ul>");
}

/* A cell is apart from the next by a tab. */
static void put_block(writing *w, const sk_text_block *b)
{
    static const char *const classes[SK_BLOCK_KINDS] = {[SK_BLOCK_TEXT] = "block",
                                                        [SK_BLOCK_HEADING] = "block heading",
                                                        [SK_BLOCK_ROW] = "block row",
                                                        [SK_BLOCK_FURNITURE] = "block furniture"};
    sk_html *h = &w->rq->html;
    SK_PUT(h, "<div class=\"$\"><p dir=\"auto\">", sk_str_of(classes[b->kind]));
    put_block_text(w, b);
    SK_PUT(h, "</p>");
    put_notes(w, b);
    SK_PUT(h, "</div>");
}

/* ---- furniture folds away, unless somebody was sent there ---- */

static bool is_furniture(const writing *w, size_t i)
{
    return w->t->blocks[i].kind == SK_BLOCK_FURNITURE;
}

static size_t end_of_run(const writing *w, size_t i, size_t end)
{
    while (i < end && is_furniture(w, i))
        i++;
    return i;
}

static bool is_wanted(const writing *w, size_t from, size_t to)
{
    const sk_text_block *first = &w->t->blocks[from], *last = &w->t->blocks[to - 1];
    return (w->t->has_at && w->t->at_start < last->end && w->t->at_end > first->start) ||
           is_claimed(w, first->start, last->end);
}

static void put_furniture(writing *w, size_t from, size_t to)
{
    sk_html *h = &w->rq->html;
    if (is_wanted(w, from, to))
        SK_PUT(h, "<details class=\"furniture\" open><summary>");
    else
        SK_PUT(h, "<details class=\"furniture\"><summary>");
    SK_SAY_N(h, to - from, "exhibit.furniture", sk_number_text(w->rq, to - from));
    SK_PUT(h, "</summary>");
    for (size_t i = from; i < to; i++)
        put_block(w, &w->t->blocks[i]);
    SK_PUT(h, "</details>");
}

void sk_put_text(sk_request *rq, const sk_text_view *t)
{
    writing w = {.rq = rq, .t = t};
    size_t end = t->first + t->n;
    uint32_t page = 0;
    find_spans(&w);
    sk_str lang = t->exhibit->lang.n ? t->exhibit->lang : SK_S("");
    SK_PUT(&rq->html, "<div class=\"text\" lang=\"$\">", lang);
    for (size_t i = t->first; i < end;) {
        const sk_text_block *b = &t->blocks[i];
        if (b->page && b->page != page) {
            SK_PUT(&rq->html, "<p class=\"page-number\">{search.page} $</p>",
                   sk_fmt(&rq->cx.arena, "%u", b->page));
            page = b->page;
        }
        if (is_furniture(&w, i)) {
            size_t after = end_of_run(&w, i, end);
            put_furniture(&w, i, after);
            i = after;
            continue;
        }
        put_block(&w, b);
        i++;
    }
    SK_PUT(&rq->html, "</div>");
}
