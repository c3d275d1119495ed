/* Any bytes as two names (cut at a line feed): sections are made, compared both ways, explained,
 * decoded and keyed; comparing is symmetric. */
#include "name/latent.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const sk_latent *section(sk_arena *arena, sk_str raw, sk_form *f)
{
    sk_buf b;

    sk_form_read(raw, f);
    sk_buf_init(&b, 1u << 16);
    sk_latent_prepare(f, &b);
    sk_assert(!b.overflow && b.n % 8 == 0);
    const sk_latent *s = (const void *)sk_alloc_copy(arena, b.p, b.n);
    sk_assert(sk_latent_size_bytes(s) == b.n);
    sk_buf_done(&b);
    return s;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static sk_form fa, fb;
    sk_arena arena = SK_ARENA_INIT;
    sk_str rest = {(const char *)data, size}, first = SK_NONE;
    sk_latent_result x[SK_LATENT_LANGS], y[SK_LATENT_LANGS];
    const sk_name_reading *readings;
    uint64_t keys[SK_NAME_KEYS];

    sk_str_cut(&rest, '\n', &first);
    const sk_latent *a = section(&arena, first, &fa), *b = section(&arena, rest, &fb);
    sk_latent_compare(a, b, x);
    sk_latent_compare(b, a, y);
    for (unsigned l = 0; l < SK_LATENT_LANGS; l++) {
        const sk_name_step *step;
        sk_assert(x[l].applicable == y[l].applicable && x[l].mean == y[l].mean);
        sk_assert(x[l].mean >= 0 && x[l].mean <= SK_LATENT_MAX);
        sk_latent_explain(&arena, &fa, &fb, a, b, (sk_latent_lang)l, &step);
        sk_latent_losing(&arena, a, b, (sk_latent_lang)l);
    }
    sk_latent_same same;
    sk_latent_same_script(a, b, &same);
    sk_latent_decode(&arena, a, &readings);
    sk_assert(sk_latent_keys(b, keys, SK_NAME_KEYS) <= SK_NAME_KEYS);
    sk_arena_done(&arena);
    return 0;
}
