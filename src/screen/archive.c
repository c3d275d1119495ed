/* The record into the screening index: what changed, and nothing more where little did. */
#include "screen/archive.h"

#include "base/progress.h"
#include "base/sha256.h"
#include "record/feature.h"
#include "screen/segment_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#define INDEX_NAME "screen.index"

/* One entity being gathered: its values with labels and copies in words. */
typedef struct gathered {
    sk_screen_value value;
    sk_str labels;
    int64_t import;
} gathered;

typedef struct updating {
    const sk_screen_index *old; /* NULL: none */
    sk_screen_builder *builder;
    bool is_whole; /* every entity goes in, not only those that changed */
    const sk_import_info *imports;
    size_t n_imports;
    sk_arena arena; /* of the entity in hand */
    sk_str key;
    gathered *v;
    size_t n, cap, seen, changed;
    uint8_t **met; /* entities of old that are there still: one bit each */
} updating;

static bool wants(sk_str prop, sk_value_type type)
{
    sk_screen_kind kind;
    return sk_screen_kind_of(prop, type, &kind);
}

/* ---- one entity ---- */

static int by_statement(const void *a, const void *b)
{
    const gathered *x = a, *y = b;
    int c = sk_str_cmp(x->value.prop, y->value.prop);
    if (!c)
        c = sk_str_cmp(x->value.text, y->value.text);
    if (!c)
        c = sk_str_cmp(x->labels, y->labels);
    if (!c)
        c = sk_str_cmp(x->value.type, y->value.type);
    if (!c)
        c = (int)x->value.used_falsely - (int)y->value.used_falsely;
    if (!c)
        c = (x->import > y->import) - (x->import < y->import);
    return c ? c : sk_str_cmp(x->value.place, y->value.place);
}

static bool same_statement(const gathered *x, const gathered *y)
{
    return sk_str_eq(x->value.prop, y->value.prop) && sk_str_eq(x->value.text, y->value.text) &&
           sk_str_eq(x->labels, y->labels) && sk_str_eq(x->value.type, y->value.type) &&
           x->value.used_falsely == y->value.used_falsely;
}

static const sk_import_info *import_of(const updating *u, int64_t row)
{
    for (size_t i = 0; i < u->n_imports; i++)
        if (u->imports[i].row == row)
            return &u->imports[i];
    return NULL;
}

static void hash_part(sk_sha256_state *st, sk_str s)
{
    uint64_t n = s.n;
    sk_sha256_add(st, (sk_str){(const char *)&n, sizeof n});
    sk_sha256_add(st, s);
}

/* What the entity was made from, whichever numbers rows have. */
static void digest_of(const updating *u, uint8_t ret_digest[16])
{
    sk_sha256_state *st = sk_sha256_new();
    for (size_t i = 0; i < u->n; i++) {
        const gathered *g = &u->v[i];
        const sk_import_info *import = import_of(u, g->import);
        hash_part(st, g->value.prop);
        hash_part(st, g->value.type);
        hash_part(st, g->value.text);
        hash_part(st, g->value.place);
        hash_part(st, g->labels);
        hash_part(st, g->value.used_falsely ? SK_S("falsely") : SK_S(""));
        hash_part(st, import ? (sk_str){(const char *)import->id.b, 32} : SK_S(""));
    }
    sk_hash h = sk_sha256_end(st);
    memcpy(ret_digest, h.b, 16);
}

static uint32_t copy_number(updating *u, int64_t row)
{
    const sk_import_info *i = import_of(u, row);
    sk_screen_copy copy = {0};
    if (i)
        copy = (sk_screen_copy){i->what.list.n ? i->what.list : i->what.format, i->what.asof,
                                sk_hash_hex(&u->arena, &i->id), i->at};
    return sk_screen_builder_copy(u->builder, &copy);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Equal statements of several copies are one value in the scope of all of them. */
static sk_rc take_value(sk_ctx *cx, updating *u, size_t from, size_t to, const sk_screen_ref *ref,
                        sk_screen_value *ret_value)
{
    uint32_t *copies = sk_new_array(&u->arena, uint32_t, to - from);
    size_t n = 0;
    for (size_t i = from; i < to; i++)
        copies[n++] = copy_number(u, u->v[i].import);
    qsort(copies, n, sizeof *copies, by_number);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!kept || copies[kept - 1] != copies[i])
            copies[kept++] = copies[i];
    *ret_value = u->v[to - 1].value; /* the place in the newest of them */
    SK_TRY(sk_screen_builder_scope(cx, u->builder, u->v[from].labels, copies, kept,
                                   &ret_value->scope));
    bool is_name = ret_value->kind == SK_SCREEN_NAME || ret_value->kind == SK_SCREEN_WEAK_NAME;
    if (is_name && ref)
        ret_value->prepared = sk_screen_index_prepared(
            u->old, *ref, ret_value->text, sk_screen_name_kind(sk_model_get(), ret_value->type));
    return SK_OK;
}

static sk_rc build(sk_ctx *cx, updating *u, const sk_screen_ref *ref, const uint8_t digest[16])
{
    sk_screen_value *values = sk_new_array(&u->arena, sk_screen_value, u->n);
    sk_screen_entity e = {.key = u->key, .values = values};
    for (size_t i = 0, end; i < u->n; i = end) {
        for (end = i + 1; end < u->n && same_statement(&u->v[i], &u->v[end]); end++)
            ;
        SK_TRY(take_value(cx, u, i, end, ref, &values[e.n_values++]));
    }
    return sk_screen_builder_add(cx, u->builder, &e, digest);
}

static bool has_name(const updating *u)
{
    for (size_t i = 0; i < u->n; i++)
        if (u->v[i].value.kind <= SK_SCREEN_WEAK_NAME)
            return true;
    return false;
}

/* The entity in hand is complete. */
static sk_rc finish(sk_ctx *cx, updating *u)
{
    uint8_t digest[16], before[16];
    sk_screen_ref ref;
    sk_rc rc = SK_OK;
    if (u->n && has_name(u)) {
        bool known = u->old && sk_screen_index_find(u->old, u->key, &ref);
        qsort(u->v, u->n, sizeof *u->v, by_statement);
        digest_of(u, digest);
        if (known) {
            sk_screen_index_digest(u->old, ref, before);
            u->met[ref.segment][ref.doc / 8] |= (uint8_t)(1u << ref.doc % 8);
        }
        bool is_same = known && memcmp(digest, before, sizeof digest) == 0;
        u->seen++;
        u->changed += !is_same;
        if (known && !is_same && !u->is_whole)
            sk_screen_builder_gone(u->builder, u->key);
        if (!is_same || u->is_whole)
            rc = build(cx, u, known ? &ref : NULL, digest);
        sk_progress_add(cx->progress, 1);
    }
    sk_arena_done(&u->arena);
    u->v = NULL;
    u->n = u->cap = 0;
    return rc;
}

static sk_rc take(sk_ctx *cx, const sk_feature *f, void *arg)
{
    updating *u = arg;
    if (!sk_str_eq(f->entity, u->key)) {
        SK_TRY(finish(cx, u));
        u->key = sk_str_copy(&u->arena, f->entity);
    }
    gathered g = {.labels = sk_str_copy(&u->arena, f->labels), .import = f->import};
    g.value = (sk_screen_value){.prop = sk_str_copy(&u->arena, f->prop),
                                .type = sk_str_copy(&u->arena, f->type),
                                .text = sk_str_copy(&u->arena, f->value),
                                .place = sk_str_copy(&u->arena, f->place),
                                .used_falsely = f->used_falsely};
    const sk_type *t = sk_model_find_type(sk_model_get(), f->type);
    const sk_prop *p = t ? sk_type_find_prop(t, f->prop) : NULL;
    if (!sk_screen_kind_of(f->prop, p ? p->type : SK_VALUE_TEXT, &g.value.kind))
        return SK_OK;
    SK_GROW(&u->arena, u->v, u->n, u->cap);
    u->v[u->n++] = g;
    return SK_OK;
}

/* ---- all of them ---- */

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
    sk_rc rc = sk_features__each(cx, index, wants, take, u);
    if (!rc)
        rc = finish(cx, u);
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

static sk_rc map_file(sk_ctx *cx, const char *path, int *ret_fd, sk_screen_index **ret_index)
{
    *ret_index = NULL;
    *ret_fd = open(path, O_RDWR | O_CLOEXEC);
    if (*ret_fd < 0)
        *ret_fd = open(path, O_RDONLY | O_CLOEXEC);
    if (*ret_fd < 0)
        return SK_OK;
    sk_rc rc = sk_screen_index_map(cx, *ret_fd, ret_index);
    if (rc == SK_E_INTEGRITY) { /* a cache: it is made again */
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
    SK_TRY(map_file(cx, path, &fd, &old));
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
