#include "cli/profile.h"

#include "base/strmap.h"
#include "cli/print.h"
#include "cli/timeline.h"

static const sk_column columns[] = {
    {.key = "property", .title = "Property"},
    {.key = "value", .title = "Value", .most = 60},
    {.key = "position", .title = "Position"},
    {.key = "says", .title = "Says whom", .most = 50},
    {.key = "when", .title = "Valid or said"},
    {.key = "passage", .title = "Rests on", .most = 40},
    {.key = "claim", .title = "Claim", .least = 12},
};

static void remark_row(sk_table *t, const sk_claim_row *row)
{
    if (row->retracted)
        sk_table_style(t, SK_STYLE_DIM);
    else if (row->claim.position == SK_CLAIM_DENIES)
        sk_table_style(t, SK_STYLE_RED);
    else if (row->claim.position != SK_CLAIM_ASSERTS || row->claim.used_falsely)
        sk_table_style(t, SK_STYLE_YELLOW);
}

/* What copies of one list repeat: the same claimants say the same of the same thing. For people such
 * claims are one line; programs get each. */
typedef struct repeats {
    const sk_claim_row *newest;
    size_t n;
    bool is_shown;
} repeats;

static sk_str date_of(const sk_claim *c)
{
    return c->valid.n ? c->valid : c->asof.n ? c->asof : c->said;
}

/* All that a line shows but its passage and the date of its copy. */
static sk_str line_key(sk_app *app, const sk_claim_row *row)
{
    const sk_claim *c = &row->claim;
    return sk_fmt(&app->cx.arena, "%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%d%d%d%d", SK_P(c->entity),
                  SK_P(c->prop), SK_P(sk_print_value(app, c)), SK_P(sk_print_says(app, c)),
                  SK_P(c->measure), SK_P(c->valid), (int)c->position, c->used_falsely,
                  row->retracted, row->superseded);
}

static repeats **find_repeats(sk_app *app, const sk_claim_row *rows, size_t n)
{
    sk_arena *a = &app->cx.arena;
    repeats **of = sk_new_array(a, repeats *, n);
    repeats *all = sk_new_array(a, repeats, n);
    sk_strmap seen = {0};
    for (size_t i = 0; i < n; i++) {
        sk_str key = line_key(app, &rows[i]);
        const repeats *r = sk_strmap_get(&seen, key);
        of[i] = r ? &all[r - all] : &all[i];
        if (!r)
            sk_strmap_put(&seen, a, key, &all[i]);
        if (!of[i]->newest || sk_str_cmp(rows[i].claim.asof, of[i]->newest->claim.asof) > 0)
            of[i]->newest = &rows[i];
        of[i]->n++;
    }
    return of;
}

/* copies   how often it is said; only the newest is printed, 1 for programs */
static void add_row(sk_app *app, sk_table *t, const sk_claim_row *row, size_t copies)
{
    const sk_claim *c = &row->claim;
    sk_arena *a = &app->cx.arena;
    sk_str value = sk_print_value(app, c);
    if (c->used_falsely)
        value = sk_fmt(a, "%.*s (used falsely)", SK_P(value));
    if (c->measure.n)
        value = sk_fmt(a, "%.*s (%.*s)", SK_P(value), SK_P(c->measure));
    sk_str position = sk_print_position(c);
    if (row->retracted || row->superseded)
        position = sk_fmt(a, "%.*s%s%s", SK_P(position), position.n ? ", " : "",
                          row->retracted ? "retracted" : "superseded");
    sk_table_cell(t, c->prop);
    sk_table_shown(t, sk_print_property(c));
    sk_table_cell(t, value);
    remark_row(t, row);
    sk_table_cell(t, position);
    remark_row(t, row);
    sk_table_cell(t, sk_print_says(app, c));
    sk_table_cell(t, date_of(c));
    sk_str passage = sk_print_passage(app, c);
    if (copies > 1)
        passage = sk_fmt(a, "%.*s (and %zu earlier %s)", SK_P(passage), copies - 1,
                         copies == 2 ? "time" : "times");
    sk_table_cell(t, passage);
    sk_table_cell(t, sk_hash_hex(a, &c->id));
    sk_table_shown(t, sk_short(&app->cx, &c->id));
}

static sk_rc print_head(sk_app *app, const sk_entity *e)
{
    sk_entity *members;
    size_t n;
    SK_TRY(sk_entity_members(&app->cx, app->view, e, &members, &n));
    sk_app_clean(app, sk_app_bold(app, e->caption));
    sk_app_printf(app, "  %.*s  @", SK_P(e->type));
    sk_app_line(app, e->key);
    for (size_t i = 0; i < n; i++)
        if (!sk_str_eq(members[i].key, e->key)) {
            sk_app_printf(app, "  judged the same: ");
            sk_app_clean(app, members[i].caption);
            sk_app_printf(app, "  @");
            sk_app_line(app, members[i].key);
        }
    return SK_OK;
}

static sk_rc print_json(sk_app *app, const sk_entity *e, const sk_claim_row *rows, size_t n,
                        const sk_claim_row *links, size_t n_links)
{
    sk_json j;
    sk_json_init(&j, &app->text, SK_JSON_PRETTY);
    sk_json_object(&j);
    sk_json_put_str(&j, "key", e->key);
    sk_json_put_str(&j, "type", e->type);
    sk_json_put_str(&j, "caption", e->caption);
    sk_json_key(&j, SK_S("claims"));
    sk_json_array(&j);
    for (size_t i = 0; i < n; i++)
        sk_print_claim_json(app, &j, &rows[i]);
    sk_json_end(&j);
    sk_json_key(&j, SK_S("links"));
    sk_json_array(&j);
    for (size_t i = 0; i < n_links; i++)
        sk_print_claim_json(app, &j, &links[i]);
    sk_json_end(&j);
    if (sk_has_timeline(e))
        SK_TRY(sk_timeline_json(app, &j, e));
    sk_json_end(&j);
    sk_json_done(&j);
    return SK_OK;
}

/* Claims of others that point here: "victim of act-07". */
static sk_table *links_table(sk_app *app, const sk_claim_row *links, size_t n)
{
    static const sk_column link_columns[] = {
        {.key = "from", .title = "Pointed to by", .most = 60},
        {.key = "property", .title = "as"},
        {.key = "position", .title = "Position"},
        {.key = "says", .title = "Says whom", .most = 50},
        {.key = "claim", .title = "Claim", .least = 12},
    };
    sk_table *t = sk_table_new(&app->cx.arena, link_columns, SK_COUNT(link_columns));
    for (size_t i = 0; i < n; i++) {
        const sk_claim *c = &links[i].claim;
        sk_str caption = sk_entity_caption(&app->cx, app->view, c->entity);
        sk_table_cell(t, c->entity);
        sk_table_shown(t, caption);
        sk_table_cell(t, c->prop);
        sk_table_shown(t, sk_print_property(c));
        sk_table_cell(t, sk_print_position(c));
        sk_table_cell(t, sk_print_says(app, c));
        sk_table_cell(t, sk_hash_hex(&app->cx.arena, &c->id));
        sk_table_shown(t, sk_short(&app->cx, &c->id));
    }
    return t;
}

sk_rc sk_profile_print(sk_app *app, const sk_entity *e, sk_claim_flags flags)
{
    sk_claim_row *rows, *links;
    size_t n, n_links;
    SK_TRY(sk_claims_about(&app->cx, app->view, e, flags, &rows, &n));
    SK_TRY(sk_claims_linking(&app->cx, app->view, e, SK_NONE, &links, &n_links));
    if (app->json)
        return print_json(app, e, rows, n, links, n_links);
    sk_table *t = sk_table_new(&app->cx.arena, columns, SK_COUNT(columns));
    repeats **of = app->only_tables ? NULL : find_repeats(app, rows, n);
    for (size_t i = 0; i < n; i++) {
        if (of && of[i]->is_shown)
            continue;
        add_row(app, t, of ? of[i]->newest : &rows[i], of ? of[i]->n : 1);
        if (of)
            of[i]->is_shown = true;
    }
    if (app->only_tables) {
        sk_app_sheet(app, t, "claims");
        if (!app->csv) /* two tables are no CSV */
            sk_app_sheet(app, links_table(app, links, n_links), "links");
        return SK_OK;
    }
    SK_TRY(print_head(app, e));
    sk_app_table(app, t);
    if (n_links == 0)
        return SK_OK;
    sk_app_printf(app, "\n");
    sk_app_table(app, links_table(app, links, n_links));
    return SK_OK;
}
