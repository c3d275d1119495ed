/* XLSX (ECMA-376 SpreadsheetML): the workbook, one walk over a sheet's cells, number formats.
 *
 *     sk_xlsx x;
 *     sk_xlsx_open(&x, b, src);
 *     for (i ...) sk_xlsx_walk(&x, src, i, &sink, arg);
 *     sk_xlsx_done(&x);
 *
 * Two readers walk: xlsx_text.c makes a document of what is shown, xlsx_rows.c rows of cells. What
 * is wrong with the file is noted on b, as by all readers of documents; rows make a failure of it.
 *
 * Numbers stand as in the file; those that a style shows as dates are ISO 8601. Formulas count by
 * their stored result. */
#ifndef SK_EXTRACT_XLSX_H
#define SK_EXTRACT_XLSX_H

#include "source.h"

typedef enum sk_cell_form {
    SK_CELL_PLAIN,
    SK_CELL_DATE,      /* 2023-10-09          */
    SK_CELL_TIME,      /* 12:34:56            */
    SK_CELL_DATE_TIME, /* 2023-10-09T12:34:56 */
} sk_cell_form;

typedef struct sk_xlsx_sheet {
    sk_str name, id, part; /* id: of the relation that names the part */
    bool is_hidden;
} sk_xlsx_sheet;

/* A cell that is not empty, or is and has a formula. */
typedef struct sk_xlsx_cell {
    uint64_t row, column; /* from 1                                                   */
    sk_str text;          /* what it shows, until the call returns; not trimmed       */
    bool has_formula, is_error, is_text;
    bool is_lost; /* it names a shared string that is not there                        */
} sk_xlsx_cell;

typedef struct sk_xlsx_sink {
    void (*cell)(void *arg, const sk_xlsx_cell *cell);
    void (*row_end)(void *arg, uint64_t row);
    void (*link)(void *arg, sk_str target); /* may be NULL */
} sk_xlsx_sink;

typedef struct sk_xlsx {
    sk_build *b;
    sk_xlsx_sheet *sheets;
    size_t n_sheets, cap_sheets;
    uint64_t n_merged; /* areas of merged cells, of the sheets walked so far */
    /* private */
    bool is_1904;
    sk_str *strings;
    size_t n_strings, cap_strings;
    sk_buf text; /* of the shared string, cell value or inline string being read */
    struct sk_xlsx_format *formats;
    size_t n_formats, cap_formats;
    sk_cell_form *styles;
    size_t n_styles, cap_styles;
    bool in_styles; /* inside cellXfs */
    const sk_xlsx_sink *sink;
    void *arg;
    bool in_value, has_formula;
    unsigned phonetic;    /* depth inside rPh: how a string is read aloud */
    uint64_t row, column; /* of the present cell, from 1                  */
    char type[12];
    uint64_t style;
} sk_xlsx;

/* Read workbook, styles and shared strings. */
void sk_xlsx_open(sk_xlsx *x, sk_build *b, const sk_source *src);
void sk_xlsx_done(sk_xlsx *x);

/* All cells of sheet i, row by row. */
void sk_xlsx_walk(sk_xlsx *x, const sk_source *src, size_t i, const sk_xlsx_sink *sink, void *arg);

/* Column 1 is "A", 27 is "AA"; out is as long as the longest that there is. */
const char *sk_xlsx_column(uint64_t column, char out[4]);

/* A sheet name as formulas write it: 'My sheet' in quotes where it is not plain. */
sk_str sk_xlsx_quoted(sk_arena *a, sk_str sheet);

/* What the number format with that built-in number shows (ECMA-376 part 1, 18.8.30, with the
 * East Asian dates 27 to 36 and 50 to 58). */
sk_cell_form sk_cell_form_of_id(unsigned number_format);

/* What a format code shows: "yyyy\-mm\-dd", "[$-ko-KR]yyyy년 m월 d일", "0.00". */
sk_cell_form sk_cell_form_of_code(sk_str code);

/* A serial day number of a workbook as ISO 8601, in the arena; empty when it is none.
 * is_1904  the workbook counts from 1904 instead of 1900
 * Days 1 to 59 of 1900 are as Excel shows them; day 60, its 29 February 1900, is no day. */
sk_str sk_cell_date(sk_arena *a, sk_str number, sk_cell_form form, bool is_1904);

#endif
