/* The alphabets of the romaniser, apart from its rules. */
#ifndef SK_NAME_ROMAN_PRIVATE_H
#define SK_NAME_ROMAN_PRIVATE_H

#include "name/form.h"

typedef struct sk_roman_letter {
    uint32_t c;
    const char *letters; /* a to z; empty: silent */
} sk_roman_letter;

/* The letters of c in a sorted table; NULL when it is not there. */
const char *sk_roman_find(const sk_roman_letter *table, unsigned n, uint32_t c);

/* The letters of c by the alphabet of a script other than Latin, Hangul, kana and Han; NULL when it
 * has none. */
const char *sk_roman_of(uint8_t script, uint32_t c);

#endif
