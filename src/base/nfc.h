/* Is this text in NFC, and make it so: fast for text that already is.
 *
 * Most text is in NFC and made of characters that normalisation never touches (Latin, Cyrillic,
 * Hangul syllables, Han, kana, their punctuation). One look at each character settles those; only
 * a piece that holds anything else goes through utf8proc. Threads: pure functions. */
#ifndef SK_BASE_NFC_H
#define SK_BASE_NFC_H

#include "base/str.h"

/* True when every character of the valid UTF-8 text s is one that NFC keeps and that composes with
 * nothing before it; then s is in NFC. False says nothing. Cost: one pass. */
bool sk_nfc_is_plain(sk_str s);

/* True exactly when the valid UTF-8 text s is in NFC.
 * Cost: as sk_nfc_is_plain for plain lines; lines that are not are normalised and compared. */
bool sk_nfc_check(sk_str s);

/* The valid UTF-8 text s in NFC: s itself when it is plain, else a copy in the arena.
 * Source: UAX 15 by utf8proc; the ranges are tested exhaustively in tests/unit/read/t_nfc.c. */
sk_str sk_nfc(sk_arena *a, sk_str s);

#endif
