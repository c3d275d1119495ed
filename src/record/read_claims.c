#include "record/read.h"
#include "record/view_private.h"

/* Rows found by a query of id, entity, state; the claims themselves come from their entries. Erased
 * ones are left out; ret_last (may be NULL) is the last row looked at, 0 when there was none. */
static sk_rc take_rows(sk_ctx *cx, sk_view *v, sk_stmt *q, sk_claim_row **ret_rows, size_t *ret_n,
                       int64_t *ret_last)
{
    sk_claim_row *rows = NULL;
    size_t n = 0, cap = 0, kept = 0;
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        SK_GROW(&cx->arena, rows, n, cap);
        int64_t state = sk_col_i64(q, 2);
        rows[n++] = (sk_claim_row){.row = sk_col_i64(q, 0),
                                   .entity = sk_col_i64(q, 1),
                                   .retracted = state & SK_STATE_RETRACTED,
                                   .superseded = state & SK_STATE_SUPERSEDED};
    }
    if (rc != SK_E_NOTFOUND)
        return rc;
    if (ret_last)
        *ret_last = n ? rows[n - 1].row : 0;
    for (size_t i = 0; i < n; i++) {
        rc = sk_view__load_claim(cx, v, rows[i].row, &rows[i]);
        if (rc == SK_OK)
            rows[kept++] = rows[i];
        else if (rc == SK_E_NOTFOUND)
            sk_forgive(cx); /* its body was erased: the mark stays in the log, the words are gone */
        else
            return rc;
    }
    *ret_rows = rows;
    *ret_n = kept;
    return SK_OK;
}

sk_rc sk_view__load_claim(sk_ctx *cx, sk_view *v, int64_t row, sk_claim_row *ret_row)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &v->ix->db,
                  "SELECT e.hash, e.segment, e.offset, e.leaf, d.text FROM entry e"
                  " JOIN word d ON d.id = e.device WHERE e.id = ?",
                  &q));
    sk_bind_i64(q, 1, row);
    SK_TRY(sk_step(cx, q));
    sk_hash id;
    sk_assert(sk_col_hash(q, 0, &id));
    sk_entry_place place = {(uint32_t)sk_col_i64(q, 1), (uint64_t)sk_col_i64(q, 2),
                            (uint64_t)sk_col_i64(q, 3), sk_col_str(cx, q, 4)};
    sqlite3_reset(q);
    ret_row->is_derived = place.segment == 0;
    if (ret_row->is_derived) {
        SK_TRY(sk_index__derived_claim(cx, v->ix, row, &ret_row->claim));
        ret_row->claim.id = id;
        return SK_OK;
    }
    sk_entry entry;
    SK_TRY(sk_archive_read(cx, v->ix->archive, &place, &id, &entry));
    return sk_claim_from_entry(cx, &entry, &ret_row->claim);
}

sk_rc sk_claim_find(sk_ctx *cx, sk_view *v, sk_str prefix, sk_claim_row *ret_row)
{
    sk_hash lo, hi;
    SK_TRY(sk_hash_range(cx, prefix, &lo, &hi));
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, v,
                       "SELECT c.id, c.entity, c.state FROM entry e JOIN claim c ON c.id = e.id"
                       " WHERE e.hash BETWEEN ?2 AND ?3 AND" VISIBLE("c") "LIMIT 2",
                       &q));
    sk_bind_hash(q, 2, &lo);
    sk_bind_hash(q, 3, &hi);
    sk_claim_row *rows;
    size_t n;
    SK_TRY(take_rows(cx, v, q, &rows, &n, NULL));
    if (n == 0)
        return sk_fail(cx, SK_E_NOTFOUND, "no claim begins with \"%.*s\"", SK_P(prefix));
    if (n > 1)
        return sk_fail(cx, SK_E_AMBIGUOUS, "several claims begin with \"%.*s\"; give more digits",
                       SK_P(prefix));
    *ret_row = rows[0];
    return SK_OK;
}

sk_rc sk_claims_about(sk_ctx *cx, sk_view *v, const sk_entity *e, sk_claim_flags flags,
                      sk_claim_row **ret_rows, size_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(
        sk_view_sql(cx, v,
                    "SELECT c.id, c.entity, c.state FROM entity m JOIN claim c ON c.entity = m.id"
                    " JOIN word p ON p.id = c.prop JOIN entry n ON n.id = c.id"
                    " WHERE m.cluster = ?2 AND (?3 OR c.state = 0) AND" VISIBLE(
                        "c") "ORDER BY p.text, n.at, n.id",
                    &q));
    sk_bind_i64(q, 2, e->cluster);
    sk_bind_i64(q, 3, flags & SK_CLAIMS_HISTORY);
    return take_rows(cx, v, q, ret_rows, ret_n, NULL);
}

sk_rc sk_claims_linking(sk_ctx *cx, sk_view *v, const sk_entity *e, sk_str prop,
                        sk_claim_row **ret_rows, size_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(
        sk_view_sql(cx, v,
                    "SELECT c.id, c.entity, c.state FROM entity m JOIN claim c ON c.target = m.id"
                    " JOIN word p ON p.id = c.prop WHERE m.cluster = ?2 AND c.state = 0"
                    " AND (?3 = '' OR p.text = ?3) AND" VISIBLE("c") "ORDER BY p.text, c.id",
                    &q));
    sk_bind_i64(q, 2, e->cluster);
    sk_bind_str(q, 3, prop);
    return take_rows(cx, v, q, ret_rows, ret_n, NULL);
}

sk_rc sk_claims_on(sk_ctx *cx, sk_view *v, const sk_exhibit *x, sk_claim_row **ret_rows,
                   size_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(
        cx, v,
        "SELECT DISTINCT c.id, c.entity, c.state FROM passage p"
        " JOIN claim c ON c.id = p.claim WHERE p.exhibit = ?2 AND c.state = 0 AND" VISIBLE(
            "c") "ORDER BY p.start IS NULL, p.start, c.id",
        &q));
    sk_bind_i64(q, 2, x->row);
    return take_rows(cx, v, q, ret_rows, ret_n, NULL);
}

/* A page of rows at a time, so that no statement is open while the caller asks for more. */
enum { PAGE = 512 };

sk_rc sk_claims_each(sk_ctx *cx, sk_view *v, sk_claim_flags flags, sk_claim_fn *fn, void *arg)
{
    int64_t after = 0;
    for (;;) {
        sk_arena_mark mark = sk_arena_here(&cx->arena);
        sk_stmt *q;
        SK_TRY(sk_view_sql(cx, v,
                           "SELECT c.id, c.entity, c.state FROM claim c WHERE c.id > ?2"
                           " AND (?3 OR c.state = 0) AND" VISIBLE("c") "ORDER BY c.id LIMIT ?4",
                           &q));
        sk_bind_i64(q, 2, after);
        sk_bind_i64(q, 3, flags & SK_CLAIMS_HISTORY);
        sk_bind_i64(q, 4, PAGE);
        sk_claim_row *rows;
        size_t n;
        SK_TRY(take_rows(cx, v, q, &rows, &n, &after));
        if (after == 0)
            return SK_OK;
        for (size_t i = 0; i < n; i++)
            SK_TRY(fn(cx, &rows[i], arg));
        sk_arena_back_to(&cx->arena, mark);
    }
}

sk_rc sk_judgements_list(sk_ctx *cx, sk_view *v, const sk_entity *e, sk_judgement **ret_list,
                         size_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(
        cx, v,
        "SELECT n.hash, a.key, b.key, j.verdict, j.reason, n.at, w.text, j.state"
        " FROM judgement j JOIN entry n ON n.id = j.id JOIN word w ON w.id = n.by"
        " JOIN entity a ON a.id = j.a JOIN entity b ON b.id = j.b"
        " WHERE (?2 = 0 OR a.cluster = ?2 OR b.cluster = ?2) AND (?3 OR " JUDGEMENT_VISIBLE
        ") ORDER BY n.at, n.hash",
        &q));
    sk_bind_i64(q, 2, e ? e->cluster : 0);
    sk_bind_i64(q, 3, v->sees_all);
    sk_judgement *list = NULL;
    size_t n = 0, cap = 0;
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        SK_GROW(&cx->arena, list, n, cap);
        sk_judgement *j = &list[n++];
        sk_assert(sk_col_hash(q, 0, &j->id));
        sk_str *const to[] = {&j->a, &j->b, &j->verdict, &j->reason, &j->at, &j->by};
        for (size_t i = 0; i < SK_COUNT(to); i++)
            *to[i] = sk_col_str(cx, q, (int)i + 1);
        j->undone = sk_col_i64(q, 7) & SK_STATE_RETRACTED;
        j->blocked = (sk_col_i64(q, 7) & SK_STATE_BLOCKED) != 0;
    }
    if (rc != SK_E_NOTFOUND)
        return rc;
    *ret_list = list;
    *ret_n = n;
    return SK_OK;
}
