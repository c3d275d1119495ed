/* Places: the administrative word found at the end, at the start or behind a hyphen. */
#include "name/place.h"

#include "name/words_private.h"

static bool is_east_asian(const draft_word *w)
{
    return w->script == SK_SCRIPT_HANG || w->script == SK_SCRIPT_HANI ||
           w->script == SK_SCRIPT_KANA;
}

static unsigned names_left(const draft *d)
{
    unsigned n = 0;
    for (unsigned i = 0; i < d->n; i++)
        n += !(d->word[i].flags & (WORD_SHIP | WORD_STOP));
    return n;
}

static void take(draft *d, unsigned i, unsigned class)
{
    d->word[i].flags = WORD_SHIP;
    if (d->place == SK_PLACE_UNSAID)
        d->place = (uint8_t) class;
}

/* The longest ending of a word without blanks: 평안남도 loses 도, 江原道 loses 道. A name keeps two
 * characters, in Han one. */
static void cut_ending(draft *d, unsigned i)
{
    const draft_word *w = &d->word[i];
    unsigned keep = w->script == SK_SCRIPT_HANI ? 1 : 2;
    uint8_t letter[SK_WORD_LETTERS];

    for (unsigned n = 5; n > 0; n--) {
        if (w->n_cp < n + keep)
            continue;
        unsigned k = sk_letters_read(d->f->cp + w->at + w->n_cp - n, n, letter, sizeof(letter));
        const sk_wordbook_entry *e =
            sk_wordbook_find(sk_letters_key((sk_script)w->script, letter, k), SK_BOOK_PLACE_END);
        if (e && draft_split(d, i, w->n_cp - n)) {
            take(d, i + 1, e->value);
            return;
        }
    }
}

/* Is the concept one of the four directions? */
static bool is_direction(unsigned concept)
{
    static const char *const WORD[] = {"south", "north", "east", "west"};

    for (unsigned i = 0; i < 4; i++) {
        uint32_t cp[8];
        uint8_t letter[8];
        unsigned n = 0;
        for (const char *c = WORD[i]; *c; c++)
            cp[n++] = (uint32_t)*c;
        n = sk_letters_read(cp, n, letter, sizeof(letter));
        const sk_wordbook_entry *e =
            sk_wordbook_find(sk_letters_key(SK_SCRIPT_LATN, letter, n), SK_BOOK_ORG);
        if (e && e->value == concept)
            return true;
    }
    return false;
}

/* 평안남 of 평안남도: the direction is a word of its own. */
static void cut_direction(draft *d, unsigned i)
{
    const draft_word *w = &d->word[i];
    uint8_t letter[8];

    if (!is_east_asian(w) || w->n_cp < 3)
        return;
    unsigned k = sk_letters_read(d->f->cp + w->at + w->n_cp - 1, 1, letter, sizeof(letter));
    const sk_wordbook_entry *e =
        sk_wordbook_find(sk_letters_key((sk_script)w->script, letter, k), SK_BOOK_ORG);
    if (e && is_direction(e->value))
        draft_split(d, i, w->n_cp - 1u);
}

static void mark_words(draft *d)
{
    for (unsigned i = 0; i < d->n; i++) {
        draft_word *w = &d->word[i];
        if (w->flags & WORD_SHIP || names_left(d) < 2)
            continue;
        const sk_wordbook_entry *e = sk_wordbook_find(draft_key(d, i, 1), SK_BOOK_PLACE);
        bool is_ending = i > 0 && (w->before == SK_BREAK_HYPHEN || is_east_asian(w) ||
                                   (i + 1 == d->n && w->n > 2));
        if (!e && is_ending)
            e = sk_wordbook_find(draft_key(d, i, 1), SK_BOOK_PLACE_END);
        if (e) {
            take(d, i, e->value);
            continue;
        }
        e = sk_wordbook_find(draft_key(d, i, 1), SK_BOOK_ORG);
        if (e && e->extra == SK_ORG_STOP && w->n <= 3)
            w->flags = WORD_STOP;
        else if (e && e->extra == SK_ORG_PLACE && is_direction(e->value)) {
            w->concept = e->value;
            w->flags = WORD_PLACE;
        }
    }
}

void draft_place(draft *d)
{
    for (unsigned i = 0; i < d->n; i++)
        d->word[i].flags &= (uint16_t) ~(WORD_PARTICLE | WORD_HONORIFIC | WORD_SUFFIX |
                                         WORD_PATRONYMIC | WORD_INITIAL);
    for (unsigned i = d->n; i-- > 0;)
        if (is_east_asian(&d->word[i]) && i + 1 == d->n)
            cut_ending(d, i);
    if (d->place == SK_PLACE_PROVINCE)
        cut_direction(d, 0);
    mark_words(d);
}
