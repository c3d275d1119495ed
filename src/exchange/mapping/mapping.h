/* Mappings: a text that says what the columns of a table mean.
 *
 *     sillok-mapping 1
 *     list      families
 *     claimant  "Families' association"
 *     entity person Person
 *       key   "family-{No.}"
 *       name  "Name"
 *     ignore "Internal no."
 *
 * This module reads such a text (mapping_parse.c, in words by mapping_words.c), holds it against the
 * model (mapping_check.c), binds its columns to those of a table, and turns rows into claims
 * (mapping_row.c, values in mapping_value.c). It knows nothing of files: rows are handed to it.
 * mapping_draft.c writes a first mapping for a table that has none.
 *
 * Invariants: a parsed mapping names only types and properties that the model has, and only values
 * and entities of its own; the same mapping and rows give the same claims.
 * Threads: a parsed mapping is read-only; a run belongs to one thread.
 * Normative: docs/formats/mapping.md. Tested in tests/unit/exchange/t_mapping.c and by
 * tests/fuzz/f_mapping.c. */
#ifndef SK_EXCHANGE_MAPPING_H
#define SK_EXCHANGE_MAPPING_H

#include "exchange/mapping/mapping_date.h"
#include "exchange/reader.h"

#define SK_MAPPING_NONE SIZE_MAX /* no column, no list of values */

/* A text with cells in it: "person-{ID}". Literals are empty but where they stand. */
typedef struct sk_mapping_piece {
    sk_str literal;
    size_t column; /* SK_MAPPING_NONE: a literal */
} sk_mapping_piece;

typedef struct sk_mapping_template {
    const sk_mapping_piece *pieces;
    size_t n;
} sk_mapping_template;

/* What a cell's text becomes: a target, or absent, or as it is. */
typedef struct sk_mapping_value {
    sk_str written; /* folded for comparison */
    sk_str target;
    sk_absent absent; /* SK_PRESENT: target  */
} sk_mapping_value;

typedef enum sk_mapping_others {
    SK_OTHERS_LEFT, /* reported, not taken      */
    SK_OTHERS_KEEP, /* the text as it is        */
    SK_OTHERS_TARGET
} sk_mapping_others;

typedef struct sk_mapping_values {
    sk_str name;
    size_t line;
    sk_mapping_value *items;
    size_t n, cap;
    sk_mapping_others others;
    sk_mapping_value other; /* of SK_OTHERS_TARGET */
} sk_mapping_values;

/* A setting that is fixed, or stands in a column. */
typedef struct sk_mapping_setting {
    sk_str text;
    size_t column; /* SK_MAPPING_NONE: text */
    sk_str deflt;  /* where the cell is empty */
} sk_mapping_setting;

typedef enum sk_mapping_source {
    SK_FROM_COLUMN,
    SK_FROM_CONSTANT,
    SK_FROM_ENTITY,
    SK_FROM_JOIN,
    SK_FROM_BOUNDS /* low, high, qualifier, unit, words: columns of a quantity */
} sk_mapping_source;

enum { SK_BOUND_LOW, SK_BOUND_HIGH, SK_BOUND_QUALIFIER, SK_BOUND_UNIT, SK_BOUND_WORDS, SK_BOUNDS };

typedef struct sk_mapping_prop {
    size_t line;
    sk_str type; /* as written before ":"; empty: the entity's */
    sk_str prop;
    sk_mapping_source source;
    size_t column;
    size_t bounds[SK_BOUNDS];
    sk_mapping_template join; /* of SK_FROM_JOIN; of SK_FROM_COLUMN the key of what is linked */
    bool has_key;             /* join is such a key; its own cell is the column {} */
    size_t entity;
    sk_str constant;
    sk_str split, part_sep;
    size_t part; /* from 1; 0: the whole cell */
    size_t values;
    sk_date_order dates; /* SK_DATES_UNSAID: the mapping's */
    bool has_default;
    sk_str deflt, lang, scheme, measure, unit;
    sk_position position;
    size_t valid, asof; /* columns */
    bool used_falsely;
    const sk_str *chain;
    size_t n_chain;
    const sk_str *labels;
    size_t n_labels;
} sk_mapping_prop;

typedef enum sk_mapping_key {
    SK_KEY_NONE,
    SK_KEY_TEMPLATE,
    SK_KEY_HASH,
    SK_KEY_ROW
} sk_mapping_key;

typedef struct sk_mapping_entity {
    size_t line;
    sk_str name;
    sk_mapping_setting type;
    size_t type_values;
    sk_mapping_key key_kind;
    sk_mapping_template key;
    const size_t *hashed; /* columns */
    size_t n_hashed;
    size_t when; /* column */
    const sk_str *when_words;
    size_t n_when_words; /* 0: any */
    sk_mapping_prop *props;
    size_t n_props, cap_props;
    bool has_own_columns;
} sk_mapping_entity;

typedef struct sk_mapping_column {
    sk_str name; /* as written; "[B]" is the column B */
    size_t line; /* where it is first named           */
    bool is_ignored, is_used;
    bool is_told; /* ignored by no person: the heading's row tells it */
} sk_mapping_column;

typedef struct sk_mapping {
    sk_str list, lang, sheet, charset;
    char sep;
    size_t heading; /* row; 0: the first that is not blank */
    bool no_heading, last_row_whole;
    sk_date_order dates;
    sk_mapping_setting asof, claimant, carrier, said, reference, restrict_label;
    size_t restrict_values;
    const sk_str *chain; /* claimant.text at its " > " */
    size_t n_chain;
    const sk_str *labels;
    size_t n_labels;
    size_t quote;             /* column of the passage's words */
    sk_mapping_values absent; /* words that stand for no value */
    sk_mapping_values *values;
    size_t n_values, cap_values;
    sk_mapping_entity *entities;
    size_t n_entities, cap_entities;
    sk_mapping_column *columns;
    size_t n_columns, cap_columns;
} sk_mapping;

/* Read a mapping and hold it against the model.
 * Ownership: in cx's arena; text is borrowed for as long.
 * Errors: SK_E_FORMAT, SK_E_LIMIT: `mapping line 12: ...`. */
SK_MUST_USE sk_rc sk_mapping_parse(sk_ctx *cx, sk_str text, sk_mapping **ret_mapping);

/* A text as a quoted word of the mapping language; line feeds become blanks. In the arena. */
sk_str sk_mapping_quoted(sk_arena *a, sk_str s);

/* ---- rows to claims ---- */

typedef struct sk_mapping_run sk_mapping_run;

/* Begin: the options and the mapping say who says it and from when.
 * Errors: SK_E_FORMAT when nobody says who says it. Caller closes. */
SK_MUST_USE sk_rc sk_mapping_run_open(sk_ctx *cx, const sk_mapping *m, const sk_source *src,
                                      sk_import *im, sk_mapping_run **ret_run);
void sk_mapping_run_close(sk_mapping_run *run); /* NULL is fine */

/* From now on rows have their cells at these places.
 * where  for each column of the mapping the index of its cell, SK_MAPPING_NONE when it has none;
 *        borrowed until the next call */
void sk_mapping_run_bind(sk_mapping_run *run, const size_t *where);

/* One row: announces it (sk_import_row) and hands over its claims.
 * at   with its cells, which a blank row has too
 * Errors: what must end the import. */
SK_MUST_USE sk_rc sk_mapping_run_row(sk_mapping_run *run, const sk_import_place *at);

/* ---- drafting ---- */

/* Look at the first rows of the source's first file and write a mapping for it: every column is
 * mapped, or ignored with the reason as a comment. The mapping runs without error on that file.
 * The mapping of src is not used; its options are.
 * Ownership: in cx's arena. Errors: as sk_cells_open; SK_E_FORMAT when there is no table in it. */
SK_MUST_USE sk_rc sk_mapping_draft(sk_ctx *cx, const sk_source *src, sk_str *ret_text);

#endif
