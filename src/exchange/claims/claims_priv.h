/* Inside the reading of claim files: columns, rows, and what became of a row.
 *
 *   claims_file.c      the two passes; where rows come from: CSV
 *   claims_json.c      where rows come from: JSON lines
 *   claims_columns.c   what a column's name means
 *   claims_row.c       what holds for the whole row: who, when, on what it rests
 *   claims_values.c    the claims of a row, drafted and checked
 *   claims_report.c    faults
 *
 * Memory: `keep` lives as long as the reading; rcx is a context of its own whose arena is emptied
 * after each row, so that the caller's arena holds nothing of ours but the report. */
#ifndef SK_EXCHANGE_CLAIMS_PRIV_H
#define SK_EXCHANGE_CLAIMS_PRIV_H

#include "base/csv.h"
#include "exchange/claims/claims_file.h"

typedef enum claims_col {
    COL_ENTITY, /* from here: columns with a fixed name, in the order of the table of names */
    COL_TYPE,
    COL_CLAIMANT,
    COL_CARRIER,
    COL_POSITION,
    COL_SAID,
    COL_ASOF,
    COL_VALID,
    COL_REFERENCE,
    COL_LANG,
    COL_RESTRICT,
    COL_FALSELY,
    COL_SUPERSEDES,
    COL_NOTE,
    COL_PROPERTY,
    COL_VALUE,
    COL_WORDS,
    COL_ABSENT,
    COL_LOW,
    COL_HIGH,
    COL_QUALIFIER,
    COL_BOUNDS,
    COL_UNIT,
    COL_MEASURE,
    COL_EXHIBIT, /* from here: one for each passage, "exhibit", "exhibit-2" */
    COL_QUOTE,
    COL_PLACE,
    COL_SPAN,
    COL_FIXED,
    COL_PROP = COL_FIXED, /* a property of some type: "victim", "Event:place" */
    COL_REMARK,           /* x-...: passed over                               */
    COL_UNNAMED,          /* a heading cell that is empty                     */
    COL_UNKNOWN,          /* reported where it was met; its cells are passed over */
} claims_col;

typedef struct claims_column {
    sk_str name;
    claims_col col;
    sk_str type, prop; /* of COL_PROP; type is empty when the name had none */
    size_t passage;    /* from 0; of COL_EXHIBIT to COL_SPAN                */
} claims_column;

/* A cell with something in it. items are the elements of a JSON array; NULL for plain text. */
typedef struct claims_cell {
    const claims_column *column;
    sk_str text;
    const sk_str *items;
    size_t n_items;
} claims_cell;

typedef struct claims_reader {
    sk_ctx *cx; /* the caller's */
    sk_ctx rcx; /* scratch for the row in hand */
    sk_arena keep;
    const sk_claims_source *source;
    sk_claims_fn *fn; /* NULL: check only */
    void *fn_arg;
    sk_claims_report report;
    sk_claims_fault *faults, *warnings; /* growing in keep */
    size_t cap_faults, cap_warnings;
    claims_column *columns; /* of the heading, or the keys met so far */
    size_t n_columns, cap_columns;
    bool is_missing[COL_FIXED]; /* no such column in the heading: reported once */
    sk_claims_place place;      /* of the row in hand */
    uint64_t faults_before;     /* the row in hand    */
} claims_reader;

/* ---- claims_report.c ---- */

/* Note a fault of the row in hand. column may be NULL: the whole row. */
SK_PRINTF(4, 5)
void sk_claims__fault(claims_reader *rd, const char *column, sk_str value, const char *fmt, ...);
SK_PRINTF(4, 5)
void sk_claims__warning(claims_reader *rd, const char *column, sk_str value, const char *fmt, ...);

/* The error that rcx holds becomes a fault and is forgiven. */
void sk_claims__fault_of(claims_reader *rd, const char *column, sk_str value);

/* True while the row in hand has no fault of its own. */
static inline bool sk_claims__row_is_good(const claims_reader *rd)
{
    return rd->report.n_faults == rd->faults_before;
}

/* ---- claims_columns.c ---- */

/* The name of a fixed column, for messages. */
const char *sk_claims__col_name(claims_col col);

/* What a name means; COL_UNKNOWN with a fault reported. */
claims_column sk_claims__column_of(claims_reader *rd, sk_str name);

/* Names near wanted among properties of t (any type when NULL) and, with fixed, the fixed names. */
sk_str sk_claims__near_property(claims_reader *rd, sk_str wanted, const sk_type *t, bool fixed);

/* ---- claims_row.c ---- */

/* Everything a row says besides its claims; strings live in rcx's arena. */
typedef struct claims_row {
    claims_reader *rd;
    const claims_cell *fixed[COL_FIXED]; /* NULL: empty; passages apart */
    const claims_cell *(*passages)[4];   /* n_passages times exhibit, quote, place, span */
    size_t n_passages;
    const claims_cell **props; /* cells of COL_PROP, left to right */
    size_t n_props;
    bool has_unknown;    /* something in a column that was reported as unknown */
    const sk_type *type; /* NULL: unknown, reported */
    sk_claim common;     /* entity, type, chain ... of every claim of the row */
} claims_row;

/* Text of a fixed column, trimmed; empty when there is none. */
sk_str sk_claims__text(const claims_row *row, claims_col col);
sk_str sk_claims__text_exact(const claims_row *row, claims_col col);

/* Take one row in: sort its cells, read what holds for all its claims, then the claims. Faults are
 * noted. Errors: what fn returns. */
SK_MUST_USE sk_rc sk_claims__take_row(claims_reader *rd, const claims_cell *cells, size_t n);

/* ---- claims_values.c ---- */

SK_MUST_USE sk_rc sk_claims__take_values(claims_row *row);

/* ---- claims_json.c ---- */

SK_MUST_USE sk_rc sk_claims__read_json(claims_reader *rd);

#endif
