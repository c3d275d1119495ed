/* Names of the lists where they stand, and the acronyms that a text brings in for them. */
#include "read/reading_private.h"

static const char *type_of(const sk_lex_entry *e)
{
    static const struct {
        uint64_t attr;
        const char *type;
    } types[] = {{SK_ATTR(IGO_ORGAN), "igo_organ"},
                 {SK_ATTR(IGO), "igo"},
                 {SK_ATTR(NGO), "ngo"},
                 {SK_ATTR(THINK_TANK), "think_tank"},
                 {SK_ATTR(MEDIA), "media"},
                 {SK_ATTR(GOVT), "government"},
                 {SK_ATTR(FORCES), "armed_group"},
                 {SK_ATTR(COMPANY), "company"}};
    if (e->kind == SK_LEX_STATE)
        return "state";
    if (e->kind == SK_LEX_PLACE)
        return "place";
    if (e->kind == SK_LEX_EVENT)
        return "named_event";
    for (size_t i = 0; i < SK_COUNT(types); i++)
        if (e->attrs & types[i].attr)
            return types[i].type;
    return "organisation";
}

int32_t sk_entity_listed(sk_reader *x, uint32_t entry)
{
    const sk_lex_entry *e = sk_lexicon_entry(x->lex, entry);
    if (x->by_entry[entry] >= 0)
        return x->by_entry[entry];
    uint64_t attrs = e->attrs;
    if (e->kind == SK_LEX_ORG)
        attrs |= SK_ATTR(ORGN) | SK_ATTR(SOURCE);
    return x->by_entry[entry] =
               sk_entity_new(x, type_of(e), sk_str_of(sk_lexicon_string(x->lex, e->name)),
                             sk_str_of(sk_entry_id(x, e)), attrs);
}

/* A capital is a place, and no government, behind "in" and before "-based" or a region. */
static bool is_place_here(const sk_reader *x, const sk_match *m)
{
    int64_t before = (int64_t)m->first - 1, behind = (int64_t)m->first + m->n;
    static const char *const in[] = {"in", "at", "near", "from", "outside", "around", "to", "into"};
    for (size_t i = 0; i < SK_COUNT(in); i++)
        if (sk_item_is(x, before, in[i]))
            return !sk_item_is(x, behind, "'s");
    if (sk_item_is(x, behind, ",") && sk_item_is(x, behind + 1, "d.c."))
        return true;
    return sk_item_is(x, behind, "-") && sk_item_is(x, behind + 1, "based");
}

/* The place by the name as it stands, "Washington, D.C." with its region. */
static void mention_place(sk_reader *x, const sk_match *m)
{
    uint32_t end = m->first + m->n;
    if (sk_item_is(x, end, ",") && sk_item_is(x, end + 1, "d.c."))
        end += 2;
    sk_span span = sk_span_of(x, m->first, end);
    sk_str name = sk_span_text(x, span);
    const void *known = sk_strmap_get(&x->names, name);
    int32_t entity = known ? (int32_t)(intptr_t)known - 1
                           : sk_entity_new(x, "place", name, SK_NONE, SK_ATTR(FACILITY));
    if (!known && entity >= 0)
        sk_strmap_put(&x->names, x->a, name, (const void *)(intptr_t)(entity + 1));
    sk_mention_add(x, span, entity, SK_LEVEL_NAME, sk_rule_get(SK_RULE_NAME_LISTED));
    int32_t chunk = sk_chunk_of(x, m->first);
    if (chunk >= 0 && x->chunks[chunk].end >= end)
        x->chunks[chunk].entity = entity;
}

int32_t sk_chunk_of(const sk_reader *x, uint32_t i)
{
    for (size_t k = 0; k < x->n_chunks; k++)
        if (i >= x->chunks[k].first && i < x->chunks[k].end)
            return x->chunks[k].kind == SK_CHUNK_NP ? (int32_t)k : SK_READ_NONE;
    return SK_READ_NONE;
}

/* "the North" means a state only once the text has named it, and not before another name. */
static bool is_alias_here(sk_reader *x, const sk_match *m, uint32_t entry)
{
    if (x->by_entry[entry] < 0)
        return false;
    const sk_item *next = sk_item_at(x, (int64_t)m->first + m->n);
    return next->tag != SK_TAG_NOUN && next->tag != SK_TAG_NAME &&
           !sk_item_is(x, (int64_t)m->first + m->n, "of");
}

static sk_level level_of(const sk_reader *x, const sk_match *m)
{
    return (sk_level)m->senses[0].level;
}

/* The head of a noun group that a listed name ends is that name. */
static void settle_chunk(sk_reader *x, const sk_match *m, int32_t entity)
{
    int32_t k = sk_chunk_of(x, m->first);
    if (k < 0)
        return;
    sk_chunk *c = &x->chunks[k];
    bool is_head = m->first + m->n == c->end;
    uint64_t attrs = x->r->entities[entity].attrs;
    c->attrs |= attrs;
    if (!is_head)
        return;
    c->entity = entity;
    c->head_attrs |= attrs;
    if (level_of(x, m) == SK_LEVEL_DEMONYM) {
        c->head_attrs |= SK_ATTR(PERSON) | SK_ATTR(POPULATION);
        c->is_plural |= m->senses[0].form == SK_FORM_PLURAL;
    }
}

static void mention_listed(sk_reader *x, const sk_match *m)
{
    sk_level level = level_of(x, m);
    uint32_t entry = m->senses[0].entry;
    if (level == SK_LEVEL_ALIAS && !is_alias_here(x, m, entry))
        return;
    if (level == SK_LEVEL_METONYM && is_place_here(x, m)) {
        mention_place(x, m);
        return;
    }
    int32_t entity = sk_entity_listed(x, entry);
    if (entity < 0)
        return;
    sk_mention_add(x, sk_span_of(x, m->first, m->first + m->n), entity, level,
                   sk_rule_get(level == SK_LEVEL_ALIAS ? SK_RULE_NAME_ALIAS : SK_RULE_NAME_LISTED));
    settle_chunk(x, m, entity);
    unsigned kind = sk_match_entry(x, m)->kind;
    if (kind == SK_LEX_ORG && !(x->r->entities[entity].attrs & SK_ATTR(MEDIA)))
        x->last_org = entity;
}

/* "Full Name (ABC)": from here on ABC is that name. */
static void introduce_acronym(sk_reader *x, size_t k)
{
    if (k + 3 >= x->n_chunks + 0 || x->chunks[k + 1].kind != SK_CHUNK_LEFT ||
        x->chunks[k + 2].kind != SK_CHUNK_NP || x->chunks[k + 3].kind != SK_CHUNK_RIGHT)
        return;
    sk_chunk *full = &x->chunks[k], *brief = &x->chunks[k + 2];
    if (brief->end - brief->first != 1 || x->items[brief->first].t.shape != SK_SHAPE_UPPER ||
        full->entity < 0)
        return;
    sk_span span = sk_span_of(x, brief->first, brief->end);
    sk_str name = sk_span_text(x, span);
    brief->entity = full->entity;
    if (!sk_strmap_get(&x->names, name))
        sk_strmap_put(&x->names, x->a, name, (const void *)(intptr_t)(full->entity + 1));
    sk_mention_add(x, span, full->entity, SK_LEVEL_ACRONYM, sk_rule_get(SK_RULE_NAME_ACRONYM));
    sk_relation_add(x, "alias", full->entity, full->entity,
                    sk_span_of(x, full->head, brief->end + 1));
}

void sk_pass_names(sk_reader *x)
{
    for (uint32_t i = x->range.first; i < x->range.end; i++) {
        const sk_match *m = sk_match_at(x, SK_LAYER_NAME, i);
        if (m && m->first == i && m->first + m->n <= x->range.end)
            mention_listed(x, m);
    }
    sk_names_unlisted(x);
    for (size_t k = 0; k < x->n_chunks; k++)
        if (x->chunks[k].kind == SK_CHUNK_NP)
            introduce_acronym(x, k);
    sk_names_nominal(x);
}
