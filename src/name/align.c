/* One alignment for every language of syllables: units on one side, letters on the other.
 *
 * A layer holds, for each number of letters read, the cheapest way there after so many characters.
 * Each reading of the next character is tried as its run of units (initial, vowel or final ...);
 * each unit takes a chunk of its table, or falls back on a letter of its kind. Words matter a
 * little: a chunk across a word's edge costs, a word nobody needs may be left out whole.
 *
 * Costs are 1/16 nat. Cost: (characters x readings x units x letters reached x chunks) compares of
 * 8 bytes. */
#include "name/latent_private.h"

enum {
    COST_ONSET = 56, /* a letter of the right kind, but none of the table */
    COST_NUCLEUS = 40,
    COST_CODA = 48,
    COST_VOWEL_OUT = 40, /* a letter left out                           */
    COST_LETTER_OUT = 56,
    COST_EDGE = 16,    /* a syllable across the edge of a word        */
    COST_SOUND = 8,    /* initial-sound rule: 리 for 이                */
    COST_UNKNOWN = 64, /* a character without a reading               */
    BOUND_HEAD = 38,
    BOUND_CHARACTER = 32,
    MOST_READINGS = 12,
};

typedef struct cell {
    int16_t cost;   /* of everything so far                 */
    int16_t base;   /* cost where the open syllable began   */
    int16_t worst;  /* dearest closed syllable              */
    uint16_t chunk; /* dearest of its chunks so far         */
    uint8_t start;  /* letters read where it began          */
    uint8_t reading, unit, dear, skipped;
} cell;

/* Places lo..hi may be reached; the others are not even initialised. */
typedef struct layer {
    unsigned lo, hi;
    cell at[SK_LAT_LETTERS + 1];
} layer;

/* A reading of one character: units, or the whole-syllable spellings of a surname. */
typedef struct reading {
    uint16_t syllable;
    uint16_t cost;
    bool is_whole;
} reading;

typedef struct aligner {
    const sk_align_in *in;
    unsigned n; /* letters */
    int bound;  /* at this character: what came so far may cost no more */
} aligner;

/* Make l hold nothing, ready for what can be reached from lo..hi. */
static void clear(const aligner *a, layer *l, unsigned lo, unsigned hi)
{
    l->lo = lo;
    l->hi = hi < a->n ? hi : a->n;
    for (unsigned j = l->lo; j <= l->hi; j++)
        l->at[j].cost = SK_ALIGN_NONE;
}

/* Forget the ends that nothing reached; false when there is nothing left. */
static bool trim(layer *l)
{
    while (l->lo < l->hi && l->at[l->lo].cost == SK_ALIGN_NONE)
        l->lo++;
    while (l->hi > l->lo && l->at[l->hi].cost == SK_ALIGN_NONE)
        l->hi--;
    return l->at[l->lo].cost != SK_ALIGN_NONE;
}

/* Letters that can stand for a vowel: a e i o u w y with their marks; Cyrillic vowels, signs and
 * short i; alef, waw, yeh and teh marbuta; the vowels of Hangul. */
static const uint8_t VOWEL[SK_L_COUNT] = {
    [1] = 1,
    [5] = 1,
    [9] = 1,
    [15] = 1,
    [21] = 1,
    [23] = 1,
    [25] = 1,
    [SK_L_OBREVE... SK_L_UUML] = 1,
    [SK_L_CYRL] = 1,
    [SK_L_CYRL + 5] = 1,
    [SK_L_CYRL + 8] = 1,
    [SK_L_CYRL + 9] = 1,
    [SK_L_CYRL + 14] = 1,
    [SK_L_CYRL + 19] = 1,
    [SK_L_CYRL + 27 ... SK_L_YO] = 1,
    [SK_L_VOWEL... SK_L_CODA - 1] = 1,
    [SK_L_ARAB + 0x627 - 0x621] = 1,
    [SK_L_ARAB + 0x629 - 0x621] = 1,
    [SK_L_ARAB + 0x648 - 0x621] = 1,
    [SK_L_ARAB + 0x64A - 0x621] = 1,
};

static bool is_vowel(unsigned l)
{
    return VOWEL[l];
}

/* Bits of the positions strictly between j and k. */
static uint32_t between(unsigned j, unsigned k)
{
    return k > j + 1 ? (uint32_t)(((uint64_t)1 << k) - ((uint64_t)1 << (j + 1))) : 0;
}

static void offer(layer *to, unsigned k, const cell *c, int cost, unsigned chunk, unsigned unit,
                  int piece)
{
    cell *t = &to->at[k];

    /* every cell of a layer is cleared before anything is offered to it */
    if (cost >= t->cost) /* NOLINT(clang-analyzer-core.UndefinedBinaryOperatorResult) */
        return;
    *t = *c;
    t->cost = (int16_t)cost;
    if (piece > c->dear) {
        t->dear = (uint8_t)(piece > 255 ? 255 : piece);
        t->chunk = (uint16_t)chunk;
        t->unit = (uint8_t)unit;
    }
}

/* What a unit takes when the table has nothing that fits: letters of its kind, or (initials and
 * finals) none. kind   0 initial, 1 vowel or rime, 2 final */
static void fall_back(const aligner *a, const layer *from, layer *to, unsigned j, unsigned kind,
                      unsigned unit)
{
    static const uint8_t COST[] = {COST_ONSET, COST_NUCLEUS, COST_CODA};
    const cell *c = &from->at[j];
    int cost = c->cost + COST[kind];

    if (cost > a->bound)
        return;
    if (kind != 1)
        offer(to, j, c, cost, SK_NO_CHUNK, unit, COST[kind]);
    if (j < a->n && is_vowel(a->in->letters[j]) == (kind == 1)) {
        offer(to, j + 1, c, cost, SK_NO_CHUNK, unit, COST[kind]);
        if (j + 1 < a->n && is_vowel(a->in->letters[j + 1]) == (kind == 1) &&
            !(a->in->starts >> (j + 1) & 1))
            offer(to, j + 2, c, cost + (kind == 1 ? 0 : 16), SK_NO_CHUNK, unit, COST[kind]);
    }
}

/* One unit: from every place reached, over every chunk that stands there. */
static bool take_unit(const aligner *a, const layer *from, layer *to, unsigned unit,
                      sk_chunks chunks, unsigned kind, bool inside)
{
    static const uint64_t MASK[9] = {0,          0xFF,         0xFFFF,         0xFFFFFF,
                                     0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF,
                                     UINT64_MAX};
    const sk_chunk *first = sk_tab_chunk + chunks.first, *end = first + chunks.n;

    clear(a, to, from->lo, from->hi + 8);
    for (unsigned j = from->lo; j <= from->hi; j++) {
        const cell *c = &from->at[j];
        if (c->cost > a->bound)
            continue;
        bool at_edge = j > c->start && j < a->n && (a->in->starts >> j & 1);
        int base = c->cost + (inside && at_edge ? COST_EDGE : 0);
        uint64_t here = sk_load8(a->in->letters + j);
        for (const sk_chunk *k = first; k < end; k++) {
            if ((here ^ k->letters) & MASK[k->n])
                continue;
            int cost = base + k->cost;
            if (a->in->starts & between(j, j + k->n))
                cost += COST_EDGE;
            if (cost <= a->bound)
                offer(to, j + k->n, c, k->n ? cost : cost - (base - c->cost),
                      (unsigned)(k - sk_tab_chunk), unit, k->cost);
        }
        if (kind < 3)
            fall_back(a, from, to, j, kind, unit);
    }
    return trim(to);
}

/* Close a syllable: add up its cost, merge it into the next layer. */
static void close_syllable(const aligner *a, const layer *from, layer *to)
{
    for (unsigned j = from->lo; j <= from->hi; j++) {
        const cell *c = &from->at[j];
        if (c->cost > a->bound || c->cost >= to->at[j].cost)
            continue;
        cell *t = &to->at[j];
        *t = *c;
        int own = c->cost - c->base;
        if (own > t->worst)
            t->worst = (int16_t)own;
    }
}

/* The units of a syllable: initial, vowel, final or initial, rime. */
static unsigned units_of(sk_latent_lang lang, unsigned syllable, unsigned unit[3])
{
    static const uint8_t CODA[28] = {0,  1, 1, 1, 2, 2, 2, 3, 4, 1, 5, 4, 4,  4,
                                     10, 4, 5, 6, 6, 7, 7, 8, 9, 9, 1, 3, 10, 0};

    if (lang == SK_LATENT_KO) {
        unit[0] = syllable / 588;
        unit[1] = SK_KO_UNIT_VOWEL + syllable % 588 / 28;
        unit[2] = SK_KO_UNIT_CODA + CODA[syllable % 28];
        return 3;
    }
    const sk_syllable *s =
        lang == SK_LATENT_ZH ? &sk_tab_zh_syllable[syllable] : &sk_tab_yue_syllable[syllable];
    unit[0] = s->initial;
    unit[1] = s->final;
    return 2;
}

static void take_reading(const aligner *a, const layer *from, layer *to, const reading *r,
                         unsigned number)
{
    layer x, y;

    x.lo = from->lo;
    x.hi = from->hi;
    for (unsigned j = x.lo; j <= x.hi; j++) {
        x.at[j] = from->at[j];
        if (x.at[j].cost > a->bound)
            continue;
        x.at[j].base = x.at[j].cost;
        x.at[j].start = (uint8_t)j;
        x.at[j].reading = (uint8_t)number;
        x.at[j].chunk = SK_NO_CHUNK;
        x.at[j].unit = SK_UNIT_NONE;
        x.at[j].dear = 0;
        x.at[j].cost = (int16_t)(x.at[j].cost + r->cost);
    }
    if (r->is_whole) {
        sk_chunks chunks = sk_tab_surname(a->in->orth, r->syllable);
        if (take_unit(a, &x, &y, SK_UNIT_WHOLE, chunks, 3, false))
            close_syllable(a, &y, to);
        return;
    }
    unsigned unit[3], n = units_of(a->in->lang, r->syllable, unit);
    layer *now = &x, *next = &y;
    for (unsigned i = 0; i < n; i++) {
        if (!take_unit(a, now, next, unit[i], sk_tab_unit[a->in->orth][unit[i]], i, i > 0))
            return;
        layer *swap = now;
        now = next;
        next = swap;
    }
    close_syllable(a, now, to);
}

/* Letters left out, at the edge of a syllable. */
static void skip_letters(const aligner *a, layer *l)
{
    for (unsigned j = l->lo; j < l->hi; j++) {
        cell *c = &l->at[j], *t = &l->at[j + 1];
        int price = is_vowel(a->in->letters[j]) ? COST_VOWEL_OUT : COST_LETTER_OUT;
        int cost = c->cost + price;
        if (cost > a->bound || cost >= t->cost)
            continue;
        *t = *c;
        t->cost = (int16_t)cost;
        t->worst = (int16_t)(c->worst > price ? c->worst : price);
    }
}

/* Whole words left out: "John" in front of Lee Ka-chiu. */
static void skip_words(const aligner *a, layer *l)
{
    int price = a->in->lang == SK_LATENT_KO ? 36 : 18;

    for (unsigned j = l->lo; j <= l->hi && j < a->n; j++) {
        const cell *c = &l->at[j];
        if (c->cost + price > a->bound || !(a->in->starts >> j & 1) || c->skipped > 1)
            continue;
        unsigned k = j + 1;
        while (k < a->n && !(a->in->starts >> k & 1))
            k++;
        if (j == 0 && k == a->n)
            continue;
        while (l->hi < k)
            l->at[++l->hi].cost = SK_ALIGN_NONE;
        c = &l->at[j];
        if (c->cost + price >= l->at[k].cost)
            continue;
        l->at[k] = *c;
        l->at[k].cost = (int16_t)(c->cost + price);
        l->at[k].skipped++;
    }
}

unsigned sk_initial_sound(unsigned syllable, uint16_t ret_other[2])
{
    unsigned onset = syllable / 588, rest = syllable % 588, vowel = rest / 28, n = 0;
    bool y = vowel == 2 || vowel == 3 || vowel == 6 || vowel == 7 || vowel == 12 || vowel == 17 ||
             vowel == 20;

    if (onset == 5) { /* ㄹ */
        ret_other[n++] = (uint16_t)((y ? 11u : 2u) * 588 + rest);
    } else if (onset == 2) { /* ㄴ */
        ret_other[n++] = (uint16_t)((y ? 11u : 5u) * 588 + rest);
    } else if (onset == 11 && y) { /* ㅇ */
        ret_other[n++] = (uint16_t)(5 * 588 + rest);
        if (vowel == 6) /* 여 연 염: also 녀 년 념 */
            ret_other[n++] = (uint16_t)(2 * 588 + rest);
    }
    return n;
}

static unsigned add_reading(reading *out, unsigned n, unsigned syllable, unsigned cost)
{
    for (unsigned i = 0; i < n; i++) {
        if (out[i].syllable == syllable && !out[i].is_whole) {
            if (cost < out[i].cost)
                out[i].cost = (uint16_t)cost;
            return n;
        }
    }
    if (n < MOST_READINGS)
        out[n++] = (reading){(uint16_t)syllable, (uint16_t)cost, false};
    return n;
}

/* The readings of character i with their costs. */
static unsigned readings_of(const sk_align_in *in, unsigned i, reading *out)
{
    unsigned n = 0, known = 0;
    uint16_t other[2];

    if (in->unit_run) {
        n = add_reading(out, n, in->unit_run[i], 0);
    } else if (in->script == SK_SCRIPT_HANG) {
        n = add_reading(out, n, in->native[i], 0);
    } else {
        const sk_reading *r = sk_tab_readings((unsigned)in->lang, in->native[i], &known);
        for (unsigned k = 0; k < known && k < 8; k++)
            n = add_reading(out, n, r[k].id, r[k].cost);
    }
    unsigned plain = n;
    /* Han lists both sounds where it has several readings. */
    for (unsigned k = 0; in->lang == SK_LATENT_KO && known < 2 && k < plain; k++) {
        unsigned others = sk_initial_sound(out[k].syllable, other);
        for (unsigned o = 0; o < others; o++)
            n = add_reading(out, n, other[o], out[k].cost + COST_SOUND + (i ? 2u : 0u));
    }
    plain = n;
    for (unsigned k = 0; i == 0 && k < plain; k++)
        if (n < MOST_READINGS && sk_tab_surname(in->orth, out[k].syllable).n)
            out[n++] = (reading){out[k].syllable, out[k].cost, true};
    return n;
}

/* What the first i + 1 characters may cost: a name that begins all wrong need not be read on. */
static int bound_at(const sk_align_in *in, unsigned i)
{
    int head = BOUND_HEAD + BOUND_CHARACTER * (int)(i + 1);

    return in->is_whole || in->bound < head ? in->bound : head;
}

static unsigned run(const sk_align_in *in, layer *layers, reading (*readings)[MOST_READINGS],
                    sk_align_out *ret_out)
{
    aligner a = {.in = in, .n = in->n_letters};

    *ret_out = (sk_align_out){.cost = SK_ALIGN_NONE};
    clear(&a, &layers[0], 0, 0);
    layers[0].at[0] = (cell){0};
    for (unsigned i = 0; i < in->n_native; i++) {
        a.bound = bound_at(in, i);
        skip_words(&a, &layers[i]);
        clear(&a, &layers[i + 1], layers[i].lo, a.n);
        unsigned n = readings_of(in, i, readings[i]);
        for (unsigned k = 0; k < n; k++)
            take_reading(&a, &layers[i], &layers[i + 1], &readings[i][k], k);
        skip_letters(&a, &layers[i + 1]);
        if (!trim(&layers[i + 1]))
            return 0;
    }
    a.bound = in->bound;
    skip_words(&a, &layers[in->n_native]);
    if (layers[in->n_native].hi < a.n)
        return 0;
    const cell *end = &layers[in->n_native].at[a.n];
    if (end->cost > a.bound)
        return 0;
    *ret_out = (sk_align_out){.cost = end->cost, .worst = end->worst, .skipped = end->skipped};
    return in->n_native;
}

void sk_align(const sk_align_in *in, sk_align_out *ret_out)
{
    layer layers[SK_LAT_NATIVE + 1];
    reading readings[SK_LAT_NATIVE][MOST_READINGS];

    run(in, layers, readings, ret_out);
}

unsigned sk_align_trace(const sk_align_in *in, sk_align_out *ret_out, sk_align_step *ret_steps,
                        unsigned room)
{
    layer layers[SK_LAT_NATIVE + 1];
    reading readings[SK_LAT_NATIVE][MOST_READINGS];
    unsigned n = run(in, layers, readings, ret_out), j = in->n_letters;

    if (n > room)
        return 0;
    for (unsigned i = n; i-- > 0;) {
        const cell *c = &layers[i + 1].at[j];
        const cell *b = &layers[i].at[c->start];
        ret_steps[i] = (sk_align_step){
            .native = (uint8_t)i,
            .from = c->start,
            .to = (uint8_t)j,
            .syllable = readings[i][c->reading].syllable,
            .cost = (uint16_t)(c->cost - b->cost),
            .chunk = c->chunk,
            .unit = c->unit,
        };
        j = c->start;
    }
    return n;
}
