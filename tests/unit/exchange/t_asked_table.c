/* Names that somebody pasted: a list, a table with headings, JSON lines. Persons are invented. */
#include "exchange/asked_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

static sk_ctx cx;

static sk_asked_table *paste(const char *text)
{
    sk_asked_table *t;
    if (sk_asked_table_of_text(&cx, sk_str_of(text), NULL, &t))
        fail_msg("%s", cx.message);
    return t;
}

static sk_asked_row next(sk_asked_table *t)
{
    sk_asked_row row;
    if (sk_asked_table_next(&cx, t, &row))
        fail_msg("%s", cx.message);
    return row;
}

static void a_list_of_names_is_taken_line_by_line_commas_and_all(void **state)
{
    sk_asked_table *t = paste("INVENTEDZAI, Karim\n\n김꾸밈\r\nOlga Vydumannaya");
    sk_asked_row row = next(t);
    assert_true(row.row == 1 && sk_str_is(row.words.names[0], "INVENTEDZAI, Karim"));
    row = next(t);
    assert_true(row.row == 2 && row.is_blank);
    row = next(t);
    assert_true(row.row == 3 && sk_str_is(row.words.names[0], "김꾸밈"));
    row = next(t);
    assert_true(row.row == 4 && sk_str_is(row.words.names[0], "Olga Vydumannaya"));
    assert_int_equal(next(t).row, 0);
    sk_asked_table_close(t);
}

static void a_first_line_that_names_columns_makes_it_a_table(void **state)
{
    sk_asked_table *t =
        paste("Full name,Date of birth,Nationality\n\"Inventedzai, Karim\",1963,kp\n");
    sk_asked_row row = next(t);
    assert_int_equal(row.row, 2);
    assert_true(sk_str_is(row.words.names[0], "Inventedzai, Karim"));
    assert_true(row.words.n_births == 1 && sk_str_is(row.words.births[0], "1963"));
    assert_true(row.words.n_countries == 1 && sk_str_is(row.words.countries[0], "kp"));
    assert_int_equal(next(t).row, 0);
    sk_asked_table_close(t);
    t = paste("이름\t생년월일\n김꾸밈\t1970\n");
    row = next(t);
    assert_true(sk_str_is(row.words.names[0], "김꾸밈") && row.words.n_births == 1);
    sk_asked_table_close(t);
}

static void lines_of_json_are_objects_or_errors_of_their_row(void **state)
{
    sk_asked_table *t = paste("{\"name\":\"Karim Inventedzai\",\"born\":1963}\nno object\n");
    sk_asked_row row = next(t);
    assert_true(sk_str_is(row.words.names[0], "Karim Inventedzai") && row.words.n_births == 1);
    row = next(t);
    assert_true(row.row == 2 && row.error.n > 0);
    assert_int_equal(next(t).row, 0);
    sk_asked_table_close(t);
}

static void cells_without_headings_are_refused_with_what_to_write(void **state)
{
    sk_asked_table *t;
    assert_int_equal(sk_asked_table_of_text(&cx, SK_S("Karim;1963\nOlga;1970\n"), NULL, &t),
                     SK_E_FORMAT);
    assert_non_null(strstr(cx.message, "one name a line"));
    sk_forgive(&cx);
    assert_int_equal(sk_asked_table_of_text(&cx, SK_S(" \n\n"), NULL, &t), SK_E_FORMAT);
    sk_forgive(&cx);
}

static void columns_can_be_told(void **state)
{
    sk_str columns[] = {SK_S("name=1"), SK_S("born=2")};
    sk_asked_options o = {.columns = columns, .n_columns = 2, .no_heading = true};
    sk_asked_table *t;
    assert_int_equal(sk_asked_table_of_text(&cx, SK_S("Karim;1963\nOlga;1970\n"), &o, &t), SK_OK);
    sk_asked_row row = next(t);
    assert_true(row.row == 1 && sk_str_is(row.words.names[0], "Karim") && row.words.n_births == 1);
    sk_asked_table_close(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_of_names_is_taken_line_by_line_commas_and_all),
        cmocka_unit_test(a_first_line_that_names_columns_makes_it_a_table),
        cmocka_unit_test(lines_of_json_are_objects_or_errors_of_their_row),
        cmocka_unit_test(cells_without_headings_are_refused_with_what_to_write),
        cmocka_unit_test(columns_can_be_told),
    };
    sk_ctx_init(&cx);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    sk_ctx_done(&cx);
    return failed;
}
