/* What makes two names of bodies alike. Firms in the news, listed bodies, and invented ones. */
#include "words_test.h"

#include "name/org.h"

#define O SK_NAME_ORGANIZATION

static void legal_forms_count_little(void **state)
{
    assert_alike("OAO Gazprom", "Gazprom JSC", O);
    assert_alike("Daimler Aktiengesellschaft", "Daimler AG", O);
    assert_alike("Volkswagen Bank G.m.b.H.", "Volkswagen Bank GmbH", O);
    assert_alike("ООО \"Ромашка\"", "Общество с ограниченной ответственностью Ромашка", O);
    assert_alike("주식회사 샛별무역", "샛별무역(주)", O);
    assert_unlike("ANO Iskusstvo Krasoty", "LLC Iskusstvo Krasoty", O);
}

static void common_words_alone_match_nothing(void **state)
{
    assert_unlike("CORP", "Invented Corp", O);
    assert_unlike("A-B-C Company", "X-Y-Z Company", O);
    assert_unlike("A-B-C Company", "Quistgard Company", O);
    assert_unlike("General Trading Company", "Quistgard General Trading Company", O);
    assert_alike("A.B.C. Company", "ABC Company", O);
}

static void abbreviations_are_looked_through(void **state)
{
    assert_alike("QUISTGARD TRDG GRP", "Quistgard Trading Group", O);
    assert_alike("Tamm Tech & Srvces", "Tamm Technology and Services", O);
    assert_alike("First Quistgard Bank Int'l", "1st Quistgard International Bank", O);
}

static void acronyms_meet_their_words(void **state)
{
    assert_alike("IRGC", "Islamic Revolutionary Guard Corps", O);
    assert_unlike("IRGC", "Islamic Red Crescent", O);
}

static void numbers_must_agree(void **state)
{
    assert_alike("Brigade Forty-Four", "Brigade 44", O);
    assert_alike("Second Academy", "2nd Academy", O);
    assert_unlike("Brigade 44", "Brigade 45", O);
    assert_true(words_both("Quistgard Fund II", "Quistgard Fund III", O, NULL).numbers_differ);
}

static void reversed_and_joined_names_meet(void **state)
{
    assert_alike("Trading Quistgard Company", "Quistgard Trading Company", O);
    assert_alike("Goodwill Company", "Good Will Company", O);
}

static void similar_banks_stay_apart(void **state)
{
    assert_unlike("Daedong Credit Bank", "Daesong Bank", O);
}

static double same_rest(const void *arg)
{
    ++*(unsigned *)(uintptr_t)arg;
    return 4;
}

static double other_rest(const void *arg)
{
    return -4;
}

static void bodies_are_translated_across_scripts(void **state)
{
    unsigned asked = 0;
    sk_rest_asker same = {same_rest, &asked}, other = {other_rest, NULL};

    assert_true(words_both("조선대성은행", "Korea Daesong Bank", O, &same).evidence > 3);
    assert_true(words_both("조선대성은행", "Korea Daesong Bank", O, &other).evidence < 0);
    assert_true(words_both("대성은행", "Daesong General Trading", O, &same).evidence <
                words_both("대성은행", "Daesong Bank", O, &same).evidence - 3);
    assert_true(asked >= 4);
    assert_true(words_both("朝鲜银行", "Korea Bank", O, NULL).evidence > 0);
    assert_true(words_both("Внешторгбанк", "Korea Bank", O, NULL).evidence < 0);
}

static const char *rest_of(const char *raw)
{
    static sk_form f, rest;
    static char out[256];
    size_t n = 0;

    sk_form_read(sk_str_of(raw), &f);
    if (!sk_words_rest(&f, O, &rest))
        return "(whole)";
    for (unsigned i = 0; i < rest.n_token; i++) {
        n += i ? (size_t)snprintf(out + n, 2, " ") : 0;
        for (unsigned k = 0; k < rest.token[i].n; k++) {
            char u[8] = {0};
            uint32_t c = rest.cp[rest.token[i].at + k];
            if (c < 0x80)
                u[0] = (char)c;
            else
                u[0] = (char)(0xE0 | c >> 12), u[1] = (char)(0x80 | (c >> 6 & 63)),
                u[2] = (char)(0x80 | (c & 63));
            n += (size_t)snprintf(out + n, sizeof(out) - n, "%s", u);
        }
    }
    return out;
}

static void the_rest_is_the_proper_name(void **state)
{
    assert_string_equal(rest_of("조선대성은행"), "대성");
    assert_string_equal(rest_of("Korea Daesong General Trading Corporation"), "daesong");
    assert_string_equal(rest_of("株式会社東芝"), "東芝");
    assert_string_equal(rest_of("Quistgard"), "(whole)");
}

static bool is_body(const char *raw)
{
    static sk_form f;
    sk_form_read(sk_str_of(raw), &f);
    return sk_org_is_body(&f);
}

static void bodies_are_told_from_persons(void **state)
{
    assert_true(is_body("Quistgard GmbH"));
    assert_true(is_body("Ministry of State Security"));
    assert_true(is_body("국가보위부 위원회"));
    assert_true(is_body("조선무역은행"));
    assert_false(is_body("Kim Jong Un"));
    assert_false(is_body("김정은"));
    assert_false(is_body("Vladimir Vladimirovich Putin"));
    assert_false(is_body(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(legal_forms_count_little),
        cmocka_unit_test(common_words_alone_match_nothing),
        cmocka_unit_test(abbreviations_are_looked_through),
        cmocka_unit_test(acronyms_meet_their_words),
        cmocka_unit_test(numbers_must_agree),
        cmocka_unit_test(reversed_and_joined_names_meet),
        cmocka_unit_test(similar_banks_stay_apart),
        cmocka_unit_test(bodies_are_translated_across_scripts),
        cmocka_unit_test(the_rest_is_the_proper_name),
        cmocka_unit_test(bodies_are_told_from_persons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
