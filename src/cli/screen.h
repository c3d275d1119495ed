/* What `sillok screen` is made of besides screen/: list files, tables for people, the file of --out. */
#ifndef SK_CLI_SCREEN_H
#define SK_CLI_SCREEN_H

#include "base/lines.h"
#include "cli/app.h"
#include "screen/batch.h"
#include "screen/screening_log.h"

/* ---- lists: screen_lists.c ---- */

/* Read list files into an index in a nameless temporary file.
 * sets   each one list: files with commas between them, the main one anywhere
 * Errors: of the readers, with the file's name; SK_E_FORMAT not recognised. Caller closes. */
SK_MUST_USE sk_rc sk_screen_read_lists(sk_app *app, const sk_str *sets, size_t n,
                                       sk_screen_index **ret_index);

/* ---- printing: screen_print.c ---- */

/* A table of alerts (with ROW when there are several rows), and one of rows that were not read. */
typedef struct sk_screen_tables {
    sk_arena arena; /* of what the tables hold */
    sk_table *alerts, *errors;
    bool has_rows;
} sk_screen_tables;

void sk_screen_tables_init(sk_screen_tables *t, bool has_rows);
void sk_screen_tables_add(sk_app *app, sk_screen_tables *t, const sk_screener *sc,
                          const sk_screened *s, const char *change);
void sk_screen_tables_print(sk_app *app, const sk_screen_tables *t);
void sk_screen_tables_done(sk_screen_tables *t);

/* ---- the file of --out: screen_out.c ---- */

/* JSON lines that grow in FILE.part; FILE.state says of which screening. A run that was broken off
 * goes on behind the last whole line. */
typedef struct sk_screen_out {
    sk_app *app;
    sk_str name, part, state;
    int fd;
    int done_fd;
    sk_lines *done; /* lines of the run before, to be passed over; NULL: none left */
    sk_buf buf;
    uint64_t resumed;
} sk_screen_out;

/* digest   of the table, the lists and the options: a part of another screening is not gone on with
 * Errors: SK_E_CONFLICT FILE is there, or a part of another screening (--force replaces both). */
SK_MUST_USE sk_rc sk_screen_out_open(sk_app *app, sk_str name, const sk_hash *digest,
                                     sk_screen_out *ret_out);

/* The next line of the run before, which must be of that row: how many alerts it told. False: there is
 * none any more. Errors: SK_E_FORMAT the line is of another row, or not of this program. */
SK_MUST_USE sk_rc sk_screen_out_next_done(sk_screen_out *o, uint64_t row, bool *ret_there,
                                          uint64_t *ret_alerts);

/* Write what is in buf. */
SK_MUST_USE sk_rc sk_screen_out_flush(sk_screen_out *o);

/* Give the file its name. */
SK_MUST_USE sk_rc sk_screen_out_finish(sk_screen_out *o);
void sk_screen_out_close(sk_screen_out *o);

/* ---- a run over a table: screen_batch.c ---- */

typedef struct sk_screen_run {
    sk_app *app;
    sk_sight *sight;
    sk_sight *before; /* with --diff: the older copies; else NULL */
    sk_batch batch;
    sk_screen_options options;
    sk_screening_log log;
    bool is_logged;
    bool has_out;
    sk_screen_out out;
    sk_screen_tables tables;
} sk_screen_run;

/* Screen the table of --in: JSON lines, a table for people, or the file of --out. */
SK_MUST_USE sk_rc sk_screen_batch(sk_screen_run *run);

/* Print what was found; after it was logged. */
SK_MUST_USE sk_rc sk_screen_batch_print(sk_screen_run *run);

#endif
