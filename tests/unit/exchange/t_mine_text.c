/* Free text gives up the numbers and names that it states outright, and nothing else. */
#include "list_test.h"

#include "exchange/lists/mine_text.h"

static sk_ctx cx;

static int setup(void **state)
{
    sk_ctx_init(&cx);
    return 0;
}

static int teardown(void **state)
{
    sk_ctx_done(&cx);
    return 0;
}

/* "kind value" of all that is found, apart by " | ". */
static const char *mined(const char *text)
{
    static const char *const kinds[SK_MINED_KINDS] = {"imo",   "registration", "bic",    "sex",
                                                      "death", "father",       "mother", "former"};
    sk_mined *found;
    size_t n;
    sk_buf b;
    sk_buf_init(&b, SK_KIB(64));
    assert_int_equal(sk_mine_text(&cx, sk_str_of(text), &found, &n), SK_OK);
    for (size_t i = 0; i < n; i++)
        sk_buf_addf(&b, "%s%s %.*s", i ? " | " : "", kinds[found[i].kind], SK_P(found[i].value));
    const char *out = sk_str_c(&cx.arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return out;
}

#define assert_mined(text, want) assert_string_equal(mined(text), (want))

static void numbers_are_taken_behind_the_words_that_announce_them(void **state)
{
    assert_mined("of fuel. IMO number: 5571322.", "imo 5571322");
    assert_mined("International Maritime Organization (IMO) Number: 1790183.", "imo 1790183");
    assert_mined("operation. Company Number IMO 5434358.", "imo 5434358");
    assert_mined("IMO No. 9187629", "imo 9187629");
    assert_mined("SWIFT: DCBKKPPY. Daedong", "bic DCBKKPPY");
    assert_mined("Party. SWIFT/BIC: KDBKKPPY", "bic KDBKKPPY");
    assert_mined("Hong Kong company registration number 1177053.", "registration 1177053");
    assert_mined("Business Registration Number\nLL06889 (Malaysia)", "registration LL06889");
    assert_mined("Registered company number: 02150590. Last", "registration 02150590");
}

static void numbers_that_nothing_announces_are_left_alone(void **state)
{
    assert_mined("loaded 5571322 tons", "");
    assert_mined("resolution 1822 (2008)", "");
    assert_mined("IMO number: 557132", ""); /* six digits */
    assert_mined("a swift: answer", "");    /* no code */
    assert_mined("company number unknown", "");
    assert_mined("the SIMO number 5571322", ""); /* inside a word */
}

static void sexes_are_known_in_three_wordings(void **state)
{
    assert_mined("Gender: male", "sex male");
    assert_mined("Gender [Male]. Status", "sex male");
    assert_mined("Sex: female. Husband", "sex female");
    assert_mined("sexes: male", "");
    assert_mined("Gender studies", "");
}

static void a_death_is_taken_when_a_sentence_begins_with_it(void **state)
{
    assert_mined("Reportedly deceased in October 2001.", "death 2001-10");
    assert_mined("Confirmed to have died on 30 Sep. 2011 in Yemen. Review", "death 2011-09-30");
    assert_mined("Killed in Pakistan on 28 Jul. 2015. INTERPOL", "death 2015-07-28");
    assert_mined("Reportedly deceased as of April 2013.", "death [..2013-04]");
    assert_mined("Reportedly deceased in early 2012.", "death 2012-01~/2012-04~");
    assert_mined("Believed\nstatus/location: deceased. INTERPOL", "death ");
    assert_mined("on 21 Feb. 2019.Reportedly deceased in February 2019. R", "death 2019-02");
    assert_mined("Confirmed killed on 17 February in Peshawar", "death "); /* no year */
}

static void the_death_of_somebody_else_is_not_taken(void **state)
{
    assert_mined("Associate of Usama Bin Laden (deceased).", "");
    assert_mined("of Abid Hammadou, who allegedly died in Chad in 2004.", "");
    assert_mined("which has killed, tortured and displaced civilians in 2019", "");
    assert_mined("sentenced to death in 2010. Forces killed children.", "");
}

static void parents_and_former_names_are_names_alone(void **state)
{
    assert_mined("Father’s name is Ahmed Invented. Mother's name: Dalal Invented; x",
                 "father Ahmed Invented | mother Dalal Invented");
    assert_mined("Father’s name was Benazouz. ", "father Benazouz");
    assert_mined("Khatiba Invented (formerly known as Jannat Invented) is an organization.",
                 "former Jannat Invented");
    assert_mined("First. Then B (formerly known as C) came.", ""); /* of another */
}

static void words_stand_on_one_line(void **state)
{
    sk_mined *found;
    size_t n;
    assert_int_equal(sk_mine_text(&cx, SK_S("Mother’s\n   name is\n A\n  B."), &found, &n), SK_OK);
    assert_int_equal(n, 1);
    assert_text(found[0].value, "A B");
    assert_text(found[0].words, "Mother’s name is A B");
}

static void a_document_number_is_what_stands_behind_its_label(void **state)
{
    assert_text(sk_mine_number(SK_S("CAR diplomatic passport no. D00000898")), "D00000898");
    assert_text(sk_mine_number(SK_S("Jordan 654781")), "654781");
    assert_text(sk_mine_number(SK_S("OR 1961825")), "OR 1961825");
    assert_text(sk_mine_number(SK_S("Italian Fiscal Code: DAOMMD74T11Z352Z")), "DAOMMD74T11Z352Z");
    assert_text(sk_mine_number(SK_S("Russian passport number 8208 No. 555627")), ""); /* two */
    assert_text(sk_mine_number(SK_S("unknown")), "");
    assert_text(sk_mine_number(SK_S("")), "");
}

static void a_date_is_found_behind_its_word(void **state)
{
    static const char *const ends[] = {"expires on", "expires", "expired"};
    assert_text(
        sk_mine_date_after(&cx, SK_S("issued in Sana; expires on 11\nJun. 2017. D"), ends, 3),
        "2017-06-11");
    assert_text(sk_mine_date_after(&cx, SK_S("expired 2 Feb. 2006, x"), ends, 3), "2006-02-02");
    assert_text(sk_mine_date_after(&cx, SK_S("issued 2 Feb. 2006"), ends, 3), "");
}

static void remarks_say_when_something_is_borne_without_right(void **state)
{
    assert_true(sk_mine_says_false(SK_S("from false passport")));
    assert_true(sk_mine_says_false(SK_S("Fraudulently obtained and since cancelled")));
    assert_false(sk_mine_says_false(SK_S("falsehood")));
    assert_false(sk_mine_says_false(SK_S("")));
}

static void lines_and_paragraphs_are_put_right(void **state)
{
    sk_arena *a = &cx.arena;
    assert_text(sk_mine_one_line(a, SK_S("  a\n\t b  ")), "a b");
    assert_text(sk_mine_one_line(a, SK_S("a b")), "a b");
    assert_text(sk_mine_paragraphs(a, SK_S("a\n   b.\n\n   c")), "a b.\nc");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(numbers_are_taken_behind_the_words_that_announce_them),
        TEST(numbers_that_nothing_announces_are_left_alone),
        TEST(sexes_are_known_in_three_wordings),
        TEST(a_death_is_taken_when_a_sentence_begins_with_it),
        TEST(the_death_of_somebody_else_is_not_taken),
        TEST(parents_and_former_names_are_names_alone),
        TEST(words_stand_on_one_line),
        TEST(a_document_number_is_what_stands_behind_its_label),
        TEST(a_date_is_found_behind_its_word),
        TEST(remarks_say_when_something_is_borne_without_right),
        TEST(lines_and_paragraphs_are_put_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
