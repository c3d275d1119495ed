/* Where a command's tables go: text, JSON, CSV in some charset, or the sheets of a workbook.
 *
 *     main.c:    sk_output_open(app) before the command, sk_output_end(app, rc) after it
 *     commands:  sk_app_table(app, t), or sk_app_sheet(app, t, "claims")
 *
 * What goes wrong with a table (a character that the charset lacks, a full disk) is kept until the
 * end and then fails the command; of its output nothing is shown then. */
#ifndef SK_CLI_OUTPUT_H
#define SK_CLI_OUTPUT_H

#include "cli/app.h"

/* Read --json, --csv, --xlsx, --charset, --charset-replace, --hxl and --force, and begin the
 * workbook, so that a name that cannot be written is known before anything is done.
 * Errors: SK_E_FORMAT options that do not go together; SK_E_CONFLICT, SK_E_IO of the file. */
SK_MUST_USE sk_rc sk_output_open(sk_app *app);

/* Finish what was begun: with rc SK_OK the workbook gets its name, else it is removed. Returns rc,
 * or the first error of the output. */
sk_rc sk_output_end(sk_app *app, sk_rc rc);

#endif
