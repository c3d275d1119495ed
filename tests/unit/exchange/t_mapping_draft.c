/* A first mapping for a table: it accounts for every column and can be run at once. */
#include "reader_test.h"

#include "exchange/mapping/mapping.h"
#include "exchange/mapping/mapping_headings.h"

/* Draft, show the draft when it fails, and run it. */
static void draft_and_run(said *s, const char *name, sk_str bytes, sk_str *ret_text)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_source_file file = {.name = sk_str_of(name), .fd = memory_file(bytes)};
    sk_source src = {.files = &file, .n_files = 1};
    if (sk_mapping_draft(&cx, &src, &src.mapping))
        fail_msg("%s", cx.message);
    close(file.fd);
    src.files = NULL;
    run_reader(s, &sk_reader_table, name, bytes, &src);
    if (s->rc)
        fail_msg("%s\nin the draft\n%.*s", s->cx.message, SK_P(src.mapping));
    *ret_text = sk_str_copy(&s->cx.arena, src.mapping);
    sk_ctx_done(&cx);
    if (sk_str_find(sk_buf_str(&s->findings), SK_S("the mapping does not name")) != SIZE_MAX)
        fail_msg("a column is not accounted for:\n%.*s\n%.*s", SK_P(sk_buf_str(&s->findings)),
                 SK_P(*ret_text));
}

static void assert_text(sk_str text, const char *part)
{
    if (sk_str_find(text, sk_str_of(part)) == SIZE_MAX)
        fail_msg("\"%s\" is not in\n%.*s", part, SK_P(text));
}

static void the_words_that_ship_with_sillok_are_of_the_model(void **state)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_heading h;
    assert_true(sk_heading_find(&cx.arena, SK_S("생년월일"), &h));
    assert_true(sk_str_is(h.prop->name, "birthDate"));
    assert_int_equal(sk_headings_check(&cx, SK_S("column Person nom = x\n")), SK_E_FORMAT);
    sk_forgive(&cx);
    assert_int_equal(sk_headings_check(&cx, SK_S("column Person name = x | \n")), SK_E_FORMAT);
    sk_forgive(&cx);
    assert_int_equal(sk_headings_check(&cx, SK_S("# fine\ntype Person = x\n")), SK_OK);
    sk_ctx_done(&cx);
}

static void headings_are_known_in_six_languages(void **state)
{
    static const struct {
        const char *heading, *type, *prop, *lang;
    } known[] = {
        {"Date of Birth", "Person", "birthDate", ""},
        {"DOB (dd/mm/yyyy)", "Person", "birthDate", ""},
        {"성명", "Thing", "name", ""},
        {"이름(한글)", "Thing", "name", "ko"},
        {"성명 (한자)", "Thing", "name", "ko-Hani"},
        {"Name_ko", "Thing", "name", "ko"},
        {"English name", "Thing", "name", "en"},
        {"국적", "Person", "nationality", ""},
        {"성별", "Person", "gender", ""},
        {"氏名", "Thing", "name", ""},
        {"生年月日", "Person", "birthDate", ""},
        {"出生日期", "Person", "birthDate", ""},
        {"性别", "Person", "gender", ""},
        {"Date de naissance", "Person", "birthDate", ""},
        {"Nationalité", "Person", "nationality", ""},
        {"Fecha de nacimiento", "Person", "birthDate", ""},
        {"Apellidos", "Person", "lastName", ""},
        {"위도", "Place", "latitude", ""},
        {"IMO Number", "Vessel", "imoNumber", ""},
    };
    sk_ctx cx;
    sk_ctx_init(&cx);
    for (size_t i = 0; i < SK_COUNT(known); i++) {
        sk_heading h;
        if (!sk_heading_find(&cx.arena, sk_str_of(known[i].heading), &h) || h.role ||
            !sk_str_is(h.type->name, known[i].type) || !sk_str_is(h.prop->name, known[i].prop) ||
            !sk_str_is(h.lang, known[i].lang))
            fail_msg("%s is not %s %s", known[i].heading, known[i].type, known[i].prop);
    }
    sk_heading h;
    assert_false(sk_heading_find(&cx.arena, SK_S("Name (of guide)"), &h));
    assert_true(sk_heading_of_tag(SK_S("#geo+lat"), &h) && sk_str_is(h.prop->name, "latitude"));
    assert_true(sk_heading_of_tag(SK_S("#affected +f +name"), &h) &&
                sk_str_is(h.type->name, "Person"));
    assert_true(sk_heading_of_tag(SK_S("#org+name+ko"), &h) && sk_str_is(h.lang, "ko"));
    assert_false(sk_heading_of_tag(SK_S("#indicator+num"), &h));
    sk_ctx_done(&cx);
}

static void a_list_of_people_is_drafted_and_runs(void **state)
{
    said s;
    sk_str text;
    draft_and_run(&s, "Families 2024.csv",
                  SK_S("List of families,,,,,,,\n"
                       "Case ID,No,Name,Other names,Sex,DOB,Shoe size,Entered by\n"
                       "A1,1,Kim Invented,K. I.; Kim Inv.,M,25/12/1970,42,me\n"
                       "A2,2,Lee Invented,;,여,03/01/1980,40,me\n"
                       "A3,3,Pak Invented,,unknown,n/a,,me\n"),
                  &text);
    assert_text(text, "heading   2\n");
    assert_text(text, "entity this Person\n  key \"families-{[A]}\"\n");
    assert_text(text, "ignore \"No\"   # a running number");
    assert_text(text, "ignore \"Entered by\"   # of the table's keeping");
    assert_text(text, "ignore \"Shoe size\"   # holds numbers");
    assert_text(text, "birthDate \"DOB\" dates dmy\n");
    assert_text(text, "alias \"Other names\" split \";\"\n");
    assert_text(text, "  female = \"여\"\n");
    assert_text(text, "WRITE HERE who says");
    assert_says(&s, "families-A1 Person:name = Kim Invented by unnamed at row 3");
    assert_says(&s, "families-A2 Person:gender = female <여>");
    assert_says(&s, "families-A2 Person:birthDate = 1980-01-03 <03/01/1980>");
    assert_says(&s, "families-A3 Person:gender = (unknown)");
    assert_says(&s, "families-A3 Person:birthDate = (not-applicable)");
    assert_int_equal(s.sum.values_left, 0);
    forget(&s);
}

static void korean_headings_make_a_person_and_what_happened_to_them(void **state)
{
    said s;
    sk_str text;
    draft_and_run(&s, "납북자.csv",
                  SK_S("연번,성명,성별,생년월일,본적,납치일자,납치장소,출처,비고\n"
                       "1,김가상,남,1934.5.1,서울,1950. 7. 28.,서울 자택,유족,없음\n"
                       "2,이가상,여,,,미상,,신문,\n"),
                  &text);
    assert_text(text, "claimant  column \"출처\" default \"unnamed\"\n");
    assert_text(text, "key hash \"성명\" \"생년월일\"");
    assert_text(text, "entity event Detention\n");
    assert_text(text, "victim @this");
    assert_true(sk_str_find(sk_buf_str(&s.claims), SK_S("Person:name = 김가상 by 유족")) !=
                SIZE_MAX);
    assert_true(sk_str_find(sk_buf_str(&s.claims),
                            SK_S("Detention:date = 1950-07-28 <1950. 7. 28.>")) != SIZE_MAX);
    assert_true(sk_str_find(sk_buf_str(&s.claims), SK_S("Detention:date = (unknown) <미상>")) !=
                SIZE_MAX);
    assert_int_equal(s.sum.values_left, 0);
    forget(&s);
}

static void no_row_of_a_drafted_mapping_is_without_a_key(void **state)
{
    said s;
    sk_str text;
    draft_and_run(&s, "figures.csv",
                  SK_S("Date,Statement no.,Unheard of\n2001-05,a,x\n,b,y\n2001-05,c,z\n"), &text);
    assert_text(text, "key hash \"Date\" \"Statement no.\"");
    assert_int_equal(s.sum.rows_skipped, 1);
    forget(&s);
}

static void dates_that_can_be_read_in_two_ways_are_left_for_the_person_to_decide(void **state)
{
    said s;
    sk_str text;
    draft_and_run(&s, "x.csv", SK_S("name,date of birth\nA,03/01/2022\nB,1/2/2022\n"), &text);
    assert_text(text, "# dates that can be read in two ways: 2; add dates dmy or dates mdy");
    assert_int_equal(s.sum.values_left, 2);
    forget(&s);
}

static void any_table_can_be_drafted(void **state)
{
    static const char *const tables[] = {
        "a\nb\n",
        "id\n1\n2\n",
        ",,\n,x,\n",
        "Name,Name,Name\n1,2,3\n",
        "#name\nA\n",
        "Who,Where\n#affected+name,#geo+lat\nA,3\n",
        "column,split,default,\"a \"\"b\"\"\",{x},[B],#c,@d,=\n1,2,3,4,5,6,7,8,9\n",
        "First name,Last name\nA,B\n",
        "ship,imo,flag\nA,8126082,KP\n",
        "Date,Place,Type of act,People\n2023-10-09,Dandong,forced return,500-600\n",
        "Date,Type of act\n2023-10-09,theft\n",
        "name;lat;lon\nA;1;2\n",
        "source,confidentiality\nme,public\n",
        "last line has no end\nx",
        "one",
    };
    for (size_t i = 0; i < SK_COUNT(tables); i++) {
        said s;
        sk_str text;
        draft_and_run(&s, "table.csv", sk_str_of(tables[i]), &text);
        forget(&s);
    }
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_source_file file = {.name = SK_S("x.csv"), .fd = memory_file(SK_S("\n\n,,\n"))};
    sk_source src = {.files = &file, .n_files = 1};
    sk_str text;
    assert_int_equal(sk_mapping_draft(&cx, &src, &text), SK_E_FORMAT);
    close(file.fd);
    sk_ctx_done(&cx);
}

static void the_user_says_the_list_and_who_says_it(void **state)
{
    static const sk_str who[] = {{"Association", 11}};
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_source_file file = {.name = SK_S("x.csv"), .fd = memory_file(SK_S("Name\nA\n"))};
    sk_source src = {.files = &file,
                     .n_files = 1,
                     .options = {.list = SK_S("fam"), .claimant = who, .n_claimant = 1}};
    sk_str text;
    assert_int_equal(sk_mapping_draft(&cx, &src, &text), SK_OK);
    assert_text(text, "list      fam ");
    assert_text(text, "claimant  \"Association\"\n");
    close(file.fd);
    sk_ctx_done(&cx);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_words_that_ship_with_sillok_are_of_the_model),
    cmocka_unit_test(headings_are_known_in_six_languages),
    cmocka_unit_test(a_list_of_people_is_drafted_and_runs),
    cmocka_unit_test(korean_headings_make_a_person_and_what_happened_to_them),
    cmocka_unit_test(no_row_of_a_drafted_mapping_is_without_a_key),
    cmocka_unit_test(dates_that_can_be_read_in_two_ways_are_left_for_the_person_to_decide),
    cmocka_unit_test(any_table_can_be_drafted),
    cmocka_unit_test(the_user_says_the_list_and_who_says_it),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL);
}
