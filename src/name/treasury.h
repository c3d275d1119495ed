/* The score that the search tool of the US Treasury shows for a name: for checks of parity.
 *
 * Jaro-Winkler on the whole name, and Jaro-Winkler and Soundex on its parts, the best of them
 * (Treasury's FAQ 249), with what can be seen from the outside of how parts are chosen. It is an
 * imitation of somebody else's ruler, not our judgement; Latin letters only. No command asks it: it
 * is there to check parity, and `tools/names/score-cases --treasury FILE` prints how near it comes.
 *
 * Threads: pure functions. Source: US Treasury, OFAC FAQ 249; measured against the scores shown in
 * tests/unit/name/t_treasury.c. */
#ifndef SK_NAME_TREASURY_H
#define SK_NAME_TREASURY_H

#include "base/str.h"

/* 0..100 as the tool shows it; -1 when the tool would not show the entry at any score.
 * query, listed   any text; at most 24 words of 63 letters each are looked at
 * Cost: a few microseconds, no allocation. */
int sk_treasury_score(sk_str query, sk_str listed);

#endif
