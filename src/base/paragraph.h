/* Paragraphs that were wrapped by hand: which line ends of a plain text are none of its author's.
 *
 *     Soldiers came to the village on 9 May   <- "2022" did not fit: the paragraph goes on
 *     2022 and burned the market.
 *
 * A line goes on in the next one when the next one's first word did not fit behind it. The column is
 * that of the widest line, counted in columns of a terminal or, for texts wrapped by programs that
 * count characters, in characters.
 *
 * Invariants: a text of one line a paragraph, of short lines (names, verse), or of sentences each on a
 * line of its own is not wrapped. Threads: pure functions. Tested in tests/unit/base/t_small_tools.c. */
#ifndef SK_BASE_PARAGRAPH_H
#define SK_BASE_PARAGRAPH_H

#include "base/str.h"

typedef struct sk_wrap {
    size_t column; /* 0: the text is not wrapped        */
    bool in_chars; /* counted in characters, not columns */
} sk_wrap;

/* Where the text wraps its lines. Cost: two looks at every line. */
sk_wrap sk_paragraph_wrap(sk_str text);

/* Is next, the line behind line, the same paragraph? Lines without their ends. */
bool sk_paragraph_goes_on(sk_wrap w, sk_str line, sk_str next);

#endif
