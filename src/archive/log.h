/* One device's log: its leaves file, the tree over it, and its newest checkpoint.
 *
 *   logs/<device>/leaves       32 bytes an entry
 *   logs/<device>/checkpoint   signed tree head over the first so many leaves
 *   derived/log-<device>.state the tree's frontier, so that opening need not hash all leaves
 *
 * The state file is believed only if it hashes to the signed root; it can make an open slower,
 * never different. Leaves are never read to sign a new checkpoint: the frontier goes on from the
 * last signed one, so a leaf that was altered on disk cannot slip under a signature.
 *
 * Threads: as the archive. */
#ifndef SK_ARCHIVE_LOG_H
#define SK_ARCHIVE_LOG_H

#include "archive/checkpoint.h"
#include "archive/fs.h"

typedef struct sk_log {
    const sk_fs *fs;
    sk_str root;      /* the archive's path               */
    sk_str device;    /* 8 hex digits: the folder's name  */
    const char *path; /* of the leaves file               */
    sk_file *leaves;
    uint64_t n;     /* leaves, as of the last look      */
    sk_hash *tiles; /* roots of 256 leaves each, as far as some proof needed them; malloc */
    uint64_t n_tiles;
} sk_log;

/* flags: SK_FS_READ, or SK_FS_WRITE | SK_FS_CREATE. Strings are borrowed for the log's life. */
SK_MUST_USE sk_rc sk_log_open(sk_ctx *cx, const sk_fs *fs, sk_str root, sk_str device, int flags,
                              sk_arena *a, sk_log *ret_log);
void sk_log_close(sk_log *log);

/* Look again how many whole leaves there are. ret_extra_bytes: of an unfinished leaf; may be NULL. */
SK_MUST_USE sk_rc sk_log_look(sk_ctx *cx, sk_log *log, uint64_t *ret_extra_bytes);

SK_MUST_USE sk_rc sk_log_read(sk_ctx *cx, sk_log *log, uint64_t from, size_t n, sk_hash *ret_ids);

/* Write ids at leaf at, sync, and read them back. */
SK_MUST_USE sk_rc sk_log_write(sk_ctx *cx, sk_log *log, uint64_t at, const sk_hash *ids, size_t n);

/* An sk_subtree_fn over the leaves; arg is the sk_log.
 * Cost: the first call for a tree hashes its leaves once (0.4 us each), later ones are cheap. */
sk_rc sk_log_subtree(sk_ctx *cx, void *log, unsigned level, uint64_t index, sk_hash *ret_hash);

/* Newest checkpoint, parsed; its bytes live in cx's arena. Errors: SK_E_NOTFOUND, SK_E_FORMAT. */
SK_MUST_USE sk_rc sk_log_read_checkpoint(sk_ctx *cx, const sk_log *log, sk_checkpoint *ret_cp);

/* Sign and store the head of the tree f. The caller has made its leaves durable. */
SK_MUST_USE sk_rc sk_log_write_checkpoint(sk_ctx *cx, const sk_log *log, const sk_seckey *device,
                                          const sk_frontier *f);

/* The frontier of the first size leaves, which must have that root: from the state file when that
 * fits, else from the leaves.
 * Errors: SK_E_INTEGRITY the leaves do not have the root. */
SK_MUST_USE sk_rc sk_log_frontier_at(sk_ctx *cx, sk_log *log, uint64_t size, const sk_hash *root,
                                     sk_frontier *ret_frontier);

/* Add leaves [f->size, to) of the file to f. */
SK_MUST_USE sk_rc sk_log_extend(sk_ctx *cx, sk_log *log, sk_frontier *f, uint64_t to);

/* Remember the frontier in derived/; failing costs time at the next open and nothing else. */
void sk_log_save_state(const sk_log *log, const sk_frontier *f);

/* ---- which ids have a leaf ---- */

/* All leaves of some logs in memory, findable by id. Cost: 32 + about 8 bytes a leaf. */
typedef struct sk_leafmap {
    sk_hash *ids; /* of all logs, one log behind the other */
    uint64_t n;
    uint32_t *slots; /* open addressing; position + 1, 0 is empty */
    uint64_t mask;
    uint64_t *starts; /* per log: where its leaves begin in ids; one more at the end */
    size_t n_logs;
} sk_leafmap;

/* Reads log->n leaves of each; when an id stands twice, the first place is found.
 * Errors: SK_E_LIMIT above SK_LIM_LEAVES. */
SK_MUST_USE sk_rc sk_leafmap_build(sk_ctx *cx, sk_log *const *logs, size_t n_logs,
                                   sk_leafmap *ret_map);
void sk_leafmap_done(sk_leafmap *map);

/* Position in ids, or UINT64_MAX. */
uint64_t sk_leafmap_find(const sk_leafmap *map, const sk_hash *id);

/* Which log and which of its leaves a position is. */
void sk_leafmap_place(const sk_leafmap *map, uint64_t at, size_t *ret_log, uint64_t *ret_leaf);

#endif
