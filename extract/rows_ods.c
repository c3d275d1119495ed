/* Rows of an OpenDocument spreadsheet (ISO/IEC 26300): content.xml in one pass.
 *
 * A cell is its value where the file says one (a number as it stands, a date in ISO 8601), else its
 * text. Repeated cells and rows that hold something are written as often as they stand; repeated
 * empty ones only move on. */
#include "rows_sheet.h"
#include "xml.h"
#include "zip.h"

#define MOST_TIMES ((uint64_t)1 << 32) /* far beyond any sheet, and sums of it do not overflow */

typedef struct ods {
    sk_sheet_rows *s;
    sk_str *names; /* of the tables, in the first pass */
    size_t n_names, cap_names;
    size_t wanted, at; /* index of the table that is wanted; of the present one, from 1 */
    bool is_wanted;
    unsigned skip;   /* depth inside what is no cell's text       */
    unsigned tables; /* depth: only those on the first are sheets */
    unsigned texts;
    uint64_t row, row_times, column, cell_times;
    bool has_value, has_formula, has_paragraph;
    sk_buf text; /* of the present cell */
} ods;

static uint64_t times_of(const sk_xml_attributes *at, const char *name)
{
    uint64_t v;
    if (!sk_str_to_u64(sk_xml_get(at, name), &v) || !v)
        return 1;
    return v < MOST_TIMES ? v : MOST_TIMES;
}

/* ---- the first pass: which tables there are ---- */

static void names_start(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *at)
{
    ods *o = arg;
    sk_build *b = o->s->b;
    if (!sk_str_is(name, "table") || o->tables++)
        return;
    if (o->n_names >= SK_LIM_EXTRACT_SHEETS) {
        sk_build_limit(b, "only the first %d sheets were read", SK_LIM_EXTRACT_SHEETS);
        return;
    }
    SK_GROW(&b->cx->arena, o->names, o->n_names, o->cap_names);
    sk_str line = sk_build_line(b, sk_xml_get(at, "name"), 128);
    o->n_names++;
    o->names[o->n_names - 1] = line.n ? line : sk_fmt(&b->cx->arena, "table %zu", o->n_names);
}

static void names_end(void *arg, sk_str name, sk_str uri)
{
    ods *o = arg;
    if (sk_str_is(name, "table"))
        o->tables -= o->tables > 0;
}

/* ---- the second: cells ---- */

/* The value that the cell has besides its text: what a program would take. */
static sk_str value_of(const sk_xml_attributes *at)
{
    static const struct {
        const char *type, *attribute;
    } values[] = {
        {"float", "value"},     {"percentage", "value"},      {"currency", "value"},
        {"date", "date-value"}, {"boolean", "boolean-value"}, {"string", "string-value"},
    };
    sk_str type = sk_xml_get(at, "value-type");
    sk_str value = SK_NONE;
    for (size_t i = 0; i < SK_COUNT(values); i++)
        if (sk_str_is(type, values[i].type))
            value = sk_xml_get(at, values[i].attribute);
    if (sk_str_is(type, "boolean"))
        return sk_str_is(value, "true") ? SK_S("TRUE") : SK_S("FALSE");
    return value;
}

static void start_cell(ods *o, const sk_xml_attributes *at)
{
    sk_str value = value_of(at);
    o->cell_times = times_of(at, "number-columns-repeated");
    o->has_formula = sk_xml_get(at, "formula").n > 0;
    o->has_value = value.n > 0;
    o->has_paragraph = false;
    o->s->n_merged +=
        sk_xml_get(at, "number-columns-spanned").n > 0 &&
        (times_of(at, "number-columns-spanned") > 1 || times_of(at, "number-rows-spanned") > 1);
    sk_buf_reset(&o->text);
    sk_buf_add(&o->text, value);
}

static void end_cell(ods *o)
{
    sk_sheet_rows *s = o->s;
    sk_str text = sk_buf_str(&o->text);
    uint64_t first = o->column + 1, row = o->row + 1;
    o->column += o->cell_times;
    if (!o->is_wanted || s->rc)
        return;
    if (o->text.overflow)
        sk_sheet_fail(s, SK_E_LIMIT, "row %llu: a cell is longer than %zu bytes",
                      (unsigned long long)row, SK_LIM_CELL_BYTES);
    bool is_empty = !sk_str_trim(text).n;
    if (o->has_formula)
        sk_sheet_saw(s, is_empty ? &s->unfilled : &s->formulas, row, first);
    if (sk_str_starts(text, SK_S("#")) && o->has_formula && !o->has_value)
        sk_sheet_saw(s, &s->errors, row, first);
    for (uint64_t column = first; !is_empty && column <= o->column && !s->rc; column++)
        sk_sheet_cell(s, row, column, text);
}

static void add(ods *o, sk_str text)
{
    if (o->texts && !o->skip && !o->has_value && o->tables == 1)
        sk_buf_add(&o->text, text);
}

static bool is_unshown(sk_str name)
{
    static const char *const names[] = {"annotation", "tracked-changes",     "shapes",
                                        "forms",      "content-validations", "note"};
    for (size_t i = 0; i < SK_COUNT(names); i++)
        if (sk_str_is(name, names[i]))
            return true;
    return false;
}

static void start_table(ods *o)
{
    sk_sheet_rows *s = o->s;
    if (o->tables++)
        return;
    o->is_wanted = o->at < o->n_names && (o->wanted == SIZE_MAX || o->wanted == o->at);
    o->row = 0;
    if (o->is_wanted)
        sk_sheet_begin(s, o->names[o->at]);
    o->at++;
}

static void start_text(ods *o, sk_str name, const sk_xml_attributes *at)
{
    if (sk_str_is(name, "p") || sk_str_is(name, "h")) {
        if (o->texts++ == 0 && o->has_paragraph)
            add(o, SK_S("\n"));
        o->has_paragraph = true;
    } else if (sk_str_is(name, "s")) {
        for (uint64_t i = times_of(at, "c"); i && i < SK_LIM_CELL_BYTES; i--)
            add(o, SK_S(" "));
    } else if (sk_str_is(name, "tab")) {
        add(o, SK_S("\t"));
    } else if (sk_str_is(name, "line-break")) {
        add(o, SK_S("\n"));
    }
}

static void on_start(void *arg, sk_str name, sk_str uri, const sk_xml_attributes *at)
{
    ods *o = arg;
    if (o->skip || is_unshown(name)) {
        o->skip++;
    } else if (sk_str_is(name, "table")) {
        start_table(o);
    } else if (o->tables == 1 && sk_str_is(name, "table-row")) {
        o->row_times = times_of(at, "number-rows-repeated");
        o->column = 0;
    } else if (o->tables == 1 && sk_str_ends(name, SK_S("table-cell"))) {
        start_cell(o, at);
    } else {
        start_text(o, name, at);
    }
}

static void on_end(void *arg, sk_str name, sk_str uri)
{
    ods *o = arg;
    if (o->skip) {
        o->skip--;
    } else if (sk_str_is(name, "table")) {
        o->tables -= o->tables > 0;
    } else if (o->tables == 1 && sk_str_is(name, "table-row")) {
        if (o->is_wanted)
            sk_sheet_row_end(o->s, o->row + 1, o->row_times);
        o->row += o->row_times;
    } else if (o->tables == 1 && sk_str_ends(name, SK_S("table-cell"))) {
        end_cell(o);
    } else if (sk_str_is(name, "p") || sk_str_is(name, "h")) {
        o->texts -= o->texts > 0;
    }
}

static void on_text(void *arg, sk_str text)
{
    add(arg, text);
}

static sk_rc read_tables(ods *o, const sk_source *src)
{
    static const sk_xml_events names = {names_start, names_end, NULL};
    static const sk_xml_events cells = {on_start, on_end, on_text};
    sk_sheet_rows *s = o->s;
    if (!sk_zip_xml(s->b, src, "content.xml", &names, o))
        sk_build_note(s->b, SK_OUTCOME_FAILED, "it has no part content.xml");
    SK_TRY(sk_sheet_check(s));
    SK_TRY(sk_sheet_find(s, o->names, o->n_names, &o->wanted));
    SK_TRY(sk_row_out_start(s->out, SK_NONE, SK_NONE));
    o->tables = 0;
    s->mark = sk_arena_here(&s->out->cx->arena);
    sk_zip_xml(s->b, src, "content.xml", &cells, o);
    return sk_sheet_check(s);
}

sk_rc sk_rows_read_ods(sk_sheet_rows *s, const sk_source *src)
{
    ods o = {.s = s};
    sk_buf_init(&o.text, SK_LIM_CELL_BYTES);
    sk_rc rc = read_tables(&o, src);
    sk_buf_done(&o.text);
    return rc;
}
