/* What romanising and aligning by letters do. */
#include "name/edit.h"
#include "name/roman.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>

static const char *romanised(const char *raw)
{
    static char out[256];
    static sk_form f;
    size_t n = 0;

    sk_form_read(sk_str_of(raw), &f);
    for (unsigned i = 0; i < f.n_token; i++) {
        uint8_t letter[64];
        unsigned k = sk_roman_token(&f, &f.token[i], letter, sizeof(letter));
        if (i)
            out[n++] = ' ';
        for (unsigned j = 0; j < k; j++)
            out[n++] = (char)('a' + letter[j] - 1);
    }
    out[n] = '\0';
    return out;
}

/* A section in static memory: which of two. */
static const sk_edit *section(const char *raw, int which)
{
    static _Alignas(8) char room[2][1024];
    static sk_form f;
    sk_buf b;

    sk_buf_init(&b, sizeof(room[0]));
    sk_form_read(sk_str_of(raw), &f);
    sk_edit_prepare(&f, &b);
    assert_int_equal(b.n % 8, 0);
    memcpy(room[which], b.p, b.n);
    assert_int_equal(sk_edit_size_bytes((const sk_edit *)room[which]), b.n);
    sk_buf_done(&b);
    return (const sk_edit *)room[which];
}

static sk_edit_result compared(const char *a, const char *b)
{
    sk_edit_result r;

    sk_edit_compare(sk_edit_shipped(), section(a, 0), section(b, 1), &r);
    return r;
}

static void every_script_has_its_letters(void **state)
{
    static const char *const CASE[][2] = {
        {"김정은", "gimjeongeun"},
        {"Владимир Щукин", "vladimir shchukin"},
        {"キム・ジョンウン", "kimu jonun"},
        {"しまづ あきら", "shimazu akira"},
        {"ファン・ウィリー", "fan wiri"},
        {"とっとり", "tottori"},
        {"ひゃくしょう", "hyakushou"},
        {"محمد", "mhmd"},
        {"Παύλος", "paylos"},
        {"Արմեն", "armen"},
        {"გიორგი", "giorgi"},
        {"משה", "mshh"},
        {"राहुल", "rahul"},
        {"สมชาย", "smchay"},
        {"Þórður Łódź Cho'ng", "thordur lodz chong"},
        {"Đặng Ș", "dang s"},
        {"毛泽东", "maozedong"},
        {"92", ""},
    };

    for (size_t i = 0; i < sizeof(CASE) / sizeof(CASE[0]); i++)
        assert_string_equal(romanised(CASE[i][0]), CASE[i][1]);
}

static void one_name_in_two_scripts_scores_above_another(void **state)
{
    static const char *const CASE[][3] = {
        {"Владимир Путин", "Vladimir Putin", "Dmitry Medvedev"},
        {"محمود عباس", "Mahmoud Abbas", "Ismail Haniyeh"},
        {"アンゲラ・メルケル", "Angela Merkel", "Olaf Scholz"},
        {"블라디미르 푸틴", "Vladimir Putin", "Sergei Lavrov"},
    };

    for (size_t i = 0; i < sizeof(CASE) / sizeof(CASE[0]); i++) {
        sk_edit_result same = compared(CASE[i][0], CASE[i][1]);
        sk_edit_result other = compared(CASE[i][0], CASE[i][2]);
        assert_true(same.whole > 8);
        assert_true(other.whole < 3);
        assert_true(same.token_mean > other.token_mean);
    }
}

static void swapping_the_sides_swaps_the_result(void **state)
{
    static const char *const NAME[] = {"Владимир Владимирович Путин",
                                       "Putin, Vladimir",
                                       "محمود عباس",
                                       "ab ab ba ba",
                                       "ba ba ab",
                                       "김정은",
                                       "",
                                       "7"};

    for (size_t i = 0; i < sizeof(NAME) / sizeof(NAME[0]); i++) {
        for (size_t j = 0; j < sizeof(NAME) / sizeof(NAME[0]); j++) {
            sk_edit_result x = compared(NAME[i], NAME[j]), y = compared(NAME[j], NAME[i]);
            assert_true(x.whole == y.whole && x.tokens == y.tokens && x.worst == y.worst);
            assert_true(x.skeleton == y.skeleton && x.share == y.share);
            assert_int_equal(x.left_a, y.left_b);
            assert_int_equal(x.letters_b, y.letters_a);
        }
    }
}

static void tokens_pair_off_in_any_order(void **state)
{
    sk_edit_result r = compared("Путин Владимир", "Vladimir Putin");

    assert_int_equal(r.pairs, 2);
    assert_true(r.order_changed);
    assert_int_equal(r.left_a + r.left_b, 0);
    r = compared("Владимир Владимирович Путин", "Vladimir Putin");
    assert_int_equal(r.pairs, 2);
    assert_int_equal(r.left_a, 0); /* a patronymic may be left out */
    r = compared("В. Путин", "Vladimir Putin");
    assert_int_equal(r.initials, 1);
}

static void the_scan_matrix_prefers_like_letters(void **state)
{
    int8_t m[SK_EDIT_A][SK_EDIT_A];

    sk_edit_scan_matrix(SK_SCRIPT_LATN, SK_SCRIPT_CYRL, m);
    for (unsigned x = 1; x < SK_EDIT_A; x++) {
        if (strchr("qwjxc", (int)('a' + x - 1)))
            continue;
        for (unsigned y = 1; y < SK_EDIT_A; y++)
            assert_true(m[x][x] >= m[x][y] || strchr("aeiouyh", (int)('a' + x - 1)));
        assert_true(m[x][0] < 0 && m[0][x] < 0);
    }
}

static void compounds_are_one_word_however_they_are_cut(void **state)
{
    static const char *const SAME[][2] = {
        {"عبدالرحمان", "Abd al-Rahman"}, {"عبد الرحمن", "Abdurrahman"},
        {"سيف الله", "Saifullah"},       {"نصیر الدین", "Nasiruddin"},
        {"الحاكم", "al-Hakim"},          {"مطیع الرحمن", "Mati ur-Rehman"},
    };

    for (unsigned i = 0; i < SK_COUNT(SAME); i++) {
        sk_edit_result r = compared(SAME[i][0], SAME[i][1]);
        if (r.pairs != 1 || r.left_a + r.left_b)
            print_message("%s, %s: %u pairs\n", SAME[i][0], SAME[i][1], r.pairs);
        assert_int_equal(r.pairs, 1);
        assert_int_equal(r.left_a + r.left_b, 0);
        assert_true(r.token_mean > .5f);
    }
    assert_int_equal(compared("Abdul Karim Haqqani", "Abdulkarim Haqqani").pairs, 2);
    assert_int_equal(compared("Van der Berg", "Van der Berg").pairs, 3); /* no such shape */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compounds_are_one_word_however_they_are_cut),
        cmocka_unit_test(every_script_has_its_letters),
        cmocka_unit_test(one_name_in_two_scripts_scores_above_another),
        cmocka_unit_test(swapping_the_sides_swaps_the_result),
        cmocka_unit_test(tokens_pair_off_in_any_order),
        cmocka_unit_test(the_scan_matrix_prefers_like_letters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
