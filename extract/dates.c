#include "dates.h"

#include "base/edtf.h"

typedef struct when {
    unsigned year, month, day;
    int hour, minute, second; /* -1: not given */
    bool has_zone;
    char zone_sign;
    unsigned zone_hour, zone_minute;
} when;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Take min to max digits. */
static bool take_number(sk_str *s, size_t min, size_t max, unsigned *ret_number)
{
    size_t n = 0;
    unsigned v = 0;
    while (n < s->n && n < max && is_digit(s->p[n]))
        v = v * 10 + (unsigned)(s->p[n++] - '0');
    if (n < min || (n < s->n && is_digit(s->p[n])))
        return false;
    *s = sk_str_sub(*s, n, s->n);
    *ret_number = v;
    return true;
}

static bool take_char(sk_str *s, char c)
{
    if (!s->n || s->p[0] != c)
        return false;
    *s = sk_str_sub(*s, 1, s->n);
    return true;
}

static void skip_blanks(sk_str *s)
{
    while (take_char(s, ' ')) {
    }
}

/* ":mm[:ss[.fff]]" behind the hour. */
static bool take_time(sk_str *s, when *w)
{
    unsigned h, m, sec;
    if (!take_number(s, 1, 2, &h) || !take_char(s, ':') || !take_number(s, 2, 2, &m) || h > 23 ||
        m > 59)
        return false;
    w->hour = (int)h;
    w->minute = (int)m;
    if (!take_char(s, ':'))
        return true;
    if (!take_number(s, 2, 2, &sec) || sec > 60)
        return false;
    w->second = sec == 60 ? 59 : (int)sec;
    if (take_char(s, '.') || take_char(s, ','))
        while (s->n && is_digit(s->p[0]))
            *s = sk_str_sub(*s, 1, s->n);
    return true;
}

/* "Z", "+09", "+0900", "+09:00", "GMT", "UTC"; a zone is optional, another word is a failure. */
static bool take_zone(sk_str *s, when *w)
{
    if (!s->n)
        return true;
    w->has_zone = true;
    w->zone_sign = '+';
    if (sk_str_is(*s, "Z") || sk_str_is(*s, "z") || sk_str_is(*s, "GMT") || sk_str_is(*s, "UTC") ||
        sk_str_is(*s, "UT")) {
        *s = SK_NONE;
        return true;
    }
    if (s->p[0] != '+' && s->p[0] != '-')
        return false;
    w->zone_sign = s->p[0];
    *s = sk_str_sub(*s, 1, s->n);
    unsigned v;
    if (s->n >= 4 && is_digit(s->p[2])) {
        if (!take_number(s, 4, 4, &v))
            return false;
        w->zone_hour = v / 100;
        w->zone_minute = v % 100;
    } else {
        if (!take_number(s, 2, 2, &w->zone_hour))
            return false;
        if (take_char(s, ':') && !take_number(s, 2, 2, &w->zone_minute))
            return false;
    }
    return w->zone_hour <= 18 && w->zone_minute <= 59;
}

/* "2023-10-09", "2023.10.9", "2023/10/09", and a time behind it. */
static bool read_iso(sk_str s, when *w)
{
    char sep;
    if (!take_number(&s, 4, 4, &w->year) || !s.n)
        return false;
    sep = s.p[0];
    if ((sep != '-' && sep != '.' && sep != '/') || !take_char(&s, sep) ||
        !take_number(&s, 1, 2, &w->month) || !take_char(&s, sep))
        return false;
    skip_blanks(&s);
    if (!take_number(&s, 1, 2, &w->day))
        return false;
    take_char(&s, '.'); /* "2023.10.09." as Korean pages write it */
    if (s.n && !take_char(&s, 'T') && !take_char(&s, 't') && s.p[0] != ' ')
        return false;
    skip_blanks(&s);
    if (!s.n)
        return true;
    if (!take_time(&s, w))
        return false;
    skip_blanks(&s);
    return take_zone(&s, w) && !s.n;
}

static bool take_month(sk_str *s, unsigned *ret_month)
{
    static const char *const names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};
    for (unsigned i = 0; i < 12; i++)
        if (sk_str_eq_nocase(sk_str_sub(*s, 0, 3), sk_str_of(names[i]))) {
            *s = sk_str_sub(*s, 3, s->n);
            *ret_month = i + 1;
            return true;
        }
    return false;
}

/* RFC 5322 section 3.3, with the zone as sent or, behind it, as a comment in brackets. */
static bool read_mail(sk_str s, when *w)
{
    size_t comma = sk_str_find(s, SK_S(","));
    if (comma <= 9)
        s = sk_str_trim(sk_str_sub(s, comma + 1, s.n));
    size_t comment = sk_str_find(s, SK_S("("));
    if (comment != SIZE_MAX)
        s = sk_str_trim(sk_str_sub(s, 0, comment));
    if (!take_number(&s, 1, 2, &w->day))
        return false;
    skip_blanks(&s);
    if (!take_month(&s, &w->month))
        return false;
    skip_blanks(&s);
    if (!take_number(&s, 4, 4, &w->year))
        return false;
    skip_blanks(&s);
    if (!take_time(&s, w))
        return false;
    skip_blanks(&s);
    return take_zone(&s, w) && !s.n;
}

static sk_str format(sk_ctx *cx, const when *w)
{
    sk_str date = sk_fmt(&cx->arena, "%04u-%02u-%02u", w->year, w->month, w->day);
    if (w->hour < 0)
        return date;
    sk_str time = w->second < 0
                      ? sk_fmt(&cx->arena, "%02d:%02d", w->hour, w->minute)
                      : sk_fmt(&cx->arena, "%02d:%02d:%02d", w->hour, w->minute, w->second);
    sk_str zone = SK_NONE;
    if (w->has_zone && !w->zone_hour && !w->zone_minute)
        zone = SK_S("Z");
    else if (w->has_zone)
        zone = sk_fmt(&cx->arena, "%c%02u:%02u", w->zone_sign, w->zone_hour, w->zone_minute);
    return sk_fmt(&cx->arena, "%.*sT%.*s%.*s", SK_P(date), SK_P(time), SK_P(zone));
}

sk_str sk_date_from_words(sk_ctx *cx, sk_str words)
{
    words = sk_str_trim(words);
    if (!words.n || words.n > SK_LIM_EDTF_BYTES)
        return SK_NONE;
    when iso = {.hour = -1, .minute = -1, .second = -1}, mail = iso;
    sk_edtf e;
    sk_str text = words;
    if (read_iso(words, &iso))
        text = format(cx, &iso);
    else if (read_mail(words, &mail))
        text = format(cx, &mail);
    if (sk_edtf_parse(cx, text, &e)) { /* also refuses 30 February */
        sk_forgive(cx);
        if (text.p != words.p || sk_edtf_from_words(cx, words, &e)) {
            sk_forgive(cx);
            return SK_NONE;
        }
    }
    return e.kind == SK_EDTF_UNKNOWN ? SK_NONE : e.text;
}
