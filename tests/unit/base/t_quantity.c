/* Counted quantities: wording, bounds, sums. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/csv.h"
#include "base/quantity.h"
#include "shared_data.h"

static sk_ctx cx;

static int begin(void **state)
{
    sk_ctx_init(&cx);
    return 0;
}

static int end(void **state)
{
    sk_ctx_done(&cx);
    return 0;
}

static sk_quantity read(const char *words)
{
    sk_quantity q = {0};
    if (sk_quantity_from_words(&cx, sk_str_of(words), &q))
        fail_msg("%s", cx.message);
    return q;
}

/* low or high NONE: the quantity has none. */
enum { NONE = -1 };

typedef struct wording {
    const char *words;
    sk_qualifier qualifier;
    int64_t low, high;
    const char *unit;
} wording;

static bool end_is(bool has, sk_decimal d, int64_t expected)
{
    return has ? expected != NONE && d.decimals == 0 && d.mantissa == expected : expected == NONE;
}

static void check(const wording *cases, size_t n)
{
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        const wording *w = &cases[i];
        sk_quantity q = {0};
        sk_rc rc = sk_quantity_from_words(&cx, sk_str_of(w->words), &q);
        bool ok = !rc && q.qualifier == w->qualifier && end_is(q.has_low, q.low, w->low) &&
                  end_is(q.has_high, q.high, w->high) && sk_str_is(q.unit, w->unit);
        if (!ok) {
            print_error("\"%s\": %s %.*s, unit \"%.*s\"\n", w->words, rc ? cx.message : "",
                        SK_P(sk_quantity_format(&cx.arena, &q, SK_LANG_EN)), SK_P(q.unit));
            wrong++;
        }
        sk_forgive(&cx);
    }
    assert_int_equal(wrong, 0);
}

static void english_wordings_keep_bound_and_qualifier(void **state)
{
    static const wording cases[] = {
        {"17", SK_Q_EXACT, 17, 17, ""},
        {"3,835", SK_Q_EXACT, 3835, 3835, ""},
        {"at least 17", SK_Q_AT_LEAST, 17, NONE, ""},
        {"at least 17 Japanese citizens", SK_Q_AT_LEAST, 17, NONE, "Japanese citizens"},
        {"could exceed 100", SK_Q_COULD_EXCEED, NONE, 100, ""},
        {"at least 17, could exceed 100", SK_Q_COULD_EXCEED, 17, 100, ""},
        {"up to 500", SK_Q_UP_TO, NONE, 500, ""},
        {"up to 500 unrepatriated POWs could still be alive", SK_Q_UP_TO, NONE, 500,
         "unrepatriated POWs"},
        {"in the thousands", SK_Q_ORDER, 1000, NONE, ""},
        {"number in the thousands", SK_Q_ORDER, 1000, NONE, ""},
        {"hundreds of people", SK_Q_ORDER, 100, NONE, "people"},
        {"tens of thousands of workers", SK_Q_ORDER, 10000, NONE, "workers"},
        {"more than 500", SK_Q_MORE_THAN, 500, NONE, ""},
        {"over 84,000 cases", SK_Q_MORE_THAN, 84000, NONE, "cases"},
        {"as many as 600", SK_Q_UP_TO, NONE, 600, ""},
        {"as many as 600; over 70% women", SK_Q_UP_TO, NONE, 600, ""},
        {"no more than 40", SK_Q_AT_MOST, NONE, 40, ""},
        {"fewer than 30 people", SK_Q_FEWER_THAN, NONE, 30, "people"},
        {"500 or more", SK_Q_AT_LEAST, 500, NONE, ""},
        {"500+", SK_Q_AT_LEAST, 500, NONE, ""},
        {"40 or fewer people", SK_Q_AT_MOST, NONE, 40, "people"},
        {"about 50 on two buses", SK_Q_ABOUT, 50, 50, ""},
        {"nearly / about 50", SK_Q_ABOUT, 50, 50, ""},
        {"516 estimated", SK_Q_ABOUT, 516, 516, ""},
        {"approximately 60", SK_Q_ABOUT, 60, 60, ""},
        {"500 to 600", SK_Q_BETWEEN, 500, 600, ""},
        {"500-600", SK_Q_BETWEEN, 500, 600, ""},
        {"500–600 people", SK_Q_BETWEEN, 500, 600, "people"},
        {"between 500 and 600", SK_Q_BETWEEN, 500, 600, ""},
        {"200 to 500 million", SK_Q_BETWEEN, 200000000, 500000000, ""},
        {"10,000 or 20,000 depending on page", SK_Q_EITHER, 10000, 20000, ""},
        {"30,023 to 11,490", SK_Q_CHANGE, 30023, 11490, ""},
        {"fell from 30,023 to 11,490 in 2018", SK_Q_CHANGE, 30023, 11490, ""},
        {"rose from 11 to 17", SK_Q_CHANGE, 11, 17, ""},
        {"from 500 to 600", SK_Q_BETWEEN, 500, 600, ""},
        {"six: three missionaries, three resettled escapees", SK_Q_EXACT, 6, 6, ""},
        {"Twelve vessels", SK_Q_EXACT, 12, 12, "vessels"},
        {"one", SK_Q_EXACT, 1, 1, ""},
        {"one vessel", SK_Q_EXACT, 1, 1, ""},
        {"two hundred people", SK_Q_EXACT, 200, 200, "people"},
        {"1.5 million people", SK_Q_EXACT, 1500000, 1500000, "people"},
        {"more than 670 since border closure (= 80+40+500+50)", SK_Q_MORE_THAN, 670, NONE, ""},
        {"over 8,000 repatriations recorded; 98% from China", SK_Q_MORE_THAN, 8000, NONE,
         "repatriations"},
        {"883 after 23 new family reports", SK_Q_EXACT, 883, 883, ""},
        {"868 (636 men, 232 women)", SK_Q_EXACT, 868, 868, ""},
        {"57 vessels, of which 14 designated", SK_Q_EXACT, 57, 57, "vessels"},
        {"up to 500 (authorities in 2014)", SK_Q_UP_TO, NONE, 500, ""},
        {"80 on 29 Aug 2023", SK_Q_EXACT, 80, 80, ""},
        {"80 on 2023-08-29 at 10:30", SK_Q_EXACT, 80, 80, ""},
        {"in 17 cases", SK_Q_EXACT, 17, 17, "cases"},
        {"up to USD 2.3bn", SK_Q_UP_TO, NONE, 2300000000, "USD"},
        {"about USD 500m", SK_Q_ABOUT, 500000000, 500000000, "USD"},
        {"around 100,000; about USD 500m", SK_Q_ABOUT, 100000, 100000, ""},
        {"3 of the 17", SK_Q_EXACT, 3, 3, ""},
        {"at least one person", SK_Q_AT_LEAST, 1, NONE, "people"},
        {"At a 2023 meeting 12 states spoke under resolution 2397", SK_Q_EXACT, 12, 12, "states"},
        {"More than 500 were returned on Oct. 9, 2023", SK_Q_MORE_THAN, 500, NONE, ""},
        {"a two-year term, 11 votes", SK_Q_EXACT, 11, 11, "votes"},
        {"2000 people", SK_Q_EXACT, 2000, 2000, "people"},
        {"COVID-19 closed 3 crossings", SK_Q_EXACT, 3, 3, "crossings"},
    };
    check(cases, SK_COUNT(cases));
}

static void east_asian_wordings_are_read(void **state)
{
    static const wording cases[] = {
        {"500명 이상", SK_Q_AT_LEAST, 500, NONE, "people"},
        {"약 80명", SK_Q_ABOUT, 80, 80, "people"},
        {"80명가량", SK_Q_ABOUT, 80, 80, "people"},
        {"수천 명", SK_Q_ORDER, 1000, NONE, "people"},
        {"최소 17명", SK_Q_AT_LEAST, 17, NONE, "people"},
        {"최대 500명", SK_Q_UP_TO, NONE, 500, "people"},
        {"500여 명", SK_Q_MORE_THAN, 500, NONE, "people"},
        {"30명 미만", SK_Q_FEWER_THAN, NONE, 30, "people"},
        {"100명을 넘을 수 있음", SK_Q_COULD_EXCEED, NONE, 100, "people"},
        {"500~600명", SK_Q_BETWEEN, 500, 600, "people"},
        {"500명에서 600명", SK_Q_BETWEEN, 500, 600, "people"},
        {"30,023명에서 11,490명으로 감소", SK_Q_CHANGE, 30023, 11490, "people"},
        {"11명에서 17명으로 증가", SK_Q_CHANGE, 11, 17, "people"},
        {"1만 2천 명", SK_Q_EXACT, 12000, 12000, "people"},
        {"8만여 명", SK_Q_MORE_THAN, 80000, NONE, "people"},
        {"1.5만 명", SK_Q_EXACT, 15000, 15000, "people"},
        {"다섯 명", SK_Q_EXACT, 5, 5, "people"},
        {"선박 열두 척", SK_Q_EXACT, 12, 12, "척"},
        {"납북자 3,835명 중 516명이 억류", SK_Q_EXACT, 516, 516, "people"},
        {"2023년 10월 9일 500명", SK_Q_EXACT, 500, 500, "people"},
        {"少なくとも17人", SK_Q_AT_LEAST, 17, NONE, "people"},
        {"約80人", SK_Q_ABOUT, 80, 80, "people"},
        {"17人以上", SK_Q_AT_LEAST, 17, NONE, "people"},
        {"１７人以上", SK_Q_AT_LEAST, 17, NONE, "people"},
        {"最大500人", SK_Q_UP_TO, NONE, 500, "people"},
        {"100人を超える可能性", SK_Q_COULD_EXCEED, NONE, 100, "people"},
        {"数千人", SK_Q_ORDER, 1000, NONE, "people"},
        {"拉致被害者17人のうち5人が帰国", SK_Q_EXACT, 5, 5, "people"},
        {"十七人", SK_Q_EXACT, 17, 17, "people"},
        {"二百三十人", SK_Q_EXACT, 230, 230, "people"},
        {"至少17人", SK_Q_AT_LEAST, 17, NONE, "people"},
        {"超过500人", SK_Q_MORE_THAN, 500, NONE, "people"},
        {"多达600人", SK_Q_UP_TO, NONE, 600, "people"},
        {"80人左右", SK_Q_ABOUT, 80, 80, "people"},
        {"500至600人", SK_Q_BETWEEN, 500, 600, "people"},
        {"3万人", SK_Q_EXACT, 30000, 30000, "people"},
        {"500余人", SK_Q_MORE_THAN, 500, NONE, "people"},
        {"三名传教士", SK_Q_EXACT, 3, 3, "people"},
    };
    check(cases, SK_COUNT(cases));
}

static void fractions_are_percent_and_no_counts(void **state)
{
    sk_quantity q = read("more than half sent home, no number");
    assert_int_equal(q.qualifier, SK_Q_FRACTION);
    assert_true(q.has_low && !q.has_high && q.is_strict && q.low.mantissa == 50);
    q = read("most");
    assert_true(q.qualifier == SK_Q_FRACTION && q.has_low && !q.has_high && q.is_strict);
    q = read("half of them");
    assert_true(q.has_low && q.has_high && sk_decimal_cmp(q.low, q.high) == 0);
    q = read("22.3%");
    assert_true(q.qualifier == SK_Q_FRACTION && q.low.mantissa == 223 && q.low.decimals == 1);
    q = read("more than half of 516"); /* 516 is what it is a half of */
    assert_int_equal(q.qualifier, SK_Q_FRACTION);
    q = read("대부분");
    assert_int_equal(q.qualifier, SK_Q_FRACTION);
    q = read("a third");
    assert_true(q.is_approximate && q.low.mantissa == 333 && q.low.decimals == 1);
}

static void open_ranges_stay_open(void **state)
{
    sk_quantity q = read("620–720 people or more");
    assert_true(q.qualifier == SK_Q_BETWEEN && q.is_open_above);
    assert_false(sk_quantity_bounds(&q).has_high);
    assert_true(sk_quantity_bounds(&q).has_low);
    q = read("at least 500 to 600");
    assert_true(q.qualifier == SK_Q_BETWEEN && q.is_open_above);
    q = read("about 500 to 600");
    assert_true(q.qualifier == SK_Q_BETWEEN && q.is_approximate && !q.is_open_above);
}

static void several_counts_are_not_one(void **state)
{
    static const char *const several[] = {"12 cases, 17 people, 5 returned 15 Oct 2002",
                                          "38 men and 42 women", "79,114 cases, 49,017 persons",
                                          "100,000 abroad, 30,000 Russia, 80,000 China"};
    for (size_t i = 0; i < SK_COUNT(several); i++) {
        sk_quantity q;
        assert_int_equal(sk_quantity_from_words(&cx, sk_str_of(several[i]), &q), SK_E_AMBIGUOUS);
        assert_non_null(strstr(cx.message, "several quantities"));
        sk_forgive(&cx);
    }
}

static void words_without_a_count_are_refused(void **state)
{
    static const char *const none[] = {"",
                                       "a large number",
                                       "no one",
                                       "2016-2022",
                                       "15 Oct 2002",
                                       "in 2014",
                                       "KPe.056",
                                       "the 24th meeting",
                                       "U.N.",
                                       "called the report a rumour",
                                       "2023년 10월",
                                       "\xff 17",
                                       "99999999999999999999",
                                       "1,23,456",
                                       "52-year-old"};
    for (size_t i = 0; i < SK_COUNT(none); i++) {
        sk_quantity q;
        if (sk_quantity_from_words(&cx, sk_str_of(none[i]), &q) != SK_E_FORMAT)
            fail_msg("\"%s\" gave a quantity", none[i]);
        sk_forgive(&cx);
    }
}

static void a_text_shows_each_quantity_at_its_place(void **state)
{
    sk_str text = SK_S("It kidnapped at least 17 Japanese citizens in the 1970s and 1980s, though "
                       "analysts say the number could exceed 100. Authorities said in 2014 that up "
                       "to 500 POWs could still be alive.");
    static const char *const expected[] = {"at least 17 Japanese citizens", "could exceed 100",
                                           "up to 500 POWs"};
    sk_quantity_found *found;
    size_t n;
    assert_int_equal(sk_quantity_find(&cx, text, &found, &n), SK_OK);
    assert_int_equal(n, 3);
    for (size_t i = 0; i < n; i++) {
        sk_str words = sk_str_sub(text, found[i].start, found[i].end - found[i].start);
        assert_true(sk_str_is(words, expected[i]));
        assert_false(found[i].is_aside);
    }
}

static void people_never_see_a_bare_number_for_a_qualified_one(void **state)
{
    static const char *const cases[][3] = {
        {"at least 17 people", "at least 17 people", "최소 17명"},
        {"500 to 600", "500–600", "500–600"},
        {"more than 500", "more than 500", "500 초과"},
        {"fell from 30,023 to 11,490", "30,023 → 11,490 (change over time)",
         "30,023 → 11,490 (시기에 따른 변화)"},
        {"in the thousands", "in the thousands (1,000 or more)", "수천 (1,000 이상)"},
        {"수천 명", "thousands of people (1,000 or more)", "수천 명 (1,000 이상)"},
        {"could exceed 100", "could exceed 100", "100을 넘을 수 있음"},
        {"at least 17, could exceed 100", "at least 17, could exceed 100",
         "최소 17, 100을 넘을 수 있음"},
        {"up to 500", "up to 500", "최대 500"},
        {"about 50", "about 50", "약 50"},
        {"no more than 40 people", "at most 40 people", "40명 이하"},
        {"fewer than 30 people", "fewer than 30 people", "30명 미만"},
        {"10,000 or 20,000", "10,000 or 20,000", "10,000 또는 20,000"},
        {"620-720 or more", "620–720 or more", "620–720 또는 그 이상"},
        {"more than half", "more than 50%", "50% 초과"},
        {"17", "17", "17"},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        sk_quantity q = read(cases[i][0]);
        for (sk_lang lang = SK_LANG_EN; lang < SK_LANGS; lang++) {
            sk_str s = sk_quantity_format(&cx.arena, &q, lang);
            if (!sk_str_is(s, cases[i][1 + lang]))
                fail_msg("%s: \"%.*s\"", cases[i][0], SK_P(s));
        }
    }
}

static bool same(const sk_quantity *a, const sk_quantity *b)
{
    return a->qualifier == b->qualifier && a->has_low == b->has_low && a->has_high == b->has_high &&
           a->is_open_above == b->is_open_above && a->is_approximate == b->is_approximate &&
           a->is_strict == b->is_strict && (!a->has_low || !sk_decimal_cmp(a->low, b->low)) &&
           (!a->has_high || !sk_decimal_cmp(a->high, b->high)) && sk_str_eq(a->unit, b->unit);
}

/* Every qualifier, many values, with and without unit, in both languages. */
static void what_we_print_is_read_again(void **state)
{
    static const int64_t values[] = {1,    2,    10,   12,    17,     100,     999,
                                     1000, 1999, 2014, 12345, 100000, 1000000, 98765432};
    static const char *const units[] = {"", "people", "cases", "Japanese citizens"};
    static const sk_qualifier kinds[] = {
        SK_Q_EXACT,      SK_Q_AT_LEAST, SK_Q_MORE_THAN,    SK_Q_AT_MOST, SK_Q_UP_TO,
        SK_Q_FEWER_THAN, SK_Q_ABOUT,    SK_Q_COULD_EXCEED, SK_Q_BETWEEN, SK_Q_EITHER,
        SK_Q_ORDER,      SK_Q_CHANGE,   SK_Q_FRACTION};
    size_t tried = 0;
    for (size_t i = 0; i < SK_COUNT(kinds) * SK_COUNT(values) * SK_COUNT(units) * SK_LANGS * 4;
         i++) {
        sk_qualifier k = kinds[i % SK_COUNT(kinds)];
        size_t rest = i / SK_COUNT(kinds);
        int64_t v = values[rest % SK_COUNT(values)];
        rest /= SK_COUNT(values);
        const char *unit = units[rest % SK_COUNT(units)];
        rest /= SK_COUNT(units);
        sk_lang lang = rest % SK_LANGS;
        bool flag = rest / SK_LANGS & 1, rough = rest / SK_LANGS & 2;
        bool lower = k == SK_Q_AT_LEAST || k == SK_Q_MORE_THAN || k == SK_Q_ORDER;
        bool upper = k == SK_Q_AT_MOST || k == SK_Q_UP_TO || k == SK_Q_FEWER_THAN;
        if ((k == SK_Q_ORDER &&
             (v != 10 && v != 12 && v != 100 && v != 1000 && v != 100000 && v != 1000000)) ||
            (k == SK_Q_FRACTION && (v > 100 || unit[0])))
            continue;
        sk_quantity q = {.qualifier = k,
                         .unit = sk_str_of(unit),
                         .low = sk_decimal_of(v),
                         .high = sk_decimal_of(v),
                         .has_low = !upper,
                         .has_high = !lower};
        q.is_strict = k == SK_Q_MORE_THAN || k == SK_Q_FEWER_THAN;
        if (k == SK_Q_COULD_EXCEED) {
            q.has_low = flag;
            q.high.mantissa += 83;
            q.is_open_above = true;
        } else if (k == SK_Q_BETWEEN || k == SK_Q_EITHER || k == SK_Q_CHANGE) {
            q.high.mantissa += k == SK_Q_CHANGE && flag && v > 7 ? -7 : 83;
            q.is_open_above = k == SK_Q_BETWEEN && flag;
            q.is_approximate = k == SK_Q_BETWEEN && rough;
        } else if (k == SK_Q_FRACTION) {
            q.has_low = !rough || flag;
            q.has_high = !q.has_low || !rough;
            q.is_strict = rough && flag;
        }
        sk_quantity again;
        sk_str words = sk_quantity_format(&cx.arena, &q, lang);
        assert_int_equal(sk_quantity_check(&cx, &q), SK_OK);
        if (sk_quantity_from_words(&cx, words, &again) || !same(&q, &again))
            fail_msg("%.*s \"%.*s\" came back as \"%.*s\" %s", SK_P(sk_qualifier_name(k)),
                     SK_P(words), SK_P(sk_quantity_format(&cx.arena, &again, lang)), cx.message);
        tried++;
    }
    assert_true(tried > 4000);
}

static void bounds_hold_only_what_the_words_say(void **state)
{
    sk_quantity q = read("could exceed 100");
    sk_bounds b = sk_quantity_bounds(&q);
    assert_true(!b.has_low && !b.has_high); /* 100 is no bound at all */
    q = read("at least 17, could exceed 100");
    b = sk_quantity_bounds(&q);
    assert_true(b.has_low && b.low.mantissa == 17 && !b.has_high);
    q = read("more than 500");
    b = sk_quantity_bounds(&q);
    assert_true(b.has_low && b.low_excluded && !b.has_high);
    q = read("fewer than 30");
    b = sk_quantity_bounds(&q);
    assert_true(!b.has_low && b.has_high && b.high_excluded);
    q = read("30,023 to 11,490");
    b = sk_quantity_bounds(&q);
    assert_true(!b.has_low && !b.has_high); /* a change is no range */
}

static void check_names_what_is_wrong(void **state)
{
    sk_quantity q = sk_quantity_between(600, 500, SK_S(""));
    assert_int_equal(sk_quantity_check(&cx, &q), SK_E_FORMAT);
    assert_non_null(strstr(cx.message, "\"600\" is above the high value \"500\""));
    sk_forgive(&cx);
    q.qualifier = SK_Q_CHANGE;
    assert_int_equal(sk_quantity_check(&cx, &q), SK_OK);
    q.qualifier = SK_Q_EXACT;
    assert_int_equal(sk_quantity_check(&cx, &q), SK_E_FORMAT);
    sk_forgive(&cx);
    q = (sk_quantity){.qualifier = SK_Q_AT_LEAST, .has_high = true};
    assert_int_equal(sk_quantity_check(&cx, &q), SK_E_FORMAT);
    assert_non_null(strstr(cx.message, "needs its low value"));
    sk_forgive(&cx);
    q = (sk_quantity){.qualifier = SK_Q_UP_TO, .has_low = true, .has_high = true};
    assert_int_equal(sk_quantity_check(&cx, &q), SK_E_FORMAT);
    sk_forgive(&cx);
    q = (sk_quantity){.qualifier = SK_Q_FRACTION};
    assert_int_equal(sk_quantity_check(&cx, &q), SK_E_FORMAT);
    sk_forgive(&cx);
}

static sk_quantity sum(const sk_quantity *a, const sk_quantity *b)
{
    sk_quantity s = {0};
    sk_str why = SK_NONE;
    if (!sk_quantity_add(&cx.arena, a, b, &s, &why))
        fail_msg("%.*s", SK_P(why));
    assert_int_equal(sk_quantity_check(&cx, &s), SK_OK);
    return s;
}

static const char *sum_of(const char *a, const char *b)
{
    sk_quantity x = read(a), y = read(b), s = sum(&x, &y);
    return sk_quantity_format(&cx.arena, &s, SK_LANG_EN).p;
}

static void sums_keep_bounds_and_open_ends(void **state)
{
    assert_string_equal(sum_of("80", "40"), "120");
    assert_string_equal(sum_of("80", "500 to 600"), "580–680");
    assert_string_equal(sum_of("80", "more than 500"), "more than 580");
    assert_string_equal(sum_of("80", "at least 500"), "at least 580");
    assert_string_equal(sum_of("80", "up to 500"), "80–580");
    assert_string_equal(sum_of("up to 80", "up to 500"), "up to 580");
    assert_string_equal(sum_of("80", "about 40"), "about 120");
    assert_string_equal(sum_of("80", "could exceed 100"), "at least 80");
    assert_string_equal(sum_of("80", "in the thousands"), "at least 1,080");
    assert_string_equal(sum_of("up to 80", "at least 10"), "at least 10");
    assert_string_equal(sum_of("1.5", "1.5"), "3");
    assert_string_equal(sum_of("80 people", "40명"), "120 people");
}

/* Forced returns of 2023: 80 on 29 August, 40 on 18 September, 500 to 600 or more on 9 October. */
static void the_forced_returns_of_2023_add_up(void **state)
{
    sk_quantity august = read("80"), september = read("40"), october = read("500–600 or more");
    sk_quantity s = sum(&august, &september);
    s = sum(&s, &october);
    sk_str words = sk_quantity_format(&cx.arena, &s, SK_LANG_EN);
    assert_true(sk_str_is(words, "620–720 or more"));
    assert_false(sk_quantity_bounds(&s).has_high);
}

static void what_cannot_be_added_says_why(void **state)
{
    static const char *const pairs[][3] = {{"80", "30,023 to 11,490", "change over time"},
                                           {"half", "80", "fraction"},
                                           {"80 people", "40 cases", "\"people\" and \"cases\""}};
    for (size_t i = 0; i < SK_COUNT(pairs); i++) {
        sk_quantity a = read(pairs[i][0]), b = read(pairs[i][1]), s = {.unit = SK_S("untouched")};
        sk_str why = SK_NONE;
        assert_false(sk_quantity_add(&cx.arena, &a, &b, &s, &why));
        assert_non_null(strstr(why.p, pairs[i][2]));
        assert_true(sk_str_is(s.unit, "untouched"));
        assert_false(sk_quantity_add(&cx.arena, &a, &b, NULL, NULL));
    }
    sk_quantity most = sk_quantity_exact(INT64_MAX, SK_S("")), one = sk_quantity_exact(1, SK_S(""));
    sk_str why;
    assert_false(sk_quantity_add(&cx.arena, &most, &one, NULL, &why));
    assert_true(sk_str_is(why, "the sum is too large"));
}

static void decimals_are_exact(void **state)
{
    sk_decimal a, b = {0}, s;
    assert_true(sk_decimal_parse(SK_S("0.1"), &a) && sk_decimal_parse(SK_S("0.2"), &b));
    assert_true(sk_decimal_add(a, b, &s) && s.mantissa == 3 && s.decimals == 1);
    assert_true(sk_decimal_parse(SK_S("1.50"), &a) && a.mantissa == 15 && a.decimals == 1);
    assert_true(sk_decimal_parse(SK_S("-30,023.5"), &a));
    assert_true(sk_str_is(sk_decimal_text(&cx.arena, a, true), "-30,023.5"));
    assert_true(sk_str_is(sk_decimal_text(&cx.arena, a, false), "-30023.5"));
    assert_true(sk_decimal_parse(SK_S("0.000001"), &a));
    assert_true(sk_str_is(sk_decimal_text(&cx.arena, a, true), "0.000001"));
    assert_true(sk_str_is(sk_decimal_text(&cx.arena, sk_decimal_of(INT64_MIN), false),
                          "-9223372036854775808"));
    static const char *const bad[] = {"",
                                      "-",
                                      ".",
                                      "1.",
                                      ".5",
                                      "1.2.3",
                                      "1,2",
                                      "12,34",
                                      "1234,567",
                                      "1,2345",
                                      "1.1234567",
                                      "1e3",
                                      " 1",
                                      "9223372036854775808",
                                      "1,000.000,0",
                                      "+1"};
    for (size_t i = 0; i < SK_COUNT(bad); i++)
        assert_false(sk_decimal_parse(sk_str_of(bad[i]), &a));
    for (sk_qualifier q = SK_Q_EXACT; q < SK_QUALIFIERS; q++) {
        sk_qualifier again;
        assert_true(sk_qualifier_parse(sk_qualifier_name(q), &again) && again == q);
    }
    sk_qualifier q;
    assert_true(sk_qualifier_parse(SK_S("At least"), &q) && q == SK_Q_AT_LEAST);
    assert_false(sk_qualifier_parse(SK_S("atleast"), &q));
}

/* --- the public tables -------------------------------------------------------------------------- */

static bool bound_fits(sk_str cell, bool has, sk_decimal d)
{
    sk_decimal expected;
    return cell.n ? has && sk_decimal_parse(cell, &expected) && !sk_decimal_cmp(expected, d) : !has;
}

/* Whether some quantity in the wording has the row's low and high. A table gives "about 50" and 50
 * the same two numbers, as we do. */
static bool wording_gives(sk_str words, sk_str low, sk_str high)
{
    sk_quantity_found *found;
    size_t n;
    assert_int_equal(sk_quantity_find(&cx, words, &found, &n), SK_OK);
    for (size_t i = 0; i < n; i++) {
        const sk_quantity *q = &found[i].quantity;
        if (bound_fits(low, q->has_low, q->low) && bound_fits(high, q->has_high, q->high))
            return true;
    }
    return false;
}

/* Rows whose numbers come from elsewhere than their wording: sums of parts, conventions. */
static bool is_other(sk_str id)
{
    static const char *const others[] = {
        "C11",        /* names three places, no number                        */
        "C17",        /* half of 516, reckoned                                */
        "C24",        /* 14 and 17 added                                      */
        "C29",        /* "same figures"                                       */
        "C31", "C32", /* 38 and 42 added                               */
        "C39",        /* "as many as" given as exact; elsewhere as a ceiling  */
        "L09",        /* in millions                                          */
        "L13",        /* parts added                                          */
    };
    for (size_t i = 0; i < SK_COUNT(others); i++)
        if (sk_str_is(id, others[i]))
            return true;
    return false;
}

static size_t column(const sk_csv_row *head, const char *a, const char *b)
{
    for (size_t i = 0; i < head->n; i++)
        if (sk_str_is(head->cells[i], a) || sk_str_is(head->cells[i], b))
            return i;
    fail_msg("no column %s", a);
    return 0;
}

static size_t check_table(const char *name)
{
    FILE *f = shared_data(name);
    sk_csv *csv;
    sk_csv_row row;
    size_t rows = 0, wrong = 0;
    if (!f)
        skip();
    assert_int_equal(sk_csv_open_file(&cx, f, name, 0, &csv), SK_OK);
    assert_int_equal(sk_csv_next(&cx, csv, &row), SK_OK);
    size_t low = column(&row, "low", "value_low"), high = column(&row, "high", "value_high");
    size_t words = column(&row, "wording", "wording");
    while (!sk_csv_next(&cx, csv, &row) && row.n) {
        rows++;
        bool has_number = row.cells[low].n || row.cells[high].n;
        if (is_other(row.cells[0]) || !has_number)
            continue;
        if (!wording_gives(row.cells[words], row.cells[low], row.cells[high])) {
            print_error("%.*s: %.*s\n", SK_P(row.cells[0]), SK_P(row.cells[words]));
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    sk_csv_close(csv);
    fclose(f);
    return rows;
}

static void the_published_wordings_give_their_numbers(void **state)
{
    assert_int_equal(check_table("facts/count_claims.csv"), 45);
    assert_int_equal(check_table("facts/forced_repatriation_claims.csv"), 17);
    assert_int_equal(check_table("facts/overseas_labour_claims.csv"), 14);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        T(english_wordings_keep_bound_and_qualifier),
        T(east_asian_wordings_are_read),
        T(fractions_are_percent_and_no_counts),
        T(open_ranges_stay_open),
        T(several_counts_are_not_one),
        T(words_without_a_count_are_refused),
        T(a_text_shows_each_quantity_at_its_place),
        T(people_never_see_a_bare_number_for_a_qualified_one),
        T(what_we_print_is_read_again),
        T(bounds_hold_only_what_the_words_say),
        T(check_names_what_is_wrong),
        T(sums_keep_bounds_and_open_ends),
        T(the_forced_returns_of_2023_add_up),
        T(what_cannot_be_added_says_why),
        T(decimals_are_exact),
        T(the_published_wordings_give_their_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
