/* The Treasury tool's ruler: one Jaro-Winkler over everything, one over the parts, the larger.
 *
 * Seen from the outside: the head that Winkler's bonus counts is five letters; words of one and two
 * letters are not asked for unless there are no others; a part meets only parts that begin with the
 * same letter and share more than half of their letters in place; parts are averaged. */
#include "name/treasury.h"

#include <math.h>

#define WORDS      24
#define LETTERS    63
#define WHOLE      255
#define HEAD_WHOLE 5
#define HEAD_PART  4
#define HELD_BELOW 0.46 /* entries that begin otherwise are shown from about half their parts on */

typedef struct text {
    char c[WHOLE + 1];
    unsigned n;
} text;

typedef struct parts {
    struct {
        char c[LETTERS + 1];
        unsigned n;
    } word[WORDS];
    unsigned n;
} parts;

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Letters, digits and blanks, in capitals. */
static void read_whole(sk_str s, text *t)
{
    t->n = 0;
    for (size_t i = 0; i < s.n && t->n < WHOLE; i++) {
        char c = upper(s.p[i]);
        if (is_letter(c) || c == ' ')
            t->c[t->n++] = c;
    }
}

/* Words between anything that is no letter; apostrophes are left out. */
static void read_parts(sk_str s, parts *p)
{
    bool open = false;

    p->n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = upper(s.p[i]);
        if (c == '\'')
            continue;
        if (!is_letter(c)) {
            open = false;
            continue;
        }
        if (!open && p->n == WORDS)
            return;
        if (!open)
            p->word[p->n++].n = 0;
        open = true;
        if (p->word[p->n - 1].n < LETTERS)
            p->word[p->n - 1].c[p->word[p->n - 1].n++] = c;
    }
}

/* ---- Jaro-Winkler ---- */

static double jaro(const char *a, unsigned n, const char *b, unsigned m)
{
    bool met_a[WHOLE + 1] = {false}, met_b[WHOLE + 1] = {false};
    unsigned window = (n > m ? n : m) / 2, common = 0, moved = 0;

    if (!n || !m)
        return 0;
    window = window > 1 ? window - 1 : 0;
    for (unsigned i = 0; i < n; i++) {
        unsigned from = i > window ? i - window : 0, to = i + window + 1 < m ? i + window + 1 : m;
        for (unsigned k = from; k < to; k++) {
            if (met_b[k] || a[i] != b[k])
                continue;
            met_a[i] = met_b[k] = true;
            common++;
            break;
        }
    }
    if (!common)
        return 0;
    for (unsigned i = 0, k = 0; i < n; i++) {
        if (!met_a[i])
            continue;
        while (!met_b[k])
            k++;
        moved += a[i] != b[k++];
    }
    double c = common;
    return (c / n + c / m + (c - moved / 2.0) / c) / 3;
}

static double jaro_winkler(const char *a, unsigned n, const char *b, unsigned m, unsigned head)
{
    double j = jaro(a, n, b, m);
    unsigned same = 0;

    while (same < head && same < n && same < m && a[same] == b[same])
        same++;
    return j + same * 0.1 * (1 - j);
}

/* ---- parts ---- */

/* Edits between two words. */
static unsigned edits(const char *a, unsigned n, const char *b, unsigned m)
{
    unsigned row[LETTERS + 1];

    for (unsigned k = 0; k <= m; k++)
        row[k] = k;
    for (unsigned i = 1; i <= n; i++) {
        unsigned diagonal = row[0];
        row[0] = i;
        for (unsigned k = 1; k <= m; k++) {
            unsigned best = diagonal + (a[i - 1] != b[k - 1]);
            diagonal = row[k];
            best = best < row[k] + 1 ? best : row[k] + 1;
            row[k] = best < row[k - 1] + 1 ? best : row[k - 1] + 1;
        }
    }
    return row[m];
}

static char sound_class(char c)
{
    static const char CLASS[] = "01230120022455012623010202"; /* A to Z */
    return c >= 'A' && c <= 'Z' ? CLASS[c - 'A'] : '0';
}

static void soundex(const char *w, unsigned n, char ret[4])
{
    unsigned k = 1;
    char last = sound_class(w[0]);

    memset(ret, '0', 4);
    ret[0] = w[0];
    for (unsigned i = 1; i < n && k < 4; i++) {
        char c = sound_class(w[i]);
        if (c != '0' && c != last)
            ret[k++] = c;
        if (w[i] != 'H' && w[i] != 'W')
            last = c;
    }
}

/* One part against one: 0 when the gate holds them apart. The same Soundex opens the gate. */
static double part_score(const char *a, unsigned n, const char *b, unsigned m)
{
    unsigned longer = n > m ? n : m;
    char sa[4], sb[4];

    if (a[0] != b[0])
        return 0;
    soundex(a, n, sa);
    soundex(b, m, sb);
    bool alike = 2 * edits(a, n, b, m) < longer || memcmp(sa, sb, 4) == 0;
    return alike ? jaro_winkler(a, n, b, m, HEAD_PART) : 0;
}

static double composite(const parts *q, const parts *l)
{
    unsigned asked = 0, longest = 0;
    double sum = 0;

    for (unsigned i = 0; i < q->n; i++)
        longest = q->word[i].n > longest ? q->word[i].n : longest;
    for (unsigned i = 0; i < q->n; i++) {
        double best = 0;
        if (q->word[i].n < 3 && longest >= 3)
            continue;
        asked++;
        for (unsigned k = 0; k < l->n; k++)
            best = fmax(best, part_score(q->word[i].c, q->word[i].n, l->word[k].c, l->word[k].n));
        sum += best;
    }
    return asked ? sum / asked : 0;
}

int sk_treasury_score(sk_str query, sk_str listed)
{
    text wq, wl;
    parts pq, pl;

    read_parts(query, &pq);
    read_parts(listed, &pl);
    if (!pq.n || !pl.n)
        return -1;
    read_whole(query, &wq);
    read_whole(listed, &wl);
    double whole = jaro_winkler(wq.c, wq.n, wl.c, wl.n, HEAD_WHOLE);
    double split = composite(&pq, &pl);
    if (split < HELD_BELOW && (!wq.n || !wl.n || wq.c[0] != wl.c[0]))
        return -1;
    return (int)lround(100 * fmax(whole, split));
}
