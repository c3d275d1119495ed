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
    if (web->access_log)
        fclose(web->access_log);
    free(web);
    return rc;
}
