/* Relative dates ("last week", "two years ago"), durations ("two-year", "decades of"), and times that
 * an event names ("during the COVID-19 pandemic", "post-Korean War"). */
#include "read/times.h"

#include "base/edtf.h"

#include <stdlib.h>

static bool is(const sk_reader *x, int64_t i, const char *kind)
{
    return !strncmp(sk_time_id(x, i), kind, strlen(kind));
}

/* The day of writing, when it is known. */
static bool day_of_writing(const sk_reader *x, int64_t *ret_day)
{
    sk_edtf e;
    if (!x->options.written.n)
        return false;
    if (sk_edtf_parse(x->cx, x->options.written, &e) || e.precision > SK_EDTF_DAY) {
        sk_forgive(x->cx);
        return false;
    }
    *ret_day = e.earliest;
    return true;
}

static sk_str day_text(sk_reader *x, int64_t day)
{
    int64_t year;
    unsigned month, d;
    sk_day_to_date(day, &year, &month, &d);
    return sk_fmt(x->a, "%04lld-%02u-%02u", (long long)year, month, d);
}

/* The value of a unit moved by n from the day of writing: last year, two months ago. */
static sk_str moved(sk_reader *x, const char *unit, int64_t n)
{
    int64_t day, year;
    unsigned month, d;
    if (!day_of_writing(x, &day))
        return SK_NONE;
    sk_day_to_date(day, &year, &month, &d);
    if (!strcmp(unit, "unit-day"))
        return day_text(x, day + n);
    if (!strcmp(unit, "unit-year"))
        return sk_fmt(x->a, "%04lld", (long long)year + n);
    if (!strcmp(unit, "unit-decade"))
        return sk_fmt(x->a, "%03lldX", ((long long)year + n * 10) / 10);
    if (!strcmp(unit, "unit-month")) {
        int64_t m = year * 12 + (int64_t)month - 1 + n;
        return sk_fmt(x->a, "%04lld-%02lld", (long long)(m / 12), (long long)(m % 12 + 1));
    }
    if (!strcmp(unit, "unit-week")) {
        int64_t monday = day - (int64_t)sk_day_weekday(day) + 1 + n * 7;
        return sk_fmt(x->a, "%.*s/%.*s", SK_P(day_text(x, monday)), SK_P(day_text(x, monday + 6)));
    }
    return SK_NONE;
}

/* A weekday alone is the last one before the day of writing; "next" the one behind it. */
static sk_str weekday_value(sk_reader *x, const char *id, int direction)
{
    int64_t day, wanted = id[8] - '0';
    if (!day_of_writing(x, &day))
        return SK_NONE;
    int64_t back = ((int64_t)sk_day_weekday(day) - wanted + 7) % 7;
    if (direction > 0)
        return day_text(x, day + (back ? 7 - back : 7));
    return day_text(x, day - (back || !direction ? back : 7));
}

static int direction_of(const char *id)
{
    return !strcmp(id, "rel-last") ? -1 : !strcmp(id, "rel-next") ? 1 : 0;
}

static bool takes_number(const sk_reader *x, int64_t i, double *ret_value, int64_t *ret_end)
{
    sk_number n;
    const sk_item *item = sk_item_at(x, i);
    if (item->t.from == item->t.to || !(item->t.shape == SK_SHAPE_NUMBER || item->pos & SK_POS_NUM))
        return false;
    if (!sk_number_at(sk_str_sub(x->text, 0, x->items[x->range.end - 1].t.to), SK_READ_EN,
                      item->t.from, &n))
        return false;
    *ret_value = n.value;
    while (i < x->range.end && x->items[i].t.to <= n.to)
        i++;
    *ret_end = i;
    return n.kind != SK_NUMBER_ORDINAL;
}

/* "a", "a few", "several", "two": how many of a unit. */
static bool takes_count(const sk_reader *x, int64_t i, double *ret_value, int64_t *ret_end)
{
    *ret_value = -1;
    if (takes_number(x, i, ret_value, ret_end))
        return true;
    if (sk_item_is(x, i, "several") || sk_item_is(x, i, "many") || sk_item_is(x, i, "few")) {
        *ret_end = i + 1;
        return true;
    }
    if (sk_item_is(x, i, "a") || sk_item_is(x, i, "an")) {
        *ret_end = i + 1 + (sk_item_is(x, i + 1, "few") || sk_item_is(x, i + 1, "couple"));
        *ret_end += sk_item_is(x, *ret_end, "of");
        *ret_value = *ret_end == i + 1 ? 1 : -1;
        return true;
    }
    return false;
}

static sk_str duration_of(sk_reader *x, double n, const char *unit)
{
    static const struct {
        const char *unit, *letter;
    } units[] = {{"unit-year", "Y"},  {"unit-month", "M"},   {"unit-week", "W"},
                 {"unit-day", "D"},   {"unit-decade", "0Y"}, {"unit-century", "00Y"},
                 {"unit-hour", "H"},  {"unit-minute", "M"},  {"unit-night", "D"},
                 {"unit-second", "S"}};
    for (size_t i = 0; i < SK_COUNT(units); i++)
        if (!strcmp(unit, units[i].unit)) {
            const char *time = i >= 6 && i != 8 ? "T" : "";
            return n >= 0 ? sk_fmt(x->a, "P%s%.15g%s", time, n, units[i].letter)
                          : sk_fmt(x->a, "PX%s", units[i].letter);
        }
    return SK_NONE;
}

/* "2 years 1 month and 21 days": more units behind the first; adds them to the value P2Y. */
static int64_t take_more_units(sk_reader *x, int64_t end, sk_str *value)
{
    double n;
    int64_t k;
    for (int guard = 0; guard < 4; guard++) {
        int64_t at = end + sk_item_is(x, end, "and");
        if (!takes_number(x, at, &n, &k) || !is(x, k, "unit-"))
            return end;
        sk_str more = duration_of(x, n, sk_time_id(x, k));
        bool plain = value->n && more.n && sk_str_find(*value, SK_S("T")) == SIZE_MAX &&
                     sk_str_find(more, SK_S("T")) == SIZE_MAX;
        *value = plain ? sk_fmt(x->a, "%.*s%.*s", SK_P(*value), SK_P(sk_str_sub(more, 1, more.n)))
                       : SK_NONE;
        end = sk_time_behind(x, k);
    }
    return end;
}

/* "after today", "from tomorrow", "before yesterday" */
static bool to_day_word(const sk_reader *x, int64_t i)
{
    bool way = sk_item_is(x, i, "after") || sk_item_is(x, i, "from") || sk_item_is(x, i, "before");
    return way && is(x, i + 1, "day-");
}

/* "two-year", "three years", "for several months", "two years ago". */
static int64_t take_duration(sk_reader *x, int64_t i)
{
    double n;
    int64_t k;
    if (!takes_count(x, i, &n, &k))
        return i;
    bool hyphen = sk_item_is(x, k, "-") && sk_item_at(x, k)->t.glued;
    k += hyphen;
    if (!is(x, k, "unit-") || (sk_item_is(x, i, "a") && hyphen))
        return i;
    const char *unit = sk_time_id(x, k);
    int64_t end = sk_time_behind(x, k);
    sk_str value = duration_of(x, n, unit);
    end = hyphen ? end : take_more_units(x, end, &value);
    if (to_day_word(x, end)) { /* "two days after today" */
        end = sk_time_behind(x, end + 1);
        sk_date_add(x, i, end, SK_NONE, "relative", SK_RULE_DATE_RELATIVE);
        return end;
    }
    bool article = n == 1 && (sk_item_is(x, i, "a") || sk_item_is(x, i, "an"));
    if (is(x, end, "direction")) {
        bool back = sk_item_is(x, end, "ago") || sk_item_is(x, end, "earlier") ||
                    sk_item_is(x, end, "before");
        bool one = value.n && end == sk_time_behind(x, k);
        value = n >= 0 && one && sk_item_is(x, end, "ago")
                    ? moved(x, unit, back ? -(int64_t)n : (int64_t)n)
                    : SK_NONE;
        bool clock = !strcmp(unit, "unit-hour") || !strcmp(unit, "unit-minute") ||
                     !strcmp(unit, "unit-second");
        sk_date_add(x, i, sk_time_behind(x, end), value, clock ? "duration" : "relative",
                    SK_RULE_DATE_RELATIVE);
        return sk_time_behind(x, end);
    }
    if (article && !sk_item_is(x, i - 1, "for") && !sk_item_is(x, i - 1, "within"))
        return i;
    if (sk_item_is(x, end, "old") || sk_item_is(x, end, "-") || sk_item_is(x, end, "of age"))
        return i; /* an age */
    sk_date_add(x, i, end, value, "duration", SK_RULE_DATE_DURATION);
    return end;
}

/* "decades of", "for decades", "for years" */
static int64_t take_vague_duration(sk_reader *x, int64_t i)
{
    if (!is(x, i, "unit-") || !(sk_item_at(x, i)->pos & SK_POS_NOUNS))
        return i;
    bool of = sk_item_is(x, i + 1, "of"), before = sk_item_is(x, i - 1, "for");
    if (!of && !before)
        return i;
    int64_t end = sk_time_behind(x, i) + of;
    bool decades = !strcmp(sk_time_id(x, i), "unit-decade");
    sk_date_add(x, i, end, decades ? SK_S("PXD") : duration_of(x, -1, sk_time_id(x, i)),
                "duration-vague", SK_RULE_DATE_DURATION);
    return end;
}

/* "last week", "this year", "next Monday", "last June" */
static int64_t take_relative(sk_reader *x, int64_t i)
{
    if (!is(x, i, "rel-"))
        return i;
    int64_t k = sk_time_behind(x, i), end;
    double n;
    int direction = direction_of(sk_time_id(x, i));
    if (is(x, k, "unit-")) {
        const char *unit = sk_time_id(x, k);
        end = sk_time_behind(x, k);
        if (!strcmp(unit, "unit-second") || !strcmp(unit, "unit-minute"))
            return i;
        sk_date_add(x, i, end, moved(x, unit, direction), "relative", SK_RULE_DATE_RELATIVE);
        return end;
    }
    if (is(x, k, "weekday-") || is(x, k, "month-") || is(x, k, "season-")) {
        bool weekday = is(x, k, "weekday-");
        end = sk_time_behind(x, k);
        sk_date_add(x, i, end, weekday ? weekday_value(x, sk_time_id(x, k), direction) : SK_NONE,
                    "relative", SK_RULE_DATE_RELATIVE);
        return end;
    }
    if (takes_count(x, k, &n, &end) && is(x, end, "unit-") && direction) {
        sk_str value = duration_of(x, n, sk_time_id(x, end)); /* the last three years: a stretch */
        end = sk_time_behind(x, end);
        sk_date_add(x, i, end, value, "duration", SK_RULE_DATE_RELATIVE);
        return end;
    }
    if (sk_item_is(x, i, "last") && sk_item_is(x, k, "night")) {
        sk_date_add(x, i, k + 1, moved(x, "unit-day", -1), "relative", SK_RULE_DATE_RELATIVE);
        return k + 1;
    }
    return i;
}

static int64_t take_day_word(sk_reader *x, int64_t i)
{
    static const struct {
        const char *id;
        int64_t days;
    } words[] = {
        {"day-0", 0}, {"day-1", 1}, {"day-2", 2}, {"day-minus-1", -1}, {"day-minus-2", -2}};
    for (size_t k = 0; k < SK_COUNT(words); k++) {
        if (strcmp(sk_time_id(x, i), words[k].id) != 0)
            continue;
        sk_date_add(x, i, sk_time_behind(x, i), moved(x, "unit-day", words[k].days), "relative",
                    SK_RULE_DATE_RELATIVE);
        return sk_time_behind(x, i);
    }
    if (!is(x, i, "weekday-"))
        return i;
    sk_date_add(x, i, sk_time_behind(x, i), weekday_value(x, sk_time_id(x, i), 0), "relative",
                SK_RULE_DATE_RELATIVE);
    return sk_time_behind(x, i);
}

/* "during the COVID-19 pandemic", "after the war", "post-Korean War", "at that time" */
static int64_t take_event(sk_reader *x, int64_t i)
{
    static const char *const before[] = {"during", "after", "since", "before", "post", "pre"};
    bool named = false;
    for (size_t k = 0; k < SK_COUNT(before); k++)
        named |= sk_item_is(x, i, before[k]);
    if (named) {
        int64_t k = i + 1;
        while (sk_item_is(x, k, "the") || sk_item_is(x, k, "-"))
            k++;
        const sk_match *m = sk_match_at(x, SK_LAYER_NAME, k);
        if (!m || sk_match_entry(x, m)->kind != SK_LEX_EVENT)
            return i;
        int64_t end = (int64_t)m->first + m->n;
        sk_date_add(x, i, end, SK_NONE, "event-relative", SK_RULE_DATE_EVENT);
        return end;
    }
    if (sk_item_is(x, i, "at") && sk_item_is(x, i + 1, "that") &&
        (sk_item_is(x, i + 2, "time") || sk_item_is(x, i + 2, "point"))) {
        sk_date_add(x, i, i + 3, SK_NONE, "anaphoric", SK_RULE_DATE_EVENT);
        return i + 3;
    }
    return i;
}

/* "the 20th century", "the seventies", "the third quarter", "rest of the week", "the weekend", Q3 */
static int64_t take_named_stretch(sk_reader *x, int64_t i)
{
    static const char *const decades[] = {"twenties", "thirties",  "forties",  "fifties",
                                          "sixties",  "seventies", "eighties", "nineties"};
    static const char *const nth[] = {"first", "second", "third", "fourth", "last"};
    int64_t k = i + (sk_item_is(x, i, "the") ? 1 : 0), end = i;
    for (size_t d = 0; d < SK_COUNT(decades); d++)
        if (sk_item_is(x, k, decades[d]) && k > i)
            end = k + 1;
    for (size_t n = 0; n < SK_COUNT(nth); n++)
        if (sk_item_is(x, k, nth[n])) {
            int64_t u = k + 1 + (sk_item_is(x, k + 1, "-") ? 1 : 0);
            bool whole = is(x, u, "unit-quarter") || is(x, u, "unit-week") ||
                         is(x, u, "weekday-") || sk_item_is(x, u, "half");
            bool of = sk_item_is(x, u + 1, "of") || sk_item_is(x, u + 1, "in");
            if (whole && (of || is(x, u, "unit-quarter") || is(x, u, "weekday-")) && n < 4)
                end = u + 1 + (of && (sk_is_year(x, u + 2) || is(x, u + 2, "month-")) ? 2 : 0);
        }
    if (sk_item_is(x, k, "rest") && (sk_item_is(x, k + 1, "of") || is(x, k + 1, "unit-"))) {
        int64_t u = k + 1 + (sk_item_is(x, k + 1, "of") ? 1 : 0);
        u += sk_item_is(x, u, "the") || sk_item_is(x, u, "my") || sk_item_is(x, u, "this");
        if (is(x, u, "unit-"))
            end = u + 1;
    }
    if (is(x, k, "unit-weekend") && k > i)
        end = k + 1;
    size_t digits = sk_item_at(x, k)->t.to - sk_item_at(x, k)->t.from;
    if (sk_item_at(x, k)->t.shape == SK_SHAPE_NUMBER && digits <= 2 && sk_item_is(x, k + 1, "th") &&
        is(x, k + 2, "unit-century"))
        end = k + 3;
    if (end == i)
        return i;
    sk_date_add(x, i, end, SK_NONE, "relative", SK_RULE_DATE_RELATIVE);
    return end;
}

/* "on the 27th", "on the twenty-second", "the 20th of next month": a day where no noun follows */
static int64_t take_bare_day(sk_reader *x, int64_t i)
{
    int64_t k = i + sk_item_is(x, i, "the"), end = sk_times_day(x, k);
    bool digits = sk_item_at(x, k)->t.shape == SK_SHAPE_NUMBER && end == k + 2;
    sk_number n;
    if (end == k)
        return i;
    bool word = !digits && sk_item_at(x, k)->t.shape != SK_SHAPE_NUMBER &&
                sk_number_at(sk_str_sub(x->text, 0, x->items[x->range.end - 1].t.to), SK_READ_EN,
                             x->items[k].t.from, &n) &&
                n.kind == SK_NUMBER_ORDINAL;
    if (!digits && !word)
        return i;
    int64_t month = end + sk_item_is(x, end, "of");
    if (is(x, month, "rel-") && is(x, sk_time_behind(x, month), "unit-month")) {
        month = sk_time_behind(x, month) + 1;
        sk_date_add(x, i, month, SK_NONE, "relative", SK_RULE_DATE_RELATIVE);
        return month;
    }
    const sk_item *next = sk_item_at(x, end);
    bool week = sk_item_is(x, i - 1, "of") && is(x, i - 2, "unit-week");
    bool stands = sk_item_is(x, i - 1, "on") || is(x, i - 1, "weekday-") || week ||
                  (digits && (sk_item_is(x, i - 1, "for") || sk_item_is(x, i - 1, "by")));
    bool noun = next->t.to > next->t.from && sk_token_is_word(&next->t) &&
                !(next->pos & (SK_POS_PREP | SK_POS_CONJ | SK_POS_SUB));
    if (!stands || noun || sk_item_is(x, end, "of") || sk_item_is(x, end, "-") ||
        (next->pos & SK_POS_CONJ && sk_times_day(x, end + 1) > end + 1))
        return i;
    int64_t first = week ? i - 2 - (sk_item_is(x, i - 3, "the") ? 1 : 0) : i;
    sk_date_add(x, first, end, SK_NONE, "relative", SK_RULE_DATE_RELATIVE);
    return end;
}

/* "early next week", "the end of last month", "later this year": a part of a relative date. */
static int64_t take_part_of(sk_reader *x, int64_t i)
{
    bool later = sk_item_is(x, i, "later") || sk_item_is(x, i, "earlier");
    if (!is(x, i, "vague") && !later)
        return i;
    int64_t k = sk_time_behind(x, i);
    k += sk_item_is(x, k, "-");
    int64_t end = is(x, k, "rel-") && !sk_item_is(x, k, "that") ? take_relative(x, k) : k;
    if (end == k)
        return i;
    sk_found_date *d = &x->r->dates[x->r->n_dates - 1];
    d->span.from = x->items[i].t.from;
    d->value = SK_NONE;
    return end;
}

/* "that winter", "the summer", "mid summer", "in winter": a season without its year */
static int64_t take_bare_season(sk_reader *x, int64_t i)
{
    bool det = sk_item_is(x, i, "the") || sk_item_is(x, i, "that") || sk_item_is(x, i, "mid");
    bool in = sk_item_is(x, i - 1, "in") || sk_item_is(x, i - 1, "during") ||
              sk_item_is(x, i - 1, "until") || sk_item_is(x, i - 1, "by");
    int64_t k = i + det;
    k += det && sk_item_is(x, k, "-");
    if (!is(x, k, "season-") || !(det || in))
        return i;
    int64_t end = sk_time_behind(x, k);
    if (sk_item_is(x, end, "of") || sk_times_year_behind(x, end) > end ||
        sk_item_at(x, end)->pos & SK_POS_NOUN)
        return i;
    sk_date_add(x, i, end, SK_NONE, "relative", SK_RULE_DATE_RELATIVE);
    return end;
}

/* "Q3", "Q3 2016"; "Week 31" */
static int64_t take_numbered_stretch(sk_reader *x, int64_t i)
{
    const sk_item *item = sk_item_at(x, i + 1);
    sk_str digits = sk_item_text(x, item);
    bool number = item->t.shape == SK_SHAPE_NUMBER && digits.n >= 1 && digits.n <= 2;
    bool quarter = number && sk_item_is(x, i, "q") && item->t.glued && digits.n == 1 &&
                   digits.p[0] >= '1' && digits.p[0] <= '4';
    bool week = number && sk_item_is(x, i, "week") && !item->t.glued;
    if (!quarter && !week)
        return i;
    int64_t end = i + 2 + (quarter && sk_is_year(x, i + 2));
    sk_date_add(x, i, end, SK_NONE, "relative", SK_RULE_DATE_RELATIVE);
    return end;
}

int64_t sk_times_relative(sk_reader *x, int64_t i)
{
    static int64_t (*const forms[])(sk_reader *, int64_t) = {
        take_named_stretch,  take_numbered_stretch, take_bare_day,    take_part_of,  take_duration,
        take_vague_duration, take_relative,         take_bare_season, take_day_word, take_event};
    for (size_t k = 0; k < SK_COUNT(forms); k++) {
        int64_t end = forms[k](x, i);
        if (end > i)
            return end;
    }
    return i;
}
