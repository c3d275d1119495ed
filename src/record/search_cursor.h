/* Cursors over postings: for one leaf of a query, the numbers of the units that hold it, from the
 * newest down.
 *
 * Postings are bare numbers and say nothing to anybody: none counts before the one statement that
 * reads its unit (sk_search_look) has passed it through the view. What a view hides is therefore as
 * good as absent.
 *
 * A cursor never goes up. Passing one posting costs about a tenth of a microsecond, a new search of
 * the full-text index some hundred times as much, and a beginning of a word (guard*) a thousand
 * times more, as FTS5 then collects all its postings first; so far ways are walked a bit before the
 * index is asked anew, and never asked anew for beginnings.
 *
 * Threads: as the index. Private to record/. */
#ifndef SK_RECORD_SEARCH_CURSOR_H
#define SK_RECORD_SEARCH_CURSOR_H

#include "record/search_private.h"

/* A document: its id as in docset.h, and its units. A claim is one unit. first 0: none. */
typedef struct sk_search_doc {
    int64_t id, first, last;
} sk_search_doc;

typedef struct sk_cursor {
    sk_searching *s;
    size_t leaf;
    sk_str expression; /* the leaf for FTS5 */
    sk_str walked;     /* what the cursor goes over: the expression, or less of it */
    bool gathers;      /* opening gathers all postings: walk, never open again */
    sk_stmt *q;
    int64_t at;        /* the unit it stands on: 0 none is left, SK_CURSOR_NEW not opened yet */
    sk_search_doc doc; /* of the unit at, once the view was found to see it */
} sk_cursor;

#define SK_CURSOR_NEW INT64_MAX

/* A cursor that costs nothing until it is used; its statement must be closed. */
sk_cursor sk_cursor_init(sk_searching *s, size_t leaf);
void sk_cursor_close(sk_cursor *c);

/* The unit's document, if the view and the query's wish for furniture let the unit be seen. */
SK_MUST_USE sk_rc sk_search_look(sk_searching *s, int64_t unit, sk_search_doc *ret_doc);

/* The number of postings, counted up to a cap. */
SK_MUST_USE sk_rc sk_cursor_count(const sk_cursor *c, uint64_t *ret_n);

/* Go down to the newest seen posting up to limit; c->at is 0 when there is none.
 * far     when the way is far: go it all the same. Otherwise the cursor may stay above limit, with
 *         as many postings passed as asking anew would have cost. */
SK_MUST_USE sk_rc sk_cursor_go_down(sk_cursor *c, int64_t limit, bool far);

/* Whether the document holds the leaf in a unit that is seen. Documents must come newest first. */
SK_MUST_USE sk_rc sk_cursor_holds(sk_cursor *c, const sk_search_doc *d, bool *ret_holds);

/* Add one to hits[unit - d->first] for each unit that holds the leaf, seen or not: to be asked after
 * sk_cursor_holds, last about this document, and followed by sk_search_look for the units used. */
SK_MUST_USE sk_rc sk_cursor_mark(sk_cursor *c, const sk_search_doc *d, unsigned *hits);

#endif
