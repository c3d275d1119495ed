/* Suggestions made by hand, for tests that need no reading. */
#ifndef SK_TESTS_SUGGEST_FIXTURE_H
#define SK_TESTS_SUGGEST_FIXTURE_H

#include "fixture.h"

#include "record/review.h"

/* Invented, like everybody in these tests. */
static const char story[] = "Guards beat Hwang Sun-ok in May 2023.\n"
                            "Later they took her to Camp 9.\n"
                            "A witness named Min Jae-seo told it.\n";

static inline sk_suggestion_set set_of(sk_suggestion *list, size_t n)
{
    return (sk_suggestion_set){.suggestions = list, .n_suggestions = n};
}

static inline sk_party *exhibit_speaks(fixture *f)
{
    sk_party *p = sk_new(&f->cx.arena, sk_party);
    p->is_exhibit = true;
    return p;
}

/* Frame of a suggestion at the words of `text`. */
static inline sk_suggestion suggest(fixture *f, const sk_hash *x, const char *text,
                                    const char *words, sk_suggest_kind kind, unsigned tier,
                                    const char *rule)
{
    size_t at = sk_str_find(sk_str_of(text), sk_str_of(words));
    assert_true(at != SIZE_MAX);
    size_t from = at, to = at;
    while (from && text[from - 1] != '\n')
        from--;
    while (text[to] && text[to] != '\n')
        to++;
    return (sk_suggestion){.exhibit = *x,
                           .kind = kind,
                           .tier = tier,
                           .rule = sk_str_of(rule),
                           .lexicon = SK_S("lists-1"),
                           .origin = SK_S("rule"),
                           .modality = SK_S("asserted"),
                           .start = at,
                           .end = at + strlen(words),
                           .passage = from,
                           .passage_end = to,
                           .chain = exhibit_speaks(f),
                           .n_chain = 1,
                           .lang = SK_S("en")};
}

static inline sk_suggestion suggest_name(fixture *f, const sk_hash *x, const char *text,
                                         const char *name, unsigned tier, const char *rule)
{
    sk_suggestion s = suggest(f, x, text, name, SK_SUGGEST_NAME, tier, rule);
    sk_proposal *p = sk_new(&f->cx.arena, sk_proposal);
    *p = (sk_proposal){.type = SK_S("Person"),
                       .prop = SK_S("name"),
                       .kind = SK_VALUE_NAME,
                       .value = sk_str_of(name),
                       .start = s.start,
                       .end = s.end};
    s.subject = (sk_party){.type = SK_S("Person"),
                           .name = sk_str_of(name),
                           .is_name = true,
                           .start = s.start,
                           .end = s.end};
    s.proposals = p;
    s.n_proposals = 1;
    sk_suggestion_identify(&f->cx, &s);
    return s;
}

/* Who did what to whom: beating of the person named whom (a piece of the text), by candidates "they". */
static inline sk_suggestion suggest_act(fixture *f, const sk_hash *x, const char *text,
                                        const char *trigger, const char *whom, const char *rule)
{
    sk_suggestion s = suggest(f, x, text, trigger, SK_SUGGEST_ACT, 2, rule);
    size_t at = sk_str_find(sk_str_of(text), sk_str_of(whom));
    sk_proposal *p = sk_new_array(&f->cx.arena, sk_proposal, 3);
    p[0] = (sk_proposal){.type = SK_S("Act"),
                         .prop = SK_S("act"),
                         .kind = SK_VALUE_TERM,
                         .value = SK_S("body.beating"),
                         .words = sk_str_of(trigger),
                         .start = s.start,
                         .end = s.end};
    p[1] = (sk_proposal){.type = SK_S("Act"),
                         .prop = SK_S("victim"),
                         .kind = SK_VALUE_ENTITY,
                         .start = at,
                         .end = at + strlen(whom)};
    p[1].party = (sk_party){.type = SK_S("Person"),
                            .name = sk_str_of(whom),
                            .is_name = true,
                            .start = at,
                            .end = at + strlen(whom)};
    p[2] = (sk_proposal){.type = SK_S("Act"),
                         .prop = SK_S("perpetrator"),
                         .kind = SK_VALUE_ENTITY,
                         .is_candidate = true};
    p[2].party = (sk_party){.type = SK_S("Population"), .name = SK_S("Guards")};
    s.subject = (sk_party){.type = SK_S("Act")};
    s.proposals = p;
    s.n_proposals = 3;
    sk_suggestion_identify(&f->cx, &s);
    return s;
}

static inline void put_set(fixture *f, const sk_hash *x, const char *origin, const char *version,
                           sk_suggestion_set set)
{
    OK(f, sk_index_begin(&f->cx, f->cx.index));
    OK(f, sk_suggest_put(&f->cx, f->cx.index, x, sk_str_of(origin), sk_str_of(version), &set));
    OK(f, sk_index_end(&f->cx, f->cx.index));
    fixture_view_as(f, "", "work");
}

static inline void put_all(fixture *f, const sk_hash *x, sk_suggestion *list, size_t n)
{
    put_set(f, x, "rule", "v1", set_of(list, n));
}

static inline sk_review *open_review(fixture *f)
{
    sk_review *rv;
    OK(f, sk_review_open(&f->cx, f->view, &rv));
    return rv;
}

static inline sk_suggestion get(fixture *f, const sk_hash *id)
{
    sk_suggestion s;
    OK(f, sk_review_get(&f->cx, open_review(f), id, &s));
    return s;
}

static inline sk_decision confirm(fixture *f, const sk_suggestion *s, const sk_edit *edits,
                                  size_t n)
{
    sk_decision d;
    OK(f, sk_review_confirm(&f->cx, open_review(f), s, edits, n, &d));
    fixture_commit(f);
    return d;
}

static inline sk_decision reject(fixture *f, const sk_suggestion *list, size_t n)
{
    sk_decision d;
    OK(f, sk_review_reject(&f->cx, open_review(f), list, n, SK_NONE, &d));
    fixture_commit(f);
    return d;
}

static inline sk_claim claim_at(fixture *f, const sk_decision *d, size_t i)
{
    sk_claim_row row;
    assert_true(i < d->n_entries);
    OK(f, sk_claim_find(&f->cx, f->view, sk_hash_hex(&f->cx.arena, &d->entries[i]), &row));
    return row.claim;
}

#endif
