/* A table of people opened, its columns found by what their headings say, and its rows of cells. */
#include "base/utf8.h"
#include "exchange/asked/asked_private.h"
#include "exchange/import_job.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool has_role(const sk_asked_table *t, role r)
{
    for (size_t i = 0; i < t->n_columns; i++)
        if (t->roles[i] == r)
            return true;
    return false;
}

/* ---- headings ---- */

static sk_rc no_name(sk_ctx *cx, const sk_asked_table *t, const sk_cells_row *row)
{
    sk_str all = SK_S("");
    for (size_t i = 0; i < row->n && i < 20; i++)
        all = sk_fmt(&cx->arena, "%.*s%s\"%.*s\"", SK_P(all), i ? ", " : "", SK_P(row->cells[i]));
    if (t->is_text)
        return sk_fail(cx, SK_E_FORMAT,
                       "no column of names among %.*s; write one name a line, or a first line that "
                       "names the columns: name, born, country",
                       SK_P(all));
    return sk_fail(cx, SK_E_FORMAT,
                   "\"%.*s\": no column of names among %.*s; name it: --column name=HEADING, or "
                   "name=1 for the first column (with --no-heading when there are no headings)",
                   SK_P(t->name), SK_P(all));
}

/* The column that text means: a heading, a letter as spreadsheets have them, or a number from 1. */
static bool find_column(const sk_asked_table *t, const sk_cells_row *row, bool has_heading,
                        sk_str text, size_t *ret_column)
{
    uint64_t number;
    for (size_t i = 0; has_heading && i < row->n && i < t->n_columns; i++)
        if (sk_str_eq_nocase(sk_str_trim(row->cells[i]), text)) {
            *ret_column = i;
            return true;
        }
    for (size_t i = 0; i < t->n_columns; i++)
        if (sk_str_eq(t->columns[i], text)) {
            *ret_column = i;
            return true;
        }
    if (!sk_str_to_u64(text, &number) || number < 1 || number > t->n_columns)
        return false;
    *ret_column = (size_t)number - 1;
    return true;
}

static sk_rc take_columns(sk_ctx *cx, sk_asked_table *t, const sk_cells_row *row, bool has_heading,
                          const sk_asked_options *o)
{
    bool told[ROLES] = {false};
    for (size_t i = 0; i < o->n_columns; i++) {
        sk_str heading;
        size_t at;
        role r;
        SK_TRY(asked_read_told(cx, o->columns[i], &r, &heading));
        if (!find_column(t, row, has_heading, heading, &at))
            return sk_fail(cx, SK_E_FORMAT, "\"%.*s\" has no column \"%.*s\"", SK_P(t->name),
                           SK_P(heading));
        for (size_t k = 0; !told[r] && k < t->n_columns; k++) /* instead of what headings say */
            if (t->roles[k] == r)
                t->roles[k] = ROLE_NONE;
        told[r] = true;
        t->roles[at] = (uint8_t)r;
    }
    return SK_OK;
}

static sk_rc read_heading(sk_ctx *cx, sk_asked_table *t, const sk_asked_options *o)
{
    sk_cells_row row;
    bool has_heading = !o->no_heading;
    do
        SK_TRY(sk_cells_next(cx, t->cells, &row));
    while (row.n && row.is_blank);
    if (!row.n)
        return sk_fail(cx, SK_E_FORMAT, "\"%.*s\" has no rows", SK_P(t->name));
    if (row.n > SK_LIM_SCREEN_COLUMNS)
        return sk_fail(cx, SK_E_LIMIT, "\"%.*s\" has %zu columns, the most is %d", SK_P(t->name),
                       row.n, SK_LIM_SCREEN_COLUMNS);
    t->n_columns = row.n;
    for (size_t i = 0; i < row.n; i++) {
        t->columns[i] = sk_str_copy(&cx->arena, row.names[i]);
        if (has_heading)
            t->roles[i] = (uint8_t)asked_role_of_heading(cx, sk_str_trim(row.cells[i]));
    }
    SK_TRY(take_columns(cx, t, &row, has_heading, o));
    if (!has_role(t, ROLE_NAME) && !has_role(t, ROLE_LAST) && !has_role(t, ROLE_ID))
        return no_name(cx, t, &row);
    t->pending = row;
    t->has_heading = has_heading;
    t->has_pending = !has_heading;
    return SK_OK;
}

/* ---- opening ---- */

/* JSON lines begin with an object. */
static bool is_json(const sk_asked_table *t)
{
    char head[256];
    ssize_t n = pread(t->fd, head, sizeof head, 0);
    ssize_t i = n >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (i < n && (head[i] == ' ' || head[i] == '\n' || head[i] == '\r' || head[i] == '\t'))
        i++;
    return i < n && head[i] == '{';
}

static sk_rc open_table(sk_ctx *cx, sk_asked_table *t, const sk_asked_options *o)
{
    struct stat st;
    if (fstat(t->fd, &st))
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(t->name));
    if (!S_ISREG(st.st_mode))
        return sk_fail(cx, SK_E_FORMAT, "\"%.*s\" is no file; save it as one first", SK_P(t->name));
    sk_source_file file = {.name = t->name, .fd = t->fd};
    SK_TRY(sk_source_file_hash(cx, &file));
    t->hash = file.hash;
    if (t->is_plain || is_json(t))
        return asked_lines_open(cx, t, o);
    sk_cells_opts opts = {0};
    SK_TRY(sk_cells_open(cx, &file, &opts, &t->cells));
    return read_heading(cx, t, o);
}

static sk_rc open_made(sk_ctx *cx, sk_asked_table *t, const sk_asked_options *options,
                       sk_asked_table **ret_table)
{
    static const sk_asked_options none;
    sk_json_doc_init(&t->doc);
    sk_rc rc = open_table(cx, t, options ? options : &none);
    if (rc)
        sk_asked_table_close(t);
    else
        *ret_table = t;
    return rc;
}

sk_rc sk_asked_table_open(sk_ctx *cx, sk_str path, const sk_asked_options *options,
                          sk_asked_table **ret_table)
{
    sk_asked_table *t = sk_new(&cx->arena, sk_asked_table);
    t->name = path;
    t->fd = open(sk_str_c(&cx->arena, path), O_RDONLY | O_CLOEXEC);
    if (t->fd < 0)
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(path));
    return open_made(cx, t, options, ret_table);
}

sk_rc sk_asked_table_of_file(sk_ctx *cx, int fd, sk_str name, const sk_asked_options *options,
                             sk_asked_table **ret_table)
{
    sk_asked_table *t = sk_new(&cx->arena, sk_asked_table);
    t->name = name;
    t->fd = fd;
    return open_made(cx, t, options, ret_table);
}

/* ---- pasted text ---- */

static sk_rc write_all(sk_ctx *cx, int fd, sk_str text)
{
    while (text.n) {
        ssize_t n = write(fd, text.p, text.n);
        if (n < 0)
            return sk_fail_errno(cx, "the text");
        text = sk_str_sub(text, (size_t)n, text.n);
    }
    return lseek(fd, 0, SEEK_SET) ? sk_fail_errno(cx, "the text") : SK_OK;
}

/* A first line of one cell that names no column is a name already, and so is every line. Signs that
 * stand between cells and in no name make it a table, which must have headings. */
static bool is_list_of_names(sk_ctx *cx, sk_str text)
{
    sk_str rest = text, line = SK_S(""), piece;
    bool names_column = false;
    if (sk_str_trim(text).n && sk_str_trim(text).p[0] == '{')
        return false;
    while (sk_str_cut(&rest, '\n', &line) && !sk_str_trim(line).n)
        ;
    if (memchr(line.p, '\t', line.n) || memchr(line.p, ';', line.n))
        return false;
    for (rest = sk_str_trim(line); !names_column && sk_str_cut(&rest, ',', &piece);)
        names_column = asked_role_of_heading(cx, sk_str_trim(piece)) != ROLE_NONE;
    return !names_column;
}

sk_rc sk_asked_table_of_text(sk_ctx *cx, sk_str text, const sk_asked_options *options,
                             sk_asked_table **ret_table)
{
    if (text.n > SK_LIM_ASKED_TEXT_BYTES)
        return sk_fail(cx, SK_E_LIMIT,
                       "the text has %zu bytes; at most %zu are read: save it as a "
                       "file",
                       text.n, (size_t)SK_LIM_ASKED_TEXT_BYTES);
    if (!sk_str_trim(text).n)
        return sk_fail(cx, SK_E_FORMAT, "the text is empty; write one name a line");
    sk_asked_table *t = sk_new(&cx->arena, sk_asked_table);
    t->name = SK_S("the text");
    t->is_text = true;
    t->is_plain = !(options && options->n_columns) && is_list_of_names(cx, text);
    t->fd = memfd_create("sillok-asked", MFD_CLOEXEC);
    if (t->fd < 0)
        return sk_fail_errno(cx, "the text");
    sk_rc rc = write_all(cx, t->fd, text);
    if (rc) {
        close(t->fd);
        return rc;
    }
    return open_made(cx, t, options, ret_table);
}

/* ---- life ---- */

void sk_asked_table_close(sk_asked_table *t)
{
    if (!t)
        return;
    sk_cells_close(t->cells);
    sk_lines_close(t->lines);
    sk_json_doc_done(&t->doc);
    close(t->fd);
}

const sk_hash *sk_asked_table_hash(const sk_asked_table *t)
{
    return &t->hash;
}

/* A member that was told and that no line had is likely misspelled. */
sk_str sk_asked_table_note(sk_ctx *cx, const sk_asked_table *t)
{
    for (size_t i = 0; i < t->n_told; i++)
        if (!t->told[i].was_met)
            return sk_fmt(&cx->arena, "no line of \"%.*s\" has a member \"%.*s\"", SK_P(t->name),
                          SK_P(t->told[i].name));
    return t->cells ? sk_cells_note(t->cells) : SK_S("");
}

/* ---- rows ---- */

/* The column of a cell, looked for from the one before: a sheet leaves empty cells out. */
static bool column_of(const sk_asked_table *t, sk_str name, size_t *column)
{
    for (size_t i = *column; i < t->n_columns; i++)
        if (sk_str_eq(t->columns[i], name)) {
            *column = i;
            return true;
        }
    return false;
}

static sk_rc next_cells(sk_ctx *cx, sk_asked_table *t, sk_asked_row *ret_row)
{
    sk_cells_row row = t->pending;
    if (!t->has_pending)
        SK_TRY(sk_cells_next(cx, t->cells, &row));
    t->has_pending = false;
    *ret_row = (sk_asked_row){.row = row.n ? row.row : 0};
    row_words *w = asked_row_begin(cx);
    size_t column = 0, filled = 0, beside = 0;
    for (size_t i = 0; i < row.n; i++) {
        bool is_filled = sk_str_trim(row.cells[i]).n > 0;
        filled += is_filled;
        if (column_of(t, row.names[i], &column))
            asked_row_cell(w, (role)t->roles[column], row.cells[i]);
        else
            beside += is_filled;
    }
    if (beside)
        asked_row_warn(w, sk_fmt(&cx->arena,
                                 "%zu cell%s of no column that the %s has %s passed over", beside,
                                 beside == 1 ? "" : "s", t->has_heading ? "heading" : "first row",
                                 beside == 1 ? "is" : "are"));
    ret_row->is_blank = !filled;
    asked_row_end(w, ret_row);
    return SK_OK;
}

sk_rc sk_asked_table_next(sk_ctx *cx, sk_asked_table *t, sk_asked_row *ret_row)
{
    return t->lines ? asked_lines_next(cx, t, ret_row) : next_cells(cx, t, ret_row);
}
