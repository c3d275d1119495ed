/* What a command runs in: its arguments, the terminal, and the archive it opens.
 *
 *     SK_TRY(sk_app_open(app, SK_ARCHIVE_READ));     archive, index, texts, view
 *     ... app->view ...
 *     sk_app_table(app, table);                      text, CSV, JSON or a workbook as asked
 *
 * What was opened is closed by main.c, whatever happened. */
#ifndef SK_CLI_APP_H
#define SK_CLI_APP_H

#include "base/progress.h"
#include "base/table.h"
#include "cli/args.h"
#include "commands.h" /* made by tools/mkcommands: one prototype a command */
#include "gate/gate.h"
#include "record/read.h"

typedef struct sk_output sk_output;

struct sk_app {
    sk_ctx cx;
    sk_args args;
    sk_term out, err; /* standard output and standard error */
    sk_progress progress;
    bool json, csv, quiet, force;
    bool only_tables;  /* CSV or a workbook: nothing but tables is wanted */
    sk_output *output; /* where tables go; see output.h */
    sk_view *view;     /* after sk_app_open */
    int exit_code;     /* of a command that ran well and found something wrong; else 0 */
    sk_buf text;       /* standard output of the command, written at the end */
};

/* Find the archive (-C, SILLOK_ARCHIVE, nearest upwards), open it and its index, read what is
 * unread, and open the view of the acting user. */
SK_MUST_USE sk_rc sk_app_open(sk_app *app, sk_archive_mode mode);

/* The same without index and view: for verify and log, which look at the archive itself. */
SK_MUST_USE sk_rc sk_app_open_archive(sk_app *app, sk_archive_mode mode);

/* Read what the index does not have yet: texts of exhibits, claims of imports. */
SK_MUST_USE sk_rc sk_app_derive(sk_app *app);

/* Bring index and view up to date after a commit. */
SK_MUST_USE sk_rc sk_app_refresh(sk_app *app);

/* Where the archive is, without opening it. Errors: SK_E_NOTFOUND. */
SK_MUST_USE sk_rc sk_app_find_archive(sk_app *app, sk_str *ret_path);

/* Print to standard output, as text. */
void sk_app_printf(sk_app *app, const char *fmt, ...) SK_PRINTF(2, 3);
void sk_app_line(sk_app *app, sk_str line);

/* The same, with control characters made visible: for anything that came from outside. */
void sk_app_clean(sk_app *app, sk_str text);

/* A remark on standard error, unless --quiet. */
void sk_app_remark(sk_app *app, const char *fmt, ...) SK_PRINTF(2, 3);

/* Print a table in the form asked for. In a workbook it is a sheet, named for the command or as told;
 * what cannot be written there fails the command at its end. */
void sk_app_table(sk_app *app, const sk_table *t);
void sk_app_sheet(sk_app *app, const sk_table *t, const char *name);

/* A warning callback for sk_record_claim: prints "sillok: warning: ...". arg is the app. */
void sk_app_warn(sk_ctx *cx, sk_str message, void *arg);

/* "1a2b3c4d5e6f": the start of a hash, as people quote it. */
sk_str sk_short(sk_ctx *cx, const sk_hash *h);

/* Text in bold or dim when colours are on. */
sk_str sk_app_bold(sk_app *app, sk_str s);
sk_str sk_app_dim(sk_app *app, sk_str s);

#endif
