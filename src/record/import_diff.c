/* Two copies of a list, record by record: what only one of them says. */
#include "record/import.h"
#include "record/read.h"
#include "record/view_private.h"

#include <stdlib.h>

static int by_value(const void *p, const void *q)
{
    uint64_t a = *(const uint64_t *)p, b = *(const uint64_t *)q;
    return (a > b) - (a < b);
}

sk_rc sk_import_cores(sk_ctx *cx, sk_view *v, const sk_import_info *import, sk_str record,
                      uint64_t **ret_cores, size_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, v,
                       "SELECT d.core FROM entity e JOIN derived d ON d.import = ?2 AND d.record ="
                       " e.id JOIN claim c ON c.id = d.id WHERE e.key = ?3 AND" VISIBLE("c"),
                       &q));
    sk_bind_i64(q, 2, import->row);
    sk_bind_str(q, 3, record);
    uint64_t *cores = NULL;
    size_t n = 0, cap = 0;
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        SK_GROW(&cx->arena, cores, n, cap);
        cores[n++] = (uint64_t)sk_col_i64(q, 0);
    }
    if (rc != SK_E_NOTFOUND)
        return rc;
    if (n)
        qsort(cores, n, sizeof *cores, by_value);
    *ret_cores = cores;
    *ret_n = n;
    return SK_OK;
}

sk_rc sk_import_count_records(sk_ctx *cx, sk_view *v, const sk_import_info *import,
                              uint64_t *ret_records)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, v,
                       "SELECT count(DISTINCT d.record) FROM derived d JOIN claim c ON c.id = d.id"
                       " WHERE d.import = ?2 AND" VISIBLE("c"),
                       &q));
    sk_bind_i64(q, 2, import->row);
    SK_TRY(sk_step(cx, q));
    *ret_records = (uint64_t)sk_col_i64(q, 0);
    sqlite3_reset(q);
    return SK_OK;
}

/* A claim of one side in the record in hand. */
typedef struct side_row {
    int64_t row;
    uint64_t core;
    bool is_new;
} side_row;

typedef struct comparing {
    sk_view *v;
    sk_import_change_fn *fn;
    void *arg;
    sk_import_diff_counts counts;
    side_row *rows; /* of the record in hand; malloc'ed */
    size_t n, cap;
    char *record; /* its key; malloc'ed */
} comparing;

static bool has_core(const comparing *c, uint64_t core, bool is_new)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->rows[i].is_new == is_new && c->rows[i].core == core)
            return true;
    return false;
}

/* The claims of one side whose core the other side does not have. */
static sk_rc only_in(sk_ctx *cx, comparing *c, bool is_new, const sk_claim **ret_claims,
                     size_t *ret_n)
{
    sk_claim *list = sk_new_array(&cx->arena, sk_claim, c->n);
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (c->rows[i].is_new != is_new || has_core(c, c->rows[i].core, !is_new))
            continue;
        sk_claim_row row;
        SK_TRY(sk_view__load_claim(cx, c->v, c->rows[i].row, &row));
        list[n++] = row.claim;
    }
    *ret_claims = list;
    *ret_n = n;
    return SK_OK;
}

static sk_rc compare_record(sk_ctx *cx, comparing *c)
{
    sk_import_change change = {.record = sk_str_of(c->record)};
    size_t n_new = 0;
    if (c->n == 0)
        return SK_OK;
    for (size_t i = 0; i < c->n; i++)
        n_new += c->rows[i].is_new;
    change.is_added = n_new == c->n;
    change.is_removed = n_new == 0;
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    SK_TRY(only_in(cx, c, false, &change.before, &change.n_before));
    SK_TRY(only_in(cx, c, true, &change.after, &change.n_after));
    bool differs = change.n_before + change.n_after > 0;
    c->counts.added += change.is_added;
    c->counts.removed += change.is_removed;
    c->counts.changed += differs && !change.is_added && !change.is_removed;
    c->counts.unchanged += !differs;
    sk_rc rc = differs && c->fn ? c->fn(cx, &change, c->arg) : SK_OK;
    sk_arena_back_to(&cx->arena, mark);
    c->n = 0;
    return rc;
}

static sk_rc take_row(sk_ctx *cx, comparing *c, sk_stmt *q, int64_t new_import)
{
    sk_str key = sk_col_peek(q, 0);
    if (!c->record || !sk_str_is(key, c->record)) {
        SK_TRY(compare_record(cx, c));
        c->record = sk_xrealloc(c->record, key.n + 1);
        memcpy(c->record, key.p, key.n);
        c->record[key.n] = 0;
    }
    if (c->n == c->cap) {
        c->cap = c->cap ? c->cap * 2 : 64;
        c->rows = sk_xrealloc(c->rows, c->cap * sizeof *c->rows);
    }
    c->rows[c->n++] =
        (side_row){sk_col_i64(q, 1), (uint64_t)sk_col_i64(q, 2), sk_col_i64(q, 3) == new_import};
    return SK_OK;
}

sk_rc sk_import_diff(sk_ctx *cx, sk_view *v, const sk_import_info *a, const sk_import_info *b,
                     sk_import_change_fn *fn, void *arg, sk_import_diff_counts *ret_counts)
{
    comparing c = {.v = v, .fn = fn, .arg = arg};
    sk_stmt *q; /* one of its own: the caller's fn asks other things while it is open */
    SK_TRY(sk_sql_new(cx, &v->ix->db,
                      "SELECT e.key, d.id, d.core, d.import FROM derived d"
                      " JOIN entity e ON e.id = d.record JOIN claim c ON c.id = d.id"
                      " WHERE d.import IN (?2, ?3) AND" VISIBLE("c") "ORDER BY e.key, d.id",
                      &q));
    sk_bind_i64(q, 1, v->number);
    sk_bind_i64(q, 2, a->row);
    sk_bind_i64(q, 3, b->row);
    sk_rc rc, end;
    while ((rc = sk_step(cx, q)) == SK_OK)
        if ((rc = take_row(cx, &c, q, b->row)))
            break;
    end = rc == SK_E_NOTFOUND ? compare_record(cx, &c) : rc;
    sk_sql_free(q);
    free(c.rows);
    free(c.record);
    if (end == SK_OK && ret_counts)
        *ret_counts = c.counts;
    return end;
}
