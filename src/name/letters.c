/* Letters of words as small numbers: one switch a script. */
#include "name/letters.h"

#include <string.h>
#include <utf8proc.h>

#define HANGUL_FIRST 0xAC00u
#define HANGUL_LAST  0xD7A3u

sk_script sk_letter_script(uint32_t c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 0xC0 && c <= 0x2AF) || (c >= 0x1E00 && c <= 0x1EFF))
        return SK_SCRIPT_LATN;
    if (c >= 0x370 && c <= 0x3FF)
        return SK_SCRIPT_GREK;
    if (c >= 0x400 && c <= 0x52F)
        return SK_SCRIPT_CYRL;
    if (c >= 0x530 && c <= 0x58F)
        return SK_SCRIPT_ARMN;
    if (c >= 0x590 && c <= 0x5FF)
        return SK_SCRIPT_HEBR;
    if (c >= 0x600 && c <= 0x77F)
        return SK_SCRIPT_ARAB;
    if (c >= 0x10A0 && c <= 0x10FF)
        return SK_SCRIPT_GEOR;
    if ((c >= HANGUL_FIRST && c <= HANGUL_LAST) || (c >= 0x3131 && c <= 0x318E))
        return SK_SCRIPT_HANG;
    if (c >= 0x3041 && c <= 0x30FF)
        return SK_SCRIPT_KANA;
    if (c >= 0x3005 && c <= 0x9FFF)
        return SK_SCRIPT_HANI;
    return SK_SCRIPT_NONE;
}

typedef struct writer {
    uint8_t *out;
    unsigned n, cap;
} writer;

static void put(writer *w, unsigned code)
{
    if (w->n < w->cap)
        w->out[w->n++] = (uint8_t)code;
}

static void put_text(writer *w, const char *latin)
{
    for (; *latin; latin++)
        put(w, (unsigned)(*latin - 'a') + SK_LETTER_A);
}

/* ---- alphabets ---- */

const char *sk_letter_latin(uint32_t c)
{
    static const struct {
        uint16_t c;
        char letters[3];
    } LATIN[] = {
        {0x00DF, "ss"}, {0x00E6, "ae"}, {0x00F0, "d"},  {0x00F8, "o"},  {0x00FE, "th"},
        {0x0111, "d"},  {0x0127, "h"},  {0x0131, "i"},  {0x0133, "ij"}, {0x0138, "k"},
        {0x0142, "l"},  {0x0149, "n"},  {0x014B, "ng"}, {0x0153, "oe"}, {0x0167, "t"},
        {0x0180, "b"},  {0x0188, "c"},  {0x018C, "d"},  {0x018F, "a"},  {0x0192, "f"},
        {0x0199, "k"},  {0x01A5, "p"},  {0x01B4, "y"},  {0x01DD, "e"},  {0x0253, "b"},
        {0x0254, "o"},  {0x0257, "d"},  {0x0259, "a"},  {0x025B, "e"},  {0x0263, "gh"},
        {0x0268, "i"},  {0x0272, "ny"},
    };

    for (unsigned i = 0; i < SK_COUNT(LATIN) && LATIN[i].c <= c; i++)
        if (LATIN[i].c == c)
            return LATIN[i].letters;
    return NULL;
}

static void put_latin(writer *w, uint32_t c)
{
    utf8proc_int32_t base[8];
    int class = UTF8PROC_BOUNDCLASS_START;
    const char *special = sk_letter_latin(c);

    if (special) {
        put_text(w, special);
        return;
    }
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, base, 8,
                                                 UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, &class);
    if (n > 0 && base[0] >= 'a' && base[0] <= 'z')
        put(w, (unsigned)base[0] - 'a' + SK_LETTER_A);
    else
        put(w, 64 + (c & 127)); /* a letter of its own */
}

static void put_cyrillic(writer *w, uint32_t c)
{
    switch (c) {
    case 0x451: /* io */
    case 0x454: /* Ukrainian ie */
        c = 0x435;
        break;
    case 0x439: /* short i */
    case 0x456: /* Ukrainian i */
    case 0x457: /* yi */
        c = 0x438;
        break;
    case 0x491: /* ge with upturn */
        c = 0x433;
        break;
    case 0x45E: /* short u */
        c = 0x443;
        break;
    case 0x44A: /* hard and soft sign are left out often enough */
    case 0x44C:
        return;
    default:
        break;
    }
    put(w, c >= 0x430 && c <= 0x44F ? c - 0x42F : 64 + (c & 127));
}

static void put_arabic(writer *w, uint32_t c)
{
    if ((c >= 0x64B && c <= 0x65F) || c == 0x670 || c == 0x640 || c == 0x621)
        return; /* vowel marks, the drawn line, the lone hamza */
    switch (c) {
    case 0x622: /* alif and its carriers */
    case 0x623:
    case 0x625:
    case 0x671:
        c = 0x627;
        break;
    case 0x624: /* waw with hamza */
        c = 0x648;
        break;
    case 0x626: /* ya with hamza, dotless and Persian ya */
    case 0x649:
    case 0x6CC:
        c = 0x64A;
        break;
    case 0x629: /* ta marbuta, Persian he's */
    case 0x6C0:
    case 0x6C1:
    case 0x6C3:
    case 0x6D5:
        c = 0x647;
        break;
    case 0x6A9: /* Persian kaf */
        c = 0x643;
        break;
    default:
        break;
    }
    put(w, c >= 0x627 && c <= 0x64A ? c - 0x626 : 64 + (c & 127));
}

static void put_greek(writer *w, uint32_t c)
{
    utf8proc_int32_t base[8];
    int class = UTF8PROC_BOUNDCLASS_START;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, base, 8,
                                                 UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, &class);
    put(w, n > 0 ? (unsigned)(base[0] - 0x3B0) & 127 : 127);
}

static void put_hebrew(writer *w, uint32_t c)
{
    static const uint8_t FINAL[][2] = {
        {0xDA, 0xDB}, {0xDD, 0xDE}, {0xDF, 0xE0}, {0xE3, 0xE4}, {0xE5, 0xE6}};
    unsigned low = c & 0xFF;
    if (low < 0xD0 || low > 0xEA)
        return;
    for (unsigned i = 0; i < 5; i++)
        if (low == FINAL[i][0])
            low = FINAL[i][1];
    put(w, low - 0xCF);
}

/* ---- syllables and characters ---- */

static void put_hangul(writer *w, uint32_t c)
{
    if (c < HANGUL_FIRST || c > HANGUL_LAST) {
        put(w, 128 + (c & 127));
        return;
    }
    unsigned s = c - HANGUL_FIRST, coda = s % 28;
    put(w, 1 + s / 588);
    put(w, 40 + s % 588 / 28);
    if (coda)
        put(w, 70 + coda);
}

static void put_kana(writer *w, uint32_t c)
{
    if (c == 0x30FC || c == 0x30FB)
        return; /* the long vowel, the middle dot */
    if (c >= 0x30A1 && c <= 0x30F6)
        c -= 0x60;
    switch (c) {
    case 0x3041: /* small vowels stand for their large ones */
    case 0x3043:
    case 0x3045:
    case 0x3047:
    case 0x3049:
        c++;
        break;
    default:
        break;
    }
    put(w, 40 + ((c - 0x3041) & 127));
}

static void put_han(writer *w, uint32_t c)
{
    put(w, 1 + (((c - 0x3000) >> 7) & 0xFF) % 250);
    put(w, 1 + (c & 127));
}

static void put_letter(writer *w, uint32_t c)
{
    if (c >= '0' && c <= '9') {
        put(w, SK_LETTER_0 + c - '0');
        return;
    }
    switch (sk_letter_script(c)) {
    case SK_SCRIPT_LATN:
        put_latin(w, c);
        break;
    case SK_SCRIPT_CYRL:
        put_cyrillic(w, c);
        break;
    case SK_SCRIPT_ARAB:
        put_arabic(w, c);
        break;
    case SK_SCRIPT_GREK:
        put_greek(w, c);
        break;
    case SK_SCRIPT_HEBR:
        put_hebrew(w, c);
        break;
    case SK_SCRIPT_HANG:
        put_hangul(w, c);
        break;
    case SK_SCRIPT_KANA:
        put_kana(w, c);
        break;
    case SK_SCRIPT_HANI:
        put_han(w, c);
        break;
    default:
        if (c > 0x7F)
            put(w, 1 + (c & 127));
        break;
    }
}

unsigned sk_letters_read(const uint32_t *cp, unsigned n, uint8_t *ret_letters, unsigned cap)
{
    writer w = {ret_letters, 0, cap};

    for (unsigned i = 0; i < n && w.n < cap; i++) {
        if (cp[i] >= 'a' && cp[i] <= 'z')
            put(&w, cp[i] - 'a' + SK_LETTER_A);
        else
            put_letter(&w, cp[i]);
    }
    return w.n;
}

/* ---- sounds ---- */

#define L(c) ((uint8_t)((c) - 'a' + SK_LETTER_A))

/* Letter runs that are written for one sound, longest first. */
static const struct sound_rule {
    char from[5];
    uint8_t n, to;
} SOUND_RULE[] = {
    {"tsch", 4, SK_LETTER_CH}, {"dzh", 3, L('j')},       {"dsh", 3, L('j')},
    {"sch", 3, SK_LETTER_SH},  {"tch", 3, SK_LETTER_CH}, {"tzs", 3, L('s')},
    {"ch", 2, SK_LETTER_CH},   {"sh", 2, SK_LETTER_SH},  {"ph", 2, L('f')},
    {"kh", 2, L('h')},         {"gh", 2, L('g')},        {"dh", 2, L('d')},
    {"th", 2, L('t')},         {"zh", 2, L('j')},        {"dj", 2, L('j')},
    {"ck", 2, L('k')},         {"ou", 2, L('u')},        {"oo", 2, L('u')},
    {"ee", 2, L('i')},         {"ie", 2, L('i')},        {"iy", 2, L('i')},
    {"yi", 2, L('i')},         {"ij", 2, L('i')},        {"ts", 2, L('s')},
    {"tz", 2, L('s')},         {"cz", 2, SK_LETTER_CH},
};

/* The sound at letters[i]; *ret_used letters make it. */
static uint8_t sound_at(const uint8_t *letters, unsigned n, unsigned i, unsigned *ret_used)
{
    for (unsigned r = 0; r < sizeof(SOUND_RULE) / sizeof(SOUND_RULE[0]); r++) {
        const struct sound_rule *rule = &SOUND_RULE[r];
        unsigned k = 0;
        while (k < rule->n && i + k < n && letters[i + k] == L(rule->from[k]))
            k++;
        if (k == rule->n) {
            *ret_used = k;
            return rule->to;
        }
    }
    *ret_used = 1;
    uint8_t c = letters[i], next = i + 1 < n ? letters[i + 1] : 0;
    if (c == L('y'))
        return L('i');
    if (c == L('q'))
        return L('k');
    if (c == L('w'))
        return L('v');
    if (c == L('c'))
        return next == L('e') || next == L('i') || next == L('y') ? L('s') : L('k');
    return c;
}

unsigned sk_letters_sound(const uint8_t *letters, unsigned n, uint8_t *ret_sound)
{
    unsigned out = 0;

    for (unsigned i = 0, used; i < n; i += used) {
        uint8_t c = sound_at(letters, n, i, &used);
        bool is_mute_h = c == SK_LETTER_H && out && sk_is_vowel(ret_sound[out - 1]) &&
                         (i + 1 == n || !sk_is_vowel(letters[i + 1])) && letters[i] == SK_LETTER_H;
        if (is_mute_h || (out && ret_sound[out - 1] == c))
            continue;
        ret_sound[out++] = c;
    }
    return out;
}

uint64_t sk_letters_key(sk_script script, const uint8_t *letters, unsigned n)
{
    /* Far apart by script: the first letter is a small number as well. */
    uint64_t h = 0xCBF29CE484222325u ^ (uint64_t)script * 0x9E3779B97F4A7C15u;

    for (unsigned i = 0; i < n; i++)
        h = (h ^ letters[i]) * 0x100000001B3u;
    h ^= h >> 29;
    h *= 0xBF58476D1CE4E5B9u;
    h ^= h >> 32;
    return h | 1;
}
