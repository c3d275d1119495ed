/* What stands in an address or a form: parts of a path, names and values, all decoded and checked.
 *
 *     /entity/kim%20jung-wook?history=1&q=%EC%88%98
 *      segments "entity", "kim jung-wook"     params history = "1", q = "수"
 *
 * Text that comes out is valid UTF-8 in NFC without control characters but tab and line feed, and
 * no segment is empty, "." or "..": what a handler is given can go into a query, a page or a log.
 * Line ends of forms (CR LF) become LF.
 *
 * Ownership: in cx's arena. Errors: SK_E_FORMAT with what is wrong; SK_E_LIMIT.
 * Tested by tests/unit/web/t_params.c, fuzzed by tests/fuzz/f_http_request.c. */
#ifndef SK_WEB_PARAMS_H
#define SK_WEB_PARAMS_H

#include "base/ctx.h"

typedef struct sk_param {
    sk_str name, value;
} sk_param;

typedef struct sk_params {
    const sk_param *v;
    size_t n;
} sk_params;

typedef struct sk_address {
    sk_str segments[SK_LIM_HTTP_SEGMENTS];
    size_t n;
} sk_address;

/* "a=1&b=%20&c": a query, or a body of type application/x-www-form-urlencoded. */
SK_MUST_USE sk_rc sk_params_parse(sk_ctx *cx, sk_str encoded, sk_params *ret_params);

/* The first value of that name; SK_NONE (p is NULL) when there is none. */
sk_str sk_param_get(const sk_params *p, const char *name);

/* "/a/b" to segments. A slash at the end is passed over; "/" has none. */
SK_MUST_USE sk_rc sk_address_parse(sk_ctx *cx, sk_str encoded, sk_address *ret_path);

/* Cut a target into path and query at the first "?". */
void sk_target_cut(sk_str target, sk_str *ret_path, sk_str *ret_query);

/* Encode for any place in an address: all but letters, digits, "-", "_", "." and "~". */
sk_str sk_percent_encode(sk_arena *a, sk_str text);

#endif
