/* Queries gathered for the log, and the entry that holds them. */
#include "screen/screening_log.h"

void sk_screening_log_add(sk_screening_log *log, uint64_t row, sk_str canonical, uint64_t alerts)
{
    SK_GROW(&log->arena, log->asked, log->n, log->cap);
    log->asked[log->n++] = (sk_screened_query){
        .row = row, .words = sk_str_copy(&log->arena, canonical), .alerts = alerts};
}

static size_t take_copies(const sk_sight *sight, sk_screened_copy *to)
{
    size_t n, kept = 0;
    const sk_sight_copy *v = sight ? sk_sight_copies(sight, &n) : NULL;
    for (size_t i = 0; v && i < n; i++)
        if (v[i].chosen)
            to[kept++] = (sk_screened_copy){v[i].copy.list, v[i].copy.asof, v[i].copy.id};
    return kept;
}

sk_rc sk_screening_log_write(sk_ctx *cx, sk_screening_log *log, const sk_sight *sight,
                             const sk_sight *before)
{
    size_t n;
    if (!log->n)
        return SK_OK;
    (void)sk_sight_copies(sight, &n);
    sk_screened_copy *copies = sk_new_array(&cx->arena, sk_screened_copy, 2 * n);
    sk_screening_draft d = {
        .copies = copies,
        .queries = log->asked,
        .n_queries = log->n,
        .in_words = log->in_words,
        .engine = sk_fmt(&cx->arena, "%016llx", (unsigned long long)sk_name_tables_id()),
        .threshold = log->options->threshold,
        .prior = log->options->prior,
    };
    d.n_copies = take_copies(sight, copies);
    d.n_copies += take_copies(before, copies + d.n_copies);
    SK_TRY(sk_record_screening(cx, &d));
    SK_TRY(sk_record_commit(cx));
    sk_screening_log_done(log);
    return SK_OK;
}

void sk_screening_log_done(sk_screening_log *log)
{
    log->asked = NULL;
    log->n = log->cap = 0;
    sk_arena_done(&log->arena);
}
