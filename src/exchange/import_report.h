/* What an import would do, or did: every row accounted for.
 *
 *   added      the source's record was not in the copy that this one is compared with
 *   changed    it was, and the row says something that it did not say there
 *   unchanged  it was, and the row says nothing new
 *   skipped    the row makes no claim, and why
 *
 * Beside the state of each row stand the values that were not taken and those worth a look, with
 * column, value and what to do. As CSV each line carries the source's own cells behind, so that the
 * file can be corrected next to the report.
 *
 * Memory: eight bytes a record, and the findings up to SK_LIM_IMPORT_FINDINGS.
 * Threads: as its context. Tested by tests/unit/exchange/t_import_report.c. */
#ifndef SK_EXCHANGE_IMPORT_REPORT_H
#define SK_EXCHANGE_IMPORT_REPORT_H

#include "exchange/import.h"
#include "exchange/sink.h"
#include "record/import.h"

typedef enum sk_row_state {
    SK_ROW_ADDED,
    SK_ROW_CHANGED,
    SK_ROW_UNCHANGED,
    SK_ROW_SKIPPED,
    SK_ROW_STATES
} sk_row_state;

const char *sk_row_state_name(sk_row_state state); /* "added" */

typedef struct sk_report_opts {
    sk_view *view;               /* to look at the copy before; may be NULL with prior         */
    const sk_import_info *prior; /* the copy to compare with; NULL: everything is added        */
    const sk_sink *csv;          /* gets the report as CSV; may be NULL                        */
} sk_report_opts;

typedef struct sk_report_finding {
    sk_import_finding finding;
    sk_str file, place; /* "sdn.csv", "row 12" */
} sk_report_finding;

typedef struct sk_import_report {
    sk_import_summary summary;
    uint64_t rows[SK_ROW_STATES];
    uint64_t records, removed; /* different records; those of the prior copy that are gone */
    const sk_report_finding *findings; /* the first SK_LIM_IMPORT_FINDINGS, in order         */
    size_t n_findings;
} sk_import_report;

/* Run the reader and account for its rows. Ownership: in cx's arena.
 * Errors: as sk_import_run; of the sink. */
SK_MUST_USE sk_rc sk_import_account(sk_ctx *cx, const sk_reader *reader, const sk_source *source,
                                    const sk_report_opts *opts, sk_import_report *ret_report);

#endif
