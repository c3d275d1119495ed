/* Does a sentence hold anything that may keep an act in it from having happened? Private to assist/. */
#ifndef SK_READ_ASSIST_DOUBTS_H
#define SK_READ_ASSIST_DOUBTS_H

#include "read/reading.h"

/* A mark of negation, risk, threat, call, plan, possibility or untruth, a word of belief or denial, or
 * a question mark, wherever it stands. Coarse on purpose: it judges what a model proposed. */
bool sk_sentence_has_doubt(sk_ctx *cx, const sk_lexicon *lex, const sk_reading *r, size_t sentence);

/* Is the word a pronoun? */
bool sk_is_pronoun(sk_ctx *cx, const sk_lexicon *lex, sk_str word);

#endif
