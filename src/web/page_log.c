/* The log: entries, each as it was signed, its proof, the checkpoint, the keys; and all of it checked. */
#include "archive/last_verify.h"
#include "base/clock.h"
#include "tell/tell.h"
#include "web/grid.h"
#include "web/page.h"

enum { PAGE = 100 };

static sk_rc send_file(sk_request *rq, const char *name, sk_str text)
{
    sk_rq_header(rq, "Content-Disposition",
                 sk_fmt(&rq->cx.arena, "attachment; filename=\"%s\"", name));
    return sk_rq_text(rq, "text/plain; charset=utf-8", text);
}

/* ROUTE: GET /log
 * The entries of the log, newest first.
 *
 * ROLE: read
 * FORMATS: html json csv
 * PARAMETERS
 *   kind     of entry: claim, capture, judge, ...
 *   offset   pass over so many
 */
sk_rc sk_page_log(sk_request *rq)
{
    static const sk_grid_column columns[] = {{"entry", "col.entry", false},
                                             {"leaf", "col.leaf", true},
                                             {"kind", "col.kind", false},
                                             {"at", "col.when", false},
                                             {"by", "col.by", false}};
    sk_html *h = &rq->html;
    sk_str kind = sk_rq_get(rq, "kind");
    sk_entry_row *rows;
    size_t n;
    uint64_t offset, limit = rq->format == SK_FORMAT_HTML ? PAGE : 10000;
    SK_TRY(sk_rq_number(rq, "offset", 0, 10000000, &offset));
    SK_TRY(sk_entries_list(&rq->cx, rq->view, kind, offset + limit + 1, &rows, &n));
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    for (size_t i = (size_t)offset; i < n && i - offset < limit; i++) {
        sk_grid_cell(g, sk_hash_hex(&rq->cx.arena, &rows[i].id));
        sk_grid_shown(g, sk_tell_short(&rq->cx, &rows[i].id));
        sk_grid_link(g, sk_href_entry(rq, &rows[i].id));
        sk_grid_int(g, (int64_t)rows[i].place.leaf);
        sk_grid_cell(g, rows[i].kind);
        sk_grid_cell(g, rows[i].at);
        sk_grid_shown(g, sk_time_text(rq, rows[i].at));
        sk_grid_cell(g, rows[i].by);
    }
    if (rq->format != SK_FORMAT_HTML)
        return sk_grid_answer(rq, g);
    sk_page_begin(rq, sk_say(rq, "log.title"));
    SK_PUT(h, "<h1>{log.title}</h1><p class=\"lead\">{log.lead}</p><p class=\"actions\">"
              "<a class=\"button\" href=\"/log/checkpoint\">{log.checkpoint}</a> "
              "<a href=\"/log/keys\">{log.keys}</a> <a href=\"/verify\">{home.verify}</a></p>");
    if (kind.n)
        SK_PUT(h, "<p>{log.only} <code>$</code> · <a href=\"/log\">{log.all}</a></p>", kind);
    sk_grid_put(rq, g, sk_say(rq, "log.title"));
    sk_put_pager(rq, offset, limit, sk_grid_rows(g), n > offset + limit);
    return sk_page_end(rq, &(sk_made){.command = SK_S("sillok log")});
}

/* ROUTE: GET /log/checkpoint
 * The newest signed checkpoint, to be kept elsewhere.
 *
 * ROLE: read
 */
sk_rc sk_page_checkpoint(sk_request *rq)
{
    sk_str text;
    SK_TRY(sk_archive_read_checkpoint(&rq->cx, rq->web->archive, &text));
    return send_file(rq, "checkpoint.txt", text);
}

/* ROUTE: GET /log/keys
 * The public keys by which signatures are checked.
 *
 * ROLE: read
 */
sk_rc sk_page_keys(sk_request *rq)
{
    sk_str text;
    SK_TRY(sk_archive_read_vkeys(&rq->cx, rq->web->archive, &text));
    return send_file(rq, "keys.txt", text);
}

/* ROUTE: GET /log/{id}
 * One entry of the log, exactly as it was signed.
 *
 * ROLE: read
 * FORMATS: html json
 * PARAMETERS
 *   id   first six or more digits of the entry's id
 */
sk_rc sk_page_entry(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_entry_row row;
    sk_entry e;
    SK_TRY(sk_entry_find(&rq->cx, rq->view, sk_rq_get(rq, "id"), &row));
    SK_TRY(sk_entry_load(&rq->cx, rq->view, &row, &e));
    sk_str id = sk_hash_hex(&rq->cx.arena, &e.id);
    if (rq->format == SK_FORMAT_JSON) {
        sk_json *j = sk_rq_json(rq);
        sk_json_object(j);
        sk_json_put_str(j, "id", id);
        sk_json_put_str(j, "kind", e.kind);
        sk_json_put_str(j, "at", e.at);
        sk_json_put_str(j, "by", e.by);
        sk_json_put_uint(j, "leaf", row.place.leaf);
        sk_json_put_str(j, "note", e.bytes);
        sk_json_end(j);
        return sk_rq_json_end(rq);
    }
    sk_page_begin(rq, sk_say(rq, "log.entry"));
    SK_PUT(h,
           "<h1>{log.entry}</h1><dl class=\"facts\"><dt>{col.entry}</dt><dd><code class=\"hash\">$"
           "</code></dd><dt>{col.kind}</dt><dd>$</dd><dt>{col.when}</dt><dd>$</dd>"
           "<dt>{col.by}</dt><dd>$</dd><dt>{col.leaf}</dt><dd>$</dd></dl>",
           id, e.kind, sk_time_text(rq, e.at), e.by, sk_number_text(rq, row.place.leaf));
    SK_PUT(h, "<p class=\"actions\"><a class=\"button\" href=\"/log/$/proof\">{log.proof}</a> ",
           sk_str_sub(id, 0, 16));
    if (sk_str_is(e.kind, "claim"))
        SK_PUT(h, "<a href=\"$\">{log.as_claim}</a>", sk_href_claim(rq, &e.id));
    SK_PUT(h, "</p><h2>{log.signed}</h2><pre class=\"note\" dir=\"auto\" tabindex=\"0\">$</pre>",
           e.bytes);
    return sk_page_end(rq, &(sk_made){.command = sk_fmt(&rq->cx.arena, "sillok show %.*s --raw",
                                                        SK_P(sk_tell_short(&rq->cx, &e.id)))});
}

/* ROUTE: GET /log/{id}/proof
 * The proof that an entry stands under the newest checkpoint.
 *
 * ROLE: read
 * PARAMETERS
 *   id   first six or more digits of the entry's id
 */
sk_rc sk_page_proof(sk_request *rq)
{
    sk_entry_row row;
    sk_str proof;
    SK_TRY(sk_entry_find(&rq->cx, rq->view, sk_rq_get(rq, "id"), &row));
    SK_TRY(sk_archive_prove(&rq->cx, rq->web->archive, &row.place, &proof));
    return send_file(rq, "proof.txt", proof);
}

/* ---- everything checked ---- */

typedef struct checking {
    sk_request *rq;
    sk_grid *g;
    int64_t until_ms;
} checking;

static void take_finding(sk_ctx *cx, const sk_finding *f, void *arg)
{
    checking *c = arg;
    (void)cx;
    if (sk_grid_rows(c->g) >= SK_LIM_PAGE_ROWS)
        return;
    sk_arena *a = &c->rq->cx.arena;
    sk_grid_cell(c->g, f->is_damage ? SK_S("damage") : SK_S("notice"));
    sk_grid_style(c->g, f->is_damage ? SK_STYLE_RED : SK_STYLE_YELLOW);
    sk_grid_cell(c->g, sk_str_copy(a, f->what));
    sk_grid_cell(c->g, sk_str_copy(a, f->path));
    sk_grid_cell(c->g, sk_str_copy(a, f->detail));
}

/* ROUTE: GET /verify
 * What verification shows, and a button to run it.
 *
 * ROLE: read
 */
sk_rc sk_page_verify(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_page_begin(rq, sk_say(rq, "verify.title"));
    SK_PUT(h, "<h1>{verify.title}</h1><p class=\"lead\">{verify.what_it_shows}</p>");
    if (sk_rq_may(rq, SK_ROLE_ADMIN)) {
        SK_PUT(h, "<form class=\"card\" method=\"post\" action=\"/verify\">");
        sk_put_token(rq);
        SK_PUT(h,
               "<p><label class=\"check\"><input type=\"checkbox\" name=\"log_only\" value=\"1\">"
               " {verify.log_only}</label></p><button class=\"main\">{verify.run}</button> "
               "<span class=\"quiet\">{verify.waits}</span></form>");
    } else {
        SK_PUT(h, "<p>{verify.not_you}</p>");
    }
    return sk_page_end(rq, &(sk_made){.command = SK_S("sillok verify")});
}

static bool is_over(void *arg)
{
    const checking *c = arg;
    return sk_clock_ms() > c->until_ms;
}

/* Counts and paths of everything, whatever is restricted: for the owner alone. */
static void put_findings(sk_request *rq, const sk_verify_report *r, const sk_grid *g)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<p>");
    SK_SAY(h, "verify.counts", sk_number_text(rq, r->entries), sk_number_text(rq, r->signatures),
           sk_number_text(rq, r->leaves), sk_number_text(rq, r->blobs),
           sk_bytes_text(rq, r->blob_bytes));
    SK_PUT(h, "</p>");
    if (sk_grid_rows(g))
        sk_grid_put(rq, g, sk_say(rq, "verify.findings"));
}

/* ROUTE: POST /verify
 * Check every signature, the tree, the checkpoint and every preserved file; findings by name.
 *
 * ROLE: admin
 * PARAMETERS
 *   log_only   1: leave the preserved files out
 */
sk_rc sk_page_verify_run(sk_request *rq)
{
    static const sk_grid_column columns[] = {{"finding", "verify.finding", false},
                                             {"what", "verify.what", false},
                                             {"path", "verify.path", false},
                                             {"detail", "verify.detail", false}};
    sk_html *h = &rq->html;
    sk_ctx *cx = &rq->cx;
    checking c = {rq, sk_grid_new(rq, columns, SK_COUNT(columns)),
                  sk_clock_ms() + SK_LIM_HTTP_VERIFY_MS};
    sk_archive *inspected;
    sk_verify_opts opts = {.skip_blobs = sk_rq_get(rq, "log_only").n > 0};
    sk_verify_report r;
    SK_TRY(sk_archive_open(cx, sk_fs_posix(), sk_archive_get_path(rq->web->archive),
                           SK_ARCHIVE_INSPECT, &inspected));
    cx->cancelled = is_over;
    cx->cancelled_arg = &c;
    sk_rc rc = sk_verify(cx, inspected, &opts, take_finding, &c, &r);
    cx->cancelled = NULL;
    sk_archive_close(inspected);
    if (rc == SK_E_CANCELLED) {
        sk_forgive(cx);
        return sk_fail(cx, SK_E_LIMIT,
                       "this archive takes longer than a minute to verify; run: sillok verify");
    }
    SK_TRY(rc);
    sk_last_verify_keep(cx, rq->web->archive, &opts, &r);
    sk_page_begin(rq, sk_say(rq, "verify.title"));
    SK_PUT(h, "<h1>{verify.title}</h1><p class=\"$\" role=\"status\"><strong>$</strong></p>",
           r.damage ? SK_S("verdict no") : SK_S("verdict yes"),
           sk_say(rq, r.damage ? "verify.damaged" : "verify.intact"));
    if (sk_rq_is_owner(rq))
        put_findings(rq, &r, c.g);
    SK_PUT(h, "<p class=\"quiet\">{verify.what_it_shows}</p>");
    return sk_page_end(rq, &(sk_made){.command = SK_S("sillok verify")});
}
