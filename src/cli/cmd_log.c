/* COMMAND: log
 * Show the log: its entries, its signed checkpoint, and proofs.
 *
 * USAGE: sillok log [--kind KIND] [--limit N]
 *        sillok log --checkpoint
 *        sillok log --prove ENTRY
 *        sillok log --since SIZE
 *        sillok log --keys
 *
 * Entries are listed newest first. --checkpoint prints the signed tree head (a C2SP checkpoint);
 * --prove the proof that an entry stands under it (a C2SP tlog-proof); --since the proof that the
 * log of SIZE entries, whose checkpoint you kept, is the beginning of today's; --keys the public
 * keys, one vkey a line.
 *
 * OPTIONS
 *   --kind KIND     only entries of a kind: claim, capture, judge, ...
 *   --limit N       at most N entries (default 50, 0 for all)
 *   --checkpoint    the newest signed checkpoint
 *   --prove ENTRY   inclusion proof of an entry
 *   --since SIZE    consistency proof from an older size
 *   --keys          public keys
 */
#include "cli/app.h"

static sk_rc list(sk_app *app)
{
    static const sk_column columns[] = {
        {.key = "entry", .title = "Entry", .least = 12},
        {.key = "leaf", .title = "Leaf", .align = SK_ALIGN_RIGHT},
        {.key = "kind", .title = "Kind"},
        {.key = "at", .title = "When"},
        {.key = "by", .title = "By"},
    };
    sk_ctx *cx = &app->cx;
    uint64_t limit;
    SK_TRY(sk_arg_number(cx, &app->args, "limit", 50, &limit));
    sk_entry_row *rows;
    size_t n;
    SK_TRY(sk_entries_list(cx, app->view, sk_arg(&app->args, "kind"), limit, &rows, &n));
    sk_table *t = sk_table_new(&cx->arena, columns, SK_COUNT(columns));
    for (size_t i = 0; i < n; i++) {
        sk_table_cell(t, sk_hash_hex(&cx->arena, &rows[i].id));
        sk_table_shown(t, sk_short(cx, &rows[i].id));
        sk_table_cell_int(t, (int64_t)rows[i].place.leaf);
        sk_table_cell(t, rows[i].kind);
        sk_table_cell(t, rows[i].at);
        sk_table_cell(t, rows[i].by);
    }
    sk_app_table(app, t);
    return SK_OK;
}

static sk_rc prove(sk_app *app)
{
    sk_entry_row row;
    sk_str proof;
    SK_TRY(sk_entry_find(&app->cx, app->view, sk_arg(&app->args, "prove"), &row));
    SK_TRY(sk_archive_prove(&app->cx, app->cx.archive, &row.place, &proof));
    sk_buf_add(&app->text, proof);
    return SK_OK;
}

sk_rc cmd_log(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    sk_str text;
    SK_TRY(sk_need_operands(cx, &app->args, 0, 0));
    if (sk_flag(&app->args, "checkpoint")) {
        SK_TRY(sk_app_open_archive(app, SK_ARCHIVE_READ));
        SK_TRY(sk_archive_read_checkpoint(cx, cx->archive, &text));
        sk_buf_add(&app->text, text);
        return SK_OK;
    }
    if (sk_flag(&app->args, "keys")) {
        SK_TRY(sk_app_open_archive(app, SK_ARCHIVE_READ));
        SK_TRY(sk_archive_read_vkeys(cx, cx->archive, &text));
        sk_buf_add(&app->text, text);
        return SK_OK;
    }
    if (sk_arg(&app->args, "since").p) {
        uint64_t size;
        SK_TRY(sk_arg_number(cx, &app->args, "since", 0, &size));
        SK_TRY(sk_app_open_archive(app, SK_ARCHIVE_READ));
        SK_TRY(sk_log_consistency(cx, cx->archive, size, &text));
        sk_buf_add(&app->text, text);
        return SK_OK;
    }
    SK_TRY(sk_app_open(app, SK_ARCHIVE_READ));
    return sk_arg(&app->args, "prove").p ? prove(app) : list(app);
}
