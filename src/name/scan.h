/* The scan: how far one romanised name is from very many, with learned weights, 32 at a time.
 *
 *     rows:   one name a row, 32 letters     k i m j o n g u n 0 0 ...
 *     block:  32 names, one letter a column  row j holds the j-th letter of all 32
 *
 *     sk_scan_costs costs;
 *     sk_scan_costs_set(&costs, weights);            once a pair of scripts
 *     sk_scan_transpose(rows, 32, columns, block);
 *     sk_scan_block(path, &costs, letter, n, block, columns, cost);
 *
 * Two steps keep it cheap over a million names. A signature of 128 bits holds which consonant
 * classes and neighbours a name has; counting the bits in which two differ costs a nanosecond and
 * picks a few thousand. Those alone are aligned: the best sum of learned weights over all ways to
 * set letter against letter or against nothing.
 *
 * Weights are logs of odds and may be negative; here they are costs in quarter nats, 0 where
 * nothing better could stand, saturating at 255, which orders names alike and fits a byte:
 * cost = potential of the query's letters + potential of the candidate's - sum of weights.
 * Blanks between tokens are left out: setting a letter against a blank is setting it against
 * nothing.
 *
 * Invariants: every path gives the same bytes; costs are never negative; a name costs itself
 * little.
 * Not here: which names to look at, what to do with the best (screen/).
 * Threads: pure functions. Tested in tests/unit/name/t_scan.c. */
#ifndef SK_NAME_SCAN_H
#define SK_NAME_SCAN_H

#include "name/name.h"

#define SK_SCAN_LANES   32 /* names of one block                           */
#define SK_SCAN_LETTERS 27 /* 0: nothing, 1..26: a..z                      */

/* How the work is done: the best that this processor has, or a lesser one to compare with. */
typedef enum sk_scan_path {
    SK_SCAN_PORTABLE, /* plain C                              */
    SK_SCAN_SSSE3,    /* 16 names at a step                   */
    SK_SCAN_AVX2,     /* 32 names at a step                   */
    SK_SCAN_PATHS
} sk_scan_path;

sk_scan_path sk_scan_best_path(void);
bool sk_scan_has_path(sk_scan_path path);
const char *sk_scan_path_name(sk_scan_path path); /* "avx2" */

/* Weights of a pair of scripts: [letter of the query][letter of the candidate] in half nats; row
 * and column 0 hold what a letter costs that has no partner. */
typedef int8_t sk_scan_weights[SK_SCAN_LETTERS][SK_SCAN_LETTERS];

typedef struct sk_scan_costs {
    _Alignas(32) uint8_t of[SK_SCAN_LETTERS][32]; /* [query][candidate], padded for two shuffles */
} sk_scan_costs;

void sk_scan_costs_set(sk_scan_costs *ret_costs, const sk_scan_weights weights);

/* A name as a row: letters without blanks, 0 behind the last. Returns how many letters. */
#define SK_SCAN_ROW 32
unsigned sk_scan_row(const sk_roman *line, uint8_t ret_row[SK_SCAN_ROW]);

/* Turn n rows (at most 32) into a block of so many columns; lanes without a name hold 0.
 * Cost: about 100 ns. */
void sk_scan_transpose(const uint8_t *const rows[SK_SCAN_LANES], unsigned n, unsigned columns,
                       uint8_t *ret_block);

/* Costs of a name of n letters against the 32 of a block.
 * letter   1..26 each, n of them, at most SK_SCAN_ROW
 * block    columns * 32 bytes, of any alignment
 * Cost: n * columns steps of about a dozen instructions. */
void sk_scan_block(sk_scan_path path, const sk_scan_costs *costs, const uint8_t *letter, unsigned n,
                   const uint8_t *block, unsigned columns, uint8_t ret_cost[SK_SCAN_LANES]);

/* What a name is made of, so that like names have like bits. */
typedef struct sk_scan_sign {
    uint64_t classes;    /* consonant classes, each up to four times, and vowels     */
    uint64_t neighbours; /* consonant classes that stand beside one another, spread  */
} sk_scan_sign;

sk_scan_sign sk_scan_sign_of(const uint8_t *letter, unsigned n);

/* In how many bits each of n signatures differs from one: 0..128. */
void sk_scan_distances(sk_scan_path path, const sk_scan_sign *one, const sk_scan_sign *many,
                       size_t n, uint8_t *ret_distance);

#endif
