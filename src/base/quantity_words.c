/* Quantities in running text: a small reader over the words that quantity_lexicon.c has cut.
 *
 *   quantity = {before} [between | from | change] number [range number] {behind} [unit] {behind}
 *            | {before} order | {before} fraction
 *
 * It knows no grammar beyond that. Which of several quantities is the head count is decided by what
 * stands in front: see is_aside in the header. */
#include "base/quantity_words.h"
#include "base/utf8.h"

typedef struct reader {
    sk_arena *arena;
    sk_str text;
    const sk_count_word *words;
    size_t at, n;
    int depth;        /* open brackets                                      */
    bool has_head;    /* a quantity that is no aside was found              */
    bool has_count;   /* one of them counts things, not money or percent    */
    bool after_colon; /* of a head: what follows breaks it down             */
    bool after_including;
} reader;

/* What is gathered while one quantity is read. */
typedef struct draft {
    sk_quantity q;
    sk_decimal first, second;
    bool has_second, has_qualifier, is_change, is_between, is_percent, is_money, is_either;
    size_t start, end; /* words */
} draft;

static sk_count_kind kind_at(const reader *r, size_t i)
{
    return i < r->n ? r->words[i].kind : SK_C_END;
}

static bool accept(reader *r, sk_count_kind kind)
{
    bool here = kind_at(r, r->at) == kind;
    r->at += here;
    return here;
}

static sk_str text_of(const reader *r, size_t first, size_t last)
{
    return sk_str_sub(r->text, r->words[first].start, r->words[last].end - r->words[first].start);
}

/* --- units -------------------------------------------------------------------------------------- */

/* A word that names counted things: a plural, or one of the few that take no s. */
static bool is_noun(sk_str w)
{
    static const char *const irregular[] = {"men",  "women",    "children", "personnel", "staff",
                                            "crew", "aircraft", "police",   "youth",     "pows"};
    for (size_t i = 0; i < SK_COUNT(irregular); i++)
        if (sk_str_eq_nocase(w, sk_str_of(irregular[i])))
            return true;
    return w.n > 3 && w.p[w.n - 1] == 's' && w.p[w.n - 2] != 's' && w.p[w.n - 2] != 'u' &&
           w.p[w.n - 2] != '\'';
}

/* The unit behind a number: a counter, or up to four words that end in a plural. */
static sk_str read_unit(reader *r)
{
    enum { MOST = 4 };
    if (accept(r, SK_C_PEOPLE))
        return SK_S("people");
    if (kind_at(r, r->at) == SK_C_COUNTER) {
        r->at++;
        return text_of(r, r->at - 1, r->at - 1);
    }
    for (size_t i = 0; i < MOST && kind_at(r, r->at + i) == SK_C_WORD; i++) {
        size_t last = r->at + i;
        if (kind_at(r, last + 1) == SK_C_PEOPLE) { /* "North Korean people" */
            sk_str unit = text_of(r, r->at, last + 1);
            r->at = last + 2;
            return unit;
        }
        if (is_noun(text_of(r, last, last)) && kind_at(r, last + 1) != SK_C_WORD) {
            sk_str unit = text_of(r, r->at, last);
            r->at = last + 1;
            return unit;
        }
        if (is_noun(text_of(r, last, last)) && i == 0) {
            r->at++;
            return text_of(r, last, last);
        }
    }
    return SK_S("");
}

static void take_unit(reader *r, draft *d)
{
    sk_str unit = read_unit(r);
    if (!d->q.unit.n)
        d->q.unit = unit;
}

/* --- qualifiers --------------------------------------------------------------------------------- */

static void qualify(draft *d, sk_qualifier q)
{
    if (q == SK_Q_ABOUT) {
        d->q.is_approximate = true;
        return;
    }
    if (d->has_qualifier) /* the first one stands: "at least 500 or more" */
        return;
    d->q.qualifier = q;
    d->has_qualifier = true;
}

/* Everything that may stand before the number. */
static void read_before(reader *r, draft *d)
{
    enum { MOST = 8 };
    for (size_t i = 0; i < MOST; i++, r->at++) {
        const sk_count_word *w = &r->words[r->at];
        sk_count_kind next = kind_at(r, r->at + 1);
        if (w->kind == SK_C_BEFORE)
            qualify(d, w->qualifier);
        else if (w->kind == SK_C_BETWEEN)
            d->is_between = true;
        else if (w->kind == SK_C_CHANGE)
            d->is_change = true;
        else if (w->kind == SK_C_CURRENCY)
            d->is_money = true;
        else if (w->kind == SK_C_SLASH ? next != SK_C_BEFORE || r->at == d->start
                                       : w->kind != SK_C_FROM)
            return;
        if (d->is_money && !d->q.unit.n)
            d->q.unit = text_of(r, r->at, r->at);
    }
}

static void read_behind(reader *r, draft *d)
{
    for (;;) {
        const sk_count_word *w = &r->words[r->at];
        if (w->kind == SK_C_BEHIND) {
            if (d->has_second && w->qualifier != SK_Q_ABOUT)
                d->q.is_open_above = w->qualifier == SK_Q_AT_LEAST || d->q.is_open_above;
            else
                qualify(d, w->qualifier);
        } else if (w->kind == SK_C_BEFORE && w->qualifier == SK_Q_ABOUT && !d->has_qualifier &&
                   sk_str_eq_nocase(text_of(r, r->at, r->at), SK_S("estimated")) &&
                   kind_at(r, r->at + 1) != SK_C_NUMBER) {
            d->q.is_approximate = true; /* "516 estimated" */
        } else {
            return;
        }
        r->at++;
    }
}

/* --- numbers ------------------------------------------------------------------------------------ */

static bool multiply(sk_decimal *d, sk_decimal factor)
{
    sk_decimal m = *d;
    for (int64_t f = factor.mantissa; f > 1; f /= 10) {
        if (m.decimals)
            m.decimals--;
        else if (__builtin_mul_overflow(m.mantissa, 10, &m.mantissa))
            return false;
    }
    *d = m;
    return true;
}

/* A number with the English factor behind it ("2.3 billion", "two hundred thousand"). */
static bool read_number(reader *r, sk_decimal *ret_number)
{
    if (kind_at(r, r->at) != SK_C_NUMBER)
        return false;
    sk_decimal v = r->words[r->at++].number;
    while (kind_at(r, r->at) == SK_C_SCALE)
        if (!multiply(&v, r->words[r->at++].number))
            return false;
    *ret_number = v;
    return true;
}

/* "to 600", "and 600" behind between, "or 20,000", "→ 11,490", "에서 600명". */
static bool read_second(reader *r, draft *d)
{
    size_t here = r->at;
    sk_count_kind join = kind_at(r, r->at);
    bool joins = join == SK_C_RANGE || join == SK_C_ARROW || join == SK_C_OR ||
                 (join == SK_C_AND && d->is_between);
    if (!joins)
        return false;
    d->is_change = d->is_change || join == SK_C_ARROW ||
                   (join == SK_C_RANGE && r->words[r->at].number.mantissa);
    r->at++;
    while (kind_at(r, r->at) == SK_C_BEFORE && r->words[r->at].qualifier == SK_Q_ABOUT)
        r->at++;
    accept(r, SK_C_CURRENCY);
    size_t number = r->at;
    if (!read_number(r, &d->second)) {
        r->at = here;
        return false;
    }
    /* "200 to 500 million": the factor is meant for both */
    bool second_scaled = r->at - number > 1;
    if (second_scaled && r->words[here - 1].kind == SK_C_NUMBER &&
        sk_decimal_cmp(d->first, r->words[number].number) < 0)
        for (size_t i = number + 1; i < r->at; i++)
            if (!multiply(&d->first, r->words[i].number))
                return false;
    d->is_either = join == SK_C_OR;
    return true;
}

/* Behind the numbers, East Asia says what happened: "30,023명에서 11,490명으로 감소". */
static bool change_follows(const reader *r)
{
    for (size_t i = r->at; i < r->at + 4; i++) {
        if (kind_at(r, i) == SK_C_CHANGE)
            return (unsigned char)r->text.p[r->words[i].start] >= 0x80;
        if (kind_at(r, i) != SK_C_OTHER)
            return false;
    }
    return false;
}

/* --- one quantity ------------------------------------------------------------------------------- */

static void set_fraction(draft *d)
{
    sk_qualifier q = d->has_qualifier ? d->q.qualifier : SK_Q_EXACT;
    bool is_strict = d->q.is_strict;
    d->q.qualifier = SK_Q_FRACTION;
    d->q.low = d->q.high = d->first;
    d->q.has_low = d->q.has_high = true;
    if (d->has_second)
        d->q.high = d->second;
    else if (q == SK_Q_AT_LEAST || q == SK_Q_MORE_THAN || is_strict)
        d->q.has_high = false;
    else if (q != SK_Q_EXACT)
        d->q.has_low = false;
    d->q.is_strict = !d->has_second && (is_strict || q == SK_Q_MORE_THAN || q == SK_Q_FEWER_THAN);
}

static void set_two(draft *d)
{
    bool falls = sk_decimal_cmp(d->first, d->second) > 0;
    d->q.low = d->first;
    d->q.high = d->second;
    d->q.has_low = d->q.has_high = true;
    bool is_floor = d->q.qualifier == SK_Q_AT_LEAST || d->q.qualifier == SK_Q_MORE_THAN;
    d->q.is_open_above = d->q.is_open_above || (d->has_qualifier && is_floor);
    if (d->is_either && falls) {
        d->q.low = d->second;
        d->q.high = d->first;
    }
    if (d->is_either)
        d->q.qualifier = SK_Q_EITHER;
    else
        d->q.qualifier = d->is_change || falls ? SK_Q_CHANGE : SK_Q_BETWEEN;
    if (d->q.qualifier != SK_Q_BETWEEN)
        d->q.is_open_above = false;
}

static void set_one(draft *d)
{
    d->q.low = d->q.high = d->first;
    switch (d->q.qualifier) {
    case SK_Q_AT_LEAST:
    case SK_Q_MORE_THAN:
    case SK_Q_ORDER:
        d->q.has_low = true;
        break;
    case SK_Q_AT_MOST:
    case SK_Q_UP_TO:
    case SK_Q_FEWER_THAN:
    case SK_Q_COULD_EXCEED:
        d->q.has_high = true;
        break;
    default:
        d->q.has_low = d->q.has_high = true;
        d->q.qualifier = d->q.is_approximate ? SK_Q_ABOUT : SK_Q_EXACT;
        d->q.is_approximate = false;
    }
    d->q.is_strict = d->q.qualifier == SK_Q_MORE_THAN || d->q.qualifier == SK_Q_FEWER_THAN;
    d->q.is_open_above = d->q.qualifier == SK_Q_COULD_EXCEED;
    if (!d->q.has_low)
        d->q.low = (sk_decimal){0, 0};
    if (!d->q.has_high)
        d->q.high = (sk_decimal){0, 0};
}

static bool read_order(reader *r, draft *d)
{
    d->first = r->words[r->at++].number;
    read_behind(r, d);
    if (kind_at(r, r->at) == SK_C_OF && kind_at(r, r->at + 1) != SK_C_THEM)
        r->at++;
    take_unit(r, d);
    d->q.qualifier = SK_Q_ORDER;
    set_one(d);
    d->q.is_approximate = false; /* it says so itself */
    return true;
}

static bool read_fraction(reader *r, draft *d)
{
    const sk_count_word *w = &r->words[r->at++];
    d->first = w->number;
    d->q.is_strict = w->is_strict;
    d->q.is_approximate = d->q.is_approximate || w->number.decimals; /* a third is 33.3 about */
    d->is_percent = true;
    read_behind(r, d);
    take_unit(r, d);
    set_fraction(d);
    return true;
}

/* A year that only looks like a count: four bare digits that no unit follows, unless they open the
 * text. "2000 people" and "2,000" are counts. */
static bool is_year(const reader *r, const draft *d, size_t number)
{
    const sk_count_word *w = &r->words[number];
    if (!w->is_plain_year || d->has_qualifier || d->q.unit.n || d->is_percent)
        return false;
    bool is_two = d->has_second && r->words[r->at - 1].is_plain_year;
    return is_two || (number > 0 && !d->has_second);
}

static bool read_count(reader *r, draft *d)
{
    size_t number = r->at;
    if (!read_number(r, &d->first))
        return false;
    bool is_pronoun = r->words[number].is_word && d->first.mantissa == 1 && !d->has_qualifier &&
                      kind_at(r, r->at) != SK_C_WORD && kind_at(r, r->at) != SK_C_PEOPLE &&
                      (kind_at(r, r->at) != SK_C_END || number > 0);
    sk_count_kind next = kind_at(r, r->at);
    if (is_pronoun || next == SK_C_DATE_MARK || next == SK_C_MONTH)
        return false;
    d->is_percent = accept(r, SK_C_PERCENT);
    read_behind(r, d);
    if (next != SK_C_RANGE && next != SK_C_OR)
        take_unit(r, d);
    read_behind(r, d);
    d->has_second = read_second(r, d);
    if (d->has_second && (kind_at(r, r->at) == SK_C_DATE_MARK || kind_at(r, r->at) == SK_C_MONTH))
        return false;
    if (is_year(r, d, number))
        return false;
    if (d->has_second) {
        d->is_percent = accept(r, SK_C_PERCENT) || d->is_percent;
        read_behind(r, d);
        take_unit(r, d);
        read_behind(r, d);
    } else if (!d->q.unit.n) {
        take_unit(r, d);
        read_behind(r, d);
    }
    d->is_change = d->is_change || (d->has_second && change_follows(r));
    if (d->is_percent)
        set_fraction(d);
    else if (d->has_second)
        set_two(d);
    else
        set_one(d);
    return true;
}

/* Does what stands before or behind say that this is not the head count? */
static bool is_aside(const reader *r, const draft *d)
{
    size_t start = d->start;
    while (start > 0 && r->words[start - 1].kind == SK_C_ARTICLE) /* "3 of the 17" */
        start--;
    sk_count_kind before = start ? r->words[start - 1].kind : SK_C_END;
    if (kind_at(r, r->at) == SK_C_AMONG)
        return true;
    if (r->depth > 0 || (r->after_colon && r->has_head) || r->after_including)
        return true;
    if (before == SK_C_PREPOSITION || before == SK_C_OF || before == SK_C_INCLUDING ||
        before == SK_C_THEM)
        return true;
    if (kind_at(r, r->at) == SK_C_OF && kind_at(r, r->at + 1) == SK_C_THEM)
        return true;
    return (d->is_percent || d->is_money) && r->has_count;
}

/* Try to read a quantity at the place. On false the place has not moved. */
static bool read_quantity(reader *r, sk_quantity_found *ret_found)
{
    draft d = {.start = r->at};
    size_t start = r->at;
    read_before(r, &d);
    sk_count_kind kind = kind_at(r, r->at);
    bool ok = kind == SK_C_ORDER      ? read_order(r, &d)
              : kind == SK_C_FRACTION ? read_fraction(r, &d)
                                      : read_count(r, &d);
    if (!ok) {
        r->at = start;
        return false;
    }
    sk_quantity_found f = {
        .quantity = d.q, .start = r->words[start].start, .end = r->words[r->at - 1].end};
    f.is_aside = is_aside(r, &d);
    if (!f.is_aside) {
        r->has_head = true;
        r->has_count = r->has_count || (!d.is_percent && !d.is_money);
    }
    *ret_found = f;
    return true;
}

/* Step over one word that begins no quantity, minding brackets, clauses and dates. */
static void step_over(reader *r)
{
    sk_count_kind kind = kind_at(r, r->at), next = kind_at(r, r->at + 1);
    if (kind == SK_C_OPENING)
        r->depth++;
    else if (kind == SK_C_CLOSING && r->depth > 0)
        r->depth--;
    else if (kind == SK_C_COLON)
        r->after_colon = true;
    else if (kind == SK_C_SEMICOLON)
        r->after_colon = r->after_including = false;
    else if (kind == SK_C_INCLUDING)
        r->after_including = true;
    r->at++;
    if (kind == SK_C_NUMBER && next == SK_C_RANGE && kind_at(r, r->at + 1) == SK_C_NUMBER) {
        r->at += 2; /* "2016-2022", refused as years together */
        return;
    }
    if (kind == SK_C_LABEL && next == SK_C_NUMBER) {
        r->at++;
        return;
    }
    /* "15 Oct 2002", "Oct 15, 2002": the numbers beside a month are its day and year */
    if (kind == SK_C_NUMBER && next == SK_C_MONTH) {
        r->at++;
        r->at += kind_at(r, r->at) == SK_C_NUMBER && r->words[r->at].is_plain_year;
    } else if (kind == SK_C_MONTH && next == SK_C_NUMBER) {
        r->at++;
        if (kind_at(r, r->at) == SK_C_COMMA && kind_at(r, r->at + 1) == SK_C_NUMBER &&
            r->words[r->at + 1].is_plain_year)
            r->at += 2;
    }
}

/* Is the word one at which a quantity may begin? Inside a run of prefixes, only at its first. */
static bool may_begin(const reader *r)
{
    switch ((int)kind_at(r, r->at)) {
    case SK_C_NUMBER:
    case SK_C_BEFORE:
    case SK_C_BETWEEN:
    case SK_C_FROM:
    case SK_C_CHANGE:
    case SK_C_CURRENCY:
    case SK_C_ORDER:
    case SK_C_FRACTION:
        return true;
    default:
        return false;
    }
}

sk_rc sk_quantity_find(sk_ctx *cx, sk_str text, sk_quantity_found **ret_found, size_t *ret_n)
{
    if (text.n > SK_LIM_VALUE_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "the text with quantities is longer than %zu bytes",
                       SK_LIM_VALUE_BYTES);
    sk_arena scratch = SK_ARENA_INIT;
    sk_quantity_found *found = NULL;
    size_t n = 0, cap = 0;
    reader r = {.arena = &cx->arena, .text = text};
    sk_count_word *words;
    sk_count_cut(&scratch, text, &words, &r.n);
    r.words = words;
    while (r.at < r.n) {
        sk_quantity_found f;
        if (!may_begin(&r) || !read_quantity(&r, &f)) {
            step_over(&r);
            continue;
        }
        f.quantity.unit = sk_str_copy(&cx->arena, f.quantity.unit);
        SK_GROW(&cx->arena, found, n, cap);
        found[n++] = f;
    }
    sk_arena_done(&scratch);
    *ret_found = found;
    *ret_n = n;
    return SK_OK;
}

/* "at least 17, could exceed 100": the second says how far the first may go. */
static bool join(sk_quantity *a, const sk_quantity *b)
{
    if (b->qualifier != SK_Q_COULD_EXCEED || b->has_low || !a->has_low || a->has_high ||
        a->qualifier != SK_Q_AT_LEAST || sk_decimal_cmp(a->low, b->high) > 0)
        return false;
    if (a->unit.n && b->unit.n && !sk_str_eq(a->unit, b->unit))
        return false;
    sk_str unit = a->unit.n ? a->unit : b->unit;
    sk_decimal low = a->low;
    *a = *b;
    a->has_low = true;
    a->low = low;
    a->unit = unit;
    return true;
}

static sk_rc several(sk_ctx *cx, sk_str words, const sk_quantity_found *found, size_t n)
{
    sk_str list = SK_S("");
    for (size_t i = 0, shown = 0; i < n && shown < 4; i++) {
        if (found[i].is_aside)
            continue;
        list = sk_fmt(&cx->arena, "%.*s%s\"%.*s\"", SK_P(list), shown ? ", " : "",
                      SK_P(sk_str_sub(words, found[i].start, found[i].end - found[i].start)));
        shown++;
    }
    return sk_fail(cx, SK_E_AMBIGUOUS,
                   "\"%.*s\" states several quantities (%.*s); give each its own", SK_P(words),
                   SK_P(list));
}

sk_rc sk_quantity_from_words(sk_ctx *cx, sk_str words, sk_quantity *ret_quantity)
{
    sk_quantity_found *found = NULL;
    size_t n = 0, heads = 0;
    sk_quantity q = {0};
    if (sk_utf8_find_bad(words) != SIZE_MAX)
        return sk_fail(cx, SK_E_FORMAT, "the words of a quantity are not UTF-8");
    SK_TRY(sk_quantity_find(cx, words, &found, &n));
    for (size_t i = 0; i < n; i++) {
        if (found[i].is_aside || (heads == 1 && join(&q, &found[i].quantity)))
            continue;
        q = heads ? q : found[i].quantity;
        heads++;
    }
    if (heads == 0 && n == 1)
        q = found[0].quantity;
    else if (heads == 0)
        return sk_fail(cx, SK_E_FORMAT,
                       "\"%.*s\" states no quantity; write one such as 17, at least 17, 500 to 600",
                       SK_P(words));
    else if (heads > 1)
        return several(cx, words, found, n);
    SK_TRY(sk_quantity_check(cx, &q));
    *ret_quantity = q;
    return SK_OK;
}
