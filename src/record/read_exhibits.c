#include "record/read.h"
#include "record/view_private.h"

#define EXHIBIT_COLUMNS                                                                        \
    "SELECT x.id, x.sha256, x.size, x.outcome, x.note, x.reader, x.media, x.charset, x.title," \
    " x.lang FROM exhibit x"

static void take_exhibit(sk_ctx *cx, sk_stmt *q, sk_exhibit *x)
{
    *x = (sk_exhibit){.row = sk_col_i64(q, 0), .size_bytes = (uint64_t)sk_col_i64(q, 2)};
    sk_assert(sk_col_hash(q, 1, &x->hash));
    x->is_read = !sk_col_is_null(q, 3);
    x->outcome = (sk_outcome)sk_col_i64(q, 3);
    x->note = sk_col_str(cx, q, 4);
    x->reader = sk_col_str(cx, q, 5);
    x->media = sk_col_str(cx, q, 6);
    x->charset = sk_col_str(cx, q, 7);
    x->title = sk_col_str(cx, q, 8);
    x->lang = sk_col_str(cx, q, 9);
}

static sk_rc load_captures(sk_ctx *cx, sk_view *v, sk_exhibit *x)
{
    sk_stmt *q;
    SK_TRY(
        sk_view_sql(cx, v,
                    "SELECT e.hash, c.name, c.url, c.captured, c.captured_by, c.rights, c.method,"
                    " e.at, b.text FROM capture c JOIN entry e ON e.id = c.id"
                    " JOIN word b ON b.id = e.by WHERE c.exhibit = ?2 AND ?1 ORDER BY e.at, e.hash",
                    &q));
    sk_bind_i64(q, 2, x->row);
    sk_capture *list = NULL;
    size_t n = 0, cap = 0;
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        SK_GROW(&cx->arena, list, n, cap);
        sk_capture *c = &list[n++];
        sk_assert(sk_col_hash(q, 0, &c->entry));
        sk_str *const to[] = {&c->name,   &c->url,    &c->captured, &c->captured_by,
                              &c->rights, &c->method, &c->at,       &c->by};
        for (size_t i = 0; i < SK_COUNT(to); i++)
            *to[i] = sk_col_str(cx, q, (int)i + 1);
    }
    x->captures = list;
    x->n_captures = n;
    if (n)
        x->name = list[0].name;
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

static sk_rc take_list(sk_ctx *cx, sk_view *v, sk_stmt *q, sk_exhibit **ret_list, size_t *ret_n)
{
    sk_exhibit *list = NULL;
    size_t n = 0, cap = 0;
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        SK_GROW(&cx->arena, list, n, cap);
        take_exhibit(cx, q, &list[n++]);
    }
    if (rc != SK_E_NOTFOUND)
        return rc;
    for (size_t i = 0; i < n; i++)
        SK_TRY(load_captures(cx, v, &list[i]));
    *ret_list = list;
    *ret_n = n;
    return SK_OK;
}

sk_rc sk_exhibits_list(sk_ctx *cx, sk_view *v, sk_exhibit **ret_list, size_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(
        cx, v, EXHIBIT_COLUMNS " WHERE x.size IS NOT NULL AND" VISIBLE("x") "ORDER BY x.id", &q));
    return take_list(cx, v, q, ret_list, ret_n);
}

sk_rc sk_exhibit_get(sk_ctx *cx, sk_view *v, const sk_hash *hash, sk_exhibit *ret_exhibit)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(
        cx, v, EXHIBIT_COLUMNS " WHERE x.sha256 = ?2 AND x.size IS NOT NULL AND" VISIBLE("x"), &q));
    sk_bind_hash(q, 2, hash);
    sk_exhibit *list;
    size_t n;
    SK_TRY(take_list(cx, v, q, &list, &n));
    if (n == 0)
        return sk_fail(cx, SK_E_NOTFOUND, "no exhibit \"%.*s\"",
                       SK_P(sk_hash_hex(&cx->arena, hash)));
    *ret_exhibit = list[0];
    return SK_OK;
}

static sk_rc ambiguous(sk_ctx *cx, sk_str name, const sk_exhibit *list, size_t n)
{
    sk_str names = SK_NONE;
    for (size_t i = 0; i < n; i++)
        names = sk_fmt(&cx->arena, "%.*s%s%.12s (%.*s)", SK_P(names), i ? ", " : "",
                       sk_hash_hex(&cx->arena, &list[i].hash).p, SK_P(list[i].name));
    return sk_fail(cx, SK_E_AMBIGUOUS, "\"%.*s\" names several exhibits: %.*s", SK_P(name),
                   SK_P(names));
}

sk_rc sk_exhibit_find(sk_ctx *cx, sk_view *v, sk_str name, sk_exhibit *ret_exhibit)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(
        cx, v,
        EXHIBIT_COLUMNS " WHERE x.size IS NOT NULL AND" VISIBLE(
            "x") "AND (x.sha256 BETWEEN ?2 AND ?3 OR x.id IN"
                 " (SELECT exhibit FROM capture WHERE name = ?4)) ORDER BY x.sha256 LIMIT 9",
        &q));
    sk_hash lo, hi;
    if (sk_is_hash_prefix(name)) {
        SK_TRY(sk_hash_range(cx, name, &lo, &hi));
        sk_bind_hash(q, 2, &lo);
        sk_bind_hash(q, 3, &hi);
    }
    sk_bind_str(q, 4, name);
    sk_exhibit *list;
    size_t n;
    SK_TRY(take_list(cx, v, q, &list, &n));
    if (n == 0)
        return sk_fail(cx, SK_E_NOTFOUND, "no exhibit \"%.*s\"; give its file name or hash",
                       SK_P(name));
    if (n > 1)
        return ambiguous(cx, name, list, n);
    *ret_exhibit = list[0];
    return SK_OK;
}

sk_rc sk_exhibit_text(sk_ctx *cx, sk_view *v, const sk_exhibit *x, sk_text_block **ret_blocks,
                      size_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(
        sk_view_sql(cx, v,
                    "SELECT u.kind, u.start, u.\"end\", u.page, u.orig_start, u.orig_end, u.place,"
                    " u.text FROM unit u WHERE u.owner = ?2 AND u.kind < 4 AND" VISIBLE(
                        "u") "ORDER BY u.start, u.id",
                    &q));
    sk_bind_i64(q, 2, x->row);
    sk_text_block *list = NULL;
    size_t n = 0, cap = 0;
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        SK_GROW(&cx->arena, list, n, cap);
        list[n++] = (sk_text_block){
            .kind = (sk_block_kind)sk_col_i64(q, 0),
            .start = (size_t)sk_col_i64(q, 1),
            .end = (size_t)sk_col_i64(q, 2),
            .page = (uint32_t)sk_col_i64(q, 3),
            .orig_start = (uint64_t)sk_col_i64(q, 4),
            .orig_end = (uint64_t)sk_col_i64(q, 5),
            .place = sk_col_str(cx, q, 6),
            .text = sk_col_str(cx, q, 7),
        };
    }
    if (rc != SK_E_NOTFOUND)
        return rc;
    *ret_blocks = list;
    *ret_n = n;
    return SK_OK;
}

sk_rc sk_exhibit_stated(sk_ctx *cx, sk_view *v, const sk_exhibit *x, sk_stated **ret_list,
                        size_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(
        cx, v,
        "SELECT s.what, s.edtf, s.words FROM stated s JOIN exhibit x ON x.id = s.exhibit"
        " WHERE s.exhibit = ?2 AND" VISIBLE("x") "ORDER BY s.what, s.ord",
        &q));
    sk_bind_i64(q, 2, x->row);
    sk_stated *list = NULL;
    size_t n = 0, cap = 0;
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        SK_GROW(&cx->arena, list, n, cap);
        list[n++] = (sk_stated){sk_col_str(cx, q, 0), sk_col_str(cx, q, 1), sk_col_str(cx, q, 2)};
    }
    if (rc != SK_E_NOTFOUND)
        return rc;
    *ret_list = list;
    *ret_n = n;
    return SK_OK;
}

/* The file of an import has no blocks that could bear a restriction: its claims stand for its rows. */
sk_rc sk_exhibit_is_whole(sk_ctx *cx, sk_view *v, const sk_exhibit *x, bool *ret_whole)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(
        cx, v,
        "SELECT NOT EXISTS (SELECT 1 FROM unit u WHERE u.owner = ?2 AND u.kind < 4"
        " AND NOT" VISIBLE(
            "u") ") AND NOT EXISTS (SELECT 1 FROM exhibit x JOIN passage p"
                 " ON p.exhibit = x.id JOIN claim c"
                 " ON c.id = p.claim WHERE x.id = ?2 AND NOT x.as_text AND NOT" VISIBLE("c") ")",
        &q));
    sk_bind_i64(q, 2, x->row);
    SK_TRY(sk_step(cx, q));
    *ret_whole = sk_col_i64(q, 0) != 0;
    sqlite3_reset(q);
    return SK_OK;
}
