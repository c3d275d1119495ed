/* A reading as JSON Lines, in the kinds and with the span convention of the gold annotations: "b" in
 * bytes and "c" in code points, half open; short spans with their text, long ones with head and tail. */
#include "base/json.h"
#include "read/reading_private.h"

#include <stdio.h>

typedef struct writer {
    const sk_reading *r;
    sk_buf *out;
    sk_json j;
    uint32_t *before; /* code points before each stretch of STRETCH bytes */
    int32_t *first;   /* of each entity: its first mention, NONE             */
    int32_t *next;    /* of each mention: the next one of the same entity    */
} writer;

enum { STRETCH = 64, SHORT_CHARS = 48, EDGE_WORDS = 3 };

static bool starts_char(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

static void count_chars(sk_ctx *cx, writer *w)
{
    sk_str s = w->r->text;
    w->before = sk_new_array(&cx->arena, uint32_t, s.n / STRETCH + 2);
    uint32_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (i % STRETCH == 0)
            w->before[i / STRETCH] = n;
        n += starts_char(s.p[i]);
    }
    if (s.n % STRETCH == 0)
        w->before[s.n / STRETCH] = n;
}

/* The mentions of each entity as a list in the order of the text, so that writing stays linear. */
static void chain_mentions(sk_ctx *cx, writer *w)
{
    const sk_reading *r = w->r;
    w->first = sk_new_array(&cx->arena, int32_t, r->n_entities);
    w->next = sk_new_array(&cx->arena, int32_t, r->n_mentions);
    for (size_t i = 0; i < r->n_entities; i++)
        w->first[i] = SK_READ_NONE;
    for (size_t i = r->n_mentions; i-- > 0;) {
        int32_t *first = &w->first[r->mentions[i].entity];
        w->next[i] = *first;
        *first = (int32_t)i;
    }
}

static uint32_t chars_before(const writer *w, uint32_t at)
{
    uint32_t n = w->before[at / STRETCH];
    for (size_t i = at / STRETCH * STRETCH; i < at; i++)
        n += starts_char(w->r->text.p[i]);
    return n;
}

static void put_pair(writer *w, const char *key, uint32_t a, uint32_t b)
{
    sk_json_key(&w->j, sk_str_of(key));
    sk_json_array(&w->j);
    sk_json_uint(&w->j, a);
    sk_json_uint(&w->j, b);
    sk_json_end(&w->j);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n'; /* of a wrapped line */
}

/* The first or last words of a long span. */
static sk_str edge(sk_str s, bool head)
{
    size_t words = 0;
    if (head) {
        for (size_t i = 0; i < s.n; i++)
            if (is_blank(s.p[i]) && ++words == EDGE_WORDS)
                return sk_str_sub(s, 0, i);
    } else {
        for (size_t i = s.n; i-- > 0;)
            if (is_blank(s.p[i]) && ++words == EDGE_WORDS)
                return sk_str_sub(s, i + 1, s.n);
    }
    return s;
}

static void put_span_members(writer *w, sk_span s)
{
    uint32_t a = chars_before(w, s.from), b = chars_before(w, s.to);
    sk_str text = sk_str_sub(w->r->text, s.from, s.to - s.from);
    put_pair(w, "b", s.from, s.to);
    put_pair(w, "c", a, b);
    if (b - a <= SHORT_CHARS) {
        sk_json_put_str(&w->j, "text", text);
    } else {
        sk_json_put_str(&w->j, "head", edge(text, true));
        sk_json_put_str(&w->j, "tail", edge(text, false));
    }
}

static void put_span(writer *w, const char *key, sk_span s)
{
    if (s.to <= s.from)
        return;
    sk_json_key(&w->j, sk_str_of(key));
    sk_json_object(&w->j);
    put_span_members(w, s);
    sk_json_end(&w->j);
}

static void put_id(writer *w, const char *key, char letter, int32_t n)
{
    char id[16];
    if (n < 0)
        return;
    int len = snprintf(id, sizeof id, "%c%d", letter, (int)n + 1);
    sk_json_put_str(&w->j, key, (sk_str){id, (size_t)len});
}

static void begin(writer *w, const char *kind, char letter, size_t n)
{
    sk_json_init(&w->j, w->out, SK_JSON_COMPACT);
    sk_json_object(&w->j);
    sk_json_put_str(&w->j, "kind", sk_str_of(kind));
    put_id(w, "id", letter, (int32_t)n);
}

static void put_rule(writer *w, const sk_rule *rule, unsigned tier)
{
    sk_json_put_str(&w->j, "rule", sk_str_of(rule->name));
    sk_json_put_uint(&w->j, "tier", tier);
}

static void end(writer *w)
{
    sk_json_end(&w->j);
    sk_json_done(&w->j);
    sk_buf_addc(w->out, '\n');
}

static void put_meta(writer *w, sk_str file)
{
    const sk_reading *r = w->r;
    sk_json_init(&w->j, w->out, SK_JSON_COMPACT);
    sk_json_object(&w->j);
    sk_json_put_str(&w->j, "kind", SK_S("meta"));
    sk_json_put_str(&w->j, "id", SK_S("D0"));
    sk_json_put_given(&w->j, "doc", file);
    sk_json_put_uint(&w->j, "bytes", r->text.n);
    sk_json_put_uint(&w->j, "codepoints", chars_before(w, (uint32_t)r->text.n));
    sk_json_put_str(&w->j, "language", sk_str_of(sk_read_lang_name(r->lang)));
    sk_json_put_str(&w->j, "lexicon", r->lexicon_version);
    sk_json_key(&w->j, SK_S("boilerplate"));
    sk_json_array(&w->j);
    for (size_t i = 0; i < r->n_furniture; i++) {
        sk_json_object(&w->j);
        put_span_members(w, r->furniture[i]);
        sk_json_end(&w->j);
    }
    sk_json_end(&w->j);
    end(w);
}

static void put_entity(writer *w, size_t n)
{
    const sk_found_entity *e = &w->r->entities[n];
    if (!e->n_mentions)
        return;
    begin(w, "entity", 'N', n);
    sk_json_put_str(&w->j, "type", e->type);
    sk_json_put_str(&w->j, "name", e->name);
    if (sk_str_is(e->type, "state"))
        sk_json_put_given(&w->j, "iso3", e->key);
    else
        sk_json_put_given(&w->j, "key", e->key);
    sk_json_put_uint(&w->j, "n_mentions", e->n_mentions);
    sk_json_key(&w->j, SK_S("mentions"));
    sk_json_array(&w->j);
    for (int32_t i = w->first[n]; i >= 0; i = w->next[i]) {
        const sk_mention *m = &w->r->mentions[i];
        sk_json_object(&w->j);
        put_span_members(w, m->span);
        sk_json_put_str(&w->j, "level", sk_str_of(sk_level_name(m->level)));
        put_rule(w, m->rule, m->rule->tier);
        sk_json_end(&w->j);
    }
    sk_json_end(&w->j);
    end(w);
}

static void put_date(writer *w, size_t n)
{
    const sk_found_date *d = &w->r->dates[n];
    begin(w, "date", 'T', n);
    put_span(w, "span", d->span);
    sk_json_put_given(&w->j, "value", d->value);
    sk_json_put_str(&w->j, "precision", sk_str_of(d->precision));
    if (d->is_statement)
        sk_json_put_str(&w->j, "role", SK_S("statement"));
    put_rule(w, d->rule, d->rule->tier);
    end(w);
}

static void put_decimal(sk_ctx *cx, writer *w, const char *key, sk_decimal d)
{
    sk_json_key(&w->j, sk_str_of(key));
    sk_json_number(&w->j, sk_decimal_text(&cx->arena, d, false));
}

static void put_quantity(sk_ctx *cx, writer *w, size_t n)
{
    const sk_found_quantity *q = &w->r->quantities[n];
    begin(w, "quantity", 'Q', n);
    put_span(w, "span", q->span);
    if (q->has_number)
        put_decimal(cx, w, "number", q->number);
    sk_str hedge = sk_str_sub(w->r->text, q->hedge.from, q->hedge.to - q->hedge.from);
    sk_json_put_str(&w->j, "hedge", hedge.n ? hedge : SK_S("exact"));
    sk_json_put_str(&w->j, "qualifier",
                    q->word ? sk_str_of(q->word) : sk_qualifier_name(q->qualifier));
    if (q->has_low)
        put_decimal(cx, w, "low", q->low);
    if (q->has_high)
        put_decimal(cx, w, "high", q->high);
    if (q->is_open_above)
        sk_json_put_bool(&w->j, "low_open", true);
    if (q->is_possible)
        sk_json_put_str(&w->j, "modality", SK_S("possible"));
    sk_json_put_given(&w->j, "unit",
                      sk_str_sub(w->r->text, q->unit.from, q->unit.to - q->unit.from));
    put_id(w, "of", 'N', q->of);
    put_rule(w, q->rule, q->rule->tier);
    end(w);
}

static void put_attribution(writer *w, size_t n)
{
    const sk_attribution *a = &w->r->attributions[n];
    begin(w, "attribution", 'A', n);
    if (a->manner == SK_MANNER_AUTHOR)
        sk_json_put_str(&w->j, "source", SK_S("D0"));
    put_id(w, "source", 'N', a->source);
    put_span(w, "source_span", a->source_span);
    put_span(w, "cue", a->cue);
    put_span(w, "content", a->content);
    sk_json_put_str(&w->j, "manner", sk_str_of(sk_manner_name(a->manner)));
    if (a->is_inverted)
        sk_json_put_bool(&w->j, "inverted", true);
    if (a->is_pronoun)
        sk_json_put_str(&w->j, "source_mention", SK_S("pronoun"));
    put_id(w, "date", 'T', a->date);
    if (a->manner != SK_MANNER_AUTHOR)
        put_id(w, "via", 'A', a->via >= 0 ? a->via : 0);
    put_rule(w, a->rule, a->rule->tier);
    end(w);
}

/* A slot as ids, and beside it as spans: "actor": ["N2"], "actor_spans": [{...}]. */
static void put_slots(writer *w, const char *key, const char *spans, const sk_slot *slots,
                      uint8_t n)
{
    if (!n)
        return;
    bool any = false;
    for (uint8_t i = 0; i < n; i++)
        any |= slots[i].entity >= 0;
    if (any) {
        sk_json_key(&w->j, sk_str_of(key));
        sk_json_array(&w->j);
        for (uint8_t i = 0; i < n; i++) {
            char id[16];
            int len = snprintf(id, sizeof id, "N%d", (int)slots[i].entity + 1);
            if (slots[i].entity >= 0)
                sk_json_str(&w->j, (sk_str){id, (size_t)len});
        }
        sk_json_end(&w->j);
    }
    sk_json_key(&w->j, sk_str_of(spans));
    sk_json_array(&w->j);
    for (uint8_t i = 0; i < n; i++) {
        sk_json_object(&w->j);
        put_span_members(w, slots[i].span);
        put_id(w, "entity", 'N', slots[i].entity);
        if (slots[i].is_pronoun)
            sk_json_put_bool(&w->j, "pronoun", true);
        sk_json_end(&w->j);
    }
    sk_json_end(&w->j);
}

static void put_event(writer *w, size_t n)
{
    const sk_found_event *e = &w->r->events[n];
    begin(w, e->kind, 'E', n);
    sk_json_put_str(&w->j, "act", sk_str_of(e->act));
    put_span(w, "trigger", e->trigger);
    bool trade = e->n_goods > 0;
    put_slots(w, trade ? "buyer" : "actor", "actor_spans", e->actor, e->n_actor);
    put_slots(w, "target", "target_spans", e->target, e->n_target);
    put_slots(w, "place", "place_spans", e->place, e->n_place);
    if (trade) {
        put_span(w, "goods_span", e->goods[0].span);
        sk_json_put_str(&w->j, "goods",
                        sk_str_sub(w->r->text, e->goods[0].span.from,
                                   e->goods[0].span.to - e->goods[0].span.from));
    }
    put_id(w, "time", 'T', e->date);
    put_id(w, "quantity", 'Q', e->quantity);
    put_id(w, "attribution", 'A', e->attribution);
    sk_json_put_str(&w->j, "modality", sk_str_of(sk_modality_name(e->modality)));
    if (e->is_ongoing)
        sk_json_put_str(&w->j, "status", SK_S("ongoing"));
    sk_json_put_bool(&w->j, "actor_stated", e->n_actor > 0);
    put_span(w, "sentence", e->sentence);
    put_id(w, "same_as", 'E', e->same_as);
    put_rule(w, e->rule, e->tier);
    end(w);
}

static void put_trap(writer *w, size_t n)
{
    const sk_found_trap *t = &w->r->traps[n];
    begin(w, "trap", 'Z', n);
    sk_json_put_str(&w->j, "what", sk_str_of(t->what));
    put_span(w, "span", t->span);
    sk_json_put_str(&w->j, "right", sk_str_of(t->right));
    end(w);
}

static void put_relation(writer *w, size_t n)
{
    const sk_found_relation *x = &w->r->relations[n];
    begin(w, "relation", 'R', n);
    sk_json_put_str(&w->j, "type", sk_str_of(x->type));
    put_id(w, "subject", 'N', x->subject);
    put_id(w, "object", 'N', x->object);
    put_span(w, "span", x->span);
    end(w);
}

/* A sentence that holds an act word and gave no suggestion: silence is shown. */
static void put_silence(writer *w, size_t n)
{
    const sk_read_sentence *s = &w->r->sentences[n];
    if (!s->has_act_word || s->has_event)
        return;
    begin(w, "unread", 'U', n);
    put_span(w, "span", s->span);
    end(w);
}

void sk_reading_write(sk_ctx *cx, const sk_reading *r, sk_str file, unsigned tiers, sk_buf *out)
{
    writer w = {.r = r, .out = out};
    count_chars(cx, &w);
    chain_mentions(cx, &w);
    put_meta(&w, file);
    for (size_t i = 0; i < r->n_entities; i++)
        put_entity(&w, i);
    for (size_t i = 0; i < r->n_dates; i++)
        put_date(&w, i);
    for (size_t i = 0; i < r->n_quantities; i++)
        put_quantity(cx, &w, i);
    for (size_t i = 0; i < r->n_attributions; i++)
        put_attribution(&w, i);
    for (size_t i = 0; i < r->n_events; i++)
        if (r->events[i].tier <= tiers)
            put_event(&w, i);
    for (size_t i = 0; i < r->n_relations; i++)
        put_relation(&w, i);
    for (size_t i = 0; i < r->n_traps; i++)
        put_trap(&w, i);
    for (size_t i = 0; i < r->n_sentences; i++)
        put_silence(&w, i);
}
