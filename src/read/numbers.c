#include "read/numbers_private.h"

#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>

static int digit_at(sk_str s, size_t at, size_t *ret_next)
{
    if (at >= s.n)
        return -1;
    unsigned char c = (unsigned char)s.p[at];
    if (c < 0x80) {
        *ret_next = at + 1;
        return c >= '0' && c <= '9' ? c - '0' : -1;
    }
    size_t next = at;
    uint32_t u = sk_utf8_next(s, &next);
    *ret_next = next;
    return u >= 0xFF10 && u <= 0xFF19 ? (int)(u - 0xFF10) : -1;
}

static size_t count_digits(sk_str s, size_t at)
{
    size_t n = 0, next = at;
    while (digit_at(s, at, &next) >= 0) {
        at = next;
        n++;
    }
    return n;
}

/* A blank that parts groups of three digits: a space or a narrow one. */
static size_t group_blank(sk_str s, size_t at)
{
    if (at < s.n && s.p[at] == ' ')
        return 1;
    if (at + 2 < s.n && !memcmp(s.p + at, "\xE2\x80\xAF", 3))
        return 3;
    return at + 1 < s.n && !memcmp(s.p + at, "\xC2\xA0", 2) ? 2 : 0;
}

static size_t take_digits(sk_str s, size_t at, char *out, size_t *n, size_t room)
{
    size_t next = at;
    for (int d; (d = digit_at(s, at, &next)) >= 0; at = next)
        if (*n < room)
            out[(*n)++] = (char)('0' + d);
    return at;
}

/* 12,34,567: groups of two, and three at the end. */
static bool is_indian(sk_str s, size_t at)
{
    while (at < s.n && s.p[at] == ',') {
        size_t n = count_digits(s, at + 1);
        if (n == 3)
            return !(at + 4 < s.n && s.p[at + 4] == ',');
        if (n != 2)
            return false;
        at += 3;
    }
    return false;
}

/* Groups of three behind the first digits; the sign must stay the same, and two at least for blanks
 * unless the first group is short. */
static size_t take_groups(sk_str s, size_t at, size_t first_digits, char *out, size_t *n,
                          size_t room)
{
    char sign = 0;
    if (first_digits > 3)
        return at;
    for (;;) {
        size_t width = 0;
        bool full = at + 3 < s.n && !memcmp(s.p + at, "\xEF\xBC\x8C", 3);
        if (at < s.n && (s.p[at] == ',' || s.p[at] == '.') && (!sign || sign == s.p[at]))
            width = 1;
        else if (full && (!sign || sign == ','))
            width = 3;
        else if (!sign || sign == ' ')
            width = group_blank(s, at);
        if (!width)
            return at;
        char here = width == 1 && s.p[at] != ' ' ? s.p[at] : full ? ',' : ' ';
        size_t digits = count_digits(s, at + width), behind = at + width + 3;
        bool indian = here == ',' && digits == 2 && first_digits <= 2 && is_indian(s, at);
        if (digits != 3 && !indian)
            return at;
        if (here == '.' && !sign) { /* 1.111,11: only before another group or a decimal comma */
            bool more = behind < s.n && (s.p[behind] == ',' ||
                                         (s.p[behind] == '.' && count_digits(s, behind + 1) == 3));
            if (!more)
                return at;
        }
        sign = here;
        at = take_digits(s, at + width, out, n, room);
    }
}

/* ^-23, e+14, x10^6 behind a number. */
static size_t take_power(sk_str s, size_t at, double *value, bool *ret_found)
{
    size_t p = at, next = at;
    bool times = false, exponent = false;
    if (p + 3 < s.n && (s.p[p] == 'x' || s.p[p] == 'X') && !memcmp(s.p + p + 1, "10^", 3)) {
        times = true;
        p += 4;
    } else if (p < s.n && s.p[p] == '^') {
        p++;
    } else if (p < s.n && (s.p[p] == 'e' || s.p[p] == 'E')) {
        exponent = true;
        p++;
    } else {
        return at;
    }
    int sign = 1, e = 0;
    for (int i = 0; i < 2 && p < s.n && (s.p[p] == '-' || s.p[p] == '+'); i++, p++)
        sign = s.p[p] == '-' ? -sign : sign;
    size_t digits = count_digits(s, p);
    if (!digits || digits > 4)
        return at;
    for (int d; (d = digit_at(s, p, &next)) >= 0; p = next)
        e = e * 10 + d;
    *value = times || exponent ? *value * pow(10, sign * e) : pow(*value, sign * e);
    *ret_found = true;
    return p;
}

bool sk_number_digits(sk_str s, size_t at, sk_number *ret_number)
{
    enum { ROOM = 40 };
    char text[ROOM + 8];
    size_t n = 0, here = at, point = 0;
    sk_number x = {.from = at};
    size_t first = count_digits(s, at);
    bool bare_point = !first && at < s.n && s.p[at] == '.' && count_digits(s, at + 1) &&
                      !(at && s.p[at - 1] >= '0' && s.p[at - 1] <= '9');
    if (!first && !bare_point)
        return false;
    here = take_digits(s, at, text, &n, ROOM);
    if (first)
        here = take_groups(s, here, first, text, &n, ROOM);
    size_t next, width = 1;
    bool dot = here < s.n && (s.p[here] == '.' || s.p[here] == ',');
    if (!dot && here + 2 < s.n && (!memcmp(s.p + here, "\xEF\xBC\x8E", 3))) {
        dot = true;
        width = 3;
    }
    size_t decimals = dot ? count_digits(s, here + width) : 0;
    bool comma_decimal = dot && s.p[here] == ',' && decimals && decimals != 3;
    bool list = comma_decimal && here + 1 + decimals < s.n && s.p[here + 1 + decimals] == ',';
    /* 192.168.1.2 is four numbers, 5,17 a decimal, 22,24,26 a list */
    bool chain = dot && s.p[here] == '.' && decimals && here + 1 + decimals < s.n &&
                 s.p[here + 1 + decimals] == '.' && count_digits(s, here + 2 + decimals);
    bool after_chain = at >= 2 && s.p[at - 1] == '.' && s.p[at - 2] >= '0' && s.p[at - 2] <= '9';
    bool after_list = at >= 2 && s.p[at - 1] == ',' && s.p[at - 2] >= '0' && s.p[at - 2] <= '9';
    if (decimals && !chain && !after_chain && !list && !(comma_decimal && after_list) &&
        (s.p[here] != ',' || comma_decimal)) {
        text[n++] = '.';
        point = decimals;
        here = take_digits(s, here + width, text, &n, ROOM + 4);
    }
    text[n] = '\0';
    x.value = strtod(text, NULL);
    x.kind = point ? SK_NUMBER_DECIMAL : SK_NUMBER_INTEGER;
    bool power = false;
    here = take_power(s, here, &x.value, &power);
    if (power)
        x.kind = SK_NUMBER_POWER;
    x.to = here;
    next = here;
    uint32_t c = here < s.n ? sk_utf8_next(s, &next) : 0;
    x.is_glued = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    *ret_number = x;
    return true;
}

bool sk_number_at(sk_str text, sk_read_lang lang, size_t at, sk_number *ret_number)
{
    if (lang == SK_READ_KO || lang == SK_READ_ZH || lang == SK_READ_JA)
        return sk_number_east_asian(text, lang, at, ret_number);
    return sk_number_english(text, at, ret_number);
}

static bool is_ascii_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

size_t sk_numbers_find(sk_str text, sk_read_lang lang, sk_number *ret_numbers, size_t most)
{
    size_t n = 0, at = 0;
    while (at < text.n && n < most) {
        sk_number x;
        if (sk_number_at(text, lang, at, &x)) {
            ret_numbers[n++] = x;
            at = x.to;
            continue;
        }
        if (is_ascii_word(text.p[at])) { /* English words are passed whole */
            while (at < text.n && is_ascii_word(text.p[at]))
                at++;
        } else {
            sk_utf8_next(text, &at);
        }
    }
    return n;
}
