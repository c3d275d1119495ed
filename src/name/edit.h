/* Letter by letter: how much likelier two romanised names are written for one name than by chance.
 *
 * Each ordered pair of scripts has weights learned from pairs of names (tools/train-names): for
 * every two letters the log-odds log P(x,y)/P(x)P(y) that they stand for each other, and for every
 * letter the log-odds that it stands for nothing, given the letter before it ("u" after "s" in
 * katakana, the second of two "t"). An alignment adds them up, so its value is a log likelihood
 * ratio in nats.
 *
 * What is kept of a name is one flat section without pointers, a multiple of 8 bytes long.
 * Invariants: comparing is symmetric (the sides of the result swap). Threads: pure functions. */
#ifndef SK_NAME_EDIT_H
#define SK_NAME_EDIT_H

#include "base/buf.h"
#include "name/form.h"

#define SK_EDIT_LETTERS 64 /* letters kept of one name            */
#define SK_EDIT_TOKENS  10 /* tokens kept of one name             */
#define SK_EDIT_A       27 /* the alphabet: nothing and 26 letters */
#define SK_EDIT_PAIRS   24 /* ordered script pairs with weights, the pooled one first */

/* Weights of one ordered script pair, in 1/64 nat.
 * both[x][y]    x of the first script against y of the second
 * left[p][x]    x of the first, behind p (0: at the start of a token), against nothing
 * right[p][y]   y of the second likewise                                                */
typedef struct sk_edit_pair {
    int16_t both[SK_EDIT_A][SK_EDIT_A];
    int16_t left[SK_EDIT_A][SK_EDIT_A];
    int16_t right[SK_EDIT_A][SK_EDIT_A];
} sk_edit_pair;
#define SK_EDIT_NAT 64

typedef struct sk_edit_weights {
    uint32_t n_pair;
    uint8_t script_a[SK_EDIT_PAIRS], script_b[SK_EDIT_PAIRS]; /* a <= b; NONE: pooled */
    sk_edit_pair pair[SK_EDIT_PAIRS];
} sk_edit_weights;

/* The weights that ship: model/name/edit.txt. */
const sk_edit_weights *sk_edit_shipped(void);

/* The weights for two scripts, the pooled ones when the pair has none; *ret_swapped says that the
 * first script of the pair is b. */
const sk_edit_pair *sk_edit_find(const sk_edit_weights *w, sk_script a, sk_script b,
                                 bool *ret_swapped);

/* The same without context, for the scan: log-odds of letter x of script a against y of script b
 * (0: nothing) in half nats, -16..15; out[x][y]. */
void sk_edit_scan_matrix(sk_script a, sk_script b, int8_t out[SK_EDIT_A][SK_EDIT_A]);

typedef struct sk_edit sk_edit; /* a section */

/* Append the section of a form to out (a multiple of 8 bytes; never nothing). */
void sk_edit_prepare(const sk_form *f, sk_buf *out);
size_t sk_edit_size_bytes(const sk_edit *e);
sk_script sk_edit_script(const sk_edit *e); /* that of most letters */
bool sk_edit_is_cut(const sk_edit *e);      /* more letters or tokens than are kept */
/* Changes whenever sections of another build cannot be compared with this one's. */
uint64_t sk_edit_tables_id(void);

typedef struct sk_edit_result {
    float whole;      /* log likelihood ratio of the best alignment of all letters, nats     */
    float mean;       /* that over the letters of the longer side                            */
    float tokens;     /* token by token: sum over the pairs found                            */
    float token_mean; /* that over the letters of the pairs and of what was left alone       */
    float worst;      /* mean of the worst pair of tokens                                    */
    float share;      /* letters of both sides in paired tokens, 0..1                        */
    float skeleton;   /* equal letters of the consonant skeletons in order, 0..1             */
    uint8_t pairs;    /* tokens paired                                                       */
    uint8_t left_a, left_b; /* tokens that nothing met, particles and patronymics not counted */
    uint8_t initials; /* of the pairs, how many are an initial against a word                */
    uint8_t letters_a, letters_b;
    bool order_changed;
} sk_edit_result;

/* Compare two sections. Cost: no allocation; about 1 us for two names of 20 letters. */
void sk_edit_compare(const sk_edit_weights *w, const sk_edit *a, const sk_edit *b,
                     sk_edit_result *ret_result);

/* One pair of the pairing of tokens, by their numbers in the form; mean is its log-odds a
 * letter. Compounds (abd al-Rahman) are one token. */
typedef struct sk_edit_pairing {
    int16_t token_a, token_b; /* -1: nothing met the other */
    uint8_t more_a, more_b;   /* tokens behind them that were read as one with them */
    float mean;
} sk_edit_pairing;

/* The pairing of tokens: one pair for each token of a in order, then one for each token of b that
 * met nothing. Returns how many pairs. */
unsigned sk_edit_explain(const sk_edit_weights *w, const sk_edit *a, const sk_edit *b,
                         sk_edit_pairing ret_pairing[2 * SK_EDIT_TOKENS]);

#endif
