/* Text out in another charset: for spreadsheets that take every CSV for the charset of their country.
 *
 * Two questions: can this charset say the text, and how is it written. A character that it lacks is
 * either an error of the caller's, who knows row and column, or replaced: by a character that looks
 * the same and that the charset has (a hyphen for a dash), else by its number, "[U+1F600]".
 *
 * Threads: an encoder belongs to one thread. Tested in tests/unit/exchange/t_write_csv.c. */
#ifndef SK_EXCHANGE_WRITE_CHARSET_H
#define SK_EXCHANGE_WRITE_CHARSET_H

#include "base/buf.h"
#include "base/ctx.h"

typedef struct sk_encoder sk_encoder;

/* name  "utf-8", "utf-8-bom" (with the mark that Excel knows it by), "cp949" (Korean Windows; also
 *       "euc-kr" and "ks_c_5601-1987", its usual misnomers); letter case is ignored
 * Errors: SK_E_FORMAT, naming those that can be written. Caller closes. */
SK_MUST_USE sk_rc sk_encoder_open(sk_ctx *cx, sk_str name, sk_encoder **ret_encoder);
void sk_encoder_close(sk_encoder *e); /* NULL is fine */

const char *sk_encoder_name(const sk_encoder *e); /* "cp949"                            */
sk_str sk_encoder_mark(const sk_encoder *e);      /* bytes that begin a file; mostly none */

/* Byte of the first character that the charset lacks, SIZE_MAX when it has all of them.
 * text  UTF-8; a malformed byte counts as a character that is lacking
 * Cost: ASCII and UTF-8 about 1 ns a byte, else a conversion. */
size_t sk_encoder_find_lacking(sk_encoder *e, sk_str text);

/* What stands for a character that is lacking, as UTF-8 that the charset has; may be empty (a mark
 * without width). In a. */
sk_str sk_encoder_stand_in(const sk_encoder *e, sk_arena *a, uint32_t c);

/* Append text, all of which the charset has. */
void sk_encoder_put(sk_encoder *e, sk_str text, sk_buf *out);

#endif
