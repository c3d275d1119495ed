/* Forms that carry files: the parts of a body of type multipart/form-data.
 *
 * A file's bytes are handed over as they are, borrowed from the body; names and values of other fields
 * are checked UTF-8, and of a file's name only what stands behind the last slash or backslash is kept.
 *
 * Errors: SK_E_FORMAT with what is wrong; SK_E_LIMIT beyond SK_LIM_HTTP_PARTS, or when the values of
 * the other fields take more than SK_LIM_HTTP_FORM_BYTES together.
 * Source: RFC 7578, RFC 2046. Tested by tests/unit/web/t_params.c, fuzzed by
 * tests/fuzz/f_http_request.c. */
#ifndef SK_WEB_MULTIPART_H
#define SK_WEB_MULTIPART_H

#include "base/ctx.h"

typedef struct sk_form_part {
    sk_str name, filename; /* filename.p is NULL for a part that is no file */
    sk_str bytes;
} sk_form_part;

typedef struct sk_form_parts {
    const sk_form_part *v;
    size_t n;
} sk_form_parts;

/* True when a Content-Type header says that the body is such a form. */
bool sk_is_multipart(sk_str content_type);

SK_MUST_USE sk_rc sk_multipart_parse(sk_ctx *cx, sk_str content_type, sk_str body,
                                     sk_form_parts *ret_parts);

/* The first part of that name; NULL when there is none. */
const sk_form_part *sk_form_part_get(const sk_form_parts *parts, const char *name);

#endif
