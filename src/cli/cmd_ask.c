/* COMMAND: ask
 * Ask who did what to whom, how many, or what is said about somebody - and says whom.
 *
 * USAGE: sillok ask who [--act TERM] [--by X] [--to X] [--place P] [--when DATE]
 *        sillok ask how-many POPULATION|EVENT [--when PERIOD] [--measure M]
 *        sillok ask about ENTITY [--history]
 *
 * Every answer comes from claims alone, and each row says who claims it, in what position, and where
 * it stands.
 *
 * `who` lists acts, one row for each claimant's account. A slot that the claimant left open stays
 * open. --act finds narrower terms too (see: sillok help acts); --when is EDTF or a date in words.
 *
 * `how-many` prints a ledger: rival figures side by side with their bounds and wording, denials, and
 * a sum only over figures of declared parts of one whole, with its open end, and the reason for
 * every figure left out. Method: docs/methods/ledger.md. POPULATION may be words of its name; then
 * every population and event so named is answered.
 *
 * `about` groups what is said of one entity by property, contradictions together.
 *
 * OPTIONS
 *   --act TERM      kind of act
 *   --by X          perpetrator
 *   --to X          victim
 *   --place P       words of the place
 *   --when DATE     date or period
 *   --measure M     what to count, such as returned or held; else what the population declares
 *   --history       retracted and superseded claims too
 *
 * EXAMPLES
 *   sillok ask how-many "forced returns from China" --when 2023
 *   sillok ask who --act liberty.abduction --when "June 1978"
 *   sillok ask about "Kim Jung-wook"
 */
#include "cli/ask.h"

#include "base/edtf.h"
#include "cli/profile.h"

sk_rc sk_ask_period(sk_app *app, sk_str *ret_edtf)
{
    sk_str when = sk_arg(&app->args, "when");
    sk_edtf date;
    *ret_edtf = SK_S("");
    if (!when.n)
        return SK_OK;
    if (sk_edtf_from_words(&app->cx, when, &date))
        return sk_while(&app->cx, "--when");
    *ret_edtf = date.text;
    return SK_OK;
}

static sk_rc ask_about(sk_app *app)
{
    sk_entity e;
    SK_TRY(sk_need_operands(&app->cx, &app->args, 2, 2));
    SK_TRY(sk_entity_find(&app->cx, app->view, app->args.operands[1], &e));
    return sk_profile_print(app, &e,
                            sk_flag(&app->args, "history") ? SK_CLAIMS_HISTORY : SK_CLAIMS_CURRENT);
}

sk_rc cmd_ask(sk_app *app)
{
    SK_TRY(sk_need_operands(&app->cx, &app->args, 1, 2));
    sk_str question = app->args.operands[0];
    SK_TRY(sk_app_open(app, SK_ARCHIVE_READ));
    if (sk_str_is(question, "who"))
        return sk_ask_who(app);
    if (sk_str_is(question, "how-many"))
        return sk_ask_how_many(app);
    if (sk_str_is(question, "about"))
        return ask_about(app);
    return sk_fail(&app->cx, SK_E_FORMAT, "ask \"%.*s\"? ask who, how-many or about",
                   SK_P(question));
}
