#include "web/params.h"

#include "base/utf8.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Resolve %XX, and + where blanks are written so; CR before LF is dropped. */
static sk_rc decode(sk_ctx *cx, sk_str s, bool plus_is_blank, const char *what, sk_str *ret_text)
{
    char *out = sk_alloc(&cx->arena, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '%') {
            int high = i + 2 < s.n ? hex_digit(s.p[i + 1]) : -1;
            int low = i + 2 < s.n ? hex_digit(s.p[i + 2]) : -1;
            if (high < 0 || low < 0)
                return sk_fail(cx, SK_E_FORMAT, "the %s has a %% that no two hex digits follow",
                               what);
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_blank) {
            c = ' ';
        }
        if (c == '\n' && n && out[n - 1] == '\r')
            n--;
        out[n++] = c;
    }
    return sk_utf8_enter(cx, (sk_str){out, n}, what, ret_text);
}

sk_rc sk_params_parse(sk_ctx *cx, sk_str encoded, sk_params *ret_params)
{
    sk_param *v = NULL;
    size_t n = 0, cap = 0;
    sk_str pair;
    while (encoded.n && sk_str_cut(&encoded, '&', &pair)) {
        sk_str name;
        if (!pair.n)
            continue;
        if (n == SK_LIM_HTTP_PARAMS)
            return sk_fail(cx, SK_E_LIMIT, "more than %d values in one request",
                           SK_LIM_HTTP_PARAMS);
        sk_str_cut(&pair, '=', &name);
        SK_GROW(&cx->arena, v, n, cap);
        SK_TRY(decode(cx, name, true, "name of a value", &v[n].name));
        SK_TRY(decode(cx, pair, true, "value", &v[n].value));
        n++;
    }
    *ret_params = (sk_params){v, n};
    return SK_OK;
}

sk_str sk_param_get(const sk_params *p, const char *name)
{
    for (size_t i = 0; i < p->n; i++)
        if (sk_str_is(p->v[i].name, name))
            return p->v[i].value;
    return SK_NONE;
}

sk_rc sk_address_parse(sk_ctx *cx, sk_str encoded, sk_address *ret_path)
{
    sk_address path = {.n = 0};
    sk_str part;
    if (!encoded.n || encoded.p[0] != '/')
        return sk_fail(cx, SK_E_FORMAT, "an address begins with a slash");
    encoded = sk_str_sub(encoded, 1, encoded.n);
    while (encoded.n && sk_str_cut(&encoded, '/', &part)) {
        sk_str text;
        if (path.n == SK_LIM_HTTP_SEGMENTS)
            return sk_fail(cx, SK_E_LIMIT, "more than %d parts in one address",
                           SK_LIM_HTTP_SEGMENTS);
        SK_TRY(decode(cx, part, false, "address", &text));
        if (!text.n || sk_str_is(text, ".") || sk_str_is(text, ".."))
            return sk_fail(cx, SK_E_FORMAT, "no part of an address may be empty, \".\" or \"..\"");
        path.segments[path.n++] = text;
    }
    *ret_path = path;
    return SK_OK;
}

void sk_target_cut(sk_str target, sk_str *ret_path, sk_str *ret_query)
{
    sk_str rest = target;
    if (!sk_str_cut(&rest, '?', ret_path))
        *ret_path = SK_NONE;
    *ret_query = rest;
}

sk_str sk_percent_encode(sk_arena *a, sk_str text)
{
    static const char digits[] = "0123456789ABCDEF";
    char *out = sk_alloc(a, text.n * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     (c && strchr("-_.~", c));
        if (plain) {
            out[n++] = (char)c;
        } else {
            out[n++] = '%';
            out[n++] = digits[c >> 4];
            out[n++] = digits[c & 15];
        }
    }
    return (sk_str){out, n};
}
