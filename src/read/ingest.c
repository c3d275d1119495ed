#include "read/ingest.h"

#include "base/progress.h"
#include "confine/extractor.h"

#include <unistd.h>

enum { EXHIBITS_A_TRANSACTION = 500 };

/* An exhibit that cannot even be opened gets a document that says so. */
static const sk_document *unreadable(sk_ctx *cx)
{
    sk_document *doc = sk_new(&cx->arena, sk_document);
    doc->outcome = SK_OUTCOME_FAILED;
    doc->note = sk_fmt(&cx->arena, "%s", cx->message);
    doc->reader = SK_S("none");
    sk_forgive(cx);
    return doc;
}

static sk_rc read_one(sk_ctx *cx, sk_extractor *x, const sk_hash *hash, sk_str name,
                      const sk_document **ret_doc)
{
    int fd;
    uint64_t size;
    if (sk_blob_open(cx, cx->archive, hash, &fd, &size)) {
        *ret_doc = unreadable(cx);
        return SK_OK;
    }
    sk_extract_opts opts = {.extractor = x};
    sk_document *doc;
    sk_rc rc = sk_extract(cx, fd, name, &opts, &doc);
    close(fd);
    if (rc == SK_OK)
        *ret_doc = doc;
    return rc;
}

/* Up to a transaction's worth; *after moves along, *ret_n says how many. */
static sk_rc read_some(sk_ctx *cx, sk_extractor *x, int64_t *after, sk_ingest_fn *fn, void *arg,
                       size_t *ret_n)
{
    size_t n = 0;
    for (; n < EXHIBITS_A_TRANSACTION; n++) {
        sk_arena_mark mark = sk_arena_here(&cx->arena);
        sk_hash hash;
        sk_str name;
        sk_rc rc = sk_index_next_unread(cx, cx->index, *after, after, &hash, &name);
        if (rc == SK_E_NOTFOUND)
            break;
        SK_TRY(rc);
        const sk_document *doc;
        sk_progress_label(cx->progress, name);
        SK_TRY(read_one(cx, x, &hash, name, &doc));
        SK_TRY(sk_index_put_document(cx, cx->index, &hash, doc));
        if (fn)
            fn(cx, &hash, name, doc, arg);
        sk_progress_add(cx->progress, 1);
        sk_arena_back_to(&cx->arena, mark);
    }
    *ret_n = n;
    return SK_OK;
}

sk_rc sk_ingest_pending(sk_ctx *cx, sk_ingest_fn *fn, void *arg)
{
    uint64_t unread = sk_index_count_unread(cx, cx->index);
    if (unread == 0)
        return SK_OK;
    sk_extractor *x;
    SK_TRY(sk_extractor_open(cx, &x));
    sk_progress_begin(cx->progress, "reading", unread, SK_PROGRESS_ITEMS);
    int64_t after = 0;
    size_t n = 0;
    sk_rc rc;
    do {
        rc = sk_index_begin(cx, cx->index);
        if (rc == SK_OK)
            rc = read_some(cx, x, &after, fn, arg, &n);
        if (rc == SK_OK)
            rc = sk_index_end(cx, cx->index);
        else
            sk_index_undo(cx->index);
    } while (rc == SK_OK && n == EXHIBITS_A_TRANSACTION);
    sk_progress_end(cx->progress);
    sk_extractor_close(x);
    return rc;
}
