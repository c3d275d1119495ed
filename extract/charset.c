#include "charset_private.h"

static const sk_charset charsets[SK_CHARSETS] = {
    {SK_CS_UTF8, "utf-8", NULL, false, " utf8 unicode-1-1-utf-8 "},
    {SK_CS_UTF16LE, "utf-16le", NULL, false, " utf-16 utf16 utf16le ucs-2 unicode "},
    {SK_CS_UTF16BE, "utf-16be", NULL, false, " utf16be unicodefffe "},
    {SK_CS_CP949, "cp949", "UHC", false,
     " euc-kr euckr uhc ms949 windows-949 ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 "
     "ks_c_5601 korean "},
    {SK_CS_GB18030, "gb18030", "GB18030", false,
     " gbk gb2312 gb_2312 gb_2312-80 x-gbk cp936 ms936 windows-936 euc-cn euccn chinese hz-gb "},
    {SK_CS_BIG5, "big5", "BIG5", false, " cn-big5 x-x-big5 cp950 "},
    {SK_CS_SHIFT_JIS, "shift_jis", "CP932", false,
     " shift-jis sjis x-sjis ms_kanji cp932 ms932 windows-31j csshiftjis "},
    {SK_CS_EUC_JP, "euc-jp", "EUC-JP-MS", false, " eucjp x-euc-jp x-euc cseucpkdfmtjapanese "},
    {SK_CS_1251, "windows-1251", "CP1251", false, " cp1251 x-cp1251 "},
    {SK_CS_KOI8R, "koi8-r", "KOI8-R", false, " koi8 koi cskoi8r "},
    {SK_CS_1252, "windows-1252", "CP1252", false,
     " cp1252 x-cp1252 iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 us-ascii ascii "
     "ansi_x3.4-1968 "},
    {SK_CS_ISO2022JP, "iso-2022-jp", "ISO-2022-JP-3", true, " csiso2022jp iso-2022-jp-ms "},
    {SK_CS_KOI8U, "koi8-u", "KOI8-U", false, " koi8-ru "},
    {SK_CS_1250, "windows-1250", "CP1250", false, " cp1250 x-cp1250 "},
    {SK_CS_1254, "windows-1254", "CP1254", false, " cp1254 iso-8859-9 iso8859-9 latin5 "},
    {SK_CS_1256, "windows-1256", "CP1256", false, " cp1256 x-cp1256 "},
    {SK_CS_874, "windows-874", "CP874", false, " cp874 tis-620 iso-8859-11 "},
    {SK_CS_LATIN2, "iso-8859-2", "ISO-8859-2", false, " iso8859-2 latin2 "},
    {SK_CS_LATIN9, "iso-8859-15", "ISO-8859-15", false, " iso8859-15 latin9 "},
    {SK_CS_CYRILLIC, "iso-8859-5", "ISO-8859-5", false, " iso8859-5 cyrillic "},
};

static iconv_t converters[SK_CHARSETS]; /* 0: not opened */
static void (*on_missing)(void);        /* set: nothing more may be opened */
static bool is_forbidden;               /* nor those that are be used           */

const sk_charset *sk_charset_get(sk_charset_id id)
{
    sk_assert(charsets[id].id == id);
    return &charsets[id];
}

const sk_charset *sk_charset_utf8(void)
{
    return sk_charset_get(SK_CS_UTF8);
}

const char *sk_charset_name(const sk_charset *cs)
{
    return cs->name;
}

const sk_charset *sk_charset_find(sk_str name)
{
    char label[34];
    name = sk_str_trim(name);
    if (!name.n || name.n > sizeof label - 2)
        return NULL;
    label[0] = label[name.n + 1] = ' ';
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (c == ' ')
            return NULL;
        label[i + 1] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    for (size_t i = 0; i < SK_CHARSETS; i++)
        if (sk_str_is((sk_str){label + 1, name.n}, charsets[i].name) ||
            sk_str_find(sk_str_of(charsets[i].labels), (sk_str){label, name.n + 2}) != SIZE_MAX)
            return &charsets[i];
    return NULL;
}

iconv_t sk_charset_converter(const sk_charset *cs)
{
    sk_assert(cs->iconv_name);
    iconv_t *it = &converters[cs->id];
    if (on_missing && (!*it || is_forbidden))
        on_missing();
    if (!*it)
        *it = iconv_open("UTF-8", cs->iconv_name);
    sk_assert(*it && *it != (iconv_t)-1); /* all are part of glibc: libc-bin, libc6 */
    iconv(*it, NULL, NULL, NULL, NULL);
    return *it;
}

void sk_charset_preload(void)
{
    for (size_t i = 0; i < SK_CHARSETS; i++)
        if (charsets[i].iconv_name)
            sk_charset_converter(&charsets[i]);
}

void sk_charset_seal(void (*missing)(void))
{
    on_missing = missing;
}

void sk_charset_forbid(void (*on_use)(void))
{
    on_missing = on_use;
    is_forbidden = true;
}

size_t sk_charset_char_bytes(sk_charset_id id, const unsigned char *p, size_t left)
{
    if (p[0] < 0x80)
        return 1;
    switch (id) {
    case SK_CS_GB18030:
        return left > 1 && p[1] >= 0x30 && p[1] <= 0x39 ? 4 : p[0] == 0x80 ? 1 : 2;
    case SK_CS_SHIFT_JIS:
        return (p[0] >= 0xA1 && p[0] <= 0xDF) || p[0] == 0x80 || p[0] == 0xA0 ? 1 : 2;
    case SK_CS_EUC_JP:
        return p[0] == 0x8F ? 3 : 2;
    case SK_CS_CP949:
    case SK_CS_BIG5:
        return 2;
    default:
        return 1;
    }
}
