/* Tables as CSV: charsets, characters they lack, HXL tags, and cells that look like formulas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/csv.h"
#include "base/utf8.h"
#include "exchange/write/write_csv.h"
#include "exchange/write/write_hxl.h"

#include <iconv.h>
#include <stdlib.h>

static sk_ctx cx;
static sk_buf out;
static sk_encoder *encoder;

static int setup(void **state)
{
    sk_ctx_init(&cx);
    sk_buf_init(&out, SK_MIB(64));
    encoder = NULL;
    return 0;
}

static int teardown(void **state)
{
    sk_encoder_close(encoder);
    sk_buf_done(&out);
    sk_ctx_done(&cx);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const sk_column columns[] = {
    {.key = "when", .title = "When"},
    {.key = "figure", .title = "Figure", .align = SK_ALIGN_RIGHT},
    {.key = "state", .title = "State"},
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

static void write_as(const char *charset, bool replace, const sk_table *t,
                     sk_write_csv_summary *sum)
{
    assert_int_equal(sk_encoder_open(&cx, sk_str_of(charset), &encoder), SK_OK);
    sk_write_csv_options o = {.encoder = encoder, .replace = replace};
    assert_int_equal(sk_write_csv(&cx, t, &o, &out, sum), SK_OK);
}

static void assert_out(const char *want)
{
    if (!sk_str_is(sk_buf_str(&out), want))
        fail_msg("\n%.*s\nexpected\n%s", SK_P(sk_buf_str(&out)), want);
}

/* What iconv, which shares no code with us but the converter's table, reads in the bytes. */
static sk_str read_cp949(sk_str bytes)
{
    iconv_t it = iconv_open("UTF-8", "CP949");
    assert_true(it != (iconv_t)-1);
    char *in = (char *)(uintptr_t)bytes.p;
    size_t left = bytes.n, room = bytes.n * 3 + 16;
    char *text = sk_alloc(&cx.arena, room), *to = text;
    assert_int_equal(iconv(it, &in, &left, &to, &room), 0);
    iconv_close(it);
    return sk_str_range(text, to);
}

static void without_options_the_bytes_are_those_of_the_plain_csv(void **state)
{
    sk_table *t = table_of("2023-10-09", "500–600", "=cmd", "around June 1978", "", "\"q\", 2",
                           (const char *)NULL);
    sk_table_group(t, SK_S("a group"));
    sk_table_cell(t, SK_S("x"));
    sk_table_cell_int(t, -1);
    sk_table_cell_none(t);
    sk_buf plain;
    sk_buf_init(&plain, SK_MIB(1));
    sk_table_csv(t, true, &plain);
    write_as("utf-8", false, t, NULL);
    assert_out(plain.p);
    sk_buf_reset(&out);
    sk_write_csv_options none = {0};
    assert_int_equal(sk_write_csv(&cx, t, &none, &out, NULL), SK_OK);
    assert_out(plain.p);
    sk_buf_done(&plain);
}

static void the_mark_comes_once_however_many_tables_follow(void **state)
{
    sk_table *t = table_of("a", "b", "c", (const char *)NULL);
    write_as("UTF-8-BOM", false, t, NULL);
    sk_write_csv_options o = {.encoder = encoder};
    assert_int_equal(sk_write_csv(&cx, t, &o, &out, NULL), SK_OK);
    assert_out("\xEF\xBB\xBFwhen,figure,state\na,b,c\nwhen,figure,state\na,b,c\n");
}

static void korean_comes_back_from_cp949(void **state)
{
    /* the last two words have syllables that EUC-KR in the narrow sense lacks */
    const char *korean = "정치범수용소, \"세 사람\" 믜 뷁 똠방각하 ㄱ 金正男 ＝1 ½ №";
    write_as("euc-kr", false, table_of("a", korean, "b", (const char *)NULL), NULL);
    sk_str text = read_cp949(sk_buf_str(&out));
    sk_csv *r;
    sk_csv_row row;
    assert_int_equal(sk_csv_open_mem(&cx, text, "t", ',', &r), SK_OK);
    assert_int_equal(sk_csv_next(&cx, r, &row), SK_OK);
    assert_int_equal(sk_csv_next(&cx, r, &row), SK_OK);
    assert_int_equal(row.n, 3);
    assert_string_equal(row.cells[1].p, korean);
    sk_csv_close(r);
}

/* Every character that both directions of the converter know is written as it was. */
static void every_syllable_and_hanja_of_cp949_survives(void **state)
{
    assert_int_equal(sk_encoder_open(&cx, SK_S("cp949"), &encoder), SK_OK);
    size_t n = 0;
    for (uint32_t c = 0x80; c < 0x10000; c++) {
        char utf8[4];
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        sk_str s = {utf8, sk_utf8_put(c, utf8)};
        if (sk_encoder_find_lacking(encoder, s) != SIZE_MAX)
            continue;
        n++;
        sk_buf_reset(&out);
        sk_encoder_put(encoder, s, &out);
        assert_true(sk_str_eq(read_cp949(sk_buf_str(&out)), s));
    }
    assert_true(n >= 17048); /* KS X 1001's 8,836 less empty places, and 8,822 more syllables */
    for (uint32_t c = 0xAC00; c <= 0xD7A3; c++) {
        char utf8[4];
        assert_true(sk_encoder_find_lacking(encoder, (sk_str){utf8, sk_utf8_put(c, utf8)}) ==
                    SIZE_MAX);
    }
}

static void a_character_that_cp949_lacks_is_an_error_with_its_place(void **state)
{
    sk_table *t = table_of("a", "b", "c", "d", "Ren\xC3\xA9", "f", (const char *)NULL);
    assert_int_equal(sk_encoder_open(&cx, SK_S("cp949"), &encoder), SK_OK);
    sk_write_csv_options o = {.encoder = encoder};
    assert_int_equal(sk_write_csv(&cx, t, &o, &out, NULL), SK_E_FORMAT);
    assert_non_null(strstr(cx.message, "row 3, column figure"));
    assert_non_null(strstr(cx.message, "\"\xC3\xA9\" (U+00E9)"));
    assert_non_null(strstr(cx.message, "--charset-replace"));
}

static void stand_ins_are_counted_and_say_which(void **state)
{
    sk_write_csv_summary sum = {0};
    write_as("cp949", true,
             table_of("620–720", "Ren\xC3\xA9\xC3\xA9 \xF0\x9F\x98\x80", "1\xC2\xA0– 2",
                      (const char *)NULL),
             &sum);
    assert_string_equal(sk_str_c(&cx.arena, read_cp949(sk_buf_str(&out))),
                        "when,figure,state\n620-720,Ren[U+00E9][U+00E9] [U+1F600],1 - 2\n");
    assert_int_equal(sum.n, 6);
    assert_int_equal(sum.n_replaced, 4);
    assert_int_equal(sum.replaced[0].c, 0x2013);
    assert_int_equal(sum.replaced[0].n, 2);
    assert_true(sk_str_is(sum.replaced[0].by, "-"));
    assert_int_equal(sum.replaced[1].n, 2);
    assert_true(sk_str_is(sum.replaced[1].by, "[U+00E9]"));
}

static void every_stand_in_is_one_that_cp949_has(void **state)
{
    assert_int_equal(sk_encoder_open(&cx, SK_S("cp949"), &encoder), SK_OK);
    for (uint32_t c = 0x80; c < 0x11000; c++)
        if (c < 0xD800 || c > 0xDFFF) {
            sk_str by = sk_encoder_stand_in(encoder, &cx.arena, c);
            assert_true(sk_encoder_find_lacking(encoder, by) == SIZE_MAX);
        }
}

/* A dash that becomes a hyphen would begin a formula; what is no number gets its apostrophe. */
static void a_stand_in_never_makes_a_formula(void **state)
{
    write_as("cp949", true,
             table_of("–cmd|' /C calc'!A0", "−1", "\xE2\x80\x8B=1+1", (const char *)NULL), NULL);
    assert_out("when,figure,state\n\"'-cmd|' /C calc'!A0\",-1,\"'=1+1\"\n");
}

static void no_cell_of_any_charset_starts_a_formula(void **state)
{
    static const char *const heads[] = {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
    static const char *const names[] = {"utf-8", "utf-8-bom", "cp949"};
    for (size_t k = 0; k < SK_COUNT(names); k++)
        for (size_t i = 0; i < SK_COUNT(heads); i++) {
            sk_str cell = sk_fmt(&cx.arena, "%scmd", heads[i]);
            sk_buf_reset(&out);
            write_as(names[k], true, table_of(cell.p, "1", "2", (const char *)NULL), NULL);
            sk_str bytes = sk_str_of(strchr(out.p, '\n') + 1);
            assert_true(sk_str_starts(bytes, SK_S("\"'")));
            sk_encoder_close(encoder);
            encoder = NULL;
        }
}

static void malformed_bytes_are_never_passed_on(void **state)
{
    sk_table *t = table_of("a\xFF", "b\xEA\xB0", "c", (const char *)NULL);
    sk_write_csv_summary sum = {0};
    write_as("utf-8", true, t, &sum);
    assert_out("when,figure,state\na[U+FFFD],b[U+FFFD][U+FFFD],c\n");
    assert_int_equal(sum.n, 3);
}

static void tags_stand_under_the_heading(void **state)
{
    sk_table *t = table_of("2023", "500", "open", (const char *)NULL);
    sk_write_csv_options o = {.has_tags = true};
    assert_int_equal(sk_write_csv(&cx, t, &o, &out, NULL), SK_OK);
    assert_out("when,figure,state\n#date,#affected+text,\n2023,500,open\n");
    assert_true(sk_str_is(sk_hxl_tag(SK_S("says")), "#meta+source+name"));
    assert_int_equal(sk_hxl_tag(SK_S("no such column")).n, 0);
}

static void an_unknown_charset_is_named_with_those_there_are(void **state)
{
    assert_int_equal(sk_encoder_open(&cx, SK_S("latin-1"), &encoder), SK_E_FORMAT);
    assert_non_null(strstr(cx.message, "\"latin-1\""));
    assert_non_null(strstr(cx.message, "utf-8-bom or cp949"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(without_options_the_bytes_are_those_of_the_plain_csv),
        TEST(the_mark_comes_once_however_many_tables_follow),
        TEST(korean_comes_back_from_cp949),
        TEST(every_syllable_and_hanja_of_cp949_survives),
        TEST(a_character_that_cp949_lacks_is_an_error_with_its_place),
        TEST(stand_ins_are_counted_and_say_which),
        TEST(every_stand_in_is_one_that_cp949_has),
        TEST(a_stand_in_never_makes_a_formula),
        TEST(no_cell_of_any_charset_starts_a_formula),
        TEST(malformed_bytes_are_never_passed_on),
        TEST(tags_stand_under_the_heading),
        TEST(an_unknown_charset_is_named_with_those_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
