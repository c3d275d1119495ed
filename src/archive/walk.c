/* Reading entries: one from its place, or all in order. See archive/archive.h. */
#include "archive/archive_priv.h"

enum {
    NEAR_LEAVES = 4096, /* how far back a first look for a frame's leaf goes */
    READ_AHEAD = 128,
};

sk_rc sk_archive_need_map(sk_ctx *cx, sk_archive *ar)
{
    uint64_t n = 0;
    for (size_t i = 0; i < ar->n_logs; i++) {
        if (ar->mode != SK_ARCHIVE_WRITE || ar->logs[i] != ar->own)
            SK_TRY(sk_log_look(cx, ar->logs[i], NULL));
        n += ar->logs[i]->n;
    }
    if (ar->map.slots && ar->map.n == n)
        return SK_OK;
    sk_leafmap_done(&ar->map);
    return sk_leafmap_build(cx, ar->logs, ar->n_logs, &ar->map);
}

/* ---- one entry ---- */

static sk_rc parse_body(sk_ctx *cx, const sk_frame *frame, sk_str body, sk_entry *ret_entry)
{
    if (!sk_frame_body_is_good(frame, body))
        return sk_fail(cx, SK_E_INTEGRITY, "the body does not hash to its id");
    if (frame->kind == SK_FRAME_AGE)
        return sk_fail(cx, SK_E_UNSUPPORTED, "the body is encrypted; use a newer sillok");
    if (frame->kind == SK_FRAME_ERASED)
        return sk_fail(cx, SK_E_NOTFOUND, "the entry was erased; only its mark is left");
    return sk_entry_parse(cx, body, ret_entry);
}

sk_rc sk_archive_read(sk_ctx *cx, sk_archive *ar, const sk_entry_place *place, const sk_hash *id,
                      sk_entry *ret_entry)
{
    if (place->segment == 0 || place->segment > SK_LIM_SEGMENTS)
        return sk_fail(cx, SK_E_INTEGRITY, "there is no segment %u; run sillok reindex",
                       place->segment);
    sk_file *f;
    sk_rc rc = sk_archive_segment(cx, ar, place->segment, false, &f);
    if (rc == SK_E_NOTFOUND) {
        sk_forgive(cx);
        return sk_fail(cx, SK_E_INTEGRITY, "entries/%08u.seg is not there; run sillok verify",
                       place->segment);
    }
    SK_TRY(rc);
    const char *path =
        sk_archive_path(&cx->arena, ar, sk_segment_name(&cx->arena, place->segment).p);
    unsigned char head[SK_FRAME_HEAD_BYTES];
    sk_frame frame;
    size_t got;
    int err = ar->fs->read_at(f, head, sizeof head, place->offset, &got);
    if (err)
        return sk_fs_fail(cx, err, "cannot read", path);
    if (!sk_frame_parse_head((sk_str){(const char *)head, got}, &frame))
        return sk_fail(cx, SK_E_INTEGRITY, "\"%s\": no entry begins at byte %llu", path,
                       (unsigned long long)place->offset);
    if (!sk_hash_eq(&frame.id, id))
        return sk_fail(cx, SK_E_INTEGRITY, "\"%s\": another entry begins at byte %llu", path,
                       (unsigned long long)place->offset);
    char *body = sk_alloc(&cx->arena, frame.body_bytes);
    SK_TRY(sk_fs_read_exact(cx, ar->fs, f, path, body, frame.body_bytes,
                            place->offset + SK_FRAME_HEAD_BYTES));
    if (parse_body(cx, &frame, (sk_str){body, frame.body_bytes}, ret_entry))
        return sk_while(cx, "\"%s\": byte %llu", path, (unsigned long long)place->offset);
    return SK_OK;
}

/* ---- all entries ---- */

/* Some leaves of one log, read together. */
typedef struct near_leaves {
    uint64_t from;
    size_t n;
    sk_hash h[READ_AHEAD];
} near_leaves;

typedef struct walk {
    sk_archive *ar;
    sk_entry_fn *fn;
    void *arg;
    sk_ctx scratch; /* what one entry needs, freed after it */
    sk_arena_mark clean;
    uint64_t *until;   /* per log: leaves when the walk began; later ones wait for the next  */
    uint64_t *next;    /* per log: the leaf expected next, UINT64_MAX while unknown          */
    near_leaves *near; /* per log: leaves read ahead                                         */
    uint32_t segment;  /* behind the last entry that has a leaf */
    uint64_t offset;
    uint64_t missing; /* own leaves passed over without a frame                             */
    uint64_t first_missing;
    uint32_t bad_segment; /* first damage met, 0 for none                                       */
    uint64_t bad_offset;
    bool is_damaged; /* and an entry with a leaf stands behind it, or is it                */
    const char *why;
} walk;

/* Compare id with leaf number at of log i. */
static sk_rc is_leaf(sk_ctx *cx, walk *w, size_t i, uint64_t at, const sk_hash *id, bool *ret_is)
{
    near_leaves *near = &w->near[i];
    *ret_is = false;
    if (at >= w->until[i])
        return SK_OK;
    if (at < near->from || at - near->from >= near->n) {
        near->from = at;
        near->n = w->until[i] - at < READ_AHEAD ? (size_t)(w->until[i] - at) : READ_AHEAD;
        SK_TRY(sk_log_read(cx, w->ar->logs[i], at, near->n, near->h));
    }
    *ret_is = sk_hash_eq(&near->h[at - near->from], id);
    return SK_OK;
}

/* Search the newest leaves of each log: where a walk that continues an earlier one begins. */
static sk_rc find_near(sk_ctx *cx, walk *w, const sk_hash *id, size_t *ret_log, uint64_t *ret_leaf)
{
    sk_hash *h = sk_xmalloc(NEAR_LEAVES * sizeof *h);
    sk_rc rc = SK_OK;
    for (size_t i = 0; !rc && *ret_log == SIZE_MAX && i < w->ar->n_logs; i++) {
        size_t n = w->until[i] < NEAR_LEAVES ? (size_t)w->until[i] : NEAR_LEAVES;
        rc = sk_log_read(cx, w->ar->logs[i], w->until[i] - n, n, h);
        for (size_t k = n; !rc && k-- > 0;)
            if (sk_hash_eq(&h[k], id)) {
                *ret_log = i;
                *ret_leaf = w->until[i] - n + k;
                break;
            }
    }
    free(h);
    return rc;
}

/* Which leaf id is; *ret_log SIZE_MAX when it has none yet. */
static sk_rc locate(sk_ctx *cx, walk *w, const sk_hash *id, size_t *ret_log, uint64_t *ret_leaf)
{
    sk_archive *ar = w->ar;
    *ret_log = SIZE_MAX;
    bool is_known = true;
    for (size_t i = 0; i < ar->n_logs; i++) {
        bool is;
        is_known &= w->next[i] != UINT64_MAX;
        SK_TRY(is_leaf(cx, w, i, w->next[i], id, &is));
        if (is) {
            *ret_log = i;
            *ret_leaf = w->next[i];
            return SK_OK;
        }
    }
    if (!is_known) {
        SK_TRY(find_near(cx, w, id, ret_log, ret_leaf));
        if (*ret_log != SIZE_MAX)
            return SK_OK;
    }
    SK_TRY(sk_archive_need_map(cx, ar));
    uint64_t at = sk_leafmap_find(&ar->map, id);
    if (at != UINT64_MAX)
        sk_leafmap_place(&ar->map, at, ret_log, ret_leaf);
    if (*ret_log != SIZE_MAX && *ret_leaf >= w->until[*ret_log])
        *ret_log = SIZE_MAX;
    return SK_OK;
}

static void meet_damage(walk *w, uint32_t segment, uint64_t offset, const char *why)
{
    if (w->bad_segment)
        return;
    w->bad_segment = segment;
    w->bad_offset = offset;
    w->why = why;
}

/* An entry's leaf was found: count what was passed over. True when it was met before. */
static bool pass_leaf(walk *w, size_t log, uint64_t leaf)
{
    bool is_own = w->ar->logs[log] == w->ar->own;
    uint64_t next = w->next[log];
    if (is_own && next != UINT64_MAX && leaf < next)
        return true;
    if (is_own && next != UINT64_MAX && leaf > next) {
        if (!w->missing)
            w->first_missing = next;
        w->missing += leaf - next;
    }
    w->next[log] = leaf + 1;
    return false;
}

static sk_rc visit(sk_ctx *cx, walk *w, uint32_t segment, const sk_scan_item *it)
{
    size_t log;
    uint64_t leaf;
    if (!it->is_frame) {
        meet_damage(w, segment, it->offset, "is no frame");
        return SK_OK;
    }
    SK_TRY(locate(cx, w, &it->frame.id, &log, &leaf));
    if (log == SIZE_MAX)
        return SK_OK; /* being written just now, or never acknowledged */
    w->is_damaged |= w->bad_segment != 0;
    w->segment = segment;
    w->offset = it->end;
    if (pass_leaf(w, log, leaf) || it->frame.kind == SK_FRAME_ERASED)
        return SK_OK;
    sk_entry e;
    sk_entry_place place = {segment, it->offset, leaf, w->ar->logs[log]->device};
    sk_rc rc = parse_body(&w->scratch, &it->frame, it->body, &e);
    if (rc == SK_E_UNSUPPORTED || rc == SK_E_LIMIT) /* whole, and more than we can read */
        return sk_fail(cx, rc, "entry at segment %u, byte %llu: %s", segment,
                       (unsigned long long)it->offset, w->scratch.message);
    if (rc) {
        meet_damage(w, segment, it->offset, "holds a damaged entry");
        w->is_damaged = true;
        sk_forgive(&w->scratch);
    } else {
        rc = w->fn(cx, &e, &place, w->arg);
        sk_arena_back_to(&w->scratch.arena, w->clean);
        return rc;
    }
    return SK_OK;
}

static sk_rc walk_segment(sk_ctx *cx, walk *w, uint32_t segment, uint64_t offset)
{
    sk_archive *ar = w->ar;
    sk_file *f;
    sk_rc rc = sk_archive_segment(cx, ar, segment, false, &f);
    if (rc == SK_E_NOTFOUND) {
        sk_forgive(cx);
        meet_damage(w, segment, 0, "is not there");
        return SK_OK;
    }
    if (rc)
        return rc;
    sk_scan scan;
    SK_TRY(sk_scan_begin(cx, &scan, ar->fs, f, sk_segment_name(&cx->arena, segment).p, offset));
    const sk_scan_item *items;
    size_t n = 1;
    while (!rc && n) {
        if (cx->cancelled && cx->cancelled(cx->cancelled_arg))
            rc = sk_fail(cx, SK_E_CANCELLED, "reading the archive was stopped");
        if (!rc)
            rc = sk_scan_next(cx, &scan, &items, &n);
        for (size_t i = 0; !rc && i < n; i++)
            rc = visit(cx, w, segment, &items[i]);
    }
    sk_scan_done(&scan);
    return rc;
}

/* Everything was delivered that could be; say so if something could not. */
static sk_rc account(sk_ctx *cx, walk *w)
{
    sk_archive *ar = w->ar;
    for (size_t i = 0; i < ar->n_logs; i++)
        if (ar->logs[i] == ar->own && w->next[i] < w->until[i]) {
            w->first_missing = w->missing ? w->first_missing : w->next[i];
            w->missing += w->until[i] - w->next[i];
        }
    bool is_bad = w->is_damaged || (w->missing && w->bad_segment);
    if (is_bad)
        return sk_fail(cx, SK_E_INTEGRITY,
                       "entries/%08u.seg %s at byte %llu (all readable entries were read); run "
                       "sillok verify",
                       w->bad_segment, w->why, (unsigned long long)w->bad_offset);
    if (w->missing)
        return sk_fail(cx, SK_E_INTEGRITY,
                       "leaf %llu of log %.*s has no body, nor have %llu others (all readable "
                       "entries were read); run sillok verify",
                       (unsigned long long)w->first_missing, SK_P(ar->device),
                       (unsigned long long)w->missing - 1);
    return SK_OK;
}

static sk_rc walk_all(sk_ctx *cx, walk *w, uint32_t segment, uint64_t offset)
{
    sk_archive *ar = w->ar;
    uint32_t last;
    for (size_t i = 0; i < ar->n_logs; i++) {
        if (ar->mode != SK_ARCHIVE_WRITE || ar->logs[i] != ar->own)
            SK_TRY(sk_log_look(cx, ar->logs[i], NULL));
        w->until[i] = ar->logs[i]->n; /* before the segments: bodies come first on disk */
        w->next[i] = segment == 1 && offset == 0 ? 0 : UINT64_MAX;
    }
    SK_TRY(sk_archive_last_segment(cx, ar, &last));
    for (uint32_t s = segment; s <= last; s++)
        SK_TRY(walk_segment(cx, w, s, s == segment ? offset : 0));
    return account(cx, w);
}

sk_rc sk_archive_each(sk_ctx *cx, sk_archive *ar, uint32_t segment, uint64_t offset,
                      sk_entry_fn *fn, void *arg, uint32_t *ret_segment, uint64_t *ret_offset)
{
    if (segment == 0)
        return sk_fail(cx, SK_E_NOTFOUND, "there is no segment 0; begin at segment 1");
    walk w = {.ar = ar, .fn = fn, .arg = arg, .segment = segment, .offset = offset};
    sk_ctx_init(&w.scratch);
    w.until = sk_xmalloc((ar->n_logs + 1) * sizeof *w.until);
    w.next = sk_xmalloc((ar->n_logs + 1) * sizeof *w.next);
    w.near = sk_xmalloc((ar->n_logs + 1) * sizeof *w.near);
    memset(w.near, 0, (ar->n_logs + 1) * sizeof *w.near);
    (void)sk_alloc(&w.scratch.arena, 1); /* keeps one chunk from being freed after every entry */
    w.clean = sk_arena_here(&w.scratch.arena);
    sk_rc rc = walk_all(cx, &w, segment, offset);
    free(w.until);
    free(w.next);
    free(w.near);
    sk_ctx_done(&w.scratch);
    if (rc)
        return rc;
    if (ret_segment)
        *ret_segment = w.segment;
    if (ret_offset)
        *ret_offset = w.offset;
    return SK_OK;
}
