/* A progress bar on standard error, or lines of JSON for a program that watches.
 *
 *     sk_progress_begin(cx->progress, "hashing", total_bytes, SK_PROGRESS_BYTES);
 *     sk_progress_add(cx->progress, n);          as often as convenient
 *     sk_progress_end(cx->progress);
 *
 *     hashing  [=========>          ]  46 %  0.92/2.00 GB  410 MB/s  3 s left   report.pdf
 *
 * Every function accepts NULL and then does nothing, so callers need no ifs. The bar is drawn at
 * most ten times a second and removed at the end; nothing is drawn where there is no terminal.
 * JSON lines: {"progress":"hashing","label":"report.pdf","done":..,"total":..,"unit":"bytes"}.
 *
 * Threads: begin, label and end by one thread; add by any number of threads at once.
 * Tested in tests/unit/base/t_progress.c. */
#ifndef SK_BASE_PROGRESS_H
#define SK_BASE_PROGRESS_H

#include "base/term.h"

#include <stdatomic.h>

typedef enum sk_progress_mode {
    SK_PROGRESS_OFF,
    SK_PROGRESS_BAR,
    SK_PROGRESS_JSON
} sk_progress_mode;
typedef enum sk_progress_unit { SK_PROGRESS_ITEMS, SK_PROGRESS_BYTES } sk_progress_unit;

typedef struct sk_progress {
    int fd;
    sk_progress_mode mode;
    size_t width;
    bool is_running, is_drawn;
    sk_progress_unit unit;
    uint64_t total; /* 0: not known */
    int64_t began_ms;
    char task[48], label[256]; /* cleaned for the terminal */
    _Atomic uint64_t done;
    _Atomic int64_t next_ms; /* no drawing before        */
    atomic_flag drawing;
} sk_progress;

/* fd     where to draw, normally 2; mode BAR falls to OFF when term says it is no terminal */
void sk_progress_init(sk_progress *p, int fd, sk_progress_mode mode, const sk_term *term);

/* Start counting from 0. total 0: not known. A running task is ended first. */
void sk_progress_begin(sk_progress *p, const char *task, uint64_t total, sk_progress_unit unit);

/* What is being worked on now (a file name); shown behind the numbers where there is room. */
void sk_progress_label(sk_progress *p, sk_str label);

/* n more units are done. Cost: an atomic add, and a clock read; drawing ten times a second. */
void sk_progress_add(sk_progress *p, uint64_t n);

/* Remove the bar, or write the last line of JSON. */
void sk_progress_end(sk_progress *p);

/* Remove the bar for a moment so that a message can be printed; the next add draws it again. */
void sk_progress_hide(sk_progress *p);

#endif
