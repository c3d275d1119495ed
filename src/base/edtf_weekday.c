/* Weekdays named beside a date, and whether the date has them. */
#include "base/edtf_words.h"
#include "base/utf8.h"

enum { MOST_DAYS = 6 }; /* seven days have every weekday */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The English word that starts here, as written; empty when none does. */
static sk_str word_at(sk_str text, size_t at)
{
    size_t end = at;
    while (end < text.n && is_letter(text.p[end]))
        end++;
    return sk_str_sub(text, at, end - at);
}

/* Lower case in a small buffer of the caller; longer words are no weekday and no month. */
static sk_str lower(sk_str word, char buffer[16])
{
    if (word.n > 16)
        return SK_S("");
    for (size_t i = 0; i < word.n; i++)
        buffer[i] = (char)(word.p[i] | 0x20);
    return (sk_str){buffer, word.n};
}

static bool is_month(sk_str word)
{
    char buffer[16];
    return word.n && sk_is_month_word(lower(word, buffer));
}

static bool is_between(char c, const char *set)
{
    return c && strchr(set, c);
}

/* A short name (Sun, Sat, Mon) is a weekday only where a date goes on: a number or month behind it
 * or before it, or brackets around it. */
static bool stands_in_a_date(sk_str text, size_t from, size_t to)
{
    size_t right = to, left = from;
    if (right < text.n && text.p[right] == '-')
        return false;
    while (right < text.n && is_between(text.p[right], "., "))
        right++;
    if (right < text.n && (is_digit(text.p[right]) || is_month(word_at(text, right))))
        return true;
    while (left > 0 && is_between(text.p[left - 1], ", "))
        left--;
    if (left > 0 && is_digit(text.p[left - 1]))
        return true;
    bool in_brackets = from > 0 && text.p[from - 1] == '(' && to < text.n && text.p[to] == ')';
    if (in_brackets || left == 0 || left == from)
        return in_brackets;
    size_t word = left;
    while (word > 0 && is_letter(text.p[word - 1]))
        word--;
    return is_month(sk_str_sub(text, word, left - word));
}

static unsigned english(sk_str text, size_t at, sk_str *ret_name)
{
    char buffer[16];
    bool is_short;
    if (at > 0 && (is_letter(text.p[at - 1]) || text.p[at - 1] == '-'))
        return 0;
    sk_str word = word_at(text, at);
    unsigned day = sk_weekday_of_word(lower(word, buffer), &is_short);
    if (day && is_short && !stands_in_a_date(text, at, at + word.n))
        return 0;
    *ret_name = word;
    return day;
}

static bool starts_at(sk_str text, size_t at, const char *s)
{
    return sk_str_starts(sk_str_sub(text, at, text.n), sk_str_of(s));
}

static bool ends_at(sk_str text, size_t at, const char *s)
{
    return sk_str_ends(sk_str_sub(text, 0, at), sk_str_of(s));
}

/* The characters of the days in each script, Monday first. */
static const char *const signs[][7] = {
    {"월", "화", "수", "목", "금", "토", "일"},
    {"月", "火", "水", "木", "金", "土", "日"},
    {"一", "二", "三", "四", "五", "六", "日"},
};
enum { KOREAN, JAPANESE, CHINESE };

static unsigned sign_at(sk_str text, size_t at, unsigned script)
{
    for (unsigned i = 0; i < 7; i++)
        if (starts_at(text, at, signs[script][i]))
            return i + 1;
    if (script == CHINESE && starts_at(text, at, "天"))
        return 7;
    return 0;
}

/* 월요일, 月曜(日): all signs here are three bytes long. */
static unsigned with_day_word(sk_str text, size_t at, sk_str *ret_name)
{
    unsigned day = sign_at(text, at, KOREAN);
    if (day && starts_at(text, at + 3, "요일")) {
        *ret_name = sk_str_sub(text, at, 9);
        return day;
    }
    day = sign_at(text, at, JAPANESE);
    if (day && starts_at(text, at + 3, "曜")) {
        *ret_name = sk_str_sub(text, at, starts_at(text, at + 6, "日") ? 9 : 6);
        return day;
    }
    return 0;
}

/* 星期二, 礼拜二, 周二, 週二. "一周一次" is once a week: no 周 behind a number or 每. */
static unsigned chinese(sk_str text, size_t at, sk_str *ret_name)
{
    static const char *const heads[] = {"星期", "礼拜", "禮拜", "周", "週"};
    static const char *const counts[] = {"每", "两", "兩", "几", "幾", "一", "二", "三",
                                         "四", "五", "六", "七", "八", "九", "十"};
    for (size_t i = 0; i < SK_COUNT(heads); i++) {
        size_t head = strlen(heads[i]);
        unsigned day = starts_at(text, at, heads[i]) ? sign_at(text, at + head, CHINESE) : 0;
        if (!day)
            continue;
        for (size_t k = 0; head == 3 && k < SK_COUNT(counts); k++)
            if (ends_at(text, at, counts[k]))
                return 0;
        if (head == 3 && at > 0 && is_digit(text.p[at - 1]))
            return 0;
        *ret_name = sk_str_sub(text, at, head + 3);
        return day;
    }
    return 0;
}

/* A lone sign in brackets behind a day: 12일(수), 12日（水）. */
static unsigned in_brackets(sk_str text, size_t at, sk_str *ret_name)
{
    static const char *const opening[] = {"(", "（"}, *const closing[] = {")", "）"};
    static const char *const days[] = {"일", "日", "号", "號"};
    for (size_t i = 0; i < SK_COUNT(opening); i++) {
        if (!starts_at(text, at, opening[i]))
            continue;
        size_t inside = at + strlen(opening[i]), before = at;
        unsigned day = sign_at(text, inside, KOREAN);
        day = day ? day : sign_at(text, inside, JAPANESE);
        if (!day || !starts_at(text, inside + 3, closing[i]))
            return 0;
        while (before > 0 && text.p[before - 1] == ' ')
            before--;
        bool is_behind_day = before > 0 && is_digit(text.p[before - 1]);
        for (size_t k = 0; k < SK_COUNT(days); k++)
            is_behind_day = is_behind_day || ends_at(text, before, days[k]);
        *ret_name = sk_str_sub(text, inside, 3);
        return is_behind_day ? day : 0;
    }
    return 0;
}

static unsigned weekday_at(sk_str text, size_t at, sk_str *ret_name)
{
    if (is_letter(text.p[at]))
        return english(text, at, ret_name);
    unsigned day = in_brackets(text, at, ret_name);
    day = day ? day : with_day_word(text, at, ret_name);
    return day ? day : chinese(text, at, ret_name);
}

/* The weekdays that the date's days have, as bits 1 to 7; 0 when the date is too vague to say. */
static unsigned weekdays_of(const sk_edtf *e)
{
    unsigned bits = 0;
    if (e->approximate || e->uncertain)
        return 0;
    for (size_t i = 0; i < e->n_parts; i++) {
        const sk_edtf_part *part = &e->parts[i];
        if (part->earliest == INT64_MIN || part->latest == INT64_MAX ||
            part->latest - part->earliest >= MOST_DAYS)
            return 0;
        for (int64_t day = part->earliest; day <= part->latest; day++)
            bits |= 1u << sk_day_weekday(day);
    }
    return bits;
}

static sk_str warning(sk_arena *a, sk_str name, unsigned day, const sk_edtf *e)
{
    if (e->earliest == e->latest)
        return sk_fmt(a, "\"%.*s\" does not fit %.*s, which was a %.*s", SK_P(name), SK_P(e->text),
                      SK_P(sk_weekday_name(sk_day_weekday(e->earliest), SK_LANG_EN)));
    return sk_fmt(a, "\"%.*s\" does not fit %.*s, which has no %.*s", SK_P(name), SK_P(e->text),
                  SK_P(sk_weekday_name(day, SK_LANG_EN)));
}

sk_weekday_fit sk_weekday_check(sk_arena *a, sk_str words, const sk_edtf *e, sk_str *ret_warning)
{
    unsigned first = 0, bits = weekdays_of(e);
    sk_str first_name = SK_NONE, name;
    for (size_t at = 0; at < words.n; sk_utf8_next(words, &at)) {
        unsigned day = weekday_at(words, at, &name);
        if (!day)
            continue;
        if (bits & 1u << day)
            return SK_WEEKDAY_FITS;
        if (!first) {
            first = day;
            first_name = name;
        }
    }
    if (!first)
        return SK_WEEKDAY_NONE;
    if (!bits)
        return SK_WEEKDAY_UNSURE;
    if (ret_warning)
        *ret_warning = warning(a, first_name, first, e);
    return SK_WEEKDAY_WRONG;
}
