/* The text of an exhibit in a window of the terminal, words chosen in it, and a line that is typed. */
#include "cli/review_line.h"
#include "cli/review_pane.h"

#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const sk_term plain = {.is_terminal = true, .utf8 = true};
static const sk_term coloured = {.is_terminal = true, .utf8 = true, .colour = true};

typedef struct fixture {
    sk_pane pane;
    sk_text_block block[4];
    sk_buf out;
    sk_arena arena;
} fixture;

/* Blocks one after another, one byte apart, as in an exhibit's text. */
static fixture *open_pane(void **state, const char *const *texts, size_t n, size_t columns,
                          size_t rows)
{
    static fixture f;
    size_t start = 0;
    memset(&f, 0, sizeof f);
    for (size_t i = 0; i < n; i++) {
        sk_str text = sk_str_of(texts[i]);
        f.block[i] = (sk_text_block){.start = start, .end = start + text.n, .text = text};
        start += text.n + 1;
    }
    sk_pane_init(&f.pane, f.block, n);
    sk_pane_fit(&f.pane, columns, rows, &plain);
    sk_buf_init(&f.out, SK_MIB(1));
    *state = &f;
    return &f;
}

static int close_pane(void **state)
{
    fixture *f = *state;
    sk_pane_done(&f->pane);
    sk_buf_done(&f->out);
    sk_arena_done(&f->arena);
    return 0;
}

static const char *drawn(fixture *f)
{
    sk_buf_reset(&f->out);
    sk_pane_put(&f->pane, &f->out);
    return f->out.p;
}

static void lines_end_at_blanks_and_the_window_is_filled(void **state)
{
    const char *texts[] = {"the guards beat the workers at the gate", "next"};
    fixture *f = open_pane(state, texts, 2, 23, 4);
    assert_string_equal(drawn(f), "  the guards beat the\n  workers at the gate\n  next\n\n");
}

static void no_line_is_wider_than_the_window_whatever_the_script(void **state)
{
    const char *texts[] = {"수용소에서 나온 사람들은 다시 붙잡혔다 そして中国へ送り返された人々"
                           "もいる 被遣返者被關押 Die\xCC\x81 re\xCC\x81sume\xCC\x81"};
    for (size_t columns = 13; columns < 60; columns++) {
        fixture *f = open_pane(state, texts, 1, columns, 40);
        sk_str rest = sk_str_of(drawn(f)), line;
        while (sk_str_cut(&rest, '\n', &line))
            assert_true(sk_utf8_width(line) < columns);
        close_pane(state);
    }
    open_pane(state, texts, 1, 40, 3);
}

static void a_korean_word_is_broken_only_when_a_line_is_too_narrow_for_it(void **state)
{
    const char *texts[] = {"그는 강제수용소에 갇혔다"};
    fixture *f = open_pane(state, texts, 1, 19, 3);
    assert_string_equal(drawn(f), "  그는\n  강제수용소에\n  갇혔다\n");
}

static void nothing_of_a_document_acts_on_the_terminal(void **state)
{
    const char *texts[] = {"a\x1b]0;title\x07 b\x9b"
                           "2J \xE2\x80\xAE"
                           "drow \xC2\x9B"
                           "31m\x7f\ttab\r"};
    fixture *f = open_pane(state, texts, 1, 120, 1);
    const char *text = drawn(f);
    for (const char *p = text; *p; p++)
        assert_true(((unsigned char)*p >= 0x20 && *p != 0x7f) || *p == '\n');
    assert_non_null(strstr(text, "\\x1b]0;title\\x07"));
    assert_non_null(strstr(text, "<U+202E>drow"));
    assert_non_null(strstr(text, "\\x9b31m\\x7f"));
    assert_null(strstr(text, "\xC2\x9B"));
}

static void marks_are_brackets_without_colours_and_colours_with_them(void **state)
{
    const char *texts[] = {"guards beat workers"};
    fixture *f = open_pane(state, texts, 1, 60, 1);
    const sk_mark marks[] = {{0, 19, SK_MARK_SENTENCE}, {0, 6, SK_MARK_WHO}, {7, 11, SK_MARK_ACT}};
    const sk_gutter gutter = {0, 19, '>'};
    f->pane.marks = marks;
    f->pane.n_marks = SK_COUNT(marks);
    f->pane.gutters = &gutter;
    f->pane.n_gutters = 1;
    assert_string_equal(drawn(f), "> ⟦guards⟧ ⟦beat⟧ workers\n");
    sk_pane_fit(&f->pane, 60, 1, &coloured);
    const char *text = drawn(f);
    assert_null(strstr(text, "⟦"));
    assert_non_null(strstr(text, "m"
                                 "guards\x1b[0"));
}

static void brackets_count_when_lines_are_cut(void **state)
{
    const char *texts[] = {"ab cd ef gh ij kl"};
    fixture *f = open_pane(state, texts, 1, 14, 3);
    const sk_mark marks[] = {{0, 2, SK_MARK_WHO}, {3, 5, SK_MARK_WHO}, {6, 8, SK_MARK_WHO}};
    f->pane.marks = marks;
    f->pane.n_marks = SK_COUNT(marks);
    sk_str rest = sk_str_of(drawn(f)), line;
    while (sk_str_cut(&rest, '\n', &line))
        assert_true(sk_utf8_width(line) < 14);
}

static void a_letter_stays_with_its_marks(void **state)
{
    const char *texts[] = {"abcdefghie\xCC\x81\xCC\x82z"};
    fixture *f = open_pane(state, texts, 1, 13, 3);
    const char *text = drawn(f);
    assert_non_null(strstr(text, "e\xCC\x81\xCC\x82"));
    assert_int_equal(sk_pane_character(&f->pane, 9, false), 14);
    assert_int_equal(sk_pane_character(&f->pane, 14, true), 9);
    assert_int_equal(sk_pane_character(&f->pane, 0, true), SIZE_MAX);
}

static void a_book_on_one_line_scrolls_like_any_other(void **state)
{
    size_t n = SK_MIB(2);
    char *text = sk_xmalloc(n + 1);
    for (size_t i = 0; i < n; i++)
        text[i] = i % 6 == 5 ? ' ' : (char)('a' + i / 6 % 26);
    text[n] = 0;
    const char *texts[] = {text};
    fixture *f = open_pane(state, texts, 1, 80, 20);
    sk_pane_centre(&f->pane, n - 10);
    size_t end = f->pane.top;
    assert_true(n - end < 80 * 20);
    sk_pane_scroll(&f->pane, -5);
    assert_true(f->pane.top < end);
    sk_pane_scroll(&f->pane, 500);
    assert_int_equal(f->pane.top, end);
    assert_int_equal(sk_pane_find(&f->pane, SK_S("ZZZZZ AAAAA"), n / 2) % 6, 0);
    close_pane(state);
    free(text);
    const char *empty[] = {""};
    open_pane(state, empty, 1, 80, 20);
}

static void words_are_chosen_between_blanks_or_one_character_at_a_time(void **state)
{
    const char *texts[] = {"two  girls", "北京で"};
    fixture *f = open_pane(state, texts, 2, 40, 4);
    size_t start, end;
    assert_true(sk_pane_word(&f->pane, 3, &start, &end));
    assert_int_equal(start, 5);
    assert_int_equal(end, 10);
    assert_true(sk_pane_word(&f->pane, end, &start, &end)); /* the next block's first character */
    assert_int_equal(start, 11);
    assert_int_equal(end, 14);
    assert_true(sk_pane_word_before(&f->pane, start, &start, &end));
    assert_int_equal(start, 5);
    assert_true(sk_pane_word_before(&f->pane, start, &start, &end));
    assert_int_equal(start, 0);
    assert_false(sk_pane_word_before(&f->pane, start, &start, &end));
    assert_false(sk_pane_word(&f->pane, 20, &start, &end));
    sk_str text = sk_pane_text(&f->pane, &f->arena, 5, 14);
    assert_true(sk_str_is(text, "girls 北"));
}

static void a_text_is_cut_to_a_width_and_says_so(void **state)
{
    const char *texts[] = {"x"};
    fixture *f = open_pane(state, texts, 1, 40, 4);
    sk_buf_reset(&f->out);
    assert_int_equal(sk_put_fitted(&f->out, SK_S("강제송환"), 8), 8);
    assert_true(sk_str_is(sk_buf_str(&f->out), "강제송환"));
    sk_buf_reset(&f->out);
    assert_int_equal(sk_put_fitted(&f->out, SK_S("강제송환"), 7), 6);
    assert_true(sk_str_is(sk_buf_str(&f->out), "강제.."));
}

/* ---- a line that is typed ---- */

static void press(sk_typed *line, sk_key_kind kind, uint32_t c)
{
    assert_true(sk_typed_key(line, (sk_key){.kind = kind, .c = c}));
}

static void typing_edits_whole_characters(void **state)
{
    (void)state;
    sk_typed line;
    sk_typed_init(&line, SK_S("한e\xCC\x81"));
    press(&line, SK_KEY_BACKSPACE, 0); /* the letter with its mark */
    assert_true(sk_str_is(sk_typed_text(&line), "한"));
    press(&line, SK_KEY_CHAR, 0xAD6D);
    press(&line, SK_KEY_LEFT, 0);
    press(&line, SK_KEY_CHAR, 'x');
    assert_true(sk_str_is(sk_typed_text(&line), "한x국"));
    press(&line, SK_KEY_DELETE, 0);
    assert_true(sk_str_is(sk_typed_text(&line), "한x"));
    press(&line, SK_KEY_CONTROL, 'u');
    assert_true(sk_str_is(sk_typed_text(&line), ""));
    press(&line, SK_KEY_BACKSPACE, 0); /* at the beginning: nothing */
    sk_typed_done(&line);
}

static void a_pasted_line_end_is_a_blank_and_enter_is_not_the_lines(void **state)
{
    (void)state;
    sk_typed line;
    sk_typed_init(&line, SK_S("a"));
    assert_true(sk_typed_key(&line, (sk_key){.kind = SK_KEY_ENTER, .is_pasted = true}));
    assert_false(sk_typed_key(&line, (sk_key){.kind = SK_KEY_ENTER}));
    assert_true(sk_str_is(sk_typed_text(&line), "a "));
    sk_typed_done(&line);
}

static void a_long_line_slides_so_that_the_cursor_shows(void **state)
{
    (void)state;
    sk_typed line;
    sk_buf out;
    size_t column;
    sk_buf_init(&out, SK_KIB(1));
    sk_typed_init(&line, SK_S("0123456789가나다라"));
    sk_typed_put(&line, &out, 8, &column);
    assert_true(column < 8);
    assert_non_null(strstr(out.p, "라"));
    assert_null(strstr(out.p, "0"));
    press(&line, SK_KEY_HOME, 0);
    sk_buf_reset(&out);
    sk_typed_put(&line, &out, 8, &column);
    assert_int_equal(column, 0);
    assert_non_null(strstr(out.p, "01234"));
    sk_typed_done(&line);
    sk_buf_done(&out);
}

#define TEST(f) cmocka_unit_test_teardown(f, close_pane)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lines_end_at_blanks_and_the_window_is_filled),
        TEST(no_line_is_wider_than_the_window_whatever_the_script),
        TEST(a_korean_word_is_broken_only_when_a_line_is_too_narrow_for_it),
        TEST(nothing_of_a_document_acts_on_the_terminal),
        TEST(marks_are_brackets_without_colours_and_colours_with_them),
        TEST(brackets_count_when_lines_are_cut),
        TEST(a_letter_stays_with_its_marks),
        TEST(a_book_on_one_line_scrolls_like_any_other),
        TEST(words_are_chosen_between_blanks_or_one_character_at_a_time),
        TEST(a_text_is_cut_to_a_width_and_says_so),
        cmocka_unit_test(typing_edits_whole_characters),
        cmocka_unit_test(a_pasted_line_end_is_a_blank_and_enter_is_not_the_lines),
        cmocka_unit_test(a_long_line_slides_so_that_the_cursor_shows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
