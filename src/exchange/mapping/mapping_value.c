/* The text of cells: compared, made into keys, looked up in lists of values. */
#include "exchange/mapping/mapping_priv.h"

#include "base/utf8.h"

enum { HASH_DIGITS = 20 };

/* What counts as a blank in a cell: also the no-break and the ideographic space. */
static size_t blank_at(sk_str s, size_t i)
{
    static const char *const wide[] = {"\xC2\xA0", "\xE3\x80\x80", "\xE2\x80\x8B"};
    if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7F)
        return 1;
    for (size_t k = 0; k < SK_COUNT(wide); k++) {
        size_t n = strlen(wide[k]);
        if (i + n <= s.n && memcmp(s.p + i, wide[k], n) == 0)
            return n;
    }
    return 0;
}

/* Runs of blanks become one sign; none at the ends. */
static sk_str join_blanks(sk_arena *a, sk_str s, char sign)
{
    char *out = sk_alloc(a, s.n + 1);
    size_t n = 0;
    bool is_due = false;
    for (size_t i = 0; i < s.n;) {
        size_t blank = blank_at(s, i);
        if (blank) {
            is_due = n > 0;
            i += blank;
            continue;
        }
        if (is_due)
            out[n++] = sign;
        is_due = false;
        out[n++] = s.p[i++];
    }
    return (sk_str){out, n};
}

/* ASCII in small letters: what folding gives, in a tenth of the time; false for other text. */
static bool fold_ascii(sk_arena *a, sk_str s, sk_str *ret_folded)
{
    char *out = sk_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c & 0x80)
            return false;
        out[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    *ret_folded = (sk_str){out, s.n};
    return true;
}

sk_str sk_mapping__fold(sk_arena *a, sk_str s)
{
    sk_str folded;
    if (!fold_ascii(a, s, &folded))
        folded = sk_utf8_fold(a, s);
    return join_blanks(a, folded, ' ');
}

const sk_mapping_value *sk_mapping__find_value(sk_arena *a, const sk_mapping_values *values,
                                               sk_str cell)
{
    if (cell.n > MAPPING_WORD_BYTES || !values->n)
        return NULL;
    sk_str folded = sk_mapping__fold(a, cell);
    for (size_t i = 0; i < values->n; i++)
        if (sk_str_eq(values->items[i].written, folded))
            return &values->items[i];
    return NULL;
}

bool sk_mapping__absent(sk_arena *a, const sk_mapping *m, sk_str cell, sk_absent *ret_absent)
{
    sk_mapping_value v;
    sk_mapping__target(cell, &v);
    const sk_mapping_value *found = v.absent ? &v : sk_mapping__find_value(a, &m->absent, cell);
    if (found)
        *ret_absent = found->absent;
    return found != NULL;
}

sk_str sk_mapping__key_part(sk_arena *a, sk_str cell)
{
    return join_blanks(a, cell, '-');
}

sk_str sk_mapping__key_fit(sk_arena *a, sk_str key)
{
    while (sk_str_starts(key, SK_S("@")))
        key = sk_str_sub(key, 1, key.n);
    if (key.n <= SK_LIM_KEY_BYTES)
        return key;
    sk_hash h = sk_sha256(key);
    size_t head = SK_LIM_KEY_BYTES - HASH_DIGITS - 1;
    while (head && ((unsigned char)key.p[head] & 0xC0) == 0x80)
        head--;
    return sk_fmt(a, "%.*s-%.*s", (int)head, key.p, HASH_DIGITS, sk_hash_hex(a, &h).p);
}
