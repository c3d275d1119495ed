/* XLSX (ECMA-376 SpreadsheetML): every sheet's rows, each a block with its cells' range as place.
 *
 * Cells of a row are parted by tabs, so that the k-th cell of a block is k-1 columns right of its
 * first; where more than GAP columns are empty, a new block begins. Numbers stand as in the file;
 * those that a style shows as dates are ISO 8601. Formulas count by their stored result. */
#include "zip.h"

#include "xlsx.h"

enum { GAP = 16, MOST_STYLES = 65536, MOST_COLUMNS = 16384 };

typedef struct sheet {
    sk_str name, id, part; /* id: of the relation that names the part */
} sheet;

typedef struct number_format {
    uint64_t id;
    sk_cell_form form;
} number_format;

typedef struct xlsx {
    sk_build *b;
    sheet *sheets;
    size_t n_sheets, cap_sheets;
    bool is_1904;
    sk_str *strings;
    size_t n_strings, cap_strings;
    sk_buf text; /* of the shared string, cell value or inline string being read */
    number_format *formats;
    size_t n_formats, cap_formats;
    sk_cell_form *styles;
    size_t n_styles, cap_styles;
    bool in_styles; /* inside cellXfs */
    /* the sheet being read */
    sk_str sheet;
    bool in_value;
    unsigned phonetic;    /* depth inside rPh: how a string is read aloud */
    uint64_t row, column; /* of the present cell, from 1                  */
    uint64_t first, last; /* columns of the open block                    */
    char type[12];
    uint64_t style;
} xlsx;

static void book_start(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *at)
{
    xlsx *x = arg;
    sk_arena *a = &x->b->cx->arena;
    if (sk_str_is(name, "workbookPr")) {
        sk_str v = sk_xml_get(at, "date1904");
        x->is_1904 = sk_str_is(v, "1") || sk_str_is(v, "true");
    }
    if (!sk_str_is(name, "sheet"))
        return;
    if (x->n_sheets >= SK_LIM_EXTRACT_SHEETS) {
        sk_build_note(x->b, SK_OUTCOME_PARTIAL, "only the first %d sheets were read",
                      SK_LIM_EXTRACT_SHEETS);
        return;
    }
    SK_GROW(a, x->sheets, x->n_sheets, x->cap_sheets);
    x->sheets[x->n_sheets++] = (sheet){
        .name = sk_build_line(x->b, sk_xml_get(at, "name"), 128),
        .id = sk_str_copy(a, sk_xml_get(at, "id")),
    };
}

static void rels_start(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *at)
{
    xlsx *x = arg;
    sk_str id = sk_xml_get(at, "Id"), target = sk_xml_get(at, "Target");
    if (sk_str_starts(target, SK_S("/")))
        target = sk_str_sub(target, 1, target.n);
    else
        target = sk_fmt(&x->b->cx->arena, "xl/%.*s", SK_P(target));
    for (size_t i = 0; id.n && i < x->n_sheets; i++)
        if (sk_str_eq(x->sheets[i].id, id))
            x->sheets[i].part = sk_str_copy(&x->b->cx->arena, target);
}

static sk_cell_form form_of(const xlsx *x, uint64_t id)
{
    for (size_t i = 0; i < x->n_formats; i++)
        if (x->formats[i].id == id)
            return x->formats[i].form;
    return id < 164 ? sk_cell_form_of_id((unsigned)id) : SK_CELL_PLAIN;
}

static uint64_t number_of(sk_str s)
{
    uint64_t v;
    return sk_str_to_u64(s, &v) ? v : 0;
}

static void styles_start(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *at)
{
    xlsx *x = arg;
    sk_arena *a = &x->b->cx->arena;
    if (sk_str_is(name, "numFmt") && x->n_formats < MOST_STYLES) {
        SK_GROW(a, x->formats, x->n_formats, x->cap_formats);
        x->formats[x->n_formats++] = (number_format){
            number_of(sk_xml_get(at, "numFmtId")),
            sk_cell_form_of_code(sk_xml_get(at, "formatCode")),
        };
    } else if (sk_str_is(name, "cellXfs")) {
        x->in_styles = true;
    } else if (x->in_styles && sk_str_is(name, "xf") && x->n_styles < MOST_STYLES) {
        SK_GROW(a, x->styles, x->n_styles, x->cap_styles);
        x->styles[x->n_styles++] = form_of(x, number_of(sk_xml_get(at, "numFmtId")));
    }
}

static void styles_end(void *arg, sk_str name, sk_str uri)
{
    xlsx *x = arg;
    if (sk_str_is(name, "cellXfs"))
        x->in_styles = false;
}

static void text_start(xlsx *x, sk_str name)
{
    if (sk_str_is(name, "rPh"))
        x->phonetic++;
    else if (!x->phonetic && (sk_str_is(name, "t") || sk_str_is(name, "v")))
        x->in_value = true;
}

static void text_end(xlsx *x, sk_str name)
{
    if (sk_str_is(name, "rPh"))
        x->phonetic -= x->phonetic > 0;
    else if (sk_str_is(name, "t") || sk_str_is(name, "v"))
        x->in_value = false;
}

static void strings_start(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *at)
{
    xlsx *x = arg;
    if (sk_str_is(name, "si"))
        sk_buf_reset(&x->text);
    text_start(x, name);
}

/* Excel itself allows 32,767 characters in a cell. */
static void note_long_cell(xlsx *x)
{
    if (x->text.overflow)
        sk_build_note(x->b, SK_OUTCOME_PARTIAL, "a cell of more than 1 MiB was cut");
}

static void strings_end(void *arg, sk_str name, sk_str uri)
{
    xlsx *x = arg;
    text_end(x, name);
    if (!sk_str_is(name, "si"))
        return;
    if (x->n_strings >= SK_LIM_EXTRACT_STRINGS) {
        sk_build_note(x->b, SK_OUTCOME_PARTIAL, "only the first %d shared strings were read",
                      SK_LIM_EXTRACT_STRINGS);
        return;
    }
    note_long_cell(x);
    sk_arena *a = &x->b->cx->arena;
    SK_GROW(a, x->strings, x->n_strings, x->cap_strings);
    x->strings[x->n_strings++] = sk_str_copy(a, sk_buf_str(&x->text));
}

static void on_text(void *arg, sk_str text)
{
    xlsx *x = arg;
    if (x->in_value)
        sk_buf_add(&x->text, text);
}

/* "BC12" to column 55 and row 12; false when it is no such name. */
static bool read_place(sk_str s, uint64_t *ret_column, uint64_t *ret_row)
{
    uint64_t column = 0;
    size_t n = 0;
    for (; n < s.n && n < 3 && s.p[n] >= 'A' && s.p[n] <= 'Z'; n++)
        column = column * 26 + (uint64_t)(s.p[n] - 'A' + 1);
    if (!column || column > MOST_COLUMNS || !sk_str_to_u64(sk_str_sub(s, n, s.n), ret_row))
        return false;
    *ret_column = column;
    return true;
}

static const char *column_name(uint64_t column, char out[4])
{
    char *p = out + 3;
    for (*p = '\0'; column && p > out; column = (column - 1) / 26)
        *--p = (char)('A' + (column - 1) % 26);
    return p;
}

/* A sheet name that is not plain is quoted, as in formulas: 'My sheet'!A7. */
static sk_str place_of(const xlsx *x)
{
    char from[4], to[4];
    sk_arena *a = &x->b->cx->arena;
    bool plain = x->sheet.n > 0;
    for (size_t i = 0; i < x->sheet.n; i++)
        plain &= !strchr(" '!-()[],.+&", x->sheet.p[i]);
    const char *quote = plain ? "" : "'";
    sk_str cell = sk_fmt(a, "%s%.*s%s!%s%llu", quote, SK_P(x->sheet), quote,
                         column_name(x->first, from), (unsigned long long)x->row);
    if (x->first == x->last)
        return cell;
    return sk_fmt(a, "%.*s:%s%llu", SK_P(cell), column_name(x->last, to),
                  (unsigned long long)x->row);
}

static void end_row(xlsx *x)
{
    if (x->first) {
        x->b->kind = SK_BLOCK_ROW;
        x->b->place = place_of(x);
        sk_build_end(x->b);
    }
    x->first = x->last = 0;
}

/* What a cell shows: its shared string, its date, or the value as stored. */
static sk_str shown(xlsx *x)
{
    sk_str v = sk_buf_str(&x->text);
    uint64_t i;
    if (strcmp(x->type, "s") == 0)
        return sk_str_to_u64(sk_str_trim(v), &i) && i < x->n_strings ? x->strings[i] : SK_NONE;
    if (strcmp(x->type, "b") == 0)
        return sk_str_is(v, "1") ? SK_S("TRUE") : SK_S("FALSE");
    if (x->type[0] && strcmp(x->type, "n") != 0)
        return v;
    sk_cell_form form = x->style < x->n_styles ? x->styles[x->style] : SK_CELL_PLAIN;
    sk_str date = form ? sk_cell_date(&x->b->cx->arena, sk_str_trim(v), form, x->is_1904) : SK_NONE;
    return date.n ? date : v;
}

static void put_cell(xlsx *x)
{
    sk_build *b = x->b;
    if (!sk_str_trim(sk_buf_str(&x->text)).n)
        return;
    note_long_cell(x);
    sk_str v = sk_str_trim(shown(x));
    if (!v.n)
        return;
    if (x->first && (x->column <= x->last || x->column - x->last > GAP))
        end_row(x);
    if (!x->first)
        x->first = x->last = x->column;
    for (; x->last < x->column; x->last++)
        sk_build_tab(b);
    for (size_t at = 0; at < v.n;) { /* line ends and tabs inside become blanks */
        size_t n = at;
        while (n < v.n && v.p[n] != '\n' && v.p[n] != '\t' && v.p[n] != '\r')
            n++;
        sk_build_add(b, sk_str_sub(v, at, n - at), SK_NO_ORIG, SK_NO_ORIG);
        if (n < v.n)
            sk_build_blank(b);
        at = n + 1;
    }
}

static void sheet_start(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *at)
{
    xlsx *x = arg;
    if (sk_str_is(name, "row")) {
        uint64_t row = number_of(sk_xml_get(at, "r"));
        x->row = row ? row : x->row + 1;
        x->column = 0;
    } else if (sk_str_is(name, "c")) {
        uint64_t column, row;
        x->column++;
        if (read_place(sk_xml_get(at, "r"), &column, &row) && row == x->row)
            x->column = column;
        sk_str type = sk_str_sub(sk_xml_get(at, "t"), 0, sizeof x->type - 1);
        memset(x->type, 0, sizeof x->type);
        if (type.n)
            memcpy(x->type, type.p, type.n);
        x->style = number_of(sk_xml_get(at, "s"));
        sk_buf_reset(&x->text);
    } else if (sk_str_is(name, "hyperlink")) {
        sk_build_link(x->b, sk_xml_get(at, "location"));
    } else {
        text_start(x, name);
    }
}

static void sheet_end(void *arg, sk_str name, sk_str uri)
{
    xlsx *x = arg;
    text_end(x, name);
    if (sk_str_is(name, "c") && x->column <= MOST_COLUMNS)
        put_cell(x);
    else if (sk_str_is(name, "row"))
        end_row(x);
}

static void links_start(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *at)
{
    xlsx *x = arg;
    if (sk_str_ends(sk_xml_get(at, "Type"), SK_S("/hyperlink")))
        sk_build_link(x->b, sk_xml_get(at, "Target"));
}

/* "xl/worksheets/sheet1.xml" has its relations in "xl/worksheets/_rels/sheet1.xml.rels". */
static void read_links(xlsx *x, const sk_source *src, sk_str part)
{
    static const sk_xml_events events = {links_start, NULL, NULL};
    const char *slash = memrchr(part.p, '/', part.n);
    if (!slash)
        return;
    size_t folder = (size_t)(slash - part.p);
    sk_str rels = sk_fmt(&x->b->cx->arena, "%.*s/_rels/%.*s.rels", (int)folder, part.p,
                         (int)(part.n - folder - 1), slash + 1);
    sk_zip_xml(x->b, src, rels.p, &events, x);
}

static void read_sheet(xlsx *x, const sk_source *src, const sheet *s, uint32_t number)
{
    static const sk_xml_events events = {sheet_start, sheet_end, on_text};
    char *part = sk_str_c(&x->b->cx->arena, s->part.n ? s->part : SK_S("(none)"));
    x->sheet = s->name;
    x->b->page = number;
    x->row = x->column = x->first = x->last = 0;
    x->in_value = false;
    x->phonetic = 0;
    if (!sk_zip_xml(x->b, src, part, &events, x))
        sk_build_note(x->b, SK_OUTCOME_PARTIAL, "the sheet \"%.*s\" has no part in the file",
                      SK_P(s->name));
    end_row(x);
    if (s->part.n)
        read_links(x, src, s->part);
}

void sk_read_xlsx(sk_build *b, const sk_source *src)
{
    static const sk_xml_events book = {book_start, NULL, NULL}, rels = {rels_start, NULL, NULL};
    static const sk_xml_events styles = {styles_start, styles_end, NULL};
    static const sk_xml_events strings = {strings_start, strings_end, on_text};
    xlsx x = {.b = b};
    b->doc.reader = SK_S("xlsx/1");
    b->doc.media = SK_S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    sk_buf_init(&x.text, SK_MIB(1));
    sk_zip_properties(b, src, "docProps/core.xml");
    sk_zip_xml(b, src, "xl/workbook.xml", &book, &x);
    sk_zip_xml(b, src, "xl/_rels/workbook.xml.rels", &rels, &x);
    sk_zip_xml(b, src, "xl/styles.xml", &styles, &x);
    sk_zip_xml(b, src, "xl/sharedStrings.xml", &strings, &x);
    for (size_t i = 0; i < x.n_sheets && !sk_build_is_full(b); i++)
        read_sheet(&x, src, &x.sheets[i], (uint32_t)i + 1);
    sk_buf_done(&x.text);
}
