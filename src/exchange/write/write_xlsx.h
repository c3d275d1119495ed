/* Tables as an Excel workbook: one sheet a table, one heading row of keys, as the CSV has them.
 *
 *     sk_workbook *x;
 *     SK_TRY(sk_workbook_open(cx, path, folder, &x));
 *     rc = sk_workbook_table(cx, x, t, SK_S("claims"), false);     (each table as it is made)
 *     ...
 *     SK_TRY(sk_workbook_close(cx, x, &summary));                  or sk_workbook_discard(x)
 *
 * Text is written as text, whatever it begins with: there are no formulas, links or dates in these
 * workbooks. Whole numbers up to 2^53 and reals are numbers, larger ones text; yes and no are words,
 * dates stand as written.
 *
 * Invariants: the same tables give the same bytes (nothing in the file says when or by whom it was
 * made); a workbook is complete or it is an error. After writing, the file is read back and its
 * rows and cells are counted, because the library that writes it does not notice a full disk.
 * Scratch: the library keeps rows in files that it unlinks at once, in the folder named and nowhere
 * else.
 * Memory: constant. Threads: one workbook, one thread.
 * Normative: docs/formats/tables.md; docs/decisions/0301-xlsx-writer.md says why so.
 * Tested in tests/unit/exchange/t_write_xlsx.c. */
#ifndef SK_EXCHANGE_WRITE_XLSX_H
#define SK_EXCHANGE_WRITE_XLSX_H

#include "base/ctx.h"
#include "base/table.h"

typedef struct sk_workbook sk_workbook;

typedef struct sk_workbook_summary {
    uint64_t sheets, rows; /* rows of the tables, without headings and tags */
    uint64_t cells;        /* that hold something, headings and tags too    */
} sk_workbook_summary;

/* path    of a file that is there or can be made; it is overwritten by sk_workbook_close
 * folder  for scratch, ending in "/"; empty: the working folder
 * Errors: SK_E_IO. Caller closes or discards. */
SK_MUST_USE sk_rc sk_workbook_open(sk_ctx *cx, sk_str path, sk_str folder, sk_workbook **ret_xlsx);

/* Append a sheet.
 * name      of the sheet; what Excel does not allow in one becomes "-", and a number is added when
 *           there is one of that name
 * has_tags  HXL tags under the heading
 * Errors: SK_E_LIMIT more than SK_LIM_XLSX_ROWS rows, SK_LIM_XLSX_SHEETS sheets, or a cell longer
 * than SK_LIM_XLSX_CELL characters, with row and column; SK_E_IO scratch could not be written. */
SK_MUST_USE sk_rc sk_workbook_table(sk_ctx *cx, sk_workbook *x, const sk_table *t, sk_str name,
                                    bool has_tags);

/* Write the file, read it back, and free x, also when it fails. Syncing is for the caller.
 * Errors: SK_E_IO; SK_E_INTEGRITY what was read back is not what was handed over. */
SK_MUST_USE sk_rc sk_workbook_close(sk_ctx *cx, sk_workbook *x, sk_workbook_summary *ret_summary);
void sk_workbook_discard(sk_workbook *x); /* NULL is fine */

#endif
