/* The stored body of a suggestion, as a damaged index may hold it: it is refused, or what it says is
 * within bounds and packs to a body that says the same. */
#include "record/suggest_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_span(size_t start, size_t end)
{
    sk_assert(start <= end && end <= SK_LIM_TEXT_BYTES);
}

static void check_within(sk_str part, sk_str whole)
{
    sk_assert(!part.n || (part.p >= whole.p && part.p + part.n <= whole.p + whole.n));
}

static void check_party(const sk_party *p, sk_str body)
{
    check_span(p->start, p->end);
    check_within(p->type, body);
    check_within(p->name, body);
}

static void check_bounds(const sk_suggestion *s, sk_str body)
{
    sk_assert(s->n_proposals >= 1 && s->n_proposals <= SK_LIM_SUGGEST_PROPOSALS);
    sk_assert(s->n_chain >= 1 && s->n_chain <= SK_LIM_CHAIN);
    check_party(&s->subject, body);
    for (size_t i = 0; i < s->n_chain; i++)
        check_party(&s->chain[i], body);
    for (size_t i = 0; i < s->n_proposals; i++) {
        const sk_proposal *p = &s->proposals[i];
        sk_assert((unsigned)p->kind < SK_VALUE_TYPES);
        sk_assert((unsigned)p->quantity.qualifier < SK_QUALIFIERS);
        check_span(p->start, p->end);
        check_party(&p->party, body);
        check_within(p->value, body);
        check_within(p->words, body);
        check_within(p->measure, body);
    }
    check_span(s->cue, s->cue_end);
    check_within(s->said, body);
    check_within(s->lexicon, body);
}

static sk_str packed(sk_ctx *cx, const sk_suggestion *s)
{
    sk_buf b;
    sk_buf_init(&b, SK_LIM_SUGGEST_BYTES);
    sk_suggestion__pack(&b, s);
    sk_assert(!b.overflow);
    sk_str body = sk_str_copy(&cx->arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return body;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_str body = {(const char *)data, size};
    sk_suggestion s = {0}, again = {0};
    if (size > SK_KIB(64)) {
        sk_ctx_done(&cx);
        return 0;
    }
    if (sk_suggestion__unpack(&cx, body, &s)) {
        sk_assert(cx.rc == SK_E_INTEGRITY);
    } else {
        check_bounds(&s, body);
        sk_str once = packed(&cx, &s);
        sk_assert(sk_suggestion__unpack(&cx, once, &again) == SK_OK);
        sk_assert(sk_str_eq(packed(&cx, &again), once));
        sk_suggestion_identify(&cx, &s);
        sk_suggestion_identify(&cx, &again);
        sk_assert(sk_hash_eq(&s.id, &again.id));
    }
    sk_ctx_done(&cx);
    return 0;
}
