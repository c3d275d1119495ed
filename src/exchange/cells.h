/* Rows of cells from any table: the one way in which readers of tables get at their file.
 *
 *     sk_cells *c;
 *     SK_TRY(sk_cells_open(cx, file, &opts, &c));
 *     for (;;) {
 *         sk_cells_row row;
 *         if ((rc = sk_cells_next(cx, c, &row)) || !row.n)
 *             break;
 *     }
 *     sk_cells_close(c);
 *
 * A CSV or TSV that is UTF-8 is read in this process (base/csv.h); other charsets, XLSX, ODS and XML
 * go through the confined program (confine/rows.h). Which it is is found out from the first bytes,
 * never from the name alone; a .csv that is a zip is read as what it is, with a remark.
 *
 * Memory: one row. Threads: as its context. Tested in tests/unit/exchange/t_cells.c. */
#ifndef SK_EXCHANGE_CELLS_H
#define SK_EXCHANGE_CELLS_H

#include "base/sha256.h"
#include "confine/rows.h"

/* A file of a source. fd is read from its beginning; it must be able to go back. */
typedef struct sk_source_file {
    sk_str name;  /* as the user gave it, without folders */
    sk_hash hash; /* of its bytes                         */
    int fd;       /* borrowed                             */
} sk_source_file;

typedef struct sk_cells sk_cells;

typedef struct sk_cells_opts {
    char sep;       /* 0: detected                              */
    sk_str charset; /* empty: detected                          */
    sk_str sheet;   /* empty: all                               */
    sk_str records; /* XML: names of the record elements        */
    sk_extractor *extractor;
} sk_cells_opts;

/* As sk_row; of a CSV names are "A", "B" ... as well. is_blank: a line with nothing on it.
 * line is 0 where it is not known: of what the confined program reads. */
typedef struct sk_cells_row {
    const sk_str *names, *cells;
    size_t n;
    uint64_t row, line, from, to;
    sk_str sheet, place;
    bool is_blank;
} sk_cells_row;

/* Errors: SK_E_FORMAT for an empty file, for what has no rows, and for a charset that is not certain
 * (the message asks to name it); SK_E_UNSUPPORTED for what is no regular file; as sk_rows_open.
 * Cost: one look through a text, to know whether it is UTF-8. The file's position is not moved. */
SK_MUST_USE sk_rc sk_cells_open(sk_ctx *cx, const sk_source_file *file, const sk_cells_opts *opts,
                                sk_cells **ret_cells);

/* Errors: of base/csv.h and sk_rows_next, with name, row and column: a place that is not of the
 * charset found is one, unless the charset was named; then it is read as U+FFFD and noted. */
SK_MUST_USE sk_rc sk_cells_next(sk_ctx *cx, sk_cells *c, sk_cells_row *ret_row);
sk_str sk_cells_charset(const sk_cells *c); /* "utf-8", "cp949 (by content: sure)" */
sk_str sk_cells_note(const sk_cells *c);    /* after the last row; may be empty    */
void sk_cells_close(sk_cells *c);

#endif
