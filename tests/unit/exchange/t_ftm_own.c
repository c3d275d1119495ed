/* A claim as cells beside a statement, and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "exchange/claims/claims_text.h"
#include "exchange/ftm/ftm_own.h"

static sk_claim read_back(sk_ctx *cx, const sk_claim *c)
{
    sk_claim back;
    sk_str cells[SK_FTM_OWNS];
    sk_ftm_own_write(&cx->arena, c, cells);
    if (sk_ftm_own_read(cx, sk_ftm_own_prop(&cx->arena, c), sk_ftm_own_value(&cx->arena, c), cells,
                        &back))
        fail_msg("%s", cx->message);
    return back;
}

static void columns_are_found_by_the_names_they_have(void **state)
{
    for (unsigned i = 0; i < SK_FTM_OWNS; i++)
        assert_int_equal(sk_ftm_own_find(sk_ftm_own_name((sk_ftm_own)i)), i);
    assert_int_equal(sk_ftm_own_find(SK_S("schema")), SK_FTM_OWNS);
    assert_int_equal(sk_ftm_own_find(SK_S("")), SK_FTM_OWNS);
}

static void marks_say_how_a_claim_stands_to_its_property(void **state)
{
    static const struct {
        const char *prop;
        sk_position position;
        bool falsely, absent;
        const char *name;
    } cases[] = {
        {"sillok:count", SK_CLAIM_ASSERTS, false, false, "count"},
        {"sillok:denied:count", SK_CLAIM_DENIES, false, false, "count"},
        {"sillok:retracted:used-falsely:imoNumber", SK_CLAIM_RETRACTS, true, false, "imoNumber"},
        {"sillok:doubted:absent:flag", SK_CLAIM_DOUBTS, false, true, "flag"},
        {"sillok:predicted:used-falsely:absent:x:y", SK_CLAIM_PREDICTS, true, true, "x:y"},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        sk_claim c = {0};
        bool absent = false;
        sk_str name = SK_NONE;
        assert_true(sk_ftm_own_marks(sk_str_of(cases[i].prop), &c, &absent, &name));
        assert_int_equal(c.position, cases[i].position);
        assert_int_equal(c.used_falsely, cases[i].falsely);
        assert_int_equal(absent, cases[i].absent);
        assert_true(sk_str_is(name, cases[i].name));
    }
    sk_claim c = {0};
    bool absent;
    sk_str name;
    assert_false(sk_ftm_own_marks(SK_S("name"), &c, &absent, &name));
}

static void lists_of_passages_keep_blanks_and_signs(void **state)
{
    static const char *const texts[] = {" a ", "a | b", "| ", " |", "", "\\| x", "a \\| b"};
    sk_ctx cx;
    sk_ctx_init(&cx);
    for (size_t i = 0; i < SK_COUNT(texts); i++)
        for (size_t k = 0; k < SK_COUNT(texts); k++) {
            sk_passage p[2] = {
                {.quote = sk_str_of(texts[i]), .has_span = true, .start = 3, .end = 9},
                {.quote = sk_str_of(texts[k]), .place = sk_str_of(texts[i])}};
            sk_str chain = SK_S("desk");
            sk_claim c = {.type = SK_S("Person"),
                          .prop = SK_S("name"),
                          .value = SK_S("x"),
                          .chain = &chain,
                          .n_chain = 1,
                          .passages = p,
                          .n_passages = 2};
            sk_claim back = read_back(&cx, &c);
            assert_int_equal(back.n_passages, 2);
            for (size_t n = 0; n < 2; n++) {
                assert_true(sk_str_eq(back.passages[n].quote, p[n].quote));
                assert_true(sk_str_eq(back.passages[n].place, p[n].place));
                assert_int_equal(back.passages[n].has_span, p[n].has_span);
                assert_int_equal(back.passages[n].end, p[n].end);
            }
        }
    sk_ctx_done(&cx);
}

static void a_figure_keeps_bounds_unit_and_measure(void **state)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_str chain = SK_S("desk");
    sk_claim c = {.type = SK_S("Event"),
                  .prop = SK_S("count"),
                  .kind = SK_VALUE_QUANTITY,
                  .chain = &chain,
                  .n_chain = 1,
                  .measure = SK_S("returned")};
    c.quantity = sk_quantity_between(500, 600, SK_S("people"));
    c.quantity.is_approximate = c.quantity.is_open_above = c.quantity.is_strict = true;
    sk_claim back = read_back(&cx, &c);
    assert_int_equal(back.quantity.qualifier, SK_Q_BETWEEN);
    assert_int_equal(back.quantity.low.mantissa, 500);
    assert_int_equal(back.quantity.high.mantissa, 600);
    assert_true(back.quantity.is_approximate && back.quantity.is_open_above &&
                back.quantity.is_strict);
    assert_true(sk_str_is(back.quantity.unit, "people"));
    assert_true(sk_str_is(back.measure, "returned"));
    sk_ctx_done(&cx);
}

static void cells_that_make_no_sense_are_named(void **state)
{
    static const struct {
        sk_ftm_own own;
        const char *prop, *cell, *says;
    } cases[] = {
        {SK_FTM_OWN_PROPERTY, "name", "Person", "property \"Person\": expected a type"},
        {SK_FTM_OWN_POSITION, "name", "maybe", "position \"maybe\": a position is"},
        {SK_FTM_OWN_EXHIBIT, "name", "abc", "exhibit \"abc\": a SHA-256 has 64 digits"},
        {SK_FTM_OWN_QUALIFIER, "sillok:count", "roughly", "qualifier \"roughly\": no qualifier"},
        {SK_FTM_OWN_CLAIM, "sillok:absent:name", "", "what is absent is unknown"},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        sk_ctx cx;
        sk_claim c;
        sk_str cells[SK_FTM_OWNS] = {0};
        sk_ctx_init(&cx);
        cells[cases[i].own] = sk_str_of(cases[i].cell);
        assert_int_equal(sk_ftm_own_read(&cx, sk_str_of(cases[i].prop), SK_S("v"), cells, &c),
                         SK_E_FORMAT);
        if (!strstr(cx.message, cases[i].says))
            fail_msg("%s", cx.message);
        sk_ctx_done(&cx);
    }
}

static void a_split_that_is_exact_undoes_the_join(void **state)
{
    static const char *const pieces[] = {"",    " ",   "a",  " a ",     "|",
                                         "| |", " | ", "\\", "a \\| b", "|\\"};
    sk_arena a = SK_ARENA_INIT;
    for (size_t i = 0; i < SK_COUNT(pieces); i++)
        for (size_t k = 0; k < SK_COUNT(pieces); k++) {
            const sk_str *items;
            size_t n;
            sk_str one = sk_str_of(pieces[i]), two = sk_str_of(pieces[k]);
            sk_str cell = sk_fmt(&a, "%.*s | %.*s", SK_P(sk_list_escape(&a, one, '|')),
                                 SK_P(sk_list_escape(&a, two, '|')));
            sk_list_split_exact(&a, cell, '|', &items, &n);
            assert_int_equal(n, 2);
            assert_true(sk_str_eq(items[0], one) && sk_str_eq(items[1], two));
            sk_list_split_exact(&a, sk_list_escape(&a, one, '|'), '|', &items, &n);
            assert_int_equal(n, 1);
            assert_true(sk_str_eq(items[0], one));
        }
    sk_arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_found_by_the_names_they_have),
        cmocka_unit_test(marks_say_how_a_claim_stands_to_its_property),
        cmocka_unit_test(lists_of_passages_keep_blanks_and_signs),
        cmocka_unit_test(a_figure_keeps_bounds_unit_and_measure),
        cmocka_unit_test(cells_that_make_no_sense_are_named),
        cmocka_unit_test(a_split_that_is_exact_undoes_the_join),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
