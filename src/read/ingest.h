/* Texts of exhibits into the index: runs the extractor over every exhibit the index has no text of.
 *
 * Called after exhibits were added and after an index was made again. Whatever the outcome for one
 * exhibit, the others go on; the outcome is stored with the exhibit. */
#ifndef SK_READ_INGEST_H
#define SK_READ_INGEST_H

#include "record/index.h"

/* Told about each exhibit as it is done; may be NULL. */
typedef void sk_ingest_fn(sk_ctx *cx, const sk_hash *exhibit, sk_str name, const sk_document *doc,
                          void *arg);

/* Read everything unread, in transactions of many exhibits. Moves cx->progress by exhibits.
 * Errors: those of the index and of starting the extractor; never those of an exhibit. */
SK_MUST_USE sk_rc sk_ingest_pending(sk_ctx *cx, sk_ingest_fn *fn, void *arg);

#endif
