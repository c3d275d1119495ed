/* Rows of a claim file that is JSON lines: one object a line, keys as the columns of CSV.
 *
 * A value is a string, a number, true or false, null (nothing), or an array of strings and numbers
 * where a cell may hold several. A line that is no such object is a fault; the next line is read. */
#include "base/progress.h"
#include "exchange/claims/claims_priv.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <unistd.h>

enum { READ_BYTES = 65536 };

/* ---- lines ---- */

typedef struct line_source {
    const claims_reader *rd;
    char *block; /* read from fd; NULL: the source is in memory */
    sk_str rest; /* bytes at hand */
    bool is_at_end;
    sk_buf line; /* a line that did not end in one block */
} line_source;

static sk_rc more(claims_reader *rd, line_source *ls)
{
    if (!ls->block) {
        ls->is_at_end = true;
        return SK_OK;
    }
    ssize_t got;
    do
        got = read(rd->source->fd, ls->block, READ_BYTES);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return sk_fail_errno(&rd->rcx, "cannot read \"%.*s\"", SK_P(rd->source->name));
    ls->is_at_end = got == 0;
    ls->rest = (sk_str){ls->block, (size_t)got};
    return SK_OK;
}

/* The next line without its LF, in ls->line; *ret_more is false behind the last one. A line above
 * the ceiling leaves overflow set and is passed over to its end. */
static sk_rc next_line(claims_reader *rd, line_source *ls, uint64_t *ret_bytes, bool *ret_more)
{
    sk_buf_reset(&ls->line);
    *ret_bytes = 0;
    for (;;) {
        if (ls->rest.n == 0 && !ls->is_at_end)
            SK_TRY(more(rd, ls));
        if (ls->rest.n == 0 && ls->is_at_end) {
            *ret_more = *ret_bytes > 0;
            return SK_OK;
        }
        const char *lf = memchr(ls->rest.p, '\n', ls->rest.n);
        size_t n = lf ? (size_t)(lf - ls->rest.p) : ls->rest.n;
        sk_buf_add(&ls->line, sk_str_sub(ls->rest, 0, n));
        *ret_bytes += n + (lf != NULL);
        ls->rest = sk_str_sub(ls->rest, n + (lf != NULL), ls->rest.n);
        *ret_more = true;
        if (lf)
            return SK_OK;
    }
}

/* ---- values ---- */

/* A number as the digits it was meant to have: reals only if 15 digits say it exactly. */
static bool number_text(sk_arena *a, const json_t *v, sk_str *ret_text)
{
    char digits[40];
    if (json_is_integer(v)) {
        *ret_text = sk_fmt(a, "%lld", (long long)json_integer_value(v));
        return true;
    }
    snprintf(digits, sizeof digits, "%.15g", json_real_value(v));
    *ret_text = sk_str_copy(a, sk_str_of(digits));
    double again = strtod(digits, NULL);
    return again >= json_real_value(v) && again <= json_real_value(v);
}

static bool scalar_text(claims_reader *rd, const char *key, const json_t *v, sk_str *ret_text)
{
    sk_arena *a = &rd->rcx.arena;
    if (json_is_string(v))
        *ret_text = sk_str_copy(a, (sk_str){json_string_value(v), json_string_length(v)});
    else if (json_is_boolean(v))
        *ret_text = json_is_true(v) ? SK_S("yes") : SK_S("no");
    else if (!json_is_number(v))
        sk_claims__fault(rd, key, SK_NONE, "%s; write text, a number, or a list of them",
                         json_is_object(v) ? "an object cannot be a value"
                                           : "a list or null cannot stand inside a list");
    else if (!number_text(a, v, ret_text))
        sk_claims__fault(rd, key, *ret_text, "the number has too many digits; write it as text");
    else
        return true;
    return json_is_string(v) || json_is_boolean(v);
}

static bool array_items(claims_reader *rd, const char *key, const json_t *v, claims_cell *cell)
{
    size_t n = json_array_size(v);
    sk_str *items = sk_new_array(&rd->rcx.arena, sk_str, n);
    for (size_t i = 0; i < n; i++)
        if (!scalar_text(rd, key, json_array_get(v, i), &items[i]))
            return false;
    cell->items = items;
    cell->n_items = n;
    return true;
}

/* The column of a key, remembered; an unknown key is reported for each line that has it. */
static const claims_column *column_of(claims_reader *rd, sk_str key)
{
    for (size_t i = 0; i < rd->n_columns; i++)
        if (sk_str_eq(rd->columns[i].name, key))
            return &rd->columns[i];
    claims_column c = sk_claims__column_of(rd, key);
    if (c.col == COL_UNKNOWN || rd->n_columns == SK_LIM_CLAIM_COLUMNS) {
        claims_column *once = sk_new(&rd->rcx.arena, claims_column);
        *once = c;
        return once;
    }
    SK_GROW(&rd->keep, rd->columns, rd->n_columns, rd->cap_columns); /* cells point to old copies */
    rd->columns[rd->n_columns] = c;
    return &rd->columns[rd->n_columns++];
}

static sk_rc take_object(claims_reader *rd, json_t *object)
{
    claims_cell *cells = sk_new_array(&rd->rcx.arena, claims_cell, json_object_size(object));
    size_t n = 0;
    for (void *it = json_object_iter(object); it; it = json_object_iter_next(object, it)) {
        const json_t *v = json_object_iter_value(it);
        const char *key = json_object_iter_key(it);
        claims_cell cell = {.column = column_of(rd, sk_str_of(key))};
        if (json_is_null(v) || cell.column->col == COL_REMARK)
            continue;
        if (cell.column->col == COL_UNNAMED)
            sk_claims__fault(rd, NULL, SK_NONE, "a key is empty");
        bool good =
            json_is_array(v) ? array_items(rd, key, v, &cell) : scalar_text(rd, key, v, &cell.text);
        if (good && (cell.n_items || sk_str_trim(cell.text).n))
            cells[n++] = cell;
    }
    return sk_claims__take_row(rd, cells, n);
}

static sk_rc take_line(claims_reader *rd, sk_str line)
{
    json_error_t error;
    json_t *object = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, &error);
    if (!object) {
        sk_claims__fault(rd, NULL, SK_NONE,
                         "not a JSON object on one line: %.120s, at byte %d of the line",
                         error.text, error.position);
        return SK_OK;
    }
    sk_rc rc = SK_OK;
    if (json_is_object(object))
        rc = take_object(rd, object);
    else
        sk_claims__fault(rd, NULL, SK_NONE, "a JSON array; write one object a line");
    json_decref(object);
    return rc;
}

static sk_rc read_lines(claims_reader *rd, line_source *ls)
{
    uint64_t offset = 0, bytes;
    for (bool is_more = true;;) {
        SK_TRY(next_line(rd, ls, &bytes, &is_more));
        if (!is_more)
            return SK_OK;
        uint64_t row = rd->place.row + 1;
        rd->place = (sk_claims_place){row, row, offset, offset + ls->line.n, SK_NONE};
        rd->faults_before = rd->report.n_faults;
        offset += bytes;
        sk_progress_add(rd->cx->progress, bytes);
        sk_str line = sk_buf_str(&ls->line);
        if (row == 1 && sk_str_starts(line, SK_S("\xEF\xBB\xBF")))
            line = sk_str_sub(line, 3, line.n);
        if (rd->cx->cancelled && row % 256 == 0 && rd->cx->cancelled(rd->cx->cancelled_arg))
            return sk_fail(&rd->rcx, SK_E_CANCELLED, "stopped at row %llu",
                           (unsigned long long)row);
        if (ls->line.overflow)
            sk_claims__fault(rd, NULL, SK_NONE, "the line is longer than %zu bytes",
                             SK_LIM_CLAIM_LINE_BYTES);
        else if (sk_str_trim(line).n)
            SK_TRY(take_line(rd, line));
        sk_arena_done(&rd->rcx.arena);
    }
}

sk_rc sk_claims__read_json(claims_reader *rd)
{
    line_source ls = {.rd = rd, .rest = rd->source->bytes};
    sk_buf_init(&ls.line, SK_LIM_CLAIM_LINE_BYTES);
    if (rd->source->fd >= 0) {
        ls.block = sk_xmalloc(READ_BYTES);
        ls.rest = SK_NONE;
    }
    sk_rc rc = read_lines(rd, &ls);
    free(ls.block);
    sk_buf_done(&ls.line);
    return rc;
}
