#include "exchange/claims/export_csv.h"

#include "base/csv.h"
#include "exchange/claims/claims_text.h"
#include "record/read.h"

/* The columns that every export has; further passages add four each behind span. */
static const char *const before_passages[] = {
    "entity",  "type",      "property", "value", "words",        "absent",   "low",
    "high",    "qualifier", "bounds",   "unit",  "measure",      "position", "claimant",
    "carrier", "said",      "asof",     "valid", "used-falsely",
};
static const char *const of_passage[] = {"exhibit", "quote", "place", "span"};
static const char *const behind_passages[] = {
    "reference", "lang", "restrict",     "note",       "x-claim",
    "x-at",      "x-by", "x-supersedes", "x-coded-in",
};

typedef struct csv_export {
    sk_ctx *cx;
    const sk_sink *sink;
    sk_buf out;
    sk_csv_writer w;
    size_t n_passages; /* of the claim that has most, at least one */
    uint64_t claims;
} csv_export;

static void cell(csv_export *ex, sk_str text)
{
    sk_csv_cell(&ex->w, sk_guard_more(&ex->cx->arena, text));
}

static void name_cell(csv_export *ex, const char *name)
{
    sk_csv_cell(&ex->w, sk_str_of(name));
}

static void write_heading(csv_export *ex)
{
    sk_arena *a = &ex->cx->arena;
    for (size_t i = 0; i < SK_COUNT(before_passages); i++)
        name_cell(ex, before_passages[i]);
    for (size_t i = 0; i < ex->n_passages; i++)
        for (size_t k = 0; k < SK_COUNT(of_passage); k++)
            name_cell(ex, i ? sk_fmt(a, "%s-%zu", of_passage[k], i + 1).p : of_passage[k]);
    for (size_t i = 0; i < SK_COUNT(behind_passages); i++)
        name_cell(ex, behind_passages[i]);
    sk_csv_end_row(&ex->w);
}

/* ---- cells ---- */

static sk_str labels_text(sk_arena *a, const sk_claim *c)
{
    sk_str text = SK_S("");
    for (size_t i = 0; i < c->n_restrict; i++)
        text = sk_fmt(a, "%.*s%s%.*s", SK_P(text), i ? " " : "", SK_P(c->restrict_labels[i]));
    return text;
}

static sk_str bounds_text(sk_arena *a, const sk_quantity *q)
{
    return sk_str_trim(sk_fmt(a, "%s%s%s", q->is_approximate ? "approximate " : "",
                              q->is_open_above ? "open-above " : "", q->is_strict ? "strict" : ""));
}

static bool is_figure(const sk_claim *c)
{
    return c->absent == SK_PRESENT && (c->kind == SK_VALUE_QUANTITY || c->kind == SK_VALUE_MONEY);
}

/* A value that reads like one of the four marks says that it is none. */
static sk_str absent_text(const sk_claim *c)
{
    sk_absent mark;
    if (c->absent != SK_PRESENT)
        return sk_absent_name(c->absent);
    bool in_brackets = c->value.n > 2 && c->value.p[0] == '(' && c->value.p[c->value.n - 1] == ')';
    return in_brackets && sk_absent_parse(sk_str_sub(c->value, 1, c->value.n - 2), &mark)
               ? SK_S("present")
               : SK_NONE;
}

static void write_value(csv_export *ex, const sk_claim *c)
{
    sk_arena *a = &ex->cx->arena;
    const sk_quantity *q = &c->quantity;
    bool figure = is_figure(c);
    cell(ex, figure ? SK_NONE : c->value);
    cell(ex, c->words);
    cell(ex, absent_text(c));
    cell(ex, figure && q->has_low ? sk_decimal_text(a, q->low, false) : SK_NONE);
    cell(ex, figure && q->has_high ? sk_decimal_text(a, q->high, false) : SK_NONE);
    cell(ex, figure ? sk_qualifier_name(q->qualifier) : SK_NONE);
    cell(ex, figure ? bounds_text(a, q) : SK_NONE);
    cell(ex, figure ? q->unit : SK_NONE);
    cell(ex, c->measure);
}

static void write_passage(csv_export *ex, const sk_claim *c, size_t i)
{
    sk_arena *a = &ex->cx->arena;
    if (i >= c->n_passages) {
        cell(ex, i == 0 ? SK_S("(none)") : SK_NONE);
        for (int k = 0; k < 3; k++)
            cell(ex, SK_NONE);
        return;
    }
    const sk_passage *p = &c->passages[i];
    cell(ex, sk_hash_hex(a, &p->exhibit));
    cell(ex, p->quote);
    cell(ex, p->place);
    cell(ex, p->has_span ? sk_fmt(a, "%zu-%zu", p->start, p->end) : SK_NONE);
}

static void write_row(csv_export *ex, const sk_claim *c)
{
    sk_arena *a = &ex->cx->arena;
    cell(ex, c->entity);
    cell(ex, c->type);
    cell(ex, c->prop);
    write_value(ex, c);
    cell(ex, sk_str_of(sk_position_name(c->position)));
    cell(ex, sk_chain_format(a, c->chain, c->n_chain));
    cell(ex, c->carrier);
    cell(ex, c->said);
    cell(ex, c->asof);
    cell(ex, c->valid);
    cell(ex, c->used_falsely ? SK_S("yes") : SK_NONE);
    for (size_t i = 0; i < ex->n_passages; i++)
        write_passage(ex, c, i);
    cell(ex, c->reference);
    cell(ex, c->lang);
    cell(ex, labels_text(a, c));
    cell(ex, c->note);
    cell(ex, sk_hash_hex(a, &c->id));
    cell(ex, c->at);
    cell(ex, c->by);
    cell(ex, c->has_supersedes ? sk_hash_hex(a, &c->supersedes) : SK_NONE);
    cell(ex, c->is_coded
                 ? sk_fmt(a, "%s %.*s", sk_hash_hex(a, &c->coded_in).p, SK_P(c->coded_place))
                 : SK_NONE);
    sk_csv_end_row(&ex->w);
}

/* ---- the two readings ---- */

static sk_rc count_passages(sk_ctx *cx SK_UNUSED, const sk_claim_row *row, void *arg)
{
    csv_export *ex = arg;
    if (row->claim.n_passages > ex->n_passages)
        ex->n_passages = row->claim.n_passages;
    return SK_OK;
}

static sk_rc write_claim(sk_ctx *cx, const sk_claim_row *row, void *arg)
{
    csv_export *ex = arg;
    write_row(ex, &row->claim);
    ex->claims++;
    return sk_sink_flush(cx, ex->sink, &ex->out, false);
}

sk_rc sk_export_csv(sk_ctx *cx, sk_view *v, const sk_export_csv_options *options,
                    const sk_sink *sink, sk_export_csv_summary *ret_summary)
{
    csv_export ex = {.cx = cx, .sink = sink, .n_passages = 1};
    SK_TRY(sk_claims_each(cx, v, SK_CLAIMS_CURRENT, count_passages, &ex));
    sk_buf_init(&ex.out, SK_LIM_CSV_ROW_BYTES + SK_SINK_PIECE);
    sk_csv_writer_init(&ex.w, &ex.out, ',', !options || !options->is_exact);
    write_heading(&ex);
    sk_rc rc = sk_claims_each(cx, v, SK_CLAIMS_CURRENT, write_claim, &ex);
    if (!rc)
        rc = sk_sink_flush(cx, sink, &ex.out, true);
    sk_buf_done(&ex.out);
    if (!rc && ret_summary)
        ret_summary->claims = ex.claims;
    return rc;
}
