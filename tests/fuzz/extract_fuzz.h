/* What the fuzz targets of the extractor share: run a reader, then check what every document must
 * keep to (record/document.h). */
#ifndef SK_FUZZ_EXTRACT_H
#define SK_FUZZ_EXTRACT_H

#include "base/clock.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "extract.h"

enum { FUZZ_MS = 20000 };

static inline void check_gap(sk_str text, size_t from, size_t to)
{
    for (; from < to; from++)
        sk_assert(text.p[from] == ' ' || text.p[from] == '\t' || text.p[from] == '\n');
}

static inline void check_document(const sk_document *d, uint64_t exhibit_bytes)
{
    size_t end = 0;
    sk_assert(sk_utf8_find_bad(d->text) == SIZE_MAX && sk_nfc_check(d->text));
    sk_assert(sk_utf8_find_bad(d->title) == SIZE_MAX && sk_nfc_check(d->title));
    sk_assert(sk_utf8_find_bad(d->note) == SIZE_MAX);
    sk_assert(d->outcome == SK_OUTCOME_OK || d->note.n);
    for (size_t i = 0; i < d->text.n; i++)
        sk_assert((unsigned char)d->text.p[i] >= 0x20 || d->text.p[i] == '\t' ||
                  d->text.p[i] == '\n');
    for (size_t i = 0; i < d->n_blocks; i++) {
        const sk_block *k = &d->blocks[i];
        sk_assert(k->start < k->end && k->end < d->text.n && (i == 0 || k->start > end));
        sk_assert(k->orig_start <= k->orig_end && k->orig_end <= exhibit_bytes);
        sk_assert(sk_utf8_find_bad(k->place) == SIZE_MAX);
        sk_assert(k->place.n <= SK_LIM_EXTRACT_PLACE_BYTES && sk_nfc_check(k->place));
        check_gap(d->text, end, k->start);
        end = k->end;
    }
    check_gap(d->text, end, d->text.n);
}

/* Read the bytes as the format that they or the name say. */
static inline void fuzz_document(const uint8_t *data, size_t size, const char *name)
{
    sk_ctx cx;
    sk_document d;
    sk_ctx_init(&cx);
    sk_source src = {.bytes = {(const char *)data, size}, .fd = -1, .name = sk_str_of(name)};
    sk_extract_document(&cx, &src, sk_clock_ms() + FUZZ_MS, &d);
    check_document(&d, size);
    sk_ctx_done(&cx);
}

/* The same with one reader, whatever the bytes look like. */
static inline void fuzz_reader(const uint8_t *data, size_t size,
                               void (*reader)(sk_build *, const sk_source *))
{
    sk_ctx cx;
    sk_document d;
    sk_build b;
    sk_ctx_init(&cx);
    sk_source src = {.bytes = {(const char *)data, size}, .fd = -1};
    sk_build_init(&b, &cx, sk_clock_ms() + FUZZ_MS);
    reader(&b, &src);
    sk_build_finish(&b, &d);
    check_document(&d, size);
    sk_ctx_done(&cx);
}

#endif
