/* XLSX: what xlsx.c (workbook and sheets) and xlsx_style.c (number formats) share. */
#ifndef SK_EXTRACT_XLSX_H
#define SK_EXTRACT_XLSX_H

#include "base/str.h"

typedef enum sk_cell_form {
    SK_CELL_PLAIN,
    SK_CELL_DATE,      /* 2023-10-09          */
    SK_CELL_TIME,      /* 12:34:56            */
    SK_CELL_DATE_TIME, /* 2023-10-09T12:34:56 */
} sk_cell_form;

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
