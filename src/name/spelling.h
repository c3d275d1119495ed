/* How far apart two spellings of one word are: edits, weighed by what people mix up.
 *
 * Two distances are taken and averaged: one over the letters as written (a digit for a letter, a
 * doubled or swapped letter cost less than a full edit) and one over the sound lines (letters.h;
 * vowels among themselves, b and p, s and z cost less).
 *
 * Threads: pure functions. Tested in tests/unit/name/t_words.c. */
#ifndef SK_NAME_SPELLING_H
#define SK_NAME_SPELLING_H

#include "name/letters.h"

typedef struct sk_spelling {
    const uint8_t *letter, *sound;
    unsigned n, n_sound; /* n_sound 0: no sound line for this script */
    uint32_t mask;
} sk_spelling;

/* Edits that may still be the same word, by its length. */
float sk_spelling_budget(unsigned letters);

/* The distance in edits, or a number above limit when it is larger. Cost: 0.1 us. */
float sk_spelling_distance(const sk_spelling *a, const sk_spelling *b, float limit);

/* A slip of the hand and nothing more: one letter doubled, two neighbours swapped, a digit for a
 * letter. */
bool sk_spelling_is_slip(const sk_spelling *a, const sk_spelling *b);

/* The letters a sound line consists of, by code modulo 32. */
uint32_t sk_spelling_mask(const uint8_t *letter, unsigned n);

#endif
