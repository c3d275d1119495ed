/* What a taken-over worker may send to the parent. */
#include "confine/reply.h"

#include "base/nfc.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_ctx cx;
    sk_document *d;
    sk_ctx_init(&cx);
    if (sk_reply_read(&cx, (sk_str){(const char *)data, size}, size, &d) == SK_OK) {
        size_t end = 0;
        sk_assert(sk_utf8_find_bad(d->text) == SIZE_MAX && sk_nfc_check(d->text));
        for (size_t i = 0; i < d->n_blocks; end = d->blocks[i++].end)
            sk_assert(d->blocks[i].start >= end && d->blocks[i].end < d->text.n);
    }
    sk_ctx_done(&cx);
    return 0;
}
