#include "xlsx.h"

#include "zip.h"

enum { MOST_STYLES = 65536 };

typedef struct sk_xlsx_format {
    uint64_t id;
    sk_cell_form form;
} sk_xlsx_format;

static void book_start(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *at)
{
    sk_xlsx *x = arg;
    sk_arena *a = &x->b->cx->arena;
    if (sk_str_is(name, "workbookPr")) {
        sk_str v = sk_xml_get(at, "date1904");
        x->is_1904 = sk_str_is(v, "1") || sk_str_is(v, "true");
    }
    if (!sk_str_is(name, "sheet"))
        return;
    if (x->n_sheets >= SK_LIM_EXTRACT_SHEETS) {
        sk_build_limit(x->b, "only the first %d sheets were read", SK_LIM_EXTRACT_SHEETS);
        return;
    }
    SK_GROW(a, x->sheets, x->n_sheets, x->cap_sheets);
    x->sheets[x->n_sheets++] = (sk_xlsx_sheet){
        .name = sk_build_line(x->b, sk_xml_get(at, "name"), 128),
        .id = sk_str_copy(a, sk_xml_get(at, "id")),
        .is_hidden = sk_str_find(sk_xml_get(at, "state"), SK_S("idden")) != SIZE_MAX,
    };
}

static void rels_start(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *at)
{
    sk_xlsx *x = arg;
    sk_str id = sk_xml_get(at, "Id"), target = sk_xml_get(at, "Target");
    if (sk_str_starts(target, SK_S("/")))
        target = sk_str_sub(target, 1, target.n);
    else
        target = sk_fmt(&x->b->cx->arena, "xl/%.*s", SK_P(target));
    for (size_t i = 0; id.n && i < x->n_sheets; i++)
        if (sk_str_eq(x->sheets[i].id, id))
            x->sheets[i].part = sk_str_copy(&x->b->cx->arena, target);
}

static sk_cell_form form_of(const sk_xlsx *x, uint64_t id)
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
    sk_xlsx *x = arg;
    sk_arena *a = &x->b->cx->arena;
    if (sk_str_is(name, "numFmt") && x->n_formats < MOST_STYLES) {
        SK_GROW(a, x->formats, x->n_formats, x->cap_formats);
        x->formats[x->n_formats++] = (sk_xlsx_format){
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
    sk_xlsx *x = arg;
    if (sk_str_is(name, "cellXfs"))
        x->in_styles = false;
}

static void text_start(sk_xlsx *x, sk_str name)
{
    if (sk_str_is(name, "rPh"))
        x->phonetic++;
    else if (!x->phonetic && (sk_str_is(name, "t") || sk_str_is(name, "v")))
        x->in_value = true;
}

static void text_end(sk_xlsx *x, sk_str name)
{
    if (sk_str_is(name, "rPh"))
        x->phonetic -= x->phonetic > 0;
    else if (sk_str_is(name, "t") || sk_str_is(name, "v"))
        x->in_value = false;
}

static void strings_start(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *at)
{
    sk_xlsx *x = arg;
    if (sk_str_is(name, "si"))
        sk_buf_reset(&x->text);
    text_start(x, name);
}

/* Excel itself allows 32,767 characters in a cell. */
static void note_long_cell(sk_xlsx *x)
{
    if (x->text.overflow)
        sk_build_limit(x->b, "a cell of more than 1 MiB was cut");
}

static void strings_end(void *arg, sk_str name, sk_str uri)
{
    sk_xlsx *x = arg;
    text_end(x, name);
    if (!sk_str_is(name, "si"))
        return;
    if (x->n_strings >= SK_LIM_EXTRACT_STRINGS) {
        sk_build_limit(x->b, "only the first %d shared strings were read", SK_LIM_EXTRACT_STRINGS);
        return;
    }
    note_long_cell(x);
    sk_arena *a = &x->b->cx->arena;
    SK_GROW(a, x->strings, x->n_strings, x->cap_strings);
    x->strings[x->n_strings++] = sk_str_copy(a, sk_buf_str(&x->text));
}

static void on_text(void *arg, sk_str text)
{
    sk_xlsx *x = arg;
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
    if (!column || column > SK_LIM_SHEET_COLUMNS || !sk_str_to_u64(sk_str_sub(s, n, s.n), ret_row))
        return false;
    *ret_column = column;
    return true;
}

const char *sk_xlsx_column(uint64_t column, char out[4])
{
    char *p = out + 3;
    for (*p = '\0'; column && p > out; column = (column - 1) / 26)
        *--p = (char)('A' + (column - 1) % 26);
    return p;
}

sk_str sk_xlsx_quoted(sk_arena *a, sk_str sheet)
{
    bool plain = sheet.n > 0;
    for (size_t i = 0; i < sheet.n; i++)
        plain &= !strchr(" '!-()[],.+&", sheet.p[i]);
    return plain ? sheet : sk_fmt(a, "'%.*s'", SK_P(sheet));
}

/* What a cell shows: its shared string, its date, or the value as stored. */
static sk_str shown(sk_xlsx *x, bool *ret_lost)
{
    sk_str v = sk_buf_str(&x->text);
    uint64_t i;
    if (strcmp(x->type, "s") == 0) {
        bool is_there = sk_str_to_u64(sk_str_trim(v), &i) && i < x->n_strings;
        *ret_lost = !is_there;
        return is_there ? x->strings[i] : SK_NONE;
    }
    if (strcmp(x->type, "b") == 0)
        return sk_str_is(v, "1") ? SK_S("TRUE") : SK_S("FALSE");
    if (x->type[0] && strcmp(x->type, "n") != 0)
        return v;
    sk_cell_form form = x->style < x->n_styles ? x->styles[x->style] : SK_CELL_PLAIN;
    sk_str date = form ? sk_cell_date(&x->b->cx->arena, sk_str_trim(v), form, x->is_1904) : SK_NONE;
    return date.n ? date : v;
}

static void put_cell(sk_xlsx *x)
{
    bool is_empty = !sk_str_trim(sk_buf_str(&x->text)).n;
    sk_xlsx_cell cell = {.row = x->row, .column = x->column, .has_formula = x->has_formula};
    if (is_empty && !x->has_formula)
        return;
    if (x->column > SK_LIM_SHEET_COLUMNS) {
        sk_build_limit(x->b, "only the first %d columns were read", SK_LIM_SHEET_COLUMNS);
        return;
    }
    note_long_cell(x);
    cell.is_error = strcmp(x->type, "e") == 0;
    cell.is_text = strcmp(x->type, "s") == 0 || strcmp(x->type, "str") == 0 ||
                   strcmp(x->type, "inlineStr") == 0;
    cell.text = is_empty ? SK_NONE : shown(x, &cell.is_lost);
    x->sink->cell(x->arg, &cell);
}

static void start_cell(sk_xlsx *x, const sk_xml_attributes *at)
{
    uint64_t column, row;
    x->column++;
    if (read_place(sk_xml_get(at, "r"), &column, &row) && row == x->row)
        x->column = column;
    sk_str type = sk_str_sub(sk_xml_get(at, "t"), 0, sizeof x->type - 1);
    memset(x->type, 0, sizeof x->type);
    if (type.n)
        memcpy(x->type, type.p, type.n);
    x->style = number_of(sk_xml_get(at, "s"));
    x->has_formula = false;
    sk_buf_reset(&x->text);
}

static void sheet_start(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *at)
{
    sk_xlsx *x = arg;
    if (sk_str_is(name, "c")) {
        start_cell(x, at);
    } else if (sk_str_is(name, "row")) {
        uint64_t row = number_of(sk_xml_get(at, "r"));
        x->row = row ? row : x->row + 1;
        x->column = 0;
    } else if (sk_str_is(name, "f")) {
        x->has_formula = true;
    } else if (sk_str_is(name, "mergeCell")) {
        x->n_merged++;
    } else if (sk_str_is(name, "hyperlink")) {
        if (x->sink->link)
            x->sink->link(x->arg, sk_xml_get(at, "location"));
    } else {
        text_start(x, name);
    }
}

static void sheet_end(void *arg, sk_str name, sk_str uri)
{
    sk_xlsx *x = arg;
    text_end(x, name);
    if (sk_str_is(name, "c"))
        put_cell(x);
    else if (sk_str_is(name, "row"))
        x->sink->row_end(x->arg, x->row);
}

static void links_start(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *at)
{
    sk_xlsx *x = arg;
    if (sk_str_ends(sk_xml_get(at, "Type"), SK_S("/hyperlink")))
        x->sink->link(x->arg, sk_xml_get(at, "Target"));
}

/* "xl/worksheets/sheet1.xml" has its relations in "xl/worksheets/_rels/sheet1.xml.rels". */
static void read_links(sk_xlsx *x, const sk_source *src, sk_str part)
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

void sk_xlsx_walk(sk_xlsx *x, const sk_source *src, size_t i, const sk_xlsx_sink *sink, void *arg)
{
    static const sk_xml_events events = {sheet_start, sheet_end, on_text};
    const sk_xlsx_sheet *s = &x->sheets[i];
    const char *part = s->part.n ? s->part.p : "(none)"; /* a sink may take back the arena */
    x->sink = sink;
    x->arg = arg;
    x->row = x->column = 0;
    x->in_value = false;
    x->phonetic = 0;
    if (!sk_zip_xml(x->b, src, part, &events, x))
        sk_build_note(x->b, SK_OUTCOME_PARTIAL, "the sheet \"%.*s\" has no part in the file",
                      SK_P(s->name));
    sink->row_end(arg, x->row);
    if (s->part.n && sink->link)
        read_links(x, src, s->part);
}

void sk_xlsx_open(sk_xlsx *x, sk_build *b, const sk_source *src)
{
    static const sk_xml_events book = {book_start, NULL, NULL}, rels = {rels_start, NULL, NULL};
    static const sk_xml_events styles = {styles_start, styles_end, NULL};
    static const sk_xml_events strings = {strings_start, strings_end, on_text};
    *x = (sk_xlsx){.b = b};
    sk_buf_init(&x->text, SK_LIM_CELL_BYTES);
    sk_zip_xml(b, src, "xl/workbook.xml", &book, x);
    sk_zip_xml(b, src, "xl/_rels/workbook.xml.rels", &rels, x);
    sk_zip_xml(b, src, "xl/styles.xml", &styles, x);
    sk_zip_xml(b, src, "xl/sharedStrings.xml", &strings, x);
}

void sk_xlsx_done(sk_xlsx *x)
{
    sk_buf_done(&x->text);
}
