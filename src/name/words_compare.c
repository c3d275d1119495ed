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
