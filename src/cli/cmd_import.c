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
#include "exchange/import_job.h"

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
    sk_import_job job;
} importing;

sk_str sk_import_last_part(sk_str path)
{
    size_t i = path.n;
    while (i && path.p[i - 1] != '/')
        i--;
    return sk_str_sub(path, i, path.n);
}

static sk_rc open_file(sk_ctx *cx, sk_str path, sk_source_file *ret_file)
{
    struct stat st;
    int fd = open(sk_str_c(&cx->arena, path), O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st)) {
        sk_rc rc = sk_fail_errno(cx, "\"%.*s\"", SK_P(path));
        if (fd >= 0)
            close(fd);
        return rc;
    }
    *ret_file = (sk_source_file){.name = sk_import_last_part(path), .fd = fd};
    if (S_ISREG(st.st_mode))
        return SK_OK;
    close(fd);
    return sk_fail(cx, SK_E_FORMAT, "\"%.*s\" is no file; save it as one first", SK_P(path));
}

static sk_rc open_files(importing *im)
{
    sk_ctx *cx = &im->app->cx;
    const sk_args *args = &im->app->args;
    sk_str mapping = sk_arg(args, "mapping");
    im->job.files = sk_new_array(&cx->arena, sk_source_file, args->n_operands);
    for (size_t i = 0; i < args->n_operands; i++) {
        SK_TRY(open_file(cx, args->operands[i], &im->job.files[i]));
        im->job.n_files++;
    }
    if (!mapping.p)
        return SK_OK;
    SK_TRY(open_file(cx, mapping, &im->job.mapping));
    im->job.has_mapping = true;
    return SK_OK;
}

static void close_files(importing *im)
{
    for (size_t i = 0; i < im->job.n_files; i++)
        close(im->job.files[i].fd);
    if (im->job.has_mapping)
        close(im->job.mapping.fd);
}

/* ---- accounting and entering ---- */

static sk_rc account(importing *im, sk_import_report *ret_report)
{
    sk_app *app = im->app;
    sk_str name = sk_arg(&app->args, "report");
    sk_outfile f;
    if (!name.p)
        return sk_import_job_account(&app->cx, app->view, &im->job, NULL, ret_report);
    SK_TRY(sk_outfile_open(&app->cx, name, app->force, &f));
    sk_sink sink = sk_outfile_sink(&f);
    return sk_outfile_close(
        &f, sk_import_job_account(&app->cx, app->view, &im->job, &sink, ret_report));
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
    sk_import_job *job = &im->job;
    sk_import_report report;
    SK_TRY(open_files(im));
    SK_TRY(sk_import_job_plan(&app->cx, app->view, job));
    if (job->has_same) {
        sk_import_print_same(app, &job->same);
        return SK_OK;
    }
    SK_TRY(account(im, &report));
    bool dry = sk_flag(&app->args, "dry-run");
    sk_hash id = {0};
    if (!dry) {
        SK_TRY(sk_import_job_enter(&app->cx, job, &report, &id));
        SK_TRY(sk_app_refresh(app));
        SK_TRY(check_read(im, &id));
    }
    sk_import_print_report(app, job->reader, &job->draft, &report,
                           job->has_prior ? &job->prior : NULL, dry ? NULL : &id);
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
    importing im = {.app = app, .job.format = sk_arg(&app->args, "format")};
    SK_TRY(read_options(app, &im.job.draft, &im.job.capture));
    SK_TRY(sk_app_open(app, sk_flag(&app->args, "dry-run") ? SK_ARCHIVE_READ : SK_ARCHIVE_WRITE));
    sk_rc rc = run(&im);
    close_files(&im);
    return rc;
}
