/* Two names of one East Asian script, character by character: no learned model is asked. */
#include "name/latent.h"

#include "name/latent_private.h"

static bool is_same_class(unsigned a, unsigned b)
{
    return a == b ||
           (a < sk_tab_hans && b < sk_tab_hans && sk_tab_han_class[a] == sk_tab_han_class[b]);
}

static void count_han(const sk_latent *a, const sk_latent *b, sk_latent_same *r)
{
    const uint16_t *x = sk_lat_native(a), *y = sk_lat_native(b);
    unsigned n = a->n_native < b->n_native ? a->n_native : b->n_native;

    for (unsigned i = 0; i < n; i++) {
        if (x[i] == y[i] && x[i] != SK_NO_HAN)
            r->equal++;
        else if (is_same_class(x[i], y[i]) && x[i] != SK_NO_HAN)
            r->variant++;
    }
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

static void count_hangul(const sk_latent *a, const sk_latent *b, sk_latent_same *r)
{
    const uint16_t *x = sk_lat_native(a), *y = sk_lat_native(b);
    unsigned n = a->n_native < b->n_native ? a->n_native : b->n_native;

    for (unsigned i = 0; i < n; i++) {
        if (x[i] == y[i])
            r->equal++;
        else if (is_same_sound(x[i], y[i]))
            r->variant++;
        else if (is_near(x[i], y[i]))
            r->near++;
    }
}

/* Kana are compared in folded letters: long vowels, small kana, hiragana and katakana are one. */
static void count_kana(const sk_latent *a, const sk_latent *b, sk_latent_same *r)
{
    const uint8_t *x = sk_lat_romaji(a), *y = sk_lat_romaji(b);

    if (a->n_native == b->n_native &&
        memcmp(sk_lat_native(a), sk_lat_native(b), 2u * a->n_native) == 0) {
        r->equal = r->units;
        return;
    }
    if (a->n_romaji && b->n_romaji &&
        sk_align_romaji(x, a->n_romaji, y, b->n_romaji, false, 8) == 0) {
        r->variant = r->units;
        return;
    }
    unsigned n = a->n_native < b->n_native ? a->n_native : b->n_native;
    for (unsigned i = 0; i < n; i++)
        if (sk_lat_native(a)[i] == sk_lat_native(b)[i])
            r->equal++;
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
        if (a->script == SK_SCRIPT_HANI)
            count_han(a, b, &r);
        else if (a->script == SK_SCRIPT_HANG)
            count_hangul(a, b, &r);
        else
            count_kana(a, b, &r);
        r.different = (uint8_t)(r.units - r.equal - r.variant - r.near);
    }
    *ret_same = r;
}

bool sk_latent_is_same_han(const sk_latent *a, const sk_latent *b)
{
    sk_latent_same r;

    sk_latent_same_script(a, b, &r);
    return r.applicable && r.script == SK_SCRIPT_HANI && r.units && r.equal + r.variant == r.units;
}
