#include "base/term.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool sk_colour_parse(sk_str s, sk_colour *ret_colour)
{
    static const char *const names[] = {"auto", "always", "never"};
    for (size_t i = 0; i < SK_COUNT(names); i++)
        if (sk_str_is(s, names[i])) {
            *ret_colour = (sk_colour)i;
            return true;
        }
    return false;
}

/* The locale as the C library would choose it, from the environment alone. */
static bool is_utf8_locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < SK_COUNT(names); i++) {
        const char *v = getenv(names[i]);
        if (v && v[0])
            return strcasestr(v, "utf-8") || strcasestr(v, "utf8");
    }
    return false;
}

static size_t width_of(int fd, bool is_terminal)
{
    uint64_t columns;
    if (sk_str_to_u64(sk_str_of(getenv("COLUMNS")), &columns) && columns >= 1 && columns <= 10000)
        return (size_t)columns;
    if (!is_terminal)
        return 0;
    struct winsize w;
    if (ioctl(fd, TIOCGWINSZ, &w) == 0 && w.ws_col)
        return w.ws_col;
    return 80;
}

void sk_term_look(int fd, sk_colour choice, sk_term *ret_term)
{
    const char *term = getenv("TERM"), *no_colour = getenv("NO_COLOR");
    sk_term t = {.is_terminal = isatty(fd) == 1, .utf8 = is_utf8_locale()};
    t.width = width_of(fd, t.is_terminal);
    if (choice == SK_COLOUR_AUTO)
        t.colour = t.is_terminal && term && term[0] && strcmp(term, "dumb") != 0 &&
                   !(no_colour && no_colour[0]);
    else
        t.colour = choice == SK_COLOUR_ALWAYS;
    *ret_term = t;
}

/* Characters that change how their neighbours are shown, or show as nothing at all. */
static bool is_hidden(uint32_t c)
{
    static const struct {
        uint32_t from, to;
    } hidden[] = {
        {0x00AD, 0x00AD},   {0x061C, 0x061C},    {0x115F, 0x1160},   {0x180E, 0x180E},
        {0x200B, 0x200B},   {0x200E, 0x200F},    {0x2028, 0x202E},   {0x2060, 0x206F},
        {0x3164, 0x3164},   {0xE000, 0xF8FF},    {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
        {0xFFF0, 0xFFFB},   {0x1BCA0, 0x1BCA3},  {0x1D173, 0x1D17A}, {0xE0000, 0xE00FF},
        {0xE01F0, 0xE0FFF}, {0xF0000, 0x10FFFF},
    };
    for (size_t i = 0; i < SK_COUNT(hidden); i++)
        if (c >= hidden[i].from && c <= hidden[i].to)
            return true;
    return false;
}

/* Variation selectors choose a glyph (Hanja of names need them); a row of them could carry a text. */
static bool is_selector(uint32_t c)
{
    return (c >= 0x180B && c <= 0x180D) || (c >= 0xFE00 && c <= 0xFE0F) ||
           (c >= 0xE0100 && c <= 0xE01EF);
}

void sk_term_clean(sk_buf *out, sk_str text, bool keep_lines)
{
    size_t plain = 0;        /* start of the run that goes out as it is */
    bool may_select = false; /* one selector behind a character is right */
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = sk_utf8_next(text, &at);
        bool is_bad = c == 0xFFFD && at - from == 1;
        bool is_odd = is_selector(c) && !may_select;
        may_select = !is_selector(c);
        bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0);
        if (c == '\n' && keep_lines)
            continue;
        if (!is_bad && !is_control && !is_odd && !is_hidden(c))
            continue;
        sk_buf_add(out, sk_str_sub(text, plain, from - plain));
        if (is_bad || is_control)
            sk_buf_addf(out, "\\x%02x", is_bad ? (unsigned char)text.p[from] : c);
        else
            sk_buf_addf(out, "<U+%04X>", c);
        plain = at;
    }
    sk_buf_add(out, sk_str_sub(text, plain, text.n - plain));
}
