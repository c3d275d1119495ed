/* Learn the weights of name comparison and write them as text.
 *
 *     train-names PAIRS.tsv MODEL_DIR
 *
 * Reads the pairs that may be trained on, adds pairs generated from the tables of MODEL_DIR, and
 * writes MODEL_DIR/edit.txt and MODEL_DIR/weights.txt. The same input gives the same bytes. */
#include "train.h"

#include <stdio.h>
#include <stdlib.h>

static FILE *open_text(const char *dir, const char *name)
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s", dir, name);
    FILE *f = fopen(path, "w");
    if (!f) {
        fprintf(stderr, "%s: cannot be written\n", path);
        exit(1);
    }
    return f;
}

static void write_matrix(FILE *f, const char *name, const int16_t m[SK_EDIT_A][SK_EDIT_A])
{
    for (unsigned x = 0; x < SK_EDIT_A; x++) {
        fprintf(f, "%s", name);
        for (unsigned y = 0; y < SK_EDIT_A; y++)
            fprintf(f, " %d", m[x][y]);
        fprintf(f, "\n");
    }
}

static void write_edit(const char *dir, const sk_edit_weights *w)
{
    FILE *f = open_text(dir, "edit.txt");

    fprintf(
        f,
        "# Letters that stand for one another, in 1/64 nat: made by tools/names/train-names from\n"
        "# pairs in the public domain, CC0, CC BY and our own. After \"pair A B\" three matrices:\n"
        "# both: row, letter of A; column, letter of B. left, right: row, the letter before;\n"
        "# column, a letter of A (of B) that stands for nothing. The first row and column of both\n"
        "# are letters that stand for nothing whatever stood before. Order: nothing, a to z.\n");
    for (unsigned i = 0; i < w->n_pair; i++) {
        fprintf(f, "pair %s %s\n", sk_script_name((sk_script)w->script_a[i]),
                sk_script_name((sk_script)w->script_b[i]));
        write_matrix(f, "both", w->pair[i].both);
        write_matrix(f, "left", w->pair[i].left);
        write_matrix(f, "right", w->pair[i].right);
    }
    fclose(f);
}

static void write_row(FILE *f, const char *name, unsigned i, unsigned j, const float *w, unsigned n)
{
    fprintf(f, "%s %u %u", name, i, j);
    for (unsigned k = 0; k < n; k++)
        fprintf(f, " %.3f", (double)w[k]);
    fprintf(f, "\n");
}

static void write_combine(const char *dir, const sk_combine_weights *w)
{
    FILE *f = open_text(dir, "weights.txt");

    fprintf(f,
            "# Weights of accounts: made by tools/names/train-names, see edit.txt.\n"
            "# own ACCOUNT CLASS: features of one account; joint REGIME CLASS: of all together.\n"
            "# Numbers of accounts, classes, regimes and features: src/name/combine.[ch].\n");
    for (unsigned i = 0; i < SK_ACCOUNTS; i++) {
        for (unsigned c = 0; c < SK_PAIR_CLASSES && strcmp(sk_pair_class_name(c), "free"); c++) {
            fprintf(f, "# %s %s\n", sk_account_name((sk_account)i), sk_pair_class_name(c));
            write_row(f, "own", i, c, w->own[i][c], SK_OWN_FEATURES);
        }
    }
    for (unsigned r = 0; r < SK_REGIMES; r++) {
        for (unsigned c = 0; c < SK_PAIR_CLASSES && strcmp(sk_pair_class_name(c), "free"); c++) {
            fprintf(f, "# %s %s\n", sk_regime_name((sk_regime)r), sk_pair_class_name(c));
            write_row(f, "joint", r, c, w->joint[r][c], SK_JOINT_FEATURES);
        }
    }
    fclose(f);
}

int main(int argc, char **argv)
{
    sk_arena a = SK_ARENA_INIT;
    pairs p = {0};

    if (argc != 3) {
        fprintf(stderr, "usage: train-names PAIRS.tsv MODEL_DIR\n");
        return 2;
    }
    pairs_read(&a, argv[1], &p);
    pairs_generate(&a, argv[2], &p);
    pairs_prepare(&a, &p, 10);
    bool *use = sk_new_array(&a, bool, p.n);
    size_t n = 0;
    for (size_t i = 0; i < p.n; i++)
        n += use[i] = p.at[i].may_train;
    sk_edit_weights *edit = sk_new(&a, sk_edit_weights);
    sk_combine_weights *combine = sk_new(&a, sk_combine_weights);
    train_all(&a, &p, use, edit, combine);
    write_edit(argv[2], edit);
    write_combine(argv[2], combine);
    fprintf(stderr, "learned from %zu pairs\n", n);
    sk_arena_done(&a);
    return 0;
}
