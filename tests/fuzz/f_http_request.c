/* A request as it comes off the wire: target (first line), cookie (second), body (the rest), read as
 * a query, as a form, as a form with files. Whatever is taken is checked text, and encodes back. */
#include "base/utf8.h"
#include "web/multipart.h"
#include "web/route.h"
#include "web/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a handler is given: UTF-8 without control characters but tab and line feed. */
static void check_text(sk_ctx *cx, sk_str s)
{
    sk_str again;
    sk_assert(sk_utf8_enter(cx, s, "text", &again) == SK_OK);
    sk_assert(sk_str_eq(s, again));
}

static void check_params(sk_ctx *cx, sk_str encoded)
{
    sk_params p, again;
    if (sk_params_parse(cx, encoded, &p)) {
        sk_forgive(cx);
        return;
    }
    for (size_t i = 0; i < p.n; i++) {
        check_text(cx, p.v[i].name);
        check_text(cx, p.v[i].value);
        sk_str code = sk_percent_encode(&cx->arena, p.v[i].value);
        sk_assert(sk_params_parse(cx, sk_fmt(&cx->arena, "k=%.*s", SK_P(code)), &again) == SK_OK);
        sk_assert(sk_str_eq(sk_param_get(&again, "k"), p.v[i].value));
    }
}

static void check_address(sk_ctx *cx, sk_str path)
{
    sk_address a;
    sk_match m;
    sk_rc parsed = sk_address_parse(cx, path, &a);
    sk_forgive(cx);
    for (size_t i = 0; parsed == SK_OK && i < a.n; i++) {
        check_text(cx, a.segments[i]);
        sk_assert(a.segments[i].n && !sk_str_is(a.segments[i], ".."));
    }
    if (sk_route_match(cx, SK_S("GET"), path, &m) == SK_OK && m.route)
        for (size_t i = 0; i < m.route->n_params; i++)
            check_text(cx, sk_route_value(&m, m.route->params[i].name));
    sk_forgive(cx);
}

static void check_multipart(sk_ctx *cx, sk_str body)
{
    sk_form_parts parts;
    sk_str rest = body, first = SK_NONE;
    sk_str_cut(&rest, '\r', &first);
    sk_str boundary = sk_str_sub(first, 2, first.n);
    sk_str type = sk_fmt(&cx->arena, "multipart/form-data; boundary=%.*s", SK_P(boundary));
    sk_rc rc = sk_multipart_parse(cx, type, body, &parts);
    sk_forgive(cx);
    if (rc)
        return;
    for (size_t i = 0; i < parts.n; i++) {
        const sk_form_part *p = &parts.v[i];
        check_text(cx, p->name);
        check_text(cx, p->filename);
        sk_assert(sk_str_find(p->filename, SK_S("/")) == SIZE_MAX);
        if (!p->filename.p)
            check_text(cx, p->bytes);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_ctx cx;
    sk_str all = {(const char *)data, size}, target = SK_NONE, cookie = SK_NONE, path, query;
    if (size > SK_KIB(64))
        return 0;
    sk_ctx_init(&cx);
    sk_str_cut(&all, '\n', &target);
    sk_str_cut(&all, '\n', &cookie);
    sk_target_cut(target, &path, &query);
    check_address(&cx, path);
    check_params(&cx, query);
    check_params(&cx, all);
    check_multipart(&cx, all);
    sk_str value = sk_cookie_get(cookie, SK_S("lang"));
    sk_assert(value.n <= cookie.n);
    sk_ctx_done(&cx);
    return 0;
}
