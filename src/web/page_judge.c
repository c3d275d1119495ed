/* Judging: two entities side by side, same, different or unsure, with a reason; and undoing it. */
#include "record/write.h"
#include "tell/tell.h"
#include "web/grid.h"
#include "web/judge_why.h"
#include "web/judgements.h"
#include "web/page.h"

enum { SIDE_CLAIMS = 60 };

static sk_str verdict_text(const sk_request *rq, sk_str verdict)
{
    return sk_str_is(verdict, "same")        ? sk_say(rq, "judge.same")
           : sk_str_is(verdict, "different") ? sk_say(rq, "judge.different")
           : sk_str_is(verdict, "unsure")    ? sk_say(rq, "judge.unsure")
                                             : verdict;
}

/* ---- a list of judgements ---- */

static void put_undo(sk_request *rq, const sk_judgement *j)
{
    sk_html *h = &rq->html;
    sk_str id = sk_hash_hex(&rq->cx.arena, &j->id), short_id = sk_tell_short(&rq->cx, &j->id);
    SK_PUT(h,
           "<details class=\"undo\"><summary>{judge.undo}</summary><form method=\"post\" "
           "action=\"/judgements/$/undo\">",
           id);
    sk_put_token(rq);
    SK_PUT(h,
           "<label for=\"why-$\">{judge.reason}</label><input id=\"why-$\" name=\"reason\" "
           "required dir=\"auto\"><button>{judge.undo}</button></form></details>",
           short_id, short_id);
}

void sk_put_judgements(sk_request *rq, const sk_judgement *list, size_t n)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<ul class=\"judgements\">");
    for (size_t i = 0; i < n; i++) {
        const sk_judgement *j = &list[i];
        SK_PUT(h,
               "<li class=\"$\" dir=\"auto\"><a href=\"$\">$</a> <strong>$</strong> "
               "<a href=\"$\">$</a> — “$” <span class=\"quiet\">$ · <a href=\"$\"><code>$</code>"
               "</a></span>",
               j->undone ? SK_S("dim") : SK_S(""), sk_href_entity(rq, j->a),
               sk_entity_caption(&rq->cx, rq->view, j->a), verdict_text(rq, j->verdict),
               sk_href_entity(rq, j->b), sk_entity_caption(&rq->cx, rq->view, j->b), j->reason,
               sk_time_text(rq, j->at), sk_href_entry(rq, &j->id), sk_tell_short(&rq->cx, &j->id));
        if (j->undone)
            SK_PUT(h, " <strong>{judge.undone}</strong>");
        else if (j->blocked)
            SK_PUT(h, " <strong class=\"doubt\">{judge.blocked}</strong>");
        if (!j->undone && sk_rq_may(rq, SK_ROLE_JUDGE))
            put_undo(rq, j);
        SK_PUT(h, "</li>");
    }
    SK_PUT(h, "</ul>");
}

/* ---- side by side ---- */

typedef struct side {
    sk_entity e;
    sk_claim_row *rows;
    size_t n;
} side;

static sk_rc load_side(sk_request *rq, const char *name, side *s)
{
    SK_TRY(sk_entity_find(&rq->cx, rq->view, sk_rq_get(rq, name), &s->e));
    return sk_claims_about(&rq->cx, rq->view, &s->e, SK_CLAIMS_CURRENT, &s->rows, &s->n);
}

static bool says_too(sk_request *rq, const side *other, const sk_claim *c)
{
    sk_str value = sk_tell_value(&rq->cx, rq->view, c, rq->lang);
    for (size_t i = 0; i < other->n && i < SIDE_CLAIMS; i++) {
        const sk_claim *o = &other->rows[i].claim;
        if (sk_str_eq(o->prop, c->prop) &&
            sk_str_eq(sk_tell_value(&rq->cx, rq->view, o, rq->lang), value))
            return true;
    }
    return false;
}

static void put_side(sk_request *rq, const side *s, const side *other)
{
    sk_html *h = &rq->html;
    SK_PUT(h,
           "<section><h2 dir=\"auto\"><a href=\"$\">$</a></h2><p class=\"meta\">$ · "
           "<code>@$</code></p><dl class=\"facts\">",
           sk_href_entity(rq, s->e.key), s->e.caption, sk_type_text(rq, s->e.type), s->e.key);
    for (size_t i = 0; i < s->n && i < SIDE_CLAIMS; i++) {
        const sk_claim *c = &s->rows[i].claim;
        bool first = i == 0 || !sk_str_eq(s->rows[i - 1].claim.prop, c->prop);
        if (first)
            SK_PUT(h, "<dt>$</dt>", sk_tell_property(c, rq->lang));
        SK_PUT(h,
               "<dd dir=\"auto\" class=\"$\"><a href=\"$\">$</a> <span class=\"quiet\">$</span>"
               "</dd>",
               says_too(rq, other, c) ? SK_S("agrees") : SK_S(""), sk_href_claim(rq, &c->id),
               sk_tell_value(&rq->cx, rq->view, c, rq->lang),
               sk_tell_says(&rq->cx, rq->view, c, rq->lang));
    }
    SK_PUT(h, "</dl>");
    if (s->n > SIDE_CLAIMS)
        SK_PUT(h, "<p class=\"cap\">$</p>",
               sk_say1(rq, "cap.claims", sk_number_text(rq, SIDE_CLAIMS)));
    SK_PUT(h, "</section>");
}

static void put_verdict_form(sk_request *rq, const side *a, const side *b)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<form class=\"card\" method=\"post\" action=\"/judge\">");
    sk_put_token(rq);
    SK_PUT(h,
           "<input type=\"hidden\" name=\"a\" value=\"$\"><input type=\"hidden\" name=\"b\" "
           "value=\"$\"><label>{judge.reason}<input name=\"reason\" required dir=\"auto\"></label>"
           "<p class=\"verdicts\"><button name=\"verdict\" value=\"same\" data-key=\"m\">"
           "{judge.same}</button> <button name=\"verdict\" value=\"different\" data-key=\"n\">"
           "{judge.different}</button> <button name=\"verdict\" value=\"unsure\" data-key=\"u\">"
           "{judge.unsure}</button></p><p class=\"quiet keys-line\">{judge.keys}</p></form>",
           a->e.key, b->e.key);
}

static void put_pair_form(sk_request *rq)
{
    SK_PUT(&rq->html,
           "<form class=\"fields\" action=\"/judge\"><label>{judge.a}<input name=\"a\" value=\"$\" "
           "required dir=\"auto\"></label><label>{judge.b}<input name=\"b\" value=\"$\" "
           "dir=\"auto\"></label><button class=\"main\">{judge.compare}</button></form>",
           sk_rq_get(rq, "a"), sk_rq_get(rq, "b"));
}

static sk_rc put_pair(sk_request *rq)
{
    side a = {.n = 0}, b = {.n = 0};
    SK_TRY(load_side(rq, "a", &a));
    SK_TRY(load_side(rq, "b", &b));
    SK_PUT(&rq->html, "<div class=\"two\">");
    put_side(rq, &a, &b);
    put_side(rq, &b, &a);
    SK_PUT(&rq->html, "</div>");
    if (sk_rq_may(rq, SK_ROLE_JUDGE))
        put_verdict_form(rq, &a, &b);
    return sk_put_comparison(rq, a.e.key, b.e.key);
}

/* One alone: who it may be. */
static sk_rc put_first(sk_request *rq)
{
    side a = {.n = 0};
    SK_TRY(load_side(rq, "a", &a));
    SK_PUT(&rq->html, "<div class=\"two\">");
    put_side(rq, &a, &(side){.n = 0});
    SK_PUT(&rq->html, "</div>");
    return sk_put_likely(rq, &a.e);
}

static sk_rc judgements_answer(sk_request *rq, const sk_judgement *list, size_t n)
{
    static const sk_grid_column columns[] = {
        {"entry", "col.entry", false},     {"a", "judge.a", false},
        {"verdict", "col.verdict", false}, {"b", "judge.b", false},
        {"reason", "judge.reason", false}, {"at", "col.when", false},
        {"state", "col.state", false}};
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    for (size_t i = 0; i < n; i++) {
        sk_grid_cell(g, sk_hash_hex(&rq->cx.arena, &list[i].id));
        sk_grid_cell(g, list[i].a);
        sk_grid_cell(g, list[i].verdict);
        sk_grid_cell(g, list[i].b);
        sk_grid_cell(g, list[i].reason);
        sk_grid_cell(g, list[i].at);
        sk_grid_cell(g, list[i].undone    ? SK_S("undone")
                        : list[i].blocked ? SK_S("blocked")
                                          : SK_S("in force"));
    }
    return sk_grid_answer(rq, g);
}

/* ROUTE: GET /judge
 * Two entities side by side; without two, the judgements of the archive.
 *
 * ROLE: read
 * FORMATS: html json csv
 * PARAMETERS
 *   a   key or name
 *   b   key or name
 */
sk_rc sk_page_judge(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_judgement *list;
    size_t n;
    SK_TRY(sk_judgements_list(&rq->cx, rq->view, NULL, &list, &n));
    if (rq->format != SK_FORMAT_HTML)
        return judgements_answer(rq, list, n);
    sk_page_begin(rq, sk_say(rq, "judge.title"));
    SK_PUT(h, "<h1>{judge.title}</h1><p class=\"lead\">{judge.lead}</p>");
    put_pair_form(rq);
    if (sk_rq_get(rq, "a").n && sk_rq_get(rq, "b").n)
        SK_TRY(put_pair(rq));
    else if (sk_rq_get(rq, "a").n)
        SK_TRY(put_first(rq));
    SK_PUT(h, "<section aria-labelledby=\"made\"><h2 id=\"made\">{judge.made}</h2>");
    if (n)
        sk_put_judgements(rq, list, n);
    else
        SK_PUT(h, "<p>{judge.none}</p>");
    SK_PUT(h, "</section>");
    return sk_page_end(rq, &(sk_made){.command = SK_S("sillok judge --list")});
}

/* ROUTE: POST /judge
 * Log a judgement on two entities.
 *
 * ROLE: judge
 * PARAMETERS
 *   a         key or name
 *   b         key or name
 *   verdict   same, different or unsure
 *   reason    why; kept
 */
sk_rc sk_page_judge_post(sk_request *rq)
{
    sk_ctx *cx = &rq->cx;
    sk_entity a, b;
    sk_write w;
    sk_hash id;
    SK_TRY(sk_entity_find(cx, rq->view, sk_rq_get(rq, "a"), &a));
    SK_TRY(sk_entity_find(cx, rq->view, sk_rq_get(rq, "b"), &b));
    sk_rq_log_id(rq, a.key);
    sk_rq_log_id(rq, b.key);
    SK_TRY(sk_rq_write_begin(rq, &w));
    sk_rc rc =
        sk_record_judge(cx, a.key, b.key, sk_rq_get(rq, "verdict"), sk_rq_get(rq, "reason"), &id);
    SK_TRY(sk_rq_write_end(rq, &w, rc));
    sk_rq_log_hash(rq, &id);
    return sk_rq_redirect(rq, sk_fmt(&cx->arena, "%.*s#cluster", SK_P(sk_href_entity(rq, a.key))));
}

/* ROUTE: POST /judgements/{id}/undo
 * Take a judgement back; its entry stays in the log.
 *
 * ROLE: judge
 * PARAMETERS
 *   id       of the judgement's entry
 *   reason   why; kept
 */
sk_rc sk_page_judge_undo(sk_request *rq)
{
    sk_ctx *cx = &rq->cx;
    sk_entry_row row;
    sk_write w;
    sk_hash id;
    SK_TRY(sk_entry_find(cx, rq->view, sk_rq_get(rq, "id"), &row));
    if (!sk_str_is(row.kind, "judge"))
        return sk_fail(cx, SK_E_FORMAT, "entry \"%.*s\" is a %.*s, not a judgement",
                       SK_P(sk_tell_short(cx, &row.id)), SK_P(row.kind));
    SK_TRY(sk_rq_write_begin(rq, &w));
    sk_rc rc = sk_record_retract(cx, &row.id, sk_rq_get(rq, "reason"), &id);
    SK_TRY(sk_rq_write_end(rq, &w, rc));
    sk_rq_log_hash(rq, &id);
    return sk_rq_redirect(rq, SK_S("/judge#made"));
}
