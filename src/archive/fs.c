/* Helpers over any file system of archive/fs.h. */
#include "archive/fs.h"

#include <errno.h>

const char *sk_path(sk_arena *a, sk_str dir, const char *name)
{
    return sk_fmt(a, "%.*s/%s", SK_P(dir), name).p;
}

sk_rc sk_fs_fail(sk_ctx *cx, int err, const char *what, const char *path)
{
    errno = err;
    return sk_fail_errno(cx, "%s \"%s\"", what, path);
}

sk_rc sk_fs_open(sk_ctx *cx, const sk_fs *fs, const char *path, int flags, unsigned mode,
                 sk_file **ret_file)
{
    int err = fs->open(fs->self, path, flags, mode, ret_file);
    return err ? sk_fs_fail(cx, err, "cannot open", path) : SK_OK;
}

sk_rc sk_fs_read_exact(sk_ctx *cx, const sk_fs *fs, sk_file *f, const char *path, void *to,
                       size_t n, uint64_t offset)
{
    size_t got;
    int err = fs->read_at(f, to, n, offset, &got);
    if (err)
        return sk_fs_fail(cx, err, "cannot read", path);
    if (got != n)
        return sk_fail(cx, SK_E_INTEGRITY, "\"%s\" ends at byte %llu, before byte %llu", path,
                       (unsigned long long)(offset + got), (unsigned long long)(offset + n));
    return SK_OK;
}

sk_rc sk_fs_read_file(sk_ctx *cx, const sk_fs *fs, const char *path, size_t ceiling_bytes,
                      sk_str *ret_bytes)
{
    sk_file *f;
    SK_TRY(sk_fs_open(cx, fs, path, SK_FS_READ, 0, &f));
    uint64_t size;
    sk_rc rc = SK_OK;
    int err = fs->size(f, &size);
    if (err)
        rc = sk_fs_fail(cx, err, "cannot measure", path);
    else if (size > ceiling_bytes)
        rc = sk_fail(cx, SK_E_LIMIT, "\"%s\" has %llu bytes, more than the %zu it may have", path,
                     (unsigned long long)size, ceiling_bytes);
    if (!rc) {
        char *p = sk_alloc(&cx->arena, (size_t)size + 1);
        rc = sk_fs_read_exact(cx, fs, f, path, p, (size_t)size, 0);
        if (!rc)
            *ret_bytes = (sk_str){p, (size_t)size};
    }
    fs->close(f);
    return rc;
}

/* Write bytes to a new file, sync it, and see that it says what it should. */
static sk_rc write_checked(sk_ctx *cx, const sk_fs *fs, const char *path, unsigned mode,
                           sk_str bytes, bool is_durable)
{
    sk_file *f;
    SK_TRY(sk_fs_open(cx, fs, path, SK_FS_WRITE | SK_FS_CREATE | SK_FS_EMPTY, mode, &f));
    int err = fs->write_at(f, bytes.p, bytes.n, 0);
    if (!err && is_durable)
        err = fs->sync(f);
    char *back = sk_xmalloc(bytes.n);
    size_t got = 0;
    if (!err)
        err = fs->read_at(f, back, bytes.n, 0, &got);
    sk_rc rc = SK_OK;
    if (err)
        rc = sk_fs_fail(cx, err, "cannot write", path);
    else if (!sk_str_eq(bytes, (sk_str){back, got}))
        rc = sk_fail(cx, SK_E_INTEGRITY, "\"%s\" reads back differently from what was written",
                     path);
    explicit_bzero(back, bytes.n); /* it may have been a secret key */
    free(back);
    fs->close(f);
    return rc;
}

sk_rc sk_fs_replace(sk_ctx *cx, const sk_fs *fs, sk_str dir, const char *name, unsigned mode,
                    sk_str bytes, bool is_durable)
{
    const char *path = sk_path(&cx->arena, dir, name);
    const char *temp = sk_fmt(&cx->arena, "%s.new", path).p;
    sk_rc rc = write_checked(cx, fs, temp, mode, bytes, is_durable);
    int err = 0;
    if (!rc && (err = fs->rename(fs->self, temp, path)))
        rc = sk_fs_fail(cx, err, "cannot rename to", path);
    if (rc) {
        (void)fs->unlink(fs->self, temp); /* best effort: a leftover is replaced next time */
        return rc;
    }
    return is_durable ? sk_fs_sync_dir(cx, fs, sk_str_c(&cx->arena, dir)) : SK_OK;
}

typedef struct name_list {
    sk_arena *arena;
    sk_str *items;
    size_t n, cap, max;
} name_list;

static void add_name(void *arg, const char *name)
{
    name_list *l = arg;
    if (l->n > l->max)
        return; /* one past the ceiling is enough to know */
    SK_GROW(l->arena, l->items, l->n, l->cap);
    l->items[l->n++] = sk_str_copy(l->arena, sk_str_of(name));
}

static int by_bytes(const void *a, const void *b)
{
    return sk_str_cmp(*(const sk_str *)a, *(const sk_str *)b);
}

sk_rc sk_fs_names(sk_ctx *cx, const sk_fs *fs, const char *path, size_t max, sk_str **ret_names,
                  size_t *ret_n)
{
    name_list l = {.arena = &cx->arena, .max = max};
    int err = fs->list(fs->self, path, add_name, &l);
    if (err && err != ENOENT)
        return sk_fs_fail(cx, err, "cannot list", path);
    if (l.n > max)
        return sk_fail(cx, SK_E_LIMIT, "\"%s\" holds more than %zu names", path, max);
    if (l.n)
        qsort(l.items, l.n, sizeof *l.items, by_bytes);
    *ret_names = l.items;
    *ret_n = l.n;
    return SK_OK;
}

sk_rc sk_fs_make_dir(sk_ctx *cx, const sk_fs *fs, const char *path, unsigned mode)
{
    int err = fs->mkdir(fs->self, path, mode);
    return err && err != EEXIST ? sk_fs_fail(cx, err, "cannot make directory", path) : SK_OK;
}

sk_rc sk_fs_sync_dir(sk_ctx *cx, const sk_fs *fs, const char *path)
{
    int err = fs->sync_dir(fs->self, path);
    return err ? sk_fs_fail(cx, err, "cannot sync directory", path) : SK_OK;
}
