/* What `sillok import` and `sillok diff` print. */
#ifndef SK_CLI_IMPORT_H
#define SK_CLI_IMPORT_H

#include "cli/app.h"
#include "exchange/import_report.h"
#include "exchange/readers.h"

/* A path without its folders. */
sk_str sk_import_last_part(sk_str path);

/* The account of an import. id NULL: a dry run; prior NULL: there was no copy before. */
void sk_import_print_report(sk_app *app, const sk_reader *reader, const sk_import_draft *what,
                            const sk_import_report *report, const sk_import_info *prior,
                            const sk_hash *id);

/* The same files were imported so already: nothing was done. */
void sk_import_print_same(sk_app *app, const sk_import_info *same);

SK_MUST_USE sk_rc sk_import_print_list(sk_app *app);
SK_MUST_USE sk_rc sk_import_print_formats(sk_app *app);

/* Print a mapping for a table, drafted from its heading and first rows. */
SK_MUST_USE sk_rc sk_import_draft_mapping(sk_app *app, sk_str path);

#endif
