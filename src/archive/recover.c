/* Bringing the tail of an archive in order when it is opened for writing.
 *
 *   leaves    |-------- signed --------|-- acknowledged --|~ torn ~|
 *   segments  |-------- signed --------|-- acknowledged --|~~~ never acknowledged ~~~|
 *                                      ^ looked at from here on
 *
 * Bodies reach the disk before their leaves do, and frames stand in the order of their leaves. So
 * everything behind the last frame that has a leaf was never acknowledged: it goes to quarantine/
 * and the segment is cut. A leaf that was torn by a crash stands beside the intact frame it was
 * written for, and is written again from it. A leaf whose body is gone is counted and kept; then
 * what lies at the end may be that body, damaged, so nothing is cut and writing goes on in a new
 * segment.
 *
 * What is kept behind the signed part is then written once more, the same bytes in the same places,
 * and synced: if an fsync failed in an earlier run, the system may hold pages it believes clean and
 * the disk does not have. Only then is a checkpoint signed over it.
 *
 * When the archive was closed in order there is no tail, and this costs a few reads. */
#include "archive/archive_priv.h"

enum { STEP = 1 << 20 };

typedef struct tail {
    sk_archive *ar;
    uint64_t signed_size;  /* leaves under the checkpoint                       */
    uint32_t from_segment; /* where the frames behind the signed ones begin     */
    uint64_t from_offset;
    bool is_exact;        /* that place is known, not guessed                  */
    uint32_t end_segment; /* behind the last frame that has a leaf             */
    uint64_t end_offset;
    uint32_t last_segment; /* there is                                          */
    sk_hash *ids;          /* leaves [signed_size, own->n), malloc              */
    bool *has_body;
    uint64_t n_ids;
    uint64_t next;                       /* the tail leaf that the next frame should have     */
    bool is_aligned;                     /* no damage met yet, so "next" can be relied on     */
    uint64_t loose_bodies, loose_damage; /* behind the last frame that has a leaf */
} tail;

/* ---- where the tail begins ---- */

/* Find the frame of id in one segment, searching from its end backwards; ret_end stays UINT64_MAX
 * when it is not there. Cost: one window when it is the last frame. */
static sk_rc find_in_segment(sk_ctx *cx, sk_archive *ar, uint32_t segment, const sk_hash *id,
                             uint64_t *ret_end)
{
    const char *path = sk_archive_path(&cx->arena, ar, sk_segment_name(&cx->arena, segment).p);
    sk_file *f;
    uint64_t size;
    SK_TRY(sk_archive_segment(cx, ar, segment, false, &f));
    int err = ar->fs->size(f, &size);
    if (err)
        return sk_fs_fail(cx, err, "cannot measure", path);
    char *window = sk_xmalloc(STEP + SK_FRAME_HEAD_BYTES);
    sk_rc rc = SK_OK;
    size_t step = 1 << 16;
    for (uint64_t to = size; !rc && to > 0 && *ret_end == UINT64_MAX; step = STEP) {
        uint64_t from = to > step ? to - step : 0;
        uint64_t upto = to + SK_FRAME_HEAD_BYTES - 1 < size ? to + SK_FRAME_HEAD_BYTES - 1 : size;
        sk_str data = {window, (size_t)(upto - from)};
        rc = sk_fs_read_exact(cx, ar->fs, f, path, window, data.n, from);
        for (size_t at = 0; !rc && (at = sk_frame_find(data, at)) != SIZE_MAX; at++) {
            sk_frame frame;
            sk_assert(sk_frame_parse_head(sk_str_sub(data, at, data.n), &frame));
            uint64_t end = from + at + SK_FRAME_HEAD_BYTES + frame.body_bytes;
            if (sk_hash_eq(&frame.id, id) && end <= size)
                *ret_end = end;
        }
        to = from;
    }
    free(window);
    return rc;
}

/* Set from_segment and from_offset. When the last signed frame is nowhere (its segment is damaged),
 * all segments are looked at. */
static sk_rc find_start(sk_ctx *cx, tail *t)
{
    sk_archive *ar = t->ar;
    t->from_segment = 1;
    t->is_exact = t->signed_size == 0;
    SK_TRY(sk_archive_last_segment(cx, ar, &t->last_segment));
    if (t->signed_size == 0)
        return SK_OK;
    sk_hash id;
    SK_TRY(sk_log_read(cx, ar->own, t->signed_size - 1, 1, &id));
    for (uint32_t s = t->last_segment; s >= 1; s--) {
        uint64_t end = UINT64_MAX;
        sk_rc rc = find_in_segment(cx, ar, s, &id, &end);
        if (rc == SK_E_NOTFOUND)
            sk_forgive(cx); /* a gap in the numbers: sk_verify names it */
        else if (rc)
            return rc;
        if (end != UINT64_MAX) {
            t->from_segment = s;
            t->from_offset = end;
            t->is_exact = true;
            return SK_OK;
        }
    }
    return SK_OK;
}

/* ---- what is in it ---- */

/* The position of id among the tail leaves, or UINT64_MAX. In order, so mostly the next one. */
static uint64_t find_leaf(const tail *t, const sk_hash *id)
{
    if (t->next < t->n_ids && sk_hash_eq(&t->ids[t->next], id))
        return t->next;
    uint64_t at = sk_leafmap_find(&t->ar->map, id), leaf;
    size_t log;
    if (at == UINT64_MAX)
        return UINT64_MAX;
    sk_leafmap_place(&t->ar->map, at, &log, &leaf);
    if (t->ar->logs[log] != t->ar->own || leaf < t->signed_size)
        return UINT64_MAX;
    return leaf - t->signed_size;
}

/* True when the id stands in some log, outside this device's tail. */
static bool is_elsewhere(const tail *t, const sk_hash *id)
{
    return sk_leafmap_find(&t->ar->map, id) != UINT64_MAX;
}

static void keep_up_to(tail *t, uint32_t segment, uint64_t end)
{
    t->end_segment = segment;
    t->end_offset = end;
    t->loose_bodies = t->loose_damage = 0;
}

/* One more thing found in the tail. */
static void meet(tail *t, uint32_t segment, const sk_scan_item *it)
{
    const sk_hash *id = &it->frame.id;
    bool is_good = it->is_frame && sk_frame_body_is_good(&it->frame, it->body);
    uint64_t leaf = it->is_frame ? find_leaf(t, id) : UINT64_MAX;
    if (leaf != UINT64_MAX) {
        t->has_body[leaf] |= is_good;
        t->next = leaf + 1;
        t->is_aligned &= is_good;
        keep_up_to(t, segment, it->end);
    } else if (it->is_frame && is_elsewhere(t, id)) {
        keep_up_to(t, segment, it->end);
    } else if (is_good && t->is_aligned && t->next < t->n_ids && !t->has_body[t->next]) {
        t->ids[t->next] = *id; /* the leaf in this frame's place fits nothing: it was torn */
        t->has_body[t->next++] = true;
        t->ar->recovery.leaves_mended++;
        keep_up_to(t, segment, it->end);
    } else if (is_good) {
        t->loose_bodies++;
    } else {
        t->loose_damage++;
        t->is_aligned = false;
    }
}

static sk_rc scan_segment(sk_ctx *cx, tail *t, uint32_t segment, uint64_t offset)
{
    sk_archive *ar = t->ar;
    const char *path = sk_archive_path(&cx->arena, ar, sk_segment_name(&cx->arena, segment).p);
    sk_file *f;
    sk_rc rc = sk_archive_segment(cx, ar, segment, false, &f);
    if (rc == SK_E_NOTFOUND) {
        sk_forgive(cx);
        t->is_aligned = false;
        return SK_OK;
    }
    if (rc)
        return rc;
    sk_scan scan;
    SK_TRY(sk_scan_begin(cx, &scan, ar->fs, f, path, offset));
    const sk_scan_item *items;
    size_t n = 1;
    while (!rc && n) {
        rc = sk_scan_next(cx, &scan, &items, &n);
        for (size_t i = 0; !rc && i < n; i++)
            meet(t, segment, &items[i]);
    }
    sk_scan_done(&scan);
    return rc;
}

/* ---- setting aside and making durable ---- */

/* Copy [offset, size) of a segment to quarantine/, named by place and content so that doing it
 * twice is doing it once; then cut the segment there. */
static sk_rc quarantine(sk_ctx *cx, sk_archive *ar, uint32_t segment, uint64_t offset)
{
    const char *path = sk_archive_path(&cx->arena, ar, sk_segment_name(&cx->arena, segment).p);
    const char *dir = sk_archive_path(&cx->arena, ar, "quarantine");
    sk_file *f;
    uint64_t size;
    SK_TRY(sk_archive_segment(cx, ar, segment, false, &f));
    int err = ar->fs->size(f, &size);
    if (err)
        return sk_fs_fail(cx, err, "cannot measure", path);
    if (size <= offset)
        return SK_OK;
    size_t n =
        (size_t)(size - offset); /* a group and a torn frame: bounded by SK_LIM_GROUP_BYTES */
    char *bytes = sk_xmalloc(n);
    sk_rc rc = sk_fs_read_exact(cx, ar->fs, f, path, bytes, n, offset);
    if (!rc) {
        sk_hash h = sk_sha256((sk_str){bytes, n});
        const char *name = sk_fmt(&cx->arena, "%08u-%012llu-%.16s.frames", segment,
                                  (unsigned long long)offset, sk_hash_hex(&cx->arena, &h).p)
                               .p;
        rc = sk_fs_replace(cx, ar->fs, sk_str_of(dir), name, 0600, (sk_str){bytes, n}, true);
    }
    free(bytes);
    if (!rc && (err = ar->fs->truncate(f, offset)))
        rc = sk_fs_fail(cx, err, "cannot cut", path);
    if (!rc && (err = ar->fs->sync(f)))
        rc = sk_fs_fail(cx, err, "cannot sync", path);
    return rc;
}

/* Write [from, to) of a file over itself and sync it. */
static sk_rc rewrite(sk_ctx *cx, sk_archive *ar, sk_file *f, const char *path, uint64_t from,
                     uint64_t to)
{
    char *bytes = sk_xmalloc(STEP);
    sk_rc rc = SK_OK;
    int err = 0;
    while (!rc && from < to) {
        size_t n = to - from < STEP ? (size_t)(to - from) : STEP;
        rc = sk_fs_read_exact(cx, ar->fs, f, path, bytes, n, from);
        if (!rc && (err = ar->fs->write_at(f, bytes, n, from)))
            rc = sk_fs_fail(cx, err, "cannot write", path);
        from += n;
    }
    free(bytes);
    if (!rc && (err = ar->fs->sync(f)))
        rc = sk_fs_fail(cx, err, "cannot sync", path);
    return rc;
}

static sk_rc make_durable(sk_ctx *cx, tail *t)
{
    sk_archive *ar = t->ar;
    for (uint32_t s = t->from_segment; s <= t->end_segment; s++) {
        const char *path = sk_archive_path(&cx->arena, ar, sk_segment_name(&cx->arena, s).p);
        sk_file *f;
        uint64_t to = t->end_offset;
        sk_rc rc = sk_archive_segment(cx, ar, s, false, &f);
        if (rc == SK_E_NOTFOUND) {
            sk_forgive(cx);
            continue;
        }
        int err = rc || s == t->end_segment ? 0 : ar->fs->size(f, &to);
        if (err)
            rc = sk_fs_fail(cx, err, "cannot measure", path);
        if (!rc)
            rc = rewrite(cx, ar, f, path, s == t->from_segment ? t->from_offset : 0, to);
        if (rc)
            return rc;
    }
    SK_TRY(sk_fs_sync_dir(cx, ar->fs, sk_archive_path(&cx->arena, ar, "entries")));
    if (t->n_ids)
        SK_TRY(sk_log_write(cx, ar->own, t->signed_size, t->ids, (size_t)t->n_ids));
    int err = ar->fs->sync(ar->own->leaves);
    return err ? sk_fs_fail(cx, err, "cannot sync", ar->own->path) : SK_OK;
}

/* ---- the order of it ---- */

static sk_rc cut_leaves(sk_ctx *cx, sk_archive *ar)
{
    uint64_t extra;
    SK_TRY(sk_log_look(cx, ar->own, &extra));
    if (!extra)
        return SK_OK;
    int err = ar->fs->truncate(ar->own->leaves, ar->own->n * sizeof(sk_hash));
    if (err)
        return sk_fs_fail(cx, err, "cannot cut", ar->own->path);
    ar->recovery.leaves_cut = extra;
    return SK_OK;
}

static sk_rc read_tail(sk_ctx *cx, tail *t)
{
    sk_archive *ar = t->ar;
    t->ids = sk_xmalloc((size_t)t->n_ids * sizeof *t->ids);
    t->has_body = sk_xmalloc((size_t)t->n_ids);
    memset(t->has_body, 0, (size_t)t->n_ids);
    SK_TRY(sk_log_read(cx, ar->own, t->signed_size, (size_t)t->n_ids, t->ids));
    SK_TRY(sk_archive_need_map(cx, ar));
    keep_up_to(t, t->from_segment, t->from_offset);
    t->is_aligned = t->is_exact;
    for (uint32_t s = t->from_segment; s <= t->last_segment; s++)
        SK_TRY(scan_segment(cx, t, s, s == t->from_segment ? t->from_offset : 0));
    for (uint64_t i = 0; i < t->n_ids; i++)
        ar->recovery.bodies_missing += !t->has_body[i];
    return SK_OK;
}

/* Set aside everything behind the last frame that has a leaf. */
static sk_rc cut_tail(sk_ctx *cx, tail *t)
{
    t->ar->recovery.bodies_quarantined = t->loose_bodies;
    t->ar->recovery.frames_cut = t->loose_damage;
    for (uint32_t s = t->end_segment; s >= 1 && s <= t->last_segment; s++) {
        sk_rc rc = quarantine(cx, t->ar, s, s == t->end_segment ? t->end_offset : 0);
        if (rc == SK_E_NOTFOUND)
            sk_forgive(cx);
        else if (rc)
            return rc;
    }
    return SK_OK;
}

/* Keep everything where it is; the archive goes on in a new segment. */
static sk_rc keep_all(sk_ctx *cx, tail *t)
{
    sk_file *f;
    t->end_segment = t->last_segment;
    t->end_offset = 0;
    if (t->last_segment == 0)
        return SK_OK;
    SK_TRY(sk_archive_segment(cx, t->ar, t->last_segment, false, &f));
    int err = t->ar->fs->size(f, &t->end_offset);
    return err ? sk_fs_fail(cx, err, "cannot measure",
                            sk_segment_name(&cx->arena, t->last_segment).p)
               : SK_OK;
}

static sk_rc mend_tail(sk_ctx *cx, tail *t)
{
    sk_archive *ar = t->ar;
    SK_TRY(read_tail(cx, t));
    if (!t->is_exact)
        ar->recovery.bodies_missing++; /* of the last signed leaf */
    bool is_whole = ar->recovery.bodies_missing == 0;
    SK_TRY(is_whole ? cut_tail(cx, t) : keep_all(cx, t));
    SK_TRY(make_durable(cx, t));
    ar->tail_segment = is_whole ? t->end_segment : t->last_segment + 1;
    ar->tail_offset = is_whole ? t->end_offset : 0;
    return SK_OK;
}

/* True when nothing stands behind the last signed frame and the last signed leaf; empty segments
 * are nothing. */
static sk_rc is_clean(sk_ctx *cx, const tail *t, bool *ret_clean)
{
    sk_archive *ar = t->ar;
    *ret_clean = false;
    if (!t->is_exact || t->n_ids || ar->recovery.leaves_cut || t->last_segment == 0)
        return SK_OK;
    for (uint32_t s = t->from_segment; s <= t->last_segment; s++) {
        sk_file *f;
        uint64_t size;
        SK_TRY(sk_archive_segment(cx, ar, s, false, &f));
        int err = ar->fs->size(f, &size);
        if (err)
            return sk_fs_fail(cx, err, "cannot measure", sk_segment_name(&cx->arena, s).p);
        if (size != (s == t->from_segment ? t->from_offset : 0))
            return SK_OK;
    }
    /* Go on right behind the last frame, even if emptied segments follow: the next sync there makes
     * an earlier cut durable, so that nothing cut can come back in the middle. */
    ar->tail_segment = t->from_segment;
    ar->tail_offset = t->from_offset;
    *ret_clean = true;
    return SK_OK;
}

/* The signed head the log must continue. */
static sk_rc read_signed(sk_ctx *cx, sk_archive *ar, sk_checkpoint *ret_cp)
{
    sk_rc rc = sk_log_read_checkpoint(cx, ar->own, ret_cp);
    if (rc == SK_E_NOTFOUND) {
        sk_forgive(cx);
        return sk_fail(cx, SK_E_INTEGRITY,
                       "\"%.*s/logs/%.*s/checkpoint\" is not there; put back a copy",
                       SK_P(ar->path), SK_P(ar->device));
    }
    SK_TRY(rc);
    return sk_checkpoint_check(cx, ret_cp, &ar->device_key.pub);
}

static sk_rc recover(sk_ctx *cx, sk_archive *ar, tail *t)
{
    sk_checkpoint cp;
    SK_TRY(read_signed(cx, ar, &cp));
    SK_TRY(cut_leaves(cx, ar));
    if (ar->own->n < cp.size)
        return sk_fail(cx, SK_E_INTEGRITY,
                       "\"%s\" has %llu leaves but %llu were signed; put back a copy of the file",
                       ar->own->path, (unsigned long long)ar->own->n, (unsigned long long)cp.size);
    SK_TRY(sk_log_frontier_at(cx, ar->own, cp.size, &cp.root, &ar->frontier));
    ar->checkpoint_size = t->signed_size = cp.size;
    t->n_ids = ar->own->n - cp.size;
    SK_TRY(find_start(cx, t));
    bool clean;
    SK_TRY(is_clean(cx, t, &clean));
    if (clean)
        return SK_OK;
    SK_TRY(mend_tail(cx, t));
    SK_TRY(sk_log_extend(cx, ar->own, &ar->frontier, ar->own->n));
    return ar->frontier.size > ar->checkpoint_size ? sk_archive_checkpoint(cx, ar) : SK_OK;
}

sk_rc sk_archive_recover(sk_ctx *cx, sk_archive *ar)
{
    tail t = {.ar = ar};
    sk_rc rc = recover(cx, ar, &t);
    free(t.ids);
    free(t.has_body);
    return rc;
}
