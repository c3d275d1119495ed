/* COMMAND: import
 * Take a list, a spreadsheet or another program's export in, as claims.
 *
 * USAGE: sillok import [OPTIONS] FILE ...
 *        sillok import --draft-mapping FILE
 *        sillok import --list | --formats
 *        sillok import --undo IMPORT --reason TEXT
 *
 * The file becomes an exhibit, one signed entry names it and how it was read, and every row makes
 * claims that rest on it. The format is found out from the file, or named with --format; a table of
 * your own needs a mapping: which column is which property (docs/formats/mapping.md), drafted by
 * --draft-mapping.
 *
 * Every row is accounted for: added, changed, unchanged or skipped, compared with the copy of the
 * same list that came before; each value that was not taken is named with what to do. With --report
 * all of that goes into a CSV beside the file's own cells. Nothing is imported when the file is cut
 * short or not of its format.
 *
 * Importing a newer copy keeps the claims of the older one, each dated by its copy; `sillok diff`
 * shows what differs. --undo takes one import back; what others said, and judgements, stay.
 *
 * OPTIONS
 *   --format NAME          read it as this format; see --formats
 *   --mapping FILE         how the columns of a table become claims
 *   --draft-mapping FILE   print a mapping for this table, to be read and corrected
 *   --name LIST            which list this is a copy of (un-sc, ofac-sdn); most formats know
 *   --as-of DATE           the state of things of this copy; some files say it themselves
 *   --claimant WHO         who says it; may be given several times, the origin first
 *   --carrier WHO          who relayed it
 *   --reference TEXT       where it can be found
 *   --lang CODE            language of names and texts: ko
 *   --prefix TEXT          put before the source's own ids to make keys
 *   --charset NAME         of a CSV, where it is not found out: cp949
 *   --separator CHAR       of a CSV: , ; tab or |
 *   --sheet NAME           of a workbook; else all sheets
 *   --url URL              where the file was captured
 *   --captured TIME        when it was captured
 *   --by WHO               who captured it
 *   --restrict LABEL       restrict the file and all its claims; may be given several times
 *   --report FILE          the account of every row, as CSV; - for standard output
 *   --list                 the imports of this archive
 *   --formats              the formats that are known
 *   --undo IMPORT          take back an import: its id, file name or list
 *   --reason TEXT          why it is taken back; required with --undo
 *   -n, --dry-run          account for every row, change nothing
 *
 * EXAMPLES
 *   sillok import consolidated.xml
 *   sillok import sdn.csv alt.csv add.csv sdn_comments.csv --as-of 2021-03-04
 *   sillok import --draft-mapping people.xlsx > people.map
 *   sillok import people.xlsx --mapping people.map --claimant "family association" -n
 */
#include "cli/import.h"
#include "cli/outfile.h"
#include "record/write.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what the options say ---- */

static sk_rc separator(sk_ctx *cx, sk_str text, sk_str *ret_sep)
{
    *ret_sep = sk_str_is(text, "tab") ? SK_S("\t") : text;
    if (ret_sep->n > 1 || (ret_sep->n && !strchr(",;\t|", ret_sep->p[0])))
        return sk_fail(cx, SK_E_FORMAT, "--separator \"%.*s\" is not one of , ; tab |", SK_P(text));
    return SK_OK;
}

static sk_rc date_of(sk_ctx *cx, const sk_args *args, const char *option, sk_str *ret_edtf)
{
    sk_edtf when;
    sk_str text = sk_arg(args, option);
    *ret_edtf = text;
    if (!text.n)
        return SK_OK;
    if (sk_edtf_from_words(cx, text, &when))
        return sk_while(cx, "--%s", option);
    *ret_edtf = when.text;
    return SK_OK;
}

static sk_rc read_options(sk_app *app, sk_import_draft *d, sk_capture_draft *capture)
{
    sk_ctx *cx = &app->cx;
    const sk_args *args = &app->args;
    *d = (sk_import_draft){
        .list = sk_arg(args, "name"),
        .carrier = sk_arg(args, "carrier"),
        .reference = sk_arg(args, "reference"),
        .lang = sk_arg(args, "lang"),
        .prefix = sk_arg(args, "prefix"),
        .charset = sk_arg(args, "charset"),
        .sheet = sk_arg(args, "sheet"),
    };
    SK_TRY(separator(cx, sk_arg(args, "separator"), &d->sep));
    SK_TRY(date_of(cx, args, "as-of", &d->asof));
    d->claimant = sk_arg_all(cx, args, "claimant", &d->n_claimant);
    *capture = (sk_capture_draft){
        .url = sk_arg(args, "url"),
        .captured_by = sk_arg(args, "by"),
        .method = SK_S("import"),
    };
    SK_TRY(date_of(cx, args, "captured", &capture->captured));
    capture->restrict_labels = sk_arg_all(cx, args, "restrict", &capture->n_restrict);
    for (size_t i = 0; i < capture->n_restrict; i++)
        SK_TRY(sk_label_check(cx, capture->restrict_labels[i]));
    return SK_OK;
}

/* ---- the files ---- */

typedef struct importing {
    sk_app *app;
    sk_import_draft draft;
    sk_capture_draft capture;
    sk_source source;
    sk_source_file *files;
    const sk_reader *reader;
    int mapping_fd; /* -1: none */
} importing;

sk_str sk_import_last_part(sk_str path)
{
    size_t i = path.n;
    while (i && path.p[i - 1] != '/')
        i--;
    return sk_str_sub(path, i, path.n);
}

static sk_rc hash_fd(sk_ctx *cx, int fd, sk_str name, sk_hash *ret_hash)
{
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    sk_sha256_state *st = sk_sha256_new();
    char *buf = sk_alloc(&cx->arena, SK_MIB(1));
    off_t at = 0;
    ssize_t n;
    while ((n = pread(fd, buf, SK_MIB(1), at)) > 0) {
        sk_sha256_add(st, (sk_str){buf, (size_t)n});
        at += n;
    }
    *ret_hash = sk_sha256_end(st);
    sk_arena_back_to(&cx->arena, mark);
    return n < 0 ? sk_fail_errno(cx, "\"%.*s\"", SK_P(name)) : SK_OK;
}

static sk_rc open_file(sk_ctx *cx, sk_str path, int *ret_fd)
{
    struct stat st;
    int fd = open(sk_str_c(&cx->arena, path), O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st)) {
        sk_rc rc = sk_fail_errno(cx, "\"%.*s\"", SK_P(path));
        if (fd >= 0)
            close(fd);
        return rc;
    }
    *ret_fd = fd;
    if (S_ISREG(st.st_mode))
        return SK_OK;
    close(fd);
    return sk_fail(cx, SK_E_FORMAT, "\"%.*s\" is no file; save it as one first", SK_P(path));
}

static sk_rc open_files(importing *im, const sk_str *paths, size_t n)
{
    sk_ctx *cx = &im->app->cx;
    if (n > SK_LIM_IMPORT_FILES)
        return sk_fail(cx, SK_E_LIMIT, "%zu files in one import, the most is %d", n,
                       SK_LIM_IMPORT_FILES);
    im->files = sk_new_array(&cx->arena, sk_source_file, n);
    im->source.files = im->files;
    for (size_t i = 0; i < n; i++) {
        sk_source_file *f = &im->files[i];
        f->name = sk_import_last_part(paths[i]);
        SK_TRY(open_file(cx, paths[i], &f->fd));
        im->source.n_files++;
        SK_TRY(hash_fd(cx, f->fd, paths[i], &f->hash));
    }
    return SK_OK;
}

static sk_rc read_mapping(importing *im)
{
    sk_ctx *cx = &im->app->cx;
    sk_str path = sk_arg(&im->app->args, "mapping");
    if (!path.p)
        return SK_OK;
    SK_TRY(open_file(cx, path, &im->mapping_fd));
    char *text = sk_alloc(&cx->arena, SK_LIM_MAPPING_BYTES + 1);
    ssize_t n = pread(im->mapping_fd, text, SK_LIM_MAPPING_BYTES + 1, 0);
    if (n < 0)
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(path));
    if ((size_t)n > SK_LIM_MAPPING_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "mapping \"%.*s\" has more than %zu bytes", SK_P(path),
                       SK_LIM_MAPPING_BYTES);
    im->source.mapping = (sk_str){text, (size_t)n};
    im->draft.has_mapping = true;
    return hash_fd(cx, im->mapping_fd, path, &im->draft.mapping);
}

static void close_files(importing *im)
{
    for (size_t i = 0; i < im->source.n_files; i++)
        close(im->files[i].fd);
    if (im->mapping_fd >= 0)
        close(im->mapping_fd);
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

/* The file that is recognised most surely stands first: in a set it is the main one. */
static const sk_reader *recognise(importing *im)
{
    const sk_reader *best = NULL, *reader;
    size_t at = 0;
    int most = 0;
    for (size_t i = 0; i < im->source.n_files; i++) {
        int sure = how_sure(&im->app->cx, &im->files[i], &reader);
        if (sure > most) {
            most = sure;
            best = reader;
            at = i;
        }
    }
    sk_source_file main_file = im->files[at];
    im->files[at] = im->files[0];
    im->files[0] = main_file;
    return best;
}

static sk_rc choose_reader(importing *im)
{
    sk_ctx *cx = &im->app->cx;
    sk_str format = sk_arg(&im->app->args, "format");
    if (format.p) {
        im->reader = sk_reader_find(format);
        if (!im->reader)
            return sk_fail(cx, SK_E_FORMAT,
                           "format \"%.*s\" is not known; see: sillok import "
                           "--formats",
                           SK_P(format));
        return SK_OK;
    }
    im->reader = recognise(im);
    if (im->draft.has_mapping && !(im->reader && im->reader->takes_mapping))
        im->reader = sk_reader_find(SK_S("table"));
    if (im->reader)
        return SK_OK;
    return sk_fail(
        cx, SK_E_FORMAT,
        "\"%.*s\" is of no format that is recognised; name one with --format (see: sillok "
        "import --formats), or draft a mapping: sillok import --draft-mapping %.*s",
        SK_P(im->files[0].name), SK_P(im->app->args.operands[0]));
}

static sk_rc fill_draft(importing *im)
{
    sk_ctx *cx = &im->app->cx;
    sk_import_file *files = sk_new_array(&cx->arena, sk_import_file, im->source.n_files);
    for (size_t i = 0; i < im->source.n_files; i++)
        files[i] = (sk_import_file){im->files[i].hash, im->files[i].name};
    im->draft.files = files;
    im->draft.n_files = im->source.n_files;
    im->draft.format = sk_str_of(im->reader->name);
    im->draft.version = (uint64_t)im->reader->version;
    im->source.options = (sk_import_options){
        .list = im->draft.list,
        .asof = im->draft.asof,
        .claimant = im->draft.claimant,
        .n_claimant = im->draft.n_claimant,
        .carrier = im->draft.carrier,
        .lang = im->draft.lang,
        .reference = im->draft.reference,
        .prefix = im->draft.prefix,
        .charset = im->draft.charset,
        .sheet = im->draft.sheet,
        .sep = im->draft.sep.n ? im->draft.sep.p[0] : 0,
    };
    return SK_OK;
}

/* ---- accounting ---- */

/* A run without an account says what the file says of itself: its list and as-of, which decide what
 * it is compared with. */
static sk_rc ask_file(importing *im)
{
    sk_ctx *cx = &im->app->cx;
    sk_import_summary sum;
    if (im->draft.list.n && im->draft.asof.n)
        return SK_OK;
    sk_import_sink silent = {0};
    SK_TRY(sk_import_run(cx, im->reader, &im->source, &silent, &sum));
    im->draft.list = sum.list;
    im->draft.asof = sum.asof;
    return SK_OK;
}

static sk_rc account(importing *im, const sk_import_info *prior, sk_import_report *ret_report)
{
    sk_app *app = im->app;
    sk_ctx *cx = &app->cx;
    sk_str name = sk_arg(&app->args, "report");
    sk_report_opts opts = {.view = app->view, .prior = prior};
    sk_progress_begin(cx->progress, "reading rows", 0, SK_PROGRESS_ITEMS);
    sk_rc rc;
    if (!name.p) {
        rc = sk_import_account(cx, im->reader, &im->source, &opts, ret_report);
    } else {
        sk_outfile f;
        SK_TRY(sk_outfile_open(cx, name, im->app->force, &f));
        sk_sink sink = sk_outfile_sink(&f);
        opts.csv = &sink;
        rc =
            sk_outfile_close(&f, sk_import_account(cx, im->reader, &im->source, &opts, ret_report));
    }
    sk_progress_end(cx->progress);
    return rc;
}

/* ---- entering ---- */

static sk_rc preserve(importing *im, int fd, sk_str name, const sk_hash *expected)
{
    sk_ctx *cx = &im->app->cx;
    sk_capture_draft c = im->capture;
    sk_hash id;
    c.name = name;
    if (lseek(fd, 0, SEEK_SET) < 0)
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(name));
    SK_TRY(sk_blob_write(cx, cx->archive, fd, &c.blob));
    if (!sk_hash_eq(&c.blob.hash, expected))
        return sk_fail(cx, SK_E_CONFLICT, "\"%.*s\" changed while it was read; try again",
                       SK_P(name));
    return sk_record_capture(cx, &c, &id);
}

static sk_rc enter(importing *im, const sk_import_report *report, sk_hash *ret_id)
{
    sk_ctx *cx = &im->app->cx;
    for (size_t i = 0; i < im->source.n_files; i++)
        SK_TRY(preserve(im, im->files[i].fd, im->files[i].name, &im->files[i].hash));
    if (im->draft.has_mapping)
        SK_TRY(preserve(im, im->mapping_fd, sk_import_last_part(sk_arg(&im->app->args, "mapping")),
                        &im->draft.mapping));
    im->draft.rows = report->summary.rows;
    im->draft.claims = report->summary.claims;
    im->draft.left = report->summary.values_left;
    SK_TRY(sk_record_import(cx, &im->draft, ret_id));
    SK_TRY(sk_record_commit(cx));
    return sk_app_refresh(im->app);
}

/* The index may refuse what the account could not see; the entry then stands and says so. */
static sk_rc check_read(importing *im, const sk_hash *id)
{
    sk_ctx *cx = &im->app->cx;
    sk_import_info info;
    SK_TRY(sk_imports_find(cx, im->app->view, sk_hash_hex(&cx->arena, id), &info));
    if (info.state == SK_IMPORT_FAILED)
        return sk_fail(cx, SK_E_FORMAT, "the import is logged, but its claims cannot be read: %.*s",
                       SK_P(info.note));
    return SK_OK;
}

static sk_rc run(importing *im)
{
    sk_app *app = im->app;
    sk_ctx *cx = &app->cx;
    sk_import_info same, prior;
    sk_import_report report;
    SK_TRY(open_files(im, app->args.operands, app->args.n_operands));
    SK_TRY(read_mapping(im));
    SK_TRY(choose_reader(im));
    SK_TRY(fill_draft(im));
    SK_TRY(ask_file(im));
    sk_rc rc = sk_imports_same(cx, app->view, &im->draft, &same);
    if (rc == SK_OK) {
        sk_import_print_same(app, &same);
        return SK_OK;
    }
    if (rc != SK_E_NOTFOUND)
        return rc;
    rc = sk_imports_before(cx, app->view, im->draft.list, im->draft.asof, &prior);
    if (rc != SK_OK && rc != SK_E_NOTFOUND)
        return rc;
    bool has_prior = rc == SK_OK;
    SK_TRY(account(im, has_prior ? &prior : NULL, &report));
    bool dry = sk_flag(&app->args, "dry-run");
    sk_hash id = {0};
    if (!dry) {
        SK_TRY(enter(im, &report, &id));
        SK_TRY(check_read(im, &id));
    }
    sk_import_print_report(app, im->reader, &im->draft, &report, has_prior ? &prior : NULL,
                           dry ? NULL : &id);
    return SK_OK;
}

static sk_rc undo(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    sk_import_info info;
    sk_hash id;
    SK_TRY(sk_need_operands(cx, &app->args, 0, 0));
    SK_TRY(sk_app_open(app, SK_ARCHIVE_WRITE));
    SK_TRY(sk_imports_find(cx, app->view, sk_arg(&app->args, "undo"), &info));
    if (info.state == SK_IMPORT_UNDONE)
        return sk_fail(cx, SK_E_CONFLICT, "import %.*s is undone already",
                       SK_P(sk_short(cx, &info.id)));
    if (!sk_str_trim(sk_arg(&app->args, "reason")).n)
        return sk_fail(cx, SK_E_FORMAT, "no reason; write --reason \"...\"");
    if (!sk_flag(&app->args, "dry-run")) {
        SK_TRY(sk_record_retract(cx, &info.id, sk_arg(&app->args, "reason"), &id));
        SK_TRY(sk_record_commit(cx));
        SK_TRY(sk_app_refresh(app));
    }
    sk_app_printf(app, "%s %llu claims of %.*s (import %.*s); its files stay preserved\n",
                  sk_flag(&app->args, "dry-run") ? "would take back" : "taken back:",
                  (unsigned long long)info.claims, SK_P(info.what.files[0].name),
                  SK_P(sk_short(cx, &info.id)));
    return SK_OK;
}

static sk_rc list(sk_app *app)
{
    SK_TRY(sk_need_operands(&app->cx, &app->args, 0, 0));
    SK_TRY(sk_app_open(app, SK_ARCHIVE_READ));
    return sk_import_print_list(app);
}

sk_rc cmd_import(sk_app *app)
{
    if (sk_flag(&app->args, "formats"))
        return sk_import_print_formats(app);
    if (sk_flag(&app->args, "list"))
        return list(app);
    if (sk_arg(&app->args, "undo").p)
        return undo(app);
    if (sk_arg(&app->args, "draft-mapping").p)
        return sk_import_draft_mapping(app, sk_arg(&app->args, "draft-mapping"));
    SK_TRY(sk_need_operands(&app->cx, &app->args, 1, SIZE_MAX));
    importing im = {.app = app, .mapping_fd = -1};
    SK_TRY(read_options(app, &im.draft, &im.capture));
    SK_TRY(sk_app_open(app, sk_flag(&app->args, "dry-run") ? SK_ARCHIVE_READ : SK_ARCHIVE_WRITE));
    sk_rc rc = run(&im);
    close_files(&im);
    return rc;
}
