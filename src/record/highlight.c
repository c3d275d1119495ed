#include "record/highlight.h"

#include "record/tokenizer.h"

/* Phrase matching over the token stream by bit-parallel shift-and: one bit for each token of each
 * leaf. `now` holds the bits of the query tokens that end a begun phrase at the current position,
 * so a text token t turns bit b on when t is query token b and bit b-1 was on one position before
 * (or b begins its leaf).
 *
 *     leaf 0: "수용" + "용소"     bits 0 1     starts 101   ends 011
 *     leaf 1: "구타"              bit  2 */
#define WORD_BITS 64

typedef struct matcher {
    sk_ctx *cx;
    const sk_query *q;
    size_t n_bits, n_words;
    uint64_t *starts, *ends;  /* first and last token of each leaf                       */
    uint64_t *before, *now;   /* at the position before, at this one                     */
    uint64_t *mask;           /* scratch: which query tokens the text token is           */
    bool any_before, any_now; /* most positions match nothing: then words need no work   */
    size_t *leaf_of, *next;   /* of each bit; next bit in its hash bucket                 */
    const sk_str **token_of;
    size_t *buckets, n_buckets;
    size_t *prefixes, n_prefixes; /* bits whose token may be the beginning of one          */
    uint32_t position;
    size_t *start_of, ring; /* start byte of the tokens of recent positions             */
    sk_range *v;
    size_t n, cap;
    bool more;
} matcher;

static size_t hash(sk_str s)
{
    uint64_t h = 1469598103934665603u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    return (size_t)(h ^ (h >> 32));
}

static void set_bit(uint64_t *bits, size_t i)
{
    bits[i / WORD_BITS] |= (uint64_t)1 << (i % WORD_BITS);
}

static void add_leaf(matcher *m, size_t leaf)
{
    const sk_query_leaf *l = &m->q->leaves[leaf];
    set_bit(m->starts, m->n_bits);
    for (size_t i = 0; i < l->n_tokens; i++, m->n_bits++) {
        m->leaf_of[m->n_bits] = leaf;
        m->token_of[m->n_bits] = &l->tokens[i];
        if (i + 1 == l->n_tokens && l->last_is_prefix) {
            m->prefixes[m->n_prefixes++] = m->n_bits;
            continue;
        }
        size_t *bucket = &m->buckets[hash(l->tokens[i]) & (m->n_buckets - 1)];
        m->next[m->n_bits] = *bucket;
        *bucket = m->n_bits;
    }
    set_bit(m->ends, m->n_bits - 1);
}

static size_t power_of_two_above(size_t n)
{
    size_t p = 16;
    while (p <= n)
        p *= 2;
    return p;
}

static void matcher_init(matcher *m, sk_ctx *cx, const sk_query *q)
{
    size_t n = 0, longest = 0;
    for (size_t i = 0; i < q->n_leaves; i++) {
        n += q->leaves[i].n_tokens;
        longest = q->leaves[i].n_tokens > longest ? q->leaves[i].n_tokens : longest;
    }
    sk_arena *a = &cx->arena;
    *m = (matcher){.cx = cx, .q = q, .n_words = n / WORD_BITS + 1, .position = UINT32_MAX};
    m->starts = sk_new_array(a, uint64_t, m->n_words * 5);
    m->ends = m->starts + m->n_words;
    m->before = m->ends + m->n_words;
    m->now = m->before + m->n_words;
    m->mask = m->now + m->n_words;
    m->n_buckets = power_of_two_above(2 * n);
    m->buckets = sk_new_array(a, size_t, m->n_buckets);
    memset(m->buckets, 0xFF, m->n_buckets * sizeof(size_t));
    m->leaf_of = sk_new_array(a, size_t, 3 * n + 1);
    m->next = m->leaf_of + n;
    m->prefixes = m->next + n;
    m->token_of = sk_new_array(a, const sk_str *, n + 1);
    m->ring = power_of_two_above(longest);
    m->start_of = sk_new_array(a, size_t, m->ring);
    for (size_t i = 0; i < q->n_leaves; i++)
        if (!q->leaves[i].negated)
            add_leaf(m, i);
}

/* Set in m->mask which query tokens the text token is; false when it is none. */
static bool look_up(matcher *m, sk_str token)
{
    bool found = false;
    for (size_t b = m->buckets[hash(token) & (m->n_buckets - 1)]; b != SIZE_MAX; b = m->next[b])
        if (sk_str_eq(*m->token_of[b], token)) {
            if (!found)
                memset(m->mask, 0, m->n_words * sizeof(uint64_t));
            set_bit(m->mask, b);
            found = true;
        }
    for (size_t i = 0; i < m->n_prefixes; i++)
        if (sk_str_starts(token, *m->token_of[m->prefixes[i]])) {
            if (!found)
                memset(m->mask, 0, m->n_words * sizeof(uint64_t));
            set_bit(m->mask, m->prefixes[i]);
            found = true;
        }
    return found;
}

static bool overlaps(const sk_range *a, const sk_range *b)
{
    return a->start < b->end && b->start < a->end;
}

/* Add a range behind the others, swallowing those at the end that it overlaps. */
static void add_range(matcher *m, sk_range r)
{
    while (m->n && overlaps(&m->v[m->n - 1], &r)) {
        const sk_range *old = &m->v[--m->n];
        r.leaf = old->leaf;
        r.start = old->start < r.start ? old->start : r.start;
        r.end = old->end > r.end ? old->end : r.end;
    }
    if (m->n == SK_LIM_HIGHLIGHTS) {
        m->more = true;
        return;
    }
    SK_GROW(&m->cx->arena, m->v, m->n, m->cap);
    m->v[m->n++] = r;
}

/* The leaf of bit b ends with token t. */
static void finish(matcher *m, size_t b, const sk_token *t)
{
    const sk_query_leaf *leaf = &m->q->leaves[m->leaf_of[b]];
    size_t start = t->start;
    if (leaf->n_tokens > 1)
        start = m->start_of[(t->position - (leaf->n_tokens - 1)) & (m->ring - 1)];
    bool is_one_character = leaf->last_is_prefix && leaf->last_is_run;
    add_range(m, (sk_range){start, is_one_character ? t->first_end : t->end, m->leaf_of[b]});
}

static void new_position(matcher *m, const sk_token *t)
{
    uint64_t *oldest = m->before;
    if (m->any_before)
        memset(oldest, 0, m->n_words * sizeof(uint64_t));
    m->before = m->now;
    m->now = oldest;
    m->any_before = m->any_now;
    m->any_now = false;
    m->position = t->position;
    m->start_of[t->position & (m->ring - 1)] = t->start;
}

static bool match_token(void *arg, const sk_token *t)
{
    matcher *m = arg;
    if (t->position != m->position)
        new_position(m, t);
    if (!look_up(m, t->folded))
        return true;
    uint64_t carry = 0;
    for (size_t w = 0; w < m->n_words; w++) {
        uint64_t shifted = m->any_before ? m->before[w] << 1 | carry : 0;
        carry = m->any_before ? m->before[w] >> (WORD_BITS - 1) : 0;
        uint64_t on = m->mask[w] & (shifted | m->starts[w]);
        m->now[w] |= on;
        m->any_now = m->any_now || on;
        for (uint64_t done = on & m->ends[w]; done; done &= done - 1)
            finish(m, w * WORD_BITS + (size_t)__builtin_ctzll(done), t);
    }
    return !m->more;
}

sk_ranges sk_highlight(sk_ctx *cx, const sk_query *q, sk_str text)
{
    matcher m;
    matcher_init(&m, cx, q);
    if (m.n_bits)
        sk_tokenize(text, SK_TOKENIZE_TEXT, match_token, &m);
    return (sk_ranges){m.v, m.n, m.more};
}
