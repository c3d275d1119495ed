#include "web/review_edit.h"

#include "web/page.h"

enum { FIELDS = 24, ADDED = 2 }; /* of SK_LIM_HTTP_PARAMS, which the form must keep to */

/* ---- the form ---- */

void sk_put_act_terms(sk_request *rq)
{
    const sk_model *m = sk_model_get();
    SK_PUT(&rq->html, "<datalist id=\"act-terms\">");
    for (size_t i = 0; i < m->n_acts; i++)
        SK_PUT(&rq->html, "<option value=\"$\">$</option>", m->acts[i].id,
               sk_act_text(rq, m->acts[i].id));
    SK_PUT(&rq->html, "</datalist>");
}

static void put_props(sk_request *rq, const sk_type *t)
{
    bool is_korean = rq->lang == SK_LANG_KO;
    for (size_t i = 0; i < t->n_props; i++)
        SK_PUT(&rq->html, "<option value=\"$\">$</option>", t->props[i].name,
               is_korean && t->props[i].label_ko.n ? t->props[i].label_ko : t->props[i].label);
    for (size_t i = 0; i < t->n_parents; i++)
        put_props(rq, t->parents[i]);
}

void sk_put_type_props(sk_request *rq, sk_str type)
{
    const sk_type *t = sk_model_find_type(sk_model_get(), type);
    SK_PUT(&rq->html, "<datalist id=\"props\">");
    if (t)
        put_props(rq, t);
    SK_PUT(&rq->html, "</datalist>");
}

void sk_put_position_field(sk_request *rq, sk_position chosen, bool may_assert)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<label>{claim.position}<select name=\"position\">");
    for (int p = 0; p < SK_POSITIONS; p++) {
        sk_str name = sk_str_of(sk_position_name((sk_position)p));
        sk_str text = p == SK_CLAIM_ASSERTS ? sk_say(rq, "position.asserts")
                                            : sk_position_text(rq, (sk_position)p);
        if (!may_assert && p != SK_CLAIM_DENIES && p != SK_CLAIM_PREDICTS)
            continue;
        sk_put_option(rq, name, text, p == (int)chosen);
    }
    SK_PUT(h, "</select></label>");
}

static void put_bearers(sk_request *rq, size_t i, const sk_party *p)
{
    if (!p->n_bearers)
        return;
    SK_PUT(&rq->html, "<datalist id=\"bearers-$\">", sk_fmt(&rq->cx.arena, "%zu", i));
    for (size_t k = 0; k < p->n_bearers; k++)
        SK_PUT(&rq->html, "<option value=\"@$\">$</option>", p->bearers[k],
               sk_entity_caption(&rq->cx, rq->view, p->bearers[k]));
    SK_PUT(&rq->html, "</datalist>");
}

static void put_field(sk_request *rq, const sk_suggestion *s, size_t i)
{
    sk_html *h = &rq->html;
    const sk_proposal *p = &s->proposals[i];
    sk_str number = sk_fmt(&rq->cx.arena, "%zu", i), list = SK_S("");
    if (p->kind == SK_VALUE_TERM && sk_str_is(p->prop, "act"))
        list = SK_S("act-terms");
    else if (p->party.n_bearers)
        list = sk_fmt(&rq->cx.arena, "bearers-%zu", i);
    SK_PUT(h,
           "<label>$ <input name=\"v$\" value=\"$\" list=\"$\" dir=\"auto\" "
           "autocomplete=\"off\"></label>",
           sk_proposal_property(rq, s, p), number,
           p->is_candidate ? SK_S("") : sk_proposal_typed(rq, p), list);
    put_bearers(rq, i, &p->party);
    if (p->is_candidate)
        SK_PUT(h,
               "<label class=\"check\"><input type=\"checkbox\" name=\"t$\" value=\"1\">$</label>",
               number, sk_say1(rq, "review.take", sk_proposal_text(rq, s, p)));
}

static void put_added(sk_request *rq)
{
    for (size_t i = 0; i < ADDED; i++) {
        sk_str number = sk_fmt(&rq->cx.arena, "%zu", i);
        SK_PUT(&rq->html,
               "<label>{review.property}<input name=\"p$\" list=\"props\" autocomplete=\"off\">"
               "</label><label>{review.value}<input name=\"a$\" dir=\"auto\"></label>",
               number, number);
    }
}

void sk_put_edit_form(sk_request *rq, const sk_suggestion *s, const sk_review_place *place)
{
    sk_html *h = &rq->html;
    if (!sk_rq_may(rq, SK_ROLE_JUDGE))
        return;
    SK_PUT(
        h,
        "<section id=\"edit\" class=\"edit\" aria-labelledby=\"edit-title\"><h3 id=\"edit-title\">"
        "{review.edit}</h3><form method=\"post\" action=\"/review/$/confirm\">",
        sk_hash_hex(&rq->cx.arena, &s->id));
    sk_put_token(rq);
    sk_put_review_place(rq, place);
    SK_PUT(h, "<input type=\"hidden\" name=\"edited\" value=\"1\"><p class=\"quiet\">"
              "{review.edit_hint}</p><div class=\"fields\">");
    if (s->kind != SK_SUGGEST_ACT || !s->subject.is_new)
        SK_PUT(h, "<label>{claim.about}<input name=\"subject\" value=\"$\" dir=\"auto\"></label>",
               s->subject.name);
    for (size_t i = 0; i < s->n_proposals && i < FIELDS; i++)
        put_field(rq, s, i);
    SK_PUT(h, "<label>{claim.says}<input name=\"claimant\" value=\"$\" dir=\"auto\"></label>",
           sk_suggest_chain_typed(rq, s));
    sk_put_position_field(rq, s->position, s->position == SK_CLAIM_ASSERTS);
    SK_PUT(h,
           "<label>{claim.said}<input name=\"said\" value=\"$\"></label>"
           "<label>{claim.note}<input name=\"note\" dir=\"auto\"></label>",
           s->said);
    put_added(rq);
    SK_PUT(h, "</div>");
    sk_put_act_terms(rq);
    sk_put_type_props(rq, s->subject.type);
    SK_PUT(h,
           "<p class=\"actions\"><button class=\"main\">{review.confirm_edited}</button> <a "
           "href=\"$\">{review.edit_not}</a></p></form></section>",
           sk_href_review(rq, place, &s->id, NULL));
}

/* ---- what came back ---- */

typedef struct edits {
    sk_edit *v;
    size_t n, cap;
} edits;

static void add(sk_request *rq, edits *e, sk_edit_what what, size_t i, sk_str prop, sk_str value)
{
    SK_GROW(&rq->cx.arena, e->v, e->n, e->cap);
    e->v[e->n++] = (sk_edit){what, i, prop, value};
}

static sk_str field(sk_request *rq, const char *letter, size_t i)
{
    char name[24];
    snprintf(name, sizeof name, "%s%zu", letter, i);
    sk_str value = sk_rq_get(rq, name);
    return value.p ? sk_str_trim(value) : value;
}

static void read_candidate(sk_request *rq, edits *e, size_t i)
{
    sk_str value = field(rq, "v", i);
    if (value.n || field(rq, "t", i).n)
        add(rq, e, SK_EDIT_TAKE, i, SK_NONE, value.n ? value : SK_S(""));
}

static sk_rc read_values(sk_request *rq, const sk_suggestion *s, edits *e)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->n_proposals; i++) {
        const sk_proposal *p = &s->proposals[i];
        sk_str value = field(rq, "v", i);
        if (p->is_candidate) {
            read_candidate(rq, e, i);
            continue;
        }
        if (value.p && !value.n) {
            add(rq, e, SK_EDIT_DROP, i, SK_NONE, SK_NONE);
            continue;
        }
        kept++;
        if (value.n && !sk_str_eq(value, sk_str_trim(sk_proposal_typed(rq, p))))
            add(rq, e, SK_EDIT_VALUE, i, SK_NONE, value);
    }
    if (!kept && !e->n)
        return sk_fail(&rq->cx, SK_E_FORMAT,
                       "nothing of the suggestion is left; reject it instead");
    return SK_OK;
}

static sk_rc read_added(sk_request *rq, edits *e)
{
    for (size_t i = 0; i < ADDED; i++) {
        sk_str prop = field(rq, "p", i), value = field(rq, "a", i);
        if (prop.n && !value.n)
            return sk_fail(&rq->cx, SK_E_FORMAT, "property \"%.*s\" has no value", SK_P(prop));
        if (value.n && !prop.n)
            return sk_fail(&rq->cx, SK_E_FORMAT, "value \"%.*s\" has no property", SK_P(value));
        if (prop.n)
            add(rq, e, SK_EDIT_ADD, 0, prop, value);
    }
    return SK_OK;
}

/* A field that is there and no longer what the form gave it. */
static void read_common(sk_request *rq, edits *e, sk_edit_what what, const char *name, sk_str was)
{
    sk_str value = sk_rq_get(rq, name);
    if (value.p && !sk_str_eq(sk_str_trim(value), sk_str_trim(was)))
        add(rq, e, what, 0, SK_NONE, sk_str_trim(value));
}

sk_rc sk_rq_review_edits(sk_request *rq, const sk_suggestion *s, const sk_edit **ret_edits,
                         size_t *ret_n)
{
    edits e = {0};
    *ret_edits = NULL;
    *ret_n = 0;
    if (!sk_rq_get(rq, "edited").n)
        return SK_OK;
    SK_TRY(read_values(rq, s, &e));
    SK_TRY(read_added(rq, &e));
    read_common(rq, &e, SK_EDIT_SUBJECT, "subject", s->subject.name);
    read_common(rq, &e, SK_EDIT_CLAIMANT, "claimant", sk_suggest_chain_typed(rq, s));
    read_common(rq, &e, SK_EDIT_POSITION, "position", sk_str_of(sk_position_name(s->position)));
    read_common(rq, &e, SK_EDIT_SAID, "said", s->said);
    read_common(rq, &e, SK_EDIT_NOTE, "note", SK_S(""));
    *ret_edits = e.v;
    *ret_n = e.n;
    return SK_OK;
}
