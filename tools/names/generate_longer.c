/* Longer names from single words: two to four pairs of words that are one name each, put together,
 * and the same with one word exchanged. Sisters and brothers share all but one word; pairs of single
 * words teach nothing of that. The words of one name come from one fold, so that no fold leaks. */
#include "generate.h"

#include "name/name_private.h"

#define NAMES_A_FOLD 25 /* true ones of each two scripts; twice as many false ones */
#define WORDS_MAX    4
#define WEIGHT       0.25f /* a false one half of that */

/* Pairs of words of one fold and two scripts. */
typedef struct words {
    const pair **at;
    size_t n, cap;
} words;

/* The two sides of a pair, that of the Latin script first. */
static sk_str side_of(const pair *p, bool latin)
{
    bool a_is_latin = sk_str_ends(p->lang_a, SK_S("/Latn"));

    return a_is_latin == latin ? p->a : p->b;
}

static sk_str joined(sk_arena *a, const pair *const *word, unsigned n, bool latin, int left_out,
                     dice *d)
{
    sk_str name = SK_NONE;

    for (unsigned i = 0; i < n; i++) {
        sk_str s = side_of(word[i], latin);
        char *p = sk_alloc_copy(a, s.p, s.n);
        if ((int)i == left_out)
            continue;
        if (latin && p[0] >= 'a' && p[0] <= 'z')
            p[0] = (char)(p[0] - 32);
        name =
            sk_fmt(a, "%.*s%s%s", SK_P(name), name.n && (latin || throw_dice(d, 5)) ? " " : "", p);
    }
    return name;
}

static void add_longer(sk_arena *a, pairs *p, sk_str x, sk_str y, bool label, unsigned fold)
{
    size_t from = p->n;

    add_pair(a, p, x, y, label);
    if (p->n == from)
        return;
    pair *r = &p->at[from];
    r->weight = label ? WEIGHT : WEIGHT / 2;
    r->fold_a = r->fold_b = (uint8_t)fold;
}

static void add_names(sk_arena *a, pairs *p, const words *w, unsigned fold, dice *d)
{
    for (unsigned i = 0; i < NAMES_A_FOLD; i++) {
        const pair *word[WORDS_MAX];
        unsigned n = 2 + throw_dice(d, WORDS_MAX - 1), at = throw_dice(d, n);
        for (unsigned k = 0; k < n; k++)
            word[k] = w->at[throw_dice(d, (unsigned)w->n)];
        sk_str latin = joined(a, word, n, true, -1, d);
        bool is_short = n > 2 && throw_dice(d, 3) == 0;
        add_longer(a, p, latin, joined(a, word, n, false, is_short ? 1 : -1, d), true, fold);
        for (unsigned k = 0; k < 2; k++) {
            const pair *keep = word[at];
            word[at] = w->at[throw_dice(d, (unsigned)w->n)];
            if (word[at] != keep)
                add_longer(a, p, latin, joined(a, word, n, false, -1, d), false, fold);
            word[at] = keep;
            at = (at + 1) % n;
        }
    }
}

void pairs_lengthen(sk_arena *a, pairs *p, unsigned n_fold)
{
    size_t n = p->n;
    dice d = {3};

    for (unsigned fold = 0; fold < n_fold; fold++) {
        for (unsigned script = SK_SCRIPT_CYRL; script <= SK_SCRIPT_ARAB; script++) {
            words w = {0};
            for (size_t i = 0; i < n; i++) {
                const pair *r = &p->at[i];
                bool fits = r->label && r->fold_a == fold && r->may_train && !r->is_generated &&
                            sk_str_find(r->origin, SK_S("COLING")) != SIZE_MAX &&
                            r->name_a->main_script == SK_SCRIPT_LATN &&
                            r->name_b->main_script == script;
                if (!fits)
                    continue;
                SK_GROW(a, w.at, w.n, w.cap);
                pair *copy = sk_new(a, pair); /* p->at moves when it grows */
                *copy = *r;
                w.at[w.n++] = copy;
            }
            if (w.n >= 4)
                add_names(a, p, &w, fold, &d);
        }
    }
}
