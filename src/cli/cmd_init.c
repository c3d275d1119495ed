/* COMMAND: init
 * Make a new archive.
 *
 * USAGE: sillok init DIR [--author NAME]
 *
 * DIR must not exist or be empty. sillok makes two keys there: one for this device, which signs the
 * log, and one for you, which signs what you enter. Both stay in DIR/keys; keep a copy of that
 * folder in a safe place. NAME is how you want to be known inside the archive; it is signed into the
 * log for ever, so choose an alias where a name could endanger anyone.
 *
 * OPTIONS
 *   --author NAME   your name or alias inside the archive
 */
#include "archive/fs.h"
#include "cli/app.h"

sk_rc cmd_init(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    SK_TRY(sk_need_operands(cx, &app->args, 1, 1));
    sk_str path = app->args.operands[0];
    SK_TRY(sk_archive_init(cx, sk_fs_posix(), path, sk_arg(&app->args, "author")));
    SK_TRY(sk_archive_open(cx, sk_fs_posix(), path, SK_ARCHIVE_READ, &cx->archive));
    if (app->json) {
        sk_json j;
        sk_json_init(&j, &app->text, SK_JSON_PRETTY);
        sk_json_object(&j);
        sk_json_put_str(&j, "archive", sk_archive_get_id(cx->archive));
        sk_json_put_str(&j, "path", path);
        sk_json_put_str(&j, "author", sk_archive_get_author(cx->archive));
        sk_json_put_str(&j, "device", sk_archive_get_device(cx->archive));
        sk_json_end(&j);
        sk_json_done(&j);
        return SK_OK;
    }
    sk_app_printf(app, "archive %.*s made at ", SK_P(sk_archive_get_id(cx->archive)));
    sk_app_line(app, path);
    sk_app_printf(app, "next: sillok -C ");
    sk_app_clean(app, path);
    sk_app_printf(app, " add FILE ...\n");
    return SK_OK;
}
