/* Bodies, ships and places: words that met, words left, legal forms, numbers, translations. */
#include "name/contest.h"
#include "name/place.h"

#include <string.h>

/* What things are worth, in nats. Chosen on alias pairs of the OFAC list
 * (docs/methods/words.md). */
#define SATURATION       7.0f
#define BIAS             1.5f
#define EDIT             2.4f  /* an edit costs more than in persons' names      */
#define CONCEPT          0.15f /* trade for trading                              */
#define ABBREVIATED      0.6f
#define ACRONYM          1.0f
#define NUMBERS          4.5f /* that differ                                    */
#define NUMBER_LEFT      1.2f
#define SHIP_NUMBER_LEFT 2.0f
#define DIFFERENT        4.4f /* two proper names                               */
#define DIFFERENT_MORE   2.0f
#define LEFT             1.1f
#define NO_NAME_MET      2.0f /* common words met, and a proper name met nothing */
#define TWICE            1.8f /* a proper name spelled otherwise, and something left besides */
#define SHIP_NUMBERS     3.0f /* on top of NUMBERS, for ships                   */
#define ORDER            0.6f
#define PLACES_DIFFER    2.0f /* South and North of one province                */
#define PLACE_KIND       1.5f /* a province is not its county                   */

/* Contradictions and omissions of common words: by class of word. */
typedef struct weight {
    uint16_t flag;
    float different, left;
} weight;
static const weight WEIGHT[] = {
    {WORD_SECTOR, 3.0f, 0.9f},
    {WORD_PLACE, 3.2f, 1.6f},
    {WORD_GENERIC, 1.2f, 0.3f},
};

/* ---- single words ---- */

/* TECH of technology, SRVCES of services: in order, from the first letter, and either the head of
 * the word or its consonants. */
static bool abbreviates(const uint8_t *s, unsigned n, const uint8_t *l, unsigned m)
{
    unsigned k = 0, consonants = 0, taken = 0;

    if (n < 2 || m < 5 || n * 10 > m * 8 || s[0] != l[0])
        return false;
    if (n >= 3 && memcmp(s, l, n) == 0)
        return true;
    for (unsigned i = 0; i < m; i++) {
        bool is_consonant = !sk_is_vowel(l[i]);
        consonants += is_consonant;
        if (k < n && s[k] == l[i]) {
            k++;
            taken += is_consonant;
        }
    }
    return k == n && n >= 3 && taken * 10 >= consonants * 6;
}

static word_how meet_body(const sk_words *a, const sk_word *x, float idf_x, const sk_words *b,
                          const sk_word *y, float idf_y, float *ret_gain, float *ret_cost)
{
    if ((x->flags | y->flags) & WORD_LEGAL)
        return HOW_LEFT;
    *ret_gain = idf_x < idf_y ? idf_x : idf_y;
    if ((x->flags | y->flags) & WORD_NUMBER) {
        bool agree = x->flags & y->flags & WORD_NUMBER && x->number == y->number &&
                     (x->number != WORD_NUMBER_LARGE || x->hash == y->hash);
        *ret_gain = 2.0f;
        *ret_cost = 0;
        return agree ? HOW_EQUAL : HOW_LEFT;
    }
    if (x->concept && x->concept == y->concept) {
        *ret_cost = x->hash == y->hash ? 0 : CONCEPT;
        return x->hash == y->hash ? HOW_EQUAL : HOW_CONCEPT;
    }
    word_how how = word_meet(a, x, idf_x, b, y, idf_y, ret_gain, ret_cost);
    if (how == HOW_SPELLED) {
        *ret_cost *= EDIT / 1.1f;
        bool common = (x->flags | y->flags) & (WORD_SECTOR | WORD_GENERIC | WORD_PLACE);
        if (common && x->concept && y->concept)
            return HOW_LEFT; /* two words of the lexicon are two words */
    }
    if (how == HOW_INITIAL || how == HOW_SHORT || how == HOW_COUSIN)
        how = HOW_LEFT;
    bool may_be_short = x->script == SK_SCRIPT_LATN && y->script == SK_SCRIPT_LATN &&
                        !((x->flags | y->flags) & WORD_LIGHT);
    if (how != HOW_LEFT || !may_be_short)
        return how;
    const sk_word *s = x->n < y->n ? x : y;
    const uint8_t *lx = word_letters(a, x), *ly = word_letters(b, y);
    bool short_is_x = s == x;
    if (!abbreviates(short_is_x ? lx : ly, s->n, short_is_x ? ly : lx, short_is_x ? y->n : x->n))
        return HOW_LEFT;
    *ret_gain = (idf_x < idf_y ? idf_x : idf_y) * 0.6f;
    *ret_cost = ABBREVIATED;
    return HOW_ABBREVIATED;
}

/* ---- acronyms ---- */

/* Do the words of s left over, from the i-th on, begin with the letters? */
static unsigned spells(const side *s, const uint8_t *letter, unsigned n, int *words)
{
    unsigned k = 0;

    for (unsigned i = 0; i < s->n && k < n; i++) {
        const sk_word *w = &s->word[i];
        uint8_t first = word_letters(s->w, w)[0];
        bool skips = w->flags & (WORD_LEGAL | WORD_STOP | WORD_NUMBER) || s->met[i] != -1;
        if (!skips && first == letter[k])
            words[k++] = (int)i;
        else if (!skips && k)
            return 0;
    }
    return k == n ? k : 0;
}

static bool try_acronym(contest *c, side *one, unsigned i, side *many, bool one_is_a)
{
    const sk_word *w = &one->word[i];
    int words[8];
    bool can = one->met[i] == -1 && w->script == SK_SCRIPT_LATN && w->n >= 3 && w->n <= 8 &&
               !(w->flags & (WORD_LIGHT | WORD_NUMBER)) && !w->concept;

    if (!can || spells(many, word_letters(one->w, w), w->n, words) != w->n)
        return false;
    one->met[i] = -2;
    for (unsigned k = 0; k < w->n; k++)
        many->met[words[k]] = -2;
    int first = words[0];
    contest_add_pair(c, (word_pair){(int8_t)(one_is_a ? (int)i : first),
                                    (int8_t)(one_is_a ? first : (int)i), HOW_ACRONYM,
                                    (uint8_t)(one_is_a ? 1 : w->n), (uint8_t)(one_is_a ? w->n : 1),
                                    2.0f * (float)w->n, ACRONYM});
    return true;
}

static void find_acronyms(contest *c)
{
    for (unsigned i = 0; i < c->a.n; i++)
        if (try_acronym(c, &c->a, i, &c->b, true))
            return;
    for (unsigned i = 0; i < c->b.n; i++)
        if (try_acronym(c, &c->b, i, &c->a, false))
            return;
}

/* ---- what is left over ---- */

/* The next word of s left that has the flag (0: a proper name). */
static int next_of(const side *s, int from, uint16_t flag)
{
    const uint16_t any = WORD_SECTOR | WORD_PLACE | WORD_GENERIC | WORD_NUMBER;

    for (int i = contest_next_left(s, from); i >= 0; i = contest_next_left(s, i)) {
        uint16_t flags = s->word[i].flags & any;
        if (flag ? flags & flag : !flags)
            return i;
    }
    return -1;
}

static void add_different(contest *c, int a, int b, word_how how, float cost)
{
    contest_add_pair(c, (word_pair){(int8_t)a, (int8_t)b, (uint8_t)how, 1, 1, 0, cost});
    c->r->n_different++;
}

static void add_left(contest *c, int a, int b, float cost)
{
    contest_add_pair(c, (word_pair){(int8_t)a, (int8_t)b, HOW_LEFT, 1, 1, 0, cost});
    c->r->n_left_a = (uint8_t)(c->r->n_left_a + (a >= 0));
    c->r->n_left_b = (uint8_t)(c->r->n_left_b + (b >= 0));
}

/* Left words of one class on both sides contradict one by one. */
static void weigh_class(contest *c, uint16_t flag, word_how how, float different, float more)
{
    int a = next_of(&c->a, -1, flag), b = next_of(&c->b, -1, flag);

    while (a >= 0 && b >= 0) {
        add_different(c, a, b, how, different);
        different = more;
        c->a.met[a] = c->b.met[b] = -2;
        a = next_of(&c->a, a, flag);
        b = next_of(&c->b, b, flag);
    }
}

static float cost_different(const sk_word *w)
{
    for (unsigned i = 0; i < sizeof(WEIGHT) / sizeof(WEIGHT[0]); i++)
        if (w->flags & WEIGHT[i].flag)
            return WEIGHT[i].different;
    return w->flags & WORD_NUMBER ? 1.0f : DIFFERENT;
}

static float cost_left(const sk_word *w, bool ship)
{
    for (unsigned i = 0; i < sizeof(WEIGHT) / sizeof(WEIGHT[0]); i++)
        if (w->flags & WEIGHT[i].flag)
            return WEIGHT[i].left;
    if (w->flags & WORD_NUMBER)
        return ship ? SHIP_NUMBER_LEFT : NUMBER_LEFT;
    return LEFT;
}

/* Left words of different classes contradict by the weaker class; the rest was left out. */
static void weigh_rest(contest *c, bool ship)
{
    int a = contest_next_left(&c->a, -1), b = contest_next_left(&c->b, -1);

    while (a >= 0 || b >= 0) {
        if (a >= 0 && b >= 0) {
            float x = cost_different(&c->a.word[a]), y = cost_different(&c->b.word[b]);
            float cost = x < y ? x : y;
            add_different(c, a, b, HOW_DIFFERENT, c->r->n_different ? cost / 2 : cost);
        } else {
            add_left(c, a, b, cost_left(a >= 0 ? &c->a.word[a] : &c->b.word[b], ship));
        }
        a = a >= 0 ? contest_next_left(&c->a, a) : -1;
        b = b >= 0 ? contest_next_left(&c->b, b) : -1;
    }
}

static void weigh_leftovers(contest *c)
{
    bool a = next_of(&c->a, -1, WORD_NUMBER) >= 0, b = next_of(&c->b, -1, WORD_NUMBER) >= 0;
    bool ship = c->a.w->kind == SK_NAME_VESSEL || c->b.w->kind == SK_NAME_VESSEL;

    c->r->numbers_differ = (a && b) || (ship && (a || b));
    weigh_class(c, WORD_NUMBER, HOW_NUMBER, NUMBERS, 1.0f);
    weigh_class(c, 0, HOW_DIFFERENT, DIFFERENT, DIFFERENT_MORE);
    for (unsigned i = 0; i < sizeof(WEIGHT) / sizeof(WEIGHT[0]); i++)
        weigh_class(c, WEIGHT[i].flag, HOW_DIFFERENT, WEIGHT[i].different, WEIGHT[i].different / 2);
    weigh_rest(c, ship);
}

/* ---- legal forms ---- */

static float legal_conflict(unsigned x, unsigned y)
{
    bool no_profit_x =
        x == SK_LEGAL_FOUNDATION || x == SK_LEGAL_ASSOCIATION || x == SK_LEGAL_NONCOMMERCIAL;
    bool no_profit_y =
        y == SK_LEGAL_FOUNDATION || y == SK_LEGAL_ASSOCIATION || y == SK_LEGAL_NONCOMMERCIAL;

    if (x == y || x == SK_LEGAL_COMPANY || y == SK_LEGAL_COMPANY || x == SK_LEGAL_BANK ||
        y == SK_LEGAL_BANK)
        return 0;
    if (no_profit_x != no_profit_y)
        return 6.0f;
    if ((x == SK_LEGAL_LIMITED && y == SK_LEGAL_LLC) ||
        (x == SK_LEGAL_LLC && y == SK_LEGAL_LIMITED))
        return 0.1f;
    if (x == SK_LEGAL_INC || y == SK_LEGAL_INC)
        return 0.3f;
    return 0.9f;
}

/* The least conflict between the forms of both sides; 0 when a side names none. */
static float legal_cost(const sk_words *a, const sk_words *b)
{
    float least = -1;

    for (unsigned i = 0; i < sizeof(a->legal) && a->legal[i]; i++)
        for (unsigned k = 0; k < sizeof(b->legal) && b->legal[k]; k++) {
            float v = legal_conflict(a->legal[i], b->legal[k]);
            if (least < 0 || v < least)
                least = v;
        }
    return least < 0 ? 0 : least;
}

/* ---- across scripts ---- */

static bool has_rest(const side *s)
{
    return next_of(s, -1, 0) >= 0;
}

static void take_rest(side *s)
{
    for (int i = next_of(s, -1, 0); i >= 0; i = next_of(s, i, 0))
        s->met[i] = -2;
}

/* Proper names left in different scripts: one question to the machinery of persons' names. */
static float ask_rest(contest *c, const sk_rest_asker *rest)
{
    if (!rest || !has_rest(&c->a) || !has_rest(&c->b))
        return 0;
    int a = next_of(&c->a, -1, 0), b = next_of(&c->b, -1, 0);
    if (c->a.word[a].script == c->b.word[b].script)
        return 0;
    float e = (float)rest->evidence(rest->arg);
    e = e > 4.5f ? 4.5f : e < -4.5f ? -4.5f : e;
    take_rest(&c->a);
    take_rest(&c->b);
    contest_add_pair(c, (word_pair){(int8_t)a, (int8_t)b, HOW_REST, 1, 1, 0, e < 0 ? -e : 0});
    return e > 0 ? e : 0;
}

/* ---- the result ---- */

static bool place_kinds_differ(const sk_words *a, const sk_words *b)
{
    return a->place != SK_PLACE_UNSAID && b->place != SK_PLACE_UNSAID && a->place != b->place;
}

/* A proper name met one that is spelled otherwise by a whole letter or more. */
static bool name_is_respelled(const contest *c)
{
    for (unsigned i = 0; i < c->p.n; i++)
        if (c->p.pair[i].how == HOW_SPELLED && c->p.pair[i].cost > 2.0f)
            return true;
    return false;
}

/* What met is all common words, while one side has a proper name. */
static bool only_common_words_met(const contest *c)
{
    bool name_left = false;

    for (unsigned i = 0; i < c->p.n; i++) {
        const word_pair *p = &c->p.pair[i];
        const sk_word *w = p->a >= 0 ? &c->a.word[p->a] : &c->b.word[p->b];
        bool is_name =
            !(w->flags & (WORD_GENERIC | WORD_SECTOR | WORD_PLACE | WORD_NUMBER | WORD_LIGHT));
        if (p->how == HOW_LEFT)
            name_left |= is_name;
        else if (p->how != HOW_DIFFERENT && p->how != HOW_NUMBER &&
                 (is_name || p->how == HOW_ACRONYM || p->how == HOW_JOINED))
            return false;
    }
    return name_left;
}

void words_compare_body(const sk_words *a, const sk_words *b, const sk_rarity *rarity,
                        const sk_rest_asker *rest, sk_words_result *ret, word_pairing *pairing)
{
    contest c;

    contest_init(&c, a, b, rarity, ret);
    c.meet = meet_body;
    c.edit = EDIT;
    ret->applicable = true;
    contest_pair_words(&c);
    find_acronyms(&c);
    contest_join(&c);
    float rest_evidence = ask_rest(&c, rest);
    weigh_leftovers(&c);
    contest_finish(&c);
    float e = SATURATION * (1 - expf(-c.common / SATURATION)) + rest_evidence - c.cost - BIAS -
              legal_cost(a, b);
    if (ret->order_changed)
        e -= ORDER;
    if (only_common_words_met(&c))
        e -= NO_NAME_MET;
    if (name_is_respelled(&c) && (ret->n_left_a || ret->n_left_b))
        e -= TWICE;
    if (ret->numbers_differ && (a->kind == SK_NAME_VESSEL || b->kind == SK_NAME_VESSEL))
        e -= SHIP_NUMBERS;
    if ((a->kind == SK_NAME_PLACE || b->kind == SK_NAME_PLACE) && ret->n_different)
        e -= PLACES_DIFFER;
    if (place_kinds_differ(a, b))
        e -= PLACE_KIND;
    ret->evidence = e < -8 ? -8 : e;
    if (pairing)
        *pairing = c.p;
}
