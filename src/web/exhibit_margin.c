/* The margin of an exhibit's text: claims, suggestions, silences, and the bytes that were read. */
#include "web/exhibit_writing.h"

#include "tell/tell.h"
#include "web/page.h"

#include <unistd.h>

enum { NOTES = 12, PROPOSALS = 40, ORIGINAL_BYTES = 4096 };

/* ---- claims ---- */

static bool same_voice(const sk_claim_span *a, const sk_claim_span *b)
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

static void put_said(sk_writing *w, const sk_claim_span *s)
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
static void put_note(sk_writing *w, const sk_claim_span *spans, size_t n)
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
static void put_notes(sk_writing *w, const sk_text_block *b)
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

/* ---- what the machine proposes ---- */

static void put_proposal(sk_writing *w, const sk_suggestion *s)
{
    sk_request *rq = w->rq;
    sk_html *h = &rq->html;
    sk_str id = sk_str_sub(sk_hash_hex(&rq->cx.arena, &s->id), 0, 16);
    SK_PUT(h,
           "<li id=\"s-$\" class=\"proposal\" tabindex=\"-1\" data-suggestion><p dir=\"auto\">"
           "<a href=\"$\">$</a> <span class=\"tier\">$</span> ",
           id, sk_href_review(rq, w->t->place, &s->id, NULL), sk_suggest_kind_text(rq, s->kind),
           sk_suggest_tier_text(rq, s->tier));
    sk_put_suggestion_line(rq, s);
    SK_PUT(h, "</p>");
    sk_put_suggestion_forms(rq, s, w->t->place);
    SK_PUT(h, "</li>");
}

static void put_proposals(sk_writing *w, const sk_text_block *b)
{
    sk_html *h = &w->rq->html;
    const sk_text_view *t = w->t;
    size_t n = 0;
    for (size_t i = 0; i < t->n_suggestions && t->suggestions[i].start < b->end; i++) {
        if (t->suggestions[i].start < b->start)
            continue;
        if (n++ == 0)
            SK_PUT(h, "<ul class=\"proposals\" aria-label=\"{review.proposed_here}\">");
        if (n <= PROPOSALS)
            put_proposal(w, &t->suggestions[i]);
    }
    if (n > PROPOSALS) {
        SK_PUT(h, "<li class=\"quiet\">");
        SK_SAY(h, "exhibit.more_notes", sk_number_text(w->rq, n - PROPOSALS));
        SK_PUT(h, "</li>");
    }
    if (n)
        SK_PUT(h, "</ul>");
}

static void put_silences(sk_writing *w, const sk_text_block *b)
{
    sk_request *rq = w->rq;
    const sk_text_view *t = w->t;
    for (size_t i = 0; i < t->n_silences && t->silences[i].start < b->end; i++) {
        const sk_silence *s = &t->silences[i];
        if (s->start < b->start)
            continue;
        SK_PUT(&rq->html, "<p class=\"nothing\">{review.silence}");
        if (sk_rq_may(rq, SK_ROLE_ENTER))
            SK_PUT(&rq->html, " <a href=\"$\">{review.add}</a>",
                   sk_href_add_claim(rq, &t->exhibit->hash, s->start, s->end));
        SK_PUT(&rq->html, "</p>");
    }
}

/* ---- what was read ---- */

static void put_original(sk_writing *w, const sk_text_block *b)
{
    sk_html *h = &w->rq->html;
    if (w->original < 0 || b->orig_end <= b->orig_start)
        return;
    char bytes[ORIGINAL_BYTES];
    uint64_t want = b->orig_end - b->orig_start;
    ssize_t n = pread(w->original, bytes, want < sizeof bytes ? (size_t)want : sizeof bytes,
                      (off_t)b->orig_start);
    if (n <= 0)
        return;
    SK_PUT(h, "<pre class=\"original\" tabindex=\"0\" role=\"group\" aria-label=\"$\">$",
           sk_say1(w->rq, "exhibit.original_bytes",
                   sk_fmt(&w->rq->cx.arena, "%llu–%llu", (unsigned long long)b->orig_start,
                          (unsigned long long)b->orig_end)),
           (sk_str){bytes, (size_t)n});
    if ((uint64_t)n < want)
        SK_PUT(h, " …");
    SK_PUT(h, "</pre>");
}

void sk_put_margin(sk_writing *w, const sk_text_block *b)
{
    SK_PUT(&w->rq->html, "<div class=\"margin\">");
    put_original(w, b);
    put_notes(w, b);
    if (w->t->place) {
        put_proposals(w, b);
        put_silences(w, b);
    }
    SK_PUT(&w->rq->html, "</div>");
}
