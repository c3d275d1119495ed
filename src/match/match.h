/* Two entities compared, feature by feature, with the reason.
 *
 * Each side lists what sources say of it: names, birth dates, countries, places, numbers and so on,
 * each with the row it comes from. The comparer takes for each feature the pair of values that
 * fits best and says what it is worth in nats (natural logarithms of likelihood ratios), for or
 * against. The sum, held between bounds, is the score.
 *
 *     name       the best pair of names; a weak alias counts less; a common name counts less
 *     identifier the same number of the same scheme decides, unless it was borne falsely
 *     birth      against only when every date of one side conflicts with every date of the other
 *     death, gender, country, place, position   likewise: best pair for, all against
 *
 * A contradiction is not an omission: what a side does not say is worth nothing, either way.
 * It knows nothing of lists, of ranking or of how likely a match is beforehand, and it merges
 * nobody: a name alone never reaches the score of a name with a birth date.
 *
 * Score: 0..1. From names alone .70 means "may well be the same name" and .97 is the ceiling,
 * reached only by long rare names; beyond it lead corroboration and numbers; 1 is never reached.
 *
 * Invariants: symmetric (sides of the evidence swap); adding a date, country, number or gender that
 * contradicts never raises the score (a further name is a further chance, no contradiction);
 * removing every value of a feature makes it worth 0.
 * Threads: pure functions. Method: docs/methods/matching.md. Tested in
 * tests/unit/match/t_match.c. */
#ifndef SK_MATCH_MATCH_H
#define SK_MATCH_MATCH_H

#include "base/ctx.h"
#include "name/name.h"

/* The row of the source that says a value; 0: not said. Only carried, never read. */
typedef uint64_t sk_match_row;

typedef struct sk_match_name {
    const sk_name *name; /* prepared, of the entity's kind                    */
    bool is_weak;        /* "low quality a.k.a.", nickname of a fighter       */
    sk_str lang;         /* "ko", "rus"; may be empty; only carried           */
    sk_match_row row;
} sk_match_name;

/* A date as days (base/edtf.h): earliest and latest, both included. */
typedef struct sk_match_date {
    int32_t earliest, latest; /* INT32_MIN, INT32_MAX: open or unknown         */
    uint8_t precision;        /* sk_edtf_precision                             */
    bool is_loose;            /* approximate or uncertain                      */
    bool is_range;            /* an interval or a set: no single date          */
    sk_str text;              /* EDTF, for the evidence; may be empty          */
    sk_match_row row;
} sk_match_date;

typedef enum sk_match_tie {
    SK_TIE_NATIONALITY, /* of a person                                       */
    SK_TIE_COUNTRY,     /* lives, works or is registered there, or unspecific */
    SK_TIE_FLAG,        /* of a ship                                         */
} sk_match_tie;

/* A country by its code in lower case ("kp"), of ISO 3166-1 or a former one. */
typedef struct sk_match_country {
    char code[8];
    uint8_t tie; /* sk_match_tie */
    sk_match_row row;
} sk_match_country;

/* A place of birth, address or the like: a prepared name of kind PLACE, a gazetteer's id, or
 * both. */
typedef struct sk_match_place {
    const sk_name *name; /* NULL: only the id                                 */
    sk_str id;           /* "geonames:1871859"; may be empty                  */
    bool is_birth;       /* place of birth: compared only with the like       */
    sk_match_row row;
} sk_match_place;

/* A number, made canonical by the caller: no blanks, upper case. */
typedef struct sk_match_id {
    sk_str scheme; /* "imo", "passport", "lei"; "" when not said           */
    sk_str value;
    bool used_falsely; /* borne without right: identifies somebody else too */
    sk_match_row row;
} sk_match_id;

typedef enum sk_match_gender {
    SK_GENDER_UNSAID,
    SK_GENDER_MALE,
    SK_GENDER_FEMALE,
    SK_GENDER_OTHER, /* agrees with itself, contradicts nothing */
} sk_match_gender;

/* A post, membership or address in time: where and when the entity was. */
typedef struct sk_match_position {
    const sk_name *name; /* of the body or post; kind ORGANIZATION or ANY      */
    sk_match_date when;
    sk_match_row row;
} sk_match_position;

/* One side. Everything is borrowed; unused lists are NULL and 0. Lists longer than
 * SK_MATCH_VALUES are compared only so far, and the result says so (is_cut). */
typedef struct sk_match_entity {
    sk_name_kind kind;
    const sk_match_name *names;
    const sk_match_date *births, *deaths;
    const sk_match_country *countries;
    const sk_match_place *places;
    const sk_match_id *ids;
    const sk_match_position *positions;
    uint16_t n_names, n_births, n_deaths, n_countries, n_places, n_ids, n_positions;
    uint8_t gender; /* sk_match_gender */
    sk_match_row gender_row;
    bool is_cut; /* there are more values than are given here */
} sk_match_entity;

#define SK_MATCH_VALUES 64

typedef enum sk_match_feature {
    SK_FEATURE_NAME,
    SK_FEATURE_IDENTIFIER,
    SK_FEATURE_BIRTH,
    SK_FEATURE_DEATH,
    SK_FEATURE_GENDER,
    SK_FEATURE_COUNTRY,
    SK_FEATURE_BIRTHPLACE,
    SK_FEATURE_PLACE,
    SK_FEATURE_POSITION,
    SK_FEATURE_COUNT
} sk_match_feature;

/* Stable short name: "name", "birth", "identifier". */
const char *sk_match_feature_name(sk_match_feature f);

/* How a feature came out. */
typedef enum sk_match_finding {
    SK_FINDING_NONE, /* one side says nothing              */
    SK_FINDING_AGREES,
    SK_FINDING_COMPATIBLE, /* does not contradict, says little   */
    SK_FINDING_CONTRADICTS,
} sk_match_finding;

/* One feature's evidence: values are indexes into the lists of the sides. */
typedef struct sk_match_evidence {
    uint8_t feature; /* sk_match_feature                                       */
    uint8_t finding; /* sk_match_finding                                       */
    uint16_t a, b;   /* which value of each side; of gender always 0           */
    float nats;      /* worth to the score; below 0: against                   */
    float score;     /* 0..1: how well the two values fit, by themselves       */
    sk_match_row row_a, row_b;
} sk_match_evidence;

typedef struct sk_match_result {
    double score;       /* 0..1                                                     */
    double evidence;    /* nats, all features: add the log of prior odds for odds   */
    sk_name_score name; /* of the best pair of names                             */
    sk_match_evidence part[SK_FEATURE_COUNT]; /* only features that both sides speak of,
                                                 in the order of sk_match_feature */
    unsigned n_parts;
    bool is_cut; /* a side has more than SK_MATCH_VALUES of a kind, or says itself that it is cut:
                    the rest was passed over */
} sk_match_result;

/* Values of features to leave out or to weigh differently: yente's "weights". */
typedef struct sk_match_options {
    float weight[SK_FEATURE_COUNT]; /* 1: as it is; 0: the feature is not looked at; an equal
                                       number holds its least score from 1 on */
    const sk_rarity *rarity;        /* may be NULL                                  */
    double floor; /* a pair whose names cannot reach this score is not compared further, and scores
                     0 with no parts, unless an identifier is equal; 0: compare all. Names of
                     weight 0 are not asked */
} sk_match_options;

#define SK_MATCH_OPTIONS \
    ((sk_match_options){.weight = {1, 1, 1, 1, 1, 1, 1, 1, 1}, .rarity = NULL, .floor = 0})

/* Compare two entities. options may be NULL.
 * Cost: no allocation; one name comparison per pair of names (microseconds), the rest below 1
 * us. */
void sk_match_entity_compare(const sk_match_entity *a, const sk_match_entity *b,
                             const sk_match_options *options, sk_match_result *ret_result);

/* What the evidence says in words, for people: `born 1963-02-01 and 1963: compatible`.
 * The values' own texts stand in *ret_a and *ret_b (either may be NULL). Owner: the arena. */
sk_str sk_match_detail(sk_arena *arena, const sk_match_entity *a, const sk_match_entity *b,
                       const sk_match_result *result, const sk_match_evidence *part, sk_str *ret_a,
                       sk_str *ret_b);

/* A date as the comparer wants it, from EDTF ("1963-02-01", "1963~", "[1963,1964]").
 * Owner: text lives in cx's arena. Errors: as sk_edtf_parse. Cost: none for a plain date. */
SK_MUST_USE sk_rc sk_match_date_read(sk_ctx *cx, sk_str edtf, sk_match_row row,
                                     sk_match_date *ret_date);

/* Posterior probability that the two are one, from the evidence and what was believed before:
 * prior of one in n_candidates. */
double sk_match_posterior(double evidence, double n_candidates);

#endif
