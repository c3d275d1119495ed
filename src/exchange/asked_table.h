/* A table of people to be screened: rows of CSV, spreadsheets and JSON lines, or a pasted text.
 *
 *     sk_asked_table *t;
 *     SK_TRY(sk_asked_table_open(cx, path, &options, &t));       or sk_asked_table_of_text
 *     for (;;) {
 *         sk_asked_row row;
 *         if ((rc = sk_asked_table_next(cx, t, &row)) || !row.row)
 *             break;
 *     }
 *     sk_asked_table_close(t);
 *
 * Columns are found by their headings in six languages (model/headings.txt) or as told. Every row is
 * given, also blank ones and those that cannot be read; what of a row says nothing is among its
 * warnings. Threads: as its context. Tested in tests/unit/exchange/t_asked_table.c and
 * tests/cli/t_screen.sh. */
#ifndef SK_EXCHANGE_ASKED_TABLE_H
#define SK_EXCHANGE_ASKED_TABLE_H

#include "base/ctx.h"
#include "base/sha256.h"
#include "match/asked.h"

typedef struct sk_asked_table sk_asked_table;

typedef struct sk_asked_options {
    const sk_str *columns; /* "name=Full name", "born=3"; of JSON lines members are named so */
    size_t n_columns;
    bool no_heading; /* the first row is data */
} sk_asked_options;

/* Open FILE: CSV, TSV, XLSX, ODS, or JSON lines. options may be NULL.
 * Errors: SK_E_FORMAT no column for a name is found; the message lists the headings; SK_E_IO. */
SK_MUST_USE sk_rc sk_asked_table_open(sk_ctx *cx, sk_str path, const sk_asked_options *options,
                                      sk_asked_table **ret_table);

/* The same of a file that is open; the table closes it, also when this fails.
 * name   for messages */
SK_MUST_USE sk_rc sk_asked_table_of_file(sk_ctx *cx, int fd, sk_str name,
                                         const sk_asked_options *options,
                                         sk_asked_table **ret_table);

/* The same of text that somebody pasted: CSV or cells between tabs when its first line names a column
 * of names, JSON lines, else one name a line, commas and all.
 * text   UTF-8, at most SK_LIM_ASKED_TEXT_BYTES; borrowed until this returns */
SK_MUST_USE sk_rc sk_asked_table_of_text(sk_ctx *cx, sk_str text, const sk_asked_options *options,
                                         sk_asked_table **ret_table);

/* The next row; in cx's arena, which the caller may give back. A line that is no JSON object is an
 * error of that row. Errors: the file is damaged. */
SK_MUST_USE sk_rc sk_asked_table_next(sk_ctx *cx, sk_asked_table *t, sk_asked_row *ret_row);

/* SHA-256 of the bytes, to know whether a later run has the same ones. */
const sk_hash *sk_asked_table_hash(const sk_asked_table *t);

/* A remark after the last row; may be empty. In cx's arena. */
sk_str sk_asked_table_note(sk_ctx *cx, const sk_asked_table *t);

void sk_asked_table_close(sk_asked_table *t); /* NULL is fine */

#endif
