#include "web/exhibit_writing.h"

#include "base/utf8.h"
#include "record/search.h"
#include "web/page.h"

#include <unistd.h>

enum { EDGES = 512 };

/* ---- what is marked ---- */

/* Texts may shift when the extractor learns; the quoted words find their place again. */
static bool find_span(const sk_writing *w, const sk_passage *p, sk_claim_span *span)
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
    const sk_claim_span *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    int order = sk_str_cmp(x->row->claim.entity, y->row->claim.entity);
    return order ? order : x->row < y->row ? -1 : x->row > y->row;
}

static void find_spans(sk_writing *w)
{
    size_t cap = 0;
    for (size_t i = 0; i < w->t->n_claims; i++) {
        const sk_claim *c = &w->t->claims[i].claim;
        for (size_t k = 0; k < c->n_passages; k++) {
            sk_claim_span span = {.row = &w->t->claims[i]};
            if (!find_span(w, &c->passages[k], &span))
                continue;
            SK_GROW(&w->rq->cx.arena, w->spans, w->n_spans, cap);
            w->spans[w->n_spans++] = span;
        }
    }
    if (w->n_spans)
        qsort(w->spans, w->n_spans, sizeof *w->spans, by_start);
}

sk_str sk_slot_class(sk_str prop)
{
    static const struct {
        const char *prop, *class;
    } slots[] = {{"act", "m-act"},        {"perpetrator", "m-by"}, {"victim", "m-to"},
                 {"location", "m-where"}, {"date", "m-when"},      {"count", "m-count"}};
    for (size_t i = 0; i < SK_COUNT(slots); i++)
        if (sk_str_is(prop, slots[i].prop))
            return sk_str_of(slots[i].class);
    return SK_S("m-other");
}

static void add_mark(sk_writing *w, size_t *cap, size_t start, size_t end, sk_str class)
{
    if (end <= start)
        return;
    SK_GROW(&w->rq->cx.arena, w->marks, w->n_marks, *cap);
    w->marks[w->n_marks++] = (sk_text_mark){start, end, class};
}

/* The sentence, and in it who did what to whom. */
static void add_focus(sk_writing *w, size_t *cap, const sk_suggestion *s)
{
    add_mark(w, cap, s->passage, s->passage_end, SK_S("passage"));
    add_mark(w, cap, s->start, s->end, SK_S("m-act"));
    add_mark(w, cap, s->cue, s->cue_end, SK_S("m-cue"));
    for (size_t i = 0; i < s->n_proposals; i++) {
        const sk_proposal *p = &s->proposals[i];
        if (i)
            add_mark(w, cap, p->start, p->end, sk_slot_class(p->prop));
    }
    for (size_t i = 0; i < s->n_chain; i++)
        add_mark(w, cap, s->chain[i].start, s->chain[i].end, SK_S("m-says"));
}

static int by_mark(const void *a, const void *b)
{
    const sk_text_mark *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

static void find_marks(sk_writing *w)
{
    const sk_text_view *t = w->t;
    size_t cap = 0;
    for (size_t i = 0; i < w->n_spans; i++)
        add_mark(w, &cap, w->spans[i].start, w->spans[i].end, SK_S("claimed"));
    for (size_t i = 0; i < t->n_suggestions; i++)
        add_mark(w, &cap, t->suggestions[i].start, t->suggestions[i].end, SK_S("proposed"));
    for (size_t i = 0; i < t->n_silences; i++)
        add_mark(w, &cap, t->silences[i].start, t->silences[i].end, SK_S("silent"));
    if (t->focus)
        add_focus(w, &cap, t->focus);
    if (w->n_marks)
        qsort(w->marks, w->n_marks, sizeof *w->marks, by_mark);
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
static size_t find_edges(const sk_writing *w, const sk_text_block *b, size_t *edges)
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
    for (size_t i = 0; i < w->n_marks && w->marks[i].start < b->end; i++) {
        add_edge(b, w->marks[i].start, edges, &n);
        add_edge(b, w->marks[i].end, edges, &n);
    }
    qsort(edges, n, sizeof *edges, by_size);
    edges[n] = b->text.n;
    return n;
}

static bool is_hit(const sk_writing *w, size_t start, size_t end)
{
    for (size_t i = 0; i < w->hits.n; i++)
        if (w->hits.v[i].start < end && w->hits.v[i].end > start)
            return true;
    return false;
}

static bool is_marked(const sk_writing *w, size_t start, size_t end)
{
    for (size_t i = 0; i < w->n_marks && w->marks[i].start < end; i++)
        if (w->marks[i].end > start)
            return true;
    return false;
}

/* The classes of all marks that hold the piece, each once. */
static sk_str classes_of(const sk_writing *w, size_t start, size_t end, bool at)
{
    sk_str all = at ? SK_S("at") : SK_S("");
    for (size_t i = 0; i < w->n_marks && w->marks[i].start < end; i++) {
        const sk_text_mark *m = &w->marks[i];
        if (m->end <= start || sk_str_find(all, m->class) != SIZE_MAX)
            continue;
        all = all.n ? sk_fmt(&w->rq->cx.arena, "%.*s %.*s", SK_P(all), SK_P(m->class)) : m->class;
    }
    return all;
}

/* Text as a page shows it. What it shows in another form says how many bytes it stands for. */
static void put_exact(sk_html *h, sk_str text)
{
    while (text.n) {
        size_t seen = sk_html_seen(text), at = seen;
        sk_html_text(h, sk_str_sub(text, 0, seen));
        if (seen == text.n)
            return;
        sk_utf8_next(text, &at);
        sk_str odd = sk_str_sub(text, seen, at - seen);
        SK_PUT(h, "<span class=\"odd\" data-bytes=\"$\">$</span>",
               sk_str_of(odd.n == 1   ? "1"
                         : odd.n == 2 ? "2"
                         : odd.n == 3 ? "3"
                                      : "4"),
               odd);
        text = sk_str_sub(text, at, text.n);
    }
}

static void put_piece(sk_writing *w, const sk_text_block *b, size_t from, size_t to)
{
    sk_html *h = &w->rq->html;
    sk_str text = sk_str_sub(b->text, from, to - from);
    size_t start = b->start + from, end = b->start + to;
    bool at = w->t->has_at && w->t->at_start < end && w->t->at_end > start;
    bool hit = is_hit(w, from, to);
    sk_str classes = classes_of(w, start, end, at);
    if (at && !w->has_anchor)
        SK_PUT(h, "<mark id=\"at\" class=\"$\">", classes);
    else if (at || hit)
        SK_PUT(h, "<mark class=\"$\">", classes);
    else if (classes.n)
        SK_PUT(h, "<span class=\"$\">", classes);
    w->has_anchor |= at;
    put_exact(h, text);
    if (at || hit)
        SK_PUT(h, "</mark>");
    else if (classes.n)
        SK_PUT(h, "</span>");
}

static void put_block_text(sk_writing *w, const sk_text_block *b)
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

/* A cell is apart from the next by a tab. */
static void put_block(sk_writing *w, const sk_text_block *b)
{
    static const char *const classes[SK_BLOCK_KINDS] = {[SK_BLOCK_TEXT] = "block",
                                                        [SK_BLOCK_HEADING] = "block heading",
                                                        [SK_BLOCK_ROW] = "block row",
                                                        [SK_BLOCK_FURNITURE] = "block furniture"};
    sk_html *h = &w->rq->html;
    SK_PUT(h, "<div class=\"$\"><p dir=\"auto\" data-start=\"$\">", sk_str_of(classes[b->kind]),
           sk_fmt(&w->rq->cx.arena, "%zu", b->start));
    put_block_text(w, b);
    SK_PUT(h, "</p>");
    if (!w->t->without_margin)
        sk_put_margin(w, b);
    SK_PUT(h, "</div>");
}

/* ---- furniture folds away, unless somebody was sent there ---- */

static bool is_furniture(const sk_writing *w, size_t i)
{
    return w->t->blocks[i].kind == SK_BLOCK_FURNITURE;
}

static size_t end_of_run(const sk_writing *w, size_t i, size_t end)
{
    while (i < end && is_furniture(w, i))
        i++;
    return i;
}

static bool is_wanted(const sk_writing *w, size_t from, size_t to)
{
    const sk_text_block *first = &w->t->blocks[from], *last = &w->t->blocks[to - 1];
    return (w->t->has_at && w->t->at_start < last->end && w->t->at_end > first->start) ||
           is_marked(w, first->start, last->end);
}

static void put_furniture(sk_writing *w, size_t from, size_t to)
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

/* ---- the whole ---- */

static int open_original(sk_request *rq, const sk_text_view *t)
{
    int fd;
    uint64_t bytes;
    if (!t->with_original)
        return -1;
    if (sk_blob_open(&rq->cx, rq->cx.archive, &t->exhibit->hash, &fd, &bytes)) {
        sk_forgive(&rq->cx); /* the custody record tells of a lost file */
        return -1;
    }
    return fd;
}

void sk_put_text(sk_request *rq, const sk_text_view *t)
{
    sk_writing w = {.rq = rq, .t = t, .original = open_original(rq, t)};
    size_t end = t->first + t->n;
    uint32_t page = 0;
    find_spans(&w);
    find_marks(&w);
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
    if (w.original >= 0)
        close(w.original);
}

/* ---- parts of it ---- */

void sk_text_around(sk_text_view *t, size_t start, size_t end, size_t beside)
{
    size_t first = 0, last;
    while (first < t->n_blocks && t->blocks[first].end <= start)
        first++;
    last = first;
    while (last < t->n_blocks && t->blocks[last].start < end)
        last++;
    t->first = first > beside ? first - beside : 0;
    t->n = (t->n_blocks - last > beside ? last + beside : t->n_blocks) - t->first;
}

static bool is_cut_in(sk_str text, size_t at)
{
    return at > 0 && at < text.n && ((unsigned char)text.p[at] & 0xC0) == 0x80;
}

bool sk_text_cut(sk_request *rq, const sk_text_view *t, size_t start, size_t end, sk_str *ret_text)
{
    sk_str text = SK_S("");
    bool has_start = false, has_end = false;
    for (size_t i = 0; i < t->n_blocks && t->blocks[i].start < end; i++) {
        const sk_text_block *b = &t->blocks[i];
        if (b->end <= start)
            continue;
        size_t from = start > b->start ? start - b->start : 0;
        size_t to = end < b->end ? end - b->start : b->text.n;
        if (is_cut_in(b->text, from) || is_cut_in(b->text, to))
            return false;
        has_start |= start >= b->start;
        has_end |= end <= b->end;
        text = sk_fmt(&rq->cx.arena, "%.*s%s%.*s", SK_P(text), text.n ? "\n" : "",
                      SK_P(sk_str_sub(b->text, from, to - from)));
    }
    *ret_text = text;
    return has_start && has_end && text.n > 0;
}
