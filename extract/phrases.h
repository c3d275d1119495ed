/* A set of phrases, each of a kind, found in a line in one pass.
 *
 * The phrases come from a table that people read (model/furniture.txt): lines of
 * "KIND | phrase | phrase ...". Phrases and lines are compared folded: lower case, blanks run
 * together, full-width forms as ASCII. Built once and then read-only; a set may be shared. */
#ifndef SK_EXTRACT_PHRASES_H
#define SK_EXTRACT_PHRASES_H

#include "base/arena.h"
#include "base/str.h"

typedef struct sk_phrase {
    unsigned kind;
    sk_str text; /* folded */
} sk_phrase;

enum { SK_PHRASE_BUCKETS = 2048 };

typedef struct sk_phrases {
    sk_phrase *items; /* sorted by a hash of their first two bytes, longer first */
    size_t n, cap;
    uint32_t *first;        /* index of the first item for a pair of bytes, or UINT32_MAX */
    unsigned char *present; /* a bit for each pair of bytes: small enough for the nearest cache */
} sk_phrases;

/* Read the table. kinds holds n_kinds names; a phrase's kind is its place there.
 * A line whose kind is not among them is our own mistake and stops the program. */
void sk_phrases_read(sk_phrases *set, sk_arena *a, sk_str table, const char *const *kinds,
                     size_t n_kinds);

/* Fold s into out, which has room for s.n bytes; the result is never longer than s.
 * map, if not NULL, gets for each byte of the result the byte of s that it came from, and the
 * length of s behind them; it has room for s.n + 1. */
size_t sk_phrases_fold(sk_str s, char *out, uint32_t *map);

/* Call fn for each phrase that stands in the folded line, until it returns true; returns that.
 * A phrase that begins with an ASCII letter or digit is found only where a word begins. */
typedef bool sk_phrase_fn(const sk_phrase *phrase, size_t at, void *arg);
bool sk_phrases_find(const sk_phrases *set, sk_str line, sk_phrase_fn *fn, void *arg);

/* The kinds of which the folded s is a phrase, as bits; for sets of at most 64 kinds. */
uint64_t sk_phrases_kinds(const sk_phrases *set, sk_str s);

/* True when the folded s is a phrase of that kind. */
bool sk_phrases_has(const sk_phrases *set, unsigned kind, sk_str s);

#endif
