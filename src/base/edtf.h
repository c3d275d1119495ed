/* Dates that say no more than the source says: EDTF, the profile of ISO 8601-2.
 *
 *   2023-10-09   1978-06   1978-06~   197X   2004-XX   1984?   1953/1978   2024/..   1984/
 *   1978-21 (spring)   2023-33 (first quarter)   2023-40 (first half)   Y-17000   ?
 *   [1977,1978] one of   {2007,2010} all of   [..1983] 1983 or earlier   2024-06-12T10:00:00+09:00
 *
 * Level 0 and level 1 are read whole; from level 2 come sets, quarters (33 to 36) and halves (40,
 * 41). Two things go beyond the standard and are marked so in docs: a sole "?" is a date that is
 * unknown, and a time of day may stop at the minute (nobody shall invent seconds).
 *
 * Days are counted in the proleptic Gregorian calendar with 1970-01-01 as day 0; "year 0" is 1 BC.
 * A date stands for the days it may fall on, earliest to latest, both included. An end that is
 * open or unknown is INT64_MIN or INT64_MAX. Spring is March to May, and so on by the northern
 * seasons; winter is December to February of the next year.
 *
 * This is not a calendar of eras or of time zones: a day is the day as written where it was
 * written. What a person wrote ("around June 1978") is kept by the caller beside the sk_edtf.
 *
 * Invariants: earliest <= latest; text is canonical (parsing text gives an equal value with the
 * same text); n_parts >= 1 except for an unknown date; pointers live in the arena that parsed it.
 * Threads: values are read-only once made.
 * Source: ISO 8601-2:2019 clauses 4 to 12 and the Library of Congress EDTF page; tested in
 * tests/unit/base/t_edtf.c, t_edtf_words.c and by tests/fuzz/f_edtf.c. */
#ifndef SK_BASE_EDTF_H
#define SK_BASE_EDTF_H

#include "base/ctx.h"
#include "base/lang.h"

typedef enum sk_edtf_kind {
    SK_EDTF_UNKNOWN,  /* "?": there is a date, nobody knows it     */
    SK_EDTF_DATE,     /* one date of any precision                 */
    SK_EDTF_INTERVAL, /* from .. to, either end open or unknown    */
    SK_EDTF_ONE_OF,   /* [..] one of these                         */
    SK_EDTF_ALL_OF    /* {..} every one of these                   */
} sk_edtf_kind;

/* From fine to coarse; a larger value is coarser. */
typedef enum sk_edtf_precision {
    SK_EDTF_TIME,
    SK_EDTF_DAY,
    SK_EDTF_MONTH,
    SK_EDTF_SEASON, /* a season or a quarter of a year */
    SK_EDTF_HALF,   /* of a year                       */
    SK_EDTF_YEAR,
    SK_EDTF_DECADE,
    SK_EDTF_CENTURY,
    SK_EDTF_NO_PRECISION /* of an unknown date */
} sk_edtf_precision;

/* One date as written. month is 0 (none), 1-12, 21-24, 33-36, 40 or 41; day is 0 (none) or 1-31. */
typedef struct sk_edtf_point {
    int64_t year;   /* astronomical: 0 is 1 BC; X digits count as 0      */
    uint8_t year_x; /* how many last digits of the year are X: 0, 1, 2   */
    uint8_t month, day;
    bool month_x, day_x;         /* written XX: month (then day_x too or no day), day */
    bool approximate;            /* ~ or %                                            */
    bool uncertain;              /* ? or %                                            */
    int8_t hour, minute, second; /* -1 where not given                             */
    bool has_zone;               /* Z or an offset was given                          */
    int16_t zone_minutes;        /* east of UTC                                       */
} sk_edtf_point;

typedef enum sk_edtf_end { SK_EDTF_GIVEN, SK_EDTF_OPEN, SK_EDTF_END_UNKNOWN } sk_edtf_end;

/* One stretch of days: a date (from == to), an interval, or a member of a set (a..b, ..b, a..). */
typedef struct sk_edtf_part {
    sk_edtf_end from_end, to_end;
    sk_edtf_point from, to; /* meaningful where the end is GIVEN */
    bool is_range;          /* written with two ends             */
    int64_t earliest, latest;
} sk_edtf_part;

typedef struct sk_edtf {
    sk_edtf_kind kind;
    sk_edtf_precision precision; /* of the coarsest date in it                              */
    bool approximate, uncertain; /* any date in it is                                       */
    int64_t earliest, latest;    /* of all parts; INT64_MIN, INT64_MAX where open or unknown */
    sk_str text;                 /* canonical EDTF; for an unknown date "?"                 */
    const sk_edtf_part *parts;
    size_t n_parts;
} sk_edtf;

/* Read an EDTF expression, strictly: no blanks, no other notations.
 * s      at most SK_LIM_EDTF_BYTES
 * Ownership: ret_edtf's pointers live in cx's arena.
 * Errors: SK_E_FORMAT with what is wrong and how to write it; SK_E_LIMIT for length or members. */
SK_MUST_USE sk_rc sk_edtf_parse(sk_ctx *cx, sk_str s, sk_edtf *ret_edtf);

/* True for 1978, 1978-06 and 1978-06-07 when there is such a day: what sk_edtf_parse gives back as it
 * is. Most dates are; this costs a few comparisons. */
bool sk_edtf_is_plain(sk_str s);

/* The total order for timelines: -1, 0, 1; 0 only for equal text.
 * By earliest day, then latest day (so the narrower stands first), then time of day in UTC (a day
 * with a time before the bare day), then precision, then certain before doubtful, then text.
 * `1978-06~` is before `1978-07-07`; open starts come first, unknown dates last. */
int sk_edtf_cmp(const sk_edtf *a, const sk_edtf *b);

/* A stretch of days, both ends included. */
typedef struct sk_days {
    int64_t earliest, latest;
} sk_days;

/* Can a and b share a day? As written, without widening; an unknown or open end reaches for ever;
 * sets count by their members; an unknown date shares nothing (list those apart). Sums and ledgers
 * use this. Cost: members of a times members of b. */
bool sk_edtf_overlaps(const sk_edtf *a, const sk_edtf *b);

/* The same for searching by people: approximate dates of both are widened on each side by
 * 3 days (day, time), 15 days (month), 30 days (season, quarter, half), 365 days (year),
 * 730 days (decade) or 3652 days (century); a season also by 30 days for other calendars, and
 * winter reaches back to 1 January of its year, since people name it by either year.
 * "around June 1978" is found by June and by early July 1978 and not by 1977. */
bool sk_edtf_overlaps_loosely(const sk_edtf *a, const sk_edtf *b);

/* True when every day of a certainly lies in b (each part of a inside one part of b, as written).
 * False when either is unknown, or where an open or unknown end of a is not covered by b. */
bool sk_edtf_is_within(const sk_edtf *a, const sk_edtf *b);

/* The hull as written, and the widened one described above: what an index stores. */
sk_days sk_edtf_days(const sk_edtf *e);
sk_days sk_edtf_loose_days(const sk_edtf *e);

/* True for one certain day: not approximate, not uncertain, no X; a time of day is allowed. */
bool sk_edtf_is_exact_day(const sk_edtf *e);

/* For people: "around June 1978", "1970s", "9 October 2023", "from 2024, open", "1978년 6월경",
 * "date unknown". What this makes is read back by sk_edtf_from_words to the same value in both
 * languages (tested), except for years beyond 9999. In the arena. */
sk_str sk_edtf_format(sk_arena *a, const sk_edtf *e, sk_lang lang);

/* Understand a date in the words of people, in English, Korean, Japanese or Chinese: "19 September
 * 1977", "around June 1978", "mid June 1980", "1970s and 1980s", "before 1984", "between 1953 and
 * 1978", "by the end of 2019", "2023년 10월 9일", "1978년 6월경", "昭和53年7月7日", "二〇二三年十月".
 * EDTF itself is accepted too. A weekday or a part of the day (evening, 밤) beside a day is passed
 * over; see sk_weekday_check.
 * Nothing is guessed: no year, a year of two digits, a number that could be day or month, or a word
 * that is not known give SK_E_FORMAT with the reason. Conventions: parts of a month are its thirds
 * (mid June = 1980-06-11~/1980-06-20~); "before 1984" is [..1983], "by 1984" [..1984], "since 1984"
 * 1984/.., "until 1984" ../1984, "between a and b" a/b, "a or b" [a,b], "a and b" {a,b}. */
SK_MUST_USE sk_rc sk_edtf_from_words(sk_ctx *cx, sk_str words, sk_edtf *ret_edtf);

typedef enum sk_weekday_fit {
    SK_WEEKDAY_NONE, /* the words name no weekday                                       */
    SK_WEEKDAY_FITS,
    SK_WEEKDAY_WRONG, /* the date has no such weekday                                    */
    SK_WEEKDAY_UNSURE /* a weekday is named, and the date is too vague to check it        */
} sk_weekday_fit;

/* Does a weekday named in the words fit the date? Known: English (whole words; abbreviations only
 * beside a number, month or bracket, so "Kim Sun-hui" is no Sunday), Korean 월요일 (월), Japanese
 * 月曜日 月曜 (月), Chinese 星期二 周二 週二 禮拜二. With several named, one that fits is enough.
 * Dates of up to six certain days are checked against each of their days.
 * ret_warning   on SK_WEEKDAY_WRONG a sentence in a: "Tuesday" does not fit 2024-06-12, which was a
 *               Wednesday; untouched otherwise; may be NULL */
sk_weekday_fit sk_weekday_check(sk_arena *a, sk_str words, const sk_edtf *e, sk_str *ret_warning);

/* Calendar arithmetic. Years up to 999999999999 either side of 0. */
bool sk_day_is_valid(int64_t year, unsigned month, unsigned day);
unsigned sk_days_in_month(int64_t year, unsigned month);
int64_t sk_day_from_date(int64_t year, unsigned month, unsigned day);
void sk_day_to_date(int64_t day_number, int64_t *ret_year, unsigned *ret_month, unsigned *ret_day);

/* 1 Monday to 7 Sunday, as in ISO 8601. */
unsigned sk_day_weekday(int64_t day_number);
sk_str sk_weekday_name(unsigned weekday, sk_lang lang);

#endif
