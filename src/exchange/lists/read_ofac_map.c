/* Entries of an OFAC list by number and by name. See read_ofac.h. */
#include "exchange/lists/read_ofac.h"

#include "exchange/lists/mine_text.h"

const char *sk_ofac_type(sk_ofac_kind kind)
{
    static const char *const types[SK_OFAC_KINDS] = {
        [SK_OFAC_BODY] = "Organization", [SK_OFAC_PERSON] = "Person",
        [SK_OFAC_VESSEL] = "Vessel",     [SK_OFAC_AIRCRAFT] = "Airplane",
        [SK_OFAC_OTHER] = "LegalEntity",
    };
    return types[kind];
}

/* FNV-1a over small letters, blanks as one. Two of ten thousand names meet by chance once in
 * 10^11 lists. */
static uint64_t hash_name(sk_str name)
{
    uint64_t h = 0xcbf29ce484222325u;
    sk_str s = sk_str_trim(name);
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
        if (c == ' ' && i && s.p[i - 1] == ' ')
            continue;
        h = (h ^ (unsigned char)c) * 0x100000001b3u;
    }
    return h;
}

static size_t slot_of(const sk_ofac_map *m, uint64_t hash)
{
    return (size_t)((hash * 0x9E3779B97F4A7C15u) >> 20) & (m->n_slots - 1);
}

sk_rc sk_ofac_map_add(sk_ctx *cx, sk_ofac_map *m, uint64_t number, sk_str name, sk_ofac_kind kind)
{
    if (m->n == SK_LIM_LIST_ENTRIES)
        return sk_fail(cx, SK_E_LIMIT, "the list has more than %d entries", SK_LIM_LIST_ENTRIES);
    SK_GROW(&m->memory, m->entries, m->n, m->cap);
    m->entries[m->n++] =
        (sk_ofac_entry){.number = number, .name = hash_name(name), .kind = (uint8_t)kind};
    return SK_OK;
}

void sk_ofac_map_index(sk_ofac_map *m)
{
    m->n_slots = 64;
    while (m->n_slots < m->n * 2)
        m->n_slots *= 2;
    m->by_number = sk_new_array(&m->memory, uint32_t, m->n_slots);
    m->by_name = sk_new_array(&m->memory, uint32_t, m->n_slots);
    for (size_t i = 0; i < m->n; i++) {
        sk_ofac_entry *e = &m->entries[i];
        size_t at = slot_of(m, e->number);
        for (; m->by_number[at]; at = (at + 1) & (m->n_slots - 1))
            if (m->entries[m->by_number[at] - 1].number == e->number) {
                m->entries[m->by_number[at] - 1].is_twice = true;
                break;
            }
        if (!m->by_number[at])
            m->by_number[at] = (uint32_t)i + 1;
        for (at = slot_of(m, e->name); m->by_name[at]; at = (at + 1) & (m->n_slots - 1))
            continue;
        m->by_name[at] = (uint32_t)i + 1;
    }
}

sk_ofac_entry *sk_ofac_map_find(sk_ofac_map *m, uint64_t number)
{
    for (size_t at = slot_of(m, number); m->by_number[at]; at = (at + 1) & (m->n_slots - 1))
        if (m->entries[m->by_number[at] - 1].number == number)
            return &m->entries[m->by_number[at] - 1];
    return NULL;
}

const sk_ofac_entry *sk_ofac_map_named(const sk_ofac_map *m, sk_str name)
{
    uint64_t hash = hash_name(name);
    const sk_ofac_entry *found = NULL;
    for (size_t at = slot_of(m, hash); m->by_name[at]; at = (at + 1) & (m->n_slots - 1)) {
        const sk_ofac_entry *e = &m->entries[m->by_name[at] - 1];
        if (e->name != hash || (found && found->number == e->number))
            continue;
        if (found)
            return NULL;
        found = e;
    }
    return found;
}

sk_rc sk_ofac_map_keep(sk_ctx *cx, sk_ofac_map *m, sk_ofac_entry *entry, uint64_t row,
                       sk_str remarks)
{
    m->kept_bytes += remarks.n;
    if (m->kept_bytes > SK_LIM_LIST_CONTINUED)
        return sk_fail(cx, SK_E_LIMIT, "more than %zu bytes of remarks go on in another file",
                       SK_LIM_LIST_CONTINUED);
    entry->cut = sk_new(&m->memory, sk_ofac_cut);
    *entry->cut = (sk_ofac_cut){row, sk_str_copy(&m->memory, remarks)};
    return SK_OK;
}

void sk_ofac_map_done(sk_ofac_map *m)
{
    sk_arena_done(&m->memory);
}
