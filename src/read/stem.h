/* Russian words without their endings, so that one form in the lexicon finds the others.
 *
 * A light cutter: it takes the longest ending of noun, adjective or verb that leaves a stem of three
 * letters or more. Two words that it makes alike are told apart by nothing else here, so lexicon
 * phrases of one Russian word should be long. Not a morphology. Tested in tests/unit/read/t_tokens.c. */
#ifndef SK_READ_STEM_H
#define SK_READ_STEM_H

#include "base/str.h"

/* How many bytes of the folded Cyrillic word (UTF-8, lower case, no yo) are its stem. */
size_t sk_stem_russian(sk_str word);

#endif
