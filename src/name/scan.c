/* The scan in plain C: what every path must give, and which path is taken. */
#include "name/scan_private.h"

#include <string.h>

/* ---- paths ---- */

bool sk_scan_has_path(sk_scan_path path)
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (path == SK_SCAN_AVX2)
        return __builtin_cpu_supports("avx2");
    if (path == SK_SCAN_SSSE3)
        return __builtin_cpu_supports("ssse3");
#endif
    return path == SK_SCAN_PORTABLE;
}

sk_scan_path sk_scan_best_path(void)
{
    for (int p = SK_SCAN_PATHS - 1; p > SK_SCAN_PORTABLE; p--)
        if (sk_scan_has_path((sk_scan_path)p))
            return (sk_scan_path)p;
    return SK_SCAN_PORTABLE;
}

const char *sk_scan_path_name(sk_scan_path path)
{
    static const char *const NAME[SK_SCAN_PATHS] = {"portable", "ssse3", "avx2"};
    return (unsigned)path < SK_SCAN_PATHS ? NAME[path] : "unknown";
}

/* ---- weights to costs ---- */

/* Twice the potential of a letter in quarter nats is the largest weight it has in half nats: half
 * of that on either side is at least every weight between the two. */
static int potential(const sk_scan_weights w, unsigned letter, bool is_query)
{
    int most = 0;
    for (unsigned other = 0; other < SK_SCAN_LETTERS; other++) {
        int weight = is_query ? w[letter][other] : w[other][letter];
        int share = other ? weight : 2 * weight; /* against nothing there is no other half */
        most = share > most ? share : most;
    }
    return most;
}

void sk_scan_costs_set(sk_scan_costs *ret_costs, const sk_scan_weights weights)
{
    int query[SK_SCAN_LETTERS] = {0}, candidate[SK_SCAN_LETTERS] = {0};
    for (unsigned i = 1; i < SK_SCAN_LETTERS; i++) {
        query[i] = potential(weights, i, true);
        candidate[i] = potential(weights, i, false);
    }
    memset(ret_costs, 0, sizeof *ret_costs);
    for (unsigned a = 0; a < SK_SCAN_LETTERS; a++)
        for (unsigned b = 0; b < SK_SCAN_LETTERS; b++) {
            int cost = query[a] + candidate[b] - 2 * weights[a][b];
            ret_costs->of[a][b] = (uint8_t)(cost < 0 ? 0 : cost > 255 ? 255 : cost);
        }
    ret_costs->of[0][0] = 0;
}

/* ---- rows and blocks ---- */

unsigned sk_scan_row(const sk_roman *line, uint8_t ret_row[SK_SCAN_ROW])
{
    unsigned n = 0;
    memset(ret_row, 0, SK_SCAN_ROW);
    for (unsigned i = 0; i < line->n && i < SK_ROMAN_LETTERS; i++)
        if (line->letter[i] > 0 && line->letter[i] < SK_SCAN_LETTERS)
            ret_row[n++] = line->letter[i];
    return n;
}

/* Eight rows of eight bytes turned by three rounds of swaps. */
static void turn(uint64_t r[8])
{
    for (unsigned i = 0; i < 8; i += 2) {
        uint64_t t = ((r[i] >> 8) ^ r[i + 1]) & 0x00ff00ff00ff00ffu;
        r[i + 1] ^= t;
        r[i] ^= t << 8;
    }
    for (unsigned i = 0; i < 8; i += i % 2 ? 3 : 1) {
        uint64_t t = ((r[i] >> 16) ^ r[i + 2]) & 0x0000ffff0000ffffu;
        r[i + 2] ^= t;
        r[i] ^= t << 16;
    }
    for (unsigned i = 0; i < 4; i++) {
        uint64_t t = ((r[i] >> 32) ^ r[i + 4]) & 0x00000000ffffffffu;
        r[i + 4] ^= t;
        r[i] ^= t << 32;
    }
}

void sk_scan_transpose(const uint8_t *const rows[SK_SCAN_LANES], unsigned n, unsigned columns,
                       uint8_t *ret_block)
{
    sk_assert(n <= SK_SCAN_LANES && columns <= SK_SCAN_ROW);
    for (unsigned from = 0; from < columns; from += 8)
        for (unsigned lane = 0; lane < SK_SCAN_LANES; lane += 8) {
            uint64_t r[8];
            for (unsigned i = 0; i < 8; i++) {
                r[i] = 0;
                if (lane + i < n)
                    memcpy(&r[i], rows[lane + i] + from, 8);
            }
            turn(r);
            for (unsigned i = 0; i < 8 && from + i < columns; i++)
                memcpy(ret_block + (size_t)(from + i) * SK_SCAN_LANES + lane, &r[i], 8);
        }
}

/* ---- the alignment ---- */

typedef struct lanes {
    uint8_t of[SK_SCAN_LANES];
} lanes;

static uint8_t sum(uint8_t a, uint8_t b)
{
    uint8_t s = (uint8_t)(a + b);
    return s < a ? 255 : s;
}

static uint8_t least(uint8_t a, uint8_t b)
{
    return a < b ? a : b;
}

/* What one letter of the query costs against a column: a table looked up for every lane. */
static void look_up(const uint8_t *row, const uint8_t *column, lanes *ret_cost)
{
    for (unsigned k = 0; k < SK_SCAN_LANES; k++)
        ret_cost->of[k] = row[column[k] & 31];
}

/* One column of the alignment, all lanes: d holds the column before and gets this one. */
static void align_column(const sk_scan_costs *costs, const uint8_t *letter, unsigned n,
                         const uint8_t *column, lanes *d)
{
    lanes gap, diagonal = d[0], cost;
    look_up(costs->of[0], column, &gap);
    for (unsigned k = 0; k < SK_SCAN_LANES; k++)
        d[0].of[k] = sum(d[0].of[k], gap.of[k]);
    for (unsigned i = 0; i < n; i++) {
        uint8_t skip = costs->of[letter[i]][0];
        lanes left = d[i + 1];
        look_up(costs->of[letter[i]], column, &cost);
        for (unsigned k = 0; k < SK_SCAN_LANES; k++) {
            uint8_t best = least(sum(diagonal.of[k], cost.of[k]), sum(left.of[k], gap.of[k]));
            d[i + 1].of[k] = least(best, sum(d[i].of[k], skip));
        }
        diagonal = left;
    }
}

static void align(const sk_scan_costs *costs, const uint8_t *letter, unsigned n,
                  const uint8_t *block, unsigned columns, uint8_t *ret_cost)
{
    lanes d[SK_SCAN_ROW + 1] = {0};
    for (unsigned i = 0; i < n; i++)
        for (unsigned k = 0; k < SK_SCAN_LANES; k++)
            d[i + 1].of[k] = sum(d[i].of[k], costs->of[letter[i]][0]);
    for (unsigned j = 0; j < columns; j++)
        align_column(costs, letter, n, block + (size_t)j * SK_SCAN_LANES, d);
    memcpy(ret_cost, d[n].of, SK_SCAN_LANES);
}

void sk_scan_block(sk_scan_path path, const sk_scan_costs *costs, const uint8_t *letter, unsigned n,
                   const uint8_t *block, unsigned columns, uint8_t ret_cost[SK_SCAN_LANES])
{
    sk_assert(n <= SK_SCAN_ROW && columns <= SK_SCAN_ROW);
#if defined(__x86_64__)
    if (path == SK_SCAN_AVX2) {
        sk_scan__block_avx2(costs, letter, n, block, columns, ret_cost);
        return;
    }
    if (path == SK_SCAN_SSSE3) {
        sk_scan__block_ssse3(costs, letter, n, block, columns, ret_cost);
        return;
    }
#endif
    sk_assert(path == SK_SCAN_PORTABLE);
    align(costs, letter, n, block, columns, ret_cost);
}

/* ---- signatures ---- */

/* Letters that spellings exchange share a class; 0 stands for vowels and what comes and goes. */
static const uint8_t CLASS[SK_SCAN_LETTERS] = {
    /* -, a b c d e f g h i j k l m */ 0,
    0,
    1,
    2,
    3,
    0,
    1,
    2,
    4,
    0,
    5,
    2,
    6,
    7,
    /* n o p q r s t u v w x y z    */ 8,
    0,
    1,
    2,
    6,
    9,
    3,
    0,
    1,
    0,
    9,
    0,
    9,
};

enum { CLASSES = 10, TIMES = 4 };

/* The n-th occurrence of a class sets its n-th bit; vowels a, e/i/y and o/u/w have bits above. */
static uint64_t count_classes(const uint8_t *letter, unsigned n)
{
    static const uint8_t VOWEL[SK_SCAN_LETTERS] = {
        0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 3, 0, 3, 0, 2, 0,
    };
    unsigned seen[CLASSES + 4] = {0};
    uint64_t bits = 0;
    for (unsigned i = 0; i < n; i++) {
        unsigned class = CLASS[letter[i]];
        if (!class)
            class = VOWEL[letter[i]] ? CLASSES - 1u + VOWEL[letter[i]] : 0;
        if (class && seen[class] < TIMES)
            bits |= (uint64_t)1 << (class * TIMES + seen[class]++);
    }
    return bits;
}

sk_scan_sign sk_scan_sign_of(const uint8_t *letter, unsigned n)
{
    sk_scan_sign s = {.classes = count_classes(letter, n)};
    unsigned before = 0;
    for (unsigned i = 0; i < n; i++) {
        unsigned class = CLASS[letter[i]];
        if (!class || class == before)
            continue;
        s.neighbours |= (uint64_t)1 << ((before * 13 + class * 7) & 63);
        before = class;
    }
    return s;
}

void sk_scan_distances(sk_scan_path path, const sk_scan_sign *one, const sk_scan_sign *many,
                       size_t n, uint8_t *ret_distance)
{
#if defined(__x86_64__)
    if (path == SK_SCAN_AVX2) {
        sk_scan__distances_avx2(one, many, n, ret_distance);
        return;
    }
#endif
    for (size_t i = 0; i < n; i++)
        ret_distance[i] = (uint8_t)(__builtin_popcountll(one->classes ^ many[i].classes) +
                                    __builtin_popcountll(one->neighbours ^ many[i].neighbours));
}
