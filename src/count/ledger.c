#include "count/ledger.h"

#include "base/utf8.h"
#include "count/count_private.h"

#include <stdlib.h>

enum { DEEPEST_PART = 16 };

static const struct {
    const char *name, *words;
} uses[SK_USES] = {
    [SK_USE_PART] = {"part", "in the sum"},
    [SK_USE_WHOLE] = {"whole", "about the whole, beside the sum"},
    [SK_USE_ONLY] = {"only", "no sum is formed"},
    [SK_USE_OUTSIDE] = {"outside", "left out: lies outside the period"},
    [SK_USE_BEYOND] = {"beyond", "left out: reaches beyond the period"},
    [SK_USE_UNDATED] = {"undated", "left out: no period stated"},
    [SK_USE_MEASURE] = {"measure", "left out: counts another thing"},
    [SK_USE_CHANGE] = {"change", "left out: a change or a share, not a count"},
    [SK_USE_POSITION] = {"position", "left out: not asserted"},
    [SK_USE_ABSENT] = {"absent", "left out: no number given"},
    [SK_USE_NESTED] = {"nested", "left out: its own parts are summed"},
};

const char *sk_use_name(sk_use use)
{
    sk_assert((unsigned)use < SK_USES);
    return uses[use].name;
}

const char *sk_use_words(sk_use use)
{
    sk_assert((unsigned)use < SK_USES);
    return uses[use].words;
}

typedef struct building {
    sk_ctx *cx;
    sk_view *v;
    sk_str measure;
    bool has_period;
    sk_edtf period;
    sk_part *parts;
    size_t n_parts, cap_parts;
    sk_figure *figures;
    size_t n_figures, cap_figures;
    sk_claim_row *denials;
    size_t n_denials, cap_denials;
} building;

/* An asserted date of a claim list: the earliest asserted wins, which is a rule, not a judgement. */
static void take_date(const sk_claim *c, sk_str *date)
{
    bool names_it = sk_str_is(c->prop, "date") || sk_str_is(c->prop, "startDate");
    if (names_it && c->position == SK_CLAIM_ASSERTS && c->absent == SK_PRESENT && !date->n)
        *date = c->value;
}

static void describe_part(sk_part *p, const sk_claim *c)
{
    if (c->position != SK_CLAIM_ASSERTS || c->absent != SK_PRESENT)
        return;
    if (sk_str_is(c->prop, "measure"))
        p->measure = c->value;
    if (sk_str_is(c->prop, "definition") && !p->definition.n)
        p->definition = c->value;
    take_date(c, &p->date);
}

static bool is_part_already(const building *b, int64_t cluster)
{
    for (size_t i = 0; i < b->n_parts; i++)
        if (b->parts[i].entity.cluster == cluster)
            return true;
    return false;
}

/* Find everything declared part of part i, breadth first; a circle ends because a part is taken once. */
static sk_rc find_parts(building *b, size_t i, unsigned depth)
{
    if (depth > DEEPEST_PART)
        return sk_fail(b->cx, SK_E_LIMIT, "parts of \"%.*s\" are nested deeper than %d",
                       SK_P(b->parts[0].entity.key), DEEPEST_PART);
    sk_claim_row *rows;
    size_t n, first = b->n_parts;
    sk_entity whole = b->parts[i].entity;
    SK_TRY(sk_claims_linking(b->cx, b->v, &whole, SK_S("partOf"), &rows, &n));
    for (size_t k = 0; k < n; k++) {
        sk_entity e;
        if (rows[k].claim.position != SK_CLAIM_ASSERTS)
            continue;
        sk_str key = sk_fmt(&b->cx->arena, "@%.*s", SK_P(rows[k].claim.entity));
        SK_TRY(sk_entity_find(b->cx, b->v, key, &e));
        if (is_part_already(b, e.cluster))
            continue;
        SK_GROW(&b->cx->arena, b->parts, b->n_parts, b->cap_parts);
        b->parts[b->n_parts++] =
            (sk_part){.entity = e, .whole = i, .is_event = sk_count__is_a(&e, "Event")};
    }
    for (size_t k = first, end = b->n_parts; k < end; k++)
        SK_TRY(find_parts(b, k, depth + 1));
    return SK_OK;
}

static sk_rc take_claims(building *b, size_t part)
{
    sk_claim_row *rows;
    size_t n;
    sk_entity e = b->parts[part].entity;
    SK_TRY(sk_claims_about(b->cx, b->v, &e, SK_CLAIMS_CURRENT, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const sk_claim *c = &rows[i].claim;
        describe_part(&b->parts[part], c);
        if (c->position == SK_CLAIM_DENIES) {
            SK_GROW(&b->cx->arena, b->denials, b->n_denials, b->cap_denials);
            b->denials[b->n_denials++] = rows[i];
        } else if (sk_str_is(c->prop, "count")) {
            SK_GROW(&b->cx->arena, b->figures, b->n_figures, b->cap_figures);
            b->figures[b->n_figures++] = (sk_figure){.row = rows[i], .part = part};
        }
    }
    return SK_OK;
}

/* The period a figure speaks of: what the claim says it covers, else its event's date, else the
 * day it describes. */
static sk_str period_of(const sk_claim *c, const sk_part *p)
{
    if (c->valid.n)
        return c->valid;
    return p->date.n ? p->date : c->asof;
}

static sk_use judge_period(building *b, sk_str text)
{
    sk_edtf e;
    if (!b->has_period)
        return SK_USE_PART;
    if (!text.n)
        return SK_USE_UNDATED;
    sk_rc before = b->cx->rc;
    if (sk_edtf_parse(b->cx, text, &e)) {
        if (!before) /* an error of before, of a claimant's name, stays */
            sk_forgive(b->cx);
        return SK_USE_UNDATED;
    }
    if (e.kind == SK_EDTF_UNKNOWN)
        return SK_USE_UNDATED;
    if (!sk_edtf_overlaps(&e, &b->period))
        return SK_USE_OUTSIDE;
    return sk_edtf_is_within(&e, &b->period) ? SK_USE_PART : SK_USE_BEYOND;
}

static sk_use judge_figure(building *b, sk_figure *f)
{
    const sk_claim *c = &f->row.claim;
    const sk_part *p = &b->parts[f->part];
    f->period = period_of(c, p);
    if (c->absent != SK_PRESENT)
        return SK_USE_ABSENT;
    if (c->quantity.qualifier == SK_Q_CHANGE || c->quantity.qualifier == SK_Q_FRACTION)
        return SK_USE_CHANGE;
    if (c->position != SK_CLAIM_ASSERTS)
        return SK_USE_POSITION;
    sk_use use = judge_period(b, f->period);
    if (use != SK_USE_PART)
        return use;
    sk_str measure = c->measure.n ? c->measure : p->measure;
    if (b->measure.n && measure.n && !sk_str_eq_nocase(measure, b->measure))
        return SK_USE_MEASURE;
    return f->part == 0 ? SK_USE_WHOLE : SK_USE_PART;
}

/* ---- ranges ---- */

/* Widen a part's range by one more figure that was said of it. Low is the least number that anyone
 * names; high the greatest; open above as soon as one figure names no ceiling. */
static void widen(sk_quantity *range, bool is_first, const sk_quantity *q)
{
    sk_bounds bounds = sk_quantity_bounds(q);
    sk_decimal low = q->has_low ? q->low : (sk_decimal){0}, high = q->has_high ? q->high : low;
    if (is_first) {
        *range = (sk_quantity){
            .has_low = q->has_low, .low = low, .has_high = true, .high = high, .unit = q->unit};
    } else {
        if (q->has_low && (!range->has_low || sk_decimal_cmp(low, range->low) < 0)) {
            range->has_low = true;
            range->low = low;
        }
        if (sk_decimal_cmp(high, range->high) > 0)
            range->high = high;
    }
    range->is_open_above |= !bounds.has_high;
    range->is_approximate |= q->is_approximate || q->qualifier == SK_Q_ABOUT;
}

static void name_range(sk_quantity *range)
{
    bool equal = range->has_low && sk_decimal_cmp(range->low, range->high) == 0;
    if (equal && !range->is_open_above)
        range->qualifier = range->is_approximate ? SK_Q_ABOUT : SK_Q_EXACT;
    else if (equal)
        range->qualifier = SK_Q_AT_LEAST;
    else
        range->qualifier = range->has_low         ? SK_Q_BETWEEN
                           : range->is_open_above ? SK_Q_COULD_EXCEED
                                                  : SK_Q_UP_TO;
    if (range->qualifier == SK_Q_AT_LEAST) {
        range->has_high = false;
        range->is_open_above = false;
    }
}

/* Who stands first in the chain, by the name people know: "@hrw" and "Human Rights Watch" are one. */
static sk_str origin_of(const building *b, const sk_figure *f)
{
    return sk_utf8_fold(&b->cx->arena, sk_claimant_text(b->cx, b->v, f->row.claim.chain[0]));
}

/* Independent origins of a part's figures: two outlets with one source are one. */
static size_t count_origins(const building *b, size_t part)
{
    sk_str *origins = sk_new_array(&b->cx->arena, sk_str, b->n_figures);
    size_t n = 0;
    for (size_t i = 0; i < b->n_figures; i++) {
        if (b->figures[i].part != part || b->figures[i].use != SK_USE_PART)
            continue;
        sk_str origin = origin_of(b, &b->figures[i]);
        bool seen = false;
        for (size_t k = 0; k < n && !seen; k++)
            seen = sk_str_eq(origins[k], origin);
        if (!seen)
            origins[n++] = origin;
    }
    return n;
}

static bool has_used(const building *b, size_t part)
{
    for (size_t i = 0; i < b->n_figures; i++)
        if (b->figures[i].part == part && b->figures[i].use == SK_USE_PART)
            return true;
    return false;
}

/* A part whose own parts carry figures is not counted beside them. */
static void leave_out_nested(building *b)
{
    for (size_t child = b->n_parts; child-- > 1;) {
        size_t whole = b->parts[child].whole;
        if (whole == 0 || !has_used(b, child))
            continue;
        for (size_t i = 0; i < b->n_figures; i++)
            if (b->figures[i].part == whole && b->figures[i].use == SK_USE_PART)
                b->figures[i].use = SK_USE_NESTED;
    }
}

static void form_ranges(building *b)
{
    for (size_t i = 0; i < b->n_figures; i++) {
        sk_figure *f = &b->figures[i];
        if (f->use != SK_USE_PART)
            continue;
        sk_part *p = &b->parts[f->part];
        widen(&p->range, p->n_used == 0, &f->row.claim.quantity);
        p->n_used++;
    }
    for (size_t i = 0; i < b->n_parts; i++)
        if (b->parts[i].n_used) {
            name_range(&b->parts[i].range);
            b->parts[i].n_origins = count_origins(b, i);
        }
}

/* Populations are stocks: figures as of different times describe different moments and do not add
 * up. Events are dated by themselves. */
static bool are_of_one_time(const building *b)
{
    sk_str time = SK_NONE;
    for (size_t i = 0; i < b->n_figures; i++) {
        const sk_figure *f = &b->figures[i];
        if (f->use != SK_USE_PART || b->parts[f->part].is_event || !f->period.n)
            continue;
        if (time.n && !sk_str_eq(time, f->period))
            return false;
        time = f->period;
    }
    return true;
}

/* Units that disagree are not added; the first part with a unit sets it. */
static void form_sum(building *b, sk_ledger *l)
{
    if (!are_of_one_time(b)) {
        l->no_sum_why = SK_S("the parts are counted as of different times; ask --when");
        return;
    }
    for (size_t i = 1; i < b->n_parts; i++) {
        const sk_part *p = &b->parts[i];
        if (!p->n_used)
            continue;
        sk_quantity sum;
        if (l->n_summed == 0) {
            l->sum = p->range;
        } else if (!sk_quantity_add(&b->cx->arena, &l->sum, &p->range, &sum, &l->no_sum_why)) {
            l->has_sum = false;
            return;
        } else {
            l->sum = sum;
        }
        l->n_summed++;
    }
    l->has_sum = l->n_summed >= 2;
    if (!l->has_sum)
        l->no_sum_why = l->n_summed == 0
                            ? SK_S("no declared part has a figure in this period")
                            : SK_S("only one declared part has figures; a sum needs two");
}

static void unuse_parts(building *b)
{
    for (size_t i = 0; i < b->n_figures; i++)
        if (b->figures[i].use == SK_USE_PART)
            b->figures[i].use = SK_USE_ONLY;
}

static int by_part_then_voice(const void *p, const void *q)
{
    const sk_figure *a = p, *b = q;
    if (a->part != b->part)
        return a->part < b->part ? -1 : 1;
    const sk_claim *x = &a->row.claim, *y = &b->row.claim;
    int d = sk_str_cmp(x->asof, y->asof);
    if (d == 0)
        d = sk_str_cmp(x->chain[0], y->chain[0]);
    if (d == 0)
        d = sk_str_cmp(x->carrier, y->carrier);
    return d ? d : memcmp(x->id.b, y->id.b, sizeof x->id.b);
}

/* Denials count when what they deny, or when they were said, falls in the period. */
static void keep_denials(building *b)
{
    size_t kept = 0;
    for (size_t i = 0; i < b->n_denials; i++) {
        const sk_claim *c = &b->denials[i].claim;
        sk_str when = c->valid.n ? c->valid : c->said;
        for (size_t k = 0; !when.n && k < b->n_parts; k++)
            if (sk_str_eq(b->parts[k].entity.key, c->entity))
                when = b->parts[k].date;
        if (!when.n || judge_period(b, when) != SK_USE_OUTSIDE)
            b->denials[kept++] = b->denials[i];
    }
    b->n_denials = kept;
}

sk_rc sk_ledger_build(sk_ctx *cx, sk_view *v, const sk_entity *whole, sk_str period, sk_str measure,
                      sk_ledger *ret_ledger)
{
    building b = {.cx = cx, .v = v, .has_period = period.n > 0};
    if (b.has_period)
        SK_TRY(sk_edtf_parse(cx, period, &b.period));
    SK_GROW(&cx->arena, b.parts, b.n_parts, b.cap_parts);
    b.parts[b.n_parts++] = (sk_part){.entity = *whole, .is_event = sk_count__is_a(whole, "Event")};
    SK_TRY(find_parts(&b, 0, 1));
    for (size_t i = 0; i < b.n_parts; i++)
        SK_TRY(take_claims(&b, i));
    b.measure = measure.n ? measure : b.parts[0].measure;
    for (size_t i = 0; i < b.n_figures; i++)
        b.figures[i].use = judge_figure(&b, &b.figures[i]);
    leave_out_nested(&b);
    form_ranges(&b);
    keep_denials(&b);
    sk_ledger l = {.period = period};
    form_sum(&b, &l);
    if (!l.has_sum)
        unuse_parts(&b);
    if (b.n_figures)
        qsort(b.figures, b.n_figures, sizeof *b.figures, by_part_then_voice);
    l.parts = b.parts;
    l.n_parts = b.n_parts;
    l.figures = b.figures;
    l.n_figures = b.n_figures;
    l.denials = b.denials;
    l.n_denials = b.n_denials;
    if (cx->rc)
        return cx->rc; /* of the name of a claimant: origins may be counted wrong */
    *ret_ledger = l;
    return SK_OK;
}

sk_rc sk_ledger_wholes(sk_ctx *cx, sk_view *v, sk_str name, sk_entity **ret_wholes, size_t *ret_n)
{
    sk_entity *list, *more, *one = sk_new(&cx->arena, sk_entity);
    size_t n, n_more;
    if (!name.n)
        return sk_fail(cx, SK_E_FORMAT, "of what? name a population or an event");
    sk_rc rc = sk_entity_find(cx, v, name, one);
    if (rc == SK_OK) {
        *ret_wholes = one;
        *ret_n = 1;
        return SK_OK;
    }
    if (rc != SK_E_NOTFOUND && rc != SK_E_AMBIGUOUS)
        return rc;
    sk_forgive(cx);
    SK_TRY(sk_entities_list(cx, v, SK_S("Population"), name, 0, &list, &n));
    SK_TRY(sk_entities_list(cx, v, SK_S("Event"), name, 0, &more, &n_more));
    if (n + n_more == 0)
        return sk_fail(cx, SK_E_NOTFOUND, "no population or event is named \"%.*s\"", SK_P(name));
    sk_entity *all = sk_new_array(&cx->arena, sk_entity, n + n_more);
    for (size_t i = 0; i < n + n_more; i++)
        all[i] = i < n ? list[i] : more[i - n];
    *ret_wholes = all;
    *ret_n = n + n_more;
    return SK_OK;
}
