/* From a suggestion, or a selection, to the claims it becomes: what a person would have entered by hand.
 *
 *   act        one entity of type Act with a claim for each slot: act, perpetrator, victim, location,
 *              date, count; all by the same claimants, with the same position, resting on the sentence
 *   others     one claim
 *   new names  an entity that the record does not have gets its name, and nothing else */
#include "record/suggest_private.h"

#include "base/utf8.h"

/* What people type for a value, by its kind. */
static sk_rc set_typed(sk_ctx *cx, sk_view *v, const sk_hash *exhibit, const sk_prop *prop,
                       sk_str type, sk_str typed, sk_claim *c, sk_party *target)
{
    c->value = c->words = SK_NONE;
    c->quantity = (sk_quantity){0};
    *target = (sk_party){0};
    if (!sk_str_trim(typed).n)
        return sk_fail(cx, SK_E_FORMAT, "%.*s: no value", SK_P(prop->name));
    if (prop->type == SK_VALUE_ENTITY) {
        if (sk_party__typed(cx, v, exhibit, type.n ? type : prop->target, typed, target))
            return sk_while(cx, "%.*s", SK_P(prop->name));
        c->value = target->key;
    } else if (prop->type == SK_VALUE_QUANTITY || prop->type == SK_VALUE_MONEY) {
        c->words = typed;
    } else {
        c->value = typed;
    }
    return SK_OK;
}

static sk_claim *append(sk_ctx *cx, sk_draft *d, sk_str type, const sk_prop *prop)
{
    if (d->n == d->cap) { /* the two lists grow together */
        size_t cap = d->cap;
        SK_GROW(&cx->arena, d->targets, d->n, cap);
        SK_GROW(&cx->arena, d->claims, d->n, d->cap);
    }
    sk_claim *c = &d->claims[d->n];
    d->targets[d->n++] = (sk_party){0};
    *c = d->common;
    c->entity = d->subject.key;
    c->type = type;
    c->prop = prop->name;
    c->kind = prop->type;
    return c;
}

static sk_rc find_prop(sk_ctx *cx, sk_str type, sk_str name, const sk_prop **ret_prop)
{
    const sk_type *t = sk_model_find_type(sk_model_get(), type);
    if (!t)
        return sk_fail(cx, SK_E_FORMAT, "type \"%.*s\" is not in the model; see: sillok help model",
                       SK_P(type));
    *ret_prop = sk_type_find_prop(t, name);
    return *ret_prop
               ? SK_OK
               : sk_fail(cx, SK_E_FORMAT, "%.*s has no property \"%.*s\"; see: sillok help model",
                         SK_P(type), SK_P(name));
}

sk_rc sk_draft__add_typed(sk_ctx *cx, sk_view *v, const sk_hash *exhibit, sk_draft *d, sk_str type,
                          sk_str prop_name, sk_str value)
{
    const sk_prop *prop;
    SK_TRY(find_prop(cx, type, prop_name, &prop));
    sk_claim c = {0};
    sk_party target;
    SK_TRY(set_typed(cx, v, exhibit, prop, SK_NONE, value, &c, &target));
    sk_claim *to = append(cx, d, type, prop);
    to->value = c.value;
    to->words = c.words;
    d->targets[d->n - 1] = target;
    return SK_OK;
}

/* Every "\>" as the plain sign that it stands for. */
static sk_str without_escapes(sk_arena *a, sk_str member)
{
    size_t at;
    sk_str done = SK_S("");
    while ((at = sk_str_find(member, SK_S("\\>"))) != SIZE_MAX) {
        done = sk_fmt(a, "%.*s%.*s>", SK_P(done), SK_P(sk_str_sub(member, 0, at)));
        member = sk_str_sub(member, at + 2, member.n);
    }
    return done.n ? sk_fmt(a, "%.*s%.*s", SK_P(done), SK_P(member)) : member;
}

/* " > " between members, as in claim files; "\>" is a plain one. */
sk_rc sk_draft__chain(sk_ctx *cx, sk_str typed, sk_claim *c)
{
    sk_str *chain = sk_new_array(&cx->arena, sk_str, SK_LIM_CHAIN + 1);
    size_t n = 0;
    while (n <= SK_LIM_CHAIN) {
        size_t at = sk_str_find(typed, SK_S(" > "));
        chain[n] = without_escapes(&cx->arena, sk_str_trim(sk_str_sub(typed, 0, at)));
        if (!chain[n++].n)
            return sk_fail(cx, SK_E_FORMAT,
                           "claimant %zu of the chain \"%.*s\" is empty; write who says it, or "
                           "\"unnamed: analysts\"",
                           n, SK_P(typed));
        if (at == SIZE_MAX)
            break;
        typed = sk_str_sub(typed, at + 3, SIZE_MAX);
    }
    if (n > SK_LIM_CHAIN)
        return sk_fail(cx, SK_E_LIMIT, "more than %d claimants in one chain", SK_LIM_CHAIN);
    c->chain = chain;
    c->n_chain = n;
    return SK_OK;
}

/* ---- from a suggestion ---- */

/* Claimants; the exhibit at the end of a chain carries what others said, alone it says it. */
static void set_chain(sk_ctx *cx, const sk_suggestion *s, sk_claim *c)
{
    sk_str *chain = sk_new_array(&cx->arena, sk_str, s->n_chain);
    c->n_chain = 0;
    for (size_t i = 0; i < s->n_chain; i++)
        if (s->chain[i].is_exhibit && i > 0)
            c->carrier = s->chain[i].name;
        else
            chain[c->n_chain++] = sk_party_claimant(cx, &s->chain[i]);
    c->chain = chain;
}

static void set_common(sk_ctx *cx, const sk_suggestion *s, sk_draft *d)
{
    sk_passage *p = sk_new(&cx->arena, sk_passage);
    *p = (sk_passage){.exhibit = s->exhibit,
                      .has_span = true,
                      .start = s->passage,
                      .end = s->passage_end,
                      .quote = s->text};
    d->common = (sk_claim){.position = s->position,
                           .said = s->said,
                           .lang = s->lang,
                           .passages = p,
                           .n_passages = 1,
                           .has_suggestion = true,
                           .suggestion = s->id,
                           .rule = s->rule,
                           .lexicon = s->lexicon,
                           .reviewer = cx->user};
    set_chain(cx, s, &d->common);
}

/* The exhibit's place stays: alone it says it, behind others it carries what they say. Who edits may
 * have left its name at the end of the chain or not. */
static sk_rc edit_claimant(sk_ctx *cx, const sk_suggestion *s, sk_str typed, sk_claim *c)
{
    const sk_party *last = &s->chain[s->n_chain - 1];
    SK_TRY(sk_draft__chain(cx, typed, c));
    if (!last->is_exhibit)
        return SK_OK;
    bool ends_in_it = sk_str_eq(c->chain[c->n_chain - 1], last->name);
    bool alone = ends_in_it && c->n_chain == 1;
    c->carrier = alone ? SK_NONE : last->name;
    c->n_chain -= ends_in_it && !alone;
    return SK_OK;
}

/* An edit of everything: who says it, when, with which position, of whom. */
static sk_rc edit_common(sk_ctx *cx, sk_view *v, const sk_suggestion *s, const sk_edit *e,
                         sk_draft *d)
{
    sk_position position;
    switch (e->what) {
    case SK_EDIT_SUBJECT:
        return sk_party__typed(cx, v, &s->exhibit, s->subject.type, e->value, &d->subject);
    case SK_EDIT_CLAIMANT:
        return edit_claimant(cx, s, e->value, &d->common);
    case SK_EDIT_SAID:
        d->common.said = e->value;
        return SK_OK;
    case SK_EDIT_NOTE:
        d->common.note = e->value;
        return SK_OK;
    case SK_EDIT_POSITION:
        if (!sk_position_find(e->value, &position))
            return sk_fail(cx, SK_E_FORMAT,
                           "position \"%.*s\" is not asserts, denies, predicts, doubts or retracts",
                           SK_P(e->value));
        if (s->position != SK_CLAIM_ASSERTS && position != SK_CLAIM_DENIES &&
            position != SK_CLAIM_PREDICTS)
            return sk_fail(cx, SK_E_DENIED,
                           "the text speaks of it as %.*s, so its suggestion cannot become a claim "
                           "that %.*s; reject it and enter a claim of your own",
                           SK_P(s->modality), SK_P(e->value));
        d->common.position = position;
        return SK_OK;
    default:
        return SK_OK;
    }
}

/* The edit of proposal i, the last one made; NULL: none. */
static const sk_edit *edit_of(const sk_edit *edits, size_t n, size_t i)
{
    const sk_edit *found = NULL;
    for (size_t k = 0; k < n; k++)
        if (edits[k].i == i && edits[k].what <= SK_EDIT_TAKE)
            found = &edits[k];
    return found;
}

static sk_rc add_proposal(sk_ctx *cx, sk_view *v, const sk_suggestion *s, const sk_proposal *p,
                          const sk_edit *e, sk_draft *d)
{
    if (e && e->what == SK_EDIT_DROP)
        return SK_OK;
    if (p->is_candidate && !e)
        return SK_OK;
    const sk_prop *prop;
    SK_TRY(find_prop(cx, p->type, p->prop, &prop));
    sk_claim *c = append(cx, d, p->type, prop);
    sk_party *target = &d->targets[d->n - 1];
    if (e && (e->value.n || e->what == SK_EDIT_VALUE))
        return set_typed(cx, v, &s->exhibit, prop, p->party.type, e->value, c, target);
    c->value = p->value;
    c->words = p->words;
    c->quantity = p->quantity;
    c->measure = p->measure;
    if (p->kind == SK_VALUE_ENTITY) {
        *target = p->party;
        c->value = p->party.key;
        if (sk_str_eq(c->words, p->party.name))
            c->words = SK_NONE;
    }
    return SK_OK;
}

static sk_rc check_edits(sk_ctx *cx, const sk_suggestion *s, const sk_edit *edits, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        if ((unsigned)edits[k].what >= SK_EDITS)
            return sk_fail(cx, SK_E_FORMAT, "edit %zu is none that is known", k + 1);
        if (edits[k].what > SK_EDIT_TAKE)
            continue;
        if (edits[k].i >= s->n_proposals)
            return sk_fail(cx, SK_E_FORMAT, "there is no proposal %zu; there are %zu",
                           edits[k].i + 1, s->n_proposals);
        if (edits[k].what == SK_EDIT_DROP && edits[k].i == 0 && s->kind == SK_SUGGEST_ACT)
            return sk_fail(cx, SK_E_FORMAT, "an act without its kind says nothing; reject it");
    }
    return SK_OK;
}

sk_rc sk_draft__from_suggestion(sk_ctx *cx, sk_view *v, const sk_suggestion *s,
                                const sk_edit *edits, size_t n_edits, sk_draft *ret_draft)
{
    sk_draft d = {.subject = s->subject};
    SK_TRY(check_edits(cx, s, edits, n_edits));
    set_common(cx, s, &d);
    for (size_t k = 0; k < n_edits; k++) {
        SK_TRY(edit_common(cx, v, s, &edits[k], &d));
        d.is_edited |= edits[k].what != SK_EDIT_NOTE;
    }
    d.common.is_edited = d.is_edited;
    for (size_t i = 0; i < s->n_proposals; i++)
        SK_TRY(add_proposal(cx, v, s, &s->proposals[i], edit_of(edits, n_edits, i), &d));
    for (size_t k = 0; k < n_edits; k++)
        if (edits[k].what == SK_EDIT_ADD)
            SK_TRY(sk_draft__add_typed(cx, v, &s->exhibit, &d, s->subject.type, edits[k].prop,
                                       edits[k].value));
    if (d.n == 0)
        return sk_fail(cx, SK_E_FORMAT, "nothing is left to claim; reject it");
    *ret_draft = d;
    return SK_OK;
}
