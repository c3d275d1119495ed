/* One record of the stream of rows, cut into its cells and checked; private to rows.c.
 *
 * Nothing is believed: sizes, order, names of columns, ranges, UTF-8, NFC, control characters. */
#ifndef SK_CONFINE_ROW_CUTTER_H
#define SK_CONFINE_ROW_CUTTER_H

#include "confine/rows.h"

/* A zeroed one is ready. */
typedef struct sk_row_cutter {
    sk_arena memory; /* names of columns, made once */
    sk_str *columns;
    size_t n_columns, cap_columns;
    sk_str *names, *cells; /* of the present row                               */
    size_t cap_cells;
    uint64_t last_row; /* number of the last row on its sheet; 0 on a new one */
} sk_row_cutter;

/* A little-endian number. */
uint64_t sk_row_number(const char *p, size_t bytes);

/* Cut the payload of a row; what is cut points into it and lives as long, or until the next call.
 * Returns what is wrong with it, NULL when nothing is. Cost: linear. */
const char *sk_row_cut(sk_row_cutter *r, sk_str payload, uint64_t file_bytes, sk_row *ret_row);

void sk_row_cutter_done(sk_row_cutter *r);

#endif
