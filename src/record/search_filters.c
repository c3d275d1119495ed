#include "record/search_filters.h"

#include "base/edtf.h"
#include "base/utf8.h"
#include "record/read.h"
#include "record/view_private.h"

/* Run a query of claim rows; the set holds those claims and the exhibits they rest on. */
static sk_rc claims_and_exhibits(sk_ctx *cx, sk_stmt *q, sk_docset *ret_set)
{
    sk_docset set = {0};
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        sk_docset_add(&cx->arena, &set, sk_col_i64(q, 0) * 2 + 1);
        if (!sk_col_is_null(q, 1))
            sk_docset_add(&cx->arena, &set, sk_col_i64(q, 1) * 2);
    }
    sk_docset_close(&set);
    *ret_set = set;
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

/* Current, visible claims with the exhibits they rest on; the caller adds what narrows them. */
#define CLAIMS_ON                                                                                 \
    "SELECT c.id, p.exhibit FROM claim c LEFT JOIN passage p ON p.claim = c.id WHERE c.state = 0" \
    " AND" VISIBLE("c") "AND "

static sk_rc by_kind(sk_ctx *cx, sk_view *v, sk_str value, sk_docset *ret_set)
{
    bool claims = sk_str_is(value, "claim");
    if (!claims && !sk_str_is(value, "exhibit"))
        return sk_fail(cx, SK_E_FORMAT, "kind:%.*s is not known; write kind:exhibit or kind:claim",
                       SK_P(value));
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, v, "SELECT id, ?1 FROM claim c WHERE" VISIBLE("c"), &q));
    sk_docset set = {0};
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK)
        sk_docset_add(&cx->arena, &set, sk_col_i64(q, 0) * 2 + 1);
    sk_docset_close(&set);
    *ret_set = claims ? set : sk_docset_not(set);
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

static sk_rc by_exhibit(sk_ctx *cx, sk_view *v, sk_str value, sk_docset *ret_set)
{
    sk_exhibit x;
    SK_TRY(sk_exhibit_find(cx, v, value, &x));
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, v, CLAIMS_ON "p.exhibit = ?2", &q));
    sk_bind_i64(q, 2, x.row);
    SK_TRY(claims_and_exhibits(cx, q, ret_set));
    sk_docset_add(&cx->arena, ret_set, x.row * 2);
    sk_docset_close(ret_set);
    return SK_OK;
}

static sk_rc by_entity(sk_ctx *cx, sk_view *v, sk_str value, sk_docset *ret_set)
{
    sk_entity e;
    SK_TRY(sk_entity_find(cx, v, value, &e));
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, v,
                       CLAIMS_ON "(c.entity IN (SELECT id FROM entity WHERE cluster = ?2)"
                                 " OR c.target IN (SELECT id FROM entity WHERE cluster = ?2))",
                       &q));
    sk_bind_i64(q, 2, e.cluster);
    return claims_and_exhibits(cx, q, ret_set);
}

static sk_rc by_claimant(sk_ctx *cx, sk_view *v, sk_str value, sk_docset *ret_set)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, v,
                       CLAIMS_ON
                       "c.chain IN (SELECT m.chain FROM chain_member m"
                       " WHERE instr(m.folded, ?2)"
                       " OR m.entity IN (SELECT n.entity FROM claim n WHERE n.value IS NOT"
                       "  NULL AND n.value = ?3 AND" VISIBLE("n") "))",
                       &q));
    sk_bind_str(q, 2, sk_utf8_fold(&cx->arena, value));
    sk_bind_str(q, 3, value);
    return claims_and_exhibits(cx, q, ret_set);
}

/* When: the date of a date claim, or the time a claim holds for. Approximate dates reach a little
 * further, as people search (base/edtf.h). */
static sk_rc by_date(sk_ctx *cx, sk_view *v, sk_str value, sk_docset *ret_set)
{
    sk_edtf date;
    if (sk_edtf_parse(cx, value, &date)) {
        sk_forgive(cx);
        if (sk_edtf_from_words(cx, value, &date))
            return sk_while(cx, "date:%.*s", SK_P(value));
    }
    sk_days days = sk_edtf_loose_days(&date);
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, v,
                       CLAIMS_ON
                       "((c.lo <= ?3 AND c.hi >= ?2) OR (c.valid_lo <= ?3 AND c.valid_hi >="
                       " ?2) OR c.entity IN (SELECT d.entity FROM claim d WHERE d.state = 0"
                       " AND d.lo <= ?3 AND d.hi >= ?2 AND" VISIBLE("d") "))",
                       &q));
    sk_bind_i64(q, 2, days.earliest);
    sk_bind_i64(q, 3, days.latest);
    return claims_and_exhibits(cx, q, ret_set);
}

/* Where: words of a place property, or the name of a place that one points to. */
static sk_rc by_place(sk_ctx *cx, sk_view *v, sk_str value, sk_docset *ret_set)
{
    sk_str expression;
    SK_TRY(sk_view__phrase(cx, value, &expression));
    *ret_set = (sk_docset){0};
    if (!expression.n)
        return SK_OK;
    sk_stmt *q;
    SK_TRY(sk_view_sql(
        cx, v,
        CLAIMS_ON
        "c.entity IN (SELECT d.entity FROM fts JOIN unit u ON u.id = fts.rowid"
        " JOIN claim d ON d.id = u.owner JOIN word p ON p.id = d.prop"
        " WHERE fts MATCH ?2 AND u.kind = 4 AND d.state = 0 AND p.text IN ('location',"
        " 'address', 'fromPlace', 'toPlace', 'birthPlace') AND" VISIBLE(
            "d") "UNION SELECT l.entity FROM fts JOIN unit u ON u.id = fts.rowid"
                 " JOIN claim n ON n.id = u.owner JOIN claim l ON l.target = n.entity"
                 " JOIN word p ON p.id = l.prop WHERE fts MATCH ?2 AND u.kind = 4 AND l.state = 0"
                 " AND p.text IN ('place', 'facility') AND" VISIBLE("n") "AND" VISIBLE("l") ")",
        &q));
    sk_bind_str(q, 2, expression);
    return claims_and_exhibits(cx, q, ret_set);
}

static sk_rc by_restriction(sk_ctx *cx, sk_view *v, sk_str value, sk_docset *ret_set)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, v,
                       "SELECT u.owner * 2 + (u.kind = 4) FROM unit u JOIN rset r ON r.id = u.rset"
                       " WHERE u.rset > 0 AND instr(char(10) || r.labels || char(10),"
                       " char(10) || ?2 || char(10)) AND" VISIBLE("u"),
                       &q));
    sk_bind_str(q, 2, value);
    sk_docset set = {0};
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK)
        sk_docset_add(&cx->arena, &set, sk_col_i64(q, 0));
    sk_docset_close(&set);
    *ret_set = set;
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

static const struct {
    const char *key;
    sk_rc (*run)(sk_ctx *cx, sk_view *v, sk_str value, sk_docset *ret_set);
} filters[] = {
    {"kind", by_kind},
    {"exhibit", by_exhibit},
    {"entity", by_entity},
    {"claimant", by_claimant},
    {"date", by_date},
    {"place", by_place},
    {"restriction", by_restriction},
};

sk_rc sk_search_filter(sk_ctx *cx, sk_view *v, const sk_query_filter *f, sk_docset *ret_set)
{
    for (size_t i = 0; i < SK_COUNT(filters); i++)
        if (sk_str_is(f->key, filters[i].key))
            return filters[i].run(cx, v, f->value, ret_set);
    return sk_fail(cx, SK_E_UNSUPPORTED, "filter \"%.*s\" is not known to search", SK_P(f->key));
}
