/* The small rules of claim files: lists in a cell, guarded cells, names that are near. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/csv.h"
#include "exchange/claims/claims_text.h"

static void splits_to(const char *cell, char sep, size_t n, const char *const *expected)
{
    sk_arena a = SK_ARENA_INIT;
    const sk_str *items;
    size_t got;
    sk_list_split(&a, sk_str_of(cell), sep, &items, &got);
    assert_int_equal(got, n);
    for (size_t i = 0; i < n; i++)
        if (!sk_str_is(items[i], expected[i]))
            fail_msg("\"%s\" piece %zu: \"%.*s\", not \"%s\"", cell, i, SK_P(items[i]),
                     expected[i]);
    sk_arena_done(&a);
}

#define SPLITS(cell, sep, ...)                            \
    do {                                                  \
        const char *const pieces_[] = {__VA_ARGS__};      \
        splits_to(cell, sep, SK_COUNT(pieces_), pieces_); \
    } while (0)

static void a_list_is_cut_only_where_blanks_stand_around_the_sign(void **state)
{
    SPLITS("a", '|', "a");
    SPLITS("a | b", '|', "a", "b");
    SPLITS("a |  b  | c", '|', "a", "b", "c");
    SPLITS("a|b", '|', "a|b");
    SPLITS("a >b", '>', "a >b");
    SPLITS("two girls > Human Rights Watch", '>', "two girls", "Human Rights Watch");
    SPLITS("a > b", '|', "a > b");
    SPLITS("a | ", '|', "a", "");
    SPLITS("| a", '|', "", "a");
}

static void a_backslash_keeps_the_sign_in_the_value(void **state)
{
    SPLITS("a \\| b", '|', "a | b");
    SPLITS("a \\\\| b", '|', "a \\| b");
    SPLITS("a \\| b | c", '|', "a | b", "c");
    SPLITS("a\\|b", '|', "a\\|b");
    SPLITS("x \\> > y", '>', "x >", "y");
}

static void what_is_escaped_comes_back_as_one_piece(void **state)
{
    static const char alphabet[] = "a |\\>";
    for (unsigned code = 0; code < 5 * 5 * 5 * 5 * 5 * 5; code++) {
        char text[7] = {0};
        for (unsigned i = 0, c = code; i < 6; i++, c /= 5)
            text[i] = alphabet[c % 5];
        sk_arena a = SK_ARENA_INIT;
        sk_str value = sk_str_trim(sk_str_of(text));
        for (int k = 0; k < 2; k++) {
            char sep = "|>"[k];
            const sk_str *items;
            size_t n;
            sk_list_split(&a, sk_list_escape(&a, value, sep), sep, &items, &n);
            if (n != 1 || !sk_str_eq(items[0], value))
                fail_msg("\"%.*s\" came back in %zu pieces, the first \"%.*s\"", SK_P(value), n,
                         SK_P(items[0]));
            /* and in a list */
            sk_str list =
                sk_fmt(&a, "q %c %.*s %c r", sep, SK_P(sk_list_escape(&a, value, sep)), sep);
            sk_list_split(&a, list, sep, &items, &n);
            if (value.n && (n != 3 || !sk_str_eq(items[1], value)))
                fail_msg("\"%.*s\" in a list came back in %zu pieces", SK_P(value), n);
        }
        sk_arena_done(&a);
    }
}

static void a_claimant_chain_in_a_cell_comes_back_member_by_member(void **state)
{
    sk_arena a = SK_ARENA_INIT;
    const sk_str chain[] = {SK_S("a former guard"), SK_S("Kim > Co"), SK_S("@tjwg")};
    const sk_str *items;
    size_t n;
    assert_string_equal(sk_chain_format(&a, chain, 3).p, "a former guard > Kim \\> Co > @tjwg");
    assert_int_equal(sk_chain_format(&a, chain, 0).n, 0);
    for (size_t length = 1; length <= 3; length++) {
        sk_list_split(&a, sk_chain_format(&a, chain, length), '>', &items, &n);
        assert_int_equal(n, length);
        for (size_t i = 0; i < n; i++)
            assert_true(sk_str_eq(items[i], chain[i]));
    }
    sk_arena_done(&a);
}

/* Write a cell as export does, read it as import does. */
static void there_and_back(sk_str cell)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_buf b;
    sk_buf_init(&b, SK_MIB(1));
    sk_csv_writer w;
    sk_csv_writer_init(&w, &b, ',', true);
    sk_csv_cell(&w, sk_guard_more(&cx.arena, cell));
    sk_csv_cell(&w, SK_S("second"));
    sk_csv_end_row(&w);
    sk_csv *r;
    sk_csv_row row;
    assert_int_equal(sk_csv_open_mem(&cx, sk_buf_str(&b), "t", ',', &r), SK_OK);
    assert_int_equal(sk_csv_next(&cx, r, &row), SK_OK);
    assert_int_equal(row.n, 2);
    sk_str back = sk_guard_off(row.cells[0]);
    if (!sk_str_eq(back, cell))
        fail_msg("\"%.*s\" came back as \"%.*s\"", SK_P(cell), SK_P(back));
    sk_csv_close(r);
    sk_buf_done(&b);
    sk_ctx_done(&cx);
}

static void a_guarded_cell_comes_back_without_its_guard(void **state)
{
    static const char *const cells[] = {
        "=1+1", "+82 2", "-",   "-5", "@china", "'@china", "''=x", "'", "'a",     "\tx",
        "\rx",  "\nx",   "＝1", "＋", "－",     "＠",      "+",    "",  "-5.2e3", "'-5",
    };
    for (size_t i = 0; i < SK_COUNT(cells); i++)
        there_and_back(sk_str_of(cells[i]));
}

static void near_names_are_offered_and_far_ones_are_not(void **state)
{
    sk_arena a = SK_ARENA_INIT;
    sk_near near;
    sk_near_init(&near, SK_S("victm"));
    sk_near_offer(&near, SK_S("vessel"));
    sk_near_offer(&near, SK_S("victim"));
    sk_near_offer(&near, SK_S("count"));
    assert_string_equal(sk_near_text(&a, &near, "see the model").p, "; do you mean \"victim\"?");
    sk_near_init(&near, SK_S("Claimant"));
    sk_near_offer(&near, SK_S("claimant"));
    sk_near_offer(&near, SK_S("claimants"));
    sk_near_offer(&near, SK_S("claim"));
    assert_string_equal(sk_near_text(&a, &near, "-").p,
                        "; do you mean \"claimant\" or \"claimants\"?");
    sk_near_init(&near, SK_S("zzz"));
    sk_near_offer(&near, SK_S("name"));
    assert_string_equal(sk_near_text(&a, &near, "see the model").p, "; see the model");
    sk_near_init(&near, SK_S("used_falsley"));
    sk_near_offer(&near, SK_S("used-falsely"));
    assert_int_equal(near.n, 1);
    assert_int_equal(near.distance[0], 1);
    sk_arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_is_cut_only_where_blanks_stand_around_the_sign),
        cmocka_unit_test(a_backslash_keeps_the_sign_in_the_value),
        cmocka_unit_test(what_is_escaped_comes_back_as_one_piece),
        cmocka_unit_test(a_claimant_chain_in_a_cell_comes_back_member_by_member),
        cmocka_unit_test(a_guarded_cell_comes_back_without_its_guard),
        cmocka_unit_test(near_names_are_offered_and_far_ones_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
