#include "exchange/import_ingest.h"

#include "base/progress.h"

#include <unistd.h>

enum { NO_FD = -1 };

static sk_rc open_file(sk_ctx *cx, const sk_import_file *file, sk_source_file *ret_file)
{
    uint64_t size;
    *ret_file = (sk_source_file){.name = file->name, .hash = file->hash, .fd = NO_FD};
    if (sk_blob_open(cx, cx->archive, &file->hash, &ret_file->fd, &size))
        return sk_while(cx, "\"%.*s\"", SK_P(file->name));
    return SK_OK;
}

/* The mapping's text: a blob of its own. */
static sk_rc load_mapping(sk_ctx *cx, const sk_hash *hash, sk_str *ret_text)
{
    int fd;
    uint64_t size;
    SK_TRY(sk_blob_open(cx, cx->archive, hash, &fd, &size));
    sk_rc rc = SK_OK;
    if (size > SK_LIM_MAPPING_BYTES)
        rc = sk_fail(cx, SK_E_LIMIT, "a mapping of %llu bytes, the most is %zu",
                     (unsigned long long)size, SK_LIM_MAPPING_BYTES);
    char *p = rc ? NULL : sk_alloc(&cx->arena, (size_t)size + 1);
    ssize_t n = rc ? 0 : pread(fd, p, (size_t)size, 0);
    if (!rc && n != (ssize_t)size)
        rc = sk_fail_errno(cx, "mapping");
    close(fd);
    if (!rc)
        *ret_text = (sk_str){p, (size_t)size};
    return rc;
}

void sk_import_close(sk_source *source)
{
    for (size_t i = 0; i < source->n_files; i++)
        if (source->files[i].fd != NO_FD)
            close(source->files[i].fd);
    source->n_files = 0;
}

sk_rc sk_import_open(sk_ctx *cx, const sk_import_draft *what, sk_source *ret_source)
{
    sk_source_file *files = sk_new_array(&cx->arena, sk_source_file, what->n_files);
    sk_source s = {
        .files = files,
        .options = {.list = what->list,
                    .asof = what->asof,
                    .claimant = what->claimant,
                    .n_claimant = what->n_claimant,
                    .carrier = what->carrier,
                    .lang = what->lang,
                    .reference = what->reference,
                    .prefix = what->prefix,
                    .charset = what->charset,
                    .sheet = what->sheet,
                    .sep = what->sep.n ? what->sep.p[0] : 0},
    };
    sk_rc rc = SK_OK;
    for (size_t i = 0; !rc && i < what->n_files; i++) {
        rc = open_file(cx, &what->files[i], &files[i]);
        s.n_files += !rc;
    }
    if (!rc && what->has_mapping)
        rc = load_mapping(cx, &what->mapping, &s.mapping);
    if (rc) {
        sk_import_close(&s);
        return rc;
    }
    *ret_source = s;
    return SK_OK;
}

/* ---- into the index ---- */

typedef struct deriving {
    const sk_import_info *import;
    sk_str record; /* key of the record in hand */
} deriving;

static sk_rc take_row(sk_ctx *cx, const sk_import_place *at, sk_str key, void *arg)
{
    deriving *d = arg;
    (void)cx;
    (void)at;
    d->record = key; /* lives as long as the row */
    return SK_OK;
}

static sk_rc take_claim(sk_ctx *cx, const sk_claim *claim, const sk_import_place *at, sk_str column,
                        void *arg)
{
    deriving *d = arg;
    (void)at;
    (void)column;
    return sk_index_put_derived(cx, cx->index, d->import, d->record, claim);
}

/* ret_waits: nothing is wrong with the import, its reader cannot run here and now. */
static sk_rc run(sk_ctx *cx, const sk_import_info *import, bool *ret_waits)
{
    *ret_waits = false;
    const sk_reader *reader = sk_reader_find(import->what.format);
    if (!reader)
        return sk_fail(cx, SK_E_UNSUPPORTED,
                       "format \"%.*s\" is not known to this version; use a newer one",
                       SK_P(import->what.format));
    sk_source source;
    SK_TRY(sk_import_open(cx, &import->what, &source));
    deriving d = {.import = import};
    sk_import_sink sink = {.row = take_row, .claim = take_claim, .arg = &d};
    sk_rc rc = sk_index_expect(cx, cx->index, import->what.claims);
    if (!rc)
        rc = sk_import_run(cx, reader, &source, &sink, NULL);
    sk_import_close(&source);
    *ret_waits = rc == SK_E_CANCELLED || rc == SK_E_NOTFOUND || rc == SK_E_UNSUPPORTED;
    return rc;
}

static sk_rc note_failure(sk_ctx *cx, const sk_import_info *import)
{
    sk_str why = sk_str_copy(&cx->arena, sk_str_of(cx->message));
    sk_rc how = cx->rc;
    sk_forgive(cx);
    SK_TRY(sk_index_begin(cx, cx->index));
    sk_rc rc = sk_index_import_done(cx, cx->index, import, how, why);
    if (!rc)
        rc = sk_index_end(cx, cx->index);
    if (rc)
        sk_index_undo(cx->index);
    return rc;
}

static sk_rc derive(sk_ctx *cx, const sk_import_info *import)
{
    bool waits;
    SK_TRY(sk_index_begin(cx, cx->index));
    sk_rc rc = run(cx, import, &waits);
    if (!rc)
        rc = sk_index_import_done(cx, cx->index, import, SK_OK, SK_NONE);
    if (!rc)
        rc = sk_index_end(cx, cx->index);
    if (!rc)
        return SK_OK;
    sk_index_undo(cx->index);
    return waits ? rc : note_failure(cx, import);
}

sk_rc sk_imports_pending(sk_ctx *cx)
{
    int64_t after = 0;
    if (sk_index_count_pending_imports(cx, cx->index) == 0)
        return SK_OK;
    for (;;) {
        sk_arena_mark mark = sk_arena_here(&cx->arena);
        sk_import_info import;
        sk_rc rc = sk_index_next_import(cx, cx->index, after, &import);
        if (rc == SK_E_NOTFOUND)
            return SK_OK;
        SK_TRY(rc);
        after = import.row;
        sk_progress_begin(cx->progress, "deriving claims", import.what.rows, SK_PROGRESS_ITEMS);
        sk_progress_label(cx->progress, import.what.files[0].name);
        rc = derive(cx, &import);
        sk_progress_end(cx->progress);
        SK_TRY(rc);
        sk_arena_back_to(&cx->arena, mark);
    }
}
