/* Bars, years and strips of time as SVG, drawn here: the same bytes for the same figures, printable,
 * readable without sight (each bar has its words; the table with all figures stands below the chart on
 * every page).
 *
 *     29 August 2023     ▇ 80 people                         Human Rights Watch
 *     9 October 2023     ░░░░░░░▇→ more than 500             J.M. Missionary Union
 *
 * A bar reaches from the lowest to the highest number that the words allow; an end that is open has
 * an arrow. The scale begins at 0 and is linear.
 *
 * Threads: as the request. Tested by tests/web/browser.mjs and walk.py. */
#ifndef SK_WEB_CHART_H
#define SK_WEB_CHART_H

#include "web/request.h"

typedef struct sk_bar {
    sk_str group, label, value; /* what of, who says it, the figure in words */
    bool has_low, has_high;     /* one of them at least                      */
    double low, high;
    bool is_strong; /* goes into the sum */
} sk_bar;

/* Nothing for fewer than two bars. title   for those who cannot see it */
void sk_put_bars(sk_request *rq, const sk_bar *bars, size_t n, sk_str title);
/* The same for plain numbers: without the sentence about bounds and arrows. */
void sk_put_plain_bars(sk_request *rq, const sk_bar *bars, size_t n, sk_str title);

/* Upright bars over years, with the years between that have none: how something changed. */
typedef struct sk_year {
    int64_t year;
    uint64_t n, n_disputed; /* of n, those that somebody denies: in another pattern */
} sk_year;

/* Years in order, each once. Nothing for fewer than two years or more than SK_CHART_YEARS apart. */
enum { SK_CHART_YEARS = 120 };
void sk_put_years(sk_request *rq, const sk_year *years, size_t n, sk_str title);

/* When something may have happened, as marks on a line: a dot for a day, a bar for what is vaguer,
 * fading towards an open end. Marks that would cover each other stand in rows. */
typedef struct sk_mark {
    int64_t earliest, latest; /* days; INT64_MIN and INT64_MAX where open */
    bool is_against;          /* denied, doubted, predicted               */
    sk_str text;
} sk_mark;

/* Nothing for fewer than two marks that have an end, or when all lie within two months. */
void sk_put_strip(sk_request *rq, const sk_mark *marks, size_t n, sk_str title);

/* ---- what pictures share ---- */

/* A place or length: "12.5". */
sk_str sk_px(sk_request *rq, double value);
/* Text cut to the columns there are, and an ellipsis where it was longer. */
sk_str sk_fitting(sk_request *rq, sk_str text, size_t columns);
/* Open the figure of a chart and the picture in it; the caller closes both. */
void sk_chart_begin(sk_request *rq, double width, double height, sk_str title);

#endif
