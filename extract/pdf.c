/* What pdftotext wrote about a PDF: pages, paragraphs, and the furniture of pages.
 *
 * The input is the output of `pdftotext -htmlmeta -enc UTF-8`: an HTML head with title and dates,
 * then <pre>, the text as it is (not escaped) with a form feed behind each page, then </pre>. The
 * PDF itself is never seen here. */
#include "source.h"

#include "base/nfc.h"
#include "base/utf8.h"
#include "furniture.h"

#include <stdlib.h>

enum {
    EDGE_BLOCKS = 2,  /* blocks at the top and the foot of a page that may be running heads */
    EDGE_BYTES = 160, /* the longest of them                                                */
    REPEATS = 3,      /* on so many pages it must stand                                     */
    MOST_PAGES = 100000,
};

/* The escapes that pdftotext uses in its head. */
static sk_str unescape(sk_arena *a, sk_str s)
{
    static const struct {
        const char *escape, *text;
    } escapes[] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}};
    char *out = sk_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        size_t step = 1;
        char c = s.p[at];
        for (size_t i = 0; c == '&' && i < SK_COUNT(escapes); i++)
            if (sk_str_starts(sk_str_sub(s, at, s.n), sk_str_of(escapes[i].escape))) {
                c = escapes[i].text[0];
                step = strlen(escapes[i].escape);
                break;
            }
        out[n++] = c;
        at += step;
    }
    return (sk_str){out, n};
}

/* What stands between open and close in s, or empty. */
static sk_str between(sk_str s, sk_str open, sk_str close)
{
    size_t at = sk_str_find(s, open);
    if (at == SIZE_MAX)
        return SK_NONE;
    s = sk_str_sub(s, at + open.n, s.n);
    size_t end = sk_str_find(s, close);
    return end == SIZE_MAX ? SK_NONE : sk_str_sub(s, 0, end);
}

static void read_head(sk_build *b, sk_str head)
{
    sk_arena *a = &b->cx->arena;
    b->doc.title = unescape(a, between(head, SK_S("<title>"), SK_S("</title>")));
    sk_build_date(b, between(head, SK_S("<meta name=\"CreationDate\" content=\""), SK_S("\"/>")),
                  "property CreationDate");
    sk_build_date(b, between(head, SK_S("<meta name=\"ModDate\" content=\""), SK_S("\"/>")),
                  "property ModDate");
}

static bool is_unspaced(uint32_t c)
{
    return (c >= 0x3000 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

static uint32_t last_char(sk_str s)
{
    size_t at = s.n;
    while (at && ((unsigned char)s.p[--at] & 0xC0) == 0x80) {
    }
    return s.n ? sk_utf8_next(s, &at) : ' ';
}

/* Lines of one paragraph: a blank between them, but not within a word parted by a hyphen (which
 * stays) nor between Han characters or kana. */
static void add_line(sk_build *b, sk_str line)
{
    sk_str open = sk_buf_str(&b->open);
    if (open.n) {
        size_t at = 0;
        uint32_t before = last_char(open), after = sk_utf8_next(line, &at);
        bool hyphen = before == '-' && open.n > 1 && open.p[open.n - 2] != ' ' && after >= 'a' &&
                      after <= 'z';
        if (!hyphen && !(is_unspaced(before) && is_unspaced(after)))
            sk_build_blank(b);
    }
    sk_build_add(b, line, SK_NO_ORIG, SK_NO_ORIG);
}

static void read_page(sk_build *b, sk_str page)
{
    sk_str line;
    while (sk_str_cut(&page, '\n', &line) && !sk_build_is_full(b)) {
        line = sk_str_trim(line);
        if (line.n)
            add_line(b, line);
        else
            sk_build_end(b);
    }
    sk_build_end(b);
}

/* A short block at the top or foot of a page, digits made alike: "- 3 -" and "- 4 -" are one. */
typedef struct edge {
    size_t block;
    uint32_t hash;
} edge;

static uint32_t hash_without_digits(sk_str s)
{
    uint32_t h = 2166136261u;
    bool in_number = false;
    for (size_t i = 0; i < s.n; i++) {
        bool digit = s.p[i] >= '0' && s.p[i] <= '9';
        if (digit && in_number)
            continue;
        in_number = digit;
        h = (h ^ (digit ? '#' : (unsigned char)s.p[i])) * 16777619u;
    }
    return h;
}

static int by_hash(const void *a, const void *b)
{
    const edge *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->block > y->block) - (x->block < y->block);
}

static bool is_edge(const sk_build *b, size_t i)
{
    const sk_block *k = &b->blocks[i];
    bool top = i < EDGE_BLOCKS || b->blocks[i - EDGE_BLOCKS].page != k->page;
    bool foot = i + EDGE_BLOCKS >= b->n_blocks || b->blocks[i + EDGE_BLOCKS].page != k->page;
    return (top || foot) && k->end - k->start <= EDGE_BYTES;
}

/* Running heads, running feet and page numbers: what stands at the edge of several pages. */
static void mark_running(sk_build *b)
{
    edge *edges = sk_new_array(&b->cx->arena, edge, b->n_blocks + 1);
    size_t n = 0;
    for (size_t i = 0; i < b->n_blocks; i++)
        if (is_edge(b, i)) {
            sk_str text = sk_str_sub(sk_buf_str(&b->text), b->blocks[i].start,
                                     b->blocks[i].end - b->blocks[i].start);
            edges[n++] = (edge){i, hash_without_digits(text)};
        }
    qsort(edges, n, sizeof *edges, by_hash);
    for (size_t i = 0, end; i < n; i = end) {
        size_t pages = 1;
        for (end = i + 1; end < n && edges[end].hash == edges[i].hash; end++)
            pages += b->blocks[edges[end].block].page != b->blocks[edges[end - 1].block].page;
        for (size_t k = i; k < end && pages >= REPEATS && pages * 4 >= b->page; k++)
            b->blocks[edges[k].block].kind = SK_BLOCK_FURNITURE;
    }
}

/* The first message that is an error; warnings are about harmless flaws. */
static sk_str first_error(sk_build *b, sk_str said)
{
    sk_str line;
    while (said.n && sk_str_cut(&said, '\n', &line))
        if (sk_str_find(line, SK_S("Error")) != SIZE_MAX)
            return sk_build_line(b, line, 200);
    return SK_NONE;
}

static void note_end(sk_build *b, sk_str said, bool is_clean)
{
    sk_str error = is_clean ? first_error(b, said) : sk_build_line(b, said, 200);
    bool no_pack = sk_str_find(said, SK_S("Missing language pack")) != SIZE_MAX;
    if (!is_clean && !error.n)
        error = SK_S("it gave no reason");
    if (no_pack)
        sk_build_note(
            b, SK_OUTCOME_PARTIAL,
            "text in East Asian fonts is missing: install poppler-data and read it again");
    if (b->n_blocks && error.n)
        sk_build_note(b, SK_OUTCOME_PARTIAL, "pdftotext met a fault, text may be missing: %.*s",
                      SK_P(error));
    else if (!is_clean)
        sk_build_note(b, SK_OUTCOME_FAILED, "pdftotext could not read it: %.*s", SK_P(error));
    else if (!b->n_blocks && error.n)
        sk_build_note(b, SK_OUTCOME_FAILED, "pdftotext found no text in %u pages: %.*s", b->page,
                      SK_P(error));
    else if (!b->n_blocks)
        sk_build_note(b, SK_OUTCOME_NONE,
                      "the PDF has %u pages and no text: they are probably pictures of pages",
                      b->page);
}

void sk_read_pdf_text(sk_build *b, const sk_source *src, sk_str said, bool is_clean)
{
    sk_str all = src->bytes, open = SK_S("<pre>\n"), close = SK_S("</pre>"), page;
    b->doc.reader = SK_S("pdf/1");
    b->doc.media = SK_S("application/pdf");
    size_t at = sk_str_find(all, open);
    if (at != SIZE_MAX) {
        read_head(b, sk_str_sub(all, 0, at));
        sk_str text = sk_str_sub(all, at + open.n, all.n);
        for (size_t end = text.n; end >= close.n; end--) /* the last one; text may hold others */
            if (sk_str_eq(sk_str_sub(text, end - close.n, close.n), close)) {
                text.n = end - close.n;
                break;
            }
        while (b->page < MOST_PAGES && !sk_build_is_full(b) && sk_str_cut(&text, '\f', &page)) {
            if (!text.p && !sk_str_trim(page).n)
                break; /* behind the last form feed */
            b->page++;
            read_page(b, page);
        }
    }
    if (src->is_cut)
        sk_build_note(b, SK_OUTCOME_PARTIAL, "only the first %zu MiB of its text were read",
                      src->bytes.n >> 20);
    mark_running(b);
    note_end(b, said, is_clean);
    sk_furniture_mark(b);
}
