/* Two names' words being paired off: shared by the comparers of persons and of bodies. */
#ifndef SK_NAME_CONTEST_H
#define SK_NAME_CONTEST_H

#include "name/words_private.h"

typedef struct side {
    const sk_words *w;
    const sk_word *word;
    unsigned n;
    float idf[SK_WORDS_MAX];
    int8_t met[SK_WORDS_MAX]; /* the other side's word, -1: none, -2: in a joined pair */
    float weight, gain;
    unsigned counting;
} side;

typedef struct contest {
    side a, b;
    word_pairing p; /* what is found, in any order */
    float common, cost, worst;
    float edit; /* what an edit costs where words are written together */
    word_how (*meet)(const sk_words *a, const sk_word *x, float idf_x, const sk_words *b,
                     const sk_word *y, float idf_y, float *ret_gain, float *ret_cost);
    sk_words_result *r;
} contest;

void contest_init(contest *c, const sk_words *a, const sk_words *b, const sk_rarity *rarity,
                  sk_words_result *r);

/* Pair single words, the best pair first. */
void contest_pair_words(contest *c);

/* Then words that one side writes together, and leftovers whose blanks moved. */
void contest_join(contest *c);

void contest_add_pair(contest *c, word_pair pair);

/* The next word behind from that counts and met nothing; -1 when there is none. */
int contest_next_left(const side *s, int from);

/* The names have a script in common. */
bool contest_shares_script(const contest *c);

/* Counts, weights and order into the result. */
void contest_finish(contest *c);

#endif
