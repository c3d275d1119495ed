#include "cli/timeline.h"

#include "base/edtf.h"
#include "cli/print.h"
#include "count/timeline.h"

static const sk_column columns[] = {
    {.key = "when", .title = "When"},
    {.key = "what", .title = "What"},
    {.key = "value", .title = "Value", .most = 40},
    {.key = "remark", .title = "Remark", .most = 40},
    {.key = "position", .title = "Position"},
    {.key = "says", .title = "Says whom", .most = 44},
    {.key = "passage", .title = "Rests on", .most = 40},
    {.key = "claim", .title = "Claim", .least = 12},
};

bool sk_has_timeline(const sk_entity *e)
{
    const sk_type *t = sk_model_find_type(sk_model_get(), e->type);
    return t && sk_type_is_a(t, SK_S("Vessel"));
}

/* "from 2019, open"; "as of March 2019" where it is only known to have been so then. */
static sk_str when_text(sk_app *app, const sk_step *s)
{
    sk_edtf date;
    sk_str text = s->when;
    if (!text.n)
        return SK_S("not dated");
    if (sk_edtf_parse(&app->cx, text, &date) == SK_OK)
        text = sk_edtf_format(&app->cx.arena, &date, SK_LANG_EN);
    sk_forgive(&app->cx);
    return s->is_dated_only ? sk_fmt(&app->cx.arena, "as of %.*s", SK_P(text)) : text;
}

static sk_str remark(sk_app *app, const sk_step *s)
{
    sk_str text = s->is_taken                 ? SK_S("used falsely; it is another hull's")
                  : s->row.claim.used_falsely ? SK_S("used falsely")
                                              : SK_NONE;
    if (!s->check.n)
        return text;
    return sk_fmt(&app->cx.arena, "%.*s%scheck digit: %.*s", SK_P(text), text.n ? "; " : "",
                  SK_P(s->check));
}

/* "Hai Zhou 168 (@hull-b), which bears imo:8514045 too" */
static sk_str heading(sk_app *app, const sk_hull *h)
{
    sk_arena *a = &app->cx.arena;
    sk_str name = sk_fmt(a, "%.*s (@%.*s)", SK_P(h->entity.caption), SK_P(h->entity.key));
    if (h->why == SK_HULL_NUMBER)
        return sk_fmt(a, "%.*s, which is said to bear %.*s too", SK_P(name), SK_P(h->by));
    if (h->why == SK_HULL_LINKED)
        return sk_fmt(a, "%.*s, linked by what is said of @%.*s", SK_P(name), SK_P(h->by));
    return name;
}

static void add_step(sk_app *app, sk_table *t, const sk_step *s)
{
    const sk_claim *c = &s->row.claim;
    sk_table_cell(t, s->when);
    sk_table_shown(t, when_text(app, s));
    if (!s->when.n)
        sk_table_style(t, SK_STYLE_DIM);
    sk_table_cell(t, c->prop);
    sk_table_shown(t, sk_print_property(c));
    sk_table_cell(t, c->kind == SK_VALUE_ENTITY || !c->value.n ? sk_print_value(app, c) : c->value);
    sk_table_shown(t, sk_print_value(app, c));
    sk_table_cell(t, remark(app, s));
    sk_table_style(t, SK_STYLE_YELLOW);
    sk_table_cell(t, sk_print_position(c));
    if (c->position == SK_CLAIM_DENIES)
        sk_table_style(t, SK_STYLE_RED);
    sk_table_cell(t, sk_print_says(app, c));
    sk_table_cell(t, sk_print_passage(app, c));
    sk_table_cell(t, sk_hash_hex(&app->cx.arena, &c->id));
    sk_table_shown(t, sk_short(&app->cx, &c->id));
}

static sk_table *steps_table(sk_app *app, const sk_timeline *tl)
{
    sk_table *t = sk_table_new(&app->cx.arena, columns, SK_COUNT(columns));
    for (size_t hull = 0; hull < tl->n_hulls; hull++) {
        bool headed = false;
        for (size_t i = 0; i < tl->n_steps; i++) {
            if (tl->steps[i].hull != hull)
                continue;
            if (!headed)
                sk_table_group(t, heading(app, &tl->hulls[hull]));
            headed = true;
            add_step(app, t, &tl->steps[i]);
        }
    }
    return t;
}

/* "2 hulls, 3 ship numbers": a list of counts that are not nought. */
static void add_count(sk_app *app, sk_str *list, size_t n, const char *one, const char *many)
{
    if (n)
        *list = sk_fmt(&app->cx.arena, "%.*s%s%zu %s", SK_P(*list), list->n ? ", " : "", n,
                       n == 1 ? one : many);
}

static void print_head(sk_app *app, const sk_timeline *tl)
{
    sk_str all = SK_NONE, taken = SK_NONE;
    add_count(app, &all, tl->n_hulls, "hull", "hulls");
    add_count(app, &all, tl->n_numbers, "ship number", "ship numbers");
    add_count(app, &all, tl->n_names, "name", "names");
    add_count(app, &all, tl->n_flags, "flag", "flags");
    add_count(app, &taken, tl->n_taken_names, "name of another hull", "names of other hulls");
    add_count(app, &taken, tl->n_taken_numbers, "number of another hull", "numbers of other hulls");
    add_count(app, &taken, tl->n_false_numbers, "number of no other hull here",
              "numbers of no other hull here");
    sk_app_printf(app, "timeline of ");
    sk_app_clean(app, sk_app_bold(app, tl->hulls[0].entity.caption));
    sk_app_printf(app, ": %.*s\n", SK_P(all));
    if (taken.n)
        sk_app_printf(app, "said to be used falsely: %.*s\n", SK_P(taken));
    if (tl->is_cut)
        sk_app_printf(app, "more hulls hang together than are shown; `sillok ask number` tells who "
                           "bears each number\n");
}

sk_rc sk_timeline_print(sk_app *app, const sk_entity *e)
{
    sk_timeline tl;
    SK_TRY(sk_timeline_build(&app->cx, app->view, e, &tl));
    sk_table *t = steps_table(app, &tl);
    if (!app->only_tables)
        print_head(app, &tl);
    if (sk_table_rows(t) || app->only_tables)
        sk_app_sheet(app, t, "timeline");
    return SK_OK;
}

/* ---- JSON ---- */

static void step_json(sk_app *app, sk_json *j, const sk_timeline *tl, const sk_step *s)
{
    const sk_claim *c = &s->row.claim;
    sk_json_object(j);
    sk_json_put_str(j, "hull", tl->hulls[s->hull].entity.key);
    sk_json_put_str(j, "kind", sk_str_of(sk_step_kind_name(s->kind)));
    sk_json_put_str(j, "property", c->prop);
    sk_json_put_given(j, "value", c->value);
    sk_json_put_given(j, "words", c->words);
    sk_json_put_given(j, "when", s->when);
    if (s->is_dated_only)
        sk_json_put_bool(j, "only_then", true);
    if (c->used_falsely)
        sk_json_put_bool(j, "used_falsely", true);
    if (s->is_taken)
        sk_json_put_bool(j, "taken_from_another_hull", true);
    sk_json_put_given(j, "check_digit", s->check);
    sk_json_put_str(j, "position", sk_str_of(sk_position_name(c->position)));
    sk_json_put_str(j, "says", sk_print_says(app, c));
    sk_json_put_str(j, "claim", sk_hash_hex(&app->cx.arena, &c->id));
    sk_json_end(j);
}

static void hull_json(sk_json *j, const sk_hull *h)
{
    static const char *const whys[] = {
        [SK_HULL_ASKED] = "asked", [SK_HULL_LINKED] = "linked", [SK_HULL_NUMBER] = "same-number"};
    sk_json_object(j);
    sk_json_put_str(j, "key", h->entity.key);
    sk_json_put_str(j, "caption", h->entity.caption);
    sk_json_put_str(j, "why", sk_str_of(whys[h->why]));
    sk_json_put_given(j, "by", h->by);
    sk_json_end(j);
}

sk_rc sk_timeline_json(sk_app *app, sk_json *j, const sk_entity *e)
{
    sk_timeline tl;
    SK_TRY(sk_timeline_build(&app->cx, app->view, e, &tl));
    sk_json_key(j, SK_S("timeline"));
    sk_json_object(j);
    const struct {
        const char *key;
        size_t n;
    } counts[] = {{"n_hulls", tl.n_hulls},
                  {"n_numbers", tl.n_numbers},
                  {"n_names", tl.n_names},
                  {"n_flags", tl.n_flags},
                  {"n_taken_names", tl.n_taken_names},
                  {"n_taken_numbers", tl.n_taken_numbers},
                  {"n_false_numbers", tl.n_false_numbers}};
    for (size_t i = 0; i < SK_COUNT(counts); i++)
        sk_json_put_uint(j, counts[i].key, counts[i].n);
    sk_json_put_bool(j, "is_cut", tl.is_cut);
    sk_json_key(j, SK_S("hulls"));
    sk_json_array(j);
    for (size_t i = 0; i < tl.n_hulls; i++)
        hull_json(j, &tl.hulls[i]);
    sk_json_end(j);
    sk_json_key(j, SK_S("steps"));
    sk_json_array(j);
    for (size_t i = 0; i < tl.n_steps; i++)
        step_json(app, j, &tl, &tl.steps[i]);
    sk_json_end(j);
    sk_json_end(j);
    return SK_OK;
}
