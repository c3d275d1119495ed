/* Asking a local model what the rules may have missed. Off unless somebody types its address.
 *
 *     sk_assist *a;
 *     SK_TRY(sk_assist_open(cx, &options, &a));              looks where it is, asks one trial question
 *     SK_TRY(sk_assist_read(cx, a, lex, reading, &hash, &set, &report));
 *
 * A model proposes acts, nothing else. Each passes the checks of assist/window.h; who says it, what a
 * date or number means and how firmly it is held stay with the rules. What the rules propose too is
 * counted as agreed and not proposed twice; nothing of the rules is replaced. What is left has the origin
 * "model:<name>", tier 3, the hash of the question in place of the lexicon's version, and is never
 * confirmed together with others.
 *
 * Threads: as the context. Tested by tests/cli/t_suggest.sh against a server that also misbehaves. */
#ifndef SK_READ_ASSIST_H
#define SK_READ_ASSIST_H

#include "read/assist/endpoint.h"
#include "read/assist/window.h"
#include "record/suggestion.h"

typedef struct sk_assist_options {
    sk_str address, model; /* typed; model: the name that the server knows it by */
    sk_str key;            /* bearer token; empty: none */
    bool is_confirmed;     /* a public address was confirmed */
} sk_assist_options;

typedef struct sk_assist {
    sk_endpoint to;
    sk_str model, origin, version;
    bool is_constrained; /* the trial question was answered in the only form allowed */
} sk_assist;

typedef struct sk_assist_report {
    uint64_t windows, silent; /* questions; those without a usable answer              */
    uint64_t items, kept, agreed, drops[SK_DROPS], too_long;
    sk_str last_silence; /* why the last one had none */
} sk_assist_report;

/* Errors: those of sk_endpoint_parse and sk_endpoint_find, SK_E_FORMAT for a name of a model that is
 * empty or has other signs than letters, digits and "-._:/", SK_E_IO when the server does not answer. */
SK_MUST_USE sk_rc sk_assist_open(sk_ctx *cx, const sk_assist_options *options,
                                 sk_assist **ret_assist);

/* Ask about every sentence of a reading.
 * ret_set   what the model adds, for sk_suggest_put with a->origin
 * report    added to
 * Cost: what the server takes, at most SK_LIM_MODEL_SECONDS a window.
 * Errors: SK_E_CANCELLED; SK_E_IO after SK_ASSIST_FAILURES windows without an answer one after another. */
enum { SK_ASSIST_FAILURES = 3 };
SK_MUST_USE sk_rc sk_assist_read(sk_ctx *cx, const sk_assist *a, const sk_lexicon *lex,
                                 const sk_reading *r, const sk_hash *exhibit,
                                 sk_suggestion_set *ret_set, sk_assist_report *report);

#endif
