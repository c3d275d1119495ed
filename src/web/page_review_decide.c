/* Deciding in the browser: confirm, edit, reject, take back, and all sure names at once. */
#include "web/grid.h"
#include "web/page.h"
#include "web/review_edit.h"
#include "web/review_write.h"

/* ---- opened for one decision ---- */

static void close_view(sk_request *rq)
{
    sk_view_close(rq->view);
    rq->view = NULL;
}

sk_rc sk_review_write_begin(sk_request *rq, sk_review_write *ret_write)
{
    sk_review_write w;
    SK_TRY(sk_rq_write_begin(rq, &w.write));
    close_view(rq);
    sk_rc rc = sk_gate_open(&rq->cx, &rq->view);
    if (!rc)
        rc = sk_review_open(&rq->cx, rq->view, &w.review);
    if (rc) {
        close_view(rq);
        return sk_rq_write_end(rq, &w.write, rc);
    }
    *ret_write = w;
    return SK_OK;
}

sk_rc sk_review_write_end(sk_request *rq, sk_review_write *w, sk_rc rc)
{
    close_view(rq); /* before its index is closed */
    return sk_rq_write_end(rq, &w->write, rc);
}

/* ---- where to go on ---- */

static void log_decision(sk_request *rq, const sk_decision *d)
{
    sk_rq_log_hash(rq, &d->suggestion);
    for (size_t i = 0; i < d->n_entries; i++)
        sk_rq_log_hash(rq, &d->entries[i]);
}

/* The next that waits behind it, else the first; on the page where the decision was made. */
static sk_rc go_on(sk_request *rq, const sk_suggestion *s)
{
    sk_ctx *cx = &rq->cx;
    sk_review_filter f;
    sk_review_place place;
    sk_exhibit x;
    sk_review *rv;
    sk_suggestion next;
    SK_TRY(sk_rq_review_filter(rq, &x, &f, &place));
    if (place.is_exhibit)
        f = (sk_review_filter){.exhibit = &s->exhibit};
    SK_TRY(sk_review_open(cx, rq->view, &rv));
    sk_rc rc = sk_review_next(cx, rv, &f, &s->id, &next);
    if (rc == SK_E_NOTFOUND && !cx->rc)
        rc = sk_review_next(cx, rv, &f, NULL, &next);
    if (cx->rc)
        return rc;
    const sk_hash *at = rc ? NULL : &next.id;
    return sk_rq_redirect(rq, place.is_exhibit ? sk_href_review_exhibit(rq, &s->exhibit, at, &s->id)
                                               : sk_href_review(rq, &place, at, &s->id));
}

/* Taken back: it waits again, and is shown. */
static sk_rc go_back(sk_request *rq, const sk_suggestion *s)
{
    sk_review_filter f;
    sk_review_place place;
    sk_exhibit x;
    SK_TRY(sk_rq_review_filter(rq, &x, &f, &place));
    return sk_rq_redirect(rq, place.is_exhibit
                                  ? sk_href_review_exhibit(rq, &s->exhibit, &s->id, NULL)
                                  : sk_href_review(rq, &place, &s->id, NULL));
}

/* ---- the decisions ---- */

static sk_rc confirm(sk_request *rq, sk_review *rv, sk_suggestion *ret_s)
{
    sk_ctx *cx = &rq->cx;
    const sk_edit *edits;
    size_t n;
    sk_decision d;
    SK_TRY(sk_review_find(cx, rv, sk_rq_get(rq, "id"), ret_s));
    SK_TRY(sk_rq_review_edits(rq, ret_s, &edits, &n));
    SK_TRY(sk_review_confirm(cx, rv, ret_s, edits, n, &d));
    log_decision(rq, &d);
    return SK_OK;
}

/* ROUTE: POST /review/{id}/confirm
 * Make claims of a suggestion, as it is or with what the form changed.
 *
 * ROLE: judge
 * PARAMETERS
 *   id         of the suggestion
 *   edited     1: the fields below are looked at
 *   v0         value of the first proposal, as one types it; v1 of the second, and so on; empty: drop
 *   t0         1: a proposal that is only a candidate is claimed too
 *   p0         one property more; p1 another
 *   a0         its value
 *   subject    what is claimed of
 *   claimant   who says it, origin first: "two girls > Human Rights Watch"
 *   position   asserts, denies, predicts, doubts or retracts
 *   said       when it was said
 *   note       a remark
 *   back       exhibit: go back to the exhibit's page
 *   exhibit    the filter to go on with
 *   kind       likewise
 *   tier       likewise
 *   rule       likewise
 */
sk_rc sk_page_review_confirm(sk_request *rq)
{
    sk_review_write w;
    sk_suggestion s;
    SK_TRY(sk_review_write_begin(rq, &w));
    sk_rc rc = confirm(rq, w.review, &s);
    SK_TRY(sk_review_write_end(rq, &w, rc));
    return go_on(rq, &s);
}

static sk_rc reject(sk_request *rq, sk_review *rv, sk_suggestion *ret_s)
{
    sk_decision d;
    SK_TRY(sk_review_find(&rq->cx, rv, sk_rq_get(rq, "id"), ret_s));
    SK_TRY(sk_review_reject(&rq->cx, rv, ret_s, 1, sk_rq_get(rq, "reason"), &d));
    log_decision(rq, &d);
    return SK_OK;
}

/* ROUTE: POST /review/{id}/reject
 * Reject a suggestion; no reason is asked.
 *
 * ROLE: judge
 * PARAMETERS
 *   id        of the suggestion
 *   reason    may be left out
 *   back      exhibit: go back to the exhibit's page
 *   exhibit   the filter to go on with
 *   kind      likewise
 *   tier      likewise
 *   rule      likewise
 */
sk_rc sk_page_review_reject(sk_request *rq)
{
    sk_review_write w;
    sk_suggestion s;
    SK_TRY(sk_review_write_begin(rq, &w));
    sk_rc rc = reject(rq, w.review, &s);
    SK_TRY(sk_review_write_end(rq, &w, rc));
    return go_on(rq, &s);
}

static sk_rc undo(sk_request *rq, sk_review *rv, sk_suggestion *ret_s)
{
    sk_decision d;
    SK_TRY(sk_review_find(&rq->cx, rv, sk_rq_get(rq, "id"), ret_s));
    SK_TRY(sk_review_undo(&rq->cx, rv, &ret_s->id, &d));
    log_decision(rq, &d);
    return SK_OK;
}

/* ROUTE: POST /review/{id}/undo
 * Take back what was decided of a suggestion; it waits again.
 *
 * ROLE: judge
 * PARAMETERS
 *   id        of the suggestion
 *   back      exhibit: go back to the exhibit's page
 *   exhibit   the filter to go on with
 *   kind      likewise
 *   tier      likewise
 *   rule      likewise
 */
sk_rc sk_page_review_undo(sk_request *rq)
{
    sk_review_write w;
    sk_suggestion s;
    SK_TRY(sk_review_write_begin(rq, &w));
    sk_rc rc = undo(rq, w.review, &s);
    SK_TRY(sk_review_write_end(rq, &w, rc));
    return go_back(rq, &s);
}

/* ---- the sure ones at once ---- */

static sk_rc list_sure(sk_request *rq, sk_review *rv, sk_exhibit *ret_x, sk_suggestion **ret_list,
                       size_t *ret_n)
{
    if (!sk_rq_get(rq, "exhibit").n)
        return sk_fail(&rq->cx, SK_E_FORMAT,
                       "no exhibit is named; only those of one are accepted "
                       "together");
    SK_TRY(sk_exhibit_find(&rq->cx, rq->view, sk_rq_get(rq, "exhibit"), ret_x));
    sk_review_filter f = sk_review_sure(&ret_x->hash);
    return sk_review_list(&rq->cx, rv, &f, 0, ret_list, ret_n);
}

/* What a list of suggestions is: whoever accepts it accepts these and no others. */
static sk_str list_digest(sk_request *rq, const sk_suggestion *list, size_t n)
{
    sk_sha256_state *st = sk_sha256_new();
    for (size_t i = 0; i < n; i++)
        sk_sha256_add(st, (sk_str){(const char *)&list[i].id, sizeof list[i].id});
    sk_hash digest = sk_sha256_end(st);
    return sk_hash_hex(&rq->cx.arena, &digest);
}

static void add_sure(sk_request *rq, sk_grid *g, const sk_suggestion *s)
{
    sk_review_place place = {.exhibit = SK_S("")};
    sk_grid_cell(g, sk_hash_hex(&rq->cx.arena, &s->id));
    sk_grid_shown(g, sk_suggest_kind_text(rq, s->kind));
    sk_grid_link(g, sk_href_review(rq, &place, &s->id, NULL));
    sk_grid_cell(g, sk_suggest_subject_text(rq, s));
    sk_grid_cell(g, sk_proposal_property(rq, s, &s->proposals[0]));
    sk_grid_cell(g, sk_proposal_text(rq, s, &s->proposals[0]));
    sk_grid_cell(g, s->text);
    sk_grid_link(g, sk_href_span(rq, &s->exhibit, s->start, s->end));
}

/* ROUTE: GET /review/sure
 * The names of an exhibit that are sure: listed before they are accepted together.
 *
 * ROLE: read
 * PARAMETERS
 *   exhibit   first six or more digits of its SHA-256, or its file name
 */
sk_rc sk_page_review_sure(sk_request *rq)
{
    static const sk_grid_column columns[] = {{"suggestion", "review.kind", false},
                                             {"about", "col.about", false},
                                             {"property", "col.property", false},
                                             {"value", "col.value", false},
                                             {"text", "review.passage", false}};
    sk_html *h = &rq->html;
    sk_review *rv;
    sk_exhibit x;
    sk_suggestion *list;
    size_t n;
    SK_TRY(sk_review_open(&rq->cx, rq->view, &rv));
    SK_TRY(list_sure(rq, rv, &x, &list, &n));
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    for (size_t i = 0; i < n; i++)
        add_sure(rq, g, &list[i]);
    sk_page_begin(rq, sk_say(rq, "review.sure_title"));
    SK_PUT(h,
           "<h1>{review.sure_title}</h1><p class=\"lead\" dir=\"auto\"><a "
           "href=\"/review?exhibit=$\">$</a></p><p>{review.sure_lead}</p>",
           sk_str_sub(sk_hash_hex(&rq->cx.arena, &x.hash), 0, 16), x.title.n ? x.title : x.name);
    if (!n)
        SK_PUT(h, "<p>{review.sure_none}</p>");
    else
        sk_grid_put(rq, g, sk_say(rq, "review.sure_title"));
    if (n && sk_rq_may(rq, SK_ROLE_JUDGE)) {
        SK_PUT(h, "<form method=\"post\" action=\"/review/sure\">");
        sk_put_token(rq);
        SK_PUT(h,
               "<input type=\"hidden\" name=\"exhibit\" value=\"$\"><input type=\"hidden\" "
               "name=\"list\" value=\"$\"><button class=\"main\">$</button></form>",
               sk_hash_hex(&rq->cx.arena, &x.hash), list_digest(rq, list, n),
               sk_say_n(rq, "review.accept", n));
    }
    return sk_page_end(
        rq, &(sk_made){.command =
                           sk_fmt(&rq->cx.arena, "sillok review --exhibit %.*s",
                                  SK_P(sk_str_sub(sk_hash_hex(&rq->cx.arena, &x.hash), 0, 12)))});
}

static sk_rc accept_sure(sk_request *rq, sk_review *rv, sk_exhibit *ret_x)
{
    sk_suggestion *list;
    size_t n;
    SK_TRY(list_sure(rq, rv, ret_x, &list, &n));
    if (!n || !sk_str_eq(list_digest(rq, list, n), sk_rq_get(rq, "list")))
        return sk_fail(&rq->cx, SK_E_CONFLICT,
                       "the list has changed since you looked at it; look again, then accept it");
    SK_TRY(sk_review_accept_all(&rq->cx, rv, &ret_x->hash, &n));
    for (size_t i = 0; i < n; i++)
        sk_rq_log_hash(rq, &list[i].id);
    return SK_OK;
}

/* ROUTE: POST /review/sure
 * Confirm the names of an exhibit that are sure, just as they were listed.
 *
 * ROLE: judge
 * PARAMETERS
 *   exhibit   first six or more digits of its SHA-256
 *   list      which list was looked at: given by the page that shows it
 */
sk_rc sk_page_review_accept(sk_request *rq)
{
    sk_review_write w;
    sk_exhibit x;
    SK_TRY(sk_review_write_begin(rq, &w));
    sk_rc rc = accept_sure(rq, w.review, &x);
    SK_TRY(sk_review_write_end(rq, &w, rc));
    return sk_rq_redirect(rq, sk_fmt(&rq->cx.arena, "/review?exhibit=%.*s",
                                     SK_P(sk_str_sub(sk_hash_hex(&rq->cx.arena, &x.hash), 0, 16))));
}

/* ---- how rules fare ---- */

static void add_rule(sk_request *rq, sk_grid *g, const sk_rule_stats *r)
{
    sk_arena *a = &rq->cx.arena;
    sk_grid_cell(g, r->rule);
    sk_grid_link(g, sk_fmt(a, "/review?tier=4&rule=%.*s", SK_P(sk_percent_encode(a, r->rule))));
    sk_grid_int(g, r->tier);
    sk_grid_shown(g, sk_suggest_tier_text(rq, r->tier));
    sk_grid_int(g, (int64_t)r->offered);
    sk_grid_int(g, (int64_t)r->confirmed);
    sk_grid_int(g, (int64_t)r->edited);
    sk_grid_int(g, (int64_t)r->rejected);
    sk_grid_cell(g, r->decided ? sk_fmt(a, "%.3f", r->rate) : SK_S(""));
    sk_grid_cell(g, sk_fmt(a, "%.3f–%.3f", r->low, r->high));
    sk_grid_cell(g, r->is_hidden ? SK_S("hidden") : SK_S(""));
    sk_grid_shown(g, r->is_hidden ? sk_say(rq, "tier.hidden") : SK_S(""));
}

/* ROUTE: GET /review/rules
 * How often people agreed with what each rule proposes.
 *
 * ROLE: read
 * FORMATS: html json csv
 */
sk_rc sk_page_review_rules(sk_request *rq)
{
    static const sk_grid_column columns[] = {
        {"rule", "review.rule", false},      {"tier", "review.tier", false},
        {"offered", "review.offered", true}, {"confirmed", "decided.confirmed", true},
        {"edited", "decided.edited", true},  {"rejected", "decided.rejected", true},
        {"rate", "review.accepted", true},   {"interval", "review.interval", true},
        {"state", "col.state", false}};
    sk_review *rv;
    const sk_rule_stats *list;
    size_t n;
    SK_TRY(sk_review_open(&rq->cx, rq->view, &rv));
    sk_review_stats(rv, &list, &n);
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    for (size_t i = 0; i < n; i++)
        add_rule(rq, g, &list[i]);
    if (rq->format != SK_FORMAT_HTML)
        return sk_grid_answer(rq, g);
    sk_page_begin(rq, sk_say(rq, "review.rules"));
    SK_PUT(&rq->html, "<h1>{review.rules}</h1><p class=\"lead\">");
    SK_SAY(&rq->html, "review.rules_lead", sk_number_text(rq, SK_REVIEW_ENOUGH),
           sk_fmt(&rq->cx.arena, "%.0f %%", SK_REVIEW_FLOOR * 100));
    SK_PUT(&rq->html, "</p>");
    if (n)
        sk_grid_put(rq, g, sk_say(rq, "review.rules"));
    else
        SK_PUT(&rq->html, "<p>{review.rules_none}</p>");
    return sk_page_end(rq, &(sk_made){.command = SK_S("sillok review --stats")});
}
