/* Quantities for people. What is written here, quantity_words.c reads back. */
#include "base/quantity.h"

static sk_str number(sk_arena *a, sk_decimal d)
{
    return sk_decimal_text(a, d, true);
}

/* The unit as it stands behind a number: " people", "명", " 척", "%". */
static sk_str unit_behind(sk_arena *a, const sk_quantity *q, sk_lang lang)
{
    sk_decimal one = {1, 0}, last = q->has_high ? q->high : q->low;
    if (lang == SK_LANG_EN && sk_str_is(q->unit, "people") && q->qualifier != SK_Q_FRACTION &&
        sk_decimal_cmp(last, one) == 0)
        return SK_S(" person");
    const char *percent = q->qualifier == SK_Q_FRACTION ? "%" : "";
    if (q->unit.n == 0)
        return sk_str_of(percent);
    if (lang == SK_LANG_KO && sk_str_is(q->unit, "people"))
        return percent[0] ? SK_S("% 명") : SK_S("명");
    return sk_fmt(a, "%s %.*s", percent, SK_P(q->unit));
}

/* "500–600", "about 17", "10,000 or 20,000": the numbers with the doubt about them. */
static sk_str numbers(sk_arena *a, const sk_quantity *q, sk_lang lang)
{
    bool ko = lang == SK_LANG_KO;
    sk_str low = number(a, q->low), high = number(a, q->high), s;
    bool is_two = q->has_low && q->has_high && q->qualifier != SK_Q_COULD_EXCEED &&
                  (sk_decimal_cmp(q->low, q->high) != 0 || q->qualifier == SK_Q_BETWEEN ||
                   q->qualifier == SK_Q_EITHER || q->qualifier == SK_Q_CHANGE);
    if (!is_two)
        s = q->has_high && (!q->has_low || q->qualifier == SK_Q_COULD_EXCEED) ? high : low;
    else if (q->qualifier == SK_Q_EITHER)
        s = sk_fmt(a, ko ? "%.*s 또는 %.*s" : "%.*s or %.*s", SK_P(low), SK_P(high));
    else if (q->qualifier == SK_Q_CHANGE)
        s = sk_fmt(a, "%.*s → %.*s", SK_P(low), SK_P(high));
    else
        s = sk_fmt(a, "%.*s–%.*s", SK_P(low), SK_P(high));
    if (q->is_approximate || q->qualifier == SK_Q_ABOUT)
        s = sk_fmt(a, ko ? "약 %.*s" : "about %.*s", SK_P(s));
    return s;
}

/* What stands before and behind the number, for each qualifier that is only a frame around it. */
static const struct {
    const char *before, *behind;
} frames[SK_LANGS][SK_QUALIFIERS] = {
    [SK_LANG_EN] = {[SK_Q_EXACT] = {"", ""},
                    [SK_Q_AT_LEAST] = {"at least ", ""},
                    [SK_Q_MORE_THAN] = {"more than ", ""},
                    [SK_Q_AT_MOST] = {"at most ", ""},
                    [SK_Q_UP_TO] = {"up to ", ""},
                    [SK_Q_FEWER_THAN] = {"fewer than ", ""},
                    [SK_Q_ABOUT] = {"", ""},
                    [SK_Q_COULD_EXCEED] = {"could exceed ", ""},
                    [SK_Q_BETWEEN] = {"", ""},
                    [SK_Q_EITHER] = {"", ""},
                    [SK_Q_ORDER] = {"", ""},
                    [SK_Q_CHANGE] = {"", " (change over time)"},
                    [SK_Q_FRACTION] = {"", ""}},
    [SK_LANG_KO] = {[SK_Q_EXACT] = {"", ""},
                    [SK_Q_AT_LEAST] = {"최소 ", ""},
                    [SK_Q_MORE_THAN] = {"", " 초과"},
                    [SK_Q_AT_MOST] = {"", " 이하"},
                    [SK_Q_UP_TO] = {"최대 ", ""},
                    [SK_Q_FEWER_THAN] = {"", " 미만"},
                    [SK_Q_ABOUT] = {"", ""},
                    [SK_Q_COULD_EXCEED] = {"", "을 넘을 수 있음"},
                    [SK_Q_BETWEEN] = {"", ""},
                    [SK_Q_EITHER] = {"", ""},
                    [SK_Q_ORDER] = {"", ""},
                    [SK_Q_CHANGE] = {"", " (시기에 따른 변화)"},
                    [SK_Q_FRACTION] = {"", ""}},
};

/* The frame that the ends of a fraction ask for. */
static sk_qualifier frame_of(const sk_quantity *q)
{
    if (q->qualifier != SK_Q_FRACTION)
        return q->qualifier;
    if (q->has_low && q->has_high)
        return SK_Q_EXACT;
    if (q->has_low)
        return q->is_strict ? SK_Q_MORE_THAN : SK_Q_AT_LEAST;
    return q->is_strict ? SK_Q_FEWER_THAN : SK_Q_UP_TO;
}

/* "in the thousands (1,000 or more)"; a low that is no round order is said as at least. */
static sk_str order(sk_arena *a, const sk_quantity *q, sk_lang lang)
{
    static const struct {
        int64_t low;
        const char *words[SK_LANGS];
    } orders[] = {
        {10, {"tens", "수십"}},
        {12, {"dozens", "십수"}},
        {100, {"hundreds", "수백"}},
        {1000, {"thousands", "수천"}},
        {10000, {"tens of thousands", "수만"}},
        {100000, {"hundreds of thousands", "수십만"}},
        {1000000, {"millions", "수백만"}},
    };
    sk_str low = number(a, q->low);
    for (size_t i = 0; i < SK_COUNT(orders); i++) {
        if (q->low.decimals || q->low.mantissa != orders[i].low)
            continue;
        const char *words = orders[i].words[lang];
        if (lang == SK_LANG_KO)
            return sk_fmt(a, "%s%s%.*s (%.*s 이상)", words, q->unit.n ? " " : "",
                          SK_P(sk_str_trim(unit_behind(a, q, lang))), SK_P(low));
        if (q->unit.n)
            return sk_fmt(a, "%s of %.*s (%.*s or more)", words, SK_P(q->unit), SK_P(low));
        return sk_fmt(a, "in the %s (%.*s or more)", words, SK_P(low));
    }
    return sk_fmt(a, lang == SK_LANG_KO ? "최소 %.*s%.*s" : "at least %.*s%.*s", SK_P(low),
                  SK_P(unit_behind(a, q, lang)));
}

sk_str sk_quantity_format(sk_arena *a, const sk_quantity *q, sk_lang lang)
{
    sk_assert((unsigned)lang < SK_LANGS && (unsigned)q->qualifier < SK_QUALIFIERS);
    if (q->qualifier == SK_Q_ORDER)
        return order(a, q, lang);
    bool ko = lang == SK_LANG_KO;
    sk_qualifier frame = frame_of(q);
    sk_str unit = unit_behind(a, q, lang);
    sk_str s = sk_fmt(a, "%s%.*s%.*s%s", frames[lang][frame].before, SK_P(numbers(a, q, lang)),
                      SK_P(unit), frames[lang][frame].behind);
    if (q->qualifier == SK_Q_COULD_EXCEED && q->has_low)
        s = ko ? sk_fmt(a, "최소 %.*s%.*s, %.*s", SK_P(number(a, q->low)), SK_P(unit), SK_P(s))
               : sk_fmt(a, "at least %.*s, %.*s", SK_P(number(a, q->low)), SK_P(s));
    if (q->is_open_above && q->qualifier != SK_Q_COULD_EXCEED)
        s = sk_fmt(a, ko ? "%.*s 또는 그 이상" : "%.*s or more", SK_P(s));
    return s;
}
