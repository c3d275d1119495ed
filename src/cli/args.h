/* A parsed command line: options by name, operands in order.
 *
 * Options may stand anywhere before "--"; "--name=value", "--name value", "-n" and "-C dir" work.
 * An option that takes an argument may repeat; a switch may not take one. Asking for an option
 * that the command's comment does not declare is a programming error. */
#ifndef SK_CLI_ARGS_H
#define SK_CLI_ARGS_H

#include "cli/command.h"

typedef struct sk_given {
    const sk_option *option;
    sk_str value;
} sk_given;

typedef struct sk_args {
    const sk_command *command;
    const sk_given *given;
    size_t n_given;
    const sk_str *operands;
    size_t n_operands;
} sk_args;

/* Errors: SK_E_FORMAT unknown option, missing or unwanted argument. */
SK_MUST_USE sk_rc sk_args_parse(sk_ctx *cx, const sk_command *command, int argc, char **argv,
                                sk_args *ret_args);

/* True when word is a common option whose argument is the next word ("-C", "--as"; not "--as=x"). */
bool sk_args_takes_next(sk_str word);

/* Value of an option, or SK_NONE; the last one wins when it repeats. */
sk_str sk_arg(const sk_args *args, const char *name);

/* The same of a common option, also where the command has one of its own by that name ("charset" of
 * import is about the file read): then the common one cannot be given. */
sk_str sk_arg_common(const sk_args *args, const char *name);
bool sk_flag_common(const sk_args *args, const char *name);

/* All values of a repeated option, in order. */
const sk_str *sk_arg_all(sk_ctx *cx, const sk_args *args, const char *name, size_t *ret_n);

/* True when a switch was given. */
bool sk_flag(const sk_args *args, const char *name);

/* Value as a whole number, or fallback when not given. Errors: SK_E_FORMAT. */
SK_MUST_USE sk_rc sk_arg_number(sk_ctx *cx, const sk_args *args, const char *name,
                                uint64_t fallback, uint64_t *ret_value);

/* Errors: SK_E_FORMAT with the usage line when there are not least..most operands. */
SK_MUST_USE sk_rc sk_need_operands(sk_ctx *cx, const sk_args *args, size_t least, size_t most);

#endif
