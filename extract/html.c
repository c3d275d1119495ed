/* HTML to blocks, by the events of libxml2's HTML parser; no tree is built.
 *
 * The page is decoded to UTF-8 first (charset.h), so that a position of the parser is a position in
 * our text and, by its map, in the exhibit. The parser calls us with each run of text when it
 * stands right behind it; a run that is not found there (an entity) is sought back to its '&'. */
#include "html_private.h"

#include "furniture.h"
#include "language.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

enum {
    SOFT_PERCENT = 40,   /* a part marked by class alone is furniture only if not larger */
    CELL_PARAGRAPHS = 2, /* so many paragraphs in a cell make it layout, not data         */
    ENTITY_BYTES = 40,   /* how far back the '&' of an entity is sought                   */
};

/* What an element means for blocks. */
enum {
    BREAKS = 1,   /* starts and ends a block                       */
    HEADING = 2,  /* h1 to h6                                       */
    SKIPS = 4,    /* its text is no text of the page                */
    ROW = 8,      /* tr                                             */
    CELL = 16,    /* td, th                                         */
    TABLE = 32,   /* table                                          */
    PRE = 64,     /* blanks and line ends count                     */
    SPLITS = 128, /* ends a row of data: what only layout tables hold */
    TITLE = 256,
    HARD = 512,
    SOFT = 1024,
    TIME = 2048,
};

static const struct {
    const char *name;
    unsigned flags;
} elements[] = {
    {"address", BREAKS},
    {"article", BREAKS | SPLITS},
    {"aside", BREAKS | SPLITS},
    {"blockquote", BREAKS | SPLITS},
    {"body", BREAKS},
    {"br", BREAKS},
    {"button", BREAKS},
    {"caption", BREAKS},
    {"center", BREAKS},
    {"dd", BREAKS},
    {"details", BREAKS},
    {"dialog", BREAKS},
    {"dir", BREAKS | SPLITS},
    {"div", BREAKS},
    {"dl", BREAKS | SPLITS},
    {"dt", BREAKS},
    {"fieldset", BREAKS},
    {"figcaption", BREAKS},
    {"figure", BREAKS},
    {"footer", BREAKS | SPLITS},
    {"form", BREAKS},
    {"frameset", BREAKS},
    {"h1", BREAKS | HEADING | SPLITS},
    {"h2", BREAKS | HEADING | SPLITS},
    {"h3", BREAKS | HEADING | SPLITS},
    {"h4", BREAKS | HEADING | SPLITS},
    {"h5", BREAKS | HEADING | SPLITS},
    {"h6", BREAKS | HEADING | SPLITS},
    {"header", BREAKS | SPLITS},
    {"hr", BREAKS},
    {"html", BREAKS},
    {"legend", BREAKS},
    {"li", BREAKS},
    {"main", BREAKS | SPLITS},
    {"menu", BREAKS | SPLITS},
    {"nav", BREAKS | SPLITS},
    {"noscript", BREAKS},
    {"ol", BREAKS | SPLITS},
    {"option", BREAKS},
    {"p", BREAKS},
    {"pre", BREAKS | PRE | SPLITS},
    {"script", SKIPS},
    {"section", BREAKS | SPLITS},
    {"select", BREAKS},
    {"style", SKIPS},
    {"summary", BREAKS},
    {"svg", SKIPS},
    {"table", BREAKS | TABLE | SPLITS},
    {"td", CELL},
    {"template", SKIPS},
    {"textarea", BREAKS},
    {"th", CELL},
    {"time", TIME},
    {"title", TITLE},
    {"tr", BREAKS | ROW},
    {"ul", BREAKS | SPLITS},
};

typedef struct soft_part {
    size_t first_block, end_block, from, to; /* blocks; bytes of text */
} soft_part;

typedef struct html {
    sk_build *b;
    sk_decoded *d;
    htmlParserCtxtPtr parser;
    unsigned *stack; /* flags of the open elements */
    size_t depth, cap;
    size_t *soft_open; /* index into soft of the open soft parts, -1 none: a stack */
    size_t n_soft_open, cap_soft_open;
    soft_part *soft;
    size_t n_soft, cap_soft;
    unsigned n_skips, n_hard, n_pre, n_headings, n_titles;
    unsigned n_tables, n_rows; /* seen so far; rows of the present table */
    bool in_row, row_has_cells;
    unsigned paragraphs; /* begun in the present cell */
    sk_buf title, time;
    unsigned n_times; /* open <time> elements without a datetime */
} html;

static unsigned flags_of(const char *name)
{
    size_t lo = 0, hi = SK_COUNT(elements);
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int d = strcmp(name, elements[mid].name);
        if (!d)
            return elements[mid].flags;
        if (d < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return 0;
}

/* Close the open block; what kind it is depends on where we stand. */
static void flush(html *h)
{
    sk_build *b = h->b;
    if (h->n_hard)
        b->kind = SK_BLOCK_FURNITURE;
    else if (h->n_headings)
        b->kind = SK_BLOCK_HEADING;
    else if (h->in_row && b->open.n && memchr(b->open.p, '\t', b->open.n))
        b->kind = SK_BLOCK_ROW;
    if (b->kind == SK_BLOCK_ROW)
        b->place = sk_fmt(&b->cx->arena, "table %u, row %u", h->n_tables, h->n_rows);
    sk_build_end(b);
}

/* A block begins or ends; inside a row of data only those end it that no data table holds. */
static void break_block(html *h, unsigned flags)
{
    if (h->in_row && !(flags & (SPLITS | ROW)) && h->paragraphs < CELL_PARAGRAPHS) {
        sk_build_blank(h->b);
        return;
    }
    flush(h);
    if (h->in_row && !(flags & ROW))
        h->in_row = false;
}

static void open_row(html *h)
{
    h->in_row = true;
    h->row_has_cells = false;
    h->n_rows++;
}

static void open_cell(html *h)
{
    h->paragraphs = 0;
    if (h->in_row && h->row_has_cells) {
        sk_build_tab(h->b);
    } else if (!h->in_row) {
        flush(h);
    }
    h->row_has_cells = true;
}

static void open_soft(html *h)
{
    sk_arena *a = &h->b->cx->arena;
    SK_GROW(a, h->soft_open, h->n_soft_open, h->cap_soft_open);
    h->soft_open[h->n_soft_open++] = h->n_soft;
    SK_GROW(a, h->soft, h->n_soft, h->cap_soft);
    h->soft[h->n_soft++] = (soft_part){.first_block = h->b->n_blocks, .from = h->b->text.n};
}

static void close_soft(html *h)
{
    soft_part *s = &h->soft[h->soft_open[--h->n_soft_open]];
    s->end_block = h->b->n_blocks;
    s->to = h->b->text.n;
}

static void enter(html *h, unsigned flags)
{
    if (flags & (BREAKS | HARD | SOFT)) {
        if (flags & (HARD | SOFT))
            flags |= BREAKS;
        break_block(h, flags);
        h->paragraphs += (flags & BREAKS) && !(flags & ROW);
    }
    h->n_skips += (flags & SKIPS) != 0;
    h->n_hard += (flags & HARD) != 0;
    h->n_pre += (flags & PRE) != 0;
    h->n_headings += (flags & HEADING) != 0;
    h->n_titles += (flags & TITLE) != 0;
    h->n_times += (flags & TIME) != 0;
    if (flags & SOFT)
        open_soft(h);
    if (flags & TABLE) {
        h->n_tables++;
        h->n_rows = 0;
        h->in_row = false;
    }
    if (flags & ROW)
        open_row(h);
    if (flags & CELL)
        open_cell(h);
}

static void leave(html *h, unsigned flags)
{
    if (flags & (BREAKS | HARD | SOFT))
        break_block(h, flags);
    h->n_skips -= (flags & SKIPS) != 0;
    h->n_hard -= (flags & HARD) != 0;
    h->n_pre -= (flags & PRE) != 0;
    h->n_headings -= (flags & HEADING) != 0;
    h->n_titles -= (flags & TITLE) != 0;
    if (flags & TIME && --h->n_times == 0) {
        sk_build_date(h->b, sk_buf_str(&h->time), "time");
        sk_buf_reset(&h->time);
    }
    if (flags & SOFT)
        close_soft(h);
    if (flags & (ROW | TABLE))
        h->in_row = false;
}

static void look_at_attributes(html *h, const char *name, const unsigned char **attributes)
{
    sk_build *b = h->b;
    if (strcmp(name, "html") == 0) {
        sk_str lang = sk_html_attribute(attributes, "lang");
        if (!lang.n)
            lang = sk_html_attribute(attributes, "xml:lang");
        if (lang.n)
            b->doc.lang = sk_language_tag(&b->cx->arena, lang);
    } else if (strcmp(name, "meta") == 0) {
        sk_html_meta(b, attributes);
    } else if (strcmp(name, "a") == 0 || strcmp(name, "area") == 0 ||
               (strcmp(name, "link") == 0 &&
                sk_str_eq_nocase(sk_html_attribute(attributes, "rel"), SK_S("canonical")))) {
        sk_build_link(b, sk_html_attribute(attributes, "href"));
    }
}

static void on_start(void *arg, const xmlChar *xml_name, const xmlChar **attributes)
{
    html *h = arg;
    const char *name = (const char *)xml_name;
    unsigned flags = flags_of(name);
    bool soft;
    if (h->depth >= SK_LIM_EXTRACT_DEPTH)
        sk_build_note(h->b, SK_OUTCOME_PARTIAL,
                      "read up to where elements stand more than %d deep in one another",
                      SK_LIM_EXTRACT_DEPTH);
    if (h->depth >= SK_LIM_EXTRACT_DEPTH || sk_build_is_full(h->b)) {
        xmlStopParser(h->parser);
        return;
    }
    look_at_attributes(h, name, attributes);
    if (flags & TITLE && (h->title.n || h->n_skips))
        flags = 0;
    if (flags & TIME && sk_html_has_attribute(attributes, "datetime")) {
        sk_build_date(h->b, sk_html_attribute(attributes, "datetime"), "time");
        flags = 0;
    }
    if (sk_html_is_furniture(sk_str_of(name), attributes, &soft))
        flags |= soft ? SOFT : HARD;
    SK_GROW(&h->b->cx->arena, h->stack, h->depth, h->cap);
    h->stack[h->depth++] = flags;
    enter(h, flags);
}

static void on_end(void *arg, const xmlChar *name)
{
    html *h = arg;
    if (h->depth)
        leave(h, h->stack[--h->depth]);
}

/* Where in the decoded page the text that was just handed over stands. */
static void locate(const html *h, sk_str s, uint64_t *ret_from, uint64_t *ret_to)
{
    const xmlParserInput *in = h->parser->input;
    size_t end = in->consumed + (size_t)(in->cur - in->base);
    sk_str text = h->d->text;
    *ret_from = *ret_to = SK_NO_ORIG;
    if (end > text.n)
        return;
    if (end >= s.n && sk_str_eq(sk_str_sub(text, end - s.n, s.n), s)) {
        *ret_from = end - s.n;
        *ret_to = end;
        return;
    }
    for (size_t back = 1; back <= ENTITY_BYTES && back <= end; back++)
        if (text.p[end - back] == '&') {
            *ret_from = end - back;
            *ret_to = end;
            return;
        }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Runs of blanks become one; the block's range is that of its words. */
static void add_words(html *h, sk_str s, uint64_t from, uint64_t to)
{
    for (size_t at = 0; at < s.n;) {
        size_t n = at;
        while (n < s.n && !is_blank(s.p[n]))
            n++;
        bool exact = from != SK_NO_ORIG && to - from == s.n;
        sk_build_add(h->b, sk_str_sub(s, at, n - at), exact ? from + at : from,
                     exact ? from + n : to);
        if (n < s.n)
            sk_build_blank(h->b);
        while (n < s.n && is_blank(s.p[n]))
            n++;
        at = n;
    }
}

static void on_text(void *arg, const xmlChar *text, int len)
{
    html *h = arg;
    sk_str s = {(const char *)text, (size_t)len};
    uint64_t from, to;
    if (len <= 0)
        return;
    if (h->n_titles) {
        sk_buf_add(&h->title, s);
        return;
    }
    if (h->n_skips)
        return;
    if (h->n_times)
        sk_buf_add(&h->time, s);
    locate(h, s, &from, &to);
    if (h->n_pre)
        sk_build_add(h->b, s, from, to);
    else
        add_words(h, s, from, to);
}

/* What is in class-marked parts that are small is furniture; a form or "menu" around most of the
 * page is only its frame. */
static void settle_soft(html *h)
{
    sk_build *b = h->b;
    for (size_t i = 0; i < h->n_soft; i++) {
        const soft_part *s = &h->soft[i];
        if ((s->to - s->from) * 100 > b->text.n * SOFT_PERCENT)
            continue;
        for (size_t k = s->first_block; k < s->end_block; k++)
            b->blocks[k].kind = SK_BLOCK_FURNITURE;
    }
}

/* Ranges were kept as positions in the decoded page; make them positions in the exhibit. */
static void map_ranges(html *h)
{
    sk_build *b = h->b;
    for (size_t i = 0; i < b->n_blocks; i++) {
        sk_block *k = &b->blocks[i];
        if (k->orig_end == 0)
            continue;
        uint64_t from = sk_decoded_orig(h->d, k->orig_start);
        uint64_t to = sk_decoded_orig(h->d, k->orig_end);
        bool known = from != SK_NO_ORIG && to != SK_NO_ORIG;
        k->orig_start = known ? from : 0;
        k->orig_end = known ? to : 0;
    }
}

static htmlParserCtxtPtr open_parser(html *h, htmlSAXHandler *sax)
{
    sk_str text = h->d->text;
    htmlParserCtxtPtr p = htmlCreateMemoryParserCtxt(text.p, (int)text.n);
    if (!p)
        return NULL;
    *sax = (htmlSAXHandler){
        .startElement = on_start,
        .endElement = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
    };
    *p->sax = *sax;
    p->userData = h;
    htmlCtxtUseOptions(p, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                              HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    xmlSwitchEncoding(p, XML_CHAR_ENCODING_UTF8);
    return p;
}

static void parse(html *h)
{
    htmlSAXHandler sax;
    sk_buf_init(&h->title, SK_LIM_EXTRACT_FIELD_BYTES);
    sk_buf_init(&h->time, SK_LIM_EXTRACT_FIELD_BYTES);
    h->parser = open_parser(h, &sax);
    if (!h->parser) {
        sk_build_note(h->b, SK_OUTCOME_FAILED, "the HTML parser could not be set up");
        return;
    }
    htmlParseDocument(h->parser);
    while (h->depth)
        on_end(h, NULL);
    flush(h);
    htmlFreeParserCtxt(h->parser);
    if (h->title.n && !h->b->doc.title.n)
        h->b->doc.title = sk_build_line(h->b, sk_buf_str(&h->title), SK_LIM_EXTRACT_FIELD_BYTES);
    sk_buf_done(&h->title);
    sk_buf_done(&h->time);
}

/* Without a title of its own, a page has that of its first heading. */
static void title_from_heading(sk_build *b)
{
    for (size_t i = 0; i < b->n_blocks && !b->doc.title.n; i++)
        if (b->blocks[i].kind == SK_BLOCK_HEADING)
            b->doc.title = sk_str_sub(sk_buf_str(&b->text), b->blocks[i].start,
                                      b->blocks[i].end - b->blocks[i].start);
}

void sk_read_html(sk_build *b, const sk_source *src)
{
    sk_decoded d;
    b->doc.reader = SK_S("html/1");
    b->doc.media = SK_S("text/html");
    sk_str declared = src->declared.n ? src->declared : sk_html_declared_charset(src->bytes);
    if (!sk_source_decode(b, src, declared, SK_LIM_EXTRACT_BYTES, &d) || !d.text.n)
        return;
    html h = {.b = b, .d = &d};
    parse(&h);
    settle_soft(&h);
    map_ranges(&h);
    sk_furniture_mark(b);
    title_from_heading(b);
}
