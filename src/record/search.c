#include "record/search.h"

#include "record/search_filters.h"
#include "record/search_private.h"

void sk_search_add(sk_searching *s, sk_found f)
{
    if (s->n_found < s->most)
        s->found[s->n_found++] = f;
}

/* True when one FTS5 expression says it all: leaves joined by OR. */
static bool is_plain(const sk_query_node *node)
{
    if (node->kind == SK_QUERY_OR)
        return is_plain(node->left) && is_plain(node->right);
    return node->kind == SK_QUERY_LEAF;
}

static sk_rc read_filters(sk_searching *s)
{
    for (size_t i = 0; i < s->query->n_filters; i++) {
        const sk_query_filter *f = &s->query->filters[i];
        if (sk_str_is(f->key, "furniture")) {
            s->with_furniture = !sk_str_is(f->value, "no");
            continue;
        }
        sk_docset set;
        SK_TRY(sk_search_filter(s->cx, s->v, f, &set));
        s->docs = s->has_docs ? sk_docset_and(&s->cx->arena, s->docs, set) : set;
        s->has_docs = true;
    }
    return SK_OK;
}

/* ---- plain queries: one match, ranked by FTS5 when that is affordable ---- */

static sk_str all_leaves(sk_searching *s)
{
    sk_str all = SK_NONE;
    for (size_t i = 0; i < s->query->n_leaves; i++)
        all = sk_fmt(&s->cx->arena, "%.*s%s(%.*s)", SK_P(all), i ? " OR " : "",
                     SK_P(sk_query_leaf_fts5(s->cx, &s->query->leaves[i])));
    return all;
}

static sk_rc collect(sk_searching *s, sk_str expression, bool ranked)
{
    sk_stmt *q;
    if (ranked)
        SK_TRY(sk_view_sql(s->cx, s->v,
                           "SELECT u.id FROM fts JOIN unit u ON u.id = fts.rowid"
                           " WHERE fts MATCH ?2 AND (?3 OR u.kind <> 3) AND" VISIBLE(
                               "u") "ORDER BY fts.rank, u.id",
                           &q));
    else
        SK_TRY(sk_view_sql(s->cx, s->v,
                           "SELECT u.id FROM fts JOIN unit u ON u.id = fts.rowid"
                           " WHERE fts MATCH ?2 AND (?3 OR u.kind <> 3) AND" VISIBLE(
                               "u") "ORDER BY fts.rowid DESC",
                           &q));
    sk_bind_str(q, 2, expression);
    sk_bind_i64(q, 3, s->with_furniture);
    s->n_found = 0;
    sk_rc rc = SK_E_NOTFOUND;
    while (s->n_found < s->most && (rc = sk_step(s->cx, q)) == SK_OK)
        sk_search_add(s, (sk_found){.unit = sk_col_i64(q, 0), .leaves = 1});
    sqlite3_reset(q);
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

static sk_rc search_plain(sk_searching *s)
{
    sk_str expression = all_leaves(s);
    SK_TRY(collect(s, expression, false)); /* counts; then it is known whether ranking is cheap */
    if (s->n_found > 1 && s->n_found <= SK_SEARCH_RANKED)
        SK_TRY(collect(s, expression, true));
    return SK_OK;
}

/* ---- hits ---- */

static sk_rc load_claim_hit(sk_searching *s, int64_t row, sk_hit *hit)
{
    sk_ctx *cx = s->cx;
    sk_stmt *q;
    SK_TRY(
        sk_view_sql(cx, s->v, "SELECT c.state FROM claim c WHERE c.id = ?2 AND" VISIBLE("c"), &q));
    sk_bind_i64(q, 2, row);
    SK_TRY(sk_step(cx, q));
    int64_t state = sk_col_i64(q, 0);
    sqlite3_reset(q);
    hit->is_claim = true;
    hit->claim.row = row;
    hit->claim.retracted = state & SK_STATE_RETRACTED;
    hit->claim.superseded = (state & SK_STATE_SUPERSEDED) != 0;
    SK_TRY(sk_view__load_claim(cx, s->v, row, &hit->claim));
    hit->entity_caption = sk_entity_caption(cx, s->v, hit->claim.claim.entity);
    if (!hit->text.n)
        hit->text = sk_claim_value_text(&cx->arena, &hit->claim.claim);
    return cx->rc; /* of the caption */
}

static sk_rc exhibit_of(sk_searching *s, int64_t row, sk_exhibit *ret_exhibit)
{
    sk_stmt *q;
    sk_hash hash;
    SK_TRY(sk_view_sql(s->cx, s->v,
                       "SELECT x.sha256 FROM exhibit x WHERE x.id = ?2 AND" VISIBLE("x"), &q));
    sk_bind_i64(q, 2, row);
    SK_TRY(sk_step(s->cx, q));
    sk_assert(sk_col_hash(q, 0, &hash));
    sqlite3_reset(q);
    return sk_exhibit_get(s->cx, s->v, &hash, ret_exhibit);
}

static sk_rc load_unit(sk_searching *s, int64_t unit, int64_t *ret_owner, sk_hit *hit)
{
    sk_ctx *cx = s->cx;
    sk_stmt *q;
    SK_TRY(
        sk_view_sql(cx, s->v,
                    "SELECT u.kind, u.owner, u.start, u.\"end\", u.page, u.orig_start, u.orig_end,"
                    " u.place, u.text FROM unit u WHERE u.id = ?2 AND" VISIBLE("u"),
                    &q));
    sk_bind_i64(q, 2, unit);
    SK_TRY(sk_step(cx, q));
    int64_t kind = sk_col_i64(q, 0);
    *ret_owner = sk_col_i64(q, 1);
    hit->is_claim = kind == SK_UNIT_CLAIM;
    hit->text = sk_col_str(cx, q, 8);
    if (!hit->is_claim)
        hit->block = (sk_text_block){
            .kind = (sk_block_kind)kind,
            .start = (size_t)sk_col_i64(q, 2),
            .end = (size_t)sk_col_i64(q, 3),
            .page = (uint32_t)sk_col_i64(q, 4),
            .orig_start = (uint64_t)sk_col_i64(q, 5),
            .orig_end = (uint64_t)sk_col_i64(q, 6),
            .place = sk_col_str(cx, q, 7),
            .text = hit->text,
        };
    sqlite3_reset(q);
    hit->ranges = sk_highlight(cx, s->query, hit->text);
    return SK_OK;
}

static sk_rc load_hit(sk_searching *s, const sk_found *f, sk_hit *hit)
{
    int64_t owner = f->doc / 2;
    hit->is_claim = f->doc % 2 == 1;
    if (f->unit)
        SK_TRY(load_unit(s, f->unit, &owner, hit));
    return hit->is_claim ? load_claim_hit(s, owner, hit) : exhibit_of(s, owner, &hit->exhibit);
}

static sk_rc load_hits(sk_searching *s, uint64_t offset, uint64_t limit, sk_search_result *r)
{
    r->hits = sk_new_array(&s->cx->arena, sk_hit, limit < s->n_found ? limit : s->n_found);
    for (uint64_t i = offset; i < s->n_found && i - offset < limit; i++) {
        sk_rc rc = load_hit(s, &s->found[i], &r->hits[r->n]);
        if (rc == SK_OK)
            r->n++;
        else if (rc == SK_E_NOTFOUND)
            sk_forgive(s->cx); /* a claim's body was erased */
        else
            return rc;
    }
    return SK_OK;
}

sk_rc sk_search(sk_ctx *cx, sk_view *v, const sk_query *query, uint64_t offset, uint64_t limit,
                sk_search_result *ret_result)
{
    bool plain = query->root && is_plain(query->root) && query->n_filters == 0;
    sk_searching s = {.cx = cx,
                      .v = v,
                      .query = query,
                      .most = (plain ? SK_SEARCH_RANKED : SK_SEARCH_DOCUMENTS) + 1};
    if (offset + limit + 1 > s.most)
        s.most = offset + limit + 1;
    s.found = sk_new_array(&cx->arena, sk_found, s.most);
    SK_TRY(read_filters(&s));
    if (!query->root)
        SK_TRY(s.has_docs ? sk_search_filtered(&s)
                          : sk_fail(cx, SK_E_FORMAT, "nothing to search for: give a word"));
    else if (is_plain(query->root) && !s.has_docs)
        SK_TRY(search_plain(&s));
    else
        SK_TRY(sk_search_documents(&s));
    sk_search_result r = {.total_is_floor = s.n_found == s.most};
    r.total = r.total_is_floor ? s.n_found - 1 : s.n_found;
    SK_TRY(load_hits(&s, offset, limit, &r));
    *ret_result = r;
    return SK_OK;
}
