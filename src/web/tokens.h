/* Tokens of programs: what lets a screening script or OpenRefine in without a person's password.
 *
 *     # sillok tokens: id, user, scopes, made, until, hash, what for
 *     9c56cc51b374c3ba mina match,read 2026-11-24T08:46:07Z 2027-02-22T08:46:07Z 4f1c... nightly run
 *
 * A token is 32 random bytes as text, shown once, when it is made. Kept are its SHA-256 (guessing 256
 * bits is hopeless, so no slow hash is needed), the user whose permits decide what it sees, what it
 * may do (its scopes), and until when. Its id is no secret: it stands in the access log and ends the
 * token. Where the server was given no file of tokens they live in memory and end with it.
 *
 * A file that another program changed (`sillok serve --tokens FILE --end-token ID`) is read again
 * before the next token is looked up, so that ending one holds at once.
 *
 * Threads: as the server. Tested by tests/unit/web/t_tokens.c, tests/web/ecosystem.py, fuzzed by
 * tests/fuzz/f_authorization.c. */
#ifndef SK_WEB_TOKENS_H
#define SK_WEB_TOKENS_H

#include "base/clock.h"
#include "web/session.h"

/* What a program may do. A route says which it takes (tools/mkroutes). */
typedef enum sk_scope {
    SK_SCOPE_READ,      /* the answers of the pages, as JSON                 */
    SK_SCOPE_MATCH,     /* /match, /search and /entities                     */
    SK_SCOPE_RECONCILE, /* OpenRefine; the only one that an address may hold */
    SK_SCOPE_EXPORT,    /* tables as CSV                                     */
    SK_SCOPES
} sk_scope;

#define SK_SCOPE_BIT(scope) (1u << (scope))
#define SK_SCOPE_ANY        (SK_SCOPE_BIT(SK_SCOPES) - 1)

const char *sk_scope_name(sk_scope scope); /* "match" */

/* "match,read" to bits, at least one. Errors: SK_E_FORMAT. */
SK_MUST_USE sk_rc sk_scopes_parse(sk_ctx *cx, sk_str text, unsigned *ret_scopes);
sk_str sk_scopes_text(sk_arena *a, unsigned scopes);

typedef struct sk_token {
    char id[17];  /* 16 hex digits */
    sk_hash hash; /* of the token's text */
    sk_str user;  /* empty: the owner */
    unsigned scopes;
    char made[SK_TIME_BYTES], until[SK_TIME_BYTES];
    sk_str what_for;     /* in words; may be empty           */
    sk_session *session; /* its turns and its name in the log; made with it */
} sk_token;

/* All tokens of a server. Zeroed is empty, without a file. */
typedef struct sk_tokens {
    sk_str path; /* empty: none */
    sk_arena arena;
    sk_token *v;
    size_t n, cap;
    int64_t seen[4]; /* what fstat said of the file that was read */
} sk_tokens;

/* Read the text of such a file. Errors: SK_E_FORMAT with the line; SK_E_LIMIT. */
SK_MUST_USE sk_rc sk_tokens_parse(sk_ctx *cx, sk_str text, sk_tokens *ret_tokens);
sk_str sk_tokens_text(sk_arena *a, const sk_tokens *all);

/* Read the file when it is another than was read last. A file that is not there has no tokens.
 * Errors: those of parsing, with the file's name; SK_E_IO. */
SK_MUST_USE sk_rc sk_tokens_refresh(sk_ctx *cx, sk_tokens *all);
void sk_tokens_done(sk_tokens *all);

/* What is asked for when one is made. */
typedef struct sk_token_draft {
    sk_str user, what_for;
    unsigned scopes;
    uint64_t days; /* 1 .. SK_TOKEN_DAYS */
} sk_token_draft;

enum { SK_TOKEN_DAYS = 366, SK_TOKEN_WHAT_BYTES = 200 };

/* Make one, and write the file when there is one.
 * ret_text    SK_TOKEN_CHARS and a NUL: kept nowhere else
 * ret_token   until the tokens are read again
 * Errors: SK_E_FORMAT of the draft; SK_E_LIMIT above SK_LIM_TOKENS; SK_E_IO. */
SK_MUST_USE sk_rc sk_token_add(sk_ctx *cx, sk_tokens *all, const sk_token_draft *draft,
                               char *ret_text, const sk_token **ret_token);

/* End one by its id. Errors: SK_E_NOTFOUND; SK_E_IO. */
SK_MUST_USE sk_rc sk_token_end(sk_ctx *cx, sk_tokens *all, sk_str id);

/* The token of that text, unless its time is over; NULL. */
const sk_token *sk_token_find(const sk_tokens *all, sk_str text);
bool sk_token_is_over(const sk_token *t);

/* The token in an Authorization header: "Bearer TOKEN" (RFC 6750) or "ApiKey TOKEN" (as clients of
 * yente's service send it). SK_NONE when it is of another kind or has not a token's form. */
sk_str sk_authorization_token(sk_str header);

/* Text that has the form of a token: SK_TOKEN_CHARS of base64url. */
bool sk_token_is_form(sk_str text);

#endif
