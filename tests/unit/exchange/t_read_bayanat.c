/* Bayanat's exports: records with others hanging on them in numbered columns. */
#include "reader_test.h"

static void actors_and_what_hangs_on_them_are_read(void **state)
{
    said s;
    read_data(&s, &sk_reader_bayanat, "tables/bayanat-actors.csv", NULL);
    assert_ok(&s);
    assert_int_equal(s.sum.rows, 4);
    assert_says(&s, "bayanat-actor-17 Person:name = Kim Invented by Somebody at row 2");
    assert_says(&s, "bayanat-actor-17 Person:name = كيم {lang ar}");
    assert_says(&s, "bayanat-actor-17 Person:alias = =cmd by");
    assert_says(&s, "bayanat-actor-17 Person:gender = female <Female>");
    assert_says(&s, "bayanat-actor-17 Person:notes = age: Adult");
    assert_says(&s, "bayanat-actor-17 Person:notes = civilian: Civilian");
    assert_says(&s, "bayanat-actor-17 Person:notes = media.media-1: 4-photo.jpg");
    assert_says(&s, "bayanat-event-9 Event:name = Detained");
    assert_says(&s, "bayanat-event-9 Event:involved = bayanat-actor-17");
    assert_says(&s, "bayanat-bulletin-31 Document:name = Testimony of May");
    assert_says(&s, "bayanat-actor-17 Person:proof = bayanat-bulletin-31");
    assert_says(&s, "bayanat-incident-5 Event:involved = bayanat-actor-17");
    assert_says(&s, "bayanat-actor-18 Organization:name = Invented Brigade");
    assert_says(&s, "bayanat-actor-17-bayanat-actor-18 UnknownLink:subject = bayanat-actor-17 by "
                    "Somebody at row 2");
    assert_says(&s, "bayanat-actor-17-bayanat-actor-18 UnknownLink:object = bayanat-actor-18 by "
                    "Somebody at row 2");
    assert_finds(&s, "left [related_incidents.incident-1] no number: no \"number-title\"");
    assert_finds(&s, "skipped : no id (row 4)");
    forget(&s);
}

static void bulletins_are_documents(void **state)
{
    said s;
    read_text(
        &s, &sk_reader_bayanat, "bulletins.csv",
        SK_S(",id,title,title_ar,sjac_title,source_link,publish_date,labels.label-1,"
             "sources.source-1,related_actors.actor-1,other\n"
             "0,31.0,T,,S,https://example.invalid,2020-01-02,4-Torture,7-A paper,17-Kim,z\n"));
    assert_ok(&s);
    assert_says(&s, "bayanat-bulletin-31 Document:name = T");
    assert_says(&s, "bayanat-bulletin-31 Document:alias = S");
    assert_says(&s, "bayanat-bulletin-31 Document:topics = Torture <4-Torture>");
    assert_says(&s, "bayanat-bulletin-31 Document:publisher = A paper <7-A paper>");
    assert_says(&s, "bayanat-bulletin-31 Document:publishedAt = 2020-01-02");
    assert_says(&s, "bayanat-actor-17 Thing:proof = bayanat-bulletin-31");
    assert_says(&s, "bayanat-bulletin-31 Document:notes = other: z");
    forget(&s);
}

static void bayanat_is_known_by_its_headings(void **state)
{
    assert_true(sk_reader_bayanat.sniff(SK_S("x"), SK_S(",id,name,nickname_ar,civilian\n")) > 50);
    assert_true(sk_reader_bayanat.sniff(SK_S("x"), SK_S(",id,title,sjac_title\n")) > 50);
    assert_int_equal(sk_reader_bayanat.sniff(SK_S("x"), SK_S("id,name\n")), 0);
    said s;
    read_text(&s, &sk_reader_bayanat, "x.csv", SK_S("number,wer\n1,x\n"));
    assert_fails(&s, SK_E_FORMAT, "no actors or bulletins");
    forget(&s);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(actors_and_what_hangs_on_them_are_read),
    cmocka_unit_test(bulletins_are_documents),
    cmocka_unit_test(bayanat_is_known_by_its_headings),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL);
}
