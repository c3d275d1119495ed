#include "rows_sheet.h"

#include "xlsx.h"
#include "zip.h"

#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    SWELL = 250,      /* a sheet's XML is at most so many times as long as the zip ... */
    SWELL_MIB = 32,   /* ... and so much besides                                        */
    TAIL_BYTES = 22,  /* of the record that ends a zip, without its comment             */
    MOST_TAIL = 65557 /* with the longest comment                                       */
};

void sk_sheet_fail(sk_sheet_rows *s, sk_rc rc, const char *fmt, ...)
{
    char text[SK_LIM_MESSAGE_BYTES];
    va_list ap;
    if (s->rc)
        return;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    s->rc = sk_fail(s->out->cx, rc, "sheet \"%.*s\": %s", SK_P(s->name), text);
    s->b->is_full = true;
}

/* A failure of the row: its message gets the place in front. */
static void keep(sk_sheet_rows *s, sk_rc rc, uint64_t row)
{
    sk_ctx *cx = s->out->cx;
    if (!rc || s->rc)
        return;
    sk_str why = sk_str_copy(&cx->arena, sk_str_of(cx->message));
    sk_forgive(cx);
    sk_sheet_fail(s, rc, "row %llu: %.*s", (unsigned long long)row, SK_P(why));
}

sk_rc sk_sheet_find(sk_sheet_rows *s, const sk_str *names, size_t n, size_t *ret_i)
{
    sk_ctx *cx = s->out->cx;
    uint64_t number;
    *ret_i = SIZE_MAX;
    if (!s->wanted.n)
        return SK_OK;
    for (size_t i = 0; i < n; i++)
        if (sk_str_eq(names[i], s->wanted)) {
            *ret_i = i;
            return SK_OK;
        }
    if (sk_str_to_u64(s->wanted, &number) && number >= 1 && number <= n) {
        *ret_i = (size_t)number - 1;
        return SK_OK;
    }
    sk_str list = SK_NONE;
    for (size_t i = 0; i < n && i < 20; i++)
        list = sk_fmt(&cx->arena, "%.*s%s\"%.*s\"", SK_P(list), i ? ", " : "", SK_P(names[i]));
    return sk_fail(cx, SK_E_FORMAT, "there is no sheet \"%.*s\"; there are: %.*s%s",
                   SK_P(s->wanted), SK_P(list), n > 20 ? " and others" : "");
}

void sk_sheet_begin(sk_sheet_rows *s, sk_str name)
{
    sk_arena *a = &s->out->cx->arena;
    s->name = name;
    s->quoted = sk_xlsx_quoted(a, name);
    s->last_row = s->last_column = 0;
    s->mark = sk_arena_here(a);
    keep(s, sk_row_out_sheet(s->out, name), 0);
}

void sk_sheet_cell(sk_sheet_rows *s, uint64_t row, uint64_t column, sk_str text)
{
    if (s->rc || !sk_str_trim(text).n)
        return;
    if (row <= s->last_row || row > SK_LIM_SHEET_ROWS)
        sk_sheet_fail(s, SK_E_FORMAT, "row %llu stands behind row %llu; there may be %d rows",
                      (unsigned long long)row, (unsigned long long)s->last_row, SK_LIM_SHEET_ROWS);
    else if (column <= s->last_column || column > SK_LIM_SHEET_COLUMNS)
        sk_sheet_fail(s, SK_E_FORMAT,
                      "row %llu: a cell of column %llu stands behind one of column %llu; there may "
                      "be %d columns",
                      (unsigned long long)row, (unsigned long long)column,
                      (unsigned long long)s->last_column, SK_LIM_SHEET_COLUMNS);
    else
        keep(s, sk_row_out_cell(s->out, column - 1, text), row);
    s->last_column = column;
}

void sk_sheet_row_end(sk_sheet_rows *s, uint64_t row, uint64_t times)
{
    sk_row_out *o = s->out;
    char place[400];
    if (!s->rc && o->n_cells && times > SK_LIM_SHEET_ROWS - row + 1)
        sk_sheet_fail(s, SK_E_LIMIT, "row %llu stands %llu times; a sheet has at most %d rows",
                      (unsigned long long)row, (unsigned long long)times, SK_LIM_SHEET_ROWS);
    for (uint64_t i = 0; i < times && o->n_cells && !s->rc; i++) {
        int n = snprintf(place, sizeof place, "%.*s!A%llu", SK_P(s->quoted),
                         (unsigned long long)(row + i));
        keep(s, sk_row_out_send(o, row + i, 0, 0, (sk_str){place, (size_t)n}), row + i);
        s->last_row = row + i;
    }
    sk_row_out_clear(o);
    s->last_column = 0;
    sk_arena_back_to(&o->cx->arena, s->mark);
}

void sk_sheet_saw(sk_sheet_rows *s, sk_seen *what, uint64_t row, uint64_t column)
{
    char name[4] = "";
    if (what->n++)
        return;
    snprintf(what->sheet, sizeof what->sheet, "%.*s", SK_P(s->quoted));
    snprintf(what->at, sizeof what->at, "%s%llu",
             sk_xlsx_column(column <= SK_LIM_SHEET_COLUMNS ? column : 0, name),
             (unsigned long long)row);
}

sk_rc sk_sheet_check(sk_sheet_rows *s)
{
    sk_ctx *cx = s->out->cx;
    sk_str note = sk_buf_str(&s->b->note);
    if (s->rc)
        return s->rc;
    if (s->b->doc.outcome == SK_OUTCOME_OK)
        return SK_OK;
    return sk_fail(cx, s->b->met_limit ? SK_E_LIMIT : SK_E_FORMAT,
                   "the workbook cannot be read as a whole: %.*s", SK_P(note));
}

static void remark_seen(sk_sheet_rows *s, const sk_seen *seen, const char *what)
{
    if (seen->n)
        sk_row_out_note(s->out, "%llu %s (first %s!%s)", (unsigned long long)seen->n, what,
                        seen->sheet, seen->at);
}

static void remark(sk_sheet_rows *s)
{
    remark_seen(s, &s->formulas, "cells hold formulas, read as their stored results");
    remark_seen(s, &s->unfilled,
                "formulas have no stored result: open the workbook in a spreadsheet program and "
                "save it");
    remark_seen(s, &s->errors, "cells hold error values such as #REF!");
    if (s->n_merged)
        sk_row_out_note(s->out, "%llu areas of merged cells: only their first cell has the text",
                        (unsigned long long)s->n_merged);
    if (s->n_hidden)
        sk_row_out_note(s->out, "%llu of the sheets that were read are hidden",
                        (unsigned long long)s->n_hidden);
}

/* A sheet may be larger than a part of a document, but not swell like a bomb. */
static size_t most_bytes(const sk_source *src)
{
    struct stat st;
    uint64_t size = src->bytes.n;
    if (src->fd >= 0 && fstat(src->fd, &st) == 0)
        size = (uint64_t)st.st_size;
    uint64_t most = SK_MIB(SWELL_MIB) + SWELL * size;
    return most < SK_LIM_ROWS_PART ? (size_t)most : SK_LIM_ROWS_PART;
}

/* A zip ends in a record that begins PK 5 6; one that was cut short has none. Readers of zips get
 * by without it, and would then take what is left for all there was. */
static sk_rc check_tail(sk_ctx *cx, const sk_source *src)
{
    char *own = NULL;
    sk_str tail = src->bytes;
    struct stat st;
    if (src->fd >= 0 && fstat(src->fd, &st) == 0) {
        size_t n = st.st_size < MOST_TAIL ? (size_t)st.st_size : MOST_TAIL;
        own = sk_alloc(&cx->arena, n);
        ssize_t got = pread(src->fd, own, n, st.st_size - (off_t)n);
        tail = (sk_str){own, got > 0 ? (size_t)got : 0};
    }
    for (size_t at = tail.n < TAIL_BYTES ? 0 : tail.n - TAIL_BYTES + 1; at-- > 0;)
        if (tail.p[at] == 'P' && memcmp(tail.p + at, "PK\5\6", 4) == 0)
            return SK_OK;
    return sk_fail(cx, SK_E_FORMAT, "the zip is cut short: the directory at its end is missing");
}

static sk_rc read_workbook(sk_sheet_rows *s, const sk_source *src)
{
    sk_ctx *cx = s->out->cx;
    sk_str media;
    size_t n_files;
    SK_TRY(check_tail(cx, src));
    sk_zip_kind kind = sk_zip_which(s->b, src, &media, &n_files);
    if (kind == SK_ZIP_XLSX)
        return sk_rows_read_xlsx(s, src);
    if (kind == SK_ZIP_ODF && sk_str_find(media, SK_S("spreadsheet")) != SIZE_MAX)
        return sk_rows_read_ods(s, src);
    if (kind == SK_ZIP_UNREADABLE)
        return sk_fail(cx, SK_E_FORMAT,
                       "it begins like a zip and holds nothing that can be read: it is damaged or "
                       "cut short");
    SK_TRY(sk_sheet_check(s));
    return sk_fail(cx, SK_E_FORMAT, "there are no rows to read in it: %s",
                   kind == SK_ZIP_DOCX   ? "a Word document"
                   : kind == SK_ZIP_ODF  ? "an OpenDocument that is no spreadsheet"
                   : kind == SK_ZIP_PPTX ? "a PowerPoint presentation"
                                         : "a zip of files; unpack it and give what it holds");
}

sk_rc sk_rows_read_zip(sk_row_out *o, const sk_source *src, sk_str sheet)
{
    sk_build b;
    sk_build_init(&b, o->cx, INT64_MAX);
    sk_source wide = *src;
    wide.part_bytes = most_bytes(src);
    sk_sheet_rows *s = sk_new(&o->cx->arena, sk_sheet_rows);
    s->out = o;
    s->b = &b;
    s->wanted = sheet;
    sk_rc rc = read_workbook(s, &wide);
    if (!rc)
        remark(s);
    sk_document doc;
    sk_build_finish(&b, &doc);
    return rc;
}
