/* How the keys of the index are put together: one number after another, each into the hash so far.
 *
 * Keys are stored: whoever changes this raises SK_NAME_LAYOUT (name_private.h). */
#ifndef SK_NAME_KEY_H
#define SK_NAME_KEY_H

#include "base/compiler.h"

static inline uint64_t sk_key_mix(uint64_t h, uint64_t v)
{
    h = (h ^ v) * 0x9E3779B97F4A7C15u;
    return h ^ (h >> 32);
}

#endif
