/* What read_uwazi.c and read_uwazi_cell.c share. */
#ifndef SK_EXCHANGE_READ_UWAZI_H
#define SK_EXCHANGE_READ_UWAZI_H

#include "exchange/mapping/mapping_headings.h"
#include "exchange/mapping/mapping_put.h"
#include "exchange/mapping/mapping_sheet.h"

/* Columns that every Uwazi table may have; all others are properties of its templates. */
typedef enum uwazi_role {
    UWAZI_PROPERTY,
    UWAZI_TITLE,
    UWAZI_ID,
    UWAZI_ADDED,
    UWAZI_TEMPLATE,
    UWAZI_FILES,    /* documents, attachments, file */
    UWAZI_NOT_TAKEN /* published: whether the collection shows it */
} uwazi_role;

typedef struct uwazi_column {
    sk_str name; /* without "__ko" */
    sk_str lang;
    uwazi_role role;
    bool is_known; /* a word of model/headings.txt */
    sk_heading heading;
    bool told_january; /* the remark on bare years was made */
} uwazi_column;

/* What this column is called and does. position, n  of the heading: exports have fixed ends */
void sk_uwazi__column(sk_arena *a, sk_str name, uwazi_column *ret_column);

/* One cell as claims about p->key. place_key  of the place that a geolocation describes */
SK_MUST_USE sk_rc sk_uwazi__cell(sk_put *p, uwazi_column *c, sk_str cell, bool is_export);

#endif
