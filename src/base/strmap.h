/* A map from text to a pointer: for tables that are made once and looked up often.
 *
 *     sk_strmap m = {0};
 *     sk_strmap_put(&m, arena, SK_S("Person"), &types[3]);
 *     const sk_type *t = sk_strmap_get(&m, name);              NULL: not there
 *
 * Open addressing over a power of two; at most half full. Keys and pointers are borrowed; the slots
 * live in the arena. Keys of hostile input can be chosen so that they collide: only for keys of our
 * own tables, or of a number that a ceiling bounds.
 *
 * Invariants: a zeroed map is valid and empty. Threads: read-only once filled.
 * Tested in tests/unit/base/t_small_tools.c. */
#ifndef SK_BASE_STRMAP_H
#define SK_BASE_STRMAP_H

#include "base/str.h"

typedef struct sk_strmap_slot {
    sk_str key;
    const void *value; /* NULL: free */
} sk_strmap_slot;

typedef struct sk_strmap {
    sk_strmap_slot *slots;
    size_t n, cap;
} sk_strmap;

/* A number that spreads texts: eight bytes at a step. The same on every machine that we run on; not
 * written anywhere. */
static inline uint64_t sk_str_hash(sk_str s)
{
    uint64_t h = 0x9E3779B97F4A7C15u ^ s.n, v;
    const char *p = s.p;
    size_t n = s.n;
    for (; n >= 8; p += 8, n -= 8) {
        memcpy(&v, p, 8);
        h = (h ^ v) * 0xFF51AFD7ED558CCDu;
        h ^= h >> 32;
    }
    v = 0;
    if (n)
        memcpy(&v, p, n);
    h = (h ^ v) * 0xC4CEB9FE1A85EC53u;
    return h ^ h >> 29;
}

/* Put value (not NULL) under key. What stands there already stays: then false. */
bool sk_strmap_put(sk_strmap *m, sk_arena *a, sk_str key, const void *value);

static inline const void *sk_strmap_get(const sk_strmap *m, sk_str key)
{
    if (!m->n)
        return NULL;
    for (size_t i = sk_str_hash(key);; i++) {
        const sk_strmap_slot *slot = &m->slots[i & (m->cap - 1)];
        if (!slot->value || sk_str_eq(slot->key, key))
            return slot->value;
    }
}

#endif
