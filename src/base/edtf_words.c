/* Dates in the words of people: whole phrases, put together as EDTF text and then read by
 * sk_edtf_parse, so that nothing can come out that EDTF would refuse. */
#include "base/edtf_words.h"

#include "base/utf8.h"

/* One member of a phrase: a date, a stretch "a to b", "a or earlier", "a or later". */
typedef struct item {
    enum { IS_ONE, IS_STRETCH, IS_EARLIER, IS_LATER } shape;
    sk_spoken a, b; /* b only of a stretch */
} item;

typedef struct phrase {
    sk_ctx *cx;
    sk_arena *arena;
    sk_word_walk w;
    size_t furthest; /* where the walk got stuck, for the message */
} phrase;

/* The first reason found is the one that people see. */
static void give_hint(phrase *ph, const char *hint)
{
    if (!ph->w.hint)
        ph->w.hint = hint;
}

/* --- from spoken to EDTF ------------------------------------------------------------------------ */

static sk_str point_text(sk_arena *a, const sk_edtf_point *p)
{
    long long y = p->year, size = y < 0 ? -y : y;
    const char *sign = y < 0 ? "-" : "";
    sk_str s;
    if (size > 9999)
        s = sk_fmt(a, "Y%lld", y);
    else if (p->year_x)
        s = p->year_x == 1 ? sk_fmt(a, "%03lldX", size / 10) : sk_fmt(a, "%02lldXX", size / 100);
    else
        s = sk_fmt(a, "%s%04lld", sign, size);
    if (p->month || p->month_x)
        s = p->month_x ? sk_fmt(a, "%.*s-XX", SK_P(s)) : sk_fmt(a, "%.*s-%02d", SK_P(s), p->month);
    if (p->day || p->day_x)
        s = p->day_x ? sk_fmt(a, "%.*s-XX", SK_P(s)) : sk_fmt(a, "%.*s-%02d", SK_P(s), p->day);
    if (p->hour >= 0) {
        s = sk_fmt(a, "%.*sT%02d:%02d", SK_P(s), p->hour, p->minute);
        if (p->second >= 0)
            s = sk_fmt(a, "%.*s:%02d", SK_P(s), p->second);
        int offset = p->zone_minutes < 0 ? -p->zone_minutes : p->zone_minutes;
        if (p->has_zone && offset)
            s = sk_fmt(a, "%.*s%c%02d:%02d", SK_P(s), p->zone_minutes < 0 ? '-' : '+', offset / 60,
                       offset % 60);
        else if (p->has_zone)
            s = sk_fmt(a, "%.*sZ", SK_P(s));
    }
    static const char *const doubts[] = {"", "~", "?", "%"};
    return sk_fmt(a, "%.*s%s", SK_P(s), doubts[p->approximate + 2 * p->uncertain]);
}

static bool is_stretch(const sk_spoken *d)
{
    return d->vague || d->is_century;
}

/* The first and last date that a spoken one stands for; the same unless it is vague. False when
 * the vague word makes no sense there ("mid 9 June"). */
static bool ends_of(phrase *ph, const sk_spoken *d, sk_edtf_point *ret_a, sk_edtf_point *ret_b)
{
    sk_edtf_point a = d->p, b = d->p;
    if (d->is_century)
        b.year += 99;
    if (d->vague) {
        if (a.day || a.day_x || a.month_x || a.month > 12 || a.year_x == 2 || d->is_century) {
            give_hint(ph, "early, mid and late go with a month, a year or a decade");
            return false;
        }
        sk_edtf_precision whole = a.month    ? SK_EDTF_MONTH
                                  : a.year_x ? SK_EDTF_DECADE
                                             : SK_EDTF_YEAR;
        sk_stretch s = sk_vague_stretch(d->vague, whole);
        a.approximate = b.approximate = true;
        if (whole == SK_EDTF_MONTH) {
            unsigned last = sk_days_in_month(a.year, a.month);
            a.day = (uint8_t)s.from;
            b.day = (uint8_t)(s.to == 31 ? last : s.to);
        } else if (whole == SK_EDTF_YEAR) {
            a.month = (uint8_t)s.from;
            b.month = (uint8_t)s.to;
        } else {
            a.year += s.from;
            b.year += s.to;
            a.year_x = b.year_x = 0;
        }
    }
    *ret_a = a;
    *ret_b = b;
    return true;
}

/* The date just before (direction -1) or behind (1) at the same precision: the year, month or day
 * next to it; beside a season it is a month, beside a decade a year. */
static bool step(phrase *ph, const sk_edtf_point *p, int direction, sk_edtf_point *ret_point)
{
    sk_edtf e;
    sk_edtf_point q = *p;
    q.hour = -1;
    if (sk_edtf_parse(ph->cx, point_text(ph->arena, &q), &e))
        return false; /* the error is recorded and says which date */
    unsigned month, day;
    sk_day_to_date(direction < 0 ? e.earliest - 1 : e.latest + 1, &q.year, &month, &day);
    q.day = (uint8_t)(p->day ? day : 0);
    q.month = (uint8_t)(p->month ? month : 0);
    q.year_x = 0;
    q.month_x = q.day_x = false;
    *ret_point = q;
    return true;
}

/* --- filling in what a neighbour says ----------------------------------------------------------- */

static void fill_from(sk_spoken *d, const sk_spoken *other)
{
    if (!d->has_year && other->has_year && !other->is_century && !other->p.year_x) {
        d->p.year = other->p.year;
        d->has_year = true;
    }
    if (d->p.day && !d->p.month && other->p.month <= 12)
        d->p.month = other->p.month;
}

/* "15 to 17 October 2013", "1983년 5월 또는 6월": English fills from the right, East Asia from the
 * left. False when a date still has no year. */
static bool fill_all(phrase *ph, item *items, size_t n)
{
    sk_spoken *all[2 * SK_LIM_EDTF_SET];
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        all[count++] = &items[i].a;
        if (items[i].shape == IS_STRETCH)
            all[count++] = &items[i].b;
    }
    for (size_t i = count; i-- > 1;)
        fill_from(all[i - 1], all[i]);
    for (size_t i = 1; i < count; i++)
        fill_from(all[i], all[i - 1]);
    for (size_t i = 0; i < count; i++)
        if (!all[i]->has_year || (all[i]->p.day && !all[i]->p.month)) {
            give_hint(ph, all[i]->has_year ? "a day needs its month" : "the year is missing");
            return false;
        }
    return true;
}

/* --- phrases ------------------------------------------------------------------------------------ */

static bool read_item(phrase *ph, item *it)
{
    sk_word_walk *w = &ph->w;
    *it = (item){.shape = IS_ONE};
    if (!sk_walk_date(w, &it->a))
        return false;
    size_t here = w->at;
    bool is_year =
        it->a.has_year && it->a.p.year >= 1000 && !it->a.p.month && !it->a.p.year_x && !it->a.vague;
    if (sk_walk_accept(w, SK_W_TO) || sk_walk_accept(w, SK_W_DASH) ||
        sk_walk_accept(w, SK_W_TILDE) || sk_walk_accept(w, SK_W_SINCE_AFTER)) {
        const sk_word *next = &w->words[w->at];
        it->shape = IS_STRETCH;
        if (is_year && next->kind == SK_W_NUMBER && next->digits == 2 &&
            sk_walk_peek(w, 1) != SK_W_MONTH_NAME && sk_walk_peek(w, 1) != SK_W_BC &&
            next->value > it->a.p.year % 100) {
            it->b = it->a; /* 1977-78 */
            it->b.p.year += next->value - it->a.p.year % 100;
            w->at++;
        } else if (!sk_walk_date(w, &it->b)) {
            it->shape = IS_ONE;
            w->at = here;
        }
        if (it->shape == IS_STRETCH)
            sk_walk_accept(w, SK_W_UNTIL_AFTER);
    }
    if (sk_walk_peek(w, 0) == SK_W_OR && it->shape == IS_ONE) {
        if (sk_walk_peek(w, 1) == SK_W_EARLIER)
            it->shape = IS_EARLIER;
        else if (sk_walk_peek(w, 1) == SK_W_LATER)
            it->shape = IS_LATER;
        w->at += it->shape == IS_ONE ? 0 : 2;
    }
    return true;
}

/* A member of a set, or with sep "/" an interval. */
static bool item_text(phrase *ph, const item *it, const char *sep, sk_str *ret_text)
{
    sk_edtf_point a, b, c, d;
    if (!ends_of(ph, &it->a, &a, &b))
        return false;
    if (it->shape == IS_EARLIER)
        *ret_text = sk_fmt(ph->arena, "..%.*s", SK_P(point_text(ph->arena, &b)));
    else if (it->shape == IS_LATER)
        *ret_text = sk_fmt(ph->arena, "%.*s..", SK_P(point_text(ph->arena, &a)));
    else if (it->shape == IS_STRETCH && !ends_of(ph, &it->b, &c, &d))
        return false;
    else if (it->shape == IS_STRETCH)
        *ret_text = sk_fmt(ph->arena, "%.*s%s%.*s", SK_P(point_text(ph->arena, &a)), sep,
                           SK_P(point_text(ph->arena, &d)));
    else if (is_stretch(&it->a))
        *ret_text = sk_fmt(ph->arena, "%.*s%s%.*s", SK_P(point_text(ph->arena, &a)), sep,
                           SK_P(point_text(ph->arena, &b)));
    else
        *ret_text = point_text(ph->arena, &a);
    return true;
}

static bool set_text(phrase *ph, const item *items, size_t n, bool one_of, sk_str *ret_text)
{
    sk_str all = SK_S("");
    for (size_t i = 0; i < n; i++) {
        sk_str s;
        if (!item_text(ph, &items[i], "..", &s))
            return false;
        all = sk_fmt(ph->arena, "%.*s%s%.*s", SK_P(all), i ? "," : "", SK_P(s));
    }
    *ret_text = sk_fmt(ph->arena, one_of ? "[%.*s]" : "{%.*s}", SK_P(all));
    return true;
}

static bool read_unknown(phrase *ph, sk_str *ret_text)
{
    sk_word_walk *w = &ph->w;
    sk_walk_accept(w, SK_W_DATE);
    if (!sk_walk_accept(w, SK_W_UNKNOWN))
        return false;
    sk_walk_accept(w, SK_W_DATE);
    *ret_text = SK_S("?");
    return true;
}

/* A stretch of the two items. */
static bool stretch_text(phrase *ph, item *two, bool is_one_day, sk_str *ret_text)
{
    item it = {.shape = IS_STRETCH, .a = two[0].a, .b = two[1].a};
    if (two[0].shape != IS_ONE || two[1].shape != IS_ONE || !fill_all(ph, &it, 1))
        return false;
    return is_one_day ? set_text(ph, &it, 1, true, ret_text) : item_text(ph, &it, "/", ret_text);
}

/* "between 1953 and 1978"; with "sometime" it is one day in it. */
static bool read_between(phrase *ph, sk_str *ret_text)
{
    sk_word_walk *w = &ph->w;
    item two[2] = {0};
    bool is_one_day = sk_walk_accept(w, SK_W_SOMETIME);
    if (!sk_walk_accept(w, SK_W_BETWEEN) || !sk_walk_date(w, &two[0].a) ||
        !sk_walk_accept(w, SK_W_AND) || !sk_walk_date(w, &two[1].a))
        return false;
    return stretch_text(ph, two, is_one_day, ret_text);
}

/* Behind "from 2024": nothing or ", open" for an open end, ", end unknown". */
static bool read_other_end(sk_word_walk *w, bool *ret_is_unknown)
{
    sk_walk_accept(w, SK_W_COMMA);
    sk_walk_accept(w, SK_W_TO);
    if (sk_walk_peek(w, 0) == SK_W_END || sk_walk_accept(w, SK_W_OPEN)) {
        *ret_is_unknown = false;
        return true;
    }
    bool is_end = sk_walk_accept(w, SK_W_START) || sk_walk_accept(w, SK_W_VAGUE);
    *ret_is_unknown = is_end && sk_walk_accept(w, SK_W_UNKNOWN);
    return is_end && (*ret_is_unknown || sk_walk_accept(w, SK_W_OPEN));
}

typedef enum bound { NO_BOUND, BEFORE, AFTER, BY, NOT_BEFORE, SINCE, UNTIL } bound;

/* The EDTF of a date with one side open. The end of 2019 as a bound is 2019 itself. */
static bool bound_text(phrase *ph, bound kind, sk_spoken d, sk_str *ret_text)
{
    bool is_unknown = false;
    sk_edtf_point a, b;
    if (!d.has_year) {
        give_hint(ph, "the year is missing");
        return false;
    }
    bool is_last = kind == BY || kind == UNTIL || kind == BEFORE || kind == AFTER;
    bool whole = (d.vague == SK_VAGUE_FINISH && is_last) ||
                 (d.vague == SK_VAGUE_BEGIN && (kind == SINCE || kind == NOT_BEFORE));
    if (whole && kind == BEFORE)
        kind = BY;
    if (whole)
        d.vague = SK_VAGUE_NONE;
    if (!ends_of(ph, &d, &a, &b))
        return false;
    if ((kind == SINCE || kind == UNTIL) && !read_other_end(&ph->w, &is_unknown))
        return false;
    if ((kind == BEFORE && !step(ph, &a, -1, &b)) || (kind == AFTER && !step(ph, &b, 1, &a)))
        return false;
    static const char *const forms[][2] = {
        [BEFORE] = {"[..", "]"}, [BY] = {"[..", "]"},         [AFTER] = {"[", "..]"},
        [UNTIL] = {"../", ""},   [NOT_BEFORE] = {"[", "..]"}, [SINCE] = {"", "/.."},
    };
    sk_str point = point_text(ph->arena, kind == BEFORE || kind == BY || kind == UNTIL ? &b : &a);
    const char *head = is_unknown && kind == UNTIL ? "/" : forms[kind][0];
    const char *tail = is_unknown && kind == SINCE ? "/" : forms[kind][1];
    *ret_text = sk_fmt(ph->arena, "%s%.*s%s", head, SK_P(point), tail);
    return true;
}

static bound bound_before(sk_word_kind kind)
{
    switch ((int)kind) {
    case SK_W_BEFORE:
        return BEFORE;
    case SK_W_AFTER:
        return AFTER;
    case SK_W_BY:
        return BY;
    case SK_W_FROM_AFTER:
        return NOT_BEFORE;
    case SK_W_SINCE:
    case SK_W_FROM:
        return SINCE;
    case SK_W_UNTIL:
    case SK_W_TO:
        return UNTIL;
    default:
        return NO_BOUND;
    }
}

static bound bound_behind(sk_word_kind kind)
{
    switch ((int)kind) {
    case SK_W_BEFORE_AFTER:
        return BEFORE;
    case SK_W_AFTER_AFTER:
        return AFTER;
    case SK_W_UPTO_AFTER:
        return BY;
    case SK_W_FROM_AFTER:
        return NOT_BEFORE;
    case SK_W_SINCE_AFTER:
        return SINCE;
    case SK_W_UNTIL_AFTER:
        return UNTIL;
    default:
        return NO_BOUND;
    }
}

/* "before 1984", "by the end of 2019", "from 2024, open" */
static bool read_bound_before(phrase *ph, sk_str *ret_text)
{
    bound kind = bound_before(sk_walk_peek(&ph->w, 0));
    sk_spoken d;
    if (!kind)
        return false;
    ph->w.at++;
    return sk_walk_date(&ph->w, &d) && bound_text(ph, kind, d, ret_text);
}

/* "1984년 이전", "2024년부터 계속" */
static bool read_bound_behind(phrase *ph, sk_str *ret_text)
{
    sk_spoken d;
    if (!sk_walk_date(&ph->w, &d))
        return false;
    bound kind = bound_behind(sk_walk_peek(&ph->w, 0));
    ph->w.at += kind != NO_BOUND;
    return kind && bound_text(ph, kind, d, ret_text);
}

/* "from 1953 to 1978", "1953년부터 1978년까지", "从1953年到1978年" */
static bool read_from_to(phrase *ph, sk_str *ret_text)
{
    sk_word_walk *w = &ph->w;
    item two[2] = {0};
    bool has_from = sk_walk_accept(w, SK_W_FROM);
    if (!sk_walk_date(w, &two[0].a))
        return false;
    bool has_since = sk_walk_accept(w, SK_W_SINCE_AFTER);
    if (!has_since &&
        !(has_from && (sk_walk_accept(w, SK_W_TO) || sk_walk_accept(w, SK_W_UNTIL) ||
                       sk_walk_accept(w, SK_W_DASH) || sk_walk_accept(w, SK_W_TILDE))))
        return false;
    if (!sk_walk_date(w, &two[1].a))
        return false;
    sk_walk_accept(w, SK_W_UNTIL_AFTER);
    return stretch_text(ph, two, false, ret_text);
}

/* "2024 to present" */
static bool read_to_present(phrase *ph, sk_str *ret_text)
{
    sk_word_walk *w = &ph->w;
    sk_spoken d;
    sk_walk_accept(w, SK_W_FROM);
    if (!sk_walk_date(w, &d))
        return false;
    sk_walk_accept(w, SK_W_SINCE_AFTER);
    if (sk_walk_accept(w, SK_W_TO) || sk_walk_accept(w, SK_W_DASH) ||
        sk_walk_accept(w, SK_W_TILDE) || sk_walk_accept(w, SK_W_UNTIL))
        sk_walk_accept(w, SK_W_UNTIL_AFTER);
    if (!sk_walk_accept(w, SK_W_OPEN))
        return false;
    sk_walk_accept(w, SK_W_UNTIL_AFTER);
    return bound_text(ph, SINCE, d, ret_text);
}

/* The separators of a list: commas, then and / or. Says which of the two was used. */
static bool accept_join(sk_word_walk *w, sk_word_kind *join)
{
    size_t here = w->at;
    bool comma = sk_walk_accept(w, SK_W_COMMA);
    sk_word_kind kind = sk_walk_peek(w, 0);
    if (kind == SK_W_AND || kind == SK_W_OR) {
        if (*join != SK_W_END && *join != kind) {
            w->at = here;
            return false;
        }
        *join = kind;
        w->at++;
        return true;
    }
    return comma;
}

/* One date, a stretch, or a list of them: "1970s and 1980s", "1977 or 1978", "5월과 6월 사이". */
static bool read_list(phrase *ph, sk_str *ret_text)
{
    sk_word_walk *w = &ph->w;
    sk_word_kind join = SK_W_END;
    item *items = sk_new_array(ph->arena, item, SK_LIM_EDTF_SET);
    size_t n = 0;
    bool all = sk_walk_accept(w, SK_W_ALL);
    sk_walk_accept(w, SK_W_SOMETIME); /* "sometime in 1978" is 1978 */
    do {
        if (n == SK_LIM_EDTF_SET || !read_item(ph, &items[n]))
            return false;
        n++;
    } while (accept_join(w, &join));
    if (sk_walk_accept(w, SK_W_BETWEEN_AFTER))
        return n == 2 && join == SK_W_AND &&
               stretch_text(ph, items, sk_walk_accept(w, SK_W_SOMETIME), ret_text);
    all = sk_walk_accept(w, SK_W_ALL_AFTER) || all;
    if (!fill_all(ph, items, n))
        return false;
    if (n > 1 && join == SK_W_END) {
        give_hint(ph, "say \"and\" or \"or\" between the last two dates");
        return false;
    }
    bool is_date = n == 1 && !all && items[0].shape <= IS_STRETCH;
    if (is_date)
        return item_text(ph, &items[0], "/", ret_text);
    return set_text(ph, items, n, !all && join != SK_W_AND, ret_text);
}

/* --- the whole ---------------------------------------------------------------------------------- */

static sk_rc not_understood(phrase *ph, sk_str folded)
{
    const sk_word *stuck = &ph->w.words[ph->furthest];
    sk_str word = sk_str_sub(folded, stuck->start, stuck->end - stuck->start);
    for (const sk_word *x = ph->w.words; x->kind != SK_W_END; x++)
        if (x->kind == SK_W_RELATIVE)
            return sk_fail(ph->cx, SK_E_FORMAT,
                           "a date that depends on the day it was written; write which day it was");
    if (ph->w.hint)
        return sk_fail(ph->cx, SK_E_FORMAT, "%s", ph->w.hint);
    if (!word.n)
        return sk_fail(ph->cx, SK_E_FORMAT,
                       "not understood as a date; write it as EDTF, such as "
                       "1978-06~ for around June 1978");
    return sk_fail(ph->cx, SK_E_FORMAT,
                   "\"%.*s\" is not understood at its place; write the date as EDTF, such as "
                   "1978-06~ for around June 1978",
                   SK_P(word));
}

static sk_rc read_phrases(sk_ctx *cx, sk_arena *scratch, sk_str folded, sk_edtf *ret_edtf)
{
    static bool (*const phrases[])(phrase *, sk_str *) = {
        read_unknown,      read_between,    read_from_to, read_bound_before,
        read_bound_behind, read_to_present, read_list,
    };
    sk_word *words;
    SK_TRY(sk_words_cut(cx, scratch, folded, &words));
    phrase ph = {.cx = cx, .arena = scratch, .w = {.words = words}};
    for (size_t i = 0; i < SK_COUNT(phrases); i++) {
        sk_str text;
        ph.w.at = 0;
        bool is_read = phrases[i](&ph, &text);
        if (cx->rc)
            return cx->rc;
        while (is_read && sk_walk_accept(&ph.w, SK_W_DOT))
            ; /* the full stop of a sentence */
        if (is_read && sk_walk_peek(&ph.w, 0) == SK_W_END)
            return sk_edtf_parse(cx, text, ret_edtf);
        if (ph.w.at > ph.furthest)
            ph.furthest = ph.w.at;
    }
    return not_understood(&ph, folded);
}

sk_rc sk_edtf_from_words(sk_ctx *cx, sk_str words, sk_edtf *ret_edtf)
{
    if (cx->rc)
        return cx->rc; /* the first error stays */
    words = sk_str_trim(words);
    if (sk_edtf_parse(cx, words, ret_edtf) == SK_OK)
        return SK_OK;
    if (cx->rc == SK_E_LIMIT || words.n == 0)
        return cx->rc;
    sk_forgive(cx);
    if (sk_utf8_find_bad(words) != SIZE_MAX)
        return sk_fail(cx, SK_E_FORMAT, "the words of the date are not UTF-8");
    sk_arena scratch = SK_ARENA_INIT;
    sk_rc rc = read_phrases(cx, &scratch, sk_utf8_fold(&scratch, words), ret_edtf);
    sk_arena_done(&scratch);
    if (rc)
        sk_while(cx, "date \"%.*s\"", SK_P(words));
    return rc;
}
