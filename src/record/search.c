#include "record/search.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "record/docset.h"
#include "record/search_filters.h"
#include "record/view_private.h"

/* A query on its way: the match expression of everything worth showing, and the documents that
 * may be shown (NULL: all that match). */
typedef struct searching {
    sk_ctx *cx;
    sk_view *v;
    const sk_query *query;
    sk_str any; /* FTS5: any leaf that is not negated; empty when there is none */
    sk_docset docs;
    bool has_docs;
    bool with_furniture;
} searching;

static int64_t doc_of(int64_t kind, int64_t owner)
{
    return owner * 2 + (kind == SK_UNIT_CLAIM);
}

/* All documents with a unit that matches an FTS5 expression. */
static sk_rc match_docs(searching *s, sk_str expression, sk_docset *ret_set)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(s->cx, s->v,
                       "SELECT u.kind, u.owner FROM fts JOIN unit u ON u.id = fts.rowid"
                       " WHERE fts MATCH ?2 AND (?3 OR u.kind <> 3) AND" VISIBLE("u"),
                       &q));
    sk_bind_str(q, 2, expression);
    sk_bind_i64(q, 3, s->with_furniture);
    sk_docset set = {0};
    sk_rc rc;
    while ((rc = sk_step(s->cx, q)) == SK_OK)
        sk_docset_add(&s->cx->arena, &set, doc_of(sk_col_i64(q, 0), sk_col_i64(q, 1)));
    sk_docset_close(&set);
    *ret_set = set;
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

static sk_rc eval(searching *s, const sk_query_node *node, sk_docset *ret_set)
{
    sk_docset x, y;
    sk_arena *a = &s->cx->arena;
    switch (node->kind) {
    case SK_QUERY_LEAF:
        return match_docs(s, sk_query_leaf_fts5(s->cx, &s->query->leaves[node->leaf]), ret_set);
    case SK_QUERY_NOT:
        SK_TRY(eval(s, node->left, &x));
        *ret_set = sk_docset_not(x);
        return SK_OK;
    case SK_QUERY_AND:
    case SK_QUERY_OR:
        SK_TRY(eval(s, node->left, &x));
        SK_TRY(eval(s, node->right, &y));
        *ret_set = node->kind == SK_QUERY_AND ? sk_docset_and(a, x, y) : sk_docset_or(a, x, y);
        return SK_OK;
    }
    sk_assert(!"a kind of node that the parser does not make");
    return SK_OK;
}

/* True when one FTS5 expression says it all: leaves joined by OR. */
static bool is_plain(const sk_query_node *node)
{
    if (node->kind == SK_QUERY_OR)
        return is_plain(node->left) && is_plain(node->right);
    return node->kind == SK_QUERY_LEAF;
}

static sk_str any_leaf(sk_ctx *cx, const sk_query *query)
{
    sk_str all = SK_NONE;
    for (size_t i = 0; i < query->n_leaves; i++)
        if (!query->leaves[i].negated)
            all = sk_fmt(&cx->arena, "%.*s%s(%.*s)", SK_P(all), all.n ? " OR " : "",
                         SK_P(sk_query_leaf_fts5(cx, &query->leaves[i])));
    return all;
}

static sk_rc prepare(searching *s)
{
    sk_arena *a = &s->cx->arena;
    for (size_t i = 0; i < s->query->n_filters; i++) {
        const sk_query_filter *f = &s->query->filters[i];
        if (sk_str_is(f->key, "furniture")) {
            s->with_furniture = !sk_str_is(f->value, "no");
            continue;
        }
        sk_docset set;
        SK_TRY(sk_search_filter(s->cx, s->v, f, &set));
        s->docs = s->has_docs ? sk_docset_and(a, s->docs, set) : set;
        s->has_docs = true;
    }
    s->any = any_leaf(s->cx, s->query);
    if (s->query->root && !is_plain(s->query->root)) {
        sk_docset set;
        SK_TRY(eval(s, s->query->root, &set));
        s->docs = s->has_docs ? sk_docset_and(a, s->docs, set) : set;
        s->has_docs = true;
    }
    return SK_OK;
}

/* The units to show, as rows: those that match any leaf, in documents of the set. Without a leaf
 * (filters or NOT alone) the first unit of each document stands for it. */
static sk_rc open_units(searching *s, bool ranked, sk_stmt **ret_stmt)
{
    sk_stmt *q;
    if (!s->any.n) {
        SK_TRY(sk_view_sql(s->cx, s->v,
                           "SELECT min(u.id), u.kind, u.owner FROM unit u WHERE (?3 OR u.kind <> 3)"
                           " AND" VISIBLE("u") "GROUP BY u.kind = 4, u.owner ORDER BY u.id DESC",
                           &q));
    } else if (ranked) {
        SK_TRY(sk_view_sql(s->cx, s->v,
                           "SELECT u.id, u.kind, u.owner FROM fts JOIN unit u ON u.id = fts.rowid"
                           " WHERE fts MATCH ?2 AND (?3 OR u.kind <> 3) AND" VISIBLE("u")
                           "ORDER BY fts.rank, u.id",
                           &q));
        sk_bind_str(q, 2, s->any);
    } else {
        SK_TRY(sk_view_sql(s->cx, s->v,
                           "SELECT u.id, u.kind, u.owner FROM fts JOIN unit u ON u.id = fts.rowid"
                           " WHERE fts MATCH ?2 AND (?3 OR u.kind <> 3) AND" VISIBLE("u")
                           "ORDER BY fts.rowid DESC",
                           &q));
        sk_bind_str(q, 2, s->any);
    }
    sk_bind_i64(q, 3, s->with_furniture);
    *ret_stmt = q;
    return SK_OK;
}

/* Go through matching units until stop many have been seen; keep rows from offset, at most limit. */
static sk_rc collect(searching *s, bool ranked, uint64_t stop, uint64_t offset, uint64_t limit,
                     int64_t *units, size_t *ret_n, uint64_t *ret_seen)
{
    sk_stmt *q;
    SK_TRY(open_units(s, ranked, &q));
    uint64_t seen = 0;
    size_t n = 0;
    sk_rc rc = SK_E_NOTFOUND;
    while (seen < stop && (rc = sk_step(s->cx, q)) == SK_OK) {
        if (s->has_docs && !sk_docset_has(&s->docs, doc_of(sk_col_i64(q, 1), sk_col_i64(q, 2))))
            continue;
        if (seen >= offset && n < limit)
            units[n++] = sk_col_i64(q, 0);
        seen++;
    }
    sqlite3_reset(q);
    *ret_n = n;
    *ret_seen = seen;
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

static sk_rc load_hit(searching *s, int64_t unit, sk_hit *hit)
{
    sk_ctx *cx = s->cx;
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, s->v,
                       "SELECT u.kind, u.owner, u.start, u.\"end\", u.page, u.orig_start, u.orig_end,"
                       " u.place, u.text, x.sha256, c.entity, c.state FROM unit u"
                       " LEFT JOIN exhibit x ON u.kind < 4 AND x.id = u.owner"
                       " LEFT JOIN claim c ON u.kind = 4 AND c.id = u.owner WHERE u.id = ?2 AND"
                       VISIBLE("u"),
                       &q));
    sk_bind_i64(q, 2, unit);
    SK_TRY(sk_step(cx, q));
    int64_t kind = sk_col_i64(q, 0), owner = sk_col_i64(q, 1), state = sk_col_i64(q, 11);
    hit->text = sk_col_str(cx, q, 8);
    hit->is_claim = kind == SK_UNIT_CLAIM;
    hit->block = (sk_text_block){
        .kind = hit->is_claim ? SK_BLOCK_TEXT : (sk_block_kind)kind,
        .start = (size_t)sk_col_i64(q, 2),
        .end = (size_t)sk_col_i64(q, 3),
        .page = (uint32_t)sk_col_i64(q, 4),
        .orig_start = (uint64_t)sk_col_i64(q, 5),
        .orig_end = (uint64_t)sk_col_i64(q, 6),
        .place = sk_col_str(cx, q, 7),
        .text = hit->text,
    };
    sk_hash sha256;
    bool has_exhibit = sk_col_hash(q, 9, &sha256);
    sqlite3_reset(q);
    hit->ranges = sk_highlight(cx, s->query, hit->text);
    if (has_exhibit)
        return sk_exhibit_get(cx, s->v, &sha256, &hit->exhibit);
    hit->claim.row = owner;
    hit->claim.retracted = state & SK_STATE_RETRACTED;
    hit->claim.superseded = state & SK_STATE_SUPERSEDED;
    SK_TRY(sk_view__load_claim(cx, s->v, owner, &hit->claim));
    hit->entity_caption = sk_entity_caption(cx, s->v, hit->claim.claim.entity);
    return SK_OK;
}

sk_rc sk_search(sk_ctx *cx, sk_view *v, const sk_query *query, uint64_t offset, uint64_t limit,
                sk_search_result *ret_result)
{
    searching s = {.cx = cx, .v = v, .query = query};
    SK_TRY(prepare(&s));
    int64_t *units = sk_new_array(&cx->arena, int64_t, limit);
    size_t n;
    uint64_t seen;
    /* a first look counts, up to the cap; only then is it known whether ranking is affordable */
    SK_TRY(collect(&s, false, SK_SEARCH_RANKED + 1, offset, limit, units, &n, &seen));
    bool is_floor = seen > SK_SEARCH_RANKED;
    if (!is_floor && s.any.n && seen > 1)
        SK_TRY(collect(&s, true, SK_SEARCH_RANKED, offset, limit, units, &n, &seen));
    if (is_floor && offset + limit > SK_SEARCH_RANKED) {
        uint64_t ignored;
        SK_TRY(collect(&s, false, offset + limit, offset, limit, units, &n, &ignored));
    }
    sk_search_result r = {.hits = sk_new_array(&cx->arena, sk_hit, n),
                          .total = is_floor ? SK_SEARCH_RANKED : seen,
                          .total_is_floor = is_floor};
    for (size_t i = 0; i < n; i++) {
        sk_rc rc = load_hit(&s, units[i], &r.hits[r.n]);
        if (rc == SK_OK)
            r.n++;
        else if (rc == SK_E_NOTFOUND)
            sk_forgive(cx); /* the claim's body was erased */
        else
            return rc;
    }
    *ret_result = r;
    return SK_OK;
}
