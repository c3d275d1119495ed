/* Codes and names of countries, as sources write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "../base/shared_data.h"
#include "record/country.h"

#include <jansson.h>
#include <string.h>

static void means(const char *text, const char *code)
{
    const sk_country *c = sk_country_find(sk_str_of(text));
    if (!c || !sk_str_is(c->code, code))
        fail_msg("\"%s\" means \"%.*s\", not \"%s\"", text, c ? (int)c->code.n : 7,
                 c ? c->code.p : "nothing", code);
}

static void means_nothing(const char *text)
{
    const sk_country *c = sk_country_find(sk_str_of(text));
    if (c)
        fail_msg("\"%s\" means \"%.*s\"", text, SK_P(c->code));
}

static void names_as_lists_and_people_write_them(void **state)
{
    static const char *const north[] = {"Democratic People's Republic of Korea",
                                        "North Korea",
                                        "북한",
                                        "DPRK",
                                        "D.P.R.K.",
                                        "dprk",
                                        "KP",
                                        "PRK",
                                        "kp",
                                        "the Democratic People’s Republic of Korea",
                                        "Korea, Democratic People's Republic of",
                                        "Korea (Democratic People's Republic of)",
                                        "KOREA, DEM. PEOPLE'S REP. OF",
                                        "Korea, North",
                                        "조선민주주의인민공화국",
                                        "조선 민주주의 인민 공화국",
                                        "朝鲜",
                                        "北朝鮮",
                                        " North  Korea "};
    for (size_t i = 0; i < SK_COUNT(north); i++)
        if (!strstr(north[i], "DEM. PEOPLE'S REP."))
            means(north[i], "kp");
    means_nothing("KOREA, DEM. PEOPLE'S REP. OF"); /* abbreviations are not guessed at */
    means("Republic of Korea", "kr");
    means("Korea, Republic of", "kr");
    means("대한민국", "kr");
    means("Côte d’Ivoire", "ci");
    means("COTE D'IVOIRE", "ci");
    means("St. Kitts & Nevis", "kn");
    means("Saint Kitts and Nevis", "kn");
    means("The Bahamas", "bs");
    means("Turkey", "tr");
    means("러시아 연방", "ru");
    means("Viet Nam", "vn");
    means("Myanmar (Burma)", "mm");
}

static void states_that_are_no_more_stay_states_of_their_own(void **state)
{
    means("Soviet Union", "suhh");
    means("USSR", "suhh");
    means("U.S.S.R.", "suhh");
    means("SUN", "suhh");
    means("소련", "suhh");
    means("Yugoslavia", "yucs");
    means("YUG", "yucs");
    means("German Democratic Republic", "dd");
    means("DDR", "dd");
    means("동독", "dd");
    means("West Germany", "de");
    means("Zaire", "zr");
    assert_true(sk_str_is(sk_country_of_code(SK_S("dd"))->existed, "1949/1990"));
    assert_int_equal(sk_country_of_code(SK_S("de"))->existed.n, 0);
}

static void what_could_be_several_is_none(void **state)
{
    means_nothing("Korea");
    means_nothing("Congo");
    means_nothing("CS"); /* Czechoslovakia, later Serbia and Montenegro */
    means_nothing("No"); /* a word; Norway is NO or no */
    means("NO", "no");
    means("no", "no");
    means_nothing("");
    means_nothing("Atlantis");
    means_nothing("North Korea / China");
}

static void the_digits_of_a_radio_number_name_one_country(void **state)
{
    bool seen[1000] = {false};
    size_t n = 0;
    const sk_countries *t = sk_countries_get();
    for (size_t i = 0; i < t->n; i++) {
        sk_str rest = t->list[i].mids, mid;
        while (rest.n && sk_str_cut(&rest, ' ', &mid)) {
            assert_int_equal(mid.n, 3);
            int v = (mid.p[0] - '0') * 100 + (mid.p[1] - '0') * 10 + (mid.p[2] - '0');
            assert_true(v >= 201 && v <= 775 && !seen[v]);
            seen[v] = true;
            n++;
            assert_ptr_equal(sk_country_of_mid(mid), &t->list[i]);
        }
    }
    assert_int_equal(n, 292); /* as many as the ITU has assigned */
    assert_null(sk_country_of_mid(SK_S("999")));
    assert_null(sk_country_of_mid(SK_S("44")));
}

static void every_name_in_the_table_is_found_again(void **state)
{
    const sk_countries *t = sk_countries_get();
    for (size_t i = 0; i < t->n; i++) {
        const sk_country *c = &t->list[i];
        const sk_str own[] = {c->code, c->alpha2, c->alpha3, c->name, c->name_ko};
        for (size_t k = 0; k < SK_COUNT(own); k++)
            if (own[k].n && sk_country_find(own[k]) != c)
                fail_msg("%.*s: \"%.*s\" finds another or none", SK_P(c->code), SK_P(own[k]));
        sk_str rest = c->others, name;
        while (rest.n && sk_str_cut(&rest, ';', &name))
            if (sk_country_find(name) != c)
                fail_msg("%.*s: \"%.*s\" finds another or none", SK_P(c->code), SK_P(name));
    }
}

static void entering_a_country_keeps_the_words(void **state)
{
    sk_arena a = SK_ARENA_INIT;
    sk_str value = SK_S("Democratic People's Republic of Korea"), words = SK_NONE;
    assert_int_equal(sk_country_enter(&a, &value, &words).n, 0);
    assert_true(sk_str_is(value, "kp"));
    assert_true(sk_str_is(words, "Democratic People's Republic of Korea"));
    assert_true(sk_str_is(sk_country_name(value, SK_LANG_KO), "북한"));
    value = SK_S("kr");
    words = SK_NONE;
    assert_int_equal(sk_country_enter(&a, &value, &words).n, 0);
    assert_true(sk_str_is(value, "kr") && words.n == 0);
    value = SK_S("Korea");
    sk_str warning = sk_country_enter(&a, &value, &words);
    assert_true(sk_str_find(warning, SK_S("\"Korea\"")) != SIZE_MAX);
    assert_true(sk_str_is(value, "Korea") && words.n == 0);
    assert_true(sk_str_is(sk_country_name(value, SK_LANG_EN), "Korea"));
    sk_arena_done(&a);
}

static void a_line_that_is_none_is_named(void **state)
{
    sk_ctx cx;
    sk_countries t;
    sk_ctx_init(&cx);
    assert_int_equal(sk_countries_parse(&cx, SK_S("# ok\n\nkp KP | North Korea\n"), &t),
                     SK_E_FORMAT);
    assert_non_null(strstr(cx.message, "line 3"));
    sk_ctx_done(&cx);
}

/* ---- held against what others publish ---- */

/* Debian's iso-codes: every current code is ours, and every withdrawn one too. */
static void iso_3166_is_complete(void **state)
{
    json_error_t error;
    json_t *now = json_load_file("/usr/share/iso-codes/json/iso_3166-1.json", 0, &error);
    json_t *past = json_load_file("/usr/share/iso-codes/json/iso_3166-3.json", 0, &error);
    if (!now || !past) {
        printf("SKIP: the package iso-codes is not installed\n");
        skip();
    }
    size_t i;
    json_t *c;
    json_array_foreach(json_object_get(now, "3166-1"), i, c)
    {
        sk_str two = sk_str_of(json_string_value(json_object_get(c, "alpha_2")));
        sk_str three = sk_str_of(json_string_value(json_object_get(c, "alpha_3")));
        const sk_country *ours = sk_country_find(two);
        if (!ours || !sk_str_eq(ours->alpha2, two) || !sk_str_eq(ours->alpha3, three))
            fail_msg("%.*s %.*s is not ours", SK_P(two), SK_P(three));
    }
    assert_int_equal(i, 249);
    json_array_foreach(json_object_get(past, "3166-3"), i, c)
    {
        const char *keys[] = {"alpha_3", "alpha_2"};
        const sk_country *ours = NULL;
        for (int k = 0; k < 2 && (!ours || !ours->existed.n); k++)
            ours = sk_country_find(sk_str_of(json_string_value(json_object_get(c, keys[k]))));
        if (!ours || !ours->existed.n)
            fail_msg("%s is not ours", json_string_value(json_object_get(c, "name")));
    }
    assert_int_equal(i, 31);
    json_decref(now);
    json_decref(past);
}

/* Their codes are ours, and mean the place that they call so. */
static void followthemoneys_codes_are_ours(void **state)
{
    FILE *f = shared_data("ftm/defaultModel-4.5.2.json");
    if (!f)
        skip();
    json_error_t error;
    json_t *model = json_loadf(f, 0, &error), *values, *name;
    fclose(f);
    assert_non_null(model);
    values = json_object_get(json_object_get(json_object_get(model, "types"), "country"), "values");
    const char *code;
    size_t n = 0;
    json_object_foreach(values, code, name)
    {
        const sk_country *c = sk_country_of_code(sk_str_of(code));
        if (!c)
            fail_msg("%s (%s) is not ours", code, json_string_value(name));
        if (sk_country_find(sk_str_of(json_string_value(name))) != c)
            fail_msg("%s is not found as \"%s\"", code, json_string_value(name));
        n++;
    }
    assert_int_equal(n, 281);
    json_decref(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_as_lists_and_people_write_them),
        cmocka_unit_test(states_that_are_no_more_stay_states_of_their_own),
        cmocka_unit_test(what_could_be_several_is_none),
        cmocka_unit_test(the_digits_of_a_radio_number_name_one_country),
        cmocka_unit_test(every_name_in_the_table_is_found_again),
        cmocka_unit_test(entering_a_country_keeps_the_words),
        cmocka_unit_test(a_line_that_is_none_is_named),
        cmocka_unit_test(iso_3166_is_complete),
        cmocka_unit_test(followthemoneys_codes_are_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
