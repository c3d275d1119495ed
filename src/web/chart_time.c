/* Charts with time from left to right: years, and the strip of a chronology. */
#include "web/chart.h"

#include "base/edtf.h"
#include "web/page.h"

#include <math.h>

enum {
    WIDTH = 720,
    SIDE = 30,
    PLOT = 150,
    FOOT = 26,
    HEAD = 18,
    MOST_TICKS = 12,
    MOST_ROWS = 8,
    ROW = 16,
    LEAST_DAYS = 60 /* less is one point, and says nothing */
};

/* Years between ticks: 1, 2, 5, 10, 20, 50 ... so that there are few enough. */
static int64_t tick_step(int64_t years)
{
    static const int64_t nice[] = {1, 2, 5};
    for (int64_t ten = 1;; ten *= 10)
        for (size_t i = 0; i < SK_COUNT(nice); i++)
            if (years / (ten * nice[i]) < MOST_TICKS)
                return ten * nice[i];
}

static void put_tick(sk_request *rq, double x, double y, int64_t year)
{
    SK_PUT(&rq->html,
           "<path class=\"axis\" d=\"M$ $v5\"/><text class=\"tick\" x=\"$\" y=\"$\" "
           "text-anchor=\"middle\">$</text>",
           sk_px(rq, x), sk_px(rq, y), sk_px(rq, x), sk_px(rq, y + 18),
           sk_fmt(&rq->cx.arena, "%lld", (long long)year));
}

/* ---- years ---- */

static void put_year(sk_request *rq, const sk_year *y, double x, double wide, double scale)
{
    sk_html *h = &rq->html;
    double tall = (double)y->n * scale, against = (double)y->n_disputed * scale;
    double base = HEAD + PLOT;
    SK_PUT(h,
           "<g><title>$: $</title><rect class=\"sure\" x=\"$\" y=\"$\" width=\"$\" height=\"$\"/>",
           sk_fmt(&rq->cx.arena, "%lld", (long long)y->year), sk_number_text(rq, y->n),
           sk_px(rq, x), sk_px(rq, base - tall), sk_px(rq, wide), sk_px(rq, tall - against));
    if (y->n_disputed)
        SK_PUT(h, "<rect class=\"may\" x=\"$\" y=\"$\" width=\"$\" height=\"$\"/>", sk_px(rq, x),
               sk_px(rq, base - against), sk_px(rq, wide), sk_px(rq, against));
    SK_PUT(h, "<text class=\"value\" x=\"$\" y=\"$\" text-anchor=\"middle\">$</text></g>",
           sk_px(rq, x + wide / 2), sk_px(rq, base - tall - 4), sk_number_text(rq, y->n));
}

void sk_put_years(sk_request *rq, const sk_year *years, size_t n, sk_str title)
{
    sk_html *h = &rq->html;
    uint64_t most = 1;
    if (n < 2 || years[n - 1].year - years[0].year > SK_CHART_YEARS)
        return;
    int64_t first = years[0].year, span = years[n - 1].year - first + 1;
    double step = (WIDTH - 2.0 * SIDE) / (double)span, wide = fmin(step * 0.72, 42);
    for (size_t i = 0; i < n; i++)
        most = years[i].n > most ? years[i].n : most;
    sk_chart_begin(rq, WIDTH, HEAD + PLOT + FOOT, title);
    SK_PUT(h, "<path class=\"axis\" d=\"M$ $H$\"/>", sk_px(rq, SIDE), sk_px(rq, HEAD + PLOT),
           sk_px(rq, WIDTH - SIDE));
    for (int64_t year = first; year < first + span; year += tick_step(span))
        put_tick(rq, SIDE + ((double)(year - first) + 0.5) * step, HEAD + PLOT, year);
    for (size_t i = 0; i < n; i++)
        put_year(rq, &years[i], SIDE + ((double)(years[i].year - first) + 0.5) * step - wide / 2,
                 wide, (double)PLOT / (double)most);
    SK_PUT(h, "</svg><figcaption class=\"quiet\">{chart.years}</figcaption></figure>");
}

/* ---- a strip of time ---- */

typedef struct strip {
    int64_t first_day, last_day; /* what the picture shows */
    double day_px;
} strip;

static bool has_end(const sk_mark *m)
{
    return m->earliest != INT64_MIN || m->latest != INT64_MAX;
}

static int64_t year_of(int64_t day)
{
    int64_t year;
    unsigned month, in_month;
    sk_day_to_date(day, &year, &month, &in_month);
    return year;
}

/* From the first year to the last that a mark names; false when there is nothing to show. */
static bool set_span(strip *s, const sk_mark *marks, size_t n)
{
    size_t n_shown = 0;
    s->first_day = INT64_MAX;
    s->last_day = INT64_MIN;
    for (size_t i = 0; i < n; i++) {
        int64_t ends[] = {marks[i].earliest, marks[i].latest};
        for (size_t k = 0; k < 2; k++) {
            if (ends[k] == INT64_MIN || ends[k] == INT64_MAX)
                continue;
            s->first_day = ends[k] < s->first_day ? ends[k] : s->first_day;
            s->last_day = ends[k] > s->last_day ? ends[k] : s->last_day;
        }
        n_shown += has_end(&marks[i]);
    }
    if (n_shown < 2 || s->last_day - s->first_day < LEAST_DAYS)
        return false;
    s->first_day = sk_day_from_date(year_of(s->first_day), 1, 1);
    s->last_day = sk_day_from_date(year_of(s->last_day) + 1, 1, 1);
    s->day_px = (WIDTH - 2.0 * SIDE) / (double)(s->last_day - s->first_day);
    return true;
}

static double x_of(const strip *s, int64_t day)
{
    return SIDE + (double)(day - s->first_day) * s->day_px;
}

static void put_mark(sk_request *rq, const sk_mark *m, double from, double to, double y)
{
    sk_html *h = &rq->html;
    sk_str kind = m->is_against ? SK_S("mark no") : SK_S("mark");
    SK_PUT(h, "<g class=\"$\"><title>$</title>", kind, m->text);
    if (m->earliest == INT64_MIN)
        SK_PUT(h, "<path class=\"open\" d=\"M$ $h-14m5-5l-5 5l5 5\"/>", sk_px(rq, from),
               sk_px(rq, y));
    if (m->latest == INT64_MAX)
        SK_PUT(h, "<path class=\"open\" d=\"M$ $h14m-5-5l5 5l-5 5\"/>", sk_px(rq, to),
               sk_px(rq, y));
    if (to - from < 8)
        SK_PUT(h, "<circle cx=\"$\" cy=\"$\" r=\"4.5\"/></g>", sk_px(rq, (from + to) / 2),
               sk_px(rq, y));
    else
        SK_PUT(h, "<rect x=\"$\" y=\"$\" width=\"$\" height=\"8\" rx=\"4\"/></g>", sk_px(rq, from),
               sk_px(rq, y - 4), sk_px(rq, to - from));
}

/* Each mark in the first row where it has room; when all are full, in the last. */
static size_t row_for(double *ends, double from, double to)
{
    size_t row = 0;
    while (row + 1 < MOST_ROWS && ends[row] > from - 6)
        row++;
    ends[row] = fmax(ends[row], to + 6);
    return row;
}

typedef struct placed {
    double from, to;
    size_t row;
} placed;

static placed *place_marks(sk_request *rq, const strip *s, const sk_mark *marks, size_t n,
                           size_t *ret_rows)
{
    double ends[MOST_ROWS] = {0};
    placed *at = sk_new_array(&rq->cx.arena, placed, n);
    *ret_rows = 1;
    for (size_t i = 0; i < n; i++) {
        const sk_mark *m = &marks[i];
        double from = m->earliest == INT64_MIN ? x_of(s, m->latest) : x_of(s, m->earliest);
        double to = m->latest == INT64_MAX ? x_of(s, m->earliest) : x_of(s, m->latest);
        if (!has_end(m))
            continue;
        at[i] = (placed){from, to, row_for(ends, from - 5, to + 5)};
        if (at[i].row + 1 > *ret_rows)
            *ret_rows = at[i].row + 1;
    }
    return at;
}

void sk_put_strip(sk_request *rq, const sk_mark *marks, size_t n, sk_str title)
{
    sk_html *h = &rq->html;
    strip s;
    size_t n_rows;
    if (!set_span(&s, marks, n))
        return;
    placed *at = place_marks(rq, &s, marks, n, &n_rows);
    double base = 10 + (double)n_rows * ROW;
    int64_t first = year_of(s.first_day), last = year_of(s.last_day);
    sk_chart_begin(rq, WIDTH, base + FOOT, title);
    SK_PUT(h, "<path class=\"axis\" d=\"M$ $H$\"/>", sk_px(rq, SIDE), sk_px(rq, base),
           sk_px(rq, WIDTH - SIDE));
    for (int64_t year = first; year <= last; year += tick_step(last - first))
        put_tick(rq, x_of(&s, sk_day_from_date(year, 1, 1)), base, year);
    for (size_t i = 0; i < n; i++)
        if (has_end(&marks[i]))
            put_mark(rq, &marks[i], at[i].from, at[i].to, base - 10 - (double)at[i].row * ROW);
    SK_PUT(h, "</svg></figure>");
}
