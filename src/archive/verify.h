/* Verify: prove that nothing acknowledged was lost and nothing stored was altered.
 *
 * Checks, in this order, each finding named and none stopping the rest:
 *   SILLOK and key files parse, and agree with the `key` entries; every leaf file is a whole number
 *   of ids; every frame parses; every body hashes to its id, stands in a log, parses, names this
 *   archive and bears a valid signature by a known key; every leaf has a body (or an erasure mark);
 *   the checkpoint's signature, size and root; every blob hashes to its name; every blob that a
 *   capture names is there; nothing foreign lies in the archive.
 *
 * It cannot show that a claim is true, nor that nothing was left out before logging. */
#ifndef SK_ARCHIVE_VERIFY_H
#define SK_ARCHIVE_VERIFY_H

#include "archive/archive.h"

typedef struct sk_finding {
    bool is_damage; /* false: worth knowing, not wrong (a body in quarantine)         */
    sk_str what;    /* stable word: "blob-altered", "leaf-without-body", ...          */
    sk_str path;    /* file, relative to the archive                                  */
    sk_str detail;  /* entry id, byte position, expected and found: one line of prose */
} sk_finding;

/* Called on the thread that called sk_verify; the finding lives until the call returns. */
typedef void sk_finding_fn(sk_ctx *cx, const sk_finding *finding, void *arg);

typedef struct sk_verify_opts {
    bool skip_blobs;  /* only log and entries                                              */
    bool resume;      /* go on where an interrupted run stopped (derived/verify-state)     */
    unsigned threads; /* 0: one per processor                                              */
} sk_verify_opts;

typedef struct sk_verify_report {
    uint64_t entries, signatures, leaves, blobs, blob_bytes;
    uint64_t damage, notices; /* findings of either sort */
} sk_verify_report;

/* Run all checks. SK_OK means the run finished, whatever it found: look at ret_report->damage.
 * Errors: only what stops the run itself (SK_E_NOTFOUND, SK_E_CANCELLED, SK_E_IO on directories).
 * Cost: one read of the whole archive, hashing in parallel; about 60 us a signature and core. */
SK_MUST_USE sk_rc sk_verify(sk_ctx *cx, sk_archive *ar, const sk_verify_opts *opts,
                            sk_finding_fn *fn, void *arg, sk_verify_report *ret_report);

#endif
