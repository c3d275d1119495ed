/* English number words: cut into their classes, then read by a small grammar.
 *
 *   cardinal = group {scale group}      group = small [hundred [and] small]
 *   number   = [minus] cardinal [point digits] [(and) fraction] [scale]
 *   fraction = cardinal ordinal | half | quarter | digits/digits */
#include "read/numbers_english.h"

#include <math.h>

static klass at(const reading *r, size_t i)
{
    return i < r->n ? r->w[i].k : END;
}

/* fifty-two, fifty two, sixteen, 21. Returns the place behind; i when none. */
static size_t take_small(const reading *r, size_t i, double *ret_value)
{
    klass k = at(r, i);
    if (k == DIGITS) {
        *ret_value = r->w[i].value;
        return i + 1;
    }
    if (k == ONES || k == TEENS) {
        *ret_value = r->w[i].value;
        return i + 1;
    }
    if (k != TENS)
        return i;
    *ret_value = r->w[i].value;
    size_t next = i + 1 + (at(r, i + 1) == HYPHEN);
    if (at(r, next) == ONES && r->w[next].value > 0) {
        *ret_value += r->w[next].value;
        return next + 1;
    }
    return i + 1;
}

/* One group below its scale: [small] hundred [and] small. */
static size_t take_group(const reading *r, size_t i, double *ret_value)
{
    double v = 1, rest;
    size_t next = take_small(r, i, &v);
    bool digits = at(r, i) == DIGITS;
    if (next == i && at(r, i) != HUNDRED)
        return i;
    size_t h = next + (at(r, next) == HYPHEN && at(r, next + 1) == HUNDRED);
    if (at(r, h) != HUNDRED) {
        *ret_value = v;
        return next;
    }
    v *= 100;
    next = h + 1;
    size_t from = next + (at(r, next) == AND), end = take_small(r, from, &rest);
    bool scaled = at(r, end) == HUNDRED || at(r, end) == SCALE;
    if (end > from && rest < 100 && !(at(r, from) == DIGITS && r->w[from].is_decimal) &&
        !(scaled && at(r, end) == HUNDRED) && rest > 0 &&
        !(at(r, end) == ORDINAL && at(r, next) != AND && digits)) {
        v += rest;
        next = end;
    }
    *ret_value = v;
    return next;
}

static size_t take_scales(const reading *r, size_t i, double *ret_scale)
{
    *ret_scale = 1;
    while (at(r, i) == SCALE || at(r, i) == LETTER_SCALE) {
        *ret_scale *= r->w[i].value;
        i++;
    }
    return i;
}

/* Groups with falling scales. */
static size_t take_cardinal(const reading *r, size_t i, double *ret_value)
{
    double total = 0, last = HUGE_VAL, group, scale;
    size_t at_ = i;
    for (bool any = false;; any = true) {
        size_t from = at_;
        if (any && at(r, from) == AND)
            from++;
        size_t end = take_group(r, from, &group);
        if (end == from) {
            if (any || at(r, from) != SCALE)
                break;
            group = 1; /* "thousand" alone is no number, "million dollars" is one */
        }
        size_t behind = take_scales(r, end, &scale);
        if (behind == from || scale >= last || (any && group * scale >= last) ||
            (any && group == 0))
            break;
        if (any && last == 1)
            break;
        total += group * scale;
        last = scale == 1 && group >= 100 ? 100 : scale;
        at_ = behind;
        if (scale == 1)
            break;
    }
    *ret_value = total;
    return at_;
}

/* The denominator at i: thirds, twenty-fifth, hundred-fifths; returns behind it. */
static size_t take_denominator(const reading *r, size_t i, double *ret_value, bool *ret_plural)
{
    double lead = 0, group = 0;
    size_t next = i + (at(r, i) == HYPHEN), from = next;
    if (at(r, next) == PART) {
        *ret_value = r->w[next].value;
        *ret_plural = r->w[next].is_plural;
        return next + 1;
    }
    if (at(r, next) != ORDINAL) {
        size_t end = take_cardinal(r, next, &group);
        size_t o = end + (at(r, end) == HYPHEN) + (at(r, end) == AND);
        if (end == next || at(r, o) != ORDINAL)
            return i;
        double v = r->w[o].value;
        lead = v >= 100 ? group * v : group + v;
        if (v >= 100 ? group >= v : (group < 20 || fmod(group, 10) != 0))
            return i;
        *ret_value = lead;
        *ret_plural = r->w[o].is_plural;
        return o + 1;
    }
    (void)from;
    *ret_value = r->w[next].value;
    *ret_plural = r->w[next].is_plural;
    return next + 1;
}

/* "two thirds", "a half", "five - eighths", "three quarters". */
static size_t take_fraction(const reading *r, size_t i, double *ret_value)
{
    double upper = 1, lower;
    bool plural;
    size_t next = i;
    if (at(r, i) == SIGNED_FRACTION) {
        *ret_value = r->w[i].value;
        return i + 1;
    }
    if (at(r, i) == ARTICLE)
        next = i + 1;
    else
        next = take_cardinal(r, i, &upper);
    if (at(r, i) == ARTICLE && (at(r, next) == HUNDRED || at(r, next) == SCALE))
        next = take_cardinal(r, next, &upper);
    if (next == i)
        return i;
    size_t end = take_denominator(r, next, &lower, &plural);
    if (end == next || lower <= 1 || (lower == 2 && at(r, end - 1) == ORDINAL))
        return i;
    if (!plural && upper != 1)
        return i;
    *ret_value = upper / lower;
    return end;
}

static size_t take_point(const reading *r, size_t i, double *value, bool *ret_found)
{
    double place = .1, sum = 0, v;
    if (at(r, i) != POINT)
        return i;
    size_t next = i + 1;
    if (at(r, next) == TENS || at(r, next) == TEENS) {
        next = take_small(r, next, &v);
        sum = v / 100;
    } else {
        for (; at(r, next) == ONES; next++, place /= 10)
            sum += r->w[next].value * place;
    }
    if (next == i + 1)
        return i;
    *value += sum;
    *ret_found = true;
    return next;
}

typedef struct result {
    double value;
    size_t end;
    sk_number_kind kind;
    bool last_scaled;
} result;

/* "and a half", "and two thirds", "1/4" behind a number; behind a million it is parts of one. */
static void add_fraction(const reading *r, size_t i, result *x)
{
    double f;
    size_t from = x->end;
    klass k = at(r, from);
    if (k == AND)
        from++;
    else if (k != SIGNED_FRACTION)
        return;
    size_t end = take_fraction(r, from, &f);
    if (end == from || f >= 1)
        return;
    double scale = 1, behind;
    size_t s = take_scales(r, end, &behind);
    bool scaled_before = x->end > i && (at(r, x->end - 1) == SCALE);
    if (s > end) { /* "one billion and a half million", "five and a half million" */
        x->value = scaled_before ? x->value + f * behind : (x->value + f) * behind;
        end = s;
    } else {
        if (scaled_before)
            scale = r->w[x->end - 1].value;
        x->value += f * scale;
    }
    x->end = end;
    x->kind = SK_NUMBER_FRACTION;
}

static bool read_ratio(const reading *r, result *x)
{
    double lower;
    klass k = at(r, x->end);
    size_t next = x->end + 1;
    if (k == OUT && at(r, next) == OF)
        next++;
    else if (k != OVER && !(k == IN && x->value == 1))
        return false;
    if (x->kind != SK_NUMBER_INTEGER)
        return false;
    size_t end = take_cardinal(r, next, &lower);
    if (end == next || lower <= 0)
        return false;
    if ((k == OUT || k == IN) && x->value >= lower)
        return false;
    if (k == OVER && r->more) /* "2000 over 3 years" */
        return false;
    x->value /= lower;
    x->end = end;
    x->kind = SK_NUMBER_FRACTION;
    return true;
}

static bool read_fraction_first(const reading *r, size_t i, result *x)
{
    double f, scale, more;
    size_t end = take_fraction(r, i, &f);
    if (at(r, i) == PART) { /* "half", "half a dozen", "half million" */
        f = 1 / r->w[i].value;
        end = i + 1;
        if (at(r, end) == ARTICLE && (at(r, end + 1) == DOZEN || at(r, end + 1) == SCALE))
            end++;
    }
    if (end == i)
        return false;
    x->value = f;
    x->kind = SK_NUMBER_FRACTION;
    x->end = end;
    if (at(r, end) == DOZEN) {
        x->value *= 12;
        x->kind = SK_NUMBER_INTEGER;
        x->end++;
        return true;
    }
    size_t of = end;
    if (at(r, of) == OF && at(r, of + 1) == ARTICLE && at(r, of + 2) == SCALE)
        of += 2;
    size_t s = take_scales(r, of, &scale);
    if (s > of) {
        x->value *= scale;
        x->end = s;
    }
    (void)more;
    return true;
}

/* "one hundred and three quarters", "two million and one half": a whole number, and a part of one. */
static bool read_mixed(const reading *r, size_t i, result *x)
{
    for (size_t a = r->n; a-- > i + 1;) {
        double f, v, behind;
        reading left = *r;
        if (at(r, a) != AND)
            continue;
        size_t end = take_fraction(r, a + 1, &f);
        left.n = a;
        left.w[a].k = END;
        if (end == a + 1 || f >= 1 || take_cardinal(&left, i, &v) != a)
            continue;
        bool scaled = at(r, a - 1) == SCALE;
        size_t s = take_scales(r, end, &behind);
        x->value = s > end ? (scaled ? v + f * behind : (v + f) * behind)
                           : v + f * (scaled ? r->w[a - 1].value : 1);
        x->end = s;
        x->kind = SK_NUMBER_FRACTION;
        return true;
    }
    return false;
}

static bool read_number(const reading *r, size_t i, result *x)
{
    double v = 0;
    if (read_mixed(r, i, x))
        return true;
    if (read_fraction_first(r, i, x))
        return true;
    size_t from = i;
    if (at(r, i) == ARTICLE) {
        if (at(r, i + 1) == DOZEN) {
            *x = (result){12, i + 2, SK_NUMBER_INTEGER, false};
            return true;
        }
        if (at(r, i + 1) != HUNDRED && at(r, i + 1) != SCALE)
            return false;
        from = i + 1;
    }
    size_t end = take_cardinal(r, from, &v);
    if (end == from)
        return false;
    *x = (result){v, end, SK_NUMBER_INTEGER, false};
    for (size_t k = from; k < end; k++)
        if (r->w[k].is_power)
            x->kind = SK_NUMBER_POWER;
        else if (r->w[k].is_decimal)
            x->kind = SK_NUMBER_DECIMAL;
    bool point = false;
    x->end = take_point(r, x->end, &x->value, &point);
    if (point)
        x->kind = SK_NUMBER_DECIMAL;
    if (at(r, x->end) == DOZEN) {
        x->value *= 12;
        x->end++;
        return true;
    }
    if (!read_ratio(r, x))
        add_fraction(r, i, x);
    return true;
}

static bool begins_word(sk_str s, size_t at_)
{
    if (at_ == 0)
        return true;
    char c = s.p[at_ - 1];
    return !is_letter(c) &&
           !((unsigned char)c >= 0x80 && is_letter(s.p[at_]) && (unsigned char)c < 0xC0 && 0);
}

/* A sign before the number: "-4", "minus one"; not the hyphen of "SCP-173" or "3-4". */
static size_t take_minus(sk_str s, size_t at_, const reading *r, bool *ret_minus)
{
    *ret_minus = false;
    if (at(r, 0) == MINUS) {
        *ret_minus = true;
        return 1;
    }
    if (at(r, 0) != HYPHEN || at(r, 1) != DIGITS) {
        if (at(r, 0) == HYPHEN && at(r, 1) == SIGNED_FRACTION)
            *ret_minus = true;
        return *ret_minus;
    }
    bool joined = at_ && (is_letter(s.p[at_ - 1]) || (s.p[at_ - 1] >= '0' && s.p[at_ - 1] <= '9'));
    *ret_minus = !joined && !(at_ && s.p[at_ - 1] == ' ' && at_ > 1 && is_letter(s.p[at_ - 2]));
    return *ret_minus;
}

/* An ordinal on its own: "third", "twenty-first", "hundred and first". */
static bool read_ordinal(const reading *r, size_t i, result *x)
{
    double group = 0;
    size_t end = at(r, i) == ORDINAL ? i : take_cardinal(r, i, &group);
    size_t o = end;
    if (end > i && at(r, o) == HYPHEN)
        o++;
    if (end > i && at(r, o) == AND)
        o++;
    if (at(r, o) != ORDINAL || r->w[o].is_plural)
        return false;
    double v = r->w[o].value;
    if (end > i && v < 100 && (fmod(group, 10) != 0 || group < 20))
        return false;
    *x = (result){v >= 100 && end > i ? group * v : group + v, o + 1, SK_NUMBER_ORDINAL, false};
    return true;
}

static bool may_start(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           (unsigned char)c >= 0x80;
}

/* "the one", "which one": no number. */
static bool pronoun_one(sk_str s, size_t at_, const reading *r)
{
    static const char *const words[] = {"the ",   "this ", "that ",    "which ", "no ",
                                        "every ", "each ", "another ", "any "};
    if (at(r, 0) != ONES || r->w[0].value != 1 || at(r, 1) != END)
        return false;
    for (size_t i = 0; i < SK_COUNT(words); i++) {
        sk_str w = sk_str_of(words[i]);
        if (at_ >= w.n && sk_str_eq_nocase(sk_str_sub(s, at_ - w.n, w.n), w))
            return true;
    }
    return false;
}

bool sk_number_english(sk_str s, size_t at_, sk_number *ret_number)
{
    reading r;
    result x, o;
    bool minus;
    if (at_ >= s.n || !may_start(s.p[at_]) || (is_letter(s.p[at_]) && !begins_word(s, at_)))
        return false;
    sk_english_cut(s, at_, &r);
    if (!r.n || pronoun_one(s, at_, &r) || at(&r, 0) == OUT || at(&r, 0) == IN ||
        at(&r, 0) == AND || at(&r, 0) == OF || at(&r, 0) == OVER || at(&r, 0) == POINT ||
        at(&r, 0) == LETTER_SCALE || (at(&r, 0) == SCALE && r.w[0].value < 1e3))
        return false;
    size_t first = take_minus(s, at_, &r, &minus);
    if (at(&r, first) == HYPHEN)
        return false;
    bool ordinal = read_ordinal(&r, first, &o);
    if (!read_number(&r, first, &x)) {
        if (!ordinal)
            return false;
        x = o;
    } else if (ordinal && o.end > x.end) {
        x = o;
    }
    if (x.kind == SK_NUMBER_FRACTION && at(&r, first) == SIGNED_FRACTION)
        x.end = first + 1;
    size_t to = r.w[x.end - 1].to;
    sk_number y = {.from = at_,
                   .to = to,
                   .value = minus ? -x.value : x.value,
                   .kind = x.kind,
                   .is_word = at(&r, first) != DIGITS,
                   .is_article = at(&r, first) == ARTICLE};
    y.is_glued = to < s.n && is_letter(s.p[to]);
    *ret_number = y;
    return true;
}
