/* How dates stand to each other: the order for timelines, and which days they share. */
#include "base/edtf.h"

static int cmp_int(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

/* Seconds from midnight UTC of the day as written, so that two clocks can be compared; a date
 * without a time comes after all times of its day. */
static int64_t second_of(const sk_edtf *e)
{
    if (e->kind != SK_EDTF_DATE || e->parts->from.hour < 0)
        return INT64_MAX;
    const sk_edtf_point *p = &e->parts->from;
    int64_t hour = (unsigned char)p->hour, minute = p->minute - p->zone_minutes;
    return (hour * 60 + minute) * 60 + (p->second > 0 ? p->second : 0);
}

int sk_edtf_cmp(const sk_edtf *a, const sk_edtf *b)
{
    bool a_unknown = a->kind == SK_EDTF_UNKNOWN, b_unknown = b->kind == SK_EDTF_UNKNOWN;
    int d = (int)a_unknown - (int)b_unknown;
    d = d ? d : cmp_int(a->earliest, b->earliest);
    d = d ? d : cmp_int(a->latest, b->latest);
    d = d || a_unknown ? d : cmp_int(second_of(a), second_of(b));
    d = d ? d : cmp_int(a->precision, b->precision);
    d = d ? d : (int)a->approximate - (int)b->approximate;
    d = d ? d : (int)a->uncertain - (int)b->uncertain;
    return d ? d : sk_str_cmp(a->text, b->text);
}

/* How far a doubtful date reaches beyond its words; see sk_edtf_overlaps_loosely. */
static int64_t slack_of(const sk_edtf_point *p)
{
    if (p->month > 12)
        return (p->approximate ? 30 : 0) + (p->month < 30 ? 30 : 0);
    if (!p->approximate)
        return 0;
    if (p->day)
        return 3;
    if (p->month)
        return 15;
    return p->year_x == 2 ? 3652 : p->year_x == 1 ? 730 : 365;
}

static sk_days loose(const sk_edtf_part *part)
{
    sk_days d = {part->earliest, part->latest};
    if (part->from_end == SK_EDTF_GIVEN) {
        d.earliest -= slack_of(&part->from);
        int64_t new_year = sk_day_from_date(part->from.year, 1, 1);
        if (part->from.month == 24 && new_year < d.earliest)
            d.earliest = new_year;
    }
    if (part->to_end == SK_EDTF_GIVEN)
        d.latest += slack_of(&part->to);
    return d;
}

static sk_days strict(const sk_edtf_part *part)
{
    return (sk_days){part->earliest, part->latest};
}

static bool shares_a_day(const sk_edtf *a, const sk_edtf *b,
                         sk_days (*days_of)(const sk_edtf_part *))
{
    for (size_t i = 0; i < a->n_parts; i++) {
        sk_days x = days_of(&a->parts[i]);
        for (size_t k = 0; k < b->n_parts; k++) {
            sk_days y = days_of(&b->parts[k]);
            if (x.earliest <= y.latest && y.earliest <= x.latest)
                return true;
        }
    }
    return false;
}

bool sk_edtf_overlaps(const sk_edtf *a, const sk_edtf *b)
{
    return shares_a_day(a, b, strict);
}

bool sk_edtf_overlaps_loosely(const sk_edtf *a, const sk_edtf *b)
{
    return shares_a_day(a, b, loose);
}

bool sk_edtf_is_within(const sk_edtf *a, const sk_edtf *b)
{
    for (size_t i = 0; i < a->n_parts; i++) {
        bool inside = false;
        for (size_t k = 0; k < b->n_parts && !inside; k++)
            inside = a->parts[i].earliest >= b->parts[k].earliest &&
                     a->parts[i].latest <= b->parts[k].latest &&
                     b->parts[k].from_end != SK_EDTF_END_UNKNOWN &&
                     b->parts[k].to_end != SK_EDTF_END_UNKNOWN;
        if (!inside)
            return false;
    }
    return a->n_parts > 0;
}

sk_days sk_edtf_days(const sk_edtf *e)
{
    return (sk_days){e->earliest, e->latest};
}

sk_days sk_edtf_loose_days(const sk_edtf *e)
{
    sk_days hull = {e->earliest, e->latest};
    for (size_t i = 0; i < e->n_parts; i++) {
        sk_days d = loose(&e->parts[i]);
        if (d.earliest < hull.earliest)
            hull.earliest = d.earliest;
        if (d.latest > hull.latest)
            hull.latest = d.latest;
    }
    return hull;
}
