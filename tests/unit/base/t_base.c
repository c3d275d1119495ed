/* The small things everything stands on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/ctx.h"
#include "base/sha256.h"
#include "base/utf8.h"

static void arena_goes_back_to_a_mark(void **state)
{
    sk_arena a = SK_ARENA_INIT;
    char *kept = sk_alloc_copy(&a, "kept", 4);
    sk_arena_mark m = sk_arena_here(&a);
    for (int i = 0; i < 1000; i++)
        memset(sk_alloc(&a, 5000), 1, 5000);
    sk_arena_back_to(&a, m);
    assert_string_equal(kept, "kept");
    assert_int_equal(a.used_bytes, 4 + 1);
    char *again = sk_alloc(&a, 100);
    for (int i = 0; i < 100; i++)
        assert_int_equal(again[i], 0); /* memory handed out twice is zeroed twice */
    sk_arena_done(&a);
}

static void a_buffer_keeps_what_it_had_at_its_ceiling(void **state)
{
    sk_buf b;
    sk_buf_init(&b, 8);
    sk_buf_add(&b, SK_S("12345"));
    assert_false(b.overflow);
    sk_buf_addf(&b, "%d", 67890);
    assert_true(b.overflow);
    sk_buf_add(&b, SK_S("6")); /* would fit, but a chain with a hole would be worse than none */
    assert_true(sk_str_is(sk_buf_str(&b), "12345"));
    sk_buf_done(&b);
}

static void the_first_error_stays(void **state)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    assert_int_equal(sk_fail(&cx, SK_E_FORMAT, "row %d", 7), SK_E_FORMAT);
    assert_int_equal(sk_fail(&cx, SK_E_IO, "later"), SK_E_IO);
    assert_string_equal(cx.message, "row 7");
    assert_int_equal(sk_while(&cx, "importing '%s'", "x.csv"), SK_E_FORMAT);
    assert_string_equal(cx.message, "importing 'x.csv': row 7");
    sk_ctx_done(&cx);
}

static void every_error_has_its_own_exit_code(void **state)
{
    for (sk_rc i = SK_OK + 1; i < SK_RC_COUNT; i++)
        for (sk_rc k = SK_OK; k < i; k++) {
            assert_int_not_equal(sk_rc_get_info(i)->exit_code, sk_rc_get_info(k)->exit_code);
            assert_string_not_equal(sk_rc_get_info(i)->name, sk_rc_get_info(k)->name);
        }
}

static void base64_is_strict(void **state)
{
    static const char *const bad[] = {
        "QQ=", "Q===", "QR==", "QQ= ", "Q Q=", "QQ==QQ==", "====", "A", "QUJ="};
    unsigned char out[64];
    size_t n;
    for (size_t i = 0; i < SK_COUNT(bad); i++)
        assert_false(sk_unbase64(sk_str_of(bad[i]), out, sizeof out, &n));
    sk_arena a = SK_ARENA_INIT;
    for (size_t len = 0; len < 40; len++) {
        unsigned char in[40];
        for (size_t i = 0; i < len; i++)
            in[i] = (unsigned char)(i * 37 + len);
        sk_str s = sk_base64(&a, in, len);
        assert_true(sk_unbase64(s, out, sizeof out, &n));
        assert_int_equal(n, len);
        assert_memory_equal(in, out, len);
        assert_true(len == 0 || !sk_unbase64(s, out, len - 1, &n)); /* does not fit */
    }
    sk_arena_done(&a);
}

static void sha256_gives_the_published_digests(void **state)
{
    sk_arena a = SK_ARENA_INIT;
    sk_hash h = sk_sha256(SK_S("abc"));
    assert_true(sk_str_is(sk_hash_hex(&a, &h),
                          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    sk_sha256_state *st = sk_sha256_new();
    sk_sha256_add(st, SK_S("a"));
    sk_sha256_add(st, SK_S("bc"));
    sk_hash g = sk_sha256_end(st);
    assert_true(sk_hash_eq(&h, &g));
    sk_arena_done(&a);
}

static void numbers_have_one_spelling(void **state)
{
    uint64_t v;
    assert_true(sk_str_to_u64(SK_S("18446744073709551615"), &v) && v == UINT64_MAX);
    static const char *const bad[] = {"",   "01", "-1", "+1", " 1", "1 ", "18446744073709551616",
                                      "1e3"};
    for (size_t i = 0; i < SK_COUNT(bad); i++)
        assert_false(sk_str_to_u64(sk_str_of(bad[i]), &v));
}

static void text_is_composed_at_the_door(void **state)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_str out;
    /* decomposed Hangul and decomposed Latin become composed */
    assert_int_equal(
        sk_utf8_enter(&cx, SK_S("\xe1\x84\x80\xe1\x85\xb5\xe1\x86\xb7 e\xcc\x81"), "x", &out),
        SK_OK);
    assert_true(sk_str_is(out, "\xea\xb9\x80 \xc3\xa9"));
    assert_int_equal(sk_utf8_enter(&cx, SK_S("a\xff"), "value", &out), SK_E_FORMAT);
    assert_non_null(strstr(cx.message, "byte 1"));
    sk_forgive(&cx);
    assert_int_equal(sk_utf8_enter(&cx, SK_S("a\x1b[31m"), "value", &out), SK_E_FORMAT);
    sk_ctx_done(&cx);
}

static void wide_characters_take_two_columns(void **state)
{
    assert_int_equal(sk_utf8_width(SK_S("수용소")), 6);
    assert_int_equal(sk_utf8_width(SK_S("e\xcc\x81")), 1);
    assert_int_equal(sk_utf8_fit(SK_S("수용소"), 5).n, 6); /* two characters, four columns */
    assert_int_equal(sk_utf8_fit(SK_S("abc"), 9).n, 3);
}

static void folding_joins_what_readers_see_as_one(void **state)
{
    sk_arena a = SK_ARENA_INIT;
    assert_true(sk_str_is(sk_utf8_fold(&a, SK_S("ＫＩＭ Élan")), "kim elan"));
    assert_true(sk_str_is(sk_utf8_fold(&a, SK_S("أحمد")), "احمد"));
    assert_true(sk_str_is(sk_utf8_fold(&a, SK_S("パリ")), "パリ")); /* kana marks carry the sound */
    sk_arena_done(&a);
}

static void the_clock_knows_the_calendar(void **state)
{
    assert_true(sk_clock_is_time(SK_S("2024-02-29T23:59:59Z")));
    assert_false(sk_clock_is_time(SK_S("2023-02-29T00:00:00Z")));
    assert_false(sk_clock_is_time(SK_S("2023-02-28T24:00:00Z")));
    assert_false(sk_clock_is_time(SK_S("2023-02-28 00:00:00Z")));
    char now[SK_TIME_BYTES];
    sk_clock_now(now);
    assert_true(sk_clock_is_time(sk_str_of(now)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_goes_back_to_a_mark),
        cmocka_unit_test(a_buffer_keeps_what_it_had_at_its_ceiling),
        cmocka_unit_test(the_first_error_stays),
        cmocka_unit_test(every_error_has_its_own_exit_code),
        cmocka_unit_test(base64_is_strict),
        cmocka_unit_test(sha256_gives_the_published_digests),
        cmocka_unit_test(numbers_have_one_spelling),
        cmocka_unit_test(text_is_composed_at_the_door),
        cmocka_unit_test(wide_characters_take_two_columns),
        cmocka_unit_test(folding_joins_what_readers_see_as_one),
        cmocka_unit_test(the_clock_knows_the_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
