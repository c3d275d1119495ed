#include "record/view_private.h"

/* True when every label of a set (joined by LF) is among the rights. */
static bool holds(const sk_rights *rights, sk_str labels)
{
    sk_str label;
    while (sk_str_cut(&labels, '\n', &label)) {
        bool found = false;
        for (size_t i = 0; !found && i < rights->n_labels; i++)
            found = sk_str_eq(rights->labels[i], label);
        if (!found)
            return false;
    }
    return true;
}

static sk_rc see(sk_ctx *cx, sk_view *v, int64_t rset)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &v->ix->db, "INSERT INTO temp.seen(view, rset) VALUES(?, ?)", &q));
    sk_bind_i64(q, 1, v->number);
    sk_bind_i64(q, 2, rset);
    return sk_run(cx, q);
}

sk_rc sk_view__open(sk_ctx *cx, sk_index *ix, const sk_rights *rights, sk_view **ret_view)
{
    SK_TRY(sk_db_exec(cx, &ix->db,
                      "CREATE TEMP TABLE IF NOT EXISTS seen(view INTEGER, rset INTEGER,"
                      " PRIMARY KEY(view, rset)) WITHOUT ROWID"));
    sk_view *v = sk_new(&cx->arena, sk_view);
    v->ix = ix;
    v->sees_all = rights->sees_all;
    v->number = ++ix->next_view;
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db, "SELECT id, labels FROM rset WHERE id > 0", &q));
    int64_t *sets = NULL;
    size_t n = 0, cap = 0;
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK)
        if (rights->sees_all || holds(rights, sk_col_peek(q, 1))) {
            SK_GROW(&cx->arena, sets, n, cap);
            sets[n++] = sk_col_i64(q, 0);
        }
    if (rc != SK_E_NOTFOUND)
        return rc;
    for (size_t i = 0; i < n; i++)
        SK_TRY(see(cx, v, sets[i]));
    *ret_view = v;
    return SK_OK;
}

void sk_view_close(sk_view *v)
{
    if (!v)
        return;
    sk_ctx scratch; /* closing must work after an error */
    sk_ctx_init(&scratch);
    sk_stmt *q;
    if (sk_sql(&scratch, &v->ix->db, "DELETE FROM temp.seen WHERE view = ?", &q) == SK_OK) {
        sk_bind_i64(q, 1, v->number);
        (void)!sk_run(&scratch, q);
    }
    sk_ctx_done(&scratch);
}

bool sk_view_sees_all(const sk_view *v)
{
    return v && v->sees_all;
}

sk_rc sk_view_hold(sk_ctx *cx, sk_view *v)
{
    return sk_db_exec(cx, &v->ix->db, "BEGIN DEFERRED");
}

void sk_view_let_go(sk_view *v)
{
    sk_ctx scratch; /* after an error too */
    sk_ctx_init(&scratch);
    (void)!sk_db_exec(&scratch, &v->ix->db, "COMMIT");
    sk_ctx_done(&scratch);
}

sk_rc sk_view_sql(sk_ctx *cx, sk_view *v, const char *literal, sk_stmt **ret_stmt)
{
    SK_TRY(sk_sql(cx, &v->ix->db, literal, ret_stmt));
    sk_bind_i64(*ret_stmt, 1, v->number);
    return SK_OK;
}

sk_rc sk_permits__find(sk_ctx *cx, sk_index *ix, sk_str user, sk_str purpose,
                       const sk_str **ret_labels, size_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db,
                  "SELECT DISTINCT label FROM permit WHERE user = ? AND purpose = ? AND id NOT IN"
                  " (SELECT e.id FROM retraction r JOIN entry e ON e.hash = r.target)"
                  " ORDER BY label",
                  &q));
    sk_bind_str(q, 1, user);
    sk_bind_str(q, 2, purpose);
    sk_str *labels = NULL;
    size_t n = 0, cap = 0;
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        SK_GROW(&cx->arena, labels, n, cap);
        labels[n++] = sk_col_str(cx, q, 0);
    }
    if (rc != SK_E_NOTFOUND)
        return rc;
    *ret_labels = labels;
    *ret_n = n;
    return SK_OK;
}
