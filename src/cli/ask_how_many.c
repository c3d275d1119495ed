#include "cli/ask.h"

#include "base/edtf.h"
#include "cli/print.h"
#include "count/ledger.h"

#include <stdlib.h>

/* The population stands in front where the figures of several ledgers share a table. */
static const sk_column columns[] = {
    {.key = "population", .title = "Population"},
    {.key = "figure", .title = "Figure", .most = 34},
    {.key = "measure", .title = "of", .most = 20},
    {.key = "period", .title = "When"},
    {.key = "says", .title = "Says whom", .most = 48},
    {.key = "position", .title = "Position"},
    {.key = "use", .title = "In the sum?", .most = 36},
    {.key = "passage", .title = "Rests on", .most = 40},
    {.key = "claim", .title = "Claim", .least = 12},
};

static sk_str period_text(sk_app *app, sk_str edtf)
{
    sk_edtf e;
    if (!edtf.n)
        return SK_S("");
    if (sk_edtf_parse(&app->cx, edtf, &e)) {
        sk_forgive(&app->cx);
        return edtf;
    }
    return sk_edtf_format(&app->cx.arena, &e, SK_LANG_EN);
}

static sk_style style_of(sk_use use)
{
    return use == SK_USE_PART ? SK_STYLE_PLAIN : SK_STYLE_DIM;
}

static void add_figure(sk_app *app, sk_table *t, const sk_ledger *l, const sk_figure *f,
                       bool with_population)
{
    sk_arena *a = &app->cx.arena;
    const sk_claim *c = &f->row.claim;
    sk_str measure = c->measure.n ? c->measure : l->parts[f->part].measure;
    if (with_population)
        sk_table_cell(t, l->parts[0].entity.key);
    sk_table_cell(t, sk_print_value(app, c));
    sk_table_style(t, style_of(f->use));
    sk_table_cell(t, measure);
    sk_table_cell(t, f->period);
    sk_table_shown(t, period_text(app, f->period));
    sk_table_cell(t, sk_print_says(app, c));
    sk_table_cell(t, sk_print_position(c));
    sk_table_cell(t, sk_str_of(sk_use_name(f->use)));
    sk_table_shown(t, sk_str_of(sk_use_words(f->use)));
    sk_table_style(t, style_of(f->use));
    sk_table_cell(t, sk_print_passage(app, c));
    sk_table_cell(t, sk_hash_hex(a, &c->id));
    sk_table_shown(t, sk_short(&app->cx, &c->id));
}

/* "Forced returns on 29 August 2023: 80 people (1 origin)" above the figures of a part. */
static sk_str part_heading(sk_app *app, const sk_part *p)
{
    sk_arena *a = &app->cx.arena;
    sk_str s = p->entity.caption;
    if (p->definition.n)
        s = sk_fmt(a, "%.*s - %.*s", SK_P(s), SK_P(p->definition));
    if (p->n_used)
        s = sk_fmt(a, "%.*s: %.*s (%zu independent origin%s)", SK_P(s),
                   SK_P(sk_quantity_format(a, &p->range, SK_LANG_EN)), p->n_origins,
                   p->n_origins == 1 ? "" : "s");
    return s;
}

static void add_figures(sk_app *app, sk_table *t, const sk_ledger *l, bool with_population)
{
    for (size_t part = 0; part < l->n_parts; part++) {
        bool headed = false;
        for (size_t i = 0; i < l->n_figures; i++) {
            if (l->figures[i].part != part)
                continue;
            if (!headed)
                sk_table_group(t, part_heading(app, &l->parts[part]));
            headed = true;
            add_figure(app, t, l, &l->figures[i], with_population);
        }
    }
}

static sk_table *figures_table(sk_app *app, const sk_ledger *l)
{
    sk_table *t = sk_table_new(&app->cx.arena, columns + 1, SK_COUNT(columns) - 1);
    add_figures(app, t, l, false);
    return t;
}

static void print_sum(sk_app *app, const sk_ledger *l)
{
    sk_arena *a = &app->cx.arena;
    if (!l->has_sum) {
        sk_app_printf(app, "no sum: ");
        sk_app_line(app, l->no_sum_why);
        return;
    }
    sk_str terms = SK_NONE;
    for (size_t i = 1; i < l->n_parts; i++)
        if (l->parts[i].n_used)
            terms = sk_fmt(a, "%.*s%s%.*s", SK_P(terms), terms.n ? " + " : "",
                           SK_P(sk_quantity_format(a, &l->parts[i].range, SK_LANG_EN)));
    sk_app_printf(app, "sum over %zu declared parts: ", l->n_summed);
    sk_app_clean(app, sk_app_bold(app, sk_quantity_format(a, &l->sum, SK_LANG_EN)));
    sk_app_printf(app, "   = ");
    sk_app_line(app, terms);
    sk_app_printf(app, "it counts what these claimants dated and declared; it says nothing of what "
                       "nobody reported\n");
}

static void print_denials(sk_app *app, const sk_ledger *l)
{
    for (size_t i = 0; i < l->n_denials; i++) {
        const sk_claim *c = &l->denials[i].claim;
        sk_app_printf(app, "denied: ");
        sk_app_clean(app, sk_print_says(app, c));
        sk_app_printf(app, ", of ");
        sk_app_clean(app, sk_entity_caption(&app->cx, app->view, c->entity));
        sk_str words = c->words.n ? c->words : sk_print_value(app, c);
        sk_app_printf(app, ": ");
        sk_app_clean(app, words);
        sk_app_printf(app, "  (claim %.*s)\n", SK_P(sk_short(&app->cx, &c->id)));
    }
}

static void put_range(sk_app *app, sk_json *j, const sk_quantity *q)
{
    sk_arena *a = &app->cx.arena;
    sk_json_object(j);
    sk_json_put_str(j, "words", sk_quantity_format(a, q, SK_LANG_EN));
    if (q->has_low) {
        sk_json_key(j, SK_S("low"));
        sk_json_number(j, sk_decimal_text(a, q->low, false));
    }
    if (q->has_high) {
        sk_json_key(j, SK_S("high"));
        sk_json_number(j, sk_decimal_text(a, q->high, false));
    }
    sk_bounds bounds = sk_quantity_bounds(q);
    sk_json_put_bool(j, "open_above", !bounds.has_high);
    sk_json_put_given(j, "unit", q->unit);
    sk_json_end(j);
}

static void put_ledger(sk_app *app, sk_json *j, const sk_ledger *l)
{
    sk_json_object(j);
    sk_json_put_str(j, "of", l->parts[0].entity.key);
    sk_json_put_str(j, "caption", l->parts[0].entity.caption);
    sk_json_put_given(j, "definition", l->parts[0].definition);
    sk_json_put_given(j, "period", l->period);
    sk_json_key(j, SK_S("sum"));
    if (l->has_sum)
        put_range(app, j, &l->sum);
    else
        sk_json_null(j);
    if (l->has_sum)
        sk_json_put_uint(j, "parts_summed", l->n_summed);
    else
        sk_json_put_str(j, "no_sum_because", l->no_sum_why);
    sk_json_key(j, SK_S("figures"));
    sk_table_json_into(figures_table(app, l), j);
    sk_json_key(j, SK_S("denials"));
    sk_json_array(j);
    for (size_t i = 0; i < l->n_denials; i++)
        sk_print_claim_json(app, j, &l->denials[i]);
    sk_json_end(j);
    sk_json_end(j);
}

static void print_json(sk_app *app, const sk_ledger *ledgers, size_t n)
{
    sk_json j;
    sk_json_init(&j, &app->text, SK_JSON_PRETTY);
    sk_json_array(&j);
    for (size_t i = 0; i < n; i++)
        put_ledger(app, &j, &ledgers[i]);
    sk_json_end(&j);
    sk_json_done(&j);
}

static void print_ledger(sk_app *app, const sk_ledger *l)
{
    const sk_part *whole = &l->parts[0];
    sk_app_clean(app, sk_app_bold(app, whole->entity.caption));
    if (l->period.n) {
        sk_app_printf(app, ", ");
        sk_app_clean(app, period_text(app, l->period));
    }
    sk_app_printf(app, "  @");
    sk_app_line(app, whole->entity.key);
    if (whole->definition.n) {
        sk_app_printf(app, "counted: ");
        sk_app_line(app, whole->definition);
    }
    sk_table *t = figures_table(app, l);
    if (sk_table_rows(t))
        sk_app_table(app, t);
    else
        sk_app_printf(app, "no figures\n");
    print_sum(app, l);
    print_denials(app, l);
    sk_app_printf(app, "\n");
}

/* ---- tables alone ---- */

static void cell_decimal(sk_app *app, sk_table *t, bool is_given, sk_decimal d)
{
    if (is_given)
        sk_table_cell_real(t, strtod(sk_decimal_text(&app->cx.arena, d, false).p, NULL));
    else
        sk_table_cell_none(t);
}

static sk_table *sums_table(sk_app *app, const sk_ledger *ledgers, size_t n)
{
    static const sk_column sum_columns[] = {
        {.key = "population", .title = "Population"},
        {.key = "caption", .title = "Name"},
        {.key = "definition", .title = "Counted"},
        {.key = "period", .title = "When"},
        {.key = "figure", .title = "Sum"},
        {.key = "low", .title = "Low"},
        {.key = "high", .title = "High"},
        {.key = "open_above", .title = "Open above"},
        {.key = "parts", .title = "Parts summed"},
        {.key = "reason", .title = "No sum because"},
    };
    sk_arena *a = &app->cx.arena;
    sk_table *t = sk_table_new(a, sum_columns, SK_COUNT(sum_columns));
    for (size_t i = 0; i < n; i++) {
        const sk_ledger *l = &ledgers[i];
        sk_table_cell(t, l->parts[0].entity.key);
        sk_table_cell(t, l->parts[0].entity.caption);
        sk_table_cell(t, l->parts[0].definition);
        sk_table_cell(t, l->period);
        sk_table_cell(t, l->has_sum ? sk_quantity_format(a, &l->sum, SK_LANG_EN) : SK_S(""));
        cell_decimal(app, t, l->has_sum && l->sum.has_low, l->sum.low);
        cell_decimal(app, t, l->has_sum && l->sum.has_high, l->sum.high);
        if (l->has_sum)
            sk_table_cell_bool(t, !sk_quantity_bounds(&l->sum).has_high);
        else
            sk_table_cell_none(t);
        sk_table_cell_int(t, (int64_t)l->n_summed);
        sk_table_cell(t, l->has_sum ? SK_S("") : l->no_sum_why);
    }
    return t;
}

static sk_table *denials_table(sk_app *app, const sk_ledger *ledgers, size_t n)
{
    static const sk_column denial_columns[] = {
        {.key = "population", .title = "Population"}, {.key = "of", .title = "Of"},
        {.key = "says", .title = "Says whom"},        {.key = "words", .title = "Words"},
        {.key = "passage", .title = "Rests on"},      {.key = "claim", .title = "Claim"},
    };
    sk_table *t = sk_table_new(&app->cx.arena, denial_columns, SK_COUNT(denial_columns));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < ledgers[i].n_denials; k++) {
            const sk_claim *c = &ledgers[i].denials[k].claim;
            sk_table_cell(t, ledgers[i].parts[0].entity.key);
            sk_table_cell(t, c->entity);
            sk_table_cell(t, sk_print_says(app, c));
            sk_table_cell(t, c->words.n ? c->words : sk_print_value(app, c));
            sk_table_cell(t, sk_print_passage(app, c));
            sk_table_cell(t, sk_hash_hex(&app->cx.arena, &c->id));
        }
    return t;
}

/* One heading however many ledgers there are. A CSV has room for the figures only. */
static void print_tables(sk_app *app, const sk_ledger *ledgers, size_t n)
{
    sk_table *t = sk_table_new(&app->cx.arena, columns, SK_COUNT(columns));
    for (size_t i = 0; i < n; i++)
        add_figures(app, t, &ledgers[i], true);
    sk_app_sheet(app, t, "figures");
    if (app->csv) {
        sk_app_remark(app, "sums and denials do not fit into a CSV of figures; --xlsx and --json "
                           "have them");
        return;
    }
    sk_app_sheet(app, sums_table(app, ledgers, n), "sums");
    sk_app_sheet(app, denials_table(app, ledgers, n), "denials");
}

sk_rc sk_ask_how_many(sk_app *app)
{
    SK_TRY(sk_need_operands(&app->cx, &app->args, 2, 2));
    sk_str period;
    SK_TRY(sk_ask_period(app, &period));
    sk_entity *wholes = NULL;
    size_t n = 0;
    SK_TRY(sk_ledger_wholes(&app->cx, app->view, app->args.operands[1], &wholes, &n));
    sk_ledger *ledgers = sk_new_array(&app->cx.arena, sk_ledger, n);
    for (size_t i = 0; i < n; i++)
        SK_TRY(sk_ledger_build(&app->cx, app->view, &wholes[i], period,
                               sk_arg(&app->args, "measure"), &ledgers[i]));
    if (app->json)
        print_json(app, ledgers, n);
    else if (app->only_tables)
        print_tables(app, ledgers, n);
    else
        for (size_t i = 0; i < n; i++)
            print_ledger(app, &ledgers[i]);
    return SK_OK;
}
