#include "base/absent.h"

static const struct {
    sk_str name, words[SK_LANGS];
} table[SK_ABSENTS] = {
    [SK_PRESENT] = {SK_S("present"), {SK_S("present"), SK_S("있음")}},
    [SK_UNKNOWN] = {SK_S("unknown"), {SK_S("unknown"), SK_S("모름")}},
    [SK_NOT_ASKED] = {SK_S("not-asked"), {SK_S("not asked"), SK_S("묻지 않음")}},
    [SK_WITHHELD] = {SK_S("withheld"), {SK_S("withheld"), SK_S("비공개")}},
    [SK_NOT_APPLICABLE] = {SK_S("not-applicable"), {SK_S("not applicable"), SK_S("해당 없음")}},
};

sk_str sk_absent_name(sk_absent absent)
{
    sk_assert((unsigned)absent < SK_ABSENTS);
    return table[absent].name;
}

sk_str sk_absent_words(sk_absent absent, sk_lang lang)
{
    sk_assert((unsigned)absent < SK_ABSENTS && (unsigned)lang < SK_LANGS);
    return table[absent].words[lang];
}

static char fold(char c)
{
    if (c == '_' || c == '-')
        return ' ';
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_same(sk_str a, sk_str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (fold(a.p[i]) != fold(b.p[i]))
            return false;
    return true;
}

bool sk_absent_parse(sk_str s, sk_absent *ret_absent)
{
    s = sk_str_trim(s);
    for (unsigned i = SK_UNKNOWN; i < SK_ABSENTS; i++) {
        bool found = is_same(s, table[i].name);
        for (unsigned k = 0; k < SK_LANGS; k++)
            found = found || is_same(s, table[i].words[k]);
        if (found) {
            *ret_absent = (sk_absent)i;
            return true;
        }
    }
    return false;
}
