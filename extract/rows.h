/* Rows of cells out of tables, sheets and lists, sent while they are read.
 *
 * A reader of rows differs from a reader of documents in three ways: it keeps nothing of what it
 * has sent, it fails (with an sk_rc and a message that names the row) instead of noting that
 * something is missing, and it numbers rows as a person would count them.
 *
 * What is sent: docs/formats/extract.md, "Rows". Threads: one. */
#ifndef SK_EXTRACT_ROWS_H
#define SK_EXTRACT_ROWS_H

#include "source.h"

typedef struct sk_rows_wish {
    char sep;       /* of a CSV; 0: find out                                    */
    sk_str sheet;   /* its name, or its number from 1; empty: all               */
    sk_str records; /* names of XML elements, blanks between; empty: what the root holds */
} sk_rows_wish;

/* Find out the format, read it, and write the reply to fd. False when the pipe broke: nobody reads
 * on. What is wrong with the file is part of the reply. */
bool sk_rows_send(sk_ctx *cx, const sk_source *src, const sk_rows_wish *wish, int fd);

/* ---- where readers put their rows (row_out.c) ---- */

typedef struct sk_row_out {
    sk_ctx *cx;
    int fd;
    sk_buf batch; /* records that are not written yet            */
    sk_buf cells; /* of the present row                          */
    uint32_t n_cells;
    int by; /* SK_WIRE_BY_* of its cells                   */
    uint64_t n_rows;
    sk_buf note; /* remarks that are no failure                 */
    uint64_t n_controls;
    char controls_place[SK_LIM_EXTRACT_PLACE_BYTES]; /* where the first was      */
    bool is_started, is_broken;
} sk_row_out;

void sk_row_out_init(sk_row_out *o, sk_ctx *cx, int fd);
void sk_row_out_done(sk_row_out *o);

/* Before the first row: nothing may fail by a missing converter afterwards. how may be empty. */
SK_MUST_USE sk_rc sk_row_out_start(sk_row_out *o, sk_str charset, sk_str how);

SK_MUST_USE sk_rc sk_row_out_sheet(sk_row_out *o, sk_str name);

/* A cell of the row in hand, by column (from 0) or by name; text is valid UTF-8 and becomes NFC,
 * with LF for line ends and blanks for control characters.
 * Errors: SK_E_LIMIT; SK_E_FORMAT when the text is not UTF-8. */
SK_MUST_USE sk_rc sk_row_out_cell(sk_row_out *o, uint64_t column, sk_str text);
SK_MUST_USE sk_rc sk_row_out_named(sk_row_out *o, sk_str name, sk_str text);

/* The row is complete; one without cells is not sent. row 0: not a row of its own numbering. */
SK_MUST_USE sk_rc sk_row_out_end(sk_row_out *o, uint64_t row, uint64_t from, uint64_t to,
                                 sk_str place);

/* The same, and its cells stay for another row like it. */
SK_MUST_USE sk_rc sk_row_out_send(sk_row_out *o, uint64_t row, uint64_t from, uint64_t to,
                                  sk_str place);

/* Forget the cells of the row in hand. */
void sk_row_out_clear(sk_row_out *o);

/* A remark for the note. */
void sk_row_out_note(sk_row_out *o, const char *fmt, ...) SK_PRINTF(2, 3);

/* The end of the reply: the note and the number of rows, or the failure in cx. */
void sk_row_out_finish(sk_row_out *o, sk_rc rc);

/* ---- the readers ---- */

/* rows_csv.c: CSV and TSV in any charset that can be told or is named. */
SK_MUST_USE sk_rc sk_rows_read_csv(sk_row_out *o, const sk_source *src, char sep);

/* rows_xml.c: record elements as rows. */
SK_MUST_USE sk_rc sk_rows_read_xml(sk_row_out *o, const sk_source *src, sk_str records);

/* rows_sheet.c: workbooks, XLSX and ODS, the sheets that are wanted or all. */
SK_MUST_USE sk_rc sk_rows_read_zip(sk_row_out *o, const sk_source *src, sk_str sheet);

#endif
