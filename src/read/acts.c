/* Acts by their frame: a verb with subject and object, a noun with "of" and "by", a participle in
 * front of its noun, a noun for the people it was done to. See model/lexicon/acts.txt. */
#include "read/acts_private.h"

static unsigned kind_at(const sk_reader *x, int32_t k)
{
    return sk_chunk_at(x, k)->kind;
}

static int32_t chunk_with(const sk_reader *x, uint32_t token)
{
    for (size_t k = 0; k < x->n_chunks; k++)
        if (token >= x->chunks[k].first && token < x->chunks[k].end)
            return (int32_t)k;
    return SK_READ_NONE;
}

sk_found_event sk_act_event(const sk_reader *x, const sk_candidate *c, sk_rule_id rule)
{
    if (c->entry->attrs & SK_ATTR(WEAK))
        rule = SK_RULE_ACT_WEAK;
    sk_found_event e = {.act = sk_entry_id(x, c->entry),
                        .trigger = sk_span_of(x, c->match->first, c->match->first + c->match->n),
                        .rule = sk_rule_get(rule)};
    sk_event_room(x->slots, &e, SK_MOST_SLOTS);
    return e;
}

/* Everything that roles and names of the sentence are, for acts that ask for company. */
uint64_t sk_act_company(const sk_reader *x, const sk_match *but)
{
    uint64_t attrs = 0;
    for (uint32_t i = x->range.first; i < x->range.end; i++) {
        const sk_match *m = sk_match_at(x, SK_LAYER_ROLE, i);
        if (m && m->first == i && (i < but->first || i >= but->first + but->n))
            attrs |= sk_match_entry(x, m)->attrs;
        if ((m = sk_match_at(x, SK_LAYER_NAME, i)))
            attrs |= sk_match_entry(x, m)->attrs;
    }
    return attrs;
}

static uint64_t attrs_of(const sk_reader *x, int32_t k)
{
    if (k < 0)
        return 0;
    const sk_chunk *c = sk_chunk_at(x, k);
    uint64_t attrs = c->head_attrs | c->attrs;
    if (c->entity >= 0)
        attrs |= x->r->entities[c->entity].attrs;
    /* "uphold North Korea's human rights violations": words of the group, "improve the situation of" */
    if (kind_at(x, k + 1) == SK_CHUNK_PREP && sk_chunk_is(x, k + 1, "of"))
        attrs |= sk_chunk_at(x, k + 2)->attrs;
    return attrs;
}

/* "beat, tortured and killed prisoners": a verb without an object has that of the last verb it is
 * listed with. Two verbs only where the first one cannot stand without an object. */
static int32_t shared_object(const sk_reader *x, const sk_candidate *c, int32_t v)
{
    const sk_chunk *g = sk_chunk_at(x, v);
    int verbs = 1;
    if (g->is_passive || g->is_participle || !strncmp(sk_entry_id(x, c->entry), "relief.", 7))
        return SK_READ_NONE;
    for (int32_t k = v;;) {
        int32_t n = k + 1;
        bool comma = kind_at(x, n) == SK_CHUNK_COMMA;
        if (comma && kind_at(x, n + 1) == SK_CHUNK_CONJ)
            n++;
        if ((!comma && kind_at(x, n) != SK_CHUNK_CONJ) || sk_chunk_is(x, n, "but"))
            return SK_READ_NONE;
        n++;
        while (kind_at(x, n) == SK_CHUNK_ADV)
            n++;
        const sk_chunk *w = sk_chunk_at(x, n);
        if (w->kind != SK_CHUNK_VG || w->is_passive || w->is_negated || w->is_ing != g->is_ing ||
            !sk_match_at(x, SK_LAYER_ACT, w->head))
            return SK_READ_NONE;
        verbs++;
        if (w->object >= 0)
            return verbs > 2 || !c->entry->object ? w->object : SK_READ_NONE;
        k = n;
    }
}

/* The act's object, or what stands behind "with", "against" ...: the one to whom it is done. */
static int32_t target_of(const sk_reader *x, const sk_candidate *c, int32_t v)
{
    static const struct {
        uint64_t attr;
        const char *word;
    } ways[] = {{SK_ATTR(WITH), "with"},
                {SK_ATTR(TO), "to"},
                {SK_ATTR(ON), "on"},
                {SK_ATTR(AGAINST), "against"},
                {SK_ATTR(FROM), "from"}};
    const sk_chunk *g = sk_chunk_at(x, v);
    bool has_way = false;
    uint32_t end = c->match->first + c->match->n;
    for (size_t i = 0; i < SK_COUNT(ways); i++) {
        if (!(c->entry->attrs & ways[i].attr))
            continue;
        has_way = true;
        for (int32_t k = v + 1; (size_t)k + 1 < x->n_chunks && k < v + 6; k++) {
            unsigned kind = kind_at(x, k);
            if (kind == SK_CHUNK_VG || kind == SK_CHUNK_COMMA || kind == SK_CHUNK_SUB)
                break;
            if (kind == SK_CHUNK_PREP && sk_chunk_is(x, k, ways[i].word))
                return k + 1;
        }
    }
    if (has_way)
        return SK_READ_NONE;
    int32_t k = g->object >= 0 ? g->object : shared_object(x, c, v);
    if (end > g->end) { /* a phrase that goes on behind its verb: the object stands behind it */
        for (k = v + 1; (size_t)k < x->n_chunks && sk_chunk_at(x, k)->first < end; k++) {
        }
        if (sk_chunk_at(x, k - 1)->end > end && kind_at(x, k - 1) == SK_CHUNK_NP)
            k--;
        if (kind_at(x, k) == SK_CHUNK_PREP &&
            (sk_chunk_is(x, k, "with") || sk_chunk_is(x, k, "on") || sk_chunk_is(x, k, "against")))
            k++;
        if (kind_at(x, k) != SK_CHUNK_NP)
            k = SK_READ_NONE;
    }
    return k;
}

/* The last participle that "and" joins directly to the verb group k, k itself without one. */
static int32_t last_joined(const sk_reader *x, int32_t k)
{
    int32_t last = k;
    for (int32_t g = k + 1; kind_at(x, k) == SK_CHUNK_VG && (size_t)g < x->n_chunks; g++) {
        unsigned kind = kind_at(x, g);
        bool joins = kind == SK_CHUNK_CONJ || kind == SK_CHUNK_COMMA;
        if (kind == SK_CHUNK_VG && sk_chunk_at(x, g)->is_participle && g > k + 1) {
            if (kind_at(x, g - 1) == SK_CHUNK_CONJ) /* a list ends in its "and" */
                last = g;
            joins = true;
        }
        if (!joins && kind != SK_CHUNK_ADV)
            break;
    }
    return last;
}

/* "by X" behind a passive or a noun. Behind another verb it belongs to that one: "raped near a
 * village burned by soldiers". */
int32_t sk_act_agent(const sk_reader *x, int32_t k)
{
    k = last_joined(x, k);
    for (int32_t g = k + 1; (size_t)g + 1 < x->n_chunks && g < k + 8; g++) {
        unsigned kind = kind_at(x, g);
        if (kind == SK_CHUNK_COMMA || kind == SK_CHUNK_SUB || kind == SK_CHUNK_WH ||
            kind == SK_CHUNK_SEMICOLON || kind == SK_CHUNK_VG)
            return SK_READ_NONE;
        if (kind == SK_CHUNK_PREP && sk_chunk_is(x, g, "by") && kind_at(x, g + 1) == SK_CHUNK_NP &&
            !sk_chunk_at(x, g + 1)->is_time)
            return g + 1;
        if (kind == SK_CHUNK_PREP && sk_chunk_is(x, g, "at the hands of"))
            return g + 1;
    }
    return SK_READ_NONE;
}

static bool needs_met(const sk_reader *x, const sk_candidate *c, int32_t subject, int32_t object)
{
    const sk_lex_entry *e = c->entry;
    if (e->object && object >= 0 && sk_chunk_at(x, object)->head_attrs & SK_ATTR(PERSON) &&
        attrs_of(x, object + 1) & e->object && kind_at(x, object + 1) == SK_CHUNK_NP)
        return true; /* "denied them medical care": the second object is what is asked for */
    if (e->object && object >= 0 && sk_chunk_at(x, object)->head_attrs & SK_ATTR(PERSON) &&
        sk_chunk_is(x, object + 1, "of") && attrs_of(x, object + 2) & e->object)
        return true; /* "deprived them of medical care" */
    bool it = sk_chunk_is(x, object, "it") || sk_chunk_is(x, object, "this");
    if (e->object && !(attrs_of(x, object) & e->object) &&
        !(it && e->object & SK_ATTR(ABUSES) && sk_act_company(x, c->match) & SK_ATTR(STATE)))
        return false;
    if (it && e->near)
        return true;
    if (e->subject && !(attrs_of(x, subject) & e->subject))
        return false;
    return !e->near || (sk_act_company(x, c->match) & e->near);
}

/* Only those who can act are actors: a thing may be what the sentence is about, never who did it. */
static bool may_act(const sk_reader *x, int32_t k)
{
    const sk_chunk *c = sk_chunk_at(x, k);
    if (c->kind != SK_CHUNK_NP || c->is_time)
        return false;
    if (c->is_pronoun) /* filled, if at all, as a sk_candidate */
        return true;
    const uint64_t actors = SK_ATTR(PERSON) | SK_ATTR(GROUP) | SK_ATTR(GOVT) | SK_ATTR(FORCES) |
                            SK_ATTR(ORGN) | SK_ATTR(STATE) | SK_ATTR(OFFICIAL) | SK_ATTR(VESSEL);
    if (c->entity >= 0)
        return !(x->r->entities[c->entity].attrs & SK_ATTR(FACILITY)) ||
               x->r->entities[c->entity].attrs & actors;
    return c->head_attrs & actors;
}

void sk_act_fill_actor(const sk_reader *x, sk_found_event *e, int32_t k, sk_side side)
{
    if (k >= 0 && may_act(x, k))
        sk_slots_fill(x, k, side, e->actor, &e->n_actor);
}

/* Whom "their", "his", "her", "my" at token i may mean; NONE for other words. */
int32_t sk_act_owner(const sk_reader *x, int64_t i)
{
    if (sk_item_is(x, i, "their"))
        return x->last_group;
    if (sk_item_is(x, i, "his"))
        return x->last_he;
    if (sk_item_is(x, i, "her"))
        return x->last_she;
    return sk_item_is(x, i, "my") || sk_item_is(x, i, "our") ? x->narrator : SK_READ_NONE;
}

/* A target is people, states, bodies or measures: "violate sanctions". Things fill it as words. */
void sk_act_fill_target(const sk_reader *x, sk_found_event *e, int32_t k, sk_side side)
{
    if (k < 0)
        return;
    const sk_chunk *c = sk_chunk_at(x, k);
    sk_slot owner;
    /* the object is a thing of somebody's: "uphold North Korea's violations" is done to North Korea */
    if (c->entity < 0 && sk_possessor(x, c, &owner)) {
        sk_slot_add(e->target, &e->n_target, owner.entity, owner.span, false);
        return;
    }
    int32_t who = sk_act_owner(x, c->first);
    if (c->entity < 0 && who >= 0) { /* "withheld their wages" */
        sk_slot_add(e->target, &e->n_target, who, sk_span_of(x, c->first, c->first + 1), true);
        return;
    }
    /* "conditions for a population", "a worsening of the situation": those behind of or for */
    if (c->entity < 0 && kind_at(x, k + 1) == SK_CHUNK_PREP && kind_at(x, k + 2) == SK_CHUNK_NP &&
        (sk_chunk_is(x, k + 1, "of") || sk_chunk_is(x, k + 1, "for") ||
         sk_chunk_is(x, k + 1, "against"))) {
        sk_act_fill_target(x, e, k + 2, SK_SIDE_RIGHT);
        return;
    }
    if (c->entity < 0 && !(c->head_attrs & SK_ATTR(VICTIM))) {
        /* a state or people named inside it: "the Ruritanian prison question" */
        for (size_t i = x->first_mention; i < x->r->n_mentions; i++) {
            const sk_mention *m = &x->r->mentions[i];
            if (m->span.from >= x->items[c->first].t.from &&
                m->span.to <= x->items[c->end - 1].t.to &&
                c->head_attrs & (SK_ATTR(ABUSES) | SK_ATTR(HARM))) {
                sk_slot_add(e->target, &e->n_target, m->entity, m->span, false);
                return;
            }
        }
    }
    sk_slots_fill(x, k, side, e->target, &e->n_target);
}

/* --- frames -------------------------------------------------------------------------------------- */

static bool is_ongoing(const sk_reader *x, const sk_chunk *v)
{
    unsigned tag = x->items[v->head].tag;
    return tag == SK_TAG_VB || tag == SK_TAG_VBS || tag == SK_TAG_VBG;
}

/* Goods one by one: "selling such goods as timber and fish". */
static void add_goods(sk_reader *x, sk_found_event e, int32_t k, int32_t v, uint32_t trigger)
{
    int32_t list[SK_MOST_SLOTS], from = k;
    if (kind_at(x, k + 1) == SK_CHUNK_PREP && kind_at(x, k + 2) == SK_CHUNK_NP &&
        (sk_chunk_is(x, k + 1, "like") || sk_chunk_is(x, k + 1, "such") ||
         sk_chunk_is(x, k + 1, "including")))
        from = k + 2;
    size_t n = sk_list_right(x, from, list);
    for (size_t i = 0; i < n; i++) {
        const sk_chunk *c = sk_chunk_at(x, list[i]);
        sk_found_event one = e;
        sk_slot_add(one.goods, &one.n_goods, SK_READ_NONE, sk_span_of(x, c->first, c->end), false);
        sk_event_add(x, one, v, trigger);
    }
}

static bool asks_for_goods(const sk_lex_entry *e)
{
    return e->object & SK_ATTR(GOODS);
}

/* The goods of a verb of trade: its object, or what "like" brings behind "things". */
static uint64_t attrs_of_goods(const sk_reader *x, int32_t k)
{
    uint64_t attrs = attrs_of(x, k);
    if (k >= 0 && kind_at(x, k + 1) == SK_CHUNK_PREP)
        attrs |= sk_chunk_at(x, k + 2)->head_attrs;
    return attrs;
}

/* The state or people named inside group k that has no entity of its own: "Ruritania's police posts",
 * "the affected Ruritanian villages". False when there is none. */
static bool named_inside(const sk_reader *x, int32_t k, sk_found_event *e)
{
    const sk_chunk *c = sk_chunk_at(x, k);
    sk_span span = sk_span_of(x, c->first, c->end);
    for (size_t i = x->first_mention; i < x->r->n_mentions; i++) {
        const sk_mention *m = &x->r->mentions[i];
        if (m->span.from < span.from || m->span.to > span.to || m->entity < 0 ||
            !(x->r->entities[m->entity].attrs & SK_ATTR(STATE)))
            continue;
        for (uint8_t a = 0; a < e->n_actor; a++)
            if (e->actor[a].entity == m->entity)
                return false;
        sk_slot_add(e->target, &e->n_target, m->entity, m->span, false);
        return true;
    }
    return false;
}

/* Acts about something: the first state or people named behind it that is not the actor. */
static void about_whom(const sk_reader *x, const sk_candidate *c, sk_found_event *e, int32_t v)
{
    const uint64_t whom = SK_ATTR(STATE) | SK_ATTR(VICTIM) | SK_ATTR(GOVT) | SK_ATTR(FORCES) |
                          SK_ATTR(OFFICIAL) | SK_ATTR(GROUP);
    if (!(c->entry->attrs & SK_ATTR(ABOUT)) || e->n_target)
        return;
    for (int32_t k = v + 1; (size_t)k < x->n_chunks; k++) {
        const sk_chunk *g = sk_chunk_at(x, k);
        if (g->kind == SK_CHUNK_SEMICOLON || g->kind == SK_CHUNK_SUB || g->used)
            return;
        bool is_actor = false;
        for (uint8_t i = 0; i < e->n_actor; i++)
            is_actor |= e->actor[i].entity == g->entity;
        if (g->kind != SK_CHUNK_NP || g->is_time || is_actor)
            continue;
        if (g->entity >= 0 && x->r->entities[g->entity].attrs & whom) {
            sk_slots_fill(x, k, SK_SIDE_RIGHT, e->target, &e->n_target);
            return;
        }
        if (g->entity < 0 && named_inside(x, k, e))
            return;
    }
}

/* "requested the meeting, while X protested"; "witnesses detailed": to the body that met. */
static void at_meeting(const sk_reader *x, const sk_candidate *c, sk_found_event *e)
{
    if (!(c->entry->attrs & SK_ATTR(ATMEETING)) || e->n_target || x->last_meeting < 0)
        return;
    for (size_t k = 0; k < x->n_chunks; k++) {
        const sk_chunk *g = &x->chunks[k];
        const sk_match *m = sk_match_at(x, SK_LAYER_ROLE, (int64_t)g->end - 1);
        if (g->kind == SK_CHUNK_NP && m && sk_match_entry(x, m)->attrs & SK_ATTR(MEETING)) {
            sk_slot_add(e->target, &e->n_target, x->last_meeting, sk_span_of(x, g->first, g->end),
                        false);
            return;
        }
    }
}

static bool read_passive(sk_reader *x, const sk_candidate *c, int32_t v)
{
    const sk_chunk *g = sk_chunk_at(x, v);
    int32_t agent = sk_act_agent(x, v);
    bool retained = c->entry->object && g->is_passive && kind_at(x, v + 1) == SK_CHUNK_NP &&
                    attrs_of(x, v + 1) & c->entry->object; /* "were denied medical care" */
    if (!retained && !needs_met(x, c, agent, g->subject))
        return false;
    sk_found_event e =
        sk_act_event(x, c, g->is_participle ? SK_RULE_ACT_PARTICIPLE : SK_RULE_ACT_PASSIVE);
    if (c->entry->attrs & SK_ATTR(SYMMETRIC)) /* "are aligned on" */
        sk_act_fill_actor(x, &e, g->subject, SK_SIDE_LEFT);
    else if (!(c->entry->attrs & SK_ATTR(NOTARGET)))
        sk_act_fill_target(x, &e, g->subject, SK_SIDE_LEFT);
    sk_act_fill_actor(x, &e, agent, SK_SIDE_RIGHT);
    e.is_ongoing = g->is_participle;
    if (!e.n_actor && !g->is_participle)
        sk_trap_add(x, "agentless passive", "actor empty",
                    sk_span_of(x,
                               g->subject >= 0 && sk_chunk_at(x, g->subject)->first < g->first
                                   ? sk_chunk_at(x, g->subject)->first
                                   : g->first,
                               g->end));
    about_whom(x, c, &e, v);
    sk_event_add(x, e, v, c->match->first);
    return true;
}

/* "laborers, whose conditions deteriorated": those before "whose". */
static int32_t whose(const sk_reader *x, int32_t k)
{
    if (k < 2 || !sk_chunk_is(x, k, "whose"))
        return SK_READ_NONE;
    int32_t before = kind_at(x, k - 1) == SK_CHUNK_COMMA ? k - 2 : k - 1;
    return kind_at(x, before) == SK_CHUNK_NP ? before : SK_READ_NONE;
}

/* "require the workers to remit": who makes others do it does it, and does it to them. */
static bool coerced(const sk_reader *x, int32_t v, sk_found_event *e)
{
    static const char *const verbs[] = {
        "force",     "forced",  "forces",    "forcing",    "require",  "required", "requires",
        "requiring", "compel",  "compelled", "coerced",    "made",     "makes",    "making",
        "oblige",    "obliged", "ordered",   "compelling", "coercing", "forced"};
    const sk_chunk *g = sk_chunk_at(x, v);
    int32_t over = sk_chunk_governor(x, v);
    const sk_chunk *o = sk_chunk_at(x, over);
    if (!g->is_infinitive || over < 0 || e->n_target)
        return false;
    bool forces = false;
    for (size_t i = 0; i < SK_COUNT(verbs); i++)
        forces |= sk_item_is(x, o->head, verbs[i]);
    if (!forces || (o->is_passive ? o->subject : o->object) != g->subject)
        return false;
    e->n_actor = 0;
    if (o->is_passive) {
        sk_slots_fill(x, o->subject, SK_SIDE_LEFT, e->target, &e->n_target);
    } else {
        sk_slots_fill(x, o->subject, SK_SIDE_LEFT, e->actor, &e->n_actor);
        sk_slots_fill(x, o->object, SK_SIDE_RIGHT, e->target, &e->n_target);
    }
    return true;
}

/* "send them back", "force them to carry logs": what must stand behind the object. */
static bool completed(const sk_reader *x, const sk_candidate *c, int32_t object)
{
    static const char *const work[] = {
        "work", "carry", "dig", "build",   "farm", "mine", "labor", "labour", "toil", "clean",
        "cook", "haul",  "cut", "harvest", "pick", "sew",  "load",  "plant",  "fish", "serve"};
    if (c->entry->attrs & SK_ATTR(BACK))
        return object >= 0 && sk_chunk_is(x, object + 1, "back");
    if (!(c->entry->attrs & SK_ATTR(TOWORK)))
        return true;
    const sk_chunk *next = sk_chunk_at(x, object + 1);
    for (size_t i = 0; object >= 0 && next->is_infinitive && i < SK_COUNT(work); i++)
        if (sk_item_is(x, next->head, work[i]))
            return true;
    return false;
}

static bool read_active(sk_reader *x, const sk_candidate *c, int32_t v)
{
    const sk_chunk *g = sk_chunk_at(x, v);
    int32_t object = target_of(x, c, v);
    if (!completed(x, c, object))
        return false;
    bool goods = asks_for_goods(c->entry);
    if (goods ? !(attrs_of_goods(x, object) & SK_ATTR(GOODS)) ||
                    (c->entry->near && !(sk_act_company(x, c->match) & c->entry->near))
              : !needs_met(x, c, g->subject, object))
        return false;
    sk_found_event e = sk_act_event(x, c, g->is_ing ? SK_RULE_ACT_GERUND : SK_RULE_ACT_ACTIVE);
    e.is_ongoing = is_ongoing(x, g);
    if (c->entry->attrs & SK_ATTR(NOTARGET)) {
        /* what happened to the subject: "conditions deteriorated", "they died" */
        if (whose(x, g->subject) >= 0)
            sk_slots_fill(x, whose(x, g->subject), SK_SIDE_LEFT, e.target, &e.n_target);
        else if (sk_chunk_at(x, g->subject)->head_attrs & SK_ATTR(VICTIM) ||
                 sk_chunk_at(x, g->subject)->is_pronoun ||
                 (g->subject >= 0 && sk_chunk_at(x, g->subject)->entity >= 0))
            sk_slots_fill(x, g->subject, SK_SIDE_LEFT, e.target, &e.n_target);
    } else {
        sk_act_fill_actor(x, &e, g->subject, SK_SIDE_LEFT);
        if (!goods)
            sk_act_fill_target(x, &e, object, SK_SIDE_RIGHT);
        coerced(x, v, &e);
        about_whom(x, c, &e, v);
        at_meeting(x, c, &e);
    }
    if (goods)
        add_goods(x, e, object, v, c->match->first);
    else
        sk_event_add(x, e, v, c->match->first);
    return true;
}

static bool read_verb(sk_reader *x, const sk_candidate *c, int32_t v)
{
    const sk_chunk *g = sk_chunk_at(x, v);
    unsigned form = c->sense->form;
    if ((g->used && strncmp(sk_entry_id(x, c->entry), "diplomacy.", 10) != 0) ||
        (form != SK_FORM_PLAIN &&
         (c->match->first > g->head || c->match->first + c->match->n <= g->head)))
        return false;
    bool passive = g->is_passive || g->is_participle;
    if (form == SK_FORM_VBD && passive)
        return false;
    return passive ? read_passive(x, c, v) : read_active(x, c, v);
}

static bool read_sense(sk_reader *x, const sk_candidate *c)
{
    uint64_t attrs = c->entry->attrs;
    int32_t k = c->chunk;
    if (attrs & SK_ATTR(PERSONS))
        return sk_act_read_persons(x, c, k);
    if (attrs & SK_ATTR(ADJ))
        return sk_act_read_compound(x, c, k);
    if (attrs & SK_ATTR(NOUN))
        return sk_act_read_noun(x, c, k);
    if (kind_at(x, k) == SK_CHUNK_VG)
        return read_verb(x, c, k);
    return sk_act_read_compound(x, c, k);
}

void sk_pass_acts(sk_reader *x)
{
    for (uint32_t i = x->range.first; i < x->range.end; i++) {
        const sk_match *m = sk_match_at(x, SK_LAYER_ACT, i);
        if (!m || m->first != i || m->first + m->n > x->range.end)
            continue;
        x->sentence->has_act_word = true;
        sk_candidate c = {.match = m, .chunk = chunk_with(x, i)};
        const sk_match *role = sk_match_at(x, SK_LAYER_ROLE, i);
        bool inside = role && role->n > m->n && sk_match_entry(x, role)->attrs & SK_ATTR(FACILITY);
        bool name = m->n == 1 && x->items[i].tag == SK_TAG_NAME && i == x->range.first;
        if (c.chunk < 0 || inside || name) /* "detention centre" is a place, Harbour Watch a body */
            continue;
        for (uint32_t s = 0; s < m->n_senses; s++) {
            c.sense = &m->senses[s];
            c.entry = sk_lexicon_entry(x->lex, c.sense->entry);
            /* one phrase for two acts: "food and medicine shortages" */
            bool two = false;
            for (uint32_t w = m->first + 1; w + 1 < m->first + m->n; w++)
                two |= sk_item_is(x, w, "and");
            if (read_sense(x, &c) && !two)
                break;
        }
    }
}
