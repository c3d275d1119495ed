#include "rows.h"

#include "extract.h"

/* XML by its first bytes, in whatever charset: past a mark and blanks stands "<" and a name, "?" or
 * "!" (a comment before the root). Bytes of UTF-16 are looked at without their zeros. */
static bool is_xml(sk_str head)
{
    char text[256];
    size_t n = 0, at = 0;
    if (sk_str_starts(head, SK_S("\xEF\xBB\xBF")))
        at = 3;
    else if (sk_str_starts(head, SK_S("\xFF\xFE")) || sk_str_starts(head, SK_S("\xFE\xFF")))
        at = 2;
    for (; at < head.n && n < sizeof text; at++)
        if (head.p[at])
            text[n++] = head.p[at];
    sk_str s = sk_str_trim((sk_str){text, n});
    unsigned char c = s.n > 1 && s.p[0] == '<' ? (unsigned char)s.p[1] : 0;
    return c == '?' || c == '!' || c == '_' || c >= 0x80 || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static sk_rc refuse(sk_ctx *cx, const char *what)
{
    return sk_fail(cx, SK_E_FORMAT, "there are no rows to read in it: %s", what);
}

static sk_rc read(sk_row_out *o, const sk_source *src, const sk_rows_wish *wish)
{
    const char *media = NULL, *what = NULL;
    sk_ctx *cx = o->cx;
    switch (sk_extract_format(src->bytes, src->name, &media, &what)) {
    case SK_FORMAT_EMPTY:
        return refuse(cx, "the file is empty");
    case SK_FORMAT_OTHER:
        return refuse(cx, what);
    case SK_FORMAT_PDF:
        return refuse(cx, "a PDF; ask who made it for the table as CSV or XLSX");
    case SK_FORMAT_MAIL:
        return refuse(cx, "a mail; save what is attached to it");
    case SK_FORMAT_HTML:
        return refuse(cx, "a web page; save the table in it as CSV or XLSX");
    case SK_FORMAT_ZIP:
        return sk_rows_read_zip(o, src, wish->sheet);
    case SK_FORMAT_TABLE:
    case SK_FORMAT_TEXT:
        break;
    }
    return is_xml(src->bytes) ? sk_rows_read_xml(o, src, wish->records)
                              : sk_rows_read_csv(o, src, wish->sep);
}

bool sk_rows_send(sk_ctx *cx, const sk_source *src, const sk_rows_wish *wish, int fd)
{
    sk_row_out o;
    sk_row_out_init(&o, cx, fd);
    sk_rc rc = read(&o, src, wish);
    sk_row_out_finish(&o, rc);
    bool whole = !o.is_broken;
    sk_row_out_done(&o);
    return whole;
}
