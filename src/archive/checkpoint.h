/* Checkpoints (signed tree heads) and tlog-proofs, as text.
 *
 *   4f1c0a9e/device/7f3a2b10             origin: the name of the device key that signs
 *   1042                                 leaves
 *   CsUYapGGPo4dkMgIAUqom/Xajj7h2...     root, base64
 *
 *   <em dash> 4f1c0a9e/device/7f3a2b10 Az3grl...   cosignatures of witnesses may follow
 *
 * Grammar, signing and checking only; archive/log.h decides when a checkpoint may be signed: never
 * one that contradicts an earlier one. Extension lines are refused: nobody could check them.
 * Sources: C2SP tlog-checkpoint, signed-note, tlog-proof. Fuzzed by tests/fuzz/f_checkpoint.c. */
#ifndef SK_ARCHIVE_CHECKPOINT_H
#define SK_ARCHIVE_CHECKPOINT_H

#include "archive/merkle.h"
#include "archive/sign.h"

typedef struct sk_checkpoint {
    sk_str bytes; /* the whole note */
    sk_str origin;
    uint64_t size;
    sk_hash root;
    sk_signed note;
} sk_checkpoint;

/* Compose and sign, in the arena. */
sk_str sk_checkpoint_build(sk_arena *a, const sk_seckey *device, uint64_t size,
                           const sk_hash *root);

/* Borrowed from bytes. Errors: SK_E_FORMAT naming the line, SK_E_LIMIT. */
SK_MUST_USE sk_rc sk_checkpoint_parse(sk_ctx *cx, sk_str bytes, sk_checkpoint *ret_checkpoint);

/* Signed by device, and of its log. Errors: SK_E_INTEGRITY. */
SK_MUST_USE sk_rc sk_checkpoint_check(sk_ctx *cx, const sk_checkpoint *cp, const sk_pubkey *device);

typedef struct sk_tlog_proof {
    sk_str extra; /* decoded; p == NULL when there is no extra line. Not authenticated. */
    uint64_t index;
    sk_proof path;
    sk_checkpoint checkpoint;
} sk_tlog_proof;

/* The hashes of a proof as text: base64, one a line. */
sk_str sk_proof_lines(sk_arena *a, const sk_proof *proof);

/* checkpoint   verbatim, with whatever cosignatures it has */
sk_str sk_tlog_proof_build(sk_arena *a, uint64_t index, const sk_proof *path, sk_str checkpoint);

SK_MUST_USE sk_rc sk_tlog_proof_parse(sk_ctx *cx, sk_str bytes, sk_tlog_proof *ret_proof);

/* The entry stands at proof->index in a tree that device signed. Errors: SK_E_INTEGRITY. */
SK_MUST_USE sk_rc sk_tlog_proof_check(sk_ctx *cx, const sk_tlog_proof *proof, const sk_hash *id,
                                      const sk_pubkey *device);

#endif
