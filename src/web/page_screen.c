/* Screening: names pasted or uploaded, the lists and the day chosen. The question is logged, as that of
 * the command line is; then the answer has an address of its own (page_screened.c). */
#include "web/page_screen.h"

#include "base/clock.h"
#include "exchange/asked_table.h"
#include "screen/archive.h"
#include "web/engine_call.h"
#include "web/page.h"

#include <sys/mman.h>
#include <unistd.h>

sk_str sk_screen_list_text(const sk_request *rq, const sk_sight_copy *c)
{
    return c->copy.list.n ? c->copy.list : sk_say(rq, "screen.own");
}

/* ---- the form ---- */

static void put_lists(sk_request *rq, const sk_sight_copy *v, size_t n)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<fieldset><legend>{screen.lists}</legend><div class=\"choices\">");
    for (size_t i = 0; i < n; i++) {
        if (i + 1 < n && sk_str_eq(v[i + 1].copy.list, v[i].copy.list))
            continue; /* an older copy: the day below chooses it */
        SK_PUT(h,
               "<label class=\"check\"><input type=\"checkbox\" name=\"list\" value=\"$\" "
               "checked> <span dir=\"auto\">$ <span class=\"quiet\">$</span></span></label>",
               sk_sight_list_of(&v[i]), sk_screen_list_text(rq, &v[i]),
               sk_date_text(rq, v[i].copy.asof));
    }
    SK_PUT(h, "</div></fieldset>");
}

static void put_copies(sk_request *rq, const char *name, const char *key, const sk_sight_copy *v,
                       size_t n)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<label>$<select name=\"$\"><option value=\"\">{screen.no_copy}</option>",
           sk_say(rq, key), sk_str_of(name));
    for (size_t i = 0; i < n; i++)
        if (v[i].copy.id.n)
            SK_PUT(h, "<option value=\"$\">$ · $</option>", v[i].copy.id, v[i].copy.list,
                   v[i].copy.asof.n ? sk_date_text(rq, v[i].copy.asof)
                                    : sk_time_text(rq, v[i].copy.at));
    SK_PUT(h, "</select></label>");
}

static void put_form(sk_request *rq, const sk_sight_copy *v, size_t n)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<form class=\"card\" method=\"post\" action=\"/screen\" "
              "enctype=\"multipart/form-data\">");
    sk_put_token(rq);
    SK_PUT(h, "<label>{screen.names}<textarea name=\"names\" rows=\"7\" dir=\"auto\" "
              "spellcheck=\"false\" autocomplete=\"off\"></textarea></label>"
              "<p class=\"quiet\">{screen.names_how}</p>"
              "<label>{screen.file}<input type=\"file\" name=\"file\" "
              "accept=\".csv,.tsv,.txt,.xlsx,.ods,.json,.jsonl\"></label>"
              "<p class=\"quiet\">");
    SK_SAY(h, "screen.limits", sk_number_text(rq, SK_LIM_SCREEN_JOB_ROWS),
           sk_bytes_text(rq, SK_LIM_SCREEN_JOB_BYTES), sk_bytes_text(rq, SK_LIM_HTTP_FORM_BYTES));
    SK_PUT(h, "</p>");
    put_lists(rq, v, n);
    SK_PUT(h, "<div class=\"fields\"><label>{screen.as_of}<input name=\"as_of\" dir=\"auto\" "
              "placeholder=\"{screen.now}\"></label><label>{screen.threshold}<input "
              "name=\"threshold\" type=\"number\" min=\"0\" max=\"1\" step=\"0.01\" "
              "value=\"0.70\"></label></div>"
              "<details><summary>{screen.changes}</summary><p>{screen.changes_how}</p>"
              "<div class=\"fields\">");
    put_copies(rq, "old", "screen.old", v, n);
    put_copies(rq, "new", "screen.new", v, n);
    SK_PUT(h, "</div></details><label class=\"check\"><input type=\"checkbox\" name=\"words\" "
              "value=\"1\"> {screen.log_words}</label><p class=\"quiet\">{screen.logged}</p>"
              "<p class=\"actions\"><button class=\"main\">{screen.go}</button></p></form>");
}

/* ROUTE: GET /screen
 * A form to ask whether people, bodies or ships may stand in the lists.
 *
 * ROLE: read
 */
sk_rc sk_page_screen(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_screen_index *ix;
    sk_sight *sight;
    size_t n;
    SK_TRY(sk_screen_archive_open(&rq->cx, NULL, &ix));
    sk_rc rc = sk_sight_of_view(&rq->cx, ix, rq->view, &sight);
    if (!rc) {
        const sk_sight_copy *v = sk_sight_copies(sight, &n);
        sk_page_begin(rq, sk_say(rq, "screen.title"));
        SK_PUT(h, "<h1>{screen.title}</h1><p class=\"lead\">{screen.lead}</p>");
        put_form(rq, v, n);
    }
    sk_screen_index_close(ix);
    return rc ? rc : sk_page_end(rq, &(sk_made){.command = SK_S("sillok screen --in FILE")});
}

/* ---- what was asked ---- */

/* The bytes of the upload behind a descriptor, as readers of tables want them; never on disk. */
static sk_rc open_upload(sk_request *rq, const sk_form_part *part, int *ret_fd)
{
    sk_ctx *cx = &rq->cx;
    sk_str rest = part->bytes;
    if (rest.n > SK_LIM_SCREEN_JOB_BYTES)
        return sk_fail(cx, SK_E_LIMIT,
                       "\"%.*s\" has %zu bytes, at most %zu are screened here; the rest is for: "
                       "sillok screen --in FILE",
                       SK_P(part->filename), rest.n, (size_t)SK_LIM_SCREEN_JOB_BYTES);
    int fd = memfd_create("sillok-screen", MFD_CLOEXEC);
    while (fd >= 0 && rest.n) {
        ssize_t n = write(fd, rest.p, rest.n);
        if (n <= 0) {
            close(fd);
            fd = -1;
        } else {
            rest = sk_str_sub(rest, (size_t)n, rest.n);
        }
    }
    if (fd < 0 || lseek(fd, 0, SEEK_SET))
        return sk_fail_errno(cx, "no room for the file");
    *ret_fd = fd;
    return SK_OK;
}

static sk_rc open_table(sk_request *rq, sk_screen_job *job, sk_asked_table **ret_table)
{
    sk_ctx *cx = &rq->cx;
    const sk_form_part *part = sk_form_part_get(&rq->parts, "file");
    sk_str text = sk_rq_get(rq, "names");
    bool has_file = part && part->filename.n, has_text = sk_str_trim(text).n > 0;
    int fd = -1;
    if (has_file == has_text)
        return sk_fail(cx, SK_E_FORMAT,
                       has_file ? "give names or a file, not both"
                                : "nobody is asked for; write one name a line, or choose a file");
    if (has_text)
        return sk_asked_table_of_text(cx, text, NULL, ret_table);
    SK_TRY(open_upload(rq, part, &fd));
    job->name = sk_str_copy(&job->arena, part->filename);
    return sk_asked_table_of_file(cx, fd, part->filename, NULL, ret_table);
}

static sk_rc take_rows(sk_request *rq, sk_screen_job *job)
{
    sk_ctx *cx = &rq->cx;
    sk_asked_table *table;
    SK_TRY(open_table(rq, job, &table));
    sk_asked_row row = {.row = 1};
    sk_rc rc = SK_OK;
    while (!rc && row.row) {
        sk_arena_mark mark = sk_arena_here(&cx->arena);
        rc = sk_asked_table_next(cx, table, &row);
        if (!rc && row.row)
            rc = sk_screen_job_add(cx, job, &row);
        sk_arena_back_to(&cx->arena, mark);
    }
    if (!rc)
        job->note = sk_str_copy(&job->arena, sk_asked_table_note(cx, table));
    sk_asked_table_close(table);
    return rc;
}

static sk_rc take_options(sk_request *rq, sk_screen_job *job)
{
    sk_arena *a = &job->arena;
    const sk_form_parts *parts = &rq->parts;
    SK_TRY(sk_query_real(rq, "threshold", SK_SCREEN_THRESHOLD, 0, 1, &job->options.threshold));
    if (job->options.cutoff > job->options.threshold)
        job->options.cutoff = job->options.threshold;
    job->as_of = sk_str_copy(a, sk_str_trim(sk_rq_get(rq, "as_of")));
    job->old = sk_str_copy(a, sk_str_trim(sk_rq_get(rq, "old")));
    job->new = sk_str_copy(a, sk_str_trim(sk_rq_get(rq, "new")));
    if ((job->old.n != 0) != (job->new.n != 0))
        return sk_fail(&rq->cx, SK_E_FORMAT, "to see what changed, choose both copies of the list");
    job->lists = sk_new_array(a, sk_str, parts->n + rq->form.n);
    for (size_t i = 0; i < parts->n; i++)
        if (sk_str_is(parts->v[i].name, "list"))
            job->lists[job->n_lists++] = sk_str_copy(a, parts->v[i].bytes);
    for (size_t i = 0; i < rq->form.n; i++)
        if (sk_str_is(rq->form.v[i].name, "list"))
            job->lists[job->n_lists++] = sk_str_copy(a, rq->form.v[i].value);
    return SK_OK;
}

/* ---- asking ---- */

/* What was asked is in the log before anybody is told the answer. */
static sk_rc log_asked(sk_request *rq, sk_screen_run *run, sk_screen_job *job,
                       sk_screening_log *log)
{
    sk_write w;
    uint64_t own = (log->n + SK_LIM_SCREEN_LOGGED - 1) / SK_LIM_SCREEN_LOGGED;
    if (!log->n)
        return SK_OK;
    SK_TRY(sk_rq_write_begin(rq, &w));
    sk_rc rc = sk_screening_log_write(&rq->cx, log, run->sight, run->before);
    SK_TRY(sk_rq_write_end(rq, &w, rc));
    if (sk_archive_count(rq->web->archive) + 1 == job->entries + own)
        job->entries += own; /* nobody else wrote: what was counted still holds */
    return SK_OK;
}

static sk_rc ask(sk_request *rq, sk_screen_job *job)
{
    sk_screen_run run;
    sk_screening_log log = {.options = &job->options, .in_words = sk_rq_get(rq, "words").n > 0};
    sk_rc rc = sk_screen_run_begin(rq, job, &run);
    if (!rc)
        rc = sk_screen_run_count(rq, &run, job, &log);
    if (!rc)
        rc = log_asked(rq, &run, job, &log);
    sk_screening_log_done(&log);
    sk_screen_run_end(&run);
    return rc;
}

/* ROUTE: POST /screen
 * Ask for every row of what was pasted or uploaded; the question is logged, hashed.
 *
 * ROLE: read
 * UPLOAD: yes
 * PARAMETERS
 *   names       one name a line, or a table with headings
 *   file        CSV, XLSX, ODS or JSON lines instead
 *   list        against this list; several times for several; all when absent
 *   as_of       the newest copies that are not later
 *   threshold   from this score on a hit is an alert (0.70)
 *   old         to see what changed between two copies: the id of the older import, or a day
 *   new         and of the newer
 *   words       1: log the words that were asked, too
 */
sk_rc sk_page_screen_post(sk_request *rq)
{
    sk_screen_job *job = sk_screen_job_new(rq->session->handle);
    sk_rc rc = take_options(rq, job);
    if (!rc)
        rc = take_rows(rq, job);
    if (!rc && !job->n_rows)
        rc = sk_fail(&rq->cx, SK_E_FORMAT, "there is no row in it");
    if (!rc)
        rc = ask(rq, job);
    if (rc) {
        sk_screen_job_free(job);
        return rc;
    }
    sk_screen_jobs_keep(&rq->web->screenings, job, sk_clock_ms());
    sk_rq_log_id(rq, sk_str_copy(&rq->cx.arena, sk_str_of(job->id)));
    return sk_rq_redirect(rq, sk_fmt(&rq->cx.arena, "/screen/%s", job->id));
}
