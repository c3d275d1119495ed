/* Names that are written in one word or in several: one cut for all spellings of them.
 *
 * Abd al-Rahman, Abdurrahman, عبد الرحمن and عبدالرحمان are one name, as are Saif al-Din and
 * سيف‌الدين, Sanaullah and ثناء الله, Mati ur-Rehman and Matiur Rahman, al-Hakim and الحاكم. In
 * the section of letters each becomes one word: the servant and whose he is, the first part and
 * din, lah or rahman without the article between, the article and the name behind it.
 *
 * Only shapes are known here, no names: a word that merely ends like a compound (Padullah) is cut
 * the same way on both sides, so nothing is lost. Other joins (Kim Jong Un, van der Berg) are found
 * when two names are compared. Threads: pure functions. Tested in tests/unit/name/t_edit.c. */
#ifndef SK_NAME_COMPOUND_H
#define SK_NAME_COMPOUND_H

#include "name/edit_private.h"

/* Join the compounds of a section in Arabic, Latin or Cyrillic script; other scripts stay as they
 * are.
 * e         its tokens; joined ones keep the form's number of the first and count the others
 * hyphen    bit i: a hyphen stood in front of token i
 * letter    the letters of all tokens, romanised; grows shorter with e->n_letter
 * Cost: one pass over the letters. */
void sk_compound_join(sk_edit *e, uint32_t hyphen, uint8_t letter[SK_EDIT_LETTERS]);

#endif
