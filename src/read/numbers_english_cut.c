/* The words of English numbers: their classes and values. */
#include "read/numbers_english.h"

#include "base/utf8.h"

typedef struct named {
    const char *name;
    klass k;
    double value;
} named;

static const named names[] = {{"zero", ONES, 0},
                              {"nought", ONES, 0},
                              {"naught", ONES, 0},
                              {"one", ONES, 1},
                              {"two", ONES, 2},
                              {"three", ONES, 3},
                              {"four", ONES, 4},
                              {"five", ONES, 5},
                              {"six", ONES, 6},
                              {"seven", ONES, 7},
                              {"eight", ONES, 8},
                              {"nine", ONES, 9},
                              {"ten", TEENS, 10},
                              {"eleven", TEENS, 11},
                              {"twelve", TEENS, 12},
                              {"thirteen", TEENS, 13},
                              {"fourteen", TEENS, 14},
                              {"fifteen", TEENS, 15},
                              {"sixteen", TEENS, 16},
                              {"seventeen", TEENS, 17},
                              {"eighteen", TEENS, 18},
                              {"nineteen", TEENS, 19},
                              {"twenty", TENS, 20},
                              {"thirty", TENS, 30},
                              {"forty", TENS, 40},
                              {"fifty", TENS, 50},
                              {"sixty", TENS, 60},
                              {"seventy", TENS, 70},
                              {"eighty", TENS, 80},
                              {"ninety", TENS, 90},
                              {"hundred", HUNDRED, 100},
                              {"hundreds", HUNDRED, 100},
                              {"thousand", SCALE, 1e3},
                              {"million", SCALE, 1e6},
                              {"billion", SCALE, 1e9},
                              {"trillion", SCALE, 1e12},
                              {"lakh", SCALE, 1e5},
                              {"crore", SCALE, 1e7},
                              {"mil", SCALE, 1e6},
                              {"bln", SCALE, 1e9},
                              {"tln", SCALE, 1e12},
                              {"mln", SCALE, 1e6},
                              {"dozen", DOZEN, 12},
                              {"dozens", DOZEN, 12},
                              {"doz", DOZEN, 12},
                              {"dozs", DOZEN, 12},
                              {"dz", DOZEN, 12},
                              {"dzs", DOZEN, 12},
                              {"half", PART, 2},
                              {"halves", PART, 2},
                              {"quarter", PART, 4},
                              {"quarters", PART, 4},
                              {"and", AND, 0},
                              {"a", ARTICLE, 1},
                              {"an", ARTICLE, 1},
                              {"point", POINT, 0},
                              {"over", OVER, 0},
                              {"out", OUT, 0},
                              {"in", IN, 0},
                              {"of", OF, 0},
                              {"minus", MINUS, 0},
                              {"negative", MINUS, 0},
                              {"first", ORDINAL, 1},
                              {"second", ORDINAL, 2},
                              {"third", ORDINAL, 3},
                              {"fourth", ORDINAL, 4},
                              {"fifth", ORDINAL, 5},
                              {"sixth", ORDINAL, 6},
                              {"seventh", ORDINAL, 7},
                              {"eighth", ORDINAL, 8},
                              {"ninth", ORDINAL, 9},
                              {"tenth", ORDINAL, 10},
                              {"eleventh", ORDINAL, 11},
                              {"twelfth", ORDINAL, 12},
                              {"thirteenth", ORDINAL, 13},
                              {"fourteenth", ORDINAL, 14},
                              {"fifteenth", ORDINAL, 15},
                              {"sixteenth", ORDINAL, 16},
                              {"seventeenth", ORDINAL, 17},
                              {"eighteenth", ORDINAL, 18},
                              {"nineteenth", ORDINAL, 19},
                              {"twentieth", ORDINAL, 20},
                              {"thirtieth", ORDINAL, 30},
                              {"fortieth", ORDINAL, 40},
                              {"fiftieth", ORDINAL, 50},
                              {"sixtieth", ORDINAL, 60},
                              {"seventieth", ORDINAL, 70},
                              {"eightieth", ORDINAL, 80},
                              {"ninetieth", ORDINAL, 90},
                              {"hundredth", ORDINAL, 100},
                              {"thousandth", ORDINAL, 1e3},
                              {"millionth", ORDINAL, 1e6},
                              {"billionth", ORDINAL, 1e9},
                              {"trillionth", ORDINAL, 1e12}};

static bool name_word(sk_str s, word *w)
{
    for (size_t i = 0; i < SK_COUNT(names); i++)
        if (sk_str_eq_nocase(s, sk_str_of(names[i].name))) {
            w->k = names[i].k;
            w->value = names[i].value;
            w->is_plural = w->k == PART && s.p[s.n - 1] == 's';
            return true;
        }
    if (s.n > 3 && s.p[s.n - 1] == 's' && name_word((sk_str){s.p, s.n - 1}, w) && w->k == ORDINAL) {
        w->is_plural = true;
        return true;
    }
    return false;
}

/* k, M, G, T, B, mm behind digits. */
static bool letter_scale(sk_str s, bool glued, word *w)
{
    static const struct {
        const char *s;
        double value;
        bool only_large;
    } scales[] = {{"k", 1e3, false}, {"K", 1e3, false}, {"M", 1e6, true},
                  {"MM", 1e6, true}, {"mm", 1e6, true}, {"G", 1e9, true},
                  {"B", 1e9, true},  {"b", 1e9, false}, {"T", 1e12, true}};
    for (size_t i = 0; i < SK_COUNT(scales); i++)
        if (sk_str_is(s, scales[i].s) && !(sk_str_is(s, "mm"))) {
            w->k = LETTER_SCALE;
            w->value = scales[i].value;
            return glued || scales[i].value == 1e3 || scales[i].only_large;
        }
    return false;
}

static bool fraction_sign(uint32_t c, double *ret_value)
{
    static const struct {
        uint32_t c;
        double v;
    } signs[] = {{0xBC, .25},      {0xBD, .5},       {0xBE, .75},      {0x2153, 1. / 3},
                 {0x2154, 2. / 3}, {0x2155, .2},     {0x2156, .4},     {0x2157, .6},
                 {0x2158, .8},     {0x2159, 1. / 6}, {0x215A, 5. / 6}, {0x215B, .125},
                 {0x215C, .375},   {0x215D, .625},   {0x215E, .875}};
    for (size_t i = 0; i < SK_COUNT(signs); i++)
        if (signs[i].c == c) {
            *ret_value = signs[i].v;
            return true;
        }
    return false;
}

static size_t skip_blanks(sk_str s, size_t at)
{
    while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t' || s.p[at] == '\n'))
        at++;
    return at;
}

/* "4/5" behind digits at byte at. */
static bool slash_fraction(sk_str s, const sk_number *upper, word *w)
{
    sk_number lower;
    size_t at_ = upper->from;
    bool before = at_ && (s.p[at_ - 1] == '/' || (s.p[at_ - 1] == '-' && at_ > 1 &&
                                                  s.p[at_ - 2] >= '0' && s.p[at_ - 2] <= '9'));
    if (before || upper->to >= s.n || s.p[upper->to] != '/' ||
        !sk_number_digits(s, upper->to + 1, &lower) || lower.value <= 0 ||
        upper->kind != SK_NUMBER_INTEGER || lower.kind != SK_NUMBER_INTEGER)
        return false;
    if (lower.to < s.n && s.p[lower.to] == '/')
        return false;
    w->k = SIGNED_FRACTION;
    w->value = upper->value / lower.value;
    w->to = lower.to;
    return true;
}

static bool cut_digits(sk_str s, size_t at, word *w)
{
    sk_number x;
    if (!sk_number_digits(s, at, &x))
        return false;
    *w = (word){.k = DIGITS,
                .value = x.value,
                .from = at,
                .to = x.to,
                .is_decimal = x.kind == SK_NUMBER_DECIMAL,
                .is_power = x.kind == SK_NUMBER_POWER};
    slash_fraction(s, &x, w);
    return true;
}

static bool cut_word(sk_str s, size_t at, bool after_digits, word *w)
{
    double value;
    size_t end = at, next = at;
    if (at >= s.n)
        return false;
    if ((s.p[at] >= '0' && s.p[at] <= '9') || s.p[at] == '.')
        return cut_digits(s, at, w);
    if ((unsigned char)s.p[at] >= 0x80) {
        if (!fraction_sign(sk_utf8_next(s, &next), &value))
            return false;
        *w = (word){.k = SIGNED_FRACTION, .value = value, .from = at, .to = next};
        return true;
    }
    if (s.p[at] == '-') {
        *w = (word){.k = HYPHEN, .from = at, .to = at + 1};
        return true;
    }
    while (end < s.n && is_letter(s.p[end]))
        end++;
    if (end == at || (end < s.n && s.p[end] >= '0' && s.p[end] <= '9'))
        return false;
    *w = (word){.from = at, .to = end};
    sk_str text = sk_str_sub(s, at, end - at);
    bool glued = at && s.p[at - 1] >= '0' && s.p[at - 1] <= '9';
    if (after_digits && letter_scale(text, glued, w))
        return true;
    return name_word(text, w);
}

void sk_english_cut(sk_str s, size_t at, reading *r)
{
    r->n = 0;
    while (r->n < MOST_WORDS) {
        bool after_digits = r->n && r->w[r->n - 1].k == DIGITS;
        if (!cut_word(s, at, after_digits, &r->w[r->n]))
            break;
        at = skip_blanks(s, r->w[r->n].to);
        r->n++;
    }
    r->w[r->n] = (word){.k = END};
    r->more = at < s.n && is_letter(s.p[at]);
}
