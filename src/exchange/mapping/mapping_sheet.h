/* A table under its heading: rows with their cells in the columns' order.
 *
 *     sk_sheet *s;
 *     SK_TRY(sk_sheet_open(cx, &src->files[0], &opts, &s));
 *     for (;;) {
 *         sk_sheet_row row;
 *         if ((rc = sk_sheet_next(cx, s, &row)) || row.kind == SK_SHEET_END)
 *             break;
 *         if (row.kind == SK_SHEET_HEADING) ... sk_sheet_columns(s, &n) ...
 *     }
 *     sk_sheet_close(s);
 *
 * Over exchange/cells.h it adds: which row is the heading, a row of HXL tags under it, cells left out
 * by a spreadsheet put back as empty ones, the apostrophe that guards a CSV cell against formulas
 * taken away, one sheet after another with a heading each, and a look at the file's last byte: text
 * that does not end in a line end may have been cut short anywhere, so it is refused before its
 * first row unless its owner says that the last row is whole.
 *
 * Invariants: every row of the file comes out once, in order; of a sheet the heading comes before
 * its rows. Memory: one row, and the headings. Threads: as its context.
 * Tested in tests/unit/exchange/t_mapping_sheet.c. */
#ifndef SK_EXCHANGE_MAPPING_SHEET_H
#define SK_EXCHANGE_MAPPING_SHEET_H

#include "exchange/reader.h"

typedef struct sk_sheet sk_sheet;

typedef struct sk_sheet_opts {
    sk_cells_opts cells;
    size_t heading;  /* its row in each sheet; 0: the first that is not blank */
    bool no_heading; /* columns are called A, B, C */
    bool last_row_whole;
    const char *advice; /* what to do about a last line without end; NULL: "add one" */
} sk_sheet_opts;

typedef struct sk_sheet_column {
    sk_str name; /* as the heading has it, without blanks at the ends; may be empty */
    sk_str tag;  /* HXL: "#geo+lat"; may be empty                                    */
    sk_str letter;
    sk_str folded; /* name for comparing */
} sk_sheet_column;

typedef enum sk_sheet_kind {
    SK_SHEET_END,
    SK_SHEET_ABOVE,   /* a row above the heading                              */
    SK_SHEET_HEADING, /* the columns are known from now on                    */
    SK_SHEET_TAGS,    /* the HXL tags of the columns, which are known already */
    SK_SHEET_ROW      /* may be blank                                         */
} sk_sheet_kind;

/* Valid until the next call. Cells: at least as many as there are columns. */
typedef struct sk_sheet_row {
    sk_sheet_kind kind;
    const sk_str *cells;
    size_t n;
    uint64_t row, from, to;
    sk_str place, sheet;
} sk_sheet_row;

/* opts  NULL: all defaults
 * Errors: as sk_cells_open; SK_E_FORMAT when the last line has no end. Caller closes. */
SK_MUST_USE sk_rc sk_sheet_open(sk_ctx *cx, const sk_source_file *file, const sk_sheet_opts *opts,
                                sk_sheet **ret_sheet);
SK_MUST_USE sk_rc sk_sheet_next(sk_ctx *cx, sk_sheet *s, sk_sheet_row *ret_row);
void sk_sheet_close(sk_sheet *s); /* NULL is fine */

/* Columns of the sheet in hand, after its heading; until the next heading. */
const sk_sheet_column *sk_sheet_columns(const sk_sheet *s, size_t *ret_n);

/* Does the last line of a text end? True for what is no text. */
bool sk_sheet_has_end(const sk_sheet *s);

/* Remarks after the last row; may be empty. */
sk_str sk_sheet_note(const sk_sheet *s);

/* The column of this name: "[B]" by its letter, "#tag" also by its HXL tag, else by its heading, as
 * it is or else without regard to letter case and blanks.
 * Errors: SK_E_NOTFOUND with the names there are, SK_E_AMBIGUOUS with their letters. */
SK_MUST_USE sk_rc sk_sheet_find(sk_ctx *cx, const sk_sheet *s, sk_str name, size_t *ret_column);

/* What the user says of the file, as options. */
sk_sheet_opts sk_sheet_opts_of(const sk_source *src);

/* The place of a row as the import wants it. */
sk_import_place sk_sheet_place(const sk_sheet_row *row, size_t file);

/* "B" to 1, "AA" to 26; SK_MAPPING_NONE when it is no name of a column. */
size_t sk_column_of_letters(sk_str letters);

/* A cell without the apostrophe that guards it against being run as a formula. */
sk_str sk_cell_unguarded(sk_str cell);

/* Is s an HXL tag: "#" and a letter, then letters, digits, "_" and +attributes? */
bool sk_is_hxl_tag(sk_str s);

#endif
