/* Notes: the text form of everything an archive signs.
 *
 * Two shapes share one envelope, the C2SP signed note: text that ends in a line feed, an empty
 * line, then signature lines "<em dash> <key name> <base64(4-byte key id || signature)>".
 *
 *   an entry        sillok/1 claim          kind
 *                   archive 4f1c...         the four fixed lines, in this order
 *                   nonce 9b0e...
 *                   at 2026-11-24T08:46:07Z
 *                   by 4f1c0a9e/author/7f3a2b10
 *                   claimant 1 Human Rights Watch     all other lines, sorted bytewise;
 *                   quote He said:\nno                \n \t \\ are the only escapes (a signed
 *                                                     note may hold no tab)
 *
 *                   <em dash> 4f1c0a9e/author/7f3a2b10 base64...
 *
 *   a checkpoint    origin line, decimal size, base64 root (archive/checkpoint.h)
 *
 * An entry has exactly one signature line; its id is the SHA-256 of the whole file, so that
 * `sha256sum` checks it. It holds 128 fresh random bits, so that its id reveals nothing, and no
 * position, so that a forked log can be repaired.
 *
 * This module is grammar only: it neither signs (archive/sign.h) nor stores (archive/archive.h).
 * Source: C2SP signed-note; docs/formats/archive.md section 4. Fuzzed by tests/fuzz/f_note.c. */
#ifndef SK_ARCHIVE_NOTE_H
#define SK_ARCHIVE_NOTE_H

#include "base/ctx.h"
#include "base/sha256.h"

/* One "key value" line of an entry, value unescaped. Keys: [a-z0-9-]{1,32}; a key may repeat. */
typedef struct sk_line {
    sk_str key, value;
} sk_line;

/* An entry as parsed: everything borrowed from, or unescaped beside, the bytes it came from. */
typedef struct sk_entry {
    sk_hash id;           /* SHA-256 of the whole note                     */
    sk_str bytes;         /* the whole note                                */
    sk_str text;          /* what is signed: up to and with the last LF before the empty line */
    sk_str kind;          /* "claim"                                       */
    sk_str archive;       /* 32 hex digits                                 */
    sk_str nonce;         /* 32 hex digits                                 */
    sk_str at;            /* RFC 3339 UTC: what the device's clock claimed */
    sk_str by;            /* key name of the author                        */
    const sk_line *lines; /* the lines after the fixed ones, in file order */
    size_t n_lines;
    sk_str sig_name; /* from the signature line; equals by            */
    unsigned char sig_id[4], sig[64];
} sk_entry;

/* Parse one entry strictly. Only what sk_entry_build can write is accepted: one byte form per
 * meaning. bytes is borrowed and must outlive the entry; lines live in the arena.
 * Cost: O(n), one arena array.  Errors: SK_E_FORMAT naming the line, SK_E_LIMIT. */
SK_MUST_USE sk_rc sk_entry_parse(sk_ctx *cx, sk_str bytes, sk_entry *ret_entry);

/* The value of the first line with that key, or SK_NONE (p == NULL) when there is none. */
sk_str sk_entry_get(const sk_entry *e, const char *key);

/* Go through all values of one key: start with *at = 0; false when there are no more. */
bool sk_entry_next(const sk_entry *e, const char *key, size_t *at, sk_str *ret_value);

/* Compose the text of an entry (without the empty line and signature): the fixed lines, then
 * lines sorted. Lines with an empty value are written as "key " and kept; exact duplicates are
 * written once. Values must be UTF-8 in NFC without control characters other than LF and tab.
 * Errors: SK_E_FORMAT bad key or value, SK_E_LIMIT line or entry too long. */
SK_MUST_USE sk_rc sk_entry_build(sk_ctx *cx, sk_str kind, sk_str archive, sk_str nonce, sk_str at,
                                 sk_str by, const sk_line *lines, size_t n_lines, sk_str *ret_text);

#endif
