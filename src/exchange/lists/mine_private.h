/* Private to mine_*.c: letters, words, sentences and dates of free text. */
#ifndef SK_EXCHANGE_MINE_PRIVATE_H
#define SK_EXCHANGE_MINE_PRIVATE_H

#include "exchange/lists/mine_text.h"

/* words of a sentence that are looked at; bytes of it in which what opens it must stand */
enum { SK_MINE_WORDS = 64, SK_MINE_HEAD_BYTES = 160 };

static inline bool sk_mine_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static inline bool sk_mine_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool sk_mine_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool sk_mine_is_letter(char c)
{
    return sk_mine_is_upper(c) || (c >= 'a' && c <= 'z') || (c & 0x80);
}

/* Does word (lower case) stand at i of s? Blanks in word match any run of blanks and line breaks.
 * Returns the byte behind it, 0 when not. */
size_t sk_mine_match(sk_str s, size_t i, const char *word);

bool sk_mine_is_word_start(sk_str s, size_t i);

/* Past blanks and the signs that may stand between an announcing word and its value. */
size_t sk_mine_past(sk_str s, size_t i, const char *signs);

/* Digits alone, from least to most of them. */
bool sk_mine_is_number(sk_str w, size_t least, size_t most);
bool sk_mine_has_digit(sk_str s);
bool sk_mine_is_one_of(sk_str w, const char *const *words, size_t n);

/* A word of the text with the signs around it taken off. */
sk_str sk_mine_bare(sk_str w);

/* The words of s, apart by blanks; returns how many, at most SK_MINE_WORDS. */
size_t sk_mine_split(sk_str s, sk_str words[SK_MINE_WORDS]);

/* The first date with a year in the sentence, as EDTF; "as of 2013" is [..2013]. Empty: none. */
sk_str sk_mine_date_in(sk_ctx *cx, sk_str sentence);

#endif
