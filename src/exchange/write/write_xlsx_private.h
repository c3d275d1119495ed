/* What write_xlsx.c and write_xlsx_check.c share. */
#ifndef SK_EXCHANGE_WRITE_XLSX_PRIVATE_H
#define SK_EXCHANGE_WRITE_XLSX_PRIVATE_H

#include "base/ctx.h"

/* What was handed to the writer for one sheet. */
typedef struct sk_workbook_count {
    uint64_t rows, cells; /* that hold something */
} sk_workbook_count;

/* Read a workbook of ours back: every sheet is there, whole, with so many rows and cells.
 * Cost: about 5 ms a megabyte of XML. Errors: SK_E_IO, SK_E_INTEGRITY. */
SK_MUST_USE sk_rc sk_workbook__check(sk_ctx *cx, const char *path, const sk_workbook_count *sheets,
                                     size_t n_sheets);

#endif
