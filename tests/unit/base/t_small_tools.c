/* Small tools of base/: maps from text, lines of a file, SHA-1 ids, text at the door. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/edtf.h"
#include "base/lines.h"
#include "base/sha1.h"
#include "base/strmap.h"
#include "base/utf8.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>
#include <utf8proc.h>

/* ---- strmap ---- */

static void a_map_finds_each_key_and_keeps_the_first_value(void **state)
{
    enum { N = 5000 };
    sk_arena a = SK_ARENA_INIT;
    sk_strmap m = {0};
    static int values[N];
    assert_null(sk_strmap_get(&m, SK_S("")));
    for (int i = 0; i < N; i++)
        assert_true(sk_strmap_put(&m, &a, sk_fmt(&a, "key %d of many", i), &values[i]));
    assert_true(sk_strmap_put(&m, &a, SK_S(""), &values[0]));
    assert_false(sk_strmap_put(&m, &a, SK_S("key 7 of many"), &values[8]));
    for (int i = 0; i < N; i++)
        assert_ptr_equal(sk_strmap_get(&m, sk_fmt(&a, "key %d of many", i)), &values[i]);
    assert_ptr_equal(sk_strmap_get(&m, SK_S("")), &values[0]);
    assert_null(sk_strmap_get(&m, SK_S("key 7 of man")));
    assert_int_equal(m.n, N + 1);
    assert_true(m.n * 2 <= m.cap);
    sk_arena_done(&a);
}

/* ---- lines ---- */

static int file_of(sk_str bytes)
{
    int fd = memfd_create("lines", MFD_CLOEXEC);
    assert_true(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

/* The lines of bytes as "[row from-to text]". */
static sk_str lines_of(sk_ctx *cx, sk_str bytes, size_t most)
{
    sk_lines *l;
    sk_line_of line;
    sk_str all = SK_S("");
    int fd = file_of(bytes);
    sk_rc rc = sk_lines_open(cx, fd, "test.txt", most, &l);
    if (!rc) {
        while (!(rc = sk_lines_next(cx, l, &line)) && line.p)
            all = sk_fmt(&cx->arena, "%.*s[%d %d-%d %.*s]", SK_P(all), (int)line.row,
                         (int)line.from, (int)line.to, (int)line.n, line.p);
        sk_lines_close(l);
    }
    close(fd);
    return rc ? sk_str_of(cx->message) : all;
}

static void lines_end_in_lf_or_crlf_and_the_last_needs_no_end(void **state)
{
    static const struct {
        const char *bytes, *lines;
    } cases[] = {
        {"", ""},
        {"a", "[1 0-1 a]"},
        {"a\n", "[1 0-1 a]"},
        {"a\r\n\r\nb", "[1 0-1 a][2 3-3 ][3 5-6 b]"},
        {"\n\n", "[1 0-0 ][2 1-1 ]"},
        {"\xEF\xBB\xBFx\ny\n", "[1 3-4 x][2 5-6 y]"},
        {"\xFF\xFEx", "test.txt: the file is UTF-16; save it as UTF-8"},
        {"123456789\nx", "test.txt: row 1 is longer than 8 bytes"},
        {"12345678\n123456789", "test.txt: row 2 is longer than 8 bytes"},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        sk_ctx cx;
        sk_ctx_init(&cx);
        assert_string_equal(lines_of(&cx, sk_str_of(cases[i].bytes), 8).p, cases[i].lines);
        sk_ctx_done(&cx);
    }
}

/* Longer than the first buffer, so that it moves and grows. */
static void long_lines_come_whole(void **state)
{
    enum { N = 700000 };
    sk_ctx cx;
    sk_lines *l;
    sk_line_of line;
    sk_ctx_init(&cx);
    char *bytes = sk_alloc(&cx.arena, N);
    for (int i = 0; i < N; i++)
        bytes[i] = (char)('a' + i % 26);
    bytes[10] = bytes[300000] = bytes[300001] = '\n';
    int fd = file_of((sk_str){bytes, N});
    assert_int_equal(sk_lines_open(&cx, fd, "long", N, &l), SK_OK);
    static const size_t froms[] = {0, 11, 300001, 300002}, tos[] = {10, 300000, 300001, N};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(sk_lines_next(&cx, l, &line), SK_OK);
        assert_int_equal(line.from, froms[i]);
        assert_int_equal(line.to, tos[i]);
        assert_int_equal(line.n, tos[i] - froms[i]);
        assert_memory_equal(line.p, bytes + froms[i], line.n);
    }
    assert_int_equal(sk_lines_next(&cx, l, &line), SK_OK);
    assert_null(line.p);
    sk_lines_close(l);
    close(fd);
    sk_ctx_done(&cx);
}

/* ---- SHA-1 ---- */

/* FIPS 180-4's examples, and that a state serves again. */
static void sha1_gives_the_published_digests(void **state)
{
    static const struct {
        const char *text, *hex;
    } cases[] = {
        {"", "da39a3ee5e6b4b0d3255bfef95601890afd80709"},
        {"abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "84983e441c3bd26ebaae4aa1f95129e5e54670f1"},
    };
    sk_sha1_state *st = sk_sha1_new();
    for (size_t i = 0; i < 2 * SK_COUNT(cases); i++) {
        sk_sha1_hex h = sk_sha1(st, sk_str_of(cases[i % SK_COUNT(cases)].text));
        assert_memory_equal(h.digits, cases[i % SK_COUNT(cases)].hex, 40);
    }
    sk_sha1_free(st);
}

/* ---- text at the door: the quick ways give what the slow way gives ---- */

static size_t find_bad_slowly(sk_str s)
{
    for (size_t at = 0; at < s.n;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t n =
            utf8proc_iterate((const utf8proc_uint8_t *)s.p + at, (utf8proc_ssize_t)(s.n - at), &c);
        if (n <= 0)
            return at;
        at += (size_t)n;
    }
    return SIZE_MAX;
}

static void every_two_and_three_bytes_are_judged_as_utf8proc_judges_them(void **state)
{
    static const unsigned char edges[] = {0x00, 0x7F, 0x80, 0x8F, 0x90,
                                          0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
    char text[12];
    for (unsigned a = 0; a < 256; a++)
        for (unsigned b = 0; b < 256; b++) {
            memset(text, 'x', sizeof text);
            text[0] = (char)a;
            text[1] = (char)b;
            for (size_t n = 1; n <= 3; n++)
                assert_int_equal(sk_utf8_find_bad((sk_str){text, n}),
                                 find_bad_slowly((sk_str){text, n}));
            for (size_t i = 0; i < sizeof edges; i++)
                for (size_t k = 0; k < sizeof edges; k++) {
                    text[2] = (char)edges[i];
                    text[3] = (char)edges[k];
                    assert_int_equal(sk_utf8_find_bad((sk_str){text, 12}),
                                     find_bad_slowly((sk_str){text, 12}));
                    assert_int_equal(sk_utf8_find_bad((sk_str){text, 3}),
                                     find_bad_slowly((sk_str){text, 3}));
                }
        }
}

static void every_byte_at_every_place_passes_the_door_or_not(void **state)
{
    for (size_t n = 1; n < 20; n++)
        for (size_t at = 0; at < n; at++)
            for (unsigned c = 0; c < 256; c++) {
                char text[20];
                sk_ctx cx;
                sk_str in = {text, n}, out = SK_NONE;
                memset(text, 'm', sizeof text);
                text[at] = (char)c;
                bool good = c == '\t' || c == '\n' || (c >= 0x20 && c < 0x7F);
                sk_ctx_init(&cx);
                assert_int_equal(sk_utf8_enter(&cx, in, "it", &out), good ? SK_OK : SK_E_FORMAT);
                assert_true(!good || (out.p == text && out.n == n));
                sk_ctx_done(&cx);
            }
}

static void what_enters_is_composed(void **state)
{
    sk_ctx cx;
    sk_str out;
    sk_ctx_init(&cx);
    assert_int_equal(sk_utf8_enter(&cx, SK_S("e\xCC\x81t\xC3\xA9"), "it", &out), SK_OK);
    assert_true(sk_str_is(out, "été"));
    sk_str korean = SK_S("김정욱 and Мария");
    assert_int_equal(sk_utf8_enter(&cx, korean, "it", &out), SK_OK);
    assert_ptr_equal(out.p, korean.p); /* composed already: not copied */
    sk_ctx_done(&cx);
}

/* ---- plain dates ---- */

static void a_date_is_plain_when_parsing_gives_it_back_as_one_day_month_or_year(void **state)
{
    static const char *const odd[] = {"197",        "19785",      "1978-6",     "1978-13",
                                      "1978-00",    "1978-21",    "1978-06-31", "1978/06/07",
                                      "1978-06-0a", "197X",       "1978-06~",   "-197",
                                      "1978-XX",    "2023-02-29", "1900-02-29", ""};
    sk_ctx cx;
    sk_ctx_init(&cx);
    for (size_t i = 0; i < SK_COUNT(odd); i++)
        if (sk_edtf_is_plain(sk_str_of(odd[i])))
            fail_msg("%s", odd[i]);
    for (int year = 0; year < 10000; year += 37)
        for (int month = 0; month < 14; month++)
            for (int day = 0; day < 33; day += 1 + day % 3) {
                sk_edtf e;
                sk_str s = sk_fmt(&cx.arena, "%04d-%02d-%02d", year, month, day);
                for (size_t n = 4; n <= 10; n += 3) {
                    sk_str part = sk_str_sub(s, 0, n);
                    bool good = sk_edtf_parse(&cx, part, &e) == SK_OK;
                    sk_forgive(&cx);
                    assert_int_equal(sk_edtf_is_plain(part), good);
                    assert_true(!good || sk_str_eq(e.text, part));
                }
            }
    sk_ctx_done(&cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_map_finds_each_key_and_keeps_the_first_value),
        cmocka_unit_test(lines_end_in_lf_or_crlf_and_the_last_needs_no_end),
        cmocka_unit_test(long_lines_come_whole),
        cmocka_unit_test(sha1_gives_the_published_digests),
        cmocka_unit_test(every_two_and_three_bytes_are_judged_as_utf8proc_judges_them),
        cmocka_unit_test(every_byte_at_every_place_passes_the_door_or_not),
        cmocka_unit_test(what_enters_is_composed),
        cmocka_unit_test(a_date_is_plain_when_parsing_gives_it_back_as_one_day_month_or_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
