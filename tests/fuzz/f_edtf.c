/* Dates, their words and weekdays: whatever is read keeps its text, sorts, prints and is read again. */
#include "base/edtf.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(sk_ctx *cx, const sk_edtf *e)
{
    sk_edtf again;
    sk_assert(e->earliest <= e->latest && (e->n_parts > 0 || e->kind == SK_EDTF_UNKNOWN));
    sk_assert(sk_edtf_parse(cx, e->text, &again) == SK_OK);
    sk_assert(sk_str_eq(again.text, e->text) && sk_edtf_cmp(e, &again) == 0);
    sk_assert(e->kind == SK_EDTF_UNKNOWN || sk_edtf_overlaps(e, &again));
    sk_days wide = sk_edtf_loose_days(e);
    sk_assert(wide.earliest <= e->earliest && wide.latest >= e->latest);
    for (int lang = 0; lang < SK_LANGS; lang++) {
        sk_str words = sk_edtf_format(&cx->arena, e, (sk_lang)lang);
        sk_assert(words.n && sk_utf8_find_bad(words) == SIZE_MAX);
        sk_rc rc = sk_edtf_from_words(cx, words, &again);
        bool is_same = rc == SK_OK && sk_str_eq(again.text, e->text);
        sk_assert(is_same || rc == SK_E_LIMIT || sk_str_find(e->text, SK_S("Y")) != SIZE_MAX);
        sk_forgive(cx);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_ctx cx;
    sk_edtf e;
    sk_str text = {(const char *)data, size}, warning;
    sk_ctx_init(&cx);
    if (!sk_edtf_parse(&cx, text, &e))
        check(&cx, &e);
    sk_assert((cx.rc == SK_OK) == (cx.message[0] == '\0'));
    sk_forgive(&cx);
    if (!sk_edtf_from_words(&cx, text, &e)) {
        check(&cx, &e);
        (void)sk_weekday_check(&cx.arena, text, &e, &warning);
    }
    sk_forgive(&cx);
    sk_assert(sk_edtf_parse(&cx, SK_S("2024-06-12"), &e) == SK_OK);
    (void)sk_weekday_check(&cx.arena, text, &e, &warning);
    sk_ctx_done(&cx);
    return 0;
}
