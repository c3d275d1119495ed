#include "base/strmap.h"

static sk_strmap_slot *slot_of(const sk_strmap *m, sk_str key)
{
    for (size_t i = sk_str_hash(key);; i++) {
        sk_strmap_slot *slot = &m->slots[i & (m->cap - 1)];
        if (!slot->value || sk_str_eq(slot->key, key))
            return slot;
    }
}

static void grow(sk_strmap *m, sk_arena *a)
{
    sk_strmap old = *m;
    m->cap = old.cap ? old.cap * 2 : 16;
    m->slots = sk_new_array(a, sk_strmap_slot, m->cap);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].value)
            *slot_of(m, old.slots[i].key) = old.slots[i];
}

bool sk_strmap_put(sk_strmap *m, sk_arena *a, sk_str key, const void *value)
{
    sk_assert(value);
    if (m->n * 2 >= m->cap)
        grow(m, a);
    sk_strmap_slot *slot = slot_of(m, key);
    if (slot->value)
        return false;
    *slot = (sk_strmap_slot){key, value};
    m->n++;
    return true;
}
