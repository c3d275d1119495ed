/* Dates and spans of time in English: explicit ones, relative ones, durations, times named by an event.
 *
 * No date without the looks of one: a bare number is a year only where a date would stand. Values are
 * EDTF, read by base/edtf from the words themselves; a relative date has a value only when the day of
 * writing is known. */
#include "read/times.h"

#include "base/edtf.h"

#include <stdlib.h>

static const char *id_at(const sk_reader *x, int64_t i)
{
    const sk_match *m = sk_match_at(x, SK_LAYER_TIME, i);
    return m && m->first == (uint32_t)i ? sk_entry_id(x, sk_match_entry(x, m)) : "";
}

static int64_t behind_match(const sk_reader *x, int64_t i)
{
    const sk_match *m = sk_match_at(x, SK_LAYER_TIME, i);
    return (int64_t)m->first + m->n;
}

static bool is_kind(const sk_reader *x, int64_t i, const char *kind)
{
    const char *id = id_at(x, i);
    size_t n = strlen(kind);
    return !strncmp(id, kind, n) && (id[n] == '\0' || id[n] == '-');
}

/* A small word that is also a month or weekday must be written as one: March, May, Sat, Sun. */
static bool is_month(const sk_reader *x, int64_t i)
{
    bool may =
        sk_item_is(x, i, "may") && (sk_item_is(x, i - 1, "of") || sk_item_is(x, i + 1, "the"));
    return may || is_kind(x, i, "month");
}

static int64_t skip_point(const sk_reader *x, int64_t i)
{
    return sk_item_is(x, i, ".") && sk_item_at(x, i)->t.glued &&
                   (sk_item_at(x, i + 1)->t.shape == SK_SHAPE_NUMBER || sk_item_is(x, i + 1, ","))
               ? i + 1
               : i;
}

static int number_at(const sk_reader *x, int64_t i, size_t *ret_digits)
{
    const sk_item *item = sk_item_at(x, i);
    sk_str s = sk_item_text(x, item);
    uint64_t v;
    *ret_digits = 0;
    if (item->t.shape != SK_SHAPE_NUMBER || s.n > 4 || !s.n)
        return -1;
    size_t zeros = 0;
    while (zeros + 1 < s.n && s.p[zeros] == '0')
        zeros++;
    if (!sk_str_to_u64(sk_str_sub(s, zeros, s.n), &v))
        return -1;
    *ret_digits = s.n;
    return (int)v;
}

bool sk_is_year(const sk_reader *x, int64_t i)
{
    size_t digits;
    int v = number_at(x, i, &digits);
    return digits == 4 && v >= 1000 && v <= 2199;
}

static bool is_day(const sk_reader *x, int64_t i)
{
    size_t digits;
    int v = number_at(x, i, &digits);
    return digits && digits <= 2 && v >= 1 && v <= 31;
}

static bool is_ordinal_tail(const sk_reader *x, int64_t i)
{
    static const char *const tails[] = {"st", "nd", "rd", "th"};
    for (size_t k = 0; k < SK_COUNT(tails); k++)
        if (sk_item_is(x, i, tails[k]))
            return sk_item_at(x, i)->t.glued;
    return false;
}

/* "9", "9th", "the 9th of", "second". Returns behind it, i when none. */
static int64_t take_day(const sk_reader *x, int64_t i)
{
    sk_number n;
    if (is_day(x, i))
        return i + 1 + is_ordinal_tail(x, i + 1);
    const sk_item *item = sk_item_at(x, i);
    if (!sk_token_is_word(&item->t) || item->t.from == item->t.to ||
        !sk_number_at(sk_str_sub(x->text, 0, x->items[x->range.end - 1].t.to), SK_READ_EN,
                      item->t.from, &n) ||
        n.value < 1 || n.value > 31 || (n.kind != SK_NUMBER_ORDINAL && n.kind != SK_NUMBER_INTEGER))
        return i;
    while (i < x->range.end && x->items[i].t.to <= n.to)
        i++;
    return i;
}

static int64_t skip_word(const sk_reader *x, int64_t i, const char *word)
{
    return sk_item_is(x, i, word) ? i + 1 : i;
}

/* ", 2023" or "2023" or "of 2023" */
static int64_t take_year_behind(const sk_reader *x, int64_t i)
{
    int64_t k = skip_word(x, i, ",");
    k = skip_word(x, k, "of");
    if (sk_is_year(x, k))
        return k + 1;
    if (sk_item_is(x, i, "'") && is_day(x, i + 1))
        return i + 2;
    return i;
}

/* November 2023; November 9, 2023; November 9th; Nov. 9-12 */
static int64_t take_month_first(const sk_reader *x, int64_t i)
{
    if (!is_month(x, i))
        return i;
    int64_t k = skip_point(x, i + 1), year = take_year_behind(x, k);
    if (year > k)
        return year;
    int64_t the = skip_word(x, k, "the"), day = take_day(x, the);
    if (day == the || sk_is_year(x, the))
        return k == i + 1 ? i + 1 : k;
    if (sk_item_is(x, day, "-") && is_day(x, day + 1) && sk_item_at(x, day)->t.glued)
        day = take_day(x, day + 1);
    return take_year_behind(x, day);
}

/* 9 November 2023; the 9th of November */
static int64_t take_day_first(const sk_reader *x, int64_t i)
{
    int64_t the = skip_word(x, i, "the"), day = take_day(x, the);
    if (day == the)
        return i;
    if (sk_item_is(x, day, "-") && is_day(x, day + 1))
        day = take_day(x, day + 1);
    int64_t of = skip_word(x, day, "of");
    if (sk_item_is(x, of, "-"))
        of++;
    if (!is_month(x, of))
        return i;
    int64_t k = skip_point(x, of + 1);
    k = sk_item_is(x, k, "-") && sk_is_year(x, k + 1) ? k + 1 : k;
    return take_year_behind(x, k);
}

/* 2023-11-09, 9/11/2023, 2023.11.9: three numbers with one sign */
static int64_t take_numeric(const sk_reader *x, int64_t i)
{
    size_t a, b, c;
    const sk_item *sign = sk_item_at(x, i + 1);
    if (number_at(x, i, &a) < 0 || sign->t.shape != SK_SHAPE_SIGN || !sign->t.glued)
        return i;
    bool slash = sk_item_is(x, i + 1, "/"), hyphen = sk_item_is(x, i + 1, "-");
    if ((!slash && !hyphen) || number_at(x, i + 2, &b) < 0 || b > 2)
        return i;
    bool same = sk_item_is(x, i + 3, slash ? "/" : "-") && number_at(x, i + 4, &c) >= 0;
    if (same && ((a == 4 && c <= 2) || (a <= 2 && (c == 4 || c == 2))))
        return i + 5;
    return i;
}

/* 1970s; the 1970s and 1980s; '70s */
static int64_t take_decade(const sk_reader *x, int64_t i)
{
    size_t digits;
    int64_t k = i;
    bool brief = sk_item_is(x, k, "'");
    k += brief;
    int v = number_at(x, k, &digits);
    if (v < 0 || v % 10 || !(digits == 4 || (digits == 2 && (brief || v >= 20))))
        return i;
    int64_t s = k + 1;
    if (sk_item_is(x, s, "'s") || (sk_item_is(x, s, "s") && sk_item_at(x, s)->t.glued))
        return s + 1;
    return i;
}

static int64_t take_decades(const sk_reader *x, int64_t i)
{
    int64_t end = take_decade(x, i);
    if (end == i)
        return i;
    int64_t next =
        end + (sk_item_is(x, end, "and") || sk_item_is(x, end, "or") || sk_item_is(x, end, "to"));
    next = skip_word(x, next, "the");
    int64_t more = next > end ? take_decade(x, next) : next;
    return more > next ? more : end;
}

static int64_t take_season(const sk_reader *x, int64_t i)
{
    if (!is_kind(x, i, "season"))
        return i;
    int64_t end = take_year_behind(x, behind_match(x, i));
    return end > behind_match(x, i) ? end : i;
}

/* Where a bare year may stand: behind these words, or before a noun: "a 2023 meeting". */
static bool year_stands(const sk_reader *x, int64_t i)
{
    static const char *const words[] = {
        "in",     "since",      "from",   "by",      "until",   "till",     "from",   "before",
        "after",  "during",     "of",     "to",      "between", "and",      "around", "circa",
        "early",  "mid",        "late",   "through", "a",       "the",      "for",    "(",
        "spring", "summer",     "autumn", "winter",  "fall",    "-",        "its",    "their",
        "his",    "throughout", "as",     "or",      "year",    "in early", ","};
    for (size_t k = 0; k < SK_COUNT(words); k++)
        if (sk_item_is(x, i - 1, words[k]))
            return true;
    return i == x->range.first;
}

/* Behind a bare year no unit may follow: "2023 people" counts. */
static bool year_alone(const sk_reader *x, int64_t i)
{
    const sk_item *next = sk_item_at(x, i + 1);
    if (sk_item_is(x, i + 1, "people") || sk_item_is(x, i + 1, "%") ||
        sk_item_is(x, i + 1, "percent"))
        return false;
    if (next->t.shape == SK_SHAPE_NUMBER)
        return false;
    bool article =
        sk_item_is(x, i - 1, "a") || sk_item_is(x, i - 1, "the") || sk_item_is(x, i - 1, "its");
    const sk_match *role = sk_match_at(x, SK_LAYER_ROLE, i + 1);
    bool people = role && sk_match_entry(x, role)->attrs & SK_ATTR(PERSON);
    return article || !(next->pos & SK_POS_NOUNS) || !people;
}

static int64_t take_year(const sk_reader *x, int64_t i)
{
    if (!sk_is_year(x, i) || !year_stands(x, i) || !year_alone(x, i))
        return i;
    if (sk_item_at(x, i)->t.glued && !sk_item_is(x, i - 1, "(") && !sk_item_is(x, i - 1, "-"))
        return i;
    return i + 1;
}

static int64_t take_one(const sk_reader *x, int64_t i)
{
    static int64_t (*const forms[])(const sk_reader *, int64_t) = {
        take_numeric, take_month_first, take_day_first, take_decades, take_season, take_year};
    for (size_t k = 0; k < SK_COUNT(forms); k++) {
        int64_t end = forms[k](x, i);
        if (end > i)
            return end;
    }
    return i;
}

/* "between 2016 and 2018", "from 1 May to 3 June 1978", "2016-2018": two dates, one stretch. */
static int64_t take_between(const sk_reader *x, int64_t i)
{
    static const char *const joins[] = {"and", "to", "through", "until", "-", "till"};
    bool between = sk_item_is(x, i, "between"), from = sk_item_is(x, i, "from");
    int64_t first = i + (between || from), end = take_one(x, first);
    if (end == first)
        return i;
    for (size_t k = 0; k < SK_COUNT(joins); k++) {
        if (!sk_item_is(x, end, joins[k]) || (!strcmp(joins[k], "and") && !between) ||
            (!between && !from && strcmp(joins[k], "-") != 0 && strcmp(joins[k], "to") != 0))
            continue;
        int64_t more = sk_is_year(x, end + 1) ? end + 2 : take_one(x, end + 1);
        if (more > end + 1)
            return more;
    }
    return i;
}

static int64_t take_explicit(const sk_reader *x, int64_t i)
{
    int64_t end = take_between(x, i);
    return end > i ? end : take_one(x, i);
}

/* --- what the finds become ----------------------------------------------------------------------- */

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
    sk_str words = sk_span_text(x, sk_span_of(x, (uint32_t)first, (uint32_t)end));
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

/* Numbers with signs that only a date has where a date stands: 4/22, 2016-11, 11/2016. */
static int64_t take_short_numeric(const sk_reader *x, int64_t i)
{
    size_t a, b;
    int64_t k = i + 1;
    bool slash = sk_item_is(x, k, "/"), hyphen = sk_item_is(x, k, "-"), dot = sk_item_is(x, k, ".");
    int first = number_at(x, i, &a), second = number_at(x, k + 1, &b);
    if (first < 0 || second < 0 || !(slash || hyphen || dot) || sk_item_is(x, k + 2, "/") ||
        sk_item_is(x, k + 2, "-"))
        return i;
    bool year_first = a == 4 && sk_is_year(x, i) && b <= 2 && second >= 1 && second <= 12;
    bool year_last = b == 4 && sk_is_year(x, k + 1) && a <= 2 && first >= 1 && first <= 12;
    bool day = slash && a <= 2 && b <= 2 && first >= 1 && second >= 1 && first <= 31 &&
               second <= 31 && (first <= 12 || second <= 12);
    bool stands = sk_item_is(x, i - 1, "on") || sk_item_is(x, i - 1, "from") ||
                  sk_item_is(x, i - 1, "to") || is_kind(x, i - 1, "weekday") ||
                  sk_item_is(x, i - 1, "back");
    return (year_first && (slash || hyphen)) || (year_last && slash) || (day && stands) ? k + 2 : i;
}

/* Grows a date over the words that belong to it: "the month of", "the end of", "early", a weekday. */
static int64_t grow_left(const sk_reader *x, int64_t i)
{
    static const char *const parts[] = {"month", "week",   "rest", "beginning", "end",
                                        "start", "middle", "half", "quarter",   "year"};
    for (int guard = 0; guard < 6; guard++) {
        int64_t k = i - 1;
        bool of = sk_item_is(x, k, "of") || sk_item_is(x, k, "commencing") ||
                  sk_item_is(x, k, "starting");
        int64_t head = of ? k - 1 : k;
        bool part = false;
        for (size_t p = 0; p < SK_COUNT(parts); p++)
            part |= of && sk_item_is(x, head, parts[p]);
        bool weekday =
            is_kind(x, k, "weekday") || (sk_item_is(x, k, ",") && is_kind(x, k - 1, "weekday"));
        if (part && head >= x->range.first) {
            i = head;
            if (sk_item_is(x, i - 1, "first") || sk_item_is(x, i - 1, "second") ||
                sk_item_is(x, i - 1, "third") || sk_item_is(x, i - 1, "last") ||
                sk_item_is(x, i - 1, "fourth"))
                i--;
        } else if (weekday) {
            i = is_kind(x, k, "weekday") ? k : k - 1;
        } else if (sk_item_is(x, k, "early") || sk_item_is(x, k, "late") ||
                   sk_item_is(x, k, "later")) {
            i = k;
        } else {
            break;
        }
    }
    return i;
}

/* Dates side by side are one: "friday this week", "from today to October 22", "next week on friday". */
static void join_dates(sk_reader *x)
{
    static const char *const links[] = {"to", "till", "until", "through", "on", "of", "in"};
    sk_reading *r = x->r;
    for (size_t d = x->first_date; d + 1 < r->n_dates;) {
        sk_found_date *a = &r->dates[d], *b = &r->dates[d + 1];
        sk_str gap = sk_str_trim(sk_str_sub(x->text, a->span.to, b->span.from - a->span.to));
        bool range = false, near = gap.n == 0 && strncmp(a->precision, "duration", 8) != 0 &&
                                   strncmp(b->precision, "duration", 8) != 0;
        for (size_t k = 0; k < SK_COUNT(links); k++)
            if (sk_str_eq_nocase(gap, sk_str_of(links[k])))
                range = k < 4 || !strcmp(a->precision, "relative");
        bool relative = !strcmp(a->precision, "relative") || !strcmp(b->precision, "relative");
        if (!(range && relative) && !(near && relative)) {
            d++;
            continue;
        }
        a->span.to = b->span.to;
        a->value = SK_NONE;
        a->precision = "relative";
        memmove(b, b + 1, (r->n_dates - d - 2) * sizeof *b);
        r->n_dates--;
    }
}

void sk_pass_times(sk_reader *x)
{
    for (int64_t i = x->range.first; i < x->range.end;) {
        int64_t end = x->items[i].in_time ? i : take_explicit(x, i);
        if (end == i && !x->items[i].in_time)
            end = take_short_numeric(x, i);
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
    join_dates(x);
}
