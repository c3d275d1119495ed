/* Ed25519 keys, signatures and the signed-note envelope.
 *
 *   key name   4f1c0a9e/device/7f3a2b10     archive prefix / role / SHA-256(public key), 8 hex each
 *   key id     SHA-256(name || 0x0A || 0x01 || public key), first 4 bytes
 *   vkey       name + '+' + key id as 8 hex + '+' + base64(0x01 || public key)
 *   note       text, empty line, then "<em dash> name base64(key id || signature)" lines
 *
 * What is accepted is narrower than what RFC 8032 leaves open: public keys must be canonical and
 * lie in the prime-order group (checked where a key enters, not at each signature), S must be
 * reduced, and R is compared as bytes. Nothing is accepted that OpenSSL refuses; a court that uses
 * openssl comes to the same verdict or a kinder one.
 *
 * Not here: what is signed (archive/note.h, archive/checkpoint.h), where keys lie (archive/keys.h).
 * Sources: RFC 8032, C2SP signed-note. Tests: tests/unit/archive/t_sign.c. */
#ifndef SK_ARCHIVE_SIGN_H
#define SK_ARCHIVE_SIGN_H

#include "base/ctx.h"

#define SK_SIG_BYTES 64
#define SK_SIG_DASH  "\xe2\x80\x94 " /* em dash and a space: how a signature line begins */

typedef struct sk_pubkey {
    sk_str name;
    unsigned char id[4];
    unsigned char bytes[32];
} sk_pubkey;

typedef struct sk_seckey {
    sk_pubkey pub;
    unsigned char bytes[64]; /* libsodium's form: seed, then public key */
} sk_seckey;

/* One signature line as parsed. */
typedef struct sk_sig {
    sk_str name;
    unsigned char key_id[4];
    sk_str bytes; /* 64 for Ed25519; other lengths belong to types we do not check */
} sk_sig;

/* A signed note taken apart; borrowed from its bytes but for the decoded signatures. */
typedef struct sk_signed {
    sk_str text; /* what is signed: with its last LF, without the empty line */
    const sk_sig *sigs;
    size_t n_sigs;
} sk_signed;

/* True for names of the form shown above. */
bool sk_key_name_is_ours(sk_str name);

/* True for any name C2SP allows: not empty, no Unicode space, no '+', no control character. */
bool sk_key_name_is_valid(sk_str name);

/* The 8 hex digits that stand for a public key in names, into out (9 bytes with the NUL). */
void sk_key_tag(const unsigned char public_key[32], char out[9]);

/* Make a new key. prefix: 8 hex digits of the archive; role: "device", "author". */
SK_MUST_USE sk_rc sk_key_new(sk_ctx *cx, sk_str prefix, const char *role, sk_seckey *ret_key);

/* Rebuild a key pair from its 32-byte seed. Errors: as sk_pubkey_make. */
SK_MUST_USE sk_rc sk_key_from_seed(sk_ctx *cx, sk_str name, const unsigned char seed[32],
                                   sk_seckey *ret_key);

/* Admit a public key. name is borrowed.
 * Errors: SK_E_FORMAT bad name, or a key that is not canonical, of small order, or not in the
 * prime-order group. */
SK_MUST_USE sk_rc sk_pubkey_make(sk_ctx *cx, sk_str name, const unsigned char bytes[32],
                                 sk_pubkey *ret_key);

/* Overwrite the secret part. */
void sk_seckey_wipe(sk_seckey *key);

sk_str sk_vkey_print(sk_arena *a, const sk_pubkey *key);
SK_MUST_USE sk_rc sk_vkey_parse(sk_ctx *cx, sk_str vkey, sk_pubkey *ret_key);

/* Cost: about 17 us to sign, 47 us to check a short text. */
void sk_sign(const sk_seckey *key, sk_str text, unsigned char ret_sig[SK_SIG_BYTES]);
bool sk_sig_is_good(const unsigned char public_key[32], sk_str text,
                    const unsigned char sig[SK_SIG_BYTES]);

/* The signature line over text, with its LF, in the arena. */
sk_str sk_sig_line(sk_arena *a, const sk_seckey *key, sk_str text);

/* Parse one signature line without its LF; where it fails is left to the caller to say. */
bool sk_sig_parse(sk_arena *a, sk_str line, sk_sig *ret_sig);

/* Take a signed note apart at its last empty line. Checks the envelope's grammar, no signature.
 * what   names it in messages ("checkpoint")
 * Errors: SK_E_FORMAT, SK_E_LIMIT more than SK_LIM_NOTE_SIGS signature lines. */
SK_MUST_USE sk_rc sk_signed_parse(sk_ctx *cx, sk_str bytes, const char *what,
                                  sk_signed *ret_signed);

/* Check that key signed the note: one line of its name and id at least, and none of them bad.
 * Lines of other keys are ignored, as C2SP asks.
 * Errors: SK_E_INTEGRITY. */
SK_MUST_USE sk_rc sk_signed_check(sk_ctx *cx, const sk_signed *note, const char *what,
                                  const sk_pubkey *key);

#endif
