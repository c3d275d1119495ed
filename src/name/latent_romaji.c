/* Folded Japanese letters: what Hepburn, Kunrei, kana, Polivanov and Hangul write the same.
 *
 * shi = q, chi = c, tsu = x (one letter each); hu for fu, ji and zu for di and du; double
 * consonants single; m before b, p and m is n. Long vowels stay as written except for macrons, oh
 * and the length mark, which are dropped: the readings of the tables know both. Hangul does not
 * write voicing at the start of a word: its letters are the devoiced ones. */
#include "name/latent_private.h"

#define A_LATIN(c) ((uint8_t)((c) - 'a' + 1))

typedef struct folder {
    const sk_spelling *in;
    sk_spelling *out;
    unsigned i;
    bool bad;
} folder;

static void put(folder *f, char c, unsigned from)
{
    sk_spelling *s = f->out;

    if (s->n == SK_LAT_LETTERS) {
        s->is_cut = true;
        return;
    }
    s->from[s->n] = (uint16_t)from;
    s->letter[s->n++] = A_LATIN(c);
}

/* The i-th letter from here as a character, 0 past the end or for a mark. */
static char look(const folder *f, unsigned ahead)
{
    unsigned i = f->i + ahead;

    if (i >= f->in->n)
        return 0;
    unsigned l = f->in->letter[i];
    if (l >= 1 && l <= 26)
        return (char)('a' + l - 1);
    if (l == SK_L_OBREVE)
        return 'o';
    return l == SK_L_UBREVE || l == SK_L_UUML ? 'u' : 0;
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'i' || c == 'u' || c == 'e' || c == 'o';
}

/* A consonant in letters of romaji and what it folds to, with how many letters it takes. */
typedef struct consonant {
    char in[4], out[3];
} consonant;

/* Longest first. */
static const consonant CONSONANT[] = {
    {"tch", "c"}, {"dzu", "zu"}, {"sh", "q"},  {"ch", "c"},  {"ts", "x"},  {"tu", "xu"},
    {"ti", "ci"}, {"si", "qi"},  {"zi", "ji"}, {"hu", "hu"}, {"fu", "hu"}, {"du", "zu"},
    {"di", "ji"}, {"sy", "q"},   {"ty", "c"},  {"zy", "j"},  {"jy", "j"},  {"dy", "j"},
    {"wo", "o"},  {"dz", "z"},   {"f", "h"},   {"v", "b"},
};

/* Read one consonant (a run before a vowel); false when it is none of Japanese. */
static bool fold_consonant(folder *f)
{
    unsigned from = f->in->from[f->i];

    for (size_t k = 0; k < SK_COUNT(CONSONANT); k++) {
        const consonant *c = &CONSONANT[k];
        unsigned n = 0;
        while (c->in[n] && look(f, n) == c->in[n])
            n++;
        if (c->in[n])
            continue;
        for (const char *p = c->out; *p; p++)
            put(f, *p, from);
        f->i += n;
        bool ended = is_vowel(c->out[strlen(c->out) - 1]);
        return ended || is_vowel(look(f, 0)) || look(f, 0) == 'y';
    }
    char c = look(f, 0);
    if (!c || !strchr("kgsztdnhbpmrjwy", c))
        return false;
    put(f, c, from);
    f->i++;
    if (look(f, 0) == 'y' && strchr("kgnhbpmr", c)) {
        put(f, 'y', f->in->from[f->i]);
        f->i++;
    }
    return is_vowel(look(f, 0));
}

static void fold_vowel(folder *f)
{
    char c = look(f, 0);

    put(f, c, f->in->from[f->i]);
    f->i++;
    /* oh before a consonant or the end: a long o. */
    if (c == 'o' && look(f, 0) == 'h' && !is_vowel(look(f, 1)) && look(f, 1) != 'y')
        f->i++;
}

static void fold_romaji(folder *f)
{
    while (f->i < f->in->n && !f->bad) {
        if (f->in->starts >> f->i & 1 && f->out->n < SK_LAT_LETTERS)
            f->out->starts |= 1u << f->out->n;
        unsigned l = f->in->letter[f->i];
        char c = look(f, 0), next = look(f, 1);
        bool is_mark = l == SK_L_LONG || l == SK_L_APOSTROPHE;
        bool is_double = c && c == next && c != 'n' && c != 'm' && !is_vowel(c);
        if (is_mark || is_double) {
            f->i++;
        } else if (is_vowel(c)) {
            fold_vowel(f);
        } else if ((c == 'n' && !is_vowel(next) && next != 'y') ||
                   (c == 'm' && (next == 'b' || next == 'p' || next == 'm'))) {
            put(f, 'n', f->in->from[f->i]);
            f->i++;
        } else if (!fold_consonant(f)) {
            f->bad = true;
        }
    }
}

/* ---- Polivanov ---- */

/* A Cyrillic letter in romaji, "" for signs; the syllables with и and я are put right after. */
static const char *polivanov(unsigned letter)
{
    static const char LATIN[][4] = {
        "a", "b", "w", "g", "d", "e", "zh", "z", "i", "i", "k", "r", "m", "n", "o",  "p",
        "r", "s", "t", "u", "f", "h", "ts", "t", "q", "q", "",  "y", "",  "e", "yu", "ya",
    };

    if (letter == SK_L_YO)
        return "yo";
    return letter >= SK_L_CYRL && letter < SK_L_YO ? LATIN[letter - SK_L_CYRL] : "";
}

/* Cyrillic as romaji letters, to be folded as such. */
static void romaji_of_cyrillic(const sk_spelling *in, sk_spelling *out)
{
    for (unsigned i = 0; i < in->n; i++) {
        if (in->starts >> i & 1 && out->n < SK_LAT_LETTERS)
            out->starts |= 1u << out->n;
        unsigned l = in->letter[i], next = i + 1 < in->n ? in->letter[i + 1] : 0;
        const char *p = polivanov(l);
        /* дз is z (j before и, ё, ю, я); ч is c of "ch"; a vowel й is i. */
        if (l == SK_L_CYRL + 4 && next == SK_L_CYRL + 7)
            continue;
        if (l == SK_L_CYRL + 4 && next == SK_L_CYRL + 6) /* дж */
            continue;
        if (l == SK_L_CYRL + 6)
            p = "j";
        if (l == SK_L_CYRL + 23)
            p = "ch";
        if (l == SK_L_CYRL + 24)
            p = "sh";
        /* йо, ья: the sign adds nothing before a letter that has its own y */
        if (p[0] == 'y' && p[1] && out->n &&
            (out->letter[out->n - 1] == A_LATIN('j') || out->letter[out->n - 1] == A_LATIN('h')) &&
            out->n > 1 &&
            (out->letter[out->n - 2] == A_LATIN('c') || out->letter[out->n - 2] == A_LATIN('s')))
            p++;
        for (; *p && out->n < SK_LAT_LETTERS; p++) {
            out->from[out->n] = in->from[i];
            out->letter[out->n++] = A_LATIN(*p);
        }
    }
}

/* ---- Hangul ---- */

/* Japanese in Hangul (외래어 표기법), devoiced: k t p j s stand for both of each pair. */
static void romaji_of_hangul(const sk_spelling *in, folder *f)
{
    static const char ONSET[] = "kkntt"
                                "rmppssojjjktph";
    static const char VOWEL[][4] = {"a", "e",  "ya", "ye", "o", "e",  "yo", "ye", "o", "wa", "e",
                                    "e", "yo", "u",  "wo", "e", "wi", "yu", "u",  "i", "i"};

    for (unsigned i = 0; i < in->n && !f->bad; i++) {
        if (in->starts >> i & 1 && f->out->n < SK_LAT_LETTERS)
            f->out->starts |= 1u << f->out->n;
        unsigned l = in->letter[i];
        if (l >= SK_L_ONSET && l < SK_L_VOWEL) {
            put(f, ONSET[l - SK_L_ONSET], in->from[i]);
        } else if (l >= SK_L_VOWEL && l < SK_L_CODA) {
            const char *p = VOWEL[l - SK_L_VOWEL];
            char last = f->out->n ? (char)(f->out->letter[f->out->n - 1] + 'a' - 1) : 0;
            if (p[0] == 'y' && (last == 'j' || last == 's'))
                p++;
            for (; *p; p++)
                put(f, *p, in->from[i]);
        } else if (l == SK_L_CODA + 1 || l == SK_L_CODA + 4 || l == SK_L_CODA + 6) {
            put(f, 'n', in->from[i]);
        } else if (l != SK_L_CODA + 2) { /* a final ㅅ is a double consonant; others are none */
            f->bad = true;
        }
    }
}

void sk_spell_japanese(const sk_run *r, const sk_spelling *letters, sk_spelling *ret_romaji)
{
    sk_spelling romaji = {0};
    folder f = {.in = letters, .out = ret_romaji, .bad = letters->is_cut};

    *ret_romaji = (sk_spelling){0};
    if (r->script == SK_SCRIPT_LATN || r->script == SK_SCRIPT_KANA) {
        fold_romaji(&f);
    } else if (r->script == SK_SCRIPT_CYRL) {
        romaji_of_cyrillic(letters, &romaji);
        f.in = &romaji;
        fold_romaji(&f);
    } else if (r->script == SK_SCRIPT_HANG) {
        romaji_of_hangul(letters, &f);
    }
    if (f.bad)
        *ret_romaji = (sk_spelling){0};
}
