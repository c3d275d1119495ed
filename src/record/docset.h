/* Sets of documents, for search: an exhibit is 2 * its row, a claim 2 * its row + 1.
 *
 * Kept as sorted arrays, with a flag for "everything but these", so that NOT costs nothing until
 * the end. Private to record/. */
#ifndef SK_RECORD_DOCSET_H
#define SK_RECORD_DOCSET_H

#include "base/ctx.h"

typedef struct sk_docset {
    int64_t *ids; /* sorted, each once; in the arena */
    size_t n, cap;
    bool all_but; /* the set is everything except ids */
} sk_docset;

void sk_docset_add(sk_arena *a, sk_docset *s, int64_t id);

/* Sort and drop doubles; after the last add, before anything else. */
void sk_docset_close(sk_docset *s);

bool sk_docset_has(const sk_docset *s, int64_t id);
sk_docset sk_docset_and(sk_arena *a, sk_docset x, sk_docset y);
sk_docset sk_docset_or(sk_arena *a, sk_docset x, sk_docset y);
sk_docset sk_docset_not(sk_docset x);

#endif
