#include "read/tokens.h"

#include "base/utf8.h"
#include "read/stem.h"

/* What a character is, as far as cutting goes. */
typedef enum klass {
    IS_BLANK,
    IS_SMALL,
    IS_LARGE,
    IS_DIGIT,
    IS_HAN,
    IS_KANA,
    IS_HANGUL,
    IS_SIGN,
    IS_MARK /* combining: goes with the letter before it */
} klass;

static klass class_of_ascii(uint32_t c)
{
    if (c >= 'a' && c <= 'z')
        return IS_SMALL;
    if (c >= 'A' && c <= 'Z')
        return IS_LARGE;
    if (c >= '0' && c <= '9')
        return IS_DIGIT;
    return c == ' ' || (c >= 9 && c <= 13) ? IS_BLANK : IS_SIGN;
}

/* Small letters and large ones by the ranges of the scripts we read; other letters are small. */
static klass class_of_letter(uint32_t c)
{
    if (c >= 0xC0 && c <= 0x24F) {
        if (c == 0xD7 || c == 0xF7)
            return IS_SIGN;
        if (c <= 0xDE)
            return IS_LARGE;
        return c >= 0x100 && c <= 0x17E && !(c & 1) ? IS_LARGE : IS_SMALL;
    }
    if (c >= 0x400 && c <= 0x42F)
        return IS_LARGE;
    if (c >= 0x300 && c <= 0x36F)
        return IS_MARK;
    return c >= 0x370 && c < 0x2000 ? IS_SMALL : IS_SIGN;
}

static klass class_of(uint32_t c)
{
    if (c < 0x80)
        return class_of_ascii(c);
    if (c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
        (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF)
        return IS_BLANK;
    if ((c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x3130 && c <= 0x318F))
        return IS_HANGUL;
    if ((c >= 0x3041 && c <= 0x30FF && c != 0x30FB) || (c >= 0xFF66 && c <= 0xFF9F))
        return IS_KANA;
    if ((c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
        (c >= 0x20000 && c <= 0x2FA1F) || c == 0x3005 || c == 0x3007 ||
        (c >= 0xF900 && c <= 0xFAFF))
        return IS_HAN;
    if (c >= 0xFF10 && c <= 0xFF19)
        return IS_DIGIT;
    return class_of_letter(c);
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x2BC;
}

static uint32_t peek(sk_str text, size_t at, size_t *ret_next)
{
    *ret_next = at;
    return at < text.n ? sk_utf8_next(text, ret_next) : 0;
}

static bool is_letter(klass k)
{
    return k == IS_SMALL || k == IS_LARGE;
}

/* At an apostrophe inside a word: does the word go on (O'Brien), or end here (China's, don't)? */
static bool goes_on(sk_str text, size_t behind)
{
    size_t letters = 0, next = behind;
    for (; letters < 3; letters++) {
        size_t at = next;
        if (!is_letter(class_of(peek(text, at, &next))))
            break;
    }
    return letters >= 3 || (letters && class_of(peek(text, behind, &next)) == IS_LARGE &&
                            class_of((unsigned char)text.p[behind]) == IS_LARGE);
}

/* "U.S.", "D.C.", "a.m.": single letters, each with its point. Returns the end, or at. */
static size_t take_dotted(sk_str text, size_t at)
{
    size_t end = at, n = 0;
    while (end + 1 < text.n && is_letter(class_of((unsigned char)text.p[end])) &&
           text.p[end + 1] == '.') {
        end += 2;
        n++;
    }
    if (n < 2) /* "J. Smith": the point is a sign of its own */
        return at;
    /* "U.S" without its last point */
    if (end < text.n && is_letter(class_of((unsigned char)text.p[end])) &&
        (end + 1 == text.n || !is_letter(class_of((unsigned char)text.p[end + 1]))))
        end++;
    return end;
}

/* The contraction that begins at the apostrophe at: 's 'll n't; 0 bytes when it is none. */
static size_t take_contraction(sk_str text, size_t at)
{
    static const char *const tails[] = {"s", "ll", "ve", "re", "d", "m", "t"};
    size_t behind, next;
    if (!is_apostrophe(peek(text, at, &behind)))
        return 0;
    for (size_t i = 0; i < SK_COUNT(tails); i++) {
        sk_str tail = sk_str_of(tails[i]);
        if (!sk_str_eq_nocase(sk_str_sub(text, behind, tail.n), tail))
            continue;
        klass after = class_of(peek(text, behind + tail.n, &next));
        if (!is_letter(after) && after != IS_DIGIT)
            return behind + tail.n - at;
    }
    return 0;
}

static size_t take_word(sk_str text, size_t at, uint8_t *ret_shape, bool *ret_cyrillic)
{
    size_t dotted = take_dotted(text, at), next = at, letters = 0, small = 0;
    if (dotted != at) {
        *ret_shape =
            class_of((unsigned char)text.p[at]) == IS_LARGE ? SK_SHAPE_UPPER : SK_SHAPE_LOWER;
        return dotted;
    }
    bool starts_large = false;
    for (size_t here = at; here < text.n; here = next) {
        uint32_t c = peek(text, here, &next);
        klass k = class_of(c);
        if (is_apostrophe(c) && letters && take_contraction(text, here) == 0 && goes_on(text, next))
            continue;
        if (!is_letter(k) && k != IS_MARK) {
            next = here;
            break;
        }
        starts_large |= letters == 0 && k == IS_LARGE;
        *ret_cyrillic |= c >= 0x400 && c < 0x530;
        letters++;
        small += k == IS_SMALL;
    }
    *ret_shape = !starts_large          ? SK_SHAPE_LOWER
                 : small || letters < 2 ? SK_SHAPE_CAPITAL
                                        : SK_SHAPE_UPPER;
    return next;
}

/* "didn't" is "did" and "n't": takes the n away from a word that an 't follows. */
static size_t leave_n(sk_str text, size_t from, size_t end)
{
    size_t n = take_contraction(text, end), behind;
    if (n && end - from >= 3 && text.p[end - 1] == 'n' && text.p[end + n - 1] == 't' &&
        is_apostrophe(peek(text, end, &behind)))
        return end - 1;
    return end;
}

static bool digit_at(sk_str text, size_t at)
{
    size_t next;
    return class_of(peek(text, at, &next)) == IS_DIGIT;
}

/* Digits with inner points and commas: 1,234.5; a comma only before three digits. */
static size_t take_number(sk_str text, size_t at)
{
    size_t next = at;
    for (size_t here = at; here < text.n; here = next) {
        uint32_t c = peek(text, here, &next);
        if (class_of(c) == IS_DIGIT)
            continue;
        bool joins = (c == '.' || c == ',') && digit_at(text, next);
        if (joins && c == ',')
            joins =
                digit_at(text, next + 1) && digit_at(text, next + 2) && !digit_at(text, next + 3);
        if (!joins)
            return here;
    }
    return next;
}

/* "n't" behind "did": the n begins a token of its own. */
static size_t take_not(sk_str text, size_t at)
{
    if (text.p[at] != 'n')
        return 0;
    size_t n = take_contraction(text, at + 1), next;
    bool is_not = n && text.p[at + n] == 't' &&
                  (at == 0 || is_letter(class_of((unsigned char)text.p[at - 1]))) &&
                  is_apostrophe(peek(text, at + 1, &next));
    return is_not ? n + 1 : 0;
}

bool sk_token_next(sk_str text, size_t *at, sk_token *ret_token)
{
    size_t here = *at, next = here;
    bool breaks = false;
    uint32_t c = 0;
    klass k = IS_BLANK;
    for (; here < text.n; here = next) {
        c = (unsigned char)text.p[here];
        if (c < 0x80)
            next = here + 1;
        else
            c = peek(text, here, &next);
        if ((k = class_of(c)) != IS_BLANK)
            break;
        breaks |= c == '\n';
    }
    if (here >= text.n) {
        *at = text.n;
        return false;
    }
    sk_token t = {.from = (uint32_t)here, .glued = here == *at && here > 0, .breaks = breaks};
    size_t n;
    if (k == IS_SMALL && (n = take_not(text, here)) > 0) {
        t.shape = SK_SHAPE_LOWER;
        next = here + n;
    } else if (is_letter(k) || k == IS_MARK) {
        next = leave_n(text, here, take_word(text, here, &t.shape, &t.is_cyrillic));
    } else if (k == IS_DIGIT) {
        t.shape = SK_SHAPE_NUMBER;
        next = take_number(text, here);
    } else if (k == IS_SIGN) {
        t.shape = SK_SHAPE_SIGN;
        if ((t.glued || here == 0) && (n = take_contraction(text, here)) > 0) {
            t.shape = SK_SHAPE_LOWER;
            next = here + n;
        }
    } else {
        t.shape = k == IS_HAN ? SK_SHAPE_HAN : k == IS_KANA ? SK_SHAPE_KANA : SK_SHAPE_HANGUL;
    }
    if (next <= here) /* a mark alone */
        next = here + 1;
    t.to = (uint32_t)next;
    *at = next;
    *ret_token = t;
    return true;
}

static uint32_t fold_char(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (is_apostrophe(c))
        return '\'';
    if (c >= 0x2010 && c <= 0x2015)
        return '-';
    if (c >= 0xFF01 && c <= 0xFF5E)
        return fold_char(c - 0xFEE0);
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x410 && c <= 0x42F))
        return c + 32;
    if (c >= 0x400 && c <= 0x40F)
        return c == 0x401 ? 0x435 : c + 80;
    if (c >= 0x100 && c <= 0x17E)
        return c | 1;
    return c == 0x451 ? 0x435 : c; /* yo is written ye as often */
}

size_t sk_token_fold(sk_str text, const sk_token *t, char out[SK_TOKEN_FOLD_BYTES])
{
    sk_str s = sk_token_text(text, t);
    size_t n = 0;
    if (s.n > SK_TOKEN_FOLD_BYTES - 4)
        return 0;
    for (size_t at = 0; at < s.n;) {
        unsigned char b = (unsigned char)s.p[at];
        if (b < 0x80) {
            out[n++] = (char)(b >= 'A' && b <= 'Z' ? b + 32 : b);
            at++;
        } else {
            n += sk_utf8_put(fold_char(sk_utf8_next(s, &at)), out + n);
        }
        if (n > SK_TOKEN_FOLD_BYTES - 4)
            return 0;
    }
    return t->is_cyrillic ? sk_stem_russian((sk_str){out, n}) : n;
}
