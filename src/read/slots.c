/* Slots of an act: from noun groups to entities and spans; and what stands around it in the clause. */
#include "read/acts.h"

static unsigned kind_at(const sk_reader *x, int32_t k)
{
    return sk_chunk_at(x, k)->kind;
}

void sk_event_room(sk_arena *a, sk_found_event *e, size_t most)
{
    sk_slot *room = sk_alloc(a, 4 * most * sizeof *room);
    e->actor = room;
    e->target = room + most;
    e->place = room + 2 * most;
    e->goods = room + 3 * most;
}

static sk_slot *keep(sk_arena *a, const sk_slot *slots, size_t n)
{
    if (!n)
        return NULL;
    sk_slot *copy = sk_new_array(a, sk_slot, n);
    memcpy(copy, slots, n * sizeof *slots);
    return copy;
}

/* The event at the end of the reading's list, its slots in the reading's own memory. */
static void append(sk_reader *x, sk_found_event e)
{
    e.actor = keep(x->a, e.actor, e.n_actor);
    e.target = keep(x->a, e.target, e.n_target);
    e.place = keep(x->a, e.place, e.n_place);
    e.goods = keep(x->a, e.goods, e.n_goods);
    SK_GROW(x->a, x->r->events, x->r->n_events, x->cap_events);
    x->r->events[x->r->n_events++] = e;
}

void sk_slot_add(sk_slot slots[SK_MOST_SLOTS], uint8_t *n, int32_t entity, sk_span span,
                 bool is_pronoun)
{
    if (*n >= SK_MOST_SLOTS)
        return;
    for (uint8_t i = 0; i < *n; i++)
        if (slots[i].entity >= 0 && slots[i].entity == entity)
            return;
    slots[(*n)++] = (sk_slot){entity, span, is_pronoun};
}

/* May a noun group fill a slot of people: does it name somebody? */
static bool fills(const sk_chunk *c)
{
    return c->kind == SK_CHUNK_NP && !c->is_time;
}

static void sk_slot_list(const sk_reader *x, const sk_chunk *c, sk_slot slots[SK_MOST_SLOTS],
                         uint8_t *ret_n)
{
    int32_t list[SK_MOST_SLOTS];
    size_t n = sk_list_left(x, c->list, list);
    for (size_t i = 0; i < n; i++)
        sk_slot_add(slots, ret_n, sk_chunk_at(x, list[i])->entity, sk_span_of(x, c->first, c->end),
                    true);
}

void sk_slots_fill(const sk_reader *x, int32_t k, sk_side side, sk_slot slots[SK_MOST_SLOTS],
                   uint8_t *ret_n)
{
    int32_t list[SK_MOST_SLOTS];
    if (k < 0 || !fills(sk_chunk_at(x, k)))
        return;
    size_t n = side == SK_SIDE_LEFT ? sk_list_left(x, k, list) : sk_list_right(x, k, list);
    for (size_t i = 0; i < n; i++) {
        const sk_chunk *c = sk_chunk_at(x, list[i]);
        if (!fills(c))
            continue;
        if (c->is_pronoun && c->list >= 0) { /* "they", behind "both China and Russia" */
            sk_slot_list(x, c, slots, ret_n);
            continue;
        }
        if (c->entity < 0)
            continue;
        sk_slot_add(slots, ret_n, c->entity, sk_span_of(x, c->first, c->end), c->is_pronoun);
    }
}

/* The possessor: the name or noun before the last 's of the group. */
bool sk_possessor(const sk_reader *x, const sk_chunk *c, sk_slot *ret_slot)
{
    if (c->poss <= (int32_t)c->first)
        return false;
    uint32_t last = (uint32_t)c->poss - 1, first = last;
    int32_t entity = SK_READ_NONE;
    for (size_t i = x->first_mention; i < x->r->n_mentions; i++) {
        const sk_mention *m = &x->r->mentions[i];
        if (m->span.to == x->items[last].t.to && m->span.from >= x->items[c->first].t.from) {
            entity = m->entity;
            *ret_slot = (sk_slot){entity, m->span, false};
            return true;
        }
    }
    while (first > c->first && x->items[first - 1].tag != SK_TAG_DET &&
           x->items[first - 1].tag != SK_TAG_POSS)
        first--;
    const sk_match *role = sk_match_at(x, SK_LAYER_ROLE, last);
    bool people = role && sk_match_entry(x, role)->attrs &
                              (SK_ATTR(GOVT) | SK_ATTR(FORCES) | SK_ATTR(PERSON) | SK_ATTR(GROUP));
    *ret_slot = (sk_slot){entity, sk_span_of(x, first, last + 1), false};
    return people;
}

/* Of the statements from `first` on, the narrowest whose content holds the span. */
static int32_t narrowest(const sk_reading *r, size_t first, sk_span span, int32_t best)
{
    uint32_t size = UINT32_MAX;
    for (size_t i = first; i < r->n_attributions; i++) {
        const sk_attribution *a = &r->attributions[i];
        uint32_t n = a->content.to - a->content.from;
        if (a->content.from <= span.from && a->content.to >= span.to && n < size) {
            best = (int32_t)i;
            size = n;
        }
    }
    return best;
}

int32_t sk_attribution_of(const sk_reader *x, sk_span span)
{
    return narrowest(x->r, x->first_attribution, span, x->going_on >= 0 ? x->going_on : x->author);
}

int32_t sk_reading_attribution(const sk_reading *r, sk_span span)
{
    return narrowest(r, r->n_attributions > 1 ? 1 : r->n_attributions, span,
                     r->n_attributions ? 0 : SK_READ_NONE);
}

/* --- around the act ------------------------------------------------------------------------------ */

/* The first and last groups of the clause that group k stands in. */
static void clause_bounds(const sk_reader *x, int32_t k, int32_t *ret_first, int32_t *ret_last)
{
    int32_t first = k, last = k;
    while (first > 0 && kind_at(x, first - 1) != SK_CHUNK_SEMICOLON &&
           kind_at(x, first - 1) != SK_CHUNK_SUB && kind_at(x, first - 1) != SK_CHUNK_WH &&
           !(kind_at(x, first - 1) == SK_CHUNK_CONJ && kind_at(x, first - 2) == SK_CHUNK_COMMA &&
             kind_at(x, first) == SK_CHUNK_NP && kind_at(x, first + 1) == SK_CHUNK_VG))
        first--;
    while ((size_t)last + 1 < x->n_chunks && kind_at(x, last + 1) != SK_CHUNK_SEMICOLON &&
           kind_at(x, last + 1) != SK_CHUNK_WH && kind_at(x, last + 1) != SK_CHUNK_CLOSE &&
           !(kind_at(x, last + 1) == SK_CHUNK_SUB) &&
           !(kind_at(x, last + 1) == SK_CHUNK_CONJ && kind_at(x, last) == SK_CHUNK_COMMA &&
             kind_at(x, last + 2) == SK_CHUNK_NP && kind_at(x, last + 3) == SK_CHUNK_VG))
        last++;
    *ret_first = first;
    *ret_last = last;
}

static bool is_place(const sk_reader *x, const sk_chunk *c)
{
    if (c->kind != SK_CHUNK_NP || c->is_time)
        return false;
    if (c->head_attrs & SK_ATTR(FACILITY))
        return true;
    return c->entity >= 0 && c->head_attrs & SK_ATTR(STATE) &&
           !(c->head_attrs & SK_ATTR(POPULATION));
}

/* "in X", "inside X", "at X" behind the act and before the next verb; or in front of the clause. */
static void attach_places(const sk_reader *x, sk_found_event *e, int32_t k, int32_t last)
{
    static const char *const words[] = {"in",     "inside", "at",         "near",
                                        "within", "across", "throughout", "outside"};
    for (int32_t g = k; g + 1 <= last && e->n_place < 2; g++) {
        if (g > k && kind_at(x, g) == SK_CHUNK_VG)
            return;
        bool in = false;
        for (size_t i = 0; i < SK_COUNT(words); i++)
            in |= kind_at(x, g) == SK_CHUNK_PREP && sk_chunk_is(x, g, words[i]);
        bool of = in && kind_at(x, g + 2) == SK_CHUNK_PREP && sk_chunk_is(x, g + 2, "of") &&
                  is_place(x, sk_chunk_at(x, g + 3)); /* "in the village of X" */
        if (of)
            sk_slots_fill(x, g + 3, SK_SIDE_RIGHT, e->place, &e->n_place);
        else if (in && is_place(x, sk_chunk_at(x, g + 1)))
            sk_slots_fill(x, g + 1, SK_SIDE_RIGHT, e->place, &e->n_place);
    }
}

/* The date nearest to the act in its clause that is not one of what is said. */
static void attach_date(const sk_reader *x, sk_found_event *e, int32_t first, int32_t last)
{
    uint32_t best = UINT32_MAX, from = x->items[sk_chunk_at(x, first)->first].t.from,
             to = x->items[sk_chunk_at(x, last)->end - 1].t.to;
    for (size_t i = x->first_date; i < x->r->n_dates; i++) {
        const sk_found_date *d = &x->r->dates[i];
        if (d->is_statement || d->span.from < from || d->span.to > to)
            continue;
        uint32_t far = d->span.from > e->trigger.from ? d->span.from - e->trigger.to
                                                      : e->trigger.from - d->span.to;
        if (far < best) {
            best = far;
            e->date = (int32_t)i;
        }
    }
}

static void attach_quantity(const sk_reader *x, sk_found_event *e)
{
    for (size_t i = x->first_quantity; i < x->r->n_quantities; i++) {
        const sk_found_quantity *q = &x->r->quantities[i];
        for (uint8_t t = 0; t < e->n_target; t++) {
            bool inside =
                q->span.from >= e->target[t].span.from && q->span.to <= e->target[t].span.to;
            if ((inside || (q->of >= 0 && q->of == e->target[t].entity)) && e->quantity < 0)
                e->quantity = (int32_t)i;
        }
    }
}

static bool same_slots(const sk_slot *a, uint8_t n, const sk_slot *b, uint8_t m)
{
    for (uint8_t i = 0; i < n; i++)
        for (uint8_t k = 0; k < m; k++)
            if (a[i].entity >= 0 && a[i].entity == b[k].entity)
                return true;
    return false;
}

/* An earlier report of the same act on the same people: linked, not merged. */
static int32_t find_same(const sk_reader *x, const sk_found_event *e)
{
    enum { LOOK_BACK = 64 };
    size_t n = x->r->n_events, low = n > LOOK_BACK ? n - LOOK_BACK : 0;
    for (size_t i = n; i-- > low;) {
        const sk_found_event *o = &x->r->events[i];
        bool actors =
            !e->n_actor || !o->n_actor || same_slots(e->actor, e->n_actor, o->actor, o->n_actor);
        if (!strcmp(o->act, e->act) && o->modality == e->modality && actors &&
            same_slots(e->target, e->n_target, o->target, o->n_target))
            return (int32_t)i;
    }
    return SK_READ_NONE;
}

static bool is_known(const sk_reader *x, const sk_found_event *e)
{
    for (size_t i = x->first_event; i < x->r->n_events; i++) {
        const sk_found_event *o = &x->r->events[i];
        if (!strcmp(o->act, e->act) && sk_span_overlaps(o->trigger, e->trigger) &&
            (!e->n_goods || !o->n_goods || e->goods[0].span.from == o->goods[0].span.from))
            return true;
    }
    return false;
}

static unsigned tier_of(const sk_found_event *e)
{
    unsigned tier = e->rule->tier;
    for (uint8_t i = 0; i < e->n_actor; i++)
        if (e->actor[i].is_pronoun && tier < 3)
            tier = 3;
    for (uint8_t i = 0; i < e->n_target; i++)
        if (e->target[i].is_pronoun && tier < 3)
            tier = 3;
    return tier;
}

/* A list as long as a slot has room may go on in the text: say so. */
static void tell_of_more(sk_reader *x, const sk_found_event *e)
{
    if (e->n_actor == SK_MOST_SLOTS || e->n_target == SK_MOST_SLOTS ||
        e->n_place == SK_MOST_SLOTS || e->n_goods == SK_MOST_SLOTS)
        sk_trap_add(x, "long list", "no more slots are filled; look for others", e->sentence);
}

void sk_event_add(sk_reader *x, sk_found_event e, int32_t k, uint32_t trigger)
{
    sk_reading *r = x->r;
    if (r->n_events >= SK_LIM_READ_EVENTS || is_known(x, &e))
        return;
    int32_t first, last;
    clause_bounds(x, k, &first, &last);
    e.kind = !strncmp(e.act, "diplomacy.", 10) ? "diplomatic" : e.n_goods ? "trade" : "event";
    e.date = e.quantity = SK_READ_NONE;
    e.sentence = x->sentence->span;
    e.attribution = sk_attribution_of(x, e.trigger);
    e.modality = sk_act_modality(x, k, trigger, e.attribution);
    attach_places(x, &e, k, last);
    attach_date(x, &e, first, last);
    attach_quantity(x, &e);
    e.tier = tier_of(&e);
    tell_of_more(x, &e);
    e.same_as = find_same(x, &e);
    x->sentence->has_event = true;
    append(x, e);
}

void sk_event_add_foreign(sk_reader *x, sk_found_event e, sk_modality modality, uint32_t first,
                          uint32_t end)
{
    sk_reading *r = x->r;
    if (r->n_events >= SK_LIM_READ_EVENTS || is_known(x, &e))
        return;
    e.kind = !strncmp(e.act, "diplomacy.", 10) ? "diplomatic" : "event";
    e.date = e.quantity = SK_READ_NONE;
    e.sentence = x->sentence->span;
    e.attribution = sk_attribution_of(x, e.trigger);
    e.modality = modality;
    e.tier = e.rule->tier;
    sk_span clause = sk_span_of(x, first, end);
    for (size_t i = x->first_date; i < r->n_dates && e.date < 0; i++)
        if (sk_span_overlaps(r->dates[i].span, clause))
            e.date = (int32_t)i;
    for (size_t i = x->first_quantity; i < r->n_quantities && e.quantity < 0; i++)
        if (sk_span_overlaps(r->quantities[i].span, clause))
            e.quantity = (int32_t)i;
    e.same_as = find_same(x, &e);
    x->sentence->has_event = true;
    append(x, e);
}
