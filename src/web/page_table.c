/* How many acts, by what: a table that says its unit, a chart of it, and for places a map. */
#include "count/tabulate.h"
#include "record/country.h"
#include "web/ask_form.h"
#include "web/assets.h"
#include "web/chart.h"
#include "web/grid.h"
#include "web/page.h"

static const sk_grid_column columns[] = {
    {"key", "table.by", false},           {"label", "table.label", false, true},
    {"acts", "table.acts", true},         {"disputed", "table.disputed", true},
    {"accounts", "table.accounts", true}, {"claimants", "table.claimants", true}};

static const struct {
    sk_per per;
    const char *key;
} pers[] = {{SK_PER_YEAR, "table.year"},    {SK_PER_KIND, "table.kind"},
            {SK_PER_ACT, "table.act"},      {SK_PER_PLACE, "table.place"},
            {SK_PER_SPOT, "table.spot"},    {SK_PER_PERPETRATOR, "table.perpetrator"},
            {SK_PER_VICTIM, "table.victim"}};

static sk_str per_text(const sk_request *rq, sk_per per)
{
    for (size_t i = 0; i < SK_COUNT(pers); i++)
        if (pers[i].per == per)
            return sk_say(rq, pers[i].key);
    return SK_NONE;
}

static sk_str row_label(sk_request *rq, sk_per per, sk_str key)
{
    if (!key.n)
        return sk_say(rq, "ask.not_stated");
    switch (per) {
    case SK_PER_ACT:
    case SK_PER_KIND:
        return sk_act_text(rq, key);
    case SK_PER_PLACE:
        return sk_str_is(key, "?") ? sk_say(rq, "table.elsewhere") : sk_country_name(key, rq->lang);
    case SK_PER_YEAR:
        return sk_date_text(rq, key);
    case SK_PER_SPOT:
        return key;
    default:
        return sk_entity_caption(&rq->cx, rq->view, key);
    }
}

/* Where the accounts behind a row are listed, with the rest of the question; empty when no filter of
 * that question says the same. */
static sk_str row_href(sk_request *rq, sk_per per, sk_str key)
{
    static const char *const filter_of[SK_PERS] = {
        [SK_PER_ACT] = "act",        [SK_PER_KIND] = "act",  [SK_PER_YEAR] = "when",
        [SK_PER_PERPETRATOR] = "by", [SK_PER_VICTIM] = "to", [SK_PER_SPOT] = "place"};
    const char *name = filter_of[per];
    sk_arena *a = &rq->cx.arena;
    if (!name || !key.n)
        return SK_NONE;
    sk_str s = sk_fmt(a, "/ask/who?%s=%.*s", name, SK_P(sk_percent_encode(a, key)));
    for (size_t i = 0; i < SK_ASK_FILTERS; i++) {
        sk_str value = sk_str_trim(sk_rq_get(rq, sk_ask_filters[i]));
        if (value.n && strcmp(sk_ask_filters[i], name) != 0)
            s = sk_fmt(a, "%.*s&%s=%.*s", SK_P(s), sk_ask_filters[i],
                       SK_P(sk_percent_encode(a, value)));
    }
    return s;
}

static sk_grid *table_grid(sk_request *rq, const sk_tab *t)
{
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    for (size_t i = 0; i < t->n_rows; i++) {
        const sk_tab_row *r = &t->rows[i];
        sk_str label = row_label(rq, t->per, r->key);
        sk_grid_cell(g, r->key);
        sk_grid_shown(g, label);
        sk_grid_link(g, row_href(rq, t->per, r->key));
        sk_grid_style(g, r->key.n ? SK_STYLE_PLAIN : SK_STYLE_DIM);
        sk_grid_cell(g, label);
        sk_grid_int(g, (int64_t)r->n_acts);
        sk_grid_int(g, (int64_t)r->n_disputed);
        sk_grid_int(g, (int64_t)r->n_accounts);
        sk_grid_int(g, (int64_t)r->n_origins);
    }
    return g;
}

/* ---- charts ---- */

static void put_year_chart(sk_request *rq, const sk_tab *t)
{
    sk_year *years = sk_new_array(&rq->cx.arena, sk_year, t->n_rows);
    uint64_t year;
    size_t n = 0;
    for (size_t i = 0; i < t->n_rows; i++)
        if (sk_str_to_u64(t->rows[i].key, &year)) /* others, of several years, are in the table */
            years[n++] = (sk_year){(int64_t)year, t->rows[i].n_acts, t->rows[i].n_disputed};
    sk_put_years(rq, years, n, sk_say1(rq, "table.chart", per_text(rq, t->per)));
}

static void put_bar_chart(sk_request *rq, const sk_tab *t)
{
    sk_bar *bars = sk_new_array(&rq->cx.arena, sk_bar, t->n_rows);
    for (size_t i = 0; i < t->n_rows; i++)
        bars[i] = (sk_bar){.group = per_text(rq, t->per),
                           .label = row_label(rq, t->per, t->rows[i].key),
                           .value = sk_number_text(rq, t->rows[i].n_acts),
                           .has_low = true,
                           .has_high = true,
                           .low = (double)t->rows[i].n_acts,
                           .high = (double)t->rows[i].n_acts};
    sk_put_plain_bars(rq, bars, t->n_rows, sk_say1(rq, "table.chart", per_text(rq, t->per)));
}

static void put_map(sk_request *rq)
{
    if (!sk_asset_is_there("leaflet.js"))
        return;
    SK_PUT(&rq->html,
           "<link rel=\"stylesheet\" href=\"$\"><div class=\"map\" data-map=\"$\" data-world=\"$\" "
           "data-unit=\"{table.acts}\" "
           "role=\"region\" "
           "aria-label=\"{table.map}\"></div><p class=\"quiet map-note\">{table.map_means}</p>",
           sk_asset_href("leaflet.css"), sk_href_form(rq, ".json"),
           sk_asset_href("world.topojson"));
    sk_page_script(rq, "topojson-client.min.js", false);
    sk_page_script(rq, "leaflet.js", false);
    sk_page_script(rq, "map.js", true);
}

/* ---- the page ---- */

static void put_form(sk_request *rq, sk_per per)
{
    sk_html *h = &rq->html;
    SK_PUT(h,
           "<form class=\"fields\" action=\"/ask/table\"><label>{table.by}<select name=\"per\">");
    for (size_t i = 0; i < SK_COUNT(pers); i++) {
        sk_str name = sk_str_of(sk_per_name(pers[i].per));
        if (pers[i].per == SK_PER_SPOT && !sk_view_sees_all(rq->view))
            continue;
        sk_put_option(rq, name, sk_say(rq, pers[i].key), pers[i].per == per);
    }
    SK_PUT(h, "</select></label>");
    sk_put_ask_filters(rq);
    SK_PUT(h, "<button class=\"main\">{ask.go}</button></form>");
}

static void put_unit(sk_request *rq, const sk_tab *t)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<p class=\"sum\"><strong class=\"figure\">$</strong> ",
           sk_number_text(rq, t->n_acts));
    SK_SAY_N(h, t->n_acts, "table.unit", sk_number_text(rq, t->n_accounts));
    SK_PUT(h, "</p><p class=\"quiet\">{table.means}</p><ul class=\"quiet\">");
    if (t->n_several) {
        SK_PUT(h, "<li>");
        SK_SAY_N(h, t->n_several, "table.several", sk_number_text(rq, t->n_several));
        SK_PUT(h, "</li>");
    }
    if (t->n_only_against) {
        SK_PUT(h, "<li>");
        SK_SAY_N(h, t->n_only_against, "table.only_against", sk_number_text(rq, t->n_only_against));
        SK_PUT(h, "</li>");
    }
    if (t->per == SK_PER_PLACE)
        SK_PUT(h, "<li>{table.coarse}</li>");
    SK_PUT(h, "</ul>");
}

static sk_rc table_page(sk_request *rq, const sk_tab *t)
{
    sk_html *h = &rq->html;
    sk_page_begin(rq, sk_say(rq, "table.title"));
    SK_PUT(h, "<h1>{table.title}</h1>");
    put_form(rq, t->per);
    put_unit(rq, t);
    if (t->per == SK_PER_YEAR)
        put_year_chart(rq, t);
    else
        put_bar_chart(rq, t);
    if (t->per == SK_PER_PLACE && t->n_rows)
        put_map(rq);
    if (t->n_rows)
        sk_grid_put(rq, table_grid(rq, t), sk_say1(rq, "table.chart", per_text(rq, t->per)));
    sk_str command =
        sk_ask_command(rq, sk_fmt(&rq->cx.arena, "sillok ask table --per %s", sk_per_name(t->per)));
    return sk_page_end(rq, &(sk_made){.command = command, .method = "counting"});
}

static sk_rc table_json(sk_request *rq, const sk_tab *t)
{
    sk_json *j = sk_rq_json(rq);
    sk_json_object(j);
    sk_json_put_str(j, "unit", SK_S("act"));
    sk_json_put_str(j, "per", sk_str_of(sk_per_name(t->per)));
    sk_json_put_uint(j, "acts", t->n_acts);
    sk_json_put_uint(j, "acts_in_several_rows", t->n_several);
    sk_json_put_uint(j, "acts_asserted_by_nobody", t->n_only_against);
    sk_json_put_uint(j, "accounts", t->n_accounts);
    sk_json_key(j, SK_S("rows"));
    sk_grid_json_into(table_grid(rq, t), j);
    sk_json_end(j);
    return sk_rq_json_end(rq);
}

/* ROUTE: GET /ask/table
 * How many acts the record holds, by year, kind, country, perpetrator or victim; the unit is said.
 *
 * ROLE: read
 * FORMATS: html json csv
 * PARAMETERS
 *   per     year, kind, act, place (the country), spot (the place as written; only where nothing is
 *           hidden), perpetrator or victim
 *   act     term of the model, narrower ones included
 *   by      perpetrator: key or name
 *   to      victim: key or name
 *   place   words of the place
 *   when    date or period, EDTF or words
 */
sk_rc sk_page_table(sk_request *rq)
{
    sk_per per = SK_PER_YEAR;
    sk_str name = sk_rq_get(rq, "per");
    sk_act_filter filter;
    sk_tab tab;
    if (name.n && !sk_per_find(name, &per))
        return sk_fail(
            &rq->cx, SK_E_FORMAT,
            "acts are counted by year, kind, act, place, spot, perpetrator or victim, not "
            "by \"%.*s\"",
            SK_P(name));
    SK_TRY(sk_ask_filter(rq, &filter));
    SK_TRY(sk_tabulate(&rq->cx, rq->view, &filter, per, &tab));
    if (rq->format == SK_FORMAT_JSON)
        return table_json(rq, &tab);
    return rq->format == SK_FORMAT_CSV ? sk_grid_answer(rq, table_grid(rq, &tab))
                                       : table_page(rq, &tab);
}
