/* Reviewing without a terminal: what awaits, how rules fare, and decisions by id. */
#include "cli/review.h"

#include "cli/print.h"
#include "record/write.h"
#include "tell/tell.h"

/* ---- what awaits ---- */

static void put_party(sk_json *j, const sk_party *p)
{
    sk_json_object(j);
    sk_json_put_given(j, "type", p->type);
    sk_json_put_str(j, "name", p->name);
    sk_json_put_given(j, "key", p->key);
    sk_json_put_bool(j, "new", p->is_new);
    if (p->n_bearers > 1) {
        sk_json_key(j, SK_S("bearers"));
        sk_json_array(j);
        for (size_t i = 0; i < p->n_bearers; i++)
            sk_json_str(j, p->bearers[i]);
        sk_json_end(j);
    }
    if (p->start < p->end) {
        sk_json_put_uint(j, "start", p->start);
        sk_json_put_uint(j, "end", p->end);
    }
    sk_json_end(j);
}

static void put_proposal(sk_app *app, sk_json *j, const sk_proposal *p)
{
    sk_json_object(j);
    sk_json_put_str(j, "property",
                    sk_fmt(&app->cx.arena, "%.*s:%.*s", SK_P(p->type), SK_P(p->prop)));
    if (p->kind == SK_VALUE_ENTITY) {
        sk_json_key(j, SK_S("party"));
        put_party(j, &p->party);
    } else {
        sk_claim c = {.type = p->type,
                      .prop = p->prop,
                      .kind = p->kind,
                      .value = p->value,
                      .words = p->words,
                      .quantity = p->quantity};
        sk_json_put_str(j, "value",
                        p->value.n ? p->value : sk_tell_value(&app->cx, app->view, &c, SK_LANG_EN));
    }
    sk_json_put_given(j, "words", p->words);
    sk_json_put_given(j, "measure", p->measure);
    if (p->is_candidate)
        sk_json_put_bool(j, "candidate", true);
    if (p->start < p->end) {
        sk_json_put_uint(j, "start", p->start);
        sk_json_put_uint(j, "end", p->end);
    }
    sk_json_end(j);
}

static void put_suggestion(sk_app *app, sk_json *j, const sk_suggestion *s)
{
    sk_arena *a = &app->cx.arena;
    sk_json_object(j);
    sk_json_put_str(j, "id", sk_hash_hex(a, &s->id));
    sk_json_put_str(j, "exhibit", sk_hash_hex(a, &s->exhibit));
    sk_json_put_str(j, "kind", sk_str_of(sk_suggest_kind_name(s->kind)));
    sk_json_put_str(j, "state", sk_str_of(sk_suggest_state_name(s->state)));
    sk_json_put_uint(j, "tier", s->tier);
    sk_json_put_bool(j, "hidden", s->is_hidden);
    sk_json_put_str(j, "rule", s->rule);
    sk_json_put_str(j, "origin", s->origin);
    sk_json_put_str(j, "lexicon", s->lexicon);
    sk_json_put_str(j, "modality", s->modality);
    sk_json_put_str(j, "position", sk_str_of(sk_position_name(s->position)));
    sk_json_put_str(j, "what", sk_review_sentence(app, s));
    sk_json_put_uint(j, "start", s->start);
    sk_json_put_uint(j, "end", s->end);
    sk_json_put_uint(j, "passage_start", s->passage);
    sk_json_put_uint(j, "passage_end", s->passage_end);
    sk_json_put_str(j, "text", s->text);
    sk_json_key(j, SK_S("subject"));
    put_party(j, &s->subject);
    sk_json_key(j, SK_S("proposals"));
    sk_json_array(j);
    for (size_t i = 0; i < s->n_proposals; i++)
        put_proposal(app, j, &s->proposals[i]);
    sk_json_end(j);
    sk_json_key(j, SK_S("claimants"));
    sk_json_array(j);
    for (size_t i = 0; i < s->n_chain; i++)
        put_party(j, &s->chain[i]);
    sk_json_end(j);
    sk_json_put_given(j, "said", s->said);
    if (s->has_same_as)
        sk_json_put_str(j, "same_as", sk_hash_hex(a, &s->same_as));
    sk_json_end(j);
}

static void put_list(sk_app *app, const sk_suggestion *list, size_t n)
{
    sk_json j;
    sk_json_init(&j, &app->text, SK_JSON_PRETTY);
    sk_json_array(&j);
    for (size_t i = 0; i < n; i++)
        put_suggestion(app, &j, &list[i]);
    sk_json_end(&j);
    sk_json_done(&j);
}

static void print_list(sk_app *app, const sk_suggestion *list, size_t n)
{
    static const sk_column columns[] = {
        {.key = "id", .title = "Id", .least = 12},
        {.key = "exhibit", .title = "Exhibit", .most = 30},
        {.key = "at", .title = "At"},
        {.key = "kind", .title = "Kind"},
        {.key = "what", .title = "What", .most = 70},
        {.key = "says", .title = "Says whom", .most = 40},
        {.key = "as", .title = "As"},
        {.key = "rule", .title = "Rule"},
        {.key = "tier", .title = "Tier", .align = SK_ALIGN_RIGHT},
    };
    sk_ctx *cx = &app->cx;
    sk_table *t = sk_table_new(&cx->arena, columns, SK_COUNT(columns));
    for (size_t i = 0; i < n; i++) {
        const sk_suggestion *s = &list[i];
        sk_table_cell(t, sk_hash_hex(&cx->arena, &s->id));
        sk_table_shown(t, sk_short(cx, &s->id));
        sk_table_cell(t, sk_print_exhibit(app, &s->exhibit));
        sk_table_cellf(t, "%zu-%zu", s->start, s->end);
        sk_table_cell(t, sk_str_of(sk_suggest_kind_name(s->kind)));
        sk_table_cell(t, sk_review_sentence(app, s));
        sk_table_cell(t, sk_review_chain(app, s));
        sk_table_cell(t, s->modality);
        sk_table_cell(t, s->rule);
        sk_table_cell_int(t, s->tier);
    }
    sk_app_table(app, t);
}

sk_rc sk_review_list_command(sk_app *app, const sk_review_filter *filter)
{
    sk_ctx *cx = &app->cx;
    sk_review *rv;
    sk_suggestion *list;
    sk_review_counts counts;
    size_t n;
    SK_TRY(sk_review_open(cx, app->view, &rv));
    SK_TRY(sk_review_list(cx, rv, filter, 0, &list, &n));
    if (app->json) {
        put_list(app, list, n);
        return SK_OK;
    }
    if (n || app->only_tables)
        print_list(app, list, n);
    if (app->only_tables)
        return SK_OK;
    SK_TRY(sk_review_count(cx, rv, filter->exhibit, &counts));
    sk_app_printf(app, "%zu %s", n,
                  n == 1 ? "suggestion awaits review" : "suggestions await review");
    if (counts.hidden && filter->tier_most < 4)
        sk_app_printf(app, "; %llu more hidden (--tier 4)", (unsigned long long)counts.hidden);
    if (counts.silences)
        sk_app_printf(app, "; %llu sentences with a word for an act and nothing proposed",
                      (unsigned long long)counts.silences);
    sk_app_printf(app, "\n");
    return SK_OK;
}

/* ---- how rules fare ---- */

static void add_rate(sk_table *t, const sk_rule_stats *s, double value)
{
    if (!s->decided) {
        sk_table_cell_none(t);
        return;
    }
    sk_table_cell_real(t, value);
}

sk_rc sk_review_stats_command(sk_app *app)
{
    static const sk_column columns[] = {
        {.key = "rule", .title = "Rule"},
        {.key = "tier", .title = "Tier", .align = SK_ALIGN_RIGHT},
        {.key = "offered", .title = "Offered", .align = SK_ALIGN_RIGHT},
        {.key = "confirmed", .title = "Confirmed", .align = SK_ALIGN_RIGHT},
        {.key = "edited", .title = "Edited", .align = SK_ALIGN_RIGHT},
        {.key = "rejected", .title = "Rejected", .align = SK_ALIGN_RIGHT},
        {.key = "rate", .title = "Kept", .align = SK_ALIGN_RIGHT},
        {.key = "low", .title = "at least", .align = SK_ALIGN_RIGHT},
        {.key = "high", .title = "at most", .align = SK_ALIGN_RIGHT},
        {.key = "hidden", .title = "Hidden"},
    };
    sk_ctx *cx = &app->cx;
    sk_arena *a = &cx->arena;
    sk_review *rv;
    const sk_rule_stats *list;
    size_t n;
    SK_TRY(sk_review_open(cx, app->view, &rv));
    sk_review_stats(rv, &list, &n);
    sk_table *t = sk_table_new(a, columns, SK_COUNT(columns));
    for (size_t i = 0; i < n; i++) {
        const sk_rule_stats *s = &list[i];
        const double rates[] = {s->rate, s->low, s->high};
        sk_table_cell(t, s->rule);
        sk_table_cell_int(t, s->tier);
        sk_table_cell_int(t, (int64_t)s->offered);
        sk_table_cell_int(t, (int64_t)s->confirmed);
        sk_table_cell_int(t, (int64_t)s->edited);
        sk_table_cell_int(t, (int64_t)s->rejected);
        for (size_t k = 0; k < SK_COUNT(rates); k++) {
            add_rate(t, s, rates[k]);
            sk_table_shown(t, s->decided ? sk_fmt(a, "%.0f %%", rates[k] * 100) : SK_S(""));
        }
        sk_table_cell_bool(t, s->is_hidden);
    }
    sk_app_table(app, t);
    if (!app->only_tables && !app->json)
        sk_app_printf(app,
                      "kept: confirmed or edited, of what was decided; at least, at most: 95 %% "
                      "interval. A rule is hidden below %.0f %% after %d decisions.\n",
                      SK_REVIEW_FLOOR * 100, SK_REVIEW_ENOUGH);
    return SK_OK;
}

/* ---- decisions by id ---- */

static sk_rc find_all(sk_app *app, sk_review *rv, sk_suggestion *list)
{
    for (size_t i = 0; i < app->args.n_operands; i++) {
        SK_TRY(sk_review_find(&app->cx, rv, app->args.operands[i], &list[i]));
        for (size_t k = 0; k < i; k++)
            if (sk_hash_eq(&list[k].id, &list[i].id))
                return sk_fail(&app->cx, SK_E_FORMAT, "suggestion \"%.*s\" is named twice",
                               SK_P(app->args.operands[i]));
    }
    return SK_OK;
}

/* Suggestions of one exhibit go into one entry. */
static sk_rc reject(sk_app *app, sk_review *rv, const sk_suggestion *list, size_t n)
{
    sk_decision d;
    sk_str reason = sk_arg(&app->args, "reason");
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && sk_hash_eq(&list[to].exhibit, &list[from].exhibit); to++)
            ;
        SK_TRY(sk_review_reject(&app->cx, rv, list + from, to - from, reason, &d));
    }
    return SK_OK;
}

static sk_rc confirm(sk_app *app, sk_review *rv, const sk_suggestion *list, size_t n,
                     size_t *ret_claims)
{
    *ret_claims = 0;
    for (size_t i = 0; i < n; i++) {
        sk_decision d;
        SK_TRY(sk_review_confirm(&app->cx, rv, &list[i], NULL, 0, &d));
        *ret_claims += d.n_entries;
    }
    return SK_OK;
}

static sk_rc undo(sk_app *app, sk_review *rv, const sk_suggestion *list, size_t n,
                  sk_suggestion *ret_undone)
{
    sk_decision d;
    SK_TRY(sk_review_undo(&app->cx, rv, n ? &list[0].id : NULL, &d));
    sk_hash id = d.suggestion;
    sk_rc rc = sk_review_get(&app->cx, rv, &id, ret_undone);
    if (rc != SK_E_NOTFOUND)
        return rc;
    sk_forgive(&app->cx); /* a later reading does not make it */
    *ret_undone = (sk_suggestion){.id = id};
    return SK_OK;
}

/* Print each line and commit, or drop all of it. */
static sk_rc finish(sk_app *app, const char *what, const sk_suggestion *list, size_t n)
{
    sk_ctx *cx = &app->cx;
    bool dry = sk_flag(&app->args, "dry-run");
    if (dry)
        sk_archive_drop(cx->archive);
    else
        SK_TRY(sk_record_commit(cx));
    for (size_t i = 0; i < n; i++) {
        sk_app_printf(app, "%s%s %.*s  ", dry ? "would be " : "", what,
                      SK_P(sk_short(cx, &list[i].id)));
        sk_app_line(app, list[i].n_proposals ? sk_review_sentence(app, &list[i])
                                             : SK_S("(no longer proposed)"));
    }
    return SK_OK;
}

sk_rc sk_review_decide_command(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    const sk_args *args = &app->args;
    bool takes_back = sk_flag(args, "undo");
    sk_review *rv;
    size_t n = args->n_operands, n_claims = 0;
    SK_TRY(sk_need_operands(cx, args, takes_back ? 0 : 1, takes_back ? 1 : SK_LIM_REJECTED));
    SK_TRY(sk_app_open(app, SK_ARCHIVE_WRITE));
    SK_TRY(sk_review_open(cx, app->view, &rv));
    sk_suggestion *list = sk_new_array(&cx->arena, sk_suggestion, n + 1);
    /* a whole id need not be proposed any longer to be taken back */
    if (!takes_back || !n || !sk_hash_parse(args->operands[0], &list[0].id))
        SK_TRY(find_all(app, rv, list));
    if (takes_back) {
        SK_TRY(undo(app, rv, list, n, &list[0]));
        return finish(app, "taken back", list, 1);
    }
    if (sk_flag(args, "reject")) {
        SK_TRY(reject(app, rv, list, n));
        return finish(app, "rejected", list, n);
    }
    SK_TRY(confirm(app, rv, list, n, &n_claims));
    SK_TRY(finish(app, "confirmed", list, n));
    if (!sk_flag(args, "dry-run"))
        sk_app_printf(app, "%zu claims written\n", n_claims);
    return SK_OK;
}
