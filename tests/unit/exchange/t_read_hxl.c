/* Hashtags under the heading say what the columns are: no mapping is needed. */
#include "reader_test.h"

static void tags_are_properties(void **state)
{
    said s;
    read_data(&s, &sk_reader_hxl, "tables/hxl.csv", NULL);
    assert_ok(&s);
    assert_int_equal(s.sum.rows, 3);
    assert_says(&s, "tables-hxl-7 Person:name = Kim Invented by Somebody at row 3");
    assert_says(&s, "tables-hxl-7-event Event:date = 2001-05-01");
    assert_says(&s, "tables-hxl-7-event Event:involved = tables-hxl-7");
    assert_finds(&s, "left [Why] : the mapping does not name this column");
    assert_finds(&s, "left [North] : the mapping does not name this column");
    forget(&s);
}

static void a_source_column_says_who_says_it(void **state)
{
    said s;
    run_reader(&s, &sk_reader_hxl, "events.csv",
               SK_S("#event+id,#event+name,#date,#meta+source\n1,Fire,2001-05,An agency\n"), NULL);
    assert_ok(&s);
    assert_says(&s, "events-1 Event:name = Fire by An agency");
    forget(&s);
    run_reader(&s, &sk_reader_hxl, "events.csv", SK_S("#event+name\nFire\n"), NULL);
    assert_fails(&s, SK_E_FORMAT, "name who says");
    forget(&s);
    read_text(&s, &sk_reader_hxl, "events.csv", SK_S("name\nFire\n"));
    assert_fails(&s, SK_E_FORMAT, "no row of hashtags");
    forget(&s);
    read_text(&s, &sk_reader_hxl, "events.csv", SK_S("#event+name\nFire"));
    assert_fails(&s, SK_E_FORMAT, "cut short");
    forget(&s);
}

static void hxl_is_known_by_a_line_of_tags(void **state)
{
    assert_true(sk_reader_hxl.sniff(SK_S("x"), SK_S("A,B\n\"#name\",#date+start\n")) > 50);
    assert_int_equal(sk_reader_hxl.sniff(SK_S("x"), SK_S("A,B\n#1,#2\n")), 0);
    assert_int_equal(sk_reader_hxl.sniff(SK_S("x"), SK_S("\n\n")), 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(tags_are_properties),
    cmocka_unit_test(a_source_column_says_who_says_it),
    cmocka_unit_test(hxl_is_known_by_a_line_of_tags),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL);
}
