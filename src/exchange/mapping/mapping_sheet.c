#include "exchange/mapping/mapping_sheet.h"

#include "base/buf.h"
#include "exchange/mapping/mapping_priv.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct sk_sheet {
    sk_cells *cells;
    sk_sheet_opts opts;
    bool is_text; /* a CSV: cells may be guarded */
    bool has_end;
    bool has_heading;
    sk_arena memory; /* headings of the sheet in hand */
    sk_sheet_column *columns;
    size_t n_columns;
    sk_str sheet; /* name of the one in hand; in memory */
    uint64_t heading_row;
    sk_str heading_place;
    uint64_t heading_from, heading_to;
    sk_str *heading_cells;
    bool has_pending, is_tags; /* the row behind the heading was read already */
    sk_cells_row pending;
    sk_str *dense; /* the row in hand */
    size_t cap;
};

/* ---- the small ones ---- */

size_t sk_column_of_letters(sk_str letters)
{
    size_t n = 0;
    for (size_t i = 0; i < letters.n; i++) {
        if (letters.p[i] < 'A' || letters.p[i] > 'Z' || i == 4)
            return SK_MAPPING_NONE;
        n = n * 26 + (size_t)(letters.p[i] - 'A') + 1;
    }
    return n ? n - 1 : SK_MAPPING_NONE;
}

sk_str sk_cell_unguarded(sk_str cell)
{
    static const char *const acts[] = {"=", "+", "-", "@", "\t", "＝", "＋", "－", "＠", "'"};
    if (cell.n < 2 || cell.p[0] != '\'')
        return cell;
    sk_str behind = sk_str_sub(cell, 1, cell.n);
    for (size_t i = 0; i < SK_COUNT(acts); i++)
        if (sk_str_starts(behind, sk_str_of(acts[i])))
            return behind;
    return cell;
}

static bool is_tag_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool sk_is_hxl_tag(sk_str s)
{
    s = sk_str_trim(s);
    if (s.n < 2 || s.p[0] != '#' || !is_tag_char(s.p[1]) || (s.p[1] >= '0' && s.p[1] <= '9'))
        return false;
    for (size_t i = 1; i < s.n; i++)
        if (!is_tag_char(s.p[i]) && s.p[i] != '+' && s.p[i] != ' ')
            return false;
    return true;
}

sk_sheet_opts sk_sheet_opts_of(const sk_source *src)
{
    return (sk_sheet_opts){.cells = {.sep = src->options.sep,
                                     .charset = src->options.charset,
                                     .sheet = src->options.sheet,
                                     .extractor = src->extractor}};
}

sk_import_place sk_sheet_place(const sk_sheet_row *row, size_t file)
{
    return (sk_import_place){.file = file,
                             .row = row->row,
                             .from = row->from,
                             .to = row->to,
                             .place = row->place,
                             .cells = row->cells,
                             .n_cells = row->n};
}

/* ---- opening ---- */

/* Text, and does it end in a line end? In UTF-16 the line end has a zero byte at one side. */
static sk_rc look_at_ends(sk_ctx *cx, const sk_source_file *file, bool *ret_text, bool *ret_ends)
{
    struct stat st;
    unsigned char head[4] = {0}, tail[2] = {0};
    if (fstat(file->fd, &st) || !S_ISREG(st.st_mode) || st.st_size < 2) {
        *ret_text = *ret_ends = true; /* sk_cells_open says what is wrong with it */
        return SK_OK;
    }
    if (pread(file->fd, head, sizeof head, 0) < 2 || pread(file->fd, tail, 2, st.st_size - 2) != 2)
        return sk_fail_errno(cx, "cannot read \"%.*s\"", SK_P(file->name));
    bool is_zip = memcmp(head, "PK\x03\x04", 4) == 0 || memcmp(head, "PK\x05\x06", 4) == 0;
    bool is_old_office = memcmp(head, "\xD0\xCF\x11\xE0", 4) == 0;
    bool is_utf16 = (head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF);
    unsigned char last = is_utf16 && head[0] == 0xFF ? tail[0] : tail[1];
    *ret_text = !is_zip && !is_old_office && head[0] != '<';
    /* 1A ended texts of old systems, on a line of its own */
    *ret_ends = last == '\n' || last == '\r' || (last == 0x1A && tail[0] == '\n');
    return SK_OK;
}

sk_rc sk_sheet_open(sk_ctx *cx, const sk_source_file *file, const sk_sheet_opts *opts,
                    sk_sheet **ret_sheet)
{
    static const sk_sheet_opts defaults = {0};
    bool is_text = false, ends = false;
    opts = opts ? opts : &defaults;
    SK_TRY(look_at_ends(cx, file, &is_text, &ends));
    if (is_text && !ends && !opts->last_row_whole)
        return sk_fail(
            cx, SK_E_FORMAT,
            "\"%.*s\": the last line has no end, so the file may have been cut short; if "
            "it is whole, %s",
            SK_P(file->name), opts->advice ? opts->advice : "add a line end to it");
    sk_cells *cells;
    SK_TRY(sk_cells_open(cx, file, &opts->cells, &cells));
    sk_sheet *s = sk_xmalloc(sizeof *s);
    *s = (sk_sheet){.cells = cells, .opts = *opts, .is_text = is_text, .has_end = !is_text || ends};
    *ret_sheet = s;
    return SK_OK;
}

void sk_sheet_close(sk_sheet *s)
{
    if (!s)
        return;
    sk_cells_close(s->cells);
    sk_arena_done(&s->memory);
    free(s->dense);
    free(s);
}

const sk_sheet_column *sk_sheet_columns(const sk_sheet *s, size_t *ret_n)
{
    *ret_n = s->n_columns;
    return s->columns;
}

bool sk_sheet_has_end(const sk_sheet *s)
{
    return s->has_end;
}

sk_str sk_sheet_note(const sk_sheet *s)
{
    return sk_cells_note(s->cells);
}

/* ---- rows ---- */

/* Cells in the columns' places: a spreadsheet leaves empty ones out and names the rest. */
static sk_rc make_dense(sk_ctx *cx, sk_sheet *s, const sk_cells_row *row, size_t *ret_n)
{
    size_t n = s->n_columns;
    for (size_t i = 0; i < row->n; i++) {
        size_t at = sk_column_of_letters(row->names[i]);
        if (at == SK_MAPPING_NONE || at >= 32768)
            return sk_fail(cx, SK_E_FORMAT, "row %llu: a cell stands in no column \"%.*s\"",
                           (unsigned long long)row->row, SK_P(row->names[i]));
        n = at + 1 > n ? at + 1 : n;
    }
    if (n > s->cap) {
        s->cap = n * 2;
        s->dense = sk_xrealloc(s->dense, s->cap * sizeof *s->dense);
    }
    for (size_t i = 0; i < n; i++)
        s->dense[i] = SK_NONE;
    for (size_t i = 0; i < row->n; i++)
        s->dense[sk_column_of_letters(row->names[i])] =
            s->is_text ? sk_cell_unguarded(row->cells[i]) : row->cells[i];
    *ret_n = n;
    return SK_OK;
}

static bool is_blank(const sk_str *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (sk_str_trim(cells[i]).n)
            return false;
    return true;
}

/* Every cell that is not empty is a tag, and there is one. */
static bool are_tags(const sk_str *cells, size_t n)
{
    size_t tags = 0;
    for (size_t i = 0; i < n; i++) {
        if (!sk_str_trim(cells[i]).n)
            continue;
        if (!sk_is_hxl_tag(cells[i]))
            return false;
        tags++;
    }
    return tags > 0;
}

static sk_str letters_of(sk_arena *a, size_t i)
{
    char text[8], *p = text + sizeof text;
    for (size_t n = i + 1; n; n = (n - 1) / 26)
        *--p = (char)('A' + (n - 1) % 26);
    return sk_str_copy(a, sk_str_range(p, text + sizeof text));
}

static sk_rc set_columns(sk_ctx *cx, sk_sheet *s, size_t n)
{
    size_t bytes = 0;
    s->columns = sk_new_array(&s->memory, sk_sheet_column, n);
    s->heading_cells = sk_new_array(&s->memory, sk_str, n);
    s->n_columns = n;
    for (size_t i = 0; i < n; i++) {
        bytes += s->dense[i].n;
        if (bytes > SK_LIM_SHEET_HEADINGS)
            return sk_fail(cx, SK_E_LIMIT, "the headings have more than %zu bytes",
                           SK_LIM_SHEET_HEADINGS);
        s->heading_cells[i] = sk_str_copy(&s->memory, s->dense[i]);
        s->columns[i].letter = letters_of(&s->memory, i);
        s->columns[i].name =
            s->opts.no_heading ? s->columns[i].letter : sk_str_trim(s->heading_cells[i]);
        s->columns[i].folded = sk_mapping__fold(&s->memory, s->columns[i].name);
    }
    return SK_OK;
}

/* Look one row ahead: HXL tags belong to the columns before anybody asks for them. */
static sk_rc look_for_tags(sk_ctx *cx, sk_sheet *s)
{
    size_t n;
    SK_TRY(sk_cells_next(cx, s->cells, &s->pending));
    s->has_pending = true;
    if (!s->pending.n || !sk_str_eq(s->pending.sheet, s->sheet))
        return SK_OK;
    SK_TRY(make_dense(cx, s, &s->pending, &n));
    s->is_tags = are_tags(s->dense, n);
    for (size_t i = 0; s->is_tags && i < s->n_columns; i++)
        s->columns[i].tag = sk_str_copy(&s->memory, sk_str_trim(s->dense[i]));
    return SK_OK;
}

static sk_rc take_heading(sk_ctx *cx, sk_sheet *s, size_t n, const sk_cells_row *row,
                          sk_sheet_row *ret_row)
{
    s->has_heading = true;
    SK_TRY(set_columns(cx, s, n));
    bool is_tags = are_tags(s->dense, n);
    for (size_t i = 0; is_tags && i < n; i++)
        s->columns[i].tag = s->columns[i].name;
    sk_str place = sk_str_copy(&s->memory, row->place);
    *ret_row = (sk_sheet_row){.kind = SK_SHEET_HEADING,
                              .cells = s->heading_cells,
                              .n = n,
                              .row = row->row,
                              .from = row->from,
                              .to = row->to,
                              .place = place,
                              .sheet = s->sheet};
    return is_tags ? SK_OK : look_for_tags(cx, s);
}

/* Without headings the first row says how many columns there are; it is a row itself. */
static sk_rc no_heading(sk_ctx *cx, sk_sheet *s, size_t n, const sk_cells_row *row,
                        sk_sheet_row *ret_row)
{
    s->has_heading = s->has_pending = true;
    s->pending = *row;
    SK_TRY(set_columns(cx, s, n));
    *ret_row = (sk_sheet_row){.kind = SK_SHEET_HEADING, .sheet = s->sheet};
    return SK_OK;
}

static void begin_sheet(sk_sheet *s, sk_str name)
{
    s->has_heading = s->is_tags = false;
    s->n_columns = 0;
    sk_arena_done(&s->memory);
    s->sheet = sk_str_copy(&s->memory, name);
}

sk_rc sk_sheet_next(sk_ctx *cx, sk_sheet *s, sk_sheet_row *ret_row)
{
    sk_cells_row row = s->pending;
    size_t n;
    bool is_tags = s->has_pending && s->is_tags;
    if (!s->has_pending)
        SK_TRY(sk_cells_next(cx, s->cells, &row));
    s->has_pending = s->is_tags = false;
    if (!row.n) {
        *ret_row = (sk_sheet_row){.kind = SK_SHEET_END};
        return SK_OK;
    }
    if (!sk_str_eq(row.sheet, s->sheet))
        begin_sheet(s, row.sheet);
    SK_TRY(make_dense(cx, s, &row, &n));
    bool is_here = s->opts.heading ? row.row == s->opts.heading : !is_blank(s->dense, n);
    if (!s->has_heading && s->opts.no_heading)
        return no_heading(cx, s, n, &row, ret_row);
    if (!s->has_heading && is_here)
        return take_heading(cx, s, n, &row, ret_row);
    *ret_row = (sk_sheet_row){.kind = !s->has_heading ? SK_SHEET_ABOVE
                                      : is_tags       ? SK_SHEET_TAGS
                                                      : SK_SHEET_ROW,
                              .cells = s->dense,
                              .n = n,
                              .row = row.row,
                              .from = row.from,
                              .to = row.to,
                              .place = row.place,
                              .sheet = s->sheet};
    return SK_OK;
}

/* ---- columns by name ---- */

static sk_rc not_there(sk_ctx *cx, const sk_sheet *s, sk_str name)
{
    sk_buf b;
    sk_buf_init(&b, SK_LIM_SHEET_HEADINGS + SK_KIB(64));
    for (size_t i = 0; i < s->n_columns && b.n < 600; i++)
        if (s->columns[i].name.n)
            sk_buf_addf(&b, "%s\"%.*s\"", b.n ? ", " : "", SK_P(s->columns[i].name));
    sk_rc rc = sk_fail(cx, SK_E_NOTFOUND, "there is no column \"%.*s\"; the columns are %.*s",
                       SK_P(name), SK_P(sk_buf_str(&b)));
    sk_buf_done(&b);
    return rc;
}

sk_rc sk_sheet_find(sk_ctx *cx, const sk_sheet *s, sk_str name, size_t *ret_column)
{
    if (name.n > 2 && name.p[0] == '[' && name.p[name.n - 1] == ']') {
        size_t i = sk_column_of_letters(sk_str_sub(name, 1, name.n - 2));
        if (i != SK_MAPPING_NONE) {
            *ret_column = i; /* a column beyond the headings is empty, or reported when it is not */
            return i < s->n_columns ? SK_OK : not_there(cx, s, name);
        }
    }
    sk_str folded = sk_mapping__fold(&cx->arena, name);
    for (int loose = 0; loose < 2; loose++) {
        size_t found = SK_MAPPING_NONE;
        for (size_t i = 0; i < s->n_columns; i++) {
            const sk_sheet_column *c = &s->columns[i];
            bool is_it = loose ? sk_str_eq(c->folded, folded)
                               : sk_str_eq(c->name, name) || (c->tag.n && sk_str_eq(c->tag, name));
            if (is_it && found != SK_MAPPING_NONE)
                return sk_fail(
                    cx, SK_E_AMBIGUOUS,
                    "two columns are headed \"%.*s\"; write [%.*s] or [%.*s] for the one "
                    "that you mean",
                    SK_P(name), SK_P(s->columns[found].letter), SK_P(c->letter));
            if (is_it)
                found = i;
        }
        if (found != SK_MAPPING_NONE) {
            *ret_column = found;
            return SK_OK;
        }
    }
    return not_there(cx, s, name);
}
