/* Commands: one file each, one table made from the comments above them (tools/mkcommands).
 *
 * A command gets its parsed command line in an sk_app, calls one operation and prints. It touches
 * neither SQL nor files nor policy. */
#ifndef SK_CLI_COMMAND_H
#define SK_CLI_COMMAND_H

#include "base/ctx.h"

typedef struct sk_app sk_app;

typedef struct sk_option {
    const char *name; /* "dry-run"                    */
    char short_name;  /* 'n', or 0                    */
    const char *arg;  /* "URL", or NULL for a switch  */
    const char *help;
} sk_option;

typedef struct sk_command {
    const char *name, *summary, *usage, *body;
    const sk_option *options;
    size_t n_options;
    sk_rc (*run)(sk_app *app);
} sk_command;

extern const sk_command sk_commands[];
extern const size_t sk_n_commands;

/* Options that every command has: where the archive is, who asks, and how tables are written. */
extern const sk_option sk_common_options[];
extern const size_t sk_n_common_options;

const sk_command *sk_command_find(sk_str name);

#endif
