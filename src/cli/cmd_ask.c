/* COMMAND: ask
 * Ask who did what to whom, how many, what is said of somebody, or which rules held - says whom.
 *
 * USAGE: sillok ask who [--act TERM] [--by X] [--to X] [--place P] [--when DATE]
 *        sillok ask table [--per WHAT] [--act TERM] [--by X] [--to X] [--place P] [--when DATE]
 *        sillok ask how-many POPULATION|EVENT [--when PERIOD] [--measure M]
 *        sillok ask about ENTITY [--history]
 *        sillok ask number NUMBER [--history]
 *        sillok ask rules --goods WORDS|HS-CODE [--on DATE] [--from COUNTRY] [--to COUNTRY]
 *        sillok ask rules EVENT|SHIP
 *
 * Every answer comes from claims alone, and each row says who claims it, in what position, and where
 * it stands.
 *
 * `who` lists acts, one row for each claimant's account. A slot that the claimant left open stays
 * open. --act finds narrower terms too (see: sillok help acts); --when is EDTF or a date in words.
 *
 * `table` counts acts by year, kind, act, place (the country), spot (the place as written), perpetrator
 * or victim. An act counts once, however many tell of it, and only when somebody asserts it; what is
 * said of no act is counted nowhere. Method: docs/methods/counting.md.
 *
 * `how-many` prints a ledger: rival figures side by side with their bounds and wording, denials, and
 * a sum only over figures of declared parts of one whole, with its open end, and the reason for
 * every figure left out. Method: docs/methods/ledger.md. POPULATION may be words of its name; then
 * every population and event so named is answered. A workbook (--xlsx) has sheets of figures, sums
 * and denials.
 *
 * `about` groups what is said of one entity by property, contradictions together. ENTITY is a key or a
 * name, in any spelling or script that fits nobody else.
 *
 * `number` says what a number can be (a ship's, a company's, a radio's, a bank's ...) by its form and
 * check digits, and who bears it here: with dates, and whether somebody calls it used falsely.
 * Method: docs/methods/identifiers.md.
 *
 * `rules` lists the rules about some goods with their standing on a day - in force, replaced, ended,
 * not yet in force, or dependent on something open - and why. Of an event or a ship it asks this of
 * each cargo. It says what stood, never whether somebody broke it. Method: docs/methods/rules.md.
 *
 * OPTIONS
 *   --per WHAT      what to count acts by; year when not given
 *   --act TERM      kind of act
 *   --by X          perpetrator
 *   --to X          victim
 *   --place P       words of the place
 *   --when DATE     date or period
 *   --measure M     what to count, such as returned or held; else what the population declares
 *   --goods WORDS   goods or services, in words of the rules, or an HS code such as 2701
 *   --on DATE       the day whose rules are asked for; today when not given
 *   --from COUNTRY  where the goods come from: rules about trade the other way are told apart
 *   --to COUNTRY    where they go
 *   --rules         the same as `ask rules`
 *   --history       retracted and superseded claims too
 *
 * EXAMPLES
 *   sillok ask how-many "forced returns from China" --when 2023
 *   sillok ask who --act liberty.abduction --when "June 1978"
 *   sillok ask table --per place --act liberty
 *   sillok ask about "Kim Jung-wook"
 *   sillok ask how-many "forced returns from China" --xlsx returns.xlsx
 *   sillok ask number 5571322
 *   sillok ask rules --goods coal --on 2017-08-27
 */
#include "cli/ask.h"

#include "base/edtf.h"
#include "cli/by_name.h"
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
    SK_TRY(sk_by_name_entity(app, app->args.operands[1], &e));
    return sk_profile_print(app, &e,
                            sk_flag(&app->args, "history") ? SK_CLAIMS_HISTORY : SK_CLAIMS_CURRENT);
}

/* `ask rules X`, or `ask --rules X` */
static sk_rc ask_rules(sk_app *app)
{
    size_t before = sk_flag(&app->args, "rules") ? 0 : 1;
    SK_TRY(sk_need_operands(&app->cx, &app->args, before, before + 1));
    SK_TRY(sk_app_open(app, SK_ARCHIVE_READ));
    bool has_name = app->args.n_operands > before;
    return sk_ask_rules(app, has_name ? app->args.operands[before] : SK_NONE);
}

sk_rc cmd_ask(sk_app *app)
{
    if (sk_flag(&app->args, "rules"))
        return ask_rules(app);
    SK_TRY(sk_need_operands(&app->cx, &app->args, 1, 2));
    sk_str question = app->args.operands[0];
    if (sk_str_is(question, "rules"))
        return ask_rules(app);
    SK_TRY(sk_app_open(app, SK_ARCHIVE_READ));
    if (sk_str_is(question, "who"))
        return sk_ask_who(app);
    if (sk_str_is(question, "table"))
        return sk_ask_table(app);
    if (sk_str_is(question, "how-many"))
        return sk_ask_how_many(app);
    if (sk_str_is(question, "about"))
        return ask_about(app);
    if (sk_str_is(question, "number"))
        return sk_ask_number(app);
    return sk_fail(&app->cx, SK_E_FORMAT,
                   "ask \"%.*s\"? ask who, table, how-many, about, number or rules",
                   SK_P(question));
}
