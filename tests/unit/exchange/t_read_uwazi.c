/* Uwazi's tables: what it exports, what people write for it, and their traps. */
#include "reader_test.h"

static void an_export_is_read_by_its_templates_and_labels(void **state)
{
    said s;
    read_data(&s, &sk_reader_uwazi, "tables/uwazi-export.csv", NULL);
    assert_ok(&s);
    assert_int_equal(s.sum.rows, 4);
    sk_str claims = sk_buf_str(&s.claims);
    static const char *const parts[] = {
        " Person:name = Kim Invented by Somebody at row 2",
        " Person:createdAt = 2024-02-01 by",
        " Person:nationality = kr <South Korea> by",
        " Person:nationality = jp <Japan> by",
        " Person:birthDate = 1978-01-01 by",
        " Person:notes = Period of detention: 2001-05-01~1970-01-01 by",
        (" Person:sourceUrl = https://example.invalid/r1 <See the "
         "report|https://example.invalid/r1>"),
        " Person:sourceUrl = https://example.invalid/api/files/b.png by",
        " Person:notes = Documents: /files/a.pdf by",
        " Person:notes = Geolocation: 37.5|127.0 by",
        " Event:name = Arrest at the border by",
        "-place Place:latitude = 40.1 by",
        "-place Place:longitude = 124.4 by",
        " Event:location = Dandong by",
        " Document:name = A report by",
    };
    for (size_t i = 0; i < SK_COUNT(parts); i++)
        if (sk_str_find(claims, sk_str_of(parts[i])) == SIZE_MAX)
            fail_msg("no \"%s\" among\n%.*s", parts[i], SK_P(claims));
    assert_finds(&s, "remark [Date of birth] 1978-01-01: Uwazi makes 1 January of a bare year");
    forget(&s);
}

static void columns_for_languages_are_one_property_in_two_languages(void **state)
{
    said s;
    read_data(&s, &sk_reader_uwazi, "tables/uwazi-import.csv", NULL);
    assert_ok(&s);
    sk_str claims = sk_buf_str(&s.claims);
    assert_true(sk_str_find(claims, SK_S("Person:name = Kim Invented {lang en}")) != SIZE_MAX);
    assert_true(sk_str_find(claims, SK_S("Person:name = 김가상 {lang ko}")) != SIZE_MAX);
    assert_true(sk_str_find(claims, SK_S("Person:name = 박가상 {lang ko}")) != SIZE_MAX);
    assert_true(sk_str_find(claims, SK_S("Person:notes = Shoe size: 42")) != SIZE_MAX);
    assert_finds(&s, "left [Date of birth] 03/01/1978: date \"03/01/1978\" may be 1978-01-03");
    forget(&s);
}

static void rows_of_one_title_stay_two_entities(void **state)
{
    said s;
    read_data(&s, &sk_reader_uwazi, "tables/uwazi-import.csv", NULL);
    assert_ok(&s);
    assert_finds(&s, "remark [Title] Lee Invented: other rows have the same title");
    /* rows 3 and 4 have the same title and different keys */
    sk_str rows = sk_buf_str(&s.rows), line, third = SK_NONE;
    for (int i = 1; sk_str_cut(&rows, '\n', &line); i++) {
        if (i == 3)
            third = sk_str_sub(line, 2, line.n);
        if (i == 4)
            assert_false(sk_str_eq(third, sk_str_sub(line, 2, line.n)));
    }
    forget(&s);
}

static void ids_of_the_collection_are_keys(void **state)
{
    said s;
    read_text(&s, &sk_reader_uwazi, "x.csv",
              SK_S("id,Title,Date,Dates\nab1,Fire,2001-05-01:2001-05-03,x|\n"));
    assert_ok(&s);
    assert_says(&s, "uwazi-ab1 Event:name = Fire");
    assert_says(&s, "uwazi-ab1 Event:date = 2001-05-01/2001-05-03 <2001-05-01:2001-05-03>");
    forget(&s);
    read_text(&s, &sk_reader_uwazi, "x.csv", SK_S("id,Title,Date\nab1,Fire,2001-05-01:\n"));
    assert_says(&s, "uwazi-ab1 Event:date = 2001-05-01/.. <2001-05-01:>");
    forget(&s);
}

static void an_open_range_of_an_export_is_told_by_its_1970(void **state)
{
    static const char head[] = "Title,Date added,Template,Date,Published\n";
    said s;
    sk_arena a = SK_ARENA_INIT;
    read_text(&s, &sk_reader_uwazi, "x.csv",
              sk_fmt(&a,
                     "%sA,2024-01-02,Incident,2001-05-01~1970-01-01,Published\n"
                     "B,2024-01-02,Incident,1970-01-01~2001-05-01,Published\n",
                     head));
    assert_ok(&s);
    assert_true(sk_str_find(sk_buf_str(&s.claims),
                            SK_S("Event:date = 2001-05-01/.. <2001-05-01~1970-01-01>")) !=
                SIZE_MAX);
    assert_finds(&s, "remark [Date] 1970-01-01~2001-05-01: Uwazi writes 1970-01-01 where");
    sk_arena_done(&a);
    forget(&s);
}

static void narrower_terms_keep_what_they_are_below(void **state)
{
    said s;
    read_text(&s, &sk_reader_uwazi, "x.csv",
              SK_S("Title,Religion,Sex\nA,Christian::Catholic|None,F\n"));
    assert_ok(&s);
    sk_str claims = sk_buf_str(&s.claims);
    assert_true(sk_str_find(claims, SK_S("religion = Catholic <Christian::Catholic>")) != SIZE_MAX);
    assert_true(sk_str_find(claims, SK_S("gender = female <F>")) != SIZE_MAX);
    forget(&s);
}

/* Uwazi ends its last row without a line end: there the last cell must show that all is there. */
static void a_file_cut_at_any_byte_fails_or_gives_whole_rows(void **state)
{
    sk_arena a = SK_ARENA_INIT;
    sk_str whole = data_file(&a, "tables/uwazi-export.csv");
    said all;
    read_text(&all, &sk_reader_uwazi, "x.csv", whole);
    assert_ok(&all);
    for (size_t n = 0; n < whole.n; n++) {
        said s;
        read_text(&s, &sk_reader_uwazi, "x.csv", sk_str_sub(whole, 0, n));
        if (!s.rc && !sk_str_starts(sk_buf_str(&all.claims), sk_buf_str(&s.claims)))
            fail_msg("cut at byte %zu: %.*s", n, SK_P(sk_buf_str(&s.claims)));
        if (!s.rc && whole.p[n - 1] != '\n')
            assert_true(sk_str_ends(sk_str_sub(whole, 0, n), SK_S("ublished")));
        forget(&s);
    }
    forget(&all);
    sk_arena_done(&a);
}

static void what_is_no_table_of_uwazi_is_refused(void **state)
{
    said s;
    read_text(&s, &sk_reader_uwazi, "x.csv", SK_S("Name,Sex\nA,F\n"));
    assert_fails(&s, SK_E_FORMAT, "there is no column \"Title\"");
    forget(&s);
    read_text(&s, &sk_reader_uwazi, "x.csv",
              SK_S("Title,Date added,Template,Published\nA,2024-01-02,Person,\n"));
    assert_fails(&s, SK_E_FORMAT, "not whether it is published");
    forget(&s);
    run_reader(&s, &sk_reader_uwazi, "x.csv", SK_S("Title\nA\n"), NULL);
    assert_fails(&s, SK_E_FORMAT, "name who says what the file says");
    forget(&s);
}

static void uwazi_is_known_by_its_headings(void **state)
{
    assert_true(sk_reader_uwazi.sniff(SK_S("x"), SK_S("Title,Date added,Template,A,Published\n")) >
                90);
    assert_true(sk_reader_uwazi.sniff(SK_S("x"), SK_S("\"제목\",템플릿,공개 게시물\n")) > 90);
    assert_true(sk_reader_uwazi.sniff(SK_S("x"), SK_S("Title__en;Title__ko\n")) > 50);
    assert_int_equal(sk_reader_uwazi.sniff(SK_S("x"), SK_S("Title,Author\n")), 0);
    assert_int_equal(sk_reader_uwazi.sniff(SK_S("x"), SK_NONE), 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_export_is_read_by_its_templates_and_labels),
    cmocka_unit_test(columns_for_languages_are_one_property_in_two_languages),
    cmocka_unit_test(rows_of_one_title_stay_two_entities),
    cmocka_unit_test(ids_of_the_collection_are_keys),
    cmocka_unit_test(an_open_range_of_an_export_is_told_by_its_1970),
    cmocka_unit_test(narrower_terms_keep_what_they_are_below),
    cmocka_unit_test(a_file_cut_at_any_byte_fails_or_gives_whole_rows),
    cmocka_unit_test(what_is_no_table_of_uwazi_is_refused),
    cmocka_unit_test(uwazi_is_known_by_its_headings),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL);
}
