/* The archive: a directory that holds everything, whose truth is never changed.
 *
 *   ARCHIVE/
 *     SILLOK                   "sillok-archive/1", archive id
 *     keys/                    this device's and author's secret keys (0600), known public keys
 *     logs/<device>/leaves     32 bytes an entry: the entry's id; append-only
 *     logs/<device>/checkpoint newest signed tree head
 *     entries/00000001.seg     framed entry bodies; append-only
 *     blobs/ab/<sha256>        exhibit bytes exactly as captured
 *     quarantine/              what recovery set aside; nothing here is ever deleted by us
 *     derived/                 caches: delete it and `sillok reindex` gives the same answers
 *
 * Write order: blob (temp, fsync, rename, fsync dir), segment append + fdatasync, leaf append +
 * fdatasync, and only then does sk_archive_commit return SK_OK: acknowledged. Everything written
 * is read back and hashed again before that. After a failed fsync the archive refuses to write
 * until it is opened (and so recovered) again.
 *
 * This module knows bytes and proofs; what an entry means is record/'s business.
 * One writer (flock), many readers. Threads: an sk_archive belongs to one thread; hashing may use
 * more inside. Normative format: docs/formats/archive.md. */
#ifndef SK_ARCHIVE_ARCHIVE_H
#define SK_ARCHIVE_ARCHIVE_H

#include "archive/fs.h"
#include "archive/note.h"

typedef struct sk_archive sk_archive;

typedef enum sk_archive_mode {
    SK_ARCHIVE_READ,
    SK_ARCHIVE_WRITE,
    SK_ARCHIVE_INSPECT, /* read even where SILLOK or keys/ are damaged: for sk_verify */
} sk_archive_mode;

/* Where an entry's body lies. Derived: found by scanning, kept in the index. */
typedef struct sk_entry_place {
    uint32_t segment; /* 1 for entries/00000001.seg                  */
    uint64_t offset;  /* of the frame, in bytes                      */
    uint64_t leaf;    /* position in its device's log, from 0        */
    sk_str device;    /* the log it stands in                        */
} sk_entry_place;

/* What recovery found and did when the archive was opened for writing. */
typedef struct sk_recovery {
    uint64_t leaves_cut;         /* bytes cut from an unfinished leaf                        */
    uint64_t leaves_mended;      /* torn leaves written again from the body in their place   */
    uint64_t bodies_quarantined; /* bodies without a leaf: never acknowledged                */
    uint64_t frames_cut;         /* unfinished frames moved to quarantine                    */
    uint64_t bodies_missing;     /* leaves without a body: reported, never dropped           */
} sk_recovery;

/* Make an empty archive at path (which must not exist or be an empty directory): ids, device and
 * author key, and the two `key` entries that introduce them, committed and checkpointed.
 * author_label   how the author wants to be known inside the archive; may be empty
 * Errors: SK_E_CONFLICT when something is there, SK_E_IO. */
SK_MUST_USE sk_rc sk_archive_init(sk_ctx *cx, const sk_fs *fs, sk_str path, sk_str author_label);

/* Open; for writing takes the lock and recovers the tail first (sk_archive_get_recovery).
 * A reader sees the entries whose leaves were there when it asked, and never waits for the writer.
 * Cost: independent of the archive's size when it was closed in order (under 10 ms).
 * Errors: SK_E_NOTFOUND no archive there, SK_E_CONFLICT another writer, SK_E_UNSUPPORTED newer
 * format, SK_E_INTEGRITY. */
SK_MUST_USE sk_rc sk_archive_open(sk_ctx *cx, const sk_fs *fs, sk_str path, sk_archive_mode mode,
                                  sk_archive **ret_archive);

/* Sign a checkpoint if the log grew, give the lock back, free. Accepts NULL.
 * What was appended but not committed is dropped. */
void sk_archive_close(sk_archive *ar);

/* Borrowed for the archive's life. id: 32 hex digits. */
sk_str sk_archive_get_id(const sk_archive *ar);
sk_str sk_archive_get_path(const sk_archive *ar);
sk_str sk_archive_get_device(const sk_archive *ar);
sk_str sk_archive_get_author(const sk_archive *ar); /* key name: what stands in `by` */
const sk_recovery *sk_archive_get_recovery(const sk_archive *ar);

/* Entries in all logs, as of now. */
uint64_t sk_archive_count(const sk_archive *ar);

/* ---- writing entries: append any number, then commit once ---- */

/* Build, sign and buffer one entry of this device's author. Nothing is on disk before the commit.
 * ret_id (may be NULL)       the entry's id
 * ret_place (may be NULL)    where the body will lie
 * Cost: one Ed25519 signature (about 25 us).  Errors: SK_E_FORMAT, SK_E_LIMIT, SK_E_DENIED when
 * opened for reading. */
SK_MUST_USE sk_rc sk_archive_append(sk_ctx *cx, sk_archive *ar, sk_str kind, const sk_line *lines,
                                    size_t n_lines, sk_hash *ret_id, sk_entry_place *ret_place);

/* Make the buffered entries durable, in one group. SK_OK means acknowledged.
 * On failure none of them counts, and ar accepts no more writes. */
SK_MUST_USE sk_rc sk_archive_commit(sk_ctx *cx, sk_archive *ar);

/* Forget the buffered entries. */
void sk_archive_drop(sk_archive *ar);

/* Sign and store a checkpoint of this device's log now (also done by close). */
SK_MUST_USE sk_rc sk_archive_checkpoint(sk_ctx *cx, sk_archive *ar);

/* ---- reading entries ---- */

/* Read one body from its place, check that it hashes to id, and parse it.
 * Errors: SK_E_NOTFOUND the entry was erased, which callers may pass over; SK_E_INTEGRITY anything
 * else stands there, or nothing. */
SK_MUST_USE sk_rc sk_archive_read(sk_ctx *cx, sk_archive *ar, const sk_entry_place *place,
                                  const sk_hash *id, sk_entry *ret_entry);

/* Called for each entry that has a leaf, in segment order. The entry and place live until the call
 * returns. Return non-zero to stop; that becomes the result of the walk. */
typedef sk_rc sk_entry_fn(sk_ctx *cx, const sk_entry *entry, const sk_entry_place *place,
                          void *arg);

/* Walk all entries whose body begins at or after (segment, offset); (1, 0) for all.
 * Hashes each body; does not verify signatures (sk_verify does).
 * ret_segment, ret_offset (may be NULL)   where to go on next time
 * Memory: one entry at a time. */
SK_MUST_USE sk_rc sk_archive_each(sk_ctx *cx, sk_archive *ar, uint32_t segment, uint64_t offset,
                                  sk_entry_fn *fn, void *arg, uint32_t *ret_segment,
                                  uint64_t *ret_offset);

/* ---- blobs ---- */

typedef struct sk_blob_info {
    sk_hash hash;
    uint64_t size_bytes;
    bool is_new; /* false: the same bytes were here already */
} sk_blob_info;

/* Store the bytes behind fd (read to its end) as a blob: hashed, written, read back, hashed again.
 * Durable only after the next sk_archive_commit: small blobs are synced in groups.
 * Progress: moves cx->progress by bytes.  Errors: SK_E_IO, SK_E_INTEGRITY read-back differs. */
SK_MUST_USE sk_rc sk_blob_write(sk_ctx *cx, sk_archive *ar, int fd, sk_blob_info *ret_info);

/* The same for bytes in memory. */
SK_MUST_USE sk_rc sk_blob_write_bytes(sk_ctx *cx, sk_archive *ar, sk_str bytes,
                                      sk_blob_info *ret_info);

/* A real file descriptor on the blob, read-only; the caller closes it.
 * Errors: SK_E_NOTFOUND, SK_E_UNSUPPORTED on a file system that has no descriptors. */
SK_MUST_USE sk_rc sk_blob_open(sk_ctx *cx, sk_archive *ar, const sk_hash *hash, int *ret_fd,
                               uint64_t *ret_size_bytes);

/* The path of a blob, for messages and for handing to people; the blob may not exist. */
sk_str sk_blob_path(sk_ctx *cx, const sk_archive *ar, const sk_hash *hash);

/* ---- proofs of one entry ---- */

/* The tlog-proof (C2SP) of the leaf at place under the newest checkpoint: text to hand out.
 * Errors: SK_E_NOTFOUND when no checkpoint covers the leaf. */
SK_MUST_USE sk_rc sk_archive_prove(sk_ctx *cx, sk_archive *ar, const sk_entry_place *place,
                                   sk_str *ret_proof);

/* Consistency of the tree of old_size leaves with the newest checkpoint, as the body of a C2SP
 * add-checkpoint request: "old <size>", one base64 hash a line, an empty line, the checkpoint.
 * Errors: SK_E_NOTFOUND when old_size is larger than the checkpoint's. */
SK_MUST_USE sk_rc sk_log_consistency(sk_ctx *cx, sk_archive *ar, uint64_t old_size,
                                     sk_str *ret_text);

/* Newest checkpoint of this device, verbatim. */
SK_MUST_USE sk_rc sk_archive_read_checkpoint(sk_ctx *cx, sk_archive *ar, sk_str *ret_note);

/* Public keys of the archive, one vkey a line ("name+hex8+base64"), for verifiers. */
SK_MUST_USE sk_rc sk_archive_read_vkeys(sk_ctx *cx, sk_archive *ar, sk_str *ret_text);

#endif
