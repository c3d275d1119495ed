#include "cli/ask.h"

#include "cli/print.h"
#include "count/tabulate.h"
#include "record/country.h"

static const sk_column columns[] = {
    {.key = "key", .title = "By", .most = 44},   {.key = "acts", .title = "Acts"},
    {.key = "disputed", .title = "also denied"}, {.key = "accounts", .title = "Accounts"},
    {.key = "claimants", .title = "Claimants"},
};

static sk_str row_label(sk_app *app, sk_per per, sk_str key)
{
    const sk_act_term *term = sk_model_find_act(sk_model_get(), key);
    if (!key.n)
        return SK_S("not stated");
    switch (per) {
    case SK_PER_ACT:
    case SK_PER_KIND:
        return term ? term->label : key;
    case SK_PER_PLACE:
        return sk_str_is(key, "?") ? SK_S("a place whose country is not known")
                                   : sk_country_name(key, SK_LANG_EN);
    case SK_PER_PERPETRATOR:
    case SK_PER_VICTIM:
        return sk_entity_caption(&app->cx, app->view, key);
    default:
        return key;
    }
}

static void print_sums(sk_app *app, const sk_tab *t)
{
    sk_app_printf(
        app, "counted: %zu act%s that somebody asserts, each once; %zu account%s in all\n",
        t->n_acts, t->n_acts == 1 ? "" : "s", t->n_accounts, t->n_accounts == 1 ? "" : "s");
    if (t->n_several)
        sk_app_printf(app,
                      "%zu of them stand%s in several rows, as claimants differ or name several\n",
                      t->n_several, t->n_several == 1 ? "s" : "");
    if (t->n_only_against)
        sk_app_printf(app, "%zu more %s only predicted, doubted or denied, and not counted\n",
                      t->n_only_against, t->n_only_against == 1 ? "is" : "are");
}

sk_rc sk_ask_table(sk_app *app)
{
    SK_TRY(sk_need_operands(&app->cx, &app->args, 1, 1));
    sk_str name = sk_arg(&app->args, "per");
    sk_act_filter filter = {
        .act = sk_arg(&app->args, "act"),
        .perpetrator = sk_arg(&app->args, "by"),
        .victim = sk_arg(&app->args, "to"),
        .place = sk_arg(&app->args, "place"),
    };
    sk_per per;
    sk_tab tab;
    if (!sk_per_find(name.n ? name : SK_S("year"), &per))
        return sk_fail(&app->cx, SK_E_FORMAT,
                       "--per \"%.*s\"? year, kind, act, place, spot, perpetrator or victim",
                       SK_P(name));
    SK_TRY(sk_ask_period(app, &filter.when));
    SK_TRY(sk_tabulate(&app->cx, app->view, &filter, per, &tab));
    sk_table *t = sk_table_new(&app->cx.arena, columns, SK_COUNT(columns));
    for (size_t i = 0; i < tab.n_rows; i++) {
        sk_table_cell(t, tab.rows[i].key);
        sk_table_shown(t, row_label(app, per, tab.rows[i].key));
        sk_table_cell_int(t, (int64_t)tab.rows[i].n_acts);
        sk_table_cell_int(t, (int64_t)tab.rows[i].n_disputed);
        sk_table_cell_int(t, (int64_t)tab.rows[i].n_accounts);
        sk_table_cell_int(t, (int64_t)tab.rows[i].n_origins);
    }
    sk_app_table(app, t);
    if (!app->json && !app->only_tables)
        print_sums(app, &tab);
    return SK_OK;
}
