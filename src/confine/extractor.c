#include "confine/extractor.h"

#include "base/buf.h"
#include "base/clock.h"
#include "confine/keeper.h"
#include "confine/reply.h"
#include "confine/wire.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    CHUNK_BYTES = 256 << 10, /* read from the pipe at a time                         */
    NAME_BYTES = 255,        /* of the name hint, from its end: only that counts     */
    CHARSET_BYTES = 100,
};

static sk_str make_request(sk_arena *a, sk_str name, const sk_extract_opts *opts, int64_t limit_ms)
{
    sk_str charset = sk_keeper_line(a, "charset", opts->charset, CHARSET_BYTES);
    sk_str line = sk_keeper_line(a, "name", name, NAME_BYTES);
    return sk_fmt(a, "ms %lld\n%.*s%.*s%s", (long long)limit_ms, SK_P(charset), SK_P(line),
                  opts->may_run_unsandboxed ? "unsandboxed yes\n" : "");
}

/* What came back, before anybody looks into it. */
typedef struct result {
    sk_buf reply;
    sk_waited waited;
    bool is_too_long;
    char how; /* as the keeper says; 0 when it is gone */
    unsigned char which;
} result;

static void read_result(sk_ctx *cx, sk_extractor *x, int in, int64_t deadline_ms, result *r)
{
    for (;;) {
        char *room = sk_buf_room(&r->reply, CHUNK_BYTES);
        r->is_too_long = !room;
        if (!room || (r->waited = sk_keeper_wait(cx, in, deadline_ms)) != SK_READY)
            return;
        ssize_t n = read(in, room, CHUNK_BYTES);
        if (n < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (n <= 0)
            break;
        sk_buf_grew(&r->reply, (size_t)n);
    }
    if ((r->waited = sk_keeper_wait(cx, x->control, deadline_ms)) == SK_READY)
        sk_keeper_answer(x, &r->how, &r->which);
}

static sk_document *failed(sk_ctx *cx, sk_str note)
{
    sk_document *d = sk_new(&cx->arena, sk_document);
    d->outcome = SK_OUTCOME_FAILED;
    d->note = note;
    d->reader = SK_S("none/1");
    return d;
}

/* Of what is no regular file nobody knows the size; ranges are then not checked against it. */
static uint64_t size_of(int fd)
{
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? (uint64_t)st.st_size : UINT64_MAX;
}

/* Turn what happened into a document; only what says nothing about the exhibit is an error. */
static sk_rc judge(sk_ctx *cx, sk_extractor *x, const result *r, int fd, int64_t limit_ms,
                   sk_document **ret_doc)
{
    sk_document *doc = NULL;
    if (r->waited != SK_READY || r->is_too_long || !r->how)
        sk_keeper_stop(x, true); /* it may be busy */
    if (r->waited == SK_STOPPED)
        return sk_fail(cx, SK_E_CANCELLED, "reading the file was cancelled");
    if (r->how == SK_WIRE_NO_SANDBOX)
        return sk_keeper_no_sandbox(cx);
    if (r->waited == SK_TIMED_OUT)
        doc = failed(cx, sk_fmt(&cx->arena, "reading took longer than %lld s and was stopped",
                                (long long)(limit_ms + 999) / 1000));
    else if (r->is_too_long)
        doc = failed(cx, SK_S("the extractor sent more than it may and was stopped"));
    else if (!r->how)
        doc = failed(cx, SK_S("the extractor ended unexpectedly"));
    else if (r->how != SK_WIRE_WELL)
        doc = failed(cx, sk_keeper_describe(cx, r->how, r->which));
    else if (sk_reply_read(cx, sk_str_copy(&cx->arena, sk_buf_str(&r->reply)), size_of(fd), &doc)) {
        doc = failed(cx, sk_fmt(&cx->arena, "%s", cx->message));
        sk_forgive(cx);
    }
    *ret_doc = doc;
    return SK_OK;
}

static sk_rc run(sk_ctx *cx, sk_extractor *x, int fd, sk_str name, const sk_extract_opts *opts,
                 sk_document **ret_doc)
{
    int64_t limit_ms =
        opts->time_limit_ms > 0 ? opts->time_limit_ms : SK_LIM_EXTRACT_SECONDS * 1000;
    int in;
    result r = {0};
    int64_t deadline_ms = sk_clock_ms() + limit_ms;
    SK_TRY(sk_keeper_ask(cx, x, fd, make_request(&cx->arena, name, opts, limit_ms), &in));
    sk_buf_init(&r.reply, SK_LIM_EXTRACT_REPLY);
    read_result(cx, x, in, deadline_ms, &r);
    sk_rc rc = judge(cx, x, &r, fd, limit_ms, ret_doc);
    sk_buf_done(&r.reply);
    close(in);
    return rc;
}

sk_rc sk_extract(sk_ctx *cx, int fd, sk_str name_hint, const sk_extract_opts *opts,
                 sk_document **ret_doc)
{
    static const sk_extract_opts defaults = {0};
    sk_extractor *own = NULL, *x;
    if (!opts)
        opts = &defaults;
    if (!opts->extractor || opts->extractor->is_busy)
        SK_TRY(sk_extractor_open(cx, &own));
    x = own ? own : opts->extractor;
    sk_rc rc = run(cx, x, fd, name_hint, opts, ret_doc);
    sk_extractor_close(own);
    return rc;
}
