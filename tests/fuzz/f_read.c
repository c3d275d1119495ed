/* Reading any text: spans lie in it, indexes in their lists, and two readings are the same bytes. */
#include "base/utf8.h"
#include "read/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_span(sk_span s, size_t size)
{
    sk_assert(s.from <= s.to && s.to <= size);
}

static void check_slots(const sk_slot *slots, uint8_t n, const sk_reading *r)
{
    for (uint8_t i = 0; i < n; i++) {
        check_span(slots[i].span, r->text.n);
        sk_assert(slots[i].entity < (int32_t)r->n_entities);
    }
}

static void check(const sk_reading *r)
{
    for (size_t i = 0; i < r->n_mentions; i++) {
        check_span(r->mentions[i].span, r->text.n);
        sk_assert(r->mentions[i].entity >= 0 && (size_t)r->mentions[i].entity < r->n_entities);
    }
    for (size_t i = 0; i < r->n_dates; i++)
        check_span(r->dates[i].span, r->text.n);
    for (size_t i = 0; i < r->n_quantities; i++)
        check_span(r->quantities[i].span, r->text.n);
    for (size_t i = 0; i < r->n_attributions; i++) {
        check_span(r->attributions[i].content, r->text.n);
        sk_assert(r->attributions[i].via < (int32_t)r->n_attributions);
    }
    for (size_t i = 0; i < r->n_events; i++) {
        const sk_found_event *e = &r->events[i];
        check_span(e->trigger, r->text.n);
        check_slots(e->actor, e->n_actor, r);
        check_slots(e->target, e->n_target, r);
        sk_assert(e->same_as < (int32_t)i && e->modality < SK_MODALITIES);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const langs[] = {"", "en", "ko", "zh", "ja", "ru"};
    sk_ctx cx;
    const sk_lexicon *lex;
    sk_reading *r, *again;
    sk_buf a, b;
    sk_str text = {(const char *)data, size};
    sk_ctx_init(&cx);
    sk_assert(!sk_lexicon_builtin(&cx, &lex));
    sk_read_options options = {.lang = sk_str_of(langs[size % 6]), .written = SK_S("2020-02-29")};
    sk_buf_init(&a, SK_MIB(64));
    sk_buf_init(&b, SK_MIB(64));
    if (!sk_reading_from_text(&cx, lex, text, &options, &r) &&
        !sk_reading_from_text(&cx, lex, text, &options, &again)) {
        check(r);
        sk_reading_write(&cx, r, SK_NONE, 4, &a);
        sk_reading_write(&cx, again, SK_NONE, 4, &b);
        sk_assert(sk_str_eq(sk_buf_str(&a), sk_buf_str(&b)));
        sk_assert(sk_utf8_find_bad(sk_buf_str(&a)) == SIZE_MAX);
    }
    sk_buf_done(&a);
    sk_buf_done(&b);
    sk_ctx_done(&cx);
    return 0;
}
