/* Dates with their day, month or year written out: the forms they take in English, each from its first
 * token. What they become is the business of times.c.
 *
 * No date without the looks of one: a bare number is a year only where a date would stand. */
#include "read/times.h"

const char *sk_time_id(const sk_reader *x, int64_t i)
{
    const sk_match *m = sk_match_at(x, SK_LAYER_TIME, i);
    return m && m->first == (uint32_t)i ? sk_entry_id(x, sk_match_entry(x, m)) : "";
}

int64_t sk_time_behind(const sk_reader *x, int64_t i)
{
    const sk_match *m = sk_match_at(x, SK_LAYER_TIME, i);
    return (int64_t)m->first + m->n;
}

bool sk_time_is(const sk_reader *x, int64_t i, const char *kind)
{
    const char *id = sk_time_id(x, i);
    size_t n = strlen(kind);
    return !strncmp(id, kind, n) && (id[n] == '\0' || id[n] == '-');
}

static bool is_ordinal_tail(const sk_reader *x, int64_t i)
{
    static const char *const tails[] = {"st", "nd", "rd", "th"};
    for (size_t k = 0; k < SK_COUNT(tails); k++)
        if (sk_item_is(x, i, tails[k]))
            return sk_item_at(x, i)->t.glued;
    return false;
}

/* "9th", "twenty-first" */
static bool is_ordinal(const sk_reader *x, int64_t i)
{
    sk_number n;
    const sk_item *item = sk_item_at(x, i);
    if (item->t.from == item->t.to)
        return false;
    if (item->t.shape == SK_SHAPE_NUMBER)
        return is_ordinal_tail(x, i + 1);
    return sk_number_at(sk_str_sub(x->text, 0, x->items[x->range.end - 1].t.to), SK_READ_EN,
                        item->t.from, &n) &&
           n.kind == SK_NUMBER_ORDINAL && n.value <= 31;
}

/* A small word that is also a month or weekday must be written as one: March, May, Sat, Sun. */
static bool is_month(const sk_reader *x, int64_t i)
{
    bool word = sk_item_is(x, i, "may") || sk_item_is(x, i, "march");
    return sk_time_is(x, i, "month") ||
           (word &&
            (sk_item_is(x, i - 1, "of") || sk_item_is(x, i + 1, "the") || is_ordinal(x, i + 1)));
}

static int64_t skip_point(const sk_reader *x, int64_t i)
{
    return sk_item_is(x, i, ".") && sk_item_at(x, i)->t.glued &&
                   (sk_item_at(x, i + 1)->t.shape == SK_SHAPE_NUMBER || sk_item_is(x, i + 1, ","))
               ? i + 1
               : i;
}

static int number_at(const sk_reader *x, int64_t i, size_t *ret_digits)
{
    const sk_item *item = sk_item_at(x, i);
    sk_str s = sk_item_text(x, item);
    uint64_t v;
    *ret_digits = 0;
    if (item->t.shape != SK_SHAPE_NUMBER || s.n > 4 || !s.n)
        return -1;
    size_t zeros = 0;
    while (zeros + 1 < s.n && s.p[zeros] == '0')
        zeros++;
    if (!sk_str_to_u64(sk_str_sub(s, zeros, s.n), &v))
        return -1;
    *ret_digits = s.n;
    return (int)v;
}

bool sk_is_year(const sk_reader *x, int64_t i)
{
    size_t digits;
    int v = number_at(x, i, &digits);
    return digits == 4 && v >= 1000 && v <= 2199;
}

static bool is_day(const sk_reader *x, int64_t i)
{
    size_t digits;
    int v = number_at(x, i, &digits);
    return digits && digits <= 2 && v >= 1 && v <= 31;
}

/* Could the word be a number: one the lists have, or one that ends as ordinals do? */
static bool may_count(const sk_reader *x, const sk_item *item)
{
    sk_str s = sk_item_text(x, item);
    if (item->pos & SK_POS_NUM)
        return true;
    return s.n > 3 && (sk_str_ends(s, SK_S("th")) || sk_str_ends(s, SK_S("st")) ||
                       sk_str_ends(s, SK_S("nd")) || sk_str_ends(s, SK_S("rd")));
}

/* "9", "9th", "the 9th of", "second". Returns behind it, i when none. */
int64_t sk_times_day(const sk_reader *x, int64_t i)
{
    sk_number n;
    if (is_day(x, i))
        return i + 1 + is_ordinal_tail(x, i + 1);
    const sk_item *item = sk_item_at(x, i);
    if (!sk_token_is_word(&item->t) || item->t.from == item->t.to || !may_count(x, item) ||
        !sk_number_at(sk_str_sub(x->text, 0, x->items[x->range.end - 1].t.to), SK_READ_EN,
                      item->t.from, &n) ||
        n.value < 1 || n.value > 31 || (n.kind != SK_NUMBER_ORDINAL && n.kind != SK_NUMBER_INTEGER))
        return i;
    while (i < x->range.end && x->items[i].t.to <= n.to)
        i++;
    return i;
}

static int64_t skip_word(const sk_reader *x, int64_t i, const char *word)
{
    return sk_item_is(x, i, word) ? i + 1 : i;
}

/* ", 2023" or "2023" or "of 2023" */
int64_t sk_times_year_behind(const sk_reader *x, int64_t i)
{
    int64_t k = skip_word(x, i, ",");
    k = skip_word(x, k, "of");
    int year;
    int64_t spoken = sk_times_spoken_year(x, k, &year);
    if (sk_is_year(x, k))
        return k + 1;
    if (spoken > k)
        return spoken;
    if (sk_item_is(x, i, "'") && is_day(x, i + 1))
        return i + 2;
    return i;
}

int64_t sk_times_month(const sk_reader *x, int64_t i)
{
    return is_month(x, i) ? skip_point(x, i + 1) : i;
}

/* November 2023; November 9, 2023; November 9th; Nov. 9-12 */
static int64_t take_month_first(const sk_reader *x, int64_t i)
{
    if (!is_month(x, i))
        return i;
    int64_t k = skip_point(x, i + 1), year = sk_times_year_behind(x, k);
    if (year > k)
        return year;
    int64_t the = skip_word(x, k, "the");
    if (sk_item_is(x, k, ",") && is_ordinal(x, k + 1)) /* "October, 1st" */
        the = k + 1;
    int64_t day = sk_times_day(x, the);
    if (day == the || sk_is_year(x, the))
        return k == i + 1 ? i + 1 : k;
    if (sk_item_is(x, day, "-") && is_day(x, day + 1) && sk_item_at(x, day)->t.glued)
        day = sk_times_day(x, day + 1);
    return sk_times_year_behind(x, day);
}

/* 9 November 2023; the 9th of November */
static int64_t take_day_first(const sk_reader *x, int64_t i)
{
    int64_t the = skip_word(x, i, "the"), day = sk_times_day(x, the);
    if (day == the)
        return i;
    if (sk_item_is(x, day, "-") && is_day(x, day + 1))
        day = sk_times_day(x, day + 1);
    int64_t of = skip_word(x, day, "of");
    if (sk_item_is(x, of, "-"))
        of++;
    if (!is_month(x, of))
        return i;
    int64_t k = skip_point(x, of + 1);
    k = sk_item_is(x, k, "-") && sk_is_year(x, k + 1) ? k + 1 : k;
    return sk_times_year_behind(x, k);
}

/* 2023-11-09, 9/11/2023, 2023.11.9: three numbers with one sign */
static int64_t take_numeric(const sk_reader *x, int64_t i)
{
    size_t a, b, c;
    const sk_item *sign = sk_item_at(x, i + 1);
    if (number_at(x, i, &a) < 0 || sign->t.shape != SK_SHAPE_SIGN || !sign->t.glued)
        return i;
    bool slash = sk_item_is(x, i + 1, "/"), hyphen = sk_item_is(x, i + 1, "-");
    if ((!slash && !hyphen) || number_at(x, i + 2, &b) < 0 || b > 2)
        return i;
    bool same = sk_item_is(x, i + 3, slash ? "/" : "-") && number_at(x, i + 4, &c) >= 0;
    if (same && ((a == 4 && c <= 2) || (a <= 2 && (c == 4 || c == 2))))
        return i + 5;
    return i;
}

/* 13.5.2015, 2015.5.13: one number with two points */
static int64_t take_dotted(const sk_reader *x, int64_t i)
{
    const sk_item *item = sk_item_at(x, i);
    sk_str rest = sk_item_text(x, item), part;
    size_t n = 0, digits[4] = {0};
    if (item->t.shape != SK_SHAPE_NUMBER || rest.n > 10)
        return i;
    while (n < 4 && sk_str_cut(&rest, '.', &part))
        digits[n++] = part.n;
    bool ends = n == 3 && digits[1] >= 1 && digits[1] <= 2;
    bool last = digits[0] <= 2 && digits[2] == 4, first = digits[0] == 4 && digits[2] <= 2;
    return ends && (last || first) ? i + 1 : i;
}

/* 2019-sep-1, 1/Sep/2019: a month in words between numbers with one sign */
static int64_t take_month_between(const sk_reader *x, int64_t i)
{
    size_t a, b;
    bool slash = sk_item_is(x, i + 1, "/"), hyphen = sk_item_is(x, i + 1, "-");
    if (number_at(x, i, &a) < 0 || !(slash || hyphen) || !is_month(x, i + 2) ||
        !sk_item_is(x, i + 3, slash ? "/" : "-") || number_at(x, i + 4, &b) < 0)
        return i;
    return (a == 4 && b <= 2) || (a <= 2 && b == 4) ? i + 5 : i;
}

/* 1970s; the 1970s and 1980s; '70s */
static int64_t take_decade(const sk_reader *x, int64_t i)
{
    size_t digits;
    int64_t k = i;
    bool brief = sk_item_is(x, k, "'");
    k += brief;
    int v = number_at(x, k, &digits);
    if (v < 0 || v % 10 || !(digits == 4 || (digits == 2 && (brief || v >= 20))))
        return i;
    int64_t s = k + 1;
    if (sk_item_is(x, s, "'s") || (sk_item_is(x, s, "s") && sk_item_at(x, s)->t.glued))
        return s + 1;
    return i;
}

static int64_t take_decades(const sk_reader *x, int64_t i)
{
    int64_t end = take_decade(x, i);
    if (end == i)
        return i;
    int64_t next =
        end + (sk_item_is(x, end, "and") || sk_item_is(x, end, "or") || sk_item_is(x, end, "to"));
    next = skip_word(x, next, "the");
    int64_t more = next > end ? take_decade(x, next) : next;
    return more > next ? more : end;
}

static int64_t take_season(const sk_reader *x, int64_t i)
{
    if (!sk_time_is(x, i, "season"))
        return i;
    int64_t end = sk_times_year_behind(x, sk_time_behind(x, i));
    return end > sk_time_behind(x, i) ? end : i;
}

/* Where a bare year may stand: behind these words, or before a noun: "a 2023 meeting". */
static bool year_stands(const sk_reader *x, int64_t i)
{
    static const char *const words[] = {
        "in",     "since",      "from",   "by",      "until",   "till",     "from",   "before",
        "after",  "during",     "of",     "to",      "between", "and",      "around", "circa",
        "early",  "mid",        "late",   "through", "a",       "the",      "for",    "(",
        "spring", "summer",     "autumn", "winter",  "fall",    "-",        "its",    "their",
        "his",    "throughout", "as",     "or",      "year",    "in early", ","};
    for (size_t k = 0; k < SK_COUNT(words); k++)
        if (sk_item_is(x, i - 1, words[k]))
            return true;
    return i == x->range.first;
}

/* Behind a bare year no unit may follow: "2023 people" counts. */
static bool year_alone(const sk_reader *x, int64_t i)
{
    const sk_item *next = sk_item_at(x, i + 1);
    if (sk_item_is(x, i + 1, "people") || sk_item_is(x, i + 1, "%") ||
        sk_item_is(x, i + 1, "percent"))
        return false;
    if (next->t.shape == SK_SHAPE_NUMBER)
        return false;
    bool article =
        sk_item_is(x, i - 1, "a") || sk_item_is(x, i - 1, "the") || sk_item_is(x, i - 1, "its");
    const sk_match *role = sk_match_at(x, SK_LAYER_ROLE, i + 1);
    bool people = role && sk_match_entry(x, role)->attrs & SK_ATTR(PERSON);
    return article || !(next->pos & SK_POS_NOUNS) || !people;
}

static int64_t take_year(const sk_reader *x, int64_t i)
{
    int year;
    int64_t spoken = year_stands(x, i) ? sk_times_spoken_year(x, i, &year) : i;
    if (spoken > i)
        return spoken;
    if (sk_is_year(x, i) && sk_times_month(x, i + 1) > i + 1 &&
        !is_day(x, sk_times_month(x, i + 1)))
        return sk_times_month(x, i + 1); /* "2016 November" */
    if (!sk_is_year(x, i) || !year_stands(x, i) || !year_alone(x, i))
        return i;
    if (sk_item_at(x, i)->t.glued && !sk_item_is(x, i - 1, "(") && !sk_item_is(x, i - 1, "-"))
        return i;
    return i + 1;
}

static int64_t take_one(const sk_reader *x, int64_t i)
{
    static int64_t (*const forms[])(const sk_reader *, int64_t) = {
        take_numeric,   take_dotted,  take_month_between, sk_times_day_range, take_month_first,
        take_day_first, take_decades, take_season,        take_year};
    for (size_t k = 0; k < SK_COUNT(forms); k++) {
        int64_t end = forms[k](x, i);
        if (end > i)
            return end;
    }
    return i;
}

/* "between 2016 and 2018", "from 1 May to 3 June 1978", "2016-2018": two dates, one stretch. */
static int64_t take_between(const sk_reader *x, int64_t i)
{
    static const char *const joins[] = {"and", "to", "through", "until", "-", "till"};
    bool between = sk_item_is(x, i, "between"), from = sk_item_is(x, i, "from");
    int64_t first = i + (between || from), end = take_one(x, first);
    if (end == first)
        return i;
    for (size_t k = 0; k < SK_COUNT(joins); k++) {
        if (!sk_item_is(x, end, joins[k]) || (!strcmp(joins[k], "and") && !between) ||
            (!between && !from && strcmp(joins[k], "-") != 0 && strcmp(joins[k], "to") != 0))
            continue;
        int64_t more = sk_is_year(x, end + 1) ? end + 2 : take_one(x, end + 1);
        if (more > end + 1)
            return more;
    }
    return i;
}

int64_t sk_times_explicit(const sk_reader *x, int64_t i)
{
    int64_t end = take_between(x, i);
    return end > i ? end : take_one(x, i);
}

/* Numbers with signs that only a date has where a date stands: 4/22, 2016-11, 11/2016. */
int64_t sk_times_short_numeric(const sk_reader *x, int64_t i)
{
    size_t a, b;
    int64_t k = i + 1;
    bool slash = sk_item_is(x, k, "/"), hyphen = sk_item_is(x, k, "-"), dot = sk_item_is(x, k, ".");
    int first = number_at(x, i, &a), second = number_at(x, k + 1, &b);
    if (first < 0 || second < 0 || !(slash || hyphen || dot) || sk_item_is(x, k + 2, "/") ||
        sk_item_is(x, k + 2, "-"))
        return i;
    bool year_first = a == 4 && sk_is_year(x, i) && b <= 2 && second >= 1 && second <= 12;
    bool year_last = b == 4 && sk_is_year(x, k + 1) && a <= 2 && first >= 1 && first <= 12;
    bool day = slash && a <= 2 && b <= 2 && first >= 1 && second >= 1 && first <= 31 &&
               second <= 31 && (first <= 12 || second <= 12);
    bool stands = sk_item_is(x, i - 1, "on") || sk_item_is(x, i - 1, "from") ||
                  sk_item_is(x, i - 1, "to") || sk_time_is(x, i - 1, "weekday") ||
                  sk_item_is(x, i - 1, "back");
    return (year_first && (slash || hyphen)) || (year_last && slash) || (day && stands) ? k + 2 : i;
}
