/* The text of an exhibit in a window of the terminal, with marks on its words.
 *
 *     sk_pane p;
 *     sk_pane_init(&p, blocks, n_blocks);
 *     sk_pane_fit(&p, columns, rows, &app->out);
 *     p.marks = marks, p.n_marks = n;              spans that are shown in their style
 *     sk_pane_centre(&p, start);
 *     sk_pane_put(&p, &frame);                     rows lines, each ended by LF
 *
 *     > On 9 October 2023, |China| sent back [more than 500] people     with colours: in colour
 *     ? Guards beat those who could not walk.                           the gutter says what awaits
 *
 * The text is cut into parts of a few KiB at blanks, and only those in the window are laid out, so
 * that a book on one line scrolls like any other. A character is shown with its marks or not at all;
 * control characters, bidi controls and bytes that are not UTF-8 are made visible (base/term.h), and
 * nothing of a document reaches the terminal as it is but printable characters.
 *
 * Positions are bytes of the exhibit's text, the coordinates of sk_passage.
 * Ownership: borrows blocks and marks; sk_pane_done frees the rest.
 * Cost: parts in the window, a draw. Threads: one. Tested in tests/unit/cli/t_pane.c. */
#ifndef SK_CLI_REVIEW_PANE_H
#define SK_CLI_REVIEW_PANE_H

#include "base/buf.h"
#include "base/term.h"
#include "record/read.h"

/* What a mark is of. Later ones are drawn over earlier ones. */
typedef enum sk_mark_role {
    SK_MARK_SENTENCE,
    SK_MARK_CUE,
    SK_MARK_SAYS,
    SK_MARK_WHO,
    SK_MARK_WHOM,
    SK_MARK_WHEN,
    SK_MARK_WHERE,
    SK_MARK_COUNT,
    SK_MARK_ACT,
    SK_MARK_OTHER,
    SK_MARK_CHOSEN, /* by the cursor */
    SK_MARK_ROLES
} sk_mark_role;

typedef struct sk_mark {
    size_t start, end;
    sk_mark_role role;
} sk_mark;

/* What stands in the gutter of a line; the first that holds. */
typedef struct sk_gutter {
    size_t start, end;
    char sign;
} sk_gutter;

typedef struct sk_pane_part sk_pane_part;
typedef struct sk_pane_line sk_pane_line;

typedef struct sk_pane {
    sk_arena arena, layout; /* of the parts; of the window */
    const sk_pane_part *parts;
    size_t n_parts;
    size_t columns, rows; /* of the window */
    bool colour, utf8;
    const sk_mark *marks;
    size_t n_marks;
    const sk_gutter *gutters;
    size_t n_gutters;
    size_t top; /* byte in the line that is shown first */
} sk_pane;

void sk_pane_init(sk_pane *p, const sk_text_block *blocks, size_t n_blocks);
void sk_pane_done(sk_pane *p);
void sk_pane_fit(sk_pane *p, size_t columns, size_t rows, const sk_term *look);

/* Scroll so that the line of this byte stands in the upper third. */
void sk_pane_centre(sk_pane *p, size_t byte);

/* Scroll as little as shows it. */
void sk_pane_reveal(sk_pane *p, size_t byte);

/* Scroll by lines, down when positive; stops at both ends. */
void sk_pane_scroll(sk_pane *p, long lines);

/* Append the window. */
void sk_pane_put(sk_pane *p, sk_buf *out);

/* ---- words, for choosing a span ---- */

/* The word at or behind byte: between blanks where the script has them, else one character. False when
 * there is none. In the text of the pane alone: hidden blocks have no words. */
bool sk_pane_word(const sk_pane *p, size_t byte, size_t *ret_start, size_t *ret_end);

/* The word in front of that which holds byte. */
bool sk_pane_word_before(const sk_pane *p, size_t byte, size_t *ret_start, size_t *ret_end);

/* The word nearest above or below byte, lines lines away. */
bool sk_pane_word_beside(sk_pane *p, size_t byte, long lines, size_t *ret_start, size_t *ret_end);

/* One character on from byte, or back: SIZE_MAX at the end of its part. */
size_t sk_pane_character(const sk_pane *p, size_t byte, bool back);

/* Where words stand at or behind byte, within one part, ASCII letters folded; SIZE_MAX: nowhere. */
size_t sk_pane_find(const sk_pane *p, sk_str words, size_t byte);

/* The text between two bytes, blocks apart by a blank. In the arena. */
sk_str sk_pane_text(const sk_pane *p, sk_arena *a, size_t start, size_t end);

/* ---- lines of other texts ---- */

/* The SGR colours of a role, as "1;36"; "" for none. */
const char *sk_mark_colour(sk_mark_role role);

/* Append text on one line of at most width columns, cleaned; cut with ".." when longer.
 * Returns the columns it took. */
size_t sk_put_fitted(sk_buf *out, sk_str text, size_t width);

/* How many bytes of text go on one line of width columns; at least one character. */
size_t sk_line_bytes(sk_str text, size_t width);

#endif
