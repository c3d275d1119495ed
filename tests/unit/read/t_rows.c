/* Rows through the confined program: tables in old charsets, lists in XML, sheets; and what becomes
 * of files and workers that mean harm. */
#include "rows_helper.h"
#include "zip_maker.h"

static void a_table_in_an_old_charset_is_read_with_its_rows_and_bytes(void **state)
{
    sk_str bytes = SK_S("\xC0\xCC\xB8\xA7,\xC1\xF6\xBF\xAA,\xC0\xDA\xB7\xE1\r\n"
                        "\xB1\xE8\xC3\xB6\xBC\xF6,\xC6\xF2\xBE\xE7,\"a\r\nb\"\r\n"
                        "\xB9\xDA\xBF\xB5\xC8\xF1,\xC7\xD4\xC8\xEF,\r\n");
    sk_rows *r = open_bytes(bytes, "list.csv", NULL);
    sk_row row;
    assert_true(sk_str_starts(sk_rows_charset(r), SK_S("euc-kr (by content: ")));
    next_row(r, &row);
    assert_int_equal(row.n, 3);
    assert_str(row.names[0], "A");
    assert_str(row.cells[0], "이름");
    assert_str(row.place, "row 1");
    next_row(r, &row);
    assert_str(row.cells[0], "김철수");
    assert_str(row.cells[2], "a\nb");
    sk_str original = sk_str_sub(bytes, (size_t)row.from, (size_t)(row.to - row.from));
    assert_true(sk_str_starts(original, SK_S("\xB1\xE8")) && sk_str_ends(original, SK_S("b\"")));
    next_row(r, &row);
    assert_int_equal(row.n, 3);
    assert_str(row.cells[2], "");
    assert_int_equal(row.to, bytes.n - 2);
    assert_end(r);
    assert_str(sk_rows_note(r), "");
    sk_rows_close(r);
}

static void records_of_a_list_come_with_paths_places_and_bytes(void **state)
{
    const char *xml =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<L date=\"2024-01-05\" xmlns:q=\"urn:q\">\n"
        "<title>A list</title>\n<PEOPLE>\n"
        "<P id='7'><NAME>Kim &amp; Co</NAME><ALIAS><A>x</A></ALIAS><ALIAS q:w=\"1\"><A>y</A>"
        "<A> z </A></ALIAS><EMPTY/></P>\n<P/>\n</PEOPLE>\n"
        "<FIRMS><F>just <b>text</b> here</F></FIRMS><end>last</end></L>\n";
    sk_rows *r = open_bytes(sk_str_of(xml), "list.xml", &(sk_rows_opts){.records = SK_S("P F")});
    sk_row row;
    next_row(r, &row);
    assert_cells(&row, "@date=2024-01-05|title=A list");
    assert_str(row.place, "L");
    assert_int_equal(row.row, 0);
    next_row(r, &row);
    assert_cells(&row, "@id=7|NAME=Kim & Co|ALIAS/A=x|ALIAS[2]/@w=1|ALIAS[2]/A=y|ALIAS[2]/A[2]=z");
    assert_str(row.place, "P 1");
    sk_str original = sk_str_sub(sk_str_of(xml), (size_t)row.from, (size_t)(row.to - row.from));
    assert_true(sk_str_starts(original, SK_S("<P id='7'>")) && sk_str_ends(original, SK_S("</P>")));
    next_row(r, &row);
    assert_cells(&row, ".=");
    original = sk_str_sub(sk_str_of(xml), (size_t)row.from, (size_t)(row.to - row.from));
    assert_str(original, "<P/>");
    next_row(r, &row);
    assert_cells(&row, "b=text|.=just here");
    assert_str(row.place, "F 1");
    assert_int_equal(row.row, 3);
    next_row(r, &row);
    assert_cells(&row, "end=last");
    assert_str(row.place, "L");
    assert_end(r);
    sk_rows_close(r);
}

/* ---- charsets ---- */

static void tables_in_many_charsets_give_the_same_cells_and_their_bytes(void **state)
{
    static const struct {
        const char *charset;
        sk_str bytes;
    } files[] = {
        {"utf-16le", SK_S("\xFF\xFE\x40\xC7\x84\xB9,\0x\0\n\0\x40\xC7,\0\"\0q\0\"\0\r\0\n\0")},
        {"utf-16be", SK_S("\xFE\xFF\xC7\x40\xB9\x84\0,\0x\0\n\xC7\x40\0,\0q\0\n")},
        {"cp949", SK_S("\xC0\xCC\xB8\xA7,x\n\xC0\xCC,q\n")},
        {"utf-8", SK_S("\xEF\xBB\xBF\xEC\x9D\xB4\xEB\xA6\x84,x\n\xEC\x9D\xB4,q\n")},
        {"gb18030", SK_S("\x83\x35\xE3\x33\x83\x33\xC7\x36,x\n\x83\x35\xE3\x33,q\n")},
    };
    for (size_t i = 0; i < SK_COUNT(files); i++) {
        sk_rows_opts opts = {.charset = sk_str_of(files[i].charset)};
        sk_rows *r = open_bytes(files[i].bytes, "a.csv", &opts);
        sk_row row;
        next_row(r, &row);
        if (i < 4 && i > 1)
            assert_cells(&row, "A=이름|B=x");
        assert_str(row.cells[1], "x");
        next_row(r, &row);
        assert_str(row.cells[1], "q");
        sk_str rest = sk_str_sub(files[i].bytes, (size_t)row.to, files[i].bytes.n);
        assert_true(rest.n >= 1 && rest.n <= 4 && rest.p[rest.n > 2 && rest.p[0] == 0] <= '\r');
        assert_end(r);
        sk_rows_close(r);
    }
}

static void a_row_that_is_not_of_the_charset_is_named_and_read_only_on_demand(void **state)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(1));
    for (int i = 1; i <= 50; i++)
        sk_buf_addf(&b, "\xEA\xB9\x80%d,\xED\x8F\x89\xEC\x96\x91\n", i); /* UTF-8 ... */
    size_t at = b.n;
    sk_buf_add(&b, SK_S("\xC6\xF2\xBE\xE7,x\nlast,row\n")); /* ... and a row of CP949 */
    sk_str says = sk_fmt(&cx.arena, "row 51 (line 51): byte %zu of the file is not utf-8", at);
    assert_refused(sk_buf_str(&b), "mixed.csv", NULL, SK_E_FORMAT, says.p);
    sk_rows *r = open_bytes(sk_buf_str(&b), "mixed.csv", &(sk_rows_opts){.charset = SK_S("utf-8")});
    sk_row row;
    for (int i = 1; i <= 50; i++)
        next_row(r, &row);
    assert_str(row.cells[0], "김50");
    next_row(r, &row);
    assert_str(row.cells[0], "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    next_row(r, &row);
    assert_str(row.cells[0], "last");
    assert_end(r);
    sk_str note = sk_fmt(&cx.arena,
                         "4 places are not utf-8 and were read as \xEF\xBF\xBD, the "
                         "first at byte %zu in row 51",
                         at);
    assert_str(sk_rows_note(r), note.p);
    sk_rows_close(r);
    sk_buf_done(&b);
}

static void a_charset_that_is_not_certain_must_be_named(void **state)
{
    sk_str bytes = SK_S("\xC0\xCC,a\n");
    assert_refused(bytes, "a.csv", NULL, SK_E_FORMAT, "name the charset");
    sk_rows *r = open_bytes(bytes, "a.csv", &(sk_rows_opts){.charset = SK_S("euc-kr")});
    sk_row row;
    next_row(r, &row);
    assert_cells(&row, "A=이|B=a");
    assert_end(r);
    sk_rows_close(r);
    sk_rows_opts named = {.charset = SK_S("windows-1252")};
    r = open_bytes(SK_S("김철수,평양\n"), "a.csv", &named); /* believed, and said */
    next_row(r, &row);
    assert_end(r);
    assert_true(sk_str_starts(sk_rows_note(r),
                              SK_S("read as windows-1252, as named; but the file is valid UTF-8")));
    sk_rows_close(r);
    assert_refused(bytes, "a.csv", &(sk_rows_opts){.charset = SK_S("klingon")}, SK_E_FORMAT,
                   "the charset \"klingon\" is not known");
}

static void a_large_table_streams_in_order_with_exact_bytes(void **state)
{
    enum { ROWS = 30000 };
    sk_buf b;
    sk_buf_init(&b, SK_MIB(16));
    for (int i = 1; i <= ROWS; i++)
        sk_buf_addf(&b, "%d,\xB1\xE8\xC3\xB6\xBC\xF6,\"\xC6\xF2\xBE\xE7%s\xBD\xC3\"%s", i,
                    i % 3 ? "" : "\n", i % 2 ? "\n" : "\r\n");
    sk_rows *r = open_bytes(sk_buf_str(&b), "a.csv", NULL);
    sk_row row;
    for (int i = 1; i <= ROWS; i++) {
        char want[16];
        next_row(r, &row);
        int n = snprintf(want, sizeof want, "%d,\xB1\xE8", i);
        assert_int_equal(row.row, i);
        assert_memory_equal(b.p + row.from, want, (size_t)n);
        assert_true(b.p[row.to] == '\r' || b.p[row.to] == '\n');
        assert_str(row.cells[2], i % 3 ? "평양시" : "평양\n시");
    }
    assert_end(r);
    sk_rows_close(r);
    sk_buf_done(&b);
}

/* ---- lists in XML ---- */

static void a_list_in_an_old_charset_or_utf16_is_read(void **state)
{
    static const sk_str files[] = {
        SK_S("<?xml version='1.0' encoding='EUC-KR'?><L><P n='\xC0\xCC'>\xB8\xA7</P></L>"),
        SK_S("\xFF\xFE<\0L\0>\0<\0P\0 \0n\0=\0'\0\x74\xC7'\0>\0\x84\xB9<\0/\0P\0>\0<\0/\0L\0>\0"),
        SK_S("\xEF\xBB\xBF<L><P n='\xEC\x9D\xB4'>\xEB\xA6\x84</P></L>"),
        SK_S("<?xml version='1.0' encoding='utf-16'?><L><P n='\xEC\x9D\xB4'>\xEB\xA6\x84</P></L>"),
    };
    for (size_t i = 0; i < SK_COUNT(files); i++) {
        sk_rows *r = open_bytes(files[i], "a.xml", NULL);
        sk_row row;
        next_row(r, &row);
        assert_cells(&row, ".=");
        assert_str(row.place, "L");
        next_row(r, &row);
        assert_cells(&row, "@n=이|.=름");
        assert_end(r);
        sk_rows_close(r);
    }
    assert_refused(SK_S("<?xml version='1.0' encoding='EUC-KR'?><L><P>\xC0\xCC\xFF\xFF</P></L>"),
                   "a.xml", NULL, SK_E_FORMAT, "byte 47 of the file is not cp949");
    assert_refused(SK_S("<?xml version='1.0' encoding='klingon'?><L/>"), "a.xml", NULL, SK_E_FORMAT,
                   "the charset \"klingon\" is not known");
    assert_refused(SK_S("<L><P>\xC0\xCC</P></L>"), "a.xml", NULL, SK_E_FORMAT,
                   "line 1: Input is not proper UTF-8");
}

static void a_list_that_means_harm_is_refused_with_its_reason(void **state)
{
    assert_refused(
        SK_S("<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>"
             "<!ENTITY c '&b;&b;&b;&b;&b;&b;'>]><l><p>&c;</p></l>"),
        "a.xml", NULL, SK_E_FORMAT, "declares a document type");
    assert_refused(SK_S("<!DOCTYPE l SYSTEM 'file:///etc/passwd'><l><p/></l>"), "a.xml", NULL,
                   SK_E_FORMAT, "declares a document type");
    assert_refused(SK_S("<l><p>&xxe;</p></l>"), "a.xml", NULL, SK_E_FORMAT, "not sound XML");
    sk_buf b;
    sk_buf_init(&b, SK_MIB(64));
    sk_buf_add(&b, SK_S("<l><p>"));
    for (int i = 0; i < 200; i++)
        sk_buf_add(&b, SK_S("<d>"));
    assert_refused(sk_buf_str(&b), "deep.xml", NULL, SK_E_LIMIT,
                   "record 1 (p), d/d/d/d/d/d/d/d/d/d/d/d/d");
    sk_buf_reset(&b);
    sk_buf_add(&b, SK_S("<l><p><q/><q>"));
    for (int i = 0; i < 200000; i++)
        sk_buf_add(&b, SK_S("long text "));
    assert_refused(sk_buf_str(&b), "text.xml", NULL, SK_E_LIMIT,
                   "record 1 (p), q[2]: the text is longer than 1048576 bytes");
    sk_buf_reset(&b);
    sk_buf_add(&b, SK_S("<l><p>"));
    for (int i = 0; i < 70000; i++)
        sk_buf_add(&b, SK_S("<q>x</q>"));
    assert_refused(sk_buf_str(&b), "cells.xml", NULL, SK_E_LIMIT,
                   "a row has more than 65536 cells");
    sk_buf_reset(&b);
    sk_buf_add(&b, SK_S("<l><p>"));
    for (int i = 0; i < 2000; i++)
        sk_buf_addf(&b, "<q%d/>", i);
    assert_refused(sk_buf_str(&b), "names.xml", NULL, SK_E_LIMIT,
                   "more than 1024 different elements in one");
    sk_buf_reset(&b);
    sk_buf_add(&b, SK_S("<l><p><q>"));
    for (int i = 0; i < 20; i++)
        for (int k = 0; k < 100000; k++)
            sk_buf_add(&b, SK_S("<l"));
    assert_refused(sk_buf_str(&b), "open.xml", NULL, SK_E_FORMAT, "not sound XML");
    sk_buf_done(&b);
}

static void a_list_cut_short_is_never_taken_for_a_whole_one(void **state)
{
    sk_str xml = SK_S("<?xml version='1.0'?>\n<l><p a='1'>x</p><p>y<z>&#44;</z></p></l>\n");
    sk_extractor *x;
    assert_int_equal(sk_extractor_open(&cx, &x), SK_OK);
    for (size_t n = 23; n < xml.n - 1; n++) {
        sk_rows *r = NULL;
        uint64_t rows;
        sk_rc rc = try_open(sk_str_sub(xml, 0, n), "a.xml", &(sk_rows_opts){.extractor = x}, &r);
        if (!rc)
            rc = read_until_error(r, &rows);
        if (rc != SK_E_FORMAT)
            fail_msg("cut to %zu of %zu bytes: %d %s", n, xml.n, rc, cx.message);
        sk_forgive(&cx);
        sk_rows_close(r);
    }
    assert_refused(SK_S("<l><p/></l><l/>"), "a.xml", NULL, SK_E_FORMAT, "Extra content");
    sk_extractor_close(x);
}

static void a_root_that_is_a_record_and_lists_without_records(void **state)
{
    sk_row row;
    sk_rows *r =
        open_bytes(SK_S("<p id='1'><n>x</n></p>"), "a.xml", &(sk_rows_opts){.records = SK_S("p")});
    next_row(r, &row);
    assert_cells(&row, "@id=1|n=x");
    assert_str(row.place, "p 1");
    assert_end(r);
    sk_rows_close(r);
    r = open_bytes(SK_S("<other><x>1</x></other>"), "a.xml",
                   &(sk_rows_opts){.records = SK_S("p q")});
    next_row(r, &row);
    assert_cells(&row, "x=1");
    assert_str(row.place, "other");
    assert_end(r);
    assert_str(sk_rows_note(r), "there is no element \"p q\" in \"other\"");
    sk_rows_close(r);
}

/* ---- what has no rows, and tables that mean harm ---- */

static void what_has_no_rows_is_refused_by_what_it_is(void **state)
{
    static const struct {
        const char *name;
        sk_str bytes;
        const char *says;
    } files[] = {
        {"a.csv", SK_S(""), "a.csv: there are no rows to read in it: the file is empty"},
        {"a.csv", SK_S("%PDF-1.4\n"), "a PDF; ask who made it"},
        {"a.csv", SK_S("\xFF\xD8\xFF\xE0 picture"), "a JPEG picture"},
        {"a.xls", SK_S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old"), "an old Office or HWP file"},
        {"a.csv", SK_S("<!DOCTYPE html><table>"), "a web page"},
        {"a.csv", SK_S("From: a\nTo: b\nDate: c\nSubject: d\n\n"), "a mail"},
        {"a.xlsx", SK_S("PK\x03\x04 nothing"), "the zip is cut short"},
        {"a.csv", SK_S("a\0\0\0\x81\x02\0\xFF\xFF\0\0\0\0\0\x99"), "no text and no table"},
    };
    for (size_t i = 0; i < SK_COUNT(files); i++)
        assert_refused(files[i].bytes, files[i].name, NULL, SK_E_FORMAT, files[i].says);
    sk_str docx = ZIP({"word/document.xml", SK_S("<w/>")}), zip = ZIP({"a.txt", SK_S("a")});
    assert_refused(docx, "a.xlsx", NULL, SK_E_FORMAT, "a Word document");
    assert_refused(zip, "a.csv", NULL, SK_E_FORMAT, "a zip of files; unpack it");
    int p[2];
    sk_rows *r = NULL;
    assert_int_equal(pipe(p), 0);
    assert_int_equal(sk_rows_open(&cx, p[0], SK_S("pipe"), NULL, &r), SK_E_UNSUPPORTED);
    assert_non_null(strstr(cx.message, "no regular file"));
    close(p[0]);
    close(p[1]);
}

static void a_table_that_means_harm_is_refused_with_row_and_column(void **state)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(64));
    sk_buf_add(&b, SK_S("\xB1\xE8,a\n\xB1\xE8,\"never closed\n"));
    for (int i = 0; i < 400000; i++)
        sk_buf_add(&b, SK_S("\xB1\xE8\xC3\xB6,x\n"));
    sk_rows_opts opts = {.charset = SK_S("euc-kr")};
    assert_refused(sk_buf_str(&b), "a.csv", &opts, SK_E_LIMIT,
                   "a.csv: row 2 (line 2), column 2: the cell is longer than 1048576 bytes; is "
                   "a quote missing?");
    assert_refused(SK_S("\xB1\xE8,a\n\xB1\xE8,\"never closed\n"), "a.csv", &opts, SK_E_FORMAT,
                   "row 2 (line 2), column 2: the quote is never closed");
    sk_buf_reset(&b);
    sk_buf_add(&b, SK_S("\xB1\xE8"));
    for (int i = 0; i < 1000000; i++)
        sk_buf_addc(&b, ',');
    assert_refused(sk_buf_str(&b), "a.csv", &opts, SK_E_LIMIT, "the row has more than 4096 cells");
    assert_refused(SK_S("\xB1\xE8,a\n\xB1\xE8,\0b\n"), "a.csv", &opts, SK_E_FORMAT,
                   "row 2 (line 2), column 2: a NUL byte");
    sk_buf_done(&b);
}

/* A gigabyte in one line, of which the disk holds nothing. */
static void a_line_of_a_gigabyte_is_refused_in_little_memory_and_time(void **state)
{
    sk_rows *r = NULL;
    uint64_t n;
    int fd = memfd_create("huge", MFD_CLOEXEC);
    assert_int_equal(write(fd, "\xB1\xE8,\"", 4), 4);
    for (int i = 0; i < 8; i++) /* text for as far as the charset is looked for */
        for (int k = 0; k < 1024; k++)
            assert_int_equal(pwrite(fd, "\xB1\xE8\xC3\xB6\xBC\xF6 ", 7, 4 + 7 * (i * 1024 + k)), 7);
    assert_int_equal(ftruncate(fd, (off_t)1 << 30), 0);
    int64_t before = sk_clock_ms();
    sk_rc rc =
        sk_rows_open(&cx, fd, SK_S("huge.csv"), &(sk_rows_opts){.charset = SK_S("euc-kr")}, &r);
    if (!rc)
        rc = read_until_error(r, &n);
    assert_int_equal(rc, SK_E_FORMAT);
    assert_non_null(strstr(cx.message, "row 1 (line 1), column 2: a NUL byte"));
#ifndef SK_SANITIZED
    assert_true(sk_clock_ms() - before < 60000);
#else
    (void)before;
#endif
    sk_rows_close(r);
    close(fd);
}

/* ---- workers, readers and the time ---- */

static sk_extractor *start(const char *program)
{
    sk_extractor *x;
    setenv("SILLOK_EXTRACT", program, 1);
    if (sk_extractor_open(&cx, &x))
        fail_msg("%s", cx.message);
    setenv("SILLOK_EXTRACT", SK_EXTRACT_PROGRAM, 1);
    return x;
}

static void whatever_a_worker_does_no_torn_stream_passes_for_whole(void **state)
{
    static const struct {
        const char *name, *says;
    } acts[] = {
        {"misbehave:crash", "crashed"},
        {"misbehave:socket", "its sandbox forbids"},
        {"misbehave:open-write", "its sandbox forbids"},
        {"misbehave:exec", "its sandbox forbids"},
        {"misbehave:garbage", "it does not begin as it must"},
        {"misbehave:endless", "it does not begin as it must"},
        {"misbehave:silent", "the stream of rows is cut off"},
        {"misbehave:loop", "said nothing for 1 s after 0 rows"},
        {"misbehave:rows-torn", "the stream of rows is cut off"},
        {"misbehave:rows-crash", "crashed on it or ran out of memory (signal 4), after 1 rows"},
        {"misbehave:rows-miscount", "the number of rows"},
        {"misbehave:rows-repeat", "rows are out of order"},
        {"misbehave:rows-fail", "ended with status 90"},
        {"misbehave:rows-more", "there is more behind the end"},
    };
    sk_extractor *x = start(SK_EXTRACT_TEST_PROGRAM);
    sk_rows_opts opts = {.extractor = x};
    for (size_t i = 0; i < SK_COUNT(acts); i++) {
        opts.time_limit_ms = strcmp(acts[i].name, "misbehave:loop") ? 0 : 1000;
        assert_refused(SK_S("some,text\n"), acts[i].name, &opts, SK_E_IO, acts[i].says);
        sk_rows *r = open_bytes(SK_S("a,b\n"), "misbehave:rows-well", &opts);
        sk_row row;
        next_row(r, &row);
        assert_cells(&row, "A=x");
        assert_end(r);
        sk_rows_close(r);
    }
    sk_extractor_close(x);
}

static void two_files_and_a_document_are_read_at_once_by_one_extractor(void **state)
{
    sk_extractor *x = start(SK_EXTRACT_PROGRAM);
    sk_buf b;
    sk_buf_init(&b, SK_MIB(16));
    for (int i = 0; i < 200000; i++)
        sk_buf_addf(&b, "%d,\xB1\xE8\xC3\xB6\xBC\xF6\n", i);
    sk_rows_opts opts = {.extractor = x};
    sk_rows *one = open_bytes(sk_buf_str(&b), "1.csv", &opts);
    sk_rows *two = open_bytes(sk_buf_str(&b), "2.csv", &opts);
    sk_row row;
    sk_document *d;
    sk_extract_opts doc_opts = {.extractor = x};
    int fd = fd_of(SK_S("text\n"));
    assert_int_equal(sk_extract(&cx, fd, SK_S("a.txt"), &doc_opts, &d), SK_OK);
    assert_str(d->text, "text\n");
    close(fd);
    for (int i = 0; i < 200000; i++) {
        next_row(one, &row);
        next_row(two, &row);
        assert_int_equal(row.row, i + 1);
    }
    assert_end(one);
    assert_end(two);
    sk_rows_close(one);
    sk_rows_close(two);
    sk_buf_done(&b);
    sk_extractor_close(x);
}

static void rows_may_be_left_lying_longer_than_the_time_limit(void **state)
{
    sk_extractor *x = start(SK_EXTRACT_PROGRAM);
    sk_buf b;
    sk_buf_init(&b, SK_MIB(32));
    for (int i = 0; i < 400000; i++)
        sk_buf_addf(&b, "%d,\xB1\xE8\xC3\xB6\xBC\xF6\n", i);
    sk_rows_opts opts = {.extractor = x, .time_limit_ms = 3000};
    sk_rows *r = open_bytes(sk_buf_str(&b), "1.csv", &opts);
    sk_row row;
    next_row(r, &row);
    usleep(4000000); /* the pipe is full, and the worker waits */
    for (int i = 1; i < 400000; i++)
        next_row(r, &row);
    assert_end(r);
    sk_rows_close(r);
    sk_buf_done(&b);
    sk_extractor_close(x);
}

static void leaving_off_ends_the_worker_and_the_extractor_serves_on(void **state)
{
    sk_extractor *x = start(SK_EXTRACT_PROGRAM);
    sk_buf b;
    sk_buf_init(&b, SK_MIB(32));
    for (int i = 0; i < 400000; i++)
        sk_buf_addf(&b, "%d,\xB1\xE8\xC3\xB6\xBC\xF6\n", i);
    for (int i = 0; i < 3; i++) {
        sk_rows_opts opts = {.extractor = x};
        sk_rows *r = open_bytes(sk_buf_str(&b), "1.csv", &opts);
        sk_row row;
        next_row(r, &row);
        sk_rows_close(r);
    }
    sk_extractor_close(x);
    sk_buf_done(&b);
}

static bool stop_now(void *arg)
{
    return true;
}

static void cancelling_and_a_missing_sandbox_are_errors(void **state)
{
    sk_rows *r = NULL;
    cx.cancelled = stop_now;
    assert_int_equal(try_open(SK_S("a\n"), "a.csv", NULL, &r), SK_E_CANCELLED);
    cx.cancelled = NULL;
    sk_forgive(&cx);
    setenv("SILLOK_TEST_NO_SANDBOX", "1", 1);
    sk_extractor *x = start(SK_EXTRACT_TEST_PROGRAM);
    unsetenv("SILLOK_TEST_NO_SANDBOX");
    sk_rows_opts opts = {.extractor = x};
    assert_refused(SK_S("a,b\n"), "a.csv", &opts, SK_E_UNSUPPORTED, "sandbox");
    opts.may_run_unsandboxed = true;
    r = open_bytes(SK_S("a,b\n"), "a.csv", &opts);
    sk_row row;
    next_row(r, &row);
    assert_end(r);
    sk_rows_close(r);
    sk_extractor_close(x);
}

static void options_that_cannot_be_are_refused_before_anything_starts(void **state)
{
    char long_name[2000];
    memset(long_name, 'x', sizeof long_name);
    sk_str s = {long_name, sizeof long_name};
    assert_refused(SK_S("a\n"), "a.csv", &(sk_rows_opts){.sheet = s}, SK_E_LIMIT, "at most 255");
    assert_refused(SK_S("a\n"), "a.csv", &(sk_rows_opts){.records = s}, SK_E_LIMIT, "at most 1000");
    assert_refused(SK_S("a\n"), "a.csv", &(sk_rows_opts){.sheet = SK_S("a\nb")}, SK_E_FORMAT,
                   "has a line end in it");
    assert_refused(SK_S("a\n"), "a.csv", &(sk_rows_opts){.sep = '"'}, SK_E_FORMAT,
                   "byte 0x22 cannot part cells");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_table_in_an_old_charset_is_read_with_its_rows_and_bytes),
        TEST(records_of_a_list_come_with_paths_places_and_bytes),
        TEST(tables_in_many_charsets_give_the_same_cells_and_their_bytes),
        TEST(a_row_that_is_not_of_the_charset_is_named_and_read_only_on_demand),
        TEST(a_charset_that_is_not_certain_must_be_named),
        TEST(a_large_table_streams_in_order_with_exact_bytes),
        TEST(a_list_in_an_old_charset_or_utf16_is_read),
        TEST(a_list_that_means_harm_is_refused_with_its_reason),
        TEST(a_list_cut_short_is_never_taken_for_a_whole_one),
        TEST(a_root_that_is_a_record_and_lists_without_records),
        TEST(what_has_no_rows_is_refused_by_what_it_is),
        TEST(a_table_that_means_harm_is_refused_with_row_and_column),
        TEST(a_line_of_a_gigabyte_is_refused_in_little_memory_and_time),
        TEST(whatever_a_worker_does_no_torn_stream_passes_for_whole),
        TEST(two_files_and_a_document_are_read_at_once_by_one_extractor),
        TEST(rows_may_be_left_lying_longer_than_the_time_limit),
        TEST(leaving_off_ends_the_worker_and_the_extractor_serves_on),
        TEST(cancelling_and_a_missing_sandbox_are_errors),
        TEST(options_that_cannot_be_are_refused_before_anything_starts),
    };
    setenv("SILLOK_EXTRACT", SK_EXTRACT_PROGRAM, 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
