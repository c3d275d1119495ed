/* The real file system behind archive/fs.h. */
#include "archive/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct sk_file {
    int fd;
};

static int posix_open(void *self, const char *path, int flags, unsigned mode, sk_file **ret_file)
{
    int how = O_CLOEXEC | (flags & SK_FS_WRITE ? O_RDWR : O_RDONLY);
    how |= flags & SK_FS_CREATE ? O_CREAT : 0;
    how |= flags & SK_FS_EXCLUSIVE ? O_EXCL : 0;
    how |= flags & SK_FS_EMPTY ? O_TRUNC : 0;
    int fd = open(path, how, (mode_t)mode);
    if (fd < 0)
        return errno;
    sk_file *f = sk_xmalloc(sizeof *f);
    f->fd = fd;
    *ret_file = f;
    return 0;
}

static void posix_close(sk_file *f)
{
    close(f->fd);
    free(f);
}

static int posix_read_at(sk_file *f, void *to, size_t n, uint64_t offset, size_t *ret_n)
{
    size_t got = 0;
    while (got < n) {
        ssize_t r = pread(f->fd, (char *)to + got, n - got, (off_t)(offset + got));
        if (r < 0 && errno == EINTR)
            continue;
        if (r < 0)
            return errno;
        if (r == 0)
            break;
        got += (size_t)r;
    }
    *ret_n = got;
    return 0;
}

static int posix_write_at(sk_file *f, const void *from, size_t n, uint64_t offset)
{
    size_t put = 0;
    while (put < n) {
        ssize_t w = pwrite(f->fd, (const char *)from + put, n - put, (off_t)(offset + put));
        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0)
            return w < 0 ? errno : ENOSPC;
        put += (size_t)w;
    }
    return 0;
}

static int posix_size(sk_file *f, uint64_t *ret_size_bytes)
{
    struct stat st;
    if (fstat(f->fd, &st))
        return errno;
    *ret_size_bytes = (uint64_t)st.st_size;
    return 0;
}

static int posix_truncate(sk_file *f, uint64_t size_bytes)
{
    return ftruncate(f->fd, (off_t)size_bytes) ? errno : 0;
}

static int posix_sync(sk_file *f)
{
    return fdatasync(f->fd) ? errno : 0;
}

static void posix_flush_soon(sk_file *f, uint64_t offset, uint64_t n)
{
    (void)sync_file_range(f->fd, (off_t)offset, (off_t)n, SYNC_FILE_RANGE_WRITE);
}

static int posix_lock(sk_file *f)
{
    return flock(f->fd, LOCK_EX | LOCK_NB) ? errno : 0;
}

static int posix_descriptor(sk_file *f)
{
    return f->fd;
}

static int posix_stat(void *self, const char *path, sk_fs_stat *ret_stat)
{
    struct stat st;
    if (lstat(path, &st)) /* a link inside an archive is foreign, so it is not followed */
        return errno;
    ret_stat->type = S_ISREG(st.st_mode)   ? SK_FS_FILE
                     : S_ISDIR(st.st_mode) ? SK_FS_DIR
                                           : SK_FS_OTHER;
    ret_stat->size_bytes = (uint64_t)st.st_size;
    ret_stat->mode = (unsigned)st.st_mode & 07777;
    return 0;
}

static int posix_rename(void *self, const char *from, const char *to)
{
    return rename(from, to) ? errno : 0;
}

static int posix_mkdir(void *self, const char *path, unsigned mode)
{
    return mkdir(path, (mode_t)mode) ? errno : 0;
}

static int posix_unlink(void *self, const char *path)
{
    return unlink(path) ? errno : 0;
}

static int posix_rmdir(void *self, const char *path)
{
    return rmdir(path) ? errno : 0;
}

static int posix_list(void *self, const char *path, sk_fs_name_fn *fn, void *arg)
{
    DIR *d = opendir(path);
    if (!d)
        return errno;
    struct dirent *e;
    while ((errno = 0, e = readdir(d)))
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            fn(arg, e->d_name);
    int err = errno;
    closedir(d);
    return err;
}

/* Open a directory, sync it by one of the two calls, close it. */
static int sync_path(const char *path, int (*how)(int))
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int err = how(fd) ? errno : 0;
    close(fd);
    return err;
}

static int posix_sync_dir(void *self, const char *path)
{
    return sync_path(path, fsync);
}

static int posix_sync_all(void *self, const char *path)
{
    return sync_path(path, syncfs);
}

const sk_fs *sk_fs_posix(void)
{
    static const sk_fs fs = {
        .open = posix_open,
        .close = posix_close,
        .read_at = posix_read_at,
        .write_at = posix_write_at,
        .size = posix_size,
        .truncate = posix_truncate,
        .sync = posix_sync,
        .flush_soon = posix_flush_soon,
        .lock = posix_lock,
        .descriptor = posix_descriptor,
        .stat = posix_stat,
        .rename = posix_rename,
        .mkdir = posix_mkdir,
        .unlink = posix_unlink,
        .rmdir = posix_rmdir,
        .list = posix_list,
        .sync_dir = posix_sync_dir,
        .sync_all = posix_sync_all,
    };
    return &fs;
}
