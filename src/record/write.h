/* Writing the record: drafts become signed entries, and entries become rows.
 *
 * Append any number, then commit once: SK_OK from sk_record_commit means that everything since the
 * last commit is on disk, read back, and in the index. All use cx->archive (open for writing) and
 * cx->index. Errors before the commit leave the buffered entries as they were; the caller may drop
 * them with sk_archive_drop. */
#ifndef SK_RECORD_WRITE_H
#define SK_RECORD_WRITE_H

#include "record/claim.h"
#include "record/index.h"

/* How bytes came in. Fields may be empty except hash and size. */
typedef struct sk_capture_draft {
    sk_blob_info blob;
    sk_str name, media, url, captured, captured_by, rights, method, note;
    const sk_str *restrict_labels;
    size_t n_restrict;
} sk_capture_draft;

SK_MUST_USE sk_rc sk_record_capture(sk_ctx *cx, const sk_capture_draft *draft, sk_hash *ret_id);

/* Check the draft (sk_claim_check) and log it. The draft becomes canonical in place. */
SK_MUST_USE sk_rc sk_record_claim(sk_ctx *cx, sk_claim *draft, sk_warn_fn *warn, void *warn_arg,
                                  sk_hash *ret_id);

/* Take back a claim, judgement, restriction or permit. Its entry stays; it no longer counts.
 * reason   required: somebody will ask */
SK_MUST_USE sk_rc sk_record_retract(sk_ctx *cx, const sk_hash *target, sk_str reason,
                                    sk_hash *ret_id);

/* verdict: "same", "different" or "unsure". Errors: SK_E_FORMAT. */
SK_MUST_USE sk_rc sk_record_judge(sk_ctx *cx, sk_str a, sk_str b, sk_str verdict, sk_str reason,
                                  sk_hash *ret_id);

/* Suggestions that a person turned down: see record/review.h, which writes this. */
typedef struct sk_rejection {
    sk_hash exhibit;
    const sk_str *suggestions; /* "<64 hex> <start>-<end> <rule>" */
    size_t n_suggestions;      /* 1 to SK_LIM_REJECTED            */
    sk_str lexicon, reason;    /* may be empty                    */
} sk_rejection;
SK_MUST_USE sk_rc sk_record_reject(sk_ctx *cx, const sk_rejection *r, sk_hash *ret_id);

/* target: "exhibit HEX", "claim HEX" or "entity KEY". */
SK_MUST_USE sk_rc sk_record_restrict(sk_ctx *cx, sk_str target, sk_str label, sk_str reason,
                                     sk_hash *ret_id);
SK_MUST_USE sk_rc sk_record_permit(sk_ctx *cx, sk_str user, sk_str label, sk_str purpose,
                                   sk_str reason, sk_hash *ret_id);

SK_MUST_USE sk_rc sk_record_commit(sk_ctx *cx);

#endif
