/* What all claims of a row share: who says it, from when, for whom, resting on which words. */
#include "exchange/mapping/mapping_run.h"

static sk_str setting(const sk_mapping_run *run, const sk_mapping_setting *s)
{
    sk_str cell = sk_mapping__cell(run, s->column);
    return s->column == SK_MAPPING_NONE ? s->text : cell.n ? cell : s->deflt;
}

void sk_mapping__leave(sk_mapping_run *run, size_t column, sk_str value)
{
    sk_ctx *rcx = sk_import_scratch(run->im);
    sk_import_left(run->im, sk_mapping__column_name(run, column), value, "%s", rcx->message);
    sk_forgive(rcx);
}

sk_str sk_mapping__date_in(sk_mapping_run *run, size_t column, sk_str cell, sk_date_order order)
{
    sk_absent absent;
    sk_str edtf = SK_NONE;
    sk_ctx *rcx = sk_import_scratch(run->im);
    if (!cell.n || sk_mapping__absent(&rcx->arena, run->m, cell, &absent))
        return SK_NONE;
    if (sk_mapping_date(rcx, cell, order ? order : run->m->dates, &edtf))
        sk_mapping__leave(run, column, cell);
    return edtf;
}

/* Who says it: the row's own column, else the user, else the mapping. */
static bool take_chain(sk_mapping_run *run)
{
    const sk_mapping *m = run->m;
    sk_ctx *rcx = sk_import_scratch(run->im);
    sk_absent absent;
    sk_str cell = sk_mapping__cell(run, m->claimant.column);
    if (cell.n && sk_mapping__absent(&rcx->arena, m, cell, &absent))
        cell = SK_NONE;
    if (cell.n) {
        if (!sk_mapping__chain(rcx, cell, &run->common.chain, &run->common.n_chain))
            return true;
        sk_mapping__leave(run, m->claimant.column, cell);
        sk_import_skip(run->im, "who says it is not clear");
        return false;
    }
    if (!run->src->options.n_claimant) {
        run->common.chain = m->chain;
        run->common.n_chain = m->n_chain;
    }
    if (run->src->options.n_claimant || m->n_chain)
        return true;
    sk_import_skip(
        run->im, "nobody says it: column \"%.*s\" is empty; write claimant column ... default ...",
        SK_P(sk_mapping__column_name(run, m->claimant.column)));
    return false;
}

/* Labels that stand in the row. A row whose label is not understood is not taken at all: it would
 * else be open to more people than its source allows. */
static bool take_labels(sk_mapping_run *run)
{
    const sk_mapping *m = run->m;
    sk_ctx *rcx = sk_import_scratch(run->im);
    sk_str cell = setting(run, &m->restrict_label);
    size_t column = m->restrict_label.column;
    if (cell.n && m->restrict_values != SK_MAPPING_NONE) {
        const sk_mapping_values *list = &m->values[m->restrict_values];
        const sk_mapping_value *v = sk_mapping__find_value(&rcx->arena, list, cell);
        if (v)
            cell = v->target;
        else if (list->others == SK_OTHERS_TARGET)
            cell = list->other.target;
    }
    sk_str *labels = sk_new_array(&rcx->arena, sk_str, m->n_labels + cell.n / 2 + 1);
    size_t n = 0;
    for (; n < m->n_labels; n++)
        labels[n] = m->labels[n];
    sk_str rest = cell, piece;
    while (rest.n && sk_str_cut(&rest, ' ', &piece)) {
        if (!piece.n)
            continue;
        if (sk_label_check(rcx, piece)) {
            sk_mapping__leave(run, column, cell);
            sk_import_skip(run->im,
                           "it may be meant for fewer people: its label is not understood; "
                           "give it to restrict by a list of values");
            return false;
        }
        labels[n++] = piece;
    }
    run->common.restrict_labels = labels;
    run->common.n_restrict = n;
    return true;
}

/* The words of the row that its claims rest on, where a column holds them. */
static void take_passage(sk_mapping_run *run)
{
    sk_ctx *rcx = sk_import_scratch(run->im);
    sk_str quote = sk_mapping__cell(run, run->m->quote);
    if (!quote.n)
        return;
    if (quote.n > SK_LIM_VALUE_BYTES) {
        sk_import_left(
            run->im, sk_mapping__column_name(run, run->m->quote), sk_str_sub(quote, 0, 200),
            "%zu bytes are too many for a quote; the claims rest on the row as a whole", quote.n);
        return;
    }
    sk_passage *p = sk_new(&rcx->arena, sk_passage);
    *p = (sk_passage){.exhibit = run->src->files[run->at->file].hash, .quote = quote};
    p->place = run->at->place.n ? run->at->place
                                : sk_fmt(&rcx->arena, "row %llu", (unsigned long long)run->at->row);
    run->common.passages = p;
    run->common.n_passages = 1;
}

bool sk_mapping__common(sk_mapping_run *run)
{
    const sk_mapping *m = run->m;
    run->common = (sk_claim){.lang = m->lang};
    if (!take_chain(run) || !take_labels(run))
        return false;
    run->common.carrier = setting(run, &m->carrier);
    run->common.reference = setting(run, &m->reference);
    run->common.said =
        m->said.column == SK_MAPPING_NONE
            ? m->said.text
            : sk_mapping__date_in(run, m->said.column, setting(run, &m->said), SK_DATES_UNSAID);
    if (m->asof.column != SK_MAPPING_NONE)
        run->common.asof =
            sk_mapping__date_in(run, m->asof.column, setting(run, &m->asof), SK_DATES_UNSAID);
    take_passage(run);
    return true;
}
