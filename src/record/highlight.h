/* Where in a text a query matches, and the piece of text worth showing.
 *
 *     text      "... 제15호 수용소에서 구타를 당했다고 ..."      query  수용소 구타
 *     ranges            [-----]      [--]
 *     snippet   "…제15호 수용소에서 구타를 당했다고…" with the same ranges, moved
 *
 * Ranges are bytes; marking them up is the caller's work (terminal colours, <mark>). It finds what
 * the index finds, because both go by the tokens of tokenizer.h; leaves under NOT are not shown.
 *
 * Invariants: ranges are in order, do not overlap, and begin and end between characters.
 * Threads: pure functions over their arguments and cx's arena. */
#ifndef SK_RECORD_HIGHLIGHT_H
#define SK_RECORD_HIGHLIGHT_H

#include "record/query.h"

typedef struct sk_range {
    size_t start, end; /* bytes                                                     */
    size_t leaf;       /* of the query; the first one where several overlap         */
} sk_range;

typedef struct sk_ranges {
    const sk_range *v;
    size_t n;
    bool more; /* the text has more than SK_LIM_HIGHLIGHTS: the rest is not listed  */
} sk_ranges;

/* Find where the query's leaves match in text.
 * Cost: linear in the text; memory only for the ranges. Tested in t_highlight.c against the
 * reading oracle of query.h. */
sk_ranges sk_highlight(sk_ctx *cx, const sk_query *q, sk_str text);

typedef struct sk_snippet {
    sk_str text;       /* one line: blanks and line ends became single spaces            */
    const sk_range *v; /* the ranges that fell into it, relative to its text             */
    size_t n;
} sk_snippet;

/* Cut the best window out of text: the one that shows the most different leaves, then the most
 * matches, then the earliest. It begins and ends between words (between characters in runs), with
 * "…" where something was left out.
 * ranges       from sk_highlight of the same text; may be empty: then the beginning is shown
 * max_columns  terminal columns including the ellipses; at least 8
 * Cost: linear in the text. */
sk_snippet sk_snippet_of(sk_ctx *cx, sk_str text, sk_ranges ranges, size_t max_columns);

#endif
