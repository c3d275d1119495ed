/* Acts named by nouns: "the murder of X by Y", "regime-sanctioned murder, enslavement, torture",
 * "abductees", "enslaved laborers". */
#include "read/acts_private.h"

static unsigned kind_at(const sk_reader *x, int32_t k)
{
    return sk_chunk_at(x, k)->kind;
}

/* Who does it, for a noun: a possessor, "regime-sanctioned", a people in front, "by X". */
static void nominal_actor(sk_reader *x, sk_found_event *e, const sk_candidate *c, int32_t k,
                          bool has_of)
{
    const sk_chunk *g = sk_chunk_at(x, k);
    sk_slot owner;
    int32_t agent = sk_act_agent(x, k);
    if (agent >= 0) {
        sk_act_fill_actor(x, e, agent, SK_SIDE_RIGHT);
        return;
    }
    if (g->poss >= 0 && (uint32_t)g->poss < c->match->first && sk_possessor(x, g, &owner)) {
        uint64_t attrs = owner.entity >= 0 ? x->r->entities[owner.entity].attrs : SK_ATTR(GOVT);
        bool victim = attrs & SK_ATTR(PERSON) &&
                      !(attrs & (SK_ATTR(FORCES) | SK_ATTR(STATE) | SK_ATTR(OFFICIAL)));
        if (victim && !has_of)
            sk_slot_add(e->target, &e->n_target, owner.entity, owner.span, false);
        else
            sk_slot_add(e->actor, &e->n_actor, owner.entity, owner.span, false);
        return;
    }
    const sk_item *before = sk_item_at(x, (int64_t)c->match->first - 1);
    if (before->tag == SK_TAG_POSSPRON && c->match->first > g->first) { /* "their arrests" */
        int32_t who = sk_act_owner(x, (int64_t)c->match->first - 1);
        if (who >= 0 && !has_of)
            sk_slot_add(e->target, &e->n_target, who,
                        sk_span_of(x, c->match->first - 1, c->match->first), true);
        return;
    }
    for (uint32_t i = g->first; i < c->match->first; i++) { /* regime-sanctioned, state-sponsored */
        static const char *const tails[] = {"sanctioned", "sponsored", "backed",
                                            "led",        "imposed",   "run"};
        const sk_match *role = sk_match_at(x, SK_LAYER_ROLE, i);
        for (size_t t = 0; t < SK_COUNT(tails); t++) {
            if (!role || !sk_item_is(x, i + 1, "-") || !sk_item_is(x, i + 2, tails[t]) ||
                !(sk_match_entry(x, role)->attrs & (SK_ATTR(GOVT) | SK_ATTR(FORCES))))
                continue;
            int32_t regime = sk_entity_regime(x, SK_READ_NONE);
            sk_mention_add(x, sk_span_of(x, i, i + 1), regime, SK_LEVEL_NOMINAL,
                           sk_rule_get(SK_RULE_NAME_NOMINAL));
            sk_slot_add(e->actor, &e->n_actor, regime, sk_span_of(x, i, i + 1), false);
            return;
        }
    }
}

/* A list of act nouns has one actor: "regime-sanctioned murder, enslavement, torture". */
static void inherit_actor(const sk_reader *x, sk_found_event *e, int32_t k)
{
    int32_t before = k - 1;
    while (kind_at(x, before) == SK_CHUNK_CONJ || kind_at(x, before) == SK_CHUNK_COMMA)
        before--;
    if (e->n_actor || before == k - 1 || kind_at(x, before) != SK_CHUNK_NP ||
        x->r->n_events == x->first_event)
        return;
    const sk_found_event *o = &x->r->events[x->r->n_events - 1];
    const sk_chunk *g = sk_chunk_at(x, before);
    if (o->trigger.from < x->items[g->first].t.from || o->trigger.to > x->items[g->end - 1].t.to)
        return;
    if (o->n_actor)
        memcpy(e->actor, o->actor, o->n_actor * sizeof *o->actor);
    e->n_actor = o->n_actor;
    if (!e->n_target && o->n_target && o->target[0].is_pronoun) {
        memcpy(e->target, o->target, o->n_target * sizeof *o->target);
        e->n_target = o->n_target;
    }
}

/* A verb that does or suffers the noun: "committed murder", "subjected them to torture". */
static void light_verb(const sk_reader *x, sk_found_event *e, int32_t k)
{
    int32_t v = sk_chunk_governor(x, k);
    const sk_chunk *g = sk_chunk_at(x, v);
    if (v < 0 || g->used)
        return;
    const sk_match *m = sk_match_at(x, SK_LAYER_MARK, g->head);
    int32_t to = g->object >= 0 && g->object < k ? g->object : SK_READ_NONE;
    bool subjects = sk_item_is(x, g->head, "subjected") || sk_item_is(x, g->head, "subject") ||
                    sk_item_is(x, g->head, "subjecting") || sk_item_is(x, g->head, "exposed");
    /* NOLINTBEGIN(bugprone-branch-clone): the order of the cases is the rule */
    if (subjects && (g->is_passive || g->is_participle)) {
        sk_act_fill_target(x, e, g->subject, SK_SIDE_LEFT);
    } else if (subjects && to >= 0) {
        sk_act_fill_actor(x, e, g->subject, SK_SIDE_LEFT);
        sk_act_fill_target(x, e, to, SK_SIDE_RIGHT);
    } else if (sk_match_is(x, m, "does") && !e->n_actor && !g->is_passive && g->object >= 0 &&
               g->object <= k) {
        sk_act_fill_actor(x, e, g->subject, SK_SIDE_LEFT);
    } else if (sk_match_is(x, m, "suffers") && !e->n_target && !g->is_passive) {
        sk_act_fill_target(x, e, g->subject, SK_SIDE_LEFT);
    }
    /* NOLINTEND(bugprone-branch-clone) */
}

static bool is_at_risk(sk_modality m)
{
    return m == SK_RISK || m == SK_THREAT;
}

/* Those of whom the clause says that they are at risk of it: "women, who are at risk of execution". */
static void target_at_risk(const sk_reader *x, sk_found_event *e, int32_t k, uint32_t trigger)
{
    if (e->n_target || !is_at_risk(sk_act_modality(x, k, trigger, SK_READ_NONE)))
        return;
    int32_t v = sk_chunk_governor(x, k);
    const sk_chunk *g = sk_chunk_at(x, v);
    if (v >= 0 && g->subject >= 0 && sk_chunk_at(x, g->subject)->entity >= 0 &&
        sk_chunk_at(x, g->subject)->head_attrs & SK_ATTR(PERSON))
        sk_slots_fill(x, g->subject, SK_SIDE_LEFT, e->target, &e->n_target);
}

bool sk_act_read_noun(sk_reader *x, const sk_candidate *c, int32_t k)
{
    const sk_chunk *g = sk_chunk_at(x, k);
    if (g->kind != SK_CHUNK_NP || g->used ||
        (c->entry->near && !(sk_act_company(x, c->match) & c->entry->near)))
        return false;
    uint32_t end = c->match->first + c->match->n;
    /* "torture victims", "execution site": the noun in front of another is an act only before some */
    if (end < g->end && x->items[end].tag == SK_TAG_NOUN && c->entry->attrs & SK_ATTR(WEAK))
        return false;
    sk_found_event e =
        sk_act_event(x, c, end < g->end ? SK_RULE_ACT_COMPOUND : SK_RULE_ACT_NOMINAL);
    int32_t p = k + 1;
    while (sk_chunk_at(x, p)->first < end && (size_t)p < x->n_chunks)
        p++;
    bool of =
        kind_at(x, p) == SK_CHUNK_PREP &&
        (sk_chunk_is(x, p, "of") || sk_chunk_is(x, p, "against") || sk_chunk_is(x, p, "on")) &&
        kind_at(x, p + 1) == SK_CHUNK_NP && !sk_chunk_at(x, p + 1)->is_time;
    if (!(c->entry->attrs & SK_ATTR(NOACTOR)))
        nominal_actor(x, &e, c, k, of);
    if (of && !(c->entry->attrs & SK_ATTR(NOTARGET)))
        sk_act_fill_target(x, &e, p + 1, SK_SIDE_RIGHT);
    inherit_actor(x, &e, k);
    light_verb(x, &e, k);
    target_at_risk(x, &e, k, c->match->first);
    e.is_ongoing = true;
    sk_event_add(x, e, k, c->match->first);
    return true;
}

/* Does a preposition bring in the list that group k stands in? Then nothing is said of them here. */
static bool lists_in_pp(const sk_reader *x, int32_t k)
{
    while (k >= 2 && (kind_at(x, k - 1) == SK_CHUNK_COMMA || kind_at(x, k - 1) == SK_CHUNK_CONJ) &&
           kind_at(x, k - 2) == SK_CHUNK_NP)
        k -= 2;
    return kind_at(x, k - 1) == SK_CHUNK_PREP;
}

/* Nouns for those to whom it was done: "abductees", "as hostages". */
bool sk_act_read_persons(sk_reader *x, const sk_candidate *c, int32_t k)
{
    const sk_chunk *g = sk_chunk_at(x, k);
    if (g->kind != SK_CHUNK_NP || c->match->first + c->match->n < g->end)
        return false;
    bool as = kind_at(x, k - 1) == SK_CHUNK_PREP && sk_chunk_is(x, k - 1, "as");
    bool said_of = as || !lists_in_pp(x, k);
    sk_found_event e = sk_act_event(x, c, said_of ? SK_RULE_ACT_PERSONS : SK_RULE_ACT_WEAK);
    sk_slot owner;
    int32_t v = sk_chunk_governor(x, k);
    const sk_chunk *over = sk_chunk_at(x, v);
    if (kind_at(x, k - 1) == SK_CHUNK_PREP && sk_chunk_is(x, k - 1, "as") && v >= 0) {
        if (over->is_passive) {
            sk_act_fill_target(x, &e, over->subject, SK_SIDE_LEFT);
        } else {
            sk_act_fill_actor(x, &e, over->subject, SK_SIDE_LEFT);
            sk_act_fill_target(x, &e, over->object, SK_SIDE_RIGHT);
        }
    } else {
        if (g->poss >= 0 && sk_possessor(x, g, &owner) && owner.entity >= 0)
            sk_slot_add(e.actor, &e.n_actor, owner.entity, owner.span, false);
        sk_slot_add(e.target, &e.n_target, g->entity, sk_span_of(x, c->match->first, g->end),
                    false);
    }
    e.is_ongoing = true;
    sk_event_add(x, e, k, c->match->first);
    return true;
}

/* A participle in front of its noun: "abducted Japanese citizens", "tortured prisoners". */
bool sk_act_read_compound(sk_reader *x, const sk_candidate *c, int32_t k)
{
    const sk_chunk *g = sk_chunk_at(x, k);
    unsigned form = c->sense->form;
    bool adj = c->entry->attrs & SK_ATTR(ADJ);
    if (g->kind != SK_CHUNK_NP || !(adj || form == SK_FORM_ED || form == SK_FORM_VBN) ||
        !(g->head_attrs & (SK_ATTR(PERSON) | SK_ATTR(VICTIM))) ||
        (!adj && c->match->first + c->match->n >= g->end))
        return false;
    if (c->entry->object && !(g->head_attrs & c->entry->object))
        return false;
    sk_found_event e = sk_act_event(x, c, SK_RULE_ACT_COMPOUND);
    sk_slot owner;
    if (g->poss >= 0 && (uint32_t)g->poss < c->match->first && sk_possessor(x, g, &owner))
        sk_slot_add(e.actor, &e.n_actor, owner.entity, owner.span, false);
    sk_slot_add(e.target, &e.n_target, g->entity, sk_span_of(x, c->match->first, g->end), false);
    e.is_ongoing = true;
    sk_event_add(x, e, k, c->match->first);
    return true;
}
