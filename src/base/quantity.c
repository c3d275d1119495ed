#include "base/quantity.h"

#include <stdio.h>

static const struct {
    sk_str name;
} names[SK_QUALIFIERS] = {
    [SK_Q_EXACT] = {SK_S("exact")},         [SK_Q_AT_LEAST] = {SK_S("at-least")},
    [SK_Q_MORE_THAN] = {SK_S("more-than")}, [SK_Q_AT_MOST] = {SK_S("at-most")},
    [SK_Q_UP_TO] = {SK_S("up-to")},         [SK_Q_FEWER_THAN] = {SK_S("fewer-than")},
    [SK_Q_ABOUT] = {SK_S("about")},         [SK_Q_COULD_EXCEED] = {SK_S("could-exceed")},
    [SK_Q_BETWEEN] = {SK_S("between")},     [SK_Q_EITHER] = {SK_S("either")},
    [SK_Q_ORDER] = {SK_S("order")},         [SK_Q_CHANGE] = {SK_S("change")},
    [SK_Q_FRACTION] = {SK_S("fraction")},
};

sk_str sk_qualifier_name(sk_qualifier q)
{
    sk_assert((unsigned)q < SK_QUALIFIERS);
    return names[q].name;
}

bool sk_qualifier_parse(sk_str s, sk_qualifier *ret_qualifier)
{
    s = sk_str_trim(s);
    for (unsigned q = 0; q < SK_QUALIFIERS; q++) {
        bool same = s.n == names[q].name.n;
        for (size_t i = 0; same && i < s.n; i++) {
            char c = s.p[i] == ' ' || s.p[i] == '_' ? '-' : s.p[i];
            same = (c >= 'A' && c <= 'Z' ? c | 0x20 : c) == names[q].name.p[i];
        }
        if (same) {
            *ret_qualifier = (sk_qualifier)q;
            return true;
        }
    }
    return false;
}

/* --- decimals ----------------------------------------------------------------------------------- */

static sk_decimal reduced(int64_t mantissa, unsigned decimals)
{
    while (decimals && mantissa % 10 == 0) {
        mantissa /= 10;
        decimals--;
    }
    return (sk_decimal){mantissa, (uint8_t)decimals};
}

sk_decimal sk_decimal_of(int64_t value)
{
    return (sk_decimal){value, 0};
}

/* Commas must cut the digits before the point into a first group of 1 to 3 and groups of 3. */
static bool commas_are_right(sk_str whole)
{
    size_t since = 0;
    bool seen = false;
    for (size_t i = 0; i < whole.n; i++) {
        if (whole.p[i] != ',') {
            since++;
            continue;
        }
        if (seen ? since != 3 : since < 1 || since > 3)
            return false;
        seen = true;
        since = 0;
    }
    return !seen || since == 3;
}

bool sk_decimal_parse(sk_str s, sk_decimal *ret_value)
{
    bool minus = s.n && s.p[0] == '-';
    sk_str digits = sk_str_sub(s, minus, s.n);
    size_t point = sk_str_find(digits, SK_S("."));
    sk_str whole = sk_str_sub(digits, 0, point == SIZE_MAX ? digits.n : point);
    size_t decimals = point == SIZE_MAX ? 0 : digits.n - point - 1;
    int64_t v = 0;
    if (whole.n == 0 || !commas_are_right(whole) || decimals > SK_DECIMAL_MOST ||
        (point != SIZE_MAX && !decimals))
        return false;
    for (size_t i = 0; i < digits.n; i++) {
        char c = digits.p[i];
        if (i == point || (c == ',' && i < whole.n))
            continue;
        if (c < '0' || c > '9' || __builtin_mul_overflow(v, 10, &v) ||
            __builtin_add_overflow(v, c - '0', &v))
            return false;
    }
    *ret_value = reduced(minus ? -v : v, (unsigned)decimals);
    return true;
}

/* The value at d decimals; wide enough for every int64 mantissa at 6 of them. */
static __int128 scaled(sk_decimal d)
{
    __int128 v = d.mantissa;
    for (unsigned i = d.decimals; i < SK_DECIMAL_MOST; i++)
        v *= 10;
    return v;
}

int sk_decimal_cmp(sk_decimal a, sk_decimal b)
{
    __int128 x = scaled(a), y = scaled(b);
    return x < y ? -1 : x > y;
}

bool sk_decimal_add(sk_decimal a, sk_decimal b, sk_decimal *ret_sum)
{
    __int128 sum = scaled(a) + scaled(b);
    unsigned decimals = SK_DECIMAL_MOST;
    while (decimals && sum % 10 == 0) {
        sum /= 10;
        decimals--;
    }
    if (sum > INT64_MAX || sum < INT64_MIN)
        return false;
    *ret_sum = reduced((int64_t)sum, decimals);
    return true;
}

sk_str sk_decimal_text(sk_arena *a, sk_decimal d, bool with_commas)
{
    char digits[32], out[64];
    uint64_t size = d.mantissa < 0 ? (uint64_t)0 - (uint64_t)d.mantissa : (uint64_t)d.mantissa;
    int n = snprintf(digits, sizeof digits, "%0*llu", d.decimals + 1, (unsigned long long)size);
    size_t whole = (size_t)n - d.decimals, w = 0;
    if (d.mantissa < 0)
        out[w++] = '-';
    for (size_t i = 0; i < (size_t)n; i++) {
        if (i == whole)
            out[w++] = '.';
        else if (with_commas && i && i < whole && (whole - i) % 3 == 0)
            out[w++] = ',';
        out[w++] = digits[i];
    }
    return sk_str_copy(a, (sk_str){out, w});
}

/* --- invariants and bounds ---------------------------------------------------------------------- */

sk_quantity sk_quantity_exact(int64_t value, sk_str unit)
{
    return (sk_quantity){.qualifier = SK_Q_EXACT,
                         .has_low = true,
                         .has_high = true,
                         .low = sk_decimal_of(value),
                         .high = sk_decimal_of(value),
                         .unit = unit};
}

sk_quantity sk_quantity_between(int64_t low, int64_t high, sk_str unit)
{
    return (sk_quantity){.qualifier = SK_Q_BETWEEN,
                         .has_low = true,
                         .has_high = true,
                         .low = sk_decimal_of(low),
                         .high = sk_decimal_of(high),
                         .unit = unit};
}

/* Which ends a qualifier must have, may have, and must not have. */
static const struct {
    bool low, high, both_optional;
} needs[SK_QUALIFIERS] = {
    [SK_Q_EXACT] = {true, true, false},      [SK_Q_AT_LEAST] = {true, false, false},
    [SK_Q_MORE_THAN] = {true, false, false}, [SK_Q_AT_MOST] = {false, true, false},
    [SK_Q_UP_TO] = {false, true, false},     [SK_Q_FEWER_THAN] = {false, true, false},
    [SK_Q_ABOUT] = {true, true, false},      [SK_Q_COULD_EXCEED] = {false, true, true},
    [SK_Q_BETWEEN] = {true, true, false},    [SK_Q_EITHER] = {true, true, false},
    [SK_Q_ORDER] = {true, false, false},     [SK_Q_CHANGE] = {true, true, false},
    [SK_Q_FRACTION] = {false, false, true},
};

static sk_rc check_ends(sk_ctx *cx, const sk_quantity *q)
{
    sk_qualifier k = q->qualifier;
    const char *name = names[k].name.p;
    if ((needs[k].low && !q->has_low) || (needs[k].high && !q->has_high))
        return sk_fail(cx, SK_E_FORMAT, "a quantity that is \"%s\" needs its %s", name,
                       needs[k].low && !q->has_low ? "low value" : "high value");
    if (!q->has_low && !q->has_high)
        return sk_fail(cx, SK_E_FORMAT, "a quantity needs a low or a high value");
    if (!needs[k].both_optional &&
        ((q->has_low && !needs[k].low) || (q->has_high && !needs[k].high)))
        return sk_fail(cx, SK_E_FORMAT, "a quantity that is \"%s\" has no %s; use \"between\"",
                       name, q->has_low && !needs[k].low ? "low value" : "high value");
    return SK_OK;
}

sk_rc sk_quantity_check(sk_ctx *cx, const sk_quantity *q)
{
    if ((unsigned)q->qualifier >= SK_QUALIFIERS)
        return sk_fail(cx, SK_E_FORMAT, "a quantity has no qualifier number %d", (int)q->qualifier);
    if (q->low.decimals > SK_DECIMAL_MOST || q->high.decimals > SK_DECIMAL_MOST)
        return sk_fail(cx, SK_E_FORMAT, "a quantity has at most %d decimals", SK_DECIMAL_MOST);
    SK_TRY(check_ends(cx, q));
    int order = q->has_low && q->has_high ? sk_decimal_cmp(q->low, q->high) : 0;
    if (order > 0 && q->qualifier != SK_Q_CHANGE)
        return sk_fail(cx, SK_E_FORMAT,
                       "the low value \"%.*s\" is above the high value \"%.*s\"; swap them, or use "
                       "\"change\" if one became the other over time",
                       SK_P(sk_decimal_text(&cx->arena, q->low, false)),
                       SK_P(sk_decimal_text(&cx->arena, q->high, false)));
    bool is_one = q->qualifier == SK_Q_EXACT || q->qualifier == SK_Q_ABOUT;
    if (is_one && order != 0)
        return sk_fail(cx, SK_E_FORMAT,
                       "a quantity that is \"%s\" has one value; use \"between\" for two",
                       names[q->qualifier].name.p);
    return SK_OK;
}

sk_bounds sk_quantity_bounds(const sk_quantity *q)
{
    sk_bounds b = {0};
    if (q->qualifier == SK_Q_CHANGE || q->qualifier == SK_Q_FRACTION)
        return b;
    b.has_low = q->has_low;
    b.low = q->low;
    b.low_excluded = q->qualifier == SK_Q_MORE_THAN;
    b.has_high = q->has_high && !q->is_open_above && q->qualifier != SK_Q_COULD_EXCEED;
    b.high = b.has_high ? q->high : (sk_decimal){0, 0};
    b.high_excluded = b.has_high && q->qualifier == SK_Q_FEWER_THAN;
    return b;
}

/* --- sums --------------------------------------------------------------------------------------- */

static bool refuse(sk_arena *a, sk_str *ret_reason, sk_str reason)
{
    if (ret_reason)
        *ret_reason = sk_str_copy(a, reason);
    return false;
}

static const char *why_not(const sk_quantity *q)
{
    if (q->qualifier == SK_Q_CHANGE)
        return "cannot add a change over time";
    if (q->qualifier == SK_Q_FRACTION)
        return "cannot add a fraction";
    return NULL;
}

/* What a sum of these is called, from what is known of its ends. */
static sk_qualifier name_of_sum(const sk_quantity *a, const sk_quantity *b, const sk_quantity *sum)
{
    if (!sum->has_low)
        return SK_Q_UP_TO;
    if (!sum->has_high)
        return sum->is_strict ? SK_Q_MORE_THAN : SK_Q_AT_LEAST;
    if (sum->is_open_above || sk_decimal_cmp(sum->low, sum->high) != 0)
        return SK_Q_BETWEEN;
    bool about = a->qualifier == SK_Q_ABOUT || b->qualifier == SK_Q_ABOUT || sum->is_approximate;
    return about ? SK_Q_ABOUT : SK_Q_EXACT;
}

bool sk_quantity_add(sk_arena *arena, const sk_quantity *a, const sk_quantity *b,
                     sk_quantity *ret_sum, sk_str *ret_reason)
{
    const char *why = why_not(a) ? why_not(a) : why_not(b);
    if (why)
        return refuse(arena, ret_reason, sk_str_of(why));
    if (!sk_str_eq(a->unit, b->unit))
        return refuse(
            arena, ret_reason,
            sk_fmt(arena, "cannot add \"%.*s\" and \"%.*s\"", SK_P(a->unit), SK_P(b->unit)));
    sk_decimal zero = {0, 0};
    sk_quantity sum = {.has_low = true, .unit = a->unit};
    bool fits = sk_decimal_add(a->has_low ? a->low : zero, b->has_low ? b->low : zero, &sum.low);
    /* An end that is only a mark (could exceed 100) does not make a high of the sum. */
    bool a_high = a->has_high && a->qualifier != SK_Q_COULD_EXCEED;
    bool b_high = b->has_high && b->qualifier != SK_Q_COULD_EXCEED;
    sum.has_high = a_high && b_high;
    fits = fits && (!sum.has_high || sk_decimal_add(a->high, b->high, &sum.high));
    if (!fits)
        return refuse(arena, ret_reason, SK_S("the sum is too large"));
    sum.has_low = a->has_low || b->has_low || !sum.has_high;
    sum.is_open_above = sum.has_high && (a->is_open_above || b->is_open_above);
    sum.is_approximate = a->is_approximate || b->is_approximate || a->qualifier == SK_Q_ABOUT ||
                         b->qualifier == SK_Q_ABOUT;
    sum.is_strict =
        !sum.has_high && (a->qualifier == SK_Q_MORE_THAN || b->qualifier == SK_Q_MORE_THAN);
    sum.qualifier = name_of_sum(a, b, &sum);
    if (sum.qualifier == SK_Q_ABOUT)
        sum.is_approximate = false; /* the word says it */
    if (ret_sum)
        *ret_sum = sum;
    return true;
}
