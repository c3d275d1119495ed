/* Dates for people. What is written here, edtf_words.c reads back; the two share their conventions
 * through edtf_words.h. */
#include "base/edtf.h"
#include "base/edtf_words.h"

static const char *const month_names[] = {"",        "January",  "February", "March",  "April",
                                          "May",     "June",     "July",     "August", "September",
                                          "October", "November", "December"};

sk_str sk_weekday_name(unsigned weekday, sk_lang lang)
{
    static const char *const names[SK_LANGS][8] = {
        {"", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
        {"", "월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"}};
    sk_assert(weekday >= 1 && weekday <= 7 && (unsigned)lang < SK_LANGS);
    return sk_str_of(names[lang][weekday]);
}

/* --- one date ---------------------------------------------------------------------------------- */

/* "1978", "1970s", "45 BC", "AD 987", "years 1900–1999". */
static sk_str year_en(sk_arena *a, const sk_edtf_point *p)
{
    long long y = p->year;
    if (p->year_x && (p->year_x == 2 || !sk_is_plain_decade(y)))
        return sk_fmt(a, "years %lld–%lld", y, y + (p->year_x == 2 ? 99 : 9));
    if (p->year_x)
        return sk_fmt(a, "%llds", y);
    if (y <= 0)
        return sk_fmt(a, "%lld BC", 1 - y);
    return sk_fmt(a, y < 1000 ? "AD %lld" : y > 9999 ? "year %lld" : "%lld", y);
}

static sk_str year_ko(sk_arena *a, const sk_edtf_point *p)
{
    long long y = p->year;
    if (p->year_x && (p->year_x == 2 || !sk_is_plain_decade(y)))
        return sk_fmt(a, "%lld년대 (%d년)", y, p->year_x == 2 ? 100 : 10);
    if (p->year_x)
        return sk_fmt(a, "%lld년대", y);
    if (y <= 0)
        return sk_fmt(a, "기원전 %lld년", 1 - y);
    return sk_fmt(a, y < 1000 ? "서기 %lld년" : "%lld년", y);
}

static sk_str month_en(sk_arena *a, const sk_edtf_point *p, sk_str year)
{
    static const char *const seasons[] = {"spring", "summer", "autumn", "winter"};
    static const char *const nth[] = {"first", "second", "third", "fourth"};
    unsigned month = p->month;
    if (month >= 40 && month - 40 < 2)
        return sk_fmt(a, "%s half of %.*s", nth[month - 40], SK_P(year));
    if (month >= 33 && month - 33 < SK_COUNT(nth))
        return sk_fmt(a, "%s quarter of %.*s", nth[month - 33], SK_P(year));
    if (month >= 21 && month - 21 < SK_COUNT(seasons))
        return sk_fmt(a, "%s %.*s", seasons[month - 21], SK_P(year));
    sk_assert(month <= 12);
    return sk_fmt(a, "%s %.*s", month_names[month], SK_P(year));
}

static sk_str month_ko(sk_arena *a, const sk_edtf_point *p, sk_str year)
{
    static const char *const seasons[] = {"봄", "여름", "가을", "겨울"};
    unsigned month = p->month;
    if (month >= 40)
        return sk_fmt(a, "%.*s %s", SK_P(year), month == 40 ? "상반기" : "하반기");
    if (month >= 33)
        return sk_fmt(a, "%.*s %u분기", SK_P(year), month - 32);
    if (month >= 21 && month - 21 < SK_COUNT(seasons))
        return sk_fmt(a, "%.*s %s", SK_P(year), seasons[month - 21]);
    return sk_fmt(a, "%.*s %u월", SK_P(year), month);
}

static sk_str time_of(sk_arena *a, const sk_edtf_point *p)
{
    sk_str s = p->second >= 0 ? sk_fmt(a, "%02d:%02d:%02d", p->hour, p->minute, p->second)
                              : sk_fmt(a, "%02d:%02d", p->hour, p->minute);
    int offset = p->zone_minutes < 0 ? -p->zone_minutes : p->zone_minutes;
    if (!p->has_zone)
        return s;
    if (!offset)
        return sk_fmt(a, "%.*s UTC", SK_P(s));
    return sk_fmt(a, "%.*s UTC%c%02d:%02d", SK_P(s), p->zone_minutes < 0 ? '-' : '+', offset / 60,
                  offset % 60);
}

/* The date without its doubts. */
static sk_str plain_point(sk_arena *a, const sk_edtf_point *p, sk_lang lang)
{
    static const char *const unknown[SK_LANGS][3] = {
        {", day unknown", ", month unknown", ", month and day unknown"},
        {", 일 모름", ", 월 모름", ", 월일 모름"}};
    bool ko = lang == SK_LANG_KO;
    sk_str s = ko ? year_ko(a, p) : year_en(a, p);
    if (p->month)
        s = ko ? month_ko(a, p, s) : month_en(a, p, s);
    if (p->day)
        s = ko ? sk_fmt(a, "%.*s %d일", SK_P(s), p->day) : sk_fmt(a, "%d %.*s", p->day, SK_P(s));
    if (p->hour >= 0)
        s = sk_fmt(a, ko ? "%.*s %.*s" : "%.*s, %.*s", SK_P(s), SK_P(time_of(a, p)));
    if (p->month_x || p->day_x)
        s = sk_fmt(a, "%.*s%s", SK_P(s), unknown[lang][p->month_x ? 1 + p->day_x : 0]);
    return s;
}

static sk_str with_doubts(sk_arena *a, sk_str s, bool approximate, bool uncertain, sk_lang lang)
{
    if (approximate)
        s = lang == SK_LANG_KO ? sk_fmt(a, "%.*s경", SK_P(s)) : sk_fmt(a, "around %.*s", SK_P(s));
    if (uncertain)
        s = sk_fmt(a, lang == SK_LANG_KO ? "%.*s (불확실)" : "%.*s (uncertain)", SK_P(s));
    return s;
}

static sk_str point(sk_arena *a, const sk_edtf_point *p, sk_lang lang)
{
    return with_doubts(a, plain_point(a, p, lang), p->approximate, p->uncertain, lang);
}

/* --- vague stretches: "mid June 1980" --------------------------------------------------------- */

/* Which of a's and b's fields make the stretch, and what it is a stretch of. */
static bool is_stretch_of(const sk_edtf_point *a, const sk_edtf_point *b, sk_vague vague,
                          sk_edtf_precision whole)
{
    sk_stretch s = sk_vague_stretch(vague, whole);
    if (whole == SK_EDTF_MONTH) {
        if (!a->day || !b->day || a->year != b->year || a->month != b->month)
            return false;
        unsigned last = sk_days_in_month(b->year, b->month);
        return a->day == s.from && b->day == (s.to == 31 ? last : s.to);
    }
    if (a->day || b->day || a->day_x || b->day_x || a->month_x || b->month_x)
        return false;
    if (whole == SK_EDTF_YEAR)
        return a->year == b->year && a->month == s.from && b->month == s.to;
    return !a->month && !b->month && !a->year_x && !b->year_x &&
           sk_is_plain_decade(a->year - s.from) && a->year <= 9999 &&
           a->year / 10 == b->year / 10 && a->year % 10 == s.from && b->year % 10 == s.to;
}

static bool find_stretch(const sk_edtf_part *part, sk_vague *ret_vague,
                         sk_edtf_precision *ret_whole)
{
    static const sk_edtf_precision wholes[] = {SK_EDTF_MONTH, SK_EDTF_YEAR, SK_EDTF_DECADE};
    const sk_edtf_point *a = &part->from, *b = &part->to;
    if (part->from_end != SK_EDTF_GIVEN || part->to_end != SK_EDTF_GIVEN || !a->approximate ||
        !b->approximate || a->uncertain || b->uncertain)
        return false;
    for (size_t i = 0; i < SK_COUNT(wholes); i++)
        for (unsigned v = SK_VAGUE_EARLY; v < SK_VAGUES; v++)
            if (is_stretch_of(a, b, (sk_vague)v, wholes[i])) {
                *ret_vague = (sk_vague)v;
                *ret_whole = wholes[i];
                return true;
            }
    return false;
}

static sk_str stretch(sk_arena *a, const sk_edtf_part *part, sk_vague vague,
                      sk_edtf_precision whole, sk_lang lang)
{
    static const char *const en[SK_VAGUES] = {"",      "early ",        "mid ",
                                              "late ", "beginning of ", "end of "};
    static const char *const ko[SK_VAGUES] = {"", "초반", "중반", "후반", "초", "말"};
    static const char *const ko_month[SK_VAGUES] = {"", "초순", "중순", "하순", "초순", "하순"};
    sk_edtf_point p = {.year = part->from.year, .hour = -1};
    if (whole == SK_EDTF_MONTH)
        p.month = part->from.month;
    else if (whole == SK_EDTF_DECADE)
        p.year -= p.year % 10, p.year_x = 1;
    sk_str s = plain_point(a, &p, lang);
    if (lang == SK_LANG_KO)
        return sk_fmt(a, "%.*s %s", SK_P(s), (whole == SK_EDTF_MONTH ? ko_month : ko)[vague]);
    return sk_fmt(a, "%s%.*s", en[vague], SK_P(s));
}

/* --- stretches with two ends, sets -------------------------------------------------------------- */

static sk_str half_interval(sk_arena *a, const sk_edtf_part *part, sk_lang lang)
{
    static const char *const from[SK_LANGS][2] = {{"from %.*s, open", "from %.*s, end unknown"},
                                                  {"%.*s부터 계속", "%.*s부터, 끝 모름"}};
    static const char *const until[SK_LANGS][2] = {
        {"until %.*s, start open", "until %.*s, start unknown"},
        {"%.*s까지, 시작 한정 없음", "%.*s까지, 시작 모름"}};
    bool has_from = part->from_end == SK_EDTF_GIVEN;
    sk_edtf_end other = has_from ? part->to_end : part->from_end;
    const char *const *words = has_from ? from[lang] : until[lang];
    sk_str s = point(a, has_from ? &part->from : &part->to, lang);
    /* the format is one of the eight above */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    return sk_fmt(a, words[other == SK_EDTF_END_UNKNOWN], SK_P(s));
#pragma GCC diagnostic pop
}

static sk_str interval(sk_arena *a, const sk_edtf_part *part, sk_lang lang)
{
    sk_vague vague;
    sk_edtf_precision whole;
    if (part->from_end != SK_EDTF_GIVEN || part->to_end != SK_EDTF_GIVEN)
        return half_interval(a, part, lang);
    if (find_stretch(part, &vague, &whole))
        return stretch(a, part, vague, whole, lang);
    return sk_fmt(a, lang == SK_LANG_KO ? "%.*s부터 %.*s까지" : "%.*s to %.*s",
                  SK_P(point(a, &part->from, lang)), SK_P(point(a, &part->to, lang)));
}

static sk_str member(sk_arena *a, const sk_edtf_part *part, sk_lang lang)
{
    bool ko = lang == SK_LANG_KO;
    if (!part->is_range)
        return point(a, &part->from, lang);
    if (part->from_end == SK_EDTF_OPEN)
        return sk_fmt(a, ko ? "%.*s 또는 그 이전" : "%.*s or earlier",
                      SK_P(point(a, &part->to, lang)));
    if (part->to_end == SK_EDTF_OPEN)
        return sk_fmt(a, ko ? "%.*s 또는 그 이후" : "%.*s or later",
                      SK_P(point(a, &part->from, lang)));
    return interval(a, part, lang);
}

/* "sometime between 1953 and 1978": one unknown day of a stretch. */
static sk_str one_of_range(sk_arena *a, const sk_edtf_part *part, sk_lang lang)
{
    return sk_fmt(
        a, lang == SK_LANG_KO ? "%.*s 및 %.*s 사이 어느 때" : "sometime between %.*s and %.*s",
        SK_P(point(a, &part->from, lang)), SK_P(point(a, &part->to, lang)));
}

static sk_str set(sk_arena *a, const sk_edtf *e, sk_lang lang)
{
    static const char *const joins[SK_LANGS][2] = {{" and ", " or "}, {" 및 ", " 또는 "}};
    bool one = e->kind == SK_EDTF_ONE_OF;
    const sk_edtf_part *first = &e->parts[0];
    bool is_two_ended = first->from_end == SK_EDTF_GIVEN && first->to_end == SK_EDTF_GIVEN;
    if (one && e->n_parts == 1 && is_two_ended)
        return one_of_range(a, first, lang);
    sk_str s = member(a, first, lang);
    for (size_t i = 1; i < e->n_parts; i++)
        s = sk_fmt(a, "%.*s%s%.*s", SK_P(s), i + 1 == e->n_parts ? joins[lang][one] : ", ",
                   SK_P(member(a, &e->parts[i], lang)));
    if (!one && e->n_parts == 1)
        s = lang == SK_LANG_KO ? sk_fmt(a, "%.*s 모두", SK_P(s))
                               : sk_fmt(a, "all of %.*s", SK_P(s));
    return s;
}

sk_str sk_edtf_format(sk_arena *a, const sk_edtf *e, sk_lang lang)
{
    sk_assert((unsigned)lang < SK_LANGS);
    switch (e->kind) {
    case SK_EDTF_UNKNOWN:
        return lang == SK_LANG_KO ? SK_S("날짜 미상") : SK_S("date unknown");
    case SK_EDTF_DATE:
        return point(a, &e->parts[0].from, lang);
    case SK_EDTF_INTERVAL:
        return interval(a, &e->parts[0], lang);
    case SK_EDTF_ONE_OF:
    case SK_EDTF_ALL_OF:
        break;
    }
    return set(a, e, lang);
}
