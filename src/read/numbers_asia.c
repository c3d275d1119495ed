/* Numbers of Korean, Chinese and Japanese: signs for digits and powers of ten, Korean native words,
 * digits mixed with them (2백만, 1万2千), fractions (오분의 이, 三分之二), decimals (三点五), percents.
 *
 * A number is sections below 10^4, each with its big power (만 万, 억 亿, 조 兆), each section parts of
 * a digit and a small power (십 百 千). */
#include "read/numbers_private.h"

#include "base/utf8.h"

#include <math.h>

typedef enum klass { NONE, DIGIT, SMALL, BIG, NATIVE_TENS, NATIVE_ONES, POINT_SIGN } klass;

typedef struct sign {
    klass k;
    double value;
    size_t bytes;
} sign;

typedef struct named {
    const char *s;
    klass k;
    double value;
} named;

static const named han[] = {
    {"〇", DIGIT, 0},   {"零", DIGIT, 0},   {"一", DIGIT, 1},    {"二", DIGIT, 2},
    {"三", DIGIT, 3},   {"四", DIGIT, 4},   {"五", DIGIT, 5},    {"六", DIGIT, 6},
    {"七", DIGIT, 7},   {"八", DIGIT, 8},   {"九", DIGIT, 9},    {"两", DIGIT, 2},
    {"兩", DIGIT, 2},   {"俩", DIGIT, 2},   {"壹", DIGIT, 1},    {"贰", DIGIT, 2},
    {"貳", DIGIT, 2},   {"叁", DIGIT, 3},   {"參", DIGIT, 3},    {"肆", DIGIT, 4},
    {"伍", DIGIT, 5},   {"陆", DIGIT, 6},   {"陸", DIGIT, 6},    {"柒", DIGIT, 7},
    {"捌", DIGIT, 8},   {"玖", DIGIT, 9},   {"壱", DIGIT, 1},    {"弐", DIGIT, 2},
    {"参", DIGIT, 3},   {"〡", DIGIT, 1},   {"十", SMALL, 10},   {"拾", SMALL, 10},
    {"百", SMALL, 100}, {"佰", SMALL, 100}, {"千", SMALL, 1000}, {"仟", SMALL, 1000},
    {"廿", NONE, 20},   {"万", BIG, 1e4},   {"萬", BIG, 1e4},    {"亿", BIG, 1e8},
    {"億", BIG, 1e8},   {"兆", BIG, 1e12},  {"京", BIG, 1e16}};
static const named hangul[] = {
    {"영", DIGIT, 0},          {"공", DIGIT, 0},          {"일", DIGIT, 1},
    {"이", DIGIT, 2},          {"삼", DIGIT, 3},          {"사", DIGIT, 4},
    {"오", DIGIT, 5},          {"육", DIGIT, 6},          {"륙", DIGIT, 6},
    {"칠", DIGIT, 7},          {"팔", DIGIT, 8},          {"구", DIGIT, 9},
    {"십", SMALL, 10},         {"백", SMALL, 100},        {"천", SMALL, 1000},
    {"만", BIG, 1e4},          {"억", BIG, 1e8},          {"조", BIG, 1e12},
    {"경", BIG, 1e16},         {"하나", NATIVE_ONES, 1},  {"다섯", NATIVE_ONES, 5},
    {"여섯", NATIVE_ONES, 6},  {"일곱", NATIVE_ONES, 7},  {"여덟", NATIVE_ONES, 8},
    {"아홉", NATIVE_ONES, 9},  {"둘", NATIVE_ONES, 2},    {"셋", NATIVE_ONES, 3},
    {"넷", NATIVE_ONES, 4},    {"한", NATIVE_ONES, 1},    {"두", NATIVE_ONES, 2},
    {"세", NATIVE_ONES, 3},    {"네", NATIVE_ONES, 4},    {"열", NATIVE_TENS, 10},
    {"스물", NATIVE_TENS, 20}, {"스무", NATIVE_TENS, 20}, {"서른", NATIVE_TENS, 30},
    {"마흔", NATIVE_TENS, 40}, {"쉰", NATIVE_TENS, 50},   {"예순", NATIVE_TENS, 60},
    {"일흔", NATIVE_TENS, 70}, {"여든", NATIVE_TENS, 80}, {"아흔", NATIVE_TENS, 90}};

static bool starts(sk_str s, size_t at, const char *words)
{
    sk_str w = sk_str_of(words);
    return at + w.n <= s.n && !memcmp(s.p + at, w.p, w.n);
}

static sign sign_at(sk_str s, size_t at, sk_read_lang lang)
{
    const named *list = lang == SK_READ_KO ? hangul : han;
    size_t n = lang == SK_READ_KO ? SK_COUNT(hangul) : SK_COUNT(han);
    for (size_t i = n; i-- > 0;)
        if (list[i].k && starts(s, at, list[i].s))
            return (sign){list[i].k, list[i].value, strlen(list[i].s)};
    return (sign){0};
}

static size_t skip_blanks(sk_str s, size_t at)
{
    size_t n = 0;
    while (at < s.n && s.p[at] == ' ' && n < 3) {
        at++;
        n++;
    }
    return at;
}

typedef struct walk {
    sk_str s;
    sk_read_lang lang;
    size_t at, end; /* end: behind the last part taken */
    double total, section, digit;
    bool has_digit, any, is_word, digits_used, decimal;
    double last_small, last_big;
    bool figures, zero; /* figures: written in digits; zero: 零 stands before what follows */
    double power;       /* of the last sign, when it was a power                              */
    unsigned n_signs, plain; /* plain: signs for digits side by side, as in 二〇一四 */
} walk;

/* Chinese leaves the last power out: 九万四 is 94,000. */
static void close_digit(walk *w, bool at_end)
{
    bool implied =
        at_end && w->lang == SK_READ_ZH && w->power >= 100 && !w->zero && !w->plain && !w->figures;
    if (w->has_digit && implied)
        w->section += w->digit * w->power / 10;
    else if (w->has_digit)
        w->section += w->digit;
    w->has_digit = false;
    w->digit = 0;
}

/* Digits in figures inside the number: 2백만, 1万2千. */
static bool take_figures(walk *w, size_t at)
{
    sk_number x;
    if (w->has_digit || !sk_number_digits(w->s, at, &x) ||
        (w->any && (x.value >= w->last_small || x.value >= 1e4)))
        return false;
    if (x.kind == SK_NUMBER_POWER && w->any)
        return false;
    w->digit = x.value;
    w->has_digit = w->any = w->digits_used = w->figures = true;
    w->decimal |= x.kind == SK_NUMBER_DECIMAL;
    w->at = w->end = x.to;
    return true;
}

static bool take_digit(walk *w, double value)
{
    if (value == 0 && w->any && !w->has_digit && w->power > 0) {
        w->zero = true; /* 一千零五十 */
        return true;
    }
    if (!w->has_digit) {
        w->digit = value;
        w->has_digit = true;
        return true;
    }
    if (w->last_small < 1e9 || w->digits_used)
        return false;
    w->digit = w->digit * 10 + value; /* 二〇一四 */
    w->plain++;
    return true;
}

/* Ten, hundred, thousand. */
static bool take_small_power(walk *w, double value)
{
    if (value >= w->last_small)
        return false;
    w->section += (w->has_digit ? w->digit : 1) * value;
    w->has_digit = false;
    w->digit = 0;
    w->last_small = value;
    w->power = value;
    w->zero = false;
    return true;
}

/* Ten thousand and above. */
static bool take_big_power(walk *w, double value)
{
    close_digit(w, false);
    w->zero = false;
    if (w->section == 0 && w->total > 0 && value > w->last_big && w->power == w->last_big) {
        w->total *= value; /* 万亿 */
        w->power = w->last_big = value;
        return true;
    }
    w->power = value;
    if (value >= w->last_big && w->last_big < 1e17)
        return false;
    if (!w->any && (w->lang != SK_READ_KO || value < 1e4))
        return false;
    w->total += (w->section > 0 ? w->section : 1) * value;
    w->section = 0;
    w->last_small = 1e10;
    w->last_big = value;
    w->digits_used = false;
    return true;
}

static bool take_native(walk *w, const sign *g)
{
    if (w->has_digit)
        return false;
    if (g->k == NATIVE_TENS) {
        w->section += g->value;
        w->last_small = 10;
        return true;
    }
    w->digit = g->value;
    w->has_digit = true;
    w->last_small = 0;
    return true;
}

static bool take_sign(walk *w, size_t at)
{
    sign g = sign_at(w->s, at, w->lang);
    bool is_taken = g.k == DIGIT                               ? take_digit(w, g.value)
                    : g.k == SMALL                             ? take_small_power(w, g.value)
                    : g.k == BIG                               ? take_big_power(w, g.value)
                    : g.k == NATIVE_TENS || g.k == NATIVE_ONES ? take_native(w, &g)
                                                               : false;
    if (!is_taken)
        return false;
    w->any = w->is_word = true;
    w->n_signs++;
    w->at = w->end = at + g.bytes;
    return true;
}

/* 二十几万, 十余万: "some" between a number and its power. */
static size_t skip_vague(sk_str s, size_t at, sk_read_lang lang)
{
    static const char *const words[] = {"余", "餘", "多", "几", "幾", "数", "數", "余り", "あまり"};
    if (lang == SK_READ_KO)
        return at;
    for (size_t i = SK_COUNT(words); i-- > 0;)
        if (starts(s, at, words[i])) {
            size_t next = skip_blanks(s, at + strlen(words[i]));
            return sign_at(s, next, lang).k == BIG ? next : at;
        }
    return at;
}

static bool take_integer(sk_str s, sk_read_lang lang, size_t at, walk *w)
{
    *w = (walk){.s = s, .lang = lang, .at = at, .end = at, .last_small = 1e10, .last_big = 1e18};
    while (w->at < s.n) {
        size_t next = w->any ? skip_blanks(s, w->at) : w->at;
        if (w->any)
            next = skip_vague(s, next, lang);
        if (!take_sign(w, next) && !take_figures(w, next))
            break;
    }
    close_digit(w, true);
    w->total += w->section;
    static const char *const dozens[] = {"打", "ダース"};
    for (size_t i = 0; w->any && i < SK_COUNT(dozens) && lang != SK_READ_KO; i++)
        if (starts(s, w->end, dozens[i])) {
            w->total *= 12;
            w->end += strlen(dozens[i]);
            w->n_signs += 2;
        }
    return w->any;
}

/* 点五, 점 이오, の小数: digits one by one. */
static void take_decimals(walk *w, double *value)
{
    static const char *const points[] = {"点", "點", "점 ", "점", "・"};
    size_t at = w->end, n = 0;
    for (size_t i = 0; i < SK_COUNT(points); i++)
        if (starts(w->s, at, points[i])) {
            at += strlen(points[i]);
            break;
        }
    if (at == w->end)
        return;
    double place = .1, sum = 0;
    for (; at < w->s.n && w->s.p[at] >= '0' && w->s.p[at] <= '9';
         at++, n++, place /= 10) { /* 1点2 */
        sum += (w->s.p[at] - '0') * place;
        w->end = at + 1;
    }
    for (;;) {
        at = w->lang == SK_READ_KO ? skip_blanks(w->s, at) : at;
        sign g = sign_at(w->s, at, w->lang);
        if (g.k != DIGIT)
            break;
        sum += g.value * place;
        place /= 10;
        at += g.bytes;
        w->end = at;
        n++;
    }
    if (n) {
        *value += sum;
        w->decimal = true;
    }
}

static size_t skip_word(sk_str s, size_t at, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (starts(s, at, words[i]))
            return at + strlen(words[i]);
    return at;
}

/* 분의, 分之, 分の behind the lower number: the upper one follows. */
static bool take_fraction(walk *w, double *value)
{
    static const char *const links[] = {"분의 ", "분의", "分之", "分の", " 분의 ", "/"};
    size_t at = skip_word(w->s, w->end, links, SK_COUNT(links));
    if (at == w->end || *value == 0)
        return false;
    static const char *const minus[] = {"마이너스 ", "负", "負", "マイナス", "-"};
    size_t from = skip_word(w->s, at, minus, SK_COUNT(minus));
    walk upper;
    if (!take_integer(w->s, w->lang, from, &upper))
        return false;
    double u = upper.total;
    take_decimals(&upper, &u);
    *value = (from > at ? -u : u) / *value;
    w->end = upper.end;
    return true;
}

/* 과, 又, と between a whole number and its fraction. */
static void add_fraction(walk *w, double *value, bool *ret_found)
{
    static const char *const links[] = {"과 ", "와 ", "과", "와", "又", "と", "点又"};
    size_t at = skip_word(w->s, w->end, links, SK_COUNT(links));
    walk lower;
    if (at == w->end || !take_integer(w->s, w->lang, at, &lower))
        return;
    double f = lower.total;
    if (!take_fraction(&lower, &f))
        return;
    *value += *value < 0 ? -f : f;
    w->end = lower.end;
    *ret_found = true;
}

static bool is_percent(sk_str s, size_t at, size_t *ret_end)
{
    static const char *const signs[] = {"%",          "％",         "퍼센트",   " 퍼센트",
                                        "プロセント", "パーセント", "个百分点", "百分点"};
    size_t end = skip_word(s, at, signs, SK_COUNT(signs));
    *ret_end = end;
    return end > at;
}

/* A lone sign is a number only where a counter or the end follows, not inside a word: 일본, 一般. */
static bool stands_alone(const walk *w, size_t from)
{
    static const char *const counters[] = {
        "명", "인", "개", "번", "살", "시", "년", "월", "일", "주", "원", "층", "곳", "차례",
        "건", "척", "名", "人", "个", "個", "年", "月", "日", "次", "件", "歳", "岁", "つ",
        "回", "本", "匹", "点", "倍", "头", "只", "位", "家", "天", "隻", "艘", "枚"};
    size_t next = skip_blanks(w->s, w->end);
    if (w->figures || w->n_signs > 1)
        return true;
    if (w->end >= w->s.n)
        return true;
    if (skip_word(w->s, next, counters, SK_COUNT(counters)) > next)
        return w->lang != SK_READ_KO || from == 0 || w->s.p[from - 1] == ' ' ||
               (unsigned char)w->s.p[from - 1] < 0x80;
    size_t at = w->end;
    uint32_t c = sk_utf8_next(w->s, &at);
    return c < 0x80 || (c >= 0x3000 && c <= 0x3020) || (c >= 0xFF00 && c <= 0xFF20);
}

static bool after_letter(sk_str s, size_t at, sk_read_lang lang)
{
    if (!at || lang != SK_READ_KO || (unsigned char)s.p[at - 1] < 0x80)
        return false;
    size_t before = at - 1;
    while (before && ((unsigned char)s.p[before] & 0xC0) == 0x80)
        before--;
    uint32_t c = sk_utf8_next(s, &before);
    return c >= 0xAC00 && c <= 0xD7A3;
}

bool sk_number_east_asian(sk_str s, sk_read_lang lang, size_t at, sk_number *ret_number)
{
    static const char *const minus[] = {"마이너스 ", "마이너스", "负",  "負", "マイナス",
                                        "-",         "－",       "－ ", "- ", "−"};
    static const char *const whole_percent[] = {"百分之", "퍼센트 "};
    static const char *const ordinal[] = {"第", "제"};
    if (at >= s.n || s.p[at] == ' ')
        return false;
    size_t percent = skip_word(s, at, whole_percent, 1);
    size_t nth = skip_word(s, at, ordinal, SK_COUNT(ordinal));
    size_t from = percent > at ? percent
                  : nth > at   ? nth
                               : at,
           start = skip_word(s, from, minus, SK_COUNT(minus));
    bool joined =
        start > from && s.p[from] == '-' && from && s.p[from - 1] >= '0' && s.p[from - 1] <= '9';
    walk w;
    if (joined || !take_integer(s, lang, start, &w))
        return false;
    if (!w.figures && after_letter(s, at, lang))
        return false;
    double value = w.total;
    bool fraction = false;
    size_t behind;
    take_decimals(&w, &value);
    if (take_fraction(&w, &value))
        fraction = true;
    else
        add_fraction(&w, &value, &fraction);
    if (start > from)
        value = -value;
    sk_number x = {.from = at, .to = w.end, .value = value, .is_word = w.is_word};
    x.kind = fraction ? SK_NUMBER_FRACTION : w.decimal ? SK_NUMBER_DECIMAL : SK_NUMBER_INTEGER;
    if (nth > at)
        x.kind = SK_NUMBER_ORDINAL;
    if (percent > at || is_percent(s, w.end, &behind))
        x.kind = SK_NUMBER_PERCENT;
    if (!fraction && !w.decimal && nth == at && percent == at && !stands_alone(&w, start))
        return false;
    char c = w.end < s.n ? s.p[w.end] : 0;
    x.is_glued = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    *ret_number = x;
    return true;
}
