/* For the tests of the word comparers: one pair of names compared by words alone. */
#ifndef WORDS_TEST_H
#define WORDS_TEST_H

#include "name/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline sk_words_result words_both(const char *a, const char *b, sk_name_kind kind,
                                         const sk_rest_asker *rest)
{
    static sk_form fa, fb;
    sk_words_result r, back;
    sk_buf x, y;

    sk_form_read(sk_str_of(a), &fa);
    sk_form_read(sk_str_of(b), &fb);
    sk_buf_init(&x, SK_KIB(64));
    sk_buf_init(&y, SK_KIB(64));
    sk_words_prepare(&fa, kind, &x);
    sk_words_prepare(&fb, kind, &y);
    assert_int_equal(x.n % 8, 0);
    const sk_words *wa = (const sk_words *)(const void *)x.p, *wb = (const void *)y.p;
    assert_int_equal(sk_words_size_bytes(wa), x.n);
    sk_words_compare(wa, wb, NULL, rest, &r);
    sk_words_compare(wb, wa, NULL, rest, &back);
    assert_true(r.evidence == back.evidence && r.n_left_a == back.n_left_b); /* symmetric */
    sk_buf_done(&x);
    sk_buf_done(&y);
    return r;
}

static inline double words_evidence(const char *a, const char *b, sk_name_kind kind)
{
    return (double)words_both(a, b, kind, NULL).evidence;
}

#define assert_alike(a, b, kind)                                                    \
    do {                                                                            \
        double e_ = words_evidence((a), (b), (kind));                               \
        if (e_ < -0.15)                                                             \
            fail_msg("\"%s\" and \"%s\" should be alike, evidence %.2f", a, b, e_); \
    } while (0)

#define assert_unlike(a, b, kind)                                                 \
    do {                                                                          \
        double e_ = words_evidence((a), (b), (kind));                             \
        if (e_ >= -0.15)                                                          \
            fail_msg("\"%s\" and \"%s\" should differ, evidence %.2f", a, b, e_); \
    } while (0)

#endif
