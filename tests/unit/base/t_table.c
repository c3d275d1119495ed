/* Tables as people see them, character by character. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/table.h"
#include "base/utf8.h"

static sk_arena arena;

static int begin(void **state)
{
    arena = SK_ARENA_INIT;
    return 0;
}

static int end(void **state)
{
    sk_arena_done(&arena);
    return 0;
}

static const sk_column ledger[] = {
    {.key = "date", .title = "Date"},
    {.key = "count", .title = "People", .align = SK_ALIGN_RIGHT},
    {.key = "says", .title = "Says whom"},
};

static sk_table *forced_returns(void)
{
    sk_table *t = sk_table_new(&arena, ledger, SK_COUNT(ledger));
    sk_table_cell(t, SK_S("2023-08-29"));
    sk_table_cell_int(t, 80);
    sk_table_cell(t, SK_S("북한인권단체"));
    sk_table_cell(t, SK_S("2023-10-09"));
    sk_table_cell(t, SK_S("500–600"));
    sk_table_cell(t, SK_S("Justice for North Korea"));
    return t;
}

static void looks(const sk_table *t, sk_look look, const char *expected)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(1));
    sk_table_text(t, &look, &b);
    if (!sk_str_is(sk_buf_str(&b), expected))
        fail_msg("\n%s\nexpected\n%s", b.p, expected);
    sk_buf_done(&b);
}

static void columns_stand_under_their_titles(void **state)
{
    looks(forced_returns(), (sk_look){.rules = SK_RULES_ASCII},
          "Date         People  Says whom\n"
          "----------  -------  -----------------------\n"
          "2023-08-29       80  북한인권단체\n"
          "2023-10-09  500–600  Justice for North Korea\n");
    looks(forced_returns(), (sk_look){.rules = SK_RULES_NONE},
          "Date         People  Says whom\n"
          "2023-08-29       80  북한인권단체\n"
          "2023-10-09  500–600  Justice for North Korea\n");
    looks(forced_returns(), (sk_look){.rules = SK_RULES_LIGHT},
          "Date         People  Says whom\n"
          "──────────  ───────  ───────────────────────\n"
          "2023-08-29       80  북한인권단체\n"
          "2023-10-09  500–600  Justice for North Korea\n");
}

static void wide_and_combining_characters_keep_columns_straight(void **state)
{
    static const sk_column columns[] = {{.key = "n", .title = "名前"}, {.key = "p", .title = "x"}};
    static const char *const names[] = {"김영호",       "久米裕", "パリ", "Ren\xC3\xA9",
                                        "Rene\xCC\x81", "สมชาย",  "a"};
    sk_table *t = sk_table_new(&arena, columns, 2);
    for (size_t i = 0; i < SK_COUNT(names); i++) {
        sk_table_cell(t, sk_str_of(names[i]));
        sk_table_cell(t, SK_S("|"));
    }
    looks(t, (sk_look){.rules = SK_RULES_NONE},
          "名前    x\n"
          "김영호  |\n"
          "久米裕  |\n"
          "パリ    |\n"
          "Ren\xC3\xA9    |\n"
          "Rene\xCC\x81    |\n"
          "สมชาย   |\n"
          "a       |\n");
}

static void long_cells_wrap_at_words_and_between_wide_characters(void **state)
{
    static const sk_column columns[] = {{.key = "a", .title = "A"},
                                        {.key = "b", .title = "B", .most = 12}};
    sk_table *t = sk_table_new(&arena, columns, 2);
    sk_table_cell(t, SK_S("1"));
    sk_table_cell(t, SK_S("more than five hundred people"));
    sk_table_cell(t, SK_S("2"));
    sk_table_cell(t, SK_S("북한인권정보센터에서 발표"));
    sk_table_cell(t, SK_S("3"));
    sk_table_cell(t, SK_S("収容所に送られた、と証言。"));
    sk_table_cell(t, SK_S("4"));
    sk_table_cell(t, SK_S("supercalifragilistic"));
    sk_table_cell(t, SK_S("5"));
    sk_table_cell(t, SK_S("one\ntwo"));
    looks(t, (sk_look){.rules = SK_RULES_NONE},
          "A  B\n"
          "1  more than\n"
          "   five hundred\n"
          "   people\n"
          "2  북한인권정보\n"
          "   센터에서\n"
          "   발표\n"
          "3  収容所に送ら\n"
          "   れた、と証\n" /* no line begins with a full stop */
          "   言。\n"
          "4  supercalifra\n"
          "   gilistic\n"
          "5  one\n"
          "   two\n");
}

static void the_widest_columns_give_way_to_the_terminal(void **state)
{
    looks(forced_returns(), (sk_look){.width = 36, .rules = SK_RULES_ASCII},
          "Date         People  Says whom\n"
          "----------  -------  ---------------\n"
          "2023-08-29       80  북한인권단체\n"
          "2023-10-09  500–600  Justice for\n"
          "                     North Korea\n");
    for (size_t width = 1; width < 60; width++) {
        sk_buf b;
        sk_buf_init(&b, SK_MIB(1));
        sk_look look = {.width = width, .rules = SK_RULES_LIGHT};
        sk_table_text(forced_returns(), &look, &b);
        sk_str rest = sk_buf_str(&b), line;
        while (sk_str_cut(&rest, '\n', &line))
            if (width >= 31 && sk_utf8_width(line) > width)
                fail_msg("%zu: %.*s", width, SK_P(line));
        sk_buf_done(&b);
    }
}

static void a_narrow_terminal_gets_cards(void **state)
{
    looks(forced_returns(), (sk_look){.width = 26, .rules = SK_RULES_ASCII},
          "Date       2023-08-29\n"
          "People     80\n"
          "Says whom  북한인권단체\n"
          "\n"
          "Date       2023-10-09\n"
          "People     500–600\n"
          "Says whom  Justice for North\n"
          "           Korea\n");
}

static void nothing_in_the_data_acts_on_the_terminal(void **state)
{
    static const sk_column columns[] = {{.key = "a", .title = "A"}};
    sk_table *t = sk_table_new(&arena, columns, 1);
    sk_table_cell(t, SK_S("\x1b[31mred\x07\r"));
    sk_table_cell(t, SK_S("exe\xE2\x80\xAEgnp")); /* right-to-left override */
    sk_table_cell(t, SK_S("a\tb"));
    sk_table_cell(t, SK_S("\xff\xC2\x9B"));
    sk_table_cell(t, SK_S("zero\xE2\x80\x8Bwidth"));
    sk_table_cell(t, SK_S("می\xE2\x80\x8Cخواهم")); /* Persian needs the joiner */
    sk_table_cell(t, SK_S("葛\xF3\xA0\x84\x80"));  /* one variation selector: a name's form */
    sk_table_cell(t, SK_S("葛\xF3\xA0\x84\x80\xF3\xA0\x84\x81"));
    looks(t, (sk_look){.rules = SK_RULES_NONE},
          "A\n"
          "\\x1b[31mred\\x07\\x0d\n"
          "exe<U+202E>gnp\n"
          "a b\n"
          "\\xff\\x9b\n"
          "zero<U+200B>width\n"
          "می\xE2\x80\x8Cخواهم\n"
          "葛\xF3\xA0\x84\x80\n"
          "葛\xF3\xA0\x84\x80<U+E0101>\n");
}

static void colour_comes_only_when_asked_for(void **state)
{
    static const sk_column columns[] = {{.key = "p", .title = "Position"},
                                        {.key = "n", .title = "N"}};
    sk_table *t = sk_table_new(&arena, columns, 2);
    sk_table_cell(t, SK_S("denies"));
    sk_table_style(t, SK_STYLE_RED);
    sk_table_cell(t, SK_S("1"));
    looks(t, (sk_look){.rules = SK_RULES_NONE}, "Position  N\ndenies    1\n");
    looks(t, (sk_look){.rules = SK_RULES_NONE, .colour = true},
          "\x1b[1mPosition\x1b[0m  \x1b[1mN\x1b[0m\n\x1b[31mdenies\x1b[0m    1\n");
}

static sk_table *grouped(void)
{
    static const sk_column columns[] = {
        {.key = "who", .title = "Who"},
        {.key = "n", .title = "N", .align = SK_ALIGN_RIGHT},
        {.key = "share", .title = "Share", .align = SK_ALIGN_CENTRE},
        {.key = "ok", .title = "OK"},
    };
    sk_table *t = sk_table_new(&arena, columns, SK_COUNT(columns));
    sk_table_group(t, SK_S("상봉"));
    sk_table_cell(t, SK_S("=A"));
    sk_table_cell_int(t, -5);
    sk_table_cell_real(t, 0.5);
    sk_table_cell_bool(t, true);
    sk_table_group(t, SK_S("other"));
    sk_table_cellf(t, "b %d", 7);
    sk_table_cell_int(t, 1234);
    sk_table_shown(t, SK_S("1,234"));
    sk_table_cell_none(t);
    sk_table_cell_bool(t, false);
    return t;
}

static void groups_have_headings(void **state)
{
    assert_int_equal(sk_table_rows(grouped()), 2);
    looks(grouped(), (sk_look){.rules = SK_RULES_ASCII},
          "Who      N  Share  OK\n"
          "---  -----  -----  ---\n"
          "상봉\n"
          "=A      -5   0.5   yes\n"
          "\n"
          "other\n"
          "b 7  1,234         no\n");
}

static void programs_get_the_same_table(void **state)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(1));
    sk_table_csv(grouped(), false, &b);
    assert_string_equal(b.p, "group,who,n,share,ok\n상봉,=A,-5,0.5,yes\nother,b 7,1234,,no\n");
    sk_buf_reset(&b);
    sk_table_csv(grouped(), true, &b);
    assert_string_equal(b.p, "group,who,n,share,ok\n상봉,\"'=A\",-5,0.5,yes\nother,b 7,1234,,no\n");
    sk_buf_reset(&b);
    sk_table_json(grouped(), SK_JSON_COMPACT, &b);
    assert_string_equal(b.p,
                        "[{\"group\":\"상봉\",\"who\":\"=A\",\"n\":-5,\"share\":0.5,\"ok\":true},"
                        "{\"group\":\"other\",\"who\":\"b 7\",\"n\":1234,\"share\":null,"
                        "\"ok\":false}]");
    sk_buf_reset(&b);
    sk_table *none = sk_table_new(&arena, ledger, SK_COUNT(ledger));
    sk_table_json(none, SK_JSON_COMPACT, &b);
    assert_string_equal(b.p, "[]");
    sk_buf_done(&b);
    looks(none, (sk_look){.rules = SK_RULES_NONE}, "Date  People  Says whom\n");
}

static void writers_of_other_formats_walk_through_typed_cells(void **state)
{
    sk_table *t = grouped();
    assert_int_equal(sk_table_width(t), 5);
    assert_true(sk_str_is(sk_table_key(t, 0), "group"));
    assert_true(sk_str_is(sk_table_key(t, 4), "ok"));
    sk_table_walk w = sk_table_begin(t);
    assert_true(sk_table_next(&w));
    assert_int_equal(w.row, 1);
    assert_true(sk_str_is(sk_table_get(&w, 0).text, "상봉"));
    assert_int_equal(sk_table_get(&w, 1).type, SK_CELL_IS_TEXT);
    assert_int_equal(sk_table_get(&w, 2).type, SK_CELL_IS_INT);
    assert_int_equal(sk_table_get(&w, 2).value.i, -5);
    assert_true(sk_table_get(&w, 3).value.d == 0.5);
    assert_true(sk_table_get(&w, 4).value.b);
    assert_true(sk_table_next(&w));
    assert_true(sk_str_is(sk_table_get(&w, 0).text, "other"));
    assert_true(sk_str_is(sk_table_get(&w, 2).text, "1234")); /* not as shown to people */
    assert_int_equal(sk_table_get(&w, 3).type, SK_CELL_IS_NONE);
    assert_false(sk_table_next(&w));
    sk_table *none = sk_table_new(&arena, ledger, SK_COUNT(ledger));
    sk_table_group(none, SK_S("a heading over nothing"));
    w = sk_table_begin(none);
    assert_false(sk_table_next(&w));
}

static void the_terminal_is_looked_at_once(void **state)
{
    sk_term t;
    sk_colour c;
    int fds[2];
    assert_int_equal(pipe(fds), 0);
    unsetenv("COLUMNS");
    setenv("TERM", "xterm", 1);
    setenv("LC_ALL", "ko_KR.UTF-8", 1);
    sk_term_look(fds[1], SK_COLOUR_AUTO, &t);
    assert_true(!t.is_terminal && !t.colour && t.width == 0 && t.utf8);
    sk_term_look(fds[1], SK_COLOUR_ALWAYS, &t);
    assert_true(t.colour);
    setenv("COLUMNS", "72", 1);
    setenv("LC_ALL", "C", 1);
    sk_term_look(fds[1], SK_COLOUR_NEVER, &t);
    assert_true(!t.colour && t.width == 72 && !t.utf8);
    assert_int_equal(sk_look_for(&t).rules, SK_RULES_ASCII);
    close(fds[0]);
    close(fds[1]);
    assert_true(sk_colour_parse(SK_S("never"), &c) && c == SK_COLOUR_NEVER);
    assert_false(sk_colour_parse(SK_S("Never"), &c));
}

static void a_terminal_gets_colour_unless_it_says_no(void **state)
{
    int primary = posix_openpt(O_RDWR | O_NOCTTY);
    if (primary < 0 || grantpt(primary) || unlockpt(primary)) {
        print_message("SKIP: no pseudo-terminals here\n");
        skip();
    }
    int tty = open(ptsname(primary), O_RDWR | O_NOCTTY);
    struct winsize size = {.ws_col = 101, .ws_row = 20};
    sk_term t;
    assert_true(tty >= 0 && ioctl(tty, TIOCSWINSZ, &size) == 0);
    unsetenv("COLUMNS");
    unsetenv("NO_COLOR");
    setenv("TERM", "xterm", 1);
    sk_term_look(tty, SK_COLOUR_AUTO, &t);
    assert_true(t.is_terminal && t.colour && t.width == 101);
    setenv("NO_COLOR", "1", 1);
    sk_term_look(tty, SK_COLOUR_AUTO, &t);
    assert_false(t.colour);
    unsetenv("NO_COLOR");
    setenv("TERM", "dumb", 1);
    sk_term_look(tty, SK_COLOUR_AUTO, &t);
    assert_false(t.colour);
    close(tty);
    close(primary);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        T(columns_stand_under_their_titles),
        T(wide_and_combining_characters_keep_columns_straight),
        T(long_cells_wrap_at_words_and_between_wide_characters),
        T(the_widest_columns_give_way_to_the_terminal),
        T(a_narrow_terminal_gets_cards),
        T(nothing_in_the_data_acts_on_the_terminal),
        T(colour_comes_only_when_asked_for),
        T(groups_have_headings),
        T(programs_get_the_same_table),
        T(writers_of_other_formats_walk_through_typed_cells),
        T(the_terminal_is_looked_at_once),
        T(a_terminal_gets_colour_unless_it_says_no),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
