/* Two names, one a line: preparing, comparing both ways, explaining and decoding never leave their
 * bounds, whatever the bytes. */
#include "name/name.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_arena a = SK_ARENA_INIT;
    sk_str rest = {(const char *)data, size}, line = SK_NONE;
    sk_name_kind kind = size ? (sk_name_kind)(data[size - 1] % 5) : SK_NAME_ANY;

    if (size)
        sk_str_cut(&rest, '\n', &line);
    const sk_name *x = sk_name_prepare(&a, line, kind);
    const sk_name *y = sk_name_prepare(&a, rest, SK_NAME_ANY);
    sk_name_score s, t;
    sk_name_compare(x, y, NULL, &s);
    sk_name_compare(y, x, NULL, &t);
    sk_assert(s.p == t.p && s.won == t.won && s.p > 0 && s.p <= 1);
    sk_name_explanation why;
    sk_name_explain(&a, x, y, NULL, &why);
    sk_assert(why.score.p == s.p);
    const sk_name_reading *reading;
    size_t n;
    sk_name_decode(&a, x, &reading, &n);
    uint64_t keys[SK_NAME_KEYS];
    sk_assert(sk_name_keys(y, keys) <= SK_NAME_KEYS);
    sk_roman roman[2];
    sk_assert(sk_name_roman(x, roman) <= 2 && roman[0].n <= SK_ROMAN_LETTERS);
    sk_arena_done(&a);
    return 0;
}
