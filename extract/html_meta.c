#include "html_private.h"

#include "furniture.h"
#include "language.h"

enum { DECLARED_BYTES = 4096 };

sk_str sk_html_attribute(const unsigned char **attributes, const char *name)
{
    for (; attributes && attributes[0]; attributes += 2)
        if (strcmp((const char *)attributes[0], name) == 0)
            return sk_str_of((const char *)attributes[1]);
    return SK_NONE;
}

bool sk_html_has_attribute(const unsigned char **attributes, const char *name)
{
    for (; attributes && attributes[0]; attributes += 2)
        if (strcmp((const char *)attributes[0], name) == 0)
            return true;
    return false;
}

static size_t find_nocase(sk_str s, sk_str part, size_t from)
{
    for (size_t at = from; at + part.n <= s.n; at++)
        if (sk_str_eq_nocase(sk_str_sub(s, at, part.n), part))
            return at;
    return SIZE_MAX;
}

/* The token behind "charset" or "encoding" and its equals sign, quoted or not. */
static sk_str value_behind(sk_str s, sk_str key)
{
    size_t at = find_nocase(s, key, 0);
    if (at == SIZE_MAX)
        return SK_NONE;
    s = sk_str_trim(sk_str_sub(s, at + key.n, s.n));
    if (!s.n || s.p[0] != '=')
        return SK_NONE;
    s = sk_str_trim(sk_str_sub(s, 1, s.n));
    if (s.n && (s.p[0] == '"' || s.p[0] == '\''))
        s = sk_str_sub(s, 1, s.n);
    size_t n = 0;
    while (n < s.n && !strchr("\"'; \t\r\n/>?", s.p[n]) && s.p[n])
        n++;
    return sk_str_sub(s, 0, n);
}

sk_str sk_html_declared_charset(sk_str bytes)
{
    sk_str head = sk_str_sub(bytes, 0, DECLARED_BYTES);
    if (sk_str_starts(head, SK_S("<?xml"))) {
        size_t end = sk_str_find(head, SK_S("?>"));
        sk_str name =
            value_behind(sk_str_sub(head, 0, end == SIZE_MAX ? head.n : end), SK_S("encoding"));
        if (name.n)
            return name;
    }
    for (size_t at = 0; (at = find_nocase(head, SK_S("<meta"), at)) != SIZE_MAX; at++) {
        sk_str tag = sk_str_sub(head, at, head.n);
        const char *end = memchr(tag.p, '>', tag.n);
        if (end)
            tag = sk_str_range(tag.p, end);
        sk_str name = value_behind(tag, SK_S("charset"));
        if (name.n)
            return name;
    }
    return SK_NONE;
}

/* Keys of meta tags whose content is a date of the page. */
static const char *const date_keys[] = {
    "article:published_time",
    "article:modified_time",
    "article:published",
    "article:modified",
    "og:published_time",
    "og:updated_time",
    "date",
    "dc.date",
    "dc.date.issued",
    "dc.date.created",
    "dc.date.modified",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.modified",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publication-date",
    "datepublished",
    "datemodified",
    "datecreated",
    "last-modified",
    "revised",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "citation_date",
    "article.published",
    "created",
    "published",
    "release_date",
};

static bool is_date_key(sk_str key)
{
    for (size_t i = 0; i < SK_COUNT(date_keys); i++)
        if (sk_str_eq_nocase(key, sk_str_of(date_keys[i])))
            return true;
    return false;
}

void sk_html_meta(sk_build *b, const unsigned char **attributes)
{
    static const char *const names[] = {"property", "name", "itemprop", "http-equiv"};
    sk_str content = sk_html_attribute(attributes, "content");
    for (size_t i = 0; i < SK_COUNT(names); i++) {
        sk_str key = sk_str_trim(sk_html_attribute(attributes, names[i]));
        if (!key.n || !content.n)
            continue;
        sk_arena *a = &b->cx->arena;
        if (is_date_key(key))
            sk_build_date(b, content, sk_fmt(a, "meta %.*s", SK_P(key)).p);
        else if (sk_str_eq_nocase(key, SK_S("og:title")) && !b->doc.title.n)
            b->doc.title = sk_build_line(b, content, SK_LIM_EXTRACT_FIELD_BYTES);
        else if (sk_str_eq_nocase(key, SK_S("content-language")) && !b->doc.lang.n)
            b->doc.lang = sk_language_tag(a, content);
    }
}

static bool has_furniture_token(sk_str list)
{
    while (list.n) {
        size_t n = 0;
        while (n < list.n && !strchr(" \t\r\n\f", list.p[n]))
            n++;
        if (sk_furniture_is_class(sk_str_sub(list, 0, n)))
            return true;
        list = sk_str_sub(list, n + 1, list.n);
    }
    return false;
}

/* "display:none" in a style, blanks aside. */
static bool is_hidden(sk_str style)
{
    size_t at = find_nocase(style, SK_S("display"), 0);
    if (at == SIZE_MAX)
        return false;
    sk_str rest = sk_str_trim(sk_str_sub(style, at + 7, style.n));
    if (!rest.n || rest.p[0] != ':')
        return false;
    rest = sk_str_trim(sk_str_sub(rest, 1, rest.n));
    return sk_str_eq_nocase(sk_str_sub(rest, 0, 4), SK_S("none"));
}

bool sk_html_is_furniture(sk_str name, const unsigned char **attributes, bool *ret_soft)
{
    *ret_soft = false;
    if (sk_furniture_is_element(name))
        return true;
    if (sk_str_is(name, "html") || sk_str_is(name, "body") || sk_str_is(name, "main") ||
        sk_str_is(name, "article"))
        return false;
    sk_str role = sk_html_attribute(attributes, "role");
    if (role.n && sk_furniture_is_role(role))
        return true;
    *ret_soft = true;
    return sk_str_is(name, "form") || sk_html_has_attribute(attributes, "hidden") ||
           is_hidden(sk_html_attribute(attributes, "style")) ||
           has_furniture_token(sk_html_attribute(attributes, "class")) ||
           has_furniture_token(sk_html_attribute(attributes, "id"));
}
