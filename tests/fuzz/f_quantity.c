/* Quantities in any text: places lie in the text, invariants hold, what is printed is read again. */
#include "base/quantity.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool same(const sk_quantity *a, const sk_quantity *b)
{
    return a->qualifier == b->qualifier && a->has_low == b->has_low && a->has_high == b->has_high &&
           a->is_open_above == b->is_open_above && a->is_approximate == b->is_approximate &&
           (!a->has_low || !sk_decimal_cmp(a->low, b->low)) &&
           (!a->has_high || !sk_decimal_cmp(a->high, b->high));
}

/* Units are free text, so only the two that need no reading are checked for coming back. */
static void comes_back(sk_ctx *cx, const sk_quantity *q, sk_lang lang)
{
    sk_quantity again;
    sk_str words = sk_quantity_format(&cx->arena, q, lang);
    sk_assert(words.n && sk_utf8_find_bad(words) == SIZE_MAX);
    if (q->unit.n && !sk_str_is(q->unit, "people"))
        return;
    sk_assert(sk_quantity_from_words(cx, words, &again) == SK_OK);
    sk_assert(same(q, &again));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_ctx cx;
    sk_quantity_found *found;
    sk_str text = {(const char *)data, size};
    size_t n, last = 0;
    sk_ctx_init(&cx);
    if (!sk_quantity_find(&cx, text, &found, &n))
        for (size_t i = 0; i < n; i++) {
            sk_assert(found[i].start >= last && found[i].start < found[i].end);
            sk_assert(found[i].end <= size);
            last = found[i].end;
            sk_bounds b = sk_quantity_bounds(&found[i].quantity);
            sk_assert(!b.has_low || !b.has_high || sk_decimal_cmp(b.low, b.high) <= 0);
        }
    sk_forgive(&cx);
    sk_quantity q, sum;
    sk_str why;
    if (!sk_quantity_from_words(&cx, text, &q)) {
        sk_assert(sk_quantity_check(&cx, &q) == SK_OK);
        comes_back(&cx, &q, SK_LANG_EN);
        comes_back(&cx, &q, SK_LANG_KO);
        if (sk_quantity_add(&cx.arena, &q, &q, &sum, &why))
            sk_assert(sk_quantity_check(&cx, &sum) == SK_OK);
    }
    sk_ctx_done(&cx);
    return 0;
}
