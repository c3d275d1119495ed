#include "cli/output.h"

#include "cli/outfile.h"
#include "exchange/write/write_csv.h"
#include "exchange/write/write_xlsx.h"

struct sk_output {
    sk_write_csv_options csv;
    sk_write_csv_summary replaced;
    bool is_plain; /* CSV as ever: UTF-8, no tags */
    bool has_tags;
    sk_outfile file; /* of the workbook */
    sk_workbook *xlsx;
    size_t n_tables;
    sk_rc rc; /* first error of a table */
    sk_str message;
};

/* Options that say how tables are written are for tables: alone they would be passed over. */
static sk_rc check_options(sk_app *app, sk_str xlsx, sk_str charset)
{
    sk_ctx *cx = &app->cx;
    if (xlsx.p && (app->json || app->csv))
        return sk_fail(cx, SK_E_FORMAT, "give one of --json, --csv and --xlsx");
    if (charset.p && (!app->csv || app->json))
        return sk_fail(cx, SK_E_FORMAT, "--charset says how CSV is written: give --csv too");
    if (sk_flag_common(&app->args, "charset-replace") && !charset.p)
        return sk_fail(cx, SK_E_FORMAT, "--charset-replace goes with --charset");
    if (sk_flag_common(&app->args, "hxl") && !xlsx.p && (!app->csv || app->json))
        return sk_fail(cx, SK_E_FORMAT, "--hxl adds tags to a table: give --csv or --xlsx too");
    if (xlsx.p && (xlsx.n == 0 || sk_str_is(xlsx, "-")))
        return sk_fail(cx, SK_E_FORMAT,
                       "--xlsx needs the name of a file; a workbook cannot go to "
                       "standard output");
    return SK_OK;
}

static sk_rc open_workbook(sk_app *app, sk_str name)
{
    sk_output *o = app->output;
    SK_TRY(sk_outfile_open(&app->cx, name, app->force, &o->file));
    if (!o->file.path.n)
        return sk_outfile_close(
            &o->file, sk_fail(&app->cx, SK_E_FORMAT,
                              "\"%.*s\" is no file that a workbook can be written to", SK_P(name)));
    sk_rc rc = sk_workbook_open(&app->cx, o->file.path, o->file.folder, &o->xlsx);
    return rc ? sk_outfile_close(&o->file, rc) : SK_OK;
}

sk_rc sk_output_open(sk_app *app)
{
    sk_output *o = sk_new(&app->cx.arena, sk_output);
    sk_str xlsx = sk_arg_common(&app->args, "xlsx"), charset = sk_arg_common(&app->args, "charset");
    app->output = o;
    app->json = sk_flag_common(&app->args, "json");
    app->csv = sk_flag_common(&app->args, "csv");
    app->force = sk_flag_common(&app->args, "force");
    SK_TRY(check_options(app, xlsx, charset));
    app->only_tables = !app->json && (app->csv || xlsx.p);
    o->has_tags = sk_flag_common(&app->args, "hxl");
    o->is_plain = !charset.p && !o->has_tags;
    o->csv.has_tags = o->has_tags;
    o->csv.replace = sk_flag_common(&app->args, "charset-replace");
    if (charset.p)
        SK_TRY(sk_encoder_open(&app->cx, charset, &o->csv.encoder));
    return xlsx.p ? open_workbook(app, xlsx) : SK_OK;
}

/* ---- tables ---- */

static sk_rc put_table(sk_app *app, const sk_table *t, sk_str name)
{
    sk_output *o = app->output;
    if (o->xlsx)
        return sk_workbook_table(&app->cx, o->xlsx, t, name, o->has_tags);
    return sk_write_csv(&app->cx, t, &o->csv, &app->text, &o->replaced);
}

void sk_app_sheet(sk_app *app, const sk_table *t, const char *name)
{
    sk_output *o = app->output;
    o->n_tables++;
    if (app->json) {
        sk_table_json(t, SK_JSON_PRETTY, &app->text);
    } else if (!app->only_tables) {
        sk_look look = sk_look_for(&app->out);
        sk_table_text(t, &look, &app->text);
    } else if (!o->xlsx && o->is_plain) {
        sk_table_csv(t, true, &app->text);
    } else if (!o->rc && !app->cx.rc) {
        o->rc = put_table(app, t, sk_str_of(name));
        o->message = sk_str_copy(&app->cx.arena, sk_str_of(app->cx.message));
        sk_forgive(&app->cx);
    }
}

void sk_app_table(sk_app *app, const sk_table *t)
{
    sk_app_sheet(app, t, app->args.command->name);
}

/* ---- the end ---- */

static void tell_replaced(sk_app *app)
{
    enum { SHOWN = 8 };
    const sk_write_csv_summary *sum = &app->output->replaced;
    sk_arena *a = &app->cx.arena;
    sk_str list = SK_NONE;
    if (!sum->n)
        return;
    for (size_t i = 0; i < sum->n_replaced && i < SHOWN; i++) {
        const sk_replaced *r = &sum->replaced[i];
        list = sk_fmt(a, "%.*s%sU+%04X by \"%.*s\" (%llu)", SK_P(list), i ? ", " : "",
                      (unsigned)r->c, SK_P(r->by), (unsigned long long)r->n);
    }
    sk_app_remark(app, "%llu characters that %s lacks were replaced: %.*s%s",
                  (unsigned long long)sum->n, sk_encoder_name(app->output->csv.encoder), SK_P(list),
                  sum->n_replaced > SHOWN ? ", ..." : "");
}

static sk_rc end_workbook(sk_app *app, sk_rc rc)
{
    sk_ctx *cx = &app->cx;
    sk_output *o = app->output;
    sk_workbook_summary sum = {0};
    if (!rc && o->n_tables == 0)
        rc = sk_fail(cx, SK_E_UNSUPPORTED, "this prints no table, so there is nothing for \"%.*s\"",
                     SK_P(o->file.name));
    if (rc)
        sk_workbook_discard(o->xlsx);
    else
        rc = sk_workbook_close(cx, o->xlsx, &sum);
    o->xlsx = NULL;
    rc = sk_outfile_close(&o->file, rc);
    if (!rc)
        sk_app_remark(app, "%llu rows in %llu sheet%s written to \"%.*s\"",
                      (unsigned long long)sum.rows, (unsigned long long)sum.sheets,
                      sum.sheets == 1 ? "" : "s", SK_P(o->file.name));
    return rc;
}

sk_rc sk_output_end(sk_app *app, sk_rc rc)
{
    sk_output *o = app->output;
    if (!o)
        return rc;
    if (!rc && o->rc) {
        rc = sk_fail(&app->cx, o->rc, "%.*s", SK_P(o->message));
        sk_buf_reset(&app->text);
    }
    if (o->xlsx)
        rc = end_workbook(app, rc);
    if (!rc)
        tell_replaced(app);
    sk_encoder_close(o->csv.encoder);
    o->csv.encoder = NULL;
    return rc;
}
