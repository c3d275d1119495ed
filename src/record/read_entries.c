#include "record/read.h"
#include "record/view_private.h"

/* All that an entry rejects shows, and there is something. */
#define ALL_SHOW(entry)                                           \
    "EXISTS (SELECT 1 FROM decision d WHERE d.entry = " entry ")" \
    " AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.entry = " entry " AND NOT" VISIBLE("d") ")"

/* An entry shows when what it is about shows; kinds about no row show to who sees all. */
#define ENTRY_VISIBLE                                                                              \
    " (?2 OR k.text = 'key'"                                                                       \
    " OR EXISTS (SELECT 1 FROM claim c WHERE c.id = e.id AND" VISIBLE(                             \
        "c") ")"                                                                                   \
             " OR EXISTS (SELECT 1 FROM capture p JOIN exhibit x ON x.id = p.exhibit"              \
             "   WHERE p.id = e.id AND" VISIBLE(                                                   \
                 "x") ")"                                                                          \
                      " OR EXISTS (SELECT 1 FROM judgement j JOIN entity a ON a.id = j.a"          \
                      "   JOIN entity b ON b.id = j.b WHERE j.id = e.id AND " JUDGEMENT_VISIBLE    \
                      ")"                                                                          \
                      " OR EXISTS (SELECT 1 FROM retraction r JOIN entry t ON t.hash = r.target"   \
                      "   JOIN claim c ON c.id = t.id WHERE r.id = e.id AND" VISIBLE(              \
                          "c") ")"                                                                 \
                               " OR (k.text = 'reject' AND " ALL_SHOW(                             \
                                   "e.id") ")"                                                     \
                                           " OR EXISTS (SELECT 1 FROM retraction r JOIN entry t "  \
                                           "ON t.hash = r.target"                                  \
                                           "   JOIN word kt ON kt.id = t.kind WHERE r.id = e.id"   \
                                           "   AND kt.text = 'reject' AND " ALL_SHOW(              \
                                               "t.id") ")"                                         \
                                                       " OR (EXISTS (SELECT 1 FROM import i "      \
                                                       "WHERE i.id = e.id)"                        \
                                                       "  AND NOT EXISTS (SELECT 1 FROM "          \
                                                       "import_file f JOIN exhibit x ON "          \
                                                       "x.id = f.exhibit"                          \
                                                       "   WHERE f.import = e.id AND NOT" VISIBLE( \
                                                           "x") "))) "

#define ENTRY_COLUMNS                                                                       \
    "SELECT e.hash, k.text, e.at, b.text, e.segment, e.offset, e.leaf, d.text FROM entry e" \
    " JOIN word k ON k.id = e.kind JOIN word b ON b.id = e.by JOIN word d ON d.id = e.device"

bool sk_is_hash_prefix(sk_str s)
{
    if (s.n < 6 || s.n > 64)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return true;
}

sk_rc sk_hash_range(sk_ctx *cx, sk_str prefix, sk_hash *ret_lo, sk_hash *ret_hi)
{
    if (!sk_is_hash_prefix(prefix))
        return sk_fail(cx, SK_E_FORMAT, "\"%.*s\" is not 6 to 64 digits of a hash", SK_P(prefix));
    char lo[64], hi[64];
    memset(lo, '0', sizeof lo);
    memset(hi, 'f', sizeof hi);
    memcpy(lo, prefix.p, prefix.n);
    memcpy(hi, prefix.p, prefix.n);
    sk_assert(sk_hash_parse((sk_str){lo, 64}, ret_lo) && sk_hash_parse((sk_str){hi, 64}, ret_hi));
    return SK_OK;
}

static void take_entry(sk_ctx *cx, sk_stmt *q, sk_entry_row *row)
{
    sk_assert(sk_col_hash(q, 0, &row->id));
    row->kind = sk_col_str(cx, q, 1);
    row->at = sk_col_str(cx, q, 2);
    row->by = sk_col_str(cx, q, 3);
    row->place = (sk_entry_place){(uint32_t)sk_col_i64(q, 4), (uint64_t)sk_col_i64(q, 5),
                                  (uint64_t)sk_col_i64(q, 6), sk_col_str(cx, q, 7)};
}

sk_rc sk_entries_list(sk_ctx *cx, sk_view *v, sk_str kind, uint64_t limit, sk_entry_row **ret_rows,
                      size_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, v,
                       ENTRY_COLUMNS
                       " WHERE e.segment > 0 AND (?3 = '' OR k.text = ?3) AND" ENTRY_VISIBLE
                       " ORDER BY e.id DESC LIMIT ?4",
                       &q));
    sk_bind_i64(q, 2, v->sees_all);
    sk_bind_str(q, 3, kind);
    sk_bind_i64(q, 4, limit ? (int64_t)limit : -1);
    sk_entry_row *rows = NULL;
    size_t n = 0, cap = 0;
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        SK_GROW(&cx->arena, rows, n, cap);
        take_entry(cx, q, &rows[n++]);
    }
    if (rc != SK_E_NOTFOUND)
        return rc;
    *ret_rows = rows;
    *ret_n = n;
    return SK_OK;
}

sk_rc sk_entry_find(sk_ctx *cx, sk_view *v, sk_str prefix, sk_entry_row *ret_row)
{
    sk_hash lo, hi;
    SK_TRY(sk_hash_range(cx, prefix, &lo, &hi));
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, v,
                       ENTRY_COLUMNS
                       " WHERE e.hash BETWEEN ?3 AND ?4 AND e.segment > 0 AND" ENTRY_VISIBLE
                       " LIMIT 2",
                       &q));
    sk_bind_i64(q, 2, v->sees_all);
    sk_bind_hash(q, 3, &lo);
    sk_bind_hash(q, 4, &hi);
    sk_entry_row found[2];
    size_t n = 0;
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK)
        take_entry(cx, q, &found[n++]);
    if (rc != SK_E_NOTFOUND)
        return rc;
    if (n == 0)
        return sk_fail(cx, SK_E_NOTFOUND, "no entry begins with \"%.*s\"", SK_P(prefix));
    if (n == 2)
        return sk_fail(cx, SK_E_AMBIGUOUS, "several entries begin with \"%.*s\"; give more digits",
                       SK_P(prefix));
    *ret_row = found[0];
    return SK_OK;
}

sk_rc sk_entry_load(sk_ctx *cx, sk_view *v, const sk_entry_row *row, sk_entry *ret_entry)
{
    return sk_archive_read(cx, v->ix->archive, &row->place, &row->id, ret_entry);
}

sk_rc sk_counts_get(sk_ctx *cx, sk_view *v, sk_counts *ret_counts)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(
        cx, v,
        "SELECT"
        " (SELECT count(*) FROM exhibit x WHERE size IS NOT NULL AND" VISIBLE(
            "x") "),"
                 " (SELECT count(*) FROM claim c WHERE state = 0 AND" VISIBLE(
                     "c") "),"
                          " (SELECT count(DISTINCT c.entity) FROM claim c WHERE state = 0 "
                          "AND" VISIBLE(
                              "c") "),"
                                   " (SELECT count(*) FROM judgement j JOIN entity a ON a.id = j.a"
                                   "  JOIN entity b ON b.id = j.b WHERE j.state & 1 = 0 AND (?2 "
                                   "OR " JUDGEMENT_VISIBLE ")),"
                                   " (SELECT count(*) FROM entry e JOIN word k ON k.id = e.kind"
                                   "  WHERE e.segment > 0 AND" ENTRY_VISIBLE "),"
                                   " (SELECT coalesce(sum(size), 0) FROM exhibit x WHERE size IS "
                                   "NOT NULL AND" VISIBLE(
                                       "x") "),"
                                            " (SELECT count(*) FROM judgement j JOIN entity a ON "
                                            "a.id = j.a"
                                            "  JOIN entity b ON b.id = j.b WHERE j.state & 1 = 0"
                                            "  AND j.verdict = 'unsure' AND (?2 "
                                            "OR " JUDGEMENT_VISIBLE "))",
        &q));
    sk_bind_i64(q, 2, v->sees_all);
    SK_TRY(sk_step(cx, q));
    *ret_counts = (sk_counts){
        .exhibits = (uint64_t)sk_col_i64(q, 0),
        .claims = (uint64_t)sk_col_i64(q, 1),
        .entities = (uint64_t)sk_col_i64(q, 2),
        .judgements = (uint64_t)sk_col_i64(q, 3),
        .entries = (uint64_t)sk_col_i64(q, 4),
        .exhibit_bytes = (uint64_t)sk_col_i64(q, 5),
        .unsure = (uint64_t)sk_col_i64(q, 6),
    };
    sqlite3_reset(q);
    return SK_OK;
}
