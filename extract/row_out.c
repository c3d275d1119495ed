#include "rows.h"

#include "base/nfc.h"
#include "base/utf8.h"
#include "confine/wire.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

enum { BATCH_BYTES = 64 << 10 };

void sk_row_out_init(sk_row_out *o, sk_ctx *cx, int fd)
{
    *o = (sk_row_out){.cx = cx, .fd = fd};
    sk_buf_init(&o->batch, SK_WIRE_ROW_MOST + 2 * BATCH_BYTES);
    sk_buf_init(&o->cells, SK_LIM_ROW_BYTES + SK_LIM_ROW_CELLS * 16);
    sk_buf_init(&o->note, SK_LIM_MESSAGE_BYTES / 2);
    sk_buf_add(&o->batch, SK_S(SK_WIRE_ROWS_MAGIC));
}

void sk_row_out_done(sk_row_out *o)
{
    sk_buf_done(&o->batch);
    sk_buf_done(&o->cells);
    sk_buf_done(&o->note);
}

static void flush(sk_row_out *o)
{
    sk_str s = sk_buf_str(&o->batch);
    while (s.n && !o->is_broken) {
        ssize_t n = write(o->fd, s.p, s.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            o->is_broken = true;
        else
            s = sk_str_sub(s, (size_t)n, s.n);
    }
    sk_buf_reset(&o->batch);
}

static sk_rc check_pipe(const sk_row_out *o)
{
    return o->is_broken ? sk_fail(o->cx, SK_E_CANCELLED, "nobody reads on") : SK_OK;
}

static void put_number(sk_buf *b, uint64_t v, size_t bytes)
{
    char p[8];
    for (size_t i = 0; i < bytes; i++, v >>= 8)
        p[i] = (char)(v & 0xFF);
    sk_buf_add(b, (sk_str){p, bytes});
}

static void put_record(sk_row_out *o, char tag, sk_str s)
{
    sk_buf_addc(&o->batch, tag);
    put_number(&o->batch, s.n, 4);
    sk_buf_add(&o->batch, s);
    sk_assert(!o->batch.overflow);
}

/* One line of clean text, at most so many bytes, whatever it was made of: names of sheets and parts
 * come from the file. */
static sk_str as_line(sk_row_out *o, sk_str s, size_t most)
{
    sk_buf b;
    size_t i = 0;
    while (i < s.n && s.p[i] >= ' ' && s.p[i] < 0x7F)
        i++;
    if (i == s.n)
        return sk_str_sub(s, 0, most);
    sk_buf_init(&b, 3 * s.n + 4);
    sk_build_clean(&b, s);
    for (i = 0; i < b.n; i++)
        if (b.p[i] == '\n' || b.p[i] == '\t')
            b.p[i] = ' ';
    sk_str line = sk_nfc(&o->cx->arena, sk_str_copy(&o->cx->arena, sk_buf_str(&b)));
    sk_buf_done(&b);
    while (line.n > most || (line.n && sk_utf8_find_bad(line) != SIZE_MAX))
        line.n = line.n > most ? most : line.n - 1;
    return line;
}

sk_rc sk_row_out_start(sk_row_out *o, sk_str charset, sk_str how)
{
    sk_assert(!o->is_started);
    o->is_started = true;
    put_record(o, SK_WIRE_ROWS_CHARSET, charset);
    put_record(o, SK_WIRE_ROWS_HOW, as_line(o, how, SK_LIM_EXTRACT_PLACE_BYTES));
    flush(o);
    return check_pipe(o);
}

sk_rc sk_row_out_sheet(sk_row_out *o, sk_str name)
{
    put_record(o, SK_WIRE_SHEET, as_line(o, name, SK_LIM_EXTRACT_PLACE_BYTES));
    return check_pipe(o);
}

static bool is_control(char c)
{
    return ((unsigned char)c < 0x20 && c != '\t' && c != '\n') || c == 0x7F;
}

/* CRLF and CR become LF; other control characters become blanks and are counted. */
static sk_str without_controls(sk_row_out *o, sk_str s)
{
    size_t i = 0, n = 0;
    while (i < s.n && !is_control(s.p[i]))
        i++;
    if (i == s.n)
        return s;
    char *out = sk_alloc(&o->cx->arena, s.n + 1);
    for (i = 0; i < s.n; i++) {
        if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
            continue;
        bool is_end = s.p[i] == '\r', is_bad = !is_end && is_control(s.p[i]);
        o->n_controls += is_bad;
        out[n++] = is_end ? '\n' : is_bad ? ' ' : s.p[i];
    }
    return (sk_str){out, n};
}

static sk_rc put_text(sk_row_out *o, sk_str text)
{
    sk_ctx *cx = o->cx;
    size_t bad = sk_utf8_find_bad(text);
    if (bad != SIZE_MAX)
        return sk_fail(cx, SK_E_FORMAT, "a cell is not UTF-8 at its byte %zu", bad);
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    sk_str s = sk_nfc(&cx->arena, without_controls(o, text));
    bool fits = s.n <= SK_LIM_CELL_BYTES;
    if (fits) {
        put_number(&o->cells, s.n, 4);
        sk_buf_add(&o->cells, s);
        sk_buf_addc(&o->cells, '\0');
    }
    sk_arena_back_to(&cx->arena, mark);
    if (!fits)
        return sk_fail(cx, SK_E_LIMIT, "a cell is longer than %zu bytes", SK_LIM_CELL_BYTES);
    if (o->cells.overflow || o->cells.n > SK_LIM_ROW_BYTES + 16 * (size_t)o->n_cells)
        return sk_fail(cx, SK_E_LIMIT, "a row is longer than %zu bytes", SK_LIM_ROW_BYTES);
    return SK_OK;
}

static sk_rc count_cell(sk_row_out *o, int by)
{
    if (o->n_cells >= SK_LIM_ROW_CELLS)
        return sk_fail(o->cx, SK_E_LIMIT, "a row has more than %d cells", SK_LIM_ROW_CELLS);
    sk_assert(!o->n_cells || o->by == by);
    o->by = by;
    o->n_cells++;
    return SK_OK;
}

sk_rc sk_row_out_cell(sk_row_out *o, uint64_t column, sk_str text)
{
    sk_assert(column < SK_LIM_SHEET_COLUMNS);
    SK_TRY(count_cell(o, SK_WIRE_BY_COLUMN));
    put_number(&o->cells, column, 4);
    return put_text(o, text);
}

sk_rc sk_row_out_named(sk_row_out *o, sk_str name, sk_str text)
{
    sk_ctx *cx = o->cx;
    SK_TRY(count_cell(o, SK_WIRE_BY_NAME));
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    sk_str s = as_line(o, name, SIZE_MAX);
    bool fits = s.n && s.n <= SK_LIM_CELL_NAME_BYTES;
    if (fits) {
        put_number(&o->cells, s.n, 2);
        sk_buf_add(&o->cells, s);
        sk_buf_addc(&o->cells, '\0');
    }
    sk_arena_back_to(&cx->arena, mark);
    if (!fits)
        return sk_fail(cx, SK_E_LIMIT, "the path of a cell, \"%.*s...\", is longer than %zu bytes",
                       SK_P(sk_str_sub(name, 0, 60)), SK_LIM_CELL_NAME_BYTES);
    return put_text(o, text);
}

sk_rc sk_row_out_send(sk_row_out *o, uint64_t row, uint64_t from, uint64_t to, sk_str place)
{
    if (!o->n_cells)
        return SK_OK;
    sk_arena_mark mark = sk_arena_here(&o->cx->arena);
    sk_str line = as_line(o, place, SK_LIM_EXTRACT_PLACE_BYTES - 1);
    sk_buf_addc(&o->batch, SK_WIRE_ROW);
    put_number(&o->batch, SK_WIRE_ROW_BYTES + line.n + 1 + o->cells.n, 4);
    put_number(&o->batch, row, 8);
    put_number(&o->batch, from, 8);
    put_number(&o->batch, to, 8);
    put_number(&o->batch, (uint64_t)o->by, 1);
    put_number(&o->batch, line.n, 2);
    sk_buf_add(&o->batch, line);
    sk_buf_addc(&o->batch, '\0');
    put_number(&o->batch, o->n_cells, 4);
    sk_buf_add(&o->batch, sk_buf_str(&o->cells));
    sk_assert(!o->batch.overflow);
    if (o->n_controls && !o->controls_place[0])
        snprintf(o->controls_place, sizeof o->controls_place, "%.*s", SK_P(line));
    sk_arena_back_to(&o->cx->arena, mark);
    o->n_rows++;
    if (o->batch.n > BATCH_BYTES)
        flush(o);
    return check_pipe(o);
}

sk_rc sk_row_out_end(sk_row_out *o, uint64_t row, uint64_t from, uint64_t to, sk_str place)
{
    sk_rc rc = sk_row_out_send(o, row, from, to, place);
    sk_row_out_clear(o);
    return rc;
}

void sk_row_out_clear(sk_row_out *o)
{
    sk_buf_reset(&o->cells);
    o->n_cells = 0;
}

void sk_row_out_note(sk_row_out *o, const char *fmt, ...)
{
    char text[1024];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (o->note.n)
        sk_buf_add(&o->note, SK_S("; "));
    sk_buf_add(&o->note, sk_str_of(text));
}

void sk_row_out_finish(sk_row_out *o, sk_rc rc)
{
    if (rc) {
        char kind = rc == SK_E_LIMIT         ? SK_WIRE_FAILS_LIMIT
                    : rc == SK_E_UNSUPPORTED ? SK_WIRE_FAILS_UNSUPPORTED
                                             : SK_WIRE_FAILS_FORMAT;
        sk_str why = as_line(o, sk_str_of(o->cx->message), SK_LIM_MESSAGE_BYTES - 1);
        put_record(o, SK_WIRE_FAILURE, sk_fmt(&o->cx->arena, "%c%.*s", kind, SK_P(why)));
    } else {
        if (o->n_controls)
            sk_row_out_note(o, "%llu control characters were replaced by blanks, first in %s",
                            (unsigned long long)o->n_controls, o->controls_place);
        put_record(o, SK_WIRE_ROWS_NOTE,
                   as_line(o, sk_buf_str(&o->note), SK_LIM_MESSAGE_BYTES - 1));
        char n[8];
        for (size_t i = 0; i < sizeof n; i++)
            n[i] = (char)(o->n_rows >> 8 * i & 0xFF);
        put_record(o, SK_WIRE_ROWS_END, (sk_str){n, sizeof n});
    }
    flush(o);
}
