/* Private to numbers_english*.c: a text cut into the words that English numbers are made of. */
#ifndef SK_READ_NUMBERS_ENGLISH_H
#define SK_READ_NUMBERS_ENGLISH_H

#include "read/numbers_private.h"

typedef enum klass {
    END,
    ONES,  /* 0 to 9          */
    TEENS, /* 10 to 19        */
    TENS,  /* 20 to 90        */
    HUNDRED,
    SCALE,
    DOZEN,
    ORDINAL, /* third, thirds: value; is_plural */
    PART,    /* half, quarter: value 2 or 4     */
    DIGITS,
    SIGNED_FRACTION, /* a fraction sign, or 4/5 in digits */
    AND,
    ARTICLE,
    POINT,
    OVER, /* over, out of, in */
    OUT,
    IN,
    OF,
    MINUS,
    HYPHEN,
    LETTER_SCALE, /* k M G: glued or with one blank */
    OTHER
} klass;

typedef struct word {
    klass k;
    double value;
    bool is_plural, is_decimal, is_power;
    size_t from, to;
} word;

enum { MOST_WORDS = 24 };

typedef struct reading {
    word w[MOST_WORDS + 1];
    size_t n;
    bool more; /* a word that is no number follows */
} reading;

/* Cut at most MOST_WORDS words that begin at byte at. */
void sk_english_cut(sk_str s, size_t at, reading *r);

static inline bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

#endif
