#include "web/suggestion_parts.h"

#include "exchange/claims/claims_text.h"
#include "tell/tell.h"
#include "web/page.h"

/* ---- which, and where to go on ---- */

static sk_rc read_tier(sk_request *rq, unsigned *ret_tier)
{
    uint64_t tier;
    SK_TRY(sk_rq_number(rq, "tier", 0, 4, &tier));
    *ret_tier = (unsigned)tier;
    return SK_OK;
}

sk_rc sk_rq_review_filter(sk_request *rq, sk_exhibit *ret_exhibit, sk_review_filter *ret_filter,
                          sk_review_place *ret_place)
{
    sk_ctx *cx = &rq->cx;
    sk_suggest_kind kind;
    sk_review_filter f = {.rule = sk_rq_get(rq, "rule")};
    sk_review_place p = {.is_exhibit = sk_str_is(sk_rq_get(rq, "back"), "exhibit"),
                         .exhibit = sk_rq_get(rq, "exhibit"),
                         .kind = sk_rq_get(rq, "kind"),
                         .tier = sk_rq_get(rq, "tier"),
                         .rule = f.rule};
    if (p.exhibit.n) {
        SK_TRY(sk_exhibit_find(cx, rq->view, p.exhibit, ret_exhibit));
        f.exhibit = &ret_exhibit->hash;
        p.exhibit = sk_str_sub(sk_hash_hex(&cx->arena, f.exhibit), 0, 16);
    }
    if (p.kind.n && !sk_suggest_kind_find(p.kind, &kind))
        return sk_fail(cx, SK_E_FORMAT, "kind \"%.*s\" is none of act, name, quantity, statement",
                       SK_P(p.kind));
    if (p.kind.n)
        f.kinds = 1u << kind;
    SK_TRY(read_tier(rq, &f.tier_most));
    *ret_filter = f;
    *ret_place = p;
    return SK_OK;
}

static sk_str add_query(sk_request *rq, sk_str href, const char *name, sk_str value)
{
    if (!value.n)
        return href;
    char sep = sk_str_find(href, SK_S("?")) == SIZE_MAX ? '?' : '&';
    return sk_fmt(&rq->cx.arena, "%.*s%c%s=%.*s", SK_P(href), sep, name,
                  SK_P(sk_percent_encode(&rq->cx.arena, value)));
}

static sk_str short_id(sk_request *rq, const sk_hash *id)
{
    return id ? sk_str_sub(sk_hash_hex(&rq->cx.arena, id), 0, 16) : SK_NONE;
}

sk_str sk_href_review(sk_request *rq, const sk_review_place *place, const sk_hash *at,
                      const sk_hash *done)
{
    sk_str href = add_query(rq, SK_S("/review"), "exhibit", place->exhibit);
    href = add_query(rq, href, "kind", place->kind);
    href = add_query(rq, href, "tier", place->tier);
    href = add_query(rq, href, "rule", place->rule);
    href = add_query(rq, href, "at", short_id(rq, at));
    return add_query(rq, href, "done", short_id(rq, done));
}

sk_str sk_href_review_exhibit(sk_request *rq, const sk_hash *exhibit, const sk_hash *at,
                              const sk_hash *done)
{
    sk_str href = add_query(rq, sk_href_exhibit(rq, exhibit), "s", short_id(rq, at));
    href = add_query(rq, href, "done", short_id(rq, done));
    if (!at)
        return sk_fmt(&rq->cx.arena, "%.*s#decided", SK_P(href));
    return sk_fmt(&rq->cx.arena, "%.*s#s-%.*s", SK_P(href), SK_P(short_id(rq, at)));
}

sk_str sk_href_add_claim(sk_request *rq, const sk_hash *exhibit, size_t start, size_t end)
{
    return sk_fmt(&rq->cx.arena, "%.*s/claim?at=%zu-%zu", SK_P(sk_href_exhibit(rq, exhibit)), start,
                  end);
}

/* ---- words ---- */

static sk_str made_key(const sk_request *rq, const char *group, sk_str name)
{
    char key[64];
    snprintf(key, sizeof key, "%s.%.*s", group, SK_P(name));
    return sk_say(rq, key);
}

sk_str sk_suggest_kind_text(const sk_request *rq, sk_suggest_kind kind)
{
    return made_key(rq, "proposed", sk_str_of(sk_suggest_kind_name(kind)));
}

sk_str sk_suggest_state_text(const sk_request *rq, sk_suggest_state state)
{
    return made_key(rq, "decided", sk_str_of(sk_suggest_state_name(state)));
}

sk_str sk_suggest_tier_text(const sk_request *rq, unsigned tier)
{
    static const char *const keys[] = {"tier.hidden", "tier.sure", "tier.likely", "tier.weak",
                                       "tier.hidden"};
    return sk_say(rq, keys[tier < SK_COUNT(keys) ? tier : 0]);
}

/* A model's own word for it is shown as it is. */
sk_str sk_suggest_modality_text(const sk_request *rq, sk_str modality)
{
    static const char *const known[] = {"asserted", "reported", "alleged", "possible", "risk",
                                        "threat",   "call",     "planned", "negated"};
    for (size_t i = 0; i < SK_COUNT(known); i++)
        if (sk_str_is(modality, known[i]))
            return made_key(rq, "modality", modality);
    return modality;
}

/* The claim that a proposal would become, for the words of claims. */
static sk_claim claim_of(const sk_suggestion *s, const sk_proposal *p)
{
    return (sk_claim){.type = p->type,
                      .prop = p->prop,
                      .kind = p->kind,
                      .value = p->value,
                      .words = p->words,
                      .quantity = p->quantity,
                      .measure = p->measure,
                      .position = s->position};
}

sk_str sk_proposal_property(const sk_request *rq, const sk_suggestion *s, const sk_proposal *p)
{
    sk_claim c = claim_of(s, p);
    return sk_tell_property(&c, rq->lang);
}

sk_str sk_proposal_text(sk_request *rq, const sk_suggestion *s, const sk_proposal *p)
{
    sk_claim c = claim_of(s, p);
    if (p->kind == SK_VALUE_ENTITY)
        return p->party.is_new || !p->party.key.n
                   ? p->party.name
                   : sk_entity_caption(&rq->cx, rq->view, p->party.key);
    return sk_tell_value(&rq->cx, rq->view, &c, rq->lang);
}

sk_str sk_proposal_typed(sk_request *rq, const sk_proposal *p)
{
    switch (p->kind) {
    case SK_VALUE_ENTITY:
        return p->party.name;
    case SK_VALUE_QUANTITY:
    case SK_VALUE_MONEY:
        return p->words.n ? p->words : sk_quantity_format(&rq->cx.arena, &p->quantity, SK_LANG_EN);
    default:
        return p->value;
    }
}

sk_str sk_suggest_subject_text(sk_request *rq, const sk_suggestion *s)
{
    sk_arena *a = &rq->cx.arena;
    const sk_party *p = &s->subject;
    sk_str type = sk_type_text(rq, p->type);
    if (!p->is_new && p->key.n)
        return sk_entity_caption(&rq->cx, rq->view, p->key);
    if (!p->name.n)
        return sk_say1(rq, "review.a_new", type);
    return sk_fmt(a, "%.*s (%.*s)", SK_P(p->name), SK_P(sk_say1(rq, "review.a_new", type)));
}

/* A claimant as a chain in a claim file writes it. */
sk_str sk_suggest_says(sk_request *rq, const sk_suggestion *s)
{
    sk_str *chain = sk_new_array(&rq->cx.arena, sk_str, s->n_chain + 1);
    for (size_t i = 0; i < s->n_chain; i++)
        chain[i] = sk_party_claimant(&rq->cx, &s->chain[i]);
    return sk_tell_chain(&rq->cx, rq->view, chain, s->n_chain, rq->lang);
}

sk_str sk_suggest_chain_typed(sk_request *rq, const sk_suggestion *s)
{
    sk_str *chain = sk_new_array(&rq->cx.arena, sk_str, s->n_chain + 1);
    size_t n = 0;
    for (size_t i = 0; i < s->n_chain; i++) /* the exhibit stays the carrier */
        if (i == 0 || !s->chain[i].is_exhibit)
            chain[n++] = sk_party_claimant(&rq->cx, &s->chain[i]);
    return sk_chain_format(&rq->cx.arena, chain, n);
}

/* ---- pieces of pages ---- */

static void put_value(sk_request *rq, const sk_suggestion *s, const sk_proposal *p)
{
    sk_html *h = &rq->html;
    sk_str text = sk_proposal_text(rq, s, p);
    if (p->kind == SK_VALUE_ENTITY && !p->party.is_new && p->party.key.n)
        SK_PUT(h, "<a href=\"$\"><bdi>$</bdi></a>", sk_href_entity(rq, p->party.key), text);
    else
        SK_PUT(h, "<bdi>$</bdi>", text);
}

void sk_put_suggestion_line(sk_request *rq, const sk_suggestion *s)
{
    sk_html *h = &rq->html;
    sk_str position = sk_position_text(rq, s->position);
    if (s->kind != SK_SUGGEST_ACT && s->subject.name.n &&
        !sk_str_eq(s->subject.name, s->proposals[0].value))
        SK_PUT(h, "<bdi>$</bdi>: ", sk_suggest_subject_text(rq, s));
    for (size_t i = 0; i < s->n_proposals; i++) {
        const sk_proposal *p = &s->proposals[i];
        if (p->is_candidate)
            continue;
        if (i)
            SK_PUT(h, " · ");
        SK_PUT(h, "$ <b>", sk_proposal_property(rq, s, p));
        put_value(rq, s, p);
        SK_PUT(h, "</b>");
    }
    if (position.n)
        SK_PUT(h, " <strong class=\"$\">$</strong>",
               s->position == SK_CLAIM_DENIES ? SK_S("no") : SK_S("doubt"), position);
    SK_PUT(h, " <span class=\"quiet\">— <bdi>$</bdi></span>", sk_suggest_says(rq, s));
}

static void put_hidden(sk_request *rq, const char *name, sk_str value)
{
    if (value.n)
        SK_PUT(&rq->html, "<input type=\"hidden\" name=\"$\" value=\"$\">", sk_str_of(name), value);
}

void sk_put_review_place(sk_request *rq, const sk_review_place *place)
{
    put_hidden(rq, "back", place->is_exhibit ? SK_S("exhibit") : SK_S(""));
    put_hidden(rq, "exhibit", place->exhibit);
    put_hidden(rq, "kind", place->kind);
    put_hidden(rq, "tier", place->tier);
    put_hidden(rq, "rule", place->rule);
}

void sk_put_suggestion_forms(sk_request *rq, const sk_suggestion *s, const sk_review_place *place)
{
    sk_html *h = &rq->html;
    sk_str id = sk_hash_hex(&rq->cx.arena, &s->id);
    if (!sk_rq_may(rq, SK_ROLE_JUDGE))
        return;
    SK_PUT(h, "<form class=\"decide\" method=\"post\" action=\"/review/$/confirm\">", id);
    sk_put_token(rq);
    sk_put_review_place(rq, place);
    SK_PUT(h,
           "<button data-does=\"c\"><kbd aria-hidden=\"true\">c</kbd> {review.confirm}</button> "
           "<button data-does=\"r\" formaction=\"/review/$/reject\"><kbd "
           "aria-hidden=\"true\">r</kbd> {review.reject}</button> <a class=\"button\" "
           "data-does=\"e\" href=\"$&amp;edit=1#edit\"><kbd aria-hidden=\"true\">e</kbd> "
           "{review.edit}</a></form>",
           id, sk_href_review(rq, place, &s->id, NULL));
}

sk_rc sk_put_decided(sk_request *rq, sk_review *rv, const sk_review_place *place)
{
    sk_html *h = &rq->html;
    sk_str id = sk_rq_get(rq, "done");
    sk_suggestion s;
    if (!id.n)
        return SK_OK;
    if (sk_review_find(&rq->cx, rv, id, &s)) {
        sk_forgive(&rq->cx); /* an address kept from before: nothing was decided just now */
        return SK_OK;
    }
    SK_PUT(h,
           "<div id=\"decided\" class=\"done\" role=\"status\"><p><strong>$</strong> <span "
           "dir=\"auto\">",
           sk_suggest_state_text(rq, s.state));
    sk_put_suggestion_line(rq, &s);
    SK_PUT(h, "</span></p>");
    if (sk_rq_may(rq, SK_ROLE_JUDGE) && s.state != SK_SUGGEST_WAITS) {
        SK_PUT(h, "<form method=\"post\" action=\"/review/$/undo\">",
               sk_hash_hex(&rq->cx.arena, &s.id));
        sk_put_token(rq);
        sk_put_review_place(rq, place);
        SK_PUT(h, "<button data-does=\"u\"><kbd aria-hidden=\"true\">u</kbd> {review.undo}"
                  "</button></form>");
    }
    SK_PUT(h, "</div>");
    return SK_OK;
}

/* ---- for programs ---- */

static void party_json(sk_json *j, const char *name, const sk_party *p)
{
    sk_json_key(j, sk_str_of(name));
    sk_json_object(j);
    sk_json_put_given(j, "type", p->type);
    sk_json_put_given(j, "name", p->name);
    sk_json_put_given(j, "key", p->key);
    sk_json_put_bool(j, "new", p->is_new);
    sk_json_end(j);
}

static void proposal_json(sk_request *rq, sk_json *j, const sk_suggestion *s, const sk_proposal *p)
{
    sk_json_object(j);
    sk_json_put_str(j, "type", p->type);
    sk_json_put_str(j, "property", p->prop);
    if (p->kind == SK_VALUE_ENTITY)
        party_json(j, "entity", &p->party);
    else
        sk_json_put_str(j, "value", p->value.n ? p->value : sk_proposal_text(rq, s, p));
    sk_json_put_given(j, "words", p->words);
    sk_json_put_given(j, "measure", p->measure);
    if (p->end > p->start) {
        sk_json_put_uint(j, "start", p->start);
        sk_json_put_uint(j, "end", p->end);
    }
    if (p->is_candidate)
        sk_json_put_bool(j, "candidate", true);
    sk_json_end(j);
}

void sk_suggestion_json(sk_request *rq, sk_json *j, const sk_suggestion *s)
{
    sk_arena *a = &rq->cx.arena;
    sk_json_object(j);
    sk_json_put_str(j, "suggestion", sk_hash_hex(a, &s->id));
    sk_json_put_str(j, "exhibit", sk_hash_hex(a, &s->exhibit));
    sk_json_put_str(j, "kind", sk_str_of(sk_suggest_kind_name(s->kind)));
    sk_json_put_str(j, "state", sk_str_of(sk_suggest_state_name(s->state)));
    sk_json_put_uint(j, "tier", s->tier);
    sk_json_put_str(j, "rule", s->rule);
    sk_json_put_str(j, "origin", s->origin);
    sk_json_put_str(j, "lexicon", s->lexicon);
    sk_json_put_str(j, "modality", s->modality);
    sk_json_put_str(j, "position", sk_str_of(sk_position_name(s->position)));
    sk_json_put_uint(j, "start", s->start);
    sk_json_put_uint(j, "end", s->end);
    sk_json_put_uint(j, "passage", s->passage);
    sk_json_put_uint(j, "passage_end", s->passage_end);
    sk_json_put_str(j, "text", s->text);
    party_json(j, "subject", &s->subject);
    sk_json_put_str(j, "says", sk_suggest_says(rq, s));
    sk_json_key(j, SK_S("proposals"));
    sk_json_array(j);
    for (size_t i = 0; i < s->n_proposals; i++)
        proposal_json(rq, j, s, &s->proposals[i]);
    sk_json_end(j);
    sk_json_end(j);
}
