#include "zip.h"

#include "language.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
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
        sk_build_limit(b, "only the first %d parts of the zip were looked at",
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

static bool is_full(void *b)
{
    return sk_build_is_full(b);
}

/* Feed the part to the parser piece by piece; it is never held whole. */
static void feed(sk_build *b, sk_xml *x, struct archive *a, const char *part, size_t most)
{
    char *chunk = sk_xmalloc(CHUNK_BYTES);
    size_t total = 0;
    for (;;) {
        la_ssize_t n = archive_read_data(a, chunk, CHUNK_BYTES);
        if (n < 0) {
            const char *why = archive_error_string(a);
            sk_build_note(b, SK_OUTCOME_PARTIAL, "the part %s is damaged: %s", part,
                          why ? why : "unreadable");
        }
        if (n <= 0)
            break;
        total += (size_t)n;
        if (total > most) {
            sk_build_limit(b, "only the first %zu MiB of the part %s were read", most >> 20, part);
            x->is_stopped = true;
            break;
        }
        if (!sk_xml_feed(x, (sk_str){chunk, (size_t)n}))
            break;
    }
    free(chunk);
}

static void read_part(sk_build *b, const sk_source *src, struct archive *a, const char *part,
                      const sk_xml_events *events, void *arg)
{
    sk_xml x;
    int line;
    if (!sk_xml_begin(&x, &b->cx->arena, events, arg, false)) {
        sk_build_note(b, SK_OUTCOME_FAILED, "the XML parser could not be set up");
        return;
    }
    x.is_full = is_full;
    x.is_full_arg = b;
    feed(b, &x, a, part, src->part_bytes ? src->part_bytes : SK_LIM_EXTRACT_PART);
    if (!sk_xml_end(&x)) {
        sk_str why = sk_xml_why(&x, &line);
        sk_build_note(b, SK_OUTCOME_PARTIAL, "the part %s is not sound XML (line %d: %.*s)", part,
                      line, SK_P(why));
    }
    if (x.has_doctype)
        sk_build_note(b, SK_OUTCOME_PARTIAL,
                      "the part %s declares a document type, which is refused", part);
    sk_xml_done(&x);
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
        read_part(b, src, a, part, events, arg);
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

sk_zip_kind sk_zip_which(sk_build *b, const sk_source *src, sk_str *ret_media, size_t *ret_files)
{
    which w = {0};
    bool is_zip = sk_zip_walk(b, src, HEAD_BYTES, note_part, &w);
    sk_str media = sk_build_line(b, (sk_str){w.media, w.media_bytes}, sizeof w.media);
    *ret_media = SK_NONE;
    *ret_files = w.n_files;
    if (!is_zip)
        return SK_ZIP_UNREADABLE;
    if (w.is_docx)
        return SK_ZIP_DOCX;
    if (w.is_xlsx)
        return SK_ZIP_XLSX;
    if (!sk_str_starts(media, SK_S("application/vnd.oasis.opendocument.")))
        return w.is_pptx ? SK_ZIP_PPTX : SK_ZIP_OTHER;
    *ret_media = media;
    return SK_ZIP_ODF;
}

void sk_read_zip(sk_build *b, const sk_source *src)
{
    sk_str media;
    size_t n_files;
    b->doc.reader = SK_S("zip/1");
    b->doc.media = SK_S("application/zip");
    switch (sk_zip_which(b, src, &media, &n_files)) {
    case SK_ZIP_UNREADABLE:
        sk_build_note(b, SK_OUTCOME_FAILED,
                      "it begins like a zip and holds nothing that can be read");
        break;
    case SK_ZIP_DOCX:
        sk_read_docx(b, src);
        break;
    case SK_ZIP_XLSX:
        sk_read_xlsx(b, src);
        break;
    case SK_ZIP_ODF:
        sk_read_odf(b, src, media);
        break;
    case SK_ZIP_PPTX:
        sk_build_note(b, SK_OUTCOME_NONE,
                      "a PowerPoint presentation (%zu parts): save it as PDF and add that",
                      n_files);
        break;
    case SK_ZIP_OTHER:
        sk_build_note(b, SK_OUTCOME_NONE, "a zip with %zu files: unpack it and add them one by one",
                      n_files);
        break;
    }
}
