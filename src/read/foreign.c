#include "read/foreign.h"

/* Who says it. Korean and Japanese have the word of speech behind its content, Chinese before it,
 * Russian on either side; "according to" stands in front. */

bool sk_foreign_at(const sk_reader *x, uint32_t i, const char *words)
{
    sk_str w = sk_str_of(words);
    if (i >= x->range.end)
        return false;
    sk_str rest = sk_str_sub(x->text, x->items[i].t.from, w.n);
    return rest.n == w.n && !memcmp(rest.p, w.p, w.n);
}

static const sk_party *party_before(const sk_foreign *f, uint32_t token)
{
    const sk_party *best = NULL;
    for (size_t i = 0; i < f->n; i++)
        if (f->parties[i].end <= token)
            best = &f->parties[i];
    return best;
}

static const sk_party *party_behind(const sk_foreign *f, uint32_t token)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->parties[i].first >= token)
            return &f->parties[i];
    return NULL;
}

/* Nothing but particle and title between the party and the word of speech? */
static bool stands_near(const sk_foreign *f, const sk_party *p, uint32_t before)
{
    if (p->end + 4 < before)
        return false;
    for (uint32_t i = p->end; i < before; i++)
        if (f->x->items[i].m[SK_LAYER_ACT] >= 0)
            return false;
    return true;
}

/* Who speaks: the subject right before the word of speech, else the first subject of the sentence. */
static const sk_party *speaker(const sk_foreign *f, uint32_t before)
{
    for (size_t i = f->n; i-- > 0;)
        if (f->parties[i].is == SK_CASE_SUBJECT && f->parties[i].end <= before &&
            stands_near(f, &f->parties[i], before))
            return &f->parties[i];
    for (size_t i = 0; i < f->n; i++)
        if (f->parties[i].is == SK_CASE_SUBJECT && f->parties[i].end <= before)
            return &f->parties[i];
    return NULL;
}

static bool is_quote_sign(const sk_reader *x, uint32_t i)
{
    static const char *const signs[] = {"\xE2\x80\x9C", "\xE2\x80\x9D", "\"",
                                        "\xE3\x80\x8C", "\xE3\x80\x8D", "\xC2\xAB",
                                        "\xC2\xBB",     "\xE2\x80\x98", "\xE2\x80\x99"};
    for (size_t k = 0; k < SK_COUNT(signs); k++)
        if (sk_foreign_at(x, i, signs[k]))
            return true;
    return false;
}

static bool is_dressing(const sk_reader *x, uint32_t i)
{
    return x->items[i].t.shape == SK_SHAPE_SIGN;
}

static void push(sk_foreign *f, sk_span cue, const sk_party *source, uint32_t first, uint32_t end,
                 sk_manner manner)
{
    sk_reader *x = f->x;
    sk_reading *r = x->r;
    bool quoted = false;
    for (uint32_t i = first; i < end; i++)
        quoted |= is_quote_sign(x, i);
    while (first < end && is_dressing(x, first))
        first++;
    while (end > first && is_dressing(x, end - 1))
        end--;
    if (first >= end)
        return;
    SK_GROW(x->a, r->attributions, r->n_attributions, x->cap_attributions);
    r->attributions[r->n_attributions++] = (sk_attribution){
        .cue = cue,
        .content = sk_span_of(x, first, end),
        .source = source ? source->entity : SK_READ_NONE,
        .source_span = source ? sk_span_of(x, source->first, source->end) : (sk_span){0, 0},
        .manner = manner == SK_MANNER_INDIRECT && quoted ? SK_MANNER_DIRECT : manner,
        .date = SK_READ_NONE,
        .via = SK_READ_NONE,
        .rule = sk_rule_get(SK_RULE_SAYS_FOREIGN)};
}

static void say_by_according(sk_foreign *f, const sk_match *m)
{
    sk_reader *x = f->x;
    uint32_t end = m->first + m->n;
    bool before =
        x->lang == SK_READ_ZH || x->lang == SK_READ_RU; /* the source stands behind the word */
    const sk_party *source = before ? party_behind(f, end) : party_before(f, m->first);
    if (!source || (before ? source->first > end + 3 : source->end + 2 < m->first))
        return;
    uint32_t first = before ? source->end : end;
    sk_span cue = before ? sk_span_of(x, m->first, source->end) : sk_span_of(x, source->first, end);
    if (m->first > x->range.first + 8 && x->lang == SK_READ_RU)
        push(f, cue, source, x->range.first, m->first, SK_MANNER_ACCORDING);
    else
        push(f, cue, source, first, x->range.end, SK_MANNER_ACCORDING);
}

static sk_manner manner_of(uint64_t attrs)
{
    return attrs & SK_ATTR(DENY)     ? SK_MANNER_DENIAL
           : attrs & SK_ATTR(ACCUSE) ? SK_MANNER_ACCUSATION
                                     : SK_MANNER_INDIRECT;
}

static void say_by_verb(sk_foreign *f, const sk_match *m, uint64_t attrs)
{
    sk_reader *x = f->x;
    uint32_t end = m->first + m->n;
    sk_span cue = sk_span_of(x, m->first, end);
    if (x->lang == SK_READ_KO || x->lang == SK_READ_JA) {
        const sk_party *source = speaker(f, m->first);
        bool near = source && stands_near(f, source, m->first);
        bool front = source && !near && source->first <= x->range.first + 12;
        uint32_t last = near ? source->first : m->first;
        for (size_t k = f->n; near && k-- > 0;)
            if (f->parties[k].end == last) /* 日本政府: one group */
                last = f->parties[k].first;
        push(f, cue, source, front ? source->end + 1 : x->range.first, last, manner_of(attrs));
        return;
    }
    const sk_party *left = party_before(f, m->first), *right = party_behind(f, end);
    if (x->lang == SK_READ_ZH) {
        if (left && left->end + 8 >= m->first)
            push(f, cue, left, end, x->range.end, manner_of(attrs));
        return;
    }
    bool inverted = right && right->first <= end + 2 && m->first > x->range.first + 3 &&
                    is_dressing(x, m->first - 1);
    if (inverted || (right && right->first <= end + 1 && m->first > x->range.first + 6))
        push(f, cue, right, x->range.first, m->first, manner_of(attrs));
    else if (left && left->end + 3 >= m->first)
        push(f, cue, left, end, x->range.end, manner_of(attrs));
}

void sk_foreign_attribution(sk_foreign *f)
{
    sk_reader *x = f->x;
    const uint64_t says =
        SK_ATTR(SAY) | SK_ATTR(ALLEGE) | SK_ATTR(DENY) | SK_ATTR(FIND) | SK_ATTR(ACCUSE);
    for (uint32_t i = x->range.first; i < x->range.end; i++) {
        const sk_match *m = sk_match_at(x, SK_LAYER_CUE, i);
        if (!m || m->first != i || m->first + m->n > x->range.end)
            continue;
        uint64_t attrs = sk_match_entry(x, m)->attrs;
        if (sk_match_is(x, m, "according-to"))
            say_by_according(f, m);
        else if (attrs & says)
            say_by_verb(f, m, attrs);
    }
}

void sk_pass_foreign(sk_reader *x)
{
    sk_foreign f = {.x = x};
    x->going_on = SK_READ_NONE;
    sk_foreign_times(x);
    sk_foreign_names(&f);
    sk_foreign_quantities(x);
    sk_foreign_attribution(&f);
    sk_foreign_acts(&f);
}
