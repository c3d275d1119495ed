/* What each character means to search, and what it is folded to: the tables under the tokenizer.
 *
 * One character becomes zero or more folded characters: NFKC with case folded, marks dropped
 * outside the scripts whose marks are vowels, digits of every script as 0-9, Arabic letters to
 * their plain shape, middle dots to one. Hangul letters of the compatibility block stay themselves
 * (NFKC would turn ㄱ into a syllable part that no keyboard types).
 *
 * Invariants: folding what came out changes nothing, and its class is the same again (t_tokenizer.c
 * goes through all of Unicode). Source: Unicode 15 through utf8proc 2.8.
 * Threads: pure functions. */
#ifndef SK_RECORD_CHARFOLD_H
#define SK_RECORD_CHARFOLD_H

#include "base/str.h"

typedef enum sk_char_class {
    SK_CLASS_SEPARATOR,
    SK_CLASS_LETTER,     /* part of a word                                                   */
    SK_CLASS_DIGIT,      /* part of a word, or of a number with separators                   */
    SK_CLASS_RUN,        /* part of a run                                                    */
    SK_CLASS_IGNORED,    /* joiners, soft hyphens, tatweel, marks that are dropped           */
    SK_CLASS_APOSTROPHE, /* joins the letters on its two sides; a separator elsewhere        */
    SK_CLASS_THOUSANDS,  /* joins groups of three digits; a separator elsewhere              */
    SK_CLASS_DOT,        /* a character of a run between two others; a separator elsewhere   */
} sk_char_class;

/* The longest NFKC expansion of one character is 18 characters (U+FDFA); folding case adds some. */
#define SK_FOLD_MAX 48

typedef struct sk_folded {
    sk_char_class class_of_it; /* of the first c; of the character itself when n is 0           */
    bool is_apart; /* ², ①, ™: a word or run of its own, joins nothing beside it    */
    size_t n;
    uint32_t c[SK_FOLD_MAX];
    unsigned char classes[SK_FOLD_MAX]; /* of each c: SEPARATOR, LETTER, DIGIT or RUN           */
} sk_folded;

/* Every middle dot folds to this letter, which is itself in use as one in Korean. */
#define SK_FOLDED_DOT 0x318Du

/* True for characters of runs that fold to themselves: the fast path for most Asian text. */
static inline bool sk_char_is_plain_run(uint32_t c)
{
    if (c >= 0x4E00 && c <= 0xD7A3)
        return c >= 0xAC00 || c <= 0x9FFF;
    if (c >= 0x3041 && c <= 0x30FC)
        return c <= 0x3096 || (c >= 0x30A1 && c != 0x30FB);
    if (c >= 0x0E01 && c <= 0x0E4E)
        return c != 0x0E33 && (c <= 0x0E3A || c >= 0x0E40);
    if (c >= 0x0E81 && c <= 0x0ECD)
        return c != 0x0EB3;
    if (c >= 0x1000 && c <= 0x17D3)
        return c <= 0x103F || (c >= 0x1780 && c != 0x17B4 && c != 0x17B5);
    return c >= 0x3400 && c <= 0x4DBF;
}

/* Fold c, the character of text that ends before byte *at.
 * *at moves on only when the voicing mark behind a half-width kana belongs to it. */
void sk_fold_char(uint32_t c, sk_str text, size_t *at, sk_folded *ret_folded);

#endif
