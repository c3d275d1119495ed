/* The two passes over a claim file, and its rows when it is CSV. */
#include "exchange/claims/claims_file.h"

#include "base/progress.h"
#include "base/utf8.h"
#include "exchange/claims/claims_priv.h"
#include "exchange/claims/claims_text.h"

#include <errno.h>
#include <unistd.h>

enum { SNIFF_BYTES = 4096, ROWS_A_LOOK = 256 };

/* ---- heading ---- */

/* entity, type and claimant must be there; what is missing is said once, not for every row. */
static void check_required(claims_reader *rd)
{
    static const claims_col required[] = {COL_ENTITY, COL_TYPE, COL_CLAIMANT};
    for (size_t i = 0; i < SK_COUNT(required); i++) {
        bool found = false;
        for (size_t k = 0; k < rd->n_columns; k++)
            found = found || rd->columns[k].col == required[i];
        rd->is_missing[required[i]] = !found;
        if (!found)
            sk_claims__fault(rd, sk_claims__col_name(required[i]), SK_NONE,
                             "the heading has no such column, and every row needs it");
    }
}

static void read_heading(claims_reader *rd, const sk_csv_row *heading)
{
    rd->columns = sk_new_array(&rd->keep, claims_column, heading->n);
    for (size_t i = 0; i < heading->n; i++) {
        sk_str name = sk_str_trim(heading->cells[i]), clean;
        if (sk_utf8_enter(&rd->rcx, name, "column name", &clean)) {
            sk_claims__fault_of(rd, NULL, SK_NONE);
            rd->columns[rd->n_columns++] = (claims_column){.col = COL_UNKNOWN};
            continue;
        }
        claims_column c = sk_claims__column_of(rd, clean);
        for (size_t k = 0; k < rd->n_columns && c.col < COL_REMARK; k++)
            if (sk_str_eq(rd->columns[k].name, c.name)) {
                sk_claims__fault(rd, c.name.p, SK_NONE, "this column stands twice in the heading");
                c.col = COL_UNKNOWN;
            }
        rd->columns[rd->n_columns++] = c;
    }
    check_required(rd);
}

/* ---- CSV rows ---- */

/* The cells of a row that have something in them and a column to stand for. */
static sk_rc take_csv_row(claims_reader *rd, const sk_csv_row *in)
{
    claims_cell *cells = sk_new_array(&rd->rcx.arena, claims_cell, in->n);
    size_t n = 0, n_beyond = 0;
    for (size_t i = 0; i < in->n; i++) {
        sk_str text = sk_guard_off(in->cells[i]);
        if (sk_str_trim(text).n == 0)
            continue;
        if (i >= rd->n_columns) {
            n_beyond++;
            continue;
        }
        if (rd->columns[i].col == COL_UNNAMED)
            sk_claims__fault(rd, NULL, text, "cell %zu has no name in the heading", i + 1);
        cells[n++] = (claims_cell){.column = &rd->columns[i], .text = text};
    }
    if (n_beyond)
        sk_claims__fault(
            rd, NULL, in->cells[in->n - 1],
            "the row has %zu cells and the heading %zu; is a quote or separator too many?", in->n,
            rd->n_columns);
    return n || n_beyond ? sk_claims__take_row(rd, cells, n) : SK_OK;
}

static bool is_cancelled(const claims_reader *rd)
{
    return rd->place.row % ROWS_A_LOOK == 0 && rd->cx->cancelled &&
           rd->cx->cancelled(rd->cx->cancelled_arg);
}

/* What breaks the form of the file ends its reading; what is wrong in a row does not. */
static sk_rc broken(claims_reader *rd, sk_rc rc)
{
    if (rc != SK_E_FORMAT && rc != SK_E_LIMIT)
        return rc;
    rd->place = (sk_claims_place){0};
    sk_claims__fault(rd, NULL, SK_NONE, "%s; nothing behind this place was read", rd->rcx.message);
    sk_forgive(&rd->rcx);
    return SK_OK;
}

static sk_rc read_rows(claims_reader *rd, sk_csv *csv)
{
    for (bool is_heading = true;;) {
        sk_csv_row in;
        sk_rc rc = sk_csv_next(&rd->rcx, csv, &in);
        if (rc)
            return broken(rd, rc);
        if (in.n == 0)
            return SK_OK;
        sk_progress_add(rd->cx->progress, in.to - rd->place.to);
        rd->place = (sk_claims_place){.row = in.row, .line = in.line, .from = in.from, .to = in.to};
        rd->faults_before = rd->report.n_faults;
        if (is_cancelled(rd))
            return sk_fail(&rd->rcx, SK_E_CANCELLED, "stopped at row %llu",
                           (unsigned long long)in.row);
        if (in.is_blank)
            continue;
        if (is_heading)
            read_heading(rd, &in);
        else
            SK_TRY(take_csv_row(rd, &in));
        is_heading = false;
        sk_arena_done(&rd->rcx.arena);
    }
}

static sk_rc read_csv(claims_reader *rd)
{
    sk_csv *csv;
    const sk_claims_source *s = rd->source;
    const char *name = sk_str_c(&rd->keep, s->name);
    sk_rc rc = s->fd >= 0 ? sk_csv_open_fd(&rd->rcx, s->fd, name, 0, &csv)
                          : sk_csv_open_mem(&rd->rcx, s->bytes, name, 0, &csv);
    if (rc)
        return broken(rd, rc);
    rc = read_rows(rd, csv);
    sk_csv_close(csv);
    return rc;
}

/* ---- which of the two ---- */

static sk_rc peek(claims_reader *rd, char *buf, sk_str *ret_head)
{
    const sk_claims_source *s = rd->source;
    if (s->fd < 0) {
        *ret_head = sk_str_sub(s->bytes, 0, SNIFF_BYTES);
        return SK_OK;
    }
    if (lseek(s->fd, 0, SEEK_SET) != 0)
        return sk_fail_errno(&rd->rcx,
                             "\"%.*s\" cannot be read from its beginning; save it as a file",
                             SK_P(s->name));
    size_t n = 0;
    while (n < SNIFF_BYTES) {
        ssize_t got = pread(s->fd, buf + n, SNIFF_BYTES - n, (off_t)n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return sk_fail_errno(&rd->rcx, "cannot read \"%.*s\"", SK_P(s->name));
        if (got == 0)
            break;
        n += (size_t)got;
    }
    *ret_head = (sk_str){buf, n};
    return SK_OK;
}

static bool is_json_name(sk_str name)
{
    return sk_str_ends(name, SK_S(".jsonl")) || sk_str_ends(name, SK_S(".ndjson")) ||
           sk_str_ends(name, SK_S(".json"));
}

static sk_rc read_all(claims_reader *rd)
{
    char buf[SNIFF_BYTES];
    sk_str head;
    SK_TRY(peek(rd, buf, &head));
    if (sk_str_starts(head, SK_S("\xEF\xBB\xBF")))
        head = sk_str_sub(head, 3, head.n);
    sk_str text = sk_str_trim(head);
    if (text.n == 0 && head.n < SNIFF_BYTES - 3) {
        sk_claims__fault(rd, NULL, SK_NONE, "the file is empty");
        return SK_OK;
    }
    if (text.n && text.p[0] == '[') {
        sk_claims__fault(rd, NULL, SK_NONE,
                         "a JSON array; write one object a line, without [ and ,");
        return SK_OK;
    }
    bool is_json = (text.n && text.p[0] == '{') || is_json_name(rd->source->name);
    return is_json ? sk_claims__read_json(rd) : read_csv(rd);
}

/* ---- the two passes ---- */

/* Copy what the report points to out of keep, which goes. */
static sk_claims_fault *copied(sk_arena *a, const sk_claims_fault *faults, size_t n)
{
    sk_claims_fault *copy = sk_new_array(a, sk_claims_fault, n);
    for (size_t i = 0; i < n; i++) {
        copy[i] = faults[i];
        copy[i].place.column = sk_str_copy(a, faults[i].place.column);
        copy[i].value = sk_str_copy(a, faults[i].value);
        copy[i].message = sk_str_copy(a, faults[i].message);
    }
    return copy;
}

/* Runs one pass. rcx is the caller's context but for arena and error, which stay apart. */
static sk_rc run(sk_ctx *cx, const sk_claims_source *source, sk_claims_fn *fn, void *arg,
                 sk_claims_report *ret_report)
{
    claims_reader *rd = sk_xmalloc(sizeof *rd);
    *rd = (claims_reader){.cx = cx, .source = source, .fn = fn, .fn_arg = arg, .rcx = *cx};
    rd->rcx.arena = SK_ARENA_INIT;
    sk_forgive(&rd->rcx);
    sk_rc rc = read_all(rd);
    if (rc && rd->rcx.rc)
        rc = sk_fail(cx, rc, "%s", rd->rcx.message);
    if (rc == SK_OK && fn && rd->report.n_faults)
        rc = sk_fail(cx, SK_E_FORMAT, "%.*s: %s", SK_P(source->name),
                     sk_claims_fault_text(&cx->arena, &rd->faults[0]).p);
    if (rc == SK_OK && ret_report) {
        *ret_report = rd->report;
        ret_report->faults = copied(&cx->arena, rd->faults, rd->report.n_faults_kept);
        ret_report->warnings = copied(&cx->arena, rd->warnings, rd->report.n_warnings_kept);
    }
    sk_arena_done(&rd->rcx.arena);
    sk_arena_done(&rd->keep);
    free(rd);
    return rc;
}

sk_rc sk_claims_file_check(sk_ctx *cx, const sk_claims_source *source, sk_claims_report *ret_report)
{
    return run(cx, source, NULL, NULL, ret_report);
}

sk_rc sk_claims_file_each(sk_ctx *cx, const sk_claims_source *source, sk_claims_fn *fn, void *arg,
                          sk_claims_report *ret_report)
{
    sk_assert(fn);
    return run(cx, source, fn, arg, ret_report);
}
