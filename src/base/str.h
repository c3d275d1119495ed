/* Borrowed strings.
 *
 * sk_str is a pointer and a length, passed by value; it owns nothing. Text is UTF-8, checked and
 * NFC-normalised where it enters the program (base/utf8.h); raw bytes use the same type and say so.
 * It need not end in NUL; sk_str_c makes a C string where a library wants one. */
#ifndef SK_BASE_STR_H
#define SK_BASE_STR_H

#include "base/arena.h"

#include <string.h>

typedef struct sk_str {
    const char *p;
    size_t n;
} sk_str;

#define SK_S(literal) ((sk_str){"" literal, sizeof(literal) - 1})
#define SK_NONE       ((sk_str){0})

/* For printf: printf("%.*s", SK_P(s)) */
#define SK_P(s) (int)((s).n > 0x7fffffff ? 0x7fffffff : (s).n), ((s).p ? (s).p : "")

static inline sk_str sk_str_of(const char *c_string)
{
    return c_string ? (sk_str){c_string, strlen(c_string)} : SK_NONE;
}

static inline sk_str sk_str_range(const char *from, const char *to)
{
    return (sk_str){from, (size_t)(to - from)};
}

static inline bool sk_str_eq(sk_str a, sk_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool sk_str_is(sk_str a, const char *c_string)
{
    return sk_str_eq(a, sk_str_of(c_string));
}

/* Bytewise order, shorter first when one begins the other: -1, 0, 1. */
int sk_str_cmp(sk_str a, sk_str b);

bool sk_str_starts(sk_str s, sk_str head);
bool sk_str_ends(sk_str s, sk_str tail);

/* Part of s from byte i, at most n bytes; both are cut to fit. */
sk_str sk_str_sub(sk_str s, size_t i, size_t n);

/* Index of the first place where part stands in s, or SIZE_MAX. An empty part is found at 0. */
size_t sk_str_find(sk_str s, sk_str part);

/* ASCII blanks (space, tab, CR, LF) removed from both ends. */
sk_str sk_str_trim(sk_str s);

/* Take the piece before the first sep out of *rest and move *rest behind it.
 * Returns false when *rest has run out; "a,,b" gives "a", "", "b"; "" gives one "". */
bool sk_str_cut(sk_str *rest, char sep, sk_str *ret_piece);

/* Equal when ASCII letters are folded. */
bool sk_str_eq_nocase(sk_str a, sk_str b);

/* A whole decimal number without sign, blanks or leading zeros ("0" is one); false otherwise. */
bool sk_str_to_u64(sk_str s, uint64_t *ret_value);

/* Copy into the arena; the copy has a NUL behind it. */
sk_str sk_str_copy(sk_arena *a, sk_str s);
char *sk_str_c(sk_arena *a, sk_str s);

/* printf into the arena. */
sk_str sk_fmt(sk_arena *a, const char *fmt, ...) SK_PRINTF(2, 3);

/* Lower-case hexadecimal, and back; false when s is not 2*n hex digits. */
sk_str sk_hex(sk_arena *a, const void *bytes, size_t n);
bool sk_unhex(sk_str s, void *ret_bytes, size_t n);

/* Standard base64 with padding, and back (strict: no blanks, no stray bits).
 * sk_unbase64 returns false when s is not canonical base64 or does not fit in cap bytes. */
sk_str sk_base64(sk_arena *a, const void *bytes, size_t n);
bool sk_unbase64(sk_str s, void *ret_bytes, size_t cap, size_t *ret_n);

#endif
