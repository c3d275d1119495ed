/* DOCX (ECMA-376 WordprocessingML): paragraphs, tables, notes, comments, headers and footers.
 *
 * Text of tracked deletions is left out, and the document says so; moved text stands once, where it
 * was moved to. Text boxes follow the paragraph that they hang on. */
#include "zip.h"

#include "furniture.h"

typedef struct docx {
    sk_build *b;
    sk_block_kind base; /* of paragraphs: TEXT, or FURNITURE in headers and footers */
    const char *place;  /* of paragraphs: "footnote", "comment"; NULL in the body   */
    sk_str *headings;   /* ids of styles that are headings                          */
    size_t n_headings, cap_headings;
    sk_str title_style;
    unsigned skip;  /* depth inside what is not shown: Fallback, moveFrom, deletions */
    unsigned boxes; /* depth inside text boxes                                       */
    unsigned tables, n_tables, n_rows, cells;
    bool in_text, is_heading, is_title;
    size_t n_deletions; /* pieces of deleted text seen */
    sk_buf box;         /* text of text boxes of the present paragraph */
    sk_str style;       /* being read, in styles.xml */
} docx;

static bool is_word(sk_str uri)
{
    return sk_str_find(uri, SK_S("wordprocessingml")) != SIZE_MAX;
}

static void styles_start(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *at)
{
    docx *d = arg;
    sk_arena *a = &d->b->cx->arena;
    if (sk_str_is(name, "style"))
        d->style = sk_str_copy(a, sk_xml_get(at, "styleId"));
    if (!sk_str_is(name, "name") || !d->style.n || d->n_headings >= 1000)
        return;
    sk_str val = sk_xml_get(at, "val");
    bool is_title = sk_str_eq_nocase(val, SK_S("title"));
    if (is_title)
        d->title_style = d->style;
    if (is_title || sk_str_eq_nocase(sk_str_sub(val, 0, 8), SK_S("heading "))) {
        SK_GROW(a, d->headings, d->n_headings, d->cap_headings);
        d->headings[d->n_headings++] = d->style;
    }
}

static void rels_start(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *at)
{
    docx *d = arg;
    if (sk_str_ends(sk_xml_get(at, "Type"), SK_S("/hyperlink")))
        sk_build_link(d->b, sk_xml_get(at, "Target"));
}

static void add(docx *d, sk_str text)
{
    if (d->boxes)
        sk_buf_add(&d->box, text);
    else
        sk_build_add(d->b, text, SK_NO_ORIG, SK_NO_ORIG);
}

static void end_block(docx *d, sk_block_kind kind)
{
    sk_build *b = d->b;
    sk_arena *a = &b->cx->arena;
    b->kind = d->base == SK_BLOCK_FURNITURE ? d->base : kind;
    if (d->place)
        b->place = sk_str_of(d->place);
    else if (kind == SK_BLOCK_ROW)
        b->place = sk_fmt(a, "table %u, row %u", d->n_tables, d->n_rows);
    sk_build_end(b);
}

static void end_box(docx *d)
{
    if (!d->box.n)
        return;
    sk_build_block(d->b, d->base, sk_buf_str(&d->box), SK_S("text box"));
    sk_buf_reset(&d->box);
}

static void end_paragraph(docx *d)
{
    sk_build *b = d->b;
    if (d->boxes) {
        sk_buf_addc(&d->box, '\n');
        return;
    }
    if (d->tables) {
        sk_build_blank(b);
        return;
    }
    if (d->is_title && !b->doc.title.n)
        b->doc.title = sk_build_line(b, sk_buf_str(&b->open), SK_LIM_EXTRACT_FIELD_BYTES);
    end_block(d, d->is_heading ? SK_BLOCK_HEADING : d->base);
    end_box(d);
}

static void set_style(docx *d, sk_str id)
{
    for (size_t i = 0; i < d->n_headings; i++)
        d->is_heading |= sk_str_eq(d->headings[i], id);
    d->is_heading |= sk_str_eq_nocase(sk_str_sub(id, 0, 7), SK_S("heading"));
    d->is_title |= id.n && (sk_str_eq(id, d->title_style) || sk_str_is(id, "Title"));
    d->is_heading |= d->is_title;
}

static void table_start(docx *d, sk_str name)
{
    if (d->boxes)
        return; /* tables in text boxes are lines of the box */
    if (sk_str_is(name, "tbl")) {
        if (d->tables++ == 0) {
            d->n_tables++;
            d->n_rows = 0;
        }
    } else if (d->tables == 1 && sk_str_is(name, "tr")) {
        end_block(d, d->base);
        d->n_rows++;
        d->cells = 0;
    } else if (d->tables == 1 && sk_str_is(name, "tc") && d->cells++) {
        sk_build_tab(d->b);
    }
}

static bool is_unshown(sk_str name)
{
    return sk_str_is(name, "Fallback") || sk_str_is(name, "moveFrom") || sk_str_is(name, "del");
}

static void on_start(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *at)
{
    docx *d = arg;
    if (d->skip || is_unshown(name)) {
        d->n_deletions += sk_str_is(name, "delText");
        d->skip++;
        return;
    }
    if (!is_word(uri))
        return;
    d->in_text = sk_str_is(name, "t");
    if (sk_str_is(name, "txbxContent"))
        d->boxes++;
    else if (sk_str_is(name, "p") && !d->boxes)
        d->is_heading = d->is_title = false;
    else if (sk_str_is(name, "pStyle") && !d->boxes)
        set_style(d, sk_xml_get(at, "val"));
    else if (sk_str_is(name, "tab") || sk_str_is(name, "ptab"))
        add(d, SK_S(" "));
    else if (sk_str_is(name, "br") || sk_str_is(name, "cr"))
        add(d, d->tables ? SK_S(" ") : SK_S("\n"));
    else if (sk_str_is(name, "noBreakHyphen"))
        add(d, SK_S("-"));
    else
        table_start(d, name);
}

static void on_end(void *arg, sk_str name, sk_str uri)
{
    docx *d = arg;
    if (d->skip) {
        d->skip--;
        return;
    }
    if (!is_word(uri))
        return;
    if (sk_str_is(name, "t"))
        d->in_text = false;
    else if (sk_str_is(name, "txbxContent"))
        d->boxes -= d->boxes > 0;
    else if (sk_str_is(name, "p"))
        end_paragraph(d);
    else if (!d->boxes && d->tables == 1 && sk_str_is(name, "tr")) {
        end_block(d, SK_BLOCK_ROW);
        end_box(d);
    } else if (!d->boxes && d->tables && sk_str_is(name, "tbl")) {
        d->tables--;
    }
}

static void on_text(void *arg, sk_str text)
{
    docx *d = arg;
    if (d->in_text && !d->skip)
        add(d, text);
}

static void read_story(docx *d, const sk_source *src, const char *part, sk_block_kind base,
                       const char *place)
{
    static const sk_xml_events events = {on_start, on_end, on_text};
    d->base = base;
    d->place = place;
    d->skip = d->boxes = d->tables = 0;
    d->in_text = d->is_heading = d->is_title = false;
    sk_zip_xml(d->b, src, part, &events, d);
    end_block(d, base);
    end_box(d);
}

typedef struct stories {
    sk_arena *a;
    char *names[64];
    size_t n;
} stories;

/* Headers and footers are parts of their own: word/header1.xml ... */
static bool note_story(void *arg, sk_str name, sk_str head)
{
    stories *s = arg;
    bool margin =
        sk_str_starts(name, SK_S("word/header")) || sk_str_starts(name, SK_S("word/footer"));
    if (margin && sk_str_ends(name, SK_S(".xml")) && s->n < SK_COUNT(s->names))
        s->names[s->n++] = sk_str_c(s->a, name);
    return true;
}

void sk_read_docx(sk_build *b, const sk_source *src)
{
    static const sk_xml_events styles = {styles_start, NULL, NULL}, rels = {rels_start, NULL, NULL};
    docx d = {.b = b};
    stories margins = {.a = &b->cx->arena};
    b->doc.reader = SK_S("docx/1");
    b->doc.media = SK_S("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    sk_buf_init(&d.box, SK_LIM_TEXT_BYTES);
    sk_zip_properties(b, src, "docProps/core.xml");
    sk_zip_xml(b, src, "word/styles.xml", &styles, &d);
    sk_zip_xml(b, src, "word/_rels/document.xml.rels", &rels, &d);
    read_story(&d, src, "word/document.xml", SK_BLOCK_TEXT, NULL);
    read_story(&d, src, "word/footnotes.xml", SK_BLOCK_TEXT, "footnote");
    read_story(&d, src, "word/endnotes.xml", SK_BLOCK_TEXT, "endnote");
    read_story(&d, src, "word/comments.xml", SK_BLOCK_TEXT, "comment");
    sk_zip_walk(b, src, 0, note_story, &margins);
    for (size_t i = 0; i < margins.n; i++)
        read_story(&d, src, margins.names[i], SK_BLOCK_FURNITURE,
                   sk_str_starts(sk_str_of(margins.names[i]), SK_S("word/header")) ? "header"
                                                                                   : "footer");
    if (d.n_deletions)
        sk_build_note(b, SK_OUTCOME_PARTIAL,
                      "%zu pieces of text deleted under change tracking are not included",
                      d.n_deletions);
    sk_buf_done(&d.box);
    sk_furniture_mark(b);
}
