/* The one door through which archive/ touches a disk.
 *
 * A table of the few calls an archive needs, so that tests can put a file system behind it that
 * fails the n-th call, or forgets, tears and reorders what was not synced (tests/fault/simfs.c).
 * sk_fs_posix() is the real one. Nothing in archive/ calls open, write or rename itself; the only
 * descriptors that come from elsewhere are the sources of blobs.
 *
 * Conventions: every operation returns 0 or a positive errno value and reports no more than that;
 * the helpers below turn it into a message that names the path. Paths are NUL-terminated.
 *
 * What an implementation must promise, and archive/ relies on:
 *   - sync makes the file's bytes and size durable; not its name;
 *   - sync_dir makes creations, renames and removals of names in that directory durable;
 *   - sync_all does both for everything below a path (it may do more);
 *   - rename replaces its target in one step, also across a crash.
 *
 * Threads: one file may be read and written by two threads at once at different positions. */
#ifndef SK_ARCHIVE_FS_H
#define SK_ARCHIVE_FS_H

#include "base/ctx.h"

typedef struct sk_file sk_file; /* an open file; its content belongs to the implementation */

enum {
    SK_FS_READ = 0,
    SK_FS_WRITE = 1,     /* read and write                        */
    SK_FS_CREATE = 2,    /* make it when it is not there          */
    SK_FS_EXCLUSIVE = 4, /* with CREATE: EEXIST when it is there  */
    SK_FS_EMPTY = 8,     /* cut to nothing                        */
};

typedef enum sk_fs_type { SK_FS_FILE, SK_FS_DIR, SK_FS_OTHER } sk_fs_type;

typedef struct sk_fs_stat {
    sk_fs_type type;
    uint64_t size_bytes;
    unsigned mode; /* permission bits */
} sk_fs_stat;

/* Called with each name of a directory but "." and "..", in no order. */
typedef void sk_fs_name_fn(void *arg, const char *name);

typedef struct sk_fs {
    void *self; /* handed to the operations that take no file */

    int (*open)(void *self, const char *path, int flags, unsigned mode, sk_file **ret_file);
    void (*close)(sk_file *f);
    /* All n bytes, or fewer at the end of the file. */
    int (*read_at)(sk_file *f, void *to, size_t n, uint64_t offset, size_t *ret_n);
    /* All n bytes or an error; after an error any part of them may have been written. */
    int (*write_at)(sk_file *f, const void *from, size_t n, uint64_t offset);
    int (*size)(sk_file *f, uint64_t *ret_size_bytes);
    int (*truncate)(sk_file *f, uint64_t size_bytes);
    int (*sync)(sk_file *f);
    /* Ask for bytes to be on their way to the disk; promises nothing, cannot fail. */
    void (*flush_soon)(sk_file *f, uint64_t offset, uint64_t n);
    int (*lock)(sk_file *f);       /* exclusive, does not wait: EWOULDBLOCK when somebody has it */
    int (*descriptor)(sk_file *f); /* a real one the file keeps, or -1                          */

    int (*stat)(void *self, const char *path, sk_fs_stat *ret_stat);
    int (*rename)(void *self, const char *from, const char *to);
    int (*mkdir)(void *self, const char *path, unsigned mode);
    int (*unlink)(void *self, const char *path);
    int (*rmdir)(void *self, const char *path);
    int (*list)(void *self, const char *path, sk_fs_name_fn *fn, void *arg);
    int (*sync_dir)(void *self, const char *path);
    int (*sync_all)(void *self, const char *path);
} sk_fs;

/* The file system of the machine. Static; not freed. */
const sk_fs *sk_fs_posix(void);

/* ---- helpers over any sk_fs; each fails with a message that names the path ---- */

/* "a/b" in cx's arena, with a NUL behind it. */
const char *sk_path(sk_arena *a, sk_str dir, const char *name);

/* Fail for errno value err: SK_E_NOTFOUND for ENOENT, else SK_E_IO. what: "cannot read". */
SK_MUST_USE sk_rc sk_fs_fail(sk_ctx *cx, int err, const char *what, const char *path);

SK_MUST_USE sk_rc sk_fs_open(sk_ctx *cx, const sk_fs *fs, const char *path, int flags,
                             unsigned mode, sk_file **ret_file);

/* The whole file in the arena. Errors: SK_E_LIMIT above ceiling_bytes, SK_E_NOTFOUND, SK_E_IO. */
SK_MUST_USE sk_rc sk_fs_read_file(sk_ctx *cx, const sk_fs *fs, const char *path,
                                  size_t ceiling_bytes, sk_str *ret_bytes);

/* Exactly n bytes at offset. Errors: SK_E_INTEGRITY when the file ends before, SK_E_IO. */
SK_MUST_USE sk_rc sk_fs_read_exact(sk_ctx *cx, const sk_fs *fs, sk_file *f, const char *path,
                                   void *to, size_t n, uint64_t offset);

/* Put bytes at dir/name so that after a crash either the old or the new file is there, whole:
 * temporary file, sync, read back, rename, sync of the directory.
 * is_durable false leaves both syncs out: for caches that check themselves. */
SK_MUST_USE sk_rc sk_fs_replace(sk_ctx *cx, const sk_fs *fs, sk_str dir, const char *name,
                                unsigned mode, sk_str bytes, bool is_durable);

/* The names of a directory, sorted bytewise. A directory that is not there has none.
 * Errors: SK_E_LIMIT above max names. */
SK_MUST_USE sk_rc sk_fs_names(sk_ctx *cx, const sk_fs *fs, const char *path, size_t max,
                              sk_str **ret_names, size_t *ret_n);

SK_MUST_USE sk_rc sk_fs_make_dir(sk_ctx *cx, const sk_fs *fs, const char *path, unsigned mode);
SK_MUST_USE sk_rc sk_fs_sync_dir(sk_ctx *cx, const sk_fs *fs, const char *path);

#endif
