/* Mail: the fields a reader sees, the text of its parts, its attachments by name.
 *
 * Of alternatives the plain text counts, the HTML where there is no plain text. Parts are read by
 * the readers of their formats into documents of their own, whose blocks are then taken over. */
#include "source.h"

#include "mime.h"

typedef struct mail {
    sk_build *b;
    const sk_source *src;
    size_t n_parts, n_attachments;
    unsigned n_messages; /* within one another and side by side */
} mail;

static void read_entity(mail *m, sk_str bytes, unsigned depth, bool is_message);

static void put_field(mail *m, const sk_field *f, sk_block_kind kind)
{
    sk_build *b = m->b;
    sk_arena *a = &b->cx->arena;
    sk_str text = sk_field_text(b->cx, f->raw);
    uint64_t from = SK_NO_ORIG, to = SK_NO_ORIG;
    const char *base = m->src->bytes.p;
    if (f->raw.p >= base && f->raw.p < base + m->src->bytes.n) { /* not out of an encoded part */
        sk_str raw = sk_str_trim(f->raw);
        from = (uint64_t)(raw.p - base);
        to = from + raw.n;
    }
    b->kind = kind;
    b->place = m->n_messages > 1
                   ? sk_fmt(a, "message %u, header %.*s", m->n_messages, SK_P(f->name))
                   : sk_fmt(a, "header %.*s", SK_P(f->name));
    sk_build_add(b, text, from, to);
    sk_build_end(b);
}

static void put_fields(mail *m, const sk_fields *f)
{
    static const char *const shown[] = {"From", "Sender", "Reply-To", "To",
                                        "Cc",   "Bcc",    "Date",     "Subject"};
    m->n_messages++;
    for (size_t k = 0; k < SK_COUNT(shown); k++)
        for (size_t i = 0; i < f->n; i++)
            if (sk_str_eq_nocase(f->items[i].name, sk_str_of(shown[k]))) {
                bool is_subject = k == SK_COUNT(shown) - 1;
                put_field(m, &f->items[i], is_subject ? SK_BLOCK_HEADING : SK_BLOCK_TEXT);
            }
    if (m->n_messages > 1)
        return;
    m->b->doc.title = sk_field_text(m->b->cx, sk_fields_get(f, "Subject"));
    sk_build_date(m->b, sk_field_text(m->b->cx, sk_fields_get(f, "Date")), "header Date");
}

/* Take over the blocks, notes, dates and links of a part's own document. */
static void take_over(mail *m, const sk_document *part, bool has_headings)
{
    sk_build *b = m->b;
    sk_str place = sk_fmt(&b->cx->arena, "part %zu", m->n_parts);
    if (part->outcome != SK_OUTCOME_OK && part->outcome != SK_OUTCOME_NONE)
        sk_build_note(b, SK_OUTCOME_PARTIAL, "part %zu: %.*s", m->n_parts, SK_P(part->note));
    if (!b->doc.charset.n) {
        b->doc.charset = part->charset;
        b->doc.charset_how = part->charset_how;
    }
    if (!b->doc.lang.n)
        b->doc.lang = part->lang;
    for (size_t i = 0; i < part->n_blocks && !sk_build_is_full(b); i++) {
        const sk_block *k = &part->blocks[i];
        sk_block_kind kind = k->kind == SK_BLOCK_HEADING && !has_headings ? SK_BLOCK_TEXT : k->kind;
        sk_build_block(b, kind, sk_str_sub(part->text, k->start, k->end - k->start), place);
    }
    for (size_t i = 0; i < part->n_links; i++)
        sk_build_link(b, part->links[i]);
}

static void read_text_part(mail *m, sk_str bytes, sk_str type, sk_str charset)
{
    sk_source src = {.bytes = bytes, .fd = -1, .declared = charset, .charset = m->src->charset};
    sk_build part;
    sk_document doc;
    bool is_html = sk_str_is(type, "text/html");
    sk_build_init(&part, m->b->cx, m->b->deadline_ms);
    if (is_html)
        sk_read_html(&part, &src);
    else
        sk_read_text(&part, &src);
    sk_build_finish(&part, &doc);
    take_over(m, &doc, is_html);
}

static void put_attachment(mail *m, sk_str name, sk_str type)
{
    sk_build *b = m->b;
    b->kind = SK_BLOCK_ROW;
    b->place = sk_fmt(&b->cx->arena, "attachment %zu", ++m->n_attachments);
    sk_build_add(b, name.n ? name : SK_S("(no name)"), SK_NO_ORIG, SK_NO_ORIG);
    sk_build_tab(b);
    sk_build_add(b, type, SK_NO_ORIG, SK_NO_ORIG);
    sk_build_end(b);
}

/* The next part between boundary lines; false behind the last. rest starts at or before one. */
static bool take_part(sk_str *rest, sk_str boundary, sk_str *ret_part)
{
    const char *part = NULL;
    for (size_t at = 0; at < rest->n;) {
        const char *line = rest->p + at;
        const char *lf = memchr(line, '\n', rest->n - at);
        size_t n = lf ? (size_t)(lf - line) + 1 : rest->n - at;
        sk_str s = {line, n};
        bool is_border =
            sk_str_starts(s, SK_S("--")) && sk_str_starts(sk_str_sub(s, 2, s.n), boundary);
        sk_str tail = is_border ? sk_str_trim(sk_str_sub(s, boundary.n + 2, s.n)) : SK_NONE;
        is_border &= !tail.n || sk_str_is(tail, "--");
        if (is_border && part) {
            *ret_part = sk_str_range(part, line);
            *rest = sk_str_sub(*rest, at, rest->n);
            return true;
        }
        if (is_border && sk_str_is(tail, "--"))
            return false;
        at += n;
        if (is_border)
            part = rest->p + at;
    }
    if (!part)
        return false;
    *ret_part = sk_str_range(part, rest->p + rest->n); /* the closing border is missing */
    *rest = SK_NONE;
    return true;
}

static bool is_type(sk_ctx *cx, sk_str part, const char *type)
{
    sk_fields f;
    sk_fields_read(cx, part, &f);
    sk_str t = sk_field_value(cx, sk_fields_get(&f, "Content-Type"));
    if (!t.n)
        t = SK_S("text/plain");
    return sk_str_starts(t, sk_str_of(type)) && sk_str_trim(sk_str_sub(part, f.body, part.n)).n > 0;
}

/* Of alternatives the first plain text with anything in it, else the first of any other kind that
 * holds text; the rest say the same. */
static void read_alternatives(mail *m, sk_str body, sk_str boundary, unsigned depth)
{
    static const char *const wanted[] = {"text/plain", "multipart/", "text/"};
    for (size_t k = 0; k < SK_COUNT(wanted); k++) {
        sk_str rest = body, part;
        while (take_part(&rest, boundary, &part))
            if (is_type(m->b->cx, part, wanted[k])) {
                read_entity(m, part, depth + 1, false);
                return;
            }
    }
}

static void read_multipart(mail *m, sk_str body, sk_str raw_type, sk_str type, unsigned depth)
{
    sk_str boundary = sk_field_parameter(m->b->cx, raw_type, "boundary"), part;
    if (!boundary.n) {
        sk_build_note(m->b, SK_OUTCOME_PARTIAL, "a part says it has parts and names no border");
        return;
    }
    if (sk_str_is(type, "multipart/alternative")) {
        read_alternatives(m, body, boundary, depth);
        return;
    }
    while (!sk_build_is_full(m->b) && take_part(&body, boundary, &part))
        read_entity(m, part, depth + 1, false);
}

static sk_str name_of(sk_ctx *cx, const sk_fields *f)
{
    sk_str name = sk_field_parameter(cx, sk_fields_get(f, "Content-Disposition"), "filename");
    return name.n ? name : sk_field_parameter(cx, sk_fields_get(f, "Content-Type"), "name");
}

static bool is_too_much(mail *m, unsigned depth)
{
    if (depth <= SK_LIM_EXTRACT_MAIL_DEPTH && ++m->n_parts <= SK_LIM_EXTRACT_MAIL_PARTS)
        return false;
    sk_build_note(m->b, SK_OUTCOME_PARTIAL,
                  "only the first %d parts were read, and at most %d within one another",
                  SK_LIM_EXTRACT_MAIL_PARTS, SK_LIM_EXTRACT_MAIL_DEPTH);
    return true;
}

/* A message (its fields are shown) or a part of one. */
static void read_entity(mail *m, sk_str bytes, unsigned depth, bool is_message)
{
    sk_ctx *cx = m->b->cx;
    sk_fields f;
    if (is_too_much(m, depth))
        return;
    sk_fields_read(cx, bytes, &f);
    if (is_message)
        put_fields(m, &f);
    sk_str raw_type = sk_fields_get(&f, "Content-Type"), type = sk_field_value(cx, raw_type);
    sk_str body = sk_str_sub(bytes, f.body, bytes.n);
    if (!type.n)
        type = SK_S("text/plain");
    sk_str where = sk_field_value(cx, sk_fields_get(&f, "Content-Disposition"));
    if (sk_str_starts(type, SK_S("multipart/"))) {
        read_multipart(m, body, raw_type, type, depth);
        return;
    }
    bool is_text = sk_str_is(type, "text/plain") || sk_str_is(type, "text/html");
    if (sk_str_is(type, "message/rfc822") && !sk_str_is(where, "attachment")) {
        read_entity(m, sk_mime_decode(cx, body, sk_fields_get(&f, "Content-Transfer-Encoding")),
                    depth + 1, true);
        return;
    }
    if (!is_text || sk_str_is(where, "attachment")) {
        put_attachment(m, name_of(cx, &f), type);
        return;
    }
    body = sk_mime_decode(cx, body, sk_fields_get(&f, "Content-Transfer-Encoding"));
    if (sk_str_trim(body).n)
        read_text_part(m, body, type, sk_field_parameter(cx, raw_type, "charset"));
}

void sk_read_mail(sk_build *b, const sk_source *src)
{
    mail m = {.b = b, .src = src};
    sk_str bytes = src->bytes;
    b->doc.reader = SK_S("mail/1");
    b->doc.media = SK_S("message/rfc822");
    if (sk_str_starts(bytes, SK_S("From "))) { /* the line before each mail of an mbox file */
        const char *lf = memchr(bytes.p, '\n', bytes.n);
        bytes = lf ? sk_str_range(lf + 1, bytes.p + bytes.n) : bytes;
    }
    if (src->is_cut)
        sk_build_note(b, SK_OUTCOME_PARTIAL, "only the first %zu MiB were read",
                      SK_LIM_EXTRACT_BYTES >> 20);
    read_entity(&m, bytes, 0, true);
}
