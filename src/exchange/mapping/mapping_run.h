/* What mapping_row.c and mapping_claim.c share: a run over the rows of a table. */
#ifndef SK_EXCHANGE_MAPPING_RUN_H
#define SK_EXCHANGE_MAPPING_RUN_H

#include "base/buf.h"
#include "exchange/mapping/mapping_keys.h"
#include "exchange/mapping/mapping_priv.h"

/* An entity of the mapping, in the row in hand. */
typedef struct mapping_here {
    sk_str key;          /* empty: it has none in this row */
    const sk_type *type; /* NULL: not known, so it is not made */
    bool is_made;
} mapping_here;

struct sk_mapping_run {
    sk_ctx *cx;
    const sk_mapping *m;
    const sk_source *src;
    sk_import *im;
    const size_t *where;
    sk_arena keys; /* keys of the row in hand, and its values while they are looked up */
    sk_arena_mark start;
    mapping_here *here; /* one for each entity */
    sk_keyset seen;     /* keys of the first entity */
    bool told_row_keys, told_repeated;

    /* of the row in hand */
    const sk_import_place *at;
    sk_claim common; /* chain, carrier, said, as-of, reference, labels, passage */
};

/* The cell of a column, without blanks at its ends; empty where there is none. */
sk_str sk_mapping__cell(const sk_mapping_run *run, size_t column);
sk_str sk_mapping__column_name(const sk_mapping_run *run, size_t column);

/* A template with the row's cells; own is what {} stands for, in the column own_column.
 * False when one of its cells is empty or stands for no value; *ret_missing then names it. */
bool sk_mapping__fill(const sk_mapping_run *run, sk_arena *a, const sk_mapping_template *t,
                      size_t own_column, sk_str own, bool is_key, sk_str *ret_text,
                      size_t *ret_missing);

/* What the row says of all its claims. False: the row must not be taken; it was skipped with the
 * reason. */
bool sk_mapping__common(sk_mapping_run *run);

/* Report what the scratch context says of a cell, and go on. */
void sk_mapping__leave(sk_mapping_run *run, size_t column, sk_str value);

/* A date that stands in a column for a whole claim; empty when it is none, which is reported.
 * order  SK_DATES_UNSAID: the mapping's */
sk_str sk_mapping__date_in(sk_mapping_run *run, size_t column, sk_str cell, sk_date_order order);

/* All claims of one entity of the row. */
SK_MUST_USE sk_rc sk_mapping__claims(sk_mapping_run *run, size_t entity);

/* Report what the row says of an entity that is not made. */
void sk_mapping__unmade(sk_mapping_run *run, size_t entity);

#endif
