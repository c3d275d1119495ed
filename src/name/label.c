/* The stable short names of scripts and hypotheses. */
#include "name/name.h"

const char *sk_script_name(sk_script s)
{
    static const char *const NAME[SK_SCRIPT_COUNT] = {
        "Zyyy", "Latn", "Cyrl", "Grek", "Armn", "Geor", "Arab",
        "Hebr", "Hang", "Hani", "Kana", "Deva", "Thai", "Zzzz",
    };

    return (unsigned)s < SK_SCRIPT_COUNT ? NAME[s] : "Zzzz";
}

const char *sk_hypothesis_name(sk_hypothesis h)
{
    static const char *const NAME[SK_HYP_COUNT] = {
        "none", "same",   "ko",           "zh",     "yue",   "ja",       "han",
        "edit", "tokens", "organization", "vessel", "place", "readings", "surname",
    };

    return (unsigned)h < SK_HYP_COUNT ? NAME[h] : "none";
}

const char *sk_hypothesis_label(sk_hypothesis h)
{
    static const char *const LABEL[SK_HYP_COUNT] = {
        [SK_HYP_NONE] = "nothing in common",
        [SK_HYP_SAME] = "the same letters",
        [SK_HYP_KO] = "one Korean name",
        [SK_HYP_ZH] = "one Mandarin name",
        [SK_HYP_YUE] = "one Cantonese name",
        [SK_HYP_JA] = "one Japanese name",
        [SK_HYP_HAN] = "the same characters",
        [SK_HYP_EDIT] = "alike letter by letter",
        [SK_HYP_TOKENS] = "alike word by word",
        [SK_HYP_ORGANIZATION] = "alike as bodies",
        [SK_HYP_VESSEL] = "alike as ships",
        [SK_HYP_PLACE] = "alike as places",
        [SK_HYP_READINGS] = "two readings of one character",
        [SK_HYP_SURNAME] = "one surname beside a given name of another language",
    };

    return (unsigned)h < SK_HYP_COUNT ? LABEL[h] : LABEL[SK_HYP_NONE];
}
