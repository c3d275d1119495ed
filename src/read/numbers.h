/* Numbers in running text: digits and number words of English, Korean, Chinese and Japanese.
 *
 *   17   30,023   2.3 million   two hundred and six   two thirds   1.1^23   third (ordinal)   20 %
 *   이천이백   스물여섯   2백만   三分之二   第三   二割
 *
 * Only what is written: no dates, no units, no hedges; those are other passes' work.
 * Values are real numbers, as fractions and powers are; counts below 2^53 are exact in them.
 * Threads: pure functions. Tested in tests/unit/read/t_numbers.c; measured by bench/b_read.c. */
#ifndef SK_READ_NUMBERS_H
#define SK_READ_NUMBERS_H

#include "read/lexicon.h"

typedef enum sk_number_kind {
    SK_NUMBER_INTEGER,
    SK_NUMBER_DECIMAL,
    SK_NUMBER_FRACTION,
    SK_NUMBER_POWER,
    SK_NUMBER_ORDINAL,
    SK_NUMBER_PERCENT
} sk_number_kind;

typedef struct sk_number {
    size_t from, to; /* bytes of the text */
    double value;
    sk_number_kind kind;
    bool is_word;    /* written in words               */
    bool is_article; /* begins with "a": "a hundred"   */
    bool is_glued;   /* letters follow without a blank: 180ml, 5th */
} sk_number;

/* The number that begins at byte at; false when none does. */
bool sk_number_at(sk_str text, sk_read_lang lang, size_t at, sk_number *ret_number);

/* All numbers of the text in order. Returns how many were found, at most most. */
size_t sk_numbers_find(sk_str text, sk_read_lang lang, sk_number *ret_numbers, size_t most);

#endif
