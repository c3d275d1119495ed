/* Persons, word by word: pair the words off, then weigh what met against what contradicts. */
#include "name/contest.h"

/* What things are worth, in nats. Chosen on alias pairs of the OFAC list
 * (docs/methods/words.md). */
#define SATURATION      7.0f /* common ground counts up to about this much          */
#define BIAS            2.4f /* what must be found before it speaks for one name    */
#define COST_DIFFERENT  4.8f /* two words in one place that differ                  */
#define COST_AGAIN      2.0f /* each further one                                    */
#define COST_PATRONYMIC 4.0f
#define COST_INITIAL    3.2f  /* an initial that does not fit                        */
#define COST_LEFT       0.45f /* a word that met nothing and contradicts nothing     */
#define COST_LEFT_LIGHT 0.15f /* patronymics, initials                               */
#define COST_ALONE      2.2f  /* one side has a single word, the other more          */
#define COST_ORDER      0.5f

/* ---- what is left over ---- */

static float cost_of_left(const sk_word *w)
{
    return w->flags & (WORD_PATRONYMIC | WORD_INITIAL) ? COST_LEFT_LIGHT : COST_LEFT;
}

static void one_left(contest *c, int a, int b)
{
    const sk_word *w = a >= 0 ? &c->a.word[a] : &c->b.word[b];

    contest_add_pair(c, (word_pair){(int8_t)a, (int8_t)b, HOW_LEFT, 1, 1, 0, cost_of_left(w)});
    c->r->n_left_a = (uint8_t)(c->r->n_left_a + (a >= 0));
    c->r->n_left_b = (uint8_t)(c->r->n_left_b + (b >= 0));
}

/* The word a person is called by: the first that counts, behind the comma when there is one. */
static int given_of(const side *s)
{
    unsigned from = 0;

    for (unsigned i = 1; s->w->has_comma && i < s->n && !from; i++)
        from = s->word[i].flags & WORD_COMMA ? i : 0;
    for (unsigned i = from; i < s->n; i++)
        if (!(s->word[i].flags & (WORD_LIGHT | WORD_FATHER)))
            return (int)i;
    return -1;
}

/* Two given names. Of names of two words without a comma nobody knows which comes first: where one
 * word met, the other two are given names if they stand in the same place. */
static bool are_given(const contest *c, int a, int b)
{
    bool plain = !c->a.w->has_comma && !c->b.w->has_comma;
    bool of_two = c->a.counting == 2 && c->b.counting == 2;

    if ((c->a.word[a].flags | c->b.word[b].flags) & (WORD_INITIAL | WORD_PATRONYMIC | WORD_FATHER))
        return false;
    bool first_a = a == given_of(&c->a), first_b = b == given_of(&c->b);
    return (first_a && first_b) || (plain && of_two && first_a == first_b);
}

static void contradict(contest *c, int a, int b)
{
    unsigned fa = c->a.word[a].flags, fb = c->b.word[b].flags;
    bool patronymics = fa & fb & WORD_PATRONYMIC;
    float cost = c->r->n_different ? COST_AGAIN : COST_DIFFERENT;

    if (patronymics)
        cost = COST_PATRONYMIC;
    else if ((fa | fb) & WORD_INITIAL)
        cost = COST_INITIAL;
    contest_add_pair(c, (word_pair){(int8_t)a, (int8_t)b, HOW_DIFFERENT, 1, 1, 0, cost});
    c->r->n_different++;
    c->r->patronymics_differ |= patronymics;
    c->r->given_differs |= are_given(c, a, b);
}

/* Words left on both sides contradict, one against one; the rest was only left out. */
static void weigh_leftovers(contest *c)
{
    int a = contest_next_left(&c->a, -1), b = contest_next_left(&c->b, -1);

    while (a >= 0 || b >= 0) {
        bool pa = a >= 0 && (c->a.word[a].flags & WORD_PATRONYMIC);
        bool pb = b >= 0 && (c->b.word[b].flags & WORD_PATRONYMIC);
        if (a >= 0 && b >= 0 && pa == pb) {
            contradict(c, a, b);
            a = contest_next_left(&c->a, a);
            b = contest_next_left(&c->b, b);
        } else if (b < 0 || (a >= 0 && pa)) {
            one_left(c, a, -1); /* a patronymic is left out, not contradicted by a surname */
            a = contest_next_left(&c->a, a);
        } else {
            one_left(c, -1, b);
            b = contest_next_left(&c->b, b);
        }
    }
}

/* ---- the result ---- */

static float evidence(contest *c)
{
    sk_words_result *r = c->r;
    unsigned fewer = c->a.counting < c->b.counting ? c->a.counting : c->b.counting;
    unsigned more = c->a.counting < c->b.counting ? c->b.counting : c->a.counting;
    float e = SATURATION * (1 - expf(-c->common / SATURATION)) - c->cost - BIAS;

    if (r->order_changed)
        e -= COST_ORDER;
    if (fewer == 1 && more > 1 && !r->n_joined)
        e -= COST_ALONE;
    return e < -8 ? -8 : e;
}

void words_compare_person(const sk_words *a, const sk_words *b, const sk_rarity *rarity,
                          sk_words_result *ret, word_pairing *pairing)
{
    contest c;

    contest_init(&c, a, b, rarity, ret);
    ret->applicable = contest_shares_script(&c);
    if (!ret->applicable)
        return;
    if (a->korean_surname && b->korean_surname) {
        c.meet = word_meet_korean;
        c.edit = 4; /* joined syllables fit or do not */
    }
    contest_pair_words(&c);
    contest_join(&c);
    weigh_leftovers(&c);
    contest_finish(&c);
    ret->evidence = evidence(&c);
    if (pairing)
        *pairing = c.p;
}
