/* AND and NOT are decided by whole documents. To stay quick on a large record nothing is collected
 * in full: the rarest part of the query that every answer must hold (the driver) is walked newest
 * first, each new document is tested against the whole query by looking into its own units only, and
 * the walk ends as soon as enough is found.
 *
 *     query    coal AND (camp OR 수용소) AND NOT copper
 *     covers   {coal}  or  {camp, 수용소}: whichever is rarer drives; NOT never does */
#include "record/search_private.h"

#include <stdlib.h>

/* Leaves whose union holds every answer of a node; all: nothing narrows it (a NOT). */
typedef struct cover {
    bool all;
    uint64_t cost; /* matches of the leaves, counted up to a cap */
    size_t leaves[SK_LIM_QUERY_TERMS];
    size_t n;
} cover;

enum { COUNT_CAP = 2000 };

static sk_rc count_leaf(sk_searching *s, size_t leaf, uint64_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(sk_sql(s->cx, &s->v->ix->db,
                  "SELECT count(*) FROM (SELECT rowid FROM fts WHERE fts MATCH ? LIMIT ?)", &q));
    sk_str expression = sk_query_leaf_fts5(s->cx, &s->query->leaves[leaf]);
    sk_bind_str(q, 1, expression);
    sk_bind_i64(q, 2, COUNT_CAP);
    SK_TRY(sk_step(s->cx, q));
    *ret_n = (uint64_t)sk_col_i64(q, 0);
    sqlite3_reset(q);
    return SK_OK;
}

static sk_rc find_cover(sk_searching *s, const sk_query_node *node, cover *ret_cover)
{
    cover *x = sk_new(&s->cx->arena, cover), *y = sk_new(&s->cx->arena, cover);
    switch (node->kind) {
    case SK_QUERY_LEAF:
        x->leaves[x->n++] = node->leaf;
        SK_TRY(count_leaf(s, node->leaf, &x->cost));
        break;
    case SK_QUERY_NOT:
        x->all = true;
        break;
    case SK_QUERY_AND:
        SK_TRY(find_cover(s, node->left, x));
        SK_TRY(find_cover(s, node->right, y));
        if (x->all || (!y->all && y->cost < x->cost))
            x = y;
        break;
    case SK_QUERY_OR:
        SK_TRY(find_cover(s, node->left, x));
        SK_TRY(find_cover(s, node->right, y));
        x->all |= y->all;
        x->cost += y->cost;
        for (size_t i = 0; i < y->n && x->n < SK_COUNT(x->leaves); i++)
            x->leaves[x->n++] = y->leaves[i];
        break;
    }
    *ret_cover = *x;
    return SK_OK;
}

/* ---- one document ---- */

typedef struct document {
    int64_t id, first, last; /* docset id; its units */
} document;

/* The units of a document that hold a leaf, into hits[unit - first] (NULL: only whether any does). */
static sk_rc mark_leaf(sk_searching *s, const document *d, size_t leaf, unsigned *hits,
                       bool *ret_any)
{
    sk_stmt *q;
    SK_TRY(
        sk_view_sql(s->cx, s->v,
                    "SELECT fts.rowid FROM fts JOIN unit u ON u.id = fts.rowid WHERE fts MATCH ?2"
                    " AND fts.rowid BETWEEN ?3 AND ?4 AND (?5 OR u.kind <> 3) AND" VISIBLE("u"),
                    &q));
    sk_str expression = sk_query_leaf_fts5(s->cx, &s->query->leaves[leaf]);
    sk_bind_str(q, 2, expression);
    sk_bind_i64(q, 3, d->first);
    sk_bind_i64(q, 4, d->last);
    sk_bind_i64(q, 5, s->with_furniture);
    *ret_any = false;
    sk_rc rc;
    while ((rc = sk_step(s->cx, q)) == SK_OK) {
        *ret_any = true;
        if (!hits)
            break;
        hits[sk_col_i64(q, 0) - d->first]++;
    }
    sqlite3_reset(q);
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

/* A claim is one short text: reading it is quicker than asking the full-text index about it. */
static sk_rc take_short(sk_searching *s, const document *d)
{
    sk_stmt *q;
    SK_TRY(
        sk_view_sql(s->cx, s->v, "SELECT u.text FROM unit u WHERE u.id = ?2 AND" VISIBLE("u"), &q));
    sk_bind_i64(q, 2, d->first);
    SK_TRY(sk_step(s->cx, q));
    sk_str text = sk_col_str(s->cx, q, 0);
    sqlite3_reset(q);
    unsigned n = 0;
    bool *has = sk_new_array(&s->cx->arena, bool, s->query->n_leaves);
    for (size_t i = 0; i < s->query->n_leaves; i++) {
        has[i] = sk_query_leaf_matches_text(s->cx, s->query, i, text);
        n += has[i] && !s->query->leaves[i].negated;
    }
    if (sk_query_eval(s->query, has))
        sk_search_add(s, (sk_found){d->first, d->id, n});
    return SK_OK;
}

/* Test the document, and keep the units that hold any word of the query. */
static sk_rc take_document(sk_searching *s, const document *d)
{
    const sk_query *query = s->query;
    if (d->id % 2 == 1)
        return take_short(s, d);
    bool *has = sk_new_array(&s->cx->arena, bool, query->n_leaves), ignored;
    for (size_t i = 0; i < query->n_leaves; i++)
        SK_TRY(mark_leaf(s, d, i, NULL, &has[i]));
    if (!sk_query_eval(query, has))
        return SK_OK;
    size_t n = (size_t)(d->last - d->first) + 1;
    unsigned *hits = sk_new_array(&s->cx->arena, unsigned, n);
    for (size_t i = 0; i < query->n_leaves; i++)
        if (has[i] && !query->leaves[i].negated)
            SK_TRY(mark_leaf(s, d, i, hits, &ignored));
    bool any = false;
    for (size_t i = 0; i < n; i++)
        if (hits[i]) {
            sk_search_add(s, (sk_found){d->first + (int64_t)i, d->id, hits[i]});
            any = true;
        }
    if (!any) /* found by what it does not hold: its first unit stands for it */
        sk_search_add(s, (sk_found){d->first, d->id, 0});
    return SK_OK;
}

/* ---- the walk ---- */

static sk_rc open_walk(sk_searching *s, const cover *c, int64_t below, sk_stmt **ret_stmt)
{
    if (c->all) {
        SK_TRY(sk_view_sql(s->cx, s->v,
                           "SELECT u.kind, u.owner, u.first, u.last FROM unit u WHERE u.id < ?3"
                           " AND (?4 OR u.kind <> 3) AND" VISIBLE("u") "ORDER BY u.id DESC LIMIT 1",
                           ret_stmt));
    } else {
        SK_TRY(sk_view_sql(s->cx, s->v,
                           "SELECT u.kind, u.owner, u.first, u.last FROM fts JOIN unit u"
                           " ON u.id = fts.rowid WHERE fts MATCH ?2 AND fts.rowid < ?3"
                           " AND (?4 OR u.kind <> 3) AND" VISIBLE("u") "ORDER BY fts.rowid DESC",
                           ret_stmt));
        sk_str any = SK_NONE;
        for (size_t i = 0; i < c->n; i++)
            any = sk_fmt(&s->cx->arena, "%.*s%s(%.*s)", SK_P(any), i ? " OR " : "",
                         SK_P(sk_query_leaf_fts5(s->cx, &s->query->leaves[c->leaves[i]])));
        sk_bind_str(*ret_stmt, 2, any);
    }
    sk_bind_i64(*ret_stmt, 3, below);
    sk_bind_i64(*ret_stmt, 4, s->with_furniture);
    return SK_OK;
}

/* Documents of the walk, a few hundred at a time: looking into one needs the database free. */
enum { FIRST_BATCH = 4, BATCH = 256, WORTH_A_SEEK = 16 };

/* The next documents of one statement: until the batch is full, or a document of many units came,
 * whose rest is quicker passed over by a new statement that starts below it. */
static sk_rc read_walk(sk_searching *s, const cover *c, int64_t *below, document *batch,
                       size_t most, size_t *n, bool *ret_more)
{
    sk_stmt *q;
    SK_TRY(open_walk(s, c, *below, &q));
    sk_rc rc = SK_OK;
    bool seek = false;
    while (!seek && *n < most && (rc = sk_step(s->cx, q)) == SK_OK) {
        int64_t first = sk_col_i64(q, 2), last = sk_col_i64(q, 3);
        bool is_claim = sk_col_i64(q, 0) == SK_UNIT_CLAIM;
        if (*n == 0 || batch[*n - 1].first != first)
            batch[(*n)++] = (document){sk_col_i64(q, 1) * 2 + is_claim, first, last};
        *below = first;
        seek = c->all || last - first > WORTH_A_SEEK;
    }
    sqlite3_reset(q);
    *ret_more = rc == SK_OK;
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

static sk_rc next_batch(sk_searching *s, const cover *c, int64_t *below, document *batch,
                        size_t most, size_t *ret_n)
{
    bool more = true;
    *ret_n = 0;
    while (more && *ret_n < most)
        SK_TRY(read_walk(s, c, below, batch, most, ret_n, &more));
    return SK_OK;
}

static int by_leaves(const void *p, const void *q)
{
    const sk_found *a = p, *b = q;
    if (a->leaves != b->leaves)
        return a->leaves > b->leaves ? -1 : 1;
    return (a->unit > b->unit) - (a->unit < b->unit);
}

sk_rc sk_search_documents(sk_searching *s)
{
    cover c;
    SK_TRY(find_cover(s, s->query->root, &c));
    document *batch = sk_new_array(&s->cx->arena, document, BATCH);
    int64_t below = INT64_MAX;
    size_t n, most = FIRST_BATCH, asked;
    do {
        asked = most;
        SK_TRY(next_batch(s, &c, &below, batch, asked, &n));
        most = most * 2 < BATCH ? most * 2 : BATCH;
        for (size_t i = 0; i < n && s->n_found < s->most; i++) {
            sk_arena_mark mark = sk_arena_here(&s->cx->arena);
            if (!s->has_docs || sk_docset_has(&s->docs, batch[i].id))
                SK_TRY(take_document(s, &batch[i]));
            sk_arena_back_to(&s->cx->arena, mark);
        }
    } while (n == asked && s->n_found < s->most);
    if (s->n_found && s->n_found < s->most)
        qsort(s->found, s->n_found, sizeof *s->found, by_leaves);
    return SK_OK;
}

/* ---- filters alone ---- */

/* An exhibit of a filter is shown by its first unit, when it has a text. */
static sk_rc first_unit(sk_searching *s, int64_t exhibit, int64_t *ret_unit)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(s->cx, s->v,
                       "SELECT min(u.id) FROM unit u WHERE u.owner = ?2 AND u.kind < 4"
                       " AND (?3 OR u.kind <> 3) AND" VISIBLE("u"),
                       &q));
    sk_bind_i64(q, 2, exhibit);
    sk_bind_i64(q, 3, s->with_furniture);
    SK_TRY(sk_step(s->cx, q));
    *ret_unit = sk_col_i64(q, 0);
    sqlite3_reset(q);
    return SK_OK;
}

/* Everything there is, for filters that only take away (kind:exhibit). */
static sk_rc all_documents(sk_searching *s, sk_docset *ret_set)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(s->cx, s->v,
                       "SELECT c.id * 2 + 1 FROM claim c WHERE c.state = 0 AND" VISIBLE(
                           "c") "UNION ALL SELECT x.id * 2 FROM exhibit x WHERE x.size IS NOT NULL "
                                "AND" VISIBLE("x"),
                       &q));
    sk_docset set = {0};
    sk_rc rc;
    while ((rc = sk_step(s->cx, q)) == SK_OK)
        sk_docset_add(&s->cx->arena, &set, sk_col_i64(q, 0));
    sk_docset_close(&set);
    *ret_set = set;
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

sk_rc sk_search_filtered(sk_searching *s)
{
    sk_docset docs = s->docs;
    if (docs.all_but) {
        sk_docset everything;
        SK_TRY(all_documents(s, &everything));
        docs = sk_docset_and(&s->cx->arena, everything, docs);
    }
    for (size_t i = docs.n; i-- > 0 && s->n_found < s->most;) {
        sk_found f = {.doc = docs.ids[i]};
        if (f.doc % 2 == 0)
            SK_TRY(first_unit(s, f.doc / 2, &f.unit));
        sk_search_add(s, f);
    }
    return SK_OK;
}
