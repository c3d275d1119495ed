/* What taking a name apart keeps and what it folds. */
#include "name/form.h"

#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

static sk_form f;

/* The tokens with what stood before them: "kim|, jong|-un". */
static const char *shown(const char *raw)
{
    static char out[4096];
    static const char *const BEFORE[] = {"", "-", ".", "_", "/", ",", "("};
    size_t n = 0;

    sk_form_read(sk_str_of(raw), &f);
    for (unsigned i = 0; i < f.n_token; i++) {
        n += (size_t)snprintf(out + n, sizeof(out) - n, "%s%s", i ? "|" : "",
                              BEFORE[f.token[i].before]);
        for (unsigned k = 0; k < f.token[i].n; k++)
            n += sk_utf8_put(f.cp[f.token[i].at + k], out + n);
    }
    out[n] = '\0';
    return out;
}

static void tokens_keep_what_stood_between_them(void **state)
{
    assert_string_equal(shown("KIM, Jong-un"), "kim|,jong|-un");
    assert_true(f.has_comma);
    assert_int_equal(f.token[0].flags, SK_TOKEN_CAPITALS | SK_TOKEN_TITLE);
    assert_int_equal(f.token[1].flags, SK_TOKEN_TITLE);
    assert_string_equal(shown("J.R. Doe (the elder)"), "j|.r|_doe|(the|_elder");
    assert_int_equal(f.token[0].flags & SK_TOKEN_INITIAL, SK_TOKEN_INITIAL);
    assert_int_equal(f.token[1].flags & SK_TOKEN_INITIAL, SK_TOKEN_INITIAL);
    assert_int_equal(f.token[2].flags & SK_TOKEN_BRACKETED, 0);
    assert_int_equal(f.token[4].flags & SK_TOKEN_BRACKETED, SK_TOKEN_BRACKETED);
    assert_string_equal(shown("キム・ジョンウン"), "キム|.ジョンウン");
    assert_string_equal(shown("a / b , c"), "a|/b|,c");
}

static void apostrophes_inside_a_word_stay(void **state)
{
    assert_string_equal(shown("Kim Cho’ng-sik"), "kim|_cho'ng|-sik");
    assert_string_equal(shown("Paek Sŏl-hŭi'"), "paek|_sŏl|-hŭi'");
    assert_string_equal(shown("ʿAbd 'Ali'"), "abd|_ali");
    assert_string_equal(shown("Ba`asyir"), "ba'asyir");
}

static void compatibility_forms_and_marks_fold_into_one_letter(void **state)
{
    assert_string_equal(shown("ＫＩＭ ｶﾞﾝ"), "kim|_ガン");
    assert_string_equal(shown("so\xCC\x86l"), "sŏl");                         /* o + breve */
    assert_string_equal(shown("\xE1\x84\x80\xE1\x85\xB5\xE1\x86\xB7"), "김"); /* jamo */
    assert_string_equal(shown("ㄱㅈㅇ"), "ㄱㅈㅇ"); /* initial consonants stay what they are */
    assert_string_equal(shown("Straße İz"), "strasse|_iz");
    assert_string_equal(shown("محـمّد"), "محمد");
    assert_string_equal(shown("㈜대동"), "(주|(대동");
}

static void every_token_knows_its_bytes(void **state)
{
    sk_form_read(sk_str_of("(ＫＩＭ), So\xCC\x86l-hŭi'"), &f);
    static const char *const WRITTEN[] = {"ＫＩＭ", "So\xCC\x86l", "hŭi'"};

    assert_int_equal(f.n_token, 3);
    for (unsigned i = 0; i < 3; i++) {
        sk_str s = sk_str_sub(f.raw, f.token[i].raw_at, f.token[i].raw_n);
        assert_true(sk_str_is(s, WRITTEN[i]));
    }
}

static void a_change_of_script_or_a_digit_begins_a_token(void **state)
{
    assert_string_equal(shown("宮崎あおい"), "宮崎|あおい");
    assert_int_equal(f.token[1].flags, SK_TOKEN_HIRAGANA);
    assert_string_equal(shown("만경봉92호"), "만경봉|92|호");
    assert_int_equal(f.token[1].flags, SK_TOKEN_DIGITS);
    assert_string_equal(shown("霞ヶ関"), "霞ヶ関");
    assert_string_equal(shown("No.٢"), "no|.2");
    assert_int_equal(f.scripts, 1u << SK_SCRIPT_LATN);
}

static void every_script_has_its_own_mark(void **state)
{
    static const struct {
        const char *raw;
        sk_script script;
    } CASE[] = {
        {"Путин", SK_SCRIPT_CYRL},  {"Παύλος", SK_SCRIPT_GREK}, {"Արմեն", SK_SCRIPT_ARMN},
        {"გიორგი", SK_SCRIPT_GEOR}, {"אברהם", SK_SCRIPT_HEBR},  {"علی", SK_SCRIPT_ARAB},
        {"राहुल", SK_SCRIPT_DEVA},   {"สมชาย", SK_SCRIPT_THAI},  {"김", SK_SCRIPT_HANG},
        {"金", SK_SCRIPT_HANI},     {"きむ", SK_SCRIPT_KANA},   {"தமிழ்", SK_SCRIPT_OTHER},
    };

    for (size_t i = 0; i < sizeof(CASE) / sizeof(CASE[0]); i++) {
        sk_form_read(sk_str_of(CASE[i].raw), &f);
        assert_int_equal(f.n_token, 1);
        assert_int_equal(f.token[0].script, CASE[i].script);
        assert_int_equal(f.scripts, 1u << CASE[i].script);
    }
}

static void a_patronymic_needs_a_name_around_it(void **state)
{
    shown("Владимир Владимирович Путин");
    assert_int_equal(f.token[1].flags & SK_TOKEN_PATRONYMIC, SK_TOKEN_PATRONYMIC);
    shown("Roman Abramovich");
    assert_int_equal(f.token[1].flags & SK_TOKEN_PATRONYMIC, 0);
}

static void hostile_names_are_cut_and_say_so(void **state)
{
    size_t n = 100000;
    char *raw = malloc(n * 2 + 1);

    for (size_t i = 0; i < n; i++)
        memcpy(raw + 2 * i, "a ", 2);
    sk_form_read((sk_str){raw, 2 * n}, &f);
    assert_true(f.is_cut);
    assert_int_equal(f.n_token, SK_FORM_TOKENS);
    raw[0] = 'e';
    for (size_t i = 0; i < n - 1; i++)
        memcpy(raw + 1 + 2 * i, "\xCC\x81", 2);
    sk_form_read((sk_str){raw, 2 * n - 1}, &f);
    assert_true(f.is_cut);
    assert_int_equal(f.n_cp, 1);
    assert_int_equal(f.cp[0], 0xE9);
    free(raw);
    assert_string_equal(shown("ab\xE2\x80\xAE"
                              "cd\xE2\x80\x8F"),
                        "abcd"); /* bidi controls */
    assert_string_equal(shown("ab\xFF\xFE"
                              "cd"),
                        "ab|_cd");
    assert_string_equal(shown(""), "");
    assert_string_equal(shown("--, ()"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_keep_what_stood_between_them),
        cmocka_unit_test(apostrophes_inside_a_word_stay),
        cmocka_unit_test(compatibility_forms_and_marks_fold_into_one_letter),
        cmocka_unit_test(every_token_knows_its_bytes),
        cmocka_unit_test(a_change_of_script_or_a_digit_begins_a_token),
        cmocka_unit_test(every_script_has_its_own_mark),
        cmocka_unit_test(a_patronymic_needs_a_name_around_it),
        cmocka_unit_test(hostile_names_are_cut_and_say_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
