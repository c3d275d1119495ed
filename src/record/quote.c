/* Finding quoted words in an exhibit's text. People copy quotes by hand and from screens: runs of
 * blanks and line ends differ, quotation marks get straightened. Both sides are folded to one plain
 * form, with a map from each folded byte to its place in the text. */
#include "base/utf8.h"
#include "record/read.h"

typedef struct folded {
    char *p;
    size_t *at; /* at[i]: byte of the text that folded byte i came from; at[n]: its end */
    size_t n;
} folded;

static uint32_t plain(uint32_t c)
{
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0xFF07:
        return '\'';
    case 0x201C:
    case 0x201D:
    case 0xFF02:
        return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
        return '-';
    case '\n':
    case '\t':
    case '\r':
    case 0xA0:
    case 0x3000:
        return ' ';
    default:
        return c;
    }
}

static folded fold(sk_arena *a, sk_str text)
{
    folded f = {.p = sk_alloc(a, text.n + 1), .at = sk_new_array(a, size_t, text.n + 1)};
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = plain(sk_utf8_next(text, &at));
        if (c == ' ' && (f.n == 0 || f.p[f.n - 1] == ' '))
            continue;
        char bytes[4];
        size_t n = sk_utf8_put(c, bytes); /* never longer than what it replaces */
        for (size_t k = 0; k < n; k++) {
            f.at[f.n] = from;
            f.p[f.n++] = bytes[k];
        }
        f.at[f.n] = at;
    }
    return f;
}

/* The text as one string; gaps between blocks (one LF each) become blanks by folding. */
static sk_str join_blocks(sk_ctx *cx, const sk_text_block *blocks, size_t n)
{
    size_t end = n ? blocks[n - 1].end : 0;
    char *text = sk_alloc(&cx->arena, end + 1);
    memset(text, '\n', end);
    for (size_t i = 0; i < n; i++)
        memcpy(text + blocks[i].start, blocks[i].text.p, blocks[i].text.n);
    return (sk_str){text, end};
}

sk_rc sk_quote_find(sk_ctx *cx, sk_view *v, const sk_exhibit *x, sk_str quote, size_t *ret_start,
                    size_t *ret_end)
{
    sk_text_block *blocks;
    size_t n;
    SK_TRY(sk_exhibit_text(cx, v, x, &blocks, &n));
    folded text = fold(&cx->arena, join_blocks(cx, blocks, n));
    folded part = fold(&cx->arena, sk_str_trim(quote));
    if (part.n == 0)
        return sk_fail(cx, SK_E_FORMAT, "the quote is empty");
    sk_str hay = {text.p, text.n}, needle = {part.p, part.n};
    size_t first = sk_str_find(hay, needle);
    if (first == SIZE_MAX)
        return sk_fail(cx, SK_E_NOTFOUND, "the quote \"%.*s\" does not stand in exhibit %.12s",
                       SK_P(quote), sk_hash_hex(&cx->arena, &x->hash).p);
    size_t again = sk_str_find(sk_str_sub(hay, first + 1, hay.n), needle);
    if (again != SIZE_MAX)
        return sk_fail(
            cx, SK_E_AMBIGUOUS,
            "the quote \"%.*s\" stands at bytes %zu and %zu of the text; quote more words",
            SK_P(quote), text.at[first], text.at[first + 1 + again]);
    *ret_start = text.at[first];
    *ret_end = text.at[first + needle.n]; /* where the next character starts, or the text ends */
    return SK_OK;
}
