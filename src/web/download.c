#include "web/download.h"

#include "base/clock.h"

/* The last 100 bytes of a name at most, between characters: the ending matters most. */
static sk_str file_name(const sk_exhibit *x)
{
    sk_str name = x->name.n ? x->name : SK_S("exhibit");
    size_t from = name.n > 100 ? name.n - 100 : 0;
    for (size_t i = from; i < name.n; i++)
        if (name.p[i] == '/')
            from = i + 1;
    while (from < name.n && ((unsigned char)name.p[from] & 0xC0) == 0x80)
        from++;
    name = sk_str_sub(name, from, name.n);
    return name.n && !sk_str_is(name, ".") && !sk_str_is(name, "..") ? name : SK_S("exhibit");
}

sk_str sk_download_href(sk_request *rq, const sk_exhibit *x)
{
    sk_arena *a = &rq->cx.arena;
    sk_str hash = sk_hash_hex(a, &x->hash);
    return sk_fmt(a, "%.*s/%.*s/%.*s?s=%s&k=%.*s", SK_P(rq->web->exhibits_origin), SK_P(hash),
                  SK_P(sk_percent_encode(a, file_name(x))), rq->session->handle,
                  SK_P(sk_session_sign(a, rq->session, hash)));
}

static sk_rc not_here(sk_request *rq)
{
    sk_forgive(&rq->cx);
    return sk_fail(&rq->cx, SK_E_NOTFOUND, "there is no such file, or the link is out of date");
}

static sk_rc find_exhibit(sk_request *rq, sk_exhibit *ret_exhibit)
{
    sk_ctx *cx = &rq->cx;
    sk_address path;
    sk_hash hash;
    bool is_whole;
    SK_TRY(sk_address_parse(cx, rq->path, &path));
    if (path.n != 2 || !sk_hash_parse(path.segments[0], &hash))
        return not_here(rq);
    rq->session =
        sk_session_of_handle(&rq->web->sessions, sk_param_get(&rq->query, "s"), sk_clock_ms());
    if (!rq->session || !sk_token_eq(sk_param_get(&rq->query, "k"),
                                     sk_session_sign(&cx->arena, rq->session, path.segments[0])))
        return not_here(rq);
    cx->user = sk_str_of(rq->session->user);
    SK_TRY(sk_rq_take_turn(rq));
    if (!sk_rq_may(rq, SK_ROLE_EXPORT))
        return not_here(rq);
    SK_TRY(sk_rq_open_view(rq));
    if (sk_exhibit_get(cx, rq->view, &hash, ret_exhibit))
        return not_here(rq);
    SK_TRY(sk_exhibit_is_whole(cx, rq->view, ret_exhibit, &is_whole));
    return is_whole ? SK_OK : not_here(rq);
}

sk_rc sk_download_run(sk_request *rq)
{
    sk_ctx *cx = &rq->cx;
    sk_exhibit x;
    sk_target_cut(rq->in->target, &rq->path, &rq->query_text);
    if (!sk_str_eq_nocase(rq->in->host, rq->web->exhibits_host))
        return not_here(rq);
    if (!sk_str_is(rq->in->method, "GET") && !sk_str_is(rq->in->method, "HEAD"))
        return sk_fail(cx, SK_E_FORMAT, "files can only be fetched");
    SK_TRY(sk_params_parse(cx, rq->query_text, &rq->query));
    SK_TRY(find_exhibit(rq, &x));
    sk_rq_log_hash(rq, &x.hash);
    SK_TRY(sk_blob_open(cx, cx->archive, &x.hash, &rq->out->fd, &rq->out->fd_bytes));
    sk_str name = sk_percent_encode(&cx->arena, file_name(&x));
    sk_rq_header(rq, "Content-Type", SK_S("application/octet-stream"));
    sk_rq_header(rq, "Content-Disposition",
                 sk_fmt(&cx->arena, "attachment; filename*=UTF-8''%.*s", SK_P(name)));
    return SK_OK;
}

void sk_download_headers(sk_request *rq)
{
    sk_rq_header(rq, "Content-Security-Policy",
                 SK_S("default-src 'none'; sandbox; frame-ancestors 'none'"));
    sk_rq_header(rq, "X-Content-Type-Options", SK_S("nosniff"));
    sk_rq_header(rq, "Cross-Origin-Resource-Policy", SK_S("same-origin"));
    sk_rq_header(rq, "Referrer-Policy", SK_S("no-referrer"));
    sk_rq_header(rq, "Cache-Control", SK_S("no-store"));
}
