/* What awaits: how many, where, and where nothing is proposed though there is an act word. */
#include "record/suggest_private.h"

#include <stdlib.h>

/* A silence ends where somebody entered a claim that rests on a part of the sentence. */
#define SILENT                                                                       \
    " NOT EXISTS (SELECT 1 FROM passage p JOIN claim c ON c.id = p.claim"            \
    "   WHERE p.exhibit = n.exhibit AND p.start < n.\"end\" AND p.\"end\" > n.start" \
    "   AND c.state = 0 AND" VISIBLE("c") ") "

sk_rc sk_review_silences(sk_ctx *cx, sk_review *rv, const sk_exhibit *x, sk_silence **ret_list,
                         size_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, rv->view,
                       "SELECT n.start, n.\"end\" FROM silence n WHERE n.exhibit = ?2 AND" VISIBLE(
                           "n") "AND" SILENT "ORDER BY n.start",
                       &q));
    sk_bind_i64(q, 2, x->row);
    sk_silence *list = NULL;
    size_t n = 0, cap = 0;
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        SK_GROW(&cx->arena, list, n, cap);
        list[n++] = (sk_silence){(size_t)sk_col_i64(q, 0), (size_t)sk_col_i64(q, 1)};
    }
    *ret_list = list;
    *ret_n = n;
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

/* Counts by exhibit row; `only` 0: of all exhibits. */
typedef struct counted {
    int64_t exhibit;
    sk_review_counts counts;
} counted;

typedef struct counting {
    counted *v;
    size_t n, cap;
} counting;

/* Rows come ordered by exhibit, so the one looked for is the last or a new one. */
static sk_review_counts *counts_of(sk_ctx *cx, counting *c, int64_t exhibit)
{
    if (c->n && c->v[c->n - 1].exhibit == exhibit)
        return &c->v[c->n - 1].counts;
    SK_GROW(&cx->arena, c->v, c->n, c->cap);
    c->v[c->n] = (counted){.exhibit = exhibit};
    return &c->v[c->n++].counts;
}

static void count_row(sk_review_counts *c, int64_t kind, bool waits, bool hidden, uint64_t n)
{
    if (!waits)
        c->decided += n;
    else if (hidden)
        c->hidden += n;
    else
        c->waits[kind] += n;
}

static sk_rc count_suggestions(sk_ctx *cx, sk_review *rv, int64_t only, counting *c)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(
        cx, rv->view,
        "SELECT s.exhibit, s.kind, s.state = 0, " HIDDEN ", count(*) FROM suggestion s"
        " JOIN exhibit x ON x.id = s.exhibit WHERE (?2 = 0 OR s.exhibit = ?2) AND" VISIBLE(
            "s") "AND" VISIBLE("x") "GROUP BY 1, 2, 3, 4 ORDER BY 1",
        &q));
    sk_bind_i64(q, 2, only);
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        int64_t kind = sk_col_i64(q, 1);
        if (kind < 0 || kind >= SK_SUGGEST_KINDS) {
            sqlite3_reset(q);
            return sk_fail(cx, SK_E_INTEGRITY,
                           "a suggestion of the index is damaged; run: sillok reindex");
        }
        count_row(counts_of(cx, c, sk_col_i64(q, 0)), kind, sk_col_i64(q, 2), sk_col_i64(q, 3),
                  (uint64_t)sk_col_i64(q, 4));
    }
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

static int by_exhibit(const void *p, const void *q)
{
    const counted *a = p, *b = q;
    return (a->exhibit > b->exhibit) - (a->exhibit < b->exhibit);
}

static sk_rc count_silences(sk_ctx *cx, sk_review *rv, int64_t only, counting *c)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, rv->view,
                       "SELECT n.exhibit, count(*) FROM silence n JOIN exhibit x ON x.id ="
                       " n.exhibit WHERE (?2 = 0 OR n.exhibit = ?2) AND" VISIBLE("n") "AND" VISIBLE(
                           "x") "AND" SILENT "GROUP BY 1 ORDER BY 1",
                       &q));
    sk_bind_i64(q, 2, only);
    counting more = {0};
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) { /* a search by halves: there may be many exhibits */
        counted key = {.exhibit = sk_col_i64(q, 0)};
        counted *at = c->n ? bsearch(&key, c->v, c->n, sizeof key, by_exhibit) : NULL;
        sk_review_counts *to = at ? &at->counts : counts_of(cx, &more, key.exhibit);
        to->silences = (uint64_t)sk_col_i64(q, 1);
    }
    for (size_t i = 0; i < more.n; i++) {
        SK_GROW(&cx->arena, c->v, c->n, c->cap);
        c->v[c->n++] = more.v[i];
    }
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

static sk_rc count_by_exhibit(sk_ctx *cx, sk_review *rv, int64_t only, counting *ret_counting)
{
    counting c = {0};
    SK_TRY(count_suggestions(cx, rv, only, &c));
    SK_TRY(count_silences(cx, rv, only, &c));
    for (size_t i = 0; i < c.n; i++)
        for (int k = 0; k < SK_SUGGEST_KINDS; k++)
            c.v[i].counts.all += c.v[i].counts.waits[k];
    *ret_counting = c;
    return SK_OK;
}

static void add_up(sk_review_counts *sum, const sk_review_counts *c)
{
    for (int k = 0; k < SK_SUGGEST_KINDS; k++)
        sum->waits[k] += c->waits[k];
    sum->all += c->all;
    sum->hidden += c->hidden;
    sum->decided += c->decided;
    sum->silences += c->silences;
}

sk_rc sk_review_count(sk_ctx *cx, sk_review *rv, const sk_hash *exhibit,
                      sk_review_counts *ret_counts)
{
    sk_exhibit x = {0};
    if (exhibit)
        SK_TRY(sk_exhibit_get(cx, rv->view, exhibit, &x));
    counting c;
    SK_TRY(count_by_exhibit(cx, rv, x.row, &c));
    sk_review_counts sum = {0};
    for (size_t i = 0; i < c.n; i++)
        add_up(&sum, &c.v[i].counts);
    *ret_counts = sum;
    return SK_OK;
}

static sk_rc describe(sk_ctx *cx, sk_review *rv, const counted *c, sk_review_exhibit *ret)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, rv->view,
                       "SELECT x.sha256, x.title, x.suggest_note, (SELECT name FROM capture"
                       " WHERE exhibit = x.id ORDER BY name LIMIT 1) FROM exhibit x"
                       " WHERE x.id = ?2 AND" VISIBLE("x"),
                       &q));
    sk_bind_i64(q, 2, c->exhibit);
    SK_TRY(sk_step(cx, q));
    *ret = (sk_review_exhibit){.counts = c->counts};
    sk_assert(sk_col_hash(q, 0, &ret->exhibit));
    ret->title = sk_col_str(cx, q, 1);
    ret->note = sk_col_str(cx, q, 2);
    ret->name = sk_col_str(cx, q, 3);
    sqlite3_reset(q);
    return SK_OK;
}

static int by_waiting(const void *p, const void *q)
{
    const sk_review_exhibit *a = p, *b = q;
    if (a->counts.all != b->counts.all)
        return a->counts.all < b->counts.all ? 1 : -1;
    int d = sk_str_cmp(a->name, b->name);
    return d ? d : memcmp(a->exhibit.b, b->exhibit.b, sizeof a->exhibit.b);
}

/* Exhibits of which nothing is proposed, and a part was not read: they must not look finished. */
static sk_rc add_noted(sk_ctx *cx, sk_review *rv, counting *c)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, rv->view,
                       "SELECT x.id FROM exhibit x WHERE x.suggest_note IS NOT NULL AND NOT EXISTS"
                       " (SELECT 1 FROM suggestion s WHERE s.exhibit = x.id) AND NOT EXISTS"
                       " (SELECT 1 FROM silence n WHERE n.exhibit = x.id) AND" VISIBLE("x"),
                       &q));
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        SK_GROW(&cx->arena, c->v, c->n, c->cap);
        c->v[c->n++] = (counted){.exhibit = sk_col_i64(q, 0)};
    }
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

sk_rc sk_review_exhibits(sk_ctx *cx, sk_review *rv, sk_review_exhibit **ret_list, size_t *ret_n)
{
    counting c;
    SK_TRY(count_by_exhibit(cx, rv, 0, &c));
    SK_TRY(add_noted(cx, rv, &c));
    sk_review_exhibit *list = sk_new_array(&cx->arena, sk_review_exhibit, c.n);
    for (size_t i = 0; i < c.n; i++)
        SK_TRY(describe(cx, rv, &c.v[i], &list[i]));
    if (c.n)
        qsort(list, c.n, sizeof *list, by_waiting);
    *ret_list = list;
    *ret_n = c.n;
    return SK_OK;
}
