#include "base/progress.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/utf8.h"

#include <sched.h>
#include <stdio.h>
#include <unistd.h>

enum { EVERY_MS = 100, BAR_COLUMNS = 20 };

#define LINE_BYTES SK_KIB(4)

void sk_progress_init(sk_progress *p, int fd, sk_progress_mode mode, const sk_term *term)
{
    memset(p, 0, sizeof *p);
    p->fd = fd;
    p->mode = mode == SK_PROGRESS_BAR && !term->is_terminal ? SK_PROGRESS_OFF : mode;
    p->width = term->width ? term->width : 80;
    atomic_flag_clear(&p->drawing);
}

static void put(const sk_progress *p, sk_str line)
{
    ssize_t n = write(p->fd, line.p, line.n);
    (void)n; /* a bar that cannot be drawn is no reason to stop the work */
}

static void add_amount(sk_buf *b, uint64_t n, sk_progress_unit unit)
{
    static const char *const sizes[] = {"B", "kB", "MB", "GB", "TB", "PB"};
    if (unit == SK_PROGRESS_ITEMS) {
        sk_buf_addf(b, "%llu", (unsigned long long)n);
        return;
    }
    double v = (double)n;
    size_t i = 0;
    for (; v >= 999.5 && i + 1 < SK_COUNT(sizes); i++)
        v /= 1000;
    sk_buf_addf(b, i == 0 ? "%.0f %s" : v < 9.995 ? "%.2f %s" : "%.0f %s", v, sizes[i]);
}

static void add_time_left(sk_buf *b, double seconds)
{
    unsigned long s = (unsigned long)(seconds + 0.5);
    if (s < 100)
        sk_buf_addf(b, "  %lu s left", s);
    else if (s < 6000)
        sk_buf_addf(b, "  %lu min left", (s + 30) / 60);
    else
        sk_buf_addf(b, "  %lu h left", (s + 1800) / 3600);
}

static void add_bar(sk_buf *b, uint64_t done, uint64_t total)
{
    double part = done >= total ? 1 : (double)done / (double)total;
    int filled = (int)(part * BAR_COLUMNS);
    sk_buf_add(b, SK_S("  ["));
    for (int i = 0; i < BAR_COLUMNS; i++)
        sk_buf_addc(b, i < filled ? '=' : i == filled ? '>' : ' ');
    sk_buf_addf(b, "] %3d %%", (int)(part * 100));
}

/* The numbers, then as much of the label as the line still holds; never the last column, where
 * some terminals wrap. */
static void draw_bar(sk_progress *p, uint64_t done, int64_t now_ms)
{
    sk_buf line, text;
    sk_buf_init(&line, LINE_BYTES);
    sk_buf_init(&text, LINE_BYTES);
    sk_buf_add(&text, sk_str_of(p->task));
    if (p->total)
        add_bar(&text, done, p->total);
    sk_buf_add(&text, SK_S("  "));
    add_amount(&text, done, p->unit);
    if (p->total) {
        sk_buf_addc(&text, '/');
        add_amount(&text, p->total, p->unit);
    }
    double seconds = (double)(now_ms - p->began_ms) / 1000;
    if (seconds >= 0.5 && done) {
        double rate = (double)done / seconds;
        sk_buf_add(&text, SK_S("  "));
        add_amount(&text, (uint64_t)rate, p->unit);
        sk_buf_add(&text, SK_S("/s"));
        if (p->total > done)
            add_time_left(&text, (double)(p->total - done) / rate);
    }
    if (p->label[0])
        sk_buf_addf(&text, "  %s", p->label);
    sk_buf_add(&line, SK_S("\r"));
    sk_buf_add(&line, sk_utf8_fit(sk_buf_str(&text), p->width > 1 ? p->width - 1 : 1));
    sk_buf_add(&line, SK_S("\x1b[K"));
    put(p, sk_buf_str(&line));
    p->is_drawn = true;
    sk_buf_done(&line);
    sk_buf_done(&text);
}

static void write_json(sk_progress *p, uint64_t done, bool is_end)
{
    sk_buf line;
    sk_json j;
    sk_buf_init(&line, LINE_BYTES);
    sk_json_init(&j, &line, SK_JSON_COMPACT);
    sk_json_object(&j);
    sk_json_put_str(&j, "progress", sk_str_of(p->task));
    sk_json_put_given(&j, "label", sk_str_of(p->label));
    sk_json_put_uint(&j, "done", done);
    if (p->total)
        sk_json_put_uint(&j, "total", p->total);
    sk_json_put_str(&j, "unit", p->unit == SK_PROGRESS_BYTES ? SK_S("bytes") : SK_S("items"));
    if (is_end)
        sk_json_put_bool(&j, "end", true);
    sk_json_end(&j);
    sk_json_done(&j);
    sk_buf_addc(&line, '\n');
    put(p, sk_buf_str(&line));
    sk_buf_done(&line);
}

/* Text made harmless and cut, at a character, to fit its place. */
static void set_text(char *to, size_t cap, sk_str s)
{
    sk_buf b;
    sk_buf_init(&b, SK_KIB(64));
    sk_term_clean(&b, sk_str_sub(s, 0, SK_KIB(4)), false);
    size_t n = b.n < cap ? b.n : cap - 1;
    while (n < b.n && n && ((unsigned char)b.p[n] & 0xC0) == 0x80)
        n--;
    if (n)
        memcpy(to, b.p, n);
    to[n] = '\0';
    sk_buf_done(&b);
}

/* Wait for another thread that is drawing: some microseconds. */
static void take_turn(sk_progress *p)
{
    while (atomic_flag_test_and_set(&p->drawing))
        sched_yield();
}

void sk_progress_begin(sk_progress *p, const char *task, uint64_t total, sk_progress_unit unit)
{
    if (!p || p->mode == SK_PROGRESS_OFF)
        return;
    if (p->is_running)
        sk_progress_end(p);
    set_text(p->task, sizeof p->task, sk_str_of(task));
    p->label[0] = '\0';
    p->total = total;
    p->unit = unit;
    p->began_ms = sk_clock_ms();
    p->is_running = true;
    atomic_store(&p->done, 0);
    atomic_store(&p->next_ms, p->began_ms + EVERY_MS); /* quick tasks draw nothing */
}

void sk_progress_label(sk_progress *p, sk_str label)
{
    if (!p || !p->is_running)
        return;
    take_turn(p);
    set_text(p->label, sizeof p->label, label);
    atomic_flag_clear(&p->drawing);
}

void sk_progress_add(sk_progress *p, uint64_t n)
{
    if (!p || !p->is_running)
        return;
    uint64_t done = atomic_fetch_add(&p->done, n) + n;
    int64_t now = sk_clock_ms();
    if (now < atomic_load(&p->next_ms) || atomic_flag_test_and_set(&p->drawing))
        return;
    if (now >= atomic_load(&p->next_ms)) {
        if (p->mode == SK_PROGRESS_BAR)
            draw_bar(p, done, now);
        else
            write_json(p, done, false);
        atomic_store(&p->next_ms, now + EVERY_MS);
    }
    atomic_flag_clear(&p->drawing);
}

void sk_progress_hide(sk_progress *p)
{
    if (!p || !p->is_running)
        return;
    take_turn(p);
    if (p->is_drawn)
        put(p, SK_S("\r\x1b[K"));
    p->is_drawn = false;
    atomic_flag_clear(&p->drawing);
}

void sk_progress_end(sk_progress *p)
{
    if (!p || !p->is_running)
        return;
    if (p->mode == SK_PROGRESS_JSON)
        write_json(p, atomic_load(&p->done), true);
    sk_progress_hide(p);
    p->is_running = false;
}
