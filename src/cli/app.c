#include "cli/app.h"

#include "archive/fs.h"
#include "exchange/import_ingest.h"
#include "read/ingest.h"
#include "read/suggest.h"

#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

static bool is_archive(sk_ctx *cx, sk_str dir)
{
    return access(sk_fmt(&cx->arena, "%.*s/SILLOK", SK_P(dir)).p, F_OK) == 0;
}

/* From the working directory upwards, like git looks for its repository. */
static sk_rc search_upwards(sk_ctx *cx, sk_str *ret_path)
{
    char *here = getcwd(NULL, 0);
    if (!here)
        return sk_fail_errno(cx, "working directory");
    sk_str dir = sk_str_copy(&cx->arena, sk_str_of(here));
    free(here);
    while (dir.n) {
        if (is_archive(cx, dir)) {
            *ret_path = sk_str_copy(&cx->arena, dir);
            return SK_OK;
        }
        while (dir.n && dir.p[dir.n - 1] != '/')
            dir.n--;
        while (dir.n && dir.p[dir.n - 1] == '/')
            dir.n--;
    }
    return sk_fail(
        cx, SK_E_NOTFOUND,
        "no archive here or above; make one with: sillok init DIR, or name one with -C DIR");
}

sk_rc sk_app_find_archive(sk_app *app, sk_str *ret_path)
{
    sk_ctx *cx = &app->cx;
    sk_str path = sk_arg(&app->args, "archive");
    if (!path.p)
        path = sk_str_of(getenv("SILLOK_ARCHIVE"));
    if (!path.n)
        return search_upwards(cx, ret_path);
    if (!is_archive(cx, path))
        return sk_fail(cx, SK_E_NOTFOUND, "\"%.*s\" is not an archive (it has no file SILLOK)",
                       SK_P(path));
    *ret_path = path;
    return SK_OK;
}

sk_rc sk_app_open_archive(sk_app *app, sk_archive_mode mode)
{
    sk_ctx *cx = &app->cx;
    sk_str path;
    SK_TRY(sk_app_find_archive(app, &path));
    SK_TRY(sk_archive_open(cx, sk_fs_posix(), path, mode, &cx->archive));
    const sk_recovery *r = sk_archive_get_recovery(cx->archive);
    if (mode == SK_ARCHIVE_WRITE && (r->leaves_cut || r->bodies_quarantined || r->frames_cut))
        sk_app_remark(app, "recovered: an unfinished write of an earlier run was set aside in "
                           "quarantine/; nothing acknowledged was lost");
    if (r->bodies_missing)
        sk_app_remark(app, "warning: %llu entries of the log have no body; run: sillok verify",
                      (unsigned long long)r->bodies_missing);
    return SK_OK;
}

/* Without its extractor the program still keeps, asks and verifies; texts wait to be read. */
static sk_rc read_texts(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    sk_rc rc = sk_ingest_pending(cx, NULL, NULL);
    if (rc != SK_E_NOTFOUND && rc != SK_E_UNSUPPORTED)
        return rc;
    sk_app_remark(app, "warning: %llu exhibits cannot be searched yet: %s",
                  (unsigned long long)sk_index_count_unread(cx, cx->index), cx->message);
    sk_forgive(cx);
    return SK_OK;
}

/* The claims of imports are made again by their readers; some need the confined program. */
static sk_rc read_imports(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    sk_rc rc = sk_imports_pending(cx);
    if (rc != SK_E_NOTFOUND && rc != SK_E_UNSUPPORTED)
        return rc;
    sk_app_remark(app, "warning: the claims of %llu imports cannot be read yet: %s",
                  (unsigned long long)sk_index_count_pending_imports(cx, cx->index), cx->message);
    sk_forgive(cx);
    return SK_OK;
}

sk_rc sk_app_derive(sk_app *app)
{
    SK_TRY(read_texts(app));
    SK_TRY(read_imports(app));
    return sk_suggest_pending(&app->cx, NULL);
}

sk_rc sk_app_refresh(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    SK_TRY(sk_index_catch_up(cx, cx->index));
    SK_TRY(sk_app_derive(app));
    sk_view_close(app->view);
    app->view = NULL;
    return sk_gate_open(cx, &app->view);
}

sk_rc sk_app_open(sk_app *app, sk_archive_mode mode)
{
    sk_ctx *cx = &app->cx;
    SK_TRY(sk_app_open_archive(app, mode));
    SK_TRY(sk_index_open(cx, cx->archive, &cx->index));
    if (sk_index_was_rebuilt(cx->index) && sk_archive_count(cx->archive) > 2)
        sk_app_remark(app, "the index was missing or damaged and has been made again");
    return sk_app_refresh(app);
}

void sk_app_printf(sk_app *app, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *to = n >= 0 ? sk_buf_room(&app->text, (size_t)n) : NULL;
    if (to) {
        vsnprintf(to, (size_t)n + 1, fmt, again);
        sk_buf_grew(&app->text, (size_t)n);
    }
    va_end(again);
}

void sk_app_line(sk_app *app, sk_str line)
{
    sk_app_clean(app, line);
    sk_buf_addc(&app->text, '\n');
}

void sk_app_clean(sk_app *app, sk_str text)
{
    sk_term_clean(&app->text, text, true);
}

void sk_app_remark(sk_app *app, const char *fmt, ...)
{
    if (app->quiet)
        return;
    sk_progress_hide(&app->progress);
    va_list ap;
    va_start(ap, fmt);
    fputs("sillok: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
}

void sk_app_warn(sk_ctx *cx, sk_str message, void *arg)
{
    (void)cx;
    sk_buf clean;
    sk_buf_init(&clean, SK_LIM_MESSAGE_BYTES * 8);
    sk_term_clean(&clean, message, false);
    sk_app_remark(arg, "warning: %.*s", SK_P(sk_buf_str(&clean)));
    sk_buf_done(&clean);
}

sk_str sk_short(sk_ctx *cx, const sk_hash *h)
{
    return sk_str_sub(sk_hash_hex(&cx->arena, h), 0, 12);
}

sk_str sk_app_bold(sk_app *app, sk_str s)
{
    return app->out.colour ? sk_fmt(&app->cx.arena, "\x1b[1m%.*s\x1b[0m", SK_P(s)) : s;
}

sk_str sk_app_dim(sk_app *app, sk_str s)
{
    return app->out.colour ? sk_fmt(&app->cx.arena, "\x1b[2m%.*s\x1b[0m", SK_P(s)) : s;
}
