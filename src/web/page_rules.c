/* Which rules stood, and why; and what a number can be, and who bears it. */
#include "count/rules.h"
#include "record/bearers.h"
#include "record/country.h"
#include "record/identifier.h"
#include "tell/tell.h"
#include "web/grid.h"
#include "web/page.h"

/* ---- rules ---- */

static const sk_grid_column rule_columns[] = {
    {"event", "rules.event", false},   {"goods", "ask.goods", false},
    {"on", "rules.on", false},         {"status", "rules.status", false},
    {"effect", "rules.effect", false}, {"rule", "rules.rule", false},
    {"about", "rules.about", false},   {"why", "rules.why", false},
    {"says", "col.says", false},       {"from", "ask.from", false, true},
    {"to", "ask.dest", false, true},   {"key", "col.key", false, true}};

static sk_str status_text(const sk_request *rq, sk_rule_status status)
{
    char key[64];
    snprintf(key, sizeof key, "rule.%s", sk_rule_status_name(status));
    sk_str text = sk_say(rq, key);
    return sk_str_is(text, key) ? sk_str_of(sk_rule_status_words(status)) : text;
}

static sk_str rule_title(sk_request *rq, const sk_rule *r)
{
    if (!r->instrument.n)
        return r->entity.caption;
    if (!r->paragraph.n)
        return r->instrument;
    return sk_fmt(&rq->cx.arena, "%.*s §%.*s", SK_P(r->instrument), SK_P(r->paragraph));
}

static sk_str rule_why(sk_request *rq, const sk_rule *r)
{
    sk_str text = r->reason;
    for (size_t i = 0; i < r->n_remarks; i++)
        text = sk_fmt(&rq->cx.arena, "%.*s\n%.*s", SK_P(text), SK_P(r->remarks[i]));
    return text;
}

/* "coal", "HS 2701", "from North Korea", each on a line: which goods, going where. */
static sk_str rule_about(sk_request *rq, const sk_rule *r)
{
    sk_arena *a = &rq->cx.arena;
    sk_str text = r->goods;
    if (r->hs.n)
        text = sk_fmt(a, "%.*s%sHS %.*s", SK_P(text), text.n ? "\n" : "", SK_P(r->hs));
    const struct {
        const char *key;
        sk_str codes;
    } ends[] = {{"rules.leaves", r->from}, {"rules.reaches", r->to}};
    for (size_t i = 0; i < SK_COUNT(ends); i++) {
        sk_str rest = ends[i].codes, code;
        while (rest.n && sk_str_cut(&rest, ' ', &code))
            text = sk_fmt(a, "%.*s%s%.*s", SK_P(text), text.n ? "\n" : "",
                          SK_P(sk_say1(rq, ends[i].key, sk_country_name(code, rq->lang))));
    }
    return text;
}

/* Who says that there is the rule and since when it holds, each once. */
static sk_str rule_says(sk_request *rq, const sk_rule *r)
{
    static const char *const props[] = {"instrument", "startDate", "date", "endDate"};
    sk_str text = SK_NONE;
    for (size_t i = 0; i < r->n_claims; i++) {
        const sk_claim *c = &r->claims[i].claim;
        bool tells = false;
        for (size_t k = 0; k < SK_COUNT(props); k++)
            tells |= sk_str_is(c->prop, props[k]);
        sk_str who = tells ? sk_tell_says(&rq->cx, rq->view, c, rq->lang) : SK_NONE;
        if (tells && sk_str_find(text, who) == SIZE_MAX)
            text = sk_fmt(&rq->cx.arena, "%.*s%s%.*s", SK_P(text), text.n ? "\n" : "", SK_P(who));
    }
    return text;
}

static sk_style rule_style(sk_rule_status s)
{
    return s == SK_RULE_IN_FORCE                          ? SK_STYLE_BOLD
           : s == SK_RULE_DEPENDS || s == SK_RULE_UNDATED ? SK_STYLE_YELLOW
                                                          : SK_STYLE_DIM;
}

static void add_rule(sk_request *rq, sk_grid *g, const sk_rule_case *about,
                     const sk_rule_question *q, const sk_rule *r)
{
    sk_grid_cell(g, about->event.key);
    sk_grid_cell(g, q->goods);
    sk_grid_cell(g, q->on);
    sk_grid_shown(g, sk_date_text(rq, q->on));
    sk_grid_cell(g, sk_str_of(sk_rule_status_name(r->status)));
    sk_grid_shown(g, status_text(rq, r->status));
    sk_grid_style(g, rule_style(r->status));
    sk_grid_cell(g, r->effect);
    sk_grid_cell(g, rule_title(rq, r));
    sk_grid_link(g, sk_href_entity(rq, r->entity.key));
    sk_grid_cell(g, rule_about(rq, r));
    sk_grid_cell(g, rule_why(rq, r));
    sk_grid_cell(g, rule_says(rq, r));
    sk_grid_cell(g, r->from);
    sk_grid_cell(g, r->to);
    sk_grid_cell(g, r->entity.key);
}

static sk_str rules_command(sk_request *rq)
{
    static const char *const options[] = {"goods", "on", "from", "to"};
    sk_str of = sk_str_trim(sk_rq_get(rq, "of")), s = SK_S("sillok ask rules");
    if (of.n)
        s = sk_fmt(&rq->cx.arena, "%.*s %.*s", SK_P(s), SK_P(sk_shell_word(rq, of)));
    for (size_t i = 0; i < SK_COUNT(options); i++) {
        sk_str value = sk_str_trim(sk_rq_get(rq, options[i]));
        if (value.n)
            s = sk_fmt(&rq->cx.arena, "%.*s --%s %.*s", SK_P(s), options[i],
                       SK_P(sk_shell_word(rq, value)));
    }
    return s;
}

/* ROUTE: GET /ask/rules
 * Which rules about some goods stood on a day, and why the others did not.
 *
 * ROLE: read
 * FORMATS: html json csv
 * PARAMETERS
 *   goods   words, or an HS code
 *   on      the day; today when absent; not together with of
 *   from    country the goods leave
 *   to      country they reach
 *   of      event or ship, whose cargoes are asked about instead
 */
sk_rc sk_page_rules(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_rule_case *cases = NULL;
    size_t n = 0, in_force = 0, depends = 0, other = 0;
    sk_rule_asked asked = {.of = sk_str_trim(sk_rq_get(rq, "of")),
                           .goods = sk_str_trim(sk_rq_get(rq, "goods")),
                           .on = sk_str_trim(sk_rq_get(rq, "on")),
                           .from = sk_str_trim(sk_rq_get(rq, "from")),
                           .to = sk_str_trim(sk_rq_get(rq, "to"))};
    SK_TRY(sk_rule_ask(&rq->cx, rq->view, &asked, &cases, &n));
    sk_grid *g = sk_grid_new(rq, rule_columns, SK_COUNT(rule_columns));
    for (size_t i = 0; i < n; i++) {
        sk_rule_answer an;
        SK_TRY(sk_rules_find(&rq->cx, rq->view, &cases[i].question, &an));
        in_force += an.n_in_force;
        depends += an.n_depends;
        other += an.n_other + an.n_unlike;
        for (size_t k = 0; k < an.n_rules; k++)
            add_rule(rq, g, &cases[i], &an.question, &an.rules[k]);
    }
    if (rq->format != SK_FORMAT_HTML)
        return sk_grid_answer(rq, g);
    sk_page_begin(rq, sk_say(rq, "ask.rules"));
    SK_PUT(h, "<h1>{ask.rules}</h1><p class=\"status\" role=\"status\">");
    SK_SAY(h, "rules.counts", sk_number_text(rq, in_force), sk_number_text(rq, depends),
           sk_number_text(rq, other));
    SK_PUT(h, "</p>");
    if (sk_grid_rows(g))
        sk_grid_put(rq, g, sk_say(rq, "ask.rules"));
    SK_PUT(h, "<p class=\"quiet\">{rules.means}</p><p><a href=\"/ask\">{ask.again}</a></p>");
    return sk_page_end(rq, &(sk_made){.command = rules_command(rq), .method = "rules"});
}

/* ---- a number ---- */

static sk_str verdict_text(const sk_request *rq, sk_verdict v)
{
    char key[64];
    snprintf(key, sizeof key, "verdict.%s", sk_verdict_name(v));
    return sk_say(rq, key);
}

static sk_grid *verdict_grid(sk_request *rq, sk_str number)
{
    static const sk_grid_column columns[] = {{"scheme", "number.as", false},
                                             {"verdict", "col.verdict", false},
                                             {"canonical", "number.canonical", false},
                                             {"why", "rules.why", false}};
    sk_id_verdict v[SK_SCHEMES];
    size_t n = sk_identifier_verdicts(&rq->cx.arena, number, v);
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    for (size_t i = 0; i < n; i++) {
        sk_grid_cell(g, sk_str_of(sk_scheme_get(v[i].scheme)->name));
        sk_grid_shown(g, sk_str_of(sk_scheme_get(v[i].scheme)->title));
        sk_grid_cell(g, sk_str_of(sk_verdict_name(v[i].verdict)));
        sk_grid_shown(g, verdict_text(rq, v[i].verdict));
        sk_grid_style(g, v[i].verdict == SK_ID_VALID         ? SK_STYLE_GREEN
                         : v[i].verdict == SK_ID_CHECK_WRONG ? SK_STYLE_YELLOW
                                                             : SK_STYLE_DIM);
        sk_grid_cell(g, v[i].canonical);
        sk_grid_cell(g, v[i].reason);
    }
    return g;
}

static sk_grid *bearers_grid(sk_request *rq, const sk_claim_row *rows, size_t n, size_t most)
{
    static const sk_grid_column columns[] = {
        {"property", "number.as", false},    {"value", "number.written", false},
        {"bearer", "number.bearer", false},  {"remark", "col.remark", false},
        {"position", "col.position", false}, {"says", "col.says", false},
        {"passage", "col.passage", false}};
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    for (size_t i = 0; i < n && i < most; i++) {
        const sk_claim *c = &rows[i].claim;
        sk_grid_cell(g, c->prop);
        sk_grid_shown(g, sk_tell_property(c, rq->lang));
        sk_grid_cell(g, sk_tell_value(&rq->cx, rq->view, c, rq->lang));
        sk_grid_cell(g, c->entity);
        sk_grid_shown(g, sk_entity_caption(&rq->cx, rq->view, c->entity));
        sk_grid_link(g, sk_href_entity(rq, c->entity));
        sk_grid_cell(g, c->used_falsely ? sk_say(rq, "state.falsely") : SK_S(""));
        sk_grid_style(g, SK_STYLE_YELLOW);
        sk_grid_cell(g, sk_position_text(rq, c->position));
        sk_grid_style(g, SK_STYLE_RED);
        sk_grid_cell(g, sk_tell_says(&rq->cx, rq->view, c, rq->lang));
        sk_grid_cell(g, sk_tell_passage(&rq->cx, rq->view, c));
        sk_grid_link(g, c->n_passages ? sk_href_passage(rq, c) : sk_href_claim(rq, &c->id));
    }
    return g;
}

/* ROUTE: GET /ask/number
 * What a number can be by form and check digits, and who bears it here.
 *
 * ROLE: read
 * FORMATS: html json csv
 * PARAMETERS
 *   number   as written
 */
sk_rc sk_page_number(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_str number = sk_str_trim(sk_rq_get(rq, "number"));
    sk_claim_row *rows;
    size_t n;
    SK_TRY(sk_claims_bearing(&rq->cx, rq->view, number, SK_CLAIMS_CURRENT, &rows, &n));
    sk_grid *bearers =
        bearers_grid(rq, rows, n, rq->format == SK_FORMAT_HTML ? SK_LIM_PAGE_ROWS : n);
    if (rq->format != SK_FORMAT_HTML)
        return sk_grid_answer(rq, bearers);
    sk_page_begin(rq, sk_say1(rq, "number.title", number));
    SK_PUT(h, "<h1>{ask.number}: <bdi>$</bdi></h1><h2>{number.can_be}</h2>", number);
    sk_grid_put(rq, verdict_grid(rq, number), sk_say(rq, "number.can_be"));
    SK_PUT(h, "<h2>{number.borne}</h2>");
    if (n)
        sk_grid_put(rq, bearers, sk_say(rq, "number.borne"));
    else
        SK_PUT(h, "<p>{number.nobody}</p>");
    SK_PUT(h, "<p class=\"quiet\">{number.means}</p>");
    sk_str cap = SK_NONE;
    if (n > SK_LIM_PAGE_ROWS)
        cap = sk_say1(rq, "cap.claims", sk_number_text(rq, SK_LIM_PAGE_ROWS));
    return sk_page_end(rq, &(sk_made){.command = sk_fmt(&rq->cx.arena, "sillok ask number %.*s",
                                                        SK_P(sk_shell_word(rq, number))),
                                      .method = "identifiers",
                                      .cap = cap});
}
