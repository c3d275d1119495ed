#include "count/acts.h"

#include "base/utf8.h"

#include <stdlib.h>

/* The filter with its names resolved. */
typedef struct wanted {
    sk_str act, place;
    bool has_who, has_whom, has_when;
    sk_entity who, whom;
    sk_edtf when;
} wanted;

typedef struct finding {
    sk_ctx *cx;
    sk_view *v;
    wanted want;
    sk_act_row *rows;
    size_t n, cap;
} finding;

static bool is_term_under(sk_str term, sk_str broader)
{
    return sk_str_starts(term, broader) && (term.n == broader.n || term.p[broader.n] == '.');
}

static bool same_voice(const sk_claim *a, const sk_claim *b)
{
    if (a->position != b->position || a->n_chain != b->n_chain ||
        !sk_str_eq(a->carrier, b->carrier))
        return false;
    for (size_t i = 0; i < a->n_chain; i++)
        if (!sk_str_eq(a->chain[i], b->chain[i]))
            return false;
    return true;
}

static void append_text(sk_ctx *cx, sk_str *list, sk_str item)
{
    *list = list->n ? sk_fmt(&cx->arena, "%.*s, %.*s", SK_P(*list), SK_P(item)) : item;
}

/* Forget an error that is none here; one that was recorded before it stays. */
static void forgive(finding *f, sk_rc before)
{
    if (!before)
        sk_forgive(f->cx);
}

static bool in_cluster(finding *f, sk_str key, const sk_entity *e)
{
    sk_entity found;
    sk_rc before = f->cx->rc;
    sk_str at_key = sk_fmt(&f->cx->arena, "@%.*s", SK_P(key));
    sk_rc rc = sk_entity_find(f->cx, f->v, at_key, &found);
    if (rc == SK_E_NOTFOUND)
        forgive(f, before);
    return rc == SK_OK && found.cluster == e->cluster;
}

static bool place_fits(finding *f, const sk_claim *c)
{
    sk_str text = c->kind == SK_VALUE_ENTITY ? sk_entity_caption(f->cx, f->v, c->value)
                  : c->words.n               ? c->words
                                             : c->value;
    sk_str folded = sk_utf8_fold(&f->cx->arena, text);
    return sk_str_find(folded, sk_utf8_fold(&f->cx->arena, f->want.place)) != SIZE_MAX;
}

/* What one voice says of an act, while its claims are gone through. */
typedef struct slots {
    bool act, who, whom, place, when; /* whether the filter is met */
} slots;

static bool is_prop(const sk_claim *c, const char *name)
{
    return sk_str_is(c->prop, name);
}

static void take_date(finding *f, sk_act_row *row, const sk_claim *c, slots *met)
{
    sk_edtf date;
    sk_rc before = f->cx->rc;
    if (c->absent != SK_PRESENT || sk_edtf_parse(f->cx, c->value, &date)) {
        forgive(f, before);
        append_text(f->cx, &row->when, sk_claim_value_text(&f->cx->arena, c));
        return;
    }
    append_text(f->cx, &row->when,
                c->words.n ? c->words : sk_edtf_format(&f->cx->arena, &date, SK_LANG_EN));
    append_text(f->cx, &row->when_edtf, date.text);
    if (date.earliest < row->first_day)
        row->first_day = date.earliest;
    if (f->want.has_when && sk_edtf_overlaps_loosely(&date, &f->want.when))
        met->when = true;
}

static void take_party(finding *f, sk_str *list, const sk_claim *c, bool wanted_here,
                       const sk_entity *want, bool *met)
{
    sk_str text = c->absent == SK_PRESENT && c->kind == SK_VALUE_ENTITY
                      ? sk_entity_caption(f->cx, f->v, c->value)
                      : sk_claim_value_text(&f->cx->arena, c);
    append_text(f->cx, list, text);
    if (wanted_here && c->absent == SK_PRESENT && in_cluster(f, c->value, want))
        *met = true;
}

static void take_claim(finding *f, sk_act_row *row, const sk_claim *c, slots *met)
{
    if (is_prop(c, "act")) {
        append_text(f->cx, &row->term,
                    c->absent == SK_PRESENT ? c->value : sk_claim_value_text(&f->cx->arena, c));
        if (c->words.n)
            append_text(f->cx, &row->term_words, c->words);
        if (is_term_under(c->value, f->want.act))
            met->act = true;
    } else if (is_prop(c, "perpetrator")) {
        take_party(f, &row->who, c, f->want.has_who, &f->want.who, &met->who);
    } else if (is_prop(c, "victim")) {
        take_party(f, &row->whom, c, f->want.has_whom, &f->want.whom, &met->whom);
    } else if (is_prop(c, "location") || is_prop(c, "place") || is_prop(c, "facility")) {
        append_text(f->cx, &row->where,
                    c->kind == SK_VALUE_ENTITY ? sk_entity_caption(f->cx, f->v, c->value)
                                               : sk_claim_value_text(&f->cx->arena, c));
        if (f->want.place.n && place_fits(f, c))
            met->place = true;
    } else if (is_prop(c, "date") || is_prop(c, "startDate")) {
        take_date(f, row, c, met);
    }
    if (!row->passage && c->n_passages)
        row->passage = &c->passages[0];
    if (!row->said.n)
        row->said = c->said;
}

static bool wants_all(const finding *f, const slots *met)
{
    const wanted *w = &f->want;
    return (!w->act.n || met->act) && (!w->has_who || met->who) && (!w->has_whom || met->whom) &&
           (!w->place.n || met->place) && (!w->has_when || met->when);
}

/* Involvements of an act become perpetrator and victim claims of it. */
static sk_rc add_involvements(finding *f, const sk_entity *act, sk_claim_row **rows, size_t *n)
{
    sk_claim_row *links;
    size_t n_links, cap = *n;
    SK_TRY(sk_claims_linking(f->cx, f->v, act, SK_S("act"), &links, &n_links));
    for (size_t i = 0; i < n_links; i++) {
        sk_entity inv;
        sk_str key = sk_fmt(&f->cx->arena, "@%.*s", SK_P(links[i].claim.entity));
        SK_TRY(sk_entity_find(f->cx, f->v, key, &inv));
        sk_claim_row *own;
        size_t n_own;
        SK_TRY(sk_claims_about(f->cx, f->v, &inv, SK_CLAIMS_CURRENT, &own, &n_own));
        sk_str role = SK_NONE;
        for (size_t k = 0; k < n_own; k++)
            if (is_prop(&own[k].claim, "role"))
                role = own[k].claim.value;
        for (size_t k = 0; k < n_own; k++) {
            if (!is_prop(&own[k].claim, "party"))
                continue;
            if (!sk_str_is(role, "victim") && !sk_str_is(role, "perpetrator"))
                continue; /* a witness or bystander is no perpetrator */
            sk_claim_row row = own[k];
            row.claim.prop = sk_str_is(role, "victim") ? SK_S("victim") : SK_S("perpetrator");
            SK_GROW(&f->cx->arena, *rows, *n, cap);
            (*rows)[(*n)++] = row;
        }
    }
    return SK_OK;
}

/* Claims that say what an act is; others (a name, a note) make no row of their own. */
static bool says_what_happened(const sk_claim *c)
{
    static const char *const props[] = {"act",   "perpetrator", "victim",    "date",
                                        "place", "location",    "startDate", "facility"};
    for (size_t i = 0; i < SK_COUNT(props); i++)
        if (is_prop(c, props[i]))
            return true;
    return false;
}

/* Gather what one voice says, from claim i on; its claims are marked as taken. */
static sk_act_row hear_voice(finding *f, const sk_entity *act, const sk_claim_row *rows, size_t n,
                             size_t i, bool *taken, slots *met)
{
    const sk_claim *first = &rows[i].claim;
    sk_act_row row = {.act = *act,
                      .first_day = INT64_MAX,
                      .position = first->position,
                      .chain = first->chain,
                      .n_chain = first->n_chain,
                      .carrier = first->carrier};
    sk_claim_row *voice = sk_new_array(&f->cx->arena, sk_claim_row, n - i);
    for (size_t k = i; k < n; k++) {
        if (taken[k] || !same_voice(first, &rows[k].claim))
            continue;
        taken[k] = true;
        voice[row.n_claims++] = rows[k];
        take_claim(f, &row, &voice[row.n_claims - 1].claim, met);
    }
    row.claims = voice;
    return row;
}

/* One row for each voice among the claims of an act. */
static sk_rc rows_of_act(finding *f, const sk_entity *act)
{
    sk_claim_row *rows;
    size_t n, n_heard = 0;
    SK_TRY(sk_claims_about(f->cx, f->v, act, SK_CLAIMS_CURRENT, &rows, &n));
    SK_TRY(add_involvements(f, act, &rows, &n));
    bool *taken = sk_new_array(&f->cx->arena, bool, n), any = false;
    bool *fits = sk_new_array(&f->cx->arena, bool, n);
    sk_act_row *heard = sk_new_array(&f->cx->arena, sk_act_row, n);
    for (size_t i = 0; i < n; i++) {
        if (taken[i] || !says_what_happened(&rows[i].claim))
            continue;
        slots met = {0};
        heard[n_heard] = hear_voice(f, act, rows, n, i, taken, &met);
        fits[n_heard] = wants_all(f, &met);
        any |= fits[n_heard++];
    }
    for (size_t i = 0; i < n_heard; i++) {
        bool contradicts =
            heard[i].position == SK_CLAIM_DENIES || heard[i].position == SK_CLAIM_DOUBTS;
        if (!fits[i] && !(any && contradicts))
            continue;
        SK_GROW(&f->cx->arena, f->rows, f->n, f->cap);
        f->rows[f->n++] = heard[i];
    }
    return SK_OK;
}

static int by_day_then_key(const void *p, const void *q)
{
    const sk_act_row *a = p, *b = q;
    if (a->first_day != b->first_day)
        return a->first_day < b->first_day ? -1 : 1;
    int d = sk_str_cmp(a->act.key, b->act.key);
    return d ? d : memcmp(a->claims[0].claim.id.b, b->claims[0].claim.id.b, 32);
}

static int by_cluster(const void *p, const void *q)
{
    const sk_entity *a = p, *b = q;
    return (a->cluster > b->cluster) - (a->cluster < b->cluster);
}

static sk_rc resolve(finding *f, const sk_act_filter *filter)
{
    wanted *w = &f->want;
    w->act = filter->act;
    w->place = filter->place;
    if (filter->act.n && !sk_model_find_act(sk_model_get(), filter->act))
        return sk_fail(f->cx, SK_E_FORMAT, "act \"%.*s\" is not a term; see: sillok help acts",
                       SK_P(filter->act));
    if ((w->has_who = filter->perpetrator.n > 0))
        SK_TRY(sk_entity_find(f->cx, f->v, filter->perpetrator, &w->who));
    if ((w->has_whom = filter->victim.n > 0))
        SK_TRY(sk_entity_find(f->cx, f->v, filter->victim, &w->whom));
    if ((w->has_when = filter->when.n > 0))
        SK_TRY(sk_edtf_parse(f->cx, filter->when, &w->when));
    return SK_OK;
}

/* ---- which acts to look at ---- */

typedef struct act_list {
    sk_entity *v;
    size_t n, cap;
} act_list;

static sk_rc add_act(finding *f, act_list *list, sk_str key)
{
    SK_GROW(&f->cx->arena, list->v, list->n, list->cap);
    return sk_entity_find(f->cx, f->v, sk_fmt(&f->cx->arena, "@%.*s", SK_P(key)),
                          &list->v[list->n++]);
}

/* The acts that an involvement names. */
static sk_rc add_acts_of_involvement(finding *f, act_list *list, sk_str key)
{
    sk_entity involvement;
    sk_claim_row *own;
    size_t n;
    SK_TRY(sk_entity_find(f->cx, f->v, sk_fmt(&f->cx->arena, "@%.*s", SK_P(key)), &involvement));
    SK_TRY(sk_claims_about(f->cx, f->v, &involvement, SK_CLAIMS_CURRENT, &own, &n));
    for (size_t i = 0; i < n; i++)
        if (is_prop(&own[i].claim, "act") && own[i].claim.kind == SK_VALUE_ENTITY &&
            own[i].claim.absent == SK_PRESENT)
            SK_TRY(add_act(f, list, own[i].claim.value));
    return SK_OK;
}

/* The acts in which an entity has a part, by the links that point to it. */
static sk_rc acts_with(finding *f, const sk_entity *party, const char *prop, act_list *list)
{
    sk_claim_row *links;
    size_t n;
    SK_TRY(sk_claims_linking(f->cx, f->v, party, sk_str_of(prop), &links, &n));
    for (size_t i = 0; i < n; i++)
        SK_TRY(add_act(f, list, links[i].claim.entity));
    SK_TRY(sk_claims_linking(f->cx, f->v, party, SK_S("party"), &links, &n));
    for (size_t i = 0; i < n; i++)
        SK_TRY(add_acts_of_involvement(f, list, links[i].claim.entity));
    return SK_OK;
}

/* Those of a perpetrator or a victim where one is asked for, else all. */
static sk_rc candidates(finding *f, sk_entity **ret_acts, size_t *ret_n)
{
    act_list list = {0};
    const wanted *w = &f->want;
    if (!w->has_who && !w->has_whom)
        return sk_entities_list(f->cx, f->v, SK_S("Act"), SK_NONE, 0, ret_acts, ret_n);
    if (w->has_who)
        SK_TRY(acts_with(f, &w->who, "perpetrator", &list));
    else
        SK_TRY(acts_with(f, &w->whom, "victim", &list));
    *ret_acts = list.v;
    *ret_n = list.n;
    return SK_OK;
}

sk_rc sk_acts_find(sk_ctx *cx, sk_view *v, const sk_act_filter *filter, sk_act_row **ret_rows,
                   size_t *ret_n)
{
    finding f = {.cx = cx, .v = v};
    SK_TRY(resolve(&f, filter));
    sk_entity *acts;
    size_t n;
    SK_TRY(candidates(&f, &acts, &n));
    if (n)
        qsort(acts, n, sizeof *acts, by_cluster);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || acts[i].cluster != acts[i - 1].cluster) /* members of a cluster are one act */
            SK_TRY(rows_of_act(&f, &acts[i]));
    if (f.n)
        qsort(f.rows, f.n, sizeof *f.rows, by_day_then_key);
    if (cx->rc)
        return cx->rc; /* of a caption, or of looking whether a party is the one asked for */
    *ret_rows = f.rows;
    *ret_n = f.n;
    return SK_OK;
}
