#include "web/screen_jobs.h"

#include "base/clock.h"
#include "base/edtf.h"
#include "base/rng.h"
#include "screen/archive.h"
#include "web/request.h"

#include <sodium.h>

enum { LIFE_MS = 3600 * 1000 };

/* ---- the table ---- */

sk_screen_job *sk_screen_job_new(const char *handle)
{
    unsigned char id[8];
    sk_screen_job *job = sk_xmalloc(sizeof *job);
    *job = (sk_screen_job){.options = SK_SCREEN_OPTIONS};
    sk_rng_bytes(id, sizeof id);
    sodium_bin2hex(job->id, sizeof job->id, id, sizeof id);
    snprintf(job->handle, sizeof job->handle, "%s", handle);
    return job;
}

void sk_screen_job_free(sk_screen_job *job)
{
    if (!job)
        return;
    sk_arena_done(&job->arena);
    free(job);
}

static void drop(sk_screen_jobs *all, size_t i)
{
    sk_screen_job_free(all->v[i]);
    all->v[i] = all->v[--all->n];
}

static void drop_old(sk_screen_jobs *all, int64_t now_ms)
{
    for (size_t i = all->n; i-- > 0;)
        if (now_ms - all->v[i]->used_ms > LIFE_MS)
            drop(all, i);
}

void sk_screen_jobs_keep(sk_screen_jobs *all, sk_screen_job *job, int64_t now_ms)
{
    size_t oldest = 0;
    drop_old(all, now_ms);
    for (size_t i = 1; i < all->n; i++)
        if (all->v[i]->used_ms < all->v[oldest]->used_ms)
            oldest = i;
    if (all->n == SK_LIM_SCREEN_JOBS)
        drop(all, oldest);
    job->used_ms = now_ms;
    all->v[all->n++] = job;
}

sk_screen_job *sk_screen_jobs_find(sk_screen_jobs *all, const char *handle, sk_str id,
                                   int64_t now_ms)
{
    drop_old(all, now_ms);
    for (size_t i = 0; i < all->n; i++)
        if (sk_str_is(id, all->v[i]->id) && strcmp(handle, all->v[i]->handle) == 0) {
            all->v[i]->used_ms = now_ms;
            return all->v[i];
        }
    return NULL;
}

void sk_screen_jobs_done(sk_screen_jobs *all)
{
    while (all->n)
        drop(all, 0);
}

/* ---- rows ---- */

static const sk_str *copy_list(sk_arena *a, const sk_str *v, size_t n)
{
    sk_str *to = sk_new_array(a, sk_str, n);
    for (size_t i = 0; i < n; i++)
        to[i] = sk_str_copy(a, v[i]);
    return to;
}

sk_rc sk_screen_job_add(sk_ctx *cx, sk_screen_job *job, const sk_asked_row *row)
{
    sk_arena *a = &job->arena;
    const sk_asked *w = &row->words;
    if (job->n_rows == SK_LIM_SCREEN_JOB_ROWS)
        return sk_fail(cx, SK_E_LIMIT,
                       "more than %d rows; screen them with: sillok screen --in FILE --out RESULT",
                       SK_LIM_SCREEN_JOB_ROWS);
    if (!job->rows)
        job->rows = sk_new_array(a, sk_asked_row, SK_LIM_SCREEN_JOB_ROWS);
    job->rows[job->n_rows++] = (sk_asked_row){
        .row = row->row,
        .is_blank = row->is_blank,
        .error = sk_str_copy(a, row->error),
        .id = sk_str_copy(a, row->id),
        .words = {.names = copy_list(a, w->names, w->n_names),
                  .n_names = w->n_names,
                  .births = copy_list(a, w->births, w->n_births),
                  .n_births = w->n_births,
                  .countries = copy_list(a, w->countries, w->n_countries),
                  .n_countries = w->n_countries,
                  .ids = copy_list(a, w->ids, w->n_ids),
                  .n_ids = w->n_ids,
                  .gender = sk_str_copy(a, w->gender),
                  .type = sk_str_copy(a, w->type)},
        .warnings = copy_list(a, row->warnings, row->n_warnings),
        .n_warnings = row->n_warnings,
    };
    return SK_OK;
}

/* ---- which copies ---- */

/* A copy by the id of its import, else the job's lists as of a day. */
static sk_rc choose_side(sk_ctx *cx, const sk_screen_job *job, sk_sight *sight, sk_str which)
{
    size_t n;
    sk_edtf when;
    const sk_sight_copy *copies = sk_sight_copies(sight, &n);
    for (size_t i = 0; i < n; i++)
        if (copies[i].copy.id.n && sk_str_eq(copies[i].copy.id, which)) {
            sk_sight_choose_one(sight, i);
            return SK_OK;
        }
    if (sk_edtf_from_words(cx, which, &when)) {
        sk_forgive(cx);
        return sk_fail(cx, SK_E_NOTFOUND, "\"%.*s\" is neither a copy of a list nor a date",
                       SK_P(which));
    }
    return sk_sight_choose(cx, sight, job->lists, job->n_lists, when.text);
}

static bool is_named(const sk_screen_job *job, sk_str list)
{
    for (size_t i = 0; i < job->n_lists; i++)
        if (sk_str_eq(job->lists[i], list))
            return true;
    return false;
}

/* Every list by its name is all of them: one that has no copy so old is passed over then. A name of
 * none makes it something else, which choosing tells. */
static bool is_all(const sk_screen_job *job, const sk_sight *sight)
{
    size_t n, lists = 0;
    const sk_sight_copy *v = sk_sight_copies(sight, &n);
    for (size_t i = 0; i < n; i++) {
        if (!is_named(job, sk_sight_list_of(&v[i])))
            return false;
        lists += !i || !sk_str_eq(v[i].copy.list, v[i - 1].copy.list);
    }
    return job->n_lists == lists;
}

static sk_rc choose(sk_ctx *cx, const sk_screen_job *job, sk_screen_run *run)
{
    sk_edtf when = {.text = SK_S("")};
    if (job->old.n) {
        SK_TRY(choose_side(cx, job, run->before, job->old));
        return choose_side(cx, job, run->sight, job->new);
    }
    if (job->as_of.n && sk_edtf_from_words(cx, job->as_of, &when))
        return sk_while(cx, "as of");
    return sk_sight_choose(cx, run->sight, job->lists, is_all(job, run->sight) ? 0 : job->n_lists,
                           when.text);
}

/* ---- asking ---- */

sk_rc sk_screen_run_begin(sk_request *rq, const sk_screen_job *job, sk_screen_run *run)
{
    sk_ctx *cx = &rq->cx;
    *run = (sk_screen_run){.batch = {.limit = job->old.n ? 0 : job->options.limit}};
    SK_TRY(sk_screen_archive_open(cx, NULL, &run->ix));
    SK_TRY(sk_sight_of_view(cx, run->ix, rq->view, &run->sight));
    if (job->old.n)
        SK_TRY(sk_sight_of_view(cx, run->ix, rq->view, &run->before));
    SK_TRY(choose(cx, job, run));
    run->batch.now = sk_screener_new(run->sight, &job->options);
    if (run->before)
        run->batch.before = sk_screener_new(run->before, &job->options);
    return SK_OK;
}

void sk_screen_run_end(sk_screen_run *run)
{
    sk_screener_free(run->batch.now);
    sk_screener_free(run->batch.before);
    sk_screen_index_close(run->ix);
    *run = (sk_screen_run){.ix = NULL};
}

sk_rc sk_screen_run_row(sk_request *rq, sk_screen_run *run, const sk_screen_job *job, size_t i,
                        sk_screened *ret_screened, const sk_change **ret_changes, size_t *ret_n)
{
    if (run->before)
        return sk_batch_compare(&rq->cx, &run->batch, &job->rows[i], ret_screened, ret_changes,
                                ret_n);
    *ret_changes = NULL;
    *ret_n = 0;
    return sk_batch_take(&rq->cx, &run->batch, &job->rows[i], ret_screened);
}

sk_rc sk_screen_run_count(sk_request *rq, sk_screen_run *run, sk_screen_job *job,
                          sk_screening_log *log)
{
    sk_arena *a = &rq->cx.arena;
    uint64_t entries = sk_archive_count(rq->web->archive) + 1;
    if (job->entries == entries)
        return SK_OK;
    if (!job->outcomes)
        job->outcomes = sk_new_array(&job->arena, sk_screen_outcome, job->n_rows);
    for (size_t i = 0; i < job->n_rows; i++) {
        const sk_change *changes;
        size_t n;
        sk_screened s;
        sk_arena_mark mark = sk_arena_here(a);
        SK_TRY(sk_screen_run_row(rq, run, job, i, &s, &changes, &n));
        job->outcomes[i] =
            (sk_screen_outcome){.alerts = (uint32_t)s.n_alerts,
                                .changes = (uint32_t)n,
                                .is_blank = job->rows[i].is_blank,
                                .is_error = !s.query && !job->rows[i].is_blank,
                                .is_warned = s.n_warnings || (s.query && s.query->n_warnings)};
        if (log && s.query)
            sk_screening_log_add(log, s.row, s.query->canonical, s.n_alerts);
        sk_arena_back_to(a, mark);
    }
    job->sums = run->batch.sums;
    job->against = sk_str_copy(
        &job->arena, sk_screen_against(&rq->cx, run->sight, sk_screener_count(run->batch.now)));
    job->entries = entries;
    return SK_OK;
}
