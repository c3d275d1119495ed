/* Mining free text: what is found stands in the text, in order, and has its form. */
#include "base/utf8.h"
#include "exchange/lists/mine_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(sk_ctx *cx, sk_str text, const sk_mined *m)
{
    sk_edtf date;
    sk_assert(m->kind < SK_MINED_KINDS && m->at < text.n && m->words.n);
    sk_assert(sk_utf8_find_bad(m->value) == SIZE_MAX && sk_utf8_find_bad(m->words) == SIZE_MAX);
    if (m->kind == SK_MINED_IMO)
        sk_assert(m->value.n == 7);
    else if (m->kind == SK_MINED_DEATH)
        sk_assert(!m->value.n || sk_edtf_parse(cx, m->value, &date) == SK_OK);
    else
        sk_assert(m->value.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const words[] = {"expires on", "expires", "expired"};
    sk_ctx cx;
    sk_str text;
    sk_mined *found;
    size_t n;
    sk_ctx_init(&cx);
    if (sk_utf8_enter(&cx, (sk_str){(const char *)data, size}, "input", &text) == SK_OK &&
        sk_mine_text(&cx, text, &found, &n) == SK_OK)
        for (size_t i = 0; i < n; i++)
            check(&cx, text, &found[i]);
    sk_forgive(&cx);
    sk_str s = {(const char *)data, size};
    sk_str number = sk_mine_number(s), line = sk_mine_one_line(&cx.arena, s);
    sk_assert(number.n <= s.n && line.n <= s.n);
    sk_assert(sk_mine_paragraphs(&cx.arena, s).n <= s.n);
    (void)sk_mine_says_false(s);
    (void)sk_mine_date_after(&cx, s, words, 3);
    sk_ctx_done(&cx);
    return 0;
}
