/* COMMAND: reindex
 * Make the index again from the log and the exhibits.
 *
 * USAGE: sillok reindex [--check]
 *
 * Everything under derived/ is a cache. This throws the index away, and the screening index with it
 * (the next screening makes it anew), replays every entry and reads every exhibit and import again, and
 * prints the hash of the outcome: the same entries give the same hash on every device. A second hash leaves out what only the log holds (entries, captures), so that
 * an import that was undone leaves it as it was.
 *
 * OPTIONS
 *   --check   change nothing, print the hash of the index as it is
 */
#include "cli/app.h"
#include "screen/archive.h"

sk_rc cmd_reindex(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    SK_TRY(sk_need_operands(cx, &app->args, 0, 0));
    SK_TRY(sk_app_open_archive(app, SK_ARCHIVE_READ));
    if (!sk_flag(&app->args, "check")) {
        SK_TRY(sk_screen_archive_remove(cx, cx->archive));
        SK_TRY(sk_index_rebuild(cx, cx->archive));
    }
    SK_TRY(sk_index_open(cx, cx->archive, &cx->index));
    SK_TRY(sk_app_derive(app));
    sk_hash all, meaning;
    SK_TRY(sk_index_dump_hash(cx, cx->index, &all));
    SK_TRY(sk_index_meaning_hash(cx, cx->index, &meaning));
    sk_str hex = sk_hash_hex(&cx->arena, &all), meant = sk_hash_hex(&cx->arena, &meaning);
    if (app->json)
        sk_app_printf(app,
                      "{\"entries\": %llu, \"dump_hash\": \"%.*s\", \"meaning_hash\": \"%.*s\"}\n",
                      (unsigned long long)sk_archive_count(cx->archive), SK_P(hex), SK_P(meant));
    else
        sk_app_printf(app, "%llu entries; dump hash %.*s; of what is said alone %.*s\n",
                      (unsigned long long)sk_archive_count(cx->archive), SK_P(hex), SK_P(meant));
    return SK_OK;
}
