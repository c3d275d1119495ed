#include "exchange/mapping/mapping_keys.h"

#include "base/limits.h"

#include <stdlib.h>

void sk_keyset_done(sk_keyset *set)
{
    free(set->slots);
    *set = (sk_keyset){0};
}

static uint64_t hash_of(sk_str key)
{
    sk_hash h = sk_sha256(key);
    uint64_t x;
    memcpy(&x, h.b, sizeof x);
    return x ? x : 1;
}

static size_t slot_of(const sk_keyset *set, uint64_t x)
{
    size_t at = (size_t)x & (set->cap - 1);
    while (set->slots[at] && set->slots[at] != x)
        at = (at + 1) & (set->cap - 1);
    return at;
}

static void grow(sk_keyset *set)
{
    sk_keyset bigger = {.cap = set->cap ? set->cap * 2 : 1024, .n = set->n};
    size_t bytes = bigger.cap * sizeof *bigger.slots;
    bigger.slots = sk_xmalloc(bytes);
    memset(bigger.slots, 0, bytes);
    for (size_t i = 0; i < set->cap; i++)
        if (set->slots[i])
            bigger.slots[slot_of(&bigger, set->slots[i])] = set->slots[i];
    free(set->slots);
    *set = bigger;
}

bool sk_keyset_has(const sk_keyset *set, sk_str key)
{
    return set->cap && set->slots[slot_of(set, hash_of(key))];
}

bool sk_keyset_add(sk_keyset *set, sk_str key)
{
    if (set->n * 2 >= set->cap && set->n < SK_LIM_KEYS_SEEN)
        grow(set);
    uint64_t x = hash_of(key);
    size_t at = slot_of(set, x);
    if (set->slots[at])
        return true;
    if (set->n < SK_LIM_KEYS_SEEN) {
        set->slots[at] = x;
        set->n++;
    }
    return false;
}
