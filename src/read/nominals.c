/* Groups and people named by a noun: "North Korean escapees", "officials", "Kim's regime", "they".
 *
 * A noun of the lists becomes an entity of its own, the same one when the text speaks of it again
 * with the same noun or a kin of it and no other people's name before it. Pronouns are given the
 * group or person last spoken of, as candidates: their mentions say "pronoun". */
#include "read/acts.h"

typedef struct sk_nominal {
    uint32_t role;  /* entry */
    int32_t people; /* the state whose people they are; NONE */
    int32_t entity;
    sk_str words;
} sk_nominal;

static const char *type_of(uint64_t attrs)
{
    if (attrs & SK_ATTR(MEASURE))
        return "treaty_or_measure";
    if (attrs & SK_ATTR(GOVT))
        return "government";
    if (attrs & (SK_ATTR(VICTIM)))
        return attrs & SK_ATTR(POPULATION) ? "population" : "victim_group";
    if (attrs & SK_ATTR(FORCES))
        return "armed_group";
    if (attrs & SK_ATTR(SOURCE))
        return attrs & SK_ATTR(ORGN) ? "organisation" : "source_group";
    return "group";
}

/* The noun group without articles, numbers and possessors: what names the group. */
static sk_span name_span(const sk_reader *x, const sk_chunk *c)
{
    uint32_t first = c->poss >= 0 ? (uint32_t)c->poss + 1 : c->first;
    while (first + 1 < c->end) {
        const sk_item *i = &x->items[first];
        bool skip = i->tag == SK_TAG_DET || i->tag == SK_TAG_NUM || i->tag == SK_TAG_POSSPRON ||
                    i->tag == SK_TAG_ADV || i->m[SK_LAYER_QUALIFY] >= 0 ||
                    i->t.shape == SK_SHAPE_SIGN || i->pos & SK_POS_QUANT;
        if (!skip)
            break;
        first++;
    }
    return sk_span_of(x, first, c->end);
}

static const sk_match *role_at_head(const sk_reader *x, const sk_chunk *c)
{
    const sk_match *m = sk_match_at(x, SK_LAYER_ROLE, (int64_t)c->end - 1);
    return m && sk_match_entry(x, m)->kind == SK_LEX_ROLE ? m : NULL;
}

/* The state named before the noun: North Korean workers, Pyongyang's workers. */
static int32_t people_of(sk_reader *x, const sk_chunk *c)
{
    for (uint32_t i = c->first; i < c->end; i++) {
        const sk_match *m = sk_match_at(x, SK_LAYER_NAME, i);
        if (m && sk_match_entry(x, m)->kind == SK_LEX_STATE && m->first == i)
            return sk_entity_listed(x, m->senses[0].entry);
    }
    return SK_READ_NONE;
}

static sk_str singular(sk_str s)
{
    return s.n > 3 && s.p[s.n - 1] == 's' ? sk_str_sub(s, 0, s.n - 1) : s;
}

/* "escapees" takes up "North Korean escapees", not the other way round. */
static bool same_noun(sk_str before, sk_str now)
{
    before = singular(before);
    now = singular(now);
    return now.n <= before.n && sk_str_eq_nocase(sk_str_sub(before, before.n - now.n, now.n), now);
}

static int32_t find_nominal(sk_reader *x, uint32_t role, int32_t people, sk_str words)
{
    bool kin = sk_lexicon_entry(x->lex, role)->attrs & SK_ATTR(KIN);
    for (size_t i = x->n_nominals; i-- > 0;) {
        sk_nominal *n = &x->nominals[i];
        if (n->role == role && (n->people == people || people < 0 || n->people < 0) &&
            (kin || same_noun(n->words, words))) {
            if (n->people < 0)
                n->people = people;
            return n->entity;
        }
    }
    return SK_READ_NONE;
}

static int32_t nominal(sk_reader *x, const sk_chunk *c, const sk_match *m)
{
    enum { MOST_NOMINALS = 4096 };
    uint32_t role = m->senses[0].entry;
    uint64_t attrs = sk_match_entry(x, m)->attrs;
    int32_t people = people_of(x, c);
    sk_str words = sk_span_text(x, name_span(x, c));
    int32_t entity = find_nominal(x, role, people, words);
    if (entity >= 0 || x->n_nominals >= MOST_NOMINALS)
        return entity;
    entity = sk_entity_new(x, type_of(attrs), words, SK_NONE, attrs);
    SK_GROW(x->a, x->nominals, x->n_nominals, x->cap_nominals);
    x->nominals[x->n_nominals++] = (sk_nominal){role, people, entity, words};
    return entity;
}

/* "Kim's regime", "its authoritarian regime": one government, unless another state's is named. */
int32_t sk_entity_regime(sk_reader *x, int32_t state)
{
    if (state < 0 && x->regime >= 0)
        return x->regime;
    sk_str name = SK_S("government");
    if (state >= 0)
        name = sk_fmt(x->a, "government of %.*s", SK_P(x->r->entities[state].name));
    const void *known = sk_strmap_get(&x->names, name);
    if (known)
        return x->regime = (int32_t)(intptr_t)known - 1;
    x->regime = sk_entity_new(x, "government", name, SK_NONE,
                              SK_ATTR(GOVT) | SK_ATTR(GROUP) | SK_ATTR(SOURCE));
    if (x->regime >= 0)
        sk_strmap_put(&x->names, x->a, name, (const void *)(intptr_t)(x->regime + 1));
    return x->regime;
}

static bool is_definite(const sk_reader *x, const sk_chunk *c)
{
    return sk_item_is(x, c->first, "the") || sk_item_is(x, c->first, "this") ||
           sk_item_is(x, c->first, "that");
}

/* ", an Asia expert" behind a name says what somebody is: no group. */
static bool is_apposition(const sk_reader *x, size_t k)
{
    const sk_chunk *c = &x->chunks[k];
    bool article = sk_item_is(x, c->first, "a") || sk_item_is(x, c->first, "an");
    return k >= 2 && article && x->chunks[k - 1].kind == SK_CHUNK_COMMA &&
           x->chunks[k - 2].kind == SK_CHUNK_NP && x->chunks[k - 2].entity >= 0;
}

/* "a Security Council meeting", then "the meeting": the body that met stands for it. */
static void name_meeting(sk_reader *x, sk_chunk *c)
{
    for (uint32_t i = c->first; i < c->end; i++) {
        const sk_match *m = sk_match_at(x, SK_LAYER_NAME, i);
        if (m && sk_match_entry(x, m)->kind == SK_LEX_ORG) {
            x->last_meeting = sk_entity_listed(x, m->senses[0].entry);
            return;
        }
    }
    if (is_definite(x, c) && x->last_meeting >= 0)
        c->entity = x->last_meeting;
}

/* One person by a noun: whom "he" or "she" may mean. A noun that does not tell may be either. */
static void remember_one(sk_reader *x, const sk_chunk *c, int32_t entity)
{
    static const char *const women[] = {"mother",     "sister", "daughter", "wife",        "girl",
                                        "woman",      "aunt",   "niece",    "grandmother", "widow",
                                        "schoolgirl", "mom",    "lady",     "maid",        "nun"};
    static const char *const men[] = {"father",   "brother", "son",    "husband",     "boy",
                                      "man",      "uncle",   "nephew", "grandfather", "dad",
                                      "grandson", "monk",    "priest"};
    bool she = false, he = false;
    for (size_t i = 0; i < SK_COUNT(women); i++)
        she |= sk_item_is(x, (int64_t)c->end - 1, women[i]);
    for (size_t i = 0; i < SK_COUNT(men); i++)
        he |= sk_item_is(x, (int64_t)c->end - 1, men[i]);
    if (she || !he)
        x->last_she = entity;
    if (he || !she)
        x->last_he = entity;
}

static void name_group(sk_reader *x, size_t k)
{
    sk_chunk *c = &x->chunks[k];
    const sk_match *m = role_at_head(x, c);
    if (m && c->entity < 0 && sk_match_entry(x, m)->attrs & SK_ATTR(MEETING)) {
        name_meeting(x, c);
        return;
    }
    const uint64_t wanted =
        SK_ATTR(PERSON) | SK_ATTR(GROUP) | SK_ATTR(GOVT) | SK_ATTR(VICTIM) | SK_ATTR(MEASURE);
    if (!m || c->entity >= 0 || !(sk_match_entry(x, m)->attrs & wanted) || is_apposition(x, k))
        return;
    uint64_t attrs = sk_match_entry(x, m)->attrs;
    int32_t entity = SK_READ_NONE;
    sk_span span = name_span(x, c);
    bool is_regime = !strcmp(sk_entry_id(x, sk_match_entry(x, m)), "government");
    if (is_regime) {
        entity = sk_entity_regime(x, people_of(x, c));
        if (c->poss >= 0)
            span = sk_span_of(x, c->first, c->end);
    } else if (attrs & SK_ATTR(ORGN) && !(attrs & SK_ATTR(COMPANY)) && is_definite(x, c) &&
               x->last_org >= 0) {
        entity = x->last_org;
        span = sk_span_of(x, c->first, c->end);
    } else {
        entity = nominal(x, c, m);
    }
    if (entity < 0)
        return;
    c->entity = entity;
    sk_mention_add(x, span, entity, SK_LEVEL_NOMINAL, sk_rule_get(SK_RULE_NAME_NOMINAL));
    bool plural = c->is_plural || m->senses[0].form == SK_FORM_PLURAL;
    if (attrs & (SK_ATTR(VICTIM) | SK_ATTR(FORCES)) && plural)
        x->last_group = entity;
    else if (attrs & SK_ATTR(PERSON) && !plural)
        remember_one(x, c, entity);
}

/* The last list of states, bodies or people before group k in the sentence: what "they" may be. */
static int32_t list_before(const sk_reader *x, size_t k)
{
    for (size_t i = k; i-- > 2;) {
        const sk_chunk *c = &x->chunks[i], *o = &x->chunks[i - 2];
        if (c->kind == SK_CHUNK_NP && !c->is_pronoun && c->is_plural && c->entity >= 0 &&
            c->attrs & SK_ATTR(VICTIM))
            return SK_READ_NONE;
        if (c->kind == SK_CHUNK_NP && x->chunks[i - 1].kind == SK_CHUNK_CONJ &&
            o->kind == SK_CHUNK_NP && c->entity >= 0 && o->entity >= 0 &&
            c->head_attrs & o->head_attrs & (SK_ATTR(STATE) | SK_ATTR(ORGN) | SK_ATTR(PERSON)))
            return (int32_t)i;
    }
    return SK_READ_NONE;
}

static void name_pronoun(sk_reader *x, size_t k)
{
    sk_chunk *c = &x->chunks[k];
    bool many = sk_item_is(x, c->first, "they") || sk_item_is(x, c->first, "them") ||
                sk_item_is(x, c->first, "many") || sk_item_is(x, c->first, "most") ||
                sk_item_is(x, c->first, "others") || sk_item_is(x, c->first, "some");
    bool he = sk_item_is(x, c->first, "he") || sk_item_is(x, c->first, "him");
    bool she = sk_item_is(x, c->first, "she") || sk_item_is(x, c->first, "her");
    static const char *const people[] = {
        "me",  "us",   "him",    "her",      "them",    "i",       "we",        "he",
        "she", "they", "anyone", "everyone", "someone", "anybody", "everybody", "somebody"};
    for (size_t i = 0; i < SK_COUNT(people); i++)
        if (sk_item_is(x, c->first, people[i]))
            c->head_attrs |= SK_ATTR(PERSON);
    bool they = sk_item_is(x, c->first, "they") || sk_item_is(x, c->first, "them");
    if (they && (c->list = list_before(x, k)) >= 0)
        return;
    int32_t entity = many ? x->last_group : he ? x->last_he : she ? x->last_she : SK_READ_NONE;
    if (entity < 0)
        return;
    c->entity = entity;
    c->head_attrs |= x->r->entities[entity].attrs | SK_ATTR(PERSON);
    sk_mention_add(x, sk_span_of(x, c->first, c->end), entity, SK_LEVEL_PRONOUN,
                   sk_rule_get(SK_RULE_NAME_PRONOUN));
}

/* "the think tank's web series": the possessor is a group too. */
static void name_possessor(sk_reader *x, const sk_chunk *c)
{
    const sk_match *m =
        c->poss > (int32_t)c->first ? sk_match_at(x, SK_LAYER_ROLE, c->poss - 1) : NULL;
    if (!m || sk_match_entry(x, m)->kind != SK_LEX_ROLE)
        return;
    uint64_t attrs = sk_match_entry(x, m)->attrs;
    sk_chunk part = *c;
    part.end = (uint32_t)c->poss;
    part.poss = SK_READ_NONE;
    int32_t entity = SK_READ_NONE;
    sk_span span = name_span(x, &part);
    if (attrs & SK_ATTR(ORGN) && is_definite(x, &part)) {
        entity = x->last_org;
        span = sk_span_of(x, part.first, part.end);
    } else if (!strcmp(sk_entry_id(x, sk_match_entry(x, m)), "government")) {
        entity = sk_entity_regime(x, people_of(x, &part));
    } else if (attrs & (SK_ATTR(PERSON) | SK_ATTR(GROUP))) {
        entity = nominal(x, &part, m);
    }
    sk_mention_add(x, span, entity, SK_LEVEL_NOMINAL, sk_rule_get(SK_RULE_NAME_NOMINAL));
}

void sk_names_nominal(sk_reader *x)
{
    for (size_t k = 0; k < x->n_chunks; k++) {
        sk_chunk *c = &x->chunks[k];
        if (c->kind != SK_CHUNK_NP || c->is_time)
            continue;
        name_possessor(x, c);
        if (c->is_pronoun)
            name_pronoun(x, k);
        else
            name_group(x, k);
    }
}

static bool is_first_person(const sk_reader *x, uint32_t i)
{
    static const char *const words[] = {"i", "we", "me", "us", "my", "our"};
    for (size_t k = 0; k < SK_COUNT(words); k++)
        if (sk_item_is(x, i, words[k]))
            return true;
    return false;
}

void sk_names_first_person(sk_reader *x)
{
    for (size_t k = 0; k < x->n_chunks; k++) {
        sk_chunk *c = &x->chunks[k];
        if (c->kind != SK_CHUNK_NP || !is_first_person(x, c->first) ||
            (c->end - c->first > 1 && c->entity >= 0))
            continue;
        sk_span span = sk_span_of(x, c->first, c->first + 1);
        int32_t a = sk_attribution_of(x, span),
                who = a > 0 ? x->r->attributions[a].source : SK_READ_NONE;
        if (a == 0) { /* nobody's words but the text's own */
            if (x->narrator < 0)
                x->narrator = sk_entity_new(x, "person", SK_S("the narrator"), SK_NONE,
                                            SK_ATTR(PERSON) | SK_ATTR(VICTIM));
            who = x->narrator;
        }
        if (who < 0)
            continue;
        sk_mention_add(x, span, who, SK_LEVEL_PRONOUN, sk_rule_get(SK_RULE_NAME_PRONOUN));
        if (c->is_pronoun)
            c->entity = who;
    }
}
