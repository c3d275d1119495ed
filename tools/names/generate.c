/* Pairs made from our own tables, where real ones are few. */
#include "generate.h"

/* Characters have readings that no list knows: rather a name too many than a reading missed. */
#define JAPANESE_OTHERS 0.4f
#define KOREAN_WEIGHT \
    0.2f /* spelled by rule, and so too clean to count in full; a false one half:
                              all are one syllable apart, as few names in life are */

#define ARABIC_WEIGHT 0.3f /* words that everybody has, put together at random */

void add_pair(sk_arena *a, pairs *p, sk_str x, sk_str y, bool label)
{
    if (x.n == 0 || y.n == 0 || sk_str_eq(x, y))
        return;
    SK_GROW(a, p->at, p->n, p->cap);
    p->at[p->n++] = (pair){.a = x,
                           .b = y,
                           .lang_a = SK_S("xx/Zyyy"),
                           .lang_b = SK_S("xx/Zyyy"),
                           .origin = SK_S("generated"),
                           .label = label,
                           .weight = 1,
                           .may_train = true,
                           .is_generated = true};
}

void pairs_generate(sk_arena *a, const char *model_dir, pairs *ret_pairs)
{
    size_t from = ret_pairs->n;
    generate_korean(a, ret_pairs);
    for (size_t i = from; i < ret_pairs->n; i++) {
        ret_pairs->at[i].is_korean = true;
        ret_pairs->at[i].weight = ret_pairs->at[i].label ? KOREAN_WEIGHT : KOREAN_WEIGHT / 2;
    }
    from = ret_pairs->n;
    generate_japanese(a, ret_pairs);
    for (size_t i = from; i < ret_pairs->n; i++)
        ret_pairs->at[i].weight = ret_pairs->at[i].label ? 1 : JAPANESE_OTHERS;
    from = ret_pairs->n;
    generate_arabic(a, model_dir, ret_pairs);
    for (size_t i = from; i < ret_pairs->n; i++) {
        ret_pairs->at[i].weight = ret_pairs->at[i].label ? ARABIC_WEIGHT : ARABIC_WEIGHT / 2;
        ret_pairs->at[i].has_letters = i % 3 == 0;
    }
}
