/* Text cut into tokens: words, numbers, signs, and single characters of East Asian scripts.
 *
 *   North Korea’s U.S.-based gender-based 17th  ->  North Korea ’s U.S. - based gender - based 17 th
 *   납치했다 拉致された                          ->  납 치 했 다 拉 致 さ れ た
 *
 * The same cutter cuts the phrases of the lexicon and the texts that are read, so that a phrase is
 * found as a sequence of tokens. Han, Kana and Hangul are one token a character: there the lexicon
 * decides where words end. Nothing is changed or copied: a token is a range of bytes.
 *
 * sk_token_fold gives the form in which tokens are compared: lower case, apostrophes and dashes of
 * one kind, and for Cyrillic words without their endings.
 * Threads: pure functions. Tested in tests/unit/read/t_tokens.c. */
#ifndef SK_READ_TOKENS_H
#define SK_READ_TOKENS_H

#include "base/str.h"

typedef enum sk_shape {
    SK_SHAPE_LOWER,   /* letters, the first of them small           */
    SK_SHAPE_CAPITAL, /* the first letter large: Beijing            */
    SK_SHAPE_UPPER,   /* two or more letters, all large: PRC, U.S.  */
    SK_SHAPE_NUMBER,  /* digits, with their points and commas       */
    SK_SHAPE_HAN,
    SK_SHAPE_KANA,
    SK_SHAPE_HANGUL,
    SK_SHAPE_SIGN /* any other character                        */
} sk_shape;

typedef struct sk_token {
    uint32_t from, to; /* bytes of the text                                          */
    uint32_t word;     /* id in the lexicon's vocabulary, 0 for a word it has not    */
    uint8_t shape;     /* sk_shape                                                   */
    bool glued;        /* no blank before it                                         */
    bool is_cyrillic;
    bool breaks; /* a line ends before it                                      */
} sk_token;

enum { SK_TOKEN_FOLD_BYTES = 64 };

/* The next token at or behind *at; moves *at behind it. False at the end of the text.
 * text may hold any bytes: what is not UTF-8 is a sign. Cost: linear. */
bool sk_token_next(sk_str text, size_t *at, sk_token *ret_token);

/* The folded form in out; returns its length, 0 for words too long to be in any lexicon. */
size_t sk_token_fold(sk_str text, const sk_token *t, char out[SK_TOKEN_FOLD_BYTES]);

static inline sk_str sk_token_text(sk_str text, const sk_token *t)
{
    return (sk_str){text.p + t->from, t->to - t->from};
}

static inline bool sk_token_is_word(const sk_token *t)
{
    return t->shape <= SK_SHAPE_UPPER;
}

static inline bool sk_token_is_cjk(const sk_token *t)
{
    return t->shape >= SK_SHAPE_HAN && t->shape <= SK_SHAPE_HANGUL;
}

#endif
