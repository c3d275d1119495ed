/* The fast check of NFC: its ranges against utf8proc, character by character. */
#include "helper.h"

#include <utf8proc.h>

static void a_plain_character_is_its_own_nfc_and_never_composes(void **state)
{
    static const char *const bases[] = {"a", "\xEA\xB0\x80", "\xE1\x84\x80", "\xE3\x81\x8B", "e"};
    size_t n_plain = 0;
    for (uint32_t c = 1; c < 0x110000; c++) {
        char text[16];
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        size_t n = sk_utf8_put(c, text);
        if (!sk_nfc_is_plain((sk_str){text, n}))
            continue;
        n_plain++;
        for (size_t i = 0; i < SK_COUNT(bases); i++) {
            char pair[16];
            utf8proc_uint8_t *out = NULL;
            size_t base = strlen(bases[i]);
            memcpy(pair, bases[i], base);
            memcpy(pair + base, text, n);
            utf8proc_ssize_t got =
                utf8proc_map((utf8proc_uint8_t *)pair, (utf8proc_ssize_t)(base + n), &out,
                             (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
            if ((size_t)got != base + n || memcmp(out, pair, base + n) != 0)
                fail_msg("U+%04X is not plain behind %s", c, bases[i]);
            free(out);
        }
    }
    assert_true(n_plain > 50000);
}

static void decomposed_hangul_is_not_nfc_and_is_composed(void **state)
{
    sk_str apart = SK_S("\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8"); /* three jamo */
    assert_false(sk_nfc_check(apart));
    assert_str(sk_nfc(&cx.arena, apart), "\xEA\xB0\x81");
    assert_true(sk_nfc_check(SK_S("line one\n\xEA\xB0\x81\n")));
    assert_false(sk_nfc_check(SK_S("line one\ne\xCC\x81\n")));
    assert_true(sk_nfc_check(SK_S("q\xCC\x81\n"))); /* a mark that composes with nothing */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_plain_character_is_its_own_nfc_and_never_composes),
        TEST(decomposed_hangul_is_not_nfc_and_is_composed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
