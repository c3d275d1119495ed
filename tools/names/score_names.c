/* Precision, recall and F1 of name comparison, by slice of a table of pairs.
 *
 *     score-names PAIRS.tsv               with the weights that ship
 *     score-names --cross PAIRS.tsv MODEL_DIR
 *                                         five times with weights learned from the pairs (those that
 *                                         may be trained on) of the other entities
 *     score-names --errors PAIRS.tsv      the pairs on the wrong side of one half, worst first
 *
 * A pair counts as the same name when p >= .5. Under --cross both names of a true pair are unseen in
 * training, and so is at least the first of a false one. */
#include "train.h"

#include "name/name_private.h"

#include <stdio.h>
#include <stdlib.h>

#define FOLDS  10 /* of entities; two at a time are left out */
#define SLICES 128

typedef struct tally {
    sk_str name;
    double yes_right, yes_wrong, no_wrong; /* true positives, false positives, false negatives */
} tally;

typedef struct table {
    tally at[SLICES];
    size_t n;
} table;

static tally *tally_of(table *t, sk_str name)
{
    for (size_t i = 0; i < t->n; i++)
        if (sk_str_eq(t->at[i].name, name))
            return &t->at[i];
    sk_assert(t->n < SLICES);
    t->at[t->n].name = name;
    return &t->at[t->n++];
}

static void count(tally *t, bool label, bool said, double weight)
{
    t->yes_right += label && said ? weight : 0;
    t->yes_wrong += !label && said ? weight : 0;
    t->no_wrong += label && !said ? weight : 0;
}

static double f1_of(const tally *t)
{
    double all = 2 * t->yes_right + t->yes_wrong + t->no_wrong;
    return all > 0 ? 2 * t->yes_right / all : 0;
}

/* ---- targets ---- */

/* Source: the aims set before the work began, by slice. */
static const struct {
    const char *slice;
    double f1;
} AIM[] = {
    {"ko Hang-Latn", .965},     {"ko Hang-Hani", .99},          {"ko Hani-Latn", .97},
    {"ko Latn-Latn", .98},      {"ko Cyrl-Latn", .97},          {"ko Cyrl-Hang", .97},
    {"ko Cyrl-Hani", .97},      {"ko Kana-Latn", .95},          {"ko Hang-Kana", .95},
    {"ko Hani-Kana", .95},      {"ko Arab-Latn", .90},          {"zh Hani-Latn", .965},
    {"zh Cyrl-Latn", .98},      {"zh Hang-Latn", .95},          {"ja Hani-Latn", .97},
    {"ja Hani-Kana", .97},      {"ja Kana-Latn", .98},          {"ja Cyrl-Hani", .95},
    {"ja Hang-Hani", .95},      {"ja Cyrl-Kana", .95},          {"ja Hang-Kana", .95},
    {"ja Cyrl-Latn", .95},      {"ja Hang-Latn", .95},          {"tokens Cyrl-Latn", .975},
    {"tokens Arab-Latn", .965}, {"UN persons Arab-Latn", .975}, {"tokens Kana-Latn", .93},
    {"tokens Hang-Latn", .945}, {"tokens Hani-Latn", .90},      {"places Cyrl-Latn", .96},
    {"places Hang-Latn", .96},  {"places Hani-Latn", .96},      {"a.k.a. OFAC persons", .87},
    {"a.k.a. UN persons", .78}, {"a.k.a. OFAC entities", .80},
};

static void print_row(const tally *t, const char *aim)
{
    double yes = t->yes_right + t->yes_wrong, are = t->yes_right + t->no_wrong;

    printf("| %.*s | %.0f | %.3f | %.3f | %.3f | %s |\n", SK_P(t->name), are,
           yes > 0 ? t->yes_right / yes : 0, are > 0 ? t->yes_right / are : 0, f1_of(t), aim);
}

static int by_name(const void *a, const void *b)
{
    return sk_str_cmp(((const tally *)a)->name, ((const tally *)b)->name);
}

static void print_table(table *slices, table *sums)
{
    printf("| slice | true pairs | precision | recall | F1 | aim |\n|---|---|---|---|---|---|\n");
    qsort(slices->at, slices->n, sizeof(slices->at[0]), by_name);
    for (size_t i = 0; i < slices->n; i++) {
        char aim[16] = "";
        for (size_t k = 0; k < sizeof(AIM) / sizeof(AIM[0]); k++)
            if (sk_str_is(slices->at[i].name, AIM[k].slice))
                snprintf(aim, sizeof(aim), "%.3f%s", AIM[k].f1,
                         f1_of(&slices->at[i]) + 5e-4 < AIM[k].f1 ? " -" : "");
        print_row(&slices->at[i], aim);
    }
    for (size_t i = 0; i < sums->n; i++)
        print_row(&sums->at[i], "");
}

/* ---- scoring ---- */

typedef struct scorer {
    sk_arena *arena;
    const pairs *p;
    double *said; /* p of each pair */
} scorer;

static void score_with(scorer *s, const sk_edit_weights *edit, const sk_combine_weights *combine,
                       int fold)
{
    for (size_t i = 0; i < s->p->n; i++) {
        const pair *r = &s->p->at[i];
        sk_parts parts;
        sk_evidence evidence;
        sk_name_score score;
        if (r->is_generated || (fold >= 0 && r->fold_a / 2 != fold))
            continue;
        sk_parts_find(edit, r->name_a, r->name_b, NULL, &parts);
        sk_combine(combine, &parts, &score, &evidence);
        s->said[i] = score.p;
    }
}

/* Learn without the entities of two folds, score those. */
static void score_crosswise(scorer *s)
{
    bool *use = sk_new_array(s->arena, bool, s->p->n);
    sk_edit_weights *edit = sk_new(s->arena, sk_edit_weights);
    sk_combine_weights *combine = sk_new(s->arena, sk_combine_weights);

    for (int fold = 0; fold < FOLDS / 2; fold++) {
        for (size_t i = 0; i < s->p->n; i++) {
            const pair *r = &s->p->at[i];
            use[i] = r->may_train && r->fold_a / 2 != fold && r->fold_b / 2 != fold;
        }
        train_all(s->arena, s->p, use, edit, combine);
        score_with(s, edit, combine, fold);
    }
}

static void tally_all(scorer *s, table *slices, table *sums)
{
    for (size_t i = 0; i < s->p->n; i++) {
        const pair *r = &s->p->at[i];
        if (r->is_generated)
            continue;
        sk_str slice = pair_slice(s->arena, r);
        bool said = s->said[i] >= .5;
        count(tally_of(slices, slice), r->label, said, 1);
        count(tally_of(sums, SK_S("all")), r->label, said, 1);
        if (!r->is_alias)
            count(tally_of(sums, SK_S("all without a.k.a.")), r->label, said, 1);
        if (sk_str_starts(slice, SK_S("ko ")))
            count(tally_of(sums, SK_S("all Korean")), r->label, said, 1);
        if (r->is_alias || (!r->label && r->fold_a / 2 != r->fold_b / 2))
            continue; /* both names unseen: a fifth of the false pairs stands for all */
        count(tally_of(sums, SK_S("without a.k.a., both names unseen")), r->label, said,
              r->label ? 1 : FOLDS / 2);
    }
}

static int by_error(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? 1 : x > y ? -1 : 0;
}

static void print_errors(scorer *s)
{
    struct error {
        double off;
        const pair *r;
    } *e = sk_alloc_array(s->arena, s->p->n, sizeof(*e));
    size_t n = 0;

    for (size_t i = 0; i < s->p->n; i++) {
        double off = s->p->at[i].label ? 1 - s->said[i] : s->said[i];
        if (off > .5 && !s->p->at[i].is_generated)
            e[n++] = (struct error){off, &s->p->at[i]};
    }
    qsort(e, n, sizeof(*e), by_error);
    for (size_t i = 0; i < n; i++) {
        sk_parts parts;
        sk_evidence evidence;
        sk_parts_find(sk_edit_shipped(), e[i].r->name_a, e[i].r->name_b, NULL, &parts);
        sk_evidence_find(sk_combine_shipped(), &parts, &evidence);
        sk_str slice = pair_slice(s->arena, e[i].r);
        printf("%.3f\t%d\t%.*s\t%.*s\t%.*s\t%s", e[i].off, e[i].r->label, SK_P(slice),
               SK_P(e[i].r->a), SK_P(e[i].r->b), sk_regime_name((sk_regime)parts.regime));
        for (unsigned k = 0; k < SK_ACCOUNTS; k++)
            if (evidence.applies[k])
                printf(" %s %.1f", sk_account_name((sk_account)k), (double)evidence.own[k]);
        for (unsigned k = 0; k < SK_LATENT_LANGS; k++)
            if (parts.latent[k].applicable)
                printf(" [%s %.2f worst %.2f skipped %u rivals %u]", sk_account_name((sk_account)k),
                       (double)parts.latent[k].mean, (double)parts.latent[k].worst,
                       parts.latent[k].skipped, parts.latent[k].rivals);
        printf(" [edit %.2f whole %.1f]", (double)parts.edit.mean, (double)parts.edit.whole);
        printf("\n");
    }
}

int main(int argc, char **argv)
{
    static sk_arena a = SK_ARENA_INIT;
    static table slices, sums;
    pairs p = {0};
    bool cross = argc == 4 && strcmp(argv[1], "--cross") == 0;
    bool errors = (argc == 3 || argc == 4) && strncmp(argv[1], "--errors", 8) == 0;

    if (!cross && !errors && argc != 2) {
        fprintf(stderr, "usage: score-names [--cross | --errors] PAIRS.tsv [MODEL_DIR]\n");
        return 2;
    }
    cross = cross || (errors && argc == 4);
    pairs_read(&a, argv[cross || errors ? 2 : 1], &p);
    if (cross)
        pairs_generate(&a, argv[3], &p);
    pairs_prepare(&a, &p, FOLDS);
    scorer s = {&a, &p, sk_new_array(&a, double, p.n)};
    if (cross)
        score_crosswise(&s);
    else
        score_with(&s, sk_edit_shipped(), sk_combine_shipped(), -1);
    if (errors) {
        print_errors(&s);
    } else {
        tally_all(&s, &slices, &sums);
        print_table(&slices, &sums);
    }
    sk_arena_done(&a);
    return 0;
}
