/* Private to read_un*.c: one record of the UN Security Council's consolidated list.
 *
 * A record is one INDIVIDUAL or ENTITY element. Its cells come flat, named by their path
 * ("INDIVIDUAL_ALIAS[2]/QUALITY"); those of one child element stand together and make a block. */
#ifndef SK_EXCHANGE_READ_UN_H
#define SK_EXCHANGE_READ_UN_H

#include "exchange/lists/list_claims.h"

typedef struct sk_un_cell {
    sk_str column; /* the whole path, for reports         */
    sk_str block;  /* "INDIVIDUAL_ALIAS"                  */
    size_t index;  /* which of them, from 1               */
    sk_str field;  /* "QUALITY"; empty: the block itself  */
    sk_str text;   /* ends trimmed, line breaks as they are */
    bool is_used;
} sk_un_cell;

/* Cells of one block. */
typedef struct sk_un_block {
    sk_un_cell *cells;
    size_t n;
} sk_un_block;

typedef struct sk_un_record {
    sk_list_entry e;
    bool is_person;
    sk_un_cell *cells;
    size_t n;
} sk_un_record;

/* The text of a field, marked as used; empty when it is not there. */
sk_str sk_un_get(const sk_un_block *b, const char *field);

/* Where the block stands, for reports: the path of its first cell, up to the field. */
sk_str sk_un_column(const sk_un_record *r, const sk_un_block *b);

/* One row of the list: a record, or its head. What the reader does with each; the fuzz target calls
 * it too, for it need not go through the confined program. */
SK_MUST_USE sk_rc sk_un_row(sk_ctx *cx, const sk_source *src, sk_import *im,
                            const sk_cells_row *row, bool *ret_is_record);

/* One for each kind of block; what they do not use is told as left by the caller. */
typedef sk_rc sk_un_take(sk_un_record *r, const sk_un_block *b);
sk_un_take sk_un_alias, sk_un_birth, sk_un_birth_place, sk_un_document, sk_un_address,
    sk_un_comments;

#endif
