/* Walking the documents that may answer a query of AND and NOT, newest first.
 *
 * A document is a range of unit numbers. The cursors of all leaves (search_cursor.h) go down
 * together, so each posting is passed once, however many documents hold every word.
 *
 *     units      ... 40 | 41   42   43   44 | 45 | 46 ...        | document borders
 *     coal           40        42        44        46
 *     camp           40   41                  45
 *     next document for coal AND camp: 46 has no camp, 45 no coal; then 41-44, then 40
 *
 * The rarest part that every answer must hold leads, and reaches far ones by asking the index anew;
 * other parts help to pass over documents as long as that is cheap. When filters leave few documents,
 * just those are gone through.
 *
 * Not here: what of a document is shown, and when enough is found (search_documents.c).
 * Threads: as the index. Private to record/. */
#ifndef SK_RECORD_SEARCH_WALK_H
#define SK_RECORD_SEARCH_WALK_H

#include "record/search_cursor.h"

typedef struct sk_walk_part sk_walk_part;

typedef struct sk_walk {
    sk_searching *s;
    sk_cursor *cursors; /* of each leaf of the query */
    size_t n_cursors;
    sk_walk_part *root;
    int64_t limit;      /* units behind it are done */
    bool has_few;       /* filters left few documents */
    sk_search_doc *few; /* oldest first; those that are still to come */
    size_t n_few;
} sk_walk;

/* A walk for the query of s, which has words. To be closed, also after an error. */
SK_MUST_USE sk_rc sk_walk_open(sk_searching *s, sk_walk *w);
void sk_walk_close(sk_walk *w);

/* The next older document that may answer: every one that does comes, once.
 * Cost: postings passed, or some ten microseconds, whichever is less.
 * Errors: SK_E_NOTFOUND there is none (nothing recorded). */
SK_MUST_USE sk_rc sk_walk_next(sk_walk *w, sk_search_doc *ret_doc);

/* Whether the document that came last answers the query. */
SK_MUST_USE sk_rc sk_walk_test(sk_walk *w, const sk_search_doc *d, bool *ret_answers);

#endif
