/* What a name can stand for, in letters for people. */
#include "name/latent.h"

#include "name/latent_private.h"

static void put_utf8(sk_buf *b, uint32_t c)
{
    if (c >= 0x10000)
        sk_buf_addc(b, (char)(0xF0 | c >> 18));
    if (c >= 0x10000)
        sk_buf_addc(b, (char)(0x80 | (c >> 12 & 63)));
    else if (c >= 0x800)
        sk_buf_addc(b, (char)(0xE0 | c >> 12));
    if (c >= 0x800)
        sk_buf_addc(b, (char)(0x80 | (c >> 6 & 63)));
    else if (c >= 0x80)
        sk_buf_addc(b, (char)(0xC0 | c >> 6));
    sk_buf_addc(b, (char)(c < 0x80 ? c : 0x80 | (c & 63)));
}

static void put_unit(sk_buf *b, sk_latent_lang lang, unsigned unit, bool is_first)
{
    if (lang == SK_LATENT_KO) {
        put_utf8(b, 0xAC00 + unit);
        return;
    }
    if (!is_first)
        sk_buf_addc(b, ' ');
    const char *t =
        lang == SK_LATENT_ZH ? sk_tab_zh_syllable[unit].text : sk_tab_yue_syllable[unit].text;
    /* lv is written so in the tables, lü for people. */
    for (; *t; t++) {
        if (*t == 'v' && lang == SK_LATENT_ZH)
            put_utf8(b, 0xFC);
        else
            sk_buf_addc(b, *t);
    }
}

/* Folded letters back in Hepburn. */
static void put_romaji(sk_buf *b, const uint8_t *l, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        char c = (char)(l[i] + 'a' - 1);
        bool u = i + 1 < n && l[i + 1] == 'u' - 'a' + 1;
        sk_str s = c == 'q'        ? SK_S("sh")
                   : c == 'c'      ? SK_S("ch")
                   : c == 'x'      ? SK_S("ts")
                   : c == 'h' && u ? SK_S("f")
                                   : (sk_str){&c, 1};
        sk_buf_add(b, s);
    }
}

sk_str sk_units_text(sk_arena *arena, sk_latent_lang lang, const uint16_t *unit, unsigned n)
{
    sk_buf b;

    sk_buf_init(&b, 256);
    for (unsigned i = 0; i < n; i++)
        put_unit(&b, lang, unit[i], i == 0);
    sk_str s = sk_str_copy(arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return s;
}

sk_str sk_romaji_text(sk_arena *arena, const uint8_t *letters, unsigned n)
{
    sk_buf b;

    sk_buf_init(&b, 256);
    put_romaji(&b, letters, n);
    sk_str s = sk_str_copy(arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return s;
}

typedef struct reading_list {
    sk_name_reading *item;
    size_t n, cap;
} reading_list;

static void list(sk_arena *a, reading_list *l, sk_latent_lang lang, sk_str text, double cost)
{
    static const sk_hypothesis HYP[] = {SK_HYP_KO, SK_HYP_ZH, SK_HYP_YUE, SK_HYP_JA};

    SK_GROW(a, l->item, l->n, l->cap);
    l->item[l->n++] = (sk_name_reading){.language = HYP[lang], .text = text, .cost = cost};
}

static void list_han(sk_arena *a, reading_list *l, const sk_latent *s, sk_latent_lang lang,
                     unsigned most)
{
    sk_runs r;
    sk_choice c;
    unsigned best = 0;

    if (!sk_runs_open(&r, s, lang, 0, s->n_native))
        return;
    for (unsigned i = 0; i < most && sk_runs_next(&r, &c); i++) {
        uint16_t unit[SK_LAT_NATIVE];
        uint8_t letters[64];
        best = i ? best : c.cost;
        for (unsigned j = 0; j < r.n; j++)
            unit[j] = r.reading[j][c.pick[j]].id;
        sk_str text =
            lang == SK_LATENT_JA
                ? sk_romaji_text(a, letters, sk_runs_letters(&r, &c, letters, sizeof(letters)))
                : sk_units_text(a, lang, unit, r.n);
        list(a, l, lang, text, (c.cost - best) / 16.0);
    }
}

size_t sk_latent_decode(sk_arena *arena, const sk_latent *s, const sk_name_reading **ret_readings)
{
    reading_list l = {0};

    for (unsigned lang = 0; lang < SK_LATENT_LANGS; lang++) {
        if (lang == SK_LATENT_JA) {
            if (s->script == SK_SCRIPT_HANI)
                list_han(arena, &l, s, SK_LATENT_JA, 12);
            else if (s->n_romaji)
                list(arena, &l, SK_LATENT_JA, sk_romaji_text(arena, sk_lat_romaji(s), s->n_romaji),
                     0);
            continue;
        }
        if (s->script == SK_SCRIPT_HANG && lang == SK_LATENT_KO && s->n_native)
            list(arena, &l, SK_LATENT_KO,
                 sk_units_text(arena, SK_LATENT_KO, sk_lat_native(s), s->n_native), 0);
        else if (s->script == SK_SCRIPT_HANI)
            list_han(arena, &l, s, (sk_latent_lang)lang, 6);
        const sk_decoded *d = sk_lat_decoded(s, lang);
        for (unsigned i = 0; i < s->n_decoded[lang]; i++) {
            uint16_t unit[SK_LAT_UNITS];
            unsigned n = 0;
            for (uint64_t u = d[i].units; u; u >>= 16)
                unit[n++] = (uint16_t)((u & 0xFFFF) - 1);
            list(arena, &l, (sk_latent_lang)lang,
                 sk_units_text(arena, (sk_latent_lang)lang, unit, n), d[i].above / 16.0);
        }
    }
    *ret_readings = l.item;
    return l.n;
}
