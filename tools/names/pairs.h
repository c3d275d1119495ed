/* Pairs of names with the answer, read from a table: what the trainer and the scorer work on.
 *
 * Columns: name_a, lang/script_a, name_b, lang/script_b, label, origin. Two names that are said to be
 * one belong to one entity, and so on along the chain; folds never part an entity. */
#ifndef SK_TOOLS_NAMES_PAIRS_H
#define SK_TOOLS_NAMES_PAIRS_H

#include "name/name.h"

typedef struct pair {
    sk_str a, b; /* names as written                             */
    sk_str lang_a, lang_b;
    sk_str origin;
    bool label;        /* one name                                     */
    bool may_train;    /* its licence lets it shape what ships         */
    bool is_generated; /* made from our tables: never scored           */
    bool has_letters;  /* generated: teaches letters as pairs from life do */
    bool is_korean;    /* generated: trains only when both can be Korean names */
    bool is_alias;     /* unfiltered a.k.a.: may be another name       */
    float weight;      /* what it counts for in training               */
    uint8_t fold_a, fold_b;
    const sk_name *name_a, *name_b; /* in the order of sk_name_compare */
} pair;

typedef struct pairs {
    pair *at;
    size_t n, cap;
} pairs;

/* Append the rows of a table; ends the program with a message when it cannot. */
void pairs_read(sk_arena *a, const char *path, pairs *ret_pairs);

/* Prepare all names and deal the entities out to so many folds. */
void pairs_prepare(sk_arena *a, pairs *p, unsigned n_fold);

/* "ko Hang-Latn", "places Cyrl-Latn", "OFAC person a.k.a.": the row of the table a pair counts in. */
sk_str pair_slice(sk_arena *a, const pair *p);

/* Append generated pairs: spellings by our own tables, and names one syllable apart. */
void pairs_generate(sk_arena *a, const char *model_dir, pairs *ret_pairs);

#endif
