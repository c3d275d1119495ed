#include "web/html.h"

#include "base/utf8.h"

/* Characters that would turn the reading order of what follows, or hide. */
static bool is_unseen(uint32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200B ||
           c == 0x2060 || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F) || (c >= 0x80 && c <= 0x9F);
}

static const char *entity_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void sk_html_text(sk_html *h, sk_str s)
{
    size_t done = 0;
    for (size_t i = 0; i < s.n;) {
        unsigned char b = (unsigned char)s.p[i];
        size_t at = i;
        if (b < 0x80) {
            const char *entity = entity_of((char)b);
            bool is_control = (b < 0x20 && b != '\n' && b != '\t') || b == 0x7F;
            i++;
            if (!entity && !is_control)
                continue;
            sk_buf_add(h->out, sk_str_sub(s, done, at - done));
            if (entity)
                sk_buf_add(h->out, sk_str_of(entity));
            else
                sk_buf_addf(h->out, "\\x%02x", b);
            done = i;
            continue;
        }
        uint32_t c = sk_utf8_next(s, &i);
        if (c != 0xFFFD && !is_unseen(c))
            continue;
        sk_buf_add(h->out, sk_str_sub(s, done, at - done));
        sk_buf_addf(h->out, c == 0xFFFD ? "\xEF\xBF\xBD" : "&lt;U+%04X&gt;", (unsigned)c);
        done = i;
    }
    sk_buf_add(h->out, sk_str_sub(s, done, s.n));
}

size_t sk_html_seen(sk_str s)
{
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        unsigned char b = (unsigned char)s.p[i];
        if ((b < 0x20 && b != '\n' && b != '\t') || b == 0x7F)
            return at;
        uint32_t c = sk_utf8_next(s, &i);
        if (c == 0xFFFD || is_unseen(c))
            return at;
    }
    return s.n;
}

void sk_html_fill(sk_html *h, sk_str literal, const sk_str *args, size_t n)
{
    size_t used = 0, done = 0;
    for (size_t i = 0; i < literal.n; i++) {
        char c = literal.p[i];
        if (c != '$' && c != '{')
            continue;
        sk_buf_add(h->out, sk_str_sub(literal, done, i - done));
        if (c == '$') {
            sk_assert(used < n);
            sk_html_text(h, args[used++]);
        } else {
            size_t end = i + sk_str_find(sk_str_sub(literal, i, literal.n), SK_S("}"));
            sk_assert(end < literal.n);
            sk_html_say(h, sk_str_sub(literal, i + 1, end - i - 1), NULL, 0);
            i = end;
        }
        done = i + 1;
    }
    sk_assert(used == n);
    sk_buf_add(h->out, sk_str_sub(literal, done, literal.n));
}

/* "$1 of $2" with its arguments; a `$` that no digit follows is one. */
static void say(sk_html *h, sk_str message, const sk_str *args, size_t n)
{
    size_t done = 0;
    for (size_t i = 0; i + 1 < message.n; i++) {
        size_t which = (size_t)(message.p[i + 1] - '1');
        if (message.p[i] != '$' || message.p[i + 1] < '1' || message.p[i + 1] > '9')
            continue;
        sk_html_text(h, sk_str_sub(message, done, i - done));
        sk_assert(which < n);
        sk_html_text(h, args[which]);
        done = i + 2;
    }
    sk_html_text(h, sk_str_sub(message, done, message.n));
}

void sk_html_say(sk_html *h, sk_str key, const sk_str *args, size_t n)
{
    say(h, sk_message(h->lang, key), args, n);
}

void sk_html_say_n(sk_html *h, uint64_t count, sk_str key, const sk_str *args, size_t n)
{
    say(h, sk_message_n(h->lang, key, count), args, n);
}

void sk_html_link(sk_html *h, sk_str url)
{
    if (sk_str_starts(url, SK_S("https://")) || sk_str_starts(url, SK_S("http://")))
        SK_PUT(h, "<a href=\"$\" rel=\"noreferrer noopener external\">$</a>", url, url);
    else
        sk_html_text(h, url);
}
