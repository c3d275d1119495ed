/* See misbehave.c. */
#ifndef SK_TEST_READ_MISBEHAVE_H
#define SK_TEST_READ_MISBEHAVE_H

#include "base/str.h"

enum { SK_MIB_64 = 64 << 20 };

/* Act when the name of the file says so ("misbehave:crash"); else return. out: the reply's pipe. */
void sk_misbehave(sk_str name, int out);

#endif
