/* Private to numbers*.c. */
#ifndef SK_READ_NUMBERS_PRIVATE_H
#define SK_READ_NUMBERS_PRIVATE_H

#include "read/numbers.h"

/* Digits at byte at, with signs of groups and a point, a power behind; false when none stand there. */
bool sk_number_digits(sk_str text, size_t at, sk_number *ret_number);

bool sk_number_english(sk_str text, size_t at, sk_number *ret_number);
bool sk_number_east_asian(sk_str text, sk_read_lang lang, size_t at, sk_number *ret_number);

#endif
