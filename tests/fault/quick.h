/* How much the fault tests try, and real files without the wait: for tests in which a process dies,
 * or a call fails, but never the machine, so that nothing depends on what was synced. */
#ifndef QUICK_H
#define QUICK_H

#include "../unit/archive/archive_test.h"

/* SK_FAULT_SCALE=10 tries ten times as much of what is otherwise sampled. */
static inline unsigned scale(void)
{
    const char *e = getenv("SK_FAULT_SCALE");
    int n = e ? atoi(e) : 1;
    return n > 0 ? (unsigned)n : 1;
}

/* The step between the numbers that are tried. */
static inline unsigned scaled_stride(unsigned stride)
{
    return stride > scale() ? stride / scale() : 1;
}

static inline int quick_sync(sk_file *f)
{
    return 0;
}

static inline int quick_sync_path(void *self, const char *path)
{
    return 0;
}

/* The real file system less its syncs. */
static inline sk_fs quick_fs(void)
{
    sk_fs fs = *sk_fs_posix();
    fs.sync = quick_sync;
    fs.sync_dir = fs.sync_all = quick_sync_path;
    return fs;
}

/* A new folder, in memory where there is such a place; SQLite syncs by itself. */
static inline char *make_quick_folder(void)
{
    if (!getenv("TMPDIR") && access("/dev/shm", W_OK) == 0)
        setenv("TMPDIR", "/dev/shm", 1);
    return make_folder();
}

#endif
