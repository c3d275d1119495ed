/* COMMAND: verify
 * Prove that nothing acknowledged was lost and nothing stored was altered.
 *
 * USAGE: sillok verify [--no-blobs] [--resume] [--index]
 *
 * Checks every signature, the Merkle tree, the signed checkpoint, every body and every preserved
 * file against its hash, and names every finding with file and place. Exits 1 when anything is
 * damaged. An interrupted run goes on with --resume.
 *
 * It shows that what is here is unchanged since it was logged, by these keys. It does not show that a
 * claim is true, nor that nothing was left out before logging.
 *
 * OPTIONS
 *   --no-blobs   only log and entries, not the preserved files
 *   --resume     go on where an interrupted run stopped
 *   --index      also rebuild the index from the log and compare; replaces it when it differs
 */
#include "archive/last_verify.h"
#include "cli/app.h"

typedef struct verifying {
    sk_app *app;
    sk_json json;
} verifying;

static void finding(sk_ctx *cx, const sk_finding *f, void *arg)
{
    verifying *v = arg;
    (void)cx;
    if (v->app->json) {
        sk_json_object(&v->json);
        sk_json_put_bool(&v->json, "damage", f->is_damage);
        sk_json_put_str(&v->json, "what", f->what);
        sk_json_put_str(&v->json, "path", f->path);
        sk_json_put_str(&v->json, "detail", f->detail);
        sk_json_end(&v->json);
        return;
    }
    sk_app_printf(v->app, "%s ", f->is_damage ? "DAMAGE" : "notice");
    sk_app_clean(v->app, f->what);
    sk_app_printf(v->app, "  ");
    sk_app_clean(v->app, f->path);
    sk_app_printf(v->app, ": ");
    sk_app_line(v->app, f->detail);
}

/* Compare the index with one made anew from the log. */
static sk_rc check_index(sk_app *app, bool *ret_equal)
{
    sk_ctx *cx = &app->cx;
    sk_hash before, after;
    SK_TRY(sk_index_open(cx, cx->archive, &cx->index));
    SK_TRY(sk_app_derive(app));
    bool readable = sk_index_check(cx, cx->index) == SK_OK &&
                    sk_index_dump_hash(cx, cx->index, &before) == SK_OK;
    sk_forgive(cx);
    sk_index_close(cx->index);
    cx->index = NULL;
    SK_TRY(sk_index_rebuild(cx, cx->archive));
    SK_TRY(sk_index_open(cx, cx->archive, &cx->index));
    SK_TRY(sk_app_derive(app));
    SK_TRY(sk_index_dump_hash(cx, cx->index, &after));
    *ret_equal = readable && sk_hash_eq(&before, &after);
    return SK_OK;
}

static void summary(verifying *v, const sk_verify_report *r)
{
    sk_app *app = v->app;
    if (app->json) {
        sk_json *j = &v->json;
        sk_json_end(j);
        sk_json_put_uint(j, "entries", r->entries);
        sk_json_put_uint(j, "signatures", r->signatures);
        sk_json_put_uint(j, "leaves", r->leaves);
        sk_json_put_uint(j, "blobs", r->blobs);
        sk_json_put_uint(j, "blob_bytes", r->blob_bytes);
        sk_json_put_uint(j, "damage", r->damage);
        sk_json_put_uint(j, "notices", r->notices);
        sk_json_end(j);
        sk_json_done(j);
        return;
    }
    sk_app_printf(
        app,
        "%llu entries, %llu signatures, %llu leaves under the signed root, %llu preserved "
        "files (%llu bytes): ",
        (unsigned long long)r->entries, (unsigned long long)r->signatures,
        (unsigned long long)r->leaves, (unsigned long long)r->blobs,
        (unsigned long long)r->blob_bytes);
    if (r->damage)
        sk_app_printf(app, "%llu DAMAGED\n", (unsigned long long)r->damage);
    else
        sk_app_printf(app, "all intact\n");
}

sk_rc cmd_verify(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    SK_TRY(sk_need_operands(cx, &app->args, 0, 0));
    SK_TRY(sk_app_open_archive(app, SK_ARCHIVE_INSPECT));
    verifying v = {.app = app};
    if (app->json) {
        sk_json_init(&v.json, &app->text, SK_JSON_PRETTY);
        sk_json_object(&v.json);
        sk_json_key(&v.json, SK_S("findings"));
        sk_json_array(&v.json);
    }
    sk_verify_opts opts = {.skip_blobs = sk_flag(&app->args, "no-blobs"),
                           .resume = sk_flag(&app->args, "resume")};
    sk_verify_report report;
    SK_TRY(sk_verify(cx, cx->archive, &opts, finding, &v, &report));
    if (sk_flag(&app->args, "index")) {
        bool equal;
        SK_TRY(check_index(app, &equal));
        if (!equal) {
            sk_finding f = {.is_damage = false,
                            .what = SK_S("index-differed"),
                            .path = SK_S("derived/index.db"),
                            .detail = SK_S("was not what the log says; it has been made again")};
            finding(cx, &f, &v);
            report.notices++;
        }
    }
    sk_last_verify_keep(cx, cx->archive, &opts, &report);
    summary(&v, &report);
    app->exit_code = report.damage ? 1 : 0;
    return SK_OK;
}
