/* Acts of the other languages: which party does it and to whom, by particle, sign or word order, and
 * what the words around it make of it. Weak where the language gives no sign: then slots stay empty. */
#include "read/acts.h"
#include "read/foreign.h"

static bool passive_behind(const sk_reader *x, uint32_t end)
{
    static const char *const korean[] = {"당했", "당하", "당한", "되었", "됐",   "되", "된",
                                         "받았", "받",   "혔",   "혀",   "당해", "힌"};
    static const char *const japanese[] = {"された", "され", "られた", "られ", "れた", "された"};
    if (x->lang == SK_READ_KO)
        for (size_t i = 0; i < SK_COUNT(korean); i++)
            if (sk_foreign_at(x, end, korean[i]) || sk_foreign_at(x, end - 1, korean[i]))
                return true;
    if (x->lang == SK_READ_JA)
        for (size_t i = 0; i < SK_COUNT(japanese); i++)
            if (sk_foreign_at(x, end, japanese[i]) || sk_foreign_at(x, end - 1, japanese[i]))
                return true;
    return false;
}

/* Short participles: убит, задержаны, арестована. */
static bool is_russian_passive(const sk_reader *x, const sk_match *m)
{
    static const char *const tails[] = {"ен",  "ена", "ены", "ено", "ан", "ана",
                                        "аны", "ано", "ит",  "иты", "ита"};
    sk_str s = sk_item_text(x, &x->items[m->first + m->n - 1]);
    for (size_t i = 0; i < SK_COUNT(tails); i++)
        if (sk_str_ends(s, sk_str_of(tails[i])))
            return true;
    return false;
}

static bool is_passive(const sk_reader *x, const sk_match *m)
{
    if (x->lang == SK_READ_RU)
        return is_russian_passive(x, m);
    if (x->lang != SK_READ_ZH)
        return passive_behind(x, m->first + m->n);
    for (uint32_t i = m->first; i > x->range.first && m->first - i < 10; i--) {
        if (sk_foreign_at(x, i - 1, "，") || sk_foreign_at(x, i - 1, "。"))
            return false;
        if (sk_foreign_at(x, i - 1, "被") || sk_foreign_at(x, i - 1, "遭"))
            return true;
    }
    return false;
}

static bool parts_clause(const sk_reader *x, uint32_t i)
{
    static const char *const signs[] = {",", "，", "、", "。", "；", ";",
                                        "“", "”",  "「", "」", "\""};
    bool listing = x->lang == SK_READ_JA || x->lang == SK_READ_ZH;
    for (size_t k = 0; k < SK_COUNT(signs); k++)
        if (sk_foreign_at(x, i, signs[k]) && !(listing && k == 2))
            return true;
    return false;
}

/* The clause around the act: tokens between its signs. */
static void bounds(const sk_reader *x, const sk_match *m, uint32_t *ret_first, uint32_t *ret_end)
{
    uint32_t first = m->first, end = m->first + m->n;
    while (first > x->range.first && !parts_clause(x, first - 1))
        first--;
    while (end < x->range.end && !parts_clause(x, end))
        end++;
    *ret_first = first;
    *ret_end = end;
}

static void fill(const sk_reader *x, const sk_party *p, sk_slot *slots, uint8_t *n)
{
    sk_slot_add(slots, n, p->entity, sk_span_of(x, p->first, p->end), false);
}

static bool can_act(const sk_party *p)
{
    const uint64_t actors = SK_ATTR(STATE) | SK_ATTR(GOVT) | SK_ATTR(FORCES) | SK_ATTR(ORGN) |
                            SK_ATTR(PERSON) | SK_ATTR(GROUP);
    return p->attrs & actors;
}

static bool holds_object(const sk_reader *x, const sk_match *m)
{
    for (uint32_t i = m->first + 1; i + 1 < m->first + m->n; i++)
        if (sk_foreign_at(x, i, "을") || sk_foreign_at(x, i, "를") || sk_foreign_at(x, i, "を"))
            return true;
    return false;
}

/* Korean and Japanese: by particle, within the clause, else the subject of the sentence. */
static void by_particle(const sk_foreign *f, sk_found_event *e, const sk_match *m, uint32_t first,
                        bool passive)
{
    const sk_party *subject = NULL;
    for (size_t i = 0; i < f->n; i++) {
        const sk_party *p = &f->parties[i];
        bool in_cue = false;
        for (size_t k = f->x->first_attribution; k < f->x->r->n_attributions; k++)
            in_cue |= f->x->r->attributions[k].source_span.from == f->x->items[p->first].t.from;
        if (p->end > m->first || in_cue)
            continue;
        if (p->is == SK_CASE_SUBJECT)
            subject = p;
        if (p->first < first)
            continue;
        /* NOLINTBEGIN(bugprone-branch-clone): the order of the cases is the rule */
        if (p->is == SK_CASE_OBJECT || (p->is == SK_CASE_NONE && p->end == m->first))
            fill(f->x, p, e->target, &e->n_target);
        else if (p->is == SK_CASE_AGENT && passive && can_act(p))
            fill(f->x, p, e->actor, &e->n_actor);
        else if (p->is == SK_CASE_OWNER && holds_object(f->x, m)) /* "노동자들의 여권을 압수" */
            fill(f->x, p, e->target, &e->n_target);
        else if (p->is == SK_CASE_OWNER && !passive && can_act(p) && p->end + 2 >= m->first &&
                 !e->n_actor)
            fill(f->x, p, e->actor, &e->n_actor);
        else if (p->is == SK_CASE_PLACE && p->attrs & SK_ATTR(STATE))
            fill(f->x, p, e->place, &e->n_place);
        /* NOLINTEND(bugprone-branch-clone) */
    }
    uint32_t end = m->first + m->n;
    bool nominal = sk_foreign_at(f->x, end, "을") || sk_foreign_at(f->x, end, "를") ||
                   sk_foreign_at(f->x, end, "を") || sk_foreign_at(f->x, end, "의") ||
                   sk_foreign_at(f->x, end, "の");
    if (!subject || nominal) /* as the object of another verb: its subject need not have done it */
        return;
    if (passive)
        fill(f->x, subject, e->target, &e->n_target);
    else if (can_act(subject) && !e->n_actor)
        fill(f->x, subject, e->actor, &e->n_actor);
}

static bool is_instrumental(const sk_reader *x, const sk_party *p)
{
    static const char *const tails[] = {"ой", "ей", "ом", "ем", "ами", "ями", "ью", "ми"};
    sk_str s = sk_item_text(x, &x->items[p->end - 1]);
    for (size_t i = 0; i < SK_COUNT(tails); i++)
        if (sk_str_ends(s, sk_str_of(tails[i])))
            return true;
    return false;
}

/* Chinese and Russian: subject before, object behind; 被 and 把 change that. */
static void by_order(const sk_foreign *f, sk_found_event *e, const sk_match *m, uint32_t first,
                     uint32_t end, bool passive)
{
    const sk_party *left = NULL, *right = NULL;
    for (size_t i = 0; i < f->n; i++) {
        const sk_party *p = &f->parties[i];
        if (p->first < first || p->end > end)
            continue;
        if (p->is == SK_CASE_PLACE) {
            if (p->attrs & SK_ATTR(STATE))
                fill(f->x, p, e->place, &e->n_place);
        } else if (p->is == SK_CASE_AGENT && can_act(p)) {
            fill(f->x, p, e->actor, &e->n_actor);
        } else if (p->is == SK_CASE_OBJECT) {
            fill(f->x, p, e->target, &e->n_target);
        } else if (p->end <= m->first) {
            bool joined =
                left && left->end == p->first; /* 朝鲜士兵: the last of one group is its head */
            left = !left || passive || joined ? p : left;
        } else if (!right || right->end == p->first) {
            right = p;
        }
    }
    if (passive && right && f->x->lang == SK_READ_RU && is_instrumental(f->x, right) &&
        can_act(right))
        fill(f->x, right, e->actor, &e->n_actor);
    if (passive) {
        if (left && !e->n_target)
            fill(f->x, left, e->target, &e->n_target);
        return;
    }
    if (left && can_act(left) && !e->n_actor && left->is != SK_CASE_OWNER)
        fill(f->x, left, e->actor, &e->n_actor);
    if (right && !e->n_target && right->first <= m->first + m->n + 8)
        fill(f->x, right, e->target, &e->n_target);
}

/* The mark that weighs most among those around the act. */
static sk_modality modality(const sk_reader *x, const sk_match *act, uint32_t first, uint32_t end,
                            sk_modality source)
{
    static const struct {
        const char *id;
        sk_modality m;
    } marks[] = {{"not", SK_NEGATED},       {"risk", SK_RISK},       {"threat", SK_THREAT},
                 {"call", SK_CALL},         {"planned", SK_PLANNED}, {"hypothetical", SK_POSSIBLE},
                 {"possible", SK_POSSIBLE}, {"alleged", SK_ALLEGED}};
    bool before = x->lang == SK_READ_ZH || x->lang == SK_READ_RU;
    uint32_t from = before ? first : act->first, to = end;
    size_t best = SK_COUNT(marks);
    for (uint32_t i = from; i < to; i++) {
        const sk_match *m = sk_match_at(x, SK_LAYER_MARK, i);
        if (!m || m->first != i || (i >= act->first && i < act->first + act->n && m->n <= act->n))
            continue;
        bool far = before && i > act->first + act->n && sk_match_is(x, m, "not");
        bool near = x->lang != SK_READ_RU || !sk_match_is(x, m, "not") || i + 3 >= act->first;
        if (far || !near)
            continue;
        for (size_t k = 0; k < best; k++)
            if (sk_match_is(x, m, marks[k].id))
                best = k;
    }
    if (source == SK_NEGATED)
        return best == 0 ? SK_POSSIBLE : SK_NEGATED;
    return best < SK_COUNT(marks) ? marks[best].m : source;
}

static sk_modality by_source(const sk_reader *x, int32_t attribution)
{
    const sk_attribution *a = &x->r->attributions[attribution];
    return a->manner == SK_MANNER_AUTHOR       ? SK_ASSERTED
           : a->manner == SK_MANNER_DENIAL     ? SK_NEGATED
           : a->manner == SK_MANNER_ACCUSATION ? SK_ALLEGED
                                               : SK_REPORTED;
}

/* Objects an act asks for, looked for anywhere in the clause. */
static bool needs_met(const sk_reader *x, const sk_lex_entry *e, uint32_t first, uint32_t end)
{
    uint64_t attrs = 0;
    if (!e->object && !e->near)
        return true;
    for (uint32_t i = first; i < end; i++) {
        const sk_match *m = sk_match_at(x, SK_LAYER_ROLE, i);
        if (m)
            attrs |= sk_match_entry(x, m)->attrs;
        if ((m = sk_match_at(x, SK_LAYER_NAME, i)))
            attrs |= sk_match_entry(x, m)->attrs;
    }
    return (!e->object || attrs & e->object) && (!e->near || attrs & e->near);
}

static void read_act(sk_foreign *f, const sk_match *m)
{
    sk_reader *x = f->x;
    uint32_t first, end;
    bounds(x, m, &first, &end);
    for (uint32_t s = 0; s < m->n_senses; s++) {
        const sk_lex_entry *e = sk_lexicon_entry(x->lex, m->senses[s].entry);
        if (m->senses[s].lang != x->lang ||
            (m->n > 1 && e->object && x->lang != SK_READ_RU ? false : !needs_met(x, e, first, end)))
            continue;
        sk_found_event ev = {
            .act = sk_entry_id(x, e),
            .trigger = sk_span_of(x, m->first, m->first + m->n),
            .rule = sk_rule_get(e->attrs & SK_ATTR(WEAK) ? SK_RULE_ACT_WEAK : SK_RULE_ACT_FOREIGN)};
        sk_event_room(x->slots, &ev, SK_MOST_SLOTS);
        if (e->attrs & SK_ATTR(PERSONS)) {
            for (size_t i = 0; i < f->n; i++)
                if (f->parties[i].first < m->first + m->n && f->parties[i].end > m->first)
                    fill(x, &f->parties[i], ev.target, &ev.n_target);
        } else if (x->lang == SK_READ_KO || x->lang == SK_READ_JA) {
            by_particle(f, &ev, m, first, is_passive(x, m));
        } else {
            by_order(f, &ev, m, first, end, is_passive(x, m));
        }
        sk_event_add_foreign(
            x, ev, modality(x, m, first, end, by_source(x, sk_attribution_of(x, ev.trigger))),
            first, end);
        return;
    }
}

void sk_foreign_acts(sk_foreign *f)
{
    sk_reader *x = f->x;
    for (uint32_t i = x->range.first; i < x->range.end; i++) {
        const sk_match *m = sk_match_at(x, SK_LAYER_ACT, i);
        if (!m || m->first != i || m->first + m->n > x->range.end)
            continue;
        x->sentence->has_act_word = true;
        const sk_match *name = sk_match_at(x, SK_LAYER_NAME, i);
        const sk_match *role = sk_match_at(x, SK_LAYER_ROLE, i);
        bool persons = sk_match_entry(x, m)->attrs & SK_ATTR(PERSONS);
        if ((name && name->n > m->n) || (role && role->first <= i && role->n > m->n && !persons))
            continue;
        read_act(f, m);
    }
}
