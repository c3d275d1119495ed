#include "read/assist/doubts.h"

#include "base/utf8.h"
#include "read/reading_private.h"

static bool is_doubtful(const sk_reader *x, const sk_match *m)
{
    static const char *const ids[] = {"not",    "possible", "hypothetical", "risk",
                                      "threat", "call",     "planned",      "almost",
                                      "untrue", "disowned", "permits",      "bids"};
    for (size_t i = 0; i < SK_COUNT(ids); i++)
        if (m->layer == SK_LAYER_MARK && sk_match_is(x, m, ids[i]))
            return true;
    const uint64_t unsure = SK_ATTR(THINK) | SK_ATTR(PLAN) | SK_ATTR(THREAT) | SK_ATTR(DENY);
    return m->layer == SK_LAYER_CUE && sk_match_entry(x, m)->attrs & unsure;
}

/* "3 May": a word inside a date is none of these. */
static bool is_in_date(const sk_reader *x, const sk_reading *r, const sk_match *m)
{
    sk_span s = sk_span_of(x, m->first, m->first + m->n);
    for (size_t i = 0; i < r->n_dates; i++)
        if (sk_span_overlaps(s, r->dates[i].span))
            return true;
    return false;
}

bool sk_sentence_has_doubt(sk_ctx *cx, const sk_lexicon *lex, const sk_reading *r, size_t sentence)
{
    const sk_read_sentence *s = &r->sentences[sentence];
    sk_reader x = {.cx = cx, .a = &cx->arena, .lex = lex, .text = r->text};
    x.lang = (sk_read_lang)s->lang;
    sk_pass_tokens(&x, s->span.from, s->span.to);
    sk_pass_match(&x);
    bool found = false;
    for (size_t i = 0; i < x.n_matches && !found; i++)
        found = is_doubtful(&x, &x.matches[i]) && !is_in_date(&x, r, &x.matches[i]);
    for (size_t i = 0; i < x.n_items && !found; i++) {
        sk_str word = sk_item_text(&x, &x.items[i]);
        found = sk_str_is(word, "?") || sk_str_is(word, "？");
    }
    sk_arena_done(&x.scratch);
    return found;
}

bool sk_is_pronoun(sk_ctx *cx, const sk_lexicon *lex, sk_str word)
{
    uint32_t id = sk_lexicon_word(lex, sk_utf8_fold(&cx->arena, word));
    return sk_lexicon_pos(lex, id) & (SK_POS_PRON | SK_POS_POSSPRON);
}
