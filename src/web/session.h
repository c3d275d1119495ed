/* Who is let in: sessions, and the one-time token that opens the first one.
 *
 * A session is a random token in a cookie that scripts cannot read and other sites cannot send
 * (HttpOnly, SameSite=Strict). With it go a second random value, which forms carry back (so that no
 * other page can post in somebody's name), a handle that the access log uses, and a key that signs
 * the links under which exhibits are fetched from their own origin.
 *
 * Only hashes of tokens are kept. Sessions live in memory and end with the program, after twelve
 * hours, or two hours without use.
 *
 * Threads: as the server. Tested by tests/unit/web/t_session.c. */
#ifndef SK_WEB_SESSION_H
#define SK_WEB_SESSION_H

#include "base/ctx.h"
#include "base/sha256.h"

#define SK_TOKEN_CHARS 43 /* 32 bytes in base64url without padding */

/* A bucket of so many tries, filling again over time. */
typedef struct sk_bucket {
    double left;
    int64_t at_ms;
} sk_bucket;

/* Take one; false when there is none left. most: its size; per_second: how fast it fills. */
bool sk_bucket_take(sk_bucket *b, double most, double per_second, int64_t now_ms);

typedef struct sk_session {
    sk_hash token; /* SHA-256 of what the cookie holds                  */
    char form_token[SK_TOKEN_CHARS + 1];
    char handle[17]; /* for the log and for links: not secret             */
    unsigned char link_key[32];
    char user[SK_LIM_KEY_BYTES + 1]; /* empty: the owner                              */
    unsigned roles;                  /* 1 << sk_role                                  */
    unsigned scopes;                 /* of a program's token (tokens.h); 0: a person's */
    int64_t began_ms, used_ms;
    sk_bucket requests, writes;
} sk_session;

typedef struct sk_sessions {
    sk_session *v[SK_LIM_SESSIONS];
    size_t n;
} sk_sessions;

/* Open a session; the oldest unused one makes room when there are too many.
 * user    at most SK_LIM_KEY_BYTES; empty for the owner
 * ret_token   SK_TOKEN_CHARS and a NUL: for the cookie, kept nowhere else */
sk_session *sk_session_open(sk_sessions *all, sk_str user, unsigned roles, int64_t now_ms,
                            char *ret_token);

/* The session of a cookie's token, or of a handle; NULL when there is none, or it has ended. */
sk_session *sk_session_find(sk_sessions *all, sk_str token, int64_t now_ms);
sk_session *sk_session_of_handle(sk_sessions *all, sk_str handle, int64_t now_ms);

void sk_session_close(sk_sessions *all, sk_session *s);
void sk_sessions_done(sk_sessions *all);

/* A new random token: SK_TOKEN_CHARS and a NUL. */
void sk_token_make(char *ret_token);

/* Equal, in time that does not tell where they differ. */
bool sk_token_eq(sk_str a, sk_str b);

/* Sign a text for the links of a session, and check it: 43 characters, in a. */
sk_str sk_session_sign(sk_arena *a, const sk_session *s, sk_str text);

/* The value of a cookie out of a Cookie header; SK_NONE when it is not there. */
sk_str sk_cookie_get(sk_str header, sk_str name);

#endif
