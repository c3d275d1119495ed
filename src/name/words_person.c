/* The words of a person's name: what is light, and the compounds of Arabic names.
 *
 * abd al-Rahman, Abdul Rahman, Abdurrahman are one word; so are Saif al-Din and Saifuddin. Both are
 * brought to one form without the article, so that spellings of the parts meet. */
#include "name/words_private.h"

#include <string.h>

#define L(c) ((uint8_t)((c) - 'a' + SK_LETTER_A))

static bool is_vowel(uint8_t c)
{
    return c == SK_LETTER_A || c == SK_LETTER_E || c == SK_LETTER_I || c == SK_LETTER_O ||
           c == SK_LETTER_U;
}

static unsigned particle(const draft *d, unsigned i)
{
    const sk_wordbook_entry *e = sk_wordbook_find(draft_key(d, i, 1), SK_BOOK_PARTICLE);
    return e ? e->extra : 0;
}

/* ---- compounds ---- */

static void drop_letters(draft_word *w, unsigned at, unsigned n)
{
    memmove(w->letter + at, w->letter + at + n, w->n - at - n);
    w->n = (uint8_t)(w->n - n);
}

/* Abdulrahman, abdurrahman: the vowel and the article behind abd go. */
static void strip_servant(draft_word *w)
{
    const uint8_t *l = w->letter;
    bool begins = w->script == SK_SCRIPT_LATN && w->n > 6 && l[0] == L('a') && l[1] == L('b') &&
                  l[2] == L('d');
    unsigned vowels = !begins || !is_vowel(l[3]) ? 0 : l[3] == L('o') && l[4] == L('u') ? 2 : 1;

    bool name_is_long = w->n >= 3 + vowels + 1 + 4; /* not abdullah: its spellings are one family */
    if (!vowels || !name_is_long || (l[3 + vowels] != L('l') && l[3 + vowels] != l[4 + vowels]))
        return;
    w->idf = draft_idf(w);
    drop_letters(w, 3, vowels + 1);
}

static bool is_din(const draft_word *w)
{
    return draft_word_is(w, "din") || draft_word_is(w, "deen") || draft_word_is(w, "dine") ||
           draft_word_is(w, "dien");
}

/* Saifuddin, saifeddine: the article inside goes, the ending becomes din. */
static void strip_din(draft_word *w)
{
    static const char *const ENDING[] = {"ouddine", "uddine", "uddeen", "eddine", "eddeen",
                                         "uddin",   "eddin",  "addin",  "aldin",  "eldin",
                                         "oddin",   "aldeen", "eldeen", "udin",   "edin"};
    if (w->script != SK_SCRIPT_LATN)
        return;
    for (unsigned e = 0; e < sizeof(ENDING) / sizeof(ENDING[0]); e++) {
        unsigned n = (unsigned)strlen(ENDING[e]), same = 0;
        if (w->n < n + 3)
            continue;
        while (same < n && w->letter[w->n - n + same] == L(ENDING[e][same]))
            same++;
        if (same < n)
            continue;
        w->idf = draft_idf(w);
        w->n = (uint8_t)(w->n - n);
        w->letter[w->n++] = L('d');
        w->letter[w->n++] = L('i');
        w->letter[w->n++] = L('n');
        return;
    }
}

static void join_servant(draft *d, unsigned i)
{
    unsigned article = i + 2 < d->n && particle(d, i + 1) == SK_PARTICLE_ARTICLE;
    draft_word *w = &d->word[i];
    bool is_latin = w->script == SK_SCRIPT_LATN;

    if (i + 1 + article >= d->n)
        return;
    const draft_word *name = &d->word[i + 1 + article];
    bool runs_on = name->before == SK_BREAK_SPACE || name->before == SK_BREAK_HYPHEN ||
                   name->before == SK_BREAK_NONE;
    if (!runs_on || name->script != w->script || name->n < 2 || particle(d, i + 1 + article))
        return;
    float idf = draft_idf(name);
    if (is_latin)
        w->n = 3; /* abd of abdul, abdel */
    if (article) {
        d->word[i + 1].n = 0;
        d->word[i + 1].idf = 0;
    }
    draft_join(d, i, 2 + article);
    w->idf = idf + 0.5f;
    w->flags &= (uint16_t)~WORD_PARTICLE;
}

/* X al din: din joins X. */
static void join_din(draft *d, unsigned i)
{
    unsigned article = i >= 2 && particle(d, i - 1) == SK_PARTICLE_ARTICLE;

    if (i < 1 + article || !is_din(&d->word[i]))
        return;
    draft_word *din = &d->word[i], *name = &d->word[i - 1 - article];
    if (name->script != SK_SCRIPT_LATN || name->n < 3 || particle(d, i - 1 - article))
        return;
    din->n = 3;
    din->letter[1] = L('i');
    din->letter[2] = L('n');
    if (article)
        d->word[i - 1].n = 0;
    float idf = draft_idf(name);
    draft_join(d, i - 1 - article, 2 + article);
    name->idf = idf + 0.5f;
}

static void join_compounds(draft *d)
{
    for (unsigned i = 0; i < d->n; i++) {
        if (particle(d, i) == SK_PARTICLE_SERVANT)
            join_servant(d, i);
        else
            strip_servant(&d->word[i]);
    }
    for (unsigned i = d->n; i-- > 1;)
        join_din(d, i);
    for (unsigned i = 0; i < d->n; i++)
        strip_din(&d->word[i]);
}

/* ---- light words ---- */

/* Forms that people hang on a person's name to make it look like a firm's. */
static bool is_firm(const draft_word *w)
{
    return draft_word_is(w, "llc") || draft_word_is(w, "ltd") || draft_word_is(w, "inc") ||
           draft_word_is(w, "gmbh") || draft_word_is(w, "corp") || draft_word_is(w, "plc") ||
           draft_word_is(w, "limited");
}

/* A written-out article stands between two words; al and el may begin a name. */
static bool can_be_particle(const draft *d, unsigned i, unsigned what)
{
    const draft_word *w = &d->word[i];

    if (d->n == 1)
        return false;
    if (what == SK_PARTICLE_ARTICLE && !(draft_word_is(w, "al") || draft_word_is(w, "el")) &&
        w->script == SK_SCRIPT_LATN)
        return i > 0 && i + 1 < d->n;
    return i + 1 < d->n || what == SK_PARTICLE_SON || what == SK_PARTICLE_ARTICLE ||
           what == SK_PARTICLE_OF;
}

static void mark_word(draft *d, unsigned i)
{
    draft_word *w = &d->word[i];
    unsigned what = particle(d, i);
    bool is_last = i + 1 == d->n;

    w->flags &= (uint16_t) ~(WORD_PARTICLE | WORD_HONORIFIC);
    if (what == SK_PARTICLE_FATHER && !is_last)
        w->flags |= WORD_FATHER;
    else if (what && what != SK_PARTICLE_SERVANT && can_be_particle(d, i, what))
        w->flags |= WORD_PARTICLE;
    if (d->n < 3 && !(d->f->token[w->token].flags & SK_TOKEN_HONORIFIC))
        return;
    bool is_east =
        w->script == SK_SCRIPT_HANG || w->script == SK_SCRIPT_HANI || w->script == SK_SCRIPT_KANA;
    if ((!is_last || is_east) && sk_wordbook_find(draft_key(d, i, 1), SK_BOOK_HONORIFIC))
        w->flags |= WORD_HONORIFIC;
    if (is_last && d->n > 2 && is_firm(w))
        w->flags |= WORD_LEGAL;
}

/* Digits inside a word are letters that look like them: "Sech1n". */
static void join_digits(draft *d)
{
    for (unsigned i = 0; i + 1 < d->n;) {
        const draft_word *w = &d->word[i], *next = &d->word[i + 1];
        bool mixed = next->before == SK_BREAK_NONE &&
                     (w->script == SK_SCRIPT_LATN || next->script == SK_SCRIPT_LATN) &&
                     (w->script == SK_SCRIPT_NONE || next->script == SK_SCRIPT_NONE ||
                      w->script == next->script);
        if (mixed)
            draft_join(d, i, 2);
        else
            i++;
    }
}

void draft_person(draft *d)
{
    join_digits(d);
    join_compounds(d);
    for (unsigned i = 0; i < d->n; i++)
        if (d->word[i].idf == 0)
            mark_word(d, i);
}
