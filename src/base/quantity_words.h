/* Private to quantity_*.c: a text cut into what matters for quantities. */
#ifndef SK_BASE_QUANTITY_WORDS_H
#define SK_BASE_QUANTITY_WORDS_H

#include "base/quantity.h"

typedef enum sk_count_kind {
    SK_C_END,
    SK_C_NUMBER, /* value                                                          */
    SK_C_BEFORE, /* a qualifier in front of its number: at least, 약               */
    SK_C_BEHIND, /* a qualifier behind it: 이상, or more                           */
    SK_C_BETWEEN,
    SK_C_FROM,
    SK_C_CHANGE, /* fell, rose; behind the numbers in East Asia                    */
    SK_C_RANGE,  /* to - – ~ 에서 から 至                                          */
    SK_C_ARROW,
    SK_C_AND,
    SK_C_OR,
    SK_C_ORDER,    /* thousands: number is the value                                 */
    SK_C_FRACTION, /* half, most: number is percent                                  */
    SK_C_PERCENT,
    SK_C_SCALE, /* million: number is the factor                                  */
    SK_C_CURRENCY,
    SK_C_LABEL, /* resolution, no., 第: the number behind it is a name             */
    SK_C_AMONG, /* 중, のうち behind a number: that is the whole, not the count     */
    SK_C_MONTH,
    SK_C_DATE_MARK,   /* 년 月 日 behind a number: a date or a span of time             */
    SK_C_DATE,        /* a whole numeric date or time                                   */
    SK_C_PEOPLE,      /* people, 명, 人                                                 */
    SK_C_COUNTER,     /* other East Asian counters                                      */
    SK_C_PREPOSITION, /* what follows is an aside                                       */
    SK_C_OF,
    SK_C_THEM, /* them, which: "8 of them"                                       */
    SK_C_INCLUDING,
    SK_C_ARTICLE, /* the, a                                                         */
    SK_C_STOP,    /* ends the words of a unit: verbs, conjunctions                  */
    SK_C_COLON,
    SK_C_SEMICOLON,
    SK_C_COMMA,
    SK_C_SLASH,
    SK_C_OPENING,
    SK_C_CLOSING,
    SK_C_WORD, /* any other word of letters                                      */
    SK_C_OTHER /* any other character                                            */
} sk_count_kind;

typedef struct sk_count_word {
    sk_count_kind kind;
    sk_qualifier qualifier; /* of BEFORE and BEHIND                              */
    sk_decimal number;
    bool is_strict;     /* of FRACTION: most is more than half               */
    bool is_plain_year; /* four digits, no comma, 1800 to 2100               */
    bool is_word;       /* a number in English words                         */
    size_t start, end;  /* bytes of the text                                 */
} sk_count_word;

/* How numbers are written (quantity_numbers.c). Each take function starts at the byte at and sets
 * only w->number and w->is_plain_year.
 *
 * digit_at     the digit, comma or point there, full width folded; '\0' for others. *ret_n: its bytes
 * take_digits  digits, commas in groups, one point; returns the end, SIZE_MAX when no number we know
 * take_factors behind digits, "만 2천"; returns the end, SIZE_MAX past int64
 * take_han     十七, 二百; returns how many bytes, 0 for none
 * take_date    "1977-09-19", "2023-10", "10:30"; returns the end, or at when it is none
 * multiply     false past int64 */
char sk_count_digit_at(sk_str text, size_t at, size_t *ret_n);
size_t sk_count_take_digits(sk_str text, size_t at, sk_count_word *w);
size_t sk_count_take_factors(sk_str text, size_t at, sk_count_word *w);
size_t sk_count_take_han(sk_str text, size_t at, sk_count_word *w);
size_t sk_count_take_date(sk_str text, size_t at);
bool sk_count_multiply(sk_decimal d, int64_t factor, sk_decimal *ret_product);

/* Cut the text; the last word is SK_C_END. Cost: linear. ret_words lives in the arena. */
void sk_count_cut(sk_arena *a, sk_str text, sk_count_word **ret_words, size_t *ret_n);

#endif
