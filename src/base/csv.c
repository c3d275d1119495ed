#include "base/csv.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { READ_BYTES = 65536, DETECT_ROWS = 50, DIAGNOSIS_BYTES = 600 };

/* What a byte can do; everything else is plain and taken in runs. */
enum { IS_SEP = 1, IS_QUOTE = 2, IS_LINE_END = 4, IS_NUL = 8 };

struct sk_csv {
    int fd;         /* -1: not from a descriptor   */
    FILE *file;     /* NULL: not from a stream     */
    char *own;      /* read buffer; NULL: memory   */
    const char *in; /* bytes at hand: in[at..end)  */
    size_t at, end;
    uint64_t offset; /* of in[0] in the file        */
    bool is_all_read;
    bool skip_lf;    /* the row ended in CR: an LF right behind belongs to it */
    bool in_line_cr; /* the same inside a quoted cell, for counting lines     */
    char sep;
    unsigned char class[256];
    sk_buf bytes;   /* cells of the row, NUL behind each */
    size_t *starts; /* n_cells + 1 of them are in use    */
    sk_str *cells;
    size_t n_cells, cap;
    uint64_t row, line, row_line;
    sk_rc failed;
    char *name;
    char diagnosis[DIAGNOSIS_BYTES];
};

/* Bring more bytes; with keep, what is at hand stays in front. Returns false on a read error. */
static bool fill(sk_csv *r)
{
    if (r->is_all_read || !r->own)
        return true;
    size_t kept = r->end - r->at;
    memmove(r->own, r->own + r->at, kept);
    r->offset += r->at;
    r->at = 0;
    r->end = kept;
    ssize_t got;
    if (r->file) {
        got = (ssize_t)fread(r->own + kept, 1, READ_BYTES - kept, r->file);
        if (got == 0 && ferror(r->file))
            return false;
    } else {
        do
            got = read(r->fd, r->own + kept, READ_BYTES - kept);
        while (got < 0 && errno == EINTR);
    }
    if (got < 0)
        return false;
    r->is_all_read = got == 0;
    r->end += (size_t)got;
    return true;
}

static bool has_byte(sk_csv *r, bool *ret_ok)
{
    while (r->at == r->end && !r->is_all_read && r->own)
        if (!fill(r)) {
            *ret_ok = false;
            return false;
        }
    return r->at < r->end;
}

static uint64_t position(const sk_csv *r)
{
    return r->offset + r->at;
}

/* How well sep splits the bytes at hand: rows with as many separators as the first, times the
 * separators. A row that the buffer cuts off is left out. */
static double score_of(const sk_csv *r, char sep)
{
    size_t rows = 0, like_first = 0, first = 0, count = 0, blank_from = r->at;
    bool quoted = false, at_start = true;
    size_t stop = r->end - r->at > READ_BYTES ? r->at + READ_BYTES : r->end;
    for (size_t i = r->at; i < stop && rows < DETECT_ROWS; i++) {
        char c = r->in[i];
        if (c == '"' && (quoted || at_start))
            quoted = !quoted;
        else if (!quoted && c == sep)
            count++;
        bool ends = !quoted && (c == '\n' || c == '\r' || (i + 1 == r->end && r->is_all_read));
        if (ends && i > blank_from) {
            if (rows++ == 0)
                first = count;
            like_first += count == first;
        }
        if (ends) {
            count = 0;
            blank_from = i + 1;
        }
        at_start = ends || c == sep || (c == '"' && at_start);
    }
    return rows && first ? (double)like_first / (double)rows * 1000 + (double)first : 0;
}

static char detect(const sk_csv *r)
{
    static const char candidates[] = {',', ';', '\t', '|'};
    char best = ',';
    double best_score = 0;
    for (size_t i = 0; i < SK_COUNT(candidates); i++) {
        double score = score_of(r, candidates[i]);
        if (score > best_score) {
            best_score = score;
            best = candidates[i];
        }
    }
    return best;
}

static bool has_head(const sk_csv *r, const char *head, size_t n)
{
    return r->end - r->at >= n && memcmp(r->in + r->at, head, n) == 0;
}

/* Read ahead, look at the byte order mark, choose the separator. */
static sk_rc start(sk_ctx *cx, sk_csv *r, char sep)
{
    while (r->own && !r->is_all_read && r->end < READ_BYTES)
        if (!fill(r))
            return sk_fail_errno(cx, "cannot read \"%s\"", r->name);
    if (!r->own)
        r->is_all_read = true;
    if (has_head(r, "\xFF\xFE", 2) || has_head(r, "\xFE\xFF", 2))
        return sk_fail(cx, SK_E_FORMAT, "%s: the file is UTF-16; save it as \"CSV UTF-8\"",
                       r->name);
    if (has_head(r, "\xEF\xBB\xBF", 3))
        r->at = 3;
    r->sep = sep ? sep : detect(r);
    r->class[(unsigned char)r->sep] |= IS_SEP;
    r->class['"'] |= IS_QUOTE;
    r->class['\n'] |= IS_LINE_END;
    r->class['\r'] |= IS_LINE_END;
    r->class[0] |= IS_NUL;
    return SK_OK;
}

static sk_csv *make(const char *name)
{
    sk_csv *r = sk_xmalloc(sizeof *r);
    *r = (sk_csv){.fd = -1, .line = 1};
    size_t n = strlen(name);
    r->name = sk_xmalloc(n + 1);
    memcpy(r->name, name, n + 1);
    sk_buf_init(&r->bytes, SK_LIM_CSV_ROW_BYTES);
    return r;
}

static sk_rc hand_over(sk_ctx *cx, sk_csv *r, char sep, sk_csv **ret_csv)
{
    sk_assert(sep != '"' && sep != '\n' && sep != '\r');
    sk_rc rc = start(cx, r, sep);
    if (rc)
        sk_csv_close(r);
    else
        *ret_csv = r;
    return rc;
}

sk_rc sk_csv_open_fd(sk_ctx *cx, int fd, const char *name, char sep, sk_csv **ret_csv)
{
    sk_csv *r = make(name);
    r->fd = fd;
    r->in = r->own = sk_xmalloc(READ_BYTES);
    return hand_over(cx, r, sep, ret_csv);
}

sk_rc sk_csv_open_file(sk_ctx *cx, FILE *f, const char *name, char sep, sk_csv **ret_csv)
{
    sk_csv *r = make(name);
    r->file = f;
    r->in = r->own = sk_xmalloc(READ_BYTES);
    return hand_over(cx, r, sep, ret_csv);
}

sk_rc sk_csv_open_mem(sk_ctx *cx, sk_str bytes, const char *name, char sep, sk_csv **ret_csv)
{
    sk_csv *r = make(name);
    r->in = bytes.p ? bytes.p : "";
    r->end = bytes.n;
    return hand_over(cx, r, sep, ret_csv);
}

void sk_csv_close(sk_csv *r)
{
    if (!r)
        return;
    sk_buf_done(&r->bytes);
    free(r->starts);
    free(r->cells);
    free(r->own);
    free(r->name);
    free(r);
}

char sk_csv_separator(const sk_csv *r)
{
    return r->sep;
}

/* Fail here and at every later call. */
SK_PRINTF(4, 5)
static sk_rc fail(sk_ctx *cx, sk_csv *r, sk_rc rc, const char *fmt, ...)
{
    int n = snprintf(r->diagnosis, sizeof r->diagnosis,
                     "%.200s: row %llu (line %llu), column %zu: ", r->name,
                     (unsigned long long)r->row, (unsigned long long)r->row_line, r->n_cells + 1);
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(r->diagnosis + n, sizeof r->diagnosis - (size_t)n, fmt, ap);
    va_end(ap);
    r->failed = rc;
    return sk_fail(cx, rc, "%s", r->diagnosis);
}

/* Append plain bytes to the current cell. */
static sk_rc take(sk_ctx *cx, sk_csv *r, const char *p, size_t n)
{
    size_t so_far = r->bytes.n - r->starts[r->n_cells];
    if (n > SK_LIM_CSV_FIELD_BYTES - so_far)
        return fail(cx, r, SK_E_LIMIT, "the cell is longer than %zu bytes; is a quote missing?",
                    SK_LIM_CSV_FIELD_BYTES);
    sk_buf_add(&r->bytes, (sk_str){p, n});
    if (r->bytes.overflow)
        return fail(cx, r, SK_E_LIMIT, "the row is longer than %zu bytes", SK_LIM_CSV_ROW_BYTES);
    return SK_OK;
}

static void make_room(sk_csv *r)
{
    if (r->n_cells + 2 <= r->cap)
        return;
    r->cap = r->cap ? r->cap * 2 : 64;
    r->starts = sk_xrealloc(r->starts, r->cap * sizeof *r->starts);
    r->cells = sk_xrealloc(r->cells, r->cap * sizeof *r->cells);
}

static sk_rc end_cell(sk_ctx *cx, sk_csv *r)
{
    if (r->n_cells == SK_LIM_CSV_COLUMNS)
        return fail(cx, r, SK_E_LIMIT, "the row has more than %d cells", SK_LIM_CSV_COLUMNS);
    sk_buf_addc(&r->bytes, '\0');
    if (r->bytes.overflow)
        return fail(cx, r, SK_E_LIMIT, "the row is longer than %zu bytes", SK_LIM_CSV_ROW_BYTES);
    r->n_cells++;
    make_room(r);
    r->starts[r->n_cells] = r->bytes.n;
    return SK_OK;
}

/* Count the line ends inside a quoted run: CRLF is one. */
static void count_lines(sk_csv *r, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i] == '\r' || (p[i] == '\n' && !r->in_line_cr))
            r->line++;
        r->in_line_cr = p[i] == '\r';
    }
}

/* The rest of a quoted cell, behind its opening quote, up to and with the closing one. */
static sk_rc read_quoted(sk_ctx *cx, sk_csv *r)
{
    bool ok = true;
    r->in_line_cr = false;
    while (has_byte(r, &ok)) {
        size_t from = r->at;
        while (r->at < r->end && !(r->class[(unsigned char)r->in[r->at]] & (IS_QUOTE | IS_NUL)))
            r->at++;
        count_lines(r, r->in + from, r->at - from);
        SK_TRY(take(cx, r, r->in + from, r->at - from));
        if (r->at == r->end)
            continue;
        if (r->in[r->at] == '\0')
            return fail(cx, r, SK_E_FORMAT, "a NUL byte at byte %llu; is this a text file?",
                        (unsigned long long)position(r));
        r->at++;
        if (!has_byte(r, &ok) || r->in[r->at] != '"')
            return ok ? SK_OK : fail(cx, r, SK_E_IO, "cannot read on");
        SK_TRY(take(cx, r, "\"", 1));
        r->in_line_cr = false;
        r->at++;
    }
    if (!ok)
        return fail(cx, r, SK_E_IO, "cannot read on");
    return fail(cx, r, SK_E_FORMAT,
                "the quote is never closed; close it, or double a quote inside");
}

/* Behind a cell: a separator (more cells follow), a line end or the end of the file. */
static sk_rc read_cell_end(sk_ctx *cx, sk_csv *r, bool was_quoted, bool *ret_row_ends)
{
    bool ok = true, here = has_byte(r, &ok);
    if (!ok)
        return fail(cx, r, SK_E_IO, "cannot read on");
    int class = here ? r->class[(unsigned char)r->in[r->at]] : IS_LINE_END;
    if (here && (class & IS_NUL))
        return fail(cx, r, SK_E_FORMAT, "a NUL byte at byte %llu; is this a text file?",
                    (unsigned long long)position(r));
    if (was_quoted && !(class & (IS_SEP | IS_LINE_END)))
        return fail(cx, r, SK_E_FORMAT,
                    "text behind the closing quote at byte %llu; double a quote inside a cell",
                    (unsigned long long)position(r));
    SK_TRY(end_cell(cx, r));
    *ret_row_ends = (class & IS_LINE_END) != 0;
    if (!*ret_row_ends)
        r->at++;
    return SK_OK;
}

/* A whole cell of n bytes at p. */
static sk_rc put_cell(sk_ctx *cx, sk_csv *r, const char *p, size_t n)
{
    SK_TRY(n > SK_LIM_CSV_FIELD_BYTES ? take(cx, r, p, n) : SK_OK);
    if (r->n_cells == SK_LIM_CSV_COLUMNS)
        return fail(cx, r, SK_E_LIMIT, "the row has more than %d cells", SK_LIM_CSV_COLUMNS);
    char *to = sk_buf_room(&r->bytes, n + 1);
    if (!to)
        return fail(cx, r, SK_E_LIMIT, "the row is longer than %zu bytes", SK_LIM_CSV_ROW_BYTES);
    memcpy(to, p, n);
    to[n] = '\0';
    sk_buf_grew(&r->bytes, n + 1);
    r->n_cells++;
    make_room(r);
    r->starts[r->n_cells] = r->bytes.n;
    return SK_OK;
}

/* The usual cell: all of it at hand, on one line, no quote inside, and its separator or line end
 * behind it. False, and nothing taken, when it is not so. */
static bool is_usual(const sk_csv *r, size_t *ret_from, size_t *ret_to, size_t *ret_end)
{
    bool quoted = r->at < r->end && r->in[r->at] == '"';
    int stops = quoted ? IS_QUOTE | IS_LINE_END | IS_NUL : IS_SEP | IS_LINE_END | IS_NUL;
    size_t i = r->at + quoted;
    while (i < r->end && !(r->class[(unsigned char)r->in[i]] & stops))
        i++;
    *ret_from = r->at + quoted;
    *ret_to = i;
    if (quoted && (i == r->end || r->in[i++] != '"'))
        return false;
    *ret_end = i;
    return i < r->end && (r->class[(unsigned char)r->in[i]] & (IS_SEP | IS_LINE_END));
}

static sk_rc read_cell(sk_ctx *cx, sk_csv *r, bool *ret_row_ends)
{
    bool ok = true;
    size_t first, behind, end;
    if (is_usual(r, &first, &behind, &end)) {
        SK_TRY(put_cell(cx, r, r->in + first, behind - first));
        *ret_row_ends = (r->class[(unsigned char)r->in[end]] & IS_LINE_END) != 0;
        r->at = end + !*ret_row_ends;
        return SK_OK;
    }
    if (has_byte(r, &ok) && r->in[r->at] == '"') {
        r->at++;
        SK_TRY(read_quoted(cx, r));
        return read_cell_end(cx, r, true, ret_row_ends);
    }
    while (has_byte(r, &ok)) {
        size_t from = r->at;
        while (r->at < r->end &&
               !(r->class[(unsigned char)r->in[r->at]] & (IS_SEP | IS_LINE_END | IS_NUL)))
            r->at++;
        SK_TRY(take(cx, r, r->in + from, r->at - from));
        if (r->at < r->end)
            break;
    }
    if (!ok)
        return fail(cx, r, SK_E_IO, "cannot read on");
    return read_cell_end(cx, r, false, ret_row_ends);
}

/* Step over the end of the line before: its LF when it was CRLF. */
static bool begin_row(sk_csv *r, bool *ret_ok)
{
    if (r->skip_lf && has_byte(r, ret_ok) && r->in[r->at] == '\n')
        r->at++;
    r->skip_lf = false;
    r->bytes.n = 0;
    r->n_cells = 0;
    make_room(r);
    r->starts[0] = 0;
    return *ret_ok && has_byte(r, ret_ok);
}

sk_rc sk_csv_next(sk_ctx *cx, sk_csv *r, sk_csv_row *ret_row)
{
    if (r->failed)
        return sk_fail(cx, r->failed, "%s", r->diagnosis);
    bool ok = true, here = begin_row(r, &ok);
    r->row++;
    r->row_line = r->line;
    if (!ok)
        return fail(cx, r, SK_E_IO, "cannot read on");
    if (!here) {
        r->row--;
        *ret_row =
            (sk_csv_row){.row = r->row, .line = r->line, .from = position(r), .to = position(r)};
        return SK_OK;
    }
    uint64_t from = position(r);
    for (bool ends = false; !ends;)
        SK_TRY(read_cell(cx, r, &ends));
    uint64_t to = position(r);
    if (r->at < r->end) {
        r->skip_lf = r->in[r->at++] == '\r';
        r->line++;
    }
    for (size_t i = 0; i < r->n_cells; i++)
        r->cells[i] = (sk_str){r->bytes.p + r->starts[i], r->starts[i + 1] - r->starts[i] - 1};
    *ret_row = (sk_csv_row){.cells = r->cells,
                            .n = r->n_cells,
                            .row = r->row,
                            .line = r->row_line,
                            .from = from,
                            .to = to,
                            .is_blank = from == to};
    return SK_OK;
}

void sk_csv_writer_init(sk_csv_writer *w, sk_buf *out, char sep, bool spreadsheet)
{
    *w = (sk_csv_writer){.out = out, .sep = sep, .spreadsheet = spreadsheet};
}

/* [+-]? digits with commas and one point, then an optional exponent: nothing a formula could hide
 * in. */
static bool is_number(sk_str s)
{
    size_t at = s.n && (s.p[0] == '-' || s.p[0] == '+'), digits = 0, points = 0;
    for (; at < s.n; at++) {
        char c = s.p[at];
        if (c >= '0' && c <= '9')
            digits++;
        else if (c == '.')
            points++;
        else if (c != ',' || !digits)
            break;
    }
    if (at < s.n && (s.p[at] == 'e' || s.p[at] == 'E') && digits) {
        at++;
        at += at < s.n && (s.p[at] == '-' || s.p[at] == '+');
        size_t from = at;
        while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9')
            at++;
        digits = at > from ? digits : 0;
    }
    return at == s.n && digits && points <= 1;
}

static bool starts_formula(sk_str cell)
{
    static const sk_str heads[] = {
        SK_S("="),  SK_S("+"),  SK_S("-"),  SK_S("@"),  SK_S("\t"), SK_S("\r"),
        SK_S("\n"), SK_S("＝"), SK_S("＋"), SK_S("－"), SK_S("＠"),
    };
    for (size_t i = 0; i < SK_COUNT(heads); i++)
        if (sk_str_starts(cell, heads[i]))
            return !is_number(cell);
    return false;
}

/* True when s holds the separator, a quote or a line end: eight bytes at a step. */
static bool has_mark(sk_str s, char sep)
{
    const uint64_t each = 0x0101010101010101u, high = each << 7;
    const uint64_t marks[] = {each * (unsigned char)sep, each * '"', each * '\n', each * '\r'};
    size_t at = 0;
    for (uint64_t v, found = 0; s.n - at >= 8; at += 8) {
        memcpy(&v, s.p + at, 8);
        for (size_t k = 0; k < SK_COUNT(marks); k++)
            found |= ((v ^ marks[k]) - each) & ~(v ^ marks[k]) & high; /* a byte that is the mark */
        if (found)
            return true;
    }
    for (; at < s.n; at++)
        if (s.p[at] == sep || s.p[at] == '"' || s.p[at] == '\n' || s.p[at] == '\r')
            return true;
    return false;
}

static bool needs_quotes(sk_str cell, char sep)
{
    if (cell.n == 0)
        return false;
    /* what looks like a byte order mark would be taken for one where a file starts */
    unsigned char first = (unsigned char)cell.p[0];
    bool is_mark = first >= 0xFE || (first == 0xEF && sk_str_starts(cell, SK_S("\xEF\xBB\xBF")));
    return is_mark || first == ' ' || first == '\t' || cell.p[cell.n - 1] == ' ' ||
           has_mark(cell, sep);
}

/* An empty cell that is alone needs quotes; whether it is alone is known at the end of the row. */
void sk_csv_cell(sk_csv_writer *w, sk_str cell)
{
    bool first_and_empty = !w->in_row && cell.n == 0, is_behind = w->in_row;
    w->in_row = true;
    w->is_lone_empty = first_and_empty;
    bool guard = w->spreadsheet && starts_formula(cell);
    if (!guard && !needs_quotes(cell, w->sep)) {
        char *to = sk_buf_room(w->out, cell.n + is_behind);
        if (!to)
            return;
        to[0] = w->sep;
        if (cell.n)
            memcpy(to + is_behind, cell.p, cell.n);
        sk_buf_grew(w->out, cell.n + is_behind);
        return;
    }
    if (is_behind)
        sk_buf_addc(w->out, w->sep);
    sk_buf_addc(w->out, '"');
    if (guard)
        sk_buf_addc(w->out, '\'');
    for (sk_str rest = cell, piece; sk_str_cut(&rest, '"', &piece);) {
        sk_buf_add(w->out, piece);
        if (rest.p)
            sk_buf_add(w->out, SK_S("\"\""));
    }
    sk_buf_addc(w->out, '"');
}

void sk_csv_end_row(sk_csv_writer *w)
{
    if (w->is_lone_empty)
        sk_buf_add(w->out, SK_S("\"\""));
    sk_buf_addc(w->out, '\n');
    w->in_row = w->is_lone_empty = false;
}
