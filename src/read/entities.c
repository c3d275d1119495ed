/* Entities and what is said of them: the lists of a reading, kept in the order of the text. */
#include "read/reading_private.h"

int32_t sk_entity_new(sk_reader *x, const char *type, sk_str name, sk_str key, uint64_t attrs)
{
    sk_reading *r = x->r;
    if (r->n_entities >= SK_LIM_READ_ENTITIES)
        return SK_READ_NONE;
    SK_GROW(x->a, r->entities, r->n_entities, x->cap_entities);
    r->entities[r->n_entities] =
        (sk_found_entity){.type = sk_str_of(type), .name = name, .key = key, .attrs = attrs};
    return (int32_t)r->n_entities++;
}

void sk_mention_add(sk_reader *x, sk_span span, int32_t entity, sk_level level, const sk_rule *rule)
{
    sk_reading *r = x->r;
    if (entity < 0 || r->n_mentions >= SK_LIM_READ_EVENTS)
        return;
    for (size_t i = r->n_mentions; i-- > x->first_mention;)
        if (r->mentions[i].span.from == span.from && r->mentions[i].span.to == span.to)
            return;
    SK_GROW(x->a, r->mentions, r->n_mentions, x->cap_mentions);
    size_t at = r->n_mentions++;
    while (at > x->first_mention && r->mentions[at - 1].span.from > span.from) {
        r->mentions[at] = r->mentions[at - 1];
        at--;
    }
    r->mentions[at] = (sk_mention){span, entity, level, rule};
    r->entities[entity].n_mentions++;
}

void sk_trap_add(sk_reader *x, const char *what, const char *right, sk_span span)
{
    if (x->r->n_traps >= SK_LIM_READ_EVENTS)
        return;
    SK_GROW(x->a, x->r->traps, x->r->n_traps, x->cap_traps);
    x->r->traps[x->r->n_traps++] = (sk_found_trap){what, right, span};
}

void sk_relation_add(sk_reader *x, const char *type, int32_t subject, int32_t object, sk_span span)
{
    if (subject < 0 || object < 0 || x->r->n_relations >= SK_LIM_READ_EVENTS)
        return;
    SK_GROW(x->a, x->r->relations, x->r->n_relations, x->cap_relations);
    x->r->relations[x->r->n_relations++] = (sk_found_relation){type, subject, object, span};
}

int32_t sk_date_within(const sk_reader *x, sk_span span)
{
    for (size_t i = x->first_date; i < x->r->n_dates; i++)
        if (sk_span_overlaps(x->r->dates[i].span, span))
            return (int32_t)i;
    return SK_READ_NONE;
}
