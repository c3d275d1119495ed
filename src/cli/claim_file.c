/* Entering a table of claims: all of it or nothing. */
#include "cli/claim.h"

#include "base/sha256.h"
#include "exchange/claims/claims_view.h"
#include "record/write.h"

#include <fcntl.h>
#include <unistd.h>

/* Up to so many claims become durable in one step; a longer file is committed in such groups, its
 * capture last, so that a file that was cut short by a power failure is not taken for entered. */
enum { CLAIMS_A_COMMIT = 200000 };

static const sk_column columns[] = {
    {.key = "row", .title = "Row", .align = SK_ALIGN_RIGHT},
    {.key = "line", .title = "Line", .align = SK_ALIGN_RIGHT},
    {.key = "column", .title = "Column"},
    {.key = "value", .title = "Value", .most = 40},
    {.key = "message", .title = "What to do", .most = 90},
};

static void print_faults(sk_app *app, const sk_claims_fault *v, size_t n)
{
    sk_table *t = sk_table_new(&app->cx.arena, columns, SK_COUNT(columns));
    for (size_t i = 0; i < n; i++) {
        sk_table_cell_int(t, (int64_t)v[i].place.row);
        sk_table_cell_int(t, (int64_t)v[i].place.line);
        sk_table_cell(t, v[i].place.column);
        sk_table_cell(t, v[i].value);
        sk_table_cell(t, v[i].message);
    }
    sk_app_table(app, t);
}

static sk_rc hash_file(sk_ctx *cx, int fd, sk_str path, sk_hash *ret_hash)
{
    sk_sha256_state *st = sk_sha256_new();
    char *buf = sk_alloc(&cx->arena, SK_MIB(1));
    ssize_t n;
    while ((n = read(fd, buf, SK_MIB(1))) > 0)
        sk_sha256_add(st, (sk_str){buf, (size_t)n});
    *ret_hash = sk_sha256_end(st);
    if (n < 0 || lseek(fd, 0, SEEK_SET) < 0)
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(path));
    return SK_OK;
}

/* A file of claims is entered once; its capture says so. */
static sk_rc refuse_twice(sk_app *app, const sk_hash *hash, sk_str path)
{
    sk_exhibit x;
    if (sk_exhibit_get(&app->cx, app->view, hash, &x)) {
        sk_forgive(&app->cx);
        return SK_OK;
    }
    for (size_t i = 0; i < x.n_captures; i++)
        if (sk_str_is(x.captures[i].method, "claims"))
            return sk_fail(&app->cx, SK_E_CONFLICT,
                           "the claims of \"%.*s\" were entered already, by entry %.*s", SK_P(path),
                           SK_P(sk_short(&app->cx, &x.captures[i].entry)));
    return SK_OK;
}

typedef struct entering {
    const sk_claims_source *source;
    uint64_t n;
} entering;

static sk_rc enter_one(sk_ctx *cx, sk_claim *draft, const sk_claims_place *place, void *arg)
{
    entering *en = arg;
    sk_hash id;
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    draft->is_coded =
        true; /* a restriction on the claim then holds for the row that it came from */
    draft->coded_in = en->source->exhibit;
    draft->coded_place = sk_fmt(&cx->arena, "row %llu", (unsigned long long)place->row);
    SK_TRY(sk_record_claim(cx, draft, NULL, NULL, &id));
    sk_arena_back_to(&cx->arena, mark);
    return ++en->n % CLAIMS_A_COMMIT == 0 ? sk_record_commit(cx) : SK_OK;
}

static sk_str last_part(sk_str path)
{
    size_t i = path.n;
    while (i && path.p[i - 1] != '/')
        i--;
    return sk_str_sub(path, i, path.n);
}

static sk_rc enter_all(sk_app *app, sk_claims_source *source, uint64_t *ret_n)
{
    sk_ctx *cx = &app->cx;
    sk_capture_draft capture = {.name = last_part(source->name), .method = SK_S("claims")};
    entering en = {.source = source};
    sk_hash id;
    if (lseek(source->fd, 0, SEEK_SET) < 0)
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(source->name));
    SK_TRY(sk_blob_write(cx, cx->archive, source->fd, &capture.blob));
    if (!sk_hash_eq(&capture.blob.hash, &source->exhibit))
        return sk_fail(cx, SK_E_CONFLICT, "\"%.*s\" changed while it was read; try again",
                       SK_P(source->name));
    SK_TRY(sk_claims_file_each(cx, source, enter_one, &en, NULL));
    SK_TRY(sk_record_capture(cx, &capture, &id));
    SK_TRY(sk_record_commit(cx));
    *ret_n = en.n;
    return SK_OK;
}

static void print_summary(sk_app *app, const sk_claims_report *r, const char *what)
{
    if (app->json)
        sk_app_printf(app,
                      "{\"rows\": %llu, \"claims\": %llu, \"warnings\": %llu, \"entered\": %s}\n",
                      (unsigned long long)r->rows, (unsigned long long)r->claims,
                      (unsigned long long)r->n_warnings, what[0] == 'e' ? "true" : "false");
    else if (!app->only_tables)
        sk_app_printf(app, "%llu rows make %llu claims; %s\n", (unsigned long long)r->rows,
                      (unsigned long long)r->claims, what);
}

static sk_rc check_then_enter(sk_app *app, sk_claims_source *source)
{
    sk_ctx *cx = &app->cx;
    sk_claims_report report;
    uint64_t n;
    SK_TRY(sk_claims_file_check(cx, source, &report));
    for (size_t i = 0; i < report.n_warnings_kept; i++)
        sk_app_warn(cx, sk_claims_fault_text(&cx->arena, &report.warnings[i]), app);
    if (report.n_faults) {
        print_faults(app, report.faults, report.n_faults_kept);
        return sk_fail(cx, SK_E_FORMAT, "%llu faults in \"%.*s\"; nothing was entered",
                       (unsigned long long)report.n_faults, SK_P(source->name));
    }
    if (sk_flag(&app->args, "dry-run")) {
        print_summary(app, &report, "dry run, nothing was entered");
        return SK_OK;
    }
    SK_TRY(enter_all(app, source, &n));
    print_summary(app, &report, "entered");
    return sk_app_refresh(app);
}

sk_rc sk_claim_from_file(sk_app *app, sk_str path)
{
    sk_ctx *cx = &app->cx;
    sk_claims_view asked = {.view = app->view};
    sk_claims_source source = {.name = path, .resolver = sk_claims_file_resolve_view(&asked)};
    source.fd = open(sk_str_c(&cx->arena, path), O_RDONLY | O_CLOEXEC);
    if (source.fd < 0)
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(path));
    sk_rc rc = hash_file(cx, source.fd, path, &source.exhibit);
    if (rc == SK_OK)
        rc = refuse_twice(app, &source.exhibit, path);
    if (rc == SK_OK)
        rc = check_then_enter(app, &source);
    sk_claims_view_done(&asked);
    close(source.fd);
    return rc;
}
