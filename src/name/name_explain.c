/* Why two names were or were not taken for one: the steps of the account that won, and a line on
 * each that lost. */
#include "name/name.h"

#include "name/name_private.h"

#include "base/utf8.h"

#include <math.h>

/* Both names in the order asked for, taken apart again, and what the comparers found. */
typedef struct explainer {
    sk_arena *arena;
    const sk_name *x, *y;
    const sk_rarity *rarity;
    sk_form form_x, form_y; /* what was spelled: the rest, for bodies */
    sk_form whole_x, whole_y;
    sk_parts parts;
    sk_evidence evidence;
    sk_name_step *step;
    size_t n_step, cap_step;
} explainer;

static void add_step(explainer *e, sk_name_step step)
{
    SK_GROW(e->arena, e->step, e->n_step, e->cap_step);
    e->step[e->n_step++] = step;
}

/* What was written for a token and so many behind it. */
static sk_str written(const sk_form *f, int token, unsigned more)
{
    if (token < 0 || (unsigned)token >= f->n_token)
        return SK_NONE;
    unsigned last = (unsigned)token + more < f->n_token ? (unsigned)token + more : f->n_token - 1;
    unsigned at = f->token[token].raw_at;
    return sk_str_sub(f->raw, at, f->token[last].raw_at + f->token[last].raw_n - at);
}

/* ---- letter by letter ---- */

static sk_str how_letters(const sk_edit_pairing *p)
{
    if (p->token_a < 0 || p->token_b < 0)
        return SK_S("met nothing");
    if (p->mean >= 1.5f)
        return SK_S("spelled as expected");
    return p->mean >= 0.7f ? SK_S("spelled in a less common way") : SK_S("spelled unlike");
}

static void explain_letters(explainer *e)
{
    sk_edit_pairing pairing[2 * SK_EDIT_TOKENS];
    unsigned n =
        sk_edit_explain(sk_edit_shipped(), sk_name_edit(e->x), sk_name_edit(e->y), pairing);

    for (unsigned i = 0; i < n; i++) {
        const sk_edit_pairing *p = &pairing[i];
        double cost = fmax(0, 2 - (double)p->mean);
        add_step(e, (sk_name_step){.a = written(&e->form_x, p->token_a, p->more_a),
                                   .b = written(&e->form_y, p->token_b, p->more_b),
                                   .how = how_letters(p),
                                   .cost = cost});
    }
}

/* ---- the rest ---- */

static void add_steps(explainer *e, const sk_name_step *step, size_t n)
{
    for (size_t i = 0; i < n; i++)
        add_step(e, step[i]);
}

static void explain_characters(explainer *e)
{
    const sk_name_step *step = NULL;
    size_t n = sk_latent_explain_same(e->arena, &e->form_x, &e->form_y, sk_name_latent(e->x),
                                      sk_name_latent(e->y), &step);

    add_steps(e, step, n);
}

/* The words of a name that are no form of address. */
static sk_str word_at(const sk_form *f, unsigned n)
{
    for (unsigned i = 0; i < f->n_token; i++)
        if (!(f->token[i].flags & SK_TOKEN_HONORIFIC) && n-- == 0)
            return written(f, (int)i, 0);
    return SK_NONE;
}

static void explain_readings(explainer *e)
{
    sk_shared_kanji shared;
    char unit[8];

    if (!sk_latent_shares_kanji(sk_name_latent(e->x), sk_name_latent(e->y), &shared))
        return;
    size_t n = sk_utf8_put(shared.kanji, unit);
    unsigned a = shared.given_a, b = shared.given_b;
    add_step(e, (sk_name_step){.a = word_at(&e->form_x, 1 - a),
                               .b = word_at(&e->form_y, 1 - b),
                               .how = SK_S("the same word")});
    sk_str how =
        shared.n > 1
            ? sk_fmt(e->arena, "two readings of one character; %u are read both ways", shared.n)
            : SK_S("two readings of one character");
    add_step(e, (sk_name_step){.a = word_at(&e->form_x, a),
                               .b = word_at(&e->form_y, b),
                               .unit = sk_fmt(e->arena, "%.*s", (int)n, unit),
                               .how = how});
}

static void explain_account(explainer *e, sk_account account)
{
    const sk_name_step *step = NULL;
    size_t n;

    if (account == SK_ACCOUNT_EDIT) {
        explain_letters(e);
    } else if (account == SK_ACCOUNT_WORDS) {
        n = sk_words_explain(e->arena, &e->whole_x, &e->whole_y, sk_name_words(e->x),
                             sk_name_words(e->y), e->rarity, &step);
        add_steps(e, step, n);
    } else {
        n = sk_latent_explain(e->arena, &e->form_x, &e->form_y, sk_name_latent(e->x),
                              sk_name_latent(e->y), (sk_latent_lang)account, &step);
        add_steps(e, step, n);
    }
}

static sk_str why_lost(const explainer *e, sk_account account)
{
    const sk_words_result *w = &e->parts.words;

    if (account == SK_ACCOUNT_EDIT)
        return sk_fmt(e->arena, "letter by letter: %.1f nats a letter, %u words left over",
                      (double)e->parts.edit.mean, e->parts.edit.left_a + e->parts.edit.left_b);
    if (account == SK_ACCOUNT_WORDS)
        return sk_fmt(e->arena, "word by word: %u equal, %u spelled alike, %u different",
                      w->n_equal, w->n_spelled + w->n_nick + w->n_initial + w->n_joined,
                      w->n_different);
    return sk_latent_losing(e->arena, sk_name_latent(e->x), sk_name_latent(e->y),
                            (sk_latent_lang)account);
}

static void list_losing(explainer *e, int winner, sk_name_explanation *why)
{
    sk_name_losing *l = sk_new_array(e->arena, sk_name_losing, SK_ACCOUNTS);
    size_t n = 0;

    for (int i = 0; i < SK_ACCOUNTS; i++) {
        if (i == winner || !e->evidence.applies[i])
            continue;
        sk_name_losing one = {.hypothesis = sk_account_hypothesis(&e->parts, (sk_account)i),
                              .p = 1 / (1 + exp(-(double)e->evidence.own[i])),
                              .why = why_lost(e, (sk_account)i)};
        size_t at = n++;
        for (; at > 0 && l[at - 1].p < one.p; at--)
            l[at] = l[at - 1];
        l[at] = one;
    }
    why->losing = l;
    why->n_losing = n;
}

static const char *language_name(unsigned lang)
{
    static const char *const NAME[SK_LATENT_LANGS] = {"Korean", "Mandarin", "Cantonese",
                                                      "Japanese"};

    return NAME[lang];
}

static sk_str note_of(const explainer *e, int winner)
{
    unsigned what = e->x->is_cut | e->y->is_cut;
    sk_str cut = SK_NONE;

    if (what & SK_CUT_END)
        cut = SK_S("a name was longer than is compared; its end was left out. ");
    else if (what & SK_CUT_UNITS)
        cut = SK_S("a name was too long to be read in syllables or characters. ");
    if (winner < 0 || winner >= SK_LATENT_LANGS)
        return cut;
    const sk_latent_result *r = &e->parts.latent[winner];
    if (r->rivals < 2)
        return cut;
    return sk_fmt(e->arena, "%.*sthe spelled side can stand for about %u %s names", SK_P(cut),
                  r->rivals, language_name((unsigned)winner));
}

static void read_forms(const sk_name *n, sk_form *whole, sk_form *spelled)
{
    sk_form_read(sk_name_raw(n), whole);
    if (sk_name_spelled(whole, sk_name_kind_of(n), spelled) == whole)
        *spelled = *whole;
}

void sk_name_explain(sk_arena *a, const sk_name *x, const sk_name *y, const sk_rarity *rarity,
                     sk_name_explanation *ret_why)
{
    explainer *e = sk_new(a, explainer);
    bool swapped = sk_name_stands_second(x, y);
    sk_name_explanation why = {0};

    *e = (explainer){.arena = a, .x = x, .y = y, .rarity = rarity};
    read_forms(x, &e->whole_x, &e->form_x);
    read_forms(y, &e->whole_y, &e->form_y);
    const sk_name *first = swapped ? y : x, *other = swapped ? x : y;
    sk_parts_find(sk_edit_shipped(), first, other, rarity, &e->parts);
    sk_combine(sk_combine_shipped(), &e->parts, &why.score, &e->evidence);
    why.score.strict = sk_strict_evidence(&e->parts, first, other, &why.score);
    int winner = -1;
    if (why.score.won == SK_HYP_SURNAME) {
        add_step(e, (sk_name_step){.a = e->form_x.raw,
                                   .b = e->form_y.raw,
                                   .how = SK_S("one surname; the given name is of another "
                                               "language and says nothing")});
        list_losing(e, -1, &why);
    } else if (why.score.won == SK_HYP_READINGS) {
        explain_readings(e);
        list_losing(e, -1, &why);
    } else if (e->parts.by_rule) {
        explain_characters(e);
    } else {
        int second;
        winner = sk_evidence_winner(&e->evidence, &second);
        if (winner >= 0)
            explain_account(e, (sk_account)winner);
        list_losing(e, winner, &why);
    }
    why.step = e->step;
    why.n_step = e->n_step;
    why.note = note_of(e, winner);
    *ret_why = why;
}

void sk_name_decode(sk_arena *a, const sk_name *n, const sk_name_reading **ret_readings,
                    size_t *ret_n)
{
    *ret_n = sk_latent_decode(a, sk_name_latent(n), ret_readings);
}
