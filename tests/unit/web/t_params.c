/* Addresses, queries, forms, cookies: what comes out is checked text, what is broken is told. */
#include "base/buf.h"
#include "web/multipart.h"
#include "web/params.h"
#include "web/session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static sk_ctx cx;

static void a_query_gives_names_and_values(void **state)
{
    (void)state;
    sk_params p;
    assert_int_equal(sk_params_parse(&cx, SK_S("a=1&q=%EC%88%98+x&flag&&=v&a=2"), &p), SK_OK);
    assert_int_equal(p.n, 5);
    assert_true(sk_str_is(sk_param_get(&p, "a"), "1"));
    assert_true(sk_str_is(sk_param_get(&p, "q"), "수 x"));
    assert_true(sk_param_get(&p, "flag").p != NULL && sk_param_get(&p, "flag").n == 0);
    assert_null(sk_param_get(&p, "b").p);
}

static void text_is_composed_and_its_lines_end_in_lf(void **state)
{
    (void)state;
    sk_params p;
    assert_int_equal(sk_params_parse(&cx, SK_S("a=e%CC%81&b=x%0D%0Ay"), &p), SK_OK);
    assert_true(sk_str_is(sk_param_get(&p, "a"), "\xC3\xA9"));
    assert_true(sk_str_is(sk_param_get(&p, "b"), "x\ny"));
}

static void broken_text_is_refused(void **state)
{
    (void)state;
    static const char *const broken[] = {"a=%",   "a=%1",  "a=%zz", "a=%ff%fe", "a=%00",
                                         "%01=x", "a=%1f", "a=%0d", "a=%c3"};
    sk_params p;
    for (size_t i = 0; i < SK_COUNT(broken); i++) {
        assert_int_equal(sk_params_parse(&cx, sk_str_of(broken[i]), &p), SK_E_FORMAT);
        sk_forgive(&cx);
    }
}

static void too_many_values_are_refused(void **state)
{
    (void)state;
    sk_buf b;
    sk_params p;
    sk_buf_init(&b, SK_KIB(8));
    for (int i = 0; i <= SK_LIM_HTTP_PARAMS; i++)
        sk_buf_addf(&b, "a%d=1&", i);
    assert_int_equal(sk_params_parse(&cx, sk_buf_str(&b), &p), SK_E_LIMIT);
    sk_forgive(&cx);
    sk_buf_done(&b);
}

static void an_address_is_its_parts_decoded_once(void **state)
{
    (void)state;
    sk_address a;
    assert_int_equal(sk_address_parse(&cx, SK_S("/entity/a%2Fb%2525+c/"), &a), SK_OK);
    assert_int_equal(a.n, 2);
    assert_true(sk_str_is(a.segments[1], "a/b%25+c"));
    assert_int_equal(sk_address_parse(&cx, SK_S("/"), &a), SK_OK);
    assert_int_equal(a.n, 0);
}

static void an_address_cannot_climb(void **state)
{
    (void)state;
    static const char *const broken[] = {"",    "a",           "//",   "/a//b",
                                         "/..", "/a/%2e%2e/b", "/./a", "/a%00"};
    sk_address a;
    for (size_t i = 0; i < SK_COUNT(broken); i++) {
        assert_int_equal(sk_address_parse(&cx, sk_str_of(broken[i]), &a), SK_E_FORMAT);
        sk_forgive(&cx);
    }
}

static void what_is_encoded_is_decoded_to_the_same(void **state)
{
    (void)state;
    sk_str text = SK_S("a/b?c&d=%+ \"수\"\n~"), code = sk_percent_encode(&cx.arena, text);
    sk_params p;
    assert_int_equal(sk_str_find(code, SK_S("/")), SIZE_MAX);
    assert_int_equal(sk_params_parse(&cx, sk_fmt(&cx.arena, "k=%.*s", SK_P(code)), &p), SK_OK);
    assert_true(sk_str_eq(sk_param_get(&p, "k"), text));
}

#define FORM                                                                                 \
    "--b\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nx\r\ny\r\n"                    \
    "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"../dir\\a;b.csv\"\r\n" \
    "Content-Type: text/csv\r\n\r\n\xFF\r\n--bb\r\n\r\n--b--\r\n"
#define TYPE SK_S("multipart/form-data; boundary=b")

static void a_form_with_files_gives_its_parts(void **state)
{
    (void)state;
    sk_form_parts parts;
    assert_true(sk_is_multipart(SK_S("Multipart/Form-Data; boundary=x")));
    assert_false(sk_is_multipart(SK_S("application/x-www-form-urlencoded")));
    assert_int_equal(sk_multipart_parse(&cx, TYPE, SK_S(FORM), &parts), SK_OK);
    assert_int_equal(parts.n, 2);
    assert_true(sk_str_is(sk_form_part_get(&parts, "t")->bytes, "x\ny"));
    const sk_form_part *file = sk_form_part_get(&parts, "file");
    assert_true(sk_str_is(file->filename, "a;b.csv"));
    assert_true(sk_str_eq(file->bytes, SK_S("\xFF\r\n--bb\r\n")));
}

static void a_form_cut_short_anywhere_is_refused(void **state)
{
    (void)state;
    sk_str whole = SK_S(FORM);
    for (size_t n = 0; n < whole.n - strlen("\r\n"); n++) {
        sk_form_parts parts;
        assert_int_not_equal(sk_multipart_parse(&cx, TYPE, sk_str_sub(whole, 0, n), &parts), SK_OK);
        sk_forgive(&cx);
    }
}

static void only_files_may_be_large_in_a_form(void **state)
{
    (void)state;
    sk_form_parts parts;
    static const char *const heads[] = {"name=\"f\"; filename=\"f.txt\"", "name=\"f\""};
    size_t n = SK_LIM_HTTP_FORM_BYTES / 2 + 1; /* two such fields are too much, each alone is not */
    char *x = sk_alloc(&cx.arena, n);
    memset(x, 'x', n);
    for (size_t i = 0; i < SK_COUNT(heads); i++) {
        sk_str part = sk_fmt(&cx.arena, "--b\r\nContent-Disposition: form-data; %s\r\n\r\n%.*s\r\n",
                             heads[i], (int)n, x);
        sk_str one = sk_fmt(&cx.arena, "%.*s--b--", SK_P(part));
        sk_str two = sk_fmt(&cx.arena, "%.*s%.*s--b--", SK_P(part), SK_P(part));
        assert_int_equal(sk_multipart_parse(&cx, TYPE, one, &parts), SK_OK);
        assert_int_equal(sk_multipart_parse(&cx, TYPE, two, &parts), i ? SK_E_LIMIT : SK_OK);
    }
}

static void a_cookie_is_found_among_others(void **state)
{
    (void)state;
    sk_str header = SK_S("a=1; sillok-80=tok=en; lang=ko;x");
    assert_true(sk_str_is(sk_cookie_get(header, SK_S("lang")), "ko"));
    assert_true(sk_str_is(sk_cookie_get(header, SK_S("sillok-80")), "tok=en"));
    assert_null(sk_cookie_get(header, SK_S("sillok-8")).p);
    assert_null(sk_cookie_get(header, SK_S("x")).p);
    assert_null(sk_cookie_get(SK_NONE, SK_S("x")).p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_query_gives_names_and_values),
        cmocka_unit_test(text_is_composed_and_its_lines_end_in_lf),
        cmocka_unit_test(broken_text_is_refused),
        cmocka_unit_test(too_many_values_are_refused),
        cmocka_unit_test(an_address_is_its_parts_decoded_once),
        cmocka_unit_test(an_address_cannot_climb),
        cmocka_unit_test(what_is_encoded_is_decoded_to_the_same),
        cmocka_unit_test(a_form_with_files_gives_its_parts),
        cmocka_unit_test(a_form_cut_short_anywhere_is_refused),
        cmocka_unit_test(only_files_may_be_large_in_a_form),
        cmocka_unit_test(a_cookie_is_found_among_others),
    };
    sk_ctx_init(&cx);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    sk_ctx_done(&cx);
    return failed;
}
