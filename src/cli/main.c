/* sillok: keeps the record of who did what to whom, says whom.
 *
 * Reads the command line, runs one command, writes what it printed, and turns its result into the
 * exit code (base/ctx.h; 1 is kept for "verify found damage", 2 for signals of the shell). */
#include "cli/app.h"
#include "cli/help.h"
#include "cli/output.h"

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static void configure(sk_app *app)
{
    sk_colour colour = SK_COLOUR_AUTO;
    sk_str when = sk_arg(&app->args, "color");
    if (when.p && !sk_colour_parse(when, &colour))
        sk_app_remark(app, "--color \"%.*s\" is not auto, always or never", SK_P(when));
    app->quiet = sk_flag(&app->args, "quiet");
    sk_term_look(STDOUT_FILENO, colour, &app->out);
    sk_term_look(STDERR_FILENO, colour, &app->err);
    sk_progress_init(&app->progress, STDERR_FILENO, app->quiet ? SK_PROGRESS_OFF : SK_PROGRESS_BAR,
                     &app->err);
    app->cx.progress = &app->progress;
    app->cx.user = sk_arg(&app->args, "as");
    if (!app->cx.user.p)
        app->cx.user = sk_str_of(getenv("SILLOK_USER"));
    if (sk_arg(&app->args, "purpose").p)
        app->cx.purpose = sk_arg(&app->args, "purpose");
}

static bool write_all(int fd, sk_str s)
{
    while (s.n) {
        ssize_t n = write(fd, s.p, s.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        s = sk_str_sub(s, (size_t)n, s.n);
    }
    return true;
}

/* Errors go to people as a sentence, to programs (with --json) as an object as well. */
static void report(sk_app *app)
{
    sk_buf clean;
    sk_buf_init(&clean, SK_LIM_MESSAGE_BYTES * 8);
    sk_term_clean(&clean, sk_str_of(app->cx.message), false);
    fprintf(stderr, "sillok: %.*s\n", SK_P(sk_buf_str(&clean)));
    sk_buf_done(&clean);
    if (!app->json)
        return;
    sk_json j;
    sk_buf_reset(&app->text);
    sk_json_init(&j, &app->text, SK_JSON_COMPACT);
    sk_json_object(&j);
    sk_json_put_str(&j, "error", sk_str_of(sk_rc_get_info(app->cx.rc)->name));
    sk_json_put_str(&j, "message", sk_str_of(app->cx.message));
    sk_json_end(&j);
    sk_json_done(&j);
    sk_buf_addc(&app->text, '\n');
}

static int finish(sk_app *app, sk_rc rc)
{
    sk_progress_end(&app->progress);
    if (!rc && app->text.overflow)
        rc = sk_fail(&app->cx, SK_E_LIMIT, "more than %zu bytes of output; ask for less at a time",
                     app->text.ceiling);
    if (!rc)
        rc = app->cx.rc; /* recorded where nothing could return it: a caption */
    rc = sk_output_end(app, rc);
    if (rc)
        report(app);
    bool written = write_all(STDOUT_FILENO, sk_buf_str(&app->text));
    sk_view_close(app->view);
    sk_index_close(app->cx.index);
    sk_archive_close(app->cx.archive);
    sk_buf_done(&app->text);
    sk_ctx_done(&app->cx);
    if (!written)
        return sk_rc_get_info(SK_E_IO)->exit_code;
    return app->exit_code ? app->exit_code : sk_rc_get_info(rc)->exit_code;
}

/* The command's name is the first word that is not a common option, so that -C may stand first. */
static sk_rc dispatch(sk_app *app, int argc, char **argv)
{
    sk_ctx *cx = &app->cx;
    int at = 1;
    while (at < argc && argv[at][0] == '-' && argv[at][1])
        at += sk_args_takes_next(sk_str_of(argv[at])) ? 2 : 1;
    if (at >= argc) {
        SK_TRY(sk_args_parse(cx, NULL, argc - 1, argv + 1, &app->args));
        configure(app);
        if (argc > 1 && !sk_flag(&app->args, "help"))
            return sk_fail(cx, SK_E_FORMAT, "no command; see: sillok help");
        sk_help_overview(app);
        return SK_OK;
    }
    const sk_command *c = sk_command_find(sk_str_of(argv[at]));
    if (!c)
        return sk_fail(cx, SK_E_FORMAT, "unknown command \"%s\"; see: sillok help", argv[at]);
    char **rest = sk_new_array(&cx->arena, char *, (size_t)argc);
    int n = 0;
    for (int i = 1; i < argc; i++)
        if (i != at)
            rest[n++] = argv[i];
    SK_TRY(sk_args_parse(cx, c, n, rest, &app->args));
    configure(app);
    if (sk_flag(&app->args, "help")) {
        sk_help_command(app, c);
        return SK_OK;
    }
    SK_TRY(sk_output_open(app));
    return c->run(app);
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");
    signal(SIGPIPE, SIG_IGN);
    sk_app *app = sk_xmalloc(sizeof *app);
    memset(app, 0, sizeof *app);
    sk_ctx_init(&app->cx);
    sk_buf_init(&app->text, SK_LIM_OUTPUT_BYTES);
    sk_rc rc = dispatch(app, argc, argv);
    int code = finish(app, rc);
    free(app);
    return code;
}
