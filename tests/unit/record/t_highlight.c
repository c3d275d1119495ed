/* Showing where a query matched, and the line of text worth showing. That highlights appear exactly
 * where the index finds something is checked by t_search.c over thousands of queries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "record/highlight.h"

#include <stdio.h>

static sk_str mark(sk_ctx *cx, sk_str text, const sk_range *v, size_t n)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(1));
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        assert_true(at <= v[i].start && v[i].start < v[i].end && v[i].end <= text.n);
        sk_buf_add(&b, sk_str_sub(text, at, v[i].start - at));
        sk_buf_addf(&b, "[%.*s]", SK_P(sk_str_sub(text, v[i].start, v[i].end - v[i].start)));
        at = v[i].end;
    }
    sk_buf_add(&b, sk_str_sub(text, at, text.n - at));
    sk_str s = sk_str_copy(&cx->arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return s;
}

static const sk_query *parse(sk_ctx *cx, const char *query)
{
    const sk_query *q = NULL;
    if (sk_query_parse(cx, sk_str_of(query), &q))
        fail_msg("%s", cx->message);
    return q;
}

static void shows(const char *query, const char *text, const char *expected)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_ranges r = sk_highlight(&cx, parse(&cx, query), sk_str_of(text));
    assert_false(r.more);
    assert_string_equal(mark(&cx, sk_str_of(text), r.v, r.n).p, expected);
    sk_ctx_done(&cx);
}

static void cuts_out(const char *query, const char *text, size_t columns, const char *expected)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_ranges r = sk_highlight(&cx, parse(&cx, query), sk_str_of(text));
    sk_snippet s = sk_snippet_of(&cx, sk_str_of(text), r, columns);
    assert_string_equal(mark(&cx, s.text, s.v, s.n).p, expected);
    assert_true(sk_utf8_width(s.text) <= columns);
    sk_ctx_done(&cx);
}

static void matches_are_shown_with_their_own_bytes(void **state)
{
    shows("수용소", "그 수용소에서", "그 [수용소]에서");
    shows("영호", "김영호는", "김[영호]는");
    shows("수", "수용소와 다수", "[수]용소와 다[수]");
    shows("guard*", "The GUARDS' guard", "The [GUARDS]' [guard]");
    shows("\"the guard\"", "The guard, the bad guard", "[The guard], the bad guard");
    shows("naive", "a naïve view", "a [naïve] view");
    shows("30023", "of 30,023 names", "of [30,023] names");
    shows("regime", "the regime's end", "the [regime]'s end");
    shows("étrange", "L'Étrange", "L'[Étrange]");
    shows("regimes", "the regime's end", "the [regime's] end");
    shows("أحمد", "قال والأحمد", "قال [والأحمد]");
    shows("ガイド", "ｶﾞｲﾄﾞさん", "[ｶﾞｲﾄﾞ]さん");
    shows("제15호", "제15호관리소", "[제15호]관리소");
    shows("nothing", "at all", "at all");
}

static void every_leaf_but_the_excluded_is_shown(void **state)
{
    shows("camp guard", "camp guard", "[camp] [guard]");
    shows("camp -guard", "camp guard", "[camp] guard");
    shows("camp OR guard", "a guard", "a [guard]");
    shows("camp -(guard -dog)", "camp guard dog", "[camp] guard [dog]");
    shows("kind:claim", "camp", "camp");
}

static void matches_that_overlap_become_one(void **state)
{
    shows("수용 용소", "수용소", "[수용소]");
    shows("\"a b\" \"b c\"", "a b c", "[a b c]");
    shows("아아", "아아아아", "[아아아아]");
    shows("\"a b a\"", "a b a b a", "[a b a b a]");
}

static void a_phrase_needs_its_words_in_a_row(void **state)
{
    shows("\"a b c\"", "a b x a b c a b", "a b x [a b c] a b");
    shows("\"a b\" c", "a x c b", "a x [c] b"); /* what began two words ago is forgotten */
    shows("\"수용소 에서\"", "수용소에서 수용소 에서", "수용소에서 [수용소 에서]");
}

static void a_phrase_longer_than_one_machine_word_is_found(void **state)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_buf b;
    sk_buf_init(&b, SK_KIB(8));
    sk_buf_addc(&b, '"');
    for (int i = 0; i < 200; i++)
        sk_buf_addf(&b, "w%d ", i);
    sk_buf_addc(&b, '"');
    sk_str phrase = sk_str_sub(sk_buf_str(&b), 1, b.n - 3);
    const sk_query *q = parse(&cx, b.p);
    sk_str text = sk_fmt(&cx.arena, "w0 w1 %.*s w0", SK_P(phrase));
    sk_ranges r = sk_highlight(&cx, q, text);
    assert_int_equal(r.n, 1);
    assert_int_equal(r.v[0].start, 6);
    assert_int_equal(r.v[0].end, 6 + phrase.n);
    sk_buf_done(&b);
    sk_ctx_done(&cx);
}

static void more_matches_than_can_be_listed_are_admitted(void **state)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    size_t n = SK_LIM_HIGHLIGHTS + 10;
    char *text = sk_alloc(&cx.arena, 2 * n);
    for (size_t i = 0; i < n; i++)
        memcpy(text + 2 * i, "x ", 2);
    sk_ranges r = sk_highlight(&cx, parse(&cx, "x"), (sk_str){text, 2 * n});
    assert_int_equal(r.n, SK_LIM_HIGHLIGHTS);
    assert_true(r.more);
    sk_ctx_done(&cx);
}

static void a_snippet_is_cut_between_words(void **state)
{
    static const char text[] =
        "The committee kept lists of names in a locked room, and the guard who "
        "had the key was questioned twice before the search began at dawn.";
    cuts_out("guard", text, 40, "…and the [guard] who had the key was…");
    cuts_out("committee", text, 40, "The [committee] kept lists of names in a…");
    cuts_out("dawn", text, 40, "…twice before the search began at [dawn].");
    cuts_out("guard", text, 1000,
             "The committee kept lists of names in a locked room, and the [guard] who had the key "
             "was questioned twice before the search began at dawn.");
    cuts_out("nowhere", text, 20, "The committee kept…");
}

static void a_snippet_counts_wide_characters_as_two(void **state)
{
    cuts_out("영호", "보위부 요원들이 새벽에 김영호의 집으로 들어와 어머니를 체포하였다", 24,
             "…김[영호]의 집으로…");
}

static void a_snippet_prefers_the_place_with_most_of_the_query(void **state)
{
    static const char text[] =
        "guard guard guard guard and then for a long while nothing at all of note "
        "happened until the guard beat him with a stick";
    cuts_out("guard beat stick", text, 42, "…until the [guard] [beat] him with a [stick]");
    cuts_out("guard", text, 30, "[guard] [guard] [guard] [guard] and…");
}

static void a_snippet_is_one_line(void **state)
{
    cuts_out("two", "one\n\n\t two  \n three", 40, "one [two] three");
    cuts_out("\"two three\"", "one two\n\nthree four", 40, "one [two three] four");
}

static void a_match_longer_than_the_window_shows_its_beginning(void **state)
{
    cuts_out("\"one two three four five\"", "zero one two three four five six", 14,
             "…[one two thre]…");
    cuts_out("가나다라마바사아자차", "가나다라마바사아자차카", 12, "[가나다라마]…");
}

static void marks_are_never_cut_from_their_letter(void **state)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_str text = SK_S("เจ้าหน้าที่จับกุมผู้ต้องขังในตอนเช้ามืดที่บ้านของเขา");
    for (size_t columns = 8; columns < 40; columns++) {
        sk_ranges r = sk_highlight(&cx, parse(&cx, "ต้องขัง"), text);
        sk_snippet s = sk_snippet_of(&cx, text, r, columns);
        sk_str body = sk_str_sub(s.text, sk_str_starts(s.text, SK_S("…")) ? 3 : 0, s.text.n);
        size_t at = 0;
        assert_int_not_equal(sk_utf8_width_of(sk_utf8_next(body, &at)), 0);
        size_t end = sk_str_ends(body, SK_S("…")) ? body.n - 3 : body.n;
        size_t where = sk_str_find(text, sk_str_sub(body, 0, end));
        assert_int_not_equal(where, SIZE_MAX);
        at = where + end;
        if (at < text.n)
            assert_int_not_equal(sk_utf8_width_of(sk_utf8_next(text, &at)), 0);
    }
    sk_ctx_done(&cx);
}

/* Whatever the text, the columns and the query: one line, in bounds, made of the text. */
static void snippets_keep_their_bounds_whatever_the_text(void **state)
{
    static const char *const bits[] = {"수용소",  "ab", " ",      "\n", "'",      "ต้อ",
                                       "x\u0301", "。", "a",      "容", "\u3000", "30,023",
                                       "·",       "w*", "\u200B", "ﾞ"};
    uint32_t seed = 7;
    for (int round = 0; round < 3000; round++) {
        sk_ctx cx;
        sk_ctx_init(&cx);
        sk_buf b;
        sk_buf_init(&b, SK_KIB(4));
        for (int i = 0; i < 60; i++) {
            seed = seed * 1664525u + 1013904223u;
            if (seed >> 8 & 3)
                sk_buf_add(&b, sk_str_of(bits[(seed >> 16) % SK_COUNT(bits)]));
        }
        sk_str text = sk_buf_str(&b);
        sk_ranges r = sk_highlight(&cx, parse(&cx, "용소 a* 容 \"ab 수\" 30023"), text);
        size_t columns = 8 + (seed >> 20) % 60;
        sk_snippet s = sk_snippet_of(&cx, text, r, columns);
        assert_true(sk_utf8_width(s.text) <= columns);
        assert_int_equal(sk_str_find(s.text, SK_S("\n")), SIZE_MAX);
        assert_int_equal(sk_utf8_find_bad(s.text), SIZE_MAX);
        assert_true(r.n == 0 || s.n > 0); /* a match is always in the picture */
        mark(&cx, s.text, s.v, s.n);
        sk_buf_done(&b);
        sk_ctx_done(&cx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_are_shown_with_their_own_bytes),
        cmocka_unit_test(every_leaf_but_the_excluded_is_shown),
        cmocka_unit_test(matches_that_overlap_become_one),
        cmocka_unit_test(a_phrase_needs_its_words_in_a_row),
        cmocka_unit_test(a_phrase_longer_than_one_machine_word_is_found),
        cmocka_unit_test(more_matches_than_can_be_listed_are_admitted),
        cmocka_unit_test(a_snippet_is_cut_between_words),
        cmocka_unit_test(a_snippet_counts_wide_characters_as_two),
        cmocka_unit_test(a_snippet_prefers_the_place_with_most_of_the_query),
        cmocka_unit_test(a_snippet_is_one_line),
        cmocka_unit_test(a_match_longer_than_the_window_shows_its_beginning),
        cmocka_unit_test(marks_are_never_cut_from_their_letter),
        cmocka_unit_test(snippets_keep_their_bounds_whatever_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
