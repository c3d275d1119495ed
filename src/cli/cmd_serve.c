/* COMMAND: serve
 * Open the archive in the browser of this computer, or serve it to people with accounts.
 *
 * USAGE: sillok serve [OPTIONS]
 *        sillok serve --accounts FILE --add-account NAME [--roles ROLES]
 *        sillok serve --tokens FILE --add-token WHAT-FOR --scope SCOPES [--days N]
 *        sillok serve --tokens FILE --list-tokens
 *        sillok serve --tokens FILE --end-token ID
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
 * Programs come with a token instead: --add-token prints it once, and the file keeps its hash. It
 * sees what the user does who makes it (see --as), may do what its scopes say, and ends after --days:
 *   match       /match, /search and /entities, as clients of yente ask
 *   reconcile   OpenRefine; the address to give it holds the token:
 *               http://127.0.0.1:PORT/key/TOKEN/reconcile/default
 *   read        the answers of the pages, as JSON
 *   export      tables as CSV
 * It is sent as "Authorization: Bearer TOKEN". A running server reads the file when it has changed, so
 * --end-token holds at once. Without --tokens those made on the page of settings end with the server.
 *
 * OPTIONS
 *   --port N              port of the pages; a free one when not given
 *   --exhibit-port N      port of the preserved files; a free one when not given
 *   --listen ADDRESS      address of this computer alone to listen on (default 127.0.0.1)
 *   --host NAME           name by which browsers reach it, when that is not the address
 *   --accounts FILE       people who may log in
 *   --add-account NAME    add an account to that file, and end
 *   --roles ROLES         its roles, apart by commas (default read)
 *   --tokens FILE         tokens of programs
 *   --add-token WHAT-FOR  make a token for what these words say, print it, and end
 *   --scope SCOPES        what it may do, apart by commas: match, reconcile, read, export
 *   --days N              how long it lasts, at most 366 (90)
 *   --list-tokens         print the tokens of the file, and end
 *   --end-token ID        end the token with that id, and end
 *   --access-log FILE     append a line for each request: who saw what, by ids
 *
 * EXAMPLES
 *   sillok serve
 *   sillok serve --accounts people.txt --add-account mina --roles read,judge
 *   sillok serve --tokens tokens.txt --add-token "nightly screening" --scope match --days 30
 *   sillok --as mina serve --tokens tokens.txt --add-token OpenRefine --scope reconcile
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

/* ---- tokens of programs ---- */

static sk_rc add_token(sk_app *app, sk_str file, sk_str what_for)
{
    sk_ctx *cx = &app->cx;
    sk_serve_token t;
    sk_str text;
    uint64_t days;
    SK_TRY(sk_arg_number(cx, &app->args, "days", 90, &days));
    SK_TRY(sk_serve_add_token(cx, file, what_for, sk_arg(&app->args, "scope"), days, &text, &t));
    if (app->json) {
        sk_app_printf(app, "{\"id\": \"%.*s\", \"token\": \"%.*s\", \"until\": \"%.*s\"}\n",
                      SK_P(t.id), SK_P(text), SK_P(t.until));
        return SK_OK;
    }
    sk_app_printf(app, "token %.*s (%.*s) until %.*s; it is shown this once:\n%.*s\n", SK_P(t.id),
                  SK_P(t.scopes), SK_P(t.until), SK_P(text));
    return SK_OK;
}

static sk_rc list_tokens(sk_app *app, sk_str file)
{
    static const sk_column columns[] = {
        {.key = "id", .title = "Id"},         {.key = "user", .title = "Sees as"},
        {.key = "scopes", .title = "Scopes"}, {.key = "made", .title = "Made"},
        {.key = "until", .title = "Until"},   {.key = "what_for", .title = "What for", .most = 40}};
    sk_serve_token *v;
    size_t n;
    SK_TRY(sk_serve_list_tokens(&app->cx, file, &v, &n));
    sk_table *t = sk_table_new(&app->cx.arena, columns, SK_COUNT(columns));
    for (size_t i = 0; i < n; i++) {
        sk_table_cell(t, v[i].id);
        sk_table_cell(t, v[i].user.n ? v[i].user : SK_S("owner"));
        sk_table_cell(t, v[i].scopes);
        sk_table_cell(t, v[i].made);
        sk_table_cell(t, v[i].is_over ? sk_fmt(&app->cx.arena, "%.*s (over)", SK_P(v[i].until))
                                      : v[i].until);
        sk_table_cell(t, v[i].what_for);
    }
    sk_app_table(app, t);
    return SK_OK;
}

/* What is asked of the file of tokens, if anything is: then nothing is served. */
static sk_rc keep_tokens(sk_app *app, bool *ret_done)
{
    const sk_args *args = &app->args;
    sk_str file = sk_arg(args, "tokens"), added = sk_arg(args, "add-token"),
           ended = sk_arg(args, "end-token");
    bool is_list = sk_flag(args, "list-tokens");
    *ret_done = added.p || ended.p || is_list;
    if (!*ret_done) {
        if (sk_arg(args, "scope").p || sk_arg(args, "days").p)
            return sk_fail(&app->cx, SK_E_FORMAT, "--scope and --days go with --add-token");
        return SK_OK;
    }
    if (!file.n)
        return sk_fail(&app->cx, SK_E_FORMAT,
                       "--add-token, --list-tokens and --end-token need the file: --tokens FILE");
    if ((added.p != NULL) + (ended.p != NULL) + is_list > 1)
        return sk_fail(&app->cx, SK_E_FORMAT,
                       "give one of --add-token, --list-tokens and --end-token");
    if (added.p)
        return add_token(app, file, added);
    if (is_list)
        return list_tokens(app, file);
    SK_TRY(sk_serve_end_token(&app->cx, file, ended));
    sk_app_printf(app, "token %.*s is ended\n", SK_P(ended));
    return SK_OK;
}

sk_rc cmd_serve(sk_app *app)
{
    bool is_done;
    const sk_args *args = &app->args;
    sk_serve_opts opts = {.address = sk_arg(args, "listen"),
                          .host = sk_arg(args, "host"),
                          .accounts = sk_arg(args, "accounts"),
                          .tokens = sk_arg(args, "tokens"),
                          .access_log = sk_arg(args, "access-log")};
    SK_TRY(sk_need_operands(&app->cx, args, 0, 0));
    if (sk_arg(args, "add-account").p)
        return add_account(app, opts.accounts, sk_arg(args, "add-account"));
    SK_TRY(keep_tokens(app, &is_done));
    if (is_done)
        return SK_OK;
    if (!opts.address.n)
        opts.address = SK_S("127.0.0.1");
    SK_TRY(take_port(app, "port", &opts.port));
    SK_TRY(take_port(app, "exhibit-port", &opts.exhibit_port));
    SK_TRY(sk_app_open(app, SK_ARCHIVE_READ));
    sk_view_close(app->view); /* each request opens its own */
    app->view = NULL;
    return sk_serve(&app->cx, &opts, tell, app);
}
