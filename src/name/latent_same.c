/* Two names of one East Asian script, character by character: no learned model is asked. */
#include "name/latent.h"

#include "name/latent_private.h"

static bool is_same_class(unsigned a, unsigned b)
{
    return a == b ||
           (a < sk_tab_hans && b < sk_tab_hans && sk_tab_han_class[a] == sk_tab_han_class[b]);
}

/* Equal under the initial-sound rule in either direction. */
static bool is_same_sound(unsigned a, unsigned b)
{
    uint16_t x[2], y[2];
    unsigned n = sk_initial_sound(a, x), m = sk_initial_sound(b, y);

    for (unsigned i = 0; i < n; i++)
        if (x[i] == b)
            return true;
    for (unsigned i = 0; i < m; i++)
        if (y[i] == a)
            return true;
    return false;
}

/* One letter (jamo) differs. */
static bool is_near(unsigned a, unsigned b)
{
    unsigned differ = 0;

    differ += a / 588 != b / 588;
    differ += a % 588 / 28 != b % 588 / 28;
    differ += a % 28 != b % 28;

    return differ == 1;
}

sk_same_verdict sk_latent_same_at(const sk_latent *a, const sk_latent *b, unsigned i)
{
    if (i >= a->n_native || i >= b->n_native)
        return SK_SAME_DIFFERENT;
    unsigned x = sk_lat_native(a)[i], y = sk_lat_native(b)[i];
    if (x == SK_NO_HAN || y == SK_NO_HAN)
        return a->script != SK_SCRIPT_HANI && x == y ? SK_SAME_EQUAL : SK_SAME_DIFFERENT;
    if (x == y)
        return SK_SAME_EQUAL;
    if (a->script == SK_SCRIPT_HANI)
        return is_same_class(x, y) ? SK_SAME_VARIANT : SK_SAME_DIFFERENT;
    if (a->script != SK_SCRIPT_HANG)
        return SK_SAME_DIFFERENT;
    return is_same_sound(x, y) ? SK_SAME_VARIANT : is_near(x, y) ? SK_SAME_NEAR : SK_SAME_DIFFERENT;
}

/* Kana are compared in folded letters: long vowels, small kana, hiragana and katakana are one. */
bool sk_latent_same_sounds(const sk_latent *a, const sk_latent *b)
{
    return a->script == SK_SCRIPT_KANA && a->n_romaji && b->n_romaji &&
           sk_align_romaji(sk_lat_romaji(a), a->n_romaji, sk_lat_romaji(b), b->n_romaji, false,
                           8) == 0;
}

void sk_latent_same_script(const sk_latent *a, const sk_latent *b, sk_latent_same *ret_same)
{
    sk_latent_same r = {0};
    bool east =
        a->script == SK_SCRIPT_HANI || a->script == SK_SCRIPT_HANG || a->script == SK_SCRIPT_KANA;

    if (east && a->script == b->script && (a->flags & b->flags & SK_LAT_WHOLE)) {
        r.applicable = true;
        r.script = a->script;
        r.units = a->n_native > b->n_native ? a->n_native : b->n_native;
        unsigned count[SK_SAME_DIFFERENT + 1] = {0};
        for (unsigned i = 0; i < r.units; i++)
            count[sk_latent_same_at(a, b, i)]++;
        if (count[SK_SAME_EQUAL] < r.units && sk_latent_same_sounds(a, b)) {
            count[SK_SAME_EQUAL] = 0;
            count[SK_SAME_VARIANT] = r.units;
        }
        r.equal = (uint8_t)count[SK_SAME_EQUAL];
        r.variant = (uint8_t)count[SK_SAME_VARIANT];
        r.near = (uint8_t)count[SK_SAME_NEAR];
        r.different = (uint8_t)(r.units - r.equal - r.variant - r.near);
    }
    *ret_same = r;
}
