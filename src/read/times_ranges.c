/* Dates of several parts: days that share a month ("from 9 to 12 May 2022", "November 19 to 20"),
 * years in words ("nineteen seventy-eight"), and dates side by side that are one ("from last Friday
 * until Sunday", "next week between Monday and Friday"). */
#include "read/times.h"

#include "base/edtf.h"

/* --- years in words ------------------------------------------------------------------------------ */

/* What a number word of its own is worth; -1 for other words. */
static int word_value(const sk_reader *x, int64_t i)
{
    sk_number n;
    const sk_item *item = sk_item_at(x, i);
    if (!(item->pos & SK_POS_NUM) || item->t.from == item->t.to ||
        !sk_number_at(sk_str_sub(x->text, 0, item->t.to), SK_READ_EN, item->t.from, &n) ||
        n.kind != SK_NUMBER_INTEGER || n.value > 1000)
        return -1;
    return (int)n.value;
}

static int64_t skip_hyphen(const sk_reader *x, int64_t i)
{
    return sk_item_is(x, i, "-") && sk_item_at(x, i)->t.glued ? i + 1 : i;
}

/* "seventy-eight", "twelve", "six": below a hundred. Returns behind it; i when none. */
static int64_t below_hundred(const sk_reader *x, int64_t i, int *ret_value)
{
    int v = word_value(x, i), ones;
    if (v < 1 || v > 99)
        return i;
    *ret_value = v;
    int64_t k = skip_hyphen(x, i + 1);
    if (v >= 20 && v % 10 == 0 && (ones = word_value(x, k)) >= 1 && ones <= 9) {
        *ret_value += ones;
        return k + 1;
    }
    return i + 1;
}

int64_t sk_times_spoken_year(const sk_reader *x, int64_t i, int *ret_year)
{
    int head = word_value(x, i), rest = 0;
    if (head == 2 && sk_item_is(x, i + 1, "thousand")) {
        int64_t k = i + 2 + sk_item_is(x, i + 2, "and");
        int64_t end = below_hundred(x, k, &rest);
        *ret_year = 2000 + rest;
        return end > k ? end : i;
    }
    if (head < 18 || head > 20)
        return i;
    int64_t k = skip_hyphen(x, i + 1), end;
    if (sk_item_is(x, k, "hundred")) {
        *ret_year = head * 100;
        return k + 1;
    }
    bool zero = sk_item_is(x, k, "oh") || word_value(x, k) == 0;
    end = below_hundred(x, zero ? k + 1 : k, &rest);
    if (end == (zero ? k + 1 : k) || (zero ? rest > 9 : rest < 10))
        return i;
    *ret_year = head * 100 + rest;
    return end;
}

sk_str sk_times_words(sk_reader *x, int64_t first, int64_t end)
{
    for (int64_t i = first; i < end; i++) {
        int year;
        int64_t behind = sk_times_spoken_year(x, i, &year);
        if (behind == i || behind > end)
            continue;
        sk_str before = i > first ? sk_span_text(x, sk_span_of(x, (uint32_t)first, (uint32_t)i))
                                  : SK_NONE,
               after = end > behind
                           ? sk_span_text(x, sk_span_of(x, (uint32_t)behind, (uint32_t)end))
                           : SK_NONE;
        return sk_str_trim(sk_fmt(x->a, "%.*s %d %.*s", SK_P(before), year, SK_P(after)));
    }
    return sk_span_text(x, sk_span_of(x, (uint32_t)first, (uint32_t)end));
}

/* --- days of one month --------------------------------------------------------------------------- */

/* Two days, and the tokens of the month and year that both have. */
typedef struct day_range {
    int64_t a, a_end, b, b_end, month, month_end, year, end;
} day_range;

static int64_t take_join(const sk_reader *x, int64_t i, bool between)
{
    static const char *const joins[] = {"to", "till", "until", "through", "-"};
    for (size_t k = 0; k < SK_COUNT(joins); k++)
        if (sk_item_is(x, i, joins[k]))
            return i + 1;
    return between && sk_item_is(x, i, "and") ? i + 1 : i;
}

/* "9 to 12", "the 9th until the 12th": digits or ordinals. */
static bool take_two_days(const sk_reader *x, int64_t i, bool between, day_range *r)
{
    r->a = i + sk_item_is(x, i, "the");
    r->a_end = sk_times_day(x, r->a);
    if (r->a_end == r->a)
        return false;
    int64_t join = take_join(x, r->a_end, between);
    r->b = join + sk_item_is(x, join, "the");
    r->b_end = sk_times_day(x, r->b);
    return join > r->a_end && r->b_end > r->b;
}

/* "from 9 to 12 May 2022", "between 4 and 22 this month" */
static bool day_first(const sk_reader *x, int64_t i, day_range *r)
{
    bool between = sk_item_is(x, i, "between"), from = sk_item_is(x, i, "from");
    if (!take_two_days(x, i + (between || from), between, r))
        return false;
    r->month = r->b_end;
    r->month += sk_item_is(x, r->month, "of") || sk_item_is(x, r->month, "in");
    if (sk_time_is(x, r->month, "rel")) {
        r->month_end = r->year = r->end = sk_time_behind(x, r->month) + 1;
        return sk_time_is(x, r->end - 1, "unit-month");
    }
    r->month_end = r->year = sk_times_month(x, r->month);
    r->end = sk_times_year_behind(x, r->year);
    return r->month_end > r->month;
}

/* "November 19 to 20, 2017", "between May 3rd and 9th" */
static bool month_first(const sk_reader *x, int64_t i, day_range *r)
{
    bool between = sk_item_is(x, i, "between"), from = sk_item_is(x, i, "from");
    r->month = i + (between || from);
    r->month_end = sk_times_month(x, r->month);
    if (r->month_end == r->month)
        return false;
    int64_t at = r->month_end;
    if (!between && (between = sk_item_is(x, at, "between")))
        at++;
    if (!take_two_days(x, at, between, r) || sk_is_year(x, r->b))
        return false;
    const sk_item *next = sk_item_at(x, r->b_end);
    if (sk_times_month(x, r->b_end) > r->b_end || /* "May 3 to 9 June" is two dates */
        (next->pos & SK_POS_NOUNS && !(next->pos & SK_POS_VERB)))
        return false;
    r->year = r->b_end;
    r->end = sk_times_year_behind(x, r->year);
    return true;
}

int64_t sk_times_day_range(const sk_reader *x, int64_t i)
{
    day_range r;
    return day_first(x, i, &r) || month_first(x, i, &r) ? r.end : i;
}

static sk_str text_of(const sk_reader *x, int64_t first, int64_t end)
{
    return end > first ? sk_span_text(x, sk_span_of(x, (uint32_t)first, (uint32_t)end)) : SK_NONE;
}

static bool one_day(sk_reader *x, const day_range *r, int64_t day, int64_t day_end,
                    sk_edtf *ret_day)
{
    sk_str words = sk_fmt(x->a, "%.*s %.*s %.*s", SK_P(text_of(x, day, day_end)),
                          SK_P(text_of(x, r->month, r->month_end)),
                          SK_P(sk_times_words(x, r->year + sk_item_is(x, r->year, ","), r->end)));
    if (r->end == r->year || sk_edtf_from_words(x->cx, words, ret_day)) {
        sk_forgive(x->cx);
        return false;
    }
    return ret_day->precision == SK_EDTF_DAY;
}

sk_str sk_times_day_range_value(sk_reader *x, int64_t first)
{
    day_range r;
    sk_edtf a, b;
    if (!day_first(x, first, &r) && !month_first(x, first, &r))
        return SK_NONE;
    if (!one_day(x, &r, r.a, r.a_end, &a) || !one_day(x, &r, r.b, r.b_end, &b) ||
        a.earliest > b.earliest)
        return SK_NONE;
    return sk_fmt(x->a, "%.*s/%.*s", SK_P(a.text), SK_P(b.text));
}

/* --- side by side -------------------------------------------------------------------------------- */

static bool is_one_of(sk_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (sk_str_eq_nocase(s, sk_str_of(words[i])))
            return true;
    return false;
}

/* Does the word in front of the date bring in a stretch: "from", "between"? Its first byte, or the
 * date's own. */
static uint32_t opens_stretch(const sk_reader *x, const sk_found_date *d, const char *word)
{
    sk_str w = sk_str_of(word);
    if (d->span.from < w.n + 1)
        return d->span.from;
    uint32_t at = d->span.from - (uint32_t)w.n - 1;
    bool is = at >= x->items[x->range.first].t.from &&
              (x->text.p[d->span.from - 1] == ' ' || x->text.p[d->span.from - 1] == '\n') &&
              sk_str_eq_nocase(sk_str_sub(x->text, at, w.n), w);
    return is ? at : d->span.from;
}

static bool is_duration(const sk_found_date *d)
{
    return !strncmp(d->precision, "duration", 8);
}

/* Are the neighbours a and b one date? Sets where it begins. */
static bool are_one(const sk_reader *x, const sk_found_date *a, const sk_found_date *b,
                    uint32_t *ret_from)
{
    static const char *const ranges[] = {"to", "till", "until", "through", "-"};
    static const char *const parts[] = {"on", "of", "in", "between", "from", "'s", "\xE2\x80\x99s"};
    sk_str gap = sk_str_trim(sk_str_sub(x->text, a->span.to, b->span.from - a->span.to));
    bool relative = !strcmp(a->precision, "relative") || !strcmp(b->precision, "relative");
    uint32_t from = opens_stretch(x, a, "from"), between = opens_stretch(x, a, "between");
    *ret_from = a->span.from;
    if (is_duration(a) || is_duration(b))
        return false;
    if (gap.n == 0)
        return relative;
    bool range = is_one_of(gap, ranges, SK_COUNT(ranges));
    if ((range && (relative || from < a->span.from)) ||
        (between < a->span.from && sk_str_eq_nocase(gap, SK_S("and")))) {
        *ret_from = from < between ? from : between;
        return true;
    }
    return !strcmp(a->precision, "relative") && is_one_of(gap, parts, SK_COUNT(parts));
}

void sk_times_join(sk_reader *x)
{
    sk_reading *r = x->r;
    uint32_t from;
    for (size_t d = r->n_dates; d-- > x->first_date + 1;) {
        sk_found_date *a = &r->dates[d - 1], *b = &r->dates[d];
        if (!are_one(x, a, b, &from))
            continue;
        a->span = (sk_span){from, b->span.to};
        a->value = SK_NONE;
        a->precision = "relative";
        memmove(b, b + 1, (r->n_dates - d - 1) * sizeof *b);
        r->n_dates--;
    }
}
