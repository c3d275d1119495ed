/* The words of free text: lines, letters, dates, numbers of documents. See mine_private.h. */
#include "exchange/lists/mine_private.h"

/* ---- letters and words ---- */

static char lower(char c)
{
    return sk_mine_is_upper(c) ? (char)(c + 32) : c;
}

/* Runs of blanks become one: a line break where the run holds an empty line and lines are kept. */
static sk_str squeeze(sk_arena *a, sk_str s, bool keep_paragraphs)
{
    char *out = sk_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        size_t breaks = 0;
        if (!sk_mine_is_blank(s.p[i])) {
            out[n++] = s.p[i++];
            continue;
        }
        for (; i < s.n && sk_mine_is_blank(s.p[i]); i++)
            breaks += s.p[i] == '\n';
        out[n++] = keep_paragraphs && breaks > 1 ? '\n' : ' ';
    }
    return (sk_str){out, n};
}

static bool is_squeezed(sk_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (sk_mine_is_blank(s.p[i]) && (s.p[i] != ' ' || sk_mine_is_blank(s.p[i + 1])))
            return false;
    return true;
}

sk_str sk_mine_one_line(sk_arena *a, sk_str text)
{
    sk_str s = sk_str_trim(text);
    return is_squeezed(s) ? s : squeeze(a, s, false);
}

sk_str sk_mine_paragraphs(sk_arena *a, sk_str text)
{
    sk_str s = sk_str_trim(text);
    return is_squeezed(s) ? s : squeeze(a, s, true);
}

size_t sk_mine_match(sk_str s, size_t i, const char *word)
{
    for (; *word; word++) {
        if (*word == ' ') {
            if (i >= s.n || !sk_mine_is_blank(s.p[i]))
                return 0;
            while (i < s.n && sk_mine_is_blank(s.p[i]))
                i++;
        } else if (*word == '\'' && sk_str_starts(sk_str_sub(s, i, 3), SK_S("’"))) {
            i += 3;
        } else if (i < s.n && lower(s.p[i]) == *word) {
            i++;
        } else {
            return 0;
        }
    }
    return i;
}

bool sk_mine_is_word_start(sk_str s, size_t i)
{
    return i == 0 || (!sk_mine_is_letter(s.p[i - 1]) && !sk_mine_is_digit(s.p[i - 1]));
}

size_t sk_mine_past(sk_str s, size_t i, const char *signs)
{
    while (i < s.n && (sk_mine_is_blank(s.p[i]) || (s.p[i] && strchr(signs, s.p[i]))))
        i++;
    return i;
}

bool sk_mine_has_digit(sk_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (sk_mine_is_digit(s.p[i]))
            return true;
    return false;
}

/* ---- dates ---- */

static bool is_month(sk_str w)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (int m = 0; w.n >= 3 && m < 12; m++)
        if (lower(w.p[0]) == names[3 * m] && lower(w.p[1]) == names[3 * m + 1] &&
            lower(w.p[2]) == names[3 * m + 2])
            return true;
    return false;
}

bool sk_mine_is_number(sk_str w, size_t least, size_t most)
{
    for (size_t i = 0; i < w.n; i++)
        if (!sk_mine_is_digit(w.p[i]))
            return false;
    return w.n >= least && w.n <= most;
}

bool sk_mine_is_one_of(sk_str w, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (sk_str_eq_nocase(w, sk_str_of(words[i])))
            return true;
    return false;
}

sk_str sk_mine_bare(sk_str w)
{
    while (w.n && strchr(".,;:()[]", w.p[w.n - 1]))
        w.n--;
    while (w.n && strchr("([", w.p[0]))
        w = sk_str_sub(w, 1, w.n);
    return w;
}

size_t sk_mine_split(sk_str s, sk_str words[SK_MINE_WORDS])
{
    size_t n = 0, i = 0;
    while (n < SK_MINE_WORDS && (i = sk_mine_past(s, i, "")) < s.n) {
        size_t from = i;
        while (i < s.n && !sk_mine_is_blank(s.p[i]))
            i++;
        words[n++] = sk_str_sub(s, from, i - from);
    }
    return n;
}

/* Index of the first word that is a year, or n. */
static size_t find_year(const sk_str *w, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        sk_str b = sk_mine_bare(w[i]);
        if (sk_mine_is_number(b, 4, 4) &&
            (sk_str_starts(b, SK_S("19")) || sk_str_starts(b, SK_S("20"))))
            return i;
    }
    return n;
}

/* Where the date begins that ends in the year at: "early", "3 Feb.", "February". */
static size_t date_start(const sk_str *w, size_t at)
{
    static const char *const vague[] = {"early", "mid", "late"};
    size_t from = at;
    if (from && is_month(sk_mine_bare(w[from - 1]))) {
        from--;
        if (from && sk_mine_is_number(sk_mine_bare(w[from - 1]), 1, 2))
            from--;
    }
    return from && sk_mine_is_one_of(w[from - 1], vague, SK_COUNT(vague)) ? from - 1 : from;
}

sk_str sk_mine_date_in(sk_ctx *cx, sk_str sentence)
{
    sk_str w[SK_MINE_WORDS];
    size_t n = sk_mine_split(sentence, w), at = find_year(w, n);
    if (at == n)
        return SK_NONE;
    size_t from = date_start(w, at);
    bool by_then =
        from >= 2 && sk_str_eq_nocase(w[from - 2], SK_S("as")) &&
        (sk_str_eq_nocase(w[from - 1], SK_S("of")) || sk_str_eq_nocase(w[from - 1], SK_S("at")));
    sk_str last = sk_mine_bare(w[at]);
    sk_str said = sk_mine_one_line(&cx->arena, sk_str_range(w[from].p, last.p + last.n));
    sk_edtf date;
    if (sk_edtf_from_words(cx, by_then ? sk_fmt(&cx->arena, "by %.*s", SK_P(said)) : said, &date)) {
        sk_forgive(cx);
        return SK_NONE;
    }
    return date.text;
}

sk_str sk_mine_date_after(sk_ctx *cx, sk_str text, const char *const *words, size_t n_words)
{
    sk_str date = SK_NONE;
    for (size_t i = 0; !date.n && i < text.n; i++)
        for (size_t k = 0; !date.n && sk_mine_is_word_start(text, i) && k < n_words; k++) {
            size_t to = sk_mine_match(text, i, words[k]);
            if (to)
                date = sk_mine_date_in(cx, sk_str_sub(text, to, 40));
        }
    return date;
}

/* ---- documents ---- */

/* A word that names the document, not part of its number: letters only, and more than a series. */
static bool is_label(sk_str w)
{
    sk_str b = sk_mine_bare(w);
    bool is_series = b.n <= 3;
    for (size_t i = 0; i < b.n; i++) {
        if (sk_mine_is_digit(b.p[i]))
            return false;
        is_series = is_series && (sk_mine_is_upper(b.p[i]) || b.p[i] == '-');
    }
    return !is_series;
}

sk_str sk_mine_number(sk_str text)
{
    sk_str w[SK_MINE_WORDS];
    size_t n = sk_mine_split(text, w), from = 0;
    for (size_t i = 0; i < n; i++)
        if (is_label(w[i]))
            from = i + 1;
    for (size_t i = 0; i < from; i++)
        if (sk_mine_has_digit(w[i]))
            return SK_NONE;
    if (from == n)
        return SK_NONE;
    sk_str number = sk_mine_bare(sk_str_range(w[from].p, w[n - 1].p + w[n - 1].n));
    return sk_mine_has_digit(number) ? number : SK_NONE;
}

bool sk_mine_says_false(sk_str remark)
{
    static const char *const words[] = {"false",        "forged",    "fake",  "fraudulent",
                                        "fraudulently", "falsified", "stolen"};
    for (size_t i = 0; i < remark.n; i++)
        for (size_t k = 0; sk_mine_is_word_start(remark, i) && k < SK_COUNT(words); k++) {
            size_t to = sk_mine_match(remark, i, words[k]);
            if (to && (to == remark.n || !sk_mine_is_letter(remark.p[to])))
                return true;
        }
    return false;
}
