/* List files without an archive: readers of exchange/ into an index of screen/. */
#include "cli/import.h"
#include "cli/screen.h"
#include "exchange/import_job.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct said {
    sk_str entity;
    sk_screen_value value;
} said;

typedef struct listing {
    sk_app *app;
    sk_screen_builder *builder;
    sk_arena arena; /* of all that was said */
    said *v;
    size_t n, cap;
    sk_source_file files[SK_LIM_IMPORT_FILES];
    size_t n_files;
    size_t first; /* of v: the list in hand */
    sk_str bytes; /* hashes of all files, in order: what the index was made from */
} listing;

/* ---- files ---- */

static sk_rc open_files(listing *l, sk_str set)
{
    sk_ctx *cx = &l->app->cx;
    sk_str path;
    while (sk_str_cut(&set, ',', &path)) {
        struct stat st;
        if (l->n_files == SK_LIM_IMPORT_FILES)
            return sk_fail(cx, SK_E_LIMIT, "more than %d files of one list", SK_LIM_IMPORT_FILES);
        sk_source_file *f = &l->files[l->n_files];
        *f = (sk_source_file){.name = sk_import_last_part(path)};
        f->fd = open(sk_str_c(&cx->arena, path), O_RDONLY | O_CLOEXEC);
        if (f->fd < 0)
            return sk_fail_errno(cx, "\"%.*s\"", SK_P(path));
        l->n_files++;
        if (fstat(f->fd, &st) || !S_ISREG(st.st_mode))
            return sk_fail(cx, SK_E_FORMAT, "\"%.*s\" is no file", SK_P(path));
        SK_TRY(sk_source_file_hash(cx, f));
        l->bytes = sk_fmt(&cx->arena, "%.*s%.*s\n", SK_P(l->bytes),
                          SK_P(sk_hash_hex(&cx->arena, &f->hash)));
    }
    return SK_OK;
}

static void close_files(listing *l)
{
    for (size_t i = 0; i < l->n_files; i++)
        close(l->files[i].fd);
    l->n_files = 0;
}

/* ---- claims ---- */

static sk_rc take(sk_ctx *cx, const sk_claim *c, const sk_import_place *at, sk_str column,
                  void *arg)
{
    listing *l = arg;
    sk_screen_kind kind;
    (void)cx;
    (void)column;
    if (c->position != SK_CLAIM_ASSERTS || c->absent != SK_PRESENT || !c->value.n ||
        !sk_screen_kind_of(c->prop, c->kind, &kind))
        return SK_OK;
    sk_arena *a = &l->arena;
    sk_str place = at->place.n ? at->place : sk_fmt(a, "row %llu", (unsigned long long)at->row);
    SK_GROW(a, l->v, l->n, l->cap);
    bool is_same = l->n && sk_str_eq(l->v[l->n - 1].entity, c->entity);
    l->v[l->n] = (said){
        .entity = is_same ? l->v[l->n - 1].entity : sk_str_copy(a, c->entity),
        .value = {.kind = kind,
                  .prop = sk_str_copy(a, c->prop),
                  .type = sk_str_copy(a, c->type),
                  .text = sk_str_copy(a, c->value),
                  .place = sk_str_copy(a, place),
                  .used_falsely = c->used_falsely},
    };
    l->n++;
    return SK_OK;
}

static sk_rc read_list(listing *l, sk_str set)
{
    sk_ctx *cx = &l->app->cx;
    sk_import_summary sum;
    SK_TRY(open_files(l, set));
    const sk_reader *reader = sk_source_files_recognise(cx, l->files, l->n_files);
    if (!reader || reader->needs_mapping)
        return sk_fail(cx, SK_E_FORMAT,
                       "\"%.*s\" is of no list format that is recognised (see: sillok import "
                       "--formats); import it with a mapping, then screen against its name",
                       SK_P(set));
    sk_source source = {.files = l->files, .n_files = l->n_files};
    sk_import_sink sink = {.claim = take, .arg = l};
    sk_progress_begin(cx->progress, "reading rows", 0, SK_PROGRESS_ITEMS);
    sk_rc rc = sk_import_run(cx, reader, &source, &sink, &sum);
    sk_progress_end(cx->progress);
    if (rc)
        return rc;
    sk_screen_copy copy = {.list = sum.list.n ? sum.list : l->files[0].name, .asof = sum.asof};
    uint32_t number = sk_screen_builder_copy(l->builder, &copy), scope;
    SK_TRY(sk_screen_builder_scope(cx, l->builder, SK_S(""), &number, 1, &scope));
    for (size_t i = l->first; i < l->n; i++)
        l->v[i].value.scope = scope;
    l->first = l->n;
    return SK_OK;
}

/* ---- building ---- */

static int by_entity(const void *a, const void *b)
{
    return sk_str_cmp(((const said *)a)->entity, ((const said *)b)->entity);
}

static bool is_named(const said *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].value.kind <= SK_SCREEN_WEAK_NAME)
            return true;
    return false;
}

static sk_rc build(listing *l)
{
    sk_ctx *cx = &l->app->cx;
    const uint8_t no_digest[16] = {0};
    if (l->n)
        qsort(l->v, l->n, sizeof *l->v, by_entity);
    sk_progress_begin(cx->progress, "indexing names", l->n, SK_PROGRESS_ITEMS);
    for (size_t i = 0, end; i < l->n; i = end) {
        for (end = i + 1; end < l->n && sk_str_eq(l->v[i].entity, l->v[end].entity); end++)
            ;
        sk_progress_add(cx->progress, end - i);
        if (!is_named(l->v + i, end - i))
            continue;
        sk_arena_mark mark = sk_arena_here(&cx->arena);
        sk_screen_value *values = sk_new_array(&cx->arena, sk_screen_value, end - i);
        for (size_t k = i; k < end; k++)
            values[k - i] = l->v[k].value;
        sk_screen_entity e = {.key = l->v[i].entity, .values = values, .n_values = end - i};
        SK_TRY(sk_screen_builder_add(cx, l->builder, &e, no_digest));
        sk_arena_back_to(&cx->arena, mark);
    }
    sk_progress_end(cx->progress);
    return SK_OK;
}

static sk_rc read_all(listing *l, const sk_str *sets, size_t n, int fd, sk_screen_index **ret_index)
{
    sk_ctx *cx = &l->app->cx;
    uint64_t bytes;
    SK_TRY(sk_screen_builder_new(cx, fd, SK_SCREEN_BEGIN, &l->builder));
    for (size_t i = 0; i < n; i++) {
        sk_rc rc = read_list(l, sets[i]);
        close_files(l);
        if (rc)
            return rc;
    }
    SK_TRY(build(l));
    SK_TRY(sk_screen_builder_end(cx, l->builder, &bytes));
    sk_hash stamp = sk_sha256(l->bytes);
    SK_TRY(sk_screen_file_seal(cx, fd, bytes, stamp.b));
    return sk_screen_index_map(cx, fd, ret_index);
}

sk_rc sk_screen_read_lists(sk_app *app, const sk_str *sets, size_t n, sk_screen_index **ret_index)
{
    listing l = {.app = app};
    int fd;
    SK_TRY(sk_screen_file_new(&app->cx, SK_S(""), &fd));
    sk_rc rc = read_all(&l, sets, n, fd, ret_index);
    sk_screen_builder_free(l.builder);
    sk_arena_done(&l.arena);
    close(fd);
    return rc;
}
