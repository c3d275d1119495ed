/* Tokens of programs: what a header, a line of the file and a scope may be, and who is let in. */
#include "web/tokens.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <stdlib.h>

static sk_ctx cx;

#define TOKEN "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE"
#define HASH  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void a_header_holds_a_token_of_its_form_or_none(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "Bearer",
                                        "Bearer ",
                                        TOKEN,
                                        "Basic " TOKEN,
                                        "Bearer" TOKEN,
                                        "Bearer x" TOKEN,
                                        "Bearer " TOKEN "=",
                                        "Bearer a " TOKEN};
    assert_true(sk_str_is(sk_authorization_token(SK_S("Bearer " TOKEN)), TOKEN));
    assert_true(sk_str_is(sk_authorization_token(SK_S(" apikey  " TOKEN " ")), TOKEN));
    for (size_t i = 0; i < SK_COUNT(wrong); i++)
        assert_int_equal(sk_authorization_token(sk_str_of(wrong[i])).n, 0);
}

static void a_scope_is_one_that_there_is(void **state)
{
    (void)state;
    unsigned bits = 99;
    assert_int_equal(sk_scopes_parse(&cx, SK_S("match,export"), &bits), SK_OK);
    assert_int_equal(bits, SK_SCOPE_BIT(SK_SCOPE_MATCH) | SK_SCOPE_BIT(SK_SCOPE_EXPORT));
    assert_true(sk_str_is(sk_scopes_text(&cx.arena, bits), "match,export"));
    assert_int_equal(sk_scopes_parse(&cx, SK_S(""), &bits), SK_E_FORMAT);
    sk_forgive(&cx);
    assert_int_equal(sk_scopes_parse(&cx, SK_S("match,all"), &bits), SK_E_FORMAT);
    sk_forgive(&cx);
}

static void a_token_lets_in_until_it_is_ended_or_over(void **state)
{
    (void)state;
    sk_tokens all = {.n = 0};
    char text[SK_TOKEN_CHARS + 1];
    const sk_token *t;
    sk_token_draft d = {.user = SK_S("mina"), .what_for = SK_S("nightly"), .scopes = 1, .days = 1};
    setenv("SILLOK_NOW", "2026-02-28T08:00:00Z", 1);
    assert_int_equal(sk_token_add(&cx, &all, &d, text, &t), SK_OK);
    assert_string_equal(t->until, "2026-03-01T08:00:00Z");
    assert_ptr_equal(sk_token_find(&all, sk_str_of(text)), t);
    assert_string_equal(t->session->user, "mina");
    assert_null(sk_token_find(&all, SK_S(TOKEN)));
    setenv("SILLOK_NOW", "2026-03-01T08:00:00Z", 1);
    assert_null(sk_token_find(&all, sk_str_of(text)));
    setenv("SILLOK_NOW", "2026-02-28T08:00:01Z", 1);
    assert_int_equal(sk_token_end(&cx, &all, SK_S("0000000000000000")), SK_E_NOTFOUND);
    sk_forgive(&cx);
    assert_int_equal(sk_token_end(&cx, &all, sk_str_of(t->id)), SK_OK);
    assert_null(sk_token_find(&all, sk_str_of(text)));
    unsetenv("SILLOK_NOW");
    sk_tokens_done(&all);
}

static void the_file_reads_back_and_holds_no_token(void **state)
{
    (void)state;
    sk_tokens all = {.n = 0}, again;
    char text[SK_TOKEN_CHARS + 1];
    const sk_token *t;
    sk_token_draft d = {.what_for = SK_S("for  OpenRefine"), .scopes = SK_SCOPE_ANY, .days = 366};
    assert_int_equal(sk_token_add(&cx, &all, &d, text, &t), SK_OK);
    sk_str file = sk_tokens_text(&cx.arena, &all);
    assert_int_equal(sk_str_find(file, sk_str_of(text)), SIZE_MAX);
    assert_int_equal(sk_tokens_parse(&cx, file, &again), SK_OK);
    assert_int_equal(again.n, 1);
    assert_true(sk_str_eq(again.v[0].what_for, d.what_for));
    assert_int_equal(again.v[0].user.n, 0);
    assert_non_null(sk_token_find(&again, sk_str_of(text)));
    sk_tokens_done(&again);
    sk_tokens_done(&all);
}

static void a_line_that_is_none_is_told_with_its_number(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "x",
        "0123456789abcdef - match 2026-01-01T00:00:00Z 2026-13-01T00:00:00Z " HASH,
        "0123456789abcdef - all 2026-01-01T00:00:00Z 2026-12-01T00:00:00Z " HASH,
        "0123456789abcdeg - match 2026-01-01T00:00:00Z 2026-12-01T00:00:00Z " HASH,
        "0123456789abcdef - match 2026-01-01T00:00:00Z 2026-12-01T00:00:00Z 0123",
        "0123456789abcdef mina\xED\xED match 2026-01-01T00:00:00Z 2026-12-01T00:00:00Z " HASH,
        "0123456789abcdef - match 2026-01-01T00:00:00Z 2026-12-01T00:00:00Z " HASH " a\x01 b"};
    sk_tokens all;
    for (size_t i = 0; i < SK_COUNT(wrong); i++) {
        sk_str text = sk_fmt(&cx.arena, "# head\n%s\n", wrong[i]);
        assert_int_equal(sk_tokens_parse(&cx, text, &all), SK_E_FORMAT);
        assert_non_null(strstr(cx.message, "line 2"));
        sk_forgive(&cx);
    }
}

static void a_draft_that_says_too_little_or_too_much_is_refused(void **state)
{
    (void)state;
    sk_tokens all = {.n = 0};
    char text[SK_TOKEN_CHARS + 1];
    const sk_token *t;
    const sk_token_draft wrong[] = {{.scopes = 0, .days = 1},
                                    {.scopes = 1, .days = 0},
                                    {.scopes = 1, .days = 367},
                                    {.scopes = 1, .days = 1, .what_for = SK_S("two\nlines")},
                                    {.scopes = 1, .days = 1, .user = SK_S("a b")}};
    for (size_t i = 0; i < SK_COUNT(wrong); i++) {
        assert_int_equal(sk_token_add(&cx, &all, &wrong[i], text, &t), SK_E_FORMAT);
        sk_forgive(&cx);
    }
    assert_int_equal(all.n, 0);
    sk_tokens_done(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_header_holds_a_token_of_its_form_or_none),
        cmocka_unit_test(a_scope_is_one_that_there_is),
        cmocka_unit_test(a_token_lets_in_until_it_is_ended_or_over),
        cmocka_unit_test(the_file_reads_back_and_holds_no_token),
        cmocka_unit_test(a_line_that_is_none_is_told_with_its_number),
        cmocka_unit_test(a_draft_that_says_too_little_or_too_much_is_refused),
    };
    sk_ctx_init(&cx);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    sk_ctx_done(&cx);
    return failed;
}
