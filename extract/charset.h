/* Charsets: their names, finding out which one bytes are in, and decoding with a map back.
 *
 *     sk_charset_found f = sk_charset_find_out(cx, bytes, named, declared);
 *     sk_decoded d = sk_decode(cx, bytes, f.charset, ceiling);
 *     ... sk_decoded_orig(&d, position) ...
 *
 * What is found is always said, with how and how sure. Bytes that fit two charsets about equally
 * well are never decided in silence: is_ambiguous is set and rival names the other.
 * CP949 contains EUC-KR, and GB18030 contains GBK and GB2312; text within EUC-KR is reported so.
 *
 * glibc's iconv loads its tables from disk. In the sandbox that cannot be: sk_charset_preload opens
 * them all, sk_charset_seal forbids opening more and says what to do instead.
 * Threads: one; the converters are shared. */
#ifndef SK_EXTRACT_CHARSET_H
#define SK_EXTRACT_CHARSET_H

#include "base/buf.h"
#include "base/ctx.h"

typedef struct sk_charset sk_charset;

/* By name as found in headers and pages ("KS_C_5601-1987", "latin1"); NULL when not known. */
const sk_charset *sk_charset_find(sk_str name);
const sk_charset *sk_charset_utf8(void);

/* Stable lower-case name: "utf-8", "utf-16le", "cp949", "gb18030", "shift_jis", "windows-1252". */
const char *sk_charset_name(const sk_charset *cs);

/* Read the table of frequent characters now; else on first use. */
void sk_charset_warm_up(void);

void sk_charset_preload(void);
void sk_charset_seal(void (*on_missing)(void));

/* As sk_charset_seal, for any converter, loaded or not. */
void sk_charset_forbid(void (*on_use)(void));

typedef struct sk_charset_found {
    const sk_charset *charset;
    const char *name; /* as reported: "euc-kr" where cp949 was needed for nothing more */
    sk_str how;       /* "byte order mark: certain"                                    */
    bool is_ambiguous;
    const sk_charset *rival; /* the other that fits, when ambiguous                           */
    bool is_strange;         /* fits best, and yet hardly looks like text of that charset */
    bool is_binary;          /* NUL bytes and no UTF-16: not text at all                      */
} sk_charset_found;

/* named     what the caller says; it is believed. Empty: find out
 * declared  what the document says of itself (a meta tag, a mail header); believed when the bytes
 *           decode under it; may be empty
 * Cost: one pass for UTF-8; for others some passes over the first 64 KiB. */
sk_charset_found sk_charset_find_out(sk_ctx *cx, sk_str bytes, sk_str named, sk_str declared);

typedef struct sk_decoded {
    sk_str text;        /* valid UTF-8; the bytes themselves where those are clean UTF-8        */
    size_t n_bad;       /* malformed places, each now U+FFFD                                    */
    uint64_t first_bad; /* where the first of them is in the bytes                              */
    size_t n_controls;  /* control characters, each now a blank                                 */
    bool is_cut;        /* the ceiling was reached                                              */
    /* private: the map */
    sk_str bytes;
    const sk_charset *charset;
    size_t skip; /* byte order mark */
    bool is_identity, has_map;
    struct sk_decoded_step *steps;
    size_t n_steps, cap_steps;
    size_t last_text, last_bytes; /* the last answer of sk_decoded_orig */
} sk_decoded;

/* Decode; a leading byte order mark is left out. Form feeds become LF, NUL and other controls
 * blanks of the same length. The text lives in cx's arena (or is the bytes). */
sk_decoded sk_decode(sk_ctx *cx, sk_str bytes, const sk_charset *cs, size_t ceiling);

/* The byte of the exhibit where the character at text position at begins; at = text.n is the end.
 * SK_NO_ORIG for charsets with shift states. Cost: O(1) for clean UTF-8; else a walk from the last
 * answer or from at most 4 KiB before. */
uint64_t sk_decoded_orig(sk_decoded *d, size_t at);

#endif
