/* Parts of the form reader that other files of this room share. */
#ifndef SK_NAME_FORM_PRIVATE_H
#define SK_NAME_FORM_PRIVATE_H

#include "name/form.h"

/* The script of a folded letter or mark; OTHER when it is none of those we know. */
sk_script sk_script_of(uint32_t c);

/* Set what single tokens say about themselves: honorifics, particles, patronymics, suffixes. */
void sk_form_mark(sk_form *f);

#endif
