/* Dates as tables write them, into EDTF: the order of day and month is said, never guessed.
 *
 *   written             order   EDTF         else
 *   03/01/2022          dmy     2022-01-03   without an order: refused, both readings are named
 *   25/12/2022          -       2022-12-25   with mdy: refused
 *   2022. 1. 3.         -       2022-01-03
 *   00/05/1975          dmy     1975-05      00 says that day or month is not known
 *   20220103            -       2022-01-03
 *   05/2022             -       2022-05
 *   2022-01-03 00:00    -       2022-01-03   a spreadsheet's midnight is no time of day
 *   2010.3~2012.5       -       2010-03/2012-05
 *   44564               -       refused: a spreadsheet's day number
 *
 * Anything else is read as EDTF, or as words (base/edtf.h). Threads: pure functions.
 * Tested in tests/unit/exchange/t_mapping_date.c. */
#ifndef SK_EXCHANGE_MAPPING_DATE_H
#define SK_EXCHANGE_MAPPING_DATE_H

#include "base/edtf.h"

typedef enum sk_date_order {
    SK_DATES_UNSAID,
    SK_DATES_DMY,
    SK_DATES_MDY,
    SK_DATES_YMD
} sk_date_order;

/* "dmy", "mdy", "ymd". */
bool sk_date_order_parse(sk_str s, sk_date_order *ret_order);

/* written   blanks at its ends do not matter
 * Errors: SK_E_FORMAT with the reason and what to write. */
SK_MUST_USE sk_rc sk_mapping_date(sk_ctx *cx, sk_str written, sk_date_order order,
                                  sk_str *ret_edtf);

/* What three numbers in a row may be; for guessing a column's order. */
typedef struct sk_date_orders {
    bool dmy, mdy, ymd;
} sk_date_orders;

/* False when written is not three numbers with a year of four digits. */
bool sk_mapping_date_orders(sk_str written, sk_date_orders *ret_orders);

#endif
