/* EDTF: what is a date, which days it covers, how dates sort and meet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/absent.h"
#include "base/buf.h"
#include "base/edtf.h"

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

static sk_edtf date(const char *text)
{
    sk_edtf e;
    if (sk_edtf_parse(&cx, sk_str_of(text), &e))
        fail_msg("%s: %s", text, cx.message);
    return e;
}

static void refused(const char *text, const char *part_of_message)
{
    sk_edtf e;
    if (!sk_edtf_parse(&cx, sk_str_of(text), &e))
        fail_msg("%s was accepted", text);
    if (!strstr(cx.message, part_of_message))
        fail_msg("%s: message is \"%s\", expected \"%s\"", text, cx.message, part_of_message);
    sk_forgive(&cx);
}

static int64_t day(int64_t y, unsigned m, unsigned d)
{
    return sk_day_from_date(y, m, d);
}

static void covers(const char *text, int64_t y1, unsigned m1, unsigned d1, int64_t y2, unsigned m2,
                   unsigned d2)
{
    sk_edtf e = date(text);
    if (e.earliest != day(y1, m1, d1) || e.latest != day(y2, m2, d2))
        fail_msg("%s covers other days", text);
}

static void the_examples_of_the_standard_are_read(void **state)
{
    static const char *const examples[] = {
        /* level 0 */
        "1985-04-12", "1985-04", "1985", "1985-04-12T23:20:30", "1985-04-12T23:20:30Z",
        "1985-04-12T23:20:30+04:30", "1964/2008", "2004-06/2006-08", "2004-02-01/2005-02-08",
        "2004-02-01/2005-02", "2004-02-01/2005", "2005/2006-02",
        /* level 1 */
        "Y170000002", "Y-170000002", "2001-21", "2001-22", "2001-23", "2001-24", "1984?",
        "2004-06~", "2004-06-11%", "201X", "20XX", "2004-XX", "1985-04-XX", "1985-XX-XX",
        "1985-04-12/..", "1985-04/..", "1985/..", "../1985-04-12", "../1985-04", "../1985",
        "1985-04-12/", "1985-04/", "1985/", "/1985-04-12", "/1985-04", "/1985", "1984~/2004-06",
        "1984/2004-06~", "1984~/2004~", "1984?/2004%", "1984-06-02?/2004-08-08~",
        "2004-06-XX/2004-07-03", "-1985",
        /* level 2: sets, quarters, halves */
        "[1667,1668,1670..1672]", "[..1760-12-03]", "[1760-12..]", "[1760-01,1760-02,1760-12..]",
        "[1667,1760-12]", "[..1984]", "{1667,1668,1670..1672}", "{1960,1961-12}", "{..1984}",
        "2001-33", "2001-36", "2001-40", "2001-41",
        /* ours: unknown, and a time that stops at the minute */
        "?", "1985-04-12T23:20", "1985-04-12T23:20+09:00"};
    for (size_t i = 0; i < SK_COUNT(examples); i++) {
        sk_edtf e = date(examples[i]);
        assert_true(sk_str_is(e.text, examples[i])); /* all of these are canonical */
        assert_true(e.earliest <= e.latest);
    }
}

static void an_offset_has_one_canonical_spelling(void **state)
{
    assert_true(sk_str_is(date("1985-04-12T23:20:30-04").text, "1985-04-12T23:20:30-04:00"));
    assert_true(sk_str_is(date("1985-04-12T23:20:30+00:00").text, "1985-04-12T23:20:30Z"));
    assert_true(sk_str_is(date("1985-04-12T23:20+09").text, "1985-04-12T23:20+09:00"));
}

static void what_is_no_date_is_refused_with_the_reason(void **state)
{
    refused("", "write ?");
    refused("around June 1978", "blanks");
    refused("1978-13", "no month 13");
    refused("1978-6", "two digits");
    refused("1977-02-29", "no day 29");
    refused("2023-02-30", "no day 30");
    refused("1978-06-07~8", "\"8\" does not belong");
    refused("78", "four digits");
    refused("19781", "written Y19781");
    refused("-19781", "written Y-19781");
    refused("Y1978", "no Y");
    refused("Y01978", "no Y");
    refused("Y1234567890123", "12 digits");
    refused("Y-17000-06", "nothing may follow");
    refused("-0000", "0000");
    refused("-197X", "before 0000");
    refused("1XXX", "last one or two");
    refused("197x", "four digits");
    refused("197X-06", "without X");
    refused("1985-XX-12", "write 1985-XX-XX");
    refused("2001-21-03", "has no days");
    refused("2001-25", "no month 25");
    refused("2001-37", "no month 37");
    refused("~1978", "behind the whole date");
    refused("2004-06~-11", "does not belong");
    refused("1978??", "does not belong");
    refused("1978-06-07T24:00:00", "T23:20");
    refused("1978-06-07T23:60", "T23:20");
    refused("1978-06-07T23:59:60", "T23:20");
    refused("1978-06T12:00:00", "needs a whole date");
    refused("1978-06-07T12:00:00+15:00", "offset");
    refused("1978-06-07T12:00:00-00:00", "offset");
    refused("1978-06-07T12:00:00?", "does not belong");
    refused("1978-06-07T12:00:00/1979", "not in an interval");
    refused("1978/1977", "ends before it starts");
    refused("1978-06/1978-05-31", "ends before it starts");
    refused("../..", "needs a date");
    refused("/", "needs a date");
    refused("1977/1978/1979", "does not belong");
    refused("[1977, 1978]", "no blanks");
    refused("[1977,1978", "end in ]");
    refused("[1977,1978}", "end in ]");
    refused("{1977,}", "four digits");
    refused("[]", "four digits");
    refused("[1977]", "without brackets");
    refused("[1978..1977]", "ends before it starts");
    refused("[1977/1978]", "separated by commas");
    refused("1977..1978", "does not belong");
    refused("1978-06-07\n", "byte 10");
    refused("1978년", "byte 4");
}

static void sizes_have_ceilings(void **state)
{
    char text[SK_LIM_EDTF_BYTES + 2];
    memset(text, '1', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    sk_edtf e;
    assert_int_equal(sk_edtf_parse(&cx, sk_str_of(text), &e), SK_E_LIMIT);
    sk_forgive(&cx);
    sk_buf b;
    sk_buf_init(&b, SK_KIB(1));
    sk_buf_addc(&b, '[');
    for (int i = 0; i <= SK_LIM_EDTF_SET; i++)
        sk_buf_addf(&b, "%s%d", i ? "," : "", 1900 + i);
    sk_buf_addc(&b, ']');
    assert_int_equal(sk_edtf_parse(&cx, sk_buf_str(&b), &e), SK_E_LIMIT);
    assert_non_null(strstr(cx.message, "64 members"));
    sk_forgive(&cx);
    sk_buf_done(&b);
}

static void a_date_covers_the_days_it_may_fall_on(void **state)
{
    covers("2023-10-09", 2023, 10, 9, 2023, 10, 9);
    covers("1978-06", 1978, 6, 1, 1978, 6, 30);
    covers("2024-02", 2024, 2, 1, 2024, 2, 29);
    covers("1978", 1978, 1, 1, 1978, 12, 31);
    covers("197X", 1970, 1, 1, 1979, 12, 31);
    covers("19XX", 1900, 1, 1, 1999, 12, 31);
    covers("1985-04-XX", 1985, 4, 1, 1985, 4, 30);
    covers("1985-XX-XX", 1985, 1, 1, 1985, 12, 31);
    covers("1978-21", 1978, 3, 1, 1978, 5, 31);
    covers("1978-24", 1978, 12, 1, 1979, 2, 28);
    covers("2023-33", 2023, 1, 1, 2023, 3, 31);
    covers("2023-36", 2023, 10, 1, 2023, 12, 31);
    covers("2023-41", 2023, 7, 1, 2023, 12, 31);
    covers("1977-11/1983", 1977, 11, 1, 1983, 12, 31);
    covers("[1667,1668,1670..1672]", 1667, 1, 1, 1672, 12, 31);
    covers("0000", 0, 1, 1, 0, 12, 31);
    covers("-0001", -1, 1, 1, -1, 12, 31);
    covers("1978-06~", 1978, 6, 1, 1978, 6, 30); /* doubt widens searches, never the days */
    assert_true(date("2024/..").latest == INT64_MAX && date("2024/").latest == INT64_MAX);
    assert_true(date("../1984").earliest == INT64_MIN && date("[..1984]").earliest == INT64_MIN);
    assert_true(date("?").earliest == INT64_MIN && date("?").n_parts == 0);
}

static void precision_and_doubt_are_those_of_the_date(void **state)
{
    static const struct {
        const char *text;
        sk_edtf_precision precision;
        bool approximate, uncertain;
    } cases[] = {
        {"2023-10-09T10:00", SK_EDTF_TIME, 0, 0},
        {"2023-10-09", SK_EDTF_DAY, 0, 0},
        {"1978-06~", SK_EDTF_MONTH, 1, 0},
        {"1985-04-XX", SK_EDTF_MONTH, 0, 0},
        {"2004-XX", SK_EDTF_YEAR, 0, 0},
        {"2001-21?", SK_EDTF_SEASON, 0, 1},
        {"2001-34", SK_EDTF_SEASON, 0, 0},
        {"2001-40", SK_EDTF_HALF, 0, 0},
        {"1984%", SK_EDTF_YEAR, 1, 1},
        {"197X", SK_EDTF_DECADE, 0, 0},
        {"19XX~", SK_EDTF_CENTURY, 1, 0},
        {"1984-06-02?/2004~", SK_EDTF_YEAR, 1, 1},
        {"2024-06-12/..", SK_EDTF_DAY, 0, 0},
        {"[1667,1760-12]", SK_EDTF_YEAR, 0, 0},
        {"?", SK_EDTF_NO_PRECISION, 0, 0},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        sk_edtf e = date(cases[i].text);
        assert_int_equal(e.precision, cases[i].precision);
        assert_int_equal(e.approximate, cases[i].approximate);
        assert_int_equal(e.uncertain, cases[i].uncertain);
    }
    assert_true(sk_edtf_is_exact_day(&(sk_edtf[]){date("2024-06-12")}[0]));
    assert_false(sk_edtf_is_exact_day(&(sk_edtf[]){date("2024-06-12~")}[0]));
    assert_false(sk_edtf_is_exact_day(&(sk_edtf[]){date("2024-06")}[0]));
    assert_true(date("2024/..").parts[0].to_end == SK_EDTF_OPEN);
    assert_true(date("2024/").parts[0].to_end == SK_EDTF_END_UNKNOWN); /* not the same */
}

/* The order that a timeline must have, each line strictly before the next. */
static const char *const in_order[] = {"../1953",
                                       "../1984",
                                       "[..1984]",
                                       "Y-17000",
                                       "-0044",
                                       "0000",
                                       "1952-12-31",
                                       "1953",
                                       "1953/1978",
                                       "1953/1984",
                                       "1953/..",
                                       "197X",
                                       "1970/1989",
                                       "1977-09-19",
                                       "1978-01-01",
                                       "1978-01",
                                       "1978",
                                       "1978?",
                                       "1978~",
                                       "1978%",
                                       "1978-06-01",
                                       "1978-06",
                                       "1978-06~",
                                       "1978-22~",
                                       "1978-07",
                                       "1978-07-07",
                                       "1978-07-07~",
                                       "2023-10-09T10:00+09:00",
                                       "2023-10-09T01:30Z",
                                       "2023-10-09T12:00+09:00",
                                       "2023-10-09",
                                       "2023-10-09~",
                                       "2024/",
                                       "2024/..",
                                       "?"};

static void around_june_sorts_before_the_seventh_of_july(void **state)
{
    sk_edtf around = date("1978-06~"), july = date("1978-07-07"), unknown = date("?");
    assert_int_equal(sk_edtf_cmp(&around, &july), -1);
    assert_int_equal(sk_edtf_cmp(&july, &around), 1);
    assert_int_equal(sk_edtf_cmp(&unknown, &july), 1); /* unknown comes last */
}

static void the_order_is_total(void **state)
{
    sk_edtf e[SK_COUNT(in_order)];
    size_t n = SK_COUNT(in_order);
    for (size_t i = 0; i < n; i++)
        e[i] = date(in_order[i]);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            if (sk_edtf_cmp(&e[i], &e[k]) != (i < k ? -1 : i > k))
                fail_msg("%s against %s", in_order[i], in_order[k]);
}

/* A pseudo-random date expression; the same for the same state. */
static unsigned long random_state = 20231009;
static unsigned pick(unsigned n)
{
    random_state = random_state * 6364136223846793005ul + 1442695040888963407ul;
    return (unsigned)(random_state >> 33) % n;
}

static sk_str random_point(bool may_have_time)
{
    static const char *const doubts[] = {"", "", "", "?", "~", "%"};
    static const unsigned codes[] = {21, 22, 23, 24, 33, 34, 35, 36, 40, 41};
    sk_arena *a = &cx.arena;
    unsigned year = 1960 + pick(70), month = 1 + pick(12), d = 1 + pick(28);
    const char *q = doubts[pick(SK_COUNT(doubts))];
    switch (pick(9)) {
    case 0:
        return sk_fmt(a, "%04u%s", year, q);
    case 1:
        return sk_fmt(a, "%03uX%s", year / 10, q);
    case 2:
        return sk_fmt(a, "%02uXX%s", year / 100, q);
    case 3:
        return sk_fmt(a, "%04u-%02u%s", year, codes[pick(SK_COUNT(codes))], q);
    case 4:
        return sk_fmt(a, "%04u-%02u-XX%s", year, month, q);
    case 5:
        return sk_fmt(a, pick(2) ? "%04u-XX%s" : "%04u-XX-XX%s", year, q);
    case 6:
        if (may_have_time)
            return sk_fmt(a, "%04u-%02u-%02uT%02u:%02u%s", year, month, d, pick(24), pick(60),
                          pick(2) ? "+09:00" : "Z");
        return sk_fmt(a, "-%04u%s", 1 + pick(9999), q);
    case 7:
        return sk_fmt(a, "%04u-%02u%s", year, month, q);
    default:
        return sk_fmt(a, "%04u-%02u-%02u%s", year, month, d, q);
    }
}

/* One of the shapes; the caller skips those whose ends are in the wrong order. */
static sk_str random_date(void)
{
    sk_arena *a = &cx.arena;
    sk_str p = random_point(false), q = random_point(false), r = random_point(false);
    switch (pick(9)) {
    case 0:
        return sk_fmt(a, "%.*s/%.*s", SK_P(p), SK_P(q));
    case 1:
        return sk_fmt(a, "%.*s/%s", SK_P(p), pick(2) ? ".." : "");
    case 2:
        return sk_fmt(a, "%s/%.*s", pick(2) ? ".." : "", SK_P(p));
    case 3:
        return sk_fmt(a, "[%.*s,%.*s,%.*s]", SK_P(p), SK_P(q), SK_P(r));
    case 4:
        return sk_fmt(a, "{%.*s,%.*s..%.*s}", SK_P(p), SK_P(q), SK_P(r));
    case 5:
        return sk_fmt(a, pick(2) ? "[..%.*s]" : "[%.*s..]", SK_P(p));
    default:
        return random_point(true);
    }
}

static sk_edtf random_valid(void)
{
    for (;;) {
        sk_edtf e;
        if (!sk_edtf_parse(&cx, random_date(), &e))
            return e;
        assert_non_null(strstr(cx.message, "ends before it starts"));
        sk_forgive(&cx);
    }
}

static void random_dates_keep_their_text_and_sort_totally(void **state)
{
    for (int round = 0; round < 20000; round++) {
        sk_arena_mark mark = sk_arena_here(&cx.arena);
        sk_edtf a = random_valid(), b = random_valid(), c = random_valid(), again;
        assert_int_equal(sk_edtf_parse(&cx, a.text, &again), SK_OK);
        assert_true(sk_str_eq(a.text, again.text) && sk_edtf_cmp(&a, &again) == 0);
        int ab = sk_edtf_cmp(&a, &b), bc = sk_edtf_cmp(&b, &c), ac = sk_edtf_cmp(&a, &c);
        assert_int_equal(ab, -sk_edtf_cmp(&b, &a));
        assert_true(ab != 0 || sk_str_eq(a.text, b.text));
        if (ab <= 0 && bc <= 0)
            assert_true(ac <= 0);
        assert_int_equal(sk_edtf_overlaps(&a, &b), sk_edtf_overlaps(&b, &a));
        if (sk_edtf_overlaps(&a, &b))
            assert_true(sk_edtf_overlaps_loosely(&a, &b));
        if (sk_edtf_is_within(&a, &b))
            assert_true(sk_edtf_overlaps(&a, &b));
        sk_days wide = sk_edtf_loose_days(&a);
        assert_true(wide.earliest <= a.earliest && wide.latest >= a.latest);
        sk_arena_back_to(&cx.arena, mark);
    }
}

static void random_dates_printed_are_understood_again(void **state)
{
    size_t tried = 0;
    for (int round = 0; round < 20000; round++) {
        sk_arena_mark mark = sk_arena_here(&cx.arena);
        sk_edtf e = random_valid(), again;
        for (sk_lang lang = SK_LANG_EN; lang < SK_LANGS; lang++) {
            sk_str words = sk_edtf_format(&cx.arena, &e, lang);
            if (sk_edtf_from_words(&cx, words, &again) || !sk_str_eq(again.text, e.text))
                fail_msg("%.*s: \"%.*s\": %s", SK_P(e.text), SK_P(words),
                         cx.rc ? cx.message : again.text.p);
            tried++;
        }
        sk_arena_back_to(&cx.arena, mark);
    }
    assert_int_equal(tried, 20000 * SK_LANGS);
}

static void every_day_of_ten_thousand_years_comes_back(void **state)
{
    int64_t y, expected = day(1, 1, 1);
    unsigned m, d;
    for (int64_t year = 1; year <= 9999; year++)
        for (unsigned month = 1; month <= 12; month++)
            for (unsigned dom = 1; dom <= sk_days_in_month(year, month); dom++, expected++) {
                int64_t n = day(year, month, dom);
                sk_day_to_date(n, &y, &m, &d);
                if (n != expected || y != year || m != month || d != dom)
                    fail_msg("%lld-%u-%u", (long long)year, month, dom);
            }
    for (int64_t n = -200000000; n < 200000000; n += 9973) {
        sk_day_to_date(n, &y, &m, &d);
        assert_int_equal(day(y, m, d), n);
    }
}

static void every_day_is_read_as_written(void **state)
{
    char text[32];
    for (int64_t n = day(1, 1, 1); n <= day(9999, 12, 31); n += 7) {
        int64_t y;
        unsigned m, d;
        sk_day_to_date(n, &y, &m, &d);
        snprintf(text, sizeof text, "%04lld-%02u-%02u", (long long)y, m, d);
        sk_arena_mark mark = sk_arena_here(&cx.arena);
        sk_edtf e = date(text);
        assert_true(e.earliest == n && e.latest == n && sk_str_is(e.text, text));
        sk_arena_back_to(&cx.arena, mark);
    }
}

static void weekdays_are_those_of_the_calendar(void **state)
{
    assert_int_equal(sk_day_weekday(day(2024, 6, 12)), 3);
    assert_int_equal(sk_day_weekday(day(1970, 1, 1)), 4);
    assert_int_equal(sk_day_weekday(day(1977, 11, 15)), 2);
    assert_int_equal(sk_day_weekday(day(2000, 1, 1)), 6);
    assert_int_equal(sk_day_weekday(day(1900, 1, 1)), 1);
    assert_int_equal(day(1970, 1, 1), 0);
    assert_true(sk_day_is_valid(2000, 2, 29) && !sk_day_is_valid(1900, 2, 29));
}

static bool meets(const char *a, const char *b)
{
    sk_edtf x = date(a), y = date(b);
    return sk_edtf_overlaps(&x, &y);
}

static bool meets_loosely(const char *a, const char *b)
{
    sk_edtf x = date(a), y = date(b);
    return sk_edtf_overlaps_loosely(&x, &y);
}

static void dates_meet_where_they_share_a_day(void **state)
{
    assert_true(meets("1978-06~", "1978-06"));
    assert_true(meets("1978-06~", "1978"));
    assert_true(meets("1978-06-30", "1978-06"));
    assert_false(meets("1978-07-01", "1978-06"));
    assert_true(meets("2024/..", "2030"));
    assert_true(meets("2024/", "2030"));
    assert_false(meets("2024/..", "2023"));
    assert_true(meets("../1984", "1950"));
    assert_false(meets("[1667,1760-12]", "1700")); /* members, not the hull */
    assert_true(meets("[1667,1760-12]", "1760"));
    assert_false(meets("?", "1978"));
    assert_false(meets("?", "?"));
}

static void around_june_is_found_by_june_and_not_by_1977(void **state)
{
    assert_true(meets_loosely("1978-06~", "1978-06"));
    assert_true(meets_loosely("1978-06~", "1978-07-07"));
    assert_true(meets_loosely("1978-06~", "1978-05-20"));
    assert_false(meets_loosely("1978-06~", "1977"));
    assert_false(meets_loosely("1978-06~", "1978-08"));
    assert_false(meets_loosely("1978-06", "1978-07-01")); /* no doubt, no widening */
    assert_true(meets_loosely("2019~", "2018"));
    assert_false(meets_loosely("2019~", "2017"));
    assert_true(meets_loosely("2023-10-09~", "2023-10-12"));
    assert_false(meets_loosely("2023-10-09~", "2023-10-13"));
    assert_true(meets_loosely("1978-24", "1978-01")); /* winter named by its later year */
    assert_false(meets_loosely("1978-24", "1977-12"));
    assert_false(meets_loosely("1984/1985~", "1983"));
    assert_true(meets_loosely("1984/1985~", "1986"));
}

static bool inside(const char *a, const char *b)
{
    sk_edtf x = date(a), y = date(b);
    return sk_edtf_is_within(&x, &y);
}

static void within_means_certainly_within(void **state)
{
    assert_true(inside("2023-10-09", "2023"));
    assert_true(inside("2023", "2023"));
    assert_false(inside("2023", "2023-10"));
    assert_false(inside("2022/2023", "2023"));
    assert_true(inside("2025/..", "2024/.."));
    assert_false(inside("2025", "2024/")); /* it may have ended before */
    assert_false(inside("2024/..", "2024"));
    assert_true(inside("[1977,1978]", "197X"));
    assert_false(inside("[1977,1985]", "197X"));
    assert_true(inside("1977", "{1977,1985}"));
    assert_false(inside("?", "197X"));
    assert_false(inside("1977", "?"));
}

static void reads_as(const char *text, const char *en, const char *ko)
{
    sk_edtf e = date(text);
    sk_str got_en = sk_edtf_format(&cx.arena, &e, SK_LANG_EN);
    sk_str got_ko = sk_edtf_format(&cx.arena, &e, SK_LANG_KO);
    if (!sk_str_is(got_en, en) || !sk_str_is(got_ko, ko))
        fail_msg("%s: \"%.*s\" \"%.*s\"", text, SK_P(got_en), SK_P(got_ko));
}

static void people_read_words(void **state)
{
    reads_as("2023-10-09", "9 October 2023", "2023년 10월 9일");
    reads_as("1978-06~", "around June 1978", "1978년 6월경");
    reads_as("1978-06?", "June 1978 (uncertain)", "1978년 6월 (불확실)");
    reads_as("1978%", "around 1978 (uncertain)", "1978년경 (불확실)");
    reads_as("197X", "1970s", "1970년대");
    reads_as("19XX", "years 1900–1999", "1900년대 (100년)");
    reads_as("190X", "years 1900–1909", "1900년대 (10년)");
    reads_as("200X", "2000s", "2000년대");
    reads_as("2004-XX", "2004, month unknown", "2004년, 월 모름");
    reads_as("1985-04-XX", "April 1985, day unknown", "1985년 4월, 일 모름");
    reads_as("1985-XX-XX", "1985, month and day unknown", "1985년, 월일 모름");
    reads_as("1978-21", "spring 1978", "1978년 봄");
    reads_as("2023-33", "first quarter of 2023", "2023년 1분기");
    reads_as("2023-41", "second half of 2023", "2023년 하반기");
    reads_as("2024/..", "from 2024, open", "2024년부터 계속");
    reads_as("2024/", "from 2024, end unknown", "2024년부터, 끝 모름");
    reads_as("../1984", "until 1984, start open", "1984년까지, 시작 한정 없음");
    reads_as("1953/1978", "1953 to 1978", "1953년부터 1978년까지");
    reads_as("1980-06-11~/1980-06-20~", "mid June 1980", "1980년 6월 중순");
    reads_as("2019-11~/2019-12~", "end of 2019", "2019년 말");
    reads_as("1974~/1976~", "mid 1970s", "1970년대 중반");
    reads_as("[1977,1978]", "1977 or 1978", "1977년 또는 1978년");
    reads_as("{197X,198X}", "1970s and 1980s", "1970년대 및 1980년대");
    reads_as("{2007,2010,2013}", "2007, 2010 and 2013", "2007년, 2010년 및 2013년");
    reads_as("[..1983]", "1983 or earlier", "1983년 또는 그 이전");
    reads_as("[1985..]", "1985 or later", "1985년 또는 그 이후");
    reads_as("[1953..1978]", "sometime between 1953 and 1978", "1953년 및 1978년 사이 어느 때");
    reads_as("-0044", "45 BC", "기원전 45년");
    reads_as("0987", "AD 987", "서기 987년");
    reads_as("Y-17000", "17001 BC", "기원전 17001년");
    reads_as("2024-06-12T10:00+09:00", "12 June 2024, 10:00 UTC+09:00",
             "2024년 6월 12일 10:00 UTC+09:00");
    reads_as("?", "date unknown", "날짜 미상");
}

static void the_four_absent_values_stay_four(void **state)
{
    sk_absent a = SK_PRESENT;
    for (sk_absent i = SK_UNKNOWN; i < SK_ABSENTS; i++) {
        assert_true(sk_absent_parse(sk_absent_name(i), &a) && a == i);
        assert_true(sk_absent_parse(sk_absent_words(i, SK_LANG_EN), &a) && a == i);
        assert_true(sk_absent_parse(sk_absent_words(i, SK_LANG_KO), &a) && a == i);
    }
    assert_true(sk_absent_parse(SK_S(" Not_Asked "), &a) && a == SK_NOT_ASKED);
    assert_false(sk_absent_parse(SK_S(""), &a));
    assert_false(sk_absent_parse(SK_S("present"), &a));
    assert_false(sk_absent_parse(SK_S("n/a"), &a));
    assert_int_equal(a, SK_NOT_ASKED); /* untouched */
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        T(the_examples_of_the_standard_are_read),
        T(an_offset_has_one_canonical_spelling),
        T(what_is_no_date_is_refused_with_the_reason),
        T(sizes_have_ceilings),
        T(a_date_covers_the_days_it_may_fall_on),
        T(precision_and_doubt_are_those_of_the_date),
        T(around_june_sorts_before_the_seventh_of_july),
        T(the_order_is_total),
        T(random_dates_keep_their_text_and_sort_totally),
        T(random_dates_printed_are_understood_again),
        T(every_day_of_ten_thousand_years_comes_back),
        T(every_day_is_read_as_written),
        T(weekdays_are_those_of_the_calendar),
        T(dates_meet_where_they_share_a_day),
        T(around_june_is_found_by_june_and_not_by_1977),
        T(within_means_certainly_within),
        T(people_read_words),
        T(the_four_absent_values_stay_four),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
