/* Learning letter weights: expectation maximisation over all alignments of true pairs.
 *
 * Every letter of both names is used exactly once by an alignment, so its probability relative to
 * chance is the product of exp(weight) over its steps: the weights are their own model. Counts of
 * one pair of scripts are smoothed towards the weights of all scripts together. */
#include "train.h"

#include "name/edit_private.h"
#include "name/name_private.h"

#include <math.h>
#include <stdio.h>

#define A          SK_EDIT_A
#define ITERATIONS 8
#define SMOOTH     60.0 /* counts that the pooled weights stand for     */
#define GAP_SMOOTH 4.0  /* likewise of a letter left out, by letter     */
#define LOWEST     -4.0
#define MIN_PAIRS  18   /* fewer pairs get no weights of their own      */
#define LIKELY     0.20 /* nats a letter: below, the pair is no spelling */

typedef struct model {
    double both[A][A], left[A][A], right[A][A]; /* log-odds */
} model;

typedef struct counts {
    double both[A][A], left[A][A], right[A][A]; /* expected steps             */
    double in_a[A][A], in_b[A][A];              /* letters seen, by the one before */
} counts;

typedef struct lattice {
    double sum[SK_EDIT_LETTERS + 1][SK_EDIT_LETTERS + 1];
} lattice;

static unsigned before(const uint8_t *s, unsigned i)
{
    return i ? s[i - 1] : 0;
}

static void forward(const model *m, const uint8_t *a, unsigned n, const uint8_t *b, unsigned k,
                    lattice *f)
{
    for (unsigned i = 0; i <= n; i++) {
        for (unsigned j = 0; j <= k; j++) {
            double v = i == 0 && j == 0;
            if (i && j)
                v += f->sum[i - 1][j - 1] * exp(m->both[a[i - 1]][b[j - 1]]);
            if (i)
                v += f->sum[i - 1][j] * exp(m->left[before(a, i - 1)][a[i - 1]]);
            if (j)
                v += f->sum[i][j - 1] * exp(m->right[before(b, j - 1)][b[j - 1]]);
            f->sum[i][j] = v;
        }
    }
}

static void backward(const model *m, const uint8_t *a, unsigned n, const uint8_t *b, unsigned k,
                     lattice *r)
{
    for (unsigned i = n + 1; i-- > 0;) {
        for (unsigned j = k + 1; j-- > 0;) {
            double v = i == n && j == k;
            if (i < n && j < k)
                v += r->sum[i + 1][j + 1] * exp(m->both[a[i]][b[j]]);
            if (i < n)
                v += r->sum[i + 1][j] * exp(m->left[before(a, i)][a[i]]);
            if (j < k)
                v += r->sum[i][j + 1] * exp(m->right[before(b, j)][b[j]]);
            r->sum[i][j] = v;
        }
    }
}

/* Add what one pair teaches; pairs that look like other names teach nothing. */
static void count_pair(const model *m, const uint8_t *a, unsigned n, const uint8_t *b, unsigned k,
                       bool is_first, counts *c)
{
    static lattice f, r;

    if (n == 0 || k == 0)
        return;
    forward(m, a, n, b, k, &f);
    double all = f.sum[n][k];
    if (!is_first && log(all) < LIKELY * (n > k ? n : k))
        return;
    backward(m, a, n, b, k, &r);
    for (unsigned i = 0; i < n; i++)
        c->in_a[before(a, i)][a[i]]++;
    for (unsigned j = 0; j < k; j++)
        c->in_b[before(b, j)][b[j]]++;
    for (unsigned i = 0; i <= n; i++) {
        for (unsigned j = 0; j <= k; j++) {
            double here = f.sum[i][j] / all;
            if (i < n && j < k)
                c->both[a[i]][b[j]] += here * exp(m->both[a[i]][b[j]]) * r.sum[i + 1][j + 1];
            if (i < n)
                c->left[before(a, i)][a[i]] +=
                    here * exp(m->left[before(a, i)][a[i]]) * r.sum[i + 1][j];
            if (j < k)
                c->right[before(b, j)][b[j]] +=
                    here * exp(m->right[before(b, j)][b[j]]) * r.sum[i][j + 1];
        }
    }
}

/* Weights of letters left out, by the letter before: the share of its sightings. */
static void gap_weights(const double gone[A][A], const double seen[A][A], const double prior[A][A],
                        double out[A][A])
{
    for (unsigned x = 1; x < A; x++) {
        double g = 0, s = 0, base = 0;
        for (unsigned p = 0; p < A; p++) {
            g += gone[p][x];
            s += seen[p][x];
            base += exp(prior[p][x]) / A;
        }
        double alone = (g + GAP_SMOOTH * base) / (s + GAP_SMOOTH);
        for (unsigned p = 0; p < A; p++) {
            double rate = (gone[p][x] + GAP_SMOOTH * alone) / (seen[p][x] + GAP_SMOOTH);
            out[p][x] = fmax(LOWEST, log(fmin(rate, 0.98)));
        }
    }
}

static void total(const double by[A][A], double out[A], double *ret_all)
{
    *ret_all = 0;
    for (unsigned x = 1; x < A; x++) {
        out[x] = 0.5;
        for (unsigned p = 0; p < A; p++)
            out[x] += by[p][x];
        *ret_all += out[x];
    }
}

static void maximise(const counts *c, const model *prior, double smooth, model *m)
{
    double na[A], nb[A], all_a, all_b, mass = 0, steps = 0;
    double expected[A][A];

    total(c->in_a, na, &all_a);
    total(c->in_b, nb, &all_b);
    for (unsigned x = 1; x < A; x++) {
        for (unsigned y = 1; y < A; y++) {
            expected[x][y] = exp(prior->both[x][y]) * (na[x] / all_a) * (nb[y] / all_b);
            mass += expected[x][y];
            steps += c->both[x][y];
        }
    }
    for (unsigned x = 1; x < A; x++) {
        for (unsigned y = 1; y < A; y++) {
            double n = c->both[x][y] + smooth * expected[x][y] / mass;
            /* of all steps, against the share of both letters by chance */
            double chance = (na[x] / all_a) * (nb[y] / all_b) * (all_a + all_b) / 2;
            double kept = steps > 0 ? (steps + smooth) / steps : 1;
            m->both[x][y] = fmax(LOWEST, log(n / kept / chance));
        }
    }
    gap_weights(c->left, c->in_a, prior->left, m->left);
    gap_weights(c->right, c->in_b, prior->right, m->right);
}

static void make_symmetric(counts *c)
{
    for (unsigned x = 0; x < A; x++) {
        for (unsigned y = 0; y <= x; y++)
            c->both[x][y] = c->both[y][x] = c->both[x][y] + c->both[y][x];
        for (unsigned y = 0; y < A; y++) {
            c->left[x][y] = c->right[x][y] = c->left[x][y] + c->right[x][y];
            c->in_a[x][y] = c->in_b[x][y] = c->in_a[x][y] + c->in_b[x][y];
        }
    }
}

static bool is_vowel(unsigned x)
{
    return x && strchr("aeiouy", (int)('a' + x - 1));
}

static void seed(model *m)
{
    for (unsigned x = 0; x < A; x++) {
        for (unsigned y = 0; y < A; y++) {
            bool like = is_vowel(x) && is_vowel(y);
            m->both[x][y] = x == y ? 2 : is_vowel(x) != is_vowel(y) ? -2.5 : like ? 0.3 : -1;
            m->left[x][y] = m->right[x][y] = is_vowel(y) ? -1 : -1.6;
        }
    }
}

static int16_t to_weight(double v)
{
    return (int16_t)lrint(v * SK_EDIT_NAT);
}

static void to_pair(const model *m, const counts *c, sk_edit_pair *out)
{
    memset(out, 0, sizeof(*out));
    for (unsigned x = 0; x < A; x++) {
        for (unsigned y = 0; y < A; y++) {
            if (x && y)
                out->both[x][y] = to_weight(m->both[x][y]);
            if (y)
                out->left[x][y] = to_weight(m->left[x][y]);
            if (y)
                out->right[x][y] = to_weight(m->right[x][y]);
        }
    }
    for (unsigned x = 1; x < A; x++) { /* without context, for the scan */
        double gone_a = 0.2, seen_a = 1, gone_b = 0.2, seen_b = 1;
        for (unsigned q = 0; c && q < A; q++) {
            gone_a += c->left[q][x];
            seen_a += c->in_a[q][x];
            gone_b += c->right[q][x];
            seen_b += c->in_b[q][x];
        }
        out->both[x][0] = to_weight(fmax(LOWEST, log(gone_a / seen_a)));
        out->both[0][x] = to_weight(fmax(LOWEST, log(gone_b / seen_b)));
    }
}

/* Most generated pairs follow rules that the accounts of the languages know better. Han of Korean and
 * Japanese names is read otherwise than in Mandarin: no pairs of letters to learn
 * from. What the languages are said to be is used here alone, never in comparing. */
static bool teaches(const pair *p)
{
    return p->label && (!p->is_generated || p->has_letters) && !sk_str_is(p->lang_a, "ja/Jpan") &&
           !sk_str_is(p->lang_b, "ja/Jpan") && !sk_str_is(p->lang_a, "ko/Hani") &&
           !sk_str_is(p->lang_b, "ko/Hani");
}

/* script 255: every pair of names. */
static size_t learn(const pairs *p, const bool *use, unsigned lo, unsigned hi, const model *prior,
                    sk_edit_pair *out, model *ret_model)
{
    model m = *prior;
    size_t n = 0;
    static counts c;

    for (unsigned round = 0; round < ITERATIONS; round++) {
        memset(&c, 0, sizeof(c));
        n = 0;
        to_pair(&m, round ? &c : NULL, out);
        for (size_t i = 0; i < p->n; i++) {
            const sk_edit *a = sk_name_edit(p->at[i].name_a), *b = sk_name_edit(p->at[i].name_b);
            bool fits = lo == 255 || (a->script == lo && b->script == hi);
            if (!use[i] || !fits || !teaches(&p->at[i]))
                continue;
            uint8_t letter[SK_EDIT_LETTERS];
            unsigned k = sk_edit_in_order(out, a, b, letter);
            count_pair(&m, edit_letter(a), a->n_letter, letter, k, round == 0, &c);
            n++;
        }
        if (lo == 255 || lo == hi)
            make_symmetric(&c);
        maximise(&c, prior, lo == 255 ? 200 : SMOOTH, &m);
    }
    to_pair(&m, &c, out);
    *ret_model = m;
    return n;
}

void train_edit(const pairs *p, const bool *use, sk_edit_weights *ret_weights)
{
    static model first, pooled, own;
    sk_edit_weights *w = ret_weights;

    memset(w, 0, sizeof(*w));
    seed(&first);
    learn(p, use, 255, 255, &first, &w->pair[0], &pooled);
    w->n_pair = 1;
    for (unsigned lo = SK_SCRIPT_LATN; lo < SK_SCRIPT_OTHER; lo++) {
        for (unsigned hi = lo; hi < SK_SCRIPT_OTHER && w->n_pair < SK_EDIT_PAIRS; hi++) {
            sk_edit_pair *out = &w->pair[w->n_pair];
            size_t n = 0;
            for (size_t i = 0; i < p->n; i++)
                n += use[i] && teaches(&p->at[i]) && p->at[i].name_a->main_script == lo &&
                     p->at[i].name_b->main_script == hi;
            if (n < MIN_PAIRS)
                continue;
            learn(p, use, lo, hi, &pooled, out, &own);
            w->script_a[w->n_pair] = (uint8_t)lo;
            w->script_b[w->n_pair++] = (uint8_t)hi;
        }
    }
}
