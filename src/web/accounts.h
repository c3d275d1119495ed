/* Accounts of a shared archive: a name, what it may do, and how its password is checked.
 *
 *     # sillok accounts
 *     mina read,enter,judge $argon2id$v=19$m=65536,t=2,p=1$...
 *
 * A file outside the archive, readable by its owner alone: which people work with an archive is not
 * part of the record. The name is the user whose permits decide what the account sees (`sillok
 * permit`); the roles decide what the pages offer. Passwords are kept as Argon2id hashes by
 * libsodium; checking one takes a fifth of a second, for an unknown name as long as for a known one.
 *
 * Threads: as the server. Tested by tests/unit/web/t_session.c, tests/web/walk.py. */
#ifndef SK_WEB_ACCOUNTS_H
#define SK_WEB_ACCOUNTS_H

#include "base/ctx.h"

typedef struct sk_account {
    sk_str name, hash;
    unsigned roles; /* 1 << sk_role */
} sk_account;

typedef struct sk_accounts {
    const sk_account *v;
    size_t n;
    bool is_shared;   /* there is a file of accounts, though it may be empty */
    char nobody[128]; /* hash of no password: an unknown name is checked against it */
} sk_accounts;

/* Read the text of such a file. Ownership: in cx's arena.
 * Errors: SK_E_FORMAT with the line; SK_E_LIMIT. */
SK_MUST_USE sk_rc sk_accounts_parse(sk_ctx *cx, sk_str text, sk_accounts *ret_accounts);
SK_MUST_USE sk_rc sk_accounts_read(sk_ctx *cx, sk_str path, sk_accounts *ret_accounts);

/* The account whose name and password these are; NULL when they are not. */
const sk_account *sk_account_check(sk_ctx *cx, const sk_accounts *all, sk_str name,
                                   sk_str password);

/* "read,judge" to bits, SK_ROLE_READ always among them. Errors: SK_E_FORMAT. */
SK_MUST_USE sk_rc sk_roles_parse(sk_ctx *cx, sk_str text, unsigned *ret_roles);
sk_str sk_roles_text(sk_arena *a, unsigned roles);

#endif
