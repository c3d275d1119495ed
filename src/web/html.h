/* Writing a page: the only way into one is through here, and everything from outside is escaped.
 *
 *     SK_PUT(h, "<h1>{search.title}</h1><p>$ <a href=\"$\">$</a></p>", text, href, name);
 *
 * A template is a literal of ours. In it stands `$` for the next argument, escaped for text and for
 * attributes in double quotes alike, and {key} for a message in the page's language. Anything else
 * in it is markup as written. So a value from a file, a name or a query can only ever become text;
 * there is no function that takes it as markup. Scripts and styles are files of their own
 * (assets.h): a page has no place where escaping would be another.
 *
 *     SK_SAY(h, "search.more", name)            a message with arguments $1, $2 ...
 *     SK_SAY_N(h, 3, "search.hits", number)     the same, in the form for 3
 *
 * Addresses go in as arguments too; sk_href_entity and friends (page.h) make those of ours, and
 * sk_html_link lets only http and https from outside become a link.
 *
 * Invariants: the number of arguments is that of the `$` (asserted). Overflow is the buffer's flag.
 * Threads: a writer belongs to one thread. Tested by tests/unit/web/t_html.c. */
#ifndef SK_WEB_HTML_H
#define SK_WEB_HTML_H

#include "base/buf.h"
#include "web/messages.h"

typedef struct sk_html {
    sk_buf *out;
    sk_ui_lang lang;
} sk_html;

#define SK_ARGS(...) \
    (const sk_str[]) \
    {                \
        __VA_ARGS__  \
    }
#define SK_NARGS(...) (sizeof(SK_ARGS(SK_NONE, ##__VA_ARGS__)) / sizeof(sk_str) - 1)

#define SK_PUT(h, literal, ...) \
    sk_html_fill((h), SK_S(literal), SK_ARGS(SK_NONE, ##__VA_ARGS__) + 1, SK_NARGS(__VA_ARGS__))
#define SK_SAY(h, key, ...) \
    sk_html_say((h), SK_S(key), SK_ARGS(SK_NONE, ##__VA_ARGS__) + 1, SK_NARGS(__VA_ARGS__))
#define SK_SAY_N(h, count, key, ...)                                            \
    sk_html_say_n((h), (count), SK_S(key), SK_ARGS(SK_NONE, ##__VA_ARGS__) + 1, \
                  SK_NARGS(__VA_ARGS__))

/* Use the macros: they see to it that the template is a literal. */
void sk_html_fill(sk_html *h, sk_str literal, const sk_str *args, size_t n);
void sk_html_say(sk_html *h, sk_str key, const sk_str *args, size_t n);
void sk_html_say_n(sk_html *h, uint64_t count, sk_str key, const sk_str *args, size_t n);

/* Text from anywhere, escaped. Control characters and direction overrides are made visible. */
void sk_html_text(sk_html *h, sk_str text);

/* How many bytes of text, from its beginning, sk_html_text shows as they are: the character behind
 * them is made visible in another form. text.n: all are. */
size_t sk_html_seen(sk_str text);

/* An address from outside: a link when it is http or https, else its text. */
void sk_html_link(sk_html *h, sk_str url);

#endif
