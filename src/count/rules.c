#include "count/rules_private.h"

#include "base/edtf.h"
#include "record/country.h"

#include <stdlib.h>

static const struct {
    const char *name, *words;
} statuses[SK_RULE_STATUSES] = {
    [SK_RULE_IN_FORCE] = {"in-force", "in force"},
    [SK_RULE_DEPENDS] = {"depends", "depends"},
    [SK_RULE_REPLACED] = {"replaced", "replaced"},
    [SK_RULE_ENDED] = {"ended", "ended"},
    [SK_RULE_NOT_YET] = {"not-yet", "not yet in force"},
    [SK_RULE_DIRECTION] = {"direction", "another direction"},
    [SK_RULE_UNDATED] = {"undated", "undated"},
};

const char *sk_rule_status_name(sk_rule_status s)
{
    sk_assert((unsigned)s < SK_RULE_STATUSES);
    return statuses[s].name;
}

const char *sk_rule_status_words(sk_rule_status s)
{
    sk_assert((unsigned)s < SK_RULE_STATUSES);
    return statuses[s].words;
}

/* ---- time ---- */

/* Whether the rule held on all, on none or on some of the days asked for. */
static sk_rule_status judge_time(sk_rule_finding *f, sk_work_rule *r)
{
    sk_arena *a = &f->cx->arena;
    const sk_rule_span *s = &r->start, *e = &r->end;
    sk_str *why = &r->out.reason;
    if (!s->is_known) {
        *why = SK_S("nobody says since when it holds");
        return SK_RULE_UNDATED;
    }
    sk_str until = e->is_known ? sk_fmt(a, " until %.*s", SK_P(e->text)) : SK_NONE;
    if (!f->has_on) {
        *why = sk_fmt(a, "no day is known; it holds since %.*s%.*s", SK_P(s->text), SK_P(until));
        return SK_RULE_DEPENDS;
    }
    if (s->days.earliest > f->on.latest) {
        *why = sk_fmt(a, "it holds since %.*s", SK_P(s->text));
        return SK_RULE_NOT_YET;
    }
    if (e->is_known && e->days.latest < f->on.earliest) {
        *why = sk_fmt(a, "it held%.*s", SK_P(until));
        return SK_RULE_ENDED;
    }
    bool began = s->days.latest <= f->on.earliest;
    bool lasted = !e->is_known || e->days.earliest >= f->on.latest;
    if (began && lasted) {
        *why = sk_fmt(a, "it holds since %.*s%.*s", SK_P(s->text), SK_P(until));
        return SK_RULE_IN_FORCE;
    }
    bool is_vague = began ? e->days.earliest != e->days.latest : s->days.earliest != s->days.latest;
    const char *what = is_vague && began ? "its end is not stated to the day"
                       : is_vague        ? "its start is not stated to the day"
                       : began           ? "the time asked for may reach beyond its end"
                                         : "the time asked for may begin before it";
    *why = sk_fmt(a, "%s: it holds since %.*s%.*s", what, SK_P(s->text), SK_P(until));
    return SK_RULE_DEPENDS;
}

/* Where the day stands to the run-off is told of a rule that may have held on it. */
static void remark_transition(sk_rule_finding *f, sk_work_rule *r)
{
    const sk_rule_span *t = &r->transition;
    if (!t->is_known)
        return;
    bool held = f->has_on && (r->time == SK_RULE_IN_FORCE || r->time == SK_RULE_DEPENDS);
    const char *where = !held                              ? ""
                        : f->on.earliest > t->days.latest  ? "; the day asked for is later"
                        : f->on.latest <= t->days.earliest ? "; the day asked for lies in it"
                                                           : "; the day asked for may lie in it";
    sk_rules__add_remark(f, r, sk_fmt(&f->cx->arena, "run-off until %.*s%s", SK_P(t->text), where));
}

/* ---- replacement ---- */

static sk_str title_of(sk_arena *a, const sk_work_rule *r)
{
    if (!r->out.instrument.n)
        return r->out.entity.caption;
    if (!r->out.paragraph.n)
        return r->out.instrument;
    return sk_fmt(a, "%.*s, %.*s", SK_P(r->out.instrument), SK_P(r->out.paragraph));
}

/* A rule that another has replaced; what counts is where the other stands by its dates. */
static void judge_replacement(sk_rule_finding *f, sk_work_rule *r, const sk_work_rule *by,
                              sk_str says)
{
    sk_arena *a = &f->cx->arena;
    sk_str title = title_of(a, by);
    if (r->out.status != SK_RULE_IN_FORCE && r->out.status != SK_RULE_DEPENDS)
        return;
    if (by->time == SK_RULE_IN_FORCE) {
        r->out.status = SK_RULE_REPLACED;
        r->out.reason = sk_fmt(a, "replaced by %.*s since %.*s, says %.*s", SK_P(title),
                               SK_P(by->start.text), SK_P(says));
    } else if (by->time == SK_RULE_DEPENDS || by->time == SK_RULE_UNDATED) {
        r->out.status = SK_RULE_DEPENDS;
        r->out.reason = sk_fmt(
            a, "%.*s replaces it%s%.*s, says %.*s; whether it did on the day is open", SK_P(title),
            by->start.is_known ? " since " : "", SK_P(by->start.text), SK_P(says));
    } else if (by->time == SK_RULE_ENDED) {
        r->out.status = SK_RULE_DEPENDS;
        r->out.reason =
            sk_fmt(a, "%.*s replaced it, says %.*s, and has ended; whether it came back is open",
                   SK_P(title), SK_P(says));
    }
}

static void judge_replacements(sk_rule_finding *f)
{
    for (size_t i = 0; i < f->n; i++)
        for (size_t k = 0; k < f->rules[i].n_replaces; k++)
            for (size_t m = 0; m < f->n; m++)
                if (m != i && f->rules[m].out.entity.cluster == f->rules[i].replaces[k].cluster)
                    judge_replacement(f, &f->rules[m], &f->rules[i], f->rules[i].replaces[k].says);
}

/* ---- the answer ---- */

/* Goods and direction, which time has no say in. */
static void judge_subject(sk_rule_finding *f, sk_work_rule *r)
{
    sk_str reason = SK_NONE;
    r->fit = sk_rules__fit_goods(&f->cx->arena, &r->goods, f->q->goods, &reason);
    if (r->fit == SK_FIT_NO || r->fit == SK_FIT_UNLIKE)
        return;
    sk_rule_status s = r->out.status;
    if (r->fit == SK_FIT_OPEN && (s == SK_RULE_IN_FORCE || s == SK_RULE_DEPENDS)) {
        r->out.status = SK_RULE_DEPENDS;
        r->out.reason = s == SK_RULE_DEPENDS
                            ? sk_fmt(&f->cx->arena, "%.*s; %.*s", SK_P(reason), SK_P(r->out.reason))
                            : reason;
    } else if (r->fit == SK_FIT_OPEN) {
        sk_rules__add_remark(f, r, reason);
    }
    if (!sk_rules__fit_direction(&f->cx->arena, r->out.from, r->out.to, f->q, &reason)) {
        r->out.status = SK_RULE_DIRECTION;
        r->out.reason = reason;
    }
}

static int by_status_then_day(const void *p, const void *q)
{
    const sk_rule *a = p, *b = q;
    if (a->status != b->status)
        return a->status < b->status ? -1 : 1;
    if (a->first_day != b->first_day)
        return a->first_day < b->first_day ? -1 : 1;
    return sk_str_cmp(a->entity.key, b->entity.key);
}

static sk_rc read_question(sk_rule_finding *f)
{
    const sk_rule_question *q = f->q;
    sk_edtf on;
    if (!sk_str_trim(q->goods).n)
        return sk_fail(f->cx, SK_E_FORMAT, "which goods? write --goods coal, or an HS code");
    const sk_str codes[] = {q->from, q->to};
    for (size_t i = 0; i < SK_COUNT(codes); i++)
        if (codes[i].n && !sk_country_of_code(codes[i]))
            return sk_fail(f->cx, SK_E_FORMAT, "\"%.*s\" is no country's code", SK_P(codes[i]));
    f->has_on = q->on.n > 0;
    if (!f->has_on)
        return SK_OK;
    SK_TRY(sk_edtf_parse(f->cx, q->on, &on));
    f->has_on = on.kind != SK_EDTF_UNKNOWN;
    f->on = sk_edtf_loose_days(&on);
    return SK_OK;
}

static sk_rc read_rules(sk_rule_finding *f)
{
    sk_entity *list;
    size_t n;
    SK_TRY(sk_entities_list(f->cx, f->v, SK_S("Rule"), SK_NONE, 0, &list, &n));
    f->rules = sk_new_array(&f->cx->arena, sk_work_rule, n);
    for (size_t i = 0; i < n; i++) {
        bool is_member = false; /* of a cluster that was read already */
        for (size_t k = 0; k < f->n && !is_member; k++)
            is_member = f->rules[k].out.entity.cluster == list[i].cluster;
        if (is_member)
            continue;
        sk_work_rule *r = &f->rules[f->n];
        SK_TRY(sk_rules__read(f, &list[i], r));
        f->n++;
        r->time = judge_time(f, r);
        r->out.status = r->time;
        remark_transition(f, r);
    }
    return SK_OK;
}

sk_rc sk_rules_find(sk_ctx *cx, sk_view *v, const sk_rule_question *question,
                    sk_rule_answer *ret_answer)
{
    sk_rule_finding f = {.cx = cx, .v = v, .q = question};
    SK_TRY(read_question(&f));
    SK_TRY(read_rules(&f));
    judge_replacements(&f);
    sk_rule *rules = sk_new_array(&cx->arena, sk_rule, f.n);
    sk_rule_answer answer = {.question = *question};
    for (size_t i = 0; i < f.n; i++) {
        judge_subject(&f, &f.rules[i]);
        answer.n_other += f.rules[i].fit == SK_FIT_NO;
        answer.n_unlike += f.rules[i].fit == SK_FIT_UNLIKE;
        if (f.rules[i].fit == SK_FIT_NO || f.rules[i].fit == SK_FIT_UNLIKE)
            continue;
        f.rules[i].out.remarks = f.rules[i].remarks;
        rules[answer.n_rules++] = f.rules[i].out;
        answer.n_in_force += f.rules[i].out.status == SK_RULE_IN_FORCE;
        answer.n_depends += f.rules[i].out.status == SK_RULE_DEPENDS;
    }
    if (answer.n_rules)
        qsort(rules, answer.n_rules, sizeof *rules, by_status_then_day);
    answer.rules = rules;
    *ret_answer = answer;
    return SK_OK;
}
