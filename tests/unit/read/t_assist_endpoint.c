/* Which addresses are taken for a model, and how far away they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "read/assist/endpoint.h"

static sk_ctx cx;

static int set_up(void **state)
{
    sk_ctx_init(&cx);
    return 0;
}

static int tear_down(void **state)
{
    sk_ctx_done(&cx);
    return 0;
}

static void an_address_is_taken_apart(void **state)
{
    static const struct {
        const char *typed, *url, *host;
        unsigned port;
    } all[] = {
        {"http://127.0.0.1:8080", "http://127.0.0.1:8080/v1", "127.0.0.1", 8080},
        {"http://localhost:8080/v1/", "http://localhost:8080/v1", "localhost", 8080},
        {"https://model.example/api/v1", "https://model.example:443/api/v1", "model.example", 443},
        {"http://[::1]:9", "http://[::1]:9/v1", "::1", 9},
    };
    for (size_t i = 0; i < SK_COUNT(all); i++) {
        sk_endpoint e;
        assert_int_equal(sk_endpoint_parse(&cx, sk_str_of(all[i].typed), &e), SK_OK);
        assert_true(sk_str_is(e.url, all[i].url));
        assert_true(sk_str_is(e.host, all[i].host));
        assert_int_equal(e.port, all[i].port);
    }
}

static void other_addresses_are_refused_by_name(void **state)
{
    static const char *const bad[] = {"",
                                      "127.0.0.1:8080",
                                      "file:///etc/passwd",
                                      "gopher://127.0.0.1/",
                                      "http://",
                                      "http://user:secret@127.0.0.1/",
                                      "http://127.0.0.1:0/",
                                      "http://127.0.0.1:99999/",
                                      "http://127.0.0.1/?q=1",
                                      "http://127.0.0.1/#a",
                                      "http://127.0.0.1/a b",
                                      "http://[::1",
                                      "http://127.0.0.1:80\"\nurl = \"http://elsewhere",
                                      "http://a/\"",
                                      "http://a\\b/"};
    for (size_t i = 0; i < SK_COUNT(bad); i++) {
        sk_endpoint e;
        if (sk_endpoint_parse(&cx, sk_str_of(bad[i]), &e) != SK_E_FORMAT)
            fail_msg("\"%s\" was taken", bad[i]);
        sk_forgive(&cx);
    }
}

static void addresses_are_here_private_or_public(void **state)
{
    static const struct {
        const char *address;
        sk_reach reach;
    } all[] = {{"127.0.0.1", SK_REACH_HERE},
               {"127.255.0.9", SK_REACH_HERE},
               {"::1", SK_REACH_HERE},
               {"10.1.2.3", SK_REACH_PRIVATE},
               {"172.16.0.1", SK_REACH_PRIVATE},
               {"172.31.255.255", SK_REACH_PRIVATE},
               {"172.32.0.1", SK_REACH_PUBLIC},
               {"192.168.7.7", SK_REACH_PRIVATE},
               {"169.254.1.1", SK_REACH_PRIVATE},
               {"192.169.0.1", SK_REACH_PUBLIC},
               {"fd00::1", SK_REACH_PRIVATE},
               {"fe80::1", SK_REACH_PRIVATE},
               {"2001:db8::1", SK_REACH_PUBLIC},
               {"::ffff:127.0.0.1", SK_REACH_HERE},
               {"::ffff:8.8.8.8", SK_REACH_PUBLIC},
               {"8.8.8.8", SK_REACH_PUBLIC},
               {"0.0.0.0", SK_REACH_PUBLIC},
               {"localhost", SK_REACH_UNKNOWN}};
    for (size_t i = 0; i < SK_COUNT(all); i++)
        if (sk_endpoint_reach_of(sk_str_of(all[i].address)) != all[i].reach)
            fail_msg("%s", all[i].address);
}

static void a_public_address_needs_a_word_and_https(void **state)
{
    sk_endpoint e;
    assert_int_equal(sk_endpoint_parse(&cx, SK_S("https://192.0.2.1/v1"), &e), SK_OK);
    assert_int_equal(sk_endpoint_find(&cx, false, &e), SK_E_DENIED);
    sk_forgive(&cx);
    assert_int_equal(sk_endpoint_find(&cx, true, &e), SK_OK);
    assert_int_equal(e.reach, SK_REACH_PUBLIC);
    assert_int_equal(sk_endpoint_parse(&cx, SK_S("http://192.0.2.1/v1"), &e), SK_OK);
    assert_int_equal(sk_endpoint_find(&cx, true, &e), SK_E_DENIED);
    sk_forgive(&cx);
    assert_int_equal(sk_endpoint_parse(&cx, SK_S("http://127.0.0.1:1"), &e), SK_OK);
    assert_int_equal(sk_endpoint_find(&cx, false, &e), SK_OK);
    assert_true(sk_str_is(e.address, "127.0.0.1"));
}

static void a_key_that_would_break_out_is_refused(void **state)
{
    sk_endpoint e;
    sk_str reply;
    assert_int_equal(sk_endpoint_parse(&cx, SK_S("http://127.0.0.1:1"), &e), SK_OK);
    assert_int_equal(sk_endpoint_find(&cx, false, &e), SK_OK);
    e.key = SK_S("a\"\nurl = \"http://elsewhere");
    assert_int_equal(sk_endpoint_post(&cx, &e, "/x", SK_S("{}"), &reply), SK_E_FORMAT);
    sk_forgive(&cx);
}

static void nobody_there_is_an_error_that_names_the_address(void **state)
{
    sk_endpoint e;
    sk_str reply;
    assert_int_equal(sk_endpoint_parse(&cx, SK_S("http://127.0.0.1:1"), &e), SK_OK);
    assert_int_equal(sk_endpoint_find(&cx, false, &e), SK_OK);
    assert_int_equal(sk_endpoint_post(&cx, &e, "/x", SK_S("{}"), &reply), SK_E_IO);
    assert_non_null(strstr(cx.message, "http://127.0.0.1:1/v1"));
    sk_forgive(&cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_taken_apart),
        cmocka_unit_test(other_addresses_are_refused_by_name),
        cmocka_unit_test(addresses_are_here_private_or_public),
        cmocka_unit_test(a_public_address_needs_a_word_and_https),
        cmocka_unit_test(a_key_that_would_break_out_is_refused),
        cmocka_unit_test(nobody_there_is_an_error_that_names_the_address),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
