/* Running a reader over a source, and what becomes of what it says.
 *
 *     sk_import_sink sink = {.claim = count_it, .arg = &n};
 *     SK_TRY(sk_import_run(cx, sk_reader_find(SK_S("un-consolidated")), &source, &sink, &summary));
 *
 * The run checks every claim as if a person had typed it (sk_claim_check), fills in what the
 * options say of the whole import, and tells the sink of rows, claims and findings in the order of
 * the file. It stores nothing. Three sinks use it: the dry run and its report (import_report.h),
 * the index (import_ingest.h), tests.
 *
 * Invariants: the same source and reader give the same calls; a sink that returns an error ends it.
 * Memory: one row. Threads: as its context. Tested in tests/unit/exchange/t_import.c. */
#ifndef SK_EXCHANGE_IMPORT_H
#define SK_EXCHANGE_IMPORT_H

#include "exchange/reader.h"

typedef enum sk_import_finding_kind {
    SK_IMPORT_LEFT,   /* a value was not taken        */
    SK_IMPORT_REMARK, /* taken, but should be seen    */
    SK_IMPORT_SKIPPED /* the whole row makes no claim */
} sk_import_finding_kind;

typedef struct sk_import_finding {
    sk_import_finding_kind kind;
    sk_str column, value, message; /* message: why, and what to do */
} sk_import_finding;

/* All functions may be NULL. Everything handed over lives until the call returns.
 * row      a row begins; key may be empty
 * claim    one checked claim; its id is not set
 * finding  about the row in hand, after its row call
 * row_end  everything about the row has been said */
typedef struct sk_import_sink {
    sk_rc (*row)(sk_ctx *cx, const sk_import_place *at, sk_str key, void *arg);
    sk_rc (*claim)(sk_ctx *cx, const sk_claim *claim, const sk_import_place *at, sk_str column,
                   void *arg);
    void (*finding)(const sk_import_finding *finding, const sk_import_place *at, void *arg);
    sk_rc (*row_end)(sk_ctx *cx, const sk_import_place *at, sk_str key, void *arg);
    void *arg;
} sk_import_sink;

typedef struct sk_import_summary {
    uint64_t rows, claims;                                 /* rows announced; claims taken  */
    uint64_t rows_skipped, values_left, remarks, repeated; /* repeated: same claim twice in a row */
    sk_str list, asof; /* of the options, else what the file says; in cx's arena           */
} sk_import_summary;

/* Errors: SK_E_FORMAT and SK_E_LIMIT of the reader, with file and row in front; SK_E_IO,
 * SK_E_CANCELLED; what the sink returns. Moves cx->progress by rows.
 * ret_summary may be NULL. */
SK_MUST_USE sk_rc sk_import_run(sk_ctx *cx, const sk_reader *reader, const sk_source *source,
                                const sk_import_sink *sink, sk_import_summary *ret_summary);

#endif
