#include "name/initials.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static bool fits(const char *initials, const char *text)
{
    uint8_t onset[SK_INITIALS_MAX];
    unsigned n;

    assert_true(sk_initials_read(sk_str_of(initials), onset, &n));
    return sk_initials_fit(sk_str_of(text), onset, n);
}

static void first_consonants_find_a_name_and_no_other(void **state)
{
    assert_true(fits("ㄱㅈㅇ", "김정욱"));
    assert_true(fits("ㄱㅈㅇ", "김 정욱 (목사)"));
    assert_true(fits("ㅈㅇ", "김정욱"));
    assert_true(fits("ㄱ ㅈ ㅇ", "김정욱"));
    assert_true(fits("ㅃㅎ", "뽀하"));
    assert_false(fits("ㄱㅈㅇ", "김국기"));
    assert_false(fits("ㄱㅈㅇ", "김정"));
    assert_false(fits("ㄱㅈ", "Kim Jong-wook"));
    assert_false(fits("ㄱㅈ", ""));
}

static void words_are_no_initials(void **state)
{
    uint8_t onset[SK_INITIALS_MAX];
    unsigned n;

    assert_false(sk_initials_read(SK_S("ㄱ"), onset, &n));
    assert_false(sk_initials_read(SK_S("김정욱"), onset, &n));
    assert_false(sk_initials_read(SK_S("ㄱㅏ"), onset, &n));
    assert_false(sk_initials_read(SK_S("ㄳㅈ"), onset, &n)); /* begins no syllable */
    assert_false(sk_initials_read(SK_S("ㄱㄱㄱㄱㄱㄱㄱㄱㄱㄱㄱㄱㄱㄱㄱㄱㄱ"), onset, &n));
    assert_false(sk_initials_read(SK_S("\xe3\x84"), onset, &n));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(first_consonants_find_a_name_and_no_other),
    cmocka_unit_test(words_are_no_initials),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL);
}
