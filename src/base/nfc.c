#include "base/nfc.h"

#include <stdlib.h>
#include <utf8proc.h>

/* Code points that are starters, that NFC leaves alone, and that never compose with one before. */
static const struct {
    uint32_t first, last;
} plain[] = {
    {0x0000, 0x02FF}, {0x0400, 0x0482}, {0x048A, 0x052F}, {0x05D0, 0x05EA},   {0x0620, 0x064A},
    {0x0660, 0x066F}, {0x0671, 0x06D5}, {0x0E01, 0x0E30}, {0x0E40, 0x0E46},   {0x1EA0, 0x1EF9},
    {0x2010, 0x2027}, {0x2030, 0x205E}, {0x20A0, 0x20BF}, {0x2100, 0x2125},   {0x2150, 0x218B},
    {0x2190, 0x21FF}, {0x2460, 0x27BF}, {0x3000, 0x3029}, {0x3030, 0x303F},   {0x3041, 0x3096},
    {0x30A0, 0x30FF}, {0x3131, 0x318E}, {0x3200, 0x33FF}, {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
    {0xAC00, 0xD7A3}, {0xFF01, 0xFFEE}, {0xFFFD, 0xFFFD}, {0x1F300, 0x1FAFF}, {0x20000, 0x2A6DF},
};

static bool is_plain(uint32_t c)
{
    if (c < 0x300)
        return true;
    if (c >= 0x4E00 && c <= 0xD7A3) /* by far the most common beyond Latin */
        return c <= 0x9FFF || c >= 0xAC00;
    for (size_t i = 1; i < SK_COUNT(plain); i++)
        if (c <= plain[i].last)
            return c >= plain[i].first;
    return false;
}

/* Decode one character of valid UTF-8. */
static uint32_t next(const unsigned char **p)
{
    const unsigned char *q = *p;
    if (q[0] < 0x80) {
        *p += 1;
        return q[0];
    }
    if (q[0] < 0xE0) {
        *p += 2;
        return (uint32_t)(q[0] & 0x1F) << 6 | (q[1] & 0x3F);
    }
    if (q[0] < 0xF0) {
        *p += 3;
        return (uint32_t)(q[0] & 0x0F) << 12 | (uint32_t)(q[1] & 0x3F) << 6 | (q[2] & 0x3F);
    }
    *p += 4;
    return (uint32_t)(q[0] & 0x07) << 18 | (uint32_t)(q[1] & 0x3F) << 12 |
           (uint32_t)(q[2] & 0x3F) << 6 | (q[3] & 0x3F);
}

bool sk_nfc_is_plain(sk_str s)
{
    if (!s.n) /* its pointer may be NULL */
        return true;
    const unsigned char *p = (const unsigned char *)s.p, *end = p + s.n;
    while (p < end) {
        if (*p < 0xCC) { /* below U+0300; a byte at a time is fine for both lengths */
            p++;
            continue;
        }
        if (!is_plain(next(&p)))
            return false;
    }
    return true;
}

/* s in NFC, in a buffer for the caller to free. */
static utf8proc_uint8_t *compose(sk_str s, size_t *ret_n)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &out,
                                      (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    if (n == UTF8PROC_ERROR_NOMEM)
        sk_out_of_memory(s.n);
    sk_assert(n >= 0);
    *ret_n = (size_t)n;
    return out;
}

static bool line_is_nfc(sk_str s)
{
    if (sk_nfc_is_plain(s))
        return true;
    size_t n;
    utf8proc_uint8_t *out = compose(s, &n);
    bool same = n == s.n && memcmp(out, s.p, n) == 0;
    free(out);
    return same;
}

bool sk_nfc_check(sk_str s)
{
    sk_str line;
    while (sk_str_cut(&s, '\n', &line)) /* LF is a starter and composes with nothing */
        if (!line_is_nfc(line))
            return false;
    return true;
}

sk_str sk_nfc(sk_arena *a, sk_str s)
{
    if (sk_nfc_is_plain(s))
        return s;
    size_t n;
    utf8proc_uint8_t *out = compose(s, &n);
    sk_str r = {sk_alloc_copy(a, out, n), n};
    free(out);
    return r;
}
