/* The file that a long screening grows into, and how it goes on after it was broken off. */
#include "base/json_read.h"
#include "cli/screen.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_there(sk_ctx *cx, sk_str path)
{
    return access(sk_str_c(&cx->arena, path), F_OK) == 0;
}

/* Does FILE.state name this screening? */
static bool is_same(sk_screen_out *o, sk_str digest)
{
    char text[80] = {0};
    int fd = open(sk_str_c(&o->app->cx.arena, o->state), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t n = read(fd, text, sizeof text - 1);
    close(fd);
    return n > 0 && sk_str_eq(sk_str_trim((sk_str){text, (size_t)n}), digest);
}

static sk_rc write_state(sk_screen_out *o, sk_str digest)
{
    sk_ctx *cx = &o->app->cx;
    int fd = open(sk_str_c(&cx->arena, o->state), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    sk_str line = sk_fmt(&cx->arena, "%.*s\n", SK_P(digest));
    if (fd < 0)
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(o->state));
    bool good = write(fd, line.p, line.n) == (ssize_t)line.n && !fsync(fd);
    sk_rc rc = good ? SK_OK : sk_fail_errno(cx, "\"%.*s\"", SK_P(o->state));
    close(fd);
    return rc;
}

/* Cut the part behind its last whole line. */
static sk_rc cut_unfinished(sk_screen_out *o)
{
    sk_ctx *cx = &o->app->cx;
    struct stat st;
    char buf[4096];
    if (fstat(o->fd, &st))
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(o->part));
    off_t end = st.st_size;
    while (end) {
        off_t from = end > (off_t)sizeof buf ? end - (off_t)sizeof buf : 0;
        ssize_t n = pread(o->fd, buf, (size_t)(end - from), from);
        if (n <= 0)
            return sk_fail_errno(cx, "\"%.*s\"", SK_P(o->part));
        while (n && buf[n - 1] != '\n')
            n--;
        end = from + n;
        if (n)
            break;
    }
    if (ftruncate(o->fd, end))
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(o->part));
    return SK_OK;
}

static sk_rc go_on(sk_screen_out *o)
{
    sk_ctx *cx = &o->app->cx;
    SK_TRY(cut_unfinished(o));
    int fd = open(sk_str_c(&cx->arena, o->part), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(o->part));
    o->done_fd = fd;
    return sk_lines_open(cx, fd, sk_str_c(&cx->arena, o->part), SK_LIM_JSON_LINE_BYTES, &o->done);
}

sk_rc sk_screen_out_open(sk_app *app, sk_str name, const sk_hash *digest, sk_screen_out *o)
{
    sk_ctx *cx = &app->cx;
    *o = (sk_screen_out){.app = app, .name = name, .fd = -1, .done_fd = -1};
    o->part = sk_fmt(&cx->arena, "%.*s.part", SK_P(name));
    o->state = sk_fmt(&cx->arena, "%.*s.state", SK_P(name));
    sk_str hex = sk_hash_hex(&cx->arena, digest);
    if (is_there(cx, name) && !app->force)
        return sk_fail(cx, SK_E_CONFLICT,
                       "\"%.*s\" is there already; name another, or give --force", SK_P(name));
    bool there = is_there(cx, o->part), same = there && is_same(o, hex);
    if (there && !same && !app->force)
        return sk_fail(cx, SK_E_CONFLICT,
                       "\"%.*s\" is part of another screening: of another table, other lists or "
                       "options; remove it, or give --force",
                       SK_P(o->part));
    o->fd = open(sk_str_c(&cx->arena, o->part),
                 O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | (same ? 0 : O_TRUNC), 0600);
    if (o->fd < 0)
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(o->part));
    sk_buf_init(&o->buf, SK_LIM_OUTPUT_BYTES);
    return same ? go_on(o) : write_state(o, hex);
}

/* Is the line of that row, and how many alerts does it tell? */
static bool read_done(const sk_json_doc *doc, uint64_t row, uint64_t *ret_alerts)
{
    uint64_t of;
    if (doc->values->kind != SK_JSON_IS_OBJECT)
        return false;
    const sk_json_value *alerts = sk_json_find(doc->values, SK_S("alerts"));
    const sk_json_value *line_row = sk_json_find(doc->values, SK_S("row"));
    return alerts && line_row && sk_str_to_u64(line_row->text, &of) && of == row &&
           sk_str_to_u64(alerts->text, ret_alerts);
}

sk_rc sk_screen_out_next_done(sk_screen_out *o, uint64_t row, bool *ret_there, uint64_t *ret_alerts)
{
    sk_ctx *cx = &o->app->cx;
    sk_line_of line;
    sk_json_doc doc;
    *ret_there = false;
    if (!o->done)
        return SK_OK;
    SK_TRY(sk_lines_next(cx, o->done, &line));
    if (!line.p) {
        sk_lines_close(o->done);
        o->done = NULL;
        return SK_OK;
    }
    sk_json_doc_init(&doc);
    sk_rc rc = sk_json_read(cx, line.p, line.n, &doc);
    if (!rc && !read_done(&doc, row, ret_alerts))
        rc = sk_fail(cx, SK_E_FORMAT,
                     "\"%.*s\" line %llu is not what this screening wrote of row %llu; remove the "
                     "file",
                     SK_P(o->part), (unsigned long long)line.row, (unsigned long long)row);
    sk_json_doc_done(&doc);
    *ret_there = rc == SK_OK;
    o->resumed += rc == SK_OK;
    return rc;
}

sk_rc sk_screen_out_flush(sk_screen_out *o)
{
    sk_str rest = sk_buf_str(&o->buf);
    while (rest.n) {
        ssize_t n = write(o->fd, rest.p, rest.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return sk_fail_errno(&o->app->cx, "\"%.*s\"", SK_P(o->part));
        rest = sk_str_sub(rest, (size_t)n, rest.n);
    }
    sk_buf_reset(&o->buf);
    return SK_OK;
}

sk_rc sk_screen_out_finish(sk_screen_out *o)
{
    sk_ctx *cx = &o->app->cx;
    SK_TRY(sk_screen_out_flush(o));
    if (fsync(o->fd))
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(o->part));
    if (rename(sk_str_c(&cx->arena, o->part), sk_str_c(&cx->arena, o->name)))
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(o->name));
    unlink(sk_str_c(&cx->arena, o->state));
    return SK_OK;
}

void sk_screen_out_close(sk_screen_out *o)
{
    sk_lines_close(o->done);
    if (o->done_fd >= 0)
        close(o->done_fd);
    if (o->fd >= 0) {
        (void)!sk_screen_out_flush(o); /* what was done stays done */
        close(o->fd);
    }
    sk_buf_done(&o->buf);
}
