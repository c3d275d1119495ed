/* Sessions, tokens, buckets, accounts, and the table of routes. */
#include "web/accounts.h"
#include "web/route.h"
#include "web/serve.h"
#include "web/session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <sodium.h>
#include <stdlib.h>
#include <unistd.h>

static sk_ctx cx;

static void a_session_is_found_by_its_token_and_by_nothing_else(void **state)
{
    (void)state;
    sk_sessions all = {.n = 0};
    char token[SK_TOKEN_CHARS + 1], other[SK_TOKEN_CHARS + 1];
    sk_session *s = sk_session_open(&all, SK_S("mina"), 1u << SK_ROLE_READ, 1000, token);
    sk_token_make(other);
    assert_int_equal(strlen(token), SK_TOKEN_CHARS);
    assert_ptr_equal(sk_session_find(&all, sk_str_of(token), 2000), s);
    assert_null(sk_session_find(&all, sk_str_of(other), 2000));
    assert_null(sk_session_find(&all, sk_str_sub(sk_str_of(token), 0, 42), 2000));
    assert_null(sk_session_find(&all, SK_NONE, 2000));
    assert_ptr_equal(sk_session_of_handle(&all, sk_str_of(s->handle), 2000), s);
    assert_string_equal(s->user, "mina");
    sk_sessions_done(&all);
}

static void a_session_ends_without_use_and_after_its_day(void **state)
{
    (void)state;
    enum { HOUR = 3600 * 1000 };
    sk_sessions all = {.n = 0};
    char token[SK_TOKEN_CHARS + 1];
    sk_session_open(&all, SK_NONE, 0, 0, token);
    assert_null(sk_session_find(&all, sk_str_of(token), 2 * HOUR + 1));
    assert_int_equal(all.n, 0);
    sk_session_open(&all, SK_NONE, 0, 0, token);
    for (int64_t hour = 1; hour <= 12; hour++)
        assert_non_null(sk_session_find(&all, sk_str_of(token), hour * HOUR));
    assert_null(sk_session_find(&all, sk_str_of(token), 12 * HOUR + 1));
    sk_sessions_done(&all);
}

static void when_there_are_too_many_the_one_used_longest_ago_goes(void **state)
{
    (void)state;
    sk_sessions all = {.n = 0};
    char first[SK_TOKEN_CHARS + 1], second[SK_TOKEN_CHARS + 1], token[SK_TOKEN_CHARS + 1];
    sk_session_open(&all, SK_NONE, 0, 1, first);
    sk_session_open(&all, SK_NONE, 0, 2, second);
    for (int i = 2; i < SK_LIM_SESSIONS; i++)
        sk_session_open(&all, SK_NONE, 0, 3, token);
    assert_non_null(sk_session_find(&all, sk_str_of(first), 4));
    sk_session_open(&all, SK_NONE, 0, 5, token);
    assert_int_equal(all.n, SK_LIM_SESSIONS);
    assert_non_null(sk_session_find(&all, sk_str_of(first), 6));
    assert_null(sk_session_find(&all, sk_str_of(second), 6));
    sk_sessions_done(&all);
}

static void a_link_is_signed_for_one_session_and_one_exhibit(void **state)
{
    (void)state;
    sk_sessions all = {.n = 0};
    char token[SK_TOKEN_CHARS + 1];
    sk_session *a = sk_session_open(&all, SK_NONE, 0, 0, token);
    sk_session *b = sk_session_open(&all, SK_NONE, 0, 0, token);
    sk_str of_a = sk_session_sign(&cx.arena, a, SK_S("hash"));
    assert_true(sk_token_eq(of_a, sk_session_sign(&cx.arena, a, SK_S("hash"))));
    assert_false(sk_token_eq(of_a, sk_session_sign(&cx.arena, a, SK_S("hasi"))));
    assert_false(sk_token_eq(of_a, sk_session_sign(&cx.arena, b, SK_S("hash"))));
    sk_sessions_done(&all);
}

static void a_bucket_empties_and_fills_again(void **state)
{
    (void)state;
    sk_bucket b = {0};
    for (int i = 0; i < 3; i++)
        assert_true(sk_bucket_take(&b, 3, 1, 1000));
    assert_false(sk_bucket_take(&b, 3, 1, 1000));
    assert_false(sk_bucket_take(&b, 3, 1, 1500));
    assert_true(sk_bucket_take(&b, 3, 1, 2600));
    assert_true(sk_bucket_take(&b, 3, 1, 1000000));
}

static void an_account_is_made_checked_changed_and_told_apart(void **state)
{
    (void)state;
    char path[] = "/tmp/sillok-accounts-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    unlink(path);
    sk_accounts all;
    sk_str file = sk_str_of(path);
    assert_int_equal(
        sk_serve_add_account(&cx, file, SK_S("mina"), SK_S("judge"), SK_S("first password")),
        SK_OK);
    assert_int_equal(
        sk_serve_add_account(&cx, file, SK_S("theo"), SK_S("read"), SK_S("his password")), SK_OK);
    assert_int_equal(
        sk_serve_add_account(&cx, file, SK_S("mina"), SK_S("enter"), SK_S("next password")), SK_OK);
    assert_int_equal(sk_accounts_read(&cx, file, &all), SK_OK);
    assert_int_equal(all.n, 2);
    assert_null(sk_account_check(&cx, &all, SK_S("mina"), SK_S("first password")));
    assert_null(sk_account_check(&cx, &all, SK_S("theo"), SK_S("next password")));
    assert_null(sk_account_check(&cx, &all, SK_S("nobody"), SK_S("next password")));
    const sk_account *a = sk_account_check(&cx, &all, SK_S("mina"), SK_S("next password"));
    assert_non_null(a);
    assert_true(sk_str_is(sk_roles_text(&cx.arena, a->roles), "read,enter"));
    unlink(path);
}

static void what_is_wrong_with_an_account_is_told(void **state)
{
    (void)state;
    sk_accounts all;
    static const char *const broken[] = {"mina read", "mina owner $argon2id$x",
                                         "mina read plain-password", "@mina read $argon2id$x"};
    for (size_t i = 0; i < SK_COUNT(broken); i++) {
        assert_int_equal(sk_accounts_parse(&cx, sk_str_of(broken[i]), &all), SK_E_FORMAT);
        assert_non_null(strstr(cx.message, "line 1"));
        sk_forgive(&cx);
    }
    assert_int_equal(
        sk_serve_add_account(&cx, SK_S("/tmp/none"), SK_S("mina"), SK_S("read"), SK_S("short")),
        SK_E_FORMAT);
    sk_forgive(&cx);
}

/* ---- routes ---- */

static sk_match match(const char *method, const char *path)
{
    sk_match m;
    assert_int_equal(sk_route_match(&cx, sk_str_of(method), sk_str_of(path), &m), SK_OK);
    return m;
}

static void an_address_finds_its_route_form_and_values(void **state)
{
    (void)state;
    sk_match m = match("GET", "/entity/kim%20a.b");
    assert_string_equal(m.route->pattern, "/entity/{key}");
    assert_int_equal(m.format, SK_FORMAT_HTML);
    assert_true(sk_str_is(sk_route_value(&m, "key"), "kim a.b"));
    assert_null(sk_route_value(&m, "other").p);
    m = match("GET", "/entity/kim.json");
    assert_int_equal(m.format, SK_FORMAT_JSON);
    assert_true(sk_str_is(sk_route_value(&m, "key"), "kim"));
    m = match("GET", "/entity/kim%2Ejson");
    assert_int_equal(m.format, SK_FORMAT_HTML);
    assert_true(sk_str_is(sk_route_value(&m, "key"), "kim.json"));
    m = match("GET", "/api/1/entity/kim");
    assert_int_equal(m.format, SK_FORMAT_JSON);
    assert_true(sk_str_is(sk_route_value(&m, "key"), "kim"));
    assert_string_equal(match("HEAD", "/search").route->pattern, "/search");
}

static void a_plain_part_goes_before_a_variable(void **state)
{
    (void)state;
    assert_string_equal(match("GET", "/log/checkpoint").route->pattern, "/log/checkpoint");
    assert_string_equal(match("GET", "/log/abcdef123456").route->pattern, "/log/{id}");
}

static void what_is_no_route_is_none_and_another_method_is_told(void **state)
{
    (void)state;
    assert_null(match("GET", "/nothing").route);
    assert_null(match("GET", "/exhibits/more").route);
    assert_null(match("GET", "/search/people/more").route); /* /search/{dataset} is a program's */
    assert_null(match("DELETE", "/search/people").route);
    assert_null(match("GET", "/ask.csv").route); /* the forms have no rows */
    sk_match m = match("GET", "/leave");
    assert_null(m.route);
    assert_true(m.is_other_method);
    assert_null(match("POST", "/search").route);
    assert_null(match("PUT", "/judge").route);
}

static bool is_one_of(const char *pattern, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(pattern, list[i]) == 0)
            return true;
    return false;
}

/* What readers may send: the way in and out, and questions too long or too private for an address.
 * Of those the log may keep that they were asked; they change nothing that anybody claims. */
static const char *const doors[] = {"/login", "/leave", "/exhibit/{hash}/verify"};
static const char *const questions[] = {"/screen", "/match/{dataset}", "/reconcile/{dataset}"};

/* The table is what everything trusts: no route that writes may be open to readers. */
static void every_route_that_changes_something_needs_more_than_reading(void **state)
{
    (void)state;
    size_t n_open = 0;
    for (size_t i = 0; i < sk_n_routes; i++) {
        const sk_route *r = &sk_routes[i];
        assert_non_null(r->run);
        if (strcmp(r->method, "GET") == 0 || r->role > SK_ROLE_READ)
            continue;
        n_open++;
        if (!is_one_of(r->pattern, doors, SK_COUNT(doors)) &&
            !is_one_of(r->pattern, questions, SK_COUNT(questions)))
            fail_msg("%s %s is open to readers", r->method, r->pattern);
    }
    assert_int_equal(n_open, SK_COUNT(doors) + SK_COUNT(questions)); /* each of them is there */
}

/* A program's token never decides, enters or changes anything, whatever the roles of its maker. */
static void a_program_may_ask_and_change_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sk_n_routes; i++) {
        const sk_route *r = &sk_routes[i];
        if (r->scopes && strcmp(r->method, "GET") != 0 &&
            !is_one_of(r->pattern, questions, SK_COUNT(questions)))
            fail_msg("%s %s takes the token of a program", r->method, r->pattern);
        if (r->is_cross && strncmp(r->pattern, "/reconcile/", 11) != 0)
            fail_msg("%s %s may be read from other origins", r->method, r->pattern);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_is_found_by_its_token_and_by_nothing_else),
        cmocka_unit_test(a_session_ends_without_use_and_after_its_day),
        cmocka_unit_test(when_there_are_too_many_the_one_used_longest_ago_goes),
        cmocka_unit_test(a_link_is_signed_for_one_session_and_one_exhibit),
        cmocka_unit_test(a_bucket_empties_and_fills_again),
        cmocka_unit_test(an_account_is_made_checked_changed_and_told_apart),
        cmocka_unit_test(what_is_wrong_with_an_account_is_told),
        cmocka_unit_test(an_address_finds_its_route_form_and_values),
        cmocka_unit_test(a_plain_part_goes_before_a_variable),
        cmocka_unit_test(what_is_no_route_is_none_and_another_method_is_told),
        cmocka_unit_test(every_route_that_changes_something_needs_more_than_reading),
        cmocka_unit_test(a_program_may_ask_and_change_nothing),
    };
    if (sodium_init() < 0)
        return 1;
    sk_ctx_init(&cx);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    sk_ctx_done(&cx);
    return failed;
}
