/* Where sentences end: a stop, unless it belongs to an abbreviation, an initial or a number.
 *
 * A stop behind an acronym (U.N.) ends the sentence only before a word that usually begins one.
 * Closing quotes and brackets go with the sentence they close. A line end does not end a sentence
 * inside a block, an empty line does: that is another block. */
#include "read/reading_private.h"

static uint32_t sign_at(const sk_reader *x, size_t i)
{
    const sk_item *item = &x->items[i];
    if (item->t.shape != SK_SHAPE_SIGN)
        return 0;
    sk_str s = sk_token_text(x->text, &item->t);
    unsigned char c = (unsigned char)s.p[0];
    if (c < 0x80)
        return c;
    if (s.n == 3)
        return ((uint32_t)(c & 15) << 12) | ((uint32_t)(s.p[1] & 63) << 6) |
               (uint32_t)(s.p[2] & 63);
    return s.n == 2 ? ((uint32_t)(c & 31) << 6) | (uint32_t)(s.p[1] & 63) : 0;
}

static bool is_stop(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xFF01 || c == 0xFF1F ||
           c == 0x2026 || c == 0xFF0E || c == 0xFF61;
}

static bool is_closing(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201D || c == 0x2019 ||
           c == 0xBB || c == 0x300D || c == 0x300F || c == 0xFF09 || c == 0x3011;
}

static bool is_capital(const sk_item *i)
{
    return i->t.shape == SK_SHAPE_CAPITAL || i->t.shape == SK_SHAPE_UPPER;
}

/* Words with a large letter that mostly begin sentences: small words of the grammar. */
static bool starts_sentences(const sk_item *i)
{
    return is_capital(i) && (i->pos & SK_POS_NOTNAME);
}

static bool ends_with_point(const sk_reader *x, const sk_item *i)
{
    sk_str s = sk_token_text(x->text, &i->t);
    return s.n > 2 && s.p[s.n - 1] == '.';
}

/* Is the word before a point one that keeps it: Dr, Gen, an initial, No before a number? */
static bool keeps_point(const sk_reader *x, size_t word, size_t next)
{
    const sk_item *w = &x->items[word];
    if (next >= x->n_items)
        return false;
    const sk_item *n = &x->items[next];
    size_t bytes = w->t.to - w->t.from;
    if (w->t.shape == SK_SHAPE_CAPITAL && bytes == 1)
        return is_capital(n) && !(n->pos & SK_POS_NOTNAME && n->t.shape == SK_SHAPE_CAPITAL &&
                                  x->items[next].t.to - x->items[next].t.from == 1);
    if (!(w->pos & SK_POS_ABBREV))
        return false;
    if (w->t.shape == SK_SHAPE_LOWER && is_capital(n) && bytes > 2)
        return false; /* "fig" as a fruit */
    if (sk_str_eq_nocase(sk_token_text(x->text, &w->t), SK_S("no")))
        return n->t.shape == SK_SHAPE_NUMBER;
    return w->t.shape != SK_SHAPE_UPPER && !starts_sentences(n);
}

/* Behind a stop, does the sentence end? next is what follows the
 * closing quotes. */
static bool ends_here(const sk_reader *x, size_t next, uint32_t stop, bool closed)
{
    if (next >= x->n_items)
        return true;
    const sk_item *n = &x->items[next];
    if (stop == 0x3002 || stop == 0xFF01 || stop == 0xFF1F)
        return !closed || !sk_token_is_cjk(&n->t) || n->t.shape == SK_SHAPE_HAN;
    if (sk_token_is_cjk(&n->t))
        return !n->t.glued || stop == '?' || stop == '!';
    if (n->t.glued && n->t.shape != SK_SHAPE_SIGN)
        return closed && is_capital(n);
    if (n->t.shape == SK_SHAPE_LOWER)
        return false;
    uint32_t c = sign_at(x, next);
    if (c == ',' || c == ';' || c == ':' || c == ')' || is_stop(c))
        return false;
    if ((c == 0x2014 || c == 0x2013) && next + 1 < x->n_items &&
        x->items[next + 1].t.shape == SK_SHAPE_LOWER)
        return false;
    return true;
}

static bool ends_at(const sk_reader *x, size_t i, size_t first, size_t *ret_end)
{
    const sk_item *item = &x->items[i];
    uint32_t stop = sign_at(x, i);
    bool dotted = !stop && ends_with_point(x, item);
    if (!is_stop(stop) && !dotted)
        return false;
    size_t next = i + 1;
    while (next < x->n_items && is_stop(sign_at(x, next)))
        next++;
    bool closed = false;
    while (
        next < x->n_items &&
        (is_closing(sign_at(x, next)) || (sign_at(x, next) == 0x201C && x->items[next].t.glued)) &&
        (x->items[next].t.glued || sign_at(x, next) == 0x201D)) {
        closed = true;
        next++;
    }
    if (!ends_here(x, next, dotted ? '.' : stop, closed))
        return false;
    if (dotted && next < x->n_items && !closed && !starts_sentences(&x->items[next]))
        return false;
    if (stop == '.' && !closed && i > first && x->items[i].t.glued && next == i + 1 &&
        sk_token_is_word(&x->items[i - 1].t) && keeps_point(x, i - 1, next))
        return false;
    if (stop == '.' && i == first + 1 && x->items[first].t.shape == SK_SHAPE_NUMBER &&
        next < x->n_items)
        return false; /* "1. The first point" */
    *ret_end = next;
    return true;
}

static const char *time_id(const sk_reader *x, size_t i)
{
    int32_t m = i < x->n_items ? x->items[i].m[SK_LAYER_TIME] : SK_READ_NONE;
    return m >= 0 ? sk_entry_id(x, sk_match_entry(x, &x->matches[m])) : "";
}

static bool is_sign(const sk_reader *x, size_t i, char c)
{
    return i < x->n_items && sign_at(x, i) == (uint32_t)c;
}

/* "Thursday, May 7, 2015 On Tuesday ...": the date at the head of a block that a sentence follows.
 * Returns behind it; first when there is none. */
static size_t skip_dateline(const sk_reader *x, size_t first)
{
    size_t i = first;
    if (strncmp(time_id(x, i), "weekday", 7) != 0)
        return first;
    i += 1 + is_sign(x, i + 1, ',');
    bool month = !strncmp(time_id(x, i), "month", 5);
    if (!month && x->items[i < x->n_items ? i : first].t.shape != SK_SHAPE_NUMBER)
        return first;
    i += 2;
    i += is_sign(x, i, ',');
    bool year = i + 1 < x->n_items && x->items[i].t.shape == SK_SHAPE_NUMBER &&
                x->items[i].t.to - x->items[i].t.from == 4;
    return year && starts_sentences(&x->items[i + 1]) ? i + 1 : first;
}

/* "1. The first point": the number of a paragraph is no part of its first sentence. */
static size_t skip_number(const sk_reader *x, size_t first)
{
    const sk_item *i = &x->items[first];
    bool number = first == 0 && i->t.shape == SK_SHAPE_NUMBER && i->t.to - i->t.from <= 3 &&
                  (is_sign(x, 1, '.') || is_sign(x, 1, ')')) && x->n_items > 2 &&
                  x->items[1].t.glued && !x->items[2].t.glued;
    return number ? 2 : first;
}

bool sk_pass_sentence(sk_reader *x, uint32_t *at, sk_sentence_range *ret_range)
{
    size_t first = *at, end = x->n_items;
    if (first >= x->n_items)
        return false;
    first = skip_number(x, first);
    size_t behind = first == 0 ? skip_dateline(x, first) : first;
    if (behind > first) {
        *ret_range = (sk_sentence_range){(uint32_t)first, (uint32_t)behind};
        *at = (uint32_t)behind;
        return true;
    }
    for (size_t i = first; i < x->n_items; i++) {
        if (ends_at(x, i, first, &end))
            break;
        end = x->n_items;
        if (i + 1 - first >= SK_LIM_SENTENCE_TOKENS) {
            end = i + 1;
            break;
        }
    }
    *ret_range = (sk_sentence_range){(uint32_t)first, (uint32_t)end};
    *at = (uint32_t)end;
    return true;
}
