/* Rows of a CSV in any charset: decoded on the way, never held.
 *
 * A charset that is not certain, and a place that is not of the charset found, end the reading: the
 * caller can name the charset, and then it is believed and what does not fit becomes U+FFFD, which
 * the note counts. So no cell is ever silently read as something else. */
#include "rows.h"

#include "base/csv.h"
#include "char_stream.h"

typedef struct csv_rows {
    sk_row_out *out;
    sk_char_stream *chars;
    sk_csv *csv;
    bool is_named; /* the caller named the charset */
    const char *charset;
    uint64_t bad_row; /* where the first place is that is not of the charset; 0: none yet */
} csv_rows;

static const char table[] = "table";

/* The charset that the caller named, who may have mistaken UTF-8 for something else. */
static sk_rc believe(sk_row_out *o, const sk_source *src, sk_charset_found *ret_found)
{
    sk_ctx *cx = o->cx;
    if (!sk_charset_find(src->charset))
        return sk_fail(cx, SK_E_FORMAT, "the charset \"%.*s\" is not known; name another",
                       SK_P(src->charset));
    *ret_found = sk_charset_find_out(cx, src->bytes, src->charset, SK_NONE);
    if (ret_found->charset == sk_charset_utf8())
        return SK_OK;
    sk_charset_found f = sk_charset_find_out(cx, src->bytes, SK_NONE, SK_NONE);
    if (f.charset == sk_charset_utf8() && sk_str_starts(f.how, SK_S("valid UTF-8")))
        sk_row_out_note(o, "read as %s, as named; but the file is valid UTF-8", ret_found->name);
    return SK_OK;
}

/* Which charset, or why none can be read. */
static sk_rc find_charset(sk_row_out *o, const sk_source *src, sk_charset_found *ret_found)
{
    sk_ctx *cx = o->cx;
    if (src->charset.n)
        return believe(o, src, ret_found);
    sk_charset_found f = sk_charset_find_out(cx, src->bytes, SK_NONE, SK_NONE);
    if (f.is_binary)
        return sk_fail(cx, SK_E_FORMAT, "this is no text and no table that can be read");
    if (f.is_ambiguous)
        return sk_fail(cx, SK_E_FORMAT,
                       "the charset is not certain: %s and %s fit about equally well; "
                       "name the charset",
                       f.name, sk_charset_name(f.rival));
    if (f.is_strange)
        return sk_fail(cx, SK_E_FORMAT,
                       "%s fits best, and yet this hardly looks like text of it; name the charset",
                       f.name);
    *ret_found = f;
    return SK_OK;
}

/* A place that is not of the charset, in this row: an error, unless the caller insists. */
static sk_rc check_bad(csv_rows *c, const sk_csv_row *row)
{
    uint64_t at_text, at_byte, n = sk_char_stream_bad(c->chars, &at_text, &at_byte);
    if (!n || at_text > row->to || c->bad_row)
        return SK_OK;
    c->bad_row = row->row;
    if (c->is_named)
        return SK_OK;
    return sk_fail(c->out->cx, SK_E_FORMAT,
                   "row %llu (line %llu): byte %llu of the file is not %s, as the rows before are; "
                   "if the file is in another charset or damaged there, name its charset: then "
                   "what does not fit is read as \xEF\xBF\xBD and counted",
                   (unsigned long long)row->row, (unsigned long long)row->line,
                   (unsigned long long)at_byte, c->charset);
}

static sk_rc put_row(csv_rows *c, const sk_csv_row *row)
{
    sk_row_out *o = c->out;
    char place[40];
    uint64_t from = 0, to = 0;
    SK_TRY(check_bad(c, row));
    if (!sk_char_stream_orig(c->chars, row->from, row->to, &from, &to))
        from = to = 0;
    for (size_t i = 0; i < row->n; i++)
        SK_TRY(sk_row_out_cell(o, i, row->cells[i]));
    int n = snprintf(place, sizeof place, "row %llu", (unsigned long long)row->row);
    return sk_row_out_end(o, row->row, from, to, (sk_str){place, (size_t)n});
}

/* Old exports end in the byte 1A, by which CP/M marked the end of a text. */
static bool is_end_mark(const sk_csv_row *row)
{
    return row->n == 1 && row->cells[0].n == 1 && row->cells[0].p[0] == 0x1A;
}

static sk_rc put_rows(csv_rows *c)
{
    sk_ctx *cx = c->out->cx;
    sk_csv_row row;
    bool has_mark = false; /* the row before was an end mark, and is not sent yet */
    uint64_t mark_row = 0;
    for (;;) {
        SK_TRY(sk_csv_next(cx, c->csv, &row));
        if (!row.n)
            break;
        if (has_mark) { /* it was none */
            SK_TRY(sk_row_out_cell(c->out, 0, SK_S("\x1A")));
            SK_TRY(sk_row_out_end(c->out, mark_row, 0, 0,
                                  sk_fmt(&cx->arena, "row %llu", (unsigned long long)mark_row)));
        }
        has_mark = is_end_mark(&row);
        mark_row = row.row;
        if (!has_mark)
            SK_TRY(put_row(c, &row));
    }
    uint64_t at_text, at_byte, n = sk_char_stream_bad(c->chars, &at_text, &at_byte);
    if (n)
        sk_row_out_note(c->out,
                        "%llu places are not %s and were read as \xEF\xBF\xBD, the first at byte "
                        "%llu in row %llu",
                        (unsigned long long)n, c->charset, (unsigned long long)at_byte,
                        (unsigned long long)c->bad_row);
    return SK_OK;
}

/* Messages of base/csv.h begin with the name of the file, which the parent puts there. */
static sk_rc without_name(sk_ctx *cx, sk_rc rc)
{
    sk_str message = sk_str_copy(&cx->arena, sk_str_of(cx->message));
    sk_str name = SK_S("table: ");
    if (!rc || !sk_str_starts(message, name))
        return rc;
    sk_forgive(cx);
    return sk_fail(cx, rc, "%s", message.p + name.n);
}

sk_rc sk_rows_read_csv(sk_row_out *o, const sk_source *src, char sep)
{
    sk_ctx *cx = o->cx;
    sk_charset_found f;
    SK_TRY(find_charset(o, src, &f));
    csv_rows c = {.out = o, .charset = f.name, .is_named = src->charset.n > 0};
    c.chars = sk_char_stream_open(cx, src, f.charset);
    SK_TRY(sk_row_out_start(o, sk_str_of(f.name), f.how));
    FILE *file = sk_char_stream_file(c.chars);
    sk_rc rc = sk_csv_open_file(cx, file, table, sep, &c.csv);
    if (!rc) {
        rc = put_rows(&c);
        sk_csv_close(c.csv);
    }
    fclose(file);
    sk_char_stream_close(c.chars);
    return without_name(cx, rc);
}
