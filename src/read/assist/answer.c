/* What a model answered, believed in nothing. See window.h. */
#include "base/json_read.h"
#include "read/assist/doubts.h"
#include "read/assist/window.h"
#include "record/model.h"
#include "record/quote.h"

static const sk_rule model_rule = {"model", 3};

const char *sk_drop_name(sk_drop d)
{
    static const char *const names[] = {
        "not in the form asked for", "quotation not in the sentence", "words outside the quotation",
        "date or number not readable"};
    return names[d];
}

sk_rc sk_answer_content(sk_ctx *cx, sk_str reply, sk_str *ret_content)
{
    sk_json_doc doc;
    sk_json_doc_init(&doc);
    sk_rc rc = sk_json_read(cx, sk_str_c(&cx->arena, reply), reply.n, &doc);
    const sk_json_value *choices = rc ? NULL : sk_json_find(doc.values, SK_S("choices"));
    const sk_json_value *first =
        choices && choices->kind == SK_JSON_IS_ARRAY && choices->span > 1 ? choices + 1 : NULL;
    const sk_json_value *message = sk_json_find(first, SK_S("message"));
    const sk_json_value *content = sk_json_find(message, SK_S("content"));
    if (rc)
        rc = sk_while(cx, "the model server's reply");
    else if (!content || content->kind != SK_JSON_IS_STRING)
        rc = sk_fail(cx, SK_E_FORMAT, "the model server's reply has no choices[0].message.content");
    else if (sk_str_is(sk_json_find_str(first, "finish_reason"), "length"))
        rc = sk_fail(cx, SK_E_FORMAT, "the model's answer was cut off");
    else
        *ret_content = sk_str_copy(&cx->arena, content->text);
    sk_json_doc_done(&doc);
    return rc;
}

/* ---- finding words ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Does the span cut a word of Latin letters or a number in two? */
static bool cuts_word(sk_str text, size_t from, size_t to)
{
    bool front = from && is_letter(text.p[from - 1]) && is_letter(text.p[from]);
    return front || (to < text.n && is_letter(text.p[to]) && is_letter(text.p[to - 1]));
}

/* Where words stand inside the span of the text, kinds of blanks and of quotation marks taken as one. */
static bool find_words(sk_ctx *cx, const sk_reading *r, sk_span within, sk_str words,
                       sk_span *ret_span)
{
    sk_str in = sk_str_sub(r->text, within.from, within.to - within.from);
    sk_quote_text t;
    size_t at = 0, start, end;
    bool found = false;
    sk_quote_text_of(in, &t);
    while (!found && sk_quote_text_next(cx, &t, words, &at, &start, &end))
        found = !cuts_word(in, start, end);
    if (found)
        *ret_span = (sk_span){within.from + (uint32_t)start, within.from + (uint32_t)end};
    sk_quote_text_done(&t);
    return found;
}

/* ---- one item ---- */

typedef struct item {
    int64_t sentence;
    sk_str act, modality, quote, trigger, actor, target, place, date, count;
} item;

static sk_str *word_field(item *i, sk_str name)
{
    const struct {
        const char *name;
        sk_str *field;
    } all[] = {{"act", &i->act},         {"modality", &i->modality}, {"quote", &i->quote},
               {"trigger", &i->trigger}, {"actor", &i->actor},       {"target", &i->target},
               {"place", &i->place},     {"date", &i->date},         {"count", &i->count}};
    for (size_t k = 0; k < SK_COUNT(all); k++)
        if (sk_str_is(name, all[k].name))
            return all[k].field;
    return NULL;
}

/* Every key known, once, of its kind, of a size that a sentence has. */
static bool take_item(const sk_json_value *v, item *ret_item)
{
    *ret_item = (item){.sentence = -1};
    if (v->kind != SK_JSON_IS_OBJECT)
        return false;
    SK_JSON_EACH_MEMBER(key, v)
    {
        uint64_t n;
        if (sk_str_is(key->text, "sentence")) {
            if (key[1].kind != SK_JSON_IS_NUMBER || ret_item->sentence >= 0 ||
                !sk_str_to_u64(key[1].text, &n) || n > SK_WINDOW_SENTENCES)
                return false;
            ret_item->sentence = (int64_t)n;
            continue;
        }
        sk_str *field = word_field(ret_item, key->text);
        if (!field || field->p || key[1].kind != SK_JSON_IS_STRING ||
            key[1].text.n > SK_WINDOW_BYTES)
            return false;
        *field = key[1].text.p ? key[1].text : SK_S("");
    }
    return ret_item->sentence > 0 && ret_item->quote.n && ret_item->trigger.n;
}

static bool find_modality(sk_str name, sk_modality *ret)
{
    for (unsigned i = 0; i < SK_MODALITIES; i++)
        if (sk_str_is(name, sk_modality_name((sk_modality)i))) {
            *ret = (sk_modality)i;
            return true;
        }
    return false;
}

typedef struct checker {
    sk_ctx *cx;
    const sk_lexicon *lex;
    const sk_reading *r;
    const sk_window *w;
    sk_span quote;
} checker;

/* "E3": a name of the list, where the window last tells it before the end of the quotation. */
static bool take_listed(const checker *c, sk_str value, sk_slot *ret_slot)
{
    uint64_t n;
    if (!sk_str_starts(value, SK_S("E")) || !sk_str_to_u64(sk_str_sub(value, 1, value.n), &n) ||
        n < 1 || n > c->w->n_entities)
        return false;
    int32_t entity = c->w->entity[n - 1];
    for (size_t i = 0; i < c->r->n_mentions; i++) {
        const sk_mention *m = &c->r->mentions[i];
        if (m->entity == entity && (!ret_slot->span.to || m->span.to <= c->quote.to))
            *ret_slot = (sk_slot){.entity = entity, .span = m->span};
    }
    return ret_slot->span.to != 0;
}

/* The entity whose mention ends where the words end: "the North Korean soldiers" ends in its head. */
static void name_slot(const checker *c, sk_slot *slot)
{
    slot->entity = SK_READ_NONE;
    for (size_t i = 0; i < c->r->n_mentions; i++) {
        const sk_mention *m = &c->r->mentions[i];
        if (m->span.to == slot->span.to && m->span.from >= slot->span.from) {
            slot->entity = m->entity;
            slot->is_pronoun = m->level == SK_LEVEL_PRONOUN;
            return;
        }
    }
    sk_str words = sk_str_sub(c->r->text, slot->span.from, slot->span.to - slot->span.from);
    slot->is_pronoun = sk_is_pronoun(c->cx, c->lex, words);
}

static bool take_slot(const checker *c, sk_str value, sk_slot slots[SK_MOST_SLOTS], uint8_t *ret_n)
{
    sk_slot slot = {.entity = SK_READ_NONE};
    value = sk_str_trim(value);
    if (!value.n)
        return true;
    if (!take_listed(c, value, &slot)) {
        if (!find_words(c->cx, c->r, c->quote, value, &slot.span))
            return false;
        name_slot(c, &slot);
    }
    slots[0] = slot;
    *ret_n = 1;
    return true;
}

/* A date that reading found too: the model points, our reader of dates decides what it says. */
static bool take_date(const checker *c, sk_str value, sk_found_event *e, bool *ret_unread)
{
    sk_span s;
    if (!sk_str_trim(value).n)
        return true;
    if (!find_words(c->cx, c->r, c->quote, value, &s))
        return false;
    for (size_t i = 0; i < c->r->n_dates; i++) {
        const sk_found_date *d = &c->r->dates[i];
        if (d->span.from < s.to && s.from < d->span.to && d->value.n)
            e->date = (int32_t)i;
    }
    *ret_unread |= e->date == SK_READ_NONE;
    return true;
}

static bool take_count(const checker *c, sk_str value, sk_found_event *e, bool *ret_unread)
{
    sk_span s;
    if (!sk_str_trim(value).n)
        return true;
    if (!find_words(c->cx, c->r, c->quote, value, &s))
        return false;
    for (size_t i = 0; i < c->r->n_quantities; i++) {
        const sk_found_quantity *q = &c->r->quantities[i];
        if (q->span.from < s.to && s.from < q->span.to)
            e->quantity = (int32_t)i;
    }
    *ret_unread |= e->quantity == SK_READ_NONE;
    return true;
}

/* Do the rules find in its sentence what did not happen? At these words: how they hold it. */
static bool is_unreal_to_rules(const checker *c, const sk_found_event *e, sk_modality *ret_modality)
{
    bool found = false;
    for (size_t i = 0; i < c->r->n_events; i++) {
        const sk_found_event *o = &c->r->events[i];
        if (o->modality <= SK_ALLEGED || o->sentence.from != e->sentence.from)
            continue;
        if (!found)
            *ret_modality = SK_POSSIBLE;
        found = true;
        if (o->trigger.from < e->trigger.to && e->trigger.from < o->trigger.to)
            *ret_modality = o->modality;
    }
    return found;
}

/* The more careful of what the model says and what the words around allow. */
static sk_modality careful(const checker *c, const sk_found_event *e, size_t sentence)
{
    sk_modality m = e->modality;
    if (m > SK_ALLEGED)
        return m;
    sk_manner manner =
        e->attribution >= 0 ? c->r->attributions[e->attribution].manner : SK_MANNER_AUTHOR;
    if (manner == SK_MANNER_DENIAL)
        return SK_NEGATED;
    if (is_unreal_to_rules(c, e, &m))
        return m;
    if (sk_sentence_has_doubt(c->cx, c->lex, c->r, sentence))
        return SK_POSSIBLE;
    if (manner == SK_MANNER_ACCUSATION)
        return SK_ALLEGED;
    return m == SK_ASSERTED && manner != SK_MANNER_AUTHOR ? SK_REPORTED : m;
}

static void take_event(checker *c, const item *i, sk_answer *ret)
{
    sk_found_event e = {.date = SK_READ_NONE,
                        .quantity = SK_READ_NONE,
                        .same_as = SK_READ_NONE,
                        .rule = &model_rule,
                        .tier = model_rule.tier};
    const sk_act_term *act = sk_model_find_act(sk_model_get(), i->act);
    bool unread = false;
    sk_event_room(&c->cx->arena, &e, 1);
    if (!act || !find_modality(i->modality, &e.modality) ||
        (size_t)i->sentence > c->w->n_sentences) {
        ret->drops[SK_DROP_FORM]++;
        return;
    }
    size_t sentence = c->w->sentence[i->sentence - 1];
    e.act = sk_str_c(&c->cx->arena, act->id);
    e.sentence = c->r->sentences[sentence].span;
    if (!find_words(c->cx, c->r, e.sentence, i->quote, &c->quote)) {
        ret->drops[SK_DROP_QUOTE]++;
        return;
    }
    if (!find_words(c->cx, c->r, c->quote, i->trigger, &e.trigger) ||
        !take_slot(c, i->actor, e.actor, &e.n_actor) ||
        !take_slot(c, i->target, e.target, &e.n_target) ||
        !take_slot(c, i->place, e.place, &e.n_place) || !take_date(c, i->date, &e, &unread) ||
        !take_count(c, i->count, &e, &unread)) {
        ret->drops[SK_DROP_OUTSIDE]++;
        return;
    }
    ret->drops[SK_DROP_SLOT] += unread;
    e.kind = sk_str_starts(act->id, SK_S("diplomacy.")) ? "diplomatic" : "event";
    e.attribution = sk_reading_attribution(c->r, e.trigger); /* as the rules found it */
    e.modality = careful(c, &e, sentence);
    ret->events[ret->n_events++] = e;
}

static void take_items(checker *c, const sk_json_value *root, sk_answer *ret)
{
    const sk_json_value *items = sk_json_find(root, SK_S("items"));
    item one;
    if (!items || items->kind != SK_JSON_IS_ARRAY || root->span != items->span + 2) {
        ret->drops[SK_DROP_FORM]++;
        return;
    }
    SK_JSON_EACH(v, items)
    {
        if (ret->items++ < SK_WINDOW_ITEMS && take_item(v, &one))
            take_event(c, &one, ret);
        else
            ret->drops[SK_DROP_FORM]++;
    }
}

void sk_answer_read(sk_ctx *cx, const sk_lexicon *lex, const sk_reading *r, const sk_window *w,
                    sk_str content, sk_answer *ret_answer)
{
    checker c = {.cx = cx, .lex = lex, .r = r, .w = w};
    sk_answer a = {.events = sk_new_array(&cx->arena, sk_found_event, SK_WINDOW_ITEMS)};
    sk_json_doc doc;
    sk_json_doc_init(&doc);
    if (sk_json_read(cx, sk_str_c(&cx->arena, content), content.n, &doc)) {
        sk_forgive(cx); /* counted: free text instead of the form is what servers do */
        a.drops[SK_DROP_FORM]++;
    } else {
        take_items(&c, doc.values, &a);
    }
    sk_json_doc_done(&doc);
    *ret_answer = a;
}
