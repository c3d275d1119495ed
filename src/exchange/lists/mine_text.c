/* Mining free text: a table of announcing words, and what must follow each. See mine_text.h. */
#include "exchange/lists/mine_private.h"

/* ---- sentences ---- */

/* The end of the sentence that goes on at i: a full stop with a capital letter or nothing behind it.
 * "28 Jul. 2015" goes on, for a digit follows. */
static size_t sentence_end(sk_str s, size_t i)
{
    for (; i < s.n; i++) {
        if (s.p[i] != '.')
            continue;
        size_t next = sk_mine_past(s, i + 1, "");
        if (next == s.n || sk_mine_is_upper(s.p[next]) || (s.p[next] & 0x80))
            return i;
    }
    return s.n;
}

/* Does a sentence, or what follows a colon, begin at i? */
static bool is_sentence_start(sk_str s, size_t i)
{
    size_t j = i;
    while (j > 0 && sk_mine_is_blank(s.p[j - 1]))
        j--;
    return j == 0 || s.p[j - 1] == '.' || s.p[j - 1] == ']';
}

/* ---- what follows an announcing word ---- */

typedef struct miner {
    sk_ctx *cx;
    sk_str text;
    sk_mined *found;
    size_t n, cap;
} miner;

static sk_rc keep(miner *m, sk_mined_kind kind, sk_str value, size_t from, size_t to)
{
    if (m->n == SK_LIM_MINED)
        return sk_fail(m->cx, SK_E_LIMIT, "one text holds more than %d numbers and names",
                       SK_LIM_MINED);
    SK_GROW(&m->cx->arena, m->found, m->n, m->cap);
    sk_str words = sk_str_sub(m->text, from, to - from);
    m->found[m->n++] = (sk_mined){kind, sk_mine_one_line(&m->cx->arena, value),
                                  sk_mine_one_line(&m->cx->arena, words), from};
    return SK_OK;
}

/* The run of letters, digits, "-", "/" and "." from i on, without a full stop at its end. */
static sk_str sign_run(sk_str s, size_t i)
{
    size_t to = i;
    while (to < s.n &&
           (sk_mine_is_letter(s.p[to]) || sk_mine_is_digit(s.p[to]) || strchr("-/.", s.p[to])))
        to++;
    while (to > i && (s.p[to - 1] == '.' || s.p[to - 1] == '-'))
        to--;
    return sk_str_sub(s, i, to - i);
}

static bool is_bic(sk_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!sk_mine_is_upper(s.p[i]) && (i < 6 || !sk_mine_is_digit(s.p[i])))
            return false;
    return s.n == 8 || s.n == 11;
}

/* A name: from i to the end of its sentence, a comma, a bracket or a semicolon. */
static sk_str name_run(sk_str s, size_t i)
{
    size_t end = sentence_end(sk_str_sub(s, 0, i + SK_MINE_HEAD_BYTES), i), to = i;
    while (to < end && !strchr(",;()[]", s.p[to]))
        to++;
    return sk_str_trim(sk_str_sub(s, i, to - i));
}

/* Take what follows at i as a value of the kind; the announcing words began at from. */
static sk_rc take(miner *m, sk_mined_kind kind, size_t from, size_t i)
{
    sk_str s = m->text, value = SK_NONE;
    bool fits = false;
    switch (kind) {
    case SK_MINED_IMO:
        i = sk_mine_past(s, i, ":#.)");
        value = sign_run(s, i);
        fits = sk_mine_is_number(value, 7, 7);
        break;
    case SK_MINED_REGISTRATION:
        i = sk_mine_past(s, i, ":#.");
        value = sign_run(s, i);
        fits = sk_mine_has_digit(value) && value.n >= 3 && value.n <= 32;
        break;
    case SK_MINED_BIC:
        i = sk_mine_past(s, i, ":");
        value = sign_run(s, i);
        fits = is_bic(value);
        break;
    case SK_MINED_SEX:
        i = sk_mine_past(s, i, ":[");
        value = sk_mine_match(s, i, "female") ? SK_S("female")
                : sk_mine_match(s, i, "male") ? SK_S("male")
                                              : value;
        fits = value.n > 0;
        return fits ? keep(m, kind, value, from, i + value.n) : SK_OK;
    default:
        i = sk_mine_past(s, i, ":");
        value = name_run(s, i);
        fits = value.n > 0 && value.n <= 120;
        break;
    }
    return fits ? keep(m, kind, value, from, (size_t)(value.p - s.p) + value.n) : SK_OK;
}

/* Announcing words; the longer of two that begin alike stands first. */
static const struct announcing {
    const char *words;
    sk_mined_kind kind;
} announcing[] = {
    {"(imo) number", SK_MINED_IMO},
    {"imo number", SK_MINED_IMO},
    {"imo no", SK_MINED_IMO},
    {"imo", SK_MINED_IMO},
    {"company registration number", SK_MINED_REGISTRATION},
    {"registered company number", SK_MINED_REGISTRATION},
    {"business registration number", SK_MINED_REGISTRATION},
    {"commercial registration number", SK_MINED_REGISTRATION},
    {"company number", SK_MINED_REGISTRATION},
    {"registration number", SK_MINED_REGISTRATION},
    {"swift/bic", SK_MINED_BIC},
    {"swift", SK_MINED_BIC},
    {"bic", SK_MINED_BIC},
    {"gender", SK_MINED_SEX},
    {"sex", SK_MINED_SEX},
    {"father's name is", SK_MINED_FATHER},
    {"father's name was", SK_MINED_FATHER},
    {"father's name", SK_MINED_FATHER},
    {"mother's name is", SK_MINED_MOTHER},
    {"mother's name was", SK_MINED_MOTHER},
    {"mother's name", SK_MINED_MOTHER},
};

/* ---- deaths ---- */

/* A sentence that begins with a word of death, perhaps after words that say how sure it is. The
 * date is the first one that the sentence names. */
static sk_rc take_death(miner *m, size_t from)
{
    static const char *const sure[] = {"reportedly", "reported", "confirmed",      "believed",
                                       "presumed",   "to",       "have",           "been",
                                       "was",        "status",   "status/location"};
    static const char *const dead[] = {"deceased", "died", "killed", "dead"};
    sk_str w[SK_MINE_WORDS];
    size_t n = sk_mine_split(sk_str_sub(m->text, from, SK_MINE_HEAD_BYTES), w), i = 0;
    while (i < n && i < 6 && sk_mine_is_one_of(sk_mine_bare(w[i]), sure, SK_COUNT(sure)))
        i++;
    if (i == n || !sk_mine_is_one_of(sk_mine_bare(w[i]), dead, SK_COUNT(dead)))
        return SK_OK;
    size_t to = sentence_end(m->text, from);
    if (w[i].p + w[i].n > m->text.p + to + 1)
        return SK_OK; /* the word stands in the next sentence */
    sk_str date = sk_mine_date_in(m->cx, sk_str_range(w[i].p, m->text.p + to));
    return keep(m, SK_MINED_DEATH, date, from, to);
}

/* "NAME (formerly known as X) is ...": only in the first sentence, or it may be said of another. */
static sk_rc take_former_name(miner *m)
{
    enum { FIRST_WORDS = 120 };
    sk_str s = m->text;
    size_t end = sentence_end(s, 0);
    for (size_t i = 1; i < end && i < FIRST_WORDS; i++) {
        size_t to = s.p[i - 1] == '(' ? sk_mine_match(s, i, "formerly known as ") : 0;
        if (to)
            return take(m, SK_MINED_FORMER_NAME, i, to);
    }
    return SK_OK;
}

sk_rc sk_mine_text(sk_ctx *cx, sk_str text, sk_mined **ret_found, size_t *ret_n)
{
    if (text.n > SK_LIM_VALUE_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "%zu bytes of text, the most is %zu", text.n,
                       SK_LIM_VALUE_BYTES);
    miner m = {.cx = cx, .text = text};
    SK_TRY(take_former_name(&m));
    for (size_t i = 0; i < text.n; i++) {
        if (!sk_mine_is_word_start(text, i) || sk_mine_is_blank(text.p[i]))
            continue;
        if (sk_mine_is_letter(text.p[i]) && is_sentence_start(text, i))
            SK_TRY(take_death(&m, i));
        for (size_t k = 0; k < SK_COUNT(announcing); k++) {
            size_t to = sk_mine_match(text, i, announcing[k].words), had = m.n;
            if (!to || (to < text.n && sk_mine_is_letter(text.p[to])))
                continue;
            SK_TRY(take(&m, announcing[k].kind, i, to));
            if (m.n > had) {
                i = to - 1;
                break;
            }
        }
    }
    *ret_found = m.found;
    *ret_n = m.n;
    return SK_OK;
}
