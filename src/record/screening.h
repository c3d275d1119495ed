/* The entry that says that names were screened: against what, when, by whom, with what outcome.
 *
 * What was asked is itself sensitive. An entry holds a salted hash of each query and how many alerts
 * it had; the words only when the asker wants them there. The salt stands in the entry, and the hash
 * is the SHA-256 of the salt's bytes, a line feed and the words: who has a name in mind can test
 * whether it was asked, nobody can read it from the log.
 *
 * Normative: docs/formats/archive.md, kind "screen". Tested by tests/cli/t_screen.sh. */
#ifndef SK_RECORD_SCREENING_H
#define SK_RECORD_SCREENING_H

#include "record/write.h"

typedef struct sk_screened_copy {
    sk_str list, asof, import; /* list empty: the archive's own people; import: hex */
} sk_screened_copy;

typedef struct sk_screened_query {
    uint64_t row;    /* of the table, from 1                                     */
    sk_str words;    /* the query as one canonical text                          */
    uint64_t alerts; /* hits from the threshold on                               */
} sk_screened_query;

typedef struct sk_screening_draft {
    const sk_screened_copy *copies;
    size_t n_copies;
    const sk_screened_query *queries; /* by row */
    size_t n_queries;
    bool in_words; /* write the words too                                      */
    sk_str engine; /* tables of names it was done with                         */
    double threshold, prior;
} sk_screening_draft;

/* Log it: one entry for up to SK_LIM_SCREEN_LOGGED queries, so that a large batch makes several.
 * Commit afterwards. Errors: SK_E_LIMIT, SK_E_FORMAT. */
SK_MUST_USE sk_rc sk_record_screening(sk_ctx *cx, const sk_screening_draft *draft);

#endif
