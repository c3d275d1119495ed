/* What a model server sends: the reply around, and the answer inside. Whatever is kept lies in its
 * sentence, and is held no firmer than the sentence allows. First line: the answer; the rest: a text. */
#include "read/assist/doubts.h"
#include "read/assist/window.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const sk_reading *r, const sk_answer *a)
{
    sk_assert(a->n_events <= SK_WINDOW_ITEMS);
    for (size_t i = 0; i < a->n_events; i++) {
        const sk_found_event *e = &a->events[i];
        sk_assert(e->sentence.from <= e->trigger.from && e->trigger.from < e->trigger.to &&
                  e->trigger.to <= e->sentence.to && e->sentence.to <= r->text.n);
        for (uint8_t k = 0; k < e->n_actor; k++)
            sk_assert(e->actor[k].span.to <= r->text.n &&
                      e->actor[k].span.from < e->actor[k].span.to);
        sk_assert(e->tier >= 2);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_ctx cx;
    const sk_lexicon *lex;
    sk_reading *r;
    sk_window w;
    sk_str text = {(const char *)data, size}, content = SK_NONE, inner;
    uint64_t too_long = 0;
    size_t at = 0;
    if (size > SK_KIB(16))
        return 0;
    sk_ctx_init(&cx);
    sk_assert(sk_lexicon_builtin(&cx, &lex) == SK_OK);
    sk_str_cut(&text, '\n', &content);
    if (sk_answer_content(&cx, content, &inner) == SK_OK)
        content = inner;
    sk_forgive(&cx);
    if (sk_reading_from_text(&cx, lex, text, NULL, &r) == SK_OK)
        while (sk_window_next(r, &at, &w, &too_long)) {
            sk_answer a;
            sk_answer_read(&cx, lex, r, &w, content, &a);
            check(r, &a);
        }
    sk_ctx_done(&cx);
    return 0;
}
