/* SHA-256 by OpenSSL (5 to 14 times libsodium's speed where the processor has SHA instructions).
 * Source: FIPS 180-4; tested in tests/unit/t_base.c against published digests. */
#ifndef SK_BASE_SHA256_H
#define SK_BASE_SHA256_H

#include "base/str.h"

typedef struct sk_hash {
    unsigned char b[32];
} sk_hash;

static inline bool sk_hash_eq(const sk_hash *a, const sk_hash *b)
{
    return memcmp(a->b, b->b, sizeof a->b) == 0;
}

sk_hash sk_sha256(sk_str bytes);

/* Streaming: new, any number of adds, then end (which frees). */
typedef struct sk_sha256_state sk_sha256_state;
sk_sha256_state *sk_sha256_new(void);
void sk_sha256_add(sk_sha256_state *st, sk_str bytes);
sk_hash sk_sha256_end(sk_sha256_state *st);

/* 64 lower-case hex digits, in the arena. */
sk_str sk_hash_hex(sk_arena *a, const sk_hash *h);
bool sk_hash_parse(sk_str hex, sk_hash *ret_hash);

#endif
