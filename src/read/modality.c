/* What the words around an act say of it: happened, denied, feared, asked for, planned.
 *
 * Looks at the verb group itself, at the verbs that govern it up to the finite one, at words in front
 * of a noun, at "if" and "that" before the clause, and at who says it and how. When in doubt it takes
 * the reading that does not say that the act happened. */
#include "read/acts.h"

typedef struct marks {
    unsigned not_, possible, hypothetical, risk, threat, call, planned, alleged, reported, denied;
} marks;

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

/* Marks that begin in tokens first .. end. The trigger itself is never a mark of itself. */
static void collect(const sk_reader *x, uint32_t first, uint32_t end, uint32_t trigger, marks *s)
{
    for (uint32_t i = first; i < end; i++) {
        const sk_match *m = sk_match_at(x, SK_LAYER_MARK, i);
        if (!m || m->first != i || (trigger >= m->first && trigger < m->first + m->n))
            continue;
        count_mark(x, m, s);
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
    if (kind_at(x, sub) == SK_CHUNK_VG && sub >= 0) /* "fears he is being tortured" */
        collect(x, sk_chunk_at(x, sub)->first, sk_chunk_at(x, sub)->end, trigger, s);
    if (kind_at(x, sub) != SK_CHUNK_SUB)
        return;
    collect(x, sk_chunk_at(x, sub)->first, sk_chunk_at(x, sub)->end, trigger, s);
    if (!sk_chunk_is(x, sub, "that")) /* "I do not know whether": the "not" is of knowing */
        return;
    for (int32_t g = sub - 1, n = 0; g >= 0 && n < 3; g--, n++) {
        unsigned kind = kind_at(x, g);
        if (stops(kind) || kind == SK_CHUNK_COMMA || kind == SK_CHUNK_WH)
            return;
        collect(x, sk_chunk_at(x, g)->first, sk_chunk_at(x, g)->end, trigger, s);
        if (kind == SK_CHUNK_VG)
            return;
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
        if (c->kind == SK_CHUNK_VG && c->is_finite && !shares_auxiliary(x, g)) {
            look_before_clause(x, c->subject >= 0 ? c->subject : g, trigger, s);
            return;
        }
    }
}

/* A noun of an act that is itself a subject: "the execution did not take place". */
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
        if (c->subject < 0 || c->subject > k)
            return;
        for (size_t i = 0; i < SK_COUNT(ends); i++)
            if (sk_item_is(x, c->head, ends[i]))
                return;
        collect(x, c->first, c->head, trigger, s);
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
        if (c->is_negated)
            s.not_ += !s.not_;
    } else {
        collect(x, c->first, trigger, trigger, &s);
        look_left(x, k, trigger, &s);
        look_right(x, k, trigger, &s);
    }
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
    if (s.alleged)
        return SK_ALLEGED;
    if (s.reported && source == SK_ASSERTED)
        return SK_REPORTED;
    return source;
}
