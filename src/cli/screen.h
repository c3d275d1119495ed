/* What `sillok screen` is made of: where the lists come from, the table that is screened, what is
 * printed, and what is logged. */
#ifndef SK_CLI_SCREEN_H
#define SK_CLI_SCREEN_H

#include "base/lines.h"
#include "cli/app.h"
#include "record/screening.h"
#include "screen/screen.h"

/* ---- lists: screen_lists.c ---- */

/* Read list files into an index in a nameless temporary file.
 * sets   each one list: files with commas between them, the main one anywhere
 * Errors: of the readers, with the file's name; SK_E_FORMAT not recognised. Caller closes. */
SK_MUST_USE sk_rc sk_screen_read_lists(sk_app *app, const sk_str *sets, size_t n,
                                       sk_screen_index **ret_index);

/* ---- the table: screen_table.c ---- */

/* One row of a table to be screened, or why it cannot be. Lives until the next. */
typedef struct sk_screen_row {
    uint64_t row; /* as people count it in the file; 0: no more */
    bool is_blank;
    sk_str error; /* what the row is instead: no JSON object; mostly empty */
    sk_str id;    /* the row's own, to be given back; may be empty */
    sk_screen_words words;
    const sk_str *warnings; /* values of it that are in none of these */
    size_t n_warnings;
} sk_screen_row;

typedef struct sk_screen_table sk_screen_table;

/* Open FILE: CSV, TSV, XLSX, ODS, or JSON lines. Columns are found by their headings
 * (model/headings.txt) or as told: "name=Full name", "born=3"; of JSON lines members are named so.
 * Errors: SK_E_FORMAT no column for a name is found; the message lists the headings. */
SK_MUST_USE sk_rc sk_screen_table_open(sk_app *app, sk_str path, const sk_str *columns, size_t n,
                                       bool has_heading, sk_screen_table **ret_table);

/* The next row; in cx's arena, which the caller gives back. A line that is no JSON object is an error
 * of that row. Errors: the file is damaged. */
SK_MUST_USE sk_rc sk_screen_table_next(sk_ctx *cx, sk_screen_table *t, sk_screen_row *ret_row);

/* SHA-256 of the file's bytes, to know whether a later run has the same one. */
const sk_hash *sk_screen_table_hash(const sk_screen_table *t);
sk_str sk_screen_table_note(const sk_screen_table *t);
void sk_screen_table_close(sk_screen_table *t);

/* ---- what is said of one row ---- */

typedef struct sk_screened {
    uint64_t row; /* 0: no table, the one name that was asked */
    sk_str id;
    const sk_screen_words *words;
    const sk_screen_query *query; /* NULL: the row could not be screened */
    sk_str error;
    const sk_str *warnings; /* besides the query's own */
    size_t n_warnings;
    const sk_screen_hit *hits;
    size_t n_hits;   /* that are told: at most --limit; with --diff all   */
    size_t n_alerts; /* of all, also of those that are not told           */
} sk_screened;

/* ---- printing: screen_print.c ---- */

/* One JSON object of one line, with its LF. */
void sk_screen_put_json(sk_app *app, sk_buf *out, const sk_screener *sc, const sk_screened *s);

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

/* "un-sc as of 2026-04-01 (1,002 entries)": what was screened against. */
sk_str sk_screen_against(sk_ctx *cx, const sk_sight *sight, size_t entries);

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
    sk_screener *screener;
    sk_sight *before; /* with --diff: the older copies; else NULL */
    sk_screener *screener_before;
    sk_screen_options options;
    sk_screened_query *asked; /* for the log */
    size_t n_asked, cap_asked;
    sk_arena asked_arena;
    bool is_logged;
    uint64_t rows, blank, errors, warned, with_alerts;
    uint64_t appeared, vanished, changed; /* with --diff */
    bool has_out;
    sk_screen_out out;
    sk_screen_tables tables;
} sk_screen_run;

/* Screen the table of --in: JSON lines, a table for people, or the file of --out. */
SK_MUST_USE sk_rc sk_screen_batch(sk_screen_run *run);

/* Print what was found; after it was logged. */
SK_MUST_USE sk_rc sk_screen_batch_print(sk_screen_run *run);

/* All hits of a query, its alerts counted; s tells at most --limit of them, with --diff all. */
SK_MUST_USE sk_rc sk_screen_ask(sk_screen_run *run, sk_screener *sc, const sk_screen_query *q,
                                sk_screened *s);

/* Log what was asked since the last time, and commit. Nothing when nothing is to be logged. */
SK_MUST_USE sk_rc sk_screen_log(sk_screen_run *run);

/* Remember a query for the log. */
void sk_screen_remember(sk_screen_run *run, uint64_t row, sk_str canonical, uint64_t alerts);

#endif
