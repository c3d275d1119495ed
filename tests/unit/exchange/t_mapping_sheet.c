/* Tables of every kind under one roof: CP949 from Korean Excel, workbooks of several sheets, tabs.
 * And what holds for all: the order of rows does not matter, and no half row is ever read. */
#include "reader_test.h"

#include "exchange/mapping/mapping_sheet.h"
#include "exchange/write/write_charset.h"
#include "exchange/write/write_xlsx.h"

#include <stdlib.h>

#define HEAD "sillok-mapping 1\nclaimant X\n"

/* ---- kinds of files ---- */

static const char families[] = "번호,성명,성별,생년월일\n1,김가상,남,1934.5.1\n2,이가상,여,1936\n";
static const char families_mapping[] =
    HEAD "values sex\n male = 남\n female = 여\n"
         "entity p Person\n key \"p-{번호}\"\n name 성명 lang ko\n gender 성별 values sex\n"
         " birthDate 생년월일\n";

static void assert_families(const said *s)
{
    assert_ok(s);
    assert_says(s, "p-1 Person:name = 김가상 {lang ko} by X at ");
    assert_says(s, "p-1 Person:birthDate = 1934-05-01 <1934.5.1>");
    assert_says(s, "p-2 Person:gender = female <여>");
    assert_int_equal(s->sum.claims, 6);
}

static sk_str in_cp949(sk_ctx *cx, const char *text)
{
    sk_encoder *e;
    sk_buf b;
    sk_buf_init(&b, SK_MIB(1));
    assert_int_equal(sk_encoder_open(cx, SK_S("cp949"), &e), SK_OK);
    sk_encoder_put(e, sk_str_of(text), &b);
    sk_encoder_close(e);
    sk_str bytes = sk_str_copy(&cx->arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return bytes;
}

static void a_table_of_korean_excel_is_read_as_it_is(void **state)
{
    said s;
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_source src = {.mapping = sk_str_of(families_mapping)};
    run_reader(&s, &sk_reader_table, "families.csv", in_cp949(&cx, families), &src);
    assert_families(&s);
    forget(&s);
    /* and one byte short of whole */
    sk_str bytes = in_cp949(&cx, families);
    run_reader(&s, &sk_reader_table, "families.csv", sk_str_sub(bytes, 0, bytes.n - 1), &src);
    assert_fails(&s, SK_E_FORMAT, "the last line has no end");
    forget(&s);
    sk_ctx_done(&cx);
}

static sk_table *table_of(sk_arena *a, const char *csv, const sk_column *columns, size_t n)
{
    sk_table *t = sk_table_new(a, columns, n);
    sk_str rest = sk_str_of(csv), line, cell;
    sk_str_cut(&rest, '\n', &line);
    while (rest.n && sk_str_cut(&rest, '\n', &line))
        while (line.n && sk_str_cut(&line, ',', &cell))
            sk_table_cell(t, cell);
    return t;
}

static sk_str workbook(sk_ctx *cx)
{
    static const sk_column people[] = {{.key = "번호", .title = "번호"},
                                       {.key = "성명", .title = "성명"},
                                       {.key = "성별", .title = "성별"},
                                       {.key = "생년월일", .title = "생년월일"}};
    static const sk_column notes[] = {{.key = "note", .title = "note"}};
    char path[] = "/tmp/sillok-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    sk_workbook *x;
    sk_workbook_summary sum;
    assert_int_equal(sk_workbook_open(cx, sk_str_of(path), SK_S("/tmp/"), &x), SK_OK);
    sk_table *t = table_of(&cx->arena, "note\nread me\n", notes, 1);
    assert_int_equal(sk_workbook_table(cx, x, t, SK_S("Read me"), false), SK_OK);
    t = table_of(&cx->arena, families, people, 4);
    assert_int_equal(sk_workbook_table(cx, x, t, SK_S("가족"), false), SK_OK);
    assert_int_equal(sk_workbook_close(cx, x, &sum), SK_OK);
    char *bytes = sk_alloc(&cx->arena, SK_MIB(1));
    ssize_t n = pread(fd, bytes, SK_MIB(1), 0);
    assert_true(n > 0);
    close(fd);
    unlink(path);
    return (sk_str){bytes, (size_t)n};
}

static void a_workbook_is_read_sheet_by_sheet(void **state)
{
    said s;
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_source src = {.mapping = sk_str_of(families_mapping)};
    run_reader(&s, &sk_reader_table, "families.xlsx", workbook(&cx), &src);
    assert_families(&s);
    assert_finds(&s, "skipped : the heading ('Read me'!A1)");
    assert_finds(&s, "skipped : the sheet \"Read me\" is not of this mapping: mapping line");
    assert_says(&s, "p-1 Person:name = 김가상 {lang ko} by X at 가족!A2");
    forget(&s);
    src.options.sheet = SK_S("Read me");
    run_reader(&s, &sk_reader_table, "families.xlsx", workbook(&cx), &src);
    assert_fails(&s, SK_E_FORMAT, "no sheet has the mapping's columns");
    forget(&s);
    sk_ctx_done(&cx);
}

static void tabs_and_semicolons_part_cells_too(void **state)
{
    said s;
    static const char mapping[] = HEAD "entity p Person\n key \"p-{ID}\"\n name Name\n";
    run_table(&s, "ID\tName\n1\tA, B\n", mapping);
    assert_says(&s, "p-1 Person:name = A, B");
    forget(&s);
    run_table(&s, "ID;Name\n1;A\n",
              HEAD "separator semicolon\nentity p Person\n key \"p-{ID}\"\n"
                   " name Name\n");
    assert_says(&s, "p-1 Person:name = A");
    forget(&s);
}

static void nothing_but_blanks_is_no_table(void **state)
{
    static const char mapping[] = HEAD "entity p Person\n key \"p-{ID}\"\n name Name\n";
    said s;
    run_table(&s, "\n,,\n", mapping);
    assert_fails(&s, SK_E_FORMAT, "every row is blank");
    forget(&s);
    run_table(&s, "ID,Name\n", HEAD "heading 7\nentity p Person\n key \"p-{ID}\"\n name Name\n");
    assert_fails(&s, SK_E_FORMAT, "there is no row 7");
    forget(&s);
    run_table(&s, "", mapping);
    assert_int_equal(s.rc, SK_E_FORMAT);
    forget(&s);
}

/* ---- what holds for all tables ---- */

static int by_text(const void *p, const void *q)
{
    return sk_str_cmp(*(const sk_str *)p, *(const sk_str *)q);
}

/* Claims without where they stand, in order. */
static size_t sorted_claims(const said *s, sk_arena *a, sk_str **ret_lines)
{
    size_t n = count_lines(&s->claims), i = 0;
    sk_str *lines = sk_new_array(a, sk_str, n + 1), rest = sk_buf_str(&s->claims), line;
    while (rest.n && sk_str_cut(&rest, '\n', &line))
        lines[i++] = sk_str_sub(line, 0, sk_str_find(line, SK_S(" at row ")));
    qsort(lines, n, sizeof *lines, by_text);
    *ret_lines = lines;
    return n;
}

static void the_order_of_rows_does_not_matter(void **state)
{
    enum { ROWS = 300 };
    static const char mapping[] = HEAD
        "list l\ndates dmy\nentity p Person\n key hash Name Born\n name Name\n birthDate Born\n"
        "entity b Organization\n key hash Body\n name Body\n"
        "entity m Membership\n key hash Name Born Body\n member @p\n organization @b\n";
    sk_arena a = SK_ARENA_INIT;
    sk_str rows[ROWS];
    uint32_t seed = 7;
    for (uint32_t i = 0; i < ROWS; i++)
        rows[i] = sk_fmt(&a, "Name %u,%u/%u/19%02u,Body %u", i % 250, i % 28 + 1, i % 12 + 1,
                         i % 90 + 10, i % 7);
    said first = {0};
    sk_str *want = NULL;
    size_t n_want = 0;
    for (int round = 0; round < 5; round++) {
        sk_buf b;
        sk_buf_init(&b, SK_MIB(1));
        sk_buf_add(&b, SK_S("Name,Born,Body\n"));
        for (size_t i = 0; i < ROWS; i++)
            sk_buf_addf(&b, "%.*s\n", SK_P(rows[i]));
        said s;
        run_table(&s, sk_str_c(&a, sk_buf_str(&b)), mapping);
        sk_buf_done(&b);
        assert_ok(&s);
        sk_str *got;
        size_t n = sorted_claims(&s, &a, &got);
        if (round == 0) {
            first = s;
            want = got;
            n_want = n;
        } else {
            assert_int_equal(n, n_want);
            for (size_t i = 0; i < n; i++)
                if (!sk_str_eq(got[i], want[i]))
                    fail_msg("%.*s and %.*s", SK_P(got[i]), SK_P(want[i]));
            assert_int_equal(s.sum.remarks, first.sum.remarks);
            forget(&s);
        }
        for (size_t i = ROWS - 1; i > 0; i--) { /* another order for the next round */
            seed = seed * 1664525 + 1013904223;
            size_t k = seed % (i + 1);
            sk_str swap = rows[i];
            rows[i] = rows[k];
            rows[k] = swap;
        }
    }
    assert_true(n_want > ROWS);
    forget(&first);
    sk_arena_done(&a);
}

static void a_table_cut_at_any_byte_fails_or_gives_whole_rows(void **state)
{
    static const char csv[] = "ID,Name,Text\r\n1,\"A \"\"quoted\"\" name\",\"two\nlines\"\r\n"
                              "2,이가상,\"x \"\r\n,,\r\n3,B,'=x\r\n";
    static const char mapping[] =
        HEAD "entity p Person\n key \"p-{ID}\"\n name Name\n notes Text\n";
    said all;
    run_table(&all, csv, mapping);
    assert_ok(&all);
    for (size_t n = 0; n < sizeof csv - 1; n++) {
        said s;
        sk_source src = {.mapping = sk_str_of(mapping)};
        run_reader(&s, &sk_reader_table, "x.csv", (sk_str){csv, n}, &src);
        if (!s.rc && !sk_str_starts(sk_buf_str(&all.claims), sk_buf_str(&s.claims)))
            fail_msg("cut at byte %zu: %.*s", n, SK_P(sk_buf_str(&s.claims)));
        if (!s.rc) /* whole rows, and as many as the summary says */
            assert_true(csv[n - 1] == '\n' || csv[n - 1] == '\r');
        forget(&s);
    }
    forget(&all);
}

static void whoever_knows_better_says_that_the_last_row_is_whole(void **state)
{
    said s;
    run_table(&s, "ID,Name\n1,A",
              HEAD "last-row whole\nentity p Person\n key \"p-{ID}\"\n name Name\n");
    assert_ok(&s);
    assert_says(&s, "p-1 Person:name = A");
    forget(&s);
    run_table(&s, "ID,Name\n1,A", HEAD "entity p Person\n key \"p-{ID}\"\n name Name\n");
    assert_fails(&s, SK_E_FORMAT, "write \"last-row whole\" in the mapping");
    forget(&s);
}

/* ---- small things ---- */

static void letters_are_numbers_of_columns(void **state)
{
    assert_int_equal(sk_column_of_letters(SK_S("A")), 0);
    assert_int_equal(sk_column_of_letters(SK_S("Z")), 25);
    assert_int_equal(sk_column_of_letters(SK_S("AA")), 26);
    assert_int_equal(sk_column_of_letters(SK_S("XFD")), 16383);
    assert_true(sk_column_of_letters(SK_S("")) == SIZE_MAX);
    assert_true(sk_column_of_letters(SK_S("a")) == SIZE_MAX);
    assert_true(sk_column_of_letters(SK_S("ABCDE")) == SIZE_MAX);
}

static void a_guard_is_taken_away_only_where_it_guards(void **state)
{
    assert_true(sk_str_is(sk_cell_unguarded(SK_S("'=1")), "=1"));
    assert_true(sk_str_is(sk_cell_unguarded(SK_S("''x")), "'x"));
    assert_true(sk_str_is(sk_cell_unguarded(SK_S("'x")), "'x"));
    assert_true(sk_str_is(sk_cell_unguarded(SK_S("'")), "'"));
}

static void hashtags_begin_with_a_letter(void **state)
{
    assert_true(sk_is_hxl_tag(SK_S("#adm1+name")));
    assert_true(sk_is_hxl_tag(SK_S(" #affected +f +children ")));
    assert_false(sk_is_hxl_tag(SK_S("#1")));
    assert_false(sk_is_hxl_tag(SK_S("# x")));
    assert_false(sk_is_hxl_tag(SK_S("name")));
    assert_false(sk_is_hxl_tag(SK_S("#it's")));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_table_of_korean_excel_is_read_as_it_is),
    cmocka_unit_test(a_workbook_is_read_sheet_by_sheet),
    cmocka_unit_test(tabs_and_semicolons_part_cells_too),
    cmocka_unit_test(nothing_but_blanks_is_no_table),
    cmocka_unit_test(the_order_of_rows_does_not_matter),
    cmocka_unit_test(a_table_cut_at_any_byte_fails_or_gives_whole_rows),
    cmocka_unit_test(whoever_knows_better_says_that_the_last_row_is_whole),
    cmocka_unit_test(letters_are_numbers_of_columns),
    cmocka_unit_test(a_guard_is_taken_away_only_where_it_guards),
    cmocka_unit_test(hashtags_begin_with_a_letter),
};

int main(void)
{
    setenv("SILLOK_EXTRACT", SK_EXTRACT_PROGRAM, 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
