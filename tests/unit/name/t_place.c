/* Places: the administrative word apart from the name. */
#include "words_test.h"

#include "name/place.h"
#include "name/words_private.h"

#define L SK_NAME_PLACE

static sk_place_class class_of(const char *raw)
{
    static sk_form f;
    sk_buf section;

    sk_form_read(sk_str_of(raw), &f);
    sk_buf_init(&section, SK_KIB(64));
    sk_words_prepare(&f, L, &section);
    unsigned class = ((const sk_words *)(const void *)section.p)->place;
    sk_buf_done(&section);
    return (sk_place_class) class;
}

static void the_kind_is_read_from_the_ending_or_the_word(void **state)
{
    assert_int_equal(class_of("평안남도"), SK_PLACE_PROVINCE);
    assert_int_equal(class_of("평양시"), SK_PLACE_CITY);
    assert_int_equal(class_of("회령군"), SK_PLACE_COUNTY);
    assert_int_equal(class_of("吉林省"), SK_PLACE_PROVINCE);
    assert_int_equal(class_of("大阪市"), SK_PLACE_CITY);
    assert_int_equal(class_of("South Pyongan Province"), SK_PLACE_PROVINCE);
    assert_int_equal(class_of("Московская область"), SK_PLACE_PROVINCE);
    assert_int_equal(class_of("Hoeryong-gun"), SK_PLACE_COUNTY);
    assert_int_equal(class_of("Yodok camp"), SK_PLACE_CAMP);
    assert_int_equal(class_of("Pyongyang"), SK_PLACE_UNSAID);
}

static void the_kind_left_out_says_nothing(void **state)
{
    assert_alike("평양시", "평양", L);
    assert_alike("Jilin Province", "Jilin", L);
    assert_alike("Moscow City", "City of Moscow", L);
    assert_alike("大阪市", "大阪", L);
}

static void kinds_and_directions_that_differ_speak_against(void **state)
{
    assert_true(words_evidence("Quistgard Province", "Quistgard Province", L) >
                words_evidence("Quistgard Province", "Quistgard County", L));
    assert_unlike("South Hwanghae", "North Hwanghae", L);
    assert_unlike("평양시", "원산시", L);
}

static double same_rest(const void *arg)
{
    return 4;
}

static void directions_are_translated(void **state)
{
    sk_rest_asker same = {same_rest, NULL};

    assert_true(words_both("평안남도", "South Pyongan Province", L, &same).evidence > 2);
    assert_true(words_both("평안북도", "South Pyongan Province", L, &same).evidence < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_kind_is_read_from_the_ending_or_the_word),
        cmocka_unit_test(the_kind_left_out_says_nothing),
        cmocka_unit_test(kinds_and_directions_that_differ_speak_against),
        cmocka_unit_test(directions_are_translated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
