/* The evidence for screening: strict about what contradicts.
 *
 * "Can these spellings write one name?" is asked of pairs that somebody put side by side. A
 * screening asks it of millions of pairs, among them brothers and sons who share all names but one;
 * so a word left on both sides, and a given name left out in front, count heavily here. */
#include "name/name_private.h"

#include <math.h>

#define ASKED_FROM    1.0f /* weaker evidence stays as weak as it is              */
#define ACROSS        2.5f /* nats that names of two scripts must show beforehand */
#define ACROSS_UNITS  1.5f /* the same where syllables or characters were met     */
#define CONTRADICTING 3.5f /* a word left on both sides                           */
#define READINGS \
    -1.1f                   /* only the surname agrees, and the given names do not contradict:
                                to be looked at when more agrees */
#define GIVEN_LEFT_OUT 3.0f /* "Umar Sabawi ..." is a son of "Sabawi ..."          */

/* The first word of one side met nothing, and that of the other met a later one. */
static bool given_is_left_out(const sk_name *a, const sk_name *b)
{
    sk_edit_pairing pair[2 * SK_EDIT_TOKENS];
    unsigned n = sk_edit_explain(sk_edit_shipped(), sk_name_edit(a), sk_name_edit(b), pair);
    int first_a = -1, first_b = -1, met_a = -1, met_b = -1;

    for (unsigned i = 0; i < n; i++) {
        if (pair[i].token_a >= 0 && (first_a < 0 || pair[i].token_a < first_a)) {
            first_a = pair[i].token_a;
            met_a = pair[i].token_b;
        }
        if (pair[i].token_b >= 0 && (first_b < 0 || pair[i].token_b < first_b)) {
            first_b = pair[i].token_b;
            met_b = pair[i].token_a;
        }
    }
    return (met_a < 0) != (met_b < 0);
}

static float across_scripts(const sk_parts *p, const sk_name *a, const sk_name *b,
                            const sk_name_score *s)
{
    float e = (float)s->evidence;
    bool by_units = s->won >= SK_HYP_KO && s->won <= SK_HYP_HAN;
    unsigned left = p->edit.left_a < p->edit.left_b ? p->edit.left_a : p->edit.left_b;

    if (by_units)
        return e - ACROSS_UNITS;
    e -= ACROSS;
    if (e + ACROSS < ASKED_FROM)
        return e;
    e -= CONTRADICTING * (float)left;
    if (a->n_token > 1 && b->n_token > 1 && given_is_left_out(a, b))
        e -= GIVEN_LEFT_OUT;
    return e;
}

static float by_accounts(const sk_parts *p, const sk_name *a, const sk_name *b,
                         const sk_name_score *s)
{
    bool one_script = a->main_script == b->main_script;

    if (p->by_rule)
        return (float)s->evidence;
    if (one_script && p->words.applicable) {
        bool korean = p->is_korean_latin && (float)s->evidence > p->words.evidence;
        return korean ? (float)s->evidence : p->words.evidence;
    }
    float e = across_scripts(p, a, b, s);
    bool body = p->regime == SK_REGIME_BODY && p->words.applicable;
    return body && p->words.evidence > e ? p->words.evidence : e;
}

float sk_strict_evidence(const sk_parts *p, const sk_name *a, const sk_name *b,
                         const sk_name_score *s)
{
    float e = by_accounts(p, a, b, s);

    return (p->shares_kanji || p->shares_surname) && e < READINGS ? READINGS : e;
}
