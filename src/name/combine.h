/* One answer from many comparers: what each account of two names is worth, and all of them
 * together.
 *
 * Each account (Korean, Mandarin, Cantonese, Japanese, letter by letter, word by word) first speaks
 * for itself: a logistic over its own costs, one set of weights a pair of scripts, drawn towards a
 * common set where there is little to learn from. A second logistic weighs what they said, one set
 * a pair of scripts and regime. A cost can only lower and an agreement only raise the evidence: the
 * signs are fixed when the weights are learned. Names of one East Asian script follow rules
 * instead, character by character.
 *
 * Regimes: KOREAN when both names can be Korean personal names, since two of those that differ in
 * one syllable are different names however alike they look; BODY when either is that of a body,
 * ship or place; else GENERAL.
 *
 * The weights are learned by tools/names/train-names (docs/methods/names.md). */
#ifndef SK_NAME_COMBINE_H
#define SK_NAME_COMBINE_H

#include "name/edit.h"
#include "name/latent.h"
#include "name/name.h"
#include "name/words.h"

typedef enum sk_regime {
    SK_REGIME_GENERAL,
    SK_REGIME_KOREAN,
    SK_REGIME_BODY,
    SK_REGIMES,
} sk_regime;

/* The accounts that speak for themselves, in the order of the weights. */
typedef enum sk_account {
    SK_ACCOUNT_KO, /* the first four are those of sk_latent_lang */
    SK_ACCOUNT_ZH,
    SK_ACCOUNT_YUE,
    SK_ACCOUNT_JA,
    SK_ACCOUNT_EDIT,
    SK_ACCOUNT_WORDS,
    SK_ACCOUNTS,
} sk_account;

#define SK_OWN_FEATURES   12 /* of one account                        */
#define SK_JOINT_FEATURES 24 /* of all together                       */
#define SK_PAIR_CLASSES   24 /* unordered script pairs; 0: any other  */

typedef struct sk_combine_weights {
    float own[SK_ACCOUNTS][SK_PAIR_CLASSES][SK_OWN_FEATURES];
    float joint[SK_REGIMES][SK_PAIR_CLASSES][SK_JOINT_FEATURES];
} sk_combine_weights;

/* The weights that ship: model/name/weights.txt. */
const sk_combine_weights *sk_combine_shipped(void);

/* What the comparers found, before anything is weighed. */
typedef struct sk_parts {
    sk_latent_result latent[SK_LATENT_LANGS];
    sk_latent_same same;
    sk_edit_result edit;
    sk_words_result words;
    uint8_t script_a, script_b, pair_class, regime;
    uint8_t kind;                 /* in the regime BODY: sk_name_kind of what is compared */
    bool same_place, other_place; /* both names stand in the gazetteer */
    bool is_equal;                /* byte for byte, and nothing was cut off           */
    bool by_rule;                 /* one East Asian script: rules, not weights       */
    bool is_korean_latin;         /* both in Latin with a common Korean surname */
    bool shares_kanji;            /* given names that are two readings of one character */
    bool shares_surname;          /* Chinese; the other given name is of another language */
} sk_parts;

/* Run the comparers. a must not stand behind b in the order of sk_name_compare. */
void sk_parts_find(const sk_edit_weights *w, const sk_name *a, const sk_name *b,
                   const sk_rarity *rarity, sk_parts *ret_parts);

/* The name of a class of script pairs: "Hang-Latn", "any". */
const char *sk_pair_class_name(unsigned class);
const char *sk_account_name(sk_account account);
/* What the account says when it wins. */
sk_hypothesis sk_account_hypothesis(const sk_parts *p, sk_account account);
const char *sk_regime_name(sk_regime regime);

/* Features of an account; false when it does not apply. x[0] is 1. */
bool sk_account_features(const sk_parts *p, sk_account account, float x[SK_OWN_FEATURES]);

/* Evidence of every account in nats, and which applied. */
typedef struct sk_evidence {
    float own[SK_ACCOUNTS];
    bool applies[SK_ACCOUNTS];
} sk_evidence;
void sk_evidence_find(const sk_combine_weights *w, const sk_parts *p, sk_evidence *ret_evidence);

/* Features of all together. x[0] is 1. */
void sk_joint_features(const sk_parts *p, const sk_evidence *e, float x[SK_JOINT_FEATURES]);

/* The sign a weight must have: -1, 0 (any) or 1. */
int sk_account_sign(sk_account account, unsigned feature);
int sk_joint_sign(unsigned feature);

/* The account that explains the pair best, and the next (-1: none): letters stand behind syllables
 * or characters that are as good as sure. */
int sk_evidence_winner(const sk_evidence *e, int *ret_second);

/* Weigh everything. */
void sk_combine(const sk_combine_weights *w, const sk_parts *p, sk_name_score *ret_score,
                sk_evidence *ret_evidence);

#endif
