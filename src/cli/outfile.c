#include "cli/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static sk_rc write_piece(void *arg, sk_str bytes)
{
    sk_outfile *f = arg;
    while (bytes.n) {
        ssize_t n = write(f->fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return sk_fail_errno(f->cx, "\"%.*s\"", SK_P(f->name));
        bytes = sk_str_sub(bytes, (size_t)n, bytes.n);
    }
    return SK_OK;
}

sk_sink sk_outfile_sink(sk_outfile *f)
{
    return (sk_sink){write_piece, f};
}

static sk_rc is_there(sk_outfile *f)
{
    return sk_fail(f->cx, SK_E_CONFLICT, "\"%.*s\" is there already; name another, or give --force",
                   SK_P(f->name));
}

/* "DIR/.NAME.XXXXXX", which mkostemp fills in. */
static char *hidden_name(const sk_outfile *f)
{
    sk_str last = sk_str_sub(f->name, f->folder.n, 200);
    return sk_str_c(&f->cx->arena,
                    sk_fmt(&f->cx->arena, "%.*s.%.*s.XXXXXX", SK_P(f->folder), SK_P(last)));
}

static sk_rc open_unfinished(sk_outfile *f)
{
    sk_arena *a = &f->cx->arena;
    size_t slash = f->name.n;
    while (slash && f->name.p[slash - 1] != '/')
        slash--;
    if (slash == f->name.n)
        return sk_fail(f->cx, SK_E_FORMAT, "\"%.*s\" is no name of a file", SK_P(f->name));
    f->folder = sk_str_sub(f->name, 0, slash);
    const char *folder = slash ? sk_str_c(a, f->folder) : ".";
    f->fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    f->is_nameless = f->fd >= 0;
    f->path = sk_fmt(a, "/proc/self/fd/%d", f->fd);
    if (f->is_nameless && access(f->path.p, F_OK) == 0)
        return SK_OK;
    if (f->is_nameless)
        close(f->fd); /* no /proc, by which to name it */
    f->is_nameless = false;
    char *hidden = hidden_name(f);
    f->fd = mkostemp(hidden, O_CLOEXEC);
    f->path = sk_str_of(hidden);
    return f->fd < 0 ? sk_fail_errno(f->cx, "\"%.*s\"", SK_P(f->name)) : SK_OK;
}

sk_rc sk_outfile_open(sk_ctx *cx, sk_str name, bool may_replace, sk_outfile *f)
{
    struct stat st;
    *f = (sk_outfile){.cx = cx, .fd = STDOUT_FILENO, .name = name, .may_replace = may_replace};
    if (sk_str_is(name, "-"))
        return SK_OK;
    char *path = sk_str_c(&cx->arena, name);
    if (stat(path, &st) == 0) {
        if (!S_ISREG(st.st_mode)) {
            f->fd = open(path, O_WRONLY | O_CLOEXEC);
            return f->fd < 0 ? sk_fail_errno(cx, "\"%.*s\"", SK_P(name)) : SK_OK;
        }
        if (!may_replace)
            return is_there(f);
        char *real = realpath(path, NULL); /* through a symbolic link, not over it */
        if (real)
            f->name = sk_str_copy(&cx->arena, sk_str_of(real));
        free(real);
    }
    return open_unfinished(f);
}

/* From one name to another, but never over a file that came there meanwhile, unless allowed. Where
 * the file system cannot say "only if it is not there", we look first. */
static int rename_to(const char *from, const char *to, bool may_replace)
{
    int rc = renameat2(AT_FDCWD, from, AT_FDCWD, to, may_replace ? 0 : RENAME_NOREPLACE);
    if (rc == 0 || may_replace || (errno != EINVAL && errno != ENOSYS))
        return rc;
    errno = EEXIST;
    return access(to, F_OK) ? rename(from, to) : -1;
}

/* A file without a name gets its own at once, or, to replace another, a hidden one first. */
static int name_nameless(sk_outfile *f, const char *to)
{
    int rc = linkat(AT_FDCWD, f->path.p, AT_FDCWD, to, AT_SYMLINK_FOLLOW);
    if (rc == 0 || errno != EEXIST || !f->may_replace)
        return rc;
    char *hidden = hidden_name(f);
    int fd = mkostemp(hidden, O_CLOEXEC); /* finds a free name */
    if (fd < 0)
        return -1;
    close(fd);
    rc = unlink(hidden);
    if (!rc)
        rc = linkat(AT_FDCWD, f->path.p, AT_FDCWD, hidden, AT_SYMLINK_FOLLOW);
    if (!rc && (rc = rename(hidden, to)))
        unlink(hidden);
    return rc;
}

static sk_rc give_name(sk_outfile *f)
{
    const char *to = sk_str_c(&f->cx->arena, f->name);
    int rc = f->is_nameless ? name_nameless(f, to) : rename_to(f->path.p, to, f->may_replace);
    if (rc && errno == EEXIST)
        return is_there(f);
    return rc ? sk_fail_errno(f->cx, "\"%.*s\"", SK_P(f->name)) : SK_OK;
}

sk_rc sk_outfile_close(sk_outfile *f, sk_rc rc)
{
    if (f->fd == STDOUT_FILENO)
        return rc;
    if (!rc && f->path.n && fsync(f->fd))
        rc = sk_fail_errno(f->cx, "\"%.*s\"", SK_P(f->name));
    if (!rc && f->path.n)
        rc = give_name(f);
    if (close(f->fd) && !rc)
        rc = sk_fail_errno(f->cx, "\"%.*s\"", SK_P(f->name));
    if (rc && f->path.n && !f->is_nameless)
        unlink(f->path.p);
    return rc;
}
