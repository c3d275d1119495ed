/* Tokens: where words end in five languages, and the form they are compared in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/buf.h"
#include "read/numbers.h"
#include "read/stem.h"
#include "read/tokens.h"

#include <math.h>

/* The tokens joined by "|". */
static void cut(const char *text, char *out, size_t room)
{
    sk_str s = sk_str_of(text);
    size_t at = 0, n = 0;
    sk_token t;
    while (sk_token_next(s, &at, &t)) {
        sk_str w = sk_token_text(s, &t);
        assert_true(n + w.n + 2 < room);
        if (n)
            out[n++] = '|';
        memcpy(out + n, w.p, w.n);
        n += w.n;
    }
    out[n] = '\0';
}

static void assert_cut(const char *text, const char *wanted)
{
    char out[512];
    cut(text, out, sizeof out);
    assert_string_equal(out, wanted);
}

static void words_numbers_and_signs_are_tokens_of_their_own(void **state)
{
    assert_cut("North Korea kidnapped 17.", "North|Korea|kidnapped|17|.");
    assert_cut("1,234.5 and 3, 4", "1,234.5|and|3|,|4");
    assert_cut("1970s, 17th", "1970|s|,|17|th");
}

static void contractions_and_possessives_are_parted(void **state)
{
    assert_cut("China’s didn't we'll", "China|’s|did|n't|we|'ll");
    assert_cut("O'Brien's workers’ pay", "O'Brien|'s|workers|’|pay");
}

static void acronyms_keep_their_points(void **state)
{
    assert_cut("U.N. and the U.S.-based D.C.", "U.N.|and|the|U.S.|-|based|D.C.");
    assert_cut("J. Smith", "J|.|Smith");
}

static void east_asian_characters_are_tokens(void **state)
{
    assert_cut("납치했다", "납|치|했|다");
    assert_cut("拉致された人", "拉|致|さ|れ|た|人");
}

static void folding_takes_case_and_kinds_of_apostrophe_away(void **state)
{
    sk_str s = SK_S("ÉTAT’s");
    size_t at = 0;
    sk_token t;
    char out[SK_TOKEN_FOLD_BYTES];
    assert_true(sk_token_next(s, &at, &t));
    size_t n = sk_token_fold(s, &t, out);
    assert_memory_equal(out, "état", n);
    assert_true(sk_token_next(s, &at, &t));
    n = sk_token_fold(s, &t, out);
    assert_memory_equal(out, "'s", n);
}

static void russian_forms_share_a_stem(void **state)
{
    static const char *const forms[] = {"депортировать", "депортируют", "депортировали"};
    for (size_t i = 0; i < SK_COUNT(forms); i++)
        assert_int_equal(sk_stem_russian(sk_str_of(forms[i])), strlen("депорт"));
}

static void bytes_that_are_no_text_are_passed_one_by_one(void **state)
{
    sk_str s = SK_S("\xFF\xC0 a\x80");
    size_t at = 0, n = 0;
    sk_token t;
    while (sk_token_next(s, &at, &t)) {
        assert_true(t.from < t.to && t.to <= s.n);
        n++;
    }
    assert_true(n >= 3);
}

/* ---- numbers ---- */

static void assert_number(sk_read_lang lang, const char *text, const char *words, double value)
{
    sk_number found[8];
    sk_str s = sk_str_of(text);
    size_t n = sk_numbers_find(s, lang, found, 8);
    assert_int_equal(n, 1);
    sk_str w = sk_str_sub(s, found[0].from, found[0].to - found[0].from);
    if (!sk_str_is(w, words) || fabs(found[0].value - value) > 1e-9 * fmax(1, fabs(value)))
        fail_msg("\"%s\": [%.*s] = %.15g", text, SK_P(w), found[0].value);
}

static void english_number_words_are_read_whole(void **state)
{
    assert_number(SK_READ_EN, "two hundred and two thousand people", "two hundred and two thousand",
                  202000);
    assert_number(SK_READ_EN, "twenty-six died", "twenty-six", 26);
    assert_number(SK_READ_EN, "1.2 million", "1.2 million", 1200000);
    assert_number(SK_READ_EN, "one hundred and three quarters", "one hundred and three quarters",
                  100.75);
    assert_number(SK_READ_EN, "30,023", "30,023", 30023);
}

static void the_one_is_no_number(void **state)
{
    sk_number found[8];
    assert_int_equal(sk_numbers_find(SK_S("the one you know"), SK_READ_EN, found, 8), 0);
}

static void points_between_digits_part_numbers_and_never_stop_the_reader(void **state)
{
    sk_number found[8];
    assert_int_equal(sk_numbers_find(SK_S("192.168.1.2"), SK_READ_EN, found, 8), 4);
    for (size_t i = 0; i < 4; i++)
        assert_true(found[i].to > found[i].from);
}

static void east_asian_numbers_mix_signs_and_digits(void **state)
{
    assert_number(SK_READ_KO, "2백만 명", "2백만", 2000000);
    assert_number(SK_READ_KO, "스물여섯명", "스물여섯", 26);
    assert_number(SK_READ_KO, "오분의 일", "오분의 일", .2);
    assert_number(SK_READ_ZH, "九万四", "九万四", 94000);
    assert_number(SK_READ_ZH, "一千零五十", "一千零五十", 1050);
    assert_number(SK_READ_JA, "10万です", "10万", 100000);
    assert_number(SK_READ_JA, "三分の二", "三分の二", 2. / 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_numbers_and_signs_are_tokens_of_their_own),
        cmocka_unit_test(contractions_and_possessives_are_parted),
        cmocka_unit_test(acronyms_keep_their_points),
        cmocka_unit_test(east_asian_characters_are_tokens),
        cmocka_unit_test(folding_takes_case_and_kinds_of_apostrophe_away),
        cmocka_unit_test(russian_forms_share_a_stem),
        cmocka_unit_test(bytes_that_are_no_text_are_passed_one_by_one),
        cmocka_unit_test(english_number_words_are_read_whole),
        cmocka_unit_test(the_one_is_no_number),
        cmocka_unit_test(points_between_digits_part_numbers_and_never_stop_the_reader),
        cmocka_unit_test(east_asian_numbers_mix_signs_and_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
