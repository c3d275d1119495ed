/* A counted quantity with its bounds and the wording that bounds it; never a bare number when it
 * was not one.
 *
 *   words                            qualifier     low     high    notes
 *   17                               exact         17      17
 *   at least 17                      at-least      17      -
 *   more than 500                    more-than     500     -       the bound itself is excluded
 *   at most 40                       at-most       -       40
 *   up to 500, as many as 600        up-to         -       500
 *   fewer than 30                    fewer-than    -       30      the bound itself is excluded
 *   about 50                         about         50      50
 *   could exceed 100                 could-exceed  -       100     100 is a mark, not a ceiling
 *   at least 17, could exceed 100    could-exceed  17      100
 *   500 to 600                       between       500     600
 *   10,000 or 20,000                 either        10000   20000   one of the two
 *   in the thousands                 order         1000    -
 *   fell from 30,023 to 11,490       change        30023   11490   low is "from", high is "to"
 *   most, half, more than 70 %       fraction      50      -       in percent
 *
 * low and high are what the words name. What follows from them is sk_quantity_bounds: use it for
 * every sum and comparison.
 *
 * Invariants (sk_quantity_check): low <= high when both are there, except for change; exact, about,
 * between, either, change have both; every quantity has at least one.
 * Threads: values are read-only once made.
 * Tested in tests/unit/base/t_quantity.c and by tests/fuzz/f_quantity.c. */
#ifndef SK_BASE_QUANTITY_H
#define SK_BASE_QUANTITY_H

#include "base/ctx.h"
#include "base/lang.h"

/* An exact decimal: mantissa / 10^decimals, with no trailing zero kept (1.50 is 15, 1). */
typedef struct sk_decimal {
    int64_t mantissa;
    uint8_t decimals; /* 0 to SK_DECIMAL_MOST */
} sk_decimal;

enum { SK_DECIMAL_MOST = 6 };

typedef enum sk_qualifier {
    SK_Q_EXACT,
    SK_Q_AT_LEAST,
    SK_Q_MORE_THAN,
    SK_Q_AT_MOST,
    SK_Q_UP_TO,
    SK_Q_FEWER_THAN,
    SK_Q_ABOUT,
    SK_Q_COULD_EXCEED,
    SK_Q_BETWEEN,
    SK_Q_EITHER,
    SK_Q_ORDER,
    SK_Q_CHANGE,
    SK_Q_FRACTION,
    SK_QUALIFIERS
} sk_qualifier;

typedef struct sk_quantity {
    sk_qualifier qualifier;
    bool has_low, has_high;
    bool is_approximate;  /* "about 500 to 600": the bounds themselves are rough            */
    bool is_open_above;   /* high is named but no ceiling: could-exceed, sums of open ends   */
    bool is_strict;       /* the named bound is excluded: more-than, fewer-than, "over half" */
    sk_decimal low, high; /* of a fraction: percent                                         */
    sk_str unit;          /* as written, but counters of persons are "people"; may be empty */
} sk_quantity;

/* What a quantity says for certain about the number. */
typedef struct sk_bounds {
    bool has_low, has_high;           /* absent: no statement (low: nothing below 0)       */
    bool low_excluded, high_excluded; /* more than / fewer than                            */
    sk_decimal low, high;
} sk_bounds;

/* The stable name: "at-least"; and back (also with blank or _). */
sk_str sk_qualifier_name(sk_qualifier q);
bool sk_qualifier_parse(sk_str s, sk_qualifier *ret_qualifier);

sk_decimal sk_decimal_of(int64_t value);

/* Digits with an optional point and at most 6 decimals, optional minus; thousands commas only in
 * the right places ("30,023"). False on anything else or past int64. */
bool sk_decimal_parse(sk_str s, sk_decimal *ret_value);
int sk_decimal_cmp(sk_decimal a, sk_decimal b);
bool sk_decimal_add(sk_decimal a, sk_decimal b, sk_decimal *ret_sum); /* false: past int64 */

/* Plain ("30023.5", for programs) or with thousands separators ("30,023.5"). In the arena. */
sk_str sk_decimal_text(sk_arena *a, sk_decimal d, bool with_commas);

/* Shorthands for callers that have the columns already. */
sk_quantity sk_quantity_exact(int64_t value, sk_str unit);
sk_quantity sk_quantity_between(int64_t low, int64_t high, sk_str unit);

/* Check the invariants above, naming the value that breaks one. Errors: SK_E_FORMAT. */
SK_MUST_USE sk_rc sk_quantity_check(sk_ctx *cx, const sk_quantity *q);

/* The bounds that hold for the number: could-exceed and open ends give no high, up-to gives no
 * low, about gives its number on both sides. For change and fraction: nothing. */
sk_bounds sk_quantity_bounds(const sk_quantity *q);

/* One quantity found in running text. */
typedef struct sk_quantity_found {
    sk_quantity quantity;
    size_t start, end; /* bytes into the text: the words from qualifier to unit             */
    bool is_aside;     /* says something beside the head count: in brackets, after "of which",
                             "in", "on", "per", "after", a colon; a percentage beside a count   */
} sk_quantity_found;

/* Every quantity in a text of English, Korean, Japanese or Chinese, in order. Left out are the
 * numbers of dates, four bare digits from 1800 to 2100 that no unit follows and that do not open the
 * text, and numbers that are names ("resolution 2397"). Number words up to twelve are read.
 * text      valid UTF-8, at most SK_LIM_VALUE_BYTES
 * Ownership: ret_found in cx's arena, units too. Cost: linear.
 * Errors: SK_E_LIMIT; finding none is not an error (ret_n = 0). */
SK_MUST_USE sk_rc sk_quantity_find(sk_ctx *cx, sk_str text, sk_quantity_found **ret_found,
                                   size_t *ret_n);

/* The one quantity that a wording states: "about 50 on two buses", "500명 이상", "少なくとも17人".
 * Asides are passed over; "at least 17, could exceed 100" is one quantity.
 * Errors: SK_E_FORMAT no quantity; SK_E_AMBIGUOUS several ("12 cases, 17 people"), named. */
SK_MUST_USE sk_rc sk_quantity_from_words(sk_ctx *cx, sk_str words, sk_quantity *ret_quantity);

/* For people: "at least 17 people", "500–600", "30,023 → 11,490 (change over time)", "in the
 * thousands (1,000 or more)", "620–720 or more", "최소 17명". Never a bare number when qualified.
 * sk_quantity_from_words reads it back to the same value (tested). In the arena. */
sk_str sk_quantity_format(sk_arena *a, const sk_quantity *q, sk_lang lang);

/* a + b for parts of one whole: lows add up (a missing low counts as 0), highs add up, and the
 * sum is open above when either is. "about" makes the sum approximate.
 * Returns false and gives a reason in words ("cannot add a change over time") when one is a change
 * or fraction, the units differ, or the numbers pass int64. ret_sum and ret_reason may be NULL. */
bool sk_quantity_add(sk_arena *arena, const sk_quantity *a, const sk_quantity *b,
                     sk_quantity *ret_sum, sk_str *ret_reason);

#endif
