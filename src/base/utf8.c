#include "base/utf8.h"

#include "base/nfc.h"

#include <stdlib.h>
#include <utf8proc.h>

uint32_t sk_utf8_next(sk_str s, size_t *at)
{
    sk_assert(*at < s.n);
    const unsigned char *p = (const unsigned char *)s.p + *at;
    if (p[0] < 0x80) {
        (*at)++;
        return p[0];
    }
    utf8proc_int32_t c;
    utf8proc_ssize_t n = utf8proc_iterate(p, (utf8proc_ssize_t)(s.n - *at), &c);
    if (n <= 0) {
        (*at)++;
        return 0xFFFD;
    }
    *at += (size_t)n;
    return (uint32_t)c;
}

size_t sk_utf8_put(uint32_t c, char *out)
{
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)out);
}

#define EACH(byte) (0x0101010101010101ull * (byte))

/* How many bytes from p are ASCII for certain, eight at a step. */
static size_t ascii_ahead(const unsigned char *p, size_t n)
{
    size_t at = 0;
    for (uint64_t v; n - at >= 8; at += 8) {
        memcpy(&v, p + at, 8);
        if (v & EACH(0x80))
            break;
    }
    while (at < n && p[at] < 0x80)
        at++;
    return at;
}

static bool is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* Bytes of the well-formed character at p, which is not ASCII; 0 when it is not well-formed: cut
 * short, longer than need be, half a surrogate pair, or past U+10FFFF. Source: RFC 3629, section 4. */
static size_t char_at(const unsigned char *p, size_t n)
{
    unsigned char c = p[0];
    if (n < 2 || c < 0xC2 || c > 0xF4 || !is_tail(p[1]))
        return 0;
    if (c < 0xE0)
        return 2;
    if (n < 3 || !is_tail(p[2]))
        return 0;
    if (c < 0xF0)
        return (c == 0xE0 && p[1] < 0xA0) || (c == 0xED && p[1] > 0x9F) ? 0 : 3;
    if (n < 4 || !is_tail(p[3]))
        return 0;
    return (c == 0xF0 && p[1] < 0x90) || (c == 0xF4 && p[1] > 0x8F) ? 0 : 4;
}

size_t sk_utf8_find_bad(sk_str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    for (size_t at = 0; at < s.n;) {
        at += ascii_ahead(p + at, s.n - at);
        if (at == s.n)
            break;
        size_t n = char_at(p + at, s.n - at);
        if (n == 0)
            return at;
        at += n;
    }
    return SIZE_MAX;
}

/* True when s is printable ASCII and nothing else, as most text is. */
static bool is_printable(sk_str s)
{
    size_t at = 0;
    for (uint64_t v; s.n - at >= 8; at += 8) {
        memcpy(&v, s.p + at, 8);
        uint64_t below = (v - EACH(0x20)) | (v + EACH(0x01)) | v; /* high bit: below 20, 7F, 80.. */
        if (below & EACH(0x80))
            return false;
    }
    for (; at < s.n; at++)
        if ((unsigned char)(s.p[at] - 0x20) >= 0x5F)
            return false;
    return true;
}

/* Run utf8proc_map over s and copy what it gives into the arena. */
static sk_str map(sk_arena *a, sk_str s, int options)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &out,
                                      (utf8proc_option_t)options);
    if (n == UTF8PROC_ERROR_NOMEM)
        sk_out_of_memory(s.n);
    sk_assert(n >= 0); /* the text was checked before */
    sk_str r = {sk_alloc_copy(a, out, (size_t)n), (size_t)n};
    free(out);
    return r;
}

sk_rc sk_utf8_enter(sk_ctx *cx, sk_str s, const char *what, sk_str *ret_text)
{
    if (is_printable(s)) {
        *ret_text = s;
        return SK_OK;
    }
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7F)
            return sk_fail(cx, SK_E_FORMAT, "%s: control character 0x%02x at byte %zu; remove it",
                           what, c, i);
    }
    size_t bad = sk_utf8_find_bad(s);
    if (bad != SIZE_MAX)
        return sk_fail(cx, SK_E_FORMAT,
                       "%s: byte %zu is not UTF-8; save the file as UTF-8 and try again", what,
                       bad);
    *ret_text = sk_nfc(&cx->arena, s);
    return SK_OK;
}

size_t sk_utf8_count(sk_str s)
{
    size_t count = 0;
    for (size_t at = 0; at < s.n; at++)
        count += ((unsigned char)s.p[at] & 0xC0) != 0x80;
    return count;
}

int sk_utf8_width_of(uint32_t c)
{
    return utf8proc_charwidth((utf8proc_int32_t)c);
}

size_t sk_utf8_width(sk_str s)
{
    size_t width = 0;
    for (size_t at = 0; at < s.n;)
        width += (size_t)sk_utf8_width_of(sk_utf8_next(s, &at));
    return width;
}

enum { GRAPHEME_MOST = 256, GRAPHEME_BACK = 1024 };

static bool is_bad_at(size_t at, size_t next, uint32_t c)
{
    return c == 0xFFFD && next == at + 1;
}

size_t sk_utf8_grapheme_end(sk_str s, size_t at)
{
    size_t end = at, next;
    uint32_t before = sk_utf8_next(s, &end);
    if (is_bad_at(at, end, before))
        return end;
    utf8proc_int32_t state = 0;
    for (; end < s.n && end - at < GRAPHEME_MOST; end = next) {
        next = end;
        uint32_t c = sk_utf8_next(s, &next);
        if (is_bad_at(end, next, c) ||
            utf8proc_grapheme_break_stateful((utf8proc_int32_t)before, (utf8proc_int32_t)c, &state))
            break;
        before = c;
    }
    return end;
}

/* Clusters are found from their start alone: begin behind a blank or a good way back, and walk. */
size_t sk_utf8_grapheme_start(sk_str s, size_t at)
{
    size_t from = at - 1;
    while (from > 0 && at - from < GRAPHEME_BACK && s.p[from] != ' ' && s.p[from] != '\n')
        from--;
    while (from > 0 && at - from < 2 * GRAPHEME_BACK && is_tail((unsigned char)s.p[from]))
        from--;
    for (size_t end; (end = sk_utf8_grapheme_end(s, from)) < at;)
        from = end;
    return from;
}

sk_str sk_utf8_fit(sk_str s, size_t columns)
{
    size_t width = 0, at = 0, end = 0;
    while (at < s.n) {
        width += (size_t)sk_utf8_width_of(sk_utf8_next(s, &at));
        if (width > columns)
            break;
        end = at;
    }
    return (sk_str){s.p, end};
}

/* True for the scripts whose marks carry the vowels, so that dropping them would join words. */
static bool keeps_marks(uint32_t c)
{
    return (c >= 0x0900 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF) ||
           (c >= 0x3000 && c <= 0x30FF) || (c >= 0xA8E0 && c <= 0xAA7F);
}

sk_str sk_utf8_fold(sk_arena *a, sk_str s)
{
    sk_str wide = map(a, s,
                      UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                          UTF8PROC_IGNORE);
    char *out = sk_alloc(a, wide.n + 1);
    size_t n = 0;
    for (size_t at = 0; at < wide.n;) {
        size_t from = at;
        uint32_t c = sk_utf8_next(wide, &at);
        if (utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_MN && !keeps_marks(c))
            continue;
        memcpy(out + n, wide.p + from, at - from);
        n += at - from;
    }
    return map(a, (sk_str){out, n}, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}
