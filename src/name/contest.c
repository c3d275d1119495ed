/* Pairing off the words of two names: single words first, then words written together.
 *
 * Every kind of name pairs the same way; what a pair and what is left are worth is each kind's
 * own. */
#include "name/contest.h"

#include "name/spelling.h"

#include <string.h>

#define JOINED_EXTRA 0.4f /* words written together or apart */

static void side_init(side *s, const sk_words *w, const sk_rarity *rarity)
{
    *s = (side){.w = w, .word = words_of(w), .n = w->n_word};
    for (unsigned i = 0; i < s->n; i++) {
        s->met[i] = -1;
        s->idf[i] = word_rarity(w, &s->word[i], rarity);
        if (s->word[i].flags & WORD_LIGHT)
            continue;
        s->weight += s->idf[i];
        s->counting += !(s->word[i].flags & WORD_FATHER);
    }
}

void contest_add_pair(contest *c, word_pair pair)
{
    if (c->p.n < sizeof(c->p.pair) / sizeof(c->p.pair[0]))
        c->p.pair[c->p.n++] = pair;
    c->common += pair.gain;
    c->cost += pair.cost;
}

typedef struct run {
    uint8_t letter[SK_WORD_LETTERS * 2], sound[SK_WORD_LETTERS * 2];
    unsigned n;
    float idf;
} run;

static bool run_add(run *r, const side *s, unsigned i)
{
    const sk_word *w = &s->word[i];

    if (r->n + w->n > SK_WORD_LETTERS)
        return false;
    memcpy(r->letter + r->n, word_letters(s->w, w), w->n);
    r->n += w->n;
    r->idf += w->flags & WORD_LIGHT ? 0 : s->idf[i];
    return true;
}

/* ---- single words ---- */

typedef struct candidate {
    float value;
    float gain, cost;
    uint8_t a, b, how;
} candidate;

static unsigned find_candidates(const contest *c, candidate *out, unsigned cap)
{
    unsigned n = 0;

    for (unsigned i = 0; i < c->a.n; i++) {
        for (unsigned k = 0; k < c->b.n; k++) {
            float gain, cost;
            word_how how = c->meet(c->a.w, &c->a.word[i], c->a.idf[i], c->b.w, &c->b.word[k],
                                   c->b.idf[k], &gain, &cost);
            if (how == HOW_LEFT || n == cap)
                continue;
            float apart = fabsf((float)i / (float)c->a.n - (float)k / (float)c->b.n);
            out[n++] = (candidate){
                gain - cost - 0.1f * apart, gain, cost, (uint8_t)i, (uint8_t)k, (uint8_t)how};
        }
    }
    return n;
}

static void take_candidate(contest *c, const candidate *best)
{
    c->a.met[best->a] = (int8_t)best->b;
    c->b.met[best->b] = (int8_t)best->a;
    contest_add_pair(
        c, (word_pair){(int8_t)best->a, (int8_t)best->b, best->how, 1, 1, best->gain, best->cost});
    if (best->cost > c->worst)
        c->worst = best->cost;
}

/* Two words of one side in two of the other, letter for letter: the blank moved by a letter or
 * so. */
static bool blank_moved(const contest *c, unsigned i, unsigned k)
{
    const sk_word *a = &c->a.word[i], *b = &c->b.word[k];
    unsigned n = a[0].n + a[1].n;
    bool apart = a[0].n != b[0].n && n == (unsigned)b[0].n + b[1].n && n >= 6;
    bool one_script =
        a[0].script == b[0].script && a[1].script == a[0].script && b[1].script == b[0].script;

    if (!apart || !one_script)
        return false;
    run x = {.n = 0}, y = {.n = 0};
    return run_add(&x, &c->a, i) && run_add(&x, &c->a, i + 1) && run_add(&y, &c->b, k) &&
           run_add(&y, &c->b, k + 1) && memcmp(x.letter, y.letter, n) == 0;
}

static void pair_moved_blanks(contest *c)
{
    for (unsigned i = 0; i + 1 < c->a.n; i++)
        for (unsigned k = 0; k + 1 < c->b.n; k++) {
            bool are_free = c->a.met[i] == -1 && c->a.met[i + 1] == -1 && c->b.met[k] == -1 &&
                            c->b.met[k + 1] == -1;
            if (!are_free || !blank_moved(c, i, k))
                continue;
            c->a.met[i] = c->a.met[i + 1] = c->b.met[k] = c->b.met[k + 1] = -2;
            float x = c->a.idf[i] + c->a.idf[i + 1], y = c->b.idf[k] + c->b.idf[k + 1];
            contest_add_pair(c, (word_pair){(int8_t)i, (int8_t)k, HOW_JOINED, 2, 2, x < y ? x : y,
                                            JOINED_EXTRA});
            c->r->n_joined++;
        }
}

/* The best pair first, then the best of what is left. */
void contest_pair_words(contest *c)
{
    candidate list[SK_WORDS_MAX * 8];
    pair_moved_blanks(c);
    unsigned n = find_candidates(c, list, SK_WORDS_MAX * 8);

    for (;;) {
        const candidate *best = NULL;
        for (unsigned i = 0; i < n; i++) {
            const candidate *k = &list[i];
            bool is_free = c->a.met[k->a] == -1 && c->b.met[k->b] == -1;
            if (is_free && (!best || k->value > best->value))
                best = k;
        }
        if (!best)
            return;
        take_candidate(c, best);
    }
}

/* ---- words written together ---- */

static bool runs_meet(run *x, run *y, bool is_latin, float *ret_distance)
{
    unsigned longer = x->n > y->n ? x->n : y->n, shorter = x->n > y->n ? y->n : x->n;
    float limit = sk_spelling_budget(longer) * 0.7f;
    if (2 * shorter < longer) /* even ou for u does not stretch a word so far */
        return false;
    sk_spelling sx = {x->letter, x->sound, x->n, 0, sk_spelling_mask(x->letter, x->n)};
    sk_spelling sy = {y->letter, y->sound, y->n, 0, sk_spelling_mask(y->letter, y->n)};

    if (__builtin_popcountll(sx.mask ^ sy.mask) > 6) /* sounding alike explains three letters */
        return false;
    if (is_latin && x->n != y->n) {
        sx.n_sound = sk_letters_sound(x->letter, x->n, x->sound);
        sy.n_sound = sk_letters_sound(y->letter, y->n, y->sound);
        sx.mask = sk_spelling_mask(x->sound, sx.n_sound);
        sy.mask = sk_spelling_mask(y->sound, sy.n_sound);
    }
    *ret_distance = sk_spelling_distance(&sx, &sy, limit);
    return *ret_distance <= limit;
}

static bool is_spare(const side *s, unsigned i)
{
    return s->met[i] == -1;
}

/* About as many letters, and the same first one: asked before anything is copied. */
static bool may_join(const side *many, unsigned from, unsigned n, const side *one, unsigned k)
{
    unsigned letters = 0, want = one->word[k].n;

    for (unsigned i = from; i < from + n; i++)
        letters += many->word[i].n;
    if (letters > want + 2 || want > letters + 2)
        return false;
    return *word_letters(many->w, &many->word[from]) == *word_letters(one->w, &one->word[k]);
}

/* Words from .. of one side against the single word k of the other. */
static bool try_joined(contest *c, side *many, unsigned from, unsigned n, side *one, unsigned k,
                       bool many_is_a)
{
    run x = {.n = 0}, y = {.n = 0};
    float d;

    if (!may_join(many, from, n, one, k))
        return false;
    for (unsigned i = from; i < from + n; i++) {
        bool fits = is_spare(many, i) || (many->word[i].flags & WORD_LIGHT);
        if (!fits || many->word[i].script != one->word[k].script || !run_add(&x, many, i))
            return false;
    }
    if (!run_add(&y, one, k) || !runs_meet(&x, &y, one->word[k].script == SK_SCRIPT_LATN, &d))
        return false;
    for (unsigned i = from; i < from + n; i++)
        many->met[i] = -2;
    one->met[k] = -2;
    word_pair p = {.a = (int8_t)(many_is_a ? from : k),
                   .b = (int8_t)(many_is_a ? k : from),
                   .how = HOW_JOINED,
                   .n_a = (uint8_t)(many_is_a ? n : 1),
                   .n_b = (uint8_t)(many_is_a ? 1 : n),
                   .gain = x.idf < y.idf ? x.idf : y.idf,
                   .cost = JOINED_EXTRA + c->edit * d};
    contest_add_pair(c, p);
    c->r->n_joined++;
    return true;
}

static void join_side(contest *c, side *many, side *one, bool many_is_a)
{
    for (unsigned k = 0; k < one->n; k++) {
        if (!is_spare(one, k) || one->word[k].n < 4)
            continue;
        for (unsigned n = 4; n >= 2; n--) {
            bool done = false;
            for (unsigned from = 0; from + n <= many->n && !done; from++)
                done = try_joined(c, many, from, n, one, k, many_is_a);
            if (done)
                break;
        }
    }
}

/* All that is left on both sides, in order, as one run: a blank that moved. */
static void join_leftovers(contest *c)
{
    run x = {.n = 0}, y = {.n = 0};
    int first_a = -1, first_b = -1;
    unsigned last_a = 0, last_b = 0, words = 0;
    float d;

    for (unsigned i = 0; i < c->a.n; i++)
        if (is_spare(&c->a, i) && !(c->a.word[i].flags & WORD_LIGHT)) {
            first_a = first_a < 0 ? (int)i : first_a;
            last_a = i, words++;
            if (!run_add(&x, &c->a, i))
                return;
        }
    for (unsigned i = 0; i < c->b.n; i++)
        if (is_spare(&c->b, i) && !(c->b.word[i].flags & WORD_LIGHT)) {
            first_b = first_b < 0 ? (int)i : first_b;
            last_b = i, words++;
            if (!run_add(&y, &c->b, i))
                return;
        }
    unsigned apart = x.n > y.n ? x.n - y.n : y.n - x.n;
    if (words < 3 || x.n < 6 || y.n < 6 || apart > 2 || !runs_meet(&x, &y, true, &d))
        return;
    for (unsigned i = 0; i < c->a.n; i++)
        c->a.met[i] = (int8_t)(c->a.met[i] == -1 ? -2 : c->a.met[i]);
    for (unsigned i = 0; i < c->b.n; i++)
        c->b.met[i] = (int8_t)(c->b.met[i] == -1 ? -2 : c->b.met[i]);
    contest_add_pair(c, (word_pair){(int8_t)first_a, (int8_t)first_b, HOW_JOINED,
                                    (uint8_t)(last_a - (unsigned)first_a + 1),
                                    (uint8_t)(last_b - (unsigned)first_b + 1),
                                    x.idf < y.idf ? x.idf : y.idf, JOINED_EXTRA + c->edit * d});
    c->r->n_joined++;
}

int contest_next_left(const side *s, int from)
{
    for (int i = from + 1; i < (int)s->n; i++)
        if (is_spare(s, (unsigned)i) && !(s->word[i].flags & WORD_LIGHT))
            return i;
    return -1;
}

/* ---- order ---- */

/* The word that stands first once "SURNAME, Given" is turned round. */
static unsigned turned(const side *s, unsigned i)
{
    unsigned comma = 0;

    for (unsigned k = 1; s->w->has_comma && k < s->n && !comma; k++)
        comma = s->word[k].flags & WORD_COMMA ? k : 0;
    if (!comma)
        return i;
    return i >= comma ? i - comma : i + s->n - comma;
}

static bool order_differs(const contest *c)
{
    int last = -1;
    bool any = false;

    for (unsigned at = 0; at < c->a.n; at++)
        for (unsigned i = 0; i < c->a.n; i++) {
            if (turned(&c->a, i) != at || c->a.met[i] < 0 || c->a.word[i].flags & WORD_LIGHT)
                continue;
            int to = (int)turned(&c->b, (unsigned)c->a.met[i]);
            any |= to < last;
            last = to;
        }
    return any;
}

static void count_pairs(contest *c)
{
    sk_words_result *r = c->r;

    for (unsigned i = 0; i < c->p.n; i++) {
        const word_pair *p = &c->p.pair[i];
        bool light = p->a >= 0 && (c->a.word[p->a].flags & WORD_LIGHT);
        if (light)
            continue;
        r->n_equal = (uint8_t)(r->n_equal + (p->how == HOW_EQUAL));
        r->n_spelled = (uint8_t)(r->n_spelled + (p->how == HOW_SPELLED || p->how == HOW_SAME_NAME));
        r->n_initial = (uint8_t)(r->n_initial + (p->how == HOW_INITIAL));
        r->n_nick = (uint8_t)(r->n_nick + (p->how == HOW_SHORT || p->how == HOW_COUSIN));
    }
    for (unsigned i = 0; i < c->a.n; i++)
        r->met_a += c->a.met[i] != -1 && !(c->a.word[i].flags & WORD_LIGHT) ? c->a.idf[i] : 0;
    for (unsigned i = 0; i < c->b.n; i++)
        r->met_b += c->b.met[i] != -1 && !(c->b.word[i].flags & WORD_LIGHT) ? c->b.idf[i] : 0;
}

static bool all_equal(const contest *c)
{
    if (c->a.n != c->b.n)
        return false;
    for (unsigned i = 0; i < c->a.n; i++)
        if (c->a.met[i] != (int8_t)i || c->a.word[i].hash != c->b.word[i].hash)
            return false;
    return true;
}

/* ---- the whole ---- */

void contest_init(contest *c, const sk_words *a, const sk_words *b, const sk_rarity *rarity,
                  sk_words_result *r)
{
    *c = (contest){.r = r, .meet = word_meet, .edit = 1.1f};
    side_init(&c->a, a, rarity);
    side_init(&c->b, b, rarity);
}

void contest_join(contest *c)
{
    if (contest_next_left(&c->a, -1) < 0 && contest_next_left(&c->b, -1) < 0)
        return;
    join_side(c, &c->a, &c->b, true);
    join_side(c, &c->b, &c->a, false);
    if (contest_next_left(&c->a, -1) >= 0 && contest_next_left(&c->b, -1) >= 0)
        join_leftovers(c);
}

bool contest_shares_script(const contest *c)
{
    uint32_t a = 0, b = 0;

    for (unsigned i = 0; i < c->a.n; i++)
        a |= 1u << c->a.word[i].script;
    for (unsigned i = 0; i < c->b.n; i++)
        b |= 1u << c->b.word[i].script;
    return a & b & ~1u || a == b;
}

void contest_finish(contest *c)
{
    count_pairs(c);
    c->r->words_a = (uint8_t)c->a.counting;
    c->r->words_b = (uint8_t)c->b.counting;
    c->r->weight_a = c->a.weight;
    c->r->weight_b = c->b.weight;
    c->r->worst = c->worst > 3 ? 1 : c->worst / 3;
    c->r->order_changed = order_differs(c);
    c->r->equal = all_equal(c);
}
