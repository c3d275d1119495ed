#include "read/lexicon_private.h"

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* One syllable that ends consonant, vowel, consonant: stop, rob, beg. */
static bool doubles(sk_str w)
{
    if (w.n < 3 || w.n > 5)
        return false;
    char a = w.p[w.n - 3], b = w.p[w.n - 2], c = w.p[w.n - 1];
    size_t vowels = 0;
    for (size_t i = 0; i < w.n; i++)
        vowels += is_vowel(w.p[i]);
    return vowels == 1 && !is_vowel(a) && is_vowel(b) && !is_vowel(c) && c != 'w' && c != 'x' &&
           c != 'y';
}

/* Several syllables, and the last one ends consonant, vowel, consonant: whether it doubles is a matter
 * of stress (acquitted, visited), which spelling does not tell. */
bool sk_verb_may_double(sk_str w)
{
    size_t syllables = 0, n = w.n;
    for (size_t i = 0; i < n; i++)
        syllables += (is_vowel(w.p[i]) || w.p[i] == 'y') &&
                     !(i && (is_vowel(w.p[i - 1]) || w.p[i - 1] == 'y'));
    if (syllables < 2 || n < 4)
        return false;
    char a = w.p[n - 3], b = w.p[n - 2], c = w.p[n - 1];
    bool letter = c >= 'a' && c <= 'z';
    return (!is_vowel(a) || (a == 'u' && w.p[n - 4] == 'q')) && is_vowel(b) && letter &&
           !is_vowel(c) && c != 'w' && c != 'x' && c != 'y';
}

static bool ends_in_consonant_y(sk_str w)
{
    return w.n > 1 && w.p[w.n - 1] == 'y' && !is_vowel(w.p[w.n - 2]);
}

static sk_str with_s(sk_arena *a, sk_str w)
{
    if (ends_in_consonant_y(w))
        return sk_fmt(a, "%.*sies", (int)w.n - 1, w.p);
    bool hisses = sk_str_ends(w, SK_S("s")) || sk_str_ends(w, SK_S("x")) ||
                  sk_str_ends(w, SK_S("z")) || sk_str_ends(w, SK_S("ch")) ||
                  sk_str_ends(w, SK_S("sh")) || sk_str_ends(w, SK_S("go")) ||
                  sk_str_ends(w, SK_S("do"));
    return sk_fmt(a, hisses ? "%.*ses" : "%.*ss", SK_P(w));
}

static sk_str with_ed(sk_arena *a, sk_str w)
{
    if (sk_str_ends(w, SK_S("e")))
        return sk_fmt(a, "%.*sd", SK_P(w));
    if (ends_in_consonant_y(w))
        return sk_fmt(a, "%.*sied", (int)w.n - 1, w.p);
    return doubles(w) ? sk_fmt(a, "%.*s%ced", SK_P(w), w.p[w.n - 1]) : sk_fmt(a, "%.*sed", SK_P(w));
}

static sk_str with_ing(sk_arena *a, sk_str w)
{
    if (sk_str_ends(w, SK_S("ie")))
        return sk_fmt(a, "%.*sying", (int)w.n - 2, w.p);
    if (sk_str_ends(w, SK_S("e")) && !sk_str_ends(w, SK_S("ee")) && !sk_str_ends(w, SK_S("oe")) &&
        w.n > 2)
        return sk_fmt(a, "%.*sing", (int)w.n - 1, w.p);
    return doubles(w) ? sk_fmt(a, "%.*s%cing", SK_P(w), w.p[w.n - 1])
                      : sk_fmt(a, "%.*sing", SK_P(w));
}

/* "forcibly", but no verb in -ly. */
static bool is_manner(sk_str word)
{
    static const char *const verbs[] = {"ally",  "apply",  "bully", "comply",  "dally",
                                        "fly",   "imply",  "rally", "rely",    "reply",
                                        "sully", "supply", "tally", "reapply", "multiply"};
    for (size_t i = 0; i < SK_COUNT(verbs); i++)
        if (sk_str_is(word, verbs[i]))
            return false;
    return word.n > 4 && sk_str_ends(word, SK_S("ly"));
}

sk_verb_parts sk_verb_split(sk_str phrase)
{
    size_t from = 0, blank = sk_str_find(phrase, SK_S(" "));
    if (blank != SIZE_MAX && is_manner(sk_str_sub(phrase, 0, blank))) {
        from = blank + 1;
        blank = sk_str_find(sk_str_sub(phrase, from, phrase.n), SK_S(" "));
        blank = blank == SIZE_MAX ? blank : blank + from;
    }
    size_t end = blank == SIZE_MAX ? phrase.n : blank;
    return (sk_verb_parts){sk_str_sub(phrase, 0, from), sk_str_sub(phrase, from, end - from),
                           sk_str_sub(phrase, end, phrase.n)};
}

static sk_inflected form_of(sk_arena *a, sk_str word, const sk_verb_parts *p, sk_form form)
{
    return (sk_inflected){sk_fmt(a, "%.*s%.*s%.*s", SK_P(p->lead), SK_P(word), SK_P(p->rest)),
                          form};
}

size_t sk_inflect_verb(sk_arena *a, sk_str phrase, sk_str irregular,
                       sk_inflected ret_forms[SK_MOST_INFLECTED])
{
    sk_verb_parts p = sk_verb_split(phrase);
    size_t n = 0;
    sk_str part[4] = {{0}}, piece;
    sk_str parts = irregular.n ? irregular : p.verb;
    for (size_t i = 0; i < 4 && sk_str_cut(&parts, '/', &piece); i++)
        part[i] = piece;
    sk_str past = part[1].n ? part[1] : with_ed(a, part[0]);
    sk_str done = part[2].n ? part[2] : past;
    ret_forms[n++] = form_of(a, part[0], &p, SK_FORM_VB);
    ret_forms[n++] = form_of(a, with_s(a, part[0]), &p, SK_FORM_VBS);
    ret_forms[n++] = form_of(a, part[3].n ? part[3] : with_ing(a, part[0]), &p, SK_FORM_VBG);
    if (sk_str_eq(past, done)) {
        ret_forms[n++] = form_of(a, past, &p, SK_FORM_ED);
    } else {
        ret_forms[n++] = form_of(a, past, &p, SK_FORM_VBD);
        ret_forms[n++] = form_of(a, done, &p, SK_FORM_VBN);
    }
    return n;
}

size_t sk_inflect_noun(sk_arena *a, sk_str phrase, sk_inflected ret_forms[SK_MOST_INFLECTED])
{
    size_t slash = sk_str_find(phrase, SK_S("/"));
    if (slash != SIZE_MAX) {
        ret_forms[0] = (sk_inflected){sk_str_sub(phrase, 0, slash), SK_FORM_SINGULAR};
        ret_forms[1] = (sk_inflected){sk_str_sub(phrase, slash + 1, phrase.n), SK_FORM_PLURAL};
        return 2;
    }
    sk_str plural = with_s(a, phrase);
    if (sk_str_ends(phrase, SK_S("man")))
        plural = sk_fmt(a, "%.*smen", (int)phrase.n - 3, phrase.p);
    ret_forms[0] = (sk_inflected){phrase, SK_FORM_SINGULAR};
    ret_forms[1] = (sk_inflected){plural, SK_FORM_PLURAL};
    return 2;
}
