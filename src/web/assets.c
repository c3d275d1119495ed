#include "web/assets.h"

#include "web/request.h"

static const sk_asset *find(sk_str name)
{
    for (size_t i = 0; i < sk_n_assets; i++)
        if (sk_str_is(name, sk_assets[i].name))
            return &sk_assets[i];
    return NULL;
}

sk_str sk_asset_href(const char *name)
{
    const sk_asset *f = find(sk_str_of(name));
    sk_assert(f);
    return sk_str_of(f->href);
}

bool sk_asset_is_there(const char *name)
{
    return find(sk_str_of(name)) != NULL;
}

/* ROUTE: GET /assets/{name}
 * A style sheet, script or picture of the interface.
 *
 * ROLE: none
 * PARAMETERS
 *   name   of the file
 */
sk_rc sk_page_asset(sk_request *rq)
{
    const sk_asset *f = find(sk_rq_get(rq, "name"));
    if (!f)
        return sk_fail(&rq->cx, SK_E_NOTFOUND, "there is no such file");
    sk_rq_header(rq, "ETag", sk_str_of(f->etag));
    sk_rq_header(rq, "Cache-Control", SK_S("public, max-age=31536000, immutable"));
    sk_rq_header(rq, "Vary", SK_S("Accept-Encoding"));
    if (sk_str_find(rq->in->if_none_match, sk_str_of(f->etag)) != SIZE_MAX) {
        rq->out->status = 304;
        return SK_OK;
    }
    if (sk_str_find(rq->in->accept_encoding, SK_S("gzip")) == SIZE_MAX)
        return sk_rq_text(rq, f->media, sk_str_range(f->plain, f->plain_end));
    sk_rq_header(rq, "Content-Encoding", SK_S("gzip"));
    return sk_rq_text(rq, f->media, sk_str_range(f->packed, f->packed_end));
}
