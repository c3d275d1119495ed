/* Reviewing in the browser: one suggestion at a time, its passage beside what it would become. */
#include "tell/tell.h"
#include "web/exhibit_text.h"
#include "web/page.h"
#include "web/review_edit.h"

enum { SILENCES = 50 };

typedef struct queue {
    sk_review *rv;
    sk_review_filter filter;
    sk_review_place place;
    sk_exhibit chosen; /* by the filter */
    sk_review_counts counts;
    sk_review_exhibit *exhibits;
    size_t n_exhibits;
    bool has_one;
    sk_suggestion s;
    sk_exhibit x; /* of s */
    sk_text_block *blocks;
    size_t n_blocks;
} queue;

/* ---- which one ---- */

/* The one asked for; else the first that waits and fits. */
static sk_rc choose(sk_request *rq, queue *q)
{
    sk_ctx *cx = &rq->cx;
    sk_str at = sk_rq_get(rq, "at");
    sk_rc rc = at.n ? sk_review_find(cx, q->rv, at, &q->s)
                    : sk_review_next(cx, q->rv, &q->filter, NULL, &q->s);
    if (rc == SK_E_NOTFOUND && !cx->rc)
        return SK_OK;
    SK_TRY(rc);
    q->has_one = true;
    SK_TRY(sk_exhibit_get(cx, rq->view, &q->s.exhibit, &q->x));
    return sk_exhibit_text(cx, rq->view, &q->x, &q->blocks, &q->n_blocks);
}

static sk_rc load(sk_request *rq, queue *q)
{
    sk_ctx *cx = &rq->cx;
    SK_TRY(sk_rq_review_filter(rq, &q->chosen, &q->filter, &q->place));
    q->place.is_exhibit = false;
    SK_TRY(sk_review_open(cx, rq->view, &q->rv));
    SK_TRY(sk_review_count(cx, q->rv, q->filter.exhibit, &q->counts));
    SK_TRY(sk_review_exhibits(cx, q->rv, &q->exhibits, &q->n_exhibits));
    return choose(rq, q);
}

/* ---- the filter, and what waits ---- */

static void put_exhibit_options(sk_request *rq, const queue *q)
{
    for (size_t i = 0; i < q->n_exhibits; i++) {
        const sk_review_exhibit *x = &q->exhibits[i];
        bool is_chosen = q->filter.exhibit && sk_hash_eq(&x->exhibit, q->filter.exhibit);
        sk_put_option(rq, sk_str_sub(sk_hash_hex(&rq->cx.arena, &x->exhibit), 0, 16),
                      sk_fmt(&rq->cx.arena, "%.*s (%llu)", SK_P(x->name.n ? x->name : x->title),
                             (unsigned long long)x->counts.all),
                      is_chosen);
    }
}

static void put_filter(sk_request *rq, const queue *q)
{
    static const char *const tiers[] = {"tier.up_to_weak", "tier.only_sure", "tier.up_to_likely",
                                        NULL, "tier.all"}; /* 3 is what 0 means */
    sk_html *h = &rq->html;
    SK_PUT(h, "<form class=\"fields\" action=\"/review\" aria-label=\"{review.filter}\"><label>"
              "{review.exhibit}<select name=\"exhibit\"><option value=\"\">{review.any}</option>");
    put_exhibit_options(rq, q);
    SK_PUT(h, "</select></label><label>{review.kind}<select name=\"kind\"><option value=\"\">"
              "{review.any}</option>");
    for (int k = 0; k < SK_SUGGEST_KINDS; k++)
        sk_put_option(rq, sk_str_of(sk_suggest_kind_name((sk_suggest_kind)k)),
                      sk_suggest_kind_text(rq, (sk_suggest_kind)k),
                      sk_str_is(q->place.kind, sk_suggest_kind_name((sk_suggest_kind)k)));
    SK_PUT(h, "</select></label><label>{review.tier}<select name=\"tier\">");
    for (unsigned t = 0; t < SK_COUNT(tiers); t++)
        if (tiers[t])
            sk_put_option(rq, t ? sk_fmt(&rq->cx.arena, "%u", t) : SK_S(""), sk_say(rq, tiers[t]),
                          q->filter.tier_most == t);
    SK_PUT(h, "</select></label><button class=\"main\">{review.show}</button></form>");
}

static void put_counts(sk_request *rq, const queue *q)
{
    sk_html *h = &rq->html;
    const sk_review_counts *c = &q->counts;
    SK_PUT(h, "<p class=\"lead\" id=\"waits\">");
    SK_SAY_N(h, c->all, "review.waits", sk_number_text(rq, c->all));
    SK_PUT(h, "</p><p class=\"meta\">");
    for (int k = 0; k < SK_SUGGEST_KINDS; k++)
        if (c->waits[k])
            SK_PUT(h, "$ $ · ", sk_suggest_kind_text(rq, (sk_suggest_kind)k),
                   sk_number_text(rq, c->waits[k]));
    SK_SAY(h, "review.decided", sk_number_text(rq, c->decided));
    if (c->hidden) {
        SK_PUT(h, " · ");
        SK_SAY(h, "review.hidden", sk_number_text(rq, c->hidden));
    }
    SK_PUT(h, " · <a href=\"/review/rules\">{review.rules}</a>");
    if (q->filter.exhibit)
        SK_PUT(h, " · <a href=\"/review/sure?exhibit=$\">{review.sure}</a>", q->place.exhibit);
    SK_PUT(h, "</p>");
}

/* ---- one suggestion ---- */

static void put_passage(sk_request *rq, const queue *q)
{
    sk_html *h = &rq->html;
    const sk_suggestion *s = &q->s;
    sk_text_view t = {.exhibit = &q->x,
                      .blocks = q->blocks,
                      .n_blocks = q->n_blocks,
                      .focus = s,
                      .without_margin = true};
    sk_text_around(&t, s->passage, s->passage_end, 1);
    SK_PUT(h,
           "<section aria-labelledby=\"where\"><h2 id=\"where\" dir=\"auto\"><a "
           "href=\"$\">$</a></h2>",
           sk_href_span(rq, &s->exhibit, s->passage, s->passage_end),
           q->x.title.n ? q->x.title : sk_tell_exhibit(&rq->cx, rq->view, &s->exhibit));
    SK_PUT(h, "<div data-exhibit=\"$\" data-add=\"$\">", sk_href_exhibit(rq, &s->exhibit),
           sk_rq_may(rq, SK_ROLE_ENTER) ? sk_say(rq, "review.add") : SK_S(""));
    sk_put_text(rq, &t);
    SK_PUT(h, "</div></section>");
}

static void put_proposal(sk_request *rq, const sk_suggestion *s, const sk_proposal *p, bool first)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<dt><span class=\"slot $\">$</span></dt><dd dir=\"auto\">",
           first ? SK_S("m-act") : sk_slot_class(p->prop), sk_proposal_property(rq, s, p));
    sk_str text = sk_proposal_text(rq, s, p);
    if (p->kind == SK_VALUE_ENTITY && !p->party.is_new)
        SK_PUT(h, "<a href=\"$\"><b>$</b></a> <code>@$</code>", sk_href_entity(rq, p->party.key),
               text, p->party.key);
    else
        SK_PUT(h, "<b>$</b>", text);
    if (p->kind == SK_VALUE_ENTITY && p->party.is_new)
        SK_PUT(h, " <span class=\"quiet\">$</span>",
               sk_say1(rq, "review.a_new", sk_type_text(rq, p->party.type)));
    if (p->party.n_bearers)
        SK_PUT(h, " <span class=\"doubt\">{review.several}</span>");
    if (p->words.n && !sk_str_eq(p->words, text))
        SK_PUT(h, " <span class=\"quiet\">“$”</span>", p->words);
    if (p->is_candidate)
        SK_PUT(h, " <span class=\"doubt\">{review.candidate}</span>");
    SK_PUT(h, "</dd>");
}

static void put_becomes(sk_request *rq, const sk_suggestion *s)
{
    sk_html *h = &rq->html;
    sk_str position = sk_position_text(rq, s->position);
    SK_PUT(h,
           "<h2 id=\"becomes\">{review.becomes}</h2><p class=\"meta\">$ · $</p><dl "
           "class=\"facts\"><dt>{claim.about}</dt><dd dir=\"auto\">$</dd>",
           sk_suggest_kind_text(rq, s->kind), sk_suggest_tier_text(rq, s->tier),
           sk_suggest_subject_text(rq, s));
    for (size_t i = 0; i < s->n_proposals; i++)
        put_proposal(rq, s, &s->proposals[i], i == 0);
    SK_PUT(h, "<dt>{claim.position}</dt><dd>$</dd>",
           position.n ? position : sk_say(rq, "position.asserts"));
    SK_PUT(h, "<dt><span class=\"slot m-says\">{claim.says}</span></dt><dd dir=\"auto\">$</dd>",
           sk_suggest_says(rq, s));
    if (s->said.n)
        SK_PUT(h, "<dt>{claim.said}</dt><dd>$</dd>", sk_date_text(rq, s->said));
    SK_PUT(h, "</dl>");
}

/* How often people agreed with the rule, and between which bounds that is known. */
static void put_rate(sk_request *rq, const queue *q)
{
    sk_html *h = &rq->html;
    const sk_rule_stats *list;
    size_t n;
    sk_review_stats(q->rv, &list, &n);
    for (size_t i = 0; i < n; i++) {
        const sk_rule_stats *r = &list[i];
        if (!sk_str_eq(r->rule, q->s.rule))
            continue;
        SK_PUT(h, "<dt>{review.fares}</dt><dd>");
        if (r->decided)
            SK_SAY(h, "review.rate", sk_number_text(rq, r->confirmed + r->edited),
                   sk_number_text(rq, r->decided),
                   sk_fmt(&rq->cx.arena, "%.0f–%.0f %%", r->low * 100, r->high * 100));
        else
            SK_PUT(h, "{review.no_rate}");
        SK_PUT(h, "</dd>");
    }
}

static void put_why(sk_request *rq, const queue *q)
{
    sk_html *h = &rq->html;
    const sk_suggestion *s = &q->s;
    SK_PUT(h,
           "<details class=\"why\" open><summary>{review.why}</summary><dl class=\"facts\">"
           "<dt>{review.rule}</dt><dd><a href=\"/review/rules\"><code>$</code></a></dd>"
           "<dt>{review.modality}</dt><dd>$</dd>",
           s->rule, sk_suggest_modality_text(rq, s->modality));
    if (s->cue_end > s->cue && s->cue >= s->passage && s->cue_end <= s->passage_end)
        SK_PUT(h,
               "<dt><span class=\"slot m-cue\">{review.cue}</span></dt><dd dir=\"auto\">“$”</dd>",
               sk_str_sub(s->text, s->cue - s->passage, s->cue_end - s->cue));
    put_rate(rq, q);
    SK_PUT(h, "<dt>{review.lexicon}</dt><dd><code class=\"hash\">$</code></dd></dl></details>",
           sk_str_sub(s->lexicon, 0, 16));
}

static void put_state(sk_request *rq, const queue *q)
{
    sk_html *h = &rq->html;
    const sk_suggestion *s = &q->s;
    if (s->state == SK_SUGGEST_WAITS) {
        if (sk_rq_get(rq, "edit").n)
            sk_put_edit_form(rq, s, &q->place);
        else
            sk_put_suggestion_forms(rq, s, &q->place);
        return;
    }
    SK_PUT(h, "<p><strong>$</strong></p>", sk_suggest_state_text(rq, s->state));
    if (!sk_rq_may(rq, SK_ROLE_JUDGE))
        return;
    SK_PUT(h, "<form method=\"post\" action=\"/review/$/undo\">",
           sk_hash_hex(&rq->cx.arena, &s->id));
    sk_put_token(rq);
    sk_put_review_place(rq, &q->place);
    SK_PUT(h, "<button data-does=\"u\"><kbd aria-hidden=\"true\">u</kbd> {review.undo}</button>"
              "</form>");
}

/* Before and next: "next" is skipping, of which nothing is kept. */
static sk_rc put_steps(sk_request *rq, const queue *q)
{
    sk_html *h = &rq->html;
    sk_ctx *cx = &rq->cx;
    sk_suggestion other;
    SK_PUT(h, "<nav class=\"pager\" aria-label=\"{pager.label}\">");
    sk_rc rc = sk_review_previous(cx, q->rv, &q->filter, &q->s.id, &other);
    if (!rc)
        SK_PUT(h, "<a rel=\"prev\" data-does=\"k\" href=\"$\">{pager.before}</a>",
               sk_href_review(rq, &q->place, &other.id, NULL));
    else if (cx->rc)
        return rc;
    rc = sk_review_next(cx, q->rv, &q->filter, &q->s.id, &other);
    if (!rc)
        SK_PUT(h, "<a rel=\"next\" data-does=\"s\" href=\"$\">{review.skip}</a>",
               sk_href_review(rq, &q->place, &other.id, NULL));
    else if (cx->rc)
        return rc;
    SK_PUT(h, "</nav>");
    return SK_OK;
}

static sk_rc put_one(sk_request *rq, const queue *q)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<article class=\"review\" data-review>");
    put_passage(rq, q);
    SK_PUT(h, "<section aria-labelledby=\"becomes\" class=\"side\">");
    put_becomes(rq, &q->s);
    put_state(rq, q);
    put_why(rq, q);
    SK_TRY(put_steps(rq, q));
    SK_PUT(h, "</section></article>");
    return SK_OK;
}

/* ---- what else ---- */

static sk_rc put_silences(sk_request *rq, const queue *q)
{
    sk_html *h = &rq->html;
    sk_silence *list;
    size_t n;
    const sk_exhibit *x = q->filter.exhibit ? &q->chosen : &q->x;
    if (!q->filter.exhibit && !q->has_one)
        return SK_OK;
    SK_TRY(sk_review_silences(&rq->cx, q->rv, x, &list, &n));
    if (!n)
        return SK_OK;
    SK_PUT(h, "<details class=\"silences\"><summary>");
    SK_SAY_N(h, n, "review.silences", sk_number_text(rq, n));
    SK_PUT(h, "</summary><ul>");
    for (size_t i = 0; i < n && i < SILENCES; i++) {
        sk_text_view t = {.exhibit = x, .blocks = q->blocks, .n_blocks = q->n_blocks};
        sk_str text;
        if (!q->has_one || !sk_hash_eq(&x->hash, &q->x.hash) ||
            !sk_text_cut(rq, &t, list[i].start, list[i].end, &text))
            text = sk_fmt(&rq->cx.arena, "%zu–%zu", list[i].start, list[i].end);
        SK_PUT(h, "<li dir=\"auto\"><a href=\"$\">$</a>",
               sk_href_span(rq, &x->hash, list[i].start, list[i].end), text);
        if (sk_rq_may(rq, SK_ROLE_ENTER))
            SK_PUT(h, " <a class=\"quiet\" href=\"$\">{review.add}</a>",
                   sk_href_add_claim(rq, &x->hash, list[i].start, list[i].end));
        SK_PUT(h, "</li>");
    }
    SK_PUT(h, "</ul></details>");
    return SK_OK;
}

static void put_exhibits(sk_request *rq, const queue *q)
{
    sk_html *h = &rq->html;
    if (!q->n_exhibits)
        return;
    SK_PUT(h, "<section aria-labelledby=\"by-exhibit\"><h2 id=\"by-exhibit\">{review.by_exhibit}"
              "</h2><ul class=\"plain\">");
    for (size_t i = 0; i < q->n_exhibits && i < SK_LIM_PAGE_ROWS; i++) {
        const sk_review_exhibit *x = &q->exhibits[i];
        sk_str id = sk_str_sub(sk_hash_hex(&rq->cx.arena, &x->exhibit), 0, 16);
        SK_PUT(h, "<li dir=\"auto\"><a href=\"/review?exhibit=$\">$</a> <span class=\"quiet\">", id,
               x->title.n  ? x->title
               : x->name.n ? x->name
                           : id);
        SK_SAY_N(h, x->counts.all, "review.waits", sk_number_text(rq, x->counts.all));
        if (x->counts.silences) {
            SK_PUT(h, " · ");
            SK_SAY_N(h, x->counts.silences, "review.silences",
                     sk_number_text(rq, x->counts.silences));
        }
        if (x->note.n)
            SK_PUT(h, " · $", x->note);
        SK_PUT(h, "</span></li>");
    }
    SK_PUT(h, "</ul></section>");
}

static sk_rc review_page(sk_request *rq, const queue *q)
{
    sk_html *h = &rq->html;
    sk_page_begin(rq, sk_say(rq, "review.title"));
    SK_PUT(h, "<h1>{review.title}</h1>");
    put_counts(rq, q);
    put_filter(rq, q);
    SK_TRY(sk_put_decided(rq, q->rv, &q->place));
    if (q->has_one)
        SK_TRY(put_one(rq, q));
    else
        SK_PUT(h, "<p class=\"verdict yes\" role=\"status\">{review.nothing}</p>");
    if (q->has_one)
        SK_PUT(h, "<p class=\"quiet keys-line\">{review.keys}</p>");
    SK_TRY(put_silences(rq, q));
    put_exhibits(rq, q);
    sk_page_script(rq, "review.js", true);
    sk_str command = SK_S("sillok review");
    if (q->filter.exhibit)
        command = sk_fmt(&rq->cx.arena, "sillok review --exhibit %.*s",
                         SK_P(sk_tell_short(&rq->cx, q->filter.exhibit)));
    return sk_page_end(rq, &(sk_made){.command = command});
}

/* ---- for programs ---- */

static sk_rc review_json(sk_request *rq, const queue *q)
{
    sk_suggestion *list;
    size_t n;
    SK_TRY(sk_review_list(&rq->cx, q->rv, &q->filter, SK_LIM_PAGE_ROWS, &list, &n));
    sk_json *j = sk_rq_json(rq);
    sk_json_object(j);
    sk_json_put_uint(j, "waits", q->counts.all);
    sk_json_put_uint(j, "hidden", q->counts.hidden);
    sk_json_put_uint(j, "decided", q->counts.decided);
    sk_json_put_uint(j, "silences", q->counts.silences);
    sk_json_key(j, SK_S("suggestions"));
    sk_json_array(j);
    for (size_t i = 0; i < n; i++)
        sk_suggestion_json(rq, j, &list[i]);
    sk_json_end(j);
    sk_json_end(j);
    return sk_rq_json_end(rq);
}

/* ROUTE: GET /review
 * What the machine proposes: one suggestion beside its passage, to be confirmed, edited or rejected.
 *
 * ROLE: read
 * FORMATS: html json
 * PARAMETERS
 *   exhibit   of this exhibit only: first six or more digits of its SHA-256, or its file name
 *   kind      act, name, quantity or statement
 *   tier      1 to 4: the weakest wanted; 4 shows the hidden ones too
 *   rule      made by this rule
 *   at        the suggestion to show: first six or more digits of its id
 *   edit      1: its fields, to be changed, instead of the buttons
 *   done      the suggestion just decided
 */
sk_rc sk_page_review(sk_request *rq)
{
    queue q = {.has_one = false};
    SK_TRY(load(rq, &q));
    return rq->format == SK_FORMAT_JSON ? review_json(rq, &q) : review_page(rq, &q);
}
