/* Who says it: peeled off before acts are read, so that what is inside can be read for itself.
 *
 *   content , SOURCE said .        trailing: the content is what stands before
 *   SOURCE said (that) content     front
 *   content , said SOURCE .        inverted
 *   according to SOURCE , content  and   content , according to SOURCE
 *   "..." SOURCE said . "..."      the quotation behind goes on
 *   SOURCE: content                a headline
 *
 * The content never reaches past its sentence; a quotation that goes on gets its own attribution. */
#include "read/clauses.h"

typedef struct cue {
    int32_t verb; /* group */
    const sk_match *match;
    uint64_t attrs;
    sk_span span;
} cue;

static unsigned kind_at(const sk_reader *x, int32_t k)
{
    return sk_chunk_at(x, k)->kind;
}

static sk_attribution *push(sk_reader *x, sk_span span, sk_span content, sk_rule_id rule)
{
    sk_reading *r = x->r;
    SK_GROW(x->a, r->attributions, r->n_attributions, x->cap_attributions);
    sk_attribution *a = &r->attributions[r->n_attributions++];
    *a = (sk_attribution){.cue = span,
                          .content = content,
                          .source = SK_READ_NONE,
                          .date = SK_READ_NONE,
                          .via = SK_READ_NONE,
                          .manner = SK_MANNER_INDIRECT,
                          .rule = sk_rule_get(rule)};
    return a;
}

static bool is_quote(unsigned kind)
{
    return kind == SK_CHUNK_OPEN || kind == SK_CHUNK_CLOSE;
}

/* Bytes of the groups first .. last without commas, quotes and stops around them. */
static sk_span content_span(const sk_reader *x, int32_t first, int32_t last)
{
    while (first <= last &&
           (kind_at(x, first) == SK_CHUNK_COMMA || is_quote(kind_at(x, first)) ||
            kind_at(x, first) == SK_CHUNK_COLON || kind_at(x, first) == SK_CHUNK_DASH))
        first++;
    while (last >= first &&
           (kind_at(x, last) == SK_CHUNK_COMMA || is_quote(kind_at(x, last)) ||
            kind_at(x, last) == SK_CHUNK_OTHER || kind_at(x, last) == SK_CHUNK_SEMICOLON ||
            kind_at(x, last) == SK_CHUNK_DASH))
        last--;
    if (first > last)
        return (sk_span){0, 0};
    return sk_span_of(x, sk_chunk_at(x, first)->first, sk_chunk_at(x, last)->end);
}

/* May this group say something: a person, a body, a document, a state, a pronoun? */
static bool may_speak(const sk_reader *x, int32_t k)
{
    const sk_chunk *c = sk_chunk_at(x, k);
    if (c->kind != SK_CHUNK_NP || c->is_time)
        return false;
    const uint64_t speakers = SK_ATTR(SOURCE) | SK_ATTR(PERSON) | SK_ATTR(ORGN) | SK_ATTR(STATE) |
                              SK_ATTR(GOVT) | SK_ATTR(FORCES);
    if (c->head_attrs & speakers || c->entity >= 0 || c->attrs & SK_ATTR(ORGN))
        return true;
    return c->is_pronoun && !sk_item_is(x, c->first, "it") && !sk_item_is(x, c->first, "that") &&
           !sk_item_is(x, c->first, "this") && !sk_item_is(x, c->first, "what");
}

/* The name behind a title or before an apposition: who it really is. */
static int32_t speaker_of(const sk_reader *x, int32_t k)
{
    const sk_chunk *c = sk_chunk_at(x, k);
    if (c->entity >= 0 && !(c->head_attrs & SK_ATTR(SPEECH)))
        return c->entity;
    /* "a report by Human Rights Watch", "the spokesman for the ministry" */
    if (kind_at(x, k + 1) == SK_CHUNK_PREP && kind_at(x, k + 2) == SK_CHUNK_NP &&
        (sk_chunk_is(x, k + 1, "by") || sk_chunk_is(x, k + 1, "from") ||
         sk_chunk_is(x, k + 1, "for")) &&
        sk_chunk_at(x, k + 2)->entity >= 0)
        return sk_chunk_at(x, k + 2)->entity;
    for (uint32_t i = c->end; i-- > c->first;) { /* "Human Rights Watch research group" */
        const sk_match *m = sk_match_at(x, SK_LAYER_NAME, i);
        if (m && sk_match_entry(x, m)->kind == SK_LEX_ORG)
            return x->by_entry[m->senses[0].entry];
    }
    return c->entity;
}

static void set_source(sk_reader *x, sk_attribution *a, int32_t k)
{
    const sk_chunk *c = sk_chunk_at(x, k);
    if (k < 0)
        return;
    a->source = speaker_of(x, k);
    a->source_span = sk_span_of(x, c->first, c->end);
    a->is_pronoun = c->is_pronoun;
    if (a->source >= 0 && sk_str_is(x->r->entities[a->source].type, "person"))
        x->last_person = x->last_he = x->last_she = a->source;
}

/* The groups behind a cue verb that say when, where and to whom it was said: "in 2014", "on the
 * broadcast", "told reporters". Returns the group behind them. */
static int32_t skip_adjuncts(const sk_reader *x, int32_t k, bool tells)
{
    for (;;) {
        unsigned kind = kind_at(x, k);
        if (kind == SK_CHUNK_NP && (sk_chunk_at(x, k)->is_time || (tells && may_speak(x, k)))) {
            tells = false;
            k++;
        } else if (kind == SK_CHUNK_PREP && kind_at(x, k + 1) == SK_CHUNK_NP) {
            k += 2;
        } else if (kind == SK_CHUNK_ADV ||
                   (kind == SK_CHUNK_VG && sk_chunk_at(x, k)->is_participle &&
                    kind_at(x, k - 1) == SK_CHUNK_NP)) {
            k++; /* "in a report published on Tuesday" */
        } else {
            return k;
        }
    }
}

static bool ends_clause(const sk_reader *x, int32_t k)
{
    unsigned kind = kind_at(x, k);
    return (size_t)k >= x->n_chunks || kind == SK_CHUNK_COMMA || kind == SK_CHUNK_OTHER ||
           kind == SK_CHUNK_SEMICOLON || kind == SK_CHUNK_CLOSE || kind == SK_CHUNK_RIGHT ||
           kind == SK_CHUNK_DASH;
}

/* Is the verb group's cue a cue here: does its object or subject allow it? */
static bool find_cue(const sk_reader *x, int32_t v, cue *ret_cue)
{
    const sk_chunk *c = sk_chunk_at(x, v);
    const sk_match *m = sk_match_at(x, SK_LAYER_CUE, c->head);
    if (!m || m->first != c->head || c->is_infinitive || c->is_participle || c->has_modal)
        return false;
    unsigned form = m->senses[0].form;
    if (form < SK_FORM_VB || form > SK_FORM_VBG)
        return false;
    uint64_t attrs = 0;
    for (uint32_t i = 0; i < m->n_senses; i++)
        attrs |= sk_lexicon_entry(x->lex, m->senses[i].entry)->attrs;
    if (attrs & SK_ATTR(DENY) && c->object >= 0 && kind_at(x, c->object + 1) == SK_CHUNK_NP)
        return false; /* "denied them medical care" */
    *ret_cue = (cue){v, m, attrs, sk_span_of(x, c->first, c->end)};
    return attrs &
           (SK_ATTR(SAY) | SK_ATTR(ALLEGE) | SK_ATTR(DENY) | SK_ATTR(FIND) | SK_ATTR(ACCUSE));
}

static sk_manner manner_of(const sk_reader *x, const cue *q, int32_t first, int32_t last)
{
    if (q->attrs & SK_ATTR(DENY) && !(q->attrs & SK_ATTR(SAY)))
        return SK_MANNER_DENIAL;
    if (q->attrs & SK_ATTR(ACCUSE) && !(q->attrs & SK_ATTR(SAY)))
        return SK_MANNER_ACCUSATION;
    int32_t k = first;
    while (k <= last && kind_at(x, k) == SK_CHUNK_COMMA)
        k++;
    if (kind_at(x, k) == SK_CHUNK_OPEN)
        return SK_MANNER_DIRECT;
    for (; k <= last; k++)
        if (kind_at(x, k) == SK_CHUNK_OPEN)
            return SK_MANNER_MIXED;
    return SK_MANNER_INDIRECT;
}

static void finish(sk_reader *x, sk_attribution *a, const cue *q, int32_t first, int32_t last,
                   int32_t adjuncts_end)
{
    a->manner = manner_of(x, q, first, last);
    if (adjuncts_end > q->verb + 1) {
        sk_span around =
            sk_span_of(x, sk_chunk_at(x, q->verb)->first, sk_chunk_at(x, adjuncts_end - 1)->end);
        a->date = sk_date_within(x, around);
        if (a->date >= 0) {
            x->r->dates[a->date].is_statement = true;
            sk_trap_add(x, "statement date is not event date", "the date is of what is said",
                        (sk_span){a->cue.from, x->r->dates[a->date].span.to});
        }
    }
    if (a->manner == SK_MANNER_DIRECT || a->manner == SK_MANNER_CONTINUED)
        x->speaker.attribution = (int32_t)(x->r->n_attributions - 1);
}

/* The start of the clause whose verb is at v: behind the last comma-and, semicolon or "although". */
static int32_t clause_start(const sk_reader *x, int32_t k)
{
    for (; k > 0; k--) {
        unsigned kind = kind_at(x, k);
        if (kind == SK_CHUNK_SEMICOLON)
            return k + 1;
    }
    return 0;
}

/* The last group of a content that begins behind a front cue. */
static int32_t content_end(const sk_reader *x, int32_t first)
{
    int32_t last = (int32_t)x->n_chunks - 1;
    for (int32_t k = first + 1; k <= last; k++) {
        unsigned kind = kind_at(x, k);
        if (kind == SK_CHUNK_SEMICOLON)
            return k - 1;
        const sk_match *m = sk_match_at(x, SK_LAYER_CUE, sk_chunk_at(x, k)->first);
        if (m && sk_match_is(x, m, "according-to") && kind_at(x, k - 1) == SK_CHUNK_COMMA)
            return k - 2;
        /* ", though analysts say": the next speaker's */
        bool turns = kind_at(x, k - 1) == SK_CHUNK_COMMA &&
                     (kind == SK_CHUNK_SUB || kind == SK_CHUNK_CONJ) &&
                     kind_at(x, k + 1) == SK_CHUNK_NP && kind_at(x, k + 2) == SK_CHUNK_VG &&
                     sk_match_at(x, SK_LAYER_CUE, sk_chunk_at(x, k + 2)->head);
        if (turns)
            return k - 2;
    }
    return last;
}

static bool mark_used(sk_reader *x, int32_t first, int32_t end)
{
    for (int32_t k = first; k < end; k++)
        x->chunks[k].used = true;
    return true;
}

/* "told", "informed": the listener stands behind it. */
static bool tells_somebody(const sk_reader *x, const cue *q)
{
    return sk_item_is(x, q->match->first, "told") || sk_item_is(x, q->match->first, "tell") ||
           sk_item_is(x, q->match->first, "tells") || sk_item_is(x, q->match->first, "informed");
}

/* content , said SOURCE .   The group behind the verb must be able to speak, and nothing before it be
 * its subject. */
static bool try_inverted(sk_reader *x, const cue *q)
{
    int32_t before = sk_chunk_before(x, q->verb), behind = q->verb + 1;
    bool opens = kind_at(x, before) == SK_CHUNK_COMMA || kind_at(x, before) == SK_CHUNK_CLOSE;
    if (!opens || before < 1 || tells_somebody(x, q) || !may_speak(x, behind) ||
        sk_chunk_at(x, behind)->is_pronoun)
        return false;
    int32_t last = behind;
    while (kind_at(x, last + 1) == SK_CHUNK_CONJ && kind_at(x, last + 2) == SK_CHUNK_NP)
        last += 2;
    int32_t end = skip_adjuncts(x, last + 1, false);
    if (!ends_clause(x, end))
        return false;
    int32_t first = clause_start(x, before);
    sk_span span = sk_span_of(x, sk_chunk_at(x, q->verb)->first, sk_chunk_at(x, last)->end);
    sk_attribution *a = push(x, span, content_span(x, first, before), SK_RULE_SAYS_INVERTED);
    a->is_inverted = true;
    set_source(x, a, behind);
    finish(x, a, q, first, before, end);
    sk_trap_add(x, "attribution scope", "one sentence", span);
    return mark_used(x, q->verb, last + 1);
}

/* Behind a cue in the middle the content goes on: X, Cha said, "and that means ...". */
static void go_on_behind(sk_reader *x, const cue *q, int32_t source, int32_t end)
{
    int32_t first = end;
    if (kind_at(x, first) == SK_CHUNK_COMMA)
        first++;
    int32_t last = content_end(x, first);
    sk_span content = content_span(x, first, last);
    if (content.to <= content.from || content.to - content.from < 8)
        return;
    sk_attribution *a = push(x, q->span, content, SK_RULE_SAYS_BEHIND);
    set_source(x, a, source);
    finish(x, a, q, first, last, q->verb);
}

static int32_t source_start(const sk_reader *x, int32_t subject)
{
    int32_t list[SK_MOST_SLOTS];
    sk_list_left(x, subject, list);
    return list[0];
}

/* content , SOURCE said ...   What stands before the source must end in a comma or a quotation. */
static bool try_trailing(sk_reader *x, const cue *q, int32_t subject)
{
    int32_t from = source_start(x, subject), before = sk_chunk_before(x, from);
    bool quoted = kind_at(x, before) == SK_CHUNK_CLOSE;
    bool parted = kind_at(x, before) == SK_CHUNK_COMMA || quoted;
    int32_t end = skip_adjuncts(x, q->verb + 1, parted && tells_somebody(x, q));
    if (!parted || before < 1 || kind_at(x, end) == SK_CHUNK_SUB ||
        (kind_at(x, end) == SK_CHUNK_NP && !quoted) ||
        (kind_at(x, end) == SK_CHUNK_VG && !quoted) || kind_at(x, end) == SK_CHUNK_COLON ||
        (kind_at(x, end) == SK_CHUNK_OPEN && !quoted))
        return false;
    int32_t first = clause_start(x, before);
    sk_span content = content_span(x, first, before);
    if (content.to <= content.from)
        return false;
    sk_span span = q->span;
    if (subject + 1 == q->verb &&
        sk_chunk_at(x, subject)->end - sk_chunk_at(x, subject)->first <= 3)
        span = sk_span_of(x, sk_chunk_at(x, from)->first, sk_chunk_at(x, q->verb)->end);
    sk_attribution *a = push(x, span, content, SK_RULE_SAYS_BEHIND);
    set_source(x, a, subject);
    cue here = *q;
    here.span = span;
    finish(x, a, &here, first, before, end);
    mark_used(x, from, q->verb + 1);
    if (kind_at(x, end) == SK_CHUNK_COMMA || (kind_at(x, end) == SK_CHUNK_OPEN && quoted))
        go_on_behind(x, &here, subject, end);
    return true;
}

/* SOURCE said (that) content */
static bool try_front(sk_reader *x, const cue *q, int32_t subject)
{
    bool tells = tells_somebody(x, q);
    int32_t first = skip_adjuncts(x, q->verb + 1, tells), end = first;
    if (kind_at(x, first) == SK_CHUNK_COMMA && kind_at(x, first + 1) == SK_CHUNK_OPEN)
        first++;
    bool that = kind_at(x, first) == SK_CHUNK_SUB &&
                (sk_chunk_is(x, first, "that") || sk_chunk_is(x, first, "whether") ||
                 sk_chunk_is(x, first, "if"));
    bool clause = that || kind_at(x, first) == SK_CHUNK_COLON || kind_at(x, first) == SK_CHUNK_OPEN;
    if (that)
        first++;
    if (!clause && first > q->verb + 1 && !tells && kind_at(x, first) != SK_CHUNK_NP)
        return false;
    if (!clause && kind_at(x, first) == SK_CHUNK_NP) {
        bool noun_content = q->attrs & (SK_ATTR(CONTENT) | SK_ATTR(DENY) | SK_ATTR(ACCUSE));
        bool has_verb = kind_at(x, sk_chunk_behind(x, first)) == SK_CHUNK_VG ||
                        kind_at(x, first + 1) == SK_CHUNK_PREP ||
                        kind_at(x, first + 1) == SK_CHUNK_CONJ ||
                        kind_at(x, first + 1) == SK_CHUNK_COMMA;
        if (!has_verb && !noun_content)
            return false;
    } else if (!clause && kind_at(x, first) != SK_CHUNK_VG && kind_at(x, first) != SK_CHUNK_PREP) {
        return false;
    }
    int32_t last = content_end(x, first);
    int32_t wh =
        sk_chunk_before(x, q->verb); /* "which has denied abuses, killed": up to the comma */
    for (int32_t k = first;
         kind_at(x, wh) == SK_CHUNK_WH && kind_at(x, wh - 1) == SK_CHUNK_COMMA && k <= last; k++)
        if (kind_at(x, k) == SK_CHUNK_COMMA)
            last = k - 1;
    sk_span content = content_span(x, first, last);
    if (content.to <= content.from)
        return false;
    sk_span span = q->span;
    int32_t from = source_start(x, subject);
    int32_t plain = sk_chunk_at(x, from)->kind == SK_CHUNK_NP ? from : subject;
    if (subject + 1 == q->verb && sk_chunk_at(x, subject)->end - sk_chunk_at(x, plain)->first <= 2)
        span = sk_span_of(x, sk_chunk_at(x, plain)->first, sk_chunk_at(x, q->verb)->end);
    sk_attribution *a = push(
        x, span, content, q->attrs & SK_ATTR(ACCUSE) ? SK_RULE_SAYS_ACCUSED : SK_RULE_SAYS_FRONT);
    set_source(x, a, subject);
    finish(x, a, q, first, last, end);
    return mark_used(x, plain, q->verb + 1);
}

static void say_by_verb(sk_reader *x, int32_t v)
{
    cue q;
    if (!find_cue(x, v, &q))
        return;
    const sk_chunk *c = sk_chunk_at(x, v);
    if (c->is_passive) /* "it was reported": marks tell of it */
        return;
    if (c->is_negated && q.attrs & SK_ATTR(SAY))
        return;
    if (try_inverted(x, &q))
        return;
    int32_t subject = c->subject;
    bool that = kind_at(x, sk_chunk_behind(x, v)) == SK_CHUNK_SUB &&
                sk_chunk_is(x, sk_chunk_behind(x, v), "that");
    bool it = sk_chunk_is(x, subject, "it") || sk_chunk_is(x, subject, "this") ||
              sk_chunk_is(x, subject, "that");
    if (subject < 0 || !(may_speak(x, subject) || (that && !it)))
        return;
    if (c->is_finite && try_trailing(x, &q, subject))
        return;
    if (c->is_finite || c->is_ing)
        try_front(x, &q, subject);
}

/* according to SOURCE */
static void say_by_preposition(sk_reader *x, int32_t k)
{
    const sk_chunk *c = sk_chunk_at(x, k);
    const sk_match *m = sk_match_at(x, SK_LAYER_CUE, c->first);
    if (c->kind == SK_CHUNK_NP || !m || !sk_match_is(x, m, "according-to") || m->first != c->first)
        return;
    int32_t source = k + 1;
    while (kind_at(x, source) != SK_CHUNK_NP && sk_chunk_at(x, source)->first < m->first + m->n &&
           (size_t)source < x->n_chunks)
        source++;
    if (kind_at(x, source) != SK_CHUNK_NP)
        return;
    int32_t list[SK_MOST_SLOTS];
    size_t n = sk_list_right(x, source, list);
    int32_t end = skip_adjuncts(x, list[n - 1] + 1, false), first = 0, last = k - 1;
    if (k == 0 || kind_at(x, k - 1) == SK_CHUNK_SEMICOLON || kind_at(x, k - 1) == SK_CHUNK_CONJ) {
        if (kind_at(x, end) == SK_CHUNK_COMMA)
            end++;
        first = end;
        last = content_end(x, first);
    } else {
        first = clause_start(x, k - 1);
    }
    sk_span content = content_span(x, first, last);
    if (content.to <= content.from)
        return;
    sk_attribution *a = push(x, sk_span_of(x, c->first, sk_chunk_at(x, source)->end), content,
                             SK_RULE_SAYS_ACCORDING);
    set_source(x, a, source);
    a->manner = SK_MANNER_ACCORDING;
    mark_used(x, k, source + 1);
}

/* "Experts: PRC, Russia uphold ..." */
static void say_by_colon(sk_reader *x)
{
    int32_t k = 0;
    if (kind_at(x, 0) != SK_CHUNK_NP || kind_at(x, 1) != SK_CHUNK_COLON || !may_speak(x, 0))
        return;
    const sk_chunk *c = sk_chunk_at(x, k);
    int32_t last = (int32_t)x->n_chunks - 1;
    sk_span content = content_span(x, 2, last);
    if (content.to - content.from < 12)
        return;
    sk_attribution *a =
        push(x, sk_span_of(x, c->first, sk_chunk_at(x, 1)->end), content, SK_RULE_SAYS_COLON);
    set_source(x, a, 0);
    a->manner = x->is_heading ? SK_MANNER_HEADLINE : SK_MANNER_INDIRECT;
    mark_used(x, 0, 2);
}

/* A sentence that is all quotation, behind one with a speaker: the speaker goes on. */
static bool goes_on(sk_reader *x, bool was_in_quote)
{
    int32_t said = x->speaker.attribution;
    bool opens = kind_at(x, 0) == SK_CHUNK_OPEN || was_in_quote;
    if (said < 0 || !opens || x->r->n_attributions > x->first_attribution)
        return false;
    sk_attribution before = x->r->attributions[said];
    sk_span content = content_span(x, 0, (int32_t)x->n_chunks - 1);
    if (content.to <= content.from)
        return false;
    if (was_in_quote &&
        before.manner == SK_MANNER_CONTINUED) { /* the same quotation, another sentence */
        x->r->attributions[said].content.to = content.to;
        x->going_on = said;
        return true;
    }
    sk_attribution *a = push(x, before.cue, content, SK_RULE_SAYS_QUOTE);
    a->source = before.source;
    a->source_span = before.source_span;
    a->manner = SK_MANNER_CONTINUED;
    x->speaker.attribution = (int32_t)x->r->n_attributions - 1;
    a->date = before.date;
    a->is_pronoun = before.is_pronoun;
    return true;
}

/* Each attribution inside another's content is told by way of it. */
static void link_chain(sk_reader *x)
{
    sk_reading *r = x->r;
    for (size_t i = x->first_attribution; i < r->n_attributions; i++) {
        sk_attribution *a = &r->attributions[i];
        for (size_t k = x->first_attribution; k < r->n_attributions; k++) {
            const sk_attribution *b = &r->attributions[k];
            bool inside = b->content.from <= a->cue.from && b->content.to >= a->cue.to;
            bool mutual = a->content.from <= b->cue.from && a->content.to >= b->cue.to;
            if (k == i || !inside || mutual)
                continue;
            if (a->via < 0 ||
                r->attributions[a->via].content.to - r->attributions[a->via].content.from >
                    b->content.to - b->content.from)
                a->via = (int32_t)k;
        }
    }
}

void sk_pass_attribution(sk_reader *x)
{
    bool was_in_quote = x->opened_in_quote;
    x->going_on = SK_READ_NONE;
    say_by_colon(x);
    for (int32_t k = 0; (size_t)k < x->n_chunks; k++) {
        if (kind_at(x, k) == SK_CHUNK_VG)
            say_by_verb(x, k);
        else
            say_by_preposition(x, k);
    }
    if (!goes_on(x, was_in_quote) && x->r->n_attributions == x->first_attribution)
        x->speaker.attribution = SK_READ_NONE;
    link_chain(x);
}
