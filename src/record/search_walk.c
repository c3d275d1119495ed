#include "record/search_walk.h"

#include <stdlib.h>

/* The query's tree, the rarer side of each AND first. */
struct sk_walk_part {
    sk_query_kind kind;
    struct sk_walk_part *a, *b;
    size_t leaf;
    uint64_t cost; /* postings of its rarest part, counted up to a cap; ALL: it narrows nothing */
    bool in_or;
};

#define ALL UINT64_MAX

/* Filters that leave so few documents are quicker than words. */
enum { FEW = 200 };

typedef sk_walk_part part;

/* ---- the next document ---- */

/* What a part of the query says about the documents up to a limit. */
typedef struct reach {
    enum { NONE, SOME, ANY } is; /* none answers; none newer than doc does; it cannot say */
    sk_search_doc doc;
} reach;

static reach older(reach x, reach y)
{
    if (x.is == NONE || y.is == ANY)
        return x;
    return y.is == NONE || x.is == ANY || y.doc.first < x.doc.first ? y : x;
}

static reach newer(reach x, reach y)
{
    if (x.is == ANY || y.is == NONE)
        return x;
    return y.is == ANY || x.is == NONE || y.doc.first > x.doc.first ? y : x;
}

/* far: this part leads and must say something if it can.
 * Inside an OR every cursor has to stay at or above what the other side may find: there both sides
 * of an AND get the same limit. Elsewhere the second begins where the first has led. */
static sk_rc find_reach(sk_walk *w, const part *p, int64_t limit, bool far, reach *ret_reach)
{
    reach a = {.is = ANY}, b = {.is = ANY};
    if (p->kind == SK_QUERY_LEAF) {
        sk_cursor *c = &w->cursors[p->leaf];
        SK_TRY(sk_cursor_go_down(c, limit, far));
        a.is = c->at == 0 ? NONE : c->at <= limit ? SOME : ANY;
        a.doc = c->doc;
    } else if (p->cost != ALL) {
        SK_TRY(find_reach(w, p->a, limit, far, &a));
        bool is_and = p->kind == SK_QUERY_AND;
        if (is_and && a.is == SOME && !p->in_or)
            limit = a.doc.last;
        if (a.is != (is_and ? NONE : ANY))
            SK_TRY(find_reach(w, p->b, limit, far && !is_and, &b));
        a = is_and ? older(a, b) : newer(a, b);
    }
    *ret_reach = a;
    return SK_OK;
}

/* The newest unit up to limit that is seen. */
static sk_rc find_seen(sk_walk *w, int64_t limit, int64_t *ret_unit)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(w->s->cx, w->s->v,
                       "SELECT u.id FROM unit u WHERE u.id <= ?2 AND (?3 OR u.kind <> 3)"
                       " AND" VISIBLE("u") "ORDER BY u.id DESC LIMIT 1",
                       &q));
    sk_bind_i64(q, 2, limit);
    sk_bind_i64(q, 3, w->s->with_furniture);
    SK_TRY(sk_step(w->s->cx, q));
    *ret_unit = sk_col_i64(q, 0);
    sqlite3_reset(q);
    return SK_OK;
}

sk_rc sk_walk_next(sk_walk *w, sk_search_doc *ret_doc)
{
    if (w->has_few) {
        if (w->n_few == 0)
            return SK_E_NOTFOUND;
        *ret_doc = w->few[--w->n_few];
        return SK_OK;
    }
    reach r;
    SK_TRY(find_reach(w, w->root, w->limit, true, &r));
    if (r.is == NONE)
        return SK_E_NOTFOUND;
    if (r.is == ANY) {
        int64_t unit;
        SK_TRY(find_seen(w, w->limit, &unit));
        SK_TRY(sk_search_look(w->s, unit, &r.doc));
    }
    w->limit = r.doc.first - 1;
    *ret_doc = r.doc;
    return SK_OK;
}

/* ---- testing ---- */

static sk_rc test(sk_walk *w, const part *p, const sk_search_doc *d, bool *ret_answers)
{
    bool a = false;
    if (p->kind == SK_QUERY_LEAF)
        return sk_cursor_holds(&w->cursors[p->leaf], d, ret_answers);
    SK_TRY(test(w, p->a, d, &a));
    if (p->kind == SK_QUERY_NOT)
        *ret_answers = !a;
    else if (a == (p->kind == SK_QUERY_OR))
        *ret_answers = a; /* the other side changes nothing */
    else
        return test(w, p->b, d, ret_answers);
    return SK_OK;
}

sk_rc sk_walk_test(sk_walk *w, const sk_search_doc *d, bool *ret_answers)
{
    return test(w, w->root, d, ret_answers);
}

/* ---- planning ---- */

static sk_rc make_part(sk_walk *w, const sk_query_node *node, bool in_or, part **ret_part)
{
    part *p = sk_new(&w->s->cx->arena, part);
    *p = (part){.kind = node->kind, .leaf = node->leaf, .cost = ALL, .in_or = in_or};
    in_or |= node->kind == SK_QUERY_OR;
    if (node->left)
        SK_TRY(make_part(w, node->left, in_or, &p->a));
    if (node->right)
        SK_TRY(make_part(w, node->right, in_or, &p->b));
    if (node->kind == SK_QUERY_LEAF) {
        SK_TRY(sk_cursor_count(&w->cursors[node->leaf], &p->cost));
    } else if (node->kind == SK_QUERY_AND) {
        if (p->b->cost < p->a->cost) {
            part *rarer = p->b;
            p->b = p->a;
            p->a = rarer;
        }
        p->cost = p->a->cost;
    } else if (node->kind == SK_QUERY_OR && p->a->cost != ALL && p->b->cost != ALL) {
        p->cost = p->a->cost + p->b->cost;
    }
    *ret_part = p;
    return SK_OK;
}

/* The leaves that no answer holds, joined by OR: those behind a NOT that every answer must pass. */
static void collect_excluded(sk_walk *w, const sk_query_node *node, bool in_not, sk_str *all)
{
    if (node->kind == SK_QUERY_NOT) {
        collect_excluded(w, node->left, !in_not, all);
    } else if (node->kind == SK_QUERY_LEAF && in_not) {
        *all = sk_fmt(&w->s->cx->arena, "%.*s%s(%.*s)", SK_P(*all), all->n ? " OR " : "",
                      SK_P(w->cursors[node->leaf].expression));
    } else if (node->kind == (in_not ? SK_QUERY_OR : SK_QUERY_AND)) {
        collect_excluded(w, node->left, in_not, all);
        collect_excluded(w, node->right, in_not, all);
    }
}

/* The cursors that lead go over units without an excluded leaf only: no unit of an answer holds one,
 * and FTS5 passes over the others by itself. In camp NOT coal, where nearly every unit with camp has
 * coal as well, next to nothing is left to test. */
static void narrow(sk_walk *w, const part *p, sk_str excluded)
{
    if (p->kind == SK_QUERY_LEAF) {
        sk_cursor *c = &w->cursors[p->leaf];
        c->walked =
            sk_fmt(&w->s->cx->arena, "(%.*s) NOT (%.*s)", SK_P(c->expression), SK_P(excluded));
    } else if (p->cost != ALL) {
        narrow(w, p->a, excluded);
        if (p->kind == SK_QUERY_OR)
            narrow(w, p->b, excluded);
    }
}

/* ---- few documents ---- */

static int by_first(const void *p, const void *q)
{
    const sk_search_doc *a = p, *b = q;
    return (a->first > b->first) - (a->first < b->first);
}

/* The documents of the filters that have a text at all. */
static sk_rc find_few(sk_walk *w)
{
    w->has_few = true;
    w->few = sk_new_array(&w->s->cx->arena, sk_search_doc, w->s->docs.n);
    for (size_t i = 0; i < w->s->docs.n; i++) {
        int64_t id = w->s->docs.ids[i];
        sk_stmt *q;
        SK_TRY(
            sk_view_sql(w->s->cx, w->s->v,
                        "SELECT u.first, u.last FROM unit u WHERE u.owner = ?2"
                        " AND (u.kind = 4) = ?3 AND (?4 OR u.kind <> 3) AND" VISIBLE("u") "LIMIT 1",
                        &q));
        sk_bind_i64(q, 2, id / 2);
        sk_bind_i64(q, 3, id % 2);
        sk_bind_i64(q, 4, w->s->with_furniture);
        sk_rc rc = sk_step(w->s->cx, q);
        if (rc == SK_OK)
            w->few[w->n_few++] = (sk_search_doc){id, sk_col_i64(q, 0), sk_col_i64(q, 1)};
        sqlite3_reset(q);
        if (rc != SK_OK && rc != SK_E_NOTFOUND)
            return rc;
    }
    qsort(w->few, w->n_few, sizeof *w->few, by_first);
    return SK_OK;
}

sk_rc sk_walk_open(sk_searching *s, sk_walk *w)
{
    *w = (sk_walk){.s = s, .n_cursors = s->query->n_leaves, .limit = SK_CURSOR_NEW - 1};
    w->cursors = sk_new_array(&s->cx->arena, sk_cursor, w->n_cursors);
    for (size_t i = 0; i < w->n_cursors; i++)
        w->cursors[i] = sk_cursor_init(s, i);
    SK_TRY(make_part(w, s->query->root, false, &w->root));
    sk_str excluded = SK_NONE;
    collect_excluded(w, s->query->root, false, &excluded);
    if (excluded.n)
        narrow(w, w->root, excluded);
    return s->has_docs && !s->docs.all_but && s->docs.n <= FEW ? find_few(w) : SK_OK;
}

void sk_walk_close(sk_walk *w)
{
    for (size_t i = 0; i < w->n_cursors; i++)
        sk_cursor_close(&w->cursors[i]);
}
