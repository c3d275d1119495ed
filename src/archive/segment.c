/* See archive/segment.h. */
#include "archive/segment.h"

static const unsigned char magic[8] = {0xFF, 'S', 'I', 'L', 'L', 'O', 'K', '\n'};

enum { KIND = 8, LENGTH = 12, ID = 16, CHECK = 48, WINDOW = 4 << 20 };

static void put_check(const unsigned char *head, unsigned char ret_check[8])
{
    sk_hash h = sk_sha256((sk_str){(const char *)head, CHECK});
    memcpy(ret_check, h.b, 8);
}

void sk_frame_put_head(const sk_frame *frame, unsigned char ret_head[SK_FRAME_HEAD_BYTES])
{
    memset(ret_head, 0, SK_FRAME_HEAD_BYTES);
    memcpy(ret_head, magic, sizeof magic);
    ret_head[KIND] = (unsigned char)frame->kind;
    for (unsigned i = 0; i < 4; i++)
        ret_head[LENGTH + i] = (unsigned char)(frame->body_bytes >> (24 - 8 * i));
    memcpy(ret_head + ID, frame->id.b, 32);
    put_check(ret_head, ret_head + CHECK);
}

bool sk_frame_parse_head(sk_str data, sk_frame *ret_frame)
{
    const unsigned char *p = (const unsigned char *)data.p;
    if (data.n < SK_FRAME_HEAD_BYTES || memcmp(p, magic, sizeof magic) != 0)
        return false;
    unsigned char check[8];
    put_check(p, check);
    if (memcmp(check, p + CHECK, sizeof check) != 0)
        return false;
    sk_frame f = {.kind = (sk_frame_kind)p[KIND]};
    for (unsigned i = 0; i < 4; i++)
        f.body_bytes = f.body_bytes << 8 | p[LENGTH + i];
    memcpy(f.id.b, p + ID, 32);
    if (p[KIND] > SK_FRAME_ERASED || p[KIND + 1] || p[KIND + 2] || p[KIND + 3] ||
        f.body_bytes > SK_LIM_FRAME_BYTES)
        return false;
    *ret_frame = f;
    return true;
}

size_t sk_frame_find(sk_str data, size_t from)
{
    sk_frame frame;
    while (from < data.n) {
        const char *at = memmem(data.p + from, data.n - from, magic, sizeof magic);
        if (!at)
            break;
        from = (size_t)(at - data.p);
        if (sk_frame_parse_head(sk_str_sub(data, from, data.n), &frame))
            return from;
        from++;
    }
    return SIZE_MAX;
}

bool sk_frame_body_is_good(const sk_frame *frame, sk_str body)
{
    sk_hash h, said;
    switch (frame->kind) {
    case SK_FRAME_PLAIN:
        h = sk_sha256(body);
        return sk_hash_eq(&h, &frame->id);
    case SK_FRAME_AGE:
        if (body.n < sizeof said.b)
            return false;
        memcpy(said.b, body.p, sizeof said.b);
        h = sk_sha256(sk_str_sub(body, sizeof said.b, body.n));
        return sk_hash_eq(&h, &said);
    case SK_FRAME_ERASED:
        for (size_t i = 0; i < body.n; i++)
            if (body.p[i])
                return false;
        return true;
    }
    return false;
}

sk_str sk_segment_name(sk_arena *a, uint32_t segment)
{
    return sk_fmt(a, "entries/%08u.seg", segment);
}

uint32_t sk_segment_number(sk_str name)
{
    if (name.n != 12 || !sk_str_ends(name, SK_S(".seg")))
        return 0;
    uint32_t n = 0;
    for (size_t i = 0; i < 8; i++) {
        if (name.p[i] < '0' || name.p[i] > '9')
            return 0;
        n = n * 10 + (uint32_t)(name.p[i] - '0');
    }
    return n;
}

/* ---- scanning ---- */

sk_rc sk_scan_begin(sk_ctx *cx, sk_scan *scan, const sk_fs *fs, sk_file *file, const char *path,
                    uint64_t offset)
{
    *scan =
        (sk_scan){.fs = fs, .file = file, .path = path, .offset = offset, .bad_from = UINT64_MAX};
    int err = fs->size(file, &scan->size_bytes);
    if (err)
        return sk_fs_fail(cx, err, "cannot measure", path);
    uint64_t left = offset < scan->size_bytes ? scan->size_bytes - offset : 0;
    scan->window = sk_xmalloc(left < WINDOW ? (size_t)left : WINDOW);
    return SK_OK;
}

void sk_scan_done(sk_scan *scan)
{
    free(scan->window);
    sk_arena_done(&scan->arena);
}

static sk_scan_item *add_item(sk_scan *scan, size_t *n, uint64_t offset, uint64_t end)
{
    SK_GROW(&scan->arena, scan->items, *n, scan->cap);
    sk_scan_item *it = &scan->items[(*n)++];
    *it = (sk_scan_item){.offset = offset, .end = end};
    return it;
}

/* Damage ended at end: report it as one item. */
static void end_damage(sk_scan *scan, size_t *n, uint64_t end)
{
    if (scan->bad_from != UINT64_MAX)
        add_item(scan, n, scan->bad_from, end);
    scan->bad_from = UINT64_MAX;
}

/* Nothing good begins at byte p of the window: go on at the next head, or keep for the next window
 * as many bytes as the beginning of a head may have. Returns where to go on. */
static size_t skip_damage(sk_scan *scan, sk_str window, size_t p, bool is_last)
{
    if (scan->bad_from == UINT64_MAX)
        scan->bad_from = scan->offset + p;
    size_t next = sk_frame_find(window, p + 1);
    if (next != SIZE_MAX)
        return next;
    if (is_last || window.n - p < SK_FRAME_HEAD_BYTES)
        return window.n;
    return window.n - (SK_FRAME_HEAD_BYTES - 1);
}

/* Take apart the bytes of one window; returns how many were used. */
static size_t scan_window(sk_scan *scan, sk_str window, bool is_last, size_t *n)
{
    size_t p = 0;
    while (p < window.n) {
        sk_frame frame;
        sk_str rest = sk_str_sub(window, p, window.n);
        bool is_head = sk_frame_parse_head(rest, &frame);
        size_t all = is_head ? SK_FRAME_HEAD_BYTES + (size_t)frame.body_bytes : 0;
        bool is_cut = is_head ? all > rest.n : rest.n < SK_FRAME_HEAD_BYTES;
        if (is_cut && !is_last)
            break;
        if (is_cut || !is_head) {
            p = skip_damage(scan, window, p, is_last);
            continue;
        }
        end_damage(scan, n, scan->offset + p);
        sk_scan_item *it = add_item(scan, n, scan->offset + p, scan->offset + p + all);
        it->is_frame = true;
        it->frame = frame;
        it->body = sk_str_sub(rest, SK_FRAME_HEAD_BYTES, frame.body_bytes);
        p += all;
    }
    if (is_last)
        end_damage(scan, n, scan->offset + window.n);
    return p;
}

sk_rc sk_scan_next(sk_ctx *cx, sk_scan *scan, const sk_scan_item **ret_items, size_t *ret_n)
{
    size_t n = 0;
    while (n == 0 && scan->offset < scan->size_bytes) {
        uint64_t left = scan->size_bytes - scan->offset;
        size_t want = left < WINDOW ? (size_t)left : WINDOW, got;
        int err = scan->fs->read_at(scan->file, scan->window, want, scan->offset, &got);
        if (err)
            return sk_fs_fail(cx, err, "cannot read", scan->path);
        if (got < want) /* a writer's recovery cut the unacknowledged tail meanwhile */
            scan->size_bytes = scan->offset + got;
        bool is_last = got < want || want == left;
        size_t used = scan_window(scan, (sk_str){scan->window, got}, is_last, &n);
        if (is_last)
            used = got;
        sk_assert(used > 0 || is_last); /* the window holds the largest frame */
        scan->offset += used;
    }
    *ret_items = scan->items;
    *ret_n = n;
    return SK_OK;
}
