/* A table as CSV for spreadsheets: any charset, a row of HXL tags, no cell that starts a formula.
 *
 * With the default options it writes the bytes of sk_table_csv. Rows are counted in messages as a
 * spreadsheet counts them: the heading is row 1.
 * Normative: docs/formats/tables.md. Tested in tests/unit/exchange/t_write_csv.c. */
#ifndef SK_EXCHANGE_WRITE_CSV_H
#define SK_EXCHANGE_WRITE_CSV_H

#include "base/table.h"
#include "exchange/write/write_charset.h"

/* One kind of character that was replaced. */
typedef struct sk_replaced {
    uint32_t c;
    uint64_t n;
    sk_str by; /* what stands for it */
} sk_replaced;

typedef struct sk_write_csv_options {
    sk_encoder *encoder; /* NULL: UTF-8                                        */
    bool replace;        /* characters that the charset lacks; else an error   */
    bool has_tags;       /* HXL tags under the heading                         */
} sk_write_csv_options;

/* In order of first appearance; grows over several tables when handed in again. */
typedef struct sk_write_csv_summary {
    sk_replaced *replaced;
    size_t n_replaced, cap_replaced;
    uint64_t n; /* characters replaced, all kinds together */
} sk_write_csv_summary;

/* Append the table to out; the encoder's mark comes first when out is empty.
 * sum   zeroed before the first table; may be NULL
 * Memory: one row.
 * Errors: SK_E_FORMAT a character that the charset lacks, with row, column and character, out then
 * holds a part of the table; SK_E_LIMIT a row of more than SK_LIM_CSV_ROW_BYTES. */
SK_MUST_USE sk_rc sk_write_csv(sk_ctx *cx, const sk_table *t, const sk_write_csv_options *options,
                               sk_buf *out, sk_write_csv_summary *sum);

#endif
