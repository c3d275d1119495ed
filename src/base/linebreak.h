/* Where a line of text may end, in spaced scripts and in those that set no blanks.
 *
 * The Japanese line-breaking rules in short (JIS X 4051): not before closing marks and small kana,
 * not behind opening marks; Korean words stay whole. Tables and the terminal's text break by it.
 * Pure functions. Tested in tests/unit/base/t_table.c. */
#ifndef SK_BASE_LINEBREAK_H
#define SK_BASE_LINEBREAK_H

#include "base/str.h"

/* May a line end between these two characters? Behind blanks, behind - and /, and beside wide ones. */
bool sk_linebreak_may(uint32_t before, uint32_t c);

#endif
