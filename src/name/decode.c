/* From a spelling to the unit runs it can stand for.
 *
 * A beam over the letters: every dictionary entry that begins where a run ended lengthens it by a
 * syllable. Syllables do not cross words. A run is ranked by what its spelling costs and how common
 * its syllables are, the first one as a surname. Both word orders are read when there are two words
 * or more; marks of the writing (comma, hyphen, capitals) make one of them cheaper. */
#include "name/latent_private.h"

#include <stdlib.h>

enum {
    BEAM = 12,
    LONGEST = 8, /* letters of a syllable                              */
    COST_MOVED = 14,
    COST_HINT = 24,       /* the other order than the writing says             */
    COST_NO_SURNAME = 40, /* the first syllable is none                        */
    COST_LONG_WORD = 24,  /* the first of several words is not the surname     */
    WORST_SYLLABLE = 56,  /* channel cost a syllable beyond which it is no name */
    MOST_ABOVE = 112,     /* readings this far above the best are dropped       */
};

typedef struct partial {
    uint64_t units;
    uint16_t channel, total;
    uint8_t n, is_moved;
} partial;

typedef struct beam {
    partial item[SK_LAT_DECODED];
    unsigned n, room;
} beam;

/* Keep the best; equal runs are one. */
static void keep(beam *b, const partial *p)
{
    unsigned worst = 0;

    for (unsigned i = 0; i < b->n; i++) {
        partial *q = &b->item[i];
        if (q->units == p->units) {
            if (p->total < q->total)
                *q = *p;
            return;
        }
        if (q->total > b->item[worst].total)
            worst = i;
    }
    if (b->n < b->room)
        b->item[b->n++] = *p;
    else if (p->total < b->item[worst].total)
        b->item[worst] = *p;
}

typedef struct decoding {
    sk_latent_lang lang;
    sk_book book;
    unsigned variant; /* of the Latin costs */
    const uint8_t *letters;
    unsigned n;
    uint32_t starts;
    unsigned words, first_word;
    uint8_t is_moved;
    beam at[SK_LAT_LETTERS + 1];
} decoding;

static bool extend(decoding *d, const partial *p, const sk_book_entry *e, unsigned to)
{
    partial q = *p;
    unsigned prior;

    if (e->first_only && p->n)
        return false;
    if (p->n == 0)
        prior =
            e->surname != 255 ? e->surname : (e->given == 255 ? 255u : e->given) + COST_NO_SURNAME;
    else if (e->given == 255)
        return false;
    else
        prior = e->given;
    q.units |= (uint64_t)(e->syllable + 1u) << (16 * p->n);
    q.n++;
    q.channel = (uint16_t)(p->channel + e->cost[d->variant]);
    q.total = (uint16_t)(p->total + e->cost[d->variant] + prior);
    if (d->words > 1 && to == d->first_word && q.n > 1)
        q.total += COST_LONG_WORD;
    keep(&d->at[to], &q);
    return true;
}

/* Lengthen every run that ends at j. */
static void step(decoding *d, unsigned j)
{
    uint64_t here = sk_load8(d->letters + j);
    unsigned longest = d->n - j < LONGEST ? d->n - j : LONGEST;

    for (unsigned k = 1; k <= longest; k++) {
        if (k > 1 && d->starts >> (j + k - 1) & 1)
            break;
        const sk_book_entry *e;
        unsigned n = sk_tab_book_find(d->book, here & sk_mask8(k), &e);
        for (unsigned i = 0; i < n; i++)
            for (unsigned p = 0; p < d->at[j].n; p++)
                if (d->at[j].item[p].n < SK_LAT_UNITS)
                    extend(d, &d->at[j].item[p], &e[i], j + k);
    }
}

/* Read one order of the words; finished runs go into best. */
static void read_order(decoding *d, unsigned order_cost, beam *best)
{
    static const uint8_t LENGTH[3][SK_LAT_UNITS + 1] = {
        {255, 255, 12, 0, 28}, {255, 255, 8, 0, 40}, {255, 255, 12, 0, 24}};

    for (unsigned j = 0; j <= d->n; j++)
        d->at[j] = (beam){.room = BEAM};
    d->at[d->n].room = SK_LAT_DECODED;
    d->at[0].n = 1;
    d->at[0].item[0] = (partial){.is_moved = d->is_moved};
    for (unsigned j = 0; j < d->n; j++)
        if (d->at[j].n)
            step(d, j);
    for (unsigned i = 0; i < d->at[d->n].n; i++) {
        partial p = d->at[d->n].item[i];
        if (p.n < 2 || p.channel > WORST_SYLLABLE * p.n)
            continue;
        p.total = (uint16_t)(p.total + order_cost + LENGTH[d->lang][p.n]);
        keep(best, &p);
    }
}

static bool find_book(sk_latent_lang lang, sk_script script, sk_book *ret_book)
{
    static const struct {
        sk_latent_lang lang;
        sk_script script;
        sk_book book;
    } BOOK[] = {
        {SK_LATENT_KO, SK_SCRIPT_LATN, SK_BOOK_KO_LATN},
        {SK_LATENT_KO, SK_SCRIPT_CYRL, SK_BOOK_KO_CYRL},
        {SK_LATENT_KO, SK_SCRIPT_KANA, SK_BOOK_KO_KANA},
        {SK_LATENT_KO, SK_SCRIPT_ARAB, SK_BOOK_KO_ARAB},
        {SK_LATENT_ZH, SK_SCRIPT_LATN, SK_BOOK_ZH_LATN},
        {SK_LATENT_ZH, SK_SCRIPT_CYRL, SK_BOOK_ZH_CYRL},
        {SK_LATENT_ZH, SK_SCRIPT_HANG, SK_BOOK_ZH_HANG},
        {SK_LATENT_ZH, SK_SCRIPT_KANA, SK_BOOK_ZH_KANA},
        {SK_LATENT_ZH, SK_SCRIPT_ARAB, SK_BOOK_ZH_ARAB},
        {SK_LATENT_YUE, SK_SCRIPT_LATN, SK_BOOK_YUE_LATN},
    };

    for (size_t i = 0; i < SK_COUNT(BOOK); i++) {
        if (BOOK[i].lang == lang && BOOK[i].script == script) {
            *ret_book = BOOK[i].book;
            return true;
        }
    }
    return false;
}

void sk_spelling_move(const sk_spelling *in, sk_spelling *out)
{
    unsigned p = 0;

    for (unsigned j = 1; j < in->n; j++)
        if (in->starts >> j & 1)
            p = j;
    *out = (sk_spelling){.n = in->n, .is_cut = in->is_cut};
    for (unsigned j = 0; j < in->n; j++) {
        unsigned from = j + p < in->n ? j + p : j + p - in->n;
        out->letter[j] = in->letter[from];
        out->from[j] = in->from[from];
        if (in->starts >> from & 1)
            out->starts |= 1u << j;
    }
}

static unsigned count_words(uint32_t starts)
{
    return (unsigned)__builtin_popcount(starts);
}

static unsigned end_of_first_word(uint32_t starts, unsigned n)
{
    for (unsigned j = 1; j < n; j++)
        if (starts >> j & 1)
            return j;
    return n;
}

static void open_decoding(decoding *d, sk_latent_lang lang, sk_book book, unsigned flags)
{
    d->lang = lang;
    d->book = book;
    d->variant = book != SK_BOOK_KO_LATN ? 0
                 : flags & SK_LAT_MARKED ? 1
                 : flags & SK_LAT_RR     ? 2
                                         : 0;
}

static void set_letters(decoding *d, const sk_spelling *s, bool is_moved)
{
    d->letters = s->letter;
    d->n = s->n;
    d->starts = s->starts;
    d->words = count_words(s->starts);
    d->first_word = end_of_first_word(s->starts, s->n);
    d->is_moved = is_moved;
}

static int by_total(const void *a, const void *b)
{
    const partial *x = a, *y = b;

    if (x->total != y->total)
        return x->total < y->total ? -1 : 1;
    return x->units < y->units ? -1 : x->units > y->units;
}

/* Units of Latin that only Korean knows are plain vowels elsewhere (Zhao'an has no ŏ). */
static void unmark(sk_spelling *s)
{
    for (unsigned j = 0; j < s->n; j++)
        s->letter[j] = s->letter[j] == SK_L_OBREVE   ? 'o' - 'a' + 1
                       : s->letter[j] == SK_L_UBREVE ? 'u' - 'a' + 1
                                                     : s->letter[j];
}

unsigned sk_decode(sk_latent_lang lang, sk_script script, const sk_spelling *s, unsigned flags,
                   sk_decoded *ret_decoded, unsigned room)
{
    decoding d;
    sk_spelling copy, moved;
    beam best = {.room = SK_LAT_DECODED};
    sk_book book;

    if (s->is_cut || s->n < 2 || s->n > 26 || !find_book(lang, script, &book))
        return 0;
    copy = *s;
    if (lang != SK_LATENT_KO)
        unmark(&copy);
    open_decoding(&d, lang, book, flags);
    set_letters(&d, &copy, false);
    read_order(&d, flags & SK_LAT_LAST ? COST_HINT : 0, &best);
    if (d.words > 1) {
        sk_spelling_move(&copy, &moved);
        set_letters(&d, &moved, true);
        read_order(&d, COST_MOVED + (flags & (SK_LAT_FIRST | SK_LAT_COMMA) ? 2u * COST_HINT : 0u),
                   &best);
    }
    qsort(best.item, best.n, sizeof(best.item[0]), by_total);
    unsigned n = 0;
    for (unsigned i = 0; i < best.n && n < room; i++) {
        unsigned above = (unsigned)(best.item[i].total - best.item[0].total);
        if (above > MOST_ABOVE)
            break;
        ret_decoded[n++] = (sk_decoded){
            .units = best.item[i].units,
            .channel = best.item[i].channel,
            .above = (uint8_t)above,
            .is_moved = best.item[i].is_moved,
        };
    }
    return n;
}
