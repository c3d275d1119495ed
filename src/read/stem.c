#include "read/stem.h"

/* Longer endings first within each length; two bytes a letter. */
static const char *const endings[] = {
    "ировать", "ировали",  "ировала", "ировал", "ированы", "ирована", "ирован", "ирование", "ируют",
    "ирует",   "ившимися", "ившись",  "ывшись", "ившими",  "авшими",  "ающими", "ующими",   "вшись",
    "иями",    "ями",      "ами",     "ыми",    "ими",     "его",     "ого",    "ему",      "ому",
    "ией",     "иям",      "иях",     "ется",   "ются",    "ится",    "ятся",   "ался",     "алась",
    "ались",   "ился",     "илась",   "ились",  "ешь",     "нно",     "ете",    "ите",      "ила",
    "ыла",     "ена",      "ены",     "ено",    "ает",     "ают",     "яет",    "яют",      "ует",
    "уют",     "ить",      "ыть",     "ать",    "ять",     "еть",     "ал",     "ала",      "али",
    "ало",     "ял",       "яла",     "яли",    "ил",      "или",     "ило",    "ел",       "ела",
    "ели",     "ие",       "ье",      "ии",     "ию",      "ья",      "ия",     "ев",       "ов",
    "ей",      "ой",       "ий",      "ый",     "ое",      "ая",      "яя",     "ую",       "юю",
    "ые",      "ых",       "их",      "ым",     "им",      "ом",      "ем",     "ам",       "ям",
    "ах",      "ях",       "ет",      "ют",     "ят",      "ит",      "ут",     "ат",       "ы",
    "и",       "а",        "я",       "о",      "е",       "у",       "ю",      "ь",        "й",
};

static size_t without_ending(sk_str word)
{
    enum { LEAST_STEM = 6 }; /* three letters */
    size_t best = 0;
    for (size_t i = 0; i < SK_COUNT(endings); i++) {
        sk_str e = sk_str_of(endings[i]);
        if (e.n > best && word.n >= e.n + LEAST_STEM && sk_str_ends(word, e))
            best = e.n;
    }
    return word.n - best;
}

/* Twice, so that a stem that ends like an ending (солдат) is cut the same way in all its forms. */
size_t sk_stem_russian(sk_str word)
{
    return without_ending((sk_str){word.p, without_ending(word)});
}
