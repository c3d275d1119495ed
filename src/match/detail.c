/* The evidence in words: one clause a feature, with the two values as they are written. */
#include "match/match.h"

static sk_str date_text(const sk_match_date *d)
{
    return d->text.n ? d->text : SK_S("a date");
}

static sk_str gender_text(unsigned g)
{
    static const char *const TEXT[] = {"unsaid", "male", "female", "other"};
    return sk_str_of(g < 4 ? TEXT[g] : "unsaid");
}

static sk_str place_text(const sk_match_place *p)
{
    return p->name ? sk_name_raw(p->name) : p->id;
}

static sk_str id_text(sk_arena *arena, const sk_match_id *id)
{
    if (!id->scheme.n)
        return id->value;
    return sk_fmt(arena, "%.*s:%.*s", SK_P(id->scheme), SK_P(id->value));
}

/* The value of one side that a part speaks of. */
static sk_str value_text(sk_arena *arena, const sk_match_entity *e, unsigned feature, unsigned at)
{
    switch ((sk_match_feature)feature) {
    case SK_FEATURE_NAME:
        return at < e->n_names ? sk_name_raw(e->names[at].name) : SK_NONE;
    case SK_FEATURE_IDENTIFIER:
        return at < e->n_ids ? id_text(arena, &e->ids[at]) : SK_NONE;
    case SK_FEATURE_BIRTH:
        return at < e->n_births ? date_text(&e->births[at]) : SK_NONE;
    case SK_FEATURE_DEATH:
        return at < e->n_deaths ? date_text(&e->deaths[at]) : SK_NONE;
    case SK_FEATURE_GENDER:
        return gender_text(e->gender);
    case SK_FEATURE_COUNTRY:
        return at < e->n_countries ? sk_str_of(e->countries[at].code) : SK_NONE;
    case SK_FEATURE_BIRTHPLACE:
    case SK_FEATURE_PLACE:
        return at < e->n_places ? place_text(&e->places[at]) : SK_NONE;
    case SK_FEATURE_POSITION:
        return at < e->n_positions && e->positions[at].name ? sk_name_raw(e->positions[at].name)
                                                            : SK_NONE;
    case SK_FEATURE_COUNT:
        break;
    }
    return SK_NONE;
}

static const char *finding_text(unsigned finding)
{
    static const char *const TEXT[] = {"nothing said", "agree", "compatible", "contradict"};
    return TEXT[finding < 4 ? finding : 0];
}

static sk_str name_detail(sk_arena *arena, const sk_match_entity *a, const sk_match_entity *b,
                          const sk_match_result *r, const sk_match_evidence *part, sk_str x,
                          sk_str y)
{
    bool weak = (part->a < a->n_names && a->names[part->a].is_weak) ||
                (part->b < b->n_names && b->names[part->b].is_weak);

    return sk_fmt(arena, "\"%.*s\" and \"%.*s\": %s, p %.3f, %+.1f nats%s", SK_P(x), SK_P(y),
                  sk_hypothesis_label(r->name.won), r->name.p, (double)part->nats,
                  weak ? ", weak alias" : "");
}

sk_str sk_match_detail(sk_arena *arena, const sk_match_entity *a, const sk_match_entity *b,
                       const sk_match_result *result, const sk_match_evidence *part, sk_str *ret_a,
                       sk_str *ret_b)
{
    sk_str x = value_text(arena, a, part->feature, part->a);
    sk_str y = value_text(arena, b, part->feature, part->b);

    if (ret_a)
        *ret_a = x;
    if (ret_b)
        *ret_b = y;
    if (part->feature == SK_FEATURE_NAME)
        return name_detail(arena, a, b, result, part, x, y);
    return sk_fmt(arena, "%s %.*s and %.*s: %s, %+.1f nats",
                  sk_match_feature_name((sk_match_feature)part->feature), SK_P(x), SK_P(y),
                  finding_text(part->finding), (double)part->nats);
}
