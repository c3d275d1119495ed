#include "read/assist/assist.h"

#include "read/suggest.h"

static bool is_model_name(sk_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!word && (!c || !strchr("-._:/", c)))
            return false;
    }
    return s.n > 0 && s.n <= 120;
}

/* Does the server hold a model to a form? A server that does not is used all the same: every answer is
 * checked here. */
static sk_rc try_it(sk_ctx *cx, sk_assist *a)
{
    sk_str body, reply, content;
    sk_probe_question(cx, a->model, &body);
    SK_TRY(sk_endpoint_post(cx, &a->to, "/chat/completions", body, &reply));
    if (sk_answer_content(cx, reply, &content))
        sk_forgive(cx);
    else
        a->is_constrained = sk_probe_is_obeyed(cx, content);
    return SK_OK;
}

sk_rc sk_assist_open(sk_ctx *cx, const sk_assist_options *options, sk_assist **ret_assist)
{
    sk_assist *a = sk_new(&cx->arena, sk_assist);
    if (!is_model_name(options->model))
        return sk_fail(
            cx, SK_E_FORMAT,
            "model name \"%.*s\" is not the name of a model: 1 to 120 letters, digits and "
            "- . _ : /",
            SK_P(options->model));
    SK_TRY(sk_endpoint_parse(cx, options->address, &a->to));
    a->to.key = sk_str_copy(&cx->arena, options->key);
    SK_TRY(sk_endpoint_find(cx, options->is_confirmed, &a->to));
    a->model = sk_str_copy(&cx->arena, options->model);
    a->origin = sk_fmt(&cx->arena, "model:%.*s", SK_P(a->model));
    a->version = sk_question_version(cx);
    SK_TRY(try_it(cx, a));
    *ret_assist = a;
    return SK_OK;
}

/* ---- what both say ---- */

static bool shares_party(const sk_slot *a, size_t n_a, const sk_slot *b, size_t n_b)
{
    for (size_t i = 0; i < n_a; i++)
        for (size_t k = 0; k < n_b; k++)
            if ((a[i].entity >= 0 && a[i].entity == b[k].entity) ||
                (a[i].span.from < b[k].span.to && b[k].span.from < a[i].span.to))
                return true;
    return !n_a || !n_b;
}

/* The same act at the same words, with nobody else in it: the rules have proposed it already. */
static bool is_agreed(const sk_reading *r, const sk_found_event *e)
{
    for (size_t i = 0; i < r->n_events; i++) {
        const sk_found_event *o = &r->events[i];
        if (!strcmp(o->act, e->act) && o->trigger.from < e->trigger.to &&
            e->trigger.from < o->trigger.to &&
            shares_party(o->actor, o->n_actor, e->actor, e->n_actor) &&
            shares_party(o->target, o->n_target, e->target, e->n_target) &&
            o->n_actor >= e->n_actor && o->n_target >= e->n_target)
            return true;
    }
    return false;
}

typedef struct gathered {
    sk_found_event *v;
    size_t n, cap;
} gathered;

/* An act out of an answer that goes, with all that it points to. */
static sk_found_event keep_event(sk_ctx *cx, const sk_found_event *e)
{
    sk_found_event kept = *e;
    sk_event_room(&cx->arena, &kept, 1);
    kept.act = sk_str_c(&cx->arena, sk_str_of(e->act));
    const struct {
        sk_slot *to;
        const sk_slot *from;
        uint8_t n;
    } slots[] = {{kept.actor, e->actor, e->n_actor},
                 {kept.target, e->target, e->n_target},
                 {kept.place, e->place, e->n_place},
                 {kept.goods, e->goods, e->n_goods}};
    for (size_t i = 0; i < SK_COUNT(slots); i++)
        if (slots[i].n)
            slots[i].to[0] = slots[i].from[0];
    return kept;
}

static void gather(sk_ctx *cx, const sk_reading *r, const sk_answer *answer, gathered *all,
                   sk_assist_report *report)
{
    report->items += answer->items;
    for (unsigned d = 0; d < SK_DROPS; d++)
        report->drops[d] += answer->drops[d];
    for (size_t i = 0; i < answer->n_events; i++) {
        if (is_agreed(r, &answer->events[i])) {
            report->agreed++;
            continue;
        }
        SK_GROW(&cx->arena, all->v, all->n, all->cap);
        all->v[all->n++] = keep_event(cx, &answer->events[i]);
    }
}

/* The acts of the model through the same door as those of the rules. */
static void propose(sk_ctx *cx, const sk_assist *a, const sk_reading *r, const sk_hash *exhibit,
                    const gathered *all, sk_suggestion_set *ret_set, sk_assist_report *report)
{
    sk_reading of_model = *r;
    sk_suggestion_set set;
    of_model.events = all->v;
    of_model.n_events = all->n;
    sk_suggest_from_reading(cx, &of_model, exhibit, &set);
    sk_suggestion *kept = sk_new_array(&cx->arena, sk_suggestion, set.n_suggestions + 1);
    size_t n = 0;
    for (size_t i = 0; i < set.n_suggestions; i++) {
        if (!sk_str_is(set.suggestions[i].rule, "model"))
            continue;
        kept[n] = set.suggestions[i];
        kept[n].origin = a->origin;
        kept[n].lexicon = a->version;
        n++;
    }
    report->kept += n;
    *ret_set = (sk_suggestion_set){.suggestions = kept, .n_suggestions = n};
}

static sk_rc ask(sk_ctx *cx, const sk_assist *a, const sk_lexicon *lex, const sk_reading *r,
                 const sk_window *w, sk_answer *ret_answer)
{
    sk_str body, reply, content;
    sk_window_question(cx, r, w, a->model, &body);
    SK_TRY(sk_endpoint_post(cx, &a->to, "/chat/completions", body, &reply));
    SK_TRY(sk_answer_content(cx, reply, &content));
    sk_answer_read(cx, lex, r, w, content, ret_answer);
    return SK_OK;
}

/* One window. Question, reply and answer live in an arena of their own, the context's is swapped for it:
 * a text has thousands of windows, and a server may answer at length. */
static sk_rc read_window(sk_ctx *cx, const sk_assist *a, const sk_lexicon *lex, const sk_reading *r,
                         const sk_window *w, gathered *all, sk_assist_report *report)
{
    sk_answer answer;
    sk_arena lasting = cx->arena;
    cx->arena = SK_ARENA_INIT;
    sk_rc rc = ask(cx, a, lex, r, w, &answer);
    sk_arena passing = cx->arena;
    cx->arena = lasting;
    if (!rc)
        gather(cx, r, &answer, all, report);
    sk_arena_done(&passing);
    return rc;
}

sk_rc sk_assist_read(sk_ctx *cx, const sk_assist *a, const sk_lexicon *lex, const sk_reading *r,
                     const sk_hash *exhibit, sk_suggestion_set *ret_set, sk_assist_report *report)
{
    gathered all = {0};
    sk_window w;
    unsigned failed = 0;
    for (size_t at = 0; sk_window_next(r, &at, &w, &report->too_long);) {
        report->windows++;
        sk_rc rc = read_window(cx, a, lex, r, &w, &all, report);
        if (!rc) {
            failed = 0;
            continue;
        }
        if (rc == SK_E_CANCELLED || ++failed == SK_ASSIST_FAILURES)
            return rc;
        report->silent++;
        report->last_silence = sk_str_copy(&cx->arena, sk_str_of(cx->message));
        sk_forgive(cx);
    }
    propose(cx, a, r, exhibit, &all, ret_set, report);
    return SK_OK;
}
