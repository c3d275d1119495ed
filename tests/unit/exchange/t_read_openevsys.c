/* OpenEvSys search results: several records in one row, terms as words. */
#include "reader_test.h"

static void a_row_of_several_records_becomes_several_entities(void **state)
{
    said s;
    read_data(&s, &sk_reader_openevsys, "tables/openevsys-results.xls", NULL);
    assert_ok(&s);
    assert_int_equal(s.sum.rows, 4);
    assert_says(&s, "openevsys-event-ABCD-Event-1 Event:name = Border arrests by");
    assert_says(&s, "openevsys-event-ABCD-Event-1 Event:startDate = 2001-05-01 by");
    assert_says(&s, "openevsys-act-ABCD-Act-1 Act:act = liberty.detention <Arbitrary detention>");
    assert_says(&s, "openevsys-act-ABCD-Act-1 Act:startDate = 2001-05-01");
    assert_says(&s, "openevsys-act-ABCD-Act-1 Act:location = Dandong");
    assert_says(&s, "openevsys-act-ABCD-Act-1 Act:notes = seen");
    assert_says(&s, "openevsys-act-ABCD-Act-1 Act:event = openevsys-event-ABCD-Event-1");
    assert_says(&s, "openevsys-act-ABCD-Act-1 Act:involved = openevsys-person-ABCD-Person-1");
    assert_says(&s, "openevsys-person-ABCD-Person-1 Person:birthDate = 1978 <1978-00-00>");
    assert_says(&s, "openevsys-person-ABCD-Person-1 Person:ethnicity = Korean,Han");
    assert_says(&s, "openevsys-person-ABCD-Person-1 Person:notes = Favourite colour: blue");
    assert_finds(&s, "skipped : no record number (row 4)");
    assert_false(sk_str_find(sk_buf_str(&s.claims), SK_S("admin")) != SIZE_MAX);
    forget(&s);
}

static void confidential_records_are_restricted(void **state)
{
    said s;
    read_data(&s, &sk_reader_openevsys, "tables/openevsys-results.xls", NULL);
    assert_ok(&s);
    assert_says(&s, "openevsys-person-ABCD-Person-2 Organization:name = The 40 {restrict "
                    "confidential} by");
    assert_says(&s,
                "openevsys-event-ABCD-Event-1 Event:name = Border arrests by Somebody at row 2");
    forget(&s);
}

static void lists_of_web_pages_are_taken_apart(void **state)
{
    said s;
    read_text(&s, &sk_reader_openevsys, "x.csv",
              SK_S("\"Person Record Number\",\"Person Name\",\"Citizenship\",\"Type Of Act\",\n"
                   "\"1\",\"A\",\"<ul><li>Japan</li><li>South Korea</li></ul>\",\"Theft\",\n"));
    assert_ok(&s);
    assert_says(&s, "openevsys-person-1 Person:citizenship = jp <Japan>");
    assert_says(&s, "openevsys-person-1 Person:citizenship = kr <South Korea>");
    assert_finds(&s, "left [Type Of Act] Theft: it belongs to no record of this row");
    forget(&s);
    read_text(&s, &sk_reader_openevsys, "x.csv", SK_S("Name,Sex\nA,F\n"));
    assert_fails(&s, SK_E_FORMAT, "no column is a record number");
    forget(&s);
    assert_true(sk_reader_openevsys.sniff(SK_S("x"), SK_S("\"Act Record Number\"\t\n")) > 50);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_row_of_several_records_becomes_several_entities),
    cmocka_unit_test(confidential_records_are_restricted),
    cmocka_unit_test(lists_of_web_pages_are_taken_apart),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL);
}
