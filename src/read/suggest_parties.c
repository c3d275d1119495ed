/* Who is named: entities of a reading as parties of claims, and who says what as chains. */
#include "read/suggest_private.h"

#include "base/utf8.h"

/* Types of reading and the types of the model that a person would enter. */
static const struct {
    const char *found, *model;
} types[] = {
    {"state", "State"},
    {"person", "Person"},
    {"igo", "PublicBody"},
    {"igo_organ", "PublicBody"},
    {"government", "PublicBody"},
    {"ngo", "Organization"},
    {"think_tank", "Organization"},
    {"media", "Organization"},
    {"organisation", "Organization"},
    {"armed_group", "Organization"},
    {"company", "Company"},
    {"place", "Place"},
    {"named_event", "Event"},
    {"population", "Population"},
    {"victim_group", "Population"},
    {"source_group", "Population"},
    {"group", "Population"},
};

const char *sk_suggest__type(const sk_found_entity *e)
{
    for (size_t i = 0; i < SK_COUNT(types); i++)
        if (sk_str_is(e->type, types[i].found))
            return types[i].model;
    return "Thing"; /* a name of something: a person says of what */
}

static sk_str span_text(const sk_suggester *x, sk_span s)
{
    return sk_str_sub(x->r->text, s.from, s.to - s.from);
}

/* For each entity the mention that gives its name: where it stands in full, else the first by name. Of
 * one without a name, the first that has the words it goes by. */
void sk_suggest__entities(sk_suggester *x)
{
    const sk_reading *r = x->r;
    bool *is_full = sk_new_array(&x->cx->arena, bool, r->n_entities);
    for (size_t i = 0; i < r->n_entities; i++)
        x->named_by[i] = x->told_by[i] = SK_READ_NONE;
    for (size_t i = 0; i < r->n_mentions; i++) {
        const sk_mention *m = &r->mentions[i];
        if (m->entity < 0)
            continue;
        const sk_found_entity *e = &r->entities[m->entity];
        bool full = sk_str_eq(span_text(x, m->span), e->name);
        if (full && x->told_by[m->entity] < 0)
            x->told_by[m->entity] = (int32_t)i;
        if (m->level != SK_LEVEL_NAME && m->level != SK_LEVEL_ACRONYM)
            continue;
        if (x->named_by[m->entity] < 0 || (full && !is_full[m->entity]))
            x->named_by[m->entity] = (int32_t)i;
        is_full[m->entity] |= full;
    }
    for (size_t i = 0; i < r->n_entities; i++)
        x->is_proper[i] = r->entities[i].key.n > 0 || x->named_by[i] >= 0;
}

/* The mention that a party's name is taken from, where its own words do not hold it; NONE. */
static int32_t taken_from(const sk_suggester *x, int32_t entity, sk_str words)
{
    const sk_found_entity *e = &x->r->entities[entity];
    int32_t by = x->named_by[entity];
    sk_arena *a = &x->cx->arena;
    if (e->key.n || sk_str_eq(words, e->name))
        return SK_READ_NONE;
    if (by >= 0)
        return by;
    bool holds = sk_str_find(sk_utf8_fold(a, words), sk_utf8_fold(a, e->name)) != SIZE_MAX;
    return holds ? SK_READ_NONE : x->told_by[entity];
}

sk_party sk_suggest__party(const sk_suggester *x, int32_t entity, sk_span span)
{
    sk_party p = {.start = span.from, .end = span.to};
    if (entity < 0) { /* words that are no entity */
        p.type = SK_S("Thing");
        p.name = span_text(x, span);
        return p;
    }
    const sk_found_entity *e = &x->r->entities[entity];
    p.type = sk_str_of(sk_suggest__type(e));
    p.name = e->name;
    p.is_name = x->is_proper[entity];
    int32_t by = taken_from(x, entity, span_text(x, span));
    if (by >= 0) {
        p.known = x->r->mentions[by].span.from;
        p.known_end = x->r->mentions[by].span.to;
    }
    return p;
}

/* A source without a name: "unnamed: two officials". */
static sk_party unnamed(const sk_suggester *x, const sk_attribution *a)
{
    sk_str words = span_text(x, a->source_span);
    sk_party p = {.start = a->source_span.from, .end = a->source_span.to};
    p.name = words.n ? sk_fmt(&x->cx->arena, "unnamed: %.*s", SK_P(words)) : SK_S("unnamed");
    return p;
}

/* Origin first, the exhibit last. A source behind a pronoun is weaker than its rule. */
void sk_suggest__chain(const sk_suggester *x, int32_t attribution, sk_making *m)
{
    const sk_reading *r = x->r;
    sk_party *chain = sk_new_array(&x->cx->arena, sk_party, SK_LIM_CHAIN);
    size_t n = 0;
    bool first = true;
    while (attribution >= 0) {
        const sk_attribution *a = &r->attributions[attribution];
        if (a->manner == SK_MANNER_AUTHOR)
            break;
        m->is_oversize |= n + 1 >= SK_LIM_CHAIN; /* left out and told: no claimant is lost */
        if (m->is_oversize)
            break;
        chain[n++] =
            a->source >= 0 ? sk_suggest__party(x, a->source, a->source_span) : unnamed(x, a);
        if (a->is_pronoun && m->s.tier < 3)
            m->s.tier = 3;
        if (first) {
            m->s.cue = a->cue.from;
            m->s.cue_end = a->cue.to;
            if (a->date >= 0)
                m->s.said = r->dates[a->date].value;
        }
        first = false;
        attribution = a->via != attribution ? a->via : SK_READ_NONE;
    }
    for (size_t i = 0; i < n; i++)
        m->is_oversize |= chain[i].name.n > SK_LIM_SUGGEST_PART_BYTES;
    chain[n++] = (sk_party){.is_exhibit = true};
    m->s.chain = chain;
    m->s.n_chain = n;
}
