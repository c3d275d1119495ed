/* What we print on: is it a terminal, how wide, with colour; and text made safe for one.
 *
 * Nothing else in the program asks the environment about output. */
#ifndef SK_BASE_TERM_H
#define SK_BASE_TERM_H

#include "base/buf.h"

typedef enum sk_colour { SK_COLOUR_AUTO, SK_COLOUR_ALWAYS, SK_COLOUR_NEVER } sk_colour;

typedef struct sk_term {
    bool is_terminal;
    bool colour;
    bool utf8;    /* the locale's characters are UTF-8: lines and dashes may be drawn      */
    size_t width; /* columns; 0 when it is no terminal and COLUMNS does not say (no limit) */
} sk_term;

/* "auto", "always", "never" of the option --color. */
bool sk_colour_parse(sk_str s, sk_colour *ret_colour);

/* Look at a descriptor. Colour on AUTO: a terminal, TERM set and not "dumb", NO_COLOR unset or
 * empty. Width: COLUMNS when a number from 1 to 10000, else the kernel's, else 80. */
void sk_term_look(int fd, sk_colour choice, sk_term *ret_term);

/* Append text so that nothing in it can act on a terminal or hide from a reader: control characters
 * (C0, DEL, C1), bytes that are not UTF-8, direction overrides and other invisible format characters
 * show as \x1b, \xff, <U+202E>; tab and LF too, unless keep_lines keeps LF. U+200C and U+200D stay:
 * Persian and Indic spelling needs them. */
void sk_term_clean(sk_buf *out, sk_str text, bool keep_lines);

#endif
