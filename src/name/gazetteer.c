/* Looking a whole name up among the places. */
#include "name/gazetteer.h"

#define PLACE_BITS 0xFFFFull

/* The hash of all letters and digits; the one of tools/names/mkplaces. */
static uint64_t hash_of(const sk_form *f)
{
    uint64_t h = 0xCBF29CE484222325ull;

    for (unsigned i = 0; i < f->n_cp; i++)
        if (f->cp[i] != '\'')
            h = (h ^ f->cp[i]) * 0x100000001B3ull;
    return h ^ h >> 29;
}

unsigned sk_gazetteer_find(const sk_form *f, uint16_t ret_place[SK_PLACE_IDS])
{
    uint64_t key = hash_of(f) & ~PLACE_BITS;
    uint32_t lo = 0, hi = SK_GAZETTEER_SIZE;
    unsigned n = 0;

    memset(ret_place, 0, SK_PLACE_IDS * sizeof(ret_place[0]));
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (SK_GAZETTEER[mid] < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < SK_GAZETTEER_SIZE && n < SK_PLACE_IDS; lo++) {
        if ((SK_GAZETTEER[lo] & ~PLACE_BITS) != key)
            break;
        ret_place[n++] = (uint16_t)(SK_GAZETTEER[lo] & PLACE_BITS);
    }
    return n;
}
