/* Learning the weights of accounts: two layers of logistic regression with fixed signs, each class of
 * names drawn towards the weights of a larger one. */
#include "train.h"

#include "name/name_private.h"

#include <math.h>

#define SWEEPS      40
#define PULL_ALL    0.5 /* ridge of the largest sets, towards zero         */
#define PULL_OWN    4.0 /* of an account's class, towards all classes      */
#define PULL_REGIME 4.0 /* of a regime, towards all                        */
#define PULL_CLASS  6.0 /* of a class within a regime, towards the regime  */

/* Rows of one fit. */
typedef struct task {
    const float *x; /* n rows of d */
    const uint8_t *y;
    const float *in; /* weight of each row, 0: left out */
    size_t n;
    unsigned d;
} task;

static double slope(const task *t, const double *z, unsigned j, double *ret_curve)
{
    double g = 0, h = 1e-6;

    for (size_t i = 0; i < t->n; i++) {
        double x = (double)t->x[i * t->d + j];
        double weight = (double)t->in[i];
        if (weight == 0 || x == 0)
            continue;
        double p = 1 / (1 + exp(-z[i]));
        g += weight * (p - t->y[i]) * x;
        h += weight * p * (1 - p) * x * x;
    }
    *ret_curve = h;
    return g;
}

static void move(const task *t, double *z, unsigned j, double step)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->in[i] > 0)
            z[i] += step * (double)t->x[i * t->d + j];
}

/* Coordinate by coordinate, a Newton step each, until nothing moves. */
static void fit(sk_arena *a, const task *t, double pull, const float *prior,
                int (*sign)(const void *, unsigned), const void *arg, float *w)
{
    sk_arena_mark mark = sk_arena_here(a);
    double *z = sk_new_array(a, double, t->n + 1), v[SK_JOINT_FEATURES] = {0};

    for (unsigned j = 0; j < t->d; j++) {
        v[j] = prior ? (double)prior[j] : 0;
        if (v[j] != 0)
            move(t, z, j, v[j]);
    }
    for (unsigned sweep = 0; sweep < SWEEPS; sweep++) {
        double moved = 0;
        for (unsigned j = 0; j < t->d; j++) {
            double curve, g = slope(t, z, j, &curve);
            double towards = prior ? (double)prior[j] : 0;
            double to = v[j] - (g + pull * (v[j] - towards)) / (curve + pull);
            int s = sign(arg, j);
            to = fmin(fmax(to, v[j] - 1), v[j] + 1);
            if (s && to * s < 0)
                to = 0;
            if (to == v[j])
                continue;
            move(t, z, j, to - v[j]);
            moved = fmax(moved, fabs(to - v[j]));
            v[j] = to;
        }
        if (moved < 1e-3)
            break;
    }
    for (unsigned j = 0; j < t->d; j++)
        w[j] = (float)v[j];
    sk_arena_back_to(a, mark);
}

static int own_sign(const void *arg, unsigned feature)
{
    return sk_account_sign(*(const sk_account *)arg, feature);
}

static int joint_sign(const void *arg, unsigned feature)
{
    return sk_joint_sign(feature);
}

/* What all fits of one training share. */
typedef struct trainer {
    sk_arena *arena;
    const pairs *p;
    const sk_parts *parts;
    uint8_t *y;
    float *in;
} trainer;

/* What a row counts for: a generated one less than one from life. */
static float weight_of(const trainer *t, size_t i, bool is_in)
{
    return is_in ? t->p->at[i].weight : 0;
}

static void train_account(trainer *t, const bool *use, sk_account account, sk_combine_weights *w)
{
    size_t n = t->p->n;
    sk_arena_mark mark = sk_arena_here(t->arena);
    float *x = sk_new_array(t->arena, float, n *SK_OWN_FEATURES);
    bool *applies = sk_new_array(t->arena, bool, n);
    task k = {.x = x, .y = t->y, .in = t->in, .n = n, .d = SK_OWN_FEATURES};

    for (size_t i = 0; i < n; i++) {
        bool is_asked = account != SK_ACCOUNT_EDIT || t->parts[i].regime != SK_REGIME_KOREAN;
        applies[i] = use[i] && !t->parts[i].by_rule && is_asked &&
                     sk_account_features(&t->parts[i], account, x + i * SK_OWN_FEATURES);
        t->in[i] = weight_of(t, i, applies[i]);
    }
    float all[SK_OWN_FEATURES];
    fit(t->arena, &k, PULL_ALL, NULL, own_sign, &account, all);
    for (unsigned c = 0; c < SK_PAIR_CLASSES; c++) {
        for (size_t i = 0; i < n; i++)
            t->in[i] = weight_of(t, i, applies[i] && t->parts[i].pair_class == c && c);
        fit(t->arena, &k, PULL_OWN, all, own_sign, &account, w->own[account][c]);
    }
    sk_arena_back_to(t->arena, mark);
}

static void train_joint(trainer *t, const bool *use, const sk_combine_weights *half,
                        sk_combine_weights *w)
{
    size_t n = t->p->n;
    float *x = sk_new_array(t->arena, float, n *SK_JOINT_FEATURES);
    float all[SK_JOINT_FEATURES], regime[SK_JOINT_FEATURES];
    task k = {.x = x, .y = t->y, .in = t->in, .n = n, .d = SK_JOINT_FEATURES};
    bool *applies = sk_new_array(t->arena, bool, n);

    for (size_t i = 0; i < n; i++) {
        sk_evidence e;
        sk_evidence_find(&half[t->p->at[i].fold_a % 2], &t->parts[i], &e);
        sk_joint_features(&t->parts[i], &e, x + i * SK_JOINT_FEATURES);
        applies[i] = use[i] && !t->parts[i].by_rule;
        t->in[i] = weight_of(t, i, applies[i]);
    }
    fit(t->arena, &k, PULL_ALL, NULL, joint_sign, NULL, all);
    for (unsigned r = 0; r < SK_REGIMES; r++) {
        for (size_t i = 0; i < n; i++)
            t->in[i] = weight_of(t, i, applies[i] && t->parts[i].regime == r);
        fit(t->arena, &k, PULL_REGIME, all, joint_sign, NULL, regime);
        for (unsigned c = 0; c < SK_PAIR_CLASSES; c++) {
            for (size_t i = 0; i < n; i++)
                t->in[i] =
                    applies[i] && t->parts[i].regime == r && t->parts[i].pair_class == c && c;
            fit(t->arena, &k, PULL_CLASS, regime, joint_sign, NULL, w->joint[r][c]);
        }
    }
}

void train_all(sk_arena *a, const pairs *p, const bool *use, sk_edit_weights *ret_edit,
               sk_combine_weights *ret_combine)
{
    sk_arena_mark mark = sk_arena_here(a);
    sk_edit_weights *edit = sk_new_array(a, sk_edit_weights, 2);
    sk_combine_weights *half = sk_new_array(a, sk_combine_weights, 2);
    sk_parts *parts = sk_new_array(a, sk_parts, p->n);
    bool *some = sk_new_array(a, bool, p->n);
    trainer t = {a, p, parts, sk_new_array(a, uint8_t, p->n), sk_new_array(a, float, p->n)};

    for (unsigned h = 0; h < 2; h++) { /* learned on the other half */
        for (size_t i = 0; i < p->n; i++)
            some[i] = use[i] && p->at[i].fold_a % 2 != h && p->at[i].fold_b % 2 != h;
        train_edit(p, some, &edit[h]);
    }
    train_edit(p, use, ret_edit);
    for (size_t i = 0; i < p->n; i++) {
        const pair *r = &p->at[i];
        t.y[i] = r->label;
        if (use[i])
            sk_parts_find(&edit[r->fold_a % 2], r->name_a, r->name_b, NULL, &parts[i]);
    }
    memset(ret_combine, 0, sizeof(*ret_combine));
    for (unsigned h = 0; h < 3; h++) {
        for (size_t i = 0; i < p->n; i++)
            some[i] = use[i] && (h == 2 || p->at[i].fold_a % 2 != h);
        for (unsigned k = 0; k < SK_ACCOUNTS; k++)
            train_account(&t, some, (sk_account)k, h == 2 ? ret_combine : &half[h]);
    }
    train_joint(&t, use, half, ret_combine);
    sk_arena_back_to(a, mark);
}
