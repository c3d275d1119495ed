/* The index: one SQLite database under derived/, computed from the log and the exhibits.
 *
 * Opening it brings it up to date: entries that the index has not seen are applied in one
 * transaction. A missing, damaged or outdated index is made again from nothing. Texts of exhibits
 * come from the extractor, which this room does not know: whoever opens the archive asks
 * sk_index_next_unread and gives the document back (read/ingest.h does).
 *
 * Invariant: the same set of entries and exhibits gives the same sk_index_dump_hash, in whatever
 * order they came. Rows are read through a view (record/view.h) and never from here.
 * Threads: an sk_index belongs to one thread; several processes may have it open. */
#ifndef SK_RECORD_INDEX_H
#define SK_RECORD_INDEX_H

#include "archive/archive.h"
#include "record/document.h"

typedef struct sk_index sk_index;

/* Open the index of ar and catch up with its log. Borrows ar for its life.
 * Errors: SK_E_CONFLICT busy for ten seconds, SK_E_LIMIT not enough memory, SK_E_IO. Damage is no
 * error: the index is made again and sk_index_was_rebuilt says so. */
SK_MUST_USE sk_rc sk_index_open(sk_ctx *cx, sk_archive *ar, sk_index **ret_index);
void sk_index_close(sk_index *ix);

bool sk_index_was_rebuilt(const sk_index *ix);

/* Apply the entries that were logged since. Cost: about 10 us an entry. */
SK_MUST_USE sk_rc sk_index_catch_up(sk_ctx *cx, sk_index *ix);

/* Throw the index away and make it again from the log; the texts of exhibits are then unread. */
SK_MUST_USE sk_rc sk_index_rebuild(sk_ctx *cx, sk_archive *ar);

/* An exhibit whose text the index does not have yet; SK_E_NOTFOUND (not recorded) when none.
 * after   the row number returned before, 0 at first */
SK_MUST_USE sk_rc sk_index_next_unread(sk_ctx *cx, sk_index *ix, int64_t after, int64_t *ret_row,
                                       sk_hash *ret_exhibit, sk_str *ret_name);
uint64_t sk_index_count_unread(sk_ctx *cx, sk_index *ix);

/* Store what the extractor made of an exhibit. Call between begin and end, any number of times. */
SK_MUST_USE sk_rc sk_index_begin(sk_ctx *cx, sk_index *ix);
SK_MUST_USE sk_rc sk_index_put_document(sk_ctx *cx, sk_index *ix, const sk_hash *exhibit,
                                        const sk_document *doc);
SK_MUST_USE sk_rc sk_index_end(sk_ctx *cx, sk_index *ix);
void sk_index_undo(
    sk_index *ix); /* instead of end, after a failure; a failing end undoes by itself */

/* SHA-256 over all rows in an order and a form that do not depend on row numbers. */
SK_MUST_USE sk_rc sk_index_dump_hash(sk_ctx *cx, sk_index *ix, sk_hash *ret_hash);

/* The same without what only the log holds (entries, captures, imports): an import that was undone
 * leaves this hash as it was. */
SK_MUST_USE sk_rc sk_index_meaning_hash(sk_ctx *cx, sk_index *ix, sk_hash *ret_hash);

/* The rows that go into that hash, as text, for finding out why two differ. */
SK_MUST_USE sk_rc sk_index_dump(sk_ctx *cx, sk_index *ix, void (*line)(sk_str, void *), void *arg);

/* SQLite's own check of its file. Errors: SK_E_INTEGRITY with the first thing found. */
SK_MUST_USE sk_rc sk_index_check(sk_ctx *cx, sk_index *ix);

#endif
