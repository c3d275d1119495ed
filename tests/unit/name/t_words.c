/* What makes two names of persons alike word by word, and what keeps them apart.
 * Names of office-holders and listed persons, and invented ones. */
#include "words_test.h"

#include "name/spelling.h"

#define P SK_NAME_PERSON

static void order_case_marks_and_commas_do_not_matter(void **state)
{
    assert_true(words_both("Vladimir Putin", "VLADIMIR PUTIN", P, NULL).equal);
    assert_alike("PUTIN, Vladimir", "Vladimir Putin", P);
    assert_false(words_both("PUTIN, Vladimir", "Vladimir Putin", P, NULL).order_changed);
    assert_true(words_both("Putin Vladimir", "Vladimir Putin", P, NULL).order_changed);
    assert_alike("Aleksandar Vucic", "Aleksandar Vučić", P);
    assert_alike("Jens Stoltenberg", "STOLTENBERG Jens", P);
}

static void spellings_of_arabic_names_are_one_name(void **state)
{
    assert_alike("Mohammed bin Salman", "Muhammad bin Salman", P);
    assert_alike("Usama bin Ladin", "Osama bin Laden", P);
    assert_alike("Hussein Obeid", "Husayn Ubayd", P);
    assert_true(words_both("Mohamad Khatami", "Muhammad Khatami", P, NULL).n_spelled == 1);
}

static void compounds_meet_however_they_are_written(void **state)
{
    assert_alike("Abd al-Rahman Yasin", "Abdurrahman Yasin", P);
    assert_alike("Abdul Rahman Yasin", "ABDELRAHMAN YASIN", P);
    assert_alike("Saif al-Din Fulan", "Saifuddin Fulan", P);
    assert_alike("Abdul Rahman Yasin", "Rahman Yasin", P);
}

static void slips_of_the_hand_are_looked_through(void **state)
{
    assert_alike("Donlad Trump", "Donald Trump", P);
    assert_alike("Basharr al-Assad", "Bashar al-Assad", P);
    assert_alike("Ig0r Sech1n", "Igor Sechin", P);
    assert_alike("AlisherUsmanov", "Alisher Usmanov", P);
    assert_alike("Nikolai Patr ushev", "Nikolai Patrushev", P);
    assert_alike("Robert Mugabeg abriel", "Robert Mugabe Gabriel", P);
}

static void initials_and_short_forms_stand_for_names(void **state)
{
    assert_alike("V. Putin", "Vladimir Putin", P);
    assert_alike("Bill Clinton", "William Clinton", P);
    assert_alike("Bibi Netanyahu", "Benjamin Netanyahu", P);
    assert_int_equal(words_both("Bob Gates", "Robert Gates", P, NULL).n_nick, 1);
    assert_int_equal(words_both("Саша Лукашенко", "Александр Лукашенко", P, NULL).n_nick, 1);
    assert_unlike("A. Nazarbayev", "Nursultan Nazarbayev", P);
}

static void titles_and_particles_hardly_count(void **state)
{
    assert_alike("Dr. Rami Makhlouf", "Rami Makhlouf", P);
    assert_alike("Ursula von der Leyen", "Ursula Leyen", P);
    assert_alike("Bashar al-Assad", "Bashar Assad", P);
}

static void a_word_that_contradicts_costs_more_than_one_left_out(void **state)
{
    double left_out = words_evidence("Vladimir Putin", "Vladimir Vladimirovich Putin", P);
    double contradicts =
        words_evidence("Vladimir Sergeevich Putin", "Vladimir Vladimirovich Putin", P);

    assert_true(left_out > contradicts + 3);
    assert_unlike("Vladimir Sergeevich Putin", "Vladimir Vladimirovich Putin", P);
    assert_true(words_both("Vladimir Sergeevich Putin", "Vladimir Vladimirovich Putin", P, NULL)
                    .patronymics_differ);
    assert_unlike("Hafez al-Assad", "Bashar al-Assad", P);
    assert_unlike("Angela Merkel", "Angelo Cruz", P);
}

static void a_further_contradiction_never_helps(void **state)
{
    double one = words_evidence("Invented Arno Person", "Invented Bruno Person", P);
    double two = words_evidence("Invented Arno Quist Person", "Invented Bruno Rasmus Person", P);
    double three =
        words_evidence("Invented Arno Quist Stern Person", "Invented Bruno Rasmus Tamm Person", P);
    assert_true(two <= one && three <= two);
}

static void rare_words_say_more_than_common_ones(void **state)
{
    double common = words_evidence("Mohammed Ali", "Muhammad Ali", P);
    double rare = words_evidence("Nursultan Nazarbayev", "Nursultan Nazarbaev", P);
    assert_true(rare > common);
    uint32_t kim[] = {'k', 'i', 'm'}, odd[] = {'q', 'u', 'x', 'y', 'z', 'o'};
    assert_true(sk_word_idf(kim, 3) + 2 < sk_word_idf(odd, 6));
}

static void korean_names_differ_by_a_letter(void **state)
{
    assert_unlike("Kim Jong Un", "Kim Yong Un", P);
    assert_unlike("Kim Jong Un", "Kim Jong Nam", P);
    assert_alike("Kim Jong-uun", "Kim Jong-un", P); /* a slip, no syllable */
}

static void other_alphabets_are_words_too(void **state)
{
    assert_alike("Путин Владимир", "ПУТИН, Владимир Владимирович", P);
    assert_alike("Алёна Петрова", "Алена Петрова", P);
    assert_alike("محمد خاتمي", "محمد خاتمی", P);
    assert_unlike("محمد خاتمي", "محمد مرسي", P);
    assert_false(words_both("Владимир Путин", "Vladimir Putin", P, NULL).applicable);
}

static void explanations_name_every_pair(void **state)
{
    sk_arena arena = SK_ARENA_INIT;
    static sk_form fa, fb;
    const sk_name_step *step = NULL;
    sk_buf x, y;

    sk_form_read(SK_S("Bob Gates"), &fa);
    sk_form_read(SK_S("GATES, Robert Michael"), &fb);
    sk_buf_init(&x, SK_KIB(64));
    sk_buf_init(&y, SK_KIB(64));
    sk_words_prepare(&fa, P, &x);
    sk_words_prepare(&fb, P, &y);
    size_t n =
        sk_words_explain(&arena, &fa, &fb, (const void *)x.p, (const void *)y.p, NULL, &step);
    assert_int_equal(n, 3);
    for (size_t i = 0; i < n; i++) {
        if (sk_str_is(step[i].a, "bob")) {
            assert_true(sk_str_is(step[i].b, "robert"));
            assert_true(sk_str_is(step[i].how, "short form"));
            assert_true(step[i].cost > 0);
        } else if (sk_str_is(step[i].a, "gates")) {
            assert_true(sk_str_is(step[i].how, "the same word"));
        } else {
            assert_true(sk_str_is(step[i].b, "michael"));
        }
    }
    sk_buf_done(&x);
    sk_buf_done(&y);
    sk_arena_done(&arena);
}

static double everything_is_common(const void *arg, const uint32_t *cp, unsigned n)
{
    ++*(unsigned *)(uintptr_t)arg;
    return 1;
}

static void a_list_of_its_own_can_call_a_word_common(void **state)
{
    unsigned asked = 0;
    sk_rarity list = {everything_is_common, &asked};
    static sk_form f;
    sk_words_result own, built_in;
    sk_buf x;

    sk_form_read(SK_S("Nursultan Nazarbayev"), &f);
    sk_buf_init(&x, SK_KIB(64));
    sk_words_prepare(&f, P, &x);
    const sk_words *w = (const void *)x.p;
    sk_words_compare(w, w, &list, NULL, &own);
    sk_words_compare(w, w, NULL, NULL, &built_in);
    assert_true(asked > 0 && own.evidence < built_in.evidence);
    assert_true(sk_words_information(w, &list) < sk_words_information(w, NULL));
    sk_buf_done(&x);
}

static float apart(const char *a, const char *b)
{
    uint8_t l[2][SK_WORD_LETTERS], s[2][SK_WORD_LETTERS];
    const char *text[2] = {a, b};
    sk_spelling sp[2];

    for (int i = 0; i < 2; i++) {
        uint32_t cp[SK_WORD_LETTERS];
        unsigned n = 0;
        for (const char *c = text[i]; *c; c++)
            cp[n++] = (uint32_t)*c;
        n = sk_letters_read(cp, n, l[i], SK_WORD_LETTERS);
        unsigned m = sk_letters_sound(l[i], n, s[i]);
        sp[i] = (sk_spelling){l[i], s[i], n, m, sk_spelling_mask(s[i], m)};
    }
    return sk_spelling_distance(&sp[0], &sp[1], 3);
}

static void distances_know_what_people_mix_up(void **state)
{
    assert_true(apart("putin", "putin") == 0);
    assert_true(apart("mousa", "musa") < apart("mousa", "mosat"));
    assert_true(apart("lavrov", "lavvrov") < 0.4f);
    assert_true(apart("donald", "donlad") < 1);
    assert_true(apart("nadar", "nadal") >= 1);
    assert_true(apart("merkel", "nazarbayev") > 3);
}

static void any_bytes_make_a_section(void **state)
{
    char text[3000];

    for (size_t i = 0; i < sizeof(text) - 1; i++)
        text[i] = (char)(i * 37 % 255 + 1);
    text[sizeof(text) - 1] = 0;
    words_both(text, "", P, NULL);
    words_both("", "", SK_NAME_ANY, NULL);
    words_both("....", "a", SK_NAME_ORGANIZATION, NULL);
    words_both("a b c d e f g h i j k l m n o p q r s t u v w x y z aa bb cc dd ee ff gg hh",
               "z y x w v u t s r q p o n m l k j i h g f e d c b a aa bb cc dd ee ff gg", P, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_case_marks_and_commas_do_not_matter),
        cmocka_unit_test(spellings_of_arabic_names_are_one_name),
        cmocka_unit_test(compounds_meet_however_they_are_written),
        cmocka_unit_test(slips_of_the_hand_are_looked_through),
        cmocka_unit_test(initials_and_short_forms_stand_for_names),
        cmocka_unit_test(titles_and_particles_hardly_count),
        cmocka_unit_test(a_word_that_contradicts_costs_more_than_one_left_out),
        cmocka_unit_test(a_further_contradiction_never_helps),
        cmocka_unit_test(rare_words_say_more_than_common_ones),
        cmocka_unit_test(a_list_of_its_own_can_call_a_word_common),
        cmocka_unit_test(korean_names_differ_by_a_letter),
        cmocka_unit_test(other_alphabets_are_words_too),
        cmocka_unit_test(explanations_name_every_pair),
        cmocka_unit_test(distances_know_what_people_mix_up),
        cmocka_unit_test(any_bytes_make_a_section),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
