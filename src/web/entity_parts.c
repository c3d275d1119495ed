#include "web/entity_parts.h"

#include "count/timeline.h"
#include "tell/tell.h"
#include "web/grid.h"
#include "web/judgements.h"
#include "web/page.h"

/* ---- names ---- */

enum { NAMES = 60 };

typedef struct name_said {
    sk_str text, lang;
    size_t n;
    bool is_false, is_denied;
} name_said;

/* Parts of a name (family, given, father's) are no name by themselves; they stand among the claims. */
static bool is_whole_name(const sk_claim *c)
{
    static const char *const props[] = {"name", "alias", "weakAlias", "previousName",
                                        "abbreviation"};
    if (c->kind != SK_VALUE_NAME || c->absent != SK_PRESENT)
        return false;
    for (size_t i = 0; i < SK_COUNT(props); i++)
        if (sk_str_is(c->prop, props[i]))
            return true;
    return false;
}

static void count_name(name_said *names, size_t *n, const sk_claim *c)
{
    bool is_denied = c->position != SK_CLAIM_ASSERTS;
    for (size_t i = 0; i < *n; i++)
        if (sk_str_eq(names[i].text, c->value) && names[i].is_false == c->used_falsely &&
            names[i].is_denied == is_denied) {
            names[i].n++;
            return;
        }
    if (*n < NAMES)
        names[(*n)++] = (name_said){c->value, c->lang, 1, c->used_falsely, is_denied};
}

void sk_put_names(sk_request *rq, const sk_claim_row *rows, size_t n)
{
    sk_html *h = &rq->html;
    name_said *names = sk_new_array(&rq->cx.arena, name_said, NAMES);
    size_t n_names = 0;
    for (size_t i = 0; i < n; i++)
        if (is_whole_name(&rows[i].claim))
            count_name(names, &n_names, &rows[i].claim);
    if (n_names < 2)
        return;
    SK_PUT(h, "<ul class=\"names\" aria-label=\"{entity.names}\">");
    for (size_t i = 0; i < n_names; i++) {
        const name_said *m = &names[i];
        SK_PUT(h, "<li class=\"$\"><bdi lang=\"$\">$</bdi>",
               m->is_false || m->is_denied ? SK_S("doubt") : SK_S(""), m->lang, m->text);
        if (m->n > 1)
            SK_PUT(h, " <span class=\"quiet\">×$</span>", sk_number_text(rq, m->n));
        if (m->is_false)
            SK_PUT(h, " <span class=\"quiet\">{state.falsely}</span>");
        SK_PUT(h, "</li>");
    }
    SK_PUT(h, "</ul>");
}

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

sk_rc sk_put_timeline(sk_request *rq, const sk_entity *e)
{
    sk_html *h = &rq->html;
    const sk_type *type = sk_model_find_type(sk_model_get(), e->type);
    sk_timeline tl;
    if (!type || !sk_type_is_a(type, SK_S("Vessel")))
        return SK_OK;
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

/* ---- judged to be one ---- */

sk_rc sk_put_cluster(sk_request *rq, const sk_entity *e)
{
    sk_html *h = &rq->html;
    sk_entity *members;
    sk_judgement *list;
    size_t n, n_list;
    SK_TRY(sk_entity_members(&rq->cx, rq->view, e, &members, &n));
    SK_TRY(sk_judgements_list(&rq->cx, rq->view, e, &list, &n_list));
    if (n < 2 && !n_list)
        return SK_OK;
    SK_PUT(h, "<section aria-labelledby=\"cluster\"><h2 id=\"cluster\">{entity.cluster}</h2>");
    if (n > 1) {
        SK_PUT(h, "<p>{entity.members}</p><ul>");
        for (size_t i = 0; i < n; i++)
            SK_PUT(h, "<li><a href=\"$\" dir=\"auto\">$</a> <code>@$</code></li>",
                   sk_href_entity(rq, members[i].key), members[i].caption, members[i].key);
        SK_PUT(h, "</ul>");
    }
    sk_put_judgements(rq, list, n_list);
    SK_PUT(h, "</section>");
    return SK_OK;
}
