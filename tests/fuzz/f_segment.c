/* A segment of any bytes: the scan covers every byte once, and each frame's head has one form. */
#include "archive/segment.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

/* A file that is the input. */
struct sk_file {
    const uint8_t *data;
    size_t size;
};

static int read_at(sk_file *f, void *to, size_t n, uint64_t offset, size_t *ret_n)
{
    size_t have = offset < f->size ? f->size - (size_t)offset : 0;
    *ret_n = n < have ? n : have;
    if (*ret_n)
        memcpy(to, f->data + offset, *ret_n);
    return 0;
}

static int get_size(sk_file *f, uint64_t *ret_size_bytes)
{
    *ret_size_bytes = f->size;
    return 0;
}

static void check_item(const sk_scan_item *it, const uint8_t *data, uint64_t *end)
{
    check(it->offset == *end && it->end > it->offset);
    *end = it->end;
    if (!it->is_frame)
        return;
    unsigned char head[SK_FRAME_HEAD_BYTES];
    sk_frame_put_head(&it->frame, head);
    check(memcmp(head, data + it->offset, sizeof head) == 0);
    check(it->body.n == it->frame.body_bytes);
    (void)sk_frame_body_is_good(&it->frame, it->body);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const sk_fs fs = {.read_at = read_at, .size = get_size};
    sk_file file = {data, size};
    sk_ctx cx;
    sk_scan scan;
    const sk_scan_item *items;
    uint64_t end = 0;
    size_t n = 1;
    sk_ctx_init(&cx);
    check(sk_scan_begin(&cx, &scan, &fs, &file, "input", 0) == SK_OK);
    while (n) {
        check(sk_scan_next(&cx, &scan, &items, &n) == SK_OK);
        for (size_t i = 0; i < n; i++)
            check_item(&items[i], data, &end);
    }
    check(end == size);
    sk_scan_done(&scan);
    sk_ctx_done(&cx);
    return 0;
}
