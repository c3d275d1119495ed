/* A table screened row by row, and what changed for it between two copies of a list.
 *
 *     sk_batch b = {.now = screener, .limit = 5};
 *     for each row:                                       exchange/asked_table.h, or the caller's own
 *         sk_screened s;
 *         SK_TRY(sk_batch_take(cx, &b, &row, &s));        hits, alerts, or why not, and warnings
 *
 *     sk_batch b = {.now = newer, .before = older};       "what changed for my customers"
 *     for each row:
 *         SK_TRY(sk_batch_compare(cx, &b, &row, &s, &changes, &n));
 *
 * Every row is accounted for: sums.rows = blank + errors + those that were screened.
 * It prints nothing and logs nothing (screening_log.h does); a face does both, the log first.
 *
 * Threads: as its screeners. Tested in tests/unit/screen/t_batch.c and tests/cli/t_screen.sh. */
#ifndef SK_SCREEN_BATCH_H
#define SK_SCREEN_BATCH_H

#include "base/buf.h"
#include "screen/screen.h"

/* What is said of one row. Lives in cx's arena, as long as the row's words. */
typedef struct sk_screened {
    uint64_t row; /* 0: no table, the one name that was asked */
    sk_str id;
    const sk_asked *words;
    const sk_screen_query *query; /* NULL: the row could not be screened */
    sk_str error;
    const sk_str *warnings; /* besides the query's own */
    size_t n_warnings;
    const sk_screen_hit *hits;
    size_t n_hits;   /* that are told: at most the limit                  */
    size_t n_alerts; /* of all, also of those that are not told           */
} sk_screened;

typedef struct sk_batch_sums {
    uint64_t rows, blank, errors, warned, with_alerts, alerts;
    uint64_t appeared, vanished, changed; /* of sk_batch_compare */
} sk_batch_sums;

typedef struct sk_batch {
    sk_screener *now;
    sk_screener *before; /* of the older copies; NULL: nothing is compared */
    size_t limit;        /* hits a row; 0: all                             */
    sk_batch_sums sums;
} sk_batch;

/* Read and screen one row. A row that cannot be screened is no error: s->error says why.
 * Cost: as sk_screener_run. Errors: those of cx alone. */
SK_MUST_USE sk_rc sk_batch_take(sk_ctx *cx, sk_batch *b, const sk_asked_row *row,
                                sk_screened *ret_screened);

typedef enum sk_change_kind {
    SK_CHANGE_APPEARED, /* an alert that was none before                     */
    SK_CHANGE_VANISHED, /* an alert of before that is none any more          */
    SK_CHANGE_CHANGED,  /* of the same entry: other score, or another name   */
} sk_change_kind;

const char *sk_change_kind_name(sk_change_kind kind); /* "appeared" */

typedef struct sk_change {
    sk_change_kind kind;
    const sk_screener *screener; /* of the side that the hit is of             */
    sk_screened one;             /* the row with that hit alone                */
} sk_change;

/* The same against both copies: what differs. *ret_screened is of the newer one, all its hits. */
SK_MUST_USE sk_rc sk_batch_compare(sk_ctx *cx, sk_batch *b, const sk_asked_row *row,
                                   sk_screened *ret_screened, const sk_change **ret_changes,
                                   size_t *ret_n);

/* The two halves of sk_batch_take, for who goes on with a run: read and count a row; ask for it. */
SK_MUST_USE sk_rc sk_batch_read(sk_ctx *cx, sk_batch *b, const sk_asked_row *row,
                                sk_screened *ret_screened);
SK_MUST_USE sk_rc sk_batch_ask(sk_ctx *cx, sk_batch *b, sk_screened *s);

/* "un-sc as of 2026-04-01 (1,002 entries)": what was screened against. */
sk_str sk_screen_against(sk_ctx *cx, const sk_sight *sight, size_t entries);

/* One JSON object of one line, with its LF: {"row", "id", "query", "error", "warnings", "alerts",
 * "results": [{"list", "as_of", "id", "type", "name", "caption", "score", "odds", "alert",
 * "cut", "explanation"}]}. */
void sk_screened_put_json(sk_ctx *cx, const sk_screener *sc, const sk_screened *s, sk_buf *out);
void sk_change_put_json(sk_ctx *cx, const sk_change *c, sk_buf *out);

#endif
