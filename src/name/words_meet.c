/* What two single words are worth to each other. */
#include "name/spelling.h"
#include "name/words_private.h"

#include <string.h>

#define COST_SAME_NAME 0.25f
#define COST_SHORT     0.9f
#define COST_COUSIN    1.5f
#define COST_INITIAL   0.3f
#define COST_SPELLED   0.25f /* that it is not the same word at all */
#define COST_EDIT      1.1f  /* a whole edit                        */
#define COST_SERVANT   0.9f
#define GAIN_INITIAL   1.6f

static float least(float a, float b)
{
    return a < b ? a : b;
}

static bool same_word(const sk_words *a, const sk_word *x, const sk_words *b, const sk_word *y)
{
    return x->hash == y->hash && x->n == y->n &&
           memcmp(word_letters(a, x), word_letters(b, y), x->n) == 0;
}

/* The closest family that both words are of: how they met, HOW_LEFT when none. */
static word_how family_meets(const sk_words *a, const sk_word *x, const sk_words *b,
                             const sk_word *y)
{
    const uint16_t *fa = families_of(a) + x->family_at, *fb = families_of(b) + y->family_at;
    word_how how = HOW_LEFT;

    for (unsigned i = 0; i < x->n_family; i++) {
        for (unsigned k = 0; k < y->n_family; k++) {
            if ((fa[i] ^ fb[k]) >> 1)
                continue;
            unsigned kind = fa[i] >> 1 & 3, one_is_full = (fa[i] | fb[k]) & 1;
            if (kind == FAMILY_SAME)
                return HOW_SAME_NAME;
            if (kind == FAMILY_SHORT && one_is_full)
                how = HOW_SHORT;
            else if (kind == FAMILY_COUSIN && how == HOW_LEFT)
                how = HOW_COUSIN;
        }
    }
    return how;
}

static bool initial_meets(const sk_words *a, const sk_word *x, const sk_words *b, const sk_word *y)
{
    const uint8_t *lx = word_letters(a, x), *ly = word_letters(b, y);

    if (lx[0] == ly[0])
        return true;
    return x->n_sound && y->n_sound && word_sound(a, x)[0] == word_sound(b, y)[0];
}

static word_how spelled_meets(const sk_words *a, const sk_word *x, float idf_x, const sk_words *b,
                              const sk_word *y, float idf_y, float *ret_gain, float *ret_cost)
{
    unsigned longer = x->n > y->n ? x->n : y->n;
    float budget = sk_spelling_budget(longer);
    sk_spelling sx = {word_letters(a, x), word_sound(a, x), x->n, x->n_sound, x->mask};
    sk_spelling sy = {word_letters(b, y), word_sound(b, y), y->n, y->n_sound, y->mask};
    float d = budget > 0 ? sk_spelling_distance(&sx, &sy, budget) : 99.0f;

    if (d > budget)
        return HOW_LEFT;
    *ret_gain = least(idf_x, idf_y);
    *ret_cost = COST_SPELLED + COST_EDIT * d;
    return HOW_SPELLED;
}

/* Abdul Rahman and Rahman: the servant is left out often. */
static bool servant_meets(const sk_words *a, const sk_word *x, const sk_words *b, const sk_word *y)
{
    static const uint8_t ABD[3] = {1, 2, 4};

    if (x->script != SK_SCRIPT_LATN || x->n != y->n + 3 || y->n < 4)
        return false;
    const uint8_t *l = word_letters(a, x);
    return memcmp(l, ABD, 3) == 0 && memcmp(l + 3, word_letters(b, y), y->n) == 0;
}

word_how word_meet(const sk_words *a, const sk_word *x, float idf_x, const sk_words *b,
                   const sk_word *y, float idf_y, float *ret_gain, float *ret_cost)
{
    bool light = (x->flags & WORD_LIGHT) || (y->flags & WORD_LIGHT);

    *ret_cost = 0;
    *ret_gain = least(idf_x, idf_y);
    if (x->script != y->script)
        return HOW_LEFT;
    if (same_word(a, x, b, y))
        return HOW_EQUAL;
    if (light) {
        bool both = (x->flags & y->flags & WORD_PARTICLE) && x->n && y->n;
        *ret_gain = 0;
        return both && word_letters(a, x)[0] == word_letters(b, y)[0] ? HOW_SPELLED : HOW_LEFT;
    }
    if ((x->flags | y->flags) & WORD_INITIAL) {
        if ((x->flags & y->flags & WORD_INITIAL) || !initial_meets(a, x, b, y))
            return HOW_LEFT;
        *ret_gain = least(GAIN_INITIAL, least(idf_x, idf_y));
        *ret_cost = COST_INITIAL;
        return HOW_INITIAL;
    }
    if (servant_meets(a, x, b, y) || servant_meets(b, y, a, x)) {
        *ret_cost = COST_SERVANT;
        return HOW_SPELLED;
    }
    word_how how = x->n_family && y->n_family ? family_meets(a, x, b, y) : HOW_LEFT;
    float gain = *ret_gain, cost = 0;
    if (how == HOW_SAME_NAME) {
        *ret_cost = COST_SAME_NAME;
        return how;
    }
    word_how spelled = spelled_meets(a, x, idf_x, b, y, idf_y, &gain, &cost);
    float family_cost = how == HOW_SHORT ? COST_SHORT : COST_COUSIN;
    if (how != HOW_LEFT && (spelled == HOW_LEFT || family_cost < cost)) {
        *ret_cost = family_cost;
        return how;
    }
    *ret_gain = gain;
    *ret_cost = cost;
    return spelled;
}

word_how word_meet_korean(const sk_words *a, const sk_word *x, float idf_x, const sk_words *b,
                          const sk_word *y, float idf_y, float *ret_gain, float *ret_cost)
{
    *ret_gain = least(idf_x, idf_y);
    *ret_cost = 0;
    if (x->script != y->script)
        return HOW_LEFT;
    if (same_word(a, x, b, y))
        return HOW_EQUAL;
    sk_spelling sx = {word_letters(a, x), NULL, x->n, 0, x->mask};
    sk_spelling sy = {word_letters(b, y), NULL, y->n, 0, y->mask};
    if (!sk_spelling_is_slip(&sx, &sy))
        return HOW_LEFT;
    *ret_cost = COST_SPELLED + COST_EDIT * 0.5f;
    return HOW_SPELLED;
}
