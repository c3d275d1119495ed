#include "xlsx.h"

#include "base/edtf.h"

#include <math.h>
#include <stdlib.h>

sk_cell_form sk_cell_form_of_id(unsigned id)
{
    if (id == 22)
        return SK_CELL_DATE_TIME;
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
        return SK_CELL_DATE;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47)
        return SK_CELL_TIME;
    return SK_CELL_PLAIN;
}

/* Skip what is literal at code.p[at]: "quoted", \x, _x, *x, [bracketed]; returns the next place,
 * or at when nothing is. A duration such as [h]:mm is reported by ret_duration. */
static size_t skip_literal(sk_str code, size_t at, bool *ret_duration)
{
    char c = code.p[at];
    if (c == '\\' || c == '_' || c == '*')
        return at + 2;
    if (c != '"' && c != '[')
        return at;
    const char *end = memchr(code.p + at + 1, c == '"' ? '"' : ']', code.n - at - 1);
    if (c == '[' && at + 1 < code.n && strchr("hHmMsS", code.p[at + 1]))
        *ret_duration = true;
    return end ? (size_t)(end - code.p) + 1 : code.n;
}

sk_cell_form sk_cell_form_of_code(sk_str code)
{
    bool day = false, time = false, duration = false;
    if (sk_str_eq_nocase(code, SK_S("general")))
        return SK_CELL_PLAIN;
    for (size_t at = 0; at < code.n && code.p[at] != ';';) { /* the form for positive numbers */
        size_t next = skip_literal(code, at, &duration);
        if (next != at) {
            at = next;
            continue;
        }
        char c = code.p[at++];
        if (c == '0' || c == '#' || c == '?') /* seconds may have digits: "ss.000" */
            if (!time && !day)
                return SK_CELL_PLAIN;
        if (c == 'y' || c == 'Y' || c == 'd' || c == 'D' || c == 'e')
            day = true;
        if (c == 'h' || c == 'H' || c == 's' || c == 'S')
            time = true;
        if (c == 'm' || c == 'M')
            day |= !time && !day; /* a month alone ("mmm"); minutes follow hours */
    }
    if (duration)
        return SK_CELL_PLAIN;
    if (time && sk_str_find(code, SK_S("mm:ss")) != SIZE_MAX &&
        sk_str_find(code, SK_S("y")) == SIZE_MAX && sk_str_find(code, SK_S("d")) == SIZE_MAX)
        day = false;
    return day ? time ? SK_CELL_DATE_TIME : SK_CELL_DATE : time ? SK_CELL_TIME : SK_CELL_PLAIN;
}

static bool read_double(sk_str s, double *ret_value)
{
    char text[40], *end;
    if (!s.n || s.n >= sizeof text)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (!strchr("0123456789.+-eE", s.p[i]))
            return false;
        text[i] = s.p[i];
    }
    text[s.n] = '\0';
    *ret_value = strtod(text, &end);
    return *end == '\0' && isfinite(*ret_value);
}

sk_str sk_cell_date(sk_arena *a, sk_str number, sk_cell_form form, bool is_1904)
{
    enum { SERIAL_1970 = 25569, SERIAL_1970_FROM_1904 = 24107, LAST_SERIAL = 2958465 };
    double v;
    if (!read_double(number, &v) || v < 0 || v > LAST_SERIAL + 1)
        return SK_NONE;
    int64_t day = (int64_t)floor(v), second = (int64_t)floor((v - floor(v)) * 86400 + 0.5);
    if (second >= 86400) {
        second -= 86400;
        day++;
    }
    if (!is_1904 && day == 60)
        return SK_NONE;
    int64_t epoch = is_1904 ? SERIAL_1970_FROM_1904 : day < 60 ? SERIAL_1970 - 1 : SERIAL_1970;
    int64_t year;
    unsigned month, dom;
    sk_day_to_date(day - epoch, &year, &month, &dom);
    int hour = (int)(second / 3600), minute = (int)(second / 60 % 60), s = (int)(second % 60);
    if (form == SK_CELL_TIME && day == 0)
        return sk_fmt(a, "%02d:%02d:%02d", hour, minute, s);
    sk_str date = sk_fmt(a, "%04d-%02u-%02u", (int)year, month, dom);
    if (form == SK_CELL_DATE && second == 0)
        return date;
    return sk_fmt(a, "%.*sT%02d:%02d:%02d", SK_P(date), hour, minute, s);
}
