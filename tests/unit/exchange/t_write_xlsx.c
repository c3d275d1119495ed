/* Tables as workbooks, read back by our own reader of workbooks and part by part by libarchive. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/clock.h"
#include "exchange/write/write_xlsx.h"
#include "exchange/write/write_xlsx_private.h"
#include "extract.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static sk_ctx cx;
static char folder[] = "/tmp/sillok-xlsx-XXXXXX";
static sk_str path;

static int setup(void **state)
{
    sk_ctx_init(&cx);
    strcpy(folder + sizeof folder - 7, "XXXXXX");
    assert_non_null(mkdtemp(folder));
    path = sk_fmt(&cx.arena, "%s/t.xlsx", folder);
    return 0;
}

static int teardown(void **state)
{
    unlink(path.p);
    assert_int_equal(rmdir(folder), 0); /* nothing else was left there */
    sk_ctx_done(&cx);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const sk_column columns[] = {
    {.key = "when", .title = "When"},
    {.key = "figure", .title = "Figure", .align = SK_ALIGN_RIGHT},
    {.key = "says", .title = "Says whom"},
};

static sk_table *table_of(const char *first, ...)
{
    va_list ap;
    sk_table *t = sk_table_new(&cx.arena, columns, SK_COUNT(columns));
    va_start(ap, first);
    for (const char *s = first; s; s = va_arg(ap, const char *))
        sk_table_cell(t, sk_str_of(s));
    va_end(ap);
    return t;
}

static void write_book(const sk_table *t, const char *name, bool has_tags)
{
    sk_workbook *x;
    assert_int_equal(sk_workbook_open(&cx, path, sk_str_of(folder), &x), SK_OK);
    assert_int_equal(sk_workbook_table(&cx, x, t, sk_str_of(name), has_tags), SK_OK);
    if (sk_workbook_close(&cx, x, NULL))
        fail_msg("%s", cx.message);
}

static sk_str file_bytes(void)
{
    struct stat st;
    int fd = open(path.p, O_RDONLY);
    assert_true(fd >= 0 && fstat(fd, &st) == 0);
    char *p = sk_alloc(&cx.arena, (size_t)st.st_size);
    assert_int_equal(read(fd, p, (size_t)st.st_size), st.st_size);
    close(fd);
    return (sk_str){p, (size_t)st.st_size};
}

/* What the reader of exhibits makes of it: rows, cells parted by tabs. */
static sk_str text_of_book(void)
{
    sk_document d;
    sk_source src = {.bytes = file_bytes(), .fd = -1, .name = SK_S("t.xlsx")};
    sk_extract_document(&cx, &src, INT64_MAX, &d);
    assert_int_equal(d.outcome, SK_OUTCOME_OK);
    return d.text;
}

static sk_str part_of(const char *name)
{
    struct archive *a = archive_read_new();
    struct archive_entry *e;
    sk_str bytes = file_bytes(), part = SK_NONE;
    archive_read_support_format_zip(a);
    assert_int_equal(archive_read_open_memory(a, bytes.p, bytes.n), ARCHIVE_OK);
    while (archive_read_next_header(a, &e) == ARCHIVE_OK)
        if (strcmp(archive_entry_pathname(e), name) == 0) {
            size_t n = (size_t)archive_entry_size(e);
            char *p = sk_alloc(&cx.arena, n + 1);
            assert_int_equal(archive_read_data(a, p, n), n);
            part = (sk_str){p, n};
        }
    archive_read_free(a);
    assert_non_null(part.p);
    return part;
}

#define SHEET "xl/worksheets/sheet1.xml"

static bool has(sk_str s, const char *part)
{
    return sk_str_find(s, sk_str_of(part)) != SIZE_MAX;
}

static void assert_text(sk_str got, const char *want)
{
    got = sk_str_trim(got);
    if (!sk_str_is(got, want))
        fail_msg("\n%.*s\nexpected\n%s", SK_P(got), want);
}

/* ---- tests ---- */

static void our_own_reader_reads_it_back(void **state)
{
    sk_table *t = sk_table_new(&cx.arena, columns, SK_COUNT(columns));
    sk_table_group(t, SK_S("forced returns: 620–720"));
    sk_table_cell(t, SK_S("2023-08-29"));
    sk_table_cell_int(t, 80);
    sk_table_cell(t, SK_S("북한정의연대 <a & b> \"q\""));
    sk_table_cell(t, SK_S("1978-06~"));
    sk_table_cell_real(t, 0.1);
    sk_table_cell(t, SK_S("久米裕, Rene\xCC\x81, \xF0\x9F\x98\x80"));
    write_book(t, "figures", false);
    assert_text(text_of_book(),
                "group\twhen\tfigure\tsays\n"
                "forced returns: 620–720\t2023-08-29\t80\t북한정의연대 <a & b> \"q\"\n"
                "forced returns: 620–720\t1978-06~\t0.1\t久米裕, Ren\xC3\xA9, "
                "\xF0\x9F\x98\x80");
    assert_true(has(part_of("xl/workbook.xml"), "name=\"figures\""));
}

static void nothing_is_a_formula(void **state)
{
    sk_table *t = table_of("=cmd|' /C calc'!A0", "+82-2-0000", "-1", "@x", "\t=1", "\r=1", "＝1",
                           "=HYPERLINK(\"http://x.invalid\")", "{=1}", (const char *)NULL);
    write_book(t, "t", false);
    sk_str xml = part_of(SHEET);
    assert_false(has(xml, "<f"));
    assert_false(has(xml, "hyperlink"));
    /* every cell under the heading is a string, also those that look like numbers */
    size_t cells = 0, strings = 0;
    for (size_t i = 0; i + 3 < xml.n; i++) {
        cells += memcmp(xml.p + i, "<c ", 3) == 0;
        strings += i + 13 < xml.n && memcmp(xml.p + i, "t=\"inlineStr\"", 13) == 0;
    }
    assert_int_equal(cells, 12);
    assert_int_equal(strings, 12);
}

static void numbers_are_numbers_where_a_double_holds_them(void **state)
{
    sk_table *t = sk_table_new(&cx.arena, columns, SK_COUNT(columns));
    sk_table_cell_int(t, INT64_C(9007199254740992));
    sk_table_cell_int(t, INT64_C(9007199254740993));
    sk_table_cell_int(t, INT64_MIN);
    sk_table_cell_real(t, -2.5);
    sk_table_cell_real(t, NAN);
    sk_table_cell_bool(t, true);
    sk_table_cell_none(t);
    sk_table_cell_int(t, 0);
    sk_table_cell_none(t);
    write_book(t, "t", false);
    sk_str xml = part_of(SHEET);
    assert_true(has(xml, "<c r=\"A2\"><v>9007199254740992</v>"));
    assert_true(has(xml, "<c r=\"B2\" t=\"inlineStr\"><is><t>9007199254740993</t>"));
    assert_true(has(xml, "<t>-9223372036854775808</t>"));
    assert_true(has(xml, "<c r=\"A3\"><v>-2.5</v>"));
    assert_true(has(xml, "<c r=\"B3\" t=\"inlineStr\"><is><t>nan</t>"));
    assert_true(has(xml, "<c r=\"C3\" t=\"inlineStr\"><is><t>yes</t>"));
    assert_false(has(xml, "r=\"A4\"")); /* no value, no cell */
    assert_true(has(xml, "<c r=\"B4\"><v>0</v>"));
}

static void dates_stand_as_written(void **state)
{
    write_book(table_of("2023", "2023-10-09", "1978-06~", (const char *)NULL), "t", false);
    sk_str xml = part_of(SHEET);
    assert_true(has(xml, "t=\"inlineStr\"><is><t>2023</t>"));
    assert_true(has(xml, "t=\"inlineStr\"><is><t>2023-10-09</t>"));
    assert_false(has(part_of("xl/styles.xml"), "numFmt "));
}

static void what_xml_cannot_say_is_escaped_as_excel_does(void **state)
{
    write_book(table_of("a\x01"
                        "b\x1F",
                        "_x0041_ _x00g1_ _x", " two  blanks ", "a\xFF", "\xEF\xBF\xBF",
                        "line\nfeed\ttab\rreturn", (const char *)NULL),
               "t", false);
    sk_str xml = part_of(SHEET);
    assert_true(has(xml, "<t>a_x0001_b_x001F_</t>"));
    assert_true(has(xml, "<t>_x005F_x0041_ _x00g1_ _x</t>"));
    assert_true(has(xml, "<t xml:space=\"preserve\"> two  blanks </t>"));
    assert_true(has(xml, "<t>a\xEF\xBF\xBD</t>"));
    assert_true(has(xml, "<t>_xFFFF_</t>"));
    assert_true(has(xml, "line\nfeed\ttab_x000D_return"));
}

static void the_same_tables_give_the_same_bytes(void **state)
{
    sk_table *t = table_of("2023", "수용소", "=x", "a", "b", "c", (const char *)NULL);
    setenv("TZ", "Asia/Seoul", 1);
    write_book(t, "claims", true);
    sk_str first = file_bytes();
    unlink(path.p);
    sleep(2); /* a zip's clock ticks every two seconds */
    setenv("TZ", "America/New_York", 1);
    setenv("USER", "somebody", 1);
    write_book(t, "claims", true);
    assert_true(sk_str_eq(first, file_bytes()));
    sk_str core = part_of("docProps/core.xml");
    assert_true(has(core, "<dc:creator></dc:creator>"));
    assert_true(has(core, "1980-01-01T00:00:00Z"));
    unsetenv("TZ");
}

static void sheets_get_names_that_excel_takes(void **state)
{
    sk_workbook *x;
    sk_workbook_summary sum;
    sk_table *t = table_of("a", "b", "c", (const char *)NULL);
    assert_int_equal(sk_workbook_open(&cx, path, sk_str_of(folder), &x), SK_OK);
    static const char *const names[] = {
        "claims", "claims", "a/b:c'?",
        "",       "",       "a name that is far too long for the tab of a sheet"};
    for (size_t i = 0; i < SK_COUNT(names); i++)
        assert_int_equal(sk_workbook_table(&cx, x, t, sk_str_of(names[i]), false), SK_OK);
    assert_int_equal(sk_workbook_close(&cx, x, &sum), SK_OK);
    assert_int_equal(sum.sheets, 6);
    assert_int_equal(sum.rows, 6);
    assert_int_equal(sum.cells, 36);
    sk_str xml = part_of("xl/workbook.xml");
    static const char *const wanted[] = {"\"claims\"",  "\"claims 2\"",
                                         "\"a-b-c--\"", "\"table\"",
                                         "\"table 2\"", "\"a name that is far too long\""};
    for (size_t i = 0; i < SK_COUNT(wanted); i++)
        if (!has(xml, wanted[i]))
            fail_msg("no %s in %.*s", wanted[i], SK_P(xml));
}

static void tags_stand_under_the_heading_and_both_stay_in_sight(void **state)
{
    write_book(table_of("2023", "x", "y", (const char *)NULL), "t", true);
    assert_text(text_of_book(),
                "when\tfigure\tsays\n#date\t#affected+text\t#meta+source+name\n2023\tx\ty");
    assert_true(has(part_of(SHEET), "ySplit=\"2\""));
    assert_true(has(part_of(SHEET), "<autoFilter ref=\"A2:C3\"/>"));
}

static void an_empty_table_has_its_heading(void **state)
{
    write_book(sk_table_new(&cx.arena, columns, SK_COUNT(columns)), "t", false);
    assert_text(text_of_book(), "when\tfigure\tsays");
}

static void empty_rows_keep_their_place(void **state)
{
    write_book(table_of("a", "", "", "", "", "", "", "", "z", (const char *)NULL), "t", false);
    sk_str xml = part_of(SHEET);
    assert_true(has(xml, "r=\"A2\""));
    assert_false(has(xml, "r=\"A3\""));
    assert_true(has(xml, "r=\"C4\""));
}

static void a_text_longer_than_a_cell_holds_is_an_error_with_its_place(void **state)
{
    sk_workbook *x;
    char *text = sk_alloc(&cx.arena, SK_LIM_SHEET_CELL + 2);
    memset(text, 'a', SK_LIM_SHEET_CELL);
    assert_int_equal(sk_workbook_open(&cx, path, sk_str_of(folder), &x), SK_OK);
    assert_int_equal(
        sk_workbook_table(&cx, x, table_of("a", "b", text, (const char *)NULL), SK_S("t"), false),
        SK_OK);
    text[SK_LIM_SHEET_CELL] = 'a';
    assert_int_equal(
        sk_workbook_table(&cx, x, table_of("a", "b", text, (const char *)NULL), SK_S("t"), false),
        SK_E_LIMIT);
    assert_non_null(strstr(cx.message, "row 2, column says: the text has 32768 characters"));
    sk_workbook_discard(x);
}

/* ---- a full disk: the library itself says "no error" and leaves rows out ---- */

static sk_table *many_rows;

/* Write many_rows where no file may grow beyond size; true when it went well, and then whole. */
static bool fits(size_t size, sk_rc *ret_rc)
{
    sk_workbook *x;
    struct rlimit old, tight;
    getrlimit(RLIMIT_FSIZE, &old);
    tight = (struct rlimit){size, old.rlim_max};
    setrlimit(RLIMIT_FSIZE, &tight);
    assert_int_equal(sk_workbook_open(&cx, path, sk_str_of(folder), &x), SK_OK);
    sk_rc rc = sk_workbook_table(&cx, x, many_rows, SK_S("t"), false);
    if (rc)
        sk_workbook_discard(x);
    else
        rc = sk_workbook_close(&cx, x, NULL);
    setrlimit(RLIMIT_FSIZE, &old);
    if (rc == SK_OK)
        assert_true(sk_str_find(text_of_book(), SK_S("29999 ")) != SIZE_MAX);
    sk_forgive(&cx);
    unlink(path.p);
    *ret_rc = rc;
    return rc == SK_OK;
}

/* A limit on file sizes plays the disk. Just below what is needed, rows are whole in the first
 * scratch file and lost in the second, which nobody but the reading back sees. */
static void a_full_disk_is_an_error_never_a_shorter_table(void **state)
{
    sk_rc rc;
    size_t low = 4096, high = SK_MIB(8), unseen = 0;
    many_rows = sk_table_new(&cx.arena, columns, SK_COUNT(columns));
    for (int i = 0; i < 30000; i++)
        sk_table_cellf(many_rows, "%d %d", i, i * 7919 % 30011);
    assert_false(fits(low, &rc));
    assert_true(fits(high, &rc));
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (fits(middle, &rc))
            high = middle;
        else
            low = middle;
    }
    for (size_t less = 1; less < 2000; less += 50) {
        assert_false(fits(high - less, &rc));
        unseen += rc == SK_E_INTEGRITY;
    }
    assert_true(unseen > 5);
}

/* What the check itself sees: bytes cut, bytes changed, rows fewer than handed over. */
static void a_damaged_workbook_does_not_pass_the_check(void **state)
{
    sk_workbook_count right = {3, 9}, fewer = {2, 6};
    write_book(table_of("a", "b", "c", "d", "e", "f", (const char *)NULL), "t", false);
    assert_int_equal(sk_workbook__check(&cx, path.p, &right, 1), SK_OK);
    assert_int_equal(sk_workbook__check(&cx, path.p, &fewer, 1), SK_E_INTEGRITY);
    sk_forgive(&cx);
    assert_int_equal(sk_workbook__check(&cx, path.p, &right, 2), SK_E_INTEGRITY);
    sk_forgive(&cx);
    assert_int_equal(sk_workbook__check(&cx, path.p, &right, 0), SK_E_INTEGRITY);
    sk_forgive(&cx);
    sk_str whole = file_bytes();
    for (size_t n = 0; n < whole.n; n += 37) {
        assert_int_equal(truncate(path.p, (off_t)(whole.n - 1 - n)), 0);
        assert_int_equal(sk_workbook__check(&cx, path.p, &right, 1), SK_E_INTEGRITY);
        sk_forgive(&cx);
    }
    size_t sheet = sk_str_find(whole, SK_S(SHEET)) + sizeof SHEET - 1, noticed = 0;
    for (size_t i = 0; i < 100; i++) {
        FILE *f = fopen(path.p, "wb");
        char *bytes = sk_str_c(&cx.arena, whole);
        bytes[sheet + i] ^= 0x10;
        fwrite(bytes, 1, whole.n, f);
        fclose(f);
        noticed += sk_workbook__check(&cx, path.p, &right, 1) != SK_OK;
        sk_forgive(&cx);
    }
    assert_int_equal(noticed, 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(our_own_reader_reads_it_back),
        TEST(nothing_is_a_formula),
        TEST(numbers_are_numbers_where_a_double_holds_them),
        TEST(dates_stand_as_written),
        TEST(what_xml_cannot_say_is_escaped_as_excel_does),
        TEST(the_same_tables_give_the_same_bytes),
        TEST(sheets_get_names_that_excel_takes),
        TEST(tags_stand_under_the_heading_and_both_stay_in_sight),
        TEST(an_empty_table_has_its_heading),
        TEST(empty_rows_keep_their_place),
        TEST(a_text_longer_than_a_cell_holds_is_an_error_with_its_place),
        TEST(a_full_disk_is_an_error_never_a_shorter_table),
        TEST(a_damaged_workbook_does_not_pass_the_check),
    };
    signal(SIGXFSZ, SIG_IGN);
    sk_extract_warm_up();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
