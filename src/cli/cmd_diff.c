/* COMMAND: diff
 * Show what differs between two copies of a list.
 *
 * USAGE: sillok diff LIST
 *        sillok diff IMPORT IMPORT
 *
 * LIST is the name of a list that was imported more than once (see: sillok import --list): its two
 * newest copies are compared. Or name two imports by their ids or file names, the older first.
 * Records are matched by the list's own stable ids; old and new values stand side by side.
 *
 * OPTIONS
 *   --only WHAT    added, removed or changed records only
 *   --record KEY   this record only
 *   --summary      counts only
 *
 * EXAMPLES
 *   sillok diff un-sc
 *   sillok diff un-sc --only changed --csv
 */
#include "cli/import.h"
#include "cli/print.h"

static const sk_column columns[] = {
    {.key = "record", .title = "Record", .most = 30},
    {.key = "name", .title = "Name", .most = 40},
    {.key = "change", .title = "Change"},
    {.key = "property", .title = "Property"},
    {.key = "old", .title = "Old", .most = 60},
    {.key = "new", .title = "New", .most = 60},
};

typedef struct diffing {
    sk_app *app;
    sk_arena arena; /* of the table: the comparison gives cx's back after each record */
    sk_table *t;
    sk_str only, record;
    uint64_t values; /* pairs of old and new value that were printed */
} diffing;

static void cell(diffing *d, sk_str text)
{
    sk_table_cell(d->t, sk_str_copy(&d->arena, text));
}

static sk_str value_of(diffing *d, const sk_claim *c)
{
    return c ? sk_print_value(d->app, c) : SK_S("");
}

static void put_pair(diffing *d, const sk_import_change *ch, const char *change,
                     const sk_claim *before, const sk_claim *after)
{
    const sk_claim *c = before ? before : after;
    sk_arena *a = &d->app->cx.arena;
    sk_str about = sk_str_eq(c->entity, ch->record)
                       ? sk_fmt(a, "%.*s", SK_P(sk_print_property(c)))
                       : sk_fmt(a, "%.*s of @%.*s", SK_P(sk_print_property(c)), SK_P(c->entity));
    cell(d, ch->record);
    cell(d, sk_entity_caption(&d->app->cx, d->app->view, ch->record));
    cell(d, sk_str_of(change));
    cell(d, about);
    cell(d, value_of(d, before));
    cell(d, value_of(d, after));
    d->values++;
}

static bool same_slot(const sk_claim *a, const sk_claim *b)
{
    return sk_str_eq(a->entity, b->entity) && sk_str_eq(a->prop, b->prop) &&
           sk_str_eq(a->type, b->type);
}

/* Values of one property side by side, in their order; what has no partner stands alone. */
static void put_changes(diffing *d, const sk_import_change *ch, const char *change)
{
    bool *used = sk_new_array(&d->app->cx.arena, bool, ch->n_after);
    for (size_t i = 0; i < ch->n_before; i++) {
        const sk_claim *partner = NULL;
        for (size_t k = 0; !partner && k < ch->n_after; k++)
            if (!used[k] && same_slot(&ch->before[i], &ch->after[k])) {
                used[k] = true;
                partner = &ch->after[k];
            }
        put_pair(d, ch, change, &ch->before[i], partner);
    }
    for (size_t k = 0; k < ch->n_after; k++)
        if (!used[k])
            put_pair(d, ch, change, NULL, &ch->after[k]);
}

static sk_rc take_change(sk_ctx *cx, const sk_import_change *ch, void *arg)
{
    diffing *d = arg;
    const char *change = ch->is_added ? "added" : ch->is_removed ? "removed" : "changed";
    (void)cx;
    if ((d->only.n && !sk_str_is(d->only, change)) ||
        (d->record.n && !sk_str_eq(d->record, ch->record)))
        return SK_OK;
    put_changes(d, ch, change);
    return SK_OK;
}

static sk_rc two_newest(sk_app *app, sk_str list, sk_import_info *a, sk_import_info *b)
{
    sk_ctx *cx = &app->cx;
    sk_import_info *v;
    size_t n, kept = 0;
    SK_TRY(sk_imports_list(cx, app->view, list, &v, &n));
    for (size_t i = 0; i < n; i++)
        if (v[i].state == SK_IMPORT_READ)
            v[kept++] = v[i];
    if (kept < 2)
        return sk_fail(cx, SK_E_NOTFOUND, "of list \"%.*s\" there %s; see: sillok import --list",
                       SK_P(list), kept ? "is one copy, nothing to compare it with" : "is no copy");
    *a = v[kept - 2];
    *b = v[kept - 1];
    return SK_OK;
}

static sk_rc find_both(sk_app *app, sk_import_info *a, sk_import_info *b)
{
    sk_ctx *cx = &app->cx;
    const sk_str *op = app->args.operands;
    if (app->args.n_operands == 1)
        return two_newest(app, op[0], a, b);
    SK_TRY(sk_imports_find(cx, app->view, op[0], a));
    SK_TRY(sk_imports_find(cx, app->view, op[1], b));
    if (!sk_str_eq(a->what.format, b->what.format))
        return sk_fail(cx, SK_E_FORMAT,
                       "\"%.*s\" is of format %.*s, \"%.*s\" of %.*s: copies of one list have one "
                       "format",
                       SK_P(op[0]), SK_P(a->what.format), SK_P(op[1]), SK_P(b->what.format));
    return SK_OK;
}

static void print_summary(sk_app *app, const sk_import_info *a, const sk_import_info *b,
                          const sk_import_diff_counts *n, uint64_t values)
{
    if (app->json || app->only_tables)
        return;
    sk_app_printf(app, "%.*s (as of ", SK_P(sk_short(&app->cx, &a->id)));
    sk_app_clean(app, a->what.asof.n ? a->what.asof : SK_S("unknown"));
    sk_app_printf(app, ") to %.*s (as of ", SK_P(sk_short(&app->cx, &b->id)));
    sk_app_clean(app, b->what.asof.n ? b->what.asof : SK_S("unknown"));
    sk_app_printf(app,
                  "): %llu records added, %llu removed, %llu changed, %llu unchanged; %llu values "
                  "differ\n",
                  (unsigned long long)n->added, (unsigned long long)n->removed,
                  (unsigned long long)n->changed, (unsigned long long)n->unchanged,
                  (unsigned long long)values);
}

static void summary_json(sk_app *app, const sk_import_diff_counts *n)
{
    sk_json j;
    sk_json_init(&j, &app->text, SK_JSON_PRETTY);
    sk_json_object(&j);
    sk_json_put_uint(&j, "added", n->added);
    sk_json_put_uint(&j, "removed", n->removed);
    sk_json_put_uint(&j, "changed", n->changed);
    sk_json_put_uint(&j, "unchanged", n->unchanged);
    sk_json_end(&j);
    sk_json_done(&j);
}

sk_rc cmd_diff(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    sk_import_info a, b;
    sk_import_diff_counts counts;
    diffing d = {
        .app = app, .only = sk_arg(&app->args, "only"), .record = sk_arg(&app->args, "record")};
    SK_TRY(sk_need_operands(cx, &app->args, 1, 2));
    if (d.only.p && !sk_str_is(d.only, "added") && !sk_str_is(d.only, "removed") &&
        !sk_str_is(d.only, "changed"))
        return sk_fail(cx, SK_E_FORMAT, "--only \"%.*s\" is not added, removed or changed",
                       SK_P(d.only));
    SK_TRY(sk_app_open(app, SK_ARCHIVE_READ));
    SK_TRY(find_both(app, &a, &b));
    d.t = sk_table_new(&d.arena, columns, SK_COUNT(columns));
    sk_rc rc = sk_import_diff(cx, app->view, &a, &b, take_change, &d, &counts);
    bool only_counts = sk_flag(&app->args, "summary");
    if (!rc && !only_counts && (sk_table_rows(d.t) || app->json || app->only_tables))
        sk_app_table(app, d.t);
    if (!rc && only_counts && app->json)
        summary_json(app, &counts);
    sk_arena_done(&d.arena);
    if (!rc)
        print_summary(app, &a, &b, &counts, d.values);
    return rc;
}
