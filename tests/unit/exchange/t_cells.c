/* Cells of tables: what is read here and what by the confined program, and that both give the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants those first */
#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"
#include "exchange/cells.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

static sk_ctx cx;

static int setup(void **state)
{
    sk_ctx_init(&cx);
    setenv("SILLOK_EXTRACT", SK_EXTRACT_PROGRAM, 1);
    return 0;
}

static int teardown(void **state)
{
    sk_ctx_done(&cx);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#define assert_str(got, want) assert_string_equal(sk_str_c(&cx.arena, (got)), (want))

static int fd_of(sk_str bytes)
{
    int fd = memfd_create("cells", MFD_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes.p ? bytes.p : "", bytes.n), bytes.n);
    return fd;
}

static sk_rc try_open(sk_str bytes, const char *name, const sk_cells_opts *opts, sk_cells **ret)
{
    int fd = fd_of(bytes);
    sk_source_file file = {.name = sk_str_of(name), .fd = fd};
    sk_rc rc = sk_cells_open(&cx, &file, opts, ret);
    close(fd);
    return rc;
}

static sk_cells *open_bytes(sk_str bytes, const char *name, const sk_cells_opts *opts)
{
    sk_cells *c = NULL;
    if (try_open(bytes, name, opts, &c))
        fail_msg("%s: %s", name, cx.message);
    return c;
}

/* All cells of the next row as "NAME=text|NAME=text". */
static sk_cells_row next_row(sk_cells *c, const char *want)
{
    sk_cells_row row;
    sk_str got = SK_NONE;
    if (sk_cells_next(&cx, c, &row))
        fail_msg("%s", cx.message);
    for (size_t i = 0; i < row.n; i++) {
        got = sk_fmt(&cx.arena, "%.*s%s%.*s=%.*s", SK_P(got), i ? "|" : "", SK_P(row.names[i]),
                     SK_P(row.cells[i]));
        assert_true(row.cells[i].p[row.cells[i].n] == '\0');
    }
    assert_str(got, want);
    return row;
}

static void assert_end(sk_cells *c)
{
    sk_cells_row row;
    for (int i = 0; i < 2; i++) {
        if (sk_cells_next(&cx, c, &row))
            fail_msg("%s", cx.message);
        assert_int_equal(row.n, 0);
    }
}

static void assert_refused(sk_str bytes, const char *name, const sk_cells_opts *opts, sk_rc want,
                           const char *says)
{
    sk_cells *c = NULL;
    sk_cells_row row = {.n = 1};
    sk_rc rc = try_open(bytes, name, opts, &c);
    while (!rc && row.n)
        rc = sk_cells_next(&cx, c, &row);
    if (rc != want || !strstr(cx.message, says))
        fail_msg("%s: not %d with \"%s\" but %d: %s", name, want, says, rc, cx.message);
    sk_forgive(&cx);
    sk_cells_close(c);
}

static void a_table_in_utf8_is_read_here_without_another_program(void **state)
{
    setenv("SILLOK_EXTRACT", "/nonexistent", 1);
    sk_str bytes = SK_S("\xEF\xBB\xBF이름,b\n\n\"two\r\nlines\",\x01x,\r\n");
    sk_cells *c = open_bytes(bytes, "a.csv", NULL);
    sk_cells_row row = next_row(c, "A=이름|B=b");
    assert_int_equal(row.row, 1);
    assert_int_equal(row.from, 3);
    assert_int_equal(row.to, 11);
    assert_str(row.place, "row 1");
    row = next_row(c, "A=");
    assert_true(row.is_blank);
    row = next_row(c, "A=two\nlines|B= x|C=");
    assert_int_equal(row.row, 3);
    assert_int_equal(row.line, 3);
    assert_false(row.is_blank);
    assert_end(c);
    assert_str(sk_cells_charset(c), "utf-8");
    assert_str(sk_cells_note(c), "1 control characters were replaced by blanks, first in row 3");
    sk_cells_close(c);
}

static void cells_become_nfc_and_an_end_mark_of_old_is_none(void **state)
{
    sk_str bytes = SK_S("\xE1\x84\x80\xE1\x85\xB5\xE1\x86\xB7\tx\n\x1A");
    sk_cells *c = open_bytes(bytes, "a.tsv", NULL);
    next_row(c, "A=김|B=x");
    assert_end(c);
    assert_str(sk_cells_note(c), "");
    sk_cells_close(c);
    c = open_bytes(SK_S("\xB1\xE8\xC3\xB6\tx\n\x1A"), "a.tsv",
                   &(sk_cells_opts){.charset = SK_S("euc-kr")});
    next_row(c, "A=김철|B=x");
    assert_end(c);
    sk_cells_close(c);
}

static void columns_beyond_z_are_named_as_spreadsheets_do(void **state)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(1));
    for (int i = 1; i < 4096; i++)
        sk_buf_addc(&b, ',');
    sk_cells *c = open_bytes(sk_buf_str(&b), "a.csv", NULL);
    sk_cells_row row;
    assert_int_equal(sk_cells_next(&cx, c, &row), SK_OK);
    assert_int_equal(row.n, 4096);
    assert_str(row.names[25], "Z");
    assert_str(row.names[26], "AA");
    assert_str(row.names[701], "ZZ");
    assert_str(row.names[702], "AAA");
    assert_str(row.names[4095], "FAN");
    sk_cells_close(c);
    sk_buf_addc(&b, ',');
    assert_refused(sk_buf_str(&b), "a.csv", NULL, SK_E_LIMIT,
                   "a.csv: row 1 (line 1), column 4097: the row has more than 4096 cells");
    sk_buf_done(&b);
}

static void the_same_table_in_another_charset_gives_the_same_rows(void **state)
{
    static const struct {
        sk_str bytes;
        const char *charset, *found;
    } files[] = {
        {SK_S("이름,출생지\n김철수,평양\n\n박영희,함흥\n"), "", "utf-8"},
        {SK_S("\xC0\xCC\xB8\xA7,\xC3\xE2\xBB\xFD\xC1\xF6\n\xB1\xE8\xC3\xB6\xBC\xF6,"
              "\xC6\xF2\xBE\xE7\n\n"
              "\xB9\xDA\xBF\xB5\xC8\xF1,\xC7\xD4\xC8\xEF\n"),
         "", "euc-kr (by content: "},
        {SK_S("\xFF\xFE\x74\xC7\x84\xB9,\0\x9C\xCD\xDD\xC0\xC0\xC9\n\0\x40\xAE\xA0\xCC\x18\xC2,"
              "\0\xC9\xD3"
              "\x91\xC5\n\0\n\0\x15\xBC\x01\xC6\x6C\xD7,\0\x68\xD5\x65\xD7\n\0"),
         "", "utf-16le (byte order mark: certain)"},
    };
    for (size_t i = 0; i < SK_COUNT(files); i++) {
        sk_cells_opts opts = {.charset = sk_str_of(files[i].charset)};
        sk_cells *c = open_bytes(files[i].bytes, "a.csv", &opts);
        assert_true(sk_str_starts(sk_cells_charset(c), sk_str_of(files[i].found)));
        next_row(c, "A=이름|B=출생지");
        sk_cells_row row = next_row(c, "A=김철수|B=평양");
        assert_str(row.place, "row 2");
        row = next_row(c, "A=");
        assert_true(row.is_blank);
        assert_int_equal(row.row, 3);
        row = next_row(c, "A=박영희|B=함흥");
        assert_int_equal(row.row, 4);
        assert_true(row.to > row.from && row.to < files[i].bytes.n);
        assert_end(c);
        sk_cells_close(c);
    }
}

static void a_table_of_two_charsets_names_the_row_that_does_not_fit(void **state)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(4));
    for (int i = 0; i < 20000; i++) /* the fault lies beyond what a look at the head would show */
        sk_buf_add(&b, SK_S("평양,x\n"));
    sk_buf_add(&b, SK_S("\xC6\xF2\xBE\xE7,x\n"));
    assert_refused(sk_buf_str(&b), "a.csv", NULL, SK_E_FORMAT,
                   "a.csv: row 20001 (line 20001): byte 180000 of the file is not utf-8");
    sk_buf_done(&b);
}

static void the_content_counts_and_a_misleading_name_is_remarked(void **state)
{
    sk_cells *c =
        open_bytes(SK_S("<l><p a='1'/></l>"), "a.csv", &(sk_cells_opts){.records = SK_S("p")});
    next_row(c, ".=");
    next_row(c, "@a=1");
    assert_end(c);
    assert_str(sk_cells_note(c), "the name ends as that of a text, and the file is XML or a web "
                                 "page: read as that");
    sk_cells_close(c);
    c = open_bytes(SK_S("a,b\n"), "a.xlsx", NULL);
    next_row(c, "A=a|B=b");
    assert_end(c);
    sk_cells_close(c);
    assert_refused(SK_S("PK\x03\x04xyz"), "a.csv", NULL, SK_E_FORMAT, "the zip is cut short");
    assert_refused(SK_S("%PDF-1.4"), "a.csv", NULL, SK_E_FORMAT, "a PDF");
    assert_refused(SK_NONE, "a.csv", NULL, SK_E_FORMAT, "\"a.csv\" is empty");
}

static void faults_of_a_table_name_row_and_column(void **state)
{
    assert_refused(SK_S("a,b\nc,\"d\n"), "a.csv", NULL, SK_E_FORMAT,
                   "a.csv: row 2 (line 2), column 2: the quote is never closed");
    assert_refused(SK_S("a,b\nc,\"d\"e\n"), "a.csv", NULL, SK_E_FORMAT,
                   "a.csv: row 2 (line 2), column 2: text behind the closing quote");
    sk_buf b;
    sk_buf_init(&b, SK_MIB(1));
    for (int i = 0; i < 30000; i++)
        sk_buf_add(&b, SK_S("a,b\n"));
    sk_buf_add(&b, SK_S("c,\0d\n"));
    assert_refused(sk_buf_str(&b), "a.csv", NULL, SK_E_FORMAT,
                   "a.csv: row 30001 (line 30001), column 2: a NUL byte");
    sk_buf_done(&b);
    assert_refused(SK_S("a\n"), "a.csv", &(sk_cells_opts){.sep = '\n'}, SK_E_FORMAT,
                   "byte 0x0a cannot part cells");
    int p[2];
    assert_int_equal(pipe(p), 0);
    sk_source_file file = {.name = SK_S("pipe"), .fd = p[0]};
    sk_cells *c;
    assert_int_equal(sk_cells_open(&cx, &file, NULL, &c), SK_E_UNSUPPORTED);
    close(p[0]);
    close(p[1]);
}

static void two_readers_of_one_descriptor_do_not_move_each_other(void **state)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(4));
    for (int i = 0; i < 50000; i++)
        sk_buf_addf(&b, "%d,x\n", i);
    int fd = fd_of(sk_buf_str(&b));
    sk_source_file file = {.name = SK_S("a.csv"), .fd = fd};
    sk_cells *c[2];
    assert_int_equal(sk_cells_open(&cx, &file, NULL, &c[0]), SK_OK);
    assert_int_equal(sk_cells_open(&cx, &file, NULL, &c[1]), SK_OK);
    for (int i = 0; i < 50000; i++)
        for (int k = 0; k < 2; k++) {
            sk_cells_row row;
            assert_int_equal(sk_cells_next(&cx, c[k], &row), SK_OK);
            assert_int_equal(row.row, i + 1);
        }
    assert_end(c[0]);
    assert_end(c[1]);
    sk_cells_close(c[0]);
    sk_cells_close(c[1]);
    assert_int_equal(lseek(fd, 0, SEEK_CUR), b.n);
    close(fd);
    sk_buf_done(&b);
}

/* A gigabyte of letters in one line: the file is sparse but for what is written over and over by
 * the reader of the pages; letters have to be there, so this costs memory of the machine. */
static void a_line_of_a_gigabyte_is_refused_in_little_memory(void **state)
{
    enum { MIBS = 1024 };
    if (!getenv("SILLOK_SLOW")) {
        print_message("SKIP: writes a file of a gigabyte; set SILLOK_SLOW=1\n");
        skip();
    }
    char path[] = "/tmp/sillok-t-cells-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    unlink(path);
    char *mib = sk_alloc(&cx.arena, SK_MIB(1));
    memset(mib, 'x', SK_MIB(1));
    for (int i = 0; i < MIBS; i++)
        assert_int_equal(write(fd, mib, SK_MIB(1)), SK_MIB(1));
    sk_source_file file = {.name = SK_S("huge.csv"), .fd = fd};
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    sk_cells *c;
    sk_cells_row row;
    int64_t start = sk_clock_ms();
    assert_int_equal(sk_cells_open(&cx, &file, NULL, &c), SK_OK);
    assert_int_equal(sk_cells_next(&cx, c, &row), SK_E_LIMIT);
    assert_non_null(strstr(cx.message, "the cell is longer than 1048576 bytes"));
    getrusage(RUSAGE_SELF, &after);
    print_message("refused in %lld ms, %ld KiB more memory\n", (long long)(sk_clock_ms() - start),
                  after.ru_maxrss - before.ru_maxrss);
    assert_true(after.ru_maxrss - before.ru_maxrss < 64 << 10);
    sk_cells_close(c);
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_table_in_utf8_is_read_here_without_another_program),
        TEST(cells_become_nfc_and_an_end_mark_of_old_is_none),
        TEST(columns_beyond_z_are_named_as_spreadsheets_do),
        TEST(the_same_table_in_another_charset_gives_the_same_rows),
        TEST(a_table_of_two_charsets_names_the_row_that_does_not_fit),
        TEST(the_content_counts_and_a_misleading_name_is_remarked),
        TEST(faults_of_a_table_name_row_and_column),
        TEST(two_readers_of_one_descriptor_do_not_move_each_other),
        TEST(a_line_of_a_gigabyte_is_refused_in_little_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
