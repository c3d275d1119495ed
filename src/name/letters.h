/* Letters of words as small numbers, so that spellings can be compared byte by byte.
 *
 * Each script has its own codes 1..255 after folding what people leave out or mix up: marks of
 * Latin letters, ё and й, the carriers of hamza, final forms, katakana and hiragana. Hangul becomes
 * its jamo, a Han character two codes. Apostrophes are dropped.
 *
 * The sound line of a Latin word goes further: ph is f, ou and oo are u, kh is h, double letters
 * are single. It is not a transcription, only a place where spellings meet.
 *
 * Threads: pure functions. Used when the tables are built and when names are read, so that both
 * agree. Tested in tests/unit/name/t_words.c. */
#ifndef SK_NAME_LETTERS_H
#define SK_NAME_LETTERS_H

#include "base/compiler.h"
#include "name/form.h"

#define SK_WORD_LETTERS 40 /* letters kept of one word */

/* Codes of Latin: a..z are 1..26; digits follow. */
enum {
    SK_LETTER_A = 1,
    SK_LETTER_E = 5,
    SK_LETTER_H = 8,
    SK_LETTER_I = 9,
    SK_LETTER_O = 15,
    SK_LETTER_U = 21,
    SK_LETTER_CH = 27, /* only in sound lines: church       */
    SK_LETTER_SH = 28, /* likewise: ship                    */
    SK_LETTER_0 = 30,  /* 0..9 are 30..39, in every script  */
};

static inline bool sk_is_vowel(unsigned letter)
{
    return letter == SK_LETTER_A || letter == SK_LETTER_E || letter == SK_LETTER_I ||
           letter == SK_LETTER_O || letter == SK_LETTER_U;
}

/* The script of a folded letter, NONE for digits and signs: the coarse one that letters need. */
sk_script sk_letter_script(uint32_t cp);

/* What a Latin letter that is no base letter with marks is written as in a to z: "ae"; NULL for all
 * others. */
const char *sk_letter_latin(uint32_t cp);

/* Codes of n folded code points; letters past cap are left out. Returns how many codes. */
unsigned sk_letters_read(const uint32_t *cp, unsigned n, uint8_t *ret_letters, unsigned cap);

/* The sound line of Latin letters; at most n codes, in room for n. Returns how many. */
unsigned sk_letters_sound(const uint8_t *letters, unsigned n, uint8_t *ret_sound);

/* A number for the word: script and codes. Never 0. */
uint64_t sk_letters_key(sk_script script, const uint8_t *letters, unsigned n);

#endif
