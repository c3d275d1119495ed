/* Names that agree in the surname and whose given parts may yet be one, though no alignment says so:
 * - a single character is read both ways: 裕 is Yutaka and Hiroshi, and whoever turned the Kanji of
 *   a document into letters had to choose;
 * - a Western given name stands beside a Chinese surname: William Lai says nothing about 清德. */
#include "name/latent_private.h"

#include <string.h>

/* A word of folded letters. */
typedef struct word {
    uint8_t letter[SK_LAT_LETTERS];
    unsigned n;
} word;

/* The words of a section, two of them exactly. */
static bool two_words(const sk_latent *s, word ret_word[2])
{
    const uint8_t *letter = sk_lat_romaji(s);
    uint32_t later = s->romaji_starts & ~1u;

    if (!later || later & (later - 1))
        return false;
    unsigned cut = (unsigned)__builtin_ctz(later);
    if (cut >= s->n_romaji)
        return false;
    ret_word[0].n = sk_shorten(letter, cut, false, ret_word[0].letter);
    ret_word[1].n = sk_shorten(letter + cut, s->n_romaji - cut, false, ret_word[1].letter);
    return true;
}

static bool are_equal(const word *a, const word *b)
{
    return a->n == b->n && memcmp(a->letter, b->letter, a->n) == 0;
}

/* The cost of reading a character so, 1/16 nat; -1: nobody does. */
static int cost_of(const sk_reading *r, unsigned n, const word *w)
{
    for (unsigned i = 0; i < n; i++) {
        const sk_ja_reading *read = &sk_tab_ja_reading[r[i].id];
        uint8_t raw[8], letter[8];
        memcpy(raw, &read->letters, sizeof(raw));
        unsigned k = sk_shorten(raw, read->n < 8 ? read->n : 8, false, letter);
        if (k == w->n && memcmp(letter, w->letter, k) == 0)
            return r[i].cost;
    }
    return -1;
}

/* The character most often read both ways, and how many are. */
static void search(const word *x, const word *y, sk_shared_kanji *ret)
{
    int best = 0;

    for (unsigned han = 0; han < sk_tab_hans; han++) {
        unsigned n;
        const sk_reading *r = sk_tab_readings(SK_LATENT_JA, han, &n);
        if (n < 2)
            continue;
        int cx = cost_of(r, n, x), cy = cx < 0 ? -1 : cost_of(r, n, y);
        if (cx < 0 || cy < 0)
            continue;
        if (ret->kanji == 0 || cx + cy < best) {
            best = cx + cy;
            ret->kanji = sk_tab_han[han];
        }
        ret->n++;
    }
}

bool sk_latent_shares_kanji(const sk_latent *a, const sk_latent *b, sk_shared_kanji *ret_shared)
{
    word x[2], y[2];
    bool spelled = a->script != SK_SCRIPT_HANI && b->script != SK_SCRIPT_HANI &&
                   a->script != SK_SCRIPT_HANG && b->script != SK_SCRIPT_HANG;

    *ret_shared = (sk_shared_kanji){0};
    if (!spelled || !a->n_romaji || !b->n_romaji || !two_words(a, x) || !two_words(b, y))
        return false;
    for (unsigned i = 0; i < 2; i++)
        for (unsigned j = 0; j < 2; j++) {
            bool same = are_equal(&x[i], &y[j]) && !are_equal(&x[1 - i], &y[1 - j]);
            bool is_long = x[1 - i].n > 2 && y[1 - j].n > 2;
            if (!same || !is_long)
                continue;
            ret_shared->given_a = (uint8_t)(1 - i);
            ret_shared->given_b = (uint8_t)(1 - j);
            search(&x[1 - i], &y[1 - j], ret_shared);
            return ret_shared->n > 0;
        }
    return false;
}

/* ---- a given name of another language beside a Chinese surname ---- */

#define SURNAME_FITS 10 /* 1/16 nat */
#define READS_WELL   20 /* the same, a syllable */

/* The whole spelling is a plain name of the language. */
static bool reads_well(const sk_latent *s, sk_latent_lang lang)
{
    const sk_decoded *d = sk_lat_decoded(s, lang);

    for (unsigned i = 0; i < s->n_decoded[lang]; i++) {
        unsigned units = 0;
        for (uint64_t u = d[i].units; u; u >>= 16)
            units++;
        if (d[i].channel <= READS_WELL * units)
            return true;
    }
    return false;
}

/* The word is a spelling of the first character, in Mandarin or Cantonese. */
static bool is_surname_of(const sk_latent *native, const sk_latent *foreign, sk_latent_lang lang,
                          unsigned from, unsigned to)
{
    sk_spelling s, one = {.n = 0};
    sk_orth orth;
    sk_align_out out;

    if (to > SK_LAT_LETTERS || !sk_find_orth(lang, foreign, &orth))
        return false;
    sk_section_spelling(foreign, lang, &s);
    if (s.n < to)
        return false;
    one.n = (uint8_t)(to - from);
    memcpy(one.letter, s.letter + from, one.n);
    sk_align_in in = {.lang = lang,
                      .orth = orth,
                      .native = sk_lat_native(native),
                      .n_native = 1,
                      .script = SK_SCRIPT_HANI,
                      .letters = one.letter,
                      .n_letters = one.n,
                      .starts = 1,
                      .bound = SURNAME_FITS};
    sk_align(&in, &out);
    return out.cost <= SURNAME_FITS;
}

bool sk_latent_shares_surname(const sk_latent *a, const sk_latent *b)
{
    const sk_latent *native = a->script == SK_SCRIPT_HANI ? a : b, *foreign = native == a ? b : a;
    uint32_t later = foreign->letter_starts & ~1u;
    bool fits = native->script == SK_SCRIPT_HANI && foreign->script == SK_SCRIPT_LATN &&
                native->n_native >= 2 && native->n_native <= 4 && later && !(later & (later - 1)) &&
                !reads_well(foreign, SK_LATENT_KO) && !reads_well(foreign, SK_LATENT_ZH);

    for (unsigned i = 0; fits && i < native->n_native; i++)
        fits = !sk_is_kana_code(sk_lat_native(native)[i]);
    if (!fits)
        return false;
    unsigned cut = (unsigned)__builtin_ctz(later), end = foreign->n_letters;
    if (cut >= end)
        return false;
    for (unsigned lang = SK_LATENT_ZH; lang <= SK_LATENT_YUE; lang++) {
        if (end - cut >= 3 && is_surname_of(native, foreign, (sk_latent_lang)lang, 0, cut))
            return true;
        if (cut >= 3 && is_surname_of(native, foreign, (sk_latent_lang)lang, cut, end))
            return true;
    }
    return false;
}
