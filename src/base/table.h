/* One table, three renderings: text for people, CSV and JSON for programs; and a way through its
 * cells for writers of other formats (exchange/write.h: spreadsheets, other charsets).
 *
 *     static const sk_column columns[] = {
 *         {.key = "date", .title = "Date"},
 *         {.key = "count", .title = "People", .align = SK_ALIGN_RIGHT},
 *         {.key = "says", .title = "Says whom", .most = 40},
 *     };
 *     sk_table *t = sk_table_new(&cx->arena, columns, SK_COUNT(columns));
 *     sk_table_cell(t, date);           cells come in column order; a full row begins the next
 *     sk_table_cell_int(t, 80);
 *     sk_table_cell(t, claimant);
 *     sk_table_text(t, &look, &buf);    or sk_table_csv, sk_table_json
 *
 * Text: East Asian wide characters take two columns, marks none; long cells wrap at blanks and
 * between CJK characters (Korean at blanks), never before closing punctuation; when the width given
 * is too small for the columns even so, each row is printed as a card of "title  value" lines.
 * Control characters and direction overrides in data never reach the terminal (sk_term_clean); a
 * line feed in a cell starts a new line of that cell, a tab is a blank.
 * CSV: one heading row of keys. JSON: an array of objects by key. A group heading becomes a leading
 * member "group" of each row below it.
 *
 * Invariants: cells are borrowed until rendering; every started row is complete when rendering
 * (asserted). Threads: one table, one thread. Cost: linear in cells.
 * Tested in tests/unit/base/t_table.c. */
#ifndef SK_BASE_TABLE_H
#define SK_BASE_TABLE_H

#include "base/json.h"
#include "base/term.h"

typedef enum sk_align { SK_ALIGN_LEFT, SK_ALIGN_RIGHT, SK_ALIGN_CENTRE } sk_align;

typedef enum sk_style {
    SK_STYLE_PLAIN,
    SK_STYLE_BOLD,
    SK_STYLE_DIM,
    SK_STYLE_RED,    /* denied, wrong  */
    SK_STYLE_YELLOW, /* warning, doubt */
    SK_STYLE_GREEN,  /* verified       */
    SK_STYLES
} sk_style;

typedef enum sk_rules {
    SK_RULES_NONE,  /* columns apart by two blanks, no lines        */
    SK_RULES_ASCII, /* a rule of - under the titles                 */
    SK_RULES_LIGHT  /* the same with light lines (needs UTF-8)      */
} sk_rules;

typedef struct sk_column {
    const char *key;   /* stable name for programs                                  */
    const char *title; /* heading for people, valid UTF-8                           */
    sk_align align;
    size_t least; /* columns it keeps when narrowed; 0: as its longest word, at most 12 */
    size_t most;  /* columns it never passes; 0: no limit                      */
} sk_column;

typedef struct sk_look {
    size_t width; /* columns of the terminal; 0: no limit */
    sk_rules rules;
    bool colour;
} sk_look;

typedef struct sk_table sk_table;

/* columns  borrowed as long as the table lives; 1 to SK_LIM_TABLE_COLUMNS */
sk_table *sk_table_new(sk_arena *a, const sk_column *columns, size_t n_columns);

/* The look that fits a terminal: light lines where the locale allows them. */
sk_look sk_look_for(const sk_term *term);

void sk_table_cell(sk_table *t, sk_str text);
void sk_table_cell_int(sk_table *t, int64_t value); /* JSON number                */
void sk_table_cell_real(sk_table *t, double value); /* JSON number, 15 digits     */
void sk_table_cell_bool(sk_table *t, bool value);   /* "yes" / "no"; JSON boolean */
void sk_table_cell_none(sk_table *t);               /* empty; JSON null           */
void sk_table_cellf(sk_table *t, const char *fmt, ...) SK_PRINTF(2, 3);

/* The cell just added looks so (text only). */
void sk_table_style(sk_table *t, sk_style style);

/* The cell just added shows this to people, while programs get the value of the cell. */
void sk_table_shown(sk_table *t, sk_str text);

/* A heading over the rows that follow, until the next. Between rows only. */
void sk_table_group(sk_table *t, sk_str heading);

size_t sk_table_rows(const sk_table *t);

void sk_table_text(const sk_table *t, const sk_look *look, sk_buf *out);
void sk_table_csv(const sk_table *t, bool spreadsheet, sk_buf *out);
void sk_table_json(const sk_table *t, sk_json_style style, sk_buf *out);

/* The same array as a value inside a document that the caller writes. */
void sk_table_json_into(const sk_table *t, sk_json *j);

/* ---- going through the cells, as programs get them ----
 *
 *     for (sk_table_walk w = sk_table_begin(t); sk_table_next(&w);)
 *         for (size_t i = 0; i < sk_table_width(t); i++)
 *             ... sk_table_get(&w, i) ...
 *
 * When the table has group headings, "group" is column 0 and the others follow it. */

typedef enum sk_cell_type {
    SK_CELL_IS_TEXT,
    SK_CELL_IS_INT,
    SK_CELL_IS_REAL,
    SK_CELL_IS_BOOL,
    SK_CELL_IS_NONE
} sk_cell_type;

typedef struct sk_cell {
    sk_cell_type type;
    sk_str text; /* as CSV has it, whatever the type */
    union {
        int64_t i;
        double d;
        bool b;
    } value;
} sk_cell;

typedef struct sk_table_walk {
    const sk_table *t;
    size_t row;  /* of the data, from 1; 0 before the first */
    size_t next; /* private */
    sk_str group;
} sk_table_walk;

size_t sk_table_width(const sk_table *t);
sk_str sk_table_key(const sk_table *t, size_t column);
sk_table_walk sk_table_begin(const sk_table *t);
bool sk_table_next(sk_table_walk *w);
sk_cell sk_table_get(const sk_table_walk *w, size_t column);

#endif
