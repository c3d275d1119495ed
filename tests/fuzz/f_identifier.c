/* A number or a country's name as a source may write it: entering it twice is entering it once, what
 * is canonical checks as what it came from, and nothing that was written is lost. */
#include "base/utf8.h"
#include "record/country.h"
#include "record/identifier.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_scheme(sk_arena *a, sk_scheme scheme, sk_str text)
{
    sk_str prop = sk_str_of(sk_scheme_get(scheme)->prop), value = text, words = SK_NONE;
    sk_id_verdict before = sk_identifier_check(a, scheme, text);
    sk_assert(before.reason.n > 0);
    if (before.verdict != SK_ID_OPAQUE)
        sk_assert((before.verdict == SK_ID_FORM_WRONG) == (before.canonical.n == 0));
    sk_identifier_enter(a, prop, &value, &words);
    sk_assert(sk_str_eq(value, text) || sk_str_eq(words, text)); /* the source's words stay */
    sk_str again = value, same_words = words;
    sk_identifier_enter(a, prop, &again, &same_words);
    sk_assert(sk_str_eq(again, value) && sk_str_eq(same_words, words));
    if (before.canonical.n && before.verdict != SK_ID_OPAQUE) {
        sk_id_verdict after = sk_identifier_check(a, scheme, before.canonical);
        sk_assert(after.verdict == before.verdict);
        sk_assert(sk_str_eq(after.canonical, before.canonical));
        sk_assert(sk_str_eq(sk_identifier_compact(a, before.canonical),
                            sk_identifier_compact(a, after.canonical)));
    }
    sk_assert(!before.country.n || sk_country_of_code(before.country));
}

static void check_country(sk_arena *a, sk_str text)
{
    sk_str value = text, words = SK_NONE;
    sk_str warning = sk_country_enter(a, &value, &words);
    const sk_country *c = sk_country_find(text);
    sk_assert((c != NULL) == (warning.n == 0));
    if (!c) {
        sk_assert(sk_str_eq(value, text) && words.n == 0);
        return;
    }
    sk_assert(sk_str_eq(value, c->code) && (sk_str_eq(text, value) || sk_str_eq(words, text)));
    sk_assert(sk_country_enter(a, &value, &words).n == 0 && sk_str_eq(value, c->code));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_str text = {(const char *)data, size};
    sk_id_verdict all[SK_SCHEMES];
    if (size <= 4096 && sk_utf8_enter(&cx, text, "text", &text) == SK_OK) {
        for (int i = 0; i < SK_SCHEMES; i++)
            check_scheme(&cx.arena, (sk_scheme)i, text);
        sk_assert(sk_identifier_verdicts(&cx.arena, text, all) <= SK_SCHEMES);
        sk_str compact = sk_identifier_compact(&cx.arena, text);
        sk_assert(compact.n <= text.n * 18 + 18); /* folding may lengthen, by no more than that */
        check_country(&cx.arena, text);
    }
    sk_ctx_done(&cx);
    return 0;
}
