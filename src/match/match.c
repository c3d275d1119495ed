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

static double logistic(double x)
{
    return 1 / (1 + exp(-x));
}

static double logit(double p)
{
    return log(p / (1 - p));
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

/* ---- the sum ---- */

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
    bool is_over = e->is_cut;

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
        match_comparers[SK_FEATURE_IDENTIFIER](a, b, o, &part[SK_FEATURE_IDENTIFIER]);
    bool same_id = part[SK_FEATURE_IDENTIFIER].finding == SK_FINDING_AGREES;
    if (fits && asks_names)
        name = compare_names(a, b, o, &part[SK_FEATURE_NAME], &r.name);
    if ((!fits || (asks_names && name < o->floor)) && !same_id) {
        *ret_result = (sk_match_result){.name = r.name, .is_cut = r.is_cut};
        return;
    }
    for (unsigned f = SK_FEATURE_BIRTH; f < SK_FEATURE_COUNT; f++)
        if (o->weight[f] > 0)
            match_comparers[f](a, b, o, &part[f]);
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
