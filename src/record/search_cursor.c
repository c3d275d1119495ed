#include "record/search_cursor.h"

#include "base/utf8.h"

/* COUNT_CAP: beyond it a leaf counts as common. STEPS: postings passed one by one before the index is
 * asked anew. NEAR: a claim is better read than walked to over more units. */
enum { COUNT_CAP = 2000, STEPS = 256, NEAR = 16 };

/* True for beginnings of words, but those of one character, which have an index of their own. */
static bool gathers(const sk_query_leaf *leaf)
{
    return leaf->last_is_prefix && sk_utf8_count(leaf->tokens[leaf->n_tokens - 1]) > 1;
}

sk_cursor sk_cursor_init(sk_searching *s, size_t leaf)
{
    sk_str expression = sk_query_leaf_fts5(s->cx, &s->query->leaves[leaf]);
    return (sk_cursor){.s = s,
                       .leaf = leaf,
                       .expression = expression,
                       .walked = expression,
                       .gathers = gathers(&s->query->leaves[leaf]),
                       .at = SK_CURSOR_NEW};
}

void sk_cursor_close(sk_cursor *c)
{
    sk_sql_free(c->q);
    c->q = NULL;
}

sk_rc sk_search_look(sk_searching *s, int64_t unit, sk_search_doc *ret_doc)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(s->cx, s->v,
                       "SELECT u.kind, u.owner, u.first, u.last FROM unit u WHERE u.id = ?2"
                       " AND (?3 OR u.kind <> 3) AND" VISIBLE("u"),
                       &q));
    sk_bind_i64(q, 2, unit);
    sk_bind_i64(q, 3, s->with_furniture);
    sk_search_doc d = {0};
    sk_rc rc = sk_step(s->cx, q);
    if (rc == SK_OK) {
        bool is_claim = sk_col_i64(q, 0) == SK_UNIT_CLAIM;
        d = (sk_search_doc){sk_col_i64(q, 1) * 2 + is_claim, sk_col_i64(q, 2), sk_col_i64(q, 3)};
    }
    sqlite3_reset(q);
    *ret_doc = d;
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

sk_rc sk_cursor_count(const sk_cursor *c, uint64_t *ret_n)
{
    sk_stmt *q;
    if (c->gathers) { /* not worth its cost: lead in front of what is known to be common */
        *ret_n = COUNT_CAP - 1;
        return SK_OK;
    }
    SK_TRY(sk_sql(c->s->cx, &c->s->v->ix->db,
                  "SELECT count(*) FROM (SELECT rowid FROM fts WHERE fts MATCH ? LIMIT ?)", &q));
    sk_bind_str(q, 1, c->expression);
    sk_bind_i64(q, 2, COUNT_CAP);
    SK_TRY(sk_step(c->s->cx, q));
    *ret_n = (uint64_t)sk_col_i64(q, 0);
    sqlite3_reset(q);
    return SK_OK;
}

/* ---- going down ---- */

static sk_rc step(sk_cursor *c)
{
    sk_rc rc = sk_step(c->s->cx, c->q);
    c->at = rc == SK_OK ? sk_col_i64(c->q, 0) : 0;
    c->doc = (sk_search_doc){0};
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

static sk_rc open_at(sk_cursor *c, int64_t limit)
{
    if (!c->q)
        SK_TRY(sk_sql_new(c->s->cx, &c->s->v->ix->db,
                          "SELECT rowid FROM fts WHERE fts MATCH ?1 AND rowid <= ?2"
                          " ORDER BY rowid DESC",
                          &c->q));
    sqlite3_reset(c->q);
    sk_bind_str(c->q, 1, c->walked);
    sk_bind_i64(c->q, 2, limit);
    return step(c);
}

static sk_rc approach(sk_cursor *c, int64_t limit, bool far)
{
    if (c->at == SK_CURSOR_NEW)
        return open_at(c, limit);
    for (int i = 0; c->at > limit && (c->gathers || i < STEPS); i++)
        SK_TRY(step(c));
    return c->at > limit && far ? open_at(c, limit) : SK_OK;
}

/* From where the cursor stands, down to a posting that is seen, but not below floor. */
static sk_rc settle(sk_cursor *c, int64_t floor)
{
    while (c->at >= floor && !c->doc.first) {
        SK_TRY(sk_search_look(c->s, c->at, &c->doc));
        if (!c->doc.first)
            SK_TRY(step(c));
    }
    return SK_OK;
}

sk_rc sk_cursor_go_down(sk_cursor *c, int64_t limit, bool far)
{
    SK_TRY(approach(c, limit, far));
    return c->at > limit ? SK_OK : settle(c, 1);
}

/* ---- one document ---- */

/* Ask the index about one document, where the cursor is too far above. hits NULL: only whether. */
static sk_rc probe(const sk_cursor *c, const sk_search_doc *d, unsigned *hits, bool *ret_holds)
{
    sk_stmt *q;
    SK_TRY(sk_sql(c->s->cx, &c->s->v->ix->db,
                  "SELECT rowid FROM fts WHERE fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3", &q));
    sk_bind_str(q, 1, c->expression);
    sk_bind_i64(q, 2, d->first);
    sk_bind_i64(q, 3, d->last);
    bool holds = false;
    sk_rc rc = SK_OK;
    while (!holds && (rc = sk_step(c->s->cx, q)) == SK_OK) {
        sk_search_doc seen = {0};
        if (hits)
            hits[sk_col_i64(q, 0) - d->first]++;
        else if ((rc = sk_search_look(c->s, sk_col_i64(q, 0), &seen)))
            break;
        holds = seen.first != 0;
    }
    sqlite3_reset(q);
    *ret_holds = holds;
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

/* A claim is one short text: reading it is quicker than asking the full-text index about it. */
static sk_rc read_claim(const sk_cursor *c, const sk_search_doc *d, bool *ret_holds)
{
    sk_ctx *cx = c->s->cx;
    sk_stmt *q;
    SK_TRY(
        sk_view_sql(cx, c->s->v, "SELECT u.text FROM unit u WHERE u.id = ?2 AND" VISIBLE("u"), &q));
    sk_bind_i64(q, 2, d->first);
    SK_TRY(sk_step(cx, q));
    sk_str text = sk_col_str(cx, q, 0);
    sqlite3_reset(q);
    *ret_holds = sk_query_leaf_matches_text(cx, c->s->query, c->leaf, text);
    return SK_OK;
}

sk_rc sk_cursor_holds(sk_cursor *c, const sk_search_doc *d, bool *ret_holds)
{
    bool is_claim = d->id % 2 == 1;
    if (!is_claim || c->at == SK_CURSOR_NEW || c->at - d->last <= NEAR)
        SK_TRY(approach(c, d->last, false));
    if (c->at > d->last)
        return is_claim ? read_claim(c, d, ret_holds) : probe(c, d, NULL, ret_holds);
    SK_TRY(settle(c, d->first));
    *ret_holds = c->at >= d->first;
    return SK_OK;
}

sk_rc sk_cursor_mark(sk_cursor *c, const sk_search_doc *d, unsigned *hits)
{
    bool ignored;
    SK_TRY(approach(c, d->last, false)); /* it was perhaps not asked yet */
    if (c->at > d->last)
        return probe(c, d, hits, &ignored);
    while (c->at >= d->first) {
        hits[c->at - d->first]++;
        SK_TRY(step(c));
    }
    return SK_OK;
}
