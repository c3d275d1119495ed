#include "zip.h"

#include "language.h"

#include <archive.h>
#include <archive_entry.h>
#include <libxml/parser.h>
#include <unistd.h>

enum { CHUNK_BYTES = 65536, HEAD_BYTES = 256 };

static struct archive *open_zip(sk_build *b, const sk_source *src)
{
    struct archive *a = archive_read_new();
    if (!a)
        return NULL;
    archive_read_support_format_zip(a);
    int rc = src->fd >= 0 && lseek(src->fd, 0, SEEK_SET) == 0
                 ? archive_read_open_fd(a, src->fd, CHUNK_BYTES)
                 : archive_read_open_memory(a, src->bytes.p, src->bytes.n);
    if (rc != ARCHIVE_OK) {
        sk_build_note(b, SK_OUTCOME_FAILED, "the zip cannot be opened: %s",
                      archive_error_string(a) ? archive_error_string(a) : "no reason given");
        archive_read_free(a);
        return NULL;
    }
    return a;
}

/* The next file; false at the end or at a fault, which is noted. */
static bool next_entry(sk_build *b, struct archive *a, size_t *count, sk_str *ret_name)
{
    struct archive_entry *e;
    int rc = archive_read_next_header(a, &e);
    if (rc == ARCHIVE_EOF)
        return false;
    if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN) {
        const char *why = archive_error_string(a);
        sk_build_note(b, SK_OUTCOME_PARTIAL, "the zip is damaged: %s", why ? why : "unreadable");
        return false;
    }
    if (++*count > SK_LIM_EXTRACT_ENTRIES) {
        sk_build_note(b, SK_OUTCOME_PARTIAL, "only the first %d parts of the zip were looked at",
                      SK_LIM_EXTRACT_ENTRIES);
        return false;
    }
    *ret_name = sk_str_of(archive_entry_pathname(e)); /* NULL where it is not ASCII: not ours */
    return !sk_build_is_full(b);
}

bool sk_zip_walk(sk_build *b, const sk_source *src, size_t want_head, sk_zip_fn *fn, void *arg)
{
    struct archive *a = open_zip(b, src);
    sk_str name;
    size_t count = 0;
    char head[HEAD_BYTES];
    sk_assert(want_head <= sizeof head);
    if (!a)
        return false;
    while (next_entry(b, a, &count, &name)) {
        la_ssize_t n = want_head ? archive_read_data(a, head, want_head) : 0;
        if (!fn(arg, name, (sk_str){head, n > 0 ? (size_t)n : 0}))
            break;
    }
    archive_read_free(a);
    return count > 0;
}

typedef struct xml {
    sk_build *b;
    const sk_xml_events *events;
    void *arg;
    xmlParserCtxtPtr parser;
    const char *part;
    bool is_stopped; /* by us; the note says why */
} xml;

static void stop(xml *x)
{
    x->is_stopped = true;
    xmlStopParser(x->parser);
}

static void on_doctype(void *arg, const xmlChar *name, const xmlChar *id, const xmlChar *uri)
{
    xml *x = arg;
    sk_build_note(x->b, SK_OUTCOME_PARTIAL,
                  "the part %s declares a document type, which is refused", x->part);
    stop(x);
}

static void on_start(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int n_namespaces, const xmlChar **namespaces, int n_attributes,
                     int n_defaulted, const xmlChar **attributes)
{
    xml *x = arg;
    sk_xml_attributes at = {&x->b->cx->arena, attributes, n_attributes};
    if (sk_build_is_full(x->b))
        stop(x);
    else if (x->events->start)
        x->events->start(x->arg, sk_str_of((const char *)name), sk_str_of((const char *)uri), &at);
}

static void on_end(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    xml *x = arg;
    if (x->events->end && !x->is_stopped)
        x->events->end(x->arg, sk_str_of((const char *)name), sk_str_of((const char *)uri));
}

static void on_text(void *arg, const xmlChar *text, int len)
{
    xml *x = arg;
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
    if (sk_str_find(s, escape) == SIZE_MAX)
        return s;
    char *out = sk_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        out[n++] = s.p[at]; /* the escape begins with what it stands for */
        at += sk_str_starts(sk_str_sub(s, at, s.n), escape) ? escape.n : 1;
    }
    return (sk_str){out, n};
}

sk_str sk_xml_get(const sk_xml_attributes *attributes, const char *name)
{
    for (int i = 0; i < attributes->n; i++) {
        const xmlChar **a = attributes->items + 5 * i; /* name, prefix, uri, value, end */
        if (strcmp((const char *)a[0], name) == 0)
            return with_ampersands(attributes->arena,
                                   sk_str_range((const char *)a[3], (const char *)a[4]));
    }
    return SK_NONE;
}

/* Feed the part to the parser piece by piece; it is never held whole. */
static void feed(xml *x, struct archive *a)
{
    char *chunk = sk_xmalloc(CHUNK_BYTES);
    size_t total = 0;
    bool failed = false;
    for (;;) {
        la_ssize_t n = archive_read_data(a, chunk, CHUNK_BYTES);
        if (n < 0) {
            const char *why = archive_error_string(a);
            sk_build_note(x->b, SK_OUTCOME_PARTIAL, "the part %s is damaged: %s", x->part,
                          why ? why : "unreadable");
        }
        if (n <= 0)
            break;
        total += (size_t)n;
        if (total > SK_LIM_EXTRACT_PART) {
            sk_build_note(x->b, SK_OUTCOME_PARTIAL,
                          "only the first %zu MiB of the part %s were read",
                          SK_LIM_EXTRACT_PART >> 20, x->part);
            x->is_stopped = true;
            break;
        }
        failed = xmlParseChunk(x->parser, chunk, (int)n, 0) != 0;
        if (failed || x->is_stopped)
            break;
    }
    free(chunk);
    if (!x->is_stopped && (failed || xmlParseChunk(x->parser, NULL, 0, 1) != 0)) {
        const xmlError *e = xmlCtxtGetLastError(x->parser);
        sk_build_note(x->b, SK_OUTCOME_PARTIAL, "the part %s is not sound XML (line %d: %s)",
                      x->part, e ? e->line : 0, e && e->message ? e->message : "unreadable");
    }
}

static void read_part(sk_build *b, struct archive *a, const char *part, const sk_xml_events *events,
                      void *arg)
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
    xml x = {.b = b, .events = events, .arg = arg, .part = part};
    x.parser = xmlCreatePushParserCtxt(&sax, &x, NULL, 0, NULL);
    if (!x.parser) {
        sk_build_note(b, SK_OUTCOME_FAILED, "the XML parser could not be set up");
        return;
    }
    xmlCtxtUseOptions(x.parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    feed(&x, a);
    xmlFreeParserCtxt(x.parser);
}

bool sk_zip_xml(sk_build *b, const sk_source *src, const char *part, const sk_xml_events *events,
                void *arg)
{
    struct archive *a = open_zip(b, src);
    sk_str name;
    size_t count = 0;
    bool found = false;
    while (a && !found && next_entry(b, a, &count, &name)) {
        if (name.n && name.p[0] == '/')
            name = sk_str_sub(name, 1, name.n);
        found = sk_str_eq_nocase(name, sk_str_of(part));
    }
    if (found)
        read_part(b, a, part, events, arg);
    if (a)
        archive_read_free(a);
    return found;
}

/* Properties: the text of the few elements that we know. */
typedef struct properties {
    sk_build *b;
    sk_buf text;
} properties;

static void properties_start(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *at)
{
    properties *p = arg;
    sk_buf_reset(&p->text);
}

static void properties_text(void *arg, sk_str text)
{
    properties *p = arg;
    sk_buf_add(&p->text, text);
}

static void properties_end(void *arg, sk_str name, sk_str uri)
{
    properties *p = arg;
    sk_build *b = p->b;
    sk_str text = sk_str_trim(sk_buf_str(&p->text));
    if (sk_str_is(name, "title") && text.n)
        b->doc.title = sk_build_line(b, text, SK_LIM_EXTRACT_FIELD_BYTES);
    else if (sk_str_is(name, "language") && text.n)
        b->doc.lang = sk_language_tag(&b->cx->arena, text);
    else if (sk_str_is(name, "created") || sk_str_is(name, "creation-date"))
        sk_build_date(b, text, "property created");
    else if (sk_str_is(name, "modified") || sk_str_is(name, "date"))
        sk_build_date(b, text, "property modified");
    sk_buf_reset(&p->text);
}

void sk_zip_properties(sk_build *b, const sk_source *src, const char *part)
{
    static const sk_xml_events events = {properties_start, properties_end, properties_text};
    properties p = {.b = b};
    sk_buf_init(&p.text, SK_LIM_EXTRACT_FIELD_BYTES);
    sk_zip_xml(b, src, part, &events, &p);
    sk_buf_done(&p.text);
}

/* Which format: told by the names of the parts and, for ODF and EPUB, the part "mimetype". */
typedef struct which {
    bool is_docx, is_xlsx, is_pptx;
    size_t n_files;
    char media[HEAD_BYTES];
    size_t media_bytes;
} which;

static bool is_media_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c && strchr("/.-+", c));
}

static bool note_part(void *arg, sk_str name, sk_str head)
{
    which *w = arg;
    w->n_files++;
    w->is_docx |= sk_str_eq_nocase(name, SK_S("word/document.xml"));
    w->is_xlsx |= sk_str_eq_nocase(name, SK_S("xl/workbook.xml"));
    w->is_pptx |= sk_str_eq_nocase(name, SK_S("ppt/presentation.xml"));
    if (sk_str_is(name, "mimetype") && sk_str_starts(head, SK_S("application/"))) {
        memcpy(w->media, head.p, head.n);
        while (w->media_bytes < head.n && is_media_char(head.p[w->media_bytes]))
            w->media_bytes++;
    }
    return !w->is_docx && !w->is_xlsx;
}

void sk_read_zip(sk_build *b, const sk_source *src)
{
    which w = {0};
    b->doc.reader = SK_S("zip/1");
    b->doc.media = SK_S("application/zip");
    if (!sk_zip_walk(b, src, HEAD_BYTES, note_part, &w)) {
        sk_build_note(b, SK_OUTCOME_FAILED,
                      "it begins like a zip and holds nothing that can be read");
        return;
    }
    sk_str media = sk_build_line(b, (sk_str){w.media, w.media_bytes}, sizeof w.media);
    if (w.is_docx)
        sk_read_docx(b, src);
    else if (w.is_xlsx)
        sk_read_xlsx(b, src);
    else if (sk_str_starts(media, SK_S("application/vnd.oasis.opendocument.")))
        sk_read_odf(b, src, media);
    else
        sk_build_note(b, SK_OUTCOME_NONE,
                      w.is_pptx
                          ? "a PowerPoint presentation (%zu parts): save it as PDF and add that"
                          : "a zip with %zu files: unpack it and add them one by one",
                      w.n_files);
}
