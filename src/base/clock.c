#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

void sk_clock_now(char out[SK_TIME_BYTES])
{
    sk_str pinned = sk_str_of(getenv("SILLOK_NOW"));
    if (sk_clock_is_time(pinned)) {
        memcpy(out, pinned.p, SK_TIME_BYTES);
        return;
    }
    time_t t = time(NULL);
    struct tm tm;
    sk_assert(gmtime_r(&t, &tm) && strftime(out, SK_TIME_BYTES, "%Y-%m-%dT%H:%M:%SZ", &tm));
}

static int two(const char *p)
{
    return (p[0] - '0') * 10 + (p[1] - '0');
}

bool sk_clock_is_time(sk_str s)
{
    static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (s.n != sizeof form - 1)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (form[i] == 'd' ? s.p[i] < '0' || s.p[i] > '9' : s.p[i] != form[i])
            return false;
    int year = two(s.p) * 100 + two(s.p + 2), month = two(s.p + 5), day = two(s.p + 8);
    if (month < 1 || month > 12)
        return false;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    int most = days[month - 1] + (month == 2 && leap);
    return day >= 1 && day <= most && two(s.p + 11) < 24 && two(s.p + 14) < 60 &&
           two(s.p + 17) < 60;
}

int64_t sk_clock_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}
