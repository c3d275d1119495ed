/* Appending entries and making them durable in groups. See archive/archive.h. */
#include "archive/archive_priv.h"

#include "base/clock.h"
#include "base/rng.h"

sk_rc sk_archive_may_write(sk_ctx *cx, const sk_archive *ar)
{
    if (ar->mode != SK_ARCHIVE_WRITE)
        return sk_fail(cx, SK_E_DENIED, "the archive \"%.*s\" is open for reading only",
                       SK_P(ar->path));
    if (ar->is_broken)
        return sk_fail(cx, SK_E_IO,
                       "an earlier write to \"%.*s\" failed, so nothing more is written; close and "
                       "open the archive again",
                       SK_P(ar->path));
    return SK_OK;
}

/* Where the next frame goes: behind the pending ones, or at the head of a new segment. */
static void next_place(const sk_archive *ar, uint32_t *ret_segment, uint64_t *ret_offset)
{
    uint32_t segment = ar->tail_segment;
    uint64_t offset = ar->tail_offset;
    if (ar->n_runs) {
        const sk_run *last = &ar->runs[ar->n_runs - 1];
        segment = last->segment;
        offset = last->offset + last->n;
    }
    if (offset >= ar->segment_limit) {
        segment++;
        offset = 0;
    }
    *ret_segment = segment;
    *ret_offset = offset;
}

/* Make room for one more run and one more id; these arrays live for the archive, not the arena. */
static void grow(sk_archive *ar)
{
    if (ar->n_runs == ar->cap_runs) {
        ar->cap_runs = ar->cap_runs ? 2 * ar->cap_runs : 4;
        ar->runs = sk_xrealloc(ar->runs, ar->cap_runs * sizeof *ar->runs);
    }
    if (ar->n_pending == ar->cap_pending) {
        ar->cap_pending = ar->cap_pending ? 2 * ar->cap_pending : 64;
        ar->pending_ids = sk_xrealloc(ar->pending_ids, ar->cap_pending * sizeof(sk_hash));
    }
}

/* Put a frame behind the pending ones. */
static sk_rc add_frame(sk_ctx *cx, sk_archive *ar, const sk_hash *id, sk_str body,
                       sk_entry_place *ret_place)
{
    uint32_t segment;
    uint64_t offset;
    next_place(ar, &segment, &offset);
    if (segment > SK_LIM_SEGMENTS)
        return sk_fail(cx, SK_E_LIMIT, "the archive has %d segments and can take no more",
                       SK_LIM_SEGMENTS);
    char *room = sk_buf_room(&ar->pending, SK_FRAME_HEAD_BYTES + body.n);
    if (!room)
        return sk_fail(cx, SK_E_LIMIT, "%zu entries (%zu bytes) wait for a commit; commit first",
                       ar->n_pending, ar->pending.n);
    sk_frame frame = {.kind = SK_FRAME_PLAIN, .body_bytes = (uint32_t)body.n, .id = *id};
    sk_frame_put_head(&frame, (unsigned char *)room);
    memcpy(room + SK_FRAME_HEAD_BYTES, body.p, body.n);
    grow(ar);
    sk_run *run = ar->n_runs ? &ar->runs[ar->n_runs - 1] : NULL;
    if (!run || run->segment != segment) {
        run = &ar->runs[ar->n_runs++];
        *run = (sk_run){segment, offset, ar->pending.n, 0, ar->n_pending, 0};
    }
    sk_buf_grew(&ar->pending, SK_FRAME_HEAD_BYTES + body.n);
    run->n += SK_FRAME_HEAD_BYTES + body.n;
    run->n_ids++;
    if (ret_place)
        *ret_place = (sk_entry_place){segment, offset, ar->own->n + ar->n_pending, ar->device};
    ar->pending_ids[ar->n_pending++] = *id;
    return SK_OK;
}

static sk_rc append(sk_ctx *cx, sk_archive *ar, sk_str kind, const sk_line *lines, size_t n_lines,
                    sk_hash *ret_id, sk_entry_place *ret_place)
{
    char at[SK_TIME_BYTES];
    unsigned char nonce[16];
    sk_clock_now(at);
    sk_rng_bytes(nonce, sizeof nonce);
    sk_str text, hex = sk_hex(&cx->arena, nonce, sizeof nonce);
    SK_TRY(sk_entry_build(cx, kind, ar->id, hex, sk_str_of(at), ar->author, lines, n_lines, &text));
    sk_str line = sk_sig_line(&cx->arena, &ar->author_key, text);
    char *note = sk_alloc(&cx->arena, text.n + 1 + line.n);
    memcpy(note, text.p, text.n);
    note[text.n] = '\n';
    memcpy(note + text.n + 1, line.p, line.n);
    sk_str body = {note, text.n + 1 + line.n};
    sk_hash id = sk_sha256(body);
    SK_TRY(add_frame(cx, ar, &id, body, ret_place));
    if (ret_id)
        *ret_id = id;
    return SK_OK;
}

sk_rc sk_archive_append(sk_ctx *cx, sk_archive *ar, sk_str kind, const sk_line *lines,
                        size_t n_lines, sk_hash *ret_id, sk_entry_place *ret_place)
{
    SK_TRY(sk_archive_may_write(cx, ar));
    sk_arena_mark mark = sk_arena_here(&cx->arena); /* a million appends must not fill the arena */
    sk_rc rc = append(cx, ar, kind, lines, n_lines, ret_id, ret_place);
    sk_arena_back_to(&cx->arena, mark);
    return rc;
}

void sk_archive_drop(sk_archive *ar)
{
    sk_buf_reset(&ar->pending);
    ar->n_runs = ar->n_pending = 0;
}

/* ---- commit ---- */

/* What stands on disk where the run was written is, frame by frame, what was signed. */
static sk_rc read_back(sk_ctx *cx, sk_archive *ar, const sk_run *run, sk_file *f, const char *path)
{
    sk_scan scan;
    SK_TRY(sk_scan_begin(cx, &scan, ar->fs, f, path, run->offset));
    size_t seen = 0, n = 1;
    const sk_scan_item *items;
    sk_rc rc = SK_OK;
    while (!rc && n && seen < run->n_ids) {
        rc = sk_scan_next(cx, &scan, &items, &n);
        for (size_t i = 0; !rc && i < n && seen < run->n_ids; i++, seen++)
            if (!items[i].is_frame || !sk_frame_body_is_good(&items[i].frame, items[i].body) ||
                !sk_hash_eq(&items[i].frame.id, &ar->pending_ids[run->first_id + seen]))
                rc = sk_fail(cx, SK_E_INTEGRITY,
                             "\"%s\": byte %llu reads back differently from what was written", path,
                             (unsigned long long)items[i].offset);
    }
    sk_scan_done(&scan);
    if (!rc && seen < run->n_ids)
        rc = sk_fail(cx, SK_E_INTEGRITY, "\"%s\": %zu entries written, %zu read back", path,
                     run->n_ids, seen);
    return rc;
}

static sk_rc write_run(sk_ctx *cx, sk_archive *ar, const sk_run *run)
{
    const char *path = sk_archive_path(&cx->arena, ar, sk_segment_name(&cx->arena, run->segment).p);
    sk_file *f;
    SK_TRY(sk_archive_segment(cx, ar, run->segment, true, &f));
    int err = ar->fs->write_at(f, ar->pending.p + run->from, run->n, run->offset);
    if (!err)
        err = ar->fs->sync(f);
    if (err)
        return sk_fs_fail(cx, err, "cannot write", path);
    if (run->offset == 0) /* a new file: its name must last too */
        SK_TRY(sk_fs_sync_dir(cx, ar->fs, sk_archive_path(&cx->arena, ar, "entries")));
    return read_back(cx, ar, run, f, path);
}

static sk_rc commit(sk_ctx *cx, sk_archive *ar)
{
    SK_TRY(sk_blobs_commit(cx, ar));
    for (size_t i = 0; i < ar->n_runs; i++)
        SK_TRY(write_run(cx, ar, &ar->runs[i]));
    if (ar->n_pending)
        SK_TRY(sk_log_write(cx, ar->own, ar->own->n, ar->pending_ids, ar->n_pending));
    return SK_OK;
}

/* After a failed commit: take back what was written, as far as the disk lets us, so that nothing of
 * it counts when the archive is opened next. Recovery copes when this fails too. */
static void take_back(sk_archive *ar)
{
    (void)ar->fs->truncate(ar->own->leaves, ar->own->n * sizeof(sk_hash));
    for (size_t i = 0; i < ar->n_runs; i++) {
        const sk_run *run = &ar->runs[i];
        sk_file *f = run->segment <= ar->n_segments ? ar->segments[run->segment - 1] : NULL;
        if (f)
            (void)ar->fs->truncate(f, run->offset);
    }
}

sk_rc sk_archive_commit(sk_ctx *cx, sk_archive *ar)
{
    SK_TRY(sk_archive_may_write(cx, ar));
    sk_rc rc = commit(cx, ar);
    if (rc) {
        take_back(ar);
        ar->is_broken = true;
        sk_archive_drop(ar);
        return rc;
    }
    for (size_t i = 0; i < ar->n_pending; i++) {
        sk_hash leaf = sk_merkle_leaf((sk_str){(const char *)ar->pending_ids[i].b, 32});
        sk_frontier_add(&ar->frontier, &leaf);
    }
    ar->own->n += ar->n_pending;
    if (ar->n_runs) {
        const sk_run *last = &ar->runs[ar->n_runs - 1];
        ar->tail_segment = last->segment;
        ar->tail_offset = last->offset + last->n;
    }
    sk_archive_drop(ar);
    if (ar->frontier.size - ar->checkpoint_size >= SK_LIM_UNSIGNED_LEAVES) {
        sk_ctx own; /* the entries are acknowledged whatever becomes of the checkpoint */
        sk_ctx_init(&own);
        if (sk_archive_checkpoint(&own, ar))
            ar->is_broken = true;
        sk_ctx_done(&own);
    }
    return SK_OK;
}

sk_rc sk_archive_checkpoint(sk_ctx *cx, sk_archive *ar)
{
    SK_TRY(sk_archive_may_write(cx, ar));
    sk_rc rc = sk_log_write_checkpoint(cx, ar->own, &ar->device_key, &ar->frontier);
    if (rc) {
        ar->is_broken = true;
        return rc;
    }
    ar->checkpoint_size = ar->frontier.size;
    sk_log_save_state(ar->own, &ar->frontier);
    return SK_OK;
}
