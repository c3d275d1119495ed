/* Cuts text into the tokens that search is made of, and lends the same cutter to SQLite's FTS5.
 *
 *     "제15호 regime's camp"   position  0        1     2    3       4
 *                              tokens    제       15    호   regimes camp
 *                                                            regime
 *
 * Two kinds of script, two rules:
 *
 *   words   Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari ... and digits of every script: a
 *           longest stretch of letters, digits and marks is one token.
 *   runs    Hangul, Han, kana, bopomofo, Thai, Lao, Khmer, Burmese: each character starts one token
 *           at the next position, made of itself and the character after it; the last character of
 *           a run stands alone. So any two characters in a row are one token, any longer piece is
 *           a phrase, and one character is a prefix. What is written together is found in part.
 *
 * Tokens are folded: case, width and compatibility forms (NFKC), no marks outside the scripts whose
 * marks are vowels, digits of every script as 0-9, Arabic letters to their plain shape. Some words
 * have more than one form at the same position (`colocated`): "regime's" is also regime, "30,023"
 * is 30023 and also 30 and 023, الأحمد is also احمد. docs/methods/search.md states it all.
 *
 * It is not a stemmer, not a segmenter with a dictionary, and knows nothing of initial consonants.
 *
 * Invariants: any bytes are accepted (what is not UTF-8 separates); the tokens of a token are that
 * token; text and query are cut by the same code. Changing what comes out makes every stored index
 * wrong, so SK_TOKENIZER_VERSION must rise with it and the index be rebuilt.
 * Threads: no state is kept between calls. */
#ifndef SK_RECORD_TOKENIZER_H
#define SK_RECORD_TOKENIZER_H

#include "base/ctx.h"

struct sqlite3;

#define SK_TOKENIZER_NAME    "sillok"
#define SK_TOKENIZER_VERSION 1

/* A longer word is cut into pieces of at most this many folded bytes at following positions. */
#define SK_TOKEN_BYTES 256

/* "o'b'c" and "1,000,000" have parts; a further apostrophe or comma ends the word. */
#define SK_TOKEN_PARTS 16

typedef enum sk_token_kind {
    SK_TOKEN_WORD, /* a word or a form of it                   */
    SK_TOKEN_PAIR, /* two neighbouring characters of a run     */
    SK_TOKEN_LAST, /* the last character of a run, alone       */
} sk_token_kind;

typedef struct sk_token {
    sk_str folded;     /* what is indexed; valid during the call only                          */
    size_t start, end; /* bytes of the text it was made from                                   */
    size_t first_end;  /* runs: where its first character ends; words: end                     */
    uint32_t position; /* counts from 0; forms of one word share one                           */
    sk_token_kind kind;
    bool colocated; /* a further form at the position of the token before                   */
} sk_token;

/* Takes one token; returns false to stop. */
typedef bool sk_token_fn(void *arg, const sk_token *t);

typedef enum sk_tokenize_mode {
    SK_TOKENIZE_TEXT,  /* every token and form                                               */
    SK_TOKENIZE_QUERY, /* one form a word; the very last run without its last character if it
                          has two or more, so that the rest is a phrase that matches inside   */
} sk_tokenize_mode;

/* Call fn for each token of text in order.
 * Returns false when fn stopped it. Cost: linear, no allocation; tested in t_tokenizer.c. */
bool sk_tokenize(sk_str text, sk_tokenize_mode mode, sk_token_fn *fn, void *arg);

/* Make the tokenizer known to a database connection, so that
 * `create virtual table t using fts5(body, tokenize = 'sillok')` and its queries work.
 * Errors: SK_E_UNSUPPORTED when this SQLite has no FTS5, SK_E_IO when registering fails. */
SK_MUST_USE sk_rc sk_tokenizer_register(sk_ctx *cx, struct sqlite3 *db);

/* What a character is to the tokenizer, for whoever cuts text for show. */
typedef enum sk_char_kind {
    SK_CHAR_SEPARATOR,
    SK_CHAR_WORD,
    SK_CHAR_RUN,
    SK_CHAR_IGNORED, /* joiners, soft hyphens, dropped marks: part of whatever stands before */
} sk_char_kind;

sk_char_kind sk_char_kind_of(uint32_t c);

#endif
