#include "base/rng.h"

#include "base/sha256.h"

#include <errno.h>
#include <stdio.h>
#include <sys/random.h>

static struct {
    bool is_pinned;
    sk_hash key;
    uint64_t counter;
} pin;

void sk_rng_pin(sk_str seed)
{
    pin.is_pinned = seed.n > 0;
    pin.key = sk_sha256(seed);
    pin.counter = 0;
}

static void fill_pinned(unsigned char *out, size_t n)
{
    while (n) {
        unsigned char block[sizeof pin.key.b + sizeof pin.counter];
        memcpy(block, pin.key.b, sizeof pin.key.b);
        for (size_t i = 0; i < sizeof pin.counter; i++)
            block[sizeof pin.key.b + i] = (unsigned char)(pin.counter >> (8 * i));
        pin.counter++;
        sk_hash h = sk_sha256((sk_str){(const char *)block, sizeof block});
        size_t take = n < sizeof h.b ? n : sizeof h.b;
        memcpy(out, h.b, take);
        out += take;
        n -= take;
    }
}

void sk_rng_bytes(void *ret_bytes, size_t n)
{
    unsigned char *out = ret_bytes;
    if (pin.is_pinned) {
        fill_pinned(out, n);
        return;
    }
    while (n) {
        ssize_t got = getrandom(out, n, 0);
        if (got < 0) {
            sk_assert(errno == EINTR); /* anything else: a kernel without random bytes */
            continue;
        }
        out += got;
        n -= (size_t)got;
    }
}
