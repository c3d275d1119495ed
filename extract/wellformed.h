/* Well-formedness of UTF-8, inline for loops over whole exhibits. */
#ifndef SK_EXTRACT_WELLFORMED_H
#define SK_EXTRACT_WELLFORMED_H

#include <stddef.h>

/* Bytes of the well-formed UTF-8 character at p, 0 where there is none (Unicode, table 3-7).
 * A first byte of ASCII is the caller's fast path. */
static inline size_t sk_utf8_valid_bytes(const char *text, size_t left)
{
    const unsigned char *p = (const unsigned char *)text;
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 0;
    if (p[0] < 0xE0)
        return left > 1 && (p[1] & 0xC0) == 0x80 ? 2 : 0;
    unsigned char low = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : 0x80;
    unsigned char high = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : 0xBF;
    if (left < 3 || p[1] < low || p[1] > high || (p[2] & 0xC0) != 0x80)
        return 0;
    if (p[0] < 0xF0)
        return 3;
    return left > 3 && (p[3] & 0xC0) == 0x80 ? 4 : 0;
}

#endif
