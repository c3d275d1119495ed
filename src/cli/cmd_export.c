/* COMMAND: export
 * Write claims as CSV or FollowTheMoney, or one exhibit with its proofs.
 *
 * USAGE: sillok export --as-csv FILE
 *        sillok export --as-statements FILE
 *        sillok export --as-entities FILE
 *        sillok export --exhibit NAME --to DIR
 *
 * FILE may be - for standard output. The CSV is a claim file again (docs/formats/claims.md), safe to
 * open in a spreadsheet. Statements (CSV) and entities (JSON lines) are FollowTheMoney; what it
 * cannot say, such as a denial, goes beside it (docs/formats/ftm.md): statements of that sort into
 * FILE.rest.csv.
 *
 * --exhibit writes a package that a stranger verifies with sha256sum and openssl: the bytes, the
 * signed entries about them, and the proofs that they stand in the log.
 *
 * Restricted things are left out, unless `sillok permit owner LABEL --for export` was logged.
 *
 * OPTIONS
 *   --as-csv FILE          all current claims as a claim file
 *   --as-statements FILE   FollowTheMoney statements
 *   --as-entities FILE     FollowTheMoney entities
 *   --exhibit NAME         one exhibit: file name or hash
 *   --to DIR               where its package goes; must not exist
 *   --exact                write CSV cells exactly, even those a spreadsheet would run as a formula
 */
#include "cli/app.h"
#include "exchange/export_csv.h"
#include "exchange/export_ftm.h"
#include "publish/package.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

typedef struct file_sink {
    sk_ctx *cx;
    int fd;
    sk_str name;
} file_sink;

static sk_rc write_piece(void *arg, sk_str bytes)
{
    file_sink *f = arg;
    while (bytes.n) {
        ssize_t n = write(f->fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return sk_fail_errno(f->cx, "\"%.*s\"", SK_P(f->name));
        bytes = sk_str_sub(bytes, (size_t)n, bytes.n);
    }
    return SK_OK;
}

static sk_rc open_sink(sk_app *app, sk_str name, file_sink *f)
{
    *f = (file_sink){&app->cx, STDOUT_FILENO, name};
    if (sk_str_is(name, "-"))
        return SK_OK;
    f->fd = open(sk_str_c(&app->cx.arena, name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    return f->fd < 0 ? sk_fail_errno(&app->cx, "\"%.*s\"", SK_P(name)) : SK_OK;
}

static sk_rc close_sink(file_sink *f, sk_rc rc)
{
    if (f->fd == STDOUT_FILENO)
        return rc;
    bool synced = rc != SK_OK || fsync(f->fd) == 0;
    if (close(f->fd) || !synced)
        return rc ? rc : sk_fail_errno(f->cx, "\"%.*s\"", SK_P(f->name));
    return rc;
}

static sk_rc export_csv(sk_app *app, sk_str name)
{
    file_sink f;
    sk_export_csv_options opts = {.is_exact = sk_flag(&app->args, "exact")};
    sk_export_csv_summary sum;
    SK_TRY(open_sink(app, name, &f));
    sk_sink sink = {write_piece, &f};
    SK_TRY(close_sink(&f, sk_export_csv(&app->cx, app->view, &opts, &sink, &sum)));
    sk_app_remark(app, "%llu claims written", (unsigned long long)sum.claims);
    return SK_OK;
}

static sk_rc export_entities(sk_app *app, sk_str name)
{
    file_sink f;
    sk_ftm_summary sum;
    SK_TRY(open_sink(app, name, &f));
    sk_sink sink = {write_piece, &f};
    SK_TRY(close_sink(&f, sk_export_ftm_entities(&app->cx, app->view, NULL, &sink, &sum)));
    sk_app_remark(app, "%llu entities written", (unsigned long long)sum.entities);
    return SK_OK;
}

static sk_rc export_statements(sk_app *app, sk_str name)
{
    sk_ctx *cx = &app->cx;
    file_sink f, g;
    sk_ftm_summary sum;
    bool to_file = !sk_str_is(name, "-");
    SK_TRY(open_sink(app, name, &f));
    if (to_file) {
        sk_rc rc = open_sink(app, sk_fmt(&cx->arena, "%.*s.rest.csv", SK_P(name)), &g);
        if (rc)
            return close_sink(&f, rc);
    }
    sk_sink plain = {write_piece, &f}, rest = {write_piece, &g};
    sk_rc rc = sk_export_ftm_statements(cx, app->view, NULL, &plain, to_file ? &rest : NULL, &sum);
    rc = close_sink(&f, rc);
    if (to_file)
        rc = close_sink(&g, rc);
    SK_TRY(rc);
    sk_app_remark(app, "%llu statements written, %llu claims that FollowTheMoney cannot say %s",
                  (unsigned long long)sum.plain, (unsigned long long)sum.rest,
                  to_file ? "beside them" : "left out (write to a file to keep them)");
    return SK_OK;
}

static sk_rc export_package(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    sk_exhibit x;
    sk_package_summary sum;
    sk_str to = sk_arg(&app->args, "to");
    if (!to.n)
        return sk_fail(cx, SK_E_FORMAT, "--exhibit needs --to DIR");
    SK_TRY(sk_exhibit_find(cx, app->view, sk_arg(&app->args, "exhibit"), &x));
    SK_TRY(sk_package_write(cx, app->view, &x, to, &sum));
    sk_app_printf(app, "package written to ");
    sk_app_clean(app, to);
    sk_app_printf(
        app, ": %llu captures, %llu claims, %llu keys, each with its proof\ncheck it with: bash ",
        (unsigned long long)sum.captures, (unsigned long long)sum.claims,
        (unsigned long long)sum.keys);
    sk_app_clean(app, to);
    sk_app_printf(app, "/verify.sh\n");
    return SK_OK;
}

sk_rc cmd_export(sk_app *app)
{
    static const struct {
        const char *option;
        sk_rc (*run)(sk_app *app, sk_str name);
    } forms[] = {{"as-csv", export_csv},
                 {"as-statements", export_statements},
                 {"as-entities", export_entities}};
    SK_TRY(sk_need_operands(&app->cx, &app->args, 0, 0));
    bool is_package = sk_arg(&app->args, "exhibit").p != NULL, any = is_package;
    for (size_t i = 0; i < SK_COUNT(forms); i++)
        any |= sk_arg(&app->args, forms[i].option).p != NULL;
    if (!any)
        return sk_fail(&app->cx, SK_E_FORMAT, "export what? usage: %s", app->args.command->usage);
    if (!sk_arg(&app->args, "purpose").p)
        app->cx.purpose = SK_S("export");
    /* a package needs a checkpoint that covers its entries, which the writer signs on closing */
    SK_TRY(sk_app_open(app, SK_ARCHIVE_READ));
    for (size_t i = 0; i < SK_COUNT(forms); i++) {
        sk_str name = sk_arg(&app->args, forms[i].option);
        if (name.p)
            SK_TRY(forms[i].run(app, name));
    }
    return is_package ? export_package(app) : SK_OK;
}
