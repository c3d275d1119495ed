/* Cells: what the first bytes are decides who reads; rows come out in one shape. See cells.h. */
#include "exchange/cells.h"

#include "base/csv.h"
#include "base/nfc.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD_BYTES = 65536, SCAN_BYTES = 1 << 20, PLACE_BYTES = 32, CTRL_Z = 0x1A };

struct sk_cells {
    sk_csv *csv;   /* read here: UTF-8                */
    sk_rows *rows; /* or there: anything else         */
    int fd;        /* our own opening of the file     */
    uint64_t size;
    sk_arena names_memory; /* column names, made once         */
    sk_str *names;
    size_t n_names, cap_names;
    sk_arena row_memory; /* cells that had to be changed    */
    sk_str *cells;
    size_t cap_cells;
    uint64_t n_controls, controls_row; /* replaced by blanks; where first */
    char place[PLACE_BYTES];
    sk_buf remarks; /* ours, from the opening on       */
    sk_buf note;    /* all of them, at the end         */
    char *name;
    bool is_at_end;
};

/* ---- who reads it ---- */

/* What must be seen by the confined program, told by the first bytes. */
typedef struct sniffed {
    const char *what; /* for the remark on a misleading name; NULL: text */
    bool is_confined;
} sniffed;

static sk_str past_blanks(sk_str head)
{
    if (sk_str_starts(head, SK_S("\xEF\xBB\xBF")))
        head = sk_str_sub(head, 3, head.n);
    return sk_str_trim(head);
}

static sniffed sniff(sk_str head)
{
    static const struct {
        sk_str starts;
        const char *what;
    } known[] = {
        {SK_S("PK\x03\x04"), "a zip, as spreadsheets are"},
        {SK_S("PK\x05\x06"), "a zip"},
        {SK_S("%PDF-"), "a PDF"},
        {SK_S("{\\rtf"), "an RTF document"},
        {SK_S("\xD0\xCF\x11\xE0"), "an old Office file"},
        {SK_S("\xFF\xFE"), NULL}, /* UTF-16 */
        {SK_S("\xFE\xFF"), NULL},
    };
    for (size_t i = 0; i < SK_COUNT(known); i++)
        if (sk_str_starts(head, known[i].starts))
            return (sniffed){known[i].what, true};
    if (sk_str_starts(past_blanks(head), SK_S("<")))
        return (sniffed){"XML or a web page", true};
    bool is_odd = head.n && (memchr(head.p, '\0', head.n) || memchr(head.p, 0x1B, head.n));
    return (sniffed){NULL, is_odd}; /* UTF-16 without a mark, ISO-2022, or no text at all */
}

/* Is all of the file UTF-8? Its last bytes may be the beginning of a character cut off. */
static sk_rc scan(sk_ctx *cx, const sk_cells *c, bool *ret_utf8)
{
    char *bytes = sk_xmalloc(SCAN_BYTES);
    size_t kept = 0;
    uint64_t at = 0;
    bool ok = true;
    sk_rc rc = SK_OK;
    while (ok && !rc) {
        ssize_t n = pread(c->fd, bytes + kept, SCAN_BYTES - kept, (off_t)at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            rc = sk_fail_errno(cx, "cannot read \"%s\"", c->name);
        if (n <= 0)
            break;
        at += (uint64_t)n;
        size_t all = kept + (size_t)n, bad = sk_utf8_find_bad((sk_str){bytes, all});
        kept = bad == SIZE_MAX ? 0 : all - bad;
        ok = kept < 4;
        memmove(bytes, bytes + all - kept, kept);
        if (cx->cancelled && cx->cancelled(cx->cancelled_arg))
            rc = sk_fail(cx, SK_E_CANCELLED, "reading \"%s\" was cancelled", c->name);
    }
    free(bytes);
    *ret_utf8 = ok && !kept;
    return rc;
}

/* ---- opening ---- */

static sk_rc open_own(sk_ctx *cx, sk_cells *c, const sk_source_file *file)
{
    char path[40];
    struct stat st;
    if (fstat(file->fd, &st) || !S_ISREG(st.st_mode))
        return sk_fail(cx, SK_E_UNSUPPORTED,
                       "\"%s\" is no regular file; save what comes from it and give that", c->name);
    if (!st.st_size)
        return sk_fail(cx, SK_E_FORMAT, "\"%s\" is empty: there are no rows in it", c->name);
    c->size = (uint64_t)st.st_size;
    /* a description of its own: two readers of one file do not move each other */
    snprintf(path, sizeof path, "/proc/self/fd/%d", file->fd);
    c->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (c->fd < 0)
        c->fd = fcntl(file->fd, F_DUPFD_CLOEXEC, 3);
    if (c->fd < 0 || lseek(c->fd, 0, SEEK_SET) != 0)
        return sk_fail_errno(cx, "cannot read \"%s\" from its beginning", c->name);
    return SK_OK;
}

static bool is_named_text(sk_str name)
{
    static const char *const endings[] = {".csv", ".tsv", ".tab", ".txt"};
    for (size_t i = 0; i < SK_COUNT(endings); i++) {
        sk_str e = sk_str_of(endings[i]);
        if (name.n >= e.n && sk_str_eq_nocase(sk_str_sub(name, name.n - e.n, e.n), e))
            return true;
    }
    return false;
}

static bool is_utf8_name(sk_str charset)
{
    return !charset.n || sk_str_eq_nocase(charset, SK_S("utf-8")) ||
           sk_str_eq_nocase(charset, SK_S("utf8"));
}

static sk_rc open_confined(sk_ctx *cx, sk_cells *c, const sk_cells_opts *opts)
{
    sk_rows_opts r = {
        .charset = opts->charset,
        .sep = opts->sep,
        .sheet = opts->sheet,
        .records = opts->records,
        .extractor = opts->extractor,
    };
    return sk_rows_open(cx, c->fd, sk_str_of(c->name), &r, &c->rows);
}

static sk_rc open_reader(sk_ctx *cx, sk_cells *c, const sk_cells_opts *opts)
{
    char *bytes = sk_alloc(&cx->arena, HEAD_BYTES);
    ssize_t n = pread(c->fd, bytes, HEAD_BYTES, 0);
    if (n < 0)
        return sk_fail_errno(cx, "cannot read \"%s\"", c->name);
    sniffed s = sniff((sk_str){bytes, (size_t)n});
    bool is_utf8 = false;
    if (s.what && is_named_text(sk_str_of(c->name)))
        sk_buf_addf(&c->remarks,
                    "the name ends as that of a text, and the file is %s: read as that", s.what);
    if (!s.is_confined && is_utf8_name(opts->charset))
        SK_TRY(scan(cx, c, &is_utf8));
    return is_utf8 ? sk_csv_open_fd(cx, c->fd, c->name, opts->sep, &c->csv)
                   : open_confined(cx, c, opts);
}

sk_rc sk_cells_open(sk_ctx *cx, const sk_source_file *file, const sk_cells_opts *opts,
                    sk_cells **ret_cells)
{
    static const sk_cells_opts defaults = {0};
    if (!opts)
        opts = &defaults;
    if (opts->sep == '"' || opts->sep == '\n' || opts->sep == '\r' || (opts->sep & 0x80))
        return sk_fail(cx, SK_E_FORMAT,
                       "byte 0x%02x cannot part cells; name one of , ; | or the tab",
                       (unsigned char)opts->sep);
    sk_cells *c = sk_xmalloc(sizeof *c);
    *c = (sk_cells){.fd = -1};
    sk_buf_init(&c->remarks, SK_LIM_MESSAGE_BYTES);
    sk_buf_init(&c->note, 4 * SK_LIM_MESSAGE_BYTES);
    c->name = sk_xmalloc(file->name.n + 1);
    memcpy(c->name, file->name.p ? file->name.p : "", file->name.n);
    c->name[file->name.n] = '\0';
    sk_rc rc = open_own(cx, c, file);
    if (!rc)
        rc = open_reader(cx, c, opts);
    if (rc)
        sk_cells_close(c);
    else
        *ret_cells = c;
    return rc;
}

void sk_cells_close(sk_cells *c)
{
    if (!c)
        return;
    sk_csv_close(c->csv);
    sk_rows_close(c->rows);
    if (c->fd >= 0)
        close(c->fd);
    sk_arena_done(&c->names_memory);
    sk_arena_done(&c->row_memory);
    sk_buf_done(&c->remarks);
    sk_buf_done(&c->note);
    free(c->cells);
    free(c->name);
    free(c);
}

/* ---- rows ---- */

/* Column i as spreadsheets name it: A to Z, AA to ZZ, AAA ... */
static sk_str column_name(sk_arena *a, size_t i)
{
    char text[8], *p = text + sizeof text;
    for (size_t n = i + 1; n; n = (n - 1) / 26)
        *--p = (char)('A' + (n - 1) % 26);
    return sk_str_copy(a, sk_str_range(p, text + sizeof text));
}

static void make_names(sk_cells *c, size_t n)
{
    while (c->n_names < n) {
        SK_GROW(&c->names_memory, c->names, c->n_names, c->cap_names);
        c->names[c->n_names] = column_name(&c->names_memory, c->n_names);
        c->n_names++;
    }
}

static bool is_control(char c)
{
    return ((unsigned char)c < 0x20 && c != '\t' && c != '\n') || c == 0x7F;
}

/* CRLF and CR become LF; other control characters become blanks, which is told in the note. */
static sk_str without_controls(sk_cells *c, sk_str s, uint64_t row)
{
    char *out = sk_alloc(&c->row_memory, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool is_crlf = s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n';
        if (is_crlf)
            continue;
        if (s.p[i] == '\r') {
            out[n++] = '\n';
        } else if (is_control(s.p[i])) {
            out[n++] = ' ';
            if (!c->n_controls++)
                c->controls_row = row;
        } else {
            out[n++] = s.p[i];
        }
    }
    return (sk_str){out, n};
}

static sk_str clean(sk_cells *c, sk_str s, uint64_t row)
{
    size_t i = 0;
    while (i < s.n && !is_control(s.p[i]))
        i++;
    if (i < s.n)
        s = without_controls(c, s, row);
    return sk_nfc(&c->row_memory, s);
}

/* Old exports end in the byte 1A, by which CP/M marked the end of a text. */
static bool is_end_mark(const sk_cells *c, const sk_csv_row *row)
{
    return row->n == 1 && row->cells[0].n == 1 && row->cells[0].p[0] == CTRL_Z &&
           row->to + 2 >= c->size;
}

static sk_rc next_here(sk_ctx *cx, sk_cells *c, sk_cells_row *ret_row)
{
    sk_csv_row row;
    sk_arena_done(&c->row_memory);
    SK_TRY(sk_csv_next(cx, c->csv, &row));
    if (row.n && is_end_mark(c, &row))
        SK_TRY(sk_csv_next(cx, c->csv, &row));
    if (row.n > c->cap_cells) {
        c->cap_cells = row.n * 2;
        c->cells = sk_xrealloc(c->cells, c->cap_cells * sizeof *c->cells);
    }
    for (size_t i = 0; i < row.n; i++)
        c->cells[i] = clean(c, row.cells[i], row.row);
    make_names(c, row.n);
    int n = snprintf(c->place, sizeof c->place, "row %llu", (unsigned long long)row.row);
    *ret_row = (sk_cells_row){
        .names = c->names,
        .cells = c->cells,
        .n = row.n,
        .row = row.row,
        .line = row.line,
        .from = row.from,
        .to = row.to,
        .place = {c->place, (size_t)n},
        .is_blank = row.is_blank,
    };
    return SK_OK;
}

static sk_rc next_there(sk_ctx *cx, sk_cells *c, sk_cells_row *ret_row)
{
    sk_row row;
    SK_TRY(sk_rows_next(cx, c->rows, &row));
    *ret_row = (sk_cells_row){
        .names = row.names,
        .cells = row.cells,
        .n = row.n,
        .row = row.row,
        .from = row.from,
        .to = row.to,
        .sheet = row.sheet,
        .place = row.place,
        .is_blank = row.n == 1 && !row.cells[0].n && row.from == row.to,
    };
    return SK_OK;
}

static void add_remark(sk_buf *b, sk_str text)
{
    if (!text.n)
        return;
    if (b->n)
        sk_buf_add(b, SK_S("; "));
    sk_buf_add(b, text);
}

static void make_note(sk_cells *c)
{
    if (c->is_at_end)
        return;
    c->is_at_end = true;
    add_remark(&c->note, sk_buf_str(&c->remarks));
    if (c->n_controls) {
        if (c->note.n)
            sk_buf_add(&c->note, SK_S("; "));
        sk_buf_addf(&c->note, "%llu control characters were replaced by blanks, first in row %llu",
                    (unsigned long long)c->n_controls, (unsigned long long)c->controls_row);
    }
    if (c->rows)
        add_remark(&c->note, sk_rows_note(c->rows));
}

sk_rc sk_cells_next(sk_ctx *cx, sk_cells *c, sk_cells_row *ret_row)
{
    sk_rc rc = c->csv ? next_here(cx, c, ret_row) : next_there(cx, c, ret_row);
    if (!rc && !ret_row->n)
        make_note(c);
    return rc;
}

sk_str sk_cells_charset(const sk_cells *c)
{
    return c->csv ? SK_S("utf-8") : sk_rows_charset(c->rows);
}

sk_str sk_cells_note(const sk_cells *c)
{
    return sk_buf_str(&c->note);
}
