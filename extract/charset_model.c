/* How likely the characters of running text are, crudely: what charset_detect.c weighs with.
 *
 * Frequent characters by rank (model/charsets.txt), the rest by block, charset row and neighbour.
 * All costs are in nats, -ln of a probability. */
#include "charset_private.h"

#include "base/utf8.h"
#include "embed.h"

#include <math.h>

SK_EMBED(sk_charsets_txt, "charsets.txt");

static const char *const language_names[SK_CHARSET_LANGUAGES] = {"ko", "zh", "zht",
                                                                 "ja", "ru", "latin"};

/* Cost in nats of the most frequent characters: open addressing by code point. */
enum { SLOTS = 1024 };
typedef struct costs {
    uint32_t code[SLOTS];
    float nats[SLOTS];
} costs;

static unsigned slot_of(const costs *t, uint32_t c)
{
    unsigned i = (c * 2654435761u) >> 22;
    while (t->code[i % SLOTS] && t->code[i % SLOTS] != c)
        i++;
    return i % SLOTS;
}

/* Ranks to probabilities: proportional to 1/(rank + soft), all together mass. */
static void fill(costs *t, sk_str chars, double mass, double soft)
{
    size_t n = sk_utf8_count(chars), rank = 0;
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += 1 / ((double)i + soft);
    for (size_t at = 0; at < chars.n; rank++) {
        unsigned i = slot_of(t, sk_utf8_next(chars, &at));
        if (t->code[i])
            continue; /* the table repeats a character: the first counts */
        size_t from = at;
        while (from && ((unsigned char)chars.p[--from] & 0xC0) == 0x80) {
        }
        t->code[i] = sk_utf8_next(chars, &from);
        t->nats[i] = (float)-log(mass / ((double)rank + soft) / sum);
    }
}

static const costs *tables(void)
{
    static costs t[SK_CHARSET_LANGUAGES];
    static bool is_read;
    static const double mass[SK_CHARSET_LANGUAGES] = {0.72, 0.68, 0.68, 0.85, 0.97, 0.9};
    static const double soft[SK_CHARSET_LANGUAGES] = {12, 14, 14, 8, 5, 3};
    sk_str text = sk_str_range(sk_charsets_txt, sk_charsets_txt_end), line, name;
    while (!is_read && sk_str_cut(&text, '\n', &line)) {
        if (!line.n || line.p[0] == '#')
            continue;
        sk_assert(sk_str_cut(&line, '|', &name));
        size_t k = 0;
        while (k < SK_CHARSET_LANGUAGES && !sk_str_is(sk_str_trim(name), language_names[k]))
            k++;
        sk_assert(k < SK_CHARSET_LANGUAGES);
        fill(&t[k], sk_str_trim(line), mass[k], soft[k]);
    }
    is_read = true;
    return t;
}

/* -1 when the character is not among the frequent ones. */
static double frequent(sk_charset_language l, uint32_t c)
{
    const costs *t = &tables()[l];
    unsigned i = slot_of(t, c);
    return t->code[i] ? (double)t->nats[i] : -1;
}

/* What a character outside the frequent ones costs, by its Unicode block. The values are
 * -ln(share of the block in running text / characters in the block). */
static double by_block(sk_charset_language l, uint32_t c)
{
    bool han = c >= 0x4E00 && c <= 0x9FFF;
    bool kana = c >= 0x3041 && c <= 0x30FF;
    bool hangul = c >= 0xAC00 && c <= 0xD7A3;
    bool punctuation = (c >= 0x2010 && c <= 0x2027) || (c >= 0x3000 && c <= 0x301F) ||
                       (c >= 0xFF01 && c <= 0xFF5E) || c == 0xB7 || c == 0x25CB;
    if (punctuation)
        return 7.5;
    switch (l) {
    case SK_CHARSET_KO:
        return hangul ? 9.2 : han ? 13 : kana ? 15 : 14;
    case SK_CHARSET_ZH:
    case SK_CHARSET_ZHT:
        return han ? 9.6 : kana ? 13 : hangul ? 18 : 15;
    case SK_CHARSET_JA:
        return kana ? 8.5 : han ? 9.4 : hangul ? 18 : 14;
    case SK_CHARSET_RU:
        return c >= 0x400 && c <= 0x4FF ? 9 : 10;
    default:
        return c >= 0xC0 && c <= 0x17F ? 8.5 : 9.5;
    }
}

/* Extra cost for the row of the charset: the parts of each that running text hardly uses. */
double sk_charset_row_cost(sk_charset_id id, unsigned lead, unsigned trail)
{
    switch (id) {
    case SK_CS_CP949: /* beyond KS X 1001: 8,822 syllables seldom met */
        return lead < 0xA1 || trail < 0xA1 ? 5 : 0;
    case SK_CS_GB18030: /* GBK beyond GB 2312, its second level, four-byte codes */
        if (trail < 0x40)
            return 7;
        return lead < 0xA1 || trail < 0xA1 ? 5 : lead >= 0xD8 ? 2.5 : 0;
    case SK_CS_BIG5: /* second level, and the extensions of Hong Kong */
        return lead < 0xA1 || lead >= 0xFA    ? 6
               : lead >= 0xC6 && lead <= 0xC8 ? 4
               : lead > 0xC8                  ? 2.5
                                              : 0;
    case SK_CS_SHIFT_JIS: /* second level and extensions; half-width kana are single bytes */
        return lead >= 0xF0 ? 7 : lead >= 0xED ? 4 : lead >= 0x99 ? 2.5 : 0;
    case SK_CS_EUC_JP:
        return lead == 0x8F ? 6 : lead >= 0xD0 && lead <= 0xF4 ? 2.5 : 0;
    default:
        return 0;
    }
}

bool sk_charset_is_latin(uint32_t c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

bool sk_charset_is_cyrillic(uint32_t c)
{
    return c >= 0x400 && c <= 0x4FF;
}

static bool is_cyrillic_capital(uint32_t c)
{
    return c >= 0x400 && c <= 0x42F;
}

/* Letters beside letters: what single-byte charsets are told apart by. */
static double by_neighbour(sk_charset_language l, uint32_t before, uint32_t c)
{
    if (l == SK_CHARSET_RU) {
        if (is_cyrillic_capital(c) && sk_charset_is_cyrillic(before) &&
            !is_cyrillic_capital(before))
            return 5; /* a capital inside a word */
        if ((sk_charset_is_cyrillic(c) && sk_charset_is_latin(before)) ||
            (sk_charset_is_cyrillic(before) && sk_charset_is_latin(c)))
            return 5; /* a word of two scripts */
    }
    if (l <= SK_CHARSET_JA) { /* "coraz\u00f3n" is no Korean */
        if (c >= 0x80 && sk_charset_is_latin(before))
            return 1.5;
        return c < 0x80 && sk_charset_is_latin(c) && before >= 0x80 ? 2 : 0;
    }
    if (l == SK_CHARSET_LATIN && c >= 0x80) {
        bool after_letter = sk_charset_is_latin(before);
        bool letter = c >= 0xC0 && c <= 0x17F;
        if (before >= 0xC0 && letter)
            return 5.5;                  /* two accented letters in a row */
        return after_letter ? 3.0 : 3.6; /* Latin text is mostly ASCII */
    }
    return 0;
}

double sk_charset_char_cost(sk_charset_language l, uint32_t before, uint32_t c)
{
    if (c < 0x80)
        return SK_CHARSET_ASCII_NATS + by_neighbour(l, before, c);
    double nats = frequent(l, c);
    return (nats < 0 ? by_block(l, c) : nats) + by_neighbour(l, before, c);
}

void sk_charset_warm_up(void)
{
    tables();
}
