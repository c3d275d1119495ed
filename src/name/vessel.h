/* Ships: the two numbers that are better than any name. The comparer of names stands behind
 * words.h.
 *
 * Threads: pure functions. Tested in tests/unit/name/t_vessel.c. */
#ifndef SK_NAME_VESSEL_H
#define SK_NAME_VESSEL_H

#include "name/words.h"

/* Seven digits whose weighted sum ends in the last one; "IMO " may stand in front.
 * ret_digits   7 bytes, untouched when false; may be NULL
 * Source: IMO resolution A.1117(30). */
bool sk_imo_is_valid(sk_str s, char *ret_digits);

/* Nine digits that begin with a country's three (201 to 775); "MMSI " may stand in front.
 * ret_digits   9 bytes, untouched when false; may be NULL
 * Source: ITU-R M.585. */
bool sk_mmsi_is_valid(sk_str s, char *ret_digits);

#endif
