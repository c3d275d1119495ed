/* What the constant tables promise: order, completeness, and readings that anybody can check. */
#include "latent_test.h"

#include "name/gazetteer.h"
#include "name/key.h"

static bool reads(unsigned lang, uint32_t han, const char *text)
{
    unsigned n;
    const sk_reading *r = sk_tab_readings(lang, sk_tab_find_han(han), &n);

    for (unsigned i = 0; i < n; i++) {
        char out[16] = "";
        if (lang == SK_LATENT_KO)
            snprintf(out, sizeof(out), "%x", 0xAC00u + r[i].id);
        else if (lang == SK_LATENT_ZH)
            snprintf(out, sizeof(out), "%s", sk_tab_zh_syllable[r[i].id].text);
        else if (lang == SK_LATENT_YUE)
            snprintf(out, sizeof(out), "%s", sk_tab_yue_syllable[r[i].id].text);
        else
            for (unsigned k = 0; k < sk_tab_ja_reading[r[i].id].n; k++)
                out[k] = (char)('a' - 1 + (sk_tab_ja_reading[r[i].id].letters >> (8 * k) & 255));
        if (strcmp(out, text) == 0)
            return true;
    }
    return false;
}

static void what_is_searched_is_sorted(void **state)
{
    for (unsigned i = 1; i < sk_tab_hans; i++)
        assert_true(sk_tab_han[i - 1] < sk_tab_han[i]);
    for (unsigned b = 0; b < SK_BOOKS; b++)
        for (uint32_t i = sk_tab_book_at[b] + 1; i < sk_tab_book_at[b + 1]; i++)
            assert_true(sk_tab_book_key[i - 1] < sk_tab_book_key[i]);
    for (unsigned o = 0; o < SK_ORTHS; o++)
        for (unsigned i = sk_tab_surname_spelling_at[o] + 1u; i < sk_tab_surname_spelling_at[o + 1];
             i++)
            assert_true(sk_tab_surname_spelling[i - 1].syllable <
                        sk_tab_surname_spelling[i].syllable);
    for (unsigned i = 1; i < sk_tab_ko_syllables; i++)
        assert_true(sk_tab_ko_syllable[i - 1].syllable < sk_tab_ko_syllable[i].syllable);
}

static void the_digest_of_the_places_is_that_of_their_entries(void **state)
{
    uint64_t h = 0;

    assert_true(SK_GAZETTEER_SIZE > 1000);
    for (uint32_t i = 0; i < SK_GAZETTEER_SIZE; i++)
        h = sk_key_mix(h, SK_GAZETTEER[i]);
    assert_true(h == SK_GAZETTEER_ID);
}

static void every_unit_of_an_orthography_has_a_spelling_at_no_cost(void **state)
{
    for (unsigned o = 0; o < SK_ORTHS; o++) {
        unsigned units = o < SK_ZH_LATN ? SK_KO_UNITS : 0;
        for (unsigned u = 0; u < units; u++)
            assert_true(sk_tab_unit[o][u].n > 0);
    }
    for (unsigned s = 0; s < sk_tab_zh_syllables; s++)
        for (unsigned o = SK_ZH_LATN; o < SK_YUE_LATN; o++)
            assert_true(sk_tab_unit[o][sk_tab_zh_syllable[s].final].n > 0);
    for (unsigned s = 0; s < sk_tab_yue_syllables; s++)
        assert_true(sk_tab_unit[SK_YUE_LATN][sk_tab_yue_syllable[s].final].n > 0);
    for (unsigned o = 0; o < SK_ORTHS; o++) {
        for (unsigned u = 0; u < SK_TAB_UNITS; u++) {
            sk_chunks c = sk_tab_unit[o][u];
            for (unsigned i = 1; i < c.n; i++)
                assert_true(sk_tab_chunk[c.first + i - 1].cost <= sk_tab_chunk[c.first + i].cost);
        }
    }
}

static void han_characters_have_the_readings_of_four_languages(void **state)
{
    assert_true(reads(SK_LATENT_KO, 0x91D1, "ae40")); /* 金 김 */
    assert_true(reads(SK_LATENT_KO, 0x674E, "c774")); /* 李 이 */
    assert_true(reads(SK_LATENT_KO, 0x674E, "b9ac")); /* and 리 */
    assert_true(reads(SK_LATENT_ZH, 0x91D1, "jin"));
    assert_true(reads(SK_LATENT_ZH, 0x66FE, "zeng")); /* 曾 as a surname */
    assert_true(reads(SK_LATENT_ZH, 0x5973, "nv"));   /* 女 */
    assert_true(reads(SK_LATENT_YUE, 0x91D1, "gam"));
    assert_true(reads(SK_LATENT_YUE, 0x5433, "ng")); /* 吳's variant 吴 */
    assert_true(reads(SK_LATENT_JA, 0x7530, "ta"));  /* 田 */
    assert_true(reads(SK_LATENT_JA, 0x6D25, "xu"));  /* 津 tsu */
    assert_string_equal(sk_han_pinyin(0x674E), "li");
    assert_true(reads(SK_LATENT_YUE, 0x9673, "can")); /* 陳 */
    assert_true(reads(SK_LATENT_KO, 0x9234, "b839")); /* 鈴 령 */
    assert_null(sk_han_pinyin('a'));
}

static void variants_are_one_class(void **state)
{
    assert_int_equal(sk_han_class(0x9F8D), sk_han_class(0x9F99)); /* 龍 龙 */
    assert_int_equal(sk_han_class(0x9F8D), sk_han_class(0x7ADC)); /* 竜 */
    assert_int_equal(sk_han_class(0x6FA4), sk_han_class(0x6CA2)); /* 澤 沢 */
    assert_int_equal(sk_han_class(0x9AD8), sk_han_class(0x9AD9)); /* 高 髙 */
    assert_int_not_equal(sk_han_class(0x91D1), sk_han_class(0x674E));
    assert_int_equal(sk_han_class('x'), 'x');
}

static void no_class_swallows_the_others(void **state)
{
    static uint16_t size[0x10000];

    for (unsigned i = 0; i < sk_tab_hans; i++)
        size[sk_tab_han_class[i]]++;
    for (unsigned i = 0; i < sk_tab_hans; i++)
        assert_in_range(size[i], 0, 24);
}

static void conventions_have_names(void **state)
{
    for (unsigned i = 0; i < SK_TAB_UNITS; i++)
        for (unsigned k = 0; k < sk_tab_unit[SK_KO_LATN][i].n; k++) {
            const sk_chunk *c = &sk_tab_chunk[sk_tab_unit[SK_KO_LATN][i].first + k];
            assert_true(c->how == 0 || sk_tab_how(c->how)[0]);
        }
    assert_string_equal(sk_tab_how(200), "");
    assert_int_equal(sk_tab_letter_cp(SK_L_OBREVE), 0x14F);
    assert_int_equal(sk_tab_letter_cp(SK_L_CYRL), 0x430);
    assert_int_equal(sk_tab_letter_cp(255), '?');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_searched_is_sorted),
        cmocka_unit_test(the_digest_of_the_places_is_that_of_their_entries),
        cmocka_unit_test(every_unit_of_an_orthography_has_a_spelling_at_no_cost),
        cmocka_unit_test(han_characters_have_the_readings_of_four_languages),
        cmocka_unit_test(variants_are_one_class),
        cmocka_unit_test(no_class_swallows_the_others),
        cmocka_unit_test(conventions_have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
