/* The comparer: for each feature the best pair of values, then one sum.
 *
 * The score starts from the names: the log-odds of their best pair, held below a ceiling that falls
 * with how common the name is. Other features add their nats; what speaks for counts only as far as
 * the names go along with it, so that a shared birthday of two strangers stays one. */
#include "match/match.h"

#include "match/match_private.h"

#include <math.h>

/* ---- what things are worth ---- */

/* Names: evidence in nats that scores .70, and how steeply it rises. */
#define NAME_AT_70    0.8473f /* log(.7 / .3) */
#define NAME_START    -0.15f  /* evidence that scores .70            */
#define NAME_SLOPE    0.75f
#define CEILING_LEAST 0.80f /* for a name everybody has              */
#define CEILING_RANGE 0.17f /* up to .97 for the rarest              */
#define CEILING_NATS  9.0f
#define CEILING_WEAK  0.88f /* for a weak alias                      */
#define WEAK_NATS     0.5f

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
/* An equal number holds the score at 0.02 less than this, and up to it as all else agrees: a score
 * s below it becomes least - 0.02 (1 - s). */
#define ID_LEAST_SCORE      0.97
#define ID_BARE_LEAST_SCORE 0.90 /* where the scheme is not said       */
#define ID_LEAST_SLACK      0.02
#define SCORE_MAX           0.9995

static const char *const FEATURE_NAME[SK_FEATURE_COUNT] = {
    [SK_FEATURE_NAME] = "name",
    [SK_FEATURE_IDENTIFIER] = "identifier",
    [SK_FEATURE_BIRTH] = "birth",
    [SK_FEATURE_DEATH] = "death",
    [SK_FEATURE_GENDER] = "gender",
    [SK_FEATURE_COUNTRY] = "country",
    [SK_FEATURE_BIRTHPLACE] = "birthplace",
    [SK_FEATURE_PLACE] = "place",
    [SK_FEATURE_POSITION] = "position",
};

const char *sk_match_feature_name(sk_match_feature f)
{
    return (unsigned)f < SK_FEATURE_COUNT ? FEATURE_NAME[f] : "none";
}

static unsigned few(unsigned n)
{
    return n < SK_MATCH_VALUES ? n : SK_MATCH_VALUES;
}

static double logistic(double x)
{
    return 1 / (1 + exp(-x));
}

static double logit(double p)
{
    return log(p / (1 - p));
}

/* The finding of a feature: the pair that fits best; where all contradict, the one that contradicts
 * most, so that a further contradiction never helps. */
static void keep(sk_match_evidence *best, sk_match_evidence other)
{
    bool both = best->finding == SK_FINDING_CONTRADICTS && other.finding == SK_FINDING_CONTRADICTS;

    if (best->finding == SK_FINDING_NONE ||
        (both ? other.nats < best->nats : other.nats > best->nats))
        *best = other;
}

/* ---- names ---- */

/* The score of a pair of names by itself. */
static double name_score(double evidence, double information, bool is_weak)
{
    double base =
        logistic((double)NAME_AT_70 + (double)NAME_SLOPE * (evidence - (double)NAME_START));
    double ceiling = (double)CEILING_LEAST +
                     (double)CEILING_RANGE * (1 - exp(-information / (double)CEILING_NATS));

    if (is_weak && ceiling > (double)CEILING_WEAK)
        ceiling = (double)CEILING_WEAK;
    return base <= 0.7 ? base : 0.7 + (base - 0.7) / 0.3 * (ceiling - 0.7);
}

/* "", "!!" and "-" hold no word: they agree on nothing, not even with themselves. A list's own
 * rarity is not asked, since a small one calls every word common. */
static bool says_something(const sk_name *n)
{
    return sk_name_information(n, NULL) > 0;
}

static void try_names(const sk_match_name *x, const sk_match_name *y, unsigned i, unsigned k,
                      const sk_match_options *o, double *best, sk_match_evidence *part,
                      sk_name_score *ret_name)
{
    sk_name_score s;
    bool is_weak = x->is_weak || y->is_weak;

    if (!says_something(x->name) || !says_something(y->name))
        return;
    sk_name_compare(x->name, y->name, o->rarity, &s);
    double e = (double)s.strict - (is_weak ? (double)WEAK_NATS : 0);
    /* The ceiling is looked up only where it can matter. */
    if (s.won == SK_HYP_SAME)
        e = s.evidence;
    if (name_score(e, 1e9, is_weak) <= *best)
        return;
    double ix = sk_name_information(x->name, o->rarity);
    double iy = sk_name_information(y->name, o->rarity);
    double score = name_score(e, ix < iy ? ix : iy, is_weak);
    if (score <= *best)
        return;
    *best = score;
    *ret_name = s;
    *part = (sk_match_evidence){
        .feature = SK_FEATURE_NAME,
        .finding = score >= 0.7   ? SK_FINDING_AGREES
                   : score >= 0.4 ? SK_FINDING_COMPATIBLE
                                  : SK_FINDING_CONTRADICTS,
        .a = (uint16_t)i,
        .b = (uint16_t)k,
        .nats = (float)e,
        .score = (float)score,
        .row_a = x->row,
        .row_b = y->row,
    };
}

static double compare_names(const sk_match_entity *a, const sk_match_entity *b,
                            const sk_match_options *o, sk_match_evidence *part,
                            sk_name_score *ret_name)
{
    double best = -1;

    for (unsigned i = 0; i < few(a->n_names); i++)
        for (unsigned k = 0; k < few(b->n_names); k++)
            try_names(&a->names[i], &b->names[k], i, k, o, &best, part, ret_name);
    return best < 0 ? 0 : best;
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

/* ---- the sum ---- */

typedef void (*comparer)(const sk_match_entity *a, const sk_match_entity *b,
                         const sk_match_options *o, sk_match_evidence *best);

static const comparer COMPARER[SK_FEATURE_COUNT] = {
    [SK_FEATURE_IDENTIFIER] = compare_ids,    [SK_FEATURE_BIRTH] = compare_births,
    [SK_FEATURE_DEATH] = compare_deaths,      [SK_FEATURE_GENDER] = compare_gender,
    [SK_FEATURE_COUNTRY] = compare_countries, [SK_FEATURE_BIRTHPLACE] = compare_birthplaces,
    [SK_FEATURE_PLACE] = compare_places,      [SK_FEATURE_POSITION] = compare_positions,
};

/* A person is no ship. Bodies of unsaid kind may be anything. */
static bool kinds_fit(sk_name_kind a, sk_name_kind b)
{
    return a == b || a == SK_NAME_ANY || b == SK_NAME_ANY;
}

static void add_part(sk_match_result *r, const sk_match_evidence *part)
{
    if (part->finding != SK_FINDING_NONE)
        r->part[r->n_parts++] = *part;
}

/* What speaks for counts as far as the names go along, in full where names are not to be asked. */
static double corroboration(const sk_match_result *r, double name, float name_weight)
{
    double share = name >= 0.5 || name_weight <= 0 ? 1 : name / 0.5, sum = 0;

    for (unsigned i = 0; i < r->n_parts; i++) {
        const sk_match_evidence *p = &r->part[i];
        if (p->feature == SK_FEATURE_NAME || p->feature == SK_FEATURE_IDENTIFIER)
            continue;
        sum += (double)p->nats * (p->nats > 0 ? share : 1);
    }
    return sum;
}

static void add_up(sk_match_result *r, double name, const sk_match_options *o)
{
    float name_weight = o->weight[SK_FEATURE_NAME];
    double held = name < 0.001 ? 0.001 : name > 0.999 ? 0.999 : name;
    const sk_match_evidence *id = NULL;

    for (unsigned i = 0; i < r->n_parts; i++) {
        r->evidence += (double)r->part[i].nats;
        if (r->part[i].feature == SK_FEATURE_IDENTIFIER)
            id = &r->part[i];
    }
    double score = logistic(logit(held) * (double)name_weight +
                            corroboration(r, name, name_weight) + (id ? (double)id->nats : 0));
    bool holds = id && id->finding == SK_FINDING_AGREES && o->weight[SK_FEATURE_IDENTIFIER] >= 1;
    double least = !holds ? 0 : id->score < 1 ? ID_BARE_LEAST_SCORE : ID_LEAST_SCORE;
    if (score < least)
        score = least - ID_LEAST_SLACK * (1 - score);
    r->score = score > SCORE_MAX ? SCORE_MAX : score;
}

static bool has_too_many(const sk_match_entity *e)
{
    const uint16_t n[] = {e->n_names,  e->n_births, e->n_deaths,   e->n_countries,
                          e->n_places, e->n_ids,    e->n_positions};
    bool is_over = false;

    for (unsigned i = 0; i < SK_COUNT(n); i++)
        is_over = is_over || n[i] > SK_MATCH_VALUES;
    return is_over;
}

/* Compare with a in front: of values that fit equally well the first of a is taken. */
static void compare(const sk_match_entity *a, const sk_match_entity *b, const sk_match_options *o,
                    sk_match_result *ret_result)
{
    sk_match_result r = {.is_cut = has_too_many(a) || has_too_many(b)};
    sk_match_evidence part[SK_FEATURE_COUNT] = {{.finding = SK_FINDING_NONE}};
    double name = 0;
    bool fits = kinds_fit(a->kind, b->kind), asks_names = o->weight[SK_FEATURE_NAME] > 0;

    if (o->weight[SK_FEATURE_IDENTIFIER] > 0)
        compare_ids(a, b, o, &part[SK_FEATURE_IDENTIFIER]);
    bool same_id = part[SK_FEATURE_IDENTIFIER].finding == SK_FINDING_AGREES;
    if (fits && asks_names)
        name = compare_names(a, b, o, &part[SK_FEATURE_NAME], &r.name);
    if ((!fits || (asks_names && name < o->floor)) && !same_id) {
        *ret_result = (sk_match_result){.name = r.name, .is_cut = r.is_cut};
        return;
    }
    for (unsigned f = SK_FEATURE_BIRTH; f < SK_FEATURE_COUNT; f++)
        if (o->weight[f] > 0)
            COMPARER[f](a, b, o, &part[f]);
    for (unsigned f = 0; f < SK_FEATURE_COUNT; f++) {
        part[f].nats *= o->weight[f];
        add_part(&r, &part[f]);
    }
    add_up(&r, name, o);
    *ret_result = r;
}

static void swap_sides(sk_match_evidence *p)
{
    uint16_t at = p->a;
    sk_match_row row = p->row_a;

    p->a = p->b, p->b = at;
    p->row_a = p->row_b, p->row_b = row;
}

void sk_match_entity_compare(const sk_match_entity *a, const sk_match_entity *b,
                             const sk_match_options *options, sk_match_result *ret_result)
{
    static const sk_match_options PLAIN = {.weight = {1, 1, 1, 1, 1, 1, 1, 1, 1}};
    const sk_match_options *o = options ? options : &PLAIN;
    bool is_swapped = match_order(a, b) > 0;
    sk_match_result r;

    compare(is_swapped ? b : a, is_swapped ? a : b, o, &r);
    for (unsigned i = 0; is_swapped && i < r.n_parts; i++)
        swap_sides(&r.part[i]);
    *ret_result = r;
}

double sk_match_posterior(double evidence, double n_candidates)
{
    return logistic(evidence - log(n_candidates < 1 ? 1 : n_candidates));
}
