#include "xml.h"

#include <libxml/parser.h>
#include <limits.h>

void sk_xml_stop(sk_xml *x)
{
    x->is_stopped = true;
    xmlStopParser(x->parser);
}

static void on_doctype(void *arg, const xmlChar *name, const xmlChar *id, const xmlChar *uri)
{
    sk_xml *x = arg;
    x->has_doctype = true;
    sk_xml_stop(x);
}

static void on_start(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int n_namespaces, const xmlChar **namespaces, int n_attributes,
                     int n_defaulted, const xmlChar **attributes)
{
    sk_xml *x = arg;
    sk_xml_attributes at = {x->arena, attributes, n_attributes};
    if (x->is_full && x->is_full(x->is_full_arg))
        sk_xml_stop(x);
    else if (x->events->start && !x->is_stopped)
        x->events->start(x->arg, sk_str_of((const char *)name), sk_str_of((const char *)uri), &at);
}

static void on_end(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    sk_xml *x = arg;
    if (x->events->end && !x->is_stopped)
        x->events->end(x->arg, sk_str_of((const char *)name), sk_str_of((const char *)uri));
}

static void on_text(void *arg, const xmlChar *text, int len)
{
    sk_xml *x = arg;
    if (x->events->text && len > 0 && !x->is_stopped)
        x->events->text(x->arg, (sk_str){(const char *)text, (size_t)len});
}

static void on_nothing(void *arg, const char *fmt, ...)
{
    (void)arg;
    (void)fmt;
}

static sk_str with_ampersands(sk_arena *a, sk_str s)
{
    sk_str escape = SK_S("&#38;");
    if (!s.n || !memchr(s.p, '&', s.n))
        return s;
    char *out = sk_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        out[n++] = s.p[at]; /* the escape begins with what it stands for */
        at += sk_str_starts(sk_str_sub(s, at, s.n), escape) ? escape.n : 1;
    }
    return (sk_str){out, n};
}

sk_str sk_xml_attribute(const sk_xml_attributes *attributes, int i, sk_str *ret_name)
{
    const xmlChar **a = attributes->items + 5 * i; /* name, prefix, uri, value, end */
    *ret_name = sk_str_of((const char *)a[0]);
    return with_ampersands(attributes->arena, sk_str_range((const char *)a[3], (const char *)a[4]));
}

sk_str sk_xml_get(const sk_xml_attributes *attributes, const char *name)
{
    sk_str found;
    for (int i = 0; i < attributes->n; i++)
        if (strcmp((const char *)attributes->items[5 * i], name) == 0)
            return sk_xml_attribute(attributes, i, &found);
    return SK_NONE;
}

bool sk_xml_begin(sk_xml *x, sk_arena *a, const sk_xml_events *events, void *arg, bool is_decoded)
{
    xmlSAXHandler sax = {
        .initialized = XML_SAX2_MAGIC,
        .internalSubset = on_doctype,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
        .warning = on_nothing,
        .error = on_nothing,
        .fatalError = on_nothing,
    };
    *x = (sk_xml){.arena = a, .events = events, .arg = arg};
    x->parser = xmlCreatePushParserCtxt(&sax, x, NULL, 0, NULL);
    if (!x->parser)
        return false;
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    xmlCtxtUseOptions(x->parser, is_decoded ? options | XML_PARSE_IGNORE_ENC : options);
    return true;
}

bool sk_xml_feed(sk_xml *x, sk_str bytes)
{
    while (bytes.n && !x->has_failed && !x->is_stopped) {
        size_t n = bytes.n < INT_MAX / 2 ? bytes.n : INT_MAX / 2;
        x->has_failed = xmlParseChunk(x->parser, bytes.p, (int)n, 0) != 0;
        bytes = sk_str_sub(bytes, n, bytes.n);
    }
    return !x->has_failed && !x->is_stopped;
}

bool sk_xml_end(sk_xml *x)
{
    if (!x->is_stopped && !x->has_failed)
        x->has_failed = xmlParseChunk(x->parser, NULL, 0, 1) != 0;
    return x->is_stopped || !x->has_failed;
}

void sk_xml_done(sk_xml *x)
{
    if (x->parser)
        xmlFreeParserCtxt(x->parser);
    x->parser = NULL;
}

uint64_t sk_xml_at(const sk_xml *x)
{
    long at = xmlByteConsumed(x->parser);
    return at < 0 ? UINT64_MAX : (uint64_t)at;
}

/* No tag holds a "<" but its first byte: look back for it from where the parser stands. */
uint64_t sk_xml_tag_at(const sk_xml *x)
{
    xmlParserCtxtPtr p = x->parser;
    uint64_t at = sk_xml_at(x);
    for (const xmlChar *c = p->input->cur; at != UINT64_MAX && c > p->input->base; at--)
        if (*--c == '<')
            return at - 1;
    return UINT64_MAX;
}

sk_str sk_xml_why(const sk_xml *x, int *ret_line)
{
    xmlParserCtxtPtr p = x->parser;
    const xmlError *e = xmlCtxtGetLastError(p);
    *ret_line = e ? e->line : 0;
    if (e && e->code == XML_ERR_DOCUMENT_END && p->nameNr > 0)
        return SK_S("it ends before it is complete");
    sk_str why = sk_str_trim(sk_str_of(e && e->message ? e->message : "unreadable"));
    const char *lf = memchr(why.p, '\n', why.n);
    return lf ? sk_str_range(why.p, lf) : why;
}
