/* Bars as SVG, drawn here: the same bytes for the same figures, printable, readable without sight
 * (each bar has its words; the table with all figures stands below the chart on every page).
 *
 *     29 August 2023     ▇ 80 people                         Human Rights Watch
 *     9 October 2023     ░░░░░░░▇→ more than 500             J.M. Missionary Union
 *
 * A bar reaches from the lowest to the highest number that the words allow; an end that is open has
 * an arrow. The scale begins at 0 and is linear.
 *
 * Threads: as the request. */
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

#endif
