/* Help, completion and the manual page: three renderings of the one command table. */
#ifndef SK_CLI_HELP_H
#define SK_CLI_HELP_H

#include "cli/app.h"

void sk_help_overview(sk_app *app);
void sk_help_command(sk_app *app, const sk_command *c);
void sk_help_model(sk_app *app);
void sk_help_acts(sk_app *app);
void sk_help_exit_codes(sk_app *app);

/* Shell completion for bash. */
void sk_help_completion(sk_app *app);

/* The manual page in mdoc. */
void sk_help_manual(sk_app *app);

#endif
