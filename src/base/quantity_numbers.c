/* How numbers are written: digits with commas and points in either width, East Asian factors, Han
 * signs; and what looks like a number and is a date. */
#include "base/quantity_words.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

typedef struct sign {
    const char *text;
    int64_t value;
} sign;

/* Factors behind digits: 만 and 万 and larger close a section of the number. */
static const sign factors[] = {
    {"십", 10},  {"백", 100},  {"천", 1000},  {"만", 10000}, {"억", 100000000}, {"十", 10},
    {"百", 100}, {"千", 1000}, {"万", 10000}, {"萬", 10000}, {"亿", 100000000}, {"億", 100000000},
};
static const sign han_digits[] = {{"〇", 0}, {"一", 1}, {"二", 2}, {"两", 2}, {"兩", 2}, {"三", 3},
                                  {"四", 4}, {"五", 5}, {"六", 6}, {"七", 7}, {"八", 8}, {"九", 9}};

static bool take_sign(sk_str text, size_t *at, const sign *table, size_t n, int64_t *ret_value)
{
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(table[i].text);
        if (*at + length <= text.n && memcmp(text.p + *at, table[i].text, length) == 0) {
            *at += length;
            *ret_value = table[i].value;
            return true;
        }
    }
    return false;
}

/* One digit, ASCII or full width (U+FF10 to U+FF19); comma and point in either width too. */
char sk_count_digit_at(sk_str text, size_t at, size_t *ret_n)
{
    *ret_n = 1;
    if (at >= text.n)
        return '\0';
    if ((unsigned char)text.p[at] < 0x80)
        return text.p[at];
    *ret_n = 3;
    if (at + 3 <= text.n && memcmp(text.p + at, "\xEF\xBC", 2) == 0) {
        unsigned char last = (unsigned char)text.p[at + 2];
        if (last >= 0x90 && last <= 0x99)
            return (char)('0' + last - 0x90);
        if (last == 0x8C || last == 0x8E)
            return last == 0x8C ? ',' : '.';
    }
    return '\0';
}

/* Digits with commas between groups of three and one point; SIZE_MAX when too long to be one. */
size_t sk_count_take_digits(sk_str text, size_t at, sk_count_word *w)
{
    char digits[32];
    size_t n = 0, step, next;
    bool point = false;
    for (char c; (c = sk_count_digit_at(text, at, &step)); at += step) {
        char after = sk_count_digit_at(text, at + step, &next);
        bool joins = (c == ',' || (c == '.' && !point)) && n && is_digit(after);
        if (!is_digit(c) && !joins)
            break;
        if (c == ',' && point)
            break;
        if (n == sizeof digits)
            return SIZE_MAX;
        point = point || c == '.';
        digits[n++] = c;
    }
    if (!sk_decimal_parse((sk_str){digits, n}, &w->number))
        return SIZE_MAX;
    w->is_plain_year = n == 4 && !point && !memchr(digits, ',', n) && w->number.mantissa >= 1800 &&
                       w->number.mantissa <= 2100;
    return at;
}

/* d times factor; false past int64. */
bool sk_count_multiply(sk_decimal d, int64_t factor, sk_decimal *ret_product)
{
    while (d.decimals && factor % 10 == 0) {
        factor /= 10;
        d.decimals--;
    }
    return !__builtin_mul_overflow(d.mantissa, factor, &d.mantissa) &&
           sk_decimal_add(d, (sk_decimal){0, 0}, ret_product);
}

/* Behind a first number, East Asian factors and further digits: "1만 2천", "3억5천만", "8万". */
size_t sk_count_take_factors(sk_str text, size_t at, sk_count_word *w)
{
    sk_decimal total = {0, 0}, section = {0, 0}, here = w->number, product;
    size_t end = at;
    int64_t factor;
    bool ok = true;
    while (ok && take_sign(text, &at, factors, SK_COUNT(factors), &factor)) {
        bool closes = factor >= 10000;
        ok = closes ? sk_decimal_add(section, here, &here) &&
                          sk_count_multiply(here, factor, &product) &&
                          sk_decimal_add(total, product, &total)
                    : sk_count_multiply(here, factor, &product) &&
                          sk_decimal_add(section, product, &section);
        if (closes)
            section = (sk_decimal){0, 0};
        here = (sk_decimal){0, 0};
        end = at;
        w->is_plain_year = false;
        sk_count_word more = {0};
        size_t digits = at + (at < text.n && text.p[at] == ' '), step;
        size_t after = is_digit(sk_count_digit_at(text, digits, &step))
                           ? sk_count_take_digits(text, digits, &more)
                           : SIZE_MAX;
        int64_t ignored;
        size_t look = after;
        bool has_factor =
            after != SIZE_MAX && take_sign(text, &look, factors, SK_COUNT(factors), &ignored);
        if (after != SIZE_MAX && (has_factor || digits == at)) {
            here = more.number;
            end = at = after;
        }
    }
    ok = ok && sk_decimal_add(total, section, &total) && sk_decimal_add(total, here, &total);
    if (ok)
        w->number = total;
    return ok ? end : SIZE_MAX;
}

/* A number all in Han signs (十七, 二百) or with Korean words; 0 when none. */
size_t sk_count_take_han(sk_str text, size_t at, sk_count_word *w)
{
    int64_t digit = -1, section = 0, total = 0, v;
    size_t start = at, signs = 0;
    for (; signs < 12; signs++) {
        if (take_sign(text, &at, han_digits, SK_COUNT(han_digits), &v)) {
            if (digit >= 0)
                return 0; /* digit by digit: a year or a telephone number */
            digit = v;
        } else if (take_sign(text, &at, factors, SK_COUNT(factors), &v)) {
            section += v >= 10000 ? 0 : (digit < 0 ? 1 : digit) * v;
            if (v >= 10000) {
                total += (section + (digit < 0 ? 0 : digit)) * v;
                section = 0;
            }
            digit = -1;
        } else {
            break;
        }
    }
    w->number = sk_decimal_of(total + section + (digit < 0 ? 0 : digit));
    return signs && w->number.mantissa ? at - start : 0;
}

/* "1977-09-19", "2023-10", "10:30", "2023.10.9": a date or a time, not a count. Returns its end. */
size_t sk_count_take_date(sk_str text, size_t at)
{
    size_t part[3] = {0}, n = 0, start = at;
    char sep = '\0';
    while (n < 3) {
        size_t from = at;
        while (at < text.n && is_digit(text.p[at]))
            at++;
        part[n++] = at - from;
        if (at == from || at - from > 4)
            return start;
        char c = at < text.n ? text.p[at] : '\0';
        bool goes_on = (c == '-' || c == ':' || c == '.' || c == '/') && at + 1 < text.n &&
                       is_digit(text.p[at + 1]) && (n == 1 || c == sep);
        if (!goes_on)
            break;
        sep = c;
        at++;
    }
    bool is_month = n == 2 && sep == '-' && part[0] == 4 && part[1] == 2 &&
                    (text.p[start] == '1' || text.p[start] == '2') &&
                    memcmp(text.p + start + 5, "12", 2) <= 0;
    bool is_time = n >= 2 && sep == ':' && part[0] <= 2 && part[1] == 2;
    bool is_whole = n == 3 && (part[0] == 4 || part[2] == 4) && sep != ':';
    return is_month || is_time || is_whole ? at : start;
}
