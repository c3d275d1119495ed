/* Verification of segments: every frame, every body, every signature, every leaf's body.
 *
 * A batch of frames goes through four steps: hash and parse (in parallel), learn new keys (in
 * order), check signatures (in parallel), report and account (in order). */
#include "archive/verify_priv.h"

#include "base/progress.h"

enum { GRAIN = 32 }; /* frames that make a thread worth starting */

/* What became of one frame. */
typedef struct outcome {
    uint64_t at;  /* position in the leafmap, UINT64_MAX: no leaf */
    bool is_good; /* body is what its head says */
    bool is_parsed, is_signed;
    sk_rc rc;
    sk_entry e;
    const char *message; /* why it did not parse */
} outcome;

/* Something that is damage if an acknowledged entry stands behind it, else a leftover of a crash. */
typedef struct loose {
    uint32_t segment;
    bool is_frame;
    uint64_t offset, end;
    sk_hash id;
} loose;

typedef struct batch {
    sk_verifier *v;
    uint32_t segment;
    const sk_scan_item *items;
    outcome *out;
    sk_ctx *workers; /* one a thread */
    loose *loose;    /* malloc */
    size_t n_loose, cap_loose;
} batch;

static const char *segment_path(sk_verifier *v, uint32_t segment)
{
    return sk_segment_name(&v->cx->arena, segment).p;
}

static const char *hex(sk_verifier *v, const sk_hash *h)
{
    return sk_hash_hex(&v->cx->arena, h).p;
}

/* ---- in parallel ---- */

static void examine(void *arg, size_t i, unsigned worker)
{
    batch *b = arg;
    const sk_scan_item *it = &b->items[i];
    outcome *o = &b->out[i];
    sk_ctx *cx = &b->workers[worker];
    *o = (outcome){.at = UINT64_MAX};
    if (!it->is_frame)
        return;
    o->at = sk_leafmap_find(&b->v->ar->map, &it->frame.id);
    o->is_good = sk_frame_body_is_good(&it->frame, it->body);
    if (!o->is_good || it->frame.kind != SK_FRAME_PLAIN)
        return;
    o->rc = sk_entry_parse(cx, it->body, &o->e);
    o->is_parsed = o->rc == SK_OK;
    if (o->rc)
        o->message = sk_str_c(&cx->arena, sk_str_of(cx->message));
    sk_forgive(cx);
}

static bool is_signed_by(const sk_entry *e, const sk_pubkey *key)
{
    return key && memcmp(key->id, e->sig_id, 4) == 0 && sk_sig_is_good(key->bytes, e->text, e->sig);
}

static void check_signature(void *arg, size_t i, unsigned worker)
{
    batch *b = arg;
    outcome *o = &b->out[i];
    const sk_verify_state *s = &b->v->state;
    bool is_done =
        b->segment < s->segment || (b->segment == s->segment && b->items[i].offset < s->offset);
    if (o->is_parsed)
        o->is_signed = is_done || is_signed_by(&o->e, sk_keyring_find(&b->v->keys, o->e.by));
}

/* ---- in order ---- */

/* A `key` entry introduces a key when it is signed by one already known, or by itself. */
static void learn_key(sk_verifier *v, const outcome *o)
{
    sk_ctx *cx = v->cx;
    sk_pubkey key;
    if (!o->is_parsed || o->at == UINT64_MAX || !sk_str_is(o->e.kind, "key"))
        return;
    sk_str vkey = sk_entry_get(&o->e, "vkey");
    if (sk_own_vkey_parse(cx, vkey, &key) == SK_OK) {
        const sk_pubkey *by = sk_keyring_find(&v->keys, o->e.by);
        if (!by && sk_str_eq(key.name, o->e.by))
            by = &key;
        if (is_signed_by(&o->e, by) && (sk_keyring_add(cx, &v->keep, &v->keys, &key) ||
                                        sk_keyring_add(cx, &v->keep, &v->logged, &key)))
            sk_verify_find(v, true, "key-altered", "keys/known", "%s", cx->message);
    }
    sk_forgive(cx);
}

/* The first entry says which archive this is; SILLOK must say the same. */
static void learn_id(sk_verifier *v, const outcome *o)
{
    if (v->report.entries || !o->is_parsed || o->at == UINT64_MAX)
        return;
    if (v->id.p && !sk_str_eq(v->id, o->e.archive))
        sk_verify_find(v, true, "sillok-altered", "SILLOK",
                       "it names archive %.*s, the first entry names %.*s", SK_P(v->id),
                       SK_P(o->e.archive));
    v->id = sk_str_copy(&v->keep, o->e.archive);
}

/* Gather what the entry says about other things: erased entries, blobs. Format:
 * docs/formats/archive.md section 4.4. */
static void gather(sk_verifier *v, const sk_entry *e, const char *path, uint64_t offset)
{
    sk_str value;
    sk_hash h;
    bool is_expunge = sk_str_is(e->kind, "expunge");
    for (size_t at = 0; is_expunge && sk_entry_next(e, "entry", &at, &value);)
        if (sk_hash_parse(value, &h))
            sk_refs_add(&v->expunged, &h, &e->id);
    for (size_t at = 0; sk_entry_next(e, "blob", &at, &value);) {
        if (!sk_hash_parse(sk_str_sub(value, 0, 64), &h) || (value.n > 64 && value.p[64] != ' '))
            sk_verify_find(v, true, "entry-odd", path,
                           "byte %llu: entry %s has a blob line that begins with no SHA-256",
                           (unsigned long long)offset, hex(v, &e->id));
        else
            sk_refs_add(is_expunge ? &v->expunged : &v->blobs, &h, &e->id);
    }
}

static void judge_plain(sk_verifier *v, const sk_scan_item *it, const outcome *o, const char *path)
{
    unsigned long long at = it->offset;
    const char *id = hex(v, &it->frame.id);
    if (!o->is_parsed) {
        bool is_newer = o->rc == SK_E_UNSUPPORTED;
        sk_verify_find(v, !is_newer, is_newer ? "entry-newer" : "entry-odd", path,
                       "byte %llu: entry %s hashes to its id but does not parse: %s", at, id,
                       o->message);
        return;
    }
    if (!sk_str_eq(o->e.archive, v->id))
        sk_verify_find(v, true, "entry-foreign", path, "byte %llu: entry %s names archive %.*s", at,
                       id, SK_P(o->e.archive));
    if (!o->is_signed)
        sk_verify_find_kept(v, true, "signature-bad", path,
                            "byte %llu: entry %s is not signed by a known key \"%.*s\"", at, id,
                            SK_P(o->e.by));
    v->report.signatures += o->is_signed;
    gather(v, &o->e, path, it->offset);
}

static void add_loose(batch *b, const sk_scan_item *it)
{
    if (b->n_loose == b->cap_loose) {
        b->cap_loose = b->cap_loose ? 2 * b->cap_loose : 16;
        b->loose = sk_xrealloc(b->loose, b->cap_loose * sizeof *b->loose);
    }
    b->loose[b->n_loose++] = (loose){b->segment, it->is_frame, it->offset, it->end, it->frame.id};
}

/* Report what was held back. */
static void settle_loose(batch *b, bool is_damage)
{
    for (size_t i = 0; i < b->n_loose; i++) {
        const loose *l = &b->loose[i];
        const char *path = segment_path(b->v, l->segment);
        if (l->is_frame)
            sk_verify_find(b->v, is_damage, is_damage ? "body-without-leaf" : "body-unacknowledged",
                           path, "byte %llu: entry %s stands in no log",
                           (unsigned long long)l->offset, hex(b->v, &l->id));
        else
            sk_verify_find(b->v, is_damage, is_damage ? "frame-damaged" : "frame-unfinished", path,
                           "bytes %llu to %llu are no frame", (unsigned long long)l->offset,
                           (unsigned long long)l->end);
    }
    b->n_loose = 0;
}

static void judge(batch *b, const sk_scan_item *it, const outcome *o)
{
    sk_verifier *v = b->v;
    const char *path = segment_path(v, b->segment);
    if (o->at == UINT64_MAX) {
        add_loose(b, it);
        return;
    }
    settle_loose(b, true);
    learn_id(v, o);
    if (v->seen[o->at])
        sk_verify_find(v, true, "entry-twice", path, "byte %llu: entry %s has a body before",
                       (unsigned long long)it->offset, hex(v, &it->frame.id));
    v->seen[o->at] = 1;
    v->report.entries++;
    if (!o->is_good)
        sk_verify_find(v, true,
                       it->frame.kind == SK_FRAME_ERASED ? "erasure-unfinished" : "entry-altered",
                       path, "byte %llu: the body of entry %s is not what its frame says",
                       (unsigned long long)it->offset, hex(v, &it->frame.id));
    else if (it->frame.kind == SK_FRAME_PLAIN)
        judge_plain(v, it, o, path);
    if (it->frame.kind == SK_FRAME_ERASED)
        sk_refs_add(&v->erased, &it->frame.id, &it->frame.id);
}

static sk_rc check_batch(batch *b, size_t n)
{
    sk_verifier *v = b->v;
    sk_arena_mark mark = sk_arena_here(&v->cx->arena);
    b->out = sk_xmalloc(n * sizeof *b->out);
    sk_verify_parallel(v, n, GRAIN, examine, b);
    for (size_t i = 0; i < n; i++)
        learn_key(v, &b->out[i]);
    sk_verify_parallel(v, n, GRAIN, check_signature, b);
    uint64_t bytes = 0;
    for (size_t i = 0; i < n; i++) {
        judge(b, &b->items[i], &b->out[i]);
        bytes += b->items[i].end - b->items[i].offset;
        sk_arena_back_to(&v->cx->arena, mark);
    }
    free(b->out);
    for (unsigned i = 0; i < v->threads; i++)
        sk_arena_done(&b->workers[i].arena);
    sk_progress_add(v->cx->progress, bytes);
    uint64_t done = b->items[n - 1].end;
    if (b->segment > v->state.segment ||
        (b->segment == v->state.segment && done > v->state.offset)) {
        v->state.segment = b->segment;
        v->state.offset = done;
    }
    sk_verify_state_save(v, false);
    return sk_verify_go_on(v);
}

static sk_rc check_segment(batch *b, uint32_t segment)
{
    sk_verifier *v = b->v;
    sk_ctx *cx = v->cx;
    const char *path = segment_path(v, segment);
    sk_file *f;
    sk_rc rc = sk_archive_segment(cx, v->ar, segment, false, &f);
    if (rc) {
        sk_verify_find(v, true, rc == SK_E_NOTFOUND ? "segment-missing" : "file-unreadable", path,
                       "%s", cx->message);
        sk_forgive(cx);
        return SK_OK;
    }
    sk_scan scan;
    SK_TRY(sk_scan_begin(cx, &scan, v->ar->fs, f, path, 0));
    b->segment = segment;
    size_t n = 1;
    while (!rc && n) {
        if (sk_scan_next(cx, &scan, &b->items, &n)) {
            sk_verify_find(v, true, "file-unreadable", path, "%s", cx->message);
            sk_forgive(cx);
            break;
        }
        rc = n ? check_batch(b, n) : SK_OK;
    }
    sk_scan_done(&scan);
    return rc;
}

/* Every leaf has a body or a mark. */
static void check_leaves(sk_verifier *v)
{
    const sk_leafmap *map = &v->ar->map;
    sk_arena_mark mark = sk_arena_here(&v->cx->arena);
    for (uint64_t at = 0; at < map->n; at++) {
        size_t log;
        uint64_t leaf;
        if (v->seen[at])
            continue;
        sk_arena_back_to(&v->cx->arena, mark);
        sk_leafmap_place(map, at, &log, &leaf);
        const char *path =
            sk_fmt(&v->cx->arena, "logs/%.*s/leaves", SK_P(v->ar->logs[log]->device)).p;
        bool is_repeated = sk_leafmap_find(map, &map->ids[at]) != at;
        sk_verify_find(v, true, is_repeated ? "leaf-twice" : "leaf-without-body", path,
                       "leaf %llu (byte %llu): entry %s %s", (unsigned long long)leaf,
                       (unsigned long long)leaf * 32, hex(v, &map->ids[at]),
                       is_repeated ? "stands in the log before" : "has no body");
    }
}

/* Every erased entry was ordered to be erased. */
static void check_erasures(sk_verifier *v)
{
    sk_refs_sort(&v->expunged);
    for (size_t i = 0; i < v->erased.n; i++)
        if (!sk_refs_find(&v->expunged, &v->erased.items[i].hash))
            sk_verify_find(v, true, "erased-without-order", "entries",
                           "entry %s was erased but no expunge entry names it",
                           hex(v, &v->erased.items[i].hash));
}

static uint64_t bytes_of_segments(sk_verifier *v, uint32_t last)
{
    uint64_t sum = 0;
    for (uint32_t s = 1; s <= last; s++) {
        sk_fs_stat st;
        if (v->ar->fs->stat(v->ar->fs->self,
                            sk_archive_path(&v->cx->arena, v->ar, segment_path(v, s)), &st) == 0)
            sum += st.size_bytes;
    }
    return sum;
}

/* Names in entries/ that are no segment's. */
static sk_rc check_names(sk_verifier *v)
{
    sk_str *names;
    size_t n;
    SK_TRY(sk_fs_names(v->cx, v->ar->fs, sk_archive_path(&v->cx->arena, v->ar, "entries"),
                       SK_LIM_NAMES, &names, &n));
    for (size_t i = 0; i < n; i++)
        if (!sk_segment_number(names[i]))
            sk_verify_find(v, false, "foreign-file",
                           sk_fmt(&v->cx->arena, "entries/%.*s", SK_P(names[i])).p,
                           "is no part of an archive");
    return SK_OK;
}

sk_rc sk_verify_entries(sk_verifier *v)
{
    uint32_t last;
    SK_TRY(sk_archive_last_segment(v->cx, v->ar, &last));
    sk_progress_begin(v->cx->progress, "entries", bytes_of_segments(v, last), SK_PROGRESS_BYTES);
    v->seen = sk_xmalloc((size_t)v->ar->map.n);
    memset(v->seen, 0, (size_t)v->ar->map.n);
    batch b = {.v = v};
    b.workers = sk_xmalloc(v->threads * sizeof *b.workers);
    for (unsigned i = 0; i < v->threads; i++)
        sk_ctx_init(&b.workers[i]);
    sk_rc rc = SK_OK;
    for (uint32_t s = 1; !rc && s <= last; s++)
        rc = check_segment(&b, s);
    if (!rc)
        settle_loose(&b, false);
    for (unsigned i = 0; i < v->threads; i++)
        sk_ctx_done(&b.workers[i]);
    free(b.workers);
    free(b.loose);
    if (rc)
        return rc;
    check_leaves(v);
    check_erasures(v);
    return check_names(v);
}
