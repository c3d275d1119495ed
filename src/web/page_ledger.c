/* How many, says whom: the ledger of a population or event, with rival figures and denials. */
#include "count/ledger.h"
#include "tell/tell.h"
#include "web/chart.h"
#include "web/grid.h"
#include "web/page.h"

#include <stdlib.h>

static const sk_grid_column columns[] = {{"population", "ledger.of", false, true},
                                         {"figure", "ledger.figure", false},
                                         {"measure", "ledger.measure", false},
                                         {"period", "col.when", false},
                                         {"says", "col.says", false},
                                         {"position", "col.position", false},
                                         {"use", "ledger.use", false},
                                         {"passage", "col.passage", false},
                                         {"claim", "col.claim", false}};

static sk_str use_text(const sk_request *rq, sk_use use)
{
    char key[64];
    snprintf(key, sizeof key, "use.%s", sk_use_name(use));
    sk_str text = sk_say(rq, key);
    return sk_str_is(text, key) ? sk_str_of(sk_use_words(use)) : text;
}

static void add_figure(sk_request *rq, sk_grid *g, const sk_ledger *l, const sk_figure *f)
{
    const sk_claim *c = &f->row.claim;
    sk_ctx *cx = &rq->cx;
    sk_style style = f->use == SK_USE_PART ? SK_STYLE_PLAIN : SK_STYLE_DIM;
    sk_grid_cell(g, l->parts[0].entity.key);
    sk_grid_shown(g, l->parts[f->part].entity.caption);
    sk_grid_link(g, sk_href_entity(rq, l->parts[f->part].entity.key));
    sk_grid_cell(g, sk_tell_value(cx, rq->view, c, rq->lang));
    sk_grid_style(g, f->use == SK_USE_PART ? SK_STYLE_BOLD : SK_STYLE_PLAIN);
    sk_grid_cell(g, c->measure.n ? c->measure : l->parts[f->part].measure);
    sk_grid_cell(g, f->period);
    sk_grid_shown(g, sk_date_text(rq, f->period));
    sk_grid_cell(g, sk_tell_says(cx, rq->view, c, rq->lang));
    sk_grid_cell(g, sk_str_of(sk_position_name(c->position)));
    sk_grid_shown(g, sk_position_text(rq, c->position));
    sk_grid_style(g, SK_STYLE_YELLOW);
    sk_grid_cell(g, sk_str_of(sk_use_name(f->use)));
    sk_grid_shown(g, use_text(rq, f->use));
    sk_grid_style(g, style);
    sk_grid_cell(g, sk_tell_passage(cx, rq->view, c));
    sk_grid_link(g, c->n_passages ? sk_href_passage(rq, c) : SK_NONE);
    sk_grid_cell(g, sk_hash_hex(&cx->arena, &c->id));
    sk_grid_shown(g, sk_tell_short(cx, &c->id));
    sk_grid_link(g, sk_href_claim(rq, &c->id));
}

static sk_str part_heading(sk_request *rq, const sk_part *p)
{
    sk_arena *a = &rq->cx.arena;
    sk_str s = p->entity.caption;
    if (p->definition.n)
        s = sk_fmt(a, "%.*s — %.*s", SK_P(s), SK_P(p->definition));
    if (!p->n_used)
        return s;
    return sk_fmt(a, "%.*s: %.*s (%.*s)", SK_P(s), SK_P(sk_quantity_format(a, &p->range, rq->lang)),
                  SK_P(sk_say_n(rq, "ledger.origins", p->n_origins)));
}

static void add_figures(sk_request *rq, sk_grid *g, const sk_ledger *l)
{
    for (size_t part = 0; part < l->n_parts; part++) {
        bool is_headed = false;
        for (size_t i = 0; i < l->n_figures; i++) {
            if (l->figures[i].part != part)
                continue;
            if (!is_headed)
                sk_grid_group(g, part_heading(rq, &l->parts[part]),
                              sk_href_entity(rq, l->parts[part].entity.key));
            is_headed = true;
            add_figure(rq, g, l, &l->figures[i]);
        }
    }
}

/* ---- for people ---- */

/* The figures of one ledger as bars: what each names, from its low to its high end. */
static void put_chart(sk_request *rq, const sk_ledger *l)
{
    sk_bar *bars = sk_new_array(&rq->cx.arena, sk_bar, l->n_figures);
    size_t n = 0;
    for (size_t i = 0; i < l->n_figures; i++) {
        const sk_claim *c = &l->figures[i].row.claim;
        bool is_counted = l->figures[i].use == SK_USE_PART || l->figures[i].use == SK_USE_WHOLE ||
                          l->figures[i].use == SK_USE_ONLY;
        sk_bounds b = sk_quantity_bounds(&c->quantity);
        if (!is_counted || c->absent != SK_PRESENT || (!b.has_low && !b.has_high))
            continue;
        sk_bar *bar = &bars[n++];
        *bar = (sk_bar){.label = sk_tell_chain(&rq->cx, rq->view, c->chain, c->n_chain, rq->lang),
                        .group = l->parts[l->figures[i].part].entity.caption,
                        .value = sk_tell_value(&rq->cx, rq->view, c, rq->lang),
                        .has_low = b.has_low,
                        .has_high = b.has_high,
                        .is_strong = l->figures[i].use == SK_USE_PART};
        if (b.has_low)
            bar->low = strtod(sk_decimal_text(&rq->cx.arena, b.low, false).p, NULL);
        if (b.has_high)
            bar->high = strtod(sk_decimal_text(&rq->cx.arena, b.high, false).p, NULL);
    }
    sk_put_bars(rq, bars, n, sk_say1(rq, "ledger.chart", l->parts[0].entity.caption));
}

static void put_sum(sk_request *rq, const sk_ledger *l)
{
    sk_html *h = &rq->html;
    sk_arena *a = &rq->cx.arena;
    if (!l->has_sum) {
        SK_PUT(h,
               "<p class=\"sum\"><strong>{ledger.no_sum}</strong> <span dir=\"auto\">$</span></p>",
               l->no_sum_why);
        return;
    }
    SK_PUT(h, "<p class=\"sum\"><strong class=\"figure\">$</strong> ",
           sk_quantity_format(a, &l->sum, rq->lang));
    SK_SAY_N(h, l->n_summed, "ledger.sum_over", sk_number_text(rq, l->n_summed));
    SK_PUT(h, "</p><p class=\"quiet\">{ledger.sum_means}</p>");
}

static void put_denials(sk_request *rq, const sk_ledger *l)
{
    sk_html *h = &rq->html;
    if (!l->n_denials)
        return;
    SK_PUT(h, "<section class=\"denials\"><h3>{ledger.denied}</h3><ul>");
    for (size_t i = 0; i < l->n_denials; i++) {
        const sk_claim *c = &l->denials[i].claim;
        sk_str words = c->words.n ? c->words : sk_tell_value(&rq->cx, rq->view, c, rq->lang);
        SK_PUT(h, "<li dir=\"auto\">");
        sk_put_says(rq, c);
        SK_PUT(h, " — <a href=\"$\">$</a>: “$” <a href=\"$\"><code>$</code></a></li>",
               sk_href_entity(rq, c->entity), sk_entity_caption(&rq->cx, rq->view, c->entity),
               words, sk_href_claim(rq, &c->id), sk_tell_short(&rq->cx, &c->id));
    }
    SK_PUT(h, "</ul></section>");
}

static void put_ledger(sk_request *rq, const sk_ledger *l)
{
    sk_html *h = &rq->html;
    const sk_part *whole = &l->parts[0];
    SK_PUT(h, "<section class=\"ledger\"><h2 dir=\"auto\"><a href=\"$\">$</a>",
           sk_href_entity(rq, whole->entity.key), whole->entity.caption);
    if (l->period.n)
        SK_PUT(h, ", <span>$</span>", sk_date_text(rq, l->period));
    SK_PUT(h, "</h2>");
    if (whole->definition.n)
        SK_PUT(h, "<p dir=\"auto\"><span class=\"quiet\">{ledger.counted}</span> $</p>",
               whole->definition);
    put_sum(rq, l);
    put_chart(rq, l);
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    add_figures(rq, g, l);
    if (sk_grid_rows(g))
        sk_grid_put(rq, g, sk_say1(rq, "ledger.caption", whole->entity.caption));
    else
        SK_PUT(h, "<p>{ledger.none}</p>");
    put_denials(rq, l);
    SK_PUT(h, "</section>");
}

/* ---- for programs ---- */

static void range_json(sk_request *rq, sk_json *j, const sk_quantity *q)
{
    sk_arena *a = &rq->cx.arena;
    sk_json_object(j);
    sk_json_put_str(j, "words", sk_quantity_format(a, q, SK_LANG_EN));
    sk_json_put_given(j, "unit", q->unit);
    if (q->has_low) {
        sk_json_key(j, SK_S("low"));
        sk_json_number(j, sk_decimal_text(a, q->low, false));
    }
    if (q->has_high) {
        sk_json_key(j, SK_S("high"));
        sk_json_number(j, sk_decimal_text(a, q->high, false));
    }
    sk_json_put_bool(j, "open_above", !sk_quantity_bounds(q).has_high);
    sk_json_end(j);
}

static void ledger_json(sk_request *rq, sk_json *j, const sk_ledger *l)
{
    sk_json_object(j);
    sk_json_put_str(j, "of", l->parts[0].entity.key);
    sk_json_put_str(j, "caption", l->parts[0].entity.caption);
    sk_json_put_given(j, "definition", l->parts[0].definition);
    sk_json_put_given(j, "period", l->period);
    sk_json_key(j, SK_S("sum"));
    if (l->has_sum)
        range_json(rq, j, &l->sum);
    else
        sk_json_null(j);
    if (l->has_sum)
        sk_json_put_uint(j, "parts_summed", l->n_summed);
    else
        sk_json_put_str(j, "no_sum_because", l->no_sum_why);
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    add_figures(rq, g, l);
    sk_json_key(j, SK_S("figures"));
    sk_grid_json_into(g, j);
    sk_json_key(j, SK_S("denials"));
    sk_json_array(j);
    for (size_t i = 0; i < l->n_denials; i++)
        sk_tell_claim_json(&rq->cx, j, &l->denials[i]);
    sk_json_end(j);
    sk_json_end(j);
}

/* ---- the question ---- */

static sk_str how_many_command(sk_request *rq, sk_str name)
{
    static const char *const options[] = {"when", "measure"};
    sk_arena *a = &rq->cx.arena;
    sk_str s = sk_fmt(a, "sillok ask how-many %.*s", SK_P(sk_shell_word(rq, name)));
    for (size_t i = 0; i < SK_COUNT(options); i++) {
        sk_str value = sk_str_trim(sk_rq_get(rq, options[i]));
        if (value.n)
            s = sk_fmt(a, "%.*s --%s %.*s", SK_P(s), options[i], SK_P(sk_shell_word(rq, value)));
    }
    return s;
}

static sk_rc ledger_page(sk_request *rq, const sk_ledger *ledgers, size_t n, sk_str name,
                         sk_str cap)
{
    sk_html *h = &rq->html;
    sk_page_begin(rq, sk_say1(rq, "ledger.title", name));
    SK_PUT(h,
           "<h1>{ask.how_many}</h1><form class=\"fields\" action=\"/ask/how-many\">"
           "<label>{ask.of}<input name=\"of\" value=\"$\" required dir=\"auto\"></label>"
           "<label>{ask.when}<input name=\"when\" value=\"$\" dir=\"auto\"></label>"
           "<label>{ask.measure}<input name=\"measure\" value=\"$\" dir=\"auto\"></label>"
           "<button class=\"main\">{ask.go}</button></form>",
           name, sk_rq_get(rq, "when"), sk_rq_get(rq, "measure"));
    for (size_t i = 0; i < n; i++)
        put_ledger(rq, &ledgers[i]);
    return sk_page_end(
        rq, &(sk_made){.command = how_many_command(rq, name), .method = "ledger", .cap = cap});
}

/* ROUTE: GET /ask/how-many
 * The ledger of a population or event: rival figures side by side, denials, and a sum over declared
 * parts alone.
 *
 * ROLE: read
 * FORMATS: html json csv
 * PARAMETERS
 *   of        population or event: key, name, or words of it
 *   when      date or period, EDTF or words
 *   measure   what to count, such as returned or held
 */
sk_rc sk_page_how_many(sk_request *rq)
{
    enum { MOST = 20, MOST_FOR_PROGRAMS = 500 }; /* a ledger takes milliseconds, and others wait */
    sk_str name = sk_str_trim(sk_rq_get(rq, "of")), period, cap = SK_NONE;
    sk_entity *wholes = NULL;
    size_t n = 0;
    SK_TRY(sk_rq_date(rq, "when", &period));
    SK_TRY(sk_ledger_wholes(&rq->cx, rq->view, name, &wholes, &n));
    if (rq->format == SK_FORMAT_HTML && n > MOST) {
        cap = sk_say1(rq, "cap.ledgers", sk_number_text(rq, MOST));
        n = MOST;
    } else if (n > MOST_FOR_PROGRAMS) {
        return sk_fail(&rq->cx, SK_E_LIMIT,
                       "%zu populations and events are named so; ask for at most %d", n,
                       MOST_FOR_PROGRAMS);
    }
    sk_ledger *ledgers = sk_new_array(&rq->cx.arena, sk_ledger, n);
    for (size_t i = 0; i < n; i++)
        SK_TRY(sk_ledger_build(&rq->cx, rq->view, &wholes[i], period,
                               sk_str_trim(sk_rq_get(rq, "measure")), &ledgers[i]));
    if (rq->format == SK_FORMAT_JSON) {
        sk_json *j = sk_rq_json(rq);
        sk_json_array(j);
        for (size_t i = 0; i < n; i++)
            ledger_json(rq, j, &ledgers[i]);
        sk_json_end(j);
        return sk_rq_json_end(rq);
    }
    if (rq->format == SK_FORMAT_CSV) {
        sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
        for (size_t i = 0; i < n; i++)
            add_figures(rq, g, &ledgers[i]);
        return sk_grid_answer(rq, g);
    }
    return ledger_page(rq, ledgers, n, name, cap);
}
