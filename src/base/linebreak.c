#include "base/linebreak.h"

#include "base/utf8.h"

static bool is_one_of(uint32_t c, const char *set)
{
    sk_str s = sk_str_of(set);
    for (size_t at = 0; at < s.n;)
        if (sk_utf8_next(s, &at) == c)
            return true;
    return false;
}

static bool is_hangul(uint32_t c)
{
    return c >= 0xAC00 && c <= 0xD7A3;
}

bool sk_linebreak_may(uint32_t before, uint32_t c)
{
    if (sk_utf8_width_of(c) == 0)
        return false;
    if (before == ' ')
        return c != ' ';
    if (before == '-' || before == '/')
        return c != ' ' && (c < '0' || c > '9');
    if ((sk_utf8_width_of(before) < 2 && sk_utf8_width_of(c) < 2) ||
        (is_hangul(before) && is_hangul(c)))
        return false;
    return !is_one_of(c, " 、。，．,.:;!?！？：；）」』】〉》〕］)]"
                         "ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ～%％") &&
           !is_one_of(before, "（「『【〈《〔［([");
}
