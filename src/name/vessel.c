/* Ships: words that only say so, ordinals, numbers. */
#include "name/words_private.h"

/* Cut an ending of one character off a Hangul, Han or kana word: 백두산호, 第三松丸. */
static void cut_ending(draft *d, unsigned i)
{
    const draft_word *w = &d->word[i];
    bool east =
        w->script == SK_SCRIPT_HANG || w->script == SK_SCRIPT_HANI || w->script == SK_SCRIPT_KANA;
    uint8_t letter[SK_WORD_LETTERS];

    for (unsigned n = east ? 2 : 0; n > 0; n--) {
        if (w->n_cp <= n)
            continue;
        unsigned k = sk_letters_read(d->f->cp + w->at + w->n_cp - n, n, letter, sizeof(letter));
        if (sk_wordbook_find(sk_letters_key((sk_script)w->script, letter, k), SK_BOOK_VESSEL)) {
            draft_split(d, i, w->n_cp - n);
            return;
        }
    }
}

/* Cut an ordinal in front of a Han name: 第八 of 第八松栄丸. */
static void cut_ordinal(draft *d, unsigned i)
{
    const draft_word *w = &d->word[i];
    uint8_t letter[SK_WORD_LETTERS];

    if (w->script != SK_SCRIPT_HANI || w->n_cp < 4 || d->f->cp[w->at] != 0x7B2C)
        return;
    unsigned k = sk_letters_read(d->f->cp + w->at, 2, letter, sizeof(letter));
    if (sk_wordbook_find(sk_letters_key(SK_SCRIPT_HANI, letter, k), SK_BOOK_NUMBER))
        draft_split(d, i, 2);
}

static unsigned names_left(const draft *d)
{
    unsigned n = 0;
    for (unsigned i = 0; i < d->n; i++)
        n += !(d->word[i].flags & (WORD_SHIP | WORD_NUMBER));
    return n;
}

static void mark_ship_words(draft *d)
{
    for (unsigned i = 0; i < d->n; i++) {
        const sk_wordbook_entry *e = NULL;
        unsigned n = draft_longest(d, i, SK_BOOK_VESSEL, &e);
        bool at_end = i + n == d->n || (i + n < d->n && d->word[i + n].flags & WORD_NUMBER) ||
                      (i && d->word[i - 1].flags & WORD_NUMBER);
        if (!n || n > 2 || names_left(d) <= n)
            continue;
        if (e->extra && (i == 0 || !at_end))
            continue;
        draft_join(d, i, n);
        d->word[i].flags = WORD_SHIP;
    }
}

/* "No. 2": the word in front of a number says nothing. */
static void mark_number_words(draft *d)
{
    for (unsigned i = 0; i + 1 < d->n; i++) {
        draft_word *w = &d->word[i];
        bool is_no = w->n == 2 && w->script == SK_SCRIPT_LATN && w->letter[0] == 14 &&
                     (w->letter[1] == SK_LETTER_O || w->letter[1] == 18);
        bool is_ordinal = w->n_cp == 1 && (d->f->cp[w->at] == 0x7B2C || d->f->cp[w->at] == 0xC81C);
        if ((is_no || is_ordinal) && (d->word[i + 1].flags & WORD_NUMBER))
            w->flags = WORD_SHIP;
    }
}

void draft_vessel(draft *d)
{
    for (unsigned i = 0; i < d->n; i++)
        d->word[i].flags &= (uint16_t) ~(WORD_PARTICLE | WORD_HONORIFIC | WORD_SUFFIX |
                                         WORD_PATRONYMIC | WORD_INITIAL);
    for (unsigned i = d->n; i-- > 0;)
        cut_ending(d, i);
    for (unsigned i = d->n; i-- > 0;)
        cut_ordinal(d, i);
    mark_ship_words(d);
    draft_numbers(d);
    mark_ship_words(d);
    mark_number_words(d);
}
