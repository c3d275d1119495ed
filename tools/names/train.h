/* Learning the weights of name comparison from pairs. Everything is deterministic: the same pairs in
 * any order of entities give the same weights. */
#ifndef SK_TOOLS_NAMES_TRAIN_H
#define SK_TOOLS_NAMES_TRAIN_H

#include "name/combine.h"
#include "pairs.h"

/* Letter weights by expectation maximisation over the pairs with use[i] that are one name. */
void train_edit(const pairs *p, const bool *use, sk_edit_weights *ret_weights);

/* All weights from the pairs with use[i]. The letter weights that the accounts see of a pair were
 * learned without its half, and so were the accounts that the joint weights see. */
void train_all(sk_arena *a, const pairs *p, const bool *use, sk_edit_weights *ret_edit,
               sk_combine_weights *ret_combine);

#endif
