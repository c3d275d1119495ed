/* COMMAND: screen
 * Ask whether a person, body or ship may stand in the lists, however the name is spelled.
 *
 * USAGE: sillok screen [OPTIONS] NAME
 *        sillok screen [OPTIONS] --in FILE
 *        sillok screen [OPTIONS] --diff OLD NEW --in FILE
 *
 * NAME is compared with everything that was imported, the newest copy of each list, and with the
 * people of the archive itself; or with the lists that --against names ("archive" for the latter),
 * as they stood at --as-of. With --list FILE no archive is needed. What restricts a record restricts
 * this too: of what you may not see nothing is found, counted or hinted at.
 *
 * A hit has a score, 0 to 1, and the reason: which name met which, what the birth date, country or
 * number says for or against. From --threshold on it is an alert. Beside it stand the odds that it is
 * the one asked for, if one in a hundred of those asked for is listed (--prior) and each entry is as
 * likely. A hit is a question to a person, never a verdict; a name alone proves nobody guilty.
 *
 * With --in a table is screened: CSV, XLSX, ODS or JSON lines. Columns are found by their headings
 * in six languages, or told with --column. Every row is accounted for; a row that cannot be screened
 * says why. --out FILE writes JSON lines as it goes; broken off, the same command goes on where it
 * stopped. --diff tells what changed for the rows between two copies of a list (ids or file names of
 * imports, as in `sillok diff`) or two dates.
 *
 * JSON: one object a row, in order: {"row", "query", "alerts", "results": [{"list", "id", "name",
 * "score", "odds", "alert", "explanation"}]}; results below the threshold are there too, down to
 * --cutoff. "alerts" counts all, also those that --limit leaves out of the results. "warnings" names
 * what of the row says nothing: a date nobody understands, a cell right of the headings.
 *
 * That it was asked is logged, also when the run ends with an error: salted hashes of the queries, the
 * lists and copies, the number of alerts. --log-query logs the words too; --no-log logs nothing.
 *
 * OPTIONS
 *   --in FILE            screen the rows of a table
 *   --out FILE           with --in: write JSON lines there; goes on when it was broken off
 *   --column WHAT        with --in: WHAT=HEADING; WHAT is name, alias, first, middle, last, born,
 *                        country, gender, id, type, row; HEADING may be a number or letter; of JSON
 *                        lines it is the name of a member
 *   --no-heading         with --in: the first row of a table is data
 *   --against LIST       this list only; may be given several times
 *   --as-of DATE         the newest copies that are not later
 *   --list FILE          a list file, without the archive; its parts with commas between them; may be
 *                        given several times
 *   --diff OLD           with --in: what changed between the copy OLD and the copy NEW
 *   --born DATE          date of birth, in words or EDTF
 *   --country NAME       nationality or country; may be given several times
 *   --gender WORD        male, female or other
 *   --id NUMBER          a number: passport, IMO, company register; may be given several times
 *   --alias NAME         another name of the same; may be given several times
 *   --type TYPE          Person, Organization, Vessel: only such entries
 *   --threshold SCORE    from here on a hit is an alert (0.70)
 *   --cutoff SCORE       below it nothing is told (0.30)
 *   --prior SHARE        of those asked for, how many are listed (0.01)
 *   --limit N            at most N results a query (5)
 *   --log-query          log the words that were asked
 *   --no-log             log nothing
 *
 * EXAMPLES
 *   sillok screen "Kim Jong-wook" --born 1963
 *   sillok screen 김정욱 --against un-sc --as-of 2020
 *   sillok screen --in customers.xlsx --out result.jsonl
 *   sillok screen --list consolidated.xml --list sdn.csv,alt.csv,add.csv "Ri Pyong Chol"
 *   sillok screen --diff 2018-09-01 2026-04-01 --against un-sc --in customers.csv
 */
#include "base/edtf.h"
#include "cli/screen.h"
#include "record/import.h"
#include "screen/archive.h"

#include <math.h>
#include <stdlib.h>

/* ---- options ---- */

static sk_rc share(sk_app *app, const char *name, double least, double most, double *ret_value)
{
    sk_str text = sk_arg(&app->args, name);
    if (!text.p)
        return SK_OK;
    char *end;
    double value = strtod(sk_str_c(&app->cx.arena, text), &end);
    if (!text.n || *end || !(value >= least && value <= most))
        return sk_fail(&app->cx, SK_E_FORMAT, "--%s \"%.*s\" is not a number from %g to %g", name,
                       SK_P(text), least, most);
    *ret_value = value;
    return SK_OK;
}

static sk_rc read_options(sk_app *app, sk_screen_options *o)
{
    sk_ctx *cx = &app->cx;
    uint64_t limit;
    *o = SK_SCREEN_OPTIONS;
    SK_TRY(share(app, "threshold", 0, 1, &o->threshold));
    SK_TRY(share(app, "cutoff", 0, 1, &o->cutoff));
    SK_TRY(share(app, "prior", 1e-9, 0.999, &o->prior));
    if (o->cutoff > o->threshold)
        o->cutoff = o->threshold;
    SK_TRY(sk_arg_number(cx, &app->args, "limit", SK_SCREEN_LIMIT, &limit));
    if (limit < 1 || limit > SK_LIM_SCREEN_RESULTS)
        return sk_fail(cx, SK_E_FORMAT, "--limit %llu is not 1 to %d", (unsigned long long)limit,
                       SK_LIM_SCREEN_RESULTS);
    o->limit = (size_t)limit;
    o->type = sk_str_trim(sk_arg(&app->args, "type"));
    if (o->type.n && !sk_model_find_type(sk_model_get(), o->type))
        return sk_fail(
            cx, SK_E_FORMAT,
            "--type \"%.*s\" is not known; write Person, Organization, Vessel or another "
            "type of the model",
            SK_P(o->type));
    return SK_OK;
}

/* An option that would say nothing is refused, not passed over. */
static sk_rc check_unused(sk_app *app)
{
    static const struct {
        const char *with, *unused, *why;
    } PAIRS[] = {
        {"in", "born", "the table says it of each row; see --column"},
        {"in", "alias", "the table says it of each row; see --column"},
        {"in", "country", "the table says it of each row; see --column"},
        {"in", "gender", "the table says it of each row; see --column"},
        {"in", "id", "the table says it of each row; see --column"},
        {"diff", "as-of", "OLD and NEW are the days"},
        {"list", "log-query", "without an archive nothing is logged"},
    };
    for (size_t i = 0; i < SK_COUNT(PAIRS); i++)
        if (sk_arg(&app->args, PAIRS[i].with).p &&
            (sk_arg(&app->args, PAIRS[i].unused).p || sk_flag(&app->args, PAIRS[i].unused)))
            return sk_fail(&app->cx, SK_E_FORMAT, "--%s and --%s do not go together: %s",
                           PAIRS[i].with, PAIRS[i].unused, PAIRS[i].why);
    return SK_OK;
}

static sk_rc check_options(sk_app *app)
{
    const sk_args *a = &app->args;
    bool has_in = sk_arg(a, "in").p != NULL, has_diff = sk_arg(a, "diff").p != NULL;
    if (sk_flag(a, "log-query") && sk_flag(a, "no-log"))
        return sk_fail(&app->cx, SK_E_FORMAT, "give one of --log-query and --no-log");
    if (has_diff && (!has_in || sk_arg(a, "list").p))
        return sk_fail(&app->cx, SK_E_FORMAT,
                       "--diff goes with --in FILE and two copies that are in the archive");
    if (has_diff && sk_arg(a, "out").p)
        return sk_fail(&app->cx, SK_E_FORMAT, "--diff and --out do not go together; use --json");
    if (!has_in && (sk_arg(a, "out").p || sk_arg(a, "column").p || sk_flag(a, "no-heading")))
        return sk_fail(&app->cx, SK_E_FORMAT, "--out, --column and --no-heading go with --in FILE");
    if (sk_arg(a, "list").p && (sk_arg(a, "as-of").p || sk_arg(a, "against").p))
        return sk_fail(&app->cx, SK_E_FORMAT,
                       "--list names the files themselves: --against and --as-of are for lists in "
                       "an archive");
    return sk_need_operands(&app->cx, a,
                            has_in && !has_diff ? 0
                            : has_diff          ? 1
                                                : 0,
                            has_in && !has_diff ? 0 : 1);
}

static sk_rc date_of(sk_ctx *cx, sk_str text, sk_str *ret_edtf)
{
    sk_edtf when;
    *ret_edtf = text;
    if (!text.n)
        return SK_OK;
    if (sk_edtf_from_words(cx, text, &when))
        return sk_while(cx, "--as-of");
    *ret_edtf = when.text;
    return SK_OK;
}

/* ---- which copies ---- */

/* "un-sc,ofac-sdn" names two. */
static const sk_str *lists_of(sk_app *app, size_t *ret_n)
{
    size_t n, kept = 0, cap = 0;
    const sk_str *given = sk_arg_all(&app->cx, &app->args, "against", &n);
    sk_str *all = NULL;
    for (size_t i = 0; i < n; i++) {
        sk_str rest = given[i], one;
        while (sk_str_cut(&rest, ',', &one)) {
            SK_GROW(&app->cx.arena, all, kept, cap);
            all[kept++] = one;
        }
    }
    *ret_n = kept;
    return all;
}

/* A copy by its import, or all lists as of a date. */
static sk_rc choose(sk_app *app, sk_sight *sight, sk_str which, bool *ret_import)
{
    sk_ctx *cx = &app->cx;
    sk_import_info import;
    size_t n, n_lists;
    const sk_str *lists = lists_of(app, &n_lists);
    const sk_sight_copy *copies = sk_sight_copies(sight, &n);
    *ret_import = sk_imports_find(cx, app->view, which, &import) == SK_OK;
    if (*ret_import) {
        sk_str id = sk_hash_hex(&cx->arena, &import.id);
        for (size_t i = 0; i < n; i++)
            if (sk_str_eq(copies[i].copy.id, id)) {
                sk_sight_choose_one(sight, i);
                return SK_OK;
            }
        return sk_fail(cx, SK_E_NOTFOUND, "import \"%.*s\" names nobody", SK_P(which));
    }
    sk_edtf when;
    sk_forgive(cx);
    if (sk_edtf_from_words(cx, which, &when)) {
        sk_forgive(cx);
        return sk_fail(cx, SK_E_NOTFOUND,
                       "\"%.*s\" is neither an import (see: sillok import --list) nor a date",
                       SK_P(which));
    }
    return sk_sight_choose(cx, sight, lists, n_lists, when.text);
}

/* ---- the log ---- */

static sk_rc log_run(sk_screen_run *run)
{
    return run->is_logged
               ? sk_screening_log_write(&run->app->cx, &run->log, run->sight, run->before)
               : SK_OK;
}

/* What was asked was asked, also when the run ended with an error. The first error is the one told. */
static sk_rc log_in_any_case(sk_screen_run *run, sk_rc rc)
{
    sk_ctx *cx = &run->app->cx;
    if (!rc)
        return log_run(run);
    sk_str message = sk_fmt(&cx->arena, "%s", cx->message);
    sk_forgive(cx);
    sk_rc logged = log_run(run);
    if (logged) {
        sk_app_remark(run->app, "what was asked could not be logged: %s", cx->message);
        sk_forgive(cx);
        if (run->has_out)
            sk_buf_reset(&run->out.buf); /* what is not in the log is not told */
    }
    return sk_fail(cx, rc, "%.*s", SK_P(message));
}

/* ---- one name ---- */

static sk_rc one_query(sk_app *app, sk_asked *w)
{
    sk_ctx *cx = &app->cx;
    const sk_args *args = &app->args;
    size_t n;
    const sk_str *aliases = sk_arg_all(cx, args, "alias", &n);
    sk_str *names = sk_new_array(&cx->arena, sk_str, n + 1);
    for (size_t i = 0; i < args->n_operands; i++)
        names[w->n_names++] = args->operands[i];
    for (size_t i = 0; i < n; i++)
        names[w->n_names++] = aliases[i];
    w->names = names;
    w->births = sk_arg_all(cx, args, "born", &w->n_births);
    w->countries = sk_arg_all(cx, args, "country", &w->n_countries);
    w->ids = sk_arg_all(cx, args, "id", &w->n_ids);
    w->gender = sk_arg(args, "gender");
    w->type = sk_arg(args, "type");
    return SK_OK;
}

static void print_one(sk_screen_run *run, const sk_screened *s)
{
    sk_app *app = run->app;
    sk_str against = sk_screen_against(&app->cx, run->sight, sk_screener_count(run->batch.now));
    if (app->json) {
        sk_screened_put_json(&app->cx, run->batch.now, s, &app->text);
        return;
    }
    sk_screen_tables_add(app, &run->tables, run->batch.now, s, "");
    sk_screen_tables_print(app, &run->tables);
    if (app->only_tables)
        return;
    if (s->n_alerts > s->n_hits)
        sk_app_printf(app, "%zu alerts, the first %zu are shown (see --limit); against ",
                      s->n_alerts, s->n_hits);
    else if (s->n_alerts)
        sk_app_printf(app, "%zu alert%s; against ", s->n_alerts, s->n_alerts == 1 ? "" : "s");
    else
        sk_app_printf(app, "no alert; against ");
    sk_app_clean(app, against);
    if (!s->n_alerts && s->n_hits) {
        sk_app_printf(app, "; nearest: ");
        sk_app_clean(app, s->hits[0].name);
        sk_app_printf(app, " (%.2f)", s->hits[0].score);
    }
    sk_app_printf(app, "\n");
}

static sk_rc screen_one(sk_screen_run *run, sk_screened *s)
{
    sk_ctx *cx = &run->app->cx;
    sk_asked *words = sk_new(&cx->arena, sk_asked);
    sk_screen_query *query = sk_new(&cx->arena, sk_screen_query);
    SK_TRY(one_query(run->app, words));
    SK_TRY(sk_screen_query_read(cx, words, false, query));
    *s = (sk_screened){.words = words, .query = query};
    sk_screen_tables_init(&run->tables, false);
    SK_TRY(sk_batch_ask(cx, &run->batch, s));
    if (run->is_logged)
        sk_screening_log_add(&run->log, 1, query->canonical, s->n_alerts);
    return SK_OK;
}

/* ---- all ---- */

static sk_rc open_sights(sk_screen_run *run, const sk_screen_index *ix)
{
    sk_app *app = run->app;
    sk_ctx *cx = &app->cx;
    sk_str old = sk_arg(&app->args, "diff"), as_of;
    bool is_import[2];
    size_t n;
    const sk_str *lists = lists_of(app, &n);
    SK_TRY(app->view ? sk_sight_of_view(cx, ix, app->view, &run->sight)
                     : sk_sight_open(cx, ix, NULL, NULL, &run->sight));
    if (old.p) {
        SK_TRY(sk_sight_of_view(cx, ix, app->view, &run->before));
        SK_TRY(choose(app, run->before, old, &is_import[0]));
        SK_TRY(choose(app, run->sight, app->args.operands[0], &is_import[1]));
        if (n && is_import[0] && is_import[1])
            return sk_fail(cx, SK_E_FORMAT,
                           "--against is for days: \"%.*s\" and \"%.*s\" are imports, each of one "
                           "list already",
                           SK_P(old), SK_P(app->args.operands[0]));
        run->batch.before = sk_screener_new(run->before, &run->options);
    } else {
        SK_TRY(date_of(cx, sk_arg(&app->args, "as-of"), &as_of));
        SK_TRY(sk_sight_choose(cx, run->sight, lists, n, as_of));
    }
    run->batch.now = sk_screener_new(run->sight, &run->options);
    return SK_OK;
}

static sk_rc screen_and_log(sk_screen_run *run)
{
    sk_screened one = {0};
    bool has_in = sk_arg(&run->app->args, "in").p != NULL;
    sk_rc rc = has_in ? sk_screen_batch(run) : screen_one(run, &one);
    SK_TRY(log_in_any_case(run, rc));
    if (has_in)
        return sk_screen_batch_print(run);
    print_one(run, &one);
    return SK_OK;
}

static sk_rc run_screen(sk_app *app, const sk_screen_index *ix, const sk_screen_options *options,
                        bool is_logged)
{
    sk_screen_run run = {.app = app,
                         .options = *options,
                         .is_logged = is_logged,
                         .batch.limit = options->limit,
                         .log = {.options = options, .in_words = sk_flag(&app->args, "log-query")}};
    sk_rc rc = open_sights(&run, ix);
    if (!rc)
        rc = screen_and_log(&run);
    if (run.has_out)
        sk_screen_out_close(&run.out);
    sk_screener_free(run.batch.now);
    sk_screener_free(run.batch.before);
    sk_screen_tables_done(&run.tables);
    sk_screening_log_done(&run.log);
    return rc;
}

sk_rc cmd_screen(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    sk_screen_options options;
    sk_screen_update update;
    sk_screen_index *ix;
    size_t n;
    const sk_str *files = sk_arg_all(cx, &app->args, "list", &n);
    bool is_logged = !n && !sk_flag(&app->args, "no-log");
    SK_TRY(check_options(app));
    SK_TRY(check_unused(app));
    SK_TRY(read_options(app, &options));
    if (n) {
        SK_TRY(sk_screen_read_lists(app, files, n, &ix));
    } else {
        SK_TRY(sk_app_open(app, is_logged ? SK_ARCHIVE_WRITE : SK_ARCHIVE_READ));
        SK_TRY(sk_screen_archive_open(cx, &update, &ix));
        if (update.refused.n)
            sk_app_remark(app, "%.*s; it was made anew", SK_P(update.refused));
    }
    sk_rc rc = run_screen(app, ix, &options, is_logged);
    sk_screen_index_close(ix);
    return rc;
}
