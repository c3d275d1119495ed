/* What table.c and table_text.c share. */
#ifndef SK_BASE_TABLE_PRIVATE_H
#define SK_BASE_TABLE_PRIVATE_H

#include "base/table.h"

typedef struct sk_table_slot {
    sk_cell cell;
    sk_style style;
    sk_str shown; /* for people; p is NULL when it is the same as the cell's text */
} sk_table_slot;

typedef struct sk_table_row {
    sk_table_slot *slots; /* NULL: a group heading */
    sk_str heading;       /* of the group          */
} sk_table_row;

struct sk_table {
    sk_arena *a;
    const sk_column *columns;
    size_t n_columns;
    sk_table_row *rows;
    size_t n_rows, cap_rows, n_headings;
    size_t n_filled; /* cells of the row that is being filled; 0: none */
};

#endif
