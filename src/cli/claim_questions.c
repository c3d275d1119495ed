/* Entering a claim by answering questions. A wrong answer is explained and asked again; an empty
 * one takes what stands in brackets; end of input leaves without a trace. */
#include "cli/claim.h"
#include "cli/print.h"

#include <stdio.h>
#include <stdlib.h>

/* One line from the terminal, trimmed; SK_E_CANCELLED at its end. */
static sk_rc ask(sk_app *app, const char *question, const char *fallback, sk_str *ret_answer)
{
    fprintf(stderr, "%s%s%s%s ", question, fallback ? " [" : "", fallback ? fallback : "",
            fallback ? "]:" : ":");
    fflush(stderr);
    char *line = NULL;
    size_t cap = 0;
    ssize_t n = getline(&line, &cap, stdin);
    if (n < 0) {
        free(line);
        return sk_fail(&app->cx, SK_E_CANCELLED, "left without entering a claim");
    }
    sk_str answer = sk_str_trim(sk_str_copy(&app->cx.arena, (sk_str){line, (size_t)n}));
    free(line);
    *ret_answer = answer.n || !fallback ? answer : sk_str_of(fallback);
    return SK_OK;
}

/* Say why an answer did not do, and forget the error, so that it can be asked again. */
static void explain(sk_app *app)
{
    fprintf(stderr, "  %s\n", app->cx.message);
    sk_forgive(&app->cx);
}

static sk_rc ask_property(sk_app *app, sk_claim *c)
{
    for (;;) {
        sk_str answer;
        SK_TRY(ask(app, "property (TYPE:NAME, such as Event:date)", NULL, &answer));
        const sk_type *t = NULL;
        const sk_prop *p = NULL;
        if (sk_claim_split_property(&app->cx, answer, c)) {
            explain(app);
            continue;
        }
        t = sk_model_find_type(sk_model_get(), c->type);
        p = t ? sk_type_find_prop(t, c->prop) : NULL;
        if (p) {
            c->kind = p->type;
            return SK_OK;
        }
        fprintf(stderr, "  the model has no %.*s; see: sillok help model\n", SK_P(answer));
    }
}

static sk_rc ask_value(sk_app *app, sk_claim *c)
{
    static const char *const hints[SK_VALUE_TYPES] = {
        [SK_VALUE_DATE] = "date (EDTF, or words such as around June 1978; or unknown)",
        [SK_VALUE_QUANTITY] = "how many, in the source's words (at least 17; or unknown)",
        [SK_VALUE_ENTITY] = "whom or what (key of an entity; or unknown)",
        [SK_VALUE_TERM] = "term (for acts see: sillok help acts; or unknown)",
    };
    for (;;) {
        sk_str answer, somebody = SK_S("somebody");
        SK_TRY(ask(app, hints[c->kind] ? hints[c->kind] : "value (or unknown)", NULL, &answer));
        if (!sk_absent_parse(answer, &c->absent))
            c->value = answer;
        sk_claim trial = *c; /* checked now, so that a slip does not cost the answers to come */
        trial.chain = &somebody;
        trial.n_chain = 1;
        if (sk_claim_check(&app->cx, &trial, NULL, NULL) == SK_OK)
            return SK_OK;
        explain(app);
        c->absent = SK_PRESENT;
        c->value = SK_NONE;
    }
}

static sk_rc ask_chain(sk_app *app, sk_claim *c)
{
    sk_str *chain = sk_new_array(&app->cx.arena, sk_str, SK_LIM_CHAIN);
    c->n_chain = 0;
    while (c->n_chain < SK_LIM_CHAIN) {
        sk_str answer;
        SK_TRY(
            ask(app, c->n_chain ? "who told it on (empty: nobody)" : "who says it", NULL, &answer));
        if (!answer.n && c->n_chain)
            break;
        if (answer.n)
            chain[c->n_chain++] = answer;
        else
            fprintf(stderr, "  somebody says it; write \"unnamed: ...\" where no name is given\n");
    }
    c->chain = chain;
    return SK_OK;
}

static sk_rc ask_position(sk_app *app, sk_claim *c)
{
    for (;;) {
        sk_str answer;
        SK_TRY(
            ask(app, "position (asserts, denies, predicts, doubts, retracts)", "asserts", &answer));
        if (sk_position_find(answer, &c->position))
            return SK_OK;
    }
}

static sk_rc ask_passage(sk_app *app, sk_claim *c)
{
    for (;;) {
        sk_str exhibit, quote;
        SK_TRY(ask(app, "exhibit it rests on (file name or hash; empty: none)", NULL, &exhibit));
        if (!exhibit.n)
            return ask(app, "where the source is found", NULL, &c->reference);
        SK_TRY(ask(app, "quoted words (empty: the whole)", NULL, &quote));
        if (sk_claim_rest_on(app, exhibit, quote, SK_NONE, c) == SK_OK)
            return SK_OK;
        explain(app);
    }
}

static sk_rc show_and_confirm(sk_app *app, sk_claim *c, bool *ret_yes)
{
    sk_str answer;
    fprintf(stderr, "\n  %.*s: %.*s = %.*s%s%.*s\n  %.*s, says %.*s\n\n", SK_P(c->entity),
            SK_P(sk_print_property(c)), SK_P(sk_print_value(app, c)), c->value.n ? "  as " : "",
            SK_P(c->value), SK_P(sk_str_of(sk_position_name(c->position))),
            SK_P(sk_print_says(app, c)));
    SK_TRY(ask(app, "enter it? (y/n)", "y", &answer));
    *ret_yes = answer.n && (answer.p[0] == 'y' || answer.p[0] == 'Y');
    return SK_OK;
}

sk_rc sk_claim_by_questions(sk_app *app)
{
    for (;;) {
        sk_claim c = {0};
        bool yes;
        SK_TRY(ask(app, "entity (key, such as return-2023-10-09)", NULL, &c.entity));
        SK_TRY(ask_property(app, &c));
        SK_TRY(ask_value(app, &c));
        SK_TRY(ask_chain(app, &c));
        SK_TRY(ask_position(app, &c));
        SK_TRY(ask(app, "when it was said (empty: not known)", NULL, &c.said));
        SK_TRY(ask_passage(app, &c));
        if (sk_claim_check(&app->cx, &c, sk_app_warn, app)) {
            explain(app);
            continue;
        }
        SK_TRY(show_and_confirm(app, &c, &yes));
        if (yes)
            return sk_claim_enter(app, &c);
    }
}
