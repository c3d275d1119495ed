/* COMMAND: serve
 * Open the archive in the browser of this computer, or serve it to people with accounts.
 *
 * USAGE: sillok serve [OPTIONS]
 *        sillok serve --accounts FILE --add-account NAME [--roles ROLES]
 *
 * Prints an address to open in a browser; it lets in whoever opens it first, once, and nobody else.
 * The server listens on this computer alone, needs no network, and ends with Ctrl-C.
 *
 * With --accounts people log in by name and password. What an account sees is decided by the permits
 * of its name (sillok permit), what it may do by its roles: read, enter, judge, export, admin.
 * --add-account asks for the password on standard input; an account that is there gets a new one.
 * People at other computers come through ssh with the same ports on both sides, for the pages and
 * for the preserved files:  ssh -L 8001:127.0.0.1:8001 -L 8002:127.0.0.1:8002 HOST
 *
 * OPTIONS
 *   --port N              port of the pages; a free one when not given
 *   --exhibit-port N      port of the preserved files; a free one when not given
 *   --listen ADDRESS      address of this computer alone to listen on (default 127.0.0.1)
 *   --host NAME           name by which browsers reach it, when that is not the address
 *   --accounts FILE       people who may log in
 *   --add-account NAME    add an account to that file, and end
 *   --roles ROLES         its roles, apart by commas (default read)
 *   --access-log FILE     append a line for each request: who saw what, by ids
 *
 * EXAMPLES
 *   sillok serve
 *   sillok serve --accounts people.txt --add-account mina --roles read,judge
 *   sillok serve --accounts people.txt --port 8001 --exhibit-port 8002
 */
#include "cli/app.h"
#include "web/serve.h"

#include <termios.h>
#include <unistd.h>

static void tell(sk_str url, void *arg)
{
    sk_app *app = arg;
    if (app->json)
        printf("{\"url\": \"%.*s\"}\n", SK_P(url));
    else
        printf("Open in your browser:  %.*s\nStop with Ctrl-C.\n", SK_P(url));
    fflush(stdout);
}

static sk_rc take_port(sk_app *app, const char *option, uint16_t *ret_port)
{
    uint64_t n;
    SK_TRY(sk_arg_number(&app->cx, &app->args, option, 0, &n));
    if (n > 65535)
        return sk_fail(&app->cx, SK_E_FORMAT, "--%s %llu is no port; ports go up to 65535", option,
                       (unsigned long long)n);
    *ret_port = (uint16_t)n;
    return SK_OK;
}

/* One line of standard input, not shown while it is typed. */
static sk_rc read_password(sk_app *app, sk_str *ret_password)
{
    struct termios was, silent;
    char *line = sk_alloc(&app->cx.arena, 2048);
    bool is_terminal = tcgetattr(STDIN_FILENO, &was) == 0;
    if (is_terminal) {
        silent = was;
        silent.c_lflag &= (tcflag_t)~ECHO;
        tcsetattr(STDIN_FILENO, TCSANOW, &silent);
        fputs("password: ", stderr);
    }
    bool came = fgets(line, 2048, stdin) != NULL;
    if (is_terminal) {
        tcsetattr(STDIN_FILENO, TCSANOW, &was);
        fputc('\n', stderr);
    }
    if (!came)
        return sk_fail(&app->cx, SK_E_FORMAT, "no password on standard input");
    *ret_password = (sk_str){line, strcspn(line, "\n")};
    return SK_OK;
}

static sk_rc add_account(sk_app *app, sk_str file, sk_str name)
{
    sk_str password, roles = sk_arg(&app->args, "roles");
    if (!file.n)
        return sk_fail(&app->cx, SK_E_FORMAT, "--add-account needs the file: --accounts FILE");
    SK_TRY(read_password(app, &password));
    SK_TRY(sk_serve_add_account(&app->cx, file, name, roles.n ? roles : SK_S("read"), password));
    sk_app_printf(app, "account \"%.*s\" stands in %.*s\n", SK_P(name), SK_P(file));
    return SK_OK;
}

sk_rc cmd_serve(sk_app *app)
{
    const sk_args *args = &app->args;
    sk_serve_opts opts = {.address = sk_arg(args, "listen"),
                          .host = sk_arg(args, "host"),
                          .accounts = sk_arg(args, "accounts"),
                          .access_log = sk_arg(args, "access-log")};
    SK_TRY(sk_need_operands(&app->cx, args, 0, 0));
    if (sk_arg(args, "add-account").p)
        return add_account(app, opts.accounts, sk_arg(args, "add-account"));
    if (!opts.address.n)
        opts.address = SK_S("127.0.0.1");
    SK_TRY(take_port(app, "port", &opts.port));
    SK_TRY(take_port(app, "exhibit-port", &opts.exhibit_port));
    SK_TRY(sk_app_open(app, SK_ARCHIVE_READ));
    sk_view_close(app->view); /* each request opens its own */
    app->view = NULL;
    return sk_serve(&app->cx, &opts, tell, app);
}
