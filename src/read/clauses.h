/* Private to passes of reading: walking over the groups of a sentence. */
#ifndef SK_READ_CLAUSES_H
#define SK_READ_CLAUSES_H

#include "read/reading_private.h"

/* The group at k; one of kind OTHER where there is none. */
const sk_chunk *sk_chunk_at(const sk_reader *x, int32_t k);

/* Is the first word of group k this one? */
bool sk_chunk_is(const sk_reader *x, int32_t k, const char *word);

/* The neighbours of k, adverbs (and before it, times) passed over. */
int32_t sk_chunk_before(const sk_reader *x, int32_t k);
int32_t sk_chunk_behind(const sk_reader *x, int32_t k);

/* Does a preposition stand right before the noun group k? */
bool sk_chunk_in_pp(const sk_reader *x, int32_t k);

/* The verb group that governs what stands at k: the nearest to its left in the clause; NONE. */
int32_t sk_chunk_governor(const sk_reader *x, int32_t k);

/* The members of the list ("A, B and C") that ends or begins with noun group k, in the order of the
 * text; k alone when it is in none. Returns how many. */
size_t sk_list_left(const sk_reader *x, int32_t k, int32_t ret_chunks[SK_MOST_SLOTS]);
size_t sk_list_right(const sk_reader *x, int32_t k, int32_t ret_chunks[SK_MOST_SLOTS]);

#endif
