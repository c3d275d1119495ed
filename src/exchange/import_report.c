#include "exchange/import_report.h"

#include "base/csv.h"

#include <stdlib.h>

static const char *const state_names[SK_ROW_STATES] = {"added", "changed", "unchanged", "skipped"};

const char *sk_row_state_name(sk_row_state state)
{
    sk_assert((unsigned)state < SK_ROW_STATES);
    return state_names[state];
}

/* A set of 64-bit hashes, for counting different records. */
typedef struct hash_set {
    uint64_t *slots; /* 0: empty; malloc'ed */
    size_t n, cap;
} hash_set;

static bool set_add(hash_set *s, uint64_t h);

static void set_grow(hash_set *s)
{
    hash_set bigger = {.cap = s->cap ? s->cap * 2 : 1024};
    bigger.slots = sk_xmalloc(bigger.cap * sizeof *bigger.slots);
    memset(bigger.slots, 0, bigger.cap * sizeof *bigger.slots);
    for (size_t i = 0; i < s->cap; i++)
        if (s->slots[i])
            set_add(&bigger, s->slots[i]);
    free(s->slots);
    *s = bigger;
}

/* True when it was not there. */
static bool set_add(hash_set *s, uint64_t h)
{
    if (s->n * 2 >= s->cap)
        set_grow(s);
    h |= h == 0;
    size_t at = (size_t)h & (s->cap - 1);
    for (; s->slots[at]; at = (at + 1) & (s->cap - 1))
        if (s->slots[at] == h)
            return false;
    s->slots[at] = h;
    s->n++;
    return true;
}

typedef struct accounting {
    sk_ctx *cx;
    const sk_source *source;
    const sk_report_opts *opts;
    sk_import_report report;
    hash_set records;
    uint64_t matched; /* records of the prior copy that were met */
    /* of the row in hand */
    sk_arena row_arena;
    uint64_t *cores;
    size_t n_cores, cap_cores;
    bool is_skipped;
    sk_import_finding *row_findings;
    size_t n_row_findings, cap_row_findings;
    /* of the whole */
    sk_report_finding *findings;
    size_t n_findings, cap_findings;
    sk_buf csv_text;
    sk_csv_writer csv;
    sk_rc rc; /* of what may not fail in a finding */
} accounting;

static sk_rc row_begins(sk_ctx *cx, const sk_import_place *at, sk_str key, void *arg)
{
    accounting *ac = arg;
    (void)cx;
    (void)at;
    (void)key;
    sk_arena_back_to(&ac->row_arena, (sk_arena_mark){0});
    ac->cores = NULL;
    ac->row_findings = NULL;
    ac->n_cores = ac->cap_cores = ac->n_row_findings = ac->cap_row_findings = 0;
    ac->is_skipped = false;
    return ac->rc;
}

static sk_rc claim_comes(sk_ctx *cx, const sk_claim *claim, const sk_import_place *at,
                         sk_str column, void *arg)
{
    accounting *ac = arg;
    (void)at;
    (void)column;
    if (!ac->opts->prior) { /* only their number matters */
        ac->n_cores++;
        return SK_OK;
    }
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    uint64_t core;
    SK_TRY(sk_claim_core(cx, claim, &core));
    sk_arena_back_to(&cx->arena, mark);
    SK_GROW(&ac->row_arena, ac->cores, ac->n_cores, ac->cap_cores);
    ac->cores[ac->n_cores++] = core;
    return SK_OK;
}

static sk_import_finding copy_finding(sk_arena *a, const sk_import_finding *f)
{
    return (sk_import_finding){f->kind, sk_str_copy(a, f->column),
                               sk_str_copy(a, sk_str_sub(f->value, 0, 200)),
                               sk_str_copy(a, f->message)};
}

static void finding_comes(const sk_import_finding *f, const sk_import_place *at, void *arg)
{
    accounting *ac = arg;
    ac->is_skipped |= f->kind == SK_IMPORT_SKIPPED;
    if (ac->opts->csv) {
        SK_GROW(&ac->row_arena, ac->row_findings, ac->n_row_findings, ac->cap_row_findings);
        ac->row_findings[ac->n_row_findings++] = copy_finding(&ac->row_arena, f);
    }
    if (ac->n_findings == SK_LIM_IMPORT_FINDINGS)
        return;
    sk_arena *a = &ac->cx->arena;
    SK_GROW(a, ac->findings, ac->n_findings, ac->cap_findings);
    ac->findings[ac->n_findings++] = (sk_report_finding){
        copy_finding(a, f), ac->source->files[at->file].name, sk_str_copy(a, at->place)};
}

/* ---- the state of a row ---- */

static int by_value(const void *p, const void *q)
{
    uint64_t a = *(const uint64_t *)p, b = *(const uint64_t *)q;
    return (a > b) - (a < b);
}

static sk_rc compare(sk_ctx *cx, accounting *ac, sk_str key, bool is_first, sk_row_state *ret_state)
{
    uint64_t *prior;
    size_t n;
    SK_TRY(sk_import_cores(cx, ac->opts->view, ac->opts->prior, key, &prior, &n));
    ac->matched += is_first && n > 0;
    *ret_state = n ? SK_ROW_UNCHANGED : SK_ROW_ADDED;
    for (size_t i = 0; n && i < ac->n_cores; i++)
        if (!bsearch(&ac->cores[i], prior, n, sizeof *prior, by_value))
            *ret_state = SK_ROW_CHANGED;
    return SK_OK;
}

static sk_rc state_of(sk_ctx *cx, accounting *ac, sk_str key, sk_row_state *ret_state)
{
    sk_hash h = sk_sha256(key);
    uint64_t eight;
    memcpy(&eight, h.b, sizeof eight);
    bool is_first = key.n && set_add(&ac->records, eight);
    *ret_state = SK_ROW_ADDED;
    if (ac->is_skipped || ac->n_cores == 0)
        *ret_state = SK_ROW_SKIPPED;
    else if (ac->opts->prior && key.n)
        return compare(cx, ac, key, is_first, ret_state);
    return SK_OK;
}

/* ---- the report as CSV ---- */

static const char *const csv_columns[] = {"file",    "row",    "state", "record",
                                          "finding", "column", "value", "what to do"};
static const char *const finding_names[] = {
    [SK_IMPORT_LEFT] = "left", [SK_IMPORT_REMARK] = "remark", [SK_IMPORT_SKIPPED] = "skipped"};

static void write_line(accounting *ac, const sk_import_place *at, sk_str key, sk_row_state state,
                       const sk_import_finding *f)
{
    sk_csv_cell(&ac->csv, ac->source->files[at->file].name);
    sk_csv_cell(&ac->csv, at->place);
    sk_csv_cell(&ac->csv, sk_str_of(state_names[state]));
    sk_csv_cell(&ac->csv, key);
    sk_csv_cell(&ac->csv, f ? sk_str_of(finding_names[f->kind]) : SK_S(""));
    sk_csv_cell(&ac->csv, f ? f->column : SK_S(""));
    sk_csv_cell(&ac->csv, f ? f->value : SK_S(""));
    sk_csv_cell(&ac->csv, f ? f->message : SK_S(""));
    for (size_t i = 0; at->cells && i < at->n_cells; i++)
        sk_csv_cell(&ac->csv, at->cells[i]);
    sk_csv_end_row(&ac->csv);
}

static sk_rc row_ends(sk_ctx *cx, const sk_import_place *at, sk_str key, void *arg)
{
    accounting *ac = arg;
    sk_row_state state;
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    SK_TRY(state_of(cx, ac, key, &state));
    sk_arena_back_to(&cx->arena, mark);
    ac->report.rows[state]++;
    if (!ac->opts->csv)
        return SK_OK;
    for (size_t i = 0; i < ac->n_row_findings; i++)
        write_line(ac, at, key, state, &ac->row_findings[i]);
    if (!ac->n_row_findings)
        write_line(ac, at, key, state, NULL);
    return sk_sink_flush(cx, ac->opts->csv, &ac->csv_text, false);
}

static sk_rc count_prior(sk_ctx *cx, const sk_report_opts *opts, uint64_t *ret_records)
{
    *ret_records = 0;
    return opts->prior ? sk_import_count_records(cx, opts->view, opts->prior, ret_records) : SK_OK;
}

sk_rc sk_import_account(sk_ctx *cx, const sk_reader *reader, const sk_source *source,
                        const sk_report_opts *opts, sk_import_report *ret_report)
{
    accounting ac = {.cx = cx, .source = source, .opts = opts};
    uint64_t prior;
    SK_TRY(count_prior(cx, opts, &prior));
    sk_buf_init(&ac.csv_text, SK_LIM_OUTPUT_BYTES);
    sk_csv_writer_init(&ac.csv, &ac.csv_text, ',', true);
    for (size_t i = 0; opts->csv && i < SK_COUNT(csv_columns); i++)
        sk_csv_cell(&ac.csv, sk_str_of(csv_columns[i]));
    if (opts->csv)
        sk_csv_end_row(&ac.csv);
    sk_import_sink sink = {.row = row_begins,
                           .claim = claim_comes,
                           .finding = finding_comes,
                           .row_end = row_ends,
                           .arg = &ac};
    sk_rc rc = sk_import_run(cx, reader, source, &sink, &ac.report.summary);
    if (!rc && opts->csv)
        rc = sk_sink_flush(cx, opts->csv, &ac.csv_text, true);
    ac.report.records = ac.records.n;
    ac.report.removed = prior - (ac.matched < prior ? ac.matched : prior);
    ac.report.findings = ac.findings;
    ac.report.n_findings = ac.n_findings;
    sk_buf_done(&ac.csv_text);
    sk_arena_done(&ac.row_arena);
    free(ac.records.slots);
    if (rc)
        return rc;
    *ret_report = ac.report;
    return SK_OK;
}
