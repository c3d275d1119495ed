/* COMMAND: add
 * Preserve files, folders or standard input as exhibits.
 *
 * USAGE: sillok add [OPTIONS] FILE|FOLDER|- ...
 *
 * The bytes are stored exactly as they are, named by their SHA-256, read back and hashed again; a
 * signed capture entry records how and when they came in. Then each exhibit is read as text in a
 * confined process, so that it can be searched and quoted. A file that cannot be read as text is
 * preserved all the same, and the reason is kept with it.
 *
 * What the texts seem to say is proposed as claims, which count for nothing until a person confirms
 * them: the last lines tell how many await, see sillok review. At most 4 MiB of a text are read for
 * suggestions; where more was left unread, a warning says so. Rows of tables are not read for
 * suggestions, since import takes them up.
 *
 * Bytes that are in the archive already, captured in the same way, are not logged twice.
 *
 * OPTIONS
 *   --url URL          the address it was captured from
 *   --captured TIME    when it was captured: EDTF such as 2023-11-30, or words
 *   --by WHO           who captured it
 *   --rights TEXT      licence or terms
 *   --note TEXT        a remark
 *   --restrict LABEL   restrict it from the start; may be given several times
 *   -n, --dry-run      print what would happen, change nothing
 *
 * EXAMPLES
 *   sillok add page.html --url https://example.org/page --captured 2023-11-30 --by "desk 2"
 *   sillok add --restrict identity interviews/
 */
#include "base/edtf.h"
#include "cli/app.h"
#include "cli/walk.h"
#include "read/ingest.h"
#include "record/review.h"
#include "record/write.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_A_COMMIT = 1000 };

static const sk_column columns[] = {
    {.key = "exhibit", .title = "Exhibit", .least = 12},
    {.key = "name", .title = "Name", .most = 50},
    {.key = "bytes", .title = "Bytes", .align = SK_ALIGN_RIGHT},
    {.key = "state", .title = "State"},
    {.key = "kind", .title = "Kind"},
    {.key = "text", .title = "Read as text", .most = 60},
};

typedef struct added {
    sk_hash hash;
    uint64_t size_bytes;
    sk_str name;
    const char *state; /* "added", "known", "captured again" */
} added;

typedef struct adding {
    sk_app *app;
    sk_capture_draft draft; /* what the options say of every file */
    added *v;
    size_t n;
} adding;

static sk_rc read_options(adding *ad)
{
    sk_ctx *cx = &ad->app->cx;
    const sk_args *args = &ad->app->args;
    ad->draft = (sk_capture_draft){
        .url = sk_arg(args, "url"),
        .captured = sk_arg(args, "captured"),
        .captured_by = sk_arg(args, "by"),
        .rights = sk_arg(args, "rights"),
        .note = sk_arg(args, "note"),
    };
    ad->draft.restrict_labels = sk_arg_all(cx, args, "restrict", &ad->draft.n_restrict);
    for (size_t i = 0; i < ad->draft.n_restrict; i++)
        SK_TRY(sk_label_check(cx, ad->draft.restrict_labels[i]));
    if (ad->draft.captured.n) {
        sk_edtf when;
        if (sk_edtf_from_words(cx, ad->draft.captured, &when))
            return sk_while(cx, "--captured");
        ad->draft.captured = when.text;
    }
    return SK_OK;
}

/* True when the same bytes were captured under the same name, address, time and by the same person. */
static bool is_known(adding *ad, const sk_hash *hash, sk_str name, bool *ret_same_capture)
{
    sk_exhibit x;
    *ret_same_capture = false;
    if (sk_exhibit_get(&ad->app->cx, ad->app->view, hash, &x)) {
        sk_forgive(&ad->app->cx);
        return false;
    }
    for (size_t i = 0; i < x.n_captures; i++) {
        const sk_capture *c = &x.captures[i];
        *ret_same_capture |= sk_str_eq(c->name, name) && sk_str_eq(c->url, ad->draft.url) &&
                             sk_str_eq(c->captured, ad->draft.captured) &&
                             sk_str_eq(c->captured_by, ad->draft.captured_by);
    }
    return true;
}

static sk_rc open_source(sk_ctx *cx, const sk_found_file *f, int *ret_fd)
{
    if (sk_str_is(f->path, "-")) {
        *ret_fd = STDIN_FILENO;
        return SK_OK;
    }
    *ret_fd = open(sk_str_c(&cx->arena, f->path), O_RDONLY | O_CLOEXEC);
    return *ret_fd < 0 ? sk_fail_errno(cx, "\"%.*s\"", SK_P(f->path)) : SK_OK;
}

static sk_rc add_file(adding *ad, const sk_found_file *f)
{
    sk_ctx *cx = &ad->app->cx;
    sk_capture_draft draft = ad->draft;
    int fd;
    SK_TRY(open_source(cx, f, &fd));
    sk_progress_label(cx->progress, f->name);
    sk_rc rc = sk_blob_write(cx, cx->archive, fd, &draft.blob);
    if (fd != STDIN_FILENO)
        close(fd);
    if (rc)
        return sk_while(cx, "\"%.*s\"", SK_P(f->path));
    added *a = &ad->v[ad->n++];
    *a = (added){draft.blob.hash, draft.blob.size_bytes, f->name, "added"};
    bool same;
    if (is_known(ad, &a->hash, f->name, &same)) {
        a->state = same ? "known" : "captured again";
        if (same)
            return SK_OK;
    }
    draft.name = f->name;
    draft.method = sk_str_is(f->path, "-") ? SK_S("stdin") : SK_S("file");
    sk_hash id;
    return sk_record_capture(cx, &draft, &id);
}

static uint64_t total_bytes(sk_ctx *cx, const sk_found_file *files, size_t n)
{
    uint64_t total = 0;
    for (size_t i = 0; i < n; i++) {
        struct stat st;
        if (stat(sk_str_c(&cx->arena, files[i].path), &st) == 0)
            total += (uint64_t)st.st_size;
    }
    return total;
}

static sk_rc add_all(adding *ad, const sk_found_file *files, size_t n)
{
    sk_ctx *cx = &ad->app->cx;
    ad->v = sk_new_array(&cx->arena, added, n);
    sk_progress_begin(cx->progress, "preserving", total_bytes(cx, files, n), SK_PROGRESS_BYTES);
    for (size_t i = 0; i < n; i++) {
        SK_TRY(add_file(ad, &files[i]));
        if ((i + 1) % FILES_A_COMMIT == 0)
            SK_TRY(sk_record_commit(cx));
    }
    SK_TRY(sk_record_commit(cx));
    sk_progress_end(cx->progress);
    return SK_OK;
}

/* "ok: 12 kB, en, cp949" in a few words. */
static sk_str text_state(sk_ctx *cx, const sk_exhibit *x)
{
    if (!x->is_read)
        return SK_S("not read");
    sk_str s = sk_str_of(sk_outcome_name(x->outcome));
    if (x->lang.n)
        s = sk_fmt(&cx->arena, "%.*s, %.*s", SK_P(s), SK_P(x->lang));
    if (x->charset.n && !sk_str_is(x->charset, "utf-8"))
        s = sk_fmt(&cx->arena, "%.*s, %.*s", SK_P(s), SK_P(x->charset));
    return x->note.n ? sk_fmt(&cx->arena, "%.*s: %.*s", SK_P(s), SK_P(x->note)) : s;
}

static sk_rc report(adding *ad, size_t left_out)
{
    sk_app *app = ad->app;
    sk_table *t = sk_table_new(&app->cx.arena, columns, SK_COUNT(columns));
    for (size_t i = 0; i < ad->n; i++) {
        sk_exhibit x;
        SK_TRY(sk_exhibit_get(&app->cx, app->view, &ad->v[i].hash, &x));
        sk_table_cell(t, sk_hash_hex(&app->cx.arena, &ad->v[i].hash));
        sk_table_shown(t, sk_short(&app->cx, &ad->v[i].hash));
        sk_table_cell(t, ad->v[i].name);
        sk_table_cell_int(t, (int64_t)ad->v[i].size_bytes);
        sk_table_cell(t, sk_str_of(ad->v[i].state));
        sk_table_cell(t, x.media);
        sk_table_cell(t, text_state(&app->cx, &x));
    }
    sk_app_table(app, t);
    if (left_out)
        sk_app_remark(app, "%zu hidden files, links or special files in folders were left out",
                      left_out);
    return SK_OK;
}

/* "3 acts, 1 figure, 12 names" */
static sk_str kinds_text(sk_ctx *cx, const sk_review_counts *c)
{
    static const char *const words[SK_SUGGEST_KINDS][2] = {
        [SK_SUGGEST_ACT] = {"act", "acts"},
        [SK_SUGGEST_NAME] = {"name", "names"},
        [SK_SUGGEST_QUANTITY] = {"figure", "figures"},
        [SK_SUGGEST_STATEMENT] = {"call", "calls"},
    };
    static const sk_suggest_kind order[] = {SK_SUGGEST_ACT, SK_SUGGEST_STATEMENT,
                                            SK_SUGGEST_QUANTITY, SK_SUGGEST_NAME};
    sk_str s = SK_NONE;
    for (size_t i = 0; i < SK_COUNT(order); i++) {
        unsigned long long n = c->waits[order[i]];
        if (n)
            s = sk_fmt(&cx->arena, "%.*s%s%llu %s", SK_P(s), s.n ? ", " : "", n,
                       words[order[i]][n != 1]);
    }
    return s;
}

static void add_counts(sk_review_counts *sum, const sk_review_counts *c)
{
    for (int k = 0; k < SK_SUGGEST_KINDS; k++)
        sum->waits[k] += c->waits[k];
    sum->all += c->all;
    sum->silences += c->silences;
}

/* True when the exhibit was added just now, by this command. */
static bool is_added(const adding *ad, const sk_hash *hash)
{
    for (size_t i = 0; i < ad->n; i++)
        if (sk_hash_eq(&ad->v[i].hash, hash) && strcmp(ad->v[i].state, "known") != 0)
            return true;
    return false;
}

/* In the text a person reads; on standard error beside a table for programs. */
static void say(sk_app *app, sk_str line)
{
    if (app->json || app->only_tables)
        sk_app_remark(app, "%.*s", SK_P(line));
    else
        sk_app_line(app, line);
}

/* How many suggestions await, of what was added and in all; what of a text was not read. */
static sk_rc report_waiting(adding *ad)
{
    sk_app *app = ad->app;
    sk_ctx *cx = &app->cx;
    sk_review *rv;
    sk_review_exhibit *list;
    sk_review_counts fresh = {0}, all;
    size_t n;
    SK_TRY(sk_review_open(cx, app->view, &rv));
    SK_TRY(sk_review_count(cx, rv, NULL, &all));
    SK_TRY(sk_review_exhibits(cx, rv, &list, &n));
    for (size_t i = 0; i < n; i++) {
        if (!is_added(ad, &list[i].exhibit))
            continue;
        add_counts(&fresh, &list[i].counts);
        if (list[i].note.n)
            sk_app_remark(app, "warning: %.*s: %.*s", SK_P(list[i].name), SK_P(list[i].note));
    }
    if (fresh.all)
        say(app, sk_fmt(&cx->arena,
                        "%llu suggestions await review: %.*s (%llu in all); run: sillok "
                        "review",
                        (unsigned long long)fresh.all, SK_P(kinds_text(cx, &fresh)),
                        (unsigned long long)all.all));
    if (fresh.silences)
        say(app, sk_fmt(&cx->arena,
                        "%llu sentences have an act word and nothing is proposed of "
                        "them: sillok review marks them",
                        (unsigned long long)fresh.silences));
    return SK_OK;
}

static sk_rc dry_run(sk_app *app, const sk_found_file *files, size_t n, size_t left_out)
{
    sk_table *t = sk_table_new(&app->cx.arena, columns, 3);
    for (size_t i = 0; i < n; i++) {
        struct stat st = {0};
        stat(sk_str_c(&app->cx.arena, files[i].path), &st);
        sk_table_cell(t, SK_S("would add"));
        sk_table_cell(t, files[i].name);
        sk_table_cell_int(t, (int64_t)st.st_size);
    }
    sk_app_table(app, t);
    sk_app_remark(app, "dry run: nothing was changed; %zu would be left out", left_out);
    return SK_OK;
}

sk_rc cmd_add(sk_app *app)
{
    SK_TRY(sk_need_operands(&app->cx, &app->args, 1, SIZE_MAX));
    adding ad = {.app = app};
    SK_TRY(read_options(&ad));
    sk_found_file *files;
    size_t n, left_out;
    SK_TRY(sk_walk(app, app->args.operands, app->args.n_operands, &files, &n, &left_out));
    if (sk_flag(&app->args, "dry-run"))
        return dry_run(app, files, n, left_out);
    SK_TRY(sk_app_open(app, SK_ARCHIVE_WRITE));
    SK_TRY(add_all(&ad, files, n));
    SK_TRY(sk_app_refresh(app));
    SK_TRY(report(&ad, left_out));
    return report_waiting(&ad);
}
