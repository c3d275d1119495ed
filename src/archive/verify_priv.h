/* What the parts of verification share: verify.c (order, SILLOK, keys, logs), verify_entries.c,
 * verify_blobs.c, verify_state.c. See archive/verify.h. */
#ifndef SK_ARCHIVE_VERIFY_PRIV_H
#define SK_ARCHIVE_VERIFY_PRIV_H

#include "archive/archive_priv.h"
#include "archive/verify.h"

#include <stdatomic.h>

/* An id or hash with the entry that names it. */
typedef struct sk_ref {
    sk_hash hash, entry;
} sk_ref;

typedef struct sk_refs {
    sk_ref *items; /* malloc */
    size_t n, cap;
} sk_refs;

/* Where an interrupted run stopped, and what it had found in the part that need not be done again. */
typedef struct sk_verify_state {
    uint32_t segment; /* signatures of frames before this place are checked */
    uint64_t offset;
    bool has_blob; /* blobs up to and with this one are hashed */
    sk_hash blob;
    uint64_t blobs, blob_bytes;
    sk_buf findings; /* "d|n what TAB path TAB detail" lines of that part */
} sk_verify_state;

typedef struct sk_verifier {
    sk_ctx *caller; /* gets the findings; its arena is not touched, it may be keeping them there */
    sk_ctx *cx;     /* our own: emptied after each batch */
    sk_arena keep;  /* for what outlives a batch         */
    sk_archive *ar;
    sk_verify_opts opts;
    unsigned threads;
    sk_finding_fn *fn;
    void *arg;
    sk_verify_report report;

    sk_str id;           /* of the archive, as believed */
    sk_keyring keys;     /* by which signatures are checked */
    sk_keyring known;    /* from keys/known                 */
    sk_keyring logged;   /* from `key` entries              */
    sk_str *checkpoints; /* bytes per log, read before the leaves were counted; p NULL: none */
    unsigned char *seen; /* per leaf of ar->map: a body was met */
    sk_refs erased, expunged, blobs;
    sk_verify_state state;
    int64_t saved_ms;
} sk_verifier;

/* Report one finding; _kept: it belongs to work that a resumed run will skip. */
void sk_verify_find(sk_verifier *v, bool is_damage, const char *what, const char *path,
                    const char *fmt, ...) SK_PRINTF(5, 6);
void sk_verify_find_kept(sk_verifier *v, bool is_damage, const char *what, const char *path,
                         const char *fmt, ...) SK_PRINTF(5, 6);

void sk_refs_add(sk_refs *refs, const sk_hash *hash, const sk_hash *entry);
void sk_refs_sort(sk_refs *refs);
/* In a sorted list: the first with that hash, or NULL. */
const sk_ref *sk_refs_find(const sk_refs *refs, const sk_hash *hash);

/* Call fn(arg, i, worker) for all i below n, on v->threads threads at once, this one included, but
 * on no more than give each of them grain calls.
 * worker is below v->threads and tells the threads apart. */
typedef void sk_item_fn(void *arg, size_t i, unsigned worker);
void sk_verify_parallel(const sk_verifier *v, size_t n, size_t grain, sk_item_fn *fn, void *arg);

SK_MUST_USE sk_rc sk_verify_entries(sk_verifier *v);
SK_MUST_USE sk_rc sk_verify_blobs(sk_verifier *v);

/* derived/verify-state: a note signed by this device's key, so that nobody else can make a later
 * run skip anything; older than a day it counts no more. */
void sk_verify_state_load(sk_verifier *v);
void sk_verify_state_save(sk_verifier *v, bool is_now);
void sk_verify_state_remove(sk_verifier *v);

/* SK_E_CANCELLED when the caller wants to stop; the state is saved then. */
SK_MUST_USE sk_rc sk_verify_go_on(sk_verifier *v);

#endif
