/* Making pairs: what the generators share. */
#ifndef SK_TOOLS_NAMES_GENERATE_H
#define SK_TOOLS_NAMES_GENERATE_H

#include "pairs.h"

/* A small generator of numbers with a fixed start, so that the pairs are always the same. */
typedef struct dice {
    uint64_t state;
} dice;

static inline unsigned throw_dice(dice *d, unsigned below)
{
    d->state = d->state * 6364136223846793005ull + 1442695040888963407ull;
    return (unsigned)((d->state >> 33) % below);
}

void add_pair(sk_arena *a, pairs *p, sk_str x, sk_str y, bool label);

void generate_korean(sk_arena *a, pairs *p);
void generate_japanese(sk_arena *a, pairs *p);
void generate_arabic(sk_arena *a, const char *model_dir, pairs *p);

/* Append longer names made of single words; after the folds are dealt. */
void pairs_lengthen(sk_arena *a, pairs *p, unsigned n_fold);

#endif
