/* Rows of an XML list: each record element a row, its cells named by their path below it.
 *
 *     <LIST date="2024-01-05">                     row "LIST": @date
 *       <INDIVIDUALS>
 *         <INDIVIDUAL id="7">                      row "INDIVIDUAL 1": @id, FIRST_NAME,
 *           <FIRST_NAME>Kim</FIRST_NAME>             ALIAS/NAME, ALIAS[2]/NAME
 *           <ALIAS><NAME>A</NAME></ALIAS>
 *           <ALIAS><NAME>B</NAME></ALIAS>
 *
 * What stands outside of records makes rows of the root, each sent before the record that follows.
 * The bytes of a record are known where the file is UTF-8. Nothing is kept but the way down to the
 * present element: its name, how often each name stood within it, and the text gathered so far. */
#include "rows.h"

#include "char_stream.h"
#include "xml_charset.h"
#include "xml.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    CHUNK_BYTES = 64 << 10,
    MOST_NAMES = 1024, /* different elements within one element */
};

/* How often an element of that name has stood; libxml2 keeps one copy of each name, so pointers
 * tell them apart. */
typedef struct count {
    const char *name;
    uint64_t n;
} count;

/* An element that is open. */
typedef struct frame {
    size_t path_n, text_at; /* what the path and the text were before it   */
    size_t first_count;     /* counts of what stands in it: from here on   */
    bool is_after_child;
} frame;

typedef struct list {
    sk_row_out *out;
    sk_xml xml;
    sk_rc rc; /* of a failure within an event */
    sk_str records;
    bool is_utf8; /* bytes are known */
    frame frames[SK_LIM_XML_DEPTH];
    size_t depth;
    count *counts;
    size_t n_counts, cap_counts;
    sk_buf path, text;
    size_t base;         /* where in path that of the record begins */
    size_t record_depth; /* of the record that is open; 0: none     */
    const char *record_name;
    uint64_t n_records, from;
    count per_name[MOST_NAMES + 1]; /* records of each name */
    size_t n_names;
    sk_str root;
    bool has_sent_root;
} list;

static void fail_on(list *l, sk_rc rc)
{
    if (!rc || l->rc)
        return;
    l->rc = rc;
    sk_xml_stop(&l->xml);
}

static bool is_named(sk_str names, sk_str name)
{
    sk_str one;
    while (sk_str_cut(&names, ' ', &one))
        if (one.n && sk_str_eq(one, name))
            return true;
    return false;
}

/* The count of that name among items[first, *n), which grows by one where it is new. */
static count *find_count(count *items, size_t first, size_t *n, const char *name)
{
    for (size_t i = first; i < *n; i++)
        if (items[i].name == name)
            return &items[i];
    items[*n] = (count){name, 0};
    return &items[(*n)++];
}

/* From the record down, or from the root where there is none. */
static sk_str path_of(const list *l)
{
    return sk_str_sub(sk_buf_str(&l->path), l->base, l->path.n);
}

/* Where we are, for messages: "INDIVIDUAL 12, ALIAS[2]". */
static sk_str where(const list *l)
{
    sk_arena *a = &l->out->cx->arena;
    sk_str path = sk_str_sub(path_of(l), 0, 200);
    if (!l->record_depth)
        return sk_fmt(a, "%.*s, %.*s", SK_P(l->root), SK_P(path));
    return sk_fmt(a, "record %llu (%s), %.*s", (unsigned long long)l->n_records, l->record_name,
                  SK_P(path));
}

/* ---- rows ---- */

/* What stood outside of records, as a row of the root; the first of them is sent in any case, so
 * that who reads knows what list this is. */
static void send_root(list *l)
{
    if (!l->has_sent_root && !l->out->n_cells)
        fail_on(l, sk_row_out_named(l->out, SK_S("."), SK_NONE));
    l->has_sent_root = true;
    fail_on(l, sk_row_out_end(l->out, 0, 0, 0, l->root));
}

static void begin_record(list *l, sk_str name)
{
    if (l->depth > 1)
        send_root(l);
    l->record_depth = l->depth;
    l->record_name = name.p;
    l->n_records++;
    l->base = l->path.n;
    find_count(l->per_name, 0, &l->n_names, name.p)->n++;
    if (l->n_names > MOST_NAMES)
        fail_on(l, sk_fail(l->out->cx, SK_E_LIMIT,
                           "there are records of more than %d names; say which elements are "
                           "records",
                           MOST_NAMES));
    l->from = l->is_utf8 ? sk_xml_tag_at(&l->xml) : UINT64_MAX;
}

static void end_record(list *l)
{
    char place[300];
    sk_row_out *o = l->out;
    uint64_t to = l->from == UINT64_MAX ? 0 : sk_xml_at(&l->xml);
    bool is_known = l->from < to && to != UINT64_MAX;
    uint64_t n = find_count(l->per_name, 0, &l->n_names, l->record_name)->n;
    int bytes = snprintf(place, sizeof place, "%.250s %llu", l->record_name, (unsigned long long)n);
    if (!o->n_cells)
        fail_on(l, sk_row_out_named(o, SK_S("."), SK_NONE));
    l->record_depth = 0;
    l->base = 0;
    fail_on(l, sk_row_out_end(o, l->n_records, is_known ? l->from : 0, is_known ? to : 0,
                              (sk_str){place, (size_t)bytes}));
}

/* ---- events ---- */

/* Go down: the path gets "/NAME", from the second of that name on "/NAME[2]". */
static void enter(list *l, sk_str name)
{
    sk_ctx *cx = l->out->cx;
    if (l->depth == SK_LIM_XML_DEPTH) {
        fail_on(l, sk_fail(cx, SK_E_LIMIT, "%.*s: more than %d elements within one another",
                           SK_P(where(l)), SK_LIM_XML_DEPTH));
        return;
    }
    frame f = {.path_n = l->path.n, .text_at = l->text.n};
    if (l->depth) {
        size_t first = l->frames[l->depth - 1].first_count;
        SK_GROW(&cx->arena, l->counts, l->n_counts, l->cap_counts);
        count *c = find_count(l->counts, first, &l->n_counts, name.p);
        if (l->n_counts - first > MOST_NAMES) {
            fail_on(l, sk_fail(cx, SK_E_LIMIT, "%.*s: more than %d different elements in one",
                               SK_P(where(l)), MOST_NAMES));
            return;
        }
        sk_buf_add(&l->path, l->path.n > l->base ? SK_S("/") : SK_NONE);
        sk_buf_add(&l->path, name);
        if (++c->n > 1)
            sk_buf_addf(&l->path, "[%llu]", (unsigned long long)c->n);
    }
    f.first_count = l->n_counts;
    l->frames[l->depth++] = f;
}

static sk_rc put_attributes(list *l, const sk_xml_attributes *at)
{
    sk_row_out *o = l->out;
    sk_str path = path_of(l);
    const char *slash = path.n ? "/" : "";
    for (int i = 0; i < at->n; i++) {
        sk_str name, value = sk_xml_attribute(at, i, &name);
        if (sk_str_trim(value).n)
            SK_TRY(sk_row_out_named(
                o, sk_fmt(&o->cx->arena, "%.*s%s@%.*s", SK_P(path), slash, SK_P(name)), value));
    }
    return SK_OK;
}

static void on_start(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *at)
{
    list *l = arg;
    sk_arena *a = &l->out->cx->arena;
    enter(l, name);
    if (l->rc)
        return;
    if (l->depth == 1)
        l->root = name;
    bool is_record = l->records.n ? is_named(l->records, name) : l->depth == 2;
    if (is_record && !l->record_depth)
        begin_record(l, name);
    if (l->path.overflow || l->path.n > SK_LIM_CELL_NAME_BYTES / 2)
        fail_on(l, sk_fail(l->out->cx, SK_E_LIMIT, "%.*s...: the path is longer than %zu bytes",
                           SK_P(where(l)), SK_LIM_CELL_NAME_BYTES / 2));
    if (l->rc || !at->n)
        return;
    sk_arena_mark mark = sk_arena_here(a);
    fail_on(l, put_attributes(l, at));
    sk_arena_back_to(a, mark);
}

/* Text is kept from its first letter on; blanks behind an inner element count as one. How libxml2
 * cuts text into pieces makes no difference. */
static void on_text(void *arg, sk_str text)
{
    list *l = arg;
    if (!l->depth || l->rc)
        return;
    frame *f = &l->frames[l->depth - 1];
    bool is_first = l->text.n == f->text_at;
    if (is_first || f->is_after_child) {
        size_t n = 0;
        while (n < text.n && strchr(" \t\r\n", text.p[n]))
            n++;
        if (n && !is_first && l->text.p[l->text.n - 1] != ' ')
            sk_buf_addc(&l->text, ' ');
        text = sk_str_sub(text, n, text.n);
    }
    if (!text.n)
        return;
    f->is_after_child = false;
    sk_buf_add(&l->text, text);
    if (l->text.overflow || l->text.n - f->text_at > SK_LIM_CELL_BYTES)
        fail_on(l, sk_fail(l->out->cx, SK_E_LIMIT, "%.*s: the text is longer than %zu bytes",
                           SK_P(where(l)), SK_LIM_CELL_BYTES));
}

static void on_end(void *arg, sk_str name, sk_str uri)
{
    list *l = arg;
    frame *f = &l->frames[l->depth - 1];
    sk_str text = sk_str_trim(sk_str_sub(sk_buf_str(&l->text), f->text_at, l->text.n));
    sk_str path = path_of(l);
    if (l->rc)
        return;
    if (text.n)
        fail_on(l, sk_row_out_named(l->out, path.n ? path : SK_S("."), text));
    if (l->record_depth == l->depth && !l->rc)
        end_record(l);
    else if (l->depth == 1 && !l->rc && !l->record_depth)
        send_root(l);
    l->text.n = f->text_at;
    l->path.n = f->path_n;
    l->n_counts = f->first_count;
    l->depth--;
    if (l->depth)
        l->frames[l->depth - 1].is_after_child = true;
}

/* ---- bytes ---- */

/* The next bytes of the file as they are; the file is read by position, so that it may be shared. */
static ssize_t read_raw(const sk_source *src, uint64_t at, char *out)
{
    if (src->fd < 0) {
        sk_str piece = sk_str_sub(src->bytes, (size_t)at, CHUNK_BYTES);
        if (piece.n)
            memcpy(out, piece.p, piece.n);
        return (ssize_t)piece.n;
    }
    ssize_t n;
    do
        n = pread(src->fd, out, CHUNK_BYTES, (off_t)at);
    while (n < 0 && errno == EINTR);
    return n;
}

static sk_rc check_chars(sk_ctx *cx, const sk_source *src, const sk_char_stream *chars,
                         const sk_charset *cs)
{
    uint64_t at_text, at_byte;
    if (!chars || !sk_char_stream_bad(chars, &at_text, &at_byte) || src->charset.n)
        return SK_OK;
    return sk_fail(cx, SK_E_FORMAT,
                   "byte %llu of the file is not %s; name its charset: then what does not fit is "
                   "read as \xEF\xBF\xBD",
                   (unsigned long long)at_byte, sk_charset_name(cs));
}

static sk_rc feed(list *l, const sk_source *src, sk_char_stream *chars, const sk_charset *cs)
{
    sk_ctx *cx = l->out->cx;
    char *chunk = sk_xmalloc(CHUNK_BYTES);
    sk_rc rc = SK_OK;
    uint64_t at = 0;
    for (;;) {
        ssize_t n =
            chars ? sk_char_stream_read(chars, chunk, CHUNK_BYTES) : read_raw(src, at, chunk);
        if (n < 0)
            rc = sk_fail(cx, SK_E_FORMAT, "the file cannot be read on at byte %llu",
                         (unsigned long long)at);
        else
            rc = check_chars(cx, src, chars, cs);
        if (rc || n <= 0 || !sk_xml_feed(&l->xml, (sk_str){chunk, (size_t)n}))
            break;
        at += (uint64_t)n;
    }
    free(chunk);
    return rc;
}

/* What stopped it: our own failure, a document type, or a fault in the XML. */
static sk_rc end(list *l)
{
    sk_ctx *cx = l->out->cx;
    int line;
    bool is_sound = sk_xml_end(&l->xml);
    if (l->rc)
        return l->rc;
    if (l->xml.has_doctype)
        return sk_fail(cx, SK_E_FORMAT,
                       "the file declares a document type, by which XML can be made to swell or to "
                       "fetch other files; it is refused: take the declaration out");
    if (!is_sound) {
        sk_str why = sk_xml_why(&l->xml, &line);
        return sk_fail(
            cx, SK_E_FORMAT,
            "this is not sound XML: line %d: %.*s; after %llu records the file is damaged "
            "or cut short",
            line, SK_P(why), (unsigned long long)l->n_records);
    }
    if (!l->n_records && l->records.n)
        sk_row_out_note(l->out, "there is no element \"%.*s\" in \"%.*s\"", SK_P(l->records),
                        SK_P(l->root));
    return SK_OK;
}

sk_rc sk_rows_read_xml(sk_row_out *o, const sk_source *src, sk_str records)
{
    static const sk_xml_events events = {on_start, on_end, on_text};
    sk_ctx *cx = o->cx;
    const sk_charset *cs;
    sk_str how;
    SK_TRY(sk_xml_charset(cx, src, &cs, &how));
    list *l = sk_new(&cx->arena, list);
    l->out = o;
    l->records = records;
    l->is_utf8 = cs == sk_charset_utf8() && !src->charset.n;
    sk_char_stream *chars = l->is_utf8 ? NULL : sk_char_stream_open(cx, src, cs);
    SK_TRY(sk_row_out_start(o, sk_str_of(sk_charset_name(cs)), how));
    if (!sk_xml_begin(&l->xml, &cx->arena, &events, l, true))
        sk_out_of_memory(0);
    sk_buf_init(&l->path, SK_LIM_CELL_NAME_BYTES);
    sk_buf_init(&l->text, 2 * SK_LIM_CELL_BYTES);
    sk_rc rc = feed(l, src, chars, cs);
    if (!rc)
        rc = end(l);
    sk_xml_done(&l->xml);
    sk_buf_done(&l->path);
    sk_buf_done(&l->text);
    sk_char_stream_close(chars);
    return rc;
}
