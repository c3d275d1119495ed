/* A table on a page, and the same table for programs.
 *
 *     static const sk_grid_column columns[] = {{"who", "col.who"}, {"claim", "col.claim"}};
 *     sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
 *     sk_grid_cell(g, key);  sk_grid_shown(g, caption);  sk_grid_link(g, href);
 *     sk_grid_cell(g, hash); ...
 *     return sk_grid_answer(rq, g)                CSV or JSON, as asked
 *     sk_grid_put(rq, g, caption)                 HTML, inside a page
 *
 * Cells come in column order, a full row begins the next, as in base/table.h, which renders the forms
 * for programs. On narrow screens each row is a card: every cell carries its heading.
 *
 * Invariants: cells are borrowed until rendered. Threads: as the request. */
#ifndef SK_WEB_GRID_H
#define SK_WEB_GRID_H

#include "base/table.h"
#include "web/request.h"

typedef struct sk_grid_column {
    const char *key;   /* for programs             */
    const char *title; /* key of a message         */
    bool is_number;    /* set to the right         */
    bool is_hidden;    /* from people: their page says it otherwise */
} sk_grid_column;

typedef struct sk_grid sk_grid;

sk_grid *sk_grid_new(sk_request *rq, const sk_grid_column *columns, size_t n_columns);

void sk_grid_cell(sk_grid *g, sk_str text);
void sk_grid_int(sk_grid *g, int64_t value);

/* Of the cell just added: what people see, where it leads, how it looks. */
void sk_grid_shown(sk_grid *g, sk_str text);
void sk_grid_link(sk_grid *g, sk_str href);
void sk_grid_style(sk_grid *g, sk_style style);

/* A heading over the rows that follow; href may be empty. */
void sk_grid_group(sk_grid *g, sk_str heading, sk_str href);

size_t sk_grid_rows(const sk_grid *g);

/* caption   what the table is, for those who cannot see it; text */
void sk_grid_put(sk_request *rq, const sk_grid *g, sk_str caption);

/* For programs: the CSV or JSON that rq->format asks for. */
SK_MUST_USE sk_rc sk_grid_answer(sk_request *rq, const sk_grid *g);
void sk_grid_json_into(const sk_grid *g, sk_json *j);

#endif
