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

/* "DIR/.NAME.XXXXXX": beside the name, so that it can be renamed, and hidden while it is unfinished. */
static sk_rc open_temp(sk_outfile *f)
{
    size_t slash = f->name.n;
    while (slash && f->name.p[slash - 1] != '/')
        slash--;
    sk_str folder = sk_str_sub(f->name, 0, slash), last = sk_str_sub(f->name, slash, f->name.n);
    if (last.n == 0)
        return sk_fail(f->cx, SK_E_FORMAT, "\"%.*s\" is no name of a file", SK_P(f->name));
    char *temp = sk_str_c(&f->cx->arena, sk_fmt(&f->cx->arena, "%.*s.%.*s.XXXXXX", SK_P(folder),
                                                SK_P(sk_str_sub(last, 0, 200))));
    f->fd = mkostemp(temp, O_CLOEXEC);
    if (f->fd < 0)
        return sk_fail_errno(f->cx, "\"%.*s\"", SK_P(f->name));
    f->temp = sk_str_of(temp);
    return SK_OK;
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
    return open_temp(f);
}

/* Give it its name, but never in place of a file that came there meanwhile, unless forced. Where the
 * file system cannot say "only if it is not there", we look first. */
static sk_rc give_name(sk_outfile *f)
{
    char *from = sk_str_c(&f->cx->arena, f->temp), *to = sk_str_c(&f->cx->arena, f->name);
    int rc = renameat2(AT_FDCWD, from, AT_FDCWD, to, f->may_replace ? 0 : RENAME_NOREPLACE);
    if (rc && !f->may_replace && (errno == EINVAL || errno == ENOSYS)) {
        errno = EEXIST;
        if (access(to, F_OK))
            rc = rename(from, to);
    }
    if (rc && errno == EEXIST)
        return is_there(f);
    return rc ? sk_fail_errno(f->cx, "\"%.*s\"", SK_P(f->name)) : SK_OK;
}

sk_rc sk_outfile_close(sk_outfile *f, sk_rc rc)
{
    if (f->fd == STDOUT_FILENO)
        return rc;
    if (!rc && f->temp.n && fsync(f->fd))
        rc = sk_fail_errno(f->cx, "\"%.*s\"", SK_P(f->name));
    if (close(f->fd) && !rc)
        rc = sk_fail_errno(f->cx, "\"%.*s\"", SK_P(f->name));
    if (!rc && f->temp.n)
        rc = give_name(f);
    if (rc && f->temp.n)
        unlink(sk_str_c(&f->cx->arena, f->temp));
    return rc;
}
