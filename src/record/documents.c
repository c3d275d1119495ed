/* Texts of exhibits going into the index: one unit a block, found by search, cited by passages. */
#include "record/index_private.h"

sk_rc sk_index_next_unread(sk_ctx *cx, sk_index *ix, int64_t after, int64_t *ret_row,
                           sk_hash *ret_exhibit, sk_str *ret_name)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db,
                  "SELECT x.id, x.sha256, (SELECT name FROM capture WHERE exhibit = x.id"
                  " ORDER BY name LIMIT 1) FROM exhibit x"
                  " WHERE x.outcome IS NULL AND x.as_text AND x.id > ?"
                  " ORDER BY x.id LIMIT 1",
                  &q));
    sk_bind_i64(q, 1, after);
    sk_rc rc = sk_step(cx, q);
    if (rc)
        return rc;
    *ret_row = sk_col_i64(q, 0);
    sk_assert(sk_col_hash(q, 1, ret_exhibit));
    *ret_name = sk_col_str(cx, q, 2);
    sqlite3_reset(q);
    return SK_OK;
}

uint64_t sk_index_count_unread(sk_ctx *cx, sk_index *ix)
{
    sk_stmt *q;
    if (sk_sql(cx, &ix->db, "SELECT count(*) FROM exhibit WHERE outcome IS NULL AND as_text", &q) ||
        sk_step(cx, q))
        return 0;
    uint64_t n = (uint64_t)sk_col_i64(q, 0);
    sqlite3_reset(q);
    return n;
}

static sk_rc describe(sk_ctx *cx, sk_index *ix, int64_t row, const sk_document *doc)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db,
                  "UPDATE exhibit SET outcome=?, note=?, reader=?, media=?, charset=?, title=?,"
                  " lang=? WHERE id=?",
                  &q));
    sk_bind_i64(q, 1, doc->outcome);
    sk_bind_opt(q, 2, doc->note);
    sk_bind_opt(q, 3, doc->reader);
    sk_bind_opt(q, 4, doc->media);
    sk_bind_opt(q, 5, doc->charset);
    sk_bind_opt(q, 6, doc->title);
    sk_bind_opt(q, 7, doc->lang);
    sk_bind_i64(q, 8, row);
    return sk_run(cx, q);
}

static sk_rc put_stated(sk_ctx *cx, sk_index *ix, int64_t row, const char *what, size_t ord,
                        sk_str edtf, sk_str words)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db,
                  "INSERT OR IGNORE INTO stated(exhibit, ord, what, edtf, words) VALUES(?,?,?,?,?)",
                  &q));
    sk_bind_i64(q, 1, row);
    sk_bind_i64(q, 2, (int64_t)ord);
    sk_bind_str(q, 3, sk_str_of(what));
    sk_bind_opt(q, 4, edtf);
    sk_bind_str(q, 5, words);
    return sk_run(cx, q);
}

/* Where a document's units go: their owner, their restriction set, and the first of their rows. */
typedef struct placing {
    int64_t exhibit, rset, first;
} placing;

static sk_rc put_block(sk_ctx *cx, sk_index *ix, const placing *pl, const sk_document *doc,
                       size_t i)
{
    const sk_block *b = &doc->blocks[i];
    sk_str text = sk_str_sub(doc->text, b->start, b->end - b->start);
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db,
                  "INSERT INTO unit(kind, owner, rset, start, \"end\", page, orig_start, orig_end,"
                  " place, text, id, first, last) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)",
                  &q));
    sk_bind_i64(q, 1, b->kind);
    sk_bind_i64(q, 2, pl->exhibit);
    sk_bind_i64(q, 3, pl->rset);
    sk_bind_i64(q, 4, (int64_t)b->start);
    sk_bind_i64(q, 5, (int64_t)b->end);
    sk_bind_i64(q, 6, b->page);
    sk_bind_i64(q, 7, (int64_t)b->orig_start);
    sk_bind_i64(q, 8, (int64_t)b->orig_end);
    sk_bind_opt(q, 9, b->place);
    sk_bind_str(q, 10, text);
    sk_bind_i64(q, 11, pl->first + (int64_t)i);
    sk_bind_i64(q, 12, pl->first);
    sk_bind_i64(q, 13, pl->first + (int64_t)doc->n_blocks - 1);
    SK_TRY(sk_run(cx, q));
    SK_TRY(sk_sql(cx, &ix->db, "INSERT INTO fts(rowid, text) VALUES(?, ?)", &q));
    sk_bind_i64(q, 1, pl->first + (int64_t)i);
    sk_bind_str(q, 2, text);
    return sk_run(cx, q);
}

sk_rc sk_index_put_document(sk_ctx *cx, sk_index *ix, const sk_hash *exhibit,
                            const sk_document *doc)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db, "SELECT id, rset FROM exhibit WHERE sha256 = ? AND outcome IS NULL",
                  &q));
    sk_bind_hash(q, 1, exhibit);
    sk_rc rc = sk_step(cx, q);
    if (rc == SK_E_NOTFOUND)
        return SK_OK; /* another process has read it meanwhile */
    SK_TRY(rc);
    int64_t row = sk_col_i64(q, 0), rset = sk_col_i64(q, 1);
    sqlite3_reset(q);
    placing pl = {.exhibit = row, .rset = rset};
    SK_TRY(sk_index__next_unit(cx, ix, &pl.first));
    ix->texts_changed = true;
    SK_TRY(describe(cx, ix, row, doc));
    for (size_t i = 0; i < doc->n_dates; i++)
        SK_TRY(put_stated(cx, ix, row, sk_str_c(&cx->arena, doc->dates[i].where), i,
                          doc->dates[i].edtf, doc->dates[i].words));
    for (size_t i = 0; i < doc->n_links; i++)
        SK_TRY(put_stated(cx, ix, row, "link", i, SK_NONE, doc->links[i]));
    for (size_t i = 0; i < doc->n_blocks; i++)
        SK_TRY(put_block(cx, ix, &pl, doc, i));
    return SK_OK;
}
