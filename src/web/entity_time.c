#include "count/chronology.h"
#include "count/timeline.h"
#include "tell/tell.h"
#include "web/chart.h"
#include "web/entity_parts.h"
#include "web/grid.h"
#include "web/page.h"

/* ---- a ship over time ---- */

static const sk_grid_column step_columns[] = {
    {"when", "col.when", false},         {"what", "col.what", false},
    {"value", "col.value", false},       {"remark", "col.remark", false},
    {"position", "col.position", false}, {"says", "col.says", false},
    {"passage", "col.passage", false}};

static sk_str step_when(sk_request *rq, const sk_step *s)
{
    if (!s->when.n)
        return sk_say(rq, "timeline.undated");
    sk_str when = sk_date_text(rq, s->when);
    return s->is_dated_only ? sk_say1(rq, "timeline.as_of", when) : when;
}

static sk_str step_remark(sk_request *rq, const sk_step *s)
{
    sk_str text = s->is_taken                 ? sk_say(rq, "timeline.taken")
                  : s->row.claim.used_falsely ? sk_say(rq, "state.falsely")
                                              : SK_NONE;
    if (!s->check.n)
        return text;
    return sk_fmt(&rq->cx.arena, "%.*s%s%.*s", SK_P(text), text.n ? "; " : "", SK_P(s->check));
}

static void add_step(sk_request *rq, sk_grid *g, const sk_step *s)
{
    const sk_claim *c = &s->row.claim;
    sk_grid_cell(g, s->when);
    sk_grid_shown(g, step_when(rq, s));
    sk_grid_cell(g, c->prop);
    sk_grid_shown(g, sk_tell_property(c, rq->lang));
    sk_grid_cell(g, sk_tell_value(&rq->cx, rq->view, c, rq->lang));
    sk_grid_cell(g, step_remark(rq, s));
    sk_grid_style(g, SK_STYLE_YELLOW);
    sk_grid_cell(g, sk_position_text(rq, c->position));
    sk_grid_style(g, SK_STYLE_RED);
    sk_grid_cell(g, sk_tell_says(&rq->cx, rq->view, c, rq->lang));
    sk_grid_cell(g, sk_tell_passage(&rq->cx, rq->view, c));
    sk_grid_link(g, c->n_passages ? sk_href_passage(rq, c) : sk_href_claim(rq, &c->id));
}

static sk_str hull_heading(sk_request *rq, const sk_hull *hull)
{
    sk_str name =
        sk_fmt(&rq->cx.arena, "%.*s (@%.*s)", SK_P(hull->entity.caption), SK_P(hull->entity.key));
    if (hull->why == SK_HULL_ASKED)
        return name;
    const char *key = hull->why == SK_HULL_NUMBER ? "timeline.same_number" : "timeline.linked";
    return sk_fmt(&rq->cx.arena, "%.*s — %.*s", SK_P(name), SK_P(sk_say1(rq, key, hull->by)));
}

static sk_rc put_hulls(sk_request *rq, const sk_entity *e)
{
    sk_html *h = &rq->html;
    sk_timeline tl;
    SK_TRY(sk_timeline_build(&rq->cx, rq->view, e, &tl));
    if (!tl.n_steps)
        return SK_OK;
    sk_grid *g = sk_grid_new(rq, step_columns, SK_COUNT(step_columns));
    for (size_t hull = 0; hull < tl.n_hulls; hull++) {
        bool is_headed = false;
        for (size_t i = 0; i < tl.n_steps; i++) {
            if (tl.steps[i].hull != hull)
                continue;
            if (!is_headed)
                sk_grid_group(g, hull_heading(rq, &tl.hulls[hull]),
                              hull ? sk_href_entity(rq, tl.hulls[hull].entity.key) : SK_NONE);
            is_headed = true;
            add_step(rq, g, &tl.steps[i]);
        }
    }
    SK_PUT(h, "<section aria-labelledby=\"timeline\"><h2 id=\"timeline\">{timeline.title}</h2><p>");
    SK_SAY(h, "timeline.counts", sk_number_text(rq, tl.n_hulls), sk_number_text(rq, tl.n_numbers),
           sk_number_text(rq, tl.n_names), sk_number_text(rq, tl.n_flags));
    SK_PUT(h, "</p>");
    sk_grid_put(rq, g, sk_say(rq, "timeline.title"));
    if (tl.is_cut)
        SK_PUT(h, "<p class=\"cap\">{timeline.cut}</p>");
    SK_PUT(h, "</section>");
    return SK_OK;
}

/* ---- somebody or something else over time ---- */

/* "abduction: date", "born", "nationality: Japan". */
static sk_str moment_what(sk_request *rq, const sk_moment *m)
{
    const sk_claim *c = &m->row.claim;
    sk_arena *a = &rq->cx.arena;
    sk_str prop = sk_tell_property(c, rq->lang);
    if (m->is_span)
        return sk_fmt(a, "%.*s: %.*s", SK_P(prop),
                      SK_P(sk_tell_value(&rq->cx, rq->view, c, rq->lang)));
    if (!m->has_via)
        return prop;
    bool is_act = sk_model_find_act(sk_model_get(), m->term) != NULL;
    sk_str what = is_act ? sk_act_text(rq, m->term) : m->via.caption;
    bool is_plain = sk_str_is(c->prop, "date") || sk_str_is(c->prop, "startDate");
    return is_plain ? what : sk_fmt(a, "%.*s: %.*s", SK_P(what), SK_P(prop));
}

static sk_str moment_role(sk_request *rq, const sk_moment *m)
{
    if (!m->has_via)
        return SK_NONE;
    sk_claim as = {.type = m->via.type, .prop = m->role};
    return sk_tell_property(&as, rq->lang);
}

static void add_moment(sk_request *rq, sk_grid *g, const sk_moment *m)
{
    const sk_claim *c = &m->row.claim;
    sk_grid_cell(g, m->date.text);
    sk_grid_shown(g, sk_edtf_format(&rq->cx.arena, &m->date, rq->lang));
    sk_grid_cell(g, moment_what(rq, m));
    if (m->has_via)
        sk_grid_link(g, sk_href_entity(rq, m->via.key));
    sk_grid_cell(g, moment_role(rq, m));
    sk_grid_cell(g, sk_position_text(rq, c->position));
    sk_grid_style(g, c->position == SK_CLAIM_DENIES ? SK_STYLE_RED : SK_STYLE_YELLOW);
    sk_grid_cell(g, sk_tell_says(&rq->cx, rq->view, c, rq->lang));
    sk_grid_cell(g, sk_tell_passage(&rq->cx, rq->view, c));
    sk_grid_link(g, c->n_passages ? sk_href_passage(rq, c) : sk_href_claim(rq, &c->id));
}

static void put_strip(sk_request *rq, const sk_chronology *ch, size_t most)
{
    sk_mark *marks = sk_new_array(&rq->cx.arena, sk_mark, ch->n);
    for (size_t i = 0; i < ch->n && i < most; i++) {
        const sk_moment *m = &ch->moments[i];
        marks[i] = (sk_mark){.earliest = m->date.earliest,
                             .latest = m->date.latest,
                             .is_against = m->row.claim.position != SK_CLAIM_ASSERTS,
                             .text = sk_fmt(&rq->cx.arena, "%.*s — %.*s",
                                            SK_P(sk_edtf_format(&rq->cx.arena, &m->date, rq->lang)),
                                            SK_P(moment_what(rq, m)))};
    }
    sk_put_strip(rq, marks, ch->n < most ? ch->n : most, sk_say(rq, "timeline.life"));
}

static sk_rc put_life(sk_request *rq, const sk_entity *e)
{
    enum { MOST = SK_LIM_CHRONOLOGY };
    static const sk_grid_column columns[] = {
        {"when", "col.when", false}, {"what", "col.what", false},
        {"role", "col.as", false},   {"position", "col.position", false},
        {"says", "col.says", false}, {"passage", "col.passage", false}};
    sk_html *h = &rq->html;
    sk_chronology ch;
    SK_TRY(sk_chronology_build(&rq->cx, rq->view, e, &ch));
    if (ch.n < 2)
        return SK_OK; /* one date stands among the claims */
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    for (size_t i = 0; i < ch.n && i < MOST; i++)
        add_moment(rq, g, &ch.moments[i]);
    SK_PUT(h, "<section aria-labelledby=\"timeline\"><h2 id=\"timeline\">{timeline.life}</h2>");
    put_strip(rq, &ch, MOST);
    sk_grid_put(rq, g, sk_say(rq, "timeline.life"));
    if (ch.n_undated) {
        SK_PUT(h, "<p class=\"quiet\">");
        SK_SAY_N(h, ch.n_undated, "timeline.undated_acts", sk_number_text(rq, ch.n_undated));
        SK_PUT(h, "</p>");
    }
    if (ch.is_cut)
        SK_PUT(h, "<p class=\"cap\">$</p>",
               sk_say1(rq, "timeline.first", sk_number_text(rq, MOST)));
    SK_PUT(h, "</section>");
    return SK_OK;
}

sk_rc sk_put_timeline(sk_request *rq, const sk_entity *e)
{
    const sk_type *type = sk_model_find_type(sk_model_get(), e->type);
    return type && sk_type_is_a(type, SK_S("Vessel")) ? put_hulls(rq, e) : put_life(rq, e);
}
