/* What somebody screens in the browser, kept while they look at it: the rows that were asked and how,
 * never an answer.
 *
 * Each look at it asks again through the view of the moment, so that what is restricted meanwhile is
 * gone from it; only how many alerts each row had is kept, for as long as the archive stays as it was.
 * A screening belongs to the session that made it, lives in memory, and ends an hour after it was
 * last looked at, or when others need its room.
 *
 * Threads: as the server. Tested by tests/web/screen.py. */
#ifndef SK_WEB_SCREEN_JOBS_H
#define SK_WEB_SCREEN_JOBS_H

#include "screen/batch.h"
#include "screen/screening_log.h"

typedef struct sk_request sk_request;

/* How a row came out, when it was last counted. */
typedef struct sk_screen_outcome {
    uint32_t alerts, changes;
    bool is_blank, is_error, is_warned;
} sk_screen_outcome;

typedef struct sk_screen_job {
    char id[17], handle[17]; /* its own; of the session it belongs to */
    sk_arena arena;
    sk_str name; /* of the file; empty: it was pasted                          */
    sk_str note; /* what the reader of the file remarks                        */
    sk_asked_row *rows;
    size_t n_rows;
    sk_str *lists; /* empty: all                                               */
    size_t n_lists;
    sk_str as_of;    /* EDTF or words; empty: now                              */
    sk_str old, new; /* two copies, ids of imports, or two days; old empty: no comparison */
    sk_screen_options options;
    uint64_t entries; /* in the archive when it was counted; 0: not yet         */
    sk_screen_outcome *outcomes;
    sk_batch_sums sums;
    sk_str against; /* "un-sc as of 2026-04-01 (1,002 entries)" */
    int64_t used_ms;
} sk_screen_job;

typedef struct sk_screen_jobs {
    sk_screen_job *v[SK_LIM_SCREEN_JOBS];
    size_t n;
} sk_screen_jobs;

/* A new one, not kept yet: give it to keep, or to free. */
sk_screen_job *sk_screen_job_new(const char *handle);
void sk_screen_job_free(sk_screen_job *job); /* NULL is fine */

/* Keep it; the one that was not looked at for the longest makes room. */
void sk_screen_jobs_keep(sk_screen_jobs *all, sk_screen_job *job, int64_t now_ms);

/* The session's own by its id; NULL. */
sk_screen_job *sk_screen_jobs_find(sk_screen_jobs *all, const char *handle, sk_str id,
                                   int64_t now_ms);
void sk_screen_jobs_done(sk_screen_jobs *all);

/* Copy a row into the job. Errors: SK_E_LIMIT above SK_LIM_SCREEN_JOB_ROWS. */
SK_MUST_USE sk_rc sk_screen_job_add(sk_ctx *cx, sk_screen_job *job, const sk_asked_row *row);

/* ---- asking ---- */

typedef struct sk_screen_run {
    sk_screen_index *ix;
    sk_sight *sight, *before; /* before: NULL unless two copies are compared */
    sk_batch batch;
} sk_screen_run;

/* The index and what the request's view shows of it, the job's copies chosen. End it also on failure.
 * Errors: SK_E_NOTFOUND no such list or copy; SK_E_FORMAT no date; those of the index. */
SK_MUST_USE sk_rc sk_screen_run_begin(sk_request *rq, const sk_screen_job *job, sk_screen_run *run);
void sk_screen_run_end(sk_screen_run *run);

/* Ask for row i. ret_changes: of a comparison, else none. In the request's arena. */
SK_MUST_USE sk_rc sk_screen_run_row(sk_request *rq, sk_screen_run *run, const sk_screen_job *job,
                                    size_t i, sk_screened *ret_screened,
                                    const sk_change **ret_changes, size_t *ret_n);

/* Ask for all rows and note how each came out; nothing when the archive is as it was. log may be
 * NULL; else what was asked is added to it. */
SK_MUST_USE sk_rc sk_screen_run_count(sk_request *rq, sk_screen_run *run, sk_screen_job *job,
                                      sk_screening_log *log);

#endif
