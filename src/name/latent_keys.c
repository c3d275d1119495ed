/* Keys of the latent units: two spellings of one name most likely share one.
 *
 *   K  Korean syllables under the initial-sound rule     k  the same, kindred sounds merged
 *   P  Mandarin syllables      Y  Cantonese syllables    p, y  the same, kindred sounds merged
 *   R  folded romaji, long vowels dropped
 *   J  devoiced romaji         H  classes of Han variants
 *   S  romaji of a Japanese surname        G  of a given name, since Kanji have too many readings
 *      for the whole name to be listed: either half finds it
 *
 * A key is a hash of its kind and its sequence. Han characters with several readings give the
 * cheapest runs of readings, best first. */
#include "name/latent.h"

#include "name/key.h"
#include "name/latent_private.h"

enum {
    RUNS_KO = 6, /* Korean runs of Han or of a spelling */
    RUNS_ZH = 4,
    RUNS_YUE = 4,
    RUNS_JA = 40, /* Japanese runs of Han looked at       */
    KEYS_JA = 8,  /* of these, keys of the whole name     */
    HALVES = 4,   /* readings of a surname, of a given name */
};

typedef struct keyring {
    uint64_t *key;
    unsigned n, room;
} keyring;

static void add(keyring *k, uint64_t key)
{
    for (unsigned i = 0; i < k->n; i++)
        if (k->key[i] == key)
            return;
    if (k->n < k->room)
        k->key[k->n++] = key;
}

static uint64_t units_key(char kind, const uint16_t *unit, unsigned n)
{
    uint64_t h = sk_key_mix(0x51110Bu, (uint64_t)kind);

    for (unsigned i = 0; i < n; i++)
        h = sk_key_mix(h, unit[i] + 1u);
    return h;
}

static uint64_t letters_key(char kind, const uint8_t *letter, unsigned n)
{
    uint64_t h = sk_key_mix(0x51110Bu, (uint64_t)kind);

    for (unsigned i = 0; i < n; i++)
        h = sk_key_mix(h, letter[i]);
    return h;
}

/* ---- Korean ---- */

static unsigned plain_syllable(unsigned s)
{
    uint16_t other[2];

    if ((s / 588 == 5 || s / 588 == 2) && sk_initial_sound(s, other) && other[0] / 588 != 5)
        return other[0];
    return s;
}

/* Kindred sounds as one: what unmarked spellings confuse. */
static unsigned merged_syllable(unsigned s)
{
    /* ㄱㄲㅋ ㄷㄸㅌ ㅂㅃㅍ ㅅㅆ ㅈㅉㅊ; vowels ㅓㅗㅜㅡ, ㅕㅛㅠ, ㅐㅔㅚ, ㅖ, ㅢㅣ */
    static const uint8_t ONSET[19] = {0, 0, 2, 3, 3, 2, 6, 7, 7, 9, 9, 11, 12, 12, 12, 0, 3, 7, 18};
    static const uint8_t VOWEL[21] = {0, 1, 2, 1, 4, 1,  6, 1, 4,  9, 1,
                                      1, 6, 4, 9, 1, 16, 6, 4, 20, 20};
    static const uint8_t CODA[28] = {0, 1, 1, 1, 2, 2, 2, 3, 4, 1, 5, 4, 4, 4,
                                     6, 4, 5, 6, 6, 3, 3, 7, 3, 3, 1, 3, 6, 0};

    s = plain_syllable(s);
    return ONSET[s / 588] * 588u + VOWEL[s % 588 / 28] * 28u + CODA[s % 28];
}

static void add_korean(keyring *k, const uint16_t *unit, unsigned n)
{
    uint16_t plain[SK_LAT_NATIVE], merged[SK_LAT_NATIVE];

    for (unsigned i = 0; i < n; i++) {
        plain[i] = (uint16_t)plain_syllable(unit[i]);
        merged[i] = (uint16_t)merged_syllable(unit[i]);
    }
    add(k, units_key('K', plain, n));
    add(k, units_key('k', merged, n));
}

/* ---- Mandarin and Cantonese ---- */

/* The letters of a syllable with those merged that spellings without apostrophes, or people's own
 * ones, confuse: p b, t d, k g, all of ch zh j q z c, s sh x; n ng; o uo u; ue e. */
static uint64_t merged_letters(const char *t)
{
    uint64_t out = 0;

    for (unsigned i = 0; t[i]; i++) {
        char c = t[i];
        if (i && (c == 'g' || c == 'h' || c == t[i - 1]))
            continue; /* ng, zh ch sh, aa */
        c = strchr("bp", c)     ? 'p'
            : strchr("dt", c)   ? 't'
            : strchr("gk", c)   ? 'k'
            : strchr("zcjq", c) ? 'c'
            : strchr("sx", c)   ? 's'
            : strchr("uov", c)  ? 'o'
            : i && c == 'w'     ? 0
                                : c;
        if (c && (out >> 56 || c != (char)(out & 255)))
            out = out << 8 | (uint8_t)c;
    }
    return out;
}

static void add_chinese(keyring *k, sk_latent_lang lang, const uint16_t *unit, unsigned n)
{
    bool zh = lang == SK_LATENT_ZH;
    uint64_t h = sk_key_mix(0x51110Bu, zh ? 'p' : 'y');

    for (unsigned i = 0; i < n; i++)
        h = sk_key_mix(h, merged_letters(zh ? sk_tab_zh_syllable[unit[i]].text
                                            : sk_tab_yue_syllable[unit[i]].text));
    add(k, units_key(zh ? 'P' : 'Y', unit, n));
    add(k, h);
}

/* ---- romaji ---- */

/* R for those that write voicing, J for everybody. */
static void add_romaji(keyring *k, const uint8_t *letter, unsigned n, bool is_devoiced)
{
    uint8_t out[64];

    if (!is_devoiced)
        add(k, letters_key('R', out, sk_shorten(letter, n, false, out)));
    add(k, letters_key('J', out, sk_shorten(letter, n, true, out)));
}

static void add_half(keyring *k, char kind, const uint8_t *letter, unsigned n)
{
    uint8_t out[64];

    n = sk_shorten(letter, n, true, out);
    if (n >= 3)
        add(k, letters_key(kind, out, n));
}

static void add_han(keyring *k, const sk_latent *s, sk_latent_lang lang, unsigned most)
{
    sk_runs r;
    sk_choice c;

    if (!sk_runs_open(&r, s, lang, 0, s->n_native))
        return;
    for (unsigned i = 0; i < most && sk_runs_next(&r, &c); i++) {
        uint16_t unit[SK_LAT_NATIVE];
        for (unsigned j = 0; j < r.n; j++)
            unit[j] = r.reading[j][c.pick[j]].id;
        if (lang == SK_LATENT_KO)
            add_korean(k, unit, r.n);
        else
            add_chinese(k, lang, unit, r.n);
    }
}

/* The readings of one half of a Japanese name. */
static void add_han_half(keyring *k, const sk_latent *s, char kind, unsigned from, unsigned n)
{
    sk_runs r;
    sk_choice c;
    unsigned before = k->n;

    if (!sk_runs_open(&r, s, SK_LATENT_JA, from, n))
        return;
    for (unsigned i = 0; i < 3 * HALVES && k->n < before + HALVES && sk_runs_next(&r, &c); i++) {
        uint8_t letters[64];
        unsigned m = sk_runs_letters(&r, &c, letters, sizeof(letters));
        add_half(k, kind, letters, m);
    }
}

static void add_han_japanese(keyring *k, const sk_latent *s)
{
    /* Surnames have two characters as a rule, one in names of two. */
    unsigned half = s->n_native > 2 ? 2 : 1, before;
    sk_runs r;
    sk_choice c;

    if (s->n_native >= 2 && s->n_native <= 6) {
        add_han_half(k, s, 'S', 0, half);
        add_han_half(k, s, 'G', half, s->n_native - half);
    }
    before = k->n;
    if (!sk_runs_open(&r, s, SK_LATENT_JA, 0, s->n_native))
        return;
    for (unsigned i = 0; i < RUNS_JA && k->n < before + KEYS_JA && sk_runs_next(&r, &c); i++) {
        uint8_t letters[64];
        unsigned n = sk_runs_letters(&r, &c, letters, sizeof(letters));
        add_romaji(k, letters, n, i > 0);
    }
}

static void add_decoded(keyring *k, const sk_latent *s, sk_latent_lang lang, unsigned most)
{
    const sk_decoded *d = sk_lat_decoded(s, (unsigned)lang);

    for (unsigned i = 0; i < s->n_decoded[lang] && i < most; i++) {
        uint16_t unit[SK_LAT_UNITS];
        unsigned n = 0;
        for (uint64_t u = d[i].units; u; u >>= 16)
            unit[n++] = (uint16_t)((u & 0xFFFF) - 1);
        if (lang == SK_LATENT_KO)
            add_korean(k, unit, n);
        else
            add_chinese(k, lang, unit, n);
    }
}

static void add_variants(keyring *k, const sk_latent *s)
{
    uint16_t unit[SK_LAT_NATIVE];

    for (unsigned i = 0; i < s->n_native; i++) {
        unsigned c = sk_lat_native(s)[i];
        unit[i] = c < sk_tab_hans ? sk_tab_han_class[c] : (uint16_t)c;
    }
    add(k, units_key('H', unit, s->n_native));
}

/* Where the n-th mora ends in letters; 0 when there are not so many. */
static unsigned mora_end(const sk_spelling *s, unsigned n)
{
    for (unsigned j = 0; j < s->n; j++) {
        bool nasal = s->letter[j] == 'n' - 'a' + 1 && j + 1 < s->n &&
                     !sk_is_vowel(s->letter[j + 1]) && s->letter[j + 1] != 'y' - 'a' + 1;
        if ((sk_is_vowel(s->letter[j]) || nasal) && --n == 0)
            return j + 1;
    }
    return 0;
}

/* Halves of a spelling: its words in either order; heads and tails of one that has no blank. */
static void add_spelled_halves(keyring *k, const sk_spelling *s)
{
    unsigned p = 0;

    for (unsigned j = 1; j < s->n; j++)
        p = s->starts >> j & 1 ? j : p;
    if (p) {
        add_half(k, 'S', s->letter, p);
        add_half(k, 'G', s->letter + p, s->n - p);
        add_half(k, 'S', s->letter + p, s->n - p);
        add_half(k, 'G', s->letter, p);
        return;
    }
    for (unsigned m = 2; m <= 5; m++) {
        unsigned end = mora_end(s, m);
        if (!end || end + 2 > s->n)
            break;
        add_half(k, 'S', s->letter, end);
        add_half(k, 'G', s->letter + end, s->n - end);
    }
}

static void add_spelled_romaji(keyring *k, const sk_latent *s)
{
    sk_spelling written, moved;

    if (!s->n_romaji)
        return;
    sk_section_spelling(s, SK_LATENT_JA, &written);
    add_romaji(k, written.letter, written.n, s->script == SK_SCRIPT_HANG);
    if (written.starts & (written.starts - 1)) {
        sk_spelling_move(&written, &moved);
        add_romaji(k, moved.letter, moved.n, s->script == SK_SCRIPT_HANG);
    }
    /* One word in Latin or Hangul is most likely no Japanese name. */
    if (s->script == SK_SCRIPT_KANA || (written.starts & (written.starts - 1)))
        add_spelled_halves(k, &written);
}

unsigned sk_latent_keys(const sk_latent *s, uint64_t *keys, unsigned room)
{
    keyring k = {.key = keys, .room = room};

    if (s->script == SK_SCRIPT_HANG) {
        if (s->n_native)
            add_korean(&k, sk_lat_native(s), s->n_native);
    } else if (s->script == SK_SCRIPT_HANI && s->n_native) {
        add_variants(&k, s);
        add_han(&k, s, SK_LATENT_KO, 2);
        add_han(&k, s, SK_LATENT_ZH, 2);
        add_han(&k, s, SK_LATENT_YUE, 2);
        add_han_japanese(&k, s);
    }
    add_spelled_romaji(&k, s);
    add_decoded(&k, s, SK_LATENT_KO, RUNS_KO);
    add_decoded(&k, s, SK_LATENT_ZH, RUNS_ZH);
    add_decoded(&k, s, SK_LATENT_YUE, RUNS_YUE);
    return k.n;
}
