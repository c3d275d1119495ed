/* The keys/ directory: this copy's secret keys, and the public keys it knows.
 *
 *   keys/device.secret   0600; signs the log's checkpoints
 *   keys/author.secret   0600; signs entries
 *   keys/known           public keys, one vkey a line, sorted; anybody may read it
 *
 *   sillok-secret/1
 *   vkey 4f1c0a9e/device/7f3a2b10+b3a1c2d4+Abc...
 *   seed base64 of 32 bytes
 *
 * Each secret file carries its public key, so that damage to either half shows. Keys made for one
 * archive end in the tag of their own bytes (archive/sign.h), which binds name and key.
 *
 * The public keys stand in the log too, in `key` entries; keys/known is what a verifier starts
 * from, and sk_verify compares the two. Source: docs/formats/archive.md section 3. */
#ifndef SK_ARCHIVE_KEYS_H
#define SK_ARCHIVE_KEYS_H

#include "archive/fs.h"
#include "archive/sign.h"

typedef struct sk_keyring {
    sk_pubkey *items; /* in the arena that sk_keyring_add was given */
    size_t n, cap;
} sk_keyring;

/* Borrowed until the next add; NULL when the name is not there. */
const sk_pubkey *sk_keyring_find(const sk_keyring *ring, sk_str name);

/* Add a copy of key; adding the same key twice is nothing.
 * Errors: SK_E_CONFLICT when another key has its name. */
SK_MUST_USE sk_rc sk_keyring_add(sk_ctx *cx, sk_arena *a, sk_keyring *ring, const sk_pubkey *key);

/* One vkey of this kind of archive: name of our form, ending in the key's tag.
 * Errors: SK_E_FORMAT. */
SK_MUST_USE sk_rc sk_own_vkey_parse(sk_ctx *cx, sk_str vkey, sk_pubkey *ret_key);

/* role   "device" or "author"; root: path of the archive.
 * Errors: SK_E_NOTFOUND, SK_E_IO, SK_E_FORMAT, SK_E_INTEGRITY the halves do not belong together.
 * The key's name lives in cx's arena. */
SK_MUST_USE sk_rc sk_secret_read(sk_ctx *cx, const sk_fs *fs, sk_str root, const char *role,
                                 sk_seckey *ret_key);
SK_MUST_USE sk_rc sk_secret_write(sk_ctx *cx, const sk_fs *fs, sk_str root, const char *role,
                                  const sk_seckey *key);

/* Errors name the line. */
SK_MUST_USE sk_rc sk_known_read(sk_ctx *cx, const sk_fs *fs, sk_str root, sk_keyring *ret_ring);
SK_MUST_USE sk_rc sk_known_write(sk_ctx *cx, const sk_fs *fs, sk_str root, const sk_keyring *ring);

#endif
