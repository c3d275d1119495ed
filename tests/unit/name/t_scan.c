/* The scan: all paths give the same bytes, the alignment is the cheapest one, near names come first. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "name/scan.h"

#include <stdlib.h>
#include <time.h>

/* Weights as learned ones look: a letter likes itself, its class somewhat, others not. */
static void invent_weights(sk_scan_weights w)
{
    static const char *const LIKE[] = {"kgcq", "td", "pbfv", "szx", "jc", "lr", "aeiouyw", "h"};
    for (int a = 0; a < SK_SCAN_LETTERS; a++)
        for (int b = 0; b < SK_SCAN_LETTERS; b++)
            w[a][b] = (int8_t)(!a && !b ? 0 : !a || !b ? -4 : a == b ? 5 : -7);
    for (size_t i = 0; i < SK_COUNT(LIKE); i++)
        for (const char *x = LIKE[i]; *x; x++)
            for (const char *y = LIKE[i]; *y; y++)
                if (*x != *y)
                    w[*x - 'a' + 1][*y - 'a' + 1] = 1;
    for (int b = 1; b < SK_SCAN_LETTERS; b++)
        w[0][b] = w[b][0] = strchr("aeiouyhw", 'a' + b - 1) ? -2 : -5;
}

static sk_roman roman(const char *text)
{
    sk_roman r = {0};
    for (; *text && r.n < SK_ROMAN_LETTERS; text++)
        r.letter[r.n++] = *text == ' ' ? 0 : (uint8_t)(*text - 'a' + 1);
    return r;
}

static unsigned next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*state >> 33);
}

typedef struct names {
    uint8_t row[SK_SCAN_LANES][SK_SCAN_ROW];
    const uint8_t *at[SK_SCAN_LANES];
    _Alignas(32) uint8_t block[SK_SCAN_ROW * SK_SCAN_LANES];
    unsigned columns;
} names;

static void random_block(uint64_t *state, names *v)
{
    memset(v, 0, sizeof *v);
    v->columns = 1 + next_random(state) % SK_SCAN_ROW;
    for (unsigned i = 0; i < SK_SCAN_LANES; i++) {
        unsigned n = next_random(state) % (v->columns + 1);
        for (unsigned k = 0; k < n; k++)
            v->row[i][k] = (uint8_t)(1 + next_random(state) % 26);
        v->at[i] = v->row[i];
    }
    sk_scan_transpose(v->at, SK_SCAN_LANES, v->columns, v->block);
}

static void a_block_holds_the_rows_turned(void **state)
{
    (void)state;
    uint64_t seed = 7;
    names v;
    for (int round = 0; round < 50; round++) {
        random_block(&seed, &v);
        for (unsigned j = 0; j < v.columns; j++)
            for (unsigned i = 0; i < SK_SCAN_LANES; i++)
                assert_int_equal(v.block[j * SK_SCAN_LANES + i], v.row[i][j]);
    }
}

static void every_path_gives_the_same_bytes(void **state)
{
    (void)state;
    uint64_t seed = 1;
    sk_scan_weights w;
    for (int round = 0; round < 400; round++) {
        sk_scan_costs costs;
        names v;
        uint8_t letter[SK_SCAN_ROW], plain[SK_SCAN_LANES], other[SK_SCAN_LANES];
        unsigned n = next_random(&seed) % (SK_SCAN_ROW + 1);
        invent_weights(w);
        for (int a = 0; round % 2 && a < SK_SCAN_LETTERS; a++) /* any weights at all */
            for (int b = 0; b < SK_SCAN_LETTERS; b++)
                w[a][b] = (int8_t)next_random(&seed);
        sk_scan_costs_set(&costs, w);
        random_block(&seed, &v);
        for (unsigned i = 0; i < n; i++)
            letter[i] = (uint8_t)(1 + next_random(&seed) % 26);
        sk_scan_block(SK_SCAN_PORTABLE, &costs, letter, n, v.block, v.columns, plain);
        for (int p = 0; p < SK_SCAN_PATHS; p++)
            if (sk_scan_has_path((sk_scan_path)p)) {
                sk_scan_block((sk_scan_path)p, &costs, letter, n, v.block, v.columns, other);
                assert_memory_equal(plain, other, sizeof plain);
            }
    }
}

/* All alignments tried one by one, without the program of the scan. */
static int cheapest(const sk_scan_costs *c, const uint8_t *a, unsigned n, const uint8_t *b,
                    unsigned m)
{
    if (!n && !m)
        return 0;
    int best = 100000, cost;
    if (n && (cost = c->of[a[0]][0] + cheapest(c, a + 1, n - 1, b, m)) < best)
        best = cost;
    if (m && (cost = c->of[0][b[0]] + cheapest(c, a, n, b + 1, m - 1)) < best)
        best = cost;
    if (n && m && (cost = c->of[a[0]][b[0]] + cheapest(c, a + 1, n - 1, b + 1, m - 1)) < best)
        best = cost;
    return best;
}

static void the_cost_is_that_of_the_cheapest_alignment(void **state)
{
    (void)state;
    uint64_t seed = 3;
    sk_scan_weights w;
    sk_scan_costs costs;
    invent_weights(w);
    sk_scan_costs_set(&costs, w);
    for (int round = 0; round < 12; round++) {
        names v;
        uint8_t letter[6], cost[SK_SCAN_LANES];
        random_block(&seed, &v);
        unsigned n = next_random(&seed) % 7, columns = v.columns < 6 ? v.columns : 6;
        for (unsigned i = 0; i < n; i++)
            letter[i] = (uint8_t)(1 + next_random(&seed) % 26);
        sk_scan_block(sk_scan_best_path(), &costs, letter, n, v.block, columns, cost);
        for (unsigned lane = 0; lane < SK_SCAN_LANES; lane++) {
            unsigned m = 0;
            while (m < columns && v.row[lane][m])
                m++;
            int want = cheapest(&costs, letter, n, v.row[lane], m);
            assert_int_equal(cost[lane], want > 255 ? 255 : want);
        }
    }
}

static uint8_t cost_between(const char *a, const char *b)
{
    sk_scan_weights w;
    sk_scan_costs costs;
    uint8_t x[SK_SCAN_ROW], y[SK_SCAN_ROW], cost[SK_SCAN_LANES];
    _Alignas(32) uint8_t block[SK_SCAN_ROW * SK_SCAN_LANES];
    const uint8_t *rows[SK_SCAN_LANES] = {y};
    invent_weights(w);
    sk_scan_costs_set(&costs, w);
    sk_roman ra = roman(a), rb = roman(b);
    unsigned n = sk_scan_row(&ra, x), m = sk_scan_row(&rb, y);
    sk_scan_transpose(rows, 1, m, block);
    sk_scan_block(sk_scan_best_path(), &costs, x, n, block, m, cost);
    return cost[0];
}

static void spellings_of_one_name_cost_less_than_other_names(void **state)
{
    (void)state;
    assert_int_equal(cost_between("kim jong un", "kim jong un"), 0);
    assert_int_equal(cost_between("kim jong un", "kimjongun"), 0); /* blanks say nothing here */
    assert_true(cost_between("muhammad", "mohamed") < cost_between("muhammad", "mahmoud"));
    assert_true(cost_between("kim jong un", "gim jeong eun") <
                cost_between("kim jong un", "pak pong ju"));
    assert_true(cost_between("aleksandr", "oleksandr") < cost_between("aleksandr", "aleksei"));
}

static void signatures_of_like_names_are_near(void **state)
{
    (void)state;
    static const char *const NAME[] = {"muhammad ali hassan", "mohamed aly hasan", "vladimir putin",
                                       "yevgeny prigozhin"};
    sk_scan_sign sign[SK_COUNT(NAME)];
    uint8_t plain[SK_COUNT(NAME)], best[SK_COUNT(NAME)];
    for (size_t i = 0; i < SK_COUNT(NAME); i++) {
        uint8_t row[SK_SCAN_ROW];
        sk_roman r = roman(NAME[i]);
        unsigned n = sk_scan_row(&r, row);
        sign[i] = sk_scan_sign_of(row, n);
    }
    sk_scan_distances(SK_SCAN_PORTABLE, &sign[0], sign, SK_COUNT(NAME), plain);
    sk_scan_distances(sk_scan_best_path(), &sign[0], sign, SK_COUNT(NAME), best);
    assert_memory_equal(plain, best, sizeof plain);
    assert_int_equal(plain[0], 0);
    assert_true(plain[1] < plain[2] && plain[1] < plain[3]);
}

/* Prints the speed when asked: t_scan speed. */
static void measure(void)
{
    uint64_t seed = 5;
    enum { BLOCKS = 256, ROUNDS = 40 };
    sk_scan_weights w;
    sk_scan_costs costs;
    static _Alignas(32) uint8_t block[BLOCKS][20 * SK_SCAN_LANES];
    uint8_t letter[20], cost[SK_SCAN_LANES];
    unsigned total = 0;
    invent_weights(w);
    sk_scan_costs_set(&costs, w);
    for (int i = 0; i < 20; i++)
        letter[i] = (uint8_t)(1 + next_random(&seed) % 26);
    for (int b = 0; b < BLOCKS; b++)
        for (int i = 0; i < 20 * SK_SCAN_LANES; i++)
            block[b][i] = (uint8_t)(1 + next_random(&seed) % 26);
    for (int p = 0; p < SK_SCAN_PATHS; p++) {
        clock_t from = clock();
        for (int r = 0; r < ROUNDS && sk_scan_has_path((sk_scan_path)p); r++)
            for (int b = 0; b < BLOCKS; b++) {
                sk_scan_block((sk_scan_path)p, &costs, letter, 20, block[b], 20, cost);
                total += cost[0];
            }
        double s = (double)(clock() - from) / CLOCKS_PER_SEC;
        print_message("%s: %.1f M pairs/s (%u)\n", sk_scan_path_name((sk_scan_path)p),
                      BLOCKS * ROUNDS * 32 / s / 1e6, total);
    }
}

int main(int argc, char **argv)
{
    (void)argv;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_holds_the_rows_turned),
        cmocka_unit_test(every_path_gives_the_same_bytes),
        cmocka_unit_test(the_cost_is_that_of_the_cheapest_alignment),
        cmocka_unit_test(spellings_of_one_name_cost_less_than_other_names),
        cmocka_unit_test(signatures_of_like_names_are_near),
    };
    if (argc > 1)
        measure();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
