/* What charset.c (names, converters), charset_decode.c and charset_detect.c share. */
#ifndef SK_EXTRACT_CHARSET_PRIVATE_H
#define SK_EXTRACT_CHARSET_PRIVATE_H

#include "charset.h"
#include "wellformed.h"

#include <iconv.h>

typedef enum sk_charset_id {
    SK_CS_UTF8,
    SK_CS_UTF16LE,
    SK_CS_UTF16BE, /* up to here decoded by ourselves, the rest by iconv            */
    SK_CS_CP949,
    SK_CS_GB18030,
    SK_CS_BIG5,
    SK_CS_SHIFT_JIS,
    SK_CS_EUC_JP,
    SK_CS_1251,
    SK_CS_KOI8R,
    SK_CS_1252, /* up to here told apart by content; those below must be named      */
    SK_CS_ISO2022JP,
    SK_CS_KOI8U,
    SK_CS_1250,
    SK_CS_1254,
    SK_CS_1256,
    SK_CS_874,
    SK_CS_LATIN2,
    SK_CS_LATIN9,
    SK_CS_CYRILLIC,
    SK_CHARSETS
} sk_charset_id;

struct sk_charset {
    sk_charset_id id;
    const char *name;
    const char *iconv_name; /* NULL: decoded here */
    bool has_states;
    const char *labels; /* other names, lower case, each between blanks */
};

const sk_charset *sk_charset_get(sk_charset_id id);

/* The converter to UTF-8, in its first state; opened on first use unless sealed. */
iconv_t sk_charset_converter(const sk_charset *cs);

/* Bytes of the character that begins at p, by the structure of the charset; may be more than left. */
size_t sk_charset_char_bytes(sk_charset_id id, const unsigned char *p, size_t left);

/* The languages whose characters charset_model.c knows. */
typedef enum sk_charset_language {
    SK_CHARSET_KO,
    SK_CHARSET_ZH,
    SK_CHARSET_ZHT,
    SK_CHARSET_JA, /* up to here written in Han, Hangul and kana */
    SK_CHARSET_RU,
    SK_CHARSET_LATIN,
    SK_CHARSET_LANGUAGES
} sk_charset_language;

#define SK_CHARSET_ASCII_NATS 4.2 /* any ASCII character: ln 64 */

/* What c costs in text of that language behind the character before it. */
double sk_charset_char_cost(sk_charset_language l, uint32_t before, uint32_t c);

/* What a character costs besides for the row of the charset that it stands in. */
double sk_charset_row_cost(sk_charset_id id, unsigned lead, unsigned trail);

bool sk_charset_is_latin(uint32_t c); /* an ASCII letter */
bool sk_charset_is_cyrillic(uint32_t c);

#endif
