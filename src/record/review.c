/* How rules fare: what people decided of their suggestions, and which rules that hides. */
#include "record/suggest_private.h"

#include <math.h>
#include <stdlib.h>

void sk_wilson(uint64_t k, uint64_t n, double *ret_low, double *ret_high)
{
    static const double z = 1.959963984540054; /* 97.5 % of the normal distribution lie below */
    if (n == 0) {
        *ret_low = 0;
        *ret_high = 1;
        return;
    }
    double m = (double)n, p = (double)k / m, zz = z * z / m;
    double middle = (p + zz / 2) / (1 + zz);
    double half = z / (1 + zz) * sqrt(p * (1 - p) / m + zz / (4 * m));
    *ret_low = k == 0 ? 0 : middle - half;
    *ret_high = k == n ? 1 : middle + half;
}

/* The row of a rule, made if absent. Few dozens: a scan does. */
static sk_rule_stats *stats_of(sk_ctx *cx, sk_review *rv, size_t *cap, sk_str rule)
{
    for (size_t i = 0; i < rv->n_stats; i++)
        if (sk_str_eq(rv->stats[i].rule, rule))
            return &rv->stats[i];
    SK_GROW(&cx->arena, rv->stats, rv->n_stats, *cap);
    rv->stats[rv->n_stats] = (sk_rule_stats){.rule = sk_str_copy(&cx->arena, rule)};
    return &rv->stats[rv->n_stats++];
}

static sk_rc load_offered(sk_ctx *cx, sk_review *rv, size_t *cap)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, rv->view,
                       "SELECT w.text, min(s.tier), count(*) FROM suggestion s"
                       " JOIN word w ON w.id = s.rule WHERE" VISIBLE("s") "GROUP BY s.rule",
                       &q));
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        sk_rule_stats *r = stats_of(cx, rv, cap, sk_col_peek(q, 0));
        r->tier = (unsigned)sk_col_i64(q, 1);
        r->offered = (uint64_t)sk_col_i64(q, 2);
    }
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

/* Each suggestion once, by what stands of it; one whose row is gone was offered all the same. */
static sk_rc load_decided(sk_ctx *cx, sk_review *rv, size_t *cap)
{
    sk_stmt *q;
    SK_TRY(
        sk_view_sql(cx, rv->view,
                    "SELECT w.text, verdict, count(*), sum(gone) FROM (SELECT d.suggestion, d.rule,"
                    " min(CASE d.verdict WHEN 2 THEN 0 ELSE d.verdict END) AS verdict,"
                    " NOT EXISTS (SELECT 1 FROM suggestion s WHERE s.hash = d.suggestion) AS gone"
                    " FROM decision d WHERE d.taken = 0 AND" VISIBLE(
                        "d") "GROUP BY d.suggestion, d.rule)"
                             " JOIN word w ON w.id = rule GROUP BY rule, verdict",
                    &q));
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        sk_rule_stats *r = stats_of(cx, rv, cap, sk_col_peek(q, 0));
        int64_t verdict = sk_col_i64(q, 1);
        uint64_t n = (uint64_t)sk_col_i64(q, 2);
        *(verdict == 0                      ? &r->edited
          : verdict == SK_SUGGEST_CONFIRMED ? &r->confirmed
                                            : &r->rejected) += n;
        r->offered += (uint64_t)sk_col_i64(q, 3);
    }
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

static int by_rule(const void *p, const void *q)
{
    return sk_str_cmp(((const sk_rule_stats *)p)->rule, ((const sk_rule_stats *)q)->rule);
}

static void rate(sk_rule_stats *r)
{
    uint64_t kept = r->confirmed + r->edited;
    r->decided = kept + r->rejected;
    r->rate = r->decided ? (double)kept / (double)r->decided : 0;
    sk_wilson(kept, r->decided, &r->low, &r->high);
    r->is_hidden = r->decided >= SK_REVIEW_ENOUGH && r->rate < SK_REVIEW_FLOOR;
}

/* The hidden rules, where queries can see them. */
static sk_rc hide(sk_ctx *cx, sk_review *rv)
{
    SK_TRY(sk_db_exec(cx, &rv->view->ix->db,
                      "CREATE TEMP TABLE IF NOT EXISTS hidden_rule(view INTEGER, rule INTEGER,"
                      " PRIMARY KEY(view, rule)) WITHOUT ROWID"));
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, rv->view, "DELETE FROM temp.hidden_rule WHERE view = ?1", &q));
    SK_TRY(sk_run(cx, q));
    for (size_t i = 0; i < rv->n_stats; i++) {
        if (!rv->stats[i].is_hidden)
            continue;
        SK_TRY(sk_view_sql(cx, rv->view,
                           "INSERT OR IGNORE INTO temp.hidden_rule SELECT ?1, id FROM word"
                           " WHERE text = ?2",
                           &q));
        sk_bind_str(q, 2, rv->stats[i].rule);
        SK_TRY(sk_run(cx, q));
    }
    return SK_OK;
}

sk_rc sk_review_open(sk_ctx *cx, sk_view *v, sk_review **ret_review)
{
    sk_review *rv = sk_new(&cx->arena, sk_review);
    rv->view = v;
    size_t cap = 0;
    SK_TRY(load_offered(cx, rv, &cap));
    SK_TRY(load_decided(cx, rv, &cap));
    for (size_t i = 0; i < rv->n_stats; i++)
        rate(&rv->stats[i]);
    if (rv->n_stats)
        qsort(rv->stats, rv->n_stats, sizeof *rv->stats, by_rule);
    SK_TRY(hide(cx, rv));
    *ret_review = rv;
    return SK_OK;
}

void sk_review_stats(const sk_review *rv, const sk_rule_stats **ret_list, size_t *ret_n)
{
    *ret_list = rv->stats;
    *ret_n = rv->n_stats;
}
