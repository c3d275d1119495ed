/* A set of keys, to see when one comes a second time: 16 bytes or less a key, whatever its length.
 *
 * Keys are remembered by 64 bits of their SHA-256: of ten million keys, two that differ are taken
 * for the same with a chance of about one in 370,000; what hangs on it is a remark.
 * Threads: one. Tested in tests/unit/exchange/t_mapping.c. */
#ifndef SK_EXCHANGE_MAPPING_KEYS_H
#define SK_EXCHANGE_MAPPING_KEYS_H

#include "base/sha256.h"

typedef struct sk_keyset {
    uint64_t *slots; /* 0: free */
    size_t n, cap;
} sk_keyset;

/* A zeroed set is empty. */
void sk_keyset_done(sk_keyset *set);

/* True when the key was there before. At SK_LIM_KEYS_SEEN keys nothing more is remembered. */
bool sk_keyset_add(sk_keyset *set, sk_str key);
bool sk_keyset_has(const sk_keyset *set, sk_str key);

#endif
