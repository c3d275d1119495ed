#include "record/feature.h"

#include "record/index_private.h"
#include "record/read.h"
#include "record/view_private.h"

/* ---- which properties ---- */

static sk_value_type type_of_prop(const sk_model *m, sk_str prop)
{
    for (size_t i = 0; i < m->n_types; i++) {
        const sk_prop *p = sk_type_find_prop(&m->types[i], prop);
        if (p)
            return p->type;
    }
    return SK_VALUE_TEXT;
}

/* The words of wanted properties in a table of this connection, for the statement to join. */
static sk_rc mark_wanted(sk_ctx *cx, sk_index *ix, bool (*wants)(sk_str, sk_value_type))
{
    sk_stmt *q, *put;
    sk_rc rc;
    SK_TRY(sk_db_exec(cx, &ix->db,
                      "CREATE TEMP TABLE IF NOT EXISTS wanted_prop(id INTEGER PRIMARY KEY);"
                      "DELETE FROM temp.wanted_prop"));
    SK_TRY(sk_sql(cx, &ix->db, "SELECT id, text FROM word WHERE length(text) < 64", &q));
    SK_TRY(sk_sql(cx, &ix->db, "INSERT INTO temp.wanted_prop(id) VALUES(?)", &put));
    while ((rc = sk_step(cx, q)) == SK_OK) {
        sk_str prop = sk_col_peek(q, 1);
        if (!wants(prop, type_of_prop(ix->model, prop)))
            continue;
        sqlite3_reset(put);
        sk_bind_i64(put, 1, sk_col_i64(q, 0));
        SK_TRY(sk_run(cx, put));
    }
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

/* ---- values ---- */

/* Of a claim with an entry of its own the index does not keep whether the value was borne without
 * right: the entry says it. */
static sk_rc entry_says_falsely(sk_ctx *cx, sk_index *ix, int64_t row, bool *ret_falsely)
{
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    struct sk_view all = {.sees_all = true, .ix = ix};
    sk_claim_row claim;
    sk_rc rc = sk_view__load_claim(cx, &all, row, &claim);
    *ret_falsely = rc == SK_OK && claim.claim.used_falsely;
    sk_arena_back_to(&cx->arena, mark);
    if (rc == SK_E_NOTFOUND) { /* erased since */
        sk_forgive(cx);
        return SK_OK;
    }
    return rc;
}

static sk_rc give(sk_ctx *cx, sk_index *ix, sk_stmt *q, sk_feature_fn *fn, void *arg)
{
    sk_feature f = {
        .entity = sk_col_peek(q, 1),
        .type = sk_col_peek(q, 2),
        .prop = sk_col_peek(q, 3),
        .value = sk_col_peek(q, 4),
        .labels = sk_col_peek(q, 5),
        .import = sk_col_i64(q, 6),
        .place = sk_col_peek(q, 7),
        .used_falsely = sk_col_i64(q, 8) != 0,
    };
    if (!f.import && type_of_prop(ix->model, f.prop) == SK_VALUE_IDENTIFIER)
        SK_TRY(entry_says_falsely(cx, ix, sk_col_i64(q, 0), &f.used_falsely));
    return fn(cx, &f, arg);
}

sk_rc sk_features__each(sk_ctx *cx, sk_index *ix, bool (*wants)(sk_str, sk_value_type),
                        sk_feature_fn *fn, void *arg)
{
    sk_stmt *q;
    sk_rc rc;
    SK_TRY(mark_wanted(cx, ix, wants));
    /* the order of the loops is the order of keys: nothing is sorted */
    SK_TRY(sk_sql_new(cx, &ix->db,
                      "SELECT c.id, e.key, t.text, p.text, c.value, s.labels,"
                      " coalesce(d.import, 0), coalesce(a.place, ''),"
                      " coalesce(instr(char(10) || d.body || char(10),"
                      "  char(10) || 'used-falsely yes' || char(10)), 0)"
                      " FROM entity e CROSS JOIN claim c ON c.entity = e.id"
                      " CROSS JOIN temp.wanted_prop w ON w.id = c.prop"
                      " JOIN word p ON p.id = c.prop JOIN word t ON t.id = c.type"
                      " JOIN rset s ON s.id = c.rset LEFT JOIN derived d ON d.id = c.id"
                      " LEFT JOIN passage a ON a.claim = c.id AND a.ord = (SELECT min(ord) FROM"
                      " passage WHERE claim = c.id)"
                      " WHERE c.state = 0 AND c.position = 0 AND c.value <> '' ORDER BY e.key",
                      &q));
    while ((rc = sk_step(cx, q)) == SK_OK && (rc = give(cx, ix, q, fn, arg)) == SK_OK)
        ;
    sk_sql_free(q);
    return rc == SK_E_NOTFOUND && !cx->rc ? SK_OK : rc;
}

/* ---- whether anything changed ---- */

sk_rc sk_features__stamp(sk_ctx *cx, sk_index *ix, sk_hash *ret_stamp)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db,
                  "SELECT (SELECT count(*) || ' ' || coalesce(max(id), 0) FROM claim) || ' ' ||"
                  " (SELECT count(*) FROM retraction) || ' ' ||"
                  " (SELECT count(*) || ' ' || coalesce(max(id), 0) FROM restriction) || ' ' ||"
                  " (SELECT count(*) FROM supersession) || ' ' ||"
                  " (SELECT count(*) || ' ' || coalesce(max(id), 0) FROM judgement) || ' ' ||"
                  " (SELECT coalesce(group_concat(id || ':' || state, ' '), '') FROM import) ||"
                  " ' ' || (SELECT value FROM meta WHERE key = 'version')",
                  &q));
    SK_TRY(sk_step(cx, q));
    sk_str all = sk_fmt(&cx->arena, "%.*s\n%.*s", SK_P(sk_archive_get_id(ix->archive)),
                        SK_P(sk_col_peek(q, 0)));
    sqlite3_reset(q);
    *ret_stamp = sk_sha256(all);
    return SK_OK;
}

sk_rc sk_view_shows_labels(sk_ctx *cx, sk_view *v, sk_str labels, bool *ret_shows)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, v,
                       "SELECT EXISTS (SELECT 1 FROM rset s JOIN temp.seen n ON n.rset = s.id"
                       " WHERE n.view = ?1 AND s.labels = ?2)",
                       &q));
    sk_bind_str(q, 2, labels);
    SK_TRY(sk_step(cx, q));
    *ret_shows = sk_col_i64(q, 0) != 0;
    sqlite3_reset(q);
    return SK_OK;
}
