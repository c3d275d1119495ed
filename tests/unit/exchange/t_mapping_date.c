/* Dates of tables: the order of day and month is said, never guessed; nothing is made more precise
 * than it was written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "exchange/mapping/mapping_date.h"

static void tables_write_dates_in_many_ways(void **state)
{
    static const struct {
        const char *written;
        sk_date_order order;
        const char *edtf;
    } dates[] = {
        {"2022-01-03", SK_DATES_UNSAID, "2022-01-03"},
        {" 2022. 1. 3. ", SK_DATES_UNSAID, "2022-01-03"},
        {"2022/1/3", SK_DATES_DMY, "2022-01-03"},
        {"20220103", SK_DATES_UNSAID, "2022-01-03"},
        {"03/01/2022", SK_DATES_DMY, "2022-01-03"},
        {"03/01/2022", SK_DATES_MDY, "2022-03-01"},
        {"3.1.2022", SK_DATES_DMY, "2022-01-03"},
        {"3-1-2022", SK_DATES_MDY, "2022-03-01"},
        {"25/12/2022", SK_DATES_UNSAID, "2022-12-25"},
        {"12/25/2022", SK_DATES_UNSAID, "2022-12-25"},
        {"05/05/2022", SK_DATES_UNSAID, "2022-05-05"},
        {"00/05/1975", SK_DATES_DMY, "1975-05"},
        {"00/00/1975", SK_DATES_UNSAID, "1975"},
        {"1975-00-00", SK_DATES_UNSAID, "1975"},
        {"1975-05-00", SK_DATES_UNSAID, "1975-05"},
        {"05/2022", SK_DATES_UNSAID, "2022-05"},
        {"2022/05", SK_DATES_UNSAID, "2022-05"},
        {"1975", SK_DATES_DMY, "1975"},
        {"1978-06~", SK_DATES_DMY, "1978-06~"},
        {"around June 1978", SK_DATES_UNSAID, "1978-06~"},
        {"1978년 6월경", SK_DATES_UNSAID, "1978-06~"},
        {"昭和53年7月7日", SK_DATES_UNSAID, "1978-07-07"},
        {"2022-01-03 00:00:00", SK_DATES_UNSAID, "2022-01-03"},
        {"2022-01-03T00:00:00", SK_DATES_UNSAID, "2022-01-03"},
        {"03/01/2022 00:00", SK_DATES_DMY, "2022-01-03"},
        {"2010.3~2012.5", SK_DATES_UNSAID, "2010-03/2012-05"},
        {"03/01/2022 – 05/01/2022", SK_DATES_DMY, "2022-01-03/2022-01-05"},
        {"03/01/2022 - 05/01/2022", SK_DATES_MDY, "2022-03-01/2022-05-01"},
    };
    for (size_t i = 0; i < SK_COUNT(dates); i++) {
        sk_ctx cx;
        sk_ctx_init(&cx);
        sk_str edtf;
        if (sk_mapping_date(&cx, sk_str_of(dates[i].written), dates[i].order, &edtf))
            fail_msg("%s: %s", dates[i].written, cx.message);
        if (!sk_str_is(edtf, dates[i].edtf))
            fail_msg("%s is %.*s and should be %s", dates[i].written, SK_P(edtf), dates[i].edtf);
        sk_ctx_done(&cx);
    }
}

static void what_cannot_be_told_is_refused_with_the_reason(void **state)
{
    static const struct {
        const char *written;
        sk_date_order order;
        const char *part;
    } dates[] = {
        {"03/01/2022", SK_DATES_UNSAID, "may be 2022-01-03 or 2022-03-01"},
        {"03/01/2022", SK_DATES_YMD, "may be"},
        {"25/12/2022", SK_DATES_MDY, "is no day when read as month, day, year"},
        {"31/02/2022", SK_DATES_UNSAID, "is no day"},
        {"31/02/2022", SK_DATES_DMY, "is no day"},
        {"2022-13-01", SK_DATES_UNSAID, "is no day when read as year, month, day"},
        {"22.1.3", SK_DATES_YMD, "a year of two digits"},
        {"3/1/22", SK_DATES_DMY, "a year of two digits"},
        {"44564", SK_DATES_DMY, "a spreadsheet's day number"},
        {"soon", SK_DATES_DMY, "soon"},
        {"20221340", SK_DATES_UNSAID, "20221340"},
        {"01/02/2022 - 05/02/2022", SK_DATES_UNSAID, "which number is the day"},
    };
    for (size_t i = 0; i < SK_COUNT(dates); i++) {
        sk_ctx cx;
        sk_ctx_init(&cx);
        sk_str edtf = SK_S("untouched");
        assert_int_equal(sk_mapping_date(&cx, sk_str_of(dates[i].written), dates[i].order, &edtf),
                         SK_E_FORMAT);
        if (sk_str_find(sk_str_of(cx.message), sk_str_of(dates[i].part)) == SIZE_MAX)
            fail_msg("%s: %s", dates[i].written, cx.message);
        sk_ctx_done(&cx);
    }
}

static void the_order_of_a_column_shows_in_days_above_twelve(void **state)
{
    sk_date_orders o;
    assert_true(sk_mapping_date_orders(SK_S("25/12/2022"), &o) && o.dmy && !o.mdy);
    assert_true(sk_mapping_date_orders(SK_S("12/25/2022"), &o) && !o.dmy && o.mdy);
    assert_true(sk_mapping_date_orders(SK_S("3/1/2022"), &o) && o.dmy && o.mdy);
    assert_true(sk_mapping_date_orders(SK_S("2022.1.3"), &o) && o.ymd && !o.dmy);
    assert_false(sk_mapping_date_orders(SK_S("2022"), &o));
    assert_false(sk_mapping_date_orders(SK_S("3/1/22"), &o));
    assert_false(sk_mapping_date_orders(SK_S("99/99/2022"), &o));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(tables_write_dates_in_many_ways),
    cmocka_unit_test(what_cannot_be_told_is_refused_with_the_reason),
    cmocka_unit_test(the_order_of_a_column_shows_in_days_above_twelve),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL);
}
