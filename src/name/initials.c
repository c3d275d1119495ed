#include "name/initials.h"

#include "base/utf8.h"

/* The letters ㄱ (U+3131) to ㅎ in the order of the block, as onsets; 255: a cluster that begins no
 * syllable. The conjoining onsets begin at U+1100, in the order of syllables. */
static uint8_t onset_of(uint32_t c)
{
    static const uint8_t ONSET[30] = {0,   1,   255, 2,   255, 255, 3,  4,  5,  255,
                                      255, 255, 255, 255, 255, 255, 6,  7,  8,  255,
                                      9,   10,  11,  12,  13,  14,  15, 16, 17, 18};

    if (c >= 0x1100 && c <= 0x1112)
        return (uint8_t)(c - 0x1100);
    return c >= 0x3131 && c <= 0x314E ? ONSET[c - 0x3131] : 255;
}

bool sk_initials_read(sk_str text, uint8_t ret_onset[SK_INITIALS_MAX], unsigned *ret_n)
{
    unsigned n = 0;

    for (size_t at = 0; at < text.n;) {
        uint32_t c = sk_utf8_next(text, &at);
        uint8_t onset = onset_of(c);
        if (c == ' ')
            continue;
        if (onset == 255 || n == SK_INITIALS_MAX)
            return false;
        ret_onset[n++] = onset;
    }
    *ret_n = n;
    return n >= 2;
}

/* Behind at: do the next syllables begin so? A blank between them is passed over. */
static bool fit_from(sk_str text, size_t at, const uint8_t *onset, unsigned n)
{
    for (unsigned i = 0; i < n;) {
        if (at >= text.n)
            return false;
        uint32_t c = sk_utf8_next(text, &at);
        if (c == ' ' && i)
            continue;
        if (c < 0xAC00 || c > 0xD7A3 || (c - 0xAC00) / 588 != onset[i])
            return false;
        i++;
    }
    return true;
}

bool sk_initials_fit(sk_str text, const uint8_t *onset, unsigned n)
{
    for (size_t at = 0; at < text.n;) {
        if (fit_from(text, at, onset, n))
            return true;
        sk_utf8_next(text, &at);
    }
    return false;
}
