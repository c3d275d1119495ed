/* Sections of names for the tests of the latent models: made once, kept to the end. */
#ifndef SK_TEST_LATENT_H
#define SK_TEST_LATENT_H

#include "name/latent_private.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

static sk_arena test_arena;
static sk_form test_form;

static inline const sk_latent *section(const char *raw)
{
    sk_buf b;

    sk_form_read(sk_str_of(raw), &test_form);
    sk_buf_init(&b, 1u << 16);
    sk_latent_prepare(&test_form, &b);
    assert_false(b.overflow);
    const sk_latent *s = (const void *)sk_alloc_copy(&test_arena, b.p, b.n);
    assert_int_equal(sk_latent_size_bytes(s), b.n);
    assert_int_equal(b.n % 8, 0);
    sk_buf_done(&b);
    return s;
}

static inline sk_latent_result compared(const char *a, const char *b, sk_latent_lang lang)
{
    sk_latent_result r[SK_LATENT_LANGS];

    sk_latent_compare(section(a), section(b), r);
    return r[lang];
}

#endif
