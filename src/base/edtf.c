#include "base/edtf.h"

#include <stdarg.h>
#include <stdio.h>

/* The grammar, as read here (level 0 and 1 in full, of level 2 what the header names):
 *
 *   edtf     = "?" | date | interval | set
 *   interval = end "/" end            not both without a date
 *   end      = date-without-time | ".." | ""
 *   set      = ("[" | "{") member *("," member) ("]" | "}")
 *   member   = date | date ".." date | ".." date | date ".."
 *   date     = year ["-" month ["-" day]] [qualifier] | day "T" time | "Y" long-year [qualifier]
 *
 * One cursor walks the text; every failure says what stood at the place and how to write it. */
typedef struct cursor {
    sk_ctx *cx;
    sk_str all;
    size_t at;
} cursor;

/* --- the calendar ----------------------------------------------------------------------------- */

static const unsigned char month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

unsigned sk_days_in_month(int64_t year, unsigned month)
{
    sk_assert(month >= 1 && month <= 12);
    return month_days[month - 1] + (unsigned)(month == 2 && is_leap(year));
}

bool sk_day_is_valid(int64_t year, unsigned month, unsigned day)
{
    return year >= -999999999999 && year <= 999999999999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= sk_days_in_month(year, month);
}

/* Counting in years that begin in March puts the leap day last, and 400 such years always have
 * 146097 days. Day 719468 of that count is 1970-01-01. */
int64_t sk_day_from_date(int64_t year, unsigned month, unsigned day)
{
    sk_assert(month >= 1 && month <= 12 && day >= 1 && day <= 31);
    int64_t y = year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (int64_t)((month + 9) % 12) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

void sk_day_to_date(int64_t day_number, int64_t *ret_year, unsigned *ret_month, unsigned *ret_day)
{
    int64_t d = day_number + 719468;
    int64_t era = (d >= 0 ? d : d - 146096) / 146097;
    int64_t day_of_era = d - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153; /* 0 is March */
    *ret_day = (unsigned)(day_of_year - (153 * month + 2) / 5 + 1);
    *ret_month = (unsigned)(month < 10 ? month + 3 : month - 9);
    *ret_year = year_of_era + era * 400 + (*ret_month <= 2);
}

unsigned sk_day_weekday(int64_t day_number)
{
    return (unsigned)(((day_number + 3) % 7 + 7) % 7) + 1; /* day 0 was a Thursday */
}

/* --- the days a date may fall on -------------------------------------------------------------- */

/* First and last month of a month code; winter ends in February of the next year (month 14). */
static void months_of(unsigned code, unsigned *ret_first, unsigned *ret_last)
{
    unsigned first = code, length = 1;
    if (code == 0)
        first = 1, length = 12;
    else if (code >= 21 && code <= 24)
        first = (code - 20) * 3, length = 3;
    else if (code >= 33 && code <= 36)
        first = (code - 33) * 3 + 1, length = 3;
    else if (code >= 40)
        first = (code - 40) * 6 + 1, length = 6;
    *ret_first = first;
    *ret_last = first + length - 1;
}

static int64_t earliest_of(const sk_edtf_point *p)
{
    unsigned first, last;
    months_of(p->month, &first, &last);
    return sk_day_from_date(p->year, first, p->day ? p->day : 1);
}

static int64_t latest_of(const sk_edtf_point *p)
{
    static const int64_t unknown_years[] = {0, 9, 99};
    unsigned first, last;
    int64_t year = p->year + unknown_years[p->year_x];
    if (p->day)
        return sk_day_from_date(year, p->month, p->day);
    months_of(p->month, &first, &last);
    year += last > 12;
    last = last > 12 ? last - 12 : last;
    return sk_day_from_date(year, last, sk_days_in_month(year, last));
}

static sk_edtf_precision precision_of(const sk_edtf_point *p)
{
    if (p->hour >= 0)
        return SK_EDTF_TIME;
    if (p->day)
        return SK_EDTF_DAY;
    if (p->month >= 40)
        return SK_EDTF_HALF;
    if (p->month > 12)
        return SK_EDTF_SEASON;
    if (p->month)
        return SK_EDTF_MONTH;
    return p->year_x == 2 ? SK_EDTF_CENTURY : p->year_x == 1 ? SK_EDTF_DECADE : SK_EDTF_YEAR;
}

/* --- reading ---------------------------------------------------------------------------------- */

SK_PRINTF(2, 3)
static sk_rc fail(cursor *c, const char *fmt, ...)
{
    char why[300];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(why, sizeof why, fmt, ap);
    va_end(ap);
    return sk_fail(c->cx, SK_E_FORMAT, "date \"%.*s\": %s", SK_P(c->all), why);
}

static char peek(const cursor *c)
{
    return c->at < c->all.n ? c->all.p[c->at] : '\0';
}

static bool accept(cursor *c, char ch)
{
    if (peek(c) != ch || c->at >= c->all.n)
        return false;
    c->at++;
    return true;
}

static bool is_digit(char ch)
{
    return ch >= '0' && ch <= '9';
}

static size_t digits_ahead(const cursor *c)
{
    size_t n = 0;
    while (c->at + n < c->all.n && is_digit(c->all.p[c->at + n]))
        n++;
    return n;
}

/* Two digits; the caller has seen that they are there. */
static unsigned take_two(cursor *c)
{
    unsigned v = (unsigned)(c->all.p[c->at] - '0') * 10 + (unsigned)(c->all.p[c->at + 1] - '0');
    c->at += 2;
    return v;
}

static bool accept_xx(cursor *c)
{
    if (c->all.n - c->at < 2 || c->all.p[c->at] != 'X' || c->all.p[c->at + 1] != 'X')
        return false;
    c->at += 2;
    return true;
}

static sk_rc read_long_year(cursor *c, sk_edtf_point *p)
{
    bool minus = accept(c, '-');
    size_t n = digits_ahead(c);
    if (n < 5 || peek(c) == '0')
        return fail(c, "Y stands before years of five digits or more, such as Y-17000; write a "
                       "shorter year with four digits and no Y");
    if (n > 12)
        return fail(c, "years have at most 12 digits");
    for (size_t i = 0; i < n; i++)
        p->year = p->year * 10 + (c->all.p[c->at++] - '0');
    p->year = minus ? -p->year : p->year;
    if (peek(c) == '-' || peek(c) == 'E' || peek(c) == 'S')
        return fail(c, "nothing may follow a Y-year but ? ~ or %%");
    return SK_OK;
}

static sk_rc read_year(cursor *c, sk_edtf_point *p)
{
    if (accept(c, 'Y'))
        return read_long_year(c, p);
    bool minus = accept(c, '-');
    size_t n = digits_ahead(c), x = 0;
    while (x < 3 && c->at + n + x < c->all.n && c->all.p[c->at + n + x] == 'X')
        x++;
    if (n > 4)
        return fail(c, "a year has four digits; a longer one is written Y%s%.*s", minus ? "-" : "",
                    (int)(n < 20 ? n : 20), c->all.p + c->at);
    if (n + x != 4 || x > 2)
        return fail(c, "a year has four digits, of which the last one or two may be X, such as "
                       "1978, 197X or 19XX");
    for (size_t i = 0; i < 4; i++, c->at++)
        p->year = p->year * 10 + (i < n ? c->all.p[c->at] - '0' : 0);
    if (minus && (p->year == 0 || x))
        return fail(c, x ? "X is not used in years before 0000" : "write the year 0 as 0000");
    p->year = minus ? -p->year : p->year;
    p->year_x = (uint8_t)x;
    return SK_OK;
}

static bool is_month_code(unsigned m)
{
    return (m >= 1 && m <= 12) || (m >= 21 && m <= 24) || (m >= 33 && m <= 36) || m == 40 ||
           m == 41;
}

static sk_rc read_month(cursor *c, sk_edtf_point *p)
{
    if (p->year_x)
        return fail(c, "a month needs a year without X");
    if (accept_xx(c)) {
        p->month_x = true;
        return SK_OK;
    }
    if (digits_ahead(c) != 2)
        return fail(c, "behind the year comes a month of two digits, such as 1978-06, or XX");
    unsigned month = take_two(c);
    if (!is_month_code(month))
        return fail(c,
                    "there is no month %02u; months are 01 to 12, seasons 21 to 24, quarters 33 to "
                    "36, halves 40 and 41",
                    month);
    p->month = (uint8_t)month;
    return SK_OK;
}

static sk_rc read_day(cursor *c, sk_edtf_point *p)
{
    if (p->month > 12)
        return fail(c, "a season, quarter or half has no days");
    if (accept_xx(c)) {
        p->day_x = true;
        return SK_OK;
    }
    if (p->month_x)
        return fail(c, "a day needs its month; with both unknown write %04lld-XX-XX",
                    (long long)p->year);
    if (digits_ahead(c) != 2)
        return fail(c, "behind the month comes a day of two digits, such as 1978-06-07, or XX");
    unsigned day = take_two(c);
    if (!sk_day_is_valid(p->year, p->month, day))
        return fail(c, "there is no day %02u in that month", day);
    p->day = (uint8_t)day;
    return SK_OK;
}

static sk_rc read_zone(cursor *c, sk_edtf_point *p)
{
    p->has_zone = true;
    if (accept(c, 'Z'))
        return SK_OK;
    bool minus = peek(c) == '-';
    if (!minus && peek(c) != '+') {
        p->has_zone = false;
        return SK_OK;
    }
    c->at++;
    unsigned hours = digits_ahead(c) == 2 ? take_two(c) : 99, minutes = 0;
    if (accept(c, ':'))
        minutes = digits_ahead(c) == 2 ? take_two(c) : 99;
    if (hours > 14 || minutes > 59 || (minus && hours == 0 && minutes == 0))
        return fail(c, "an offset from UTC is written Z, +09:00 or -05:00");
    int offset = (int)(hours * 60 + minutes);
    p->zone_minutes = (int16_t)(minus ? -offset : offset);
    return SK_OK;
}

static sk_rc read_time(cursor *c, sk_edtf_point *p)
{
    static const char *const how = "a time of day is written T23:20 or T23:20:30, then Z or +09:00";
    if (!p->day)
        return fail(c, "a time of day needs a whole date, such as 1985-04-12T23:20:30");
    unsigned hour = digits_ahead(c) == 2 ? take_two(c) : 99;
    if (hour > 23 || !accept(c, ':') || digits_ahead(c) != 2)
        return fail(c, "%s", how);
    unsigned minute = take_two(c);
    p->hour = (int8_t)hour;
    p->minute = (int8_t)minute;
    if (accept(c, ':')) {
        unsigned second = digits_ahead(c) == 2 ? take_two(c) : 99;
        if (second > 59)
            return fail(c, "%s", how);
        p->second = (int8_t)second;
    }
    if (minute > 59)
        return fail(c, "%s", how);
    return read_zone(c, p);
}

static void read_qualifier(cursor *c, sk_edtf_point *p)
{
    char q = peek(c);
    if (q != '?' && q != '~' && q != '%')
        return;
    c->at++;
    p->uncertain = q != '~';
    p->approximate = q != '?';
}

static sk_rc read_point(cursor *c, bool may_have_time, sk_edtf_point *ret_point)
{
    sk_edtf_point p = {.hour = -1, .minute = -1, .second = -1};
    if (peek(c) == '?' || peek(c) == '~' || peek(c) == '%')
        return fail(c, "write ? ~ or %% behind the whole date, such as 1978-06~");
    bool is_long = peek(c) == 'Y';
    SK_TRY(read_year(c, &p));
    if (!is_long && accept(c, '-')) {
        SK_TRY(read_month(c, &p));
        if (accept(c, '-'))
            SK_TRY(read_day(c, &p));
    }
    if (peek(c) == 'T' && !may_have_time)
        return fail(c, "a time of day stands only behind a single date, not in an interval");
    if (accept(c, 'T'))
        SK_TRY(read_time(c, &p));
    else
        read_qualifier(c, &p);
    *ret_point = p;
    return SK_OK;
}

static sk_rc finish_part(cursor *c, sk_edtf_part *part)
{
    part->earliest = part->from_end == SK_EDTF_GIVEN ? earliest_of(&part->from) : INT64_MIN;
    part->latest = part->to_end == SK_EDTF_GIVEN ? latest_of(&part->to) : INT64_MAX;
    if (part->earliest > part->latest)
        return fail(c, "it ends before it starts; write the earlier date first");
    return SK_OK;
}

static bool accept_dots(cursor *c)
{
    if (c->all.n - c->at < 2 || c->all.p[c->at] != '.' || c->all.p[c->at + 1] != '.')
        return false;
    c->at += 2;
    return true;
}

/* One end of an interval; stop is what ends it ('/' or the end of the text). */
static sk_rc read_end(cursor *c, char stop, sk_edtf_end *ret_end, sk_edtf_point *ret_point)
{
    if (accept_dots(c))
        *ret_end = SK_EDTF_OPEN;
    else if (peek(c) == stop)
        *ret_end = SK_EDTF_END_UNKNOWN;
    else
        return read_point(c, false, ret_point);
    return SK_OK;
}

static sk_rc read_interval(cursor *c, sk_edtf_part *part)
{
    part->is_range = true;
    SK_TRY(read_end(c, '/', &part->from_end, &part->from));
    if (!accept(c, '/'))
        return fail(c, "\"%.*s\" is not part of a date", SK_P(sk_str_sub(c->all, c->at, 20)));
    SK_TRY(read_end(c, '\0', &part->to_end, &part->to));
    if (part->from_end != SK_EDTF_GIVEN && part->to_end != SK_EDTF_GIVEN)
        return fail(c, "an interval needs a date on one side; write ? for a date that is unknown");
    return finish_part(c, part);
}

static sk_rc read_member(cursor *c, sk_edtf_part *part)
{
    *part = (sk_edtf_part){0};
    if (accept_dots(c)) {
        part->is_range = true;
        part->from_end = SK_EDTF_OPEN;
        SK_TRY(read_point(c, false, &part->to));
        return finish_part(c, part);
    }
    SK_TRY(read_point(c, false, &part->from));
    part->to = part->from;
    if (accept_dots(c)) {
        part->is_range = true;
        if (peek(c) == ',' || peek(c) == ']' || peek(c) == '}')
            part->to_end = SK_EDTF_OPEN;
        else
            SK_TRY(read_point(c, false, &part->to));
    }
    return finish_part(c, part);
}

static sk_rc read_set(cursor *c, char close, sk_edtf_part **ret_parts, size_t *ret_n)
{
    size_t n = 0, cap = 4;
    sk_edtf_part *parts = sk_new_array(&c->cx->arena, sk_edtf_part, cap);
    c->at++;
    do {
        if (n == SK_LIM_EDTF_SET)
            return sk_fail(c->cx, SK_E_LIMIT, "date \"%.*s\": a set has at most %d members",
                           SK_P(c->all), SK_LIM_EDTF_SET);
        SK_GROW(&c->cx->arena, parts, n, cap);
        SK_TRY(read_member(c, &parts[n++]));
    } while (accept(c, ','));
    if (!accept(c, close))
        return fail(c, "members of a set are separated by commas, without blanks, and end in %c",
                    close);
    if (n == 1 && !parts[0].is_range)
        return fail(c, "a set of one date is that date; write it without brackets");
    *ret_parts = parts;
    *ret_n = n;
    return SK_OK;
}

/* --- the canonical text ----------------------------------------------------------------------- */

/* Only an offset has two spellings (+04, +04:00, and +00:00 for Z); the rest is as it was read. */
static sk_str canonical(sk_ctx *cx, sk_str s, const sk_edtf_point *p)
{
    if (p->hour < 0 || !p->has_zone)
        return sk_str_copy(&cx->arena, s);
    size_t t = sk_str_find(s, SK_S("T"));
    sk_str head = sk_str_sub(s, 0, t + (p->second >= 0 ? 9 : 6));
    if (p->zone_minutes == 0)
        return sk_fmt(&cx->arena, "%.*sZ", SK_P(head));
    int offset = p->zone_minutes < 0 ? -p->zone_minutes : p->zone_minutes;
    return sk_fmt(&cx->arena, "%.*s%c%02d:%02d", SK_P(head), p->zone_minutes < 0 ? '-' : '+',
                  offset / 60, offset % 60);
}

/* Everything that follows from the parts. */
static void summarise(sk_edtf *e)
{
    e->earliest = INT64_MAX;
    e->latest = INT64_MIN;
    e->precision = SK_EDTF_TIME;
    for (size_t i = 0; i < e->n_parts; i++) {
        const sk_edtf_part *part = &e->parts[i];
        const sk_edtf_point *points[] = {
            part->from_end == SK_EDTF_GIVEN ? &part->from : NULL,
            part->to_end == SK_EDTF_GIVEN ? &part->to : NULL,
        };
        for (size_t k = 0; k < 2; k++) {
            if (!points[k])
                continue;
            e->approximate = e->approximate || points[k]->approximate;
            e->uncertain = e->uncertain || points[k]->uncertain;
            if (precision_of(points[k]) > e->precision)
                e->precision = precision_of(points[k]);
        }
        if (part->earliest < e->earliest)
            e->earliest = part->earliest;
        if (part->latest > e->latest)
            e->latest = part->latest;
    }
}

static sk_rc check_text(cursor *c)
{
    if (c->all.n == 0)
        return sk_fail(c->cx, SK_E_FORMAT, "the date is empty; write ? for a date that is unknown");
    if (c->all.n > SK_LIM_EDTF_BYTES)
        return sk_fail(c->cx, SK_E_LIMIT, "date \"%.*s...\" is longer than %d bytes",
                       SK_P(sk_str_sub(c->all, 0, 40)), SK_LIM_EDTF_BYTES);
    for (size_t i = 0; i < c->all.n; i++) {
        char ch = c->all.p[i];
        if (ch == ' ')
            return fail(c, "a date has no blanks; write 1978-06~ for around June 1978");
        if (ch < 0x21 || ch > 0x7E)
            return sk_fail(c->cx, SK_E_FORMAT,
                           "the date has a character at byte %zu that does not "
                           "belong in one; write 1978-06~ for around June 1978",
                           i);
    }
    return SK_OK;
}

sk_rc sk_edtf_parse(sk_ctx *cx, sk_str s, sk_edtf *ret_edtf)
{
    cursor c = {cx, s, 0};
    SK_TRY(check_text(&c));
    if (sk_str_is(s, "?")) {
        *ret_edtf = (sk_edtf){.precision = SK_EDTF_NO_PRECISION,
                              .earliest = INT64_MIN,
                              .latest = INT64_MAX,
                              .text = SK_S("?")};
        return SK_OK;
    }
    sk_edtf e = {.kind = SK_EDTF_DATE, .n_parts = 1};
    sk_edtf_part *parts = sk_new(&cx->arena, sk_edtf_part);
    if (peek(&c) == '[' || peek(&c) == '{') {
        e.kind = peek(&c) == '[' ? SK_EDTF_ONE_OF : SK_EDTF_ALL_OF;
        SK_TRY(read_set(&c, peek(&c) == '[' ? ']' : '}', &parts, &e.n_parts));
    } else if (sk_str_find(s, SK_S("/")) != SIZE_MAX) {
        e.kind = SK_EDTF_INTERVAL;
        SK_TRY(read_interval(&c, parts));
    } else {
        SK_TRY(read_point(&c, true, &parts->from));
        parts->to = parts->from;
        SK_TRY(finish_part(&c, parts));
    }
    if (c.at != s.n)
        return fail(&c, "\"%.*s\" does not belong behind a date", SK_P(sk_str_sub(s, c.at, 20)));
    e.parts = parts;
    summarise(&e);
    e.text = canonical(cx, s, &parts->from);
    *ret_edtf = e;
    return SK_OK;
}

bool sk_edtf_is_plain(sk_str s)
{
    if (s.n != 4 && s.n != 7 && s.n != 10)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (i == 4 || i == 7 ? s.p[i] != '-' : !is_digit(s.p[i]))
            return false;
    unsigned month = s.n > 4 ? (unsigned)(s.p[5] - '0') * 10 + (unsigned)(s.p[6] - '0') : 1;
    unsigned day = s.n > 7 ? (unsigned)(s.p[8] - '0') * 10 + (unsigned)(s.p[9] - '0') : 1;
    int64_t year =
        (s.p[0] - '0') * 1000 + (s.p[1] - '0') * 100 + (s.p[2] - '0') * 10 + s.p[3] - '0';
    return sk_day_is_valid(year, month, day);
}

bool sk_edtf_is_exact_day(const sk_edtf *e)
{
    return e->kind == SK_EDTF_DATE && e->precision <= SK_EDTF_DAY && !e->approximate &&
           !e->uncertain;
}
