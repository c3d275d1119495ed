/* COMMAND: retract
 * Take back a claim, judgement, restriction or permit.
 *
 * USAGE: sillok retract ENTRY --reason TEXT
 *
 * ENTRY is the id of the entry, or its first six or more digits. Nothing is deleted: the entry stays
 * in the log with the retraction beside it, and no answer counts it any more. To correct a claim,
 * enter the right one with --supersedes instead.
 *
 * OPTIONS
 *   --reason TEXT   why; required, and kept
 *   -n, --dry-run   print what would happen, change nothing
 */
#include "cli/app.h"
#include "record/write.h"

/* An entry, or a claim that an import made, which has none of its own. */
static sk_rc find_target(sk_app *app, sk_str prefix, sk_entry_row *ret_row)
{
    sk_ctx *cx = &app->cx;
    sk_claim_row claim;
    if (sk_claim_find(cx, app->view, prefix, &claim) == SK_OK && claim.is_derived) {
        *ret_row = (sk_entry_row){.id = claim.claim.id, .kind = SK_S("claim")};
        return SK_OK;
    }
    sk_forgive(cx);
    return sk_entry_find(cx, app->view, prefix, ret_row);
}

sk_rc cmd_retract(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    SK_TRY(sk_need_operands(cx, &app->args, 1, 1));
    SK_TRY(sk_app_open(app, SK_ARCHIVE_WRITE));
    sk_entry_row row;
    SK_TRY(find_target(app, app->args.operands[0], &row));
    static const char *const kinds[] = {"claim", "judge", "restrict", "permit"};
    bool known = false;
    for (size_t i = 0; i < SK_COUNT(kinds); i++)
        known |= sk_str_is(row.kind, kinds[i]);
    if (!known)
        return sk_fail(
            cx, SK_E_FORMAT,
            "entry \"%.*s\" is a %.*s; only claims, judgements, restrictions and permits "
            "can be taken back here (an import: sillok import --undo)",
            SK_P(app->args.operands[0]), SK_P(row.kind));
    sk_hash id;
    SK_TRY(sk_record_retract(cx, &row.id, sk_arg(&app->args, "reason"), &id));
    if (sk_flag(&app->args, "dry-run")) {
        sk_archive_drop(cx->archive);
        sk_app_printf(app, "would retract %.*s %.*s\n", SK_P(row.kind),
                      SK_P(sk_short(cx, &row.id)));
        return SK_OK;
    }
    SK_TRY(sk_record_commit(cx));
    sk_app_printf(app, "retracted %.*s %.*s by entry %.*s\n", SK_P(row.kind),
                  SK_P(sk_short(cx, &row.id)), SK_P(sk_short(cx, &id)));
    return SK_OK;
}
