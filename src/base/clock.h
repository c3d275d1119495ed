/* The time of day, in UTC, as RFC 3339 with whole seconds: "2026-11-24T08:46:07Z".
 *
 * A time we write is a claim of this device's clock, nothing more. SILLOK_NOW pins it so that
 * golden tests repeat; the environment belongs to whoever could set the clock anyway. */
#ifndef SK_BASE_CLOCK_H
#define SK_BASE_CLOCK_H

#include "base/str.h"

#define SK_TIME_BYTES 21

/* Now, into out (SK_TIME_BYTES with the NUL). */
void sk_clock_now(char out[SK_TIME_BYTES]);

/* True when s has exactly that form and names a real day and time. */
bool sk_clock_is_time(sk_str s);

/* Milliseconds of the monotonic clock, for measuring and deadlines. */
int64_t sk_clock_ms(void);

#endif
