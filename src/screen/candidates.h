/* Candidates: the few hundred entities worth comparing with a query, out of very many.
 *
 *     sk_searcher *f = sk_searcher_new(sight);
 *     const sk_candidate *list;
 *     size_t n = sk_searcher_find(f, names, n_names, ids, n_ids, &list);
 *     sk_searcher_free(f);
 *
 * Two ways, joined: names that share keys with the query (what it can stand for in Korean, Mandarin,
 * Cantonese, Japanese; words; skeletons), rare keys first; and names whose romanised line is near, by
 * signature first and then by learned weights (name/scan.h). Numbers lead to their bearers directly.
 *
 * Invariants: only what the sight sees is looked at; the same query gives the same list, in the same
 * order, on every processor. Threads: a searcher belongs to one thread.
 * Cost: below half a millisecond at 110,000 entities (make bench).
 * Tested in tests/unit/screen/t_index.c. */
#ifndef SK_SCREEN_CANDIDATES_H
#define SK_SCREEN_CANDIDATES_H

#include "name/scan.h"
#include "screen/index.h"

#define SK_CANDIDATES_SCAN 100 /* best of the scan  */
#define SK_CANDIDATES_KEYS 100 /* best by keys      */

typedef struct sk_candidate {
    sk_screen_ref ref;
    float keys;   /* what the shared keys are worth, nats of rarity; 0: none         */
    uint8_t scan; /* cost of the nearest line, 1/64 nat a letter or so; 255: not near */
    bool by_id;   /* bears one of the numbers                                        */
} sk_candidate;

typedef struct sk_searcher sk_searcher;

/* For one sight; choosing other copies makes it void. Caller frees. */
sk_searcher *sk_searcher_new(const sk_sight *s);
void sk_searcher_free(sk_searcher *f); /* NULL is fine */

/* A lesser way to do the same, to compare with. */
void sk_searcher_set_path(sk_searcher *f, sk_scan_path path);

/* names, ids   of the query; numbers as a person writes them
 * ret_list     the searcher's, until its next call
 * Returns how many, by segment and entity. */
size_t sk_searcher_find(sk_searcher *f, const sk_name *const *names, size_t n_names,
                        const sk_str *ids, size_t n_ids, const sk_candidate **ret_list);

#endif
