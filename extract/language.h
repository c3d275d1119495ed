/* Which language a text is in, by its script and, within a script, by its most frequent words.
 *
 * Honest rather than clever: Korean, Japanese, Chinese, Thai, Greek and others have their own
 * script; Latin, Cyrillic and Arabic letters are told apart by the short words of
 * model/languages.txt, and only when one language is clearly ahead. Otherwise: not known. */
#ifndef SK_EXTRACT_LANGUAGE_H
#define SK_EXTRACT_LANGUAGE_H

#include "build.h"

/* Read the lists now; else on first use. */
void sk_language_warm_up(void);

/* The BCP 47 primary language ("ko") of the text, or empty. Looks at the first 64 KiB at most.
 * Tested in tests/unit/read/t_language.c. */
sk_str sk_language_of(sk_str text);

/* Set b->doc.lang from the content (furniture left out), unless the document states one itself. */
void sk_language_set(sk_build *b);

/* The primary language of a tag a document gives ("ko-KR", "EN_us"), lower case, in the arena;
 * empty when it is none. */
sk_str sk_language_tag(sk_arena *a, sk_str tag);

#endif
