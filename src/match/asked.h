/* Who is asked for, in words as a person or a row of a table gives them: not understood yet.
 *
 * Tables (exchange/asked_table.h) and faces make these; screen/ reads them. Nothing is owned. */
#ifndef SK_MATCH_ASKED_H
#define SK_MATCH_ASKED_H

#include "base/str.h"

/* Each may be empty. Several values of one kind have been taken apart already. */
typedef struct sk_asked {
    const sk_str *names;
    size_t n_names;
    const sk_str *births, *countries, *ids;
    size_t n_births, n_countries, n_ids;
    sk_str gender, type;
} sk_asked;

/* One row of a table to be screened, or why it cannot be. Lives until the next. */
typedef struct sk_asked_row {
    uint64_t row; /* as people count it in the file; 0: no more */
    bool is_blank;
    sk_str error; /* what the row is instead: no JSON object; mostly empty */
    sk_str id;    /* the row's own, to be given back; may be empty */
    sk_asked words;
    const sk_str *warnings; /* values of it that are in none of these */
    size_t n_warnings;
} sk_asked_row;

#endif
