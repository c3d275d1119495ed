/* Japanese personal names in Kanji, kana and Latin from the name list of mecab-ipadic: a surname and
 * a given name put together, and others that share one of the two.
 *
 * Source: Noun.name.csv of Debian's mecab-ipadic (terms of ICOT, BSD-like). */
#include "generate.h"

#include "base/utf8.h"
#include "name/roman.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>

#define NAME_LIST     "/usr/share/mecab/dic/ipadic/Noun.name.csv"
#define PERSONS       500
#define RARE_READINGS 5 /* of 100 names: a reading that no table has */

typedef struct entry {
    sk_str kanji, kana; /* 松田, マツダ */
} entry;

typedef struct entries {
    entry *at;
    size_t n, cap;
} entries;

static sk_str text_of(sk_arena *a)
{
    FILE *f = fopen(NAME_LIST, "rb");
    iconv_t to = iconv_open("UTF-8", "EUC-JP");

    if (!f || to == (iconv_t)-1) {
        fprintf(stderr, NAME_LIST ": cannot be read; install mecab-ipadic\n");
        exit(1);
    }
    fseek(f, 0, SEEK_END);
    size_t n = (size_t)ftell(f), room = 2 * n;
    rewind(f);
    char *in = sk_alloc(a, n), *out = sk_alloc(a, room), *from = in, *into = out;
    size_t left = fread(in, 1, n, f);
    iconv(to, &from, &left, &into, &room);
    iconv_close(to);
    fclose(f);
    return sk_str_range(out, into);
}

static bool is_all_han(sk_str s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t c = sk_utf8_next(s, &at);
        if (!(c >= 0x4E00 && c <= 0x9FFF) && c != 0x3005)
            return false;
    }
    return s.n > 0;
}

/* Columns: surface, ids and cost, 4 of part of speech, 3 of inflection, base form, reading, sound. */
static void read_entries(sk_arena *a, entries *surnames, entries *given)
{
    sk_str text = text_of(a), line, cell[13];

    while (sk_str_cut(&text, '\n', &line)) {
        size_t n = 0;
        while (n < 13 && sk_str_cut(&line, ',', &cell[n]))
            n++;
        if (n < 13 || !is_all_han(cell[0]) || cell[0].n > 9)
            continue;
        entries *e = sk_str_is(cell[7], "姓") ? surnames : sk_str_is(cell[7], "名") ? given : NULL;
        if (!e)
            continue;
        SK_GROW(a, e->at, e->n, e->cap);
        e->at[e->n++] = (entry){cell[0], cell[11]};
    }
}

/* ---- spellings ---- */

static sk_str hiragana(sk_arena *a, sk_str katakana)
{
    char *out = sk_alloc(a, katakana.n + 1);
    size_t n = 0;

    for (size_t at = 0; at < katakana.n;) {
        uint32_t c = sk_utf8_next(katakana, &at);
        n += sk_utf8_put(c >= 0x30A1 && c <= 0x30F6 ? c - 0x60 : c, out + n);
    }
    return (sk_str){out, n};
}

/* Hepburn with a capital; long o and u are kept or dropped. */
static sk_str hepburn(sk_arena *a, sk_str kana, bool is_short)
{
    sk_form f;
    uint8_t letter[64];
    char *out = sk_alloc(a, 65);
    size_t n = 0;

    sk_form_read(kana, &f);
    unsigned k = f.n_token ? sk_roman_token(&f, &f.token[0], letter, 64) : 0;
    for (unsigned i = 0; i < k; i++) {
        int c = 'a' + letter[i] - 1;
        bool is_long = is_short && n && c == 'u' && (out[n - 1] == 'o' || out[n - 1] == 'u');
        bool is_double_o = is_short && n && c == 'o' && out[n - 1] == 'o';
        if (!is_long && !is_double_o)
            out[n++] = (char)c;
    }
    if (n)
        out[0] = (char)(out[0] - 32);
    return (sk_str){out, n};
}

typedef struct person {
    entry surname, given;
} person;

static sk_str in_kanji(sk_arena *a, const person *p)
{
    return sk_fmt(a, "%.*s%.*s", SK_P(p->surname.kanji), SK_P(p->given.kanji));
}

static sk_str in_kana(sk_arena *a, const person *p, dice *d)
{
    sk_str s = p->surname.kana, g = p->given.kana;

    if (throw_dice(d, 5)) {
        s = hiragana(a, s);
        g = hiragana(a, g);
    }
    return sk_fmt(a, "%.*s%s%.*s", SK_P(s), throw_dice(d, 4) ? "" : " ", SK_P(g));
}

static sk_str in_latin(sk_arena *a, const person *p, dice *d)
{
    bool is_short = throw_dice(d, 2);
    sk_str s = hepburn(a, p->surname.kana, is_short), g = hepburn(a, p->given.kana, is_short);

    if (throw_dice(d, 2))
        return sk_fmt(a, "%.*s %.*s", SK_P(s), SK_P(g));
    return sk_fmt(a, "%.*s %.*s", SK_P(g), SK_P(s));
}

/* ---- pairs ---- */

static entry any_entry(const entries *e, dice *d)
{
    return e->at[throw_dice(d, (unsigned)e->n)];
}

/* A given name that shares the first or last character when one is soon found. */
static entry like_given(const entries *e, sk_str old, dice *d)
{
    for (unsigned tries = 0;; tries++) {
        entry g = any_entry(e, d);
        bool shares = g.kanji.n >= 3 && old.n >= 3 &&
                      (memcmp(g.kanji.p, old.p, 3) == 0 ||
                       memcmp(g.kanji.p + g.kanji.n - 3, old.p + old.n - 3, 3) == 0);
        if (!sk_str_eq(g.kanji, old) && (shares || tries > 200))
            return g;
    }
}

/* The pairs of one person with another or with themselves, in all three scripts. */
static void add_scripts(sk_arena *a, pairs *p, const person *x, const person *y, bool label,
                        dice *d)
{
    if (!label &&
        (sk_str_eq(in_kanji(a, x), in_kanji(a, y)) ||
         (sk_str_eq(x->surname.kana, y->surname.kana) && sk_str_eq(x->given.kana, y->given.kana))))
        return;
    add_pair(a, p, in_kanji(a, x), in_kana(a, y, d), label);
    add_pair(a, p, in_kanji(a, x), in_latin(a, y, d), label);
    add_pair(a, p, in_kana(a, x, d), in_latin(a, y, d), label);
}

/* The name with one Kanji exchanged, so that its kana are no reading of it that a table has: names
 * in life are read in ways that no list knows, and the list the names come from made the tables. */
static sk_str with_other_kanji(sk_arena *a, const entries *e, sk_str kanji, dice *d)
{
    sk_str other = any_entry(e, d).kanji;
    char *p = sk_alloc_copy(a, kanji.p, kanji.n);

    if (kanji.n >= 3 && other.n >= 3)
        memcpy(p, other.p, 3);
    return (sk_str){p, kanji.n};
}

void generate_japanese(sk_arena *a, pairs *p)
{
    entries surnames = {0}, given = {0};
    dice d = {81};

    read_entries(a, &surnames, &given);
    for (unsigned i = 0; i < PERSONS; i++) {
        person x = {any_entry(&surnames, &d), any_entry(&given, &d)};
        person y = x, z = x;
        if (throw_dice(&d, 100) < RARE_READINGS)
            y.given.kanji = with_other_kanji(a, &given, x.given.kanji, &d);
        add_scripts(a, p, &y, &x, true, &d);
        y = x;
        y.given = i % 4 ? any_entry(&given, &d) : like_given(&given, x.given.kanji, &d);
        add_scripts(a, p, &x, &y, false, &d);
        if (i % 2)
            z.surname = any_entry(&surnames, &d);
        else
            z = (person){any_entry(&surnames, &d), any_entry(&given, &d)};
        add_scripts(a, p, &x, &z, false, &d);
    }
}
