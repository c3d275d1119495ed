/* The record into the screening index: what changed, and nothing more where little did. */
#include "screen/archive_private.h"

#include "base/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#define INDEX_NAME "screen.index"

static bool wants(sk_str prop, sk_value_type type)
{
    sk_screen_kind kind;
    return sk_screen_kind_of(prop, type, &kind);
}

typedef struct leaving {
    updating *u;
    size_t n;
} leaving;

static sk_rc say_gone(sk_ctx *cx, sk_screen_ref ref, void *arg)
{
    leaving *l = arg;
    (void)cx;
    if (l->u->met[ref.segment][ref.doc / 8] >> (ref.doc % 8) & 1)
        return SK_OK;
    sk_screen_builder_gone(l->u->builder, sk_screen_index_key(l->u->old, ref));
    l->n++;
    return SK_OK;
}

/* Go through the record once. is_whole: build all; else only what differs from old. */
static sk_rc pass(sk_ctx *cx, sk_index *index, updating *u, int fd, sk_screen_update *update,
                  uint64_t *ret_bytes)
{
    leaving l = {.u = u};
    SK_TRY(sk_screen_builder_new(cx, fd, SK_SCREEN_BEGIN, &u->builder));
    sk_progress_begin(cx->progress, "indexing names", 0, SK_PROGRESS_ITEMS);
    sk_rc rc = sk_features__each(cx, index, wants, screen_gather_take, u);
    if (!rc)
        rc = screen_gather_end(cx, u);
    if (!rc && u->old && !u->is_whole)
        rc = sk_screen_index_each(cx, u->old, say_gone, &l);
    if (!rc)
        rc = sk_screen_builder_end(cx, u->builder, ret_bytes);
    sk_progress_end(cx->progress);
    sk_screen_builder_free(u->builder);
    sk_arena_done(&u->arena);
    update->entities = u->seen;
    update->changed = u->changed;
    update->gone = l.n;
    return rc;
}

static void expect(sk_ctx *cx, updating *u)
{
    if (!u->old)
        return;
    u->met = sk_new_array(&cx->arena, uint8_t *, SCREEN_SEGMENTS);
    for (size_t i = 0; i < sk_screen_index_segments(u->old); i++)
        u->met[i] = sk_new_array(&cx->arena, uint8_t, sk_screen_index_size(u->old, i) / 8 + 1);
}

/* What is damaged or of another build is told and passed over: a cache is made again. */
static sk_rc map_file(sk_ctx *cx, const char *path, int *ret_fd, sk_screen_update *update,
                      sk_screen_index **ret_index)
{
    *ret_index = NULL;
    *ret_fd = open(path, O_RDWR | O_CLOEXEC);
    if (*ret_fd < 0)
        *ret_fd = open(path, O_RDONLY | O_CLOEXEC);
    if (*ret_fd < 0)
        return SK_OK;
    sk_rc rc = sk_screen_index_map(cx, *ret_fd, ret_index);
    if (rc == SK_E_INTEGRITY) {
        update->refused = sk_fmt(&cx->arena, "%s", cx->message);
        sk_forgive(cx);
        rc = SK_OK;
    }
    return rc;
}

/* A whole new file; named when the folder lets us. */
static sk_rc make(sk_ctx *cx, sk_index *index, updating *u, sk_str folder, const sk_hash *stamp,
                  sk_screen_update *update, sk_screen_index **ret_index)
{
    int fd;
    uint64_t bytes;
    bool named = sk_screen_file_new(cx, folder, &fd) == SK_OK;
    if (!named) {
        sk_forgive(cx);
        SK_TRY(sk_screen_file_new(cx, SK_S(""), &fd));
    }
    u->is_whole = true;
    u->seen = u->changed = 0;
    sk_rc rc = pass(cx, index, u, fd, update, &bytes);
    if (!rc)
        rc = sk_screen_file_seal(cx, fd, bytes, stamp->b);
    if (!rc && named && sk_screen_file_publish(cx, fd, folder, SK_S(INDEX_NAME)))
        sk_forgive(cx); /* it serves this once */
    if (!rc)
        rc = sk_screen_index_map(cx, fd, ret_index);
    close(fd);
    update->was_made = true;
    return rc;
}

/* Only what differs, as a segment behind the others. *ret_done false: too much differs, or there is no
 * room for the segment in the archive's own folder: make it anew. (What it holds may be restricted; it
 * is not put into a folder of everybody's to be copied from there.) */
static sk_rc add(sk_ctx *cx, sk_index *index, updating *u, sk_str folder, int index_fd,
                 const sk_hash *stamp, sk_screen_update *update, bool *ret_done)
{
    int fd;
    uint64_t bytes;
    *ret_done = false;
    if (sk_screen_file_new(cx, folder, &fd)) {
        sk_forgive(cx);
        return SK_OK;
    }
    expect(cx, u);
    sk_rc rc = pass(cx, index, u, fd, update, &bytes);
    size_t differ = update->changed + update->gone;
    bool is_little = sk_screen_index_segments(u->old) < SCREEN_SEGMENTS / 2 &&
                     differ * 4 < sk_screen_index_count(u->old) + 64;
    if (!rc && is_little) {
        rc = sk_screen_file_add(cx, index_fd, fd, differ ? bytes : 0, stamp->b);
        if (rc)
            sk_forgive(cx); /* not to be written: made anew, in a place that is */
        *ret_done = rc == SK_OK;
        rc = SK_OK;
    }
    close(fd);
    return rc;
}

static sk_rc update_file(sk_ctx *cx, sk_str folder, const char *path, const sk_hash *stamp,
                         sk_screen_update *update, sk_screen_index **ret_index)
{
    updating u = {0};
    sk_screen_index *old;
    int fd;
    bool done = false;
    SK_TRY(map_file(cx, path, &fd, update, &old));
    if (old && memcmp(sk_screen_index_stamp(old), stamp->b, sizeof stamp->b) == 0) {
        close(fd);
        update->was_current = true;
        *ret_index = old;
        return SK_OK;
    }
    sk_rc rc = sk_features__imports(cx, cx->index, &u.imports, &u.n_imports);
    u.old = old;
    if (!rc && old)
        rc = add(cx, cx->index, &u, folder, fd, stamp, update, &done);
    if (!rc && done)
        rc = sk_screen_index_map(cx, fd, ret_index);
    if (!rc && !done) {
        expect(cx, &u);
        rc = make(cx, cx->index, &u, folder, stamp, update, ret_index);
    }
    sk_screen_index_close(old);
    if (fd >= 0)
        close(fd);
    return rc;
}

/* One process at a time brings it up to date; who waits finds it done. */
sk_rc sk_screen_archive_open(sk_ctx *cx, sk_screen_update *ret_update, sk_screen_index **ret_index)
{
    sk_screen_update update = {0};
    sk_hash stamp;
    sk_str folder = sk_fmt(&cx->arena, "%.*s/derived", SK_P(sk_archive_get_path(cx->archive)));
    const char *path = sk_fmt(&cx->arena, "%.*s/" INDEX_NAME, SK_P(folder)).p;
    const char *lock_path = sk_fmt(&cx->arena, "%.*s/screen.lock", SK_P(folder)).p;
    SK_TRY(sk_features__stamp(cx, cx->index, &stamp));
    int lock = open(lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock >= 0 && flock(lock, LOCK_EX)) {
        close(lock);
        lock = -1;
    }
    sk_rc rc = update_file(cx, folder, path, &stamp, &update, ret_index);
    if (lock >= 0)
        close(lock);
    if (ret_update)
        *ret_update = update;
    return rc;
}

sk_rc sk_screen_archive_remove(sk_ctx *cx, sk_archive *ar)
{
    sk_str path = sk_fmt(&cx->arena, "%.*s/derived/" INDEX_NAME, SK_P(sk_archive_get_path(ar)));
    if (unlink(sk_str_c(&cx->arena, path)) && errno != ENOENT)
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(path));
    return SK_OK;
}

static sk_rc shows(sk_ctx *cx, void *arg, sk_str labels, bool *ret_shows)
{
    return sk_view_shows_labels(cx, arg, labels, ret_shows);
}

sk_rc sk_sight_of_view(sk_ctx *cx, const sk_screen_index *ix, sk_view *v, sk_sight **ret_sight)
{
    return sk_sight_open(cx, ix, shows, v, ret_sight);
}
