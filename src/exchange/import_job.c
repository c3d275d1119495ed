#include "exchange/import_job.h"

#include "base/progress.h"

#include <unistd.h>

/* ---- the files ---- */

sk_rc sk_source_file_hash(sk_ctx *cx, sk_source_file *f)
{
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    sk_sha256_state *st = sk_sha256_new();
    char *buf = sk_alloc(&cx->arena, SK_MIB(1));
    off_t at = 0;
    ssize_t n;
    while ((n = pread(f->fd, buf, SK_MIB(1), at)) > 0) {
        sk_sha256_add(st, (sk_str){buf, (size_t)n});
        at += n;
    }
    f->hash = sk_sha256_end(st);
    sk_arena_back_to(&cx->arena, mark);
    return n < 0 ? sk_fail_errno(cx, "\"%.*s\"", SK_P(f->name)) : SK_OK;
}

static sk_rc read_mapping(sk_ctx *cx, sk_import_job *job)
{
    char *text = sk_alloc(&cx->arena, SK_LIM_MAPPING_BYTES + 1);
    ssize_t n = pread(job->mapping.fd, text, SK_LIM_MAPPING_BYTES + 1, 0);
    if (n < 0)
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(job->mapping.name));
    if ((size_t)n > SK_LIM_MAPPING_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "mapping \"%.*s\" has more than %zu bytes",
                       SK_P(job->mapping.name), SK_LIM_MAPPING_BYTES);
    job->source.mapping = (sk_str){text, (size_t)n};
    job->draft.has_mapping = true;
    SK_TRY(sk_source_file_hash(cx, &job->mapping));
    job->draft.mapping = job->mapping.hash;
    return SK_OK;
}

/* ---- the reader ---- */

static int how_sure(sk_ctx *cx, const sk_source_file *f, const sk_reader **ret_reader)
{
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    char *head = sk_alloc(&cx->arena, SK_KIB(64));
    ssize_t n = pread(f->fd, head, SK_KIB(64), 0);
    sk_str bytes = {head, n < 0 ? 0 : (size_t)n};
    *ret_reader = sk_reader_sniff(f->name, bytes);
    int sure = *ret_reader ? (*ret_reader)->sniff(f->name, bytes) : 0;
    sk_arena_back_to(&cx->arena, mark);
    return sure;
}

const sk_reader *sk_source_files_recognise(sk_ctx *cx, sk_source_file *files, size_t n)
{
    const sk_reader *best = NULL, *reader;
    size_t at = 0;
    int most = 0;
    for (size_t i = 0; i < n; i++) {
        int sure = how_sure(cx, &files[i], &reader);
        if (sure > most) {
            most = sure;
            best = reader;
            at = i;
        }
    }
    if (!n)
        return NULL;
    sk_source_file main_file = files[at];
    files[at] = files[0];
    files[0] = main_file;
    return best;
}

static sk_rc choose_reader(sk_ctx *cx, sk_import_job *job)
{
    if (job->format.n) {
        job->reader = sk_reader_find(job->format);
        return job->reader ? SK_OK
                           : sk_fail(cx, SK_E_FORMAT,
                                     "format \"%.*s\" is not known; see: sillok import --formats",
                                     SK_P(job->format));
    }
    job->reader = sk_source_files_recognise(cx, job->files, job->n_files);
    if (job->has_mapping && !(job->reader && job->reader->takes_mapping))
        job->reader = sk_reader_find(SK_S("table"));
    if (job->reader)
        return SK_OK;
    return sk_fail(
        cx, SK_E_FORMAT,
        "\"%.*s\" is of no format that is recognised; name one with --format (see: sillok "
        "import --formats), or draft a mapping: sillok import --draft-mapping FILE",
        SK_P(job->files[0].name));
}

static void fill_draft(sk_ctx *cx, sk_import_job *job)
{
    sk_import_file *files = sk_new_array(&cx->arena, sk_import_file, job->n_files);
    sk_import_draft *d = &job->draft;
    for (size_t i = 0; i < job->n_files; i++)
        files[i] = (sk_import_file){job->files[i].hash, job->files[i].name};
    d->files = files;
    d->n_files = job->n_files;
    d->format = sk_str_of(job->reader->name);
    d->version = (uint64_t)job->reader->version;
    job->source.files = job->files;
    job->source.n_files = job->n_files;
    job->source.options = (sk_import_options){
        .list = d->list,
        .asof = d->asof,
        .claimant = d->claimant,
        .n_claimant = d->n_claimant,
        .carrier = d->carrier,
        .lang = d->lang,
        .reference = d->reference,
        .prefix = d->prefix,
        .charset = d->charset,
        .sheet = d->sheet,
        .sep = d->sep.n ? d->sep.p[0] : 0,
    };
}

/* A run without an account says what the file says of itself: its list and as-of, which decide what
 * it is compared with. */
static sk_rc ask_file(sk_ctx *cx, sk_import_job *job)
{
    sk_import_summary sum;
    if (job->draft.list.n && job->draft.asof.n)
        return SK_OK;
    sk_import_sink silent = {0};
    SK_TRY(sk_import_run(cx, job->reader, &job->source, &silent, &sum));
    job->draft.list = sum.list;
    job->draft.asof = sum.asof;
    return SK_OK;
}

/* True when it was found; an error that is not SK_E_NOTFOUND is passed on. */
static sk_rc found(sk_rc rc, bool *ret_found)
{
    *ret_found = rc == SK_OK;
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

sk_rc sk_import_job_plan(sk_ctx *cx, sk_view *v, sk_import_job *job)
{
    if (job->n_files == 0)
        return sk_fail(cx, SK_E_FORMAT, "no file to import");
    if (job->n_files > SK_LIM_IMPORT_FILES)
        return sk_fail(cx, SK_E_LIMIT, "%zu files in one import, the most is %d", job->n_files,
                       SK_LIM_IMPORT_FILES);
    for (size_t i = 0; i < job->n_files; i++)
        SK_TRY(sk_source_file_hash(cx, &job->files[i]));
    if (job->has_mapping)
        SK_TRY(read_mapping(cx, job));
    SK_TRY(choose_reader(cx, job));
    fill_draft(cx, job);
    SK_TRY(ask_file(cx, job));
    SK_TRY(found(sk_imports_same(cx, v, &job->draft, &job->same), &job->has_same));
    return found(sk_imports_before(cx, v, job->draft.list, job->draft.asof, &job->prior),
                 &job->has_prior);
}

sk_rc sk_import_job_account(sk_ctx *cx, sk_view *v, const sk_import_job *job, const sk_sink *csv,
                            sk_import_report *ret_report)
{
    sk_report_opts opts = {.view = v, .prior = job->has_prior ? &job->prior : NULL, .csv = csv};
    sk_progress_begin(cx->progress, "reading rows", 0, SK_PROGRESS_ITEMS);
    sk_rc rc = sk_import_account(cx, job->reader, &job->source, &opts, ret_report);
    sk_progress_end(cx->progress);
    return rc;
}

/* ---- entering ---- */

static sk_rc preserve(sk_ctx *cx, const sk_import_job *job, const sk_source_file *f)
{
    sk_capture_draft c = job->capture;
    sk_hash id;
    c.name = f->name;
    if (lseek(f->fd, 0, SEEK_SET) < 0)
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(f->name));
    SK_TRY(sk_blob_write(cx, cx->archive, f->fd, &c.blob));
    if (!sk_hash_eq(&c.blob.hash, &f->hash))
        return sk_fail(cx, SK_E_CONFLICT, "\"%.*s\" changed while it was read; try again",
                       SK_P(f->name));
    return sk_record_capture(cx, &c, &id);
}

sk_rc sk_import_job_enter(sk_ctx *cx, sk_import_job *job, const sk_import_report *report,
                          sk_hash *ret_id)
{
    for (size_t i = 0; i < job->n_files; i++)
        SK_TRY(preserve(cx, job, &job->files[i]));
    if (job->has_mapping)
        SK_TRY(preserve(cx, job, &job->mapping));
    job->draft.rows = report->summary.rows;
    job->draft.claims = report->summary.claims;
    job->draft.left = report->summary.values_left;
    SK_TRY(sk_record_import(cx, &job->draft, ret_id));
    return sk_record_commit(cx);
}
