/* Dates as machines write them in headers and meta tags, as EDTF.
 *
 * Read here: ISO 8601 date and time ("2023-10-09T12:34:56.7+0900", a blank for the T, an offset of
 * hours only), RFC 5322 ("Mon, 9 Oct 2023 12:34:56 +0900"), and numbers from year to day with
 * other separators ("2023.10.09 12:34", "2023/10/9"). Whatever else people write goes through
 * sk_edtf_from_words. Nothing is guessed: two-digit years and 10/09/2023 are not understood. */
#ifndef SK_EXTRACT_DATES_H
#define SK_EXTRACT_DATES_H

#include "base/ctx.h"

/* The one date that the words state, in the arena; empty where they are not understood.
 * Tested in tests/unit/read/t_dates.c. */
sk_str sk_date_from_words(sk_ctx *cx, sk_str words);

#endif
