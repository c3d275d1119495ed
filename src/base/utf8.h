/* UTF-8 at the door: checking, NFC, folding for search, and the width of text on a terminal.
 *
 * A thin room over utf8proc. Text from outside passes sk_utf8_enter once; inside, every sk_str of
 * text is valid UTF-8 in NFC. */
#ifndef SK_BASE_UTF8_H
#define SK_BASE_UTF8_H

#include "base/ctx.h"

/* The code point at *at, moving *at behind it; 0xFFFD and one byte on for a malformed sequence. */
uint32_t sk_utf8_next(sk_str s, size_t *at);

/* Append code point c to out (room for 4 bytes); returns how many bytes. */
size_t sk_utf8_put(uint32_t c, char *out);

/* SIZE_MAX when s is well-formed UTF-8, else the byte where it is not. */
size_t sk_utf8_find_bad(sk_str s);

/* Check outside text and return it in NFC; control characters other than tab and LF are refused.
 * what   names the text in the message ("value", "row 3, column claimant")
 * Errors: SK_E_FORMAT with the byte position. Cost: no copy when it is NFC already. */
SK_MUST_USE sk_rc sk_utf8_enter(sk_ctx *cx, sk_str s, const char *what, sk_str *ret_text);

/* Number of code points of valid text. */
size_t sk_utf8_count(sk_str s);

/* Columns the text takes on a terminal: wide East Asian characters 2, combining marks 0.
 * Source: utf8proc's width data (Unicode East Asian Width); tested in tests/unit/t_utf8.c. */
size_t sk_utf8_width(sk_str s);
int sk_utf8_width_of(uint32_t c);

/* The byte behind the character that begins at byte at, as people see one: a letter with its marks, an
 * emoji with its joiners (Unicode grapheme clusters). A byte that is not UTF-8 stands alone; one of
 * more than 256 bytes, which no writing has, is cut. at < s.n. Tested in tests/unit/cli/t_pane.c. */
size_t sk_utf8_grapheme_end(sk_str s, size_t at);

/* The byte at which the character before byte at begins. at > 0; looks at most 1 KiB back. */
size_t sk_utf8_grapheme_start(sk_str s, size_t at);

/* The longest head of s that fits in columns, never splitting a character from its marks. */
sk_str sk_utf8_fit(sk_str s, size_t columns);

/* Fold for comparing names and words: NFKC, case folded, marks of spaced scripts dropped. */
sk_str sk_utf8_fold(sk_arena *a, sk_str s);

#endif
