/* Acts of a reading as suggestions: an entity of type Act with a claim for each slot, as a person enters
 * it by hand. What did not happen becomes predicts or denies; what is called for, a statement. */
#include "read/suggest_private.h"

static bool is_term(const char *act, const char *term)
{
    return strcmp(act, term) == 0;
}

/* What the actor of an act is to it. A vote has no perpetrator. */
static const char *actor_prop(const sk_found_event *e)
{
    if (is_term(e->act, "diplomacy.request"))
        return "requestedBy";
    if (is_term(e->act, "diplomacy.protest"))
        return "objectedBy";
    if (!strncmp(e->act, "diplomacy.", 10) || is_term(e->act, "trade.purchase"))
        return "involved";
    return "perpetrator";
}

static const char *target_prop(const sk_found_event *e)
{
    bool is_deal = !strncmp(e->act, "diplomacy.", 10) || !strncmp(e->act, "trade.", 6);
    return is_deal ? "involved" : "victim";
}

static sk_position position_of(sk_modality m)
{
    switch (m) {
    case SK_ASSERTED:
    case SK_REPORTED:
    case SK_ALLEGED:
        return SK_CLAIM_ASSERTS;
    case SK_NEGATED:
        return SK_CLAIM_DENIES;
    default:
        return SK_CLAIM_PREDICTS;
    }
}

static bool is_real(sk_modality m)
{
    return position_of(m) == SK_CLAIM_ASSERTS;
}

static void add_parties(const sk_suggester *x, sk_making *m, const char *prop, const sk_slot *slots,
                        uint8_t n)
{
    for (uint8_t i = 0; i < n; i++) {
        const sk_slot *slot = &slots[i];
        if (slot->is_pronoun && slot->entity < 0)
            continue; /* "they", of whom nothing is known */
        sk_proposal *p = sk_suggest__propose(x, m, "Act", prop, SK_VALUE_ENTITY, slot->span);
        p->party = sk_suggest__party(x, slot->entity, slot->span);
        p->is_candidate = slot->is_pronoun;
        p->words = sk_suggest__words(x, slot->span, m);
        m->is_oversize |= p->party.name.n > SK_LIM_SUGGEST_PART_BYTES;
    }
}

static void add_texts(const sk_suggester *x, sk_making *m, const char *prop, const sk_slot *slots,
                      uint8_t n)
{
    for (uint8_t i = 0; i < n; i++) {
        if (slots[i].is_pronoun)
            continue; /* "there" is no place */
        sk_proposal *p = sk_suggest__propose(x, m, "Act", prop, SK_VALUE_TEXT, slots[i].span);
        p->value = sk_suggest__words(x, slots[i].span, m);
    }
}

static void add_date(const sk_suggester *x, sk_making *m, int32_t date)
{
    if (date < 0 || !x->r->dates[date].value.n)
        return; /* "the next day" of nothing that is dated */
    const sk_found_date *d = &x->r->dates[date];
    sk_proposal *p = sk_suggest__propose(x, m, "Act", "date", SK_VALUE_DATE, d->span);
    p->value = d->value;
    p->words = sk_suggest__words(x, d->span, m);
}

static void add_count(sk_suggester *x, sk_making *m, int32_t quantity)
{
    sk_quantity q;
    if (quantity < 0 || !sk_suggest__figure(x, &x->r->quantities[quantity], m, &q))
        return;
    const sk_found_quantity *f = &x->r->quantities[quantity];
    sk_proposal *p = sk_suggest__propose(x, m, "Act", "count", SK_VALUE_QUANTITY, f->span);
    p->quantity = q;
    p->words = sk_suggest__words(x, f->span, m);
}

static void suggest_act(sk_suggester *x, size_t i)
{
    const sk_found_event *e = &x->r->events[i];
    if (!sk_model_find_act(sk_model_get(), sk_str_of(e->act)))
        return;
    sk_making m = sk_suggest__begin(x, SK_SUGGEST_ACT, e->rule, e->tier, e->trigger);
    m.s.modality = sk_str_of(sk_modality_name(e->modality));
    m.s.position = position_of(e->modality);
    m.s.subject = (sk_party){.type = SK_S("Act")};
    sk_proposal *act = sk_suggest__propose(x, &m, "Act", "act", SK_VALUE_TERM, e->trigger);
    act->value = sk_str_of(e->act);
    act->words = sk_suggest__words(x, e->trigger, &m);
    add_parties(x, &m, actor_prop(e), e->actor, e->n_actor);
    add_parties(x, &m, target_prop(e), e->target, e->n_target);
    add_texts(x, &m, "location", e->place, e->n_place);
    add_texts(x, &m, "cargo", e->goods, e->n_goods);
    add_date(x, &m, e->date);
    add_count(x, &m, e->quantity);
    sk_suggest__chain(x, e->attribution, &m);
    if (e->same_as >= 0 && x->has_event[e->same_as]) {
        m.s.has_same_as = true;
        m.s.same_as = x->event_ids[e->same_as];
    }
    if (!sk_suggest__end(x, &m))
        return;
    x->has_event[i] = true;
    x->event_ids[i] = x->list[x->n - 1].id;
    if (e->quantity >= 0)
        x->is_counted[e->quantity] = true;
}

/* Who calls for event i: the source of its statement, else who calls in the same sentence. */
static bool find_caller(const sk_suggester *x, size_t i, sk_party *ret_caller)
{
    const sk_reading *r = x->r;
    const sk_found_event *e = &r->events[i];
    const sk_attribution *a = e->attribution >= 0 ? &r->attributions[e->attribution] : NULL;
    if (a && a->source >= 0 && !a->is_pronoun) {
        *ret_caller = sk_suggest__party(x, a->source, a->source_span);
        return true;
    }
    for (size_t k = i; k-- > 0 && r->events[k].sentence.from == e->sentence.from;) {
        const sk_found_event *call = &r->events[k];
        bool asks = is_term(call->act, "diplomacy.call") || is_term(call->act, "diplomacy.request");
        if (asks && call->n_actor && call->actor[0].entity >= 0 && !call->actor[0].is_pronoun) {
            *ret_caller = sk_suggest__party(x, call->actor[0].entity, call->actor[0].span);
            return true;
        }
    }
    return false;
}

/* "HRW called on China to stop ..." says nothing of an act; it says what HRW asks for. Where nobody is
 * named who asks, nothing is proposed and the sentence stays a silence. */
static void suggest_call(sk_suggester *x, size_t i)
{
    const sk_found_event *e = &x->r->events[i];
    sk_party caller;
    if (!find_caller(x, i, &caller))
        return;
    sk_making m = sk_suggest__begin(x, SK_SUGGEST_STATEMENT, e->rule, e->tier, e->trigger);
    sk_span said = {(uint32_t)m.s.passage, (uint32_t)m.s.passage_end};
    m.s.modality = sk_str_of(sk_modality_name(e->modality));
    m.s.subject = caller;
    sk_proposal *p = sk_suggest__propose(x, &m, caller.type.p, "statement", SK_VALUE_TEXT, said);
    p->value = sk_suggest__words(x, said, &m);
    sk_suggest__chain(x, e->attribution, &m);
    if (m.s.n_chain == 1) {
        sk_party *chain = sk_new_array(&x->cx->arena, sk_party, 2);
        chain[0] = caller;
        chain[1] = m.s.chain[0];
        m.s.chain = chain;
        m.s.n_chain = 2;
    }
    sk_suggest__end(x, &m);
}

void sk_suggest__acts(sk_suggester *x)
{
    for (size_t i = 0; i < x->r->n_events; i++) {
        const sk_found_event *e = &x->r->events[i];
        int32_t sentence = sk_suggest__sentence(x, e->trigger.from);
        if (sentence >= 0 && !is_real(e->modality))
            x->is_unreal[sentence] = true;
        if (e->modality == SK_CALL)
            suggest_call(x, i);
        else
            suggest_act(x, i);
    }
}
