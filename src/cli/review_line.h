/* One line that a person types: what stands in it, where the cursor is, and how it is shown.
 *
 *     sk_typed line;
 *     sk_typed_init(&line, SK_S("2023-10"));
 *     while (sk_typed_key(&line, sk_tty_key(tty))) ...
 *     sk_typed_put(&line, &frame, width, &cursor_column);
 *     sk_typed_done(&line);
 *
 * The cursor moves over whole characters (a letter with its marks, a Korean syllable), and a line
 * longer than its place slides under it. What is pasted goes in as text: its line ends become blanks.
 *
 * Invariants: the text is UTF-8 and has at most SK_LIM_VALUE_BYTES. Threads: one.
 * Tested in tests/unit/cli/t_pane.c. */
#ifndef SK_CLI_REVIEW_LINE_H
#define SK_CLI_REVIEW_LINE_H

#include "cli/review_tty.h"

typedef struct sk_typed {
    sk_buf text;
    size_t cursor; /* byte */
    size_t left;   /* byte shown first */
} sk_typed;

/* The cursor stands behind text. */
void sk_typed_init(sk_typed *line, sk_str text);
void sk_typed_done(sk_typed *line);

static inline sk_str sk_typed_text(const sk_typed *line)
{
    return line->text.n ? sk_buf_str(&line->text) : SK_S("");
}

/* True when the key was one of editing; Enter, Escape, Tab and up and down are the caller's. */
bool sk_typed_key(sk_typed *line, sk_key key);

/* Append at most width columns of it. ret_column: of the cursor. */
void sk_typed_put(sk_typed *line, sk_buf *out, size_t width, size_t *ret_column);

#endif
