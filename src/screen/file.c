/* Index files on disk: made without a name, named when whole, added to behind two slots.
 *
 * A file is replaced by rename. A segment is added behind the last one and synced before the slot
 * that names it is written and synced; slots take turns, so that one good slot is there at any time. */
#include "screen/index_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

sk_rc sk_screen_file_new(sk_ctx *cx, sk_str folder, int *ret_fd)
{
    const char *tmp = getenv("TMPDIR");
    sk_str where = folder.n ? folder : sk_str_of(tmp && *tmp ? tmp : "/tmp");
    int fd = open(sk_str_c(&cx->arena, where), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) { /* a file system without nameless files */
        char *name = sk_str_c(&cx->arena, sk_fmt(&cx->arena, "%.*s/.screen-XXXXXX", SK_P(where)));
        fd = mkostemp(name, O_CLOEXEC);
        if (fd >= 0)
            unlink(name);
    }
    if (fd < 0)
        return sk_fail_errno(cx, "a file for the screening index in \"%.*s\"", SK_P(where));
    *ret_fd = fd;
    return SK_OK;
}

static sk_rc write_slot(sk_ctx *cx, int fd, slot *s, int which)
{
    char page[SCREEN_PAGE] = {0};
    memcpy(s->magic, SLOT_MAGIC, 8);
    s->version = SCREEN_VERSION;
    s->endian = SCREEN_ENDIAN;
    s->tables = sk_name_tables_id();
    s->sum = sum_of(s, offsetof(slot, sum));
    memcpy(page, s, sizeof *s);
    if (pwrite(fd, page, sizeof page, (off_t)which * SCREEN_PAGE) != (ssize_t)sizeof page)
        return sk_fail_errno(cx, "writing the screening index");
    return SK_OK;
}

sk_rc sk_screen_file_seal(sk_ctx *cx, int fd, uint64_t segment_bytes, const uint8_t stamp[32])
{
    slot s = {.generation = 1,
              .bytes = SK_SCREEN_BEGIN + segment_bytes,
              .n_segments = 1,
              .at = {SK_SCREEN_BEGIN}};
    memcpy(s.stamp, stamp, sizeof s.stamp);
    return write_slot(cx, fd, &s, 0);
}

/* A nameless file gets a hidden name by its descriptor, a nameless one from unlink cannot: then its
 * bytes are copied. */
static sk_rc name_file(sk_ctx *cx, int fd, sk_str hidden)
{
    char proc[64];
    snprintf(proc, sizeof proc, "/proc/self/fd/%d", fd);
    const char *to = sk_str_c(&cx->arena, hidden);
    if (!linkat(AT_FDCWD, proc, AT_FDCWD, to, AT_SYMLINK_FOLLOW))
        return SK_OK;
    int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (out < 0)
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(hidden));
    char *buf = sk_xmalloc(SK_MIB(1));
    off_t at = 0;
    ssize_t n;
    while ((n = pread(fd, buf, SK_MIB(1), at)) > 0 && pwrite(out, buf, (size_t)n, at) == n)
        at += n;
    free(buf);
    bool good = n == 0 && !fdatasync(out);
    sk_rc rc = good ? SK_OK : sk_fail_errno(cx, "writing \"%.*s\"", SK_P(hidden));
    close(out);
    if (rc)
        unlink(to);
    return rc;
}

sk_rc sk_screen_file_publish(sk_ctx *cx, int fd, sk_str folder, sk_str name)
{
    sk_str hidden = sk_fmt(&cx->arena, "%.*s/.%.*s-%ld", SK_P(folder), SK_P(name), (long)getpid());
    sk_str path = sk_fmt(&cx->arena, "%.*s/%.*s", SK_P(folder), SK_P(name));
    const char *from = sk_str_c(&cx->arena, hidden);
    unlink(from);
    if (fdatasync(fd))
        return sk_fail_errno(cx, "writing the screening index");
    SK_TRY(name_file(cx, fd, hidden));
    if (rename(from, sk_str_c(&cx->arena, path))) {
        sk_rc rc = sk_fail_errno(cx, "\"%.*s\"", SK_P(path));
        unlink(from);
        return rc;
    }
    return SK_OK;
}

static sk_rc copy_segment(sk_ctx *cx, int from, int to, uint64_t at, uint64_t n)
{
    char *buf = sk_xmalloc(SK_MIB(1));
    sk_rc rc = SK_OK;
    for (uint64_t done = 0; !rc && done < n;) {
        size_t piece = n - done < SK_MIB(1) ? (size_t)(n - done) : SK_MIB(1);
        ssize_t k = pread(from, buf, piece, (off_t)(SK_SCREEN_BEGIN + done));
        if (k <= 0 || pwrite(to, buf, (size_t)k, (off_t)(at + done)) != k)
            rc = sk_fail_errno(cx, "adding to the screening index");
        else
            done += (uint64_t)k;
    }
    free(buf);
    return rc;
}

static sk_rc current_slot(sk_ctx *cx, int fd, slot *ret_slot, int *ret_which)
{
    char *pages = sk_alloc(&cx->arena, SK_SCREEN_BEGIN);
    struct stat st;
    if (fstat(fd, &st) || pread(fd, pages, SK_SCREEN_BEGIN, 0) != SK_SCREEN_BEGIN)
        return sk_fail(cx, SK_E_INTEGRITY, "the screening index is cut short");
    /* the slots alone are read; that the file is as long as they say is checked against its size */
    if (!sk_screen__read_slot(pages, (size_t)st.st_size, ret_slot, ret_which))
        return sk_fail(cx, SK_E_INTEGRITY, "the screening index is damaged");
    return SK_OK;
}

sk_rc sk_screen_file_add(sk_ctx *cx, int fd, int from, uint64_t segment_bytes,
                         const uint8_t stamp[32])
{
    slot s;
    int which;
    SK_TRY(current_slot(cx, fd, &s, &which));
    if (segment_bytes) {
        if (s.n_segments == SCREEN_SEGMENTS)
            return sk_fail(cx, SK_E_LIMIT, "the screening index has %d segments", SCREEN_SEGMENTS);
        SK_TRY(copy_segment(cx, from, fd, s.bytes, segment_bytes));
        s.at[s.n_segments++] = s.bytes;
        s.bytes += segment_bytes;
        if (fdatasync(fd))
            return sk_fail_errno(cx, "writing the screening index");
    }
    s.generation++;
    memcpy(s.stamp, stamp, sizeof s.stamp);
    SK_TRY(write_slot(cx, fd, &s, !which));
    return fdatasync(fd) ? sk_fail_errno(cx, "writing the screening index") : SK_OK;
}
