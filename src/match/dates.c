/* Dates of birth and death: what agreeing, being vague and contradicting are worth.
 *
 * Lists are full of years that are a guess ("circa 1963") and of days and months that changed
 * places.
 * So a year that is one off costs little, and 3 August against 8 March of one year nothing. */
#include "match/match_private.h"

#include "base/edtf.h"

/* Nats. Same day: about one in 20,000 people of a list shares it, but days are copied with
 * names. */
#define SAME_DAY       3.5f
#define SAME_MONTH     2.2f
#define SAME_YEAR      1.4f
#define OVERLAP        0.5f  /* a decade, an interval, a set       */
#define SWAPPED        1.0f  /* day and month changed places       */
#define YEAR_OTHERWISE -1.0f /* the year agrees, the day does not */
#define ONE_YEAR_OFF   -1.2f
#define FEW_YEARS_OFF  -2.6f
#define FAR_OFF        -4.0f

#define DAYS_A_YEAR 366

static int32_t clamp_day(int64_t day)
{
    return day <= INT32_MIN ? INT32_MIN : day >= INT32_MAX ? INT32_MAX : (int32_t)day;
}

sk_rc sk_match_date_read(sk_ctx *cx, sk_str edtf, sk_match_row row, sk_match_date *ret_date)
{
    sk_edtf e;

    SK_TRY(sk_edtf_parse(cx, edtf, &e));
    *ret_date = (sk_match_date){
        .earliest = clamp_day(e.earliest),
        .latest = clamp_day(e.latest),
        .precision = (uint8_t)e.precision,
        .is_loose = e.approximate || e.uncertain,
        .is_range = e.kind != SK_EDTF_DATE,
        .text = e.text,
        .row = row,
    };
    return SK_OK;
}

bool match_dates_overlap(const sk_match_date *a, const sk_match_date *b)
{
    return a->earliest <= b->latest && b->earliest <= a->latest;
}

/* Days between the two stretches; 0 when they touch. */
static int64_t gap_days(const sk_match_date *a, const sk_match_date *b)
{
    int64_t gap = 0;

    if (a->latest < b->earliest)
        gap = (int64_t)b->earliest - a->latest;
    else if (b->latest < a->earliest)
        gap = (int64_t)a->earliest - b->latest;
    return gap;
}

static bool is_day(const sk_match_date *d)
{
    return d->earliest == d->latest;
}

static bool is_swapped(const sk_match_date *a, const sk_match_date *b)
{
    int64_t ya, yb;
    unsigned ma, mb, da, db;

    if (!is_day(a) || !is_day(b))
        return false;
    sk_day_to_date(a->earliest, &ya, &ma, &da);
    sk_day_to_date(b->earliest, &yb, &mb, &db);
    return ya == yb && ma == db && mb == da;
}

static bool same_year(const sk_match_date *a, const sk_match_date *b)
{
    int64_t ya, yb;
    unsigned m, d;

    if (a->earliest == INT32_MIN || b->earliest == INT32_MIN)
        return false;
    sk_day_to_date(a->earliest, &ya, &m, &d);
    sk_day_to_date(b->earliest, &yb, &m, &d);
    return ya == yb;
}

/* A date no wider than the unit it is written in: what else stands for several units (an interval,
 * a set, an open end) says only when, roughly, however exact its ends are. */
static bool is_one_unit(const sk_match_date *d)
{
    static const int16_t DAYS[] = {
        [SK_EDTF_TIME] = 1,    [SK_EDTF_DAY] = 1,    [SK_EDTF_MONTH] = 31,
        [SK_EDTF_SEASON] = 92, [SK_EDTF_HALF] = 184, [SK_EDTF_YEAR] = DAYS_A_YEAR,
    };

    return !d->is_range && d->precision <= SK_EDTF_YEAR &&
           (int64_t)d->latest - d->earliest < DAYS[d->precision];
}

static date_fit overlapping(const sk_match_date *a, const sk_match_date *b)
{
    uint8_t coarse = a->precision > b->precision ? a->precision : b->precision;
    bool loose = a->is_loose || b->is_loose;
    date_fit fit = {OVERLAP, 0.6f, SK_FINDING_COMPATIBLE};

    if (!is_one_unit(a) || !is_one_unit(b))
        return fit;
    if (coarse <= SK_EDTF_DAY)
        fit = (date_fit){SAME_DAY, 1.0f, SK_FINDING_AGREES};
    else if (coarse == SK_EDTF_MONTH)
        fit = (date_fit){SAME_MONTH, 0.9f, SK_FINDING_AGREES};
    else
        fit = (date_fit){SAME_YEAR, 0.8f, SK_FINDING_AGREES};
    if (loose)
        fit.nats = (fit.nats + OVERLAP) / 2;
    return fit;
}

date_fit match_dates(const sk_match_date *a, const sk_match_date *b)
{
    if (a->precision == SK_EDTF_NO_PRECISION || b->precision == SK_EDTF_NO_PRECISION)
        return (date_fit){0, 0.5f, SK_FINDING_NONE};
    if (match_dates_overlap(a, b))
        return overlapping(a, b);
    if (is_swapped(a, b))
        return (date_fit){SWAPPED, 0.7f, SK_FINDING_COMPATIBLE};
    int64_t years = (gap_days(a, b) + DAYS_A_YEAR - 1) / DAYS_A_YEAR;
    if (a->is_loose || b->is_loose)
        years -= 1; /* "about 1963" is no claim against 1964 */
    if (years <= 0)
        return (date_fit){0, 0.5f, SK_FINDING_COMPATIBLE};
    if (same_year(a, b))
        return (date_fit){YEAR_OTHERWISE, 0.35f, SK_FINDING_CONTRADICTS};
    if (years <= 1)
        return (date_fit){ONE_YEAR_OFF, 0.3f, SK_FINDING_CONTRADICTS};
    if (years <= 4)
        return (date_fit){FEW_YEARS_OFF, 0.15f, SK_FINDING_CONTRADICTS};
    return (date_fit){FAR_OFF, 0.0f, SK_FINDING_CONTRADICTS};
}
