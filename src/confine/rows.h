/* Rows of named cells out of a file that only the confined program may parse.
 *
 *     sk_rows *r;
 *     sk_rows_opts opts = {.extractor = x};
 *     SK_TRY(sk_rows_open(cx, fd, SK_S("list.xlsx"), &opts, &r));
 *     for (;;) {
 *         sk_row row;
 *         if ((rc = sk_rows_next(cx, r, &row)) || !row.n)      n == 0: no more
 *             break;
 *         ...
 *     }
 *     sk_rows_close(r);
 *
 *   XLSX, ODS       one row a row of a sheet; cells are named by column: "A", "B" ...
 *   CSV, TSV        (in any charset) likewise
 *   XML             one row a record element; cells are named by their path below it:
 *                   "FIRST_NAME", "INDIVIDUAL_ALIAS[2]/QUALITY", "@attribute"
 *
 * The rows come through a pipe while the worker still reads, so that memory on this side is one
 * row. A worker that crashes, loops or meets a damaged file ends the rows with an error that says
 * how; a file cut short is never taken for a whole one.
 *
 * Invariants: cell texts are UTF-8 in NFC; rows come in the order of the file.
 * Threads: as its extractor. Source: docs/formats/extract.md. Tested in tests/unit/read/t_rows.c. */
#ifndef SK_CONFINE_ROWS_H
#define SK_CONFINE_ROWS_H

#include "confine/extractor.h"

typedef struct sk_rows sk_rows;

typedef struct sk_rows_opts {
    sk_str charset;           /* of a CSV; empty: detected                                       */
    char sep;                 /* of a CSV; 0: detected                                           */
    sk_str sheet;             /* by name or number from 1; empty: all sheets, one after another  */
    sk_str records;           /* XML: names of the record elements, blanks between; the root's own
                                 attributes and children that are no records come first, as a row
                                 whose place is the root's name; more of them, where something
                                 stands between or behind records, at their place               */
    bool may_run_unsandboxed; /* as in sk_extract_opts                                           */
    int64_t time_limit_ms;    /* processor time of the worker, and how long we wait for it to say
                                 something; 0: SK_LIM_ROWS_SECONDS and more by the file's size    */
    sk_extractor *extractor;  /* borrowed; NULL, or one from which rows are being read already:
                                 one of its own                                                  */
} sk_rows_opts;

/* One row; valid until the next call. */
typedef struct sk_row {
    const sk_str *names, *cells; /* n of each; cells[i] has a NUL behind it; empty cells of a sheet
                                    are left out, those of a CSV are not                         */
    size_t n;
    uint64_t row;      /* of its sheet or file, from 1; of XML: the number of the record */
    sk_str sheet;      /* name; empty where there is none                              */
    sk_str place;      /* "row 12", "Sheet1!A12", "INDIVIDUAL 12"                      */
    uint64_t from, to; /* bytes of the file; both 0 if not known                       */
} sk_row;

/* Errors: as sk_extract; SK_E_FORMAT when the file is of no kind that has rows.
 * fd is borrowed until the close. */
SK_MUST_USE sk_rc sk_rows_open(sk_ctx *cx, int fd, sk_str name_hint, const sk_rows_opts *opts,
                               sk_rows **ret_rows);

/* Errors: SK_E_FORMAT (damaged, cut short, of another kind than it seems), SK_E_LIMIT, SK_E_IO
 * (crashed, timed out). After an error the same error again. */
SK_MUST_USE sk_rc sk_rows_next(sk_ctx *cx, sk_rows *r, sk_row *ret_row);

/* "utf-8", "cp949" and how it was found out; empty for what has no charset. After the first row. */
sk_str sk_rows_charset(const sk_rows *r);

/* Remarks of the reader after the last row: "3 cells hold formulas, read as their stored results".
 * In r's memory. */
sk_str sk_rows_note(const sk_rows *r);

void sk_rows_close(sk_rows *r); /* NULL is fine; a worker that still reads is ended */

#endif
