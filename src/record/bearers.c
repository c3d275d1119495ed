#include "record/bearers.h"

#include "record/identifier.h"
#include "record/query.h"
#include "record/view_private.h"

#include <stdlib.h>

/* Claims whose identifier may be the number; which they are is seen when they are read. */
typedef struct candidates {
    sk_claim_row *rows; /* row, entity and state are set */
    size_t n, cap;
    sk_str props; /* JSON array: properties that hold identifiers */
} candidates;

static sk_str identifier_props(sk_arena *a, const sk_model *m)
{
    sk_str list = SK_S("[\"\"");
    for (size_t i = 0; i < m->n_types; i++)
        for (size_t k = 0; k < m->types[i].n_props; k++)
            if (m->types[i].props[k].type == SK_VALUE_IDENTIFIER)
                list = sk_fmt(a, "%.*s,\"%.*s\"", SK_P(list), SK_P(m->types[i].props[k].name));
    return sk_fmt(a, "%.*s]", SK_P(list));
}

/* Claims in whose identifier the words stand as one phrase. */
static sk_rc look_for(sk_ctx *cx, sk_view *v, sk_str words, sk_claim_flags flags, candidates *found)
{
    sk_str expression;
    SK_TRY(sk_view__phrase(cx, words, &expression));
    if (!expression.n)
        return SK_OK;
    sk_stmt *q;
    SK_TRY(sk_view_sql(
        cx, v,
        "SELECT DISTINCT c.id, c.entity, c.state FROM fts JOIN unit u ON u.id = fts.rowid"
        " JOIN claim c ON c.id = u.owner JOIN word p ON p.id = c.prop WHERE fts MATCH ?2"
        " AND u.kind = 4 AND p.text IN (SELECT value FROM json_each(?4))"
        " AND (?3 OR c.state = 0) AND" VISIBLE("u") "AND" VISIBLE("c"),
        &q));
    sk_bind_str(q, 2, expression);
    sk_bind_i64(q, 3, flags & SK_CLAIMS_HISTORY);
    sk_bind_str(q, 4, found->props);
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        SK_GROW(&cx->arena, found->rows, found->n, found->cap);
        int64_t state = sk_col_i64(q, 2);
        found->rows[found->n++] = (sk_claim_row){.row = sk_col_i64(q, 0),
                                                 .entity = sk_col_i64(q, 1),
                                                 .retracted = state & SK_STATE_RETRACTED,
                                                 .superseded = state & SK_STATE_SUPERSEDED};
    }
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

/* The ways in which one number may stand as a word or a phrase in the full-text index: as asked
 * for, without its signs, and with the head that foreign programs join to it ("IMO8126082"). */
static sk_rc look_everywhere(sk_ctx *cx, sk_view *v, sk_str number, sk_str compact,
                             sk_claim_flags flags, candidates *found)
{
    SK_TRY(look_for(cx, v, number, flags, found));
    if (!sk_str_eq(number, compact))
        SK_TRY(look_for(cx, v, compact, flags, found));
    return look_for(cx, v, sk_fmt(&cx->arena, "imo%.*s", SK_P(compact)), flags, found);
}

static int by_row(const void *p, const void *q)
{
    const sk_claim_row *a = p, *b = q;
    return (a->row > b->row) - (a->row < b->row);
}

static int by_entity(const void *p, const void *q)
{
    const sk_claim_row *a = p, *b = q;
    int d = sk_str_cmp(a->claim.entity, b->claim.entity);
    d = d ? d : sk_str_cmp(a->claim.prop, b->claim.prop);
    return d ? d : memcmp(a->claim.id.b, b->claim.id.b, sizeof a->claim.id.b);
}

static bool bears(sk_ctx *cx, const sk_claim *c, sk_str compact)
{
    return c->kind == SK_VALUE_IDENTIFIER && c->absent == SK_PRESENT &&
           sk_str_eq(sk_identifier_compact(&cx->arena, c->value), compact);
}

/* Read the candidates, each once, and keep those that bear the number. */
static sk_rc keep_bearers(sk_ctx *cx, sk_view *v, sk_str compact, candidates *found)
{
    size_t kept = 0;
    if (found->n)
        qsort(found->rows, found->n, sizeof *found->rows, by_row);
    int64_t last = 0;
    for (size_t i = 0; i < found->n; i++) {
        sk_claim_row row = found->rows[i];
        if (row.row == last)
            continue;
        last = row.row;
        sk_rc rc = sk_view__load_claim(cx, v, row.row, &row);
        if (rc == SK_OK && bears(cx, &row.claim, compact))
            found->rows[kept++] = row;
        else if (rc == SK_E_NOTFOUND)
            sk_forgive(cx); /* its body was erased: the mark stays in the log, the words are gone */
        else if (rc)
            return rc;
    }
    found->n = kept;
    return SK_OK;
}

sk_rc sk_claims_bearing(sk_ctx *cx, sk_view *v, sk_str number, sk_claim_flags flags,
                        sk_claim_row **ret_rows, size_t *ret_n)
{
    if (number.n > SK_LIM_QUERY_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "a number has at most %zu bytes", SK_LIM_QUERY_BYTES);
    sk_str compact = sk_identifier_compact(&cx->arena, number);
    if (!compact.n)
        return sk_fail(cx, SK_E_FORMAT, "\"%.*s\" has no letter and no digit", SK_P(number));
    candidates found = {.props = identifier_props(&cx->arena, v->ix->model)};
    SK_TRY(look_everywhere(cx, v, sk_str_trim(number), compact, flags, &found));
    SK_TRY(keep_bearers(cx, v, compact, &found));
    if (found.n)
        qsort(found.rows, found.n, sizeof *found.rows, by_entity);
    *ret_rows = found.rows;
    *ret_n = found.n;
    return SK_OK;
}
