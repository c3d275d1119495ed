/* The web face: serve an archive to the browser of the person at this computer, or to the people of
 * a shared one.
 *
 * It listens on this computer alone, for it speaks no TLS. Without accounts it is for one person: the
 * address that it prints lets in whoever opens it first, once. With accounts people log in by name
 * and password (accounts.h). Either way every page reads through gate/, as the user that the session
 * is of.
 *
 * Threads: returns when stopped by SIGINT or SIGTERM. */
#ifndef SK_WEB_SERVE_H
#define SK_WEB_SERVE_H

#include "base/ctx.h"

typedef struct sk_serve_opts {
    sk_str address;              /* to listen on: "127.0.0.1"                               */
    uint16_t port, exhibit_port; /* 0: any free one                                         */
    sk_str host;                 /* name that browsers use; empty: the address              */
    sk_str accounts;             /* file of accounts; empty: one person, by the printed URL */
    sk_str tokens;               /* file of tokens of programs; empty: they end with us     */
    sk_str access_log;           /* file to append to; empty: none                          */
} sk_serve_opts;

/* Tell the address to open; once, when the doors are open. */
typedef void sk_serve_ready_fn(sk_str url, void *arg);

/* Serve cx->archive and cx->index, as cx->user for cx->purpose, until a signal stops it.
 * Errors: SK_E_FORMAT, SK_E_CONFLICT of address and ports; those of the file of accounts; SK_E_IO;
 * SK_E_DENIED when the address is none of this computer's own (127.x.x.x, ::1). */
SK_MUST_USE sk_rc sk_serve(sk_ctx *cx, const sk_serve_opts *opts, sk_serve_ready_fn *ready,
                           void *arg);

/* Add an account to the file, or give it a new password and new roles.
 * roles   names apart by commas: "read,judge" */
SK_MUST_USE sk_rc sk_serve_add_account(sk_ctx *cx, sk_str path, sk_str name, sk_str roles,
                                       sk_str password);

/* Tokens of programs, in their file (tokens.h). A new one sees what cx->user sees.
 * scopes     names apart by commas: "match,read"
 * ret_text   the token: it is kept nowhere
 * Errors: those of tokens.h. */
typedef struct sk_serve_token {
    sk_str id, user, scopes, made, until, what_for; /* user empty: the owner */
    bool is_over;
} sk_serve_token;

SK_MUST_USE sk_rc sk_serve_add_token(sk_ctx *cx, sk_str path, sk_str what_for, sk_str scopes,
                                     uint64_t days, sk_str *ret_text, sk_serve_token *ret_token);
SK_MUST_USE sk_rc sk_serve_end_token(sk_ctx *cx, sk_str path, sk_str id);
SK_MUST_USE sk_rc sk_serve_list_tokens(sk_ctx *cx, sk_str path, sk_serve_token **ret_list,
                                       size_t *ret_n);

#endif
