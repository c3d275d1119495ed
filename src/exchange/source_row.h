/* One row of an imported file as text: the passage that a derived claim rests on.
 *
 * Files of imports are not cut into blocks for search; their rows are read again when somebody
 * wants to see one. Cells stand one a line, "A: 36" or "FIRST_NAME: KIM"; a line of JSON as it is.
 *
 * Cost: reading the file up to the row. Threads: as its context.
 * Tested by tests/cli/t_import.sh. */
#ifndef SK_EXCHANGE_SOURCE_ROW_H
#define SK_EXCHANGE_SOURCE_ROW_H

#include "exchange/import_ingest.h"

/* place as the claim's passage has it: "row 12", "Sheet1!A12", "INDIVIDUAL 12".
 * Errors: SK_E_NOTFOUND when the file has no such row; those of reading it. */
SK_MUST_USE sk_rc sk_source_row(sk_ctx *cx, const sk_hash *exhibit, sk_str name, sk_str place,
                                sk_str *ret_text);

#endif
