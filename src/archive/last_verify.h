/* When the archive was last verified, and what came of it: derived/last-verify, one line.
 *
 *     2026-11-24T08:46:07Z whole 4711 0
 *     when                 |     |    findings of damage
 *                          |     entries in the log then
 *                          "whole" with every preserved file, "log" without
 *
 * A convenience for people: unsigned, and no proof of anything. Who doubts it verifies again.
 *
 * Threads: as the context. Tested by tests/unit/archive/t_last_verify.c. */
#ifndef SK_ARCHIVE_LAST_VERIFY_H
#define SK_ARCHIVE_LAST_VERIFY_H

#include "archive/verify.h"

typedef struct sk_last_verify {
    sk_str at;        /* RFC 3339 */
    bool has_blobs;   /* preserved files were read too */
    uint64_t entries; /* in the log then */
    uint64_t damage;
} sk_last_verify;

/* Keep the outcome of a run that finished. What cannot be written is not kept: no error. */
void sk_last_verify_keep(sk_ctx *cx, const sk_archive *ar, const sk_verify_opts *opts,
                         const sk_verify_report *report);

/* False when none is kept, or the line is not understood. */
bool sk_last_verify_get(sk_ctx *cx, const sk_archive *ar, sk_last_verify *ret_last);

#endif
