/* Private to the passes for dates. */
#ifndef SK_READ_TIMES_H
#define SK_READ_TIMES_H

#include "read/numbers.h"
#include "read/reading_private.h"

/* Four digits from 1000 to 2199 at token i. */
bool sk_is_year(const sk_reader *x, int64_t i);

/* A date over tokens first .. end. */
void sk_date_add(sk_reader *x, int64_t first, int64_t end, sk_str value, const char *precision,
                 sk_rule_id rule);

/* Take a relative date, a duration or an event's time at token i; returns behind it, i when none. */
int64_t sk_times_relative(sk_reader *x, int64_t i);

#endif
