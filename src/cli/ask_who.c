#include "cli/ask.h"

#include "cli/print.h"
#include "count/acts.h"

static const sk_column columns[] = {
    {.key = "when", .title = "When"},
    {.key = "who", .title = "Who", .most = 34},
    {.key = "did", .title = "did what", .most = 30},
    {.key = "whom", .title = "to whom", .most = 34},
    {.key = "where", .title = "Where", .most = 28},
    {.key = "position", .title = "Position"},
    {.key = "says", .title = "Says whom", .most = 44},
    {.key = "passage", .title = "Rests on", .most = 36},
    {.key = "act", .title = "Act"},
};

/* A slot that nobody filled says so; programs get null. */
static void cell(sk_table *t, sk_str text)
{
    if (text.n) {
        sk_table_cell(t, text);
        return;
    }
    sk_table_cell_none(t);
    sk_table_shown(t, SK_S("not stated"));
    sk_table_style(t, SK_STYLE_DIM);
}

static sk_str act_label(sk_str term)
{
    const sk_act_term *t = sk_model_find_act(sk_model_get(), term);
    return t ? t->label : term;
}

static void add_row(sk_app *app, sk_table *t, const sk_act_row *r)
{
    sk_arena *a = &app->cx.arena;
    sk_claim voice = r->claims[0].claim;
    voice.passages = r->passage;
    voice.n_passages = r->passage != NULL;
    cell(t, r->when);
    cell(t, r->who);
    cell(t, r->term);
    if (r->term.n)
        sk_table_shown(t, r->term_words.n ? sk_fmt(a, "%.*s: \"%.*s\"", SK_P(act_label(r->term)),
                                                   SK_P(r->term_words))
                                          : act_label(r->term));
    cell(t, r->whom);
    cell(t, r->where);
    sk_table_cell(t, sk_str_of(sk_position_name(r->position)));
    if (r->position != SK_CLAIM_ASSERTS)
        sk_table_style(t, r->position == SK_CLAIM_DENIES ? SK_STYLE_RED : SK_STYLE_YELLOW);
    sk_table_cell(t, sk_print_says(app, &voice));
    sk_table_cell(t, sk_print_passage(app, &voice));
    sk_table_cell(t, sk_fmt(a, "@%.*s", SK_P(r->act.key)));
}

sk_rc sk_ask_who(sk_app *app)
{
    SK_TRY(sk_need_operands(&app->cx, &app->args, 1, 1));
    sk_act_filter filter = {
        .act = sk_arg(&app->args, "act"),
        .perpetrator = sk_arg(&app->args, "by"),
        .victim = sk_arg(&app->args, "to"),
        .place = sk_arg(&app->args, "place"),
    };
    SK_TRY(sk_ask_period(app, &filter.when));
    sk_act_row *rows;
    size_t n;
    SK_TRY(sk_acts_find(&app->cx, app->view, &filter, &rows, &n));
    sk_table *t = sk_table_new(&app->cx.arena, columns, SK_COUNT(columns));
    for (size_t i = 0; i < n; i++)
        add_row(app, t, &rows[i]);
    sk_app_table(app, t);
    if (!app->json && !app->only_tables)
        sk_app_printf(
            app, "%zu account%s, as claimed; an account is what one claimant says of one act\n", n,
            n == 1 ? "" : "s");
    return SK_OK;
}
