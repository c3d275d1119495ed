#include "cli/import.h"

#include "exchange/mapping/mapping.h"

#include <fcntl.h>
#include <unistd.h>

static const sk_column finding_columns[] = {
    {.key = "file", .title = "File", .most = 24},
    {.key = "row", .title = "Row", .most = 20},
    {.key = "what", .title = "What"},
    {.key = "column", .title = "Column", .most = 24},
    {.key = "value", .title = "Value", .most = 40},
    {.key = "message", .title = "Why, and what to do", .most = 80},
};

static const char *const finding_words[] = {[SK_IMPORT_LEFT] = "not taken",
                                            [SK_IMPORT_REMARK] = "look",
                                            [SK_IMPORT_SKIPPED] = "row skipped"};

/* A long list is cut on a terminal: the report file has all of it. */
enum { FINDINGS_SHOWN = 20 };

static sk_table *findings_table(sk_app *app, const sk_import_report *r, size_t most)
{
    sk_table *t = sk_table_new(&app->cx.arena, finding_columns, SK_COUNT(finding_columns));
    for (size_t i = 0; i < r->n_findings && i < most; i++) {
        const sk_report_finding *f = &r->findings[i];
        sk_table_cell(t, f->file);
        sk_table_cell(t, f->place);
        sk_table_cell(t, sk_str_of(finding_words[f->finding.kind]));
        sk_table_cell(t, f->finding.column);
        sk_table_cell(t, f->finding.value);
        sk_table_cell(t, f->finding.message);
    }
    return t;
}

static void report_json(sk_app *app, const sk_reader *reader, const sk_import_draft *what,
                        const sk_import_report *r, const sk_import_info *prior, const sk_hash *id)
{
    sk_arena *a = &app->cx.arena;
    sk_json j;
    sk_json_init(&j, &app->text, SK_JSON_PRETTY);
    sk_json_object(&j);
    sk_json_put_str(&j, "format", sk_str_of(reader->name));
    sk_json_put_given(&j, "list", what->list);
    sk_json_put_given(&j, "asof", what->asof);
    if (prior)
        sk_json_put_str(&j, "compared_with", sk_hash_hex(a, &prior->id));
    if (id)
        sk_json_put_str(&j, "import", sk_hash_hex(a, id));
    sk_json_put_uint(&j, "rows", r->summary.rows);
    for (int i = 0; i < SK_ROW_STATES; i++)
        sk_json_put_uint(&j, sk_row_state_name((sk_row_state)i), r->rows[i]);
    sk_json_put_uint(&j, "records", r->records);
    sk_json_put_uint(&j, "records_removed", r->removed);
    sk_json_put_uint(&j, "claims", r->summary.claims);
    sk_json_put_uint(&j, "values_not_taken", r->summary.values_left);
    sk_json_put_uint(&j, "remarks", r->summary.remarks);
    sk_json_key(&j, SK_S("findings"));
    sk_table_json_into(findings_table(app, r, SIZE_MAX), &j);
    sk_json_end(&j);
    sk_json_done(&j);
}

static void print_counts(sk_app *app, const sk_import_draft *what, const sk_import_report *r,
                         const sk_import_info *prior)
{
    const uint64_t *n = r->rows;
    sk_app_printf(app, "  %-10s %llu: ", "rows", (unsigned long long)r->summary.rows);
    for (int i = 0; i < SK_ROW_STATES; i++)
        sk_app_printf(app, "%s%llu %s", i ? ", " : "", (unsigned long long)n[i],
                      sk_row_state_name((sk_row_state)i));
    sk_app_printf(app, "\n  %-10s %llu", "records", (unsigned long long)r->records);
    if (prior)
        sk_app_printf(app, "; %llu of the copy before are gone", (unsigned long long)r->removed);
    sk_app_printf(app, "\n  %-10s %llu", "claims", (unsigned long long)r->summary.claims);
    if (r->summary.values_left || r->summary.remarks)
        sk_app_printf(app, "; %llu values not taken, %llu worth a look",
                      (unsigned long long)r->summary.values_left,
                      (unsigned long long)r->summary.remarks);
    sk_app_printf(app, "\n");
    if (what->list.n) {
        sk_app_printf(app, "  %-10s ", "list");
        sk_app_clean(app, what->list);
        sk_app_printf(app, "%s", what->asof.n ? ", as of " : "");
        sk_app_clean(app, what->asof);
        sk_app_printf(app, "\n");
    }
    if (prior) {
        sk_app_printf(app, "  %-10s import %.*s", "compared", SK_P(sk_short(&app->cx, &prior->id)));
        sk_app_printf(app, "%s", prior->what.asof.n ? ", as of " : "");
        sk_app_clean(app, prior->what.asof);
        sk_app_printf(app, "\n");
    }
}

void sk_import_print_report(sk_app *app, const sk_reader *reader, const sk_import_draft *what,
                            const sk_import_report *r, const sk_import_info *prior,
                            const sk_hash *id)
{
    if (app->json) {
        report_json(app, reader, what, r, prior, id);
        return;
    }
    if (app->only_tables) {
        sk_app_table(app, findings_table(app, r, SIZE_MAX));
        return;
    }
    sk_app_clean(app, what->files[0].name);
    sk_app_printf(app, " read as %s%s\n", reader->title,
                  id ? "" : " (dry run: nothing was changed)");
    print_counts(app, what, r, prior);
    uint64_t all = r->summary.values_left + r->summary.remarks + r->summary.rows_skipped;
    if (all) {
        sk_app_printf(app, "\n");
        sk_app_table(app, findings_table(app, r, FINDINGS_SHOWN));
    }
    if (all > FINDINGS_SHOWN)
        sk_app_printf(app, "(the first %d of %llu; all of them: --report FILE)\n", FINDINGS_SHOWN,
                      (unsigned long long)all);
    if (id)
        sk_app_printf(app, "\nimport %.*s; undo with: sillok import --undo %.*s --reason ...\n",
                      SK_P(sk_short(&app->cx, id)), SK_P(sk_short(&app->cx, id)));
}

void sk_import_print_same(sk_app *app, const sk_import_info *same)
{
    if (app->json) {
        sk_app_printf(app, "{\"import\": \"%.*s\", \"imported_before\": true}\n",
                      SK_P(sk_hash_hex(&app->cx.arena, &same->id)));
        return;
    }
    sk_app_printf(app,
                  "imported already, in the same way, on %.*s (import %.*s): nothing changed\n",
                  SK_P(same->at), SK_P(sk_short(&app->cx, &same->id)));
}

sk_rc sk_import_print_list(sk_app *app)
{
    static const sk_column columns[] = {
        {.key = "import", .title = "Import", .least = 12},
        {.key = "list", .title = "List"},
        {.key = "asof", .title = "As of"},
        {.key = "file", .title = "File", .most = 40},
        {.key = "format", .title = "Format"},
        {.key = "claims", .title = "Claims", .align = SK_ALIGN_RIGHT},
        {.key = "state", .title = "State", .most = 60},
        {.key = "at", .title = "Imported"},
    };
    sk_ctx *cx = &app->cx;
    sk_import_info *v;
    size_t n;
    SK_TRY(sk_imports_list(cx, app->view, SK_S(""), &v, &n));
    sk_table *t = sk_table_new(&cx->arena, columns, SK_COUNT(columns));
    for (size_t i = 0; i < n; i++) {
        sk_str state = sk_str_of(sk_import_state_name(v[i].state));
        sk_table_cell(t, sk_hash_hex(&cx->arena, &v[i].id));
        sk_table_shown(t, sk_short(cx, &v[i].id));
        sk_table_cell(t, v[i].what.list);
        sk_table_cell(t, v[i].what.asof);
        sk_table_cell(t, v[i].what.files[0].name);
        sk_table_cell(t, v[i].what.format);
        sk_table_cell_int(t, (int64_t)v[i].claims);
        sk_table_cell(t, v[i].note.n
                             ? sk_fmt(&cx->arena, "%.*s: %.*s", SK_P(state), SK_P(v[i].note))
                             : state);
        sk_table_cell(t, v[i].at);
    }
    sk_app_table(app, t);
    return SK_OK;
}

sk_rc sk_import_print_formats(sk_app *app)
{
    static const sk_column columns[] = {
        {.key = "format", .title = "Format"},
        {.key = "title", .title = "What it is"},
        {.key = "files", .title = "Files"},
        {.key = "recognised", .title = "Recognised"},
    };
    sk_table *t = sk_table_new(&app->cx.arena, columns, SK_COUNT(columns));
    for (size_t i = 0; i < sk_n_readers; i++) {
        const sk_reader *r = sk_readers[i];
        sk_table_cell(t, sk_str_of(r->name));
        sk_table_cell(t, sk_str_of(r->title));
        sk_table_cell(t, sk_str_of(r->files));
        sk_table_cell(t, r->needs_mapping ? SK_S("needs --mapping") : SK_S("by itself"));
    }
    sk_app_table(app, t);
    return SK_OK;
}

sk_rc sk_import_draft_mapping(sk_app *app, sk_str path)
{
    sk_ctx *cx = &app->cx;
    sk_source_file file = {.name = sk_import_last_part(path)};
    sk_str text;
    SK_TRY(sk_need_operands(cx, &app->args, 0, 0));
    file.fd = open(sk_str_c(&cx->arena, path), O_RDONLY | O_CLOEXEC);
    if (file.fd < 0)
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(path));
    sk_source source = {.files = &file,
                        .n_files = 1,
                        .options = {.charset = sk_arg(&app->args, "charset"),
                                    .sheet = sk_arg(&app->args, "sheet")}};
    sk_rc rc = sk_mapping_draft(cx, &source, &text);
    close(file.fd);
    if (!rc)
        sk_app_clean(app, text);
    return rc;
}
