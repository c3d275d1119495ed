/* What the tests of reading share: documents in process, looking into them, and their invariants. */
#ifndef SK_TEST_READ_HELPER_H
#define SK_TEST_READ_HELPER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants those first */
#include <cmocka.h>

#include "base/clock.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "extract.h"
#include "record/document.h"

#include <stdio.h>
#include <stdlib.h>

static sk_ctx cx;

static inline int setup(void **state)
{
    sk_ctx_init(&cx);
    return 0;
}

static inline int teardown(void **state)
{
    sk_ctx_done(&cx);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static inline sk_str block_text(const sk_document *d, size_t i)
{
    assert_true(i < d->n_blocks);
    return sk_str_sub(d->text, d->blocks[i].start, d->blocks[i].end - d->blocks[i].start);
}

#define assert_str(got, want)                                   \
    do {                                                        \
        sk_str got_ = (got);                                    \
        assert_string_equal(sk_str_c(&cx.arena, got_), (want)); \
    } while (0)

#define assert_block(d, i, want_kind, want_text)                     \
    do {                                                             \
        assert_str(block_text((d), (i)), (want_text));               \
        assert_string_equal(sk_block_kind_name((d)->blocks[i].kind), \
                            sk_block_kind_name(want_kind));          \
    } while (0)

/* The block that holds part, or fail. */
static inline size_t find_block(const sk_document *d, const char *part)
{
    for (size_t i = 0; i < d->n_blocks; i++)
        if (sk_str_find(block_text(d, i), sk_str_of(part)) != SIZE_MAX)
            return i;
    fail_msg("no block holds \"%s\" in:\n%.*s", part, SK_P(d->text));
    return 0;
}

static inline bool has_text(const sk_document *d, const char *part)
{
    return sk_str_find(d->text, sk_str_of(part)) != SIZE_MAX;
}

static inline bool note_says(const sk_document *d, const char *part)
{
    return sk_str_find(d->note, sk_str_of(part)) != SIZE_MAX;
}

/* What record/document.h promises, of any document. */
static inline void assert_sound(const sk_document *d)
{
    size_t end = 0;
    assert_true(sk_utf8_find_bad(d->text) == SIZE_MAX);
    assert_true(sk_nfc_check(d->text));
    assert_true(d->outcome == SK_OUTCOME_OK || d->note.n > 0);
    for (size_t i = 0; i < d->n_blocks; i++) {
        const sk_block *k = &d->blocks[i];
        assert_true(k->start < k->end && k->end < d->text.n);
        assert_true(i == 0 || k->start > end);
        for (; end < k->start; end++)
            assert_true(strchr(" \t\n", d->text.p[end]) != NULL);
        assert_true(k->orig_start <= k->orig_end);
        end = k->end;
    }
    for (; end < d->text.n; end++)
        assert_true(strchr(" \t\n", d->text.p[end]) != NULL);
}

static inline sk_document read_as(sk_str bytes, const char *name, const char *charset)
{
    sk_document d;
    sk_source src = {
        .bytes = bytes,
        .fd = -1,
        .name = sk_str_of(name),
        .charset = sk_str_of(charset),
    };
    sk_extract_document(&cx, &src, sk_clock_ms() + 60000, &d);
    assert_sound(&d);
    return d;
}

static inline sk_document read_bytes(sk_str bytes, const char *name)
{
    return read_as(bytes, name, NULL);
}

static inline sk_document read_text(const char *text, const char *name)
{
    return read_bytes(sk_str_of(text), name);
}

/* The bytes of the exhibit that block i stands for. */
static inline sk_str original(sk_str bytes, const sk_document *d, size_t i)
{
    const sk_block *k = &d->blocks[i];
    assert_true(k->orig_start < k->orig_end && k->orig_end <= bytes.n);
    return sk_str_sub(bytes, (size_t)k->orig_start, (size_t)(k->orig_end - k->orig_start));
}

/* A file of ../shared/data, or empty when it is not there (the test then skips and says so). */
static inline sk_str shared_file(const char *path)
{
    const char *root = getenv("SILLOK_SHARED");
    sk_str full = sk_fmt(&cx.arena, "%s/data/%s", root ? root : SK_SHARED, path);
    FILE *f = fopen(full.p, "rb");
    sk_buf b;
    if (!f) {
        print_message("SKIP: %s is not there\n", full.p);
        return SK_NONE;
    }
    sk_buf_init(&b, SK_MIB(64));
    for (size_t n; (n = fread(sk_buf_room(&b, 65536), 1, 65536, f)) > 0;)
        sk_buf_grew(&b, n);
    fclose(f);
    sk_str r = sk_str_copy(&cx.arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return r;
}

#endif
