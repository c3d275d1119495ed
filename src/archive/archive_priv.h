/* What the files of archive/ share about an open archive, and nobody else sees.
 *
 *   archive.c   init, open, close          append.c   append, commit, checkpoint
 *   recover.c   the tail at a write-open   walk.c     read, each
 *   blob.c      blobs                      prove.c    proofs, keys, checkpoint as text
 *
 * Life of an appended entry:  pending (memory) -> segment, synced -> leaf, synced -> acknowledged
 * -> under a checkpoint. Invariants of a writer: own->n and frontier.size count acknowledged leaves
 * only; (tail_segment, tail_offset) is where the next acknowledged frame will begin; once is_broken
 * is set nothing is written any more. */
#ifndef SK_ARCHIVE_ARCHIVE_PRIV_H
#define SK_ARCHIVE_ARCHIVE_PRIV_H

#include "archive/archive.h"
#include "archive/keys.h"
#include "archive/log.h"
#include "archive/segment.h"

/* Consecutive pending frames that go to one segment: bytes [from, from + n) of ar->pending. */
typedef struct sk_run {
    uint32_t segment;
    uint64_t offset;
    size_t from, n;
    size_t first_id, n_ids; /* of ar->pending_ids */
} sk_run;

typedef struct sk_blob_set sk_blob_set; /* blobs written, not yet synced and renamed */

struct sk_archive {
    sk_arena arena;
    const sk_fs *fs;
    sk_archive_mode mode;
    sk_str path, id, device, author;
    sk_file *lock; /* SILLOK, while writing */

    sk_log **logs;
    size_t n_logs;
    sk_log *own; /* among logs; NULL when there is none */

    sk_file **segments; /* open ones by number - 1, NULL where not yet needed */
    size_t n_segments, cap_segments;

    sk_leafmap map; /* built when first needed; may be older than the logs */

    /* writer only */
    bool is_broken;
    sk_seckey device_key, author_key;
    sk_frontier frontier;
    uint64_t checkpoint_size;
    uint32_t tail_segment;
    uint64_t tail_offset;
    uint64_t segment_limit;
    sk_buf pending;
    sk_run *runs;
    size_t n_runs, cap_runs;
    sk_hash *pending_ids;
    size_t n_pending, cap_pending;
    sk_blob_set *blobs;
    sk_recovery recovery;
};

/* Path of something inside the archive, in a. */
const char *sk_archive_path(sk_arena *a, const sk_archive *ar, const char *inside);

/* The segment's file, opened once: to write when the archive is.
 * Errors: SK_E_NOTFOUND when it is not there and may not be made. */
SK_MUST_USE sk_rc sk_archive_segment(sk_ctx *cx, sk_archive *ar, uint32_t segment, bool may_make,
                                     sk_file **ret_file);

/* Highest segment number there is, 0 for none. */
SK_MUST_USE sk_rc sk_archive_last_segment(sk_ctx *cx, sk_archive *ar, uint32_t *ret_segment);

/* Bring the tail in order; see recover.c. Needs the lock, the keys and the logs. */
SK_MUST_USE sk_rc sk_archive_recover(sk_ctx *cx, sk_archive *ar);

/* Refuse unless ar may write. */
SK_MUST_USE sk_rc sk_archive_may_write(sk_ctx *cx, const sk_archive *ar);

/* The leafmap over all leaves there are now; rebuilt when logs grew. */
SK_MUST_USE sk_rc sk_archive_need_map(sk_ctx *cx, sk_archive *ar);

/* Blobs: make durable and give their names to all that were written; forget them; free memory
 * without touching the disk; clear leftovers of an earlier run. */
SK_MUST_USE sk_rc sk_blobs_commit(sk_ctx *cx, sk_archive *ar);
void sk_blobs_drop(sk_archive *ar);
void sk_blobs_free(sk_archive *ar);
void sk_blobs_clear_temps(sk_ctx *cx, sk_archive *ar);

/* Where the bytes of a blob are now: under its name, or still under a temporary one. */
const char *sk_blob_find(sk_arena *a, const sk_archive *ar, const sk_hash *hash);

/* Parse the file SILLOK. */
SK_MUST_USE sk_rc sk_sillok_parse(sk_ctx *cx, sk_str bytes, sk_str *ret_id);

/* Tests only: begin a new segment once one has this many bytes. */
void sk_archive_limit_segments(sk_archive *ar, uint64_t bytes);

/* Close without a checkpoint and without touching the disk again, as a crash would. */
void sk_archive_abandon(sk_archive *ar);

#endif
