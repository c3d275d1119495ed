/* Comma-separated values: a streaming reader with ceilings, and a writer.
 *
 *     sk_csv *r;
 *     SK_TRY(sk_csv_open_fd(cx, fd, "claims.csv", 0, &r));
 *     for (;;) {
 *         sk_csv_row row;
 *         SK_TRY(sk_csv_next(cx, r, &row));     (close r on the way out)
 *         if (!row.n)
 *             break;
 *         ... row.cells[0] ...
 *     }
 *     sk_csv_close(r);
 *
 * The form is RFC 4180 with these freedoms: the separator is one of , ; tab | and is detected when
 * not given; lines end in CRLF, LF or CR, mixed; a UTF-8 byte order mark is skipped; rows may
 * differ in length (the caller judges); a quote inside a cell that does not start with one is kept
 * as text. These are errors, with row and column: a quote that is never closed, text behind a
 * closing quote, a NUL byte (UTF-16 is named), and the ceilings SK_LIM_CSV_*.
 *
 * Cells are bytes as they stand, quotes resolved; checking UTF-8 is for the caller (sk_utf8_enter).
 * Memory is constant: one row (at most SK_LIM_CSV_ROW_BYTES) and one read buffer.
 * Invariants: positions are bytes of the file as read, mark included; from <= to; rows in order.
 * Threads: a reader belongs to one thread.
 * Source: RFC 4180; tested in tests/unit/base/t_csv.c and by tests/fuzz/f_csv.c. */
#ifndef SK_BASE_CSV_H
#define SK_BASE_CSV_H

#include "base/buf.h"
#include "base/ctx.h"

#include <stdio.h>

typedef struct sk_csv sk_csv;

/* One row; valid until the next call of sk_csv_next or sk_csv_close. */
typedef struct sk_csv_row {
    const sk_str *cells; /* n of them, each with a NUL behind it                         */
    size_t n;            /* 0: no more rows. A blank line is a row of one empty cell     */
    uint64_t row;        /* from 1, a heading row and blank lines included               */
    uint64_t line;       /* line of the file where it starts, from 1                     */
    uint64_t from, to;   /* bytes of the file: [from, to), without the line end          */
    bool is_blank;       /* nothing between two line ends                                */
} sk_csv_row;

/* Read from a file descriptor or stream (borrowed, not closed), or from memory (borrowed).
 * name  for messages; copied
 * sep   the separator, or 0 to detect it from the first 64 KiB: the one that splits the first
 *       rows into the same number of cells, more than one; "," when none does
 * Errors: SK_E_IO, SK_E_FORMAT (UTF-16). Caller closes. */
SK_MUST_USE sk_rc sk_csv_open_fd(sk_ctx *cx, int fd, const char *name, char sep, sk_csv **ret_csv);
SK_MUST_USE sk_rc sk_csv_open_file(sk_ctx *cx, FILE *f, const char *name, char sep,
                                   sk_csv **ret_csv);
SK_MUST_USE sk_rc sk_csv_open_mem(sk_ctx *cx, sk_str bytes, const char *name, char sep,
                                  sk_csv **ret_csv);
void sk_csv_close(sk_csv *r); /* NULL is fine */

char sk_csv_separator(const sk_csv *r);

/* The next row; ret_row->n is 0 at the end. After an error the reader gives the same error again.
 * Errors: SK_E_FORMAT, SK_E_LIMIT, SK_E_IO: `claims.csv: row 3 (line 7), column 2: ...`. */
SK_MUST_USE sk_rc sk_csv_next(sk_ctx *cx, sk_csv *r, sk_csv_row *ret_row);

/* The writer: cells in order, then the end of the row; LF ends lines. */
typedef struct sk_csv_writer {
    sk_buf *out;
    char sep;
    bool spreadsheet;           /* see sk_csv_writer_init */
    bool in_row, is_lone_empty; /* private */
} sk_csv_writer;

/* spreadsheet  true: a cell that a spreadsheet would run as a formula (it starts with = + - @, their
 *              full-width forms, tab, CR or LF) gets an apostrophe in front; plain numbers do not.
 *              false: cells are written exactly. */
void sk_csv_writer_init(sk_csv_writer *w, sk_buf *out, char sep, bool spreadsheet);

/* Append one cell, quoted where its bytes need it. An empty cell that is the only one of its row is
 * written as "" so that the row is not a blank line. */
void sk_csv_cell(sk_csv_writer *w, sk_str cell);
void sk_csv_end_row(sk_csv_writer *w);

#endif
