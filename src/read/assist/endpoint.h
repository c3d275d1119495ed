/* The address of a model server that somebody typed, and one question put to it.
 *
 *     sk_endpoint to;
 *     SK_TRY(sk_endpoint_parse(cx, typed, &to));            "http://127.0.0.1:8080/v1"
 *     SK_TRY(sk_endpoint_find(cx, is_confirmed, &to));      where it is; refuses what is far away
 *     SK_TRY(sk_endpoint_post(cx, &to, "/chat/completions", body, &reply));
 *
 * The only place of the program from which bytes leave the computer, and only for an address that the
 * person at the keyboard gave in this run. The program itself opens no socket: it starts `curl` for one
 * request and pins the numeric address that was checked, so that a name cannot turn elsewhere between
 * check and use. No redirect is followed, no proxy and no settings file of curl is used, no address is
 * ever taken from a reply. See docs/decisions/0502-model-by-curl.md.
 *
 * Threads: none is shared. Tested by tests/unit/read/t_assist_endpoint.c and tests/cli/t_suggest.sh. */
#ifndef SK_READ_ASSIST_ENDPOINT_H
#define SK_READ_ASSIST_ENDPOINT_H

#include "base/ctx.h"

typedef enum sk_reach {
    SK_REACH_UNKNOWN,
    SK_REACH_HERE,    /* a loopback address                                        */
    SK_REACH_PRIVATE, /* of a private network: RFC 1918, RFC 4193, link-local       */
    SK_REACH_PUBLIC
} sk_reach;

typedef struct sk_endpoint {
    sk_str url;  /* as typed, without a slash at its end; "/v1" is added when it has no path */
    sk_str host; /* without brackets */
    unsigned port;
    bool is_tls;
    sk_str address; /* numeric, set by sk_endpoint_find */
    sk_reach reach; /* of the farthest address that the host has */
    sk_str key;     /* sent as a bearer token; empty: none */
} sk_endpoint;

/* Take a typed address apart. Accepted: http or https, a host or [IPv6], a port, a plain path.
 * Errors: SK_E_FORMAT with what is wrong: a user or password, a query, a fragment, other signs. */
SK_MUST_USE sk_rc sk_endpoint_parse(sk_ctx *cx, sk_str typed, sk_endpoint *ret_endpoint);

/* How far is a numeric address? SK_REACH_UNKNOWN when it is none. */
sk_reach sk_endpoint_reach_of(sk_str address);

/* Look up where the host is.
 * is_confirmed   the person said that this may leave for the public network
 * Errors: SK_E_DENIED for a public address without that, or one by plain http; SK_E_NOTFOUND. */
SK_MUST_USE sk_rc sk_endpoint_find(sk_ctx *cx, bool is_confirmed, sk_endpoint *endpoint);

/* POST body (JSON) to url + path.
 * ret_reply   the body of an answer with status 200; in cx's arena
 * Errors: SK_E_IO no answer within SK_LIM_MODEL_SECONDS, or another status (named, with the beginning of
 * what came); SK_E_LIMIT a reply of more than SK_LIM_MODEL_REPLY; SK_E_UNSUPPORTED curl is not installed;
 * SK_E_CANCELLED. */
SK_MUST_USE sk_rc sk_endpoint_post(sk_ctx *cx, const sk_endpoint *endpoint, const char *path,
                                   sk_str body, sk_str *ret_reply);

#endif
