#include "web/serve.h"

#include "base/clock.h"
#include "web/request.h"

#include <errno.h>
#include <sodium.h>
#include <sys/resource.h>
#include <unistd.h>

static volatile sig_atomic_t stop_wanted;

static void want_stop(int signal_number)
{
    (void)signal_number;
    stop_wanted = 1;
}

static void catch_signals(void)
{
    struct sigaction a = {.sa_handler = want_stop};
    sigemptyset(&a.sa_mask);
    sigaction(SIGINT, &a, NULL);
    sigaction(SIGTERM, &a, NULL);
}

/* Every connection is a descriptor. */
static void allow_descriptors(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        rlim_t want = 2 * SK_LIM_HTTP_CONNECTIONS + 256;
        limit.rlim_cur = limit.rlim_max < want ? limit.rlim_max : want;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static bool is_loopback(sk_str address)
{
    return sk_str_starts(address, SK_S("127.")) || sk_str_is(address, "::1");
}

static sk_rc open_doors(sk_ctx *cx, sk_web *web, const sk_http_app *app)
{
    const sk_serve_opts *o = web->opts;
    SK_TRY(sk_http_open(cx, app, o->address, o->port, &web->pages));
    SK_TRY(sk_http_open(cx, app, o->address, o->exhibit_port, &web->exhibits));
    sk_str host = o->host.n ? o->host : o->address;
    bool is_v6 = sk_str_find(host, SK_S(":")) != SIZE_MAX;
    const char *open = is_v6 ? "[" : "", *shut = is_v6 ? "]" : "";
    web->pages_host = sk_fmt(&cx->arena, "%s%.*s%s:%u", open, SK_P(host), shut,
                             (unsigned)sk_http_port(web->pages));
    web->exhibits_host = sk_fmt(&cx->arena, "%s%.*s%s:%u", open, SK_P(host), shut,
                                (unsigned)sk_http_port(web->exhibits));
    web->exhibits_origin = sk_fmt(&cx->arena, "http://%.*s", SK_P(web->exhibits_host));
    web->cookie_name = sk_fmt(&cx->arena, "sillok-%u", (unsigned)sk_http_port(web->pages));
    return SK_OK;
}

static sk_rc open_log(sk_ctx *cx, sk_web *web)
{
    sk_str path = web->opts->access_log;
    if (!path.n)
        return SK_OK;
    web->access_log = fopen(sk_str_c(&cx->arena, path), "ae");
    return web->access_log ? SK_OK : sk_fail_errno(cx, "access log \"%.*s\"", SK_P(path));
}

static sk_rc prepare(sk_ctx *cx, sk_web *web, const sk_http_app *app)
{
    const sk_serve_opts *o = web->opts;
    if (sodium_init() < 0)
        return sk_fail(cx, SK_E_IO, "libsodium cannot start");
    if (!is_loopback(o->address))
        return sk_fail(cx, SK_E_DENIED,
                       "--listen \"%.*s\" can be reached from other computers, and passwords would "
                       "go over the network in clear; listen on 127.0.0.1 and let others come "
                       "through ssh -L, with the same ports on both sides",
                       SK_P(o->address));
    if (o->accounts.n)
        SK_TRY(sk_accounts_read(cx, o->accounts, &web->accounts));
    web->tokens.path = o->tokens;
    SK_TRY(sk_tokens_refresh(cx, &web->tokens));
    SK_TRY(open_log(cx, web));
    allow_descriptors();
    return open_doors(cx, web, app);
}

static sk_rc serve(sk_ctx *cx, sk_web *web, sk_serve_ready_fn *ready, void *arg)
{
    sk_str url = sk_fmt(&cx->arena, "http://%.*s/", SK_P(web->pages_host));
    if (!web->accounts.is_shared) {
        sk_token_make(web->entry_token);
        url = sk_fmt(&cx->arena, "%.*senter?token=%s", SK_P(url), web->entry_token);
    }
    stop_wanted = 0;
    catch_signals();
    ready(url, arg);
    sk_http *doors[] = {web->pages, web->exhibits};
    return sk_http_serve(cx, doors, SK_COUNT(doors), &stop_wanted);
}

sk_rc sk_serve(sk_ctx *cx, const sk_serve_opts *opts, sk_serve_ready_fn *ready, void *arg)
{
    sk_web *web = sk_xmalloc(sizeof *web);
    *web = (sk_web){.opts = opts,
                    .archive = cx->archive,
                    .index = cx->index,
                    .entries_seen = sk_archive_count(cx->archive),
                    .user = cx->user,
                    .purpose = cx->purpose};
    sk_http_app app = sk_web_app;
    app.arg = web;
    sk_rc rc = prepare(cx, web, &app);
    if (!rc)
        rc = serve(cx, web, ready, arg);
    sk_http_close(web->pages);
    sk_http_close(web->exhibits);
    sk_sessions_done(&web->sessions);
    sk_tokens_done(&web->tokens);
    sk_screen_jobs_done(&web->screenings);
    if (web->access_log)
        fclose(web->access_log);
    free(web);
    return rc;
}

/* ---- tokens of programs, at the command line ---- */

static sk_serve_token token_of(sk_ctx *cx, const sk_token *t)
{
    sk_arena *a = &cx->arena;
    return (sk_serve_token){.id = sk_str_copy(a, sk_str_of(t->id)),
                            .user = sk_str_copy(a, t->user),
                            .scopes = sk_scopes_text(a, t->scopes),
                            .made = sk_str_copy(a, sk_str_of(t->made)),
                            .until = sk_str_copy(a, sk_str_of(t->until)),
                            .what_for = sk_str_copy(a, t->what_for),
                            .is_over = sk_token_is_over(t)};
}

sk_rc sk_serve_add_token(sk_ctx *cx, sk_str path, sk_str what_for, sk_str scopes, uint64_t days,
                         sk_str *ret_text, sk_serve_token *ret_token)
{
    sk_tokens all = {.path = path};
    sk_token_draft d = {.user = cx->user, .what_for = what_for, .days = days};
    char text[SK_TOKEN_CHARS + 1];
    const sk_token *t;
    SK_TRY(sk_scopes_parse(cx, scopes, &d.scopes));
    sk_rc rc = sk_token_add(cx, &all, &d, text, &t);
    if (!rc) {
        *ret_token = token_of(cx, t);
        *ret_text = sk_str_copy(&cx->arena, sk_str_of(text));
    }
    sk_tokens_done(&all);
    return rc;
}

sk_rc sk_serve_end_token(sk_ctx *cx, sk_str path, sk_str id)
{
    sk_tokens all = {.path = path};
    sk_rc rc = sk_token_end(cx, &all, id);
    sk_tokens_done(&all);
    return rc;
}

sk_rc sk_serve_list_tokens(sk_ctx *cx, sk_str path, sk_serve_token **ret_list, size_t *ret_n)
{
    sk_tokens all = {.path = path};
    SK_TRY(sk_tokens_refresh(cx, &all));
    sk_serve_token *v = sk_new_array(&cx->arena, sk_serve_token, all.n);
    for (size_t i = 0; i < all.n; i++)
        v[i] = token_of(cx, &all.v[i]);
    *ret_list = v;
    *ret_n = all.n;
    sk_tokens_done(&all);
    return SK_OK;
}
