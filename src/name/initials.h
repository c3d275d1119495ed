/* Names by the first consonants of their syllables, as Koreans look up a list: ㄱㅈㅇ for 김정욱.
 *
 * Threads: pure functions. Tested in tests/unit/name/t_initials.c. */
#ifndef SK_NAME_INITIALS_H
#define SK_NAME_INITIALS_H

#include "base/str.h"

#define SK_INITIALS_MAX 16

/* True when the text is 2 to SK_INITIALS_MAX consonants (ㄱ to ㅎ) and blanks, nothing else. */
bool sk_initials_read(sk_str text, uint8_t ret_onset[SK_INITIALS_MAX], unsigned *ret_n);

/* Does the text hold Hangul syllables, one behind the other, that begin with these consonants? */
bool sk_initials_fit(sk_str text, const uint8_t *onset, unsigned n);

#endif
