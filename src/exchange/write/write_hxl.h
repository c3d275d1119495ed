/* HXL hashtags of our columns: what a row of tags under the heading says to humanitarian tools.
 *
 * Source: the HXL 1.1 hashtag and attribute dictionaries; tags for what they do not know are core
 * tags with attributes of our own, as the standard allows. Columns without a fitting tag stay empty.
 * Table: docs/formats/tables.md. Tested in tests/unit/exchange/t_write_csv.c. */
#ifndef SK_EXCHANGE_WRITE_HXL_H
#define SK_EXCHANGE_WRITE_HXL_H

#include "base/str.h"

/* "#date+occurred" for "when"; empty when the column has none. */
sk_str sk_hxl_tag(sk_str column_key);

#endif
