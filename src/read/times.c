/* Dates and spans of time in English: explicit ones, relative ones, durations, times named by an event.
 *
 * No date without the looks of one: a bare number is a year only where a date would stand. Values are
 * EDTF, read by base/edtf from the words themselves; a relative date has a value only when the day of
 * writing is known. */
#include "read/times.h"

#include "base/edtf.h"

#include <stdlib.h>
void sk_date_add(sk_reader *x, int64_t first, int64_t end, sk_str value, const char *precision,
                 sk_rule_id rule)
{
    sk_reading *r = x->r;
    SK_GROW(x->a, r->dates, r->n_dates, x->cap_dates);
    r->dates[r->n_dates++] = (sk_found_date){.span = sk_span_of(x, (uint32_t)first, (uint32_t)end),
                                             .value = value,
                                             .precision = precision,
                                             .rule = sk_rule_get(rule)};
    for (int64_t i = first; i < end; i++)
        x->items[i].in_time = true;
}

static const char *precision_of(const sk_edtf *e)
{
    static const char *const names[] = {"time", "day",    "month",   "season", "half",
                                        "year", "decade", "century", ""};
    if (e->kind == SK_EDTF_ALL_OF && e->precision == SK_EDTF_DECADE)
        return "decade-range";
    return names[e->precision];
}

/* Two decades side by side are one stretch: 197X/198X. */
static sk_str interval_of(sk_arena *a, const sk_edtf *e)
{
    if (e->kind != SK_EDTF_ALL_OF || e->n_parts != 2 || e->precision != SK_EDTF_DECADE)
        return e->text;
    return sk_fmt(a, "%lldX/%lldX", (long long)(e->parts[0].from.year / 10),
                  (long long)(e->parts[1].from.year / 10));
}

/* Where a day or month stands without its year. "--06-07" as ISO 8601 has it. */
static sk_str value_without_year(sk_reader *x, sk_str words)
{
    sk_edtf e;
    sk_str with = sk_fmt(x->a, "%.*s 2000", SK_P(words));
    if (sk_edtf_from_words(x->cx, with, &e)) {
        sk_forgive(x->cx);
        return SK_NONE;
    }
    return sk_str_sub(e.text, 0, 5).n == 5 && e.text.n > 5
               ? sk_fmt(x->a, "XXXX%.*s", (int)e.text.n - 4, e.text.p + 4)
               : SK_NONE;
}

/* A month or day without a year is one of the year of writing; without that its year stays XXXX. */
static sk_str with_written_year(sk_reader *x, sk_str value)
{
    sk_edtf e;
    if (!value.n || !x->options.written.n || sk_edtf_parse(x->cx, x->options.written, &e)) {
        sk_forgive(x->cx);
        return sk_str_find(value, SK_S("/")) == SIZE_MAX ? value : SK_NONE;
    }
    return sk_str_find(value, SK_S("/")) == SIZE_MAX
               ? sk_fmt(x->a, "%.4s%.*s", e.text.p, SK_P(sk_str_sub(value, 4, value.n)))
               : SK_NONE;
}

static void add_explicit(sk_reader *x, int64_t first, int64_t end)
{
    sk_edtf e;
    sk_str words = sk_times_words(x, first, end), days = sk_times_day_range_value(x, first);
    if (days.n) {
        sk_date_add(x, first, end, days, "day", SK_RULE_DATE_EXPLICIT);
        return;
    }
    if (sk_edtf_from_words(x->cx, words, &e)) {
        sk_forgive(x->cx);
        sk_str value = with_written_year(x, value_without_year(x, words));
        sk_date_add(x, first, end, value,
                    value.n == 7 ? "month"
                    : value.n    ? "day"
                                 : "unclear",
                    SK_RULE_DATE_EXPLICIT);
        return;
    }
    sk_date_add(x, first, end, interval_of(x->a, &e), precision_of(&e), SK_RULE_DATE_EXPLICIT);
}

/* "early 1980", "mid-2010", "late in 2019": the vague word belongs to the date. */
static int64_t vague_before(const sk_reader *x, int64_t i)
{
    int64_t k = i - 1;
    if (sk_item_is(x, k, "-") && sk_item_at(x, i)->t.glued)
        k--;
    if (sk_item_is(x, k, "early") || sk_item_is(x, k, "mid") || sk_item_is(x, k, "late"))
        return k;
    return i;
}

/* Grows a date over the words that belong to it: "the month of", "the end of", "early", a weekday. */
static int64_t grow_left(const sk_reader *x, int64_t i)
{
    static const char *const parts[] = {"month", "week",   "rest", "beginning", "end",
                                        "start", "middle", "half", "quarter",   "year"};
    for (int guard = 0; guard < 6; guard++) {
        int64_t k = i - 1;
        if (sk_item_is(x, k, "on") &&
            (sk_item_is(x, k - 1, "starting") || sk_item_is(x, k - 1, "beginning")))
            k--;
        bool of = sk_item_is(x, k, "of") || sk_item_is(x, k, "commencing") ||
                  sk_item_is(x, k, "starting") || sk_item_is(x, k, "beginning");
        int64_t head = of ? k - 1 : k;
        bool part = false;
        for (size_t p = 0; p < SK_COUNT(parts); p++)
            part |= of && sk_item_is(x, head, parts[p]);
        bool weekday = sk_time_is(x, k, "weekday") ||
                       (sk_item_is(x, k, ",") && sk_time_is(x, k - 1, "weekday"));
        if (part && head >= x->range.first) {
            i = head;
            if (sk_item_is(x, i - 1, "first") || sk_item_is(x, i - 1, "second") ||
                sk_item_is(x, i - 1, "third") || sk_item_is(x, i - 1, "last") ||
                sk_item_is(x, i - 1, "fourth"))
                i--;
        } else if (weekday) {
            i = sk_time_is(x, k, "weekday") ? k : k - 1;
        } else if (sk_item_is(x, k, "early") || sk_item_is(x, k, "late") ||
                   sk_item_is(x, k, "later")) {
            i = k;
        } else {
            break;
        }
    }
    return i;
}

void sk_pass_times(sk_reader *x)
{
    for (int64_t i = x->range.first; i < x->range.end;) {
        int64_t end = x->items[i].in_time ? i : sk_times_explicit(x, i);
        if (end == i && !x->items[i].in_time)
            end = sk_times_short_numeric(x, i);
        if (end > i) {
            int64_t first = vague_before(x, i), grown = grow_left(x, first);
            if (grown > x->range.first && x->items[grown - 1].in_time)
                grown = first;
            add_explicit(x, first, end);
            if (grown < first) {
                x->r->dates[x->r->n_dates - 1].span.from = x->items[grown].t.from;
                for (int64_t k = grown; k < first; k++)
                    x->items[k].in_time = true;
            }
            i = end;
            continue;
        }
        end = sk_times_relative(x, i);
        i = end > i ? end : i + 1;
    }
    sk_times_join(x);
}
