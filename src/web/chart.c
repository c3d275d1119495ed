#include "web/chart.h"

#include "base/utf8.h"
#include "web/page.h"

enum { WIDTH = 720, LABEL = 300, ROW = 26, TOP = 8, MOST_BARS = 40, LABEL_COLUMNS = 38 };

sk_str sk_px(sk_request *rq, double value)
{
    return sk_fmt(&rq->cx.arena, "%.1f", value);
}

static double longest(const sk_bar *bars, size_t n)
{
    double most = 1;
    for (size_t i = 0; i < n; i++) {
        double end = bars[i].has_high ? bars[i].high : bars[i].low;
        if (end > most)
            most = end;
    }
    return most;
}

sk_str sk_fitting(sk_request *rq, sk_str text, size_t columns)
{
    sk_str head = sk_utf8_fit(text, columns);
    return head.n == text.n ? text : sk_fmt(&rq->cx.arena, "%.*s…", SK_P(head));
}

void sk_chart_begin(sk_request *rq, double width, double height, sk_str title)
{
    SK_PUT(&rq->html,
           "<figure class=\"chart\" tabindex=\"0\" aria-label=\"$\"><svg viewBox=\"0 0 $ $\" "
           "role=\"img\" aria-label=\"$\">",
           title, sk_px(rq, width), sk_px(rq, height), title);
}

static void put_bar(sk_request *rq, const sk_bar *b, double y, double scale)
{
    sk_html *h = &rq->html;
    double from = LABEL + (b->has_low ? b->low : 0) * scale;
    double to = LABEL + (b->has_high ? b->high : b->low) * scale;
    double end = to;
    SK_PUT(h, "<g><title>$: $ — $</title><text x=\"$\" y=\"$\" text-anchor=\"end\">$</text>",
           b->group, b->value, b->label, sk_px(rq, LABEL - 10), sk_px(rq, y + 16),
           sk_fitting(rq, b->label, LABEL_COLUMNS));
    if (b->has_low && b->low > 0)
        SK_PUT(h, "<rect class=\"sure\" x=\"$\" y=\"$\" width=\"$\" height=\"16\"/>",
               sk_px(rq, LABEL), sk_px(rq, y + 4), sk_px(rq, from - LABEL));
    if (to > from + 0.5)
        SK_PUT(h, "<rect class=\"may\" x=\"$\" y=\"$\" width=\"$\" height=\"16\"/>",
               sk_px(rq, from), sk_px(rq, y + 4), sk_px(rq, to - from));
    if (!b->has_high) {
        SK_PUT(h, "<path class=\"open\" d=\"M$ $h14m-5-5l5 5l-5 5\"/>", sk_px(rq, to + 2),
               sk_px(rq, y + 12));
        end += 20;
    }
    SK_PUT(h, "<text class=\"$\" x=\"$\" y=\"$\">$</text></g>",
           b->is_strong ? SK_S("value strong") : SK_S("value"), sk_px(rq, end + 6),
           sk_px(rq, y + 16), b->value);
}

static void put_chart(sk_request *rq, const sk_bar *bars, size_t n, sk_str title, sk_str caption)
{
    sk_html *h = &rq->html;
    if (n < 2)
        return;
    if (n > MOST_BARS)
        n = MOST_BARS;
    /* a third of the room stays for the words behind the longest bar */
    double scale = (WIDTH - LABEL) * 0.62 / longest(bars, n);
    double height = TOP * 2 + (double)n * ROW;
    sk_chart_begin(rq, WIDTH, height, title);
    SK_PUT(h, "<path class=\"axis\" d=\"M$ 0V$\"/>", sk_px(rq, LABEL), sk_px(rq, height));
    for (size_t i = 0; i < n; i++)
        put_bar(rq, &bars[i], TOP + (double)i * ROW, scale);
    SK_PUT(h, "</svg><figcaption class=\"quiet\">$</figcaption></figure>", caption);
}

void sk_put_bars(sk_request *rq, const sk_bar *bars, size_t n, sk_str title)
{
    put_chart(rq, bars, n, title, sk_say(rq, "chart.caption"));
}

void sk_put_plain_bars(sk_request *rq, const sk_bar *bars, size_t n, sk_str title)
{
    put_chart(rq, bars, n, title,
              n > MOST_BARS ? sk_say1(rq, "chart.first", sk_number_text(rq, MOST_BARS))
                            : sk_say(rq, "chart.plain"));
}
