/* A package: one exhibit with its proofs, as a directory that a stranger verifies without sillok.
 *
 *   DIR/bagit.txt  bag-info.txt  manifest-sha256.txt  tagmanifest-sha256.txt      BagIt 1.0
 *   DIR/README.txt                       what this is and how to check it, by script or by hand
 *   DIR/verify.sh                        bash, coreutils, openssl and nothing else
 *   DIR/data/blobs/<sha256>.<ext>        the exhibit's bytes
 *   DIR/data/entries/<id>.note           its captures, the claims that rest on it, the keys
 *   DIR/data/proofs/<id>.tlog-proof      each entry's place in the signed log
 *   DIR/data/keys.txt                    public keys, one vkey a line
 *
 * Only what the view shows goes in. Original file names stand in bag-info.txt and README.txt, never
 * in paths. The directory appears whole or not at all. Restricted or withheld entries leave no
 * trace but their hashes inside proofs, which say nothing.
 * Normative: docs/formats/package.md. Test: tests/unit/exchange/t_package.c. */
#ifndef SK_PUBLISH_PACKAGE_H
#define SK_PUBLISH_PACKAGE_H

#include "record/read.h"

typedef struct sk_package_summary {
    uint64_t captures, claims, keys; /* entries, each with its proof */
    uint64_t payload_bytes, payload_files;
} sk_package_summary;

/* Write the package of exhibit x to dir, which must not exist or be an empty directory. Uses
 * cx->archive; for what was logged just now call sk_archive_checkpoint first.
 * ret_summary may be NULL.  Durable when it returns.
 * Cost: one reading of the exhibit, one proof an entry (about 50 us).
 * Errors: SK_E_CONFLICT something is at dir; SK_E_NOTFOUND an entry that no checkpoint covers yet;
 * SK_E_INTEGRITY the exhibit's bytes are not what was captured; SK_E_LIMIT, SK_E_IO. */
SK_MUST_USE sk_rc sk_package_write(sk_ctx *cx, sk_view *v, const sk_exhibit *x, sk_str dir,
                                   sk_package_summary *ret_summary);

#endif
