/* A table screened from the command line: what is told of each row, and where. */
#include "cli/screen.h"

#include "exchange/asked_table.h"

/* ---- one row ---- */

static void tell(sk_screen_run *run, const sk_screened *s)
{
    sk_app *app = run->app;
    if (run->has_out)
        sk_screened_put_json(&app->cx, run->batch.now, s, &run->out.buf);
    else if (app->json)
        sk_screened_put_json(&app->cx, run->batch.now, s, &app->text);
    else
        sk_screen_tables_add(app, &run->tables, run->batch.now, s, "");
}

/* What was asked is logged before its answer is written: whatever stands in FILE.part is in the log. */
static sk_rc put_out(sk_screen_run *run, bool all)
{
    if (!run->has_out ||
        (!all && sk_buf_str(&run->out.buf).n < SK_KIB(64) && run->log.n < SK_LIM_SCREEN_LOGGED))
        return SK_OK;
    sk_rc rc = SK_OK;
    if (run->is_logged)
        rc = sk_screening_log_write(&run->app->cx, &run->log, run->sight, run->before);
    if (rc)
        sk_buf_reset(&run->out.buf);
    return rc ? rc : sk_screen_out_flush(&run->out);
}

/* With --diff: one line a change; rows that cannot be screened are told in the tables. */
static sk_rc take_changes(sk_screen_run *run, const sk_asked_row *row)
{
    sk_app *app = run->app;
    const sk_change *list;
    sk_screened s;
    size_t n;
    SK_TRY(sk_batch_compare(&app->cx, &run->batch, row, &s, &list, &n));
    if (!s.query && !row->is_blank)
        tell(run, &s);
    for (size_t i = 0; i < n; i++) {
        if (app->json)
            sk_change_put_json(&app->cx, &list[i], &app->text);
        else
            sk_screen_tables_add(app, &run->tables, list[i].screener, &list[i].one,
                                 sk_change_kind_name(list[i].kind));
    }
    if (s.query && run->is_logged)
        sk_screening_log_add(&run->log, row->row, s.query->canonical, s.n_alerts);
    return SK_OK;
}

static sk_rc take_row(sk_screen_run *run, const sk_asked_row *row)
{
    sk_ctx *cx = &run->app->cx;
    sk_screened s;
    bool done = false;
    uint64_t alerts = 0;
    SK_TRY(sk_batch_read(cx, &run->batch, row, &s));
    if (run->has_out)
        SK_TRY(sk_screen_out_next_done(&run->out, row->row, &done, &alerts));
    if (done) {
        run->batch.sums.with_alerts += alerts > 0;
        run->batch.sums.alerts += alerts;
        return SK_OK;
    }
    if (s.query)
        SK_TRY(sk_batch_ask(cx, &run->batch, &s));
    tell(run, &s);
    if (s.query && run->is_logged)
        sk_screening_log_add(&run->log, row->row, s.query->canonical, s.n_alerts);
    return put_out(run, false);
}

/* ---- all rows ---- */

static sk_rc take_rows(sk_screen_run *run, sk_asked_table *table)
{
    sk_ctx *cx = &run->app->cx;
    for (;;) {
        sk_asked_row row;
        sk_arena_mark mark = sk_arena_here(&cx->arena);
        SK_TRY(sk_asked_table_next(cx, table, &row));
        if (!row.row)
            return SK_OK;
        if (cx->cancelled && cx->cancelled(cx->cancelled_arg))
            return sk_fail(cx, SK_E_CANCELLED, "stopped at row %llu", (unsigned long long)row.row);
        SK_TRY(run->before ? take_changes(run, &row) : take_row(run, &row));
        sk_progress_add(cx->progress, 1);
        sk_arena_back_to(&cx->arena, mark);
    }
}

/* What a later run must have in common to go on with the file: the table, the lists as they are, who
 * asks for what, the options. */
static sk_hash digest_of(sk_screen_run *run, const sk_asked_table *table)
{
    sk_ctx *cx = &run->app->cx;
    const sk_args *args = &run->app->args;
    sk_str all = sk_fmt(
        &cx->arena, "%.*s\n%.*s\n%.*s\n%.*s\n%d %d %d\n%llx\n%.17g %.17g %.17g %zu\n%.*s\n%.*s\n",
        SK_P(sk_hash_hex(&cx->arena, sk_asked_table_hash(table))),
        SK_P(sk_hex(&cx->arena, sk_screen_index_stamp(sk_sight_index(run->sight)), 32)),
        SK_P(cx->user), SK_P(cx->purpose), sk_flag(args, "no-heading"), run->is_logged,
        sk_flag(args, "log-query"), (unsigned long long)sk_name_tables_id(), run->options.threshold,
        run->options.cutoff, run->options.prior, run->options.limit, SK_P(run->options.type),
        SK_P(sk_screen_against(cx, run->sight, sk_screener_count(run->batch.now))));
    size_t n;
    const sk_sight_copy *copies = sk_sight_copies(run->sight, &n);
    for (size_t i = 0; i < n; i++)
        if (copies[i].chosen)
            all = sk_fmt(&cx->arena, "%.*s%.*s\n", SK_P(all), SK_P(copies[i].copy.id));
    const sk_str *columns = sk_arg_all(cx, args, "column", &n);
    for (size_t i = 0; i < n; i++)
        all = sk_fmt(&cx->arena, "%.*s%.*s\n", SK_P(all), SK_P(columns[i]));
    return sk_sha256(all);
}

static sk_rc open_out(sk_screen_run *run, const sk_asked_table *table)
{
    sk_str name = sk_arg(&run->app->args, "out");
    sk_screen_tables_init(&run->tables, true);
    if (!name.p)
        return SK_OK;
    sk_hash digest = digest_of(run, table);
    SK_TRY(sk_screen_out_open(run->app, name, &digest, &run->out));
    run->has_out = true;
    return SK_OK;
}

sk_rc sk_screen_batch(sk_screen_run *run)
{
    sk_app *app = run->app;
    sk_ctx *cx = &app->cx;
    sk_asked_table *table;
    sk_asked_options options = {.no_heading = sk_flag(&app->args, "no-heading")};
    options.columns = sk_arg_all(cx, &app->args, "column", &options.n_columns);
    SK_TRY(sk_asked_table_open(cx, sk_arg(&app->args, "in"), &options, &table));
    sk_rc rc = open_out(run, table);
    sk_progress_begin(cx->progress, "screening rows", 0, SK_PROGRESS_ITEMS);
    if (!rc)
        rc = take_rows(run, table);
    if (!rc)
        rc = put_out(run, true);
    sk_progress_end(cx->progress);
    sk_str note = rc ? SK_S("") : sk_asked_table_note(cx, table);
    if (note.n)
        sk_app_remark(app, "%.*s", SK_P(note));
    sk_asked_table_close(table);
    return rc;
}

static void print_sums(sk_screen_run *run)
{
    sk_app *app = run->app;
    sk_str against = sk_screen_against(&app->cx, run->sight, sk_screener_count(run->batch.now));
    const sk_batch_sums *n = &run->batch.sums;
    uint64_t screened = n->rows - n->blank - n->errors;
    if (run->before)
        sk_app_printf(app,
                      "%llu rows: %llu alerts appeared, %llu vanished, %llu changed; %llu blank, "
                      "%llu could not be screened; now against %.*s\n",
                      (unsigned long long)n->rows, (unsigned long long)n->appeared,
                      (unsigned long long)n->vanished, (unsigned long long)n->changed,
                      (unsigned long long)n->blank, (unsigned long long)n->errors, SK_P(against));
    else
        sk_app_printf(app,
                      "%llu rows: %llu with alerts, %llu without, %llu blank, %llu could not be "
                      "screened; against %.*s\n",
                      (unsigned long long)n->rows, (unsigned long long)n->with_alerts,
                      (unsigned long long)(screened - n->with_alerts), (unsigned long long)n->blank,
                      (unsigned long long)n->errors, SK_P(against));
}

sk_rc sk_screen_batch_print(sk_screen_run *run)
{
    sk_app *app = run->app;
    if (run->has_out)
        SK_TRY(sk_screen_out_finish(&run->out));
    if (run->has_out && run->out.resumed)
        sk_app_remark(app, "%llu rows were done by an earlier run",
                      (unsigned long long)run->out.resumed);
    if (run->batch.sums.errors)
        sk_app_remark(app, "%llu rows could not be screened; each is told with its reason",
                      (unsigned long long)run->batch.sums.errors);
    if (run->batch.sums.warned)
        sk_app_remark(app, "%llu rows have values that say nothing here; \"warnings\" of %s",
                      (unsigned long long)run->batch.sums.warned,
                      run->has_out || app->json ? "the row tells which" : "--json tells which");
    if (!run->has_out && !app->json)
        sk_screen_tables_print(app, &run->tables);
    if (!app->json && !app->only_tables)
        print_sums(run);
    return SK_OK;
}
