/* Comparing goods: by words, which must be the same, or by HS codes, which contain one another.
 *
 * Words that merely occur in one another ("iron" and "iron ore") are two things until somebody says
 * otherwise: the answer is "open", with both wordings. */
#include "base/utf8.h"
#include "count/rules_private.h"
#include "record/country.h"

/* ---- words ---- */

/* Folded, single blanks, and without the s of a plural: "Textiles" and "textile" are one. */
static sk_str normal(sk_arena *a, sk_str words)
{
    sk_str rest = sk_utf8_fold(a, words), word, out = SK_NONE;
    while (rest.n && sk_str_cut(&rest, ' ', &word)) {
        word = sk_str_trim(word);
        if (word.n > 3 && word.p[word.n - 1] == 's')
            word.n--;
        if (word.n)
            out = sk_fmt(a, "%.*s%s%.*s", SK_P(out), out.n ? " " : "", SK_P(word));
    }
    return out;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* part stands in s as whole words; in scripts without blanks, anywhere. */
static bool has_words(sk_str s, sk_str part)
{
    for (size_t from = 0; part.n && from + part.n <= s.n;) {
        size_t at = sk_str_find(sk_str_sub(s, from, s.n), part);
        if (at == SIZE_MAX)
            return false;
        at += from;
        bool starts = at == 0 || !is_letter(s.p[at - 1]);
        bool ends = at + part.n == s.n || !is_letter(s.p[at + part.n]);
        if (starts && ends)
            return true;
        from = at + 1;
    }
    return false;
}

static sk_fit fit_words(sk_arena *a, const sk_rule_goods *g, sk_str asked, sk_str *ret_reason)
{
    sk_str want = normal(a, asked);
    sk_fit best = SK_FIT_NO;
    for (size_t i = 0; i < g->n_words; i++) {
        sk_str have = normal(a, g->words[i]);
        if (sk_str_eq(have, want))
            return SK_FIT_YES;
        if (has_words(have, want) || has_words(want, have)) {
            best = SK_FIT_OPEN;
            *ret_reason = sk_fmt(a, "it speaks of \"%.*s\"; whether \"%.*s\" is that is open",
                                 SK_P(g->words[i]), SK_P(asked));
        }
    }
    if (best == SK_FIT_NO && g->n_words == 0 && g->n_hs)
        return SK_FIT_UNLIKE;
    return best;
}

/* ---- HS codes: World Customs Organization, chapters of 2, headings of 4, subheadings of 6 ---- */

/* The digits of "2701.12" or "2701 12"; empty when there is anything else in it. */
static sk_str digits_of(sk_arena *a, sk_str text)
{
    char *out = sk_alloc(a, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c >= '0' && c <= '9')
            out[n++] = c;
        else if (c != '.' && c != ' ')
            return SK_NONE;
    }
    return (sk_str){out, n};
}

/* The code is of the goods that lo to hi name; both have the same length. */
static sk_fit fit_range(sk_str code, sk_str lo, sk_str hi)
{
    size_t n = code.n < lo.n ? code.n : lo.n;
    sk_str head = sk_str_sub(code, 0, n);
    bool inside =
        sk_str_cmp(head, sk_str_sub(lo, 0, n)) >= 0 && sk_str_cmp(head, sk_str_sub(hi, 0, n)) <= 0;
    if (!inside)
        return SK_FIT_NO;
    return code.n >= lo.n ? SK_FIT_YES : SK_FIT_OPEN;
}

static sk_fit fit_code(sk_arena *a, const sk_rule_goods *g, sk_str code, sk_str *ret_reason)
{
    sk_fit best = SK_FIT_NO;
    for (size_t i = 0; i < g->n_hs; i++) {
        sk_str rest = g->hs[i], first;
        sk_str_cut(&rest, '-', &first);
        sk_str lo = digits_of(a, first), hi = rest.n ? digits_of(a, rest) : lo;
        sk_fit fit = lo.n && lo.n == hi.n ? fit_range(code, lo, hi) : SK_FIT_NO;
        if (fit == SK_FIT_YES)
            return SK_FIT_YES;
        if (fit == SK_FIT_OPEN) {
            best = SK_FIT_OPEN;
            *ret_reason =
                sk_fmt(a, "it speaks of HS %.*s, a part of %.*s", SK_P(g->hs[i]), SK_P(code));
        }
    }
    if (best == SK_FIT_NO && g->n_hs == 0 && g->n_words)
        return SK_FIT_UNLIKE;
    return best;
}

sk_fit sk_rules__fit_goods(sk_arena *a, const sk_rule_goods *g, sk_str asked, sk_str *ret_reason)
{
    sk_str code = digits_of(a, asked);
    return code.n >= 2 ? fit_code(a, g, code, ret_reason) : fit_words(a, g, asked, ret_reason);
}

/* ---- direction ---- */

static bool has_code(sk_str codes, sk_str code)
{
    sk_str one;
    while (codes.n && sk_str_cut(&codes, ' ', &one))
        if (sk_str_eq(one, code))
            return true;
    return false;
}

static sk_str names_of(sk_arena *a, sk_str codes)
{
    sk_str one, out = SK_NONE;
    while (codes.n && sk_str_cut(&codes, ' ', &one)) {
        sk_str name = sk_country_name(one, SK_LANG_EN);
        out = sk_fmt(a, "%.*s%s%.*s", SK_P(out), out.n ? ", " : "", SK_P(name));
    }
    return out;
}

/* One end of the trade: what the rule and the question say of it differs, or the question's country
 * is the rule's other end. A question that is silent is of the rule's direction. */
static bool is_other_way(sk_str rule_here, sk_str rule_there, sk_str asked_here, sk_str asked_there)
{
    if (!asked_here.n)
        return false;
    if (rule_here.n)
        return !has_code(rule_here, asked_here);
    return has_code(rule_there, asked_here) && !has_code(rule_there, asked_there);
}

bool sk_rules__fit_direction(sk_arena *a, sk_str from, sk_str to, const sk_rule_question *q,
                             sk_str *ret_reason)
{
    if (!is_other_way(from, to, q->from, q->to) && !is_other_way(to, from, q->to, q->from))
        return true;
    *ret_reason = sk_fmt(a, "it is about goods%s%.*s%s%.*s", from.n ? " from " : "",
                         SK_P(names_of(a, from)), to.n ? " to " : "", SK_P(names_of(a, to)));
    return false;
}
