#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>

int sk_str_cmp(sk_str a, sk_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int d = n ? memcmp(a.p, b.p, n) : 0;
    if (d)
        return d < 0 ? -1 : 1;
    return a.n < b.n ? -1 : a.n > b.n;
}

bool sk_str_starts(sk_str s, sk_str head)
{
    return s.n >= head.n && sk_str_eq((sk_str){s.p, head.n}, head);
}

bool sk_str_ends(sk_str s, sk_str tail)
{
    return s.n >= tail.n && sk_str_eq((sk_str){s.p + (s.n - tail.n), tail.n}, tail);
}

sk_str sk_str_sub(sk_str s, size_t i, size_t n)
{
    if (i > s.n)
        i = s.n;
    if (n > s.n - i)
        n = s.n - i;
    return n ? (sk_str){s.p + i, n} : (sk_str){s.p, 0};
}

size_t sk_str_find(sk_str s, sk_str part)
{
    if (part.n == 0)
        return 0;
    const char *at = s.n >= part.n ? memmem(s.p, s.n, part.p, part.n) : NULL;
    return at ? (size_t)(at - s.p) : SIZE_MAX;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

sk_str sk_str_trim(sk_str s)
{
    while (s.n && is_blank(s.p[0]))
        s.p++, s.n--;
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

bool sk_str_cut(sk_str *rest, char sep, sk_str *ret_piece)
{
    if (!rest->p)
        return false;
    const char *at = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
    if (!at) {
        *ret_piece = *rest;
        *rest = SK_NONE;
        return true;
    }
    const char *end = rest->p + rest->n;
    *ret_piece = sk_str_range(rest->p, at);
    *rest = sk_str_range(at + 1, end);
    return true;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool sk_str_eq_nocase(sk_str a, sk_str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    return true;
}

bool sk_str_to_u64(sk_str s, uint64_t *ret_value)
{
    if (s.n == 0 || s.n > 20 || (s.n > 1 && s.p[0] == '0'))
        return false;
    uint64_t v = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        if (__builtin_mul_overflow(v, 10u, &v) ||
            __builtin_add_overflow(v, (uint64_t)(s.p[i] - '0'), &v))
            return false;
    }
    *ret_value = v;
    return true;
}

sk_str sk_str_copy(sk_arena *a, sk_str s)
{
    return (sk_str){sk_alloc_copy(a, s.p, s.n), s.n};
}

char *sk_str_c(sk_arena *a, sk_str s)
{
    return sk_alloc_copy(a, s.p, s.n);
}

sk_str sk_fmt(sk_arena *a, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    sk_assert(n >= 0);
    char *p = sk_alloc(a, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return (sk_str){p, (size_t)n};
}

sk_str sk_hex(sk_arena *a, const void *bytes, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *b = bytes;
    char *p = sk_alloc(a, 2 * n + 1);
    for (size_t i = 0; i < n; i++) {
        p[2 * i] = digits[b[i] >> 4];
        p[2 * i + 1] = digits[b[i] & 15];
    }
    return (sk_str){p, 2 * n};
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool sk_unhex(sk_str s, void *ret_bytes, size_t n)
{
    if (s.n != 2 * n)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (hex_value(s.p[i]) < 0)
            return false;
    unsigned char *out = ret_bytes;
    for (size_t i = 0; i < n; i++)
        out[i] = (unsigned char)(hex_value(s.p[2 * i]) * 16 + hex_value(s.p[2 * i + 1]));
    return true;
}

static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

sk_str sk_base64(sk_arena *a, const void *bytes, size_t n)
{
    const unsigned char *b = bytes;
    size_t len = (n + 2) / 3 * 4;
    char *p = sk_alloc(a, len + 1), *q = p;
    for (size_t i = 0; i < n; i += 3) {
        unsigned v = (unsigned)b[i] << 16;
        if (i + 1 < n)
            v |= (unsigned)b[i + 1] << 8;
        if (i + 2 < n)
            v |= b[i + 2];
        *q++ = base64_digits[v >> 18];
        *q++ = base64_digits[v >> 12 & 63];
        *q++ = i + 1 < n ? base64_digits[v >> 6 & 63] : '=';
        *q++ = i + 2 < n ? base64_digits[v & 63] : '=';
    }
    return (sk_str){p, len};
}

bool sk_unbase64(sk_str s, void *ret_bytes, size_t cap, size_t *ret_n)
{
    if (s.n % 4)
        return false;
    size_t pad = s.n && s.p[s.n - 1] == '=' ? 1 + (s.p[s.n - 2] == '=') : 0;
    size_t n = s.n / 4 * 3 - pad;
    if (n > cap)
        return false;
    unsigned char *out = ret_bytes;
    size_t w = 0;
    for (size_t i = 0; i < s.n; i += 4) {
        unsigned v = 0;
        for (size_t k = 0; k < 4; k++) {
            size_t at = i + k;
            const char *d = at < s.n - pad && s.p[at] ? strchr(base64_digits, s.p[at]) : NULL;
            if (!d && at < s.n - pad)
                return false;
            v = v << 6 | (d ? (unsigned)(d - base64_digits) : 0);
        }
        for (size_t k = 0; k < 3; k++, v <<= 8) {
            unsigned char byte = (unsigned char)(v >> 16 & 255);
            if (w < n)
                out[w++] = byte;
            else if (byte)
                return false; /* stray bits behind the data */
        }
    }
    *ret_n = n;
    return true;
}
