/* Dates in the words of people, and the weekdays they name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/edtf.h"
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

typedef struct pair {
    const char *words, *edtf;
} pair;

static void check(const pair *cases, size_t n)
{
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        sk_edtf e = {0};
        sk_rc rc = sk_edtf_from_words(&cx, sk_str_of(cases[i].words), &e);
        if (rc || !sk_str_is(e.text, cases[i].edtf)) {
            print_error("\"%s\": %.*s, expected %s\n", cases[i].words,
                        SK_P(rc ? sk_str_of(cx.message) : e.text), cases[i].edtf);
            wrong++;
        }
        sk_forgive(&cx);
    }
    assert_int_equal(wrong, 0);
}

static void english_is_understood(void **state)
{
    static const pair cases[] = {
        {"19 September 1977", "1977-09-19"},
        {"September 19, 1977", "1977-09-19"},
        {"Sept. 19, 1977", "1977-09-19"},
        {"19th of September, 1977", "1977-09-19"},
        {"9-Oct-2023", "2023-10-09"},
        {"1977-09-19", "1977-09-19"},
        {"2023/10/09", "2023-10-09"},
        {"25/12/2023", "2023-12-25"},
        {"12/25/2023", "2023-12-25"},
        {"Tuesday, 12 June 2024", "2024-06-12"},
        {"12 June 2024 (Wed)", "2024-06-12"},
        {"around June 1978", "1978-06~"},
        {"c. 1978", "1978~"},
        {"approximately 9 October 2023", "2023-10-09~"},
        {"possibly June 1978", "1978-06?"},
        {"perhaps around 1978", "1978%"},
        {"mid June 1980", "1980-06-11~/1980-06-20~"},
        {"mid-June 1980", "1980-06-11~/1980-06-20~"},
        {"late February 2024", "2024-02-21~/2024-02-29~"},
        {"early 2019", "2019-01~/2019-04~"},
        {"mid 2019", "2019-05~/2019-08~"},
        {"the end of 2019", "2019-11~/2019-12~"},
        {"the mid-1970s", "1974~/1976~"},
        {"the 1970s", "197X"},
        {"1970's", "197X"},
        {"1970s and 1980s", "{197X,198X}"},
        {"in the 1970s and 1980s", "{197X,198X}"},
        {"October 2013", "2013-10"},
        {"in October of 2013", "2013-10"},
        {"2013", "2013"},
        {"spring 1978", "1978-21"},
        {"in the winter of 1978", "1978-24"},
        {"first quarter of 2023", "2023-33"},
        {"Q3 2023", "2023-35"},
        {"2023 Q3", "2023-35"},
        {"second half of 1987", "1987-41"},
        {"20th century", "1901/2000"},
        {"before 1984", "[..1983]"},
        {"before July 1978", "[..1978-06]"},
        {"before 1 January 1978", "[..1977-12-31]"},
        {"before the 1970s", "[..1969]"},
        {"after October 2013", "[2013-11..]"},
        {"after the 1970s", "[1980..]"},
        {"by 1984", "[..1984]"},
        {"by the end of 2019", "[..2019]"},
        {"before the end of 2019", "[..2019]"},
        {"no later than 22 December 2019", "[..2019-12-22]"},
        {"on or after 5 August 2017", "[2017-08-05..]"},
        {"since 2001", "2001/.."},
        {"since the beginning of 2001", "2001/.."},
        {"from 2024", "2024/.."},
        {"2024 to present", "2024/.."},
        {"until 1984", "../1984"},
        {"until the end of 1984", "../1984"},
        {"between 1953 and 1978", "1953/1978"},
        {"sometime between 1953 and 1978", "[1953..1978]"},
        {"from 1953 to 1978", "1953/1978"},
        {"1953-1978", "1953/1978"},
        {"1953–1978", "1953/1978"},
        {"2016-17", "2016/2017"},
        {"1977-78", "1977/1978"},
        {"2002-2012", "2002/2012"},
        {"2010-11", "2010-11"}, /* EDTF itself wins: November */
        {"2020-01 to 2024-04", "2020-01/2024-04"},
        {"2016-11 to 2018", "2016-11/2018"},
        {"1950-06-25 to 1950-09-28", "1950-06-25/1950-09-28"},
        {"25 June to 28 September 1950", "1950-06-25/1950-09-28"},
        {"15 to 17 October 2013", "2013-10-15/2013-10-17"},
        {"15–17 October 2013", "2013-10-15/2013-10-17"},
        {"between 12 and 15 June 1978", "1978-06-12/1978-06-15"},
        {"June and July 1978", "{1978-06,1978-07}"},
        {"early 1970s to mid 1980s", "1970~/1986~"},
        {"around June to around August 1978", "1978-06~/1978-08~"},
        {"1977 or 1978", "[1977,1978]"},
        {"May or June 1983", "[1983-05,1983-06]"},
        {"2007 and 2010", "{2007,2010}"},
        {"2007, 2010 and 2013", "{2007,2010,2013}"},
        {"late 2019 or early 2020", "[2019-09~..2019-12~,2020-01~..2020-04~]"},
        {"12 June 2024, 10:30", "2024-06-12T10:30"},
        {"12 June 2024 at 10:30 pm KST", "2024-06-12T22:30+09:00"},
        {"sometime in the summer of 1978", "1978-22"},
        {"Summer and autumn 1978", "{1978-22,1978-23}"},
        {"the night of 15 November 1977", "1977-11-15"},
        {"to 2019", "../2019"},
        {"since August 2023", "2023-08/.."},
        {"1950s–1970s", "195X/197X"},
        {"45 BC", "-0044"},
        {"AD 987", "0987"},
        {"Juche 112", "2023"},
        {"unknown", "?"},
        {"date unknown", "?"},
        {"undated", "?"},
        {"not stated", "?"},
        {"?", "?"},
        {"  OCTOBER   2013. ", "2013-10"},
    };
    check(cases, SK_COUNT(cases));
}

static void korean_is_understood(void **state)
{
    static const pair cases[] = {
        {"2023년 10월 9일", "2023-10-09"},
        {"2023년10월9일", "2023-10-09"},
        {"2023. 10. 9.", "2023-10-09"},
        {"2023.10.9", "2023-10-09"},
        {"2024년 6월 12일(수)", "2024-06-12"},
        {"2024년 6월 12일 수요일", "2024-06-12"},
        {"1978년 6월경", "1978-06~"},
        {"1978년 6월 무렵", "1978-06~"},
        {"약 1978년", "1978~"},
        {"1970년대", "197X"},
        {"1970년대와 1980년대", "{197X,198X}"},
        {"1970년대 초반", "1970~/1973~"},
        {"1980년 6월 중순", "1980-06-11~/1980-06-20~"},
        {"2019년 초", "2019-01~/2019-02~"},
        {"2019년 말", "2019-11~/2019-12~"},
        {"2019년 말까지", "../2019"},
        {"1978년 봄", "1978-21"},
        {"2023년 1분기", "2023-33"},
        {"2023년 하반기", "2023-41"},
        {"1984년 이전", "[..1984]"},
        {"1984년 전", "[..1983]"},
        {"2019년 이후", "[2019..]"},
        {"2024년부터", "2024/.."},
        {"1984년까지", "../1984"},
        {"1953년부터 1978년까지", "1953/1978"},
        {"1953년~1978년", "1953/1978"},
        {"1953년과 1978년 사이", "1953/1978"},
        {"2023년 10월 9일부터 12일까지", "2023-10-09/2023-10-12"},
        {"1983년 5월 또는 6월", "[1983-05,1983-06]"},
        {"1977년 또는 1978년", "[1977,1978]"},
        {"주체112(2023)년 10월 9일", "2023-10-09"},
        {"1978년 6월 중", "1978-06"},
        {"1978년 6월 15일 밤", "1978-06-15"},
        {"2014년 9월 2일자", "2014-09-02"},
        {"2019년 연말", "2019-11~/2019-12~"},
        {"날짜 미상", "?"},
        {"미상", "?"},
    };
    check(cases, SK_COUNT(cases));
}

static void japanese_and_chinese_are_understood(void **state)
{
    static const pair cases[] = {
        {"2023年10月9日", "2023-10-09"},
        {"２０２３年１０月９日", "2023-10-09"},
        {"昭和53年7月7日", "1978-07-07"},
        {"昭和五十三年七月七日", "1978-07-07"},
        {"昭和53年(1978年)7月", "1978-07"},
        {"令和元年", "2019"},
        {"1978年6月頃", "1978-06~"},
        {"1978年6月ごろ", "1978-06~"},
        {"1980年6月中旬", "1980-06-11~/1980-06-20~"},
        {"1970年代", "197X"},
        {"1970年代と1980年代", "{197X,198X}"},
        {"1978年夏", "1978-22"},
        {"1984年以前", "[..1984]"},
        {"2019年以降", "[2019..]"},
        {"1953年から1978年まで", "1953/1978"},
        {"2024年6月12日（水）", "2024-06-12"},
        {"2024年6月12日水曜日", "2024-06-12"},
        {"日付不明", "?"},
        {"二〇二三年十月九日", "2023-10-09"},
        {"二〇二三年十月", "2023-10"},
        {"大约1978年6月", "1978-06~"},
        {"1978年6月左右", "1978-06~"},
        {"从1953年到1978年", "1953/1978"},
        {"1953年至1978年", "1953/1978"},
        {"1984年之前", "[..1983]"},
        {"2013年底", "2013-11~/2013-12~"},
        {"2013年上半年", "2013-40"},
        {"2013年第一季度", "2013-33"},
        {"2024年6月12日星期三", "2024-06-12"},
        {"1977年或1978年", "[1977,1978]"},
        {"日期不详", "?"},
        {"1977年11月15日夜", "1977-11-15"},
        {"2023年年底", "2023-11~/2023-12~"},
        {"20世纪70年代", "197X"},
    };
    check(cases, SK_COUNT(cases));
}

static void doubtful_words_are_refused_with_the_reason(void **state)
{
    static const pair cases[] = {
        {"12 June", "the year is missing"},
        {"summer", "the year is missing"},
        {"the night of 1977", "not understood"},
        {"9월 3일", "the year is missing"},
        {"'78", "two digits"},
        {"78년 6월", "two digits"},
        {"the 70s", "two digits"},
        {"03/04/78", "two digits"},
        {"03/04/2023", "which number is the day"},
        {"the 1900s", "ten years or a hundred"},
        {"1900년대", "ten years or a hundred"},
        {"yesterday", "which day it was"},
        {"last Tuesday", "which day it was"},
        {"지난 화요일", "which day it was"},
        {"30 February 1977", "no day 30"},
        {"2023년 13월", "months are 1 to 12"},
        {"32 March 1977", "days are 1 to 31"},
        {"mid 9 June 1978", "go with a month"},
        {"주체112(2022)년", "not the same"},
        {"2007, 2010", "\"and\" or \"or\""},
        {"after the war", "\"war\" is not understood"},
        {"all years", "not understood"},
        {"2019-06 launch", "\"launch\" is not understood"},
        {"2018-04 (one cargo)", "\"one\" is not understood"},
        {"around", "not understood"},
        {"1978 1979", "\"1979\" is not understood at its place"},
        {"전쟁 때", "\"쟁\""},
        {"", "empty"},
        {"1978 to 1977", "ends before it starts"},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        sk_edtf e;
        sk_rc rc = sk_edtf_from_words(&cx, sk_str_of(cases[i].words), &e);
        if (rc != SK_E_FORMAT || !strstr(cx.message, cases[i].edtf))
            fail_msg("\"%s\": %d %s", cases[i].words, rc, cx.message);
        sk_forgive(&cx);
    }
}

/* Everything that formatting makes is understood again, in both languages, as the same date. */
static void what_we_print_is_understood_again(void **state)
{
    static const char *const dates[] = {
        "2023-10-09",
        "1978-06~",
        "1978-06?",
        "1978%",
        "197X",
        "197X~",
        "190X",
        "200X",
        "19XX",
        "098X",
        "000X",
        "2004-XX",
        "1985-04-XX",
        "1985-XX-XX?",
        "1978-21",
        "1978-24~",
        "2023-33",
        "2023-36",
        "2023-40",
        "2023-41",
        "2024/..",
        "2024/",
        "../1984",
        "/1984",
        "1953/1978",
        "1953~/1978-06-07?",
        "1980-06-11~/1980-06-20~",
        "2024-02-21~/2024-02-29~",
        "2019-01~/2019-04~",
        "2019-11~/2019-12~",
        "1970~/1973~",
        "1974~/1976~",
        "1978~/1979~",
        "[1977,1978]",
        "{197X,198X}",
        "{2007,2010-05,2013}",
        "[..1983]",
        "[1985-06..]",
        "[1953..1978]",
        "[1667,1668,1670..1672]",
        "{1960,1970..1972}",
        "-0044",
        "0987",
        "0987-07-07",
        "?",
        "2024-06-12T10:00+09:00",
        "2024-06-12T10:00:05Z",
        "2024-06-12T10:00:05",
        "{1970..1972}",
        "[1985-04-XX,1985-05-XX]",
    };
    for (size_t i = 0; i < SK_COUNT(dates); i++)
        for (sk_lang lang = SK_LANG_EN; lang < SK_LANGS; lang++) {
            sk_edtf e, again;
            assert_int_equal(sk_edtf_parse(&cx, sk_str_of(dates[i]), &e), SK_OK);
            sk_str words = sk_edtf_format(&cx.arena, &e, lang);
            if (sk_edtf_from_words(&cx, words, &again) || !sk_str_eq(again.text, e.text))
                fail_msg("%s: \"%.*s\": %s", dates[i], SK_P(words),
                         cx.rc ? cx.message : again.text.p);
        }
}

static void an_error_before_stays(void **state)
{
    sk_edtf e;
    assert_int_equal(sk_fail(&cx, SK_E_IO, "first"), SK_E_IO);
    assert_int_equal(sk_edtf_from_words(&cx, SK_S("June 1978"), &e), SK_E_IO);
    assert_string_equal(cx.message, "first");
}

static sk_weekday_fit fit(const char *words, const char *edtf, sk_str *ret_warning)
{
    sk_edtf e;
    assert_int_equal(sk_edtf_parse(&cx, sk_str_of(edtf), &e), SK_OK);
    return sk_weekday_check(&cx.arena, sk_str_of(words), &e, ret_warning);
}

static void a_wrong_weekday_is_named(void **state)
{
    sk_str w = SK_NONE;
    assert_int_equal(fit("Tuesday", "2024-06-12", &w), SK_WEEKDAY_WRONG);
    assert_true(sk_str_is(w, "\"Tuesday\" does not fit 2024-06-12, which was a Wednesday"));
    assert_int_equal(fit("met on Tuesday, 12 June 2024", "2024-06-12", &w), SK_WEEKDAY_WRONG);
    assert_int_equal(fit("2024년 6월 12일 화요일", "2024-06-12", &w), SK_WEEKDAY_WRONG);
    assert_true(sk_str_is(w, "\"화요일\" does not fit 2024-06-12, which was a Wednesday"));
    assert_int_equal(fit("Sunday", "2024-06-12/2024-06-13", &w), SK_WEEKDAY_WRONG);
    assert_true(sk_str_is(w, "\"Sunday\" does not fit 2024-06-12/2024-06-13, which has no Sunday"));
    assert_int_equal(fit("Tuesday", "2024-06-12", NULL), SK_WEEKDAY_WRONG);
}

static void weekdays_are_known_in_four_languages(void **state)
{
    static const char *const wednesdays[] = {
        "Wednesday",
        "on WEDNESDAY morning",
        "Wed, 12 June 2024",
        "Wed. 12",
        "12 June (Wed)",
        "June 12 Wed",
        "2024년 6월 12일 수요일",
        "6월 12일(수)",
        "12일 (수)",
        "6月12日水曜日",
        "6月12日（水）",
        "6月12日(水)",
        "水曜",
        "6月12日星期三",
        "周三",
        "週三",
        "礼拜三",
        "上周三",
    };
    for (size_t i = 0; i < SK_COUNT(wednesdays); i++) {
        if (fit(wednesdays[i], "2024-06-12", NULL) != SK_WEEKDAY_FITS)
            fail_msg("%s is not seen as Wednesday", wednesdays[i]);
        if (fit(wednesdays[i], "2024-06-13", NULL) != SK_WEEKDAY_WRONG)
            fail_msg("%s on a Thursday is not noticed", wednesdays[i]);
    }
}

static void other_words_are_no_weekdays(void **state)
{
    static const char *const others[] = {
        "Kim Sun-hui was taken on 12 June 2024",
        "Sun Myung",
        "they sat down",
        "the Mon people",
        "she wed him",
        "우리 월급(월)",
        "一周一次",
        "每周三次",
        "月火",
        "금요",
        "12 June 2024",
        "",
        "Wednesdayish",
        "xWed 12",
        "\xff\xfe",
        "（月",
    };
    for (size_t i = 0; i < SK_COUNT(others); i++)
        if (fit(others[i], "2024-06-12", NULL) != SK_WEEKDAY_NONE)
            fail_msg("\"%s\" names a weekday", others[i]);
}

static void vague_dates_cannot_be_checked(void **state)
{
    sk_str w = SK_S("untouched");
    assert_int_equal(fit("Tuesday", "2024-06", &w), SK_WEEKDAY_UNSURE);
    assert_int_equal(fit("Tuesday", "2024-06-12~", &w), SK_WEEKDAY_UNSURE);
    assert_int_equal(fit("Tuesday", "2024-06-12/..", &w), SK_WEEKDAY_UNSURE);
    assert_int_equal(fit("Tuesday", "?", &w), SK_WEEKDAY_UNSURE);
    assert_int_equal(fit("Monday to Wednesday", "2024-06-12", &w), SK_WEEKDAY_FITS);
    assert_true(sk_str_is(w, "untouched"));
}

/* The words of published dates of birth, disappearance and counting, where the tables are at hand. */
static void published_dates_are_understood(void **state)
{
    char line[4096];
    FILE *f = shared_data("facts/japan_identified_abductees.csv");
    if (!f)
        skip();
    size_t rows = 0;
    while (fgets(line, sizeof line, f)) {
        sk_str rest = sk_str_of(line), cell[7];
        size_t n = 0;
        while (n < 7 && sk_str_cut(&rest, ',', &cell[n]))
            n++;
        if (n < 7 || sk_str_is(cell[0], "no"))
            continue;
        sk_edtf e, from, to;
        if (sk_edtf_from_words(&cx, cell[3], &e))
            fail_msg("%.*s: %s", SK_P(cell[3]), cx.message);
        assert_int_equal(sk_edtf_parse(&cx, cell[4], &from), SK_OK);
        assert_int_equal(sk_edtf_parse(&cx, cell[5], &to), SK_OK);
        /* the table starts mid June on the 10th, we on the 11th */
        assert_true(e.earliest - from.earliest <= 1 && e.earliest >= from.earliest);
        assert_true(e.latest == to.latest);
        rows++;
    }
    fclose(f);
    assert_int_equal(rows, 17);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        T(english_is_understood),
        T(korean_is_understood),
        T(japanese_and_chinese_are_understood),
        T(doubtful_words_are_refused_with_the_reason),
        T(what_we_print_is_understood_again),
        T(an_error_before_stays),
        T(a_wrong_weekday_is_named),
        T(weekdays_are_known_in_four_languages),
        T(other_words_are_no_weekdays),
        T(vague_dates_cannot_be_checked),
        T(published_dates_are_understood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
