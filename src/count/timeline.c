#include "count/timeline.h"

#include "base/utf8.h"
#include "count/count_private.h"
#include "record/bearers.h"
#include "record/identifier.h"

#include <stdlib.h>

/* What of a ship's claims makes a step. Numbers that lead to other hulls are followed. */
static const struct {
    const char *prop;
    sk_step_kind kind;
    bool is_followed, is_counted;
} step_props[] = {
    {"imoNumber", SK_STEP_NUMBER, true, true},
    {"mmsi", SK_STEP_NUMBER, true, false},
    {"callSign", SK_STEP_NUMBER, false, false},
    {"registrationNumber", SK_STEP_NUMBER, false, false},
    {"name", SK_STEP_NAME, false, true},
    {"alias", SK_STEP_NAME, false, true},
    {"weakAlias", SK_STEP_NAME, false, true},
    {"previousName", SK_STEP_NAME, false, true},
    {"flag", SK_STEP_FLAG, false, true},
    {"pastFlags", SK_STEP_FLAG, false, true},
    {"owner", SK_STEP_PARTY, false, false},
    {"operator", SK_STEP_PARTY, false, false},
    {"buildDate", SK_STEP_BUILT, false, false},
};

static const char *const kind_names[SK_STEP_KINDS] = {
    [SK_STEP_NUMBER] = "number", [SK_STEP_NAME] = "name",   [SK_STEP_FLAG] = "flag",
    [SK_STEP_PARTY] = "party",   [SK_STEP_BUILT] = "built",
};

const char *sk_step_kind_name(sk_step_kind k)
{
    sk_assert((unsigned)k < SK_STEP_KINDS);
    return kind_names[k];
}

typedef struct work_step {
    sk_step step;
    size_t prop; /* index into step_props                   */
    sk_str same; /* equal for equal values                  */
    bool has_date;
    sk_edtf date;
} work_step;

typedef struct building {
    sk_ctx *cx;
    sk_view *v;
    sk_hull *hulls;
    size_t n_hulls, cap_hulls;
    work_step *steps;
    size_t n_steps, cap_steps;
    bool is_cut;
} building;

/* ---- hulls ---- */

static sk_rc add_hull(building *b, sk_str key, sk_hull_why why, sk_str by, size_t beside)
{
    sk_entity e;
    bool found;
    SK_TRY(sk_count__find(b->cx, b->v, key, &e, &found));
    if (!found)
        return SK_OK;
    for (size_t i = 0; i < b->n_hulls; i++)
        if (b->hulls[i].entity.cluster == e.cluster)
            return SK_OK;
    if (!sk_count__is_a(&e, "Vessel"))
        return SK_OK;
    if (b->n_hulls == SK_LIM_TIMELINE_HULLS) {
        b->is_cut = true;
        return SK_OK;
    }
    SK_GROW(&b->cx->arena, b->hulls, b->n_hulls, b->cap_hulls);
    b->hulls[b->n_hulls++] = (sk_hull){e, why, by, beside};
    return SK_OK;
}

/* Hulls that are said to bear the number of this step, in the same property. */
static sk_rc follow_number(building *b, const work_step *w)
{
    sk_claim_row *rows;
    size_t n;
    const sk_claim *c = &w->step.row.claim;
    SK_TRY(sk_claims_bearing(b->cx, b->v, c->value, SK_CLAIMS_CURRENT, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (sk_str_eq(rows[i].claim.prop, c->prop) && rows[i].claim.position == SK_CLAIM_ASSERTS)
            SK_TRY(add_hull(b, rows[i].claim.entity, SK_HULL_NUMBER, c->value, w->step.hull));
    return SK_OK;
}

static sk_rc follow_links(building *b, size_t hull, const sk_claim_row *own, size_t n_own)
{
    sk_claim_row *links;
    size_t n;
    for (size_t i = 0; i < n_own; i++) {
        const sk_claim *c = &own[i].claim;
        if (sk_str_is(c->prop, "identityOf") && c->position == SK_CLAIM_ASSERTS && c->value.n)
            SK_TRY(add_hull(b, c->value, SK_HULL_LINKED, c->entity, hull));
    }
    sk_entity e = b->hulls[hull].entity;
    SK_TRY(sk_claims_linking(b->cx, b->v, &e, SK_S("identityOf"), &links, &n));
    for (size_t i = 0; i < n; i++)
        if (links[i].claim.position == SK_CLAIM_ASSERTS)
            SK_TRY(add_hull(b, links[i].claim.entity, SK_HULL_LINKED, links[i].claim.entity, hull));
    return SK_OK;
}

/* ---- steps ---- */

static void set_date(building *b, work_step *w)
{
    const sk_claim *c = &w->step.row.claim;
    w->step.when = c->valid.n ? c->valid : c->asof.n ? c->asof : c->said;
    w->step.is_dated_only = !c->valid.n && w->step.when.n;
    if (!w->step.when.n)
        return;
    w->has_date = sk_edtf_parse(b->cx, w->step.when, &w->date) == SK_OK;
    sk_forgive(b->cx);
}

static void set_value(building *b, work_step *w)
{
    sk_arena *a = &b->cx->arena;
    const sk_claim *c = &w->step.row.claim;
    sk_scheme scheme;
    bool is_number = w->step.kind == SK_STEP_NUMBER;
    w->same = is_number ? sk_identifier_compact(a, c->value) : sk_utf8_fold(a, c->value);
    if (!is_number || !sk_scheme_of_prop(c->prop, &scheme))
        return;
    sk_id_verdict v = sk_identifier_check(a, scheme, c->value);
    if (v.verdict == SK_ID_CHECK_WRONG || v.verdict == SK_ID_FORM_WRONG)
        w->step.check = v.reason;
}

static sk_rc take_hull(building *b, size_t hull)
{
    sk_claim_row *rows;
    size_t n, first = b->n_steps;
    sk_entity e = b->hulls[hull].entity;
    SK_TRY(sk_claims_about(b->cx, b->v, &e, SK_CLAIMS_CURRENT, &rows, &n));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < SK_COUNT(step_props); k++) {
            if (!sk_str_is(rows[i].claim.prop, step_props[k].prop))
                continue;
            SK_GROW(&b->cx->arena, b->steps, b->n_steps, b->cap_steps);
            work_step *w = &b->steps[b->n_steps++];
            *w = (work_step){.step = {.hull = hull, .kind = step_props[k].kind, .row = rows[i]},
                             .prop = k};
            set_date(b, w);
            if (rows[i].claim.absent == SK_PRESENT)
                set_value(b, w);
        }
    SK_TRY(follow_links(b, hull, rows, n));
    for (size_t i = first, end = b->n_steps; i < end; i++) {
        const work_step *w = &b->steps[i];
        if (step_props[w->prop].is_followed && w->same.n &&
            w->step.row.claim.position == SK_CLAIM_ASSERTS)
            SK_TRY(follow_number(b, w));
    }
    return SK_OK;
}

static int by_hull_then_date(const void *p, const void *q)
{
    const work_step *a = p, *b = q;
    if (a->step.hull != b->step.hull)
        return a->step.hull < b->step.hull ? -1 : 1;
    if (a->has_date != b->has_date)
        return a->has_date ? -1 : 1;
    int d = a->has_date ? sk_edtf_cmp(&a->date, &b->date) : 0;
    d = d ? d : (int)a->step.kind - (int)b->step.kind;
    d = d ? d : (int)a->prop - (int)b->prop;
    d = d ? d : sk_str_cmp(a->same, b->same);
    return d ? d : memcmp(a->step.row.claim.id.b, b->step.row.claim.id.b, sizeof(sk_hash));
}

/* ---- what it amounts to ---- */

static bool is_borne(const work_step *w)
{
    return w->step.row.claim.position == SK_CLAIM_ASSERTS && w->same.n > 0;
}

static bool is_same_thing(const work_step *a, const work_step *b)
{
    return a->step.kind == b->step.kind && sk_str_eq(a->same, b->same) &&
           (a->step.kind != SK_STEP_NUMBER || a->prop == b->prop);
}

/* Used falsely here, and borne by right by another hull. */
static void find_taken(building *b)
{
    for (size_t i = 0; i < b->n_steps; i++) {
        work_step *w = &b->steps[i];
        if (!w->step.row.claim.used_falsely || !is_borne(w))
            continue;
        for (size_t k = 0; k < b->n_steps && !w->step.is_taken; k++) {
            const work_step *other = &b->steps[k];
            w->step.is_taken = other->step.hull != w->step.hull && is_borne(other) &&
                               !other->step.row.claim.used_falsely && is_same_thing(w, other);
        }
    }
}

/* The first of its like among the steps that pass the test: what is counted once. */
static bool is_first(const building *b, size_t i, bool (*passes)(const work_step *))
{
    for (size_t k = 0; k < i; k++)
        if (passes(&b->steps[k]) && is_same_thing(&b->steps[k], &b->steps[i]))
            return false;
    return passes(&b->steps[i]);
}

static bool is_counted(const work_step *w)
{
    return is_borne(w) && step_props[w->prop].is_counted;
}

static bool is_taken(const work_step *w)
{
    return is_counted(w) && w->step.is_taken;
}

static bool is_false_alone(const work_step *w)
{
    return is_counted(w) && w->step.row.claim.used_falsely && !w->step.is_taken;
}

static void count_things(const building *b, sk_timeline *t)
{
    for (size_t i = 0; i < b->n_steps; i++) {
        sk_step_kind kind = b->steps[i].step.kind;
        bool first = is_first(b, i, is_counted), taken = is_first(b, i, is_taken);
        t->n_numbers += kind == SK_STEP_NUMBER && first;
        t->n_names += kind == SK_STEP_NAME && first;
        t->n_flags += kind == SK_STEP_FLAG && first;
        t->n_taken_numbers += kind == SK_STEP_NUMBER && taken;
        t->n_taken_names += kind == SK_STEP_NAME && taken;
        t->n_false_numbers += kind == SK_STEP_NUMBER && is_first(b, i, is_false_alone);
    }
}

sk_rc sk_timeline_build(sk_ctx *cx, sk_view *v, const sk_entity *e, sk_timeline *ret_timeline)
{
    building b = {.cx = cx, .v = v};
    if (!sk_count__is_a(e, "Vessel"))
        return sk_fail(cx, SK_E_UNSUPPORTED, "@%.*s is no ship; only ships have such a timeline",
                       SK_P(e->key));
    SK_GROW(&cx->arena, b.hulls, b.n_hulls, b.cap_hulls);
    b.hulls[b.n_hulls++] = (sk_hull){.entity = *e, .why = SK_HULL_ASKED};
    for (size_t i = 0; i < b.n_hulls; i++)
        SK_TRY(take_hull(&b, i));
    if (b.n_steps)
        qsort(b.steps, b.n_steps, sizeof *b.steps, by_hull_then_date);
    find_taken(&b);
    sk_timeline t = {.hulls = b.hulls, .n_hulls = b.n_hulls, .is_cut = b.is_cut};
    count_things(&b, &t);
    sk_step *steps = sk_new_array(&cx->arena, sk_step, b.n_steps);
    for (size_t i = 0; i < b.n_steps; i++)
        steps[i] = b.steps[i].step;
    t.steps = steps;
    t.n_steps = b.n_steps;
    *ret_timeline = t;
    return SK_OK;
}
