/* The words of a body's name: legal forms, common words and their translations, numbers. */
#include "name/org.h"

#include "name/key.h"
#include "name/words_private.h"

#include <string.h>

#define L(c) ((uint8_t)((c) - 'a' + SK_LETTER_A))

static bool is_east_asian(const draft_word *w)
{
    return w->script == SK_SCRIPT_HANG || w->script == SK_SCRIPT_HANI ||
           w->script == SK_SCRIPT_KANA;
}

/* ---- letters with dots ---- */

static bool is_lone_letter(const draft_word *w)
{
    return w->n == 1 && w->n_cp == 1 && (w->flags & WORD_INITIAL);
}

/* S.A., U.K. and A-B-C are one word each. */
static void join_dotted(draft *d)
{
    for (unsigned i = 0; i < d->n; i++) {
        unsigned n = 1;
        while (i + n < d->n && is_lone_letter(&d->word[i]) && is_lone_letter(&d->word[i + n]) &&
               (d->word[i + n].before == SK_BREAK_DOT || d->word[i + n].before == SK_BREAK_HYPHEN ||
                d->word[i + n].before == SK_BREAK_SLASH || d->word[i + n].before == SK_BREAK_NONE))
            n++;
        if (n > 1) {
            draft_join(d, i, n);
            d->word[i].flags |= WORD_CAPITALS;
        }
    }
}

/* ---- writing without blanks ---- */

static bool stands_in_book(const draft *d, unsigned i)
{
    uint64_t key = draft_key(d, i, 1);
    return sk_wordbook_find(key, SK_BOOK_LEGAL) || sk_wordbook_find(key, SK_BOOK_ORG);
}

/* The longest run of the word's code points from at that stands in the book; 0: none. */
static unsigned longest_inside(const draft *d, const draft_word *w, unsigned at)
{
    uint8_t letter[SK_WORD_LETTERS];
    unsigned left = w->n_cp - at, most = left < 14 ? left : 14;

    for (unsigned n = most; n > 0; n--) {
        bool may_be_one = at + 1 == w->n_cp && at >= 2;
        if (n == 1 && !may_be_one)
            break;
        unsigned k = sk_letters_read(d->f->cp + w->at + at, n, letter, sizeof(letter));
        uint64_t key = sk_letters_key((sk_script)w->script, letter, k);
        if (sk_wordbook_find(key, SK_BOOK_LEGAL) || sk_wordbook_find(key, SK_BOOK_ORG))
            return n;
    }
    return 0;
}

/* Cut a Hangul, Han or kana word where words of the book begin and end. */
static void cut_word(draft *d, unsigned i)
{
    const draft_word *w = &d->word[i];

    if (!is_east_asian(w) || stands_in_book(d, i))
        return;
    for (unsigned at = 0; at < w->n_cp; at++) {
        unsigned n = longest_inside(d, w, at);
        if (!n || n == w->n_cp)
            continue;
        if (at > 0 ? draft_split(d, i, at) : draft_split(d, i, n))
            return; /* the rest is looked at as a word of its own */
    }
}

static void cut_words(draft *d)
{
    for (unsigned i = 0; i < d->n; i++)
        cut_word(d, i);
}

/* ---- legal forms ---- */

static void note_legal(draft *d, unsigned class)
{
    for (unsigned i = 0; i < d->n_legal; i++)
        if (d->legal[i] == class)
            return;
    if (d->n_legal < sizeof(d->legal))
        d->legal[d->n_legal++] = (uint8_t) class;
}

static bool only_legal_behind(const draft *d, unsigned from)
{
    for (unsigned i = from; i < d->n; i++) {
        const sk_wordbook_entry *e;
        bool is_stop = d->word[i].flags & WORD_STOP;
        if (!is_stop && !draft_longest(d, i, SK_BOOK_LEGAL, &e))
            return false;
    }
    return true;
}

/* A short form may be a word: it counts at the end, in front of a name, or in brackets. */
static bool is_legal_here(const draft *d, unsigned i, unsigned n, unsigned letters)
{
    const draft_word *w = &d->word[i];

    if (is_east_asian(w)) {
        bool closes = i + n < d->n && d->word[i + n].before == SK_BREAK_BRACKET;
        return w->n_cp > 1 || n > 1 || (w->flags & WORD_BRACKETED) ||
               w->before == SK_BREAK_BRACKET || closes;
    }
    if (n >= d->n)
        return true;
    if (letters >= 4 && n > 1)
        return true;
    if (only_legal_behind(d, i + n))
        return true;
    return letters >= 3 ? i == 0 || letters > 3 : i == 0 && w->script == SK_SCRIPT_CYRL;
}

static void mark_legal(draft *d)
{
    for (unsigned i = 0; i < d->n; i++) {
        const sk_wordbook_entry *e = NULL;
        unsigned n = draft_longest(d, i, SK_BOOK_LEGAL, &e), letters = 0;
        if (!n)
            continue;
        for (unsigned k = 0; k < n; k++)
            letters += d->word[i + k].n;
        if (!is_legal_here(d, i, n, letters))
            continue;
        draft_join(d, i, n);
        d->word[i].flags = (uint16_t)((d->word[i].flags & WORD_COMMA) | WORD_LEGAL);
        d->word[i].number = e->value;
        note_legal(d, e->value);
    }
}

/* ---- numbers ---- */

/* Numbers from WORD_NUMBER_LARGE on are told apart by their digits alone. */
static void set_number(draft_word *w, unsigned value)
{
    w->flags = (uint16_t)((w->flags & WORD_COMMA) | WORD_NUMBER);
    w->number = (uint16_t)(value < WORD_NUMBER_LARGE ? value : WORD_NUMBER_LARGE);
}

static bool is_digits(const draft *d, const draft_word *w)
{
    return d->f->token[w->token].flags & SK_TOKEN_DIGITS && w->script == SK_SCRIPT_NONE;
}

static unsigned digits_value(const draft_word *w)
{
    unsigned v = 0;
    for (unsigned i = 0; i < w->n && v < WORD_NUMBER_LARGE; i++)
        v = v * 10 + w->letter[i] - SK_LETTER_0;
    return v;
}

/* I, V and X alone are letters unless they stand behind the name. */
static bool may_be_number(const draft *d, unsigned i, unsigned n)
{
    const draft_word *w = &d->word[i];

    if (n == 1 && w->script == SK_SCRIPT_LATN && w->n <= 2 && i == 0 && d->n > 1)
        return false;
    if (n == 1 && w->n == 1 && w->script == SK_SCRIPT_LATN) {
        bool last = i + 1 == d->n || (d->word[i + 1].flags & (WORD_LEGAL | WORD_PLACE | WORD_STOP));
        return last && i > 0;
    }
    return !is_east_asian(w) || w->n_cp > 1;
}

void draft_numbers(draft *d)
{
    for (unsigned i = 0; i < d->n; i++) {
        draft_word *w = &d->word[i];
        const sk_wordbook_entry *e = NULL;
        if (w->flags & WORD_LEGAL)
            continue;
        unsigned n = draft_longest(d, i, SK_BOOK_NUMBER, &e);
        if (n && n <= 2 && may_be_number(d, i, n)) {
            draft_join(d, i, n);
            set_number(w, e->value);
        } else if (is_digits(d, w)) {
            set_number(w, digits_value(w));
        } else {
            continue;
        }
        draft_word *tens = i ? &d->word[i - 1] : NULL;
        bool adds = tens && (tens->flags & WORD_NUMBER) && tens->number >= 20 &&
                    tens->number < 100 && tens->number % 10 == 0 && w->number < 10 &&
                    !is_digits(d, tens);
        if (adds) {
            unsigned sum = tens->number + w->number;
            draft_join(d, i - 1, 2);
            set_number(tens, sum);
            i--;
        }
    }
}

/* ---- common words ---- */

static uint16_t org_flag(unsigned extra)
{
    switch (extra) {
    case SK_ORG_GENERIC:
        return WORD_GENERIC;
    case SK_ORG_SECTOR:
        return WORD_SECTOR;
    case SK_ORG_PLACE:
        return WORD_PLACE;
    default:
        return WORD_STOP;
    }
}

/* What is written together with an Arabic word: and, in, to, like; and the article. Letters as in
 * letters.h: their code point less 626 hex. */
#define ARAB_A 1
#define ARAB_B 2
#define ARAB_K 29
#define ARAB_L 30
#define ARAB_W 34

static const sk_wordbook_entry *find_letters(const uint8_t *letter, unsigned n, bool article)
{
    uint8_t with[SK_WORD_LETTERS + 2] = {ARAB_A, ARAB_L};

    if (n < 2 || n > SK_WORD_LETTERS)
        return NULL;
    memcpy(with + 2, letter, n);
    return sk_wordbook_find(
        sk_letters_key(SK_SCRIPT_ARAB, article ? with : letter, article ? n + 2 : n), SK_BOOK_ORG);
}

/* The entry of an Arabic word without what is written together with it; the book has some words
 * only with the article. */
static const sk_wordbook_entry *find_without_clitics(const draft_word *w)
{
    const uint8_t *l = w->letter;
    unsigned n = w->n;
    const sk_wordbook_entry *e = NULL;

    if (w->script != SK_SCRIPT_ARAB || n < 4)
        return NULL;
    for (unsigned round = 0; round < 2 && !e && n >= 4; round++) {
        bool article = l[0] == ARAB_A && l[1] == ARAB_L;
        bool to_the = l[0] == ARAB_L && l[1] == ARAB_L;
        unsigned off = article || to_the ? 2 : 0;
        e = find_letters(l + off, n - off, false);
        e = e ? e : find_letters(l + off, n - off, true);
        if (e || (l[0] != ARAB_W && l[0] != ARAB_B && l[0] != ARAB_L && l[0] != ARAB_K))
            break;
        l++;
        n--;
    }
    return e;
}

static void mark_common(draft *d)
{
    for (unsigned i = 0; i < d->n; i++) {
        draft_word *w = &d->word[i];
        const sk_wordbook_entry *e = NULL;
        if (w->flags & (WORD_LEGAL | WORD_NUMBER))
            continue;
        unsigned n = draft_longest(d, i, SK_BOOK_ORG, &e);
        if (!n) {
            e = find_without_clitics(w);
            n = e ? 1 : 0;
        }
        if (!n)
            continue;
        bool is_lone = w->n == 1 && n == 1 && !is_east_asian(w);
        if (is_lone && (i == 0 || i + 1 == d->n || w->flags & WORD_CAPITALS))
            continue; /* a letter at an edge is an initial of the firm */
        if (n > 1)
            draft_join(d, i, n);
        w->flags = (uint16_t)((w->flags & (WORD_COMMA | WORD_BRACKETED)) | org_flag(e->extra));
        w->concept = e->value;
    }
}

/* A name that is only common words and articles has those as its name. */
static void keep_a_name(draft *d)
{
    for (unsigned i = 0; i < d->n; i++)
        if (!(d->word[i].flags & (WORD_STOP | WORD_LEGAL)))
            return;
    for (unsigned i = 0; i < d->n; i++)
        d->word[i].flags &= (uint16_t)~WORD_STOP;
}

void draft_org(draft *d)
{
    for (unsigned i = 0; i < d->n; i++)
        d->word[i].flags &=
            (uint16_t) ~(WORD_PARTICLE | WORD_HONORIFIC | WORD_SUFFIX | WORD_PATRONYMIC);
    join_dotted(d);
    cut_words(d);
    mark_legal(d);
    draft_numbers(d);
    mark_common(d);
    keep_a_name(d);
    for (unsigned i = 0; i < d->n; i++)
        if (d->word[i].n > 1)
            d->word[i].flags &= (uint16_t)~WORD_INITIAL;
}

/* ---- keys ---- */

#define CONCEPTS 5 /* that make keys: ten pairs of them */

static bool is_telling(const sk_word *w)
{
    return w->concept && w->flags & (WORD_SECTOR | WORD_PLACE);
}

/* One concept is shared by too many bodies to find anybody; two together are few. */
unsigned sk_words_concept_keys(const sk_words *w, uint64_t *keys, unsigned room)
{
    uint16_t concept[CONCEPTS];
    unsigned n = 0, found = 0;

    if (w->kind != SK_NAME_ORGANIZATION)
        return 0;
    for (unsigned i = 0; i < w->n_word && n < CONCEPTS; i++) {
        unsigned k = 0;
        while (k < n && concept[k] != words_of(w)[i].concept)
            k++;
        if (k == n && is_telling(&words_of(w)[i]))
        concept[n++] = words_of(w)[i].concept;
    }
    for (unsigned i = 0; i < n; i++)
        for (unsigned k = i + 1; k < n && found < room; k++) {
            uint64_t lo = concept[i] < concept[k] ? concept[i] : concept[k];
            uint64_t hi = concept[i] < concept[k] ? concept[k] : concept[i];
            keys[found++] = sk_key_mix(sk_key_mix(sk_key_mix(0, 'C'), lo), hi);
        }
    return found;
}

/* ---- is it a body ---- */

/* PAO and SAL are legal forms, Chia-pao and Sal are no bodies: in small letters a form that can be
 * a syllable tells nothing. */
static bool form_tells(const draft *d, const draft_word *w)
{
    const sk_form_token *t = &d->f->token[w->token];

    if (is_east_asian(w) || w->n > 3 || w->script != SK_SCRIPT_LATN)
        return w->n > 2 || is_east_asian(w);
    if (w->n < 3 || w->before == SK_BREAK_HYPHEN)
        return false;
    bool is_syllable = !draft_word_is(w, "inc");
    for (unsigned i = 0, vowels = 0; i < w->n; i++) {
        vowels += sk_is_vowel(w->letter[i]);
        if (i + 1 == w->n && !vowels)
            is_syllable = false;
    }
    return !is_syllable || t->n != w->n || (t->flags & SK_TOKEN_CAPITALS);
}

bool sk_org_is_body(const sk_form *f)
{
    draft d;

    if (!f->n_token)
        return false;
    draft_read(f, &d);
    draft_org(&d);
    for (unsigned i = 0; i < d.n; i++) {
        const draft_word *w = &d.word[i];
        bool tells = w->flags & (WORD_GENERIC | WORD_SECTOR);
        if (w->flags & WORD_LEGAL && d.n > 1 && form_tells(&d, w))
            return true;
        if (tells && (is_east_asian(w) ? w->n_cp > 1 : w->n > 4))
            return true;
    }
    return false;
}
