/* COMMAND: export
 * Write claims as CSV, FollowTheMoney or GeoJSON, or one exhibit with its proofs.
 *
 * USAGE: sillok export --as-csv FILE
 *        sillok export --as-statements FILE
 *        sillok export --as-entities FILE
 *        sillok export --as-geojson FILE
 *        sillok export --exhibit NAME --to DIR
 *
 * FILE may be - for standard output; one that is there already is kept unless --force is given, and
 * appears only when it is whole. The CSV is a claim file again (docs/formats/claims.md), safe to
 * open in a spreadsheet. Statements (CSV) and entities (JSON lines) are FollowTheMoney; what it
 * cannot say, such as a denial, goes beside it (docs/formats/ftm.md): statements of that sort into
 * FILE.rest.csv. GeoJSON holds places and events whose coordinates are claimed, each with who says
 * so, rounded to about a kilometre unless --exact is given (docs/formats/geojson.md).
 *
 * For a workbook or CSV of a question's answer see --xlsx and --csv of ask, search and show.
 *
 * --exhibit writes a package that a stranger verifies with sha256sum and openssl: the bytes, the
 * signed entries about them, and the proofs that they stand in the log.
 *
 * Restricted things are left out, unless `sillok permit owner LABEL --for export` was logged.
 *
 * OPTIONS
 *   --as-csv FILE          all current claims as a claim file
 *   --as-statements FILE   FollowTheMoney statements
 *   --as-entities FILE     FollowTheMoney entities
 *   --as-geojson FILE      places and events as points of a map
 *   --exhibit NAME         one exhibit: file name or hash
 *   --to DIR               where its package goes; must not exist
 *   --exact                write CSV cells exactly, even those a spreadsheet would run as a formula;
 *                          coordinates as claimed
 */
#include "cli/app.h"
#include "cli/outfile.h"
#include "exchange/claims/export_csv.h"
#include "exchange/ftm/export_ftm.h"
#include "exchange/geojson/export_geojson.h"
#include "publish/package.h"

static sk_rc export_csv(sk_app *app, sk_str name)
{
    sk_outfile f;
    sk_export_csv_options opts = {.is_exact = sk_flag(&app->args, "exact")};
    sk_export_csv_summary sum;
    SK_TRY(sk_outfile_open(&app->cx, name, app->force, &f));
    sk_sink sink = sk_outfile_sink(&f);
    SK_TRY(sk_outfile_close(&f, sk_export_csv(&app->cx, app->view, &opts, &sink, &sum)));
    sk_app_remark(app, "%llu claims written", (unsigned long long)sum.claims);
    return SK_OK;
}

static sk_rc export_entities(sk_app *app, sk_str name)
{
    sk_outfile f;
    sk_ftm_summary sum;
    SK_TRY(sk_outfile_open(&app->cx, name, app->force, &f));
    sk_sink sink = sk_outfile_sink(&f);
    SK_TRY(sk_outfile_close(&f, sk_export_ftm_entities(&app->cx, app->view, NULL, &sink, &sum)));
    sk_app_remark(app, "%llu entities written", (unsigned long long)sum.entities);
    return SK_OK;
}

static sk_rc export_statements(sk_app *app, sk_str name)
{
    sk_ctx *cx = &app->cx;
    sk_outfile f, g;
    sk_ftm_summary sum;
    bool to_file = !sk_str_is(name, "-");
    SK_TRY(sk_outfile_open(&app->cx, name, app->force, &f));
    if (to_file) {
        sk_rc rc =
            sk_outfile_open(cx, sk_fmt(&cx->arena, "%.*s.rest.csv", SK_P(name)), app->force, &g);
        if (rc)
            return sk_outfile_close(&f, rc);
    }
    sk_sink plain = sk_outfile_sink(&f), rest = sk_outfile_sink(&g);
    sk_rc rc = sk_export_ftm_statements(cx, app->view, NULL, &plain, to_file ? &rest : NULL, &sum);
    rc = sk_outfile_close(&f, rc);
    if (to_file)
        rc = sk_outfile_close(&g, rc);
    SK_TRY(rc);
    sk_app_remark(app, "%llu statements written, %llu claims that FollowTheMoney cannot say %s",
                  (unsigned long long)sum.plain, (unsigned long long)sum.rest,
                  to_file ? "beside them" : "left out (write to a file to keep them)");
    return SK_OK;
}

/* "3 events and 1 place have no coordinates": what a map does not show must be said beside it. */
static void tell_left_out(sk_app *app, const sk_geojson_summary *sum)
{
    if (sum->places_without || sum->events_without)
        sk_app_remark(app,
                      "not on the map: %llu places without coordinates, %llu events without a "
                      "place that has some",
                      (unsigned long long)sum->places_without,
                      (unsigned long long)sum->events_without);
    if (sum->coordinates_unused)
        sk_app_remark(app,
                      "%llu claims of a latitude or longitude were not used: not asserted, "
                      "without partner of the same origin, or no decimal degrees",
                      (unsigned long long)sum->coordinates_unused);
    if (sum->rounded)
        sk_app_remark(app,
                      "the coordinates of %llu points were rounded to %d decimals (about a "
                      "kilometre); --exact writes them as claimed",
                      (unsigned long long)sum->rounded, SK_GEOJSON_DECIMALS);
}

static sk_rc export_geojson(sk_app *app, sk_str name)
{
    sk_outfile f;
    sk_geojson_summary sum;
    sk_geojson_options opts = {.is_exact = sk_flag(&app->args, "exact")};
    SK_TRY(sk_outfile_open(&app->cx, name, app->force, &f));
    sk_sink sink = sk_outfile_sink(&f);
    SK_TRY(sk_outfile_close(&f, sk_export_geojson(&app->cx, app->view, &opts, &sink, &sum)));
    sk_app_remark(app, "%llu points written: %llu places, %llu events",
                  (unsigned long long)sum.features, (unsigned long long)sum.places,
                  (unsigned long long)sum.events);
    tell_left_out(app, &sum);
    return SK_OK;
}

static sk_rc export_package(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    sk_exhibit x;
    sk_package_summary sum;
    sk_str to = sk_arg(&app->args, "to");
    if (!to.n)
        return sk_fail(cx, SK_E_FORMAT, "--exhibit needs --to DIR");
    SK_TRY(sk_exhibit_find(cx, app->view, sk_arg(&app->args, "exhibit"), &x));
    SK_TRY(sk_package_write(cx, app->view, &x, to, &sum));
    sk_app_printf(app, "package written to ");
    sk_app_clean(app, to);
    sk_app_printf(
        app, ": %llu captures, %llu claims, %llu keys, each with its proof\ncheck it with: bash ",
        (unsigned long long)sum.captures, (unsigned long long)sum.claims,
        (unsigned long long)sum.keys);
    sk_app_clean(app, to);
    sk_app_printf(app, "/verify.sh\n");
    return SK_OK;
}

sk_rc cmd_export(sk_app *app)
{
    static const struct {
        const char *option;
        sk_rc (*run)(sk_app *app, sk_str name);
    } forms[] = {{"as-csv", export_csv},
                 {"as-statements", export_statements},
                 {"as-entities", export_entities},
                 {"as-geojson", export_geojson}};
    SK_TRY(sk_need_operands(&app->cx, &app->args, 0, 0));
    bool is_package = sk_arg(&app->args, "exhibit").p != NULL, any = is_package;
    for (size_t i = 0; i < SK_COUNT(forms); i++)
        any |= sk_arg(&app->args, forms[i].option).p != NULL;
    if (!any)
        return sk_fail(&app->cx, SK_E_FORMAT, "export what? usage: %s", app->args.command->usage);
    if (!sk_arg(&app->args, "purpose").p)
        app->cx.purpose = SK_S("export");
    /* a package needs a checkpoint that covers its entries, which the writer signs on closing */
    SK_TRY(sk_app_open(app, SK_ARCHIVE_READ));
    SK_TRY(sk_view_hold(&app->cx, app->view));
    sk_rc rc = SK_OK;
    for (size_t i = 0; !rc && i < SK_COUNT(forms); i++) {
        sk_str name = sk_arg(&app->args, forms[i].option);
        if (name.p)
            rc = forms[i].run(app, name);
    }
    sk_view_let_go(app->view);
    SK_TRY(rc);
    return is_package ? export_package(app) : SK_OK;
}
