/* Clusters: which entities are one, by people's judgements alone.
 *
 * A `same` joins two clusters, a `different` holds them apart. Judgements are taken in the order of
 * their time and place in the log, never of their arrival; a `same` that would put a pair judged `different` into
 * one cluster is marked blocked and joins nothing, until one of the two is undone. An undone
 * judgement is as if it had not been made, so undoing splits without loss.
 *
 *     a same b, b same c, a different c     gives {a, b} {c}, and "b same c" is blocked
 *
 * All clusters are computed again whenever entries came in: judgements are people's decisions,
 * thousands rather than millions. Cost: the number of `same` times the number of `different`. Tested by tests/unit/record/t_judge.c. */
#include "record/index_private.h"

#include <stdlib.h>

typedef struct edge {
    int64_t row, a, b;
    bool is_same;
} edge;

typedef struct forest {
    int64_t *ids; /* sorted entity rows that occur in judgements */
    size_t *parent;
    size_t n;
} forest;

static int by_value(const void *p, const void *q)
{
    int64_t a = *(const int64_t *)p, b = *(const int64_t *)q;
    return (a > b) - (a < b);
}

static size_t place_of(const forest *f, int64_t id)
{
    const int64_t *at = bsearch(&id, f->ids, f->n, sizeof *f->ids, by_value);
    sk_assert(at);
    return (size_t)(at - f->ids);
}

static size_t root_of(const forest *f, size_t i)
{
    while (f->parent[i] != i) {
        f->parent[i] = f->parent[f->parent[i]];
        i = f->parent[i];
    }
    return i;
}

static sk_rc load_edges(sk_ctx *cx, sk_index *ix, edge **ret_edges, size_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db,
                  "SELECT j.id, j.a, j.b, j.verdict = 'same' FROM judgement j"
                  " JOIN entry e ON e.id = j.id JOIN word d ON d.id = e.device"
                  " WHERE j.state & 1 = 0 AND j.verdict IN ('same', 'different')"
                  " ORDER BY e.at, d.text, e.leaf, e.hash",
                  &q));
    edge *v = NULL;
    size_t n = 0, cap = 0;
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        SK_GROW(&cx->arena, v, n, cap);
        v[n++] =
            (edge){sk_col_i64(q, 0), sk_col_i64(q, 1), sk_col_i64(q, 2), sk_col_i64(q, 3) != 0};
    }
    *ret_edges = v;
    *ret_n = n;
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

static forest make_forest(sk_ctx *cx, const edge *edges, size_t n)
{
    forest f = {.ids = sk_new_array(&cx->arena, int64_t, 2 * n)};
    for (size_t i = 0; i < n; i++) {
        f.ids[f.n++] = edges[i].a;
        f.ids[f.n++] = edges[i].b;
    }
    if (f.n)
        qsort(f.ids, f.n, sizeof *f.ids, by_value);
    size_t kept = 0;
    for (size_t i = 0; i < f.n; i++)
        if (i == 0 || f.ids[i] != f.ids[i - 1])
            f.ids[kept++] = f.ids[i];
    f.n = kept;
    f.parent = sk_new_array(&cx->arena, size_t, f.n);
    for (size_t i = 0; i < f.n; i++)
        f.parent[i] = i;
    return f;
}

/* True when joining roots a and b would put a pair judged different into one cluster. */
static bool is_held_apart(const forest *f, const edge *edges, size_t n, size_t a, size_t b)
{
    for (size_t i = 0; i < n; i++) {
        if (edges[i].is_same)
            continue;
        size_t x = root_of(f, place_of(f, edges[i].a)), y = root_of(f, place_of(f, edges[i].b));
        if ((x == a && y == b) || (x == b && y == a))
            return true;
    }
    return false;
}

static sk_rc mark_blocked(sk_ctx *cx, sk_index *ix, int64_t row)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db, "UPDATE judgement SET state = state | 4 WHERE id = ?", &q));
    sk_bind_i64(q, 1, row);
    return sk_run(cx, q);
}

static sk_rc join(sk_ctx *cx, sk_index *ix, forest *f, const edge *edges, size_t n)
{
    SK_TRY(sk_db_exec(cx, &ix->db, "UPDATE judgement SET state = state & ~4 WHERE state & 4"));
    for (size_t i = 0; i < n; i++) {
        if (!edges[i].is_same)
            continue;
        size_t a = root_of(f, place_of(f, edges[i].a)), b = root_of(f, place_of(f, edges[i].b));
        if (a == b)
            continue;
        if (is_held_apart(f, edges, n, a, b))
            SK_TRY(mark_blocked(cx, ix, edges[i].row));
        else
            f->parent[b] = a;
    }
    return SK_OK;
}

/* Write root per judged entity to a temporary table; SQL then finds the least key of each cluster. */
static sk_rc store(sk_ctx *cx, sk_index *ix, const forest *f)
{
    SK_TRY(sk_db_exec(cx, &ix->db,
                      "DROP TABLE IF EXISTS temp.member;"
                      "CREATE TEMP TABLE member(id INTEGER PRIMARY KEY, root INTEGER)"));
    sk_stmt *q;
    for (size_t i = 0; i < f->n; i++) {
        SK_TRY(sk_sql(cx, &ix->db, "INSERT INTO temp.member VALUES(?, ?)", &q));
        sk_bind_i64(q, 1, f->ids[i]);
        sk_bind_i64(q, 2, (int64_t)root_of(f, i));
        SK_TRY(sk_run(cx, q));
    }
    /* statements on the temporary table are prepared anew each time: it is dropped each time */
    return sk_db_exec(
        cx, &ix->db,
        "UPDATE entity SET cluster = id WHERE cluster <> id AND id NOT IN (SELECT id FROM member);"
        "UPDATE entity SET cluster = (SELECT e.id FROM member m JOIN member s ON s.root = m.root"
        "   JOIN entity e ON e.id = s.id WHERE m.id = entity.id ORDER BY e.key LIMIT 1)"
        " WHERE id IN (SELECT id FROM member)");
}

sk_rc sk_index__cluster(sk_ctx *cx, sk_index *ix)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db, "SELECT 1 FROM judgement LIMIT 1", &q));
    sk_rc rc = sk_step(cx, q);
    if (rc == SK_E_NOTFOUND)
        return SK_OK;
    sqlite3_reset(q);
    SK_TRY(rc);
    edge *edges;
    size_t n;
    SK_TRY(load_edges(cx, ix, &edges, &n));
    forest f = make_forest(cx, edges, n);
    SK_TRY(join(cx, ix, &f, edges, n));
    return store(cx, ix, &f);
}
