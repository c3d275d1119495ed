/* Counts in the text, with the words that bound them: never a bare number when it was not one.
 *
 * A number of the text, the hedge in front of it or behind, and the noun group it counts. Numbers in
 * dates, names and identifiers are left out. */
#include "read/numbers.h"
#include "read/clauses.h"

#include <math.h>

/* The qualify match that ends right before token i, or begins at i. */
static const sk_match *hedge_before(const sk_reader *x, int64_t i)
{
    const sk_match *m = sk_match_at(x, SK_LAYER_QUALIFY, i - 1);
    return m && m->first + m->n == (uint32_t)i ? m : NULL;
}

static sk_qualifier qualifier_of(const sk_reader *x, const sk_match *m)
{
    sk_qualifier q;
    if (m && sk_qualifier_parse(sk_str_of(sk_entry_id(x, sk_match_entry(x, m))), &q))
        return q;
    return SK_Q_EXACT;
}

static sk_decimal decimal_of(double v)
{
    if (fabs(v) > 9e15)
        return (sk_decimal){v > 0 ? INT64_MAX : INT64_MIN, 0};
    int64_t whole = (int64_t)v;
    if ((double)whole == v)
        return sk_decimal_of(whole);
    sk_decimal d = {(int64_t)llround(v * 1e6), 6};
    if (fabs(v) > 9e9)
        return sk_decimal_of(whole);
    while (d.decimals && d.mantissa % 10 == 0) {
        d.mantissa /= 10;
        d.decimals--;
    }
    return d;
}

static void set_bounds(sk_found_quantity *q)
{
    switch (q->qualifier) {
    case SK_Q_AT_LEAST:
    case SK_Q_MORE_THAN:
        q->has_low = true;
        q->low = q->number;
        break;
    case SK_Q_COULD_EXCEED:
        q->has_low = true; /* the mark that the number may pass: low, and open above it */
        q->low = q->number;
        q->is_open_above = q->is_possible = true;
        break;
    case SK_Q_AT_MOST:
    case SK_Q_UP_TO:
    case SK_Q_FEWER_THAN:
        q->has_high = true;
        q->high = q->number;
        break;
    default:
        break;
    }
}

static sk_found_quantity *push(sk_reader *x, sk_span span, sk_rule_id rule)
{
    sk_reading *r = x->r;
    for (size_t i = x->first_quantity; i < r->n_quantities; i++)
        if (sk_span_overlaps(r->quantities[i].span, span))
            return NULL;
    SK_GROW(x->a, r->quantities, r->n_quantities, x->cap_quantities);
    sk_found_quantity *q = &r->quantities[r->n_quantities++];
    *q = (sk_found_quantity){.span = span, .of = SK_READ_NONE, .rule = sk_rule_get(rule)};
    return q;
}

/* What is counted: the rest of the noun group the number stands in. */
static void set_unit(sk_reader *x, sk_found_quantity *q, int64_t end)
{
    int32_t k = end < x->range.end ? sk_chunk_of(x, (uint32_t)end) : SK_READ_NONE;
    if (k < 0 && end > x->range.first)
        k = sk_chunk_of(x, (uint32_t)end - 1);
    if (k < 0)
        return;
    const sk_chunk *c = &x->chunks[k];
    if ((uint32_t)end < c->end)
        q->unit = sk_span_of(x, (uint32_t)end, c->end);
    q->of = c->entity;
    if (q->of < 0 && sk_chunk_is(x, k + 1, "of") && sk_chunk_at(x, k + 2)->kind == SK_CHUNK_NP) {
        q->of = sk_chunk_at(x, k + 2)->entity;
        q->unit = sk_span_of(x, sk_chunk_at(x, k + 2)->first, sk_chunk_at(x, k + 2)->end);
    }
}

/* A number inside a name, a score, a version, a section: COVID-19, Article 5. */
static bool is_label(const sk_reader *x, int64_t i)
{
    static const char *const words[] = {"article", "section", "chapter",    "paragraph", "page",
                                        "no",      "number",  "resolution", "phase",     "room",
                                        "camp",    "route",   "annex",      "figure",    "table"};
    const sk_item *item = sk_item_at(x, i);
    if (item->m[SK_LAYER_NAME] >= 0 || item->in_time)
        return true;
    if (item->t.glued && sk_item_is(x, i - 1, "-") && sk_item_at(x, i - 1)->t.glued &&
        sk_token_is_word(&sk_item_at(x, i - 2)->t))
        return true;
    for (size_t k = 0; k < SK_COUNT(words); k++)
        if (sk_item_is(x, i - 1, words[k]) ||
            (sk_item_is(x, i - 1, ".") && sk_item_is(x, i - 2, words[k])))
            return true;
    return false;
}

static int64_t tokens_to(const sk_reader *x, int64_t i, size_t byte)
{
    while (i < x->range.end && x->items[i].t.to <= byte)
        i++;
    return i;
}

/* The number behind "to", "and" or a dash that makes a range of the one that ended at token end: behind
 * its last token; end when there is none. */
static int64_t range_end(const sk_reader *x, int64_t end, bool between)
{
    sk_number n;
    bool dash =
        sk_item_is(x, end, "-") || sk_str_is(sk_item_text(x, sk_item_at(x, end)), "\xE2\x80\x93");
    bool joins = dash || sk_item_is(x, end, "to") || (between && sk_item_is(x, end, "and")) ||
                 (sk_item_is(x, end, "or") && sk_item_at(x, end)->tag == SK_TAG_NUM);
    int64_t at = end + 1;
    if (!joins || at >= x->range.end || sk_item_at(x, at)->in_time)
        return end;
    sk_str text = sk_str_sub(x->text, 0, x->items[x->range.end - 1].t.to);
    if (!sk_number_at(text, SK_READ_EN, x->items[at].t.from, &n) || n.kind != SK_NUMBER_INTEGER ||
        n.is_glued)
        return end;
    return tokens_to(x, at, n.to);
}

/* "between 10 and 20", "10 to 20", "10-20" as one quantity with both bounds. False: no range. */
static bool take_range(sk_reader *x, int64_t first, int64_t number, int64_t *end)
{
    bool between = first < number && sk_match_is(x, hedge_before(x, number), "between");
    int64_t last = range_end(x, *end, between);
    sk_span span = sk_span_of(x, (uint32_t)first, (uint32_t)last);
    sk_quantity range;
    if (last == *end)
        return false;
    sk_str words = sk_span_text(x, span);
    if (sk_item_is(x, *end, "or")) /* "3 or 4 men" */
        words = sk_fmt(x->a, "%.*s to %.*s",
                       SK_P(sk_span_text(x, sk_span_of(x, (uint32_t)first, (uint32_t)*end))),
                       SK_P(sk_span_text(x, sk_span_of(x, (uint32_t)*end + 1, (uint32_t)last))));
    if (sk_quantity_from_words(x->cx, words, &range) || range.qualifier != SK_Q_BETWEEN) {
        sk_forgive(x->cx);
        return false;
    }
    sk_found_quantity *q = push(x, span, SK_RULE_QUANTITY_COUNT);
    *end = last;
    if (!q)
        return true;
    q->qualifier = range.qualifier;
    q->has_low = q->has_high = true;
    q->low = range.low;
    q->high = range.high;
    if (first < number)
        q->hedge = sk_span_of(x, (uint32_t)first, (uint32_t)number);
    set_unit(x, q, last);
    return true;
}

/* "could exceed 100", "up to 500", "at least 17": from hedge to number. */
static int64_t take_number(sk_reader *x, int64_t i)
{
    sk_number n;
    sk_str text = sk_str_sub(x->text, 0, x->items[x->range.end - 1].t.to);
    if (!sk_number_at(text, SK_READ_EN, x->items[i].t.from, &n) || n.kind == SK_NUMBER_ORDINAL ||
        is_label(x, i))
        return i;
    int64_t end = tokens_to(x, i, n.to), first = i;
    if (end == i)
        return i;
    bool ordinal = sk_item_is(x, end, "st") || sk_item_is(x, end, "nd") ||
                   sk_item_is(x, end, "rd") || sk_item_is(x, end, "th");
    if (ordinal && n.is_glued)
        return end;
    if (n.value == 1 && n.is_word && end == i + 1 && !(sk_item_at(x, end)->tag == SK_TAG_NOUN))
        return end; /* "one" as a pronoun */
    const sk_match *hedge = hedge_before(x, i);
    if (!hedge && sk_item_is(x, i - 1, "$"))
        hedge = hedge_before(x, i - 1);
    if (hedge)
        first = hedge->first;
    if (take_range(x, first, i, &end))
        return end;
    sk_found_quantity *q =
        push(x, sk_span_of(x, (uint32_t)first, (uint32_t)end), SK_RULE_QUANTITY_COUNT);
    if (!q)
        return end;
    q->number = decimal_of(n.value);
    q->has_number = true;
    q->qualifier = qualifier_of(x, hedge);
    if (hedge)
        q->hedge = sk_span_of(x, hedge->first, hedge->first + hedge->n);
    const sk_match *after = sk_match_at(x, SK_LAYER_QUALIFY, end);
    if (!hedge && after && after->first == (uint32_t)end && sk_match_is(x, after, "at-least"))
        q->qualifier = SK_Q_AT_LEAST;
    set_bounds(q);
    set_unit(x, q, end);
    return end;
}

/* Words that count without a number: many, most, lots of, in the thousands. */
static int64_t take_word(sk_reader *x, int64_t i)
{
    static const char *const words[] = {"many", "most", "several", "lots", "half", "order"};
    const sk_match *m = sk_match_at(x, SK_LAYER_QUALIFY, i);
    if (!m || m->first != (uint32_t)i)
        return i;
    int64_t end = (int64_t)m->first + m->n;
    for (size_t k = 0; k < SK_COUNT(words); k++) {
        if (!sk_match_is(x, m, words[k]))
            continue;
        sk_found_quantity *q =
            push(x, sk_span_of(x, m->first, (uint32_t)end), SK_RULE_QUANTITY_WORD);
        if (!q)
            return end;
        q->word = words[k];
        q->hedge = q->span;
        q->qualifier = !strcmp(words[k], "order") ? SK_Q_ORDER : SK_Q_FRACTION;
        if (q->qualifier == SK_Q_ORDER) {
            sk_str s = sk_span_text(x, q->span);
            q->has_low = true;
            q->low =
                sk_decimal_of(sk_str_find(s, SK_S("million")) != SIZE_MAX                 ? 1000000
                              : sk_str_find(s, SK_S("hundreds of thousands")) != SIZE_MAX ? 100000
                              : sk_str_find(s, SK_S("tens of thousands")) != SIZE_MAX     ? 10000
                              : sk_str_find(s, SK_S("thousand")) != SIZE_MAX              ? 1000
                              : sk_str_find(s, SK_S("hundred")) != SIZE_MAX               ? 100
                                                                                          : 10);
        }
        set_unit(x, q, end);
        return end;
    }
    return i;
}

/* "both countries": two. */
static int64_t take_both(sk_reader *x, int64_t i)
{
    const sk_item *next = sk_item_at(x, i + 1);
    if (!sk_item_is(x, i, "both") || !(next->pos & SK_POS_NOUNS))
        return i;
    sk_found_quantity *q =
        push(x, sk_span_of(x, (uint32_t)i, (uint32_t)i + 2), SK_RULE_QUANTITY_WORD);
    if (q) {
        q->number = sk_decimal_of(2);
        q->has_number = true;
        q->unit = sk_span_of(x, (uint32_t)i + 1, (uint32_t)i + 2);
    }
    return i + 2;
}

void sk_pass_quantities(sk_reader *x)
{
    for (int64_t i = x->range.first; i < x->range.end;) {
        const sk_item *item = &x->items[i];
        int64_t end = i;
        if (item->t.shape == SK_SHAPE_NUMBER || item->pos & SK_POS_NUM)
            end = take_number(x, i);
        else if (item->m[SK_LAYER_QUALIFY] >= 0)
            end = take_word(x, i);
        if (end == i)
            end = take_both(x, i);
        i = end > i ? end : i + 1;
    }
}
