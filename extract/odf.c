/* OpenDocument (ISO/IEC 26300): text documents, and by the same elements spreadsheets and slides.
 *
 * Footnotes and comments follow the paragraph that they hang on. Deletions under change tracking
 * are left out, and the document says so. A repeated row or cell is written once, its place names
 * the repetition; nothing is multiplied. */
#include "zip.h"

#include "furniture.h"

enum { MOST_BLANKS = 64, MOST_REPEATED = 64 };

typedef struct odf {
    sk_build *b;
    unsigned skip;  /* depth inside tracked changes and the like   */
    unsigned side;  /* depth inside notes and comments             */
    unsigned texts; /* depth inside p, h: text counts only there   */
    unsigned tables, n_tables;
    uint64_t row, repeat; /* of the present table; how often this row stands */
    uint64_t cell_repeat;
    size_t cell_at; /* where the present cell begins in the open block */
    bool has_cells, is_heading, is_title;
    size_t n_deletions;
    sk_str table; /* its name */
    sk_buf notes; /* text of notes of the present paragraph */
    const char *note_place;
} odf;

static uint64_t number_of(sk_str s, uint64_t most)
{
    uint64_t v;
    if (!sk_str_to_u64(s, &v) || v == 0)
        return 1;
    return v < most ? v : most;
}

static void add(odf *o, sk_str text)
{
    if (o->skip || !o->texts)
        return;
    if (o->side)
        sk_buf_add(&o->notes, text);
    else
        sk_build_add(o->b, text, SK_NO_ORIG, SK_NO_ORIG);
}

static void end_notes(odf *o)
{
    if (!o->notes.n)
        return;
    sk_build_block(o->b, SK_BLOCK_TEXT, sk_buf_str(&o->notes), sk_str_of(o->note_place));
    sk_buf_reset(&o->notes);
}

static void start_paragraph(odf *o, bool is_heading, const sk_xml_attributes *at)
{
    o->texts++;
    if (o->side || o->tables)
        return;
    o->is_title = sk_str_is(sk_xml_get(at, "style-name"), "Title");
    o->is_heading = is_heading || o->is_title;
}

static void end_paragraph(odf *o)
{
    sk_build *b = o->b;
    o->texts -= o->texts > 0;
    if (o->side) {
        sk_buf_addc(&o->notes, '\n');
        return;
    }
    if (o->tables) {
        sk_build_blank(b);
        return;
    }
    if (o->is_title && !b->doc.title.n)
        b->doc.title = sk_build_line(b, sk_buf_str(&b->open), SK_LIM_EXTRACT_FIELD_BYTES);
    b->kind = o->is_heading ? SK_BLOCK_HEADING : SK_BLOCK_TEXT;
    sk_build_end(b);
    end_notes(o);
}

static void start_table(odf *o, sk_str name, const sk_xml_attributes *at)
{
    sk_arena *a = &o->b->cx->arena;
    if (sk_str_is(name, "table")) {
        if (o->tables++ == 0) {
            o->n_tables++;
            o->row = 0;
            o->table = sk_build_line(o->b, sk_xml_get(at, "name"), 128);
            if (!o->table.n)
                o->table = sk_fmt(a, "table %u", o->n_tables);
        }
    } else if (o->tables == 1 && sk_str_is(name, "table-row")) {
        sk_build_end(o->b);
        o->repeat = number_of(sk_xml_get(at, "number-rows-repeated"), 1u << 24);
        o->has_cells = false;
    } else if (o->tables == 1 && sk_str_ends(name, SK_S("table-cell"))) {
        if (o->has_cells)
            sk_build_tab(o->b);
        o->has_cells = true;
        o->cell_repeat = number_of(sk_xml_get(at, "number-columns-repeated"), MOST_REPEATED);
        o->cell_at = o->b->open.n;
    }
}

/* Write a repeated cell again, so that the cells behind it stay in their columns. */
static void end_cell(odf *o)
{
    sk_build *b = o->b;
    sk_arena_mark mark = sk_arena_here(&b->cx->arena);
    sk_str cell =
        sk_str_copy(&b->cx->arena, sk_str_sub(sk_buf_str(&b->open), o->cell_at, b->open.n));
    for (uint64_t i = 1; i < o->cell_repeat; i++) {
        sk_build_tab(b);
        sk_buf_add(&b->open, cell);
    }
    sk_arena_back_to(&b->cx->arena, mark);
    o->cell_repeat = 1;
}

static void end_row(odf *o)
{
    sk_build *b = o->b;
    unsigned long long first = o->row + 1, last = o->row + o->repeat;
    o->row = last;
    b->kind = SK_BLOCK_ROW;
    b->place = first == last
                   ? sk_fmt(&b->cx->arena, "%.*s, row %llu", SK_P(o->table), first)
                   : sk_fmt(&b->cx->arena, "%.*s, rows %llu to %llu", SK_P(o->table), first, last);
    sk_build_end(b);
    end_notes(o);
}

static void start_piece(odf *o, sk_str name, const sk_xml_attributes *at)
{
    if (sk_str_is(name, "s")) {
        uint64_t n = number_of(sk_xml_get(at, "c"), MOST_BLANKS);
        for (uint64_t i = 0; i < n; i++)
            add(o, SK_S(" "));
    } else if (sk_str_is(name, "tab")) {
        add(o, SK_S(" "));
    } else if (sk_str_is(name, "line-break")) {
        add(o, o->tables ? SK_S(" ") : SK_S("\n"));
    } else if (sk_str_is(name, "a")) {
        sk_build_link(o->b, sk_xml_get(at, "href"));
    }
}

static bool is_side(sk_str name)
{
    return sk_str_is(name, "note-body") || sk_str_is(name, "annotation");
}

static bool is_unshown(sk_str name)
{
    return sk_str_is(name, "tracked-changes") || sk_str_is(name, "note-citation") ||
           sk_str_is(name, "forms") || sk_str_is(name, "creator") || sk_str_is(name, "date-string");
}

static void on_start(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *at)
{
    odf *o = arg;
    if (o->skip || is_unshown(name)) {
        o->n_deletions += sk_str_is(name, "deletion");
        o->skip++;
        return;
    }
    if (is_side(name)) {
        o->note_place = sk_str_is(name, "annotation") ? "comment" : "note";
        o->side++;
    } else if (sk_str_is(name, "page") && sk_str_find(uri, SK_S(":drawing:")) != SIZE_MAX) {
        o->b->page++; /* a slide */
    } else if (sk_str_is(name, "p") || sk_str_is(name, "h")) {
        start_paragraph(o, sk_str_is(name, "h"), at);
    } else {
        start_table(o, name, at);
        start_piece(o, name, at);
    }
}

static void on_end(void *arg, sk_str name, sk_str uri)
{
    odf *o = arg;
    if (o->skip)
        o->skip--;
    else if (is_side(name))
        o->side -= o->side > 0;
    else if (sk_str_is(name, "p") || sk_str_is(name, "h"))
        end_paragraph(o);
    else if (o->tables == 1 && sk_str_ends(name, SK_S("table-cell")))
        end_cell(o);
    else if (o->tables == 1 && sk_str_is(name, "table-row"))
        end_row(o);
    else if (o->tables && sk_str_is(name, "table"))
        o->tables--;
}

static void on_text(void *arg, sk_str text)
{
    add(arg, text);
}

void sk_read_odf(sk_build *b, const sk_source *src, sk_str media)
{
    static const sk_xml_events events = {on_start, on_end, on_text};
    odf o = {.b = b, .note_place = "note", .cell_repeat = 1};
    b->doc.reader = SK_S("odf/1");
    b->doc.media = media;
    sk_buf_init(&o.notes, SK_LIM_TEXT_BYTES);
    sk_zip_properties(b, src, "meta.xml");
    if (!sk_zip_xml(b, src, "content.xml", &events, &o))
        sk_build_note(b, SK_OUTCOME_FAILED, "it has no part content.xml, where the text would be");
    sk_build_end(b);
    end_notes(&o);
    if (o.n_deletions)
        sk_build_note(b, SK_OUTCOME_PARTIAL, "%zu deletions under change tracking are not included",
                      o.n_deletions);
    sk_buf_done(&o.notes);
    sk_furniture_mark(b);
}
