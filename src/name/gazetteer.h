/* Names of well-known places in several languages: which place a name says.
 *
 * Countries, their divisions and large cities have names that are no transcription of one another
 * (독일, Германия). Two names that both stand in the table are one place or two; no spelling is
 * asked.
 *
 * Threads: constant data. Source: unicode-cldr-core, by tools/names/mkplaces when the program is
 * built. Tested in tests/unit/name/t_name.c. */
#ifndef SK_NAME_GAZETTEER_H
#define SK_NAME_GAZETTEER_H

#include "name/form.h"

#define SK_PLACE_IDS 4 /* places of one name (Georgia) */

extern const uint32_t SK_GAZETTEER_SIZE;
/* 48 bits of the folded name's hash, 16 of the place; sorted */
extern const uint64_t SK_GAZETTEER[];
extern const uint64_t SK_GAZETTEER_ID; /* sk_key_mix of all entries in turn */

/* The places that the whole name says, 0 behind the last. Returns how many. */
unsigned sk_gazetteer_find(const sk_form *f, uint16_t ret_place[SK_PLACE_IDS]);

#endif
