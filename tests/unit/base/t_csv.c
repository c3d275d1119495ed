/* CSV: every row accounted for, with its place in the file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/csv.h"
#include "shared_data.h"

static sk_ctx cx;

static int begin(void **state)
{
    sk_ctx_init(&cx);
    return 0;
}

static int end(void **state)
{
    sk_ctx_done(&cx);
    return 0;
}

/* The whole text as "[cell|cell][cell]" so that a case is one line; errors as their message. */
static sk_str shown(sk_str text, char sep)
{
    sk_buf b;
    sk_csv *r = NULL;
    sk_csv_row row;
    sk_buf_init(&b, SK_MIB(1));
    sk_rc rc = sk_csv_open_mem(&cx, text, "t.csv", sep, &r);
    while (!rc && !(rc = sk_csv_next(&cx, r, &row)) && row.n) {
        for (size_t i = 0; i < row.n; i++) {
            sk_buf_addf(&b, "%c%.*s", i ? '|' : '[', SK_P(row.cells[i]));
            assert_int_equal(row.cells[i].p[row.cells[i].n], '\0');
        }
        sk_buf_addc(&b, ']');
    }
    if (rc)
        sk_buf_add(&b, sk_str_of(cx.message));
    sk_csv_close(r);
    sk_forgive(&cx);
    sk_str s = sk_str_copy(&cx.arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return s;
}

static void reads(const char *text, const char *expected)
{
    sk_str s = shown(sk_str_of(text), 0);
    if (!sk_str_is(s, expected))
        fail_msg("\"%s\" gave %.*s", text, SK_P(s));
}

static void the_standard_forms_are_read(void **state)
{
    reads("a,b\n1,2\n", "[a|b][1|2]");
    reads("a,b\n1,2", "[a|b][1|2]");
    reads("a,b\r\n1,2\r\n", "[a|b][1|2]");
    reads("a,b\r1,2\r", "[a|b][1|2]");
    reads("a,b\r\n1,2\n3,4\r5,6", "[a|b][1|2][3|4][5|6]");
    reads("\xEF\xBB\xBF"
          "a,b\n",
          "[a|b]");
    reads("\"a,b\",\"c\"\"d\",\"e\nf\"\n", "[a,b|c\"d|e\nf]");
    reads("\"\",\n", "[|]");
    reads("a,,\n,,b\n", "[a||][||b]");
    reads("5\" pipe,x\n", "[5\" pipe|x]"); /* a quote inside a bare cell is text */
    reads("이름,나이\n김영호,52\n", "[이름|나이][김영호|52]");
    reads("", "");
    reads("\xEF\xBB\xBF", "");
    reads("\n", "[]"); /* a blank line is a row, so that every line is accounted for */
    reads("a\n\nb\n", "[a][][b]");
    reads("a,b\n1\n1,2,3\n", "[a|b][1][1|2|3]"); /* lengths are for the caller to judge */
}

static void the_separator_is_found(void **state)
{
    reads("a;b\n1,5;2\n3,5;4\n", "[a|b][1,5|2][3,5|4]");
    reads("a\tb\n1, 2\t3\n", "[a|b][1, 2|3]");
    reads("a|b|c\n1;x|2|3\n", "[a|b|c][1;x|2|3]");
    reads("one\ntwo\n", "[one][two]");
    reads("\"a;b;c\",d\n\"e;f;g\",h\n", "[a;b;c|d][e;f;g|h]"); /* quoted ones do not count */
}

static void a_wrong_quote_is_an_error_with_its_place(void **state)
{
    reads("a,b\n1,\"2\n3,4\n", "[a|b]t.csv: row 2 (line 2), column 2: the quote is never closed; "
                               "close it, or double a quote inside");
    reads("a\n\"x\ny\"z,1\n",
          "[a]t.csv: row 2 (line 2), column 1: text behind the closing quote at "
          "byte 7; double a quote inside a cell");
    assert_true(sk_str_is(shown(SK_S("a,b\n1,\0\n"), ','),
                          "[a|b]t.csv: row 2 (line 2), column 2: a NUL byte at byte 6; is this a "
                          "text file?"));
    assert_true(sk_str_is(shown(SK_S("\"\0\""), ','),
                          "t.csv: row 1 (line 1), column 1: a NUL byte at byte 1; is this a text "
                          "file?"));
    assert_true(sk_str_is(shown(SK_S("\xFF\xFE"
                                     "a\0"),
                                ','),
                          "t.csv: the file is UTF-16; save it as \"CSV UTF-8\""));
}

static void an_error_is_given_again(void **state)
{
    sk_csv *r;
    sk_csv_row row;
    assert_int_equal(sk_csv_open_mem(&cx, SK_S("\"a"), "t.csv", 0, &r), SK_OK);
    assert_int_equal(sk_csv_next(&cx, r, &row), SK_E_FORMAT);
    sk_forgive(&cx);
    assert_int_equal(sk_csv_next(&cx, r, &row), SK_E_FORMAT);
    assert_non_null(strstr(cx.message, "never closed"));
    sk_csv_close(r);
}

static void every_row_knows_its_place_in_the_file(void **state)
{
    static const char text[] = "\xEF\xBB\xBF"
                               "id,words\r\n1,\"two\r\nlines\"\r\n\r\n2,x";
    static const struct {
        uint64_t row, line, from, to;
        bool is_blank;
    } places[] = {{1, 1, 3, 11, 0}, {2, 2, 13, 27, 0}, {3, 4, 29, 29, 1}, {4, 5, 31, 34, 0}};
    sk_csv *r;
    sk_csv_row row;
    assert_int_equal(sk_csv_open_mem(&cx, sk_str_of(text), "t.csv", 0, &r), SK_OK);
    for (size_t i = 0; i < SK_COUNT(places); i++) {
        assert_int_equal(sk_csv_next(&cx, r, &row), SK_OK);
        assert_int_equal(row.row, places[i].row);
        assert_int_equal(row.line, places[i].line);
        assert_int_equal(row.from, places[i].from);
        assert_int_equal(row.to, places[i].to);
        assert_int_equal(row.is_blank, places[i].is_blank);
    }
    assert_int_equal(sk_csv_next(&cx, r, &row), SK_OK);
    assert_int_equal(row.n, 0);
    sk_csv_close(r);
}

static void ceilings_are_errors(void **state)
{
    sk_buf b;
    sk_csv *r;
    sk_csv_row row;
    sk_buf_init(&b, SK_MIB(4));
    char *p = sk_buf_room(&b, SK_LIM_CSV_FIELD_BYTES + 1);
    memset(p, 'x', SK_LIM_CSV_FIELD_BYTES + 1);
    sk_buf_grew(&b, SK_LIM_CSV_FIELD_BYTES + 1);
    assert_int_equal(sk_csv_open_mem(&cx, sk_buf_str(&b), "big", ',', &r), SK_OK);
    assert_int_equal(sk_csv_next(&cx, r, &row), SK_E_LIMIT);
    assert_non_null(strstr(cx.message, "longer than 1048576 bytes"));
    sk_forgive(&cx);
    sk_csv_close(r);
    sk_buf_reset(&b);
    for (int i = 0; i < SK_LIM_CSV_COLUMNS; i++)
        sk_buf_addc(&b, ',');
    assert_int_equal(sk_csv_open_mem(&cx, sk_buf_str(&b), "wide", ',', &r), SK_OK);
    assert_int_equal(sk_csv_next(&cx, r, &row), SK_E_LIMIT);
    assert_non_null(strstr(cx.message, "more than 4096 cells"));
    sk_csv_close(r);
    sk_buf_done(&b);
}

/* A pseudo-random cell of the bytes that matter. */
static unsigned long random_state = 7;
static unsigned pick(unsigned n)
{
    random_state = random_state * 6364136223846793005ul + 1442695040888963407ul;
    return (unsigned)(random_state >> 33) % n;
}

static void what_is_written_is_read_again_in_any_pieces(void **state)
{
    static const char *const bits[] = {",", ";",  "\"", "\n", "\r", "\r\n", "a",
                                       " ", "김", "\t", "=",  "x",  ""};
    char seps[] = {',', ';', '\t', '|'};
    for (int round = 0; round < 300; round++) {
        sk_str cells[60];
        size_t widths[12], n_rows = 1 + pick(12), n = 0;
        char sep = seps[pick(4)];
        sk_buf b;
        sk_csv_writer w;
        sk_buf_init(&b, SK_MIB(8));
        sk_csv_writer_init(&w, &b, sep, false);
        for (size_t r = 0; r < n_rows; r++) {
            widths[r] = 1 + pick(5);
            for (size_t i = 0; i < widths[r]; i++) {
                sk_str cell = SK_S("");
                for (unsigned k = pick(6); k; k--)
                    cell = sk_fmt(&cx.arena, "%.*s%s", SK_P(cell), bits[pick(SK_COUNT(bits))]);
                if (pick(40) == 0) { /* longer than the read buffer */
                    char *big = sk_alloc(&cx.arena, 70000);
                    memset(big, 'y', 70000);
                    cell = (sk_str){big, 70000};
                }
                cells[n++] = cell;
                sk_csv_cell(&w, cell);
            }
            sk_csv_end_row(&w);
        }
        FILE *f = tmpfile();
        assert_int_equal(fwrite(b.p, 1, b.n, f), b.n);
        rewind(f);
        sk_csv *csv[2];
        assert_int_equal(sk_csv_open_file(&cx, f, "f", sep, &csv[0]), SK_OK);
        assert_int_equal(sk_csv_open_mem(&cx, sk_buf_str(&b), "m", sep, &csv[1]), SK_OK);
        for (int k = 0; k < 2; k++) {
            size_t at = 0;
            sk_csv_row row;
            for (size_t r = 0; r < n_rows; r++) {
                if (sk_csv_next(&cx, csv[k], &row))
                    fail_msg("%s", cx.message);
                assert_int_equal(row.n, widths[r]);
                for (size_t i = 0; i < row.n; i++)
                    assert_true(sk_str_eq(row.cells[i], cells[at++]));
                assert_true(row.to <= b.n && b.p[row.to] == '\n');
            }
            assert_int_equal(sk_csv_next(&cx, csv[k], &row), SK_OK);
            assert_int_equal(row.n, 0);
            sk_csv_close(csv[k]);
        }
        fclose(f);
        sk_buf_done(&b);
    }
}

static void a_slow_pipe_is_read_to_its_end(void **state)
{
    int fds[2];
    sk_csv *r;
    sk_csv_row row;
    assert_int_equal(pipe(fds), 0);
    assert_int_equal(write(fds[1], "a,b\n1,2\n", 8), 8);
    close(fds[1]);
    assert_int_equal(sk_csv_open_fd(&cx, fds[0], "pipe", 0, &r), SK_OK);
    assert_int_equal(sk_csv_next(&cx, r, &row), SK_OK);
    assert_int_equal(sk_csv_next(&cx, r, &row), SK_OK);
    assert_true(row.n == 2 && sk_str_is(row.cells[1], "2"));
    sk_csv_close(r);
    close(fds[0]);
    assert_int_equal(sk_csv_open_fd(&cx, fds[0], "gone", 0, &r), SK_E_IO);
    assert_non_null(strstr(cx.message, "\"gone\""));
}

static void written(bool spreadsheet, const char *cell, const char *expected)
{
    sk_buf b;
    sk_csv_writer w;
    sk_buf_init(&b, 1000);
    sk_csv_writer_init(&w, &b, ',', spreadsheet);
    sk_csv_cell(&w, sk_str_of(cell));
    sk_csv_end_row(&w);
    if (!sk_str_is(sk_buf_str(&b), expected))
        fail_msg("%s became %s", cell, b.p);
    sk_buf_done(&b);
}

static void no_cell_starts_a_formula(void **state)
{
    written(true, "=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"\n");
    written(true, "@SUM(A1)", "\"'@SUM(A1)\"\n");
    written(true, "+cmd|' /C calc'!A0", "\"'+cmd|' /C calc'!A0\"\n");
    written(true, "-2+3", "\"'-2+3\"\n");
    written(true, "\t=1", "\"'\t=1\"\n");
    written(true, "\r=1", "\"'\r=1\"\n");
    written(true, "＝1+1", "\"'＝1+1\"\n"); /* full width starts one too in East Asian locales */
    written(true, "-5", "-5\n");
    written(true, "+1,234.5", "\"+1,234.5\"\n");
    written(true, "-1e-5", "-1e-5\n");
    written(true, "-1e", "\"'-1e\"\n");
    written(true, "-", "\"'-\"\n");
    written(true, "a=b", "a=b\n");
    written(false, "=1+1", "=1+1\n");
    written(false, "", "\"\"\n"); /* a lone empty cell is not a blank line */
    written(false, " x", "\" x\"\n");
}

static void published_tables_have_rows_of_one_length(void **state)
{
    FILE *f = shared_data("facts/count_claims.csv");
    if (!f)
        skip();
    sk_csv *r;
    sk_csv_row row;
    size_t rows = 0, width = 0;
    assert_int_equal(sk_csv_open_file(&cx, f, "count_claims.csv", 0, &r), SK_OK);
    assert_int_equal(sk_csv_separator(r), ',');
    while (!sk_csv_next(&cx, r, &row) && row.n) {
        width = width ? width : row.n;
        assert_int_equal(row.n, width);
        char *raw = sk_alloc(&cx.arena, (size_t)(row.to - row.from) + 1);
        long here = ftell(f); /* the passage of the row is found again in the file */
        assert_int_equal(fseek(f, (long)row.from, SEEK_SET), 0);
        assert_int_equal(fread(raw, 1, (size_t)(row.to - row.from), f), row.to - row.from);
        assert_memory_equal(raw, row.cells[0].p, row.cells[0].n);
        assert_int_equal(fseek(f, here, SEEK_SET), 0);
        rows++;
    }
    assert_int_equal(rows, 46);
    sk_csv_close(r);
    fclose(f);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        T(the_standard_forms_are_read),
        T(the_separator_is_found),
        T(a_wrong_quote_is_an_error_with_its_place),
        T(an_error_is_given_again),
        T(every_row_knows_its_place_in_the_file),
        T(ceilings_are_errors),
        T(what_is_written_is_read_again_in_any_pieces),
        T(a_slow_pipe_is_read_to_its_end),
        T(no_cell_starts_a_formula),
        T(published_tables_have_rows_of_one_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
