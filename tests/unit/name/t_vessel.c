/* Ships: what their names say. Names of listed ships and invented ones. */
#include "words_test.h"

#define V SK_NAME_VESSEL

static void words_that_only_say_ship_are_left_out(void **state)
{
    assert_alike("M/V Hellenic Spirit", "Hellenic Spirit", V);
    assert_alike("MT QUIST STAR", "Quist Star", V);
    assert_alike("ULJI BONG HO 6", "Ulji Bong 6", V);
    assert_alike("청천강호", "청천강", V);
    assert_alike("第八松栄丸", "松栄丸 8", V);
}

static void numbers_of_ships_must_be_equal(void **state)
{
    assert_alike("Hwa Song No. 2", "Hwa Song 2", V);
    assert_alike("Hwa Song II", "Hwa Song 2", V);
    assert_alike("을지봉 6호", "을지봉6호", V);
    assert_unlike("Hwa Song 2", "Hwa Song 3", V);
    assert_unlike("을지봉 6호", "을지봉 7호", V);
    assert_true(words_both("Hwa Song 2", "Hwa Song", V, NULL).numbers_differ);
}

static void other_names_are_other_ships(void **state)
{
    assert_unlike("Victory", "Victor Konetsky", V);
    assert_unlike("M/V Quist", "M/V Tamm", V);
}

static void large_numbers_are_told_apart_by_their_digits(void **state)
{
    assert_alike("Hwa Song 70000", "Hwa Song No. 70000", V);
    assert_unlike("Hwa Song 70000", "Hwa Song 4465", V); /* 70000 - 65535 */
    assert_unlike("Hwa Song 1000004", "Hwa Song 1", V);
    assert_unlike("Hwa Song 9999999", "Hwa Song 8888888", V);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_that_only_say_ship_are_left_out),
        cmocka_unit_test(numbers_of_ships_must_be_equal),
        cmocka_unit_test(other_names_are_other_ships),
        cmocka_unit_test(large_numbers_are_told_apart_by_their_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
