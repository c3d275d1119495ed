/* Screening on paper: one JSON object a row, tables for people. */
#include "cli/screen.h"

#include <math.h>

/* ---- JSON ---- */

/* What says nothing of the row: cells that were passed over, then words that were not understood. */
static void put_warnings(sk_json *j, const sk_screened *s)
{
    size_t n = s->query ? s->query->n_warnings : 0;
    if (!n && !s->n_warnings)
        return;
    sk_json_key(j, SK_S("warnings"));
    sk_json_array(j);
    for (size_t i = 0; i < s->n_warnings; i++)
        sk_json_str(j, s->warnings[i]);
    for (size_t i = 0; i < n; i++)
        sk_json_str(j, s->query->warnings[i]);
    sk_json_end(j);
}

static void put_list(sk_json *j, const char *key, const sk_str *v, size_t n)
{
    if (!n)
        return;
    sk_json_key(j, sk_str_of(key));
    sk_json_array(j);
    for (size_t i = 0; i < n; i++)
        sk_json_str(j, v[i]);
    sk_json_end(j);
}

static void put_query(sk_json *j, const sk_screen_words *w)
{
    sk_json_key(j, SK_S("query"));
    sk_json_object(j);
    if (w->n_names)
        sk_json_put_str(j, "name", w->names[0]);
    put_list(j, "other_names", w->names + 1, w->n_names ? w->n_names - 1 : 0);
    put_list(j, "born", w->births, w->n_births);
    put_list(j, "country", w->countries, w->n_countries);
    put_list(j, "id", w->ids, w->n_ids);
    sk_json_put_given(j, "gender", w->gender);
    sk_json_put_given(j, "type", w->type);
    sk_json_end(j);
}

static void put_reasons(sk_app *app, sk_json *j, const sk_screener *sc, const sk_screened *s,
                        const sk_screen_hit *h)
{
    const sk_screen_reason_part *v;
    size_t n = sk_screen_reasons(&app->cx, sc, s->query, h, &v);
    sk_json_key(j, SK_S("explanation"));
    sk_json_array(j);
    for (size_t i = 0; i < n; i++) {
        sk_json_object(j);
        sk_json_put_str(j, "feature", sk_str_of(v[i].feature));
        sk_json_put_str(j, "finding", sk_str_of(v[i].finding));
        sk_json_put_str(j, "detail", v[i].detail);
        sk_json_put_given(j, "query", v[i].query);
        sk_json_put_given(j, "candidate", v[i].entry);
        sk_json_key(j, SK_S("nats"));
        sk_json_real(j, round(v[i].nats * 100) / 100);
        sk_json_put_given(j, "source", v[i].source);
        sk_json_end(j);
    }
    sk_json_end(j);
}

static sk_str list_name(const sk_sight_copy *c)
{
    return c->copy.list.n ? c->copy.list : SK_S(SK_SCREEN_OWN);
}

static void put_hit(sk_app *app, sk_json *j, const sk_screener *sc, const sk_screened *s,
                    const sk_screen_hit *h)
{
    sk_json_object(j);
    sk_json_put_str(j, "list", list_name(h->list));
    sk_json_put_given(j, "as_of", h->list->copy.asof);
    sk_json_put_str(j, "id", h->key);
    sk_json_put_str(j, "type", h->type);
    sk_json_put_str(j, "name", h->name);
    sk_json_put_str(j, "caption", h->caption);
    sk_json_key(j, SK_S("score"));
    sk_json_real(j, round(h->score * 10000) / 10000);
    sk_json_key(j, SK_S("odds"));
    sk_json_real(j, h->odds);
    sk_json_put_bool(j, "alert", h->alert);
    put_reasons(app, j, sc, s, h);
    sk_json_end(j);
}

void sk_screen_put_json(sk_app *app, sk_buf *out, const sk_screener *sc, const sk_screened *s)
{
    sk_json j;
    sk_json_init(&j, out, SK_JSON_COMPACT);
    sk_json_object(&j);
    if (s->row)
        sk_json_put_uint(&j, "row", s->row);
    sk_json_put_given(&j, "id", s->id);
    put_query(&j, s->words);
    sk_json_put_given(&j, "error", s->error);
    put_warnings(&j, s);
    sk_json_put_uint(&j, "alerts", s->n_alerts);
    sk_json_key(&j, SK_S("results"));
    sk_json_array(&j);
    for (size_t i = 0; i < s->n_hits; i++)
        put_hit(app, &j, sc, s, &s->hits[i]);
    sk_json_end(&j);
    sk_json_end(&j);
    sk_json_done(&j);
    sk_buf_addc(out, '\n');
}

/* ---- tables ---- */

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
        cell(t, t->alerts, list_name(h->list));
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

sk_str sk_screen_against(sk_ctx *cx, const sk_sight *sight, size_t entries)
{
    size_t n;
    sk_str all = SK_S("");
    const sk_sight_copy *v = sk_sight_copies(sight, &n);
    for (size_t i = 0; i < n; i++)
        if (v[i].chosen)
            all = sk_fmt(&cx->arena, "%.*s%s%.*s%s%.*s", SK_P(all), all.n ? ", " : "",
                         SK_P(list_name(&v[i])), v[i].copy.asof.n ? " as of " : "",
                         SK_P(v[i].copy.asof));
    return sk_fmt(&cx->arena, "%.*s (%zu entries)", SK_P(all.n ? all : SK_S("no list")), entries);
}
