/* The operations of the simulated file system. See simfs.h. */
#include "simdisk.h"

#include <errno.h>
#include <stdlib.h>

struct sk_file {
    simfs *s;
    node *at;
    bool may_write;
};

/* ---- the operations ---- */

#define LOCKED(s, expr)                   \
    do {                                  \
        pthread_mutex_lock(&(s)->lock);   \
        int result_ = (expr);             \
        pthread_mutex_unlock(&(s)->lock); \
        return result_;                   \
    } while (0)

static void rename_live(simfs *s, node *dir, const char *nm, node *target)
{
    disk_set(&dir->live_names, nm, target);
    disk_add(s, (change){CHANGE_NAME, .on = dir, .name = strdup(nm), .target = target});
}

static int do_open(simfs *s, const char *path, int flags, unsigned mode, sk_file **ret_file)
{
    const char *nm;
    if (disk_is_dead(s))
        return EIO;
    node *dir = disk_dir(s, path, &nm),
         *at = dir ? disk_find(&dir->live_names, nm, strlen(nm)) : NULL;
    if (at && (flags & SK_FS_EXCLUSIVE))
        return EEXIST;
    if (at && at->is_dir && (flags & SK_FS_WRITE))
        return EISDIR;
    if (!at && (!dir || !(flags & SK_FS_CREATE)))
        return ENOENT;
    if (!at) {
        int err = disk_begin(s, &s->counts.create);
        if (err)
            return err;
        at = disk_new_node(s, false, mode);
        rename_live(s, dir, nm, at);
    }
    if ((flags & SK_FS_EMPTY) && at->live.n) {
        disk_resize(&at->live, 0);
        disk_add(s, (change){CHANGE_SIZE, .on = at, .offset = 0});
    }
    sk_file *f = sk_xmalloc(sizeof *f);
    *f = (sk_file){s, at, flags & SK_FS_WRITE};
    *ret_file = f;
    return 0;
}

static int sim_open(void *self, const char *path, int flags, unsigned mode, sk_file **ret_file)
{
    simfs *s = self;
    LOCKED(s, do_open(s, path, flags, mode, ret_file));
}

static void sim_close(sk_file *f)
{
    pthread_mutex_lock(&f->s->lock);
    if (f->at->locked_by == f)
        f->at->locked_by = NULL;
    pthread_mutex_unlock(&f->s->lock);
    free(f);
}

static int do_read(sk_file *f, void *to, size_t n, uint64_t offset, size_t *ret_n)
{
    const content *b = &f->at->live;
    if (disk_is_dead(f->s))
        return EIO;
    size_t have = offset < b->n ? b->n - (size_t)offset : 0;
    *ret_n = n < have ? n : have;
    if (*ret_n)
        memcpy(to, b->p + offset, *ret_n);
    return 0;
}

static int sim_read_at(sk_file *f, void *to, size_t n, uint64_t offset, size_t *ret_n)
{
    LOCKED(f->s, do_read(f, to, n, offset, ret_n));
}

static uint64_t live_bytes(const simfs *s)
{
    uint64_t sum = 0;
    for (const node *n = s->nodes; n; n = n->next)
        sum += n->live.n;
    return sum;
}

static int do_write(sk_file *f, const void *from, size_t n, uint64_t offset)
{
    simfs *s = f->s;
    if (!f->may_write)
        return EBADF;
    int err = disk_begin(s, &s->counts.write);
    if (disk_is_dead(s) && err)
        return err;
    size_t part = err ? n / 2 : n;
    if (s->limit && offset + n > f->at->live.n) {
        uint64_t used = live_bytes(s), more = offset + n - f->at->live.n;
        if (used + more > s->limit) {
            err = ENOSPC;
            part = used >= s->limit ? 0 : (size_t)(s->limit - used);
            part = part > n ? n : part;
        }
    }
    if (part) {
        disk_put(&f->at->live, offset, from, part);
        char *copy = sk_xmalloc(part);
        memcpy(copy, from, part);
        disk_add(s, (change){CHANGE_WRITE, .on = f->at, .offset = offset, .data = copy, .n = part});
    }
    return err;
}

static int sim_write_at(sk_file *f, const void *from, size_t n, uint64_t offset)
{
    LOCKED(f->s, do_write(f, from, n, offset));
}

static int do_size(sk_file *f, uint64_t *ret_size)
{
    *ret_size = f->at->live.n;
    return disk_is_dead(f->s) ? EIO : 0;
}

static int sim_size(sk_file *f, uint64_t *ret_size_bytes)
{
    LOCKED(f->s, do_size(f, ret_size_bytes));
}

static int do_truncate(sk_file *f, uint64_t size)
{
    int err = disk_begin(f->s, &f->s->counts.truncate);
    if (err)
        return err;
    disk_resize(&f->at->live, (size_t)size);
    disk_add(f->s, (change){CHANGE_SIZE, .on = f->at, .offset = size});
    return 0;
}

static int sim_truncate(sk_file *f, uint64_t size_bytes)
{
    LOCKED(f->s, do_truncate(f, size_bytes));
}

static int do_sync(sk_file *f)
{
    int err = disk_begin(f->s, &f->s->counts.sync);
    if (err && disk_is_dead(f->s))
        return err;
    disk_settle(f->s, f->at, err == 0); /* after an error the pages are clean all the same */
    return err;
}

static int sim_sync(sk_file *f)
{
    LOCKED(f->s, do_sync(f));
}

static void sim_flush_soon(sk_file *f, uint64_t offset, uint64_t n) {}

static int do_lock(sk_file *f)
{
    if (f->at->locked_by && f->at->locked_by != f)
        return EWOULDBLOCK;
    f->at->locked_by = f;
    return disk_is_dead(f->s) ? EIO : 0;
}

static int sim_lock(sk_file *f)
{
    LOCKED(f->s, do_lock(f));
}

static int sim_descriptor(sk_file *f)
{
    return -1;
}

static int do_stat(simfs *s, const char *path, sk_fs_stat *ret)
{
    node *n = disk_resolve(s, path);
    if (disk_is_dead(s))
        return EIO;
    if (!n)
        return ENOENT;
    *ret = (sk_fs_stat){n->is_dir ? SK_FS_DIR : SK_FS_FILE, n->live.n, n->mode};
    return 0;
}

static int sim_stat(void *self, const char *path, sk_fs_stat *ret_stat)
{
    simfs *s = self;
    LOCKED(s, do_stat(s, path, ret_stat));
}

static int do_rename(simfs *s, const char *from, const char *to)
{
    const char *from_name, *to_name;
    node *a = disk_dir(s, from, &from_name), *b = disk_dir(s, to, &to_name);
    node *target = a ? disk_find(&a->live_names, from_name, strlen(from_name)) : NULL;
    if (!target || !b)
        return ENOENT;
    int err = disk_begin(s, &s->counts.rename);
    if (err)
        return err;
    disk_set(&a->live_names, from_name, NULL);
    disk_set(&b->live_names, to_name, target);
    disk_add(s, (change){CHANGE_NAME, .on = b, .name = strdup(to_name), .target = target,
                         .from_dir = a, .from_name = strdup(from_name)});
    return 0;
}

static int sim_rename(void *self, const char *from, const char *to)
{
    simfs *s = self;
    LOCKED(s, do_rename(s, from, to));
}

static int do_mkdir(simfs *s, const char *path, unsigned mode)
{
    const char *nm;
    node *dir = disk_dir(s, path, &nm);
    if (!dir)
        return ENOENT;
    if (disk_find(&dir->live_names, nm, strlen(nm)))
        return EEXIST;
    int err = disk_begin(s, &s->counts.mkdir);
    if (!err)
        rename_live(s, dir, nm, disk_new_node(s, true, mode));
    return err;
}

static int sim_mkdir(void *self, const char *path, unsigned mode)
{
    simfs *s = self;
    LOCKED(s, do_mkdir(s, path, mode));
}

static int do_unlink(simfs *s, const char *path, bool is_dir)
{
    const char *nm;
    node *dir = disk_dir(s, path, &nm),
         *n = dir ? disk_find(&dir->live_names, nm, strlen(nm)) : NULL;
    if (!n)
        return ENOENT;
    if (n->is_dir != is_dir)
        return is_dir ? ENOTDIR : EISDIR;
    if (is_dir && n->live_names.n)
        return ENOTEMPTY;
    int err = disk_begin(s, &s->counts.unlink);
    if (!err)
        rename_live(s, dir, nm, NULL);
    return err;
}

static int sim_unlink(void *self, const char *path)
{
    simfs *s = self;
    LOCKED(s, do_unlink(s, path, false));
}

static int sim_rmdir(void *self, const char *path)
{
    simfs *s = self;
    LOCKED(s, do_unlink(s, path, true));
}

static int sim_list(void *self, const char *path, sk_fs_name_fn *fn, void *arg)
{
    simfs *s = self;
    node *dir = disk_resolve(s, path);
    if (disk_is_dead(s))
        return EIO;
    if (!dir)
        return ENOENT;
    if (!dir->is_dir)
        return ENOTDIR;
    for (size_t i = 0; i < dir->live_names.n; i++)
        fn(arg, dir->live_names.items[i].name);
    return 0;
}

static int do_sync_dir(simfs *s, const char *path)
{
    node *dir = disk_resolve(s, path);
    if (!dir)
        return ENOENT;
    int err = disk_begin(s, &s->counts.sync_dir);
    if (!err)
        disk_settle(s, dir, true);
    return err;
}

static int sim_sync_dir(void *self, const char *path)
{
    simfs *s = self;
    LOCKED(s, do_sync_dir(s, path));
}

static int do_sync_all(simfs *s)
{
    int err = disk_begin(s, &s->counts.sync_all);
    if (!err)
        disk_settle(s, NULL, true);
    return err;
}

static int sim_sync_all(void *self, const char *path)
{
    simfs *s = self;
    LOCKED(s, do_sync_all(s));
}

/* ---- for tests ---- */

simfs *sim_new(void)
{
    simfs *s = sk_xmalloc(sizeof *s);
    *s = (simfs){.lock = PTHREAD_MUTEX_INITIALIZER};
    s->fs = (sk_fs){.self = s,
                    .open = sim_open,
                    .close = sim_close,
                    .read_at = sim_read_at,
                    .write_at = sim_write_at,
                    .size = sim_size,
                    .truncate = sim_truncate,
                    .sync = sim_sync,
                    .flush_soon = sim_flush_soon,
                    .lock = sim_lock,
                    .descriptor = sim_descriptor,
                    .stat = sim_stat,
                    .rename = sim_rename,
                    .mkdir = sim_mkdir,
                    .unlink = sim_unlink,
                    .rmdir = sim_rmdir,
                    .list = sim_list,
                    .sync_dir = sim_sync_dir,
                    .sync_all = sim_sync_all};
    s->root = disk_new_node(s, true, 0755);
    return s;
}

const sk_fs *sim_fs(simfs *s)
{
    return &s->fs;
}

unsigned sim_calls(const simfs *s)
{
    return s->calls;
}

sim_counts sim_count(const simfs *s)
{
    return s->counts;
}

void sim_fail_at(simfs *s, unsigned call, int err, bool is_lasting)
{
    s->fail_at = call;
    s->fail_err = err;
    s->is_lasting = is_lasting;
}

void sim_die_after(simfs *s, unsigned call)
{
    s->die_after = call;
}

void sim_limit(simfs *s, uint64_t bytes)
{
    s->limit = bytes;
}

sk_str sim_read(simfs *s, const char *path)
{
    node *n = disk_resolve(s, path);
    if (!n || n->is_dir)
        return SK_NONE;
    return (sk_str){n->live.p ? n->live.p : "", n->live.n};
}
