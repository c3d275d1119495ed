/* SHA-1, for one purpose: the ids that FollowTheMoney gives its statements. Nothing of ours is named
 * or proved by it; that is SHA-256 (base/sha256.h).
 *
 * Threads: a state belongs to one thread.
 * Source: FIPS 180-4; tested in tests/unit/base/t_small_tools.c against published digests. */
#ifndef SK_BASE_SHA1_H
#define SK_BASE_SHA1_H

#include "base/str.h"

typedef struct sk_sha1_hex {
    char digits[40]; /* small letters; no NUL behind them */
} sk_sha1_hex;

/* Kept from digest to digest, since making one costs as much as hashing a line. Caller frees. */
typedef struct sk_sha1_state sk_sha1_state;
sk_sha1_state *sk_sha1_new(void);
void sk_sha1_free(sk_sha1_state *st); /* NULL is fine */

sk_sha1_hex sk_sha1(sk_sha1_state *st, sk_str bytes);

#endif
