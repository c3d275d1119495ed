/* Three numbers are looked at here; everything else is for base/edtf. See mapping_date.h. */
#include "exchange/mapping/mapping_date.h"

enum { NUMBERS = 3, DIGITS_MOST = 8 };

/* A run of digits as written. */
typedef struct number {
    unsigned value;
    size_t digits;
} number;

bool sk_date_order_parse(sk_str s, sk_date_order *ret_order)
{
    static const char *const names[] = {"dmy", "mdy", "ymd"};
    for (size_t i = 0; i < SK_COUNT(names); i++)
        if (sk_str_is(s, names[i])) {
            *ret_order = (sk_date_order)(SK_DATES_DMY + i);
            return true;
        }
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Up to three numbers with . / - between them, blanks allowed behind the sign, a full stop allowed
 * at the end; how many, or 0 when the text has anything else in it. */
static size_t take_numbers(sk_str s, number *ret)
{
    size_t n = 0, i = 0;
    char sep = 0;
    if (s.n && s.p[s.n - 1] == '.')
        s.n--;
    while (i < s.n) {
        number x = {0};
        while (i < s.n && is_digit(s.p[i]) && x.digits < DIGITS_MOST) {
            x.value = x.value * 10 + (unsigned)(s.p[i++] - '0');
            x.digits++;
        }
        if (!x.digits || n == NUMBERS)
            return 0;
        ret[n++] = x;
        if (i == s.n)
            return n;
        if ((s.p[i] != '.' && s.p[i] != '/' && s.p[i] != '-') || (sep && s.p[i] != sep))
            return 0;
        sep = s.p[i++];
        while (i < s.n && s.p[i] == ' ')
            i++;
    }
    return 0;
}

/* 0 is a day or month that is not known. */
static bool is_possible(unsigned year, unsigned month, unsigned day)
{
    if (month > 12 || (month == 0 && day != 0))
        return false;
    return month == 0 || day == 0 || sk_day_is_valid(year, month, day);
}

static sk_str edtf_of(sk_arena *a, unsigned year, unsigned month, unsigned day)
{
    if (!month)
        return sk_fmt(a, "%04u", year);
    if (!day)
        return sk_fmt(a, "%04u-%02u", year, month);
    return sk_fmt(a, "%04u-%02u-%02u", year, month, day);
}

static sk_rc no_such_day(sk_ctx *cx, sk_str written, const char *order)
{
    return sk_fail(
        cx, SK_E_FORMAT,
        "date \"%.*s\" is no day when read as %s; correct it in the source, or the order "
        "in the mapping",
        SK_P(written), order);
}

/* Day and month, or month and day, before a year of four digits. */
static sk_rc year_last(sk_ctx *cx, sk_str written, const number *x, sk_date_order order,
                       sk_str *ret_edtf)
{
    unsigned a = x[0].value, b = x[1].value, year = x[2].value;
    bool dmy = is_possible(year, b, a), mdy = is_possible(year, a, b);
    if (order == SK_DATES_DMY && !dmy)
        return no_such_day(cx, written, "day, month, year");
    if (order == SK_DATES_MDY && !mdy)
        return no_such_day(cx, written, "month, day, year");
    if (!dmy && !mdy)
        return no_such_day(cx, written, "day, month, year or as month, day, year");
    bool is_said = order == SK_DATES_DMY || order == SK_DATES_MDY;
    if (!is_said && dmy && mdy && a != b)
        return sk_fail(cx, SK_E_FORMAT,
                       "date \"%.*s\" may be %.*s or %.*s; write \"dates dmy\" or \"dates mdy\" in "
                       "the mapping",
                       SK_P(written), SK_P(edtf_of(&cx->arena, year, b, a)),
                       SK_P(edtf_of(&cx->arena, year, a, b)));
    bool day_first = is_said ? order == SK_DATES_DMY : dmy;
    *ret_edtf = day_first ? edtf_of(&cx->arena, year, b, a) : edtf_of(&cx->arena, year, a, b);
    return SK_OK;
}

static sk_rc three_numbers(sk_ctx *cx, sk_str written, const number *x, sk_date_order order,
                           sk_str *ret_edtf)
{
    if (x[0].digits == 4 && x[1].digits <= 2 && x[2].digits <= 2) {
        if (!is_possible(x[0].value, x[1].value, x[2].value))
            return no_such_day(cx, written, "year, month, day");
        *ret_edtf = edtf_of(&cx->arena, x[0].value, x[1].value, x[2].value);
        return SK_OK;
    }
    if (x[2].digits == 4 && x[0].digits <= 2 && x[1].digits <= 2)
        return year_last(cx, written, x, order, ret_edtf);
    return sk_fail(cx, SK_E_FORMAT,
                   "date \"%.*s\": a year of two digits could be in any century; write four",
                   SK_P(written));
}

static sk_rc one_number(sk_ctx *cx, sk_str written, number x, sk_str *ret_edtf)
{
    unsigned year = x.value / 10000, month = x.value / 100 % 100, day = x.value % 100;
    if (x.digits == 8 && year && is_possible(year, month, day)) {
        *ret_edtf = edtf_of(&cx->arena, year, month, day);
        return SK_OK;
    }
    if (x.digits == 5)
        return sk_fail(cx, SK_E_FORMAT,
                       "date \"%.*s\" is a spreadsheet's day number; format the column as a date "
                       "(YYYY-MM-DD) and save again",
                       SK_P(written));
    return SK_OK;
}

/* What numbers alone say; *ret_edtf stays empty when the text is of another kind. */
static sk_rc from_numbers(sk_ctx *cx, sk_str written, sk_date_order order, sk_str *ret_edtf)
{
    number x[NUMBERS];
    switch (take_numbers(written, x)) {
    case 3:
        return three_numbers(cx, written, x, order, ret_edtf);
    case 2:
        if (x[0].digits <= 2 && x[1].digits == 4 && is_possible(x[1].value, x[0].value, 0))
            *ret_edtf = edtf_of(&cx->arena, x[1].value, x[0].value, 0);
        else if (x[0].digits == 4 && x[1].value == 0)
            *ret_edtf = edtf_of(&cx->arena, x[0].value, 0, 0);
        return SK_OK;
    case 1:
        return one_number(cx, written, x[0], ret_edtf);
    default:
        return SK_OK;
    }
}

/* The midnight that spreadsheets put behind a day. */
static sk_str without_midnight(sk_str s)
{
    static const char *const ends[] = {" 00:00:00.000", " 00:00:00", " 00:00",
                                       " 0:00:00",      " 0:00",     "T00:00:00.000Z",
                                       "T00:00:00Z",    "T00:00:00"};
    for (size_t i = 0; i < SK_COUNT(ends); i++)
        if (sk_str_ends(s, sk_str_of(ends[i])))
            return sk_str_trim(sk_str_sub(s, 0, s.n - strlen(ends[i])));
    return s;
}

static sk_rc one_date(sk_ctx *cx, sk_str written, sk_date_order order, sk_str *ret_edtf)
{
    sk_str edtf = SK_NONE;
    SK_TRY(from_numbers(cx, written, order, &edtf));
    if (!edtf.n) {
        sk_edtf date;
        if (sk_edtf_parse(cx, written, &date)) {
            sk_forgive(cx);
            SK_TRY(sk_edtf_from_words(cx, written, &date));
        }
        edtf = date.text;
    }
    *ret_edtf = edtf;
    return SK_OK;
}

/* Where "a~b" or "a – b" parts; SIZE_MAX when it does not. */
static size_t find_range(sk_str s, size_t *ret_n)
{
    static const char *const signs[] = {"~", "–", "〜", "～", " - "};
    for (size_t i = 0; i < SK_COUNT(signs); i++) {
        size_t at = sk_str_find(s, sk_str_of(signs[i])), n = strlen(signs[i]);
        if (at != SIZE_MAX && at > 0 && at + n < s.n) {
            *ret_n = n;
            return at;
        }
    }
    return SIZE_MAX;
}

/* Both ends as dates of this table; false when one is not, or is a range itself. */
static bool take_range(sk_ctx *cx, sk_str written, sk_date_order order, sk_str *ret_edtf)
{
    size_t n, at = find_range(written, &n);
    if (at == SIZE_MAX)
        return false;
    sk_str a, b, whole;
    sk_edtf date;
    if (one_date(cx, sk_str_trim(sk_str_sub(written, 0, at)), order, &a) ||
        one_date(cx, sk_str_trim(sk_str_sub(written, at + n, written.n)), order, &b))
        return false;
    whole = sk_fmt(&cx->arena, "%.*s/%.*s", SK_P(a), SK_P(b));
    if (sk_edtf_parse(cx, whole, &date) || date.kind != SK_EDTF_INTERVAL)
        return false;
    *ret_edtf = date.text;
    return true;
}

sk_rc sk_mapping_date(sk_ctx *cx, sk_str written, sk_date_order order, sk_str *ret_edtf)
{
    sk_str s = without_midnight(sk_str_trim(written));
    sk_rc rc = one_date(cx, s, order, ret_edtf);
    if (!rc)
        return SK_OK;
    /* a second try must not lose what the first one said */
    sk_ctx tx;
    sk_ctx_init(&tx);
    sk_str edtf = SK_NONE;
    bool is_range = take_range(&tx, s, order, &edtf);
    if (is_range) {
        sk_forgive(cx);
        *ret_edtf = sk_str_copy(&cx->arena, edtf);
    }
    sk_ctx_done(&tx);
    return is_range ? SK_OK : rc;
}

bool sk_mapping_date_orders(sk_str written, sk_date_orders *ret_orders)
{
    number x[NUMBERS];
    if (take_numbers(without_midnight(sk_str_trim(written)), x) != 3)
        return false;
    unsigned a = x[0].value, b = x[1].value, c = x[2].value;
    if (x[0].digits == 4 && is_possible(a, b, c)) {
        *ret_orders = (sk_date_orders){.ymd = true};
        return true;
    }
    if (x[2].digits != 4)
        return false;
    *ret_orders = (sk_date_orders){.dmy = is_possible(c, b, a), .mdy = is_possible(c, a, b)};
    return ret_orders->dmy || ret_orders->mdy;
}
