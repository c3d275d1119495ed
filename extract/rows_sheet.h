/* Rows of workbooks: what rows_sheet.c (which sheets, rows in order, remarks), rows_xlsx.c and
 * rows_ods.c share. */
#ifndef SK_EXTRACT_ROWS_SHEET_H
#define SK_EXTRACT_ROWS_SHEET_H

#include "rows.h"

/* Something that was seen so many times, and where first. */
typedef struct sk_seen {
    uint64_t n;
    char sheet[136], at[16];
} sk_seen;

typedef struct sk_sheet_rows {
    sk_row_out *out;
    sk_build *b;         /* notes of the readers of parts; is_full ends them */
    sk_rc rc;            /* the first failure                                */
    sk_str wanted;       /* name or number of the sheet; empty: all          */
    sk_str name, quoted; /* of the present sheet                       */
    uint64_t last_row, last_column;
    sk_seen formulas, unfilled, errors;
    uint64_t n_hidden, n_merged;
    sk_arena_mark mark; /* scratch of a row is freed back to here */
} sk_sheet_rows;

/* Which of the names is wanted: its index, or SIZE_MAX for all; an error when there is none such. */
SK_MUST_USE sk_rc sk_sheet_find(sk_sheet_rows *s, const sk_str *names, size_t n, size_t *ret_i);

void sk_sheet_begin(sk_sheet_rows *s, sk_str name);

/* A cell, row and column from 1; empty text is passed over. Failures are kept in s->rc and end the
 * reading. */
void sk_sheet_cell(sk_sheet_rows *s, uint64_t row, uint64_t column, sk_str text);

/* The row ends; it stands times times. */
void sk_sheet_row_end(sk_sheet_rows *s, uint64_t row, uint64_t times);

/* Count a formula, a formula without a result, or an error value. */
void sk_sheet_saw(sk_sheet_rows *s, sk_seen *what, uint64_t row, uint64_t column);

SK_PRINTF(3, 4)
void sk_sheet_fail(sk_sheet_rows *s, sk_rc rc, const char *fmt, ...);

/* The readers. */
SK_MUST_USE sk_rc sk_rows_read_xlsx(sk_sheet_rows *s, const sk_source *src);
SK_MUST_USE sk_rc sk_rows_read_ods(sk_sheet_rows *s, const sk_source *src);

/* What was noted of the file's parts is a failure here. */
SK_MUST_USE sk_rc sk_sheet_check(sk_sheet_rows *s);

#endif
