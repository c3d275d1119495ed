/* Looking things up in the constant tables. */
#include "name/tables.h"

unsigned sk_tab_find_han(uint32_t cp)
{
    unsigned lo = 0, hi = sk_tab_hans;

    while (lo < hi) {
        unsigned mid = (lo + hi) / 2;
        if (sk_tab_han[mid] < cp)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < sk_tab_hans && sk_tab_han[lo] == cp ? lo : SK_NO_HAN;
}

const sk_reading *sk_tab_readings(unsigned lang, unsigned han, unsigned *ret_n)
{
    const uint32_t *at = lang == 0   ? sk_tab_han_ko_at
                         : lang == 1 ? sk_tab_han_zh_at
                         : lang == 2 ? sk_tab_han_yue_at
                                     : sk_tab_han_ja_at;

    if (han >= sk_tab_hans) {
        *ret_n = 0;
        return sk_tab_han_reading;
    }
    *ret_n = at[han + 1] - at[han];
    return sk_tab_han_reading + sk_tab_han_reading_base[lang] + at[han];
}

sk_chunks sk_tab_surname(sk_orth orth, unsigned syllable)
{
    unsigned lo = sk_tab_surname_spelling_at[orth], hi = sk_tab_surname_spelling_at[orth + 1];
    unsigned end = hi;

    while (lo < hi) {
        unsigned mid = (lo + hi) / 2;
        if (sk_tab_surname_spelling[mid].syllable < syllable)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo < end && sk_tab_surname_spelling[lo].syllable == syllable)
        return sk_tab_surname_spelling[lo].chunks;
    return (sk_chunks){0, 0};
}

const sk_ko_syllable *sk_tab_find_ko_syllable(unsigned syllable)
{
    unsigned lo = 0, hi = sk_tab_ko_syllables;

    while (lo < hi) {
        unsigned mid = (lo + hi) / 2;
        if (sk_tab_ko_syllable[mid].syllable < syllable)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo < sk_tab_ko_syllables && sk_tab_ko_syllable[lo].syllable == syllable)
        return &sk_tab_ko_syllable[lo];
    return NULL;
}

unsigned sk_tab_book_find(sk_book book, uint64_t letters, const sk_book_entry **ret_entry)
{
    unsigned lo = sk_tab_book_at[book], hi = sk_tab_book_at[book + 1], end = hi;

    while (lo < hi) {
        unsigned mid = (lo + hi) / 2;
        if (sk_tab_book_key[mid] < letters)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == end || sk_tab_book_key[lo] != letters)
        return 0;
    *ret_entry = sk_tab_book_entry + sk_tab_book_entry_at[lo];
    return sk_tab_book_entry_at[lo + 1] - sk_tab_book_entry_at[lo];
}

const char *sk_tab_how(unsigned how)
{
    static const char *const NAME[] = {
        "",
        "Revised Romanization",
        "McCune-Reischauer",
        "North Korean",
        "newspaper spelling",
        "Pinyin",
        "Wade-Giles",
        "Tongyong Pinyin",
        "own spelling",
        "Hong Kong government",
    };

    return how < SK_COUNT(NAME) ? NAME[how] : "";
}

uint32_t sk_tab_letter_cp(unsigned letter)
{
    static const uint16_t MARK[] = {0x14F, 0x16D, 0xFC, '\'', '-'};
    static const uint16_t ONSET[] = {0x3131, 0x3132, 0x3134, 0x3137, 0x3138, 0x3139, 0x3141,
                                     0x3142, 0x3143, 0x3145, 0x3146, 0x3147, 0x3148, 0x3149,
                                     0x314A, 0x314B, 0x314C, 0x314D, 0x314E};
    static const uint16_t CODA[] = {0x3131, 0x3134, 0x3137, 0x3139, 0x3141, 0x3142, 0x3147};

    if (letter >= 1 && letter <= 26)
        return 'a' + letter - 1;
    if (letter >= SK_L_OBREVE && letter <= SK_L_LONG)
        return MARK[letter - SK_L_OBREVE];
    if (letter >= SK_L_CYRL && letter < SK_L_YO)
        return 0x430 + letter - SK_L_CYRL;
    if (letter == SK_L_YO)
        return 0x451;
    if (letter >= SK_L_ONSET && letter < SK_L_VOWEL)
        return ONSET[letter - SK_L_ONSET];
    if (letter >= SK_L_VOWEL && letter < SK_L_CODA)
        return 0x314F + letter - SK_L_VOWEL;
    if (letter >= SK_L_CODA && letter < SK_L_ARAB)
        return CODA[letter - SK_L_CODA];
    return letter >= SK_L_ARAB && letter < SK_L_COUNT ? 0x621 + letter - SK_L_ARAB : '?';
}
