/* Private to the passes for dates. */
#ifndef SK_READ_TIMES_H
#define SK_READ_TIMES_H

#include "read/numbers.h"
#include "read/reading_private.h"

/* Four digits from 1000 to 2199 at token i. */
bool sk_is_year(const sk_reader *x, int64_t i);

/* The entry of the time list whose phrase begins at token i ("month-5"); "" for none. */
const char *sk_time_id(const sk_reader *x, int64_t i);
/* Is that entry of this kind: "month", "unit", "rel"? */
bool sk_time_is(const sk_reader *x, int64_t i, const char *kind);
/* The token behind that phrase. */
int64_t sk_time_behind(const sk_reader *x, int64_t i);

/* The forms of dates that are written out; each returns behind the date, i when none begins at i.
 * The short numeric ones (4/22, 2016-11) look like other things, and are tried last. */
int64_t sk_times_explicit(const sk_reader *x, int64_t i);
int64_t sk_times_short_numeric(const sk_reader *x, int64_t i);

/* Parts of dates at token i, each returns behind it or i: "9", "9th", "second"; "Nov."; ", 2023". */
int64_t sk_times_day(const sk_reader *x, int64_t i);
int64_t sk_times_month(const sk_reader *x, int64_t i);
int64_t sk_times_year_behind(const sk_reader *x, int64_t i);

/* "nineteen seventy-eight", "two thousand and six": a year in words. */
int64_t sk_times_spoken_year(const sk_reader *x, int64_t i, int *ret_year);
/* The words of tokens first .. end, a year in words as digits. */
sk_str sk_times_words(sk_reader *x, int64_t first, int64_t end);

/* "from 9 to 12 May 2022": two days of one month; its value as an interval, empty without a year. */
int64_t sk_times_day_range(const sk_reader *x, int64_t i);
sk_str sk_times_day_range_value(sk_reader *x, int64_t first);

/* Join dates of the sentence that stand side by side and are one. */
void sk_times_join(sk_reader *x);

/* A date over tokens first .. end. */
void sk_date_add(sk_reader *x, int64_t first, int64_t end, sk_str value, const char *precision,
                 sk_rule_id rule);

/* Take a relative date, a duration or an event's time at token i; returns behind it, i when none. */
int64_t sk_times_relative(sk_reader *x, int64_t i);

#endif
