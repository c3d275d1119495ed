/* One claim: every field, the passage in its text, and the signed entry it came by. */
#include "exchange/source_row.h"
#include "tell/tell.h"
#include "web/page.h"

/* The row of an imported file is read again. Only of an exhibit that the view shows whole: a row may
 * hold what a claim beside this one hides. */
static sk_str source_row(sk_request *rq, const sk_exhibit *x, const sk_passage *p)
{
    sk_str text;
    bool is_whole;
    if (sk_exhibit_is_whole(&rq->cx, rq->view, x, &is_whole) || !is_whole ||
        sk_source_row(&rq->cx, &x->hash, x->name, p->place, &text)) {
        sk_forgive(&rq->cx);
        return SK_NONE;
    }
    return text;
}

static void put_passage(sk_request *rq, const sk_passage *p)
{
    sk_html *h = &rq->html;
    sk_exhibit x;
    SK_PUT(h, "<li>");
    if (sk_exhibit_get(&rq->cx, rq->view, &p->exhibit, &x)) {
        sk_forgive(&rq->cx);
        SK_PUT(h, "<code>$</code> {claim.no_exhibit}", sk_tell_short(&rq->cx, &p->exhibit));
    } else {
        SK_PUT(h, "<a href=\"$\" dir=\"auto\">$</a> <bdi>$</bdi>",
               p->has_span ? sk_href_span(rq, &p->exhibit, p->start, p->end)
                           : sk_href_exhibit(rq, &p->exhibit),
               sk_tell_exhibit(&rq->cx, rq->view, &p->exhibit), p->place);
        sk_str row = !p->has_span && p->place.n ? source_row(rq, &x, p) : SK_NONE;
        if (row.n)
            SK_PUT(h, "<pre class=\"row\" dir=\"auto\" tabindex=\"0\">$</pre>", row);
    }
    if (p->quote.n)
        SK_PUT(h, "<blockquote dir=\"auto\">$</blockquote>", p->quote);
    SK_PUT(h, "</li>");
}

static void put_claim(sk_request *rq, const sk_claim_row *row)
{
    sk_html *h = &rq->html;
    const sk_claim *c = &row->claim;
    sk_str position = sk_position_text(rq, c->position);
    SK_PUT(h, "<dt>{claim.about}</dt><dd dir=\"auto\"><a href=\"$\">$</a></dd>",
           sk_href_entity(rq, c->entity), sk_entity_caption(&rq->cx, rq->view, c->entity));
    sk_put_fact(rq, "claim.property", sk_tell_property(c, rq->lang));
    if (c->kind == SK_VALUE_ENTITY && c->absent == SK_PRESENT)
        SK_PUT(h, "<dt>{claim.value}</dt><dd dir=\"auto\"><a href=\"$\">$</a></dd>",
               sk_href_entity(rq, c->value), sk_entity_caption(&rq->cx, rq->view, c->value));
    else
        sk_put_fact(rq, "claim.value", sk_tell_value(&rq->cx, rq->view, c, rq->lang));
    sk_put_fact(rq, "claim.words", c->words);
    sk_put_fact(rq, "claim.measure", c->measure);
    sk_put_fact(rq, "claim.position", position.n ? position : sk_say(rq, "position.asserts"));
    SK_PUT(h, "<dt>{claim.says}</dt><dd>");
    sk_put_says(rq, c);
    SK_PUT(h, "</dd>");
    sk_put_fact(rq, "claim.said", sk_date_text(rq, c->said));
    sk_put_fact(rq, "claim.asof", sk_date_text(rq, c->asof));
    sk_put_fact(rq, "claim.valid", sk_date_text(rq, c->valid));
    if (c->used_falsely)
        sk_put_fact(rq, "claim.falsely", sk_say(rq, "word.yes"));
    sk_put_fact(rq, "claim.reference", c->reference);
    sk_put_fact(rq, "claim.note", c->note);
    sk_put_fact(rq, "claim.entered", sk_time_text(rq, c->at));
    sk_put_fact(rq, "claim.by", c->by);
}

/* ROUTE: GET /claim/{id}
 * One claim with every field and the passages it rests on.
 *
 * ROLE: read
 * FORMATS: html json
 * PARAMETERS
 *   id   first six or more digits of its id
 */
sk_rc sk_page_claim(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_claim_row row;
    SK_TRY(sk_claim_find(&rq->cx, rq->view, sk_rq_get(rq, "id"), &row));
    const sk_claim *c = &row.claim;
    if (rq->format == SK_FORMAT_JSON) {
        sk_tell_claim_json(&rq->cx, sk_rq_json(rq), &row);
        return sk_rq_json_end(rq);
    }
    sk_str title =
        sk_fmt(&rq->cx.arena, "%.*s: %.*s", SK_P(sk_entity_caption(&rq->cx, rq->view, c->entity)),
               SK_P(sk_tell_property(c, rq->lang)));
    sk_page_begin(rq, title);
    SK_PUT(h, "<h1 dir=\"auto\">$</h1><p class=\"meta\">{claim.is} <code>$</code></p>", title,
           sk_tell_short(&rq->cx, &c->id));
    if (row.retracted || row.superseded)
        SK_PUT(h, "<p class=\"verdict no\">$</p>",
               sk_say(rq, row.retracted ? "state.retracted" : "state.superseded"));
    SK_PUT(h, "<dl class=\"facts\">");
    put_claim(rq, &row);
    SK_PUT(h, "</dl><h2>{claim.rests}</h2>");
    if (c->n_passages)
        SK_PUT(h, "<ul class=\"passages\">");
    else
        SK_PUT(h, "<p>{claim.no_passage}</p>");
    for (size_t i = 0; i < c->n_passages; i++)
        put_passage(rq, &c->passages[i]);
    if (c->n_passages)
        SK_PUT(h, "</ul>");
    if (row.is_derived)
        SK_PUT(h, "<p class=\"quiet\">{claim.derived}</p>");
    else
        SK_PUT(h, "<p><a href=\"$\">{claim.entry}</a></p>", sk_href_entry(rq, &c->id));
    return sk_page_end(rq, &(sk_made){.command = sk_fmt(&rq->cx.arena, "sillok show %.*s",
                                                        SK_P(sk_tell_short(&rq->cx, &c->id)))});
}
