#include "web/entity_claims.h"

#include "tell/tell.h"
#include "web/page.h"

#include <stdlib.h>

/* ---- lines ---- */

static sk_str line_key(sk_request *rq, const sk_claim_row *row)
{
    const sk_claim *c = &row->claim;
    sk_ctx *cx = &rq->cx;
    return sk_fmt(&cx->arena, "%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%d%d%d%d", SK_P(c->entity),
                  SK_P(c->prop), SK_P(sk_tell_value(cx, rq->view, c, rq->lang)),
                  SK_P(sk_tell_says(cx, rq->view, c, rq->lang)), SK_P(c->valid), (int)c->position,
                  c->used_falsely, row->retracted, row->superseded);
}

/* Equal values of a property stand together, those most often said as they came. */
static int by_property_and_value(const void *p, const void *q)
{
    const sk_said *a = p, *b = q;
    int d = sk_str_cmp(a->row->claim.prop, b->row->claim.prop);
    if (!d)
        d = sk_str_cmp(a->row->claim.value, b->row->claim.value);
    if (!d)
        d = (int)a->row->claim.position - (int)b->row->claim.position;
    if (!d)
        d = (a->row > b->row) - (a->row < b->row);
    return d;
}

sk_said *sk_said_find(sk_request *rq, const sk_claim_row *rows, size_t n, size_t *ret_n)
{
    sk_strmap seen = {0};
    sk_said *lines = sk_new_array(&rq->cx.arena, sk_said, n);
    size_t n_lines = 0;
    for (size_t i = 0; i < n; i++) {
        sk_str key = rq->format == SK_FORMAT_HTML ? line_key(rq, &rows[i]) : SK_NONE;
        const sk_said *known = key.n ? sk_strmap_get(&seen, key) : NULL;
        if (!known) {
            sk_said *fresh = &lines[n_lines++];
            *fresh = (sk_said){&rows[i], 1};
            if (key.n)
                sk_strmap_put(&seen, &rq->cx.arena, key, fresh);
            continue;
        }
        sk_said *old = &lines[known - lines];
        old->n++;
        if (sk_str_cmp(rows[i].claim.asof, old->row->claim.asof) > 0)
            old->row = &rows[i];
    }
    if (rq->format == SK_FORMAT_HTML && n_lines)
        qsort(lines, n_lines, sizeof *lines, by_property_and_value);
    *ret_n = n_lines;
    return lines;
}

/* ---- one line ---- */

static sk_style style_of(const sk_claim_row *row)
{
    const sk_claim *c = &row->claim;
    if (row->retracted || row->superseded)
        return SK_STYLE_DIM;
    if (c->position == SK_CLAIM_DENIES)
        return SK_STYLE_RED;
    return c->position != SK_CLAIM_ASSERTS || c->used_falsely ? SK_STYLE_YELLOW : SK_STYLE_PLAIN;
}

static sk_str position_of(sk_request *rq, const sk_claim_row *row)
{
    sk_str s = sk_position_text(rq, row->claim.position);
    const char *more = row->retracted            ? "state.retracted"
                       : row->superseded         ? "state.superseded"
                       : row->claim.used_falsely ? "state.falsely"
                                                 : NULL;
    if (!more)
        return s;
    return sk_fmt(&rq->cx.arena, "%.*s%s%.*s", SK_P(s), s.n ? ", " : "", SK_P(sk_say(rq, more)));
}

static void add_value(sk_request *rq, sk_grid *g, const sk_claim_row *row)
{
    const sk_claim *c = &row->claim;
    sk_str value = sk_tell_value(&rq->cx, rq->view, c, rq->lang);
    sk_grid_cell(g, value);
    if (c->kind == SK_VALUE_ENTITY && c->absent == SK_PRESENT) {
        sk_grid_shown(g, sk_entity_caption(&rq->cx, rq->view, c->value));
        sk_grid_link(g, sk_href_entity(rq, c->value));
    } else if (c->measure.n) {
        sk_grid_shown(g, sk_fmt(&rq->cx.arena, "%.*s (%.*s)", SK_P(value), SK_P(c->measure)));
    }
    sk_grid_style(g, style_of(row));
}

static void add_says(sk_request *rq, sk_grid *g, const sk_claim *c)
{
    sk_grid_cell(g, sk_tell_says(&rq->cx, rq->view, c, rq->lang));
    if (c->n_chain && c->chain[0].n > 1 && c->chain[0].p[0] == '@')
        sk_grid_link(g, sk_href_entity(rq, sk_str_sub(c->chain[0], 1, c->chain[0].n)));
}

static void add_claim(sk_request *rq, sk_grid *g, const sk_claim *c)
{
    sk_grid_cell(g, sk_hash_hex(&rq->cx.arena, &c->id));
    sk_grid_shown(g, sk_tell_short(&rq->cx, &c->id));
    sk_grid_link(g, sk_href_claim(rq, &c->id));
}

/* is_again   the line before has the same property: people see it in a quieter colour */
static void add_line(sk_request *rq, sk_grid *g, const sk_said *l, bool is_again)
{
    const sk_claim *c = &l->row->claim;
    sk_ctx *cx = &rq->cx;
    sk_grid_cell(g, c->prop);
    sk_grid_shown(g, sk_tell_property(c, rq->lang));
    sk_grid_style(g, is_again ? SK_STYLE_DIM : SK_STYLE_BOLD);
    add_value(rq, g, l->row);
    sk_grid_cell(g, position_of(rq, l->row));
    sk_grid_style(g, style_of(l->row));
    add_says(rq, g, c);
    sk_str when = c->valid.n ? c->valid : c->asof.n ? c->asof : c->said;
    sk_grid_cell(g, when);
    sk_grid_shown(g, sk_date_text(rq, when));
    sk_str passage = sk_tell_passage(cx, rq->view, c);
    sk_grid_cell(g, passage);
    if (l->n > 1)
        sk_grid_shown(g, sk_fmt(&cx->arena, "%.*s (×%zu)", SK_P(passage), l->n));
    if (c->n_passages)
        sk_grid_link(g, sk_href_passage(rq, c));
    add_claim(rq, g, c);
}

sk_grid *sk_claims_grid(sk_request *rq, const sk_said *lines, size_t n, size_t from, size_t most)
{
    static const sk_grid_column columns[] = {
        {"property", "col.property", false}, {"value", "col.value", false},
        {"position", "col.position", false}, {"says", "col.says", false},
        {"when", "col.when", false},         {"passage", "col.passage", false},
        {"claim", "col.claim", false}};
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    for (size_t i = from; i < n && i - from < most; i++)
        add_line(rq, g, &lines[i],
                 i > from && sk_str_eq(lines[i].row->claim.prop, lines[i - 1].row->claim.prop));
    return g;
}

/* ---- where accounts differ ---- */

/* Of these a person, act or thing has one, whatever its type of value. */
static bool has_one(const sk_claim *c)
{
    static const char *const props[] = {"gender",      "birthPlace", "birthCountry", "fate",
                                        "whereabouts", "voteHeld",   "outcome"};
    if (c->kind == SK_VALUE_DATE)
        return true;
    for (size_t i = 0; i < SK_COUNT(props); i++)
        if (sk_str_is(c->prop, props[i]))
            return true;
    return false;
}

static bool is_against(const sk_claim *c)
{
    return c->position == SK_CLAIM_DENIES || c->position == SK_CLAIM_DOUBTS;
}

/* Figures of one count are rivals when they speak of the same measure and time. */
static bool is_same_question(const sk_claim *a, const sk_claim *b)
{
    return sk_str_eq(a->entity, b->entity) && sk_str_eq(a->measure, b->measure) &&
           sk_str_eq(a->valid, b->valid);
}

static bool are_rivals(const sk_claim *a, const sk_claim *b)
{
    bool is_figure = a->kind == SK_VALUE_QUANTITY && is_same_question(a, b);
    if (a->absent != SK_PRESENT || b->absent != SK_PRESENT)
        return false;
    if (is_against(a) != is_against(b))
        return sk_str_eq(a->value, b->value) || has_one(a) || is_figure;
    return !is_against(a) && !sk_str_eq(a->value, b->value) && (has_one(a) || is_figure);
}

static bool is_current(const sk_claim_row *row)
{
    return !row->retracted && !row->superseded;
}

static void add_rivals(sk_request *rq, sk_grid *g, const sk_said *lines, size_t from, size_t to)
{
    bool *is_in = sk_new_array(&rq->cx.arena, bool, to - from), any = false;
    for (size_t i = from; i < to; i++)
        for (size_t k = from; k < i; k++)
            if (is_current(lines[i].row) && is_current(lines[k].row) &&
                are_rivals(&lines[i].row->claim, &lines[k].row->claim))
                any = is_in[i - from] = is_in[k - from] = true;
    if (any)
        sk_grid_group(g, sk_tell_property(&lines[from].row->claim, rq->lang), SK_NONE);
    for (size_t i = from; any && i < to; i++) {
        const sk_claim *c = &lines[i].row->claim;
        if (!is_in[i - from])
            continue;
        add_value(rq, g, lines[i].row);
        sk_grid_cell(g, position_of(rq, lines[i].row));
        sk_grid_style(g, style_of(lines[i].row));
        add_says(rq, g, c);
        sk_grid_cell(g, sk_tell_passage(&rq->cx, rq->view, c));
        sk_grid_link(g, c->n_passages ? sk_href_passage(rq, c) : SK_NONE);
        add_claim(rq, g, c);
    }
}

void sk_put_rivals(sk_request *rq, const sk_said *lines, size_t n)
{
    enum { MOST = 200 }; /* lines of one property that are held against each other */
    static const sk_grid_column columns[] = {{"value", "col.value", false},
                                             {"position", "col.position", false},
                                             {"says", "col.says", false},
                                             {"passage", "col.passage", false},
                                             {"claim", "col.claim", false}};
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    for (size_t from = 0, to; from < n; from = to) {
        to = from + 1;
        while (to < n && sk_str_eq(lines[to].row->claim.prop, lines[from].row->claim.prop))
            to++;
        add_rivals(rq, g, lines, from, to - from > MOST ? from + MOST : to);
    }
    if (!sk_grid_rows(g))
        return;
    SK_PUT(&rq->html, "<section class=\"rivals\" aria-labelledby=\"rivals\"><h2 id=\"rivals\">"
                      "{entity.rivals}</h2><p class=\"quiet\">{entity.rivals_means}</p>");
    sk_grid_put(rq, g, sk_say(rq, "entity.rivals"));
    SK_PUT(&rq->html, "</section>");
}

/* ---- what points here ---- */

sk_grid *sk_links_grid(sk_request *rq, const sk_claim_row *rows, size_t n, size_t most)
{
    static const sk_grid_column columns[] = {{"from", "col.from", false},
                                             {"property", "col.as", false},
                                             {"position", "col.position", false},
                                             {"says", "col.says", false},
                                             {"claim", "col.claim", false}};
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    for (size_t i = 0; i < n && i < most; i++) {
        const sk_claim *c = &rows[i].claim;
        sk_grid_cell(g, c->entity);
        sk_grid_shown(g, sk_entity_caption(&rq->cx, rq->view, c->entity));
        sk_grid_link(g, sk_href_entity(rq, c->entity));
        sk_grid_cell(g, c->prop);
        sk_grid_shown(g, sk_tell_property(c, rq->lang));
        sk_grid_cell(g, position_of(rq, &rows[i]));
        sk_grid_style(g, style_of(&rows[i]));
        sk_grid_cell(g, sk_tell_says(&rq->cx, rq->view, c, rq->lang));
        add_claim(rq, g, c);
    }
    return g;
}
