/* Telling page furniture from content: menus, credits, comment forms, share buttons.
 *
 * The rules are phrases of model/furniture.txt and a few shapes of lines (tags run together, lists
 * of menu words, the short lines under "Related articles"). They judge lines of any format; HTML's
 * elements, roles and classes are judged by the reader of HTML with the same table.
 * What looks like furniture is marked SK_BLOCK_FURNITURE and keeps its place and text. In doubt a
 * line is content. Tested in tests/unit/read/t_furniture.c. */
#ifndef SK_EXTRACT_FURNITURE_H
#define SK_EXTRACT_FURNITURE_H

#include "build.h"

/* Read the table now; else on first use. */
void sk_furniture_warm_up(void);

/* Mark the furniture among the TEXT and HEADING blocks of b; a caption that ends in a credit is
 * split in two. Call once, after the last block. Cost: one pass over lines of up to 400 bytes. */
void sk_furniture_mark(sk_build *b);

/* HTML: does this element name, role, or token of class or id stand for furniture? Any case. */
bool sk_furniture_is_element(sk_str name);
bool sk_furniture_is_role(sk_str role);
bool sk_furniture_is_class(sk_str token);

/* True when s ends as a sentence does: . ! ? and their East Asian forms, quotes behind passed. */
bool sk_ends_sentence(sk_str s);

#endif
