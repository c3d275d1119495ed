/* What was asked, kept for the log of the archive: hashes of it, or the words where that is wished.
 *
 *     sk_screening_log log = {.options = &options};
 *     sk_screening_log_add(&log, row, query->canonical, n_alerts);        for each query
 *     SK_TRY(sk_screening_log_write(cx, &log, sight, before));            before the answers are told
 *     sk_screening_log_done(&log);
 *
 * Normative: record/screening.h. Threads: as its context. Tested in tests/cli/t_screen.sh. */
#ifndef SK_SCREEN_SCREENING_LOG_H
#define SK_SCREEN_SCREENING_LOG_H

#include "record/screening.h"
#include "screen/screen.h"

typedef struct sk_screening_log {
    const sk_screen_options *options;
    bool in_words;
    sk_screened_query *asked;
    size_t n, cap;
    sk_arena arena;
} sk_screening_log;

void sk_screening_log_add(sk_screening_log *log, uint64_t row, sk_str canonical, uint64_t alerts);

/* Log what was added since the last time, and commit; nothing when there is none. The archive must be
 * open for writing. before   the older copies of a comparison; may be NULL */
SK_MUST_USE sk_rc sk_screening_log_write(sk_ctx *cx, sk_screening_log *log, const sk_sight *sight,
                                         const sk_sight *before);
void sk_screening_log_done(sk_screening_log *log);

#endif
