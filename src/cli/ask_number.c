#include "cli/ask.h"

#include "cli/print.h"
#include "record/bearers.h"
#include "record/identifier.h"

static const sk_column verdict_columns[] = {
    {.key = "scheme", .title = "As"},
    {.key = "verdict", .title = "Verdict"},
    {.key = "why", .title = "Why", .most = 44},
    {.key = "borne_by", .title = "Borne here by", .most = 60},
};

static const sk_column claim_columns[] = {
    {.key = "property", .title = "As"},
    {.key = "value", .title = "Written", .most = 24},
    {.key = "bearer", .title = "Borne by", .most = 40},
    {.key = "remark", .title = "Remark"},
    {.key = "valid", .title = "Valid or said"},
    {.key = "position", .title = "Position"},
    {.key = "says", .title = "Says whom", .most = 44},
    {.key = "passage", .title = "Rests on", .most = 40},
    {.key = "claim", .title = "Claim", .least = 12},
};

typedef struct answer {
    sk_str number;
    sk_id_verdict verdicts[SK_SCHEMES];
    size_t n_verdicts;
    sk_claim_row *rows;
    size_t n_rows;
} answer;

/* "CHONMYONG SHIPPING CO (KPe.056)": a bearer with the id numbers that lists gave it. */
static sk_rc bearer_text(sk_app *app, sk_str key, sk_str *ret_text)
{
    sk_arena *a = &app->cx.arena;
    sk_entity e;
    sk_claim_row *rows;
    size_t n;
    sk_str ids = SK_NONE;
    *ret_text = key;
    sk_rc rc = sk_entity_find(&app->cx, app->view, sk_fmt(a, "@%.*s", SK_P(key)), &e);
    if (rc == SK_E_NOTFOUND) { /* the claim is visible, its entity is not */
        sk_forgive(&app->cx);
        return SK_OK;
    }
    SK_TRY(rc);
    SK_TRY(sk_claims_about(&app->cx, app->view, &e, SK_CLAIMS_CURRENT, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const sk_claim *c = &rows[i].claim;
        if (sk_str_is(c->prop, "idNumber") && c->position == SK_CLAIM_ASSERTS && c->value.n &&
            sk_str_find(ids, c->value) == SIZE_MAX)
            ids = sk_fmt(a, "%.*s%s%.*s", SK_P(ids), ids.n ? ", " : "", SK_P(c->value));
    }
    *ret_text = ids.n ? sk_fmt(a, "%.*s (%.*s)", SK_P(e.caption), SK_P(ids)) : e.caption;
    return SK_OK;
}

static sk_str remark(const sk_claim *c)
{
    return c->used_falsely ? SK_S("used falsely") : SK_NONE;
}

static bool is_of(const sk_claim *c, sk_scheme scheme)
{
    sk_scheme own;
    return sk_scheme_of_prop(c->prop, &own) && own == scheme;
}

/* Who bears the number in a scheme, a line for each bearer: "Apex: used falsely, says C4ADS". */
static sk_rc borne_by(sk_app *app, const answer *an, sk_scheme scheme, sk_str *ret_text)
{
    sk_arena *a = &app->cx.arena;
    *ret_text = SK_NONE;
    for (size_t i = 0; i < an->n_rows; i++) {
        const sk_claim *c = &an->rows[i].claim;
        sk_str who, lines = *ret_text;
        if (!is_of(c, scheme))
            continue;
        SK_TRY(bearer_text(app, c->entity, &who));
        if (c->used_falsely || c->position != SK_CLAIM_ASSERTS)
            who = sk_fmt(a, "%.*s: %s%s%.*s, says %.*s", SK_P(who),
                         c->used_falsely ? "used falsely" : "",
                         c->used_falsely && c->position != SK_CLAIM_ASSERTS ? ", " : "",
                         SK_P(sk_print_position(c)), SK_P(sk_print_says(app, c)));
        if (sk_str_find(lines, who) == SIZE_MAX)
            *ret_text = sk_fmt(a, "%.*s%s%.*s", SK_P(lines), lines.n ? "\n" : "", SK_P(who));
    }
    return SK_OK;
}

/* Schemes of whose form the number is not are left out for people, unless somebody bears it so. */
static sk_rc verdicts_table(sk_app *app, const answer *an, bool all, sk_table **ret_table,
                            sk_str *ret_others)
{
    sk_arena *a = &app->cx.arena;
    sk_table *t = sk_table_new(a, verdict_columns, SK_COUNT(verdict_columns));
    *ret_others = SK_NONE;
    for (size_t i = 0; i < an->n_verdicts; i++) {
        const sk_id_verdict *v = &an->verdicts[i];
        const sk_scheme_info *info = sk_scheme_get(v->scheme);
        sk_str who;
        SK_TRY(borne_by(app, an, v->scheme, &who));
        bool fits = v->verdict != SK_ID_FORM_WRONG && v->verdict != SK_ID_OPAQUE;
        if (!all && !fits && !who.n) {
            *ret_others =
                sk_fmt(a, "%.*s%s%s", SK_P(*ret_others), ret_others->n ? ", " : "", info->title);
            continue;
        }
        sk_table_cell(t, sk_str_of(info->name));
        sk_table_shown(t, sk_str_of(info->title));
        sk_table_cell(t, sk_str_of(sk_verdict_name(v->verdict)));
        sk_table_shown(t, sk_str_of(sk_verdict_words(v->verdict)));
        sk_table_style(t, v->verdict == SK_ID_VALID         ? SK_STYLE_GREEN
                          : v->verdict == SK_ID_CHECK_WRONG ? SK_STYLE_YELLOW
                                                            : SK_STYLE_PLAIN);
        sk_table_cell(t, v->reason);
        sk_table_cell(t, who);
        if (!who.n) {
            sk_table_shown(t, SK_S("nobody"));
            sk_table_style(t, SK_STYLE_DIM);
        }
    }
    *ret_table = t;
    return SK_OK;
}

static sk_rc claims_table(sk_app *app, const answer *an, sk_table **ret_table)
{
    sk_table *t = sk_table_new(&app->cx.arena, claim_columns, SK_COUNT(claim_columns));
    for (size_t i = 0; i < an->n_rows; i++) {
        const sk_claim *c = &an->rows[i].claim;
        sk_str who;
        SK_TRY(bearer_text(app, c->entity, &who));
        sk_table_cell(t, c->prop);
        sk_table_shown(t, sk_print_property(c));
        sk_table_cell(t, sk_print_value(app, c));
        sk_table_cell(t, c->entity);
        sk_table_shown(t, sk_fmt(&app->cx.arena, "%.*s  @%.*s", SK_P(who), SK_P(c->entity)));
        sk_table_cell(t, remark(c));
        sk_table_style(t, SK_STYLE_YELLOW);
        sk_table_cell(t, c->valid.n ? c->valid : c->asof.n ? c->asof : c->said);
        sk_table_cell(t, sk_print_position(c));
        sk_table_cell(t, sk_print_says(app, c));
        sk_table_cell(t, sk_print_passage(app, c));
        sk_table_cell(t, sk_hash_hex(&app->cx.arena, &c->id));
        sk_table_shown(t, sk_short(&app->cx, &c->id));
    }
    *ret_table = t;
    return SK_OK;
}

static void put_json(sk_app *app, const answer *an)
{
    sk_json j;
    sk_json_init(&j, &app->text, SK_JSON_PRETTY);
    sk_json_object(&j);
    sk_json_put_str(&j, "number", an->number);
    sk_json_key(&j, SK_S("verdicts"));
    sk_json_array(&j);
    for (size_t i = 0; i < an->n_verdicts; i++) {
        const sk_id_verdict *v = &an->verdicts[i];
        sk_json_object(&j);
        sk_json_put_str(&j, "scheme", sk_str_of(sk_scheme_get(v->scheme)->name));
        sk_json_put_str(&j, "verdict", sk_str_of(sk_verdict_name(v->verdict)));
        sk_json_put_given(&j, "canonical", v->canonical);
        sk_json_put_str(&j, "why", v->reason);
        sk_json_put_given(&j, "country", v->country);
        sk_json_end(&j);
    }
    sk_json_end(&j);
    sk_json_key(&j, SK_S("claims"));
    sk_json_array(&j);
    for (size_t i = 0; i < an->n_rows; i++)
        sk_print_claim_json(app, &j, &an->rows[i]);
    sk_json_end(&j);
    sk_json_end(&j);
    sk_json_done(&j);
}

static sk_rc print_answer(sk_app *app, const answer *an)
{
    sk_table *verdicts, *claims;
    sk_str others;
    SK_TRY(verdicts_table(app, an, app->only_tables, &verdicts, &others));
    SK_TRY(claims_table(app, an, &claims));
    if (app->only_tables) {
        if (!app->csv) /* two tables are no CSV */
            sk_app_sheet(app, verdicts, "verdicts");
        sk_app_sheet(app, claims, "claims");
        return SK_OK;
    }
    sk_app_line(app, sk_app_bold(app, an->number));
    if (sk_table_rows(verdicts))
        sk_app_table(app, verdicts);
    if (others.n)
        sk_app_printf(app, "not of a form that could be checked as: %.*s\n", SK_P(others));
    sk_app_printf(app, "\n");
    if (an->n_rows)
        sk_app_table(app, claims);
    else
        sk_app_printf(app, "no claim in this archive says that anybody bears it\n");
    sk_app_printf(app,
                  "a check digit tells of slips of the pen; who bears a number, and whether by "
                  "right, is what claims say\n");
    return SK_OK;
}

sk_rc sk_ask_number(sk_app *app)
{
    answer an;
    SK_TRY(sk_need_operands(&app->cx, &app->args, 2, 2));
    an.number = sk_str_trim(app->args.operands[1]);
    SK_TRY(sk_claims_bearing(&app->cx, app->view, an.number,
                             sk_flag(&app->args, "history") ? SK_CLAIMS_HISTORY : SK_CLAIMS_CURRENT,
                             &an.rows, &an.n_rows));
    an.n_verdicts = sk_identifier_verdicts(&app->cx.arena, an.number, an.verdicts);
    if (app->json) {
        put_json(app, &an);
        return SK_OK;
    }
    return print_answer(app, &an);
}
