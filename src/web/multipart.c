#include "web/multipart.h"

#include "base/utf8.h"

enum { MOST_BOUNDARY = 70, MOST_HEAD = 4096 };

bool sk_is_multipart(sk_str type)
{
    sk_str media;
    sk_str_cut(&type, ';', &media);
    return sk_str_eq_nocase(sk_str_trim(media), SK_S("multipart/form-data"));
}

/* The value of name="..." (or name=token) in a header's parameters; SK_NONE when it is not there. */
static sk_str parameter(sk_str header, const char *name)
{
    sk_str rest = header, item;
    size_t length = strlen(name);
    while (rest.n && sk_str_cut(&rest, ';', &item)) {
        item = sk_str_trim(item);
        if (item.n <= length || item.p[length] != '=' ||
            !sk_str_eq_nocase(sk_str_sub(item, 0, length), sk_str_of(name)))
            continue;
        sk_str value = sk_str_sub(item, length + 1, item.n);
        if (!value.n || value.p[0] != '"')
            return value;
        /* a quoted value may hold semicolons: look for its end in the header itself */
        sk_str tail = sk_str_range(value.p + 1, header.p + header.n);
        size_t end = sk_str_find(tail, SK_S("\""));
        return end == SIZE_MAX ? SK_NONE : (sk_str){tail.p, end};
    }
    return SK_NONE;
}

/* Browsers write a quote in a name as %22. */
static sk_rc enter_name(sk_ctx *cx, sk_str raw, const char *what, sk_str *ret_name)
{
    size_t from = raw.n;
    while (from && raw.p[from - 1] != '/' && raw.p[from - 1] != '\\')
        from--;
    return sk_utf8_enter(cx, sk_str_sub(raw, from, raw.n), what, ret_name);
}

static sk_rc read_head(sk_ctx *cx, sk_str head, sk_form_part *ret_part)
{
    sk_str line;
    while (head.n && sk_str_cut(&head, '\n', &line)) {
        sk_str key, value = sk_str_trim(line);
        if (!sk_str_cut(&value, ':', &key) ||
            !sk_str_eq_nocase(sk_str_trim(key), SK_S("Content-Disposition")))
            continue;
        sk_str name = parameter(value, "name"), file = parameter(value, "filename");
        SK_TRY(enter_name(cx, name, "name of a field", &ret_part->name));
        if (file.p)
            SK_TRY(enter_name(cx, file, "name of a file", &ret_part->filename));
        return SK_OK;
    }
    return sk_fail(cx, SK_E_FORMAT, "a part of the form has no name");
}

/* Browsers end lines with CR LF. */
static sk_str without_cr(sk_ctx *cx, sk_str s)
{
    char *out = sk_alloc(&cx->arena, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\r' || i + 1 == s.n || s.p[i + 1] != '\n')
            out[n++] = s.p[i];
    return (sk_str){out, n};
}

/* One part, between its boundary lines; text_bytes adds up what is no file. */
static sk_rc read_part(sk_ctx *cx, sk_str part, size_t *text_bytes, sk_form_part *ret_part)
{
    size_t end = sk_str_find(sk_str_sub(part, 0, MOST_HEAD), SK_S("\r\n\r\n"));
    if (end == SIZE_MAX)
        return sk_fail(cx, SK_E_FORMAT, "a part of the form has no end of its head");
    SK_TRY(read_head(cx, sk_str_sub(part, 0, end), ret_part));
    ret_part->bytes = sk_str_sub(part, end + 4, part.n);
    if (ret_part->filename.p)
        return SK_OK;
    *text_bytes += ret_part->bytes.n;
    if (*text_bytes > SK_LIM_HTTP_FORM_BYTES)
        return sk_fail(cx, SK_E_LIMIT,
                       "the fields of the form take more than %zu bytes; only files may",
                       (size_t)SK_LIM_HTTP_FORM_BYTES);
    return sk_utf8_enter(cx, without_cr(cx, ret_part->bytes), "value", &ret_part->bytes);
}

/* Where the next boundary line begins; SIZE_MAX when there is none. What only begins like one is of
 * the part. */
static size_t find_boundary(sk_str body, sk_str mark)
{
    for (size_t from = 0;;) {
        size_t at = sk_str_find(sk_str_sub(body, from, body.n), mark);
        if (at == SIZE_MAX)
            return SIZE_MAX;
        sk_str behind = sk_str_sub(body, from + at + mark.n, 2);
        if (sk_str_is(behind, "\r\n") || sk_str_is(behind, "--"))
            return from + at;
        from += at + 1;
    }
}

sk_rc sk_multipart_parse(sk_ctx *cx, sk_str type, sk_str body, sk_form_parts *ret_parts)
{
    sk_str boundary = parameter(type, "boundary");
    if (!boundary.n || boundary.n > MOST_BOUNDARY)
        return sk_fail(cx, SK_E_FORMAT, "the form does not say how its parts are told apart");
    sk_str mark = sk_fmt(&cx->arena, "\r\n--%.*s", SK_P(boundary));
    sk_form_part *v = sk_new_array(&cx->arena, sk_form_part, SK_LIM_HTTP_PARTS);
    size_t n = 0, text_bytes = 0;
    if (!sk_str_starts(body, sk_str_sub(mark, 2, mark.n)))
        return sk_fail(cx, SK_E_FORMAT, "the form does not begin with its boundary");
    body = sk_str_sub(body, mark.n - 2, body.n);
    while (!sk_str_starts(body, SK_S("--"))) {
        size_t end = find_boundary(body, mark);
        if (!sk_str_starts(body, SK_S("\r\n")) || end == SIZE_MAX || end < 2)
            return sk_fail(cx, SK_E_FORMAT, "the form is cut short");
        if (n == SK_LIM_HTTP_PARTS)
            return sk_fail(cx, SK_E_LIMIT, "more than %d parts in one form", SK_LIM_HTTP_PARTS);
        SK_TRY(read_part(cx, sk_str_sub(body, 2, end - 2), &text_bytes, &v[n++]));
        body = sk_str_sub(body, end + mark.n, body.n);
    }
    *ret_parts = (sk_form_parts){v, n};
    return SK_OK;
}

const sk_form_part *sk_form_part_get(const sk_form_parts *parts, const char *name)
{
    for (size_t i = 0; i < parts->n; i++)
        if (sk_str_is(parts->v[i].name, name))
            return &parts->v[i];
    return NULL;
}
