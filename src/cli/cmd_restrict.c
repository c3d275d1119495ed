/* COMMAND: restrict
 * Keep an exhibit, a claim or an entity from being shown.
 *
 * USAGE: sillok restrict exhibit|claim|entity THING LABEL --reason TEXT
 *
 * Whatever bears LABEL is absent from every answer, count, snippet and error message, except for the
 * owner at work and for whom `sillok permit` names. A restricted exhibit takes its text and every
 * claim that rests on it along; a restricted entity takes every claim about it, pointing to it or
 * made by it, for all records judged to be the same. Labels are words of your choice, such as
 * identity, minor or sealed. Lift one with: sillok retract ENTRY.
 *
 * This gates what sillok shows. It does not encrypt: who can read the archive's files can read them.
 *
 * OPTIONS
 *   --reason TEXT   why; required, and kept
 */
#include "cli/app.h"
#include "record/write.h"

static sk_rc target_of(sk_app *app, sk_str kind, sk_str thing, sk_str *ret_target)
{
    sk_ctx *cx = &app->cx;
    if (sk_str_is(kind, "exhibit")) {
        sk_exhibit x;
        SK_TRY(sk_exhibit_find(cx, app->view, thing, &x));
        *ret_target = sk_fmt(&cx->arena, "exhibit %.*s", SK_P(sk_hash_hex(&cx->arena, &x.hash)));
        return SK_OK;
    }
    if (sk_str_is(kind, "claim")) {
        sk_claim_row c;
        SK_TRY(sk_claim_find(cx, app->view, thing, &c));
        *ret_target = sk_fmt(&cx->arena, "claim %.*s", SK_P(sk_hash_hex(&cx->arena, &c.claim.id)));
        return SK_OK;
    }
    if (sk_str_is(kind, "entity")) {
        sk_entity e;
        SK_TRY(sk_entity_find(cx, app->view, thing, &e));
        *ret_target = sk_fmt(&cx->arena, "entity %.*s", SK_P(e.key));
        return SK_OK;
    }
    return sk_fail(cx, SK_E_FORMAT, "\"%.*s\" is not exhibit, claim or entity", SK_P(kind));
}

sk_rc cmd_restrict(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    SK_TRY(sk_need_operands(cx, &app->args, 3, 3));
    const sk_str *op = app->args.operands;
    SK_TRY(sk_app_open(app, SK_ARCHIVE_WRITE));
    sk_str target;
    sk_hash id;
    SK_TRY(target_of(app, op[0], op[1], &target));
    SK_TRY(sk_record_restrict(cx, target, op[2], sk_arg(&app->args, "reason"), &id));
    SK_TRY(sk_record_commit(cx));
    sk_app_printf(app, "restricted %.*s as \"%.*s\" by entry %.*s\n", SK_P(target), SK_P(op[2]),
                  SK_P(sk_short(cx, &id)));
    return SK_OK;
}
