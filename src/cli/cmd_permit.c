/* COMMAND: permit
 * Let somebody see what bears a restriction label.
 *
 * USAGE: sillok permit USER LABEL [--for PURPOSE] --reason TEXT
 *
 * USER is a word for a person or desk; they use it with --as USER. The owner's own exports and
 * publications leave restricted things out too, unless permitted to "owner" for that purpose. Take a
 * permit back with: sillok retract ENTRY.
 *
 * OPTIONS
 *   --for PURPOSE   work (default), export or publish
 *   --reason TEXT   why; required, and kept
 */
#include "cli/app.h"
#include "record/write.h"

sk_rc cmd_permit(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    SK_TRY(sk_need_operands(cx, &app->args, 2, 2));
    const sk_str *op = app->args.operands;
    sk_str purpose = sk_arg(&app->args, "for");
    if (!purpose.n)
        purpose = SK_S("work");
    SK_TRY(sk_app_open(app, SK_ARCHIVE_WRITE));
    sk_hash id;
    SK_TRY(sk_record_permit(cx, op[0], op[1], purpose, sk_arg(&app->args, "reason"), &id));
    SK_TRY(sk_record_commit(cx));
    sk_app_printf(app, "%.*s may see \"%.*s\" for %.*s by entry %.*s\n", SK_P(op[0]), SK_P(op[1]),
                  SK_P(purpose), SK_P(sk_short(cx, &id)));
    return SK_OK;
}
