/* Random bytes from the kernel, for nonces and tokens. Keys are made by libsodium.
 *
 * Source: getrandom(2), which blocks only until the kernel is seeded at boot. */
#ifndef SK_BASE_RNG_H
#define SK_BASE_RNG_H

#include "base/str.h"

/* Fill n bytes; aborts when the kernel cannot give any, for nothing good could follow. */
void sk_rng_bytes(void *ret_bytes, size_t n);

/* Tests only: from now on sk_rng_bytes gives SHA-256(seed, counter) blocks, the same every time.
 * An empty seed goes back to the kernel. Not thread-safe; call it before any thread starts. */
void sk_rng_pin(sk_str seed);

#endif
