/* Blobs: bytes exactly as captured, named by their SHA-256. See archive/archive.h.
 *
 *   source -> hash, write to blobs/tmp/<n>  ->  read back and hash by a second thread
 *          -> (commit) sync -> rename to blobs/ab/<sha256> -> sync of folders
 *
 * Whatever stands under a blob's name was whole and durable when it got it. Until the commit the
 * bytes lie under a temporary name and count for nothing after a crash; sk_blob_open finds them all
 * the same. The read-back goes through the page cache: it guards against faults of ours and of the
 * memory between, not of the disk.
 *
 * Bytes that are here already are stored once. The blob that is here is hashed before it is
 * believed; if it was damaged, the fresh bytes take its place and it goes to quarantine. Its name
 * may have been given by a run that was killed before the folder was synced, so the commit syncs
 * the folders of blobs that were found as well as of those that were written. */
#include "archive/archive_priv.h"

#include "base/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

enum {
    CHUNK = 1 << 20,
    FLUSH_EACH = 8 << 20, /* ask for writing to begin, so that the final sync finds little to do */
    SYNC_ALONE = 8 << 20, /* larger blobs are synced at once: a group would not be cheaper       */
    GROUP = 32,           /* so many or more blobs are synced by one call for the file system    */
    SLOTS = SK_LIM_BLOB_GROUP * 2,
};

typedef struct blob_item {
    sk_hash hash;
    uint32_t temp; /* its file in blobs/tmp */
    bool is_synced;
} blob_item;

struct sk_blob_set {
    size_t n;
    uint32_t next_temp;
    bool is_touched[256];  /* folders whose names the next commit must make durable           */
    bool is_root_synced;   /* blobs/ itself, since this archive was opened                    */
    char *chunks[2];       /* to read the source into, and to read back into                  */
    uint16_t slots[SLOTS]; /* by hash, open addressing: index in items + 1 */
    blob_item items[SK_LIM_BLOB_GROUP];
};

static const char *temp_path(sk_arena *a, const sk_archive *ar, uint32_t temp)
{
    return sk_fmt(a, "%.*s/blobs/tmp/%u", SK_P(ar->path), temp).p;
}

sk_str sk_blob_path(sk_ctx *cx, const sk_archive *ar, const sk_hash *hash)
{
    sk_str hex = sk_hash_hex(&cx->arena, hash);
    return sk_fmt(&cx->arena, "%.*s/blobs/%.2s/%.*s", SK_P(ar->path), hex.p, SK_P(hex));
}

/* ---- the set of blobs that wait for a commit ---- */

static size_t slot_of(const sk_blob_set *set, const sk_hash *hash)
{
    size_t s;
    memcpy(&s, hash->b, sizeof s);
    for (s %= SLOTS; set->slots[s]; s = (s + 1) % SLOTS)
        if (sk_hash_eq(&set->items[set->slots[s] - 1].hash, hash))
            break;
    return s;
}

static const blob_item *find_waiting(const sk_archive *ar, const sk_hash *hash)
{
    if (!ar->blobs)
        return NULL;
    uint16_t at = ar->blobs->slots[slot_of(ar->blobs, hash)];
    return at ? &ar->blobs->items[at - 1] : NULL;
}

static void add_waiting(sk_blob_set *set, const blob_item *item)
{
    size_t s = slot_of(set, &item->hash);
    sk_assert(set->n < SK_LIM_BLOB_GROUP && !set->slots[s]);
    set->items[set->n++] = *item;
    set->slots[s] = (uint16_t)set->n;
}

static void forget_waiting(sk_blob_set *set)
{
    set->n = 0;
    memset(set->is_touched, 0, sizeof set->is_touched);
    memset(set->slots, 0, sizeof set->slots);
}

static sk_blob_set *new_set(void)
{
    sk_blob_set *set = sk_xmalloc(sizeof *set);
    set->next_temp = 0;
    set->is_root_synced = false;
    set->chunks[0] = sk_xmalloc(CHUNK);
    set->chunks[1] = sk_xmalloc(CHUNK);
    forget_waiting(set);
    return set;
}

void sk_blobs_free(sk_archive *ar)
{
    if (!ar->blobs)
        return;
    free(ar->blobs->chunks[0]);
    free(ar->blobs->chunks[1]);
    free(ar->blobs);
    ar->blobs = NULL;
}

void sk_blobs_drop(sk_archive *ar)
{
    sk_ctx cx;
    if (!ar->blobs)
        return;
    sk_ctx_init(&cx);
    for (size_t i = 0; i < ar->blobs->n; i++) /* best effort: leftovers go at the next open */
        (void)ar->fs->unlink(ar->fs->self, temp_path(&cx.arena, ar, ar->blobs->items[i].temp));
    forget_waiting(ar->blobs);
    sk_ctx_done(&cx);
}

void sk_blobs_clear_temps(sk_ctx *cx, sk_archive *ar)
{
    sk_str *names;
    size_t n;
    sk_str dir = sk_fmt(&cx->arena, "%.*s/blobs/tmp", SK_P(ar->path));
    if (sk_fs_names(cx, ar->fs, dir.p, SK_LIM_NAMES, &names, &n)) {
        sk_forgive(cx);
        return;
    }
    for (size_t i = 0; i < n; i++)
        (void)ar->fs->unlink(ar->fs->self, sk_path(&cx->arena, dir, names[i].p));
}

/* ---- reading back ---- */

/* The second thread: hashes what the first has written, always behind it. */
typedef struct reader {
    const sk_fs *fs;
    sk_file *file;
    char *buf; /* CHUNK bytes */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t grew;
    uint64_t written;
    bool is_whole; /* nothing more will be written */
    int err;
    sk_hash hash;
} reader;

/* Wait until there is more than at bytes or the end; returns how many there are. */
static uint64_t wait_for_more(reader *r, uint64_t at, bool *ret_whole)
{
    pthread_mutex_lock(&r->lock);
    while (r->written == at && !r->is_whole)
        pthread_cond_wait(&r->grew, &r->lock);
    uint64_t written = r->written;
    *ret_whole = r->is_whole;
    pthread_mutex_unlock(&r->lock);
    return written;
}

static void *read_back(void *arg)
{
    reader *r = arg;
    sk_sha256_state *st = sk_sha256_new();
    bool is_whole = false;
    for (uint64_t at = 0; !r->err;) {
        uint64_t upto = wait_for_more(r, at, &is_whole);
        if (at == upto && is_whole)
            break;
        size_t n = upto - at < CHUNK ? (size_t)(upto - at) : CHUNK, got;
        r->err = r->fs->read_at(r->file, r->buf, n, at, &got);
        if (!r->err && got != n)
            r->err = EIO; /* shorter than what was written */
        if (!r->err)
            sk_sha256_add(st, (sk_str){r->buf, n});
        at += n;
    }
    r->hash = sk_sha256_end(st);
    return NULL;
}

static void tell_reader(reader *r, uint64_t written, bool is_whole)
{
    pthread_mutex_lock(&r->lock);
    r->written = written;
    r->is_whole = is_whole;
    pthread_cond_signal(&r->grew);
    pthread_mutex_unlock(&r->lock);
}

/* ---- writing ---- */

typedef struct source {
    int fd; /* or -1: then bytes */
    sk_str bytes;
} source;

/* Fill buf as far as the source goes. */
static sk_rc read_source(sk_ctx *cx, source *s, char *buf, size_t *ret_n)
{
    size_t n = 0;
    if (s->fd < 0) {
        n = s->bytes.n < CHUNK ? s->bytes.n : CHUNK;
        if (n)
            memcpy(buf, s->bytes.p, n);
        s->bytes = sk_str_sub(s->bytes, n, s->bytes.n);
    }
    while (s->fd >= 0 && n < CHUNK) {
        ssize_t r = read(s->fd, buf + n, CHUNK - n);
        if (r < 0 && errno == EINTR)
            continue;
        if (r < 0)
            return sk_fail_errno(cx, "cannot read the bytes to store");
        if (r == 0)
            break;
        n += (size_t)r;
    }
    *ret_n = n;
    return SK_OK;
}

/* Copy the source to r's file by way of buf, hash it, and have the copy read back by r. */
static sk_rc copy(sk_ctx *cx, source *s, char *buf, const char *path, reader *r, sk_hash *ret_hash,
                  uint64_t *ret_size)
{
    sk_sha256_state *st = sk_sha256_new();
    sk_rc rc = SK_OK;
    bool has_thread = false;
    uint64_t at = 0;
    size_t n = CHUNK;
    while (!rc && n == CHUNK) {
        if (cx->cancelled && cx->cancelled(cx->cancelled_arg))
            rc = sk_fail(cx, SK_E_CANCELLED, "storing was stopped");
        if (!rc)
            rc = read_source(cx, s, buf, &n);
        if (rc || n == 0)
            break;
        sk_sha256_add(st, (sk_str){buf, n});
        int err = r->fs->write_at(r->file, buf, n, at);
        if (err)
            rc = sk_fs_fail(cx, err, "cannot write", path);
        at += n;
        if (n == CHUNK && at == CHUNK) /* more than a chunk: worth a thread */
            has_thread = pthread_create(&r->thread, NULL, read_back, r) == 0;
        if (!rc)
            tell_reader(r, at, false);
        if (at % FLUSH_EACH == 0)
            r->fs->flush_soon(r->file, at - FLUSH_EACH, FLUSH_EACH);
        sk_progress_add(cx->progress, n);
    }
    tell_reader(r, r->written, true);
    if (has_thread)
        pthread_join(r->thread, NULL);
    else if (!rc)
        read_back(r);
    *ret_hash = sk_sha256_end(st);
    *ret_size = at;
    return rc;
}

/* Write the source to a temporary file and see that it can be read back. */
static sk_rc write_temp(sk_ctx *cx, sk_archive *ar, source *s, blob_item *item, uint64_t *ret_size)
{
    const sk_fs *fs = ar->fs;
    const char *path = temp_path(&cx->arena, ar, item->temp);
    reader r = {.fs = fs,
                .buf = ar->blobs->chunks[1],
                .lock = PTHREAD_MUTEX_INITIALIZER,
                .grew = PTHREAD_COND_INITIALIZER};
    int flags = SK_FS_WRITE | SK_FS_CREATE | SK_FS_EXCLUSIVE;
    SK_TRY(sk_fs_open(cx, fs, path, flags, 0444, &r.file));
    sk_rc rc = copy(cx, s, ar->blobs->chunks[0], path, &r, &item->hash, ret_size);
    if (!rc && r.err)
        rc = sk_fs_fail(cx, r.err, "cannot read back", path);
    if (!rc && !sk_hash_eq(&r.hash, &item->hash))
        rc = sk_fail(cx, SK_E_INTEGRITY, "\"%s\" reads back differently from what was written",
                     path);
    item->is_synced = !rc && *ret_size >= SYNC_ALONE;
    int err = item->is_synced ? fs->sync(r.file) : 0;
    if (err) {
        ar->is_broken = true; /* after a failed sync nothing is known */
        rc = sk_fs_fail(cx, err, "cannot sync", path);
    }
    fs->close(r.file);
    pthread_cond_destroy(&r.grew);
    pthread_mutex_destroy(&r.lock);
    return rc;
}

static sk_rc hash_file(sk_ctx *cx, sk_archive *ar, const char *path, sk_hash *ret_hash)
{
    const sk_fs *fs = ar->fs;
    reader r = {.fs = fs,
                .buf = ar->blobs->chunks[1],
                .lock = PTHREAD_MUTEX_INITIALIZER,
                .grew = PTHREAD_COND_INITIALIZER,
                .is_whole = true};
    SK_TRY(sk_fs_open(cx, fs, path, SK_FS_READ, 0, &r.file));
    int err = fs->size(r.file, &r.written);
    if (!err)
        read_back(&r);
    fs->close(r.file);
    if (err || r.err)
        return sk_fs_fail(cx, err ? err : r.err, "cannot read", path);
    *ret_hash = r.hash;
    return SK_OK;
}

/* Is the blob here already, and whole? A damaged one is moved to quarantine. */
static sk_rc is_here(sk_ctx *cx, sk_archive *ar, const sk_hash *hash, bool *ret_here)
{
    const char *path = sk_blob_path(cx, ar, hash).p;
    sk_fs_stat st;
    sk_hash got;
    *ret_here = find_waiting(ar, hash) != NULL;
    if (*ret_here || ar->fs->stat(ar->fs->self, path, &st) != 0)
        return SK_OK;
    SK_TRY(hash_file(cx, ar, path, &got));
    ar->blobs->is_touched[hash->b[0]] = true;
    *ret_here = sk_hash_eq(&got, hash);
    if (*ret_here)
        return SK_OK;
    const char *dir = sk_archive_path(&cx->arena, ar, "quarantine");
    const char *to = sk_fmt(&cx->arena, "%s/%.*s-%.16s.blob", dir,
                            SK_P(sk_hash_hex(&cx->arena, hash)), sk_hash_hex(&cx->arena, &got).p)
                         .p;
    int err = ar->fs->rename(ar->fs->self, path, to);
    return err ? sk_fs_fail(cx, err, "cannot move to", to) : sk_fs_sync_dir(cx, ar->fs, dir);
}

static sk_rc write_blob(sk_ctx *cx, sk_archive *ar, source *s, sk_blob_info *ret_info)
{
    SK_TRY(sk_archive_may_write(cx, ar));
    if (!ar->blobs)
        ar->blobs = new_set();
    if (ar->blobs->n == SK_LIM_BLOB_GROUP && sk_blobs_commit(cx, ar)) {
        ar->is_broken = true;
        return cx->rc;
    }
    blob_item item = {.temp = ar->blobs->next_temp++};
    uint64_t size = 0;
    bool here = false;
    sk_rc rc = write_temp(cx, ar, s, &item, &size);
    if (!rc)
        rc = is_here(cx, ar, &item.hash, &here);
    if (rc || here)
        (void)ar->fs->unlink(ar->fs->self, temp_path(&cx->arena, ar, item.temp));
    if (rc)
        return rc;
    if (!here)
        add_waiting(ar->blobs, &item);
    *ret_info = (sk_blob_info){item.hash, size, !here};
    return SK_OK;
}

sk_rc sk_blob_write(sk_ctx *cx, sk_archive *ar, int fd, sk_blob_info *ret_info)
{
    sk_assert(fd >= 0);
    source s = {.fd = fd};
    return write_blob(cx, ar, &s, ret_info);
}

sk_rc sk_blob_write_bytes(sk_ctx *cx, sk_archive *ar, sk_str bytes, sk_blob_info *ret_info)
{
    source s = {.fd = -1, .bytes = bytes};
    return write_blob(cx, ar, &s, ret_info);
}

/* ---- commit ---- */

static sk_rc sync_bytes(sk_ctx *cx, sk_archive *ar, const char *blobs_dir)
{
    const sk_fs *fs = ar->fs;
    if (ar->blobs->n >= GROUP) {
        int err = fs->sync_all(fs->self, blobs_dir);
        return err ? sk_fs_fail(cx, err, "cannot sync", blobs_dir) : SK_OK;
    }
    for (size_t i = 0; i < ar->blobs->n; i++) {
        if (ar->blobs->items[i].is_synced)
            continue;
        const char *path = temp_path(&cx->arena, ar, ar->blobs->items[i].temp);
        sk_file *f;
        SK_TRY(sk_fs_open(cx, fs, path, SK_FS_READ, 0, &f));
        int err = fs->sync(f);
        fs->close(f);
        if (err)
            return sk_fs_fail(cx, err, "cannot sync", path);
    }
    return SK_OK;
}

/* Give each blob its name; marks the folders that changed. */
static sk_rc name_blobs(sk_ctx *cx, sk_archive *ar)
{
    const sk_fs *fs = ar->fs;
    sk_blob_set *set = ar->blobs;
    for (size_t i = 0; i < set->n; i++) {
        const blob_item *b = &set->items[i];
        const char *to = sk_blob_path(cx, ar, &b->hash).p;
        if (!set->is_touched[b->hash.b[0]]) {
            const char *dir = sk_fmt(&cx->arena, "%.*s/blobs/%02x", SK_P(ar->path), b->hash.b[0]).p;
            int err = fs->mkdir(fs->self, dir, 0755);
            if (err && err != EEXIST)
                return sk_fs_fail(cx, err, "cannot make directory", dir);
            set->is_root_synced &= err != 0;
            set->is_touched[b->hash.b[0]] = true;
        }
        int err = fs->rename(fs->self, temp_path(&cx->arena, ar, b->temp), to);
        if (err)
            return sk_fs_fail(cx, err, "cannot rename to", to);
    }
    return SK_OK;
}

static sk_rc sync_names(sk_ctx *cx, sk_archive *ar, const char *blobs_dir)
{
    const sk_fs *fs = ar->fs;
    sk_blob_set *set = ar->blobs;
    size_t folders = 0;
    for (unsigned i = 0; i < 256; i++)
        folders += set->is_touched[i];
    if (folders >= GROUP) {
        int err = fs->sync_all(fs->self, blobs_dir);
        if (err)
            return sk_fs_fail(cx, err, "cannot sync", blobs_dir);
        set->is_root_synced = true;
        return SK_OK;
    }
    for (unsigned i = 0; i < 256; i++)
        if (set->is_touched[i])
            SK_TRY(sk_fs_sync_dir(cx, fs, sk_fmt(&cx->arena, "%s/%02x", blobs_dir, i).p));
    if (folders && !set->is_root_synced)
        SK_TRY(sk_fs_sync_dir(cx, fs, blobs_dir));
    set->is_root_synced |= folders > 0;
    return SK_OK;
}

sk_rc sk_blobs_commit(sk_ctx *cx, sk_archive *ar)
{
    if (!ar->blobs)
        return SK_OK;
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    const char *dir = sk_archive_path(&cx->arena, ar, "blobs");
    sk_rc rc = sync_bytes(cx, ar, dir);
    if (!rc)
        rc = name_blobs(cx, ar);
    if (!rc)
        rc = sync_names(cx, ar, dir);
    sk_arena_back_to(&cx->arena, mark);
    if (!rc)
        forget_waiting(ar->blobs);
    return rc;
}

/* ---- reading ---- */

const char *sk_blob_find(sk_arena *a, const sk_archive *ar, const sk_hash *hash)
{
    const blob_item *item = find_waiting(ar, hash);
    if (item)
        return temp_path(a, ar, item->temp);
    sk_str hex = sk_hash_hex(a, hash);
    return sk_fmt(a, "%.*s/blobs/%.2s/%.*s", SK_P(ar->path), hex.p, SK_P(hex)).p;
}

sk_rc sk_blob_open(sk_ctx *cx, sk_archive *ar, const sk_hash *hash, int *ret_fd,
                   uint64_t *ret_size_bytes)
{
    const char *path = sk_blob_find(&cx->arena, ar, hash);
    sk_file *f;
    uint64_t size = 0;
    SK_TRY(sk_fs_open(cx, ar->fs, path, SK_FS_READ, 0, &f));
    int err = ar->fs->size(f, &size), fd = ar->fs->descriptor(f);
    sk_rc rc = SK_OK;
    if (err)
        rc = sk_fs_fail(cx, err, "cannot measure", path);
    else if (fd < 0)
        rc = sk_fail(cx, SK_E_UNSUPPORTED, "\"%s\" has no file descriptor here", path);
    else if ((fd = fcntl(fd, F_DUPFD_CLOEXEC, 0)) < 0)
        rc = sk_fail_errno(cx, "cannot open \"%s\"", path);
    ar->fs->close(f);
    if (rc)
        return rc;
    *ret_fd = fd;
    *ret_size_bytes = size;
    return SK_OK;
}
