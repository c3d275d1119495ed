/* The parent's side with real processes: the program that is installed, and one that misbehaves. */
#include "helper.h"

#include "confine/extractor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static int fd_of(sk_str bytes)
{
    char path[] = "/tmp/sillok-t-extractor-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    unlink(path);
    assert_int_equal(write(fd, bytes.p ? bytes.p : "", bytes.n), bytes.n);
    return fd;
}

static sk_document *extract(sk_extractor *x, sk_str bytes, const char *name, int64_t limit_ms)
{
    sk_document *d = NULL;
    sk_extract_opts opts = {.extractor = x, .time_limit_ms = limit_ms};
    int fd = fd_of(bytes);
    sk_rc rc = sk_extract(&cx, fd, sk_str_of(name), &opts, &d);
    close(fd);
    if (rc)
        fail_msg("%s", cx.message);
    assert_non_null(d);
    assert_sound(d);
    return d;
}

static sk_extractor *start(const char *program)
{
    sk_extractor *x;
    setenv("SILLOK_EXTRACT", program, 1);
    if (sk_extractor_open(&cx, &x))
        fail_msg("%s", cx.message);
    return x;
}

static sk_str minimal_pdf(const char *text)
{
    return sk_fmt(
        &cx.arena,
        "%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        "2 0 obj\n<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>\nendobj\n"
        "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>\nendobj\n"
        "4 0 obj\n<< /Length %zu >>\nstream\nBT /F1 12 Tf 72 700 Td (%s) Tj ET\nendstream\n"
        "endobj\n5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n"
        "6 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>\nendobj\n"
        "7 0 obj\n<< /Title (A & B) /CreationDate (D:20231009120000+09'00') >>\nendobj\n"
        "trailer\n<< /Size 8 /Root 1 0 R /Info 7 0 R >>\n%%%%EOF\n",
        strlen(text) + 38, text);
}

static void documents_come_back_through_the_sandbox_as_they_are(void **state)
{
    sk_extractor *x = start(SK_EXTRACT_PROGRAM);
    sk_document *d =
        extract(x, SK_S("A title\n\nThe people were held in the camp, it was said.\n"), "a.txt", 0);
    assert_int_equal(d->outcome, SK_OUTCOME_OK);
    assert_str(d->text, "A title\n\nThe people were held in the camp, it was said.\n");
    assert_str(d->title, "A title");
    assert_str(d->lang, "en");
    assert_int_equal(d->blocks[1].orig_start, 9);
    d = extract(x, SK_S("<html lang=ja><title>T</title><p>x <a href=/y>y</a></p><time>2023-10-09"),
                "a", 0);
    assert_str(d->media, "text/html");
    assert_str(d->links[0], "/y");
    assert_str(d->dates[0].edtf, "2023-10-09");
    d = extract(x, SK_S("a,b\n1,2\n"), "x.csv", 0);
    assert_str(d->blocks[1].place, "row 2");
    d = extract(x, SK_S("\xBA\xCF\xC7\xD1\xC0\xBA \xBC\xF6\xBF\xEB\xBC\xD2\xBF\xA1\xBC\xAD\n"), "a",
                0);
    assert_str(d->text, "북한은 수용소에서\n"); /* needs converters: a second fork */
    d = extract(x, SK_NONE, "a", 0);
    assert_int_equal(d->outcome, SK_OUTCOME_NONE);
    sk_extractor_close(x);
}

static void a_pdf_is_read_by_pdftotext_page_by_page(void **state)
{
    sk_extractor *x = start(SK_EXTRACT_PROGRAM);
    sk_document *d = extract(x, minimal_pdf("They were held there."), "a.pdf", 0);
    if (note_says(d, "not installed")) {
        print_message("SKIP: pdftotext is not installed\n");
        sk_extractor_close(x);
        skip();
    }
    assert_int_equal(d->n_blocks, 2);
    assert_block(d, 0, SK_BLOCK_TEXT, "They were held there.");
    assert_int_equal(d->blocks[0].page, 1);
    assert_int_equal(d->blocks[1].page, 2);
    assert_str(d->title, "A & B");
    assert_str(d->dates[0].edtf, "2023-10-09T12:00:00+09:00");
    d = extract(x, SK_S("%PDF-1.4\nnot really\n"), "a.pdf", 0);
    assert_int_equal(d->outcome, SK_OUTCOME_FAILED);
    assert_true(note_says(d, "pdftotext could not read it"));
    sk_extractor_close(x);
}

/* Korean by a predefined encoding, as Korean office programs write it, without the font. */
static void a_pdf_with_a_predefined_korean_encoding_is_read_or_its_lack_is_named(void **state)
{
    sk_str pdf = SK_S(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>\nendobj\n"
        "4 0 obj\n<< /Length 55 >>\nstream\nBT /F1 12 Tf 72 720 Td <bacfc7d120bcf6bfebbcd2> Tj ET"
        "\nendstream\nendobj\n5 0 obj\n<< /Type /Font /Subtype /Type0 /BaseFont /HYGoThic-Medium "
        "/Encoding /KSCms-UHC-H /DescendantFonts [6 0 R] >>\nendobj\n"
        "6 0 obj\n<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HYGoThic-Medium /CIDSystemInfo "
        "<< /Registry (Adobe) /Ordering (Korea1) /Supplement 1 >> /FontDescriptor 7 0 R "
        ">>\nendobj\n"
        "7 0 obj\n<< /Type /FontDescriptor /FontName /HYGoThic-Medium /Flags 4 /FontBBox "
        "[0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /StemV 80 >>\nendobj\n"
        "trailer\n<< /Size 8 /Root 1 0 R >>\n%%EOF\n");
    sk_extractor *x = start(SK_EXTRACT_PROGRAM);
    sk_document *d = extract(x, pdf, "a.pdf", 0);
    if (note_says(d, "not installed") || note_says(d, "install poppler-data"))
        print_message("SKIP: poppler-utils or poppler-data is not installed\n");
    else
        assert_true(has_text(d, "북한") && has_text(d, "수용소"));
    sk_extractor_close(x);
}

static void whatever_a_worker_does_is_the_outcome_of_its_file_alone(void **state)
{
    static const struct {
        const char *name, *says;
    } acts[] = {
        {"misbehave:crash", "crashed"},
        {"misbehave:memory", "ran out of memory"},
        {"misbehave:socket", "its sandbox forbids"},
        {"misbehave:open-write", "its sandbox forbids"},
        {"misbehave:open-read", "status 90"}, /* refused, and it may go on */
        {"misbehave:exec", "its sandbox forbids"},
        {"misbehave:fork", "its sandbox forbids"},
        {"misbehave:kill", "its sandbox forbids"},
        {"misbehave:code", "its sandbox forbids"},
        {"misbehave:garbage", "not sound"},
        {"misbehave:silent", "not sound"},
        {"misbehave:endless", "more than it may"},
    };
    sk_extractor *x = start(SK_EXTRACT_TEST_PROGRAM);
    for (size_t i = 0; i < SK_COUNT(acts); i++) {
#ifdef SK_SANITIZED /* sanitizers need terabytes of address space: no ceiling there */
        if (strcmp(acts[i].name, "misbehave:memory") == 0)
            continue;
#endif
        sk_document *d = extract(x, SK_S("some text\n"), acts[i].name, 20000);
        if (d->outcome != SK_OUTCOME_FAILED || !note_says(d, acts[i].says))
            fail_msg("%s: %s: %.*s", acts[i].name, sk_outcome_name(d->outcome), SK_P(d->note));
        assert_int_equal(d->text.n, 0);
        d = extract(x, SK_S("the next file\n"), "a.txt", 0);
        assert_str(d->text, "the next file\n");
    }
    assert_int_not_equal(access("/tmp/sillok-extract-was-here", F_OK), 0);
    sk_extractor_close(x);
}

static void an_endless_loop_ends_by_the_clock(void **state)
{
    sk_extractor *x = start(SK_EXTRACT_TEST_PROGRAM);
    int64_t before = sk_clock_ms();
    sk_document *d = extract(x, SK_S("some text\n"), "misbehave:loop", 500);
    assert_int_equal(d->outcome, SK_OUTCOME_FAILED);
    assert_true(note_says(d, "longer than 1 s"));
    assert_true(sk_clock_ms() - before < 10000);
    d = extract(x, SK_S("the next file\n"), "a.txt", 0);
    assert_str(d->text, "the next file\n");
    sk_extractor_close(x);
}

static void pdftotext_is_locked_in_too(void **state)
{
    sk_extractor *x = start(SK_EXTRACT_TEST_PROGRAM);
    sk_document *d = extract(x, SK_S("%PDF-1.4\n"), "a.pdf", 0);
    static const char *const lines[] = {
        "input: given",
        "socket: refused",
        "open for writing: refused",
        "open below /usr: allowed",
        "fork: refused",
        "kill: refused",
        "exec: refused",
    };
    for (size_t i = 0; i < SK_COUNT(lines); i++)
        if (!has_text(d, lines[i]))
            fail_msg("not \"%s\" in: %.*s %.*s", lines[i], SK_P(d->text), SK_P(d->note));
    if (has_text(d, "open of a file elsewhere: allowed"))
        print_message("SKIP: this kernel has no Landlock; reading elsewhere is not refused\n");
    assert_int_not_equal(access("/tmp/sillok-probe-was-here", F_OK), 0);
    sk_extractor_close(x);
}

static void without_a_sandbox_nothing_is_read_unless_told(void **state)
{
    sk_document *d = NULL;
    setenv("SILLOK_TEST_NO_SANDBOX", "1", 1);
    sk_extractor *x = start(SK_EXTRACT_TEST_PROGRAM);
    unsetenv("SILLOK_TEST_NO_SANDBOX");
    static const char *const names[] = {"a.txt", "a.html", "a.pdf"};
    for (size_t i = 0; i < SK_COUNT(names); i++) {
        int fd = fd_of(i == 2 ? SK_S("%PDF-1.4\n") : SK_S("<p>some text</p>\n"));
        sk_extract_opts opts = {.extractor = x};
        assert_int_equal(sk_extract(&cx, fd, sk_str_of(names[i]), &opts, &d), SK_E_UNSUPPORTED);
        assert_non_null(strstr(cx.message, "sandbox"));
        sk_forgive(&cx);
        opts.may_run_unsandboxed = true;
        assert_int_equal(sk_extract(&cx, fd, sk_str_of(names[i]), &opts, &d), SK_OK);
        assert_true(i == 2 || d->text.n > 0); /* the probe runs away when nothing holds it */
        close(fd);
    }
    sk_extractor_close(x);
}

static void a_batch_in_an_old_charset_is_read_like_any_other(void **state)
{
    sk_extractor *x = start(SK_EXTRACT_PROGRAM);
    for (int i = 0; i < 8; i++) { /* the kept worker cannot: misses, then rests */
        sk_document *d = extract(
            x, SK_S("\xBA\xCF\xC7\xD1\xC0\xBA \xBC\xF6\xBF\xEB\xBC\xD2\xBF\xA1\xBC\xAD\n"), "a", 0);
        assert_str(d->text, "북한은 수용소에서\n");
        d = extract(x, SK_S("plain\n"), "a", 0);
        assert_str(d->text, "plain\n");
    }
    sk_extractor_close(x);
}

static bool stop_now(void *arg)
{
    return true;
}

static void cancelling_is_an_error_and_leaves_the_extractor_usable(void **state)
{
    sk_document *d = NULL;
    sk_extractor *x = start(SK_EXTRACT_TEST_PROGRAM);
    sk_extract_opts opts = {.extractor = x};
    int fd = fd_of(SK_S("some text\n"));
    cx.cancelled = stop_now;
    assert_int_equal(sk_extract(&cx, fd, SK_S("misbehave:loop"), &opts, &d), SK_E_CANCELLED);
    assert_null(d);
    close(fd);
    cx.cancelled = NULL;
    sk_forgive(&cx);
    d = extract(x, SK_S("the next file\n"), "a.txt", 0);
    assert_str(d->text, "the next file\n");
    sk_extractor_close(x);
}

static void a_missing_program_is_an_error_that_says_where_it_was_sought(void **state)
{
    sk_extractor *x = NULL;
    setenv("SILLOK_EXTRACT", "/nonexistent/sillok-extract", 1);
    assert_int_equal(sk_extractor_open(&cx, &x), SK_E_NOTFOUND);
    assert_non_null(strstr(cx.message, "SILLOK_EXTRACT names \"/nonexistent/sillok-extract\""));
    sk_forgive(&cx);
    unsetenv("SILLOK_EXTRACT");
    assert_int_equal(sk_extractor_open(&cx, &x), SK_E_NOTFOUND);
    assert_non_null(strstr(cx.message, "install it, or set SILLOK_EXTRACT"));
    assert_null(x);
}

static void one_call_without_an_extractor_starts_and_stops_its_own(void **state)
{
    sk_document *d = NULL;
    int fd = fd_of(SK_S("text\n"));
    setenv("SILLOK_EXTRACT", SK_EXTRACT_PROGRAM, 1);
    assert_int_equal(sk_extract(&cx, fd, SK_NONE, NULL, &d), SK_OK);
    assert_str(d->text, "text\n");
    close(fd);
}

static void many_small_files_take_little_time_each(void **state)
{
    enum { FILES = 300 };
    sk_extractor *x = start(SK_EXTRACT_PROGRAM);
    int64_t before = sk_clock_ms();
    for (int i = 0; i < FILES; i++) {
        sk_document *d = extract(x, SK_S("A short text, and nothing else in it.\n"), "a.txt", 0);
        assert_int_equal(d->outcome, SK_OUTCOME_OK);
    }
    int64_t took = sk_clock_ms() - before;
    print_message("%d files in %lld ms\n", FILES, (long long)took);
    assert_true(took < 30000); /* generous: machines that run tests are busy */
    sk_extractor_close(x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(documents_come_back_through_the_sandbox_as_they_are),
        TEST(a_pdf_is_read_by_pdftotext_page_by_page),
        TEST(a_pdf_with_a_predefined_korean_encoding_is_read_or_its_lack_is_named),
        TEST(whatever_a_worker_does_is_the_outcome_of_its_file_alone),
        TEST(an_endless_loop_ends_by_the_clock),
        TEST(pdftotext_is_locked_in_too),
        TEST(without_a_sandbox_nothing_is_read_unless_told),
        TEST(a_batch_in_an_old_charset_is_read_like_any_other),
        TEST(cancelling_is_an_error_and_leaves_the_extractor_usable),
        TEST(a_missing_program_is_an_error_that_says_where_it_was_sought),
        TEST(one_call_without_an_extractor_starts_and_stops_its_own),
        TEST(many_small_files_take_little_time_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
