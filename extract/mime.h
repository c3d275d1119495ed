/* Headers and encodings of mail: RFC 5322 fields, RFC 2047 words, RFC 2045 encodings, RFC 2231
 * parameters. No part knows about bodies or documents; see mail.c. */
#ifndef SK_EXTRACT_MIME_H
#define SK_EXTRACT_MIME_H

#include "charset.h"

typedef struct sk_field {
    sk_str name, raw; /* as they stand in the mail; raw may be folded over lines */
} sk_field;

typedef struct sk_fields {
    sk_field *items;
    size_t n, cap;
    size_t body; /* where behind the empty line the body begins */
} sk_fields;

/* Read the header fields at the start of mail; stops at the empty line, at the end, or at the first
 * line that is no field (body is then that line). */
void sk_fields_read(sk_ctx *cx, sk_str mail, sk_fields *ret_fields);

/* The first field of that name, any case; empty if none. */
sk_str sk_fields_get(const sk_fields *f, const char *name);

/* A field's value unfolded, encoded words decoded, raw 8-bit text decoded; clean UTF-8. */
sk_str sk_field_text(sk_ctx *cx, sk_str raw);

/* The value before the first ";" in lower case ("text/plain"), and a parameter ("charset"). */
sk_str sk_field_value(sk_ctx *cx, sk_str raw);
sk_str sk_field_parameter(sk_ctx *cx, sk_str raw, const char *name);

/* Undo a Content-Transfer-Encoding. Lenient as mail programs are: what is not of the alphabet is
 * passed over. The result lives in the arena; for other encodings it is body itself. */
sk_str sk_mime_decode(sk_ctx *cx, sk_str body, sk_str encoding);

#endif
