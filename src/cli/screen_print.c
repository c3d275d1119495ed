/* Screening on paper: tables for people. */
#include "cli/screen.h"

#include <math.h>

static const sk_column columns[] = {
    {.key = "row", .title = "Row", .align = SK_ALIGN_RIGHT},
    {.key = "asked", .title = "Asked", .most = 30},
    {.key = "change", .title = "Change"},
    {.key = "list", .title = "List", .most = 16},
    {.key = "id", .title = "Id", .most = 24},
    {.key = "name", .title = "Name", .most = 36},
    {.key = "score", .title = "Score", .align = SK_ALIGN_RIGHT},
    {.key = "odds", .title = "Odds", .align = SK_ALIGN_RIGHT},
    {.key = "why", .title = "Why", .least = 30},
};

static const sk_column error_columns[] = {
    {.key = "row", .title = "Row", .align = SK_ALIGN_RIGHT},
    {.key = "asked", .title = "Asked", .most = 40},
    {.key = "what", .title = "Not screened", .least = 30},
};

void sk_screen_tables_init(sk_screen_tables *t, bool has_rows)
{
    *t = (sk_screen_tables){.has_rows = has_rows};
    size_t from = has_rows ? 0 : 3;
    t->alerts = sk_table_new(&t->arena, columns + from, SK_COUNT(columns) - from);
    t->errors = sk_table_new(&t->arena, error_columns, SK_COUNT(error_columns));
}

void sk_screen_tables_done(sk_screen_tables *t)
{
    sk_arena_done(&t->arena);
}

static void cell(sk_screen_tables *t, sk_table *table, sk_str text)
{
    sk_table_cell(table, sk_str_copy(&t->arena, text));
}

static sk_str asked(const sk_screened *s)
{
    return s->words->n_names ? s->words->names[0] : (s->words->n_ids ? s->words->ids[0] : SK_S(""));
}

void sk_screen_tables_add(sk_app *app, sk_screen_tables *t, const sk_screener *sc,
                          const sk_screened *s, const char *change)
{
    if (s->error.n) {
        sk_table_cell_int(t->errors, (int64_t)s->row);
        cell(t, t->errors, asked(s));
        cell(t, t->errors, s->error);
    }
    for (size_t i = 0; i < s->n_hits; i++) {
        const sk_screen_hit *h = &s->hits[i];
        if (!h->alert)
            continue;
        if (t->has_rows) {
            sk_table_cell_int(t->alerts, (int64_t)s->row);
            cell(t, t->alerts, asked(s));
            sk_table_cell(t->alerts, sk_str_of(change));
        }
        cell(t, t->alerts, sk_sight_list_of(h->list));
        cell(t, t->alerts, h->key);
        cell(t, t->alerts, h->name);
        sk_table_cell_real(t->alerts, round(h->score * 100) / 100);
        sk_table_shown(t->alerts, sk_fmt(&t->arena, "%.2f", h->score));
        cell(t, t->alerts, sk_screen_odds_text(&app->cx.arena, h->odds));
        cell(t, t->alerts, sk_screen_reason(&app->cx, sc, s->query, h));
    }
}

void sk_screen_tables_print(sk_app *app, const sk_screen_tables *t)
{
    if (sk_table_rows(t->alerts) || app->only_tables)
        sk_app_sheet(app, t->alerts, "alerts");
    if (sk_table_rows(t->errors) && !app->csv)
        sk_app_sheet(app, t->errors, "not screened");
}
