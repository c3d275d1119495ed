/* One date in the words of people, out of the words that edtf_lexicon.c has cut.
 *
 * Each form is a function that either reads its whole form and says true, or says false; the caller
 * puts the walk back. What a date could mean in two ways is not read; the hint says why. */
#include "base/edtf_words.h"

static bool give_up(sk_word_walk *w, const char *hint)
{
    if (!w->hint)
        w->hint = hint;
    return false;
}

/* A number of least to most digits stands here: take it. */
static bool accept_number(sk_word_walk *w, unsigned least, unsigned most, int64_t *ret_value)
{
    const sk_word *word = &w->words[w->at];
    if (word->kind != SK_W_NUMBER || word->digits < least || word->digits > most)
        return false;
    *ret_value = word->value;
    w->at++;
    return true;
}

static bool set_year(sk_spoken *d, int64_t year)
{
    d->p.year = year;
    d->has_year = true;
    return true;
}

/* "1978", "AD 987", "45 BC", "기원전 45" */
static bool read_year(sk_word_walk *w, sk_spoken *d)
{
    int64_t n;
    if (sk_walk_peek(w, 0) == SK_W_APOSTROPHE)
        return give_up(w, "a year of two digits could be in any century; write four");
    if (sk_walk_accept(w, SK_W_BC_BEFORE))
        return accept_number(w, 1, 4, &n) && n && set_year(d, 1 - n);
    if (sk_walk_accept(w, SK_W_AD))
        return accept_number(w, 1, 4, &n) && n && set_year(d, n);
    if (!accept_number(w, 1, 4, &n) || !n)
        return false;
    unsigned digits = w->words[w->at - 1].digits;
    if (sk_walk_accept(w, SK_W_BC))
        return set_year(d, 1 - n);
    if (sk_walk_accept(w, SK_W_AD) || digits == 4)
        return set_year(d, n);
    return false;
}

static bool set_month(sk_word_walk *w, sk_spoken *d, int64_t month)
{
    if (month < 1 || month > 12)
        return give_up(w, "months are 1 to 12");
    d->p.month = (uint8_t)month;
    return true;
}

static bool set_day(sk_word_walk *w, sk_spoken *d, int64_t day)
{
    if (day < 1 || day > 31)
        return give_up(w, "days are 1 to 31");
    d->p.day = (uint8_t)day;
    return true;
}

/* --- East Asian forms: year, month, day with their marks ------------------------------------- */

/* In brackets behind a year of an era, the same year in the common count: 昭和53年(1978年). */
static bool check_other_count(sk_word_walk *w, const sk_spoken *d)
{
    int64_t n;
    if (sk_walk_peek(w, 0) != SK_W_OPENING || sk_walk_peek(w, 1) != SK_W_NUMBER ||
        w->words[w->at + 1].digits != 4)
        return true;
    w->at++;
    accept_number(w, 4, 4, &n);
    sk_walk_accept(w, SK_W_YEAR_MARK);
    if (!sk_walk_accept(w, SK_W_CLOSING))
        return false;
    return n == d->p.year ||
           give_up(w, "the year of the era and the year in brackets are not the same");
}

/* 昭和53年, 주체112(2023)년, Juche 112 */
static bool read_era_year(sk_word_walk *w, sk_spoken *d)
{
    int64_t base = w->words[w->at++].value, n;
    if (!accept_number(w, 1, 3, &n) || n < 1 || n > 130)
        return false;
    set_year(d, base + n);
    if (!check_other_count(w, d))
        return false;
    sk_walk_accept(w, SK_W_YEAR_MARK);
    return check_other_count(w, d);
}

/* Behind 1970년대: ten years, unless brackets say a hundred; a full century needs the brackets. */
static bool read_decade_length(sk_word_walk *w, sk_spoken *d, int64_t year)
{
    int64_t length = 10;
    bool is_said = sk_walk_peek(w, 0) == SK_W_OPENING && sk_walk_peek(w, 1) == SK_W_NUMBER &&
                   sk_walk_peek(w, 2) == SK_W_YEAR_MARK && sk_walk_peek(w, 3) == SK_W_CLOSING;
    if (is_said) {
        length = w->words[w->at + 1].value;
        w->at += 4;
    }
    if (!is_said && year % 10 == 0 && !sk_is_plain_decade(year))
        return give_up(w, "this could be ten years or a hundred; write 190X or 19XX");
    if ((length != 10 && length != 100) || year % length)
        return give_up(w, "a decade is written 1970년대 or 1970年代");
    d->p.year_x = length == 100 ? 2 : 1;
    return set_year(d, year);
}

static bool read_marked_year(sk_word_walk *w, sk_spoken *d)
{
    int64_t n;
    if (sk_walk_peek(w, 0) == SK_W_ERA)
        return read_era_year(w, d);
    bool is_bc = sk_walk_accept(w, SK_W_BC_BEFORE);
    bool is_ad = !is_bc && sk_walk_accept(w, SK_W_AD);
    if (!accept_number(w, 1, 4, &n))
        return false;
    unsigned digits = w->words[w->at - 1].digits;
    bool is_decade = sk_walk_accept(w, SK_W_DECADE_MARK);
    if (!is_decade && !sk_walk_accept(w, SK_W_YEAR_MARK))
        return false;
    if (n == 0 && !is_decade)
        return false;
    if (digits < 3 && !is_bc && !is_ad && sk_walk_peek(w, 0) != SK_W_OPENING)
        return give_up(w, "a year of two digits could be in any century; write four");
    if (is_decade)
        return !is_bc && read_decade_length(w, d, n);
    return set_year(d, is_bc ? 1 - n : n);
}

/* What may follow a marked year: a season, a half, a quarter, a month with or without a day. */
static bool read_within_marked_year(sk_word_walk *w, sk_spoken *d)
{
    int64_t n;
    sk_word here = w->words[w->at];
    if (here.kind == SK_W_SEASON || here.kind == SK_W_HALF_NAME || here.kind == SK_W_QUARTER_NAME) {
        static const int first_code[] = {0, 39, 32};
        int code = (int)here.value + first_code[here.kind == SK_W_HALF_NAME      ? 1
                                                : here.kind == SK_W_QUARTER_NAME ? 2
                                                                                 : 0];
        d->p.month = (uint8_t)code;
        w->at++;
        return true;
    }
    if (!accept_number(w, 1, 2, &n))
        return true; /* a year alone */
    if (sk_walk_accept(w, SK_W_QUARTER)) {
        d->p.month = (uint8_t)(32 + n);
        return (n >= 1 && n <= 4) || give_up(w, "quarters are 1 to 4");
    }
    if (!sk_walk_accept(w, SK_W_MONTH_MARK)) {
        w->at--;
        return true;
    }
    if (!set_month(w, d, n))
        return false;
    if (!accept_number(w, 1, 2, &n))
        return true;
    if (sk_walk_accept(w, SK_W_DAY_MARK))
        return set_day(w, d, n);
    w->at--;
    return true;
}

static bool read_marked(sk_word_walk *w, sk_spoken *d)
{
    return read_marked_year(w, d) && (d->p.year_x || read_within_marked_year(w, d));
}

/* "10월 9일", "9일": the year stands elsewhere in the phrase. */
static bool read_marked_without_year(sk_word_walk *w, sk_spoken *d)
{
    int64_t n;
    if (!accept_number(w, 1, 2, &n))
        return false;
    if (sk_walk_accept(w, SK_W_DAY_MARK))
        return set_day(w, d, n);
    if (!sk_walk_accept(w, SK_W_MONTH_MARK) || !set_month(w, d, n))
        return false;
    if (accept_number(w, 1, 2, &n)) {
        if (!sk_walk_accept(w, SK_W_DAY_MARK))
            return false;
        return set_day(w, d, n);
    }
    return true;
}

/* --- numeric forms ----------------------------------------------------------------------------- */

static bool accept_separator(sk_word_walk *w, sk_word_kind kind)
{
    return (kind == SK_W_DOT || kind == SK_W_SLASH || kind == SK_W_DASH) && sk_walk_accept(w, kind);
}

/* 2023-10-09, 2023. 10. 9., 2023/10; behind a dash or slash a lone number is a month up to 12. */
static bool read_year_first(sk_word_walk *w, sk_spoken *d)
{
    int64_t year, month, day;
    sk_word_kind separator = sk_walk_peek(w, 1);
    if (!accept_number(w, 4, 4, &year) || !year || !accept_separator(w, separator) ||
        !accept_number(w, 1, 2, &month) || month > 12)
        return false;
    set_year(d, year);
    if (!set_month(w, d, month))
        return false;
    size_t here = w->at;
    if (accept_separator(w, separator) && accept_number(w, 1, 2, &day)) {
        if (separator == SK_W_DOT)
            sk_walk_accept(w, SK_W_DOT);
        return set_day(w, d, day);
    }
    w->at = here;
    return w->words[w->at - 1].digits == 2 || separator != SK_W_DASH;
}

/* 25/12/2023, 12/25/2023: read only when the numbers leave no doubt. */
static bool read_year_last(sk_word_walk *w, sk_spoken *d)
{
    int64_t a, b, year;
    sk_word_kind separator = sk_walk_peek(w, 1);
    if (!accept_number(w, 1, 2, &a) || !accept_separator(w, separator) ||
        !accept_number(w, 1, 2, &b) || !accept_separator(w, separator))
        return false;
    if (!accept_number(w, 4, 4, &year))
        return give_up(w, "a year of two digits could be in any century; write four");
    if (a <= 12 && b <= 12 && a != b)
        return give_up(w, "which number is the day and which the month? write the month as a word, "
                          "or year-month-day");
    set_year(d, year);
    return set_month(w, d, a > 12 ? b : a) && set_day(w, d, a > 12 ? a : b);
}

/* --- English forms ----------------------------------------------------------------------------- */

static bool read_comma_year(sk_word_walk *w, sk_spoken *d)
{
    size_t here = w->at;
    sk_walk_accept(w, SK_W_COMMA);
    sk_walk_accept(w, SK_W_DASH);
    if (read_year(w, d))
        return true;
    w->at = here;
    return false;
}

/* "October 2013", "September 19, 1977", "Sept. 19", "June" */
static bool read_month_first(sk_word_walk *w, sk_spoken *d)
{
    int64_t n;
    if (sk_walk_peek(w, 0) != SK_W_MONTH_NAME)
        return false;
    set_month(w, d, w->words[w->at++].value);
    sk_walk_accept(w, SK_W_DOT);
    if (read_comma_year(w, d))
        return true;
    if (!accept_number(w, 1, 2, &n))
        return true;
    sk_walk_accept(w, SK_W_ORDINAL);
    read_comma_year(w, d);
    return set_day(w, d, n);
}

/* "19 September 1977", "the 3rd of June 1980", "9-Oct-2023", "15 October" */
static bool read_day_first(sk_word_walk *w, sk_spoken *d)
{
    int64_t n;
    if (!accept_number(w, 1, 2, &n))
        return false;
    sk_walk_accept(w, SK_W_ORDINAL);
    sk_walk_accept(w, SK_W_DASH);
    if (sk_walk_peek(w, 0) != SK_W_MONTH_NAME)
        return false;
    set_month(w, d, w->words[w->at++].value);
    sk_walk_accept(w, SK_W_DOT);
    read_comma_year(w, d);
    return set_day(w, d, n);
}

/* "1970s", "1970's"; 1900s could be a decade or a century. */
static bool read_decade(sk_word_walk *w, sk_spoken *d)
{
    int64_t n;
    if (!accept_number(w, 1, 4, &n))
        return false;
    unsigned digits = w->words[w->at - 1].digits;
    sk_walk_accept(w, SK_W_APOSTROPHE);
    if (!sk_walk_accept(w, SK_W_DECADE_S))
        return false;
    if (digits != 4)
        return give_up(w, "a year of two digits could be in any century; write four");
    if (!sk_is_plain_decade(n))
        return give_up(w, "this could be ten years or a hundred; write 190X or 19XX");
    d->p.year_x = 1;
    return n % 10 == 0 && set_year(d, n);
}

/* "years 1900–1999", "years 0–9": what sk_edtf_format makes of 19XX and 000X. */
static bool read_years(sk_word_walk *w, sk_spoken *d)
{
    int64_t a, b;
    if (!sk_walk_accept(w, SK_W_YEARS) || !accept_number(w, 1, 4, &a) ||
        !sk_walk_accept(w, SK_W_DASH) || !accept_number(w, 1, 4, &b))
        return false;
    d->p.year_x = b - a == 99 ? 2 : 1;
    return set_year(d, a) && ((b - a == 99 && a % 100 == 0) || (b - a == 9 && a % 10 == 0));
}

static bool accept_nth(sk_word_walk *w, int64_t *ret_n)
{
    if (sk_walk_peek(w, 0) == SK_W_NTH) {
        *ret_n = w->words[w->at++].value;
        return true;
    }
    return accept_number(w, 1, 2, ret_n) && (sk_walk_accept(w, SK_W_ORDINAL) || true);
}

/* "20th century": 1901 to 2000. */
static bool read_century(sk_word_walk *w, sk_spoken *d)
{
    int64_t n;
    if (!accept_nth(w, &n) || !sk_walk_accept(w, SK_W_CENTURY) || n < 1)
        return false;
    d->is_century = true;
    return set_year(d, sk_walk_accept(w, SK_W_BC) ? 1 - n * 100 : n * 100 - 99);
}

/* "first half of 1987", "second quarter of 2023", "Q1 2023", "2023 Q1" */
static bool read_part_of_year(sk_word_walk *w, sk_spoken *d)
{
    int64_t n;
    bool year_first = sk_walk_peek(w, 1) == SK_W_QUARTER && w->words[w->at].digits == 4;
    if (year_first && !read_year(w, d))
        return false;
    bool is_quarter = sk_walk_accept(w, SK_W_QUARTER);
    if (is_quarter ? !accept_number(w, 1, 1, &n) : !accept_nth(w, &n))
        return false;
    if (!is_quarter && sk_walk_accept(w, SK_W_QUARTER))
        is_quarter = true;
    else if (!is_quarter && !sk_walk_accept(w, SK_W_HALF))
        return false;
    if (n < 1 || n > (is_quarter ? 4 : 2))
        return false;
    d->p.month = (uint8_t)((is_quarter ? 32 : 39) + n);
    return year_first || read_comma_year(w, d);
}

static bool read_season(sk_word_walk *w, sk_spoken *d)
{
    if (sk_walk_peek(w, 0) != SK_W_SEASON)
        return false;
    d->p.month = (uint8_t)w->words[w->at++].value;
    read_comma_year(w, d); /* "summer and autumn 1978": the year may stand elsewhere */
    return true;
}

/* 20世纪70年代, 20世紀の70年代: a decade by its century. */
static bool read_decade_of_century(sk_word_walk *w, sk_spoken *d)
{
    int64_t century, decade;
    if (!accept_number(w, 1, 2, &century) || !sk_walk_accept(w, SK_W_CENTURY) ||
        !accept_number(w, 2, 2, &decade) || !sk_walk_accept(w, SK_W_DECADE_MARK))
        return false;
    d->p.year_x = 1;
    return century > 0 && decade % 10 == 0 && set_year(d, (century - 1) * 100 + decade);
}

static bool read_bare_year(sk_word_walk *w, sk_spoken *d)
{
    return read_year(w, d);
}

/* "15" of "15 to 17 October": whether the phrase gives it a month shows later. */
static bool read_bare_day(sk_word_walk *w, sk_spoken *d)
{
    int64_t n;
    if (!accept_number(w, 1, 2, &n))
        return false;
    sk_walk_accept(w, SK_W_ORDINAL);
    return set_day(w, d, n);
}

/* --- what stands around a date ----------------------------------------------------------------- */

static bool accept_weekday(sk_word_walk *w)
{
    sk_word_kind inside = sk_walk_peek(w, 1);
    if (sk_walk_accept(w, SK_W_WEEKDAY)) {
        sk_walk_accept(w, SK_W_DOT);
        return true;
    }
    if (sk_walk_peek(w, 0) != SK_W_OPENING || sk_walk_peek(w, 2) != SK_W_CLOSING)
        return false;
    bool is_weekday = inside == SK_W_WEEKDAY || inside == SK_W_WEEKDAY_SIGN ||
                      inside == SK_W_MONTH_MARK || inside == SK_W_DAY_MARK;
    w->at += is_weekday ? 3 : 0;
    return is_weekday;
}

static void read_before(sk_word_walk *w, sk_spoken *d, bool *ret_has_day_part)
{
    for (;;) {
        if (sk_walk_accept(w, SK_W_ABOUT)) {
            d->p.approximate = true;
            sk_walk_accept(w, SK_W_DOT);
        } else if (sk_walk_accept(w, SK_W_MAYBE)) {
            d->p.uncertain = true;
        } else if (sk_walk_peek(w, 0) == SK_W_VAGUE && !d->vague) {
            d->vague = (sk_vague)w->words[w->at++].value;
            sk_walk_accept(w, SK_W_DASH);
        } else if (accept_weekday(w)) {
            sk_walk_accept(w, SK_W_COMMA);
        } else if (sk_walk_accept(w, SK_W_DAY_PART)) {
            *ret_has_day_part = true;
        } else {
            return;
        }
    }
}

/* ", day unknown": the date says itself what it leaves open. */
static bool read_unknown_part(sk_word_walk *w, sk_spoken *d)
{
    size_t here = w->at;
    sk_walk_accept(w, SK_W_COMMA);
    sk_word_kind what = sk_walk_peek(w, 0);
    w->at += what != SK_W_END;
    if (sk_walk_accept(w, SK_W_UNKNOWN) && d->has_year && !d->p.year_x && !d->p.day) {
        bool is_day = what == SK_W_DAY || what == SK_W_DAY_MARK;
        bool is_month = what == SK_W_MONTH || what == SK_W_MONTH_MARK || what == SK_W_MONTH_AND_DAY;
        if ((is_day && d->p.month >= 1 && d->p.month <= 12) || (is_month && !d->p.month)) {
            d->p.month_x = is_month;
            d->p.day_x = is_day || what == SK_W_MONTH_AND_DAY;
            return true;
        }
    }
    w->at = here;
    return false;
}

static void read_zone(sk_word_walk *w, sk_spoken *d)
{
    int64_t hours, minutes;
    if (sk_walk_peek(w, 0) != SK_W_ZONE)
        return;
    d->p.has_zone = true;
    d->p.zone_minutes = (int16_t)w->words[w->at++].value;
    size_t here = w->at;
    int sign = sk_walk_accept(w, SK_W_DASH) ? -1 : sk_walk_accept(w, SK_W_PLUS) ? 1 : 0;
    if (sign && accept_number(w, 2, 2, &hours) && sk_walk_accept(w, SK_W_COLON) &&
        accept_number(w, 2, 2, &minutes))
        d->p.zone_minutes = (int16_t)(sign * (hours * 60 + minutes));
    else
        w->at = here;
}

/* "23:20:30 UTC+09:00", "11:20 pm" behind a whole day. */
static bool read_time(sk_word_walk *w, sk_spoken *d)
{
    int64_t hour, minute, second = -1;
    size_t here = w->at;
    sk_walk_accept(w, SK_W_COMMA);
    bool ok = d->p.day && d->p.hour < 0 && accept_number(w, 1, 2, &hour) &&
              sk_walk_accept(w, SK_W_COLON) && accept_number(w, 2, 2, &minute);
    if (ok && sk_walk_accept(w, SK_W_COLON))
        ok = accept_number(w, 2, 2, &second);
    if (ok && sk_walk_peek(w, 0) == SK_W_AM_PM) {
        ok = hour >= 1 && hour <= 12;
        hour = hour % 12 + w->words[w->at++].value;
    }
    if (!ok) {
        w->at = here;
        return false;
    }
    d->p.hour = (int8_t)hour;
    d->p.minute = (int8_t)minute;
    d->p.second = (int8_t)second;
    read_zone(w, d);
    return true;
}

static bool read_doubt_in_brackets(sk_word_walk *w, sk_spoken *d)
{
    if (sk_walk_peek(w, 0) != SK_W_OPENING || sk_walk_peek(w, 1) != SK_W_MAYBE ||
        sk_walk_peek(w, 2) != SK_W_CLOSING)
        return false;
    d->p.uncertain = true;
    w->at += 3;
    return true;
}

static void read_behind(sk_word_walk *w, sk_spoken *d)
{
    for (;;) {
        size_t here = w->at;
        if (sk_walk_accept(w, SK_W_ABOUT_AFTER)) {
            d->p.approximate = true;
            continue;
        }
        if (sk_walk_peek(w, 0) == SK_W_VAGUE && !d->vague && sk_walk_peek(w, 1) != SK_W_UNKNOWN) {
            d->vague = (sk_vague)w->words[w->at++].value;
            continue;
        }
        if (d->p.day && sk_walk_accept(w, SK_W_DAY_PART))
            continue;
        if (read_doubt_in_brackets(w, d) || read_unknown_part(w, d) || read_time(w, d))
            continue;
        sk_walk_accept(w, SK_W_COMMA);
        if (accept_weekday(w))
            continue;
        w->at = here;
        return;
    }
}

bool sk_walk_date(sk_word_walk *w, sk_spoken *ret_date)
{
    static bool (*const forms[])(sk_word_walk *, sk_spoken *) = {
        read_marked,       read_marked_without_year,
        read_part_of_year, read_decade_of_century,
        read_century,      read_season,
        read_month_first,  read_day_first,
        read_decade,       read_years,
        read_year_first,   read_year_last,
        read_bare_year,    read_bare_day,
    };
    size_t start = w->at;
    sk_spoken before = {.p = {.hour = -1, .minute = -1, .second = -1}};
    bool has_day_part = false;
    read_before(w, &before, &has_day_part);
    size_t core = w->at;
    for (size_t i = 0; i < SK_COUNT(forms); i++) {
        sk_spoken d = before;
        w->at = core;
        if (!forms[i](w, &d) || (has_day_part && !d.p.day))
            continue;
        read_behind(w, &d);
        *ret_date = d;
        return true;
    }
    w->at = start;
    return false;
}
