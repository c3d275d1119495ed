/* Verification of blobs: each hashes to its name, and each that an entry names is there. */
#include "archive/verify_priv.h"

#include "base/progress.h"

enum { GROUP = 1024, CHUNK = 1 << 20 };

typedef struct blob_file {
    sk_hash name;
    uint64_t size_bytes;
} blob_file;

typedef enum verdict { UNCHECKED, GOOD, ALTERED, UNREADABLE } verdict;

typedef struct blob_list {
    sk_verifier *v;
    blob_file *items; /* malloc; sorted, because folders and their names are */
    size_t n, cap;
    size_t from; /* the group now being hashed: verdicts[0] is of items[from] */
    verdict verdicts[GROUP];
    atomic_bool is_stopped;
} blob_list;

/* ---- what is there ---- */

static void add_blob(blob_list *l, const sk_hash *name, uint64_t size)
{
    if (l->n == l->cap) {
        l->cap = l->cap ? 2 * l->cap : 256;
        l->items = sk_xrealloc(l->items, l->cap * sizeof *l->items);
    }
    l->items[l->n++] = (blob_file){*name, size};
}

static void list_file(blob_list *l, const char *folder, sk_str name)
{
    sk_verifier *v = l->v;
    const char *inside = sk_fmt(&v->cx->arena, "blobs/%s/%.*s", folder, SK_P(name)).p;
    sk_fs_stat st;
    sk_hash h;
    int err = v->ar->fs->stat(v->ar->fs->self, sk_archive_path(&v->cx->arena, v->ar, inside), &st);
    if (!sk_hash_parse(name, &h) || !sk_str_starts(name, sk_str_of(folder)) ||
        (!err && st.type != SK_FS_FILE))
        sk_verify_find(v, false, "foreign-file", inside, "is no blob");
    else if (err)
        sk_verify_find(v, true, "file-unreadable", inside, "cannot be looked at (error %d)", err);
    else
        add_blob(l, &h, st.size_bytes);
}

static bool is_shard(sk_str name)
{
    unsigned char b;
    return sk_unhex(name, &b, 1);
}

static sk_rc list_blobs(blob_list *l)
{
    sk_verifier *v = l->v;
    sk_str *folders, *names;
    size_t n_folders, n;
    const char *blobs = sk_archive_path(&v->cx->arena, v->ar, "blobs");
    SK_TRY(sk_fs_names(v->cx, v->ar->fs, blobs, SK_LIM_NAMES, &folders, &n_folders));
    for (size_t i = 0; i < n_folders; i++) {
        bool is_tmp = sk_str_is(folders[i], "tmp");
        sk_arena_mark mark = sk_arena_here(&v->cx->arena);
        if (!is_tmp && !is_shard(folders[i])) {
            sk_verify_find(v, false, "foreign-file",
                           sk_fmt(&v->cx->arena, "blobs/%.*s", SK_P(folders[i])).p,
                           "is no part of an archive");
            continue;
        }
        const char *dir = sk_path(&v->cx->arena, sk_str_of(blobs), folders[i].p);
        SK_TRY(sk_fs_names(v->cx, v->ar->fs, dir, SK_LIM_NAMES, &names, &n));
        for (size_t k = 0; k < n; k++)
            if (is_tmp)
                sk_verify_find(v, false, "blob-unfinished",
                               sk_fmt(&v->cx->arena, "blobs/tmp/%.*s", SK_P(names[k])).p,
                               "was being written and never acknowledged");
            else
                list_file(l, folders[i].p, names[k]);
        sk_arena_back_to(&v->cx->arena, mark);
    }
    return SK_OK;
}

/* ---- hashing ---- */

/* Hash one blob. Each thread opens its own file. */
static verdict hash_blob(const blob_list *l, const sk_fs *fs, const char *path, const sk_hash *name)
{
    sk_file *f;
    if (fs->open(fs->self, path, SK_FS_READ, 0, &f))
        return UNREADABLE;
    char *buf = sk_xmalloc(CHUNK);
    sk_sha256_state *st = sk_sha256_new();
    size_t got = CHUNK;
    int err = 0;
    for (uint64_t at = 0; !err && got == CHUNK && !atomic_load(&l->is_stopped); at += got) {
        err = fs->read_at(f, buf, CHUNK, at, &got);
        if (err)
            break;
        sk_sha256_add(st, (sk_str){buf, got});
        sk_progress_add(l->v->cx->progress, got);
    }
    sk_hash h = sk_sha256_end(st);
    free(buf);
    fs->close(f);
    if (err)
        return UNREADABLE;
    if (atomic_load(&l->is_stopped))
        return UNCHECKED;
    return sk_hash_eq(&h, name) ? GOOD : ALTERED;
}

static void hash_item(void *arg, size_t i, unsigned worker)
{
    blob_list *l = arg;
    const sk_ctx *cx = l->v->cx;
    if (worker == 0 && cx->cancelled && cx->cancelled(cx->cancelled_arg))
        atomic_store(&l->is_stopped, true);
    sk_arena a = SK_ARENA_INIT;
    sk_str hex = sk_hash_hex(&a, &l->items[l->from + i].name);
    const char *path = sk_fmt(&a, "%.*s/blobs/%.2s/%.*s", SK_P(l->v->ar->path), hex.p, SK_P(hex)).p;
    l->verdicts[i] = hash_blob(l, l->v->ar->fs, path, &l->items[l->from + i].name);
    sk_arena_done(&a);
}

static void judge(blob_list *l, size_t i)
{
    sk_verifier *v = l->v;
    const blob_file *b = &l->items[l->from + i];
    sk_arena_mark mark = sk_arena_here(&v->cx->arena);
    sk_str hex = sk_hash_hex(&v->cx->arena, &b->name);
    const char *path = sk_fmt(&v->cx->arena, "blobs/%.2s/%.*s", hex.p, SK_P(hex)).p;
    if (l->verdicts[i] == ALTERED)
        sk_verify_find_kept(v, true, "blob-altered", path, "its %llu bytes do not hash to its name",
                            (unsigned long long)b->size_bytes);
    if (l->verdicts[i] == UNREADABLE)
        sk_verify_find_kept(v, true, "file-unreadable", path, "cannot be read to its end");
    sk_arena_back_to(&v->cx->arena, mark);
    v->report.blobs++;
    v->report.blob_bytes += b->size_bytes;
    v->state.has_blob = true;
    v->state.blob = b->name;
    v->state.blobs = v->report.blobs;
    v->state.blob_bytes = v->report.blob_bytes;
}

/* Hash the next group; what is finished when a stop comes is not done again. */
static sk_rc hash_group(blob_list *l)
{
    size_t n = l->n - l->from < GROUP ? l->n - l->from : GROUP, done = 0;
    memset(l->verdicts, 0, sizeof l->verdicts);
    sk_verify_parallel(l->v, n, 1, hash_item, l);
    while (done < n && l->verdicts[done] != UNCHECKED)
        judge(l, done++);
    l->from += done;
    sk_verify_state_save(l->v, false);
    if (!atomic_load(&l->is_stopped))
        return SK_OK;
    sk_verify_state_save(l->v, true);
    return sk_fail(l->v->cx, SK_E_CANCELLED, "verification was stopped; it can be resumed");
}

/* ---- against the entries ---- */

static int find_blob(const void *key, const void *item)
{
    return memcmp(((const sk_hash *)key)->b, ((const blob_file *)item)->name.b, 32);
}

static void check_refs(blob_list *l)
{
    sk_verifier *v = l->v;
    sk_refs_sort(&v->blobs);
    for (size_t i = 0; i < v->blobs.n; i++) {
        const sk_ref *r = &v->blobs.items[i];
        bool is_there = l->n && bsearch(&r->hash, l->items, l->n, sizeof *l->items, find_blob);
        if (is_there || sk_refs_find(&v->expunged, &r->hash))
            continue;
        sk_str hex = sk_hash_hex(&v->cx->arena, &r->hash);
        sk_verify_find(v, true, "blob-missing",
                       sk_fmt(&v->cx->arena, "blobs/%.2s/%.*s", hex.p, SK_P(hex)).p,
                       "entry %.*s names it", SK_P(sk_hash_hex(&v->cx->arena, &r->entry)));
    }
    for (size_t i = 0; i < l->n; i++)
        if (!sk_refs_find(&v->blobs, &l->items[i].name)) {
            sk_str hex = sk_hash_hex(&v->cx->arena, &l->items[i].name);
            sk_verify_find(v, false, "blob-unclaimed",
                           sk_fmt(&v->cx->arena, "blobs/%.2s/%.*s", hex.p, SK_P(hex)).p,
                           "no entry names it: an addition may have been broken off");
        }
}

sk_rc sk_verify_blobs(sk_verifier *v)
{
    blob_list *l = sk_xmalloc(sizeof *l);
    *l = (blob_list){.v = v};
    sk_rc rc = list_blobs(l);
    uint64_t bytes = 0;
    for (size_t i = 0; i < l->n; i++)
        bytes += l->items[i].size_bytes;
    if (!v->opts.skip_blobs && !rc) {
        sk_progress_begin(v->cx->progress, "blobs", bytes, SK_PROGRESS_BYTES);
        while (v->state.has_blob && l->from < l->n &&
               memcmp(l->items[l->from].name.b, v->state.blob.b, 32) <= 0)
            sk_progress_add(v->cx->progress, l->items[l->from++].size_bytes);
        v->report.blobs = v->state.blobs;
        v->report.blob_bytes = v->state.blob_bytes;
        while (!rc && l->from < l->n)
            rc = hash_group(l);
    }
    if (!rc)
        check_refs(l);
    free(l->items);
    free(l);
    return rc;
}
