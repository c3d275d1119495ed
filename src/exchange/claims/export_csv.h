/* All current claims that a view shows, as a claim file: CSV, one claim a row.
 *
 * What it writes, sk_claims_file_each reads back to the same claims (ids, times and authors are
 * new). Columns beginning with x- are for readers and passed over on the way in: x-claim, x-at,
 * x-by, x-supersedes, x-coded-in.
 * Normative: docs/formats/claims.md. Test: tests/unit/exchange/t_round_trip.c. */
#ifndef SK_EXCHANGE_EXPORT_CSV_H
#define SK_EXCHANGE_EXPORT_CSV_H

#include "exchange/sink.h"
#include "record/view.h"

typedef struct sk_export_csv_options {
    bool is_exact; /* write cells exactly; else those that a spreadsheet would run as a formula get
                      an apostrophe in front, which reading takes off again */
} sk_export_csv_options;

typedef struct sk_export_csv_summary {
    uint64_t claims;
} sk_export_csv_summary;

/* options and ret_summary may be NULL.
 * Memory: constant. Cost: two readings of every claim, about 20 us each.
 * Errors: those of the sink and of the record. */
SK_MUST_USE sk_rc sk_export_csv(sk_ctx *cx, sk_view *v, const sk_export_csv_options *options,
                                const sk_sink *sink, sk_export_csv_summary *ret_summary);

#endif
