/* Dates and counts of the other languages: years, months and days with their marks, Russian months,
 * and numbers with the words that bound them. */
#include "read/foreign.h"
#include "read/times.h"

#include "base/edtf.h"

static bool is_number(const sk_reader *x, uint32_t i)
{
    return i < x->range.end && x->items[i].t.shape == SK_SHAPE_NUMBER;
}

/* 년 年 월 月 일 日 behind a number, blanks allowed before the next one. */
static bool mark_at(const sk_reader *x, uint32_t i, const char *korean, const char *han)
{
    return sk_foreign_at(x, i, korean) || sk_foreign_at(x, i, han);
}

static uint32_t take_marked(const sk_reader *x, uint32_t i)
{
    uint32_t at = i;
    bool year = is_number(x, at) && mark_at(x, at + 1, "년", "年");
    if (year) {
        at += 2;
        if (sk_foreign_at(x, at, "대") || sk_foreign_at(x, at, "代"))
            return at + 1;
    }
    if (is_number(x, at) && mark_at(x, at + 1, "월", "月") && !mark_at(x, at + 2, "간", "間")) {
        at += 2;
        if (is_number(x, at) && (mark_at(x, at + 1, "일", "日") || sk_foreign_at(x, at + 1, "号")))
            at += 2;
    }
    if (year && sk_foreign_at(x, i + 2, "간"))
        return i; /* a span of years */
    return at;
}

static unsigned russian_month(const sk_reader *x, uint32_t i)
{
    static const char *const months[] = {"январ", "феврал", "март",    "апрел",  "ма",    "июн",
                                         "июл",   "август", "сентябр", "октябр", "ноябр", "декабр"};
    if (i >= x->range.end || !x->items[i].t.is_cyrillic)
        return 0;
    sk_str s = sk_item_text(x, &x->items[i]);
    for (unsigned k = 0; k < 12; k++) {
        sk_str m = sk_str_of(months[k]);
        if (k == 4 ? (sk_str_is(s, "мая") || sk_str_is(s, "мае") || sk_str_is(s, "май"))
                   : (sk_str_starts(s, m) && s.n <= m.n + 4))
            return k + 1;
    }
    return 0;
}

static bool is_god(const sk_reader *x, uint32_t i)
{
    static const char *const words[] = {"году", "года", "год", "г", "годах", "годы"};
    for (size_t k = 0; k < SK_COUNT(words); k++)
        if (i < x->range.end && sk_str_is(sk_item_text(x, &x->items[i]), words[k]))
            return true;
    return false;
}

/* 3 мая 2014 года, в мае 2014, в 2014 году */
static uint32_t take_russian(sk_reader *x, uint32_t i)
{
    uint32_t at = i;
    uint64_t day = 0, year = 0;
    unsigned month = 0;
    if (is_number(x, at) && russian_month(x, at + 1))
        sk_str_to_u64(sk_item_text(x, &x->items[at++]), &day);
    if ((month = russian_month(x, at)))
        at++;
    if (is_number(x, at) && sk_is_year(x, at) && (month || is_god(x, at + 1))) {
        sk_str_to_u64(sk_item_text(x, &x->items[at++]), &year);
        at += is_god(x, at);
    }
    if (at == i || (month && !year && !day) || day > 31)
        return i;
    sk_str years = year ? sk_fmt(x->a, "%04u", (unsigned)year) : SK_S("XXXX");
    sk_str value = month && day ? sk_fmt(x->a, "%.*s-%02u-%02u", SK_P(years), month, (unsigned)day)
                   : month      ? sk_fmt(x->a, "%.*s-%02u", SK_P(years), month)
                                : years;
    sk_date_add(x, i, at, value, day ? "day" : month ? "month" : "year", SK_RULE_DATE_EXPLICIT);
    return at;
}

static uint32_t take_relative(sk_reader *x, uint32_t i)
{
    static const char *const words[] = {
        "지난해",  "작년", "올해",         "내년",  "어제",   "오늘", "지난달", "지난주",
        "이번 주", "이날", "去年",         "今年",  "明年",   "昨天", "今天",   "昨日",
        "今日",    "上周", "上个月",       "本周",  "本月",   "昨年", "先月",   "先週",
        "今週",    "来年", "прошлом году", "вчера", "сегодня"};
    for (size_t k = 0; k < SK_COUNT(words); k++) {
        if (!sk_foreign_at(x, i, words[k]))
            continue;
        uint32_t end = i, to = x->items[i].t.from + (uint32_t)strlen(words[k]);
        while (end < x->range.end && x->items[end].t.to <= to)
            end++;
        sk_date_add(x, i, end, SK_NONE, "relative", SK_RULE_DATE_RELATIVE);
        return end;
    }
    return i;
}

void sk_foreign_times(sk_reader *x)
{
    for (uint32_t i = x->range.first; i < x->range.end;) {
        uint32_t end = x->lang == SK_READ_RU ? take_russian(x, i) : take_marked(x, i);
        if (end > i && x->lang != SK_READ_RU) {
            sk_edtf e;
            sk_str words = sk_span_text(x, sk_span_of(x, i, end));
            bool ok = !sk_edtf_from_words(x->cx, words, &e);
            sk_forgive(x->cx);
            static const char *const names[] = {"time", "day",    "month",   "season", "half",
                                                "year", "decade", "century", ""};
            sk_date_add(x, i, end, ok ? e.text : SK_NONE, ok ? names[e.precision] : "day",
                        SK_RULE_DATE_EXPLICIT);
        } else if (end == i) {
            end = take_relative(x, i);
        }
        i = end > i ? end : i + 1;
    }
}

/* What makes a number a count: a counter behind it, or a word that bounds it. */
static bool is_counter(const sk_reader *x, uint32_t i)
{
    static const char *const words[] = {
        "명",   "人",   "名",   "여 명", "여명",    "건",    "件",     "个",     "個",
        "세",   "歳",   "万人", "만 명", "만명",    "개",    "차례",   "次",     "척",
        "艘",   "隻",   "톤",   "吨",    "человек", "людей", "место",  "원",     "달러",
        "年",   "년",   "개월", "余人",  "多人",    "余名",  "多名",   "人以上", "명 이상",
        "가구", "가족", "살",   "岁",    "일간",    "주",    "퍼센트", "%"};
    for (size_t k = 0; k < SK_COUNT(words); k++)
        if (sk_foreign_at(x, i, words[k]))
            return true;
    return false;
}

static bool may_be_number(const sk_item *i)
{
    return i->t.shape == SK_SHAPE_NUMBER || i->t.shape == SK_SHAPE_HAN ||
           i->t.shape == SK_SHAPE_HANGUL;
}

static void add_count(sk_reader *x, uint32_t i, uint32_t end, const sk_number *n)
{
    const sk_match *before =
        i > x->range.first ? sk_match_at(x, SK_LAYER_QUALIFY, (int64_t)i - 1) : NULL;
    const sk_match *behind = NULL;
    for (uint32_t k = end; k < end + 4 && k < x->range.end && !behind; k++)
        behind = sk_match_at(x, SK_LAYER_QUALIFY, k);
    if (before && before->first + before->n != i)
        before = NULL;
    if (!before && !behind && !is_counter(x, end))
        return;
    const sk_match *hedge = before ? before : behind;
    uint32_t first = before ? before->first : i,
             last = behind && !before ? behind->first + behind->n : end;
    sk_reading *r = x->r;
    SK_GROW(x->a, r->quantities, r->n_quantities, x->cap_quantities);
    sk_found_quantity *q = &r->quantities[r->n_quantities++];
    *q = (sk_found_quantity){.span = sk_span_of(x, first, last),
                             .has_number = true,
                             .of = SK_READ_NONE,
                             .number = sk_decimal_of((int64_t)n->value),
                             .rule = sk_rule_get(SK_RULE_QUANTITY_COUNT)};
    if (hedge) {
        q->hedge = sk_span_of(x, hedge->first, hedge->first + hedge->n);
        sk_qualifier_parse(sk_str_of(sk_entry_id(x, sk_match_entry(x, hedge))), &q->qualifier);
    }
    q->has_low = q->qualifier == SK_Q_AT_LEAST || q->qualifier == SK_Q_MORE_THAN;
    q->has_high = q->qualifier == SK_Q_AT_MOST || q->qualifier == SK_Q_UP_TO ||
                  q->qualifier == SK_Q_FEWER_THAN;
    q->low = q->high = q->number;
    if (is_counter(x, end))
        q->unit = (sk_span){x->items[end].t.from, x->items[end].t.to};
}

void sk_foreign_quantities(sk_reader *x)
{
    sk_str text = sk_str_sub(x->text, 0, x->items[x->range.end - 1].t.to);
    for (uint32_t i = x->range.first; i < x->range.end;) {
        const sk_item *item = &x->items[i];
        sk_number n;
        if (item->in_time || item->m[SK_LAYER_NAME] >= 0 ||
            sk_match_is(x, sk_match_at(x, SK_LAYER_QUALIFY, i), "order") || !may_be_number(item) ||
            !sk_number_at(text, x->lang, item->t.from, &n) || n.kind == SK_NUMBER_ORDINAL ||
            n.value > 1e15) {
            i++;
            continue;
        }
        uint32_t end = i;
        while (end < x->range.end && x->items[end].t.to <= n.to)
            end++;
        if (end == i)
            end = i + 1;
        add_count(x, i, end, &n);
        i = end;
    }
}
