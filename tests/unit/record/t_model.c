/* The tree of acts: every term means something in both languages; a code of a foreign list is a code
 * and no text; a broken line is named. */
#include "fixture.h"

#include "base/utf8.h"
#include "record/model.h"

static const char *const schema = "type Thing | thing | 것\n";

static sk_rc parse(sk_ctx *cx, const char *acts, sk_model *ret_model)
{
    return sk_model_parse(cx, sk_str_of(schema), sk_str_of(acts), ret_model);
}

static void refuses(const char *acts, const char *because)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_model m = {0};
    assert_int_equal(parse(&cx, acts, &m), SK_E_FORMAT);
    if (!strstr(cx.message, because))
        fail_msg("\"%s\" does not say \"%s\"", cx.message, because);
    assert_int_equal(m.n_acts, 0); /* untouched */
    sk_ctx_done(&cx);
}

static bool has_hangul(sk_str s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t c = sk_utf8_next(s, &i);
        if (c >= 0xAC00 && c <= 0xD7A3)
            return true;
    }
    return false;
}

static void every_term_is_named_and_defined_in_english_and_in_korean(void **state)
{
    (void)state;
    const sk_model *m = sk_model_get();
    assert_true(m->n_acts > 80);
    for (size_t i = 0; i < m->n_acts; i++) {
        const sk_act_term *t = &m->acts[i];
        assert_false(has_hangul(t->label) || has_hangul(t->definition));
        if (!has_hangul(t->label_ko) || !has_hangul(t->definition_ko))
            fail_msg("%.*s has no Korean name or definition", SK_P(t->id));
    }
    const sk_act_term *t = sk_model_find_act(m, SK_S("labour.forced-labour"));
    assert_true(sk_str_is(t->definition, "work made to be done under threat"));
    assert_true(sk_str_is(t->definition_ko, "위협으로 일을 시키는 것"));
}

static void a_narrower_term_stands_below_one_that_exists(void **state)
{
    (void)state;
    const sk_model *m = sk_model_get();
    for (size_t i = 0; i < m->n_acts; i++) {
        sk_str rest = m->acts[i].id, broader;
        assert_true(sk_str_cut(&rest, '.', &broader));
        assert_non_null(sk_model_find_act(m, broader));
    }
}

static void no_two_terms_share_a_definition(void **state)
{
    (void)state;
    const sk_model *m = sk_model_get();
    for (size_t i = 0; i < m->n_acts; i++)
        for (size_t k = 0; k < i; k++)
            if (sk_str_eq(m->acts[i].definition, m->acts[k].definition) ||
                sk_str_eq(m->acts[i].definition_ko, m->acts[k].definition_ko))
                fail_msg("%.*s and %.*s are defined alike", SK_P(m->acts[i].id),
                         SK_P(m->acts[k].id));
}

static void a_code_of_the_archives_people_is_kept_beside_its_term(void **state)
{
    (void)state;
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_model m;
    assert_int_equal(parse(&cx,
                           "a | an act | 행위 | what is done | 하는 것 | 123456789012 # invented\n"
                           "a.b | another | 다른 행위 | what else is done | 다른 것 |\n",
                           &m),
                     SK_OK);
    assert_true(sk_str_is(sk_model_find_act(&m, SK_S("a"))->huridocs, "123456789012"));
    const sk_act_term *b = sk_model_find_act(&m, SK_S("a.b"));
    assert_true(sk_str_is(b->definition_ko, "다른 것"));
    assert_int_equal(b->huridocs.n, 0);
    sk_ctx_done(&cx);
}

static void a_broken_line_is_named_with_what_is_wrong(void **state)
{
    (void)state;
    refuses("a | an act | 행위 | what is done\n", "acts line 1: 4 columns where 6 are expected");
    refuses("\na | an act | 행위 | what is done | | \n",
            "acts line 2: term \"a\" has no Korean definition");
    refuses("a | an act | | what is done | 하는 것 |\n", "has no Korean name");
    refuses(" | an act | 행위 | what is done | 하는 것 |\n", "has no term");
    refuses("a | an act | 행위 | what is done | 하는 것 | torture\n",
            "HURIDOCS code \"torture\" is not of twelve digits");
    refuses("a | b | 행 | c | 것 |\na | d | 위 | e | 일 |\n", "\"a\" stands twice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_term_is_named_and_defined_in_english_and_in_korean),
        cmocka_unit_test(a_narrower_term_stands_below_one_that_exists),
        cmocka_unit_test(no_two_terms_share_a_definition),
        cmocka_unit_test(a_code_of_the_archives_people_is_kept_beside_its_term),
        cmocka_unit_test(a_broken_line_is_named_with_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
