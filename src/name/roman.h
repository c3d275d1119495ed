/* Letters of every script in one alphabet of twenty-six.
 *
 * Each script has one fixed table: Revised Romanization letter by letter for Hangul, Hepburn for
 * kana, the first Pinyin reading for Han, BGN-like letters for Cyrillic, one letter a letter for
 * Arabic and Hebrew, and so on. The line is made for comparing by learned weights, not for reading:
 * it is faithful to the letters and consistent, and where a script leaves a sound open the same
 * letter always stands for it (Arabic waw is w, ayn is e). Threads: pure functions. */
#ifndef SK_NAME_ROMAN_H
#define SK_NAME_ROMAN_H

#include "name/form.h"

#define SK_ROMAN_VERSION 3 /* to be raised with any change of what a token gives */

/* Romanise one token.
 * out    letters 1 (a) to 26 (z); at most room of them
 * Returns how many letters; 0 for digits and unknown scripts. */
unsigned sk_roman_token(const sk_form *f, const sk_form_token *t, uint8_t *out, unsigned room);

#endif
