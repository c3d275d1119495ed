/* The JSON writer against jansson's reader. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <math.h>
#include <cmocka.h>
#include <jansson.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/json.h"

static void write_sample(sk_json *j)
{
    sk_json_object(j);
    sk_json_put_str(j, "name", SK_S("김정욱 \"x\"\\\n\t\x01\x7f"));
    sk_json_key(j, SK_S("empty"));
    sk_json_array(j);
    sk_json_end(j);
    sk_json_key(j, SK_S("rows"));
    sk_json_array(j);
    sk_json_int(j, INT64_MIN);
    sk_json_uint(j, UINT64_MAX);
    sk_json_real(j, 1.0);
    sk_json_bool(j, true);
    sk_json_null(j);
    sk_json_object(j);
    sk_json_end(j);
    sk_json_number(j, SK_S("30023.5"));
    sk_json_end(j);
    sk_json_put_int(j, "i", -5);
    sk_json_put_uint(j, "u", 5);
    sk_json_put_bool(j, "b", false);
    sk_json_put_null(j, "n");
    sk_json_put_given(j, "given", SK_S("yes"));
    sk_json_put_given(j, "not", SK_S(""));
    sk_json_end(j);
    sk_json_done(j);
}

static void compact_is_one_line(void **state)
{
    sk_buf b;
    sk_json j;
    sk_buf_init(&b, 10000);
    sk_json_init(&j, &b, SK_JSON_COMPACT);
    write_sample(&j);
    assert_string_equal(b.p, "{\"name\":\"김정욱 \\\"x\\\"\\\\\\n\\t\\u0001\\u007f\",\"empty\":[],"
                             "\"rows\":[-9223372036854775808,18446744073709551615,1.0,true,null,{},"
                             "30023.5],\"i\":-5,\"u\":5,\"b\":false,\"n\":null,\"given\":\"yes\"}");
    sk_buf_done(&b);
}

static void pretty_is_for_reading(void **state)
{
    sk_buf b;
    sk_json j;
    sk_buf_init(&b, 10000);
    sk_json_init(&j, &b, SK_JSON_PRETTY);
    sk_json_object(&j);
    sk_json_key(&j, SK_S("a"));
    sk_json_array(&j);
    sk_json_int(&j, 1);
    sk_json_int(&j, 2);
    sk_json_end(&j);
    sk_json_key(&j, SK_S("e"));
    sk_json_array(&j);
    sk_json_end(&j);
    sk_json_end(&j);
    sk_json_done(&j);
    assert_string_equal(b.p, "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"e\": []\n}\n");
    sk_buf_done(&b);
}

static sk_str as_json(sk_buf *b, sk_str s)
{
    sk_json j;
    sk_buf_reset(b);
    sk_json_init(&j, b, SK_JSON_COMPACT);
    sk_json_str(&j, s);
    sk_json_done(&j);
    return sk_buf_str(b);
}

static void every_character_comes_back(void **state)
{
    sk_buf b;
    sk_buf_init(&b, 10000);
    for (uint32_t c = 1; c < 0x11000; c++) {
        char utf8[8];
        size_t n = 0;
        if (c >= 0xD800 && c < 0xE000)
            continue;
        if (c < 0x80)
            utf8[n++] = (char)c;
        else if (c < 0x800)
            utf8[n++] = (char)(0xC0 | c >> 6), utf8[n++] = (char)(0x80 | (c & 63));
        else if (c < 0x10000)
            utf8[n++] = (char)(0xE0 | c >> 12), utf8[n++] = (char)(0x80 | (c >> 6 & 63)),
            utf8[n++] = (char)(0x80 | (c & 63));
        else
            utf8[n++] = (char)(0xF0 | c >> 18), utf8[n++] = (char)(0x80 | (c >> 12 & 63)),
            utf8[n++] = (char)(0x80 | (c >> 6 & 63)), utf8[n++] = (char)(0x80 | (c & 63));
        sk_str text = as_json(&b, (sk_str){utf8, n});
        json_t *v = json_loadb(text.p, text.n, JSON_DECODE_ANY, NULL);
        if (!v || json_string_length(v) != n || memcmp(json_string_value(v), utf8, n) != 0)
            fail_msg("U+%04X", c);
        json_decref(v);
    }
    assert_true(sk_str_is(as_json(&b, SK_S("\xE2\x80\xA8\xE2\x80\xA9")), "\"\\u2028\\u2029\""));
    assert_true(sk_str_is(as_json(&b, SK_S("a\0b")), "\"a\\u0000b\""));
    assert_true(sk_str_is(as_json(&b, SK_S("a\xff\xc3z")), "\"a\xEF\xBF\xBD\xEF\xBF\xBDz\""));
    sk_buf_done(&b);
}

static void reals_have_fifteen_digits_and_stay_reals(void **state)
{
    static const double values[] = {
        0, 1, -1, 0.1, 1e15, 1e300, 123456789.123456, 1e-10, 2.5e-5, 1.0 / 3, 100000, 1234567.0};
    sk_buf b;
    sk_json j;
    sk_buf_init(&b, 10000);
    for (size_t i = 0; i < SK_COUNT(values); i++) {
        sk_buf_reset(&b);
        sk_json_init(&j, &b, SK_JSON_COMPACT);
        sk_json_real(&j, values[i]);
        sk_json_done(&j);
        json_t *v = json_loadb(b.p, b.n, JSON_DECODE_ANY, NULL);
        assert_true(v && json_is_real(v));
        double back = json_real_value(v);
        assert_true(fabs(back - values[i]) <= fabs(values[i]) * 1e-14);
        json_decref(v);
    }
    sk_buf_reset(&b);
    sk_json_init(&j, &b, SK_JSON_COMPACT);
    sk_json_array(&j);
    sk_json_real(&j, NAN);
    sk_json_real(&j, INFINITY);
    sk_json_real(&j, 0.1);
    sk_json_end(&j);
    sk_json_done(&j);
    assert_string_equal(b.p, "[null,null,0.1]");
    sk_buf_done(&b);
}

static unsigned long random_state = 99;
static unsigned pick(unsigned n)
{
    random_state = random_state * 6364136223846793005ul + 1442695040888963407ul;
    return (unsigned)(random_state >> 33) % n;
}

/* Write the same random value to our writer and into a jansson tree. */
static json_t *random_value(sk_json *j, unsigned depth)
{
    char text[24];
    switch (pick(depth < 6 ? 7 : 5)) {
    case 0:
        sk_json_null(j);
        return json_null();
    case 1:
        sk_json_bool(j, true);
        return json_true();
    case 2: {
        int64_t v = (int64_t)(((uint64_t)pick(1u << 31) << 32) | pick(1u << 31)) - (1ll << 60);
        sk_json_int(j, v);
        return json_integer(v);
    }
    case 3: {
        double v = pick(1000000) / 64.0;
        sk_json_real(j, v);
        return json_real(v);
    }
    case 4:
        snprintf(text, sizeof text, "k%u\"김\n", pick(1000));
        sk_json_str(j, sk_str_of(text));
        return json_string(text);
    case 5: {
        json_t *array = json_array();
        sk_json_array(j);
        for (unsigned i = pick(5); i; i--)
            json_array_append_new(array, random_value(j, depth + 1));
        sk_json_end(j);
        return array;
    }
    default: {
        json_t *object = json_object();
        sk_json_object(j);
        for (unsigned i = pick(5); i; i--) {
            snprintf(text, sizeof text, "key %u", i);
            sk_json_key(j, sk_str_of(text));
            json_object_set_new(object, text, random_value(j, depth + 1));
        }
        sk_json_end(j);
        return object;
    }
    }
}

static void random_documents_are_what_jansson_reads(void **state)
{
    for (int round = 0; round < 2000; round++) {
        sk_buf b;
        sk_json j;
        sk_buf_init(&b, SK_MIB(8));
        sk_json_init(&j, &b, round % 2 ? SK_JSON_PRETTY : SK_JSON_COMPACT);
        json_t *expected = random_value(&j, 0);
        sk_json_done(&j);
        json_t *got = json_loadb(b.p, b.n, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
        assert_true(got && json_equal(got, expected));
        json_decref(got);
        json_decref(expected);
        sk_buf_done(&b);
    }
}

typedef enum misuse {
    KEY_OUTSIDE,
    KEY_TWICE,
    VALUE_WITHOUT_KEY,
    END_TOO_MUCH,
    END_BEHIND_KEY,
    LEFT_OPEN,
    TWO_DOCUMENTS,
    NOT_A_NUMBER,
    NOTHING,
    MISUSES
} misuse;

static void do_wrong(misuse m)
{
    sk_buf b;
    sk_json j;
    sk_buf_init(&b, 10000);
    sk_json_init(&j, &b, SK_JSON_COMPACT);
    if (m == KEY_OUTSIDE)
        sk_json_key(&j, SK_S("k"));
    if (m == KEY_TWICE || m == VALUE_WITHOUT_KEY || m == END_BEHIND_KEY || m == LEFT_OPEN)
        sk_json_object(&j);
    if (m == KEY_TWICE || m == END_BEHIND_KEY)
        sk_json_key(&j, SK_S("k"));
    if (m == KEY_TWICE)
        sk_json_key(&j, SK_S("k"));
    if (m == VALUE_WITHOUT_KEY || m == TWO_DOCUMENTS)
        sk_json_int(&j, 1);
    if (m == TWO_DOCUMENTS)
        sk_json_int(&j, 2);
    if (m == END_TOO_MUCH || m == END_BEHIND_KEY)
        sk_json_end(&j);
    if (m == NOT_A_NUMBER)
        sk_json_number(&j, SK_S("01"));
    if (m == LEFT_OPEN || m == NOTHING)
        sk_json_done(&j);
}

static void misuse_stops_the_program(void **state)
{
    for (misuse m = KEY_OUTSIDE; m < MISUSES; m++) {
        pid_t child = fork();
        if (child == 0) {
            signal(SIGABRT, SIG_DFL);
            close(2);
            do_wrong(m);
            _exit(0);
        }
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
            fail_msg("misuse %d went through", (int)m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compact_is_one_line),
        cmocka_unit_test(pretty_is_for_reading),
        cmocka_unit_test(every_character_comes_back),
        cmocka_unit_test(reals_have_fifteen_digits_and_stay_reals),
        cmocka_unit_test(random_documents_are_what_jansson_reads),
        cmocka_unit_test(misuse_stops_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
