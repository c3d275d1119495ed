/* COMMAND: help
 * Explain a command, the model, the acts, or the exit codes.
 *
 * USAGE: sillok help [COMMAND|model|acts|exit-codes|completion|manual]
 *
 * `completion` prints completion for bash; `manual` the manual page in mdoc.
 */
#include "cli/help.h"

sk_rc cmd_help(sk_app *app)
{
    static const struct {
        const char *topic;
        void (*print)(sk_app *app);
    } topics[] = {
        {"model", sk_help_model},           {"acts", sk_help_acts},
        {"exit-codes", sk_help_exit_codes}, {"completion", sk_help_completion},
        {"manual", sk_help_manual},
    };
    SK_TRY(sk_need_operands(&app->cx, &app->args, 0, 1));
    if (app->args.n_operands == 0) {
        sk_help_overview(app);
        return SK_OK;
    }
    sk_str topic = app->args.operands[0];
    const sk_command *c = sk_command_find(topic);
    if (c) {
        sk_help_command(app, c);
        return SK_OK;
    }
    for (size_t i = 0; i < SK_COUNT(topics); i++)
        if (sk_str_is(topic, topics[i].topic)) {
            topics[i].print(app);
            return SK_OK;
        }
    return sk_fail(&app->cx, SK_E_NOTFOUND, "no help on \"%.*s\"; see: sillok help", SK_P(topic));
}
