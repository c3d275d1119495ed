/* See session.h. */
#include "session.h"

#include "archive/archive_priv.h"

/* ---- the session ---- */

void tell_failure(sk_ctx *cx, acks *a)
{
    if (a->failures++ == 0) {
        a->rc = cx->rc;
        memcpy(a->message, cx->message, sizeof a->message);
    }
    a->unnamed += cx->rc == SK_OK || !cx->message[0];
    sk_forgive(cx);
}

static sk_str big_blob(void)
{
    static char bytes[(1 << 20) + 4321];
    static bool is_filled;
    for (size_t i = 0; !is_filled && i < sizeof bytes; i++)
        bytes[i] = (char)(i * 31 + i / 997);
    is_filled = true;
    return (sk_str){bytes, sizeof bytes};
}

sk_rc one_group(sk_ctx *cx, sk_archive *ar, acks *a, int n, int n_blobs, bool is_big)
{
    sk_hash ids[16], blobs[16];
    size_t n_ids = 0;
    a->n_tried = (size_t)(n + n_blobs);
    for (int i = 0; i < n; i++) {
        sk_line line = {SK_S("text"), SK_S("a statement of some length, so that a tear has room: "
                                           "the quick brown fox jumps over the lazy dog again and "
                                           "again and again and again and again and again")};
        SK_TRY(sk_archive_append(cx, ar, SK_S("note"), &line, 1, &ids[n_ids++], NULL));
    }
    for (int i = 0; i < n_blobs; i++) {
        sk_blob_info info;
        sk_str bytes = is_big   ? big_blob()
                       : i == 0 ? SK_S("one and the same every time") /* found again, maybe not
                                                                       durable yet */
                                : sk_fmt(&cx->arena, "blob %zu %d", a->n_blobs, i);
        SK_TRY(sk_blob_write_bytes(cx, ar, bytes, &info));
        blobs[i] = info.hash;
        sk_line line = {SK_S("blob"), sk_fmt(&cx->arena, "%.*s %zu",
                                             SK_P(sk_hash_hex(&cx->arena, &info.hash)), bytes.n)};
        SK_TRY(sk_archive_append(cx, ar, SK_S("capture"), &line, 1, &ids[n_ids++], NULL));
    }
    SK_TRY(sk_archive_commit(cx, ar));
    memcpy(a->entries + a->n_entries, ids, n_ids * sizeof *ids);
    a->n_entries += n_ids;
    memcpy(a->blobs + a->n_blobs, blobs, (size_t)n_blobs * sizeof *blobs);
    a->n_blobs += (size_t)n_blobs;
    a->n_tried = 0;
    return SK_OK;
}

/* Open, write some groups as far as it goes, and close or just stop. */
static void visit(sk_ctx *cx, const sk_fs *fs, const char *root, acks *a, int visit_no)
{
    sk_archive *ar;
    if (sk_archive_open(cx, fs, sk_str_of(root), SK_ARCHIVE_WRITE, &ar)) {
        tell_failure(cx, a);
        return;
    }
    sk_archive_limit_segments(ar, 3000);
    sk_rc rc = one_group(cx, ar, a, 3, 0, false);
    if (!rc)
        rc = one_group(cx, ar, a, 1, 2, visit_no == 1);
    if (!rc && visit_no == 0)
        rc = one_group(cx, ar, a, 0, 3, false);
    if (!rc)
        rc = one_group(cx, ar, a, 2, 0, false);
    if (rc)
        tell_failure(cx, a);
    if (visit_no == 1)
        sk_archive_abandon(ar); /* killed: the next visit has a tail to bring in order */
    else
        sk_archive_close(ar);
}

void session(const sk_fs *fs, const char *root, acks *a)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    *a = (acks){0};
    if (sk_archive_init(&cx, fs, sk_str_of(root), SK_S("Tester")))
        tell_failure(&cx, a);
    else
        a->init = true;
    for (int i = 0; i < 3; i++)
        visit(&cx, fs, root, a, i);
    sk_ctx_done(&cx);
}

bool is_complete(const acks *a)
{
    return a->init && a->n_entries == 27 && a->n_blobs == 9;
}

/* ---- comparing ---- */

typedef struct walked {
    const acks *a;
    size_t met; /* acknowledged entries met, in order */
    uint64_t n;
} walked;

static sk_rc meet(sk_ctx *cx, const sk_entry *e, const sk_entry_place *place, void *arg)
{
    walked *w = arg;
    w->n++;
    if (w->met < w->a->n_entries && sk_hash_eq(&w->a->entries[w->met], &e->id))
        w->met++;
    return SK_OK;
}

static const char *compare_blobs(sk_ctx *cx, const sk_fs *fs, sk_archive *ar, const acks *a)
{
    for (size_t i = 0; i < a->n_blobs; i++) {
        sk_str bytes;
        if (sk_fs_read_file(cx, fs, sk_blob_path(cx, ar, &a->blobs[i]).p, SK_MIB(2), &bytes))
            return sk_fmt(&cx->arena, "acknowledged blob %zu is lost: %s", i, cx->message).p;
        sk_hash h = sk_sha256(bytes);
        if (!sk_hash_eq(&h, &a->blobs[i]))
            return sk_fmt(&cx->arena, "acknowledged blob %zu is altered", i).p;
    }
    return NULL;
}

/* What the open archive lacks of what was acknowledged, or NULL. */
static const char *compare_open(sk_ctx *cx, const sk_fs *fs, sk_archive *ar, acks *a)
{
    if (sk_archive_get_recovery(ar)->bodies_missing)
        return "a body is missing";
    walked w = {.a = a};
    if (sk_archive_each(cx, ar, 1, 0, meet, &w, NULL, NULL))
        return sk_fmt(&cx->arena, "cannot be walked: %s", cx->message).p;
    if (w.met != a->n_entries || w.n != sk_archive_count(ar))
        return sk_fmt(&cx->arena, "%zu entries acknowledged, %zu met; %llu walked, %llu counted",
                      a->n_entries, w.met, (unsigned long long)w.n,
                      (unsigned long long)sk_archive_count(ar))
            .p;
    a->n_met = w.n;
    const char *what = compare_blobs(cx, fs, ar, a);
    if (!what && a->n_entries + 4 < MOST && one_group(cx, ar, a, 1, 0, false))
        return sk_fmt(&cx->arena, "takes no more entries: %s", cx->message).p;
    return what;
}

const char *find_trouble(sk_ctx *cx, const sk_fs *fs, const char *root, acks *a)
{
    static findings f;
    sk_archive *ar;
    sk_rc rc = sk_archive_open(cx, fs, sk_str_of(root), SK_ARCHIVE_WRITE, &ar);
    if (rc == SK_E_NOTFOUND && !a->init) {
        sk_forgive(cx);
        rc = sk_archive_init(cx, fs, sk_str_of(root), SK_NONE);
        if (!rc)
            rc = sk_archive_open(cx, fs, sk_str_of(root), SK_ARCHIVE_WRITE, &ar);
    }
    if (rc)
        return sk_fmt(&cx->arena, "does not open: %s", cx->message).p;
    const char *what = compare_open(cx, fs, ar, a);
    sk_archive_close(ar);
    a->init = true;
    if (!what && verify_path(cx, fs, root, &f).damage)
        what = f.text;
    return what;
}

void compare(const sk_fs *fs, const char *root, acks *a, const char *when)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    const char *what = find_trouble(&cx, fs, root, a);
    if (what)
        fail_msg("%s: %s", when, what);
    sk_ctx_done(&cx);
}
