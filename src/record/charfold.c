#include "record/charfold.h"

#include "base/utf8.h"

#include <utf8proc.h>

typedef struct range {
    uint32_t from, to;
} range;

/* The characters of unspaced scripts (blocks, without their digits and punctuation). */
static const range
    run_ranges[] =
        {
            {0x0E01, 0x0E3A},                     /* Thai */
            {0x0E40, 0x0E4E},   {0x0E80, 0x0ECF}, /* Lao */
            {0x0EDA, 0x0EDF},   {0x1000, 0x103F}, /* Burmese */
            {0x104C, 0x108F}, /* from 104C: signs that stand for words; Unicode calls them punctuation */
            {0x109A, 0x109D},   {0x1100, 0x11FF}, /* Hangul syllable parts */
            {0x1780, 0x17D3},                     /* Khmer */
            {0x17D7, 0x17D7},   {0x17DC, 0x17DD},
            {0x2E80, 0x2FD5}, /* Han radicals, as some PDF files have them for whole characters */
            {0x3005, 0x3007}, /* iteration marks, zero */
            {0x3021, 0x3029},   {0x3031, 0x3035},
            {0x3038, 0x303C},   {0x3041, 0x3096}, /* hiragana */
            {0x3099, 0x309A},   {0x309D, 0x309F},
            {0x30A1, 0x30FA},                     /* katakana */
            {0x30FC, 0x30FF},   {0x3105, 0x312F}, /* bopomofo */
            {0x3131, 0x318E},                     /* Hangul letters */
            {0x31A0, 0x31BF},   {0x31F0, 0x31FF},
            {0x3400, 0x4DBF}, /* Han */
            {0x4E00, 0x9FFF},   {0xA960, 0xA97C},
            {0xA9E0, 0xA9EF}, /* Burmese extensions */
            {0xA9FA, 0xA9FE},   {0xAA60, 0xAA7F},
            {0xAC00, 0xD7A3}, /* Hangul syllables */
            {0xD7B0, 0xD7FB},   {0xF900, 0xFAFF},
            {0x1AFF0, 0x1B16F}, /* kana extensions */
            {0x20000, 0x3FFFD},
};

/* Marks that are kept because they are vowels or consonants there: the scripts of India and around
 * it, Tibetan, the unspaced scripts above, kana voicing, and their extensions. */
static const range kept_marks[] = {
    {0x0900, 0x1AAF}, {0x1B00, 0x1CFF}, {0x3099, 0x309A}, {0xA800, 0xABFF}, {0x11000, 0x11FFF},
};

static bool in_ranges(uint32_t c, const range *r, size_t n)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (c > r[mid].to)
            low = mid + 1;
        else
            high = mid;
    }
    return low < n && c >= r[low].from;
}

/* Characters whose class depends on their neighbours, or is not what Unicode says. */
static sk_char_class special_class(uint32_t c)
{
    switch (c) {
    case '\'':
    case '`':
    case 0x00B4: /* acute accent typed as an apostrophe */
    case 0x02B9: /* modifier primes and half rings of romanised Korean, Arabic, Russian */
    case 0x02BA:
    case 0x02BB:
    case 0x02BC:
    case 0x02BD:
    case 0x02BE:
    case 0x02BF:
    case 0x05F3: /* Hebrew geresh, gershayim */
    case 0x05F4:
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2032:
    case 0xFF07:
        return SK_CLASS_APOSTROPHE;
    case ',':
    case 0x00A0: /* no-break space */
    case 0x066C: /* Arabic thousands separator */
    case 0x2009: /* thin space */
    case 0x202F: /* narrow no-break space */
    case 0xFF0C:
        return SK_CLASS_THOUSANDS;
    case 0x00B7:
    case 0x2022:
    case 0x2027:
    case 0x30FB:
    case 0xFF65:
        return SK_CLASS_DOT;
    case 0x0640: /* tatweel */
        return SK_CLASS_IGNORED;
    default:
        return SK_CLASS_LETTER; /* nothing special */
    }
}

static bool is_mark(utf8proc_propval_t category)
{
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

static bool is_dropped(uint32_t c, const utf8proc_property_t *property)
{
    return property->ignorable ||
           (is_mark(property->category) && !in_ranges(c, kept_marks, SK_COUNT(kept_marks)));
}

/* The value of a decimal digit of any script: each script has its ten in a row from a zero. */
static uint32_t digit_value(uint32_t c)
{
    uint32_t value = 0;
    while (value < 9 &&
           utf8proc_category((utf8proc_int32_t)(c - value - 1)) == UTF8PROC_CATEGORY_ND)
        value++;
    return value;
}

/* Letters that Arabic and Persian spelling use for one another. */
static uint32_t plain_arabic(uint32_t c)
{
    switch (c) {
    case 0x0671: /* alef wasla */
        return 0x0627;
    case 0x0629: /* teh marbuta */
        return 0x0647;
    case 0x0649: /* alef maksura */
    case 0x06CC: /* Persian yeh */
        return 0x064A;
    case 0x06A9: /* Persian kaf */
        return 0x0643;
    default:
        return c;
    }
}

/* The class of a character that came out of folding; may turn a digit into 0-9. */
static sk_char_class class_folded(uint32_t *c)
{
    if (special_class(*c) != SK_CLASS_LETTER)
        return SK_CLASS_SEPARATOR; /* joined only when it stands in the text itself */
    utf8proc_propval_t category = utf8proc_get_property((utf8proc_int32_t)*c)->category;
    if (category == UTF8PROC_CATEGORY_ND) {
        *c = '0' + digit_value(*c);
        return SK_CLASS_DIGIT;
    }
    if (in_ranges(*c, run_ranges, SK_COUNT(run_ranges)))
        return SK_CLASS_RUN;
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO
               ? SK_CLASS_LETTER
               : SK_CLASS_SEPARATOR;
}

/* ², ①, ㎏, ½, ™ follow a word without belonging to it; ligatures and width forms belong to it. */
static bool stands_apart(const utf8proc_property_t *property)
{
    switch (property->decomp_type) {
    case UTF8PROC_DECOMP_TYPE_CIRCLE:
    case UTF8PROC_DECOMP_TYPE_SUPER:
    case UTF8PROC_DECOMP_TYPE_SUB:
    case UTF8PROC_DECOMP_TYPE_SQUARE:
    case UTF8PROC_DECOMP_TYPE_FRACTION:
        return true;
    default:
        return property->category == UTF8PROC_CATEGORY_NO;
    }
}

/* A half-width kana is followed by its voicing mark as a character of its own. */
static size_t take_voicing(uint32_t c, sk_str text, size_t *at, utf8proc_int32_t *out)
{
    if (c < 0xFF66 || c > 0xFF9D || *at >= text.n)
        return 0;
    size_t behind = *at;
    uint32_t next = sk_utf8_next(text, &behind);
    if (next != 0xFF9E && next != 0xFF9F && next != 0x3099 && next != 0x309A)
        return 0;
    *out = next == 0xFF9E || next == 0x3099 ? 0x3099 : 0x309A;
    *at = behind;
    return 1;
}

/* Drop marks, fold what NFKC leaves apart, and classify; returns how many characters remain. */
static size_t keep_and_classify(utf8proc_int32_t *in, size_t n, sk_folded *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!is_dropped((uint32_t)in[i], utf8proc_get_property(in[i])) && in[i] != 0x0640)
            in[kept++] = in[i];
    utf8proc_ssize_t composed = utf8proc_normalize_utf32(
        in, (utf8proc_ssize_t)kept, (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    sk_assert(composed >= 0 && (size_t)composed <= SK_FOLD_MAX);
    for (size_t i = 0; i < (size_t)composed; i++) {
        out->c[i] = plain_arabic((uint32_t)in[i]);
        out->classes[i] = (unsigned char)class_folded(&out->c[i]);
    }
    return (size_t)composed;
}

void sk_fold_char(uint32_t c, sk_str text, size_t *at, sk_folded *ret)
{
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)c);
    ret->n = 0;
    ret->is_apart = false;
    ret->class_of_it = special_class(c);
    if (ret->class_of_it == SK_CLASS_LETTER && is_dropped(c, property))
        ret->class_of_it = SK_CLASS_IGNORED;
    if (ret->class_of_it != SK_CLASS_LETTER)
        return;

    utf8proc_int32_t in[SK_FOLD_MAX];
    size_t n = 1;
    if (c >= 0x3131 && c <= 0x318E) {
        in[0] = (utf8proc_int32_t)c;
    } else {
        int boundary = 0;
        utf8proc_ssize_t made = utf8proc_decompose_char(
            (utf8proc_int32_t)c, in, SK_FOLD_MAX - 1,
            (utf8proc_option_t)(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD),
            &boundary);
        sk_assert(made >= 0 && made < SK_FOLD_MAX);
        n = (size_t)made + take_voicing(c, text, at, in + made);
    }
    ret->is_apart = stands_apart(property);
    ret->n = keep_and_classify(in, n, ret);
    if (ret->n == 0)
        ret->class_of_it = SK_CLASS_IGNORED;
    else
        ret->class_of_it = (sk_char_class)ret->classes[0];
}
