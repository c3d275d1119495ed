/* HTTP behind one door: everything the program knows of libmicrohttpd stands in http.c.
 *
 *     sk_http *h;
 *     SK_TRY(sk_http_open(cx, &app, SK_S("127.0.0.1"), 0, &h));     0: any free port
 *     ... sk_http_port(h) ...
 *     sk_http_serve(cx, &h, 1, &stop);                                  until stop is set
 *     sk_http_close(h);
 *
 * A request is handed over whole, its target exactly as it came, undecoded; an answer is bytes or an
 * open file. Routes, cookies, sessions and pages are not known here.
 *
 * Whether a body is taken is decided by the head of the request: one that is not is answered at
 * once. A body must say its length; it is held in memory, and the bodies of all requests together
 * take no more than SK_LIM_HTTP_BODIES_BYTES: one that would is answered with 503.
 *
 * One thread answers everything: the index belongs to one thread (record/index.h), and an answer
 * takes milliseconds. Connections beyond SK_LIM_HTTP_CONNECTIONS wait in the kernel; one that does
 * not bring a whole request within SK_LIM_HTTP_WAIT_SECONDS is closed, however slowly it drips.
 *
 * Invariants: answer is called once for each whole request, done once for each answer.
 * Threads: all functions on the thread that serves. Tested by tests/web/walk.py. */
#ifndef SK_WEB_HTTP_H
#define SK_WEB_HTTP_H

#include "base/buf.h"
#include "base/ctx.h"

#include <signal.h>

/* A request as it came. Everything is borrowed until done; absent headers are empty. */
typedef struct sk_http_in {
    sk_str method; /* "GET"                                    */
    sk_str target; /* path and query, undecoded                */
    uint16_t port; /* of ours that it came to                  */
    sk_str host, origin, cookie, authorization, content_type;
    sk_str accept_language, accept_encoding, if_none_match;
    sk_str body;
} sk_http_in;

typedef struct sk_http_header {
    sk_str name, value;
} sk_http_header;

enum { SK_HTTP_HEADERS = 24 };

/* The answer: body, or fd when it is not -1. */
typedef struct sk_http_out {
    unsigned status;
    sk_http_header headers[SK_HTTP_HEADERS];
    size_t n_headers;
    sk_str body; /* borrowed until done             */
    int fd;      /* closed by the door              */
    uint64_t fd_bytes;
} sk_http_out;

/* Name and value are borrowed until done. */
void sk_http_header_add(sk_http_out *out, const char *name, sk_str value);

typedef struct sk_http_app {
    void *arg;
    /* The head is there: true when its body is to be read, up to ret_limit bytes; more is answered
     * with 413. False: answer is called at once, without a body, and says what is wrong. */
    bool (*takes_body)(void *arg, const sk_http_in *in, size_t *ret_limit);
    /* ret_state comes back in done, when the last byte is sent or the connection is gone. */
    void (*answer)(void *arg, const sk_http_in *in, sk_http_out *out, void **ret_state);
    void (*done)(void *arg, void *state);
} sk_http_app;

typedef struct sk_http sk_http;

/* Listen on address:port; app is borrowed.
 * Errors: SK_E_FORMAT no such address; SK_E_CONFLICT the port is taken; SK_E_IO. */
SK_MUST_USE sk_rc sk_http_open(sk_ctx *cx, const sk_http_app *app, sk_str address, uint16_t port,
                               sk_http **ret_http);
void sk_http_close(sk_http *h); /* NULL is fine */

uint16_t sk_http_port(const sk_http *h);

/* Answer requests on all n doors until *stop is not 0. Errors: SK_E_IO. */
SK_MUST_USE sk_rc sk_http_serve(sk_ctx *cx, sk_http *const *doors, size_t n,
                                const volatile sig_atomic_t *stop);

#endif
