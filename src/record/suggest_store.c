/* Suggestions in the index: which texts still need reading, and putting what reading made of them. */
#include "record/suggest_private.h"

/* Read as text, with text, and captured by somebody other than the keeper of a claim file or an
 * import: a table that became claims is not proposed to be claimed again. */
#define UNREAD                                                                               \
    " FROM exhibit x WHERE x.outcome IS NOT NULL AND x.as_text AND x.size IS NOT NULL"       \
    " AND x.suggested IS NOT ?1 AND EXISTS (SELECT 1 FROM capture c WHERE c.exhibit = x.id " \
    " AND coalesce(c.method, '') NOT IN ('claims', 'import')) "

sk_rc sk_suggest_count_unread(sk_ctx *cx, sk_index *ix, sk_str version, uint64_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db, "SELECT count(*)" UNREAD, &q));
    sk_bind_str(q, 1, version);
    SK_TRY(sk_step(cx, q));
    *ret_n = (uint64_t)sk_col_i64(q, 0);
    sqlite3_reset(q);
    return SK_OK;
}

/* The blocks at their positions, LF where no block is: reading never crosses a block. */
static sk_rc load_text(sk_ctx *cx, sk_index *ix, sk_unread_text *t)
{
    sk_stmt *q;
    SK_TRY(sk_sql(
        cx, &ix->db,
        "SELECT coalesce(max(\"end\"), 0), count(*) FROM unit WHERE owner = ? AND kind < 4", &q));
    sk_bind_i64(q, 1, t->row);
    SK_TRY(sk_step(cx, q));
    size_t n_bytes = (size_t)sk_col_i64(q, 0), n = (size_t)sk_col_i64(q, 1), k = 0;
    sqlite3_reset(q);
    if (n_bytes > SK_LIM_TEXT_BYTES)
        return sk_fail(cx, SK_E_INTEGRITY,
                       "a block of text of the index is damaged; run: sillok reindex");
    char *text = sk_new_array(&cx->arena, char, n_bytes + 1);
    memset(text, '\n', n_bytes);
    sk_block *blocks = sk_new_array(&cx->arena, sk_block, n);
    SK_TRY(sk_sql(cx, &ix->db,
                  "SELECT start, \"end\", kind, text FROM unit WHERE owner = ? AND kind < 4"
                  " ORDER BY start, id",
                  &q));
    sk_bind_i64(q, 1, t->row);
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK && k < n) {
        sk_block *b = &blocks[k++];
        sk_str words = sk_col_peek(q, 3);
        *b = (sk_block){.start = (size_t)sk_col_i64(q, 0), .end = (size_t)sk_col_i64(q, 1)};
        b->kind = (sk_block_kind)sk_col_i64(q, 2);
        if (b->kind == SK_BLOCK_ROW)
            b->kind = SK_BLOCK_FURNITURE;
        if (b->end > n_bytes || b->start > b->end || words.n != b->end - b->start) {
            sqlite3_reset(q);
            return sk_fail(cx, SK_E_INTEGRITY,
                           "a block of text of the index is damaged; run: sillok reindex");
        }
        if (words.n)
            memcpy(text + b->start, words.p, words.n);
    }
    t->text = (sk_str){text, n_bytes};
    t->blocks = blocks;
    t->n_blocks = k;
    return rc == SK_E_NOTFOUND || rc == SK_OK ? SK_OK : rc;
}

/* The day on which the document says it was published or sent. */
static sk_rc load_written(sk_ctx *cx, sk_index *ix, sk_unread_text *t)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db,
                  "SELECT substr(edtf, 1, 10) FROM stated WHERE exhibit = ? AND length(edtf) >= 10"
                  " ORDER BY ord, what LIMIT 1",
                  &q));
    sk_bind_i64(q, 1, t->row);
    sk_rc rc = sk_step(cx, q);
    if (rc == SK_OK) {
        sk_str day = sk_col_str(cx, q, 0);
        t->written = day.n == 10 && sk_edtf_is_plain(day) ? day : SK_NONE;
        sqlite3_reset(q);
    }
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

sk_rc sk_suggest_next_unread(sk_ctx *cx, sk_index *ix, int64_t after, sk_str version,
                             sk_unread_text *ret_text)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db,
                  "SELECT x.id, x.sha256, x.lang, (SELECT name FROM capture WHERE exhibit = x.id"
                  " ORDER BY name LIMIT 1)" UNREAD "AND x.id > ?2 ORDER BY x.id LIMIT 1",
                  &q));
    sk_bind_str(q, 1, version);
    sk_bind_i64(q, 2, after);
    SK_TRY(sk_step(cx, q));
    sk_unread_text t = {.row = sk_col_i64(q, 0)};
    sk_assert(sk_col_hash(q, 1, &t.exhibit));
    t.lang = sk_col_str(cx, q, 2);
    t.name = sk_col_str(cx, q, 3);
    sqlite3_reset(q);
    SK_TRY(load_text(cx, ix, &t));
    SK_TRY(load_written(cx, ix, &t));
    *ret_text = t;
    return SK_OK;
}

/* ---- putting ---- */

typedef struct putting {
    sk_index *ix;
    int64_t exhibit, rset, origin;
    bool is_rule;
} putting;

static sk_rc take_old_away(sk_ctx *cx, const putting *p)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &p->ix->db,
                  "DELETE FROM suggestion_touch WHERE suggestion IN"
                  " (SELECT id FROM suggestion WHERE exhibit = ? AND origin = ?)",
                  &q));
    sk_bind_i64(q, 1, p->exhibit);
    sk_bind_i64(q, 2, p->origin);
    SK_TRY(sk_run(cx, q));
    SK_TRY(sk_sql(cx, &p->ix->db, "DELETE FROM suggestion WHERE exhibit = ? AND origin = ?", &q));
    sk_bind_i64(q, 1, p->exhibit);
    sk_bind_i64(q, 2, p->origin);
    SK_TRY(sk_run(cx, q));
    if (!p->is_rule)
        return SK_OK;
    SK_TRY(sk_sql(cx, &p->ix->db, "DELETE FROM silence WHERE exhibit = ?", &q));
    sk_bind_i64(q, 1, p->exhibit);
    return sk_run(cx, q);
}

static sk_rc put_touch(sk_ctx *cx, const putting *p, int64_t row, size_t start, size_t end)
{
    if (start == end)
        return SK_OK;
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &p->ix->db, "INSERT OR IGNORE INTO suggestion_touch VALUES(?,?,?)", &q));
    sk_bind_i64(q, 1, row);
    sk_bind_i64(q, 2, (int64_t)start);
    sk_bind_i64(q, 3, (int64_t)end);
    return sk_run(cx, q);
}

static sk_rc put_party_touch(sk_ctx *cx, const putting *p, int64_t row, const sk_party *party)
{
    SK_TRY(put_touch(cx, p, row, party->start, party->end));
    return put_touch(cx, p, row, party->known, party->known_end);
}

/* Everything that it draws on beyond its sentence. */
static sk_rc put_touches(sk_ctx *cx, const putting *p, int64_t row, const sk_suggestion *s)
{
    SK_TRY(put_touch(cx, p, row, s->start, s->end));
    SK_TRY(put_touch(cx, p, row, s->cue, s->cue_end));
    SK_TRY(put_party_touch(cx, p, row, &s->subject));
    for (size_t i = 0; i < s->n_chain; i++)
        SK_TRY(put_party_touch(cx, p, row, &s->chain[i]));
    for (size_t i = 0; i < s->n_proposals; i++) {
        SK_TRY(put_touch(cx, p, row, s->proposals[i].start, s->proposals[i].end));
        SK_TRY(put_party_touch(cx, p, row, &s->proposals[i].party));
    }
    return SK_OK;
}

static sk_rc pack_body(sk_ctx *cx, const sk_suggestion *s, sk_str *ret_body)
{
    if (s->n_proposals == 0 || s->n_proposals > SK_LIM_SUGGEST_PROPOSALS || s->n_chain == 0 ||
        s->n_chain > SK_LIM_CHAIN)
        return sk_fail(cx, SK_E_LIMIT,
                       "a suggestion of %zu claims by %zu claimants; 1 to %d, 1 to %d",
                       s->n_proposals, s->n_chain, SK_LIM_SUGGEST_PROPOSALS, SK_LIM_CHAIN);
    sk_buf b;
    sk_buf_init(&b, SK_LIM_SUGGEST_BYTES);
    sk_suggestion__pack(&b, s);
    sk_rc rc = b.overflow ? sk_fail(cx, SK_E_LIMIT, "a suggestion of more than %zu bytes",
                                    (size_t)SK_LIM_SUGGEST_BYTES)
                          : SK_OK;
    if (!rc)
        *ret_body = sk_str_copy(&cx->arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return rc;
}

/* The state that standing decisions give: claims that stand before a rejection, edited before not. */
#define STATE_OF(hash)                                                                         \
    "coalesce((SELECT d.verdict FROM decision d WHERE d.suggestion = " hash " AND d.taken = 0" \
    " ORDER BY d.verdict = 3, d.verdict DESC LIMIT 1), 0)"

static sk_rc put_one(sk_ctx *cx, const putting *p, const sk_suggestion *s)
{
    sk_str body;
    int64_t rule, modality;
    SK_TRY(pack_body(cx, s, &body));
    SK_TRY(sk_index__word(cx, p->ix, s->rule, &rule));
    SK_TRY(sk_index__word(cx, p->ix, s->modality, &modality));
    sk_stmt *q; /* what a model proposes never takes the place of the same by a rule */
    if (p->is_rule) {
        SK_TRY(sk_sql(cx, &p->ix->db,
                      "DELETE FROM suggestion_touch WHERE suggestion ="
                      " (SELECT id FROM suggestion WHERE hash = ?)",
                      &q));
        sk_bind_hash(q, 1, &s->id);
        SK_TRY(sk_run(cx, q));
        SK_TRY(sk_sql(cx, &p->ix->db, "DELETE FROM suggestion WHERE hash = ?", &q));
        sk_bind_hash(q, 1, &s->id);
        SK_TRY(sk_run(cx, q));
    }
    SK_TRY(
        sk_sql(cx, &p->ix->db,
               "INSERT OR IGNORE INTO suggestion(hash, exhibit, kind, tier, rule, origin, modality,"
               " position, start, \"end\", passage, passage_end, rset, body, state)"
               " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14," STATE_OF("?1") ")",
               &q));
    sk_bind_hash(q, 1, &s->id);
    const int64_t columns[] = {p->exhibit,
                               s->kind,
                               s->tier,
                               rule,
                               p->origin,
                               modality,
                               s->position,
                               (int64_t)s->start,
                               (int64_t)s->end,
                               (int64_t)s->passage,
                               (int64_t)s->passage_end,
                               p->rset};
    for (size_t i = 0; i < SK_COUNT(columns); i++)
        sk_bind_i64(q, 2 + (int)i, columns[i]);
    sk_bind_str(q, 14, body);
    SK_TRY(sk_run(cx, q));
    if (sqlite3_changes(p->ix->db.handle) == 0)
        return SK_OK;
    return put_touches(cx, p, sqlite3_last_insert_rowid(p->ix->db.handle), s);
}

static sk_rc put_silences(sk_ctx *cx, const putting *p, const sk_suggestion_set *set)
{
    for (size_t i = 0; i < set->n_silences; i++) {
        sk_stmt *q;
        SK_TRY(sk_sql(cx, &p->ix->db,
                      "INSERT INTO silence(exhibit, start, \"end\", rset) VALUES(?,?,?,?)", &q));
        sk_bind_i64(q, 1, p->exhibit);
        sk_bind_i64(q, 2, (int64_t)set->silences[i].start);
        sk_bind_i64(q, 3, (int64_t)set->silences[i].end);
        sk_bind_i64(q, 4, p->rset);
        SK_TRY(sk_run(cx, q));
    }
    return SK_OK;
}

static sk_rc find_exhibit(sk_ctx *cx, sk_index *ix, const sk_hash *exhibit, putting *p)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db, "SELECT id, rset FROM exhibit WHERE sha256 = ?", &q));
    sk_bind_hash(q, 1, exhibit);
    sk_rc rc = sk_step(cx, q);
    if (rc == SK_E_NOTFOUND)
        return sk_fail(cx, SK_E_NOTFOUND, "no exhibit \"%.*s\"",
                       SK_P(sk_hash_hex(&cx->arena, exhibit)));
    SK_TRY(rc);
    p->exhibit = sk_col_i64(q, 0);
    p->rset = sk_col_i64(q, 1);
    sqlite3_reset(q);
    return SK_OK;
}

sk_rc sk_suggest_put(sk_ctx *cx, sk_index *ix, const sk_hash *exhibit, sk_str origin,
                     sk_str version, const sk_suggestion_set *set)
{
    putting p = {.ix = ix, .is_rule = sk_str_is(origin, "rule")};
    SK_TRY(find_exhibit(cx, ix, exhibit, &p));
    SK_TRY(sk_index__word(cx, ix, origin, &p.origin));
    SK_TRY(take_old_away(cx, &p));
    ix->texts_changed = true; /* labels of blocks spread to what is proposed of them */
    for (size_t i = 0; i < set->n_suggestions; i++) {
        sk_arena_mark mark = sk_arena_here(&cx->arena);
        SK_TRY(put_one(cx, &p, &set->suggestions[i]));
        sk_arena_back_to(&cx->arena, mark);
    }
    if (!p.is_rule)
        return SK_OK;
    SK_TRY(put_silences(cx, &p, set));
    sk_stmt *q;
    SK_TRY(
        sk_sql(cx, &ix->db, "UPDATE exhibit SET suggested = ?, suggest_note = ? WHERE id = ?", &q));
    sk_bind_str(q, 1, version);
    sk_bind_opt(q, 2, set->note);
    sk_bind_i64(q, 3, p.exhibit);
    return sk_run(cx, q);
}

sk_rc sk_index__settle_decisions(sk_ctx *cx, sk_index *ix)
{
    return sk_db_exec(
        cx, &ix->db,
        "UPDATE decision SET taken = 1, settled = 0 WHERE taken = 0 AND entry IN"
        " (SELECT e.id FROM retraction r JOIN entry e ON e.hash = r.target);"
        "UPDATE suggestion SET state = " STATE_OF(
            "suggestion.hash") " WHERE hash IN (SELECT suggestion FROM decision WHERE settled = 0);"
                               "UPDATE decision SET settled = 1 WHERE settled = 0;");
}
