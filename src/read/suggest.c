/* Suggestions of exhibits: names and figures of a reading, what is silent, and reading all that waits. */
#include "read/suggest_private.h"

#include "base/progress.h"

#include <stdlib.h>

/* Grows when the same reading gives other suggestions. */
#define FORM "3"

enum {
    EXHIBITS_A_TRANSACTION = 200,
    BYTES_A_TRANSACTION = 8 << 20,
    PASSAGE_BYTES = 4096, /* a sentence longer than that is no passage to read */
};

/* ---- making one ---- */

sk_str sk_suggest__words(const sk_suggester *x, sk_span s, sk_making *m)
{
    m->is_oversize |= s.to - s.from > SK_LIM_SUGGEST_PART_BYTES;
    return sk_str_sub(x->r->text, s.from, s.to - s.from);
}

int32_t sk_suggest__sentence(const sk_suggester *x, uint32_t at)
{
    size_t lo = 0, hi = x->r->n_sentences;
    while (lo < hi) {
        size_t middle = lo + (hi - lo) / 2;
        if (x->r->sentences[middle].span.to <= at)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo < x->r->n_sentences && x->r->sentences[lo].span.from <= at ? (int32_t)lo
                                                                         : SK_READ_NONE;
}

sk_making sk_suggest__begin(const sk_suggester *x, sk_suggest_kind kind, const sk_rule *rule,
                            unsigned tier, sk_span span)
{
    sk_making m = {.s = {.exhibit = *x->exhibit,
                         .kind = kind,
                         .tier = tier,
                         .rule = sk_str_of(rule->name),
                         .lexicon = x->r->lexicon_version,
                         .origin = SK_S("rule"),
                         .modality = SK_S("asserted"),
                         .start = span.from,
                         .end = span.to,
                         .passage = span.from,
                         .passage_end = span.to}};
    int32_t k = sk_suggest__sentence(x, span.from);
    if (k < 0)
        return m;
    const sk_read_sentence *s = &x->r->sentences[k];
    if (s->lang != SK_READ_ANY)
        m.s.lang = sk_str_of(sk_read_lang_name((sk_read_lang)s->lang));
    if (s->span.to >= span.to && s->span.to - s->span.from <= PASSAGE_BYTES) {
        m.s.passage = s->span.from;
        m.s.passage_end = s->span.to;
    }
    return m;
}

sk_proposal *sk_suggest__propose(const sk_suggester *x, sk_making *m, const char *type,
                                 const char *prop, sk_value_type kind, sk_span span)
{
    SK_GROW(&x->cx->arena, m->proposals, m->n, m->cap);
    m->proposals[m->n] = (sk_proposal){.type = sk_str_of(type),
                                       .prop = sk_str_of(prop),
                                       .kind = kind,
                                       .start = span.from,
                                       .end = span.to};
    return &m->proposals[m->n++];
}

bool sk_suggest__end(sk_suggester *x, sk_making *m)
{
    if (m->is_oversize || m->n > SK_LIM_SUGGEST_PROPOSALS) {
        x->n_oversize++;
        return false;
    }
    m->s.proposals = m->proposals;
    m->s.n_proposals = m->n;
    sk_suggestion_identify(x->cx, &m->s);
    SK_GROW(&x->cx->arena, x->list, x->n, x->cap);
    x->list[x->n++] = m->s;
    int32_t k = sk_suggest__sentence(x, (uint32_t)m->s.start);
    bool is_said = m->s.kind == SK_SUGGEST_ACT || m->s.kind == SK_SUGGEST_STATEMENT;
    if (k >= 0 && is_said && m->s.tier <= 3)
        x->is_covered[k] = true;
    return true;
}

/* ---- figures ---- */

static bool names_number(const sk_quantity *q, sk_decimal number)
{
    return (q->has_low && sk_decimal_cmp(q->low, number) == 0) ||
           (q->has_high && sk_decimal_cmp(q->high, number) == 0);
}

/* As its words are read where a person types them, if that gives the same number; else from what
 * reading made of them. */
bool sk_suggest__figure(const sk_suggester *x, const sk_found_quantity *f, sk_making *m,
                        sk_quantity *ret_quantity)
{
    sk_ctx *cx = x->cx;
    sk_quantity q;
    sk_str words = sk_suggest__words(x, f->span, m);
    if (m->is_oversize || !f->has_number)
        return false;
    bool is_read = sk_quantity_from_words(cx, words, &q) == SK_OK && names_number(&q, f->number);
    sk_forgive(cx);
    if (!is_read) {
        q = (sk_quantity){.qualifier = f->qualifier,
                          .has_low = f->has_low,
                          .has_high = f->has_high,
                          .is_open_above = f->is_open_above,
                          .low = f->low,
                          .high = f->high};
        if (sk_quantity_check(cx, &q)) {
            sk_forgive(cx);
            return false;
        }
    }
    if (f->of >= 0 && strcmp(sk_suggest__type(&x->r->entities[f->of]), "Population") == 0)
        q.unit = SK_S("people");
    *ret_quantity = q;
    return true;
}

/* A figure of people, unless it is the figure of an act. Where its sentence speaks of what did not
 * happen, it does not say that there are so many. */
static void suggest_figure(sk_suggester *x, const sk_found_quantity *f)
{
    sk_quantity q;
    if (f->of < 0 || strcmp(sk_suggest__type(&x->r->entities[f->of]), "Population") != 0 ||
        sk_decimal_cmp(f->number, sk_decimal_of(2)) < 0)
        return;
    sk_making m = sk_suggest__begin(x, SK_SUGGEST_QUANTITY, f->rule, f->rule->tier, f->span);
    if (!sk_suggest__figure(x, f, &m, &q)) {
        x->n_oversize += m.is_oversize;
        return;
    }
    int32_t a = sk_reading_attribution(x->r, f->span),
            sentence = sk_suggest__sentence(x, f->span.from);
    if (x->r->attributions[a].manner == SK_MANNER_DENIAL) {
        m.s.position = SK_CLAIM_DENIES;
        m.s.modality = SK_S("negated");
    } else if (sentence >= 0 && x->is_unreal[sentence]) {
        m.s.position = SK_CLAIM_PREDICTS;
        m.s.modality = SK_S("possible");
    } else if (a > 0) {
        m.s.modality = SK_S("reported");
    }
    m.s.subject = sk_suggest__party(x, f->of, f->unit.to > f->unit.from ? f->unit : f->span);
    m.is_oversize |= m.s.subject.name.n > SK_LIM_SUGGEST_PART_BYTES;
    sk_proposal *p = sk_suggest__propose(x, &m, "Population", "count", SK_VALUE_QUANTITY, f->span);
    p->quantity = q;
    p->words = sk_suggest__words(x, f->span, &m);
    sk_suggest__chain(x, a, &m);
    sk_suggest__end(x, &m);
}

/* ---- names ---- */

/* A name once an exhibit, where the text gives it. */
static void suggest_name(sk_suggester *x, size_t entity)
{
    int32_t by = x->named_by[entity];
    const sk_found_entity *e = &x->r->entities[entity];
    if (by < 0 || sk_str_is(e->type, "treaty_or_measure"))
        return;
    const sk_mention *mention = &x->r->mentions[by];
    const char *type = sk_suggest__type(e);
    unsigned tier = mention->rule->tier;
    if (!strcmp(type, "Thing") && tier < 3)
        tier = 3; /* a name of what? */
    sk_making m = sk_suggest__begin(x, SK_SUGGEST_NAME, mention->rule, tier, mention->span);
    m.s.subject = sk_suggest__party(x, (int32_t)entity, mention->span);
    m.is_oversize |= e->name.n > SK_LIM_SUGGEST_PART_BYTES;
    sk_proposal *p = sk_suggest__propose(x, &m, type, "name", SK_VALUE_NAME, mention->span);
    p->value = e->name;
    sk_str words = sk_suggest__words(x, mention->span, &m);
    p->words = sk_str_eq(words, e->name) ? SK_NONE : words;
    sk_suggest__chain(x, 0, &m);
    sk_suggest__end(x, &m);
}

/* ---- all of a reading ---- */

static int by_place(const void *p, const void *q)
{
    const sk_suggestion *a = p, *b = q;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    int d = (int)a->kind - (int)b->kind;
    return d ? d : memcmp(a->id.b, b->id.b, sizeof a->id.b);
}

/* In order, each once: two rules may find the same. The surer tier stays. */
static void put_in_order(sk_suggester *x)
{
    size_t kept = 0;
    if (x->n)
        qsort(x->list, x->n, sizeof *x->list, by_place);
    for (size_t i = 0; i < x->n; i++) {
        if (kept && sk_hash_eq(&x->list[kept - 1].id, &x->list[i].id)) {
            if (x->list[i].tier < x->list[kept - 1].tier)
                x->list[kept - 1] = x->list[i];
            continue;
        }
        x->list[kept++] = x->list[i];
    }
    x->n = kept;
}

static void find_silences(const sk_suggester *x, sk_suggestion_set *set)
{
    sk_silence *list = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < x->r->n_sentences; i++) {
        const sk_read_sentence *s = &x->r->sentences[i];
        if (!s->has_act_word || x->is_covered[i])
            continue;
        SK_GROW(&x->cx->arena, list, n, cap);
        list[n++] = (sk_silence){s->span.from, s->span.to};
    }
    set->silences = list;
    set->n_silences = n;
}

void sk_suggest_from_reading(sk_ctx *cx, const sk_reading *r, const sk_hash *exhibit,
                             sk_suggestion_set *ret_set)
{
    sk_suggester x = {.cx = cx, .r = r, .exhibit = exhibit};
    sk_arena *a = &cx->arena;
    x.named_by = sk_new_array(a, int32_t, r->n_entities);
    x.told_by = sk_new_array(a, int32_t, r->n_entities);
    x.is_proper = sk_new_array(a, bool, r->n_entities);
    x.event_ids = sk_new_array(a, sk_hash, r->n_events);
    x.has_event = sk_new_array(a, bool, r->n_events);
    x.is_counted = sk_new_array(a, bool, r->n_quantities);
    x.is_covered = sk_new_array(a, bool, r->n_sentences);
    x.is_unreal = sk_new_array(a, bool, r->n_sentences);
    sk_suggest__entities(&x);
    sk_suggest__acts(&x);
    for (size_t i = 0; i < r->n_quantities; i++)
        if (!x.is_counted[i])
            suggest_figure(&x, &r->quantities[i]);
    for (size_t i = 0; i < r->n_entities; i++)
        suggest_name(&x, i);
    put_in_order(&x);
    *ret_set = (sk_suggestion_set){.suggestions = x.list, .n_suggestions = x.n};
    find_silences(&x, ret_set);
    if (x.n_oversize)
        ret_set->note =
            sk_fmt(a,
                   "%zu suggestions of more than %d claims, or with a part of more than "
                   "%d bytes, were left out",
                   x.n_oversize, SK_LIM_SUGGEST_PROPOSALS, SK_LIM_SUGGEST_PART_BYTES);
}

/* ---- all that waits ---- */

static sk_str join_notes(sk_ctx *cx, sk_str a, sk_str b)
{
    return a.n && b.n ? sk_fmt(&cx->arena, "%.*s; %.*s", SK_P(a), SK_P(b)) : a.n ? a : b;
}

/* Blocks that lie within the ceiling; the rest of the text is not read, and the note says so. */
static void cut_text(sk_ctx *cx, sk_unread_text *t, sk_str *note)
{
    if (t->text.n <= SK_LIM_SUGGEST_TEXT_BYTES)
        return;
    size_t whole = t->text.n, n = 0;
    while (n < t->n_blocks && t->blocks[n].end <= SK_LIM_SUGGEST_TEXT_BYTES)
        n++;
    t->n_blocks = n;
    t->text.n = n ? t->blocks[n - 1].end : 0;
    *note = sk_fmt(&cx->arena,
                   "only the first %zu of %zu bytes of text were read for suggestions, at most %zu "
                   "are",
                   t->text.n, whole, (size_t)SK_LIM_SUGGEST_TEXT_BYTES);
}

static sk_rc suggest_one(sk_ctx *cx, const sk_lexicon *lex, sk_str version, sk_unread_text *t,
                         sk_suggest_report *report)
{
    sk_suggestion_set set = {0};
    sk_str note = SK_NONE;
    cut_text(cx, t, &note);
    static const sk_block none;
    sk_read_options options = {
        .blocks = t->n_blocks ? t->blocks : &none, .n_blocks = t->n_blocks, .written = t->written};
    sk_reading *r;
    sk_rc rc = sk_reading_from_text(cx, lex, t->text, &options, &r);
    if (rc == SK_E_LIMIT) {
        note = sk_fmt(&cx->arena, "not read for suggestions: %s", cx->message);
        sk_forgive(cx);
    } else if (rc) {
        return rc;
    } else {
        sk_suggest_from_reading(cx, r, &t->exhibit, &set);
    }
    report->cut += note.n > 0;
    set.note = join_notes(cx, note, set.note);
    report->exhibits++;
    report->suggestions += set.n_suggestions;
    report->silences += set.n_silences;
    return sk_suggest_put(cx, cx->index, &t->exhibit, SK_S("rule"), version, &set);
}

/* A transaction's worth; *after moves along; *ret_more: there may be more. */
static sk_rc suggest_some(sk_ctx *cx, const sk_lexicon *lex, sk_str version, int64_t *after,
                          sk_suggest_report *report, bool *ret_more)
{
    size_t bytes = 0;
    *ret_more = false;
    for (size_t n = 0; n < EXHIBITS_A_TRANSACTION && bytes < BYTES_A_TRANSACTION; n++) {
        sk_arena_mark mark = sk_arena_here(&cx->arena);
        sk_unread_text t;
        sk_rc rc = sk_suggest_next_unread(cx, cx->index, *after, version, &t);
        if (rc == SK_E_NOTFOUND)
            return SK_OK;
        SK_TRY(rc);
        *after = t.row;
        bytes += t.text.n;
        sk_progress_label(cx->progress, t.name);
        SK_TRY(suggest_one(cx, lex, version, &t, report));
        sk_progress_add(cx->progress, 1);
        sk_arena_back_to(&cx->arena, mark);
    }
    *ret_more = true;
    return SK_OK;
}

sk_rc sk_suggest_pending(sk_ctx *cx, sk_suggest_report *ret_report)
{
    sk_suggest_report report = {0};
    const sk_lexicon *lex;
    SK_TRY(sk_lexicon_builtin(cx, &lex));
    sk_str version = sk_fmt(&cx->arena, "%.*s/" FORM, SK_P(sk_lexicon_version(lex)));
    uint64_t unread;
    SK_TRY(sk_suggest_count_unread(cx, cx->index, version, &unread));
    bool more = unread > 0;
    if (more)
        sk_progress_begin(cx->progress, "proposing", unread, SK_PROGRESS_ITEMS);
    sk_rc rc = SK_OK;
    for (int64_t after = 0; more && rc == SK_OK;) {
        rc = sk_index_begin(cx, cx->index);
        if (rc == SK_OK)
            rc = suggest_some(cx, lex, version, &after, &report, &more);
        if (rc == SK_OK)
            rc = sk_index_end(cx, cx->index);
        else
            sk_index_undo(cx->index);
    }
    if (unread)
        sk_progress_end(cx->progress);
    if (rc == SK_OK && ret_report)
        *ret_report = report;
    return rc;
}
