/* A table screened row by row: every row of it is accounted for, whatever it holds. */
#include "cli/screen.h"

#include <math.h>

void sk_screen_remember(sk_screen_run *run, uint64_t row, sk_str canonical, uint64_t alerts)
{
    SK_GROW(&run->asked_arena, run->asked, run->n_asked, run->cap_asked);
    run->asked[run->n_asked++] = (sk_screened_query){
        .row = row, .words = sk_str_copy(&run->asked_arena, canonical), .alerts = alerts};
}

static size_t count_alerts(const sk_screen_hit *hits, size_t n)
{
    size_t alerts = 0;
    for (size_t i = 0; i < n; i++)
        alerts += hits[i].alert;
    return alerts;
}

/* ---- what changed between two copies ---- */

static const sk_screen_hit *find_alert(const sk_screened *s, const sk_screen_hit *h)
{
    for (size_t i = 0; i < s->n_hits; i++)
        if (s->hits[i].alert && sk_str_eq(s->hits[i].key, h->key) &&
            sk_str_eq(s->hits[i].list->copy.list, h->list->copy.list))
            return &s->hits[i];
    return NULL;
}

static bool differs(const sk_screen_hit *a, const sk_screen_hit *b)
{
    return fabs(a->score - b->score) >= 0.005 || !sk_str_eq(a->name, b->name);
}

typedef struct change {
    const char *what;
    const sk_screener *screener; /* of the side that the hit is of */
    sk_screened one;             /* the row with that hit alone    */
} change;

static void add_change(change *list, size_t *n, const char *what, const sk_screener *sc,
                       const sk_screened *s, const sk_screen_hit *h)
{
    list[*n] = (change){what, sc, *s};
    list[*n].one.hits = h;
    list[*n].one.n_hits = list[*n].one.n_alerts = 1;
    ++*n;
}

static size_t compare(sk_screen_run *run, const sk_screened *before, const sk_screened *after,
                      change **ret_list)
{
    change *list = sk_new_array(&run->app->cx.arena, change, before->n_hits + after->n_hits);
    size_t n = 0;
    for (size_t i = 0; i < after->n_hits; i++) {
        const sk_screen_hit *h = &after->hits[i], *old = find_alert(before, h);
        if (!h->alert || (old && !differs(old, h)))
            continue;
        add_change(list, &n, old ? "changed" : "appeared", run->screener, after, h);
        *(old ? &run->changed : &run->appeared) += 1;
    }
    for (size_t i = 0; i < before->n_hits; i++) {
        const sk_screen_hit *h = &before->hits[i];
        if (!h->alert || find_alert(after, h))
            continue;
        add_change(list, &n, "vanished", run->screener_before, before, h);
        run->vanished++;
    }
    *ret_list = list;
    return n;
}

/* One line a change: the row's object with the one result it is about, and what happened to it. */
static void put_changes(sk_screen_run *run, sk_buf *out, const change *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        sk_buf line;
        sk_buf_init(&line, SK_LIM_OUTPUT_BYTES);
        sk_screen_put_json(run->app, &line, list[i].screener, &list[i].one);
        sk_buf_addf(out, "{\"change\":\"%s\",", list[i].what);
        sk_buf_add(out, sk_str_sub(sk_buf_str(&line), 1, line.n));
        sk_buf_done(&line);
    }
}

/* ---- one row ---- */

sk_rc sk_screen_ask(sk_screen_run *run, sk_screener *sc, const sk_screen_query *q, sk_screened *s)
{
    SK_TRY(sk_screener_run_all(&run->app->cx, sc, q, &s->hits, &s->n_hits));
    s->n_alerts = count_alerts(s->hits, s->n_hits);
    if (!run->before && s->n_hits > run->options.limit)
        s->n_hits = run->options.limit;
    return SK_OK;
}

static void tell(sk_screen_run *run, const sk_screened *s)
{
    sk_app *app = run->app;
    if (run->has_out)
        sk_screen_put_json(app, &run->out.buf, run->screener, s);
    else if (app->json)
        sk_screen_put_json(app, &app->text, run->screener, s);
    else
        sk_screen_tables_add(app, &run->tables, run->screener, s, "");
}

static void tell_changes(sk_screen_run *run, const sk_screened *before, const sk_screened *after)
{
    change *list;
    size_t n = compare(run, before, after, &list);
    run->with_alerts += n > 0;
    if (run->has_out || run->app->json) {
        put_changes(run, run->has_out ? &run->out.buf : &run->app->text, list, n);
        return;
    }
    for (size_t i = 0; i < n; i++)
        sk_screen_tables_add(run->app, &run->tables, list[i].screener, &list[i].one, list[i].what);
}

/* Words of the row made ready; an error that is the row's own is told and does not stop the others. */
static sk_rc read_query(sk_screen_run *run, const sk_screen_row *row, sk_screened *s,
                        sk_screen_query *q)
{
    sk_ctx *cx = &run->app->cx;
    *s = (sk_screened){.row = row->row,
                       .id = row->id,
                       .words = &row->words,
                       .error = row->error,
                       .warnings = row->warnings,
                       .n_warnings = row->n_warnings};
    if (row->is_blank) {
        run->blank++;
        s->error = SK_S("the row is blank");
        return SK_OK;
    }
    if (row->error.n) {
        run->errors++;
        return SK_OK;
    }
    sk_rc rc = sk_screen_query_read(cx, &row->words, true, q);
    if (!rc) {
        s->query = q;
        run->warned += row->n_warnings || q->n_warnings;
        return SK_OK;
    }
    if (rc != SK_E_FORMAT && rc != SK_E_LIMIT)
        return rc;
    s->error = sk_fmt(&cx->arena, "%s", cx->message);
    sk_forgive(cx);
    run->errors++;
    return SK_OK;
}

/* What was asked is logged before its answer is written: whatever stands in FILE.part is in the log. */
static sk_rc put_out(sk_screen_run *run, bool all)
{
    if (!run->has_out ||
        (!all && sk_buf_str(&run->out.buf).n < SK_KIB(64) && run->n_asked < SK_LIM_SCREEN_LOGGED))
        return SK_OK;
    sk_rc rc = sk_screen_log(run);
    if (rc)
        sk_buf_reset(&run->out.buf);
    return rc ? rc : sk_screen_out_flush(&run->out);
}

static sk_rc take_row(sk_screen_run *run, const sk_screen_row *row)
{
    sk_screened s, before;
    sk_screen_query q;
    bool done = false;
    uint64_t alerts = 0;
    SK_TRY(read_query(run, row, &s, &q));
    if (run->has_out)
        SK_TRY(sk_screen_out_next_done(&run->out, row->row, &done, &alerts));
    if (s.query && !done) {
        SK_TRY(sk_screen_ask(run, run->screener, &q, &s));
        alerts = s.n_alerts;
    }
    if (s.query && run->before) {
        before = s;
        SK_TRY(sk_screen_ask(run, run->screener_before, &q, &before));
        tell_changes(run, &before, &s);
    } else if (!done && !(row->is_blank && run->before)) {
        tell(run, &s);
    }
    if (!run->before)
        run->with_alerts += alerts > 0;
    if (s.query && !done)
        sk_screen_remember(run, row->row, q.canonical, alerts);
    return put_out(run, false);
}

/* ---- all rows ---- */

static sk_rc take_rows(sk_screen_run *run, sk_screen_table *table)
{
    sk_ctx *cx = &run->app->cx;
    for (;;) {
        sk_screen_row row;
        sk_arena_mark mark = sk_arena_here(&cx->arena);
        SK_TRY(sk_screen_table_next(cx, table, &row));
        if (!row.row)
            return SK_OK;
        if (cx->cancelled && cx->cancelled(cx->cancelled_arg))
            return sk_fail(cx, SK_E_CANCELLED, "stopped at row %llu", (unsigned long long)row.row);
        run->rows++;
        SK_TRY(take_row(run, &row));
        sk_progress_add(cx->progress, 1);
        sk_arena_back_to(&cx->arena, mark);
    }
}

/* What a later run must have in common to go on with the file: the table, the lists as they are, who
 * asks for what, the options. */
static sk_hash digest_of(sk_screen_run *run, const sk_screen_table *table)
{
    sk_ctx *cx = &run->app->cx;
    const sk_args *args = &run->app->args;
    sk_str all = sk_fmt(
        &cx->arena, "%.*s\n%.*s\n%.*s\n%.*s\n%d %d %d\n%llx\n%.17g %.17g %.17g %zu\n%.*s\n%.*s\n",
        SK_P(sk_hash_hex(&cx->arena, sk_screen_table_hash(table))),
        SK_P(sk_hex(&cx->arena, sk_screen_index_stamp(sk_sight_index(run->sight)), 32)),
        SK_P(cx->user), SK_P(cx->purpose), sk_flag(args, "no-heading"), run->is_logged,
        sk_flag(args, "log-query"), (unsigned long long)sk_name_tables_id(), run->options.threshold,
        run->options.cutoff, run->options.prior, run->options.limit, SK_P(run->options.type),
        SK_P(sk_screen_against(cx, run->sight, sk_screener_count(run->screener))));
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

static sk_rc open_out(sk_screen_run *run, const sk_screen_table *table)
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
    sk_screen_table *table;
    size_t n;
    const sk_str *columns = sk_arg_all(cx, &app->args, "column", &n);
    SK_TRY(sk_screen_table_open(app, sk_arg(&app->args, "in"), columns, n,
                                !sk_flag(&app->args, "no-heading"), &table));
    sk_rc rc = open_out(run, table);
    sk_progress_begin(cx->progress, "screening rows", 0, SK_PROGRESS_ITEMS);
    if (!rc)
        rc = take_rows(run, table);
    if (!rc)
        rc = put_out(run, true);
    sk_progress_end(cx->progress);
    if (!rc && sk_screen_table_note(table).n)
        sk_app_remark(app, "%.*s", SK_P(sk_screen_table_note(table)));
    sk_screen_table_close(table);
    return rc;
}

static void print_sums(sk_screen_run *run)
{
    sk_app *app = run->app;
    sk_str against = sk_screen_against(&app->cx, run->sight, sk_screener_count(run->screener));
    uint64_t screened = run->rows - run->blank - run->errors;
    if (run->before)
        sk_app_printf(app,
                      "%llu rows: %llu alerts appeared, %llu vanished, %llu changed; %llu blank, "
                      "%llu could not be screened; now against %.*s\n",
                      (unsigned long long)run->rows, (unsigned long long)run->appeared,
                      (unsigned long long)run->vanished, (unsigned long long)run->changed,
                      (unsigned long long)run->blank, (unsigned long long)run->errors,
                      SK_P(against));
    else
        sk_app_printf(app,
                      "%llu rows: %llu with alerts, %llu without, %llu blank, %llu could not be "
                      "screened; against %.*s\n",
                      (unsigned long long)run->rows, (unsigned long long)run->with_alerts,
                      (unsigned long long)(screened - run->with_alerts),
                      (unsigned long long)run->blank, (unsigned long long)run->errors,
                      SK_P(against));
}

sk_rc sk_screen_batch_print(sk_screen_run *run)
{
    sk_app *app = run->app;
    if (run->has_out)
        SK_TRY(sk_screen_out_finish(&run->out));
    if (run->has_out && run->out.resumed)
        sk_app_remark(app, "%llu rows were done by an earlier run",
                      (unsigned long long)run->out.resumed);
    if (run->errors)
        sk_app_remark(app, "%llu rows could not be screened; each is told with its reason",
                      (unsigned long long)run->errors);
    if (run->warned)
        sk_app_remark(app, "%llu rows have values that say nothing here; \"warnings\" of %s",
                      (unsigned long long)run->warned,
                      run->has_out || app->json ? "the row tells which" : "--json tells which");
    if (!run->has_out && !app->json)
        sk_screen_tables_print(app, &run->tables);
    if (!app->json && !app->only_tables)
        print_sums(run);
    return SK_OK;
}
