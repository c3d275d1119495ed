#include "exchange/write/write_charset.h"

#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

typedef struct charset {
    const char *name, *mark;
    const char *iconv_name; /* NULL: UTF-8 as it is */
} charset;

/* glibc's UHC is Microsoft's code page 949: KS X 1001 and all 11,172 modern syllables. */
static const charset charsets[] = {
    {"utf-8", "", NULL},
    {"utf-8-bom", "\xEF\xBB\xBF", NULL},
    {"cp949", "", "UHC"},
};

static const struct {
    const char *alias, *name;
} aliases[] = {{"utf8", "utf-8"},
               {"euc-kr", "cp949"},
               {"uhc", "cp949"},
               {"ks_c_5601-1987", "cp949"},
               {"windows-949", "cp949"}};

struct sk_encoder {
    const charset *cs;
    iconv_t it; /* of cs->iconv_name */
};

static const charset *find_charset(sk_str name)
{
    for (size_t i = 0; i < SK_COUNT(aliases); i++)
        if (sk_str_eq_nocase(name, sk_str_of(aliases[i].alias)))
            name = sk_str_of(aliases[i].name);
    for (size_t i = 0; i < SK_COUNT(charsets); i++)
        if (sk_str_eq_nocase(name, sk_str_of(charsets[i].name)))
            return &charsets[i];
    return NULL;
}

sk_rc sk_encoder_open(sk_ctx *cx, sk_str name, sk_encoder **ret_encoder)
{
    const charset *cs = find_charset(name);
    if (!cs)
        return sk_fail(cx, SK_E_FORMAT,
                       "charset \"%.*s\" cannot be written; give utf-8, utf-8-bom or cp949",
                       SK_P(name));
    iconv_t it = (iconv_t)-1;
    if (cs->iconv_name && (it = iconv_open(cs->iconv_name, "UTF-8")) == (iconv_t)-1)
        return sk_fail_errno(cx, "charset %s: the C library has no converter", cs->name);
    sk_encoder *e = sk_xmalloc(sizeof *e);
    *e = (sk_encoder){.cs = cs, .it = it};
    *ret_encoder = e;
    return SK_OK;
}

void sk_encoder_close(sk_encoder *e)
{
    if (!e)
        return;
    if (e->cs->iconv_name)
        iconv_close(e->it);
    free(e);
}

const char *sk_encoder_name(const sk_encoder *e)
{
    return e->cs->name;
}

sk_str sk_encoder_mark(const sk_encoder *e)
{
    return sk_str_of(e->cs->mark);
}

static bool is_ascii(sk_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

/* Convert text, giving the converted pieces to out (NULL: to nobody). Returns the byte at which it
 * could not go on, or text.n. */
static size_t convert(sk_encoder *e, sk_str text, sk_buf *out)
{
    char piece[4096];
    char *in = (char *)(uintptr_t)text.p; /* iconv does not write to its input */
    size_t left = text.n;
    while (left) {
        char *to = piece;
        size_t room = sizeof piece;
        size_t rc = iconv(e->it, &in, &left, &to, &room);
        if (out)
            sk_buf_add(out, (sk_str){piece, sizeof piece - room});
        if (rc == (size_t)-1 && errno != E2BIG)
            break;
    }
    return text.n - left;
}

size_t sk_encoder_find_lacking(sk_encoder *e, sk_str text)
{
    if (!e->cs->iconv_name)
        return sk_utf8_find_bad(text);
    if (is_ascii(text))
        return SIZE_MAX;
    size_t at = convert(e, text, NULL);
    return at == text.n ? SIZE_MAX : at;
}

/* Characters that look alike: what a typist without the left one would write. Empty: no width, and
 * nothing is lost to the eye. */
static const struct {
    uint32_t c;
    const char *by;
} looks[] = {
    {0x00A0, " "},  {0x2002, " "}, {0x2003, " "}, {0x2007, " "}, {0x2008, " "}, {0x2009, " "},
    {0x200A, " "},  {0x202F, " "}, {0x2010, "-"}, {0x2011, "-"}, {0x2012, "-"}, {0x2013, "-"},
    {0x2014, "―"},  {0x2212, "-"}, {0x2022, "·"}, {0x30FB, "·"}, {0x301C, "∼"}, {0xFF5E, "∼"},
    {0x20A9, "￦"}, {0x200B, ""},  {0x200C, ""},  {0x200D, ""},  {0x2060, ""},  {0xFEFF, ""},
    {0xFE0E, ""},   {0xFE0F, ""},
};

sk_str sk_encoder_stand_in(const sk_encoder *e, sk_arena *a, uint32_t c)
{
    for (size_t i = 0; e->cs->iconv_name && i < SK_COUNT(looks); i++)
        if (looks[i].c == c)
            return sk_str_of(looks[i].by);
    return sk_fmt(a, "[U+%04X]", (unsigned)c);
}

void sk_encoder_put(sk_encoder *e, sk_str text, sk_buf *out)
{
    if (!e->cs->iconv_name || is_ascii(text)) {
        sk_buf_add(out, text);
        return;
    }
    size_t at = convert(e, text, out);
    sk_assert(at == text.n); /* the caller looked with sk_encoder_find_lacking */
}
