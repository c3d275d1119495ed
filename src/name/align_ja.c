/* Japanese: characters with readings of letters against a spelling in folded letters.
 *
 * A reading must stand in the spelling letter by letter, except that a character behind another may
 * be voiced (rendaku: kawa, gawa). A character whose reading is in no table may take a few letters
 * at a high price, so that one odd reading does not lose a name. */
#include "name/latent_private.h"

enum {
    COST_RENDAKU = 13,
    COST_ODD = 56,     /* a reading that no table has       */
    COST_ODD_MORE = 3, /* and for each of its letters       */
    COST_EDGE = 24,    /* a reading across a word's edge    */
    COST_KANA = 48,    /* a kana that is not there          */
    ODD_LETTERS = 7,
};

typedef struct cell {
    int16_t cost, worst;
    uint8_t start, pad;
    uint16_t reading; /* id, or 0xFFFF */
} cell;

typedef struct ja_layer {
    cell at[SK_LAT_LETTERS + 1];
} ja_layer;

/* The voiced letter of a voiceless one, 0 for others. */
static unsigned voiced(unsigned l)
{
    switch (l) {
    case 'k' - 'a' + 1:
        return 'g' - 'a' + 1;
    case 's' - 'a' + 1:
    case 'x' - 'a' + 1: /* tsu: zu */
        return 'z' - 'a' + 1;
    case 'q' - 'a' + 1: /* shi: ji */
    case 'c' - 'a' + 1:
        return 'j' - 'a' + 1;
    case 't' - 'a' + 1:
        return 'd' - 'a' + 1;
    case 'h' - 'a' + 1:
        return 'b' - 'a' + 1;
    default:
        return 0;
    }
}

static void offer(const sk_align_ja_in *in, const ja_layer *from, ja_layer *to, unsigned j,
                  unsigned k, int piece, unsigned reading)
{
    const cell *c = &from->at[j];
    cell *t = &to->at[k];
    uint32_t edges =
        k > j + 1 ? (uint32_t)(((uint64_t)1 << k) - ((uint64_t)1 << (j + 1))) & in->starts : 0;

    if (edges)
        piece += COST_EDGE;
    int cost = c->cost + piece;
    if (k > in->n_letters || cost > in->bound || cost >= t->cost)
        return;
    *t = (cell){
        .cost = (int16_t)cost,
        .worst = (int16_t)(piece > c->worst ? piece : c->worst),
        .start = (uint8_t)j,
        .reading = (uint16_t)reading,
    };
}

/* A character takes letters that no table gives it: they must end in a vowel or n. */
static void take_odd(const sk_align_ja_in *in, const ja_layer *from, ja_layer *to, unsigned j)
{
    for (unsigned k = j + 1; k <= in->n_letters && k <= j + ODD_LETTERS; k++) {
        unsigned last = in->letters[k - 1];
        if (k > j + 1 && in->starts >> (k - 1) & 1)
            break;
        if (sk_is_vowel(last) || last == 'n' - 'a' + 1)
            offer(in, from, to, j, k, COST_ODD + (int)(k - j) * COST_ODD_MORE, 0xFFFF);
    }
}

static void take_kanji(const sk_align_ja_in *in, const ja_layer *from, ja_layer *to, unsigned i)
{
    unsigned n;
    const sk_reading *r = sk_tab_readings(SK_LATENT_JA, in->native[i], &n);

    for (unsigned j = 0; j <= in->n_letters; j++) {
        if (from->at[j].cost > in->bound)
            continue;
        uint64_t here = sk_load8(in->letters + j);
        for (unsigned k = 0; k < n; k++) {
            const sk_ja_reading *w = &sk_tab_ja_reading[r[k].id];
            uint64_t diff = (here ^ (in->is_devoiced ? w->devoiced : w->letters)) & sk_mask8(w->n);
            if (diff == 0)
                offer(in, from, to, j, j + w->n, r[k].cost, r[k].id);
            else if (i && diff < 256 && (here & 255) == voiced((unsigned)(w->letters & 255)))
                offer(in, from, to, j, j + w->n, r[k].cost + COST_RENDAKU, r[k].id);
        }
        if (j < in->n_letters)
            take_odd(in, from, to, j);
    }
}

unsigned sk_kana_letters(unsigned code, uint8_t out[4])
{
    /* Katakana from U+30A0 in folded letters; small ones as their vowel or y-sound. */
    static const char KANA[][3] = {
        "",   "a",  "a",  "i",  "i",  "u",  "u",  "e",  "e",  "o",  "o",  "ka", "ga", "ki", "gi",
        "ku", "gu", "ke", "ge", "ko", "go", "sa", "za", "qi", "ji", "su", "zu", "se", "ze", "so",
        "zo", "ta", "da", "ci", "ji", "",   "xu", "zu", "te", "de", "to", "do", "na", "ni", "nu",
        "ne", "no", "ha", "ba", "pa", "hi", "bi", "pi", "hu", "bu", "pu", "he", "be", "pe", "ho",
        "bo", "po", "ma", "mi", "mu", "me", "mo", "ya", "ya", "yu", "yu", "yo", "yo", "ra", "ri",
        "ru", "re", "ro", "wa", "wa", "i",  "e",  "o",  "n",  "bu", "ga", "ga",
    };
    unsigned k = code - SK_LAT_KANA, n = 0;

    if (code < SK_LAT_KANA || k >= SK_COUNT(KANA))
        return 0;
    for (; KANA[k][n]; n++)
        out[n] = (uint8_t)(KANA[k][n] - 'a' + 1);
    return n;
}

unsigned sk_devoiced(unsigned l)
{
    switch (l + 'a' - 1) {
    case 'g':
        return 'k' - 'a' + 1;
    case 'd':
        return 't' - 'a' + 1;
    case 'b':
        return 'p' - 'a' + 1;
    case 'c':
    case 'z':
        return 'j' - 'a' + 1;
    case 'q':
    case 'x':
        return 's' - 'a' + 1;
    default:
        return l;
    }
}

/* A kana among Kanji stands for itself; a vowel that lengthens the one before may be unwritten, and
 * a small kana joins the syllable before it. */
static void take_kana(const sk_align_ja_in *in, const ja_layer *from, ja_layer *to, unsigned i)
{
    uint8_t letters[4] = {0};
    unsigned code = in->native[i], n = sk_kana_letters(code, letters);
    unsigned k = code - SK_LAT_KANA;
    bool is_small = k == 0x43 || k == 0x45 || k == 0x47 || k == 0x23 || k == 0x5C;

    for (unsigned j = 0; j <= in->n_letters; j++) {
        if (from->at[j].cost > in->bound)
            continue;
        bool fits = j + n <= in->n_letters;
        for (unsigned x = 0; x < n && fits; x++)
            fits = in->letters[j + x] == (in->is_devoiced ? sk_devoiced(letters[x]) : letters[x]);
        if (fits)
            offer(in, from, to, j, j + n, 0, 0xFFFF);
        bool lengthens = n == 1 && j && sk_is_vowel(in->letters[j - 1]) &&
                         (letters[0] == in->letters[j - 1] ||
                          (letters[0] == 'u' - 'a' + 1 && in->letters[j - 1] == 'o' - 'a' + 1));
        offer(in, from, to, j, j, lengthens || n == 0 ? 1 : is_small ? 24 : COST_KANA, 0xFFFF);
        if (j < in->n_letters && n == 2)
            offer(in, from, to, j, j + 2, COST_KANA, 0xFFFF);
    }
}

static unsigned run(const sk_align_ja_in *in, ja_layer *layers, sk_align_out *ret_out)
{
    *ret_out = (sk_align_out){.cost = SK_ALIGN_NONE};
    for (unsigned i = 0; i <= in->n_native; i++)
        for (unsigned j = 0; j <= in->n_letters; j++)
            layers[i].at[j].cost = SK_ALIGN_NONE;
    layers[0].at[0] = (cell){0};
    for (unsigned i = 0; i < in->n_native; i++) {
        if (sk_is_kana_code(in->native[i]))
            take_kana(in, &layers[i], &layers[i + 1], i);
        else
            take_kanji(in, &layers[i], &layers[i + 1], i);
    }
    const cell *end = &layers[in->n_native].at[in->n_letters];
    if (end->cost > in->bound)
        return 0;
    *ret_out = (sk_align_out){.cost = end->cost, .worst = end->worst};
    return in->n_native;
}

void sk_align_ja(const sk_align_ja_in *in, sk_align_out *ret_out)
{
    ja_layer layers[SK_LAT_NATIVE + 1];

    run(in, layers, ret_out);
}

unsigned sk_align_ja_trace(const sk_align_ja_in *in, sk_align_out *ret_out,
                           sk_align_step *ret_steps, unsigned room)
{
    ja_layer layers[SK_LAT_NATIVE + 1];
    unsigned n = run(in, layers, ret_out), j = in->n_letters;

    if (n > room)
        return 0;
    for (unsigned i = n; i-- > 0;) {
        const cell *c = &layers[i + 1].at[j];
        ret_steps[i] = (sk_align_step){
            .native = (uint8_t)i,
            .from = c->start,
            .to = (uint8_t)j,
            .syllable = c->reading,
            .cost = (uint16_t)(c->cost - layers[i].at[c->start].cost),
        };
        j = c->start;
    }
    return n;
}

/* ---- two spellings ---- */

unsigned sk_shorten(const uint8_t *in, unsigned n, bool is_devoiced, uint8_t *out)
{
    unsigned m = 0;

    for (unsigned i = 0; i < n; i++) {
        unsigned l = in[i], last = m ? out[m - 1] : 0;
        bool lengthens = (l == 21 && (last == 15 || last == 21)) || (l == 15 && last == 15) ||
                         (l == 9 && last == 9);
        if (!lengthens)
            out[m++] = (uint8_t)(is_devoiced ? sk_devoiced(l) : l);
    }
    return m;
}

static int swap_cost(unsigned a, unsigned b)
{
    if (a == b)
        return 0;
    if (sk_is_vowel(a) && sk_is_vowel(b))
        return 44;
    if (sk_is_vowel(a) != sk_is_vowel(b))
        return 90;
    return sk_devoiced(a) == sk_devoiced(b) ? 20 : 64;
}

static int drop_cost(unsigned l)
{
    return sk_is_vowel(l) ? 36 : l == 8 || l == 25 ? 24 : 50;
}

int sk_align_romaji(const uint8_t *a, unsigned na, const uint8_t *b, unsigned nb, bool is_devoiced,
                    int bound)
{
    uint8_t x[SK_LAT_LETTERS], y[SK_LAT_LETTERS];
    int row[SK_LAT_LETTERS + 1];

    na = sk_shorten(a, na, is_devoiced, x);
    nb = sk_shorten(b, nb, is_devoiced, y);
    if (na == nb && memcmp(x, y, na) == 0)
        return 0;
    row[0] = 0;
    for (unsigned j = 0; j < nb; j++)
        row[j + 1] = row[j] + drop_cost(y[j]);
    for (unsigned i = 0; i < na; i++) {
        int before = row[0], least;
        row[0] += drop_cost(x[i]);
        least = row[0];
        for (unsigned j = 0; j < nb; j++) {
            int best = before + swap_cost(x[i], y[j]);
            before = row[j + 1];
            if (before + drop_cost(x[i]) < best)
                best = before + drop_cost(x[i]);
            if (row[j] + drop_cost(y[j]) < best)
                best = row[j] + drop_cost(y[j]);
            row[j + 1] = best;
            least = best < least ? best : least;
        }
        if (least > bound)
            return SK_ALIGN_NONE;
    }
    return row[nb] > bound ? SK_ALIGN_NONE : row[nb];
}
