/* Charsets: the first byte picks how; the map back must rise with the text and stay in bounds. */
#include "extract_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {
        "",     "cp949",  "gb18030",  "shift_jis", "euc-jp",       "utf-8",       "windows-1251",
        "big5", "koi8-r", "utf-16le", "utf-16be",  "windows-1252", "iso-2022-jp", "windows-1256"};
    sk_ctx cx;
    if (!size)
        return 0;
    sk_ctx_init(&cx);
    sk_str bytes = {(const char *)data + 1, size - 1};
    sk_charset_found f =
        sk_charset_find_out(&cx, bytes, sk_str_of(names[data[0] % SK_COUNT(names)]), SK_NONE);
    sk_decoded d = sk_decode(&cx, bytes, f.charset, SK_MIB(4));
    sk_assert(sk_utf8_find_bad(d.text) == SIZE_MAX);
    uint64_t last = 0;
    for (size_t at = 0; d.has_map && at <= d.text.n; at++) {
        if (at < d.text.n && ((unsigned char)d.text.p[at] & 0xC0) == 0x80)
            continue;
        uint64_t from = sk_decoded_orig(&d, at);
        sk_assert(from >= last && from <= bytes.n);
        last = from;
    }
    sk_ctx_done(&cx);
    return 0;
}
