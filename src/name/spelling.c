/* Two weighted edit distances (optimal string alignment) over short byte strings. */
#include "name/spelling.h"

#define L(c)       ((uint8_t)((c) - 'a' + SK_LETTER_A))
#define CODES      64
#define FAR        99.0f
#define LEAST_EDIT 0.65f /* of both distances together, for a letter the other lacks */
#define SWAP       0.8f  /* two neighbours swapped                     */
#define DOUBLED    0.3f  /* a letter written twice                     */
#define MIXED_UP   0.35f /* a digit for a letter that looks like it   */
#define VOWELS     0.4f  /* one vowel for another, in sound            */
#define SOUNDS     0.45f /* consonants that are mixed up, in sound    */
#define START      0.25f /* words that begin differently              */
#define WEAK       0.45f /* a vowel or h left out, in sound           */

uint32_t sk_spelling_mask(const uint8_t *letter, unsigned n)
{
    uint32_t mask = 0;

    for (unsigned i = 0; i < n; i++)
        mask |= 1u << (letter[i] & 31);
    return mask;
}

float sk_spelling_budget(unsigned letters)
{
    static const float BUDGET[] = {0, 0, 0, 0.65f, 1.01f, 1.2f, 1.4f, 1.65f, 1.9f, 2.0f, 2.2f};
    return letters < 11 ? BUDGET[letters] : 2.4f;
}

/* ---- letters ---- */

static bool looks_like(uint8_t x, uint8_t y)
{
    static const uint8_t PAIR[][2] = {
        {SK_LETTER_0, L('o')},     {SK_LETTER_0 + 1, L('i')}, {SK_LETTER_0 + 1, L('l')},
        {SK_LETTER_0 + 3, L('e')}, {SK_LETTER_0 + 4, L('a')}, {SK_LETTER_0 + 5, L('s')},
        {SK_LETTER_0 + 8, L('b')}, {SK_LETTER_0 + 9, L('g')}, {L('i'), L('l')},
    };
    for (unsigned i = 0; i < sizeof(PAIR) / sizeof(PAIR[0]); i++)
        if ((x == PAIR[i][0] && y == PAIR[i][1]) || (y == PAIR[i][0] && x == PAIR[i][1]))
            return true;
    return false;
}

static float letter_swap_cost(uint8_t x, uint8_t y)
{
    if (x == y)
        return 0;
    return looks_like(x, y) ? MIXED_UP : 1.0f;
}

static float letter_drop_cost(uint8_t x, uint8_t before)
{
    return x == before ? DOUBLED : 1.0f;
}

/* ---- sounds ---- */

static bool is_vowel(uint8_t c)
{
    return c == SK_LETTER_A || c == SK_LETTER_E || c == SK_LETTER_I || c == SK_LETTER_O ||
           c == SK_LETTER_U;
}

/* Groups of consonants that stand for each other when names change script or ear. */
static unsigned sound_groups(uint8_t c)
{
    switch (c) {
    case L('b'):
        return 1;
    case L('p'):
        return 1 | 2;
    case L('f'):
        return 2 | 4;
    case L('v'):
        return 4 | 1 | 256;
    case L('d'):
    case L('t'):
        return 8;
    case L('g'):
        return 16 | 32;
    case L('k'):
        return 16 | 64;
    case L('h'):
        return 64;
    case L('j'):
        return 32 | 128 | 512;
    case SK_LETTER_CH:
        return 128 | 1024;
    case SK_LETTER_SH:
        return 1024 | 2048;
    case L('s'):
        return 2048 | 4096;
    case L('z'):
        return 4096 | 512;
    case L('u'):
        return 256;
    case L('m'):
    case L('n'):
        return 8192;
    default:
        return 0;
    }
}

static float sound_swap_cost(uint8_t x, uint8_t y)
{
    if (x == y)
        return 0;
    if (is_vowel(x) && is_vowel(y))
        return VOWELS;
    if ((x == SK_LETTER_I && y == L('j')) || (y == SK_LETTER_I && x == L('j')))
        return VOWELS;
    if (x == L('m') || y == L('m'))
        return sound_groups(x) & sound_groups(y) ? 0.7f : 1.0f;
    return sound_groups(x) & sound_groups(y) ? SOUNDS : 1.0f;
}

static float sound_drop_cost(uint8_t x, uint8_t before)
{
    if (x == before)
        return DOUBLED;
    return before && (is_vowel(x) || x == SK_LETTER_H) ? WEAK : 1.0f;
}

/* ---- the distance ---- */

typedef struct costs {
    float (*swap)(uint8_t x, uint8_t y);
    float (*drop)(uint8_t x, uint8_t before);
} costs;

static const costs LETTERS = {letter_swap_cost, letter_drop_cost};
static const costs SOUND = {sound_swap_cost, sound_drop_cost};

static float least(float a, float b)
{
    return a < b ? a : b;
}

/* Three rows of the usual table; gives up once a whole row is above the limit. */
static float distance(const uint8_t *a, unsigned n, const uint8_t *b, unsigned m, const costs *c,
                      float limit)
{
    float row[3][SK_WORD_LETTERS * 2 + 1];
    float *two = row[0], *one = row[1], *now = row[2];

    one[0] = 0;
    for (unsigned j = 1; j <= m; j++)
        one[j] = one[j - 1] + c->drop(b[j - 1], j > 1 ? b[j - 2] : 0);
    for (unsigned i = 1; i <= n; i++) {
        float drop_a = c->drop(a[i - 1], i > 1 ? a[i - 2] : 0);
        float best = now[0] = one[0] + drop_a;
        for (unsigned j = 1; j <= m; j++) {
            float v = one[j - 1] + c->swap(a[i - 1], b[j - 1]);
            v = least(v, one[j] + drop_a);
            v = least(v, now[j - 1] + c->drop(b[j - 1], j > 1 ? b[j - 2] : 0));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                a[i - 1] != b[j - 1])
                v = least(v, two[j - 2] + SWAP);
            now[j] = v;
            best = least(best, v);
        }
        if (best > limit)
            return FAR;
        float *free_row = two;
        two = one;
        one = now;
        now = free_row;
    }
    return one[m];
}

bool sk_spelling_is_slip(const sk_spelling *a, const sk_spelling *b)
{
    unsigned apart = a->n > b->n ? a->n - b->n : b->n - a->n;

    if (apart > 1 || a->n < 2 || b->n < 2)
        return false;
    return distance(a->letter, a->n, b->letter, b->n, &LETTERS, 1.0f) < 0.9f;
}

float sk_spelling_distance(const sk_spelling *a, const sk_spelling *b, float limit)
{
    unsigned n = a->n, m = b->n;
    unsigned longer = n > m ? n : m, shorter = n > m ? m : n;

    if ((float)(longer - shorter) * DOUBLED > 2 * limit || !shorter)
        return FAR;
    unsigned only_a = (unsigned)__builtin_popcount(a->mask & ~b->mask);
    unsigned only_b = (unsigned)__builtin_popcount(b->mask & ~a->mask);
    unsigned only = only_a > only_b ? only_a : only_b;
    if ((float)only * LEAST_EDIT > limit)
        return FAR;
    float letters = distance(a->letter, n, b->letter, m, &LETTERS, 2 * limit);
    if (letters == 0 || letters > 2 * limit)
        return letters;
    if (!a->n_sound || !b->n_sound)
        return letters;
    bool swapped = n > 1 && m > 1 && a->letter[0] == b->letter[1] && a->letter[1] == b->letter[0];
    bool other = a->letter[0] != b->letter[0] && a->sound[0] != b->sound[0] && !swapped;
    float start = other ? START : 0;
    float sound = distance(a->sound, a->n_sound, b->sound, b->n_sound, &SOUND, 2 * limit);
    return (letters + sound) / 2 + start;
}
