/* Everything but names, feature by feature: numbers, dates, gender, countries, places, posts. */
#include "match/match_private.h"

#define GENDER_AGREES          0.2f
#define GENDER_CONTRADICTS     -2.0f
#define NATION_AGREES          0.8f
#define COUNTRY_AGREES         0.5f
#define NATION_CONTRADICTS     -0.9f
#define COUNTRY_CONTRADICTS    -0.4f
#define FLAG_CONTRADICTS       -0.3f /* ships change flags                */
#define BIRTHPLACE_AGREES      1.5f
#define BIRTHPLACE_CONTRADICTS -0.7f
#define PLACE_AGREES           0.8f
#define PLACE_CONTRADICTS      -0.1f
#define POSITION_AGREES        1.0f
#define ID_AGREES              8.0f
#define ID_BARE_AGREES         5.0f /* the scheme is not said on one side */
#define ID_FALSE_AGREES        0.8f
#define ID_CONTRADICTS         -3.0f

/* The finding of a feature: the pair that fits best; where all contradict, the one that contradicts
 * most, so that a further contradiction never helps. */
static void keep(sk_match_evidence *best, sk_match_evidence other)
{
    bool both = best->finding == SK_FINDING_CONTRADICTS && other.finding == SK_FINDING_CONTRADICTS;

    if (best->finding == SK_FINDING_NONE ||
        (both ? other.nats < best->nats : other.nats > best->nats))
        *best = other;
}

/* ---- identifiers ---- */

/* Schemes of which an entity has one number all its life. */
static bool is_for_life(sk_str scheme)
{
    static const char *const LIFE[] = {"imo",  "lei",      "ogrn", "inn",
                                       "isin", "wikidata", "duns", "npi"};

    for (unsigned i = 0; i < sizeof(LIFE) / sizeof(LIFE[0]); i++)
        if (sk_str_eq_nocase(scheme, sk_str_of(LIFE[i])))
            return true;
    return false;
}

static void try_ids(const sk_match_id *x, const sk_match_id *y, unsigned i, unsigned k,
                    sk_match_evidence *best)
{
    bool same_scheme = sk_str_eq_nocase(x->scheme, y->scheme);
    bool comparable = same_scheme || !x->scheme.n || !y->scheme.n;
    bool is_false = x->used_falsely || y->used_falsely;
    sk_match_evidence e = {.feature = SK_FEATURE_IDENTIFIER,
                           .a = (uint16_t)i,
                           .b = (uint16_t)k,
                           .row_a = x->row,
                           .row_b = y->row};

    if (!comparable || !x->value.n || !y->value.n)
        return;
    if (sk_str_eq_nocase(x->value, y->value)) {
        bool bare = !x->scheme.n || !y->scheme.n;
        e.finding = is_false ? SK_FINDING_COMPATIBLE : SK_FINDING_AGREES;
        e.nats = is_false ? ID_FALSE_AGREES : bare ? ID_BARE_AGREES : ID_AGREES;
        e.score = is_false ? 0.5f : bare ? 0.9f : 1.0f;
    } else if (same_scheme && is_for_life(x->scheme) && !is_false) {
        e.finding = SK_FINDING_CONTRADICTS;
        e.nats = ID_CONTRADICTS;
    } else {
        return;
    }
    keep(best, e);
}

static void compare_ids(const sk_match_entity *a, const sk_match_entity *b,
                        const sk_match_options *o, sk_match_evidence *best)
{
    for (unsigned i = 0; i < few(a->n_ids); i++)
        for (unsigned k = 0; k < few(b->n_ids); k++)
            try_ids(&a->ids[i], &b->ids[k], i, k, best);
}

/* ---- dates ---- */

static void best_dates(const sk_match_date *x, unsigned n, const sk_match_date *y, unsigned m,
                       sk_match_feature feature, sk_match_evidence *best)
{
    for (unsigned i = 0; i < few(n); i++)
        for (unsigned k = 0; k < few(m); k++) {
            date_fit fit = match_dates(&x[i], &y[k]);
            if (fit.finding == SK_FINDING_NONE)
                continue;
            keep(best, (sk_match_evidence){
                           .feature = (uint8_t)feature,
                           .finding = fit.finding,
                           .a = (uint16_t)i,
                           .b = (uint16_t)k,
                           .nats = fit.nats,
                           .score = fit.score,
                           .row_a = x[i].row,
                           .row_b = y[k].row,
                       });
        }
}

static void compare_births(const sk_match_entity *a, const sk_match_entity *b,
                           const sk_match_options *o, sk_match_evidence *best)
{
    best_dates(a->births, a->n_births, b->births, b->n_births, SK_FEATURE_BIRTH, best);
}

static void compare_deaths(const sk_match_entity *a, const sk_match_entity *b,
                           const sk_match_options *o, sk_match_evidence *best)
{
    best_dates(a->deaths, a->n_deaths, b->deaths, b->n_deaths, SK_FEATURE_DEATH, best);
}

/* ---- gender and countries ---- */

static void compare_gender(const sk_match_entity *a, const sk_match_entity *b,
                           const sk_match_options *o, sk_match_evidence *best)
{
    if (a->gender == SK_GENDER_UNSAID || b->gender == SK_GENDER_UNSAID)
        return;
    bool same = a->gender == b->gender;
    bool other = a->gender == SK_GENDER_OTHER || b->gender == SK_GENDER_OTHER;
    *best = (sk_match_evidence){
        .feature = SK_FEATURE_GENDER,
        .finding = same    ? SK_FINDING_AGREES
                   : other ? SK_FINDING_COMPATIBLE
                           : SK_FINDING_CONTRADICTS,
        .nats = same    ? GENDER_AGREES
                : other ? 0
                        : GENDER_CONTRADICTS,
        .score = same    ? 1.0f
                 : other ? 0.5f
                         : 0.0f,
        .row_a = a->gender_row,
        .row_b = b->gender_row,
    };
}

static void try_countries(const sk_match_country *x, const sk_match_country *y, unsigned i,
                          unsigned k, sk_match_evidence *best)
{
    bool same = memcmp(x->code, y->code, sizeof(x->code)) == 0;
    bool nations = x->tie == SK_TIE_NATIONALITY && y->tie == SK_TIE_NATIONALITY;
    bool flags = x->tie == SK_TIE_FLAG || y->tie == SK_TIE_FLAG;
    float against = nations ? NATION_CONTRADICTS : flags ? FLAG_CONTRADICTS : COUNTRY_CONTRADICTS;

    keep(best, (sk_match_evidence){
                   .feature = SK_FEATURE_COUNTRY,
                   .finding = same ? SK_FINDING_AGREES : SK_FINDING_CONTRADICTS,
                   .a = (uint16_t)i,
                   .b = (uint16_t)k,
                   .nats = same ? (nations ? NATION_AGREES : COUNTRY_AGREES) : against,
                   .score = same ? 1.0f : 0.0f,
                   .row_a = x->row,
                   .row_b = y->row,
               });
}

static void compare_countries(const sk_match_entity *a, const sk_match_entity *b,
                              const sk_match_options *o, sk_match_evidence *best)
{
    for (unsigned i = 0; i < few(a->n_countries); i++)
        for (unsigned k = 0; k < few(b->n_countries); k++)
            try_countries(&a->countries[i], &b->countries[k], i, k, best);
}

/* ---- places and positions ---- */

static void try_places(const sk_match_place *x, const sk_match_place *y, unsigned i, unsigned k,
                       const sk_match_options *o, sk_match_evidence *best)
{
    bool birth = x->is_birth;
    sk_match_evidence e = {.feature = birth ? SK_FEATURE_BIRTHPLACE : SK_FEATURE_PLACE,
                           .a = (uint16_t)i,
                           .b = (uint16_t)k,
                           .row_a = x->row,
                           .row_b = y->row};
    double p = 0.5;

    if (x->id.n && y->id.n) {
        p = sk_str_eq(x->id, y->id) ? 1 : 0.05;
    } else if (x->name && y->name) {
        sk_name_score s;
        sk_name_compare(x->name, y->name, o->rarity, &s);
        p = s.p;
    } else {
        return;
    }
    float yes = birth ? BIRTHPLACE_AGREES : PLACE_AGREES;
    float no = birth ? BIRTHPLACE_CONTRADICTS : PLACE_CONTRADICTS;
    e.score = (float)p;
    e.finding = p >= 0.7   ? SK_FINDING_AGREES
                : p >= 0.3 ? SK_FINDING_COMPATIBLE
                           : SK_FINDING_CONTRADICTS;
    e.nats = p >= 0.7 ? yes * (float)p : p >= 0.3 ? 0 : no;
    keep(best, e);
}

static void places_of_kind(const sk_match_entity *a, const sk_match_entity *b, bool birth,
                           const sk_match_options *o, sk_match_evidence *best)
{
    for (unsigned i = 0; i < few(a->n_places); i++)
        for (unsigned k = 0; k < few(b->n_places); k++)
            if (a->places[i].is_birth == birth && b->places[k].is_birth == birth)
                try_places(&a->places[i], &b->places[k], i, k, o, best);
}

static void compare_birthplaces(const sk_match_entity *a, const sk_match_entity *b,
                                const sk_match_options *o, sk_match_evidence *best)
{
    places_of_kind(a, b, true, o, best);
}

static void compare_places(const sk_match_entity *a, const sk_match_entity *b,
                           const sk_match_options *o, sk_match_evidence *best)
{
    places_of_kind(a, b, false, o, best);
}

/* The same body at the same time speaks for; another body says nothing, people have several
 * posts. */
static void compare_positions(const sk_match_entity *a, const sk_match_entity *b,
                              const sk_match_options *o, sk_match_evidence *best)
{
    for (unsigned i = 0; i < few(a->n_positions); i++)
        for (unsigned k = 0; k < few(b->n_positions); k++) {
            const sk_match_position *x = &a->positions[i], *y = &b->positions[k];
            sk_name_score s;
            if (!x->name || !y->name)
                continue;
            sk_name_compare(x->name, y->name, o->rarity, &s);
            bool together = s.p >= 0.7 && match_dates_overlap(&x->when, &y->when);
            keep(best, (sk_match_evidence){
                           .feature = SK_FEATURE_POSITION,
                           .finding = together ? SK_FINDING_AGREES : SK_FINDING_COMPATIBLE,
                           .a = (uint16_t)i,
                           .b = (uint16_t)k,
                           .nats = together ? POSITION_AGREES * (float)s.p : 0,
                           .score = together ? (float)s.p : 0.5f,
                           .row_a = x->row,
                           .row_b = y->row,
                       });
        }
}

/* ---- all ---- */

const match_comparer match_comparers[SK_FEATURE_COUNT] = {
    [SK_FEATURE_IDENTIFIER] = compare_ids,    [SK_FEATURE_BIRTH] = compare_births,
    [SK_FEATURE_DEATH] = compare_deaths,      [SK_FEATURE_GENDER] = compare_gender,
    [SK_FEATURE_COUNTRY] = compare_countries, [SK_FEATURE_BIRTHPLACE] = compare_birthplaces,
    [SK_FEATURE_PLACE] = compare_places,      [SK_FEATURE_POSITION] = compare_positions,
};
