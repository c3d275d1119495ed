/* What every measurement needs: clocks, memory, and stopping with the reason.
 *
 * For the programs of bench/ only: each is one file with one context, which it names cx. */
#ifndef SK_BENCH_MEASURE_H
#define SK_BENCH_MEASURE_H

#include "base/ctx.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

static sk_ctx cx;

static inline void check(sk_rc rc, const char *what)
{
    if (rc == SK_OK)
        return;
    fprintf(stderr, "%s: %s\n", what, cx.message);
    exit(1);
}

static inline double seconds_by(clockid_t clock)
{
    struct timespec ts;
    clock_gettime(clock, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* Elapsed time: what a person waits. */
static inline double wall_seconds(void)
{
    return seconds_by(CLOCK_MONOTONIC);
}

/* Processor time of this process, which other work on the machine does not stretch as much. */
static inline double cpu_seconds(void)
{
    return seconds_by(CLOCK_PROCESS_CPUTIME_ID);
}

static inline double rusage_seconds(int who)
{
    struct rusage u;
    getrusage(who, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

/* The same with the children that have ended. */
static inline double cpu_seconds_of_all(void)
{
    return rusage_seconds(RUSAGE_SELF) + rusage_seconds(RUSAGE_CHILDREN);
}

/* The most memory this process has held. */
static inline double resident_mb(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)u.ru_maxrss / 1024;
}

#endif
