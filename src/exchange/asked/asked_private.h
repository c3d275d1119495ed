/* Between the files that read a table of people. */
#ifndef SK_EXCHANGE_ASKED_PRIVATE_H
#define SK_EXCHANGE_ASKED_PRIVATE_H

#include "base/json_read.h"
#include "base/lines.h"
#include "exchange/asked_table.h"
#include "exchange/cells.h"
#include "match/match.h"

typedef enum role {
    ROLE_NONE,
    ROLE_NAME,
    ROLE_ALIAS,
    ROLE_FIRST,
    ROLE_MIDDLE,
    ROLE_LAST,
    ROLE_BORN,
    ROLE_COUNTRY,
    ROLE_GENDER,
    ROLE_ID,
    ROLE_TYPE,
    ROLE_ROW_ID,
    ROLES
} role;

/* Of JSON lines: a member that --column names. */
typedef struct told_member {
    sk_str name;
    role role;
    bool was_met;
} told_member;

struct sk_asked_table {
    sk_str name;
    int fd;
    sk_hash hash;
    sk_cells *cells;
    sk_lines *lines;
    bool is_plain; /* of lines: one name each, no JSON */
    bool is_text;  /* pasted: it has no file and no options */
    sk_json_doc doc;
    told_member *told;
    size_t n_told;
    sk_str columns[SK_LIM_SCREEN_COLUMNS]; /* names of columns: "A", "B" */
    uint8_t roles[SK_LIM_SCREEN_COLUMNS];
    size_t n_columns;
    bool has_heading;
    bool has_pending; /* the first row is data, not headings */
    sk_cells_row pending;
};

/* ---- asked_roles.c ---- */

const char *asked_word_of_role(role r);

/* What a heading, or the name of a member, says. */
role asked_role_of_heading(sk_ctx *cx, sk_str heading);

/* "born=Geburtstag" */
sk_rc asked_read_told(sk_ctx *cx, sk_str column, role *ret_role, sk_str *ret_heading);

/* ---- asked_row.c ---- */

/* Values of a kind of which a row may have several; those beyond are counted, and it is said. */
typedef struct asked_values {
    sk_str v[SK_MATCH_VALUES];
    size_t n, over;
} asked_values;

typedef struct row_words {
    sk_ctx *cx;
    asked_values names, aliases, births, countries, ids;
    sk_str one[ROLES]; /* of roles that a row has one value of */
    sk_str *warnings;
    size_t n_warnings, cap;
} row_words;

row_words *asked_row_begin(sk_ctx *cx);
void asked_row_warn(row_words *w, sk_str text);

/* A cell may hold several values with ";" between them, or a word that says there is none. */
void asked_row_cell(row_words *w, role r, sk_str cell);

/* A value as it stands. */
void asked_row_value(row_words *w, role r, sk_str text);
void asked_row_end(row_words *w, sk_asked_row *row);

/* ---- asked_lines.c ---- */

sk_rc asked_lines_open(sk_ctx *cx, sk_asked_table *t, const sk_asked_options *options);
sk_rc asked_lines_next(sk_ctx *cx, sk_asked_table *t, sk_asked_row *ret_row);

#endif
