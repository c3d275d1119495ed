/* Lists and imports: what came in, trying one, importing it, taking it back, what a newer copy changed. */
#include "base/edtf.h"
#include "exchange/import_ingest.h"
#include "exchange/import_job.h"
#include "tell/tell.h"
#include "web/grid.h"
#include "web/page.h"

#include <sys/mman.h>
#include <unistd.h>

enum { DIFF_ROWS = 300, FINDINGS = 200 };

/* ---- the list ---- */

static sk_str state_text(const sk_request *rq, sk_import_state state)
{
    static const char *const keys[] = {[SK_IMPORT_PENDING] = "state.pending",
                                       [SK_IMPORT_READ] = "state.read",
                                       [SK_IMPORT_FAILED] = "state.failed",
                                       [SK_IMPORT_UNDONE] = "state.undone",
                                       [SK_IMPORT_DUPLICATE] = "state.duplicate"};
    return sk_say(rq, keys[state]);
}

static sk_grid *imports_grid(sk_request *rq, const sk_import_info *v, size_t n)
{
    static const sk_grid_column columns[] = {
        {"import", "imports.import", false}, {"list", "imports.list", false},
        {"asof", "imports.asof", false},     {"file", "imports.file", false},
        {"format", "imports.format", false}, {"claims", "imports.claims", true},
        {"state", "imports.state", false},   {"at", "imports.at", false}};
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    for (size_t i = 0; i < n; i++) {
        sk_str id = sk_hash_hex(&rq->cx.arena, &v[i].id);
        sk_grid_cell(g, id);
        sk_grid_shown(g, sk_tell_short(&rq->cx, &v[i].id));
        sk_grid_link(g, sk_fmt(&rq->cx.arena, "/imports/%.*s", SK_P(sk_str_sub(id, 0, 16))));
        sk_grid_cell(g, v[i].what.list);
        sk_grid_cell(g, v[i].what.asof);
        sk_grid_shown(g, sk_date_text(rq, v[i].what.asof));
        sk_grid_cell(g, v[i].what.files[0].name);
        sk_grid_cell(g, v[i].what.format);
        sk_grid_int(g, (int64_t)v[i].claims);
        sk_grid_cell(g, sk_str_of(sk_import_state_name(v[i].state)));
        sk_grid_shown(g, state_text(rq, v[i].state));
        sk_grid_style(g, v[i].state == SK_IMPORT_READ     ? SK_STYLE_PLAIN
                         : v[i].state == SK_IMPORT_FAILED ? SK_STYLE_RED
                                                          : SK_STYLE_DIM);
        sk_grid_cell(g, v[i].at);
        sk_grid_shown(g, sk_time_text(rq, v[i].at));
    }
    return g;
}

static void put_upload_form(sk_request *rq)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<section aria-labelledby=\"new\"><h2 id=\"new\">{imports.new}</h2>"
              "<form class=\"card\" method=\"post\" action=\"/imports\" "
              "enctype=\"multipart/form-data\">");
    sk_put_token(rq);
    SK_PUT(h, "<div class=\"fields\"><label>{imports.files}<input type=\"file\" name=\"file\" "
              "multiple required></label><label>{imports.reader}<select name=\"format\">"
              "<option value=\"\">{imports.auto}</option>");
    for (size_t i = 0; i < sk_n_readers; i++)
        SK_PUT(h, "<option value=\"$\">$</option>", sk_str_of(sk_readers[i]->name),
               sk_str_of(sk_readers[i]->title));
    SK_PUT(h, "</select></label><label>{imports.mapping}<input type=\"file\" name=\"mapping\">"
              "</label><label>{imports.name}<input name=\"list\"></label>"
              "<label>{imports.asof}<input name=\"asof\" dir=\"auto\"></label>"
              "<label>{imports.claimant}<input name=\"claimant\" dir=\"auto\"></label></div>"
              "<p class=\"actions\"><button class=\"main\" name=\"do\" value=\"dry\">"
              "{imports.dry}</button> <button name=\"do\" value=\"enter\">{imports.enter}</button>"
              "</p></form></section>");
}

/* ROUTE: GET /imports
 * The imports of this archive, and a form for another.
 *
 * ROLE: read
 * FORMATS: html json csv
 */
sk_rc sk_page_imports(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_import_info *v;
    size_t n;
    SK_TRY(sk_imports_list(&rq->cx, rq->view, SK_S(""), &v, &n));
    sk_grid *g = imports_grid(rq, v, n);
    if (rq->format != SK_FORMAT_HTML)
        return sk_grid_answer(rq, g);
    sk_page_begin(rq, sk_say(rq, "imports.title"));
    SK_PUT(h, "<h1>{imports.title}</h1><p class=\"lead\">{imports.lead}</p>");
    if (n)
        sk_grid_put(rq, g, sk_say(rq, "imports.caption"));
    else
        SK_PUT(h, "<p>{imports.none}</p>");
    if (sk_rq_may(rq, SK_ROLE_ENTER))
        put_upload_form(rq);
    return sk_page_end(rq, &(sk_made){.command = SK_S("sillok import --list")});
}

/* ---- one import ---- */

static void put_undo_form(sk_request *rq, sk_str id)
{
    sk_html *h = &rq->html;
    SK_PUT(h,
           "<section class=\"card\"><h2>{imports.undo}</h2><p>{imports.undo_what}</p>"
           "<form method=\"post\" action=\"/imports/$/undo\">",
           id);
    sk_put_token(rq);
    SK_PUT(h, "<label>{judge.reason}<input name=\"reason\" required dir=\"auto\"></label>"
              "<p><button>{imports.undo}</button></p></form></section>");
}

/* ROUTE: GET /imports/{id}
 * One import: what was read, how, what became of it.
 *
 * ROLE: read
 * FORMATS: html json csv
 * PARAMETERS
 *   id   of the import's entry, or its file or list
 */
sk_rc sk_page_import(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_import_info im;
    SK_TRY(sk_imports_find(&rq->cx, rq->view, sk_rq_get(rq, "id"), &im));
    if (rq->format != SK_FORMAT_HTML)
        return sk_grid_answer(rq, imports_grid(rq, &im, 1));
    sk_str id = sk_str_sub(sk_hash_hex(&rq->cx.arena, &im.id), 0, 16);
    sk_page_begin(rq, im.what.files[0].name);
    SK_PUT(h, "<h1 dir=\"auto\">$</h1><dl class=\"facts\">", im.what.files[0].name);
    sk_put_fact(rq, "imports.state", state_text(rq, im.state));
    sk_put_fact(rq, "exhibit.note", im.note);
    sk_put_fact(rq, "imports.list", im.what.list);
    sk_put_fact(rq, "imports.asof", sk_date_text(rq, im.what.asof));
    sk_put_fact(rq, "imports.reader", im.what.format);
    sk_put_fact(rq, "imports.rows", sk_number_text(rq, im.what.rows));
    sk_put_fact(rq, "imports.claims", sk_number_text(rq, im.claims));
    sk_put_fact(rq, "imports.left", sk_number_text(rq, im.what.left));
    sk_put_fact(rq, "imports.at", sk_time_text(rq, im.at));
    for (size_t i = 0; i < im.what.n_files; i++)
        SK_PUT(h, "<dt>{imports.file}</dt><dd dir=\"auto\"><a href=\"$\">$</a></dd>",
               sk_href_exhibit(rq, &im.what.files[i].hash), im.what.files[i].name);
    SK_PUT(h,
           "</dl><p class=\"actions\"><a href=\"$\">{imports.entry}</a> "
           "<a href=\"/imports/$/diff\">{imports.diff}</a></p>",
           sk_href_entry(rq, &im.id), id);
    if (sk_rq_may(rq, SK_ROLE_ENTER) && im.state != SK_IMPORT_UNDONE)
        put_undo_form(rq, id);
    return sk_page_end(rq, &(sk_made){.command = SK_S("sillok import --list")});
}

/* ROUTE: POST /imports/{id}/undo
 * Take an import back; its files stay preserved.
 *
 * ROLE: enter
 * PARAMETERS
 *   id       of the import's entry
 *   reason   why; kept
 */
sk_rc sk_page_import_undo(sk_request *rq)
{
    sk_ctx *cx = &rq->cx;
    sk_import_info im;
    sk_write w;
    sk_hash id;
    SK_TRY(sk_imports_find(cx, rq->view, sk_rq_get(rq, "id"), &im));
    if (im.state == SK_IMPORT_UNDONE)
        return sk_fail(cx, SK_E_CONFLICT, "this import is undone already");
    SK_TRY(sk_rq_write_begin(rq, &w));
    sk_rc rc = sk_record_retract(cx, &im.id, sk_rq_get(rq, "reason"), &id);
    SK_TRY(sk_rq_write_end(rq, &w, rc));
    sk_rq_log_hash(rq, &id);
    return sk_rq_redirect(rq, SK_S("/imports"));
}

/* ---- what a copy changed ---- */

typedef struct diffing {
    sk_request *rq;
    sk_grid *g;
    size_t most;
    bool is_cut;
} diffing;

static void add_pair(diffing *d, const sk_import_change *ch, const sk_claim *before,
                     const sk_claim *after)
{
    sk_request *rq = d->rq;
    sk_arena *a = &rq->cx.arena;
    const sk_claim *c = before ? before : after;
    const char *key = ch->is_added     ? "imports.added"
                      : ch->is_removed ? "imports.removed"
                                       : "imports.changed";
    if (sk_grid_rows(d->g) == d->most) {
        d->is_cut = true;
        return;
    }
    sk_str record = sk_str_copy(a, ch->record);
    sk_grid_cell(d->g, record);
    sk_grid_shown(d->g, sk_entity_caption(&rq->cx, rq->view, record));
    sk_grid_link(d->g, sk_href_entity(rq, record));
    sk_grid_cell(d->g, sk_str_of(ch->is_added ? "added" : ch->is_removed ? "removed" : "changed"));
    sk_grid_shown(d->g, sk_say(rq, key));
    sk_grid_cell(d->g, sk_str_copy(a, sk_tell_property(c, rq->lang)));
    sk_grid_cell(d->g, before ? sk_str_copy(a, sk_tell_value(&rq->cx, rq->view, before, rq->lang))
                              : SK_S(""));
    sk_grid_cell(d->g, after ? sk_str_copy(a, sk_tell_value(&rq->cx, rq->view, after, rq->lang))
                             : SK_S(""));
}

/* Values of one property side by side, in their order; what has no partner stands alone. */
static sk_rc take_change(sk_ctx *cx, const sk_import_change *ch, void *arg)
{
    diffing *d = arg;
    bool *used = sk_new_array(&d->rq->cx.arena, bool, ch->n_after);
    (void)cx;
    for (size_t i = 0; i < ch->n_before; i++) {
        const sk_claim *partner = NULL;
        for (size_t k = 0; !partner && k < ch->n_after; k++)
            if (!used[k] && sk_str_eq(ch->before[i].prop, ch->after[k].prop) &&
                sk_str_eq(ch->before[i].entity, ch->after[k].entity)) {
                used[k] = true;
                partner = &ch->after[k];
            }
        add_pair(d, ch, &ch->before[i], partner);
    }
    for (size_t k = 0; k < ch->n_after; k++)
        if (!used[k])
            add_pair(d, ch, NULL, &ch->after[k]);
    return SK_OK;
}

/* The copy of the same list that came before, as they stand in the order of their dates. */
static sk_rc find_before(sk_request *rq, const sk_import_info *im, sk_import_info *ret_before)
{
    sk_import_info *v;
    size_t n;
    bool is_found = false;
    if (im->what.list.n) {
        SK_TRY(sk_imports_list(&rq->cx, rq->view, im->what.list, &v, &n));
        for (size_t i = 0; i < n && !sk_hash_eq(&v[i].id, &im->id); i++)
            if (v[i].state == SK_IMPORT_READ) {
                *ret_before = v[i];
                is_found = true;
            }
    }
    return is_found ? SK_OK
                    : sk_fail(&rq->cx, SK_E_NOTFOUND, "there is no earlier copy of this list");
}

/* ROUTE: GET /imports/{id}/diff
 * What differs between an import and the copy of the same list before it.
 *
 * ROLE: read
 * FORMATS: html json csv
 * PARAMETERS
 *   id   of the later import
 */
sk_rc sk_page_import_diff(sk_request *rq)
{
    static const sk_grid_column columns[] = {{"record", "imports.record", false},
                                             {"change", "imports.change", false},
                                             {"property", "col.property", false},
                                             {"before", "imports.before", false},
                                             {"after", "imports.after", false}};
    sk_html *h = &rq->html;
    sk_import_info before, after;
    sk_import_diff_counts n;
    SK_TRY(sk_imports_find(&rq->cx, rq->view, sk_rq_get(rq, "id"), &after));
    SK_TRY(find_before(rq, &after, &before));
    diffing d = {.rq = rq,
                 .g = sk_grid_new(rq, columns, SK_COUNT(columns)),
                 .most = rq->format == SK_FORMAT_HTML ? DIFF_ROWS : 100000};
    SK_TRY(sk_import_diff(&rq->cx, rq->view, &before, &after, take_change, &d, &n));
    if (rq->format != SK_FORMAT_HTML)
        return sk_grid_answer(rq, d.g);
    sk_page_begin(rq, sk_say(rq, "imports.diff_title"));
    SK_PUT(h, "<h1>{imports.diff_title}</h1><p class=\"meta\" dir=\"auto\">$ → $</p><p>",
           sk_date_text(rq, before.what.asof), sk_date_text(rq, after.what.asof));
    SK_SAY(h, "imports.diff_counts", sk_number_text(rq, n.added), sk_number_text(rq, n.removed),
           sk_number_text(rq, n.changed), sk_number_text(rq, n.unchanged));
    SK_PUT(h, "</p>");
    if (sk_grid_rows(d.g))
        sk_grid_put(rq, d.g, sk_say(rq, "imports.diff_title"));
    sk_str cap =
        d.is_cut ? sk_say1(rq, "imports.left_out", sk_number_text(rq, DIFF_ROWS)) : SK_NONE;
    return sk_page_end(rq, &(sk_made){.command = SK_S("sillok diff"), .cap = cap});
}

/* ---- another import ---- */

/* The bytes of a form's part behind a descriptor, as readers want them; in memory, never on disk. */
static sk_rc to_file(sk_request *rq, const sk_form_part *part, sk_source_file *ret_file)
{
    sk_ctx *cx = &rq->cx;
    sk_str rest = part->bytes;
    int fd = memfd_create("sillok-upload", MFD_CLOEXEC);
    if (fd < 0)
        return sk_fail_errno(cx, "no room for the file");
    while (rest.n) {
        ssize_t n = write(fd, rest.p, rest.n);
        if (n <= 0) {
            close(fd);
            return sk_fail_errno(cx, "no room for the file");
        }
        rest = sk_str_sub(rest, (size_t)n, rest.n);
    }
    *ret_file = (sk_source_file){.name = part->filename, .fd = fd};
    return SK_OK;
}

static sk_rc take_files(sk_request *rq, sk_import_job *job)
{
    const sk_form_parts *parts = &rq->parts;
    job->files = sk_new_array(&rq->cx.arena, sk_source_file, parts->n);
    for (size_t i = 0; i < parts->n; i++) {
        const sk_form_part *p = &parts->v[i];
        if (!p->filename.n)
            continue;
        if (sk_str_is(p->name, "file")) {
            SK_TRY(to_file(rq, p, &job->files[job->n_files]));
            job->n_files++;
        } else if (sk_str_is(p->name, "mapping") && !job->has_mapping) {
            SK_TRY(to_file(rq, p, &job->mapping));
            job->has_mapping = true;
        }
    }
    return SK_OK;
}

static sk_rc take_options(sk_request *rq, sk_import_job *job)
{
    sk_ctx *cx = &rq->cx;
    sk_str *claimant = sk_new(&cx->arena, sk_str);
    job->format = sk_rq_get(rq, "format");
    job->draft.list = sk_str_trim(sk_rq_get(rq, "list"));
    SK_TRY(sk_rq_date(rq, "asof", &job->draft.asof));
    *claimant = sk_str_trim(sk_rq_get(rq, "claimant"));
    if (claimant->n) {
        job->draft.claimant = claimant;
        job->draft.n_claimant = 1;
    }
    job->capture.method = SK_S("import");
    return SK_OK;
}

static void put_count(sk_request *rq, const char *key, uint64_t n)
{
    SK_PUT(&rq->html, "<li><b>$</b> <span>$</span></li>", sk_number_text(rq, n), sk_say(rq, key));
}

static sk_grid *findings_grid(sk_request *rq, const sk_import_report *r)
{
    static const sk_grid_column columns[] = {
        {"file", "imports.file", false},   {"row", "imports.row", false},
        {"what", "col.what", false},       {"column", "imports.column", false},
        {"value", "imports.value", false}, {"message", "imports.message", false}};
    static const char *const kinds[] = {[SK_IMPORT_LEFT] = "imports.finding_left",
                                        [SK_IMPORT_REMARK] = "imports.finding_look",
                                        [SK_IMPORT_SKIPPED] = "imports.finding_skipped"};
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    for (size_t i = 0; i < r->n_findings && i < FINDINGS; i++) {
        const sk_report_finding *f = &r->findings[i];
        sk_grid_cell(g, f->file);
        sk_grid_cell(g, f->place);
        sk_grid_cell(g, sk_say(rq, kinds[f->finding.kind]));
        sk_grid_cell(g, f->finding.column);
        sk_grid_cell(g, f->finding.value);
        sk_grid_cell(g, f->finding.message);
    }
    return g;
}

static sk_rc report_page(sk_request *rq, const sk_import_job *job, const sk_import_report *r,
                         bool is_dry)
{
    static const char *const states[SK_ROW_STATES] = {"imports.added", "imports.changed",
                                                      "imports.unchanged", "imports.skipped"};
    sk_html *h = &rq->html;
    sk_str title = sk_say(rq, is_dry ? "imports.dry_title" : "imports.done_title");
    sk_page_begin(rq, title);
    SK_PUT(h,
           "<h1>$</h1><p class=\"meta\" dir=\"auto\">$ · $</p><ul class=\"counts plain-counts\">",
           title, job->files[0].name, sk_str_of(job->reader->title));
    put_count(rq, "imports.rows", r->summary.rows);
    for (int i = 0; i < SK_ROW_STATES; i++)
        put_count(rq, states[i], r->rows[i]);
    put_count(rq, "imports.claims", r->summary.claims);
    put_count(rq, "imports.left", r->summary.values_left);
    if (job->has_prior)
        put_count(rq, "imports.removed", r->removed);
    SK_PUT(h, "</ul>");
    if (is_dry)
        SK_PUT(h, "<p class=\"problem\">{imports.nothing_changed}</p>");
    sk_grid *g = findings_grid(rq, r);
    if (sk_grid_rows(g)) {
        SK_PUT(h, "<h2>{imports.findings}</h2>");
        sk_grid_put(rq, g, sk_say(rq, "imports.findings"));
    }
    if (is_dry)
        put_upload_form(rq);
    SK_PUT(h, "<p><a href=\"/imports\">{imports.title}</a></p>");
    sk_str cap = r->n_findings > FINDINGS
                     ? sk_say1(rq, "cap.findings", sk_number_text(rq, FINDINGS))
                     : SK_NONE;
    return sk_page_end(rq, &(sk_made){.command = sk_fmt(&rq->cx.arena, "sillok import %.*s%s",
                                                        SK_P(sk_shell_word(rq, job->files[0].name)),
                                                        is_dry ? " --dry-run" : ""),
                                      .cap = cap});
}

static sk_rc same_page(sk_request *rq, const sk_import_job *job)
{
    sk_page_begin(rq, sk_say(rq, "imports.done_title"));
    SK_PUT(&rq->html,
           "<h1>{imports.title}</h1><p class=\"problem\">{imports.same}</p>"
           "<p><a href=\"/imports/$\">$</a></p>",
           sk_hash_hex(&rq->cx.arena, &job->same.id), job->same.what.files[0].name);
    return sk_page_end(rq, NULL);
}

static sk_rc enter(sk_request *rq, sk_import_job *job, const sk_import_report *r)
{
    sk_write w;
    sk_hash id;
    SK_TRY(sk_rq_write_begin(rq, &w));
    sk_rc rc = sk_import_job_enter(&rq->cx, job, r, &id);
    if (!rc)
        rc = sk_imports_pending(&rq->cx);
    SK_TRY(sk_rq_write_end(rq, &w, rc));
    sk_rq_log_hash(rq, &id);
    return SK_OK;
}

static sk_rc run(sk_request *rq, sk_import_job *job)
{
    sk_import_report report;
    bool is_dry = !sk_str_is(sk_rq_get(rq, "do"), "enter");
    SK_TRY(take_files(rq, job));
    SK_TRY(take_options(rq, job));
    for (size_t i = 0; i < rq->parts.n; i++)
        if (rq->parts.v[i].filename.n) {
            sk_hash hash = sk_sha256(rq->parts.v[i].bytes);
            sk_rq_log_hash(rq, &hash);
        }
    SK_TRY(sk_import_job_plan(&rq->cx, rq->view, job));
    if (job->has_same)
        return same_page(rq, job);
    SK_TRY(sk_import_job_account(&rq->cx, rq->view, job, NULL, &report));
    if (!is_dry)
        SK_TRY(enter(rq, job, &report));
    return report_page(rq, job, &report, is_dry);
}

/* ROUTE: POST /imports
 * Try an import, or do it: every row accounted for.
 *
 * ROLE: enter
 * UPLOAD: yes
 * PARAMETERS
 *   file       one or more files of the list
 *   mapping    how the columns of a table become claims
 *   format     name of a reader; recognised when absent
 *   list       which list it is a copy of
 *   asof       state of things of this copy
 *   claimant   who says it
 *   do         dry or enter
 */
sk_rc sk_page_import_post(sk_request *rq)
{
    sk_import_job job = {.n_files = 0};
    sk_rc rc = run(rq, &job);
    for (size_t i = 0; i < job.n_files; i++)
        close(job.files[i].fd);
    if (job.has_mapping)
        close(job.mapping.fd);
    return rc;
}
