/* AND and NOT are decided by whole documents. Nothing is collected in full: documents that may answer
 * come newest first (search_walk.h), each is tested against the whole query, and it ends as soon as
 * enough is found. */
#include "record/search_walk.h"

#include <stdlib.h>

/* ---- one document ---- */

/* A claim is one unit. */
static sk_rc take_claim(sk_searching *s, sk_walk *w, const sk_search_doc *d)
{
    unsigned n = 0;
    for (size_t i = 0; i < s->query->n_leaves; i++) {
        bool holds = false;
        if (!s->query->leaves[i].negated)
            SK_TRY(sk_cursor_holds(&w->cursors[i], d, &holds));
        n += holds;
    }
    sk_search_add(s, (sk_found){d->first, d->id, n});
    return SK_OK;
}

/* Keep the seen units of a document whose hits are at least so many, until most are found. */
static sk_rc keep_units(sk_searching *s, const sk_search_doc *d, const unsigned *hits,
                        unsigned least, size_t most)
{
    for (int64_t unit = d->first; unit <= d->last && s->n_found < most; unit++) {
        sk_search_doc seen = {0};
        if (hits[unit - d->first] >= least)
            SK_TRY(sk_search_look(s, unit, &seen));
        if (seen.first)
            sk_search_add(s, (sk_found){unit, d->id, hits[unit - d->first]});
    }
    return SK_OK;
}

/* Keep the units that hold any word of the query. A document found by what it does not hold is
 * stood for by its first unit. */
static sk_rc take_exhibit(sk_searching *s, sk_walk *w, const sk_search_doc *d)
{
    size_t before = s->n_found;
    unsigned *hits = sk_new_array(&s->cx->arena, unsigned, (size_t)(d->last - d->first) + 1);
    for (size_t i = 0; i < s->query->n_leaves; i++)
        if (!s->query->leaves[i].negated)
            SK_TRY(sk_cursor_mark(&w->cursors[i], d, hits));
    SK_TRY(keep_units(s, d, hits, 1, s->most));
    return s->n_found > before ? SK_OK : keep_units(s, d, hits, 0, before + 1);
}

static sk_rc take_document(sk_searching *s, sk_walk *w, const sk_search_doc *d)
{
    bool answers;
    if (s->has_docs && !sk_docset_has(&s->docs, d->id))
        return SK_OK;
    SK_TRY(sk_walk_test(w, d, &answers));
    if (!answers)
        return SK_OK;
    return d->id % 2 == 1 ? take_claim(s, w, d) : take_exhibit(s, w, d);
}

/* ---- all of them ---- */

static int by_leaves(const void *p, const void *q)
{
    const sk_found *a = p, *b = q;
    if (a->leaves != b->leaves)
        return a->leaves > b->leaves ? -1 : 1;
    return (a->unit > b->unit) - (a->unit < b->unit);
}

static sk_rc take_documents(sk_searching *s, sk_walk *w)
{
    sk_search_doc d;
    sk_rc rc = SK_OK;
    while (s->n_found < s->most && (rc = sk_walk_next(w, &d)) == SK_OK) {
        sk_arena_mark mark = sk_arena_here(&s->cx->arena);
        SK_TRY(take_document(s, w, &d));
        sk_arena_back_to(&s->cx->arena, mark);
    }
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

sk_rc sk_search_documents(sk_searching *s)
{
    sk_walk w;
    sk_rc rc = sk_walk_open(s, &w);
    if (rc == SK_OK)
        rc = take_documents(s, &w);
    sk_walk_close(&w);
    SK_TRY(rc);
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
