/* Romanising: alphabets letter by letter from tables, Hangul and kana by their syllables, Han by
 * the first Mandarin reading. */
#include "name/roman.h"

#include "name/latent.h"
#include "name/letters.h"
#include "name/roman_private.h"

#include <utf8proc.h>

/* What a line grows in. */
typedef struct line {
    uint8_t *out;
    unsigned n, room;
} line;

static void add(line *l, const char *letters)
{
    for (; *letters && l->n < l->room; letters++)
        l->out[l->n++] = (uint8_t)(*letters - 'a' + 1);
}

static void add_letter(line *l, uint32_t c)
{
    if (c >= 'a' && c <= 'z' && l->n < l->room)
        l->out[l->n++] = (uint8_t)(c - 'a' + 1);
}

/* ---- alphabets ---- */

const char *sk_roman_find(const sk_roman_letter *table, unsigned n, uint32_t c)
{
    unsigned lo = 0, hi = n;

    while (lo < hi) {
        unsigned mid = (lo + hi) / 2;
        if (table[mid].c < c)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < n && table[lo].c == c ? table[lo].letters : NULL;
}

static void add_latin(line *l, uint32_t c)
{
    utf8proc_int32_t part[8];
    int class = UTF8PROC_BOUNDCLASS_START;

    if (c < 0x80) {
        add_letter(l, c);
        return;
    }
    const char *letters = sk_letter_latin(c);
    if (letters) {
        add(l, letters);
        return;
    }
    utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)c, part, 8, UTF8PROC_DECOMPOSE, &class);
    if (n > 0 && n <= 8)
        add_letter(l, (uint32_t)part[0]);
}

/* ---- Hangul ---- */

static const char *const ONSET[] = {"g",  "kk", "n", "d",  "tt", "r", "m", "b", "pp", "s",
                                    "ss", "",   "j", "jj", "ch", "k", "t", "p", "h"};
static const char *const NUCLEUS[] = {"a",  "ae", "ya", "yae", "eo", "e",  "yeo",
                                      "ye", "o",  "wa", "wae", "oe", "yo", "u",
                                      "wo", "we", "wi", "yu",  "eu", "ui", "i"};
static const char *const CODA[] = {"",  "k",  "k", "k", "n", "n", "n", "t", "l", "k",
                                   "m", "l",  "l", "l", "p", "l", "m", "p", "p", "t",
                                   "t", "ng", "t", "t", "k", "t", "p", "t"};

static void add_hangul(line *l, uint32_t c)
{
    if (c < 0xAC00 || c > 0xD7A3)
        return;
    c -= 0xAC00;
    add(l, ONSET[c / 588]);
    add(l, NUCLEUS[c % 588 / 28]);
    add(l, CODA[c % 28]);
}

/* ---- kana ---- */

/* Hepburn of hiragana from U+3041 on; the small ones without their hyphen. */
static const char *const KANA[] = {
    "a",  "a",  "i",   "i",  "u",  "u",   "e",  "e",   "o",  "o",  "ka", "ga", "ki", "gi", "ku",
    "gu", "ke", "ge",  "ko", "go", "sa",  "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo",
    "ta", "da", "chi", "ji", "",   "tsu", "zu", "te",  "de", "to", "do", "na", "ni", "nu", "ne",
    "no", "ha", "ba",  "pa", "hi", "bi",  "pi", "fu",  "bu", "pu", "he", "be", "pe", "ho", "bo",
    "po", "ma", "mi",  "mu", "me", "mo",  "ya", "ya",  "yu", "yu", "yo", "yo", "ra", "ri", "ru",
    "re", "ro", "wa",  "wa", "i",  "e",   "o",  "n",   "vu", "ka", "ke",
};

#define SMALL_TSU 0x3063
#define LONG_MARK 0x30FC

static uint32_t to_hiragana(uint32_t c)
{
    return c >= 0x30A1 && c <= 0x30F6 ? c - 0x60 : c;
}

/* The small vowel or y- behind a syllable replaces its vowel: shi + ya is sha, fu + a is fa. */
static bool join_small(line *l, uint32_t c)
{
    static const struct {
        uint32_t c;
        const char *letters;
    } SMALL[] = {{0x3041, "a"}, {0x3043, "i"},  {0x3045, "u"},  {0x3047, "e"},
                 {0x3049, "o"}, {0x3083, "ya"}, {0x3085, "yu"}, {0x3087, "yo"}};

    if (l->n == 0)
        return false;
    for (unsigned i = 0; i < sizeof(SMALL) / sizeof(SMALL[0]); i++) {
        if (SMALL[i].c != c)
            continue;
        int before = l->n > 1 ? l->out[l->n - 2] + 'a' - 1 : 0;
        int first = l->n > 2 ? l->out[l->n - 3] + 'a' - 1 : 0;
        const char *letters = SMALL[i].letters;
        bool is_soft = before == 'j' || (before == 'h' && (first == 's' || first == 'c'));
        if (letters[0] == 'y' && is_soft)
            letters++; /* sha, cha, ja without y */
        bool is_bare = l->n == 1 || (before && strchr("aiueo", before));
        l->n--;
        if (is_bare && letters[0] != 'y')
            add(l, "w"); /* u + i is wi */
        add(l, letters);
        return true;
    }
    return false;
}

static void add_kana(line *l, const uint32_t *cp, unsigned n)
{
    bool is_double = false;

    for (unsigned i = 0; i < n; i++) {
        uint32_t c = to_hiragana(cp[i]);
        if (c == SMALL_TSU) {
            is_double = true;
            continue;
        }
        if (c == LONG_MARK || join_small(l, c)) /* a long vowel is the vowel */
            continue;
        if (c < 0x3041 || c > 0x3096)
            continue;
        const char *letters = KANA[c - 0x3041];
        if (is_double)
            add_letter(l, (uint32_t)letters[0]);
        is_double = false;
        add(l, letters);
    }
}

/* ---- all ---- */

static void add_one(line *l, uint8_t script, uint32_t c)
{
    const char *letters = NULL;

    switch (script) {
    case SK_SCRIPT_LATN:
        add_latin(l, c);
        return;
    case SK_SCRIPT_HANG:
        add_hangul(l, c);
        return;
    case SK_SCRIPT_HANI:
        letters = sk_han_pinyin(c);
        break;
    default:
        letters = sk_roman_of(script, c);
        break;
    }
    if (letters)
        add(l, letters);
}

unsigned sk_roman_token(const sk_form *f, const sk_form_token *t, uint8_t *out, unsigned room)
{
    line l = {.out = out, .room = room};

    if (t->flags & SK_TOKEN_DIGITS)
        return 0;
    if (t->script == SK_SCRIPT_KANA) {
        add_kana(&l, f->cp + t->at, t->n);
        return l.n;
    }
    for (unsigned i = 0; i < t->n; i++)
        add_one(&l, t->script, f->cp[t->at + i]);
    return l.n;
}
