/* The letters of a spelling: which tokens count, and what each script writes. */
#include "name/latent_private.h"

#define A_LATIN(c) ((uint8_t)((c) - 'a' + 1))

/* Does a token belong to the name? East Asian titles follow the name: チャン in front is 張. */
static bool is_of_name(const sk_form *f, unsigned i)
{
    const sk_form_token *t = &f->token[i];
    bool east =
        t->script == SK_SCRIPT_KANA || t->script == SK_SCRIPT_HANG || t->script == SK_SCRIPT_HANI;

    if (t->flags & (SK_TOKEN_BRACKETED | SK_TOKEN_DIGITS))
        return false;
    return !(t->flags & SK_TOKEN_HONORIFIC) || (east && i == 0);
}

void sk_run_find(const sk_form *f, sk_run *ret_run)
{
    unsigned letters[SK_SCRIPT_COUNT] = {0};

    *ret_run = (sk_run){.f = f, .is_whole = true};
    for (unsigned i = 0; i < f->n_token; i++) {
        const sk_form_token *t = &f->token[i];
        if (is_of_name(f, i))
            letters[t->script] += t->n;
    }
    if (letters[SK_SCRIPT_HANI] && letters[SK_SCRIPT_KANA]) {
        letters[SK_SCRIPT_HANI] += letters[SK_SCRIPT_KANA];
        letters[SK_SCRIPT_KANA] = 0;
        ret_run->is_mixed = true;
    }
    for (unsigned s = 1; s < SK_SCRIPT_COUNT; s++)
        if (letters[s] > letters[ret_run->script])
            ret_run->script = (sk_script)s;
    for (unsigned i = 0; i < f->n_token; i++) {
        const sk_form_token *t = &f->token[i];
        if (!is_of_name(f, i))
            continue;
        bool fits =
            t->script == ret_run->script ||
            (ret_run->is_mixed && t->script == SK_SCRIPT_KANA && ret_run->script == SK_SCRIPT_HANI);
        if (fits)
            ret_run->token[ret_run->n++] = (uint8_t)i;
        else
            ret_run->is_whole = false;
    }
}

static void put(sk_spelling *s, unsigned letter, unsigned from)
{
    if (s->n == SK_LAT_LETTERS) {
        s->is_cut = true;
        return;
    }
    s->from[s->n] = (uint16_t)from;
    s->letter[s->n++] = (uint8_t)letter;
}

static void begin_word(sk_spelling *s)
{
    if (s->n < SK_LAT_LETTERS)
        s->starts |= 1u << s->n;
}

/* ---- Latin ---- */

/* The plain letters of a marked Latin one, up to two; 0 for none we know. */
static unsigned plain_latin(uint32_t c, uint8_t out[2])
{
    /* Latin-1 and Latin Extended-A, two letters where one sign stands for two. */
    static const char BASE[] = "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty";
    static const char EXT_A[] = "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
                                "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    out[0] = out[1] = 0;
    if (c >= 'a' && c <= 'z')
        out[0] = A_LATIN(c);
    else if (c == 0xE6)
        out[0] = A_LATIN('a'), out[1] = A_LATIN('e');
    else if (c == 0x153)
        out[0] = A_LATIN('o'), out[1] = A_LATIN('e');
    else if (c >= 0xC0 && c <= 0xFF && BASE[c - 0xC0] != '.')
        out[0] = A_LATIN(BASE[c - 0xC0]);
    else if (c >= 0x100 && c <= 0x17F && EXT_A[c - 0x100] != '.')
        out[0] = A_LATIN(EXT_A[c - 0x100]);
    else if (c >= 0x1CD && c <= 0x1DC) /* ǎ ǐ ǒ ǔ and the tones of ü */
        out[0] = A_LATIN("aaiioouuuuuuuuuu"[c - 0x1CD]);
    else if (c == 0x1A1)
        out[0] = A_LATIN('o');
    else if (c == 0x1B0)
        out[0] = A_LATIN('u');
    return out[1] ? 2 : out[0] ? 1 : 0;
}

static bool is_vowel_letter(unsigned l)
{
    return l == 1 || l == 5 || l == 9 || l == 15 || l == 21 || l == 25 || l == 23 ||
           (l >= SK_L_OBREVE && l <= SK_L_UUML);
}

/* The letter a Latin character is in the alphabet of the tables, when it is one of its own. */
static unsigned own_latin(uint32_t c)
{
    switch (c) {
    case 0x14F: /* ŏ, and the caron often typed for it */
    case 0x1D2:
        return SK_L_OBREVE;
    case 0x16D:
    case 0x1D4:
        return SK_L_UBREVE;
    case 0xFC:
    case 0x1D6:
    case 0x1D8:
    case 0x1DA:
    case 0x1DC:
        return SK_L_UUML;
    default:
        return 0;
    }
}

/* What an apostrophe behind letter l and before `next` says: a mark of l, aspiration, or
 * nothing. */
static void spell_apostrophe(sk_spelling *s, uint32_t next, unsigned from)
{
    unsigned l = s->n ? s->letter[s->n - 1] : 0;
    unsigned before = s->n > 1 ? s->letter[s->n - 2] : 0;
    uint8_t out[2];
    bool vowel_follows =
        next && (own_latin(next) || (plain_latin(next, out) && is_vowel_letter(out[0])));
    bool letter_follows = next != 0;

    if ((l == A_LATIN('o') || l == A_LATIN('u')) && (!letter_follows || !vowel_follows))
        s->letter[s->n - 1] = l == A_LATIN('o') ? SK_L_OBREVE : SK_L_UBREVE;
    else if (vowel_follows &&
             (l == A_LATIN('k') || l == A_LATIN('p') || l == A_LATIN('t') ||
              (l == A_LATIN('h') && before == A_LATIN('c')) ||
              ((l == A_LATIN('s') || l == A_LATIN('z')) && before == A_LATIN('t'))))
        put(s, SK_L_APOSTROPHE, from);
}

static void spell_latin_token(sk_spelling *s, const sk_form *f, const sk_form_token *t)
{
    for (unsigned i = t->at; i < (unsigned)t->at + t->n; i++) {
        uint8_t out[2];
        uint32_t c = f->cp[i];
        bool is_last = i + 1 == (unsigned)t->at + t->n;
        if (c == '\'') {
            spell_apostrophe(s, is_last ? 0 : f->cp[i + 1], i);
            continue;
        }
        unsigned own = own_latin(c), n = own ? 0 : plain_latin(c, out);
        if (own)
            put(s, own, i);
        for (unsigned k = 0; k < n; k++)
            put(s, out[k], i);
    }
}

/* ---- Cyrillic and Arabic ---- */

static void spell_cyrillic_token(sk_spelling *s, const sk_form *f, const sk_form_token *t)
{
    for (unsigned i = t->at; i < (unsigned)t->at + t->n; i++) {
        uint32_t c = f->cp[i];
        if (c >= 0x430 && c <= 0x44F)
            put(s, SK_L_CYRL + c - 0x430, i);
        else if (c == 0x451)
            put(s, SK_L_YO, i);
        else if (c == 0x456 || c == 0x457) /* Ukrainian і ї */
            put(s, SK_L_CYRL + 8, i);
        else if (c == 0x454) /* є */
            put(s, SK_L_CYRL + 5, i);
        else if (c == 0x491) /* ґ */
            put(s, SK_L_CYRL + 3, i);
        else if (c == 0x45E) /* ў */
            put(s, SK_L_CYRL + 19, i);
    }
}

static uint32_t plain_arabic(uint32_t c)
{
    switch (c) {
    case 0x622: /* alef with its carriers */
    case 0x623:
    case 0x625:
    case 0x671:
        return 0x627;
    case 0x624:
        return 0x648;
    case 0x626:
    case 0x649:
    case 0x6CC:
    case 0x6D2:
        return 0x64A;
    case 0x629:
    case 0x6C0:
    case 0x6C1:
    case 0x6D5:
        return 0x647;
    case 0x6A9:
        return 0x643;
    case 0x6AF:
        return 0x63A;
    case 0x67E:
        return 0x628;
    case 0x6A4:
        return 0x641;
    default:
        return c;
    }
}

static void spell_arabic_token(sk_spelling *s, const sk_form *f, const sk_form_token *t)
{
    for (unsigned i = t->at; i < (unsigned)t->at + t->n; i++) {
        uint32_t c = plain_arabic(f->cp[i]);
        if (c == 0x686) { /* چ */
            put(s, SK_L_ARAB + 0x62A - 0x621, i);
            put(s, SK_L_ARAB + 0x634 - 0x621, i);
        } else if (c > 0x621 && c <= 0x64A && c != 0x640) {
            put(s, SK_L_ARAB + c - 0x621, i);
        }
    }
}

/* ---- kana and Hangul ---- */

/* Hepburn letters of a katakana, small ones included. */
static const char *hepburn(uint32_t c)
{
    static const char KANA[][4] = {
        "a",  "a",  "i",   "i",  "u",  "u",   "e",  "e",   "o",  "o",  "ka", "ga", "ki", "gi", "ku",
        "gu", "ke", "ge",  "ko", "go", "sa",  "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo",
        "ta", "da", "chi", "ji", "",   "tsu", "zu", "te",  "de", "to", "do", "na", "ni", "nu", "ne",
        "no", "ha", "ba",  "pa", "hi", "bi",  "pi", "fu",  "bu", "pu", "he", "be", "pe", "ho", "bo",
        "po", "ma", "mi",  "mu", "me", "mo",  "ya", "ya",  "yu", "yu", "yo", "yo", "ra", "ri", "ru",
        "re", "ro", "wa",  "wa", "i",  "e",   "o",  "n",   "vu", "ka", "ke",
    };

    return c >= 0x30A1 && c <= 0x30F6 ? KANA[c - 0x30A1] : "";
}

static uint32_t katakana(uint32_t c)
{
    return c >= 0x3041 && c <= 0x3096 ? c + 0x60 : c;
}

static bool is_small_kana(uint32_t c)
{
    return c == 0x30A1 || c == 0x30A3 || c == 0x30A5 || c == 0x30A7 || c == 0x30A9 || c == 0x30E3 ||
           c == 0x30E5 || c == 0x30E7 || c == 0x30EE;
}

/* A small kana replaces the vowel before it: ki + ya = kya, shi + ya = sha, fu + a = fa. */
static void spell_small_kana(sk_spelling *s, uint32_t c, unsigned from)
{
    const char *p = hepburn(c);
    unsigned l = s->n > 1 ? s->letter[s->n - 2] : 0; /* NOLINT(clang-analyzer-core.*) */
    /* letters below s->n are set */
    bool palatal = l == A_LATIN('h') || l == A_LATIN('j');

    if (s->n && is_vowel_letter(s->letter[s->n - 1]) && s->n > 1 && l)
        s->n--;
    if (p[0] == 'y' && palatal && s->n > 0 &&
        (s->letter[s->n - 1] == A_LATIN('j') ||
         (s->n > 1 &&
          (s->letter[s->n - 2] == A_LATIN('s') || s->letter[s->n - 2] == A_LATIN('c')))))
        p++;
    for (; *p; p++) /* NOLINT(clang-analyzer-core.uninitialized.Branch): letters below n are set */
        put(s, A_LATIN(*p), from);
}

static void spell_kana_token(sk_spelling *s, const sk_form *f, const sk_form_token *t)
{
    bool is_double = false;

    for (unsigned i = t->at; i < (unsigned)t->at + t->n; i++) {
        uint32_t c = katakana(f->cp[i]);
        if (c == 0x30C3) { /* small tsu doubles what follows */
            is_double = true;
            continue;
        }
        if (c == 0x30FC) {
            put(s, SK_L_LONG, i);
            continue;
        }
        if (is_small_kana(c) && s->n) {
            spell_small_kana(s, c, i);
            continue;
        }
        const char *p = hepburn(c);
        if (is_double && *p && *p != 'n' && !strchr("aiueo", *p))
            put(s, A_LATIN(*p == 'c' ? 't' : *p), i);
        is_double = false;
        for (; *p; p++)
            put(s, A_LATIN(*p), i);
    }
}

/* The final of a Hangul syllable as a letter, 0 for none: clusters as they sound alone. */
static unsigned coda_letter(unsigned final)
{
    static const uint8_t CODA[28] = {0, 1, 1, 1, 2, 2, 2, 3, 4, 1, 5, 4, 4, 4,
                                     6, 4, 5, 6, 6, 3, 3, 7, 3, 3, 1, 3, 6, 0};

    return CODA[final] ? SK_L_CODA + CODA[final] - 1u : 0;
}

static void spell_hangul_token(sk_spelling *s, const sk_form *f, const sk_form_token *t)
{
    for (unsigned i = t->at; i < (unsigned)t->at + t->n; i++) {
        uint32_t c = f->cp[i];
        if (c < 0xAC00 || c > 0xD7A3)
            continue;
        c -= 0xAC00;
        if (c / 588 != 11)
            put(s, SK_L_ONSET + c / 588, i);
        put(s, SK_L_VOWEL + c % 588 / 28, i);
        if (coda_letter(c % 28))
            put(s, coda_letter(c % 28), i);
    }
}

void sk_spell(const sk_run *r, sk_spelling *ret_letters)
{
    *ret_letters = (sk_spelling){0};
    for (unsigned i = 0; i < r->n; i++) {
        const sk_form_token *t = &r->f->token[r->token[i]];
        /* Script changes and digits do not part words; what stood between does. */
        begin_word(ret_letters);
        if (r->script == SK_SCRIPT_LATN)
            spell_latin_token(ret_letters, r->f, t);
        else if (r->script == SK_SCRIPT_CYRL)
            spell_cyrillic_token(ret_letters, r->f, t);
        else if (r->script == SK_SCRIPT_ARAB)
            spell_arabic_token(ret_letters, r->f, t);
        else if (r->script == SK_SCRIPT_KANA)
            spell_kana_token(ret_letters, r->f, t);
        else if (r->script == SK_SCRIPT_HANG)
            spell_hangul_token(ret_letters, r->f, t);
    }
    if (ret_letters->n < SK_LAT_LETTERS)
        ret_letters->starts &= (1u << ret_letters->n) - 1u;
}
