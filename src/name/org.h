/* Names of bodies: firms, ministries, armed groups. The comparer stands behind words.h.
 *
 * Threads: pure functions. Tested in tests/unit/name/t_org.c. */
#ifndef SK_NAME_ORG_H
#define SK_NAME_ORG_H

#include "name/words.h"

/* Does a name of unsaid kind look like that of a body: a legal form, or a word such as bank,
 * ministry, 위원회? Cost: one look-up a word. */
bool sk_org_is_body(const sk_form *f);

#endif
