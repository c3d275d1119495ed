#include "cli/ask.h"

#include "base/edtf.h"
#include "cli/print.h"
#include "count/rules.h"
#include "record/country.h"

/* For people the question stands above the table; programs get it in every row. */
static const sk_column columns[] = {
    {.key = "event", .title = "Event"},
    {.key = "goods", .title = "Goods"},
    {.key = "on", .title = "On"},
    {.key = "status", .title = "Status"},
    {.key = "effect", .title = "Effect", .most = 24},
    {.key = "rule", .title = "Rule", .most = 26},
    {.key = "about", .title = "About", .most = 24},
    {.key = "why", .title = "Why, and what else is to be known", .most = 52},
    {.key = "says", .title = "Says whom", .most = 30},
    {.key = "key", .title = "Shown by"},
};
enum { QUESTION_COLUMNS = 3 };

static sk_str day_text(sk_app *app, sk_str edtf)
{
    sk_edtf e;
    if (!edtf.n)
        return SK_S("a day that nobody states");
    if (sk_edtf_parse(&app->cx, edtf, &e)) {
        sk_forgive(&app->cx);
        return edtf;
    }
    return sk_edtf_format(&app->cx.arena, &e, SK_LANG_EN);
}

/* "S/RES/2371 (2017), paragraph 8" */
static sk_str title_of(sk_app *app, const sk_rule *r)
{
    if (!r->instrument.n)
        return r->entity.caption;
    if (!r->paragraph.n)
        return r->instrument;
    return sk_fmt(&app->cx.arena, "%.*s, paragraph %.*s", SK_P(r->instrument), SK_P(r->paragraph));
}

/* "full ban in force", "cap: replaced": what the rule does, and where it stands. */
static sk_str standing(sk_app *app, const sk_rule *r)
{
    sk_arena *a = &app->cx.arena;
    const char *status = sk_rule_status_words(r->status);
    if (!r->effect.n)
        return sk_str_of(status);
    return sk_fmt(a, r->status == SK_RULE_IN_FORCE ? "%.*s %s" : "%.*s: %s", SK_P(r->effect),
                  status);
}

static sk_str why_text(sk_app *app, const sk_rule *r)
{
    sk_str text = r->reason;
    for (size_t i = 0; i < r->n_remarks; i++)
        text = sk_fmt(&app->cx.arena, "%.*s\n%.*s", SK_P(text), SK_P(r->remarks[i]));
    return text;
}

static sk_str about_text(sk_app *app, const sk_rule *r)
{
    sk_arena *a = &app->cx.arena;
    sk_str text = r->goods;
    if (r->hs.n)
        text = sk_fmt(a, "%.*s%sHS %.*s", SK_P(text), text.n ? "\n" : "", SK_P(r->hs));
    const struct {
        const char *word;
        sk_str codes;
    } ends[] = {{"from", r->from}, {"to", r->to}};
    for (size_t i = 0; i < SK_COUNT(ends); i++) {
        sk_str rest = ends[i].codes, code;
        while (rest.n && sk_str_cut(&rest, ' ', &code))
            text = sk_fmt(a, "%.*s%s%s %.*s", SK_P(text), text.n ? "\n" : "", ends[i].word,
                          SK_P(sk_country_name(code, SK_LANG_EN)));
    }
    return text;
}

/* Who says that there is the rule and since when it holds, each once. */
static sk_str says_text(sk_app *app, const sk_rule *r)
{
    static const char *const props[] = {"instrument", "startDate", "date", "endDate"};
    sk_str text = SK_NONE;
    for (size_t i = 0; i < r->n_claims; i++) {
        const sk_claim *c = &r->claims[i].claim;
        bool tells = false;
        for (size_t k = 0; k < SK_COUNT(props); k++)
            tells |= sk_str_is(c->prop, props[k]);
        sk_str who = tells ? sk_print_says(app, c) : SK_NONE;
        if (tells && sk_str_find(text, who) == SIZE_MAX)
            text = sk_fmt(&app->cx.arena, "%.*s%s%.*s", SK_P(text), text.n ? "\n" : "", SK_P(who));
    }
    return text;
}

static sk_style style_of(sk_rule_status s)
{
    return s == SK_RULE_IN_FORCE                          ? SK_STYLE_BOLD
           : s == SK_RULE_DEPENDS || s == SK_RULE_UNDATED ? SK_STYLE_YELLOW
                                                          : SK_STYLE_DIM;
}

static void add_rows(sk_app *app, sk_table *t, const sk_rule_case *about, const sk_rule_answer *an,
                     bool with_question)
{
    for (size_t i = 0; i < an->n_rules; i++) {
        const sk_rule *r = &an->rules[i];
        if (with_question) {
            sk_table_cell(t, about->event.key);
            sk_table_cell(t, an->question.goods);
            sk_table_cell(t, an->question.on);
        }
        sk_table_cell(t, sk_str_of(sk_rule_status_name(r->status)));
        sk_table_shown(t, sk_str_of(sk_rule_status_words(r->status)));
        sk_table_style(t, style_of(r->status));
        sk_table_cell(t, r->effect);
        sk_table_cell(t, title_of(app, r));
        sk_table_cell(t, about_text(app, r));
        sk_table_cell(t, why_text(app, r));
        sk_table_cell(t, says_text(app, r));
        sk_table_cell(t, sk_fmt(&app->cx.arena, "@%.*s", SK_P(r->entity.key)));
    }
}

/* ---- for people ---- */

static void print_head(sk_app *app, const sk_rule_case *about, const sk_rule_answer *an)
{
    sk_app_clean(app, sk_app_bold(app, an->question.goods));
    sk_app_printf(app, ", ");
    sk_app_clean(app, about->day_words.n ? about->day_words : day_text(app, an->question.on));
    const struct {
        const char *word;
        sk_str code;
    } ends[] = {{", from ", an->question.from}, {", to ", an->question.to}};
    for (size_t i = 0; i < SK_COUNT(ends); i++)
        if (ends[i].code.n)
            sk_app_printf(app, "%s%.*s", ends[i].word,
                          SK_P(sk_country_name(ends[i].code, SK_LANG_EN)));
    if (about->event.key.n) {
        sk_app_printf(app, ": ");
        if (!sk_str_eq(about->event.caption, about->event.key)) {
            sk_app_clean(app, about->event.caption);
            sk_app_printf(app, "  ");
        }
        sk_app_printf(app, "@");
        sk_app_clean(app, about->event.key);
        sk_app_printf(app, ", says ");
        sk_app_clean(app, sk_print_says(app, &about->cargo->claim));
    }
    sk_app_printf(app, "\n");
}

/* The answer in lines: what was in force, else what depends, else that nothing was. */
static void print_standing(sk_app *app, const sk_rule_answer *an)
{
    for (size_t i = 0; i < an->n_rules; i++) {
        const sk_rule *r = &an->rules[i];
        if (r->status != SK_RULE_IN_FORCE && r->status != SK_RULE_DEPENDS)
            continue;
        sk_app_printf(app, "  ");
        sk_app_clean(app, sk_app_bold(app, standing(app, r)));
        sk_app_printf(app, ": ");
        sk_app_line(app, title_of(app, r));
    }
    if (an->n_in_force + an->n_depends == 0)
        sk_app_printf(app, "  no rule about it that this archive holds was in force\n");
}

static void print_answer(sk_app *app, const sk_rule_case *about, const sk_rule_answer *an)
{
    print_head(app, about, an);
    print_standing(app, an);
    if (an->n_rules) {
        sk_table *t = sk_table_new(&app->cx.arena, columns + QUESTION_COLUMNS,
                                   SK_COUNT(columns) - QUESTION_COLUMNS);
        add_rows(app, t, about, an, false);
        sk_app_table(app, t);
    }
    if (an->n_other)
        sk_app_printf(app, "%zu rule%s of this archive %s about other goods\n", an->n_other,
                      an->n_other == 1 ? "" : "s", an->n_other == 1 ? "is" : "are");
    if (an->n_unlike)
        sk_app_printf(app,
                      "%zu more cannot be compared: in words here and by HS code there, or the "
                      "other way round; ask both ways\n",
                      an->n_unlike);
    sk_app_printf(app, "\n");
}

/* ---- for programs ---- */

static void rule_json(sk_app *app, sk_json *j, const sk_rule *r)
{
    sk_json_object(j);
    sk_json_put_str(j, "rule", r->entity.key);
    sk_json_put_str(j, "status", sk_str_of(sk_rule_status_name(r->status)));
    sk_json_put_str(j, "words", standing(app, r));
    sk_json_put_str(j, "why", r->reason);
    const struct {
        const char *key;
        sk_str value;
    } given[] = {{"instrument", r->instrument},
                 {"paragraph", r->paragraph},
                 {"effect", r->effect},
                 {"goods", r->goods},
                 {"hs", r->hs},
                 {"from", r->from},
                 {"to", r->to},
                 {"start", r->start},
                 {"end", r->end}};
    for (size_t i = 0; i < SK_COUNT(given); i++)
        sk_json_put_given(j, given[i].key, given[i].value);
    sk_json_key(j, SK_S("remarks"));
    sk_json_array(j);
    for (size_t i = 0; i < r->n_remarks; i++)
        sk_json_str(j, r->remarks[i]);
    sk_json_end(j);
    sk_json_key(j, SK_S("claims"));
    sk_json_array(j);
    for (size_t i = 0; i < r->n_claims; i++)
        sk_json_str(j, sk_hash_hex(&app->cx.arena, &r->claims[i].claim.id));
    sk_json_end(j);
    sk_json_end(j);
}

static void answer_json(sk_app *app, sk_json *j, const sk_rule_case *about,
                        const sk_rule_answer *an)
{
    const sk_rule_question *q = &an->question;
    sk_json_object(j);
    sk_json_put_str(j, "goods", q->goods);
    sk_json_put_given(j, "on", q->on);
    sk_json_put_given(j, "from", q->from);
    sk_json_put_given(j, "to", q->to);
    sk_json_put_given(j, "event", about->event.key);
    sk_json_put_given(j, "date_as_written", about->day_words);
    sk_json_put_uint(j, "in_force", an->n_in_force);
    sk_json_put_uint(j, "depends", an->n_depends);
    sk_json_put_uint(j, "rules_about_other_goods", an->n_other);
    sk_json_put_uint(j, "rules_not_comparable", an->n_unlike);
    sk_json_key(j, SK_S("rules"));
    sk_json_array(j);
    for (size_t i = 0; i < an->n_rules; i++)
        rule_json(app, j, &an->rules[i]);
    sk_json_end(j);
    sk_json_end(j);
}

sk_rc sk_ask_rules(sk_app *app, sk_str name)
{
    sk_rule_case *cases = NULL;
    size_t n = 0;
    sk_str on = sk_arg(&app->args, "on");
    sk_rule_asked asked = {.of = name,
                           .goods = sk_arg(&app->args, "goods"),
                           .on = on.n ? on : sk_arg(&app->args, "when"),
                           .from = sk_arg(&app->args, "from"),
                           .to = sk_arg(&app->args, "to")};
    SK_TRY(sk_rule_ask(&app->cx, app->view, &asked, &cases, &n));
    sk_table *t = sk_table_new(&app->cx.arena, columns, SK_COUNT(columns));
    sk_json j;
    if (app->json) {
        sk_json_init(&j, &app->text, SK_JSON_PRETTY);
        sk_json_array(&j);
    }
    for (size_t i = 0; i < n; i++) {
        sk_rule_answer an;
        SK_TRY(sk_rules_find(&app->cx, app->view, &cases[i].question, &an));
        if (app->json)
            answer_json(app, &j, &cases[i], &an);
        else if (app->only_tables)
            add_rows(app, t, &cases[i], &an, true);
        else
            print_answer(app, &cases[i], &an);
    }
    if (app->json) {
        sk_json_end(&j);
        sk_json_done(&j);
    } else if (app->only_tables) {
        sk_app_table(app, t);
    } else {
        sk_app_printf(app, "which rules stood is said here, as far as this archive holds them; "
                           "whether a cargo fell under one is for people to find\n");
    }
    return SK_OK;
}
