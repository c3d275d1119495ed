/* Two names, one a line, as bodies, ships, places and persons: sections stay in their bounds, their
 * comparison is symmetric, explanations and rests hold. */
#include "name/org.h"
#include "name/treasury.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static double rest(const void *arg)
{
    return 1;
}

static void compare(const sk_form *fa, const sk_form *fb, sk_name_kind kind)
{
    sk_arena arena = SK_ARENA_INIT;
    sk_rest_asker asker = {rest, NULL};
    sk_words_result r, back;
    const sk_name_step *step;
    sk_buf x, y;

    sk_buf_init(&x, SK_KIB(64));
    sk_buf_init(&y, SK_KIB(64));
    sk_words_prepare(fa, kind, &x);
    sk_words_prepare(fb, SK_NAME_ANY, &y);
    const sk_words *a = (const void *)x.p, *b = (const void *)y.p;
    sk_assert(!x.overflow && sk_words_size_bytes(a) == x.n && x.n % 8 == 0);
    sk_words_compare(a, b, NULL, &asker, &r);
    sk_words_compare(b, a, NULL, &asker, &back);
    sk_assert(r.evidence == back.evidence && r.words_a == back.words_b);
    sk_assert(r.evidence >= -8 && r.evidence <= 14);
    (void)sk_words_explain(&arena, fa, fb, a, b, NULL, &step);
    sk_buf_done(&x);
    sk_buf_done(&y);
    sk_arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static sk_form fa, fb, left;
    sk_str second = {(const char *)data, size}, first = SK_NONE;

    if (size)
        sk_str_cut(&second, '\n', &first);
    sk_form_read(first, &fa);
    sk_form_read(second, &fb);
    for (int kind = SK_NAME_ANY; kind <= SK_NAME_PLACE; kind++) {
        compare(&fa, &fb, (sk_name_kind)kind);
        if (sk_words_rest(&fa, (sk_name_kind)kind, &left))
            sk_assert(left.n_token > 0 && left.n_cp <= SK_FORM_CPS);
    }
    (void)sk_org_is_body(&fb);
    int score = sk_treasury_score(first, second);
    sk_assert(score >= -1 && score <= 100);
    return 0;
}
