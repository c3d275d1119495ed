/* COMMAND: judge
 * Decide whether two entities are the same, reversibly.
 *
 * USAGE: sillok judge A B same|different|unsure --reason TEXT
 *        sillok judge --undo ENTRY --reason TEXT
 *        sillok judge --list [ENTITY]
 *
 * A and B are keys or names. Entities judged the same are shown as one, each claim still with its
 * source; undoing the judgement splits them again without loss. A `different` keeps two entities
 * apart even when a chain of `same` would join them; the `same` that it blocks is marked so.
 *
 * OPTIONS
 *   --reason TEXT   why; required, and kept
 *   --undo ENTRY    take back the judgement made by that entry
 *   --list          list judgements, all or those that touch ENTITY
 *   -n, --dry-run   print what would happen, change nothing
 */
#include "cli/app.h"
#include "record/write.h"

static sk_rc list(sk_app *app)
{
    static const sk_column columns[] = {
        {.key = "entry", .title = "Entry", .least = 12},
        {.key = "a", .title = "A", .most = 40},
        {.key = "verdict", .title = "Verdict"},
        {.key = "b", .title = "B", .most = 40},
        {.key = "reason", .title = "Reason", .most = 60},
        {.key = "at", .title = "When"},
        {.key = "state", .title = "State"},
    };
    sk_ctx *cx = &app->cx;
    SK_TRY(sk_need_operands(cx, &app->args, 0, 1));
    SK_TRY(sk_app_open(app, SK_ARCHIVE_READ));
    sk_entity e;
    bool one = app->args.n_operands == 1;
    if (one)
        SK_TRY(sk_entity_find(cx, app->view, app->args.operands[0], &e));
    sk_judgement *v;
    size_t n;
    SK_TRY(sk_judgements_list(cx, app->view, one ? &e : NULL, &v, &n));
    sk_table *t = sk_table_new(&cx->arena, columns, SK_COUNT(columns));
    for (size_t i = 0; i < n; i++) {
        sk_table_cell(t, sk_hash_hex(&cx->arena, &v[i].id));
        sk_table_shown(t, sk_short(cx, &v[i].id));
        sk_table_cell(t, v[i].a);
        sk_table_cell(t, v[i].verdict);
        sk_table_cell(t, v[i].b);
        sk_table_cell(t, v[i].reason);
        sk_table_cell(t, v[i].at);
        sk_table_cell(t, v[i].undone    ? SK_S("undone")
                         : v[i].blocked ? SK_S("blocked by a different")
                                        : SK_S("in force"));
    }
    sk_app_table(app, t);
    return SK_OK;
}

static sk_rc finish(sk_app *app, sk_str what, const sk_hash *id)
{
    sk_ctx *cx = &app->cx;
    if (sk_flag(&app->args, "dry-run")) {
        sk_archive_drop(cx->archive);
        sk_app_printf(app, "would log: ");
        sk_app_line(app, what);
        return SK_OK;
    }
    SK_TRY(sk_record_commit(cx));
    sk_app_clean(app, what);
    sk_app_printf(app, " (entry %.*s; undo with: sillok judge --undo %.*s --reason ...)\n",
                  SK_P(sk_short(cx, id)), SK_P(sk_short(cx, id)));
    return SK_OK;
}

static sk_rc undo(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    SK_TRY(sk_need_operands(cx, &app->args, 0, 0));
    SK_TRY(sk_app_open(app, SK_ARCHIVE_WRITE));
    sk_entry_row row;
    sk_str wanted = sk_arg(&app->args, "undo");
    SK_TRY(sk_entry_find(cx, app->view, wanted, &row));
    if (!sk_str_is(row.kind, "judge"))
        return sk_fail(cx, SK_E_FORMAT, "entry \"%.*s\" is a %.*s, not a judgement", SK_P(wanted),
                       SK_P(row.kind));
    sk_hash id;
    SK_TRY(sk_record_retract(cx, &row.id, sk_arg(&app->args, "reason"), &id));
    return finish(app, sk_fmt(&cx->arena, "judgement %.*s undone", SK_P(sk_short(cx, &row.id))),
                  &id);
}

sk_rc cmd_judge(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    if (sk_flag(&app->args, "list"))
        return list(app);
    if (sk_arg(&app->args, "undo").p)
        return undo(app);
    SK_TRY(sk_need_operands(cx, &app->args, 3, 3));
    const sk_str *op = app->args.operands;
    SK_TRY(sk_app_open(app, SK_ARCHIVE_WRITE));
    sk_entity a, b;
    SK_TRY(sk_entity_find(cx, app->view, op[0], &a));
    SK_TRY(sk_entity_find(cx, app->view, op[1], &b));
    sk_hash id;
    SK_TRY(sk_record_judge(cx, a.key, b.key, op[2], sk_arg(&app->args, "reason"), &id));
    return finish(
        app, sk_fmt(&cx->arena, "%.*s and %.*s judged %.*s", SK_P(a.key), SK_P(b.key), SK_P(op[2])),
        &id);
}
