/* A window: the few sentences that a model is asked about in one question, and what comes back.
 *
 *     for (size_t at = 0; sk_window_next(r, &at, &w, &too_long);) {
 *         sk_window_question(cx, r, &w, model, &body);
 *         ... post it ...
 *         SK_TRY(sk_answer_content(cx, reply, &content));
 *         sk_answer_read(cx, lex, r, &w, content, &answer);
 *     }
 *
 * The text of a document is data in the question and nothing else: the model is given no tools, and
 * whatever it answers must be a list of items in a closed form whose every word is found in the
 * sentence that the item names. What does not hold is dropped and counted, never repaired.
 *
 * Pure: no network, no clock. Threads: a reading is read-only.
 * Tested by tests/unit/read/t_assist_answer.c and tests/fuzz/f_model_answer.c. */
#ifndef SK_READ_ASSIST_WINDOW_H
#define SK_READ_ASSIST_WINDOW_H

#include "read/reading.h"

enum {
    SK_WINDOW_SENTENCES = 12,
    SK_WINDOW_BYTES = 4000, /* of sentences; a longer sentence is not asked about */
    SK_WINDOW_ENTITIES = 32,
    SK_WINDOW_ITEMS = 8 /* more of one answer are dropped */
};

typedef struct sk_window {
    size_t sentence[SK_WINDOW_SENTENCES]; /* of the reading; shown as 1, 2, 3 ...      */
    size_t n_sentences;
    int32_t entity[SK_WINDOW_ENTITIES]; /* known by name there; shown as E1, E2 ...  */
    size_t n_entities;
} sk_window;

/* The next sentences from *at on; false when there are none. Sentences too long for a window are passed
 * over and counted in ret_too_long. */
bool sk_window_next(const sk_reading *r, size_t *at, sk_window *ret_window, uint64_t *ret_too_long);

/* The question, as a body for /chat/completions: numbered sentences, known names, and the form that
 * the answer must have. In cx's arena. */
void sk_window_question(sk_ctx *cx, const sk_reading *r, const sk_window *w, sk_str model,
                        sk_str *ret_body);

/* A question whose only allowed answer is one that no model would give by itself, and whether the
 * content of an answer is it: does the server hold the model to the form? */
void sk_probe_question(sk_ctx *cx, sk_str model, sk_str *ret_body);
bool sk_probe_is_obeyed(sk_ctx *cx, sk_str content);

/* A short name of the question's fixed words and form; changes when they change. */
sk_str sk_question_version(sk_ctx *cx);

/* The words of the model out of a reply of the server.
 * Errors: SK_E_FORMAT: it is no such reply, or was cut off. */
SK_MUST_USE sk_rc sk_answer_content(sk_ctx *cx, sk_str reply, sk_str *ret_content);

/* Why items were dropped. */
typedef enum sk_drop {
    SK_DROP_FORM,    /* the answer or the item has not the form asked for            */
    SK_DROP_QUOTE,   /* the quoted words do not stand in the sentence                */
    SK_DROP_OUTSIDE, /* a slot's words do not stand inside the quotation             */
    SK_DROP_SLOT,    /* only a slot: its date or number could not be read            */
    SK_DROPS
} sk_drop;
const char *sk_drop_name(sk_drop d);

typedef struct sk_answer {
    sk_found_event *events; /* rule "model", tier 3 or weaker */
    size_t n_events;
    uint64_t items, drops[SK_DROPS];
} sk_answer;

/* Check what the model said and make acts of it. An answer that is no list at all is one drop.
 * An act is never held firmer than the text allows: with a word of doubt, fear, denial, plan or call
 * anywhere in its sentence it is at most possible; who says it is what the rules found, not the model. */
void sk_answer_read(sk_ctx *cx, const sk_lexicon *lex, const sk_reading *r, const sk_window *w,
                    sk_str content, sk_answer *ret_answer);

#endif
