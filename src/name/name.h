/* Names: the same person, body, ship or place, however spelled, and why.
 *
 * A name is prepared once and compared often. A prepared name is one flat run of bytes without
 * pointers, so that an index can store it and map it again; it holds the form, a romanised line for
 * scanning, the readings it can stand for in Korean, Mandarin, Cantonese and Japanese, and what the
 * comparers of bodies, ships and places need.
 *
 * A score says how much likelier the two spellings are if they write one name than if they do not.
 * It says nothing of persons: a name alone never merges anybody.
 *
 * Invariants: comparing is symmetric; a name equals itself; no model server, no I/O, no clock.
 * Threads: pure functions over constant tables. */
#ifndef SK_NAME_NAME_H
#define SK_NAME_NAME_H

#include "name/form.h"

typedef enum sk_name_kind {
    SK_NAME_ANY, /* not said: a person unless it looks like a body */
    SK_NAME_PERSON,
    SK_NAME_ORGANIZATION,
    SK_NAME_VESSEL,
    SK_NAME_PLACE,
} sk_name_kind;

/* Which account of the two spellings won. */
typedef enum sk_hypothesis {
    SK_HYP_NONE,   /* nothing in common                                    */
    SK_HYP_SAME,   /* the same letters, or equal but for case and marks    */
    SK_HYP_KO,     /* one Korean name                                      */
    SK_HYP_ZH,     /* one Mandarin name                                    */
    SK_HYP_YUE,    /* one Cantonese name                                   */
    SK_HYP_JA,     /* one Japanese name                                    */
    SK_HYP_HAN,    /* the same Han characters or their variants            */
    SK_HYP_EDIT,   /* letter by letter, learned weights of the script pair */
    SK_HYP_TOKENS, /* same script: word by word (initials, nicknames, order) */
    SK_HYP_ORGANIZATION,
    SK_HYP_VESSEL,
    SK_HYP_PLACE,
    SK_HYP_READINGS, /* Japanese: two readings of one character: may be, no more  */
    SK_HYP_SURNAME,  /* Chinese: the surname, beside a given name of another language */
    SK_HYP_COUNT
} sk_hypothesis;

/* Stable short name: "ko", "edit", "tokens". */
const char *sk_hypothesis_name(sk_hypothesis h);

/* For people: what two names are by it, "one Korean name". */
const char *sk_hypothesis_label(sk_hypothesis h);

typedef struct sk_name sk_name;

/* Rare words say more than common ones. A list's own counts, or NULL for the built-in ones. */
typedef struct sk_rarity {
    /* Natural log of (names in all / names that hold the folded word); may be NULL. */
    double (*idf)(const void *arg, const uint32_t *cp, unsigned n);
    const void *arg;
} sk_rarity;

typedef struct sk_name_score {
    double p;        /* 0..1 that both write one name, at even odds before looking; never exactly 1
                        but for equal raw bytes that nothing was cut from */
    double evidence; /* natural log of the likelihood ratio; p = 1 / (1 + exp(-evidence)) */
    sk_hypothesis won, second;
    double second_p; /* of the best hypothesis that lost */
    float strict;    /* evidence in nats for screening: strict about words that contradict */
} sk_name_score;

/* Prepare one name.
 * raw   as written, any bytes up to SK_LIM_NAME_BYTES
 * Owner: the arena. Errors: none; a longer name is cut and says so (sk_name_is_cut). Cost: tens of
 * microseconds. */
const sk_name *sk_name_prepare(sk_arena *a, sk_str raw, sk_name_kind kind);

size_t sk_name_size_bytes(const sk_name *n);
sk_str sk_name_raw(const sk_name *n);
sk_name_kind sk_name_kind_of(const sk_name *n);

/* Some comparer does not see all of the name: bytes, letters or words at its end, or it is too long
 * to be read in syllables or characters. */
bool sk_name_is_cut(const sk_name *n);

/* Changes whenever prepared names of another build cannot be compared with this one's. */
uint64_t sk_name_tables_id(void);

/* Compare two prepared names. rarity may be NULL. Cost: no allocation; microseconds. */
void sk_name_compare(const sk_name *a, const sk_name *b, const sk_rarity *rarity,
                     sk_name_score *ret_score);

/* Nats of information in a name: how rare its words are together. "Kim Yong Chol" holds little,
 * a long name of rare words much; a match tells no more than that. Cost: below 0.1 us. */
double sk_name_information(const sk_name *n, const sk_rarity *rarity);

/* Keys under which a name is found again: two spellings of one name most likely share one.
 * keys   room for SK_NAME_KEYS; returns how many. */
#define SK_NAME_KEYS 32
unsigned sk_name_keys(const sk_name *n, uint64_t keys[SK_NAME_KEYS]);

/* The romanised line(s) of a name for the scan: letters 1..26, 0 between tokens, at most 32.
 * Returns how many lines (1 or 2: written order, other order). */
#define SK_ROMAN_LETTERS 32
typedef struct sk_roman {
    uint8_t n;
    uint8_t script; /* sk_script it came from: chooses the weights */
    uint8_t letter[SK_ROMAN_LETTERS];
} sk_roman;
unsigned sk_name_roman(const sk_name *n, sk_roman ret_line[2]);

/* One step of an explanation: which part of a met which part of b, how, at what cost. */
typedef struct sk_name_step {
    sk_str a, b; /* as written; empty: nothing met it             */
    sk_str unit; /* latent unit or word between them: "정", "zheng" */
    sk_str how;  /* "North Korean ㅓ = o", "initial", "variant of" */
    double cost; /* in nats; 0: as expected                       */
} sk_name_step;

typedef struct sk_name_losing {
    sk_hypothesis hypothesis;
    double p;
    sk_str why; /* one line: "Mandarin \"Jin Zheng'en\": 5.9 nats a unit" */
} sk_name_losing;

typedef struct sk_name_explanation {
    sk_name_score score;
    const sk_name_step *step;
    size_t n_step;
    const sk_name_losing *losing;
    size_t n_losing;
    sk_str note; /* which side was guessed, what was cut; may be empty */
} sk_name_explanation;

/* Compare and say why. Owner: arena. */
void sk_name_explain(sk_arena *a, const sk_name *x, const sk_name *y, const sk_rarity *rarity,
                     sk_name_explanation *ret_why);

/* What a spelling can stand for in one language. */
typedef struct sk_name_reading {
    sk_hypothesis language; /* KO, ZH, YUE or JA         */
    sk_str text;            /* 김정은; "jin zheng en"; kim2 zing3 jan1; きむら */
    double cost;            /* nats above the best of the language */
} sk_name_reading;

/* Readings, cheapest first within each language. Owner: arena. */
void sk_name_decode(sk_arena *a, const sk_name *n, const sk_name_reading **ret_readings,
                    size_t *ret_n);

#endif
