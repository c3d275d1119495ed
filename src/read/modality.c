/* What the words around an act say of it: happened, denied, feared, asked for, planned.
 *
 * Looks at the verb group itself, at the verbs that govern it up to the finite one, at words in front
 * of a noun, at "if" and "that" before the clause, and at who says it and how. When in doubt it takes
 * the reading that does not say that the act happened. */
#include "read/acts.h"

typedef struct marks {
    unsigned not_, possible, hypothetical, risk, threat, call, planned, alleged, reported, denied;
} marks; /* how many of each kind bear on the act */

static unsigned kind_at(const sk_reader *x, int32_t k)
{
    return sk_chunk_at(x, k)->kind;
}

static void count_mark(const sk_reader *x, const sk_match *m, marks *s)
{
    for (uint32_t i = 0; i < m->n_senses; i++) {
        const char *id = sk_entry_id(x, sk_lexicon_entry(x->lex, m->senses[i].entry));
        unsigned *n = !strcmp(id, "not")            ? &s->not_
                      : !strcmp(id, "possible")     ? &s->possible
                      : !strcmp(id, "hypothetical") ? &s->hypothetical
                      : !strcmp(id, "risk")         ? &s->risk
                      : !strcmp(id, "threat")       ? &s->threat
                      : !strcmp(id, "call")         ? &s->call
                      : !strcmp(id, "planned")      ? &s->planned
                      : !strcmp(id, "alleged")      ? &s->alleged
                      : !strcmp(id, "reported")     ? &s->reported
                                                    : NULL;
        if (n)
            ++*n;
    }
}

/* "almost killed" and "was almost killed", but not "almost 40 people". */
static bool falls_short(const sk_reader *x, const sk_match *m)
{
    unsigned next = sk_item_at(x, (int64_t)m->first + m->n)->tag;
    return sk_match_is(x, m, "almost") && sk_item_at(x, m->first)->tag == SK_TAG_ADV &&
           next >= SK_TAG_VB && next <= SK_TAG_VBG;
}

/* Marks that begin in tokens first .. end. The trigger itself is never a mark of itself. */
static void collect(const sk_reader *x, uint32_t first, uint32_t end, uint32_t trigger, marks *s)
{
    for (uint32_t i = first; i < end; i++) {
        const sk_match *m = sk_match_at(x, SK_LAYER_MARK, i);
        if (!m || m->first != i || x->items[i].in_time || /* "on 9 May" */
            (trigger >= m->first && trigger < m->first + m->n))
            continue;
        count_mark(x, m, s);
        s->not_ += falls_short(x, m);
    }
    for (uint32_t i = first; i < end;
         i++) { /* beliefs, wishes and intentions are words of speech too */
        const sk_match *m = sk_match_at(x, SK_LAYER_CUE, i);
        if (!m || m->first != i || i == trigger)
            continue;
        uint64_t attrs = sk_match_entry(x, m)->attrs;
        s->possible += (attrs & SK_ATTR(THINK)) != 0;
        s->planned += (attrs & SK_ATTR(PLAN)) != 0;
        s->threat += (attrs & SK_ATTR(THREAT)) != 0;
        s->denied += attrs & SK_ATTR(DENY) && !(attrs & SK_ATTR(SAY));
    }
}

static bool stops(unsigned kind)
{
    return kind == SK_CHUNK_SEMICOLON || kind == SK_CHUNK_CLOSE || kind == SK_CHUNK_COLON;
}

/* Does one of tokens first .. end begin a phrase of this mark? */
static bool has_mark(const sk_reader *x, uint32_t first, uint32_t end, const char *id)
{
    for (uint32_t i = first; i < end; i++) {
        const sk_match *m = sk_match_at(x, SK_LAYER_MARK, i);
        if (m && m->first == i && sk_match_is(x, m, id))
            return true;
    }
    return false;
}

static bool chunk_has(const sk_reader *x, int32_t k, const char *id)
{
    const sk_chunk *c = sk_chunk_at(x, k);
    return has_mark(x, c->first, c->end, id);
}

/* "nor did the soldiers kill": what stands before an auxiliary that was put in front of its subject. */
static void look_before_inversion(const sk_reader *x, int32_t aux, uint32_t trigger, marks *s)
{
    for (int32_t g = aux - 1; sk_chunk_at(x, aux)->is_be && g >= 0; g--) {
        unsigned kind = kind_at(x, g);
        if (kind != SK_CHUNK_CONJ && kind != SK_CHUNK_ADV)
            return;
        collect(x, sk_chunk_at(x, g)->first, sk_chunk_at(x, g)->end, trigger, s);
    }
}

/* "The rumour that soldiers killed civilians proved false": what the rest of the sentence says of a
 * clause that a noun brings in, whose "that" is at sub. */
static void look_behind_content(const sk_reader *x, int32_t sub, uint32_t trigger, marks *s)
{
    if (kind_at(x, sub - 1) != SK_CHUNK_NP || kind_at(x, sub - 2) == SK_CHUNK_VG)
        return;
    bool first = true;
    for (int32_t g = sub + 1; (size_t)g < x->n_chunks; g++) {
        const sk_chunk *c = sk_chunk_at(x, g);
        if (stops(c->kind) || c->kind == SK_CHUNK_SUB || c->kind == SK_CHUNK_WH)
            return;
        if (c->first <= trigger)
            continue;
        bool untrue =
            has_mark(x, c->first, c->end, "untrue") || has_mark(x, c->first, c->end, "disowned");
        s->not_ += untrue;
        /* the next finite verb without "and" is the one that is said of the noun */
        if (c->kind == SK_CHUNK_VG && c->is_finite && first && kind_at(x, g - 1) != SK_CHUNK_CONJ) {
            first = false;
            s->not_ += c->is_negated;
        }
    }
}

/* "if", "whether", "that" in front of the clause whose subject is at k (or verb, without one). */
static void look_before_clause(const sk_reader *x, int32_t k, uint32_t trigger, marks *s)
{
    int32_t list[SK_MOST_SLOTS], at = k;
    if (kind_at(x, k) == SK_CHUNK_NP) {
        sk_list_left(x, k, list);
        at = list[0];
        collect(x, sk_chunk_at(x, at)->first, sk_chunk_at(x, k)->end, trigger, s);
    }
    int32_t sub = sk_chunk_before(x, at);
    if (kind_at(x, sub) == SK_CHUNK_VG && sub >= 0) { /* "fears he is being tortured" */
        collect(x, sk_chunk_at(x, sub)->first, sk_chunk_at(x, sub)->end, trigger, s);
        look_before_inversion(x, sub, trigger, s);
    }
    if (kind_at(x, sub) != SK_CHUNK_SUB)
        return;
    collect(x, sk_chunk_at(x, sub)->first, sk_chunk_at(x, sub)->end, trigger, s);
    if (!sk_chunk_is(x, sub, "that")) /* "I do not know whether": the "not" is of knowing */
        return;
    look_behind_content(x, sub, trigger, s);
    for (int32_t g = sub - 1, n = 0; g >= 0 && n < 3; g--, n++) {
        unsigned kind = kind_at(x, g);
        if (stops(kind) || kind == SK_CHUNK_COMMA || kind == SK_CHUNK_WH)
            return;
        collect(x, sk_chunk_at(x, g)->first, sk_chunk_at(x, g)->end, trigger, s);
        s->not_ += chunk_has(x, g, "untrue"); /* "it is false that" */
        if (kind == SK_CHUNK_VG && sk_chunk_at(x, g)->is_finite)
            return; /* "wrong to say that" goes on to its "is" */
    }
}

/* A verb group that shares the auxiliary of the one before it: "will arrest and execute". */
static bool shares_auxiliary(const sk_reader *x, int32_t v)
{
    const sk_chunk *c = sk_chunk_at(x, v);
    unsigned tag = x->items[c->head].tag;
    int32_t before = sk_chunk_before(x, v);
    return c->end - c->first == 1 && (tag == SK_TAG_VB || tag == SK_TAG_VBN || c->is_ing) &&
           (kind_at(x, before) == SK_CHUNK_CONJ || kind_at(x, before) == SK_CHUNK_COMMA);
}

/* "allowed soldiers to kill", "told soldiers to kill": the verb at v over the infinitive at k. */
static void look_at_leave(const sk_reader *x, int32_t v, int32_t k, marks *s)
{
    if (!sk_chunk_at(x, k)->is_infinitive || kind_at(x, v) != SK_CHUNK_VG)
        return;
    s->possible += chunk_has(x, v, "permits");
    s->call += chunk_has(x, v, "bids");
}

/* "warned against torturing": what somebody is against is not said to be done. */
static bool is_spoken_against(const sk_reader *x, int32_t k)
{
    return sk_chunk_at(x, k)->is_ing && kind_at(x, k - 1) == SK_CHUNK_PREP &&
           sk_chunk_is(x, k - 1, "against");
}

/* "never arrested, tortured or killed": a verb without a subject of its own shares the "never" of the
 * one it is listed with. With objects in between only behind "and", "or": a comma may end an insert. */
static bool shares_negation(const sk_reader *x, int32_t k)
{
    for (int32_t v = k, g; v > 0; v = g) {
        g = v - 1;
        while (kind_at(x, g) == SK_CHUNK_ADV)
            g--;
        bool comma = kind_at(x, g) == SK_CHUNK_COMMA;
        if ((!comma && kind_at(x, g) != SK_CHUNK_CONJ) || sk_chunk_is(x, g, "but") ||
            sk_chunk_is(x, g, "yet"))
            return false;
        g--;
        if (!comma && kind_at(x, g) == SK_CHUNK_COMMA)
            g--;
        while (!comma && (kind_at(x, g) == SK_CHUNK_NP || kind_at(x, g) == SK_CHUNK_PREP ||
                          kind_at(x, g) == SK_CHUNK_ADJ))
            g--;
        const sk_chunk *c = sk_chunk_at(x, g);
        if (c->kind != SK_CHUNK_VG)
            return false;
        if (c->is_negated || has_mark(x, c->first, c->head, "not"))
            return true;
    }
    return false;
}

/* "killed no civilians", "arrested no one", "killed neither women nor children". */
static bool is_object_negated(const sk_reader *x, int32_t k)
{
    const sk_chunk *v = sk_chunk_at(x, k), *o = sk_chunk_at(x, v->object);
    return v->kind == SK_CHUNK_VG && v->object > k && o->end > v->end &&
           has_mark(x, v->end, o->end, "not");
}

/* From group k leftwards over all that governs it, to the finite verb and what is before its clause. */
static void look_left(const sk_reader *x, int32_t k, uint32_t trigger, marks *s)
{
    for (int32_t g = k - 1; g >= 0; g--) {
        const sk_chunk *c = sk_chunk_at(x, g);
        if (stops(c->kind) || c->kind == SK_CHUNK_DASH)
            return;
        if (c->kind == SK_CHUNK_OPEN)
            continue;
        if (c->kind == SK_CHUNK_SUB || c->kind == SK_CHUNK_WH) {
            if (c->kind == SK_CHUNK_SUB)
                look_before_clause(x, g + 1, trigger, s);
            return;
        }
        collect(x, c->first, c->end, trigger, s);
        look_at_leave(x, g, k, s);
        if (c->kind == SK_CHUNK_VG && c->is_finite && !shares_auxiliary(x, g)) {
            look_before_clause(x, c->subject >= 0 ? c->subject : g, trigger, s);
            return;
        }
    }
}

/* What the predicate behind the verb at v says of its subject: it is prohibited, false, a crime. */
static void look_at_predicate(const sk_reader *x, int32_t v, uint32_t trigger, marks *s)
{
    const sk_chunk *c = sk_chunk_at(x, v);
    if (c->is_passive) /* "is prohibited" */
        collect(x, c->head, c->end, trigger, s);
    s->not_ += c->is_negated && !has_mark(x, c->first, c->head, "not");
    bool be = c->is_be;
    for (int32_t g = v; (size_t)g < x->n_chunks && g < v + 4; g++) {
        unsigned kind = kind_at(x, g);
        if (g > v && kind != SK_CHUNK_NP && kind != SK_CHUNK_ADJ && kind != SK_CHUNK_ADV &&
            kind != SK_CHUNK_PREP && kind != SK_CHUNK_VG)
            return;
        s->not_ += chunk_has(x, g, "untrue");
        s->possible += be && chunk_has(x, g, "unlawful"); /* a rule, not an event */
    }
}

/* An act that is itself a subject: "the execution did not take place", "killing civilians is". */
static void look_right(const sk_reader *x, int32_t k, uint32_t trigger, marks *s)
{
    static const char *const ends[] = {"stop", "end", "cease", "stopped", "ended"};
    for (int32_t v = k + 1; (size_t)v < x->n_chunks && v < k + 12; v++) {
        const sk_chunk *c = sk_chunk_at(x, v);
        if (c->kind == SK_CHUNK_COMMA || stops(c->kind) || c->kind == SK_CHUNK_SUB ||
            c->kind == SK_CHUNK_WH)
            return;
        if (c->kind != SK_CHUNK_VG || !c->is_finite)
            continue;
        bool gerund = kind_at(x, k) == SK_CHUNK_VG && c->subject == sk_chunk_at(x, k)->object;
        if (c->subject < 0 || (c->subject > k && !gerund))
            return;
        for (size_t i = 0; i < SK_COUNT(ends); i++)
            if (sk_item_is(x, c->head, ends[i]))
                return;
        collect(x, c->first, c->head, trigger, s);
        look_at_predicate(x, v, trigger, s);
        return;
    }
}

static bool is_question(const sk_reader *x)
{
    for (uint32_t i = x->range.end; i-- > x->range.first && i + 3 > x->range.end;)
        if (sk_item_is(x, i, "?"))
            return true;
    return false;
}

static sk_modality by_source(const sk_reader *x, int32_t attribution)
{
    if (attribution < 0 || x->r->attributions[attribution].manner == SK_MANNER_AUTHOR)
        return SK_ASSERTED;
    const sk_attribution *a = &x->r->attributions[attribution];
    if (a->manner == SK_MANNER_DENIAL)
        return SK_NEGATED;
    if (a->manner == SK_MANNER_ACCUSATION)
        return SK_ALLEGED;
    for (int32_t i = (int32_t)x->range.first; i < (int32_t)x->range.end; i++) {
        const sk_match *m = sk_match_at(x, SK_LAYER_CUE, i);
        if (m && x->items[i].t.from >= a->cue.from && x->items[i].t.to <= a->cue.to &&
            sk_match_entry(x, m)->attrs & SK_ATTR(ALLEGE))
            return SK_ALLEGED;
    }
    return SK_REPORTED;
}

/* "Arrest those men!": a plain verb that opens its sentence asks for it. */
static bool is_imperative(const sk_reader *x, int32_t k)
{
    const sk_chunk *c = sk_chunk_at(x, k);
    if (c->kind != SK_CHUNK_VG || c->end - c->first != 1 || x->items[c->head].tag != SK_TAG_VB ||
        c->subject >= 0)
        return false;
    for (int32_t g = k - 1; g >= 0; g--) {
        unsigned kind = kind_at(x, g);
        bool please = sk_item_is(x, sk_chunk_at(x, g)->first, "please");
        if (!please && kind != SK_CHUNK_ADV && kind != SK_CHUNK_OPEN && kind != SK_CHUNK_OTHER &&
            kind != SK_CHUNK_COMMA)
            return false;
    }
    return !x->is_heading;
}

/* "release 12 journalists arrested in 2001": a participle behind its noun with a day, month or year
 * right behind it tells what was, whatever is asked for around it. */
static bool is_dated_participle(const sk_reader *x, int32_t k)
{
    const sk_chunk *c = sk_chunk_at(x, k), *date = sk_chunk_at(x, k + 2);
    if (c->kind != SK_CHUNK_VG || !c->is_participle || kind_at(x, k - 1) != SK_CHUNK_NP ||
        kind_at(x, k + 1) != SK_CHUNK_PREP ||
        !(sk_chunk_is(x, k + 1, "in") || sk_chunk_is(x, k + 1, "on")) || !date->is_time)
        return false;
    sk_span span = sk_span_of(x, date->first, date->end);
    for (size_t i = x->first_date; i < x->r->n_dates; i++)
        if (sk_span_overlaps(x->r->dates[i].span, span))
            return x->r->dates[i].value.n &&
                   x->r->dates[i].rule == sk_rule_get(SK_RULE_DATE_EXPLICIT);
    return false;
}

sk_modality sk_act_modality(const sk_reader *x, int32_t k, uint32_t trigger, int32_t attribution)
{
    marks s = {0};
    const sk_chunk *c = sk_chunk_at(x, k);
    if (c->kind == SK_CHUNK_VG) {
        collect(x, c->first, c->end, trigger, &s);
        if (c->is_finite && !shares_auxiliary(x, k))
            look_before_clause(x, c->subject >= 0 ? c->subject : k, trigger, &s);
        else
            look_left(x, k, trigger, &s);
        if (c->is_ing)
            look_right(x, k, trigger, &s);
        if (c->is_negated || shares_negation(x, k))
            s.not_ += !s.not_;
        s.call += is_spoken_against(x, k);
    } else {
        collect(x, c->first, trigger, trigger, &s);
        look_left(x, k, trigger, &s);
        look_right(x, k, trigger, &s);
    }
    if (is_dated_participle(x, k) && s.call && !s.risk && !s.threat && !s.planned && !s.possible &&
        !s.hypothetical && !s.not_ && !s.denied)
        s.call = 0;
    s.call += is_imperative(x, k);
    sk_modality source = by_source(x, attribution);
    bool denied = source == SK_NEGATED || s.denied;
    if (s.not_ >= 2 || (s.not_ && denied))
        return SK_POSSIBLE; /* "failed to prevent": nobody says that it did not happen */
    if (s.not_ || denied)
        return SK_NEGATED;
    if (s.risk)
        return SK_RISK;
    if (s.threat)
        return SK_THREAT;
    if (s.call)
        return SK_CALL;
    if (s.planned)
        return SK_PLANNED;
    if (s.hypothetical || s.possible || is_question(x))
        return SK_POSSIBLE;
    if (is_object_negated(x, k))
        return SK_NEGATED;
    if (s.alleged)
        return SK_ALLEGED;
    if (s.reported && source == SK_ASSERTED)
        return SK_REPORTED;
    return source;
}
