/* Order, odds and reasons: a birth date helps, a contradiction hurts, ties are broken the same way. */
#include "lists.h"

#include <math.h>

static const entry PEOPLE[] = {
    {"a-1", "Karim Invented Rahimi", NULL, "1963-02-01", "af", NULL, "", 1},
    {"a-2", "Karim Invented Rahimi", NULL, "1948", "pk", NULL, "", 1},
    {"a-3", "Karim Invented Rahimi", NULL, NULL, NULL, NULL, "", 1},
    {"b-1", "Somebody Else Entirely", NULL, NULL, NULL, NULL, "", 1},
};

static void a_birth_date_orders_bearers_of_one_name(void **state)
{
    sk_ctx *cx = *state;
    sk_screen_index *ix = make_index(cx, PEOPLE, SK_COUNT(PEOPLE));
    const sk_screen_hit *hits;
    size_t n = ask(cx, see(cx, ix, true, ""), "Karim Invented Rahimi", "1963", &hits);
    assert_true(n >= 3);
    assert_true(sk_str_is(hits[0].key, "a-1"));
    assert_true(sk_str_is(hits[1].key, "a-3")); /* what is not said contradicts nothing */
    assert_true(sk_str_is(hits[2].key, "a-2"));
    assert_true(hits[0].odds > hits[1].odds && hits[1].odds > hits[2].odds);
    sk_screen_index_close(ix);
}

static void ties_are_ordered_by_key(void **state)
{
    sk_ctx *cx = *state;
    sk_screen_index *ix = make_index(cx, PEOPLE, SK_COUNT(PEOPLE));
    const sk_screen_hit *hits;
    size_t n = ask(cx, see(cx, ix, true, ""), "Karim Invented Rahimi", NULL, &hits);
    assert_true(n >= 3);
    assert_true(hits[0].score == hits[2].score);
    assert_true(sk_str_is(hits[0].key, "a-1") && sk_str_is(hits[1].key, "a-2") &&
                sk_str_is(hits[2].key, "a-3"));
    sk_screen_index_close(ix);
}

static double odds_with(sk_ctx *cx, const sk_sight *s, double prior)
{
    sk_screen_options options = SK_SCREEN_OPTIONS;
    sk_str name = SK_S("Karim Rahimi");
    sk_asked words = {.names = &name, .n_names = 1};
    sk_screen_query q;
    const sk_screen_hit *hits;
    size_t n;
    options.prior = prior;
    options.cutoff = 0;
    sk_screener *sc = sk_screener_new(s, &options);
    OK(cx, sk_screen_query_read(cx, &words, false, &q));
    OK(cx, sk_screener_run(cx, sc, &q, &hits, &n));
    sk_screener_free(sc);
    assert_true(n > 0);
    return hits[0].odds;
}

static void odds_follow_the_stated_prior(void **state)
{
    sk_ctx *cx = *state;
    sk_screen_index *ix = make_index(cx, PEOPLE, SK_COUNT(PEOPLE));
    sk_sight *s = see(cx, ix, true, "");
    double one = odds_with(cx, s, 0.01), half = odds_with(cx, s, 0.5);
    assert_true(fabs(half / one - 50) < 1e-6);
    sk_screen_index_close(ix);
}

static void the_reason_names_both_sides_and_the_row(void **state)
{
    sk_ctx *cx = *state;
    sk_screen_index *ix = make_index(cx, PEOPLE, SK_COUNT(PEOPLE));
    sk_sight *s = see(cx, ix, true, "");
    sk_screen_options options = SK_SCREEN_OPTIONS;
    sk_screener *sc = sk_screener_new(s, &options);
    sk_str name = SK_S("Karim Invented Rahimi"), born = SK_S("around 1963");
    sk_asked words = {.names = &name, .n_names = 1, .births = &born, .n_births = 1};
    sk_screen_query q;
    const sk_screen_hit *hits;
    const sk_screen_reason_part *parts;
    size_t n;
    OK(cx, sk_screen_query_read(cx, &words, false, &q));
    OK(cx, sk_screener_run(cx, sc, &q, &hits, &n));
    assert_true(n > 0);
    size_t n_parts = sk_screen_reasons(cx, sc, &q, &hits[0], &parts);
    assert_true(n_parts >= 2);
    assert_string_equal(parts[0].feature, "name");
    assert_true(sk_str_eq(parts[0].query, name) && sk_str_eq(parts[0].entry, name));
    assert_true(sk_str_is(parts[0].source, "row 7"));
    assert_string_equal(parts[1].feature, "birth");
    assert_true(sk_screen_reason(cx, sc, &q, &hits[0]).n > 20);
    sk_screener_free(sc);
    sk_screen_index_close(ix);
}

static void what_is_not_understood_is_an_error_or_a_warning(void **state)
{
    sk_ctx *cx = *state;
    sk_str name = SK_S("Anybody"), country = SK_S("Nowhereland"), born = SK_S("31/02/1960");
    sk_asked words = {.names = &name,
                      .n_names = 1,
                      .countries = &country,
                      .n_countries = 1,
                      .births = &born,
                      .n_births = 1};
    sk_screen_query q;
    assert_int_equal(sk_screen_query_read(cx, &words, false, &q), SK_E_FORMAT);
    sk_forgive(cx);
    OK(cx, sk_screen_query_read(cx, &words, true, &q));
    assert_int_equal(q.n_warnings, 2);
    assert_int_equal(q.entity.n_births + q.entity.n_countries, 0);
    words = (sk_asked){0};
    assert_int_equal(sk_screen_query_read(cx, &words, true, &q), SK_E_FORMAT);
    sk_forgive(cx);
}

static void alerts_are_counted_before_the_limit_cuts(void **state)
{
    sk_ctx *cx = *state;
    sk_screen_index *ix = make_index(cx, PEOPLE, SK_COUNT(PEOPLE));
    sk_screen_options options = SK_SCREEN_OPTIONS;
    options.limit = 1;
    sk_screener *sc = sk_screener_new(see(cx, ix, true, ""), &options);
    sk_str name = SK_S("Karim Invented Rahimi");
    sk_asked words = {.names = &name, .n_names = 1};
    sk_screen_query q;
    const sk_screen_hit *hits;
    size_t n;
    OK(cx, sk_screen_query_read(cx, &words, false, &q));
    OK(cx, sk_screener_run(cx, sc, &q, &hits, &n));
    assert_int_equal(n, 1);
    OK(cx, sk_screener_run_all(cx, sc, &q, &hits, &n));
    assert_true(n >= 3 && hits[0].alert && hits[1].alert && hits[2].alert);
    sk_screener_free(sc);
    sk_screen_index_close(ix);
}

static void a_value_too_many_or_too_short_is_told(void **state)
{
    sk_ctx *cx = *state;
    sk_str names[SK_MATCH_VALUES + 1], id = SK_S("A-1");
    for (size_t i = 0; i < SK_COUNT(names); i++)
        names[i] = SK_S("Karim Rahimi");
    sk_asked words = {.names = names, .n_names = SK_COUNT(names), .ids = &id, .n_ids = 1};
    sk_screen_query q;
    OK(cx, sk_screen_query_read(cx, &words, true, &q));
    assert_int_equal(q.n_warnings, 2);
    assert_int_equal(q.n_names, SK_MATCH_VALUES);
    words.n_names = 1;
    assert_int_equal(sk_screen_query_read(cx, &words, false, &q), SK_E_FORMAT);
    assert_non_null(strstr(cx->message, "A-1"));
    sk_forgive(cx);
}

static void odds_are_told_with_two_digits(void **state)
{
    sk_ctx *cx = *state;
    assert_true(sk_str_is(sk_screen_odds_text(&cx->arena, 1.0 / 3367), "1 : 3400"));
    assert_true(sk_str_is(sk_screen_odds_text(&cx->arena, 12.34), "12 : 1"));
    assert_true(sk_str_is(sk_screen_odds_text(&cx->arena, 2.5), "2.5 : 1"));
    assert_true(sk_str_is(sk_screen_odds_text(&cx->arena, 0), "0"));
}

static int begin(void **state)
{
    static sk_ctx cx;
    sk_ctx_init(&cx);
    *state = &cx;
    return 0;
}

static int end(void **state)
{
    sk_ctx_done(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_birth_date_orders_bearers_of_one_name, begin, end),
        cmocka_unit_test_setup_teardown(ties_are_ordered_by_key, begin, end),
        cmocka_unit_test_setup_teardown(odds_follow_the_stated_prior, begin, end),
        cmocka_unit_test_setup_teardown(the_reason_names_both_sides_and_the_row, begin, end),
        cmocka_unit_test_setup_teardown(what_is_not_understood_is_an_error_or_a_warning, begin,
                                        end),
        cmocka_unit_test_setup_teardown(alerts_are_counted_before_the_limit_cuts, begin, end),
        cmocka_unit_test_setup_teardown(a_value_too_many_or_too_short_is_told, begin, end),
        cmocka_unit_test_setup_teardown(odds_are_told_with_two_digits, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
