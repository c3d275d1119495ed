/* The files behind the operands of a command: files themselves, folders gone through in order. */
#ifndef SK_CLI_WALK_H
#define SK_CLI_WALK_H

#include "cli/app.h"

typedef struct sk_found_file {
    sk_str path; /* as to be opened; "-" is standard input          */
    sk_str name; /* the last part, or the path below a folder given */
} sk_found_file;

/* All regular files, folders in bytewise order; names beginning with a dot inside folders, symbolic
 * links inside folders and special files are left out and counted.
 * Errors: SK_E_NOTFOUND, SK_E_IO for an operand itself; SK_E_LIMIT too deep. */
SK_MUST_USE sk_rc sk_walk(sk_app *app, const sk_str *operands, size_t n, sk_found_file **ret_files,
                          size_t *ret_n, size_t *ret_left_out);

#endif
