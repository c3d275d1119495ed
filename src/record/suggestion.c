/* The forms of a suggestion: its stored body, and the id made of what it claims. */
#include "record/suggest_private.h"

static const char *const kind_names[SK_SUGGEST_KINDS] = {
    [SK_SUGGEST_ACT] = "act",
    [SK_SUGGEST_NAME] = "name",
    [SK_SUGGEST_QUANTITY] = "quantity",
    [SK_SUGGEST_STATEMENT] = "statement",
};

static const char *const state_names[SK_SUGGEST_STATES] = {
    [SK_SUGGEST_WAITS] = "waits",
    [SK_SUGGEST_CONFIRMED] = "confirmed",
    [SK_SUGGEST_EDITED] = "edited",
    [SK_SUGGEST_REJECTED] = "rejected",
};

const char *sk_suggest_kind_name(sk_suggest_kind k)
{
    sk_assert((unsigned)k < SK_SUGGEST_KINDS);
    return kind_names[k];
}

bool sk_suggest_kind_find(sk_str name, sk_suggest_kind *ret_kind)
{
    for (int i = 0; i < SK_SUGGEST_KINDS; i++)
        if (sk_str_is(name, kind_names[i])) {
            *ret_kind = (sk_suggest_kind)i;
            return true;
        }
    return false;
}

const char *sk_suggest_state_name(sk_suggest_state s)
{
    sk_assert((unsigned)s < SK_SUGGEST_STATES);
    return state_names[s];
}

/* ---- packing ---- */

static void put_str(sk_buf *b, sk_str s)
{
    sk_buf_addf(b, "%zu:", s.n);
    sk_buf_add(b, s);
}

static void put_num(sk_buf *b, uint64_t n)
{
    sk_buf_addf(b, "%llu,", (unsigned long long)n);
}

static void put_party(sk_buf *b, const sk_party *p)
{
    put_str(b, p->type);
    put_str(b, p->is_exhibit ? SK_NONE : p->name);
    put_num(b, (p->is_name ? 1u : 0) | (p->is_exhibit ? 2u : 0));
    put_num(b, p->start);
    put_num(b, p->end);
}

/* Low and high as text, for a mantissa may be negative. */
static void put_quantity(sk_buf *b, const sk_quantity *q)
{
    put_num(b, q->qualifier);
    put_num(b, (q->has_low ? 1u : 0) | (q->has_high ? 2u : 0) | (q->is_approximate ? 4u : 0) |
                   (q->is_open_above ? 8u : 0) | (q->is_strict ? 16u : 0));
    sk_arena a = SK_ARENA_INIT;
    put_str(b, q->has_low ? sk_decimal_text(&a, q->low, false) : SK_NONE);
    put_str(b, q->has_high ? sk_decimal_text(&a, q->high, false) : SK_NONE);
    sk_arena_done(&a);
    put_str(b, q->unit);
}

static void put_proposal(sk_buf *b, const sk_proposal *p)
{
    put_str(b, p->type);
    put_str(b, p->prop);
    put_num(b, p->kind);
    put_num(b, p->is_candidate);
    put_num(b, p->start);
    put_num(b, p->end);
    put_str(b, p->words);
    if (p->kind == SK_VALUE_ENTITY) {
        put_party(b, &p->party);
    } else if (p->kind == SK_VALUE_QUANTITY) {
        put_quantity(b, &p->quantity);
        put_str(b, p->measure);
    } else {
        put_str(b, p->value);
    }
}

/* What is claimed: the part of the body that the id is made of. */
static void put_claimed(sk_buf *b, const sk_suggestion *s)
{
    put_party(b, &s->subject);
    put_num(b, s->n_proposals);
    for (size_t i = 0; i < s->n_proposals; i++)
        put_proposal(b, &s->proposals[i]);
    put_num(b, s->n_chain);
    for (size_t i = 0; i < s->n_chain; i++)
        put_party(b, &s->chain[i]);
}

void sk_suggestion__pack(sk_buf *b, const sk_suggestion *s)
{
    put_claimed(b, s);
    put_num(b, s->cue);
    put_num(b, s->cue_end);
    put_str(b, s->said);
    put_num(b, s->has_same_as);
    if (s->has_same_as) {
        sk_arena a = SK_ARENA_INIT;
        put_str(b, sk_hash_hex(&a, &s->same_as));
        sk_arena_done(&a);
    }
    put_str(b, s->lang);
    put_str(b, s->lexicon);
}

void sk_suggestion_identify(sk_ctx *cx, sk_suggestion *s)
{
    sk_buf b;
    sk_buf_init(&b, SK_LIM_SUGGEST_BYTES * 2); /* what does not fit is refused by sk_suggest_put */
    sk_buf_add(&b, SK_S("sillok-suggestion/1\n"));
    put_str(&b, sk_hash_hex(&cx->arena, &s->exhibit));
    put_num(&b, s->kind);
    put_num(&b, s->position);
    put_num(&b, s->start);
    put_num(&b, s->end);
    put_claimed(&b, s);
    s->id = sk_sha256(sk_buf_str(&b));
    sk_buf_done(&b);
}

/* ---- unpacking ---- */

typedef struct unpacking {
    sk_str s;
    size_t at;
    bool is_bad;
} unpacking;

/* Digits up to the sign; 0 and is_bad where there are none. */
static uint64_t take_digits(unpacking *u, char sign)
{
    uint64_t n = 0;
    size_t first = u->at;
    while (u->at < u->s.n && u->s.p[u->at] >= '0' && u->s.p[u->at] <= '9' && u->at - first < 19)
        n = n * 10 + (uint64_t)(u->s.p[u->at++] - '0');
    u->is_bad |= u->at == first || u->at >= u->s.n || u->s.p[u->at] != sign;
    u->at++;
    return u->is_bad ? 0 : n;
}

static uint64_t take_num(unpacking *u)
{
    return take_digits(u, ',');
}

static sk_str take_str(unpacking *u)
{
    uint64_t n = take_digits(u, ':');
    if (u->is_bad || n > u->s.n - u->at) {
        u->is_bad = true;
        return SK_NONE;
    }
    sk_str s = {u->s.p + u->at, (size_t)n};
    u->at += (size_t)n;
    return s;
}

/* A span of a text, perhaps empty. */
static void take_span(unpacking *u, size_t *ret_start, size_t *ret_end)
{
    *ret_start = take_num(u);
    *ret_end = take_num(u);
    u->is_bad |= *ret_start > *ret_end || *ret_end > SK_LIM_TEXT_BYTES;
}

static sk_party take_party(unpacking *u)
{
    sk_party p = {.type = take_str(u)};
    p.name = take_str(u);
    uint64_t flags = take_num(u);
    p.is_name = flags & 1;
    p.is_exhibit = flags & 2;
    take_span(u, &p.start, &p.end);
    return p;
}

static sk_quantity take_quantity(unpacking *u)
{
    sk_quantity q = {0};
    uint64_t qualifier = take_num(u), flags = take_num(u);
    sk_str low = take_str(u), high = take_str(u);
    q.has_low = flags & 1;
    q.has_high = flags & 2;
    q.is_approximate = flags & 4;
    q.is_open_above = flags & 8;
    q.is_strict = flags & 16;
    u->is_bad |= qualifier >= SK_QUALIFIERS || (q.has_low && !sk_decimal_parse(low, &q.low)) ||
                 (q.has_high && !sk_decimal_parse(high, &q.high));
    q.qualifier = u->is_bad ? SK_Q_EXACT : (sk_qualifier)qualifier;
    q.unit = take_str(u);
    return q;
}

static sk_proposal take_proposal(unpacking *u)
{
    sk_proposal p = {.type = take_str(u)};
    p.prop = take_str(u);
    uint64_t kind = take_num(u);
    u->is_bad |= kind >= SK_VALUE_TYPES;
    p.kind = u->is_bad ? SK_VALUE_TEXT : (sk_value_type)kind;
    p.is_candidate = take_num(u);
    take_span(u, &p.start, &p.end);
    p.words = take_str(u);
    if (p.kind == SK_VALUE_ENTITY) {
        p.party = take_party(u);
    } else if (p.kind == SK_VALUE_QUANTITY) {
        p.quantity = take_quantity(u);
        p.measure = take_str(u);
    } else {
        p.value = take_str(u);
    }
    return p;
}

static void take_claimed(sk_ctx *cx, unpacking *u, sk_suggestion *s)
{
    s->subject = take_party(u);
    s->n_proposals = take_num(u);
    u->is_bad |= s->n_proposals > SK_LIM_SUGGEST_PROPOSALS;
    s->n_proposals = u->is_bad ? 0 : s->n_proposals;
    sk_proposal *proposals = sk_new_array(&cx->arena, sk_proposal, s->n_proposals);
    for (size_t i = 0; i < s->n_proposals; i++)
        proposals[i] = take_proposal(u);
    s->proposals = proposals;
    s->n_chain = take_num(u);
    u->is_bad |= s->n_chain > SK_LIM_CHAIN;
    s->n_chain = u->is_bad ? 0 : s->n_chain;
    sk_party *chain = sk_new_array(&cx->arena, sk_party, s->n_chain);
    for (size_t i = 0; i < s->n_chain; i++)
        chain[i] = take_party(u);
    s->chain = chain;
}

sk_rc sk_suggestion__unpack(sk_ctx *cx, sk_str body, sk_suggestion *s)
{
    unpacking u = {.s = body};
    take_claimed(cx, &u, s);
    take_span(&u, &s->cue, &s->cue_end);
    s->said = take_str(&u);
    s->has_same_as = take_num(&u);
    if (s->has_same_as)
        u.is_bad |= !sk_hash_parse(take_str(&u), &s->same_as);
    s->lang = take_str(&u);
    s->lexicon = take_str(&u);
    if (u.is_bad || u.at != body.n || s->n_proposals == 0 || s->n_chain == 0)
        return sk_fail(cx, SK_E_INTEGRITY,
                       "a suggestion of the index is damaged; run: "
                       "sillok reindex");
    return SK_OK;
}
