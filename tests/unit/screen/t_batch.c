/* Rows screened one by one, every one accounted for, and what changed between two copies. */
#include "lists.h"

#include "screen/batch.h"

#include <stdio.h>

static sk_ctx cx;

static const entry LIST[] = {
    {"inv-1", "Karim Inventedzai", NULL, "1963", NULL, NULL, "", 2},
    {"inv-3", "Former Listedman", NULL, NULL, NULL, NULL, "", 0},
    {"inv-4", "Newcomer Inventedson", NULL, NULL, NULL, NULL, "", 1},
};

typedef struct both {
    sk_screen_index *ix;
    sk_batch b;
} both;

static sk_screener *screener(const sk_screen_index *ix, const char *as_of)
{
    static sk_screen_options options;
    options = SK_SCREEN_OPTIONS;
    return sk_screener_new(see(&cx, ix, true, as_of), &options);
}

static both begin(void)
{
    both t = {.ix = make_index(&cx, LIST, SK_COUNT(LIST))};
    t.b = (sk_batch){.now = screener(t.ix, ""), .before = screener(t.ix, "2019"), .limit = 5};
    return t;
}

static void end(both *t)
{
    sk_screener_free(t->b.now);
    sk_screener_free(t->b.before);
    sk_screen_index_close(t->ix);
}

static sk_asked_row row_of(uint64_t number, const sk_str *name)
{
    return (sk_asked_row){.row = number, .words = {.names = name, .n_names = 1}};
}

static void every_row_is_accounted_for(void **state)
{
    both t = begin();
    sk_str known = SK_S("Karim Inventedzai"), nobody = SK_S("Nobody Whatsoever");
    sk_asked_row rows[] = {row_of(2, &known),
                           row_of(3, &nobody),
                           {.row = 4, .is_blank = true},
                           {.row = 5, .error = SK_S("no object")},
                           {.row = 6}};
    sk_screened s;
    for (size_t i = 0; i < SK_COUNT(rows); i++) {
        OK(&cx, sk_batch_take(&cx, &t.b, &rows[i], &s));
        assert_int_equal(s.row, i + 2);
        assert_true((s.query != NULL) == (i < 2));
        assert_true((s.error.n > 0) == (i >= 2));
        assert_int_equal(s.n_alerts, i == 0);
    }
    assert_int_equal(t.b.sums.rows, 5);
    assert_int_equal(t.b.sums.blank, 1);
    assert_int_equal(t.b.sums.errors, 2);
    assert_int_equal(t.b.sums.with_alerts, 1);
    assert_int_equal(t.b.sums.alerts, 1);
    end(&t);
}

static const sk_change *changes(both *t, const char *name, size_t *ret_n)
{
    sk_str *text = sk_new(&cx.arena, sk_str);
    sk_asked_row *row = sk_new(&cx.arena, sk_asked_row);
    const sk_change *list;
    sk_screened s;
    *text = sk_str_of(name);
    *row = row_of(2, text);
    OK(&cx, sk_batch_compare(&cx, &t->b, row, &s, &list, ret_n));
    return list;
}

static void what_changed_between_two_copies_is_told(void **state)
{
    both t = begin();
    size_t n;
    const sk_change *list = changes(&t, "Newcomer Inventedson", &n);
    assert_true(n == 1 && list[0].kind == SK_CHANGE_APPEARED);
    assert_true(sk_str_is(list[0].one.hits[0].key, "inv-4"));
    list = changes(&t, "Former Listedman", &n);
    assert_true(n == 1 && list[0].kind == SK_CHANGE_VANISHED);
    assert_true(list[0].screener == t.b.before);
    changes(&t, "Karim Inventedzai", &n);
    assert_int_equal(n, 0);
    assert_true(t.b.sums.appeared == 1 && t.b.sums.vanished == 1 && t.b.sums.changed == 0);
    end(&t);
}

static void an_entry_of_more_names_than_are_compared_says_so(void **state)
{
    sk_screen_builder *b;
    sk_screen_value v[SK_MATCH_VALUES + 1];
    sk_screen_copy own = {0};
    uint8_t digest[16] = {0};
    char name[SK_MATCH_VALUES + 1][40];
    uint32_t copy, scope;
    uint64_t bytes;
    int fd;
    OK(&cx, sk_screen_file_new(&cx, SK_S(""), &fd));
    OK(&cx, sk_screen_builder_new(&cx, fd, SK_SCREEN_BEGIN, &b));
    copy = sk_screen_builder_copy(b, &own);
    OK(&cx, sk_screen_builder_scope(&cx, b, SK_S(""), &copy, 1, &scope));
    for (int i = 0; i <= SK_MATCH_VALUES; i++) {
        snprintf(name[i], sizeof name[i], "Karim Inventedzai%c%c", 'a' + i / 26, 'a' + i % 26);
        v[i] = (sk_screen_value){.kind = SK_SCREEN_NAME,
                                 .prop = SK_S("name"),
                                 .type = SK_S("Person"),
                                 .text = sk_str_of(name[i]),
                                 .scope = scope};
    }
    sk_screen_entity many = {SK_S("many"), v, SK_MATCH_VALUES + 1};
    OK(&cx, sk_screen_builder_add(&cx, b, &many, digest));
    OK(&cx, sk_screen_builder_end(&cx, b, &bytes));
    sk_screen_builder_free(b);
    OK(&cx, sk_screen_file_seal(&cx, fd, bytes, no_stamp));
    both t = {0};
    OK(&cx, sk_screen_index_map(&cx, fd, &t.ix));
    close(fd);
    t.b.now = screener(t.ix, "");
    sk_str asked = sk_str_of(name[0]);
    sk_asked_row row = row_of(1, &asked);
    sk_screened s;
    sk_buf out;
    OK(&cx, sk_batch_take(&cx, &t.b, &row, &s));
    assert_true(s.n_hits == 1 && s.hits[0].is_cut);
    sk_buf_init(&out, SK_LIM_OUTPUT_BYTES);
    sk_screened_put_json(&cx, t.b.now, &s, &out);
    assert_non_null(memmem(out.p, out.n, "\"cut\":true", 10));
    sk_buf_done(&out);
    end(&t);
}

static void a_name_too_long_to_be_compared_whole_is_a_warning(void **state)
{
    both t = begin();
    char text[600];
    sk_screened s;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = i % 7 == 6 ? ' ' : (char)('a' + i % 23);
    sk_str name = {text, sizeof text};
    sk_asked_row row = row_of(2, &name);
    OK(&cx, sk_batch_take(&cx, &t.b, &row, &s));
    assert_true(s.query && s.query->n_warnings == 1);
    assert_int_equal(t.b.sums.warned, 1);
    end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_accounted_for),
        cmocka_unit_test(what_changed_between_two_copies_is_told),
        cmocka_unit_test(an_entry_of_more_names_than_are_compared_says_so),
        cmocka_unit_test(a_name_too_long_to_be_compared_whole_is_a_warning),
    };
    sk_ctx_init(&cx);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    sk_ctx_done(&cx);
    return failed;
}
