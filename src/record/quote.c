#include "record/quote.h"

#include "base/utf8.h"

/* From folded byte `folded` on, text and folded text run in step, the text beginning at `text`. */
struct sk_quote_shift {
    size_t folded, text;
};

static uint32_t plain(uint32_t c)
{
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x02BC:
    case 0xFF07:
        return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
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
    case 0x202F:
    case 0x3000:
        return ' ';
    default:
        return c;
    }
}

/* Where in the text a folded byte came from. */
static size_t origin(const sk_quote_text *t, size_t folded)
{
    size_t lo = 0, hi = t->n_shifts; /* the last shift at or before it is in [lo, hi) */
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        if (t->shifts[mid].folded <= folded)
            lo = mid;
        else
            hi = mid;
    }
    return t->shifts[lo].text + (folded - t->shifts[lo].folded);
}

/* The next folded byte came from this place; worth a note when it does not follow from the last. */
static void come_from(sk_quote_text *t, size_t at)
{
    const struct sk_quote_shift *last = t->n_shifts ? &t->shifts[t->n_shifts - 1] : NULL;
    if (last && last->text + (t->n - last->folded) == at)
        return;
    SK_GROW(&t->arena, t->shifts, t->n_shifts, t->cap_shifts);
    t->shifts[t->n_shifts++] = (struct sk_quote_shift){t->n, at};
}

/* Append text, which begins at byte `base` of the whole; there is room for it. Returns where the last
 * character that was kept ends, or `end` when none was. */
static size_t fold(sk_quote_text *t, sk_str text, size_t base, size_t end)
{
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = plain(sk_utf8_next(text, &at));
        if (c == ' ' && (t->n == 0 || t->folded[t->n - 1] == ' '))
            continue;
        come_from(t, base + from);
        t->n += sk_utf8_put(c, t->folded + t->n); /* never longer than what it replaces */
        end = base + at;
    }
    return end;
}

sk_rc sk_quote_text_open(sk_ctx *cx, sk_view *v, const sk_exhibit *x, sk_quote_text *ret_text)
{
    sk_text_block *blocks;
    size_t n, end = 0;
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    SK_TRY(sk_exhibit_text(cx, v, x, &blocks, &n));
    sk_quote_text t = {.exhibit = x->hash};
    t.folded = sk_alloc(&t.arena, n ? blocks[n - 1].end + 4 : 4);
    for (size_t i = 0; i < n; i++) {
        size_t gap = i ? blocks[i - 1].end : 0; /* between blocks: as good as one blank */
        if (blocks[i].start > gap)
            end = fold(&t, SK_S(" "), gap, end);
        end = fold(&t, blocks[i].text, blocks[i].start, end);
    }
    come_from(&t, end);
    sk_arena_back_to(&cx->arena, mark);
    *ret_text = t;
    return SK_OK;
}

void sk_quote_text_done(sk_quote_text *t)
{
    sk_arena_done(&t->arena);
    *t = (sk_quote_text){0};
}

void sk_quote_text_of(sk_str text, sk_quote_text *ret_text)
{
    sk_quote_text t = {.n = 0};
    t.folded = sk_alloc(&t.arena, text.n + 4);
    come_from(&t, fold(&t, text, 0, 0));
    *ret_text = t;
}

/* The quote in its plain form, in cx's arena. */
static sk_str fold_quote(sk_ctx *cx, sk_str quote)
{
    quote = sk_str_trim(quote);
    sk_quote_text part = {.folded = sk_alloc(&cx->arena, quote.n + 4)};
    fold(&part, quote, 0, 0);
    sk_arena_done(&part.arena); /* its places are of no interest */
    return (sk_str){part.folded, part.n};
}

/* The next place of a folded quote at folded byte *at or behind it. */
static bool next_place(const sk_quote_text *t, sk_str needle, size_t *at, size_t *ret_start,
                       size_t *ret_end)
{
    sk_str rest = *at < t->n ? (sk_str){t->folded + *at, t->n - *at} : SK_NONE;
    size_t found = needle.n ? sk_str_find(rest, needle) : SIZE_MAX;
    if (found == SIZE_MAX)
        return false;
    *ret_start = origin(t, *at + found);
    *ret_end = origin(t, *at + found + needle.n); /* the next character, or the end of the text */
    *at += found + 1;
    return true;
}

bool sk_quote_text_next(sk_ctx *cx, const sk_quote_text *t, sk_str quote, size_t *at,
                        size_t *ret_start, size_t *ret_end)
{
    return next_place(t, fold_quote(cx, quote), at, ret_start, ret_end);
}

sk_rc sk_quote_text_find(sk_ctx *cx, const sk_quote_text *t, sk_str quote, size_t *ret_start,
                         size_t *ret_end)
{
    sk_str needle = fold_quote(cx, quote);
    size_t at = 0, start, end, again, again_end;
    quote = sk_str_trim(quote);
    if (!needle.n)
        return sk_fail(cx, SK_E_FORMAT, "the quote is empty");
    if (!next_place(t, needle, &at, &start, &end))
        return sk_fail(cx, SK_E_NOTFOUND, "the quote \"%.*s\" does not stand in exhibit %.12s",
                       SK_P(quote), sk_hash_hex(&cx->arena, &t->exhibit).p);
    if (next_place(t, needle, &at, &again, &again_end))
        return sk_fail(
            cx, SK_E_AMBIGUOUS,
            "the quote \"%.*s\" stands at bytes %zu and %zu of the text; quote more words",
            SK_P(quote), start, again);
    *ret_start = start;
    *ret_end = end;
    return SK_OK;
}

sk_rc sk_quote_find(sk_ctx *cx, sk_view *v, const sk_exhibit *x, sk_str quote, size_t *ret_start,
                    size_t *ret_end)
{
    sk_quote_text t;
    SK_TRY(sk_quote_text_open(cx, v, x, &t));
    sk_rc rc = sk_quote_text_find(cx, &t, quote, ret_start, ret_end);
    sk_quote_text_done(&t);
    return rc;
}
