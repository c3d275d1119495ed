/* Ships: what their names and numbers say. Names of listed ships and invented ones. */
#include "words_test.h"

#include "name/vessel.h"

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

static void imo_numbers_have_a_check_digit(void **state)
{
    char digits[7];

    assert_true(sk_imo_is_valid(SK_S("9074729"), digits));
    assert_memory_equal(digits, "9074729", 7);
    assert_true(sk_imo_is_valid(SK_S("IMO 9074729"), NULL));
    assert_true(sk_imo_is_valid(SK_S("imo:9074729"), NULL));
    assert_false(sk_imo_is_valid(SK_S("9074728"), NULL));
    assert_false(sk_imo_is_valid(SK_S("907472"), NULL));
    assert_false(sk_imo_is_valid(SK_S("90747290"), NULL));
    assert_false(sk_imo_is_valid(SK_S("IMO"), NULL));
    assert_false(sk_imo_is_valid(SK_NONE, NULL));
}

static void mmsi_numbers_begin_with_a_country(void **state)
{
    assert_true(sk_mmsi_is_valid(SK_S("MMSI 445123000"), NULL));
    assert_false(sk_mmsi_is_valid(SK_S("145123000"), NULL));
    assert_false(sk_mmsi_is_valid(SK_S("44512300"), NULL));
    assert_false(sk_mmsi_is_valid(SK_S("44512300a"), NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_that_only_say_ship_are_left_out),
        cmocka_unit_test(numbers_of_ships_must_be_equal),
        cmocka_unit_test(other_names_are_other_ships),
        cmocka_unit_test(imo_numbers_have_a_check_digit),
        cmocka_unit_test(mmsi_numbers_begin_with_a_country),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
