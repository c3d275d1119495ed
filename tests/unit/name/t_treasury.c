/* The Treasury's ruler: hand-worked cases, and the scores that its tool shows where they are at hand. */
#include "name/treasury.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

static int score(const char *query, const char *listed)
{
    return sk_treasury_score(sk_str_of(query), sk_str_of(listed));
}

static void equal_parts_in_any_order_score_full(void **state)
{
    assert_int_equal(score("VLADIMIR PUTIN", "PUTIN, Vladimir"), 100);
    assert_int_equal(score("putin", "PUTIN, Vladimir Vladimirovich"), 100);
    assert_int_equal(score("Z", "ALBARRAQ Z"), 100);
}

static void a_typo_costs_a_few_points(void **state)
{
    assert_in_range(score("VLADIMR PUTIN", "PUTIN, Vladimir"), 96, 99);
    assert_in_range(score("PUTIN", "PUTINA, Yekaterina"), 94, 98);
    assert_true(score("PUTIN", "MERKEL, Angela") < 60);
}

static void other_scripts_are_not_scored(void **state)
{
    assert_int_equal(score("Владимир Путин", "PUTIN, Vladimir"), -1);
    assert_int_equal(score("", "PUTIN, Vladimir"), -1);
    assert_int_equal(score("PUTIN", ""), -1);
}

static void long_texts_stay_in_bounds(void **state)
{
    static char text[10000];
    for (size_t i = 0; i + 1 < sizeof(text); i++)
        text[i] = i % 70 ? 'A' : ' ';
    assert_in_range(score(text, text), 99, 100);
    assert_int_equal(sk_treasury_score(sk_str_of(text), SK_S("\xff\xfe")), -1);
}

/* Rows are query, listed, score; rows that the tool does not show have -1. */
static void shown_scores_are_within_five_points(void **state)
{
    const char *shared = getenv("SILLOK_SHARED");
    char path[512], line[1024];
    unsigned n = 0, close = 0;

    snprintf(path, sizeof(path), "%s/data/screen/treasury_scores.csv",
             shared ? shared : "../shared");
    FILE *f = fopen(path, "r");
    if (!f) {
        print_message("SKIP: %s is not there; set SILLOK_SHARED\n", path);
        skip();
    }
    while (fgets(line, sizeof(line), f)) {
        char *at = strrchr(line, ',');
        int want = at ? atoi(at + 1) : -1;
        if (!at || want < 0 || (want == 0 && at[1] != '0'))
            continue;
        *at = 0;
        char *listed = strchr(line, ',');
        assert_non_null(listed);
        *listed++ = 0;
        size_t len = strlen(listed);
        if (*listed == '"' && len > 1) {
            listed[len - 1] = 0;
            listed++;
        }
        n++;
        close += abs(score(line, listed) - want) <= 5;
    }
    fclose(f);
    print_message("within five points: %u of %u\n", close, n);
    assert_true(n > 50 && close * 100 >= n * 95);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_parts_in_any_order_score_full),
        cmocka_unit_test(a_typo_costs_a_few_points),
        cmocka_unit_test(other_scripts_are_not_scored),
        cmocka_unit_test(long_texts_stay_in_bounds),
        cmocka_unit_test(shown_scores_are_within_five_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
